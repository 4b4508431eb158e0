package bankcard

import (
	"bytes"
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

const head = "bin,card_len,bank,card_type\n"

func TestLoad(t *testing.T) {
	const text = "\ufeffnote,Card_Type,bank,bin,card_len\r\n" +
		",DC,ABC,622848,19\r\n,,,,\r\n" +
		",贷记卡,NEW,622848,16\r\n,PC,NEW,6228480402,19\r\n,SCC,NEW,62,19\r\n"
	table, err := Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for number, want := range map[string]string{
		"6228480402564890018": "{6228480402 19 NEW  预付卡 false} true",
		"6228480502564890018": "{622848 19 ABC 中国农业银行 借记卡 false} true",
		"6228480502564890":    "{622848 16 NEW  贷记卡 false} true",
		"6200000000000000000": "{62 19 NEW  准贷记卡 false} true",
		"6100000000000000000": "{ 0   借记卡 false} false",
		"62":                  "{ 0   借记卡 false} false",
	} {
		bin, ok := table.Lookup(number)
		if got := fmt.Sprint(bin, ok); got != want {
			t.Errorf("Lookup(%s) = %s, want %s", number, got, want)
		}
	}
	if bin, ok := table.LookupAnyLength("622848"); !ok || bin.Prefix != "622848" || table.Len() != 4 {
		t.Errorf("LookupAnyLength = %v", bin)
	}
	if lengths, n := table.Lengths("6228485"); n != 2 || lengths != [2]int{16, 19} {
		t.Errorf("Lengths = %v", lengths)
	}
	const card = "6212600000000008"
	if err := table.Check(card); err != ErrComponent { // 62 has 19 digits there
		t.Errorf("Check = %v", err)
	}
	both := table.Or(Builtin())
	if bin, ok := both.Lookup(card); !ok || bin.Bank != "SPABANK" || both.Check(card) != nil {
		t.Errorf("Or does not reach the base: %v, %v", bin, both.Check(card))
	}
	if bin, ok := both.Lookup("6228480402564890018"); !ok || bin.Bank != "NEW" {
		t.Errorf("Or hides the table: %v", bin)
	}
	if bin, ok := new(Table).Or(table).Or(Builtin()).LookupAnyLength("6228480402"); !ok || bin.Bank != "NEW" {
		t.Errorf("a chain of three: %v", bin)
	}
	if _, n := new(Table).Or(Builtin()).Lengths("690755"); n != 2 {
		t.Error("Lengths of the base")
	}
}

// The table of the package, written out and read, is the table of the package:
// its generator and Load build the same.
func TestLoadBuiltin(t *testing.T) {
	table, err := Load(strings.NewReader(written(Builtin())))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(table.trie, builtin.trie) || !slices.Equal(table.root, builtin.root) || len(table.entries) != len(builtin.entries) {
		t.Error("another trie")
	}
	if !reflect.DeepEqual(slices.Collect(table.All()), slices.Collect(Builtin().All())) {
		t.Error("other rows")
	}
}

func written(t *Table) string {
	var b strings.Builder
	b.WriteString("bin,card_len,bank,card_type,bank_name,disagree\n")
	for bin := range t.All() {
		disputed := ""
		if bin.TypeDisputed {
			disputed = "tT"
		}
		fmt.Fprintf(&b, "%s,%d,%s,%s,%s,%s\n", bin.Prefix, bin.Length, bin.Bank, bin.Type, bin.BankName, disputed)
	}
	return b.String()
}

func TestLoadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "1: no header",
		"bin,card_len,bank\n":          "1: no column card_type",
		head:                           "2: no row below the header",
		head + "6228480,19,ABC\n":      "2: wrong number of fields",
		head + "6,19,ABC,DC\n":         "2: bin is not 2 to 10 digits",
		head + "62284804025,19,A,DC\n": "2: bin is not 2 to 10 digits",
		head + "62-848,19,ABC,DC\n":    "2: bin is not 2 to 10 digits",
		head + "622848,11,ABC,DC\n":    "2: card_len is not 12 to 19",
		head + "622848,,ABC,DC\n":      "2: card_len is not 12 to 19",
		head + "622848,19,,DC\n":       "2: no bank",
		head + "622848,19,ABC,\n":      "2: card_type is none of DC, CC, SCC, PC",
		head + "622848,19,ABC,DC\n622848,16,ABC,DC\n\n622848,19,XYZ,CC\n": "5: the same bin and card_len as in row 2",
	} {
		table, err := Load(strings.NewReader(text))
		var bad *LoadError
		if !errors.As(err, &bad) || table != nil || err.Error() != "bankcard: row "+want {
			t.Errorf("Load(%.60q) = %v, want %s", text, err, want)
		}
	}
	if _, err := Load(io.MultiReader(strings.NewReader(head), iotest.ErrReader(os.ErrDeadlineExceeded))); err != os.ErrDeadlineExceeded {
		t.Errorf("an error of the reader became %v", err)
	}
}

func TestLoadMemory(t *testing.T) {
	for _, digits := range []int{6, 8, 10} {
		const rows = 50000
		var b bytes.Buffer
		b.WriteString(head)
		for i := range rows {
			fmt.Fprintf(&b, "%0*d,19,B%d,DC\n", digits, (i*15485863)%([]int{6: 1e6, 8: 1e8, 10: 1e10}[digits]), i%300)
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		table, err := Load(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if used := int(after.HeapAlloc) - int(before.HeapAlloc); used > 64*rows+64<<10 {
			t.Errorf("%d digits: %d bytes a row", digits, used/rows)
		} else {
			t.Logf("%d digits: %d bytes a row", digits, used/rows)
		}
		runtime.KeepAlive(table)
		runtime.KeepAlive(&b)
	}
}

func TestLoadGenerated(t *testing.T) {
	digit := rapid.SampledFrom([]rune("0126")) // few, so that prefixes lie inside others
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString(head)
		want := map[string]Bin{}
		for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
			bin := Bin{
				Prefix: rapid.StringOfN(digit, 2, 10, -1).Draw(t, "prefix"),
				Length: rapid.IntRange(15, 17).Draw(t, "length"),
				Bank:   fmt.Sprint("B", i%3),
				Type:   Type(i % 4),
			}
			key := fmt.Sprint(bin.Length, bin.Prefix)
			if _, ok := want[key]; !ok {
				want[key] = bin
				fmt.Fprintf(&b, "%s,%d,%s,%s\n", bin.Prefix, bin.Length, bin.Bank, bin.Type)
			}
		}
		table, err := Load(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if list := slices.Collect(table.All()); len(list) != len(want) || table.Len() != len(want) {
			t.Fatalf("%d rows of %d", len(list), len(want))
		}
		for range 20 {
			number := rapid.StringOfN(digit, 14, 18, -1).Draw(t, "number")
			var longest, any Bin
			for _, bin := range want {
				if !strings.HasPrefix(number, bin.Prefix) {
					continue
				}
				if bin.Length == len(number) && len(bin.Prefix) > len(longest.Prefix) {
					longest = bin
				}
				if len(bin.Prefix) > len(any.Prefix) {
					any = bin
				}
			}
			if got, ok := table.Lookup(number); got != longest || ok != (longest.Prefix != "") {
				t.Fatalf("Lookup(%s) = %v, want %v", number, got, longest)
			}
			if got, _ := table.LookupAnyLength(number); got.Prefix != any.Prefix {
				t.Fatalf("LookupAnyLength(%s) = %v, want %v", number, got, any)
			}
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{head + "622848,19,ABC,DC\n6228,19,ABC,CC\n", "\ufeff" + head, head + "\"", "\xff"} {
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
		for bin := range table.All() {
			n++
			number := bin.Prefix + strings.Repeat("0", bin.Length-len(bin.Prefix))
			if got, ok := table.Lookup(number); !ok || !strings.HasPrefix(got.Prefix, bin.Prefix) || got.Length != bin.Length {
				t.Fatalf("Lookup(%s) = %v, of %v", number, got, bin)
			}
		}
		if n != table.Len() || n == 0 {
			t.Fatalf("%d rows of %d", n, table.Len())
		}
	})
}

// A list of one's own goes before that of the package.
func ExampleLoad() {
	const list = "bin,card_len,bank,card_type,bank_name\n" +
		"690000,16,DEMO,DC,示例银行\n"
	own, err := Load(strings.NewReader(list)) // an *os.File, as a rule
	if err != nil {
		fmt.Println(err)
		return
	}
	table := own.Or(Builtin())
	for _, number := range []string{"6900001234567895", "6228480402564890018"} {
		bin, ok := table.Lookup(number)
		fmt.Println(bin.Prefix, bin.BankName, bin.Type, ok)
	}
	// Output:
	// 690000 示例银行 借记卡 true
	// 622848 中国农业银行 借记卡 true
}
