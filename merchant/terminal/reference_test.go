package terminal_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) != 8 {
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
		list[i] = fmt.Sprintf("%08d", r.Int64N(1e8))
		if i%16 == 0 {
			list[i] = list[i][:7] + "A"
		}
	}
	numbertest.RatioOfChecks(b, list, terminal.Check, checkByHand)
}
