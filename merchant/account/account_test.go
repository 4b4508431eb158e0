package account_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var sink error

func card(s string) error { return account.CheckPersonal(s, false) }

func passbook(s string) error { return account.CheckPersonal(s, true) }

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		check func(string) error
		value string
		want  error
	}{
		{"Check", account.Check, "31001234567890123456", nil},
		{"CheckCorporate", account.CheckCorporate, "31001234567890123456", nil},
		{"CheckCorporate", account.CheckCorporate, "10293847", nil},
		{"CheckCorporate", account.CheckCorporate, "1029384", account.ErrLength},
		{"CheckCorporate", account.CheckCorporate, strings.Repeat("1029", 8), nil},
		{"CheckCorporate", account.CheckCorporate, strings.Repeat("1029", 8) + "1", account.ErrLength},
		{"CheckCorporate", account.CheckCorporate, "", account.ErrLength},
		{"CheckCorporate", account.CheckCorporate, "3100 1234 5678 9012", account.ErrFormat},
		{"CheckCorporate", account.CheckCorporate, "31001234567890I2", account.ErrFormat},
		{"CheckCorporate", account.CheckCorporate, "6.22848E+18", account.ErrFormat},
		{"CheckCorporate", account.CheckCorporate, "3100123\xff", account.ErrFormat},
		{"CheckCorporate", account.CheckCorporate, "00000000", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "12345678", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "01245789", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "98754210", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "12345678901234567890", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "32109876543210", account.ErrPattern},
		{"CheckCorporate", account.CheckCorporate, "12345677", nil},
		{"CheckPersonal", card, "6228480402564890018", nil},
		{"CheckPersonal", card, "6228480402564890019", nil}, // Luhn is for package bankcard
		{"CheckPersonal", card, "622848040256489", account.ErrLength},
		{"CheckPersonal", card, "62284804025648900181", account.ErrLength},
		{"CheckPersonal", card, "62284804O2564890018", account.ErrFormat},
		{"CheckPersonal", card, "8888888888888888", account.ErrPattern},
		{"CheckPersonal, passbook", passbook, "031900210345", nil},
		{"CheckPersonal, passbook", passbook, "6228480402564890018", nil},
		{"CheckPersonal, passbook", passbook, "03190021034", account.ErrLength},
		{"CheckPersonal, passbook", passbook, strings.Repeat("1029", 8), nil},
		{"CheckPersonal, passbook", passbook, strings.Repeat("1029", 8) + "1", account.ErrLength},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestShapeOf(t *testing.T) {
	for n, want := range map[int]account.Shape{7: account.ShapeNone, 8: account.ShapeUnusual, 9: account.ShapeUsual, 22: account.ShapeUsual,
		23: account.ShapeUnusual, 32: account.ShapeUnusual, 33: account.ShapeNone} {
		s := strings.Repeat("102938", 6)[:n]
		if got := account.ShapeOf(s); got != want {
			t.Errorf("ShapeOf of %d digits = %d, want %d", n, got, want)
		}
	}
	for _, s := range []string{"1111111111", "310012345O", ""} {
		if account.ShapeOf(s) != account.ShapeNone {
			t.Errorf("ShapeOf(%q) is no ShapeNone", s)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"31001234567890123456":                         "31001234567890123456",
		"3100 1234-5678\u00a09012\u3000345６\u200b\r\n": "31001234567890123456",
		"３１００－1234":                                    "31001234",
		"NRA 1234":                                     "NRA1234",
		"1\xff ":                                       "1\xff ",
		"":                                             "",
	} {
		if got := account.Compact(in); got != want || account.Format(in) != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"31001234567890123456", "6228480402564890018", "12345678", "账号"} {
		n := testing.AllocsPerRun(100, func() {
			sink = account.CheckCorporate(s)
			sink = account.CheckPersonal(s, true)
			_, _ = account.ShapeOf(s), account.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

// TestKindsNest: what passes as a card passes as a passbook, and what passes as that is an account.
func TestKindsNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{5,35}`).Draw(t, "number")
		if card(s) == nil && passbook(s) != nil || passbook(s) == nil && !account.Valid(s) {
			t.Fatalf("%s: card %v, passbook %v, corporate %v", s, card(s), passbook(s), account.CheckCorporate(s))
		}
		if (account.ShapeOf(s) == account.ShapeNone) == account.Valid(s) {
			t.Fatalf("%s: shape %d, %v", s, account.ShapeOf(s), account.Check(s))
		}
	})
}

// TestKeyboardRowsFail: counting up or down from any digit, past 9 and 0 as well.
func TestKeyboardRowsFail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.IntRange(0, 9).Draw(t, "start")
		step := rapid.SampledFrom([]int{0, 1, 9}).Draw(t, "step")
		var b strings.Builder
		for i := range rapid.IntRange(8, 32).Draw(t, "length") {
			fmt.Fprint(&b, (start+i*step)%10)
		}
		if err := account.Check(b.String()); err != account.ErrPattern {
			t.Fatalf("%s: %v", b.String(), err)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "3100-1234 5678", "6228480402564890018", "12345678", "－０ｘ\u200b \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		if account.Valid(s) == (account.ShapeOf(s) == account.ShapeNone) {
			t.Error("Valid and ShapeOf disagree")
		}
		if card(s) == nil && passbook(s) != nil || passbook(s) == nil && !account.Valid(s) {
			t.Errorf("%q: kinds do not nest", s)
		}
		if c := account.Compact(s); account.Valid(s) && c != s {
			t.Errorf("Compact changes the valid %q to %q", s, c)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = account.Check("31001234567890123456")
	}
}

func ExampleCheckCorporate() {
	fmt.Println(account.CheckCorporate(account.Compact("3100-1234 5678 9012 3456")))
	fmt.Println(account.CheckCorporate("12345678"))
	// Output:
	// <nil>
	// account: digits all equal, rising or falling
}

func ExampleCheckPersonal() {
	const passbookNo = "031900210345"
	fmt.Println(account.CheckPersonal(passbookNo, false))
	fmt.Println(account.CheckPersonal(passbookNo, true))
	// Output:
	// account: wrong length
	// <nil>
}
