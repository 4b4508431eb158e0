package terminal_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/terminal"
)

// anyValid draws a compact value that passes.
func anyValid() *rapid.Generator[string] {
	return rapid.StringMatching(`[0-9A-Za-z]{8}`)
}

// decorated draws what spreadsheets and input methods make of s; a blank inside is
// damage and no decoration.
func decorated(t *rapid.T, s string) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", " ", "\u00a0", "\u3000", "\ufeff"}).Draw(t, "start"))
	for _, r := range s {
		b.WriteString(rapid.SampledFrom([]string{"", "", "", "\u200b", "\t"}).Draw(t, "invisible"))
		if r >= '0' && r <= '9' && rapid.Bool().Draw(t, "wide") {
			r += 0xFF01 - '!'
		}
		b.WriteRune(r)
	}
	b.WriteString(rapid.SampledFrom([]string{"", " ", "\ufeff", "\r\n"}).Draw(t, "end"))
	return b.String()
}

func TestDecorated(t *testing.T) {
	values, text := anyValid(), rapid.String()
	rapid.Check(t, func(t *rapid.T) {
		s := values.Draw(t, "value")
		if err := terminal.Check(s); err != nil {
			t.Fatalf("Check(%s): %v", s, err)
		}
		written := terminal.Format(s)
		if got := terminal.Compact(written); got != s {
			t.Fatalf("Compact(Format(%s)) = %s", s, got)
		}
		odd := decorated(t, written)
		if got := terminal.Compact(odd); got != s {
			t.Fatalf("Compact(%q) = %q, want %s", odd, got, s)
		}
		for _, s := range []string{text.Draw(t, "text"), odd + text.Draw(t, "tail")} {
			c := terminal.Compact(s)
			if again := terminal.Compact(c); again != c {
				t.Fatalf("Compact(%q) = %q, then %q", s, c, again)
			}
			if back := terminal.Compact(terminal.Format(c)); back != c {
				t.Fatalf("Format(%q) compacts to %q", c, back)
			}
		}
	})
}

func TestLinear(t *testing.T) {
	linear(t, map[string]func(string){
		"Check":               func(s string) { terminal.Check(s) },
		"CheckSerial":         func(s string) { terminal.CheckSerial(s) },
		"CheckICCID":          func(s string) { terminal.CheckICCID(s) },
		"CheckNetworkLicence": func(s string) { terminal.CheckNetworkLicence(s) },
		"Compact":             func(s string) { terminal.Compact(s) },
		"Format":              func(s string) { terminal.Format(s) },
	}, "0", "a", " ", "\u200b", "\u3000１", "\xff", "9-", "示例")
}

// linear fails when a text eight times as long takes more than five times its share:
// a cell of a megabyte must not stop a program. Quadratic work would take 64
// times as long.
func linear(t *testing.T, functions map[string]func(string), chunks ...string) {
	if testing.Short() {
		t.Skip("texts of a megabyte")
	}
	duration := func(f func(string), s string) time.Duration {
		start := time.Now()
		f(s)
		return time.Since(start)
	}
	for _, chunk := range chunks {
		short := strings.Repeat(chunk, 1<<17/len(chunk))
		long := strings.Repeat(chunk, 1<<20/len(chunk))
		for name, f := range functions {
			fast, slow := duration(f, short), duration(f, long)
			for try := 0; slow > 40*fast+100*time.Millisecond; try++ {
				if try == 9 {
					t.Errorf("%s of %.20q…: %v for 128 KB, %v for 1 MB", name, chunk, fast, slow)
					break
				}
				// The least of several runs is what a busy machine disturbs least.
				fast = min(fast, duration(f, short))
				slow = min(slow, duration(f, long))
			}
		}
	}
}
