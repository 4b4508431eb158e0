package terminal

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// signInDays is how long the working keys of a terminal are trusted without a sign-in.
const signInDays = 30

// TRM007 终端内参数与登记不一致: Parameters in the terminal differ.
var TRM007 = rules.Rule{
	ID: "TRM007", Star: 14, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端内参数与登记不一致", EN: "Parameters in the terminal differ"},
	Message: rules.Text{ZH: "终端{sn}内的{field}是{a}，登记为{b}，需重新下载参数", EN: "terminal {sn} holds {field} {a} but {b} is registered; download the parameters again"},
	Remedy:  rules.Text{ZH: "在终端上重新下载参数。", EN: "Download the parameters on the terminal again."},
	Doc:     rules.Text{ZH: "从终端读出的参数有值，而与登记的商户号、终端号、MCC 或机构代码不同。终端会按内部参数上送另一个商户号，这是 03 应答最直接的技术原因。已撤机或遗失的终端不判断。", EN: "A parameter read out of the terminal is given and differs from the registered merchant number, terminal number, MCC or institution. The terminal sends what it holds: the direct technical cause of response code 03. Terminals that are retired or lost are passed over."},
	Good:    "一致", Bad: "终端内 898210154110001，登记 …0002",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 2.系统设置不当", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsParamsMerchantNo, merchant.FieldTerminalsParamsTerminalNo, merchant.FieldTerminalsParamsMCC, merchant.FieldTerminalsParamsOrgCode},
	Needs:  rules.NeedTermParams,
	Check:  checkTRM007,
}

func checkTRM007(p *rules.Pass) {
	r := p.Record
	for i := range r.Terminals {
		t := &r.Terminals[i]
		held := &t.Params
		same := held.MerchantNo == r.MerchantNo && held.TerminalNo == t.TerminalNo && held.MCC == r.MCC && held.OrgCode == r.Acquirer.OrgCode
		if same || gone(t) {
			continue
		}
		for _, c := range [...]struct {
			held, own merchant.Field
			ownPath   merchant.Path
			a, b      string
		}{
			{merchant.FieldTerminalsParamsMerchantNo, merchant.FieldMerchantNo, merchant.At(merchant.FieldMerchantNo), t.Params.MerchantNo, r.MerchantNo},
			{merchant.FieldTerminalsParamsTerminalNo, merchant.FieldTerminalsTerminalNo, merchant.Item(merchant.FieldTerminalsTerminalNo, i), t.Params.TerminalNo, t.TerminalNo},
			{merchant.FieldTerminalsParamsMCC, merchant.FieldMCC, merchant.At(merchant.FieldMCC), t.Params.MCC, r.MCC},
			{merchant.FieldTerminalsParamsOrgCode, merchant.FieldAcquirerOrgCode, merchant.At(merchant.FieldAcquirerOrgCode), t.Params.OrgCode, r.Acquirer.OrgCode},
		} {
			if path := merchant.Item(c.held, i); c.a != c.b && sound(p, path, c.a) && sound(p, c.ownPath, c.b) {
				p.Find(path, name(p, "sn", i), rules.L("field", c.own), rules.V("a", c.own, c.a), rules.V("b", c.own, c.b))
			}
		}
	}
}

// TRM008 参数版本旧于商户变更: Parameters older than the last change.
var TRM008 = rules.Rule{
	ID: "TRM008", Star: 20, Severity: rules.Error, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "参数版本旧于商户变更", EN: "Parameters older than the last change"},
	Message: rules.Text{ZH: "商户资料于{t1}变更，终端{sn}的参数仍是{t0}的", EN: "the record changed on {t1}; the parameters of terminal {sn} date from {t0}"},
	Remedy:  rules.Text{ZH: "在终端上重新下载参数。", EN: "Download the parameters on the terminal again."},
	Doc:     rules.Text{ZH: "参数下载日期比商户号、签购单名称、MCC 或结算账号最近一次变更早 param_lag_days（1）天以上。有字段变更日期时按字段判断，没有时按更新日期。资料更新后没有重新配置终端。已撤机或遗失的终端不判断。", EN: "The parameters were downloaded more than param_lag_days (1) before the latest change of merchant number, receipt name, MCC or settlement account. Where the record dates single fields those dates count, else the date of its last update. The data were updated and the terminal was not. Terminals that are retired or lost are passed over."},
	Good:    "下载晚于变更", Bad: "变更后3天未下载",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 更新系统后忘记重新配置", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsParamsDownloadedOn, merchant.FieldFieldDates},
	Needs:  rules.NeedTermParams,
	Check:  checkTRM008,
}

func checkTRM008(p *rules.Pass) {
	changed := parametersChanged(p)
	if changed.IsZero() {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		path := merchant.Item(merchant.FieldTerminalsParamsDownloadedOn, i)
		if on := t.Params.DownloadedOn; !on.IsZero() && !gone(t) && changed.DaysSince(on) > p.Params.ParamLagDays && !p.Blocked(path) {
			p.Find(path, name(p, "sn", i), rules.P("t1", changed.String()), rules.P("t0", on.String()))
		}
	}
}

// parametersChanged returns when something that is loaded into a terminal last changed. With dates of single fields, a
// field without one has not changed; its fallback, the date of the record, would take any other change for this one.
func parametersChanged(p *rules.Pass) merchant.Date {
	r := p.Record
	if len(r.FieldDates) == 0 {
		if p.Blocked(merchant.At(merchant.FieldUpdatedOn)) || r.UpdatedOn.After(p.AsOf) { // a date to come is the matter of STL005
			return merchant.Date{}
		}
		return r.UpdatedOn
	}
	var last merchant.Date
	for _, f := range [...]merchant.Field{merchant.FieldMerchantNo, merchant.FieldNamesReceipt, merchant.FieldMCC, merchant.FieldSettlementAccountNo} {
		if d := r.FieldDates[f.Path()]; d.After(last) && !d.After(p.AsOf) {
			last = d
		}
	}
	return last
}

// TRM009 密钥未装载或失效: Keys missing or lost.
var TRM009 = rules.Rule{
	ID: "TRM009", Severity: rules.Error, Kind: rules.Status, Cause: "X-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "密钥未装载或失效", EN: "Keys missing or lost"},
	Message: rules.Text{ZH: "终端{sn}密钥状态为{value}，需重新下载密钥", EN: "terminal {sn}: key status {value}; load the keys again"},
	Remedy:  rules.Text{ZH: "重新签到并下载密钥。", EN: "Sign in again and load the keys."},
	Doc:     rules.Text{ZH: "密钥状态为未装载、失效或丢失。密钥丢失常与 03 应答一起出现。已撤机或遗失的终端不判断。", EN: "The key status is none, expired or lost. A lost key is reported widely together with code 03. Terminals that are retired or lost are passed over."},
	Good:    "loaded", Bad: "lost",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS service pages on code 03", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsKeyStatus},
	Needs:  rules.NeedTermParams,
	Check:  checkTRM009,
}

func checkTRM009(p *rules.Pass) {
	if p.Clear(suspects.Of(p).keyless) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		if keyless(t) && !gone(t) {
			p.Find(merchant.Item(merchant.FieldTerminalsKeyStatus, i), name(p, "sn", i),
				rules.T("value", rules.Text{ZH: t.KeyStatus.Label("zh"), EN: t.KeyStatus.Label("en")}))
		}
	}
}

func keyless(t *merchant.Terminal) bool {
	return t.KeyStatus == merchant.KeyNone || t.KeyStatus == merchant.KeyExpired || t.KeyStatus == merchant.KeyLost
}

// TRM018 终端久未签到: No sign-in for long.
var TRM018 = rules.Rule{
	ID: "TRM018", Severity: rules.Warning, Kind: rules.Stale, Cause: "X-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端久未签到", EN: "No sign-in for long"},
	Message: rules.Text{ZH: "终端{sn}最近签到于{date}", EN: "terminal {sn} last signed in on {date}"},
	Remedy:  rules.Text{ZH: "重新签到并下载密钥。", EN: "Sign in again and load the keys."},
	Doc:     rules.Text{ZH: "终端为启用，而最近签到日期早于检查日 30 天以上。不签到，工作密钥会失效。", EN: "The terminal is active and last signed in more than 30 days ago. Working keys expire without a sign-in."},
	Good:    "昨天", Bad: "45天前",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldTerminalsLastSignInOn, merchant.FieldTerminalsStatus},
	Needs:  rules.NeedTermParams,
	Check:  checkTRM018,
}

func checkTRM018(p *rules.Pass) {
	if p.Clear(suspects.Of(p).silent) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		path := merchant.Item(merchant.FieldTerminalsLastSignInOn, i)
		if t.Status == merchant.TerminalActive && p.AsOf.DaysSince(t.LastSignInOn) > signInDays && !p.Blocked(path) {
			p.Find(path, name(p, "sn", i), rules.P("date", t.LastSignInOn.String()))
		}
	}
}

// TRM010 流量卡与绑定的不同: SIM card is not the bound one.
var TRM010 = rules.Rule{
	ID: "TRM010", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "X-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "流量卡与绑定的不同", EN: "SIM card is not the bound one"},
	Message: rules.Text{ZH: "终端{sn}的流量卡与首次绑定的不同", EN: "terminal {sn} uses a SIM other than the bound one"},
	Remedy:  rules.Text{ZH: "提交换卡申请，或换回原卡。", EN: "File the SIM change, or put the bound SIM back."},
	Doc:     rules.Text{ZH: "流量卡号与首次绑定的流量卡号都有值而不相同。终端锁定首张流量卡，自行换卡后显示无效商户。已撤机或遗失的终端不判断。", EN: "The SIM card number and the bound one are both given and differ. A terminal locks to its first SIM; a swapped card shows 无效商户. Terminals that are retired or lost are passed over."},
	Good:    "相同", Bad: "不同",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS service pages on code 03", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsICCID, merchant.FieldTerminalsICCIDBound},
	Needs:  rules.NeedTermParams,
	Check:  checkTRM010,
}

func checkTRM010(p *rules.Pass) {
	if p.Clear(suspects.Of(p).otherSIM) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		path := merchant.Item(merchant.FieldTerminalsICCID, i)
		if t.ICCID != t.ICCIDBound && !gone(t) && sound(p, path, t.ICCID) && sound(p, merchant.Item(merchant.FieldTerminalsICCIDBound, i), t.ICCIDBound) {
			p.Find(path, name(p, "sn", i))
		}
	}
}
