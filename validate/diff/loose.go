package diff

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// loose is a record that the first key gave no partner.
type loose struct {
	pos      pos
	mate     int32 // of the other side's, plus one
	numbered bool  // it has the first key
	fate     fate
}

type fate uint8

const (
	open fate = iota
	matched
	ambiguous
)

// looseMost bounds how many loose records of both sides may be matched by later keys, or looked through for mistyped keys
// on the side that has fewer: they cost up to 400 bytes each.
const looseMost = 4 << 20

// ref is a hash of a value of the n-th loose record.
type ref struct {
	hash uint64
	n    int32
}

// relatedMost bounds how many rows are listed for one ambiguous match; the number is always exact.
const relatedMost = 100

// tie is what stands in the way of a match.
type tie struct {
	level      int
	n          int
	candidates []int32 // of the registry's loose records
	rows       []pos   // their positions; none when there are more than relatedMost
}

// gather completes and orders the loose records.
func (j *join) gather() {
	for which, s := range j.sides() {
		for _, p := range s.bare {
			j.loose[which] = append(j.loose[which], loose{pos: p})
		}
		s.bare = nil
		slices.SortFunc(j.loose[which], func(a, b loose) int { return cmp.Compare(a.pos, b.pos) })
	}
}

// refs returns the hashes of what the open loose records of a side have of a key, by record.
func (j *join) refs(which, level int) (list []ref, err error) {
	var scratch []string
	for n := range j.loose[which] {
		if n%1024 == 0 && j.ctx.Err() != nil {
			return nil, j.ctx.Err()
		}
		if j.loose[which][n].fate != open {
			continue
		}
		e, err := j.sides()[which].get(j.loose[which][n].pos)
		if err != nil {
			return nil, err
		}
		scratch = keysOf(scratch[:0], e.Record, j.keys[level])
		slices.Sort(scratch)
		for _, k := range slices.Compact(scratch) {
			list = append(list, ref{j.plan.hashText(k), int32(n)})
		}
	}
	return list, nil
}

// group returns the refs with a hash; the list is in the order of hashes.
func group(list []ref, hash uint64) []ref {
	from, _ := slices.BinarySearchFunc(list, hash, func(r ref, h uint64) int { return cmp.Compare(r.hash, h) })
	n, _ := slices.BinarySearchFunc(list[from:], hash, func(r ref, h uint64) int { // crowds are asked for again and again
		if r.hash == h {
			return -1
		}
		return 1
	})
	return list[from : from+n]
}

func sortRefs(list []ref) {
	slices.SortFunc(list, func(a, b ref) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.n, b.n)) })
}

// fallback matches loose records of which not both have the first key. At each level a record is matched if it fits
// exactly one and that one fits no other; what remains may be told apart by a later key and else is ambiguous.
func (j *join) fallback() error {
	l, r := j.loose[ours], j.loose[theirs]
	bare := func(list []loose) bool {
		return slices.ContainsFunc(list, func(s loose) bool { return !s.numbered })
	}
	if len(l) == 0 || len(r) == 0 || !bare(l) && !bare(r) {
		return nil
	}
	if len(l)+len(r) > looseMost {
		return j.tooMany()
	}
	ties := map[int32]tie{}
	touched := make([]bool, len(r))
	stamp := make([]int32, len(r)) // the last record of ours that fitted, plus one
	degree := make([]int32, len(r))
	for level := 1; level < len(j.keys); level++ {
		left, err := j.refs(ours, level)
		if err != nil {
			return err
		}
		right, err := j.refs(theirs, level)
		if err != nil {
			return err
		}
		sortRefs(right)
		clear(stamp)
		clear(degree)
		fits := map[int32]tie{}
		type visit struct {
			hash     uint64
			numbered bool
		}
		crowds := map[visit]int{} // groups too large to go through: how many of them ours may have
		for _, k := range left {
			g := group(right, k.hash)
			t := fits[k.n]
			t.level = level
			if len(g) > relatedMost {
				n, ok := crowds[visit{k.hash, l[k.n].numbered}]
				if !ok {
					for _, c := range g {
						if !l[k.n].numbered || !r[c.n].numbered {
							touched[c.n], degree[c.n] = true, 2
							n++
						}
					}
					crowds[visit{k.hash, l[k.n].numbered}] = n
				}
				if t.n += n; t.n > 0 {
					fits[k.n] = t
				}
				continue
			}
			for _, c := range g {
				if stamp[c.n] == k.n+1 || l[k.n].numbered && r[c.n].numbered {
					continue
				}
				stamp[c.n] = k.n + 1
				degree[c.n]++
				touched[c.n] = true
				if t.n++; t.n <= relatedMost {
					t.candidates = append(t.candidates, c.n)
				}
			}
			if t.n > 0 {
				fits[k.n] = t
			}
		}
		for i, t := range fits {
			if t.n == 1 && len(t.candidates) == 1 && degree[t.candidates[0]] == 1 {
				n := t.candidates[0]
				l[i].fate, l[i].mate = matched, n+1
				r[n].fate, r[n].mate = matched, i+1
				delete(ties, i)
			} else if _, ok := ties[i]; !ok {
				ties[i] = t
			}
		}
	}
	crowded := false
	for i, t := range ties {
		few := t.n <= relatedMost && t.n == len(t.candidates)
		if few && !slices.ContainsFunc(t.candidates, func(n int32) bool { return r[n].fate != matched }) {
			continue // a later key gave all of them to other records
		}
		l[i].fate = ambiguous
		crowded = crowded || !few
		for _, n := range t.candidates {
			if r[n].fate == open {
				r[n].fate = ambiguous
			}
		}
		if few {
			for _, n := range t.candidates {
				t.rows = append(t.rows, r[n].pos)
			}
		}
		t.candidates = nil
		j.counts.DuplicateKeys++
		j.events[ours] = append(j.events[ours], event{pos: l[i].pos, class: Ambiguous, special: &special{tie: &t}})
	}
	for n := range r { // rows beyond the list of candidates
		if crowded && touched[n] && r[n].fate == open {
			r[n].fate = ambiguous
		}
	}
	for i := range l {
		if l[i].fate == matched {
			if err := j.pairs.add(item{uint64(l[i].pos), uint64(r[l[i].mate-1].pos), wholly | byFallback}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (j *join) tooMany() error {
	n, m := strconv.Itoa(len(j.loose[ours])), strconv.Itoa(len(j.loose[theirs]))
	return &Error{"本方" + n + "条、银行登记" + m + "条记录按商户号找不到对方，无法再逐一匹配；请检查两个文件是否对应、商户号列是否正确",
		n + " records of ours and " + m + " of the registry have no partner by merchant number, too many to match otherwise; check that the files belong together and the column of the merchant number"}
}

// expected reports whether a record of ours should be able to trade.
func expected(r *merchant.Record) bool {
	switch r.Status.State {
	case merchant.StateClosed, merchant.StateRejected, merchant.StateNotOpened:
		return false
	}
	return true
}

// tradable reports whether a registry row may trade.
func tradable(r *merchant.Record) bool {
	return r.Status.State == "" || r.Status.State == merchant.StateActive
}

// only makes the events of loose records that stand on one side only.
func (j *join) only(suspects []suspect) {
	for which := range j.loose {
		at := map[pos][]suspect{}
		for _, s := range suspects {
			at[s.pos[which]] = append(at[s.pos[which]], s)
		}
		j.events[which] = slices.Grow(j.events[which], j.alone(which))
		for _, s := range j.loose[which] {
			if s.fate == open {
				ev := event{pos: s.pos, class: [2]Class{MissingInRegistry, MissingInLocal}[which]}
				if list := at[s.pos]; list != nil {
					ev.special = &special{suspects: list}
				}
				j.events[which] = append(j.events[which], ev)
			}
		}
		slices.SortFunc(j.events[which], func(a, b event) int { return cmp.Compare(a.pos, b.pos) })
		j.loose[which] = nil
	}
}
