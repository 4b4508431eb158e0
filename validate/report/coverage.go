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
	strayReason   = "merchant not in the list"
)

// skip is one reason and the rules it kept from running.
type skip struct {
	reason string // in the language of the report
	rank   int    // needs first, then blocked
	rules  []*rules.Rule
	least  int // records, over the rules
	most   int
}

// Coverage says what was not checked; skipped is not passed. Each line is worded, with the rules folded by their reason.
type Coverage struct {
	Stars  []string // rules that matter most for response code 03 and did not run
	Left   []string // of those, the ones that are no part of the run
	Skips  []string // all rules that were skipped on some records
	Nobody []string // rules that concern no record
}

// Complete reports whether no rule lacked anything.
func (c *Coverage) Complete() bool { return len(c.Stars)+len(c.Left)+len(c.Skips) == 0 }

// Coverage words what the counts of a run say about rules that did not look.
func (o *Options) Coverage(s validate.Summary) (c Coverage) {
	if len(s.Rules) == 0 { // the run was broken off before it could count
		return c
	}
	stars, off := o.starsNotRun(s)
	for _, k := range stars {
		c.Stars = append(c.Stars, k.reason+o.say("：", ": ")+o.ids(k.rules))
	}
	if len(off) > 0 {
		c.Left = []string{o.say("本次未列入：", "not part of this run: ") + o.ids(off)}
	}
	skips, never := o.skips(s)
	for _, k := range skips {
		n := fmt.Sprint(k.least)
		if k.most != k.least {
			n += "–" + fmt.Sprint(k.most)
		}
		c.Skips = append(c.Skips, k.reason+fmt.Sprintf(o.say("（%s 条记录）：", " (records: %s): "), n)+o.ids(k.rules))
	}
	if len(never) > 0 {
		c.Nobody = []string{o.say("不涉及任何记录：", "applies to no record: ") + o.ids(never)}
	}
	return c
}

// The headings of the two parts.
func (o *Options) starsTitle() string {
	return o.say("★ 与 03 无效商户最相关而没有执行的规则", "★ Rules that matter most for response code 03 and did not run")
}

func (o *Options) skipsTitle() string {
	return o.say("跳过的规则（跳过不等于通过）", "Skipped rules (skipped is not passed)")
}

// writeCoverage comes before anything is said about what was not found.
func (t *Text) writeCoverage(c Coverage) {
	block := func(title string, color color, lines, more []string) {
		if len(lines)+len(more) == 0 {
			return
		}
		t.line(0, bold, title)
		for _, l := range lines {
			t.line(2, color, l)
		}
		for _, l := range more {
			t.line(2, plain, l)
		}
		t.line(0, plain, "")
	}
	block(t.o.starsTitle(), yellow, c.Stars, c.Left)
	block(t.o.skipsTitle(), plain, c.Skips, c.Nobody)
}

// starsNotRun returns the ★ rules that looked at nothing although the run includes them, by what is missing, and those
// that the run leaves out.
func (o *Options) starsNotRun(s validate.Summary) (missing []*skip, off []*rules.Rule) {
	stars := slices.DeleteFunc(slices.Clone(o.catalogue()), func(r *rules.Rule) bool { return r.Star == 0 })
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
				missing = o.add(missing, r, reason, c.Skipped[reason])
			}
		}
	}
	return missing, off
}

// skips returns the rules that were skipped on some records for want of data or after another finding, by reason, and
// those that concern no record.
func (o *Options) skips(s validate.Summary) (list []*skip, never []*rules.Rule) {
	for _, r := range o.catalogue() {
		if r.Scope == rules.ConfigScope {
			continue // that no suppressions were given leaves nothing unchecked
		}
		c := s.Rules[r.ID]
		for reason, n := range c.Skipped {
			if reason != otherReason {
				list = o.add(list, r, reason, n)
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

func (o *Options) add(list []*skip, r *rules.Rule, reason string, n int) []*skip {
	rank := 2
	switch {
	case strings.HasPrefix(reason, needsReason):
		rank = 0
		reason = o.say("缺少", "needs ") + r.Needs.Text(o.Lang)
	case strings.HasPrefix(reason, blockedReason):
		rank = 1
		id := strings.TrimPrefix(reason, blockedReason)
		reason = fmt.Sprintf(o.say("受 %s 影响", "blocked by %s"), id)
	case reason == strayReason:
		reason = o.say("流水中的商户不在名单里", "declined merchants that are not in the list")
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
func (o *Options) ids(list []*rules.Rule) string {
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
	return strings.Join(out, o.say("、", ", "))
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
