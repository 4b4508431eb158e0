package csv

import (
	"errors"
	"io"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func utf16(order unicode.Endianness, s string) string {
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

// Every damaged input has one outcome: the cells that stand here, or one error at the row and column that stand here.
func TestDamaged(t *testing.T) {
	const le, be = unicode.LittleEndian, unicode.BigEndian
	long := strings.Repeat("一", maxText)
	tests := []struct {
		name, raw string
		cells     [][]string // nil for an error
		row       int
		text      string // of the error
	}{
		{"empty", "", nil, 0, "the file is empty"},
		{"mark alone", "\uFEFF", [][]string{}, 0, ""},
		{"wide mark alone", "\xFF\xFE", [][]string{}, 0, ""},
		{"neither", "a,b\nc\xff\xff,d\n", nil, 2, "character 2 (column A) is neither UTF-8 nor GB18030"},
		{"neither, in a quoted text of lines", "a,b\n1,\"x\ny\xffz\"\n", nil, 3, "character 2 (column B) is neither"},
		{"Latin 1", "a,b\n1,caf\xe9,\n", nil, 2, "character 6 (column B) is neither"},
		{"lines of GBK in UTF-8", "商户名称,地址\n上海示例商贸,一\n" + gbk("上海示例") + ",二\n", nil, 3, "character 1 (column A) is not UTF-8: the file mixes"},
		{"lines of UTF-8 in GBK", gbk("商户名称,地址\n上海示例,一\n") + "上海示例商贸,二\n", nil, 1, "character 1 (column A) is not UTF-8: the file mixes"},
		{"short lines of GBK in UTF-8", "编号,名\n1,甲\n2,乙\n3," + gbk("丙") + "\n", nil, 4, "character 3 (column B) is not UTF-8: the file mixes"},
		{"mark and GBK", "\uFEFFa,b\n1," + gbk("上海示例") + "\n", nil, 2, "character 3 (column B) is not UTF-8: the file mixes"},
		{"cut in a character", "商户号,商户名称\n1,甲\n2,乙"[:len("商户号,商户名称\n1,甲\n2,乙")-1], nil, 3, "character 3 (column B) is incomplete: the file ends"},
		{"GBK cut in a character", gbk("商户号,商户名称\n1,上海")[:len(gbk("商户号,商户名称\n1,上海"))-1], nil, 2, "character 4 (column B) is neither"},
		{"zero byte", "a,b\n1,x\x00y\n", nil, 2, "character 4 (column B) is a zero byte"},
		{"zero byte in GBK", gbk("商户号,商户名称\n1,甲\x00\n"), nil, 2, "character 4 (column B) is a zero byte"},
		{"zero character", "\xFF\xFE" + utf16(le, "a,b\n1,x\x00\n"), nil, 2, "character 4 (column B) is a zero byte"},
		{"UTF-16 without a mark", utf16(le, "商户号,商户名称\n1,一二三\n"), [][]string{{"商户号", "商户名称"}, {"1", "一二三"}}, 0, ""},
		{"UTF-16 without a mark, big", utf16(be, "商户号,商户名称\n1,一二三\n"), [][]string{{"商户号", "商户名称"}, {"1", "一二三"}}, 0, ""},
		{"UTF-16, odd", "\xFF\xFE" + utf16(le, "a,b\n1,2\n") + "3", nil, 3, "character 1 (column A) is no valid UTF-16"},
		{"UTF-16, half a pair", "\xFF\xFE" + utf16(le, "a,b\n1,") + "\x3D\xD8" + utf16(le, "x\n"), nil, 2, "character 3 (column B) is no valid UTF-16"},
		{"UTF-16, the other half", "\xFE\xFF" + utf16(be, "a,b\n1,") + "\xDC\x01" + utf16(be, "x\n"), nil, 2, "character 3 (column B) is no valid UTF-16"},
		{"UTF-16, pair", "\xFF\xFE" + utf16(le, "a,𠮷\n"), [][]string{{"a", "𠮷"}}, 0, ""},
		{"U+FFFD of the file", "a,b\n1,示\uFFFD例\n", [][]string{{"a", "b"}, {"1", "示\uFFFD例"}}, 0, ""},
		{"U+FFFD in GB18030", gbk("商户,b\n") + "\x84\x31\xA4\x37,2\n", [][]string{{"商户", "b"}, {"\uFFFD", "2"}}, 0, ""},
		{"Ctrl-Z", "a,b\r\n1,2\r\n\x1A", [][]string{{"a", "b"}, {"1", "2"}}, 0, ""},
		{"Ctrl-Z, wide", "\xFF\xFE" + utf16(le, "a,b\r\n1,2\x1A"), [][]string{{"a", "b"}, {"1", "2"}}, 0, ""},
		{"open quote", "a,b\n1,\"x\n2,y\n", nil, 2, "quotes of column B do not pair"},
		{"quote before a value", "a,b\n1,\"x\"y\n", nil, 2, "quotes of column B do not pair"},
		{"bare quote", "a,b\n1,x\"y\n", nil, 2, "quotes of column B do not pair"},
		{"open quote in long text", "a,b\n1,\"" + strings.Repeat("x,y\n", maxRecord/4), nil, 2, "the record that begins on this line has more than 1 MiB"},
		{"no line ends", strings.Repeat("a", maxRecord+1), nil, 1, "the record that begins on this line has more than 1 MiB"},
		{"long text", "a,b\n1," + long + "x\n", nil, 2, "column B has more than 32767 characters"},
		{"text that just fits", "a,b\n1," + long + "\n", [][]string{{"a", "b"}, {"1", long}}, 0, ""},
		{"wide", "a" + strings.Repeat(",", 600), nil, 1, "more than 512 fields"},
		{"full-width commas", "商户号，商户名称\n1，甲\n", nil, 1, "full-width punctuation"},
		{"full-width semicolons", gbk("商户号；商户名称\n1；甲\n"), nil, 1, "full-width punctuation"},
		{"full-width comma in a value", "商户号,地址\n1,一路，二楼\n", [][]string{{"商户号", "地址"}, {"1", "一路，二楼"}}, 0, ""},
		{"sep", "sep=;\r\na,b;c\r\n", [][]string{{"a,b", "c"}}, 0, ""},
		{"sep after a mark", "\uFEFFsep=;\r\na,b;c\r\n", [][]string{{"a,b", "c"}}, 0, ""},
		{"quoted sep", "\"sep=;\"\na,b;c\n", [][]string{{"a,b", "c"}}, 0, ""},
		{"sep of tabs, carriage returns", "SEP=\t\ra,b\tc\r", [][]string{{"a,b", "c"}}, 0, ""},
		{"sep alone", "sep=;", [][]string{}, 0, ""},
		{"unknown sep", "sep=#\na#b\n", nil, 1, "delimiter that sep= names is not supported"},
		{"formula texts", "a,b\n=\"00123\",\"=\"\"0,45\"\"\"\n=\"1,2\",=\"\"\n", [][]string{{"a", "b"}, {"=00123", "=0,45"}, {"=1,2", ""}}, 0, ""},
		{"other formulas", "a,b\n=1+1,=\"x\"&\"y\"\n=,=\n", [][]string{{"a", "b"}, {"=1+1", `="x"&"y"`}, {"=", "="}}, 0, ""},
		{"formula at the end", "a;b\r\n1;=\"07\"", [][]string{{"a", "b"}, {"1", "=07"}}, 0, ""},
		{"open formula", "a,b\n1,=\"07\n2,=\"08\"\n", nil, 2, "quotes of a formula do not pair"},
		{"open formula at the end", "a,b\n1,=\"07", nil, 2, "quotes of a formula do not pair"},
		{"apostrophe", "a,b\n'0012,1\n", [][]string{{"a", "b"}, {"'0012", "1"}}, 0, ""},
		{"line feeds in quotes, carriage returns outside", "a,b\r\"1\n2\",\"3\r\n4\"\r5,6\r", [][]string{{"a", "b"}, {"1\n2", "3\n4"}, {"5", "6"}}, 0, ""},
		{"carriage return in a value", "a,b\n1,x\ry\n", [][]string{{"a", "b"}, {"1", "x\ry"}}, 0, ""},
	}
	for _, tt := range tests {
		rows, _, err := read(tt.raw)
		if tt.cells == nil {
			var in *load.InputError
			if !errors.As(err, &in) || in.Row != tt.row || !strings.Contains(err.Error(), tt.text) || !strings.Contains(in.In("zh"), "；") || strings.ContainsAny(err.Error(), "\n\x00\uFFFD") {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		got := [][]string{}
		for _, r := range rows {
			var line []string
			for _, c := range r.Cells {
				if c.Formula { // the text of a formula has its sign here
					c.Text = "=" + c.Text
				}
				if (c.Text == "") != (c.Type == merchant.CellEmpty) {
					t.Errorf("%s: %+v", tt.name, c)
				}
				line = append(line, c.Text)
			}
			got = append(got, line)
		}
		if err != nil || !reflect.DeepEqual(got, tt.cells) {
			t.Errorf("%s: %.200q %v", tt.name, got, err)
		}
	}
}

// The same rows give the same cells in every encoding, with every delimiter and every line end.
func TestEqualCells(t *testing.T) {
	want := [][]string{{"商户号", "商户名称", "地址"}, {"310310058140001", "上海示例商贸（𠮷）有限公司", "一路1号,二楼;东|西\t侧"}, {"=0012", "说\"好\"", "一\n二"}, {"1", "", "3"}}
	write := func(delimiter, end string) string {
		var s strings.Builder
		for _, row := range want {
			for i, f := range row {
				if i > 0 {
					s.WriteString(delimiter)
				}
				switch {
				case f[:min(1, len(f))] == "=":
					f = `="` + f[1:] + `"`
				case strings.ContainsAny(f, ",;|\t\"\n"):
					f = `"` + strings.ReplaceAll(strings.ReplaceAll(f, `"`, `""`), "\n", end) + `"`
				}
				s.WriteString(f)
			}
			s.WriteString(end)
		}
		return s.String()
	}
	encodings := map[string]func(string) string{
		"UTF-8":                     func(s string) string { return s },
		"UTF-8 with a mark":         func(s string) string { return "\uFEFF" + s },
		"GB18030":                   gbk,
		"UTF-16LE":                  func(s string) string { return "\xFF\xFE" + utf16(unicode.LittleEndian, s) },
		"UTF-16BE":                  func(s string) string { return "\xFE\xFF" + utf16(unicode.BigEndian, s) },
		"UTF-16LE without its mark": func(s string) string { return utf16(unicode.LittleEndian, s) },
		"UTF-16BE without its mark": func(s string) string { return utf16(unicode.BigEndian, s) },
	}
	for encoding, encode := range encodings {
		for _, delimiter := range strings.Split(",.;.\t.|", ".") {
			for _, end := range []string{"\n", "\r\n", "\r"} {
				raw := encode(write(delimiter, end))
				rows, b, err := read(raw)
				name := encoding + strconv.Quote(delimiter+end)
				if err != nil || len(rows) != len(want) {
					t.Errorf("%s: %d rows, %v", name, len(rows), err)
					continue
				}
				for i, r := range rows {
					var got []string
					for _, c := range r.Cells {
						if c.Formula {
							c.Text = "=" + c.Text
						}
						got = append(got, c.Text)
					}
					number := i + 1
					if !reflect.DeepEqual(got, want[i]) || r.Number != number+max(0, i-2) {
						t.Errorf("%s: row %d: %q", name, r.Number, got)
					}
				}
				if done, total := b.Progress(); done != total || total != int64(len(raw)) {
					t.Errorf("%s: %d of %d bytes", name, done, total)
				}
			}
		}
	}
}

// endless is a file of one byte over and over.
type endless struct{}

func (endless) ReadAt(p []byte, _ int64) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// quotes is a file that is one quoted value without an end.
type quotes struct{ endless }

func (q quotes) ReadAt(p []byte, at int64) (int, error) {
	n, err := q.endless.ReadAt(p, at)
	if at == 0 && n > 0 {
		p[0] = '"'
	}
	return n, err
}

func TestBoundedMemory(t *testing.T) {
	const size = 512 << 20
	for name, r := range map[string]io.ReaderAt{"no line ends": endless{}, "open quote": quotes{}} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b, err := Open(r, size, Options{File: "m.csv"})
		if err == nil {
			for _, err = range b.Rows("") {
			}
		}
		runtime.ReadMemStats(&after)
		var in *load.InputError
		if !errors.As(err, &in) || in.Row != 1 || !strings.Contains(err.Error(), "more than 1 MiB") {
			t.Errorf("%s: %v", name, err)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
			t.Errorf("%s: %d MiB allocated for a file without records", name, n>>20)
		}
	}
}

// shrinking is a file that loses its end after it was opened.
type shrinking struct {
	*strings.Reader
	cut bool
}

func (s *shrinking) ReadAt(p []byte, at int64) (int, error) {
	if s.cut && at+int64(len(p)) > 10 {
		return 0, io.EOF
	}
	return s.Reader.ReadAt(p, at)
}

func TestFileChangedMeanwhile(t *testing.T) {
	raw := "a,b\n1,2\n3,4\n"
	s := &shrinking{Reader: strings.NewReader(raw)}
	b, err := Open(s, int64(len(raw)), Options{File: "m.csv"})
	if err != nil {
		t.Fatal(err)
	}
	s.cut = true
	for _, err = range b.Rows("") {
	}
	var in *load.InputError
	if !errors.As(err, &in) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("rows are lost in silence: %v", err)
	}
}
