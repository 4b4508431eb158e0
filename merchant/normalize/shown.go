package normalize

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Shown tells what a number format puts in the place of a value: the fixed text it shows, "" when it hides the value. It
// is false when the format shows the value in some form (rounded, scaled, as a date), which is the usual case.
//
// A format code (ECMA-376 part 1, 18.8.31) has up to four sections: positive, negative, zero, text; a condition in
// brackets such as [>100] takes the place of the sign. A section without a placeholder for the value shows its literal
// text alone.
func Shown(format, text string, number bool) (string, bool) {
	if format == "" || !strings.ContainsAny(format, `;"\![`) && strings.ContainsAny(format, "0#?@") {
		return "", false
	}
	var sections [4]section
	n, rest, more := 0, format, true
	for more && n < len(sections) {
		sections[n], rest, more = parseSection(rest)
		n++
	}
	if !number {
		// Only a fourth section, or a last one with @, is for text; under any other format text shows as it is.
		last := &sections[n-1]
		if n < len(sections) && !last.text {
			return "", false
		}
		return last.literal, !last.value
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", false
	}
	numeric := n
	if numeric == len(sections) || numeric > 1 && sections[numeric-1].text {
		numeric--
	}
	s := choose(sections[:numeric], v)
	if s == nil || s.text { // ##### for no section; @ alone shows a number as it is
		return "", false
	}
	return s.literal, !s.value
}

// choose returns the section for a number, nil when none is.
func choose(sections []section, v float64) *section {
	conditions := false
	for i := range sections {
		conditions = conditions || sections[i].op != ""
	}
	if !conditions {
		switch {
		case len(sections) > 2 && v == 0:
			return &sections[2]
		case len(sections) > 1 && v < 0:
			return &sections[1]
		}
		return &sections[0]
	}
	for i := range sections {
		s := &sections[i]
		switch {
		case s.op != "":
			if s.holds(v) {
				return s
			}
		case i == 0 && len(sections) > 1 && v <= 0, i == 1 && len(sections) > 2 && v >= 0:
			// the sections before the last keep their sign where they have no condition
		default:
			return s
		}
	}
	return nil
}

// section is one part of a format code.
type section struct {
	literal string
	value   bool // shows the value
	text    bool // has the placeholder of text
	op      string
	bound   float64
}

func (s *section) holds(v float64) bool {
	switch s.op {
	case "<":
		return v < s.bound
	case "<=":
		return v <= s.bound
	case ">":
		return v > s.bound
	case ">=":
		return v >= s.bound
	case "=":
		return v == s.bound
	case "<>":
		return v != s.bound
	}
	return false
}

// parseSection reads up to the next semicolon; more tells whether there was one.
func parseSection(code string) (s section, rest string, more bool) {
	var literal []byte
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == ';':
			s.fixed(literal)
			return s, code[i+1:], true
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 1
			}
			if !s.value {
				literal = append(literal, code[i+1:i+1+end]...)
			}
			i += end + 1
		case c == '\\', c == '!':
			if i++; i < len(code) {
				literal = append(literal, code[i])
			}
		case c == '_', c == '*': // a blank as wide as the next character; the next character repeated
			i++
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			literal = s.bracket(code[i+1:min(i+end, len(code))], literal)
			i += end
		case c == '@':
			s.value, s.text = true, true
		case c == '0', c == '#', c == '?':
			s.value = true
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			s.value = true // General, the letters of dates, E; other letters need quotes
		case !s.value:
			literal = append(literal, c)
		}
	}
	s.fixed(literal)
	return s, "", false
}

// fixed keeps the literal text of a section that shows nothing else.
func (s *section) fixed(literal []byte) {
	if !s.value {
		s.literal = strings.TrimSpace(string(literal))
	}
}

// bracket reads what stands in [ ]: a condition, a currency or a locale, elapsed time, a colour.
func (s *section) bracket(inner string, literal []byte) []byte {
	if inner == "" {
		return literal
	}
	switch c := inner[0]; {
	case c == '$':
		sign, _, _ := strings.Cut(inner[1:], "-")
		return append(literal, sign...)
	case c == '<' || c == '>' || c == '=':
		n := 1
		if len(inner) > 1 && (inner[1] == '=' || inner[1] == '>') {
			n = 2
		}
		if v, err := strconv.ParseFloat(strings.TrimSpace(inner[n:]), 64); err == nil {
			s.op, s.bound = inner[:n], v
		}
	case strings.Trim(strings.ToLower(inner), "hms") == "":
		s.value = true
	}
	return literal
}

// noteShown notes a cell that does not show what it stores.
func noteShown(r *merchant.Record, p merchant.Path, c merchant.Cell) {
	number := c.Type == merchant.CellNumber || c.Type == merchant.CellDate
	if shown, differs := Shown(c.Format, c.Text, number); differs && shown != c.Text {
		r.Note(merchant.Note{Kind: merchant.NoteShown, Path: p, Old: c.Text, New: shown})
	}
}
