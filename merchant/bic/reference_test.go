package bic_test

import (
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/bic"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// checkByHand is what one writes without a package: one loop over the bytes and a map of the countries in the values.
func checkByHand(s string) bool {
	if len(s) != 8 && len(s) != 11 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter, digit := c >= 'A' && c <= 'Z', c >= '0' && c <= '9'
		if !letter && (!digit || i == 4 || i == 5) {
			return false
		}
	}
	return countriesByHand[s[4:6]]
}

var countriesByHand = map[string]bool{"CN": true, "HK": true, "DE": true, "US": true, "GB": true, "SG": true, "JP": true, "XK": true}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	countries := []string{"CN", "HK", "DE", "US", "GB", "SG", "JP", "XK"}
	letters := func(n int) string {
		out := make([]byte, n)
		for i := range out {
			out[i] = byte('A' + r.IntN(26))
		}
		return string(out)
	}
	list := make([]string, 512)
	for i := range list {
		list[i] = letters(4) + countries[i%8] + letters(2)
		if i%2 == 0 {
			list[i] += letters(3)
		}
		if i%16 == 0 {
			list[i] = list[i][:4] + "1" + list[i][5:]
		}
	}
	numbertest.RatioOfChecks(b, list, bic.Check, checkByHand)
}
