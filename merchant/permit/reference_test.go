package permit_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
)

// checkByHand is what one writes without a package: one loop over the bytes
// for each of the lengths.
func checkByHand(s string) bool {
	switch len(s) {
	case 8:
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		}
		return true
	case 9:
		for i := 1; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		}
		return s[0] == 'H' || s[0] == 'M'
	case 10, 11, 12:
		for i := range len(s) {
			if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
				return false
			}
		}
		return true
	case 15:
		for i := range len(s) {
			if i < 3 && (s[i] < 'A' || s[i] > 'Z') || i >= 3 && (s[i] < '0' || s[i] > '9') {
				return false
			}
		}
		return true
	case 18:
		sum := 0
		for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
			sum += int(s[i]-'0') * w
		}
		return s[0] == '9' && s[17] == "10X98765432"[sum%11]
	}
	return false
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		switch i * 8 / len(list) { // in runs: mixed, the branch predictor is what is measured
		case 0, 1, 2:
			list[i] = fmt.Sprintf("%c%08d", "HM"[i%2], r.IntN(1e8))
		case 3:
			list[i] = fmt.Sprintf("%c%010d", "HM"[i%2], r.Int64N(1e10))
		case 4, 5:
			list[i] = fmt.Sprintf("%08d", r.IntN(1e8))
		case 6:
			list[i] = fmt.Sprintf("USA%012d", r.Int64N(1e12))
		default:
			s := fmt.Sprintf("931840%d%02d%02d%03d", 1945+r.IntN(65), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
			c, _ := residentid.CheckChar(s)
			list[i] = s + string(c)
		}
	}
	numbertest.RatioOfChecks(b, list, permit.Check, checkByHand)
}
