// Package wire writes records as bytes and reads them back, whole: values, cells, joined rows and notes. It is for
// temporary files and for passing records between machines that run the same program; the bytes are no format to keep.
//
// What the rows of one sheet share, its name and columns, is written once: see [Codec.AppendSheets].
package wire

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"math"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// ErrDamaged is what Decode and ReadSheets return for bytes that a codec did not write.
var ErrDamaged = errors.New("wire: the bytes are not those of a record")

// Codec writes and reads the records of one source. The zero value has seen no sheet. It is not safe for concurrent use,
// save that several goroutines may decode with copies of one that no longer encodes.
type Codec struct {
	sheets []sheet
	index  map[merchant.Source]int
}

// sheet is what the rows of a sheet have in common.
type sheet struct {
	merchant.Source
	column map[merchant.Path]int // the first column of a field outside lists
}

// leafFields are the fields with values of their own, and listFields the lists.
var leafFields, listFields = sync.OnceValue(func() (leaves []merchant.Field) {
	for _, f := range merchant.Fields() {
		if k := f.Kind(); k != merchant.KindList && k != merchant.KindMap {
			leaves = append(leaves, f)
		}
	}
	return leaves
}), sync.OnceValue(func() (lists []merchant.Field) {
	for _, f := range merchant.Fields() {
		if f.Kind() == merchant.KindList {
			lists = append(lists, f)
		}
	}
	return lists
})

func (c *Codec) sheet(s merchant.Source) int {
	s.Row = 0
	if n := len(c.sheets); n > 0 && c.sheets[n-1].Source == s { // nearly always
		return n - 1
	}
	if i, ok := c.index[s]; ok {
		return i
	}
	return c.add(s)
}

func (c *Codec) add(s merchant.Source) int {
	e := sheet{s, map[merchant.Path]int{}}
	if s.Columns != nil {
		for i := range s.Columns.List {
			if p := s.Columns.List[i].Path; p.Field.List() == merchant.FieldNone && p.Field != merchant.FieldNone {
				if _, ok := e.column[p]; !ok {
					e.column[p] = i
				}
			}
		}
	}
	if c.index == nil {
		c.index = map[merchant.Source]int{}
	}
	c.index[s] = len(c.sheets)
	c.sheets = append(c.sheets, e)
	return len(c.sheets) - 1
}

// AppendSheets appends what the rows written so far share with others of their sheets. A codec that has read it decodes
// those rows.
func (c *Codec) AppendSheets(dst []byte) ([]byte, error) {
	list := make([]merchant.Source, len(c.sheets))
	for i := range c.sheets {
		list[i] = c.sheets[i].Source
	}
	buf := bytes.NewBuffer(dst)
	err := gob.NewEncoder(buf).Encode(list)
	return buf.Bytes(), err
}

// ReadSheets readies a codec for the rows of another, of which AppendSheets wrote the sheets.
func (c *Codec) ReadSheets(b []byte) error {
	var list []merchant.Source
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&list); err != nil {
		return errors.Join(ErrDamaged, err)
	}
	*c = Codec{}
	for _, s := range list {
		c.add(s)
	}
	return nil
}

// Append appends the record as bytes to dst.
func (c *Codec) Append(dst []byte, r *merchant.Record) []byte {
	e := encoder{dst}
	at := c.sheet(r.Source)
	e.source(at, r.Source.Row)
	e.cells(r.Cells)
	for _, f := range listFields() {
		e.int(r.Len(f))
	}
	column := c.sheets[at].column
	for _, f := range leafFields() {
		p, n := merchant.At(f), 1
		if f.List() != merchant.FieldNone {
			p.Index, n = 0, r.Len(f)
		}
		for ; n > 0; n-- {
			e.value(r, p, column)
			p.Index++
		}
	}
	e.int(0)
	e.int(len(r.FieldDates))
	for path, d := range r.FieldDates {
		e.text(path)
		e.date(d)
	}
	e.int(len(r.Parts))
	for i := range r.Parts {
		p := &r.Parts[i]
		e.int(int(p.List))
		e.int(p.Index)
		e.source(c.sheet(p.Source), p.Source.Row)
		e.cells(p.Cells)
	}
	e.int(len(r.Notes))
	for i := range r.Notes {
		n := &r.Notes[i]
		e.int(int(n.Kind))
		e.path(n.Path)
		e.text(n.Old)
		e.text(n.New)
		e.text(n.Info)
		e.int(len(n.More))
		for _, s := range n.More {
			e.text(s)
		}
	}
	return e.b
}

type encoder struct{ b []byte }

func (e *encoder) int(n int) { e.b = binary.AppendUvarint(e.b, uint64(n)) }

func (e *encoder) text(s string) {
	e.int(len(s))
	e.b = append(e.b, s...)
}

func (e *encoder) date(d merchant.Date) { e.int(d.Year()*10000 + d.Month()*100 + d.Day()) }

func (e *encoder) path(p merchant.Path) {
	e.int(int(p.Field))
	e.int(int(p.Index) + 1)
}

func (e *encoder) source(sheet, row int) {
	e.int(sheet)
	e.int(row)
}

// What a byte before a cell says besides the type.
const (
	cellFormula = 1 << (iota + 4)
	cellFormat
	cellText
)

func (e *encoder) cells(cells []merchant.Cell) {
	e.int(len(cells))
	for i := range cells {
		c := &cells[i]
		kind := byte(c.Type)
		if c.Formula {
			kind |= cellFormula
		}
		if c.Format != "" {
			kind |= cellFormat
		}
		if c.Text != "" {
			kind |= cellText
		}
		e.b = append(e.b, kind)
		if c.Text != "" {
			e.text(c.Text)
		}
		if c.Format != "" {
			e.text(c.Format)
		}
	}
}

// value writes the field and what it holds, unless that is nothing. Text is preceded by 0, or is the text of the cell
// with that number, from 1.
func (e *encoder) value(r *merchant.Record, p merchant.Path, column map[merchant.Path]int) {
	switch v := r.Ref(p).(type) {
	case *string:
		if *v == "" {
			return
		}
		e.path(p)
		if p.Index < 0 {
			if i, ok := column[p]; ok && i < len(r.Cells) && r.Cells[i].Text == *v {
				e.int(i + 1)
				return
			}
		}
		e.int(0)
		e.text(*v)
	case *merchant.Date:
		if !v.IsZero() {
			e.path(p)
			e.date(*v)
		}
	case *merchant.Money:
		if !v.IsZero() {
			e.path(p)
			e.text(v.Decimal().String())
		}
	case *merchant.Percent:
		if !v.IsZero() {
			e.path(p)
			e.text(v.Decimal().String())
		}
	case *merchant.Number:
		if !v.IsZero() {
			e.path(p)
			e.text(v.String())
		}
	case *merchant.Count:
		if !v.IsZero() {
			e.path(p)
			e.b = binary.AppendVarint(e.b, int64(v.Int()))
		}
	case *bool:
		if *v {
			e.path(p)
		}
	}
}

// Decode returns the record that Append wrote. The error is [ErrDamaged].
func (c *Codec) Decode(b []byte) (r *merchant.Record, err error) {
	defer func() {
		if recover() != nil { // an index beyond the bytes, the sheets or a list
			r, err = nil, ErrDamaged
		}
	}()
	d := decoder{s: string(b)}
	r = &merchant.Record{}
	r.Source = d.source(c.sheets)
	r.Cells = d.cells()
	for _, f := range listFields() {
		if n := d.int(); n > 0 && n <= math.MaxInt16 { // members may be without values
			r.Grow(f, n)
		} else if n != 0 {
			return nil, ErrDamaged
		}
	}
	for {
		f := d.int()
		if f == 0 {
			break
		}
		d.value(r, merchant.Path{Field: merchant.Field(f), Index: int16(d.int() - 1)})
	}
	if n := d.count(); n > 0 {
		r.FieldDates = make(map[string]merchant.Date, n)
		for range n {
			path := d.text()
			r.FieldDates[path] = d.date()
		}
	}
	if n := d.count(); n > 0 {
		r.Parts = make([]merchant.Part, n)
		for i := range r.Parts {
			r.Parts[i] = merchant.Part{List: merchant.Field(d.int()), Index: d.int(), Source: d.source(c.sheets), Cells: d.cells()}
		}
	}
	if n := d.count(); n > 0 {
		r.Notes = make([]merchant.Note, n)
		for i := range r.Notes {
			note := &r.Notes[i]
			note.Kind = merchant.NoteKind(d.int())
			note.Path = merchant.Path{Field: merchant.Field(d.int()), Index: int16(d.int() - 1)}
			note.Old, note.New, note.Info = d.text(), d.text(), d.text()
			for range d.count() {
				note.More = append(note.More, d.text())
			}
		}
	}
	return r, nil
}

// decoder reads what encoder wrote. Texts are parts of one string.
type decoder struct {
	s string
	i int
}

func (d *decoder) int() int {
	n := uint64(0)
	for shift := 0; ; shift += 7 {
		b := d.s[d.i]
		d.i++
		n |= uint64(b&0x7F) << shift
		if b < 0x80 {
			return int(n)
		}
	}
}

// count reads a number of entries, of which each takes a byte at least.
func (d *decoder) count() int {
	n := d.int()
	_ = d.s[d.i:][:n] // Decode recovers
	return n
}

func (d *decoder) text() string {
	n := d.int()
	d.i += n
	return d.s[d.i-n : d.i]
}

func (d *decoder) date() merchant.Date {
	n := d.int()
	return merchant.Day(n/10000, n/100%100, n%100)
}

func (d *decoder) source(sheets []sheet) merchant.Source {
	s := sheets[d.int()].Source
	s.Row = d.int()
	return s
}

func (d *decoder) cells() []merchant.Cell {
	n := d.count()
	if n == 0 {
		return nil
	}
	cells := make([]merchant.Cell, n)
	for i := range cells {
		kind := d.s[d.i]
		d.i++
		if kind == 0 {
			continue
		}
		cells[i].Type, cells[i].Formula = merchant.CellType(kind&0xF), kind&cellFormula != 0
		if kind&cellText != 0 {
			cells[i].Text = d.text()
		}
		if kind&cellFormat != 0 {
			cells[i].Format = d.text()
		}
	}
	return cells
}

func (d *decoder) value(r *merchant.Record, p merchant.Path) {
	switch v := r.Ref(p).(type) {
	case *string:
		if i := d.int(); i > 0 {
			*v = r.Cells[i-1].Text
		} else {
			*v = d.text()
		}
	case *merchant.Date:
		*v = d.date()
	case *merchant.Money:
		*v = merchant.MoneyOf(d.decimal())
	case *merchant.Percent:
		*v = merchant.PercentOf(d.decimal())
	case *merchant.Number:
		*v, _ = merchant.ParseNumber(d.text())
	case *merchant.Count:
		n := d.int()
		*v = merchant.NewCount(n>>1 ^ -(n & 1))
	case *bool:
		*v = true
	}
}

func (d *decoder) decimal() decimal.Decimal {
	v, _ := decimal.NewFromString(d.text())
	return v
}
