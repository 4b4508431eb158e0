package file

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type result struct {
	records []*merchant.Record
	issues  []*merchant.Record
	rows    []*load.RowError
	err     error
}

func read(path string, o Options) (out result) {
	records, closer, err := Open(context.Background(), path, o)
	if err != nil {
		return result{err: err}
	}
	defer closer.Close()
	for r, err := range records {
		var issue *load.SheetIssue
		var row *load.RowError
		switch {
		case errors.As(err, &issue):
			out.issues = append(out.issues, issue.Record)
		case errors.As(err, &row):
			out.rows = append(out.rows, row)
		case err != nil:
			out.err = err
		default:
			out.records = append(out.records, r)
		}
	}
	return out
}

var table = [][]string{
	{"商户编号", "商户名称", "统一社会信用代码", "法人姓名", "法人证件号码", "成立日期", "结算账号", "借记卡费率(%)", "借记卡封顶(元)", "终端号"},
	{"310310058140001", "上海示例商贸有限公司", "91310000MA1FL0000X", "张三", "110101199003070000", "2020-01-02", "6222020000000000000", "0.50", "20", "10000001"},
	{"310310058140002", "北京示例食品店", "", "李四", "", "2021-03-04", "", "0.38", "", ""},
}

func workbook(t *testing.T, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for r, row := range rows {
		for c, s := range row {
			name, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if s != "" {
				if err := f.SetCellStr("Sheet1", name, s); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func text(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, ",") + "\n")
	}
	return b.String()
}

func TestFormatsGiveEqualRecords(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text(table))
	if err != nil {
		t.Fatal(err)
	}
	want := read(write(t, "m.xlsx", workbook(t, table)), Options{})
	if want.err != nil || len(want.records) != 2 || want.records[0].Fees[0].CapCNY.String() != "20.00" {
		t.Fatal(want.err, len(want.records))
	}
	var lines bytes.Buffer
	for _, r := range want.records {
		raw, err := json.Marshal(&r.Merchant)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(raw, '\n'))
	}
	array := "[\n" + strings.ReplaceAll(strings.TrimSpace(lines.String()), "\n", ",\n") + "\n]"
	for name, data := range map[string]string{"utf8.csv": text(table), "gb.csv": gb, "gb.txt": strings.ReplaceAll(gb, ",", "\t"), "m.jsonl": lines.String(), "m.json": array} {
		got := read(write(t, name, []byte(data)), Options{})
		if got.err != nil || len(got.records) != 2 {
			t.Errorf("%s: %d records, %v", name, len(got.records), got.err)
			continue
		}
		for i, r := range got.records {
			if !reflect.DeepEqual(r.Merchant, want.records[i].Merchant) {
				t.Errorf("%s: record %d\n got %+v\nwant %+v", name, i, r.Merchant, want.records[i].Merchant)
			}
			if r.Source.Row != i+2 && strings.HasSuffix(name, ".csv") || name == "m.jsonl" && r.Source.Row != i+1 || name == "m.json" && r.Source.Row != i+2 {
				t.Errorf("%s: record %d in row %d", name, i, r.Source.Row)
			}
		}
		if strings.HasPrefix(name, "gb") && (len(got.issues) != 1 || got.issues[0].Notes[0].Kind != merchant.NoteEncoding || got.issues[0].Notes[0].Info != "GB18030") {
			t.Errorf("%s: encoding not told", name)
		}
		stdin := read("-", Options{Stdin: strings.NewReader(data)})
		if stdin.err != nil || len(stdin.records) != 2 || stdin.records[0].Source.File != "-" {
			t.Errorf("%s on standard input: %v", name, stdin.err)
		}
	}
}

func TestStoredNumbers(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 31})
	f.SetSheetRow("Sheet1", "A1", &[]any{"商户号", "商户名称", "法人证件号", "成立日期", "MCC"})
	f.SetSheetRow("Sheet1", "A2", &[]any{"310310058140001", "上海示例商贸有限公司", 4.4010619800101101e17, 45292, "5411"})
	f.SetCellStyle("Sheet1", "D2", "D2", day)
	f.SetCellFormula("Sheet1", "E2", "1+1")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	out := read(write(t, "m.xlsx", b.Bytes()), Options{})
	if out.err != nil || len(out.records) != 1 {
		t.Fatal(out.err)
	}
	r := out.records[0]
	id := merchant.At(merchant.FieldLegalRepIDNo)
	if c, _ := r.Cell(id); c.Type != merchant.CellNumber || !strings.Contains(c.Text, "4401061980010110") || !r.Noted(merchant.NoteLostDigits, id) {
		t.Errorf("%+v %+v", c, r.Notes)
	}
	if r.Licence.EstablishedOn != merchant.Day(2024, 1, 1) {
		t.Error(r.Licence.EstablishedOn)
	}
	if s, c := r.SourceOf(id), r.ColumnOf(id); s.Sheet != "Sheet1" || s.Row != 2 || c.Letter != "C" || c.Header != "法人证件号" {
		t.Errorf("%+v %+v", s, c)
	}
}

func TestInputErrors(t *testing.T) {
	book := workbook(t, table)
	tests := []struct {
		name string
		data []byte
		text string
	}{
		{"empty.xlsx", nil, "the file is empty"},
		{"empty.csv", nil, "the file is empty"},
		{"empty.json", nil, "the file is empty"},
		{"old.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1Workbook"), "old .xls workbook"},
		{"locked.xlsx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\x00n\x00c\x00r\x00y\x00p\x00t\x00i\x00o\x00n\x00I\x00n\x00f\x00o\x00"), "is encrypted"},
		{"page.xls", []byte("<html><table>"), "web page"},
		{"text.xlsx", []byte(text(table)), "text file, not a workbook; if it is CSV, name it .csv"},
		{"cut.xlsx", book[:len(book)/2], "cut short"},
		{"other.csv", []byte("甲,乙\n1,2\n"), "no header was found"},
		{"other.xlsx", workbook(t, [][]string{{"甲", "乙"}, {"1", "2"}}), "no header was found"},
		{"blank.xlsx", workbook(t, nil), "there is nothing in it"},
		{"bytes.csv", []byte("a\x00b"), "is a zero byte"},
		{"broken.jsonl", []byte("{}\n{\"mcc\":\n"), "row 2: near this line it is no valid JSON"},
		{"broken.json", []byte("[{},\n{}"), "no valid JSON"},
		{"bracket.json", []byte("]"), "no valid JSON"},
	}
	for _, tt := range tests {
		out := read(write(t, tt.name, tt.data), Options{})
		var in *load.InputError
		if !errors.As(out.err, &in) || !strings.Contains(out.err.Error(), tt.text) || !strings.Contains(out.err.Error(), tt.name) || strings.Contains(in.In("zh"), "\n") {
			t.Errorf("%s: %v", tt.name, out.err)
		}
	}
	for path, text := range map[string]string{filepath.Join(t.TempDir(), "none.xlsx"): "no such file; check the path", t.TempDir(): "is a directory; give"} {
		if out := read(path, Options{}); out.err == nil || !strings.Contains(out.err.Error(), text) {
			t.Error(out.err)
		}
	}
	if out := read("-", Options{Stdin: strings.NewReader("{}{}{}"), MaxStdin: 4}); out.err == nil || !strings.Contains(out.err.Error(), "more than 4 bytes") {
		t.Error(out.err)
	}
}

func FuzzStdin(f *testing.F) {
	for _, s := range []string{"商户号,商户名称\n1,甲\n", `{"merchant_no":"1"}`, `[{"fees":[{"product":"wechat"}]}]`, "[", "]", "{}}", "\uFEFF{}", "PK\x05\x06"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out := read("-", Options{Stdin: bytes.NewReader(raw), MaxStdin: 1 << 16})
		var in *load.InputError
		if out.err != nil && !errors.As(out.err, &in) {
			t.Fatal(out.err)
		}
	})
}
