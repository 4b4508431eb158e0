package main

import (
	"cmp"
	"maps"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// unsettled in place of a rule says that the comparison ended half-way: half of the evidence makes no verdict.
const unsettled = "unsettled"

// verdictFn judges a merchant by its records and all that was found about it.
type verdictFn struct {
	Job  job
	desk *desk
}

// Setup is called once for each instance.
func (f *verdictFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// ProcessElement judges.
func (f *verdictFn) ProcessElement(_ string, facts func(*fact) bool, shared func(*known) bool, old func(*string) bool, lines func(string)) error {
	if err := f.desk.learn(shared); err != nil || f.desk.whole.Problem != nil {
		return err
	}
	o := diagnose.Options{Registry: true}
	c := diagnose.NewCollector(o)
	for s := ""; old(&s); {
		if s == unsettled {
			return nil
		}
		c.Findings([]rules.Finding{{Rule: f.desk.rules[rules.ID(s)], Severity: rules.Error}})
	}
	var proofs []proof
	first := map[rules.Needs]entry{}
	for a := (fact{}); facts(&a); a = (fact{}) {
		if a.Proof != nil {
			proofs = append(proofs, *a.Proof)
			continue
		}
		rec, err := f.desk.record(a.Row)
		if err != nil {
			return err
		}
		// Of many rows with one number, the first that lacks the same evidence stands for the others.
		lacks := diagnose.Of(rec, nil, o).Missing
		if e, ok := first[lacks]; !ok || a.Row.ID < e.id {
			first[lacks] = entry{a.Row.ID, rec}
		}
	}
	for _, e := range slices.SortedFunc(maps.Values(first), func(a, b entry) int { return cmp.Compare(a.id, b.id) }) {
		c.Record(e.record)
	}
	slices.SortFunc(proofs, func(a, b proof) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.At, b.At), cmp.Compare(a.N, b.N))
	})
	for i := range proofs {
		c.Findings([]rules.Finding{proofs[i].finding(f.desk)})
	}
	line, err := f.desk.lines(func(j *report.JSON) error { return j.Verdicts(c.Verdicts()) })
	if err == nil && line != "" { // there are findings about rows that only the registry has
		lines(line)
	}
	return err
}

type entry struct {
	id     int64
	record *merchant.Record
}
