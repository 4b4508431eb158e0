// Package passport checks passport numbers: those of China, of the Hong Kong
// and Macao regions, and the loose shape of any other country's.
//
// Each check takes the number as it stands in the record. A number has a shape
// and no check digit, so a wrong digit passes. The shapes are those on which
// several public libraries agree, no standard states them. The second place of
// an E number may be a letter, but never I or O, which read as 1 and 0.
package passport

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of the checks. None of them carries the value, which is personal
// data.
var (
	ErrLength = errors.New("passport: wrong length")
	ErrFormat = errors.New("passport: character not allowed at its position")
)

// Check returns nil when s can be a passport of any country, and otherwise
// [ErrLength] or [ErrFormat]. Every number that the other checks accept passes.
func Check(s string) error { return CheckForeign(s) }

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckChina judges a passport of the People's Republic: E and 8 characters, G
// and 8 digits, DE SE or PE and 7 digits, 14 or 15 and 7 digits, and D S or P
// and 7 or 8 digits.
func CheckChina(s string) error {
	if len(s) != 8 && len(s) != 9 {
		return ErrLength
	}
	for i := 2; i < len(s); i++ { // a call of digits costs as much as the loop
		if s[i] < '0' || s[i] > '9' {
			return ErrFormat
		}
	}
	ok := false
	switch s[0] {
	case 'E':
		ok = len(s) == 9 && (digit(s[1]) || capital(s[1]) && s[1] != 'I' && s[1] != 'O')
	case 'G':
		ok = len(s) == 9 && digit(s[1])
	case '1':
		ok = len(s) == 9 && (s[1] == '4' || s[1] == '5')
	case 'D', 'S', 'P':
		ok = digit(s[1]) || len(s) == 9 && s[1] == 'E'
	}
	if !ok {
		return ErrFormat
	}
	return nil
}

// CheckHKMacaoSAR judges a passport of the Hong Kong region, K or H and a digit
// or capital, or of the Macao region, M and a capital, and seven digits.
func CheckHKMacaoSAR(s string) error {
	if len(s) != 9 {
		return ErrLength
	}
	hongKong := (s[0] == 'K' || s[0] == 'H') && (digit(s[1]) || capital(s[1]))
	if !hongKong && (s[0] != 'M' || !capital(s[1])) || !digits(s[2:]) {
		return ErrFormat
	}
	return nil
}

// CheckForeign judges the shape of any country's passport, 5–20 digits and
// capitals; see [UsualLength].
func CheckForeign(s string) error {
	if len(s) < 5 || len(s) > 20 {
		return ErrLength
	}
	for i := range len(s) {
		if !digit(s[i]) && !capital(s[i]) {
			return ErrFormat
		}
	}
	return nil
}

// UsualLength reports whether s has the 6–12 characters that nearly all
// passports have; another length is worth a second look, not an error.
func UsualLength(s string) bool { return 6 <= len(s) && len(s) <= 12 }

// Kind is a group of issuers whose numbers share a shape.
type Kind uint8

// The kinds that [KindOf] tells apart.
const (
	KindNone Kind = iota
	KindChina
	KindHKMacaoSAR
	KindForeign // any other; a foreign number may also look like the kinds above
)

// KindOf returns the narrowest kind whose check s passes, or [KindNone].
func KindOf(s string) Kind {
	switch {
	case CheckChina(s) == nil:
		return KindChina
	case CheckHKMacaoSAR(s) == nil:
		return KindHKMacaoSAR
	case CheckForeign(s) == nil:
		return KindForeign
	}
	return KindNone
}

// Series returns the letters or digits before the serial number of a passport of
// China or of its regions, such as "E", "EA", "DE", "14" or "K", and "" for
// anything else.
func Series(s string) string {
	switch KindOf(s) {
	case KindChina:
		if s[0] == '1' {
			return s[:2]
		}
	case KindHKMacaoSAR:
	default:
		return ""
	}
	if capital(s[1]) {
		return s[:2]
	}
	return s[:1]
}

func digit(c byte) bool   { return '0' <= c && c <= '9' }
func capital(c byte) bool { return 'A' <= c && c <= 'Z' }

func digits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Text that is not UTF-8 is returned as it is. It does not allocate
// when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: passports print their numbers without separators.
func Format(s string) string { return s }
