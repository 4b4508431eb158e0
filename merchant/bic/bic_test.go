package bic_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/bic"
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
		if err := bic.Check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%q (%s): %v", v.Value, v.Why, err)
		}
		if err := bic.Check(bic.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%q compacted (%s): %v", v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  error
	}{
		{"ICBKCNBJ", nil},
		{"ABOCCNBJ270", nil},
		{"AGRIXKPP", nil},
		{"E097DEXX", nil}, // digits in the institution since 2014
		{"", bic.ErrLength},
		{"SBICKEN", bic.ErrLength},
		{"SBICKENXX", bic.ErrLength},
		{"SBICKENYXXXX", bic.ErrLength},
		{"icbkcnbj", bic.ErrFormat},
		{"AGRIF2PP", bic.ErrFormat},
		{"AGRI2FPP", bic.ErrFormat},
		{"ICBK-CNBJ27", bic.ErrFormat},
		{"ICBKCN\xff\xff", bic.ErrFormat},
		{"MULTIPLE", bic.ErrComponent},
		{"ICBKXXBJ", bic.ErrComponent},
		{"ICBKUKBJ", bic.ErrComponent},
	} {
		if err := bic.Check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("Check(%q) = %v, want %v", tt.value, err, tt.want)
		}
	}
}

func TestCountries(t *testing.T) {
	known := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if bic.Valid("ABCD" + string(a) + string(b) + "22") {
				known++
			}
		}
	}
	if known != 250 { // ISO 3166-1 has 249
		t.Errorf("%d countries", known)
	}
	for _, code := range strings.Fields("CN HK MO TW US GB AX BQ CW ME RS SS SX TL XK") {
		if !bic.Valid("ABCD" + code + "22") {
			t.Errorf("%s is unknown", code)
		}
	}
	for _, code := range strings.Fields("AN BU CS DD EU SU TP YU ZR ZZ") {
		if bic.Valid("ABCD" + code + "22") {
			t.Errorf("%s is known", code)
		}
	}
}

func TestParts(t *testing.T) {
	const s = "ABOCCNBJ270"
	if bic.Institution(s) != "ABOC" || bic.Country(s) != "CN" || bic.Location(s) != "BJ" || bic.Branch(s) != "270" || bic.Format(s) != s {
		t.Errorf("parts of %s: %q %q %q %q", s, bic.Institution(s), bic.Country(s), bic.Location(s), bic.Branch(s))
	}
	if bic.Location("ICBKCNBJ") != "BJ" || bic.Branch("ICBKCNBJ") != "" {
		t.Error("parts of eight characters")
	}
	for _, s := range []string{"", "ABOCCN", "aboccnbj270", "AGRIF2PP"} {
		if bic.Institution(s)+bic.Country(s)+bic.Location(s)+bic.Branch(s) != "" || bic.IsTest(s) {
			t.Errorf("parts of %q", s)
		}
	}
	for s, want := range map[string]bool{"ICBKCNB0": true, "ICBKCNB0XXX": true, "ICBKCNBJ": false, "ICBKCN0J": false, "ICBKCNBO": false, "ICBKCNBJ000": false, "icbkcnb0": false} {
		if bic.IsTest(s) != want {
			t.Errorf("IsTest(%q) = %t", s, !want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"ICBKCNBJ":                       "ICBKCNBJ",
		" icbk cn\u00a0bj\u200b 110\r\n": "ICBKCNBJ110",
		"ＩＣＢＫｃｎ\u3000ＢＪ":                 "ICBKCNBJ",
		"ICBK-CN-BJ":                     "ICBK-CN-BJ",
		"a\xff ":                         "a\xff ",
		"":                               "",
	} {
		if got := bic.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"ICBKCNBJ", "ABOCCNBJ270", "MULTIPLE", "工商银行"} {
		n := testing.AllocsPerRun(100, func() {
			sink = bic.Check(s)
			_, _, _, _ = bic.Institution(s), bic.Country(s), bic.Location(s), bic.Branch(s)
			_, _ = bic.IsTest(s), bic.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func TestPartsRejoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9A-Z]{4}(CN|DE|US|XK)[0-9A-Z]{2}([0-9A-Z]{3})?`).Draw(t, "code")
		if err := bic.Check(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if got := bic.Institution(s) + bic.Country(s) + bic.Location(s) + bic.Branch(s); got != s {
			t.Fatalf("parts of %s give %s", s, got)
		}
		if got := bic.Compact(strings.ToLower(s)); got != s {
			t.Fatalf("small letters of %s compact to %s", s, got)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "ABOCCNBJ270", "icbkcnb0", "MULTIPLE", "－０ｘ\u200b \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		for _, s := range []string{s, bic.Compact(s)} {
			if whole := bic.Institution(s) + bic.Country(s) + bic.Location(s) + bic.Branch(s); whole != "" && whole != s || bic.IsTest(s) && whole == "" {
				t.Errorf("parts of %q give %q", s, whole)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = bic.Check("ABOCCNBJ270")
	}
}

func ExampleCheck() {
	fmt.Println(bic.Check("ICBKCNBJ"))
	fmt.Println(bic.Check("MULTIPLE"))
	fmt.Println(bic.Country("ICBKCNBJ"), bic.IsTest("ICBKCNB0"))
	// Output:
	// <nil>
	// bic: unknown country
	// CN true
}
