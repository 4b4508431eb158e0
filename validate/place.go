package validate

import (
	"cmp"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// places is what a run keeps of its records for the findings of the batch rules: 16 bytes a record and its key, and 12
// for each row that was joined in. It shares no text with the records, whose rows could not be freed otherwise, and grows
// by blocks, so that nothing is copied.
type places struct {
	blocks  []*block
	records int
	failing int               // records with an error
	sources []merchant.Source // the sheets, without a row
	index   map[merchant.Source]int32
	probe   merchant.Record // scratch of at
}

const blockSize = 4096

type block struct {
	places  []place
	keys    []byte
	parts   []partPlace
	failing [blockSize / 64]uint64
}

// place is one record; its key and parts begin in the block where those of the record before end.
type place struct {
	keyEnd, partEnd uint32
	source, row     int32
}

type partPlace struct {
	source, row int32
	list        merchant.Field
	index       uint16
}

func (p *places) add(r *merchant.Record, failing bool) {
	n := p.records % blockSize
	if n == 0 {
		p.blocks = append(p.blocks, &block{places: make([]place, 0, blockSize)})
	}
	b := p.blocks[len(p.blocks)-1]
	b.keys = append(b.keys, r.Key()...)
	for i := range r.Parts {
		part := &r.Parts[i]
		b.parts = append(b.parts, partPlace{p.sheet(part.Source), int32(part.Source.Row), part.List, uint16(part.Index)})
	}
	b.places = append(b.places, place{uint32(len(b.keys)), uint32(len(b.parts)), p.sheet(r.Source), int32(r.Source.Row)})
	p.records++
	if failing {
		p.fail(p.records - 1)
	}
}

// fail notes that a record has an error.
func (p *places) fail(ordinal int) {
	word, bit := &p.blocks[ordinal/blockSize].failing[ordinal%blockSize/64], uint64(1)<<(ordinal%64)
	if *word&bit == 0 {
		*word |= bit
		p.failing++
	}
}

// sheet returns the number of a sheet.
func (p *places) sheet(s merchant.Source) int32 {
	s.Row = 0
	if n := len(p.sources); n > 0 && p.sources[n-1] == s { // nearly always
		return int32(n - 1)
	}
	n, ok := p.index[s]
	if !ok {
		if p.index == nil {
			p.index = map[merchant.Source]int32{}
		}
		n = int32(len(p.sources))
		p.sources = append(p.sources, s)
		p.index[s] = n
	}
	return n
}

// find returns the place of a record, its block, and where its key and parts begin.
func (p *places) find(ordinal int) (at *place, b *block, key, part uint32) {
	b = p.blocks[ordinal/blockSize]
	n := ordinal % blockSize
	if n > 0 {
		key, part = b.places[n-1].keyEnd, b.places[n-1].partEnd
	}
	return &b.places[n], b, key, part
}

func (p *places) row(ordinal int) int {
	at, _, _, _ := p.find(ordinal)
	return int(at.row)
}

func (p *places) key(ordinal int) string {
	at, b, start, _ := p.find(ordinal)
	return string(b.keys[start:at.keyEnd])
}

// at returns where the value at path stands.
func (p *places) at(ordinal int, path merchant.Path) (merchant.Source, *merchant.Column) {
	at, b, _, start := p.find(ordinal)
	r := &p.probe
	r.Source, r.Parts = p.sources[at.source], r.Parts[:0]
	r.Source.Row = int(at.row)
	for _, part := range b.parts[start:at.partEnd] {
		src := p.sources[part.source]
		src.Row = int(part.row)
		r.Parts = append(r.Parts, merchant.Part{List: part.list, Index: int(part.index), Source: src})
	}
	return r.SourceOf(path), r.ColumnOf(path)
}

// placed is a finding of a batch rule, before its sources are looked up.
type placed struct {
	ordinal int // of the record, -1 for a sheet
	rule    int // in the plan
	path    merchant.Path
	value   string
	related []int32
	params  []rules.Param
	fixes   []rules.Fix
	sheet   *merchant.Source
}

// judge ends the batch rules and returns what they found, by record, rule and path. It tells them the counts of the
// record rules, the number of records, and how many of them fail by then.
func (j *job) judge(counts []rules.Count, records int, failing *int) (found []placed, err error) {
	for i, n := range j.v.batch {
		if err := j.ctx.Err(); err != nil {
			return nil, err
		}
		if j.states[i] == nil {
			continue
		}
		before := len(found)
		findFix := func(ordinal int, path merchant.Path, value string, related []int, fixes []rules.Fix, params ...rules.Param) {
			if j.v.shifted {
				if _, col := j.places.at(ordinal, path); col != nil && col.Shifted {
					j.tally[n].block(columnShifted, 1)
					return
				}
			}
			f := placed{ordinal: ordinal, rule: n, path: path, value: value, params: params, fixes: fixes}
			for _, o := range related {
				f.related = append(f.related, int32(o))
			}
			if j.v.all[n].severity == rules.Error {
				j.places.fail(ordinal)
				for _, o := range related {
					j.places.fail(o)
				}
			}
			found = append(found, f)
		}
		j.states[i].Finish(&rules.BatchPass{AsOf: j.v.asOf, Params: j.v.params, Rule: j.v.all[n].rule,
			Records: records, Failing: *failing, Counts: counts, Row: j.places.row, Key: j.places.key, FindFix: findFix,
			Find: func(ordinal int, path merchant.Path, value string, related []int, params ...rules.Param) {
				findFix(ordinal, path, value, related, nil, params...)
			},
			Sheet: func(src merchant.Source, params ...rules.Param) {
				found = append(found, placed{ordinal: -1, rule: n, sheet: &src, params: params})
			},
		})
		j.states[i] = nil // its memory is needed no more
		j.tally[n].applied += j.sum.Records
		j.tally[n].found += len(found) - before
	}
	slices.SortStableFunc(found, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.ordinal, b.ordinal), cmp.Compare(a.rule, b.rule), comparePaths(a.path, b.path))
	})
	return found, nil
}

// finish ends the batch rules and hands on what they found by record, rule and path.
func (j *job) finish() error {
	counts := make([]rules.Count, len(j.v.record))
	for i, n := range j.v.record {
		counts[i] = rules.Count{Rule: j.v.all[n].rule, Severity: j.v.all[n].severity, Applied: j.tally[n].applied, Found: j.tally[n].records}
	}
	found, err := j.judge(counts, j.places.records, &j.places.failing)
	if err != nil {
		return err
	}
	j.sum.Failing = max(j.sum.Failing, j.places.failing) // without batch rules there are no places
	var list []rules.Finding
	for len(found) > 0 {
		n := min(len(found), chunkSize)
		list = list[:0]
		for i := range found[:n] {
			list = append(list, j.finding(&found[i]))
		}
		found = found[n:]
		if err := j.ctx.Err(); err != nil {
			return err
		}
		if err := j.hand(nil, list); err != nil {
			return err
		}
	}
	return nil
}

// finding looks up where a batch finding stands.
func (j *job) finding(p *placed) rules.Finding {
	s := &j.v.all[p.rule]
	f := rules.Finding{Rule: s.rule, Severity: s.severity, Path: p.path, Value: p.value, Params: p.params, Fixes: p.fixes}
	if p.sheet != nil {
		f.Source = *p.sheet
		return f
	}
	f.Source, f.Column = j.places.at(p.ordinal, p.path)
	f.Key = j.places.key(p.ordinal)
	for _, o := range p.related {
		src, _ := j.places.at(int(o), p.path)
		f.Related = append(f.Related, rules.Related{Source: src, Key: j.places.key(int(o)), Path: p.path})
	}
	return f
}

// comparePaths orders paths by field and then by list entry, as the model and the entries stand.
func comparePaths(a, b merchant.Path) int {
	return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Index, b.Index))
}
