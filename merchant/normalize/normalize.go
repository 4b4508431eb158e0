// Package normalize brings names, addresses and codes of merchant records into the
// forms in which they are compared, and counts what they take up in GBK.
//
// The forms are deliberately weaker than Unicode NFKC, which would turn ① into 1 and
// ㈱ into (株) and still leave zero-width marks, bullets and private-use characters in
// place. Key does the foldings that real registry data needs and no others;
// traditional, Japanese and look-alike characters are never folded, since two
// companies may differ in nothing else. PossibleVariant hints at them.
//
// Variant data: traditional and Japanese characters from BYVoid/OpenCC 5249273a
// (Apache License 2.0); radicals from the Unicode character database; GBK private-use
// characters by the order of GB 18030 (66 confirmed by a codec, 13 to be verified);
// look-alike pairs are an own list, to be verified. Compiled 2026-11-22.
package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
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
func Key(s string) string { return fold.Key(s) }

// AppendKey appends Key(s) to dst.
func AppendKey(dst []byte, s string) []byte { return fold.AppendKey(dst, s) }

// FoldWidth turns full-width ASCII and the ideographic space into half width and
// leaves everything else alone.
func FoldWidth(s string) string {
	// U+3000 is E3 80 80; full-width ASCII is EF BC 81 to EF BD 9E.
	at := 0
	for at < len(s) && s[at] != 0xE3 && s[at] != 0xEF {
		at++
	}
	if at == len(s) {
		return s
	}
	wide := func(r rune) bool { return r == 0x3000 || r >= 0xFF01 && r <= 0xFF5E }
	i := strings.IndexFunc(s, wide)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0x3000:
			b.WriteByte(' ')
		case wide(r):
			b.WriteByte(byte(r - 0xFEE0))
		default:
			b.WriteString(s[i : i+n]) // as it came, invalid bytes included
		}
		i += n
	}
	return b.String()
}

// Code returns the form in which identifiers are read: half width, ASCII capitals,
// no blanks and no invisible characters. Hyphens stay. Text that is not UTF-8 is
// returned as it is.
func Code(s string) string { return fold.Compact(s, fold.Capitals) }

// Digits is Code without hyphens and dashes.
func Digits(s string) string { return fold.Compact(s, fold.Capitals|fold.Hyphens|fold.Dashes) }

// HasReplacement reports U+FFFD, the trace of text decoded with the wrong encoding.
func HasReplacement(s string) bool { return strings.Contains(s, "\uFFFD") }

// HasPrivateUse reports private-use characters, which only the font of the sender shows.
func HasPrivateUse(s string) bool {
	for _, r := range s {
		if isPrivate(r) {
			return true
		}
	}
	return false
}

func isPrivate(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r <= 0xFFFFD || r >= 0x100000 && r <= 0x10FFFD
}
