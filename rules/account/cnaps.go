package account

import (
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// SET023 对公账户缺联行号: CNAPS code missing.
var SET023 = rules.Rule{
	ID: "SET023", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "对公账户缺联行号", EN: "CNAPS code missing"},
	Message: rules.Text{ZH: "对公账户须填写联行号", EN: "a corporate account needs its CNAPS code"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "账户类型为对公而联行号为空。配置的必填项表将联行号对该主体列为选填时，或以支行名称替代（alternatives）而支行名称有值时，不报告。载入的联行号表中恰有一个同名网点时，建议其联行号。没有联行号，款项无法转出。", EN: "A corporate account has no CNAPS code, and the profile neither makes the code optional for the subject type nor accepts another field, such as the branch name, that is given (alternatives). Proposed is the code of the one branch of that name in a table that was loaded. The payout cannot be routed."},
	Good:    "102290026507", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu branch_code C (对公), 乐刷 branch or unionpay", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldSettlementCNAPS, merchant.FieldSettlementAccountType, merchant.FieldSubjectType},
	Applies: corporate,
	Check:   checkSET023,
}

func checkSET023(p *rules.Pass) {
	if p.Record.Settlement.CNAPS != "" || p.StoodFor(merchant.FieldSettlementCNAPS) {
		return
	}
	switch p.Params.Need(merchant.FieldSettlementCNAPS, p.Record.SubjectType) {
	case 'R', 'C':
		path := merchant.At(merchant.FieldSettlementCNAPS)
		var fixes []rules.Fix
		if code, ok := p.CNAPS().Named(p.Record.Settlement.BranchName); ok {
			fixes = p.Propose(path, code)
		}
		p.FindFix(path, fixes)
	}
}

func corporate(p *rules.Pass) bool {
	return p.Record.Settlement.AccountType == merchant.AccountCorporate && !p.Blocked(merchant.At(merchant.FieldSettlementAccountType))
}

// routing is what is wrong with the CNAPS code by itself: shape, check digit, or a branch that is not in the table.
var routing = rules.Fact[error]{Work: func(p *rules.Pass, err *error) { *err = p.CNAPS().Check(p.Record.Settlement.CNAPS) }}

// SET008 联行号格式: CNAPS code malformed.
var SET008 = rules.Rule{
	ID: "SET008", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联行号格式", EN: "CNAPS code malformed"},
	Message: rules.Text{ZH: "联行号“{value}”应为12位数字", EN: "CNAPS code \"{value}\" must have 12 digits"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "联行号已填，而不是恰好12位数字；补零后有效的11位数字由IMP002报告。款项无法转出。", EN: "The CNAPS code is given and is not exactly 12 digits; IMP002 reports 11 digits that lost a leading zero. The payout cannot be routed."},
	Good:    "102290026507", Bad: "1022900265070",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu branch_code 12, 乐刷 unionpay, 易生 bankCode 12", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementCNAPS},
	Uses:   []merchant.Field{merchant.FieldSettlementCNAPS},
	Check:  checkSET008,
}

func checkSET008(p *rules.Pass) {
	switch *routing.Of(p) {
	case cnaps.ErrLength, cnaps.ErrFormat:
		p.Find(merchant.At(merchant.FieldSettlementCNAPS))
	}
}

// SET024 联行号校验位不符: CNAPS check digit wrong.
var SET024 = rules.Rule{
	ID: "SET024", Severity: rules.Error, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联行号校验位不符", EN: "CNAPS check digit wrong"},
	Message: rules.Text{ZH: "联行号“{value}”校验位不符", EN: "CNAPS code \"{value}\" fails its check digit"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "联行号为12位数字，而ISO 7064 MOD 11,10校验不通过；配置可降为警告。该校验由试验得出，没有文件规定：43家银行的1025个代码中1024个通过，唯一不通过的一个其地区码也不存在。", EN: "The CNAPS code has 12 digits and fails ISO 7064 MOD 11,10 over them; a profile may lower this to a warning. The check was found by test and stands in no document: 1,024 of 1,025 codes of 43 banks pass, and the one that fails has an unknown area too."},
	Good:    "102290026507", Bad: "102100099997",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "ISO 7064 MOD 11,10, by test on 1,025 codes; no document states it", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementCNAPS},
	Uses:   []merchant.Field{merchant.FieldSettlementCNAPS},
	Check:  checkSET024,
}

func checkSET024(p *rules.Pass) {
	if *routing.Of(p) == cnaps.ErrChecksum {
		p.Find(merchant.At(merchant.FieldSettlementCNAPS))
	}
}

// SET025 联行号的行别或地区未收录: CNAPS bank or area unknown.
var SET025 = rules.Rule{
	ID: "SET025", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联行号的行别或地区未收录", EN: "CNAPS bank or area unknown"},
	Message: rules.Text{ZH: "联行号“{value}”的{part}未收录", EN: "the {part} of CNAPS code \"{value}\" is not in the table"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "联行号校验位相符，而第1至3位（行别代码）不在银行表中，或第4至7位（地区码）不在地区表中。码表难免有缺。", EN: "The check digit is right, and digits 1 to 3 are no known bank or digits 4 to 7 no known area. Tables have gaps."},
	Good:    "102290026507", Bad: "999290000012",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "93 bank codes, 2,177 areas", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementCNAPS},
	Uses:   []merchant.Field{merchant.FieldSettlementCNAPS},
	Check:  checkSET025,
}

func checkSET025(p *rules.Pass) {
	if *routing.Of(p) != cnaps.ErrComponent {
		return
	}
	code := p.Record.Settlement.CNAPS
	_, _, bank := cnaps.BankName(cnaps.Bank(code))
	_, _, area := cnaps.AreaName(cnaps.Area(code))
	part := rules.Text{ZH: "行别代码和地区码", EN: "bank and area"}
	switch {
	case bank && area: // a list of branches does not have it
		part = rules.Text{ZH: "网点", EN: "branch"}
	case bank:
		part = rules.Text{ZH: "地区码", EN: "area"}
	case area:
		part = rules.Text{ZH: "行别代码", EN: "bank"}
	}
	p.Find(merchant.At(merchant.FieldSettlementCNAPS), rules.T("part", part))
}

// SET009 联行号与开户行不符: CNAPS code of another bank.
var SET009 = rules.Rule{
	ID: "SET009", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联行号与开户行不符", EN: "CNAPS code of another bank"},
	Message: rules.Text{ZH: "联行号属于{a}，开户行填的是{b}", EN: "the CNAPS code belongs to {a}, the bank entered is {b}"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "联行号第1至3位是某一家银行的行别代码（不是313、314、317、320、323、401、402等多家银行共用的代码），而开户银行和开户支行中都没有该行的名称。简称、旧名和“股份有限公司”不算差异。银行选错了。", EN: "Digits 1 to 3 name one bank (not a group such as 313, 314, 317, 320, 323, 401 and 402) of which neither the bank nor the branch entered has a name. Short forms, former names and 股份有限公司 make no difference. The wrong bank was chosen."},
	Good:    "102… + 工商银行", Bad: "102… + 建设银行",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay FAQ: 开户银行全称和联行号需要匹配", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldSettlementCNAPS, merchant.FieldSettlementBankName, merchant.FieldSettlementBranchName},
	Uses:    []merchant.Field{merchant.FieldSettlementCNAPS},
	Applies: bankGiven,
	Check:   checkSET009,
}

func checkSET009(p *rules.Pass) {
	s := &p.Record.Settlement
	code := cnaps.Bank(s.CNAPS)
	name, _, ok := cnaps.BankName(code)
	ok = ok && !cnaps.IsGroup(code)
	if branch, listed := p.CNAPS().Lookup(s.CNAPS); listed && branch.Name != "" { // a list of branches knows the bank of each
		name, ok = branch.Bank, true
	}
	if !ok || entered(s, name) {
		return
	}
	p.FindFix(merchant.At(merchant.FieldSettlementCNAPS), p.Propose(merchant.At(merchant.FieldSettlementBankName), name),
		rules.P("a", name), rules.P("b", bankText(s)))
}

// SET027 联行号地区与支行名称不符: CNAPS area differs from the branch name.
var SET027 = rules.Rule{
	ID: "SET027", Severity: rules.Info, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联行号地区与支行名称不符", EN: "CNAPS area differs from the branch name"},
	Message: rules.Text{ZH: "联行号的地区是{a}，支行名称是{b}", EN: "the area of the CNAPS code is {a}, the branch name says {b}"},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc:     rules.Text{ZH: "支行名称中写明了一个城市，联行号第4至7位是另一个城市，且联行号不是总行的（顺序号0000至0099）。只写“中山支行”“南京西路支行”之类的，不视为写明城市。总行或清算行的联行号本身合法。", EN: "The branch name names a city, digits 4 to 7 are another one, and the code is not that of a head office (sequence 0000 to 0099 of the bank). 中山支行 or 南京西路支行 may be called after a street and name no city. A code of the head office or of the clearing branch is legal."},
	Good:    "1022900… + 上海…支行", Bad: "1022900… + 南京…支行",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "reference table of CNAPS areas", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementCNAPS, merchant.FieldSettlementBranchName},
	Uses:   []merchant.Field{merchant.FieldSettlementCNAPS, merchant.FieldSettlementBranchName},
	Check:  checkSET027,
}

func checkSET027(p *rules.Pass) {
	s := &p.Record.Settlement
	if cnaps.Sequence(s.CNAPS) < "0100" {
		return
	}
	city, name := branchCity(s.BranchName)
	if area := cnaps.Area(s.CNAPS); city != "" && outside(area, city) {
		at, _, _ := cnaps.AreaName(area)
		p.Find(merchant.At(merchant.FieldSettlementCNAPS), rules.P("a", at), rules.P("b", name))
	}
}

// branchCity returns the city that the name of a branch begins with behind the name of the bank, "" where there is none
// or where it may be the name of a street.
func branchCity(branch string) (code, name string) {
	at := 0
	for _, end := range [...]string{"银行", "公司", "信用社", "联社"} {
		if i := strings.LastIndex(branch, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	rest := strings.TrimLeft(branch[at:], " ()（）")
	d, n, ok := division.Leading(rest, "")
	if ok && d.Level == 1 && division.City(d.Code) == "" {
		rest = rest[n:]
		d, n, ok = division.Leading(rest, d.Code)
	}
	if !ok || d.Level == 3 || n < len(d.Name) && streetOrBranch(rest[n:]) {
		return "", ""
	}
	return d.Code, rest[:n]
}

func streetOrBranch(rest string) bool {
	if rest == "支行" {
		return true
	}
	for _, side := range [...]string{"", "东", "西", "南", "北", "中"} {
		if after, ok := strings.CutPrefix(rest, side); ok {
			for _, w := range [...]string{"路", "街", "大街", "大道", "道", "巷", "里", "村", "桥", "门", "广场"} {
				if strings.HasPrefix(after, w) {
					return true
				}
			}
		}
	}
	return false
}

// outside reports whether an area code of CNAPS and UnionPay certainly lies outside a city.
func outside(area, city string) bool {
	name, province, ok := cnaps.AreaName(area)
	return ok && division.Outside(name, province, city)
}
