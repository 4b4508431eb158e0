package suppress_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// spoiled are two runs over the same merchants: between them the first was mended, the second stayed, the third went bad.
func spoiled(mccs ...string) []*merchant.Record {
	return merchants(len(mccs), func(i int, m *merchant.Merchant) {
		if mccs[i] != "" {
			m.MCC = mccs[i]
		}
	})
}

func reread(t *testing.T, b *suppress.Baseline) *suppress.Baseline {
	t.Helper()
	var text bytes.Buffer
	if _, err := b.WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	again, err := suppress.ReadBaseline("b.txt", &text)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestBaseline has a hit and near misses of SUP005 as well.
func TestBaseline(t *testing.T) {
	v := validator(t, validate.Only("MCC001", "LIC011", "SUP"))
	first := suppress.NewBaseline("")
	if got, sum := run(t, v, suppress.Options{Record: first}, spoiled("54", "54", ""), nil); len(got) != 2 || sum.Baseline != nil {
		t.Fatalf("%q, %+v", got, sum.Baseline)
	}
	for _, c := range []struct {
		name string
		v    *validate.Validator
		s    []suppress.Suppression
		mccs []string
		want []string
		sum  validate.BaselineCount
	}{
		{"nothing changed", v, nil, []string{"54", "541", ""}, []string{"MCC001 mcc open", "MCC001 mcc open"}, validate.BaselineCount{Open: validate.Severities{Errors: 2}}},
		{"new, open, fixed", v, nil, []string{"", "54", "54"}, []string{"MCC001 mcc open", "MCC001 mcc new", "SUP005"},
			validate.BaselineCount{New: validate.Severities{Errors: 1}, Open: validate.Severities{Errors: 1}, Fixed: 1}},
		{"the rule did not run", validator(t, validate.Only("LIC011", "SUP")), nil, []string{"", "", ""}, nil, validate.BaselineCount{}},
		{"suppressed is neither open nor fixed", v, list(t, `"rule": "MCC001", "path": "mcc"`), []string{"54", "54", "54"},
			[]string{"MCC001 mcc suppressed", "MCC001 mcc suppressed", "MCC001 mcc suppressed"}, validate.BaselineCount{}},
		{"about suppressions is neither new nor open", v, list(t, `"rule": "MCC001", "path": "licence.scope"`), []string{"54", "54", ""},
			[]string{"MCC001 mcc open", "MCC001 mcc open", "SUP001 licence.scope"}, validate.BaselineCount{Open: validate.Severities{Errors: 2}}},
	} {
		got, sum := run(t, c.v, suppress.Options{Baseline: reread(t, first), Suppressions: c.s}, spoiled(c.mccs...), nil)
		if !slices.Equal(got, c.want) || sum.Baseline == nil || *sum.Baseline != c.sum {
			t.Errorf("%s: %q, want %q; %+v, want %+v", c.name, got, c.want, sum.Baseline, c.sum)
		}
	}
}

// TestSuppressedIsNotInBaseline: when the suppression ends, the finding is new.
func TestSuppressedIsNotInBaseline(t *testing.T) {
	v := validator(t, validate.Only("MCC001", "SUP"))
	b := suppress.NewBaseline("")
	s := list(t, `"rule": "MCC001", "path": "mcc"`)
	run(t, v, suppress.Options{Record: b, Suppressions: s}, spoiled("54"), nil)
	if b.Len() != 0 {
		t.Errorf("%d fingerprints", b.Len())
	}
	if got, _ := run(t, v, suppress.Options{Baseline: b}, spoiled("54"), nil); !slices.Equal(got, []string{"MCC001 mcc new"}) {
		t.Errorf("%q", got)
	}
}

// TestReportAsBaseline: a report of an earlier run says the same as the baseline it could have written.
func TestReportAsBaseline(t *testing.T) {
	v := validator(t, validate.Only("MCC001", "SUP"))
	m, err := suppress.New(v, suppress.Options{Suppressions: list(t, `"rule": "MCC001", "key": "`+key(1)+`"`)})
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	w := report.NewJSON(&lines, report.Options{Lang: "zh"})
	sum, err := v.Run(context.Background(), stream(spoiled("54", "54")), m.Sink(w.Findings))
	if err == nil {
		err = w.Findings(nil, m.Finish(&sum))
	}
	if err == nil {
		err = w.Summary(sum, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := suppress.ReadBaseline("r.jsonl", &lines)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := run(t, v, suppress.Options{Baseline: b}, spoiled("54", "54", ""), nil)
	if want := []string{"MCC001 mcc open", "MCC001 mcc new"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestBareFingerprint is recognised, and never counts as fixed.
func TestBareFingerprint(t *testing.T) {
	v := validator(t, validate.Only("MCC001", "SUP"))
	b := suppress.NewBaseline("")
	run(t, v, suppress.Options{Record: b}, spoiled("54"), nil)
	var text bytes.Buffer
	if _, err := b.WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	bare := strings.ReplaceAll(text.String(), " MCC001", "")
	if bare == text.String() {
		t.Fatal(bare)
	}
	for _, mcc := range []string{"54", ""} {
		b, err := suppress.ReadBaseline("b.txt", strings.NewReader("\xEF\xBB\xBF"+strings.ReplaceAll(bare, "\n", "\r\n\r\n")))
		if err != nil || b.Len() != 1 {
			t.Fatal(err)
		}
		got, sum := run(t, v, suppress.Options{Baseline: b}, spoiled(mcc), nil)
		if mcc != "" && !slices.Equal(got, []string{"MCC001 mcc open"}) || mcc == "" && len(got) > 0 || sum.Baseline.Fixed != 0 {
			t.Errorf("%q: %q, %+v", mcc, got, sum.Baseline)
		}
	}
}

// TestBaselineHoldsNoValues: neither values nor keys; the same findings give the same bytes.
func TestBaselineHoldsNoValues(t *testing.T) {
	v := validator(t)
	b := suppress.NewBaseline("")
	records := spoiled("54", "54")
	run(t, v, suppress.Options{Record: b}, records, nil)
	var text, again bytes.Buffer
	if _, err := b.WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	if _, err := reread(t, b).WriteTo(&again); err != nil {
		t.Fatal(err)
	}
	if text.String() != again.String() || strings.Count(text.String(), "\n") < 3 {
		t.Errorf("%q, then %q", text.String(), again.String())
	}
	for _, r := range records {
		for _, value := range []string{r.MerchantNo, r.LegalRep.IDNo, r.Settlement.AccountNo, r.Licence.Number} {
			if strings.Contains(text.String(), value) {
				t.Errorf("the baseline holds %s", value)
			}
		}
	}
}

func TestReadBaselineErrors(t *testing.T) {
	for text, line := range map[string]int{
		"hello\n":                          1,
		"# x\n\n0123456789abcde\n":         3,
		"0123456789abcdeg MCC001\n":        1,
		"0123456789ABCDEF MCC001\n":        1,
		"{\"suppressions\": []}\n":         1,
		"{\"type\":\"finding\"}\n":         1,
		"{\"type\":\"finding\"\n":          1,
		"PK\x03\x04\x00\x00":               1,
		"\n" + strings.Repeat("x", 17<<20): 2,
	} {
		_, err := suppress.ReadBaseline("b.txt", strings.NewReader(text))
		var e *strictjson.Error
		if !errors.As(err, &e) || e.Line != line || e.File != "b.txt" {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	if b, err := suppress.ReadBaseline("b.txt", strings.NewReader("")); err != nil || b.Len() != 0 {
		t.Error(err)
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add("# x\n0123456789abcdef MCC001\nfedcba9876543210\n")
	f.Add(`{"type":"finding","rule":"MCC001","fingerprint":"0123456789abcdef","suppressed":{"reason":"r"}}` + "\n" + `{"type":"summary"}`)
	f.Fuzz(func(t *testing.T, s string) {
		b, err := suppress.ReadBaseline("b.txt", strings.NewReader(s))
		if err != nil {
			var e *strictjson.Error
			if !errors.As(err, &e) || strings.ContainsAny(e.In("zh")+e.In("en"), "\n\r") {
				t.Fatalf("%v", err)
			}
			return
		}
		var first, second bytes.Buffer
		if _, err := b.WriteTo(&first); err != nil {
			t.Fatal(err)
		}
		again, err := suppress.ReadBaseline("b.txt", bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("what was written is not read: %v: %q", err, first.String())
		}
		if _, err := again.WriteTo(&second); err != nil || first.String() != second.String() {
			t.Fatalf("%q became %q", first.String(), second.String())
		}
	})
}
