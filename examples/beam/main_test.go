package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// asCommand in the environment makes the test binary the program, so that its command line can be tested.
const asCommand = "MERCHANTKYC_BEAM"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	log.LogLevel = "error"
	registerAll()
	flag.Parse()
	beam.Init()
	status := m.Run()
	os.Remove(commandPath())
	os.Exit(status)
}

// pipeline runs the pipeline and returns what it wrote, sorted.
func pipeline(t *testing.T, s settings) []string {
	t.Helper()
	if s.asOf == "" {
		s.asOf = sample.AsOf.String()
	}
	s.output, s.files = filepath.Join(t.TempDir(), "report"), max(s.files, 1)
	if s.lang == "" {
		s.lang = "zh"
	}
	j, err := s.job(nil)
	if err != nil {
		t.Fatal(err)
	}
	shards, err := s.shards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), j, shards, s.output, s.files); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(s.output + "/*")
	if err != nil || len(files) < 2 || len(files) > s.files+1 {
		t.Fatalf("%q, %v", files, err)
	}
	var lines []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")...)
	}
	slices.Sort(lines)
	return lines
}

// single runs the command on the same files and returns what it wrote, sorted.
func single(t *testing.T, s settings) []string {
	t.Helper()
	var args []string
	for _, p := range strings.Split(s.book, ",") {
		files, err := filepath.Glob(p)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, files...)
	}
	if s.registry != "" {
		args = append(args, "--registry", s.registry)
	}
	if s.profile != "" {
		args = append(args, "--profile", s.profile)
	}
	if s.lang == "" {
		s.lang = "zh"
	}
	args = append([]string{"check", "--format", "json", "--no-progress", "--fail-on", "never", "--as-of", sample.AsOf.String(), "--lang", s.lang}, args...)
	cmd := exec.Command(merchantcheck(t), args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("merchantcheck: %v\n%s", err, stderr.Bytes())
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	slices.Sort(lines)
	return lines
}

// commandPath is where merchantcheck stands while the tests run.
func commandPath() string {
	return filepath.Join(os.TempDir(), fmt.Sprintf("merchantcheck-%d.exe", os.Getpid()))
}

// merchantcheck builds the command of the repository, once.
func merchantcheck(t *testing.T) string {
	t.Helper()
	path := commandPath()
	if _, err := os.Stat(path); err != nil {
		cmd := exec.Command("go", "build", "-o", path, "./validate/cmd/merchantcheck")
		cmd.Dir = "../.."
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return path
}

// same fails with the lines that differ.
func same(t *testing.T, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	show := func(what string, list, other []string) {
		n := 0
		for _, l := range list {
			if _, ok := slices.BinarySearch(other, l); !ok && n < 3 {
				n++
				t.Errorf("%s: %.900s", what, l)
			}
		}
	}
	show("missing", want, got)
	show("too much", got, want)
	t.Fatalf("%d lines, want %d", len(got), len(want))
}

// line is what tests look at in a line of a report.
type line struct {
	Type, Rule, Severity, Key, Message string
	Source                             struct {
		File string
		Row  int
	}
	WouldDecline string `json:"would_decline"`
	Records      int
	Partial      bool
	Diff         map[string]int
	Rules        map[string]struct{ Applied, Found int }
}

// parsed reads lines, which must be as the schema of reports says, those about shards too.
func parsed(t *testing.T, lines []string) (list []line) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lines {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(s))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			t.Errorf("%v\n%.300s", err, s)
		}
		var l line
		if err := json.Unmarshal([]byte(s), &l); err != nil {
			t.Fatalf("%v: %.200s", err, s)
		}
		list = append(list, l)
	}
	return list
}

// summaryOf returns the summary, of which there must be one.
func summaryOf(t *testing.T, list []line) line {
	t.Helper()
	list = slices.DeleteFunc(slices.Clone(list), func(l line) bool { return l.Type != "summary" })
	if len(list) != 1 {
		t.Fatalf("%d summaries", len(list))
	}
	return list[0]
}

// lists are a book and a registry with every kind of trouble: values that merchants have in common, repeated and missing
// keys, terminals under other numbers, a serial number of a crowd, and differences.
func lists(n int, seed uint64) (book, registry []*merchant.Merchant) {
	random := rand.New(rand.NewPCG(seed, 1))
	subjects := []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro}
	shared := []merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID, merchant.FieldLicenceNumber, merchant.FieldLegalRepIDNo,
		merchant.FieldLegalRepName, merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName, merchant.FieldContactMobile,
		merchant.FieldContactIDNo, merchant.FieldAddressesBusinessDetail, merchant.FieldNamesLegal, merchant.FieldMCC}
	for i := range n {
		m := sample.Merchant(subjects[random.IntN(len(subjects))], i)
		if i > 0 && random.IntN(4) == 0 {
			for range 1 + random.IntN(3) {
				other, f := book[random.IntN(min(i, 1+i/4))], shared[random.IntN(len(shared))]
				*m.Ref(merchant.At(f)).(*string) = other.Text(merchant.At(f))
			}
		}
		if i > 0 && random.IntN(10) == 0 { // a second file of a merchant, or another of the same owner
			other := book[random.IntN(min(i, 20))]
			m.Settlement, m.LegalRep, m.Contact = other.Settlement, other.LegalRep, other.Contact
			if random.IntN(2) == 0 {
				m.Licence, m.Names, m.Addresses = other.Licence, other.Names, other.Addresses
			}
		}
		switch random.IntN(40) {
		case 0:
			m.MerchantNo = ""
		case 1:
			m.LegalRep.IDNo = "11010119900307123X" // of a wrong check digit
		case 2:
			m.MCC = "123"
		case 3:
			m.Contact.Email = "none"
		}
		if len(m.Terminals) > 0 {
			switch random.IntN(20) {
			case 0:
				m.Terminals[0].SerialNo = "N000000CROWD"
			case 1:
				m.Terminals[0].Params = merchant.TermParams{}
			}
		}
		book = append(book, m)

		r := m.Clone()
		r.Registry.AsOf = sample.AsOf
		switch random.IntN(25) {
		case 0:
			continue
		case 1:
			r.Names.Legal += "分店"
		case 2:
			r.Settlement.AccountNo = "6222020000123456789"
		case 3:
			r.MerchantNo = fmt.Sprintf("898310159%06d", i) // the same terminals under another number
		case 4:
			r.MerchantNo = ""
		case 5:
			r.MCC = "5999"
		case 6:
			registry = append(registry, r.Clone())
		case 7:
			registry = append(registry, sample.Merchant(merchant.SubjectEnterprise, n+i))
		}
		registry = append(registry, r)
	}
	random.Shuffle(len(registry), func(i, k int) { registry[i], registry[k] = registry[k], registry[i] })
	return book, registry
}

// writeJSON writes shards of JSON lines.
func writeJSON(t testing.TB, dir, name string, list []*merchant.Merchant, shards int) {
	t.Helper()
	for i := range shards {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		for _, m := range list[i*len(list)/shards : (i+1)*len(list)/shards] {
			if err := enc.Encode(m); err != nil {
				t.Fatal(err)
			}
		}
		put(t, dir, fmt.Sprintf("%s-%d.jsonl", name, i), b.String())
	}
}

// writeCSV writes shards with a column for each field outside lists, and two for the first terminal.
func writeCSV(t testing.TB, dir, name string, list []*merchant.Merchant, shards int) {
	t.Helper()
	var paths []merchant.Path
	for _, f := range merchant.Fields() {
		if k := f.Kind(); f.List() == merchant.FieldNone && k != merchant.KindList && k != merchant.KindMap {
			paths = append(paths, merchant.At(f))
		}
	}
	paths = append(paths, merchant.Item(merchant.FieldTerminalsTerminalNo, 0), merchant.Item(merchant.FieldTerminalsSerialNo, 0))
	for i := range shards {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		var cells []string
		for _, p := range paths {
			cells = append(cells, p.Field.Label("zh"))
		}
		w.Write(cells)
		for _, m := range list[i*len(list)/shards : (i+1)*len(list)/shards] {
			cells = cells[:0]
			for _, p := range paths {
				s := ""
				if p.Field.List() == merchant.FieldNone || len(m.Terminals) > 0 {
					s = m.Text(p)
				}
				cells = append(cells, s)
			}
			w.Write(cells)
		}
		w.Flush()
		put(t, dir, fmt.Sprintf("%s-%d.csv", name, i), b.String())
	}
}

func put(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSample: the sample of the repository.
func TestSample(t *testing.T) {
	s := settings{book: "../../testdata/merchants.xlsx", registry: "../../testdata/registry.csv"}
	same(t, pipeline(t, s), single(t, s))
}

// TestAsOneMachine: what shards add up to is what the command says about the same files.
func TestAsOneMachine(t *testing.T) {
	dir := t.TempDir()
	book, registry := lists(2500, 1)
	writeJSON(t, dir, "book", book, 4)
	writeJSON(t, dir, "registry", registry, 1)
	book, registry = lists(1000, 2)
	writeCSV(t, dir, "book", book, 3)
	writeCSV(t, dir, "registry", registry, 1)
	writeJSON(t, dir, "small", book[:700], 2)
	for _, m := range registry {
		m.Registry.AsOf = merchant.Day(2025, 1, 31)
	}
	writeJSON(t, dir, "old", registry, 1)
	for name, s := range map[string]settings{
		"json":       {book: dir + "/book-*.jsonl", registry: dir + "/registry-0.jsonl", files: 3},
		"csv":        {book: dir + "/book-*.csv", registry: dir + "/registry-0.csv", lang: "en"},
		"mixed":      {book: dir + "/small-1.jsonl," + dir + "/book-[02].csv", registry: dir + "/registry-0.csv", profile: "unionpay"},
		"old export": {book: dir + "/small-*.jsonl", registry: dir + "/old-0.jsonl"},
		"no compare": {book: dir + "/small-*.jsonl"},
	} {
		t.Run(name, func(t *testing.T) {
			got := pipeline(t, s)
			same(t, got, single(t, s))
			if name != "json" {
				return
			}
			sum := summaryOf(t, parsed(t, got))
			for _, id := range []string{"BAT001", "BAT003", "BAT010", "BAT013", "BAT021", "DIF001", "DIF002", "DIF003", "DIF012", "DIF023", "DIF024"} {
				if sum.Rules[id].Found == 0 {
					t.Errorf("%s found nothing; the lists are not troubled enough", id)
				}
			}
		})
	}
}

// TestRegistryInShards: how the registry is cut does not matter but for the names of its files.
func TestRegistryInShards(t *testing.T) {
	dir := t.TempDir()
	book, registry := lists(600, 3)
	writeJSON(t, dir, "book", book, 2)
	writeJSON(t, dir, "whole", registry, 1)
	writeJSON(t, dir, "part", registry, 3)
	tell := func(registry string) (told []string) {
		for _, l := range parsed(t, pipeline(t, settings{book: dir + "/book-*", registry: dir + "/" + registry})) {
			switch l.Type {
			case "finding":
				told = append(told, l.Rule+" "+l.Key)
			case "verdict":
				told = append(told, l.WouldDecline+" "+l.Key)
			default:
				told = append(told, fmt.Sprint(l.Diff, l.Rules))
			}
		}
		slices.Sort(told)
		return told
	}
	same(t, tell("part-*"), tell("whole-*"))
}

// TestBrokenShards: what cannot be read is a finding, and the rest is checked.
func TestBrokenShards(t *testing.T) {
	dir := t.TempDir()
	book, _ := lists(40, 4)
	writeJSON(t, dir, "a", book, 1)
	text, err := os.ReadFile(dir + "/a-0.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.SplitAfter(string(text), "\n")
	put(t, dir, "badline.jsonl", all[0]+"{\"merchant_no\":\"1\",\"names\":\"x\"}\n"+all[1])
	put(t, dir, "cut.jsonl", strings.Join(all[2:5], "")+all[5][:len(all[5])/2])
	put(t, dir, "quote.csv", "商户号,商户名称\n898310154110001,甲\n\"898310154110003\",\"乙\"丙\n")
	put(t, dir, "empty.csv", "")
	put(t, dir, "noise.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")
	registry := put(t, dir, "registry.jsonl", strings.Join(all[:20], ""))

	for _, c := range []struct {
		name, book, registry string
		want                 []string // rule, file, row
		records              int
		compared             bool
	}{
		{"a row that is no merchant", "a-0.jsonl,badline.jsonl", registry, []string{"BEAM-001 badline.jsonl 2"}, 42, true},
		{"a file cut off", "a-0.jsonl,cut.jsonl", registry, []string{"BEAM-002 cut.jsonl 4", "BEAM-003  0"}, 43, false},
		{"a line cut wrongly", "a-0.jsonl,quote.csv", "", []string{"BEAM-002 quote.csv 3"}, 40, false},
		{"no table", "a-0.jsonl,empty.csv,noise.csv", registry, []string{"BEAM-002 empty.csv 0", "BEAM-002 noise.csv 3", "BEAM-003  0"}, 40, false},
		{"no table but one", "noise.csv", "", []string{"BEAM-002 noise.csv 3"}, 0, false},
		{"a registry without keys", "a-0.jsonl", put(t, dir, "other.csv", "商户名称,法人姓名\n甲,张三\n乙,李四\n"), []string{"BEAM-003  0"}, 40, false},
		{"a registry cut off", "a-0.jsonl", dir + "/cut.jsonl", []string{"BEAM-002 cut.jsonl 4", "BEAM-003  0"}, 40, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := parsed(t, pipeline(t, settings{book: dir + "/" + strings.ReplaceAll(c.book, ",", ","+dir+"/"), registry: c.registry}))
			var found []string
			verdicts := 0
			for _, l := range got {
				if strings.HasPrefix(l.Rule, "BEAM-") {
					found = append(found, fmt.Sprintf("%s %s %d", l.Rule, l.Source.File, l.Source.Row))
				}
				if l.Type == "verdict" {
					verdicts++
				}
			}
			slices.Sort(found)
			sum := summaryOf(t, got)
			if !slices.Equal(found, c.want) || sum.Records != c.records || !sum.Partial {
				t.Errorf("%q, %d records, partial %t; want %q, %d", found, sum.Records, sum.Partial, c.want, c.records)
			}
			if (sum.Diff["matched"] > 0) != c.compared || (verdicts > 0) != c.compared {
				t.Errorf("compared: %v, verdicts: %d", sum.Diff, verdicts)
			}
		})
	}
}

// TestCommandLine: a bad command line gets one clear line.
func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	book := put(t, dir, "book.csv", "商户号,商户名称\n898310154110001,甲\n")
	if err := os.Mkdir(dir+"/old", 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "old/summary.jsonl", "{}\n")
	command := func(args ...string) (stderr string, status int) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		cmd := exec.CommandContext(ctx, os.Args[0], args...)
		cmd.Env = append(os.Environ(), asCommand+"=1")
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"", statusUsage, "--book is missing"},
		{"--book BOOK", statusUsage, "--output is missing"},
		{"--book BOOK --output OUT --boko x", statusUsage, "-boko"},
		{"--book BOOK --output OUT --files x", statusUsage, "-files"},
		{"--book BOOK --output OUT --files 0", statusUsage, "--files must be"},
		{"--book BOOK --output OUT --as-of 22.11.2026", statusUsage, "--as-of"},
		{"--book BOOK --output OUT --lang fr", statusUsage, "--lang"},
		{"--book BOOK --output OUT --log loud", statusUsage, "--log"},
		{"--book BOOK --output OUT --runner dataflow", statusUsage, "--runner must be one of prism, flink, spark, universal"},
		{"--book BOOK --output OUT --profile nobody.json", statusUsage, "nobody.json"},
		{"--book BOOK --output OUT other.csv", statusUsage, "quotes"},
		{"--book none-*.csv --output OUT", statusInput, "no file matches none-*.csv"},
		{"--book BOOK --registry none.csv --output OUT", statusInput, "--registry: no file matches none.csv"},
		{"--book BOOK --registry BOOK --output OUT", statusInput, "given twice"},
		{"--book s3://nowhere/x.csv --output OUT", statusInput, "s3://nowhere/x.csv"},
		{"--book BOOK --output OLD", statusInput, "is there already"},
		{"--book BOOK --output BOOK", statusRun, "book.csv"},
	} {
		args := strings.Fields(strings.NewReplacer("BOOK", book, "OUT", dir+"/out", "OLD", dir+"/old").Replace(c.args))
		out, status := command(args...)
		last := out[strings.LastIndexByte(strings.TrimSuffix(out, "\n"), '\n')+1:]
		if status != c.status || !strings.HasPrefix(last, "beam: ") || !strings.Contains(last, c.says) || c.status != statusRun && last != out {
			t.Errorf("%s: status %d, want %d\n%.900s", c.args, status, c.status, out)
		}
	}
	if out, status := command("--help"); status != 0 || !strings.Contains(out, "--registry FILES") {
		t.Errorf("--help: status %d\n%s", status, out)
	}
	if out, status := command("--book", book, "--output", dir+"/out", "--lang", "en"); status != 0 || out != "" {
		t.Errorf("status %d\n%s", status, out)
	}
	text, err := os.ReadFile(dir + "/out/summary.jsonl")
	if err != nil || !strings.HasPrefix(string(text), `{"type":"summary",`) {
		t.Errorf("%.100s, %v", text, err)
	}
}
