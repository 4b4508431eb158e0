package companyname

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestSplit(t *testing.T) {
	for in, want := range map[string]string{
		"上海示例商贸有限公司":           "上海 310000 示例商贸 有限公司 -",
		"上海市徐汇区示例商贸有限责任公司":     "上海市徐汇区 310104 示例商贸 有限责任公司 -",
		"上海徐汇示例商贸有限公司":         "上海徐汇 310104 示例商贸 有限公司 -",
		"示例（上海）商贸有限公司":         "上海 310000 示例商贸 有限公司 - inside",
		"示例(中国)商贸有限公司":         "- - 示例(中国)商贸 有限公司 -",
		"示例技术有限公司深圳分公司":        "- - 示例技术 有限公司 深圳分公司",
		"示例银行股份有限公司北京海淀支行":     "- - 示例银行 股份有限公司 北京海淀支行",
		"示例银行北京海淀支行":           "- - 示例银行 - 北京海淀支行",
		"杭州示例投资合伙企业（有限合伙）":     "杭州 330100 示例投资 合伙企业(有限合伙) -",
		"义乌市示例百货店（个体工商户）":      "义乌市 330782 示例百货 店(个体工商户) -",
		"义乌示例百货商行":             "义乌 330782 示例百货 商行 -",
		"和平示例便利店":              "- - 和平示例 便利店 -",
		"示例集团有限公司":             "- - 示例 集团有限公司 -",
		"上海有限公司":               "- - 上海 有限公司 -",
		"超市":                   "- - 超市 - -",
		"有限公司":                 "- - 有限公司 - -",
		"":                     "- - - - -",
		"示例商贸有限公司（个人独资）":       "- - 示例商贸 有限公司(个人独资) -",
		"浙江省杭州市西湖区示例餐饮有限公司城西店": "浙江省杭州市西湖区 330106 示例餐饮 有限公司 城西店",
	} {
		p := Split(in)
		got := fields(p)
		if got != want {
			t.Errorf("Split(%s) = %s, want %s", in, got, want)
		}
	}
}

func fields(p Parts) string {
	list := []string{p.Region, p.RegionCode, p.Trade, p.Form, p.Branch}
	for i, s := range list {
		if s == "" {
			list[i] = "-"
		}
	}
	if p.RegionInside {
		list = append(list, "inside")
	}
	return strings.Join(list, " ")
}

func TestForm(t *testing.T) {
	for in, want := range map[string]string{
		"上海示例商贸有限公司": "有限公司 company true", "上海示例商贸股份有限公司": "股份有限公司 company true",
		"示例（集团）有限公司": "(集团)有限公司 company true", "示例中心（有限合伙）": "(有限合伙) partnership true",
		"示例商贸有限公司（上海）": "有限公司 company true", "示例便利店": "便利店 individual/company true",
		"示例有限公司上海分公司": "分公司 branch true", "示例": "  false", "": "  false", "（）": "  false",
	} {
		suffix, class, ok := Form(in)
		if got := fmt.Sprint(suffix, " ", class, " ", ok); got != want {
			t.Errorf("Form(%s) = %s, want %s", in, got, want)
		}
	}
	if r, ok := Registrars("示例工作室"); !ok || r != "92/91" {
		t.Errorf("Registrars = %s, %v", r, ok)
	}
	if _, ok := Registrars("示例"); ok {
		t.Error("registrars of no form")
	}
}

func TestSameCore(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"上海示例商贸有限公司", "上海市示例商贸有限责任公司", true},
		{"浙江省杭州市示例商贸有限公司", "杭州示例商贸有限公司", true},
		{"示例（集团）有限公司", "示例(集团)有限公司。", true},
		{"示例集团有限公司", "示例集团有限责任公司", true},
		{"示例技术有限公司深圳分公司", "示例技术有限责任公司深圳市分公司", true},
		{"义乌示例百货店", "义乌市示例百货店(个体工商户)", true},
		{"上海示例商贸有限公司", "上海实例商贸有限公司", false},
		{"上海示例商贸有限公司", "北京示例商贸有限公司", false},
		{"上海示例商贸有限公司", "示例商贸有限公司", false},
		{"上海示例商贸有限公司", "示例(上海)商贸有限公司", false},
		{"上海示例商贸有限公司", "上海示例商贸股份有限公司", false},
		{"示例技术有限公司深圳分公司", "示例技术有限公司广州分公司", false},
		{"示例技术有限公司", "示例技术有限公司深圳分公司", false},
		{"吉林省示例商贸有限公司", "吉林市示例商贸有限公司", false},
		{"", "", true}, {"", "示例", false},
	} {
		if got := SameCore(c.a, c.b); got != c.want || SameCore(c.b, c.a) != c.want {
			t.Errorf("SameCore(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		Split("上海示例商贸有限公司")
		Form("上海示例商贸有限公司")
		_ = Check("上海示例商贸有限公司")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func check(t interface{ Fatalf(string, ...any) }, a, b string) {
	p := Split(a)
	if key := Compact(a); !p.RegionInside && p.Region+p.Trade+p.Form+p.Branch != key {
		t.Fatalf("Split(%q) = %+v", a, p)
	}
	if !SameCore(a, a) || SameCore(a, b) != SameCore(b, a) {
		t.Fatalf("SameCore(%q, %q) is lopsided", a, b)
	}
	Form(a)
}

func TestProperties(t *testing.T) {
	word := rapid.SampledFrom([]string{"上海", "市", "徐汇", "吉林", "示例", "(", ")", "（集团）", "有限公司", "有限责任公司", "分公司", "店", "(有限合伙)", "合伙企业", "银行", "支行", "a", " "})
	name := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOf(word).Draw(t, "words"), "") })
	rapid.Check(t, func(t *rapid.T) {
		check(t, name.Draw(t, "a"), name.Draw(t, "b"))
		check(t, rapid.String().Draw(t, "c"), name.Draw(t, "d"))
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("上海示例（集团）有限公司徐汇分公司", "示例（上海）商贸有限公司")
	f.Add("(有限合伙)", "\xff(")
	f.Fuzz(func(t *testing.T, a, b string) {
		numbertest.Fuzz(t, api, a)
		check(t, a, b)
	})
}

func TestCheck(t *testing.T) {
	for in, want := range map[string]error{
		"上海示例商贸有限公司": nil, "上海示例商贸有限公司徐汇分公司": nil, "示例便利店（个体工商户）": nil, "Sample Trading 有限公司": nil,
		"店": ErrLength, "": ErrLength, strings.Repeat("示", 97) + "有限公司": ErrLength,
		"????商贸有限公司": ErrFormat, "12345": ErrFormat, "上海\ufffd有限公司": ErrFormat, "示例😀店": ErrFormat, "（）": ErrFormat, "示例\xff有限公司": ErrFormat,
		"示例": ErrComponent, "老王包子": ErrComponent, "示例??有限": ErrComponent,
	} {
		if err := Check(in); err != want {
			t.Errorf("Check(%q) = %v, want %v", in, err, want)
		}
	}
	if c, f := Compact(" 示例（上海） 商贸\u200b有限公司"), Format("示例(上海)商贸有限公司"); c != "示例(上海)商贸有限公司" || f != "示例（上海）商贸有限公司" {
		t.Errorf("%q, %q", c, f)
	}
}

func ExampleSplit() {
	p := Split("上海市示例商贸有限公司徐汇分公司")
	fmt.Println(p.Region, p.Trade, p.Form, p.Branch)
	// Output: 上海市 示例商贸 有限公司 徐汇分公司
}

func TestTrades(t *testing.T) {
	for _, c := range []struct {
		a, b, x, y string
		ok         bool
	}{
		{"上海宏达商贸有限公司", "上海市鸿达商贸有限责任公司", "宏达商贸", "鸿达商贸", true},
		{"宏达（上海）商贸有限公司", "鸿达(上海)商贸有限公司", "宏达商贸", "鸿达商贸", true},
		{"上海宏达商贸有限公司", "杭州宏达商贸有限公司", "", "", false},
		{"上海宏达商贸有限公司", "上海宏达商贸经营部", "", "", false},
		{"上海宏达商贸有限公司徐汇分公司", "上海宏达商贸有限公司", "", "", false},
		{"", "", "", "", false},
	} {
		x, y, ok := Trades(c.a, c.b)
		if ok != c.ok || ok && (x != c.x || y != c.y) {
			t.Errorf("Trades(%s, %s) = %s %s %v", c.a, c.b, x, y, ok)
		}
	}
}

func ExampleSameCore() {
	fmt.Println(SameCore("上海市示例商贸有限责任公司", "上海示例商贸有限公司"))
	// Output: true
}

func BenchmarkSplit(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Split("上海示例商贸有限公司")
	}
}
