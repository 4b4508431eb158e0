package division

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// mixture returns codes in random order, one of so many of them like a code and
// in no table.
func mixture(unknown int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	var list []string
	for row := range len(rowTails) {
		code := rowCode(row)
		if unknown > 0 && row%unknown == 0 {
			for Known(code) {
				code = fmt.Sprintf("%s%02d", code[:4], r.IntN(100))
			}
		}
		list = append(list, code)
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// BenchmarkRatioLookup compares Lookup with a map made of the same table, three
// of four codes in it.
func BenchmarkRatioLookup(b *testing.B) {
	table := map[string]Division{}
	for row := range len(rowTails) {
		table[rowCode(row)], _ = Lookup(rowCode(row))
	}
	list := mixture(4)
	for _, s := range list {
		x, _ := Lookup(s)
		if y := table[s]; x != y {
			b.Fatalf("the map disagrees about %s", s)
		}
	}
	hits := 0
	numbertest.Ratio(b, len(list), func() {
		for _, s := range list {
			if d, ok := Lookup(s); ok {
				hits += d.Level + len(d.Name)
			}
		}
	}, func() {
		for _, s := range list {
			if d, ok := table[s]; ok {
				hits += d.Level + len(d.Name)
			}
		}
	})
}

// BenchmarkRatioCheck compares Check with a plain loop over the digits and a mark
// for each of the million codes.
func BenchmarkRatioCheck(b *testing.B) {
	marks := make([]uint64, 1e6/64)
	for i := range 1000000 {
		if Known(fmt.Sprintf("%06d", i)) {
			marks[i/64] |= 1 << (i % 64)
		}
	}
	numbertest.RatioOfChecks(b, mixture(0), Check, func(s string) bool {
		if len(s) != 6 {
			return false
		}
		n := 0
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
			n = n*10 + int(s[i]-'0')
		}
		return marks[n/64]>>(n%64)&1 == 1
	})
}
