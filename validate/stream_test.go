package validate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

var subjects = [...]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro,
	merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg}

// noGoroutines fails when a run has left a worker behind.
func noGoroutines(t testing.TB) {
	t.Helper()
	buf := make([]byte, 1<<20)
	for try := 0; ; try++ {
		stacks := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "validate.(*job).work") {
			return
		}
		if try == 100 { // a worker that has said goodbye may take a moment to be gone
			t.Fatalf("a run left a goroutine behind:\n%s", stacks)
		}
		time.Sleep(time.Millisecond)
	}
}

// event is what a stream yields next: a record, or an error.
type event struct {
	record *merchant.Record
	err    error
}

func events(list []event) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, e := range list {
			if !yield(e.record, e.err) {
				return
			}
		}
	}
}

// jsonOf runs and returns the report of the run, which holds all that was found and counted, and the error.
func jsonOf(t require, workers, chunk int, records load.Records, opts ...validate.Option) (string, error) {
	v, err := validate.New(append(opts, validate.AsOf(rulestest.AsOf), validate.Workers(workers))...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	validate.SetChunk(v, chunk)
	var buf bytes.Buffer
	out := report.NewJSON(&buf, report.Options{})
	sum, err := v.Run(context.Background(), records, out.Findings)
	if err := out.Summary(sum, nil); err != nil {
		t.Fatalf("%v", err)
	}
	return buf.String(), err
}

// require is what testing.T and rapid.T share.
type require interface {
	Fatalf(format string, args ...any)
}

// TestWorkersAgreeOnSample: the sample book gives the same bytes whatever the number of workers.
func TestWorkersAgreeOnSample(t *testing.T) {
	read := func(workers, chunk int) string {
		records, closer, err := file.Open(context.Background(), "../testdata/merchants.xlsx", file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer closer.Close()
		out, err := jsonOf(t, workers, chunk, records)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := read(1, 256)
	if n := strings.Count(want, `"type":"finding"`); n < 100 {
		t.Fatalf("%d findings in the sample", n)
	}
	for workers := 1; workers <= 8; workers++ {
		for _, chunk := range []int{7, 256} {
			if got := read(workers, chunk); got != want {
				t.Errorf("%d workers, chunks of %d: another report", workers, chunk)
			}
		}
	}
	noGoroutines(t)
}

// spoiled are records of every subject type with and without faults, normalised.
func spoiled(t *testing.T) []*merchant.Record {
	t.Helper()
	var list []*merchant.Record
	columns := &merchant.Columns{List: []merchant.Column{{Letter: "A", Path: merchant.At(merchant.FieldMerchantNo)},
		{Letter: "B", Path: merchant.At(merchant.FieldLegalRepIDNo), Shifted: true}}}
	spoil := [...]func(*merchant.Record){
		func(*merchant.Record) {},
		func(r *merchant.Record) { r.Licence.Number, r.MCC, r.LegalRep.Name = "91310104MA10000091", "54", "" },
		func(r *merchant.Record) { r.Terminals = append(r.Terminals, r.Terminals[0], merchant.Terminal{}) },
		func(r *merchant.Record) {
			r.Settlement.AccountNo, r.Addresses.Business.DistrictCode = "6228480402564890011", "999999"
		},
		func(r *merchant.Record) { r.Merchant = merchant.Merchant{MerchantNo: r.MerchantNo} },
		func(r *merchant.Record) { r.Source.Columns = columns },
		func(r *merchant.Record) {
			r.Source.File, r.Source.Sheet = "other.xlsx", "二"
			r.Parts = []merchant.Part{{List: merchant.FieldTerminals, Source: merchant.Source{File: "other.xlsx", Sheet: "终端", Row: r.Source.Row + 100}}}
		},
	}
	for i := range 6 * len(spoil) {
		r := merchant.NewRecord(rulestest.Clean(subjects[i%6], i/2))
		r.Source.File = "book.xlsx"
		spoil[i/6](r)
		normalize.Record(r)
		list = append(list, r)
	}
	return list
}

// TestWorkersAgree: any stream of records, remarks on sheets and rows that cannot be read, ended by an error or not, gives
// the same bytes and the same error whatever the number of workers.
func TestWorkersAgree(t *testing.T) {
	list := spoiled(t)
	broken := errors.New("the file ends here")
	rapid.Check(t, func(t *rapid.T) {
		var es []event
		for i, kind := range rapid.SliceOfN(rapid.IntRange(-3, len(list)-1), 0, 60).Draw(t, "stream") {
			src := merchant.Source{File: "book.xlsx", Row: i + 2}
			switch {
			case kind == -1:
				es = append(es, event{err: &load.RowError{Source: src, Err: errors.New("unreadable")}})
			case kind < -1:
				es = append(es, event{err: &load.SheetIssue{Record: &merchant.Record{Source: src, Notes: []merchant.Note{{Kind: merchant.NoteNoRows}}}}})
			default:
				r := *list[kind]
				r.Source.Row = i + 2
				es = append(es, event{record: &r})
			}
		}
		if rapid.Bool().Draw(t, "broken") {
			es = append(es, event{err: broken}, event{record: list[0]})
		}
		var opts []validate.Option
		if rapid.Bool().Draw(t, "limit") {
			opts = append(opts, validate.MaxFindings(rapid.IntRange(1, 300).Draw(t, "findings")))
		}
		want, wantErr := jsonOf(t, 1, 256, events(es), opts...)
		workers, chunk := rapid.IntRange(2, 8).Draw(t, "workers"), rapid.IntRange(1, 9).Draw(t, "chunk")
		got, err := jsonOf(t, workers, chunk, events(es), opts...)
		if got != want {
			t.Fatalf("%d workers give another report:\n%s\nwant\n%s", workers, got, want)
		}
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || errors.Is(err, broken) != errors.Is(wantErr, broken) {
			t.Fatalf("error %v, want %v", err, wantErr)
		}
	})
	noGoroutines(t)
}

// house returns a rule of a house that does what f does.
func house(f func(*rules.Pass)) *rules.Rule {
	return &rules.Rule{ID: "ACME-001", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-01",
		Title: rules.Text{ZH: "标题", EN: "Title"}, Message: rules.Text{ZH: "错", EN: "wrong"},
		Remedy: rules.Text{ZH: "改正", EN: "correct it"}, Doc: rules.Text{ZH: "条件", EN: "condition"},
		Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "house rule"}},
		Fields: []merchant.Field{merchant.FieldMerchantNo}, Check: f}
}

// TestRunEnds: however a run ends, the records before are handed on in order and no goroutine stays behind.
func TestRunEnds(t *testing.T) {
	const at = 41 // the record at which it happens
	errSink := errors.New("the disk is full")
	for _, c := range []struct {
		name  string
		sink  func(n int, cancel func()) error
		check func(n int, cancel func())
		want  func(got any) bool // what Run returns or panics with
	}{
		{"sink", func(n int, _ func()) error {
			if n == at {
				return errSink
			}
			return nil
		}, nil, func(got any) bool { return got == errSink }},
		{"cancelled by the sink", func(n int, cancel func()) error {
			if n == at {
				cancel()
			}
			return nil
		}, nil, func(got any) bool { return got == context.Canceled }},
		{"panic in the sink", func(n int, _ func()) error {
			if n == at {
				panic("sink")
			}
			return nil
		}, nil, func(got any) bool { return got == "sink" }},
		{"panic in a rule", nil, func(n int, _ func()) {
			if n == at+1 {
				panic("rule")
			}
		}, func(got any) bool { return got == "rule" }},
		{"fault in a rule", nil, func(n int, _ func()) {
			if n == at+1 {
				var m *merchant.Merchant
				_ = *m
			}
		}, func(got any) bool { _, ok := got.(runtime.Error); return ok }},
	} {
		for workers := 1; workers <= 4; workers++ {
			for _, chunk := range []int{1, 10, 41, 42, 256} {
				t.Run(fmt.Sprintf("%s/%d/%d", c.name, workers, chunk), func(t *testing.T) {
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					v := newValidator(t, validate.Workers(workers), validate.Only("ACME-001"), validate.WithRules(house(func(p *rules.Pass) {
						if c.check != nil {
							c.check(p.Record.Source.Row, cancel)
						}
					})))
					validate.SetChunk(v, chunk)
					var rows []int
					sink := func(r *merchant.Record, _ []rules.Finding) error {
						rows = append(rows, r.Source.Row)
						if c.sink != nil {
							return c.sink(r.Source.Row, cancel)
						}
						return nil
					}
					endless := func(yield func(*merchant.Record, error) bool) {
						for n := 0; yield(&merchant.Record{Source: merchant.Source{Row: n}}, nil); n++ {
						}
					}
					var got any
					func() {
						defer func() {
							if p := recover(); p != nil {
								got = p
							}
						}()
						_, got = v.Run(ctx, endless, sink)
					}()
					if !c.want(got) {
						t.Errorf("ended with %v", got)
					}
					want := make([]int, at+1)
					for n := range want {
						want[n] = n
					}
					if !slices.Equal(rows, want) {
						t.Errorf("handed on: %v", rows)
					}
					noGoroutines(t)
				})
			}
		}
	}
}

// TestRunIsCancelledWhileItWaits: the context also ends a run whose sink never hears of it, with no more records looked
// at than a run may hold.
func TestRunIsCancelledWhileItWaits(t *testing.T) {
	for workers := 1; workers <= 4; workers++ {
		ctx, cancel := context.WithCancel(context.Background())
		var seen, yielded atomic.Int64
		v := newValidator(t, validate.Workers(workers), validate.WithRules(house(func(*rules.Pass) {
			if seen.Add(1) == 1000 {
				cancel()
			}
		})), validate.Only("ACME-001"))
		_, err := v.Run(ctx, func(yield func(*merchant.Record, error) bool) {
			for yield(&merchant.Record{}, nil) {
				yielded.Add(1)
			}
		}, func(*merchant.Record, []rules.Finding) error { return nil })
		if err != context.Canceled {
			t.Errorf("%d workers: %v", workers, err)
		}
		if n := int(seen.Load()); n < 1000 || n > 1000+validate.MaxLag(v) {
			t.Errorf("%d workers: %d records looked at", workers, n)
		}
		noGoroutines(t)
	}
}

// TestRunHoldsFewRecords: the sink lags behind the stream by a fixed number of records, and not at all with one worker.
func TestRunHoldsFewRecords(t *testing.T) {
	for workers := 1; workers <= 8; workers *= 2 {
		v := newValidator(t, validate.Workers(workers), validate.Only("LIC", "BAT008"))
		validate.SetChunk(v, 16)
		read, handed, lag := 0, 0, 0
		record := merchant.NewRecord(rulestest.Clean("", 1))
		sum, err := v.Run(context.Background(), func(yield func(*merchant.Record, error) bool) {
			for range 5000 {
				read++
				lag = max(lag, read-handed)
				if !yield(record, nil) {
					return
				}
			}
		}, func(r *merchant.Record, _ []rules.Finding) error {
			if r != nil {
				handed++
			}
			return nil
		})
		if err != nil || sum.Records != 5000 || handed != 5000 {
			t.Fatalf("%d records, %d handed on, %v", sum.Records, handed, err)
		}
		if workers == 1 && lag != 1 || lag > validate.MaxLag(v) {
			t.Errorf("%d workers: the sink lags %d records behind", workers, lag)
		}
	}
}

// TestLimit: a limit holds findings back, not counts.
func TestLimit(t *testing.T) {
	list := spoiled(t)
	run := func(opts ...validate.Option) (n int, sum validate.Summary) {
		sum, err := newValidator(t, opts...).Run(context.Background(), stream(list), func(_ *merchant.Record, found []rules.Finding) error {
			n += len(found)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n, sum
	}
	all, whole := run()
	if whole.Partial || all != whole.Errors+whole.Warning+whole.Info || all < 100 {
		t.Fatalf("%d findings, %+v", all, whole)
	}
	for _, limit := range []int{1, all - 1, all, all + 1} {
		n, sum := run(validate.MaxFindings(limit))
		if n != min(limit, all) || sum.Partial != (limit < all) {
			t.Errorf("limit %d: %d findings, partial %v", limit, n, sum.Partial)
		}
		if sum.Partial = false; !reflect.DeepEqual(sum, whole) {
			t.Errorf("limit %d: the counts differ", limit)
		}
	}
}

// TestOrder: findings come by row, then by rule, then by path; those of batch rules after those of records.
func TestOrder(t *testing.T) {
	v := newValidator(t)
	rank := func(f *rules.Finding) [4]int {
		return [4]int{f.Source.Row, v.Order(f.Rule), int(f.Path.Field), int(f.Path.Index)}
	}
	check := func(t *testing.T, list []rules.Finding) {
		t.Helper()
		for i := 1; i < len(list); i++ {
			if a, b := rank(&list[i-1]), rank(&list[i]); slices.Compare(a[:], b[:]) > 0 {
				t.Errorf("%s %s of row %d stands after %s %s of row %d", list[i].Rule.ID, list[i].Path, b[0], list[i-1].Rule.ID, list[i-1].Path, a[0])
			}
		}
	}
	var single, batch []rules.Finding
	list := spoiled(t)
	rows := make([]*merchant.Record, 3*len(list))
	for i := range rows {
		r := *list[i*5%len(list)]
		r.Source = merchant.Source{Row: i + 2}
		r.Parts = nil
		rows[i] = &r
	}
	_, err := v.Run(context.Background(), stream(rows), func(r *merchant.Record, found []rules.Finding) error {
		if r == nil {
			batch = append(batch, found...)
		} else {
			single = append(single, found...)
		}
		return nil
	})
	if err != nil || len(single) < 300 || len(batch) < 50 {
		t.Fatalf("%d findings about records, %d about the batch, %v", len(single), len(batch), err)
	}
	check(t, single)
	check(t, batch)
	// a rule need not report in the order of the paths
	backwards := house(func(p *rules.Pass) {
		for i := 12; i >= 0; i-- {
			p.Find(merchant.Item(merchant.FieldTerminalsSerialNo, i))
		}
		p.Find(merchant.At(merchant.FieldMerchantNo))
	})
	v = newValidator(t, validate.WithRules(backwards), validate.Only("ACME-001"))
	if found := v.Append(nil, merchant.NewRecord(&merchant.Merchant{})); len(found) != 14 {
		t.Errorf("%d findings", len(found))
	} else {
		check(t, found)
	}
}
