package validate_test

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// book is a workbook of sheets, each a text of lines with | between the cells.
type book map[string]string

func (b book) open(t *testing.T) load.Book {
	t.Helper()
	f := excelize.NewFile()
	names := make([]string, 0, len(b))
	for name := range b {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(b[name], "\n") {
			for j, text := range strings.Split(line, "|") {
				if text == "" {
					continue
				}
				ref, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if err := f.SetCellStr(name, ref, text); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(context.Background(), bytes.NewReader(buf.Bytes()), int64(buf.Len()), xlsx.Options{File: "book.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// dressed is a book with the looks that a spreadsheet program gives it.
type dressed struct {
	load.Book
	layout   load.Layout
	hidden   []int // rows
	formulas []int // columns, below the first row
}

func (d dressed) Layout(string) load.Layout { return d.layout }

func (d dressed) Rows(sheet string) iter.Seq2[load.Row, error] {
	return func(yield func(load.Row, error) bool) {
		for row, err := range d.Book.Rows(sheet) {
			row.Hidden = slices.Contains(d.hidden, row.Number)
			for _, c := range d.formulas {
				if row.Number > 1 && c < len(row.Cells) {
					row.Cells[c].Formula = true
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func openText(t *testing.T, data []byte) load.Book {
	t.Helper()
	b, err := csv.Open(bytes.NewReader(data), int64(len(data)), csv.Options{File: "book.csv"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSheetRules: every rule about sheets is raised by one book, at its column or row, and not by one that nearly does.
func TestSheetRules(t *testing.T) {
	gbk := func(s string) []byte {
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	// looks dresses a book with three merchants.
	looks := func(l load.Layout, hidden, formulas []int) load.Book {
		b := book{"商户": "商户编号|商户名称|MCC码\n1|甲|5411\n2||5411\n3|丙|5411\n合计|3户"}
		return dressed{b.open(t), l, hidden, formulas}
	}
	merged := func(ranges ...load.Range) load.Book { return looks(load.Layout{Merged: ranges}, nil, nil) }
	shiftedBy := func(wrong int) book {
		lines := []string{"商户编号|商户名称|联系人手机号|法人证件号"}
		for i := range 8 {
			m := rulestest.Clean(merchant.SubjectEnterprise, i)
			mobile, id := m.Contact.Mobile, m.LegalRep.IDNo
			if i < wrong {
				mobile, id = id, mobile
			}
			lines = append(lines, strings.Join([]string{m.MerchantNo, m.Names.Legal, mobile, id}, "|"))
		}
		return book{"商户": strings.Join(lines, "\n")}
	}
	cases := []struct {
		rule rules.ID
		at   string // column letter, or "" for the sheet as a whole
		hit  any
		miss any
	}{
		{"SRC001", "", book{"商户": "商户编号|MCC码\n898290054110001|5411"}, book{"商户": "商户编号|商户名称\n898290054110001|上海瑞丰商贸有限公司"}},
		{"SRC001", "", book{"商户": "商户名称|MCC码\n上海瑞丰商贸有限公司|5411"}, book{"商户": "外部编号|商户名称\nE1|上海瑞丰商贸有限公司"}},
		{"SRC002", "C", book{"商户": "商户编号|商户名称|进件日期|进件日期\n1|名称|2021-01-01|2021-01-02"}, book{"商户": "商户编号|商户名称|进件日期\n1|名称|2021-01-01"}},
		{"SRC003", "C", book{"商户": "商户编号|商户名称|证件号|MCC码\n1|名称|1|5411"}, book{"商户": "商户编号|商户名称|法人证件号|MCC码\n1|名称|1|5411"}},
		{"SRC004", "C", book{"商户": "商户编号|商户名称|业务员生日\n1|名称|1"}, book{"商户": "商户编号|商户名称|MCC码\n1|名称|5411"}},
		{"SRC005", "C", book{"商户": "商户编号|商户名称|统一社会信用号码\n1|名称|1"}, book{"商户": "商户编号|商户名称|统一社会信用代码\n1|名称|1"}},
		{"SRC006", "C", book{"商户": "商户编号|商户名称|借记卡费率（‰）\n1|名称|5"}, book{"商户": "商户编号|商户名称|借记卡费率(%)\n1|名称|0.5"}},
		{"SRC008", "C", shiftedBy(5), shiftedBy(4)},
		{"SRC008", "D", shiftedBy(8), shiftedBy(0)},
		{"SRC009", "", looks(load.Layout{}, []int{3}, nil), looks(load.Layout{}, []int{1, 5}, nil)}, // the heading and the total
		{"SRC010", "C", looks(load.Layout{HiddenColumns: []int{2}}, nil, nil), looks(load.Layout{HiddenColumns: []int{3}}, nil, nil)},
		{"SRC013", "C", looks(load.Layout{}, nil, []int{2}), looks(load.Layout{}, nil, nil)},
		{"SRC015", "", merged(load.Range{FirstRow: 2, LastRow: 3, FirstColumn: 1, LastColumn: 1}), merged(load.Range{FirstRow: 5, LastRow: 5, LastColumn: 2}, load.Range{FirstRow: 4, LastRow: 5, FirstColumn: 1, LastColumn: 1})},
		{"SRC011", "", book{"商户": "商户编号|商户名称|MCC码\n1|名称|5411\n2|名称|5411", "旧表": "商户编号|商户名称\n3|名称"}, book{"商户": "商户编号|商户名称\n1|名称", "说明": "填写说明\n日期写成 2026-06-06"}},
		{"SRC016", "", book{"商户": "商户编号|商户名称\n1|名称\n合计|1户"}, book{"商户": "商户编号|商户名称\n1|合计餐饮有限公司"}},
		{"SRC016", "", book{"商户": "商户编号|商户名称\n898290054110001|名称", "终端": "商户编号|终端号|终端SN|终端型号\n898290054110002|30000001|N900000001|N910"},
			book{"商户": "商户编号|商户名称\n898290054110001|名称", "终端": "商户编号|终端号|终端SN|终端型号\n898290054110001|30000001|N900000001|N910"}},
		{"SRC016", "", book{"商户": "序号|商户编号|商户名称|法人\n1|898290054110001|名称|张三\n2|||"}, book{"商户": "序号|商户编号|商户名称|法人\n1|898290054110001|名称|张三\n2|898290054110002||"}},
		{"SRC016", "", book{"商户": "商户名称|商户编号|法人\n名称|898290054110001|张三\n制表：张三||复核：李四"}, book{"商户": "商户名称|商户编号|法人\n制表社|898290054110001|张三"}},
		{"SRC016", "", book{"商户": "商户名称|商户编号|法人\n名称|898290054110001|张三\n注：以上资料均已核对。"}, book{"商户": "商户名称|商户编号|法人\n注册会计师事务所|898290054110001|张三"}},
		{"SRC019", "", gbk("商户编号,商户名称\n1,上海瑞丰商贸有限公司\n"), []byte("商户编号,商户名称\n1,上海瑞丰商贸有限公司\n")},
		{"SRC021", "", book{"商户": "商户编号|商户名称"}, book{"商户": "商户编号|商户名称\n1|名称"}},
		{"SRC023", "", book{"商户": "商户编号|商户名称\n1|名称"}, nil}, // near miss: the sample book has every column, see TestSampleTruth
	}
	seen := map[rules.ID]bool{}
	v := newValidator(t)
	run := func(source any) (at []string, err error) {
		var b load.Book
		switch s := source.(type) {
		case book:
			b = s.open(t)
		case load.Book:
			b = s
		case []byte:
			b = openText(t, s)
		}
		_, err = v.Run(context.Background(), load.Read(context.Background(), b, load.Options{File: "book"}), func(_ *merchant.Record, list []rules.Finding) error {
			for _, f := range list {
				column := ""
				if f.Column != nil {
					column = f.Column.Letter
				}
				if f.Rule.Scope == rules.SheetScope {
					at = append(at, string(f.Rule.ID)+" "+column)
				}
			}
			return nil
		})
		return at, err
	}
	for _, c := range cases {
		seen[c.rule] = true
		at, err := run(c.hit)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
		}
		if want := string(c.rule) + " " + c.at; !slices.Contains(at, want) {
			t.Errorf("%s is not raised at column %q: %v", c.rule, c.at, at)
		}
		if c.miss == nil {
			continue
		}
		at, err = run(c.miss)
		if err != nil {
			t.Errorf("%s, near miss: %v", c.rule, err)
		}
		if slices.ContainsFunc(at, func(s string) bool { return strings.HasPrefix(s, string(c.rule)) }) {
			t.Errorf("%s is raised by the near miss: %v", c.rule, at)
		}
	}
	for _, r := range builtin.Rules() {
		if r.Scope == rules.SheetScope && !seen[r.ID] {
			t.Errorf("%s has no case", r.ID)
		}
	}
}

// TestHeadingProposals: headings that are one slip away or stand over the values of others, and a capital in 万 that the
// heading does not say as a unit; with what is proposed nothing of the kind is left. Nothing else about sheets offers anything.
func TestHeadingProposals(t *testing.T) {
	header := []string{"商户编号", "商户名称", "商户类型", "统一社会信用号码", "联系人手机号", "法人证件号", "注册资本（单位：万 元）"}
	var rows [][]string
	for i := range 8 {
		m := rulestest.Clean(merchant.SubjectEnterprise, i)
		rows = append(rows, []string{m.MerchantNo, m.Names.Legal, "企业", m.Licence.Number, m.LegalRep.IDNo, m.Contact.Mobile, "500"})
	}
	v := newValidator(t)
	run := func() (found []rules.Finding) {
		text := strings.Join(header, ",") + "\n"
		for _, row := range rows {
			text += strings.Join(row, ",") + "\n"
		}
		if _, err := v.Run(context.Background(), load.Read(context.Background(), openText(t, []byte(text)), load.Options{File: "book.csv"}), func(_ *merchant.Record, list []rules.Finding) error {
			found = append(found, list...)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return found
	}
	offered := map[rules.ID]int{}
	next := slices.Clone(header)
	for _, f := range run() {
		switch f.Rule.ID {
		case "SRC005", "SRC008":
			if len(f.Fixes) != 1 || f.Fixes[0].Safe || len(f.Fixes[0].Edits) != 1 {
				t.Fatalf("%s offers %+v", f.Rule.ID, f.Fixes)
			}
			e := f.Fixes[0].Edits[0]
			at := slices.Index(header, e.Old)
			if at < 0 || e.Path != (merchant.Path{}) || f.Column.Letter != load.Letter(at) || f.ShownValue(false) != e.Old {
				t.Fatalf("%s: %+v for column %s", f.Rule.ID, e, f.Column.Letter)
			}
			next[at] = e.New
		case "LIC014":
			if len(f.Fixes) != 1 || f.Fixes[0].Safe || f.Fixes[0].Edits[0] != (rules.Edit{Path: f.Path, Old: "500.00", New: "5000000.00"}) {
				t.Fatalf("%+v", f.Fixes)
			}
			rows[f.Source.Row-2][6] = f.Fixes[0].Edits[0].New
		default:
			if f.Rule.Scope == rules.SheetScope && f.Fixes != nil {
				t.Errorf("%s offers %+v", f.Rule.ID, f.Fixes)
			}
			continue
		}
		offered[f.Rule.ID]++
	}
	if offered["SRC005"] != 1 || offered["SRC008"] != 2 || offered["LIC014"] != 8 {
		t.Fatal(offered)
	}
	header = next
	for _, f := range run() {
		if offered[f.Rule.ID] > 0 {
			t.Errorf("%s at %s, once its proposal is taken", f.Rule.ID, f.Cell())
		}
	}
	header[6] = "注册资本(万美元)" // not recognised, and without its brackets another amount
	if i := slices.IndexFunc(run(), func(f rules.Finding) bool { return f.Rule.ID == "SRC005" }); i < 0 || run()[i].Fixes != nil {
		t.Error("a heading without its unit is proposed")
	}
}

// TestMissingColumnsAreNamedOnce: what a sheet has no column for is one finding about the sheet, and the rules that would
// repeat it on every row are counted as blocked by it.
func TestMissingColumnsAreNamedOnce(t *testing.T) {
	var text strings.Builder
	text.WriteString("商户编号,商户名称,商户类型,统一社会信用代码\n")
	for n := range 30 {
		m := rulestest.Clean(merchant.SubjectEnterprise, n)
		text.WriteString(m.MerchantNo + "," + m.Names.Legal + ",企业," + m.Licence.Number + "\n")
	}
	v := newValidator(t)
	b := openText(t, []byte(text.String()))
	var sheet int
	sum, err := v.Run(context.Background(), load.Read(context.Background(), b, load.Options{File: "book.csv"}), func(_ *merchant.Record, list []rules.Finding) error {
		for _, f := range list {
			if f.Rule.ID == "SRC023" {
				sheet++
			} else if f.Severity > rules.Info {
				t.Errorf("row %d: %s %s", f.Source.Row, f.Rule.ID, f.Path)
			}
		}
		return nil
	})
	if err != nil || sum.Records != 30 || sheet != 1 {
		t.Fatalf("%d records, %d findings about columns, %v", sum.Records, sheet, err)
	}
	if n := sum.Rules["MCC006"].Skipped["blocked by SRC023"]; n != 30 {
		t.Errorf("MCC006 blocked on %d rows", n)
	}
}

// TestShiftedColumns: a column that holds the values of another is one finding about the sheet; what its rows would
// report is counted as held back, and what the others report is not.
func TestShiftedColumns(t *testing.T) {
	var text strings.Builder
	text.WriteString("商户编号,商户名称,商户类型,法人姓名,法人证件类型,法人证件号,法人手机号,MCC码\n")
	for n := range 30 {
		m := rulestest.Clean(merchant.SubjectEnterprise, n)
		code := m.MCC
		if n == 7 {
			code = "54l1"
		}
		mobile := "1380013" + strconv.Itoa(1000+n)
		text.WriteString(strings.Join([]string{m.MerchantNo, m.Names.Legal, "企业", m.LegalRep.Name, "身份证", mobile, m.LegalRep.IDNo, code}, ",") + "\n")
	}
	count := func(opts ...validate.Option) (shifts, others, swapped int, sum validate.Summary) {
		v := newValidator(t, opts...)
		b := openText(t, []byte(text.String()))
		sum, err := v.Run(context.Background(), load.Read(context.Background(), b, load.Options{File: "book.csv"}), func(_ *merchant.Record, list []rules.Finding) error {
			for _, f := range list {
				switch {
				case f.Rule.ID == "SRC008":
					shifts++
				case f.Path.Field == merchant.FieldLegalRepIDNo || f.Path.Field == merchant.FieldLegalRepMobile:
					swapped++
				case f.Path.Field == merchant.FieldMCC && f.Severity == rules.Error:
					others++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return shifts, others, swapped, sum
	}
	shifts, others, swapped, sum := count()
	if shifts != 2 || others != 1 || swapped != 0 {
		t.Errorf("%d columns, %d findings elsewhere, %d about the columns", shifts, others, swapped)
	}
	held := 0
	for _, c := range sum.Rules {
		held += c.Skipped["blocked by SRC008"]
	}
	if held < 60 || sum.Rules["IMP018"].Skipped["blocked by SRC008"] != 30 {
		t.Errorf("%d held back, IMP018 %+v", held, sum.Rules["IMP018"])
	}
	if shifts, _, swapped, _ := count(validate.Without("SRC008")); shifts != 0 || swapped < 30 {
		t.Errorf("without the rule nothing may be held back: %d, %d", shifts, swapped)
	}
}

// TestShiftedValuesAreCounted: a rule that would find nothing wrong with the value of a shifted column is counted as held back
// from it, not as one that looked.
func TestShiftedValuesAreCounted(t *testing.T) {
	v := newValidator(t)
	for _, c := range []struct {
		path  merchant.Path
		rules []rules.ID
	}{
		{merchant.At(merchant.FieldLegalRepName), []rules.ID{"REP014"}},
		{merchant.At(merchant.FieldLegalRepIDNo), []rules.ID{"REP003", "REP004", "REP016", "REP017"}},
		{merchant.At(merchant.FieldLimitsDailyCNY), []rules.ID{"LIM001", "LIM002", "LIM007"}},
		{merchant.Item(merchant.FieldFeesRatePct, 0), []rules.ID{"FEE001", "FEE006", "FEE007"}},
		{merchant.Item(merchant.FieldTerminalsSerialNo, 0), []rules.ID{"TRM014"}},
		{merchant.Item(merchant.FieldTerminalsTerminalNo, 0), []rules.ID{"TRM001"}},
	} {
		r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 1))
		normalize.Record(r)
		columns := &merchant.Columns{}
		for _, f := range merchant.Fields() {
			for _, p := range r.Paths(f) {
				columns.List = append(columns.List, merchant.Column{Path: p, Shifted: p == c.path})
			}
		}
		r.Source.Columns = columns
		coverage := v.Coverage(r)
		for _, id := range c.rules {
			if n := coverage[id].Skipped["blocked by SRC008"]; n != 1 {
				t.Errorf("%s: %s is held back %d times: %+v", c.path, id, n, coverage[id])
			}
		}
	}
}

func TestRunStops(t *testing.T) {
	v := newValidator(t)
	records := stream([]*merchant.Record{merchant.NewRecord(rulestest.Clean("", 0)), merchant.NewRecord(rulestest.Clean("", 1))})
	ctx, cancel := context.WithCancel(context.Background())
	sum, err := v.Run(ctx, records, func(*merchant.Record, []rules.Finding) error { cancel(); return nil })
	if err != context.Canceled || sum.Records != 1 {
		t.Errorf("after cancelling: %d records, %v", sum.Records, err)
	}
	broken := func(yield func(*merchant.Record, error) bool) {
		_ = yield(nil, &load.RowError{Source: merchant.Source{File: "f", Row: 3}, Err: context.DeadlineExceeded}) &&
			yield(merchant.NewRecord(rulestest.Clean("", 0)), nil)
	}
	sum, err = v.Run(context.Background(), broken, func(*merchant.Record, []rules.Finding) error { return nil })
	if err == nil || sum.Records != 1 {
		t.Errorf("a row that cannot be read must not end the run nor be forgotten: %d records, %v", sum.Records, err)
	}
}
