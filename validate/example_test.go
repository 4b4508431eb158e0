package validate_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// A service checks one merchant before it sends it to the bank.
func Example() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err) // a mistake in the options, never in the data
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0) // your own record here
	m.Licence.Number = "91310104MA10000091"             // one digit mistyped
	m.Terminals[0].Bound.USCCOrID = m.Licence.Number

	var bad *validate.Error
	if errors.As(v.Check(m), &bad) {
		for _, f := range bad.Findings {
			fmt.Println(f.Rule.ID, f.Path, f.Message("zh", false))
		}
	}
	// Output:
	// LIC003 licence.number 统一社会信用代码“9131**********0091”第18位校验不符，请对照执照逐位核对
}

// A partner's unit test asks for the finding by its ID and path; sentences may change.
func ExampleValidator_Check() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)), validate.Only("LIC011", "SET"))
	if err != nil {
		log.Fatal(err)
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.Licence.LongTerm, m.Licence.ValidTo = false, merchant.Day(2026, 11, 21)

	var bad *validate.Error
	if errors.As(v.Check(m), &bad) {
		f := bad.Findings[0]
		fmt.Println(f.Rule.ID, f.Path, f.Rule.Kind, f.Severity)
	}
	// Output: LIC011 licence.valid_to expired error
}

// Records can come from anywhere: a slice, a database cursor, a loader.
func ExampleValidator_Run() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err)
	}
	records := func(yield func(*merchant.Record, error) bool) {
		for n := range 3 {
			m := rulestest.Clean(merchant.SubjectEnterprise, n)
			if n == 2 {
				m.Terminals[0].SerialNo = rulestest.Clean(merchant.SubjectEnterprise, 0).Terminals[0].SerialNo
			}
			if !yield(merchant.NewRecord(m), nil) {
				return
			}
		}
	}
	sum, err := v.Run(context.Background(), records, func(_ *merchant.Record, found []rules.Finding) error {
		for _, f := range found {
			fmt.Println(f.Rule.ID, f.Path, f.Severity)
		}
		return nil
	})
	fmt.Println(sum.Records, sum.Errors, err)
	// Output:
	// BAT008 terminals[0].serial_no error
	// 3 1 <nil>
}
