package division

import "unicode/utf8"

// Compact removes blanks and invisible characters and folds full-width ASCII to half
// width. It returns s itself when there is nothing to do.
func Compact(s string) string {
	i := 0
	for i < len(s) && s[i] > ' ' && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	var buf [64]byte
	out := append(buf[:0], s[:i]...)
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case separator(r):
		case r >= 0xFF01 && r <= 0xFF5E:
			out = append(out, byte(r-0xFEE0))
		default: // an invalid byte becomes U+FFFD, so that removals cannot join two halves
			out = utf8.AppendRune(out, r)
		}
		i += n
	}
	if string(out) == s {
		return s
	}
	return string(out)
}

func separator(r rune) bool {
	switch r {
	case '\t', '\n', '\r', ' ', 0xA0, 0x2060, 0x3000, 0xFEFF:
		return true
	}
	return r >= 0x200B && r <= 0x200F
}
