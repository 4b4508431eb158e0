package validate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// TestWithScreening: results come from the function where the record has none, and the record stays as it is.
func TestWithScreening(t *testing.T) {
	score, err := merchant.ParseNumber("0.99")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	v := newValidator(t, validate.Only("SCR"), validate.WithScreening(func(m *merchant.Merchant) (merchant.Screening, bool) {
		asked++
		if m.SubjectType == merchant.SubjectMicro {
			return merchant.Screening{}, false
		}
		return merchant.Screening{AsOf: rulestest.AsOf, Hits: []merchant.ScreeningHit{{List: "UN", Who: "legal_rep", Score: score}}}, true
	}))
	hit, unknown, own := rulestest.Clean(merchant.SubjectEnterprise, 1), rulestest.Clean(merchant.SubjectMicro, 2), rulestest.Clean(merchant.SubjectEnterprise, 3)
	hit.Screening, unknown.Screening = merchant.Screening{}, merchant.Screening{}
	records := []*merchant.Record{merchant.NewRecord(hit), merchant.NewRecord(unknown), merchant.NewRecord(own)}
	var found []string
	sum, err := v.Run(context.Background(), stream(records), func(r *merchant.Record, list []rules.Finding) error {
		for _, f := range list {
			found = append(found, r.MerchantNo+" "+string(f.Rule.ID)+" "+f.Path.String())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{hit.MerchantNo + " SCR001 legal_rep.id_no"}; !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
	if c := sum.Rules["SCR001"]; c.Applied != 2 || c.Skipped["needs screening"] != 1 || asked != 2 {
		t.Errorf("applied %d, skipped %v, asked %d times", c.Applied, c.Skipped, asked)
	}
	if len(records[0].Screening.Hits) != 0 {
		t.Error("the record was changed")
	}
	if _, err := validate.New(validate.WithScreening(nil)); err == nil {
		t.Error("no function is accepted")
	}
}

// TestScreeningTellsNothing: what was hit, and how surely, stays out of findings, even unmasked.
func TestScreeningTellsNothing(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[rules.ID]bool{}
	for _, c := range cases {
		if !c.Hit || !strings.HasPrefix(string(c.Rule), "SCR") {
			continue
		}
		found, _ := runCase(t, c)
		for _, f := range found {
			if f.Rule.ID != c.Rule {
				continue
			}
			seen[c.Rule] = true
			said := f.Value
			for _, lang := range []string{"zh", "en"} {
				said += " " + f.Message(lang, true) + " " + f.Remedy(lang, true)
				for _, p := range f.Params {
					said += " " + p.In(lang, true)
				}
			}
			for _, h := range c.Records[0].Screening.Hits {
				if strings.Contains(said, h.List) || !h.Score.IsZero() && strings.Contains(said, h.Score.String()) {
					t.Errorf("%s tells about the hit: %s", c.Rule, said)
				}
			}
		}
	}
	if len(seen) != 4 {
		t.Errorf("only %v are tested", seen)
	}
}
