package normalize_test

import (
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

func cell(text string) merchant.Cell { return merchant.Cell{Text: text, Type: merchant.CellUntyped} }
func number(text, format string) merchant.Cell {
	return merchant.Cell{Text: text, Type: merchant.CellNumber, Format: format}
}
func dated(text string) merchant.Cell { return merchant.Cell{Text: text, Type: merchant.CellDate} }

func TestSet(t *testing.T) {
	none := merchant.NoteNone
	permille, _ := normalize.ParseUnit("费率（‰）", false)
	fen, _ := normalize.ParseUnit("封顶 单位分", true)
	wan, _ := normalize.ParseUnit("注册资本(万元)", true)
	for _, c := range []struct {
		path string
		cell merchant.Cell
		opt  normalize.Options
		want string
		note merchant.NoteKind
	}{
		{"licence.number", cell("91310104MA10000090"), normalize.Options{}, "91310104MA10000090", none},
		{"licence.number", cell("91310104-MA1000009-0"), normalize.Options{}, "91310104MA10000090", merchant.NoteCode},
		{"licence.number", cell("９１３１0104ma10000090"), normalize.Options{}, "91310104MA10000090", merchant.NoteCode},
		{"licence.number", number("9.1310104E+17", ""), normalize.Options{}, "", merchant.NoteLostDigits},
		{"legal_rep.nationality", cell("NA"), normalize.Options{}, "NA", none}, // Namibia
		{"legal_rep.nationality", cell("N/A"), normalize.Options{}, "", merchant.NotePlaceholder},
		{"merchant_no", number("898290054110001", ""), normalize.Options{}, "898290054110001", none},
		{"merchant_no", cell("8982900 5411001"), normalize.Options{}, "8982900 5411001", none}, // a blank inside is for MID001
		{"merchant_no", cell(" 898290054110001\t"), normalize.Options{}, "898290054110001", merchant.NoteInvisible},
		{"contact.mobile", cell("+86 139-1234-5678"), normalize.Options{}, "13912345678", merchant.NoteCode},
		{"contact.mobile", cell("8613912345678"), normalize.Options{}, "13912345678", merchant.NoteCode},
		{"contact.service_phone", cell("021-61234567转801"), normalize.Options{}, "021-61234567转801", none},
		{"settlement.account_no", cell("6228 4804 0256 4890 018"), normalize.Options{}, "6228480402564890018", merchant.NoteCode},
		{"settlement.account_no", cell("6.22848E+18"), normalize.Options{}, "", merchant.NoteScientific},
		{"terminals[0].bound.account_no", cell("６．２２Ｅ＋１８"), normalize.Options{}, "", merchant.NoteScientific},
		{"terminals[0].serial_no", cell("12E5"), normalize.Options{}, "12E5", none},
		{"mcc", cell("#N/A"), normalize.Options{}, "", merchant.NoteErrorCell},
		{"mcc", merchant.Cell{Formula: true, Type: merchant.CellText}, normalize.Options{}, "", merchant.NoteNoResult},
		{"mcc", cell("待补"), normalize.Options{}, "", merchant.NotePlaceholder},
		{"licence.name", cell("无"), normalize.Options{}, "无", none},
		{"licence.name", cell("***"), normalize.Options{}, "***", none},
		{"names.legal", cell("示例(上海）商贸有限公司"), normalize.Options{}, "示例(上海)商贸有限公司", merchant.NoteMixedWidth},
		{"names.legal", cell("示例（上海）商贸有限公司"), normalize.Options{}, "示例（上海）商贸有限公司", none},
		{"names.legal", cell("上海\u200b示例商贸有限公司\u00a0"), normalize.Options{}, "上海示例商贸有限公司", merchant.NoteInvisible},
		{"subject_type", cell("个体户"), normalize.Options{}, "individual_business", none},
		{"subject_type", cell("公司制"), normalize.Options{}, "公司制", none},
		{"subject_type", cell("1"), normalize.Options{}, "1", none},
		{"status.state", cell("冻结出金"), normalize.Options{}, "frozen", none},
		{"onboarding.agreement", cell("none"), normalize.Options{}, "none", none},
		{"terminals[0].device_type", cell("智能pos"), normalize.Options{}, "04", none},
		{"settlement.cycle", cell("Ｔ１"), normalize.Options{}, "T1", none},
		{"signed_on", cell("2024-01-02"), normalize.Options{}, "2024-01-02", none},
		{"signed_on", cell("2024年1月2日"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024.1.2"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("20240102"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024/1/2 0:00:00"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02 10:22:33"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02T00:00:00.000"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02T00:00:00Z"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-01T16:00:00.000Z"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02T00:00:00+08:00"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02 00:30+0900"), normalize.Options{}, "2024-01-01", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-01T23:00:00-05:00"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("9999-12-31T20:00:00Z"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("2024-01-02T00:00:00+99:00"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("2024-01-02T1:2:3:4"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("2024年1月2日星期二"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02 周二"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024－01－02"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell(" 2024-01-02"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"licence.valid_to", cell("不约定期限"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"licence.valid_to", cell("Long-Term"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"limits.single_cny", cell("人民币5万元整"), normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"fees[0].cap_cny", cell("20元/笔"), normalize.Options{}, "20.00", merchant.NoteAmountForm},
		{"signed_on", cell("2024/1/2 9:05"), normalize.Options{}, "2024-01-02", merchant.NoteDateForm},
		{"signed_on", cell("2024-01-02 25:00"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("2024-01-02 下午"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("2024-2-30"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("24-01-02"), normalize.Options{}, "", merchant.NoteBadDate},
		{"signed_on", cell("长期"), normalize.Options{}, "", merchant.NoteBadDate}, // a signing date has no "for ever"
		{"signed_on", dated("45293"), normalize.Options{}, "2024-01-02", none},
		{"signed_on", dated("45293.75"), normalize.Options{}, "2024-01-02", none},
		{"signed_on", dated("43831"), normalize.Options{Date1904: true}, "2024-01-02", none},
		{"signed_on", number("45293", ""), normalize.Options{}, "2024-01-02", merchant.NoteSerialDate},
		{"signed_on", number("20240102", ""), normalize.Options{}, "2024-01-02", merchant.NoteSerialDate},
		{"signed_on", number("123", ""), normalize.Options{}, "", merchant.NoteBadDate},
		{"licence.valid_to", cell("长期有效"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"licence.valid_to", cell("29991231"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"licence.valid_to", cell("2099/12/30"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"licence.valid_to", cell("00000000"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"licence.valid_to", dated("2958465"), normalize.Options{}, "", merchant.NoteLongTerm},
		{"limits.single_cny", cell("50000"), normalize.Options{}, "50000.00", none},
		{"limits.single_cny", cell("￥50,000.00"), normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", cell("5万元"), normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", cell("５００００"), normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", cell("50,00"), normalize.Options{}, "", merchant.NoteBadAmount},
		{"limits.single_cny", cell("1e9"), normalize.Options{}, "", merchant.NoteBadAmount},
		{"limits.single_cny", number("1E3", ""), normalize.Options{}, "1000.00", none},
		{"limits.single_cny", number("1e999999999", ""), normalize.Options{}, "", merchant.NoteBadAmount},
		{"licence.registered_capital_cny", cell("100"), normalize.Options{Unit: wan}, "1000000.00", none},
		{"licence.registered_capital_cny", cell("100元"), normalize.Options{Unit: wan}, "", merchant.NoteUnitConflict},
		{"fees[0].rate_pct", cell("0.6"), normalize.Options{}, "0.60", none},
		{"fees[0].rate_pct", cell("0.6%"), normalize.Options{}, "0.60", merchant.NoteAmountForm},
		{"fees[0].rate_pct", cell("6‰"), normalize.Options{}, "0.60", merchant.NoteAmountForm},
		{"fees[0].rate_pct", cell("6"), normalize.Options{Unit: permille}, "0.60", none},
		{"fees[0].rate_pct", cell("0.6%"), normalize.Options{Unit: permille}, "", merchant.NoteUnitConflict},
		{"fees[0].rate_pct", number("0.0060000000000000001", "0.00%"), normalize.Options{}, "0.60", merchant.NoteAmountForm},
		{"fees[0].rate_pct", number("0.38", ""), normalize.Options{}, "0.38", none},
		{"fees[0].rate_pct", cell("0.38-0.6"), normalize.Options{}, "", merchant.NoteBadAmount},
		{"fees[0].cap_cny", cell("2000"), normalize.Options{Unit: fen}, "20.00", none},
		{"fees[0].cap_cny", cell("0"), normalize.Options{}, "0.00", none},
		{"licence.long_term", cell("是"), normalize.Options{}, "true", none},
		{"licence.long_term", cell("也许"), normalize.Options{}, "", merchant.NoteBadFlag},
		{"terminals[2].terminal_no", cell("30000001"), normalize.Options{}, "30000001", none},
		{"addresses.business.lng", cell("121.4435"), normalize.Options{}, "121.4435", none},
		{"stats.window_days", cell("90"), normalize.Options{}, "90", none},
		{"stats.window_days", cell("1.5"), normalize.Options{}, "", merchant.NoteBadAmount},
	} {
		r := &merchant.Record{}
		p, err := merchant.ParsePath(c.path)
		if err != nil {
			t.Fatal(err)
		}
		normalize.Set(r, p, c.cell, c.opt)
		got := merchant.NoteNone
		if len(r.Notes) > 0 {
			got = r.Notes[len(r.Notes)-1].Kind
		}
		if r.Text(p) != c.want || got != c.note {
			t.Errorf("%s = %q: %q with note %d, want %q with %d", c.path, c.cell.Text, r.Text(p), got, c.want, c.note)
		}
		if c.note == merchant.NoteLongTerm && !r.Licence.LongTerm {
			t.Errorf("%q did not set the flag", c.cell.Text)
		}
	}
}

func TestFinishResolvesDivisions(t *testing.T) {
	r := &merchant.Record{}
	for path, text := range map[string]string{"addresses.business.province_code": "上海市", "addresses.business.city_code": "上海市",
		"addresses.business.district_code": "徐汇区", "addresses.registered.detail": "江苏省南京市玄武区珠江路1号"} {
		p, _ := merchant.ParsePath(path)
		normalize.Set(r, p, cell(text), normalize.Options{})
	}
	normalize.Finish(r)
	if b := r.Addresses.Business; b.ProvinceCode != "310000" || b.DistrictCode != "310104" {
		t.Errorf("%+v", b)
	}
	if a := r.Addresses.Registered; a.DistrictCode != "320102" || a.Detail != "江苏省南京市玄武区珠江路1号" {
		t.Errorf("%+v", a)
	}
}

func TestFinishNamesOfMunicipalities(t *testing.T) {
	for _, tt := range []struct{ province, city, district, want string }{
		{"上海市", "上海市", "浦东新区", "310000 310100 310115"},
		{"上海", "上海", "浦东新区", "310000 310100 310115"},
		{"上海市", "市辖区", "浦东新区", "310000 310100 310115"},
		{"310000", "上海城区", "浦东", "310000 310100 310115"},
		{"北京市", "北京市", "朝阳区", "110000 110100 110105"},
		{"天津", "天津", "和平区", "120000 120100 120101"},
		{"重庆市", "县", "城口县", "500000 500200 500229"},
		{"重庆市", "重庆郊县", "城口县", "500000 500200 500229"},
		{"重庆市", "重庆市", "渝北区", "500000 500100 500112"}, // of the past
		{"北京市", "市辖区", "崇文区", "110000 110100 110103"},
		{"湖北省", "省直辖县级行政区划", "仙桃市", "420000 429000 429004"},
		{"浙江省", "市辖区", "西湖区", "330000 市辖区 330106"},
		{"上海市", "杭州市", "西湖区", "310000 杭州市 西湖区"},
		{"", "上海市", "浦东新区", " 310000 310115"},
		{"", "市辖区", "崇文区", " 市辖区 崇文区"},
	} {
		r := &merchant.Record{}
		b := &r.Addresses.Business
		b.ProvinceCode, b.CityCode, b.DistrictCode = tt.province, tt.city, tt.district
		normalize.Finish(r)
		if got := b.ProvinceCode + " " + b.CityCode + " " + b.DistrictCode; got != tt.want {
			t.Errorf("%s/%s/%s: %s, want %s", tt.province, tt.city, tt.district, got, tt.want)
		}
	}
}

// Normalising twice must change nothing more, whatever stands in the fields.
func FuzzRecord(f *testing.F) {
	f.Add("91310104ma1 000-0090", "示例(上海）商贸", "２０２４")
	f.Add("待补", "\u200b", "86 13912345678")
	f.Fuzz(func(t *testing.T, number, name, phone string) {
		r := &merchant.Record{}
		r.Licence.Number, r.Names.Legal, r.Contact.Mobile, r.MCC = number, name, phone, number
		r.Addresses.Business.Detail, r.Addresses.Business.DistrictCode = name, phone
		r.Settlement.Cycle = merchant.Cycle(name)
		normalize.Record(r)
		once := r.Merchant
		normalize.Record(r)
		for _, field := range merchant.Fields() {
			for _, p := range r.Paths(field) {
				if a, b := once.Text(p), r.Text(p); a != b {
					t.Fatalf("%s: %q became %q", p, a, b)
				}
			}
		}
	})
}

func FuzzSet(f *testing.F) {
	f.Add("2024年1月2日", "0.00%", byte(3))
	f.Add("￥5,000.00万元", "", byte(1))
	f.Fuzz(func(t *testing.T, text, format string, kind byte) {
		for _, field := range merchant.Fields() {
			if field.Kind() == merchant.KindList || field.Kind() == merchant.KindMap {
				continue
			}
			p := merchant.At(field)
			if field.List() != merchant.FieldNone {
				p = merchant.Item(field, 0)
			}
			r := &merchant.Record{}
			normalize.Set(r, p, merchant.Cell{Text: text, Format: format, Type: merchant.CellType(kind % 7)}, normalize.Options{})
			normalize.Finish(r)
		}
	})
}

// TestFormatUnit: the unit that a number format shows counts like one that is written.
func TestFormatUnit(t *testing.T) {
	heading := func(text string, money bool) normalize.Options {
		u, ok := normalize.ParseUnit(text, money)
		if !ok {
			t.Fatal(text)
		}
		return normalize.Options{Unit: u}
	}
	for _, tt := range []struct {
		path, value, format string
		opt                 normalize.Options
		want                string
		note                merchant.NoteKind
	}{
		{"fees[0].rate_pct", "0.0055", "0.00%", normalize.Options{}, "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "0.0055", `0.00%_);[Red]\(0.00%\)`, normalize.Options{}, "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "0.0055", `0.00%"左右"`, normalize.Options{}, "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "0.0055", "0.00%", heading("费率(%)", false), "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "0.0055", "0.00%", heading("费率（小数）", false), "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "0.0055", "0.00%", heading("费率（‰）", false), "", merchant.NoteUnitConflict},
		{"fees[0].rate_pct", "5.5", `0.0"‰"`, normalize.Options{}, "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "5.5", `0.0\‰`, heading("费率（‰）", false), "0.55", merchant.NoteAmountForm},
		{"fees[0].rate_pct", "5.5", `0.0"‰"`, heading("费率(%)", false), "", merchant.NoteUnitConflict},
		{"fees[0].rate_pct", "0.55", `0.00`, heading("费率/%", false), "0.55", merchant.NoteNone},
		{"limits.single_cny", "5", `0.00"万元"`, normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", "5", `G/通用格式"万元"`, normalize.Options{}, "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", "5", `General"万元"`, heading("单笔限额/万", true), "50000.00", merchant.NoteAmountForm},
		{"limits.single_cny", "50000", `0!.0,"万"`, normalize.Options{}, "50000.00", merchant.NoteNone},
		{"limits.single_cny", "50000", `0\.0,"万"`, normalize.Options{}, "50000.00", merchant.NoteNone},
		{"limits.single_cny", "50000", `#,##0.0,"千元"`, normalize.Options{}, "50000.00", merchant.NoteNone},
		{"limits.single_cny", "50000", `"¥"#,##0.00_ `, normalize.Options{}, "50000.00", merchant.NoteNone},
		{"limits.single_cny", "50000", `#,##0"元"`, normalize.Options{}, "50000.00", merchant.NoteNone},
		{"limits.single_cny", "50000", `#,##0"元"`, heading("单笔限额:万元", true), "", merchant.NoteUnitConflict},
		{"limits.single_cny", "5", "[h", normalize.Options{}, "5.00", merchant.NoteNone},
	} {
		p, err := merchant.ParsePath(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		r := &merchant.Record{}
		normalize.Set(r, p, number(tt.value, tt.format), tt.opt)
		noted := merchant.NoteNone
		for _, n := range r.Notes {
			if n.Kind != merchant.NoteShown {
				noted = n.Kind
			}
		}
		if r.Text(p) != tt.want || noted != tt.note {
			t.Errorf("%s under %q, %s: %q, note %d", tt.value, tt.opt.Unit.Text, tt.format, r.Text(p), noted)
		}
	}
	r := &merchant.Record{}
	normalize.Set(r, merchant.At(merchant.FieldLimitsSingleCNY), cell("5万"), heading("限额（万元）", true))
	if r.Limits.SingleCNY.String() != "50000.00" || r.Noted(merchant.NoteUnitConflict, merchant.At(merchant.FieldLimitsSingleCNY)) {
		t.Errorf("%s, %+v", r.Limits.SingleCNY, r.Notes)
	}
}

// FuzzDate: a day that was read is one that merchants can have, and reads the same in the form of the model.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024年1月2日", "20240102", "2024/1/2", "2024.1.2", "２０２４－０１－０２", "2024-01-02T00:00:00.000", "45292", "60", "-1", "2958466", "2958465.5", "长期", "2024-13-45",
		"2024-02-30", "19/5/20", "1/2/2024", "2024年1月", "0000-00-00", "99991231", "2024-1-2-3", "年月日", "2024-01-02 24:00", "1E5"} {
		for kind := range byte(7) {
			f.Add(s, kind, kind%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, text string, kind byte, date1904 bool) {
		d, form, ok := normalize.ReadDate(merchant.Cell{Text: text, Type: merchant.CellType(kind % 7)}, date1904)
		if !ok {
			return
		}
		if y := d.Year(); form == normalize.FormNone || y < 1900 || y > 2999 && d != merchant.Day(9999, 12, 31) {
			t.Fatalf("%q: %v, %v", text, d, form)
		}
		again, form, ok := normalize.ReadDate(merchant.Cell{Text: d.String(), Type: merchant.CellText}, date1904)
		if !ok || again != d || form != normalize.FormISO {
			t.Fatalf("%q: %v became %v", text, d, again)
		}
	})
}

// FuzzAmount: an amount that was read has the digits of the text, in their order, and reads the same when it is written.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"50000.00", "￥50,000.00元", "5万元", "１２．５", "0.38-0.6", "1,00", "1,000,00", ".5", "5.", "-0", "1e3", "6.0000000000000001E-3", "0.30000000000000004", "1E+400", "0.6%", "6‰", "60bp",
		"RMB5整", "费率0.6%", "00012", "1.2.3", "−5", "NaN", "0x10", "1_000", "Inf", "12345678901234567890"} {
		f.Add(s, "", true, false)
		f.Add(s, "0.00%", false, true)
	}
	f.Fuzz(func(t *testing.T, text, format string, money, number bool) {
		c := merchant.Cell{Text: text, Format: format, Type: merchant.CellText}
		if number {
			c.Type = merchant.CellNumber
		}
		d, _, err := normalize.ReadAmount(c, money)
		if err != nil {
			return
		}
		written := d.String()
		if len(written) > 400 {
			t.Fatalf("%q: %d digits", text, len(written))
		}
		if number {
			return
		}
		digits := func(s string) string {
			s = strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, normalize.FoldWidth(s))
			return strings.Trim(s, "0")
		}
		if digits(text) != digits(written) {
			t.Fatalf("%q became %s", text, written)
		}
		again, _, err := normalize.ReadAmount(merchant.Cell{Text: written, Type: merchant.CellText}, money)
		if err != nil || !again.Equal(d) {
			t.Fatalf("%q: %s became %s, %v", text, d, again, err)
		}
	})
}

func BenchmarkRecord(b *testing.B) {
	r := &merchant.Record{}
	r.Licence.Number, r.Names.Legal, r.Contact.Mobile, r.MCC = "91310104MA10000090", "上海示例商贸有限公司", "13912345678", "5411"
	b.ReportAllocs()
	for b.Loop() {
		normalize.Record(r)
	}
}
