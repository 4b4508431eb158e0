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
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// headers returns the headings of the columns with their paths.
func headers(c *merchant.Columns) (out []string) {
	for _, col := range c.List {
		path := col.Path.String()
		if col.Product != "" {
			path = string(col.Product) + ":" + col.Path.Field.Path()
		}
		out = append(out, strings.TrimSuffix(col.Header+"="+path, "="))
	}
	return out
}

func TestHeadingsOfSeveralRows(t *testing.T) {
	data := "\n310310058140001|上海示例商贸有限公司|1|2|3|4|5|6"
	tests := []struct {
		name, head string
		row        int
		want       []string
	}{
		{"one row under titles", "商户资料\n制表人：张三|经办人：李四|2026-01-01\n商户号|商户名称", 3, []string{"商户号=merchant_no", "商户名称=names.legal"}},
		{"two rows", "商户号|商户名称|法人信息||结算信息\n||姓名|证件号码|账号|户名", 2,
			[]string{"商户号=merchant_no", "商户名称=names.legal", "法人信息/姓名=legal_rep.name", "法人信息/证件号码=legal_rep.id_no", "结算信息/账号=settlement.account_no", "结算信息/户名=settlement.account_name"}},
		{"groups without a scope", "基本信息||费率（‰）||限额（元）\n商户号|商户名称|借记卡|微信|单笔|单日", 2,
			[]string{"基本信息/商户号=merchant_no", "基本信息/商户名称=names.legal", "费率（‰）/借记卡=card_debit:fees[].rate_pct", "费率（‰）/微信=wechat:fees[].rate_pct", "限额（元）/单笔=limits.single_cny", "限额（元）/单日=limits.daily_cny"}},
		{"three rows", "商户资料登记表\n商户号|商户名称|人员信息||||费率信息|\n||法人信息||联系人信息||借记卡|贷记卡\n||姓名|证件号码|姓名|手机号|费率|费率", 4,
			[]string{"商户号=merchant_no", "商户名称=names.legal", "人员信息/法人信息/姓名=legal_rep.name", "人员信息/法人信息/证件号码=legal_rep.id_no",
				"人员信息/联系人信息/姓名=contact.name", "人员信息/联系人信息/手机号=contact.mobile", "费率信息/借记卡/费率=card_debit:fees[].rate_pct", "费率信息/贷记卡/费率=card_credit:fees[].rate_pct"}},
		{"merged over the lower two", "基本信息||法人信息|\n商户号|商户名称|身份信息|\n||证件类型|证件号码", 3,
			[]string{"基本信息/商户号=merchant_no", "基本信息/商户名称=names.legal", "法人信息/身份信息/证件类型=legal_rep.id_type", "法人信息/身份信息/证件号码=legal_rep.id_no"}},
		{"strangers merged down", "序号|商户号|商户名称（全称）|法人信息||||装机数\n|||姓名|身份证\n||||号码|起始日期|截止日期|", 3,
			[]string{"序号", "商户号=merchant_no", "商户名称（全称）=names.legal", "法人信息/姓名=legal_rep.name", "法人信息/身份证/号码=legal_rep.id_no", "法人信息/身份证/起始日期=legal_rep.id_valid_from", "法人信息/身份证/截止日期=legal_rep.id_valid_to", "装机数"}},
		{"one group alone", "||法人信息\n商户号|商户名称|姓名|证件号码", 2,
			[]string{"商户号=merchant_no", "商户名称=names.legal", "法人信息/姓名=legal_rep.name", "法人信息/证件号码=legal_rep.id_no"}},
		{"a title in the middle is no group", "||法人商户登记表\n商户号|商户名称|姓名|证件号码", 2, []string{"商户号=merchant_no", "商户名称=names.legal", "姓名", "证件号码"}},
		{"a strange group ends the one before", "法人信息||甲乙丙|\n姓名|证件号码|证件号|商户号", 2, []string{"法人信息/姓名=legal_rep.name", "法人信息/证件号码=legal_rep.id_no", "证件号", "商户号=merchant_no"}},
		{"a gap between rows", "法人信息|||结算信息\n\n商户号|商户名称|姓名|证件号", 3, []string{"商户号=merchant_no", "商户名称=names.legal", "姓名", "证件号"}},
	}
	for _, tt := range tests {
		out := read(book("S", tt.head+data), Options{})
		if out.err != nil || len(out.records) != 1 {
			t.Errorf("%s: %d records, %v", tt.name, len(out.records), out.err)
			continue
		}
		r := out.records[0]
		if got := headers(r.Source.Columns); !reflect.DeepEqual(got, tt.want) || r.Source.Row != tt.row+1 {
			t.Errorf("%s: row %d\ngot  %q\nwant %q", tt.name, r.Source.Row, got, tt.want)
		}
	}
}

func TestUnitOfAGroup(t *testing.T) {
	out := read(book("S", "基本信息||费率（‰）||限额（万元）\n商户号|商户名称|借记卡|微信(%)|单笔|封顶（分）\n1|甲|5|0.38|2|2000"), Options{})
	if out.err != nil || len(out.records) != 1 {
		t.Fatal(out.err)
	}
	r := out.records[0]
	if r.Fees[0].RatePct.String() != "0.50" || r.Fees[1].RatePct.String() != "0.38" || r.Limits.SingleCNY.String() != "20000.00" || r.Fees[0].CapCNY.String() != "20.00" {
		t.Errorf("%+v %s", r.Fees, r.Limits.SingleCNY)
	}
}

func TestProductOfARow(t *testing.T) { // one merchant would be spread over several rows
	out := read(book("S", "商户号|商户名称|支付产品|费率\n1|甲|微信|0.38"), Options{})
	want := fmt.Sprintf("%d@1:C: %d@1:D:", merchant.NoteColumnAmbiguous, merchant.NoteColumnAmbiguous)
	if out.notes() != want || len(out.records[0].Fees) != 0 {
		t.Error(out.notes())
	}
}

func looks() *memory {
	b := book("S", "商户号|商户名称|MCC|备注\n1|甲|=5411|\n2||=5812|\n3|丙|5411|=x\n合计|3户\n4|丁|=|")
	b.hidden = []int{1, 3, 4, 5}
	b.layout = Layout{HiddenColumns: []int{1, 3}, Merged: []Range{{2, 3, 1, 1}, {5, 5, 0, 2}, {1, 1, 0, 3}, {4, 4, 0, 1}, {6, 9, 1, 1}, {2, 4, 3, 3}}}
	return b
}

func TestLooks(t *testing.T) {
	out := read(looks(), Options{})
	last := out.issues[len(out.issues)-1]
	want := []merchant.Note{
		{Kind: merchant.NoteHiddenRows, New: "2", More: []string{"3–4"}},
		{Kind: merchant.NoteColumnFormulas, Path: merchant.At(merchant.FieldMCC), Old: "MCC", New: "2", Info: "C"},
		{Kind: merchant.NoteMerged, Info: "B2:B3"},
		{Kind: merchant.NoteMerged, Info: "A4:B4"},
	}
	if !reflect.DeepEqual(last.Notes, want) || out.order != "irrriri" {
		t.Errorf("order %s\ngot  %+v\nwant %+v", out.order, last.Notes, want)
	}
	if !slices.ContainsFunc(out.issues[0].Notes, func(n merchant.Note) bool { return n.Kind == merchant.NoteColumnHidden && n.Info == "B" }) ||
		slices.ContainsFunc(out.issues[0].Notes, func(n merchant.Note) bool { return n.Kind == merchant.NoteColumnHidden && n.Info != "B" }) {
		t.Errorf("hidden columns in use: %+v", out.issues[0].Notes)
	}
	if out.records[1].Names.Legal != "" || !out.records[3].Noted(merchant.NoteNoResult, merchant.At(merchant.FieldMCC)) {
		t.Error("values")
	}
}

func TestSkipHidden(t *testing.T) {
	out := read(looks(), Options{SkipHidden: true})
	if len(out.records) != 2 || out.records[1].MerchantNo != "4" || strings.Count(out.notes(), ":隐藏行") != 2 {
		t.Errorf("%d records: %s", len(out.records), out.notes())
	}
}

func TestFillDown(t *testing.T) {
	b := looks()
	out := read(b, Options{FillDown: true})
	if out.records[1].Names.Legal != "甲" || out.records[2].Names.Legal != "丙" {
		t.Errorf("%q %q", out.records[1].Names.Legal, out.records[2].Names.Legal)
	}
	if strings.Contains(out.notes(), "B2:B3") || !strings.Contains(out.notes(), "A4:B4") {
		t.Error("what was filled is not reported, what cannot be is:", out.notes())
	}
	tail := book("S", "商户号|商户名称|MCC\n1|甲|5411\n2|乙\n\n3|丙\n4|丁")
	tail.layout.Merged = []Range{{2, 5, 2, 2}}
	out = read(tail, Options{FillDown: true})
	var codes []string
	for _, r := range out.records {
		codes = append(codes, r.MCC)
	}
	if !slices.Equal(codes, []string{"5411", "5411", "5411", ""}) {
		t.Error(codes)
	}
}

func TestProgress(t *testing.T) {
	b := book("S", "商户号|商户名称"+strings.Repeat("\n1|甲", 600))
	var got []Progress
	read(b, Options{Progress: func(p Progress) { got = append(got, p) }})
	want := []Progress{{"S", 256, 7, 9}, {"S", 512, 7, 9}, {"S", 601, 7, 9}}
	if !slices.Equal(got, want) {
		t.Error(got)
	}
}

func TestCancelled(t *testing.T) {
	for _, o := range []Options{{}, {FillDown: true}} {
		for _, after := range []int{1, 30, 300} {
			ctx, cancel := context.WithCancel(context.Background())
			n := 0
			b := &cancelling{book("S", "商户号|商户名称"+strings.Repeat("\n1|甲", 600)), cancel, after}
			var last error
			for r, err := range Read(ctx, b, o) {
				if last = err; r != nil {
					n++
				}
			}
			if !errors.Is(last, context.Canceled) || n >= 600 {
				t.Errorf("after %d rows: %d records, %v", after, n, last)
			}
		}
	}
}

// cancelling ends the context at a row.
type cancelling struct {
	*memory
	cancel context.CancelFunc
	after  int
}

func (c *cancelling) Rows(sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for row, err := range c.memory.Rows(sheet) {
			if row.Number == c.after {
				c.cancel()
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func TestSpans(t *testing.T) {
	var s spans
	for _, row := range []int{2, 3, 4, 7, 9, 10} {
		s.add(row)
	}
	for _, tt := range [][3]int{{1, 1, 0}, {1, 2, 1}, {2, 10, 6}, {3, 7, 3}, {5, 6, 0}, {9, 99, 2}, {11, 12, 0}} {
		if n := s.within(tt[0], tt[1]); n != tt[2] {
			t.Errorf("within(%d, %d) = %d, want %d", tt[0], tt[1], n, tt[2])
		}
	}
	for row := 20; row < 100; row += 2 {
		s.add(row)
	}
	if l := s.list(); len(l) != maxRuns+1 || l[0] != "2–4" || l[1] != "7" || l[maxRuns] != "…" {
		t.Error(l)
	}
}

// kinds are values of every identifying kind, by the fields they belong to.
var kinds = []struct {
	field  merchant.Field
	head   string
	values []string
	fits   []string // further values that the field may hold
}{
	{merchant.FieldLicenceNumber, "统一社会信用代码", []string{"91350100M000100Y43", "９１３５0100m000100y43"}, []string{"310115600123456"}},
	{merchant.FieldLegalRepIDNo, "法人证件号", []string{"11010519491231002X", "440524188001010014"}, []string{"E12345678", "G1234567"}},
	{merchant.FieldContactMobile, "联系人手机号", []string{"13800000000", "19912345678"}, nil},
	{merchant.FieldSettlementAccountNo, "结算账号", []string{"6222020200112233442"}, []string{"1001244309001234567", "123456789012"}},
	{merchant.FieldSettlementCNAPS, "联行号", []string{"102290024433"}, []string{"102290024434"}},
	{merchant.FieldMCC, "MCC", []string{"5411", "5812", "0763"}, nil},
	{merchant.FieldNamesLegal, "商户名称", []string{"上海瑞丰商贸有限公司", "杭州市西湖区张三服装经营部"}, []string{"张三", "KFC"}},
	{merchant.FieldAddressesBusinessDetail, "经营地址", []string{"上海市徐汇区漕溪北路88号"}, []string{"漕溪北路88号"}},
	{merchant.FieldSignedOn, "进件日期", []string{"2026-01-02", "2026年1月2日"}, []string{"20260102"}},
}

func TestShapes(t *testing.T) {
	for _, k := range kinds {
		s, ok := shapeOf(k.field)
		if !ok {
			t.Errorf("%v has no shape", k.field.Path())
			continue
		}
		test := func(f func(*merchant.Cell, string) bool, v string) bool {
			return f(&merchant.Cell{Text: v, Type: merchant.CellText}, normalize.Code(v))
		}
		for _, v := range slices.Concat(k.values, k.fits) {
			if !test(s.fits, v) {
				t.Errorf("%s: %s does not fit", k.field.Path(), v)
			}
		}
		for _, v := range k.values {
			if k.field != merchant.FieldSettlementAccountNo && !test(s.looks, v) {
				t.Errorf("%s: %s does not look like it", k.field.Path(), v)
			}
			for _, other := range kinds { // nothing looks like two kinds
				o, _ := shapeOf(other.field)
				if other.field != k.field && test(o.looks, v) {
					t.Errorf("%s of %s looks like %s", v, k.field.Path(), other.field.Path())
				}
			}
		}
	}
	if _, ok := shapeOf(merchant.FieldBusinessHours); ok {
		t.Error("a field of any text has a shape")
	}
}

func TestShift(t *testing.T) {
	table := func(rows int, heads, values []string) string {
		var b strings.Builder
		b.WriteString("商户号|" + strings.Join(heads, "|"))
		for i := range rows {
			fmt.Fprintf(&b, "\n3103100581%05d|%s", i, strings.Join(values, "|"))
		}
		return b.String()
	}
	shifts := func(text string) (out []string) {
		for _, issue := range read(book("S", text), Options{}).issues {
			for _, n := range issue.Notes {
				if n.Kind == merchant.NoteColumnShifted {
					out = append(out, n.Info+":"+n.New)
				}
			}
		}
		return out
	}
	for i, a := range kinds { // every kind under the heading of its neighbour
		b := kinds[(i+1)%len(kinds)]
		if a.field == merchant.FieldSettlementAccountNo || b.field == merchant.FieldSettlementAccountNo {
			continue // an account may be any digits
		}
		heads := []string{a.head, b.head}
		if got := shifts(table(5, heads, []string{b.values[0], b.values[0]})); !slices.Equal(got, []string{"B:" + b.field.Path()}) && b.field != merchant.FieldNamesLegal && b.field != merchant.FieldAddressesBusinessDetail {
			t.Errorf("%s under %s: %v", b.head, a.head, got)
		}
		if got := shifts(table(5, heads, []string{a.values[0], b.values[0]})); got != nil {
			t.Errorf("%s beside %s in order: %v", a.head, b.head, got)
		}
		if got := shifts(table(4, heads, []string{b.values[0], b.values[0]})); got != nil {
			t.Errorf("four rows tell: %v", got)
		}
	}
	// values of no kind at all are for the rules of the rows
	if got := shifts(table(9, []string{"MCC", "联系人手机号"}, []string{"便利店", "电话"})); got != nil {
		t.Error(got)
	}
	// the share is of the values that are given
	mixed := table(6, []string{"MCC", "联系人手机号"}, []string{"13800000000", "13800000000"}) + strings.Repeat("\n310310058140001|5411|13800000000", 4)
	if got := shifts(mixed); !slices.Equal(got, []string{"B:contact.mobile"}) {
		t.Error("six of ten:", got)
	}
	if got := shifts(mixed + "\n310310058140001|5411|13800000000"); got != nil {
		t.Error("six of eleven:", got)
	}
	// only the first rows count, so that a stream stays a stream
	late := table(prefixRows, []string{"MCC", "联系人手机号"}, []string{"5411", "13800000000"}) + strings.Repeat("\n310310058140001|13800000000|13800000000", 2000)
	if got := shifts(late); got != nil {
		t.Error(got)
	}
	out := read(book("S", table(7, []string{"MCC", "联系人手机号"}, []string{"13800000000", "13800000000"})), Options{})
	if c := out.records[0].ColumnOf(merchant.At(merchant.FieldMCC)); !c.Shifted || out.records[0].MCC != "13800000000" || out.order != "iirrrrrrr" {
		t.Errorf("%+v %q %s", c, out.records[0].MCC, out.order)
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("商户资料\n商户号|商户名称|法人信息\n||姓名|证件号\n1|甲|张三|2", 0)
	f.Add("基本信息||费率（‰）\n商户号|x|借记卡|微信\n||y\n1|2|3|4|5", 2)
	f.Add("|||\n终端号|终端序列号|商户号\n\x00|\xff|=", 9)
	f.Add("费率|费率/费率|terminals[3].serial_no|(((\n:|：|表", -1)
	f.Fuzz(func(t *testing.T, text string, row int) {
		if strings.Count(text, "|") > 200 || strings.Count(text, "\n") > 50 {
			t.Skip("too large a table for a run of many")
		}
		b := book("S", text)
		out := read(b, Options{HeaderRow: row % 30})
		var c *merchant.Columns
		told := map[string]bool{}
		for _, i := range out.issues {
			if i.Source.Columns != nil {
				c = i.Source.Columns
			}
			for _, n := range i.Notes {
				told[n.Info] = true
				for _, m := range n.More {
					told[m] = true
				}
			}
		}
		for _, r := range out.records {
			if c = r.Source.Columns; len(r.Cells) != len(c.List) {
				t.Fatal("cells do not match columns")
			}
		}
		if c == nil {
			return
		}
		seen := map[target]bool{}
		for i, col := range c.List {
			if col.Letter != Letter(i) {
				t.Errorf("column %d is %s", i, col.Letter)
			}
			if to := (target{col.Path, col.Product}); col.Path.Field == merchant.FieldNone {
				if col.Header != "" && !told[col.Letter] {
					t.Errorf("column %s %q is neither mapped nor told", col.Letter, col.Header)
				}
			} else if seen[to] {
				t.Errorf("two columns for %v", to)
			} else {
				seen[to] = true
			}
		}
	})
}
