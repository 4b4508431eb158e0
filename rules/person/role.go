package person

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// REP001 法定代表人/经营者姓名未填写: Representative name missing.
var REP001 = rules.Rule{
	ID: "REP001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "法定代表人/经营者姓名未填写", EN: "Representative name missing"},
	Message: rules.Text{ZH: "法定代表人/经营者姓名未填写", EN: "the name of the representative is missing"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "legal_rep.name 为空（分支机构和政府机关填负责人）。原因：实名核验核的就是这个姓名。", EN: "legal_rep.name is empty; for branches and government bodies it is the 负责人. Reason: the real-name check is on this string."},
	Good:    "张三", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 实名制"}, {Level: rules.Law, Cite: "required by every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepName},
	Check:  checkREP001,
}

func checkREP001(p *rules.Pass) {
	if p.Record.LegalRep.Name == "" {
		p.Find(merchant.At(merchant.FieldLegalRepName))
	}
}

// REP014 姓名含不允许的字符: Personal name malformed.
var REP014 = rules.Rule{
	ID: "REP014", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "姓名含不允许的字符", EN: "Personal name malformed"},
	Message: rules.Text{ZH: "姓名“{value}”含不允许的字符", EN: "the name \"{value}\" has characters that are not allowed"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "规范化后：持居民身份证或港澳台居民居住证的，姓名不是2至25个汉字（可用间隔号·再接1至25个汉字的各段）；持其他证件或未写证件的，不是2至100个字母、汉字、空格、点、连字符或撇号。结算账户户名只查对私账户。间隔号写法不同的建议改为·，带称谓（先生、总、经理等）的建议去掉。原因：实名核验核的就是这个姓名。", EN: "After normalising: with a resident card or residence permit the name is not 2 to 25 Han, with parts of 1 to 25 Han joined by ·; with another document or none it is not 2 to 100 letters, Han, blanks, dots, hyphens and apostrophes. Account names are judged on personal accounts only. Proposed: other dots become ·, a title (先生, 总, 经理) is removed. Reason: the real-name check is on this string."},
	Good:    "张三·李四", Bad: "张三(老板)",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay 2–100 characters", Verified: true}, {Level: rules.ProfileLevel, Cite: "Huifu: · must equal the bank account name", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepName, merchant.FieldContactName, merchant.FieldSettlementAccountName, merchant.FieldBeneficialOwnersName},
	Check:  checkREP014,
}

func checkREP014(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.badName) {
		return
	}
	for i := range papers.list {
		d := &papers.list[i]
		if d.name == "" || p.Blocked(d.namePath) || d.goodName(d.name) {
			continue
		}
		var fixes []rules.Fix
		if name := untitled(normalize.Key(d.name)); name != d.name && d.goodName(name) {
			fixes = p.Propose(d.namePath, name)
		}
		p.FindFix(d.namePath, fixes)
	}
}

// goodName judges a name by the alphabet of the document; a document that is not known leaves the wider one.
func (d *person) goodName(name string) bool {
	if d.idType == merchant.IDResident || d.idType == merchant.IDHKMacaoTaiwanResidence {
		return hanName(name)
	}
	n, letters := 0, false
	for _, r := range name {
		n++
		switch {
		case unicode.IsLetter(r):
			letters = true
		case unicode.Is(unicode.Mn, r), r == ' ', r == '.', r == '·', r == '-', r == '\'', r == '’':
		default:
			return false
		}
	}
	return letters && n >= 2 && n <= 100
}

func hanName(name string) bool {
	part, least := 0, 2
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Han, r):
			part++
		case r == '·' && part >= least && part <= 25:
			part, least = 0, 1
		default:
			return false
		}
	}
	return part >= least && part <= 25
}

func untitled(name string) string {
	for _, title := range [...]string{"先生", "女士", "小姐", "老板", "总经理", "经理", "总"} {
		if s, ok := strings.CutSuffix(name, title); ok {
			return strings.TrimRight(s, " ·-")
		}
	}
	return name
}

// REP012 经办人资料或授权不全: Handler without identity or authorisation.
var REP012 = rules.Rule{
	ID: "REP012", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经办人资料或授权不全", EN: "Handler without identity or authorisation"},
	Message: rules.Text{ZH: "由经办人办理须有其证件与授权书，缺少：{missing}", EN: "a handler needs an identity document and an authorisation; missing: {missing}"},
	Remedy:  rules.Text{ZH: "补充授权书和身份证件。", EN: "Supply the authorisation and the identity document."},
	Doc:     rules.Text{ZH: "联系人类型为经办人，而其姓名、证件类型、证件号码、证件有效期止（或长期）、业务授权书中有一项为空；报在第一个空项上。原因：代办人的身份和授权必须核实。", EN: "contact.type is handler and any of name, id_type, id_no, id_valid_to (or long-term) and authorisation_ref is empty; reported at the first that is. Reason: identity and authority of a person acting for the merchant must be verified."},
	Good:    "齐全", Bad: "缺授权书",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第31条", Verified: true}, {Level: rules.Law, Cite: "WeChat Pay contact_type SUPER", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldContactType, merchant.FieldContactName, merchant.FieldContactIDType, merchant.FieldContactIDNo, merchant.FieldContactIDValidTo, merchant.FieldContactIDLongTerm, merchant.FieldContactAuthorisationRef},
	Applies: handled,
	Check:   checkREP012,
}

func checkREP012(p *rules.Pass) {
	c := &p.Record.Contact
	var missing merchant.Path
	var zh, en string
	for _, f := range [...]merchant.Field{merchant.FieldContactName, merchant.FieldContactIDType, merchant.FieldContactIDNo,
		merchant.FieldContactIDValidTo, merchant.FieldContactAuthorisationRef} {
		path := merchant.At(f)
		if p.Record.Has(path) || f == merchant.FieldContactIDValidTo && c.IDLongTerm || !p.Mapped(f) || p.Blocked(path) {
			continue
		}
		if zh == "" {
			missing = path
		} else {
			zh, en = zh+"、", en+", "
		}
		zh, en = zh+f.Label("zh"), en+f.Label("en")
	}
	if zh != "" {
		p.Find(missing, rules.T("missing", rules.Text{ZH: zh, EN: en}))
	}
}

func handled(p *rules.Pass) bool { return p.Record.Contact.Type == merchant.ContactHandler }

// REP013 法人联系人与法定代表人不一致: Contact marked as representative is someone else.
var REP013 = rules.Rule{
	ID: "REP013", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "法人联系人与法定代表人不一致", EN: "Contact marked as representative is someone else"},
	Message: rules.Text{ZH: "联系人类型为法定代表人，但与法定代表人“{b}”不一致：{a}", EN: "the contact is marked as the representative but differs from \"{b}\": {a}"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "联系人类型为法定代表人，而其姓名与法定代表人不同，或其证件号码有值且与法定代表人的不同。建议联系人类型改为经办人。原因：登记机构会比对两者。", EN: "contact.type is legal, and the name differs from the representative's, or contact.id_no is given and differs from the representative's. Proposed: contact.type = handler. Reason: the registry compares them."},
	Good:    "张三/张三", Bad: "李四/张三",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: 姓名需与法人姓名一致", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactType, merchant.FieldContactName, merchant.FieldContactIDNo, merchant.FieldLegalRepName, merchant.FieldLegalRepIDNo},
	Uses:   []merchant.Field{merchant.FieldContactType, merchant.FieldContactName, merchant.FieldLegalRepName},
	Check:  checkREP013,
}

func checkREP013(p *rules.Pass) {
	c, rep := &p.Record.Contact, &p.Record.LegalRep
	if c.Type != merchant.ContactLegal {
		return
	}
	differs := rules.V("a", merchant.FieldContactName, c.Name)
	if normalize.Key(c.Name) == normalize.Key(rep.Name) {
		if c.IDNo == "" || rep.IDNo == "" || c.IDNo == rep.IDNo || p.Blocked(merchant.At(merchant.FieldContactIDNo)) ||
			p.Blocked(merchant.At(merchant.FieldLegalRepIDNo)) {
			return
		}
		differs = rules.V("a", merchant.FieldContactIDNo, c.IDNo)
	}
	path := merchant.At(merchant.FieldContactType)
	fixes := p.Propose(path, string(merchant.ContactHandler))
	fixes[0].Message = rules.Text{ZH: "联系人类型改为“" + merchant.ContactHandler.Label("zh") + "”？",
		EN: "change the contact type to " + strconv.Quote(merchant.ContactHandler.Label("en")) + "?"}
	p.FindFix(path, fixes, differs, rules.V("b", merchant.FieldLegalRepName, rep.Name))
}
