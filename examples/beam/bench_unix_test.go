//go:build unix

package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
)

var (
	merchants = flag.Int("merchants", 2000, "merchants of BenchmarkWorker; the figures of SIZING.md are for 200000")
	keepFiles = flag.String("keep", "", "folder for the files of BenchmarkWorker; by default they are not kept")
)

// cpuTime is the processor time of the process, which others on the machine hardly touch.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// memory reads a size from what Linux tells of the process; 0 elsewhere.
func memory(name string) int {
	text, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(text), name)
	n, _ := strconv.Atoi(strings.Fields(line + " 0")[0])
	return n << 10
}

// BenchmarkWorker: what the functions of the pipeline ask of a worker, without a runner: processor time for a merchant,
// the most memory (GOGC=5 keeps the rows that the benchmark holds from being counted twice), and the bytes that go out to be
// grouped. The book has a column for each field and few faults; the
// registry differs in one of a hundred rows.
func BenchmarkWorker(b *testing.B) {
	book, registry := benchLists(*merchants)
	dir := *keepFiles
	if dir == "" {
		dir = b.TempDir()
	}
	var bytes int64
	var shards []shard
	for i, list := range [...][]*merchant.Merchant{book, registry} {
		writeCSV(b, dir, fmt.Sprint("side", i), list, 1)
		path := filepath.Join(dir, fmt.Sprintf("side%d-0.csv", i))
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		bytes += info.Size()
		shards = append(shards, shard{int64(i), path, i == 1})
	}
	clear(book)
	clear(registry)
	j := job{AsOf: sample.AsOf.String(), Lang: "zh", Registry: true}
	var rows, theirs []row
	var tales []told
	shared := []known{}
	var total part
	ctx := context.Background()

	measure := func(name string, run func(b *testing.B)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				debug.FreeOSMemory()
				os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
				before, used := memory("VmRSS:"), cpuTime()
				run(b)
				cpu := cpuTime() - used
				b.ReportMetric(float64(cpu.Microseconds())/float64(*merchants), "µs-cpu/merchant")
				b.ReportMetric(float64(memory("VmHWM:")-before)/1e6, "MB")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
	read := func(b *testing.B, keep bool) {
		rows, theirs, tales, shared, total = nil, nil, nil, nil, part{}
		keys, sent, bindings, found := 0, 0, 0, 0
		for _, s := range shards {
			f := &readFn{Job: j}
			if err := f.Setup(); err != nil {
				b.Fatal(err)
			}
			err := f.ProcessElement(ctx, s, func(t told) {
				e, _ := encodeTold(t)
				sent += len(e)
				if found++; keep {
					tales = append(tales, t)
				}
			}, func(r row) {
				sent += len(encodeRow(r))
				if !keep {
					return
				}
				if r.Registry {
					theirs = append(theirs, r)
				} else {
					rows = append(rows, r)
				}
			}, func(int64, int64) { keys++ }, func(k, v string) { bindings += len(k) + len(v) }, func(k known) { shared = append(shared, k) }, func(p part) { total = merge(total, p) })
			if err != nil {
				b.Fatal(err)
			}
		}
		n := float64(*merchants)
		b.ReportMetric(float64(bytes)/n/2, "B-file/row")
		b.ReportMetric(float64(sent)/n/2, "B-sent/row")
		b.ReportMetric(float64(keys)/n, "keys/merchant")
		b.ReportMetric(float64(bindings)/n/2, "B-bindings/row")
		b.ReportMetric(float64(found)/n, "findings/merchant")
	}
	measure("read", func(b *testing.B) { read(b, false) })
	read(b, true)
	shared = append(shared, known{Whole: &whole{Local: total.Local, Registry: total.Registry}})
	measure("judge", func(b *testing.B) { // each record with its neighbour
		f := &judgeFn{Job: j}
		if err := f.Setup(); err != nil {
			b.Fatal(err)
		}
		tell, failing, same, parts := func(told) {}, func(int64, int64) {}, func(string, alike) {}, func(part) {}
		if err := f.StartBundle(list(shared), tell, failing, same, parts); err != nil {
			b.Fatal(err)
		}
		for i := 0; i+1 < len(rows); i += 2 {
			if err := f.ProcessElement(ctx, int64(i), list(rows[i:i+2]), nil, tell, failing, same, parts); err != nil {
				b.Fatal(err)
			}
		}
		if err := f.FinishBundle(ctx, nil, tell, failing, same, parts); err != nil {
			b.Fatal(err)
		}
	})
	byNumber := map[string]row{}
	for _, r := range theirs {
		byNumber[r.Number] = r
	}
	measure("compare", func(b *testing.B) {
		f := &compareFn{Job: j}
		if err := f.Setup(); err != nil {
			b.Fatal(err)
		}
		matched := 0
		tell, parts := func(told) {}, func(p part) { matched += p.Diff.Matched }
		if err := f.StartBundle(list(shared), tell, parts); err != nil {
			b.Fatal(err)
		}
		for _, r := range rows {
			if err := f.ProcessElement(ctx, group{[]row{r, byNumber[r.Number]}}, nil, tell, parts); err != nil {
				b.Fatal(err)
			}
		}
		if err := f.FinishBundle(ctx, nil, tell, parts); err != nil {
			b.Fatal(err)
		}
		if matched != len(rows) {
			b.Fatalf("%d pairs, want %d", matched, len(rows))
		}
	})
	measure("rest", func(b *testing.B) { // as if none had a partner
		f := &restFn{Job: j}
		if err := f.Setup(); err != nil {
			b.Fatal(err)
		}
		if err := f.ProcessElement(ctx, 0, list(append(rows[:len(rows):len(rows)], theirs...)), list(shared), list([]string{}), func(told) {}, func(string) {}, func(part) {}); err != nil {
			b.Fatal(err)
		}
	})
	measure("verdict", func(b *testing.B) {
		f := &verdictFn{Job: j}
		if err := f.Setup(); err != nil {
			b.Fatal(err)
		}
		n := 0
		for i := range rows {
			facts := []fact{{Row: &rows[i]}, {Proof: &tales[i%len(tales)].Proof}}
			if tales[i%len(tales)].Who == "" {
				facts = facts[:1]
			}
			if err := f.ProcessElement("", list(facts), list(shared), list([]string{}), func(string) { n++ }); err != nil {
				b.Fatal(err)
			}
		}
		if n != len(rows) {
			b.Fatalf("%d verdicts, want %d", n, len(rows))
		}
	})
}

// benchLists are a book with few faults and a registry.
func benchLists(n int) (book, registry []*merchant.Merchant) {
	random := rand.New(rand.NewPCG(1, 1))
	subjects := []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro}
	for i := range n {
		m := sample.Merchant(subjects[i%3], i)
		if random.IntN(20) == 0 {
			m.MCC = "123"
		}
		r := *m
		r.Registry.AsOf = sample.AsOf
		if random.IntN(100) == 0 {
			r.Names.Legal += "分店"
		}
		book, registry = append(book, m), append(registry, &r)
	}
	random.Shuffle(n, func(i, k int) { registry[i], registry[k] = registry[k], registry[i] })
	return book, registry
}
