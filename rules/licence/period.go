package licence

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// LIC010 长期有效写法统一: Long-term word recognised.
var LIC010 = rules.Rule{
	ID: "LIC010", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "长期有效写法统一", EN: "Long-term word recognised"},
	Message: rules.Text{ZH: "{field}“{value}”已识别为长期有效", EN: "{field} \"{value}\" was read as long-term"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "任一有效期止填的是 长期有效、永久、永久有效、无固定期限、无期限、不约定期限、forever、permanent、long term、2099-12-30、2099-12-31、2999-12-31、9999-12-31、00000000 或同日的 yyyyMMdd：按长期有效读取，截止日留空。统一的写法“长期”不再提示。原因：各收单机构用各自的代替写法，混用会造成虚假的到期差异。", EN: "An end of validity is one of 长期有效 永久 永久有效 无固定期限 无期限 不约定期限 forever permanent, long term, 2099-12-30 2099-12-31 2999-12-31 9999-12-31 00000000 or the same day as yyyyMMdd: read as valid for ever, with an empty end. 长期 is the unified form and is not reported. Reason: each acquirer has its own sentinel, and mixing them makes false expiry differences."},
	Good:    "长期=true", Bad: "2099-12-30",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay 长期", Verified: true}, {Level: rules.ProfileLevel, Cite: "乐刷 2099-12-30", Verified: true}, {Level: rules.ProfileLevel, Cite: "Huifu type=1 + empty, beneficial owner 29991231", Verified: true}, {Level: rules.ProfileLevel, Cite: "UMF 永久", Verified: true}, {Level: rules.ProfileLevel, Cite: "通联 9999-12-31", Verified: true}, {Level: rules.ProfileLevel, Cite: "00000000"}},
	Check: checkLIC010,
}

func checkLIC010(p *rules.Pass) {
	for i := range p.Record.Notes {
		n := &p.Record.Notes[i]
		if n.Kind != merchant.NoteLongTerm || n.Old == n.New {
			continue
		}
		edits := []rules.Edit{{Path: n.Path, Old: n.Old, New: n.New}}
		if p.Record.Cells == nil { // a date of the model holds no words: the flag beside it says so
			edits[0].New = ""
			edits = append(edits, rules.Edit{Path: flagBeside(n.Path), New: "true"})
		}
		fix := rules.Fix{Message: rules.Text{ZH: "写成“" + n.New + "”", EN: "write " + n.New}, Safe: true, Edits: edits}
		p.FindFix(n.Path, []rules.Fix{fix}, rules.V("value", n.Path.Field, n.Old))
	}
}

// flagBeside returns the path of the long-term flag that belongs to an end of validity.
func flagBeside(to merchant.Path) merchant.Path {
	f, _ := merchant.FieldByPath(strings.Replace(to.Field.Path(), "valid_to", "long_term", 1))
	return merchant.Path{Field: f, Index: to.Index}
}

// LIC009 证照有效期未填写: Licence validity missing.
var LIC009 = rules.Rule{
	ID: "LIC009", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证照有效期未填写", EN: "Licence validity missing"},
	Message: rules.Text{ZH: "证照有效期不完整：{from} 至 {to}", EN: "licence validity is incomplete: {from} to {to}"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "配置要求填写证照有效期的主体，其有效期起为空，或有效期止为空且未标明长期。原因：无法判断是否有效。", EN: "The profile asks the subject type for the validity of the licence, and valid_from is empty, or valid_to is empty while long_term is not true. Reason: validity cannot be judged."},
	Good:    "2020-01-01 至 长期", Bad: "（空） 至 2030-01-01",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu license_validity_type/begin/end", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceValidFrom, merchant.FieldLicenceValidTo, merchant.FieldLicenceLongTerm},
	Reports: []merchant.Field{merchant.FieldLicenceValidFrom, merchant.FieldLicenceValidTo},
	Applies: needsPeriod,
	Check:   checkLIC009,
}

func checkLIC009(p *rules.Pass) {
	l := &p.Record.Licence
	start, end := merchant.At(merchant.FieldLicenceValidFrom), merchant.At(merchant.FieldLicenceValidTo)
	switch {
	case l.ValidFrom.IsZero() && p.Mapped(start.Field) && !p.Blocked(start):
		p.Find(start, from(l.Period()), to(l.Period()))
	case l.ValidTo.IsZero() && !l.LongTerm && p.Mapped(end.Field) && !p.Blocked(end):
		p.Find(end, from(l.Period()), to(l.Period()))
	}
}

func needsPeriod(p *rules.Pass) bool {
	return p.Params.Need(merchant.FieldLicenceValidFrom, p.Record.SubjectType) == 'R'
}

func from(v merchant.Period) rules.Param { return shown("from", v.From) }

func to(v merchant.Period) rules.Param {
	if v.LongTerm && v.To.IsZero() {
		return rules.T("to", rules.Text{ZH: "长期", EN: "for ever"})
	}
	return shown("to", v.To)
}

func shown(name string, d merchant.Date) rules.Param {
	if d.IsZero() {
		return rules.T(name, rules.Text{ZH: "（空）", EN: "(empty)"})
	}
	return rules.P(name, d.String())
}

// LIC024 证照有效期颠倒: Licence validity reversed or impossible.
var LIC024 = rules.Rule{
	ID: "LIC024", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证照有效期颠倒", EN: "Licence validity reversed or impossible"},
	Message: rules.Text{ZH: "证照有效期不成立：{from} 至 {to}", EN: "licence validity is impossible: {from} to {to}"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "有效期止不晚于有效期起；或有效期起晚于判断日；或有效期起早于1949-10-01；或标明长期而有效期止仍是普通日期。原因：无法判断是否有效。", EN: "valid_to is not after valid_from; or valid_from lies after the day of the run or before 1949-10-01; or long_term is true while valid_to holds an ordinary date. Reason: validity cannot be judged."},
	Good:    "2020-01-01 至 2030-01-01", Bad: "2030-01-01 至 2020-01-01",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "plausibility"}},
	Fields:  []merchant.Field{merchant.FieldLicenceValidFrom, merchant.FieldLicenceValidTo, merchant.FieldLicenceLongTerm},
	Applies: hasPeriod,
	Check:   checkLIC024,
}

func checkLIC024(p *rules.Pass) {
	start, end := merchant.At(merchant.FieldLicenceValidFrom), merchant.At(merchant.FieldLicenceValidTo)
	v, path := p.Record.Licence.Period(), start
	if v.From.IsZero() {
		path = end
	}
	if periodHolds(p) || p.Blocked(path) || p.Blocked(end) {
		return
	}
	p.Find(path, from(v), to(v))
}

func hasPeriod(p *rules.Pass) bool {
	l := &p.Record.Licence
	return !l.ValidFrom.IsZero() || !l.ValidTo.IsZero()
}

// firstDay is the founding of the People's Republic; no licence in force is older.
var firstDay = merchant.Day(1949, 10, 1)

// periodHolds reports a validity that can be judged: LIC024 speaks of the others, and nobody asks whether those expired.
func periodHolds(p *rules.Pass) bool {
	v := p.Record.Licence.Period()
	if v.LongTerm && !v.To.IsZero() {
		return false
	}
	return v.From.IsZero() || !v.From.After(p.AsOf) && !v.From.Before(firstDay) &&
		(v.To.IsZero() || v.From.Before(v.To))
}

// LIC011 证照已过期: Licence expired.
var LIC011 = rules.Rule{
	ID: "LIC011", Star: 37, Severity: rules.Error, Kind: rules.Expired, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证照已过期", EN: "Licence expired"},
	Message: rules.Text{ZH: "证照已于{to}过期{days}天，请更换新证", EN: "the licence expired on {to}, {days} day(s) ago; a renewed one is needed"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "未标明长期，且有效期止早于判断日。原因：证照过期是有据可查的无效商户原因；合理期限内未更新应暂停服务。", EN: "long_term is false and valid_to lies before the day of the run. Reason: expired papers are a documented cause of invalid merchants; service is to be suspended when they are not renewed in reasonable time."},
	Good:    "2030-06-06", Bad: "2026-06-06",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "客户尽职调查办法 令〔2025〕第11号"}, {Level: rules.Law, Cite: "令〔2007〕第2号 第19条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceValidTo, merchant.FieldLicenceLongTerm},
	Uses:    []merchant.Field{merchant.FieldLicenceValidTo},
	Applies: periodHolds,
	Check:   checkLIC011,
}

func checkLIC011(p *rules.Pass) {
	l := &p.Record.Licence
	if l.Period().ExpiredOn(p.AsOf) {
		p.Find(merchant.At(merchant.FieldLicenceValidTo), rules.P("to", l.ValidTo.String()), rules.P("days", strconv.Itoa(p.AsOf.DaysSince(l.ValidTo))))
	}
}

// LIC012 证照即将到期: Licence expires soon.
var LIC012 = rules.Rule{
	ID: "LIC012", Severity: rules.Warning, Kind: rules.Expiring, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证照即将到期", EN: "Licence expires soon"},
	Message: rules.Text{ZH: "证照将于{to}到期（还有{days}天），请提前更新", EN: "the licence expires on {to} (in {days} days); renew it in time"},
	Remedy:  rules.Text{ZH: "在到期前联系商户更新。", EN: "Have the merchant renew before it falls due."},
	Doc:     rules.Text{ZH: "未标明长期，且有效期止距判断日0至 expiry_warn_days（默认60）天。原因：应提前60天通知更新。", EN: "long_term is false and valid_to lies 0 to expiry_warn_days (60) days after the day of the run. Reason: notice is due 60 days ahead."},
	Good:    "61天后到期", Bad: "30天后到期",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "支付机构反洗钱和反恐怖融资管理办法: 失效前60天通知"}},
	Fields:  []merchant.Field{merchant.FieldLicenceValidTo, merchant.FieldLicenceLongTerm},
	Uses:    []merchant.Field{merchant.FieldLicenceValidTo},
	Applies: periodHolds,
	Check:   checkLIC012,
}

func checkLIC012(p *rules.Pass) {
	l := &p.Record.Licence
	if days := l.ValidTo.DaysSince(p.AsOf); !l.LongTerm && days >= 0 && days <= p.Params.ExpiryWarnDays {
		p.Find(merchant.At(merchant.FieldLicenceValidTo), rules.P("to", l.ValidTo.String()), rules.P("days", strconv.Itoa(days)))
	}
}
