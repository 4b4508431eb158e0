package validate

import (
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// worker is the scratch state for one record at a time; a pool keeps them, so that the clean path allocates nothing.
type worker struct {
	v       *Validator
	pass    rules.Pass
	found   []rules.Finding
	failed  []failure
	sheet   *merchant.Columns // the columns that held was made for
	held    []failure         // paths of columns whose values look like those of another field
	own     merchant.Record   // a record with its screening result from elsewhere
	step    *step
	at      int     // index of step in the plan
	counted bool    // the step was held back by a shifted column
	tally   []tally // nil outside Run
}

// failure is a path whose value an earlier rule found unusable.
type failure struct {
	path merchant.Path
	rule rules.ID
}

func newWorker(v *Validator) *worker {
	w := &worker{v: v}
	w.pass = rules.Pass{AsOf: v.asOf, Params: v.params, Report: w.report, Blocked: w.blocked}
	return w
}

func (w *worker) report(f rules.Finding) {
	if w.v.shifted && f.Column != nil && f.Column.Shifted {
		w.holdBack()
		return
	}
	f.Severity = w.step.severity
	w.found = append(w.found, f)
	if f.Severity == rules.Error && f.Rule.Blocks() {
		w.failed = append(w.failed, failure{f.Path, f.Rule.ID})
	}
}

func (w *worker) blocked(p merchant.Path) bool {
	by := w.blocker(p)
	if by == columnShifted {
		w.holdBack()
	}
	return by != ""
}

// holdBack counts, once for a rule and a record, that a shifted column kept the rule from reporting.
func (w *worker) holdBack() {
	if !w.counted {
		w.counted = true
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
	if c := r.Source.Columns; c != w.sheet {
		w.sheet, w.held = c, w.held[:0]
		for i := 0; c != nil && w.v.shifted && i < len(c.List); i++ {
			if c.List[i].Shifted {
				w.held = append(w.held, failure{c.List[i].Path, columnShifted})
			}
		}
	}
	w.failed = append(w.failed[:0], w.held...)
}

// run applies the rules to one record in plan order.
func (w *worker) run(plan []int, r *merchant.Record) {
	if w.v.screening != nil && !screened(r) {
		if s, ok := w.v.screening(&r.Merchant); ok {
			w.own = *r // the caller's record stays as it is
			w.own.Screening = s
			r = &w.own
			defer func() { w.own = merchant.Record{} }()
		}
	}
	w.hold(r)
	w.pass.Record = r
	missing := w.v.needs &^ available(r, w.v.params, w.v.needs)
	for _, n := range plan {
		w.step, w.at, w.counted = &w.v.all[n], n, false
		rule := w.step.rule
		if rule.Needs&missing != 0 {
			if w.tally != nil {
				w.tally[n].needed++
			}
			continue
		}
		if !w.applies(n, rule, r) {
			continue
		}
		w.pass.Rule = rule
		before := len(w.found)
		rule.Check(&w.pass)
		if len(w.found) > before+1 {
			slices.SortStableFunc(w.found[before:], func(a, b rules.Finding) int { return comparePaths(a.Path, b.Path) })
		}
		if w.tally != nil {
			w.tally[n].applied++
			if found := len(w.found) - before; found > 0 {
				w.tally[n].found += found
				w.tally[n].records++
			}
		}
	}
	w.pass.Record, w.pass.Rule = nil, nil
}

// columnShifted stands for the finding about a column whose values are those of another field.
const columnShifted rules.ID = "SRC008"

// columnMissing stands for the finding about a sheet that takes the place of one finding a row.
const columnMissing rules.ID = "SRC023"

// applies asks what must hold before a rule looks at the record, and counts the reason where it does not.
func (w *worker) applies(n int, rule *rules.Rule, r *merchant.Record) bool {
	var by rules.ID
	if rule.Kind == rules.Missing && rule.Scope == rules.RecordScope && len(rule.Fields) > 0 {
		by = w.missingBlocked(rule, r)
	}
	for i := 0; by == "" && i < len(rule.Uses); i++ {
		p := merchant.At(rule.Uses[i])
		if len(w.failed) > 0 {
			if by = w.blocker(p); by != "" {
				break
			}
		}
		if !r.Has(p) {
			if w.tally != nil {
				w.tally[n].notApplicable++
			}
			return false
		}
	}
	if by != "" {
		w.block(n, by)
		return false
	}
	if rule.Applies != nil && !rule.Applies(&w.pass) {
		if w.tally != nil {
			w.tally[n].notApplicable++
		}
		return false
	}
	return true
}

// missingBlocked names what keeps a rule of kind Missing from looking: the finding about the missing column, or, for a
// rule about one field, the one that found its value unusable.
func (w *worker) missingBlocked(rule *rules.Rule, r *merchant.Record) rules.ID {
	reports := rule.Reports
	if len(reports) == 0 {
		reports = rule.Fields[:1]
		if len(w.failed) > 0 {
			if by := w.blocker(merchant.At(reports[0])); by != "" {
				return by
			}
		}
	}
	if r.Source.Columns == nil {
		return ""
	}
	for _, f := range reports {
		if list := f.List(); list != merchant.FieldNone {
			f = list
		}
		if r.Mapped(f) {
			return ""
		}
	}
	return columnMissing
}

func screened(r *merchant.Record) bool {
	return !r.Screening.AsOf.IsZero() || len(r.Screening.Hits) > 0
}

// available tells which of the asked needs the record or the profile can serve.
func available(r *merchant.Record, p *rules.Params, asked rules.Needs) rules.Needs {
	have := rules.NeedSheet | rules.NeedRegistry
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
	// a terminal without a transaction date has not traded only where such dates are kept: a sheet must have the column
	kept := r.Source.Columns == nil || r.Source.Columns.Fills(merchant.FieldTerminalsLastTxnOn)
	for i := range r.Terminals {
		term := &r.Terminals[i]
		has(!term.LastTxnOn.IsZero() || kept && !term.InstalledOn.IsZero(), rules.NeedTxnDates)
		has(term.Params != merchant.TermParams{} || term.KeyStatus != "" || !term.LastSignInOn.IsZero() || term.ICCIDBound != "", rules.NeedTermParams)
	}
	has(screened(r), rules.NeedScreening)
	has(len(p.AcquirerCodes) > 0, rules.NeedAcquirerCodes)
	has(p.AreaScheme != "", rules.NeedAreaScheme)
	has(len(p.DealerPhones) > 0 || len(p.DealerAccounts) > 0, rules.NeedDealers)
	has(len(p.LicensedRegions) > 0, rules.NeedRegions)
	has(len(p.DistrictBoxes) > 0, rules.NeedDistrictBoxes)
	has(len(p.MCCGroups) > 0, rules.NeedMCCKeywords)
	return have
}
