package terminal

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// TRM012 商户不可交易但终端启用: Terminal active while the merchant is not.
var TRM012 = rules.Rule{
	ID: "TRM012", Star: 15, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户不可交易但终端启用", EN: "Terminal active while the merchant is not"},
	Message: rules.Text{ZH: "商户状态为{a}，终端{sn}状态为{b}，两者矛盾", EN: "the merchant is {a} while terminal {sn} is {b}"},
	Remedy:  rules.Text{ZH: "停止收单；恢复须重新入网。", EN: "Stop acquiring; a return needs a new entry."},
	Doc:     rules.Text{ZH: "商户状态为注销、冻结、暂停、驳回或未开通，而终端状态为启用。只停了一边，每笔交易都会被拒绝。", EN: "The merchant is closed, frozen, suspended, rejected or not opened and a terminal is active. One side was closed alone; every sale is declined."},
	Good:    "active/active", Bad: "closed/active",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 商户号未开通或已注销", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldTerminalsStatus, merchant.FieldStatusState},
	Uses:    []merchant.Field{merchant.FieldStatusState},
	Applies: mayNotTrade,
	Check:   checkTRM012,
}

func checkTRM012(p *rules.Pass) {
	state := p.Record.Status.State
	for i := range p.Record.Terminals {
		path, s := merchant.Item(merchant.FieldTerminalsStatus, i), p.Record.Terminals[i].Status
		if s == merchant.TerminalActive && !p.Blocked(path) {
			p.Find(path, name(p, "sn", i), rules.T("a", rules.Text{ZH: state.Label("zh"), EN: state.Label("en")}),
				rules.T("b", rules.Text{ZH: s.Label("zh"), EN: s.Label("en")}))
		}
	}
}

func mayNotTrade(p *rules.Pass) bool {
	s := p.Record.Status.State
	return s != merchant.StateActive && s.Valid()
}

// TRM022 线下商户没有可用终端: Offline merchant without a working terminal.
var TRM022 = rules.Rule{
	ID: "TRM022", Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "线下商户没有可用终端", EN: "Offline merchant without a working terminal"},
	Message: rules.Text{ZH: "线下商户状态正常，但没有可用终端", EN: "the offline merchant is active but has no working terminal"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "商户状态正常、经营场景为线下，而所有终端都已停用、撤机或遗失，或没有终端。没有设备可以受理银行卡。来源中没有终端列时不判断。", EN: "The merchant is active, the sales scene is offline, and every terminal is stopped, retired or lost, or there is none. Nothing is left to accept a card. Sources without a place for terminals are not judged."},
	Good:    "1台启用", Bad: "全部停用（线下）",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章）", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldTerminalsStatus, merchant.FieldStatusState, merchant.FieldSalesScene},
	Uses:    []merchant.Field{merchant.FieldStatusState, merchant.FieldSalesScene},
	Applies: offlineScene,
	Check:   checkTRM022,
}

func checkTRM022(p *rules.Pass) { findNoTerminal(p) }

func offlineScene(p *rules.Pass) bool {
	return p.Record.SalesScene == merchant.SceneOffline && activeMapped(p)
}

func activeMapped(p *rules.Pass) bool {
	return p.Record.Status.State == merchant.StateActive && p.Mapped(merchant.FieldTerminals)
}

func findNoTerminal(p *rules.Pass) {
	for i := range p.Record.Terminals {
		switch p.Record.Terminals[i].Status {
		case merchant.TerminalStopped, merchant.TerminalRetired, merchant.TerminalLost:
		default:
			return
		}
	}
	p.Find(merchant.At(merchant.FieldTerminals))
}

// TRM021 商户正常但没有可用终端: Active merchant without a working terminal.
var TRM021 = rules.Rule{
	ID: "TRM021", Severity: rules.Warning, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户正常但没有可用终端", EN: "Active merchant without a working terminal"},
	Message: rules.Text{ZH: "商户状态正常，但没有可用终端", EN: "the merchant is active but has no working terminal"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "商户状态正常、经营场景为线上线下或流动经营，而所有终端都已停用、撤机或遗失，或没有终端。可能只停了一边。来源中没有终端列时不判断。", EN: "The merchant is active, the sales scene is both or mobile, and every terminal is stopped, retired or lost, or there is none. One side may have been closed alone. Sources without a place for terminals are not judged."},
	Good:    "1台启用", Bad: "全部停用（线上线下）",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章）", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldTerminalsStatus, merchant.FieldStatusState, merchant.FieldSalesScene},
	Uses:    []merchant.Field{merchant.FieldStatusState, merchant.FieldSalesScene},
	Applies: partlyOffline,
	Check:   checkTRM021,
}

func checkTRM021(p *rules.Pass) { findNoTerminal(p) }

func partlyOffline(p *rules.Pass) bool {
	s := p.Record.SalesScene
	return (s == merchant.SceneBoth || s == merchant.SceneMobile) && activeMapped(p)
}

// TRM020 终端一年以上无交易: Terminal dormant for a year.
var TRM020 = rules.Rule{
	ID: "TRM020", Star: 43, Severity: rules.Error, Kind: rules.Stale, Cause: "X-05", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端一年以上无交易", EN: "Terminal dormant for a year"},
	Message: rules.Text{ZH: "终端{sn}已{m}个月无交易，应停止服务", EN: "terminal {sn} has had no transactions for {m} months; its service is to be stopped"},
	Remedy:  rules.Text{ZH: "重新核实商户，或停用终端。", EN: "Verify the merchant again, or stop the terminal."},
	Doc:     rules.Text{ZH: "不是备用终端，而最近一笔交易（没有时为装机）距检查日已满 stop_months（12）个月。应停止服务。已停用、撤机或遗失的终端不判断。", EN: "The terminal is no spare and its last transaction, else its installation, lies stop_months (12) or more before the day of the run. Its service is to be stopped. Terminals that are stopped, retired or lost already are passed over."},
	Good:    "上周有交易", Bad: "13个月无交易",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "中支协发〔2021〕161号 特约商户巡检指引", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldTerminalsLastTxnOn, merchant.FieldTerminalsInstalledOn, merchant.FieldTerminalsIsSpare},
	Needs:     rules.NeedTxnDates,
	Check:     checkTRM020,
}

func checkTRM020(p *rules.Pass) {
	if p.Clear(suspects.Of(p).idle) {
		return
	}
	for i := range p.Record.Terminals {
		last, path := lastUse(p, i)
		if !last.IsZero() && !last.AddMonths(p.Params.StopMonths).After(p.AsOf) {
			p.Find(path, name(p, "sn", i), rules.P("m", strconv.Itoa(months(last, p.AsOf))))
		}
	}
}

// lastUse returns the day of the last transaction, else of the installation, of a terminal that should be in use.
func lastUse(p *rules.Pass, i int) (merchant.Date, merchant.Path) {
	t := &p.Record.Terminals[i]
	path := merchant.Item(merchant.FieldTerminalsLastTxnOn, i)
	if t.IsSpare || t.Status == merchant.TerminalStopped || gone(t) || p.Blocked(path) {
		return merchant.Date{}, path
	}
	if !t.LastTxnOn.IsZero() {
		return t.LastTxnOn, path
	}
	path = merchant.Item(merchant.FieldTerminalsInstalledOn, i)
	if p.Blocked(path) {
		return merchant.Date{}, path
	}
	return t.InstalledOn, path
}

// months counts the full months from one day to a later one.
func months(from, to merchant.Date) int {
	n := (to.Year()-from.Year())*12 + to.Month() - from.Month()
	if from.AddMonths(n).After(to) {
		n--
	}
	return n
}

// TRM011 终端连续数月无交易: Terminal without transactions.
var TRM011 = rules.Rule{
	ID: "TRM011", Star: 44, Severity: rules.Warning, Kind: rules.Stale, Cause: "X-05", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端连续数月无交易", EN: "Terminal without transactions"},
	Message: rules.Text{ZH: "终端{sn}已连续{m}个月无交易，应重新核实", EN: "terminal {sn} has had no transactions for {m} months; verify the merchant again"},
	Remedy:  rules.Text{ZH: "重新核实商户，或停用终端。", EN: "Verify the merchant again, or stop the terminal."},
	Doc:     rules.Text{ZH: "不是备用终端，而最近一笔交易（没有时为装机）距检查日已满 dormant_months（3）个月而未满 stop_months（12）个月。须重新核实商户身份。已停用、撤机或遗失的终端不判断。", EN: "The terminal is no spare and its last transaction, else its installation, lies dormant_months (3) or more and less than stop_months (12) before the day of the run. The identity of the merchant is to be verified again. Terminals that are stopped, retired or lost are passed over."},
	Good:    "上周有交易", Bad: "4个月无交易",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "中支协发〔2021〕161号 特约商户巡检指引", Verified: true}, {Level: rules.Law, Cite: "银发〔2021〕259号"}},
	Fields:    []merchant.Field{merchant.FieldTerminalsLastTxnOn, merchant.FieldTerminalsInstalledOn, merchant.FieldTerminalsIsSpare},
	Needs:     rules.NeedTxnDates,
	Check:     checkTRM011,
}

func checkTRM011(p *rules.Pass) {
	if p.Clear(suspects.Of(p).idle) {
		return
	}
	for i := range p.Record.Terminals {
		last, path := lastUse(p, i)
		if !last.IsZero() && !last.AddMonths(p.Params.DormantMonths).After(p.AsOf) && last.AddMonths(p.Params.StopMonths).After(p.AsOf) {
			p.Find(path, name(p, "sn", i), rules.P("m", strconv.Itoa(months(last, p.AsOf))))
		}
	}
}
