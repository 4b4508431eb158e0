package fix

import (
	"errors"
	"hash/maphash"
	"iter"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Copy gathers the changes of a run over one file, whose sink is [Copy.Take]. [Copy.Edits] says what to write into the
// copy. A run over the copy, whose sink is [Copy.Check], and [Copy.Settle] prove that it reads as it must. The zero Copy
// is ready for use.
//
// It keeps the changes and 32 bytes a record.
type Copy struct {
	changes []entry
	left    []Count
	rows    []row
	hash    maphash.Hash

	next  int          // row that Check expects
	shift int          // lines that it has gone up
	bad   map[int]bool // rows that it did not find as they must be
	extra bool         // it saw a record that is none of the rows
}

// entry is a change of a record.
type entry struct {
	Change
	record int
}

// row stands for a record: what it read as, and must read as in the copy.
type row struct {
	number  int
	was, is uint64
	lines   int32 // of a text file, that its changes take away: the rows after it move up
	givenUp bool  // its changes were
}

// Count is how often the fixes of a rule were left for one reason in one column. Left is the first of them.
type Count struct {
	Left
	Times int
}

// Take is a [validate.Sink]: it plans the safe fixes of a record and applies them to it.
func (c *Copy) Take(r *merchant.Record, found []rules.Finding) error {
	if r == nil || aboutSheet(r) {
		return nil
	}
	changes, left := Plan(r, found)
	now := row{number: r.Source.Row, was: c.digest(r)}
	if now.is = now.was; len(changes) > 0 {
		Apply(r, changes)
		now.is = c.digest(r)
	}
	for _, ch := range changes {
		ch.Old, ch.New = strings.Clone(ch.Old), strings.Clone(ch.New) // not the row they are cut from
		ch.steps = nil
		c.changes = append(c.changes, entry{ch, len(c.rows)})
		if ch.Source.Sheet == "" && r.Cells != nil {
			now.lines += int32(strings.Count(ch.Old, "\n") - strings.Count(ch.New, "\n"))
		}
	}
	for i := range left {
		c.leave(left[i])
	}
	c.rows = append(c.rows, now)
	return nil
}

// aboutSheet tells the notes about a sheet from a record.
func aboutSheet(r *merchant.Record) bool {
	if len(r.Notes) == 0 {
		return false
	}
	k := r.Notes[0].Kind
	return k >= merchant.NoteKeyColumnMissing || k == merchant.NoteSkippedRow || k == merchant.NoteOrphanTerminal
}

func (c *Copy) leave(l Left) {
	at := slices.IndexFunc(c.left, func(x Count) bool {
		return x.Rule == l.Rule && x.Reason == l.Reason && x.Column == l.Column && x.Path.Field == l.Path.Field && x.Source.Sheet == l.Source.Sheet
	})
	if at < 0 {
		at = len(c.left)
		c.left = append(c.left, Count{Left: l})
	}
	c.left[at].Times++
}

// Changes returns the changes in the order of the records.
func (c *Copy) Changes() iter.Seq[*Change] {
	return func(yield func(*Change) bool) {
		for i := range c.changes {
			if !yield(&c.changes[i].Change) {
				return
			}
		}
	}
}

// Records returns how many records are changed.
func (c *Copy) Records() int {
	n, last := 0, -1
	for i := range c.changes {
		if c.changes[i].record != last {
			n, last = n+1, c.changes[i].record
		}
	}
	return n
}

// Left returns what was not applied, by rule, column and reason.
func (c *Copy) Left() []Count { return c.left }

// Edits returns the changes as edits of the file.
func (c *Copy) Edits() []load.Edit {
	edits := make([]load.Edit, len(c.changes))
	for i := range c.changes {
		ch := &c.changes[i]
		edits[i] = load.Edit{Sheet: ch.Source.Sheet, Row: ch.Source.Row, Column: -1, Record: ch.record, Path: ch.Path, Old: ch.Old, New: ch.New}
		if columns := ch.Source.Columns; columns != nil && ch.Column != nil && ch.Column.Letter != "" {
			edits[i].Column = slices.IndexFunc(columns.List, func(x merchant.Column) bool { return x.Letter == ch.Column.Letter })
		}
	}
	return edits
}

// ErrDiffers says that a copy does not read as it must, in a record that is not changed or beyond repair. It must not be
// used.
var ErrDiffers = errors.New("fix: the copy does not read like the original with its corrections")

// Check is a [validate.Sink] for the run over the copy: each record must have the values that it has with its changes, and
// nothing is to be mended any more.
func (c *Copy) Check(r *merchant.Record, found []rules.Finding) error {
	if r == nil || aboutSheet(r) {
		return nil
	}
	for c.next < len(c.rows) && c.rows[c.next].number-c.shift < r.Source.Row { // it reads as no record any more
		c.settle(false)
	}
	if c.next == len(c.rows) || c.rows[c.next].number-c.shift > r.Source.Row {
		c.extra = true
		return nil
	}
	changes, _ := Plan(r, found)
	row := &c.rows[c.next]
	c.settle(row.is == c.digest(r) && (len(changes) == 0 || row.givenUp))
	return nil
}

// settle notes whether the next row is as it must be.
func (c *Copy) settle(good bool) {
	if !good {
		if c.bad == nil {
			c.bad = map[int]bool{}
		}
		c.bad[c.next] = true
	}
	c.shift += int(c.rows[c.next].lines)
	c.next++
}

// Settle ends a run over the copy. Changes of records that read otherwise (a row of which nothing would be left, say) are
// given up; then it returns true, and the copy is to be written and run over again. Else the copy is good. The error is
// [ErrDiffers].
func (c *Copy) Settle() (again bool, err error) {
	for c.next < len(c.rows) {
		c.settle(false)
	}
	bad, extra := c.bad, c.extra
	c.next, c.shift, c.bad, c.extra = 0, 0, nil, false
	switch {
	case extra:
		return false, ErrDiffers
	case len(bad) == 0:
		return false, nil
	}
	before := len(c.changes)
	c.changes = slices.DeleteFunc(c.changes, func(e entry) bool {
		if bad[e.record] {
			r := &c.rows[e.record]
			r.is, r.lines, r.givenUp = r.was, 0, true
			for _, rule := range e.Rules {
				c.leave(Left{rule, e.Source, e.Column, e.Path, ReadsOtherwise})
			}
		}
		return bad[e.record]
	})
	if len(c.changes) == before {
		return false, ErrDiffers
	}
	return true, nil
}

// digest sums up the values of a record and its notes.
func (c *Copy) digest(r *merchant.Record) uint64 {
	h := &c.hash
	h.Reset()
	var b [4]byte
	mark := func(p merchant.Path) {
		b[0], b[1], b[2], b[3] = byte(p.Field), byte(p.Field>>8), byte(p.Index), byte(p.Index>>8)
		h.Write(b[:])
	}
	for f := merchant.Field(1); f.Valid(); f++ {
		n, p := 1, merchant.At(f)
		if f.List() != merchant.FieldNone && f.Kind() != merchant.KindList {
			n, p.Index = r.Len(f), 0
		}
		for ; n > 0; n-- {
			if r.Has(p) {
				mark(p)
				h.WriteString(r.Text(p))
			}
			p.Index++
		}
	}
	for i := range r.Notes {
		mark(r.Notes[i].Path)
		h.WriteByte(byte(r.Notes[i].Kind))
	}
	return h.Sum64()
}
