// Package freshness judges the age of a record: dates that cannot be, reviews and inspections that are due, and results
// from outside that have grown old.
//
// Data are correct only as of their day. That merchants are reviewed again and again is asked by 反洗钱法 第30、34、41条 and
// by the inspection guide 中支协发〔2021〕161号; the intervals come from the profile.
package freshness

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// The ages in days after which results from outside are obtained again.
const (
	screeningNewDays    = 1 // for a new entry, since lists change daily
	screeningDays       = 30
	registrationAgeDays = 90
)

// given returns the date at f; the zero Date when there is none or an earlier rule found it unusable.
func given(p *rules.Pass, path merchant.Path) merchant.Date {
	d, ok := p.Record.Ref(path).(*merchant.Date)
	if !ok || p.Blocked(path) {
		return merchant.Date{}
	}
	return *d
}

// STL005 日期在未来: Date in the future.
var STL005 = rules.Rule{
	ID: "STL005", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "日期在未来", EN: "Date in the future"},
	Message: rules.Text{ZH: "{field}{value}在未来", EN: "{field} {value} lies in the future"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "更新日期、签约日期、上次复核日期、登记数据日期或终端最近交易日期晚于检查日的次日。时钟或录入错误会掩盖资料过期。", EN: "The date of the update, the signing, the last review, the registry or the last transaction of a terminal is later than the day after the run. An error of a clock or of typing hides staleness."},
	Good:    "2026-11-20", Bad: "2062-11-20",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "plausibility"}},
	Fields: []merchant.Field{merchant.FieldUpdatedOn, merchant.FieldSignedOn, merchant.FieldTerminalsLastTxnOn, merchant.FieldRegistryAsOf, merchant.FieldReviewLastOn},
	Check:  checkSTL005,
}

func checkSTL005(p *rules.Pass) {
	latest := p.AsOf.AddDays(1)
	for _, f := range [...]merchant.Field{merchant.FieldUpdatedOn, merchant.FieldSignedOn, merchant.FieldRegistryAsOf, merchant.FieldReviewLastOn} {
		if path := merchant.At(f); given(p, path).After(latest) {
			p.Find(path)
		}
	}
	for i := range p.Record.Terminals {
		if path := merchant.Item(merchant.FieldTerminalsLastTxnOn, i); given(p, path).After(latest) {
			p.Find(path)
		}
	}
}

// STL001 资料太久未复核: Record not reviewed for long.
var STL001 = rules.Rule{
	ID: "STL001", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "资料太久未复核", EN: "Record not reviewed for long"},
	Message: rules.Text{ZH: "资料已{d}天未复核（{risk}风险周期{n}天）", EN: "the record has not been reviewed for {d} days (cycle {n} for {risk} risk)"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "更新日期与上次复核日期中较晚的一个距检查日超过该风险等级的复核周期：高 180 天、中 365 天、低 730 天；风险等级不明的按中计。定期复核商户资料是明确的措施。", EN: "The later of the last update and the last review lies further back than the cycle of the risk level: 180 days for high, 365 for medium and 730 for low risk; an unknown level counts as medium. Reviewing merchant data regularly is a named measure."},
	Good:    "100天", Bad: "400天（medium）",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第30、34条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldUpdatedOn, merchant.FieldReviewLastOn, merchant.FieldRiskLevel},
	Applies: everReviewed,
	Check:   checkSTL001,
}

func checkSTL001(p *rules.Pass) {
	path := merchant.At(merchant.FieldUpdatedOn)
	last := given(p, path)
	if review := merchant.At(merchant.FieldReviewLastOn); given(p, review).After(last) {
		path, last = review, given(p, review)
	}
	if last.IsZero() {
		return
	}
	risk, cycle := merchant.RiskMedium, p.Params.ReviewDaysMedium
	switch p.Record.RiskLevel {
	case merchant.RiskHigh:
		risk, cycle = merchant.RiskHigh, p.Params.ReviewDaysHigh
	case merchant.RiskLow:
		risk, cycle = merchant.RiskLow, p.Params.ReviewDaysLow
	}
	if days := p.AsOf.DaysSince(last); days > cycle {
		p.Find(path, rules.P("d", strconv.Itoa(days)), rules.P("n", strconv.Itoa(cycle)),
			rules.T("risk", rules.Text{ZH: risk.Label("zh"), EN: risk.Label("en")}))
	}
}

func everReviewed(p *rules.Pass) bool {
	return !given(p, merchant.At(merchant.FieldUpdatedOn)).IsZero() || !given(p, merchant.At(merchant.FieldReviewLastOn)).IsZero()
}

// STL006 复核已超期: Review overdue.
var STL006 = rules.Rule{
	ID: "STL006", Severity: rules.Error, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "复核已超期", EN: "Review overdue"},
	Message: rules.Text{ZH: "应于{date}完成复核，已超期{days}天", EN: "the review was due on {date}, {days} days ago"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "下次复核日期早于检查日。定期复核是义务。", EN: "The next review was due before the day of the run. Periodic review is a duty."},
	Good:    "未到期", Bad: "超期60天",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "中支协发〔2021〕161号"}},
	Fields:    []merchant.Field{merchant.FieldReviewNextDue},
	Uses:      []merchant.Field{merchant.FieldReviewNextDue},
	Check:     checkSTL006,
}

func checkSTL006(p *rules.Pass) {
	if due := p.Record.Review.NextDue; due.Before(p.AsOf) {
		p.Find(merchant.At(merchant.FieldReviewNextDue), rules.P("date", due.String()), rules.P("days", strconv.Itoa(p.AsOf.DaysSince(due))))
	}
}

// STL002 复核即将到期: Review due soon.
var STL002 = rules.Rule{
	ID: "STL002", Severity: rules.Warning, Kind: rules.Expiring, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "复核即将到期", EN: "Review due soon"},
	Message: rules.Text{ZH: "应于{date}前完成复核（还有{days}天）", EN: "the review is due on {date} (in {days} days)"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "下次复核日期在检查日当天至 review_warn_days（30）天之内。请提前安排。", EN: "The next review is due today or within review_warn_days (30) days. It should be planned."},
	Good:    "90天后", Bad: "20天后",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "中支协发〔2021〕161号"}},
	Fields:    []merchant.Field{merchant.FieldReviewNextDue},
	Uses:      []merchant.Field{merchant.FieldReviewNextDue},
	Check:     checkSTL002,
}

func checkSTL002(p *rules.Pass) {
	due := p.Record.Review.NextDue
	if days := due.DaysSince(p.AsOf); days >= 0 && days <= p.Params.ReviewWarnDays {
		p.Find(merchant.At(merchant.FieldReviewNextDue), rules.P("date", due.String()), rules.P("days", strconv.Itoa(days)))
	}
}

// STL007 巡检过旧: Inspection too long ago.
var STL007 = rules.Rule{
	ID: "STL007", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "巡检过旧", EN: "Inspection too long ago"},
	Message: rules.Text{ZH: "最近巡检于{date}，已{days}天", EN: "the last inspection was on {date}, {days} days ago"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "最近巡检日期距检查日超过 inspection_days（365）天。线下商户应定期巡检。", EN: "The last inspection lies more than inspection_days (365) days back. Offline merchants are inspected regularly."},
	Good:    "100天前", Bad: "500天前",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "中支协发〔2021〕161号"}},
	Fields:    []merchant.Field{merchant.FieldInspectionLastOn},
	Uses:      []merchant.Field{merchant.FieldInspectionLastOn},
	Check:     checkSTL007,
}

func checkSTL007(p *rules.Pass) {
	last := p.Record.Inspection.LastOn
	if days := p.AsOf.DaysSince(last); days > p.Params.InspectionDays {
		p.Find(merchant.At(merchant.FieldInspectionLastOn), rules.P("date", last.String()), rules.P("days", strconv.Itoa(days)))
	}
}

// STL010 外部状态没有日期: External status without a date.
var STL010 = rules.Rule{
	ID: "STL010", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "外部状态没有日期", EN: "External status without a date"},
	Message: rules.Text{ZH: "{what}没有取得日期", EN: "the {what} has no date"},
	Remedy:  rules.Text{ZH: "重新取得外部核验结果。", EN: "Obtain the external result again."},
	Doc:     rules.Text{ZH: "填有登记状态或结算账户状态，而对应的日期为空。没有日期就无法判断结果的新旧。", EN: "A registration status or an account status is given and its date is empty. Its age cannot be judged."},
	Good:    "存续，2026-11-01", Bad: "存续（无日期）",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields:  []merchant.Field{merchant.FieldLicenceStatusAsOf, merchant.FieldSettlementStatusAsOf, merchant.FieldLicenceRegistrationStatus, merchant.FieldSettlementAccountStatus},
	Reports: []merchant.Field{merchant.FieldLicenceStatusAsOf, merchant.FieldSettlementStatusAsOf},
	Check:   checkSTL010,
}

func checkSTL010(p *rules.Pass) {
	r := p.Record
	if path := merchant.At(merchant.FieldLicenceStatusAsOf); r.Licence.RegistrationStatus != "" && r.Licence.StatusAsOf.IsZero() && p.Mapped(path.Field) && !p.Blocked(path) {
		p.Find(path, rules.L("what", merchant.FieldLicenceRegistrationStatus))
	}
	if path := merchant.At(merchant.FieldSettlementStatusAsOf); r.Settlement.AccountStatus != "" && r.Settlement.StatusAsOf.IsZero() && p.Mapped(path.Field) && !p.Blocked(path) {
		p.Find(path, rules.L("what", merchant.FieldSettlementAccountStatus))
	}
}

// STL004 外部结果过旧: External result out of date.
var STL004 = rules.Rule{
	ID: "STL004", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "外部结果过旧", EN: "External result out of date"},
	Message: rules.Text{ZH: "{what}结果取自{date}，请重新核验", EN: "the {what} result of {date} is out of date; verify again"},
	Remedy:  rules.Text{ZH: "重新取得外部核验结果。", EN: "Obtain the external result again."},
	Doc:     rules.Text{ZH: "名单筛查结果早于检查日 30 天以上（新入网商户，即未开通或审核中的，1 天以上），或登记状态早于检查日 90 天以上。名单每天变化。账户验证另见 SET029、SET032。", EN: "The screening result is more than 30 days old (more than 1 day for a new entry: not opened, or its audit pending), or the registration status more than 90 days. Lists change daily. The verification of accounts is the matter of SET029 and SET032."},
	Good:    "今天", Bad: "120天前",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第41条 及时获取名单", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldScreeningAsOf, merchant.FieldLicenceStatusAsOf},
	Applies: externalDates,
	Check:   checkSTL004,
}

func checkSTL004(p *rules.Pass) {
	r := p.Record
	most := screeningDays
	if r.Status.State == merchant.StateNotOpened || r.Onboarding.Audit == merchant.AuditPending {
		most = screeningNewDays
	}
	if path := merchant.At(merchant.FieldScreeningAsOf); p.AsOf.DaysSince(given(p, path)) > most {
		p.Find(path, rules.T("what", rules.Text{ZH: "名单筛查", EN: "screening"}), rules.P("date", r.Screening.AsOf.String()))
	}
	if path := merchant.At(merchant.FieldLicenceStatusAsOf); p.AsOf.DaysSince(given(p, path)) > registrationAgeDays {
		p.Find(path, rules.T("what", rules.Text{ZH: "登记状态", EN: "registration status"}), rules.P("date", r.Licence.StatusAsOf.String()))
	}
}

func externalDates(p *rules.Pass) bool {
	return !p.Record.Screening.AsOf.IsZero() || !p.Record.Licence.StatusAsOf.IsZero()
}
