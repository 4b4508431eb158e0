package licence

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// LIC007 执照名称与商户名称不一致: Licence name differs from the merchant name.
var LIC007 = rules.Rule{
	ID: "LIC007", Star: 40, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "执照名称与商户名称不一致", EN: "Licence name differs from the merchant name"},
	Message: rules.Text{ZH: "商户名称“{a}”与执照名称“{b}”不一致", EN: "merchant name \"{a}\" differs from the licence name \"{b}\""},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "执照名称与商户名称都有值，按比较形式（统一全半角、括号、间隔点和空格等）仍不同。无字号的个体工商户（IDN005）和小微商户（IDN006）除外。原因：登记机构按执照名称匹配。", EN: "Both names are given and differ in the form in which names are compared (width, brackets, dots and blanks unified). Sole traders without a trade name (IDN005) and micro merchants (IDN006) are exempt. Reason: the registry matches on the licence name."},
	Good:    "一致", Bad: "上海示例商贸有限公司 / 上海示例贸易有限公司",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: 营业执照注册号与商户名称不匹配", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields: []merchant.Field{merchant.FieldLicenceName, merchant.FieldNamesLegal},
	Uses:   []merchant.Field{merchant.FieldLicenceName, merchant.FieldNamesLegal},
	Check:  checkLIC007,
}

func checkLIC007(p *rules.Pass) {
	m := &p.Record.Merchant
	if m.SubjectType == merchant.SubjectMicro || m.SubjectType == merchant.SubjectIndividualBusiness && unnamed(m.Licence.Name) ||
		normalize.Key(m.Licence.Name) == normalize.Key(m.Names.Legal) {
		return
	}
	p.FindFix(merchant.At(merchant.FieldLicenceName), p.Propose(merchant.At(merchant.FieldNamesLegal), m.Licence.Name),
		rules.V("a", merchant.FieldNamesLegal, m.Names.Legal), rules.V("b", merchant.FieldLicenceName, m.Licence.Name))
}

// unnamed reports what stands on a licence without a trade name.
func unnamed(licenceName string) bool {
	switch licenceName {
	case "*", "**", "***", "无", "/", "无字号名称":
		return true
	}
	return false
}

// LIC008 执照法定代表人与录入不一致: Licence representative differs from the one entered.
var LIC008 = rules.Rule{
	ID: "LIC008", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-05", Since: "v0.1.0",
	Title:   rules.Text{ZH: "执照法定代表人与录入不一致", EN: "Licence representative differs from the one entered"},
	Message: rules.Text{ZH: "执照法定代表人“{a}”与录入“{b}”不一致", EN: "licence representative \"{a}\" differs from the entered \"{b}\""},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "执照上的法定代表人与录入的法定代表人姓名都有值，规范化后不同。原因：经营者已变更而资料未改，或录入有误。", EN: "Both names are given and differ after normalising. Reason: the operator changed and the record did not, or a typing error."},
	Good:    "张三/张三", Bad: "张三/李四",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公司法 第36条", Verified: true}, {Level: rules.Law, Cite: "市场主体登记管理条例 第24条 (30日)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceLegalPerson, merchant.FieldLegalRepName},
	Uses:   []merchant.Field{merchant.FieldLicenceLegalPerson, merchant.FieldLegalRepName},
	Check:  checkLIC008,
}

func checkLIC008(p *rules.Pass) {
	m := &p.Record.Merchant
	if normalize.Key(m.Licence.LegalPerson) != normalize.Key(m.LegalRep.Name) {
		p.Find(merchant.At(merchant.FieldLicenceLegalPerson), rules.V("a", merchant.FieldLicenceLegalPerson, m.Licence.LegalPerson),
			rules.V("b", merchant.FieldLegalRepName, m.LegalRep.Name))
	}
}

// LIC026 登记状态不认识: Registration status unknown.
var LIC026 = rules.Rule{
	ID: "LIC026", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "登记状态不认识", EN: "Registration status unknown"},
	Message: rules.Text{ZH: "登记状态“{value}”不认识", EN: "registration status \"{value}\" is not known"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "登记状态不在已知的正常、终止、关注三类之中。原因：读不懂的状态不能当作正常放行。", EN: "The status is none of the known ones, good, ended or to be watched. Reason: a status that cannot be read must not pass as good."},
	Good:    "在营（开业）", Bad: "备案中?",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "status words of the enterprise register"}},
	Fields: []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Uses:   []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Needs:  rules.NeedRegistration,
	Check:  checkLIC026,
}

func checkLIC026(p *rules.Pass) {
	if !p.Record.Licence.RegistrationStatus.Valid() {
		p.Find(merchant.At(merchant.FieldLicenceRegistrationStatus))
	}
}

// LIC013 登记状态为注销、吊销等: Registration ended.
var LIC013 = rules.Rule{
	ID: "LIC013", Star: 36, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "登记状态为注销、吊销等", EN: "Registration ended"},
	Message: rules.Text{ZH: "市场主体登记状态为“{value}”", EN: "the registration status is \"{value}\""},
	Remedy:  rules.Text{ZH: "停止收单；恢复须重新入网。", EN: "Stop acquiring; a return needs a new entry."},
	Doc:     rules.Text{ZH: "登记状态为注销、吊销、吊销未注销、撤销、责令关闭、迁出或清算，或已列入严重违法失信名单。原因：已不存续的主体不能成为商户。", EN: "The status is 注销, 吊销, 吊销未注销, 撤销, 责令关闭, 迁出 or 清算, or the subject is on the list of serious offenders. Reason: a subject that no longer exists cannot be a merchant."},
	Good:    "存续", Bad: "吊销未注销",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第30、31条", Verified: true}, {Level: rules.Law, Cite: "非银行支付机构监督管理条例 第22条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Uses:   []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Needs:  rules.NeedRegistration,
	Check:  checkLIC013,
}

func checkLIC013(p *rules.Pass) {
	if s := p.Record.Licence.RegistrationStatus; s.Class() == "ended" {
		p.Find(merchant.At(merchant.FieldLicenceRegistrationStatus), status(s))
	}
}

func status(s merchant.RegistrationStatus) rules.Param {
	return rules.T("value", rules.Text{ZH: s.Label("zh"), EN: s.Label("en")})
}

// LIC025 登记状态需关注: Registration needs a look.
var LIC025 = rules.Rule{
	ID: "LIC025", Severity: rules.Warning, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0",
	Title:   rules.Text{ZH: "登记状态需关注", EN: "Registration needs a look"},
	Message: rules.Text{ZH: "市场主体登记状态为“{value}”，需复核", EN: "the registration status is \"{value}\"; review it"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "登记状态为歇业、停业、经营异常名录或简易注销公告中。原因：主体仍在，但可能关闭或已违反义务。", EN: "The status is 歇业, 停业, 经营异常名录 or 简易注销公告中. Reason: the subject exists, but may close or has broken a duty."},
	Good:    "存续", Bad: "经营异常名录",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第30、31条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Uses:   []merchant.Field{merchant.FieldLicenceRegistrationStatus},
	Needs:  rules.NeedRegistration,
	Check:  checkLIC025,
}

func checkLIC025(p *rules.Pass) {
	if s := p.Record.Licence.RegistrationStatus; s.Class() == "watch" {
		p.Find(merchant.At(merchant.FieldLicenceRegistrationStatus), status(s))
	}
}

// LIC027 注册资本未填写: Registered capital missing.
var LIC027 = rules.Rule{
	ID: "LIC027", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "注册资本未填写", EN: "Registered capital missing"},
	Message: rules.Text{ZH: "注册资本未填写", EN: "the registered capital is missing"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型为企业、配置要求填写而注册资本为空。分支机构（有所属企业）和个人独资企业可不填。原因：注册资本决定能否承诺免报受益所有人。", EN: "The subject is an enterprise, the profile asks for the capital, and it is empty. Branches and sole proprietorships may leave it out. Reason: it decides the beneficial-owner exemption."},
	Good:    "1000000.00", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu reg_capital C", Verified: true}, {Level: rules.ProfileLevel, Cite: "市场主体登记管理条例 第8条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceRegisteredCapitalCNY, merchant.FieldSubjectType, merchant.FieldEntityForm, merchant.FieldHeadOfficeName},
	Applies: needsCapital,
	Check:   checkLIC027,
}

func checkLIC027(p *rules.Pass) {
	if p.Record.Licence.RegisteredCapitalCNY.IsZero() {
		p.Find(merchant.At(merchant.FieldLicenceRegisteredCapitalCNY))
	}
}

func needsCapital(p *rules.Pass) bool {
	m := &p.Record.Merchant
	return isEnterprise(p) && !m.Branch() && m.EntityForm != merchant.FormSoleProprietorship &&
		p.Params.Need(merchant.FieldLicenceRegisteredCapitalCNY, m.SubjectType) == 'R'
}

func isEnterprise(p *rules.Pass) bool { return p.Record.SubjectType == merchant.SubjectEnterprise }

// LIC028 注册资本格式: Registered capital malformed.
var LIC028 = rules.Rule{
	ID: "LIC028", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "注册资本格式", EN: "Registered capital malformed"},
	Message: rules.Text{ZH: "注册资本“{value}”应为大于0、最多两位小数的金额", EN: "registered capital \"{value}\" must be positive with at most two decimals"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "注册资本为零或负数，或超过两位小数。原因：不成其为金额。", EN: "The capital is zero or negative, or has more than two decimals. Reason: that is no amount of money."},
	Good:    "1000000.00", Bad: "-1",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu: 2 decimals", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceRegisteredCapitalCNY},
	Uses:   []merchant.Field{merchant.FieldLicenceRegisteredCapitalCNY},
	Check:  checkLIC028,
}

func checkLIC028(p *rules.Pass) {
	if c := p.Record.Licence.RegisteredCapitalCNY; c.Sign() <= 0 || c.Decimal().Exponent() < -2 {
		p.Find(merchant.At(merchant.FieldLicenceRegisteredCapitalCNY))
	}
}

// LIC014 注册资本单位疑似错误: Capital probably in the wrong unit.
var LIC014 = rules.Rule{
	ID: "LIC014", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "注册资本单位疑似错误", EN: "Capital probably in the wrong unit"},
	Message: rules.Text{ZH: "注册资本“{value}”疑似单位错误（应为元）", EN: "registered capital \"{value}\" is probably in the wrong unit (yuan expected)"},
	Remedy:  rules.Text{ZH: "与商户或合同核对单位。", EN: "Check the unit against the contract."},
	Doc:     rules.Text{ZH: "主体类型为企业，注册资本低于1,000元或高于100,000,000,000元。表头写有“万”而读取时未换算的，建议乘以10,000。原因：元与万元混淆会改变受益所有人免报的判断。", EN: "The subject is an enterprise and the capital is below 1,000 or above 100,000,000,000 yuan. Proposed: × 10,000 when the heading says 万 and reading did not convert it. Reason: a mix of 万元 and 元 changes the beneficial-owner exemption."},
	Good:    "1000000.00", Bad: "100",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第8条", Verified: true}, {Level: rules.Law, Cite: "Huifu reg_capital", Verified: true}, {Level: rules.Law, Cite: "12 shapes of unit text in published data", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceRegisteredCapitalCNY},
	Uses:    []merchant.Field{merchant.FieldSubjectType, merchant.FieldLicenceRegisteredCapitalCNY},
	Applies: isEnterprise,
	Check:   checkLIC014,
}

func checkLIC014(p *rules.Pass) {
	capital := p.Record.Licence.RegisteredCapitalCNY
	if capital.Cmp(smallCapital) >= 0 && capital.Cmp(largeCapital) <= 0 {
		return
	}
	path := merchant.At(merchant.FieldLicenceRegisteredCapitalCNY)
	var fixes []rules.Fix
	if capital.Cmp(smallCapital) < 0 && inTenThousands(p.Record.ColumnOf(path)) {
		fixes = p.Propose(path, merchant.MoneyOf(capital.Decimal().Shift(4)).String())
	}
	p.FindFix(path, fixes)
}

var smallCapital, largeCapital = merchant.Yuan(1000), merchant.Yuan(100_000_000_000)

// inTenThousands reports a heading that speaks of 万 in a way that was not understood as the unit of the column.
func inTenThousands(c *merchant.Column) bool {
	if c == nil || !strings.Contains(c.Header, "万") {
		return false
	}
	_, converted := normalize.ParseUnit(c.Header, true)
	return !converted
}

// LIC015 经营范围未填写: Business scope missing.
var LIC015 = rules.Rule{
	ID: "LIC015", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经营范围未填写", EN: "Business scope missing"},
	Message: rules.Text{ZH: "经营范围未填写，无法核对行业", EN: "the business scope is missing; the trade cannot be checked"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型为企业或个体工商户，而经营范围为空。原因：无法核对行业（MCC003）。", EN: "The subject is an enterprise or a sole trader and licence.scope is empty. Reason: the trade cannot be checked (MCC003)."},
	Good:    "日用百货销售", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第8条", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceScope, merchant.FieldSubjectType},
	Applies: trades,
	Check:   checkLIC015,
}

func checkLIC015(p *rules.Pass) {
	if p.Record.Licence.Scope == "" {
		p.Find(merchant.At(merchant.FieldLicenceScope))
	}
}

func trades(p *rules.Pass) bool {
	t := p.Record.SubjectType
	return t == merchant.SubjectEnterprise || t == merchant.SubjectIndividualBusiness
}

// LIC029 经营范围过长: Business scope too long.
var LIC029 = rules.Rule{
	ID: "LIC029", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经营范围过长", EN: "Business scope too long"},
	Message: rules.Text{ZH: "经营范围为{n}字，超过{max}字", EN: "the business scope has {n} characters; at most {max} fit"},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc:     rules.Text{ZH: "经营范围超过 scope_max（默认1,000）字。原因：收单机构的字段会截断。", EN: "licence.scope has more than scope_max (1,000) characters. Reason: acquirer fields cut it."},
	Good:    "日用百货销售", Bad: "1,400字",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu 1000", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceScope},
	Uses:   []merchant.Field{merchant.FieldLicenceScope},
	Check:  checkLIC029,
}

func checkLIC029(p *rules.Pass) {
	if n := utf8.RuneCountInString(p.Record.Licence.Scope); n > p.Params.ScopeMax {
		p.Find(merchant.At(merchant.FieldLicenceScope), rules.P("n", strconv.Itoa(n)), rules.P("max", strconv.Itoa(p.Params.ScopeMax)))
	}
}
