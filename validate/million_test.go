package validate_test

import (
	"context"
	"flag"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

var million = flag.Int("records", 10_000, "records of the benchmarks of whole runs; the goals are for 1000000")

// generated yields n clean merchants, each in a record of its own.
func generated(n int) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for i := range n {
			r := merchant.NewRecord(rulestest.Clean(subjects[i/7%6], i))
			r.Source = merchant.Source{File: "generated", Row: i + 2}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// BenchmarkRunMemory: the most memory that a run with every rule takes, as the system counts it.
func BenchmarkRunMemory(b *testing.B) {
	v := newValidator(b)
	for b.Loop() {
		debug.FreeOSMemory()
		if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) != nil {
			b.Skip("the system does not tell the peak of the resident memory")
		}
		before := status(b, "VmRSS:")
		sum, err := v.Run(context.Background(), generated(*million), func(*merchant.Record, []rules.Finding) error { return nil })
		if err != nil || sum.Records != *million {
			b.Fatal(sum.Records, err)
		}
		peak := status(b, "VmHWM:")
		b.ReportMetric(float64(peak)/1e6, "MB")
		b.ReportMetric(float64(peak-before)/float64(*million), "B/record")
		b.ReportMetric(float64(sum.Errors+sum.Warning+sum.Info), "findings")
		if *million == 1_000_000 && peak > 600e6 {
			b.Errorf("%d MB, the goal is 600", peak/1e6)
		}
	}
}

// status reads a size from what the system tells of the process, in bytes.
func status(b *testing.B, name string) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, line, _ := strings.Cut(string(text), name)
	n, err := strconv.Atoi(strings.Fields(line + " x")[0])
	if err != nil {
		b.Fatal(err)
	}
	return n << 10
}

// others returns the processor time that the machine has spent, less our own; 0 where the system does not tell.
func others() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	var ticks int
	for i, f := range strings.Fields(line) { // cpu user nice system idle iowait irq softirq steal guest guest_nice
		if n, err := strconv.Atoi(f); err == nil && i != 4 && i != 5 && i < 9 {
			ticks += n
		}
	}
	return time.Duration(ticks)*10*time.Millisecond - cpuTime()
}

// BenchmarkRunWorkers: the wall time of a run with one worker over that with two. Passes count only while both
// processors were ours, which is when others used less than a tenth of one.
func BenchmarkRunWorkers(b *testing.B) {
	run := func(workers int) (wall, cpu time.Duration) {
		v := newValidator(b, validate.Workers(workers))
		start, used := time.Now(), cpuTime()
		if sum, err := v.Run(context.Background(), generated(*million), func(*merchant.Record, []rules.Finding) error { return nil }); err != nil || sum.Records != *million {
			b.Fatal(sum.Records, err)
		}
		return time.Since(start), cpuTime() - used
	}
	var ratios []float64
	passes := 0
	for b.Loop() {
		passes++
		var one, two, cpu time.Duration
		start, theirs := time.Now(), others()
		if passes%2 == 0 {
			one, _ = run(1)
			two, cpu = run(2)
		} else {
			two, cpu = run(2)
			one, _ = run(1)
		}
		b.ReportMetric(cpu.Seconds()/two.Seconds(), "cpu/wall")
		if others()-theirs < time.Since(start)/10 {
			ratios = append(ratios, one.Seconds()/two.Seconds())
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(ratios)), "passes")
	if len(ratios) == 0 {
		b.Logf("not measured: in none of %d passes both processors were free", passes)
		return
	}
	slices.Sort(ratios)
	b.ReportMetric(median(ratios), "x")
	b.ReportMetric(ratios[0], "x-min")
	b.ReportMetric(ratios[len(ratios)-1], "x-max")
	if *million == 1_000_000 && ratios[len(ratios)-1] < 1.5 {
		b.Errorf("two workers are %.2f to %.2f times as fast as one; the goal is 1.5", ratios[0], ratios[len(ratios)-1])
	}
}
