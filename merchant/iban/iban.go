// Package iban checks the international bank account number of ISO 13616: a
// country code, two check digits and the basic account number (BBAN) of that
// country, 34 characters at most. A merchant of mainland China settles to a
// domestic account, which has none; an IBAN appears with foreign shareholders
// and cross-border settlement.
//
// [Check] takes the number as it stands in the record; [Compact] removes the
// blanks and hyphens of the printed form. The check is ISO 7064 MOD 97-10 over
// the number with its first four characters moved to the end, letters counting
// A = 10 to Z = 35. It catches every digit taken for another digit, every letter
// for another letter, and every swap of two digits or two letters; a letter in
// place of a digit passes about once in 97.
//
// Lengths are those of the IBAN Registry of SWIFT, release 100 of 2025, 89
// countries. The inner structure of the BBAN is not judged. Countries join the
// registry every year: [ErrComponent] deserves a warning, not a refusal.
package iban

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check], in the order in which it looks for them. None of them
// carries the value.
var (
	ErrLength    = errors.New("iban: wrong length")
	ErrFormat    = errors.New("iban: character not allowed at its position")
	ErrChecksum  = errors.New("iban: check digits wrong")
	ErrComponent = errors.New("iban: country not in the registry")
)

// The standard bounds every IBAN; the registry sets the length for a country.
const (
	minSize = 5
	maxSize = 34
)

// lengths holds country and length of each IBAN of the registry, four
// characters an entry, in ascending order: a string needs no work at start.
const lengths = "" +
	"AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22" +
	"DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28" +
	"HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25" +
	"MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29" +
	"RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29" +
	"VA22VG24XK20YE30"

// Length returns how many characters the IBANs of a country have, and false for
// a country that is not in the registry. Dependent territories are not in it:
// accounts in Guadeloupe begin with FR, in Jersey with GB, on Åland with FI.
func Length(country string) (int, bool) {
	if len(country) != 2 {
		return 0, false
	}
	for low, high := 0, len(lengths)/4; low < high; {
		mid := (low + high) / 2
		switch entry := lengths[4*mid : 4*mid+4]; {
		case entry[:2] == country:
			return int(entry[2]-'0')*10 + int(entry[3]-'0'), true
		case entry[:2] < country:
			low = mid + 1
		default:
			high = mid
		}
	}
	return 0, false
}

// Check returns nil when s, taken as it stands, is an IBAN of a country in the
// registry, and otherwise the first that applies of [ErrLength], [ErrFormat],
// [ErrChecksum] and [ErrComponent]. A number that only its country keeps out of
// the registry thus has right check digits. Length counts bytes.
func Check(s string) error {
	if err := shape(s); err != nil {
		return err
	}
	size, known := Length(s[:2])
	switch {
	case known && len(s) != size:
		return ErrLength
	case !checkDigitsPass(s):
		return ErrChecksum
	case !known:
		return ErrComponent
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// shape is what the standard demands of every country.
func shape(s string) error {
	if len(s) < minSize || len(s) > maxSize {
		return ErrLength
	}
	bad := checkdigit.Class[s[0]] != 2 || checkdigit.Class[s[1]] != 2 || checkdigit.Class[s[2]] != 1 || checkdigit.Class[s[3]] != 1
	for i := 4; i < len(s); i++ {
		bad = bad || checkdigit.Class[s[i]] == 0
	}
	if bad {
		return ErrFormat
	}
	return nil
}

// checkDigitsPass refuses 00, 01 and 99 as well: they leave the remainder of
// 97, 98 and 02, but the standard computes 98 − r and so only 02 to 98.
func checkDigitsPass(s string) bool {
	return s[2:4] >= "02" && s[2:4] <= "98" && checkdigit.Mod97(checkdigit.Mod97(0, s[4:]), s[:4]) == 1
}

// Country returns the country code, or "" when s has not the shape of an IBAN.
func Country(s string) string { return part(s, 0, 2) }

// CheckDigits returns the two check digits, or "" when s has not the shape of an
// IBAN.
func CheckDigits(s string) string { return part(s, 2, 4) }

// BBAN returns what follows the check digits, bank and account in the form of
// the country, or "" when s has not the shape of an IBAN.
func BBAN(s string) string { return part(s, 4, len(s)) }

func part(s string, from, to int) string {
	if shape(s) != nil {
		return ""
	}
	return s[from:to]
}

// Compact returns s without blanks, hyphens and invisible characters, in half
// width and capitals. Text that is not UTF-8 is returned as it is. It does not
// allocate when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals|fold.Hyphens) }

// Format returns the printed form of the standard, groups of four with a blank
// between. What has not the shape of an IBAN is only compacted: grouping would
// lend it the look of one.
func Format(s string) string {
	s = Compact(s)
	if shape(s) != nil {
		return s
	}
	out := make([]byte, 0, maxSize+maxSize/4)
	for i := range len(s) {
		if i > 0 && i%4 == 0 {
			out = append(out, ' ')
		}
		out = append(out, s[i])
	}
	return string(out)
}
