package csv

import (
	"bytes"
	"errors"
	"io"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/internal/text"
)

// Lines reads the text line by line. UTF-16, lines that end with carriage returns alone, and a delimiter that is part of
// characters in GB18030 are left to Rows.
func (b *Book) Lines() (load.Lines, bool) {
	e := b.text.Encoding
	if b.bareCR || e != text.UTF8 && e != text.GB18030 || e == text.GB18030 && b.layout.delimiter == '|' {
		return nil, false
	}
	l := &lines{book: b, delimiter: byte(b.layout.delimiter)}
	l.r, l.at, l.end = b.text.Stored()
	l.number = 1
	b.done.Store(0)
	return l, true
}

// Delimiter returns what separates the cells.
func (b *Book) Delimiter() byte { return byte(b.layout.delimiter) }

// lineBlock is how much is read at a time.
const lineBlock = 256 << 10

type lines struct {
	book      *Book
	r         io.ReaderAt
	delimiter byte
	line      load.Line
	decoded   []byte
	unquoted  []byte

	// of Next
	buf     []byte
	rest    []byte // of buf, not yet taken
	at, end int64  // where rest begins, and the text ends
	number  int
	quotes  bool // there are some in rest
	begun   bool

	again   []byte // of Read: the part of the file that was read last,
	againAt int64  // and where it begins
}

// Next implements [load.Lines].
func (l *lines) Next() (*load.Line, error) {
	for {
		place := load.Place{At: l.at, Number: l.number}
		stored, err := l.take()
		if err != nil {
			return nil, err
		}
		if len(stored) == 0 {
			continue
		}
		if !l.begun {
			l.begun = true
			if l.book.layout.sepLine {
				continue
			}
		}
		place.Size = len(stored)
		return l.split(place, stored, l.quotes && bytes.IndexByte(stored, '"') >= 0)
	}
}

// take returns the next record as it is stored, without its line end.
func (l *lines) take() ([]byte, error) {
	from, quotes := 0, 0 // what was looked at
	for {
		i := bytes.IndexByte(l.rest[from:], '\n')
		switch {
		case i >= 0:
			stored := l.rest[:from+i]
			if l.quotes {
				if quotes += bytes.Count(stored[from:], quote); quotes%2 == 1 { // the line break is quoted
					from += i + 1
					l.number++
					continue
				}
			}
			l.advance(from + i + 1)
			l.number++
			return bytes.TrimSuffix(stored, carriageReturn), nil
		case l.at+int64(len(l.rest)) >= l.end:
			if len(l.rest) == 0 {
				return nil, io.EOF
			}
			stored := l.rest
			if quotes += bytes.Count(stored[from:], quote); quotes%2 == 1 {
				return nil, load.ErrIrregular
			}
			l.advance(len(l.rest))
			return bytes.TrimSuffix(stored, carriageReturn), nil
		case len(l.rest) > maxRecord:
			return nil, load.ErrIrregular
		}
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
}

var quote, carriageReturn = []byte(`"`), []byte("\r")

func (l *lines) advance(n int) {
	l.rest, l.at = l.rest[n:], l.at+int64(n)
}

// fill reads on.
func (l *lines) fill() error {
	if l.buf == nil || len(l.rest) > len(l.buf)/2 {
		l.buf = make([]byte, max(lineBlock, 2*len(l.buf)))
	}
	kept := copy(l.buf, l.rest)
	n := int(min(int64(len(l.buf)-kept), l.end-l.at-int64(kept)))
	if err := l.read(l.buf[kept:kept+n], l.at+int64(kept)); err != nil {
		return err
	}
	l.rest = l.buf[:kept+n]
	l.quotes = bytes.IndexByte(l.rest, '"') >= 0
	l.book.done.Store(l.at + int64(kept+n))
	return nil
}

func (l *lines) read(p []byte, at int64) error {
	n, err := l.r.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // the file became shorter
	}
	return &load.InputError{File: l.book.o.File, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

// readAhead is how much Read reads at a time while it is asked for lines that follow each other closely.
const readAhead = 16 << 10

// Read implements [load.Lines].
func (l *lines) Read(p, from load.Place) (*load.Line, error) {
	n := int(p.At-from.At) + p.Size
	if past := from.At - l.againAt; past < 0 || past+int64(n) > int64(len(l.again)) {
		size := n
		if past >= 0 && past < int64(len(l.again))+readAhead {
			size = int(min(max(int64(n), readAhead), l.end-from.At))
		}
		if cap(l.again) < size {
			l.again = make([]byte, size+size/2)
		}
		l.again, l.againAt = l.again[:size], from.At
		if err := l.read(l.again, from.At); err != nil {
			l.again = l.again[:0]
			return nil, err
		}
	}
	b := l.again[from.At-l.againAt:][:n]
	stored := b[n-p.Size:]
	p.Number = from.Number + bytes.Count(b[:n-p.Size], lineFeed)
	return l.split(p, stored, bytes.IndexByte(stored, '"') >= 0)
}

// split decodes a record and splits it into cells.
func (l *lines) split(p load.Place, stored []byte, quoted bool) (*load.Line, error) {
	if need := 3*len(stored) + 8; l.book.text.Encoding != text.UTF8 && cap(l.decoded) < need {
		l.decoded = make([]byte, need)
	}
	line, ok := l.book.text.Decode(l.decoded, stored)
	if !ok || len(line) > maxText {
		return nil, load.ErrIrregular
	}
	l.line.Place, l.line.Text = p, line
	cells := l.line.Cells[:0]
	if quoted {
		cells, ok = l.unquote(cells, line)
	} else {
		for rest := line; ; {
			i := bytes.IndexByte(rest, l.delimiter)
			if i < 0 {
				cells = append(cells, rest)
				break
			}
			cells, rest = append(cells, rest[:i]), rest[i+1:]
		}
	}
	l.line.Cells = cells
	if !ok || len(cells) > maxFields {
		return nil, load.ErrIrregular
	}
	return &l.line, nil
}

// unquote splits a record with quotes; false where one is out of place.
func (l *lines) unquote(cells [][]byte, line []byte) ([][]byte, bool) {
	if cap(l.unquoted) < len(line) {
		l.unquoted = make([]byte, 2*len(line))
	}
	out := l.unquoted[:0] // long enough for all cells, so that none moves
	for {
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexByte(line, l.delimiter)
			cell := line
			if i >= 0 {
				cell = line[:i]
			}
			if bytes.IndexByte(cell, '"') >= 0 { // ="0012" among others
				return cells, false
			}
			cells = append(cells, cell)
			if i < 0 {
				return cells, true
			}
			line = line[i+1:]
			continue
		}
		line = line[1:]
		begin := len(out)
		for {
			i := bytes.IndexByte(line, '"')
			if i < 0 {
				return cells, false
			}
			out = append(out, line[:i]...)
			if line = line[i+1:]; len(line) == 0 || line[0] != '"' {
				break
			}
			out, line = append(out, '"'), line[1:]
		}
		cell := out[begin:]
		if bytes.IndexByte(cell, '\r') >= 0 {
			cell = bytes.ReplaceAll(cell, []byte("\r\n"), lineFeed) // as encoding/csv does
		}
		if len(cell) > 2 && cell[0] == '=' && cell[1] == '"' {
			return cells, false // a quoted formula
		}
		cells = append(cells, cell)
		if len(line) == 0 {
			return cells, true
		}
		if line[0] != l.delimiter {
			return cells, false
		}
		line = line[1:]
	}
}
