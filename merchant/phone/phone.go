// Package phone checks the telephone numbers of a merchant record: mobiles, and
// the service numbers that customers call, which may also be landlines with an
// extension, 400 and 800 numbers and the short numbers 95…, 96…, 12… and 10….
//
// [CheckMobile] and [CheckService] take the number as it stands in the record;
// [Compact] removes what people write around it, the country code included;
// [SegmentOf] and [AreaOf] look parts up. The shapes follow the numbering plan
// of mainland China; tables go stale, so an unknown segment or area is worth a
// warning and fails no check.
//
// Segments are from the metadata of libphonenumber v9.0.37 (Apache-2.0), taken from
// nyaruka/phonenumbers (MIT) and compared with an article of 2022 and a carrier's
// page; the marks for virtual operators and data cards are partly to be verified.
// Area codes are from the Chinese geocoding data of libphonenumber v9.0.37
// (Apache-2.0), four of them restored by hand.
//
// A general telephone library was measured and not used: it adds 5.6 MB to a
// program, takes 39 µs and 49 allocations a number, accepts 010-12345, and
// refuses 95516, 10086 and an extension after 转.
package phone

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of the checks. None of them carries the value, which is personal
// data.
var (
	ErrLength = errors.New("phone: wrong length")
	ErrFormat = errors.New("phone: not the form of a number")
)

// Check is [CheckService], which accepts every number of this package.
func Check(s string) error { return CheckService(s) }

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// CheckMobile returns nil when s is a mobile number, 11 digits that begin with
// 13 to 19, and otherwise [ErrLength] or [ErrFormat]. Whether the segment is
// allocated is for [SegmentOf].
func CheckMobile(s string) error {
	if len(s) != 11 {
		return ErrLength
	}
	if s[0] != '1' || s[1] < '3' {
		return ErrFormat
	}
	for i := 1; i < 11; i++ { // a call of digits costs as much as the loop
		if s[i]-'0' > 9 {
			return ErrFormat
		}
	}
	return nil
}

// CheckService returns nil when s is a mobile number; a landline with its area
// code, perhaps a hyphen after it and an extension of one to six digits after
// -, # or 转; a 400 or 800 number, perhaps with hyphens; or a short number: 95
// or 96 and three or four digits, 12 or 10 and three. Otherwise it returns
// [ErrLength] when s is shorter than 5 or longer than 24 bytes, [ErrFormat] if
// not.
func CheckService(s string) error {
	if len(s) < 5 || len(s) > 24 {
		return ErrLength
	}
	ok := false
	switch s[0] {
	case '0':
		_, _, _, ok = Landline(s)
	case '4', '8':
		ok = tollFree(s)
	case '1', '9':
		if len(s) == 11 {
			return CheckMobile(s)
		}
		ok = short(s)
	}
	if !ok {
		return ErrFormat
	}
	return nil
}

func short(s string) bool {
	if len(s) > 6 || !digits(s) {
		return false
	}
	switch s[:2] {
	case "95", "96":
		return true
	case "12", "10":
		return len(s) == 5
	}
	return false
}

// tollFree takes single hyphens anywhere inside, since 400-860-8608,
// 400-8608-608 and 4008-608-608 are all printed.
func tollFree(s string) bool {
	if s[0] != '4' && s[0] != '8' {
		return false
	}
	n, hyphen := 0, false
	for i := range len(s) {
		if s[i] == '-' {
			if hyphen || i == len(s)-1 {
				return false
			}
			hyphen = true
			continue
		}
		if s[i] < '0' || s[i] > '9' || (n == 1 || n == 2) && s[i] != '0' {
			return false
		}
		hyphen = false
		n++
	}
	return n == 10
}

// Landline returns the parts of a landline with area code: the area code with
// its 0, the local number, and the digits of the extension or "". It returns
// false, and empty parts, when s is none; the area code is not looked up.
func Landline(s string) (area, local, extension string, ok bool) {
	n := areaLen(s)
	if n == 0 {
		return "", "", "", false
	}
	area, rest := s[:n], strings.TrimPrefix(s[n:], "-")
	end := 0
	for end < len(rest) && '0' <= rest[end] && rest[end] <= '9' {
		end++
	}
	if local = rest[:end]; end < 7 || end > 8 || local[0] < '2' {
		return "", "", "", false
	}
	if end < len(rest) {
		rest = rest[end:]
		switch {
		case rest[0] == '-', rest[0] == '#':
			extension = rest[1:]
		default:
			if extension, ok = strings.CutPrefix(rest, "转"); !ok {
				return "", "", "", false
			}
		}
		if !isExtension(extension) {
			return "", "", "", false
		}
	}
	return area, local, extension, true
}

// areaLen returns the length of the area code that s begins with: 010 and 02x
// have three digits, all others four, so that none is the start of another.
func areaLen(s string) int {
	switch {
	case len(s) < 4 || s[0] != '0' || !digits(s[:3]):
		return 0
	case s[1] == '2' || s[1] == '1' && s[2] == '0':
		return 3
	case s[1] >= '3' && '0' <= s[3] && s[3] <= '9':
		return 4
	}
	return 0
}

func isExtension(s string) bool { return 1 <= len(s) && len(s) <= 6 && digits(s) }

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// longest is more than any number takes with all that is written around it; it
// bounds the work of [Compact] on text that is no number.
const longest = 64

// Compact returns the digits to dial in half width, without blanks, invisible
// characters, hyphens and dashes, the brackets of an area code, and the country
// code as +86, 0086 or a plain 86 before a complete number. A landline in
// international form gets back the 0 that this form drops. An extension keeps
// its mark, for its digits would pass for part of the number.
//
// Text that is not UTF-8 is returned as it is. Compact does not allocate when
// there is nothing to do.
func Compact(s string) string {
	if !utf8.ValidString(s) {
		return s
	}
	s = fold.Compact(s, fold.Dashes)
	if len(s) > longest {
		return s
	}
	// Taking one thing away may bring out another, as in 8-613800138000.
	for {
		t := join(domestic(s))
		if t == s {
			return s
		}
		s = t
	}
}

// domestic removes the country code.
func domestic(s string) string {
	for _, code := range [...]string{"+86", "0086", "(+86)"} {
		if rest, ok := strings.CutPrefix(s, code); ok {
			rest = strings.TrimPrefix(strings.TrimLeft(rest, "-"), "(0)")
			if !Valid(join(rest)) {
				if _, _, _, ok := Landline(join("0" + rest)); ok {
					return "0" + rest
				}
			}
			return rest
		}
	}
	rest, ok := strings.CutPrefix(s, "86")
	if !ok {
		rest, ok = strings.CutPrefix(s, "(86)")
	}
	if ok {
		rest = strings.TrimLeft(rest, "-")
		number := join(rest)
		if _, _, _, landline := Landline(number); landline || CheckMobile(number) == nil {
			return rest
		}
	}
	return s
}

// join removes the brackets around an area code and every hyphen but the one
// between a complete landline and its extension.
func join(s string) string {
	if strings.HasPrefix(s, "(0") {
		if i := strings.IndexByte(s, ')'); i > 1 && areaLen(s[1:i]+"0") == i-1 {
			s = s[1:i] + s[i+1:]
		}
	}
	i := strings.IndexByte(s, '-')
	if i < 0 {
		return s
	}
	b := append(make([]byte, 0, len(s)), s[:i]...)
	for ; i < len(s); i++ {
		if s[i] == '-' {
			if !isExtension(s[i+1:]) {
				continue
			}
			if _, _, extension, ok := Landline(string(b)); !ok || extension != "" {
				continue
			}
		}
		b = append(b, s[i])
	}
	if len(b) == len(s) {
		return s
	}
	return string(b)
}

// Format returns a compacted number as it is usually printed, 138 0013 8000,
// 0571-88157818 or 400-860-8608, and anything else unchanged.
func Format(s string) string {
	if area, _, _, ok := Landline(s); ok && s[len(area)] != '-' {
		return area + "-" + s[len(area):]
	}
	switch {
	case CheckMobile(s) == nil:
		return s[:3] + " " + s[3:7] + " " + s[7:]
	case len(s) == 10 && tollFree(s) && digits(s):
		return s[:3] + "-" + s[3:6] + "-" + s[6:]
	}
	return s
}

// Split returns the numbers of a cell that holds several, as they are written
// there, and nil when it holds one number or anything that is none: taking the
// first would silently drop the others. It parts at 、，,;；/ and line ends, and
// at blanks where a part is no number as a whole.
func Split(s string) []string {
	if strings.IndexFunc(s, func(r rune) bool { return separator(r) || blank(r) }) < 0 {
		return nil
	}
	var parts []string
	for part := range strings.FieldsFuncSeq(s, separator) {
		if Valid(Compact(part)) {
			parts = append(parts, strings.TrimFunc(part, blank))
			continue
		}
		for word := range strings.FieldsFuncSeq(part, blank) {
			if !Valid(Compact(word)) {
				return nil
			}
			parts = append(parts, word)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

func separator(r rune) bool {
	switch r {
	case '、', '，', ',', ';', '；', '/', '／', '\n', '\r':
		return true
	}
	return false
}

func blank(r rune) bool { return fold.Blank(r) || fold.Invisible(r) }
