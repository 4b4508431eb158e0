package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

const (
	types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	rels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	links = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	workbook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr%s/><sheets><sheet name="商户" sheetId="7" r:id="r1"/></sheets></workbook>`
	styles   = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="177" formatCode="&quot;d&quot;0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="49"/><xf numFmtId="10"/></cellXfs></styleSheet>`
	shared   = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>甲</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">上海 </t></r><r><t>示例</t></r><rPh sb="0" eb="1"><t>フ</t></rPh></si><si><t>a_x0041_b_x</t></si></sst>`
)

// fataler is a test of this package or one of rapid.
type fataler interface{ Fatal(...any) }

// pack makes a workbook around the rows of one sheet.
func pack(t fataler, rows string, change ...func(map[string]string)) []byte {
	parts := map[string]string{"[Content_Types].xml": types, "_rels/.rels": rels, "xl/workbook.xml": fmt.Sprintf(workbook, ""),
		"xl/_rels/workbook.xml.rels": links, "xl/styles.xml": styles, "xl/sharedStrings.xml": shared,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`}
	for _, f := range change {
		f(parts)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(raw []byte, o Options) (rows []load.Row, book *Book, err error) {
	o.File = "book.xlsx"
	book, err = Open(context.Background(), bytes.NewReader(raw), int64(len(raw)), o)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range book.Sheets() {
		for r, err := range book.Rows(s.Name) {
			if err != nil {
				return rows, book, err
			}
			r.Cells = slices.Clone(r.Cells)
			rows = append(rows, r)
		}
	}
	return rows, book, nil
}

func TestCells(t *testing.T) {
	tests := []struct {
		name, xml string
		want      merchant.Cell
	}{
		{"identity stored as a number", `<c r="A1"><v>4.4010619800101101E+17</v></c>`, merchant.Cell{Text: "4.4010619800101101E+17", Type: merchant.CellNumber}},
		{"identity stored as text", `<c r="A1" t="s"><v>0</v></c>`, merchant.Cell{Text: "甲", Type: merchant.CellText}},
		{"rich text without phonetic hints", `<c r="A1" t="s"><v>1</v></c>`, merchant.Cell{Text: "上海 示例", Type: merchant.CellText}},
		{"escaped characters", `<c r="A1" t="s"><v>2</v></c>`, merchant.Cell{Text: "aAb_x", Type: merchant.CellText}},
		{"inline", `<c r="A1" t="inlineStr"><is><t>0012</t></is></c>`, merchant.Cell{Text: "0012", Type: merchant.CellText}},
		{"inline runs", `<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>`, merchant.Cell{Text: "甲乙", Type: merchant.CellText}},
		{"number as text format", `<c r="A1" s="5"><v>12</v></c>`, merchant.Cell{Text: "12", Type: merchant.CellNumber, Format: "@"}},
		{"percent", `<c r="A1" s="6"><v>6.0000000000000001E-3</v></c>`, merchant.Cell{Text: "6.0000000000000001E-3", Type: merchant.CellNumber, Format: "0.00%"}},
		{"date, builtin 14", `<c r="A1" s="1"><v>45292</v></c>`, merchant.Cell{Text: "45292", Type: merchant.CellDate, Format: "yyyy/m/d"}},
		{"date, builtin 31", `<c r="A1" s="2"><v>45292</v></c>`, merchant.Cell{Text: "45292", Type: merchant.CellDate, Format: `yyyy"年"m"月"d"日"`}},
		{"date, own format", `<c r="A1" s="3"><v>45292</v></c>`, merchant.Cell{Text: "45292", Type: merchant.CellDate, Format: `yyyy"年"m"月"d"日"`}},
		{"a quoted letter is no date", `<c r="A1" s="4"><v>45292</v></c>`, merchant.Cell{Text: "45292", Type: merchant.CellNumber, Format: `"d"0`}},
		{"ISO date", `<c r="A1" t="d"><v>2024-01-02T00:00:00Z</v></c>`, merchant.Cell{Text: "2024-01-02", Type: merchant.CellText}},
		{"bool", `<c r="A1" t="b"><v>1</v></c>`, merchant.Cell{Text: "1", Type: merchant.CellBool}},
		{"error", `<c r="A1" t="e"><v>#N/A</v></c>`, merchant.Cell{Text: "#N/A", Type: merchant.CellError}},
		{"formula with result", `<c r="A1" t="str"><f>B1&amp;C1</f><v>甲</v></c>`, merchant.Cell{Text: "甲", Type: merchant.CellText, Formula: true}},
		{"formula with empty result", `<c r="A1" t="str"><f>""</f><v></v></c>`, merchant.Cell{Type: merchant.CellText, Formula: true}},
		{"formula without result", `<c r="A1"><f>1+1</f></c>`, merchant.Cell{Formula: true}},
		{"shared formula", `<c r="A1"><f t="shared" si="0"/><v>3</v></c>`, merchant.Cell{Text: "3", Type: merchant.CellNumber, Formula: true}},
		{"character data section", `<c r="A1" t="str"><v><![CDATA[<甲>]]></v></c>`, merchant.Cell{Text: "<甲>", Type: merchant.CellText}},
		{"line break and single quotes", "<c\n r='A1' t='str'><!-- x --><v>&#30002;</v></c>", merchant.Cell{Text: "甲", Type: merchant.CellText}},
		{"style out of range", `<c r="A1" s="99"><v>1</v></c>`, merchant.Cell{Text: "1", Type: merchant.CellNumber}},
	}
	for _, tt := range tests {
		rows, _, err := read(pack(t, `<row r="1">`+tt.xml+`</row>`), Options{})
		if err != nil || len(rows) != 1 || len(rows[0].Cells) != 1 {
			t.Errorf("%s: %v %v", tt.name, rows, err)
		} else if rows[0].Cells[0] != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, rows[0].Cells[0], tt.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	rows, book, err := read(pack(t, `<row r="3" hidden="1"><c r="B3" t="s"><v>0</v></c><c r="D3" s="1"/><c><v>5</v></c></row><row><c><v>1</v></c></row><row r="9"/>`), Options{})
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	r := rows[0]
	if r.Number != 3 || !r.Hidden || len(r.Cells) != 5 || r.Cells[1].Text != "甲" || r.Cells[4].Text != "5" || r.Cells[0] != (merchant.Cell{}) || rows[1].Number != 4 || rows[2].Number != 9 {
		t.Errorf("%+v", rows)
	}
	if s := book.Sheets(); len(s) != 1 || s[0].Name != "商户" || s[0].Date1904 || s[0].Hidden {
		t.Errorf("%+v", s)
	}
	_, book, err = read(pack(t, "", func(p map[string]string) { p["xl/workbook.xml"] = fmt.Sprintf(workbook, ` date1904="1"`) }), Options{})
	if err != nil || !book.Sheets()[0].Date1904 {
		t.Error("1904 not seen", err)
	}
	// Other namespaces prefixes, another folder, another spelling of names.
	rows, _, err = read(pack(t, "", func(p map[string]string) {
		p["XL/Worksheets/Sheet1.xml"] = `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>甲</x:v></x:c></x:row></x:sheetData><x:extLst><x:ext><x:sheetData><x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row></x:sheetData></x:ext></x:extLst></x:worksheet>`
		delete(p, "xl/worksheets/sheet1.xml")
	}), Options{})
	if err != nil || len(rows) != 1 || rows[0].Cells[0].Text != "甲" {
		t.Error(rows, err)
	}
}

func TestDates(t *testing.T) {
	for code, want := range map[string]bool{"yyyy-mm-dd": true, `[$-804]yyyy"年"m"月"`: true, "h:mm": true, "[h]:mm": true, "General": false, "0.00": false,
		`[Red]0`: false, `"day"0`: false, `0\d`: false, "#,##0;yyyy": false, "0.00E+00": false, "": false, "@": false, `"open`: false, "[x": false, `_d0`: false} {
		if isDate(code) != want {
			t.Errorf("isDate(%q) = %v", code, !want)
		}
	}
}

func TestDamage(t *testing.T) {
	good := strings.Repeat(`<row><c><v>1</v></c></row>`, 5)
	sheet := func(xml string) func(map[string]string) {
		return func(p map[string]string) { p["xl/worksheets/sheet1.xml"] = xml }
	}
	tests := []struct {
		name string
		raw  []byte
		rows int
		text string
	}{
		{"cut XML", pack(t, "", sheet(`<worksheet><sheetData>`+good)), 5, "row 5: damaged after this row"},
		{"malformed XML", pack(t, good+`<row><c></row>`), 5, "row 5: damaged after this row, the last good one (XML error in line 1)"},
		{"control character", pack(t, good+"<row><c t=\"str\"><v>\x0b</v></c></row>"), 5, "row 5: damaged"},
		{"invalid UTF-8", pack(t, good+"<row><c t=\"str\"><v>\xff</v></c></row>"), 5, "row 5: damaged"},
		{"row numbers", pack(t, good+`<row r="3"/>`), 5, "row numbers do not ascend"},
		{"negative row", pack(t, good+`<row r="-7"/>`), 5, "row numbers do not ascend"},
		{"huge row", pack(t, good+`<row r="2147483647"/>`), 5, "row numbers do not ascend"},
		{"row beyond int", pack(t, good+`<row r="9223372036854775808"/>`), 5, "a row number is no number"},
		{"cell order", pack(t, good+`<row r="6"><c r="B6"><v>1</v></c><c r="A6"><v>2</v></c></row>`), 5, "cells do not ascend"},
		{"cell of another row", pack(t, good+`<row r="6"><c r="A5"><v>1</v></c></row>`), 5, "cells do not ascend"},
		{"far column", pack(t, good+`<row r="6"><c r="XFD6"><v>1</v></c></row>`), 5, "beyond column SR"},
		{"no such shared string", pack(t, good+`<row r="6"><c t="s"><v>99</v></c></row>`), 5, "a shared string does not exist"},
		{"negative shared string", pack(t, good+`<row r="6"><c t="s"><v>-1</v></c></row>`), 5, "a shared string does not exist"},
		{"unknown cell type", pack(t, good+`<row r="6"><c t="z"><v>1</v></c></row>`), 5, "unknown type"},
		{"long text", pack(t, good+`<row r="6"><c t="str"><v>`+strings.Repeat("a", 32768)+`</v></c></row>`), 5, "more than 32767"},
		{"entity", pack(t, "", sheet(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>`+good+`</sheetData></worksheet>`)), 0, "document type"},
		{"missing sheet part", pack(t, "", func(p map[string]string) { delete(p, "xl/worksheets/sheet1.xml") }), 0, "a part is missing"},
		{"no workbook", pack(t, "", func(p map[string]string) { delete(p, "xl/workbook.xml") }), 0, "a part is missing"},
		{"sheet without data", pack(t, "", sheet(`<worksheet/>`)), 0, "no data part"},
		{"not a sheet", pack(t, "", sheet(`<other/>`)), 0, "no worksheet"},
		{"encoding", pack(t, "", sheet(`<?xml version="1.0" encoding="ebcdic"?><worksheet/>`)), 0, "another encoding"},
		{"cut zip", pack(t, good)[:700], 0, "damaged or incomplete (the zip file is cut short)"},
	}
	for _, tt := range tests {
		rows, _, err := read(tt.raw, Options{})
		var in *load.InputError
		if !errors.As(err, &in) || !strings.Contains(err.Error(), tt.text) || !strings.Contains(err.Error(), "save it as xlsx") || len(rows) != tt.rows {
			t.Errorf("%s: %d rows, %v", tt.name, len(rows), err)
		}
	}
	rows, _, err := read(pack(t, "", sheet("<?xml version=\"1.0\" encoding=\"GBK\"?><worksheet><sheetData><row><c t=\"str\"><v>\xbc\xd7</v></c></row></sheetData></worksheet>")), Options{})
	if err != nil || rows[0].Cells[0].Text != "甲" {
		t.Error(rows, err)
	}
}

// stored makes a zip file by hand, with a checksum and a size of our choice.
func stored(t fataler, raw []byte, edit func(h *zip.FileHeader)) []byte {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range in.File {
		r, _ := f.Open()
		data, _ := io.ReadAll(r)
		h := &zip.FileHeader{Name: f.Name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))}
		edit(h)
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return b.Bytes()
}

func TestChecksumAndSizes(t *testing.T) {
	raw := pack(t, `<row><c><v>1</v></c></row>`)
	if rows, _, err := read(stored(t, raw, func(*zip.FileHeader) {}), Options{}); err != nil || len(rows) != 1 {
		t.Fatal(err)
	}
	_, _, err := read(stored(t, raw, func(h *zip.FileHeader) {
		if strings.Contains(h.Name, "sheet1") {
			h.CRC32++
		}
	}), Options{})
	if err == nil || !strings.Contains(err.Error(), "checksum mismatch") {
		t.Error(err)
	}
	_, _, err = read(stored(t, raw, func(h *zip.FileHeader) {
		if strings.Contains(h.Name, "sheet1") {
			h.UncompressedSize64 = 3 << 30
		}
	}), Options{})
	if err == nil {
		t.Error("a declared size that does not hold must not pass")
	}
	_, _, err = read(pack(t, strings.Repeat(" ", 1<<16)), Options{MaxPartBytes: 1 << 12})
	if err == nil || !strings.Contains(err.Error(), "inflates to more") {
		t.Error(err)
	}
	raw = pack(t, strings.Repeat(" ", 80<<20))
	book, err := Open(context.Background(), bytes.NewReader(raw), int64(len(raw)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := book.part("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.finish(); !errors.Is(err, errTooLarge) {
		t.Error(err)
	}
	raw = pack(t, `<row><c><v>1</v></c></row>`)
	double := stored(t, raw, func(h *zip.FileHeader) {
		if strings.Contains(h.Name, "styles") {
			h.Name = "xl/worksheets/sheet1.xml"
		}
	})
	if _, _, err := read(double, Options{}); err == nil || !strings.Contains(err.Error(), "two entries of one name") {
		t.Error(err)
	}
}

func TestKinds(t *testing.T) {
	parts := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			z.Create(n)
		}
		z.Close()
		return b.Bytes()
	}
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	tests := []struct{ raw, text string }{
		{"", "the file is empty; export"},
		{ole + string(utf16le("Workbook")), "an old .xls workbook; open it"},
		{ole + string(utf16le("EncryptionInfo")), "is encrypted; give the password"},
		{"  <html><table>", "web page (HTML)"},
		{"<table border=1>", "web page (HTML)"},
		{"<?xml version=\"1.0\"?><?mso-application?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "XML 2003"},
		{"<?xml version=\"1.0\"?><a/>", "an XML file"},
		{"商户号,商户名称\n1,甲", "a text file, not a workbook; if it is CSV"},
		{"%PDF-1.4", "not a workbook"},
		{string(parts("mimetype", "content.xml")), "OpenDocument"},
		{string(parts("[Content_Types].xml", "xl/workbook.bin")), ".xlsb"},
		{string(parts("a.txt")), "no xlsx workbook"},
		{"PK\x03\x04", "damaged or incomplete"},
	}
	for _, tt := range tests {
		_, _, err := read([]byte(tt.raw), Options{})
		var in *load.InputError
		if !errors.As(err, &in) || !strings.Contains(err.Error(), tt.text) || in.In("zh") == "" {
			t.Errorf("%.20q: %v", tt.raw, err)
		}
	}
}

func TestEncrypted(t *testing.T) {
	encrypt := func(password string) []byte {
		f := excelize.NewFile()
		defer f.Close()
		f.SetCellStr("Sheet1", "A1", "甲")
		var b bytes.Buffer
		if err := f.Write(&b, excelize.Options{Password: password}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if rows, _, err := read(encrypt(unasked), Options{}); err != nil || len(rows) != 1 {
		t.Error(err)
	}
	locked := encrypt("secret-1")
	if _, _, err := read(locked, Options{}); err == nil || !strings.Contains(err.Error(), "is encrypted") {
		t.Error(err)
	}
	if _, _, err := read(locked, Options{Password: "x"}); err == nil || !strings.Contains(err.Error(), "password is wrong") {
		t.Error(err)
	}
	if rows, _, err := read(locked, Options{Password: "secret-1"}); err != nil || rows[0].Cells[0].Text != "甲" {
		t.Error(err)
	}
}

// generated writes a book with excelize: every type of value, gaps, rich text.
func generated(t testing.TB, rows int) ([]byte, *excelize.File) {
	f := excelize.NewFile()
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	for r := 1; r <= rows; r += 1 + r%3 {
		cell := func(c int) string { s, _ := excelize.CoordinatesToCellName(c, r); return s }
		f.SetCellStr("Sheet1", cell(1), fmt.Sprintf("商户<%d>&\t%d", r, r%7))
		f.SetCellInt("Sheet1", cell(2), int64(r)*7919)
		f.SetCellFloat("Sheet1", cell(4), float64(r)/7, -1, 64)
		f.SetCellBool("Sheet1", cell(5), r%2 == 0)
		f.SetCellInt("Sheet1", cell(6), int64(40000+r))
		f.SetCellStyle("Sheet1", cell(6), cell(6), day)
		f.SetCellFormula("Sheet1", cell(8), "A1&B1")
		f.SetCellRichText("Sheet1", cell(9), []excelize.RichTextRun{{Text: "甲 "}, {Text: fmt.Sprint(r)}})
		f.SetCellStr("Sheet1", cell(30), strings.Repeat("长", r%50))
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), f
}

func TestAgreesWithExcelize(t *testing.T) {
	raw, f := generated(t, 300)
	defer f.Close()
	got, _, err := read(raw, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	byNumber := map[int][]merchant.Cell{}
	for _, r := range got {
		byNumber[r.Number] = r.Cells
	}
	cells := 0
	for i, row := range want {
		for c := range max(len(row), len(byNumber[i+1])) {
			a, b := "", ""
			if c < len(row) {
				a = row[c]
			}
			if c < len(byNumber[i+1]) {
				b = byNumber[i+1][c].Text
				if k := byNumber[i+1][c].Type; (k == merchant.CellDate) != (c == 5 && b != "") {
					t.Errorf("row %d column %d has type %d", i+1, c, k)
				}
			}
			if a != b {
				t.Errorf("row %d column %d: excelize %q, here %q", i+1, c, a, b)
			}
			cells++
		}
	}
	if cells < 1000 {
		t.Error("only", cells, "cells compared")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pack(f, `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" s="3"><v>45292</v></c></row><row r="7"><c t="inlineStr"><is><t>甲</t></is></c></row>`))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("<html>"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + string(utf16le("EncryptionInfo"))))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		rows, _, err := read(raw, Options{MaxPartBytes: 1 << 20})
		var in *load.InputError
		if err != nil && !errors.As(err, &in) {
			t.Fatalf("an error of another type: %v", err)
		}
		last := 0
		for _, r := range rows {
			if r.Number <= last || len(r.Cells) > 512 {
				t.Fatalf("row %d after %d with %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
		}
	})
}

// FuzzSheet feeds the XML of a sheet directly, which the checksums of zip files keep from FuzzRead.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, `<row><c t="inlineStr"><is><r><t>a</t></r><rPh/></is></c><c><f/></c></row>`,
		`<row r="2"/></sheetData><sheetData><row r="1"/>`, // the damaged cases of TestDamage and TestRefused
		`<row><c><v>1</v></c></row><row><c></row>`, "<row><c t=\"str\"><v>\x0b</v></c></row>", "<row><c t=\"str\"><v>\xff</v></c></row>",
		`<row r="-7"/>`, `<row r="2147483647"/>`, `<row r="9223372036854775808"/>`, `<row r="1"/><row r="5"/><row r="3"/>`,
		`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, `<row r="1"><c r="A0"><v>1</v></c></row>`, `<row r="1"><c r="XFE1"><v>1</v></c></row>`,
		`<row><c t="s"><v>99</v></c></row>`, `<row><c t="s"><v>-1</v></c></row>`, `<row><c t="z"><v>1</v></c></row>`, `<row><c><v>1</v><v>2</v></c></row>`,
		`<row><c><v><![CDATA[12]`, `<row><c r="A`, `<!-- `, `<row r=6/>`, `<row r="6"s="1"/>`, `<row><c t="str"><v>&nbsp;&#xD800;&#11;a&amp b</v></c></row>`,
		`</sheetData><mergeCells><mergeCell ref="A1:Z"/></mergeCells><sheetData>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		if len(rows) > 1<<14 {
			return
		}
		got, _, err := read(pack(t, rows), Options{})
		var in *load.InputError
		if err != nil && (!errors.As(err, &in) || len(got) > 0 && in.Row != got[len(got)-1].Number) {
			t.Fatalf("%d rows, %v", len(got), err)
		}
	})
}

func BenchmarkRows(b *testing.B) {
	raw, f := generated(b, 2000)
	f.Close()
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, _, err := read(raw, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
