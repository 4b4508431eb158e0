package diagnose_test

import (
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
)

// certain are the rules whose errors mean a decline, as findings.md lists them.
var certain = []rules.ID{"DIF001", "DIF010", "DIF011", "DIF012", "TRM007", "TRM012", "STA002", "STA003", "STA004", "STA005", "MID001", "MID006"}

// complete is a merchant for which all evidence was given.
func complete(n int) *merchant.Record {
	m := rulestest.Clean(merchant.SubjectEnterprise, n)
	m.Settlement.AccountStatus, m.Settlement.StatusAsOf = merchant.AccountStatusNormal, rulestest.AsOf
	for i := range m.Terminals {
		m.Terminals[i].Params = merchant.TermParams{MerchantNo: m.MerchantNo, TerminalNo: m.Terminals[i].TerminalNo}
	}
	r := merchant.NewRecord(m)
	r.Source = merchant.Source{File: "ours.csv", Row: n + 2}
	return r
}

func finding(t testing.TB, r *merchant.Record, id rules.ID) rules.Finding {
	t.Helper()
	rule, ok := builtin.Lookup(id)
	if !ok {
		t.Fatal(id)
	}
	return rules.Finding{Rule: rule, Severity: rule.Severity, Key: r.Key(), Source: r.Source, Path: merchant.At(rule.Fields[0])}
}

// TestStars: each rule of the list for 03 gives an answer, a step that names it, and somebody to ask.
func TestStars(t *testing.T) {
	r := complete(0)
	stars := builtin.Stars()
	if len(stars) != 45 {
		t.Fatalf("%d starred rules", len(stars))
	}
	for _, rule := range stars {
		v := diagnose.Of(r, []rules.Finding{finding(t, r, rule.ID)}, diagnose.Options{Registry: true})
		want := diagnose.Likely
		if slices.Contains(certain, rule.ID) {
			want = diagnose.Yes
		}
		if v.WouldDecline != want {
			t.Errorf("%s: %s, want %s", rule.ID, v.WouldDecline, want)
		}
		if len(v.Causes) != 1 || len(v.Steps) != 1 || !slices.Equal(v.Steps[0].Rules, []rules.ID{rule.ID}) {
			t.Errorf("%s: %+v", rule.ID, v.Steps)
			continue
		}
		for _, text := range []rules.Text{v.Steps[0].Text, v.Steps[0].Contact} {
			if text.ZH == "" || text.EN == "" || text.ZH == rule.Remedy.ZH {
				t.Errorf("%s: step %+v", rule.ID, text)
			}
		}
		if f := finding(t, r, rule.ID); want == diagnose.Yes && f.Severity != rules.Error {
			t.Errorf("%s is no error", rule.ID)
		}
	}
}

func TestAnswers(t *testing.T) {
	regrade := func(id rules.ID, s rules.Severity) rules.Finding {
		f := finding(t, complete(0), id)
		f.Severity = s
		return f
	}
	suppressed := func(id rules.ID) rules.Finding {
		f := finding(t, complete(0), id)
		f.Suppressed = &rules.Suppressed{Reason: "r", Until: rulestest.AsOf}
		return f
	}
	of := func(ids ...rules.ID) (list []rules.Finding) {
		for _, id := range ids {
			list = append(list, finding(t, complete(0), id))
		}
		return list
	}
	tests := []struct {
		name     string
		change   func(*merchant.Record)
		found    []rules.Finding
		registry bool
		want     diagnose.Decline
		missing  rules.Needs
		causes   []rules.ID
		outside  bool
	}{
		{name: "nothing found, all known", registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "no registry", want: diagnose.Unknown, missing: rules.NeedRegistry, outside: true},
		{name: "no account status", change: func(r *merchant.Record) { r.Settlement.AccountStatus = "" }, registry: true, want: diagnose.Unknown, missing: rules.NeedAccountStatus, outside: true},
		{name: "terminal not read out", change: func(r *merchant.Record) { r.Terminals[0].Params = merchant.TermParams{} }, registry: true, want: diagnose.Unknown, missing: rules.NeedTermParams, outside: true},
		{name: "spare terminal not read out", change: func(r *merchant.Record) { r.Terminals[0].Params, r.Terminals[0].IsSpare = merchant.TermParams{}, true }, registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "no terminals", change: func(r *merchant.Record) { r.Terminals = nil }, registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "in the order to look", found: of("LIC003", "STA005", "DIF001"), registry: true, want: diagnose.Yes, causes: []rules.ID{"DIF001", "STA005", "LIC003"}},
		{name: "direct without a registry", found: of("STA005"), want: diagnose.Yes, missing: rules.NeedRegistry, causes: []rules.ID{"STA005"}},
		{name: "direct, regraded", found: []rules.Finding{regrade("STA005", rules.Warning)}, registry: true, want: diagnose.Likely, causes: []rules.ID{"STA005"}, outside: true},
		{name: "regraded to info", found: []rules.Finding{regrade("STA005", rules.Info)}, registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "warning of the list", found: of("DIF024"), registry: true, want: diagnose.Likely, causes: []rules.ID{"DIF024"}, outside: true},
		{name: "an error outside the list", found: of("CON001"), registry: true, want: diagnose.Unknown, outside: true},
		{name: "a warning outside the list", found: of("LIC012"), registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "suppressed, of the list", found: []rules.Finding{suppressed("STA005")}, registry: true, want: diagnose.Unknown, outside: true},
		{name: "suppressed, outside the list", found: []rules.Finding{suppressed("CON001")}, registry: true, want: diagnose.NoDataFault, outside: true},
		{name: "suppressed beside an open one", found: []rules.Finding{suppressed("STA005"), finding(t, complete(0), "DIF001")}, registry: true, want: diagnose.Yes, causes: []rules.ID{"DIF001"}},
		{name: "export too old", found: of("STL008"), registry: true, want: diagnose.Unknown, missing: rules.NeedRegistry, outside: true},
	}
	for _, tt := range tests {
		r := complete(0)
		if tt.change != nil {
			tt.change(r)
		}
		o := diagnose.Options{Registry: tt.registry}
		v := diagnose.Of(r, tt.found, o)
		var causes []rules.ID
		for _, f := range v.Suppressed {
			if f.Suppressed == nil || f.Rule.Star == 0 {
				t.Errorf("%s: %s among the suppressed", tt.name, f.Rule.ID)
			}
		}
		for _, f := range v.Causes {
			causes = append(causes, f.Rule.ID)
		}
		if v.WouldDecline != tt.want || v.Missing != tt.missing || !slices.Equal(causes, tt.causes) || (len(v.OutOfReach) > 0) != tt.outside || v.Code != "03" {
			t.Errorf("%s: %s, missing %q, causes %v, %d outside", tt.name, v.WouldDecline, v.MissingEvidence("en"), causes, len(v.OutOfReach))
		}
		for _, records := range []bool{true, false} { // findings may come before their record
			c := diagnose.NewCollector(o)
			if records {
				c.Record(r)
			}
			c.Findings(tt.found)
			if !records {
				c.Record(r)
			}
			n := 0
			for got := range c.Verdicts() {
				n++
				if got.WouldDecline != v.WouldDecline || got.Missing != v.Missing || len(got.Causes) != len(v.Causes) || len(got.Suppressed) != len(v.Suppressed) {
					t.Errorf("%s: collected %s", tt.name, got.WouldDecline)
				}
			}
			if n != 1 {
				t.Errorf("%s: %d verdicts", tt.name, n)
			}
		}
	}
}

// TestCollector: merchants stay apart, those without a key by their rows, and records of one key are judged together.
func TestCollector(t *testing.T) {
	c := diagnose.NewCollector(diagnose.Options{Registry: true})
	a, b, twin, nameless, other := complete(0), complete(1), complete(0), complete(2), complete(3)
	twin.Source.Row = 9
	twin.Settlement.AccountStatus = ""
	nameless.MerchantNo, nameless.ExternalID = "", ""
	other.MerchantNo, other.ExternalID = "", ""
	for _, r := range []*merchant.Record{a, b, twin, nameless, other} {
		c.Record(r)
	}
	sheet := finding(t, b, "SRC001")
	stranger := finding(t, complete(7), "DIF002")
	c.Findings([]rules.Finding{finding(t, b, "TRM012"), finding(t, nameless, "MID006"), sheet, stranger})
	var got []diagnose.Decline
	for v := range c.Verdicts() {
		got = append(got, v.WouldDecline)
	}
	if want := []diagnose.Decline{diagnose.Unknown, diagnose.Yes, diagnose.Yes, diagnose.NoDataFault}; !slices.Equal(got, want) {
		t.Error(got)
	}
}

// TestCodes: codes for maintenance put the bank first; a code that says nothing about the data still gets the checklist.
func TestCodes(t *testing.T) {
	r := complete(0)
	found := []rules.Finding{finding(t, r, "STA005")}
	for _, tt := range []struct {
		code  string
		first rules.Cause
	}{{"03", ""}, {"96", "SC-15"}, {"91", "SC-15"}, {"51", "SC-14"}} {
		v := diagnose.Of(r, found, diagnose.Options{Code: tt.code, Registry: true})
		if v.Code != tt.code || (tt.first == "") != (len(v.OutOfReach) == 0) || tt.first != "" && v.OutOfReach[0].Cause != tt.first {
			t.Errorf("%s: %+v", tt.code, v.OutOfReach)
		}
	}
	if !slices.Equal(diagnose.Codes(), []string{"03", "91", "92", "96", "98"}) {
		t.Error(diagnose.Codes())
	}
	seen := map[rules.Cause]bool{}
	for _, c := range diagnose.Of(r, nil, diagnose.Options{}).OutOfReach {
		if seen[c.Cause] || c.Title.ZH == "" || c.Title.EN == "" || c.Text.ZH == "" || c.Text.EN == "" {
			t.Errorf("%+v", c)
		}
		seen[c.Cause] = true
	}
	for _, cause := range []rules.Cause{"SC-12", "SC-13", "SC-14", "SC-15", "SC-18", "SC-20", "SC-21"} {
		if !seen[cause] {
			t.Errorf("%s is not named", cause)
		}
	}
}
