package declare_test

import (
	"context"
	"errors"
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/declare"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// rule is a file with one rule: the members that matter, the others sound.
func rule(members string) string {
	s := `{"rules": [{"id": "ACME-001", "severity": "error", ` + members
	for name, text := range map[string]string{"kind": `"policy"`, "title": `{"zh": "标题", "en": "title"}`, "message": `{"zh": "{field}", "en": "{field}"}`,
		"remedy": `{"zh": "改正", "en": "mend"}`, "basis": `[{"level": "policy", "cite": "handbook"}]`} {
		if !strings.Contains(members, `"`+name+`": `) {
			s += `, "` + name + `": ` + text
		}
	}
	return s + "}]}"
}

func read(t testing.TB, text string) []*rules.Rule {
	t.Helper()
	list, err := declare.Read("house.json", strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return list
}

func validator(t testing.TB, list []*rules.Rule, opts ...validate.Option) *validate.Validator {
	t.Helper()
	v, err := validate.New(append(opts, validate.WithRules(list...), validate.AsOf(rulestest.AsOf))...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// outcome runs the house rules over a record and returns the paths found, or why the one rule did not look.
func outcome(t testing.TB, list []*rules.Rule, r *merchant.Record) string {
	t.Helper()
	only := []rules.ID{"IMP"}
	for _, r := range list {
		only = append(only, r.ID)
	}
	v := validator(t, list, validate.Only(only...))
	var paths []string
	var records load.Records = func(yield func(*merchant.Record, error) bool) { yield(r, nil) }
	sum, err := v.Run(context.Background(), records, func(_ *merchant.Record, found []rules.Finding) error {
		for i := range found {
			f := &found[i]
			if strings.HasPrefix(string(f.Rule.ID), "IMP") {
				continue
			}
			paths = append(paths, f.Path.String())
			for _, lang := range []string{"zh", "en"} {
				if s := f.Message(lang, true) + f.Remedy(lang, true); strings.ContainsAny(s, "{}") {
					t.Errorf("open placeholder: %s", s)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := sum.Rules[list[0].ID]; len(c.Skipped) > 0 {
		return "skipped: " + strings.Join(slices.Sorted(maps.Keys(c.Skipped)), ", ")
	}
	return strings.Join(paths, " ")
}

// subject is a merchant with known values.
func subject() *merchant.Merchant {
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.MCC, m.ExternalID, m.Names.Short = "5812", "A-17", "瑞丰（浦东）cafe"
	m.Names.Legal, m.Licence.Name = "上海瑞丰商贸有限公司", "上海瑞丰商贸有限公司"
	m.Limits.SingleCNY, m.Limits.DailyCNY, m.Limits.MonthlyCNY = merchant.Yuan(2000), merchant.Yuan(5000), merchant.Money{}
	m.Status.ChangedOn = merchant.Date{}
	m.Stats.WindowDays = merchant.NewCount(30)
	m.Onboarding.AgreementValidTo, m.SignedOn, m.GoLiveOn = merchant.Day(2027, 2, 20), merchant.Day(2025, 3, 1), merchant.Day(2025, 3, 8)
	m.Terminals = append(m.Terminals[:1:1], m.Terminals[0])
	m.Terminals[0].SerialNo, m.Terminals[1].SerialNo = "AC000001", "ZZ000002"
	m.Terminals[0].Status, m.Terminals[1].Status = merchant.TerminalActive, merchant.TerminalActive
	m.Terminals[1].IsSpare = true
	m.Terminals[0].InstalledOn, m.Terminals[0].LastTxnOn = merchant.Day(2025, 3, 8), merchant.Day(2026, 11, 1)
	m.Terminals[1].InstalledOn, m.Terminals[1].LastTxnOn = merchant.Day(2025, 3, 8), merchant.Day(2025, 3, 7)
	lng, _ := merchant.ParseNumber("121.4375")
	m.Terminals[0].Lng, m.Terminals[1].Lng = lng, merchant.Number{}
	return m
}

const missing = "skipped: not applicable"

var operators = []struct {
	field, check, want string
}{
	{"names.short", `"op": "present"`, ""},
	{"limits.monthly_cny", `"op": "present"`, "limits.monthly_cny"},
	{"terminals[].lng", `"op": "present"`, "terminals[1].lng"},
	{"terminals", `"op": "present"`, ""},
	{"terminals[].is_spare", `"op": "present"`, "terminals[0].is_spare"},
	{"limits.monthly_cny", `"op": "absent"`, ""},
	{"mcc", `"op": "absent"`, "mcc"},

	{"mcc", `"op": "equals", "value": "5812"`, ""},
	{"mcc", `"op": "equals", "value": "５８１２"`, ""},
	{"mcc", `"op": "equals", "value": "5411"`, "mcc"},
	{"names.short", `"op": "equals", "value": " 瑞丰(浦东)CAFE "`, ""},
	{"subject_type", `"op": "equals", "value": "企业"`, ""},
	{"subject_type", `"op": "equals", "value": "micro"`, "subject_type"},
	{"limits.single_cny", `"op": "equals", "value": 2000`, ""},
	{"limits.single_cny", `"op": "equals", "value": "2000.01"`, "limits.single_cny"},
	{"limits.monthly_cny", `"op": "equals", "value": "0"`, missing},
	{"stats.window_days", `"op": "equals", "value": 30`, ""},
	{"signed_on", `"op": "equals", "value": "2025-03-01"`, ""},
	{"terminals[].is_spare", `"op": "equals", "value": false`, "terminals[1].is_spare"},
	{"mcc", `"op": "not_equals", "value": "5812"`, "mcc"},
	{"mcc", `"op": "not_equals", "value": "5411"`, ""},
	{"limits.single_cny", `"op": "not_equals", "value": "2000.00"`, "limits.single_cny"},
	{"terminals[].is_spare", `"op": "not_equals", "value": true`, "terminals[1].is_spare"},

	{"mcc", `"op": "in", "values": ["5411", "5812"]`, ""},
	{"mcc", `"op": "in", "values": ["5411", "58"]`, "mcc"},
	{"subject_type", `"op": "in", "values": ["micro", "个体工商户"]`, "subject_type"},
	{"mcc", `"op": "not_in", "values": ["5411", "5812"]`, "mcc"},
	{"mcc", `"op": "not_in", "values": ["5411"]`, ""},

	{"terminals[].serial_no", `"op": "prefix", "values": ["AC", "AD"]`, "terminals[1].serial_no"},
	{"names.legal", `"op": "prefix", "values": ["上海"]`, ""},
	{"names.legal", `"op": "not_prefix", "values": ["上海", "北京"]`, "names.legal"},
	{"names.short", `"op": "not_prefix", "values": ["丰"]`, ""},
	{"names.short", `"op": "contains", "values": ["(浦东)"]`, ""},
	{"names.short", `"op": "contains", "values": ["浦西", "ＣＡＦＥ"]`, ""},
	{"names.short", `"op": "contains", "values": ["浦西"]`, "names.short"},
	{"names.short", `"op": "not_contains", "values": ["浦东"]`, "names.short"},
	{"names.short", `"op": "not_contains", "values": ["测试"]`, ""},

	{"external_id", `"op": "matches", "pattern": "[A-Z]-\\d{2}"`, ""},
	{"external_id", `"op": "matches", "pattern": "[A-Z]-\\d"`, "external_id"},
	{"external_id", `"op": "matches", "pattern": "x|A-17"`, ""},
	{"external_id", `"op": "not_matches", "pattern": "A.*"`, "external_id"},
	{"external_id", `"op": "not_matches", "pattern": "A"`, ""},

	{"names.short", `"op": "length", "min": 10, "max": 10`, ""},
	{"names.short", `"op": "length", "max": 9`, "names.short"},
	{"names.short", `"op": "length", "min": 11`, "names.short"},
	{"names.legal", `"op": "gbk_bytes", "max": 20`, ""},
	{"names.legal", `"op": "gbk_bytes", "max": 19`, "names.legal"},

	{"limits.single_cny", `"op": "range", "min": "0.01", "max": "2000"`, ""},
	{"limits.single_cny", `"op": "range", "max": "1999.99"`, "limits.single_cny"},
	{"limits.monthly_cny", `"op": "range", "max": "1"`, missing},
	{"fees[].rate_pct", `"op": "range", "max": "0.0001"`, "fees[0].rate_pct fees[1].rate_pct"},
	{"stats.window_days", `"op": "range", "min": 30`, ""},
	{"stats.window_days", `"op": "range", "min": 31`, "stats.window_days"},
	{"signed_on", `"op": "range", "min": "2025-03-01", "max": "2025-03-01"`, ""},
	{"signed_on", `"op": "range", "min": "2025-03-02"`, "signed_on"},
	{"terminals[].lng", `"op": "range", "min": "73", "max": "121.43749999"`, "terminals[0].lng"},
	{"terminals[].lng", `"op": "range", "min": "73.5", "max": "121.4375000"`, ""},

	{"terminals", `"op": "entries", "max": 2`, ""},
	{"terminals", `"op": "entries", "max": 1`, "terminals"},
	{"shareholders", `"op": "entries", "min": 100`, "shareholders"},

	{"go_live_on", `"op": "before", "other": "signed_on"`, "go_live_on"},
	{"go_live_on", `"op": "before", "other": "signed_on", "days": 8`, ""},
	{"go_live_on", `"op": "before", "other": "signed_on", "days": 7`, "go_live_on"},
	{"go_live_on", `"op": "after", "other": "signed_on"`, ""},
	{"go_live_on", `"op": "after", "other": "signed_on", "days": 7`, "go_live_on"},
	{"go_live_on", `"op": "after", "other": "signed_on", "days": -7`, ""},
	{"go_live_on", `"op": "after", "other": "status.changed_on"`, missing},
	{"onboarding.agreement_valid_to", `"op": "not_before", "other": "as_of", "days": 90`, ""},
	{"onboarding.agreement_valid_to", `"op": "not_before", "other": "as_of", "days": 91`, "onboarding.agreement_valid_to"},
	{"onboarding.agreement_valid_to", `"op": "not_after", "other": "as_of", "days": 90`, ""},
	{"onboarding.agreement_valid_to", `"op": "not_after", "other": "as_of"`, "onboarding.agreement_valid_to"},
	{"terminals[].last_txn_on", `"op": "not_before", "other": "terminals[].installed_on"`, "terminals[1].last_txn_on"},
	{"terminals[].installed_on", `"op": "not_before", "other": "signed_on", "days": 7`, ""},

	{"limits.daily_cny", `"op": "at_least", "other": "limits.single_cny"`, ""},
	{"limits.single_cny", `"op": "at_least", "other": "limits.daily_cny"`, "limits.single_cny"},
	{"limits.single_cny", `"op": "at_most", "other": "limits.daily_cny"`, ""},
	{"limits.daily_cny", `"op": "at_most", "other": "limits.single_cny"`, "limits.daily_cny"},
	{"limits.daily_cny", `"op": "at_most", "other": "limits.monthly_cny"`, missing},

	{"licence.name", `"op": "same_as", "other": "names.legal"`, ""},
	{"names.short", `"op": "same_as", "other": "names.legal"`, "names.short"},
	{"go_live_on", `"op": "same_as", "other": "signed_on"`, "go_live_on"},
	{"limits.single_cny", `"op": "not_same_as", "other": "limits.daily_cny"`, ""},
	{"licence.name", `"op": "not_same_as", "other": "names.legal"`, "licence.name"},
	{"status.reason", `"op": "same_as", "other": "names.legal"`, missing},
}

func TestOperators(t *testing.T) {
	for _, c := range operators {
		kind := ""
		if c.check == `"op": "present"` {
			kind = `"kind": "missing", `
		}
		list := read(t, rule(kind+`"field": "`+c.field+`", "check": {`+c.check+`}`))
		r := merchant.NewRecord(subject())
		if got := outcome(t, list, r); got != c.want {
			t.Errorf("%s {%s}: %q, want %q", c.field, c.check, got, c.want)
		}
	}
}

// TestEveryOperator: the table above has a case that holds and one that fails for each operator, and the package
// comment names it.
func TestEveryOperator(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "declare.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	_, err = declare.Read("", strings.NewReader(rule(`"field": "mcc", "check": {"op": "?"}`)))
	_, names, ok := strings.Cut(fmt.Sprint(err), "there are ")
	if !ok {
		t.Fatal(err)
	}
	list := strings.Split(names, ", ")
	if len(list) < 24 {
		t.Fatalf("%d operators", len(list))
	}
	for _, name := range list {
		held, failed := false, false
		for _, c := range operators {
			if strings.HasPrefix(c.check, `"op": "`+name+`"`) {
				held, failed = held || c.want == "", failed || c.want != "" && c.want != missing
			}
		}
		if !held || !failed {
			t.Errorf("%s: held %v, failed %v", name, held, failed)
		}
		if !slices.Contains(strings.Fields(f.Doc.Text()), name) {
			t.Errorf("the package comment does not name %s", name)
		}
	}
}

// TestPackageComment: the file in the package comment is one, and its rules find what they say.
func TestPackageComment(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "declare.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	var p comment.Parser
	var file string
	for _, block := range p.Parse(f.Doc.Text()).Content {
		if code, ok := block.(*comment.Code); ok && strings.HasPrefix(code.Text, "{") {
			file = code.Text
		}
	}
	list := read(t, file)
	if len(list) != 4 {
		t.Fatalf("%d rules", len(list))
	}
	m := subject()
	m.ExternalID, m.SubjectType, m.Limits.SingleCNY, m.Onboarding.AgreementValidTo = "", merchant.SubjectMicro, merchant.Fen(200001), merchant.Day(2026, 12, 1)
	if got, want := outcome(t, list, merchant.NewRecord(m)), "external_id limits.single_cny onboarding.agreement_valid_to terminals[1].serial_no"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhen(t *testing.T) {
	for _, c := range []struct {
		when, want string
		change     func(*merchant.Merchant)
	}{
		{`{"field": "subject_type", "op": "equals", "value": "enterprise"}`, "mcc", nil},
		{`{"field": "subject_type", "op": "equals", "value": "micro"}`, missing, nil},
		{`{"field": "subject_type", "op": "equals", "value": "enterprise"}, {"field": "limits.single_cny", "op": "range", "min": "2000"}`, "mcc", nil},
		{`{"field": "subject_type", "op": "equals", "value": "enterprise"}, {"field": "limits.single_cny", "op": "range", "min": "2001"}`, missing, nil},
		{`{"field": "limits.monthly_cny", "op": "not_equals", "value": "1"}`, missing, nil}, // no value: nothing is known of it
		{`{"field": "limits.monthly_cny", "op": "absent"}`, "mcc", nil},
		{`{"field": "terminals", "op": "entries", "min": 2}`, "mcc", nil},
		{`{"field": "micro_enhanced_proof", "op": "equals", "value": false}`, "mcc", nil},
		{`{"field": "micro_enhanced_proof", "op": "equals", "value": false}`, missing, func(m *merchant.Merchant) { m.MicroEnhancedProof = true }},
		{`{"field": "names.legal", "op": "same_as", "other": "licence.name"}`, "mcc", nil},
	} {
		m := subject()
		if c.change != nil {
			c.change(m)
		}
		list := read(t, rule(`"field": "mcc", "when": [`+c.when+`], "check": {"op": "equals", "value": "5411"}`))
		if got := outcome(t, list, merchant.NewRecord(m)); got != c.want {
			t.Errorf("%s: %q, want %q", c.when, got, c.want)
		}
	}
}

// TestLists: each entry is judged by itself, with its own values in the conditions.
func TestLists(t *testing.T) {
	for when, want := range map[string]string{
		`{"field": "terminals[].is_spare", "op": "equals", "value": false}`: "terminals[0].serial_no",
		`{"field": "terminals[].is_spare", "op": "equals", "value": true}`:  "terminals[1].serial_no",
		`{"field": "terminals[].lng", "op": "range", "min": "0"}`:           "terminals[0].serial_no",
		`{"field": "mcc", "op": "equals", "value": "5812"}`:                 "terminals[0].serial_no terminals[1].serial_no",
		`{"field": "mcc", "op": "equals", "value": "5411"}`:                 missing,
		`{"field": "terminals[].lng", "op": "range", "min": "150"}`:         missing,
	} {
		list := read(t, rule(`"field": "terminals[].serial_no", "when": [`+when+`], "check": {"op": "prefix", "values": ["Q"]}`))
		if got := outcome(t, list, merchant.NewRecord(subject())); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	m := subject()
	m.Terminals = nil
	list := read(t, rule(`"field": "terminals[].serial_no", "check": {"op": "prefix", "values": ["Q"]}`))
	if got := outcome(t, list, merchant.NewRecord(m)); got != missing {
		t.Errorf("no entries: %q", got)
	}
}

// TestBlocked: what an earlier rule found unusable is not judged, in the rule's field or in a condition.
func TestBlocked(t *testing.T) {
	r := merchant.NewRecord(subject())
	r.Limits.SingleCNY = merchant.Money{}
	r.Note(merchant.Note{Kind: merchant.NoteBadAmount, Path: merchant.At(merchant.FieldLimitsSingleCNY), Old: "两千"})
	for members, want := range map[string]string{
		`"field": "limits.single_cny", "kind": "missing", "check": {"op": "present"}`:                                                                          "skipped: blocked by IMP015",
		`"field": "limits.single_cny", "check": {"op": "range", "max": "1"}`:                                                                                   "skipped: blocked by IMP015",
		`"field": "mcc", "when": [{"field": "limits.single_cny", "op": "range", "max": "1"}], "check": {"op": "equals", "value": "1"}`:                         "skipped: blocked by IMP015",
		`"field": "mcc", "when": [{"field": "limits.single_cny", "op": "absent"}], "check": {"op": "equals", "value": "1"}`:                                    missing,
		`"field": "limits.daily_cny", "check": {"op": "at_least", "other": "limits.single_cny"}`:                                                               "skipped: blocked by IMP015",
		`"field": "limits.daily_cny", "when": [{"field": "limits.monthly_cny", "op": "absent"}], "check": {"op": "range", "max": "1"}`:                         "limits.daily_cny",
		`"field": "limits.daily_cny", "kind": "limit", "when": [{"field": "mcc", "op": "present"}], "check": {"op": "range", "min": "5000.00", "max": "5000"}`: "",
	} {
		if got := outcome(t, read(t, rule(members)), r); got != want {
			t.Errorf("%s: %q, want %q", members, got, want)
		}
	}
}

// TestUnmapped: a sheet without the column says nothing about its field.
func TestUnmapped(t *testing.T) {
	r := merchant.NewRecord(subject())
	r.ExternalID = ""
	r.Source.Columns = &merchant.Columns{List: []merchant.Column{{Letter: "A", Path: merchant.At(merchant.FieldMCC)}}}
	r.Cells = []merchant.Cell{{Text: "5812", Type: merchant.CellText}}
	for members, want := range map[string]string{
		`"field": "external_id", "kind": "missing", "check": {"op": "present"}`:                                                                   "skipped: blocked by SRC023",
		`"field": "external_id", "check": {"op": "absent"}`:                                                                                       missing,
		`"field": "mcc", "when": [{"field": "external_id", "op": "absent"}], "check": {"op": "equals", "value": "1"}`:                             missing,
		`"field": "mcc", "when": [{"field": "micro_enhanced_proof", "op": "equals", "value": false}], "check": {"op": "equals", "value": "5411"}`: missing,
		`"field": "mcc", "when": [{"field": "shareholders", "op": "entries", "max": 0}], "check": {"op": "equals", "value": "5411"}`:              missing,
		`"field": "mcc", "check": {"op": "equals", "value": "5411"}`:                                                                              "mcc",
		`"field": "mcc", "when": [{"field": "subject_type", "op": "equals", "value": "enterprise"}], "check": {"op": "equals", "value": "5411"}`:  "mcc",
	} {
		if got := outcome(t, read(t, rule(members)), r); got != want {
			t.Errorf("%s: %q, want %q", members, got, want)
		}
	}
}

func TestMessage(t *testing.T) {
	for _, c := range []struct{ members, want string }{
		{`"field": "settlement.account_no", "message": {"zh": "{field}{value}{length}{max}", "en": "{field} {value} {length} {max}"}, "check": {"op": "length", "max": 3}`,
			"Settlement account number 6228***********0379 19 3"},
		{`"field": "onboarding.agreement_valid_to", "message": {"zh": "{value}{bound}{other}", "en": "{value} {bound} {other}"}, "check": {"op": "after", "other": "as_of", "days": 900}`,
			"2027-02-20 2029-05-10 2026-11-22"},
		{`"field": "licence.name", "message": {"zh": "{other_field}{other}", "en": "{other_field} {other}"}, "check": {"op": "same_as", "other": "legal_rep.name"}`,
			"Representative's name 张**"},
		{`"field": "mcc", "message": {"zh": "{expected}", "en": "{expected}"}, "check": {"op": "in", "values": ["5411", "5412"]}`, "5411, 5412"},
		{`"field": "terminals", "message": {"zh": "{count}{max}", "en": "{count} {max}"}, "check": {"op": "entries", "max": 1}`, "2 1"},
		{`"field": "mcc", "message": {"zh": "{pattern}", "en": "{pattern}"}, "check": {"op": "matches", "pattern": "x{2}"}`, "x{2}"},
	} {
		m := subject()
		m.Settlement.AccountNo, m.LegalRep.Name = "6228402560000000379", "张明桂"
		found := validator(t, read(t, rule(c.members)), validate.Only("ACME-001")).Append(nil, merchant.NewRecord(m))
		if len(found) != 1 || found[0].Message("en", false) != c.want {
			t.Errorf("%s: %d findings, %q", c.members, len(found), found[0].Message("en", false))
		}
	}
}

func TestDoc(t *testing.T) {
	r := read(t, rule(`"field": "limits.single_cny", "reason": {"zh": "风控。", "en": "risk."},
	  "when": [{"field": "subject_type", "op": "equals", "value": "micro"}, {"field": "mcc", "op": "in", "values": ["5812", "5814"]}],
	  "check": {"op": "range", "max": "2000.00"}`))[0]
	if want := "应满足：“单笔限额”(limits.single_cny)不大于2000.00。适用于：“主体类型”(subject_type)等于micro，且“MCC”(mcc)是5812、5814之一。原因：风控。"; r.Doc.ZH != want {
		t.Errorf("%s, want %s", r.Doc.ZH, want)
	}
	if want := "What must hold: Limit per transaction (limits.single_cny) is at most 2000.00. It applies where Subject type (subject_type) equals micro and MCC (mcc) is one of 5812 or 5814. Reason: risk."; r.Doc.EN != want {
		t.Errorf("%s, want %s", r.Doc.EN, want)
	}
	if r.Cause != "SC-17" || r.Severity != rules.Error || !r.Basis[0].Verified || r.Fields[0] != merchant.FieldLimitsSingleCNY || len(r.Fields) != 3 {
		t.Errorf("%+v", r)
	}
}

// TestGrading: a house rule is graded, left out and dated like any other.
func TestGrading(t *testing.T) {
	list := read(t, rule(`"effective": "2026-11-22", "until": "2026-11-22", "field": "mcc", "check": {"op": "equals", "value": "1"}`))
	for _, c := range []struct {
		want rules.Severity
		opts []validate.Option
	}{
		{rules.Error, nil},
		{rules.Info, []validate.Option{validate.WithSeverity("ACME-001", rules.Info)}},
		{0, []validate.Option{validate.Without("ACME-001")}},
		{0, []validate.Option{validate.Only("MCC")}},
		{0, []validate.Option{validate.AsOf(merchant.Day(2026, 11, 21))}},
		{0, []validate.Option{validate.AsOf(merchant.Day(2026, 11, 23))}},
	} {
		opts := append([]validate.Option{validate.AsOf(rulestest.AsOf), validate.WithRules(list...)}, c.opts...)
		v, err := validate.New(opts...)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Severity("ACME-001"); got != c.want {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	// an area of three letters is one of ours
	area := read(t, strings.Replace(rule(`"field": "mcc", "check": {"op": "equals", "value": "1"}`), "ACME-001", "MCC-001", 1))
	if got := validator(t, area, validate.Without("MCC")).Severity("MCC-001"); got != rules.Error {
		t.Errorf("left out with the area: %v", got)
	}
}

func TestReadErrors(t *testing.T) {
	check := `"field": "mcc", "check": {"op": "equals", "value": "5812"}`
	for _, c := range []struct{ text, path string }{
		{`{"rule": []}`, "rule"},
		{`{"rules": {}}`, "rules"},
		{`{"rules": [{}]}`, "rules[0]"},
		{rule(check + `, "fields": "mcc"`), "rules[0].fields"},
		{rule(check + `, "id": "ACME-001"`), "rules[0].id"}, // twice
		{strings.Replace(rule(check), "ACME-001", "LIC003", 1), "rules[0].id"},
		{strings.Replace(rule(check), "ACME-001", "acme-001", 1), "rules[0].id"},
		{strings.Replace(rule(check), "ACME-001", "ACME-1", 1), "rules[0].id"},
		{strings.Replace(rule(check), "ACME-001", "-001", 1), "rules[0].id"},
		{strings.Replace(rule(check), `"error"`, `"fatal"`, 1), "rules[0].severity"},
		{rule(check + `, "kind": "screening"`), "rules[0].kind"},
		{rule(check + `, "cause": "SC-99"`), "rules[0].cause"},
		{rule(check + `, "title": {"zh": "x"}`), "rules[0].title"},
		{rule(check + `, "title": {"zh": "x", "en": " "}`), "rules[0].title.en"},
		{rule(check + `, "title": {"zh": "{value}", "en": "x"}`), "rules[0].title"},
		{rule(check + `, "title": "x"`), "rules[0].title"},
		{rule(check + `, "message": {"zh": "{wert}", "en": "{wert}"}`), "rules[0].message.zh"},
		{rule(check + `, "message": {"zh": "{min}", "en": "x"}`), "rules[0].message.zh"},
		{rule(check + `, "message": {"zh": "x", "en": "{value"}`), "rules[0].message.en"},
		{rule(check + `, "message": {"zh": "x", "en": "value}"}`), "rules[0].message.en"},
		{rule(check + `, "message": {"zh": "{value}", "en": "x"}`), "rules[0]"},
		{rule(check + `, "remedy": {"zh": "{bound}", "en": "x"}`), "rules[0].remedy.zh"},
		{rule(check + `, "basis": []`), "rules[0].basis"},
		{rule(check + `, "basis": [{"level": "habit", "cite": "x"}]`), "rules[0].basis[0].level"},
		{rule(check + `, "basis": [{"level": "policy"}]`), "rules[0].basis[0]"},
		{rule(check + `, "until": "2026-13-01"`), "rules[0].until"},
		{rule(check + `, "effective": "2026-12-01", "until": "2026-11-01"`), "rules[0].until"},
		{rule(check + `, "when": {}`), "rules[0].when"},
		{rule(check + `, "when": [{"op": "present"}]`), "rules[0].when[0]"},
		{rule(check + `, "when": [{"field": "mcc"}]`), "rules[0].when[0]"},
		{rule(check + `, "when": [{"field": "mcc", "op": "present", "value": "x"}]`), "rules[0].when[0].value"},
		{rule(check + `, "when": [{"field": "terminals[].status", "op": "present"}]`), "rules[0].when[0].field"},

		{rule(`"field": "mmc", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": 7, "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "terminals[0].serial_no", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "terminals[]", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "field_dates", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "screening.hits", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "screening.hits[].list", "check": {"op": "absent"}`), "rules[0].field"},
		{rule(`"field": "mcc", "check": "absent"`), "rules[0].check"},
		{rule(`"field": "mcc", "check": {}`), "rules[0].check"},
		{rule(`"field": "mcc", "check": {"op": "eq", "value": "1"}`), "rules[0].check.op"},
		{rule(`"field": "mcc", "check": {"op": "equals"}`), "rules[0].check"},
		{rule(`"field": "mcc", "check": {"op": "equals", "values": ["1"]}`), "rules[0].check.values"},
		{rule(`"field": "mcc", "check": {"op": "equals", "value": 5812}`), "rules[0].check.value"},
		{rule(`"field": "mcc", "check": {"op": "equals", "value": "1", "field": "mcc"}`), "rules[0].check.field"},
		{rule(`"field": "mcc", "check": {"op": "in", "values": []}`), "rules[0].check.values"},
		{rule(`"field": "mcc", "check": {"op": "in", "values": "5812"}`), "rules[0].check.values"},
		{rule(`"field": "mcc", "check": {"op": "in", "values": ["5812", "５８１２"]}`), "rules[0].check.values[1]"},
		{rule(`"field": "names.short", "check": {"op": "contains", "values": ["\u200b"]}`), "rules[0].check.values[0]"},
		{rule(`"field": "subject_type", "check": {"op": "equals", "value": "firm"}`), "rules[0].check.value"},
		{rule(`"field": "subject_type", "check": {"op": "prefix", "values": ["m"]}`), "rules[0].check.op"},
		{rule(`"field": "mcc", "check": {"op": "matches", "pattern": "("}`), "rules[0].check.pattern"},
		{rule(`"field": "mcc", "check": {"op": "matches", "pattern": "a)|(b"}`), "rules[0].check.pattern"},
		{rule(`"field": "mcc", "check": {"op": "matches", "pattern": "(?=x)"}`), "rules[0].check.pattern"},
		{rule(`"field": "mcc", "check": {"op": "matches", "pattern": "(abc){400}"}`), "rules[0].check.pattern"},
		{rule(`"field": "mcc", "check": {"op": "matches", "pattern": "` + strings.Repeat("x", 301) + `"}`), "rules[0].check.pattern"},
		{rule(`"field": "mcc", "check": {"op": "length"}`), "rules[0].check"},
		{rule(`"field": "mcc", "check": {"op": "length", "min": "4"}`), "rules[0].check.min"},
		{rule(`"field": "mcc", "check": {"op": "length", "min": -1}`), "rules[0].check.min"},
		{rule(`"field": "mcc", "check": {"op": "length", "min": 5, "max": 4}`), "rules[0].check"},
		{rule(`"field": "mcc", "check": {"op": "range", "min": 5}`), "rules[0].check.op"},
		{rule(`"field": "limits.single_cny", "check": {"op": "range", "min": "5,000"}`), "rules[0].check.min"},
		{rule(`"field": "limits.single_cny", "check": {"op": "range", "min": 1e3}`), "rules[0].check.min"},
		{rule(`"field": "limits.single_cny", "check": {"op": "length", "min": 1}`), "rules[0].check.op"},
		{rule(`"field": "signed_on", "check": {"op": "range", "min": "2026/01/01"}`), "rules[0].check.min"},
		{rule(`"field": "signed_on", "check": {"op": "before"}`), "rules[0].check"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "mcc"}`), "rules[0].check.other"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "signed_on"}`), "rules[0].check.other"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "today"}`), "rules[0].check.other"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "terminals[].installed_on"}`), "rules[0].check.other"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "as_of", "days": 40000}`), "rules[0].check.days"},
		{rule(`"field": "signed_on", "check": {"op": "before", "other": "as_of", "days": "60"}`), "rules[0].check.days"},
		{rule(`"field": "signed_on", "check": {"op": "same_as", "other": "as_of"}`), "rules[0].check.other"},
		{rule(`"field": "limits.single_cny", "check": {"op": "at_most", "other": "stats.window_days"}`), "rules[0].check.other"},
		{rule(`"field": "subject_type", "check": {"op": "same_as", "other": "licence.kind"}`), "rules[0].check.other"},
		{rule(`"field": "terminals", "check": {"op": "equals", "value": "1"}`), "rules[0].check.op"},
		{rule(`"field": "mcc", "check": {"op": "entries", "min": 1}`), "rules[0].check.op"},
		{rule(`"field": "mcc", "check": {"op": "present"}`), "rules[0].check"},
		{rule(`"field": "mcc", "kind": "missing", "check": {"op": "absent"}`), "rules[0].check"},
		{rule(`"field": "mcc", "kind": "missing", "message": {"zh": "{value}", "en": "{value}"}, "check": {"op": "present"}`), "rules[0].message.zh"},
	} {
		_, err := declare.Read("house.json", strings.NewReader(c.text))
		var e *strictjson.Error
		if !errors.As(err, &e) || e.Path != c.path || e.Line != 1 || e.File != "house.json" {
			t.Errorf("%s:\n%v, want it at %s", c.text, err, c.path)
		}
	}
}

// TestLines: a mistake is told with its line, and an ID used twice with both.
func TestLines(t *testing.T) {
	one := rule(`"field": "mcc", "check": {"op": "equals", "value": "5812"}`)
	inner := strings.TrimSuffix(strings.TrimPrefix(one, `{"rules": [`), "]}")
	for text, line := range map[string]int{
		"{\"rules\": [\n" + inner + ",\n\n" + inner + "]}":                                              4,
		"{\"rules\": [\n" + strings.Replace(inner, `"check": {`, "\"check\":\n{\n\"x\": 1, ", 1) + "]}": 4,
	} {
		_, err := declare.Read("house.json", strings.NewReader(text))
		var e *strictjson.Error
		if !errors.As(err, &e) || e.Line != line {
			t.Errorf("%v, want line %d", err, line)
		}
	}
}

// TestAllocatesNothing: a record that keeps all rules costs no allocation, whatever the operator.
func TestAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("under the race detector sync.Pool drops entries at random; the same test runs without it")
	}
	for _, c := range operators {
		if c.want != "" {
			continue
		}
		kind := ""
		if c.check == `"op": "present"` {
			kind = `"kind": "missing", `
		}
		list := read(t, rule(kind+`"field": "`+c.field+`", "when": [{"field": "names.short", "op": "not_in", "values": ["测试"]}], "check": {`+c.check+`}`))
		v := validator(t, list, validate.Only("ACME-001"))
		r := merchant.NewRecord(subject())
		var found []rules.Finding
		if n := testing.AllocsPerRun(50, func() { found = v.Append(found[:0], r) }); n != 0 || len(found) > 0 {
			t.Errorf("%s {%s}: %v allocations, %d findings", c.field, c.check, n, len(found))
		}
	}
}

func Example() {
	house, err := declare.Read("acme.json", strings.NewReader(`{"rules": [
	  {"id": "ACME-001", "severity": "warning", "kind": "limit",
	   "title":   {"zh": "单笔限额过高", "en": "Limit too high"},
	   "message": {"zh": "{field}{value}元超过{max}元", "en": "{field} of {value} yuan is above {max} yuan"},
	   "remedy":  {"zh": "降低限额。", "en": "Lower the limit."},
	   "basis":   [{"level": "policy", "cite": "ACME risk notice 2026-08"}],
	   "field": "limits.single_cny",
	   "when":  [{"field": "mcc", "op": "in", "values": ["5812", "5814"]}],
	   "check": {"op": "range", "max": "2000"}}]}`))
	if err != nil {
		fmt.Println(err) // one line: file, line, path, mistake
		return
	}
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)), validate.WithRules(house...))
	if err != nil {
		fmt.Println(err)
		return
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.MCC, m.Limits.SingleCNY = "5812", merchant.Yuan(3000)
	for _, f := range v.Append(nil, merchant.NewRecord(m)) {
		if f.Rule.ID == "ACME-001" {
			fmt.Println(f.Severity, f.Path, f.Message("en", false))
		}
	}
	// Output: warning limits.single_cny Limit per transaction of 3000.00 yuan is above 2000.00 yuan
}

func FuzzRead(f *testing.F) {
	for _, c := range operators {
		f.Add(rule(`"field": "` + c.field + `", "check": {` + c.check + `}`))
	}
	f.Add(rule(`"field": "terminals[].serial_no", "when": [{"field": "terminals[].status", "op": "equals", "value": "active"}], "message": {"zh": "{value}{expected}", "en": "{value}{expected}"}, "check": {"op": "prefix", "values": ["A"]}`))
	r := merchant.NewRecord(subject())
	f.Fuzz(func(t *testing.T, s string) {
		list, err := declare.Read("house.json", strings.NewReader(s))
		var e *strictjson.Error
		switch {
		case err == nil:
			if err := rules.Validate(list); err != nil {
				t.Fatal(err)
			}
			for _, rule := range list {
				p := rules.Pass{Record: r, AsOf: rulestest.AsOf, Rule: rule,
					Report: func(f rules.Finding) { f.Message("zh", false) }}
				if rule.Applies(&p) {
					rule.Check(&p)
				}
			}
		case !errors.As(err, &e):
			t.Fatalf("no error with a line: %v", err)
		case strings.ContainsAny(e.In("zh")+e.In("en"), "\n\r"):
			t.Fatalf("more than one line: %q", e)
		}
	})
}

// BenchmarkAppend runs the four rules of the package comment over a record that keeps them.
func BenchmarkAppend(b *testing.B) {
	var list []*rules.Rule
	for i, c := range []string{
		`"kind": "missing", "field": "external_id", "check": {"op": "present"}`,
		`"field": "limits.single_cny", "when": [{"field": "mcc", "op": "in", "values": ["5812", "5814"]}], "check": {"op": "range", "max": "2000.00"}`,
		`"field": "onboarding.agreement_valid_to", "check": {"op": "not_before", "other": "as_of", "days": 90}`,
		`"field": "terminals[].serial_no", "when": [{"field": "terminals[].status", "op": "equals", "value": "active"}], "check": {"op": "prefix", "values": ["AC", "ZZ"]}`,
	} {
		list = append(list, read(b, strings.Replace(rule(c), "ACME-001", fmt.Sprintf("ACME-%03d", i+1), 1))...)
	}
	v := validator(b, list, validate.Only("ACME-001", "ACME-002", "ACME-003", "ACME-004"))
	r := merchant.NewRecord(subject())
	var found []rules.Finding
	b.ReportAllocs()
	for b.Loop() {
		found = v.Append(found[:0], r)
	}
	if len(found) > 0 {
		b.Fatal(found[0].Rule.ID)
	}
}
