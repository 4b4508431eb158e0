package registry_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

// TestRules checks what rules.Validate does not: scope and need of every rule of the family, and texts without remains
// of a draft.
func TestRules(t *testing.T) {
	var family []*rules.Rule
	for _, r := range builtin.Rules() {
		if r.Scope == rules.RegistryScope {
			family = append(family, r)
		}
	}
	if len(family) != 29 {
		t.Fatalf("%d registry rules in the built-in list, want 29", len(family))
	}
	if err := rules.Validate(family); err != nil {
		t.Fatal(err)
	}
	for _, r := range family {
		if r.Needs&rules.NeedRegistry == 0 {
			t.Errorf("%s does not need the registry", r.ID)
		}
		if !strings.Contains(r.Doc.ZH, "原因：") || !strings.Contains(r.Doc.EN, "Reason: ") {
			t.Errorf("%s: the doc gives no reason", r.ID)
		}
		if r.Good == "" || r.Bad == "" {
			t.Errorf("%s has no examples", r.ID)
		}
	}
	if !slices.ContainsFunc(family, func(r *rules.Rule) bool { return r.ID == "STL009" }) {
		t.Error("the rules on the age of the export are missing")
	}
}
