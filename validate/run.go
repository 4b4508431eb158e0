package validate

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Sink takes what a run finds, in order: first what concerns a sheet or a record (rec is that record, its findings
// follow in plan order), then, with rec nil, what the batch rules find. The slice is valid during the call only. An
// error ends the run.
type Sink func(rec *merchant.Record, found []rules.Finding) error

// Summary counts what a run did.
type Summary struct {
	AsOf    merchant.Date
	Profile string
	Records int // records looked at
	Errors  int // findings by severity
	Warning int
	Info    int
	Partial bool // findings were cut off by a limit
	Rules   map[rules.ID]RuleCount
}

// RuleCount tells how often a rule looked at a record, what it found, and why it did not look. A rule that was skipped
// has not passed.
type RuleCount struct {
	Applied int
	Found   int
	Skipped map[string]int // reason → records: "not applicable", "blocked by LIC002", "needs registry"
}

// Add merges the counts of another part of the same job, such as a comparison with the registry.
func (s *Summary) Add(list []rules.Finding) {
	for i := range list {
		s.count(&list[i])
		c := s.Rules[list[i].Rule.ID]
		c.Found++
		s.Rules[list[i].Rule.ID] = c
	}
}

func (s *Summary) count(f *rules.Finding) {
	switch f.Severity {
	case rules.Error:
		s.Errors++
	case rules.Warning:
		s.Warning++
	default:
		s.Info++
	}
}

// place is what the engine keeps of a record for the batch rules' findings.
type place struct {
	columns *merchant.Columns
	sheet   int // index into sheets
	row     int
	key     string
	parts   []merchant.Part // rows of joined sheets, without their cells
	failing bool            // an error was found
}

// Run reads the stream to its end, applies the sheet rules to what the loader says about sheets, the record rules to
// each record, and the batch rules to all of them. Records must be normalised (those of a loader are).
//
// It returns the counts and the error that ended the stream: the context's, the loader's or the sink's. A
// *load.RowError does not end it; the errors of unreadable rows are joined and returned at the end.
func (v *Validator) Run(ctx context.Context, records load.Records, sink Sink) (Summary, error) {
	w := newWorker(v)
	w.tally = make([]tally, len(v.all))
	sum := Summary{AsOf: v.asOf, Profile: v.profile.Name, Rules: map[rules.ID]RuleCount{}}

	states, shared := make([]rules.Batch, len(v.batch)), &rules.Shared{}
	for i, n := range v.batch {
		states[i] = v.all[n].rule.Batch(shared)
	}
	var places []place
	var sheets []merchant.Source
	var rowErrors []error
	deliver := func(r *merchant.Record) error {
		for i := range w.found {
			sum.count(&w.found[i])
		}
		err := sink(r, w.found)
		w.found = w.found[:0]
		return err
	}
	for r, err := range records {
		if ctx.Err() != nil {
			return sum, ctx.Err()
		}
		if err != nil {
			var issue *load.SheetIssue
			var row *load.RowError
			switch {
			case errors.As(err, &issue):
				w.run(v.sheet, issue.Record)
				if err := deliver(issue.Record); err != nil {
					return sum, err
				}
			case errors.As(err, &row):
				rowErrors = append(rowErrors, err)
			default:
				return sum, err
			}
			continue
		}
		ordinal := sum.Records
		sum.Records++
		w.run(v.record, r)
		if len(states) > 0 {
			src := merchant.Source{File: r.Source.File, Sheet: r.Source.Sheet}
			sheet := slices.Index(sheets, src)
			if sheet < 0 {
				sheet = len(sheets)
				sheets = append(sheets, src)
			}
			p := place{columns: r.Source.Columns, sheet: sheet, row: r.Source.Row, key: r.Key(), failing: slices.ContainsFunc(w.found, isError)}
			for _, part := range r.Parts {
				part.Cells = nil
				p.parts = append(p.parts, part)
			}
			places = append(places, p)
			w.pass.Record = r
			for i, n := range v.batch {
				w.pass.Rule, w.at, w.counted = v.all[n].rule, n, false
				states[i].Observe(&w.pass, ordinal)
			}
			w.pass.Record = nil
		}
		if err := deliver(r); err != nil {
			return sum, err
		}
	}
	for i, n := range v.batch {
		if err := v.finish(w, states[i], n, places, sheets, sum.Records, deliver); err != nil {
			return sum, err
		}
	}
	for n := range v.all {
		if v.all[n].rule.Scope != rules.RegistryScope {
			sum.Rules[v.all[n].rule.ID] = w.tally[n].count(v.all[n].rule)
		}
	}
	return sum, errors.Join(rowErrors...)
}

// finish ends one batch rule: its findings are put in order of their first record.
func (v *Validator) finish(w *worker, state rules.Batch, n int, places []place, sheets []merchant.Source, records int, deliver func(*merchant.Record) error) error {
	w.step, w.at = &v.all[n], n
	w.tally[n].applied = records
	type placed struct {
		ordinal int
		finding rules.Finding
	}
	var found []placed
	source := func(ordinal int, path merchant.Path) (merchant.Source, *merchant.Column) {
		p := &places[ordinal]
		src := sheets[p.sheet]
		src.Row, src.Columns = p.row, p.columns
		probe := merchant.Record{Source: src, Parts: p.parts}
		return probe.SourceOf(path), probe.ColumnOf(path)
	}
	failing := 0
	for i := range places {
		if places[i].failing {
			failing++
		}
	}
	var counts []rules.Count
	for _, i := range v.record {
		counts = append(counts, rules.Count{Rule: v.all[i].rule, Severity: v.all[i].severity, Applied: w.tally[i].applied, Found: w.tally[i].records})
	}
	state.Finish(&rules.BatchPass{
		AsOf: v.asOf, Params: v.params, Rule: w.step.rule, Records: records, Failing: failing, Counts: counts,
		Row: func(ordinal int) int { return places[ordinal].row },
		Key: func(ordinal int) string { return places[ordinal].key },
		Find: func(ordinal int, path merchant.Path, value string, related []int, params ...rules.Param) {
			src, col := source(ordinal, path)
			if v.shifted && col != nil && col.Shifted {
				w.block(n, columnShifted)
				return
			}
			f := rules.Finding{Rule: w.step.rule, Severity: w.step.severity, Source: src, Column: col,
				Key: places[ordinal].key, Path: path, Value: value, Params: params}
			places[ordinal].failing = places[ordinal].failing || isError(f)
			for _, o := range related {
				places[o].failing = places[o].failing || isError(f)
				rsrc, _ := source(o, path)
				f.Related = append(f.Related, rules.Related{Source: rsrc, Key: places[o].key, Path: path})
			}
			found = append(found, placed{ordinal, f})
		},
		Sheet: func(src merchant.Source, params ...rules.Param) {
			found = append(found, placed{-1, rules.Finding{Rule: w.step.rule, Severity: w.step.severity, Source: src, Params: params}})
		},
	})
	slices.SortStableFunc(found, func(a, b placed) int {
		if a.ordinal != b.ordinal {
			return a.ordinal - b.ordinal
		}
		return strings.Compare(a.finding.Path.String(), b.finding.Path.String())
	})
	for _, f := range found {
		w.found = append(w.found, f.finding)
	}
	w.tally[n].found = len(found)
	return deliver(nil)
}

func isError(f rules.Finding) bool { return f.Severity == rules.Error }

func (t *tally) count(r *rules.Rule) RuleCount {
	c := RuleCount{Applied: t.applied, Found: t.found}
	add := func(reason string, n int) {
		if n > 0 {
			if c.Skipped == nil {
				c.Skipped = map[string]int{}
			}
			c.Skipped[reason] += n
		}
	}
	add("not applicable", t.notApplicable)
	if t.needed > 0 {
		add("needs "+r.Needs.Text("en"), t.needed)
	}
	for id, n := range t.blocked {
		add("blocked by "+string(id), n)
	}
	return c
}
