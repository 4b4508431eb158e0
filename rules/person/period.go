package person

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/rules"
)

// REP021 证件有效期未填写: ID validity missing.
var REP021 = rules.Rule{
	ID: "REP021", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件有效期未填写", EN: "ID validity missing"},
	Message: rules.Text{ZH: "{who}证件有效期不完整：{from} 至 {to}", EN: "the ID validity of {who} is incomplete: {from} to {to}"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "配置要求填写的主体，其法定代表人证件有效期起为空，或有效期止为空且未标明长期。联系人、账户持有人和受益所有人另有规则。原因：无法判断是否过期；2025年4月起有聚合服务商要求必填。", EN: "The profile asks the subject type for the validity of the representative's document, and id_valid_from is empty, or id_valid_to is empty while id_long_term is not true. Contacts, account holders and beneficial owners have rules of their own. Reason: expiry cannot be judged; one aggregator requires it since April 2025."},
	Good:    "2016-11-30 至 2036-11-30", Bad: "2016-11-30 至 （空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu, WeChat Pay, 扫呗 (since 2025-04)", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLegalRepIDValidFrom, merchant.FieldLegalRepIDValidTo, merchant.FieldLegalRepIDLongTerm},
	Applies: needsIDPeriod,
	Check:   checkREP021,
}

func checkREP021(p *rules.Pass) {
	v := p.Record.LegalRep.IDPeriod()
	start, end := merchant.At(merchant.FieldLegalRepIDValidFrom), merchant.At(merchant.FieldLegalRepIDValidTo)
	switch {
	case v.From.IsZero() && p.Mapped(start.Field) && !p.Blocked(start):
		p.Find(start, who(0), from(v), to(v))
	case v.To.IsZero() && !v.LongTerm && p.Mapped(end.Field) && !p.Blocked(end):
		p.Find(end, who(0), from(v), to(v))
	}
}

func needsIDPeriod(p *rules.Pass) bool {
	return p.Params.Need(merchant.FieldLegalRepIDValidFrom, p.Record.SubjectType) == 'R'
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

// REP022 证件有效期颠倒: ID validity reversed or impossible.
var REP022 = rules.Rule{
	ID: "REP022", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件有效期颠倒", EN: "ID validity reversed or impossible"},
	Message: rules.Text{ZH: "{who}证件有效期不成立：{from} 至 {to}", EN: "the ID validity of {who} is impossible: {from} to {to}"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "法定代表人、联系人或受益所有人的证件有效期止不晚于有效期起，或有效期起早于出生日期、晚于判断日。原因：无法判断是否过期。", EN: "For the representative, the contact or a beneficial owner, id_valid_to is not after id_valid_from, or id_valid_from lies before the birth date or after the day of the run. Reason: validity cannot be judged."},
	Good:    "2016-11-30 至 2036-11-30", Bad: "2036-11-30 至 2016-11-30",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "plausibility"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDValidFrom, merchant.FieldLegalRepIDValidTo, merchant.FieldContactIDValidFrom, merchant.FieldContactIDValidTo, merchant.FieldBeneficialOwnersIDValidFrom, merchant.FieldBeneficialOwnersIDValidTo},
	Check:  checkREP022,
}

func checkREP022(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.badPeriod) {
		return
	}
	for i := range papers.list {
		if d := &papers.list[i]; !d.periodHolds(p) {
			p.Find(d.fromPath, who(i), from(d.period), to(d.period))
		}
	}
}

// periodHolds reports a validity that can be judged; REP022 speaks of the others, and nobody asks whether those expired.
func (d *person) periodHolds(p *rules.Pass) bool {
	return d.period.From.IsZero() || p.Blocked(d.fromPath) || p.Blocked(d.toPath) || d.periodSound(p, d.birth(p))
}

func (d *person) periodSound(p *rules.Pass, birth merchant.Date) bool {
	v := d.period
	if v.From.IsZero() {
		return true
	}
	if birth.IsZero() && d.noPath.Field == merchant.FieldLegalRepIDNo {
		birth = p.Record.LegalRep.BirthDate
	}
	return !v.From.After(p.AsOf) && !v.From.Before(birth) && (v.To.IsZero() || v.From.Before(v.To))
}

// REP010 证件已过期: Identity document expired.
var REP010 = rules.Rule{
	ID: "REP010", Star: 38, Severity: rules.Error, Kind: rules.Expired, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件已过期", EN: "Identity document expired"},
	Message: rules.Text{ZH: "{who}证件已于{to}过期{days}天", EN: "the ID of {who} expired on {to}, {days} day(s) ago"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "证件不是长期，且有效期止早于判断日；查法定代表人、联系人、结算账户持有人和每名受益所有人。超过 id_grace_days（默认90）天后消息不变，复核清单会标明应暂停。原因：过期证件须在合理期限内更新，否则暂停服务。", EN: "The document is not long-term and id_valid_to lies before the day of the run; asked of the representative, the contact, the account holder and each beneficial owner. After id_grace_days (90) the message is the same, and the review list marks the merchant for suspension. Reason: an expired document must be renewed in reasonable time or service suspended."},
	Good:    "2036-11-30", Bad: "2026-01-01",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "令〔2007〕第2号 第19条", Verified: true}, {Level: rules.Law, Cite: "客户尽职调查办法 令〔2025〕第11号"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDValidTo, merchant.FieldContactIDValidTo, merchant.FieldSettlementHolderIDValidTo, merchant.FieldBeneficialOwnersIDValidTo},
	Check:  checkREP010,
}

func checkREP010(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.expired) {
		return
	}
	for i := range papers.list {
		d := &papers.list[i]
		if d.period.ExpiredOn(p.AsOf) && !p.Blocked(d.toPath) && d.periodHolds(p) {
			p.Find(d.toPath, who(i), rules.P("to", d.period.To.String()), rules.P("days", strconv.Itoa(p.AsOf.DaysSince(d.period.To))))
		}
	}
}

// REP011 证件即将到期: Identity document expires soon.
var REP011 = rules.Rule{
	ID: "REP011", Severity: rules.Warning, Kind: rules.Expiring, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件即将到期", EN: "Identity document expires soon"},
	Message: rules.Text{ZH: "{who}证件将于{to}到期（还有{days}天）", EN: "the ID of {who} expires on {to} (in {days} days)"},
	Remedy:  rules.Text{ZH: "在到期前联系商户更新。", EN: "Have the merchant renew before it falls due."},
	Doc:     rules.Text{ZH: "证件不是长期，且有效期止距判断日0至 expiry_warn_days（默认60）天。原因：应提前60天通知更新。", EN: "The document is not long-term and id_valid_to lies 0 to expiry_warn_days (60) days after the day of the run. Reason: notice is due 60 days ahead."},
	Good:    "90天后", Bad: "20天后",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "支付机构反洗钱和反恐怖融资管理办法: 失效前60天通知"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDValidTo, merchant.FieldContactIDValidTo, merchant.FieldSettlementHolderIDValidTo, merchant.FieldBeneficialOwnersIDValidTo},
	Check:  checkREP011,
}

func checkREP011(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.expiring) {
		return
	}
	for i := range papers.list {
		d := &papers.list[i]
		if d.expiring(p) && !p.Blocked(d.toPath) && d.periodHolds(p) {
			p.Find(d.toPath, who(i), rules.P("to", d.period.To.String()), rules.P("days", strconv.Itoa(d.period.To.DaysSince(p.AsOf))))
		}
	}
}

func (d *person) expiring(p *rules.Pass) bool {
	if d.period.To.IsZero() || d.period.LongTerm {
		return false
	}
	days := d.period.To.DaysSince(p.AsOf)
	return days >= 0 && days <= p.Params.ExpiryWarnDays
}

// REP009 证件有效期与法定年限不符: ID validity does not fit the legal term.
var REP009 = rules.Rule{
	ID: "REP009", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件有效期与法定年限不符", EN: "ID validity does not fit the legal term"},
	Message: rules.Text{ZH: "证件有效期{from}至{to}与发证时{age}岁的法定年限不符", EN: "ID validity {from}..{to} does not fit the legal term for age {age} at issue"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "证件为居民身份证：有效期起当日未满16周岁的有效期5年，16至25周岁10年，26至45周岁20年，46周岁以上长期；实际期限相差超过一天，或不满46周岁却标为长期。建议有效期起加法定年限。原因：日期录错或证件系伪造，是常见的驳回原因。", EN: "For resident cards: issued under 16 they are valid for 5 years, at 16–25 for 10, at 26–45 for 20, at 46 and over for ever. The span differs by more than a day, or for ever is claimed below 46. Proposed: id_valid_from and the legal term. Reason: mistyped dates or a forged card; a frequent rejection."},
	Good:    "30岁发证，2016-11-30 至 2036-11-30", Bad: "30岁发证，长期",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "居民身份证法 第5条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDValidFrom, merchant.FieldLegalRepIDValidTo, merchant.FieldLegalRepIDLongTerm, merchant.FieldContactIDValidTo, merchant.FieldBeneficialOwnersIDValidTo},
	Check:  checkREP009,
}

func checkREP009(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.offTerm) {
		return
	}
	for i := range papers.list {
		d := &papers.list[i]
		v, birth := d.period, d.birth(p)
		if !d.termKnown(birth) || p.Blocked(d.toPath) || p.Blocked(d.fromPath) || !d.periodHolds(p) || !d.offTerm(birth) {
			continue
		}
		end := "长期"
		if years, forEver := residentid.TermYears(age(birth, v.From)); !forEver {
			end = v.From.AddYears(years).String()
		}
		p.FindFix(d.toPath, p.Propose(d.toPath, end), term(v, birth)...)
	}
}

func (d *person) termKnown(birth merchant.Date) bool {
	v := d.period
	return d.idType == merchant.IDResident && !birth.IsZero() && !v.From.IsZero() && (!v.To.IsZero() || v.LongTerm)
}

// offTerm reports a resident card that is not valid for as long as the law says for the age at its issue.
func (d *person) offTerm(birth merchant.Date) bool {
	v := d.period
	years, forEver := residentid.TermYears(age(birth, v.From))
	if forEver || v.LongTerm {
		return forEver != v.LongTerm
	}
	days := v.To.DaysSince(v.From.AddYears(years))
	return days < -1 || days > 1
}

func term(v merchant.Period, birth merchant.Date) []rules.Param {
	return []rules.Param{from(v), to(v), rules.P("age", strconv.Itoa(age(birth, v.From)))}
}
