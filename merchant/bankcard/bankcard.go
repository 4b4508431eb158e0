// Package bankcard checks bank card numbers and finds the bank of a card.
//
// A BIN is matched together with the length of the card: 57 BINs are prefixes of
// others, and 12 belong to two lengths or issuers. Domestic debit cards need not begin
// with 62. Accounts of companies are not cards and have no check digit: do not pass
// them here.
//
// The table is hexindai/bcbc de63182 (MIT), 1,709 rows last changed on 2020-12-11, so an
// unknown BIN means nothing. Where one of two other public lists gives another card
// type, the row is marked TypeDisputed. [Load] reads a newer list, which replaces or,
// with [Table.Or], extends it.
package bankcard

import (
	"errors"
	"math/bits"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
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
func Check(s string) error { return builtin.Check(s) }

// Check is like the function [Check].
func (t *Table) Check(s string) error {
	if len(s) < MinLength || len(s) > MaxLength {
		return ErrLength
	}
	sum, ok := luhn(s)
	if !ok {
		return ErrFormat
	}
	if sum%10 != 0 {
		return ErrChecksum
	}
	other := false
	for ; t != nil; t = t.base {
		_, e, known := t.find(s, uint32(len(s)))
		if e >= 0 {
			return nil
		}
		other = other || known
	}
	if other {
		return ErrComponent
	}
	return nil
}

// Valid reports whether Check finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Luhn reports whether s is digits, at least one, that pass the check of ISO/IEC 7812.
func Luhn(s string) bool {
	sum, ok := luhn(s)
	return ok && s != "" && sum%10 == 0
}

// doubled is the sum of the digits of twice a digit.
const doubled = "\x00\x02\x04\x06\x08\x01\x03\x05\x07\x09"

// luhn goes by pairs, so that no step asks which digits count twice.
func luhn(s string) (sum uint, ok bool) {
	i := len(s) & 1
	if i == 1 {
		if sum = uint(s[0]) - '0'; sum > 9 {
			return 0, false
		}
	}
	for ; i+1 < len(s); i += 2 {
		a, b := uint(s[i])-'0', uint(s[i+1])-'0'
		if a > 9 || b > 9 {
			return 0, false
		}
		sum += uint(doubled[a]) + b
	}
	return sum, true
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
func Lookup(number string) (Bin, bool) { return builtin.Lookup(number) }

// LookupAnyLength returns the longest BIN that number begins with, whatever the length
// of its cards: for a number that has lost digits, or for a prefix.
func LookupAnyLength(number string) (Bin, bool) { return builtin.LookupAnyLength(number) }

// Lengths returns the card lengths of the longest BIN that number begins with, smallest
// first; no BIN of the package has more than two. n is their number.
func Lengths(number string) (lengths [2]int, n int) { return builtin.Lengths(number) }

// Lookup is like the function [Lookup].
func (t *Table) Lookup(number string) (bin Bin, ok bool) {
	for ; t != nil; t = t.base {
		if depth, e, _ := t.find(number, uint32(len(number))); e >= 0 {
			t.fill(&bin, number[:depth], e)
			return bin, true
		}
	}
	return bin, false
}

// LookupAnyLength is like the function [LookupAnyLength].
func (t *Table) LookupAnyLength(number string) (bin Bin, ok bool) {
	for ; t != nil; t = t.base {
		if depth, e := t.longest(number); e >= 0 {
			t.fill(&bin, number[:depth], e)
			return bin, true
		}
	}
	return bin, false
}

// Lengths is like the function [Lengths]; it returns the two smallest of a BIN that has
// more.
func (t *Table) Lengths(number string) (lengths [2]int, n int) {
	for ; t != nil && n == 0; t = t.base {
		_, e := t.longest(number)
		for e >= 0 && n < len(lengths) {
			lengths[n] = int(t.entries[e] >> lengthShift & 31)
			n++
			if t.entries[e]&moreBit == 0 {
				break
			}
			e++
		}
	}
	return lengths, n
}

// fill sets the fields one by one: to return a Bin would copy it twice.
func (t *Table) fill(bin *Bin, prefix string, entry int) {
	e := t.entries[entry]
	b := &t.banks[e&0xFFFF]
	bin.Prefix = prefix
	bin.Length = int(e >> lengthShift & 31)
	bin.Bank = b.code
	bin.BankName = b.name
	bin.Type = Type(e >> typeShift & 3)
	bin.TypeDisputed = e&disputedBit != 0
}

// find returns the length of the longest prefix of cards of that length and its entry,
// or -1; known tells whether there is a prefix of cards of any length.
func (t *Table) find(s string, length uint32) (depth, entry int, known bool) {
	entry = -1
	i, node := t.start(s)
	if node < 0 {
		return 0, -1, false
	}
	n := t.trie[node]
	for ; n&childBits != 0 && i < len(s); i++ {
		d := s[i] - '0'
		bit := uint64(1) << d
		if d > 9 || n&bit == 0 {
			break
		}
		n = t.trie[int(n>>childShift&childMask)+bits.OnesCount64(n&(bit-1))]
		e := int(n>>entryShift) - 1
		if e < 0 {
			continue
		}
		known = true
		for {
			v := t.entries[e]
			if v>>lengthShift&31 == length {
				depth, entry = i+1, e
				break
			}
			if v&moreBit == 0 {
				break
			}
			e++
		}
	}
	return depth, entry, known
}

// start returns the node to begin at, or -1, and the number of digits that lead to it,
// none of which ends a prefix.
func (t *Table) start(s string) (digits, node int) {
	if len(t.root) == 1e4 && len(s) >= rootDigits {
		a, b, c, d := s[0]-'0', s[1]-'0', s[2]-'0', s[3]-'0'
		if a <= 9 && b <= 9 && c <= 9 && d <= 9 {
			if n := t.root[uint(a)*1000+uint(b)*100+uint(c)*10+uint(d)]; n&1 == 0 {
				if n == 0 {
					return 0, -1
				}
				return rootDigits, int(n >> 1)
			}
		}
	}
	if len(t.trie) == 0 {
		return 0, -1
	}
	return 0, 0
}

// longest is find for cards of any length.
func (t *Table) longest(s string) (depth, entry int) {
	entry = -1
	i, node := t.start(s)
	if node < 0 {
		return 0, -1
	}
	n := t.trie[node]
	for ; i < len(s); i++ {
		d := s[i] - '0'
		bit := uint64(1) << d
		if d > 9 || n&bit == 0 {
			break
		}
		n = t.trie[int(n>>childShift&childMask)+bits.OnesCount64(n&(bit-1))]
		if e := int(n>>entryShift) - 1; e >= 0 {
			depth, entry = i+1, e
		}
	}
	return depth, entry
}

// Compact removes blanks, hyphens and invisible characters and folds full-width ASCII
// to half width. Text that is not UTF-8 is returned as it is. It does not allocate when
// there is nothing to do.
func Compact(s string) string { return fold.Compact(s, fold.Hyphens) }

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
				if _, ok := Lookup(string(b)); ok == known {
					list = append(list, Candidate{string(b), i + 1})
				}
			}
			b[i] = s[i]
		}
	}
	return list
}
