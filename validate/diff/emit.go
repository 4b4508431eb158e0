package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/batch"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// draft is a result in the making.
type draft struct {
	*join
	*Result
}

// add takes a finding, unless its rule is switched off.
func (d *draft) add(rule *rules.Rule, f rules.Finding) {
	g := d.grades[rule]
	if g.severity == 0 {
		return
	}
	f.Rule, f.Severity = rule, g.severity
	d.Findings = append(d.Findings, f)
}

// ours takes a finding about our record.
func (d *draft) ours(rule *rules.Rule, p merchant.Path, related []rules.Related, params ...rules.Param) {
	d.add(rule, findingOf(d.Local, p, related, params))
}

func findingOf(r *merchant.Record, p merchant.Path, related []rules.Related, params []rules.Param) rules.Finding {
	return rules.Finding{Source: r.SourceOf(p), Column: r.ColumnOf(p), Key: r.Key(), Path: p, Value: raw(r, p), Params: params, Related: related}
}

// send hands the result over, findings and differences in the order of the catalogue.
func (d *draft) send() error {
	if d.Class == EqualAfterNormalising && d.Local == nil { // of one rule, in order
		return d.pass()
	}
	slices.SortStableFunc(d.Findings, func(a, b rules.Finding) int { return d.byRule(a.Rule, b.Rule, a.Path, b.Path) })
	slices.SortStableFunc(d.Differences, func(a, b Difference) int { return d.byRule(a.Rule, b.Rule, a.Path, b.Path) })
	return d.pass()
}

func (d *draft) pass() error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	return d.each(d.Result)
}

func (j *join) byRule(x, y *rules.Rule, a, b merchant.Path) int {
	return cmp.Or(j.grades[x].order-j.grades[y].order, cmp.Compare(a.Field.Path(), b.Field.Path()), cmp.Compare(a.Index, b.Index))
}

// pair counts and hands over the result of a pair.
func (d *draft) pair() error {
	d.counts.Matched++
	switch d.Class {
	case Changed:
		d.counts.Changed++
	case NotComparable:
		d.counts.NotComparable++
	case EqualAfterNormalising:
		d.counts.EqualAfterNormalising++
	case Equal:
		if d.counts.Equal++; !d.options.Equal {
			return nil
		}
	}
	return d.send()
}

// walk compares the pairs and reports about single records, in the order of our records and then of the registry's.
func (j *join) walk() error {
	j.walking = true
	var list []item
	at := 0 // of our events
	until := func(p pos) error {
		for at < len(j.events[ours]) && j.events[ours][at].pos < p {
			if err := j.single(ours, &j.events[ours][at]); err != nil {
				return err
			}
			at++
		}
		return nil
	}
	quick := j.newQuick()
	done, total := 0, j.pairs.count
	for part := 0; part < len(j.pairs.parts); {
		list = list[:0]
		for first := true; part < len(j.pairs.parts) && (first || quick != nil && len(list)+j.pairs.size(part) <= quick.ahead.pairs()); first = false {
			from := len(list)
			var err error
			if list, err = j.pairs.take(part, list); err != nil {
				return err
			}
			slices.SortFunc(list[from:], func(a, b item) int { return cmp.Compare(a[0], b[0]) })
			part++
		}
		if quick != nil {
			if err := quick.ahead.fetch(list); err != nil {
				return err
			}
		}
		for n, i := range list {
			if n%256 == 0 && j.ctx.Err() != nil {
				return j.ctx.Err()
			}
			if err := until(pos(i[0])); err != nil {
				return err
			}
			if err := j.meet(quick, n, i); err != nil {
				return err
			}
			if done++; j.options.Progress != nil && (done%1024 == 0 || done == total) {
				j.options.Progress(done, total)
			}
		}
	}
	if err := until(^pos(0)); err != nil {
		return err
	}
	slices.SortFunc(j.events[theirs], func(a, b event) int { return cmp.Compare(a.pos, b.pos) })
	for i := range j.events[theirs] {
		if err := j.single(theirs, &j.events[theirs][i]); err != nil {
			return err
		}
	}
	return nil
}

// meet compares a pair, the n-th of those whose rows were fetched.
func (j *join) meet(quick *quick, n int, i item) error {
	if quick != nil && i[2] == 0 {
		if done, err := quick.compare(n, pos(i[0]), pos(i[1])); done || err != nil {
			return err
		}
	}
	l, err := j.local.get(pos(i[0]))
	if err != nil {
		return err
	}
	r, err := j.registry.get(pos(i[1]))
	if err != nil {
		return err
	}
	if i[2]&byFallback == 0 && keyOf(l.Record, j.keys[0]) != keyOf(r.Record, j.keys[0]) { // two keys with one hash
		j.events[theirs] = append(j.events[theirs], event{pos: r.pos, class: MissingInLocal})
		return j.single(ours, &event{pos: l.pos, class: MissingInRegistry})
	}
	return j.compare(l, r)
}

// single reports about a record that is not compared.
func (j *join) single(which int, ev *event) error {
	e, err := j.sides()[which].get(ev.pos)
	if err != nil {
		return err
	}
	d := draft{join: j, Result: &Result{Class: ev.class}}
	if which == ours {
		d.Local = e.Record
	} else {
		d.Registry = e.Record
	}
	more := special{}
	if ev.special != nil {
		more = *ev.special
	}
	path := merchant.At(j.keys[0][0])
	for _, s := range more.suspects {
		o, err := j.sides()[1-which].get(s.pos[1-which])
		if err != nil {
			return err
		}
		d.Suspects = append(d.Suspects, Suspect{o.Record, s.evidence})
		if which == ours {
			d.ours(&registry.DIF024, path, []rules.Related{relate(o.Record, path)}, e.call("key"), o.call("b"), rules.T("evidence", joined(s.evidence)))
		}
	}
	switch ev.class {
	case MissingInRegistry:
		if expected(e.Record) {
			j.counts.MissingInRegistry++
			d.ours(&registry.DIF001, path, suspected(d.Suspects, path), e.call("key"))
		}
	case MissingInLocal:
		if tradable(e.Record) {
			j.counts.MissingInLocal++
			d.add(&registry.DIF002, findingOf(e.Record, path, suspected(d.Suspects, path), []rules.Param{e.call("key")}))
		}
	case Ambiguous:
		if err := d.ambiguous(e, more.tie); err != nil {
			return err
		}
	}
	if more.repeated != nil {
		if err := d.repeated(which, more.repeated); err != nil {
			return err
		}
	}
	if len(d.Findings) == 0 && (ev.class == MissingInLocal || ev.class == MissingInRegistry && !expected(e.Record)) {
		return nil
	}
	return d.send()
}

func suspected(list []Suspect, p merchant.Path) []rules.Related {
	var out []entry
	for _, s := range list {
		out = append(out, entry{Record: s.Record})
	}
	return related(out, p)
}

// ambiguous reports a record of ours that fits several of the registry, or one that fits others of ours too.
func (d *draft) ambiguous(e entry, t *tie) error {
	var list []entry
	for _, p := range t.rows {
		r, err := d.registry.get(p)
		if err != nil {
			return err
		}
		list = append(list, r)
		d.Rows = append(d.Rows, r.Record)
	}
	path := merchant.At(d.keys[t.level][0])
	n := rules.P("n", strconv.Itoa(t.n))
	if t.n == 1 {
		n = rules.T("n", rules.Text{ZH: "与本方其他记录共用的1", EN: "1 (shared with other records of ours)"})
	}
	d.ours(&registry.DIF015, path, related(list, path), e.call("key"), n)
	return nil
}

// repeated reports a key that stands on several rows of a side: in the registry with DIF023, with us only where the
// caller asks for it, since the rules of a batch (BAT001, BAT012) say it where our records are checked.
func (d *draft) repeated(which int, rows []pos) error {
	path := merchant.At(d.keys[0][0])
	var first entry
	var others []rules.Related
	var numbers []string
	for i, p := range rows {
		e, err := d.sides()[which].get(p)
		if err != nil {
			return err
		}
		numbers = append(numbers, strconv.Itoa(e.row))
		if i == 0 {
			first = e
			continue
		}
		others = append(others, lean(&first, e, path))
		if !d.findingsOnly {
			d.Rows = append(d.Rows, e.Record)
		}
	}
	if which == ours {
		return d.batch(rows)
	}
	d.Class = DuplicateKey
	d.add(&registry.DIF023, findingOf(first.Record, path, others, []rules.Param{
		rules.V("key", path.Field, keyOf(first.Record, d.keys[0])), rules.P("n", strconv.Itoa(len(rows))), rules.P("rows", strings.Join(numbers, "、"))}))
	return nil
}

// lean relates one of many rows, without a hold on its record.
func lean(first *entry, e entry, p merchant.Path) rules.Related {
	r := relate(e.Record, p)
	if r.Key == first.Key() {
		r.Key = first.Key()
	} else {
		r.Key = strings.Clone(r.Key)
	}
	return r
}

// batch carries out the rules about repeated numbers among our records.
func (d *draft) batch(rows []pos) error {
	if !d.options.Repeated {
		return nil
	}
	for _, rule := range [...]*rules.Rule{&batch.BAT001, &batch.BAT012} {
		b := rule.Batch(&rules.Shared{})
		pass := &rules.Pass{AsOf: d.today, Params: d.params, Rule: rule}
		var first entry
		var list []rules.Related
		var numbers []int
		for i, p := range rows {
			e, err := d.local.get(p)
			if err != nil {
				return err
			}
			if i == 0 {
				first = e
			}
			pass.Record = e.Record
			b.Observe(pass, i)
			list, numbers = append(list, lean(&first, e, merchant.At(merchant.FieldMerchantNo))), append(numbers, e.row)
		}
		var failed error
		findFix := func(at int, p merchant.Path, value string, others []int, fixes []rules.Fix, params ...rules.Param) {
			e, err := d.local.get(rows[at])
			if err != nil {
				failed = err
				return
			}
			more := make([]rules.Related, len(others))
			for k, i := range others {
				more[k] = list[i]
				more[k].Path = p
			}
			f := findingOf(e.Record, p, more, params)
			f.Value, f.Fixes = value, fixes
			d.add(rule, f)
		}
		b.Finish(&rules.BatchPass{AsOf: d.today, Params: d.params, Rule: rule, Records: len(list), FindFix: findFix,
			Find: func(at int, p merchant.Path, value string, others []int, params ...rules.Param) {
				findFix(at, p, value, others, nil, params...)
			},
			Row: func(at int) int { return numbers[at] },
			Key: func(at int) string { return list[at].Key },
		})
		if failed != nil {
			return failed
		}
	}
	return nil
}
