package validate_test

import (
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// described are the record rules whose examples describe a record instead of giving the value of one field. Their
// examples are told in full by the cases of rulestest.
var described = []rules.ID{"ADR001", "ADR005", "ADR006", "ADR011", "ADR014", "ADR015", "ADR016", "ADR017", "BEN001", "BEN002", "BEN003", "BEN004",
	"BEN007", "BEN008", "CON006", "FEE002", "FEE003", "FEE007", "IDN005", "IDN006", "IDN010", "IDN011", "IDN013", "IDN017", "IDN018",
	"LIC005", "LIC006", "LIC007", "LIC008", "LIC009", "LIC012", "LIC016", "LIC023", "LIC024", "LIC029", "LIM002", "LIM003", "LIM004",
	"LIM005", "LIM009", "MCC003", "MCC004", "MCC005", "MCC010", "MCC011", "MCC012", "MID002", "MID003", "MID004", "MID006", "MID007",
	"REP006", "REP008", "REP009", "REP011", "REP012", "REP013", "REP016", "REP019", "REP021", "REP022", "SCR001", "SCR002", "SCR003", "SCR004",
	"SET002", "SET004", "SET005", "SET006", "SET007", "SET009", "SET013", "SET014", "SET018", "SET019", "SET021", "SET026", "SET027", "SET029",
	"STA002", "STA006", "STA008", "STA009", "STL001", "STL002", "STL004", "STL006", "STL007", "STL010", "TRM003", "TRM004",
	"TRM006", "TRM007", "TRM008", "TRM010", "TRM011", "TRM012", "TRM015", "TRM017", "TRM018", "TRM020", "TRM021", "TRM022"}

// TestExamples: the examples that a rule prints behave as it says. A value stands in one of the rule's fields of an
// otherwise sound merchant of some subject type.
func TestExamples(t *testing.T) {
	v := newValidator(t)
	raises := func(id rules.ID, f merchant.Field, text string, subject merchant.SubjectType) bool {
		r := merchant.NewRecord(rulestest.Clean(subject, 0))
		p := merchant.At(f)
		if f.List() != merchant.FieldNone {
			p.Index = 0
			r.Grow(f.List(), 1)
		}
		if text == "（空）" {
			text = ""
		}
		switch v := r.Ref(p).(type) {
		case *string:
			*v = ""
		case *merchant.Date:
			*v = merchant.Date{}
		case *merchant.Money:
			*v = merchant.Money{}
		case *merchant.Percent:
			*v = merchant.Percent{}
		}
		normalize.Set(r, p, merchant.Cell{Text: text, Type: merchant.CellUntyped}, normalize.Options{})
		normalize.Finish(r)
		return slices.ContainsFunc(v.Append(nil, r), func(f rules.Finding) bool { return f.Rule.ID == id })
	}
	holds := func(r *rules.Rule) bool {
		for _, subject := range []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro, merchant.SubjectGovernment} {
			for _, f := range r.Fields {
				if k := f.Kind(); k != merchant.KindList && k != merchant.KindMap && raises(r.ID, f, r.Bad, subject) && !raises(r.ID, f, r.Good, subject) {
					return true
				}
			}
		}
		return false
	}
	n := 0
	for _, r := range builtin.Rules() {
		if r.Scope != rules.RecordScope || len(r.Fields) == 0 {
			continue // rules about all fields
		}
		switch ok := holds(r); {
		case ok && slices.Contains(described, r.ID):
			t.Errorf("%s: the examples are values and hold; take it off the list", r.ID)
		case !ok && !slices.Contains(described, r.ID):
			t.Errorf("%s: %q should raise it and %q should not", r.ID, r.Bad, r.Good)
		case ok:
			n++
		}
	}
	if n < 100 {
		t.Errorf("only %d examples are values", n)
	}
}
