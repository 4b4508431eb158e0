// Package csv reads delimited text: UTF-8, UTF-16 and GB18030 (GBK, GB 2312), with or without a byte order mark, separated
// by comma, semicolon, tab or vertical bar, with the line ends of any system. What cannot be read with certainty is an
// error that says where: nothing is guessed and nothing is lost.
//
// Quotes are those of RFC 4180. Beyond it, ="00123" is read as the text 00123, as spreadsheets read it: programs write it
// to keep leading zeros. The cell is marked as a formula. A leading apostrophe is part of the value, as it is there.
package csv

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/internal/text"
)

// Options say how to open a text file.
type Options struct {
	File string // name for errors
}

// Book is an open text file: one sheet without a name. It implements [load.Book].
type Book struct {
	o      Options
	size   int64
	text   *text.File
	bareCR bool // lines end with a carriage return alone
	layout layout
	done   atomic.Int64
}

// Bounds of a table. A line as long as maxRecord is a quote that was never closed, and no merchant.
const (
	maxFields = 512
	maxText   = 32767 // characters, as in the cell of a workbook
	maxRecord = 1 << 20
)

// Open finds the encoding, which takes one pass over the bytes (two for GB18030), and the delimiter. Errors are of type
// [*load.InputError]; bytes that are no text are named by line, character and column. The reader must stay open while
// the Book is in use.
func Open(r io.ReaderAt, size int64, o Options) (*Book, error) {
	b := &Book{o: o, size: size}
	var err error
	b.text, err = text.Open(r, size, o.File)
	var fault *text.Fault
	if errors.As(err, &fault) {
		return nil, fault.At(b.column(fault))
	}
	if err != nil {
		return nil, err
	}
	if b.text.CR {
		if b.bareCR, err = b.endsWithCR(); err != nil {
			return nil, err
		}
	}
	if err := b.findLayout(); err != nil {
		return nil, err
	}
	return b, nil
}

// column names the column in which a fault stands.
func (b *Book) column(fault *text.Fault) string {
	whole := b.text
	defer func() { b.text = whole }()
	b.text = fault.File
	head, _ := io.ReadAll(io.LimitReader(b.text.Until(fault.Offset), sniffBytes))
	l, err := layoutOf(head)
	if err != nil {
		return ""
	}
	r := b.text.Until(fault.Offset)
	field, quoted := 0, false
	for {
		piece, err := r.Next()
		for _, c := range piece {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == byte(l.delimiter):
				field++
			case c == '\n', c == '\r':
				field = 0
			}
		}
		if err != nil {
			return load.Letter(field)
		}
	}
}

// endsWithCR reports whether the records of a text that has carriage returns alone end with them: no line feed stands
// outside quotes.
func (b *Book) endsWithCR() (bool, error) {
	if !b.text.LF {
		return true, nil
	}
	r := b.text.Reader()
	quoted := false
	for {
		piece, err := r.Next()
		for _, c := range piece {
			switch {
			case c == '"':
				quoted = !quoted
			case c == '\n' && !quoted:
				return false, nil
			}
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// Sheets returns the one sheet, which has no name.
func (b *Book) Sheets() []load.SheetInfo {
	return []load.SheetInfo{{Encoding: b.text.Encoding.Name(), Fields: true}}
}

// Layout returns nothing: text has no hidden columns and no merged cells.
func (b *Book) Layout(string) load.Layout { return load.Layout{} }

// Progress returns the stored bytes read of the current pass, and the size of the file.
func (b *Book) Progress() (done, total int64) { return b.done.Load(), b.size }

// Close does nothing; the reader belongs to the caller.
func (b *Book) Close() error { return nil }

// records returns the text as encoding/csv reads it.
func (b *Book) records(done *atomic.Int64) *records {
	in := b.text.Reader()
	in.Done = done
	return &records{in: in, file: b.o.File, bareCR: b.bareCR, delimiter: byte(b.layout.delimiter), line: 1}
}

// Rows returns the records; the number of each is the line it begins on. Blank lines are left out.
func (b *Book) Rows(string) iter.Seq2[load.Row, error] {
	return func(yield func(load.Row, error) bool) {
		b.done.Store(0)
		in := bufio.NewReaderSize(b.records(&b.done), sniffBytes)
		skipped := 0
		if b.layout.sepLine {
			if _, err := in.ReadString('\n'); err != nil {
				if !errors.Is(err, io.EOF) {
					yield(load.Row{}, err)
				}
				return // nothing after the sep= line
			}
			skipped = 1
		}
		r := csv.NewReader(in)
		r.Comma, r.FieldsPerRecord, r.ReuseRecord = b.layout.delimiter, -1, true
		var cells []merchant.Cell
		for {
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(load.Row{}, b.broken(err, len(fields), skipped))
				return
			}
			line, _ := r.FieldPos(0)
			line += skipped
			if len(fields) > maxFields {
				yield(load.Row{}, &load.InputError{File: b.o.File, Row: line, ProblemZH: "该行超过" + strconv.Itoa(maxFields) + "格", ProblemEN: "this line has more than " + strconv.Itoa(maxFields) + " fields",
					MendZH: "请检查分隔符和引号", MendEN: "check its separators and quotes"})
				return
			}
			cells = slices.Grow(cells[:0], len(fields))[:len(fields)]
			for i, f := range fields {
				if len(f) > maxText && utf8.RuneCountInString(f) > maxText {
					yield(load.Row{}, tooLong(b.o.File, line, i))
					return
				}
				fill(&cells[i], f)
			}
			if !yield(load.Row{Number: line, Cells: cells}, nil) {
				return
			}
		}
	}
}

func tooLong(file string, line, field int) error {
	letter, n := load.Letter(field), strconv.Itoa(maxText)
	return &load.InputError{File: file, Row: line, ProblemZH: letter + "列超过" + n + "个字符", ProblemEN: "column " + letter + " has more than " + n + " characters",
		MendZH: "请检查引号是否成对，或缩短内容", MendEN: "check that its quotes pair, or shorten the text"}
}

// fill sets a cell, which may hold an earlier field; ="…" is a formula that gives the text within.
func fill(c *merchant.Cell, f string) {
	c.Formula = false
	if inner, ok := formulaText(f); ok {
		f, c.Formula = inner, inner != ""
	}
	c.Text, c.Type = f, merchant.CellUntyped
	if f == "" {
		c.Type = merchant.CellEmpty
	}
}

// formulaText returns the text that ="…" gives.
func formulaText(f string) (inner string, ok bool) {
	if len(f) > 2 && f[0] == '=' && f[1] == '"' && f[len(f)-1] == '"' {
		inner = f[2 : len(f)-1]
		return inner, !strings.Contains(inner, `"`)
	}
	return "", false
}

// broken turns an error of the CSV reader into one that names the line and column, and the mend.
func (b *Book) broken(err error, field, skipped int) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return err // of the text below
	}
	letter := load.Letter(field)
	return &load.InputError{File: b.o.File, Row: p.StartLine + skipped, ProblemZH: letter + "列的引号不成对，无法分格", ProblemEN: "the quotes of column " + letter + " do not pair, so that the line cannot be split into fields",
		MendZH: "含引号的值须整个加引号，其中的引号写两次", MendEN: "quote the whole value and double the quotes in it", Err: p.Err}
}
