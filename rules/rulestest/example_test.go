package rulestest_test

import (
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// What a partner's own code is to refuse: records that raise one rule. How to have them judged is shown in
// examples/partnertest.
func ExampleFailing() {
	failing, err := rulestest.Failing("LIC011") // the licence has expired
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range failing {
		fmt.Println(r.Licence.ValidTo, r.Licence.ValidTo.Before(rulestest.AsOf))
	}
	_, err = rulestest.Failing("LIC999")
	fmt.Println(err != nil)
	// Output:
	// 2026-11-21 true
	// true
}

// A sound record to start from; the number makes it another merchant.
func ExampleClean() {
	m := rulestest.Clean(merchant.SubjectIndividualBusiness, 7)
	m.MCC = "" // what the test is about
	fmt.Println(m.SubjectType, len(m.MerchantNo), len(m.Terminals) > 0)
	// Output: individual_business 15 true
}
