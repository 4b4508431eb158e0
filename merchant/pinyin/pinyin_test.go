package pinyin

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b rune
		want bool
	}{
		{'宏', '鸿', true}, {'宏', '红', true}, {'佳', '嘉', true}, {'贸', '茂', true}, {'商', '尚', true}, {'绿', '律', true},
		{'行', '航', true}, {'行', '形', true}, {'重', '虫', true}, {'重', '众', true}, {'重', '重', true}, {'乐', '月', true}, {'乐', '勒', true},
		{'宏', '丰', false}, {'女', '怒', false}, {'绿', '路', true}, {'陆', '六', true}, {'林', '凌', false}, {'张', '章', true},
		{'A', 'A', true}, {'A', 'B', false}, {'1', '一', false}, {'・', '。', false}, {0x20000, 0x20001, false},
	} {
		if Same(c.a, c.b) != c.want || Same(c.b, c.a) != c.want {
			t.Errorf("%c %c: want %v", c.a, c.b, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	if len(usual) != 2*(last-first+1) || len(more)%4 != 0 {
		t.Fatalf("%d and %d bytes", len(usual), len(more))
	}
	before := rune(0)
	for i := range len(more) / 4 {
		r := rune(word(more, 2*i))
		if r < before || usualOf(r) == 0 || word(more, 2*i+1) == 0 {
			t.Fatalf("entry %d: %c", i, r)
		}
		before = r
	}
	for _, r := range "上海瑞丰恒泰商贸有限公司个体工商户经营部超市便利店" {
		if usualOf(r) == 0 {
			t.Errorf("%c has no reading", r)
		}
	}
}

func TestAppend(t *testing.T) {
	form := func(s string) string { return string(Append(nil, s)) }
	if form("宏达商贸A1") != form("鸿达尚茂A1") || form("宏达") == form("丰达") || form("宏A") == form("宏B") || form("") != "" {
		t.Error("characters of one sound must share a form, and no others")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.RuneFrom([]rune("宏鸿红佳嘉行航重虫乐A1")).Draw(t, "a"), rapid.Rune().Draw(t, "b")
		if Same(a, b) != Same(b, a) {
			t.Fatalf("%c %c", a, b)
		}
		if form(string(a)) == form(string(b)) && a != b && !Same(a, b) {
			t.Fatalf("%c and %c share a form and no reading", a, b)
		}
	})
}

func BenchmarkSame(b *testing.B) {
	x, y := []rune("上海宏达重行商贸有限公司"), []rune("上海鸿达虫航商贸有限公司")
	b.ReportAllocs()
	for b.Loop() {
		for i := range x {
			if !Same(x[i], y[i]) {
				b.Fatal(i)
			}
		}
	}
}
