package validate

import (
	"context"
	"errors"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Sink takes what a run finds, in order: first what concerns a sheet or a record (rec is that record, its findings
// follow in plan order and, within a rule, by path), then, with rec nil, what the batch rules find, by record, rule and
// path. It is called on the goroutine of Run, once for each record whether or not something was found. The slice is
// valid during the call only. A sink may mark findings in place (Suppressed, Baseline); the summary counts them as it
// leaves them. An error ends the run.
type Sink func(rec *merchant.Record, found []rules.Finding) error

// Summary counts what a run did.
type Summary struct {
	AsOf    merchant.Date
	Profile string
	Records int // records looked at
	Errors  int // findings by severity, without those that a suppression keeps from counting
	Warning int
	Info    int
	Failing int  // records with an error of a record rule or, once all records have been seen, of a batch rule
	Partial bool // findings were cut off by a limit, rows could not be read, or the run ended early
	Rules   map[rules.ID]RuleCount

	Suppressed int
	Baseline   *BaselineCount // nil without a baseline
}

// BaselineCount tells how many findings are new to a baseline, how many still open, and how many of its entries did not
// occur again although their rules ran. Findings that a suppression keeps from counting are in none.
type BaselineCount struct {
	New, Open Severities
	Fixed     int
}

// Severities counts findings by severity.
type Severities struct{ Errors, Warning, Info int }

func (s *Severities) add(sev rules.Severity) {
	switch sev {
	case rules.Error:
		s.Errors++
	case rules.Warning:
		s.Warning++
	default:
		s.Info++
	}
}

// RuleCount tells how often a rule looked at a record, what it found, and why it did not look. A rule that was skipped
// has not passed.
type RuleCount struct {
	Applied int
	Found   int            // findings
	Records int            // records on which a record rule found something
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
	if f.Suppressed != nil {
		s.Suppressed++
		return
	}
	if f.Baseline != "" && s.Baseline == nil {
		s.Baseline = &BaselineCount{}
	}
	switch f.Baseline {
	case rules.BaselineNew:
		s.Baseline.New.add(f.Severity)
	case rules.BaselineOpen:
		s.Baseline.Open.add(f.Severity)
	}
	switch f.Severity {
	case rules.Error:
		s.Errors++
	case rules.Warning:
		s.Warning++
	default:
		s.Info++
	}
}

// Run reads the stream to its end, applies the sheet rules to what the loader says about sheets, the record rules to
// each record, and the batch rules to all of them. Records must be normalised (those of a loader are).
//
// The stream and the sink are used on the caller's goroutine, in turn. The record rules run on the goroutines that
// [Workers] allows, over batches of 256 records, so that the sink may lag some thousand records behind the stream; with
// Workers(1) each record is done with before the next is asked for. Findings, their order and the counts are the same
// either way. No goroutine is left when Run returns.
//
// It returns the counts and the error that ended the stream: the context's, the loader's or the sink's. What was read
// before a loader's error is still checked and handed on; after one of the context or the sink nothing more is, and the
// counts by rule are left out. A *load.RowError does not end the run; the errors of unreadable rows are joined and
// returned at the end. A rule that panics does so on the caller's goroutine, when the records before are done with.
func (v *Validator) Run(ctx context.Context, records load.Records, sink Sink) (Summary, error) {
	j := newJob(ctx, v, sink)
	defer j.stop()
	rowErrors, fatal, err := j.read(records)
	if err == nil && fatal == nil {
		err = j.finish()
	}
	if err == nil && fatal == nil {
		err = j.incidents.judge(&j.sum, j.hand)
	}
	if err != nil {
		j.sum.Partial = true
		return j.sum, err
	}
	return j.end(rowErrors, fatal)
}

// end enters the counts by rule into the summary.
func (j *job) end(rowErrors []error, fatal error) (Summary, error) {
	for n := range j.v.all {
		if r := j.v.all[n].rule; (r.Check != nil || r.Batch != nil) && r.Scope != rules.ContextScope {
			j.sum.Rules[r.ID] = j.tally[n].count(r)
		}
	}
	j.sum.Partial = j.sum.Partial || fatal != nil || len(rowErrors) > 0
	if fatal != nil {
		return j.sum, fatal
	}
	return j.sum, errors.Join(rowErrors...)
}

// Coverage tells what each record rule does with r: whether it looks, what it finds, or why it does not look.
func (v *Validator) Coverage(r *merchant.Record) map[rules.ID]RuleCount {
	w := newWorker(v)
	w.tally = make([]tally, len(v.all))
	w.record(r)
	counts := make(map[rules.ID]RuleCount, len(v.record))
	for _, n := range v.record {
		counts[v.all[n].rule.ID] = w.tally[n].count(v.all[n].rule)
	}
	return counts
}

// job is one call of Run.
type job struct {
	v         *Validator
	ctx       context.Context
	sink      Sink
	sum       Summary
	left      int     // findings that may still be handed on
	w         *worker // of the caller's goroutine
	tally     []tally // of what was handed on
	states    []rules.Batch
	part      *part // of RunPart
	places    places
	incidents *Incidents
	stream
}

func newJob(ctx context.Context, v *Validator, sink Sink) *job {
	j := &job{v: v, ctx: ctx, sink: sink, left: v.maxFindings, w: newWorker(v), tally: make([]tally, len(v.all)), states: make([]rules.Batch, len(v.batch)),
		sum: Summary{AsOf: v.asOf, Profile: v.profile.Name, Rules: map[rules.ID]RuleCount{}}, incidents: v.incidents(v.declines, v.windows)}
	j.openBatch(&rules.Shared{}, func(*rules.Rule) bool { return true })
	return j
}

// openBatch makes new states of the batch rules that want one.
func (j *job) openBatch(shared *rules.Shared, want func(*rules.Rule) bool) {
	for i, n := range j.v.batch {
		if r := j.v.all[n].rule; want(r) {
			j.states[i] = r.Batch(shared)
		}
	}
}

// read takes the stream to its end or to the error that ends it, and hands on everything that was read. The error err
// forbids to go on.
func (j *job) read(records load.Records) (rowErrors []error, fatal, err error) {
	for r, err := range records {
		if j.ctx.Err() != nil {
			return rowErrors, nil, j.ctx.Err()
		}
		it := item{record: r}
		if err != nil {
			var issue *load.SheetIssue
			var row *load.RowError
			if errors.As(err, &row) {
				rowErrors = append(rowErrors, err)
				continue
			}
			if !errors.As(err, &issue) {
				fatal = err
				break
			}
			it = item{record: issue.Record, sheet: true}
		}
		if err := j.add(it); err != nil {
			return rowErrors, nil, err
		}
	}
	return rowErrors, fatal, j.drain()
}

// observe shows a record to the batch rules, with what its own rules found and the values they found unusable.
func (j *job) observe(r *merchant.Record, found []rules.Finding, failed []failure) {
	failing := slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Severity == rules.Error })
	if failing {
		j.sum.Failing++
	}
	if len(j.states) == 0 {
		return
	}
	ordinal := j.places.records
	if j.part != nil {
		ordinal = j.part.next(j)
	}
	w := j.w
	w.pass.Record, w.tally, w.failed = r, j.tally, w.failed[:0]
	w.fail(failed...)
	for i, n := range j.v.batch {
		if j.states[i] != nil {
			w.pass.Rule, w.at, w.counted = j.v.all[n].rule, n, -1
			j.states[i].Observe(&w.pass, ordinal)
		}
	}
	w.pass.Record, w.pass.Rule = nil, nil
	if j.part == nil {
		j.places.add(r, failing)
	}
}

// hand passes on what the limit leaves of the findings and counts all of them, as the sink has marked them.
func (j *job) hand(r *merchant.Record, found []rules.Finding) error {
	all := found
	if j.v.maxFindings > 0 {
		if len(found) > j.left {
			found, j.sum.Partial = found[:j.left], true
		}
		j.left -= len(found)
	}
	err := j.sink(r, found)
	for i := range all {
		j.sum.count(&all[i])
	}
	if r != nil {
		j.incidents.Record(r)
	}
	j.incidents.Findings(all)
	return err
}

// tally counts one rule in one run.
type tally struct {
	applied, found, notApplicable, needed int
	records                               int // on which something was found
	blocked                               []blocks
}

// blocks counts the records on which one rule kept another from looking.
type blocks struct {
	by rules.ID
	n  int
}

func (t *tally) block(by rules.ID, n int) {
	for i := range t.blocked {
		if t.blocked[i].by == by {
			t.blocked[i].n += n
			return
		}
	}
	t.blocked = append(t.blocked, blocks{by, n})
}

// take adds the counts of o and sets them to zero.
func (t *tally) take(o *tally) {
	t.applied += o.applied
	t.found += o.found
	t.records += o.records
	t.notApplicable += o.notApplicable
	t.needed += o.needed
	for _, b := range o.blocked {
		t.block(b.by, b.n)
	}
	*o = tally{blocked: o.blocked[:0]}
}

func (t *tally) count(r *rules.Rule) RuleCount {
	c := RuleCount{Applied: t.applied, Found: t.found, Records: t.records}
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
	for _, b := range t.blocked {
		add("blocked by "+string(b.by), b.n)
	}
	return c
}
