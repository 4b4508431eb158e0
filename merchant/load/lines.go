package load

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// LineBook is a Book of delimited text whose lines can be read again by their place (load/csv).
type LineBook interface {
	Book
	Lines() (Lines, bool) // false where only Rows can read the text
	Delimiter() byte
}

// Lines reads delimited text line by line as it stands in the file. Both methods return a line that is good until they
// are called again, and [ErrIrregular] for text that only the Rows of the book can read or say what is wrong with.
// A Lines is not safe for concurrent use; a book can give several.
type Lines interface {
	// Next returns the next line that is not blank, from the top of the file on; io.EOF at the end.
	Next() (*Line, error)
	// Read reads a line again. The line number counts from the line that begins at from, at or before it.
	Read(p Place, from Place) (*Line, error)
}

// Line is one line of delimited text; quoted line breaks belong to it.
type Line struct {
	Place
	Text  []byte   // as UTF-8, without the line end
	Cells [][]byte // without quotes
}

// Place is where a line stands.
type Place struct {
	At     int64 // offset in the file
	Size   int   // bytes, without the line end
	Number int   // line of the file, from 1
}

// ErrIrregular says that text is not as plain as Lines needs it.
var ErrIrregular = errors.New("load: text that cannot be read line by line")

// Table is the merchant sheet of a [LineBook], for callers that look at all rows as they stand in the file and need few
// of them as records. It is not safe for concurrent use; Clone gives another one.
type Table struct {
	r    *reader
	book LineBook
	read Lines // again, by place
}

// NewTable finds the heading as [Read] does. It returns nil, and no error, for books that only Read can read, and where
// Read says what is wrong.
func NewTable(ctx context.Context, b Book, o Options) *Table {
	book, ok := b.(LineBook)
	if !ok {
		return nil
	}
	lines, ok := book.Lines()
	if !ok {
		return nil
	}
	c, err := choose(ctx, b, o)
	if err != nil || c.terminals != nil {
		return nil
	}
	t := &Table{r: &reader{ctx: ctx, book: b, o: o, chosen: c}, book: book, read: lines}
	t.r.plan()
	if len(t.r.parts) > 0 {
		return nil
	}
	return t
}

// Clone returns a table with buffers of its own.
func (t *Table) Clone() *Table {
	c := *t
	r := *t.r
	r.texts = nil
	c.r = &r
	c.read, _ = t.book.Lines()
	return &c
}

// Columns returns the columns of the sheet.
func (t *Table) Columns() *merchant.Columns { return t.r.main.columns }

// Unit returns the unit that the heading of the i-th column gives to amounts.
func (t *Table) Unit(i int) normalize.Unit { return t.r.main.match.units[i] }

// Dialect returns the dialect that the table is read with, nil for none.
func (t *Table) Dialect() *Dialect { return t.r.o.Dialect }

// Delimiter returns what separates the cells.
func (t *Table) Delimiter() byte { return t.book.Delimiter() }

// Size returns the size of the file.
func (t *Table) Size() int64 {
	_, size := t.book.Progress()
	return size
}

// Records streams the rows as [Read] does.
func (t *Table) Records() Records { return Read(t.r.ctx, t.book, t.r.o) }

// Read reads a row again; see [Lines].
func (t *Table) Read(p, from Place) (*Line, error) { return t.read.Read(p, from) }

// Source returns the place of a row in a finding.
func (t *Table) Source(row int) merchant.Source { return t.r.source(t.r.main, row) }

// Record makes the record of a row, as [Read] would.
func (t *Table) Record(l *Line) *merchant.Record { return t.r.record(l.row()) }

// row gives the line as a row of a book.
func (l *Line) row() Row {
	row := Row{Number: l.Number, Cells: make([]merchant.Cell, len(l.Cells))}
	for i, s := range l.Strings(nil) {
		if s != "" {
			row.Cells[i] = merchant.Cell{Text: s, Type: merchant.CellUntyped}
		}
	}
	return row
}

// Strings appends the cells as strings, which may be kept. Where no cell is quoted they are parts of one.
func (l *Line) Strings(dst []string) []string {
	size := len(l.Cells) - 1
	for _, c := range l.Cells {
		size += len(c)
	}
	if size != len(l.Text) {
		for _, c := range l.Cells {
			dst = append(dst, string(c))
		}
		return dst
	}
	rest := string(l.Text)
	for _, c := range l.Cells {
		dst = append(dst, rest[:len(c)])
		rest = rest[min(len(c)+1, len(rest)):]
	}
	return dst
}

// Rows goes over the rows of data from the top. What Read says about the sheet and about rows that are no merchants goes
// to issue, in the same order among themselves.
func (t *Table) Rows(issue func(*SheetIssue)) *TableRows {
	r := *t.r
	lines, _ := t.book.Lines()
	rows := &TableRows{r: &r, lines: lines, holding: true, used: make([]bool, len(r.main.columns.List))}
	for i := range rows.used {
		rows.used[i] = r.main.inUse(i)
	}
	r.yield = func(_ *merchant.Record, err error) bool {
		var i *SheetIssue
		if errors.As(err, &i) {
			issue(i)
		}
		return true
	}
	return rows
}

// TableRows is one pass over a table.
type TableRows struct {
	r       *reader
	lines   Lines
	begun   bool
	holding bool // the first rows are kept to look at their columns
	used    []bool
	seen    int
}

// Next returns the next row of data, which is good until the next call; io.EOF at the end, after the last issue.
func (t *TableRows) Next() (*Line, error) {
	r, s := t.r, t.r.main
	if !t.begun {
		t.begun = true
		if r.o.Mapped != nil {
			r.o.Mapped(mappingOf(r.chosen))
		}
		r.issue(s, 0, r.sheetNotes()...)
		r.issue(s, s.row, s.match.notes...)
	}
	for {
		l, err := t.lines.Next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				t.release()
				if r.records == 0 {
					r.issue(s, 0, merchant.Note{Kind: merchant.NoteNoRows, Old: s.info.Name})
				}
				t.progress()
			}
			return nil, err
		}
		if t.seen++; t.seen%progressRows == 0 {
			if err := r.ctx.Err(); err != nil {
				return nil, err
			}
			t.progress()
		}
		if l.Number <= s.row {
			continue
		}
		what := ""
		if t.holding || !t.usual(l.Cells) {
			row := l.row()
			if blank(row.Cells) {
				continue
			}
			what = s.notData(row)
			if t.holding {
				if r.pending = append(r.pending, pending{row, what}); len(r.pending) == prefixRows {
					t.release()
				}
			} else if what != "" {
				r.issue(s, row.Number, skipped(row, what))
			}
		}
		if what == "" {
			r.records++
			return l, nil
		}
	}
}

// release looks at the rows kept and tells which of them are no data.
func (t *TableRows) release() {
	if !t.holding {
		return
	}
	t.holding = false
	t.r.issue(t.r.main, t.r.main.row, shifted(t.r.main, t.r.pending)...)
	for _, p := range t.r.pending {
		if p.what != "" {
			t.r.issue(t.r.main, p.row.Number, skipped(p.row, p.what))
		}
	}
	t.r.pending = nil
}

func (t *TableRows) progress() {
	if t.r.o.Progress != nil {
		done, total := t.r.book.Progress()
		t.r.o.Progress(Progress{t.r.main.info.Name, t.seen, done, total})
	}
}

// usual reports a row that notData certainly takes for data: its first cell begins with a digit or with a character that
// begins none of the words of other rows, something fills a field, and no cell can be a heading repeated.
func (t *TableRows) usual(cells [][]byte) bool {
	if len(cells) == 0 || len(cells[0]) == 0 || (cells[0][0] < '0' || cells[0][0] > '9') && !otherwise(cells[0]) {
		return false
	}
	count, used, texts := 0, false, t.r.main.texts
	for i, c := range cells {
		if len(c) == 0 {
			continue
		}
		if b := c[0]; b <= ' ' || b == 0xC2 || b == 0xE1 || b == 0xE2 || b == 0xE3 { // it may begin with a blank
			return false
		}
		if i < len(texts) && len(c) >= len(texts[i]) && texts[i] != "" && c[0] == texts[i][0] && string(c[:len(texts[i])]) == texts[i] {
			return false
		}
		count++
		used = used || i < len(t.used) && t.used[i]
	}
	return used && count > 1
}

// otherwise reports text that begins with a Han character other than those of totals, remarks and page numbers.
func otherwise(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return isHan(r) && !strings.ContainsRune("第合小总共本必选备说填制审复经打导注示样", r)
}
