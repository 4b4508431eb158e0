package load

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// memory is a book made of text: a line a row, cells separated by |.
type memory struct {
	sheets []SheetInfo
	text   map[string]string
	fail   error // after the rows
	layout Layout
	hidden []int // rows
	passes int
}

func book(sheets ...string) *memory {
	m := &memory{text: map[string]string{}}
	for i := 0; i < len(sheets); i += 2 {
		m.sheets = append(m.sheets, SheetInfo{Name: sheets[i]})
		m.text[sheets[i]] = sheets[i+1]
	}
	return m
}

func (m *memory) Sheets() []SheetInfo      { return m.sheets }
func (m *memory) Layout(string) Layout     { return m.layout }
func (m *memory) Progress() (int64, int64) { return 7, 9 }
func (m *memory) Close() error             { return nil }
func (m *memory) Rows(sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		m.passes++
		var cells []merchant.Cell
		for i, line := range strings.Split(strings.Trim(m.text[sheet], "\n"), "\n") {
			cells = cells[:0] // a row is good until the next
			if strings.TrimSpace(line) != "" {
				for _, s := range strings.Split(line, "|") {
					c := merchant.Cell{Text: s, Type: merchant.CellText}
					c.Text, c.Formula = strings.CutPrefix(s, "=")
					if c.Text == "" {
						c.Type = merchant.CellEmpty
					}
					cells = append(cells, c)
				}
			}
			if !yield(Row{Number: i + 1, Cells: cells, Hidden: slices.Contains(m.hidden, i+1)}, nil) {
				return
			}
		}
		if m.fail != nil {
			yield(Row{}, m.fail)
		}
	}
}

type result struct {
	records []*merchant.Record
	issues  []*merchant.Record
	order   string // r and i as they came
	err     error
}

func read(b Book, o Options) (out result) {
	if o.File == "" {
		o.File = "book.xlsx"
	}
	for r, err := range Read(context.Background(), b, o) {
		var issue *SheetIssue
		switch {
		case errors.As(err, &issue):
			out.issues = append(out.issues, issue.Record)
			out.order += "i"
		case err != nil:
			out.err = err
		default:
			out.records = append(out.records, r)
			out.order += "r"
		}
	}
	return out
}

func (r result) notes() string {
	var all []string
	for _, i := range r.issues {
		for _, n := range i.Notes {
			all = append(all, fmt.Sprintf("%d@%d:%s:%s", n.Kind, i.Source.Row, n.Info, n.New))
		}
	}
	return strings.Join(all, " ")
}

func TestRead(t *testing.T) {
	out := read(book("商户", `
商户资料信息表
制表：运营部|2026-01-01
商户编号|商户名称|统一社会信用代码|借记卡费率（‰）|借记卡封顶|微信费率|贷记卡费率|受益所有人姓名|业务员|终端号
310310058140001|上海示例商贸有限公司|91310000MA1FL0000X|6|20|||张三|李|10000001

310310058140002|北京示例食品店||||0.6||||
商户编号|商户名称|统一社会信用代码
合计|2
备注：以上商户均已复核
`), Options{RegistryAsOf: merchant.Day(2026, 1, 2)})
	if out.err != nil || len(out.records) != 2 {
		t.Fatalf("%d records, %v", len(out.records), out.err)
	}
	a, b := out.records[0], out.records[1]
	if a.MerchantNo != "310310058140001" || a.Names.Legal != "上海示例商贸有限公司" || a.Licence.Number != "91310000MA1FL0000X" {
		t.Errorf("wrong values: %+v", a.Merchant)
	}
	if len(a.Fees) != 1 || a.Fees[0].Product != merchant.ProductCardDebit || a.Fees[0].RatePct.String() != "0.60" || a.Fees[0].CapCNY.String() != "20.00" {
		t.Errorf("fees of the first: %+v", a.Fees)
	}
	if len(b.Fees) != 1 || b.Fees[0].Product != merchant.ProductWeChat || b.Fees[0].RatePct.String() != "0.60" {
		t.Errorf("fees of the second: %+v", b.Fees)
	}
	if len(a.BeneficialOwners) != 1 || a.BeneficialOwners[0].Name != "张三" || len(b.BeneficialOwners) != 0 {
		t.Errorf("owners: %+v %+v", a.BeneficialOwners, b.BeneficialOwners)
	}
	if len(a.Terminals) != 1 || a.Terminals[0].TerminalNo != "10000001" || len(b.Terminals) != 0 {
		t.Errorf("terminals: %+v %+v", a.Terminals, b.Terminals)
	}
	if a.Registry.AsOf != merchant.Day(2026, 1, 2) {
		t.Error("registry date missing")
	}
	p := merchant.At(merchant.FieldLicenceNumber)
	if s, c := a.SourceOf(p), a.ColumnOf(p); s.File != "book.xlsx" || s.Sheet != "商户" || s.Row != 4 || c.Letter != "C" || c.Header != "统一社会信用代码" {
		t.Errorf("position %+v %+v", s, c)
	}
	if c := a.ColumnOf(merchant.Item(merchant.FieldFeesRatePct, 0)); c == nil || c.Letter != "D" || c.Product != merchant.ProductCardDebit {
		t.Errorf("column of the fee: %+v", c)
	}
	if c := b.ColumnOf(merchant.Item(merchant.FieldFeesRatePct, 0)); c == nil || c.Letter != "F" {
		t.Errorf("column of the second fee: %+v", c)
	}
	if c, ok := a.Cell(merchant.Item(merchant.FieldFeesRatePct, 0)); !ok || c.Text != "6" {
		t.Errorf("cell %+v", c)
	}
	if len(a.Cells) != len(a.Source.Columns.List) || len(b.Cells) != len(a.Cells) || a.Source.Columns != b.Source.Columns {
		t.Error("cells do not match columns")
	}
	want := fmt.Sprintf("%d@3:D:‰→%% %d@3:I: %d@7:7:重复表头 %d@8:8:合计 %d@9:9:备注", merchant.NoteColumnUnit, merchant.NoteColumnUnknown,
		merchant.NoteSkippedRow, merchant.NoteSkippedRow, merchant.NoteSkippedRow)
	if out.notes() != want || out.order != "irriii" {
		t.Errorf("notes %s\nwant  %s\norder %s", out.notes(), want, out.order)
	}
	if len(a.Notes)+len(b.Notes) != 0 {
		t.Errorf("notes on clean rows: %+v %+v", a.Notes, b.Notes)
	}
}

func TestTwoRowHeading(t *testing.T) {
	out := read(book("S", `
商户入网登记表
商户号|商户名称|法人信息|||借记卡||微信
||姓名|证件类型|证件号码|费率（‰）|封顶|费率
310310058140001|上海示例商贸有限公司|张三|身份证|110101199003070000|5|20|0.38
`), Options{})
	if out.err != nil || len(out.records) != 1 {
		t.Fatal(out.err, len(out.records))
	}
	r := out.records[0]
	if r.LegalRep.Name != "张三" || r.LegalRep.IDType != merchant.IDType("resident_id") || r.Names.Legal == "" || r.MerchantNo == "" {
		t.Errorf("%+v", r.Merchant)
	}
	if len(r.Fees) != 2 || r.Fees[0].RatePct.String() != "0.50" || r.Fees[1].RatePct.String() != "0.38" {
		t.Errorf("fees %+v", r.Fees)
	}
	if c := r.ColumnOf(merchant.At(merchant.FieldLegalRepIDNo)); c.Header != "法人信息/证件号码" || c.Letter != "E" {
		t.Errorf("%+v", c)
	}
	if r.Source.Row != 4 {
		t.Error("row", r.Source.Row)
	}
}

func TestTerminalsSheet(t *testing.T) {
	out := read(book("说明", "请按模板填写", "终端", `
商户号|商户名称|终端号|终端序列号|状态|地址
310310058140001|甲|10000001|SN0001|启用|上海市浦东新区示例路1号
310310058140009|乙|10000009|SN0009|启用|
310310058140001|甲|10000002|SN0002|停用|
`, "商户", `
商户号|商户名称|终端号
310310058140001|上海示例商贸有限公司|10000000
310310058140002|北京示例食品店|
310310058140001|重复|
`, "商户(旧)", "商户号|商户名称\n310310058140001|旧名\n"), Options{})
	if out.err != nil || len(out.records) != 3 {
		t.Fatal(out.err, len(out.records))
	}
	r := out.records[0]
	if len(r.Terminals) != 3 || r.Terminals[0].TerminalNo != "10000000" || r.Terminals[2].SerialNo != "SN0002" || r.Terminals[2].Status != "stopped" {
		t.Fatalf("%+v", r.Terminals)
	}
	if r.Terminals[1].InstallAddress == "" || r.Addresses.Business.Detail != "" {
		t.Error("the address of the terminals sheet is the place of the machine")
	}
	p := merchant.Item(merchant.FieldTerminalsSerialNo, 2)
	if s := r.SourceOf(p); s.Sheet != "终端" || s.Row != 4 {
		t.Errorf("%+v", s)
	}
	if c := r.ColumnOf(p); c == nil || c.Letter != "D" {
		t.Errorf("%+v", c)
	}
	if c, ok := r.Cell(p); !ok || c.Text != "SN0002" {
		t.Errorf("%+v", c)
	}
	if s := r.SourceOf(merchant.Item(merchant.FieldTerminalsTerminalNo, 0)); s.Sheet != "商户" {
		t.Errorf("%+v", s)
	}
	if len(out.records[1].Terminals)+len(out.records[2].Terminals) != 0 {
		t.Error("terminals of another merchant, or twice")
	}
	want := fmt.Sprintf("%d@0:: %d@3:3:", merchant.NoteOtherSheet, merchant.NoteOrphanTerminal)
	if out.notes() != want || out.order != "irrri" {
		t.Errorf("notes %s\nwant  %s\norder %s", out.notes(), want, out.order)
	}
	if n := out.issues[0].Notes[0]; n.Old != "商户(旧)" {
		t.Errorf("%+v", n)
	}
	if n := out.issues[1].Notes[0]; n.Old != "310310058140009" {
		t.Errorf("%+v", n)
	}
}

func TestChoice(t *testing.T) {
	two := func() *memory {
		return book("a", "商户号|商户名称\n1|甲", "b", "标题\n商户号|商户名称|MCC\n2|乙|5411")
	}
	if out := read(two(), Options{}); out.records[0].MerchantNo != "2" {
		t.Error("the sheet with more known columns is the one")
	}
	if out := read(two(), Options{Sheet: "a"}); out.records[0].MerchantNo != "1" || out.notes() != "" {
		t.Error("the sheet asked for, without a remark on the others:", out.notes())
	}
	hidden := two()
	hidden.sheets[1].Hidden = true
	if out := read(hidden, Options{}); out.records[0].MerchantNo != "1" {
		t.Error("a hidden sheet is second choice")
	}
	if out := read(book("s", "商户号|商户名称\nx|y\n商户编码|商户名称|MCC\n3|丙|5411"), Options{HeaderRow: 1}); len(out.records) != 3 {
		t.Error("heading row asked for:", len(out.records), out.notes())
	}
	far := strings.Repeat("x|y|z\n", 40) + "商户号|商户名称|MCC\n3|丙|5411"
	if out := read(book("s", far), Options{}); out.err == nil {
		t.Error("found beyond the first rows")
	}
	if out := read(book("s", far), Options{HeaderRow: 41}); out.err != nil || len(out.records) != 1 {
		t.Error(out.err)
	}
}

func TestInputErrors(t *testing.T) {
	tests := []struct {
		name  string
		b     *memory
		o     Options
		parts []string
	}{
		{"empty sheet", book("s", ""), Options{}, []string{"book.xlsx", "there is nothing in it"}},
		{"no header", book("s", "a|b\nc|d"), Options{}, []string{"no header was found in the first 20 rows", "template"}},
		{"row without heading", book("s", "a|b\n商户号|商户名称\nc|d"), Options{HeaderRow: 1}, []string{"row 1 has no heading"}},
		{"no such sheet", book("s", "商户号|商户名称"), Options{Sheet: "t"}, []string{"sheet t: there is no such sheet", "the sheets are: s"}},
	}
	for _, tt := range tests {
		out := read(tt.b, tt.o)
		var e *InputError
		if !errors.As(out.err, &e) {
			t.Errorf("%s: %v", tt.name, out.err)
			continue
		}
		for _, p := range tt.parts {
			if !strings.Contains(e.Error(), p) {
				t.Errorf("%s: %q lacks %q", tt.name, e.Error(), p)
			}
		}
		if zh := e.In("zh"); !strings.Contains(zh, "book.xlsx") || !strings.Contains(zh, "；") || strings.Contains(zh+e.Error(), "\n") {
			t.Errorf("%s: %q", tt.name, zh)
		}
	}
}

func TestIssues(t *testing.T) {
	out := read(book("s", "商户简称|MCC\n"), Options{})
	want := fmt.Sprintf("%d@0:: %d@0:: %d@0::", merchant.NoteKeyColumnMissing, merchant.NoteKeyColumnMissing, merchant.NoteNoRows)
	if out.err != nil || out.notes() != want || out.order != "ii" {
		t.Errorf("%v %s want %s", out.err, out.notes(), want)
	}
	out = read(book("s", "商户号|商户名称|\n1|甲||多\n2|乙|\n3|丙|值\n"), Options{})
	if got := out.records[0].Notes; len(got) != 1 || got[0].Kind != merchant.NoteRagged || got[0].Info != "4/2" {
		t.Errorf("%+v", got)
	}
	if len(out.records[1].Notes) != 0 {
		t.Errorf("%+v", out.records[1].Notes)
	}
	out = read(book("s", "商户号||商户名称\n1|值|甲"), Options{}) // a column with values and no heading
	if want := fmt.Sprintf("%d@1:B:", merchant.NoteColumnUnknown); out.notes() != want {
		t.Error(out.notes())
	}
	broken := book("s", "商户号|商户名称\n1|甲"+strings.Repeat("\n2|乙", 30))
	broken.fail = errors.New("disk")
	if out := read(broken, Options{}); len(out.records) != 31 || out.err == nil {
		t.Error("rows before the fault count, and the fault is told:", len(out.records), out.err)
	}
	e := &SheetIssue{&merchant.Record{Source: merchant.Source{File: "f", Sheet: "s", Row: 3}}}
	if !strings.HasPrefix(e.Error(), "f, sheet s, row 3: ") {
		t.Error(e)
	}
	re := &RowError{Source: merchant.Source{File: "f", Row: 3}, Err: errors.New("x; mend")}
	if re.Error() != "f, row 3: x; mend" || errors.Unwrap(re) == nil {
		t.Error(re)
	}
	re = &RowError{Source: re.Source, ProblemZH: "坏了", ProblemEN: "broken", MendZH: "改好", MendEN: "mend it", Err: re.Err}
	if re.In("zh") != "f，第3行：坏了；改好" || re.In("en") != "f, row 3: broken; mend it" {
		t.Error(re.In("zh"), re)
	}
}

func TestStop(t *testing.T) {
	b := book("商户", "商户号|商户名称|x\n1|甲\n合计\n2|乙", "终端", "商户号|终端号|终端序列号|y\n1|2|3\n合计|\n7|8|9")
	full := 0
	for range Read(context.Background(), b, Options{}) {
		full++
	}
	for stop := range full {
		n := 0
		for range Read(context.Background(), b, Options{}) {
			if n++; n > stop {
				break
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for r, err := range Read(ctx, b, Options{}) {
		if r != nil || !errors.Is(err, context.Canceled) {
			t.Error(r, err)
		}
	}
}

// broken is a book whose reader has a bug.
type broken struct{ *memory }

func (b broken) Rows(sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range b.memory.Rows(sheet) {
			if row.Number == 30 {
				panic("secret")
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// TestDefect: a panic while reading is an error that names the place and no value; one of the caller is the caller's.
func TestDefect(t *testing.T) {
	b := book("S", "商户号|商户名称"+strings.Repeat("\n1|甲", 50))
	out := read(broken{b}, Options{File: "m.xlsx"})
	var in *InputError
	if !errors.As(out.err, &in) || !strings.Contains(out.err.Error(), "m.xlsx: internal error at read_test.go:") || strings.Contains(out.err.Error(), "secret") {
		t.Error(out.err)
	}
	defer func() {
		if got := recover(); got != "mine" {
			t.Errorf("recovered %v", got)
		}
	}()
	for range Read(context.Background(), b, Options{}) {
		panic("mine")
	}
}

func TestNotData(t *testing.T) {
	b := book("s", "商户号|商户名称|MCC\n示例|示例商户|5411\n必填|必填|选填\n填表说明：请如实填写\n1、商户号为15位数字||\n小计：3户||\n合计商贸一店|合计商贸|5411\n备注商行|x|5411\nTotal|3|\n注意以上内容请勿删除||")
	out := read(b, Options{})
	var names []string
	for _, r := range out.records {
		names = append(names, r.MerchantNo)
	}
	if !reflect.DeepEqual(names, []string{"合计商贸一店", "备注商行"}) {
		t.Errorf("%q %s", names, out.notes())
	}
	if strings.Count(out.order, "i") != 7 {
		t.Error(out.order)
	}
}

// parsed is a book whose rows are in memory and are handed out in one slice, as readers do.
type parsed struct {
	memory
	rows [][]merchant.Cell
}

func (p *parsed) Rows(string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var cells []merchant.Cell
		for i, row := range p.rows {
			cells = append(cells[:0], row...)
			if !yield(Row{Number: i + 1, Cells: cells}, nil) {
				return
			}
		}
	}
}

// parsedBook has n merchants in 30 columns, as workbooks have them.
func parsedBook(n int) *parsed {
	columns := strings.Split("商户编号=3103100581%05d|商户名称=上海示例商贸%d有限公司|商户简称=示例商贸|商户类型=企业|统一社会信用代码=91310000MA1FL0000X|营业执照名称=上海示例商贸有限公司|"+
		"成立日期=45292#yyyy/m/d|营业执照有效期开始日期=2020-01-02|营业执照有效期截止日期=2040-01-01|法人姓名=张三|法人证件类型=身份证|法人证件号=110101199003070000|法人证件有效期截止日期=2035-03-07|法人手机号=13800000000|"+
		"联系人类型=法人|联系人姓名=张三|联系人手机号=13800000000|经营省=310000|经营市=310100|经营区=310115|经营地址=示例路1号|MCC=5411|结算账户类型=对公|结算账号=6222020000000000000|结算户名=上海示例商贸有限公司|"+
		"开户银行=中国工商银行|联行号=102290024433|借记卡费率=0.5#0.00|借记卡封顶=20#0.00|进件日期=2024-01-02", "|")
	p := &parsed{memory: memory{sheets: []SheetInfo{{Name: "商户"}}}}
	var head []merchant.Cell
	for _, c := range columns {
		name, _, _ := strings.Cut(c, "=")
		head = append(head, merchant.Cell{Text: name, Type: merchant.CellText})
	}
	p.rows = append(p.rows, head)
	for i := range n {
		var row []merchant.Cell
		for k, c := range columns {
			_, text, _ := strings.Cut(c, "=")
			cell := merchant.Cell{Text: text, Type: merchant.CellText}
			if k < 2 {
				cell.Text = fmt.Sprintf(text, i)
			}
			if t, format, ok := strings.Cut(text, "#"); ok {
				if cell = (merchant.Cell{Text: t, Format: format, Type: merchant.CellNumber}); strings.Contains(format, "y") {
					cell.Type = merchant.CellDate
				}
			}
			row = append(row, cell)
		}
		p.rows = append(p.rows, row)
	}
	return p
}

func BenchmarkRead(b *testing.B) {
	const rows = 5000
	m := parsedBook(rows)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for r := range Read(context.Background(), m, Options{}) {
			if r != nil {
				if n++; len(r.Notes) > 0 {
					b.Fatal(r.Notes)
				}
			}
		}
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
