package address

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
)

func TestContradiction(t *testing.T) {
	for _, c := range []struct{ text, given, want string }{
		{"上海市徐汇区漕溪北路88号", "310104", ""},
		{"徐汇区漕溪北路88号", "310104", ""},
		{"上海漕溪北路88号", "310104", ""},
		{"江苏省南京市玄武区珠江路1号", "310104", "320102"},
		{"江苏省南京市玄武区东大街1号", "310104", "320102"},
		{"南京市珠江路1号", "310104", "320100"},
		{"江苏省珠江路1号", "310104", "320000"},
		{"南京珠江路1号", "310104", ""}, // 南京 alone may be a street or a shop
		{"南京西路1266号", "310104", ""},
		{"江苏大厦3楼", "310104", ""},
		{"沙河市场12号", "310104", ""},
		{"临近沙河市场12号", "310104", ""},
		{"近浦东新区世纪大道100号", "310104", "310115"},
		{"宝山区友谊路1号", "310104", "310113"}, // 双鸭山 has one too; the province decides
		{"朝阳区建国路1号", "310104", ""},       // two cities have one, and neither is the one given
		{"上海市卢湾区淡水路1号", "310101", ""},
		{"上海市卢湾区淡水路1号", "310104", "310103"},
		{"工业园区港口区域3号", "310104", ""},
		{"苏州市昆山市前进路1号", "320583", ""},
		{"苏州市前进路1号", "320583", ""},
		{"昆山市前进路1号", "320500", ""},
		{"东城区崇文门1号", "110103", ""},
	} {
		if got := contradiction(c.text, split(c.text), c.given); got != c.want {
			t.Errorf("%s with %s: %q, want %q", c.text, c.given, got, c.want)
		}
	}
}

func TestBetween(t *testing.T) {
	for text, want := range map[string]bool{
		"73": true, "72.999999": false, "136": true, "136.000000000001": false, "121.4435": true, "-121.4435": false, "0": false,
		"1214435": false, "0.00000000000000000000001": false, "121.44350000000000000000001": true, "99999999999999999999": false,
	} {
		n, err := merchant.ParseNumber(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := between(n, 73, 136); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestFullName(t *testing.T) {
	for code, want := range map[string]string{
		"310104": "上海市徐汇区", "320102": "江苏省南京市玄武区", "320100": "江苏省南京市", "429004": "湖北省仙桃市", "310000": "上海市",
	} {
		if got := fullName(code); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}
