package acquirer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var sink error

func TestVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Value, Why     string
		Valid          bool
		AfterNormalise bool `json:"after_normalise"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 9 {
		t.Fatalf("%d vectors", len(vectors))
	}
	for _, v := range vectors {
		if err := acquirer.Check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%q (%s): %v", v.Value, v.Why, err)
		}
		if err := acquirer.Check(acquirer.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%q compacted (%s): %v", v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  error
	}{
		{"01020000", nil},
		{"48221000", nil},
		{"010258100", nil},
		{"00001020000", nil},
		{"", acquirer.ErrLength},
		{"0102", acquirer.ErrLength},
		{"1020000", acquirer.ErrLength},
		{"102100099996", acquirer.ErrLength},
		{"01O20000", acquirer.ErrFormat},
		{"0102 0000", acquirer.ErrFormat},
		{"0102-0000", acquirer.ErrFormat},
		{"0102000\xff", acquirer.ErrFormat},
		{"银联商务", acquirer.ErrLength},
	} {
		if err := acquirer.Check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("Check(%q) = %v, want %v", tt.value, err, tt.want)
		}
	}
}

func TestParts(t *testing.T) {
	for _, tt := range []struct {
		value, institution, area, bank string
		payment                        bool
	}{
		{"01025810", "0102", "5810", "102", false},
		{"00010000", "0001", "0000", "001", false},
		{"48221000", "4822", "1000", "", true},
		{"14810000", "1481", "0000", "", false},
		{"48221000000", "", "", "", false}, // the parts of longer codes are not known
		{"0102581O", "", "", "", false},
		{"4822", "", "", "", false},
		{"", "", "", "", false},
	} {
		s := tt.value
		if acquirer.Institution(s) != tt.institution || acquirer.Area(s) != tt.area || acquirer.Bank(s) != tt.bank || acquirer.IsPaymentInstitution(s) != tt.payment {
			t.Errorf("parts of %q: %q %q %q %t", s, acquirer.Institution(s), acquirer.Area(s), acquirer.Bank(s), acquirer.IsPaymentInstitution(s))
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"01020000":                  "01020000",
		" 0102\u30000000\u200b\r\n": "01020000",
		"０１０２5810":                  "01025810",
		"0102-5810":                 "0102-5810",
		"a\xff ":                    "a\xff ",
		"":                          "",
	} {
		if got := acquirer.Compact(in); got != want || acquirer.Format(got) != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"01025810", "48221000", "1020000", "工商银行"} {
		n := testing.AllocsPerRun(100, func() {
			sink = acquirer.Check(s)
			_, _, _, _, _ = acquirer.Institution(s), acquirer.Area(s), acquirer.Bank(s), acquirer.IsPaymentInstitution(s), acquirer.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func TestPartsRejoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{6,13}`).Draw(t, "code")
		if want := 8 <= len(s) && len(s) <= 11; acquirer.Valid(s) != want {
			t.Fatalf("%s: %v", s, acquirer.Check(s))
		}
		if got := acquirer.Institution(s) + acquirer.Area(s); len(s) == 8 && got != s || len(s) != 8 && got != "" {
			t.Fatalf("parts of %s give %s", s, got)
		}
		if bank := acquirer.Bank(s); bank != "" && (bank != s[1:4] || acquirer.IsPaymentInstitution(s)) {
			t.Fatalf("bank of %s: %s", s, bank)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "01025810", "48221000", "102100099996", "－０ｘ\u200b \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		for _, s := range []string{s, acquirer.Compact(s)} {
			if whole := acquirer.Institution(s) + acquirer.Area(s); whole != "" && (whole != s || !acquirer.Valid(s)) {
				t.Errorf("parts of %q give %q", s, whole)
			}
			if acquirer.Bank(s) != "" && acquirer.IsPaymentInstitution(s) {
				t.Errorf("%q is of a bank and of a payment institution", s)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = acquirer.Check("01025810")
	}
}

func ExampleCheck() {
	fmt.Println(acquirer.Check("01025810"))
	fmt.Println(acquirer.Check("1025810"))
	fmt.Println(acquirer.Bank("01025810"), acquirer.Area("01025810"))
	// Output:
	// <nil>
	// acquirer: not 8 to 11 digits
	// 102 5810
}
