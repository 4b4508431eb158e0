package report

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// columns returns how many columns of a terminal s takes: two for East Asian wide characters, none for marks that stand
// on the one before.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// wrap breaks s into lines of at most limit columns, at a blank or beside a wide character; a limit of 0 or less breaks
// nothing.
func wrap(s string, limit int) []string {
	if limit <= 0 || columns(s) <= limit {
		return []string{s}
	}
	var lines []string
	rest := []rune(s)
	for {
		end, used := 0, 0
		for end < len(rest) && used+runeColumns(rest[end]) <= limit {
			used += runeColumns(rest[end])
			end++
		}
		if end == len(rest) {
			return append(lines, string(rest))
		}
		cut := end
		for cut > 0 && !breaks(rest[cut-1], rest[cut]) {
			cut--
		}
		if cut == 0 {
			cut = max(end, 1)
		}
		lines = append(lines, strings.TrimRight(string(rest[:cut]), " "))
		for rest = rest[cut:]; len(rest) > 0 && rest[0] == ' '; {
			rest = rest[1:]
		}
	}
}

// breaks reports whether a line may end before r. Closing marks stay with what they close.
func breaks(before, r rune) bool {
	if r == ' ' {
		return true
	}
	return (runeColumns(before) == 2 || runeColumns(r) == 2) && !strings.ContainsRune("，。；：、！？）”》】", r)
}

// printable makes text of the input safe for a terminal and keeps it on one line: control characters and those that
// turn the direction of writing or cannot be seen are shown by name.
func printable(s string) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return r != ' ' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}
