package lei

// Candidate is one correction of a single slip.
type Candidate struct {
	Value    string // the whole corrected code
	Position int    // 1-based position of the changed character, of the first for a swap
}

const maxCandidates = 5

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

// alphabet holds what may replace a character; [Check] wants digits at the end.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Candidates returns at most five codes that differ from s by one slip and for
// which [Check] returns nil: look-alike characters first, then swapped
// neighbours, then other single characters, each by position. It returns nil for
// a valid code and for any other length.
//
// Candidates are proposals for a person to confirm in the index of GLEIF and are
// never to be applied unseen: several may exist.
func Candidates(s string) []Candidate {
	if len(s) != size || Valid(s) {
		return nil
	}
	var found []Candidate
	buf := []byte(s)
	try := func(position int) bool {
		value := string(buf)
		if !Valid(value) { // as s itself is not
			return false
		}
		for _, c := range found {
			if c.Value == value {
				return false
			}
		}
		found = append(found, Candidate{value, position})
		return len(found) == maxCandidates
	}
	substitute := func(choices func(byte) string) bool {
		for i := range buf {
			for _, c := range []byte(choices(s[i])) {
				buf[i] = c
				if try(i + 1) {
					return true
				}
			}
			buf[i] = s[i]
		}
		return false
	}
	if substitute(confusable) {
		return found
	}
	for i := range len(s) - 1 {
		buf[i], buf[i+1] = s[i+1], s[i]
		full := try(i + 1)
		buf[i], buf[i+1] = s[i], s[i+1]
		if full {
			return found
		}
	}
	substitute(func(byte) string { return alphabet })
	return found
}
