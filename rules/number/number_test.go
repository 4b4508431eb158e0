package number

import "testing"

func TestOutside(t *testing.T) {
	for _, c := range []struct {
		area, city string
		want       bool
	}{
		{"2900", "310000", false}, // 上海
		{"5810", "310000", true},  // 广州
		{"5810", "440100", false},
		{"3052", "320500", false}, // 昆山, a county of 苏州
		{"3010", "320500", true},  // 南京
		{"4652", "370100", false}, // 文登市 is a district by another name now: only the province is judged
		{"4652", "440100", true},
		{"9999", "310000", false}, // unknown
	} {
		if got := outside(c.area, c.city); got != c.want {
			t.Errorf("%s and %s: %v", c.area, c.city, got)
		}
	}
}

func TestPrefixOutside(t *testing.T) {
	for _, c := range []struct {
		prefix, city string
		want         bool
	}{
		{"2101", "210100", false}, {"2101", "440100", true}, {"3101", "310000", false}, {"3100", "310000", false},
		{"4400", "440100", false}, {"4400", "310000", true}, {"4290", "429004", false}, {"9999", "310000", false},
	} {
		if _, got := prefixOutside(c.prefix, c.city); got != c.want {
			t.Errorf("%s and %s: %v", c.prefix, c.city, got)
		}
	}
}
