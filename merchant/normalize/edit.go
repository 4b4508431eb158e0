package normalize

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// Edit is one character that Clean or CleanText replaced, or one or a run of it that they removed, or a run of bytes that
// are not UTF-8.
type Edit struct {
	Offset  int    // byte offset in the input
	Removed string // the bytes at that offset
	Put     string // what stands there now; empty for a removal
	Name    string // such as "U+00A0 NO-BREAK SPACE"
}

// Clean makes a one-line value safe to show and store: blanks at the ends, control,
// zero-width and bidirectional characters are removed, GBK private-use characters and
// bytes that are not UTF-8 replaced. It reports every change, and returns s and nil
// where there is none.
func Clean(s string) (string, []Edit) { return clean(s, false) }

// CleanText is Clean for values of several lines: line breaks inside are kept, as \n.
func CleanText(s string) (string, []Edit) { return clean(s, true) }

func clean(s string, lines bool) (string, []Edit) {
	if tidy(s, lines) {
		return s, nil
	}
	trim := func(r rune) bool { return fold.Blank(r) || fold.Invisible(r) }
	first := len(s) - len(strings.TrimLeftFunc(s, trim))
	last := first + len(strings.TrimRightFunc(s[first:], trim))
	var edits []Edit
	out := make([]byte, 0, len(s))
	named, name := rune(0), "" // of the last edit
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 { // within first and last, since no such byte is trimmed
			n = invalidBytes(s[i:])
			put, name := strings.Repeat("\uFFFD", n), "bytes, not UTF-8"
			if n == 1 {
				name = "byte 0x" + hex(rune(s[i])) + ", not UTF-8"
			}
			edits = append(edits, Edit{Offset: i, Removed: s[i : i+n], Put: put, Name: name})
			out = append(out, put...)
			i += n
			continue
		}
		put := s[i : i+n]
		switch {
		case i < first || i >= last:
			put = ""
		case lines && r == '\n':
		case lines && r == '\r' && i+1 < len(s) && s[i+1] == '\n':
			put = ""
		case lines && (r == '\r' || r == 0x2028 || r == 0x2029):
			put = "\n"
		case fold.Invisible(r):
			put = ""
		default:
			if to := fold.PrivateUse(r); to != 0 {
				put = string(to)
			}
		}
		if put != s[i:i+n] {
			if r != named || name == "" {
				named, name = r, Name(r)
			}
			// A run of one character is one edit: a cell of a million blanks must not become a million edits.
			if k := len(edits) - 1; k >= 0 && put == "" && edits[k].Put == "" && edits[k].Name == name && edits[k].Offset+len(edits[k].Removed) == i {
				edits[k].Removed = s[edits[k].Offset : i+n]
			} else {
				edits = append(edits, Edit{Offset: i, Removed: s[i : i+n], Put: put, Name: name})
			}
		}
		out = append(out, put...)
		i += n
	}
	if edits == nil {
		return s, nil
	}
	return string(out), edits
}

// invalidBytes counts the bytes at the beginning of s that are not UTF-8.
func invalidBytes(s string) (n int) {
	for n < len(s) {
		if r, size := utf8.DecodeRuneInString(s[n:]); r != utf8.RuneError || size != 1 {
			break
		}
		n++
	}
	return n
}

// plain reports text of printable ASCII and the usual Han (U+4000 to U+9FFF) without blanks at its ends: nearly every
// value of a sheet, in which nothing is to be cleaned or folded but case.
func plain(s string) bool {
	if s != "" && (s[0] == ' ' || s[len(s)-1] == ' ') {
		return false
	}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7F:
			i++
		case c >= 0xE4 && c <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
			i += 3
		default:
			return false
		}
	}
	return true
}

// tidy finds out without allocating whether clean would leave s alone.
func tidy(s string, lines bool) bool {
	if plain(s) {
		return true
	}
	blank := true
	for i, r := range s {
		blank = fold.Blank(r)
		switch {
		case i == 0 && blank, fold.Invisible(r) && !(lines && r == '\n' && i > 0), fold.PrivateUse(r) != 0:
			return false
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return false
			}
		}
	}
	return s == "" || !blank && s[len(s)-1] != '\n'
}

// Name describes a character that cannot be seen, such as "U+00A0 NO-BREAK SPACE".
func Name(r rune) string {
	name := ""
	switch r {
	case ' ':
		name = "SPACE"
	case '\t':
		name = "CHARACTER TABULATION"
	case '\n':
		name = "LINE FEED"
	case '\r':
		name = "CARRIAGE RETURN"
	case 0xA0:
		name = "NO-BREAK SPACE"
	case 0xAD:
		name = "SOFT HYPHEN"
	case 0x200B:
		name = "ZERO WIDTH SPACE"
	case 0x200C:
		name = "ZERO WIDTH NON-JOINER"
	case 0x200D:
		name = "ZERO WIDTH JOINER"
	case 0x200E:
		name = "LEFT-TO-RIGHT MARK"
	case 0x200F:
		name = "RIGHT-TO-LEFT MARK"
	case 0x2028:
		name = "LINE SEPARATOR"
	case 0x2029:
		name = "PARAGRAPH SEPARATOR"
	case 0x202A:
		name = "LEFT-TO-RIGHT EMBEDDING"
	case 0x202B:
		name = "RIGHT-TO-LEFT EMBEDDING"
	case 0x202C:
		name = "POP DIRECTIONAL FORMATTING"
	case 0x202D:
		name = "LEFT-TO-RIGHT OVERRIDE"
	case 0x202E:
		name = "RIGHT-TO-LEFT OVERRIDE"
	case 0x2060:
		name = "WORD JOINER"
	case 0x2066:
		name = "LEFT-TO-RIGHT ISOLATE"
	case 0x2067:
		name = "RIGHT-TO-LEFT ISOLATE"
	case 0x2068:
		name = "FIRST STRONG ISOLATE"
	case 0x2069:
		name = "POP DIRECTIONAL ISOLATE"
	case 0x3000:
		name = "IDEOGRAPHIC SPACE"
	case 0xFEFF:
		name = "ZERO WIDTH NO-BREAK SPACE"
	default:
		switch {
		case r < 0x20 || r >= 0x7F && r <= 0x9F:
			name = "CONTROL"
		case isPrivate(r):
			name = "PRIVATE USE"
		case fold.Blank(r):
			name = "BLANK"
		case fold.Invisible(r):
			name = "FORMAT CHARACTER"
		default:
			name = string(r)
		}
	}
	return codePoint(r) + " " + name
}

func codePoint(r rune) string {
	h := hex(r)
	return "U+" + "0000"[min(len(h), 4):] + h
}

func hex(r rune) string { return strings.ToUpper(strconv.FormatInt(int64(r), 16)) }

// MarkDifference shows where two values differ: the differing part of each is set in
// 【】, and blanks in it and invisible characters anywhere are named, such as ␠U+00A0.
// Equal values come back unmarked.
func MarkDifference(a, b string) (ma, mb string) {
	if a == b {
		return show(a, false), show(b, false)
	}
	pre := 0
	for pre < len(a) && pre < len(b) {
		ra, na := utf8.DecodeRuneInString(a[pre:])
		rb, nb := utf8.DecodeRuneInString(b[pre:])
		if ra != rb || na != nb || a[pre:pre+na] != b[pre:pre+nb] {
			break
		}
		pre += na
	}
	ta, tb := a[pre:], b[pre:]
	suf := 0
	for suf < len(ta) && suf < len(tb) {
		ra, na := utf8.DecodeLastRuneInString(ta[:len(ta)-suf])
		rb, nb := utf8.DecodeLastRuneInString(tb[:len(tb)-suf])
		if ra != rb || na != nb || ta[len(ta)-suf-na:len(ta)-suf] != tb[len(tb)-suf-nb:len(tb)-suf] {
			break
		}
		suf += na
	}
	mark := func(s string) string {
		mid := s[pre : len(s)-suf]
		return show(s[:pre], false) + "【" + show(mid, true) + "】" + show(s[len(s)-suf:], false)
	}
	return mark(a), mark(b)
}

// show names what cannot be seen; spaces too where differing is all they do.
func show(s string, spaces bool) string {
	if strings.IndexFunc(s, func(r rune) bool { return fold.Invisible(r) || fold.Blank(r) }) < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ' && !spaces:
			b.WriteByte(' ')
		case r == ' ':
			b.WriteString("␠")
		case fold.Invisible(r) || fold.Blank(r):
			b.WriteString("␠" + codePoint(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
