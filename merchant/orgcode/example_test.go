package orgcode_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
)

// Normalise, check, and print as certificates do.
func Example() {
	for _, cell := range []string{"13830295x", "１３８３０２９５－Ｘ", "13830295-0"} {
		code := orgcode.Compact(cell)
		if err := orgcode.Check(code); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(orgcode.Format(code))
	}
	// Output:
	// 13830295-X
	// 13830295-X
	// orgcode: check character wrong
}
