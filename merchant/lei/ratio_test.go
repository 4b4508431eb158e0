package lei_test

import (
	"slices"
	"testing"
	"time"
)

// ratio measures ours against reference, which do the same work on the same
// values, and reports the median of the paired ratios as x. The two alternate
// in short passes, so that a busy machine slows both; no ratio fails a test.
func ratio(b *testing.B, values int, ours, reference func()) {
	n := 1
	for duration(ours, n) < 2*time.Millisecond {
		n *= 2
	}
	var ratios, own, other []float64
	pass := func() {
		var x, y time.Duration
		if len(ratios)%2 == 0 {
			x = duration(ours, n)
			y = duration(reference, n)
		} else {
			y = duration(reference, n)
			x = duration(ours, n)
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

func duration(f func(), n int) time.Duration {
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

// ratioOfChecks compares two functions that judge a value and must agree.
func ratioOfChecks(b *testing.B, values []string, ours func(string) error, reference func(string) bool) {
	for _, s := range values {
		if (ours(s) == nil) != reference(s) {
			b.Fatalf("the reference disagrees about %q", s)
		}
	}
	passed := 0
	ratio(b, len(values), func() {
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
