package residentid_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
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
	"resident_id": residentid.Check,
	"frp_id18":    residentid.CheckForeignPermanent,
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
		if err := check(residentid.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", residentid.Check, "11010519491231002X", nil},
		{"Check", residentid.Check, "440524188001010014", nil},
		{"Check", residentid.Check, "110101199003078670", nil},
		{"Check", residentid.Check, "810000199408230021", nil},
		{"Check", residentid.Check, "11010519491231002", residentid.ErrLength},
		{"Check", residentid.Check, "110101491001001", residentid.ErrLength},
		{"Check", residentid.Check, "11010519491231002x", residentid.ErrFormat},
		{"Check", residentid.Check, "1101051949123100X2", residentid.ErrFormat},
		{"Check", residentid.Check, "11010519491331002X", residentid.ErrComponent},
		{"Check", residentid.Check, "11010519490229002X", residentid.ErrComponent},
		{"Check", residentid.Check, "010105194912310020", residentid.ErrComponent},
		{"Check", residentid.Check, "932840199001150015", residentid.ErrComponent},
		{"Check", residentid.Check, "11010519491231001X", residentid.ErrChecksum},
		{"Check", residentid.Check, "110105194912310021", residentid.ErrChecksum},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "932840199001150015", nil},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "91110519491231002X", residentid.ErrOrigin},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "11010519491231002X", residentid.ErrFormat},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "932682198502300017", residentid.ErrComponent},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "932682198501010018", residentid.ErrChecksum},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "932000199001150010", residentid.ErrOrigin},
		{"CheckForeignPermanent", residentid.CheckForeignPermanent, "93268219850101001", residentid.ErrLength},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"11010519491231002X":   "11010519491231002X",
		"１１０１０５ 19491231 002ｘ": "11010519491231002X",
		"110105-19491231-002X": "110105-19491231-002X",
		"\u200f\xfe":           "\u200f\xfe",
	} {
		if got := residentid.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"11010519491231002X", "932840199001150015", "11010519491331002X", "110101491001001"} {
		n := testing.AllocsPerRun(100, func() {
			sink = residentid.Check(s)
			sink = residentid.CheckAsOf(s, 2026, 1, 1)
			sink = residentid.CheckForeignPermanent(s)
			_, _ = residentid.AgeOn(s, 2026, 1, 1)
			_, _ = residentid.Male(s)
			_, _, _, _ = residentid.Division(s), residentid.Is15(s), residentid.ResidencePermit(s), residentid.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "11010519491231002X", "932840199001150015", "110101491001001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		if long, ok := residentid.Upgrade15(s); ok && !residentid.Valid(long) {
			t.Errorf("%q upgrades to %q", s, long)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = residentid.Check("11010519491231002X")
	}
}

func ExampleCheck() {
	fmt.Println(residentid.Check("11010519491231002X"))
	fmt.Println(residentid.Check("110105194912310021"))
	fmt.Println(residentid.CheckAsOf("11010519491231002X", 1949, 12, 30))
	// Output:
	// <nil>
	// residentid: check character wrong
	// residentid: no such province or birth date
}

const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

// number draws a resident number; the calendar is that of package time and the
// check the recurrence of ISO 7064, not the weights.
func number(t *rapid.T) string {
	day := time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 70000).Draw(t, "day"))
	s := rapid.SampledFrom(strings.Fields(provinces)).Draw(t, "province") +
		rapid.StringMatching(`[0-9]{4}`).Draw(t, "division") + day.Format("20060102") +
		rapid.StringMatching(`[0-9]{3}`).Draw(t, "order")
	sum := 0
	for i := range s {
		sum = (sum + int(s[i]-'0')) * 2 % 11
	}
	return s + string("10X98765432"[sum])
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := number(t)
		c, ok := residentid.CheckChar(s[:17])
		if err := residentid.Check(s); err != nil || !ok || c != s[17] || residentid.Candidates(s) != nil {
			t.Fatalf("%s: %v", s, err)
		}
		y, m, d, _ := residentid.Birth(s)
		if fmt.Sprintf("%04d%02d%02d", y, m, d) != s[6:14] || residentid.Division(s) != s[:6] {
			t.Fatalf("%s: parts %d %d %d", s, y, m, d)
		}
		if residentid.CheckAsOf(s, y, m, d) != nil || residentid.CheckAsOf(s, y, m, d-1) != residentid.ErrComponent {
			t.Fatalf("%s: as of its birth", s)
		}
		for i := range s {
			for _, c := range []byte("0123456789X") {
				if c != s[i] && residentid.Valid(s[:i]+string(c)+s[i+1:]) {
					t.Fatalf("%s passes with %c at %d", s, c, i+1)
				}
			}
			if i > 0 && s[i-1] != s[i] && residentid.Valid(s[:i-1]+s[i:i+1]+s[i-1:i]+s[i+1:]) {
				t.Fatalf("%s passes with a swap at %d", s, i)
			}
		}
	})
}

func TestProvinces(t *testing.T) {
	for i := range 100 {
		p := fmt.Sprintf("%02d", i)
		s17 := p + "010519491231002"
		c, _ := residentid.CheckChar(s17)
		if got := residentid.Valid(s17 + string(c)); got != strings.Contains(provinces, p) {
			t.Errorf("province %s: %t", p, got)
		}
	}
	if residentid.Valid("110105184912310026") || residentid.Check("110105184912310026") != residentid.ErrComponent {
		t.Error("birth before 1850")
	}
}

func TestNationalities(t *testing.T) {
	known := 0
	for i := range 1000 {
		s17 := fmt.Sprintf("911%03d19900115001", i)
		c, _ := residentid.CheckChar(s17)
		switch residentid.CheckForeignPermanent(s17 + string(c)) {
		case nil:
			known++
		case residentid.ErrOrigin:
		default:
			t.Errorf("%s%c", s17, c)
		}
	}
	if known != 249 {
		t.Errorf("%d codes, ISO 3166-1 has 249", known)
	}
}

func TestAccessors(t *testing.T) {
	if male, ok := residentid.Male("440524188001010014"); !male || !ok {
		t.Error("odd order digit is male")
	}
	if male, ok := residentid.Male("11010519491231002X"); male || !ok {
		t.Error("even order digit is female")
	}
	if _, ok := residentid.Male("1"); ok {
		t.Error("sex of an invalid number")
	}
	if _, _, _, ok := residentid.Birth("932840199001150015"); !ok {
		t.Error("birth of a permanent residence card")
	}
	c, _ := residentid.CheckChar("11010520000229002")
	leap := "11010520000229002" + string(c)
	for _, tt := range []struct {
		s             string
		y, m, d, want int
		ok            bool
	}{
		{"11010519491231002X", 2019, 12, 30, 69, true},
		{"11010519491231002X", 2019, 12, 31, 70, true},
		{"11010519491231002X", 1949, 12, 31, 0, true},
		{"11010519491231002X", 1949, 12, 30, 0, false},
		{leap, 2018, 2, 28, 17, true},
		{leap, 2018, 3, 1, 18, true},
		{"11010519491231002", 2019, 12, 30, 0, false},
	} {
		if got, ok := residentid.AgeOn(tt.s, tt.y, tt.m, tt.d); got != tt.want || ok != tt.ok {
			t.Errorf("AgeOn(%s, %d-%d-%d) = %d, %t", tt.s, tt.y, tt.m, tt.d, got, ok)
		}
	}
	for s, want := range map[string]bool{"810000199408230021": true, "820000200009100032": true, "830000199201300022": true, "810001199408230021": false, "11010519491231002X": false, "81": false} {
		if residentid.ResidencePermit(s) != want {
			t.Errorf("ResidencePermit(%s) is not %t", s, want)
		}
	}
	if !residentid.ForeignPermanent("932682198501010018") || residentid.ForeignPermanent("11010519491231002X") {
		t.Error("ForeignPermanent")
	}
	if residentid.Division("932840199001150015") != "" || residentid.CheckAsOf("1", 2026, 1, 1) != residentid.ErrLength {
		t.Error("invalid input")
	}
}

func TestFirstGeneration(t *testing.T) {
	if s, ok := residentid.Upgrade15("110105491231002"); !ok || s != "11010519491231002X" {
		t.Errorf("upgraded to %q", s)
	}
	for _, s := range []string{"110105491331002", "010105491231002", "11010549123100X", "110105490229002", "11010549123100"} {
		if long, ok := residentid.Upgrade15(s); ok || long != "" || residentid.Is15(s) {
			t.Errorf("%q upgrades to %q", s, long)
		}
	}
}

func TestTermYears(t *testing.T) {
	for age, want := range map[int]int{-1: 0, 0: 5, 15: 5, 16: 10, 25: 10, 26: 20, 45: 20, 46: 0, 90: 0} {
		if years, long := residentid.TermYears(age); years != want || long != (age >= 46) {
			t.Errorf("TermYears(%d) = %d, %t", age, years, long)
		}
	}
}

func TestCandidates(t *testing.T) {
	for value, want := range map[string]residentid.Candidate{
		"11O10519491231002X": {Value: "11010519491231002X", Position: 3},
		"11015019491231002X": {Value: "11010519491231002X", Position: 5},
	} {
		got := residentid.Candidates(value)
		if len(got) == 0 || got[0] != want {
			t.Errorf("Candidates(%q) = %v, want %v first", value, got, want)
		}
	}
}

func TestCandidatesForeignPermanent(t *testing.T) {
	const number = "932840199001150015"
	for value, position := range map[string]int{"9328401990011500I5": 17, "93284O199001150015": 6, "932840190901150015": 9} {
		list := residentid.CandidatesForeignPermanent(value)
		if !slices.Contains(list, residentid.Candidate{Value: number, Position: position}) {
			t.Errorf("CandidatesForeignPermanent(%q) = %v", value, list)
		}
		for _, c := range list {
			if err := residentid.CheckForeignPermanent(c.Value); err != nil {
				t.Errorf("candidate %s: %v", c.Value, err)
			}
		}
	}
	for _, value := range []string{number, "9328", ""} {
		if list := residentid.CandidatesForeignPermanent(value); list != nil {
			t.Errorf("CandidatesForeignPermanent(%q) = %v", value, list)
		}
	}
}
