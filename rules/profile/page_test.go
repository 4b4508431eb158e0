package profile_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
)

var update = flag.Bool("update", false, "rewrite the table of parameters in README.md")

const (
	tableBegin = "<!-- from parameter.go: go test ./rules/profile -run Page -update -->\n"
	tableEnd   = "<!-- end -->\n"
)

// TestPage: the page lists every parameter with its unit and default, and its profile can be read and used. The commands
// that it shows are run by package cli.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := bytes.Cut(page, []byte(tableBegin))
	_, tail, closed := bytes.Cut(rest, []byte(tableEnd))
	if !ok || !closed {
		t.Fatal("the page has no place for the table")
	}
	want := string(head) + tableBegin + table(t) + tableEnd + string(tail)
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if string(page) != want {
		t.Error("the table of parameters is not that of parameter.go")
	}

	blocks := regexp.MustCompile("(?ms)^ *```json\n(.*?)^ *```").FindAllStringSubmatch(want, -1)
	if len(blocks) != 1 {
		t.Fatalf("%d profiles on the page", len(blocks))
	}
	p, err := profile.Read("bank.json", strings.NewReader(blocks[0][1]))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := validate.New(validate.WithProfile(p)); err != nil {
		t.Fatal(err)
	}
	if p.Name != "example-bank" || p.Params.ExpiryWarnDays != 90 || p.Params.MaxRatePct.String() != "1.25" || len(p.Params.LicensedRegions) != 2 {
		t.Errorf("read as %s %d %s %v", p.Name, p.Params.ExpiryWarnDays, p.Params.MaxRatePct, p.Params.LicensedRegions)
	}
}

func table(t *testing.T) string {
	base, err := profile.Base()
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(&base.Params)
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| parameter | unit | base | what it bounds | 说明 | rules |\n|---|---|---|---|---|---|\n")
	for _, p := range profile.Parameters() {
		value := strings.ReplaceAll(string(values[p.Name]), "|", `\|`)
		if len(value) > 40 {
			value = "…" // see merchantcheck profile base
		} else {
			value = "`" + value + "`"
		}
		var ids []string
		for _, id := range p.Rules {
			ids = append(ids, fmt.Sprintf("[%s](../catalogue/%[1]s.md)", id))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", p.Name, p.Unit.EN, value, p.Doc.EN, p.Doc.ZH, strings.Join(ids, " "))
	}
	return b.String()
}
