package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/batch"
)

// sharedFn passes on the keys that records have in common, each with its records. Most keys end here.
func sharedFn(key int64, rows func(*int64) bool, emit func(row, key int64)) {
	var first, id int64
	if !rows(&first) || !rows(&id) {
		return
	}
	emit(first, key)
	for ok := true; ok; ok = rows(&id) {
		emit(id, key)
	}
}

// spreadFn sends a record to each of its common keys.
func spreadFn(_ int64, rows func(*row) bool, keys func(*int64) bool, emit func(int64, row)) {
	var r row
	if !rows(&r) {
		return
	}
	sent := map[int64]bool{}
	for k := int64(0); keys(&k); {
		if !sent[k] {
			sent[k] = true
			emit(k, r)
		}
	}
}

// judgeFn has the batch rules judge the records of keys, many keys at a time.
type judgeFn struct {
	Job  job
	desk *desk
	keys map[uint64]bool
	rows map[int64]row
}

// fill is how many records are judged at once: more spare some work, and hold more memory.
const fill = 4096

// Setup is called once for each instance.
func (f *judgeFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// StartBundle begins anew: what a failed bundle has left is done again.
func (f *judgeFn) StartBundle(shared func(*known) bool, _ func(told), _ func(int64, int64), _ func(string, alike), _ func(part)) error {
	f.keys, f.rows = map[uint64]bool{}, map[int64]row{}
	return f.desk.learn(shared)
}

// ProcessElement takes the records of a key.
func (f *judgeFn) ProcessElement(ctx context.Context, key int64, rows func(*row) bool, _ func(*known) bool, tell func(told), failing func(int64, int64), same func(string, alike), parts func(part)) error {
	f.keys[uint64(key)] = true
	for r := (row{}); rows(&r); {
		f.rows[r.ID] = r
	}
	if len(f.rows) < fill {
		return nil
	}
	return f.judge(ctx, tell, failing, same, parts)
}

// FinishBundle judges what is left.
func (f *judgeFn) FinishBundle(ctx context.Context, _ func(*known) bool, tell func(told), failing func(int64, int64), same func(string, alike), parts func(part)) error {
	return f.judge(ctx, tell, failing, same, parts)
}

func (f *judgeFn) judge(ctx context.Context, tell func(told), failing func(int64, int64), same func(string, alike), parts func(part)) error {
	if len(f.keys) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(f.rows))
	records := func(yield func(*merchant.Record, error) bool) {
		for _, id := range ids {
			r := f.rows[id]
			if rec, err := f.desk.record(&r); !yield(rec, err) {
				return
			}
		}
	}
	var p part
	v := f.desk.v
	gate := v.Order(&batch.BAT021)
	sum, err := v.RunGroups(ctx, records, func(k uint64) bool { return f.keys[k] }, func(found rules.Finding, members []int) error {
		list := make([]int64, len(members))
		for i, m := range members {
			list[i] = ids[m]
			if r := f.rows[ids[m]]; found.Severity == rules.Error && !r.Failing && v.Order(found.Rule) < gate {
				failing(r.ID, 1)
			}
		}
		n := int64(v.Order(found.Rule))<<32 | int64(found.Path.Field)<<16 | int64(uint16(found.Path.Index))
		t, err := f.desk.tell(&found, ofBatch, list[0], n)
		if err != nil {
			return err
		}
		if found.Rule.ID == batch.BAT010.ID {
			same(nameOf(list), alike{t, found.Severity, list})
			return nil
		}
		tell(t)
		p.add(&found)
		return nil
	})
	if err != nil {
		return err
	}
	p.Sum.Merge(sum)
	parts(p)
	clear(f.keys)
	clear(f.rows)
	return nil
}

// nameOf names a group of records.
func nameOf(members []int64) string {
	var b []byte
	for _, m := range slices.Sorted(slices.Values(members)) {
		b = binary.AppendVarint(b, m)
	}
	sum := sha256.Sum256(b)
	return string(sum[:16])
}

// Records that look like one merchant (BAT010) can be found by several keys: the same group twice, or a group that is part
// of a larger one. batch.Widest settles that in one place; the functions below do where groups lie on many machines. Two
// groups of different size of which one contains the other have as many records in common as the smaller has.

// onceFn keeps one of equal groups.
func onceFn(name string, groups func(*alike) bool, once func(string, alike), members func(int64, string)) {
	var a alike
	if groups(&a) {
		once(name, a)
		n := string(binary.BigEndian.AppendUint32(nil, uint32(len(a.Members))))
		for _, m := range a.Members {
			members(m, n+name)
		}
	}
}

// meetFn tells a group which larger groups have a record of it. A record is in few.
func meetFn(_ int64, groups func(*string) bool, emit func(string, string)) {
	var all []string // the size first
	for s := ""; groups(&s); {
		all = append(all, s)
	}
	slices.Sort(all)
	for i, small := range all {
		for _, large := range all[i+1:] {
			if small[:4] != large[:4] {
				emit(small[4:], large[4:])
			}
		}
	}
}

// widestFn passes on the groups that are no part of another.
func widestFn(_ string, groups func(*alike) bool, larger func(*string) bool, tell func(told), parts func(part)) {
	var a alike
	if !groups(&a) {
		return
	}
	common := map[string]int{}
	for s := ""; larger(&s); {
		if common[s]++; common[s] == len(a.Members) {
			return
		}
	}
	var p part
	p.add(&rules.Finding{Rule: &batch.BAT010, Severity: a.Severity})
	tell(a.Told)
	parts(p)
}
