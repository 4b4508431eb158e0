package normalize

import (
	"strings"
	"testing"
	"time"
)

func TestLinear(t *testing.T) {
	linear(t, map[string]func(string){
		"Key":           func(s string) { Key(s) },
		"Clean":         func(s string) { Clean(s) },
		"CleanText":     func(s string) { CleanText(s) },
		"FoldWidth":     func(s string) { FoldWidth(s) },
		"Code":          func(s string) { Code(s) },
		"Digits":        func(s string) { Digits(s) },
		"GBKLen":        func(s string) { GBKLen(s) },
		"GB18030Len":    func(s string) { GB18030Len(s) },
		"Mojibake":      func(s string) { Mojibake(s) },
		"HasPrivateUse": func(s string) { _ = HasPrivateUse(s) },
		"MarkDifference": func(s string) {
			MarkDifference(s, s[:len(s)/2]+"x"+s[len(s)/2:])
		},
		"PossibleVariant": func(s string) { PossibleVariant(s, s+"陳") },
	}, "0", "a", "A ", " ", "\u200b", "\u3000１", "\xff", "示例", "a.", "例. \u200b", "e\u0301\u0307", "\u0301", "か\u3099", "\ue81f⻓", "鍏\ue100", "*", "\r\n")
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
