package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stackSize covers every registered name and address that was measured (the longest
// address has 152 characters), so that only odd values cost an allocation.
const stackSize = 512

// Key returns the form in which names and addresses are compared.
//
// It applies NFC; drops control, zero-width, bidirectional and variation marks and
// surrounding blanks; folds full-width ASCII to half width, every kind of bracket to
// ( ), and the kinds of middle dot between Han or Latin letters to U+00B7; removes
// blanks between Han (and beside brackets and dots that touch Han) and reduces other
// runs of blanks to one space; capitalises Latin letters; maps GBK private-use
// characters and radicals to their characters; drops trailing periods and asterisks;
// and turns every byte that is not UTF-8 into U+FFFD.
//
// Key(Key(s)) == Key(s). A value already in this form is returned as it is.
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var buf [stackSize]byte
	out := AppendKey(buf[:0], s)
	if string(out) == s {
		return s
	}
	return string(out)
}

// AppendKey appends Key(s) to dst.
func AppendKey(dst []byte, s string) []byte {
	if isKey(s) {
		return append(dst, s...)
	}
	start := len(dst)
	if needsNFC(s) && !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	dst = appendFolded(dst, s)
	// One pass nearly always suffices. It does not where a fold made a sequence that
	// composes, a blank or a dot that now has other neighbours; the bound is there
	// for hostile input only.
	for range 8 {
		if isKey(dst[start:]) || stable(dst[start:]) {
			break
		}
		out := string(dst[start:])
		next := out
		if needsNFC(next) && !norm.NFC.IsNormalString(next) {
			next = norm.NFC.String(next)
		}
		dst = appendFolded(dst[:start], next)
		if string(dst[start:]) == out {
			break
		}
	}
	return dst
}

// isKey reports whether s is certainly its own key: capitals, digits, brackets, the
// common marks and Han, with single spaces inside ASCII. It may miss some keys, and
// Key then finds out.
func isKey[T string | []byte](s T) bool {
	last := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		last = c
		switch {
		case c < utf8.RuneSelf:
			if !plainASCII(c) && !(c == ' ' && i > 0 && i+1 < len(s) && plainASCII(s[i-1]) && plainASCII(s[i+1])) {
				return false
			}
			i++
		case c >= 0xE4 && c <= 0xE9:
			if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 || c == 0xE4 && s[i+1] < 0xB8 {
				return false
			}
			i += 3
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xB7:
			i += 2
		default:
			return false
		}
	}
	return last != '*' // a last space never gets here
}

func plainASCII(c byte) bool {
	switch c {
	case '(', ')', '-', '&', '/', '#', ',', ':', '+', '_', '*', '\'', '"', '%', '@', '!', '?', ';', '=':
		return true
	}
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'
}

// stable reports whether a second pass over an output of appendFolded cannot change
// it: everything that interacts across characters is absent.
func stable(s []byte) bool {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		i += n
		switch {
		case r == ' ' || r == '.':
			return false
		case r < utf8.RuneSelf, isHan(r) && !isCompat(r), r == 0xB7:
		default:
			return false
		}
	}
	return true
}

func needsNFC(s string) bool {
	for _, r := range s {
		if r >= 0x300 && !(r >= 0x3400 && r <= 0x4DBF || r >= 0x4E00 && r <= 0x9FFF || r >= 0xE000 && r <= 0xF8FF || r >= 0xFF00 && r <= 0xFFEF) {
			return true
		}
	}
	return false
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' || r == '々' ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x323AF
}

func isCompat(r rune) bool { return r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F }

func isLetter(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || isHan(r) ||
		r >= 0xC0 && unicode.Is(unicode.Latin, r)
}

// fold maps one character; it returns -1 for a character that has no place in a key.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == '[' || r == '{' || r == '<':
			return '('
		case r == ']' || r == '}' || r == '>':
			return ')'
		case r < 0x20 || r == 0x7F:
			return -1
		}
		return r
	}
	if r >= 0x4E00 && r <= 0x9FFF {
		return r
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		return fold(r - 0xFEE0)
	}
	switch {
	case Blank(r):
		return ' '
	case Invisible(r), r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return -1
	case r >= 0x2E80 && r <= 0x31EF:
		if to := Radical(r); to != 0 {
			return to
		}
	case r >= 0xE815 && r <= 0xE864:
		if to := PrivateUse(r); to != 0 {
			if han := Radical(to); han != 0 {
				return han
			}
			return to
		}
		return r
	}
	if b := bracket(r); b != 0 {
		return b
	}
	if r >= 0xB5 && unicode.Is(unicode.Latin, r) {
		return unicode.ToUpper(r)
	}
	return r
}

// isDot reports the characters that people type for the dot in a personal name.
func isDot(r rune) bool {
	switch r {
	case '・', '･', '•', '‧', '∙', '⋅', '●', '.', '。', '﹒', 'ꞏ':
		return true
	}
	return false
}

// Blank reports the kinds of space.
func Blank(r rune) bool {
	switch r {
	case ' ', 0xA0, 0x1680, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// Invisible reports control, zero-width and bidirectional characters.
func Invisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F, r == 0xAD, r == 0x61C, r == 0x180E,
		r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// Radical returns the character that a radical or stroke stands for, or 0.
func Radical(r rune) rune {
	if r >= 0x2E80 && r < 0x2E80+rune(len(radicalTo)) {
		return rune(radicalTo[r-0x2E80])
	}
	if r >= 0x31C0 && r <= 0x31EF {
		for _, p := range strokeTo {
			if p[0] == r {
				return p[1]
			}
		}
	}
	return 0
}

// PrivateUse returns the character of a private-use code point of GBK, or 0.
func PrivateUse(r rune) rune {
	if r >= 0xE815 && r < 0xE815+rune(len(puaTo)) {
		return puaTo[r-0xE815]
	}
	return 0
}

func bracket(r rune) rune {
	switch r {
	case '«', '‹', 0xFE35, 0xFE37, 0xFE39, 0xFE3B, 0xFE3D, 0xFE3F, 0xFE41, 0xFE43, 0xFE47,
		0xFE59, 0xFE5B, 0xFE5D, 0xFE64, 0xFF5F, 0xFF62, 0x2329, 0x27E6, 0x27E8, 0x27EA, 0x27EC, 0x2985, 0x2E28:
		return '('
	case '»', '›', 0xFE36, 0xFE38, 0xFE3A, 0xFE3C, 0xFE3E, 0xFE40, 0xFE42, 0xFE44, 0xFE48,
		0xFE5A, 0xFE5C, 0xFE5E, 0xFE65, 0xFF60, 0xFF63, 0x232A, 0x27E7, 0x27E9, 0x27EB, 0x27ED, 0x2986, 0x2E29:
		return ')'
	}
	if r >= 0x3008 && r <= 0x3011 || r >= 0x3014 && r <= 0x301B {
		return '(' + r&1 // opening brackets have even code points here
	}
	return 0
}

// closes reports what a blank may be dropped beside, besides Han.
func closes(r rune) bool { return r == '(' || r == ')' || r == 0xB7 }

// appendFolded is one pass of Key.
func appendFolded(dst []byte, s string) []byte {
	start := len(dst)
	prev := rune(0) // the last character written, 0 at the start
	blank := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		out := fold(r)
		if out == -1 {
			continue
		}
		if out == ' ' {
			blank = prev != 0
			continue
		}
		if isDot(out) && prev != 0 && isLetter(prev) && isLetter(following(s[i:])) {
			out = 0xB7
		}
		if blank {
			blank = false
			han := isHan(prev) || isHan(out)
			if !(han && (isHan(prev) || closes(prev)) && (isHan(out) || closes(out))) {
				dst = append(dst, ' ')
			}
		}
		dst = utf8.AppendRune(dst, out)
		prev = out
	}
	for len(dst) > start {
		switch r, n := utf8.DecodeLastRune(dst[start:]); r {
		case ' ', '.', '。', '*':
			dst = dst[:len(dst)-n]
		default:
			return dst
		}
	}
	return dst
}

// following is the next character of s that a key would show.
func following(s string) rune {
	for _, r := range s {
		if f := fold(r); f != -1 && f != ' ' {
			return f
		}
	}
	return 0
}
