package regno

import "github.com/merchantkyc/merchantkyc/merchant/internal/slip"

// Candidate is one correction of a single slip.
type Candidate struct {
	Value    string // the whole corrected number
	Position int    // 1-based position of the changed character, of the first for a swap
}

// Candidates returns at most five numbers that differ from s by one slip and for
// which [Check] returns nil: look-alike characters first, then swapped
// neighbours, then other single characters, each by position. It returns nil
// for a valid number and for any other length.
//
// Candidates are proposals for a person to confirm against the licence and are
// never to be applied unseen: several of them may be issued numbers.
func Candidates(s string) []Candidate {
	if len(s) != size {
		return nil
	}
	return slip.Find[Candidate](s, Valid, func(byte) string { return slip.Digits })
}
