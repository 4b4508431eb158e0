package rules

// Reach says how far data show a cause.
type Reach uint8

// OutOfReach: nothing in the data of merchants shows it. Partly: when the named extra data are given. Detectable: from the
// record, the batch or the registry.
const (
	OutOfReach Reach = iota
	Partly
	Detectable
)

// Text words the reach.
func (r Reach) Text() Text {
	return [...]Text{{"看不到", "out of reach"}, {"部分，需要另外的数据", "partly, with more data"}, {"可以查出", "detectable"}}[min(r, Detectable)]
}

type cause struct {
	code  Cause
	reach Reach
	title Text
	given Text // of Partly: the data that must be given
	also  []ID // rules that find the cause under another code, since they find more often something else
}

// causes are the reasons for 无效商户 that five published pages name (SC) and that service pages add (X), in their order.
var causes = [...]cause{
	{code: "SC-01", reach: Detectable, title: Text{"信息录入错误", "Data entered wrongly"}},
	{code: "SC-02", reach: Detectable, title: Text{"信息未录入或不完整", "Data missing or incomplete"}},
	{code: "SC-03", reach: Detectable, title: Text{"信息不一致", "Data contradict each other"}},
	{code: "SC-04", reach: Detectable, title: Text{"资料过期或未同步", "Data expired or not carried over"}},
	{code: "SC-05", reach: Detectable, title: Text{"新开业或更换经营者", "New business or new operator"},
		also: []ID{"REP013"}},
	{code: "SC-06", reach: Detectable, title: Text{"商户号未开通或已注销", "Merchant number not opened or closed"}},
	{code: "SC-07", reach: Partly, title: Text{"账户余额不足或被冻结", "Account short of funds or frozen"},
		given: Text{"银行的账户状态", "account status from the bank"}},
	{code: "SC-08", reach: Detectable, title: Text{"系统或终端参数设置不当", "System or terminal set up wrongly"},
		also: []ID{"TRM004"}},
	{code: "SC-09", reach: Detectable, title: Text{"交易额度超限或限额过低", "Limit exceeded or too low"},
		also: []ID{"LIM003"}},
	{code: "SC-10", reach: Detectable, title: Text{"费率设置", "Fee rates"}},
	{code: "SC-11", reach: Partly, title: Text{"支付方式、受理范围、未许可机具", "Payment method, acceptance, unlicensed device"},
		given: Text{"机具与渠道资料、拒绝流水", "data of devices and channels, decline log"}, also: []ID{"TRM005", "STA006"}},
	{code: "SC-12", reach: OutOfReach, title: Text{"硬件故障", "Broken hardware"}},
	{code: "SC-13", reach: Partly, title: Text{"软件冲突或版本", "Software conflict or version"},
		given: Text{"终端参数，仅其版本", "terminal parameters, their version only"}, also: []ID{"TRM008"}},
	{code: "SC-14", reach: OutOfReach, title: Text{"网络", "Network"}},
	{code: "SC-15", reach: Partly, title: Text{"银行或支付机构维护、故障", "Maintenance or failure at the bank"},
		given: Text{"拒绝流水、维护窗口", "decline log, maintenance windows"}},
	{code: "SC-16", reach: Partly, title: Text{"风险管控、临时名单", "Risk control, temporary lists"},
		given: Text{"名单筛查结果、商户状态", "screening, merchant status"}},
	{code: "SC-17", reach: Partly, title: Text{"法律和政策", "Law and policy"},
		given: Text{"方案中的政策清单", "policy lists of the profile"}},
	{code: "SC-18", reach: OutOfReach, title: Text{"持卡人侧", "The cardholder's card"}},
	{code: "SC-19", reach: Partly, title: Text{"人为失误、培训、管理", "Human error, training, management"},
		given: Text{"代理商清单、豁免清单", "dealer list, suppressions"}},
	{code: "SC-20", reach: OutOfReach, title: Text{"交易信息错误", "Amount or type of the sale"}},
	{code: "SC-21", reach: OutOfReach, title: Text{"环境", "Surroundings"}},
	{code: "X-01", reach: Partly, title: Text{"后台未建立商户或终端参数", "Merchant or terminal not set up at the switch"},
		given: Text{"银行登记文件", "the bank's registry"}, also: []ID{"DIF001"}},
	{code: "X-02", reach: Partly, title: Text{"密钥丢失", "Keys lost"},
		given: Text{"终端参数", "terminal parameters"}},
	{code: "X-03", reach: Partly, title: Text{"自行更换流量卡", "SIM changed without notice"},
		given: Text{"终端参数", "terminal parameters"}},
	{code: "X-04", reach: Partly, title: Text{"违规操作被停机", "Stopped for misuse"},
		given: Text{"商户状态", "merchant status"}, also: []ID{"STA005"}},
	{code: "X-05", reach: Partly, title: Text{"长期未交易被停", "Stopped after long disuse"},
		given: Text{"交易日期", "transaction dates"}},
}

// Causes returns the codes of all causes in their order.
func Causes() []Cause {
	list := make([]Cause, len(causes))
	for i := range causes {
		list[i] = causes[i].code
	}
	return list
}

// find returns what is known about the cause; the zero value for a code that is not in the list.
func (c Cause) find() cause {
	for i := range causes {
		if causes[i].code == c {
			return causes[i]
		}
	}
	return cause{}
}

// Title names the cause; empty for a code that is not in the list.
func (c Cause) Title() Text { return c.find().title }

// Reach says how far data show the cause.
func (c Cause) Reach() Reach { return c.find().reach }

// Given names the data without which a cause that is Partly in reach cannot be told; empty for the others.
func (c Cause) Given() Text { return c.find().given }

// Also returns the IDs of rules that find the cause although they carry the code of another, which they find more often.
func (c Cause) Also() []ID { return append([]ID(nil), c.find().also...) }
