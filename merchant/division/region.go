package division

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// rowCode returns the code of a row. Cities and provinces cost nothing.
func rowCode(row int) string {
	h, found := slices.BinarySearch(headStart[:], uint16(row))
	if !found {
		h--
	}
	code := headCode(h)
	if t := rowTails[row]; t != 0 {
		return code[:4] + string([]byte{'0' + t/10, '0' + t%10})
	}
	return code
}

// Find returns the codes in force of a name, given with or without its 省, 市, 区, 县,
// 自治州 or the like, in ascending order. parent restricts them to a province or a city;
// "" does not.
func Find(name, parent string) []string {
	from, to := span(parent)
	var list []string
	for _, short := range [2]bool{false, true} {
		for i := lower(name, 0, short); i < size(short) && at(i, short) == name; i++ {
			if row := rowAt(i, short); rows[row].to() == 0 && row >= from && row < to {
				list = append(list, rowCode(row))
			}
		}
	}
	slices.Sort(list)
	return list
}

// Outside reports whether a place of that name, in the province with these first two
// digits, certainly lies outside a city. A municipality is its own city. A name that
// the province does not have in force, as many areas of other code lists, tells nothing
// but its province, and without a province nothing.
func Outside(name, province2, city string) bool {
	if len(province2) != 2 || len(city) != Length {
		return false
	}
	if province2 != city[:2] || city[2:] == "0000" {
		return province2 != city[:2]
	}
	if d, ok := Lookup(city); ok && d.Name == name {
		return false
	}
	codes := Find(name, province2+"0000")
	for _, code := range codes {
		if City(code) == city {
			return false
		}
	}
	return len(codes) > 0
}

// span returns the rows of what lies in a province or city, without itself, or of
// everything for "".
func span(within string) (from, to int) {
	if within == "" {
		return 0, len(rowTails)
	}
	head, tail, ok := digits(within)
	if !ok || tail != 0 || headNumber(head) < 0 {
		return 0, 0
	}
	h := headNumber(head)
	from, to = int(headStart[h]), int(headStart[h+1])
	if head%100 == 0 {
		to = int(headStart[headsBefore(min(head+100, 9999))])
	}
	for from < to && rowTails[from] == 0 && from < int(headStart[h+1]) {
		from++
	}
	return from, to
}

func size(short bool) int {
	if short {
		return len(byShort)
	}
	return len(byName)
}

func rowAt(i int, short bool) int {
	if short {
		return int(byShort[i])
	}
	return int(byName[i])
}

func at(i int, short bool) string {
	if short {
		return name(int(byShort[i]))[:shortLen[i]]
	}
	return name(int(byName[i]))
}

// lower returns the first place, from from on, whose name is not before s.
func lower(s string, from int, short bool) int {
	lo, hi := from, size(short)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if at(m, short) < s {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// Leading returns the division in force whose name, with or without its ending, s
// begins with, and the number of bytes of that name. The longest name wins, then the
// higher level; a name that several divisions of one level bear is none. within
// restricts it to a province or city; "" does not.
func Leading(s, within string) (d Division, n int, ok bool) {
	row, n := leading(s, within, false)
	short, m := leading(s, within, true)
	if m > n {
		row, n = short, m
	}
	if row < 0 {
		return Division{}, 0, false
	}
	return division(row, rowCode(row)), n, true
}

// leading returns the row of the longest name, or -1.
func leading(s, within string, short bool) (row, n int) {
	first, last := span(within)
	row = -1
	from := 0
	for end := 0; end < len(s); {
		_, size1 := utf8.DecodeRuneInString(s[end:])
		end += size1
		p := s[:end]
		from = lower(p, from, short)
		if from == size(short) || !strings.HasPrefix(at(from, short), p) {
			break
		}
		if best, ok := choose(p, from, first, last, short); ok {
			row, n = best, end
		}
	}
	return row, n
}

// choose picks among the names p, of which from is the first, one with a row in span.
func choose(p string, from, first, last int, short bool) (best int, ok bool) {
	best = -1
	past, unique := -1, false
	for i := from; i < size(short) && at(i, short) == p; i++ {
		row := rowAt(i, short)
		if row < first || row >= last {
			continue
		}
		switch {
		case rows[row].to() != 0:
			// Old addresses name old districts; within a known region that is safe.
			if first > 0 && (past < 0 || rows[row].to() > rows[past].to()) {
				past = row
			}
		case best < 0 || rows[row].level() < rows[best].level():
			best, unique = row, true
		case rows[row].level() == rows[best].level():
			unique = false
		}
	}
	if best < 0 {
		return past, past >= 0
	}
	return best, unique
}

// SplitAddress reads the names of regions that an address begins with: province, city
// and district as codes, empty where there is none, and what follows. Regions that the
// address leaves out are filled in from the one it names, except that a city is empty
// where the district stands directly under its province, as in the municipalities.
// Provinces and cities may come without their ending; districts may not, since 朝阳门
// is not 朝阳区. Districts of the past are found where the province is named.
func SplitAddress(address string) (province, city, district, rest string) {
	rest = trim(address)
	row, n := leading(rest, "", false)
	if short, m := leading(rest, "", true); m > n && !street(rest[m:]) {
		switch rows[short].level() {
		case 1:
			row, n = short, m
		case 2: // without a province, only before a district of that city
			if r, _ := leading(trim(rest[m:]), rowCode(short), false); r >= 0 {
				row, n = short, m
			}
		}
	}
	if row < 0 || rows[row].level() == 3 && n < 9 {
		return "", "", "", rest // 城区, 矿区 and the like alone tell nothing
	}
	code := rowCode(row)
	rest = skip(rest[n:], name(row))
	if rows[row].level() == 1 {
		province = code
		row, n = leading(rest, code, false)
		if short, m := leading(rest, code, true); m > n && rows[short].level() == 2 && !street(rest[m:]) {
			row, n = short, m
		}
		if row < 0 {
			return province, "", "", rest
		}
		code = rowCode(row)
		rest = skip(rest[n:], name(row))
	}
	province = Province(code)
	if rows[row].level() == 2 {
		if row, n = leading(rest, code, false); row >= 0 {
			return province, code, rowCode(row), trim(rest[n:])
		}
		return province, code, "", rest
	}
	if rows[row].parent() == parentCity {
		city = City(code)
	}
	return province, city, code, rest
}

// skip drops what addresses repeat after a region: its name, 市辖区.
func skip(rest, name string) string {
	rest = trim(rest)
	rest = trim(strings.TrimPrefix(rest, name))
	return trim(strings.TrimPrefix(rest, "市辖区"))
}

func trim(s string) string { return strings.TrimLeft(s, " \t\r\n\u00a0\u3000,，") }

// street reports that what precedes is the name of a street: 上海路, 北京西路.
func street(rest string) bool {
	for _, side := range [...]string{"", "东", "西", "南", "北", "中"} {
		if after, ok := strings.CutPrefix(rest, side); ok {
			for _, kind := range [...]string{"路", "街", "大街", "大道", "道", "巷", "里", "村", "镇"} {
				if strings.HasPrefix(after, kind) {
					return true
				}
			}
		}
	}
	return false
}
