// Package decline holds the rules that look at declined transactions: what a decline may be put down to, and what it may
// not.
//
// They run when everything else is known about a merchant: its record, what other rules and the comparison with the
// registry found, the declines of a log, and the maintenance windows of bank and network. Each finding stands for all
// declines of a merchant that it concerns. Whatever no data shows (hardware, network, the cardholder's card) is named as
// such and never guessed.
package decline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

const (
	invalidMerchant = "03"
	slack           = 10 * time.Minute // by which clocks and windows may differ
	fewTimes        = 3                // times that a message names
)

// down are the codes that a system under maintenance answers with.
var down = [...]string{invalidMerchant, "91", "92", "96", "98"}

var china = time.FixedZone("UTC+8", 8*3600)

// times lists the times of declines for a message.
func times(list []rules.Decline) string {
	var b strings.Builder
	for i, d := range list {
		if i == fewTimes {
			return b.String() + "+" + strconv.Itoa(len(list)-i)
		}
		if i > 0 {
			b.WriteString("、")
		}
		b.WriteString(d.At.In(china).Format("2006-01-02 15:04"))
	}
	return b.String()
}

// during returns the window that a decline may be put down to.
func during(i *rules.Incident, d *rules.Decline) (rules.Window, bool) {
	if !slices.Contains(down[:], d.Code) || slices.ContainsFunc(i.Findings, func(f rules.Finding) bool { return f.Severity == rules.Error }) {
		return rules.Window{}, false
	}
	for _, w := range i.Windows {
		if !d.At.Before(w.From.Add(-slack)) && !d.At.After(w.To.Add(slack)) {
			return w, true
		}
	}
	return rules.Window{}, false
}

// invalid reports whether the merchant was declined with 03 outside of the windows that explain it.
func invalid(i *rules.Incident) bool {
	return slices.ContainsFunc(i.Declines, func(d rules.Decline) bool {
		_, explained := during(i, &d)
		return d.Code == invalidMerchant && !explained
	})
}

// stars returns the findings that matter most for 03, in the order to look.
func stars(i *rules.Incident) []*rules.Rule {
	var list []*rules.Rule
	for _, f := range i.Findings {
		if f.Rule.Star > 0 && !slices.Contains(list, f.Rule) {
			list = append(list, f.Rule)
		}
	}
	slices.SortFunc(list, func(a, b *rules.Rule) int { return a.Star - b.Star })
	return list
}

// OPS001 维护窗口内的拒绝: Decline inside a maintenance window.
var OPS001 = rules.Rule{
	ID: "OPS001", Severity: rules.Info, Kind: rules.Status, Cause: "SC-15", Since: "v0.1.0", Scope: rules.ContextScope,
	Title:   rules.Text{ZH: "维护窗口内的拒绝", EN: "Decline inside a maintenance window"},
	Message: rules.Text{ZH: "{at}的失败发生在{inst}维护窗口内，资料无误，可稍后重试", EN: "the failure at {at} fell in the maintenance window of {inst}; the data are fine, try again later"},
	Remedy:  rules.Text{ZH: "维护结束后重试。", EN: "Try again after the maintenance."},
	Doc:     rules.Text{ZH: "应答码为03、91、92、96或98的失败交易发生在维护窗口前后10分钟以内，而该商户没有错误级的问题。不是资料问题，等待即可。", EN: "A decline with code 03, 91, 92, 96 or 98 falls within a maintenance window or ten minutes around it, and the merchant has no error finding. It is no fault of the data: wait."},
	Good:    "窗口外", Bad: "02:10，窗口02:00–04:00",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 二", Verified: true},
		{Level: rules.PolicyLevel, Cite: "POS机无法刷ka卡消费（来源文章） 三、4", Verified: true}, {Level: rules.PolicyLevel, Cite: "code meanings of ISO 8583 field 39"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedDeclines | rules.NeedMaintenance,
	Check:  checkOPS001,
}

func checkOPS001(p *rules.Pass) {
	var explained []rules.Decline
	var inst []string
	for _, d := range p.Incident.Declines {
		if w, ok := during(p.Incident, &d); ok {
			explained = append(explained, d)
			if !slices.Contains(inst, w.Institution) {
				inst = append(inst, w.Institution)
			}
		}
	}
	if len(explained) > 0 {
		p.Find(merchant.At(merchant.FieldMerchantNo), rules.P("at", times(explained)), rules.P("inst", strings.Join(inst, "、")))
	}
}

// OPS002 03应答的可能原因: Likely causes of code 03.
var OPS002 = rules.Rule{
	ID: "OPS002", Severity: rules.Info, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0", Scope: rules.ContextScope,
	Title:   rules.Text{ZH: "03应答的可能原因", EN: "Likely causes of code 03"},
	Message: rules.Text{ZH: "03无效商户的可能原因：{causes}", EN: "likely causes of code 03: {causes}"},
	Remedy:  rules.Text{ZH: "按列出的顺序处理。", EN: "Work through the list in order."},
	Doc:     rules.Text{ZH: "有应答码03而不属于OPS001的失败交易，且该商户有未结的★规则问题（错误或警告）：按★的顺序列出。把一次拒绝变成一份工作清单。", EN: "A decline with code 03 that is not OPS001, and the merchant has open findings (errors or warnings) of ★ rules: they are listed in the order of the ★ list. It turns a decline into a work list."},
	Good:    "无03应答", Bad: "03，登记不存在",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 39 = 03"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedDeclines,
	Check:  checkOPS002,
}

func checkOPS002(p *rules.Pass) {
	causes := stars(p.Incident)
	if len(causes) == 0 || !invalid(p.Incident) {
		return
	}
	var t rules.Text
	for i, r := range causes {
		if i > 0 {
			t.ZH += "、"
			t.EN += ", "
		}
		t.ZH += string(r.ID) + " " + r.Title.ZH
		t.EN += string(r.ID) + " " + r.Title.EN
	}
	p.Find(merchant.At(merchant.FieldMerchantNo), rules.T("causes", t))
}

// OPS003 营业时间以外的拒绝: Decline outside business hours.
var OPS003 = rules.Rule{
	ID: "OPS003", Severity: rules.Info, Kind: rules.Policy, Cause: "SC-11", Since: "v0.1.0", Scope: rules.ContextScope,
	Title:   rules.Text{ZH: "营业时间以外的拒绝", EN: "Decline outside business hours"},
	Message: rules.Text{ZH: "{at}的失败不在营业时间{hours}内", EN: "the failure at {at} lies outside the business hours {hours}"},
	Remedy:  rules.Text{ZH: "核对营业时间和终端交易时段。", EN: "Check business hours against the trading window of the terminal."},
	Doc:     rules.Text{ZH: "营业时间已填（如 09:00-12:00;13:30-22:00，可跨零点），而失败交易不在其中；读不懂的营业时间不检查。应在营业时间内交易，时间以外的交易可能被收单机构的规则拒绝。", EN: "The business hours are given (09:00-12:00;13:30-22:00, past midnight allowed) and a decline lies outside them; hours that cannot be read are not looked at. Sales belong into the trading hours, and one outside of them may have been refused by a rule of the acquirer."},
	Good:    "14:00，营业 09:00–22:00", Bad: "02:30，营业 09:00–22:00",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷ka卡消费（来源文章） 操作流程 3、注意交易时间", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldBusinessHours},
	Needs:   rules.NeedDeclines,
	Applies: hoursGiven,
	Check:   checkOPS003,
}

func hoursGiven(p *rules.Pass) bool {
	_, ok := parseHours(p.Record.BusinessHours)
	return ok
}

func checkOPS003(p *rules.Pass) {
	hours, _ := parseHours(p.Record.BusinessHours)
	var outside []rules.Decline
	for _, d := range p.Incident.Declines {
		if !hours.hold(minuteOf(d.At)) {
			outside = append(outside, d)
		}
	}
	if len(outside) > 0 {
		p.Find(merchant.At(merchant.FieldBusinessHours), rules.P("at", times(outside)), rules.P("hours", p.Record.BusinessHours))
	}
}

// OPS004 营业时间超出允许交易时段: Business hours exceed the trading window.
var OPS004 = rules.Rule{
	ID: "OPS004", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-11", Since: "v0.1.0", Scope: rules.ContextScope,
	Title:   rules.Text{ZH: "营业时间超出允许交易时段", EN: "Business hours exceed the trading window"},
	Message: rules.Text{ZH: "终端{sn}允许交易时段{window}窄于营业时间{hours}", EN: "terminal {sn} may trade {window}, narrower than the business hours {hours}"},
	Remedy:  rules.Text{ZH: "核对营业时间和终端交易时段。", EN: "Check business hours against the trading window of the terminal."},
	Doc:     rules.Text{ZH: "终端内的允许交易时段窄于营业时间，且至少有一笔失败交易（该终端的，或终端号未知的）发生在营业时间以内而允许交易时段以外。终端的设置会拒绝营业时间内的交易。", EN: "The transaction hours in a terminal are narrower than the business hours, and at least one decline, of that terminal or of an unknown one, lies inside the business hours and outside the transaction hours. A setting of the terminal declines sales in opening hours."},
	Good:    "00:00–24:00", Bad: "08:00–21:00，营业至23:00",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷ka卡消费（来源文章） 操作流程 3、注意交易时间", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldBusinessHours, merchant.FieldTerminalsParamsTxnHours},
	Needs:   rules.NeedDeclines | rules.NeedTermParams,
	Applies: hoursGiven,
	Check:   checkOPS004,
}

func checkOPS004(p *rules.Pass) {
	hours, _ := parseHours(p.Record.BusinessHours)
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		window, ok := parseHours(t.Params.TxnHours)
		if !ok || !slices.ContainsFunc(p.Incident.Declines, func(d rules.Decline) bool {
			at := minuteOf(d.At)
			return (d.TerminalNo == "" || d.TerminalNo == t.TerminalNo) && hours.hold(at) && !window.hold(at)
		}) {
			continue
		}
		sn := t.SerialNo
		if sn == "" {
			sn = t.TerminalNo
		}
		p.Find(merchant.Item(merchant.FieldTerminalsParamsTxnHours, i), rules.P("sn", sn), rules.P("window", t.Params.TxnHours),
			rules.P("hours", p.Record.BusinessHours))
	}
}

// OPS005 03应答但资料未见问题: Code 03 without a data fault.
var OPS005 = rules.Rule{
	ID: "OPS005", Severity: rules.Info, Kind: rules.Status, Cause: "SC-14", Since: "v0.1.0", Scope: rules.ContextScope,
	Title:   rules.Text{ZH: "03应答但资料未见问题", EN: "Code 03 without a data fault"},
	Message: rules.Text{ZH: "未发现资料原因；尚缺：{missing}；请排查网络、机具或联系银行", EN: "no fault found in the data; still missing: {missing}; check network and machine or ask the bank"},
	Remedy:  rules.Text{ZH: "按列出的顺序处理。", EN: "Work through the list in order."},
	Doc:     rules.Text{ZH: "有应答码03而不属于OPS001的失败交易，且该商户没有未结的★规则问题。同时列出尚缺的证据（银行登记、终端参数、账户状态）。网络、机具和渠道不在资料检查的范围内，如实说明而不猜测。", EN: "A decline with code 03 that is not OPS001, and the merchant has no open finding of a ★ rule. The evidence that was missing (registry, terminal parameters, account status) is named. Network, hardware and channel are out of reach of a data check; that is said instead of guessing."},
	Good:    "03，有未结问题", Bad: "03，资料与登记一致",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "causes out of reach of data: hardware, network, cardholder, amount, surroundings"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedDeclines,
	Check:  checkOPS005,
}

func checkOPS005(p *rules.Pass) {
	if len(stars(p.Incident)) > 0 || !invalid(p.Incident) {
		return
	}
	missing := rules.Text{ZH: "无", EN: "nothing"}
	if m := p.Incident.Missing; m != 0 {
		missing = rules.Text{ZH: m.Text("zh"), EN: m.Text("en")}
	}
	p.Find(merchant.At(merchant.FieldMerchantNo), rules.T("missing", missing))
}
