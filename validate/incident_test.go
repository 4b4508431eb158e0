package validate_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

var night = time.Date(2026, 11, 20, 2, 10, 0, 0, time.FixedZone("", 8*3600))

// TestIncidents: findings from elsewhere (a comparison with the registry) are causes, suppressed ones are not, and a
// decline of a merchant that is not in the list is told.
func TestIncidents(t *testing.T) {
	a, b, c := rulestest.Clean(merchant.SubjectEnterprise, 0), rulestest.Clean(merchant.SubjectEnterprise, 1), rulestest.Clean(merchant.SubjectEnterprise, 2)
	in, err := validate.NewIncidents(newValidator(t), []rules.Decline{
		{MerchantNo: a.MerchantNo, Code: "03", At: night}, {MerchantNo: b.MerchantNo, Code: "03", At: night},
		{MerchantNo: "898290054119999", Code: "03", At: night}, {MerchantNo: " " + c.MerchantNo, Code: "03", At: night}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	in.Registry = true
	missing, _ := builtin.Lookup("DIF001")
	shared, _ := builtin.Lookup("BAT008")
	in.Findings([]rules.Finding{{Rule: missing, Severity: rules.Error, Key: a.MerchantNo},
		{Rule: missing, Severity: rules.Error, Key: b.MerchantNo, Suppressed: &rules.Suppressed{Reason: "known"}},
		{Rule: shared, Severity: rules.Error, Key: a.MerchantNo, Related: []rules.Related{{Key: c.MerchantNo}}}})
	for i, m := range []*merchant.Merchant{c, a, b} {
		r := merchant.NewRecord(m)
		r.Source.Row = i + 2
		in.Record(r)
	}
	sum := validate.Summary{Records: 3, Rules: map[rules.ID]validate.RuleCount{}}
	var got []string
	err = in.Report(&sum, func(r *merchant.Record, found []rules.Finding) error {
		for _, f := range found {
			if f.Rule.ID != "OPS003" { // open at 09:00, declined at night
				got = append(got, r.MerchantNo+" "+string(f.Rule.ID)+" "+f.Param("causes")+f.Param("missing"))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{c.MerchantNo + " OPS002 BAT008 一机多户", a.MerchantNo + " OPS002 DIF001 银行登记中不存在、BAT008 一机多户", b.MerchantNo + " OPS005 无"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := sum.Rules["OPS002"]; n.Applied != 3 || n.Found != 2 || n.Skipped["merchant not in the list"] != 1 || sum.Info != 6 {
		t.Errorf("%+v, %d notes", n, sum.Info)
	}
	if n := sum.Rules["OPS001"]; n.Applied != 0 || n.Skipped["needs decline log, maintenance windows"] != 3 {
		t.Errorf("OPS001: %+v", n)
	}
}

// TestNoDeclines: without a log the context rules are skipped with the reason, and no record is looked at.
func TestNoDeclines(t *testing.T) {
	v := newValidator(t)
	sum, err := v.Run(context.Background(), stream([]*merchant.Record{merchant.NewRecord(rulestest.Clean(merchant.SubjectMicro, 1))}),
		func(*merchant.Record, []rules.Finding) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n := sum.Rules["OPS002"]; n.Applied != 0 || n.Skipped["needs decline log"] != 1 {
		t.Errorf("%+v", n)
	}
}

func TestBadIncidentOptions(t *testing.T) {
	for _, o := range []validate.Option{
		validate.WithDeclines(rules.Decline{Code: "03", At: night}),
		validate.WithDeclines(rules.Decline{MerchantNo: "898290054110001", Code: "03"}),
		validate.WithMaintenance(rules.Window{From: night, To: night}),
		validate.WithMaintenance(rules.Window{Institution: "网联", From: night, To: night.Add(-time.Hour)}),
	} {
		if _, err := validate.New(o); err == nil {
			t.Error("a bad option is accepted")
		}
	}
}
