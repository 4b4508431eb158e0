package numbertest

import (
	"slices"
	"testing"
	"time"
)

// Ratio measures ours against reference, which do the same work on the same number of values, and reports the median
// of the paired ratios as x. The two alternate in short passes, so that a busy machine slows both; no ratio fails a
// test.
func Ratio(b *testing.B, values int, ours, reference func()) {
	n := 1
	for repeat(ours, n) < 2*time.Millisecond {
		n *= 2
	}
	var ratios, own, other []float64
	pass := func() {
		var x, y time.Duration
		if len(ratios)%2 == 0 {
			x = repeat(ours, n)
			y = repeat(reference, n)
		} else {
			y = repeat(reference, n)
			x = repeat(ours, n)
		}
		ratios = append(ratios, float64(x)/float64(y))
		own = append(own, float64(x)/float64(n*values))
		other = append(other, float64(y)/float64(n*values))
	}
	for b.Loop() {
		pass()
	}
	for len(ratios) < 7 {
		pass()
	}
	b.ReportMetric(median(ratios), "x")
	b.ReportMetric(median(own), "ns/op")
	b.ReportMetric(median(other), "reference-ns/op")
}

func repeat(f func(), n int) time.Duration {
	start := time.Now()
	for range n {
		f()
	}
	return time.Since(start)
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// RatioOfChecks is [Ratio] for two functions that judge a value and must agree.
func RatioOfChecks(b *testing.B, values []string, ours func(string) error, reference func(string) bool) {
	for _, s := range values {
		if (ours(s) == nil) != reference(s) {
			b.Fatalf("the reference disagrees about %q", s)
		}
	}
	passed := 0
	Ratio(b, len(values), func() {
		for _, s := range values {
			if ours(s) == nil {
				passed++
			}
		}
	}, func() {
		for _, s := range values {
			if reference(s) {
				passed++
			}
		}
	})
	if passed == 0 {
		b.Fatal("no value passes")
	}
}
