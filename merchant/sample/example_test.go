package sample_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// Two merchants of one type with nothing in common that a rule would mind.
func ExampleMerchant() {
	a, b := sample.Merchant(merchant.SubjectEnterprise, 0), sample.Merchant(merchant.SubjectEnterprise, 1)
	fmt.Println(uscc.Valid(a.Licence.Number), a.Licence.Number != b.Licence.Number, a.MerchantNo != b.MerchantNo)
	// Output: true true true
}
