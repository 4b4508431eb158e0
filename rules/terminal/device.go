package terminal

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
	"github.com/merchantkyc/merchantkyc/rules"
)

// name tells people which terminal is meant: its serial number, else its terminal number, else its place in the list.
func name(p *rules.Pass, param string, i int) rules.Param {
	t := &p.Record.Terminals[i]
	switch {
	case t.SerialNo != "":
		return rules.P(param, t.SerialNo)
	case t.TerminalNo != "":
		return rules.P(param, t.TerminalNo)
	}
	n := strconv.Itoa(i + 1)
	return rules.T(param, rules.Text{ZH: "（第" + n + "台）", EN: "no. " + n})
}

// lacks reports whether the text at f of the i-th terminal is empty although the source has a place for it and nothing
// that could not be read stood there.
func lacks(p *rules.Pass, f merchant.Field, i int, value string) bool {
	return value == "" && p.Mapped(f) && !p.Blocked(merchant.Item(f, i))
}

// sound reports whether a value is given and no earlier rule found it unusable.
func sound(p *rules.Pass, path merchant.Path, value string) bool {
	return value != "" && !p.Blocked(path)
}

// gone reports whether the machine has left the merchant: what it holds and where it stood then matters no more.
func gone(t *merchant.Terminal) bool {
	return t.Status == merchant.TerminalRetired || t.Status == merchant.TerminalLost
}

// signs tell which rules may have something to say about one of the terminals, so that machines without fault are looked at
// once and not by each rule; see Pass.Clear.
type signs struct {
	noNumber, badNumber, noSerial, badSerial, noType, unknownType, noLicence, badLicence, badSIM bool
	incomplete, keyless, silent, otherSIM, idle                                                  bool
}

var suspects = rules.Fact[signs]{Work: func(p *rules.Pass, s *signs) {
	*s = signs{}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		active := t.Status == merchant.TerminalActive
		s.noNumber = s.noNumber || active && t.TerminalNo == ""
		s.badNumber = s.badNumber || t.TerminalNo != "" && terminal.Check(t.TerminalNo) != nil
		s.noSerial = s.noSerial || t.SerialNo == "" && serialised(t.DeviceType)
		s.badSerial = s.badSerial || t.SerialNo != "" && terminal.CheckSerial(t.SerialNo) != nil
		s.noType = s.noType || t.DeviceType == ""
		s.unknownType = s.unknownType || t.DeviceType != "" && !t.DeviceType.Valid()
		s.noLicence = s.noLicence || t.NetworkLicence == "" && t.DeviceType.TakesCards()
		s.badLicence = s.badLicence || t.NetworkLicence != "" && terminal.CheckNetworkLicence(t.NetworkLicence) != nil
		s.badSIM = s.badSIM || badSIM(t.ICCID) || badSIM(t.ICCIDBound)
		s.incomplete = s.incomplete || incomplete(t)
		s.keyless = s.keyless || keyless(t)
		s.silent = s.silent || active && p.AsOf.DaysSince(t.LastSignInOn) > signInDays
		s.otherSIM = s.otherSIM || t.ICCID != t.ICCIDBound
		last := t.LastTxnOn
		if last.IsZero() {
			last = t.InstalledOn
		}
		s.idle = s.idle || !last.IsZero() && !last.AddMonths(min(p.Params.DormantMonths, p.Params.StopMonths)).After(p.AsOf)
	}
}}

func badSIM(no string) bool { return no != "" && terminal.CheckICCID(no) != nil }

// TRM013 终端号未填写: Terminal number missing.
var TRM013 = rules.Rule{
	ID: "TRM013", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端号未填写", EN: "Terminal number missing"},
	Message: rules.Text{ZH: "终端{sn}没有终端号", EN: "terminal {sn} has no terminal number"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "启用中的终端没有终端号。报文第 41 域会是空的。", EN: "A terminal that is active has no terminal number. Field 41 would be empty."},
	Good:    "30100447", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 41"}},
	Fields: []merchant.Field{merchant.FieldTerminalsTerminalNo},
	Check:  checkTRM013,
}

func checkTRM013(p *rules.Pass) {
	if p.Clear(suspects.Of(p).noNumber) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		if t.Status == merchant.TerminalActive && lacks(p, merchant.FieldTerminalsTerminalNo, i, t.TerminalNo) {
			p.Find(merchant.Item(merchant.FieldTerminalsTerminalNo, i), name(p, "sn", i))
		}
	}
}

// TRM001 终端号格式: Terminal number malformed.
var TRM001 = rules.Rule{
	ID: "TRM001", Star: 16, Severity: rules.Error, Kind: rules.Format, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端号格式", EN: "Terminal number malformed"},
	Message: rules.Text{ZH: "终端号“{value}”应为8位数字或字母", EN: "terminal number \"{value}\" must have 8 letters or digits"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "终端号不是恰好 8 位数字或字母。报文第 41 域为 8 位；补足前导零即成 8 位的 7 位数字由 IMP002 报告。", EN: "A terminal number is not exactly 8 letters and digits, the size of field 41. Seven digits that lost a leading zero are the matter of IMP002."},
	Good:    "30100447", Bad: "301004",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 41 ANS 8"}, {Level: rules.Scheme, Cite: "通联 termno 8", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsTerminalNo},
	Check:  checkTRM001,
}

func checkTRM001(p *rules.Pass) {
	if p.Clear(suspects.Of(p).badNumber) {
		return
	}
	for i := range p.Record.Terminals {
		path := merchant.Item(merchant.FieldTerminalsTerminalNo, i)
		if no := p.Record.Terminals[i].TerminalNo; sound(p, path, no) && terminal.Check(no) != nil {
			p.Find(path)
		}
	}
}

// TRM002 终端序列号未填写: Terminal serial number missing.
var TRM002 = rules.Rule{
	ID: "TRM002", Star: 17, Severity: rules.Error, Kind: rules.Missing, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端序列号未填写", EN: "Terminal serial number missing"},
	Message: rules.Text{ZH: "终端{terminal}缺少序列号", EN: "terminal {terminal} has no serial number"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "设备类型为 01–06、08、09 或 10，而序列号为空。一机一码：每台受理终端都有序列号。", EN: "The device type is 01–06, 08, 09 or 10 and the serial number is empty. One machine, one code (一机一码): every terminal that accepts payments has one."},
	Good:    "0000010483433721", Bad: "（空）",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 一(一)1", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldTerminalsSerialNo, merchant.FieldTerminalsDeviceType},
	Check:     checkTRM002,
}

func checkTRM002(p *rules.Pass) {
	if p.Clear(suspects.Of(p).noSerial) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		if serialised(t.DeviceType) && lacks(p, merchant.FieldTerminalsSerialNo, i, t.SerialNo) {
			p.Find(merchant.Item(merchant.FieldTerminalsSerialNo, i), name(p, "terminal", i))
		}
	}
}

func serialised(d merchant.DeviceType) bool {
	return d.TakesCards() || d == merchant.DeviceFace || d == merchant.DeviceQR
}

// TRM014 终端序列号格式: Serial number malformed.
var TRM014 = rules.Rule{
	ID: "TRM014", Severity: rules.Error, Kind: rules.Format, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端序列号格式", EN: "Serial number malformed"},
	Message: rules.Text{ZH: "终端序列号“{value}”不合规", EN: "serial number \"{value}\" is not plausible"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "序列号不是 6 至 50 位数字、字母或连字符，或全部字符相同。这是占位内容，不是序列号。", EN: "A serial number is not 6–50 letters, digits and hyphens, or all its characters are the same: a filler."},
	Good:    "0000010483433721", Bad: "0000000000000000",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "serial_num String(50) in an acquirer document", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsSerialNo},
	Check:  checkTRM014,
}

func checkTRM014(p *rules.Pass) {
	if p.Clear(suspects.Of(p).badSerial) {
		return
	}
	for i := range p.Record.Terminals {
		path := merchant.Item(merchant.FieldTerminalsSerialNo, i)
		if no := p.Record.Terminals[i].SerialNo; sound(p, path, no) && terminal.CheckSerial(no) != nil {
			p.Find(path)
		}
	}
}

// TRM016 设备类型未填写: Device type missing.
var TRM016 = rules.Rule{
	ID: "TRM016", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "设备类型未填写", EN: "Device type missing"},
	Message: rules.Text{ZH: "终端{sn}没有设备类型", EN: "terminal {sn} has no device type"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "终端没有设备类型。设备类型决定需要哪些字段。", EN: "A terminal has no device type. The type decides which fields are needed."},
	Good:    "04", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "UnionPay terminal information", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsDeviceType},
	Check:  checkTRM016,
}

func checkTRM016(p *rules.Pass) {
	if p.Clear(suspects.Of(p).noType) {
		return
	}
	for i := range p.Record.Terminals {
		if lacks(p, merchant.FieldTerminalsDeviceType, i, string(p.Record.Terminals[i].DeviceType)) {
			p.Find(merchant.Item(merchant.FieldTerminalsDeviceType, i), name(p, "sn", i))
		}
	}
}

// TRM005 设备类型不认识: Device type unknown.
var TRM005 = rules.Rule{
	ID: "TRM005", Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "设备类型不认识", EN: "Device type unknown"},
	Message: rules.Text{ZH: "设备类型“{value}”不在01–11之内", EN: "device type \"{value}\" is not one of 01–11"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "设备类型不是 01 自助终端、02 传统POS、03 mPOS、04 智能POS、05 II型固定电话、06 云闪付终端、08 手机POS、09 刷脸付终端、10 条码支付受理终端、11 条码支付辅助受理终端，也不是其别名（07 保留）。单个数字建议补零。", EN: "The device type is none of 01 self-service, 02 classic POS, 03 mPOS, 04 smart POS, 05 type II fixed phone, 06 QuickPass, 08 phone POS, 09 face payment, 10 QR code and 11 QR code auxiliary, nor an alias (07 is reserved). For a single digit the code with its leading zero is proposed."},
	Good:    "04", Bad: "12",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "UnionPay device_type list in an acquirer document", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsDeviceType},
	Check:  checkTRM005,
}

func checkTRM005(p *rules.Pass) {
	if p.Clear(suspects.Of(p).unknownType) {
		return
	}
	for i := range p.Record.Terminals {
		path := merchant.Item(merchant.FieldTerminalsDeviceType, i)
		d := p.Record.Terminals[i].DeviceType
		if !sound(p, path, string(d)) || d.Valid() {
			continue
		}
		var fixes []rules.Fix
		if padded := "0" + d; len(d) == 1 && padded.Valid() {
			fixes = p.Propose(path, string(padded))
		}
		p.FindFix(path, fixes)
	}
}

// TRM015 小微商户使用自助终端: Micro merchant with a self-service terminal.
var TRM015 = rules.Rule{
	ID: "TRM015", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-11", Since: "v0.1.0",
	Title:   rules.Text{ZH: "小微商户使用自助终端", EN: "Micro merchant with a self-service terminal"},
	Message: rules.Text{ZH: "小微商户不应使用设备类型{value}", EN: "a micro merchant should not use device type {value}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "小微商户使用自助终端（设备类型 01）。这类设备不在网络允许小微商户使用的范围内。", EN: "A micro merchant has a self-service terminal (device type 01), which is outside what the network admits for such a merchant."},
	Good:    "小微 + 10", Bad: "小微 + 01",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields:  []merchant.Field{merchant.FieldTerminalsDeviceType, merchant.FieldSubjectType},
	Uses:    []merchant.Field{merchant.FieldSubjectType},
	Applies: micro,
	Check:   checkTRM015,
}

func checkTRM015(p *rules.Pass) {
	for i := range p.Record.Terminals {
		if p.Record.Terminals[i].DeviceType == merchant.DeviceATM {
			p.Find(merchant.Item(merchant.FieldTerminalsDeviceType, i))
		}
	}
}

func micro(p *rules.Pass) bool { return p.Record.SubjectType == merchant.SubjectMicro }

// TRM023 缺少入网许可编号: Network licence number missing.
var TRM023 = rules.Rule{
	ID: "TRM023", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-11", Since: "v0.1.0",
	Title:   rules.Text{ZH: "缺少入网许可编号", EN: "Network licence number missing"},
	Message: rules.Text{ZH: "终端{sn}没有入网许可编号", EN: "terminal {sn} has no network licence number"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "受理银行卡的终端（设备类型 01–06、08）没有入网许可编号。未经银行或网络许可的设备会被拒绝。", EN: "A card terminal (device type 01–06, 08) has no network licence number. Devices the bank or the network has not approved are declined."},
	Good:    "P3100", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "network_license 5 characters, e.g. P3100, in an acquirer document", Verified: true}, {Level: rules.Scheme, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 三、7", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsNetworkLicence, merchant.FieldTerminalsDeviceType},
	Check:  checkTRM023,
}

func checkTRM023(p *rules.Pass) {
	if p.Clear(suspects.Of(p).noLicence) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		if t.DeviceType.TakesCards() && lacks(p, merchant.FieldTerminalsNetworkLicence, i, t.NetworkLicence) {
			p.Find(merchant.Item(merchant.FieldTerminalsNetworkLicence, i), name(p, "sn", i))
		}
	}
}

// TRM024 入网许可编号格式: Network licence number malformed.
var TRM024 = rules.Rule{
	ID: "TRM024", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-11", Since: "v0.1.0",
	Title:   rules.Text{ZH: "入网许可编号格式", EN: "Network licence number malformed"},
	Message: rules.Text{ZH: "入网许可编号“{value}”应为1位字母加4位数字", EN: "network licence \"{value}\" should be one letter and four digits"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "入网许可编号有值，但不是一个大写字母加四位数字。", EN: "A network licence number is given and is not one capital letter and four digits."},
	Good:    "P3100", Bad: "3100",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "one example P3100", Verified: true}, {Level: rules.Scheme, Cite: "general form"}},
	Fields: []merchant.Field{merchant.FieldTerminalsNetworkLicence},
	Check:  checkTRM024,
}

func checkTRM024(p *rules.Pass) {
	if p.Clear(suspects.Of(p).badLicence) {
		return
	}
	for i := range p.Record.Terminals {
		path := merchant.Item(merchant.FieldTerminalsNetworkLicence, i)
		if no := p.Record.Terminals[i].NetworkLicence; sound(p, path, no) && terminal.CheckNetworkLicence(no) != nil {
			p.Find(path)
		}
	}
}

// TRM019 流量卡号格式: SIM number malformed.
var TRM019 = rules.Rule{
	ID: "TRM019", Severity: rules.Warning, Kind: rules.Format, Cause: "X-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "流量卡号格式", EN: "SIM number malformed"},
	Message: rules.Text{ZH: "流量卡号“{value}”格式不正确", EN: "SIM number \"{value}\" is malformed"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "流量卡号有值，但不是以 8986 开头的 19 或 20 位。这不是境内网络的 ICCID。", EN: "A SIM card number is given and is not 19 or 20 characters that begin with 8986, so it is no ICCID of the mainland networks."},
	Good:    "89860012345678901234", Bad: "12345",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "ITU-T E.118 prefix 8986"}},
	Fields: []merchant.Field{merchant.FieldTerminalsICCID, merchant.FieldTerminalsICCIDBound},
	Check:  checkTRM019,
}

func checkTRM019(p *rules.Pass) {
	if p.Clear(suspects.Of(p).badSIM) {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		if path := merchant.Item(merchant.FieldTerminalsICCID, i); sound(p, path, t.ICCID) && badSIM(t.ICCID) {
			p.Find(path)
		}
		if path := merchant.Item(merchant.FieldTerminalsICCIDBound, i); sound(p, path, t.ICCIDBound) && badSIM(t.ICCIDBound) {
			p.Find(path)
		}
	}
}
