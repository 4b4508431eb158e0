// Package lei checks the legal entity identifier (全球法人识别编码) of ISO
// 17442-1:2020: 4 characters of the local operating unit (LOU) that issued it, 14
// of the entity and 2 check digits.
//
// [Check] takes the code as it stands in the record. The check is ISO 7064
// MOD 97-10 over the whole, letters counting A = 10 to Z = 35. It catches every
// digit taken for another digit, every letter for another letter, and every swap
// of two digits or two letters; a letter in place of a digit passes about once in
// 97. Which LOU exist and whether a code was issued and renewed only the index of
// GLEIF can tell, so there is nothing to look up here.
package lei

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check], in the order in which it looks for them. None of them
// carries the value.
var (
	ErrLength   = errors.New("lei: not 20 characters")
	ErrFormat   = errors.New("lei: character not allowed at its position")
	ErrChecksum = errors.New("lei: check digits wrong")
)

const size = 20

// Check returns nil when s, taken as it stands, is a code with right check
// digits, and otherwise the first that applies of [ErrLength], [ErrFormat] and
// [ErrChecksum]. Length counts bytes.
func Check(s string) error {
	if err := shape(s); err != nil {
		return err
	}
	// 00, 01 and 99 leave the remainder of 97, 98 and 02, but the standard
	// computes 98 − r and so only 02 to 98.
	if s[18:] < "02" || s[18:] > "98" || checkdigit.Mod97(0, s) != 1 {
		return ErrChecksum
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

func shape(s string) error {
	if len(s) != size {
		return ErrLength
	}
	bad := false
	for i := range size - 2 {
		bad = bad || checkdigit.Class[s[i]] == 0
	}
	if bad || checkdigit.Class[s[18]] != 1 || checkdigit.Class[s[19]] != 1 {
		return ErrFormat
	}
	return nil
}

// Issuer returns the prefix of the LOU that issued the code, or "" when s has
// not the shape of a code. A code keeps it when another LOU takes over its
// maintenance.
func Issuer(s string) string { return part(s, 0, 4) }

// Entity returns characters 5–18, which the LOU gave to the entity, or "" when s
// has not the shape of a code. Characters 5–6 were once fixed to 00; older and
// newer codes have others.
func Entity(s string) string { return part(s, 4, 18) }

// CheckDigits returns the two check digits, or "" when s has not the shape of a
// code.
func CheckDigits(s string) string { return part(s, 18, size) }

func part(s string, from, to int) string {
	if shape(s) != nil {
		return ""
	}
	return s[from:to]
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Hyphens stay: the code has none, and one inside it is damage. Text
// that is not UTF-8 is returned as it is. It does not allocate when there is
// nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: the code is written without separators.
func Format(s string) string { return s }
