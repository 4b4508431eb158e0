package batch

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// TestContentSeesEveryField: a change of any one value changes the sum, and nothing else does.
func TestContentSeesEveryField(t *testing.T) {
	fresh := func() *merchant.Record {
		r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 1))
		for _, f := range merchant.Fields() {
			if f.List() != merchant.FieldNone {
				r.Grow(f, 1)
			}
		}
		return r
	}
	c := newContent()
	var base, each [len(named)]uint16
	sum := c.sum(fresh(), &base)
	if c.sum(fresh(), &each) != sum || each != base {
		t.Fatal("equal records have different sums")
	}
	for _, f := range merchant.Fields() {
		if f.Kind() == merchant.KindList {
			continue
		}
		r := fresh()
		for _, p := range r.Paths(f) {
			switch v := r.Ref(p).(type) {
			case *string:
				*v += "X"
			case *merchant.Date:
				*v = merchant.Day(1999, 9, 9)
			case *merchant.Money:
				*v = merchant.Fen(12345)
			case *merchant.Percent:
				*v = merchant.BasisPoints(12)
			case *merchant.Number:
				*v, _ = merchant.ParseNumber("12.34567")
			case *merchant.Count:
				*v = merchant.NewCount(12345)
			case *bool:
				*v = !*v
			default:
				r.FieldDates = map[string]merchant.Date{"mcc": merchant.Day(1999, 9, 9)}
			}
		}
		if c.sum(r, nil) == sum {
			t.Errorf("%s does not count", f.Path())
		}
	}
	for i, f := range named {
		r := fresh()
		if f.Kind() == merchant.KindList {
			r.Grow(f, r.Len(f)+1)
			continue
		}
		*r.Ref(merchant.At(f)).(*string) += "X"
		if c.sum(r, &each); each[i] == base[i] {
			t.Errorf("%s is not told", f.Path())
		}
		clear(each[:])
	}
}

// TestNameTag: tags are equal where companyname.SameCore says that two names are the same.
func TestNameTag(t *testing.T) {
	names := []string{"上海瑞丰商贸有限公司", "上海市瑞丰商贸有限责任公司", "上海瑞丰商贸有限公司徐汇分公司", "瑞丰商贸（上海）有限公司", "上海瑞丰（Ａ）商贸有限公司",
		"上海瑞丰(A)商贸有限公司", "上海市徐汇区瑞丰便利店", "上海市徐汇区瑞丰便利店（个体工商户）", "北京瑞丰商贸有限公司", "上海瑞丰贸易有限公司", "商户_张明磊", "超市"}
	s := &traces{hash: newHash()}
	for _, a := range names {
		for _, b := range names {
			if got, want := s.nameTag(a) == s.nameTag(b), companyname.SameCore(a, b); got != want {
				t.Errorf("%s, %s: %v, want %v", a, b, got, want)
			}
		}
	}
}
