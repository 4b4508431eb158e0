package account

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// SET022 结算户名未填写: Account name missing.
var SET022 = rules.Rule{
	ID: "SET022", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算户名未填写", EN: "Account name missing"},
	Message: rules.Text{ZH: "结算户名未填写", EN: "the account name is missing"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "结算户名为空。对公账户建议填商户名称，对私账户建议填法定代表人（经营者）姓名。银行按账号和户名一并核对。", EN: "The account name is empty. Proposed is the registered name for a corporate account and the name of the representative for the operator's personal account. The bank matches number and name."},
	Good:    "上海示例商贸有限公司", Bad: "（空）",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountName, merchant.FieldSettlementAccountType, merchant.FieldNamesLegal,
		merchant.FieldLegalRepName},
	Check: checkSET022,
}

func checkSET022(p *rules.Pass) {
	s := &p.Record.Settlement
	if s.AccountName != "" {
		return
	}
	name := ""
	switch s.AccountType {
	case merchant.AccountCorporate:
		name = p.Record.Names.Legal
	case merchant.AccountPersonalOperator:
		name = p.Record.LegalRep.Name
	}
	path := merchant.At(merchant.FieldSettlementAccountName)
	var fixes []rules.Fix
	if name != "" {
		fixes = p.Propose(path, name)
	}
	p.FindFix(path, fixes)
}

// SET005 账户类型与主体类型不符: Account type not allowed for the subject type.
var SET005 = rules.Rule{
	ID: "SET005", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户类型与主体类型不符", EN: "Account type not allowed for the subject type"},
	Message: rules.Text{ZH: "{subject}不能使用{type}账户结算", EN: "{subject} may not settle to a {type} account"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "企业、事业单位、政府机关、社会组织的账户不是对公；或小微商户的账户不是经营者本人的对私账户；或使用非法人（他人）账户，而配置不允许（allow_personal_other，默认不允许，允许时适用于小微商户以外的各类主体）。结算账户应与商户同名。", EN: "An enterprise, public institution, government body or social organisation settles to anything but a corporate account; a micro merchant to anything but the operator's own; or anyone to another person's account, unless the profile allows it (allow_personal_other, off by default) and then for every subject type but micro merchants. Settlement goes to an account of the same name."},
	Good:    "企业 + 对公", Bad: "企业 + 个人卡",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay account types by subject", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号 同名账户"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountType, merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountType, merchant.FieldSubjectType},
	Check:  checkSET005,
}

func checkSET005(p *rules.Pass) {
	subject, account := p.Record.SubjectType, p.Record.Settlement.AccountType
	allowed, en := true, ""
	switch account {
	case merchant.AccountCorporate:
		allowed, en = subject != merchant.SubjectMicro, "corporate"
	case merchant.AccountPersonalOperator:
		allowed, en = subject == merchant.SubjectIndividualBusiness || subject == merchant.SubjectMicro, "personal"
	case merchant.AccountPersonalOther:
		allowed, en = p.Params.AllowOtherAccount && subject != merchant.SubjectMicro, "third-party"
	}
	if !allowed {
		p.Find(merchant.At(merchant.FieldSettlementAccountType), rules.T("subject", rules.Text{ZH: subject.Label("zh"), EN: subject.Label("en")}),
			rules.T("type", rules.Text{ZH: account.Label("zh"), EN: en}))
	}
}

// SET006 对公户名与商户名称不一致: Corporate account name differs from the merchant.
var SET006 = rules.Rule{
	ID: "SET006", Star: 34, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "对公户名与商户名称不一致", EN: "Corporate account name differs from the merchant"},
	Message: rules.Text{ZH: "对公账户户名“{a}”必须与商户名称“{b}”一致", EN: "corporate account name \"{a}\" must equal the merchant name \"{b}\""},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "账户类型为对公，按比较形式结算户名与商户名称不同，且没有非同名结算说明。全角半角、空格和括号的差异不算不同。商户与绑定账户不符是无效商户的原因之一。", EN: "A corporate account has another name than the merchant in the form in which names are compared, and no statement on a different account name is given. Differences of width, blanks and brackets are none. A merchant that does not match its account is one of the named causes of an invalid merchant."},
	Good:    "一致", Bad: "示例商贸公司 / 上海示例商贸有限公司",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: 开户名称必须与营业执照一致", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields:  []merchant.Field{merchant.FieldSettlementAccountName, merchant.FieldNamesLegal, merchant.FieldSettlementNonSameNameRef},
	Uses:    []merchant.Field{merchant.FieldSettlementAccountName, merchant.FieldNamesLegal},
	Applies: corporate,
	Check:   checkSET006,
}

func checkSET006(p *rules.Pass) {
	s := &p.Record.Settlement
	legal := p.Record.Names.Legal
	if s.NonSameNameRef != "" || sameName(s.AccountName, legal) {
		return
	}
	path := merchant.At(merchant.FieldSettlementAccountName)
	p.FindFix(path, p.Propose(path, legal), rules.V("a", path.Field, s.AccountName), rules.V("b", merchant.FieldNamesLegal, legal))
}

func sameName(a, b string) bool { return a == b || normalize.Key(a) == normalize.Key(b) }

// SET007 对私户名与经营者不一致: Personal account belongs to someone else.
var SET007 = rules.Rule{
	ID: "SET007", Star: 35, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "对私户名与经营者不一致", EN: "Personal account belongs to someone else"},
	Message: rules.Text{ZH: "结算户名“{a}”与经营者“{b}”不一致", EN: "account name \"{a}\" differs from the operator \"{b}\""},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "账户类型为对私（经营者本人），按比较形式结算户名与法定代表人（经营者）姓名不同；或持卡人证件号码已填，而与法定代表人证件号码不同。商户与绑定账户不符是无效商户的原因之一。", EN: "The account is the operator's own and its name is not that of the representative in the form in which names are compared, or the ID number of its holder is given and is not the representative's. A merchant that does not match its account is one of the named causes of an invalid merchant."},
	Good:    "张三/张三", Bad: "李四/张三",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "UMF, Huifu card_type=1 法人", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountName, merchant.FieldLegalRepName, merchant.FieldSettlementHolderIDNo,
		merchant.FieldLegalRepIDNo, merchant.FieldSettlementAccountType},
	Uses:    []merchant.Field{merchant.FieldSettlementAccountType},
	Applies: operatorAccount,
	Check:   checkSET007,
}

func checkSET007(p *rules.Pass) {
	s, rep := &p.Record.Settlement, &p.Record.LegalRep
	name := merchant.At(merchant.FieldSettlementAccountName)
	if sound(p, name, merchant.At(merchant.FieldLegalRepName)) && !sameName(s.AccountName, rep.Name) {
		p.FindFix(name, p.Propose(name, rep.Name), rules.V("a", name.Field, s.AccountName), rules.V("b", merchant.FieldLegalRepName, rep.Name))
		return
	}
	id := merchant.At(merchant.FieldSettlementHolderIDNo)
	if sound(p, id, merchant.At(merchant.FieldLegalRepIDNo)) && s.HolderIDNo != rep.IDNo {
		// One name, two persons: the sentence shows the numbers instead, and a number is never proposed.
		p.Find(id, rules.V("a", id.Field, s.HolderIDNo), rules.V("b", merchant.FieldLegalRepIDNo, rep.IDNo))
	}
}

func operatorAccount(p *rules.Pass) bool {
	return p.Record.Settlement.AccountType == merchant.AccountPersonalOperator
}

// sound reports whether both values are there and usable.
func sound(p *rules.Pass, a, b merchant.Path) bool {
	return p.Record.Has(a) && p.Record.Has(b) && !p.Blocked(a) && !p.Blocked(b)
}

// SET021 非经营者账户缺授权: No authorisation for another person account.
var SET021 = rules.Rule{
	ID: "SET021", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "非经营者账户缺授权", EN: "No authorisation for another person account"},
	Message: rules.Text{ZH: "使用他人账户结算须有授权书", EN: "settling to the account of another person needs an authorisation"},
	Remedy:  rules.Text{ZH: "补充授权书和身份证件。", EN: "Supply the authorisation and the identity document."},
	Doc:     rules.Text{ZH: "账户类型为非法人（他人账户），配置允许（allow_personal_other），而结算授权书为空。结算到他人账户须有书面授权。", EN: "The account is another person's, the profile allows that (allow_personal_other), and no settlement authorisation is given. Settlement to another person needs a written authority."},
	Good:    "有授权书", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu auth_entrust_pic, UMF 被授权人, 乐刷 legalFlag", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldSettlementAuthorisationRef, merchant.FieldSettlementAccountType},
	Applies: otherAccountAllowed,
	Check:   checkSET021,
}

func checkSET021(p *rules.Pass) {
	if p.Record.Settlement.AuthorisationRef == "" {
		p.Find(merchant.At(merchant.FieldSettlementAuthorisationRef))
	}
}

func otherAccountAllowed(p *rules.Pass) bool {
	return p.Params.AllowOtherAccount && p.Record.Settlement.AccountType == merchant.AccountPersonalOther &&
		p.Record.SubjectType != merchant.SubjectMicro
}

// SET014 结算到代理商账户: Settlement to a dealer account.
var SET014 = rules.Rule{
	ID: "SET014", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算到代理商账户", EN: "Settlement to a dealer account"},
	Message: rules.Text{ZH: "结算账户属于代理商或服务商“{name}”", EN: "the settlement account belongs to the dealer \"{name}\""},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "结算账号或结算户名与配置的代理商账户清单（dealer_accounts）中的一个相同，而商户名称不是该代理商。属于二清。", EN: "The account number or, in the form in which names are compared, the account name is one of the dealer accounts of the profile (dealer_accounts), and the merchant is not that dealer itself. It is two-step clearing (二清)."},
	Good:    "商户本人", Bad: "代理商公司账户",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第22、30条", Verified: true}, {Level: rules.Law, Cite: "二清"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName},
	Needs:  rules.NeedDealers,
	Check:  checkSET014,
}

func checkSET014(p *rules.Pass) {
	s := &p.Record.Settlement
	path := merchant.At(merchant.FieldSettlementAccountNo)
	name, found := p.Params.DealerAccounts[s.AccountNo]
	if !found || s.AccountNo == "" {
		path, name, found = merchant.At(merchant.FieldSettlementAccountName), s.AccountName, false
		for _, dealer := range p.Params.DealerAccounts {
			found = found || name != "" && sameName(dealer, name)
		}
	}
	if found && !p.Blocked(path) && !sameName(name, p.Record.Names.Legal) {
		p.Find(path, rules.V("name", merchant.FieldSettlementAccountName, name))
	}
}
