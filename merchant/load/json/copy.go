package json

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/internal/text"
)

// Copy writes a text to w with the edits made: byte for byte, but for the values that they name. A member that is not
// there is put at the head of its object. Each edit is made or Copy fails; an error of type [*load.InputError] says that
// the text does not hold what is to be replaced, or that it is in another encoding than UTF-8, as JSON must not be.
func Copy(ctx context.Context, w io.Writer, in io.ReaderAt, size int64, o load.Options, edits []load.Edit) error {
	f, err := text.Open(in, size, o.File)
	if err != nil {
		return err
	}
	if f.Encoding != text.UTF8 {
		return &load.InputError{File: o.File, ProblemZH: "JSON 不是 UTF-8 编码，不能改正", ProblemEN: "JSON in another encoding than UTF-8 cannot be corrected",
			MendZH: "请另存为 UTF-8 编码后重试", MendEN: "save the file in UTF-8 and try again"}
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b load.Edit) int { return a.Record - b.Record })
	o.Progress = nil
	_, begin, _ := f.Stored()
	at, record := int64(0), 0
	r := newReader(ctx, f, size, o)
	var fault error
	r.yield = func(_ *merchant.Record, err error) bool {
		var other *load.RowError
		var issue *load.SheetIssue
		if errors.As(err, &other) || errors.As(err, &issue) {
			return true
		}
		var of []load.Edit
		for len(edits) > 0 && edits[0].Record == record {
			of, edits = append(of, edits[0]), edits[1:]
		}
		record++
		if len(of) == 0 {
			return true
		}
		object := slices.Clone(r.raw)
		for _, e := range of {
			if object = replace(object, steps(e.Path), e); object == nil {
				fault = load.Changed(o.File, "", e.Row)
				return false
			}
		}
		end := begin + r.end
		if _, fault = io.Copy(w, io.NewSectionReader(in, at, end-int64(len(r.raw))-at)); fault == nil {
			_, fault = w.Write(object)
		}
		at = end
		return fault == nil
	}
	if err := errors.Join(r.run(), fault); err != nil {
		return err
	}
	if len(edits) > 0 {
		return load.Changed(o.File, "", edits[0].Row)
	}
	_, err = io.Copy(w, io.NewSectionReader(in, at, size-at))
	return err
}

// step is a member of an object, and for a list the entry in it.
type step struct {
	name  string
	index int // -1 for a member that is no list
}

// steps is the way to a value.
func steps(p merchant.Path) (list []step) {
	for name := range strings.SplitSeq(p.Field.Path(), ".") {
		s := step{name, -1}
		if inList, ok := strings.CutSuffix(name, "[]"); ok {
			s = step{inList, int(p.Index)}
		}
		list = append(list, s)
	}
	return list
}

// replace returns the object with another value; nil when it does not hold the old one.
func replace(object []byte, way []step, e load.Edit) []byte {
	from, to, ok := find(object, way)
	if ok {
		was := value(object[from:to])
		if was == "false" && e.Path.Field.Kind() == merchant.KindBool {
			was = ""
		}
		switch was {
		case e.New: // a flag that was set already
			return object
		case e.Old:
			c := object[from]
			return slices.Concat(object[:from], literal(e, c == '-' || c >= '0' && c <= '9'), object[to:])
		}
		return nil
	}
	if from, _, ok = find(object, way[:len(way)-1]); !ok || e.Old != "" || object[from] != '{' {
		return nil
	}
	// in the style of the member that comes first now
	head := from + 1
	first := head + len(object[head:]) - len(bytes.TrimLeft(object[head:], " \t\r\n"))
	member := []byte(`"` + way[len(way)-1].name + `":`)
	if object[first] == '"' {
		if colon := bytes.IndexByte(object[first:], ':'); colon > 0 && object[first+colon+1] == ' ' {
			member = append(member, ' ')
		}
		member = slices.Concat(object[head:first], member, literal(e, false), []byte(","))
	} else {
		member = append(member, literal(e, false)...)
	}
	return slices.Insert(slices.Clone(object), head, member...)
}

// find returns where a value stands in an object.
func find(object []byte, way []step) (from, to int, ok bool) {
	if len(way) == 0 {
		return 0, len(object), true
	}
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, 0, false
	}
	for d.More() {
		name, _ := d.Token()
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return 0, 0, false
		}
		if name != way[0].name {
			continue
		}
		at := int(d.InputOffset()) - len(raw)
		if way[0].index >= 0 {
			var entry int
			if entry, raw = item(raw, way[0].index); raw == nil {
				return 0, 0, false
			}
			at += entry
		}
		from, to, ok = find(raw, way[1:])
		return at + from, at + to, ok
	}
	return 0, 0, false
}

// item returns where an entry of a list begins, and the entry; nil when there is none.
func item(list []byte, index int) (int, json.RawMessage) {
	d := json.NewDecoder(bytes.NewReader(list))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return 0, nil
	}
	for ; d.More(); index-- {
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			break
		}
		if index == 0 {
			return int(d.InputOffset()) - len(raw), raw
		}
	}
	return 0, nil
}

// value returns the text of a single value, as reading takes it.
func value(raw []byte) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	t, _ := d.Token()
	c, _ := cell(t)
	return c.Text
}

// literal writes the new value: a flag as one, a number where one stood, else a text.
func literal(e load.Edit, number bool) []byte {
	if e.Path.Field.Kind() == merchant.KindBool || number && load.PlainNumber(e.New) {
		return []byte(e.New)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(e.New) != nil {
		return []byte(`""`)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
