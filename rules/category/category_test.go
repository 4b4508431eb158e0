package category

import "testing"

func TestSharesWord(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"就餐场所和餐馆", "瑞丰餐馆", true},
		{"大型仓储式超级市场", "日用百货、预包装食品销售", false},
		{"其他商店", "日用百货商店", false}, // every other trade is a shop
		{"", "日用百货", false},
	} {
		if got := sharesWord(c.name, c.text); got != c.want {
			t.Errorf("%s in %s: %v", c.name, c.text, got)
		}
	}
}
