package cnaps

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// BenchmarkRatioCheck compares Check with a plain loop over the digits and a
// mark for each bank and area.
func BenchmarkRatioCheck(b *testing.B) {
	var banks [1000]bool
	var areas [10000]bool
	var bankCodes, areaCodes []string
	for i := range areas {
		s := fmt.Sprintf("%04d", i)
		if _, _, ok := AreaName(s); ok {
			areas[i] = true
			areaCodes = append(areaCodes, s)
		}
		if _, _, ok := BankName(s[1:]); ok && i < len(banks) {
			banks[i] = true
			bankCodes = append(bankCodes, s[1:])
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		list[i] = withDigit(bankCodes[r.IntN(len(bankCodes))] + areaCodes[r.IntN(len(areaCodes))] + fmt.Sprintf("%04d", r.IntN(1e4)))
	}
	numbertest.RatioOfChecks(b, list, Check, func(s string) bool {
		if len(s) != 12 {
			return false
		}
		p, n, bank := 10, 0, 0
		for i := range 11 {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
			d := int(s[i] - '0')
			if p += d; p > 10 {
				p -= 10
			}
			if p *= 2; p > 10 {
				p -= 11
			}
			n = n*10 + d
			if i == 2 {
				bank, n = n, 0
			} else if i == 6 && !areas[n] {
				return false
			}
		}
		return s[11] >= '0' && s[11] <= '9' && (p+int(s[11]-'0'))%10 == 1 && banks[bank]
	})
}
