// Package orgcode checks the organisation code (组织机构代码) of GB 11714: eight
// characters and a check character, written XXXXXXXX-C or without the hyphen.
// Since 2015 it lives on as characters 9–17 of the unified social credit code.
//
// [Check] takes the code as it stands in the record, with or without its
// hyphen, and says what is wrong; [Compact] gives the nine characters.
//
// The check has a blind spot: letters count from A = 10 to Z = 35 modulo 11, so
// characters of one class ({0 B M X}, {1 C N Y}, {2 D O Z}, {3 E P}, {4 F Q},
// {5 G R}, {6 H S}, {7 I T}, {8 J U}, {9 K V}, {A L W}) replace each other
// unseen. MA1MRHGZ0, a misread MA1MRHG20, passes.
package orgcode

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// The errors of [Check]. None of them carries the value.
var (
	ErrLength   = errors.New("orgcode: not 8 + 1 characters")
	ErrFormat   = errors.New("orgcode: character not allowed at its position")
	ErrChecksum = errors.New("orgcode: check character wrong")
)

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

var weights = [8]uint16{3, 7, 9, 10, 5, 8, 4, 2}

// Check returns nil when s, taken as it stands, is a code with a right check
// character, and otherwise [ErrLength], [ErrFormat] or [ErrChecksum]. A hyphen
// is allowed only before the check character. Length counts bytes.
func Check(s string) error {
	last := len(s) - 1
	if last != 8 && last != 9 {
		return ErrLength
	}
	if last == 9 && s[8] != '-' {
		return ErrFormat
	}
	want, ok := CheckChar(s[:8])
	if c := s[last]; !ok || (c < '0' || c > '9') && c != 'X' {
		return ErrFormat
	}
	if s[last] != want {
		return ErrChecksum
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckChar returns the check character of eight characters, and false when
// they are not eight digits and capitals.
func CheckChar(s8 string) (byte, bool) {
	if len(s8) != len(weights) {
		return 0, false
	}
	var sum uint16
	for i, w := range weights {
		switch c := s8[i]; {
		case '0' <= c && c <= '9':
			sum += uint16(c-'0') * w
		case 'A' <= c && c <= 'Z':
			sum += uint16(c-'A'+10) * w
		default:
			return 0, false
		}
	}
	return "0X987654321"[sum%11], true
}

// Body returns the eight characters before the check character, or "" when s
// is not a valid code.
func Body(s string) string {
	if !Valid(s) {
		return ""
	}
	return s[:8]
}

// Compact returns s without hyphens, dashes, blanks and invisible characters,
// in half width and capitals. Text that is not UTF-8 is returned as it is. It
// does not allocate when there is nothing to do.
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
	case r == '-', 0x2010 <= r && r <= 0x2015, r == 0x2212: // what word processors make of a hyphen
		return -1
	case r == ' ', r == '\t', r == '\r', r == '\n', r == 0xA0, r == 0x3000,
		0x200B <= r && r <= 0x200F, r == 0x2060, r == 0xFEFF:
		return -1
	}
	return r
}

// Format returns a compacted code as certificates print it, XXXXXXXX-C, and
// anything of another shape unchanged.
func Format(s string) string {
	if _, ok := CheckChar(s[:min(8, len(s))]); !ok || len(s) != 9 || s[8] >= utf8.RuneSelf {
		return s
	}
	return s[:8] + "-" + s[8:]
}
