package account_test

import (
	"errors"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/account"
)

// Companies' accounts have no check digit; what can be told is the shape.
func Example() {
	for _, cell := range []string{"3100 1234-5678 9012 3456", "3100123", "12345678", "6.22848E+18"} {
		number := account.Compact(cell)
		switch err := account.CheckCorporate(number); {
		case err == nil:
			fmt.Println("passes, usual length:", account.ShapeOf(number) == account.ShapeUsual)
		case errors.Is(err, account.ErrFormat):
			fmt.Println("retype it as text:", err)
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// passes, usual length: true
	// account: wrong length
	// account: digits all equal, rising or falling
	// retype it as text: account: something other than a digit
}
