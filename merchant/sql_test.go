package merchant_test

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// TestSQL: values come back from a database as they went, and nothing is read that has lost digits.
func TestSQL(t *testing.T) {
	money, _ := merchant.ParseMoney("50000.005")
	percent, _ := merchant.ParsePercent("0.6")
	number, _ := merchant.ParseNumber("121.437000")
	for _, tt := range []struct {
		value driver.Valuer
		want  driver.Value
		back  interface {
			sql.Scanner
			driver.Valuer
		}
	}{
		{merchant.Day(2026, 2, 28), "2026-02-28", new(merchant.Date)}, {merchant.Date{}, nil, new(merchant.Date)},
		{merchant.Fen(0), "0.00", new(merchant.Money)}, {merchant.Fen(-1250), "-12.50", new(merchant.Money)}, {money, "50000.005", new(merchant.Money)}, {merchant.Money{}, nil, new(merchant.Money)},
		{percent, "0.60", new(merchant.Percent)}, {merchant.Percent{}, nil, new(merchant.Percent)},
		{number, "121.437000", new(merchant.Number)}, {merchant.Number{}, nil, new(merchant.Number)},
	} {
		got, err := tt.value.Value()
		if err != nil || got != tt.want {
			t.Errorf("%v goes as %v, want %v (%v)", tt.value, got, tt.want, err)
		}
		for _, src := range []any{got, bytesOf(got)} {
			if err := tt.back.Scan(src); err != nil {
				t.Errorf("%v: %v", src, err)
			}
			if again, err := tt.back.Value(); err != nil || again != tt.want {
				t.Errorf("%v comes back as %v", tt.want, again)
			}
		}
	}
	var d merchant.Date
	if err := d.Scan(time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", 8*3600))); err != nil || d != merchant.Day(2026, 11, 22) {
		t.Error(d, err)
	}
	var m merchant.Money
	if err := m.Scan(int64(5000)); err != nil || m.String() != "5000.00" {
		t.Error(m, err)
	}
	for _, to := range []sql.Scanner{&d, &m, new(merchant.Percent), new(merchant.Number)} {
		if err := to.Scan(0.1); !errors.Is(err, merchant.ErrScan) {
			t.Errorf("%T reads a float: %v", to, err)
		}
		if err := to.Scan("1e9"); err == nil {
			t.Errorf("%T reads 1e9", to)
		}
	}
	if d != merchant.Day(2026, 11, 22) || m.String() != "5000.00" {
		t.Error("a failed Scan changed the value")
	}
}

func bytesOf(v driver.Value) any {
	if s, ok := v.(string); ok {
		return []byte(s)
	}
	return v
}
