// Package json reads merchants as JSON: an array of objects, or objects one after the other, as a rule one a line. The
// members are those of the model. A text, number or truth value is read like the cell of a table, so that what is wrong
// with it is a finding about its path and the rest of the merchant counts; members that the model lacks are named once
// for the file, like the columns of a sheet.
// A number in the place of an identifier is read as its digits, which all stand in the text.
//
// The answer of a service that holds the merchants deeper inside is refused with an error that names the place.
//
// In a text of 20 merchants and more a member that none of them has is like a column that a sheet lacks: the file is
// said to lack it, once. In a shorter one each merchant is missing it.
package json

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/internal/text"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Read streams the merchants of a text in any encoding that package csv reads. The row of a record is the line on which
// its object begins; amounts are in yuan and rates in percent, written as texts or numbers. The error is a
// [*load.InputError]: the bytes are no text. In the stream, an [*load.InputError] says where the text stops being JSON,
// and a [*load.RowError] that an object has not the shape of a merchant.
func Read(ctx context.Context, in io.ReaderAt, size int64, o load.Options) (load.Records, error) {
	f, err := text.Open(in, size, o.File)
	var fault *text.Fault
	if errors.As(err, &fault) {
		return nil, fault.At("")
	}
	if err != nil {
		return nil, err
	}
	return func(yield func(*merchant.Record, error) bool) {
		r := newReader(ctx, f, size, o)
		r.yield = yield
		defer func() {
			if r.lent { // a panic of the caller is the caller's
				return
			}
			if recover() != nil && !r.stopped {
				yield(nil, load.Defect(o.File))
			}
		}()
		if notes := r.look(f); len(notes) > 0 && !r.issue(0, notes...) {
			return
		}
		if err := r.run(); err != nil {
			r.emit(nil, err)
		}
	}, nil
}

// reader is one pass over a text.
type reader struct {
	ctx     context.Context
	o       load.Options
	size    int64
	lines   *lines
	d       *json.Decoder
	yield   func(*merchant.Record, error) bool
	stopped bool // the caller wants no more
	lent    bool // the caller is at work
	records int
	columns *merchant.Columns // what the text gives at all; nil for a short one
	strange map[string]bool   // members that the model lacks, by path
	raw     json.RawMessage   // the object at hand, which ends at offset end of the text
	end     int64
}

func newReader(ctx context.Context, f *text.File, size int64, o load.Options) *reader {
	in := f.Reader()
	l := &lines{in: &cancellable{ctx, in}}
	in.Done = &l.done
	return &reader{ctx: ctx, o: o, size: size, lines: l, d: json.NewDecoder(l), strange: map[string]bool{}}
}

func (r *reader) source(line int) merchant.Source {
	return merchant.Source{File: r.o.File, Row: line, Columns: r.columns}
}

// manyMerchants is how many make a list, in which what all lack is one finding.
const manyMerchants = 20

// look goes over the text for what is to be said about it as a whole.
func (r *reader) look(f *text.File) (notes []merchant.Note) {
	if e := f.Encoding.Name(); e != "" {
		notes = append(notes, merchant.Note{Kind: merchant.NoteEncoding, Info: e})
	}
	fields, merchants := given(&cancellable{r.ctx, f.Reader()})
	if merchants < manyMerchants {
		return notes
	}
	r.columns = &merchant.Columns{}
	for _, f := range merchant.Fields() {
		if fields[f] {
			r.columns.List = append(r.columns.List, merchant.Column{Header: f.Path(), Path: merchant.At(f)})
		}
	}
	if !fields[merchant.FieldMerchantNo] && !fields[merchant.FieldExternalID] {
		notes = append(notes, merchant.Note{Kind: merchant.NoteKeyColumnMissing, Path: merchant.At(merchant.FieldMerchantNo)})
	}
	if !fields[merchant.FieldNamesLegal] {
		notes = append(notes, merchant.Note{Kind: merchant.NoteKeyColumnMissing, Path: merchant.At(merchant.FieldNamesLegal)})
	}
	return notes
}

// emit hands a record or an error over; false when the caller wants no more.
func (r *reader) emit(rec *merchant.Record, err error) bool {
	r.lent = true
	r.stopped = !r.yield(rec, err)
	r.lent = false
	return !r.stopped
}

func (r *reader) issue(line int, notes ...merchant.Note) bool {
	return r.emit(nil, &load.SheetIssue{Record: &merchant.Record{Source: r.source(line), Notes: notes}})
}

// maxObject bounds the bytes of one merchant, which is held in memory.
const maxObject = 32 << 20

// progressRecords is how often progress is told.
const progressRecords = 256

func (r *reader) progress() {
	if r.o.Progress != nil {
		r.o.Progress(load.Progress{Rows: r.records, Done: r.lines.done.Load(), Total: r.size})
	}
}

// run reads to the end, or until the caller wants no more.
func (r *reader) run() error {
	array := false
	for {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if array && !r.d.More() {
			if _, err := r.d.Token(); err != nil {
				return r.broken(unexpected(err))
			}
			array = false
			continue
		}
		var raw json.RawMessage
		var err error
		r.lines.limit = r.d.InputOffset() + maxObject
		if r.records == 0 && !array {
			var bracket bool
			if bracket, err = opens(r.d, &raw); bracket {
				array = true
				continue
			}
		} else {
			err = r.d.Decode(&raw)
		}
		if errors.Is(err, io.EOF) && !array {
			r.progress()
			if r.records == 0 {
				r.issue(0, merchant.Note{Kind: merchant.NoteNoRows})
			}
			return nil
		}
		if err != nil {
			return r.broken(unexpected(err))
		}
		if r.records++; r.records%progressRecords == 0 {
			r.progress()
		}
		r.raw, r.end = raw, r.d.InputOffset()
		line := r.lines.at(r.end - int64(len(raw)))
		if r.records == 1 && !array {
			if inner := envelope(raw); len(inner) > 0 {
				return r.wrapped(inner, line)
			}
		}
		rec, unknown, err := r.merchant(raw, line)
		if len(unknown) > 0 && !r.issue(line, unknown...) || !r.emit(rec, err) {
			return nil
		}
	}
}

// broken words an error of the decoder.
func (r *reader) broken(err error) error {
	if ctx := r.ctx.Err(); ctx != nil {
		return ctx
	}
	if errors.Is(err, errLong) {
		n := strconv.Itoa(maxObject >> 20)
		return &load.InputError{File: r.o.File, Row: r.lines.at(r.d.InputOffset() + 1), ProblemZH: "从该行开始的商户超过" + n + " MiB", ProblemEN: "the merchant that begins on this line has more than " + n + " MiB",
			MendZH: "请检查括号和引号是否成对", MendEN: "check that brackets and quotes pair"}
	}
	offset := r.d.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(offset, syntax.Offset)
	} else {
		offset = max(0, r.lines.offset-1) // the text ended too early
	}
	e := &load.InputError{File: r.o.File, Row: r.lines.at(offset), ProblemZH: "该行附近不是有效的 JSON", ProblemEN: "near this line it is no valid JSON",
		MendZH: "请检查括号、引号和逗号", MendEN: "check brackets, quotes and commas"}
	if syntax == nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		e.ProblemZH, e.ProblemEN, e.Err = "读取失败", "reading failed", err
		e.MendZH, e.MendEN = "请检查文件和磁盘后重试", "check the file and the disk and try again"
	}
	return e
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

// member is a place in the model: an object, a list of objects, or a leaf.
type member struct {
	path    string
	field   merchant.Field     // of a leaf or a list, FieldNone for an object
	members map[string]*member // nil for a leaf
	list    bool
}

// model is the tree of the members by their names.
var model = sync.OnceValue(func() *member {
	root := &member{members: map[string]*member{}}
	for _, f := range merchant.Fields() {
		at := root
		for name := range strings.SplitSeq(f.Path(), ".") {
			name, list := strings.CutSuffix(name, "[]")
			if at.members == nil {
				at.members = map[string]*member{}
			}
			next := at.members[name]
			if next == nil {
				next = &member{path: strings.TrimPrefix(at.path+"."+name, ".")}
				at.members[name] = next
			}
			next.list = next.list || list
			at = next
		}
		at.field, at.list = f, at.list || f.Kind() == merchant.KindList
	}
	return root
})

// object reads one merchant.
type object struct {
	d       *json.Decoder
	rec     *merchant.Record
	reader  *reader
	unknown []merchant.Note // members that the model lacks and no earlier merchant had
}

// merchant reads one merchant of a valid JSON value, and what it has to say about unknown members.
func (r *reader) merchant(raw []byte, line int) (*merchant.Record, []merchant.Note, error) {
	o := &object{d: json.NewDecoder(bytes.NewReader(raw)), rec: &merchant.Record{Source: r.source(line)}, reader: r}
	o.d.UseNumber()
	if err := o.read(model(), -1, true); err != nil {
		return nil, o.unknown, err
	}
	r.o.Dialect.Finish(o.rec)
	normalize.Finish(o.rec)
	if o.rec.Registry.AsOf.IsZero() {
		o.rec.Registry.AsOf = r.o.RegistryAsOf
	}
	return o.rec, o.unknown, nil
}

// read reads the value of a member; index is the entry of the list that it belongs to, -1 outside lists. entry tells an
// object of a list, or the merchant itself, from the list.
func (o *object) read(m *member, index int, entry bool) error {
	t, err := o.d.Token()
	if err != nil {
		return o.fault(m, "不是有效的 JSON", "is no valid JSON")
	}
	if t == nil && m.path != "" {
		return nil // not given
	}
	switch {
	case m.list && !entry:
		if t != json.Delim('[') {
			return o.fault(m, "应为列表 […]", "must be a list […]")
		}
		return o.entries(m)
	case m.members != nil:
		if t != json.Delim('{') {
			return o.fault(m, "应为对象 {…}", "must be an object {…}")
		}
		return o.object(m, index)
	case m.field.Kind() == merchant.KindMap:
		if t != json.Delim('{') {
			return o.fault(m, "应为对象 {…}", "must be an object {…}")
		}
		return o.dates(m)
	}
	c, ok := cell(t)
	if !ok {
		return o.fault(m, "应为一个值", "must be a single value")
	}
	if m.field.Group() == "identifier" && c.Type == merchant.CellNumber && strings.Trim(c.Text, "0123456789") == "" {
		c.Type = merchant.CellText // all digits stand in the file, unlike those of a sheet's number
	}
	if c.Text != "" {
		normalize.Set(o.rec, merchant.Path{Field: m.field, Index: int16(index)}, c, o.reader.o.Dialect.Options(m.field, normalize.Options{}))
	}
	return nil
}

// cell makes a cell of a single value; false for the beginning of an object or a list.
func cell(t json.Token) (merchant.Cell, bool) {
	switch v := t.(type) {
	case nil:
		return merchant.Cell{}, true
	case string:
		return merchant.Cell{Text: v, Type: merchant.CellText}, true
	case json.Number:
		return merchant.Cell{Text: v.String(), Type: merchant.CellNumber}, true
	case bool:
		return merchant.Cell{Text: strconv.FormatBool(v), Type: merchant.CellBool}, true
	}
	return merchant.Cell{}, false
}

// entries reads the rest of a list.
func (o *object) entries(m *member) error {
	for i := 0; o.d.More(); i++ {
		if i > maxEntries {
			return o.fault(m, "的条目过多", "has too many entries")
		}
		o.rec.Grow(m.field, i+1)
		if err := o.read(m, i, true); err != nil {
			return err
		}
	}
	_, err := o.d.Token()
	return err
}

// maxEntries bounds a list; a path holds 15 bits.
const maxEntries = 1<<15 - 1

// object reads the rest of an object.
func (o *object) object(m *member, index int) error {
	var seen []*member
	for o.d.More() {
		name, err := o.name()
		if err != nil {
			return err
		}
		next := m.members[name]
		if next == nil {
			o.note(m, name)
			if err := o.skip(); err != nil {
				return err
			}
			continue
		}
		if slices.Contains(seen, next) {
			return o.fault(next, "出现了两次", "stands twice in one object")
		}
		seen = append(seen, next)
		if err := o.read(next, index, false); err != nil {
			return err
		}
	}
	_, err := o.d.Token()
	return err
}

// dates reads the rest of the days on which fields were changed, by their paths; a list has one for all its entries.
func (o *object) dates(m *member) error {
	for o.d.More() {
		name, err := o.name()
		if err != nil {
			return err
		}
		p, unknown := merchant.ParsePath(name)
		if unknown != nil {
			o.note(m, name)
			if err := o.skip(); err != nil {
				return err
			}
			continue
		}
		t, err := o.d.Token()
		c, ok := cell(t)
		switch {
		case err != nil:
			return err
		case !ok:
			return o.fault(m, "的每一项应为一个日期", "must hold single dates")
		case c.Text == "":
			continue
		}
		d, _, ok := normalize.ReadDate(c, false)
		if !ok {
			o.rec.Note(merchant.Note{Kind: merchant.NoteBadDate, Path: merchant.At(m.field), Old: c.Text})
			continue
		}
		if o.rec.FieldDates == nil {
			o.rec.FieldDates = map[string]merchant.Date{}
		}
		o.rec.FieldDates[p.Field.Path()] = d
	}
	_, err := o.d.Token()
	return err
}

// name reads the name of the next member.
func (o *object) name() (string, error) {
	t, err := o.d.Token()
	s, _ := t.(string)
	return s, err
}

func (o *object) skip() error {
	var raw json.RawMessage
	return o.d.Decode(&raw)
}

const (
	maxName    = 64   // bytes of a name that is shown
	maxStrange = 1000 // unknown members that are named; one more stands for the rest
)

// note says, once for the file, that the model lacks a member.
func (o *object) note(m *member, name string) {
	path := m.path
	if m.list {
		path += "[]"
	}
	path = strings.TrimPrefix(path+"."+name, ".")
	strange := o.reader.strange
	if strange[path] || len(strange) > maxStrange {
		return
	}
	strange[path] = true
	n := merchant.Note{Kind: merchant.NoteColumnUnknown, Old: name, Info: "$." + path}
	if len(strange) > maxStrange {
		o.unknown = append(o.unknown, merchant.Note{Kind: merchant.NoteColumnUnknown, Old: "… (> " + strconv.Itoa(maxStrange) + ")", Info: "$.…"})
		return
	}
	for _, text := range [...]string{path, name} {
		if f, ok := load.Suggest(text); ok {
			n.Kind, n.New = merchant.NoteColumnNear, f.Path()
			break
		}
	}
	if len(name) > maxName {
		n.Old, n.Info = "…", "$.…"
	}
	o.unknown = append(o.unknown, n)
}

// fault says that the merchant has another shape than the model.
func (o *object) fault(m *member, zh, en string) error {
	e := &load.RowError{Source: o.rec.Source, ProblemZH: m.path + zh, ProblemEN: strings.TrimSpace(m.path + " " + en),
		MendZH: "请按模型的结构填写", MendEN: "write it in the shape of the model"}
	if m.path == "" {
		e.ProblemZH, e.ProblemEN = "不是商户对象", "not a merchant object"
		e.MendZH, e.MendEN = "每个商户写成一个对象 {…}", "write one object {…} for each merchant"
	}
	return e
}
