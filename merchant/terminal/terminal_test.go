package terminal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
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
	"terminal_no": terminal.Check,
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
		if err := check(terminal.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", terminal.Check, "12345678", nil},
		{"Check", terminal.Check, "8A123456", nil},
		{"Check", terminal.Check, "POS00001", nil},
		{"Check", terminal.Check, "1234567", terminal.ErrLength},
		{"Check", terminal.Check, "123456789", terminal.ErrLength},
		{"Check", terminal.Check, "1234 678", terminal.ErrFormat},
		{"Check", terminal.Check, "1.23E+07", terminal.ErrFormat},
		{"CheckSerial", terminal.CheckSerial, "0000010483433721", nil},
		{"CheckSerial", terminal.CheckSerial, "A-1234", nil},
		{"CheckSerial", terminal.CheckSerial, "0000000000000000", terminal.ErrComponent},
		{"CheckSerial", terminal.CheckSerial, "------", terminal.ErrComponent},
		{"CheckSerial", terminal.CheckSerial, "12345", terminal.ErrLength},
		{"CheckSerial", terminal.CheckSerial, "12345_", terminal.ErrFormat},
		{"CheckICCID", terminal.CheckICCID, "89860012345678901234", nil},
		{"CheckICCID", terminal.CheckICCID, "8986001234567890123", nil},
		{"CheckICCID", terminal.CheckICCID, "12345", terminal.ErrLength},
		{"CheckICCID", terminal.CheckICCID, "89850012345678901234", terminal.ErrFormat},
		{"CheckICCID", terminal.CheckICCID, "8986001234567890123-", terminal.ErrFormat},
		{"CheckNetworkLicence", terminal.CheckNetworkLicence, "P3100", nil},
		{"CheckNetworkLicence", terminal.CheckNetworkLicence, "3100", terminal.ErrLength},
		{"CheckNetworkLicence", terminal.CheckNetworkLicence, "p3100", terminal.ErrFormat},
		{"CheckNetworkLicence", terminal.CheckNetworkLicence, "P310O", terminal.ErrFormat},
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
		if got := terminal.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"12345678", "0000010483433721", "89860012345678901234", "P3100"} {
		n := testing.AllocsPerRun(100, func() {
			sink = terminal.Check(s)
			sink = terminal.CheckSerial(s)
			sink = terminal.CheckICCID(s)
			sink = terminal.CheckNetworkLicence(s)
			_, _ = terminal.Compact(s), terminal.Format(s)
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
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = terminal.Check("8A123456")
	}
}

func ExampleCheck() {
	fmt.Println(terminal.Check("12345678"))
	fmt.Println(terminal.Check("1234567"))
	fmt.Println(terminal.CheckSerial("0000000000000000"))
	// Output:
	// <nil>
	// terminal: wrong length
	// terminal: filler instead of a serial number
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if s := rapid.StringMatching(`[0-9A-Za-z]{8}`).Draw(t, "terminal"); !terminal.Valid(s) {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[0-9A-Za-z-]{5,49}`).Draw(t, "serial"); terminal.CheckSerial("0"+s) != nil && strings.Trim(s, "0") != "" {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`8986[0-9A-Z]{15,16}`).Draw(t, "iccid"); terminal.CheckICCID(s) != nil {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[A-Z][0-9]{4}`).Draw(t, "licence"); terminal.CheckNetworkLicence(s) != nil {
			t.Fatal(s)
		}
	})
}
