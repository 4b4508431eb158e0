package iban_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/iban"
)

// Normalise, check, and show candidates to a person.
func Example() {
	for _, cell := range []string{"DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 O0", "DE89 3704 0044 0532 0130"} {
		number := iban.Compact(cell)
		err := iban.Check(number)
		if err == nil {
			fmt.Println("passes:", iban.Format(number))
			continue
		}
		fmt.Println(err)
		if list := iban.Candidates(number); len(list) > 0 { // look-alikes come first
			fmt.Println("  perhaps", list[0].Value, "changed at", list[0].Position)
		}
	}
	// Output:
	// passes: DE89 3704 0044 0532 0130 00
	// iban: check digits wrong
	//   perhaps DE89370400440532013000 changed at 21
	// iban: wrong length
}
