package lei_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/lei"
)

// remainderByHand is MOD 97 over digits and letters (A = 10 … Z = 35), one step a character; -1 for another character.
func remainderByHand(s string) int {
	r := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			r = (r*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			r = (r*100 + int(c-'A') + 10) % 97
		default:
			return -1
		}
	}
	return r
}

// checkByHand is what one writes without a package.
func checkByHand(s string) bool {
	if len(s) != 20 || s[18] < '0' || s[18] > '9' || s[19] < '0' || s[19] > '9' || s[18:] < "02" || s[18:] > "98" {
		return false
	}
	return remainderByHand(s) == 1
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	list := make([]string, 512)
	for i := range list {
		body := make([]byte, 18)
		for j := range body {
			body[j] = alphabet[r.IntN(36)]
		}
		check := 98 - remainderByHand(string(body)+"00")
		list[i] = fmt.Sprintf("%s%02d", body, check)
		if i%16 == 0 {
			list[i] = list[i][:3] + "i" + list[i][4:]
		}
	}
	numbertest.RatioOfChecks(b, list, lei.Check, checkByHand)
}
