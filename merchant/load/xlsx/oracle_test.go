package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// texts are drawn for cells: plain ones, and those that writers must escape.
var texts = rapid.OneOf(
	rapid.StringMatching(`[0-9A-Z]{1,20}`),
	rapid.StringMatching(`[一-龥]{1,12}`),
	rapid.StringMatching("[<>&\"' \\n\\t]{1,6}[a-z甲]{0,3}"),
	rapid.SampledFrom([]string{"_x0041_", "_x000D_\r", " 甲 ", "=1+1", "𠮷野家", "a_xb", "é", "0012", "4.4010619800101101E+17"}),
)

// TestOracle writes workbooks with excelize, cell by cell or as a stream, with every type of value in any place, and
// reads the same cells as excelize does.
func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		day, err := f.NewStyle(&excelize.Style{NumFmt: rapid.SampledFrom([]int{14, 22, 31, 57}).Draw(t, "date format")})
		if err != nil {
			t.Fatal(err)
		}
		rows, columns := rapid.IntRange(1, 12).Draw(t, "rows"), rapid.IntRange(1, 40).Draw(t, "columns")
		if rapid.Bool().Draw(t, "stream") {
			w, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				t.Fatal(err)
			}
			for r := 1; r <= rows; r += rapid.IntRange(1, 3).Draw(t, "step") {
				values := make([]any, columns)
				for c := range values {
					switch rapid.IntRange(0, 5).Draw(t, "type") {
					case 0:
						values[c] = texts.Draw(t, "text")
					case 1:
						values[c] = rapid.Int64().Draw(t, "int")
					case 2:
						values[c] = rapid.Bool().Draw(t, "bool")
					case 3:
						values[c] = excelize.Cell{StyleID: day, Value: 43000 + c}
					case 4:
						values[c] = []excelize.RichTextRun{{Text: texts.Draw(t, "run")}, {Text: texts.Draw(t, "run")}}
					}
				}
				if err := w.SetRow(fmt.Sprintf("A%d", r), values); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		} else {
			for range rapid.IntRange(0, 60).Draw(t, "cells") {
				cell, _ := excelize.CoordinatesToCellName(rapid.IntRange(1, columns).Draw(t, "column"), rapid.IntRange(1, rows).Draw(t, "row"))
				var err error
				switch rapid.IntRange(0, 6).Draw(t, "type") {
				case 0, 1:
					err = f.SetCellStr("Sheet1", cell, texts.Draw(t, "text"))
				case 2:
					err = f.SetCellFloat("Sheet1", cell, rapid.Float64Range(-1e6, 1e6).Draw(t, "float"), -1, 64)
				case 3:
					err = f.SetCellBool("Sheet1", cell, rapid.Bool().Draw(t, "bool"))
				case 4:
					err = errors.Join(f.SetCellInt("Sheet1", cell, rapid.Int64Range(0, 60000).Draw(t, "day")), f.SetCellStyle("Sheet1", cell, cell, day))
				case 5:
					err = f.SetCellRichText("Sheet1", cell, []excelize.RichTextRun{{Text: texts.Draw(t, "run")}, {Text: texts.Draw(t, "run")}})
				case 6:
					err = f.SetCellFormula("Sheet1", cell, "1+1")
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		agree(t, b.Bytes())
	})
}

// agree compares all cells of the first sheet with what excelize reads.
func agree(t *rapid.T, raw []byte) {
	got, _, err := read(raw, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	byNumber := map[int][]merchant.Cell{}
	for _, r := range got {
		byNumber[r.Number] = r.Cells
		if r.Number > len(want) && len(r.Cells) > 0 && r.Cells[len(r.Cells)-1].Text != "" {
			t.Fatalf("row %d is not in excelize's %d rows", r.Number, len(want))
		}
	}
	for i, row := range want {
		cells := byNumber[i+1]
		for c := range max(len(row), len(cells)) {
			a, b := "", ""
			if c < len(row) {
				a = row[c]
			}
			if c < len(cells) {
				b = cells[c].Text
				if cells[c].Type == merchant.CellBool { // excelize words it
					b = map[string]string{"0": "FALSE", "1": "TRUE"}[b]
					if a == "0" || a == "1" {
						b = cells[c].Text
					}
				}
			}
			if a != b {
				t.Fatalf("%s%d: excelize %q, here %q", load.Letter(c), i+1, a, b)
			}
		}
	}
}

// TestDamagedOracle damages a sheet at a random row. Where excelize hands out fewer rows and no error, ours must name
// the last good row.
func TestDamagedOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 400).Draw(t, "rows")
		at := rapid.IntRange(0, rows-1).Draw(t, "damaged row")
		kind := rapid.SampledFrom([]string{"cut", "control", "utf8", "tag", "reference", "order"}).Draw(t, "damage")
		var xml strings.Builder
		for i := range rows {
			bad := ""
			if i == at {
				switch kind {
				case "control":
					bad = "\x0b"
				case "utf8":
					bad = "\xff"
				case "tag":
					bad = "</x>"
				case "reference":
					bad = "&x;"
				case "cut":
					bad = "<!--" // takes the rest with it
				case "order":
					xml.WriteString(`<row r="1"/>`)
					if i == 0 {
						xml.WriteString(`<row r="1"/>`)
					}
				}
			}
			fmt.Fprintf(&xml, `<row r="%d"><c r="A%d" t="str"><v>%s%d</v></c></row>`, i+1, i+1, bad, i)
		}
		got, _, err := read(pack(t, xml.String()), Options{})
		last := at
		if kind == "order" && at == 0 {
			last = 1
		}
		var in *load.InputError
		if !errors.As(err, &in) || in.Row != last || len(got) != last {
			t.Fatalf("%s at %d of %d: %d rows, %v", kind, at, rows, len(got), err)
		}
	})
}

// FuzzScanner reads any XML beside encoding/xml: what both accept must say the same.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{`<a b="1">x</a>`, `<a><b/><!-- c --><![CDATA[<]]>]]&gt;</a>`, "<x:a xmlns:x='u' x:y='&lt;'>\r\n&#30002;</x:a>", `<?xml version="1.0"?><a/>`, "\uFEFF<a>\u00e9</a>", `<a b = "1" ></a >`, "<a>&#13;\r</a>", "<:/>", "<:a/>", "<a:/>", "<a b='\r' c='1\r\n2\r&lt;\r'/>"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, text string, piece int) {
		if len(text) > 1<<12 || strings.Contains(text, "<!D") {
			return
		}
		ours, err := flatten(newScanner(&pieces{text, 1 + max(0, piece)%64}))
		if err != nil {
			return
		}
		d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
		d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		var b strings.Builder
		for depth := 0; ; {
			k, err := d.RawToken()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			switch k := k.(type) {
			case xml.StartElement:
				depth++
				b.WriteString("<" + whole(k.Name.Space, k.Name.Local))
				for _, a := range k.Attr {
					fmt.Fprintf(&b, " %s=%q", whole(a.Name.Space, a.Name.Local), a.Value)
				}
				b.WriteString(">")
			case xml.EndElement:
				depth--
				b.WriteString("</>")
			case xml.CharData:
				if depth > 0 {
					b.Write(k)
				}
			}
		}
		if ours != b.String() {
			t.Fatalf("%q: %q, want %q", text, ours, b.String())
		}
	})
}

// pieces hands out n bytes at a time.
type pieces struct {
	s string
	n int
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.s == "" {
		return 0, io.EOF
	}
	n := copy(b, p.s[:min(len(p.s), p.n)])
	p.s = p.s[n:]
	return n, nil
}

// whole is a name as it stands in the file.
func whole(space, local string) string {
	if space == "" {
		return local
	}
	return space + ":" + local
}

func flatten(s *scanner) (string, error) {
	var b strings.Builder
	var text []byte
	for {
		t, err := s.next()
		if err != nil {
			return "", err
		}
		switch t {
		case eof:
			return b.String(), nil
		case startTag:
			b.WriteString("<" + whole(string(s.space), string(s.name)))
			for _, a := range s.attrs {
				fmt.Fprintf(&b, " %s=%q", a.name, s.value(a))
			}
			b.WriteString(">")
		case endTag:
			b.WriteString("</>")
		case character:
			if text, err = s.appendText(text[:0]); err != nil {
				return "", err
			}
			b.Write(text)
		}
	}
}

// FuzzStrings feeds the part of shared strings, FuzzStyles that of styles.
func FuzzStrings(f *testing.F) {
	f.Add(`<si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si>`)
	f.Add(`<si/><si><t>_x0041_</t><t/></si>`)
	f.Add(`<si><t>a<t>b</t></t></si><t>c</t>`)
	f.Add(`</sst><sst><si><t>a</t></si>`)
	f.Add("<si><t>\xe7\x94</t></si>")
	f.Add(`<si><t><![CDATA[_x000D_]]>&#x5F;x0041_</t>`)
	f.Fuzz(func(t *testing.T, xml string) {
		if len(xml) > 1<<13 {
			return
		}
		rows, book, err := read(pack(t, `<row><c t="s"><v>0</v></c></row>`, sharedXML("<sst>"+xml+"</sst>")), Options{})
		var in *load.InputError
		if err != nil && !errors.As(err, &in) {
			t.Fatal(err)
		}
		if err == nil && rows[0].Cells[0].Text != book.strings.at(0) {
			t.Fatal(rows)
		}
	})
}

func FuzzStyles(f *testing.F) {
	f.Add(`<numFmts><numFmt numFmtId="176" formatCode="yyyy;@"/></numFmts><cellXfs><xf numFmtId="176"/></cellXfs>`, "yyyy")
	f.Add(`<cellXfs><xf numFmtId="14"/></cellXfs>`, `[$-804]0"d"\;;`)
	f.Add(`<numFmts><numFmt numFmtId="14" formatCode="0"/><numFmt formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="-1"/></cellXfs>`, `;;;`)
	f.Add(`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs></styleSheet>`, `[h`)
	f.Add(`<cellXfs><xf numFmtId="&quot;"`, `"open`)
	f.Fuzz(func(t *testing.T, xml, code string) {
		if len(xml) > 1<<13 {
			return
		}
		isDate(code)
		if text := textCode(code); text != "" && text != code {
			t.Fatal(text)
		}
		_, _, err := read(pack(t, `<row><c s="0"><v>45292</v></c></row>`, func(p map[string]string) { p["xl/styles.xml"] = "<styleSheet>" + xml + "</styleSheet>" }), Options{})
		var in *load.InputError
		if err != nil && !errors.As(err, &in) {
			t.Fatal(err)
		}
	})
}
