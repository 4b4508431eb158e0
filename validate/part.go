package validate

import (
	"context"
	"errors"
	"maps"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
)

// PartSink takes what [Validator.RunPart] finds, as a [Sink] does, and the keys of the record: a hash of each value by
// which batch rules group records. A record may have a key twice, and is then a group by itself. The slices are valid during the call only.
type PartSink func(rec *merchant.Record, found []rules.Finding, keys []uint64) error

// RunPart is [Validator.Run] for one part of a job that is too large for one machine. It applies the sheet rules and the
// record rules and hands on the keys of each record, but batch rules judge nothing that reaches beyond a sheet. A part holds
// whole sheets. When all parts are done, the caller
//
//   - brings the records of each key together and has them judged by [Validator.RunGroups], which may see as many keys at
//     once as the caller likes; a key that was told once in the whole job needs no judgement;
//   - adds up the summaries with [Summary.Merge] and the findings of the groups with [Summary.Add];
//   - ends with [Validator.EndParts], for the rules that judge by the counts of the whole job.
//
// What is found, and the summary, are those of one Run over all records in the order of their ordinals. A batch rule of
// the caller's own takes part if it tells its keys; see [rules.Shared].
func (v *Validator) RunPart(ctx context.Context, records load.Records, sink PartSink) (Summary, error) {
	p := &part{}
	j := newJob(ctx, v, func(rec *merchant.Record, found []rules.Finding) error {
		err := sink(rec, found, p.keys)
		p.keys = p.keys[:0]
		return err
	})
	j.part = p
	defer j.stop()
	rowErrors, fatal, err := j.read(records)
	if err == nil && fatal == nil {
		for i, n := range v.batch {
			if beyond(v.all[n].rule) {
				j.states[i] = nil
			}
		}
		err = j.finish()
	}
	if err == nil {
		err = j.incidents.judge(&j.sum, j.hand)
	}
	if err != nil {
		j.sum.Partial = true
		return j.sum, err
	}
	return j.end(rowErrors, fatal)
}

// part is the state of a RunPart. The batch rules keep what they observe for a while only.
type part struct {
	seen int
	keys []uint64
}

// beyond reports whether a batch rule looks beyond a sheet.
func beyond(r *rules.Rule) bool { return r.Scope != rules.SheetScope }

// next returns the ordinal of the next record for the batch rules.
func (p *part) next(j *job) int {
	n := p.seen % blockSize
	if p.seen++; n == 0 {
		j.openBatch(&rules.Shared{Key: func(k uint64) { p.keys = append(p.keys, k) }}, beyond)
	}
	return n
}

// RunGroups has the batch rules judge the records of some keys of a job; see [Validator.RunPart]. The records are all those
// that have one of the keys, each once, in the order of the job; whole says whether a key is one of them. The report gets
// each finding with the ordinals of the records that it is about, counted from 0 in the stream, the one it stands at first.
//
// Two things are left to the caller, since they reach beyond a key: a finding of BAT010 is void if all its records are
// among those of another, and one of two equal ones is (see batch.Widest); and a record that an error of a batch rule
// before BAT021 is about counts as failing, once. The summary holds what was skipped, and no findings.
func (v *Validator) RunGroups(ctx context.Context, records load.Records, whole func(key uint64) bool, report func(f rules.Finding, members []int) error) (Summary, error) {
	j := newJob(ctx, v, nil)
	clear(j.states)
	j.openBatch(&rules.Shared{Whole: whole}, beyond)
	tally := j.tally
	for r, err := range records {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			return Summary{}, err
		}
		j.w.found, j.w.tally = j.w.found[:0], nil // RunPart has counted
		j.w.record(r)
		j.tally = nil
		j.observe(r, j.w.found, j.w.failed)
		j.tally = tally
	}
	found, err := j.judge(nil, 0, new(int))
	if err != nil {
		return Summary{}, err
	}
	for i := range found {
		members := []int{found[i].ordinal}
		for _, o := range found[i].related {
			members = append(members, int(o))
		}
		if err := report(j.finding(&found[i]), members); err != nil {
			return Summary{}, err
		}
	}
	sum := Summary{AsOf: v.asOf, Profile: v.profile.Name, Rules: map[rules.ID]RuleCount{}}
	for _, n := range v.batch {
		if c := j.tally[n].count(v.all[n].rule); c.Skipped != nil {
			sum.Rules[v.all[n].rule.ID] = RuleCount{Skipped: c.Skipped}
		}
	}
	return sum, nil
}

// EndParts ends a job that was carried out by [Validator.RunPart]: sum is what its parts add up to, with Failing as
// [Validator.RunGroups] says. It hands to sink what the rules find that judge by the counts of the job, and enters it.
func (v *Validator) EndParts(ctx context.Context, sum *Summary, sink Sink) error {
	j := newJob(ctx, v, nil)
	clear(j.states)
	j.openBatch(&rules.Shared{}, beyond)
	var counts []rules.Count
	for _, n := range v.record {
		r := v.all[n].rule
		c := sum.Rules[r.ID]
		counts = append(counts, rules.Count{Rule: r, Severity: v.all[n].severity, Applied: c.Applied, Found: c.Records})
	}
	found, err := j.judge(counts, sum.Records, &sum.Failing)
	if err != nil {
		return err
	}
	for _, n := range v.batch {
		if r := v.all[n].rule; beyond(r) {
			c := sum.Rules[r.ID]
			c.Applied = sum.Records
			sum.Rules[r.ID] = c
		}
	}
	for i := range found {
		if found[i].sheet == nil {
			return errors.New("validate: " + string(v.all[found[i].rule].rule.ID) + " found a record that it has not seen")
		}
		list := []rules.Finding{j.finding(&found[i])}
		if err := sink(nil, list); err != nil {
			return err
		}
		sum.Add(list)
	}
	return nil
}

// Merge adds the counts of another part of the same job.
func (s *Summary) Merge(o Summary) {
	s.Records += o.Records
	s.Errors += o.Errors
	s.Warning += o.Warning
	s.Info += o.Info
	s.Failing += o.Failing
	s.Suppressed += o.Suppressed
	s.Partial = s.Partial || o.Partial
	if o.Baseline != nil {
		if s.Baseline == nil {
			s.Baseline = &BaselineCount{}
		}
		s.Baseline.New.merge(o.Baseline.New)
		s.Baseline.Open.merge(o.Baseline.Open)
		s.Baseline.Fixed += o.Baseline.Fixed
	}
	if s.Rules == nil {
		s.AsOf, s.Profile, s.Rules = o.AsOf, o.Profile, map[rules.ID]RuleCount{}
	}
	for id, c := range o.Rules {
		into := s.Rules[id]
		into.Applied += c.Applied
		into.Found += c.Found
		into.Records += c.Records
		if c.Skipped != nil {
			into.Skipped = maps.Clone(into.Skipped)
			if into.Skipped == nil {
				into.Skipped = map[string]int{}
			}
			for reason, n := range c.Skipped {
				into.Skipped[reason] += n
			}
		}
		s.Rules[id] = into
	}
}

func (s *Severities) merge(o Severities) {
	s.Errors += o.Errors
	s.Warning += o.Warning
	s.Info += o.Info
}
