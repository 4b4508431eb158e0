package report

import (
	"encoding/json"
	"io"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// JSON writes one object a line: each finding as it comes, the summary last. It holds nothing back, so a run over
// millions of rows needs no memory for its report.
type JSON struct {
	enc *json.Encoder
	o   Options
}

// NewJSON returns a writer of JSON lines. It writes each line with one call; a caller with many lines buffers w.
func NewJSON(w io.Writer, o Options) *JSON {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &JSON{enc, o}
}

// The order of the members below is the order of the keys in the output, which is part of the contract. Maps are
// written with their keys sorted.
type (
	jsonFinding struct {
		Type        string            `json:"type"`
		Rule        rules.ID          `json:"rule"`
		Severity    string            `json:"severity"`
		Kind        rules.Kind        `json:"kind"`
		Cause       rules.Cause       `json:"cause"`
		Path        string            `json:"path,omitempty"`
		Key         string            `json:"key,omitempty"`
		Source      jsonSource        `json:"source,omitzero"`
		Value       string            `json:"value,omitempty"`
		Params      map[string]string `json:"params,omitempty"`
		Message     string            `json:"message"`
		Remedy      string            `json:"remedy"`
		Fixes       []jsonFix         `json:"fixes,omitempty"`
		Related     []jsonRelated     `json:"related,omitempty"`
		Basis       []string          `json:"basis,omitempty"`
		Fingerprint string            `json:"fingerprint"`
		Suppressed  *jsonSuppressed   `json:"suppressed,omitempty"`
		Baseline    rules.Baseline    `json:"baseline,omitempty"`
	}
	jsonSuppressed struct {
		Reason string `json:"reason"`
		Until  string `json:"until"`
	}
	jsonSource struct {
		File   string `json:"file,omitempty"`
		Sheet  string `json:"sheet,omitempty"`
		Row    int    `json:"row,omitempty"`
		Column string `json:"column,omitempty"`
		Cell   string `json:"cell,omitempty"`
		Header string `json:"header,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Safe    bool       `json:"safe"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Path string `json:"path"`
		Old  string `json:"old"`
		New  string `json:"new"`
	}
	jsonRelated struct {
		Source jsonSource `json:"source,omitzero"`
		Path   string     `json:"path,omitempty"`
	}
	jsonSummary struct {
		Type    string                 `json:"type"`
		AsOf    string                 `json:"as_of"`
		Profile string                 `json:"profile"`
		Records int                    `json:"records"`
		Error   int                    `json:"error"`
		Warning int                    `json:"warning"`
		Info    int                    `json:"info"`
		Partial bool                   `json:"partial"`
		Rules   map[rules.ID]jsonCount `json:"rules"`
		Diff    *diff.Counts           `json:"diff,omitempty"`

		Suppressed int           `json:"suppressed,omitempty"`
		Baseline   *jsonBaseline `json:"baseline,omitempty"`
	}
	jsonBaseline struct {
		New   jsonSeverities `json:"new"`
		Open  jsonSeverities `json:"open"`
		Fixed int            `json:"fixed"`
	}
	jsonSeverities struct {
		Errors  int `json:"error"`
		Warning int `json:"warning"`
		Info    int `json:"info"`
	}
	jsonCount struct {
		Applied int            `json:"applied"`
		Found   int            `json:"found"`
		Skipped map[string]int `json:"skipped,omitempty"`
	}
)

// Findings writes the findings of a record, or of the batch when rec is nil.
func (j *JSON) Findings(_ *merchant.Record, found []rules.Finding) error {
	for i := range found {
		if err := j.Finding(&found[i]); err != nil {
			return err
		}
	}
	return nil
}

// Finding writes one line.
func (j *JSON) Finding(f *rules.Finding) error {
	line := jsonFinding{
		Type: "finding", Rule: f.Rule.ID, Severity: f.Severity.String(), Kind: f.Rule.Kind, Cause: f.Rule.Cause,
		Path: f.Path.String(), Key: j.o.Key(f.Key), Source: source(f.Source), Value: j.o.value(f),
		Message: j.o.message(f), Remedy: j.o.remedy(f), Fingerprint: f.Fingerprint(),
	}
	if f.Column != nil {
		line.Source.Column, line.Source.Cell, line.Source.Header = f.Column.Letter, f.Cell(), f.Column.Header
	}
	if len(f.Params) > 0 {
		line.Params = make(map[string]string, len(f.Params))
		for _, p := range f.Params {
			line.Params[p.Name] = j.o.param(p)
		}
	}
	for i := range f.Fixes {
		fix := &f.Fixes[i]
		edits := make([]jsonEdit, len(fix.Edits))
		for k, e := range fix.Edits {
			edits[k] = jsonEdit{e.Path.String(), j.o.shown(e.Path.Field, e.Old), j.o.shown(e.Path.Field, e.New)}
		}
		line.Fixes = append(line.Fixes, jsonFix{j.o.fixMessage(fix), fix.Safe, edits})
	}
	for _, r := range f.Related {
		line.Related = append(line.Related, jsonRelated{source(r.Source), r.Path.String()})
	}
	line.Basis = citations(f.Rule)
	line.Baseline = f.Baseline
	if s := f.Suppressed; s != nil {
		line.Suppressed = &jsonSuppressed{j.o.sentence(s.Reason), s.Until.String()}
	}
	return j.enc.Encode(&line)
}

// Summary writes the last line. The counts of a comparison are d; nil where none was made.
func (j *JSON) Summary(s validate.Summary, d *diff.Counts) error { return j.enc.Encode(summary(s, d)) }

func summary(s validate.Summary, d *diff.Counts) *jsonSummary {
	line := jsonSummary{Type: "summary", AsOf: s.AsOf.String(), Profile: s.Profile, Records: s.Records, Error: s.Errors,
		Warning: s.Warning, Info: s.Info, Partial: s.Partial, Rules: make(map[rules.ID]jsonCount, len(s.Rules)), Diff: d,
		Suppressed: s.Suppressed}
	if b := s.Baseline; b != nil {
		line.Baseline = &jsonBaseline{jsonSeverities(b.New), jsonSeverities(b.Open), b.Fixed}
	}
	for id, c := range s.Rules {
		line.Rules[id] = jsonCount{c.Applied, c.Found, c.Skipped}
	}
	return &line
}

func source(s merchant.Source) jsonSource {
	return jsonSource{File: fileName(s.File), Sheet: s.Sheet, Row: s.Row}
}
