package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
)

// The reasons of package validate for not running a rule on a record.
const (
	needsReason   = "needs "
	blockedReason = "blocked by "
	otherReason   = "not applicable"
)

// skip is one reason and the rules it kept from running.
type skip struct {
	reason string // in the language of the report
	rank   int    // needs first, then blocked
	rules  []*rules.Rule
	least  int // records, over the rules
	most   int
}

// writeCoverage says what was not checked, before anything is said about what was not found: the rules that matter most
// for a decline, then all others, each folded by its reason.
func (t *Text) writeCoverage(s validate.Summary) {
	if len(s.Rules) == 0 { // the run was broken off before it could count
		return
	}
	if stars, off := t.starsNotRun(s); len(stars) > 0 || len(off) > 0 {
		t.line(0, bold, t.o.say("★ 与 03 无效商户最相关而没有执行的规则", "★ Rules that matter most for response code 03 and did not run"))
		for _, k := range stars {
			t.line(2, yellow, k.reason+t.o.say("：", ": ")+t.ids(k.rules))
		}
		if len(off) > 0 {
			t.line(2, plain, t.o.say("本次未列入：", "not part of this run: ")+t.ids(off))
		}
		t.line(0, plain, "")
	}
	skips, never := t.skips(s)
	if len(skips) == 0 && len(never) == 0 {
		return
	}
	t.line(0, bold, t.o.say("跳过的规则（跳过不等于通过）", "Skipped rules (skipped is not passed)"))
	for _, k := range skips {
		n := fmt.Sprint(k.least)
		if k.most != k.least {
			n += "–" + fmt.Sprint(k.most)
		}
		t.line(2, plain, k.reason+fmt.Sprintf(t.o.say("（%s 条记录）：", " (records: %s): "), n)+t.ids(k.rules))
	}
	if len(never) > 0 {
		t.line(2, plain, t.o.say("不涉及任何记录：", "applies to no record: ")+t.ids(never))
	}
	t.line(0, plain, "")
}

// incomplete reports whether data was missing for some rule.
func (t *Text) incomplete(s validate.Summary) bool {
	stars, off := t.starsNotRun(s)
	skips, _ := t.skips(s)
	return len(stars)+len(off)+len(skips) > 0
}

// starsNotRun returns the ★ rules that looked at nothing although the run includes them, by what is missing, and those
// that the run leaves out.
func (t *Text) starsNotRun(s validate.Summary) (missing []*skip, off []*rules.Rule) {
	stars := slices.DeleteFunc(slices.Clone(t.o.catalogue()), func(r *rules.Rule) bool { return r.Star == 0 })
	slices.SortFunc(stars, func(a, b *rules.Rule) int { return a.Star - b.Star })
	for _, r := range stars {
		c, ok := s.Rules[r.ID]
		if !ok {
			off = append(off, r)
			continue
		}
		if c.Applied > 0 || c.Found > 0 {
			continue
		}
		for _, reason := range slices.Sorted(maps.Keys(c.Skipped)) {
			if reason != otherReason {
				missing = t.add(missing, r, reason, c.Skipped[reason])
			}
		}
	}
	return missing, off
}

// skips returns the rules that were skipped on some records for want of data or after another finding, by reason, and
// those that concern no record.
func (t *Text) skips(s validate.Summary) (list []*skip, never []*rules.Rule) {
	for _, r := range t.o.catalogue() {
		c := s.Rules[r.ID]
		for reason, n := range c.Skipped {
			if reason != otherReason {
				list = t.add(list, r, reason, n)
			} else if c.Applied == 0 && len(c.Skipped) == 1 {
				never = append(never, r)
			}
		}
	}
	slices.SortFunc(list, func(a, b *skip) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.reason, b.reason)
	})
	return list, never
}

func (t *Text) add(list []*skip, r *rules.Rule, reason string, n int) []*skip {
	rank := 2
	switch {
	case strings.HasPrefix(reason, needsReason):
		rank = 0
		reason = t.o.say("缺少", "needs ") + r.Needs.Text(t.o.Lang)
	case strings.HasPrefix(reason, blockedReason):
		rank = 1
		id := strings.TrimPrefix(reason, blockedReason)
		reason = fmt.Sprintf(t.o.say("受 %s 影响", "blocked by %s"), id)
	}
	for _, k := range list {
		if k.reason == reason {
			k.rules = append(k.rules, r)
			k.least, k.most = min(k.least, n), max(k.most, n)
			return list
		}
	}
	return append(list, &skip{reason, rank, []*rules.Rule{r}, n, n})
}

// ids lists rules, runs of numbers folded: DIF001–009, DIF013.
func (t *Text) ids(list []*rules.Rule) string {
	var ids []string
	for _, r := range list {
		ids = append(ids, string(r.ID))
	}
	slices.Sort(ids)
	var out []string
	for i := 0; i < len(ids); {
		k := i
		for k+1 < len(ids) && follows(ids[k], ids[k+1]) {
			k++
		}
		if k-i < 2 {
			out, i = append(out, ids[i]), i+1
			continue
		}
		out, i = append(out, ids[i]+"–"+ids[k][len(ids[k])-3:]), k+1
	}
	return strings.Join(out, t.o.say("、", ", "))
}

// follows reports whether b is the ID after a: LIC004 after LIC003.
func follows(a, b string) bool {
	n := len(a) - 3
	if n < 0 || len(b) != len(a) || a[:n] != b[:n] {
		return false
	}
	var x, y int
	_, errA := fmt.Sscanf(a[n:], "%d", &x)
	_, errB := fmt.Sscanf(b[n:], "%d", &y)
	return errA == nil && errB == nil && y == x+1
}
