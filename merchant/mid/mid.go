// Package mid checks the merchant number (商户号, 受卡方标识码), field 42 of
// ISO 8583: 15 letters and digits, by custom 3 of the acquirer, 4 of the area, 4
// of the merchant category and 4 of sequence.
//
// [Check] takes the number as it stands in the record and demands only the 15
// characters. The custom is no rule: numbers given before a category changed
// keep the old one, large merchants may have no structure, sequences hold
// letters. So the parts are for warnings.
//
// The area follows one of two schemes, the UnionPay codes or the first four
// digits of GB/T 2260. Of 376 GB/T prefixes 47 are also UnionPay areas, and not
// one of the 47 means the same place: without knowing the scheme of the
// acquirer, say nothing about the area.
package mid

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check]. None of them carries the value.
var (
	ErrLength = errors.New("mid: not 15 characters")
	ErrFormat = errors.New("mid: something other than letters and digits")
)

const (
	size       = 15
	structured = 11
)

// Check returns nil when s, taken as it stands, is 15 letters and digits, and
// otherwise [ErrLength] or [ErrFormat]. Length counts bytes. Case matters: field
// 42 is compared byte by byte.
func Check(s string) error {
	if len(s) != size {
		return ErrLength
	}
	for i := range size {
		if !alphanumeric[s[i]] {
			return ErrFormat
		}
	}
	return nil
}

var alphanumeric = [256]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true,
	'K': true, 'L': true, 'M': true, 'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true,
	'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true,
	'k': true, 'l': true, 'm': true, 'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true,
	'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Acquirer returns characters 1–3, the acquirer, or "" when s is not valid.
func Acquirer(s string) string { return part(s, 0, 3) }

// Area returns characters 4–7, the area in the scheme of the acquirer, or ""
// when s is not valid.
func Area(s string) string { return part(s, 3, 7) }

// MCC returns characters 8–11, the merchant category, or "" when s is not valid.
func MCC(s string) string { return part(s, 7, structured) }

// Sequence returns characters 12–15, or "" when s is not valid.
func Sequence(s string) string { return part(s, structured, size) }

func part(s string, from, to int) string {
	if Check(s) != nil {
		return ""
	}
	return s[from:to]
}

// Structured reports whether characters 1–11 are digits, as the structure of 3 +
// 4 + 4 wants them. If not, pos is the 1-based position of the first letter. For
// a number that is not valid it returns 0, false.
func Structured(s string) (pos int, ok bool) {
	if Check(s) != nil {
		return 0, false
	}
	for i := range structured {
		if !digit(s[i]) {
			return i + 1, false
		}
	}
	return 0, true
}

// IsWeChat reports whether s has the shape of a WeChat Pay mch_id, 8–10 digits,
// which people paste into the column of merchant numbers.
func IsWeChat(s string) bool { return 8 <= len(s) && len(s) <= 10 && digits(s) }

// IsAlipay reports whether s has the shape of an Alipay PID, 2088 and 12 digits.
func IsAlipay(s string) bool { return len(s) == 16 && s[:4] == "2088" && digits(s) }

func digit(c byte) bool { return '0' <= c && c <= '9' }

func digits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}

// Compact returns s in half width, without invisible characters, tabs and line
// ends anywhere and without blanks at its ends. A blank inside stays, since the
// number has no separators and a character may be missing there. Case stays,
// since both cases count. Text that is not UTF-8 is returned as it is. It does
// not allocate when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Ends) }

// Format returns s: slips print the number without separators.
func Format(s string) string { return s }
