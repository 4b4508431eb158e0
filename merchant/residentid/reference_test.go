package residentid_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
)

// checkByHand is what one writes without a package: one loop over the bytes,
// then province and calendar.
func checkByHand(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	if s[17] != "10X98765432"[sum%11] {
		return false
	}
	switch s[:2] {
	case "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
		"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
		"71", "81", "82", "83":
	default:
		return false
	}
	year := int(s[6]-'0')*1000 + int(s[7]-'0')*100 + int(s[8]-'0')*10 + int(s[9]-'0')
	month := int(s[10]-'0')*10 + int(s[11]-'0')
	day := int(s[12]-'0')*10 + int(s[13]-'0')
	if year < 1850 || month < 1 || month > 12 || day < 1 {
		return false
	}
	last := [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		last = 29
	}
	return day <= last
}

func BenchmarkRatioCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]string, 512)
	for i := range list {
		province := []int{11, 13, 31, 32, 33, 37, 41, 44, 51, 61}[r.IntN(10)]
		s := fmt.Sprintf("%d%04d%04d%02d%02d%03d", province, 100*(1+r.IntN(20))+1+r.IntN(30), 1945+r.IntN(65), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
		c, _ := residentid.CheckChar(s)
		list[i] = s + string(c)
	}
	numbertest.RatioOfChecks(b, list, residentid.Check, checkByHand)
}
