package bic_test

import (
	"errors"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/bic"
)

// An unknown country deserves a second look, a wrong shape a refusal.
func Example() {
	for _, cell := range []string{"icbk cn bj 110", "ICBKCNB0", "ICBKZZBJ", "ICBK-CN-BJ"} {
		code := bic.Compact(cell)
		switch err := bic.Check(code); {
		case errors.Is(err, bic.ErrComponent):
			fmt.Println("look again:", err)
		case err != nil:
			fmt.Println("refused:", err)
		default:
			fmt.Println(bic.Country(code), bic.Branch(code), "for tests only:", bic.IsTest(code))
		}
	}
	// Output:
	// CN 110 for tests only: false
	// CN  for tests only: true
	// look again: bic: unknown country
	// refused: bic: not 8 or 11 characters
}
