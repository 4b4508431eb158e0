package merchant

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an amount in yuan, kept with two decimals (more only where the source had more, so that a rule can say so).
// Percent is a rate in percent, kept with four decimals: 0.60 means 0.60 %. Number is a plain decimal (a coordinate in
// degrees, a score) kept with the decimals it was written with.
//
// The zero value of each is "not given"; zero yuan and zero percent are values. Values of one type hold equal scales,
// so comparing two of them allocates nothing.
type (
	Money   struct{ amount }
	Percent struct{ amount }
	Number  struct{ amount }
)

type amount struct {
	v   decimal.Decimal
	set bool
}

// ErrAmount is returned for text that is no plain decimal number. It never carries the text.
var ErrAmount = errors.New("merchant: not a plain decimal number such as 50000.00")

const (
	moneyScale   = 2
	percentScale = 4
	maxWhole     = 24 // digits before the point; no amount in this trade comes near
	maxFraction  = 24
)

// parse takes an optional '-', digits without needless leading zeros, and optionally '.' with at least one digit.
// No exponent, plus sign, separators or other digits: what those mean is the business of the normalise package.
func parse(s string, scale int32) (amount, error) {
	t := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(t, ".")
	if len(whole) > maxWhole || len(frac) > maxFraction || whole == "" || point && frac == "" || len(whole) > 1 && whole[0] == '0' {
		return amount{}, ErrAmount
	}
	for _, part := range [2]string{whole, frac} {
		for i := 0; i < len(part); i++ {
			if part[i] < '0' || part[i] > '9' {
				return amount{}, ErrAmount
			}
		}
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return amount{}, ErrAmount
	}
	return fix(d, scale), nil
}

// fix brings d to the scale of its field; decimals beyond it are kept unless they are zeros.
func fix(d decimal.Decimal, scale int32) amount {
	if d.Exponent() == -scale {
		return amount{d, true}
	}
	r := d.Truncate(scale)
	if !r.Equal(d) {
		return amount{d, true}
	}
	return amount{decimal.NewFromBigInt(r.Shift(scale).BigInt(), -scale), true}
}

// ParseMoney reads yuan, ParsePercent percent and ParseNumber a plain decimal; the error is [ErrAmount].
func ParseMoney(s string) (Money, error) {
	a, err := parse(s, moneyScale)
	return Money{a}, err
}

// ParsePercent reads a rate in percent; the error is [ErrAmount].
func ParsePercent(s string) (Percent, error) {
	a, err := parse(s, percentScale)
	return Percent{a}, err
}

// ParseNumber reads a plain decimal and keeps its decimals; the error is [ErrAmount].
func ParseNumber(s string) (Number, error) {
	_, frac, _ := strings.Cut(s, ".")
	a, err := parse(s, int32(len(frac)))
	return Number{a}, err
}

// MoneyOf and PercentOf take a decimal; Yuan takes whole yuan and Fen hundredths of a yuan.
func MoneyOf(d decimal.Decimal) Money     { return Money{fix(d, moneyScale)} }
func PercentOf(d decimal.Decimal) Percent { return Percent{fix(d, percentScale)} }
func Yuan(n int64) Money                  { return Money{amount{decimal.New(n*100, -moneyScale), true}} }
func Fen(n int64) Money                   { return Money{amount{decimal.New(n, -moneyScale), true}} }

// BasisPoints returns a rate of n hundredths of a percent: 60 is 0.60 %.
func BasisPoints(n int64) Percent {
	return Percent{amount{decimal.New(n*100, -percentScale), true}}
}

// IsZero reports that no amount is given (an amount of zero is given). It is what encoding/json asks for omitzero.
func (a amount) IsZero() bool { return !a.set }

// Decimal returns the number, zero when none is given.
func (a amount) Decimal() decimal.Decimal { return a.v }

// Sign returns -1, 0 or 1; 0 also when no amount is given.
func (a amount) Sign() int { return a.v.Sign() }

// Decimals returns how many decimals the number needs: 2 for 0.60 and 0.6000, 3 for 50000.005.
func (a amount) decimals(least int) int {
	s := a.v.StringFixed(max(-a.v.Exponent(), 0))
	_, frac, _ := strings.Cut(s, ".")
	n := len(frac)
	for n > least && frac[n-1] == '0' {
		n--
	}
	return n
}

// Decimals returns the number of decimals without trailing zeros beyond the second.
func (m Money) Decimals() int { return m.decimals(moneyScale) }

// Decimals returns the number of decimals without trailing zeros beyond the second.
func (p Percent) Decimals() int { return p.decimals(2) }

// Decimals returns the number of decimals as written.
func (n Number) Decimals() int { return int(max(-n.v.Exponent(), 0)) }

// Cmp compares two amounts; both must be given.
func (m Money) Cmp(o Money) int { return m.v.Cmp(o.v) }

// Cmp compares two rates; both must be given.
func (p Percent) Cmp(o Percent) int { return p.v.Cmp(o.v) }

// Cmp compares two numbers; both must be given.
func (n Number) Cmp(o Number) int { return n.v.Cmp(o.v) }

// Equal reports whether both are missing or both hold the same number.
func (m Money) Equal(o Money) bool { return m.set == o.set && m.v.Equal(o.v) }

// Equal reports whether both are missing or both hold the same number.
func (p Percent) Equal(o Percent) bool { return p.set == o.set && p.v.Equal(o.v) }

// Equal reports whether both are missing or both hold the same number.
func (n Number) Equal(o Number) bool { return n.set == o.set && n.v.Equal(o.v) }

// String returns the number with two decimals, or more where it has them; "" when none is given.
func (m Money) String() string { return m.text(m.Decimals()) }

// String returns the number with two decimals, or more where it has them; "" when none is given.
func (p Percent) String() string { return p.text(p.Decimals()) }

// String returns the number as written; "" when none is given.
func (n Number) String() string { return n.text(n.Decimals()) }

func (a amount) text(decimals int) string {
	if !a.set {
		return ""
	}
	return a.v.StringFixed(int32(decimals))
}

// MarshalJSON writes a string, since JSON numbers lose trailing zeros and pass through floats in many readers.
func (m Money) MarshalJSON() ([]byte, error)   { return marshal(m.set, m.String()) }
func (p Percent) MarshalJSON() ([]byte, error) { return marshal(p.set, p.String()) }
func (n Number) MarshalJSON() ([]byte, error)  { return marshal(n.set, n.String()) }

func marshal(set bool, s string) ([]byte, error) {
	if !set {
		return []byte("null"), nil
	}
	return []byte(`"` + s + `"`), nil
}

// UnmarshalJSON reads a string or a JSON number by its digits, never through a float; null means not given.
func (m *Money) UnmarshalJSON(b []byte) error   { return unmarshal(&m.amount, b, moneyScale) }
func (p *Percent) UnmarshalJSON(b []byte) error { return unmarshal(&p.amount, b, percentScale) }
func (n *Number) UnmarshalJSON(b []byte) error {
	_, frac, _ := strings.Cut(strings.Trim(string(b), `"`), ".")
	return unmarshal(&n.amount, b, int32(len(frac)))
}

func unmarshal(a *amount, b []byte, scale int32) error {
	s := string(b)
	if s == "null" || s == `""` {
		*a = amount{}
		return nil
	}
	if s[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return ErrAmount
		}
	}
	v, err := parse(s, scale)
	if err == nil {
		*a = v
	}
	return err
}
