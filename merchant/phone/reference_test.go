package phone_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
)

// mobileByHand is what one writes without a package: one loop over the bytes.
func mobileByHand(s string) bool {
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// checkByHand tells the kinds by the first digit and loops over the rest.
func checkByHand(s string) bool {
	if len(s) < 5 || len(s) > 24 {
		return false
	}
	switch s[0] {
	case '1', '9':
		if len(s) == 11 {
			return mobileByHand(s)
		}
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		}
		return len(s) == 5 && (s[:2] == "10" || s[:2] == "12") || len(s) <= 6 && (s[:2] == "95" || s[:2] == "96")
	case '4', '8':
		n := 0
		for i := range len(s) {
			if s[i] == '-' {
				if s[i-1] == '-' || i == len(s)-1 {
					return false
				}
				continue
			}
			if s[i] < '0' || s[i] > '9' || (n == 1 || n == 2) && s[i] != '0' {
				return false
			}
			n++
		}
		return n == 10
	case '0':
		area := 4
		if s[1] == '2' || s[1] == '1' && s[2] == '0' {
			area = 3
		} else if s[1] < '3' {
			return false
		}
		i := 1
		for ; i < area; i++ {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		}
		if s[i] == '-' {
			i++
		}
		n := 0
		for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			if n == 0 && s[i] < '2' {
				return false
			}
			n++
		}
		if n != 7 && n != 8 {
			return false
		}
		if i == len(s) {
			return true
		}
		switch {
		case s[i] == '-', s[i] == '#':
			i++
		case strings.HasPrefix(s[i:], "转"):
			i += len("转")
		default:
			return false
		}
		if n := len(s) - i; n < 1 || n > 6 {
			return false
		}
		for ; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		}
		return true
	}
	return false
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	mobiles := make([]string, 512)
	list := make([]string, 512)
	for i := range list {
		mobiles[i] = fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1e9))
		switch i * 8 / len(list) { // in runs: mixed, the branch predictor is what is measured
		case 0:
			list[i] = fmt.Sprintf("0571-8%07d", r.IntN(1e7))
		case 1:
			list[i] = fmt.Sprintf("021%08d转8001", 20000000+r.IntN(1e7))
		case 2:
			list[i] = fmt.Sprintf("400-%03d-%04d", r.IntN(1e3), r.IntN(1e4))
		case 3:
			list[i] = fmt.Sprintf("95%03d", r.IntN(1e3))
		default:
			list[i] = mobiles[i]
		}
	}
	b.Run("mobile", func(b *testing.B) { numbertest.RatioOfChecks(b, mobiles, phone.CheckMobile, mobileByHand) })
	b.Run("mobile as service", func(b *testing.B) { numbertest.RatioOfChecks(b, mobiles, phone.Check, checkByHand) })
	b.Run("mixed", func(b *testing.B) { numbertest.RatioOfChecks(b, list, phone.Check, checkByHand) })
}
