package validate_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
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

// A loop of one's own: records are normalised first, and the slice serves again.
func ExampleValidator_Append() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err)
	}
	var found []rules.Finding
	for n, code := range []string{"5411", "５４１１", "541"} {
		m := rulestest.Clean(merchant.SubjectMicro, n)
		m.MCC = code
		r := merchant.NewRecord(m)
		normalize.Record(r)
		found = v.Append(found[:0], r)
		fmt.Println(code, len(found))
		for _, f := range found {
			fmt.Println(" ", f.Rule.ID, f.Path, f.Severity)
		}
	}
	// Output:
	// 5411 0
	// ５４１１ 1
	//   IMP006 mcc info
	// 541 1
	//   MCC001 mcc error
}

// What is wrong with the options is known at once.
func ExampleNew() {
	_, err := validate.New(validate.Only("LIC003", "LIC999"))
	fmt.Println(err)

	p, err := profile.Base()
	if err != nil {
		log.Fatal(err)
	}
	p.Params.ExpiryWarnDays = 90
	v, err := validate.New(validate.WithProfile(p), validate.WithSeverity("LIC012", rules.Error), validate.Workers(4))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(v.Severity("LIC012"))
	// Output:
	// validate: there is no rule LIC999
	// error
}

// A house's own rule in Go; rules/declare reads them from JSON.
func ExampleWithRules() {
	rule := &rules.Rule{
		ID: "ACME-001", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-16",
		Title:   rules.Text{ZH: "24小时营业", EN: "Open around the clock"},
		Message: rules.Text{ZH: "{field}是{value}，需要门店照片", EN: "{field} is {value}; a photo of the shop is needed"},
		Remedy:  rules.Text{ZH: "补充夜间门店照片。", EN: "Add a photo taken at night."},
		Doc:     rules.Text{ZH: "营业时间为全天。", EN: "The business hours are all day."},
		Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "ACME handbook 4.2"}},
		Fields:  []merchant.Field{merchant.FieldBusinessHours},
		Uses:    []merchant.Field{merchant.FieldBusinessHours}, // the rule looks only where they are given and sound
		Check: func(p *rules.Pass) {
			if p.Record.BusinessHours == "00:00-24:00" {
				p.Find(merchant.At(merchant.FieldBusinessHours))
			}
		},
	}
	v, err := validate.New(validate.WithRules(rule), validate.Only("ACME-001"))
	if err != nil {
		log.Fatal(err)
	}
	m := &merchant.Merchant{BusinessHours: "00:00-24:00"}
	for _, f := range v.Append(nil, merchant.NewRecord(m)) {
		fmt.Println(f.Rule.ID, f.Message("en", false))
	}
	// Output: ACME-001 Business hours is 00:00-24:00; a photo of the shop is needed
}

// The summary tells what was not looked at: a rule that was skipped has not passed.
func ExampleSummary() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)), validate.Only("LIC002", "LIC003", "SCR001"))
	if err != nil {
		log.Fatal(err)
	}
	records := func(yield func(*merchant.Record, error) bool) {
		for _, number := range []string{"91310104MA10000090", "91310104MA1000009", "", "91310104MA10000091"} {
			m := &merchant.Merchant{SubjectType: merchant.SubjectEnterprise, Licence: merchant.Licence{Number: number}}
			if !yield(merchant.NewRecord(m), nil) {
				return
			}
		}
	}
	sum, err := v.Run(context.Background(), records, func(*merchant.Record, []rules.Finding) error { return nil })
	if err != nil {
		log.Fatal(err)
	}
	for _, id := range []rules.ID{"LIC002", "LIC003", "SCR001"} {
		c := sum.Rules[id]
		fmt.Println(id, c.Applied, c.Found, c.Skipped)
	}
	// Output:
	// LIC002 3 1 map[not applicable:1]
	// LIC003 2 1 map[blocked by LIC002:1 not applicable:1]
	// SCR001 0 0 map[needs screening:4]
}
