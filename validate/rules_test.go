package validate_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

func stream(records []*merchant.Record) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// offered returns the edits of a finding as the lines of a case say them.
func offered(f *rules.Finding) (lines []string) {
	for _, fix := range f.Fixes {
		if len(fix.Edits) == 0 {
			lines = append(lines, "propose "+fix.Message.ZH)
		}
		for _, e := range fix.Edits {
			word, at, text := "propose ", e.Path.String(), e.New
			if fix.Safe {
				word = "fix "
			}
			if row := f.Source.Row; row > 2 {
				at = strconv.Itoa(row-1) + ":" + at
			}
			if q := strconv.Quote(text); strings.TrimSpace(text) != text || text == "" || strings.Trim(q, `"`) != text {
				text = q
			}
			lines = append(lines, word+at+" = "+text)
		}
	}
	return lines
}

// runCase returns the findings of a case, and for each where it stands: path, or N:path for records after the first.
func runCase(t *testing.T, c rulestest.Case) (found []rules.Finding, where []string) {
	t.Helper()
	p, err := profile.Base()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Params(&p.Params); err != nil {
		t.Fatal(err)
	}
	p.Params.Compile()
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.WithProfile(p), validate.WithDeclines(c.Declines...), validate.WithMaintenance(c.Windows...))
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.Run(context.Background(), stream(c.Records), func(_ *merchant.Record, list []rules.Finding) error {
		found = append(found, list...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		place := found[i].Path.String()
		if place == "" {
			place = ":row"
		}
		if row := found[i].Source.Row; row > 2 {
			place = strconv.Itoa(row-1) + ":" + place
		} else if row == 0 {
			place = "sheet"
		}
		where = append(where, place)
	}
	return found, where
}

// TestRuleCases holds every case against the engine: a hit raises its rule at the named places, and no other error; a
// near miss does not raise it and raises no error at all.
func TestRuleCases(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(string(c.Rule)+"/"+strings.ReplaceAll(c.Name, " ", "_"), func(t *testing.T) {
			if _, ok := builtin.Lookup(c.Rule); !ok {
				t.Fatalf("no built-in rule %s", c.Rule)
			}
			found, where := runCase(t, c)
			var got, fixes []string
			for i, f := range found {
				if f.Rule.ID == c.Rule {
					got = append(got, where[i])
					fixes = append(fixes, offered(&f)...)
					for _, fix := range f.Fixes {
						for _, e := range fix.Edits {
							if !reads(c.Records[max(f.Source.Row-2, 0)], e) {
								t.Errorf("the edit of %s is made for %q, which stands nowhere", e.Path, e.Old)
							}
						}
					}
					for _, lang := range []string{"zh", "en"} {
						if m := f.Message(lang, true); strings.ContainsAny(m, "{}") {
							t.Errorf("message with an open placeholder: %s", m)
						}
						if m := f.Remedy(lang, true); strings.ContainsAny(m, "{}") {
							t.Errorf("remedy with an open placeholder: %s", m)
						}
					}
				} else if f.Severity == rules.Error && !slices.Contains(c.Also, f.Rule.ID) {
					t.Errorf("also raises %s at %s: %s", f.Rule.ID, where[i], f.Message("zh", true))
				}
			}
			for _, id := range c.Also {
				if !slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Rule.ID == id && f.Severity == rules.Error }) {
					t.Errorf("the error %s is put up with and not raised", id)
				}
			}
			if !c.Hit && len(got) > 0 {
				t.Fatalf("near miss raises %s at %v", c.Rule, got)
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.Want))
			if c.Hit && !slices.Equal(got, want) {
				t.Fatalf("%s at %v, want %v", c.Rule, got, want)
			}
			if !slices.Equal(slices.Sorted(slices.Values(fixes)), slices.Sorted(slices.Values(c.Fixes))) {
				t.Errorf("offers\n%s\nwant\n%s", strings.Join(fixes, "\n"), strings.Join(c.Fixes, "\n"))
			}
		})
	}
}

// company are the rules that cannot be raised alone, with the error that their condition implies.
var company = map[rules.ID]string{
	"BAT011": "the rule that fails broadly", "BAT021": "the errors that are counted", "OPS002": "a cause of 03",
	"STA008": "the state", "STA009": "the state",
}

// TestAlone: one root cause, one finding. Each rule has a case that raises it and no other error; the first of its cases
// is what rulestest.Failing returns.
func TestAlone(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	first := map[rules.ID]*rulestest.Case{}
	for i := range cases {
		if c := &cases[i]; c.Hit && first[c.Rule] == nil {
			first[c.Rule] = c
		}
	}
	for id, c := range first {
		if alone := len(c.Also) == 0; alone == (company[id] != "") {
			t.Errorf("%s: its first hit raises %v as well", id, c.Also)
		}
	}
}

// reads reports whether the value that an edit is made for is the one of the record, of its cell, or one that reading
// came by.
func reads(r *merchant.Record, e rules.Edit) bool {
	c, _ := r.Cell(e.Path)
	return r.Text(e.Path) == e.Old || c.Text == e.Old ||
		e.Old == "" && r.Text(e.Path) == e.New || // a flag that the value beside it has set
		slices.ContainsFunc(r.Notes, func(n merchant.Note) bool { return n.Path == e.Path && n.Old == e.Old })
}

// The fix classes of the catalogue: safe changes may be made by a program, proposals are offered and never made alone, and
// no other rule offers anything. A candidate for a number that fails its check, leading zeros and the like are never safe.
const (
	safeFixes = "ADR011 IMP005 IMP006 IMP011 IMP012 IMP013 IMP019 LIC010"
	proposals = `
	SRC005 SRC008 IMP002 IMP016 IDN001 IDN002 IDN003 IDN005 IDN006 IDN007 IDN008 IDN012 IDN013 IDN016
	IDN017 LIC002 LIC003 LIC005 LIC007 LIC014 LIC016 LIC023 REP002 REP003 REP008 REP009 REP013 REP014
	REP015 REP016 BEN004 ADR002 ADR004 ADR006 CON002 SET003 SET006 SET007 SET009 SET013 SET018 SET020
	SET022 SET023 SET026 MCC003 MCC005 MCC007 LIM002 LIM003 LIM004 LIM006 LIM008 FEE001 FEE003 FEE004
	FEE008 TRM003 TRM005 BAT012 DIF014`
)

// shownElsewhere are the proposals that need more than records, with the test that shows them.
var shownElsewhere = map[rules.ID]string{
	"SRC005": "headings: TestHeadingProposals", "SRC008": "headings: TestHeadingProposals", "LIC014": "a heading: TestHeadingProposals",
	"SET023": "a list of branches: TestBranchNameGivesCode", "DIF014": "a registry: TestProposals of package diff",
}

// askedFirst are rules with a safe fix that only propose it where something may be lost: a line break between two names, a
// separator between two numbers, a time of day, digits that may be somebody's number.
var askedFirst = []rules.ID{"IMP005", "IMP006", "IMP011", "IMP012"}

// TestFixClasses: each rule offers what the catalogue says, in one of its cases at least, and nothing else.
func TestFixClasses(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[rules.ID]bool{"fix": {}, "propose": {}}
	for _, c := range cases {
		for _, line := range c.Fixes {
			word, _, _ := strings.Cut(line, " ")
			got[word][c.Rule] = true
		}
	}
	for id, where := range shownElsewhere {
		if got["propose"][id] {
			t.Errorf("%s is shown by a case and need not be by %s", id, where)
		}
		got["propose"][id] = true
	}
	for class, list := range map[string]string{"fix": safeFixes, "propose": proposals} {
		want := map[rules.ID]bool{}
		for _, id := range strings.Fields(list) {
			want[rules.ID(id)] = true
			if !got[class][rules.ID(id)] {
				t.Errorf("%s: no case shows a line %s", id, class)
			}
		}
		for id := range got[class] {
			if !want[id] && !(class == "propose" && slices.Contains(askedFirst, id)) {
				t.Errorf("%s: a case shows a line %s, which the catalogue does not give the rule", id, class)
			}
		}
	}
}

// TestEveryRuleHasCases: a rule without a case that raises it and one that nearly does is not finished. Sheet rules
// speak of headings and are tested with the loader, registry rules with the comparison, config rules with the suppressions.
func TestEveryRuleHasCases(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	hit, miss := map[rules.ID]bool{}, map[rules.ID]bool{}
	for _, c := range cases {
		if c.Hit {
			hit[c.Rule] = true
		} else {
			miss[c.Rule] = true
		}
	}
	for _, r := range builtin.Rules() {
		if r.Scope == rules.SheetScope || r.Scope == rules.RegistryScope || r.Scope == rules.ConfigScope {
			continue
		}
		if !hit[r.ID] || !miss[r.ID] {
			t.Errorf("%s: hit %v, near miss %v", r.ID, hit[r.ID], miss[r.ID])
		}
	}
}

// TestCleanMerchants: synthetic merchants of all six subject types raise neither error nor warning, one by one or as a
// batch of twenty thousand.
func TestCleanMerchants(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	const n = 20000
	subjects := []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro,
		merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg}
	shown := 0
	sum, err := v.Run(context.Background(), func(yield func(*merchant.Record, error) bool) {
		for i := range n {
			r := merchant.NewRecord(rulestest.Clean(subjects[i/7%6], i))
			r.Source.Row = i + 2
			if !yield(r, nil) {
				return
			}
		}
	}, func(_ *merchant.Record, list []rules.Finding) error {
		for _, f := range list {
			if f.Severity > rules.Info && shown < 20 {
				shown++
				t.Errorf("row %d: %s %s: %s", f.Source.Row, f.Rule.ID, f.Path, f.Message("zh", true))
			}
		}
		return nil
	})
	if err != nil || sum.Records != n || sum.Errors+sum.Warning > 0 {
		t.Fatal(sum.Records, sum.Errors, sum.Warning, err)
	}
	// far down the sequence names and numbers are made otherwise
	for i := 20000; i < rulestest.Most; i += 997 {
		for _, f := range v.Append(nil, merchant.NewRecord(rulestest.Clean(subjects[i%6], i))) {
			if f.Severity > rules.Info {
				t.Fatalf("merchant %d: %s %s: %s", i, f.Rule.ID, f.Path, f.Message("zh", true))
			}
		}
	}
}

// TestConfigurationMistakes: New refuses what it cannot do, and names it.
func TestConfigurationMistakes(t *testing.T) {
	withProfile := func(text string) validate.Option {
		p, err := profile.Read("bank.json", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return validate.WithProfile(p)
	}
	twice := house(func(*rules.Pass) {})
	taken := *twice
	taken.ID = "LIC003"
	for _, c := range []struct {
		name string
		opts []validate.Option
		want string // stands in the error
	}{
		{"unknown in Only", []validate.Option{validate.Only("LIC003", "LIC999")}, "LIC999"},
		{"unknown area in Only", []validate.Option{validate.Only("XYZ")}, "XYZ"},
		{"unknown in Without", []validate.Option{validate.Without("lic003")}, "lic003"},
		{"unknown area in Without", []validate.Option{validate.Without("XYZ")}, "XYZ"},
		{"unknown in WithSeverity", []validate.Option{validate.WithSeverity("LIC999", rules.Info)}, "LIC999"},
		{"area in WithSeverity", []validate.Option{validate.WithSeverity("LIC", rules.Info)}, "LIC is an area"},
		{"unknown in severity of the profile", []validate.Option{withProfile(`{"severity": {"LIC999": "info"}}`)}, "LIC999"},
		{"area in severity of the profile", []validate.Option{withProfile(`{"severity": {"LIC": "info"}}`)}, "LIC is an area"},
		{"unknown in disabled of the profile", []validate.Option{withProfile(`{"disabled": ["LIC999"]}`)}, "LIC999"},
		{"area in disabled of the profile", []validate.Option{withProfile(`{"disabled": ["LIC"]}`)}, "LIC is an area"},
		{"rule of a house that is not given", []validate.Option{validate.Only("ACME-001")}, "ACME-001"},
		{"nothing left", []validate.Option{validate.Only("LIC003"), validate.Without("LIC")}, "no rule"},
		{"no such severity", []validate.Option{validate.WithSeverity("LIC003", 9)}, "LIC003"},
		{"an ID twice", []validate.Option{validate.WithRules(twice, twice)}, "ACME-001"},
		{"a built-in ID again", []validate.Option{validate.WithRules(&taken)}, "LIC003"},
		{"no rule", []validate.Option{validate.WithRules(nil, twice)}, "WithRules"},
		{"no date", []validate.Option{validate.AsOf(merchant.Date{})}, "AsOf"},
		{"no profile", []validate.Option{validate.WithProfile(nil)}, "WithProfile"},
		{"no workers", []validate.Option{validate.Workers(0)}, "Workers"},
		{"too many workers", []validate.Option{validate.Workers(65)}, "Workers"},
		{"no findings", []validate.Option{validate.MaxFindings(0)}, "MaxFindings"},
	} {
		if v, err := validate.New(c.opts...); err == nil || v != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error that names %s", c.name, err, c.want)
		}
	}
	if _, err := validate.New(validate.WithRules(twice), validate.Only("ACME-001"), validate.WithSeverity("ACME-001", rules.Info)); err != nil {
		t.Errorf("a rule of a house may be named like any other: %v", err)
	}
}

func TestCheckNamesNoValue(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 3)
	if err := v.Check(m); err != nil {
		t.Fatalf("a clean merchant: %v", err)
	}
	m.LegalRep.IDNo = m.LegalRep.IDNo[:17] + "9"
	if m.LegalRep.IDNo == rulestest.Clean(merchant.SubjectEnterprise, 3).LegalRep.IDNo {
		m.LegalRep.IDNo = m.LegalRep.IDNo[:17] + "8"
	}
	err = v.Check(m)
	var e *validate.Error
	if !errors.As(err, &e) || len(e.Findings) == 0 {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(err.Error(), m.LegalRep.IDNo) {
		t.Error("the error text holds an identity number")
	}
}

// TestEffective: a rule that an instrument introduced runs from the day the instrument is in force.
func TestEffective(t *testing.T) {
	n := 0
	for _, r := range builtin.Rules() {
		if r.Effective.IsZero() {
			continue
		}
		n++
		for days, want := range map[int]bool{-1: false, 0: true} {
			v, err := validate.New(validate.AsOf(r.Effective.AddDays(days)))
			if err != nil {
				t.Fatal(err)
			}
			if (v.Severity(r.ID) != 0) != want {
				t.Errorf("%s runs on %s: %v", r.ID, r.Effective.AddDays(days), !want)
			}
		}
	}
	if n < 15 {
		t.Errorf("%d rules have a date", n)
	}
}

// TestBatchOfOne: the batch rules look at a single record, which may contradict itself, and at none.
func TestBatchOfOne(t *testing.T) {
	v := newValidator(t, validate.Only("BAT"))
	for n, want := range map[int]string{0: "", 1: "BAT003 contact.id_no"} {
		var records []*merchant.Record
		if n == 1 {
			m := rulestest.Clean(merchant.SubjectEnterprise, 1)
			m.Contact.Type, m.Contact.Name, m.Contact.IDType, m.Contact.IDNo = merchant.ContactHandler, "钱多", merchant.IDResident, "11010519491231002X"
			m.Contact.Mobile, m.BeneficialOwners[0].Name, m.BeneficialOwners[0].IDNo = "13812345678", "孙多", m.Contact.IDNo
			records = append(records, merchant.NewRecord(m))
		}
		var got string
		sum, err := v.Run(context.Background(), stream(records), func(_ *merchant.Record, list []rules.Finding) error {
			for _, f := range list {
				got += string(f.Rule.ID) + " " + f.Path.String() + " "
			}
			return nil
		})
		if got = strings.TrimSpace(got); err != nil || got != want || len(sum.Rules) != 22 {
			t.Errorf("%d records: %q of %d rules, %v", n, got, len(sum.Rules), err)
		}
		for id, c := range sum.Rules {
			if c.Applied != n {
				t.Errorf("%s looked at %d of %d records", id, c.Applied, n)
			}
		}
	}
}
