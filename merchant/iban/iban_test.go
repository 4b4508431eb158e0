package iban_test

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

	"github.com/merchantkyc/merchantkyc/merchant/iban"
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
		if err := iban.Check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%q (%s): %v", v.Value, v.Why, err)
		}
		if err := iban.Check(iban.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%q compacted (%s): %v", v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  error
	}{
		{"DE89370400440532013000", nil},
		{"EE382200221020145685", nil},
		{seal("NO", "00000000001"), nil},
		{seal("RU", "0000000000000000000000000000A"), nil},
		{"", iban.ErrLength},
		{"DE89", iban.ErrLength},
		{"DE8937040044053201300", iban.ErrLength},
		{"DE893704004405320130000", iban.ErrLength},
		{strings.Repeat("D", 35), iban.ErrLength},
		{"de89370400440532013000", iban.ErrFormat},
		{"DE89 3704 0044 0532 0130 00", iban.ErrFormat},
		{"D189370400440532013000", iban.ErrFormat},
		{"DEA9370400440532013000", iban.ErrFormat},
		{"DE8937040044053201300\xff", iban.ErrFormat},
		{"账户账户账户账户", iban.ErrFormat},
		{"DE88370400440532013000", iban.ErrChecksum},
		{"DE8937040044053201300O", iban.ErrChecksum},
		{"DE98370400440532013000", iban.ErrChecksum},
		{seal("XX", "1234"), iban.ErrComponent},
		{seal("CN", "102100099996"), iban.ErrComponent},
		{seal("GP", "20041010050500013M02606"), iban.ErrComponent},
		{"XX001234", iban.ErrChecksum},
	} {
		if err := iban.Check(tt.value); !errors.Is(err, tt.want) {
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

// seal puts country and check digits before a BBAN.
func seal(country, bban string) string { return country + checkDigits(bban+country) + bban }

// TestImpossibleCheckDigits: three pairs leave the right remainder and cannot be computed.
func TestImpossibleCheckDigits(t *testing.T) {
	twin := map[string]string{"97": "00", "98": "01", "02": "99"}
	for n := 0; len(twin) > 0 && n < 10000; n++ {
		s := seal("DE", fmt.Sprintf("%018d", n))
		if other := twin[s[2:4]]; other != "" {
			if !iban.Valid(s) || iban.Check("DE"+other+s[4:]) != iban.ErrChecksum {
				t.Errorf("%s, with %s: %v, %v", s, other, iban.Check(s), iban.Check("DE"+other+s[4:]))
			}
			delete(twin, s[2:4])
		}
	}
	if len(twin) > 0 {
		t.Errorf("not met: %v", twin)
	}
}

func TestLength(t *testing.T) {
	known := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			n, ok := iban.Length(string(a) + string(b))
			if !ok {
				continue
			}
			known++
			if n < 15 || n > 34 {
				t.Errorf("%c%c: %d", a, b, n)
			}
			if s := seal(string(a)+string(b), strings.Repeat("0", n-4)); !iban.Valid(s) || iban.Check(s+"0") != iban.ErrLength {
				t.Errorf("%s: %v", s, iban.Check(s))
			}
		}
	}
	if known != 89 {
		t.Errorf("%d countries, the registry has 89", known)
	}
	for country, want := range map[string]int{"AD": 24, "NO": 15, "MT": 31, "RU": 33, "YE": 30, "CN": 0, "GP": 0, "": 0, "D": 0, "DE8": 0, "4A": 0} {
		if n, ok := iban.Length(country); n != want || ok != (want > 0) {
			t.Errorf("Length(%q) = %d, %t", country, n, ok)
		}
	}
}

func TestParts(t *testing.T) {
	const s = "CH9300762011623852957"
	if iban.Country(s) != "CH" || iban.CheckDigits(s) != "93" || iban.BBAN(s) != "00762011623852957" {
		t.Errorf("parts of %s: %q %q %q", s, iban.Country(s), iban.CheckDigits(s), iban.BBAN(s))
	}
	for _, s := range []string{"", "CH93", "ch9300762011623852957", strings.Repeat("A", 40)} {
		if iban.Country(s)+iban.CheckDigits(s)+iban.BBAN(s) != "" {
			t.Errorf("parts of %q", s)
		}
	}
}

func TestCompactAndFormat(t *testing.T) {
	for _, tt := range []struct{ in, compact, format string }{
		{"DE89370400440532013000", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"},
		{"\ufeffde89-3704 0044\u00a00532\u30000130\t00\n", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"},
		{"ｄｅ８９－３７０４0044０５３２013000", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"},
		{"NO9386011117947", "NO9386011117947", "NO93 8601 1117 947"},
		{"境外 账户", "境外账户", "境外账户"},
		{"a\xff ", "a\xff ", "a\xff "},
		{"", "", ""},
	} {
		if got := iban.Compact(tt.in); got != tt.compact {
			t.Errorf("Compact(%q) = %q, want %q", tt.in, got, tt.compact)
		}
		if got := iban.Format(tt.in); got != tt.format {
			t.Errorf("Format(%q) = %q, want %q", tt.in, got, tt.format)
		}
	}
}

func TestCandidates(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  iban.Candidate
		first bool
	}{
		{"DE8937040044053201300O", iban.Candidate{Value: "DE89370400440532013000", Position: 22}, false},
		{"DE8937040O440532013000", iban.Candidate{Value: "DE89370400440532013000", Position: 10}, true},
		{"0E89370400440532013000", iban.Candidate{Value: "DE89370400440532013000", Position: 1}, true},
		{"DE89370400440532031000", iban.Candidate{Value: "DE89370400440532013000", Position: 18}, false},
		{"DE88370400440532013000", iban.Candidate{Value: "DE89370400440532013000", Position: 4}, false},
	} {
		got := iban.Candidates(tt.value)
		if !slices.Contains(got, tt.want) || tt.first && got[0] != tt.want {
			t.Errorf("Candidates(%q) = %v, want %v", tt.value, got, tt.want)
		}
	}
	for _, s := range []string{"DE89370400440532013000", "", strings.Repeat("1", 35)} {
		if got := iban.Candidates(s); got != nil {
			t.Errorf("Candidates(%q) = %v", s, got)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"DE89370400440532013000", "DE88370400440532013000", "MT84MALT011000012345MTLCAST001S", "XX431234", "账户"} {
		n := testing.AllocsPerRun(100, func() {
			sink = iban.Check(s)
			_, _, _, _ = iban.Country(s), iban.CheckDigits(s), iban.BBAN(s), iban.Compact(s)
			_, _ = iban.Length(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

// number draws an IBAN of a country in the registry.
func number(t *rapid.T) string {
	country := rapid.SampledFrom([]string{"AD", "BE", "DE", "GB", "KZ", "LC", "NO", "RU", "XK", "YE"}).Draw(t, "country")
	n, _ := iban.Length(country)
	return seal(country, rapid.StringOfN(rapid.RuneFrom([]rune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")), n-4, n-4, -1).Draw(t, "bban"))
}

func TestGeneratedPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := number(t)
		if err := iban.Check(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if got := iban.Country(s) + iban.CheckDigits(s) + iban.BBAN(s); got != s {
			t.Fatalf("parts of %s give %s", s, got)
		}
		if got := iban.Compact(iban.Format(s)); got != s {
			t.Fatalf("Format of %s compacts to %s", s, got)
		}
		if iban.Candidates(s) != nil {
			t.Fatalf("candidates for the valid %s", s)
		}
	})
}

// TestSlipsOfOneClassFail: a digit for a digit, a letter for a letter, and swaps of two of a kind never pass.
func TestSlipsOfOneClassFail(t *testing.T) {
	isDigit := func(c byte) bool { return c <= '9' }
	rapid.Check(t, func(t *rapid.T) {
		s := number(t)
		for i := range len(s) {
			for _, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
				if c != s[i] && isDigit(c) == isDigit(s[i]) && iban.Valid(s[:i]+string(c)+s[i+1:]) {
					t.Fatalf("%s passes with %c at %d", s, c, i+1)
				}
			}
			if i > 0 && s[i-1] != s[i] && isDigit(s[i-1]) == isDigit(s[i]) && iban.Valid(s[:i-1]+s[i:i+1]+s[i-1:i]+s[i+1:]) {
				t.Fatalf("%s passes with a swap at %d", s, i)
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "DE89 3704 0044 0532 0130 00", "DE88370400440532013000", "xx431234", "－０ｘ\u200b \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		c := iban.Compact(s)
		if back := iban.Compact(iban.Format(s)); back != c {
			t.Errorf("Format(%q) compacts to %q", s, back)
		}
		for _, s := range []string{s, c} {
			if whole := iban.Country(s) + iban.CheckDigits(s) + iban.BBAN(s); whole != "" && whole != s {
				t.Errorf("parts of %q give %q", s, whole)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = iban.Check("DE89370400440532013000")
	}
}

func ExampleCheck() {
	fmt.Println(iban.Check("DE89370400440532013000"))
	fmt.Println(iban.Check("DE88370400440532013000"))
	fmt.Println(iban.Check(iban.Compact("de89 3704 0044 0532 0130 00")))
	// Output:
	// <nil>
	// iban: check digits wrong
	// <nil>
}

func ExampleFormat() {
	fmt.Println(iban.Format("DE89370400440532013000"))
	// Output: DE89 3704 0044 0532 0130 00
}

func ExampleCandidates() {
	c := iban.Candidates("DE8937040O440532013000")[0]
	fmt.Println(c.Value, c.Position)
	// Output: DE89370400440532013000 10
}
