package acquirer_test

import (
	"errors"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
)

// Seven digits are a code that lost its zero in a number cell.
func Example() {
	for _, cell := range []string{" 0102 5810\u200b", "1025810", "48221000"} {
		code := acquirer.Compact(cell)
		switch err := acquirer.Check(code); {
		case errors.Is(err, acquirer.ErrLength):
			fmt.Println(err)
		case acquirer.IsPaymentInstitution(code):
			fmt.Println("payment institution, area", acquirer.Area(code))
		default:
			fmt.Println("bank", acquirer.Bank(code), "area", acquirer.Area(code))
		}
	}
	// Output:
	// bank 102 area 5810
	// acquirer: not 8 to 11 digits
	// payment institution, area 1000
}
