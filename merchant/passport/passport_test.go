package passport_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
)

var sink error

type vector struct {
	Kind, Value, Why string
	Valid            bool
	AfterNormalise   bool `json:"after_normalise"`
}

func vectors(t *testing.T) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no vectors")
	}
	return list
}

// checks names the function that judges each kind of vector.
var checks = map[string]func(string) error{
	"passport_cn": passport.CheckChina,
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		check := checks[v.Kind]
		if check == nil {
			t.Fatalf("kind %s has no check", v.Kind)
		}
		if err := check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%s %q (%s): %v", v.Kind, v.Value, v.Why, err)
		}
		if err := check(passport.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%s %q compacted (%s): %v", v.Kind, v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		check func(string) error
		value string
		want  error
	}{
		{"CheckChina", passport.CheckChina, "E12345678", nil},
		{"CheckChina", passport.CheckChina, "EA1234567", nil},
		{"CheckChina", passport.CheckChina, "G12345678", nil},
		{"CheckChina", passport.CheckChina, "DE1234567", nil},
		{"CheckChina", passport.CheckChina, "141234567", nil},
		{"CheckChina", passport.CheckChina, "151234567", nil},
		{"CheckChina", passport.CheckChina, "D1234567", nil},
		{"CheckChina", passport.CheckChina, "P12345678", nil},
		{"CheckChina", passport.CheckChina, "E1234567", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "EI1234567", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "EO1234567", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "DE123456", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "131234567", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "14123456", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "A12345678", passport.ErrFormat},
		{"CheckChina", passport.CheckChina, "E123456789", passport.ErrLength},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "K12345678", nil},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "KJ1234567", nil},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "H12345678", nil},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "MA1234567", nil},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "M12345678", passport.ErrFormat},
		{"CheckHKMacaoSAR", passport.CheckHKMacaoSAR, "K1234567", passport.ErrLength},
		{"CheckForeign", passport.CheckForeign, "AB123", nil},
		{"CheckForeign", passport.CheckForeign, "ab12345", passport.ErrFormat},
		{"CheckForeign", passport.CheckForeign, "A123", passport.ErrLength},
		{"Check", passport.Check, "A12345678", nil},
		{"Check", passport.Check, "", passport.ErrLength},
		{"Check", passport.Check, "护照号码", passport.ErrFormat},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"E12345678":        "E12345678",
		"ｅ1234 5678\ufeff": "E12345678",
		"E-12345678":       "E-12345678",
		"e\xff":            "e\xff",
	} {
		if got := passport.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"E12345678", "K12345678", "护照", "A-1"} {
		n := testing.AllocsPerRun(100, func() {
			sink = passport.Check(s)
			_, _, _, _ = passport.KindOf(s), passport.Series(s), passport.UsualLength(s), passport.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "E12345678", "MA1234567"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		if (passport.CheckChina(s) == nil || passport.CheckHKMacaoSAR(s) == nil) && !passport.Valid(s) {
			t.Error("Check is narrower than another check")
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = passport.Check("EA1234567")
	}
}

func ExampleCheck() {
	fmt.Println(passport.Check("E12345678"))
	fmt.Println(passport.CheckChina("EI1234567"))
	// Output:
	// <nil>
	// passport: character not allowed at its position
}

// china is the shape as it is written down; the package needs no regexp.
const china = `(E[0-9A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|(DE|SE|PE)[0-9]{7}|1[45][0-9]{7}|[DSP][0-9]{7,8})`

func TestGenerated(t *testing.T) {
	whole := regexp.MustCompile("^" + china + "$")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(china).Draw(t, "china")
		if passport.CheckChina(s) != nil || passport.KindOf(s) != passport.KindChina {
			t.Fatal(s)
		}
		i := rapid.IntRange(0, len(s)-1).Draw(t, "position")
		c := rapid.SampledFrom([]byte("0145689ADEGHIOPSZ-e")).Draw(t, "character")
		if other := s[:i] + string(c) + s[i+1:]; (passport.CheckChina(other) == nil) != whole.MatchString(other) {
			t.Fatalf("%s: %v", other, passport.CheckChina(other))
		}
		if s := rapid.StringMatching(`(K[0-9A-Z]|H[0-9A-Z]|M[A-Z])[0-9]{7}`).Draw(t, "sar"); passport.CheckHKMacaoSAR(s) != nil || passport.KindOf(s) != passport.KindHKMacaoSAR {
			t.Fatal(s)
		}
	})
}

func TestSeries(t *testing.T) {
	for value, want := range map[string]string{"E12345678": "E", "EA1234567": "EA", "DE1234567": "DE", "141234567": "14", "K12345678": "K", "MA1234567": "MA", "AB123456": "", "": ""} {
		if got := passport.Series(value); got != want {
			t.Errorf("Series(%q) = %q, want %q", value, got, want)
		}
	}
	if passport.KindOf("AB123456") != passport.KindForeign || passport.KindOf("?") != passport.KindNone || passport.UsualLength("AB123") || !passport.UsualLength("AB1234") {
		t.Error("kind or length")
	}
}
