package orgcode

import "github.com/merchantkyc/merchantkyc/merchant/internal/slip"

// Candidate is one correction of a single slip.
type Candidate struct {
	Value    string // the whole corrected code, with a hyphen where s has one
	Position int    // 1-based position of the changed character, of the first for a swap
}

// Candidates returns at most five codes that differ from s by one slip and for
// which [Check] returns nil: look-alike characters first, then swapped
// neighbours, then other single characters, each by position. It returns nil
// for a valid code and for any other length. Positions count the hyphen.
//
// Candidates are proposals for a person to confirm against the certificate and
// are never to be applied unseen: the check lets many single slips pass, so the
// first candidate is often somebody else's code.
func Candidates(s string) []Candidate {
	if len(s) != 9 && len(s) != 10 {
		return nil
	}
	return slip.Find[Candidate](s, Valid, func(byte) string { return slip.Digits + slip.Letters })
}
