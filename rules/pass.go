package rules

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Pass is what a rule sees while it looks at one record. It is valid only during the call.
type Pass struct {
	Record *merchant.Record
	AsOf   merchant.Date // civil date of the run in UTC+8; no rule reads a clock
	Params *Params
	Tables Tables // to look codes up in; see CNAPS, Cards and MCC
	Rule   *Rule
	// Report takes a finding. Rules call Find, which fills in the place.
	Report func(Finding)
	// Unusable tells whether an earlier rule found the value at a path unusable; nil as long as nothing is. Rules ask
	// Blocked.
	Unusable func(merchant.Path) bool
	// Incident is what a context rule sees beside the record; nil for other rules.
	Incident *Incident

	begun  *merchant.Record // the record that filled speaks of, and facts of the same round
	filled merchant.FieldSet
	facts  []fact
	round  int
	last   fact // the one asked for last
}

// Begin sets the record to look at, which must not change until the next: what rules ask of it is worked out once. With
// Record set by hand it is worked out each time.
func (p *Pass) Begin(r *merchant.Record) {
	p.Record, p.begun = r, r
	p.round++
	p.last = fact{}
	if r != nil {
		p.filled = r.Filled()
	}
}

// Blocked tells whether an earlier rule found the value at a path unusable. Rules over lists ask it for each member; for
// the fields of Uses the engine has asked already.
func (p *Pass) Blocked(path merchant.Path) bool { return p.Unusable != nil && p.Unusable(path) }

// Clear reports whether a rule may leave the record at once: a Fact holds no sign of what it looks for, and no value is
// unusable. With one that is, the rule looks at each value it reads, since the engine counts which rules it kept from it.
func (p *Pass) Clear(sign bool) bool { return !sign && p.Unusable == nil }

// Filled returns the fields outside lists, and the lists, that the record has a value for. The set is not to be changed.
func (p *Pass) Filled() *merchant.FieldSet {
	if p.begun != p.Record {
		p.filled = p.Record.Filled()
	}
	return &p.filled
}

// Find reports a finding at path with the parameters of the message. The value is the stored text of the cell, or the
// value itself where the record has no cells.
func (p *Pass) Find(path merchant.Path, params ...Param) { p.FindFix(path, nil, params...) }

// FindFix is Find with ways to mend.
func (p *Pass) FindFix(path merchant.Path, fixes []Fix, params ...Param) {
	r := p.Record
	f := Finding{Rule: p.Rule, Key: r.Key(), Path: path, Source: r.SourceOf(path), Column: r.ColumnOf(path),
		Value: r.Text(path), Params: params, Fixes: fixes}
	if c, ok := r.Cell(path); ok && c.Text != "" {
		f.Value = c.Text
	}
	p.Report(f)
}

// Propose returns the fix that puts text at path, offered and never applied alone.
func (p *Pass) Propose(path merchant.Path, text string) []Fix {
	return []Fix{{Message: proposal(path, text), Edits: []Edit{{path, p.Record.Text(path), text}}}}
}

func proposal(path merchant.Path, text string) Text {
	return Text{path.Label("zh") + "改为“" + text + "”？", "change " + path.Label("en") + " to " + strconv.Quote(text) + "?"}
}

// Mapped reports whether the source of the record has a place for the field; a missing column is one finding about the
// sheet, not one about each row.
func (p *Pass) Mapped(f merchant.Field) bool { return p.Record.Mapped(f) }

// Batch is the state of a batch rule during one run. Observe is called for each record in input order, Finish once.
// Observe must keep no pointer into the record; the ordinal stands for it.
type Batch interface {
	Observe(p *Pass, ordinal int)
	Finish(p *BatchPass)
}

// Shared is what the batch rules of one run keep together: rules that look at the same values keep them once.
//
// A job can be too large for one machine; package validate has RunPart and RunGroups for it. For them a rule that groups
// records by a value tells Key of the value's hash when it observes a record, and at the end judges only the groups whose
// hash Whole accepts.
type Shared struct {
	Key   func(hash uint64)      // nil for nobody
	Whole func(hash uint64) bool // nil where all groups are whole

	values map[any]any
}

// Share returns the value of type T that the batch rules of a run have in common; the first that asks makes it. A family
// shares values of its own unexported types.
func Share[T any](s *Shared, make func() *T) *T {
	key := (*T)(nil)
	if v, ok := s.values[key]; ok {
		return v.(*T)
	}
	if s.values == nil {
		s.values = map[any]any{}
	}
	v := make()
	s.values[key] = v
	return v
}

// Count tells on how many records a record rule looked, and on how many of them it found something.
type Count struct {
	Rule           *Rule
	Severity       Severity // in this run
	Applied, Found int
}

// BatchPass is what a batch rule reports through.
type BatchPass struct {
	AsOf   merchant.Date
	Params *Params
	Rule   *Rule
	// Records counts the records of the run and Failing those with an error of a record rule or of a batch rule that has
	// finished before. Counts tells the same for each record rule.
	Records, Failing int
	Counts           []Count
	// Find reports a finding about the record with the ordinal; related are other records that belong to it. FindFix is
	// Find with ways to mend.
	Find    func(ordinal int, path merchant.Path, value string, related []int, params ...Param)
	FindFix func(ordinal int, path merchant.Path, value string, related []int, fixes []Fix, params ...Param)
	// Sheet reports a finding about a sheet; with the zero Source, about the batch as a whole.
	Sheet func(source merchant.Source, params ...Param)
	// Row returns the row number of a record and Key its key, for messages.
	Row func(ordinal int) int
	Key func(ordinal int) string
}

// Rows joins the row numbers of the records for the message.
func (p *BatchPass) Rows(ordinals []int) string {
	b := make([]byte, 0, 32)
	for i, o := range ordinals {
		if i > 0 {
			b = append(b, "、"...)
		}
		if i == 20 {
			b = append(b, '+')
			b = strconv.AppendInt(b, int64(len(ordinals)-i), 10)
			break
		}
		b = strconv.AppendInt(b, int64(p.Row(o)), 10)
	}
	return string(b)
}
