package html_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/html"
)

// The page is written by Summary, as a whole; a handler sends it, or it goes into a file.
func ExampleNew() {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		log.Fatal(err)
	}
	failing, err := rulestest.Failing("LIC011")
	if err != nil {
		log.Fatal(err)
	}
	records := func(yield func(*merchant.Record, error) bool) {
		for _, r := range failing {
			if !yield(r, nil) {
				return
			}
		}
	}
	var page bytes.Buffer
	w := html.New(&page, report.Options{Lang: "zh"})
	sum, err := v.Run(context.Background(), records, w.Findings)
	if err != nil {
		log.Fatal(err)
	}
	if err := w.Summary(sum, nil); err != nil {
		log.Fatal(err)
	}
	fmt.Println(bytes.Contains(page.Bytes(), []byte("LIC011")))
	// Output: true
}
