// Package residentid checks the 18-character resident identity number of
// GB 11643-1999 (居民身份证号码): six digits of address, eight of birth, three of
// order and a check character of ISO 7064 MOD 11-2. The residence permit of
// Hong Kong, Macao and Taiwan residents has the same number with 810000, 820000
// or 830000 as its address; the permanent residence card of 2023 begins with 9
// and shares only the check, see [CheckForeignPermanent].
//
// [Check] takes the number as it stands in the record. It knows no clock;
// [CheckAsOf] also refuses a birth after the day given. The address is checked
// to its province and no further: real cards carry divisions abolished since,
// and libraries that demand a code in force refuse them.
//
// Provinces are the first two digits of GB/T 2260, nationalities the 249 numeric codes
// of ISO 3166-1 with the change of 2011 (South Sudan): facts of the standards.
//
// The modulus is prime, so no single wrong character and no swap of neighbours
// passes. 91110519491231002X fits the arithmetic of both families of number:
// decide by the first digit, then by province and nationality.
package residentid

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of this package, in the order in which the checks look for them.
// None of them carries the value, which is personal data.
var (
	ErrLength    = errors.New("residentid: not 18 characters")
	ErrFormat    = errors.New("residentid: character not allowed at its position")
	ErrComponent = errors.New("residentid: no such province or birth date")
	ErrChecksum  = errors.New("residentid: check character wrong")

	// ErrOrigin comes from [CheckForeignPermanent] alone: the number is sound,
	// and the table of provinces or nationalities does not have its part.
	ErrOrigin = errors.New("residentid: unknown province or nationality of a permanent residence card")
)

const (
	size      = 18
	firstYear = 1850
)

// Check returns nil when s, taken as it stands, is a resident number or that of
// a residence permit, and otherwise [ErrLength], [ErrFormat], [ErrComponent] or
// [ErrChecksum]. The parts come before the check character: a thirteenth month
// says more than a sum that does not come out. Length counts bytes; a 15-digit
// number of the first generation is [ErrLength], see [Is15].
func Check(s string) error {
	want, err := checkShape(s)
	if err != nil {
		return err
	}
	if !province(s[0], s[1]) || !birthPasses(s) {
		return ErrComponent
	}
	if s[size-1] != want {
		return ErrChecksum
	}
	return nil
}

// CheckAsOf is [Check] that also returns [ErrComponent] for a birth later than
// the day given.
func CheckAsOf(s string, year, month, day int) error {
	err := Check(s)
	if err == nil || err == ErrChecksum {
		if y, m, d := birth(s); later(y, m, d, year, month, day) {
			return ErrComponent
		}
	}
	return err
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckForeignPermanent judges the 18-character permanent residence card issued
// since December 2023: 9, province, numeric nationality of ISO 3166, birth,
// order, check character. It returns [ErrFormat] also for another first digit
// and [ErrOrigin] last, when all else passes.
func CheckForeignPermanent(s string) error {
	want, err := checkShape(s)
	if err != nil {
		return err
	}
	if s[0] != '9' {
		return ErrFormat
	}
	if !birthPasses(s) {
		return ErrComponent
	}
	if s[size-1] != want {
		return ErrChecksum
	}
	if !province(s[1], s[2]) || !nationality(s[3:6]) {
		return ErrOrigin
	}
	return nil
}

// ForeignPermanent reports whether s has the shape of the 18-character
// permanent residence card, which its first digit 9 tells from a resident
// number. It looks at no part and no check; [CheckForeignPermanent] does.
func ForeignPermanent(s string) bool {
	_, err := checkShape(s)
	return err == nil && s[0] == '9'
}

// ResidencePermit reports whether s has the shape and the address, 810000,
// 820000 or 830000, of a residence permit for Hong Kong, Macao or Taiwan
// residents. It looks at neither birth nor check; [Check] does.
func ResidencePermit(s string) bool {
	_, err := checkShape(s)
	return err == nil && s[0] == '8' && '1' <= s[1] && s[1] <= '3' && s[2:6] == "0000"
}

// CheckChar returns the character that ISO 7064 MOD 11-2 demands after the 17
// digits given, and false when they are not 17 digits.
func CheckChar(s17 string) (byte, bool) { return checkdigit.Mod11x2(s17) }

// checkShape also returns the check character, for the loop over the digits is
// most of the work.
func checkShape(s string) (want byte, err error) {
	if len(s) != size {
		return 0, ErrLength
	}
	want, ok := checkdigit.Mod11x2(s[:size-1])
	if last := s[size-1]; !ok || (last < '0' || last > '9') && last != 'X' {
		return 0, ErrFormat
	}
	return want, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// number reads digits that have been checked to be digits.
func number(s string) (n int) {
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// province knows the first two digits of GB/T 2260: 11–15 21–23 31–37 41–46
// 50–54 61–65 71 and 81–83.
func province(a, b byte) bool {
	last := [...]byte{'0', '5', '3', '7', '6', '4', '5', '1', '3', '0'}[(a-'0')%10]
	return b <= last && (b >= '1' || a == '5')
}

func birthPasses(s string) bool {
	y, m, d := birth(s)
	return y >= firstYear && 1 <= m && m <= 12 && 1 <= d && d <= daysIn(y, m)
}

func birth(s string) (y, m, d int) {
	_ = s[13]
	return two(s[6], s[7])*100 + two(s[8], s[9]), two(s[10], s[11]), two(s[12], s[13])
}

func two(a, b byte) int { return int(a-'0')*10 + int(b-'0') }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// later reports whether the first day comes after the second.
func later(y, m, d, year, month, day int) bool {
	return y > year || y == year && (m > month || m == month && d > day)
}

// sound reports whether the parts of s can be trusted, for either family.
func sound(s string) bool {
	if Check(s) == nil {
		return true
	}
	err := CheckForeignPermanent(s)
	return err == nil || err == ErrOrigin
}

// Division returns the first six digits, or "" when [Check] refuses s. A
// permanent residence card has no division.
func Division(s string) string {
	if !Valid(s) {
		return ""
	}
	return s[:6]
}

// Birth returns the birth date of a valid number or permanent residence card,
// and zeros and false for anything else.
func Birth(s string) (y, m, d int, ok bool) {
	if !sound(s) {
		return 0, 0, 0, false
	}
	y, m, d = birth(s)
	return y, m, d, true
}

// Male reports whether the order digit is odd. It returns false, false unless s
// is a valid number or permanent residence card.
func Male(s string) (male, ok bool) {
	if !sound(s) {
		return false, false
	}
	return s[16]&1 == 1, true
}

// AgeOn returns the full years lived on the day given. It returns 0, false when
// s is neither a valid number nor a valid permanent residence card, or when the
// birth comes after that day. Who was born on 29 February is a year older on
// 1 March of a common year.
func AgeOn(s string, year, month, day int) (int, bool) {
	y, m, d, ok := Birth(s)
	if !ok || later(y, m, d, year, month, day) {
		return 0, false
	}
	age := year - y
	if m > month || m == month && d > day {
		age--
	}
	return age, true
}

// Is15 reports whether s is 15 digits with a known province and a possible
// birth date of the twentieth century: a number of the first generation, no
// longer valid.
func Is15(s string) bool {
	if len(s) != 15 || !digits(s) || !province(s[0], s[1]) {
		return false
	}
	m, d := number(s[8:10]), number(s[10:12])
	return 1 <= m && m <= 12 && 1 <= d && d <= daysIn(1900+number(s[6:8]), m)
}

// Upgrade15 returns the 18 characters that a number of the first generation
// became, or "" and false when [Is15] does not hold. It is a hint to show, not
// a value to store: those born before 1900 carried the same 15 digits.
func Upgrade15(s string) (string, bool) {
	if !Is15(s) {
		return "", false
	}
	b := append(make([]byte, 0, size), s[:6]...)
	b = append(append(b, "19"...), s[6:]...)
	c, _ := CheckChar(string(b))
	return string(append(b, c)), true
}

// TermYears returns how long a resident card is issued for at an age in full
// years (Resident Identity Card Law, article 5): 5 years under 16, 10 up to 25,
// 20 up to 45, and long-term, with 0 years, from 46. A negative age gives 0 and
// false.
func TermYears(ageAtIssue int) (years int, longTerm bool) {
	switch {
	case ageAtIssue < 0:
		return 0, false
	case ageAtIssue < 16:
		return 5, false
	case ageAtIssue < 26:
		return 10, false
	case ageAtIssue < 46:
		return 20, false
	}
	return 0, true
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals, so that a final x becomes X. Text that is not UTF-8 is returned as
// it is. It does not allocate when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: a card prints the number without separators.
func Format(s string) string { return s }
