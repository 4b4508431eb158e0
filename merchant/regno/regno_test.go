package regno_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
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
	"bizreg15": regno.Check,
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
		if err := check(regno.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", regno.Check, "110108000000016", nil},
		{"Check", regno.Check, "320404000009558", nil},
		{"Check", regno.Check, "450703583197518", nil},
		{"Check", regno.Check, "", regno.ErrLength},
		{"Check", regno.Check, "11010800000001", regno.ErrLength},
		{"Check", regno.Check, "1101080000000I6", regno.ErrFormat},
		{"Check", regno.Check, "320506NA000043X", regno.ErrFormat},
		{"Check", regno.Check, "110108000000017", regno.ErrChecksum},
		{"Check", regno.Check, "320404000009585", regno.ErrChecksum},
		{"Check", regno.Check, "111111111111111", regno.ErrChecksum},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"110108000000016":     "110108000000016",
		" １１０１０８ 000000016\n": "110108000000016",
		"320506na000043x":     "320506NA000043X",
		"企合京总字第 000123 号":     "企合京总字第000123号",
		"\xff ":               "\xff ",
	} {
		if got := regno.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"110108000000016", "110108000000017", "13830295-X", "企合京总字第000123号"} {
		n := testing.AllocsPerRun(100, func() {
			sink = regno.Check(s)
			_, _, _, _, _ = regno.Authority(s), regno.Sequence(s), regno.OwnerOf(s), regno.LegacyKind(s), regno.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "110108000000016", "320506NA000043X", "企合京总字第000123号", "13830295-X"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = regno.Check("110108000000016")
	}
}

func ExampleCheck() {
	fmt.Println(regno.Check("110108000000016"))
	fmt.Println(regno.Check("110108000000017"))
	fmt.Println(regno.LegacyKind("320506NA000043X").EN())
	// Output:
	// <nil>
	// regno: check digit wrong
	// an old registration number of a farmers' cooperative
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9]{14}`).Draw(t, "body")
		p := 10
		for i := range body {
			m := (p + int(body[i]-'0')) % 10
			if m == 0 {
				m = 10
			}
			p = 2 * m % 11
		}
		c, ok := regno.CheckDigit(body)
		s := body + string(c)
		if !ok || (p+int(c-'0'))%10 != 1 || !regno.Valid(s) || regno.Authority(s)+regno.Sequence(s)+string(c) != s || regno.Candidates(s) != nil {
			t.Fatalf("%s: %v", s, regno.Check(s))
		}
		i := rapid.IntRange(0, 14).Draw(t, "position")
		for d := byte('0'); d <= '9'; d++ {
			if d != s[i] && regno.Valid(s[:i]+string(d)+s[i+1:]) {
				t.Fatalf("%s passes with %c at %d", s, d, i+1)
			}
		}
	})
}

func TestOwner(t *testing.T) {
	for digit, want := range []regno.Owner{1, 1, 1, 1, 2, 2, 3, 3, 3, 3} {
		body := fmt.Sprintf("110108%d0000001", digit)
		c, _ := regno.CheckDigit(body)
		got := regno.OwnerOf(body + string(c))
		if got != want || got.ZH() == "" || got.EN() == "" {
			t.Errorf("position 7 = %d: owner %d, want %d", digit, got, want)
		}
	}
	if o := regno.OwnerOf("1"); o != regno.OwnerNone || o.ZH()+o.EN() != "" || regno.Authority("1")+regno.Sequence("1") != "" {
		t.Error("owner of an invalid number")
	}
}

func TestLegacyKind(t *testing.T) {
	for value, want := range map[string]regno.Kind{
		"110108000000016":                      regno.Kind15,
		"110108000000017":                      regno.Kind15Bad,
		"3209231100626":                        regno.Kind13,
		"320506NA000043X":                      regno.KindCooperative,
		"320506NB000043X":                      regno.KindCooperative,
		"320506NC000043X":                      regno.KindNone,
		"320506NA0000430":                      regno.KindNone,
		"企合京总字第000123号":                        regno.KindForeign,
		"企独粤深总副字第123456号":                      regno.KindForeign,
		"企合总字第000123号":                         regno.KindNone,
		"企合京总字第号":                              regno.KindNone,
		"企业京总字第000123号":                        regno.KindNone,
		"13830295-X":                           regno.KindOrganisation,
		"13830295X":                            regno.KindOrganisation,
		"13830295-0":                           regno.KindNone,
		"1383029-5X":                           regno.KindNone,
		"91110000600037341L":                   regno.KindNone,
		"":                                     regno.KindNone,
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff": regno.KindNone,
	} {
		got := regno.LegacyKind(value)
		if got != want {
			t.Errorf("LegacyKind(%q) = %d, want %d", value, got, want)
		}
		if named := got.ZH() != "" && got.EN() != ""; named != (got != regno.KindNone) {
			t.Errorf("kind %d: %q, %q", got, got.ZH(), got.EN())
		}
	}
}

func TestCandidates(t *testing.T) {
	if got := regno.Candidates("11O108000000016"); len(got) == 0 || got[0] != (regno.Candidate{Value: "110108000000016", Position: 3}) {
		t.Errorf("letter O: %v", got)
	}
	if got := regno.Candidates("320404000009585"); !slices.Contains(got, regno.Candidate{Value: "320404000009558", Position: 14}) {
		t.Errorf("swap: %v", got)
	}
}
