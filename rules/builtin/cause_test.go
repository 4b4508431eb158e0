package builtin_test

import (
	"slices"
	"strings"
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

// named are the causes of the specification with their reach (F: detectable, P: partly, N: not) and the rules that it
// names for them.
var named = map[rules.Cause]string{
	"SC-01": "F LIC002 LIC003 REP003 REP017 SET003 SET024 DIF024", "SC-02": "F IDN014 ADR003 ADR012 CON002 DIF001",
	"SC-03": "F LIC007 SET006 SET007 DIF003 DIF004 DIF006 DIF007 DIF008", "SC-04": "F LIC011 REP010 MCC011 STA010 TRM004 TRM008 DIF013 DIF014",
	"SC-05": "F LIC008 DIF005 REP013", "SC-06": "F STA001 STA002 STA003 STA006 MID006 TRM012 DIF010",
	"SC-07": "P SET010 SET011 SET012 SET028 STA004", "SC-08": "F MID001 MID002 MID003 MID004 MID005 TRM001 TRM002 TRM003 TRM004 TRM005 TRM007 BAT008",
	"SC-09": "F LIM001 LIM002 LIM003 LIM004 LIM005 LIM008 LIM009 DIF009", "SC-10": "F FEE001 FEE002 FEE003 FEE007 FEE008 MCC005 SRC006",
	"SC-11": "P TRM005 TRM015 TRM023 TRM024 STA006 OPS003 OPS004", "SC-12": "N", "SC-13": "P TRM008", "SC-14": "N OPS005", "SC-15": "P OPS001",
	"SC-16": "P STA005 STA009 SCR001 SCR002 SCR004 SET014 BAT004 BAT007", "SC-17": "P MCC002 LIM003 SET013 ADR005 ADR014 REP007 BEN002",
	"SC-18": "N", "SC-19": "P CON005 CON006 BAT006 SUP001 SUP002 SUP003 SUP004 SUP005", "SC-20": "N", "SC-21": "N",
	"X-01": "P DIF001 DIF011 DIF021", "X-02": "P TRM009 TRM018", "X-03": "P TRM010 TRM019", "X-04": "P STA005", "X-05": "P TRM011 TRM020",
}

// TestDetecting: each cause has the reach that the specification gives it, and the rules that it names for a cause are
// among those that detect it.
func TestDetecting(t *testing.T) {
	letter := map[rules.Reach]string{rules.Detectable: "F", rules.Partly: "P", rules.OutOfReach: "N"}
	for _, c := range rules.Causes() {
		want := strings.Fields(named[c])
		if len(want) == 0 || want[0] != letter[c.Reach()] || (c.Reach() == rules.Partly) != (c.Given() != rules.Text{}) {
			t.Errorf("%s is %s, given %q, want %v", c, c.Reach().Text().EN, c.Given().EN, want)
			continue
		}
		var got []string
		for _, r := range builtin.Detecting(c) {
			got = append(got, string(r.ID))
		}
		for _, id := range want[1:] {
			if !slices.Contains(got, id) {
				t.Errorf("%s: %s does not detect it", c, id)
			}
		}
		if n := len(got); c.Reach() == rules.OutOfReach && n != len(want)-1 || c.Reach() != rules.OutOfReach && n == 0 {
			t.Errorf("%s has the rules %v", c, got)
		}
		for _, id := range c.Also() {
			if r, ok := builtin.Lookup(id); !ok || r.Cause == c {
				t.Errorf("%s: %s is no rule of another cause", c, id)
			}
		}
	}
}
