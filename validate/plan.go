// Package validate runs rules over merchant records.
//
// [New] compiles a validator from the built-in rules, a profile and options; every mistake in them is its error, none
// comes later. A [Validator] is immutable and safe for concurrent use: make one when the program starts and keep it.
// What it does with records depends on what the caller holds:
//
//   - One merchant, as in a service or a unit test: [Validator.Check]. It normalises a copy, so the merchant may come as a
//     person typed it, and returns nil or an [*Error] with the findings of severity error.
//   - Records in a loop of the caller's own: [Validator.Append]. It adds the findings of all severities to a slice that
//     the loop uses again and allocates nothing for a record without any. The record must be normalised, which those of a
//     loader are and normalize.Record sees to.
//   - A file, an export, a cursor: [Validator.Run]. It alone runs the rules that compare records (a number that stands
//     twice, one person behind many merchants) and those about sheets; it checks on several goroutines, hands everything
//     on in the order of the input, and counts for every rule where it looked, what it found and why it did not look.
//
// Append finds in a record what Run finds in it, in the same order: by rule as the catalogue stands, then by path.
//
// Three kinds of trouble are kept apart: a finding (the data is wrong; never an error value), an error from New (the
// configuration is wrong), and an error from Run (input or output failed, or the context ended).
package validate

import (
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// Option changes how a validator is made.
type Option func(*config) error

type config struct {
	asOf      merchant.Date
	profile   *profile.Profile
	only      []rules.ID
	without   []rules.ID
	severity  map[rules.ID]rules.Severity
	extra     []*rules.Rule
	workers   int
	limit     int
	screening func(*merchant.Merchant) (merchant.Screening, bool)
	tables    rules.Tables
	declines  []rules.Decline
	windows   []rules.Window
}

// AsOf sets the civil date that validities and ages are judged against; without it, today in UTC+8.
func AsOf(d merchant.Date) Option {
	return func(c *config) error {
		if d.IsZero() {
			return errors.New("validate: AsOf needs a date")
		}
		c.asOf = d
		return nil
	}
}

// WithProfile sets the profile; without it, the base profile.
func WithProfile(p *profile.Profile) Option {
	return func(c *config) error {
		if p == nil {
			return errors.New("validate: WithProfile needs a profile")
		}
		c.profile = p
		return nil
	}
}

// Only keeps the named rules and no others; Without leaves the named rules out. An entry is an ID (LIC003) or an area
// of three letters (LIC). Unknown ones are errors. A rule that Only names by its ID runs even where the profile switches
// it off.
func Only(ids ...rules.ID) Option {
	return func(c *config) error { c.only = append(c.only, ids...); return nil }
}

// Without leaves rules out; see [Only].
func Without(ids ...rules.ID) Option {
	return func(c *config) error { c.without = append(c.without, ids...); return nil }
}

// WithSeverity regrades one rule.
func WithSeverity(id rules.ID, s rules.Severity) Option {
	return func(c *config) error {
		if s < rules.Info || s > rules.Error {
			return fmt.Errorf("validate: no such severity for %s", id)
		}
		c.severity[id] = s
		return nil
	}
}

// WithRules adds a house's own rules; their IDs must not be taken.
func WithRules(list ...*rules.Rule) Option {
	return func(c *config) error {
		if slices.Contains(list, nil) {
			return errors.New("validate: WithRules needs rules, not nil")
		}
		c.extra = append(c.extra, list...)
		return nil
	}
}

// Workers sets how many goroutines run record rules in Run, 1 to 64; without it, as many as the program may use at once,
// 8 at most. Nothing that a run finds or counts depends on it.
func Workers(n int) Option {
	return func(c *config) error {
		if n < 1 || n > 64 {
			return fmt.Errorf("validate: Workers takes 1 to 64, not %d", n)
		}
		c.workers = n
		return nil
	}
}

// MaxFindings lets Run hand on n findings at most; the counts stay complete, and the summary says that it is partial
// when something was held back. Without it there is no limit.
func MaxFindings(n int) Option {
	return func(c *config) error {
		if n < 1 {
			return fmt.Errorf("validate: MaxFindings takes 1 or more, not %d", n)
		}
		c.limit = n
		return nil
	}
}

// WithScreening sets where the list checks of merchants whose records carry no result come from; false stands for no
// result. It is called once for each such record, by several goroutines at once where the run has several, and must not
// change the merchant.
func WithScreening(result func(*merchant.Merchant) (merchant.Screening, bool)) Option {
	return func(c *config) error {
		if result == nil {
			return errors.New("validate: WithScreening needs a function")
		}
		c.screening = result
		return nil
	}
}

// WithTables replaces reference tables by those of the caller, for the rules that look codes up.
func WithTables(t rules.Tables) Option {
	return func(c *config) error { c.tables = t; return nil }
}

// step is one rule of the plan.
type step struct {
	rule     *rules.Rule
	severity rules.Severity
	missing  bool // a record rule of kind Missing about certain fields
	order    int
}

// call is what a step asks of its rule on each record: a rule is large and lies far away.
type call struct {
	rule    *rules.Rule
	applies func(*rules.Pass) bool
	check   func(*rules.Pass)
}

// steps is a set of steps of the plan, one bit for each.
type steps []uint64

func (s steps) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s steps) has(n int) bool { return s[n/64]>>(n%64)&1 != 0 }

// drop takes the steps of o out of s.
func (s steps) drop(o steps) {
	for i := range o {
		s[i] &^= o[i]
	}
}

// reports returns the fields that a step of kind Missing may report, lists in place of their members.
func (s *step) reports() []merchant.Field {
	list := s.rule.Reports
	if len(list) == 0 {
		list = s.rule.Fields[:1]
	}
	list = slices.Clone(list)
	for i, f := range list {
		if l := f.List(); l != merchant.FieldNone {
			list[i] = l
		}
	}
	return list
}

// Validator is a compiled plan.
type Validator struct {
	asOf    merchant.Date
	profile *profile.Profile
	params  *rules.Params
	tables  rules.Tables
	rules   []*rules.Rule // those that do not run as well
	all     []step        // every rule of the run in catalogue order
	calls   []call        // of all
	record  []int         // indexes into all, by scope
	batch   []int
	context []int
	plan    struct{ record, sheet, context steps }
	needs   rules.Needs       // what the rules of the plan ask for
	needing []steps           // the steps that ask for each of it
	used    merchant.FieldSet // Rule.Uses of all
	using   []steps           // the steps that use each field
	given   rules.Needs       // what the profile has of it
	shifted bool              // findings about shifted columns are held back, since the rule that names them runs
	pool    sync.Pool

	workers     int
	chunk       int // records that go to a worker at once
	maxFindings int // 0 for no limit
	screening   func(*merchant.Merchant) (merchant.Screening, bool)
	declines    []rules.Decline
	windows     []rules.Window
}

// ErrNoRules is what New returns when the options and the profile leave no rule: a run of it would always look green.
var ErrNoRules = errors.New("validate: no rule is left to run")

// New compiles a validator. Every configuration mistake is an error here, none later.
func New(opts ...Option) (*Validator, error) {
	c := &config{severity: map[rules.ID]rules.Severity{}}
	for _, o := range opts {
		if err := o(c); err != nil {
			return nil, err
		}
	}
	if c.asOf.IsZero() {
		c.asOf = today()
	}
	if c.profile == nil {
		p, err := profile.Base()
		if err != nil {
			return nil, err
		}
		c.profile = p
	}
	list := append(slices.Clone(builtin.Rules()), c.extra...)
	if err := rules.Validate(list); err != nil {
		return nil, err
	}
	if err := c.checkIDs(list); err != nil {
		return nil, err
	}
	if c.workers == 0 {
		c.workers = min(runtime.GOMAXPROCS(0), 8)
	}
	v := &Validator{asOf: c.asOf, profile: c.profile, params: &c.profile.Params, tables: c.tables, rules: list, given: given(&c.profile.Params),
		workers: c.workers, chunk: chunkSize, maxFindings: c.limit, screening: c.screening,
		declines: c.declines, windows: c.windows}
	for i, r := range list {
		off := c.profile.Off(r) && !slices.Contains(c.only, r.ID)
		if r.Retired != "" || off || len(c.only) > 0 && !named(c.only, r.ID) || named(c.without, r.ID) {
			continue
		}
		if c.asOf.Before(r.Effective) || !r.Until.IsZero() && c.asOf.After(r.Until) {
			continue
		}
		s := step{rule: r, severity: r.Severity, order: i,
			missing: r.Kind == rules.Missing && r.Scope == rules.RecordScope && len(r.Fields) > 0}
		if g := c.profile.Regraded(r.ID); g != 0 {
			s.severity = g
		}
		if g, ok := c.severity[r.ID]; ok {
			s.severity = g
		}
		v.all = append(v.all, s)
		v.shifted = v.shifted || r.ID == columnShifted
		v.needs |= r.Needs
	}
	if len(v.all) == 0 {
		return nil, ErrNoRules
	}
	v.compile()
	v.pool.New = func() any { return newWorker(v) }
	return v, nil
}

// compile sorts the steps by scope and by what keeps them from looking.
func (v *Validator) compile() {
	v.plan.record, v.plan.sheet, v.plan.context = v.none(), v.none(), v.none()
	for n := range v.all {
		r := v.all[n].rule
		v.calls = append(v.calls, call{r, r.Applies, r.Check})
		switch {
		case r.Batch != nil:
			v.batch = append(v.batch, n)
		case r.Scope == rules.SheetScope:
			v.plan.sheet.add(n)
		case r.Scope == rules.ContextScope:
			v.context = append(v.context, n)
			v.plan.context.add(n)
		case r.Check != nil:
			v.record = append(v.record, n)
			v.plan.record.add(n)
		}
		for _, f := range r.Uses {
			v.used.Add(f)
			v.using = mark(v.using, int(f), n, v.none)
		}
		for need := r.Needs; need != 0; need &= need - 1 {
			v.needing = mark(v.needing, bits.TrailingZeros32(uint32(need)), n, v.none)
		}
	}
}

// none is an empty set of steps.
func (v *Validator) none() steps { return make(steps, (len(v.all)+63)/64) }

// mark adds step n to the i-th of the sets, which grow as needed.
func mark(sets []steps, i, n int, none func() steps) []steps {
	for len(sets) <= i {
		sets = append(sets, none())
	}
	sets[i].add(n)
	return sets
}

// checkIDs refuses what names no rule; areas are names only in Only and Without.
func (c *config) checkIDs(list []*rules.Rule) error {
	known, areas := map[rules.ID]bool{}, map[rules.ID]bool{}
	for _, r := range list {
		known[r.ID] = true
		if len(r.ID) == 6 {
			areas[r.ID[:3]] = true
		}
	}
	for _, id := range slices.Concat(c.only, c.without) {
		if !known[id] && !areas[id] {
			return fmt.Errorf("validate: there is no rule %s", id)
		}
	}
	regraded := slices.Sorted(maps.Keys(c.severity))
	for _, id := range slices.Concat(regraded, c.profile.IDs()) {
		if areas[id] {
			return fmt.Errorf("validate: %s is an area; severities and profiles name single rules, such as %s001", id, id)
		}
		if !known[id] {
			return fmt.Errorf("validate: there is no rule %s", id)
		}
	}
	return nil
}

func named(list []rules.ID, id rules.ID) bool {
	for _, n := range list {
		if n == id || len(n) == 3 && len(id) == 6 && strings.HasPrefix(string(id), string(n)) {
			return true
		}
	}
	return false
}

// AsOf returns the date the validator judges against, Profile the profile, and Severity the severity a rule has in it
// (zero when the rule does not run).
func (v *Validator) AsOf() merchant.Date { return v.asOf }

// Profile returns the profile of the validator.
func (v *Validator) Profile() *profile.Profile { return v.profile }

// Rules returns all rules the validator was made from in plan order, those of WithRules last, whether they run or not.
func (v *Validator) Rules() []*rules.Rule { return slices.Clone(v.rules) }

// Limit returns what [MaxFindings] set, 0 for no limit.
func (v *Validator) Limit() int { return v.maxFindings }

// Severity returns the severity of a rule in this validator, zero when the rule does not run.
func (v *Validator) Severity(id rules.ID) rules.Severity {
	for _, s := range v.all {
		if s.rule.ID == id {
			return s.severity
		}
	}
	return 0
}

// Order returns the place of a rule in the catalogue, for sorting.
func (v *Validator) Order(r *rules.Rule) int {
	for _, s := range v.all {
		if s.rule == r {
			return s.order
		}
	}
	return len(v.all)
}

// Error carries the findings of one merchant. Its text names rules and paths and never a value.
type Error struct{ Findings []rules.Finding }

// Error lists rule and path of each finding.
func (e *Error) Error() string {
	var b strings.Builder
	for i := range e.Findings {
		if i > 0 {
			b.WriteString("; ")
		}
		f := &e.Findings[i]
		fmt.Fprintf(&b, "%s %s (%s)", f.Rule.ID, f.Path, f.Rule.Title.EN)
	}
	return b.String()
}

// Check runs the record rules over a copy of m, normalised first. It returns nil when nothing of severity error was
// found, else an [*Error] with all findings of that severity; warnings and infos are in Append's results.
func (v *Validator) Check(m *merchant.Merchant) error {
	r := &merchant.Record{Merchant: *m.Clone()}
	normalize.Record(r)
	found := v.Append(nil, r)
	found = slices.DeleteFunc(found, func(f rules.Finding) bool { return f.Severity < rules.Error })
	if len(found) == 0 {
		return nil
	}
	return &Error{found}
}

// Append runs the record rules over r and appends what they find to dst, by rule and path. The record is one that a
// loader made or that normalize.Record has normalised; it is not changed. What is appended may be kept. On a record
// without findings it allocates nothing.
func (v *Validator) Append(dst []rules.Finding, r *merchant.Record) []rules.Finding {
	w := v.pool.Get().(*worker)
	w.found = dst
	w.record(r)
	dst, w.found = w.found, nil
	v.pool.Put(w)
	return dst
}

// AppendSheet runs the sheet rules over a record that holds nothing but the notes about a sheet.
func (v *Validator) AppendSheet(dst []rules.Finding, r *merchant.Record) []rules.Finding {
	w := v.pool.Get().(*worker)
	w.found = dst
	w.run(v.plan.sheet, r)
	dst, w.found = w.found, nil
	v.pool.Put(w)
	return dst
}
