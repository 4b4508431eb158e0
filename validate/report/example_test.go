package report_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// A report hangs on a run: its Findings is the sink, and the summary ends it.
func ExampleNewText() {
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.Only("LIC011"))
	if err != nil {
		log.Fatal(err)
	}
	records := func(yield func(*merchant.Record, error) bool) {
		m := rulestest.Clean(merchant.SubjectEnterprise, 0)
		m.Licence.LongTerm, m.Licence.ValidTo = false, merchant.Day(2026, 11, 21)
		yield(merchant.NewRecord(m), nil)
	}
	var out strings.Builder // or a file, or a response
	w := report.NewText(&out, report.Options{Lang: "en"})
	sum, err := v.Run(context.Background(), records, w.Findings)
	if err != nil {
		log.Fatal(err)
	}
	if err := w.Summary(sum, nil); err != nil {
		log.Fatal(err)
	}
	first, _, _ := strings.Cut(out.String(), "\n\n")
	fmt.Println(first)
	// Output:
	// Merchant 898290054110001
	//   licence.valid_to  error ★LIC011  the licence expired on 2026-11-21, 1 day(s) ago; a renewed one is needed
	//                     → Ask the merchant for the renewed document and update the record.
}
