package csv

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Copy writes the file to w with the edits made: byte for byte, but for the fields that they name, which keep the
// encoding, their quotes and the line ends inside them. Each edit is made or Copy fails; an error of type
// [*load.InputError] says that the file does not hold what is to be replaced.
func (b *Book) Copy(w io.Writer, edits []load.Edit) error {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(x, y load.Edit) int {
		if x.Row != y.Row {
			return x.Row - y.Row
		}
		return x.Column - y.Column
	})
	r, begin, end := b.text.Stored()
	c := &copier{book: b, out: bufio.NewWriterSize(w, sniffBytes), edits: edits, delimiter: byte(b.layout.delimiter), line: 1, begin: 1}
	if _, err := io.Copy(c.out, io.NewSectionReader(r, 0, begin)); err != nil {
		return err
	}
	if err := c.text(io.NewSectionReader(r, begin, end-begin)); err != nil {
		return err
	}
	if _, err := io.Copy(c.out, io.NewSectionReader(r, end, b.size-end)); err != nil {
		return err
	}
	return c.out.Flush()
}

// copier splits stored text into records and fields.
type copier struct {
	book      *Book
	out       *bufio.Writer
	edits     []load.Edit // still to be made
	delimiter byte

	state  state
	line   int    // that is being read
	begin  int    // line where the record begins
	record []byte // as it is stored, without its end
	fields []int  // where they end
	starts []int  // and begin
	held   []byte // a carriage return that may belong to the end of the line
}

func (c *copier) text(in io.Reader) error {
	buf := make([]byte, sniffBytes)
	kept := 0
	for {
		n, err := in.Read(buf[kept:])
		rest := buf[:kept+n]
		for {
			char, n := c.book.text.First(rest)
			if n == 0 {
				break
			}
			if err := c.take(char, rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		kept = copy(buf, rest)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if err := c.end(c.held); err != nil { // a carriage return at the very end is no part of a field
		return err
	}
	if kept > 0 || len(c.edits) > 0 {
		return load.Changed(c.book.o.File, "", c.begin)
	}
	return nil
}

// take takes one character, which is stored as the bytes given.
func (c *copier) take(char byte, stored []byte) error {
	if len(c.held) > 0 {
		cr := c.held
		c.held = nil
		if char == '\n' && c.state != quoted {
			c.line++
			return c.end(append(cr, stored...))
		}
		if c.book.bareCR && char != '\n' {
			c.line++
			if c.state != quoted {
				if err := c.end(cr); err != nil {
					return err
				}
			} else {
				c.record = append(c.record, cr...)
			}
		} else {
			c.put('\r', cr)
		}
	}
	switch {
	case char == '\r':
		c.held = slices.Clone(stored)
		return nil
	case char == '\n':
		c.line++
		if c.state != quoted {
			return c.end(stored)
		}
	}
	c.put(char, stored)
	if len(c.record) > 4*maxRecord {
		return load.Changed(c.book.o.File, "", c.begin)
	}
	return nil
}

// put adds a character to the record. It knows the states of the reader, whose faults do not get here.
func (c *copier) put(char byte, stored []byte) {
	if len(c.starts) == 0 {
		c.starts = append(c.starts, 0)
	}
	end := char == c.delimiter && c.state != quoted && c.state != formulaString
	switch c.state {
	case fieldStart:
		switch {
		case char == '"':
			c.state = quoted
		case char == '=':
			c.state = equals
		case !end:
			c.state = unquoted
		}
	case equals:
		if c.state = unquoted; char == '"' {
			c.state = formulaString
		}
	case quoted:
		if char == '"' {
			c.state = unquoted // or a quote written twice, which comes back here
		}
	case unquoted:
		if char == '"' {
			c.state = quoted
		}
	case formulaString:
		if char == '"' {
			c.state = formula
		}
	case formula:
		if char == '"' {
			c.state = formulaString
		}
	}
	if end {
		c.fields = append(c.fields, len(c.record))
	}
	c.record = append(c.record, stored...)
	if end {
		c.starts = append(c.starts, len(c.record))
		c.state = fieldStart
	}
}

// end writes a record and what ends it.
func (c *copier) end(stored []byte) error {
	if len(c.starts) > 0 {
		c.fields = append(c.fields, len(c.record))
	}
	at := 0
	for len(c.edits) > 0 && c.edits[0].Row <= c.begin {
		e := c.edits[0]
		if e.Row < c.begin || e.Column < 0 || e.Column >= len(c.fields) {
			return load.Changed(c.book.o.File, "", e.Row)
		}
		from, to := c.starts[e.Column], c.fields[e.Column]
		field, ok := c.replace(c.record[from:to], e)
		if !ok || from < at {
			return load.Changed(c.book.o.File, "", e.Row)
		}
		c.out.Write(c.record[at:from])
		c.out.Write(field)
		at = to
		c.edits = c.edits[1:]
	}
	c.out.Write(c.record[at:])
	c.record, c.fields, c.starts, c.state, c.begin = c.record[:0], c.fields[:0], c.starts[:0], fieldStart, c.line
	_, err := c.out.Write(stored) // errors of the writer stay
	return err
}

// replace returns the stored form of a field with another text, in quotes if it had them or needs them; false when the
// field does not hold the old text.
func (c *copier) replace(stored []byte, e load.Edit) ([]byte, bool) {
	was, ok := c.book.text.Text(stored)
	if !ok {
		return nil, false
	}
	inQuotes := strings.HasPrefix(was, `"`) && len(was) > 1
	lineEnd := "\n"
	if inQuotes {
		if strings.Contains(was, "\r\n") {
			lineEnd = "\r\n"
		} else if c.book.bareCR {
			lineEnd = "\r"
		}
		was = strings.ReplaceAll(strings.ReplaceAll(was[1:len(was)-1], `""`, `"`), lineEnd, "\n")
	}
	text := e.New
	if inner, ok := formulaText(was); ok {
		if was = inner; text != "" && was != "" {
			text = `="` + text + `"`
		}
	}
	if was != e.Old {
		return nil, false
	}
	formula := strings.HasPrefix(text, `="`) && !inQuotes && !strings.Contains(text, "\n")
	if inQuotes || !formula && strings.ContainsAny(text, "\"\r\n"+string(rune(c.delimiter))) {
		text = `"` + strings.ReplaceAll(strings.ReplaceAll(text, `"`, `""`), "\n", lineEnd) + `"`
	}
	return c.book.text.AppendStored(nil, text), true
}
