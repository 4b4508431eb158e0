package mid_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
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
	"merchant_no": mid.Check,
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
		if err := check(mid.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", mid.Check, "102581083986056", nil},
		{"Check", mid.Check, "310100048140001", nil},
		{"Check", mid.Check, "898210154110002", nil},
		{"Check", mid.Check, "831332758122438", nil},
		{"Check", mid.Check, "82229005812A001", nil},
		{"Check", mid.Check, "1O2581083986056", nil},
		{"Check", mid.Check, "10258108398605", mid.ErrLength},
		{"Check", mid.Check, "2088101122334455", mid.ErrLength},
		{"Check", mid.Check, "1025810 83986056", mid.ErrLength},
		{"Check", mid.Check, "1.0258E+14", mid.ErrLength},
		{"Check", mid.Check, "1025810-3986056", mid.ErrFormat},
		{"Check", mid.Check, "商户号商户", mid.ErrFormat},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"102581083986056":           "102581083986056",
		"\u3000１０２581083986056 \t":  "102581083986056",
		"102581\u200b083\r\n986056": "102581083986056",
		"1025810 83986056":          "1025810 83986056",
		"82229005812a001":           "82229005812a001",
		"1 \xff":                    "1 \xff",
	} {
		if got := mid.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"102581083986056", "1O2581083986056", "2088101122334455"} {
		n := testing.AllocsPerRun(100, func() {
			sink = mid.Check(s)
			_, _ = mid.Structured(s)
			_, _, _, _, _ = mid.Acquirer(s), mid.Area(s), mid.MCC(s), mid.Sequence(s), mid.Compact(s)
			_, _ = mid.IsWeChat(s), mid.IsAlipay(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "102581083986056", "2088101122334455"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		if pos, ok := mid.Structured(s); ok && pos != 0 || pos > 11 {
			t.Errorf("Structured(%q) = %d, %t", s, pos, ok)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = mid.Check("102581083986056")
	}
}

func ExampleCheck() {
	fmt.Println(mid.Check("102581083986056"))
	fmt.Println(mid.Check("10258108398605"))
	fmt.Println(mid.Structured("1O2581083986056"))
	// Output:
	// <nil>
	// mid: not 15 characters
	// 2 false
}

func TestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9A-Za-z]{15}`).Draw(t, "number")
		if !mid.Valid(s) || mid.Acquirer(s)+mid.Area(s)+mid.MCC(s)+mid.Sequence(s) != s {
			t.Fatal(s)
		}
	})
	for value, want := range map[string]int{"102581083986056": 0, "82229005812A001": 0, "1O2581083986056": 2, "1025810839A6056": 11, "1": 0} {
		if pos, ok := mid.Structured(value); pos != want || ok != (want == 0 && mid.Valid(value)) {
			t.Errorf("Structured(%q) = %d, %t", value, pos, ok)
		}
	}
	if mid.MCC("102581083986056") != "8398" || mid.Area("1") != "" {
		t.Error("parts")
	}
}

func TestStrangers(t *testing.T) {
	for value, want := range map[string][2]bool{
		"1900000109": {true, false}, "19000001": {true, false}, "1900000": {false, false}, "19000001091": {false, false}, "190000010A": {false, false},
		"2088101122334455": {false, true}, "2087101122334455": {false, false}, "208810112233445X": {false, false}, "": {false, false},
	} {
		if got := [2]bool{mid.IsWeChat(value), mid.IsAlipay(value)}; got != want {
			t.Errorf("%q: WeChat, Alipay = %v", value, got)
		}
	}
}
