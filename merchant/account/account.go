// Package account checks the shape of settlement account numbers (结算账号) at
// banks in China, corporate and personal.
//
// No standard rules account numbers: each bank has its own lengths and, if at
// all, its own check digits. So a number is only held to be digits, to a length
// that some bank or acquirer admits, and not to be what a keyboard gives when
// nobody knows the account. That a corporate account has 8 to 32 digits follows
// the interfaces of acquirers (30 to 45 at most), that 9 to 22 are usual is a
// custom yet to be verified.
//
// Card numbers and their check digit are the matter of package bankcard. Never
// test the account of a company for it: one in ten passes by chance.
//
// Each check takes the number as it stands in the record; [Compact] removes the
// blanks and hyphens that banks print in it.
package account

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of the checks, in the order in which they look for them. None of
// them carries the value: an account number is personal data.
var (
	ErrLength  = errors.New("account: wrong length")
	ErrFormat  = errors.New("account: something other than a digit")
	ErrPattern = errors.New("account: digits all equal, rising or falling")
)

// Check returns nil when s, taken as it stands, may be an account number of
// either kind. That is [CheckCorporate], whose lengths include all others.
func Check(s string) error { return CheckCorporate(s) }

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckCorporate returns nil when s, taken as it stands, may be the account
// number of a company: 8 to 32 digits, otherwise [ErrLength], [ErrFormat] or
// [ErrPattern].
func CheckCorporate(s string) error { return check(s, 8, 32) }

// CheckPersonal does the same for the account of a person, a card of 16 to 19
// digits. With passbook it also admits the numbers of passbooks (存折), 12 to 32
// digits.
func CheckPersonal(s string, passbook bool) error {
	if passbook {
		return check(s, 12, 32)
	}
	return check(s, 16, 19)
}

func check(s string, low, high int) error {
	if len(s) < low || len(s) > high {
		return ErrLength
	}
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return ErrFormat
		}
	}
	if patterned(s) {
		return ErrPattern
	}
	return nil
}

// patterned reports digits that are all equal or rise or fall throughout, and
// those that do so by counting on past 9 or 0, such as 1234567890123456.
func patterned(s string) bool {
	equal, rising, falling, up, down := true, true, true, true, true
	for i := 1; i < len(s); i++ {
		a, b := s[i-1], s[i]
		equal = equal && a == b
		rising = rising && a < b
		falling = falling && a > b
		up = up && (b-a+10)%10 == 1
		down = down && (a-b+10)%10 == 1
	}
	return equal || rising || falling || up || down
}

// Shape tells how plausible the length of an account number is.
type Shape uint8

// The shapes. An unusual length is no error, but worth a second look: a digit
// lost or doubled shows in nothing else.
const (
	ShapeNone    Shape = iota // not an account number
	ShapeUsual                // 9 to 22 digits
	ShapeUnusual              // 8, or 23 to 32 digits
)

// ShapeOf returns the shape of s, taken as it stands.
func ShapeOf(s string) Shape {
	switch {
	case !Valid(s):
		return ShapeNone
	case len(s) < 9 || len(s) > 22:
		return ShapeUnusual
	}
	return ShapeUsual
}

// Compact returns s without blanks, hyphens and invisible characters, in half
// width. Text that is not UTF-8 is returned as it is. It does not allocate when
// there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Hyphens) }

// Format returns the bare digits: every bank groups them in its own way.
func Format(s string) string { return Compact(s) }
