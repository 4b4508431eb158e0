// Package fold brings codes and names into the forms in which packages of numbers and names judge and compare them.
package fold

import (
	"strings"
	"unicode/utf8"
)

// Mode says what [Compact] does besides what it always does.
type Mode uint8

// The modes.
const (
	Capitals Mode = 1 << iota // small letters become capitals
	Hyphens                   // hyphens are removed
	Dashes                    // the dashes that word processors make of a hyphen count as one
	Ends                      // blanks are removed at the ends alone
)

// Compact removes blanks and invisible characters from a code and folds full-width ASCII to half width. Text that is
// not UTF-8 is returned as it is, since removals could join two halves of a character. It does not allocate when there
// is nothing to do.
func Compact(s string, m Mode) string {
	i := 0
	for i < len(s) && s[i] > ' ' && s[i] < 0x7F && (s[i] != '-' || m&Hyphens == 0) && (s[i] < 'a' || s[i] > 'z' || m&Capitals == 0) {
		i++
	}
	if i == len(s) || !utf8.ValidString(s[i:]) {
		return s
	}
	s = strings.Map(func(r rune) rune { return m.fold(r) }, s)
	if m&Ends != 0 {
		s = strings.TrimFunc(s, Blank)
	}
	return s
}

func (m Mode) fold(r rune) rune {
	if 0xFF01 <= r && r <= 0xFF5E {
		r -= 0xFF01 - '!'
	}
	if m&Dashes != 0 && dash(r) {
		r = '-'
	}
	switch {
	case 'a' <= r && r <= 'z' && m&Capitals != 0:
		return r - 'a' + 'A'
	case r == '-' && m&Hyphens != 0, Invisible(r), Blank(r) && m&Ends == 0:
		return -1
	}
	return r
}

func dash(r rune) bool {
	return 0x2010 <= r && r <= 0x2015 || r == 0x2212 || r == 0xFE58 || r == 0xFE63
}
