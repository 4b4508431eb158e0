package lei_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/lei"
)

// Normalise, check, and show candidates to a person.
func Example() {
	for _, cell := range []string{"213800kud8lajwsq9d15", "213800KUD8LAJWSQ9DI5", "213800KUD8LAJWSQ9D"} {
		code := lei.Compact(cell)
		err := lei.Check(code)
		if err == nil {
			fmt.Println("passes, issued by", lei.Issuer(code))
			continue
		}
		fmt.Println(err)
		for _, c := range lei.Candidates(code) {
			fmt.Println("  perhaps", c.Value, "changed at", c.Position)
		}
	}
	// Output:
	// passes, issued by 2138
	// lei: character not allowed at its position
	//   perhaps 213800KUD8LAJWSQ9D15 changed at 19
	// lei: not 20 characters
}
