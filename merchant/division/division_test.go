package division

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"310104", nil}, {"110000", nil}, {"110103", nil}, {"500157", nil}, {"500105", nil},
		{"31010", ErrLength}, {"", ErrLength}, {"31O104", ErrFormat}, {"\xff\xff\xff\xff\xff\xff", ErrFormat},
		{"999999", ErrComponent}, {"110100", ErrComponent}, {"000000", ErrComponent},
	} {
		if got := Check(c.in); !errors.Is(got, c.want) || Valid(c.in) != (c.want == nil) || c.want == nil && !Known(c.in) {
			t.Errorf("Check(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

func TestLookup(t *testing.T) {
	for code, want := range map[string]string{
		"310104": "{310104 徐汇区 3 310000 1981 0}",
		"440300": "{440300 深圳市 2 440000 1981 0}",
		"110000": "{110000 北京市 1  1981 0}",
		"110103": "{110103 崇文区 3 110000 1981 2010}",
		"220602": "{220602 浑江区 3 220600 2010 0}",
		"429004": "{429004 仙桃市 3 420000 1994 0}",
		"500105": "{500105 江北区 3 500000 1997 2025}",
	} {
		d, ok := Lookup(code)
		if got := fmt.Sprint(d); !ok || got != want {
			t.Errorf("Lookup(%s) = %s, want %s", code, got, want)
		}
	}
	if d, ok := At("220602", 2000); !ok || d.Name != "八道江区" {
		t.Errorf("At = %v, %v", d, ok)
	}
	if _, ok := At("110103", 2015); ok {
		t.Error("崇文区 in 2015")
	}
	if _, ok := At("500157", 2000); ok {
		t.Error("两江新区 in 2000")
	}
	if Current("110103") || !Current("310104") || Current("x") || Known("110100") {
		t.Error("Current or Known")
	}
	n, current := 0, 0
	for i := range 1000000 {
		code := fmt.Sprintf("%06d", i)
		if d, ok := Lookup(code); ok {
			n++
			if d.Level > 1 && !Known(d.Parent) && d.To == 0 {
				t.Errorf("%v has no parent", d)
			}
		}
		if Current(code) {
			current++
		}
	}
	if n != 6451 || current != 3212 || len(rowTails) != 6824 {
		t.Errorf("%d codes, %d in force, %d rows", n, current, len(rowTails))
	}
}

func TestSuccessors(t *testing.T) {
	for code, want := range map[string]string{
		"110103": "[110101]", "110221": "[110114]", "500105": "[500157]", "500112": "[500157]",
		"310104": "[]", "999999": "[]",
	} {
		if got := fmt.Sprint(Successors(code)); got != want {
			t.Errorf("Successors(%s) = %s, want %s", code, got, want)
		}
	}
	for row := range len(rowTails) {
		for _, s := range Successors(rowCode(row)) {
			if !Current(s) {
				t.Errorf("%s became %s, which is not in force", rowCode(row), s)
			}
		}
	}
}

func TestPseudo(t *testing.T) {
	for code, want := range map[string]string{
		"110100": "北京市 placeholder true", "130171": "石家庄高新技术产业开发区 zone true", "330103": "下城区 abolished true",
		"232761": "加格达奇区 other true", "310104": "  false", "x": "  false",
	} {
		name, kind, ok := Pseudo(code)
		if got := fmt.Sprint(name, " ", kind, " ", ok); got != want {
			t.Errorf("Pseudo(%s) = %s, want %s", code, got, want)
		}
	}
	if _, kind, _ := Pseudo("441901"); kind != "town_as_county" || len(pseudoCodes) != 584 {
		t.Errorf("%d pseudo codes", len(pseudoCodes))
	}
}

func TestLevels(t *testing.T) {
	for code, want := range map[string]string{
		"310104": "310000 310000", "310000": "310000 310000", "440305": "440300 440000", "440300": "440300 440000",
		"429004": "429004 420000", "440000": " 440000", "441901": "441900 440000", "110100": "110000 110000",
		"429099": " 420000", "999999": " ", "x": " ", "330782": "330700 330000", "659001": "659001 650000",
	} {
		if got := City(code) + " " + Province(code); got != want {
			t.Errorf("City and Province of %s = %q, want %q", code, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, parent, want string }{
		{"徐汇区", "", "[310104]"}, {"徐汇", "310000", "[310104]"}, {"吉林", "", "[220000 220200]"},
		{"朝阳区", "220000", "[220104]"}, {"朝阳区", "220100", "[220104]"}, {"恩施", "", "[422800 422801]"}, {"延边", "", "[222400]"},
		{"内蒙古", "", "[150000]"}, {"新疆", "", "[650000]"}, {"崇文区", "", "[]"}, {"", "", "[]"}, {"徐汇区", "320000", "[]"}, {"徐汇区", "x", "[]"},
		{"义乌市", "330700", "[330782]"}, {"仙桃", "420000", "[429004]"}, {"香港", "", "[810000]"}, {"上海市", "310000", "[]"},
	} {
		if got := fmt.Sprint(Find(c.name, c.parent)); got != c.want {
			t.Errorf("Find(%s, %s) = %s, want %s", c.name, c.parent, got, c.want)
		}
	}
}

func TestFiller(t *testing.T) {
	for _, tt := range []struct{ city, province, want string }{
		{"市辖区", "310000", "310100"}, {"北京", "110000", "110100"}, {"天津市", "120000", "120100"}, {"重庆城区", "500000", "500100"},
		{"县", "500000", "500200"}, {"县", "310000", ""}, {"市辖区", "330000", ""}, {"北京市", "310000", ""},
		{"自治区直辖县级行政区划", "650000", "659000"}, {"省直辖县", "330000", ""}, {"", "310000", ""}, {"市辖区", "310100", ""}, {"市辖区", "", ""},
	} {
		if got, ok := Filler(tt.city, tt.province); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s in %s: %s %v, want %s", tt.city, tt.province, got, ok, tt.want)
		}
	}
}

func TestSplitAddress(t *testing.T) {
	for in, want := range map[string]string{
		"上海市徐汇区漕溪北路88号":    "310000||310104|漕溪北路88号",
		"上海徐汇区漕溪北路88号":     "310000||310104|漕溪北路88号",
		"上海漕溪北路88号":        "310000|||漕溪北路88号",
		"徐汇区漕溪北路88号":       "310000||310104|漕溪北路88号",
		"广东省深圳市南山区科技园":     "440000|440300|440305|科技园",
		"广东深圳南山区科技园":       "440000|440300|440305|科技园",
		"深圳南山区科技园":         "440000|440300|440305|科技园",
		"深圳市南山区科技园":        "440000|440300|440305|科技园",
		"深圳科技园":            "|||深圳科技园",
		"浙江省义乌市稠城街道":       "330000|330700|330782|稠城街道",
		"湖北省仙桃市沔阳大道1号":     "420000||429004|沔阳大道1号",
		"北京市市辖区东城区东长安街1号":  "110000||110101|东长安街1号",
		"北京市北京市朝阳区建国路1号":   "110000||110105|建国路1号",
		"北京市宣武区广安门内大街1号":   "110000||110104|广安门内大街1号",
		"朝阳区建国路1号":         "|||朝阳区建国路1号",
		"朝阳门外大街1号":         "|||朝阳门外大街1号",
		"北京西路100号":         "|||北京西路100号",
		"吉林市昌邑区解放路1号":      "220000|220200|220202|解放路1号",
		"吉林省吉林市昌邑区解放路1号":   "220000|220200|220202|解放路1号",
		"内蒙古自治区呼和浩特市新城区1号": "150000|150100|150102|1号",
		"新疆乌鲁木齐市天山区1号":     "650000|650100|650102|1号",
		"延边朝鲜族自治州延吉市1号":    "220000|222400|222401|1号",
		"广东省东莞市虎门镇1号":      "440000|441900||虎门镇1号",
		"城区一号":             "|||城区一号",
		" 上海市 徐汇区 1号":      "310000||310104|1号",
		"":                 "|||",
		"\xff":             "|||\xff",
	} {
		p, c, d, rest := SplitAddress(in)
		if got := strings.Join([]string{p, c, d, rest}, "|"); got != want {
			t.Errorf("SplitAddress(%s) = %s, want %s", in, got, want)
		}
	}
}

// Every full name of three levels must be read back.
func TestSplitFullNames(t *testing.T) {
	for row := range len(rowTails) {
		code := rowCode(row)
		d, _ := Lookup(code)
		if rows[row].to() != 0 || d.Level != 3 {
			continue
		}
		address, city := "", ""
		parent, _ := Lookup(d.Parent)
		province, _ := Lookup(Province(code))
		if parent.Level == 2 {
			address, city = parent.Name, parent.Code
		}
		p, c, got, rest := SplitAddress(province.Name + address + d.Name + "幸福路1号")
		if p != province.Code || c != city || got != code || rest != "幸福路1号" {
			t.Errorf("%s%s%s = %s, %s, %s, %s", province.Name, address, d.Name, p, c, got, rest)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{"310104": "310104", " ３10\u200b104\n": "310104", "\xff": "\xff", "": ""} {
		if got := Compact(in); got != want || Format(in) != want {
			t.Errorf("Compact(%q) = %q", in, got)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		Check("310104")
		Lookup("310104")
		At("310104", 2000)
		City("440305")
		Province("440305")
		Pseudo("110100")
		Compact("310104")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func check(t interface{ Fatalf(string, ...any) }, s string) {
	if (Check(s) == nil) != Known(s) {
		t.Fatalf("Check(%q) and Known disagree", s)
	}
	_, _, _, rest := SplitAddress(s)
	if !strings.HasSuffix(s, rest) {
		t.Fatalf("SplitAddress(%q) leaves %q", s, rest)
	}
	for _, code := range Find(s, "") {
		if !Current(code) {
			t.Fatalf("Find(%q) = %s", s, code)
		}
	}
	At(s, 2000)
	if _, n, ok := Leading(s, ""); ok && (n <= 0 || n > len(s)) {
		t.Fatalf("Leading(%q) = %d", s, n)
	}
	Leading(s, s)
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{6}`)).Draw(t, "s"))
		row := rapid.IntRange(0, len(rowTails)-1).Draw(t, "row")
		code := rowCode(row)
		if !Known(code) || rows[row].to() == 0 && !slices.Contains(Find(name(row), ""), code) {
			t.Fatalf("%s %s is not found", code, name(row))
		}
	})
}

func TestOutside(t *testing.T) {
	for _, c := range []struct {
		name, province2, city string
		want                  bool
	}{
		{"广州市", "44", "440100", false}, {"番禺区", "44", "440100", false}, {"深圳市", "44", "440100", true}, {"深圳市", "44", "310000", true},
		{"徐汇区", "31", "310000", false}, {"无此地", "44", "440100", false}, {"无此地", "31", "440100", true},
		{"广州市", "", "440100", false}, {"广州市", "44", "", false},
	} {
		if got := Outside(c.name, c.province2, c.city); got != c.want {
			t.Errorf("Outside(%s, %s, %s) = %t", c.name, c.province2, c.city, got)
		}
	}
}

func FuzzDivision(f *testing.F) {
	for _, s := range []string{"310104", "上海市徐汇区", "广东深圳南山区", "\xe4\xb8", "市辖区"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		check(t, s)
	})
}

func ExampleSplitAddress() {
	fmt.Println(SplitAddress("广东省深圳市南山区科技园1号"))
	// Output: 440000 440300 440305 科技园1号
}

func ExampleSuccessors() {
	fmt.Println(Successors("110103"))
	// Output: [110101]
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("310104")
	}
}

func BenchmarkSplitAddress(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		SplitAddress("广东省深圳市南山区科技园1号")
	}
}
