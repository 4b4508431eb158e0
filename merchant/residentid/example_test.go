package residentid_test

import (
	"errors"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/residentid"
)

// Normalise, and check as of the day of the application.
func Example() {
	for _, cell := range []string{"11010519491231002x", "110105194912310021", "11010519490229002X"} {
		number := residentid.Compact(cell)
		switch err := residentid.CheckAsOf(number, 2026, 11, 22); {
		case err == nil:
			age, _ := residentid.AgeOn(number, 2026, 11, 22)
			fmt.Println("passes, age", age)
		case errors.Is(err, residentid.ErrComponent):
			fmt.Println("look at province and birth")
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// passes, age 76
	// residentid: check character wrong
	// look at province and birth
}
