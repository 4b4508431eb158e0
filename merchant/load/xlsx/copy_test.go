package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func copied(t fataler, b *Book, edits ...load.Edit) []byte {
	var out bytes.Buffer
	if err := b.Copy(&out, edits); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inflated returns the parts of a workbook, and how each is stored.
func inflated(t fataler, raw []byte) (names []string, parts map[string]string, stored map[string]string) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	parts, stored = map[string]string{}, map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		compressed, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		bits, err := io.ReadAll(compressed)
		if err != nil {
			t.Fatal(err)
		}
		names, parts[f.Name], stored[f.Name] = append(names, f.Name), string(text), string(bits)
	}
	return names, parts, stored
}

// Only the element of the cell is written anew.
func TestCopyXML(t *testing.T) {
	const open, end = `<?xml version="1.0"?>` + "\r\n" + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="3" width="9" style="3"/></cols><sheetData>`,
		`</sheetData><mergeCells><mergeCell ref="A9:B9"/></mergeCells></worksheet>`
	tests := []struct {
		name, xml, want string
		edit            load.Edit
	}{
		{"shared string", `<row r="2"><c r="A2" s="5" t="s"><v>1</v></c><c r="B2"><v>1</v></c></row>`,
			`<row r="2"><c r="A2" s="5" t="inlineStr"><is><t>上海示例</t></is></c><c r="B2"><v>1</v></c></row>`, load.Edit{Row: 2, Old: "上海 示例", New: "上海示例"}},
		{"inline string, no references", "<row>\n<c t='inlineStr' s='1'><is><t> 1</t></is></c> <!-- c --></row>", "<row>\n<c s=\"1\" t=\"inlineStr\"><is><t>1</t></is></c> <!-- c --></row>", load.Edit{Row: 1, Old: " 1", New: "1"}},
		{"formula string without formula", `<row r="1"><c r="A1" t="str"><v>a&amp;b </v></c></row>`, `<row r="1"><c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c></row>`, load.Edit{Row: 1, Old: "a&b ", New: "a&b"}},
		{"number stays one", `<row r="1"><c r="A1" s="6"><v>0.30000000000000004</v></c></row>`, `<row r="1"><c r="A1" s="6"><v>0.3</v></c></row>`, load.Edit{Row: 1, Old: "0.30000000000000004", New: "0.3"}},
		{"digits that a number would lose", `<row r="1"><c r="A1" t="n"><v>86123456789012345</v></c></row>`, `<row r="1"><c r="A1" t="inlineStr"><is><t>0123456789012345</t></is></c></row>`, load.Edit{Row: 1, Old: "86123456789012345", New: "0123456789012345"}},
		{"date that becomes a word", `<row r="1"><c r="A1" s="1"><v>73050</v></c></row>`, `<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>长期</t></is></c></row>`, load.Edit{Row: 1, Old: "73050", New: "长期"}},
		{"emptied", `<row r="1"><c r="A1" s="5" t="s"><v>0</v></c></row>`, `<row r="1"><c r="A1" s="5"/></row>`, load.Edit{Row: 1, Old: "甲"}},
		{"formatted cell filled in", `<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2"/></row>`, `<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2" t="inlineStr"><is><t>310000</t></is></c></row>`, load.Edit{Row: 1, Column: 1, New: "310000"}},
		{"cell put in, style of the column", `<row r="1" spans="1:1" ht="20"><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>`,
			`<row r="1" ht="20"><c r="A1"><v>1</v></c><c r="B1" s="3" t="inlineStr"><is><t>310000</t></is></c><c r="D1"><v>4</v></c></row>`, load.Edit{Row: 1, Column: 1, New: "310000"}},
		{"cell put in at the end, style of the row", `<row r="1" s="7" customFormat="1"><c r="A1"><v>1</v></c></row>`,
			`<row r="1" s="7" customFormat="1"><c r="A1"><v>1</v></c><c r="C1" s="7" t="inlineStr"><is><t>x</t></is></c></row>`, load.Edit{Row: 1, Column: 2, New: "x"}},
		{"blanks, signs and what looks like an escape", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`,
			`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">&lt;甲&gt;&#xA;_x005F_x0041_x005F_x0042_ =1</t></is></c></row>`, load.Edit{Row: 1, Old: "甲", New: "<甲>\n_x0041_x0042_ =1"}},
	}
	for _, tt := range tests {
		raw := pack(t, "", sheetXML(open+tt.xml+end))
		_, b, err := read(raw, Options{})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		tt.edit.Sheet = "商户"
		out := copied(t, b, tt.edit)
		_, parts, _ := inflated(t, out)
		if got := parts["xl/worksheets/sheet1.xml"]; got != open+tt.want+end {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, open+tt.want+end)
		}
		rows, _, err := read(out, Options{})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		at := slices.IndexFunc(rows, func(r load.Row) bool { return r.Number == tt.edit.Row })
		got := ""
		if at >= 0 && tt.edit.Column < len(rows[at].Cells) {
			got = rows[at].Cells[tt.edit.Column].Text
		}
		if got != tt.edit.New {
			t.Errorf("%s reads %q", tt.name, got)
		}
	}
	prefixed := pack(t, "", sheetXML(`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`))
	_, b, err := read(prefixed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := copied(t, b, load.Edit{Sheet: "商户", Row: 1, Old: "甲", New: "乙"}, load.Edit{Sheet: "商户", Row: 1, Column: 2, New: "3"})
	if _, parts, _ := inflated(t, out); !strings.Contains(parts["xl/worksheets/sheet1.xml"], `<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c><x:c r="C1" t="inlineStr"><x:is><x:t>3</x:t></x:is></x:c></x:row>`) {
		t.Error(parts["xl/worksheets/sheet1.xml"])
	}
}

func TestCopyRefuses(t *testing.T) {
	rows := `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><f>A2</f><v>1</v></c></row><row r="3"/>`
	for name, e := range map[string]load.Edit{
		"another text":       {Sheet: "商户", Row: 2, Old: "乙", New: "丙"},
		"a cell that exists": {Sheet: "商户", Row: 2, New: "丙"},
		"no such cell":       {Sheet: "商户", Row: 2, Column: 4, Old: "1", New: "丙"},
		"no such row":        {Sheet: "商户", Row: 1, Old: "甲", New: "丙"},
		"a row beyond":       {Sheet: "商户", Row: 9, New: "丙"},
		"a row without room": {Sheet: "商户", Row: 3, New: "丙"},
		"a formula":          {Sheet: "商户", Row: 2, Column: 1, Old: "1", New: "2"},
		"no such sheet":      {Sheet: "别的", Row: 2, Old: "甲", New: "丙"},
	} {
		_, b, err := read(pack(t, rows), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var in *load.InputError
		if err := b.Copy(io.Discard, []load.Edit{e}); !errors.As(err, &in) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gbk := pack(t, "", sheetXML("<?xml version=\"1.0\" encoding=\"GBK\"?><worksheet><sheetData><row><c t=\"str\"><v>\xBC\xD7</v></c></row></sheetData></worksheet>"))
	_, b, err := read(gbk, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Copy(io.Discard, []load.Edit{{Sheet: "商户", Row: 1, Old: "甲", New: "乙"}}); err == nil || !strings.Contains(err.Error(), "not in UTF-8") {
		t.Error(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	var locked bytes.Buffer
	if err := f.Write(&locked, excelize.Options{Password: "VelvetSweatshop"}); err != nil {
		t.Fatal(err)
	}
	_, b, err = read(locked.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Copy(io.Discard, nil); err == nil || !strings.Contains(err.Error(), "is encrypted") {
		t.Error(err)
	}
}

// A workbook with all that people put into one: it stays, and all parts but the sheet stay as they are compressed.
func TestCopyKeepsEverythingElse(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	red, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FF0000"}}, NumFmt: 49})
	must(err)
	must(f.SetSheetRow("Sheet1", "A1", &[]any{"商户号", "商户名称", "费率", "合计"}))
	must(f.SetSheetRow("Sheet1", "A2", &[]any{"001", "上海示例 ", 0.30000000000000004, nil}))
	must(f.SetSheetRow("Sheet1", "A3", &[]any{"002", "北京示例", 0.6, nil}))
	must(f.SetCellFormula("Sheet1", "D2", "SUM(C2:C3)"))
	must(f.SetCellStyle("Sheet1", "B2", "B2", red))
	must(f.SetColWidth("Sheet1", "B", "B", 33))
	must(f.SetColVisible("Sheet1", "C", false))
	must(f.SetRowHeight("Sheet1", 2, 44))
	must(f.AddComment("Sheet1", excelize.Comment{Cell: "B2", Author: "a", Text: "note"}))
	must(f.SetCellHyperLink("Sheet1", "A2", "https://example.com", "External"))
	v := excelize.NewDataValidation(true)
	v.SetSqref("C2:C9")
	must(v.SetDropList([]string{"0.38", "0.6"}))
	must(f.AddDataValidation("Sheet1", v))
	must(f.SetConditionalFormat("Sheet1", "C2:C9", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "1", Format: &red}}))
	must(f.AddTable("Sheet1", &excelize.Table{Range: "A1:D3", Name: "t"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "n", RefersTo: "Sheet1!$A$1"}))
	_, err = f.NewSheet("字典")
	must(err)
	must(f.SetCellStr("字典", "A1", "上海示例 "))
	must(f.SetSheetVisible("字典", false))
	must(f.AddChart("字典", "C1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$C$2:$C$3"}}}))
	var raw bytes.Buffer
	must(f.Write(&raw))

	_, b, err := read(raw.Bytes(), Options{})
	must(err)
	out := copied(t, b, load.Edit{Sheet: "Sheet1", Row: 2, Column: 2, Old: "0.30000000000000004", New: "0.3"}, load.Edit{Sheet: "Sheet1", Row: 2, Column: 1, Old: "上海示例 ", New: "上海示例"})
	names, parts, stored := inflated(t, out)
	wasNames, wasParts, wasStored := inflated(t, raw.Bytes())
	if !slices.Equal(names, wasNames) || len(names) < 15 {
		t.Errorf("parts %v, not %v", names, wasNames)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	for name := range wasParts {
		if name != sheet && stored[name] != wasStored[name] {
			t.Errorf("%s differs", name)
		}
	}
	want := strings.Replace(wasParts[sheet], "<v>0.30000000000000004</v>", "<v>0.3</v>", 1)
	at := strings.Index(want, `<c r="B2"`)
	end := at + strings.Index(want[at:], "</c>") + len("</c>")
	want = want[:at] + `<c r="B2" s="1" t="inlineStr"><is><t>上海示例</t></is></c>` + want[end:]
	if parts[sheet] != want {
		t.Errorf("the sheet is\n%s\nnot\n%s", parts[sheet], want)
	}
	g, err := excelize.OpenReader(bytes.NewReader(out))
	must(err)
	defer g.Close()
	if s, err := g.GetCellValue("Sheet1", "B2"); s != "上海示例" || err != nil {
		t.Error(s, err)
	}
	if s, err := g.GetCellStyle("Sheet1", "B2"); s != red || err != nil {
		t.Error(s, err)
	}
	if s, err := g.GetCellFormula("Sheet1", "D2"); s != "SUM(C2:C3)" || err != nil {
		t.Error(s, err)
	}
}

// Whatever a workbook holds, its copy reads as it did with the edits, here and with excelize.
func TestCopyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		rows, columns := rapid.IntRange(1, 6).Draw(t, "rows"), rapid.IntRange(1, 30).Draw(t, "columns")
		for range rapid.IntRange(0, 30).Draw(t, "cells") {
			cell, _ := excelize.CoordinatesToCellName(rapid.IntRange(1, columns).Draw(t, "column"), rapid.IntRange(1, rows).Draw(t, "row"))
			var err error
			switch rapid.IntRange(0, 3).Draw(t, "type") {
			case 0, 1:
				err = f.SetCellStr("Sheet1", cell, texts.Draw(t, "text"))
			case 2:
				err = f.SetCellFloat("Sheet1", cell, rapid.Float64Range(-1e6, 1e6).Draw(t, "float"), -1, 64)
			case 3:
				err = f.SetCellFormula("Sheet1", cell, "1+1")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		var raw bytes.Buffer
		if err := f.Write(&raw); err != nil {
			t.Fatal(err)
		}
		before, b, err := read(raw.Bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var edits []load.Edit
		for i := range before {
			r := &before[i]
			if len(r.Cells) == 0 {
				continue
			}
			for c := range columns {
				if c < len(r.Cells) && r.Cells[c].Formula || !rapid.Bool().Draw(t, "edit") {
					continue
				}
				for len(r.Cells) <= c {
					r.Cells = append(r.Cells, merchant.Cell{})
				}
				e := load.Edit{Sheet: "Sheet1", Row: r.Number, Column: c, Old: r.Cells[c].Text, New: texts.Draw(t, "new")}
				if rapid.IntRange(0, 4).Draw(t, "empty") == 0 {
					e.New = ""
				}
				r.Cells[c].Text = e.New
				edits = append(edits, e)
			}
		}
		out := copied(t, b, edits...)
		after, _, err := read(out, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(after) != len(before) {
			t.Fatalf("%d rows, not %d", len(after), len(before))
		}
		for i := range before {
			for c, cell := range before[i].Cells {
				got := ""
				if c < len(after[i].Cells) {
					got = after[i].Cells[c].Text
				}
				if want := cell.Text; got != want {
					t.Fatalf("%s%d: %q, not %q", load.Letter(c), before[i].Number, got, want)
				}
			}
		}
		agree(t, out)
	})
}
