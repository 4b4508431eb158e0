package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"reflect"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// The values that travel between workers.
type (
	// shard is a file. Those of the registry are numbered after those of the book.
	shard struct {
		Index    int64
		Path     string
		Registry bool
	}

	// row is a record on its way.
	row struct {
		ID       int64 // shard and place in it: ascends in the order of the job
		Registry bool
		Failing  bool   // a record rule found an error
		Number   string // the merchant number as the comparison sees it; "" for none
		Who      string // see identity
		Code     string // the USCC as the comparison sees it
		Data     []byte // see package wire
	}

	// known is what all workers must know: what the rows of a shard share, or the lists as a whole.
	known struct {
		Shard  int64
		Sheets []byte
		Whole  *whole
	}

	// whole is what a comparison must know of the lists; Problem says why there must be none.
	whole struct {
		Local, Registry diff.Survey
		Problem         *problem
	}
	problem struct{ Text, Mend rules.Text }

	// told is a finding: its line in the report, and what it proves about whom.
	told struct {
		Line, Who string
		Proof     proof
	}

	// proof is what a verdict needs to know of a finding. Stage, At and N say where it stands among those of a merchant.
	proof struct {
		Stage       stage
		At, N       int64
		Rule        rules.ID
		Severity    rules.Severity
		Key         string
		File, Sheet string
		Row         int
		Field       merchant.Field
		Index       int16
	}

	// fact is what a verdict rests on: a record of the merchant or the proof of a finding.
	fact struct {
		Row   *row
		Proof *proof
	}

	// group is all rows of a merchant number.
	group struct{ Rows []row }

	// part is what a part of the job adds to the summary, and to what is known of the lists.
	part struct {
		Sum             validate.Summary
		Diff            diff.Counts
		Local, Registry diff.Survey
		Broken          int // shards that could not be read to their end
	}

	// alike is a finding of BAT010 that another may make void.
	alike struct {
		Told     told
		Severity rules.Severity
		Members  []int64
	}
)

// stage orders the findings about a merchant as a run finds them.
type stage int

const (
	ofRecord stage = iota
	ofBatch
	ofRegistry
)

const placeBits = 40

func (r *row) shard() int64 { return r.ID >> placeBits }

// finding returns as much of the finding as a verdict asks for.
func (p *proof) finding(d *desk) rules.Finding {
	return rules.Finding{Rule: d.rules[p.Rule], Severity: p.Severity, Key: p.Key, Source: merchant.Source{File: p.File, Sheet: p.Sheet, Row: p.Row},
		Path: merchant.Path{Field: p.Field, Index: p.Index}}
}

// add counts a finding.
func (p *part) add(f *rules.Finding) {
	if p.Sum.Rules == nil {
		p.Sum.Rules = map[rules.ID]validate.RuleCount{}
	}
	p.Sum.Add([]rules.Finding{*f})
}

// merge adds two parts up. It changes neither, since others may look at them too.
func merge(a, b part) (sum part) {
	for _, p := range [...]*part{&a, &b} {
		sum.Sum.Merge(p.Sum)
		sum.Diff.Merge(p.Diff)
		sum.Local.Merge(p.Local)
		sum.Registry.Merge(p.Registry)
		sum.Broken += p.Broken
	}
	return sum
}

// Rows are most of what travels, and have a form of their own; so have facts and groups, which hold
// rows, and findings, which would be JSON in JSON. The rest is JSON.
func encodeRow(r row) []byte {
	b := make([]byte, 0, len(r.Data)+len(r.Number)+len(r.Who)+len(r.Code)+24)
	b = binary.AppendVarint(b, r.ID)
	flags := byte(0)
	if r.Registry {
		flags |= 1
	}
	if r.Failing {
		flags |= 2
	}
	b = append(b, flags)
	for _, s := range [...]string{r.Number, r.Who, r.Code} {
		b = appendText(b, s)
	}
	return append(b, r.Data...)
}

func appendText[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// cutText takes what appendText has appended from the front.
func cutText(b []byte) (text, rest []byte, err error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, errRow
	}
	return b[n : n+int(size)], b[n+int(size):], nil
}

var errRow = errors.New("beam: the bytes are no row")

func decodeRow(b []byte) (r row, err error) {
	id, n := binary.Varint(b)
	if n <= 0 || n >= len(b) {
		return row{}, errRow
	}
	r.ID, r.Registry, r.Failing = id, b[n]&1 != 0, b[n]&2 != 0
	b = b[n+1:]
	for _, s := range [...]*string{&r.Number, &r.Who, &r.Code} {
		var text []byte
		if text, b, err = cutText(b); err != nil {
			return row{}, err
		}
		*s = string(text)
	}
	r.Data = b
	return r, nil
}

func encodeFact(f fact) ([]byte, error) {
	if f.Row != nil {
		return append([]byte{0}, encodeRow(*f.Row)...), nil
	}
	b, err := json.Marshal(f.Proof)
	return append([]byte{1}, b...), err
}

func decodeFact(b []byte) (f fact, err error) {
	switch {
	case len(b) == 0:
		return f, errRow
	case b[0] == 0:
		r, err := decodeRow(b[1:])
		return fact{Row: &r}, err
	}
	err = json.Unmarshal(b[1:], &f.Proof)
	return f, err
}

func encodeGroup(g group) (b []byte) {
	for _, r := range g.Rows {
		b = appendText(b, encodeRow(r))
	}
	return b
}

func decodeGroup(b []byte) (g group, err error) {
	for len(b) > 0 {
		var one []byte
		if one, b, err = cutText(b); err != nil {
			return g, err
		}
		r, err := decodeRow(one)
		if err != nil {
			return g, err
		}
		g.Rows = append(g.Rows, r)
	}
	return g, nil
}

func encodeTold(t told) (b []byte, err error) {
	b = appendText(appendText(nil, t.Line), t.Who)
	if t.Who == "" {
		return b, nil
	}
	p, err := json.Marshal(&t.Proof)
	return append(b, p...), err
}

func decodeTold(b []byte) (t told, err error) {
	for _, s := range [...]*string{&t.Line, &t.Who} {
		var text []byte
		if text, b, err = cutText(b); err != nil {
			return t, err
		}
		*s = string(text)
	}
	if len(b) > 0 {
		err = json.Unmarshal(b, &t.Proof)
	}
	return t, err
}

// value is what travels as JSON.
type value interface{ travels() }

func (shard) travels() {}
func (known) travels() {}
func (part) travels()  {}
func (alike) travels() {}

func encodeValue(v value) ([]byte, error) { return json.Marshal(v) }

func decodeValue(t reflect.Type, b []byte) (value, error) {
	v := reflect.New(t)
	if err := json.Unmarshal(b, v.Interface()); err != nil {
		return nil, err
	}
	return v.Elem().Interface().(value), nil
}
