package batch

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
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
	b := newBook()
	for _, x := range names {
		for _, y := range names {
			if got, want := b.core(x) == b.core(y), companyname.SameCore(x, y); got != want {
				t.Errorf("%s, %s: %v, want %v", x, y, got, want)
			}
		}
	}
}

// TestHash: numbers as they stand in lists, which differ in few digits, have different keys, and no more equal tags than
// chance gives.
func TestHash(t *testing.T) {
	const n = 200000
	for name, format := range map[string]string{"merchant": "89829005411%04X", "mobile": "139%08d", "uscc": "91310104MA1%05X0%d", "account": "0344290%08d"} {
		keys, tags := map[uint64]bool{}, map[uint32]bool{}
		for i := range n {
			s := fmt.Sprintf(format, i)
			keys[key(s)], tags[tag(s)] = true, true
		}
		if len(keys) != n || n-len(tags) > 20 { // 5 are to be expected
			t.Errorf("%s: %d keys and %d tags of %d values", name, len(keys), len(tags), n)
		}
	}
	if key("a", "b") == key("ab", "") || key("a", "b") == key("b", "a") || tag("", "") != 0 || tag("") != 0 {
		t.Error("the parts of a key are not told apart")
	}
}

// TestKeysTellRepeats: exactly the keys that stand twice are groups, with their text and members.
func TestKeysTellRepeats(t *testing.T) {
	var k keys
	const n = 30000
	for i := range n {
		s := fmt.Sprint(i)
		if i%1000 == 7 {
			s = fmt.Sprint(i - 7)
		}
		if i%5 == 4 {
			k.add(0, text{})
			continue
		}
		k.add(key(s), text{value: s, name: fmt.Sprint("n", i)})
	}
	list := k.groups()
	if len(list) != n/1000 {
		t.Fatalf("%d groups", len(list))
	}
	for i, g := range list {
		if want := fmt.Sprint(i * 1000); g.value != want || g.name != fmt.Sprint("n", i*1000+7) || len(g.members) != 2 ||
			g.members[0] != int32(i*1000) || g.members[1] != int32(i*1000+7) {
			t.Fatalf("group %d: %+v", i, g)
		}
	}
}

func TestResidentKey(t *testing.T) {
	for _, no := range []string{"11010519491231002X", "000000000000000000", "999999999999999999", "01010519491231002X"} {
		if k, ok := residentKey(no); !ok || k>>63 != 0 || residentNumber(k) != no {
			t.Errorf("%s reads back as %s", no, residentNumber(k))
		}
	}
	for _, no := range []string{"", "E12345678", "11010519491231002x", "1101051949123100 X", "11010519491231002XX"} {
		if _, ok := residentKey(no); ok {
			t.Errorf("%s has a key", no)
		}
	}
}

// TestMemory: no rule keeps more than 80 bytes of a record.
func TestMemory(t *testing.T) {
	const n = 16000
	base, err := profile.Base()
	if err != nil {
		t.Fatal(err)
	}
	base.Params.TerminalsUnique = true
	records := make([]*merchant.Record, n)
	for i := range records {
		records[i] = merchant.NewRecord(rulestest.Clean([]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro}[i%3], i))
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	list := []*rules.Rule{&BAT001, &BAT002, &BAT003, &BAT004, &BAT005, &BAT006, &BAT007, &BAT008, &BAT009, &BAT010, &BAT011, &BAT012,
		&BAT013, &BAT014, &BAT015, &BAT016, &BAT017, &BAT018, &BAT019, &BAT020, &BAT021, &BAT022}
	keep := func(rs ...*rules.Rule) float64 {
		before := heap()
		shared := &rules.Shared{}
		var states []rules.Batch
		for _, r := range rs {
			states = append(states, r.Batch(shared))
		}
		p := rules.Pass{Params: &base.Params, AsOf: rulestest.AsOf}
		for i, r := range records {
			p.Record = r
			for k := range rs {
				p.Rule = rs[k]
				states[k].Observe(&p, i)
			}
		}
		used := float64(int64(heap()-before)) / n
		runtime.KeepAlive(states)
		return used
	}
	for _, r := range list {
		used := keep(r)
		t.Logf("%s: %.1f bytes a record", r.ID, used)
		if used > 80 {
			t.Errorf("%s keeps %.1f bytes of a record", r.ID, used)
		}
	}
	used := keep(list...)
	t.Logf("all: %.1f bytes a record", used)
	if used > 300 {
		t.Errorf("all rules keep %.1f bytes of a record", used)
	}
	runtime.KeepAlive(records)
}
