// Package numbertest holds what the tests of the packages of numbers share: the properties of their uniform interface,
// the guard against work that grows faster than its input, and ratios to a plain reference.
package numbertest

import (
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// API is the interface that the packages of numbers have in common.
type API struct {
	Check           func(string) error
	Valid           func(string) bool
	Compact, Format func(string) string
	Candidates      func(string) []Candidate // nil for a number without a check digit
	// Ends says that Compact takes blanks away at the ends alone.
	Ends bool
	// Parts are other functions of the package, which must take any text in linear time.
	Parts map[string]func(string)
}

// Candidate is what every package calls so.
type Candidate = struct {
	Value    string
	Position int
}

// Candidates makes the function of one package that of an [API].
func Candidates[C ~struct {
	Value    string
	Position int
}](f func(string) []C) func(string) []Candidate {
	return func(s string) (list []Candidate) {
		for _, c := range f(s) {
			list = append(list, Candidate(c))
		}
		return list
	}
}

// Properties holds a package against values that pass, against what spreadsheets and input methods make of them, and
// against any text.
func Properties(t *testing.T, api API, values *rapid.Generator[string]) {
	text := rapid.String()
	rapid.Check(t, func(t *rapid.T) {
		s := values.Draw(t, "value")
		if err := api.Check(s); err != nil {
			t.Fatalf("Check(%s): %v", s, err)
		}
		written := api.Format(s)
		if got := api.Compact(written); got != s {
			t.Fatalf("Compact(Format(%s)) = %s", s, got)
		}
		odd := decorated(t, written, api.Ends)
		if got := api.Compact(odd); got != s {
			t.Fatalf("Compact(%q) = %q, want %s", odd, got, s)
		}
		i := rapid.IntRange(0, len(s)-1).Draw(t, "position")
		slip := s[:i] + rapid.StringMatching(`[0-9A-Z]`).Draw(t, "slip") + s[i+1:]
		for _, s := range []string{s, slip, text.Draw(t, "text"), odd + text.Draw(t, "tail")} {
			api.holds(t, s)
		}
		if api.Candidates != nil && api.Candidates(s) != nil {
			t.Fatalf("candidates for the valid %s", s)
		}
	})
}

// decorated draws what spreadsheets and input methods make of s.
func decorated(t *rapid.T, s string, ends bool) string {
	marks := []string{"", "", "", "\u200b", " ", "\u00a0", "\u3000"}
	if ends {
		marks = []string{"", "", "", "\u200b", "\t"} // a blank inside is damage
	}
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", " ", "\u00a0", "\u3000", "\ufeff"}).Draw(t, "start"))
	for _, r := range s {
		b.WriteString(rapid.SampledFrom(marks).Draw(t, "mark"))
		if r >= '0' && r <= '9' && rapid.Bool().Draw(t, "wide") {
			r += 0xFF01 - '!'
		}
		b.WriteRune(r)
	}
	b.WriteString(rapid.SampledFrom([]string{"", " ", "\ufeff", "\r\n"}).Draw(t, "end"))
	return b.String()
}

// fataler is what *testing.T and *rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// holds asks of any text what must hold for every one.
func (api API) holds(t fataler, s string) {
	t.Helper()
	if api.Valid(s) != (api.Check(s) == nil) {
		t.Fatalf("Valid(%q) is %t, Check says %v", s, api.Valid(s), api.Check(s))
	}
	c := api.Compact(s)
	if again := api.Compact(c); again != c {
		t.Fatalf("Compact(%q) = %q, then %q", s, c, again)
	}
	if back := api.Compact(api.Format(c)); back != c {
		t.Fatalf("Format(%q) compacts to %q", c, back)
	}
	for _, f := range api.Parts {
		f(s)
	}
	if api.Candidates == nil {
		return
	}
	for _, s := range []string{s, c} {
		list := api.Candidates(s)
		if len(list) > 5 || list != nil && api.Valid(s) {
			t.Fatalf("%d candidates for %q", len(list), s)
		}
		for i, k := range list {
			first := 0
			for first < min(len(s), len(k.Value)) && s[first] == k.Value[first] {
				first++
			}
			if !api.Valid(k.Value) || len(k.Value) != len(s) || k.Position != first+1 || slices.Contains(list[:i], k) {
				t.Fatalf("candidate %v for %q", k, s)
			}
		}
	}
}

// Fuzz is the part of a fuzz target that all packages share, with [Megabyte].
func Fuzz(t *testing.T, api API, s string) {
	t.Helper()
	api.holds(t, s)
	Megabyte(t, s, api.functions())
}

// Megabyte repeats one text in 256 to a megabyte and fails when one of the functions, another each time, takes more than
// its share over it: linear work takes milliseconds, quadratic work minutes. What takes long over an eighth of it already,
// on a busy machine or under the fuzzer's instruments, is judged by an eighth of that, since the fuzzer stops what takes
// ten seconds.
func Megabyte(t *testing.T, s string, functions map[string]func(string)) {
	t.Helper()
	h := crc32.ChecksumIEEE([]byte(s)) // the same in every process: the fuzzer wants the same path for the same text
	if s == "" || h%256 != 0 {
		return
	}
	names := slices.Sorted(maps.Keys(functions))
	name := names[h/256%uint32(len(names))]
	f := functions[name]
	for size := 1 << 17; ; size <<= 3 {
		long, short := strings.Repeat(s, size/len(s)+1), strings.Repeat(s, size/8/len(s)+1)
		slow := duration(f, long)
		for try := 0; slow > 300*time.Millisecond && slow > 40*duration(f, short); try++ {
			if try == 2 {
				t.Fatalf("%s of %.40q…: %v for %d KB", name, s, slow, size>>10)
			}
			slow = min(slow, duration(f, long))
		}
		if slow > 300*time.Millisecond || size == 1<<20 {
			return
		}
	}
}

func (api API) functions() map[string]func(string) {
	all := map[string]func(string){
		"Check":   func(s string) { _ = api.Check(s) },
		"Compact": func(s string) { _ = api.Compact(s) },
		"Format":  func(s string) { _ = api.Format(s) },
	}
	if api.Candidates != nil {
		all["Candidates"] = func(s string) { _ = api.Candidates(s) }
	}
	for name, f := range api.Parts {
		all[name] = f
	}
	return all
}

// Linear is [LinearIn] for the functions of a package and the usual texts, besides those given.
func Linear(t *testing.T, api API, texts ...string) {
	LinearIn(t, api.functions(), append(texts, "0", "a", " ", "\u200b", "\u3000１", "\xff", "9-", "示例")...)
}

// LinearIn fails when a text eight times as long takes more than five times its share: a cell of a megabyte must not
// stop a program. Quadratic work would take 64 times as long.
func LinearIn(t *testing.T, functions map[string]func(string), texts ...string) {
	if testing.Short() || raceEnabled {
		t.Skip("texts of a megabyte take the race detector minutes; the same test runs without it")
	}
	for _, text := range texts {
		short := strings.Repeat(text, 1<<17/len(text))
		long := strings.Repeat(text, 1<<20/len(text))
		for name, f := range functions {
			slow := duration(f, long)
			if slow < 100*time.Millisecond {
				continue
			}
			fast := duration(f, short)
			for try := 0; slow > 40*fast+100*time.Millisecond; try++ {
				if try == 9 {
					t.Errorf("%s of %.20q…: %v for 128 KB, %v for 1 MB", name, text, fast, slow)
					break
				}
				// The least of several runs is what a busy machine disturbs least.
				fast = min(fast, duration(f, short))
				slow = min(slow, duration(f, long))
			}
		}
	}
}

func duration(f func(string), s string) time.Duration {
	start := cpuTime()
	f(s)
	return cpuTime() - start
}
