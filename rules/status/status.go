// Package status judges whether a merchant may trade: its state, the steps of going live, and the agreement behind it.
//
// A merchant number that is not opened, suspended, frozen or closed is answered with 无效商户. Accepted is not usable:
// audit, agreement and every payment channel are states of their own. The states are those acquirers publish for their
// interfaces; that acquiring needs a written agreement in force is 非银行支付机构监督管理条例 第20条.
package status

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

func inState(p *rules.Pass, s merchant.State) bool { return p.Record.Status.State == s }

func active(p *rules.Pass) bool { return inState(p, merchant.StateActive) }

// since and because word the date and the reason of a state; STA008 asks for them where they are missing.
func since(p *rules.Pass) rules.Param {
	if d := p.Record.Status.ChangedOn; !d.IsZero() {
		return rules.P("date", d.String())
	}
	return rules.T("date", rules.Text{ZH: "不明日期", EN: "an unknown date"})
}

func because(p *rules.Pass) rules.Param {
	if r := p.Record.Status.Reason; r != "" {
		return rules.P("reason", r)
	}
	return rules.T("reason", rules.Text{ZH: "原因未填", EN: "no reason given"})
}

// STA007 商户状态未填写: Merchant status missing.
var STA007 = rules.Rule{
	ID: "STA007", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户状态未填写", EN: "Merchant status missing"},
	Message: rules.Text{ZH: "商户状态未填写", EN: "the merchant status is missing"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "商户状态为空。状态不明的商户按不可交易处理。", EN: "The status is empty. A merchant whose status is not known is treated as one that may not trade."},
	Good:    "active", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldStatusState},
	Check:  checkSTA007,
}

func checkSTA007(p *rules.Pass) {
	if p.Record.Status.State == "" {
		p.Find(merchant.At(merchant.FieldStatusState))
	}
}

// STA001 商户状态不认识: Merchant status unknown.
var STA001 = rules.Rule{
	ID: "STA001", Star: 11, Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户状态不认识", EN: "Merchant status unknown"},
	Message: rules.Text{ZH: "商户状态“{value}”不认识，可选：{options}", EN: "merchant status \"{value}\" is not known; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "商户状态有值，但既不是状态代码也不是其别名（未开通；正常、有效、已开通；暂停、停用；冻结、冻结出金、冻结入金；注销、销户、清退；驳回）。不认识的状态按不可交易处理。", EN: "The status is neither one of the codes not_opened, active, suspended, frozen, closed and rejected nor one of their aliases (未开通; 正常, 有效, 已开通; 暂停, 停用; 冻结, 冻结出金, 冻结入金; 注销, 销户, 清退; 驳回). An unknown status is treated as one that forbids trading."},
	Good:    "正常", Bad: "已冻",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "易生 0/X/T, Huifu NORMAL/FREEZE*/CANCEL, 收钱吧 1–5", Verified: true}},
	Fields: []merchant.Field{merchant.FieldStatusState},
	Uses:   []merchant.Field{merchant.FieldStatusState},
	Check:  checkSTA001,
}

func checkSTA001(p *rules.Pass) {
	if !p.Record.Status.State.Valid() {
		options := merchant.FieldStatusState.Enum()
		p.Find(merchant.At(merchant.FieldStatusState), rules.T("options", rules.Text{ZH: options.Options("zh"), EN: options.Options("en")}))
	}
}

// STA002 商户号未开通: Merchant number not opened.
var STA002 = rules.Rule{
	ID: "STA002", Star: 7, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户号未开通", EN: "Merchant number not opened"},
	Message: rules.Text{ZH: "商户号未开通，但{what}", EN: "the merchant number is not opened, although {what}"},
	Remedy:  rules.Text{ZH: "完成审核、签约和开通。", EN: "Finish audit, agreement and opening."},
	Doc:     rules.Text{ZH: "商户状态为未开通，而有终端处于启用状态，或启用日期已到。商户号未开通时交易直接返回无效商户。", EN: "The merchant is not opened although a terminal is active or the go-live date has come. Sales of a number that is not opened are answered with 无效商户."},
	Good:    "not_opened，无终端", Bad: "not_opened，终端启用",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 一、1", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldTerminalsStatus, merchant.FieldGoLiveOn},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: notOpened,
	Check:   checkSTA002,
}

func checkSTA002(p *rules.Pass) {
	r := p.Record
	var what rules.Text
	for i := range r.Terminals {
		t := &r.Terminals[i]
		if t.Status == merchant.TerminalActive && !p.Blocked(merchant.Item(merchant.FieldTerminalsStatus, i)) {
			what = rules.Text{ZH: "终端" + t.TerminalNo + "已启用", EN: "terminal " + t.TerminalNo + " is active"}
			break
		}
	}
	if d := r.GoLiveOn; !d.IsZero() && !d.After(p.AsOf) && !p.Blocked(merchant.At(merchant.FieldGoLiveOn)) {
		if what.ZH != "" {
			what = rules.Text{ZH: what.ZH + "、", EN: what.EN + " and "}
		}
		what = rules.Text{ZH: what.ZH + "启用日期" + d.String() + "已到", EN: what.EN + "the go-live date " + d.String() + " has come"}
	}
	if what.ZH != "" {
		p.Find(merchant.At(merchant.FieldStatusState), rules.T("what", what))
	}
}

func notOpened(p *rules.Pass) bool { return inState(p, merchant.StateNotOpened) }

// STA003 商户已注销: Merchant closed.
var STA003 = rules.Rule{
	ID: "STA003", Star: 6, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户已注销", EN: "Merchant closed"},
	Message: rules.Text{ZH: "商户已于{date}注销（{reason}）", EN: "the merchant was closed on {date} ({reason})"},
	Remedy:  rules.Text{ZH: "停止收单；恢复须重新入网。", EN: "Stop acquiring; a return needs a new entry."},
	Doc:     rules.Text{ZH: "商户状态为注销，而该记录预期可交易：填有启用日期，或运行参数 expect_active 声明名单中的商户都应可交易。", EN: "The merchant is closed and yet expected to trade: a go-live date is set, or the parameter expect_active says that the list is of merchants that should trade."},
	Good:    "active", Bad: "closed",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 一、1", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusChangedOn, merchant.FieldStatusReason},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: closedButExpected,
	Check:   checkSTA003,
}

func checkSTA003(p *rules.Pass) {
	p.Find(merchant.At(merchant.FieldStatusState), since(p), because(p))
}

func closedButExpected(p *rules.Pass) bool {
	return inState(p, merchant.StateClosed) && (p.Params.ExpectActive || !p.Record.GoLiveOn.IsZero())
}

// STA004 商户被冻结: Merchant frozen.
var STA004 = rules.Rule{
	ID: "STA004", Star: 8, Severity: rules.Error, Kind: rules.Status, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户被冻结", EN: "Merchant frozen"},
	Message: rules.Text{ZH: "商户自{date}起被冻结（{range}，{reason}）", EN: "the merchant has been frozen since {date} ({range}, {reason})"},
	Remedy:  rules.Text{ZH: "查明原因，解除后恢复。", EN: "Clear the cause, then restore."},
	Doc:     rules.Text{ZH: "商户状态为冻结。冻结可能只限入金或只限出金，所以一并给出范围。", EN: "The merchant is frozen. The freeze may concern receipts or payouts only, so the scope is shown."},
	Good:    "active", Bad: "frozen",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 一、2", Verified: true}, {Level: rules.PolicyLevel, Cite: "反诈法 第18条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusScope, merchant.FieldStatusChangedOn, merchant.FieldStatusReason},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: frozen,
	Check:   checkSTA004,
}

func checkSTA004(p *rules.Pass) {
	scope := rules.Text{ZH: "范围未填", EN: "no scope given"}
	if s := p.Record.Status.Scope; s != "" {
		scope = rules.Text{ZH: s.Label("zh"), EN: s.Label("en")}
	}
	p.Find(merchant.At(merchant.FieldStatusState), since(p), rules.T("range", scope), because(p))
}

func frozen(p *rules.Pass) bool { return inState(p, merchant.StateFrozen) }

// STA005 商户被暂停: Merchant suspended.
var STA005 = rules.Rule{
	ID: "STA005", Star: 9, Severity: rules.Error, Kind: rules.Status, Cause: "SC-16", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户被暂停", EN: "Merchant suspended"},
	Message: rules.Text{ZH: "商户自{date}起暂停（{reason}）", EN: "the merchant has been suspended since {date} ({reason})"},
	Remedy:  rules.Text{ZH: "查明原因，解除后恢复。", EN: "Clear the cause, then restore."},
	Doc:     rules.Text{ZH: "商户状态为暂停。常见原因是风险措施、临时名单、违规停机或证照过期。", EN: "The merchant is suspended: a risk measure, a temporary list, a breach or expired papers."},
	Good:    "active", Bad: "suspended",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 三(三) 临时名单", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusChangedOn, merchant.FieldStatusReason},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: suspended,
	Check:   checkSTA005,
}

func checkSTA005(p *rules.Pass) {
	p.Find(merchant.At(merchant.FieldStatusState), since(p), because(p))
}

func suspended(p *rules.Pass) bool { return inState(p, merchant.StateSuspended) }

// STA006 审核、签约、渠道未完成: Audit, agreement or channel incomplete.
var STA006 = rules.Rule{
	ID: "STA006", Star: 10, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "审核、签约、渠道未完成", EN: "Audit, agreement or channel incomplete"},
	Message: rules.Text{ZH: "商户显示已开通，但{part}未完成：{value}", EN: "the merchant shows active but {part} is not complete: {value}"},
	Remedy:  rules.Text{ZH: "完成审核、签约和开通。", EN: "Finish audit, agreement and opening."},
	Doc:     rules.Text{ZH: "商户状态为正常，而审核未通过、协议未签约，或 profile 要求的渠道未开通。受理成功不等于可用：审核、签约和各渠道是分开的状态。没有填写的审核和签约状态不判断。", EN: "The merchant is active while its audit is not passed, its agreement is not signed, or a channel that the profile requires is not opened. Accepted is not usable: audit, agreement and each channel are separate states. An audit or agreement that is not given is not judged."},
	Good:    "全部完成", Bad: "协议待签约",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu con_stat = 5 才能交易, 收钱吧 unified_status 1–5", Verified: true}, {Level: rules.ProfileLevel, Cite: "非银行支付机构监督管理条例 第20条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldOnboardingAudit, merchant.FieldOnboardingAgreement, merchant.FieldOnboardingChannelsState},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: active,
	Check:   checkSTA006,
}

func checkSTA006(p *rules.Pass) {
	o := &p.Record.Onboarding
	if path := merchant.At(merchant.FieldOnboardingAudit); o.Audit != "" && o.Audit != merchant.AuditPassed && !p.Blocked(path) {
		p.Find(path, rules.T("part", rules.Text{ZH: "审核", EN: "the audit"}),
			rules.T("value", rules.Text{ZH: o.Audit.Label("zh"), EN: o.Audit.Label("en")}))
	}
	if path := merchant.At(merchant.FieldOnboardingAgreement); o.Agreement != "" && o.Agreement != merchant.AgreementSigned && !p.Blocked(path) {
		p.Find(path, rules.T("part", rules.Text{ZH: "签约", EN: "the agreement"}),
			rules.T("value", rules.Text{ZH: o.Agreement.Label("zh"), EN: o.Agreement.Label("en")}))
	}
	if len(p.Params.RequiredChannels) == 0 || !p.Mapped(merchant.FieldOnboardingChannels) {
		return
	}
	for _, name := range p.Params.RequiredChannels {
		path, state := channel(p, name)
		if state == merchant.ChannelOpened || p.Blocked(path) {
			continue
		}
		value := rules.Text{ZH: state.Label("zh"), EN: state.Label("en")}
		if state == "" {
			value = rules.Text{ZH: "无记录", EN: "no record"}
		}
		p.Find(path, rules.T("part", rules.Text{ZH: "渠道" + name, EN: "the channel " + name}), rules.T("value", value))
	}
}

// channel returns the state of the named channel and its path, that of the list when there is no such channel.
func channel(p *rules.Pass, name string) (merchant.Path, merchant.ChannelState) {
	list := p.Record.Onboarding.Channels
	for i := range list {
		if normalize.Key(list[i].Name) == normalize.Key(name) {
			return merchant.Item(merchant.FieldOnboardingChannelsState, i), list[i].State
		}
	}
	return merchant.At(merchant.FieldOnboardingChannels), ""
}

// STA008 状态缺日期或原因: Status without date or reason.
var STA008 = rules.Rule{
	ID: "STA008", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "状态缺日期或原因", EN: "Status without date or reason"},
	Message: rules.Text{ZH: "商户状态为{value}，缺少：{missing}", EN: "the merchant is {value}; missing: {missing}"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "商户状态不是正常，而状态变更日期或状态原因为空。没有原因，谁也无法解除。问题报在缺少的那一项上。", EN: "The merchant is not active and the date or the reason of its status is empty. Without a reason nobody can clear it. The finding stands at the item that is missing."},
	Good:    "suspended 2026-10-01 证照过期", Bad: "suspended（无原因）",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusChangedOn, merchant.FieldStatusReason},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Reports: []merchant.Field{merchant.FieldStatusChangedOn, merchant.FieldStatusReason},
	Applies: notActive,
	Check:   checkSTA008,
}

func checkSTA008(p *rules.Pass) {
	s := &p.Record.Status
	on, why := merchant.At(merchant.FieldStatusChangedOn), merchant.At(merchant.FieldStatusReason)
	noDate := s.ChangedOn.IsZero() && p.Mapped(on.Field) && !p.Blocked(on)
	noReason := s.Reason == "" && p.Mapped(why.Field) && !p.Blocked(why)
	if !noDate && !noReason {
		return
	}
	at, missing := on, rules.Text{ZH: on.Label("zh"), EN: on.Label("en")}
	switch {
	case !noDate:
		at, missing = why, rules.Text{ZH: why.Label("zh"), EN: why.Label("en")}
	case noReason:
		missing = rules.Text{ZH: missing.ZH + "、" + why.Label("zh"), EN: missing.EN + ", " + why.Label("en")}
	}
	p.Find(at, rules.T("value", rules.Text{ZH: s.State.Label("zh"), EN: s.State.Label("en")}), rules.T("missing", missing))
}

func notActive(p *rules.Pass) bool { return p.Record.Status.State != "" && !active(p) }

// STA009 暂停过久: Suspended for too long.
var STA009 = rules.Rule{
	ID: "STA009", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-16", Since: "v0.1.0",
	Title:   rules.Text{ZH: "暂停过久", EN: "Suspended for too long"},
	Message: rules.Text{ZH: "商户已暂停{days}天，应恢复或清退", EN: "the merchant has been suspended for {days} days; resume or close it"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "商户状态为暂停，且暂停已超过 suspended_days（90）天。应恢复或清退。", EN: "The merchant has been suspended for more than suspended_days (90) days. It should be resumed or closed."},
	Good:    "20天", Bad: "120天",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields:  []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusChangedOn},
	Uses:    []merchant.Field{merchant.FieldStatusState, merchant.FieldStatusChangedOn},
	Applies: suspended,
	Check:   checkSTA009,
}

func checkSTA009(p *rules.Pass) {
	if days := p.AsOf.DaysSince(p.Record.Status.ChangedOn); days > p.Params.SuspendedDays {
		p.Find(merchant.At(merchant.FieldStatusState), rules.P("days", strconv.Itoa(days)))
	}
}

// STA010 收单协议已过期: Acquiring agreement expired.
var STA010 = rules.Rule{
	ID: "STA010", Severity: rules.Error, Kind: rules.Expired, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "收单协议已过期", EN: "Acquiring agreement expired"},
	Message: rules.Text{ZH: "收单协议已于{to}过期{days}天", EN: "the acquiring agreement expired on {to}, {days} day(s) ago"},
	Remedy:  rules.Text{ZH: "完成审核、签约和开通。", EN: "Finish audit, agreement and opening."},
	Doc:     rules.Text{ZH: "商户状态为正常，而收单协议的有效期已过。收单须有有效的书面协议。", EN: "The merchant is active and the acquiring agreement has expired. Acquiring needs a written agreement in force."},
	Good:    "2027-01-01", Bad: "2026-01-01",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第20条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldOnboardingAgreementValidTo},
	Uses:    []merchant.Field{merchant.FieldOnboardingAgreementValidTo, merchant.FieldStatusState},
	Applies: active,
	Check:   checkSTA010,
}

func checkSTA010(p *rules.Pass) {
	if to := p.Record.Onboarding.AgreementValidTo; to.Before(p.AsOf) {
		p.Find(merchant.At(merchant.FieldOnboardingAgreementValidTo), rules.P("to", to.String()), rules.P("days", strconv.Itoa(p.AsOf.DaysSince(to))))
	}
}
