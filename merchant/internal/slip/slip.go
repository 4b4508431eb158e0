// Package slip finds the numbers that somebody may have meant who typed a wrong one.
package slip

const (
	// Max is the number of candidates that a person is shown at most.
	Max = 5

	Digits  = "0123456789"
	Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// confusable lists what a character is commonly misread for.
func confusable(c byte) string {
	switch c {
	case '0':
		return "OD"
	case 'O':
		return "0D"
	case 'D':
		return "0O"
	case '1':
		return "IL"
	case 'I':
		return "1L"
	case 'L':
		return "1I"
	case '2':
		return "Z"
	case 'Z':
		return "2"
	case '5':
		return "S"
	case 'S':
		return "5"
	case '8':
		return "B"
	case 'B':
		return "8"
	}
	return ""
}

// SameClass lists the digits for a digit and the letters for a letter.
func SameClass(c byte) string {
	if 'A' <= c && c <= 'Z' {
		return Letters
	}
	return Digits
}

// Find returns at most [Max] values that differ from s by one slip and are valid, each with the position, counted from
// 1, of the first changed character: look-alike characters first, then swapped neighbours, then the characters that
// others lists for the one in place. It returns nil when s is valid itself. C is the candidate of a package.
func Find[C ~struct {
	Value    string
	Position int
}](s string, valid func(string) bool, others func(byte) string) []C {
	if valid(s) {
		return nil
	}
	var found []C
	buf := []byte(s)
	try := func(i int) {
		value := string(buf)
		if len(found) == Max || value == s || !valid(value) {
			return
		}
		for _, c := range found {
			if struct {
				Value    string
				Position int
			}(c).Value == value {
				return
			}
		}
		found = append(found, C{value, i + 1})
	}
	substitute := func(choices func(byte) string) {
		for i := range buf {
			for _, c := range []byte(choices(s[i])) {
				buf[i] = c
				try(i)
			}
			buf[i] = s[i]
		}
	}
	substitute(confusable)
	for i := range len(s) - 1 {
		buf[i], buf[i+1] = s[i+1], s[i]
		try(i)
		buf[i], buf[i+1] = s[i], s[i+1]
	}
	substitute(others)
	return found
}

// Misread returns the one valid value that s becomes when a single character is taken for one that looks like it, and
// false when there is none or more than one.
func Misread(s string, valid func(string) bool) (string, bool) {
	only := ""
	for i := range len(s) {
		for _, c := range []byte(confusable(s[i])) {
			value := s[:i] + string(c) + s[i+1:]
			if !valid(value) {
				continue
			}
			if only != "" {
				return "", false
			}
			only = value
		}
	}
	return only, only != ""
}
