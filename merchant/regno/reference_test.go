package regno_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) != 15 {
		return false
	}
	p := 10
	for i := range 14 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		if p += int(s[i] - '0'); p > 10 {
			p -= 10
		}
		if p *= 2; p > 10 {
			p -= 11
		}
	}
	return s[14] >= '0' && s[14] <= '9' && (p+int(s[14]-'0'))%10 == 1
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		s := fmt.Sprintf("%014d", r.Int64N(1e14))
		c, _ := regno.CheckDigit(s)
		list[i] = s + string(c)
	}
	numbertest.RatioOfChecks(b, list, regno.Check, checkByHand)
}
