// Command quickstart validates one record.
package main

import (
	"errors"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

func main() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err)
	}
	m := rulestest.Clean(merchant.SubjectMicro, 7) // your own record here
	m.Contact.Mobile = "1391234567"                // a digit short
	m.LegalRep.IDLongTerm, m.LegalRep.IDValidTo = false, merchant.Day(2026, 10, 1)

	var bad *validate.Error
	if errors.As(v.Check(m), &bad) {
		for _, f := range bad.Findings {
			fmt.Printf("%s %s: %s\n", f.Rule.ID, f.Path, f.Message("zh", false))
			fmt.Printf("  %s\n", f.Remedy("zh", false))
		}
	}
}
