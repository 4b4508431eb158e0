package terminal

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// element is one item bound to a serial number, with the place in the record it must agree with.
type element struct {
	bound, own       merchant.Field
	boundValue, want string
	ownPath          merchant.Path
}

// elements returns institution, merchant number, USCC (the identity number of a micro merchant) and settlement account.
func elements(r *merchant.Record, t *merchant.Terminal) [4]element {
	e := [4]element{
		{bound: merchant.FieldTerminalsBoundOrgCode, own: merchant.FieldAcquirerOrgCode, boundValue: t.Bound.OrgCode, want: r.Acquirer.OrgCode},
		{bound: merchant.FieldTerminalsBoundMerchantNo, own: merchant.FieldMerchantNo, boundValue: t.Bound.MerchantNo, want: r.MerchantNo},
		{bound: merchant.FieldTerminalsBoundUSCCOrID, own: merchant.FieldLicenceNumber, boundValue: t.Bound.USCCOrID, want: r.Licence.Number},
		{bound: merchant.FieldTerminalsBoundAccountNo, own: merchant.FieldSettlementAccountNo, boundValue: t.Bound.AccountNo, want: r.Settlement.AccountNo},
	}
	if r.SubjectType == merchant.SubjectMicro {
		e[2].own, e[2].want = merchant.FieldLegalRepIDNo, r.LegalRep.IDNo
	}
	for i := range e {
		e[i].ownPath = merchant.At(e[i].own)
	}
	return e
}

// TRM003 终端五要素不全: Five elements of a terminal incomplete.
var TRM003 = rules.Rule{
	ID: "TRM003", Star: 18, Severity: rules.Error, Kind: rules.Missing, Cause: "SC-08", Since: "v0.1.0",
	Title:   rules.Text{ZH: "终端五要素不全", EN: "Five elements of a terminal incomplete"},
	Message: rules.Text{ZH: "终端{sn}五要素缺少：{missing}", EN: "terminal {sn} lacks bound element(s): {missing}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "终端为启用或待启用，而序列号或与之绑定的五要素之一为空：机构代码、商户号、统一社会信用代码（小微商户为身份证件号码）、结算账户、布放地址。五要素在入网时一并报送，不全不予入网。商户资料中同样为空的项由该项自己的规则报告。商户资料中已有的值作为建议补填；布放地址须实地确认，不建议。问题报在缺少的第一项上。", EN: "A terminal that is active or pending lacks its serial number or one of the five items bound to it: institution, merchant number, USCC (the identity number of a micro merchant), settlement account, install address. The five are reported together at network entry, and an incomplete report is not admitted. An item that the merchant lacks itself is left to the rule about it. What the record holds is proposed, save the address, which must be seen on site. The finding stands at the first missing item."},
	Good:    "齐全", Bad: "缺布放地址",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 入网五项信息唯一对应", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldTerminalsSerialNo, merchant.FieldTerminalsBoundOrgCode, merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsBoundUSCCOrID, merchant.FieldTerminalsBoundAccountNo, merchant.FieldTerminalsInstallAddress},
	Check:     checkTRM003,
}

func checkTRM003(p *rules.Pass) {
	if p.Clear(suspects.Of(p).incomplete) {
		return
	}
	for i := range p.Record.Terminals {
		if incomplete(&p.Record.Terminals[i]) {
			findIncomplete(p, i)
		}
	}
}

// incomplete reports a terminal in use one of whose elements is empty, for whatever reason.
func incomplete(t *merchant.Terminal) bool {
	b := &t.Bound
	return (t.Status == merchant.TerminalActive || t.Status == merchant.TerminalPending) &&
		(t.SerialNo == "" || b.OrgCode == "" || b.MerchantNo == "" || b.USCCOrID == "" || b.AccountNo == "" || t.InstallAddress == "")
}

func findIncomplete(p *rules.Pass, i int) {
	t := &p.Record.Terminals[i]
	var missing []merchant.Field
	var edits []rules.Edit
	if lacks(p, merchant.FieldTerminalsSerialNo, i, t.SerialNo) {
		missing = append(missing, merchant.FieldTerminalsSerialNo)
	}
	for _, e := range elements(p.Record, t) {
		if !lacks(p, e.bound, i, e.boundValue) || e.want == "" && p.Mapped(e.own) {
			continue // what the merchant lacks itself cannot be bound, and another rule speaks of it
		}
		missing = append(missing, e.bound)
		if sound(p, e.ownPath, e.want) {
			edits = append(edits, rules.Edit{Path: merchant.Item(e.bound, i), New: e.want})
		}
	}
	if lacks(p, merchant.FieldTerminalsInstallAddress, i, t.InstallAddress) {
		missing = append(missing, merchant.FieldTerminalsInstallAddress)
	}
	if len(missing) == 0 {
		return
	}
	labels := rules.Text{ZH: missing[0].Label("zh"), EN: missing[0].Label("en")}
	for _, f := range missing[1:] {
		labels = rules.Text{ZH: labels.ZH + "、" + f.Label("zh"), EN: labels.EN + ", " + f.Label("en")}
	}
	var fixes []rules.Fix
	if len(edits) > 0 {
		fixes = []rules.Fix{{Message: rules.Text{ZH: "按商户资料补填？", EN: "fill in from the record?"}, Edits: edits}}
	}
	p.FindFix(merchant.Item(missing[0], i), fixes, name(p, "sn", i), rules.T("missing", labels))
}

// TRM004 五要素与商户资料不一致: Terminal bound to old merchant data.
var TRM004 = rules.Rule{
	ID: "TRM004", Star: 19, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "五要素与商户资料不一致", EN: "Terminal bound to old merchant data"},
	Message: rules.Text{ZH: "终端{sn}登记的{field}为{a}，商户资料为{b}", EN: "terminal {sn} is registered with {field} {a}, the record says {b}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "终端登记的绑定值有值，而与商户现在的资料不同（两边都已规范化）：机构代码、商户号、统一社会信用代码（小微商户为身份证件号码）、结算账户、区县代码。区县代码与终端的装机区县比较，没有填时与经营地区县比较。商户变更后没有同步变更终端登记。已撤机或遗失的终端不判断。", EN: "A value bound to a terminal is given and differs from that of the record, both normalised: institution, merchant number, USCC (the identity number of a micro merchant), settlement account, district. The district is that of the installation, else that of the business address. The merchant changed and the registration of the terminal did not. Terminals that are retired or lost are passed over."},
	Good:    "一致", Bad: "结算账户已变更，终端仍绑旧账户",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldTerminalsBoundOrgCode, merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsBoundUSCCOrID, merchant.FieldTerminalsBoundAccountNo, merchant.FieldTerminalsBoundDistrictCode},
	Check:     checkTRM004,
}

func checkTRM004(p *rules.Pass) {
	r := p.Record
	for i := range r.Terminals {
		t := &r.Terminals[i]
		if gone(t) || agrees(r, t) {
			continue
		}
		list := elements(r, t)
		for n := range list {
			differs(p, i, &list[n])
		}
		district := element{bound: merchant.FieldTerminalsBoundDistrictCode, own: merchant.FieldTerminalsInstallDistrictCode,
			boundValue: t.Bound.DistrictCode, want: t.InstallDistrictCode, ownPath: merchant.Item(merchant.FieldTerminalsInstallDistrictCode, i)}
		if district.want == "" {
			district.own, district.want = merchant.FieldAddressesBusinessDistrictCode, r.Addresses.Business.DistrictCode
			district.ownPath = merchant.At(district.own)
		}
		differs(p, i, &district)
	}
}

// agrees reports, for the common terminal, that what it is bound to is what the merchant has.
func agrees(r *merchant.Record, t *merchant.Terminal) bool {
	b, id, district := &t.Bound, r.Licence.Number, t.InstallDistrictCode
	if r.SubjectType == merchant.SubjectMicro {
		id = r.LegalRep.IDNo
	}
	if district == "" {
		district = r.Addresses.Business.DistrictCode
	}
	return b.OrgCode == r.Acquirer.OrgCode && b.MerchantNo == r.MerchantNo && b.USCCOrID == id && b.AccountNo == r.Settlement.AccountNo &&
		b.DistrictCode == district
}

func differs(p *rules.Pass, i int, e *element) {
	path := merchant.Item(e.bound, i)
	if e.boundValue != e.want && sound(p, path, e.boundValue) && sound(p, e.ownPath, e.want) {
		p.Find(path, name(p, "sn", i), rules.L("field", e.own), rules.V("a", e.bound, e.boundValue), rules.V("b", e.own, e.want))
	}
}
