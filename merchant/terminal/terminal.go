// Package terminal checks what identifies a payment terminal: the terminal
// number (终端号, 受卡机终端标识码), field 41 of ISO 8583 with 8 letters and
// digits, the serial number of the machine, the ICCID of its SIM card and its
// network licence number (入网许可编号).
//
// Each check takes the value as it stands in the record. None has a check
// digit, so a wrong character passes. A terminal number is unique only together
// with acquirer and merchant; a serial number in its column is longer than 8.
package terminal

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of the checks. None of them carries the value.
var (
	ErrLength    = errors.New("terminal: wrong length")
	ErrFormat    = errors.New("terminal: character not allowed at its position")
	ErrComponent = errors.New("terminal: filler instead of a serial number")
)

// Check returns nil when s is a terminal number, 8 letters and digits, and
// otherwise [ErrLength] or [ErrFormat]. Length counts bytes.
func Check(s string) error {
	if len(s) != 8 {
		return ErrLength
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return ErrFormat
		}
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckSerial returns nil when s can be the serial number of a machine, 6–50
// letters, digits and hyphens, and otherwise [ErrLength], [ErrFormat] or, when
// all its characters are the same, [ErrComponent].
func CheckSerial(s string) error {
	if len(s) < 6 || len(s) > 50 {
		return ErrLength
	}
	if err := alphanumeric(s, true); err != nil {
		return err
	}
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return nil
		}
	}
	return ErrComponent
}

// CheckICCID returns nil when s can be the number of a SIM card of a mainland
// network, 8986 and 15 or 16 more, and otherwise [ErrLength] or [ErrFormat].
// Letters are allowed and the Luhn digit of ITU-T E.118 is not demanded, since
// nothing confirms that the cards in use keep to either.
func CheckICCID(s string) error {
	if len(s) != 19 && len(s) != 20 {
		return ErrLength
	}
	if s[:4] != "8986" {
		return ErrFormat
	}
	return alphanumeric(s, false)
}

// CheckNetworkLicence returns nil when s is a capital and four digits, such as
// P3100, and otherwise [ErrLength] or [ErrFormat].
func CheckNetworkLicence(s string) error {
	if len(s) != 5 {
		return ErrLength
	}
	if s[0] < 'A' || s[0] > 'Z' {
		return ErrFormat
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return ErrFormat
		}
	}
	return nil
}

func alphanumeric(s string, hyphens bool) error {
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', hyphens && c == '-':
		default:
			return ErrFormat
		}
	}
	return nil
}

// Compact returns s in half width, without invisible characters, tabs and line
// ends anywhere and without blanks at its ends. A blank inside stays, since the
// number has no separators and a character may be missing there. Case stays,
// since both cases count. Text that is not UTF-8 is returned as it is. It does
// not allocate when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Ends) }

// Format returns s: slips print the number without separators.
func Format(s string) string { return s }
