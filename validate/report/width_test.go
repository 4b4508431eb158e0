package report

import (
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "K17": 3, "商户!K17": 8, "ＡＢ": 4, "e\u0301": 1, "·": 1} {
		if got := columns(s); got != want {
			t.Errorf("%q takes %d columns, want %d", s, got, want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("账号 6228***********0379 与登记 6228***********0379 不同", 20)
	f.Add("one two  three", 5)
	f.Add("abcdefghij", 3)
	f.Add("，，，，，", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		s = strings.ToValidUTF8(s, "?")
		lines := wrap(s, limit)
		if squeeze(strings.Join(lines, "")) != squeeze(s) {
			t.Fatalf("%q became %q", s, lines)
		}
		for _, l := range lines {
			if limit > 1 && columns(l) > limit {
				t.Fatalf("%q is wider than %d", l, limit)
			}
		}
	})
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestPrintable(t *testing.T) {
	for s, want := range map[string]string{"plain 文字": "plain 文字", "a\nb": "a<U+000A>b", "\x1b[2J": "<U+001B>[2J", "a\u202eb": "a<U+202E>b", "零\u200b宽": "零<U+200B>宽"} {
		if got := printable(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestVeil(t *testing.T) {
	for s, want := range map[string]string{
		"漕溪北路88号":                   "漕溪北路88号",
		"地址310104197801010003号":     "地址310***********0003号", // a wrong check digit: a slip, which still tells who it is
		"11010519491231002X":        "110***********002X",
		"见11010519491231002x、":      "见110***********002x、",
		"13910000007 和 13910000008": "139****0007 和 139****0008",
		"898290054110001":           "898290054110001",
		"(91350100M000100Y43)":      "(9135**********0Y43)",
	} {
		if got := veil(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
