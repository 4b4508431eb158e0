package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are the pages with commands to copy.
var documents = []string{"README.md", "rules/README.md", "rules/profile/README.md", "rules/catalogue/README.md", "validate/report/README.md", "examples/backoffice/README.md"}

// elsewhere are commands on those pages that this test does not run, by how they begin, with the reason.
var elsewhere = map[string]string{
	"go test ./...": "this is it",
	"go get ":       "fetches the published module",
	"go install ":   "writes into the user's folder; the command is what is run here",
	"go generate ./rules/builtin ./rules/catalogue": "run by .ci/run, which holds the files against what is committed",
	"go test .":                    "run by .ci/run in that module",
	"go run .":                     "a service that runs until it is stopped; the tests of examples/backoffice start it",
	"curl ":                        "talks to that service; its tests send the same requests",
	"merchantcheck explain LIC030": "an ID that the page makes up for the rule that its reader writes",
	"export ":                      "renames the module: every package would be compiled and tested once more",
	"git ":                         "goes with it",
}

// names are files that the pages speak of, made from the sample.
var names = map[string]string{"LIST.xlsx": "merchants.xlsx", "清单.xlsx": "merchants.xlsx", "BANK.csv": "registry.csv", "登记.csv": "registry.csv"}

// logs are others, made here.
var logs = map[string]string{
	"acme.json": `{"rules": []}`,
	"失败交易.csv":  "商户号,应答码,交易时间\n898290054110001,03,2026-11-22 02:10\n",
	"维护窗口.csv":  "机构,开始时间,结束时间\n网联,2026-11-22 02:00,2026-11-22 04:00\n",
}

// stand for what a reader puts in.
var stand = strings.NewReplacer(" RULE", " LIC003", " FILE", " LIST.xlsx")

// TestDocuments runs every command that the pages show, in their order, each page in a folder of its own: none may be
// refused (status 2), fail to read (3) or write to standard error.
func TestDocuments(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, doc := range documents {
		t.Run(doc, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(root, doc))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			write := func(name string, data []byte) {
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(filepath.Join(dir, "testdata"), 0o777); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"merchants.xlsx", "registry.csv"} {
				data, err := os.ReadFile(filepath.Join(root, "testdata", name))
				if err != nil {
					t.Fatal(err)
				}
				write(filepath.Join("testdata", name), data)
				for as, from := range names {
					if from == name {
						write(as, data)
					}
				}
			}
			for name, text := range logs {
				write(name, []byte(text))
			}
			t.Chdir(dir)
			for _, c := range commands(string(page), write) {
				if why := func() string {
					for begin, why := range elsewhere {
						if c == begin || strings.HasSuffix(begin, " ") && strings.HasPrefix(c, begin) {
							used[begin] = true
							return why
						}
					}
					return ""
				}(); why != "" {
					t.Logf("not run: %s: %s", c, why)
					continue
				}
				args, ok := strings.CutPrefix(c, "merchantcheck ")
				if !ok {
					if args, ok = strings.CutPrefix(c, "go run ./validate/cmd/merchantcheck "); !ok {
						t.Errorf("%s: no way to run it, and no reason why not", c)
						continue
					}
				}
				var stdout, stderr bytes.Buffer
				if status := Main(strings.Fields(stand.Replace(args)), strings.NewReader(""), &stdout, &stderr, noEnv); status > statusFound || stderr.Len() > 0 {
					t.Errorf("%s: status %d, %s", c, status, stderr.String())
				}
			}
		})
	}
	for begin := range elsewhere {
		if !used[begin] {
			t.Errorf("%s stands on no page", begin)
		}
	}
}

var (
	fence   = regexp.MustCompile("^ *```([a-z]*)$")
	span    = regexp.MustCompile("`([^`]+)`")
	named   = regexp.MustCompile("`([a-z]+\\.json)`[:：]$")
	comment = regexp.MustCompile(` +#.*$`)
)

// commands returns the lines of the sh blocks of a page and the commands of ours within its text, in their order. A JSON
// block after the name of a file is written under that name.
func commands(page string, write func(name string, data []byte)) (list []string) {
	block, file, last := "", "", ""
	var text strings.Builder
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case m[1] != "":
				if block = m[1]; block == "json" {
					if m := named.FindStringSubmatch(last); m != nil {
						file = m[1]
					}
				}
			default:
				if file != "" {
					write(file, []byte(text.String()))
				}
				block, file = "", ""
				text.Reset()
			}
			continue
		}
		switch {
		case block == "sh":
			if c := strings.TrimSpace(comment.ReplaceAllString(line, "")); c != "" {
				list = append(list, c)
			}
		case block != "":
			text.WriteString(line + "\n")
		default:
			for _, m := range span.FindAllStringSubmatch(line, -1) {
				verb, rest, _ := strings.Cut(m[1], " ")
				switch {
				case verb == "merchantcheck" && rest != "" || verb == "go" && rest != "" && !strings.HasPrefix(rest, "run ./validate/cmd/merchantcheck"):
					list = append(list, m[1])
				case rest != "" && slices.Contains([]string{"check", "diff", "explain", "fix", "template", "rules", "requirements", "profile"}, verb):
					list = append(list, "merchantcheck "+m[1])
				}
			}
		}
		if strings.TrimSpace(line) != "" {
			last = line
		}
	}
	return list
}
