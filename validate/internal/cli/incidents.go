package cli

import (
	"context"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/decline"
	"github.com/merchantkyc/merchantkyc/validate"
)

// openIncidents reads the files of --declines and --maintenance; nil when there are none.
func (r *run) openIncidents(ctx context.Context) (*validate.Incidents, error) {
	if r.s.declines == "" {
		if r.s.maintenance != "" {
			return nil, usage("--maintenance 须与 --declines 同用", "--maintenance goes with --declines")
		}
		return nil, nil
	}
	var log []rules.Decline
	var windows []rules.Window
	err := r.table(ctx, r.s.declines, func(b load.Book) (err error) { log, err = decline.ReadLog(b, r.s.declines); return err })
	if err == nil && r.s.maintenance != "" {
		err = r.table(ctx, r.s.maintenance, func(b load.Book) (err error) { windows, err = decline.ReadWindows(b, r.s.maintenance); return err })
	}
	if err != nil {
		return nil, err
	}
	in, err := validate.NewIncidents(r.v, log, windows)
	if err == nil {
		in.Registry = r.s.registry != ""
	}
	return in, err
}

// table opens a file that holds a table of something else than merchants.
func (r *run) table(ctx context.Context, name string, read func(load.Book) error) error {
	in, err := file.OpenInput(ctx, name, file.Options{Password: r.password, Stdin: r.p.stdin})
	if err != nil {
		return err
	}
	defer in.Close()
	if in.Book == nil {
		return &load.InputError{File: name, ProblemZH: "这不是表格", ProblemEN: "this is no table", MendZH: "请给出 xlsx 或 csv 文件", MendEN: "give an xlsx or csv file"}
	}
	return read(in.Book)
}

// judge reports what the declines of the log may be put down to.
func (r *run) judge() error {
	if r.incidents == nil {
		return nil
	}
	return r.incidents.Report(&r.sum, func(rec *merchant.Record, found []rules.Finding) error {
		r.marker.Mark(rec, found)
		return r.sink(rec, found)
	})
}
