package diff

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// inForce resolves a division code to the edition in force, where its successor is unique.
func inForce(code string) string {
	code = normalize.Code(code)
	if next := division.Successors(code); len(next) == 1 {
		return next[0]
	}
	return code
}

// sameEdition reports whether two different codes are one place.
func sameEdition(a, b string) bool { return inForce(a) == inForce(b) }

// similar is the least similarity, in percent, of two addresses that differ in wording only.
const similar = 90

// longest bounds the addresses that are compared for similarity, since that takes the square of their length.
const longest = 512

// compareDetail compares two addresses below the district whose keys differ.
func compareDetail(a, b string) outcome {
	x, y := belowDistrict(a), belowDistrict(b)
	if x == y {
		return respelt
	}
	restA, numbersA := numerals(x)
	restB, numbersB := numerals(y)
	if !slices.Equal(numbersA, numbersB) {
		return differs
	}
	ra, rb := []rune(restA), []rune(restB)
	if len(ra) > longest || len(rb) > longest || 100*distance(ra, rb) > (100-similar)*max(len(ra), len(rb)) {
		return differs
	}
	return reworded
}

// belowDistrict is the key of an address without the names of the divisions it begins with.
func belowDistrict(s string) string {
	key := normalize.Key(s)
	if _, _, _, rest := division.SplitAddress(key); rest != "" {
		return rest
	}
	return key
}

// twoPlaces reports whether two addresses begin with the names of different divisions. Names that several places share
// tell nothing.
func twoPlaces(a, b string) bool {
	var x, y [3]string
	x[2], x[1], x[0], _ = division.SplitAddress(normalize.Key(a))
	y[2], y[1], y[0], _ = division.SplitAddress(normalize.Key(b))
	for i := range x {
		if x[i] != "" && y[i] != "" {
			return !sameEdition(x[i], y[i])
		}
	}
	return false
}

// addressCore is the form in which two addresses must agree to be evidence; "" for one too short to mean anything.
func addressCore(districtCode, detail string) string {
	rest, numbers := numerals(belowDistrict(detail))
	if districtCode == "" || len(numbers) == 0 || utf8.RuneCountInString(rest) < 4 {
		return ""
	}
	return inForce(districtCode) + "\x00" + rest + "\x00" + strings.Join(numbers, ",")
}

// numerals takes the numerals and Latin letters out of an address key: rest holds # in their places, and numbers their
// values, so that 十二, 12 and 012 are one. A house number carries the identity, and an edit distance would hide 12
// against 21. After a numeral the words for floor, building and room are read alike.
func numerals(s string) (rest string, numbers []string) {
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); {
		end := i
		value := ""
		switch {
		case alphanumeric(runes[i]):
			for end < len(runes) && alphanumeric(runes[end]) {
				end++
			}
			value = strings.TrimLeft(string(runes[i:end]), "0")
			if digits, ok := strings.CutSuffix(value, "F"); ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
				value = digits // 3F is 3楼
				end--
			}
			if value == "" {
				value = "0"
			}
		case chineseDigit(runes[i]) >= 0:
			for end < len(runes) && chineseDigit(runes[end]) >= 0 {
				end++
			}
			value = chineseNumber(runes[i:end])
		default:
			b.WriteRune(runes[i])
			i++
			continue
		}
		numbers = append(numbers, value)
		b.WriteByte('#')
		if i = end; i < len(runes) {
			if unit := unitWord(runes[i]); unit != 0 {
				b.WriteRune(unit)
				i++
			}
		}
	}
	return b.String(), numbers
}

func alphanumeric(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' }

func unitWord(r rune) rune {
	switch r {
	case '楼', '层', 'F':
		return '层'
	case '栋', '幢', '座':
		return '幢'
	case '室', '房':
		return '室'
	}
	return 0
}

// chineseDigit gives 0 to 9, or 10, 100, 1000 for the units; -1 for other characters. 万 is left out: in addresses it
// is a name.
func chineseDigit(r rune) int {
	switch r {
	case '〇', '零':
		return 0
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return -1
}

// chineseNumber reads 二百零五 as 205 and, without units, 二〇五 digit by digit.
func chineseNumber(runes []rune) string {
	units := slices.ContainsFunc(runes, func(r rune) bool { return chineseDigit(r) >= 10 })
	if !units {
		b := make([]byte, len(runes))
		for i, r := range runes {
			b[i] = byte('0' + chineseDigit(r))
		}
		if s := strings.TrimLeft(string(b), "0"); s != "" {
			return s
		}
		return "0"
	}
	total, digit := 0, -1
	for _, r := range runes[:min(len(runes), 16)] {
		switch d := chineseDigit(r); {
		case d < 10:
			digit = d
		case digit < 0:
			total += d // 十二
		default:
			total += digit * d
			digit = -1
		}
	}
	return strconv.Itoa(total + max(digit, 0))
}

// distance is the Levenshtein distance.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for k, y := range b {
			cost := diagonal
			if x != y {
				cost = 1 + min(diagonal, row[k], row[k+1])
			}
			diagonal, row[k+1] = row[k+1], cost
		}
	}
	return row[len(b)]
}
