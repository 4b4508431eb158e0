package companyname

import (
	"strings"
	"testing"
	"time"
)

func TestLinear(t *testing.T) {
	linear(t, map[string]func(string){
		"Split":      func(s string) { Split(s) },
		"Form":       func(s string) { Form(s) },
		"Registrars": func(s string) { Registrars(s) },
		"SameCore":   func(s string) { SameCore(s+"甲", s+"乙") },
	}, "a", "示例", "()", "(", ")", "(a)", "有限公司", "分公司", "银行", "上海", "北京市(", "市辖区", "(有限合伙)", " ", "\xff")
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
