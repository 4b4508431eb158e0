package bankcard

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The packages bankcard, cnaps and mcc share this file but for its first line,
// so that each stays usable without the others; a test compares the copies.

// LoadError says where a table that [Load] reads is wrong.
type LoadError struct {
	Row    int    // counted from 1 as a spreadsheet counts, the header and blank rows included
	Reason string // never holds a value of the table
}

func (e *LoadError) Error() string { return pkg + ": row " + strconv.Itoa(e.Row) + ": " + e.Reason }

// maxRecord bounds what one row may take before its end is found. A quote that
// is never closed would otherwise read the whole file into memory.
const maxRecord = 1 << 16

var errRecord = errors.New("row longer than 64 KB, perhaps after a quote that is never closed")

// column is one that Load looks for, under any of its names.
type column struct {
	names    []string // in lower case; the first stands in errors
	optional bool
}

// sheet reads the columns of a CSV with a header. Only its current row is in
// memory.
type sheet struct {
	csv   *csv.Reader
	at    []int    // for each column its place in the file, or -1
	cells []string // of the current row, in the order of the columns
	row   int      // number of the current row
	end   int      // line on which it ends
}

func newSheet(r io.Reader, columns []column) (*sheet, error) {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\uFEFF" {
		_, _ = b.Discard(3) // cannot fail after Peek
	}
	s := &sheet{csv: csv.NewReader(&guard{r: b}), cells: make([]string, len(columns))}
	s.csv.ReuseRecord = true
	header, err := s.read()
	if err == io.EOF {
		return nil, &LoadError{1, "no header"}
	}
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		at := -1
		for i, h := range header {
			if !utf8.ValidString(h) {
				return nil, s.bad("not UTF-8")
			}
			h = strings.ToLower(strings.TrimSpace(h))
			for _, name := range c.names {
				if h != name {
					continue
				}
				if at >= 0 {
					return nil, s.bad("two columns for " + c.names[0])
				}
				at = i
			}
		}
		if at < 0 && !c.optional {
			return nil, s.bad("no column " + c.names[0])
		}
		s.at = append(s.at, at)
	}
	return s, nil
}

// next reads the next row that is not blank into s.cells. Cells are trimmed;
// they share the memory of the row, so that what is kept must be copied.
func (s *sheet) next() error {
	for {
		record, err := s.read()
		if err != nil {
			return err
		}
		if blank(record) { // spreadsheets leave rows of commas below a table
			continue
		}
		for i, at := range s.at {
			s.cells[i] = ""
			if at < 0 {
				continue
			}
			if !utf8.ValidString(record[at]) {
				return s.bad("not UTF-8")
			}
			s.cells[i] = strings.TrimSpace(record[at])
		}
		return nil
	}
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// read returns a record and counts rows as a spreadsheet does: blank lines
// between records are rows and line ends inside quotes are none.
func (s *sheet) read() ([]string, error) {
	record, err := s.csv.Read()
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errRecord):
		return nil, &LoadError{s.row + 1, errRecord.Error()}
	case errors.As(err, &parse):
		return nil, &LoadError{s.row + parse.StartLine - s.end, parse.Err.Error()}
	case err != nil:
		return nil, err
	}
	start, _ := s.csv.FieldPos(0)
	last := len(record) - 1
	line, _ := s.csv.FieldPos(last)
	s.row += start - s.end
	s.end = line + strings.Count(record[last], "\n")
	return record, nil
}

func (s *sheet) bad(reason string) error { return &LoadError{s.row, reason} }

// guard ends a read with errRecord when a record exceeds maxRecord.
type guard struct {
	r      io.Reader
	n      int
	quoted bool
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	for i, c := range p[:n] {
		switch {
		case c == '"': // a doubled quote inside quotes leaves and enters
			g.quoted = !g.quoted
		case c == '\n' && !g.quoted:
			g.n = 0
		}
		if g.n++; g.n > maxRecord {
			return i, errRecord
		}
	}
	return n, err
}
