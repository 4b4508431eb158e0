package diff

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		in, rest string
		numbers  []string
	}{
		{"漕溪北路88号", "漕溪北路#号", []string{"88"}},
		{"漕溪北路八十八号一楼", "漕溪北路#号#层", []string{"88", "1"}},
		{"文三路012弄", "文#路#弄", []string{"3", "12"}},
		{"建国路二〇五号十二层A座", "建国路#号#层#幢", []string{"205", "12", "A"}},
		{"珠江路二百零五号3F", "珠江路#号#层", []string{"205", "3"}},
		{"千二百路000号", "#路#号", []string{"1200", "0"}},
		{"人民路", "人民路", nil},
	} {
		if rest, numbers := numerals(c.in); rest != c.rest || !slices.Equal(numbers, c.numbers) {
			t.Errorf("%s: %s %q, want %s %q", c.in, rest, numbers, c.rest, c.numbers)
		}
	}
}

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		field *field
		a, b  string
		want  bool
	}{
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "6228***********0018", true},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "6228****0018", true},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "6228****1018", false},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "****0018", true},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "62280018", "6228****0018", false},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "6228****8904****0018", false},
		{&field{merchant.FieldSettlementAccountNo, number, nil}, "6228480402564890018", "62**0402**0018", true},
		{&field{merchant.FieldContactMobile, dial, nil}, "13812345678", "138＊＊＊＊5678", true},
		{&field{merchant.FieldContactMobile, dial, nil}, "13812345678", "139****5678", false},
		{&field{merchant.FieldLegalRepName, text, nil}, "张三丰", "张**", true},
		{&field{merchant.FieldLegalRepName, text, nil}, "张三丰", "张*", true},
		{&field{merchant.FieldLegalRepName, text, nil}, "张三丰", "*三丰", true},
		{&field{merchant.FieldLegalRepName, text, nil}, "张三丰", "李**", false},
		{&field{merchant.FieldLegalRepName, text, nil}, "张", "张*", false},
		{&field{merchant.FieldLegalRepName, text, nil}, "张三", "**", true},
	} {
		if !masked(c.field.field, c.b) {
			t.Errorf("%s is not seen as masked", c.b)
		}
		if got := seesSame(c.field, c.a, c.b); got != c.want || seesSame(c.field, c.b, c.a) != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
	if masked(merchant.FieldNamesLegal, "示例有限公司*") || !masked(merchant.FieldNamesLegal, "示例****公司") {
		t.Error("the asterisk at the end of a registered name is no mask, one inside is")
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"路", "", 1}, {"漕溪北路", "漕溪路", 1}, {"漕溪北路", "漕北溪路", 2}, {"甲乙丙", "丁戊己庚", 4}} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b, want string
	}{
		{"上海瑞丰商贸有限公司", "上海瑞丰商贸有限公司", "same name"},
		{"上海瑞丰商贸有限公司", "上海市瑞丰商贸有限责任公司", "name with region or form written differently"},
		{"上海瑞丰商贸有限公司", "上海丰瑞商贸有限公司", "name with two neighbouring characters swapped"},
		{"上海瑞丰商贸有限公司", "上海市丰瑞商贸有限责任公司", "name with two neighbouring characters swapped"},
		{"上海瑞丰商贸有限公司", "上海瑞峰商贸有限公司", "name with homophones"},
		{"上海宏达商贸有限公司", "上海市鸿答商贸有限责任公司", "name with homophones"},
		{"重庆虫友商行", "重庆重友商行", "name with homophones"}, // 重 is chong as well
		{"瑞丰小吃店", "瑞峰小吃店", "name with homophones"},
		{"上海瑞丰商贸有限公司", "上海瑞林商贸有限公司", ""},      // another company
		{"上海瑞丰商贸有限公司", "上海商瑞贸丰有限公司", ""},      // moved further
		{"上海瑞丰商贸有限公司", "杭州瑞峰商贸有限公司", ""},      // another city
		{"上海瑞丰商贸有限公司", "上海锐峰尚贸有限公司", ""},      // three homophones
		{"上海瑞丰有限公司", "上海锐峰有限公司", ""},          // nothing else left
		{"上海瑞丰商贸有限公司", "上海瑞丰商贸有限公司徐汇分公司", ""}, // a branch
		{"上海瑞丰商贸有限公司", "上海瑞丰丰商贸有限公司", ""},     // one more
	} {
		got, ok := sameName(c.a, c.b)
		back, _ := sameName(c.b, c.a)
		if got.EN != c.want || ok != (c.want != "") || back != got {
			t.Errorf("%s %s: %q %v, want %q", c.a, c.b, got.EN, ok, c.want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("上海市徐汇区漕溪北路88号一楼", "漕溪北路８８号1层")
	f.Add("十百千", "*")
	f.Fuzz(func(t *testing.T, a, b string) {
		if compareDetail(a, b) != compareDetail(b, a) {
			t.Error("not symmetrical")
		}
		if compareDetail(a, a) != respelt {
			t.Error("an address differs from itself")
		}
		addressCore("310104", a)
		x := &field{merchant.FieldAddressesBusinessDetail, detail, nil}
		a += "*"
		if seesSame(x, a, b) != seesSame(x, b, a) {
			t.Error("masks are not symmetrical")
		}
		if utf8.ValidString(a) && !seesSame(x, a, a) {
			t.Error("a masked value differs from itself")
		}
	})
}

// TestCollisions hashes keys to few bits, so that many keys share a hash: the keys themselves decide.
func TestCollisions(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	record := func(no int) *merchant.Record {
		return &merchant.Record{Merchant: merchant.Merchant{MerchantNo: fmt.Sprintf("8983101541%05d", no), MCC: []string{"5411", "5812"}[rnd.IntN(2)]}}
	}
	for range 40 {
		var local, registry []*merchant.Record
		for range 1 + rnd.IntN(40) {
			local = append(local, record(rnd.IntN(60)))
		}
		for range 1 + rnd.IntN(40) {
			registry = append(registry, record(rnd.IntN(60)))
		}
		var want Counts
		for _, bits := range [...]uint64{^uint64(0), 0, 0b110, 0b11110} {
			c := New(v, Options{RegistryAsOf: rulestest.AsOf})
			c.hashBits = bits
			for _, r := range local {
				c.AddLocal(r)
			}
			for _, r := range registry {
				c.AddRegistry(r)
			}
			counts, err := c.Results(context.Background(), func(r *Result) error {
				if r.Local != nil && r.Registry != nil && r.Local.MerchantNo != r.Registry.MerchantNo {
					t.Fatalf("%s is compared with %s", r.Local.MerchantNo, r.Registry.MerchantNo)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if bits == ^uint64(0) {
				want = counts
			} else if counts != want {
				t.Fatalf("%b: %+v, want %+v", bits, counts, want)
			}
		}
	}
}
