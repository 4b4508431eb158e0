package mcc

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// BenchmarkRatioCheck compares Check with a plain loop over the digits and a
// mark for each code.
func BenchmarkRatioCheck(b *testing.B) {
	var marks [10000]bool
	var known []string
	for i := range marks {
		if s := fmt.Sprintf("%04d", i); Valid(s) {
			marks[i] = true
			known = append(known, s)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = known[r.IntN(len(known))]
	}
	numbertest.RatioOfChecks(b, list, Check, func(s string) bool {
		if len(s) != 4 {
			return false
		}
		n := 0
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
			n = n*10 + int(s[i]-'0')
		}
		return marks[n]
	})
}

// BenchmarkRatioLookup compares Lookup with a map made of the same table, three
// of four codes in it.
func BenchmarkRatioLookup(b *testing.B) {
	table := map[string]Entry{}
	var known []string
	for i := range 10000 {
		s := fmt.Sprintf("%04d", i)
		if e, ok := Lookup(s); ok {
			table[s] = e
			known = append(known, s)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = known[r.IntN(len(known))]
		if i%4 == 0 {
			for Valid(list[i]) {
				list[i] = fmt.Sprintf("%04d", r.IntN(10000))
			}
		}
	}
	hits := 0
	numbertest.Ratio(b, len(list), func() {
		for _, s := range list {
			if e, ok := Lookup(s); ok {
				hits += len(e.ZH)
			}
		}
	}, func() {
		for _, s := range list {
			if e, ok := table[s]; ok {
				hits += len(e.ZH)
			}
		}
	})
}
