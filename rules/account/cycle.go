package account

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// SET013 快结算不合条件: Fast settlement not allowed yet.
var SET013 = rules.Rule{
	ID: "SET013", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "快结算不合条件", EN: "Fast settlement not allowed yet"},
	Message: rules.Text{ZH: "{reason}的商户不得开通{cycle}结算", EN: "{cycle} settlement is barred for a merchant that is {reason}"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "结算周期为D0、T0或TS，而签约至检查日期不满90天，或连续交易天数已填且不满30天，或风险等级为高。建议改为T1。新商户和高风险商户不得快速到账。", EN: "The settlement cycle is D0, T0 or TS and fewer than 90 days have passed since signing, or the days of continuous trade are given and fewer than 30, or the risk level is high. Proposed is T1. Fast settlement is barred for new and for high-risk merchants."},
	Good:    "T1", Bad: "入网10天 + D0",
	Basis: []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 特约商户T+0条款"}},
	Fields: []merchant.Field{merchant.FieldSettlementCycle, merchant.FieldSignedOn, merchant.FieldRiskLevel,
		merchant.FieldStatsContinuousDays},
	Uses:  []merchant.Field{merchant.FieldSettlementCycle},
	Check: checkSET013,
}

func checkSET013(p *rules.Pass) {
	cycle := p.Record.Settlement.Cycle
	switch cycle {
	case merchant.CycleD0, merchant.CycleT0, merchant.CycleTS:
	default:
		return
	}
	var reason rules.Text
	if on := p.Record.SignedOn; !on.IsZero() && p.AsOf.DaysSince(on) < daysSigned {
		reason = rules.Text{ZH: "签约不满90天", EN: "in its first 90 days"}
	}
	if n := p.Record.Stats.ContinuousDays; !n.IsZero() && n.Int() < daysTraded {
		reason = also(reason, "连续交易不满30天", "trading for less than 30 days running")
	}
	if p.Record.RiskLevel == merchant.RiskHigh {
		reason = also(reason, "风险等级为高", "of high risk")
	}
	if reason.ZH == "" {
		return
	}
	path := merchant.At(merchant.FieldSettlementCycle)
	p.FindFix(path, p.Propose(path, string(merchant.CycleT1)), rules.T("reason", reason), rules.P("cycle", string(cycle)))
}

func also(reason rules.Text, zh, en string) rules.Text {
	if reason.ZH == "" {
		return rules.Text{ZH: zh, EN: en}
	}
	return rules.Text{ZH: reason.ZH + "、" + zh, EN: reason.EN + " and " + en}
}

const (
	daysSigned = 90
	daysTraded = 30
)
