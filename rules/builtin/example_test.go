package builtin_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

func ExampleLookup() {
	r, ok := builtin.Lookup("LIC003")
	fmt.Println(r.ID, r.Severity, r.Kind, r.Cause, ok)

	_, ok = builtin.Lookup("LIC999")
	fmt.Println(ok)
	// Output:
	// LIC003 error checksum SC-01 true
	// false
}
