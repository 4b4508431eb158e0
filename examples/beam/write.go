package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// summaryFn ends the job: the rules that judge by its counts, and the summary.
type summaryFn struct {
	Job  job
	desk *desk
}

// Setup is called once for each instance.
func (f *summaryFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// ProcessElement sums up. The records that only a batch rule found failing come one by one.
func (f *summaryFn) ProcessElement(ctx context.Context, p part, failing func(*int64) bool, lines func(string), summary func(string)) error {
	v, sum := f.desk.v, p.Sum
	for n := int64(0); failing(&n); {
		sum.Failing += int(n)
	}
	sum.AsOf, sum.Profile = v.AsOf(), v.Profile().Name
	err := v.EndParts(ctx, &sum, func(_ *merchant.Record, found []rules.Finding) error { return f.hand(found, lines) })
	if err != nil {
		return err
	}
	counts := &p.Diff
	if !f.Job.Registry {
		counts = nil
	}
	for _, r := range builtin.Rules() { // as the command counts the rules of a comparison
		switch n := sum.Rules[r.ID]; {
		case r.Scope != rules.RegistryScope || v.Severity(r.ID) == 0:
		case f.Job.Registry:
			n.Applied = sum.Records
			sum.Rules[r.ID] = n
		default:
			sum.Rules[r.ID] = validate.RuleCount{Skipped: map[string]int{"needs " + rules.NeedRegistry.Text("en"): sum.Records}}
		}
	}
	// A report tells that there were no lists of known findings; this program takes none.
	known, err := suppress.New(v, suppress.Options{})
	if err != nil {
		return err
	}
	if err := f.hand(known.Finish(&sum), lines); err != nil {
		return err
	}
	line, err := f.desk.lines(func(j *report.JSON) error { return j.Summary(sum, counts) })
	if err == nil {
		summary(line)
	}
	return err
}

// hand writes what is found in the end. It concerns no merchant.
func (f *summaryFn) hand(found []rules.Finding, lines func(string)) error {
	for i := range found {
		t, err := f.desk.tell(&found[i], ofBatch, 0, 0)
		if err != nil {
			return err
		}
		lines(t.Line)
	}
	return nil
}

// scatterFn gives each line to one of the files.
type scatterFn struct{ Files int }

// ProcessElement chooses by the line, so that a second try writes the same.
func (f *scatterFn) ProcessElement(line string, emit func(int64, string)) {
	h := fnv.New32a()
	h.Write([]byte(line))
	emit(int64(h.Sum32()%uint32(f.Files)), line)
}

// writeFn writes one of the files of findings.
type writeFn struct {
	Output string
	Files  int
}

// ProcessElement writes a file whole, and says how many lines.
func (f *writeFn) ProcessElement(ctx context.Context, n int64, lines func(*string) bool) (int64, error) {
	written := int64(0)
	err := create(ctx, fmt.Sprintf("%s/findings-%05d-of-%05d.jsonl", f.Output, n, f.Files), func(w *bufio.Writer) error {
		for s := ""; lines(&s); written++ {
			if _, err := w.WriteString(s + "\n"); err != nil {
				return err
			}
		}
		return nil
	})
	return written, err
}

// endFn writes the summary, after all findings: where it is, the report is complete.
type endFn struct{ Output string }

// ProcessElement waits for the other files.
func (f *endFn) ProcessElement(ctx context.Context, line string, written func(*int64) bool) error {
	for n := int64(0); written(&n); {
	}
	return create(ctx, f.Output+"/"+summaryName, func(w *bufio.Writer) error {
		_, err := w.WriteString(line + "\n")
		return err
	})
}

const summaryName = "summary.jsonl"

func create(ctx context.Context, path string, write func(*bufio.Writer) error) error {
	storage, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer storage.Close()
	out, err := storage.OpenWrite(ctx, path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<16)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	return errors.Join(err, out.Close())
}

// expand lists the files of patterns in the order of the job.
func expand(ctx context.Context, patterns string) (list []string, err error) {
	for _, p := range strings.Split(patterns, ",") {
		storage, err := filesystem.New(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", p, oneLine(err))
		}
		files, err := storage.List(ctx, p)
		storage.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %s", p, oneLine(err))
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("no file matches %s; check the path, and quote the pattern", p)
		}
		list = append(list, files...)
	}
	return list, nil
}

// oneLine words an error in a line. Those of Beam tell where they passed, and what they began with at the end.
func oneLine(err error) string {
	s := err.Error()
	if i := strings.LastIndex(s, "caused by:"); i >= 0 {
		s = s[i+len("caused by:"):]
	}
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 400 {
		s = strings.ToValidUTF8(s[:400], "") + "…"
	}
	return s
}
