package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// What rows have beside their merchant number, in one collection.
const (
	serialMark = "s"
	codeMark   = "u"
)

// linkFn looks at the merchant numbers, with their side before them, that have a serial number or a USCC. It tells the
// numbers that a terminal links with another number of the other side, the serial numbers of crowds, and the USCC of chains.
func linkFn(key string, numbers func(*string) bool, linked func(string, int64), crowded func(string), chains func(string, int64)) {
	var rows [2]int
	seen := [2]map[string]bool{{}, {}}
	for s := ""; numbers(&s); {
		side := s[0] - '0'
		rows[side]++
		seen[side][s[1:]] = true
		switch serial := key[:1] == serialMark; {
		case serial && rows[side] > diff.Crowd:
			crowded(key)
			return
		case !serial && len(seen[side]) > 1:
			chains(key, 1)
			return
		}
	}
	if key[:1] != serialMark {
		return
	}
	told := map[string]bool{}
	for a := range seen[0] {
		for b := range seen[1] {
			if a == b {
				continue
			}
			for _, n := range [...]string{a, b} {
				if n != "" && !told[n] { // rows without a number are of the rest anyway
					told[n] = true
					linked(n, 1)
				}
			}
		}
	}
}

// wantFn tells the USCC of the rest, whose chains must be known.
func wantFn(_ int64, r row, emit func(string, int64)) {
	if r.Code != "" {
		emit(codeMark+r.Code, 1)
	}
}

// bothFn passes on the chains that are wanted.
func bothFn(key string, chain, wanted func(*int64) bool, emit func(string)) {
	var n int64
	if chain(&n) && wanted(&n) {
		emit(key)
	}
}

// wholeFn says whether the lists can be compared, and gives out what must be known of them.
type wholeFn struct {
	Job  job
	desk *desk
}

// Setup is called once for each instance.
func (f *wholeFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// ProcessElement looks at what all shards add up to.
func (f *wholeFn) ProcessElement(ctx context.Context, p part, give func(known), tell func(told), parts func(part)) error {
	w := &whole{Local: p.Local, Registry: p.Registry}
	if p.Broken > 0 { // what was not read would look as if it were missing
		w.Problem = &problem{rules.Text{ZH: "有分片没有读完", EN: "not all shards were read to their end"}, rules.Text{ZH: "修正这些分片后重新运行", EN: "mend those shards and run again"}}
	} else {
		_, err := diff.New(f.desk.v, diff.Options{Whole: &diff.Whole{Local: p.Local, Registry: p.Registry, Rest: true}}).
			Compare(ctx, func(rules.Finding) error { return nil })
		var refused *diff.Error
		if err != nil && !errors.As(err, &refused) {
			return err
		}
		if refused != nil {
			w.Problem = refusal(refused)
		}
	}
	if w.Problem != nil {
		if err := f.desk.refuse(w.Problem, tell, parts); err != nil {
			return err
		}
	}
	give(known{Whole: w})
	return nil
}

func refusal(e *diff.Error) *problem {
	return &problem{rules.Text(*e), rules.Text{ZH: "按上文修正后重新运行", EN: "mend it and run again"}}
}

// refuse reports that the lists were not compared.
func (d *desk) refuse(p *problem, tell func(told), parts func(part)) error {
	found := about(&notCompared, merchant.Source{}, p.Text, p.Mend)
	t, err := d.tell(&found, ofRegistry, 0, 0)
	if err != nil {
		return err
	}
	var out part
	out.add(&found)
	out.Sum.Partial = true
	tell(t)
	parts(out)
	return nil
}

// meetAt is how many rows of a merchant number are compared in the memory of one function. A number that more have, as a
// string of zeros may, is left to the rest.
const meetAt = 1000

// placeFn is where book and registry meet: the rows of a merchant number are to be compared, or belong to the rest.
func placeFn(_ string, local, registry func(*row) bool, linked func(*int64) bool, groups func(group), rest func(int64, row)) {
	var link int64
	isLinked := linked(&link)
	var g group
	var counts [2]int
	next := [2]func(*row) bool{local, registry}
	for side := range next {
		for r := (row{}); len(g.Rows) < meetAt && next[side](&r); counts[side]++ {
			g.Rows = append(g.Rows, r)
		}
	}
	if len(g.Rows) < meetAt && !diff.PartOf(counts[0], counts[1], isLinked) {
		groups(g)
		return
	}
	for _, r := range g.Rows {
		rest(0, r)
	}
	for side := range next {
		for r := (row{}); next[side](&r); {
			rest(0, r)
		}
	}
}

// compareFn compares the rows of merchant numbers, many numbers at a time.
type compareFn struct {
	Job  job
	desk *desk
	c    *diff.Comparer
	n    int
}

// spill is the memory that a comparison may use before it writes to a temporary file.
const spill = 64 << 20

// Setup is called once for each instance.
func (f *compareFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// StartBundle begins anew: what a failed bundle has left is done again.
func (f *compareFn) StartBundle(shared func(*known) bool, _ func(told), _ func(part)) error {
	f.close()
	return f.desk.learn(shared)
}

func (f *compareFn) close() {
	if f.c != nil {
		f.c.Close()
	}
	f.c, f.n = nil, 0
}

// Teardown removes what a failed bundle has left.
func (f *compareFn) Teardown() { f.close() }

// ProcessElement takes the rows of a merchant number.
func (f *compareFn) ProcessElement(ctx context.Context, g group, _ func(*known) bool, tell func(told), parts func(part)) error {
	if f.desk.whole.Problem != nil {
		return nil
	}
	if f.c == nil {
		f.c = f.desk.comparer(&diff.Whole{Local: f.desk.whole.Local, Registry: f.desk.whole.Registry})
	}
	slices.SortFunc(g.Rows, func(a, b row) int { return cmp.Compare(a.ID, b.ID) })
	for i := range g.Rows {
		if err := f.desk.enter(f.c, &g.Rows[i]); err != nil {
			return err
		}
	}
	if f.n += len(g.Rows); f.n < fill {
		return nil
	}
	return f.compare(ctx, tell, parts)
}

// FinishBundle compares what is left.
func (f *compareFn) FinishBundle(ctx context.Context, _ func(*known) bool, tell func(told), parts func(part)) error {
	return f.compare(ctx, tell, parts)
}

func (f *compareFn) compare(ctx context.Context, tell func(told), parts func(part)) error {
	if f.c == nil {
		return nil
	}
	p, err := f.desk.compare(ctx, f.c, tell)
	f.close()
	if err == nil {
		parts(p)
	}
	return err
}

func (d *desk) comparer(w *diff.Whole) *diff.Comparer {
	return diff.New(d.v, diff.Options{Whole: w, Storage: diff.Spill("", spill)})
}

// enter adds a row to its side of a comparison.
func (d *desk) enter(c *diff.Comparer, r *row) error {
	rec, err := d.record(r)
	if err != nil {
		return err
	}
	if r.Registry {
		c.AddRegistry(rec)
	} else {
		c.AddLocal(rec)
	}
	return nil
}

// compare ends a comparison and tells what it finds.
func (d *desk) compare(ctx context.Context, c *diff.Comparer, tell func(told)) (p part, err error) {
	n := int64(0)
	p.Diff, err = c.Compare(ctx, func(found rules.Finding) error {
		n++
		t, err := d.tell(&found, ofRegistry, int64(found.Source.Row), n)
		if err != nil {
			return err
		}
		tell(t)
		p.add(&found)
		return nil
	})
	return p, err
}

// restFn compares the rest: the records whose number the other side lacks or a terminal links with another, and those
// without a number. It is one comparison, so it runs on one machine; diff keeps in a file what exceeds its memory.
type restFn struct {
	Job  job
	desk *desk
}

// Setup is called once for each instance.
func (f *restFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// sentinelFn sees to it that there is a rest, which says what concerns the lists as a whole.
func sentinelFn([]byte) (int64, row) { return 0, row{ID: -1} }

// ProcessElement compares. It tells separately that the export is too old for verdicts.
func (f *restFn) ProcessElement(ctx context.Context, _ int64, rows func(*row) bool, shared func(*known) bool, marks func(*string) bool, tell func(told), old func(string), parts func(part)) error {
	if err := f.desk.learn(shared); err != nil {
		return err
	}
	if f.desk.whole.Problem != nil {
		return nil
	}
	marked := map[string]bool{}
	for m := ""; marks(&m); {
		marked[m] = true
	}
	c := f.desk.comparer(&diff.Whole{Local: f.desk.whole.Local, Registry: f.desk.whole.Registry, Rest: true,
		Chain:   func(code string) bool { return marked[codeMark+code] },
		Crowded: func(serial string) bool { return marked[serialMark+serial] }})
	defer c.Close()
	for r := (row{}); rows(&r); {
		if r.ID >= 0 {
			if err := f.desk.enter(c, &r); err != nil {
				return err
			}
		}
	}
	p, err := f.desk.compare(ctx, c, func(t told) {
		if t.Proof.Rule == registry.STL008.ID {
			old(string(t.Proof.Rule))
		}
		tell(t)
	})
	var refused *diff.Error
	if errors.As(err, &refused) { // too much is left to be matched otherwise
		old(unsettled)
		return f.desk.refuse(refusal(refused), tell, parts)
	}
	if err == nil {
		parts(p)
	}
	return err
}
