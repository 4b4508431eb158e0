package terminalno_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/terminalno"
)

// Seven digits have lost a zero in a number cell.
func Example() {
	for _, cell := range []string{"0102A003 ", "1234567", "01 2345678"} {
		number := terminalno.Compact(cell)
		fmt.Println(terminalno.Check(number))
	}
	fmt.Println(terminalno.CheckSerial("00000000"))
	// Output:
	// <nil>
	// terminalno: wrong length
	// terminalno: wrong length
	// terminalno: filler instead of a serial number
}
