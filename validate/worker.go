package validate

import (
	"math/bits"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// worker is the scratch state for one record at a time; a pool keeps them, so that the clean path allocates nothing.
type worker struct {
	v       *Validator
	given   rules.Needs // what the profile and the run serve
	pass    rules.Pass
	found   []rules.Finding
	failed  []failure
	own     merchant.Record          // a record with its screening result from elsewhere
	blocked func(merchant.Path) bool // unusable, for the pass
	ready   steps                    // what is left of a plan for the record
	at      int                      // the step that looks
	counted int                      // the last step that a shifted column held back, -1 for none
	tally   []tally                  // nil outside Run

	// What follows from the columns of a sheet, made anew when they change.
	columns *merchant.Columns
	held    []failure // paths of columns whose values look like those of another field
	absent  steps     // of kind Missing, all of whose fields the sheet has no column for
	txnDays bool      // dates of the last transaction are kept
}

// failure is a path whose value an earlier rule found unusable.
type failure struct {
	path merchant.Path
	rule rules.ID
}

func newWorker(v *Validator) *worker {
	w := &worker{v: v, given: v.given}
	w.pass = rules.Pass{AsOf: v.asOf, Params: v.params, Tables: v.tables, Report: w.report}
	w.blocked = w.unusable
	return w
}

func (w *worker) report(f rules.Finding) {
	if w.v.shifted && f.Column != nil && f.Column.Shifted {
		w.holdBack()
		return
	}
	f.Severity = w.v.all[w.at].severity
	w.found = append(w.found, f)
	if f.Severity == rules.Error && f.Rule.Blocks() {
		w.fail(failure{f.Path, f.Rule.ID})
	}
}

// fail notes values that later rules leave alone.
func (w *worker) fail(list ...failure) {
	w.failed = append(w.failed, list...)
	w.pass.Unusable = nil
	if len(w.failed) > 0 {
		w.pass.Unusable = w.blocked
	}
}

func (w *worker) unusable(p merchant.Path) bool {
	by := w.blocker(p)
	if by == columnShifted {
		w.holdBack()
	}
	return by != ""
}

// holdBack counts, once for a rule and a record, that a shifted column kept the rule from reporting.
func (w *worker) holdBack() {
	if w.counted != w.at {
		w.counted = w.at
		w.block(w.at, columnShifted)
	}
}

// blocker returns the rule that found the value at p unusable, "" when none did.
func (w *worker) blocker(p merchant.Path) rules.ID {
	for i := range w.failed {
		if w.failed[i].path == p {
			return w.failed[i].rule
		}
	}
	return ""
}

// block counts a rule of the plan that was kept from looking, or whose finding was.
func (w *worker) block(n int, by rules.ID) {
	if w.tally != nil {
		w.tally[n].block(by, 1)
	}
}

// hold begins a record: the values of shifted columns are unusable from the start.
func (w *worker) hold(r *merchant.Record) {
	if c := r.Source.Columns; c != w.columns || w.absent == nil {
		w.learn(c)
	}
	w.failed, w.counted = w.failed[:0], -1
	w.fail(w.held...)
	w.pass.Begin(r)
}

// learn notes what follows from the columns of a sheet.
func (w *worker) learn(c *merchant.Columns) {
	w.columns, w.held = c, w.held[:0]
	for i := 0; c != nil && w.v.shifted && i < len(c.List); i++ {
		if c.List[i].Shifted {
			w.held = append(w.held, failure{c.List[i].Path, columnShifted})
		}
	}
	w.absent = w.v.none()
	for i := range w.v.all {
		if s := &w.v.all[i]; s.missing && c != nil && !slices.ContainsFunc(s.reports(), c.Fills) {
			w.absent.add(i)
		}
	}
	// a terminal without a transaction date has not traded only where such dates are kept: a sheet must have the column
	w.txnDays = c == nil || c.Fills(merchant.FieldTerminalsLastTxnOn)
}

// record applies the record rules.
func (w *worker) record(r *merchant.Record) {
	if w.v.screening != nil && !screened(r) {
		if s, ok := w.v.screening(&r.Merchant); ok {
			w.own = *r // the caller's record stays as it is
			w.own.Screening = s
			r = &w.own
			defer func() { w.own = merchant.Record{} }()
		}
	}
	w.run(w.v.plan.record, r)
}

// run applies the rules of a plan to one record in their order.
func (w *worker) run(plan steps, r *merchant.Record) {
	w.hold(r)
	missing, filled := w.v.needs&^w.available(r), w.pass.Filled()
	w.prepare(plan, missing, filled)
	for i, ready := range w.ready {
		rest := ready
		if w.tally != nil {
			rest = plan[i] // all are counted
		}
		for ; rest != 0; rest &= rest - 1 {
			n := i*64 + bits.TrailingZeros64(rest)
			s := &w.v.calls[n]
			w.at, w.pass.Rule = n, s.rule
			switch {
			case w.tally != nil && ready&(rest&-rest) == 0:
				w.passOver(n, missing, filled)
				continue
			case len(w.failed) > 0:
				if by, ok := w.usable(n, filled); !ok {
					w.block(n, by)
					continue
				}
			}
			if s.applies != nil && !s.applies(&w.pass) {
				if w.tally != nil {
					w.tally[n].notApplicable++
				}
				continue
			}
			before := len(w.found)
			s.check(&w.pass)
			found := len(w.found) - before
			if found > 1 {
				slices.SortStableFunc(w.found[before:], func(a, b rules.Finding) int { return comparePaths(a.Path, b.Path) })
			}
			if w.tally != nil {
				w.tally[n].applied++
				if found > 0 {
					w.tally[n].found += found
					w.tally[n].records++
				}
			}
		}
	}
	w.pass.Begin(nil)
	w.pass.Rule = nil
}

// prepare leaves out of a plan, at once, all steps that what the record lacks keeps from looking.
func (w *worker) prepare(plan steps, missing rules.Needs, filled *merchant.FieldSet) {
	w.ready = append(w.ready[:0], plan...)
	w.ready.drop(w.absent)
	for ; missing != 0; missing &= missing - 1 {
		w.ready.drop(w.v.needing[bits.TrailingZeros32(uint32(missing))])
	}
	empty := w.v.used.Without(filled)
	for f := range empty.All() {
		w.ready.drop(w.v.using[f])
	}
}

// passOver counts a step that prepare left out.
func (w *worker) passOver(n int, missing rules.Needs, filled *merchant.FieldSet) {
	if w.v.all[n].rule.Needs&missing != 0 {
		w.tally[n].needed++
	} else if by, _ := w.usable(n, filled); by != "" {
		w.block(n, by)
	} else {
		w.tally[n].notApplicable++
	}
}

// columnShifted stands for the finding about a column whose values are those of another field.
const columnShifted rules.ID = "SRC008"

// columnMissing stands for the finding about a sheet that takes the place of one finding a row.
const columnMissing rules.ID = "SRC023"

// usable asks the fields of a rule; by is the rule that keeps it from looking.
func (w *worker) usable(n int, filled *merchant.FieldSet) (by rules.ID, ok bool) {
	s := &w.v.all[n]
	if s.missing {
		if len(s.rule.Reports) == 0 {
			if by := w.blocker(merchant.At(s.rule.Fields[0])); by != "" {
				return by, false
			}
		}
		if w.absent.has(n) {
			return columnMissing, false
		}
	}
	for _, f := range s.rule.Uses {
		if by := w.blocker(merchant.At(f)); by != "" {
			return by, false
		}
		if !filled.Has(f) {
			return "", false
		}
	}
	return "", true
}

func screened(r *merchant.Record) bool {
	return !r.Screening.AsOf.IsZero() || len(r.Screening.Hits) > 0
}

// available tells which of the needs of the plan the record or the profile can serve.
func (w *worker) available(r *merchant.Record) rules.Needs {
	have, asked := w.given, w.v.needs
	if asked&rules.NeedCells != 0 {
		for i := range r.Cells {
			if t := r.Cells[i].Type; t != merchant.CellEmpty {
				if t != merchant.CellUntyped {
					have |= rules.NeedCells
				}
				break
			}
		}
		for i := range r.Notes { // numbers of JSON have a type and no cell
			if k := r.Notes[i].Kind; r.Cells == nil && (k == merchant.NoteLostDigits || k == merchant.NoteSerialDate) {
				have |= rules.NeedCells
			}
		}
	}
	has := func(ok bool, n rules.Needs) {
		if ok {
			have |= n
		}
	}
	has(!r.UpdatedOn.IsZero() || len(r.FieldDates) > 0, rules.NeedChangeDates)
	has(r.Licence.RegistrationStatus != "", rules.NeedRegistration)
	s := &r.Settlement
	has(s.AccountStatus != "" || s.VerifyResult != "" || !s.StatusAsOf.IsZero() || !s.VerifiedOn.IsZero() || !s.BalanceCNY.IsZero(), rules.NeedAccountStatus)
	t := &r.Stats
	has(!t.AvgTicketCNY.IsZero() || !t.P95TicketCNY.IsZero() || !t.MaxDailyCNY.IsZero() || !t.MonthToDateCNY.IsZero(), rules.NeedStats)
	for i := range r.Terminals {
		term := &r.Terminals[i]
		has(!term.LastTxnOn.IsZero() || w.txnDays && !term.InstalledOn.IsZero(), rules.NeedTxnDates)
		has(term.Params != merchant.TermParams{} || term.KeyStatus != "" || !term.LastSignInOn.IsZero() || term.ICCIDBound != "", rules.NeedTermParams)
	}
	has(screened(r), rules.NeedScreening)
	return have
}

// given tells which needs the profile serves. Registry rules ask for themselves.
func given(p *rules.Params) rules.Needs {
	have := rules.NeedSheet | rules.NeedRegistry
	has := func(ok bool, n rules.Needs) {
		if ok {
			have |= n
		}
	}
	has(len(p.AcquirerCodes) > 0, rules.NeedAcquirerCodes)
	has(p.AreaScheme != "", rules.NeedAreaScheme)
	has(len(p.DealerPhones) > 0 || len(p.DealerAccounts) > 0, rules.NeedDealers)
	has(len(p.LicensedRegions) > 0, rules.NeedRegions)
	has(len(p.DistrictBoxes) > 0, rules.NeedDistrictBoxes)
	has(len(p.MCCGroups) > 0, rules.NeedMCCKeywords)
	return have
}
