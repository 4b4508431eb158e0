package normalize

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestKey(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"上海示例商贸有限公司", "上海示例商贸有限公司"},
		{"上海示例（集团）有限公司", "上海示例(集团)有限公司"},
		{"上海示例【集团】〔一〕［二］《三》有限公司", "上海示例(集团)(一)(二)(三)有限公司"},
		{"\u00a0上海示例\u200b商贸\u3000有限 公司\ufeff\t", "上海示例商贸有限公司"},
		{"ａｂｃ  trading   co", "ABC TRADING CO"},
		{"上海 abc 公司", "上海 ABC 公司"},
		{"阿里•买买提", "阿里·买买提"},
		{"阿里 ・ 买买提", "阿里·买买提"},
		{"J.K", "J·K"},
		{"3.5折", "3.5折"},
		{"上海示例商贸有限公司。", "上海示例商贸有限公司"},
		{"上海示例商贸有限公司．", "上海示例商贸有限公司"},
		{"上海示例商贸有限公司*", "上海示例商贸有限公司"},
		{"上海\ue81f商贸", "上海㖞商贸"},
		{"⻓城", "长城"},
		{"⼈民路", "人民路"},
		{"①号楼", "①号楼"},
		{"㈱示例", "㈱示例"},
		{"公司 (北京)", "公司(北京)"},
		{"ABC (CHINA) LTD", "ABC (CHINA) LTD"},
		{"示\n例", "示例"},
		{"Cafe\u0301", "CAFÉ"},
		{"葛\U000e0100城", "葛城"},
		{"\xff示例", "\ufffd示例"},
		{"***", ""},
	} {
		if got := Key(c.in); got != c.want {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.want)
		}
		if got := string(AppendKey([]byte("x"), c.in)); got != "x"+c.want {
			t.Errorf("AppendKey(%q) = %q", c.in, got)
		}
	}
}

func TestClean(t *testing.T) {
	got, edits := Clean("\u00a0上海\u200b示例\ue81f\r\n公司 ")
	if got != "上海示例㖞公司" {
		t.Errorf("Clean = %q", got)
	}
	want := "[{0 \u00a0  U+00A0 NO-BREAK SPACE} {8 \u200b  U+200B ZERO WIDTH SPACE} {17 \ue81f 㖞 U+E81F PRIVATE USE} {20 \r  U+000D CARRIAGE RETURN} {21 \n  U+000A LINE FEED} {28    U+0020 SPACE}]"
	if s := fmt.Sprint(edits); s != want {
		t.Errorf("edits = %s", s)
	}
	if got, edits := CleanText("\n一\r\n二\r三\n"); got != "一\n二\n三" || len(edits) != 4 {
		t.Errorf("CleanText = %q, %v", got, edits)
	}
	if got, edits := CleanText("一\n二"); got != "一\n二" || edits != nil {
		t.Errorf("CleanText = %q, %v", got, edits)
	}
	// Removal must not join bytes into a character that Clean would have removed.
	if got, _ := Clean("a\xe2\u200b\x80\x8bb"); strings.Contains(got, "\u200b") {
		t.Errorf("Clean left %q", got)
	}
}

func TestCodes(t *testing.T) {
	for _, c := range []struct{ in, width, code, digits string }{
		{"123", "123", "123", "123"},
		{"９１３５0100m000100y43", "91350100m000100y43", "91350100M000100Y43", "91350100M000100Y43"},
		{" 6228 4804-0256\u20104890\u3000", " 6228 4804-0256\u20104890 ", "62284804-0256\u20104890", "6228480402564890"},
		{"１－2\t\ufeff", "1-2\t\ufeff", "1-2", "12"},
	} {
		if w, cd, d := FoldWidth(c.in), Code(c.in), Digits(c.in); w != c.width || cd != c.code || d != c.digits {
			t.Errorf("%q: %q %q %q", c.in, w, cd, d)
		}
	}
}

func TestPossibleVariant(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"陳建華", "陈建华", true}, {"肖强", "萧强", true}, {"肖强", "蕭強", true}, {"桜井", "樱井", true},
		{"陈建华", "陈建华", false}, {"陈建华", "陈建国", false}, {"陈建", "陈建华", false}, {"", "陈", false},
	} {
		if got := PossibleVariant(c.a, c.b); got != c.want || PossibleVariant(c.b, c.a) != c.want {
			t.Errorf("PossibleVariant(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

// The counts must agree with the encoders for every character there is.
func TestEncodedLengths(t *testing.T) {
	gbk, gb18030 := simplifiedchinese.GBK.NewEncoder(), simplifiedchinese.GB18030.NewEncoder()
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r >= 0xD800 && r <= 0xDFFF {
			continue
		}
		s := string(r)
		if r <= 0xFFFF {
			enc, err := gbk.String(s)
			n, ok := GBKLen(s)
			if ok != (err == nil) || ok && n != len(enc) {
				t.Fatalf("GBKLen(%U) = %d, %v; encoder %d, %v", r, n, ok, len(enc), err)
			}
		}
		enc, err := gb18030.String(s)
		if n := GB18030Len(s); err != nil || n != len(enc) {
			t.Fatalf("GB18030Len(%U) = %d; encoder %d, %v", r, n, len(enc), err)
		}
	}
	if n, ok := GBKLen("上海A\xff"); n != 7 || ok {
		t.Errorf("GBKLen of an invalid byte = %d, %v", n, ok)
	}
}

func TestMojibake(t *testing.T) {
	for _, want := range []string{"北京示例", "汉字A1", "广州市天河区"} {
		bad, err := simplifiedchinese.GB18030.NewDecoder().String(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := Mojibake(bad); !ok || got != want {
			t.Errorf("Mojibake(%q) = %q, %v, want %q", bad, got, ok, want)
		}
	}
	// Other decoders keep the user-defined areas as private-use characters.
	if got, ok := Mojibake("鍏\ue100徃"); !ok || got != "公司" {
		t.Errorf("Mojibake = %q, %v", got, ok)
	}
	// A pair of bytes without a character is lost, and nothing can be repaired.
	if got, ok := Mojibake("寮犱笁涓\ufffd"); ok {
		t.Errorf("Mojibake = %q", got)
	}
	for _, s := range []string{"", "上海示例商贸有限公司", "ABC", "联通", "陳建華", "鑫鑫饭店", "锘", "涓", "\xff"} {
		if got, ok := Mojibake(s); ok {
			t.Errorf("Mojibake(%q) = %q", s, got)
		}
	}
}

func TestMarkDifference(t *testing.T) {
	for _, c := range []struct{ a, b, ma, mb string }{
		{"上海示例公司", "上海实例公司", "上海【示】例公司", "上海【实】例公司"},
		{"公司", "公司\u00a0", "公司【】", "公司【␠U+00A0】"},
		{"公 司", "公司", "公【␠】司", "公【】司"},
		{"公司", "公司", "公司", "公司"},
		{"aa", "aaa", "aa【】", "aa【a】"},
	} {
		if ma, mb := MarkDifference(c.a, c.b); ma != c.ma || mb != c.mb {
			t.Errorf("MarkDifference(%q, %q) = %q, %q", c.a, c.b, ma, mb)
		}
	}
}

func TestPrivateUse(t *testing.T) {
	if HasPrivateUse("上海") || !HasPrivateUse("上\ue836") || HasReplacement("上海") || !HasReplacement("\ufffd") {
		t.Error("private use or replacement misjudged")
	}
}

func TestNoAllocations(t *testing.T) {
	var edits []Edit
	for _, s := range []string{"上海示例商贸有限公司", "ABC TRADING", "阿里·买买提", "上海示例(集团)有限公司", "Ａ"} {
		if n := testing.AllocsPerRun(100, func() {
			if s != "Ａ" {
				Key(s)
				_, edits = Clean(s)
				Code(s[:3])
				FoldWidth(s)
			}
			GBKLen(s)
			GB18030Len(s)
			_ = HasPrivateUse(s)
			Mojibake(s)
		}); n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
	if edits != nil {
		t.Error("edits of a clean name")
	}
}

// check holds what must be true of any value.
func check(t interface{ Fatalf(string, ...any) }, s, other string) {
	k := Key(s)
	if again := Key(k); again != k {
		t.Fatalf("Key(%q) = %q, then %q", s, k, again)
	}
	if !utf8.ValidString(k) {
		t.Fatalf("Key(%q) = %q is not UTF-8", s, k)
	}
	for name, f := range map[string]func(string) string{
		"Code": Code, "Digits": Digits, "FoldWidth": FoldWidth,
		"Clean":     func(s string) string { c, _ := Clean(s); return c },
		"CleanText": func(s string) string { c, _ := CleanText(s); return c },
	} {
		c := f(s)
		if again := f(c); again != c {
			t.Fatalf("%s(%q) = %q, then %q", name, s, c, again)
		}
	}
	for _, f := range []func(string) (string, []Edit){Clean, CleanText} {
		c, edits := f(s)
		if (edits == nil) != (c == s) {
			t.Fatalf("clean(%q) = %q with %d edits", s, c, len(edits))
		}
		var b strings.Builder
		at := 0
		for _, e := range edits {
			if s[e.Offset:e.Offset+len(e.Removed)] != e.Removed {
				t.Fatalf("edit %v does not fit %q", e, s)
			}
			b.WriteString(s[at:e.Offset])
			b.WriteString(e.Put)
			at = e.Offset + len(e.Removed)
		}
		if b.String()+s[at:] != c {
			t.Fatalf("edits of %q do not lead to %q", s, c)
		}
	}
	PossibleVariant(s, other)
	Mojibake(s)
	MarkDifference(s, other)
	n, ok := GBKLen(s)
	if m := GB18030Len(s); ok && m < n {
		t.Fatalf("GB18030Len(%q) = %d below %d", s, m, n)
	}
}

// Runs of one trouble are one edit, so that a damaged cell does not become as many edits as bytes.
func TestCleanRuns(t *testing.T) {
	for in, want := range map[string]string{
		"示\xff\xfe\xff例":       "3 bytes, not UTF-8",
		"示\xff例":               "3 byte 0xFF, not UTF-8",
		"示\u200b\u200b\u200b例": "3 U+200B ZERO WIDTH SPACE",
		"示\ue81f\ue81f例":       "3 U+E81F PRIVATE USE|6 U+E81F PRIVATE USE",
		"示\ue81f\u200b例\xff":   "3 U+E81F PRIVATE USE|6 U+200B ZERO WIDTH SPACE|12 byte 0xFF, not UTF-8",
	} {
		_, edits := Clean(in)
		var got []string
		for _, e := range edits {
			got = append(got, fmt.Sprint(e.Offset, " ", e.Name))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("Clean(%q): %s, want %s", in, s, want)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"上海示例（集团）有限公司。", "\ue81f ⻓\u00a0a.b", "i\u0307", "\xe2\u200b\x80\x8b", "A 。 中", "か\u3099"} {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		check(t, a, b)
		numbertest.Megabyte(t, a, functions)
	})
}

func TestProperties(t *testing.T) {
	special := rapid.RuneFrom([]rune(" .。·・*（）()[]\u00a0\u200b\u3000\u0301\u0307\u3099\ue81f⻓中文aAiKÅ\u212b\uf900é\r\n-－１ａ"))
	text := rapid.OneOf(rapid.String(), rapid.StringOf(special))
	rapid.Check(t, func(t *rapid.T) { check(t, text.Draw(t, "a"), text.Draw(t, "b")) })
}

func ExampleKey() {
	fmt.Println(Key("上海示例（集团）\u200b有限 公司。") == Key("上海示例(集团)有限公司"))
	// Output: true
}

func ExampleClean() {
	name, edits := Clean("上海示例商贸有限公司\u00a0")
	fmt.Println(name, edits[0].Name)
	// Output: 上海示例商贸有限公司 U+00A0 NO-BREAK SPACE
}

func ExampleMarkDifference() {
	fmt.Println(MarkDifference("漕溪北路88号", "漕溪北路89号"))
	// Output: 漕溪北路8【8】号 漕溪北路8【9】号
}

func BenchmarkKey(b *testing.B) {
	for name, s := range map[string]string{
		"han":      "上海示例商贸有限责任公司徐汇区分公司示例门店",
		"brackets": "上海示例（集团）有限责任公司徐汇区分公司示例",
		"latin":    "ABC TRADING CO LTD",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Key(s)
			}
		})
	}
}

func BenchmarkGBKLen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		GBKLen("上海示例商贸有限责任公司徐汇区分公司示例门店")
	}
}
