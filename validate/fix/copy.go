package fix

import (
	"errors"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Copy gathers the changes of a run over one file. [Copy.Take] looks at each record with its findings, [Copy.Edits] says
// what to write into the copy, and [Copy.Verify] reads the copy back. The zero Copy is ready for use.
//
// It keeps the changes and 24 bytes a record.
type Copy struct {
	changes []entry
	left    []Count
	rows    []row
	hash    maphash.Hash
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
func (c *Copy) Changes() []Change {
	list := make([]Change, len(c.changes))
	for i := range c.changes {
		list[i] = c.changes[i].Change
	}
	return list
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

// Verify reads the copy and compares each record with what it must be: the same values, and nothing to note that the
// corrections were made for. Changes of a record that reads otherwise (a row of which nothing would be left, say) are
// given up; then it returns true, and the copy is to be written again with the edits that remain. Else the copy is good.
// The error is that of the stream, or [ErrDiffers].
func (c *Copy) Verify(records load.Records) (again bool, err error) {
	next := 0
	bad := map[int]bool{}
	for r, err := range records {
		var issue *load.SheetIssue
		var unread *load.RowError
		switch {
		case errors.As(err, &issue), errors.As(err, &unread):
			continue
		case err != nil:
			return false, err
		}
		for next < len(c.rows) && c.rows[next].number < r.Source.Row { // it reads as no record any more
			bad[next] = true
			next++
		}
		if next == len(c.rows) || c.rows[next].number > r.Source.Row {
			return false, ErrDiffers
		}
		if c.rows[next].is != c.digest(r) {
			bad[next] = true
		}
		next++
	}
	for ; next < len(c.rows); next++ {
		bad[next] = true
	}
	if len(bad) == 0 {
		return false, nil
	}
	kept := c.changes[:0]
	for _, e := range c.changes {
		if !bad[e.record] {
			kept = append(kept, e)
			continue
		}
		c.rows[e.record].is = c.rows[e.record].was
		for _, rule := range e.Rules {
			c.leave(Left{rule, e.Source, e.Column, e.Path, ReadsOtherwise})
		}
	}
	if len(kept) == len(c.changes) {
		return false, ErrDiffers
	}
	c.changes = kept
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
