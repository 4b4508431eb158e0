package main

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules/batch"
)

// list gives the values one by one, as Beam does.
func list[T any](values []T) func(*T) bool {
	return func(v *T) bool {
		if len(values) == 0 {
			return false
		}
		*v, values = values[0], values[1:]
		return true
	}
}

// TestWidest: groups that lie on many machines are thinned out as batch.Widest does it in one place.
func TestWidest(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var groups [][]int
		byName := map[string][]alike{}
		for range 1 + random.IntN(12) {
			var g []int
			var members []int64
			for i := range 9 {
				if random.IntN(3) == 0 {
					g, members = append(g, i), append(members, int64(i))
				}
			}
			if len(g) < 2 {
				continue
			}
			groups = append(groups, g)
			byName[nameOf(members)] = append(byName[nameOf(members)], alike{Members: members})
		}
		once, of, larger := map[string]alike{}, map[int64][]string{}, map[string][]string{}
		for name, same := range byName {
			onceFn(name, list(same), func(n string, a alike) { once[n] = a }, func(m int64, s string) { of[m] = append(of[m], s) })
		}
		for m, names := range of {
			meetFn(m, list(names), func(small, large string) { larger[small] = append(larger[small], large) })
		}
		var got [][]int
		for name, a := range once {
			widestFn(name, list([]alike{a}), list(larger[name]), func(told) {
				var g []int
				for _, m := range a.Members {
					g = append(g, int(m))
				}
				got = append(got, g)
			}, func(p part) {
				if p.Sum.Warning+p.Sum.Errors+p.Sum.Info != 1 {
					t.Fatalf("%+v", p.Sum)
				}
			})
		}
		want := batch.Widest(groups)
		slices.SortFunc(got, slices.Compare)
		slices.SortFunc(want, slices.Compare)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%v\ngot  %v\nwant %v", groups, got, want)
		}
	}
}

// TestValues: what travels arrives, and damaged bytes are an error.
func TestValues(t *testing.T) {
	rows := []row{{ID: -1}, {ID: 3<<placeBits | 7, Registry: true, Number: "898310154110001", Who: "k1", Code: "9131", Data: []byte{1, 2, 3}}, {ID: 1, Failing: true, Data: []byte{}}}
	for _, r := range rows {
		got, err := decodeRow(encodeRow(r))
		if err != nil || got.ID != r.ID || got.Registry != r.Registry || got.Failing != r.Failing || got.Number != r.Number || got.Who != r.Who || got.Code != r.Code || !slices.Equal(got.Data, r.Data) {
			t.Errorf("%+v, %v; want %+v", got, err, r)
		}
	}
	whole := encodeGroup(group{rows})
	if g, err := decodeGroup(whole); err != nil || len(g.Rows) != len(rows) || g.Rows[1].Number != rows[1].Number {
		t.Errorf("%+v, %v", g, err)
	}
	for n := 1; n < len(whole); n++ {
		if g, err := decodeGroup(whole[:n]); err == nil && len(g.Rows) == len(rows) {
			t.Errorf("%d of %d bytes are %d rows", n, len(whole), len(g.Rows))
		}
	}
	for _, f := range []fact{{Row: &rows[1]}, {Proof: &proof{Rule: "LIC003", Row: 7}}} {
		b, err := encodeFact(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeFact(b)
		if err != nil || (got.Row == nil) != (f.Row == nil) || got.Proof != nil && *got.Proof != *f.Proof {
			t.Errorf("%+v, %v; want %+v", got, err, f)
		}
	}
	for _, f := range []told{{Line: `{"a":1}`}, {Line: "x", Who: "k1", Proof: proof{Stage: ofBatch, Rule: "LIC003", Row: 7}}} {
		b, err := encodeTold(f)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decodeTold(b); err != nil || got != f {
			t.Errorf("%+v, %v; want %+v", got, err, f)
		}
		if got, err := decodeTold(b[:len(b)-1]); err == nil && f.Who != "" {
			t.Errorf("cut off: %+v", got)
		}
	}
	if _, err := decodeFact(nil); err == nil {
		t.Error("nothing is a fact")
	}
}
