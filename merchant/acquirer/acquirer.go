// Package acquirer checks the code of the acquiring institution (受理机构标识码),
// field 32 of ISO 8583: up to 11 digits, in China in practice 8, of which 4 name
// the institution and 4 the area.
//
// [Check] takes the code as it stands in the record and demands 8 to 11 digits;
// seven are a code that lost its leading zero in a sheet, twelve a CNAPS code in
// the wrong column. There is no check digit, so a wrong digit passes.
//
// The institution of a bank is 0 and the bank code with which its CNAPS codes
// begin (0102 is ICBC), that of a payment institution begins with 48, and 0001 is
// UnionPay. No public document states this; it is from descriptions of the trade
// and yet to be verified. The area is a CNAPS area or 0000.
package acquirer

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check]. None of them carries the value.
var (
	ErrLength = errors.New("acquirer: not 8 to 11 digits")
	ErrFormat = errors.New("acquirer: something other than a digit")
)

// structured is the only length whose parts are known.
const structured = 8

// Check returns nil when s, taken as it stands, is 8 to 11 digits, and otherwise
// [ErrLength] or [ErrFormat]. Length counts bytes.
func Check(s string) error {
	if len(s) < structured || len(s) > 11 {
		return ErrLength
	}
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return ErrFormat
		}
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Institution returns digits 1–4 of a code of 8, the institution, and "" when s
// is not valid or longer.
func Institution(s string) string { return part(s, 0, 4) }

// Area returns digits 5–8 of a code of 8, the area, and "" when s is not valid
// or longer.
func Area(s string) string { return part(s, 4, structured) }

// Bank returns digits 2–4 of a code of 8 that begins with 0, the bank code of
// CNAPS, and "" for any other.
func Bank(s string) string {
	if code := part(s, 0, 4); code != "" && code[0] == '0' {
		return code[1:]
	}
	return ""
}

// IsPaymentInstitution reports whether s is a code of 8 digits that begins with
// 48, as those of payment institutions do (to be verified).
func IsPaymentInstitution(s string) bool { return part(s, 0, 2) == "48" }

func part(s string, from, to int) string {
	if len(s) != structured || !Valid(s) {
		return ""
	}
	return s[from:to]
}

// Compact returns s without blanks and invisible characters, in half width. Text
// that is not UTF-8 is returned as it is. It does not allocate when there is
// nothing to do.
func Compact(s string) string { return fold.Compact(s, 0) }

// Format returns s: the code is written without separators.
func Format(s string) string { return s }
