// Package category judges the merchant category code (MCC): its form, whether UnionPay knows it, whether the trade may
// be served, and whether the permits and the fee classes that go with it are there.
//
// The table of codes is that of package merchant/mcc and ages, so a code outside it is a warning. Which trades are
// prohibited, restricted, entitled to a lower fee or in need of a permit are lists of the profile; those of the base
// profile are a starting point and no law.
package category

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// MCC006 MCC未填写: MCC missing.
var MCC006 = rules.Rule{
	ID: "MCC006", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "MCC未填写", EN: "MCC missing"},
	Message: rules.Text{ZH: "MCC未填写", EN: "the MCC is missing"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "MCC为空。报文第18域和商户号都要用到MCC。", EN: "The MCC is empty. Field 18 and the merchant number carry it."},
	Good:    "5411", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Check:  checkMCC006,
}

func checkMCC006(p *rules.Pass) {
	if p.Record.MCC == "" {
		p.Find(merchant.At(merchant.FieldMCC))
	}
}

// MCC001 MCC格式: MCC malformed.
var MCC001 = rules.Rule{
	ID: "MCC001", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "MCC格式", EN: "MCC malformed"},
	Message: rules.Text{ZH: "MCC“{value}”应为4位数字", EN: "MCC \"{value}\" must have 4 digits"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "MCC不是四位数字；补零后为已知代码的三位数字由IMP002报告。报文第18域和商户号都要用到MCC。", EN: "The MCC is not four digits; IMP002 reports three digits that lost a leading zero. Field 18 and the merchant number carry the code."},
	Good:    "5411", Bad: "541",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "ISO 18245, GB/T 20548"}, {Level: rules.Standard, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Uses:   []merchant.Field{merchant.FieldMCC},
	Check:  checkMCC001,
}

func checkMCC001(p *rules.Pass) {
	if p.MCC().Check(p.Record.MCC) == mcc.ErrFormat {
		p.Find(merchant.At(merchant.FieldMCC))
	}
}

// MCC007 MCC不在码表中: MCC not in the table.
var MCC007 = rules.Rule{
	ID: "MCC007", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "MCC不在码表中", EN: "MCC not in the table"},
	Message: rules.Text{ZH: "MCC {value} 不在码表中", EN: "MCC {value} is not in the table"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "MCC为四位数字，但不在码表中。仅差一位、且名称与经营范围或商户名称有相同词语的代码作为建议。银联、Visa、万事达和ISO的码表各不相同，也会变动。", EN: "The MCC has four digits and is not in the table. Proposed are codes one digit away whose name shares a word with the business scope or the registered name. The tables of UnionPay, Visa, Mastercard and ISO differ and change."},
	Good:    "5411", Bad: "5410",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "365 codes from six lists", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Uses:   []merchant.Field{merchant.FieldMCC},
	Check:  checkMCC007,
}

func checkMCC007(p *rules.Pass) {
	if p.MCC().Check(p.Record.MCC) == mcc.ErrComponent {
		p.FindFix(merchant.At(merchant.FieldMCC), similar(p))
	}
}

// similar proposes at most five codes that differ in one digit and fit the trade by their name.
func similar(p *rules.Pass) []rules.Fix {
	var fixes []rules.Fix
	text := p.Record.Licence.Scope + " " + p.Record.Names.Legal
	code := []byte(p.Record.MCC)
	for i, old := range code {
		for d := byte('0'); d <= '9' && len(fixes) < 5; d++ {
			code[i] = d
			if e, ok := p.MCC().Lookup(string(code)); ok && sharesWord(e.ZH, text) {
				fixes = append(fixes, p.Propose(merchant.At(merchant.FieldMCC), e.Code)...)
			}
		}
		code[i] = old
	}
	return fixes
}

// sharesWord reports whether two neighbouring characters of a trade's name stand in text, save those that stand in the
// name of every other trade.
func sharesWord(name, text string) bool {
	last := ""
	for i, r := range name {
		char := name[i : i+utf8.RuneLen(r)]
		switch word := last + char; word {
		case "商店", "服务", "其他", "以及", "销售", "用品", "公司", "零售", "批发", "经营", "有限", "产品", "管理":
		default:
			if last != "" && strings.Contains(text, word) {
				return true
			}
		}
		last = char
	}
	return false
}

// MCC008 MCC不在银联码表: MCC outside the UnionPay set.
var MCC008 = rules.Rule{
	ID: "MCC008", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "MCC不在银联码表", EN: "MCC outside the UnionPay set"},
	Message: rules.Text{ZH: "MCC {value}（{name}）不在银联商户类别码中", EN: "MCC {value} ({name}) is not in the UnionPay set"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "MCC在码表中，但不属于银联商户类别码（仅见于ISO、Visa等）。银联的代码与ISO 18245不同，只有ISO有的代码会被转接方拒绝。", EN: "The code is known and not in the set of UnionPay (it is one of ISO, Visa or an aggregator only). The UnionPay set differs from ISO 18245, and an ISO-only code is refused at the switch."},
	Good:    "5411", Bad: "0743",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "270 of 365 codes are in the UnionPay list read", Verified: true}, {Level: rules.Scheme, Cite: "the version of that list is unknown"}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Uses:   []merchant.Field{merchant.FieldMCC},
	Check:  checkMCC008,
}

func checkMCC008(p *rules.Pass) {
	if e, ok := p.MCC().Lookup(p.Record.MCC); ok && !e.UnionPay {
		p.Find(merchant.At(merchant.FieldMCC), rules.T("name", tradeName(p, e.Code)))
	}
}

func tradeName(p *rules.Pass, code string) rules.Text {
	e, ok := p.MCC().Lookup(code)
	switch {
	case !ok:
		return rules.Text{ZH: "未收录", EN: "not in the table"}
	case e.ZH == "":
		return rules.Text{ZH: e.EN, EN: e.EN}
	case e.EN == "":
		return rules.Text{ZH: e.ZH, EN: e.ZH}
	}
	return rules.Text{ZH: e.ZH, EN: e.EN}
}

// MCC002 禁止入网的行业: Prohibited trade.
var MCC002 = rules.Rule{
	ID: "MCC002", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "禁止入网的行业", EN: "Prohibited trade"},
	Message: rules.Text{ZH: "MCC {mcc}（{name}）属于禁止行业", EN: "MCC {mcc} ({name}) is a prohibited trade"},
	Remedy:  rules.Text{ZH: "停止收单；恢复须重新入网。", EN: "Stop acquiring; a return needs a new entry."},
	Doc:     rules.Text{ZH: "MCC在配置的禁止行业清单（mcc_prohibited）内，默认为7995、6051、9754、4829、7801、7802。法律禁止为违法行业提供服务，清单本身由机构自定。", EN: "The MCC is in the list of prohibited trades of the profile (mcc_prohibited; 7995, 6051, 9754, 4829, 7801 and 7802 by default). The law bars serving illegal trades; the list is policy."},
	Good:    "5411", Bad: "7995",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "非银行支付机构监督管理条例 第22条", Verified: true}, {Level: rules.PolicyLevel, Cite: "list of the profile"}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Uses:   []merchant.Field{merchant.FieldMCC},
	Check:  checkMCC002,
}

func checkMCC002(p *rules.Pass) {
	if slices.Contains(p.Params.MCCProhibited, p.Record.MCC) {
		findTrade(p)
	}
}

func findTrade(p *rules.Pass) {
	code := p.Record.MCC
	p.Find(merchant.At(merchant.FieldMCC), rules.P("mcc", code), rules.T("name", tradeName(p, code)))
}

// MCC009 高风险行业: Restricted trade.
var MCC009 = rules.Rule{
	ID: "MCC009", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "高风险行业", EN: "Restricted trade"},
	Message: rules.Text{ZH: "MCC {mcc}（{name}）属于受限行业，需审批", EN: "MCC {mcc} ({name}) is a restricted trade and needs approval"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "MCC在配置的受限行业清单（mcc_restricted）内，默认为5933、5944、5967、5993、6012、6211、6540、7273，且主体类型不是小微商户（小微由MCC010报告）。高风险行业须经审批。", EN: "The MCC is in the list of restricted trades of the profile (mcc_restricted; 5933, 5944, 5967, 5993, 6012, 6211, 6540 and 7273 by default) and the merchant is not a micro merchant, for which MCC010 speaks. High-risk trades need an approval."},
	Good:    "5411", Bad: "5944",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "list of the profile"}},
	Fields: []merchant.Field{merchant.FieldMCC, merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldMCC, merchant.FieldSubjectType},
	Check:  checkMCC009,
}

func checkMCC009(p *rules.Pass) {
	if p.Record.SubjectType != merchant.SubjectMicro && slices.Contains(p.Params.MCCRestricted, p.Record.MCC) {
		findTrade(p)
	}
}

// MCC010 小微商户不得经营受限行业: Restricted trade for a micro merchant.
var MCC010 = rules.Rule{
	ID: "MCC010", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "小微商户不得经营受限行业", EN: "Restricted trade for a micro merchant"},
	Message: rules.Text{ZH: "小微商户不能使用MCC {mcc}（{name}）", EN: "a micro merchant may not use MCC {mcc} ({name})"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "主体类型为小微商户，而MCC在配置的受限行业清单（mcc_restricted）内。没有执照的商户不可能持有所需的审批。", EN: "The merchant is a micro merchant and its MCC is in the list of restricted trades of the profile (mcc_restricted). A merchant without a licence cannot hold the approval."},
	Good:    "小微 + 5411", Bad: "小微 + 5944",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "list of the profile"}},
	Fields: []merchant.Field{merchant.FieldMCC, merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldMCC, merchant.FieldSubjectType},
	Check:  checkMCC010,
}

func checkMCC010(p *rules.Pass) {
	if p.Record.SubjectType == merchant.SubjectMicro && slices.Contains(p.Params.MCCRestricted, p.Record.MCC) {
		findTrade(p)
	}
}

// MCC004 缺少行业许可: Trade licence missing.
var MCC004 = rules.Rule{
	ID: "MCC004", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "缺少行业许可", EN: "Trade licence missing"},
	Message: rules.Text{ZH: "{mcc}行业需要“{doc}”，未提供", EN: "MCC {mcc} needs \"{doc}\", which is missing"},
	Remedy:  rules.Text{ZH: "请商户提供有效的行业许可。", EN: "Obtain a valid trade licence from the merchant."},
	Doc:     rules.Text{ZH: "配置（licence_map）为该MCC指定了许可证，而商户的行业许可中没有其中任何一种。默认：5811至5814食品经营许可证，5912药品经营许可证，5993烟草专卖零售许可证，5541、5542成品油零售经营批准证书，7011特种行业许可证，8062医疗机构执业许可证，8211、8220、8299办学许可证。各支付平台都要求提供。", EN: "The profile names permits for the MCC (licence_map), and the merchant has none of them among its qualifications. By default 5811 to 5814 need 食品经营许可证, 5912 药品经营许可证, 5993 烟草专卖零售许可证, 5541 and 5542 成品油零售经营批准证书, 7011 特种行业许可证, 8062 医疗机构执业许可证, and 8211, 8220 and 8299 办学许可证. Platforms ask for them."},
	Good:    "5812 + 食品经营许可证", Bad: "5812 无许可证",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay and Alipay qualifications", Verified: true}, {Level: rules.ProfileLevel, Cite: "map of the profile"}},
	Fields:  []merchant.Field{merchant.FieldQualifications, merchant.FieldQualificationsKind, merchant.FieldMCC},
	Applies: needsPermit,
	Check:   checkMCC004,
}

func checkMCC004(p *rules.Pass) {
	wanted := p.Params.LicenceMap[p.Record.MCC]
	for i := range p.Record.Quals {
		if oneOf(wanted, p.Record.Quals[i].Kind) {
			return
		}
	}
	p.Find(merchant.At(merchant.FieldQualifications), rules.P("mcc", p.Record.MCC),
		rules.T("doc", rules.Text{ZH: strings.Join(wanted, "或"), EN: strings.Join(wanted, " or ")}))
}

func needsPermit(p *rules.Pass) bool {
	return len(p.Params.LicenceMap[p.Record.MCC]) > 0 && !p.Blocked(merchant.At(merchant.FieldMCC))
}

// oneOf reports whether a kind of permit is one of those wanted; 食品经营许可证（副本） is a 食品经营许可证.
func oneOf(wanted []string, kind string) bool {
	for _, w := range wanted {
		if kind != "" && strings.Contains(normalize.Key(kind), normalize.Key(w)) {
			return true
		}
	}
	return false
}

// MCC011 行业许可已过期: Trade licence expired.
var MCC011 = rules.Rule{
	ID: "MCC011", Severity: rules.Warning, Kind: rules.Expired, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "行业许可已过期", EN: "Trade licence expired"},
	Message: rules.Text{ZH: "“{doc}”已于{to}过期{days}天", EN: "\"{doc}\" expired on {to}, {days} day(s) ago"},
	Remedy:  rules.Text{ZH: "请商户提供有效的行业许可。", EN: "Obtain a valid trade licence from the merchant."},
	Doc:     rules.Text{ZH: "该MCC所需的许可证已提供，不是长期有效，且有效期止早于检查日期。同种许可证有多张时，以有效期最晚的为准。经营许可同样会过期。", EN: "A permit that the MCC needs is there, is not valid for ever, and ended before the day of the check. Of several such permits the one that ends last counts. Permits expire as licences do."},
	Good:    "食品经营许可证 至2028", Bad: "食品经营许可证 至2025",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay and Alipay qualifications", Verified: true}},
	Fields: []merchant.Field{merchant.FieldQualificationsValidTo, merchant.FieldQualificationsKind, merchant.FieldQualificationsLongTerm,
		merchant.FieldMCC},
	Uses:  []merchant.Field{merchant.FieldMCC},
	Check: checkMCC011,
}

func checkMCC011(p *rules.Pass) {
	i := lastPermit(p)
	if i < 0 {
		return
	}
	if q := &p.Record.Quals[i]; q.ValidTo.Before(p.AsOf) {
		p.Find(merchant.Item(merchant.FieldQualificationsValidTo, i), rules.P("doc", q.Kind), rules.P("to", q.ValidTo.String()),
			rules.P("days", strconv.Itoa(p.AsOf.DaysSince(q.ValidTo))))
	}
}

// lastPermit returns the index of the needed permit that ends last, -1 when there is none with an end.
func lastPermit(p *rules.Pass) int {
	last := -1
	for i := range p.Record.Quals {
		q := &p.Record.Quals[i]
		if !oneOf(p.Params.LicenceMap[p.Record.MCC], q.Kind) || p.Blocked(merchant.Item(merchant.FieldQualificationsKind, i)) {
			continue
		}
		if q.LongTerm || p.Blocked(merchant.Item(merchant.FieldQualificationsValidTo, i)) {
			return -1
		}
		if !q.ValidTo.IsZero() && (last < 0 || q.ValidTo.After(p.Record.Quals[last].ValidTo)) {
			last = i
		}
	}
	return last
}

// MCC012 行业许可即将到期: Trade licence expires soon.
var MCC012 = rules.Rule{
	ID: "MCC012", Severity: rules.Warning, Kind: rules.Expiring, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "行业许可即将到期", EN: "Trade licence expires soon"},
	Message: rules.Text{ZH: "“{doc}”将于{to}到期（还有{days}天）", EN: "\"{doc}\" expires on {to} (in {days} days)"},
	Remedy:  rules.Text{ZH: "在到期前联系商户更新。", EN: "Have the merchant renew before it falls due."},
	Doc:     rules.Text{ZH: "该MCC所需的许可证已提供，不是长期有效，有效期止在检查日期当日或之后，且相距不超过expiry_warn_days（默认60天）。同种许可证有多张时，以有效期最晚的为准。应及时换证。", EN: "A permit that the MCC needs is there, is not valid for ever, and ends on the day of the check or at most expiry_warn_days (60) later. Of several such permits the one that ends last counts. It should be renewed in time."},
	Good:    "90天后", Bad: "20天后",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay and Alipay qualifications", Verified: true}},
	Fields: []merchant.Field{merchant.FieldQualificationsValidTo, merchant.FieldQualificationsKind, merchant.FieldQualificationsLongTerm,
		merchant.FieldMCC},
	Uses:  []merchant.Field{merchant.FieldMCC},
	Check: checkMCC012,
}

func checkMCC012(p *rules.Pass) {
	i := lastPermit(p)
	if i < 0 {
		return
	}
	q := &p.Record.Quals[i]
	if days := q.ValidTo.DaysSince(p.AsOf); days >= 0 && days <= p.Params.ExpiryWarnDays {
		p.Find(merchant.Item(merchant.FieldQualificationsValidTo, i), rules.P("doc", q.Kind), rules.P("to", q.ValidTo.String()),
			rules.P("days", strconv.Itoa(days)))
	}
}

// MCC005 不符合优惠或减免费率条件: Fee class not available.
var MCC005 = rules.Rule{
	ID: "MCC005", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "不符合优惠或减免费率条件", EN: "Fee class not available"},
	Message: rules.Text{ZH: "MCC {mcc}、{subject}不符合{class}类费率条件", EN: "MCC {mcc} with subject type {subject} does not qualify for fee class {class}"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "费率类别为“减免”，而MCC不在配置的减免清单（mcc_waiver）内，或主体类型不是事业单位、社会组织、政府机关；或者费率类别为“优惠”，而MCC不在配置的优惠清单（mcc_discount）内。清单为空表示未声明，不据此判断。建议改为“标准”。减免只给非营利性的医疗、教育、福利机构。", EN: "The fee class is waiver and the MCC is not in mcc_waiver of the profile or the merchant is neither a public institution nor a social organisation nor a government body; or the class is discount and the MCC is not in mcc_discount. An empty list is not declared and not judged by. Proposed is the standard class. The waiver is for non-profit medical, education and welfare bodies."},
	Good:    "公立医院 8062 减免", Bad: "超市公司 5411 减免",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "发改价格〔2016〕557号: 非营利性医疗、教育等减免", Verified: true}, {Level: rules.Law, Cite: "lists of the profile"}},
	Fields: []merchant.Field{merchant.FieldFeesClass, merchant.FieldMCC, merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldMCC, merchant.FieldSubjectType},
	Check:  checkMCC005,
}

func checkMCC005(p *rules.Pass) {
	for i := range p.Record.Fees {
		class := p.Record.Fees[i].Class
		path := merchant.Item(merchant.FieldFeesClass, i)
		if p.Blocked(path) || entitled(p, class) {
			continue
		}
		subject := p.Record.SubjectType
		p.FindFix(path, p.Propose(path, string(merchant.FeeClassStandard)), rules.P("mcc", p.Record.MCC),
			rules.T("subject", rules.Text{ZH: subject.Label("zh"), EN: subject.Label("en")}),
			rules.T("class", rules.Text{ZH: class.Label("zh"), EN: class.Label("en")}))
	}
}

// MCC003 行业与经营范围不符: MCC does not fit the business scope.
var MCC003 = rules.Rule{
	ID: "MCC003", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "行业与经营范围不符", EN: "MCC does not fit the business scope"},
	Message: rules.Text{ZH: "MCC {mcc}（{a}）与经营范围不符，范围更像{b}", EN: "MCC {mcc} ({a}) does not fit the business scope, which looks like {b}"},
	Remedy:  rules.Text{ZH: "按实际经营重新选择 MCC。", EN: "Choose the MCC by the actual trade."},
	Doc:     rules.Text{ZH: "经营范围和商户名称中没有该MCC所属行业的任何关键词，而恰有另一个行业的关键词；行业及其关键词由 profile 的 mcc_groups 给出，不属于任何行业的MCC不检查。建议改为那个行业的第一个MCC。MCC错误即套码，平台会拒绝类目以外的商品。", EN: "No keyword of the trade of the MCC stands in business scope or registered name, and keywords of exactly one other trade do. Trades and keywords come from mcc_groups of the profile; codes of no trade are not looked at. Proposed is the first code of that trade. A wrong MCC is 套码, and platforms reject goods outside the chosen category."},
	Good:    "5812 + 餐饮服务", Bad: "5411 + 餐饮服务",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: 售卖商品要与选择的类目一致", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields:  []merchant.Field{merchant.FieldMCC, merchant.FieldLicenceScope, merchant.FieldNamesLegal},
	Uses:    []merchant.Field{merchant.FieldMCC},
	Needs:   rules.NeedMCCKeywords,
	Applies: hasTrade,
	Check:   checkMCC003,
}

func hasTrade(p *rules.Pass) bool { return trade(p) != nil }

// trade returns the group that the MCC is of, nil when it is of none.
func trade(p *rules.Pass) *rules.MCCGroup {
	for i := range p.Params.MCCGroups {
		if g := &p.Params.MCCGroups[i]; slices.Contains(g.MCC, p.Record.MCC) {
			return g
		}
	}
	return nil
}

func checkMCC003(p *rules.Pass) {
	own := trade(p)
	if spoken(p, own) {
		return
	}
	var other *rules.MCCGroup
	for i := range p.Params.MCCGroups {
		g := &p.Params.MCCGroups[i]
		if g == own || !spoken(p, g) {
			continue
		}
		if other != nil {
			return
		}
		other = g
	}
	if other == nil || len(other.MCC) == 0 {
		return
	}
	path := merchant.At(merchant.FieldMCC)
	p.FindFix(path, p.Propose(path, other.MCC[0]), rules.P("mcc", p.Record.MCC),
		rules.T("a", rules.Text{ZH: own.ZH, EN: own.EN}), rules.T("b", rules.Text{ZH: other.ZH, EN: other.EN}))
}

// spoken reports whether a keyword of the group stands in the business scope or the registered name.
func spoken(p *rules.Pass, g *rules.MCCGroup) bool {
	return slices.ContainsFunc(g.Keywords, func(word string) bool {
		return word != "" && (strings.Contains(p.Record.Licence.Scope, word) || strings.Contains(p.Record.Names.Legal, word))
	})
}

func entitled(p *rules.Pass, class merchant.FeeClass) bool {
	var list []string
	switch class {
	case merchant.FeeClassWaiver:
		switch p.Record.SubjectType {
		case merchant.SubjectInstitution, merchant.SubjectSocialOrg, merchant.SubjectGovernment:
			list = p.Params.MCCWaiver
		default:
			return false
		}
	case merchant.FeeClassDiscount:
		list = p.Params.MCCDiscount
	}
	return len(list) == 0 || slices.Contains(list, p.Record.MCC)
}
