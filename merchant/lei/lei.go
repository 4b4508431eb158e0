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
	"strings"
	"unicode/utf8"
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
	if s[18:] < "02" || s[18:] > "98" || remainder(s) != 1 {
		return ErrChecksum
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// class is 1 for digits, 2 for capital letters and 0 for all else: a table does not mispredict where letters and digits
// mix at random.
var class = [256]uint8{
	'0': 1, '1': 1, '2': 1, '3': 1, '4': 1, '5': 1, '6': 1, '7': 1, '8': 1, '9': 1,
	'A': 2, 'B': 2, 'C': 2, 'D': 2, 'E': 2, 'F': 2, 'G': 2, 'H': 2, 'I': 2, 'J': 2, 'K': 2, 'L': 2, 'M': 2,
	'N': 2, 'O': 2, 'P': 2, 'Q': 2, 'R': 2, 'S': 2, 'T': 2, 'U': 2, 'V': 2, 'W': 2, 'X': 2, 'Y': 2, 'Z': 2,
}

func shape(s string) error {
	if len(s) != size {
		return ErrLength
	}
	bad := false
	for i := range size - 2 {
		bad = bad || class[s[i]] == 0
	}
	if bad || class[s[18]] != 1 || class[s[19]] != 1 {
		return ErrFormat
	}
	return nil
}

// remainder divides the number that s stands for, two digits for a letter, by 97.
func remainder(s string) uint {
	r := uint64(0)
	for i := range len(s) {
		// Branchless: bit 6 is set in letters and clear in digits.
		l := uint64(s[i] >> 6)
		r = r*(10+90*l) + uint64(s[i]) - '0' - 7*l
		if r >= 1<<56 { // the division is what costs: one in a number, not one a character
			r %= 97
		}
	}
	return uint(r % 97)
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
func Compact(s string) string {
	if !utf8.ValidString(s) {
		return s
	}
	return strings.Map(fold, s)
}

func fold(r rune) rune {
	if 0xFF01 <= r && r <= 0xFF5E {
		r -= 0xFF01 - '!'
	}
	switch {
	case 'a' <= r && r <= 'z':
		return r - 'a' + 'A'
	case r == ' ', r == '\t', r == '\r', r == '\n', r == 0xA0, r == 0x3000,
		0x200B <= r && r <= 0x200F, r == 0x2060, r == 0xFEFF:
		return -1
	}
	return r
}

// Format returns s: the code is written without separators.
func Format(s string) string { return s }
