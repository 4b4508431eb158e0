// Command reconcile compares a list of merchants with the bank's export and says, for each merchant that would be declined
// with 03, why and what to do:
//
//	go run ./examples/reconcile testdata/merchants.xlsx testdata/registry.csv
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: reconcile LOCAL REGISTRY")
	}
	if err := run(context.Background(), merchant.Day(2026, 11, 22), os.Args[1], os.Args[2], os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, asOf merchant.Date, local, registry string, w io.Writer) error {
	v, err := validate.New(validate.AsOf(asOf))
	if err != nil {
		return err
	}
	comparison := diff.New(v, diff.Options{})
	verdicts := diagnose.NewCollector(diagnose.Options{Registry: true})
	for _, side := range []struct {
		name string
		add  func(*merchant.Record)
	}{
		{local, func(r *merchant.Record) {
			comparison.AddLocal(r)
			verdicts.Record(r)
			verdicts.Findings(v.Append(nil, r))
		}},
		{registry, comparison.AddRegistry},
	} {
		records, closer, err := file.Open(ctx, side.name, file.Options{})
		if err != nil {
			return err
		}
		for r, err := range records {
			if err != nil {
				fmt.Fprintln(w, err) // a remark on a sheet or a row that cannot be read
				continue
			}
			side.add(r)
		}
		closer.Close()
	}
	counts, err := comparison.Compare(ctx, func(f rules.Finding) error {
		verdicts.Findings([]rules.Finding{f})
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "matched %d, changed %d, missing at the bank %d\n", counts.Matched, counts.Changed, counts.MissingInRegistry)
	for verdict := range verdicts.Verdicts() {
		if verdict.WouldDecline != diagnose.Yes {
			continue
		}
		first := verdict.Causes[0]
		fmt.Fprintf(w, "%s: %s %s\n  %s\n", verdict.Key, first.Rule.ID, first.Message("zh", false), verdict.Steps[0].Text.ZH)
	}
	return nil
}
