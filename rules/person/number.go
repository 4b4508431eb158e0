// Package person judges the people behind a merchant: the representative, the contact, the holder of a personal settlement
// account and the beneficial owners. Number, validity and name of their identity documents are judged by one chain of
// rules for all four, by GB 11643, the shapes of the other documents and the Resident Identity Card Law.
package person

import (
	"strconv"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/rules"
)

// REP018 法定代表人证件号未填写: Representative ID number missing.
var REP018 = rules.Rule{
	ID: "REP018", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "法定代表人证件号未填写", EN: "Representative ID number missing"},
	Message: rules.Text{ZH: "法定代表人/经营者证件号未填写", EN: "the ID number of the representative is missing"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "配置要求填写而 legal_rep.id_no 为空（政府机关由配置决定）。原因：实名义务；对小微商户还是五要素之一。", EN: "legal_rep.id_no is empty and the profile requires it of the subject type (for government bodies it usually does not). Reason: the real-name duty; one of the five elements for micro merchants."},
	Good:    "11010519491231002X", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第28条", Verified: true}, {Level: rules.Law, Cite: "银发〔2021〕259号 五要素", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo},
	Check:  checkREP018,
}

func checkREP018(p *rules.Pass) {
	m := &p.Record.Merchant
	if m.LegalRep.IDNo == "" && p.Params.Need(merchant.FieldLegalRepIDNo, m.SubjectType) == 'R' && !p.StoodFor(merchant.FieldLegalRepIDNo) {
		p.Find(merchant.At(merchant.FieldLegalRepIDNo))
	}
}

// REP002 证件类型未填写: Document type missing.
var REP002 = rules.Rule{
	ID: "REP002", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件类型未填写", EN: "Document type missing"},
	Message: rules.Text{ZH: "证件类型未填写", EN: "the document type is missing"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "配置要求填写而 legal_rep.id_type 为空。号码只合一种证件时给出建议。原因：证件类型决定号码怎样校验。", EN: "legal_rep.id_type is empty and the profile requires it of the subject type. Proposed when the number fits exactly one type. Reason: the type selects the check of the number."},
	Good:    "居民身份证", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay, Alipay, Huifu require it", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDType},
	Check:  checkREP002,
}

func checkREP002(p *rules.Pass) {
	m := &p.Record.Merchant
	path := merchant.At(merchant.FieldLegalRepIDType)
	if m.LegalRep.IDType == "" && p.Params.Need(path.Field, m.SubjectType) == 'R' && !p.StoodFor(path.Field) {
		p.FindFix(path, proposeType(p, path, typeOf(m.LegalRep.IDNo)))
	}
}

// proposeType offers a document type; none for "".
func proposeType(p *rules.Pass, path merchant.Path, t merchant.IDType) []rules.Fix {
	if t == "" {
		return nil
	}
	fixes := p.Propose(path, string(t))
	fixes[0].Message = rules.Text{ZH: path.Label("zh") + "改为“" + t.Label("zh") + "”？",
		EN: "change " + path.Label("en") + " to " + strconv.Quote(t.Label("en")) + "?"}
	return fixes
}

func typeText(name string, t merchant.IDType) rules.Param {
	return rules.T(name, rules.Text{ZH: t.Label("zh"), EN: t.Label("en")})
}

// REP015 证件类型不认识: Document type unknown.
var REP015 = rules.Rule{
	ID: "REP015", Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件类型不认识", EN: "Document type unknown"},
	Message: rules.Text{ZH: "证件类型“{value}”不认识，可选：{options}", EN: "document type \"{value}\" is not known; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "法定代表人、联系人、结算账户持有人或受益所有人的证件类型既不是选项代码也不是已知别名。号码只合一种证件时给出建议。受益所有人填了单位证照的归BEN005。原因：证件类型决定号码怎样校验。", EN: "The document type of the representative, the contact, the account holder or a beneficial owner is neither a code nor a known alias. Proposed when the number fits exactly one type. A beneficial owner with the certificate of an organisation is BEN005. Reason: the type selects the check of the number."},
	Good:    "护照", Bad: "身份证件",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay, Alipay and Huifu enumerations", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDType, merchant.FieldContactIDType, merchant.FieldSettlementHolderIDType, merchant.FieldBeneficialOwnersIDType},
	Check:  checkREP015,
}

func checkREP015(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.unknownType) {
		return
	}
	for i := range papers.list {
		d := &papers.list[i]
		if d.idType == "" || d.idType.Valid() || p.Blocked(d.typePath) {
			continue
		}
		if _, paper := merchant.FieldLicenceKind.Enum().Parse(string(d.idType)); paper && i >= firstOwner {
			continue
		}
		e := merchant.FieldLegalRepIDType.Enum()
		p.FindFix(d.typePath, proposeType(p, d.typePath, typeOf(d.idNo)), rules.T("options", rules.Text{ZH: e.Options("zh"), EN: e.Options("en")}))
	}
}

// REP016 证件类型与号码不符: Document type contradicts the number.
var REP016 = rules.Rule{
	ID: "REP016", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "证件类型与号码不符", EN: "Document type contradicts the number"},
	Message: rules.Text{ZH: "证件类型为{a}，号码像是{b}", EN: "the document type is {a} but the number looks like {b}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "号码不合所选证件类型的形式，却完整通过另一类证件的规则（含校验字符），例如居民身份证号填成护照、9开头的永久居留证填成居民身份证；81、82、83开头填成居民身份证可以接受。代替REP006和REP017。原因：只是选错了类型，号码没有错。", EN: "The number fails the shape of its type and passes, with its check character, the rule of another type: an 18-character resident number typed as passport, a permanent residence card (9…) typed as resident card. 81, 82 and 83 typed as resident card are accepted. Takes the place of REP006 and REP017. Reason: one wrong choice, not a wrong number."},
	Good:    "护照 + E12345678", Bad: "护照 + 11010519491231002X",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "易生 legalType 0–5", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP016,
}

func checkREP016(p *rules.Pass) {
	list := judged(p, wrongType)
	for i := range list {
		d := &list[i]
		if d.verdict(p) == wrongType {
			other := otherType(d.idType, d.idNo)
			p.FindFix(d.noPath, proposeType(p, d.typePath, other), typeText("a", d.idType), typeText("b", other))
		}
	}
}

// REP005 一代15位身份证: First-generation 15-digit ID.
var REP005 = rules.Rule{
	ID: "REP005", Severity: rules.Error, Kind: rules.Expired, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "一代15位身份证", EN: "First-generation 15-digit ID"},
	Message: rules.Text{ZH: "15位一代身份证已停用，请更换二代身份证", EN: "15-digit first-generation IDs are no longer valid; ask for the current card"},
	Remedy:  rules.Text{ZH: "请商户提供有效的新证件并更新。", EN: "Ask the merchant for the renewed document and update the record."},
	Doc:     rules.Text{ZH: "证件类型为居民身份证，号码是15位数字且日期可能成立。换算出的18位号码只作提示。原因：一代证自2013-01-01起失效。", EN: "The type is resident card and the number has 15 digits with a possible date. The computed 18-character form is given as a hint only. Reason: first-generation cards stopped being valid on 2013-01-01."},
	Good:    "11010519491231002X", Bad: "110101491001001",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "居民身份证法（2011修正）一代证停用日期"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP005,
}

func checkREP005(p *rules.Pass) {
	list := judged(p, firstGeneration)
	for i := range list {
		d := &list[i]
		if d.verdict(p) == firstGeneration {
			hint, _ := residentid.Upgrade15(d.idNo)
			p.Find(d.noPath, rules.V("hint", d.noPath.Field, hint))
		}
	}
}

// REP017 身份证号格式: Resident ID malformed.
var REP017 = rules.Rule{
	ID: "REP017", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "身份证号格式", EN: "Resident ID malformed"},
	Message: rules.Text{ZH: "身份证号{value}格式不正确：{what}", EN: "ID number {value} is malformed: {what}"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "证件类型为居民身份证、港澳台居民居住证或数字开头的外国人永久居留身份证：不是17位数字加一位数字或X；或前两位不是省级代码（永久居留证须以9开头）；或第7至14位不是日历上的日期、晚于判断日、早于1850年。15位旧号归REP005。原因：根本不是证件号码。", EN: "For resident cards, residence permits and permanent residence cards that begin with a digit: not 17 digits and a digit or X; or the first two digits are no province number (a permanent residence card begins with 9); or characters 7–14 are no calendar day, one after the day of the run, or one before 1850. 15 digits are REP005. Reason: that is no identity number at all."},
	Good:    "440524188001010014", Bad: "11010519491331002X",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 11643-1999"}, {Level: rules.Standard, Cite: "shape checked on public test vectors", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP017,
}

func checkREP017(p *rules.Pass) {
	list := judged(p, malformed)
	for i := range list {
		d := &list[i]
		if d.verdict(p) == malformed {
			p.Find(d.noPath, rules.T("what", fault(d.idNo, p.AsOf)))
		}
	}
}

// fault says what is wrong with a number that has not the shape of an identity number.
func fault(no string, asOf merchant.Date) rules.Text {
	if n := utf8.RuneCountInString(no); n != 18 {
		return rules.Text{ZH: "应为18位，实为" + strconv.Itoa(n) + "位", EN: "18 characters expected, " + strconv.Itoa(n) + " given"}
	}
	if _, ok := residentid.CheckChar(no[:17]); !ok || no[17] != 'X' && (no[17] < '0' || no[17] > '9') {
		return rules.Text{ZH: "前17位须为数字，末位须为数字或X", EN: "17 digits and a digit or X expected"}
	}
	birth, err := merchant.ParseDate(no[6:10] + "-" + no[10:12] + "-" + no[12:14])
	if err != nil || birth.After(asOf) || birth.Year() < 1850 {
		return rules.Text{ZH: "出生日期不成立", EN: "impossible birth date"}
	}
	return rules.Text{ZH: "开头的地区代码不成立", EN: "impossible region at the beginning"}
}

// REP006 其他证件号码格式: Other document number malformed.
var REP006 = rules.Rule{
	ID: "REP006", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "其他证件号码格式", EN: "Other document number malformed"},
	Message: rules.Text{ZH: "{type}号码{value}格式不正确", EN: "{type} number {value} has a wrong format"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "转大写后：护照不是5至20位数字或大写字母（中国、港澳护照的专门形式都包含在内）；港澳居民来往内地通行证不是H或M加8位数字（旧证另加2位）；台湾居民来往大陆通行证不是8位数字（一次性通行证10至12位）；外国人永久居留身份证的旧式号码不是3个字母加12位数字。原因：证件号码有误。", EN: "After folding to capitals: a passport is not 5 to 20 digits and capitals, which includes the forms of China, Hong Kong and Macao; a Hong Kong and Macao permit is not H or M and 8 digits, on older permits 2 more; a Taiwan permit is not 8 digits, or 10 to 12 characters for a single journey; a permanent residence card of the older form is not three letters and 12 digits. Reason: a wrong document number."},
	Good:    "H12345678", Bad: "H1234567",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "shapes agree across several public libraries", Verified: true}, {Level: rules.Standard, Cite: "issuing rules"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP006,
}

func checkREP006(p *rules.Pass) {
	list := judged(p, wrongShape)
	for i := range list {
		d := &list[i]
		if d.verdict(p) == wrongShape {
			p.Find(d.noPath, typeText("type", d.idType))
		}
	}
}

// REP003 身份证号校验位不符: Resident ID check character wrong.
var REP003 = rules.Rule{
	ID: "REP003", Severity: rules.Error, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "身份证号校验位不符", EN: "Resident ID check character wrong"},
	Message: rules.Text{ZH: "身份证号{value}第{position}位校验不符", EN: "ID number {value} fails its check at position {position}"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "证件类型为居民身份证、港澳台居民居住证（81、82、83开头）或18位外国人永久居留身份证（9开头），形式正确（REP017），但18位不通过 ISO 7064 MOD 11-2 校验。给出至多5个改一位或换相邻两位的候选，绝不自动采用。原因：错误的号码永远无法通过联网核查。", EN: "The type is resident card, residence permit of Hong Kong, Macao and Taiwan residents (81, 82, 83) or permanent residence card of 18 characters (9), the shape is right (REP017), and ISO 7064 MOD 11-2 over the 18 characters fails. Proposed: at most five numbers that differ by one character or one swap of neighbours; never applied. Reason: a wrong number can never pass the online identity check."},
	Good:    "11010519491231002X", Bad: "110105194912310021",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 11643-1999"}, {Level: rules.Standard, Cite: "algorithm checked on public test vectors", Verified: true}, {Level: rules.Standard, Cite: "居民身份证法 第3条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP003,
}

func checkREP003(p *rules.Pass) {
	list := judged(p, wrongCheck)
	for i := range list {
		d := &list[i]
		if d.verdict(p) != wrongCheck {
			continue
		}
		candidates := residentid.Candidates
		if residentid.ForeignPermanent(d.idNo) {
			candidates = residentid.CandidatesForeignPermanent
		}
		var fixes []rules.Fix
		for _, c := range candidates(d.idNo) {
			fix := p.Propose(d.noPath, c.Value)[0]
			n := strconv.Itoa(c.Position)
			fix.Message = rules.Text{ZH: "第" + n + "位：" + fix.Message.ZH, EN: "position " + n + ": " + fix.Message.EN}
			fixes = append(fixes, fix)
		}
		p.FindFix(d.noPath, fixes, rules.P("position", "18"))
	}
}

// REP004 身份证地区码未收录: Resident ID address code not in the table.
var REP004 = rules.Rule{
	ID: "REP004", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "身份证地区码未收录", EN: "Resident ID address code not in the table"},
	Message: rules.Text{ZH: "身份证号前6位{code}未收录", EN: "the first six digits {code} are not in the division table"},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc:     rules.Text{ZH: "身份证号前6位不在现行和任一历史版本的行政区划表中（810000、820000、830000 已收录；9开头的永久居留证由REP019判断）。原因：区划表有缺漏而证件寿命长，按现行表拒收是其他程序库已知的错误。", EN: "The first six digits are in neither the current nor any historic edition of the division table (810000, 820000 and 830000 are known; a permanent residence card is judged by REP019). Reason: tables have gaps and cards live long; rejecting by the current table is a known mistake of other libraries."},
	Good:    "110105…", Bad: "310199198001010013",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260", Verified: true}, {Level: rules.Standard, Cite: "arthurdejong/python-stdnum #442", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP004,
}

func checkREP004(p *rules.Pass) {
	papers := papers.Of(p)
	if p.Clear(papers.unlisted) {
		return
	}
	for i := range papers.list {
		if d := &papers.list[i]; d.verdict(p) == sound && d.unlisted() {
			p.Find(d.noPath, rules.P("code", residentid.Division(d.idNo)))
		}
	}
}

// unlisted reports a sound number whose division is not in the table. 810000, 820000 and 830000 stand on residence permits
// and in no edition of it.
func (d *person) unlisted() bool {
	if d.idType == merchant.IDForeignPermanentResidence {
		return false
	}
	code := residentid.Division(d.idNo)
	return code != "" && !residentid.ResidencePermit(d.idNo) && !division.Known(code)
}

// REP019 永居证受理地或国籍代码未收录: Permanent-residence card: unknown province or nationality.
var REP019 = rules.Rule{
	ID: "REP019", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "永居证受理地或国籍代码未收录", EN: "Permanent-residence card: unknown province or nationality"},
	Message: rules.Text{ZH: "永久居留证号码{value}的受理地或国籍代码未收录", EN: "the province or nationality inside permanent-residence number {value} is not known"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "9开头的18位永久居留证，其第2、3位不是省级代码，或第4至6位不是 ISO 3166 的国籍数字代码，其余都成立。原因：与录错的居民身份证用同一种校验，只有这两段能区分。", EN: "An 18-character card beginning with 9, sound otherwise, whose digits 2–3 are no province number or whose digits 4–6 are no numeric country code of ISO 3166. Reason: it tells such a card from a mistyped resident number, since both use the same check."},
	Good:    "932840199001150015", Bad: "932000199001150010",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "2023 layout 9 + province + nationality + birth + order + check", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo},
	Check:  checkREP019,
}

func checkREP019(p *rules.Pass) {
	list := judged(p, unknownOrigin)
	for i := range list {
		if d := &list[i]; d.verdict(p) == unknownOrigin {
			p.Find(d.noPath)
		}
	}
}

// REP007 未满法定年龄: Representative under age.
var REP007 = rules.Rule{
	ID: "REP007", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "未满法定年龄", EN: "Representative under age"},
	Message: rules.Text{ZH: "法定代表人{age}岁，未满{min}岁不能入网", EN: "the representative is {age}; under {min} is refused"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "法定代表人在判断日的年龄（取自证件号码，没有则取出生日期）低于 age_min（默认18）周岁。原因：未成年人行为能力不足。", EN: "The age of the representative on the day of the run, from the ID number, else from birth_date, is below age_min (18) full years. Reason: minors lack capacity."},
	Good:    "1980年出生", Bad: "310101201201010017",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第12条", Verified: true}, {Level: rules.Law, Cite: "Huifu 18–80", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldLegalRepBirthDate},
	Check:  checkREP007,
}

func checkREP007(p *rules.Pass) {
	if n, path, ok := repAge(p); ok && n < p.Params.AgeMin {
		p.Find(path, rules.P("age", strconv.Itoa(max(n, 0))), rules.P("min", strconv.Itoa(p.Params.AgeMin)))
	}
}

// repAge returns the age of the representative and the field that tells it. A number that failed its own rules tells
// nothing, and then the birth date beside it is not trusted either.
func repAge(p *rules.Pass) (years int, path merchant.Path, ok bool) {
	d := &papers.Of(p).list[0]
	if p.Blocked(d.noPath) {
		return 0, path, false
	}
	path = d.noPath
	birth := d.birth(p)
	if birth.IsZero() {
		path = merchant.At(merchant.FieldLegalRepBirthDate)
		if birth = p.Record.LegalRep.BirthDate; birth.IsZero() {
			return 0, path, false
		}
	}
	return age(birth, p.AsOf), path, true
}

// age returns the full years from birth to day, negative before the birth.
func age(birth, day merchant.Date) int {
	n := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		n--
	}
	return n
}

// REP020 年龄偏大需复核: Representative very old.
var REP020 = rules.Rule{
	ID: "REP020", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "年龄偏大需复核", EN: "Representative very old"},
	Message: rules.Text{ZH: "法定代表人{age}岁，超过{max}岁需复核", EN: "the representative is {age}; over {max} needs a review"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "法定代表人在判断日的年龄高于 age_max（默认80）周岁。原因：高龄经营者是身份被借用的已知迹象。", EN: "The age of the representative on the day of the run is above age_max (80) full years. Reason: very old operators are a known sign of a borrowed identity."},
	Good:    "60岁", Bad: "310101193001010015",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu 18–80", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldLegalRepBirthDate},
	Check:  checkREP020,
}

func checkREP020(p *rules.Pass) {
	if n, path, ok := repAge(p); ok && n > p.Params.AgeMax {
		p.Find(path, rules.P("age", strconv.Itoa(n)), rules.P("max", strconv.Itoa(p.Params.AgeMax)))
	}
}

// REP008 性别或生日与证件号不符: Gender or birth date contradicts the ID.
var REP008 = rules.Rule{
	ID: "REP008", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "性别或生日与证件号不符", EN: "Gender or birth date contradicts the ID"},
	Message: rules.Text{ZH: "性别或出生日期与身份证号不一致：{a} / {b}", EN: "gender or birth date disagrees with the ID number: {a} / {b}"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "证件号码通过校验（REP003），而填写的性别与第17位的奇偶（奇数为男）不符，或出生日期与第7至14位不同。建议改为号码所示。原因：一行里混了两个人的资料。", EN: "The number passes its check (REP003), and the gender given contradicts digit 17 (odd is male) or birth_date differs from characters 7–14. Proposed: what the number says. Reason: two people mixed in one row."},
	Good:    "男 + 第17位奇数", Bad: "女 + 第17位奇数",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "GB 11643-1999"}},
	Fields: []merchant.Field{merchant.FieldLegalRepGender, merchant.FieldLegalRepBirthDate, merchant.FieldLegalRepIDNo},
	Uses:   []merchant.Field{merchant.FieldLegalRepIDNo},
	Check:  checkREP008,
}

func checkREP008(p *rules.Pass) {
	d, rep := &papers.Of(p).list[0], &p.Record.LegalRep
	birth := d.birth(p)
	if birth.IsZero() {
		return
	}
	gender := merchant.GenderFemale
	if male, _ := residentid.Male(d.idNo); male {
		gender = merchant.GenderMale
	}
	if path := merchant.At(merchant.FieldLegalRepGender); rep.Gender.Valid() && rep.Gender != gender && !p.Blocked(path) {
		fixes := p.Propose(path, string(gender))
		fixes[0].Message = rules.Text{ZH: "性别改为“" + gender.Label("zh") + "”？", EN: "change the gender to " + strconv.Quote(gender.Label("en")) + "?"}
		p.FindFix(path, fixes, genderText("a", rep.Gender), genderText("b", gender))
	}
	if path := merchant.At(merchant.FieldLegalRepBirthDate); !rep.BirthDate.IsZero() && rep.BirthDate != birth && !p.Blocked(path) {
		p.FindFix(path, p.Propose(path, birth.String()), rules.V("a", path.Field, rep.BirthDate.String()), rules.V("b", path.Field, birth.String()))
	}
}

func genderText(name string, g merchant.Gender) rules.Param {
	return rules.T(name, rules.Text{ZH: g.Label("zh"), EN: g.Label("en")})
}
