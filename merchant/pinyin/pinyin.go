// Package pinyin tells which Han characters sound alike, tones left aside: what an input method offers for one another.
//
// Readings are those of the Unihan database by mozillazg/go-pinyin v0.21.0 (MIT), rare ones included. Compiled 2026-11-28.
package pinyin

import (
	"sort"
	"unicode/utf8"
)

const (
	first = 0x4E00
	last  = 0x9FFF
)

func word(s string, i int) uint16 { return uint16(s[2*i]) | uint16(s[2*i+1])<<8 }

// usualOf returns the number of the first reading of a character, 0 for none.
func usualOf(r rune) uint16 {
	if r < first || r > last {
		return 0
	}
	return word(usual, int(r-first))
}

// others returns where the further readings of a character stand in more.
func others(r rune) (from, to int) {
	n := len(more) / 4
	from = sort.Search(n, func(i int) bool { return rune(word(more, 2*i)) >= r })
	for to = from; to < n && rune(word(more, 2*to)) == r; to++ {
	}
	return from, to
}

// has reports whether a character has the reading of that number.
func has(r rune, reading uint16) bool {
	if usualOf(r) == reading {
		return true
	}
	from, to := others(r)
	for i := from; i < to; i++ {
		if word(more, 2*i+1) == reading {
			return true
		}
	}
	return false
}

// Same reports whether two characters have a reading in common, tones left aside. A character sounds like itself; others
// than Han sound like nothing else.
func Same(a, b rune) bool {
	if a == b {
		return true
	}
	reading := usualOf(a)
	if reading == 0 || usualOf(b) == 0 {
		return false
	}
	if has(b, reading) {
		return true
	}
	from, to := others(a)
	for i := from; i < to; i++ {
		if has(b, word(more, 2*i+1)) {
			return true
		}
	}
	return false
}

// Append appends a form of s in which characters with the same first reading are one character, of no meaning otherwise.
func Append(dst []byte, s string) []byte {
	for _, r := range s {
		if n := usualOf(r); n != 0 {
			r = 0xF0000 + rune(n) // of a private use area
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
