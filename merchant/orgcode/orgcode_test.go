package orgcode_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
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
	"org_code": orgcode.Check,
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
		if err := check(orgcode.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", orgcode.Check, "MA1MRHG20", nil},
		{"Check", orgcode.Check, "13830295-X", nil},
		{"Check", orgcode.Check, "13497257-7", nil},
		{"Check", orgcode.Check, "MA1MRHGZ0", nil},
		{"Check", orgcode.Check, "", orgcode.ErrLength},
		{"Check", orgcode.Check, "13497257-77", orgcode.ErrLength},
		{"Check", orgcode.Check, "1349725-7", orgcode.ErrFormat},
		{"Check", orgcode.Check, "1349725777", orgcode.ErrFormat},
		{"Check", orgcode.Check, "1383029é", orgcode.ErrFormat},
		{"Check", orgcode.Check, "ma1mrhg20", orgcode.ErrFormat},
		{"Check", orgcode.Check, "13830295A", orgcode.ErrFormat},
		{"Check", orgcode.Check, "MA1MRHG21", orgcode.ErrChecksum},
		{"Check", orgcode.Check, "13830295-0", orgcode.ErrChecksum},
		{"Check", orgcode.Check, "1383029S-X", orgcode.ErrChecksum},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"13830295-X":         "13830295X",
		"１３８３０２９５－ｘ":         "13830295X",
		"1383 0295\u2014x\t": "13830295X",
		"13830295X":          "13830295X",
		"1\xff-":             "1\xff-",
	} {
		if got := orgcode.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"13830295X", "13497257-7", "MA1MRHG21"} {
		n := testing.AllocsPerRun(100, func() {
			sink = orgcode.Check(s)
			_ = orgcode.Body(s)
			_ = orgcode.Compact(strings.TrimSuffix(s, "-7"))
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "13830295-X", "MA1MRHG20"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = orgcode.Check("13830295-X")
	}
}

func ExampleCheck() {
	fmt.Println(orgcode.Check("13830295-X"))
	fmt.Println(orgcode.Check("13830295-0"))
	fmt.Println(orgcode.Format(orgcode.Compact("13830295x")))
	// Output:
	// <nil>
	// orgcode: check character wrong
	// 13830295-X
}

func TestGenerated(t *testing.T) {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9A-Z]{8}`).Draw(t, "body")
		sum := 0
		for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
			sum += strings.IndexByte(letters, body[i]) * w
		}
		s := body + string("0123456789X0"[11-sum%11])
		if !orgcode.Valid(s) || !orgcode.Valid(orgcode.Format(s)) || orgcode.Body(s) != body || orgcode.Candidates(s) != nil {
			t.Fatalf("%s: %v", s, orgcode.Check(s))
		}
		// A substitution passes exactly when the values agree modulo 11.
		i := rapid.IntRange(0, 7).Draw(t, "position")
		j := rapid.IntRange(0, len(letters)-1).Draw(t, "letter")
		same := (j-strings.IndexByte(letters, s[i]))%11 == 0
		if other := s[:i] + letters[j:j+1] + s[i+1:]; orgcode.Valid(other) != same {
			t.Fatalf("%s from %s: %v", other, s, orgcode.Check(other))
		}
	})
}

func TestCandidates(t *testing.T) {
	for value, want := range map[string]orgcode.Candidate{
		"1383029S-X": {Value: "13830295-X", Position: 8},
		"MA1MRHG2O":  {Value: "MA1MRHG20", Position: 9},
		"MA1MRHG02":  {Value: "MA1MRHG20", Position: 8},
	} {
		if got := orgcode.Candidates(value); !slices.Contains(got, want) {
			t.Errorf("Candidates(%q) = %v, want %v among them", value, got, want)
		}
	}
	if orgcode.Body("x") != "" || orgcode.Body("13830295-X") != "13830295" || orgcode.Format("短") != "短" {
		t.Error("parts")
	}
}
