package diff

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// ahead holds the registry's rows of the pairs that are compared next. Our rows come in their order and the registry's
// then in none: read one by one, each costs a call of the system, so that many of them are fetched in the order of the
// file before.
type ahead struct {
	s     *side
	size  int      // bytes it may hold
	each  int      // of a row, at most as a rule
	at    []uint32 // by pair: where its row stands in rows, plus one; 0 for one that is not held
	rows  []byte   // number, number of cells, and each with its size before it
	order []fetch
	line  load.Line
}

type fetch struct {
	pos pos
	n   int32 // of the pair
}

const (
	aheadSize  = 32 << 20
	aheadLeast = 1 << 20  // less than this is not worth it
	aheadGap   = 12 << 10 // rows that are farther apart are read one by one
)

func newAhead(s *side, kept *store) *ahead {
	a := &ahead{s: s, size: aheadSize}
	if s.rows > 0 {
		a.each = int(s.table.Size())/s.rows + 16
	}
	if kept.spill {
		a.size = int(min(int64(a.size), kept.budget-kept.used.Load()))
	}
	return a
}

// pairs is how many pairs it can hold the rows of.
func (a *ahead) pairs() int { return max(a.size, aheadLeast) / max(a.each, 1) }

// fetch reads the rows of the pairs, as many as there is room for, where that is cheaper than reading them one by one.
func (a *ahead) fetch(list []item) error {
	a.at = a.at[:0]
	if a.size < aheadLeast || len(list) < 2 {
		return nil
	}
	a.order = a.order[:0]
	for n, i := range list {
		if i[2] == 0 {
			a.order = append(a.order, fetch{pos(i[1]), int32(n)})
		}
	}
	byPos := func(x, y fetch) int { return cmp.Compare(x.pos, y.pos) }
	if len(a.order) == 0 || slices.IsSortedFunc(a.order, byPos) {
		return nil
	}
	slices.SortFunc(a.order, byPos)
	if span := a.order[len(a.order)-1].pos.at() - a.order[0].pos.at(); span/int64(len(a.order)) > aheadGap {
		return nil
	}
	a.at = slices.Grow(a.at, len(list))[:len(list)]
	clear(a.at)
	if a.rows == nil {
		a.rows = make([]byte, 0, min(a.size, len(a.order)*a.each+a.each))
	}
	a.rows = a.rows[:0]
	for _, f := range a.order {
		if len(a.rows)+a.each > a.size {
			break
		}
		l, err := a.s.line(f.pos)
		if err != nil {
			return err
		}
		a.at[f.n] = uint32(len(a.rows)) + 1
		a.rows = binary.AppendUvarint(a.rows, uint64(l.Number))
		a.rows = binary.AppendUvarint(a.rows, uint64(len(l.Cells)))
		for _, c := range l.Cells {
			a.rows = append(binary.AppendUvarint(a.rows, uint64(len(c))), c...)
		}
	}
	return nil
}

// row returns the row of the n-th pair, good until the next call. It has no text.
func (a *ahead) row(n int, p pos) (*load.Line, error) {
	if n >= len(a.at) || a.at[n] == 0 {
		return a.s.line(p)
	}
	b := a.rows[a.at[n]-1:]
	next := func() int {
		if c := b[0]; c < 0x80 { // as nearly always
			b = b[1:]
			return int(c)
		}
		v, k := binary.Uvarint(b)
		b = b[k:]
		return int(v)
	}
	a.line.Place = load.Place{At: p.at(), Size: p.size(), Number: next()}
	a.line.Cells = a.line.Cells[:0]
	for range next() {
		size := next()
		a.line.Cells, b = append(a.line.Cells, b[:size:size]), b[size:]
	}
	return &a.line, nil
}
