package identity_test

import (
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/identity"
)

// TestOwnRules: what IDN014 and IDN015 leave to another rule is really in that rule's hands.
func TestOwnRules(t *testing.T) {
	for _, missing := range []bool{true, false} {
		fields, ids := identity.OwnRules(missing)
		for i, id := range ids {
			if id == "" {
				continue
			}
			r, ok := builtin.Lookup(id)
			if !ok {
				t.Errorf("%s: there is no rule %s", fields[i].Path(), id)
				continue
			}
			if missing && r.Kind != rules.Missing && id != "TRM022" { // an active shop without a working terminal
				t.Errorf("%s: %s is not about missing values", fields[i].Path(), id)
			}
			if !slices.ContainsFunc(r.Fields, func(f merchant.Field) bool { return f == fields[i] || f.List() == fields[i] }) {
				t.Errorf("%s does not read %s", id, fields[i].Path())
			}
		}
	}
}

// TestMissingRulesAreKnown: a record rule that reports one empty field first is named in the list, so that the field is
// not reported twice.
func TestMissingRulesAreKnown(t *testing.T) {
	fields, _ := identity.OwnRules(true)
	for _, r := range builtin.Rules() {
		if r.Kind != rules.Missing || r.Scope != rules.RecordScope || len(r.Fields) == 0 || r.ID[:3] == "IMP" || r.ID[:3] == "SRC" {
			continue
		}
		f := r.Fields[0]
		if list := f.List(); list != merchant.FieldNone {
			continue // members of lists are no business of the matrix
		}
		if f == merchant.FieldContactType {
			continue // REP012 asks for the papers of a handler, not for the type
		}
		if !slices.Contains(fields, f) {
			t.Errorf("%s: %s is not in the list", r.ID, f.Path())
		}
	}
}
