package diff

import (
	"cmp"
	"context"
	"errors"
	"io"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// join is one comparison. Each side is read once into an index of 24 bytes a row; what has an equal hash on both sides is
// done with, and the rest is read again.
type join struct {
	*Comparer
	ctx    context.Context
	plan   *plan
	asOf   merchant.Date // of the registry
	counts Counts

	elsewhere map[pos][]pos // rows of the registry with a serial number of the record under another key
	pairs     *bins         // local position, registry position, flags
	loose     [2][]loose    // records without a partner, by position
	events    [2][]event    // what is said about single records
	each      func(*Result) error

	findingsOnly bool // each looks at nothing else
	walking      bool // all rows are matched
}

// flags of pairs.
const (
	wholly = 1 << iota // lines are not enough: compare the records
	byFallback
)

// event is what becomes of a record that is not compared.
type event struct {
	pos   pos
	class Class
	*special
}

// special is what few events have; one that has none takes a third of the memory.
type special struct {
	repeated []pos     // all rows with its merchant number in the order of their places, for the first of them
	tie      *tie      // of an ambiguous one
	suspects []suspect // of a missing one
}

func (j *join) sides() [2]*side { return [2]*side{&j.local, &j.registry} }

// keyed is a row with its first key.
type keyed struct {
	key []byte // nil for none
	row uint64
	pos pos
}

// cursor returns the rows of a side in their order; false at the end. The key is good until the next call.
func (j *join) cursor(which int) func(*keyed) (bool, error) {
	s := j.sides()[which]
	s.keyed, s.unread, s.bare = 0, 0, nil
	s.serials = newBins(&j.store, 0, 64, s.guess())
	h := j.rowHash(which)
	serial := func(value string, key []byte, p pos) error {
		if w := j.options.Whole; value == "" || w != nil && w.Crowded != nil && w.Crowded(value) {
			return nil
		}
		k := uint64(0)
		if key != nil {
			k = j.plan.hash(key)
		}
		return s.serials.add(item{j.plan.hashText(value), k, uint64(p)})
	}
	if s.table == nil {
		rows, n := arenaRows{arena: &s.arena}, 0
		return func(k *keyed) (bool, error) {
			p, row, err := rows.Next()
			if err != nil || row == nil {
				return false, err
			}
			if n++; n%1024 == 0 && j.ctx.Err() != nil {
				return false, j.ctx.Err()
			}
			r, err := s.decode(p, row)
			if err != nil {
				return false, err
			}
			k.key = nil
			if v := keyOf(r.Record, j.keys[0]); v != "" {
				k.key = append(k.key, v...)
			} else if given(r.Record, j.keys[0]) {
				s.unread++
			}
			k.pos, k.row = p, h.record(r.Record, p)
			for i := range r.Terminals {
				if t := &r.Terminals[i]; j.plan.serials && t.Status != merchant.TerminalRetired {
					if err := serial(keyCode(t.SerialNo), k.key, p); err != nil {
						return false, err
					}
				}
			}
			return true, nil
		}
	}
	s.rows, s.marks, s.issues = 0, marks{}, nil
	rows := s.table.Rows(func(i *load.SheetIssue) { s.issues = append(s.issues, i) })
	key := newLineKey(s.table, j.keys[0])
	asOf, last := columnOf(s.table.Columns(), merchant.At(merchant.FieldRegistryAsOf)), []byte(nil)
	return func(k *keyed) (bool, error) {
		l, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			s.irregular = errors.Is(err, load.ErrIrregular)
			return false, err
		}
		if s.rows%markStep == 0 {
			s.marks.at, s.marks.number = append(s.marks.at, l.At), append(s.marks.number, int32(l.Number))
		}
		if s.rows == 0 {
			s.first = entry{Record: &merchant.Record{Source: s.table.Source(0)}}
			s.asOf = s.table.Record(l).Registry.AsOf
		}
		if s.rows++; s.rows%1024 == 0 && j.ctx.Err() != nil {
			return false, j.ctx.Err()
		}
		k.pos = posAt(l.At, l.Size)
		k.row = h.line(l, k.pos)
		var full bool
		if k.key, full = key.of(l); k.key == nil && full {
			s.unread++
		}
		if asOf >= 0 {
			if c := cell(l, asOf); string(c) != string(last) { // nearly always the same day
				last = append(last[:0], c...)
				if d := s.table.Record(l).Registry.AsOf; d.After(s.asOf) {
					s.asOf = d
				}
			}
		}
		if j.plan.serials {
			for _, i := range h.sn {
				if c := cell(l, i); len(c) > 0 {
					if err := serial(serialOf(c), k.key, k.pos); err != nil {
						return false, err
					}
				}
			}
		}
		return true, nil
	}
}

// given reports whether a record has something in all fields of a key, although that is no key.
func given(r *merchant.Record, key []merchant.Field) bool {
	for _, f := range key {
		if p := merchant.At(f); !r.Has(p) && readable(r, p) {
			return false
		}
	}
	return true
}

// serialOf is the comparison form of a serial number.
func serialOf(c []byte) string {
	if isPlainCode(c) {
		return string(c)
	}
	var r merchant.Record
	p := merchant.Item(merchant.FieldTerminalsSerialNo, 0)
	normalize.Set(&r, p, merchant.Cell{Text: string(c), Type: merchant.CellUntyped}, normalize.Options{})
	return keyCode(r.Text(p))
}

// guess is about how many rows the side has.
func (s *side) guess() int {
	if s.table == nil {
		return s.rows
	}
	return int(s.table.Size()/100) + 1
}

// read reads both sides into their indexes, at the same time.
func (j *join) read() error {
	j.makePlan()
	var errs [2]error
	var wait sync.WaitGroup
	stop, cancel := context.WithCancel(j.ctx)
	defer cancel()
	for which, s := range j.sides() {
		s.index = newBins(&j.store, 0, 64, s.guess())
		next := j.cursor(which)
		wait.Go(func() {
			var k keyed
			for {
				ok, err := next(&k)
				if err == nil && ok {
					err = stop.Err()
				}
				if err != nil || !ok {
					if errs[which] = err; err != nil {
						cancel()
					}
					return
				}
				if k.key == nil {
					s.bare = append(s.bare, k.pos)
					continue
				}
				s.keyed++
				if err := s.index.add(item{j.plan.hash(k.key), k.row, uint64(k.pos)}); err != nil {
					errs[which] = err
					cancel()
					return
				}
			}
		})
	}
	wait.Wait()
	return worst(errs[:])
}

// worst returns the error that matters: a cancellation is often the consequence of another one.
func worst(errs []error) error {
	var out error
	for _, err := range errs {
		if err != nil && (out == nil || errors.Is(out, context.Canceled) || errors.Is(err, load.ErrIrregular)) {
			out = err
		}
	}
	return out
}

// found is what a worker found in one partition.
type found struct {
	equal int
	pairs []item
	one   [2][]pos // rows whose key the other side lacks
	many  []item   // rows whose key a side repeats: key, side, position
}

// match joins the indexes, a partition at a time.
func (j *join) match() error {
	l, r := j.local.index, j.registry.index
	if len(l.parts) != len(r.parts) {
		if err := j.align(); err != nil {
			return err
		}
		l, r = j.local.index, j.registry.index
	}
	j.pairs = newBins(&j.store, 0, uint(bits.Len64(uint64(j.local.end()))), l.count)
	var many []item
	var mu sync.Mutex
	var wait sync.WaitGroup
	var errs [2]error
	next := 0
	for w := range errs {
		wait.Go(func() {
			var m matcher
			for {
				mu.Lock()
				part := next
				next++
				stop := errs[0] != nil || errs[1] != nil
				mu.Unlock()
				if part >= len(l.parts) || stop {
					return
				}
				err := j.ctx.Err()
				if err == nil {
					err = m.load(l, r, part)
				}
				if err == nil {
					m.join(j.elsewhere, j.options.Equal)
				}
				mu.Lock()
				if err == nil {
					j.counts.Matched += m.equal
					j.counts.Equal += m.equal
					for which := range m.one {
						for _, p := range m.one[which] {
							j.loose[which] = append(j.loose[which], loose{pos: p, numbered: true})
						}
					}
					many = append(many, m.many...)
					for _, p := range m.pairs {
						if err = j.pairs.add(p); err != nil {
							break
						}
					}
				}
				errs[w] = err
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	if err := worst(errs[:]); err != nil {
		return err
	}
	return j.repeats(many)
}

// end is beyond all positions of the side.
func (s *side) end() pos {
	if s.table != nil {
		return posAt(s.table.Size()+1, 0)
	}
	return posAt(int64(len(s.arena.blocks)+1)<<blockBits, 0)
}

// align gives both indexes the same partitions.
func (j *join) align() error {
	small, big := &j.local, &j.registry
	if len(small.index.parts) > len(big.index.parts) {
		small, big = big, small
	}
	b := &bins{store: &j.store, shift: big.index.shift, parts: make([]bin, len(big.index.parts))}
	var items []item
	for part := range small.index.parts {
		var err error
		if items, err = small.index.take(part, items[:0]); err != nil {
			return err
		}
		for _, i := range items {
			if err := b.add(i); err != nil {
				return err
			}
		}
	}
	small.index = b
	return nil
}

// matcher joins the two halves of a partition.
type matcher struct {
	found
	l, r  []item
	slots []int32 // hash table of the places in l, plus one
	mate  []int32 // for each of l, the place in r plus one; -1 when it is one of several
	taken []bool  // for each of r
}

func (m *matcher) load(l, r *bins, part int) (err error) {
	if m.l, err = l.take(part, m.l[:0]); err == nil {
		m.r, err = r.take(part, m.r[:0])
	}
	return err
}

func (m *matcher) join(elsewhere map[pos][]pos, all bool) {
	m.found = found{pairs: m.pairs[:0], one: [2][]pos{m.one[ours][:0], m.one[theirs][:0]}, many: m.many[:0]}
	size := 1 << bits.Len(uint(2*len(m.l)))
	mask := uint64(size - 1)
	m.slots = slices.Grow(m.slots[:0], size)[:size]
	m.mate = slices.Grow(m.mate[:0], len(m.l))[:len(m.l)]
	m.taken = slices.Grow(m.taken[:0], len(m.r))[:len(m.r)]
	clear(m.slots)
	clear(m.mate)
	clear(m.taken)
	find := func(key uint64) *int32 {
		for at := key & mask; ; at = (at + 1) & mask {
			if s := &m.slots[at]; *s == 0 || m.l[*s-1][0] == key {
				return s
			}
		}
	}
	repeat := func(first, i int32) { // l[i] has the key of l[first]
		if m.mate[first] == 0 {
			m.mate[first] = -1
			m.many = append(m.many, item{m.l[first][0], ours, m.l[first][2]})
		}
		m.mate[i] = -1
		m.many = append(m.many, item{m.l[i][0], ours, m.l[i][2]})
	}
	for i := range m.l {
		if s := find(m.l[i][0]); *s == 0 {
			*s = int32(i) + 1
		} else {
			repeat(*s-1, int32(i))
		}
	}
	// Keys that only the registry has and repeats are found among what is left.
	for i := range m.r {
		s := find(m.r[i][0])
		if *s == 0 {
			continue
		}
		m.taken[i] = true
		first := *s - 1
		switch mate := m.mate[first]; {
		case mate == 0:
			m.mate[first] = int32(i) + 1
		case mate > 0: // the second row of the registry
			m.mate[first] = -1
			m.many = append(m.many, item{m.l[first][0], ours, m.l[first][2]}, item{m.r[mate-1][0], theirs, m.r[mate-1][2]}, item{m.r[i][0], theirs, m.r[i][2]})
		default:
			m.many = append(m.many, item{m.r[i][0], theirs, m.r[i][2]})
		}
	}
	for i := range m.l {
		switch p, mate := pos(m.l[i][2]), m.mate[i]; {
		case mate == 0:
			m.one[ours] = append(m.one[ours], p)
		case mate > 0:
			r := m.r[mate-1]
			forced := elsewhere[p] != nil
			if r[1] == m.l[i][1] && !forced && !all {
				m.equal++
				continue
			}
			flags := uint64(0)
			if forced || all {
				flags = wholly
			}
			m.pairs = append(m.pairs, item{uint64(p), r[2], flags})
		}
	}
	m.alone()
}

// alone sorts out what only the registry has.
func (m *matcher) alone() {
	rest := m.r[:0]
	for i, r := range m.r {
		if !m.taken[i] {
			rest = append(rest, r)
		}
	}
	slices.SortFunc(rest, func(a, b item) int {
		if a[0] != b[0] {
			if a[0] < b[0] {
				return -1
			}
			return 1
		}
		return 0
	})
	for i := 0; i < len(rest); {
		n := i + 1
		for n < len(rest) && rest[n][0] == rest[i][0] {
			n++
		}
		for _, r := range rest[i:n] {
			if n-i == 1 {
				m.one[theirs] = append(m.one[theirs], pos(r[2]))
			} else {
				m.many = append(m.many, item{r[0], theirs, r[2]})
			}
		}
		i = n
	}
}

// repeats settles the rows whose key hash stands on several rows of a side. The keys themselves decide.
func (j *join) repeats(many []item) error {
	type member struct {
		spot
		which int
	}
	slices.SortFunc(many, func(a, b item) int {
		for w := range a {
			if a[w] != b[w] {
				if a[w] < b[w] {
					return -1
				}
				return 1
			}
		}
		return 0
	})
	for i := 0; i < len(many); {
		groups := map[string][]member{}
		n := i
		for ; n < len(many) && many[n][0] == many[i][0]; n++ {
			which := int(many[n][1])
			e, err := j.sides()[which].get(pos(many[n][2]))
			if err != nil {
				return err
			}
			key := keyOf(e.Record, j.keys[0])
			groups[key] = append(groups[key], member{spot{e.Source, e.pos}, which})
		}
		for _, group := range groups {
			var rows [2][]spot
			for _, m := range group {
				rows[m.which] = append(rows[m.which], m.spot)
			}
			if err := j.settle(rows); err != nil {
				return err
			}
		}
		i = n
	}
	return nil
}

// spot is where a row stands: a column mapped amiss gives one key to all rows, which are too many to be kept as records.
type spot struct {
	source merchant.Source
	pos    pos
}

// settle decides about all rows of one key.
func (j *join) settle(rows [2][]spot) error {
	if len(rows[ours]) == 1 && len(rows[theirs]) == 1 { // another key with the same hash was repeated
		return j.pairs.add(item{uint64(rows[ours][0].pos), uint64(rows[theirs][0].pos), wholly})
	}
	for which, list := range rows {
		slices.SortFunc(list, func(a, b spot) int {
			return cmp.Or(position(&a.source, &b.source), cmp.Compare(a.pos, b.pos))
		})
		repeated := len(list) > 1
		if repeated {
			j.counts.DuplicateKeys++
		}
		alone := len(rows[1-which]) == 0
		for i, e := range list {
			switch {
			case alone && !repeated: // of another key with the same hash
				j.loose[which] = append(j.loose[which], loose{pos: e.pos, numbered: true})
				continue
			case alone:
				ev := event{pos: e.pos, class: [2]Class{MissingInRegistry, MissingInLocal}[which]}
				if i == 0 {
					ev.special = &special{repeated: positions(list)}
				}
				j.events[which] = append(j.events[which], ev)
				continue
			case which == theirs && (i > 0 || !repeated):
				continue
			}
			ev := event{pos: e.pos, class: DuplicateKey}
			if i == 0 && repeated {
				ev.special = &special{repeated: positions(list)}
			}
			j.events[which] = append(j.events[which], ev)
		}
	}
	return nil
}

// positions returns the positions of rows, in the same order.
func positions(list []spot) []pos {
	out := make([]pos, len(list))
	for i, e := range list {
		out[i] = e.pos
	}
	return out
}

// locate finds the registry rows that bind a serial number of ours to another key. A serial number that crowds of rows
// share is none.
func (j *join) locate() error {
	j.elsewhere = map[pos][]pos{}
	if !j.plan.serials {
		return nil
	}
	l, r := j.local.serials, j.registry.serials
	var a, b []item
	byHash := func(x, y item) int {
		for _, w := range [...]int{0, 2} {
			if x[w] != y[w] {
				if x[w] < y[w] {
					return -1
				}
				return 1
			}
		}
		return 0
	}
	// The finer of the two partitions divides the other.
	for part := range max(len(l.parts), len(r.parts)) {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		var err error
		if a, err = l.share(part, max(len(l.parts), len(r.parts)), a[:0]); err != nil {
			return err
		}
		if b, err = r.share(part, max(len(l.parts), len(r.parts)), b[:0]); err != nil {
			return err
		}
		slices.SortFunc(a, byHash)
		slices.SortFunc(b, byHash)
		for i, k := 0, 0; i < len(a) && k < len(b); {
			switch {
			case a[i][0] < b[k][0]:
				i++
				continue
			case a[i][0] > b[k][0]:
				k++
				continue
			}
			ni, nk := i, k
			for ni < len(a) && a[ni][0] == a[i][0] {
				ni++
			}
			for nk < len(b) && b[nk][0] == b[k][0] {
				nk++
			}
			if ni-i <= Crowd && nk-k <= Crowd {
				for _, x := range a[i:ni] {
					for _, y := range b[k:nk] {
						if x[1] != y[1] || x[1] == 0 {
							j.elsewhere[pos(x[2])] = append(j.elsewhere[pos(x[2])], pos(y[2]))
						}
					}
				}
			}
			i, k = ni, nk
		}
	}
	return nil
}

// share is take for partitions that are finer, n of them in all.
func (b *bins) share(part, n int, dst []item) ([]item, error) {
	each := n / len(b.parts)
	if part%each == 0 || b.shared == nil {
		var err error
		if b.shared, err = b.take(part/each, b.shared[:0]); err != nil {
			return nil, err
		}
	}
	fine := uint(0)
	for 1<<fine < n {
		fine++
	}
	for _, i := range b.shared {
		if i[b.word]>>(64-fine) == uint64(part) {
			dst = append(dst, i)
		}
	}
	return dst, nil
}

// usable refuses input whose comparison would mean nothing.
func (j *join) usable() error {
	for which, s := range j.sides() {
		switch {
		case s.rows == 0:
			return &Error{[2]string{"本方没有记录，无法核对", "银行登记没有记录，无法核对"}[which],
				[2]string{"there are no records of ours to compare", "the registry has no records to compare with"}[which]}
		case 5*(s.unread+s.lost) > s.rows+s.lost:
			n, of := strconv.Itoa(s.unread+s.lost), strconv.Itoa(s.rows+s.lost)
			return &Error{s.name.ZH + "有" + n + "行（共" + of + "行）读不出或键读不出，超过五分之一，无法核对；请修正文件后重试",
				n + " of the " + of + " rows of " + s.name.EN + ", more than a fifth, or their keys cannot be read; mend the file and try again"}
		}
	}
	if j.local.keyed > 0 && j.registry.keyed > 0 {
		return nil
	}
	var has [2][]bool
	for which, s := range j.sides() {
		missing := len(j.keys)
		if w := j.options.Whole; w != nil {
			has[which] = [...]*Survey{&w.Local, &w.Registry}[which].levels(len(j.keys))
			for _, ok := range has[which] {
				if ok {
					missing--
				}
			}
		} else {
			has[which] = make([]bool, len(j.keys))
			err := s.each(func(e entry) error {
				if missing -= levels(has[which], e.Record, j.keys); missing == 0 {
					return io.EOF
				}
				return j.ctx.Err()
			})
			if err != nil && !errors.Is(err, io.EOF) {
				return err
			}
		}
		if missing == len(j.keys) {
			return &Error{s.name.ZH + "没有一条记录带有键（" + j.keyNames("zh") + "），无法核对；请检查列的对应",
				"no record of " + s.name.EN + " has a key (" + j.keyNames("en") + "); check the column mapping"}
		}
	}
	for level := range j.keys {
		if has[ours][level] && has[theirs][level] {
			return nil
		}
	}
	return &Error{"两边没有共同的键（" + j.keyNames("zh") + "），无法核对；请检查列的对应",
		"the two sides have no key in common (" + j.keyNames("en") + "); check the column mapping"}
}

// keyNames lists the keys for a message.
func (j *join) keyNames(lang string) string {
	and, or := " + ", ", "
	if lang == "zh" {
		and, or = "加", "、"
	}
	var keys []string
	for _, key := range j.keys {
		var parts []string
		for _, f := range key {
			parts = append(parts, f.Label(lang))
		}
		keys = append(keys, strings.Join(parts, and))
	}
	return strings.Join(keys, or)
}

// age reports how old the export is, once.
func (j *join) age() error {
	src := j.registry.first.Source
	src.Row = 0
	days := j.today.DaysSince(j.asOf)
	f := rules.Finding{Source: src, Path: merchant.At(merchant.FieldRegistryAsOf), Value: j.asOf.String(),
		Params: []rules.Param{rules.P("date", j.asOf.String()), rules.P("days", strconv.Itoa(days))}}
	rule := (*rules.Rule)(nil)
	switch {
	case j.asOf.IsZero():
		f.Params, rule = nil, &registry.STL009
	case days > j.params.RegistryMaxDays:
		rule = &registry.STL008
	case days > j.params.RegistryWarnDays:
		rule = &registry.STL003
	default:
		return nil
	}
	d := draft{join: j, Result: &Result{}}
	d.add(rule, f)
	return d.send()
}
