package normalize

import (
	"slices"
	"unicode/utf8"
)

// GBKLen returns the number of bytes that s takes in GBK (code page 936, with the euro
// sign in one byte). ok is false when a character or byte of s has no place in GBK;
// each of those counts as 2, the width of the mark that would stand for it.
func GBKLen(s string) (n int, ok bool) {
	ok = true
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			n++
			continue
		}
		// Han in place: the decoder takes twice as long.
		if i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			// A first byte of another length of sequence falls outside the range.
			if r := uint(c)<<12 + uint(s[i+1]&0x3F)<<6 + uint(s[i+2]&0x3F) - 0xE0<<12; r-0x4E00 <= 0x9FA5-0x4E00 {
				i += 3
				n += 2
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r >= 0x4E00 && r <= 0x9FA5:
			n += 2
		case r == '€':
			n++
		default:
			n += 2
			ok = ok && twoByte(r)
		}
	}
	return n, ok
}

// GB18030Len returns the number of bytes that s takes in GB 18030, which has a code for
// every character. A byte that is not UTF-8 counts as U+FFFD.
func GB18030Len(s string) (n int) {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r >= 0x4E00 && r <= 0x9FA5 || r == '€' || twoByte(r) {
			n += 2
		} else {
			n += 4
		}
	}
	return n
}

func twoByte(r rune) bool {
	if r > 0xFFFF {
		return false
	}
	lo, hi := 0, len(gbkRanges)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		switch {
		case r > rune(gbkRanges[m][1]):
			lo = m + 1
		case r < rune(gbkRanges[m][0]):
			hi = m
		default:
			return true
		}
	}
	return false
}

// Mojibake reports text that was UTF-8 and has been read as GBK, and returns what it
// was. It is conservative: every character must give up bytes that together are UTF-8,
// the result must be Han with ordinary marks and at least two Han, and one character
// must lie outside GB 2312, as real names hardly do and such text always does.
func Mojibake(s string) (fixed string, ok bool) {
	var buf [stackSize]byte
	out, odd := buf[:0], false
	for _, r := range s {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			continue
		}
		code := mojibakeCode(r)
		if code == 0 {
			return "", false
		}
		hi, lo := byte(code>>8), byte(code)
		if len(out) == 0 && (hi < 0xE2 || hi > 0xEF) {
			return "", false // the usual way out: a real name does not begin like UTF-8
		}
		odd = odd || hi < 0xB0 || lo < 0xA1
		out = append(out, hi, lo)
	}
	if !odd || !utf8.Valid(out) {
		return "", false
	}
	han := 0
	for i := 0; i < len(out); {
		r, n := utf8.DecodeRune(out[i:])
		i += n
		switch {
		case r >= 0x4E00 && r <= 0x9FA5:
			han++
		case r >= 0x20 && r < 0x7F, r == 0xB7, r >= 0x3001 && r <= 0x301B, r >= 0xFF01 && r <= 0xFF5E, r >= 0x2010 && r <= 0x2026:
		default:
			return "", false
		}
	}
	if han < 2 {
		return "", false
	}
	return string(out), true
}

// mojibakeCode returns the GBK code of r, or 0 unless both bytes can be part of UTF-8 Han.
func mojibakeCode(r rune) uint16 {
	// User-defined areas of GBK, which decoders turn into private-use characters.
	switch {
	case r >= 0xE000 && r <= 0xE233:
		n := r - 0xE000
		return uint16((0xAA+n/94)<<8 | (0xA1 + n%94))
	case r >= 0xE4C6 && r <= 0xE765:
		n := r - 0xE4C6
		lo := 0x40 + n%96
		if lo >= 0x7F {
			lo++
		}
		return uint16((0xA1+n/96)<<8 | lo)
	case r > 0xFFFF:
		return 0
	}
	i, found := slices.BinarySearch(mojibakeRune[:], uint16(r))
	if !found {
		return 0
	}
	return mojibakeBytes[i]
}

// PossibleVariant reports whether two names that are not equal differ only in
// traditional or Japanese forms or in look-alike characters. It is a hint for a
// person: two companies may well differ in nothing else.
func PossibleVariant(a, b string) bool {
	a, b = Key(a), Key(b)
	if a == b {
		return false
	}
	for a != "" && b != "" {
		ra, na := utf8.DecodeRuneInString(a)
		rb, nb := utf8.DecodeRuneInString(b)
		if ra != rb && plainForm(ra) != plainForm(rb) {
			return false
		}
		a, b = a[na:], b[nb:]
	}
	return a == b
}

// plainForm follows variants to the end: a traditional form may lead to a look-alike.
func plainForm(r rune) rune {
	for range 3 {
		next := variant(r)
		if next == r {
			break
		}
		r = next
	}
	return r
}

func variant(r rune) rune {
	if r <= 0xFFFF {
		if i, found := slices.BinarySearch(variantFrom[:], uint16(r)); found {
			return rune(variantTo[i])
		}
	}
	i, found := slices.BinarySearchFunc(variantWide[:], r, func(p [2]int32, r rune) int { return int(p[0] - r) })
	if found {
		return variantWide[i][1]
	}
	return r
}
