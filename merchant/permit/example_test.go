package permit_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/permit"
)

// Check demands any of the documents, the others the one that the record names.
func Example() {
	for _, cell := range []string{"h12345678 ", "H1234567", "932840199001150015"} {
		number := permit.Compact(cell)
		fmt.Println(permit.Check(number), permit.CheckHKMacao(number))
	}
	// Output:
	// <nil> <nil>
	// permit: character not allowed at its position permit: wrong length
	// <nil> permit: wrong length
}
