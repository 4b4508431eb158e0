package mcc

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"5812", nil}, {"0742", nil}, {"9498", nil}, {"3998", nil},
		{"742", ErrFormat}, {"", ErrFormat}, {"58122", ErrFormat}, {"58I2", ErrFormat}, {"５", ErrFormat}, {"\xff\xff\xff\xff", ErrFormat},
		{"0000", ErrComponent}, {"9999", ErrComponent},
	} {
		if got := Check(c.in); !errors.Is(got, c.want) || Valid(c.in) != (c.want == nil) {
			t.Errorf("Check(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

func TestLookup(t *testing.T) {
	for code, want := range map[string]string{
		"5812": "{5812 就餐场所和餐馆 Eating places and restaurants true 标准 false false false} true",
		"0743": "{0743 葡萄酒生产商 Wine producers false  true false false} true",
		"9498": "{9498 信用卡还款  true 标准 false false false} true",
		"0000": "{   false  false false false} false",
		"58":   "{   false  false false false} false",
	} {
		e, ok := Lookup(code)
		if got := fmt.Sprint(e, ok); got != want {
			t.Errorf("Lookup(%s) = %s, want %s", code, got, want)
		}
	}
	if e, _ := Lookup("7995"); !e.HighRisk || e.Prohibited {
		t.Errorf("7995 = %+v", e)
	}
	if e, _ := Lookup("7801"); e.HighRisk || !e.Prohibited {
		t.Errorf("7801 = %+v", e)
	}
	n, union := 0, 0
	for i := range 10000 {
		code := fmt.Sprintf("%04d", i)
		e, ok := Lookup(code)
		if ok != Valid(code) || ok && e.Code != code {
			t.Fatalf("Lookup(%s) = %v, %v", code, e, ok)
		}
		if ok {
			n++
		}
		if e.UnionPay {
			union++
		}
	}
	if n != 365 || union != 270 {
		t.Errorf("%d codes, %d of UnionPay", n, union)
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{"5812": "5812", " 58\u200b12\u3000": "5812", "５８1２": "5812", "": "", "\xff": "\xff"} {
		if got := Compact(in); got != want || Format(in) != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		Check("5812")
		Lookup("5812")
		Compact("5812")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if c := Compact(s); Compact(c) != c || Valid(s) && c != s {
			t.Fatalf("Compact(%q) = %q", s, c)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"5812", " ５8\xff\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		if e, ok := Lookup(s); ok != Valid(s) || ok && e.Code != s {
			t.Fatalf("Lookup(%q) = %v, %v", s, e, ok)
		}
	})
}

func ExampleLookup() {
	e, ok := Lookup("5812")
	fmt.Println(e.ZH, ok)
	// Output: 就餐场所和餐馆 true
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("5812")
	}
}
