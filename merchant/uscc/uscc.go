// Package uscc checks the unified social credit code (统一社会信用代码) that a
// Chinese business licence carries: 18 characters of GB 32100-2015, of which
// characters 9–17 are an organisation code of GB 11714 with a check of its own.
//
// [Check] takes the code as it stands in the record and says which of its
// checks fails first; [Compact] removes what a spreadsheet or an input method
// added. Nothing here repairs a code: [Candidates] only proposes.
//
// The pairs of department and category are facts of GB 32100-2015 as extended since,
// read in two public libraries, one of them of 2025, and compared with published
// codes; 32 to 35 are to be verified. [Categories] lists them.
//
// Of 2,994,522 published codes 99.991 % have the shape, 99.9937 % pass the
// overall check and 99.9927 % the organisation check, so about 6 in 100,000
// issued codes fail [Check]; a person can confirm those in the public
// register. Both checks together let random text pass about once in 1,050, and
// a single wrong character or a swap of neighbours never passes the overall
// check, because its modulus is prime.
package uscc

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check], in the order in which it looks for them. None of them
// carries the value: a sole trader's code identifies a person.
var (
	ErrLength       = errors.New("uscc: not 18 characters")
	ErrFormat       = errors.New("uscc: character not allowed at its position")
	ErrPilot        = errors.New("uscc: pilot code of 2015, overall check fails")
	ErrChecksum     = errors.New("uscc: overall check fails")
	ErrOrganisation = errors.New("uscc: organisation check fails")
	ErrComponent    = errors.New("uscc: unknown department or category")
)

const (
	size = 18

	// alphabet omits I O S V Z, which a reader takes for 1 0 5 U 2.
	// The index of a character is its value in the overall check.
	alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
)

// rank holds the index in alphabet plus one, so that zero means "not in it".
var rank = [256]uint8{
	'0': 1, '1': 2, '2': 3, '3': 4, '4': 5, '5': 6, '6': 7, '7': 8, '8': 9, '9': 10,
	'A': 11, 'B': 12, 'C': 13, 'D': 14, 'E': 15, 'F': 16, 'G': 17, 'H': 18, 'J': 19,
	'K': 20, 'L': 21, 'M': 22, 'N': 23, 'P': 24, 'Q': 25, 'R': 26, 'T': 27, 'U': 28,
	'W': 29, 'X': 30, 'Y': 31,
}

// The weights of GB 32100 are the powers of 3 mod 31.
var overallWeights = [17]uint16{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// Check returns nil when s, taken as it stands, is a code that passes every
// check, and otherwise the first that fails of [ErrLength], [ErrFormat],
// [ErrPilot] or [ErrChecksum], [ErrOrganisation] and [ErrComponent].
//
// Length counts bytes: full-width or accented text is never 18 of them and a
// code at the same time. The division in characters 3–8 is not looked up; 2.3 %
// of published codes carry one that no list of divisions has.
func Check(s string) error {
	if len(s) != size {
		return ErrLength
	}
	// Shape and sum in one loop, which halves the time of a check.
	var sum uint16
	for i, w := range overallWeights {
		r := rank[s[i]]
		if r == 0 || r > 10 && 2 <= i && i < 8 {
			return ErrFormat
		}
		sum += uint16(r-1) * w
	}
	last := rank[s[size-1]]
	if last == 0 {
		return ErrFormat
	}
	organisation := organisationPasses(s)
	if (sum+uint16(last-1))%31 != 0 {
		if organisation && pilotShape(s) {
			return ErrPilot
		}
		return ErrChecksum
	}
	if !organisation {
		return ErrOrganisation
	}
	if !knownCategory(s[0], s[1]) {
		return ErrComponent
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckShape returns [ErrLength] or [ErrFormat] when s has not the shape of a
// code, and looks at no check character.
func CheckShape(s string) error {
	if len(s) != size {
		return ErrLength
	}
	for i := range size {
		r := rank[s[i]]
		if r == 0 || r > 10 && 2 <= i && i < 8 {
			return ErrFormat
		}
	}
	return nil
}

// CheckOverall reports whether s has the shape and its last character is the
// one that GB 32100 computes from the others.
func CheckOverall(s string) bool { return CheckShape(s) == nil && overallPasses(s) }

// CheckOrganisation reports whether s has the shape and its characters 9–17
// pass the check of GB 11714.
func CheckOrganisation(s string) bool { return CheckShape(s) == nil && organisationPasses(s) }

// IsPilot reports whether s is one of the codes that Fujian and Xiamen issued
// in 2015 before the standard was final: 91350…, an organisation part M000…
// with a right check, and an overall check that fails. They are in use.
func IsPilot(s string) bool {
	return CheckShape(s) == nil && pilotShape(s) && organisationPasses(s) && !overallPasses(s)
}

func pilotShape(s string) bool { return s[:5] == "91350" && s[8:12] == "M000" }

// CheckChar returns the character that GB 32100 demands after the 17 given,
// and false when they are not the first 17 of a code.
func CheckChar(s17 string) (byte, bool) {
	if len(s17) != size-1 {
		return 0, false
	}
	for i := range len(s17) {
		if r := rank[s17[i]]; r == 0 || r > 10 && 2 <= i && i < 8 {
			return 0, false
		}
	}
	return overallChar(s17), true
}

func overallChar(s string) byte {
	var sum uint16
	for i, w := range overallWeights {
		sum += uint16(rank[s[i]]-1) * w
	}
	return alphabet[(31-sum%31)%31]
}

func overallPasses(s string) bool { return s[17] == overallChar(s) }

// organisationPasses is the check of GB 11714, in which letters count from
// A = 10 without the gaps of alphabet.
func organisationPasses(s string) bool {
	want, _ := checkdigit.GB11714(s[8:16])
	return s[16] == want
}

// Division returns characters 3–8, the division of the registration authority
// in the style of GB/T 2260, or "" when s has not the shape of a code.
func Division(s string) string { return part(s, 2, 8) }

// Organisation returns characters 9–17, the organisation code without its
// hyphen, or "" when s has not the shape of a code.
func Organisation(s string) string { return part(s, 8, 17) }

func part(s string, from, to int) string {
	if CheckShape(s) != nil {
		return ""
	}
	return s[from:to]
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Hyphens stay: the code has none, and one inside it is damage. Text
// that is not UTF-8 is returned as it is. It does not allocate when there is
// nothing to do.
//
// Look for a mask before: the published 91510823MA6CJ9UAxx, whose last two
// characters are hidden, passes [Check] once its xx are capitals.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: a licence prints the code without separators.
func Format(s string) string { return s }
