// Package bic checks the business identifier code (SWIFT code) of ISO 9362: 4
// characters of the institution, 2 of the country, 2 of the location and, where a
// branch is meant, 3 of the branch.
//
// [Check] takes the code as it stands in the record. It has no check digit, so a
// wrong letter passes unless it leaves the shape or the list of countries, which
// is that of ISO 3166-1 alpha-2 and XK, the code that SWIFT uses for Kosovo.
// Countries change: [ErrComponent] deserves a warning, not a refusal. Whether a
// code was given out only the directory of SWIFT can tell.
//
// The edition of 2014 renamed institution to business party prefix and location
// to business party suffix; banks and forms kept the older names, used here.
package bic

import (
	"errors"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check], in the order in which it looks for them. None of them
// carries the value.
var (
	ErrLength    = errors.New("bic: not 8 or 11 characters")
	ErrFormat    = errors.New("bic: character not allowed at its position")
	ErrComponent = errors.New("bic: unknown country")
)

// countries has, for each first letter, the second letters of the codes of ISO
// 3166-1 alpha-2, as of 2025, and XK.
var countries = [26]string{
	"DEFGILMOQRSTUWXZ",        // A
	"ABDEFGHIJLMNOQRSTVWYZ",   // B
	"ACDFGHIKLMNORUVWXYZ",     // C
	"EJKMOZ",                  // D
	"CEGHRST",                 // E
	"IJKMOR",                  // F
	"ABDEFGHILMNPQRSTUWY",     // G
	"KMNRTU",                  // H
	"DELMNOQRST",              // I
	"EMOP",                    // J
	"EGHIMNPRWYZ",             // K
	"ABCIKRSTUVY",             // L
	"ACDEFGHKLMNOPQRSTUVWXYZ", // M
	"ACEFGILOPRUZ",            // N
	"M",                       // O
	"AEFGHKLMNRSTWY",          // P
	"A",                       // Q
	"EOSUW",                   // R
	"ABCDEGHIJKLMNORSTVXYZ",   // S
	"CDFGHJKLMNORTVWZ",        // T
	"AGMSYZ",                  // U
	"ACEGINU",                 // V
	"FS",                      // W
	"K",                       // X
	"ET",                      // Y
	"AMW",                     // Z
}

// Check returns nil when s, taken as it stands, has the shape of a code and a
// known country, and otherwise the first that applies of [ErrLength],
// [ErrFormat] and [ErrComponent]. Length counts bytes.
func Check(s string) error {
	if err := shape(s); err != nil {
		return err
	}
	if strings.IndexByte(countries[s[4]-'A'], s[5]) < 0 {
		return ErrComponent
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

func shape(s string) error {
	if len(s) != 8 && len(s) != 11 {
		return ErrLength
	}
	for i := range len(s) {
		letter := 'A' <= s[i] && s[i] <= 'Z'
		digit := '0' <= s[i] && s[i] <= '9'
		if !letter && (!digit || i == 4 || i == 5) {
			return ErrFormat
		}
	}
	return nil
}

// Institution returns characters 1–4, or "" when s has not the shape of a code.
func Institution(s string) string { return part(s, 0, 4) }

// Country returns characters 5–6, or "" when s has not the shape of a code.
func Country(s string) string { return part(s, 4, 6) }

// Location returns characters 7–8, or "" when s has not the shape of a code.
func Location(s string) string { return part(s, 6, 8) }

// Branch returns characters 9–11, or "" when s has 8 characters or not the shape
// of a code. XXX is the head office, as are 8 characters alone.
func Branch(s string) string { return part(s, 8, len(s)) }

func part(s string, from, to int) string {
	if shape(s) != nil {
		return ""
	}
	return s[from:to]
}

// IsTest reports whether s has the shape of a code and its location ends in 0, by
// the custom of SWIFT a code for tests only, to which nothing can be paid.
func IsTest(s string) bool { return shape(s) == nil && s[7] == '0' }

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Hyphens stay: the code has none, and one inside it is damage. Text
// that is not UTF-8 is returned as it is. It does not allocate when there is
// nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: the code is written without separators.
func Format(s string) string { return s }
