package cnaps_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
)

// Normalise, check, and name bank and area.
func Example() {
	for _, cell := range []string{" 102290026507", "102290026505", "1.0229E+11"} {
		code := cnaps.Compact(cell)
		if err := cnaps.Check(code); err != nil {
			fmt.Println(err)
			continue
		}
		bank, _, _ := cnaps.BankName(cnaps.Bank(code))
		area, _, _ := cnaps.AreaName(cnaps.Area(code))
		fmt.Println(bank, area)
	}
	// Output:
	// 中国工商银行 上海市
	// cnaps: wrong check digit
	// cnaps: not 12 characters
}
