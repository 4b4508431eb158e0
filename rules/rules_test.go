package rules_test

import (
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

func sound() rules.Rule {
	return rules.Rule{ID: "ACME-001", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01",
		Title: rules.Text{ZH: "标题", EN: "Title"}, Message: rules.Text{ZH: "{field}是{value}，应为{want}", EN: "{field} is {value}, want {want}"},
		Remedy: rules.Text{ZH: "改正", EN: "correct it"}, Doc: rules.Text{ZH: "条件", EN: "condition"},
		Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "house rule"}},
		Fields: []merchant.Field{merchant.FieldMCC}, Check: func(*rules.Pass) {}}
}

func TestValidate(t *testing.T) {
	ok := sound()
	if err := rules.Validate([]*rules.Rule{&ok}); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(r *rules.Rule){
		"lower case ID":        func(r *rules.Rule) { r.ID = "lic003" },
		"short ID":             func(r *rules.Rule) { r.ID = "LIC03" },
		"no English title":     func(r *rules.Rule) { r.Title.EN = "" },
		"no Chinese remedy":    func(r *rules.Rule) { r.Remedy.ZH = "" },
		"no doc":               func(r *rules.Rule) { r.Doc = rules.Text{} },
		"placeholder in one":   func(r *rules.Rule) { r.Message.EN = "{field} is {value}" },
		"no severity":          func(r *rules.Rule) { r.Severity = 0 },
		"no cause":             func(r *rules.Rule) { r.Cause = "" },
		"no basis":             func(r *rules.Rule) { r.Basis = nil },
		"no check":             func(r *rules.Rule) { r.Check = nil },
		"check and batch":      func(r *rules.Rule) { r.Batch = func(*rules.Shared) rules.Batch { return nil } },
		"batch without Batch":  func(r *rules.Rule) { r.Scope = rules.BatchScope },
		"check on registry":    func(r *rules.Rule) { r.Scope = rules.RegistryScope },
		"uses a list member":   func(r *rules.Rule) { r.Uses = []merchant.Field{merchant.FieldTerminalsSerialNo} },
		"field does not exist": func(r *rules.Rule) { r.Fields = []merchant.Field{60000} },
	} {
		r := sound()
		spoil(&r)
		if err := rules.Validate([]*rules.Rule{&r}); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := rules.Validate([]*rules.Rule{&ok, &ok}); err == nil {
		t.Error("an ID used twice is accepted")
	}
}

func TestFindingMessage(t *testing.T) {
	r := sound()
	f := rules.Finding{Rule: &r, Path: merchant.At(merchant.FieldLegalRepIDNo), Value: "11010519491231002X",
		Params: []rules.Param{rules.V("want", merchant.FieldSettlementAccountNo, "6228480402564890018")}}
	if got := f.Message("en", false); got != "Representative's ID number is 110***********002X, want 6228***********0018" {
		t.Error(got)
	}
	if got := f.Message("zh", true); !strings.Contains(got, "11010519491231002X") || !strings.Contains(got, "6228480402564890018") {
		t.Error(got)
	}
	// values are not placeholders
	f.Value = "{want}"
	if got := f.Message("en", true); !strings.Contains(got, "is {want}, want 6228") {
		t.Error(got)
	}
}

func TestFingerprintHoldsNoValue(t *testing.T) {
	r := sound()
	a := rules.Finding{Rule: &r, Key: "898", Path: merchant.At(merchant.FieldMCC), Value: "5411"}
	b := a
	b.Value, b.Source.Row = "5812", 9
	if a.Fingerprint() != b.Fingerprint() {
		t.Error("the fingerprint depends on the value or the row")
	}
	b.Path = merchant.At(merchant.FieldNamesLegal)
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("the fingerprint does not depend on the path")
	}
}

func TestMatrix(t *testing.T) {
	p := rules.Params{Required: map[string]string{"mcc": "RRRRRR", "licence.number": "RR-RRR"}}
	if bad := p.Compile(); len(bad) != 0 {
		t.Fatal(bad)
	}
	for _, c := range []struct {
		f    merchant.Field
		t    merchant.SubjectType
		want byte
	}{
		{merchant.FieldMCC, merchant.SubjectMicro, 'R'}, {merchant.FieldMCC, "", 'R'}, {merchant.FieldLicenceNumber, merchant.SubjectMicro, '-'},
		{merchant.FieldLicenceNumber, "公司制", 'o'}, {merchant.FieldNamesEnglish, merchant.SubjectMicro, 'o'},
	} {
		if got := p.Need(c.f, c.t); got != c.want {
			t.Errorf("%s for %q: %c, want %c", c.f.Path(), c.t, got, c.want)
		}
	}
	p.Required = map[string]string{"mcc": "RRRRR", "no.such": "RRRRRR", "names.legal": "RRRRRx"}
	if bad := p.Compile(); len(bad) != 3 {
		t.Errorf("bad entries: %v", bad)
	}
}

// TestMayBlock: no name that holds a word of the list is let through.
func TestMayBlock(t *testing.T) {
	p := rules.Params{NameBlock: []string{"测试", "pos", "【官方】"}}
	if !p.MayBlock("甲") {
		t.Error("a name is let through before the parameters were compiled")
	}
	p.Compile()
	for name, want := range map[string]bool{"瑞丰便利店": false, "瑞丰测试店": true, "瑞丰POS机": true, "瑞丰官方店": false, "瑞丰(官方)店": true, "": false} {
		if got := p.MayBlock(normalize.Key(name)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
