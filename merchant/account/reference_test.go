package account_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// checkByHand is what one writes without a package: one loop for the digits and one for each pattern.
func checkByHand(s string) bool {
	if len(s) < 8 || len(s) > 32 {
		return false
	}
	equal, rising, falling, up, down := true, true, true, true, true
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		if i > 0 {
			a, b := s[i-1], s[i]
			equal = equal && a == b
			rising = rising && a < b
			falling = falling && a > b
			up = up && (b == a+1 || a == '9' && b == '0')
			down = down && (a == b+1 || a == '0' && b == '9')
		}
	}
	return !equal && !rising && !falling && !up && !down
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = fmt.Sprintf("%016d", r.Int64N(1e16))
		if i%16 == 0 {
			list[i] = list[i][:7] + "A" + list[i][8:]
		}
	}
	numbertest.RatioOfChecks(b, list, account.Check, checkByHand)
}
