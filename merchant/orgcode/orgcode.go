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
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check]. None of them carries the value.
var (
	ErrLength   = errors.New("orgcode: not 8 + 1 characters")
	ErrFormat   = errors.New("orgcode: character not allowed at its position")
	ErrChecksum = errors.New("orgcode: check character wrong")
)

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
func CheckChar(s8 string) (byte, bool) { return checkdigit.GB11714(s8) }

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
func Compact(s string) string { return fold.Compact(s, fold.Capitals|fold.Hyphens|fold.Dashes) }

// Format returns a compacted code as certificates print it, XXXXXXXX-C, and
// anything of another shape unchanged.
func Format(s string) string {
	if _, ok := CheckChar(s[:min(8, len(s))]); !ok || len(s) != 9 || s[8] >= utf8.RuneSelf {
		return s
	}
	return s[:8] + "-" + s[8:]
}
