package mid_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) != 15 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = fmt.Sprintf("%015d", r.Int64N(1e15))
		if i%16 == 0 {
			list[i] = list[i][:14] + "A"
		}
	}
	numbertest.RatioOfChecks(b, list, mid.Check, checkByHand)
}
