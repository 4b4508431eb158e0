package diff

import (
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/pinyin"
	"github.com/merchantkyc/merchantkyc/rules"
)

// sameName says in what way two registered names, in their comparison form, are so alike that they speak for one
// merchant; false where they do not. Every eighth company has a neighbour of the same city one character away, so that a
// character that is neither a homophone nor swapped with its neighbour is evidence of nothing.
func sameName(a, b string) (rules.Text, bool) {
	if a == b {
		return rules.Text{ZH: "名称相同", EN: "same name"}, true
	}
	if companyname.SameCore(a, b) {
		return rules.Text{ZH: "名称仅地区或组织形式写法不同", EN: "name with region or form written differently"}, true
	}
	x, y, ok := companyname.Trades(a, b)
	if !ok {
		x, y = a, b
	}
	p, q := []rune(x), []rune(y)
	switch {
	case swapped(p, q):
		return rules.Text{ZH: "名称相邻两字颠倒", EN: "name with two neighbouring characters swapped"}, true
	case alike(p, q):
		return rules.Text{ZH: "名称仅有同音字不同", EN: "name with homophones"}, true
	}
	return rules.Text{}, false
}

// swapped reports whether two names differ by one swap of neighbours.
func swapped(x, y []rune) bool {
	if len(x) != len(y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}

// mostHomophones is how many characters of a name may have been mistaken for others of the same sound; half of them at
// most.
const mostHomophones = 2

// alike reports whether two names differ in homophones only.
func alike(x, y []rune) bool {
	if len(x) != len(y) {
		return false
	}
	n := 0
	for i := range x {
		if x[i] != y[i] {
			if n++; n > mostHomophones || 2*n > len(x) || !pinyin.Same(x[i], y[i]) {
				return false
			}
		}
	}
	return true
}
