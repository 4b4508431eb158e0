package uscc

import "github.com/merchantkyc/merchantkyc/merchant/internal/slip"

// Candidate is one correction of a single slip.
type Candidate struct {
	Value    string // the whole corrected code
	Position int    // 1-based position of the changed character, of the first for a swap
}

// Candidates returns at most five codes that differ from s by one slip and for
// which [Check] returns nil: look-alike characters first, then swapped
// neighbours, then other single characters, each by position. It returns nil
// for a valid code and for any other length.
//
// Candidates are proposals for a person to confirm against the licence and are
// never to be applied unseen: several companies may own them.
func Candidates(s string) []Candidate {
	if len(s) != size {
		return nil
	}
	return slip.Find[Candidate](s, Valid, func(byte) string { return alphabet })
}

// Misread returns the one code that s becomes when a single character is taken for
// one that looks like it (0/O/D, 1/I/L, 2/Z, 5/S, 8/B) and for which [Check] returns
// nil, and false when there is none or more than one.
func Misread(s string) (string, bool) {
	if len(s) != size {
		return "", false
	}
	return slip.Misread(s, Valid)
}
