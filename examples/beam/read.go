package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/merchant/wire"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// readFn reads a shard. The records of the book go through the sheet and record rules.
type readFn struct {
	Job  job
	desk *desk
}

// Setup is called once for each instance.
func (f *readFn) Setup() (err error) {
	f.desk, err = f.Job.desk()
	return err
}

// reading is one shard in the making.
type reading struct {
	*desk
	shard
	n        int64
	codec    wire.Codec
	part     part
	told     func(told)
	rows     func(row)
	bindings func(string, string)
}

// ProcessElement reads a shard. Besides rows and findings it tells the keys by which batch rules group records, and which
// merchant number has which serial numbers and which USCC.
func (f *readFn) ProcessElement(ctx context.Context, s shard, tell func(told), rows func(row), keys func(int64, int64), bindings func(string, string), sheets func(known), parts func(part)) error {
	path, done, err := s.fetch(ctx)
	if err != nil {
		return err // of the storage: the runner tries again
	}
	defer done()
	r := &reading{desk: f.desk, shard: s, n: s.Index << placeBits, told: tell, rows: rows, bindings: bindings}
	o := load.Options{File: s.Path, Dialect: r.v.Profile().Dialect()}
	records, closer, err := file.Open(ctx, path, file.Options{Options: o, As: s.Path})
	if err == nil {
		defer closer.Close()
		if s.Registry {
			err = r.registry(records)
		} else {
			err = r.book(ctx, records, keys)
		}
	}
	var broken *load.InputError
	if errors.As(err, &broken) {
		err = r.broken(broken)
	}
	if err != nil {
		return err
	}
	shared, err := r.codec.AppendSheets(nil)
	if err != nil {
		return err
	}
	sheets(known{Shard: s.Index, Sheets: shared})
	parts(r.part)
	return nil
}

// fetch gives the path of a copy of the shard on this machine, since tables are read at random: their encoding and their
// heading are known after a look at all of them.
func (s *shard) fetch(ctx context.Context) (path string, done func(), err error) {
	storage, err := filesystem.New(ctx, s.Path)
	if err != nil {
		return "", nil, err
	}
	defer storage.Close()
	in, err := storage.OpenRead(ctx, s.Path)
	if err != nil {
		return "", nil, err
	}
	defer in.Close()
	if f, ok := in.(*os.File); ok { // it is here already
		return f.Name(), func() {}, nil
	}
	dir, err := os.MkdirTemp("", "merchantkyc-shard-")
	if err != nil {
		return "", nil, err
	}
	done = func() { os.RemoveAll(dir) }
	path = filepath.Join(dir, "shard")
	err = func() error {
		out, err := os.Create(path)
		if err != nil {
			return err
		}
		_, err = io.Copy(out, in)
		return errors.Join(err, out.Close())
	}()
	if err != nil {
		done()
		return "", nil, err
	}
	return path, done, nil
}

// book runs the rules over the records of a shard.
func (r *reading) book(ctx context.Context, records load.Records, keys func(int64, int64)) error {
	var last *merchant.Record // what else comes to the sink stands for a sheet
	watched := func(yield func(*merchant.Record, error) bool) {
		for rec, err := range records {
			if rec != nil && err == nil {
				last = rec
			}
			if err := r.lost(err); err != nil {
				yield(nil, err)
				return
			}
			if !yield(rec, err) {
				return
			}
		}
	}
	sum, err := r.v.RunPart(ctx, watched, func(rec *merchant.Record, found []rules.Finding, list []uint64) error {
		for i := range found {
			t, err := r.tell(&found[i], ofRecord, r.n, int64(i))
			if err != nil {
				return err
			}
			r.told(t)
		}
		if rec == nil || rec != last {
			return nil
		}
		for _, k := range list {
			keys(int64(k), r.n)
		}
		r.send(rec, slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Severity == rules.Error }))
		return nil
	})
	r.part.Sum.Merge(sum)
	var row *load.RowError
	if errors.As(err, &row) {
		return nil // lost has told
	}
	return err
}

// registry reads a shard of the registry. Its records are no business of the record rules.
func (r *reading) registry(records load.Records) error {
	for rec, err := range records {
		var issue *load.SheetIssue
		var row *load.RowError
		switch {
		case err == nil:
			r.send(rec, false)
		case errors.As(err, &issue):
			for _, f := range r.v.AppendSheet(nil, issue.Record) {
				if err := r.report(&f); err != nil {
					return err
				}
			}
		case errors.As(err, &row):
			if err := r.lost(err); err != nil {
				return err
			}
		default:
			return err
		}
	}
	return nil
}

// send passes on a record.
func (r *reading) send(rec *merchant.Record, failing bool) {
	survey := &r.part.Local
	side := "0"
	if r.Registry {
		survey, side = &r.part.Registry, "1"
	}
	survey.Add(rec, nil)
	out := row{ID: r.n, Registry: r.Registry, Failing: failing, Number: diff.KeyOf(rec, diff.Keys[0]), Who: identity(rec.Key(), rec.Source),
		Code: diff.KeyOf(rec, []merchant.Field{merchant.FieldLicenceNumber}), Data: r.codec.Append(nil, rec)}
	r.n++
	r.rows(out)
	for _, sn := range diff.SerialsOf(rec) {
		r.bindings(serialMark+sn, side+out.Number)
	}
	if out.Code != "" && out.Number != "" {
		r.bindings(codeMark+out.Code, side+out.Number)
	}
}

// report tells and counts a finding that is none of the rules of a run.
func (r *reading) report(f *rules.Finding) error {
	t, err := r.tell(f, ofRecord, 0, 0)
	if err == nil {
		r.told(t)
		r.part.add(f)
	}
	return err
}

// lost reports a row that cannot be read, and lets other errors be.
func (r *reading) lost(err error) error {
	var row *load.RowError
	if !errors.As(err, &row) {
		return nil
	}
	survey := &r.part.Local
	if r.Registry {
		survey = &r.part.Registry
	}
	survey.Lost(1)
	r.part.Sum.Partial = true
	problem := rules.Text{ZH: row.ProblemZH, EN: row.ProblemEN}
	if problem.EN == "" && row.Err != nil {
		problem = rules.Text{ZH: row.Err.Error(), EN: row.Err.Error()}
	}
	f := about(&rowUnread, row.Source, problem, rules.Text{ZH: row.MendZH, EN: row.MendEN})
	return r.report(&f)
}

// broken reports a shard that cannot be read to its end.
func (r *reading) broken(e *load.InputError) error {
	r.part.Broken++
	r.part.Sum.Partial = true
	f := about(&shardUnread, merchant.Source{File: r.Path, Sheet: e.Sheet, Row: e.Row}, rules.Text{ZH: e.ProblemZH, EN: e.ProblemEN}, rules.Text{ZH: e.MendZH, EN: e.MendEN})
	return r.report(&f)
}
