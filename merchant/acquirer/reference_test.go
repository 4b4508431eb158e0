package acquirer_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) < 8 || len(s) > 11 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = fmt.Sprintf("%08d", r.Int64N(1e8))
		if i%16 == 0 {
			list[i] = list[i][:7] + "A"
		}
	}
	numbertest.RatioOfChecks(b, list, acquirer.Check, checkByHand)
}
