package merchant_test

import (
	"encoding/json"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// A service reads a record from JSON. An amount in a form that could be misread is an error, not a guess.
func Example() {
	var m merchant.Merchant
	err := json.Unmarshal([]byte(`{
		"merchant_no": "898301058120005",
		"subject_type": "individual_business",
		"licence": {"valid_from": "2019-03-01", "long_term": true},
		"limits": {"single_cny": "50000.00"},
		"fees": [{"product": "card_debit", "rate_pct": "0.60"}]
	}`), &m)
	fmt.Println(m.MerchantNo, m.Licence.ValidFrom, m.Limits.SingleCNY, m.Fees[0].RatePct, err)

	err = json.Unmarshal([]byte(`{"limits": {"single_cny": "5e4"}}`), &m)
	fmt.Println(err != nil)
	// Output:
	// 898301058120005 2019-03-01 50000.00 0.60 <nil>
	// true
}

// Fields have names for machines and for people; a path names one of several members.
func ExampleField() {
	f, _ := merchant.FieldByPath("terminals[].serial_no")
	fmt.Println(f.Label("zh"), f.Label("en"), merchant.Item(f, 1))

	p, err := merchant.ParsePath("licence.nmber")
	fmt.Println(p.Field == merchant.FieldNone, err != nil)
	// Output:
	// 终端序列号 Serial number terminals[1].serial_no
	// true true
}

// Option lists carry codes; Parse knows what people write for them, and does not guess at the rest.
func ExampleEnum() {
	f, _ := merchant.FieldByPath("subject_type")
	for _, text := range []string{"个体户", "individual_business", "1"} {
		code, ok := f.Enum().Parse(text)
		fmt.Printf("%s: %q %t\n", text, code, ok)
	}
	// Output:
	// 个体户: "individual_business" true
	// individual_business: "individual_business" true
	// 1: "" false
}

// Dates are days without a zone, so that an expiry does not move with the clock of a server.
func ExampleDate() {
	d, err := merchant.ParseDate("2028-02-29")
	fmt.Println(d, err, d.AddYears(1), d.DaysSince(merchant.Day(2028, 2, 1)))

	_, err = merchant.ParseDate("2027-02-29")
	fmt.Println(err != nil)
	// Output:
	// 2028-02-29 <nil> 2029-02-28 28
	// true
}
