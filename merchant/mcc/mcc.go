// Package mcc knows the merchant category codes: four digits, of which UnionPay uses
// another set than ISO 18245.
//
// The fee class and the marks for risk and licence are weak: the class is mostly a
// default and else from a code list of unknown standing, the risk is unverified, the
// licence mark is one aggregator's of 2017. No rule above warning may rest on them
// without a list of the acquirer's own. Chinese and English names may describe different
// things where UnionPay departs from ISO (5998, 5935). An unknown code deserves a
// warning: tables age.
//
// English names are from jleclanche/python-iso18245 3b53842 of 2025-09 (MIT) and
// greggles/mcc-codes 16e8ab1 of 2020-06 (Unlicense); Chinese names and the UnionPay
// mark from a UnionPay list in public Java code (licence and date unknown, names
// retyped); other Chinese names and the licence mark from a category table of 2017 in
// yaqian1105/paymanager 8cdc5eb (no licence file). [Load] reads the list of an acquirer,
// which replaces or, with [Table.Or], extends the table.
package mcc

import (
	"errors"
	"math/bits"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// Errors of Check. Their texts never contain the value. A code has no check digit.
var (
	ErrFormat    = errors.New("mcc: not 4 digits")
	ErrComponent = errors.New("mcc: not in the table")
)

// Length is the number of digits of a code. A code that begins with 0 loses it in a
// number cell.
const Length = 4

// Entry is what the table says about a code.
type Entry struct {
	Code            string
	ZH, EN          string // either may be empty
	UnionPay        bool   // in the UnionPay list
	FeeClass        string // 标准, 优惠, 减免, 特殊 or empty; weak
	LicenceRequired bool   // weak
	HighRisk        bool   // weak
	Prohibited      bool   // weak
}

// Check reports whether s is four digits and then whether it is in the table of the
// package.
func Check(s string) error { return builtin.Check(s) }

// Valid reports whether Check finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Lookup returns the entry of a code in the table of the package.
func Lookup(code string) (Entry, bool) { return builtin.Lookup(code) }

// Check is like the function [Check], for the codes of the table.
func (t *Table) Check(s string) error {
	n, ok := number(s)
	if !ok {
		return ErrFormat
	}
	for ; t != nil; t = t.base {
		if t.bits[n>>6]>>(n&63)&1 == 1 {
			return nil
		}
	}
	return ErrComponent
}

// Lookup returns the entry of a code.
func (t *Table) Lookup(code string) (e Entry, ok bool) {
	n, ok := number(code)
	if !ok {
		return e, false
	}
	bit := uint64(1) << (n & 63)
	for ; t != nil; t = t.base {
		word := t.bits[n>>6]
		if word&bit == 0 {
			continue
		}
		r := &t.records[int(t.rank[n>>6])+bits.OnesCount64(word&(bit-1))]
		// Field by field: to return a literal would copy it twice.
		e.Code = code
		e.ZH, e.EN = r.zh, r.en
		e.FeeClass = feeClasses[r.flags&7]
		e.UnionPay = r.flags&unionPayBit != 0
		e.LicenceRequired = r.flags&licenceBit != 0
		e.HighRisk = r.flags&highRiskBit != 0
		e.Prohibited = r.flags&prohibitedBit != 0
		return e, true
	}
	return e, false
}

// number has no loop, which halves its time.
func number(s string) (n uint, ok bool) {
	if len(s) != Length {
		return 0, false
	}
	a, b, c, d := s[0]-'0', s[1]-'0', s[2]-'0', s[3]-'0'
	if a > 9 || b > 9 || c > 9 || d > 9 {
		return 0, false
	}
	return uint(a)*1000 + uint(b)*100 + uint(c)*10 + uint(d), true
}

// Format returns the form in which codes are written: the bare digits.
func Format(s string) string { return Compact(s) }

// Compact removes blanks and invisible characters and folds full-width ASCII to half
// width, and never restores a lost 0. Text that is not UTF-8 is returned as it is. It
// does not allocate when there is nothing to do.
func Compact(s string) string { return fold.Compact(s, 0) }
