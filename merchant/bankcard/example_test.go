package bankcard_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
)

// Normalise, check, and name the bank of a card.
func Example() {
	for _, cell := range []string{"6228 4804 0256 4890 018", "6228480402564890019"} {
		number := bankcard.Compact(cell)
		if err := bankcard.Check(number); err != nil {
			fmt.Println(err)
			continue
		}
		if bin, ok := bankcard.Lookup(number); ok { // an unknown BIN means nothing
			fmt.Println(bin.BankName, bin.Type)
		}
	}
	// Output:
	// 中国农业银行 借记卡
	// bankcard: the Luhn check fails
}
