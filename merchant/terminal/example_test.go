package terminal_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/terminal"
)

// Seven digits have lost a zero in a number cell.
func Example() {
	for _, cell := range []string{"0102A003 ", "1234567", "01 2345678"} {
		number := terminal.Compact(cell)
		fmt.Println(terminal.Check(number))
	}
	fmt.Println(terminal.CheckSerial("00000000"))
	// Output:
	// <nil>
	// terminal: wrong length
	// terminal: wrong length
	// terminal: filler instead of a serial number
}
