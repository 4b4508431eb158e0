package terminalno_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/terminalno"
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
	"terminal_no": terminalno.Check,
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
		if err := check(terminalno.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", terminalno.Check, "12345678", nil},
		{"Check", terminalno.Check, "8A123456", nil},
		{"Check", terminalno.Check, "POS00001", nil},
		{"Check", terminalno.Check, "1234567", terminalno.ErrLength},
		{"Check", terminalno.Check, "123456789", terminalno.ErrLength},
		{"Check", terminalno.Check, "1234 678", terminalno.ErrFormat},
		{"Check", terminalno.Check, "1.23E+07", terminalno.ErrFormat},
		{"CheckSerial", terminalno.CheckSerial, "0000010483433721", nil},
		{"CheckSerial", terminalno.CheckSerial, "A-1234", nil},
		{"CheckSerial", terminalno.CheckSerial, "0000000000000000", terminalno.ErrComponent},
		{"CheckSerial", terminalno.CheckSerial, "------", terminalno.ErrComponent},
		{"CheckSerial", terminalno.CheckSerial, "12345", terminalno.ErrLength},
		{"CheckSerial", terminalno.CheckSerial, "12345_", terminalno.ErrFormat},
		{"CheckICCID", terminalno.CheckICCID, "89860012345678901234", nil},
		{"CheckICCID", terminalno.CheckICCID, "8986001234567890123", nil},
		{"CheckICCID", terminalno.CheckICCID, "12345", terminalno.ErrLength},
		{"CheckICCID", terminalno.CheckICCID, "89850012345678901234", terminalno.ErrFormat},
		{"CheckICCID", terminalno.CheckICCID, "8986001234567890123-", terminalno.ErrFormat},
		{"CheckNetworkLicence", terminalno.CheckNetworkLicence, "P3100", nil},
		{"CheckNetworkLicence", terminalno.CheckNetworkLicence, "3100", terminalno.ErrLength},
		{"CheckNetworkLicence", terminalno.CheckNetworkLicence, "p3100", terminalno.ErrFormat},
		{"CheckNetworkLicence", terminalno.CheckNetworkLicence, "P310O", terminalno.ErrFormat},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"12345678":           "12345678",
		"\u00a0ＰＯＳ00001\r\n": "POS00001",
		"1234 678 ":          "1234 678",
		"pos00001":           "pos00001",
		"A-1234":             "A-1234",
		" \xff":              " \xff",
	} {
		if got := terminalno.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"12345678", "0000010483433721", "89860012345678901234", "P3100"} {
		n := testing.AllocsPerRun(100, func() {
			sink = terminalno.Check(s)
			sink = terminalno.CheckSerial(s)
			sink = terminalno.CheckICCID(s)
			sink = terminalno.CheckNetworkLicence(s)
			_, _ = terminalno.Compact(s), terminalno.Format(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "12345678", "A-1234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if terminalno.Valid(s) != (terminalno.Check(s) == nil) {
			t.Error("Valid disagrees with Check")
		}
		c := terminalno.Compact(s)
		if again := terminalno.Compact(c); again != c {
			t.Errorf("Compact is not idempotent: %q, then %q", c, again)
		}
		if back := terminalno.Compact(terminalno.Format(c)); back != c {
			t.Errorf("Format(%q) compacts to %q", c, back)
		}
		_, _, _ = terminalno.CheckSerial(s), terminalno.CheckICCID(s), terminalno.CheckNetworkLicence(s)
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = terminalno.Check("8A123456")
	}
}

func ExampleCheck() {
	fmt.Println(terminalno.Check("12345678"))
	fmt.Println(terminalno.Check("1234567"))
	fmt.Println(terminalno.CheckSerial("0000000000000000"))
	// Output:
	// <nil>
	// terminalno: wrong length
	// terminalno: filler instead of a serial number
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if s := rapid.StringMatching(`[0-9A-Za-z]{8}`).Draw(t, "terminal"); !terminalno.Valid(s) {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[0-9A-Za-z-]{5,49}`).Draw(t, "serial"); terminalno.CheckSerial("0"+s) != nil && strings.Trim(s, "0") != "" {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`8986[0-9A-Z]{15,16}`).Draw(t, "iccid"); terminalno.CheckICCID(s) != nil {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[A-Z][0-9]{4}`).Draw(t, "licence"); terminalno.CheckNetworkLicence(s) != nil {
			t.Fatal(s)
		}
	})
}
