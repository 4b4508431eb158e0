package builtin_test

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

// TestCauses: a rule names a cause that the list has, and a cause that nothing in the data shows has no rule but the one
// that says so (OPS005).
func TestCauses(t *testing.T) {
	list := rules.Causes()
	if len(list) != 26 || list[0] != "SC-01" || list[25] != "X-05" {
		t.Fatal(list)
	}
	count := map[rules.Cause]int{}
	for _, r := range builtin.Rules() {
		if r.Cause.Title() == (rules.Text{}) {
			t.Errorf("%s: cause %s is not in the list", r.ID, r.Cause)
		}
		if r.ID != "OPS005" {
			count[r.Cause]++
		}
	}
	for _, c := range list {
		if title, reach := c.Title(), c.Reach().Text(); title.ZH == "" || title.EN == "" || reach.ZH == "" || reach.EN == "" {
			t.Errorf("%s lacks a language", c)
		}
		if c.Reach() == rules.OutOfReach && count[c] > 0 || c.Reach() == rules.Detectable && count[c] == 0 {
			t.Errorf("%s is %s and has %d rules", c, c.Reach().Text().EN, count[c])
		}
	}
	if c := rules.Cause("SC-99"); c.Title() != (rules.Text{}) || c.Reach() != rules.OutOfReach {
		t.Error("an unknown cause has a title")
	}
}
