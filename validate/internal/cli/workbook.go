package cli

import (
	"context"
	"io"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

// workbook writes the report as a workbook: a copy of the only input where that can be, else one with the merchants once
// more. That of a comparison is a list of changes. Standard input cannot be read twice.
func (r *run) workbook(ctx context.Context, w io.Writer, o report.Options) report.Writer {
	to := xlsx.ReportOptions{Options: o}
	if r.s.changes {
		return xlsx.NewChangeList(xlsx.NewReport(w, to))
	}
	if len(r.s.local) == 1 && r.s.local[0] != "-" && r.password == "" {
		to.Book = r.s.local[0]
	}
	if !slices.Contains(r.s.local, "-") {
		to.Reopen = func() (load.Records, io.Closer, error) {
			return r.records(ctx, r.s.local, r.columns.options(load.Options{Sheet: r.s.sheet, HeaderRow: r.s.headerRow})), io.NopCloser(nil), nil
		}
	}
	return xlsx.NewReport(w, to)
}
