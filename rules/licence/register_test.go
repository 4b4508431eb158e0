package licence_test

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// TestCapitalInTenThousands: the heading decides whether a small capital is proposed ten thousand times larger.
func TestCapitalInTenThousands(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.Only("LIC014"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ heading, want string }{
		{"注册资本 万元计", "1000000.00"}, {"注册资本(万元)", ""}, {"注册资本", ""},
	} {
		r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 0))
		r.Licence.RegisteredCapitalCNY = merchant.Yuan(100)
		r.Source.Row = 2
		r.Source.Columns = &merchant.Columns{List: []merchant.Column{{Letter: "A", Header: c.heading,
			Path: merchant.At(merchant.FieldLicenceRegisteredCapitalCNY)}}}
		found := v.Append(nil, r)
		if len(found) != 1 {
			t.Fatalf("%s: %d findings", c.heading, len(found))
		}
		got := ""
		if fixes := found[0].Fixes; len(fixes) > 0 {
			got = fixes[0].Edits[0].New
		}
		if got != c.want {
			t.Errorf("%s: proposed %q, want %q", c.heading, got, c.want)
		}
	}
}
