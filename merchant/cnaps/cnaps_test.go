package cnaps

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"102100099996", nil}, {"103100000026", nil}, {"402393023151", nil}, {"011884020184", nil},
		{"102290026507", nil},
		{"102100099997", ErrChecksum}, {"120100099996", ErrChecksum}, {"999999999994", ErrChecksum},
		{"10210009999", ErrLength}, {"", ErrLength}, {"1022900265070", ErrLength},
		{"10210009999O", ErrFormat}, {"１021000999", ErrFormat}, {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", ErrFormat},
		{withDigit("10010000000"), ErrComponent}, // no bank 100
		{withDigit("10265360000"), ErrComponent}, // no area 6536
	} {
		if got := Check(c.in); !errors.Is(got, c.want) {
			t.Errorf("Check(%q) = %v, want %v", c.in, got, c.want)
		}
		if Valid(c.in) != (c.want == nil) {
			t.Errorf("Valid(%q) disagrees", c.in)
		}
	}
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Value          string
		Valid          bool
		AfterNormalise *bool `json:"after_normalise"`
		Why            string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		if got := Valid(v.Value); got != v.Valid {
			t.Errorf("Valid(%q) = %v (%s): %v", v.Value, got, v.Why, Check(v.Value))
		}
		after := v.Valid
		if v.AfterNormalise != nil {
			after = *v.AfterNormalise
		}
		if got := Valid(Compact(v.Value)); got != after {
			t.Errorf("Valid(Compact(%q)) = %v (%s)", v.Value, got, v.Why)
		}
	}
}

func TestParts(t *testing.T) {
	const s = "102290026507"
	if Bank(s) != "102" || Area(s) != "2900" || Sequence(s) != "2650" || Bank("1") != "" {
		t.Errorf("parts of %s: %s %s %s", s, Bank(s), Area(s), Sequence(s))
	}
	for code, want := range map[string]string{
		"102": "中国工商银行 state true", "313": "城市商业银行 group true", "001": "中国人民银行 central true", "989": "香港地区银行 hkmo true", "100": "  false", "1": "  false"} {
		name, kind, ok := BankName(code)
		if got := fmt.Sprintln(name, kind, ok); got != want+"\n" {
			t.Errorf("BankName(%s) = %s", code, got)
		}
	}
	for code, want := range map[string]string{"1000": "北京市 11 true", "1081": "香港特别行政区 81 true", "1210": "石家庄 13 true", "5810": "广州市 44 true", "6536": "  false", "1O00": "  false", "9999": "  false"} {
		name, province, ok := AreaName(code)
		if got := fmt.Sprintln(name, province, ok); got != want+"\n" {
			t.Errorf("AreaName(%s) = %s", code, got)
		}
	}
	if !IsGroup("314") || IsGroup("102") {
		t.Error("IsGroup")
	}
	if n := len(areaOffset) - 1; n != 2177 {
		t.Errorf("%d areas", n)
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"102100099996": "102100099996", " 1021 0009\u00a09996\u200b\ufeff\n": "102100099996",
		"１０２1000999９６": "102100099996", "1021-0009-9996": "1021-0009-9996", "": "", "\xff\x31": "\xff1",
	} {
		if got := Compact(in); got != want || Format(in) != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCandidates(t *testing.T) {
	list := Candidates("120100099996")
	if !slices.Contains(list, Candidate{"102100099996", 2}) {
		t.Errorf("Candidates = %v", list)
	}
	if list := Candidates("10210009999O"); len(list) != 1 || list[0] != (Candidate{"102100099996", 12}) {
		t.Errorf("Candidates of a letter = %v", list)
	}
	if Candidates("102100099996") != nil || Candidates("1") != nil {
		t.Error("candidates of a valid code or of another length")
	}
}

func TestNoAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		Check("102100099996")
		Check("102100099997")
		Compact("102100099996")
		BankName("102")
		AreaName("2900")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// valid draws a code that passes.
func valid(t *rapid.T) string {
	area := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%04d", rapid.IntRange(1000, 9099).Draw(t, "n"))
	}).Filter(func(s string) bool { _, _, ok := AreaName(s); return ok }).Draw(t, "area")
	bank := rapid.SampledFrom([]string{"011", "102", "105", "313", "402", "403", "785"}).Draw(t, "bank")
	head := bank + area + fmt.Sprintf("%04d", rapid.IntRange(0, 9999).Draw(t, "sequence"))
	return withDigit(head)
}

func withDigit(head string) string {
	for d := '0'; ; d++ {
		if s := head + string(d); d > '9' || CheckDigit(s) {
			return s
		}
	}
}

func TestSubstitutionsAreCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := valid(t)
		if err := Check(s); err != nil {
			t.Fatalf("Check(%s) = %v", s, err)
		}
		for i := range s {
			for d := byte('0'); d <= '9'; d++ {
				if wrong := s[:i] + string(d) + s[i+1:]; d != s[i] && CheckDigit(wrong) {
					t.Fatalf("%s passes for %s", wrong, s)
				}
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"102100099996", "120100099996", " １02-", "\xff\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func ExampleCheck() {
	fmt.Println(Check("102100099996"), Check("102100099997"))
	// Output: <nil> cnaps: wrong check digit
}

func ExampleAreaName() {
	name, province, _ := AreaName(Area("102290026507"))
	fmt.Println(name, province)
	// Output: 上海市 31
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Check("102100099996")
	}
}

func BenchmarkCandidates(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Candidates("102100099997")
	}
}
