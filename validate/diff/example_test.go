package diff_test

import (
	"context"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// records stands for a database or a file; see package load/file.
func records(list ...*merchant.Merchant) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, m := range list {
			if !yield(merchant.NewRecord(m), nil) {
				return
			}
		}
	}
}

// One merchant that the bank does not know, one whose MCC it has otherwise.
func ExampleCompare() {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		log.Fatal(err)
	}
	same, changed, missing := rulestest.Clean(merchant.SubjectEnterprise, 0), rulestest.Clean(merchant.SubjectEnterprise, 1), rulestest.Clean(merchant.SubjectEnterprise, 2)
	theirs := *changed
	theirs.MCC = "5399"

	counts, err := diff.Compare(context.Background(), v, records(same, changed, missing), records(&theirs, same),
		diff.Options{RegistryAsOf: rulestest.AsOf}, func(f rules.Finding) error {
			fmt.Println(f.Rule.ID, f.Path, f.Severity)
			return nil
		})
	fmt.Println(counts.Equal, counts.Changed, counts.MissingInRegistry, err)
	// Output:
	// DIF007 mcc error
	// DIF001 merchant_no error
	// 1 1 1 <nil>
}

// The list of what is to be done: at the bank, or in our own book.
func ExampleResult_Actions() {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		log.Fatal(err)
	}
	ours := rulestest.Clean(merchant.SubjectEnterprise, 0)
	theirs := *ours
	theirs.MCC = "5399"

	c := diff.New(v, diff.Options{RegistryAsOf: rulestest.AsOf})
	defer c.Close() // removes temporary files
	c.AddLocal(merchant.NewRecord(ours))
	c.AddLocal(merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 2)))
	c.AddRegistry(merchant.NewRecord(&theirs))
	_, err = c.Results(context.Background(), func(r *diff.Result) error {
		for _, a := range r.Actions() {
			fmt.Printf("%s %s %s %q %q\n", a.Do.Text().EN, a.Rule.ID, a.Path, a.Registry, a.Ours)
		}
		return nil
	})
	fmt.Println(err)
	// Output:
	// change DIF007 mcc "5399" "5411"
	// register DIF001 merchant_no "" "898581054110003"
	// <nil>
}
