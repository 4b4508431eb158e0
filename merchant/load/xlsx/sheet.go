package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Rows returns the rows of a sheet. An error ends them and names the last good row.
func (b *Book) Rows(sheet string) iter.Seq2[load.Row, error] {
	return func(yield func(load.Row, error) bool) {
		s := &scan{book: b, at: b.sheet(sheet)}
		if err := s.run(yield); err != nil {
			yield(load.Row{}, s.wrap(sheet, err))
		}
	}
}

// scan is one pass over a sheet.
type scan struct {
	*scanner
	book  *Book
	at    int     // index of the sheet
	last  int     // number of the last good row
	space string  // namespace prefix of the sheet; elements with another one belong to extensions
	edit  *editor // notes where cells stand that a copy replaces; nil when rows are read

	cells []merchant.Cell
	storedCell
	own []span // texts of the row that stand in its buffer
	buf []byte
}

// storedCell is what the file holds for the cell at hand.
type storedCell struct {
	kind  []byte // t
	style int    // s
	raw   []byte
	given bool // there is a value element
}

// span is the text of a cell in the buffer of its row.
type span struct{ cell, from, to int }

func (s *scan) wrap(sheet string, err error) error {
	if ctx := s.book.ctx.Err(); ctx != nil {
		return ctx
	}
	e := damaged(s.book.o.File, sheet, err)
	e.Row = s.last
	at := strconv.Itoa(s.last)
	e.ProblemZH, e.ProblemEN = "该行之后的内容已损坏（"+cause(err, "zh")+"）", "damaged after this row, the last good one ("+cause(err, "en")+")"
	if s.last == 0 {
		e.ProblemZH, e.ProblemEN = "没有一行可读（"+cause(err, "zh")+"）", "no row could be read ("+cause(err, "en")+")"
	} else if errors.Is(err, zip.ErrChecksum) { // found at the end: any row may be the wrong one
		e.ProblemZH, e.ProblemEN = "校验和不符，第"+at+"行及以前的内容都不可信", "checksum mismatch: no row up to "+at+" can be trusted"
	}
	return e
}

// named reports whether the last tag is an element of the sheet's own namespace.
func (s *scan) named(name string) bool {
	return string(s.name) == name && string(s.scanner.space) == s.space
}

func (s *scan) run(yield func(load.Row, error) bool) error {
	if s.at < 0 {
		return fault("没有这个工作表", "no such sheet")
	}
	p, err := s.book.part(s.book.paths[s.at])
	if err != nil {
		return err
	}
	defer p.r.Close()
	s.book.current = p
	s.scanner = newScanner(p)
	layout := load.Layout{}
	data := false
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case eof:
			if !data {
				return fault("工作表没有数据", "the sheet has no data part")
			}
			s.book.layouts[s.at] = layout
			return p.finish()
		case startTag:
			switch {
			case len(s.starts) == 1:
				if string(s.name) != "worksheet" {
					return fault("部件不是工作表", "the part is no worksheet")
				}
				s.space = string(s.scanner.space)
			case s.named("cols"), s.named("mergeCells"): // what they hold comes next
			case s.named("col") && len(s.starts) == 3:
				layout.HiddenColumns = s.hidden(layout.HiddenColumns)
				s.book.layouts[s.at].HiddenColumns = layout.HiddenColumns
				if s.edit != nil {
					s.edit.column(s)
				}
			case s.named("mergeCell") && len(s.starts) == 3:
				r, ok := rangeOf(s.attr("ref"))
				if !ok {
					return fault("合并区域写法错误", "a merged range that cannot be read")
				}
				if len(layout.Merged) == maxMerged {
					return fault("合并区域过多", "too many merged ranges")
				}
				layout.Merged = append(layout.Merged, r)
			case s.named("sheetData") && len(s.starts) == 2:
				if data {
					return fault("工作表有两个数据部分", "two data parts in one sheet")
				}
				data = true
				if more, err := s.rows(yield); err != nil || !more {
					return err
				}
			default:
				if err := s.skip(); err != nil {
					return err
				}
			}
		}
	}
}

// hidden adds the columns of a col element if they are hidden or have no width. Columns beyond the limit hold nothing.
func (s *scan) hidden(list []int) []int {
	width, err := strconv.ParseFloat(s.attr("width"), 64)
	if !truth(s.attr("hidden")) && (err != nil || width != 0) {
		return list
	}
	first, _ := strconv.Atoi(s.attr("min"))
	last, _ := strconv.Atoi(s.attr("max"))
	next := 0
	if len(list) > 0 {
		next = list[len(list)-1] + 1
	}
	for i := max(first-1, next); i < min(last, s.book.o.MaxColumns); i++ {
		list = append(list, i)
	}
	return list
}

func rangeOf(ref string) (load.Range, bool) {
	from, to, both := strings.Cut(ref, ":")
	if !both {
		to = from
	}
	c1, r1, ok1 := place([]byte(from))
	c2, r2, ok2 := place([]byte(to))
	return load.Range{FirstRow: r1, LastRow: r2, FirstColumn: c1, LastColumn: c2}, ok1 && ok2 && r1 <= r2 && c1 <= c2
}

// place reads A1 as column 0 and row 1.
func place(ref []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, ok = number(ref[i:])
	return column - 1, row, ok && i > 0 && column <= maxLetters && row > 0
}

// number reads up to nine digits.
func number(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0 && len(b) <= 9
}

// rows reads the data part; false when the caller wants no more.
func (s *scan) rows(yield func(load.Row, error) bool) (bool, error) {
	for {
		t, err := s.next()
		if err != nil {
			return false, err
		}
		switch t {
		case endTag:
			return true, nil
		case startTag:
			if !s.named("row") {
				if err := s.skip(); err != nil {
					return false, err
				}
				continue
			}
			row, err := s.row()
			if err != nil {
				return false, err
			}
			s.last = row.Number
			if !yield(row, nil) {
				return false, nil
			}
		}
	}
}

// row reads the row whose start tag was just read.
func (s *scan) row() (load.Row, error) {
	row := load.Row{Number: s.last + 1}
	for _, a := range s.attrs {
		switch string(a.name) {
		case "r":
			n, err := strconv.Atoi(string(bytes.TrimSpace(a.value)))
			if err != nil {
				return row, fault("行号不是数字", "a row number is no number")
			}
			row.Number = n
		case "hidden":
			row.Hidden = row.Hidden || truth(string(a.value))
		case "ht":
			row.Hidden = row.Hidden || string(a.value) == "0"
		}
	}
	if row.Number <= s.last || row.Number > maxRows {
		return row, fault("行号没有在1到%d之间递增", "row numbers do not ascend within 1 to %d", maxRows)
	}
	if s.edit != nil {
		s.edit.begin(s, row.Number)
	}
	clear(s.cells)
	s.cells, s.own, s.buf = s.cells[:0], s.own[:0], s.buf[:0]
	if err := s.rowCells(row.Number); err != nil {
		return row, err
	}
	if len(s.own) > 0 { // one string for the row: cells that are kept keep it
		text := string(s.buf)
		for _, o := range s.own {
			s.cells[o.cell].Text = text[o.from:o.to]
		}
	}
	row.Cells = s.cells
	return row, nil
}

func (s *scan) rowCells(row int) error {
	next := 0
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case endTag:
			if s.edit != nil {
				return s.edit.insert(s, maxLetters)
			}
			return nil
		case startTag:
			if !s.named("c") {
				if err := s.skip(); err != nil {
					return err
				}
				continue
			}
			column := next
			s.storedCell = storedCell{raw: s.raw[:0], kind: s.kind[:0]}
			for _, a := range s.attrs {
				switch string(a.name) {
				case "r":
					c, r, ok := place(a.value)
					if !ok || r != row || c < next {
						return fault("单元格没有递增，或不在所标的行", "cells do not ascend, or lie in another row than they say")
					}
					column = c
				case "s":
					s.style, _ = number(a.value)
				case "t":
					s.kind = append(s.kind, a.value...)
				}
			}
			next = column + 1
			if s.edit != nil {
				if err := s.edit.insert(s, column); err != nil {
					return err
				}
				s.edit.keep(s, column)
			}
			if err := s.cell(column); err != nil {
				return err
			}
			if s.edit != nil {
				if err := s.edit.replace(s, column); err != nil {
					return err
				}
			}
		}
	}
}

// cell reads the cell whose start tag was just read.
func (s *scan) cell(column int) error {
	formula := false
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case endTag:
			var c merchant.Cell
			from := len(s.buf)
			if err := s.fillIn(&c); err != nil {
				return err
			}
			c.Formula = formula
			if c.Type == merchant.CellEmpty && !formula {
				return nil // formatted and empty
			}
			if column >= s.book.o.MaxColumns {
				return fault("%s列之后还有值", "a value beyond column %s", load.Letter(s.book.o.MaxColumns-1))
			}
			for len(s.cells) < column {
				s.cells = append(s.cells, merchant.Cell{})
			}
			if len(s.buf) > from {
				s.own = append(s.own, span{column, from, len(s.buf)})
			}
			s.cells = append(s.cells, c)
			return nil
		case startTag:
			switch {
			case s.named("v"):
				if s.given {
					return fault("一个单元格有两个值", "a cell with two values")
				}
				s.given = true
				s.raw, err = s.content(s.raw)
			case s.named("is"):
				if s.given {
					return fault("一个单元格有两个值", "a cell with two values")
				}
				s.given = true
				s.raw, err = s.richText(s.raw)
			case s.named("f"):
				formula = true
				err = s.skip()
			default:
				err = s.skip()
			}
			if err != nil {
				return err
			}
		}
	}
}

// fillIn sets what the cell holds: a shared string in c, any other text at the end of the row's buffer. A number
// without a stored value, also that of a formula, stays empty.
func (s *scan) fillIn(c *merchant.Cell) error {
	v := s.raw
	var f format
	if s.style < len(s.book.formats) {
		f = s.book.formats[s.style]
	}
	switch string(s.kind) {
	case "s":
		if v = bytes.TrimSpace(v); len(v) == 0 {
			return nil
		}
		i, ok := number(v)
		if !ok || i >= s.book.strings.len() {
			return fault("引用了不存在的共享字符串", "a shared string does not exist")
		}
		c.Type, c.Format, c.Text = merchant.CellText, f.text, s.book.strings.at(i)
		if long(c.Text) {
			return errLongText
		}
		return nil
	case "inlineStr", "str":
		if !s.given {
			return nil
		}
		c.Type, c.Format = merchant.CellText, f.text
		v = unescape(v)
	case "b", "e", "d":
		if v = bytes.TrimSpace(v); len(v) == 0 {
			return nil
		}
		switch s.kind[0] {
		case 'b':
			c.Type = merchant.CellBool
		case 'e':
			c.Type = merchant.CellError
		default: // an ISO date is text for a reader of dates; midnight says nothing
			c.Type = merchant.CellText
			for _, end := range []string{"Z", ".000", "T00:00:00"} {
				v = bytes.TrimSuffix(v, []byte(end))
			}
		}
	case "", "n":
		if v = bytes.TrimSpace(v); len(v) == 0 {
			return nil
		}
		c.Type, c.Format = merchant.CellNumber, f.code
		if f.date {
			c.Type = merchant.CellDate
		}
	default:
		return fault("单元格类型未知", "a cell of unknown type")
	}
	if len(v) > maxText && long(string(v)) {
		return errLongText
	}
	s.buf = append(s.buf, v...)
	return nil
}
