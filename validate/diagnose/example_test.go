package diagnose_test

import (
	"context"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// A service is asked why a merchant gets 03. It has the record and the bank's row for it.
func ExampleOf() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err)
	}
	ours := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 0))
	theirs := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 0))
	theirs.Registry.AsOf = merchant.Day(2026, 11, 21)
	theirs.Status.State = merchant.StateSuspended // the bank stopped it and nobody told us

	found := v.Append(nil, ours)
	c := diff.New(v, diff.Options{})
	c.AddLocal(ours)
	c.AddRegistry(theirs)
	if _, err := c.Compare(context.Background(), func(f rules.Finding) error {
		found = append(found, f)
		return nil
	}); err != nil {
		log.Fatal(err)
	}

	verdict := diagnose.Of(ours, found, diagnose.Options{Registry: true})
	fmt.Println(verdict.WouldDecline)
	for _, f := range verdict.Causes {
		fmt.Println(f.Rule.ID, f.Path, f.Rule.Title.EN)
	}
	fmt.Println("ask", verdict.Steps[0].Contact.EN)
	// Output:
	// yes
	// DIF010 status.state Not tradable in the registry
	// ask the registry desk of the acquiring bank
}
