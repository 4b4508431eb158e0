package diagnose

import (
	"slices"

	"github.com/merchantkyc/merchantkyc/rules"
)

// Step is one thing to do about the causes found, and who has to be asked.
type Step struct {
	Text    rules.Text
	Contact rules.Text
	Rules   []rules.ID // the causes that call for it
}

// Check is one cause that no data show, and what to look at there.
type Check struct {
	Cause rules.Cause
	Title rules.Text
	Text  rules.Text
}

// Whom to ask.
var (
	bank       = rules.Text{ZH: "收单银行登记岗", EN: "the registry desk of the acquiring bank"}
	operations = rules.Text{ZH: "本机构商户管理岗", EN: "our own merchant operations"}
	shop       = rules.Text{ZH: "商户", EN: "the merchant"}
	maintainer = rules.Text{ZH: "终端维护方", EN: "the terminal maintainer"}
	paying     = rules.Text{ZH: "开户银行", EN: "the bank of the account"}
	risk       = rules.Text{ZH: "风险管理岗", EN: "risk management"}
)

// plan are the steps that the source documents give, tied to the rules that show the need for them. The first step of a
// verdict is that of its first cause.
var plan = []Step{
	{rules.Text{ZH: "用商户号和统一社会信用代码再查一次银行登记；确实没有的，重新报送商户资料，并索取受理结果。",
		EN: "Look the merchant up at the bank once more by number and USCC; if it is not there, submit it again and ask for the receipt."},
		bank, []rules.ID{"DIF001"}},
	{rules.Text{ZH: "核实登记状态：未开通的完成开通，已注销或暂停的查明原因，符合条件再申请恢复。",
		EN: "Find out why the registry does not let it trade: have it opened, or clear the reason and apply for its return."},
		bank, []rules.ID{"DIF010"}},
	{rules.Text{ZH: "对照银行的开户通知逐位核对商户号；确认录错后由双方更正，不要自行改号，也不要合并两条记录。",
		EN: "Compare the merchant number digit by digit with the bank's notice; correct it together, never alone, and merge nothing."},
		bank, []rules.ID{"DIF024", "MID001", "MID002", "MID003", "MID004"}},
	{rules.Text{ZH: "核对终端号和序列号；没有登记的补报，登记在别的商户下的先解绑再重新绑定。",
		EN: "Check terminal and serial number; report what is not registered, unbind what is registered elsewhere and bind it again."},
		bank, []rules.ID{"DIF011", "DIF012", "TRM001", "TRM002", "TRM003", "TRM004", "BAT008"}},
	{rules.Text{ZH: "检查商户号状态；停用、冻结、注销的先查明原因和日期，解除后按制度恢复，不能恢复的重新入网。",
		EN: "Look at the state of the merchant number; find reason and date, clear them, then restore it by the rules, or enter it anew."},
		operations, []rules.ID{"STA001", "STA003", "STA004", "STA005"}},
	{rules.Text{ZH: "完成未走完的步骤：审核、签约、渠道开通、分配商户号；开通前不要布放终端。",
		EN: "Finish what is open: audit, agreement, channel, merchant number; place no terminal before that."},
		operations, []rules.ID{"STA002", "STA006", "MID006"}},
	{rules.Text{ZH: "先备份终端参数，再重新下载参数，使终端内的商户号、终端号、MCC 与登记一致，然后重新签到。",
		EN: "Back up the parameters, download them again so that merchant number, terminal number and MCC agree with the registry, and sign in."},
		maintainer, []rules.ID{"TRM007", "TRM008"}},
	{rules.Text{ZH: "停用或撤下仍启用的终端；商户恢复之后再启用。",
		EN: "Stop the terminals that are still active; start them again once the merchant may trade."},
		maintainer, []rules.ID{"TRM012"}},
	{rules.Text{ZH: "核对重复的记录，确定以哪一条为准，再删除或合并另一条。",
		EN: "Compare the records that share the number, settle which one holds, then remove or merge the other."},
		operations, []rules.ID{"BAT001"}},
	{rules.Text{ZH: "向银行报送变更，或重新报送，并确认新资料已经生效。",
		EN: "Submit the change to the bank, again if need be, and confirm that it took effect."},
		bank, []rules.ID{"DIF013"}},
	{rules.Text{ZH: "以证照和合同为准，核实名称、证照号、经营者、账户、MCC、地址和电话；录错的一方更正，本方录错时更正后重新报送。",
		EN: "Settle name, licence, operator, account, MCC, address and phone by the documents; correct the side that is wrong and submit again."},
		bank, []rules.ID{"DIF003", "DIF004", "DIF005", "DIF006", "DIF007", "DIF008"}},
	{rules.Text{ZH: "确认账户余额和状态，需要时充值、解冻或换用账户，再重新验证。",
		EN: "Confirm balance and state of the account; fund it, have it unfrozen or use another, then verify again."},
		paying, []rules.ID{"SET010"}},
	{rules.Text{ZH: "请商户提供与证照一致的结算账户，或补交非同名结算的授权材料。",
		EN: "Ask for a settlement account that agrees with the licence, or for the authorisation to settle to another name."},
		shop, []rules.ID{"SET006", "SET007"}},
	{rules.Text{ZH: "请商户提供换发的证照和证件，更新资料并报送银行；已吊销或注销的停止收单。",
		EN: "Obtain the renewed licence or identity document, update and submit; stop acquiring where it was revoked or cancelled."},
		shop, []rules.ID{"LIC011", "REP010", "LIC013"}},
	{rules.Text{ZH: "对照证照原件重新录入号码和名称。",
		EN: "Retype number and name from the licence itself."},
		shop, []rules.ID{"LIC003", "LIC007"}},
	{rules.Text{ZH: "核对限额与实际交易；确有需要的按制度申请提额。",
		EN: "Compare the limits with the trade; apply for a raise where it is needed."},
		risk, []rules.ID{"LIM005", "LIM009"}},
	{rules.Text{ZH: "联系商户核实经营和终端去向；恢复经营的重新核实，停业的撤机。",
		EN: "Ask the merchant about its business and the terminal; verify it again, or take the terminal back."},
		shop, []rules.ID{"TRM011", "TRM020", "TRM006"}},
}

// steps returns the steps for the causes of v in their order, each once.
func steps(v *Verdict) []Step {
	var list []Step
	at := map[int]int{}
	for _, f := range v.Causes {
		n := slices.IndexFunc(plan, func(s Step) bool { return slices.Contains(s.Rules, f.Rule.ID) })
		if n < 0 { // a rule of a house: its own remedy
			list = append(list, Step{Text: rules.Text{ZH: f.Remedy("zh", false), EN: f.Remedy("en", false)}, Contact: operations, Rules: []rules.ID{f.Rule.ID}})
			continue
		}
		i, ok := at[n]
		if !ok {
			i = len(list)
			at[n] = i
			list = append(list, Step{Text: plan[n].Text, Contact: plan[n].Contact})
		}
		if !slices.Contains(list[i].Rules, f.Rule.ID) {
			list[i].Rules = append(list[i].Rules, f.Rule.ID)
		}
	}
	return list
}

// outOfReach are the causes that no list of merchants shows, with what the source documents say to look at.
var outOfReach = []Check{
	{"SC-14", rules.Text{ZH: "网络", EN: "Network"},
		rules.Text{ZH: "检查网线、SIM 卡和信号，换一个网络再试。", EN: "Check cable, SIM and signal; try another network."}},
	{"SC-15", rules.Text{ZH: "银行或支付机构维护、故障", EN: "Maintenance or failure at the bank"},
		rules.Text{ZH: "查询维护通知，换一个时间再试；仍失败的，带上商户号、终端号和时间联系收单机构。", EN: "Look for a maintenance notice and try at another time; else call the acquirer with merchant number, terminal number and time."}},
	{"SC-12", rules.Text{ZH: "机具硬件", EN: "Hardware"},
		rules.Text{ZH: "检查电源、读卡器和连接，换一台终端再试；损坏的联系维护方。", EN: "Check power, reader and connections; try another terminal; have a broken one mended."}},
	{"SC-13", rules.Text{ZH: "软件冲突、版本", EN: "Software"},
		rules.Text{ZH: "重启终端，更新程序，卸载有冲突的软件；更新之前备份。", EN: "Restart, update, remove software that interferes; back up before updating."}},
	{"SC-18", rules.Text{ZH: "持卡人的卡", EN: "The cardholder's card"},
		rules.Text{ZH: "请持卡人换一张卡，或向发卡行查询卡的状态、余额和有效期。这不是商户资料的问题。", EN: "Ask for another card, or have the cardholder ask the issuer about state, balance and expiry. This is no fault of the merchant's data."}},
	{"SC-20", rules.Text{ZH: "交易金额、类型", EN: "Amount or type of the sale"},
		rules.Text{ZH: "核对输入的金额和交易类型。", EN: "Check the amount and the type that were entered."}},
	{"SC-21", rules.Text{ZH: "环境", EN: "Surroundings"},
		rules.Text{ZH: "避开潮湿、高温、静电和强磁场，缩短距离后再试。", EN: "Keep away from damp, heat, static and magnets; try at a shorter distance."}},
}

// maintenanceCodes are the response codes that the rule for maintenance windows (OPS001) looks at beside 03.
var maintenanceCodes = []string{"91", "92", "96", "98"}

// Codes are the response codes that a verdict says something about: 03, and those that point to maintenance or a failure
// at the bank, for which the checklist begins there.
func Codes() []string { return append([]string{"03"}, maintenanceCodes...) }

func checklist(code string) []Check {
	list := slices.Clone(outOfReach)
	if slices.Contains(maintenanceCodes, code) {
		slices.SortStableFunc(list, func(a, b Check) int {
			first := func(c Check) int {
				if c.Cause == "SC-15" {
					return 0
				}
				return 1
			}
			return first(a) - first(b)
		})
	}
	return list
}
