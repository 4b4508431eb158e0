// Package table reads the reference tables that a caller brings: CSV with a header, row by row.
package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// maxRecord bounds what one row may take before its end is found. A quote that
// is never closed would otherwise read the whole file into memory.
const maxRecord = 1 << 16

var errRecord = errors.New("row longer than 64 KB, perhaps after a quote that is never closed")

// Column is one to look for, under any of its names.
type Column struct {
	Names    []string // in lower case; the first stands in errors
	Optional bool
}

// Reader reads the columns of a CSV in UTF-8, with or without byte order mark. Only its current row is in memory.
type Reader struct {
	// Cells are those of the current row, trimmed, in the order of the columns. They share the memory of the row, so
	// that what is kept must be copied.
	Cells []string
	// Row is the number of the current row, counted from 1 as a spreadsheet counts, the header and blank rows included.
	Row int

	csv *csv.Reader
	at  []int // for each column its place in the file, or -1
	end int   // line on which the current row ends
	bad func(row int, reason string) error
}

// NewReader reads the header. Everything that is wrong with the text becomes an error through bad; its reasons never
// hold a value. Errors of r are returned as they are.
func NewReader(r io.Reader, columns []Column, bad func(row int, reason string) error) (*Reader, error) {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\uFEFF" {
		_, _ = b.Discard(3) // cannot fail after Peek
	}
	s := &Reader{csv: csv.NewReader(&guard{r: b}), Cells: make([]string, len(columns)), bad: bad}
	s.csv.ReuseRecord = true
	header, err := s.read()
	if err == io.EOF {
		return nil, bad(1, "no header")
	}
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		at := -1
		for i, h := range header {
			if !utf8.ValidString(h) {
				return nil, s.Bad("not UTF-8")
			}
			h = strings.ToLower(strings.TrimSpace(h))
			for _, name := range c.Names {
				if h != name {
					continue
				}
				if at >= 0 {
					return nil, s.Bad("two columns for " + c.Names[0])
				}
				at = i
			}
		}
		if at < 0 && !c.Optional {
			return nil, s.Bad("no column " + c.Names[0])
		}
		s.at = append(s.at, at)
	}
	return s, nil
}

// Next reads the next row that is not blank; io.EOF is the end.
func (s *Reader) Next() error {
	for {
		record, err := s.read()
		if err != nil {
			return err
		}
		if blank(record) { // spreadsheets leave rows of commas below a table
			continue
		}
		for i, at := range s.at {
			s.Cells[i] = ""
			if at < 0 {
				continue
			}
			if !utf8.ValidString(record[at]) {
				return s.Bad("not UTF-8")
			}
			s.Cells[i] = strings.TrimSpace(record[at])
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
func (s *Reader) read() ([]string, error) {
	record, err := s.csv.Read()
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errRecord):
		return nil, s.bad(s.Row+1, errRecord.Error())
	case errors.As(err, &parse):
		return nil, s.bad(s.Row+parse.StartLine-s.end, parse.Err.Error())
	case err != nil:
		return nil, err
	}
	start, _ := s.csv.FieldPos(0)
	last := len(record) - 1
	line, _ := s.csv.FieldPos(last)
	s.Row += start - s.end
	s.end = line + strings.Count(record[last], "\n")
	return record, nil
}

// Bad is the error about the current row.
func (s *Reader) Bad(reason string) error { return s.bad(s.Row, reason) }

// Ended is the error for a table without a row.
func (s *Reader) Ended() error { return s.bad(s.Row+1, "no row below the header") }

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
