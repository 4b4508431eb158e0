package normalize

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// DateForm is how a date was written.
type DateForm uint8

// The forms that are read. Two-digit years and day-first orders are refused: they would be guesses.
const (
	FormNone    DateForm = iota
	FormISO              // 2026-06-06
	FormSlash            // 2026/6/6, 2026-6-6
	FormDot              // 2026.6.6
	FormCompact          // 20260606
	FormHan              // 2026年6月6日
	FormSerial           // day number of a spreadsheet
	FormTime             // 2026-06-06 10:22:33
)

var formNames = [...]string{"", "yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "serial", "yyyy-MM-dd HH:mm:ss"}

// String names the form.
func (f DateForm) String() string { return formNames[f] }

// longTermWords are what people and systems write for "no end".
var longTermWords = [...]string{"长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限", "无限期", "不约定期限",
	"FOREVER", "PERMANENT", "LONG TERM", "LONG-TERM", "00000000"}

// LongTermWord reports whether the trimmed text means "for ever".
func LongTermWord(s string) bool {
	for _, w := range longTermWords {
		if strings.EqualFold(w, s) {
			return true
		}
	}
	return false
}

// IsSentinel reports whether systems use the day to mean "for ever": 2099-12-30, 2099-12-31, 2999-12-31, 9999-12-31.
func IsSentinel(d merchant.Date) bool {
	switch d {
	case merchant.Day(2099, 12, 30), merchant.Day(2099, 12, 31), merchant.Day(2999, 12, 31), merchant.Day(9999, 12, 31):
		return true
	}
	return false
}

// ReadDate reads the date in a cell. Date cells hold a day number (1900 or 1904 system); a plain number is read as
// yyyyMMdd or, between 20000 and 80000, as a day number; text in the forms above, with a day of the week or a time of day
// after it or not. A time with a zone is that of a moment, whose day in UTC+8 it is. False for anything else, for
// impossible days, and for years outside 1900–2999 save 9999-12-31.
func ReadDate(c merchant.Cell, date1904 bool) (merchant.Date, DateForm, bool) {
	s := strings.TrimSpace(FoldWidth(c.Text))
	if c.Type == merchant.CellDate || c.Type == merchant.CellNumber {
		whole, _, _ := strings.Cut(s, ".")
		if n, err := strconv.Atoi(whole); err == nil {
			if c.Type == merchant.CellNumber && len(whole) == 8 {
				d, ok := parts(whole[:4], whole[4:6], whole[6:])
				return d, FormCompact, ok
			}
			if c.Type == merchant.CellDate || n >= 20000 && n <= 80000 {
				d, ok := merchant.FromSerial(n, date1904)
				return d, FormSerial, ok && plausible(d)
			}
			return merchant.Date{}, FormNone, false
		}
		// t="d" cells hold ISO text and fall through
	}
	day, timed := withoutWeekday(s)
	shift := 0
	if i := strings.IndexAny(day, " T"); i > 0 {
		if n, ok := timeOfDay(day[i+1:]); ok {
			day, shift, timed = day[:i], n, true
		}
	}
	d, form, ok := readDay(day)
	if timed && form == FormISO {
		form = FormTime
	}
	if shift != 0 && ok {
		d = d.AddDays(shift)
		ok = !d.IsZero() && plausible(d)
	}
	return d, form, ok
}

// withoutWeekday drops the day of the week, which long date formats write behind the day.
func withoutWeekday(s string) (string, bool) {
	for _, word := range [...]string{"星期", "周"} {
		if i := strings.LastIndex(s, word); i > 0 && len(s) == i+len(word)+len("一") && strings.Contains("一二三四五六日天", s[i+len(word):]) {
			return strings.TrimSpace(s[:i]), true
		}
	}
	return s, false
}

// timeOfDay reads H:mm, HH:mm:ss and the like with a fraction, which exports of databases write behind the day, and a
// zone behind it. It returns by how many days the day is another one in UTC+8, in which times without a zone are.
func timeOfDay(s string) (days int, ok bool) {
	const local = 8 * 60
	zone := local
	if rest, utc := strings.CutSuffix(s, "Z"); utc {
		s, zone = rest, 0
	} else if i := strings.LastIndexAny(s, "+-"); i > 0 {
		m, ok := minutes(strings.Split(s[i+1:], ":"), 14)
		if !ok {
			m, ok = minutes([]string{s[i+1 : min(i+3, len(s))], s[min(i+3, len(s)):]}, 14) // +0800
		}
		if !ok {
			return 0, false
		}
		if s[i] == '-' {
			m = -m
		}
		s, zone = s[:i], m
	}
	s, _, _ = strings.Cut(s, ".")
	m, ok := minutes(strings.Split(strings.TrimSpace(s), ":"), 23)
	if m += local - zone; m < 0 {
		return -1, ok
	}
	return m / (24 * 60), ok
}

// minutes reads hours, minutes and perhaps seconds; most is the last hour.
func minutes(parts []string, most int) (n int, ok bool) {
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	for i, p := range parts {
		if len(p) == 0 || len(p) > 2 || !asciiDigits(p) {
			return 0, false
		}
		v, _ := strconv.Atoi(p)
		if v > most {
			return 0, false
		}
		most = 59
		if i < 2 {
			n = n*60 + v
		}
	}
	return n, true
}

// readDay reads a day written as text.
func readDay(s string) (merchant.Date, DateForm, bool) {
	switch {
	case len(s) == 8 && asciiDigits(s):
		d, ok := parts(s[:4], s[4:6], s[6:])
		return d, FormCompact, ok
	case strings.Contains(s, "年"):
		year, rest, _ := strings.Cut(s, "年")
		month, rest, ok1 := strings.Cut(rest, "月")
		day, tail, ok2 := strings.Cut(rest, "日")
		if !ok2 {
			day, tail, ok2 = strings.Cut(rest, "号")
		}
		d, ok := parts(strings.TrimSpace(year), strings.TrimSpace(month), strings.TrimSpace(day))
		return d, FormHan, ok && ok1 && ok2 && tail == ""
	}
	for _, form := range [...]struct {
		sep  string
		form DateForm
	}{{"-", FormSlash}, {"/", FormSlash}, {".", FormDot}} {
		p := strings.Split(s, form.sep)
		if len(p) != 3 {
			continue
		}
		d, ok := parts(p[0], p[1], p[2])
		if ok && form.sep == "-" && len(s) == 10 {
			return d, FormISO, true
		}
		return d, form.form, ok
	}
	return merchant.Date{}, FormNone, false
}

func parts(year, month, day string) (merchant.Date, bool) {
	if len(year) != 4 || len(month) == 0 || len(month) > 2 || len(day) == 0 || len(day) > 2 ||
		!asciiDigits(year) || !asciiDigits(month) || !asciiDigits(day) {
		return merchant.Date{}, false
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, ok := merchant.NewDate(y, m, d)
	return date, ok && plausible(date)
}

func plausible(d merchant.Date) bool {
	return d.Year() >= 1900 && d.Year() <= 2999 || d == merchant.Day(9999, 12, 31)
}
