package csv

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func read(raw string) (rows []load.Row, b *Book, err error) {
	b, err = Open(strings.NewReader(raw), int64(len(raw)), Options{File: "m.csv"})
	if err != nil {
		return nil, nil, err
	}
	for r, err := range b.Rows("") {
		if err != nil {
			return rows, b, err
		}
		r.Cells = slices.Clone(r.Cells)
		rows = append(rows, r)
	}
	return rows, b, nil
}

func gbk(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		return "?"
	}
	return out
}

func TestEncodings(t *testing.T) {
	const text = "商户号,商户名称\n310310058140001,上海示例商贸有限公司㙍\n"
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	for name, raw := range map[string]string{"": text, "UTF-16LE": le, "UTF-16BE": be, "GB18030": gbk(text)} {
		rows, b, err := read(raw)
		if err != nil || len(rows) != 2 || rows[1].Cells[1].Text != "上海示例商贸有限公司㙍" || b.Sheets()[0].Encoding != name {
			t.Errorf("%s: %+v %v", name, rows, err)
		}
	}
	rows, b, err := read("\uFEFF" + text)
	if err != nil || rows[0].Cells[0].Text != "商户号" || b.Sheets()[0].Encoding != "" {
		t.Error("byte order mark:", rows, err)
	}
	long := strings.Repeat("上海示例商贸有限公司,甲\n", 20000) // pieces cut characters in two
	if rows, b, err := read("x" + long); err != nil || len(rows) != 20000 || b.text.Encoding.Name() != "" {
		t.Error(len(rows), err)
	}
	if rows, b, err := read("x" + gbk(long)); err != nil || len(rows) != 20000 || b.text.Encoding.Name() != "GB18030" || rows[19999].Cells[1].Text != "甲" {
		t.Error(len(rows), err)
	}
}

func TestLayout(t *testing.T) {
	tests := []struct {
		name, raw string
		numbers   []int
		cells     [][]string
	}{
		{"comma", "a,b\n1,2\n", []int{1, 2}, [][]string{{"a", "b"}, {"1", "2"}}},
		{"semicolon", "a;b\n1,5;2\n", []int{1, 2}, [][]string{{"a", "b"}, {"1,5", "2"}}},
		{"tab", "标题\na\tb\n1\t2,2\n", []int{1, 2, 3}, [][]string{{"标题"}, {"a", "b"}, {"1", "2,2"}}},
		{"bar", "a|b\n1|2\n", []int{1, 2}, [][]string{{"a", "b"}, {"1", "2"}}},
		{"sep line", "sep=;\r\na;b\r\n1,2,3;4,5,6\r\n", []int{2, 3}, [][]string{{"a", "b"}, {"1,2,3", "4,5,6"}}},
		{"line breaks inside", "a,b\n\"1\n2\",3\n4,5\n", []int{1, 2, 4}, [][]string{{"a", "b"}, {"1\n2", "3"}, {"4", "5"}}},
		{"ragged", "a,b\n1\n1,2,3\n", []int{1, 2, 3}, [][]string{{"a", "b"}, {"1"}, {"1", "2", "3"}}},
		{"blank lines", "a,b\n\n1,2\n", []int{1, 3}, [][]string{{"a", "b"}, {"1", "2"}}},
		{"quoted delimiters", "a;b\n\"1,2,3,4\";2\n\"1,2,3,4\";2\n", []int{1, 2, 3}, [][]string{{"a", "b"}, {"1,2,3,4", "2"}, {"1,2,3,4", "2"}}},
	}
	for _, tt := range tests {
		rows, _, err := read(tt.raw)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var numbers []int
		var cells [][]string
		for _, r := range rows {
			numbers = append(numbers, r.Number)
			var line []string
			for _, c := range r.Cells {
				if c.Type != merchant.CellUntyped {
					t.Errorf("%s: type %d", tt.name, c.Type)
				}
				line = append(line, c.Text)
			}
			cells = append(cells, line)
		}
		if !reflect.DeepEqual(numbers, tt.numbers) || !reflect.DeepEqual(cells, tt.cells) {
			t.Errorf("%s: %v %q", tt.name, numbers, cells)
		}
	}
}

func TestRaggedRows(t *testing.T) {
	raw := "商户号,商户名称,经营地址\n1,甲,上海市示例路1号,2楼\n2,乙\n3,丙,,\n"
	b, err := Open(strings.NewReader(raw), int64(len(raw)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var info []string
	for r, err := range load.Read(context.Background(), b, load.Options{Sheet: "ignored"}) {
		if err != nil {
			t.Fatal(err)
		}
		s := ""
		for _, n := range r.Notes {
			if n.Kind == merchant.NoteRagged {
				s = n.Info
			}
		}
		info = append(info, s)
	}
	if !reflect.DeepEqual(info, []string{"4/3", "2/3", ""}) {
		t.Errorf("%q", info)
	}
}
