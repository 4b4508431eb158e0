package fix_test

import (
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
)

// A service mends what can be mended without loss, keeps a trace of it, and looks at what is left.
func Example() {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		log.Fatal(err)
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0) // your own record here
	m.Contact.Mobile = "+86 139-1000-0000"
	m.Addresses.Business.CityCode = ""

	r := merchant.NewRecord(m)
	normalize.Record(r)
	changes, left := fix.Plan(r, v.Append(nil, r))
	fix.Apply(r, changes)
	for _, c := range changes {
		fmt.Printf("%s %s: %q → %q\n", c.Rules[0].ID, c.Path, c.Old, c.New)
	}
	fmt.Println(len(left), len(v.Append(nil, r)))
	// Output:
	// IMP006 contact.mobile: "+86 139-1000-0000" → "13910000000"
	// ADR011 addresses.business.city_code: "" → "310100"
	// 0 0
}
