package file

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// lines counts the lines of what passes through it.
type lines struct {
	r      io.Reader
	offset int64
	breaks []int64 // offsets of line breaks not yet asked for
	line   int
}

func (l *lines) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	for i := range n {
		if b[i] == '\n' {
			l.breaks = append(l.breaks, l.offset+int64(i))
		}
	}
	l.offset += int64(n)
	return n, err
}

// at returns the line of an offset, which must not decrease from call to call.
func (l *lines) at(offset int64) int {
	n := 0
	for n < len(l.breaks) && l.breaks[n] < offset {
		n++
	}
	l.breaks = append(l.breaks[:0], l.breaks[n:]...)
	l.line += n
	return l.line + 1
}

// readJSON streams merchants: an array of objects, or objects one after the other (one a line, as a rule).
func readJSON(ctx context.Context, in io.Reader, o load.Options) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		l := &lines{r: in}
		d := json.NewDecoder(l)
		broken := func(err error) error {
			offset := d.InputOffset()
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				offset = max(offset, syntax.Offset)
			} else {
				offset = max(0, l.offset-1) // the text ended too early
			}
			e := &load.InputError{File: o.File, Row: l.at(offset), ProblemZH: "该行附近不是有效的 JSON", ProblemEN: "near this line it is no valid JSON",
				MendZH: "请检查括号、引号和逗号", MendEN: "check brackets, quotes and commas"}
			if syntax == nil && !errors.Is(err, io.ErrUnexpectedEOF) {
				e.ProblemZH, e.ProblemEN, e.Err = "读取失败", "reading failed", err
				e.MendZH, e.MendEN = "请检查文件和磁盘后重试", "check the file and the disk and try again"
			}
			return e
		}
		array, records := false, 0
		for {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if array && !d.More() {
				if _, err := d.Token(); err != nil {
					yield(nil, broken(unexpected(err)))
					return
				}
				array = false
				continue
			}
			var raw json.RawMessage
			var err error
			if records == 0 && !array {
				var bracket bool
				if bracket, err = opens(d, &raw); bracket {
					array = true
					continue
				}
			} else {
				err = d.Decode(&raw)
			}
			if errors.Is(err, io.EOF) && !array {
				if records == 0 {
					r := &merchant.Record{Source: merchant.Source{File: o.File}, Notes: []merchant.Note{{Kind: merchant.NoteNoRows}}}
					yield(nil, &load.SheetIssue{Record: r})
				}
				return
			}
			if err != nil {
				yield(nil, broken(unexpected(err)))
				return
			}
			records++
			rec, err := decode(raw, l.at(d.InputOffset()-int64(len(raw))), o)
			var fatal *load.InputError
			if !yield(rec, err) || errors.As(err, &fatal) {
				return
			}
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// opens looks at the first value: an array is entered, anything else is read whole.
func opens(d *json.Decoder, raw *json.RawMessage) (bracket bool, err error) {
	if !d.More() { // skips blanks; false at the end, and for a bracket that closes nothing
		return false, d.Decode(raw)
	}
	head := make([]byte, 1)
	buffered := d.Buffered()
	for {
		if _, err := buffered.Read(head); err != nil {
			return false, d.Decode(raw)
		}
		if !bytes.ContainsAny(head, " \t\r\n") {
			break
		}
	}
	if head[0] != '[' {
		return false, d.Decode(raw)
	}
	_, err = d.Token()
	return err == nil, err
}

// decode reads one merchant. A member that the model lacks is a mistake in the file as a whole; a value that does not
// fit is one of the record. Neither error shows values.
func decode(raw []byte, line int, o load.Options) (*merchant.Record, error) {
	r := &merchant.Record{Source: merchant.Source{File: o.File, Row: line}}
	if len(raw) == 0 || raw[0] != '{' {
		return nil, &load.RowError{Source: r.Source, Err: errors.New("not a merchant object; write one object {…} for each merchant")}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(&r.Merchant)
	if err == nil {
		if r.Registry.AsOf.IsZero() {
			r.Registry.AsOf = o.RegistryAsOf
		}
		normalize.Record(r)
		return r, nil
	}
	if member, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		member = strings.Trim(member, `"`)
		if len(member) > 64 {
			member = "…"
		}
		return nil, &load.InputError{File: o.File, Row: line, ProblemZH: "没有名为“" + member + "”的字段", ProblemEN: fmt.Sprintf("there is no member %q in the model", member),
			MendZH: "请改用模型里的字段名", MendEN: "use the names of the model"}
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return nil, &load.RowError{Source: r.Source, Err: fmt.Errorf("%s has a value of the wrong type; write codes, dates and amounts as strings", kind.Field)}
	}
	for _, known := range []error{merchant.ErrDate, merchant.ErrAmount, merchant.ErrCount} {
		if errors.Is(err, known) {
			return nil, &load.RowError{Source: r.Source, Err: fmt.Errorf("a value cannot be read (%w); correct it in this record", known)}
		}
	}
	return nil, &load.RowError{Source: r.Source, Err: errors.New("a value does not fit its member; correct it in this record")}
}
