// Package number judges the merchant number (商户号), field 42 of ISO 8583, and what by custom is written into it: 3
// characters of the institution, 4 of the area, 4 of the merchant category and 4 of sequence.
//
// Only the 15 letters and digits are a rule of the standard, and only they raise an error. The structure is custom:
// numbers given before a category changed keep the old one, and large merchants may have none. The area follows one of
// two schemes that share 47 codes of different meaning, so nothing is said about it unless the profile declares which.
package number

import (
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/rules"
)

// MID006 已开通但没有商户号: Active without a merchant number.
var MID006 = rules.Rule{
	ID: "MID006", Star: 12, Severity: rules.Error, Kind: rules.Missing, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "已开通但没有商户号", EN: "Active without a merchant number"},
	Message: rules.Text{ZH: "商户已开通但没有商户号", EN: "the merchant is active but has no merchant number"},
	Remedy:  rules.Text{ZH: "完成审核、签约和开通。", EN: "Finish audit, agreement and opening."},
	Doc:     rules.Text{ZH: "商户状态为“正常”（已开通）而商户号为空。终端在第42域没有可以发送的商户号。", EN: "The merchant status is active and the merchant number is empty. The terminal has nothing to send in field 42."},
	Good:    "898210154110002", Bad: "（空）+ active",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 42"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldStatusState},
	Check:  checkMID006,
}

func checkMID006(p *rules.Pass) {
	if p.Record.Status.State == merchant.StateActive && p.Record.MerchantNo == "" {
		p.Find(merchant.At(merchant.FieldMerchantNo))
	}
}

// MID001 商户号格式: Merchant number malformed.
var MID001 = rules.Rule{
	ID: "MID001", Star: 13, Severity: rules.Error, Kind: rules.Format, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号格式", EN: "Merchant number malformed"},
	Message: rules.Text{ZH: "商户号“{value}”应为{form}", EN: "merchant number \"{value}\" must have {form}"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号不是恰好15位的数字或字母（0-9、A-Z、a-z）；内部编号可由配置 merchant_no_pattern 另定格式。补零后恰为15位的14位数字由IMP002报告，微信或支付宝的商户号由IMP018报告。第42域固定15位，其他写法转接方都不认识。", EN: "The merchant number is not exactly 15 letters and digits; a profile may set another form for internal numbers (merchant_no_pattern). IMP002 reports 14 digits that lost a leading zero and IMP018 a number of WeChat Pay or Alipay. Field 42 holds 15 characters; anything else is unknown at the switch."},
	Good:    "898210154110002", Bad: "1025810 83986056",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 42 ANS 15"}, {Level: rules.Scheme, Cite: "trade descriptions of UnionPay numbering agree", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Uses:   []merchant.Field{merchant.FieldMerchantNo},
	Check:  checkMID001,
}

// MerchantNoForm is the parameter form of MID001 where no profile sets another.
var MerchantNoForm = rules.Text{ZH: "15位数字或字母", EN: "15 letters or digits"}

func checkMID001(p *rules.Pass) {
	if p.Params.MerchantNo(p.Record.MerchantNo) {
		return
	}
	form := MerchantNoForm
	if s := p.Params.MerchantNoPattern; s != "" {
		form = rules.Text{ZH: "配置规定的格式 " + s, EN: "the form that the profile sets, " + s}
	}
	p.Find(merchant.At(merchant.FieldMerchantNo), rules.T("form", form))
}

// MID005 商户号结构含字母: Letters in the structured part.
var MID005 = rules.Rule{
	ID: "MID005", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号结构含字母", EN: "Letters in the structured part"},
	Message: rules.Text{ZH: "商户号“{value}”第{position}位是字母，请核对", EN: "merchant number \"{value}\" has a letter at position {position}; please check"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号为15位，而第1至11位（机构、地区、MCC）不全是数字；第12至15位有字母属正常。多半是把0写成O、把1写成I，或者用了内部编号。", EN: "The number has 15 characters, and characters 1 to 11 (institution, area, MCC) are not all digits. Letters in characters 12 to 15 are normal. Usually an O stands for 0 or an I for 1, or the number is an internal one."},
	Good:    "82229005812A001", Bad: "1O2581083986056",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "letters in the sequence part occur", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Uses:   []merchant.Field{merchant.FieldMerchantNo},
	Check:  checkMID005,
}

func checkMID005(p *rules.Pass) {
	if pos, ok := mid.Structured(p.Record.MerchantNo); !ok && pos > 0 {
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("position", strconv.Itoa(pos)))
	}
}

// MID002 商户号内嵌机构不符: Institution inside the merchant number.
var MID002 = rules.Rule{
	ID: "MID002", Star: 30, Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号内嵌机构不符", EN: "Institution inside the merchant number"},
	Message: rules.Text{ZH: "商户号中的机构{org}不属于本机构", EN: "institution {org} in the merchant number is not ours"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号第1至3位不在配置的本机构代码（acquirer_codes3）之内；未配置时不检查。多半是终端装了别的机构的商户号。", EN: "Characters 1 to 3 are not among the institution codes of the profile (acquirer_codes3); without such codes the rule is skipped. Usually the terminal was set up with the number of another institution."},
	Good:    "898… 对 898", Bad: "102…（非本机构）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "3 + 4 + 4 + 4 structure", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Uses:   []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedAcquirerCodes,
	Check:  checkMID002,
}

func checkMID002(p *rules.Pass) {
	if org := mid.Acquirer(p.Record.MerchantNo); !slices.Contains(p.Params.AcquirerCodes, org) {
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("org", org))
	}
}

// MID007 商户号内嵌地区未收录: Area inside the merchant number unknown.
var MID007 = rules.Rule{
	ID: "MID007", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号内嵌地区未收录", EN: "Area inside the merchant number unknown"},
	Message: rules.Text{ZH: "商户号中的地区{area}不在{scheme}地区码表中", EN: "area {area} in the merchant number is not in the {scheme} table"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号第4至7位是数字，但不是配置所声明的地区码方案（area_scheme）中的地区：unionpay为银联地区码，即联行号的地区码；gb2260为国标行政区划代码的前四位，含已撤销的区划。未声明方案时不检查，含字母由MID005报告。多半是商户号录错，或者用的是另一种方案。", EN: "Characters 4 to 7 are digits and no area of the scheme that the profile declares (area_scheme): unionpay is the area code of UnionPay and of CNAPS, gb2260 the first four digits of a division code of GB/T 2260, abolished ones included. Without a declared scheme the rule is skipped; letters are for MID005. The number was mistyped or follows the other scheme."},
	Good:    "102 5810 …", Bad: "831332758122438（3327）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "UnionPay and CNAPS area codes; GB/T 2260", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Uses:   []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedAreaScheme,
	Check:  checkMID007,
}

func checkMID007(p *rules.Pass) {
	area := mid.Area(p.Record.MerchantNo)
	if !digits(area) {
		return
	}
	known, name := false, rules.Text{}
	scheme, _ := mid.ParseScheme(p.Params.AreaScheme)
	code := scheme.AreaCode(p.Record.MerchantNo)
	switch scheme {
	case mid.SchemeUnionPay:
		_, _, known = cnaps.AreaName(code)
		name = rules.Text{ZH: "银联", EN: "UnionPay"}
	case mid.SchemeGB2260:
		known = division.Known(code) || filler(code)
		name = rules.Text{ZH: "国标", EN: "GB/T 2260"}
	}
	if !known {
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("area", area), rules.T("scheme", name))
	}
}

// filler reports the codes that stand for the city in municipalities, such as 310100, and for the counties directly
// under a province, such as 429000. The standard has none of them in force, merchant numbers do.
func filler(code string) bool {
	_, kind, ok := division.Pseudo(code)
	return ok && kind == "placeholder"
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}

// MID004 商户号内嵌地区不符: Area inside the merchant number.
var MID004 = rules.Rule{
	ID: "MID004", Star: 31, Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号内嵌地区不符", EN: "Area inside the merchant number"},
	Message: rules.Text{ZH: "商户号中的地区{area}（{a}）与经营地{b}不符", EN: "area {area} ({a}) in the merchant number does not fit the business place {b}"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号第4至7位在配置声明的地区码方案（area_scheme）中有对应地区，而与经营地不在同一城市；直辖市视为一个城市，已撤销的地区按其现属城市比较。未声明方案时不检查。两种方案并存，共有47个相同的代码而含义全不相同（1100在一种中是天津，在另一种中是北京）。", EN: "Characters 4 to 7 are a known area of the scheme that the profile declares (area_scheme) and name another city than the business address. A municipality counts as one city, and an abolished area as the one it became. Without a declared scheme the rule is skipped: two schemes are in use and share 47 codes, none with the same meaning (1100 is 天津 in one and 北京 in the other)."},
	Good:    "898 2101 … 沈阳 (gb2260)", Bad: "898 2101 … 广州 (gb2260)",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "376 GB/T 2260 prefixes against 2,170 area codes: 47 shared, 0 with the same meaning", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldAddressesBusinessDistrictCode},
	Uses:   []merchant.Field{merchant.FieldMerchantNo, merchant.FieldAddressesBusinessDistrictCode},
	Needs:  rules.NeedAreaScheme,
	Check:  checkMID004,
}

func checkMID004(p *rules.Pass) {
	area := mid.Area(p.Record.MerchantNo)
	city := division.City(p.Record.Addresses.Business.DistrictCode)
	if city == "" || !digits(area) {
		return
	}
	name, away := "", false
	switch scheme, _ := mid.ParseScheme(p.Params.AreaScheme); scheme {
	case mid.SchemeUnionPay:
		name, _, _ = cnaps.AreaName(area)
		away = outside(area, city)
	case mid.SchemeGB2260:
		name, away = prefixOutside(area, city)
	}
	if away {
		at, _ := division.Lookup(city)
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("area", area), rules.P("a", name), rules.P("b", at.Name))
	}
}

// outside reports whether an area code of CNAPS and UnionPay certainly lies outside a city.
func outside(area, city string) bool {
	name, province, ok := cnaps.AreaName(area)
	return ok && division.Outside(name, province, city)
}

// prefixOutside reports the same of the first four digits of a division code, with the name of the division.
func prefixOutside(area, city string) (name string, away bool) {
	if area == city[:4] || area[:2] == city[:2] && (area[2:] == "00" || city[2:] == "0000") {
		return "", false
	}
	code := area + "00"
	if d, ok := division.Lookup(code); ok {
		name = d.Name
	} else if name, _, ok = division.Pseudo(code); !ok {
		return "", false // MID007
	}
	for _, s := range division.Successors(code) {
		if division.City(s) == city {
			return "", false
		}
	}
	return name, true
}

// MID003 商户号内嵌MCC不一致: MCC inside the merchant number.
var MID003 = rules.Rule{
	ID: "MID003", Star: 32, Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号内嵌MCC不一致", EN: "MCC inside the merchant number"},
	Message: rules.Text{ZH: "商户号内MCC为{a}，资料MCC为{b}", EN: "the merchant number carries MCC {a}, the record says {b}"},
	Remedy:  rules.Text{ZH: "与银行核对商户号，不要自行改号。", EN: "Check the merchant number with the bank; never edit it alone."},
	Doc:     rules.Text{ZH: "商户号第8至11位为四位数字，与资料的MCC不同，且配置保留此项检查（mid_mcc_check，默认保留）。编号之后改过MCC，或者属于套码；早期商户号保留编号时的MCC。", EN: "Characters 8 to 11 are four digits and differ from the MCC of the record, and the profile keeps this check (mid_mcc_check, on by default). The MCC was changed after the number was given, or a cheaper one is used; old numbers keep the old MCC."},
	Good:    "…5411… + 5411", Bad: "…5411… + 5812",
	Basis:   []rules.Basis{{Level: rules.Scheme, Cite: "3 + 4 + 4 + 4 structure", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldMerchantNo, merchant.FieldMCC},
	Uses:    []merchant.Field{merchant.FieldMerchantNo, merchant.FieldMCC},
	Applies: wantsMIDMCC,
	Check:   checkMID003,
}

func checkMID003(p *rules.Pass) {
	inside := mid.MCC(p.Record.MerchantNo)
	if digits(inside) && inside != p.Record.MCC {
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("a", inside), rules.P("b", p.Record.MCC))
	}
}

func wantsMIDMCC(p *rules.Pass) bool { return p.Params.MIDMCCCheck }
