package partnertest

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// TestSubmit is what a partner writes: a sound merchant goes through, and any finding can be provoked by its ID. It asserts
// paths and its own words, never the sentences of the library.
func TestSubmit(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	if a := Submit(v, rulestest.Clean(merchant.SubjectIndividualBusiness, 0)); !a.Accepted {
		t.Errorf("a sound merchant is refused: %v", a.Fields)
	}
	for _, tt := range []struct {
		rule        rules.ID
		path, words string
	}{
		{"LIC001", "licence.number", "请填写"},
		{"LIC003", "licence.number", "请核对号码"},
		{"LIC011", "licence.valid_to", "证件已过期，请更新"},
		{"STA003", "status.state", "请联系客户经理"},
	} {
		records, err := rulestest.Failing(tt.rule)
		if err != nil {
			t.Fatal(err)
		}
		a := Submit(v, &records[0].Merchant)
		if a.Accepted || a.Fields[tt.path] != tt.words {
			t.Errorf("%s: %v", tt.rule, a)
		}
	}
}
