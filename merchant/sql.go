package merchant

import (
	"database/sql/driver"
	"errors"
	"strconv"
	"time"
)

// ErrScan is returned for a database value that cannot be read without loss: another type, or a floating-point number in
// the place of an amount. It never carries the value.
var ErrScan = errors.New("merchant: the database value has a type that cannot be read without loss")

// The value types go to a database and come back as they are: dates as yyyy-MM-dd, amounts and numbers as decimal text, for
// columns of type DATE, NUMERIC or text; what is not given is NULL.

// Value implements [driver.Valuer].
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan implements [database/sql.Scanner]. Of a time it takes the civil date as it stands, whatever the zone.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = Day(v.Year(), int(v.Month()), v.Day())
		return nil
	}
	s, err := scanText(src)
	if err != nil {
		return err
	}
	if s == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(s)
	if err == nil {
		*d = parsed
	}
	return err
}

// Value implements [driver.Valuer].
func (m Money) Value() (driver.Value, error) { return m.amount.value(m.String()) }

// Value implements [driver.Valuer].
func (p Percent) Value() (driver.Value, error) { return p.amount.value(p.String()) }

// Value implements [driver.Valuer].
func (n Number) Value() (driver.Value, error) { return n.amount.value(n.String()) }

func (a amount) value(s string) (driver.Value, error) {
	if !a.set {
		return nil, nil
	}
	return s, nil
}

// Scan implements [database/sql.Scanner] for text and whole numbers of yuan.
func (m *Money) Scan(src any) error {
	return scanAmount(src, func() { *m = Money{} }, func(s string) (err error) {
		v, err := ParseMoney(s)
		if err == nil {
			*m = v
		}
		return err
	})
}

// Scan implements [database/sql.Scanner] for text and whole numbers of percent.
func (p *Percent) Scan(src any) error {
	return scanAmount(src, func() { *p = Percent{} }, func(s string) error {
		v, err := ParsePercent(s)
		if err == nil {
			*p = v
		}
		return err
	})
}

// Scan implements [database/sql.Scanner] for text and whole numbers.
func (n *Number) Scan(src any) error {
	return scanAmount(src, func() { *n = Number{} }, func(s string) error {
		v, err := ParseNumber(s)
		if err == nil {
			*n = v
		}
		return err
	})
}

func scanAmount(src any, clear func(), parse func(string) error) error {
	if src == nil {
		clear()
		return nil
	}
	s, err := scanText(src)
	switch {
	case err != nil:
		return err
	case s == "":
		clear()
		return nil
	}
	return parse(s)
}

// scanText takes what drivers give for text and for whole numbers. A float has lost digits already.
func scanText(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	}
	return "", ErrScan
}
