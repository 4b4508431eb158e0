package mcc_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/mcc"
)

// Three digits have lost a zero in a number cell.
func Example() {
	for _, cell := range []string{"5812", "742", "9999"} {
		e, ok := mcc.Lookup(mcc.Compact(cell))
		fmt.Printf("%v, %t, %q\n", mcc.Check(mcc.Compact(cell)), ok, e.ZH)
	}
	// Output:
	// <nil>, true, "就餐场所和餐馆"
	// mcc: not 4 digits, false, ""
	// mcc: not in the table, false, ""
}
