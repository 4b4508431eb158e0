package uscc_test

import (
	"errors"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// Normalise, check, and show candidates to a person.
func Example() {
	for _, cell := range []string{" 91110000600037341l\u200b", "91110000600037314L", "91350100M0001TGQXM", "91110000O00037341L"} {
		code := uscc.Compact(cell)
		switch err := uscc.Check(code); {
		case err == nil:
			_, kind, _ := uscc.DepartmentCategory(code)
			fmt.Println("passes:", kind)
		case errors.Is(err, uscc.ErrPilot):
			fmt.Println("compare with the licence:", err)
		default:
			fmt.Println(err, len(uscc.Candidates(code)), "candidates")
		}
	}
	// Output:
	// passes: 企业
	// uscc: overall check fails 2 candidates
	// compare with the licence: uscc: pilot code of 2015, overall check fails
	// uscc: character not allowed at its position 1 candidates
}
