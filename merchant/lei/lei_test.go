package lei_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/lei"
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
		if err := lei.Check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%q (%s): %v", v.Value, v.Why, err)
		}
		if err := lei.Check(lei.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%q compacted (%s): %v", v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  error
	}{
		{"213800KUD8LAJWSQ9D15", nil},
		{"0YPKKE5F0QW6RC51HE09", nil},
		{"", lei.ErrLength},
		{"213800KUD8LAJWSQ9D1", lei.ErrLength},
		{"213800KUD8LAJWSQ9D155", lei.ErrLength},
		{"213800kud8lajwsq9d15", lei.ErrFormat},
		{"213800KUD8LAJWSQ9D1S", lei.ErrFormat},
		{"213800-UD8LAJWSQ9D15", lei.ErrFormat},
		{"213800KUD8LAJWSQ9D\xff5", lei.ErrFormat},
		{"213800KUD8LAJWSQ9D16", lei.ErrChecksum},
		{"213800KUD8LXJWSQ9D15", lei.ErrChecksum},
	} {
		if err := lei.Check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("Check(%q) = %v, want %v", tt.value, err, tt.want)
		}
	}
}

// digits writes s as ISO 7064 reads it, letters as two digits.
func digits(s string) string {
	var b strings.Builder
	for _, c := range s {
		n, _ := strconv.ParseInt(string(c), 36, 8)
		b.WriteString(strconv.FormatInt(n, 10))
	}
	return b.String()
}

// checkDigits computes the check digits by definition, in one division.
func checkDigits(s string) string {
	n, _ := new(big.Int).SetString(digits(s)+"00", 10)
	return fmt.Sprintf("%02d", 98-n.Mod(n, big.NewInt(97)).Int64())
}

// TestImpossibleCheckDigits: three pairs leave the right remainder and cannot be computed.
func TestImpossibleCheckDigits(t *testing.T) {
	twin := map[string]string{"97": "00", "98": "01", "02": "99"}
	for n := 0; len(twin) > 0 && n < 10000; n++ {
		body := fmt.Sprintf("0000%014d", n)
		check := checkDigits(body)
		if other := twin[check]; other != "" {
			if !lei.Valid(body+check) || lei.Check(body+other) != lei.ErrChecksum {
				t.Errorf("%s with %s and %s: %v, %v", body, check, other, lei.Check(body+check), lei.Check(body+other))
			}
			delete(twin, check)
		}
	}
	if len(twin) > 0 {
		t.Errorf("not met: %v", twin)
	}
}

func TestParts(t *testing.T) {
	const s = "213800KUD8LAJWSQ9D15"
	if lei.Issuer(s) != "2138" || lei.Entity(s) != "00KUD8LAJWSQ9D" || lei.CheckDigits(s) != "15" || lei.Format(s) != s {
		t.Errorf("parts of %s: %q %q %q", s, lei.Issuer(s), lei.Entity(s), lei.CheckDigits(s))
	}
	for _, s := range []string{"", "2138", "213800kud8lajwsq9d15"} {
		if lei.Issuer(s)+lei.Entity(s)+lei.CheckDigits(s) != "" {
			t.Errorf("parts of %q", s)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"213800KUD8LAJWSQ9D15":                   "213800KUD8LAJWSQ9D15",
		" 2138 00ｋｕ\u200bd8LAJW\u3000SQ9D15\r\n": "213800KUD8LAJWSQ9D15",
		"2138-00KUD8LAJWSQ9D15":                  "2138-00KUD8LAJWSQ9D15",
		"a\xff ":                                 "a\xff ",
		"":                                       "",
	} {
		if got := lei.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCandidates(t *testing.T) {
	want := "213800KUD8LAJWSQ9D15"
	for _, tt := range []struct {
		value    string
		position int
		first    bool
	}{
		{"2138O0KUD8LAJWSQ9D15", 5, true},
		{"213800KUDBLAJWSQ9D15", 10, true},
		{"213800KUD8LAJWSQ9DI5", 19, true},
		{"213800KUD8LAJWQS9D15", 15, false},
	} {
		got := lei.Candidates(tt.value)
		if c := (lei.Candidate{Value: want, Position: tt.position}); !slices.Contains(got, c) || tt.first && got[0] != c {
			t.Errorf("Candidates(%q) = %v, want %v", tt.value, got, c)
		}
	}
	for _, s := range []string{want, want[:19], ""} {
		if got := lei.Candidates(s); got != nil {
			t.Errorf("Candidates(%q) = %v", s, got)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D16", "213800", "全球法人识别编码"} {
		n := testing.AllocsPerRun(100, func() {
			sink = lei.Check(s)
			_, _, _, _ = lei.Issuer(s), lei.Entity(s), lei.CheckDigits(s), lei.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

// number draws a code that passes.
func number(t *rapid.T) string {
	s := rapid.StringMatching(`[0-9A-Z]{18}`).Draw(t, "body")
	return s + checkDigits(s)
}

func TestGeneratedPass(t *testing.T) {
	isDigit := func(c byte) bool { return c <= '9' }
	rapid.Check(t, func(t *rapid.T) {
		s := number(t)
		if err := lei.Check(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if got := lei.Issuer(s) + lei.Entity(s) + lei.CheckDigits(s); got != s {
			t.Fatalf("parts of %s give %s", s, got)
		}
		if lei.Candidates(s) != nil {
			t.Fatalf("candidates for the valid %s", s)
		}
		// a digit for a digit, a letter for a letter, and swaps of two of a kind never pass
		for i := range len(s) {
			for _, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
				if c != s[i] && isDigit(c) == isDigit(s[i]) && lei.Valid(s[:i]+string(c)+s[i+1:]) {
					t.Fatalf("%s passes with %c at %d", s, c, i+1)
				}
			}
			if i > 0 && s[i-1] != s[i] && isDigit(s[i-1]) == isDigit(s[i]) && lei.Valid(s[:i-1]+s[i:i+1]+s[i-1:i]+s[i+1:]) {
				t.Fatalf("%s passes with a swap at %d", s, i)
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "213800KUD8LAJWSQ9D15", "213800kud8lajwsq9d1S", "－０ｘ\u200b \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		for _, s := range []string{s, lei.Compact(s)} {
			if whole := lei.Issuer(s) + lei.Entity(s) + lei.CheckDigits(s); whole != "" && whole != s {
				t.Errorf("parts of %q give %q", s, whole)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = lei.Check("213800KUD8LAJWSQ9D15")
	}
}

func ExampleCheck() {
	fmt.Println(lei.Check("213800KUD8LAJWSQ9D15"))
	fmt.Println(lei.Check("213800KUD8LAJWSQ9D16"))
	fmt.Println(lei.Issuer("213800KUD8LAJWSQ9D15"))
	// Output:
	// <nil>
	// lei: check digits wrong
	// 2138
}
