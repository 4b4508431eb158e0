package iban_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/iban"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var lengthsByHand = map[string]int{"DE": 22, "FR": 27, "GB": 22, "NL": 18, "NO": 15, "MT": 31}

// remainderByHand is MOD 97 over digits and letters (A = 10 … Z = 35), one step a character; -1 for another character.
func remainderByHand(r int, s string) int {
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

// checkByHand is what one writes without a package: a map of lengths, and the remainder of what follows and what leads.
func checkByHand(s string) bool {
	if len(s) < 5 || lengthsByHand[s[:2]] != len(s) || s[2] < '0' || s[2] > '9' || s[3] < '0' || s[3] > '9' || s[2:4] < "02" || s[2:4] > "98" {
		return false
	}
	r := remainderByHand(0, s[4:])
	return r >= 0 && remainderByHand(r, s[:4]) == 1
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	countries := []string{"DE", "FR", "GB", "NL", "NO", "MT"}
	list := make([]string, 512)
	for i := range list {
		country := countries[i%6]
		body := make([]byte, lengthsByHand[country]-4)
		for j := range body {
			body[j] = byte('0' + r.IntN(10))
		}
		check := 98 - remainderByHand(remainderByHand(0, string(body)), country+"00")
		list[i] = fmt.Sprintf("%s%02d%s", country, check, body)
		if i%16 == 0 {
			list[i] = list[i][:len(list[i])-1] + "-"
		}
	}
	numbertest.RatioOfChecks(b, list, iban.Check, checkByHand)
}
