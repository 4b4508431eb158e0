package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/html"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// worker carries out the runs that wait in the database, one after the other.
type worker struct {
	store *store
	data  string // the data folder
	wake  chan struct{}

	mu      sync.Mutex
	current string // run under way
	done    int    // per cent of it
}

// poke tells the worker that there is something to do.
func (w *worker) poke() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// progress returns how far a run is, in per cent.
func (w *worker) progress(id string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.current != id {
		return 0
	}
	return w.done
}

func (w *worker) advance(id string, done int) {
	w.mu.Lock()
	w.current, w.done = id, done
	w.mu.Unlock()
}

// work runs until ctx ends. While the database is away it waits and tries again.
func (w *worker) work(ctx context.Context) {
	for ctx.Err() == nil {
		r, err := w.store.next(ctx)
		switch {
		case err != nil:
			slog.Error("the queue cannot be read", "error", err)
			pause(ctx, time.Second)
		case r == nil:
			select {
			case <-ctx.Done():
			case <-w.wake:
			case <-time.After(5 * time.Second):
			}
		default:
			w.carryOut(ctx, r)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// carryOut brings a run to one of its ends, and tells the database of it as soon as it can be told.
func (w *worker) carryOut(ctx context.Context, r *run) {
	w.advance(r.ID, 1)
	err := w.check(ctx, r)
	w.advance("", 0)
	if err == nil {
		slog.Info("run complete", "run", r.ID, "records", r.Records, "errors", r.Errors)
		return
	}
	state, zh, en := broken, "写入失败或数据库中断", "writing failed, or the database was gone"
	var bad interface{ In(lang string) string } // *load.InputError, *diff.Error, *strictjson.Error
	switch {
	case errors.As(err, &bad):
		state, zh, en = failed, bad.In("zh"), bad.In("en")
	case ctx.Err() != nil:
		return // the next start finds it running
	}
	slog.Error("run ended", "run", r.ID, "state", state, "error", en)
	for {
		err := w.store.end(ctx, r, state, zh, en)
		if err == nil || ctx.Err() != nil {
			return
		}
		pause(ctx, time.Second)
	}
}

// keeper collects the rows of a run and writes them in batches.
type keeper struct {
	ctx      context.Context
	store    *store
	run      *run
	seq      int
	seen     map[string]bool
	versions *batch
	records  *batch
	findings *batch
	due      *batch
	err      error // the first, which ended the run
}

// batchSize is how many findings or records are written at once: enough that a commit costs little, few enough that
// other writers get their turn.
const batchSize = 4000

func newKeeper(ctx context.Context, s *store, r *run) *keeper {
	return &keeper{ctx: ctx, store: s, run: r, seen: map[string]bool{"": true},
		versions: &batch{table: "versions", columns: []string{"merchant", "sum", "body"}},
		records:  &batch{table: "run_records", columns: []string{"run_id", "merchant", "sum", "name"}},
		findings: &batch{table: "findings", columns: []string{"run_id", "seq", "fingerprint", "rule", "severity", "cause", "merchant", "path", "state", "suppressed", "detail"}},
		due:      &batch{table: "due", columns: []string{"run_id", "merchant", "path", "due_on"}}}
}

// add takes a record and its findings. Of records with one key the first counts; the rest are findings about it.
func (k *keeper) add(rec *merchant.Record, found []rules.Finding) error {
	if k.err != nil {
		return k.err
	}
	if rec != nil && rec.Source.Row > 0 { // not a sheet
		if key := clean(rec.Key()); !k.seen[key] {
			k.seen[key] = true
			raw, err := json.Marshal(&rec.Merchant)
			if err != nil {
				k.err = err
				return err
			}
			body := clean(string(raw))
			sum := sha256.Sum256([]byte(body))
			k.versions.add(key, hex.EncodeToString(sum[:]), body)
			k.records.add(k.run.ID, key, hex.EncodeToString(sum[:]), clean(rec.Names.Legal))
			for _, d := range dueDates(&rec.Merchant) {
				k.due.add(k.run.ID, key, d.path.String(), d.on.String())
			}
		}
	}
	for i := range found {
		k.seq++
		about := clean(found[i].Key)
		if !k.seen[about] { // a row that only the registry has
			about = ""
		}
		if k.err = addFinding(k.findings, k.run.ID, k.seq, about, &found[i]); k.err != nil {
			return k.err
		}
	}
	if len(k.findings.rows)+len(k.records.rows) >= batchSize {
		k.flush()
	}
	return k.err
}

// flush writes what has been collected. A version that is known already is not written again.
func (k *keeper) flush() {
	if k.err != nil {
		return
	}
	known := map[string]bool{}
	for rest := k.versions.rows; len(rest) > 0 && k.err == nil; {
		n := min(len(rest), 500)
		text, args := "", []any{}
		for i, row := range rest[:n] {
			text += fmt.Sprintf(",$%d", i+1)
			args = append(args, row[1])
		}
		k.err = k.store.query(k.ctx, func(scan func(...any) error) error {
			var key, sum string
			err := scan(&key, &sum)
			known[key+"\x00"+sum] = true
			return err
		}, `SELECT merchant, sum FROM versions WHERE sum IN (`+text[min(1, len(text)):]+`)`, args...)
		rest = rest[n:]
	}
	fresh := k.versions.rows[:0]
	for _, row := range k.versions.rows {
		if !known[row[0].(string)+"\x00"+row[1].(string)] {
			fresh = append(fresh, row)
		}
	}
	k.versions.rows = fresh
	if k.err == nil {
		k.err = k.store.write(k.ctx, k.versions, k.records, k.findings, k.due)
	}
}

// dueDate is a day on which something of a merchant ends or falls due.
type dueDate struct {
	path merchant.Path
	on   merchant.Date
}

func dueDates(m *merchant.Merchant) (list []dueDate) {
	for _, f := range merchant.Fields() {
		if f.Group() != "valid_to" && f != merchant.FieldReviewNextDue {
			continue
		}
		for _, p := range m.Paths(f) {
			if d, err := merchant.ParseDate(m.Text(p)); err == nil && !d.IsZero() {
				list = append(list, dueDate{p, d})
			}
		}
	}
	return list
}

// validator returns the engine for a day; "" is today.
func validator(asOf string) (*validate.Validator, error) {
	if asOf == "" {
		return validate.New()
	}
	d, err := merchant.ParseDate(asOf)
	if err != nil {
		return nil, err
	}
	return validate.New(validate.AsOf(d))
}

// check carries out a run: it writes the reports into the folder of the run and its rows into the database.
func (w *worker) check(ctx context.Context, r *run) (err error) {
	v, err := validator(r.AsOf)
	if err != nil {
		return err
	}
	grants, err := w.store.suppressions(ctx)
	if err != nil {
		return err
	}
	var list []suppress.Suppression
	for _, g := range grants {
		list = append(list, g.Suppression)
	}
	marker, err := suppress.New(v, suppress.Options{Suppressions: list})
	if err != nil {
		return err
	}
	folder := filepath.Join(w.data, "runs", r.Folder)
	out, err := openReports(ctx, w, r, folder)
	if err != nil {
		return err
	}
	defer out.discard()
	keep := newKeeper(ctx, w.store, r)
	verdicts := diagnose.NewCollector(diagnose.Options{Registry: r.Registry != ""})
	sink := func(rec *merchant.Record, found []rules.Finding) error {
		verdicts.Findings(found)
		if err := keep.add(rec, found); err != nil {
			return err
		}
		return out.Findings(rec, found)
	}
	var comparer *diff.Comparer
	if r.Registry != "" {
		comparer = diff.New(v, diff.Options{Storage: diff.Spill(filepath.Join(w.data, "tmp"), 128<<20)})
		defer comparer.Close()
	}

	book, err := openBook(ctx, folder, "book", r.Book, func(done int) { w.advance(r.ID, 1+done*6/10) })
	if err != nil {
		return err
	}
	defer book.Close()
	sum, err := v.Run(ctx, func(yield func(*merchant.Record, error) bool) {
		for rec, err := range book.Records {
			if err == nil {
				verdicts.Record(rec)
				if comparer != nil {
					comparer.AddLocal(rec)
				}
			}
			if !yield(rec, err) {
				return
			}
		}
	}, marker.Sink(sink))
	var rows interface{ Unwrap() []error } // rows that could not be read: the result is partial
	switch {
	case keep.err != nil:
		return keep.err
	case out.err != nil:
		return out.err
	case errors.As(err, &rows):
		sum.Partial = true
	case err != nil:
		return err
	}
	var counts *diff.Counts
	for _, rule := range builtin.Rules() {
		if rule.Scope != rules.RegistryScope || v.Severity(rule.ID) == 0 {
			continue
		}
		if comparer == nil {
			sum.Rules[rule.ID] = validate.RuleCount{Skipped: map[string]int{"needs " + rules.NeedRegistry.Text("en"): sum.Records}}
		} else {
			sum.Rules[rule.ID] = validate.RuleCount{Applied: sum.Records}
		}
	}
	if comparer != nil {
		add := func(rec *merchant.Record, found []rules.Finding) error {
			marker.Mark(rec, found)
			sum.Add(found)
			return sink(rec, found)
		}
		registry, err := openBook(ctx, folder, "registry", r.Registry, func(done int) { w.advance(r.ID, 61+done*2/10) })
		if err != nil {
			return err
		}
		defer registry.Close()
		lost := 0
		for rec, err := range registry.Records {
			var issue *load.SheetIssue
			var row *load.RowError
			switch {
			case err == nil:
				marker.See(rec)
				comparer.AddRegistry(rec)
			case errors.As(err, &issue):
				err = add(issue.Record, v.AppendSheet(nil, issue.Record))
			case errors.As(err, &row):
				lost, sum.Partial = lost+1, true
				err = nil
			}
			if err != nil {
				return err
			}
		}
		comparer.Lost(0, lost)
		c, err := comparer.Results(ctx, func(result *diff.Result) error {
			found := slices.Clone(result.Findings)
			return errors.Join(add(nil, found), out.changes.Result(result), out.changes.Findings(nil, found))
		})
		if err != nil {
			return err
		}
		counts = &c
	}
	if err := sink(nil, marker.Finish(&sum)); err != nil {
		return err
	}
	w.advance(r.ID, 85)
	if err := errors.Join(out.Verdicts(verdicts.Verdicts()), out.Summary(sum, counts), out.publish()); err != nil {
		return err
	}
	if keep.flush(); keep.err != nil {
		return keep.err
	}
	w.advance(r.ID, 95)
	r.Records, r.Errors, r.Warnings, r.Notes, r.Suppressed, r.Partial = sum.Records, sum.Errors, sum.Warning, sum.Info, sum.Suppressed, sum.Partial
	applied := &batch{table: "run_rules", columns: []string{"run_id", "rule", "applied"}}
	for id, n := range sum.Rules {
		applied.add(r.ID, string(id), n.Applied)
	}
	return w.store.finish(ctx, r, applied)
}

// kept is the name under which an uploaded file is kept: ours, with the ending by which a workbook is known.
func kept(name, shown string) string {
	if strings.EqualFold(filepath.Ext(shown), ".xlsx") {
		return name + ".xlsx"
	}
	return name
}

// openBook opens an uploaded file, which shows itself under the user's name.
func openBook(ctx context.Context, folder, name, shown string, progress func(int)) (*file.Input, error) {
	return file.OpenInput(ctx, filepath.Join(folder, kept(name, shown)), file.Options{As: shown, Options: load.Options{File: shown, Progress: func(p load.Progress) {
		if p.Total > 0 && progress != nil {
			progress(int(min(p.Done*100/p.Total, 100)))
		}
	}}})
}

// reports writes a run in all its forms. What is half written has another name and is removed.
type reports struct {
	folder  string
	files   map[string]*os.File
	buffers []*bufio.Writer
	writers []report.Writer
	changes *xlsx.ChangeList // of what the comparison finds; nil without a registry
	err     error
}

func openReports(ctx context.Context, w *worker, r *run, folder string) (*reports, error) {
	out := &reports{folder: folder, files: map[string]*os.File{}}
	names := []string{"report.html", "report.xlsx"}
	if r.Registry != "" {
		names = append(names, "changes.xlsx")
	}
	for _, name := range names {
		f, err := os.OpenFile(filepath.Join(folder, name+".part"), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			out.discard()
			return nil, err
		}
		out.files[name] = f
		b := bufio.NewWriter(f)
		out.buffers = append(out.buffers, b)
		o := xlsx.ReportOptions{Options: report.Options{Lang: r.Lang}, TempDir: filepath.Join(w.data, "tmp")}
		switch name {
		case "report.html":
			out.writers = append(out.writers, html.New(b, o.Options))
		case "report.xlsx":
			o.Reopen = func() (load.Records, io.Closer, error) {
				in, err := openBook(ctx, folder, "book", r.Book, nil)
				if err != nil {
					return nil, nil, err
				}
				return in.Records, in, nil
			}
			o.Book = filepath.Join(folder, kept("book", r.Book))
			out.writers = append(out.writers, &annotated{xlsx.NewReport(b, o), r.Book, o.Book})
		default: // the bank cannot work from masked values
			o.Unmask = true
			out.changes = xlsx.NewChangeList(xlsx.NewReport(b, o))
		}
	}
	return out, nil
}

// annotated hands a workbook's writer the findings of the user's file as those of the file that we keep, which it copies.
type annotated struct {
	*xlsx.Report
	shown, path string
}

func (a *annotated) move(s *merchant.Source) {
	if s.File == a.shown {
		s.File = a.path
	}
}

func (a *annotated) Findings(rec *merchant.Record, found []rules.Finding) error {
	if rec != nil {
		moved := *rec
		a.move(&moved.Source)
		rec = &moved
	}
	found = slices.Clone(found)
	for i := range found {
		a.move(&found[i].Source)
	}
	return a.Report.Findings(rec, found)
}

func (a *annotated) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	return a.Report.Verdicts(func(yield func(diagnose.Verdict) bool) {
		for v := range list {
			if a.move(&v.Source); !yield(v) {
				return
			}
		}
	})
}

func (o *reports) each(do func(report.Writer) error) error {
	for _, w := range o.writers {
		if o.err == nil {
			o.err = do(w)
		}
	}
	return o.err
}

func (o *reports) Findings(rec *merchant.Record, found []rules.Finding) error {
	return o.each(func(w report.Writer) error { return w.Findings(rec, found) })
}

func (o *reports) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	return o.each(func(w report.Writer) error { return w.Verdicts(list) })
}

func (o *reports) Summary(s validate.Summary, d *diff.Counts) error {
	if o.changes != nil && o.err == nil {
		o.err = o.changes.Summary(s, d)
	}
	return o.each(func(w report.Writer) error { return w.Summary(s, d) })
}

// publish gives the reports their names.
func (o *reports) publish() error {
	for _, b := range o.buffers {
		if o.err == nil {
			o.err = b.Flush()
		}
	}
	for name, f := range o.files {
		if o.err == nil {
			o.err = f.Close()
			delete(o.files, name)
		}
		if o.err == nil {
			o.err = os.Rename(f.Name(), filepath.Join(o.folder, name))
		}
	}
	return o.err
}

func (o *reports) discard() {
	for _, f := range o.files {
		f.Close()
		os.Remove(f.Name())
	}
}
