package division_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/division"
)

// A code of the past is right; one of pickers and statistics deserves a hint.
func Example() {
	for _, code := range []string{"310104", "110103", "130171", "999999"} {
		d, ok := division.Lookup(code)
		switch _, kind, pseudo := division.Pseudo(code); {
		case division.Current(code):
			fmt.Println(d.Name, "in", d.Parent)
		case ok:
			fmt.Println(d.Name, "until", d.To, "now", division.Successors(code))
		case pseudo:
			fmt.Println("no division:", kind)
		default:
			fmt.Println(division.Check(code))
		}
	}
	// Output:
	// 徐汇区 in 310000
	// 崇文区 until 2010 now [110101]
	// no division: zone
	// division: not in the table
}
