package merchant

import (
	"strings"
	"unicode/utf8"
)

// Mask says how a report hides a value unless it is told to show all.
type Mask uint8

// The masks. MaskHolder is for account names, which may be a company's (shown) or a person's (masked).
const (
	MaskNone     Mask = iota
	MaskIdentity      // first 3 and last 4
	MaskAccount       // first 4 and last 4: accounts, cards, USCCs
	MaskPhone         // first 3 and last 4
	MaskName          // first character
	MaskHolder        // as MaskName for up to four characters, else shown
	MaskAddress       // first six characters
	MaskEmail         // first character and the domain
	MaskDate          // the year
	MaskFull          // nothing
)

// Apply returns s with the hidden characters replaced by *. A value too short to hide half of it is hidden whole.
func (m Mask) Apply(s string) string {
	if s == "" {
		return ""
	}
	switch m {
	case MaskNone:
		return s
	case MaskIdentity, MaskPhone:
		return keep(s, 3, 4)
	case MaskAccount:
		return keep(s, 4, 4)
	case MaskName:
		return initial(s)
	case MaskHolder:
		if n := utf8.RuneCountInString(s); n > 4 && !strings.ContainsAny(s, "·•・ ") {
			return s
		}
		return initial(s)
	case MaskAddress:
		return keep(s, 6, 0)
	case MaskEmail:
		if local, domain, ok := strings.Cut(s, "@"); ok {
			return initial(local) + "@" + domain
		}
		return initial(s)
	case MaskDate:
		return keep(s, 4, 0)
	}
	return strings.Repeat("*", utf8.RuneCountInString(s))
}

func initial(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	if rest := utf8.RuneCountInString(s[size:]); rest > 0 {
		return s[:size] + strings.Repeat("*", rest)
	}
	return "*"
}

func keep(s string, first, last int) string {
	runes := []rune(s)
	n := len(runes)
	if first+last > n-2 { // what is left to hide would be a guess of two characters
		first, last = min(first, n/4), min(last, n/4)
	}
	for i := range runes {
		if i >= first && i < n-last {
			runes[i] = '*'
		}
	}
	return string(runes)
}
