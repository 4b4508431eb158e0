// Weight is the least program that checks a merchant. TestWeight builds it.
package main

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/validate"
)

func main() {
	v, err := validate.New()
	if err == nil {
		err = v.Check(&merchant.Merchant{MerchantNo: "898290054110001"})
	}
	fmt.Println(err)
}
