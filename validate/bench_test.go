package validate_test

import (
	"context"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

func newValidator(t testing.TB, opts ...validate.Option) *validate.Validator {
	t.Helper()
	v, err := validate.New(append(opts, validate.AsOf(rulestest.AsOf))...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The clean path allocates nothing, whatever the subject type.
func TestAppendAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("under the race detector sync.Pool drops entries at random; the same test runs without it")
	}
	v := newValidator(t)
	for _, subject := range []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro,
		merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg} {
		r := merchant.NewRecord(rulestest.Clean(subject, 1))
		normalize.Record(r)
		var found []rules.Finding
		if n := testing.AllocsPerRun(200, func() { found = v.Append(found[:0], r) }); n != 0 {
			t.Errorf("%s: %v allocations", subject, n)
		}
		for _, f := range found {
			t.Errorf("%s: %s at %s", subject, f.Rule.ID, f.Path)
		}
	}
}

func BenchmarkAppendClean(b *testing.B) {
	v := newValidator(b)
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 1))
	var found []rules.Finding
	b.ReportAllocs()
	for b.Loop() {
		found = v.Append(found[:0], r)
	}
	b.ReportMetric(float64(len(builtin.Rules())), "rules")
}

func BenchmarkAppendFiveErrors(b *testing.B) {
	v := newValidator(b)
	m := rulestest.Clean(merchant.SubjectEnterprise, 1)
	m.MCC, m.Contact.Mobile, m.LegalRep.Name = "54", "1391", ""
	m.Limits.SingleCNY, m.Settlement.CNAPS = merchant.Yuan(0), "102100099997"
	r := merchant.NewRecord(m)
	var found []rules.Finding
	b.ReportAllocs()
	for b.Loop() {
		found = v.Append(found[:0], r)
	}
	b.ReportMetric(float64(len(found)), "findings")
}

func BenchmarkNormaliseClean(b *testing.B) {
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 1))
	b.ReportAllocs()
	for b.Loop() {
		normalize.Record(r)
	}
}

func BenchmarkRun(b *testing.B) {
	v := newValidator(b)
	var records []*merchant.Record
	for n := range 2000 {
		records = append(records, merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, n)))
	}
	b.ReportAllocs()
	for b.Loop() {
		sum, err := v.Run(context.Background(), stream(records), func(*merchant.Record, []rules.Finding) error { return nil })
		if err != nil || sum.Records != len(records) {
			b.Fatal(sum.Records, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(records)), "ns/record")
}
