// Package licence judges the business licence or registration certificate: its number, its validity, what the register says
// of the subject, and whether licence and record speak of the same name and person. The number follows GB 32100 and the
// standards it replaced, the validity and the register the rules on market subjects and on due diligence.
package licence

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
)

// code is what the number of a licence says.
type code struct {
	legacy  regno.Kind
	err     error // of uscc.Check
	shaped  bool  // as a USCC, whatever its check characters; what follows is empty otherwise
	pair    string
	paired  bool   // pair is a known department and category
	issued  string // division of the registration authority
	listed  bool   // issued is in the table
	allowed uscc.Subjects
}

var codes = rules.Fact[code]{Work: func(p *rules.Pass, c *code) {
	number := p.Record.Licence.Number
	*c = code{err: uscc.Check(number)}
	if c.err == uscc.ErrLength || c.err == uscc.ErrFormat {
		c.legacy = regno.LegacyKind(number)
		return
	}
	c.legacy, c.shaped = regno.KindNone, true // no old number has that shape
	c.pair, _, c.paired = uscc.DepartmentCategory(number)
	c.issued = uscc.Division(number)
	c.listed = c.issued == nationalAuthority || division.Known(c.issued)
	c.allowed = uscc.SubjectTypes(number)
}}

// LIC001 证照号码未填写: Licence number missing.
var LIC001 = rules.Rule{
	ID: "LIC001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证照号码未填写", EN: "Licence number missing"},
	Message: rules.Text{ZH: "{subject}必须填写营业执照或登记证书号码", EN: "{subject} must have a licence or registration certificate number"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型不是小微，而 licence.number 为空。原因：未依法设立的商户不得提供收单服务。", EN: "The subject type is known and not micro, and licence.number is empty. Reason: a merchant not lawfully established may not be served."},
	Good:    "91350100M000100Y43", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第22条", Verified: true}, {Level: rules.Law, Cite: "公告〔2013〕第9号"}},
	Fields:  []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSubjectType},
	Applies: licensed,
	Check:   checkLIC001,
}

func checkLIC001(p *rules.Pass) {
	if p.Record.Licence.Number == "" {
		p.Find(merchant.At(merchant.FieldLicenceNumber), subject(p.Record.SubjectType))
	}
}

func licensed(p *rules.Pass) bool {
	t := p.Record.SubjectType
	return t.Valid() && t != merchant.SubjectMicro
}

func subject(t merchant.SubjectType) rules.Param { return rules.T("subject", label(t)) }

func label(t merchant.SubjectType) rules.Text {
	return rules.Text{ZH: t.Label("zh"), EN: t.Label("en")}
}

// LIC004 旧版15位注册号: Old 15-digit registration number.
var LIC004 = rules.Rule{
	ID: "LIC004", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "旧版15位注册号", EN: "Old 15-digit registration number"},
	Message: rules.Text{ZH: "“{value}”是旧版15位注册号，请更换为18位统一社会信用代码", EN: "\"{value}\" is an old 15-digit registration number; replace it with the 18-character USCC"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "licence.number 为15位数字且通过 ISO 7064 MOD 11,10 校验。原因：三证合一后商户已有18位代码，资料过期而非录错。", EN: "licence.number has 15 digits and passes ISO 7064 MOD 11,10. Reason: the merchant has had an 18-character code since the merger of certificates; the record is old, not mistyped."},
	Good:    "91350100M000100Y43", Bad: "110108000000016",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GS 15-2006"}, {Level: rules.Standard, Cite: "check digit holds for 6,748 of 6,748 published numbers", Verified: true}, {Level: rules.Standard, Cite: "transition ended 2017-12-31"}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC004,
}

func checkLIC004(p *rules.Pass) {
	if codes.Of(p).legacy == regno.Kind15 {
		p.Find(merchant.At(merchant.FieldLicenceNumber))
	}
}

// LIC021 15位注册号校验位不符: 15-digit number fails its check.
var LIC021 = rules.Rule{
	ID: "LIC021", Severity: rules.Error, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "15位注册号校验位不符", EN: "15-digit number fails its check"},
	Message: rules.Text{ZH: "15位注册号“{value}”校验位不符", EN: "the 15-digit number \"{value}\" fails its check digit"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "licence.number 为15位数字，但不通过 ISO 7064 MOD 11,10 校验。原因：既是旧号又录错。", EN: "licence.number has 15 digits and fails ISO 7064 MOD 11,10. Reason: old and mistyped at once."},
	Good:    "110108000000016", Bad: "110108000000017",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GS 15-2006"}, {Level: rules.Standard, Cite: "check digit holds for 6,748 of 6,748 published numbers", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC021,
}

func checkLIC021(p *rules.Pass) {
	if codes.Of(p).legacy == regno.Kind15Bad {
		p.Find(merchant.At(merchant.FieldLicenceNumber))
	}
}

// LIC022 其他旧式证照号: Other old number shape.
var LIC022 = rules.Rule{
	ID: "LIC022", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "其他旧式证照号", EN: "Other old number shape"},
	Message: rules.Text{ZH: "“{value}”是{what}，请更换为18位统一社会信用代码", EN: "\"{value}\" is {what}; replace it with the 18-character USCC"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "licence.number 是13位数字、六位数字加 NA/NB 加六位数字加 X（农民专业合作社）、企合…总字第…号，或通过校验的8加1位组织机构代码（连字符可有可无）；消息中写明是哪一种。原因：旧号是过期而非格式错误。", EN: "licence.number is a 13-digit number, six digits, NA or NB, six digits and X (farmer cooperative), 企合…总字第…号, or an organisation code of 8 + 1 with a right check character, with or without hyphen. The kind found is named. Reason: a legacy number is out of date, not malformed."},
	Good:    "91350100M000100Y43", Bad: "320506NA000043X",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "497 thirteen-digit and 701 cooperative numbers in published data", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC022,
}

func checkLIC022(p *rules.Pass) {
	switch k := codes.Of(p).legacy; k {
	case regno.Kind13, regno.KindCooperative, regno.KindForeign, regno.KindOrganisation:
		p.Find(merchant.At(merchant.FieldLicenceNumber), rules.T("what", rules.Text{ZH: k.ZH(), EN: k.EN()}))
	}
}

// LIC002 统一社会信用代码格式: USCC malformed.
var LIC002 = rules.Rule{
	ID: "LIC002", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "统一社会信用代码格式", EN: "USCC malformed"},
	Message: rules.Text{ZH: "统一社会信用代码“{value}”应为18位数字或大写字母（不含I、O、S、V、Z）", EN: "USCC \"{value}\" must have 18 characters, digits or capitals without I, O, S, V, Z"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "规范化后（去空格和连字符、转大写）不是18位、不合“2位数字或大写字母、6位数字、10位数字或大写字母（均不含I、O、S、V、Z）”的形式，且不是LIC004、LIC021、LIC022所说的旧号。把 0/O/D、1/I/L、2/Z、5/S、8/B 中的一处互换后恰有一个代码两个校验都通过时给出建议。原因：不是信用代码，五要素报送会被退回。", EN: "After normalising (blanks and hyphens out, capitals) the value is not 2 digits or capitals, 6 digits and 10 digits or capitals, without I, O, S, V and Z, and is none of the old numbers of LIC004, LIC021 and LIC022. Proposed when exactly one exchange among 0/O/D, 1/I/L, 2/Z, 5/S and 8/B gives a code that passes both checks. Reason: it is no credit code, and the five-element report would be refused."},
	Good:    "91350100M000100Y43", Bad: "91110000O00037341L",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015"}, {Level: rules.Standard, Cite: "shape: 99.991 % of 2,994,522 published codes", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC002,
}

func checkLIC002(p *rules.Pass) {
	if c := codes.Of(p); c.shaped || c.legacy != regno.KindNone {
		return
	}
	var fixes []rules.Fix
	if code, ok := uscc.Misread(p.Record.Licence.Number); ok {
		fixes = p.Propose(merchant.At(merchant.FieldLicenceNumber), code)
	}
	p.FindFix(merchant.At(merchant.FieldLicenceNumber), fixes)
}

// LIC003 统一社会信用代码校验位不符: USCC check character wrong.
var LIC003 = rules.Rule{
	ID: "LIC003", Star: 39, Severity: rules.Error, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "统一社会信用代码校验位不符", EN: "USCC check character wrong"},
	Message: rules.Text{ZH: "统一社会信用代码“{value}”第{position}位校验不符，请对照执照逐位核对", EN: "USCC \"{value}\" fails its check at position {position}; compare with the licence character by character"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "形式正确，但第18位不等于按 GB 32100 由前17位算出的校验字符（31减去加权和模31的余数）。LIC017的早期试点代码除外。给出至多5个改一位或换相邻两位后两个校验都通过的代码并注明位置，绝不自动采用。原因：录错一位或颠倒两位必然不通过；已公布的代码99.9937%通过。", EN: "The shape is right and character 18 is not the one that GB 32100 computes from the first 17. Pilot codes of LIC017 are exempt. Proposed: at most five codes that differ by one character or one swap of neighbours and pass both checks, with the position; never applied. Reason: one mistyped character or swap always fails, and 99.9937 % of published codes pass."},
	Good:    "91350100M000100Y43", Bad: "91350100M000100Y34",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015"}, {Level: rules.Standard, Cite: "algorithm checked on 2,994,246 codes, 189 fail", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC003,
}

func checkLIC003(p *rules.Pass) {
	if codes.Of(p).err != uscc.ErrChecksum {
		return
	}
	path := merchant.At(merchant.FieldLicenceNumber)
	var fixes []rules.Fix
	for _, c := range uscc.Candidates(p.Record.Licence.Number) {
		fix := p.Propose(path, c.Value)[0]
		n := strconv.Itoa(c.Position)
		fix.Message = rules.Text{ZH: "第" + n + "位：" + fix.Message.ZH, EN: "position " + n + ": " + fix.Message.EN}
		fixes = append(fixes, fix)
	}
	p.FindFix(path, fixes, rules.P("position", "18"))
}

// LIC017 早期试点代码校验不符: Early pilot code fails the check.
var LIC017 = rules.Rule{
	ID: "LIC017", Severity: rules.Warning, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "早期试点代码校验不符", EN: "Early pilot code fails the check"},
	Message: rules.Text{ZH: "“{value}”是早期试点代码，校验位与标准不符，请在公示系统核实", EN: "\"{value}\" is an early pilot code that fails the standard check; confirm it in the public register"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "第1至5位为91350，第9至12位为M000，第9至17位的组织机构代码校验通过，而整体校验不通过；代替LIC003。原因：福建2015年的试点代码有效，但不符合后来的标准。", EN: "Characters 1–5 are 91350, characters 9–12 are M000, the organisation-code check of characters 9–17 passes, and the overall check fails. Takes the place of LIC003. Reason: pilot codes issued in Fujian in 2015 fail although they are valid."},
	Good:    "91350100M000100Y43", Bad: "91350100M0001TGQXM",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "four issued codes of this form fail the overall check and pass the organisation check", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC017,
}

func checkLIC017(p *rules.Pass) {
	if codes.Of(p).err == uscc.ErrPilot {
		p.Find(merchant.At(merchant.FieldLicenceNumber))
	}
}

// LIC018 组织机构代码校验不符: Organisation-code check wrong.
var LIC018 = rules.Rule{
	ID: "LIC018", Severity: rules.Warning, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "组织机构代码校验不符", EN: "Organisation-code check wrong"},
	Message: rules.Text{ZH: "信用代码“{value}”第17位（组织机构代码校验）不符", EN: "USCC \"{value}\": character 17 (organisation-code check) does not fit"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "整体校验通过，但第9至17位不通过 GB 11714 的组织机构代码校验。原因：2,994,246个已公布代码中只有158个如此；随意文字有1/32通过整体校验，第二个校验值得一看。", EN: "The overall check passes and the GB 11714 check of characters 9–17 fails. Reason: 158 of 2,994,246 published codes fail only this one; random text passes the overall check 1 time in 32, so the second check is worth a look."},
	Good:    "91310101MA1FAKE00M", Bad: "91310101MA1FAKE01Q",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 11714-1997"}, {Level: rules.Standard, Cite: "algorithm holds for 99.9927 % of 2,994,246 codes", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC018,
}

func checkLIC018(p *rules.Pass) {
	if codes.Of(p).err == uscc.ErrOrganisation {
		p.Find(merchant.At(merchant.FieldLicenceNumber))
	}
}

// LIC020 登记管理部门或类别未知: Unknown department or category.
var LIC020 = rules.Rule{
	ID: "LIC020", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "登记管理部门或类别未知", EN: "Unknown department or category"},
	Message: rules.Text{ZH: "信用代码前两位“{p}”不在登记管理部门与类别表中", EN: "the first two characters \"{p}\" are not a known department and category"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "前两位不在登记管理部门与机构类别表中。原因：类别逐年增加（A1、G1、J1、N1–N3、Q1 都存在），但没有 B7、L8。", EN: "Characters 1–2 are not in the table of registration departments and categories. Reason: the table grew with the years (A1, G1, J1, N1–N3, Q1 exist); B7 or L8 do not."},
	Good:    "N1, 81, 99", Bad: "B7310101MA1DEM007F",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015 and later additions"}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC020,
}

func checkLIC020(p *rules.Pass) {
	if c := codes.Of(p); c.shaped && !c.paired {
		p.Find(merchant.At(merchant.FieldLicenceNumber), rules.P("p", c.pair))
	}
}

// LIC019 信用代码中的登记机关区划未收录: Division inside the USCC not in the table.
var LIC019 = rules.Rule{
	ID: "LIC019", Severity: rules.Info, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "信用代码中的登记机关区划未收录", EN: "Division inside the USCC not in the table"},
	Message: rules.Text{ZH: "信用代码中的登记机关区划{code}未收录（开发区等自编码较常见）", EN: "the division {code} inside the USCC is not in the table; zones use codes of their own"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "第3至8位不在现行和历史的行政区划表中；100000（国家级登记机关）除外，只见于历史表的区划属正常，不报。原因：已签发代码中2.3%用开发区或自编代码，9.7%用已撤销的区划。", EN: "Characters 3–8 are in neither the current nor the historic division table and are not 100000, the national authority. A division that only the historic table knows is normal and not reported. Reason: 2.3 % of issued codes use development-zone or internal codes; 9.7 % use one that is no longer current."},
	Good:    "91310101MA1FAKE00M", Bad: "91230199MA1DEM007L",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "239 such division codes among 2,994,246 published codes", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC019,
}

func checkLIC019(p *rules.Pass) {
	if c := codes.Of(p); c.shaped && !c.listed {
		p.Find(merchant.At(merchant.FieldLicenceNumber), rules.P("code", c.issued))
	}
}

const nationalAuthority = "100000"

// LIC005 代码类别与主体类型不符: USCC class does not fit the subject type.
var LIC005 = rules.Rule{
	ID: "LIC005", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "代码类别与主体类型不符", EN: "USCC class does not fit the subject type"},
	Message: rules.Text{ZH: "信用代码以“{p}”开头，应为{expected}，但主体类型是{subject}", EN: "USCC prefix {p} means {expected}, but the subject type is {subject}"},
	Remedy:  rules.Text{ZH: "核对并更正主体类型。", EN: "Check and correct the subject type."},
	Doc:     rules.Text{ZH: "信用代码前两位所属的主体类型不含录入的类型（91、93、99 企业；92 个体工商户；12 事业单位；11 政府机关；51至55、59及6、7、8、G、J、N、Q开头和律师等执业机构为社会组织）。92与企业的组合归LIC023，名称以有限公司、有限责任公司、股份有限公司结尾的归本规则。小微商户归LIC016。原因：类型选错会用错账户和材料的规则。", EN: "The first two characters of the credit code belong to other subject types than the one given: 91, 93, 99 enterprise; 92 sole trader; 12 public institution; 11 government body; 51–55, 59, and those with 6, 7, 8, G, J, N or Q and law practices social organisation. 92 on an enterprise record is LIC023 unless the name ends in 有限公司, 有限责任公司 or 股份有限公司, which is this rule; micro merchants are LIC016. Reason: the wrong type selects the wrong account and document rules."},
	Good:    "12310101MA1DEM0079 + 事业单位", Bad: "12310101MA1DEM0079 + 企业",
	Basis:   []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015 登记管理部门/机构类别", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSubjectType, merchant.FieldNamesLegal},
	Uses:    []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSubjectType},
	Applies: licensed,
	Check:   checkLIC005,
}

func checkLIC005(p *rules.Pass) {
	m, allowed := &p.Record.Merchant, codes.Of(p).allowed
	if allowed == 0 || allowed.Has(subjectSet(m.SubjectType)) || soleTraderCode(p) && !limited(m.Names.Legal) {
		return
	}
	p.FindFix(merchant.At(merchant.FieldLicenceNumber), proposeSubject(p, allowed), rules.P("p", m.Licence.Number[:2]),
		rules.T("expected", rules.Text{ZH: list(allowed, "zh", "或"), EN: list(allowed, "en", " or ")}), subject(m.SubjectType))
}

// subjects gives the subject types in the order of the bits of uscc.Subjects.
var subjects = [...]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness,
	merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg}

func subjectSet(t merchant.SubjectType) uscc.Subjects {
	switch t {
	case merchant.SubjectEnterprise:
		return uscc.SubjectEnterprise
	case merchant.SubjectIndividualBusiness:
		return uscc.SubjectIndividualBusiness
	case merchant.SubjectInstitution:
		return uscc.SubjectInstitution
	case merchant.SubjectGovernment:
		return uscc.SubjectGovernment
	case merchant.SubjectSocialOrg:
		return uscc.SubjectSocialOrg
	}
	return 0
}

func list(set uscc.Subjects, lang, or string) string {
	var labels []string
	for _, t := range subjects {
		if set.Has(subjectSet(t)) {
			labels = append(labels, t.Label(lang))
		}
	}
	return strings.Join(labels, or)
}

// proposeSubject offers the subject type when the code allows exactly one.
func proposeSubject(p *rules.Pass, allowed uscc.Subjects) []rules.Fix {
	t := merchant.SubjectType(allowed.Only())
	if t == "" {
		return nil
	}
	fixes := p.Propose(merchant.At(merchant.FieldSubjectType), string(t))
	fixes[0].Message = rules.Text{ZH: "主体类型改为“" + t.Label("zh") + "”？", EN: "change the subject type to " + strconv.Quote(t.Label("en")) + "?"}
	return fixes
}

// soleTraderCode reports a code of the sole traders' register on an enterprise.
func soleTraderCode(p *rules.Pass) bool {
	return p.Record.SubjectType == merchant.SubjectEnterprise && codes.Of(p).pair == "92"
}

// limited reports a name that only a company may bear.
func limited(name string) bool {
	name = normalize.Key(name)
	return strings.HasSuffix(name, "有限公司") || strings.HasSuffix(name, "有限责任公司")
}

// LIC023 92开头但主体类型为企业: Sole-trader code on an enterprise record.
var LIC023 = rules.Rule{
	ID: "LIC023", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "92开头但主体类型为企业", EN: "Sole-trader code on an enterprise record"},
	Message: rules.Text{ZH: "信用代码以92开头，主体类型可能应为{suggest}", EN: "the USCC begins 92; the subject type may be {suggest}"},
	Remedy:  rules.Text{ZH: "核对并更正主体类型。", EN: "Check and correct the subject type."},
	Doc:     rules.Text{ZH: "信用代码以92开头，主体类型为企业，且名称不以有限公司、有限责任公司、股份有限公司结尾（那属于LIC005）。原因：92代码配近似公司的名称是合法的，类型多半应为个体工商户。", EN: "The credit code begins 92, the subject is an enterprise, and the name does not end in 有限公司, 有限责任公司 or 股份有限公司 (that is LIC005). Reason: a 92 code with a company-like name is legal; the type is probably sole trader."},
	Good:    "92… + 个体工商户", Bad: "92310101MA1DEM0071 + 企业，名称“示例经营部”",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSubjectType},
	Check:  checkLIC023,
}

func checkLIC023(p *rules.Pass) {
	if soleTraderCode(p) && !limited(p.Record.Names.Legal) {
		p.FindFix(merchant.At(merchant.FieldLicenceNumber), proposeSubject(p, uscc.SubjectIndividualBusiness),
			rules.T("suggest", label(merchant.SubjectIndividualBusiness)))
	}
}

// LIC016 小微商户带有执照号: Micro merchant with a licence number.
var LIC016 = rules.Rule{
	ID: "LIC016", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "小微商户带有执照号", EN: "Micro merchant with a licence number"},
	Message: rules.Text{ZH: "小微商户不应有执照号，主体类型可能应为{suggest}", EN: "a micro merchant has no licence number; the type may be {suggest}"},
	Remedy:  rules.Text{ZH: "核对并更正主体类型。", EN: "Check and correct the subject type."},
	Doc:     rules.Text{ZH: "主体类型为小微，而 licence.number 有值。信用代码只对应一种类型时建议改为该类型。原因：有执照的商户按小微登记，会用错限额和账户类型。", EN: "The subject is a micro merchant and licence.number is not empty. Proposed: the subject type when the code names exactly one. Reason: a licensed merchant filed as micro gets the wrong limits and account type."},
	Good:    "小微且号码为空", Bad: "小微 + 92310101MA1DEM0071",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: 小微 = 无营业执照", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSubjectType, merchant.FieldLicenceNumber},
	Uses:   []merchant.Field{merchant.FieldSubjectType, merchant.FieldLicenceNumber},
	Check:  checkLIC016,
}

func checkLIC016(p *rules.Pass) {
	if p.Record.SubjectType != merchant.SubjectMicro {
		return
	}
	suggest := rules.Text{ZH: "持照主体", EN: "one with a licence"}
	allowed := codes.Of(p).allowed
	if allowed != 0 {
		suggest = rules.Text{ZH: list(allowed, "zh", "或"), EN: list(allowed, "en", " or ")}
	}
	p.FindFix(merchant.At(merchant.FieldSubjectType), proposeSubject(p, allowed), rules.T("suggest", suggest))
}

// LIC006 代码登记地与注册地址不同省: USCC province differs from the registered address.
var LIC006 = rules.Rule{
	ID: "LIC006", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "代码登记地与注册地址不同省", EN: "USCC province differs from the registered address"},
	Message: rules.Text{ZH: "信用代码登记地为{a}，与注册地址{b}不在同一省", EN: "the USCC was issued in {a}, the registered address is in {b}"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "信用代码第3、4位与注册地省代码前两位不同；省代码未填的由区县代码得出。第3至8位为100000（国家级登记机关）或 licence.relocated 为真时不判；省代码不在区划表中时也不判。原因：多半贴错了执照；迁址后则属正常。", EN: "Characters 3–4 of the credit code differ from the first two digits of the registered province, which is read from the district where it is not given. Exempt: characters 3–8 are 100000 (the national authority), licence.relocated is true, or the province is in no division table. Reason: usually the wrong licence was pasted; it is legitimate after a move."},
	Good:    "91350100… + 350000", Bad: "91350100… + 310000",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015"}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldAddressesRegisteredProvinceCode, merchant.FieldLicenceRelocated},
	Uses:   []merchant.Field{merchant.FieldLicenceNumber},
	Check:  checkLIC006,
}

func checkLIC006(p *rules.Pass) {
	issued := codes.Of(p).issued
	a, province := &p.Record.Addresses.Registered, ""
	if a.DistrictCode != "" && !p.Blocked(merchant.At(merchant.FieldAddressesRegisteredDistrictCode)) {
		province = division.Province(a.DistrictCode)
	}
	if a.ProvinceCode != "" && !p.Blocked(merchant.At(merchant.FieldAddressesRegisteredProvinceCode)) {
		province = division.Province(a.ProvinceCode)
	}
	if issued == "" || issued == nationalAuthority || p.Record.Licence.Relocated || !division.Known(province) || issued[:2] == province[:2] {
		return
	}
	p.Find(merchant.At(merchant.FieldLicenceNumber), rules.P("a", place(issued)), rules.P("b", place(province)))
}

// place names the province of a division code.
func place(code string) string {
	if d, ok := division.Lookup(code[:2] + "0000"); ok {
		return d.Name
	}
	return code[:2]
}
