package merchant

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown returns a value of the field as a report may print it: masked as the field asks, and where the field has no mask,
// with the parts hidden that are no value of it. A shifted row puts names, papers and phones into fields that may be shown,
// and a message that quotes the value would publish them.
//
// A value that has the form of its field is shown: an option, a date, a number, a code of ASCII characters, any text of a
// field that holds text. Of other values a report shows
//   - an error value of a spreadsheet (#N/A), whatever the field,
//   - one character, one ASCII word, and letters with up to six digits (an MCC, a code of another system);
//   - of other Han text the first character, and the words that the options of the field are made of: 身份证件 is shown in
//     a list with 居民身份证, a name is not;
//   - of a date its year, of an address for mail what MaskEmail shows, and of any other number the first 3 and last 4.
func (f Field) Shown(s string) string {
	if cellError(s) {
		return s
	}
	if m := f.Mask(); m != MaskNone {
		return m.Apply(s)
	}
	switch f.Kind() {
	case KindEnum:
		if _, ok := f.Enum().Parse(s); ok {
			return s
		}
	case KindDate:
		if dated(s) {
			return s
		}
	case KindMoney, KindPercent, KindNumber, KindCount:
		if numeric(s) {
			return s
		}
	case KindCode:
		if coded(s) && (f.Group() == "identifier" && f != FieldMCC || countDigits(s) <= 12) && !startsWithDate(s) {
			return s
		}
	case KindBool:
	default:
		return s
	}
	return stray(f.Enum(), s)
}

// cellError reports an error value of a spreadsheet.
func cellError(s string) bool {
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA":
		return true
	}
	return false
}

// stray masks a value that does not have the form of its field; e is the list of the field's options, if it has one.
func stray(e *Enum, s string) string {
	switch {
	case utf8.RuneCountInString(s) <= 1:
		return s
	case ascii(s) && strings.Contains(s, "@"):
		return MaskEmail.Apply(s)
	case startsWithDate(s):
		return MaskDate.Apply(s)
	case ascii(s):
		if countDigits(s) <= 6 && !strings.ContainsAny(strings.TrimSpace(s), " \t\n") {
			return s
		}
		if countDigits(s) == 0 {
			return initial(s) // more than one word: a name in Latin letters
		}
		return MaskIdentity.Apply(s)
	case optionWord(s):
		return s
	}
	runes := []rune(s)
	shown := make([]bool, len(runes))
	shown[0] = runes[0] >= 0x80
	for i := 0; i+1 < len(runes); i++ {
		if runes[i] >= 0x80 && runes[i+1] >= 0x80 && e.spells(string(runes[i:i+2])) {
			shown[i], shown[i+1] = true, true
		}
	}
	for i := range runes {
		if !shown[i] {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// spells reports whether a label or alias of the list contains s.
func (e *Enum) spells(s string) bool {
	if e == nil {
		return false
	}
	for i := range e.Values {
		if strings.Contains(e.Values[i].ZH, s) {
			return true
		}
		for _, a := range e.Values[i].Aliases {
			if strings.Contains(a, s) {
				return true
			}
		}
	}
	return false
}

// optionWord reports whether s is a label or alias of any list: an option under the wrong heading.
func optionWord(s string) bool {
	for f := FieldNone + 1; f < fieldCount; f++ {
		if e := f.Enum(); e != nil {
			if _, ok := e.Parse(s); ok {
				return true
			}
		}
	}
	return false
}

func ascii(s string) bool { return only(s, func(c rune) bool { return c < 0x80 }) }

func only(s string, in func(rune) bool) bool {
	for _, c := range s {
		if !in(c) {
			return false
		}
	}
	return true
}

func digit(c rune) bool { return c >= '0' && c <= '9' }

func countDigits(s string) (n int) {
	for _, c := range s {
		if digit(c) {
			n++
		}
	}
	return n
}

// coded reports a text of the characters that codes are made of, or of a number that a spreadsheet wrote as 8.98E+14.
func coded(s string) bool {
	return only(strings.Replace(s, "E+", "E", 1), func(c rune) bool {
		return digit(c) || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.ContainsRune("-_./*", c)
	})
}

// startsWithDate reports a year of this or the last century with a month after it.
func startsWithDate(s string) bool {
	if len(s) < 6 || s[:2] != "19" && s[:2] != "20" || countDigits(s[:4]) != 4 {
		return false
	}
	rest := strings.TrimPrefix(s[4:], "年")
	return (len(rest) < len(s)-4 || strings.IndexByte("-/.", rest[0]) >= 0) && strings.ContainsAny(rest, "0123456789")
}

// dated reports a text of digits and the marks and words of dates, with no more digits than a date has, or two, or a date
// with its time of day: what may be meant as one, readable or not.
func dated(s string) bool {
	if !only(s, func(c rune) bool {
		return digit(c) || strings.ContainsRune("-/.:,' ～~—–－／．年月日号时分秒至到起止前后长期永久有效无固定限", c)
	}) {
		return false
	}
	run, longest := 0, 0
	for _, c := range s {
		if run++; !digit(c) {
			run = 0
		}
		longest = max(longest, run)
	}
	n := countDigits(s)
	return n <= 8 || n <= 16 && startsWithDate(s) && longest <= 4
}

// numeric reports a text of digits and the marks and words of amounts, with no more digits before the point than an amount
// has that is not written in groups.
func numeric(s string) bool {
	if startsWithDate(s) || !only(s, func(c rune) bool {
		return digit(c) || strings.ContainsRune(".,+-~eE%‰ ()￥¥$，。．－～％（）元万千百亿角分整人民币至每笔费率封顶天日月", c)
	}) {
		return false
	}
	run, longest := 0, 0
	for _, c := range s {
		if run++; !digit(c) {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest <= 10
}

// ShownKey returns the key of a record (merchant number, or external ID) as a report may print it: a name of a person that
// a shifted row put there is masked, any other text is shown.
func ShownKey(key string) string {
	n := utf8.RuneCountInString(key)
	if n < 2 || !only(key, func(c rune) bool { return unicode.Is(unicode.Han, c) || c == '·' }) || n > 4 && !strings.Contains(key, "·") {
		return key
	}
	return initial(key)
}
