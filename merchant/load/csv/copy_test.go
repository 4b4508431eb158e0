package csv

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func copied(t interface{ Fatal(...any) }, b *Book, edits ...load.Edit) string {
	var out bytes.Buffer
	if err := b.Copy(&out, edits); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Only the bytes of the field change, and its form stays: quotes, ="…", line ends within it, encoding, marks.
func TestCopy(t *testing.T) {
	const le, be = unicode.LittleEndian, unicode.BigEndian
	tests := []struct {
		name, raw string
		row, col  int
		old, new  string
		want      string
	}{
		{"plain", "a,b\r\n1, 2\r\n", 2, 1, " 2", "2", "a,b\r\n1,2\r\n"},
		{"no end of the last line", "a,b\n1, 2", 2, 1, " 2", "2", "a,b\n1,2"},
		{"carriage return at the very end", "a,b\n1, 2\r", 2, 1, " 2", "2", "a,b\n1,2\r"},
		{"emptied", "a,b\n1,无\n", 2, 1, "无", "", "a,b\n1,\n"},
		{"filled in", "a,b,c\n1,,3\n", 2, 1, "", "310000", "a,b,c\n1,310000,3\n"},
		{"quotes stay", "a,b\n1,\" 2\"\n", 2, 1, " 2", "2", "a,b\n1,\"2\"\n"},
		{"quotes in quotes", "a,b\n\"x \"\"y\"\" \",2\n", 2, 0, `x "y" `, `x "y"`, "a,b\n\"x \"\"y\"\"\",2\n"},
		{"quotes needed", "a;b\n1;x \n", 2, 1, "x ", "x;y", "a;b\n1;\"x;y\"\n"},
		{"quoted and emptied", "a,b\n1,\" \"\n", 2, 1, " ", "", "a,b\n1,\"\"\n"},
		{"delimiter in quotes", "a,b\n\"1,1\", 2\n", 2, 1, " 2", "2", "a,b\n\"1,1\",2\n"},
		{"line breaks in quotes", "a,b\r\n1,\"x\r\ny \"\r\n3, 4\r\n", 2, 1, "x\ny ", "x\ny", "a,b\r\n1,\"x\r\ny\"\r\n3, 4\r\n"},
		{"after line breaks in quotes", "a,b\n1,\"x\ny\"\n3, 4\n", 4, 1, " 4", "4", "a,b\n1,\"x\ny\"\n3,4\n"},
		{"blank lines", "a,b\n\n\n1, 2\n\n", 4, 1, " 2", "2", "a,b\n\n\n1,2\n\n"},
		{"carriage returns alone", "a,b\r1,\"x\ry \"\r3, 4\r", 2, 1, "x\ny ", "x\ny", "a,b\r1,\"x\ry\"\r3, 4\r"},
		{"carriage returns alone, later", "a,b\r1,\"x\ry\"\r3, 4\r", 4, 1, " 4", "4", "a,b\r1,\"x\ry\"\r3,4\r"},
		{"formula that is a text", "a,b\n1,=\"002 \"\n", 2, 1, "002 ", "002", "a,b\n1,=\"002\"\n"},
		{"quoted formula", "a,b\n1,\"=\"\"002 \"\"\"\n", 2, 1, "002 ", "002", "a,b\n1,\"=\"\"002\"\"\"\n"},
		{"formula with a delimiter", "a,b,c\n=\"0,2 \",x, y\n", 2, 2, " y", "y", "a,b,c\n=\"0,2 \",x,y\n"},
		{"formula emptied", "a,b\n1,=\"无\"\n", 2, 1, "无", "", "a,b\n1,\n"},
		{"sep= line", "sep=;\na;b\n1; 2\n", 3, 1, " 2", "2", "sep=;\na;b\n1;2\n"},
		{"byte order mark and end-of-file mark", "\uFEFFa,b\n1, 2\n\x1A", 2, 1, " 2", "2", "\uFEFFa,b\n1,2\n\x1A"},
		{"GB18030", gbk("商户,名\n") + "\x80,\xA3\xB1\n", 2, 1, "１", "1", gbk("商户,名\n") + "\x80,1\n"},
		{"GB18030, trail byte of the delimiter", gbk("甲|乙\n㙍") + "\x81\x7C|" + gbk("x\u3000\n"), 2, 1, "x\u3000", "x", gbk("甲|乙\n㙍") + "\x81\x7C|x\n"},
		{"GB18030, long code", gbk("甲,乙\n𠮷,张三•李四\n"), 2, 1, "张三•李四", "张三·李四", gbk("甲,乙\n𠮷,张三·李四\n")},
		{"UTF-16", "\xFF\xFE" + utf16(le, "a\tb\r\n𠮷\t 2\r\n"), 2, 1, " 2", "2", "\xFF\xFE" + utf16(le, "a\tb\r\n𠮷\t2\r\n")},
		{"UTF-16, other order", "\xFE\xFF" + utf16(be, "a,b\n\"伀\n\", 2\n"), 2, 1, " 2", "𠮷", "\xFE\xFF" + utf16(be, "a,b\n\"伀\n\",𠮷\n")},
	}
	for _, tt := range tests {
		rows, b, err := read(tt.raw)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := copied(t, b); got != tt.raw {
			t.Errorf("%s: without edits %q", tt.name, got)
		}
		e := load.Edit{Row: tt.row, Column: tt.col, Old: tt.old, New: tt.new}
		if got := copied(t, b, e); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		for _, wrong := range []load.Edit{{Row: tt.row, Column: tt.col, Old: tt.old + "x"}, {Row: tt.row + 10, Column: tt.col, Old: tt.old}, {Row: tt.row, Column: 9}, {Row: tt.row, Column: -1}} {
			var in *load.InputError
			if err := b.Copy(new(bytes.Buffer), []load.Edit{wrong}); !errors.As(err, &in) {
				t.Errorf("%s: %+v is made: %v", tt.name, wrong, err)
			}
		}
		_ = rows
	}
}

// Whatever the table, the copy reads as the original with the edits.
func TestCopyReadsBack(t *testing.T) {
	texts := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("ab1 ,;\t|\"=\n上海㙍𠮷•")), 0, 8, -1), rapid.SampledFrom([]string{`="01 "`, `="a,b"`, "", "x\ny"}))
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		columns := rapid.IntRange(2, 4).Draw(t, "columns")
		var raw strings.Builder
		raw.WriteString("sep=" + delimiter + end)
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			for c := range columns {
				if c > 0 {
					raw.WriteString(delimiter)
				}
				s := texts.Draw(t, "text")
				bare := !strings.ContainsAny(s, "\"\n"+delimiter) || strings.HasPrefix(s, `="`) && !strings.Contains(s, "\n") && strings.Count(s, `"`) == 2 && strings.HasSuffix(s, `"`)
				if s = strings.ReplaceAll(s, "\n", end); !bare || rapid.Bool().Draw(t, "quoted") {
					s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
				}
				raw.WriteString(s)
			}
			raw.WriteString(end)
		}
		stored := raw.String()
		switch rapid.IntRange(0, 3).Draw(t, "encoding") {
		case 1:
			stored = gbk(stored)
		case 2:
			stored = "\xFF\xFE" + utf16(unicode.LittleEndian, stored)
		case 3:
			stored = "\uFEFF" + stored
		}
		before, b, err := read(stored)
		if err != nil {
			t.Skip(err.Error())
		}
		if got := copied(t, b); got != stored {
			t.Fatalf("without edits %q, not %q", got, stored)
		}
		var edits []load.Edit
		for i := range before {
			for c := range before[i].Cells {
				cell := &before[i].Cells[c]
				if !rapid.Bool().Draw(t, "edit") {
					continue
				}
				e := load.Edit{Row: before[i].Number, Column: c, Old: cell.Text, New: strings.ReplaceAll(texts.Draw(t, "new"), `"`, "")}
				if e.New == "" && len(before[i].Cells) == 1 {
					continue // a line without a field
				}
				if c == 0 && strings.HasPrefix(e.New, "=") {
					continue
				}
				cell.Text = e.New
				edits = append(edits, e)
			}
		}
		after, _, err := read(copied(t, b, edits...))
		if err != nil {
			t.Fatalf("%q with %+v: %v", stored, edits, err)
		}
		if len(after) != len(before) {
			t.Fatalf("%d rows, not %d", len(after), len(before))
		}
		for i := range before {
			if len(after[i].Cells) != len(before[i].Cells) {
				t.Fatalf("row %d: %d cells, not %d", before[i].Number, len(after[i].Cells), len(before[i].Cells))
			}
			for c := range before[i].Cells {
				if got, want := after[i].Cells[c].Text, before[i].Cells[c].Text; got != want {
					t.Fatalf("row %d, cell %d: %q, not %q, in %q", before[i].Number, c, got, want, stored)
				}
			}
		}
	})
}
