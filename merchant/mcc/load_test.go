package mcc

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const head = "mcc,name_en,name_zh,unionpay,fee_class,risk,licence_required\n"

// The table of the package, written out and read, is the table of the package:
// its generator and Load build the same.
func TestLoadBuiltin(t *testing.T) {
	table, err := Load(strings.NewReader("\ufeff" + written(Builtin())))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(table, Builtin()) || table.Len() != 365 {
		t.Error("another table")
	}
}

func written(t *Table) string {
	bit := func(b bool) string { return map[bool]string{false: "0", true: "1"}[b] }
	var b strings.Builder
	b.WriteString("sources," + head)
	for e := range t.All() {
		risk := "normal"
		if e.HighRisk {
			risk = "high"
		} else if e.Prohibited {
			risk = "prohibited"
		}
		fmt.Fprintf(&b, "x,%s,\"%s\",\"%s\",%s,%s,%s,%s\n", e.Code, e.EN, e.ZH, bit(e.UnionPay), e.FeeClass, risk, bit(e.LicenceRequired))
	}
	return b.String()
}

func TestOr(t *testing.T) {
	own, err := Load(strings.NewReader(head + "5812,,自有名称,1,优惠,high,1\n0001,Own,,0,,,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []*Table{own.Or(Builtin()), new(Table).Or(own).Or(Builtin())} {
		for code, want := range map[string]string{
			"5812": "{5812 自有名称  true 优惠 true true false} true",
			"0001": "{0001  Own false  false false false} true",
			"0742": "{0742 兽医服务 Veterinary services true 标准 false false false} true",
			"0000": "{   false  false false false} false",
		} {
			e, ok := table.Lookup(code)
			if got := fmt.Sprint(e, ok); got != want || (table.Check(code) == nil) != ok {
				t.Errorf("Lookup(%s) = %s, want %s", code, got, want)
			}
		}
	}
	if own.Check("0742") != ErrComponent || own.Check("742") != ErrFormat {
		t.Error("Check of a table")
	}
}

func TestLoadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":   "1: no header",
		head: "2: no row below the header",
		strings.Replace(head, "risk", "risiko", 1): "1: no column risk",
		head + "742,a,b,1,,,0\n":                   "2: mcc is not 4 digits",
		head + "0742,,,1,,,0\n":                    "2: no name",
		head + "0742,a,,yes,,,0\n":                 "2: unionpay is not 1 or 0",
		head + "0742,a,,1,x,,0\n":                  "2: fee_class is none of 标准, 优惠, 减免, 特殊",
		head + "0742,a,,1,,x,0\n":                  "2: risk is none of normal, high, prohibited",
		head + "0742,a,,1,,,\n":                    "2: licence_required is not 1 or 0",
		head + "0742,a,,1,,,0\n\n0742,b,,1,,,0\n":  "4: the same mcc as in row 2",
	} {
		table, err := Load(strings.NewReader(text))
		var bad *LoadError
		if !errors.As(err, &bad) || table != nil || err.Error() != "mcc: row "+want {
			t.Errorf("Load(%.60q) = %v, want %s", text, err, want)
		}
	}
	if _, err := Load(io.MultiReader(strings.NewReader(head), iotest.ErrReader(os.ErrDeadlineExceeded))); err != os.ErrDeadlineExceeded {
		t.Errorf("an error of the reader became %v", err)
	}
}

func TestLoadMemory(t *testing.T) {
	const rows = 10000
	var b strings.Builder
	b.WriteString(head)
	for i := range rows {
		fmt.Fprintf(&b, "%04d,Merchants of kind %d,第%d类商户,1,标准,normal,0\n", i, i, i)
	}
	text := b.String()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table, err := Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if used, limit := int(after.HeapAlloc)-int(before.HeapAlloc), len(text)+64*rows; used > limit {
		t.Errorf("%d bytes, more than %d", used, limit)
	}
	if table.Len() != rows {
		t.Errorf("%d rows", table.Len())
	}
	runtime.KeepAlive(text)
}

func TestLoadGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9]{4}`), 1, 50, rapid.ID).Draw(t, "codes")
		var b strings.Builder
		b.WriteString(head)
		for _, code := range codes {
			fmt.Fprintf(&b, "%s,name %s,,1,减免,,0\n", code, code)
		}
		table, err := Load(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range codes {
			if e, ok := table.Lookup(code); !ok || e.EN != "name "+code || e.FeeClass != "减免" {
				t.Fatalf("Lookup(%s) = %v", code, e)
			}
		}
		slices.Sort(codes)
		var all []string
		for e := range table.All() {
			all = append(all, e.Code)
		}
		if !slices.Equal(all, codes) {
			t.Fatalf("All = %v, want %v", all, codes)
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{head + "5812,a,b,1,标准,high,0\n", "\ufeff" + head, head + "\"", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		table, err := Load(strings.NewReader(s))
		if err != nil {
			var bad *LoadError
			if !errors.As(err, &bad) || bad.Row < 1 || bad.Row > strings.Count(s, "\n")+2 {
				t.Fatalf("Load(%q): %v", s, err)
			}
			return
		}
		n := 0
		for e := range table.All() {
			n++
			if got, ok := table.Lookup(e.Code); !ok || got != e || e.ZH+e.EN == "" {
				t.Fatalf("Lookup(%s) = %v", e.Code, got)
			}
		}
		if n != table.Len() || n == 0 {
			t.Fatalf("%d codes of %d", n, table.Len())
		}
	})
}

// The list of an acquirer goes before that of the package.
func ExampleLoad() {
	const list = "mcc,name_en,name_zh,unionpay,fee_class,risk,licence_required\n" +
		"5812,Restaurants,餐饮,1,标准,high,1\n"
	own, err := Load(strings.NewReader(list)) // an *os.File, as a rule
	if err != nil {
		fmt.Println(err)
		return
	}
	table := own.Or(Builtin())
	for _, code := range []string{"5812", "0742"} {
		e, ok := table.Lookup(code)
		fmt.Println(e.ZH, e.HighRisk, ok)
	}
	// Output:
	// 餐饮 true true
	// 兽医服务 false true
}
