package orgcode_test

import (
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) == 10 {
		if s[8] != '-' {
			return false
		}
	} else if len(s) != 9 {
		return false
	}
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z':
			sum += int(c-'A'+10) * w
		default:
			return false
		}
	}
	return s[len(s)-1] == "0X987654321"[sum%11]
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		var code []byte
		for range 8 {
			n := 10
			if i%3 == 0 {
				n = 36
			}
			code = append(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[r.IntN(n)])
		}
		c, _ := orgcode.CheckChar(string(code))
		if i%2 == 0 {
			code = append(code, '-')
		}
		list[i] = string(append(code, c))
	}
	numbertest.RatioOfChecks(b, list, orgcode.Check, checkByHand)
}
