package validate

import (
	"cmp"
	"errors"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// WithDeclines gives Run a log of declined transactions: at its end the context rules say what the declines may be put
// down to. Where a comparison with the registry follows, use [NewIncidents] instead, which hears of its findings too.
func WithDeclines(log ...rules.Decline) Option {
	return func(c *config) error {
		c.declines = append(c.declines, log...)
		return checkIncidents(log, nil)
	}
}

// WithMaintenance gives the maintenance windows of bank, network and acquirer that declines may fall into.
func WithMaintenance(windows ...rules.Window) Option {
	return func(c *config) error {
		c.windows = append(c.windows, windows...)
		return checkIncidents(nil, windows)
	}
}

func checkIncidents(log []rules.Decline, windows []rules.Window) error {
	for _, d := range log {
		if d.MerchantNo == "" || d.Code == "" || d.At.IsZero() {
			return errors.New("validate: a decline needs merchant number, code and time")
		}
	}
	for _, w := range windows {
		if w.Institution == "" || w.From.IsZero() || w.To.Before(w.From) {
			return errors.New("validate: a maintenance window needs an institution and a begin before its end")
		}
	}
	return nil
}

// Incidents carries out the context rules over a log of declined transactions. Every record goes to Record and all
// findings to Findings, in any order of the two, then Report judges. It keeps the records of declined merchants and their
// errors and warnings, and nothing of the others. It is not safe for concurrent use.
type Incidents struct {
	// Registry says that the merchants were looked up in an export of the bank's registry.
	Registry bool

	v       *Validator
	windows []rules.Window
	given   rules.Needs
	log     map[string][]rules.Decline // by merchant number
	records map[string]*merchant.Record
	found   map[string][]rules.Finding
}

// NewIncidents returns Incidents with the rules, severities and date of v, a log and the maintenance windows. It is for
// findings that come from more than one run; Run has its own where v was made with [WithDeclines].
func NewIncidents(v *Validator, log []rules.Decline, windows []rules.Window) (*Incidents, error) {
	if err := checkIncidents(log, windows); err != nil {
		return nil, err
	}
	return v.incidents(log, windows), nil
}

func (v *Validator) incidents(log []rules.Decline, windows []rules.Window) *Incidents {
	in := &Incidents{v: v, log: map[string][]rules.Decline{}, records: map[string]*merchant.Record{}, found: map[string][]rules.Finding{}}
	in.windows = slices.SortedStableFunc(slices.Values(windows), func(a, b rules.Window) int { return a.From.Compare(b.From) })
	if len(log) > 0 {
		in.given |= rules.NeedDeclines
	}
	if len(windows) > 0 {
		in.given |= rules.NeedMaintenance
	}
	for _, d := range log {
		d.MerchantNo = normalize.Code(d.MerchantNo)
		in.log[d.MerchantNo] = append(in.log[d.MerchantNo], d)
	}
	for _, list := range in.log {
		slices.SortStableFunc(list, func(a, b rules.Decline) int { return a.At.Compare(b.At) })
	}
	return in
}

// Record takes a record, which must not change until Report has returned. Of several with one number the first counts.
func (in *Incidents) Record(r *merchant.Record) {
	if in.log[r.MerchantNo] != nil && in.records[r.MerchantNo] == nil {
		in.records[r.MerchantNo] = r
	}
}

// Findings takes findings; the slice is not kept. One that names related merchants counts for them as well.
func (in *Incidents) Findings(found []rules.Finding) {
	if len(in.log) == 0 {
		return
	}
	for i := range found {
		f := &found[i]
		if f.Severity < rules.Warning || f.Suppressed != nil {
			continue
		}
		in.add(f.Key, f)
		for k := range f.Related {
			if key := f.Related[k].Key; key != f.Key {
				in.add(key, f)
			}
		}
	}
}

func (in *Incidents) add(key string, f *rules.Finding) {
	if in.log[key] != nil {
		in.found[key] = append(in.found[key], *f)
	}
}

// Report judges the declined merchants, hands what it finds to sink in the order of their rows, and sets the counts of
// the context rules in sum. A decline of a merchant without a record is counted as skipped.
func (in *Incidents) Report(sum *Summary, sink Sink) error {
	return in.judge(sum, func(r *merchant.Record, found []rules.Finding) error {
		err := sink(r, found)
		for i := range found {
			sum.count(&found[i])
		}
		return err
	})
}

func (in *Incidents) judge(sum *Summary, hand Sink) error {
	w := newWorker(in.v)
	w.given |= in.given
	w.tally = make([]tally, len(in.v.all))
	unknown := 0
	var list []*merchant.Record
	for no := range in.log {
		if r := in.records[no]; r != nil {
			list = append(list, r)
		} else {
			unknown++
		}
	}
	slices.SortFunc(list, func(a, b *merchant.Record) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Sheet, b.Source.Sheet),
			cmp.Compare(a.Source.Row, b.Source.Row), cmp.Compare(a.MerchantNo, b.MerchantNo))
	})
	for _, r := range list {
		w.pass.Incident = &rules.Incident{Declines: in.log[r.MerchantNo], Windows: in.windows, Findings: in.found[r.MerchantNo],
			Missing: in.missing(w, r)}
		w.run(in.v.plan.context, r)
		found := w.found
		w.found = nil
		if len(found) == 0 {
			continue
		}
		if err := hand(r, found); err != nil {
			return err
		}
	}
	for _, n := range in.v.context {
		c := w.tally[n].count(in.v.all[n].rule)
		if unknown > 0 {
			if c.Skipped == nil {
				c.Skipped = map[string]int{}
			}
			c.Skipped["merchant not in the list"] = unknown
		}
		if len(in.log) == 0 {
			c.Skipped = map[string]int{"needs " + in.v.all[n].rule.Needs.Text("en"): sum.Records}
		}
		sum.Rules[in.v.all[n].rule.ID] = c
	}
	return nil
}

// missing tells which evidence about a merchant was not given.
func (in *Incidents) missing(w *worker, r *merchant.Record) rules.Needs {
	lacks := (rules.NeedTermParams | rules.NeedAccountStatus) &^ w.available(r)
	if !in.Registry {
		lacks |= rules.NeedRegistry
	}
	return lacks
}
