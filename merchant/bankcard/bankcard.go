// Package bankcard checks bank card numbers and finds the bank of a card.
//
// A BIN is matched together with the length of the card: 57 BINs are prefixes of
// others, and 12 belong to two lengths or issuers. Domestic debit cards need not begin
// with 62. Accounts of companies are not cards and have no check digit: do not pass
// them here.
//
// The table is hexindai/bcbc de63182 (MIT), 1,709 rows last changed on 2020-12-11, so an
// unknown BIN means nothing. Where one of two other public lists gives another card
// type, the row is marked TypeDisputed.
package bankcard

import (
	"errors"
	"math/bits"
)

// Errors of Check. Their texts never contain the value.
var (
	ErrLength    = errors.New("bankcard: not 12 to 19 characters")
	ErrFormat    = errors.New("bankcard: a character is not a digit")
	ErrChecksum  = errors.New("bankcard: the Luhn check fails")
	ErrComponent = errors.New("bankcard: cards of this BIN have another length")
)

// The lengths of card numbers that Check admits. Cards of the table have 15 to 19 digits.
const (
	MinLength = 12
	MaxLength = 19
)

// Check reports the first thing that is wrong with s, in the order length, characters,
// Luhn, and a length that cards of its BIN do not have. An unknown BIN is no error.
func Check(s string) error {
	if len(s) < MinLength || len(s) > MaxLength {
		return ErrLength
	}
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return ErrFormat
		}
	}
	if !Luhn(s) {
		return ErrChecksum
	}
	if _, e := find(s, len(s)); e < 0 {
		if _, e := find(s, 0); e >= 0 {
			return ErrComponent
		}
	}
	return nil
}

// Valid reports whether Check finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Luhn reports whether s is digits, at least one, that pass the check of ISO/IEC 7812.
func Luhn(s string) bool {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		d := int(s[i] - '0')
		if d > 9 {
			return false
		}
		if double {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return s != "" && sum%10 == 0
}

// Type is the kind of a card.
type Type uint8

// The kinds of cards.
const (
	Debit      Type = iota // 借记卡
	Credit                 // 贷记卡
	SemiCredit             // 准贷记卡
	Prepaid                // 预付卡
)

// String returns the Chinese name of the kind.
func (t Type) String() string {
	switch t {
	case Debit:
		return "借记卡"
	case Credit:
		return "贷记卡"
	case SemiCredit:
		return "准贷记卡"
	case Prepaid:
		return "预付卡"
	}
	return "未知"
}

// Bin is a row of the table.
type Bin struct {
	Prefix       string
	Length       int    // of the card
	Bank         string // short code of the issuer, such as ABC
	BankName     string
	Type         Type
	TypeDisputed bool // another public list gives another type
}

// Lookup returns the longest BIN that number begins with among those of cards of its
// length.
func Lookup(number string) (Bin, bool) {
	return lookup(number, len(number))
}

// LookupAnyLength returns the longest BIN that number begins with, whatever the length
// of its cards: for a number that has lost digits, or for a prefix.
func LookupAnyLength(number string) (Bin, bool) {
	return lookup(number, 0)
}

// Lengths returns the card lengths of the longest BIN that number begins with, smallest
// first; no BIN of the table has more than two. n is their number.
func Lengths(number string) (lengths [2]int, n int) {
	_, e := find(number, 0)
	for e >= 0 && n < len(lengths) {
		lengths[n] = int(entries[e] >> 12 & 31)
		n++
		if entries[e]>>18&1 == 0 {
			break
		}
		e++
	}
	return lengths, n
}

func lookup(number string, length int) (Bin, bool) {
	depth, e := find(number, length)
	if e < 0 {
		return Bin{}, false
	}
	v := entries[e]
	bank := v & 1023
	return Bin{
		Prefix:       number[:depth],
		Length:       int(v >> 12 & 31),
		Bank:         bankCodes[codeOffset[bank]:codeOffset[bank+1]],
		BankName:     bankNames[nameOffset[bank]:nameOffset[bank+1]],
		Type:         Type(v >> 10 & 3),
		TypeDisputed: v>>17&1 == 1,
	}, true
}

// find returns the length of the prefix and its entry, or -1; length 0 means any.
func find(s string, length int) (depth, entry int) {
	entry = -1
	n := trie[0]
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 || n>>d&1 == 0 {
			break
		}
		n = trie[int(n>>16&0xFFFF)+bits.OnesCount16(uint16(n)&(1<<d-1))]
		for e := int(n>>32) - 1; e >= 0; e++ {
			if length == 0 || int(entries[e]>>12&31) == length {
				depth, entry = i+1, e
				break
			}
			if entries[e]>>18&1 == 0 {
				break
			}
		}
	}
	return depth, entry
}

// Format sets blanks between groups of four, as cards are printed.
func Format(s string) string {
	s = Compact(s)
	if len(s) < 5 {
		return s
	}
	var buf [64]byte
	out := buf[:0]
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return s // not a number: grouping would only hide it
		}
		if i > 0 && i%4 == 0 {
			out = append(out, ' ')
		}
		out = append(out, s[i])
	}
	return string(out)
}

// A Candidate is a valid number that s may have been meant to be.
type Candidate struct {
	Value    string
	Position int // of the first changed character, counted from 1
}

// Candidates returns at most five numbers that pass every check and differ from s by a
// swap of neighbours or by one character: swaps first, then numbers of a known BIN,
// then the rest, from the left. Luhn leaves about one such number for each position, so
// they are proposals for a person and never to be applied unseen. A valid s has none.
func Candidates(s string) []Candidate {
	if len(s) < MinLength || len(s) > MaxLength || Valid(s) {
		return nil
	}
	var list []Candidate
	var buf [MaxLength]byte
	b := buf[:copy(buf[:], s)]
	for i := 0; i+1 < len(b) && len(list) < 5; i++ {
		b[i], b[i+1] = b[i+1], b[i]
		if Valid(string(b)) {
			list = append(list, Candidate{string(b), i + 1})
		}
		b[i], b[i+1] = b[i+1], b[i]
	}
	for _, known := range [2]bool{true, false} {
		for i := range b {
			for d := byte('0'); d <= '9' && len(list) < 5; d++ {
				b[i] = d
				if !Valid(string(b)) { // as s itself is not
					continue
				}
				if _, e := find(string(b), len(b)); e >= 0 == known {
					list = append(list, Candidate{string(b), i + 1})
				}
			}
			b[i] = s[i]
		}
	}
	return list
}
