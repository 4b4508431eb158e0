package passport_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/passport"
)

// Check takes the passports of every country, CheckChina those of China.
func Example() {
	for _, cell := range []string{"e12345678", "EI1234567", "K1234567 8"} {
		number := passport.Compact(cell)
		fmt.Printf("%v, %v, %q\n", passport.Check(number), passport.CheckChina(number), passport.Series(number))
	}
	// Output:
	// <nil>, <nil>, "E"
	// <nil>, passport: character not allowed at its position, ""
	// <nil>, passport: character not allowed at its position, "K"
}
