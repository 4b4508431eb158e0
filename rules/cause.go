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
}

// causes are the reasons for 无效商户 that five published pages name (SC) and that service pages add (X), in their order.
var causes = [...]cause{
	{"SC-01", Detectable, Text{"信息录入错误", "Data entered wrongly"}},
	{"SC-02", Detectable, Text{"信息未录入或不完整", "Data missing or incomplete"}},
	{"SC-03", Detectable, Text{"信息不一致", "Data contradict each other"}},
	{"SC-04", Detectable, Text{"资料过期或未同步", "Data expired or not carried over"}},
	{"SC-05", Detectable, Text{"新开业或更换经营者", "New business or new operator"}},
	{"SC-06", Detectable, Text{"商户号未开通或已注销", "Merchant number not opened or closed"}},
	{"SC-07", Partly, Text{"账户余额不足或被冻结", "Account short of funds or frozen"}},
	{"SC-08", Detectable, Text{"系统或终端参数设置不当", "System or terminal set up wrongly"}},
	{"SC-09", Detectable, Text{"交易额度超限或限额过低", "Limit exceeded or too low"}},
	{"SC-10", Detectable, Text{"费率设置", "Fee rates"}},
	{"SC-11", Partly, Text{"支付方式、受理范围、未许可机具", "Payment method, acceptance, unlicensed device"}},
	{"SC-12", OutOfReach, Text{"硬件故障", "Broken hardware"}},
	{"SC-13", Partly, Text{"软件冲突或版本", "Software conflict or version"}},
	{"SC-14", OutOfReach, Text{"网络", "Network"}},
	{"SC-15", Partly, Text{"银行或支付机构维护、故障", "Maintenance or failure at the bank"}},
	{"SC-16", Partly, Text{"风险管控、临时名单", "Risk control, temporary lists"}},
	{"SC-17", Partly, Text{"法律和政策", "Law and policy"}},
	{"SC-18", OutOfReach, Text{"持卡人侧", "The cardholder's card"}},
	{"SC-19", Partly, Text{"人为失误、培训、管理", "Human error, training, management"}},
	{"SC-20", OutOfReach, Text{"交易信息错误", "Amount or type of the sale"}},
	{"SC-21", OutOfReach, Text{"环境", "Surroundings"}},
	{"X-01", Partly, Text{"后台未建立商户或终端参数", "Merchant or terminal not set up at the switch"}},
	{"X-02", Partly, Text{"密钥丢失", "Keys lost"}},
	{"X-03", Partly, Text{"自行更换流量卡", "SIM changed without notice"}},
	{"X-04", Partly, Text{"违规操作被停机", "Stopped for misuse"}},
	{"X-05", Partly, Text{"长期未交易被停", "Stopped after long disuse"}},
}

// Causes returns the codes of all causes in their order.
func Causes() []Cause {
	list := make([]Cause, len(causes))
	for i := range causes {
		list[i] = causes[i].code
	}
	return list
}

// Title names the cause; empty for a code that is not in the list.
func (c Cause) Title() Text {
	for i := range causes {
		if causes[i].code == c {
			return causes[i].title
		}
	}
	return Text{}
}

// Reach says how far data show the cause.
func (c Cause) Reach() Reach {
	for i := range causes {
		if causes[i].code == c {
			return causes[i].reach
		}
	}
	return OutOfReach
}
