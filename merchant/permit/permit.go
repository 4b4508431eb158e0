// Package permit checks the numbers of the travel and residence documents that
// are neither identity card nor passport: the mainland travel permits of Hong
// Kong and Macao residents (港澳居民来往内地通行证) and of Taiwan residents
// (台湾居民来往大陆通行证), and the permanent residence card of foreigners
// (外国人永久居留身份证) in its forms before and since December 2023.
//
// Each check takes the number as it stands in the record. Permits have a shape
// and no check character, so a wrong digit passes; only the card of 2023 has
// one, of ISO 7064 MOD 11-2. The shapes are those on which several public
// libraries agree, no standard states them. H12345678 is also a passport of the
// Hong Kong region: the document type beside it decides.
package permit

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of the checks. None of them carries the value, which is personal
// data.
var (
	ErrLength   = errors.New("permit: wrong length")
	ErrFormat   = errors.New("permit: character not allowed at its position")
	ErrChecksum = errors.New("permit: check character wrong")
)

// Check returns nil when s passes the check of any document of this package,
// [ErrChecksum] when it is the permanent residence card of 2023 but for its
// check character, and otherwise [ErrLength] or [ErrFormat].
func Check(s string) error {
	switch len(s) {
	case 8, 10, 11, 12: // eleven with H or M are also one of these
		return CheckTaiwan(s)
	case 9:
		return CheckHKMacao(s)
	}
	return CheckForeignPermanent(s)
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckHKMacao judges the permit of Hong Kong (H) and Macao (M) residents: the
// letter and eight digits of the holder, on older permits two more that count
// the renewals.
func CheckHKMacao(s string) error {
	if len(s) != 9 && len(s) != 11 {
		return ErrLength
	}
	if s[0] != 'H' && s[0] != 'M' || !digits(s[1:]) {
		return ErrFormat
	}
	return nil
}

// CheckTaiwan judges the permit of Taiwan residents: eight digits, or 10–12
// digits and capitals of a permit for one journey.
func CheckTaiwan(s string) error {
	switch n := len(s); {
	case n == 8 && digits(s), 10 <= n && n <= 12 && digitsOrCapitals(s):
		return nil
	case n == 8, 10 <= n && n <= 12:
		return ErrFormat
	}
	return ErrLength
}

// CheckForeignPermanent judges both forms of the permanent residence card: three
// capitals and twelve digits until 2023, and since then 18 characters that
// begin with 9 and end with a check character. Birth, province and nationality
// inside the latter are not judged here; package residentid knows them. The
// last digit of the older form is said to be a check of passports, which nobody
// confirms, so it is not used.
func CheckForeignPermanent(s string) error {
	switch len(s) {
	case 15:
		if !capitals(s[:3]) || !digits(s[3:]) {
			return ErrFormat
		}
		return nil
	case 18:
		if last := s[17]; s[0] != '9' || (last < '0' || last > '9') && last != 'X' {
			return ErrFormat
		}
		switch want, ok := checkdigit.Mod11x2(s[:17]); {
		case !ok:
			return ErrFormat
		case s[17] != want:
			return ErrChecksum
		}
		return nil
	}
	return ErrLength
}

// Holder returns the letter and eight digits of a Hong Kong or Macao permit,
// which stay the same for life, or "" for anything else.
func Holder(s string) string {
	if CheckHKMacao(s) != nil {
		return ""
	}
	return s[:9]
}

// Renewals returns the two digits that count renewals on an older Hong Kong or
// Macao permit, or "" when there are none.
func Renewals(s string) string {
	if CheckHKMacao(s) != nil {
		return ""
	}
	return s[9:]
}

// Nationality returns the country code inside a permanent residence card, three
// letters of ISO 3166 until 2023 and three digits since, or "" when
// [CheckForeignPermanent] refuses s.
func Nationality(s string) string {
	switch {
	case CheckForeignPermanent(s) != nil:
		return ""
	case len(s) == 15:
		return s[:3]
	}
	return s[3:6]
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func capitals(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

func digitsOrCapitals(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Text that is not UTF-8 is returned as it is. It does not allocate
// when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: the documents print their numbers without separators.
func Format(s string) string { return s }
