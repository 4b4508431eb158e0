package passport_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) < 5 || len(s) > 20 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// chinaByHand is the same for the passports of China.
func chinaByHand(s string) bool {
	if len(s) != 8 && len(s) != 9 {
		return false
	}
	for i := 2; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	second := s[1] >= '0' && s[1] <= '9'
	switch s[0] {
	case 'E':
		return len(s) == 9 && (second || s[1] >= 'A' && s[1] <= 'Z' && s[1] != 'I' && s[1] != 'O')
	case 'G':
		return len(s) == 9 && second
	case '1':
		return len(s) == 9 && (s[1] == '4' || s[1] == '5')
	case 'D', 'S', 'P':
		return second || len(s) == 9 && s[1] == 'E'
	}
	return false
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		switch i % 4 {
		case 0, 1:
			list[i] = fmt.Sprintf("E%08d", r.IntN(1e8))
		case 2:
			list[i] = fmt.Sprintf("E%c%07d", "ABCDEFGH"[r.IntN(8)], r.IntN(1e7))
		default:
			list[i] = fmt.Sprintf("G%08d", r.IntN(1e8))
		}
	}
	b.Run("any", func(b *testing.B) { numbertest.RatioOfChecks(b, list, passport.Check, checkByHand) })
	b.Run("China", func(b *testing.B) { numbertest.RatioOfChecks(b, list, passport.CheckChina, chinaByHand) })
}
