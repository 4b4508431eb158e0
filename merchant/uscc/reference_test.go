package uscc_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// checkByHand is what one writes without a package: one loop over the bytes.
func checkByHand(s string) bool {
	if len(s) != 18 {
		return false
	}
	overall, organisation := 0, 0
	w := 1
	for i := range 17 {
		c := s[i]
		var v, letter int
		switch {
		case c >= '0' && c <= '9':
			v = int(c - '0')
			letter = v
		case c >= 'A' && c <= 'Y' && c != 'I' && c != 'O' && c != 'S' && c != 'V' && (i < 2 || i > 7):
			letter = int(c-'A') + 10
			v = letter
			if c > 'I' {
				v--
			}
			if c > 'O' {
				v--
			}
			if c > 'S' {
				v--
			}
			if c > 'V' {
				v--
			}
		default:
			return false
		}
		overall += v * w
		w = w * 3 % 31
		if i >= 8 && i < 16 {
			organisation += letter * [8]int{3, 7, 9, 10, 5, 8, 4, 2}[i-8]
		}
	}
	if s[17] != "0123456789ABCDEFGHJKLMNPQRTUWXY"[(31-overall%31)%31] || s[16] != "0X987654321"[organisation%11] {
		return false
	}
	switch s[:2] {
	case "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "36", "39", "41", "49",
		"51", "52", "53", "54", "55", "59", "61", "62", "69", "71", "72", "79", "81", "82", "89",
		"91", "92", "93", "99", "A1", "A9", "G1", "G9", "J1", "J9", "N1", "N2", "N3", "N9",
		"Q1", "Q2", "Q3", "Q9", "Y1":
		return true
	}
	return false
}

// checkByTable is the tightest loop we know: weights and values from tables,
// the remainder taken once.
func checkByTable(s string) bool {
	if len(s) != 18 {
		return false
	}
	overall := 0
	for i, w := range [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28} {
		v := int(values[s[i]])
		if v == 0 || v > 10 && i >= 2 && i < 8 {
			return false
		}
		overall += (v - 1) * w
	}
	organisation := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(s[8+i] - '0')
		if v > 9 {
			v -= 'A' - '0' - 10
		}
		organisation += v * w
	}
	return s[17] == alphabet[(31-overall%31)%31] && s[16] == "0X987654321"[organisation%11] && pairs[s[0]]>>(s[1]-'0')&1 == 1
}

var values, pairs = func() (v [256]uint8, p [256]uint16) {
	for i := range alphabet {
		v[alphabet[i]] = uint8(i + 1)
	}
	for _, c := range uscc.Categories() {
		p[c.Code[0]] |= 1 << (c.Code[1] - '0')
	}
	return v, p
}()

// codes are valid, as nearly all of a file are, with categories as frequent as
// among published ones.
func codes() []string {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		b := []byte("91")
		if i%20 < 2 {
			b[1] += byte(1 + i%2)
		}
		for range 6 {
			b = append(b, byte('0'+r.IntN(10)))
		}
		for range 8 {
			n := 10
			if i%3 == 0 {
				n = len(alphabet)
			}
			b = append(b, alphabet[r.IntN(n)])
		}
		sum := 0
		for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
			sum += strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", b[8+i]) * w
		}
		b = append(b, "0X987654321"[sum%11])
		c, _ := uscc.CheckChar(string(b))
		list[i] = string(append(b, c))
	}
	return list
}

func BenchmarkRatioCheck(b *testing.B) {
	b.Run("loop", func(b *testing.B) { numbertest.RatioOfChecks(b, codes(), uscc.Check, checkByHand) })
	b.Run("tables", func(b *testing.B) { numbertest.RatioOfChecks(b, codes(), uscc.Check, checkByTable) })
}
