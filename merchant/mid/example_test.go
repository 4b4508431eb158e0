package mid_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/mid"
)

// Normalise, check, and take the number apart.
func Example() {
	for _, cell := range []string{"102581083986056\u200b", "10258108398605", "1O2581083986056"} {
		number := mid.Compact(cell)
		if err := mid.Check(number); err != nil {
			fmt.Println(err)
			continue
		}
		if at, ok := mid.Structured(number); !ok {
			fmt.Println("letter at", at)
			continue
		}
		fmt.Println(mid.Acquirer(number), mid.Area(number), mid.MCC(number), mid.Sequence(number))
	}
	// Output:
	// 102 5810 8398 6056
	// mid: not 15 characters
	// letter at 2
}
