package csv

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/internal/text"
)

// records passes text on to encoding/csv. It bounds the size of a record, which encoding/csv does not, ends lines with a
// line feed where the file has carriage returns, and quotes the formula ="…" that stands unquoted.
type records struct {
	in        *text.Reader
	file      string
	bareCR    bool
	delimiter byte // 0 while it is not known: formulas are left alone

	state  state
	line   int  // that is being read
	begin  int  // line where the record begins
	size   int  // of the record
	heldCR bool // a carriage return at the end of the last piece
	out    []byte
	rest   []byte // of out, not yet read
	err    error
}

// state is where in a record the next byte stands.
type state uint8

const (
	fieldStart state = iota
	unquoted
	quoted
	equals        // after = at the start of a field; not yet written
	formula       // in a field that begins with =", outside its quotes
	formulaString // inside them
)

// Read implements [io.Reader].
func (r *records) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		var piece []byte
		piece, r.err = r.in.Next()
		if err := r.take(piece); err != nil {
			r.err = err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// take brings a piece into r.rest.
func (r *records) take(piece []byte) error {
	if r.begin == 0 {
		r.begin = 1
	}
	end := errors.Is(r.err, io.EOF)
	if !r.bareCR && r.state <= quoted && !bytes.Contains(piece, []byte(`="`)) {
		return r.plain(piece, end)
	}
	r.out = r.out[:0]
	for i, c := range piece {
		if r.heldCR {
			r.heldCR = false
			if err := r.step('\r', c); err != nil {
				return err
			}
		}
		if c == '\r' && r.bareCR {
			if i+1 == len(piece) && !end {
				r.heldCR = true
				break
			}
			next := byte(0)
			if i+1 < len(piece) {
				next = piece[i+1]
			}
			if err := r.step(c, next); err != nil {
				return err
			}
			continue
		}
		if err := r.step(c, 0); err != nil {
			return err
		}
	}
	if end && r.heldCR {
		if err := r.step('\r', 0); err != nil {
			return err
		}
	}
	if end {
		switch r.state {
		case equals:
			r.out = append(r.out, '=')
		case formula:
			r.out = append(r.out, '"')
		case formulaString:
			return r.open()
		}
		r.state = unquoted
	}
	r.rest = r.out
	return nil
}

// step takes one byte. In a file that ends lines with carriage returns it says what follows one.
func (r *records) step(c, next byte) error {
	if c == '\r' && r.bareCR && next != '\n' {
		c = '\n'
	}
	r.put(c)
	if r.size++; r.size > maxRecord {
		return r.endless()
	}
	if c != '\n' {
		return nil
	}
	if r.state == formulaString {
		return r.open()
	}
	r.line++
	if r.state != quoted {
		r.size, r.begin = 0, r.line
	}
	return nil
}

// plain takes a piece that needs no change: it only counts.
func (r *records) plain(piece []byte, end bool) error {
	r.rest = piece
	if len(piece) == 0 {
		return nil
	}
	inside := r.state == quoted
	for rest := piece; len(rest) > 0; {
		part, next := rest, []byte(nil)
		i := bytes.IndexByte(rest, '"')
		if i >= 0 {
			part, next = rest[:i+1], rest[i+1:]
		}
		r.size += len(part)
		if n := bytes.Count(part, lineFeed); n > 0 {
			r.line += n
			if !inside {
				r.size, r.begin = len(part)-bytes.LastIndexByte(part, '\n')-1, r.line
			}
		}
		if r.size > maxRecord {
			return r.endless()
		}
		inside = inside != (i >= 0)
		rest = next
	}
	c, n := piece[len(piece)-1], len(piece)
	switch {
	case inside:
		r.state = quoted
	case c == '\n' || c == r.delimiter:
		r.state = fieldStart
	case c == '=' && !end && r.delimiter != 0 && (n > 1 && (piece[n-2] == '\n' || piece[n-2] == r.delimiter) || n == 1 && r.state == fieldStart):
		r.state, r.rest = equals, piece[:n-1] // it may begin a formula
	default:
		r.state = unquoted
	}
	return nil
}

var lineFeed = []byte("\n")

// put writes one byte.
func (r *records) put(c byte) {
	end := c == r.delimiter || c == '\n' || c == '\r'
	switch r.state {
	case fieldStart:
		switch {
		case c == '=' && r.delimiter != 0:
			r.state = equals
			return
		case c == '"':
			r.state = quoted
		case !end:
			r.state = unquoted
		}
	case equals:
		if c == '"' {
			r.out = append(r.out, `"=""`...)
			r.state = formulaString
			return
		}
		r.out = append(r.out, '=')
		r.state = unquoted
		if end {
			r.state = fieldStart
		}
	case unquoted:
		if c == '"' { // a fault that encoding/csv reports; until then it counts as a quote
			r.state = quoted
		} else if end {
			r.state = fieldStart
		}
	case quoted:
		if c == '"' {
			r.state = unquoted // or a quote written twice, which comes back here
		}
	case formulaString:
		if c == '"' {
			r.out = append(r.out, '"')
			r.state = formula
		}
	case formula:
		if c == '"' {
			r.out = append(r.out, '"')
			r.state = formulaString
		} else if end {
			r.out = append(r.out, '"')
			r.state = fieldStart
		}
	}
	r.out = append(r.out, c)
}

func (r *records) endless() error {
	n := strconv.Itoa(maxRecord >> 20)
	return &load.InputError{File: r.file, Row: r.begin, ProblemZH: "从该行开始的一条记录超过" + n + " MiB", ProblemEN: "the record that begins on this line has more than " + n + " MiB",
		MendZH: "请检查引号是否成对、换行是否丢失", MendEN: "check that its quotes pair and that line breaks are not lost"}
}

func (r *records) open() error {
	return &load.InputError{File: r.file, Row: r.begin, ProblemZH: "公式里的引号不成对，无法分格", ProblemEN: "the quotes of a formula do not pair, so that the line cannot be split into fields",
		MendZH: "请把公式改成值", MendEN: "replace the formula by its value"}
}
