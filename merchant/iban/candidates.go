package iban

import "github.com/merchantkyc/merchantkyc/merchant/internal/slip"

// Candidate is one correction of a single slip.
type Candidate struct {
	Value    string // the whole corrected number
	Position int    // 1-based position of the changed character, of the first for a swap
}

// Candidates returns at most five numbers that differ from s by one slip and for
// which [Check] returns nil: look-alike characters first, then swapped
// neighbours, then another digit for a digit or letter for a letter, each by
// position. It returns nil for a valid number and for any that is too short or
// too long to be one.
//
// Candidates are proposals for a person to confirm against the account
// certificate and are never to be applied unseen: several may exist.
func Candidates(s string) []Candidate {
	if len(s) < minSize || len(s) > maxSize {
		return nil
	}
	return slip.Find[Candidate](s, Valid, slip.SameClass)
}
