package suppress_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

func validator(t testing.TB, opts ...validate.Option) *validate.Validator {
	t.Helper()
	v, err := validate.New(append(opts, validate.AsOf(rulestest.AsOf))...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// list reads suppressions; each argument is the inside of one entry, to which reason and until are added where they lack.
func list(t testing.TB, entries ...string) []suppress.Suppression {
	t.Helper()
	for i, e := range entries {
		if !strings.Contains(e, `"until"`) {
			e += `, "until": "2027-06-30"`
		}
		entries[i] = `{` + e + `, "reason": "r"}`
	}
	s, err := suppress.Read("s.json", strings.NewReader("{\"suppressions\": [\n"+strings.Join(entries, ",\n")+"\n]}"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// merchants returns clean records with keys K0, K1 …; spoil changes them.
func merchants(n int, spoil func(i int, m *merchant.Merchant)) []*merchant.Record {
	var records []*merchant.Record
	for i := range n {
		m := rulestest.Clean(merchant.SubjectEnterprise, i)
		m.Names.Short = m.Names.Legal
		if spoil != nil {
			spoil(i, m)
		}
		r := merchant.NewRecord(m)
		r.Source = merchant.Source{File: "in/book.xlsx", Sheet: "商户", Row: i + 2}
		records = append(records, r)
	}
	return records
}

func key(i int) string { return rulestest.Clean(merchant.SubjectEnterprise, i).MerchantNo }

func stream(records []*merchant.Record, issues ...*merchant.Record) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, r := range issues {
			if !yield(nil, &load.SheetIssue{Record: r}) {
				return
			}
		}
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// run checks records and, where a registry is given, compares them with it. It returns each finding as "RULE path", with
// a mark, and the summary.
func run(t testing.TB, v *validate.Validator, o suppress.Options, records, registry []*merchant.Record, issues ...*merchant.Record) ([]string, validate.Summary) {
	t.Helper()
	m, err := suppress.New(v, o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	sink := func(_ *merchant.Record, found []rules.Finding) error {
		for i := range found {
			f := &found[i]
			s := strings.TrimSpace(string(f.Rule.ID) + " " + f.Path.String())
			if f.Suppressed != nil {
				s += " suppressed"
			}
			if f.Baseline != "" {
				s += " " + string(f.Baseline)
			}
			got = append(got, s)
		}
		return nil
	}
	sum, err := v.Run(context.Background(), stream(records, issues...), m.Sink(sink))
	if err != nil {
		t.Fatal(err)
	}
	if registry != nil {
		c := diff.New(v, diff.Options{})
		for _, r := range records {
			c.AddLocal(r)
		}
		for _, r := range registry {
			m.See(r)
			c.AddRegistry(r)
		}
		_, err := c.Compare(context.Background(), func(f rules.Finding) error {
			found := []rules.Finding{f}
			m.Mark(nil, found)
			sum.Add(found)
			return sink(nil, found)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range v.Rules() {
			if r.Scope == rules.RegistryScope && v.Severity(r.ID) != 0 {
				c := sum.Rules[r.ID]
				c.Applied = sum.Records
				sum.Rules[r.ID] = c
			}
		}
	}
	if err := sink(nil, m.Finish(&sum)); err != nil {
		t.Fatal(err)
	}
	return got, sum
}

// TestReaches: suppressions reach findings about sheets, records, batches and the registry, and nothing beside the place
// they name.
func TestReaches(t *testing.T) {
	spoil := func(i int, m *merchant.Merchant) {
		m.MCC = "54"
		if i == 2 {
			m.Terminals[0].SerialNo = rulestest.Clean(merchant.SubjectEnterprise, 0).Terminals[0].SerialNo
		}
	}
	issue := &merchant.Record{Source: merchant.Source{File: "in/book.xlsx", Sheet: "商户", Row: 1}, Notes: []merchant.Note{
		{Kind: merchant.NoteColumnUnknown, Old: "业务员", Info: "X"}, {Kind: merchant.NoteColumnUnknown, Old: "备注", Info: "Y"}}}
	registry := merchants(2, nil)
	v := validator(t, validate.Only("SRC004", "MCC007", "MCC001", "BAT008", "DIF001"))
	plain := []string{"SRC004", "SRC004", "MCC001 mcc", "MCC001 mcc", "MCC001 mcc", "BAT008 terminals[0].serial_no", "DIF001 merchant_no"}
	for _, c := range []struct {
		name  string
		entry string
		want  []int // indexes into plain that are suppressed
	}{
		{"sheet by heading", `"rule": "SRC004", "header": "备注"`, []int{1}},
		{"sheet by sheet", `"rule": "SRC004", "sheet": "商户"`, []int{0, 1}},
		{"sheet by file", `"rule": "SRC004", "file": "book.xlsx"`, []int{0, 1}},
		{"sheet of another file", `"rule": "SRC004", "file": "book2.xlsx"`, nil},
		{"heading of another sheet", `"rule": "SRC004", "header": "备注", "sheet": "终端"`, nil},
		{"a sheet stands for no records", `"rule": "MCC001", "sheet": "商户"`, nil},
		{"record by key", `"rule": "MCC001", "key": "` + key(1) + `"`, []int{3}},
		{"record by path", `"rule": "MCC001", "path": "mcc"`, []int{2, 3, 4}},
		{"record by key and path", `"rule": "MCC001", "key": "` + key(1) + `", "path": "mcc"`, []int{3}},
		{"another path", `"rule": "MCC001", "key": "` + key(1) + `", "path": "licence.scope"`, nil},
		{"no part of a key", `"rule": "MCC001", "key": "` + key(1)[:14] + `"`, nil},
		{"another rule", `"rule": "MCC007", "key": "` + key(1) + `"`, nil},
		{"record in a file", `"rule": "MCC001", "path": "mcc", "file": "book.xlsx", "sheet": "商户"`, []int{2, 3, 4}},
		{"several rules", `"rules": ["MCC001", "BAT008"], "key": "` + key(0) + `"`, []int{2, 5}},
		{"batch by path", `"rule": "BAT008", "path": "terminals[0].serial_no"`, []int{5}},
		{"index is exact", `"rule": "BAT008", "path": "terminals[1].serial_no"`, nil},
		{"no wildcard", `"rule": "BAT008", "path": "terminals[].serial_no"`, nil},
		{"registry", `"rule": "DIF001", "key": "` + key(2) + `"`, []int{6}},
	} {
		s := list(t, c.entry)
		got, sum := run(t, v, suppress.Options{Suppressions: s}, merchants(3, spoil), registry, issue)
		want := slices.Clone(plain)
		for _, i := range c.want {
			want[i] += " suppressed"
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, want)
		}
		if sum.Suppressed != len(c.want) || sum.Errors+sum.Warning+sum.Info != len(plain)-len(c.want) {
			t.Errorf("%s: %+v", c.name, sum)
		}
	}
}

// TestHygiene has a hit and near misses for each of SUP001 to SUP004.
func TestHygiene(t *testing.T) {
	bad := func(i int, m *merchant.Merchant) {
		if i == 0 {
			m.MCC = "54" // MCC001, which blocks MCC007
			m.Licence.LongTerm, m.Licence.ValidTo = false, rulestest.AsOf.AddDays(-1)
		}
		if i == 1 {
			m.MCC = ""
		}
	}
	only := []rules.ID{"MCC001", "MCC007", "LIC011", "LIC012", "BAT008", "DIF001", "SRC004", "SET014", "SUP"}
	hit, miss := map[rules.ID]bool{}, map[rules.ID]bool{}
	until := func(days int) string { return `, "until": "` + rulestest.AsOf.AddDays(days).String() + `"` }
	for _, c := range []struct {
		name  string
		rule  rules.ID
		entry string
		want  int // findings of the rule
		opts  []validate.Option
	}{
		{"mended", "SUP001", `"rule": "MCC001", "key": "` + key(2) + `"`, 1, nil},
		{"matches", "SUP001", `"rule": "MCC001", "key": "` + key(0) + `"`, 0, nil},
		{"merchant not in the run", "SUP001", `"rule": "MCC001", "key": "898000000000000"`, 0, nil},
		{"blocked for the merchant", "SUP001", `"rule": "MCC007", "key": "` + key(0) + `"`, 0, nil},
		{"not applicable to the merchant", "SUP001", `"rule": "MCC001", "key": "` + key(1) + `"`, 0, nil},
		{"data lacking", "SUP001", `"rule": "SET014", "path": "settlement.account_no"`, 0, nil},
		{"rule not in the run", "SUP001", `"rule": "REP003", "key": "` + key(2) + `"`, 0, nil},
		{"rule left out", "SUP001", `"rule": "MCC001", "key": "` + key(2) + `"`, 0, []validate.Option{validate.Without("MCC001")}},
		{"by path", "SUP001", `"rule": "MCC001", "path": "licence.scope"`, 1, nil},
		{"batch rule", "SUP001", `"rule": "BAT008", "key": "` + key(2) + `"`, 1, nil},
		{"no registry was given", "SUP001", `"rule": "DIF001", "key": "` + key(2) + `"`, 0, nil},
		{"sheet rule", "SUP001", `"rule": "SRC004", "header": "备注"`, 1, nil},
		{"sheet not in the run", "SUP001", `"rule": "SRC004", "header": "备注", "sheet": "终端"`, 0, nil},
		{"one of two rules", "SUP001", `"rules": ["MCC001", "LIC012"], "key": "` + key(0) + `"`, 1, nil},
		{"expired is not unmatched as well", "SUP001", `"rule": "MCC001", "key": "` + key(2) + `"` + until(-1), 0, nil},

		{"yesterday", "SUP002", `"rule": "MCC001", "key": "` + key(0) + `"` + until(-1), 1, nil},
		{"today", "SUP002", `"rule": "MCC001", "key": "` + key(0) + `"` + until(0), 0, nil},

		{"last day", "SUP003", `"rule": "MCC001", "key": "` + key(0) + `"` + until(0), 1, nil},
		{"14 days", "SUP003", `"rule": "MCC001", "key": "` + key(0) + `"` + until(14), 1, nil},
		{"15 days", "SUP003", `"rule": "MCC001", "key": "` + key(0) + `"` + until(15), 0, nil},
		{"expired", "SUP003", `"rule": "MCC001", "key": "` + key(0) + `"` + until(-1), 0, nil},
		{"unmatched says more", "SUP003", `"rule": "MCC001", "key": "` + key(2) + `"` + until(3), 0, nil},
		{"parameter of the profile", "SUP003", `"rule": "MCC001", "key": "` + key(0) + `"` + until(14), 0, []validate.Option{withProfile(t, `{"params": {"suppress_warn_days": 13}}`)}},

		{"law and error", "SUP004", `"rule": "LIC011", "key": "` + key(0) + `"`, 1, nil},
		{"allowed by the profile", "SUP004", `"rule": "LIC011", "key": "` + key(0) + `"`, 0, []validate.Option{withProfile(t, `{"suppressible": ["LIC011"]}`)}},
		{"law and warning", "SUP004", `"rule": "LIC012", "key": "` + key(0) + `"`, 0, nil},
		{"law, regraded to warning", "SUP004", `"rule": "LIC011", "key": "` + key(0) + `"`, 0, []validate.Option{validate.WithSeverity("LIC011", rules.Warning)}},
		{"law, regraded to error", "SUP004", `"rule": "LIC012", "key": "` + key(0) + `"`, 1, []validate.Option{validate.WithSeverity("LIC012", rules.Error)}},
		{"error, no law", "SUP004", `"rule": "MCC001", "key": "` + key(0) + `"`, 0, nil},
	} {
		v := validator(t, append([]validate.Option{validate.Only(only...)}, c.opts...)...)
		got, sum := run(t, v, suppress.Options{Suppressions: list(t, c.entry)}, merchants(3, bad), nil)
		n := 0
		for _, s := range got {
			if strings.HasPrefix(s, string(c.rule)) {
				n++
			}
		}
		if n != c.want || sum.Rules[c.rule].Found != n || sum.Rules[c.rule].Applied == 0 {
			t.Errorf("%s %s: %d, want %d: %q, %+v", c.rule, c.name, n, c.want, got, sum.Rules[c.rule])
		}
		hit[c.rule], miss[c.rule] = hit[c.rule] || n > 0, miss[c.rule] || n == 0
		for _, rule := range []rules.ID{"SUP002", "SUP004"} { // both mean that the finding stays
			if c.rule == rule && c.want == 1 && sum.Suppressed != 0 {
				t.Errorf("%s %s: still suppresses", c.rule, c.name)
			}
		}
	}
	for _, r := range builtin.Rules() { // SUP005 is in TestBaseline
		if r.Scope == rules.ConfigScope && r.Needs&rules.NeedSuppressions != 0 && (!hit[r.ID] || !miss[r.ID]) {
			t.Errorf("%s: hit %v, near miss %v", r.ID, hit[r.ID], miss[r.ID])
		}
	}
}

func withProfile(t testing.TB, text string) validate.Option {
	t.Helper()
	p, err := profile.Read("house", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return validate.WithProfile(p)
}

// TestRegistryUnmatched: a comparison was made, the merchant is in it, and nothing is wrong.
func TestRegistryUnmatched(t *testing.T) {
	v := validator(t, validate.Only("DIF", "SUP"))
	s := list(t, `"rule": "DIF003", "key": "`+key(1)+`"`, `"rule": "DIF003", "key": "`+key(0)+`"`, `"rule": "DIF002", "key": "`+key(2)+`"`)
	registry := merchants(3, func(i int, m *merchant.Merchant) {
		if i == 0 {
			m.Names.Legal += "二部"
		}
	})
	got, _ := run(t, v, suppress.Options{Suppressions: s}, merchants(2, nil), registry)
	want := []string{"DIF003 names.legal suppressed", "DIF002 merchant_no suppressed", "SUP001"}
	got = slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) })
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPartial: where not everything was read, nothing is unmatched and nothing fixed.
func TestPartial(t *testing.T) {
	v := validator(t)
	base, err := suppress.ReadBaseline("b.txt", strings.NewReader("0123456789abcdef MCC001\n"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := suppress.New(v, suppress.Options{Suppressions: list(t, `"rule": "MCC001", "key": "`+key(0)+`"`), Baseline: base})
	if err != nil {
		t.Fatal(err)
	}
	sum, err := v.Run(context.Background(), stream(merchants(1, nil)), m.Sink(func(*merchant.Record, []rules.Finding) error { return nil }))
	if err != nil {
		t.Fatal(err)
	}
	sum.Partial = true
	if found := m.Finish(&sum); len(found) > 0 || sum.Baseline == nil || sum.Baseline.Fixed != 0 {
		t.Errorf("%d findings, %+v", len(found), sum.Baseline)
	}
}

// TestFindingOfList: what is said about a list names its line, the merchant and the path, and no reason.
func TestFindingOfList(t *testing.T) {
	v := validator(t)
	m, err := suppress.New(v, suppress.Options{Suppressions: list(t, `"rule": "MCC001", "key": "K", "path": "mcc", "until": "2026-01-31"`)})
	if err != nil {
		t.Fatal(err)
	}
	var sum validate.Summary
	found := m.Finish(&sum)
	if len(found) != 1 || sum.Warning != 1 {
		t.Fatalf("%d findings", len(found))
	}
	f := &found[0]
	if f.Rule.ID != "SUP002" || f.Source.File != "s.json" || f.Source.Row != 2 || f.Key != "K" || f.Path != merchant.At(merchant.FieldMCC) {
		t.Errorf("%+v", f)
	}
	if got, want := f.Message("en", false), "suppression MCC001/K mcc expired on 2026-01-31 and no longer applies"; got != want {
		t.Error(got)
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
		path string
	}{
		{`{}`, 1, ""},
		{"{\"suppressions\":\n{}}", 2, "suppressions"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\", \"reason\": \"r\", \"untill\": \"2027-01-31\"}]}", 2, "suppressions[0].untill"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\",\n\"reason\": \"r\", \"until\": \"2027-02-30\"}]}", 3, "suppressions[0].until"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\", \"reason\": \"r\", \"until\": \"31.1.2027\"}]}", 2, "suppressions[0].until"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"path\": \"mmc\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, "suppressions[0].path"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"path\": \"*\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, "suppressions[0].path"},
		{"{\"suppressions\": [\n{\"rule\": [\"MCC001\"], \"key\": \"K\"}]}", 2, "suppressions[0].rule"},
		{"{\"suppressions\": [\n{\"rules\": \"MCC001\", \"key\": \"K\"}]}", 2, "suppressions[0].rules"},
		{"{\"suppressions\": [\n\n{\"rule\": \"MCC001\", \"rules\": [\"MCC002\"], \"key\": \"K\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 3, "suppressions[0]"},
		{"{\"suppressions\": [\n{\"key\": \"K\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rules\": [], \"key\": \"K\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\", \"until\": \"2027-01-31\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\", \"reason\": \" \", \"until\": \"2027-01-31\"}]}", 2, "suppressions[0].reason"},
		{"{\"suppressions\": [\n{\"rule\": \"MCC001\", \"key\": \"K\", \"reason\": \"r\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rule\": \"SUP001\", \"key\": \"K\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, ""},
		{"{\"suppressions\": [\n{\"rules\": [\"MCC001\", \"MCC001\"], \"key\": \"K\", \"reason\": \"r\", \"until\": \"2027-01-31\"}]}", 2, ""},
	} {
		_, err := suppress.Read("s.json", strings.NewReader(c.text))
		var e *strictjson.Error
		if !errors.As(err, &e) || e.Line != c.line || e.Path != c.path || e.File != "s.json" {
			t.Errorf("%s: %v", c.text, err)
		}
	}
}

// TestNewErrors: rules that no list has, areas and wildcards among them, and one place given twice.
func TestNewErrors(t *testing.T) {
	v := validator(t, validate.Without("MCC001"))
	for entries, line := range map[string]int{
		`"rule": "MCC999", "key": "K"`: 2, `"rule": "MCC", "key": "K"`: 2, `"rule": "*", "key": "K"`: 2, `"rule": "mcc001", "key": "K"`: 2, `"rule": "ACME-001", "key": "K"`: 2,
		`"rule": "MCC001", "key": "K"|"rule": "MCC002", "key": "K"|"rules": ["MCC001"], "key": "K"`: 4,
		`"rule": "MCC001", "key": "K"|"rule": "MCC001", "key": "K", "path": "mcc"`:                  0,
	} {
		_, err := suppress.New(v, suppress.Options{Suppressions: list(t, strings.Split(entries, "|")...)})
		var e *strictjson.Error
		if line == 0 && err != nil || line > 0 && (!errors.As(err, &e) || e.Line != line) {
			t.Errorf("%s: %v", entries, err)
		}
	}
}

func TestLimitIsRefused(t *testing.T) {
	if _, err := suppress.New(validator(t, validate.MaxFindings(3)), suppress.Options{}); err == nil {
		t.Error("a validator that holds findings back is accepted")
	}
}

// TestPrecedence: suppression before per-run option before profile before the rule's own severity.
func TestPrecedence(t *testing.T) {
	const id = "REP011" // warning by itself
	spoil := func(_ int, m *merchant.Merchant) {
		m.LegalRep.IDLongTerm, m.LegalRep.IDValidTo = false, rulestest.AsOf.AddDays(10)
	}
	policyOff := `{"levels": {"policy": false, "scheme": false, "standard": false, "profile": false}}`
	for _, c := range []struct {
		name     string
		profile  string
		options  []validate.Option
		suppress bool
		want     string // severity, "" when the rule does not run
	}{
		{"the rule itself", `{}`, nil, false, "warning"},
		{"profile before rule", `{"severity": {"REP011": "error"}}`, nil, false, "error"},
		{"profile switches off", `{"disabled": ["REP011"]}`, nil, false, ""},
		{"profile switches off the level, never law", policyOff, nil, false, "warning"},
		{"disabled before regraded", `{"disabled": ["REP011"], "severity": {"REP011": "error"}}`, nil, false, ""},
		{"option before rule", `{}`, []validate.Option{validate.WithSeverity(id, rules.Info)}, false, "info"},
		{"option before profile", `{"severity": {"REP011": "error"}}`, []validate.Option{validate.WithSeverity(id, rules.Info)}, false, "info"},
		{"last option counts", `{}`, []validate.Option{validate.WithSeverity(id, rules.Info), validate.WithSeverity(id, rules.Error)}, false, "error"},
		{"without before regraded", `{"severity": {"REP011": "error"}}`, []validate.Option{validate.WithSeverity(id, rules.Info), validate.Without(id)}, false, ""},
		{"without before only", `{}`, []validate.Option{validate.Only("REP"), validate.Without(id)}, false, ""},
		{"only by ID before profile", `{"disabled": ["REP011"]}`, []validate.Option{validate.Only(id)}, false, "warning"},
		{"only by area is no name", `{"disabled": ["REP011"]}`, []validate.Option{validate.Only("REP")}, false, ""},
		{"only another", `{"severity": {"REP011": "error"}}`, []validate.Option{validate.Only("REP010")}, false, ""},
		{"suppression before rule", `{}`, nil, true, "suppressed"},
		{"suppression before profile", `{"severity": {"REP011": "info"}}`, nil, true, "suppressed"},
		{"suppression before option", `{}`, []validate.Option{validate.WithSeverity(id, rules.Info)}, true, "suppressed"},
		{"suppression before option and profile", `{"severity": {"REP011": "info"}}`, []validate.Option{validate.WithSeverity(id, rules.Warning)}, true, "suppressed"},
		{"nothing to suppress", `{"disabled": ["REP011"]}`, nil, true, ""},
	} {
		v := validator(t, append([]validate.Option{withProfile(t, c.profile)}, c.options...)...)
		var o suppress.Options
		if c.suppress {
			o.Suppressions = list(t, `"rule": "REP011", "key": "`+key(0)+`"`)
		}
		m, err := suppress.New(v, o)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		_, err = v.Run(context.Background(), stream(merchants(1, spoil)), m.Sink(func(_ *merchant.Record, found []rules.Finding) error {
			for i := range found {
				if f := &found[i]; f.Rule.ID == id {
					if got = f.Severity.String(); f.Suppressed != nil {
						got = "suppressed"
					}
				}
			}
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A back office grants an exemption for one merchant; the finding stays in the list and no longer counts.
func ExampleMarker() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := suppress.Read("house.json", strings.NewReader(`{"suppressions": [
	  {"rule": "MCC001", "key": "898310054110001", "reason": "旧MCC，银行处理中", "until": "2027-01-31"}]}`))
	if err != nil {
		fmt.Println(err) // one line: file, line, path, mistake
		return
	}
	marker, err := suppress.New(v, suppress.Options{Suppressions: list})
	if err != nil {
		fmt.Println(err)
		return
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.MerchantNo, m.MCC = "898310054110001", "541"
	records := func(yield func(*merchant.Record, error) bool) { yield(merchant.NewRecord(m), nil) }

	sink := func(_ *merchant.Record, found []rules.Finding) error {
		for _, f := range found {
			if f.Suppressed != nil {
				fmt.Println(f.Rule.ID, f.Path, "suppressed until", f.Suppressed.Until)
			}
		}
		return nil
	}
	sum, err := v.Run(context.Background(), records, marker.Sink(sink))
	if err == nil {
		err = sink(nil, marker.Finish(&sum))
	}
	fmt.Println(sum.Rules["MCC001"].Found, sum.Suppressed, err)
	// Output:
	// MCC001 mcc suppressed until 2027-01-31
	// 1 1 <nil>
}

func FuzzRead(f *testing.F) {
	f.Add(`{"suppressions": [{"rule": "SET006", "key": "898290054110001", "path": "settlement.account_name", "reason": "r", "until": "2027-01-31"}]}`)
	f.Add("{\"suppressions\": [\n{\"rules\": [\"SRC004\", \"SRC005\"], \"header\": \"备注\", \"sheet\": \"商户\", \"file\": \"a.xlsx\", \"reason\": \"r\", \"until\": \"2026-11-22\"}]}")
	f.Add("{\"suppressions\": [{\"\\n\": 1}]}")
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := suppress.Read("s.json", strings.NewReader(s))
		var m *suppress.Marker
		if err == nil {
			m, err = suppress.New(v, suppress.Options{Suppressions: list})
		}
		var e *strictjson.Error
		switch {
		case err == nil:
			for i := range list {
				if list[i].Reason == "" || list[i].Until.IsZero() || list[i].Line == 0 {
					t.Fatalf("accepted without reason, end or line: %+v", list[i])
				}
			}
			var sum validate.Summary
			for _, f := range m.Finish(&sum) {
				if strings.ContainsAny(f.Message("zh", false), "{}") && !strings.ContainsAny(s, "{}") {
					t.Fatal(f.Message("zh", false))
				}
			}
		case !errors.As(err, &e):
			t.Fatalf("no error with a line: %v", err)
		case strings.ContainsAny(e.In("zh")+e.In("en"), "\n\r"):
			t.Fatalf("more than one line: %q", e)
		}
	})
}
