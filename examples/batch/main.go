// Command batch checks every list in a folder (.xlsx, .csv, .json, .jsonl) and writes an annotated workbook for each into
// another folder:
//
//	go run ./examples/batch -as-of 2026-11-22 testdata /tmp/checked
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

func main() {
	log.SetFlags(0)
	asOf := flag.String("as-of", "", "judge against this date, `YYYY-MM-DD`; by default today")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: batch [-as-of YYYY-MM-DD] FOLDER OUT")
	}
	var opts []validate.Option
	if *asOf != "" {
		d, err := merchant.ParseDate(*asOf)
		if err != nil {
			log.Fatal(err)
		}
		opts = append(opts, validate.AsOf(d))
	}
	v, err := validate.New(opts...)
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, v, flag.Arg(0), flag.Arg(1), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, v *validate.Validator, folder, out string, w io.Writer) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains([]string{".xlsx", ".csv", ".json", ".jsonl"}, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		name := filepath.Join(folder, e.Name())
		sum, err := check(ctx, v, name, filepath.Join(out, e.Name()+".checked.xlsx"))
		if err != nil {
			fmt.Fprintf(w, "%s: %v\n", e.Name(), err) // one bad file does not hold up the others
			continue
		}
		fmt.Fprintf(w, "%s: %d merchants, %d errors, %d warnings\n", e.Name(), sum.Records, sum.Errors, sum.Warning)
	}
	return ctx.Err()
}

// check writes the annotated workbook under its name only when it is whole.
func check(ctx context.Context, v *validate.Validator, name, out string) (sum validate.Summary, err error) {
	open := func() (load.Records, io.Closer, error) { return file.Open(ctx, name, file.Options{}) }
	records, closer, err := open()
	if err != nil {
		return sum, err
	}
	defer closer.Close()
	f, err := os.CreateTemp(filepath.Dir(out), filepath.Base(out)+".*.part")
	if err != nil {
		return sum, err
	}
	defer os.Remove(f.Name()) // in vain once renamed
	defer f.Close()
	r := xlsx.NewReport(f, xlsx.ReportOptions{Options: report.Options{Lang: "zh"}, Book: name, Reopen: open})
	if sum, err = v.Run(ctx, records, r.Findings); err != nil {
		return sum, err
	}
	if err := r.Summary(sum, nil); err != nil {
		return sum, err
	}
	if err := f.Close(); err != nil {
		return sum, err
	}
	return sum, os.Rename(f.Name(), out)
}
