package diagnose

import (
	"iter"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Collector judges the merchants of a run: every record goes to Record, all findings to Findings, in any order of the
// two. Of a merchant it keeps the findings of the list for 03 and nothing else. It is not safe for concurrent use.
type Collector struct {
	o       Options
	index   map[string]int
	entries []entry
	waiting map[string][]rules.Finding // findings that came before their record
	tooOld  bool
}

// NewCollector returns a Collector for merchants that were looked up, or not, as o says.
func NewCollector(o Options) *Collector {
	return &Collector{o: o, index: map[string]int{}, waiting: map[string][]rules.Finding{}}
}

// identity is the key of a merchant; one without stands for its row.
func identity(key string, s merchant.Source) string {
	if key != "" {
		return key
	}
	return "\x00" + s.File + "\x00" + s.Sheet + "\x00" + strconv.Itoa(s.Row)
}

// Record takes one of our merchants. Records with one key are judged together.
func (c *Collector) Record(r *merchant.Record) {
	id := identity(r.Key(), r.Source)
	lacks := missing(r, c.o.Registry)
	if i, ok := c.index[id]; ok {
		c.entries[i].missing |= lacks
		return
	}
	e := entry{key: r.Key(), name: r.Names.Legal, source: r.Source, missing: lacks}
	for i := range c.waiting[id] {
		e.add(&c.waiting[id][i])
	}
	delete(c.waiting, id)
	c.index[id] = len(c.entries)
	c.entries = append(c.entries, e)
}

// Findings takes findings; the slice is not kept. Those about sheets and about rows of the registry concern no merchant.
func (c *Collector) Findings(found []rules.Finding) {
	for i := range found {
		f := &found[i]
		if f.Rule.ID == exportTooOld {
			c.tooOld = true
		}
		if f.Severity == rules.Info && f.Rule.ID != inMaintenance || f.Rule.Scope == rules.SheetScope {
			continue
		}
		id := identity(f.Key, f.Source)
		if n, ok := c.index[id]; ok {
			c.entries[n].add(f)
		} else {
			c.waiting[id] = append(c.waiting[id], *f)
		}
	}
}

// Verdicts gives the verdict of each merchant in the order of the records.
func (c *Collector) Verdicts() iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) {
		for i := range c.entries {
			e := c.entries[i]
			if c.tooOld {
				e.missing |= rules.NeedRegistry
			}
			if !yield(e.verdict(c.o.Code)) {
				return
			}
		}
	}
}
