package merchant

import (
	"errors"
	"strconv"
)

// Date is a civil date without a zone. The zero Date means "no date".
type Date struct {
	v int32 // yyyymmdd: ordered, comparable, zero when empty
}

// ErrDate is returned for text that is not a calendar day written yyyy-MM-dd. It never carries the text.
var ErrDate = errors.New("merchant: not a calendar day written as yyyy-MM-dd")

// NewDate returns the given day, or the zero Date and false when there is no such day in the years 1 to 9999.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{int32(year*10000 + month*100 + day)}, true
}

// Day returns the given day and the zero Date when there is no such day; it is for literals in code and tests.
func Day(year, month, day int) Date {
	d, _ := NewDate(year, month, day)
	return d
}

// ParseDate reads yyyy-MM-dd and nothing else; other forms are read by the normalise package.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, ErrDate
	}
	y, ok1 := digits(s[0:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, ErrDate
	}
	date, ok := NewDate(y, m, d)
	if !ok {
		return Date{}, ErrDate
	}
	return date, nil
}

func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.v == 0 }

// Year, Month and Day return the parts, zero for the zero Date.
func (d Date) Year() int  { return int(d.v) / 10000 }
func (d Date) Month() int { return int(d.v) / 100 % 100 }
func (d Date) Day() int   { return int(d.v) % 100 }

// Before and After compare two days.
func (d Date) Before(o Date) bool { return d.v < o.v }
func (d Date) After(o Date) bool  { return d.v > o.v }

// serial counts days from 1970-01-01 (Hinnant's days_from_civil).
func (d Date) serial() int {
	y, m := d.Year(), d.Month()
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d.Day() - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

func fromSerial(n int) Date {
	n += 719468
	era := n / 146097
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	y := yoe + era*400
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day := doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
		y++
	}
	date, _ := NewDate(y, m, day)
	return date
}

// DaysSince returns how many days d lies after o; negative when before. Zero when either is empty.
func (d Date) DaysSince(o Date) int {
	if d.IsZero() || o.IsZero() {
		return 0
	}
	return d.serial() - o.serial()
}

// AddDays returns the day n days later; the zero Date stays zero, and so does a result outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	s := d.serial() + n
	if s < -719162 || s > 2932896 {
		return Date{}
	}
	return fromSerial(s)
}

// AddMonths returns the same day n months later, moved back to the end of a shorter month.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	t := d.Year()*12 + d.Month() - 1 + n
	y, m := t/12, t%12+1
	if t < 12 {
		return Date{}
	}
	date, _ := NewDate(y, m, min(d.Day(), daysIn(y, m)))
	return date
}

// AddYears returns the same day n years later; 29 February becomes 28 February in a common year.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// String returns yyyy-MM-dd, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.AppendText(make([]byte, 0, 10)))
}

// AppendText appends yyyy-MM-dd to b.
func (d Date) AppendText(b []byte) []byte {
	y, m, day := d.Year(), d.Month(), d.Day()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes yyyy-MM-dd, or nothing for the zero Date.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.AppendText(nil), nil
}

// UnmarshalText reads yyyy-MM-dd; empty text is the zero Date. The error is [ErrDate].
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Serial returns the day number of spreadsheets (1900 system: 1 is 1900-01-01 and 60 the day that never was).
func (d Date) Serial() int {
	n := d.DaysSince(Day(1899, 12, 31))
	if n >= 60 {
		n++
	}
	return n
}

// FromSerial returns the day of a spreadsheet's day number, in the 1900 or the 1904 system. False for numbers that are
// no day: below 1 (1900) or 0 (1904), the 29 February 1900 that never was, and days after 9999-12-31.
func FromSerial(n int, date1904 bool) (Date, bool) {
	if date1904 {
		if n < 0 || n > 2957003 {
			return Date{}, false
		}
		return Day(1904, 1, 1).AddDays(n), true
	}
	switch {
	case n < 1 || n == 60 || n > 2958465:
		return Date{}, false
	case n > 60:
		n--
	}
	return Day(1899, 12, 31).AddDays(n), true
}

// Count is a whole number that may be missing; zero is a value.
type Count struct {
	n   int
	set bool
}

// NewCount returns a count that holds n.
func NewCount(n int) Count { return Count{n, true} }

// Int returns the number, zero when there is none; IsZero reports that there is none.
func (c Count) Int() int     { return c.n }
func (c Count) IsZero() bool { return !c.set }

// String returns the digits, or "" when there is no number.
func (c Count) String() string {
	if !c.set {
		return ""
	}
	return strconv.Itoa(c.n)
}

// MarshalJSON writes a number or null; UnmarshalJSON reads the same.
func (c Count) MarshalJSON() ([]byte, error) {
	if !c.set {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(c.n), 10), nil
}

// ErrCount is returned for JSON that is not a whole number.
var ErrCount = errors.New("merchant: not a whole number")

// UnmarshalJSON reads a whole number or null.
func (c *Count) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*c = Count{}
		return nil
	}
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return ErrCount
	}
	*c = NewCount(n)
	return nil
}
