package cnaps

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const head = "code,bank,branch\n"

func TestLoad(t *testing.T) {
	const text = "\ufeff 行名 ,备注,联行号,银行名称\r\n" +
		"中国工商银行股份有限公司北京分行,\xff,102100099996,中国工商银行\r\n" +
		",,,\r\n\r\n" +
		"\"中国建设银行,\"\"总\"\"行\", ,105100000017 ,中国建设银行\r\n"
	table, err := Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if table.Len() != 2 {
		t.Errorf("%d rows", table.Len())
	}
	for code, want := range map[string]string{
		"102100099996": "{102100099996 中国工商银行 中国工商银行股份有限公司北京分行} true",
		"105100000017": `{105100000017 中国建设银行 中国建设银行,"总"行} true`,
		"103100000026": "{  } false", "102100099997": "{  } false", "": "{  } false", "10210009999６": "{  } false",
	} {
		b, ok := table.Lookup(code)
		if got := fmt.Sprint(b, ok); got != want {
			t.Errorf("Lookup(%s) = %s, want %s", code, got, want)
		}
	}
	if table.Check("102100099996") != nil || table.Check("103100000026") != ErrComponent || table.Check("102100099997") != ErrChecksum ||
		table.Check("1") != ErrLength || table.Check("10210009999x") != ErrFormat {
		t.Error("Check of a table")
	}
	both := table.Or(Builtin())
	if b, ok := both.Lookup("102100099996"); !ok || b.Name == "" {
		t.Errorf("Or hides the table: %v", b)
	}
	if b, ok := both.Lookup("103100000026"); !ok || b.Bank != "中国农业银行" || b.Name != "" {
		t.Errorf("Or does not reach the base: %v, %v", b, ok)
	}
	if b, ok := new(Table).Or(table).Or(Builtin()).Lookup("105100000017"); !ok || b.Name == "" {
		t.Errorf("a chain of three: %v, %v", b, ok)
	}
	if _, ok := table.Lookup("103100000026"); ok {
		t.Error("Or changed its table")
	}
}

func TestLoadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "1: no header",
		"code,bank\n":                     "1: no column branch",
		"code,bank,branch,行名\n":           "1: two columns for branch",
		"\xd0\xd0,code\n":                 "1: not UTF-8",
		head:                              "2: no row below the header",
		head + "102100099997,a,b\n":       "2: wrong check digit of the code",
		head + "10210009999,a,b\n":        "2: code is not 12 digits",
		head + "1.021E+11,a,b\n":          "2: code is not 12 digits",
		head + "102100099996,,b\n":        "2: no name of the bank",
		head + "\n,,\n102100099996,a, \n": "4: no name of the branch",
		head + "102100099996,a,b\n\n102100099996,a,b\n": "4: the same code as in row 2",
		head + "102100099996,a,\"b\nc\"\n1,a,b\n":       "3: code is not 12 digits", // as a spreadsheet counts
		head + "102100099996,a,\xff\n":                  "2: not UTF-8",
		head + "102100099996,a\n":                       "2: wrong number of fields",
		head + "102100099996,a,b\n1,a,\"b\n":            "3: extraneous or missing \" in quoted-field",
		head + "102100099996,a,b\"\n":                   "2: bare \" in non-quoted-field",
		head + "1,a,\"" + strings.Repeat("b\n", 1<<16):  "2: row longer than 64 KB, perhaps after a quote that is never closed",
		strings.Repeat("a", 1<<16+1):                    "1: row longer than 64 KB, perhaps after a quote that is never closed",
	} {
		table, err := Load(strings.NewReader(text))
		var bad *LoadError
		if !errors.As(err, &bad) || table != nil {
			t.Errorf("Load(%.60q) = %v", text, err)
			continue
		}
		if got := fmt.Sprintf("%d: %s", bad.Row, bad.Reason); got != want || err.Error() != "cnaps: row "+want {
			t.Errorf("Load(%.60q): %s, want %s", text, err, want)
		}
	}
	if _, err := Load(io.MultiReader(strings.NewReader(head), iotest.ErrReader(os.ErrDeadlineExceeded))); err != os.ErrDeadlineExceeded {
		t.Errorf("an error of the reader became %v", err)
	}
}

// full makes a file as large as the list of the payment system.
func full(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	for i := range rows {
		fmt.Fprintf(&b, "%s,示例银行%d,示例银行股份有限公司第%d支行\n", withDigit(fmt.Sprintf("%03d%08d", 102+i%7, i*37)), i%500, i)
	}
	return b.Bytes()
}

func TestLoadFull(t *testing.T) {
	const rows = 150000
	text := full(rows)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	table, err := Load(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	// Less than the text itself and 64 bytes a row.
	if used, limit := int(after.HeapAlloc)-int(before.HeapAlloc), len(text)+64*rows; used > limit {
		t.Errorf("%d bytes, more than %d", used, limit)
	} else {
		t.Logf("%d rows of %d bytes take %d bytes", rows, len(text), used)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(text[len(head):])), "\n") {
		cells := strings.Split(line, ",")
		if b, ok := table.Lookup(cells[0]); !ok || (b != Branch{cells[0], cells[1], cells[2]}) {
			t.Fatalf("%s became %v", line, b)
		}
	}
	if n := testing.AllocsPerRun(100, func() { table.Lookup("102000000002") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A hostile file must not take memory beyond that of a row.
func TestLoadHostile(t *testing.T) {
	for _, text := range []string{
		strings.Repeat(",", 1<<20),
		"\"" + strings.Repeat("a", 1<<20),
		head + strings.Repeat(",", 1<<20),
		head + strings.Repeat("\"\n", 1<<20),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Load(strings.NewReader(text))
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 16<<20 {
			t.Errorf("%.20q…: %d bytes, %v", text, used, err)
		}
	}
}

func TestLoadGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.Custom(valid), 1, 50, rapid.ID).Draw(t, "codes")
		var b strings.Builder
		b.WriteString(head)
		for i, code := range codes {
			fmt.Fprintf(&b, "%s,bank %d,branch %d\n", code, i%3, i)
		}
		table, err := Load(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		for i, code := range codes {
			want := Branch{code, fmt.Sprintf("bank %d", i%3), fmt.Sprintf("branch %d", i)}
			if got, ok := table.Lookup(code); !ok || got != want {
				t.Fatalf("Lookup(%s) = %v, want %v", code, got, want)
			}
		}
		if other := valid(t); !slices.Contains(codes, other) && table.Check(other) != ErrComponent {
			t.Fatalf("%s is found", other)
		}
	})
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{head + "102100099996,a,b\n", "\ufeff联行号,银行,行名\r\n102100099996,a,\"b\n\"\r\n", "a,\"", "\xff", head + "1\n"} {
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
		for i, b := range table.branches {
			code := fmt.Sprintf("%012d", b.code)
			got, ok := table.Lookup(code)
			if !ok || table.Check(code) != nil || got.Name == "" || got.Bank == "" || i > 0 && table.branches[i-1].code >= b.code {
				t.Fatalf("Lookup(%s) = %v, %v", code, got, ok)
			}
		}
	})
}

// The list of branches is the caller's: the payment system publishes none.
func ExampleLoad() {
	const list = "行号,银行名称,行名\n" +
		"102100099996,中国工商银行,中国工商银行股份有限公司总行\n"
	branches, err := Load(strings.NewReader(list)) // an *os.File, as a rule
	if err != nil {
		fmt.Println(err)
		return
	}
	table := branches.Or(Builtin()) // at least the bank of all others
	for _, code := range []string{"102100099996", "102290026507"} {
		b, ok := table.Lookup(code)
		fmt.Printf("%s %q %t\n", b.Bank, b.Name, ok)
	}
	// Output:
	// 中国工商银行 "中国工商银行股份有限公司总行" true
	// 中国工商银行 "" true
}

func BenchmarkLoad(b *testing.B) {
	text := full(150000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(bytes.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTableLookup(b *testing.B) {
	table, err := Load(bytes.NewReader(full(150000)))
	if err != nil {
		b.Fatal(err)
	}
	var codes []string
	for i := range 4096 {
		codes = append(codes, fmt.Sprintf("%012d", table.branches[i*7919%table.Len()].code))
	}
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		table.Lookup(codes[i%len(codes)])
	}
}

// TestNamed: a name gives a code only when one branch has it.
func TestNamed(t *testing.T) {
	list, err := Load(strings.NewReader("code,bank,branch\n102290026507,中国工商银行,上海示例支行\n102290002916,中国工商银行,上海某支行\n102100099996,中国工商银行,上海某支行\n"))
	if err != nil {
		t.Fatal(err)
	}
	later, err := Load(strings.NewReader("code,bank,branch\n313290050010,某银行,上海新支行\n313290000017,某银行,上海示例支行\n"))
	if err != nil {
		t.Fatal(err)
	}
	both := later.Or(list)
	for _, c := range []struct {
		table      *Table
		name, want string
	}{
		{list, "上海示例支行", "102290026507"}, {list, "上海某支行", ""}, {list, "上海", ""}, {list, "", ""}, {Builtin(), "上海示例支行", ""},
		{both, "上海新支行", "313290050010"}, {both, "上海示例支行", ""},
	} {
		if got, ok := c.table.Named(c.name); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
