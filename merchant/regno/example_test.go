package regno_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/regno"
)

// A licence that still shows one of the old numbers.
func Example() {
	for _, cell := range []string{"110108000000016 ", "110108000000017", "企合京总字第000123号"} {
		number := regno.Compact(cell)
		switch kind := regno.LegacyKind(number); kind {
		case regno.KindNone:
			fmt.Println("no number of a licence")
		case regno.Kind15Bad:
			fmt.Println(regno.Check(number))
		default:
			fmt.Println("out of date:", kind.ZH())
		}
	}
	// Output:
	// out of date: 旧版15位注册号
	// regno: check digit wrong
	// out of date: 外商投资企业旧注册号
}
