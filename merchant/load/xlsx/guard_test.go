package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// noise is text that does not compress well.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + r.IntN(26))
	}
	return string(b)
}

func sheetXML(xml string) func(map[string]string) {
	return func(p map[string]string) { p["xl/worksheets/sheet1.xml"] = xml }
}

func sharedXML(xml string) func(map[string]string) {
	return func(p map[string]string) { p["xl/sharedStrings.xml"] = xml }
}

// TestReadsRight holds what well-formed workbooks may look like, and what must be read from them.
func TestReadsRight(t *testing.T) {
	const open, end = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, `</sheetData></worksheet>`
	utf16File := func(order binary.ByteOrder, mark bool) string {
		text := `<?xml version="1.0" encoding="UTF-16"?>` + open + `<row r="1"><c r="A1" t="str"><v>甲𠮷</v></c></row>` + end
		if mark {
			text = "\uFEFF" + text
		}
		var b bytes.Buffer
		binary.Write(&b, order, utf16.Encode([]rune(text)))
		return b.String()
	}
	tests := []struct {
		name string
		raw  []byte
		want string // texts of the cells of all rows, | between cells and / between rows
	}{
		{"empty style attribute", pack(t, `<row r="1"><c r="A1" s=""><v>1</v></c><c r="B1" s="" t="s"><v>0</v></c></row>`), "1|甲"},
		{"two texts in one string", pack(t, `<row><c t="s"><v>0</v></c></row>`, sharedXML(`<sst><si><t>甲</t><t>乙</t></si></sst>`)), "甲乙"},
		{"empty strings between others", pack(t, `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>`, sharedXML(`<sst><si/><si><t/></si><si><t>丙</t></si></sst>`)), "||丙"},
		{"no shared strings", pack(t, `<row><c><v>1</v></c></row>`, func(p map[string]string) {
			delete(p, "xl/sharedStrings.xml")
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(links, `<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>`, "", 1)
		}), "1"},
		{"workbook in another folder", pack(t, `<row><c t="s"><v>0</v></c></row>`, func(p map[string]string) {
			p["_rels/.rels"] = strings.Replace(rels, "xl/workbook.xml", "/book/w.xml", 1)
			p["book/w.xml"], p["book/_rels/w.xml.rels"] = p["xl/workbook.xml"], strings.NewReplacer(`"sharedStrings`, `"../xl/sharedStrings`, `"styles`, `"..\xl\styles`).Replace(links)
			delete(p, "xl/workbook.xml")
		}), "甲"},
		{"dimension that lies", pack(t, "", sheetXML(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row></sheetData></worksheet>`)), "1/2"},
		{"data in an extension", pack(t, "", sheetXML(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><extLst><ext><sheetData><row r="2"><c r="A2"><v>2</v></c></row></sheetData></ext></extLst></worksheet>`)), "1"},
		{"elements of another namespace", pack(t, "", sheetXML(`<worksheet xmlns:x="urn:x"><x:sheetData><x:row/></x:sheetData><sheetData><x:row r="1"><c><v>9</v></c></x:row><row><x:c><v>9</v></x:c><c><x:v>9</x:v><v>1</v></c></row></sheetData></worksheet>`)), "1"},
		{"200,000 elements inside each other", pack(t, "", sheetXML(open+`<row><c><v>1</v></c></row></sheetData><extLst>`+strings.Repeat("<a>", 200000)+strings.Repeat("</a>", 200000)+`</extLst></worksheet>`)), "1"},
		{"comments and instructions", pack(t, `<?a b="<row>"?><!-- <row> --><row><!--x--><c t="str"><v>1<!-- 2 -->3<?x y?>4</v></c></row>`), "134"},
		{"CDATA", pack(t, `<row><c t="str"><v>a<![CDATA[<&amp;]]]]><![CDATA[>]]>b</v></c></row>`), "a<&amp;]]>b"},
		{"references", pack(t, `<row><c t="str"><v>&lt;&#30002;&#x7532;&quot;&apos;&gt;&amp;amp;</v></c></row>`), `<甲甲"'>&amp;`},
		{"line ends", pack(t, "<row><c t=\"str\"><v>a\r\nb\rc&#13;d</v></c></row>"), "a\nb\nc\rd"},
		{"greater-than sign in an attribute", pack(t, `<row spans="1>2"><c t='str' x=">"><v>1</v></c></row>`), "1"},
		{"blanks in tags", pack(t, "<row\n\tr = \"1\" ><c\r\nr\n=\n'A1' t=\"str\"\n><v >1</v\n></c ></row >"), "1"},
		{"escapes", pack(t, `<row><c t="inlineStr"><is><t>_x0041_x_x000D__x_x00_</t></is></c></row>`), "Ax\r_x_x00_"},
		{"phonetic hints", pack(t, `<row><c t="inlineStr"><is><t>上</t><rPh sb="0" eb="1"><t>シャン</t></rPh><phoneticPr fontId="1"/></is></c></row>`), "上"},
		{"mark of UTF-8", pack(t, "", sheetXML("\uFEFF"+open+`<row><c><v>1</v></c></row>`+end)), "1"},
		{"UTF-16, little end first", pack(t, "", sheetXML(utf16File(binary.LittleEndian, true))), "甲𠮷"},
		{"UTF-16, big end first, no mark", pack(t, "", sheetXML(utf16File(binary.BigEndian, false))), "甲𠮷"},
		{"GB18030", pack(t, "", sheetXML("<?xml version='1.0' encoding='GB18030'?>"+open+"<row><c t=\"str\"><v>\xbc\xd7</v></c></row>"+end)), "甲"},
		{"number with blanks", pack(t, "<row><c><v>\n 5 </v></c></row>"), "5"},
		{"text of 32,767 characters", pack(t, `<row><c t="str"><v>`+strings.Repeat("字", maxText)+`</v></c></row>`), strings.Repeat("字", maxText)},
		{"text across buffers", pack(t, `<row><c t="str"><v>`+strings.Repeat("&#30002;甲", 16000)+`</v></c></row>`), strings.Repeat("甲甲", 16000)},
	}
	for _, tt := range tests {
		rows, _, err := read(tt.raw, Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var lines []string
		for _, r := range rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
		if got := strings.Join(lines, "/"); got != tt.want {
			t.Errorf("%s: %.80q, want %.80q", tt.name, got, tt.want)
		}
	}
}

// TestRefused holds what must be an error: rows is how many come before it, and text is in its one line.
func TestRefused(t *testing.T) {
	good := strings.Repeat(`<row><c><v>1</v></c></row>`, 5)
	const open, end = `<worksheet><sheetData>`, `</sheetData></worksheet>`
	deflated := func() []byte {
		raw := pack(t, strings.Repeat(`<row><c t="str"><v>some text</v></c></row>`, 3000))
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if strings.Contains(f.Name, "sheet1") {
				from, err := f.DataOffset()
				if err != nil {
					t.Fatal(err)
				}
				for i := range 8 {
					raw[from+int64(f.CompressedSize64)/2+int64(i)] ^= 0xFF
				}
			}
		}
		return raw
	}
	tests := []struct {
		name string
		raw  []byte
		rows int
		text string
	}{
		{"column A0", pack(t, good+`<row r="6"><c r="A0"><v>1</v></c></row>`), 5, "cells do not ascend"},
		{"column beyond XFD", pack(t, good+`<row r="6"><c r="XFE6"><v>1</v></c></row>`), 5, "cells do not ascend"},
		{"the same cell twice", pack(t, good+`<row r="6"><c r="A6"><v>1</v></c><c r="A6"><v>2</v></c></row>`), 5, "cells do not ascend"},
		{"B1 A1 C1", pack(t, `<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="C1"><v>3</v></c></row>`), 0, "cells do not ascend"},
		{"rows 1 5 3 5 6", pack(t, `<row r="1"/><row r="5"/><row r="3"/><row r="5"/><row r="6"/>`), 2, "row numbers do not ascend"},
		{"row 2^63-1", pack(t, good+`<row r="9223372036854775807"/>`), 5, "row numbers do not ascend"},
		{"row without a number in r", pack(t, good+`<row r="x"/>`), 5, "a row number is no number"},
		{"two values", pack(t, good+`<row><c><v>1</v><v>2</v></c></row>`), 5, "two values"},
		{"two data parts", pack(t, "", sheetXML(open+good+`</sheetData><sheetData>`+good+end)), 5, "two data parts"},
		{"shared string without an index", pack(t, good+`<row><c t="s"><v>one</v></c></row>`), 5, "a shared string does not exist"},
		{"shared strings without the part", pack(t, `<row><c t="s"><v>0</v></c></row>`, func(p map[string]string) { delete(p, "xl/sharedStrings.xml") }), 0, "a part is missing"},
		{"long shared string", pack(t, `<row><c t="s"><v>0</v></c></row>`, sharedXML(`<sst><si><t>`+strings.Repeat("字", maxText+1)+`</t></si></sst>`)), 0, "more than 32767"},
		{"cut in a tag", pack(t, "", sheetXML(open+good+`<row><c r="A`)), 5, "cut short"},
		{"cut in a text", pack(t, "", sheetXML(open+good+`<row><c><v>12`)), 5, "cut short"},
		{"cut in CDATA", pack(t, "", sheetXML(open+good+`<row><c><v><![CDATA[12]`)), 5, "cut short"},
		{"cut in a comment", pack(t, "", sheetXML(open+good+`<!-- `)), 5, "cut short"},
		{"cut behind <", pack(t, "", sheetXML(open+good+`<`)), 5, "cut short"},
		{"cut in a character", pack(t, "", sheetXML(open+good+"<row><c t=\"str\"><v>\xe7\x94")), 5, "XML error"},
		{"nothing at all", pack(t, "", sheetXML("")), 0, "cut short"},
		{"text only", pack(t, "", sheetXML("hello")), 0, "XML error"},
		{"text behind the root", pack(t, "", sheetXML(open+good+end+"x")), 5, "XML error"},
		{"two roots", pack(t, "", sheetXML(open+good+end+"<a/>")), 5, "XML error"},
		{"wrong end tag", pack(t, good+`<row><c></d></row>`), 5, "XML error"},
		{"unknown reference", pack(t, good+`<row><c t="str"><v>&nbsp;</v></c></row>`), 5, "XML error"},
		{"reference to a control character", pack(t, good+`<row><c t="str"><v>&#11;</v></c></row>`), 5, "XML error"},
		{"reference without an end", pack(t, good+`<row><c t="str"><v>a&amp b</v></c></row>`), 5, "XML error"},
		{"surrogate", pack(t, good+`<row><c t="str"><v>&#xD800;</v></c></row>`), 5, "XML error"},
		{"attribute without quotes", pack(t, good+`<row r=6/>`), 5, "XML error"},
		{"attributes that touch", pack(t, good+`<row r="6"s="1"/>`), 5, "XML error"},
		{"less-than sign in an attribute", pack(t, good+`<row r="<6"/>`), 5, "XML error"},
		{"undecodable GBK", pack(t, "", sheetXML("<?xml version=\"1.0\" encoding=\"GBK\"?>"+open+good+"<row><c t=\"str\"><v>\xff\xff</v></c></row>"+end)), 5, "cannot be decoded"},
		{"unknown encoding", pack(t, "", sheetXML(`<?xml version="1.0" encoding="Shift_JIS"?>`+open+end)), 0, "another encoding"},
		{"document type in the strings", pack(t, good, sharedXML(`<!DOCTYPE sst [<!ENTITY a "b">]><sst/>`)), 0, "document type"},
		{"merged range", pack(t, "", sheetXML(open+good+`</sheetData><mergeCells><mergeCell ref="A1:Z"/></mergeCells></worksheet>`)), 5, "a merged range that cannot be read"},
		{"two sheets of one name", pack(t, "", func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="商户" sheetId="8" r:id="r1"/></sheets>`, 1)
		}), 0, "two sheets of one name"},
		{"sheet without a relationship", pack(t, "", func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], `r:id="r1"`, `r:id="r9"`, 1)
		}), 0, "a sheet without its part"},
		{"more sheets than anybody has", pack(t, "", func(p map[string]string) {
			var sheets, parts strings.Builder
			for i := range maxSheets {
				fmt.Fprintf(&sheets, `<sheet name="s%d" r:id="x%d"/>`, i, i)
				fmt.Fprintf(&parts, `<Relationship Id="x%d" Type="worksheet" Target="worksheets/s%d.xml"/>`, i, i)
			}
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", sheets.String()+"</sheets>", 1)
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(links, "</Relationships>", parts.String()+"</Relationships>", 1)
		}), 0, "more than 1000 sheets"},
		{"two sheets of one part", pack(t, "", func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="二" sheetId="8" r:id="r1"/></sheets>`, 1)
		}), 0, "two sheets of one part"},
		{"a sheet with an endless name", pack(t, "", func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], `name="商户"`, `name="`+strings.Repeat("x", maxText+1)+`"`, 1)
		}), 0, "endless name"},
		{"more relationships than parts", pack(t, "", func(p map[string]string) {
			var parts strings.Builder
			for i := range maxEntries {
				fmt.Fprintf(&parts, `<Relationship Id="x%d"/>`, i)
			}
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(links, "</Relationships>", parts.String()+"</Relationships>", 1)
		}), 0, "too many relationships"},
		{"number format of pages", pack(t, "", func(p map[string]string) {
			p["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="` + strings.Repeat("0", maxCode+1) + `"/></numFmts></styleSheet>`
		}), 0, "number format that is too long"},
		{"more merged ranges than anybody has", pack(t, "", sheetXML(open+good+"</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, maxMerged+1)+"</mergeCells></worksheet>")), 5, "too many merged ranges"},
		{"endless names of elements inside each other", pack(t, "", sheetXML(open+good+"</sheetData>"+strings.Repeat("<"+noise(1<<19)+">", 40))), 5, "XML error"},
		{"index -1 into a table of 20 MB", pack(t, good+`<row><c t="s"><v>-1</v></c></row>`, sharedXML("<sst>"+strings.Repeat("<si><t>"+noise(30000)+"</t></si>", 700)+"</sst>")), 5, "a shared string does not exist"},
		{"too much of characters that are cut", pack(t, good+`<row><c t="s"><v>0</v></c></row>`, sharedXML("<sst>"+strings.Repeat("<si><t>"+strings.Repeat("字", 10000)+"</t></si>", 700)+"</sst>")), 0, "inflates to more"},
		{"damaged deflate stream", deflated(), -1, "save it as xlsx"},
		{"tag without an end", pack(t, good+`<row x="`+strings.Repeat("x", maxTag+bufferBytes)), 5, "XML error"},
	}
	for _, tt := range tests {
		rows, _, err := read(tt.raw, Options{})
		var in *load.InputError
		if !errors.As(err, &in) || !strings.Contains(err.Error(), tt.text) || strings.Contains(in.In("zh"), "\n") || tt.rows >= 0 && len(rows) != tt.rows {
			t.Errorf("%s: %d rows, %v", tt.name, len(rows), err)
			continue
		}
		if n := len(rows); n > 0 && in.Row != rows[n-1].Number {
			t.Errorf("%s: names row %d after %d", tt.name, in.Row, rows[n-1].Number)
		}
	}
}

// TestBounds reads files that want far more memory than they are long, and looks at what was allocated for them.
func TestBounds(t *testing.T) {
	blanks := strings.Repeat(" ", 1<<20)
	entry := func(name, head, repeated, end string, times int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		parts := map[string]string{"[Content_Types].xml": types, "_rels/.rels": rels, "xl/workbook.xml": fmt.Sprintf(workbook, ""),
			"xl/_rels/workbook.xml.rels": links, "xl/styles.xml": styles, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": `<worksheet><sheetData/></worksheet>`}
		delete(parts, name)
		for n, text := range parts {
			w, _ := z.Create(n)
			io.WriteString(w, text)
		}
		w, _ := z.Create(name)
		io.WriteString(w, head)
		for range times {
			io.WriteString(w, repeated)
		}
		io.WriteString(w, end)
		z.Close()
		return b.Bytes()
	}
	const sheet, table = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	lying := stored(t, entry(sheet, "<worksheet><sheetData>", blanks, "</sheetData></worksheet>", 40), func(h *zip.FileHeader) {
		if h.Name == sheet {
			h.UncompressedSize64 = 1000
		}
	})
	wide := new(strings.Builder)
	for r := range 20000 {
		fmt.Fprintf(wide, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, r+1, r+1)
	}
	tests := []struct {
		name string
		raw  []byte
		o    Options
		text string
	}{
		{"60 MB of blanks", entry(sheet, "<worksheet><sheetData>", blanks, "</sheetData></worksheet>", 60), Options{}, "inflates to more"},
		{"60 MB of shared strings", entry(table, "<sst>", strings.Repeat("<si/>", 1<<17), "</sst>", 96), Options{}, "inflates to more"},
		{"60 MB of one string", entry(table, "<sst><si><t>", blanks, "</t></si></sst>", 60), Options{}, "more than 32767"},
		{"60 MB of styles", entry("xl/styles.xml", "<styleSheet><cellXfs>", strings.Repeat("<xf/>", 1<<17), "</cellXfs></styleSheet>", 96), Options{}, "too many cell styles"},
		{"60 MB of tags inside each other", entry(sheet, "<worksheet>", strings.Repeat("<a>", 1<<18), "", 80), Options{}, ""},
		{"60 MB of a comment", entry(sheet, "<worksheet><!--", blanks, "", 60), Options{}, "inflates to more"},
		{"60 MB in one tag", entry(sheet, "<worksheet><a ", blanks, "", 60), Options{}, "XML error"},
		{"declared 1000, holds 40 MB", lying, Options{MaxRatio: 1 << 40}, "save it as xlsx"},
		{"one far cell on each of 20,000 rows", pack(t, wide.String()), Options{}, "beyond column SR"},
		{"a limit for strings", entry(table, "<sst>", "<si><t>"+strings.Repeat("a", 30000)+"</t></si>", "</sst>", 100), Options{MaxStringBytes: 1 << 20}, "inflates to more"},
		{"a limit for a part", pack(t, blanks), Options{MaxPartBytes: 1 << 12}, "inflates to more"},
		{"a limit for all parts", pack(t, blanks), Options{MaxTotalBytes: 1 << 12}, "inflates to more"},
		{"a limit for columns", pack(t, `<row><c><v>1</v></c><c><v>2</v></c></row>`), Options{MaxColumns: 1}, "beyond column A"},
	}
	for _, tt := range tests {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := read(tt.raw, tt.o)
		runtime.ReadMemStats(&after)
		var in *load.InputError
		if !errors.As(err, &in) || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 400<<20 {
			t.Errorf("%s: %d MB allocated", tt.name, got>>20)
		}
	}
	// The same within raised limits is read.
	rows, _, err := read(pack(t, `<row r="1"><c r="XFD1"><v>1</v></c></row>`), Options{MaxColumns: maxLetters})
	if err != nil || len(rows) != 1 || len(rows[0].Cells) != maxLetters || rows[0].Cells[maxLetters-1].Text != "1" {
		t.Error(err)
	}
	if rows, _, err := read(pack(t, strings.Repeat(" ", 40<<20)+`<row><c><v>1</v></c></row>`), Options{MaxRatio: 1 << 20}); err != nil || len(rows) != 1 {
		t.Error(err)
	}
}

func TestLayout(t *testing.T) {
	raw := pack(t, "", sheetXML(`<worksheet><cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" width="0"/><col min="600" max="16384" hidden="true"/></cols><sheetData><row r="1" ht="0"><c><v>1</v></c></row><row hidden="1"><c><v>1</v></c></row><row ht="12"/></sheetData><mergeCells count="2"><mergeCell ref="A5:A8"/><mergeCell ref="C1:AB2"/></mergeCells></worksheet>`))
	rows, book, err := read(raw, Options{})
	if err != nil || len(rows) != 3 || !rows[0].Hidden || !rows[1].Hidden || rows[2].Hidden {
		t.Fatal(rows, err)
	}
	got := fmt.Sprint(book.Layout("商户"))
	if want := fmt.Sprint(load.Layout{HiddenColumns: []int{1, 2, 4}, Merged: []load.Range{{FirstRow: 5, LastRow: 8}, {FirstRow: 1, LastRow: 2, FirstColumn: 2, LastColumn: 27}}}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if done, total := book.Progress(); done == 0 || done != total {
		t.Errorf("%d of %d bytes", done, total)
	}
	if got := book.Layout("other"); got.HiddenColumns != nil || got.Merged != nil {
		t.Error(got)
	}
}

func TestTextFormats(t *testing.T) {
	for code, want := range map[string]bool{"@": false, "0.00": false, ";;;": true, `0;0;0;@`: false, `0;-0;;"见附件"`: true, `"号"@`: true, `;;;@`: false, `[Red]@`: true, `0;"a;b"`: false, "General": false, "": false} {
		if (textCode(code) != "") != want {
			t.Errorf("textCode(%q) = %v", code, !want)
		}
	}
	hiding := strings.NewReplacer(`<numFmt numFmtId="177" formatCode="&quot;d&quot;0"/>`, `<numFmt numFmtId="177" formatCode=";;;"/>`).Replace(styles)
	rows, _, err := read(pack(t, `<row><c s="4" t="s"><v>0</v></c><c s="4"><v>5812</v></c><c s="5" t="s"><v>0</v></c></row>`, func(p map[string]string) { p["xl/styles.xml"] = hiding }), Options{})
	if err != nil || len(rows) != 1 {
		t.Fatal(err)
	}
	want := []merchant.Cell{{Text: "甲", Type: merchant.CellText, Format: ";;;"}, {Text: "5812", Type: merchant.CellNumber, Format: ";;;"}, {Text: "甲", Type: merchant.CellText}}
	for i, c := range rows[0].Cells {
		if c != want[i] {
			t.Errorf("%+v, want %+v", c, want[i])
		}
	}
}

func TestCancelled(t *testing.T) {
	raw := pack(t, strings.Repeat(`<row><c t="str"><v>some text</v></c></row>`, 20000))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	book, err := Open(ctx, bytes.NewReader(raw), int64(len(raw)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, err := range book.Rows("商户") {
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			break
		}
		if rows++; rows == 10 {
			cancel()
		}
	}
	if rows == 20000 {
		t.Error("the context was not looked at")
	}
	if _, err := Open(ctx, bytes.NewReader(raw), int64(len(raw)), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
