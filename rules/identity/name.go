package identity

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// IDN002 注册名称未填写: Registered name missing.
var IDN002 = rules.Rule{
	ID: "IDN002", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "注册名称未填写", EN: "Registered name missing"},
	Message: rules.Text{ZH: "商户注册名称未填写", EN: "the registered merchant name is missing"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "names.legal 为空，对所有主体类型都适用。执照名称有值时建议采用。原因：登记机构看到的商户身份就是这个名称。", EN: "names.legal is empty, for every subject type. Proposed: licence.name when present. Reason: the name is the identity shown to the registry."},
	Good:    "上海示例商贸有限公司", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第28条", Verified: true}, {Level: rules.Law, Cite: "公告〔2013〕第9号"}},
	Fields: []merchant.Field{merchant.FieldNamesLegal},
	Check:  checkIDN002,
}

func checkIDN002(p *rules.Pass) {
	if p.Record.Names.Legal != "" {
		return
	}
	path := merchant.At(merchant.FieldNamesLegal)
	var fixes []rules.Fix
	if name := p.Record.Licence.Name; !unnamed(name) {
		fixes = p.Propose(path, name)
	}
	p.FindFix(path, fixes)
}

// IDN003 注册名称长度或字符不合规: Registered name malformed.
var IDN003 = rules.Rule{
	ID: "IDN003", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "注册名称长度或字符不合规", EN: "Registered name malformed"},
	Message: rules.Text{ZH: "商户注册名称“{value}”长度或字符不合规（4–100字节，汉字按2字节）", EN: "registered name \"{value}\" has an invalid length or invalid characters (4–100 bytes, Han = 2)"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "规范化后：按GB18030计少于4字节或超过 name_max_bytes（默认100）字节，或只有数字和标点，或含 U+FFFD、表情符号、连续三个问号，或整段是被错误解码的文字。能够还原出通顺文字时给出建议。原因：收单机构的字段只容64至100字节；乱码说明编码有误。", EN: "After normalising, the name takes fewer than 4 or more than name_max_bytes (100) bytes of GB 18030, or holds only digits and punctuation, or contains U+FFFD, an emoji or three question marks in a row, or is text decoded with the wrong encoding. Proposed when decoding it again gives clean text. Reason: acquirer fields hold 64 to 100 bytes, and garbled text comes from a wrong encoding."},
	Good:    "上海示例商贸有限公司", Bad: "????商贸有限公司",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "易生 merName 100", Verified: true}, {Level: rules.ProfileLevel, Cite: "Huifu reg_name 64, Han = 2", Verified: true}, {Level: rules.ProfileLevel, Cite: "3.0 M registered names: 4–47 characters, none garbled", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal},
	Uses:   []merchant.Field{merchant.FieldNamesLegal},
	Check:  checkIDN003,
}

func checkIDN003(p *rules.Pass) {
	name := p.Record.Names.Legal
	path := merchant.At(merchant.FieldNamesLegal)
	if fixed, ok := normalize.Mojibake(name); ok {
		p.FindFix(path, p.Propose(path, fixed))
		return
	}
	if n := normalize.GB18030Len(name); n < 4 || n > p.Params.NameMaxBytes || companyname.Garbled(name) {
		p.Find(path)
	}
}

// IDN013 名称含专用区或GBK以外的字: Character that GBK cannot carry.
var IDN013 = rules.Rule{
	ID: "IDN013", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名称含专用区或GBK以外的字", EN: "Character that GBK cannot carry"},
	Message: rules.Text{ZH: "{field}“{value}”含无法用GBK表示的字“{char}”", EN: "{field} \"{value}\" contains \"{char}\", which GBK cannot represent"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "任一名称（注册名称、简称、签购单名称、执照名称、结算账户户名、所属企业名称）含专用区字符（U+E000–F8FF）或GBK没有的字。专用区字符能还原为标准字时给出建议。原因：厂商字库里的生僻字无法匹配，43域以GBK传送。", EN: "A name (registered, short, slip, licence, account or head office) contains a private-use character (U+E000–F8FF) or one that GBK does not encode. Proposed when the private-use character stands for a known one. Reason: rare characters typed in a vendor font cannot be matched, and field 43 travels in GBK."},
	Good:    "上海示例商贸有限公司", Bad: "上海〈U+E836〉商贸有限公司",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "23 of 3.0 M registered names contain private-use characters", Verified: true}, {Level: rules.Scheme, Cite: "field 43 in GBK"}},
	Fields: []merchant.Field{merchant.FieldNamesLegal, merchant.FieldNamesShort, merchant.FieldNamesReceipt, merchant.FieldLicenceName, merchant.FieldSettlementAccountName, merchant.FieldHeadOfficeName},
	Check:  checkIDN013,
}

func checkIDN013(p *rules.Pass) {
	for _, f := range p.Rule.Fields {
		path := merchant.At(f)
		name, ok := p.Record.Ref(path).(*string)
		if !ok || p.Blocked(path) {
			continue
		}
		if n := replaced(p.Record, path); n != nil {
			fix := p.Propose(path, n.New)
			fix[0].Edits[0].Old = n.Old
			p.FindFix(path, fix, rules.V("value", f, n.Old), rules.V("char", f, odd(n.Old)))
		} else if _, ok := normalize.GBKLen(*name); !ok {
			p.Find(path, rules.V("char", f, odd(*name)))
		}
	}
}

// replaced returns the note that tells of private-use characters which normalising gave their standard form.
func replaced(r *merchant.Record, path merchant.Path) *merchant.Note {
	for i := range r.Notes {
		if n := &r.Notes[i]; n.Kind == merchant.NoteInvisible && n.Path == path && normalize.HasPrivateUse(n.Old) {
			return n
		}
	}
	return nil
}

// odd names the first character that GBK lacks.
func odd(name string) string {
	for _, r := range name {
		c := string(r)
		if normalize.HasPrivateUse(c) {
			return normalize.Name(r)
		}
		if _, ok := normalize.GBKLen(c); !ok {
			return c
		}
	}
	return ""
}

// IDN019 名称里混有登记备注: Name carries a second name or a remark.
var IDN019 = rules.Rule{
	ID: "IDN019", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名称里混有登记备注", EN: "Name carries a second name or a remark"},
	Message: rules.Text{ZH: "名称“{value}”像是包含备注或两个名称", EN: "name \"{value}\" seems to contain a remark or two names"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "names.legal 含“第一名称/第二名称”加冒号、“原名”、“简称”，或括号内有冻结、注销、吊销、已改制；或以顿号、分号连接了两个各带组织形式的名称。“中原名车”一类词中的“原名”不算。原因：登记备注和双名称永远无法与执照匹配。", EN: "names.legal contains 第一名称 or 第二名称 with a colon, 原名, 简称, or a bracket with 冻结, 注销, 吊销 or 已改制; or it holds two names, each with an organisation form, joined by 、 or a semicolon. 原名 inside a word such as 中原名车 does not count. Reason: registry remarks and double names never match the licence."},
	Good:    "上海示例粮油管理所", Bad: "第一名称:示例粮油管理所 第二名称:示例粮油公司",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "243 of 3.0 M registered names hold two names in one cell", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal},
	Uses:   []merchant.Field{merchant.FieldNamesLegal},
	Check:  checkIDN019,
}

func checkIDN019(p *rules.Pass) {
	if key := normalize.Key(p.Record.Names.Legal); remark(key) || twoNames(key) {
		p.Find(merchant.At(merchant.FieldNamesLegal))
	}
}

func remark(key string) bool {
	if strings.Contains(key, "第一名称:") || strings.Contains(key, "第二名称:") || strings.Contains(key, "简称") || formerName(key) {
		return true
	}
	for open := strings.IndexByte(key, '('); open >= 0; {
		size := strings.IndexByte(key[open:], ')')
		if size < 0 {
			size = len(key) - open
		}
		for _, word := range [...]string{"冻结", "注销", "吊销", "已改制"} {
			if strings.Contains(key[open:open+size], word) {
				return true
			}
		}
		next := strings.IndexByte(key[open+size:], '(')
		if next < 0 {
			break
		}
		open += size + next
	}
	return false
}

// formerName finds 原名 as a word: before it no Han, or after it a colon or 为. 草原名都 is a trade name.
func formerName(key string) bool {
	before, after, ok := strings.Cut(key, "原名")
	if !ok {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return !unicode.Is(unicode.Han, r) || strings.HasPrefix(after, ":") || strings.HasPrefix(after, "为")
}

// twoNames wants an organisation form on both sides: 食品、饮料经营部 is one name.
func twoNames(key string) bool {
	i := strings.IndexAny(key, "、;")
	if i < 0 {
		return false
	}
	_, _, left := companyname.Form(key[:i])
	_, _, right := companyname.Form(strings.TrimLeft(key[i:], "、;"))
	return left && right
}

// IDN004 企业名称缺组织形式: Enterprise name without organisation form.
var IDN004 = rules.Rule{
	ID: "IDN004", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "企业名称缺组织形式", EN: "Enterprise name without organisation form"},
	Message: rules.Text{ZH: "企业名称“{value}”没有组织形式（如“有限公司”），可能填成了简称", EN: "enterprise name \"{value}\" has no organisation form; the short name may have been entered"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型为企业，且名称去掉末尾括号后不以任何已知组织形式结尾（有限公司、股份有限公司、（有限合伙）、厂、店、中心、部、行、社、所、分公司、合作社等）。原因：法规要求名称带组织形式，缺少时往往是把简称填了进来。", EN: "The subject is an enterprise and its name, apart from brackets at the end, ends in no known organisation form (有限公司, 股份有限公司, （有限合伙）, 厂, 店, 中心, 部, 行, 社, 所, 分公司, 合作社 …). Reason: the law requires the form; where it is absent, the short name was usually typed."},
	Good:    "上海示例商贸有限公司", Bad: "示例商贸",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "企业名称登记管理规定 第6、10条", Verified: true}, {Level: rules.Law, Cite: "0.32 % of 3.0 M registered names end in a bracket", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldNamesLegal},
	Uses:    []merchant.Field{merchant.FieldSubjectType, merchant.FieldNamesLegal},
	Applies: isEnterprise,
	Check:   checkIDN004,
}

func checkIDN004(p *rules.Pass) {
	if _, _, ok := companyname.Form(p.Record.Names.Legal); !ok {
		p.Find(merchant.At(merchant.FieldNamesLegal))
	}
}

func isEnterprise(p *rules.Pass) bool { return p.Record.SubjectType == merchant.SubjectEnterprise }

// IDN005 无字号个体户的名称: Sole trader without a trade name.
var IDN005 = rules.Rule{
	ID: "IDN005", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "无字号个体户的名称", EN: "Sole trader without a trade name"},
	Message: rules.Text{ZH: "执照没有名称的个体工商户，商户名称应为“个体户{name}”", EN: "a sole trader whose licence has no name must be called \"个体户{name}\""},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型为个体工商户，执照名称为空或为 *、**、***、无、/、无字号名称之一，而 names.legal 不是“个体户”加经营者姓名。数据源没有执照名称列时不判。原因：清算方约定以此作为替代名称。", EN: "The subject is a sole trader, licence.name is empty or one of * ** *** 无 / 无字号名称, and names.legal is not 个体户 followed by the operator's name. Not judged where the source has no column for the licence name. Reason: the clearing side expects the agreed substitute name."},
	Good:    "个体户张三", Bad: "张三小店（执照名称为 *）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu reg_name, 乐刷 licenseFullName", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldNamesLegal, merchant.FieldLicenceName, merchant.FieldLegalRepName},
	Uses:    []merchant.Field{merchant.FieldSubjectType, merchant.FieldNamesLegal, merchant.FieldLegalRepName},
	Applies: soleTraderUnnamed,
	Check:   checkIDN005,
}

func checkIDN005(p *rules.Pass) {
	name := p.Record.LegalRep.Name
	if rest, ok := strings.CutPrefix(normalize.Key(p.Record.Names.Legal), soleTraderPrefix); ok && rest == normalize.Key(name) {
		return
	}
	path := merchant.At(merchant.FieldNamesLegal)
	p.FindFix(path, p.Propose(path, soleTraderPrefix+name), rules.V("name", merchant.FieldLegalRepName, name))
}

const soleTraderPrefix = "个体户"

func soleTraderUnnamed(p *rules.Pass) bool {
	return p.Record.SubjectType == merchant.SubjectIndividualBusiness && unnamed(p.Record.Licence.Name) &&
		p.Mapped(merchant.FieldLicenceName) && !p.Blocked(merchant.At(merchant.FieldLicenceName))
}

// unnamed reports what stands on a licence without a trade name.
func unnamed(licenceName string) bool {
	switch licenceName {
	case "", "*", "**", "***", "无", "/", "无字号名称":
		return true
	}
	return false
}

// IDN006 小微商户的名称: Micro merchant name.
var IDN006 = rules.Rule{
	ID: "IDN006", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "小微商户的名称", EN: "Micro merchant name"},
	Message: rules.Text{ZH: "小微商户名称应为“商户_{name}”", EN: "a micro merchant is named \"商户_{name}\""},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "主体类型为小微，names.legal 既不是经营者姓名，也不是按 micro_name_pattern（默认“商户_姓名”）拼成的名称。原因：小微商户没有执照名称，收单机构用这两种名称之一。", EN: "The subject is a micro merchant and names.legal is neither the operator's name nor the name made by micro_name_pattern (商户_ and the name). Reason: a micro merchant has no licence name; acquirers use one of the two."},
	Good:    "商户_张三", Bad: "张三超市",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "乐刷, 易生 use 商户_姓名", Verified: true}, {Level: rules.ProfileLevel, Cite: "Huifu uses the name itself", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldNamesLegal, merchant.FieldLegalRepName},
	Uses:    []merchant.Field{merchant.FieldSubjectType, merchant.FieldNamesLegal, merchant.FieldLegalRepName},
	Applies: isMicro,
	Check:   checkIDN006,
}

func checkIDN006(p *rules.Pass) {
	legal, name := normalize.Key(p.Record.Names.Legal), p.Record.LegalRep.Name
	key := normalize.Key(name)
	if legal == key {
		return
	}
	before, after, _ := strings.Cut(p.Params.MicroNamePattern, "{name}")
	head, tail := normalize.Key(before), normalize.Key(after)
	if len(legal) == len(head)+len(key)+len(tail) && strings.HasPrefix(legal, head) && strings.HasSuffix(legal, tail) &&
		legal[len(head):len(head)+len(key)] == key {
		return
	}
	path := merchant.At(merchant.FieldNamesLegal)
	p.FindFix(path, p.Propose(path, before+name+after), rules.V("name", merchant.FieldLegalRepName, name))
}

func isMicro(p *rules.Pass) bool { return p.Record.SubjectType == merchant.SubjectMicro }

// IDN010 分支机构名称未冠总公司名: Branch name without the parent name.
var IDN010 = rules.Rule{
	ID: "IDN010", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "分支机构名称未冠总公司名", EN: "Branch name without the parent name"},
	Message: rules.Text{ZH: "分支机构名称应以所属企业名称“{a}”开头", EN: "a branch name must begin with the name of its parent, \"{a}\""},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "names.legal 以分公司、分店、分厂、分所或分院结尾，所属企业名称有值，而 names.legal 不以它开头。原因：分支机构名称须冠以所属企业的名称。", EN: "names.legal ends in 分公司, 分店, 分厂, 分所 or 分院, the name of the head office is given, and names.legal does not begin with it. Reason: a branch carries the name of its parent."},
	Good:    "上海示例商贸有限公司徐汇分公司", Bad: "徐汇分公司",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "企业名称登记管理规定 第13条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal, merchant.FieldHeadOfficeName},
	Uses:   []merchant.Field{merchant.FieldNamesLegal, merchant.FieldHeadOfficeName},
	Check:  checkIDN010,
}

func checkIDN010(p *rules.Pass) {
	legal, parent := normalize.Key(p.Record.Names.Legal), p.Record.HeadOffice.Name
	for _, ending := range [...]string{"分公司", "分店", "分厂", "分所", "分院"} {
		if strings.HasSuffix(legal, ending) {
			if !strings.HasPrefix(legal, normalize.Key(parent)) {
				p.Find(merchant.At(merchant.FieldNamesLegal), rules.V("a", merchant.FieldHeadOfficeName, parent))
			}
			return
		}
	}
}

// IDN007 商户简称未填写: Short name missing.
var IDN007 = rules.Rule{
	ID: "IDN007", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户简称未填写", EN: "Short name missing"},
	Message: rules.Text{ZH: "商户简称未填写", EN: "the short name is missing"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "names.short 为空。建议取 names.legal 去掉行政区划和组织形式后的部分。原因：账单和签购单显示简称，各收单机构均要求填写。", EN: "names.short is empty. Proposed: names.legal without region and organisation form. Reason: it is shown on bills and slips, and every acquirer requires it."},
	Good:    "示例便利店", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu short_name, 乐刷 merchantName, WeChat Pay merchant_shortname", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesShort},
	Check:  checkIDN007,
}

func checkIDN007(p *rules.Pass) {
	if p.Record.Names.Short == "" {
		p.FindFix(merchant.At(merchant.FieldNamesShort), proposeShort(p))
	}
}

// proposeShort offers trade name and industry of the registered name, when they make a sound short name.
func proposeShort(p *rules.Pass) []rules.Fix {
	if name := companyname.Split(p.Record.Names.Legal).Trade; soundShort(name) {
		return p.Propose(merchant.At(merchant.FieldNamesShort), name)
	}
	return nil
}

// IDN016 商户简称不合规: Short name malformed.
var IDN016 = rules.Rule{
	ID: "IDN016", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "商户简称不合规", EN: "Short name malformed"},
	Message: rules.Text{ZH: "商户简称“{value}”应为2–20个汉字，不能只是行业或地名", EN: "short name \"{value}\" must have 2–20 Han and not be a bare trade or place word"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "names.short 按GB18030计少于4字节（2个汉字）或超过40字节（20个汉字），或只是一个行业词、地名（超市、餐饮、便利店、上海），或含 < > & ' \" \\ | ` ^ { } 之一。建议取注册名称的字号和行业。原因：过短或过于笼统的名称会被拒绝。", EN: "names.short takes fewer than 4 or more than 40 bytes of GB 18030 (2 to 20 Han), is nothing but a word for a trade or a place (超市, 餐饮, 便利店, 上海), or contains one of < > & ' \" \\ | ` ^ { }. Proposed: trade name and industry of the registered name. Reason: names that are too short or too general are refused."},
	Good:    "示例便利店", Bad: "店",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu ≥4 characters, 乐刷 2–20, WeChat Pay institutions 20, 易生 50", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesShort},
	Uses:   []merchant.Field{merchant.FieldNamesShort},
	Check:  checkIDN016,
}

func checkIDN016(p *rules.Pass) {
	if !soundShort(p.Record.Names.Short) {
		p.FindFix(merchant.At(merchant.FieldNamesShort), proposeShort(p))
	}
}

func soundShort(name string) bool {
	n := normalize.GB18030Len(name)
	if n < 4 || n > 40 || strings.ContainsAny(name, "<>&'\"\\|`^{}") || slices.Contains(bareTrades[:], name) {
		return false
	}
	d, size, ok := division.Leading(name, "")
	// 和平 and 新华 are districts and good trade names: a county is a bare place only with its ending.
	return !ok || size != len(name) || d.Level == 3 && size < len(d.Name)
}

// bareTrades are words that name a trade and no merchant.
var bareTrades = [...]string{"超市", "便利店", "小卖部", "商店", "小店", "门店", "分店", "总店", "百货", "日用百货", "商行", "商贸", "贸易", "零售", "批发",
	"餐饮", "餐厅", "餐馆", "饭店", "酒楼", "小吃", "小吃店", "快餐", "快餐店", "早餐", "早餐店", "面馆", "火锅", "火锅店", "烧烤", "烧烤店", "奶茶", "奶茶店",
	"咖啡", "咖啡店", "茶叶", "茶叶店", "茶楼", "酒店", "宾馆", "旅馆", "水果", "水果店", "蔬菜", "食品", "食品店", "副食", "副食店", "烟酒", "烟酒店", "粮油",
	"服装", "服装店", "服饰", "鞋店", "箱包", "母婴", "母婴店", "化妆品", "化妆品店", "珠宝", "眼镜", "眼镜店", "钟表", "家具", "家电", "电器", "五金", "五金店",
	"建材", "建材店", "装修", "数码", "手机", "手机店", "通讯", "电脑", "药店", "药房", "诊所", "医院", "美容", "美容院", "美发", "理发", "理发店", "美容美发", "足浴",
	"洗浴", "健身", "健身房", "网吧", "棋牌室", "书店", "文具", "文具店", "花店", "宠物", "宠物店", "幼儿园", "学校", "培训", "汽修", "汽车维修", "洗车", "加油站",
	"停车场", "物流", "快递", "干洗店", "科技", "电子商务", "公司", "有限公司", "个体户", "商户"}

// IDN017 签购单名称未填写: Slip name missing.
var IDN017 = rules.Rule{
	ID: "IDN017", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "签购单名称未填写", EN: "Slip name missing"},
	Message: rules.Text{ZH: "有终端但没有签购单名称", EN: "the merchant has a terminal but no slip name"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "商户名下有终端而 names.receipt 为空。简称放得下时建议采用。原因：签购单上会出现收单机构从注册名称截取的文字。", EN: "The merchant has a terminal and names.receipt is empty. Proposed: names.short when it fits. Reason: the slip would show whatever the acquirer cuts from the legal name."},
	Good:    "示例便利店", Bad: "（空），有1台终端",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "slip name is a field of its own"}},
	Fields: []merchant.Field{merchant.FieldNamesReceipt, merchant.FieldTerminals},
	Check:  checkIDN017,
}

func checkIDN017(p *rules.Pass) {
	m := &p.Record.Merchant
	if len(m.Terminals) == 0 || m.Names.Receipt != "" {
		return
	}
	p.FindFix(merchant.At(merchant.FieldNamesReceipt), proposeReceipt(p))
}

// proposeReceipt offers the short name when the slip has room for it.
func proposeReceipt(p *rules.Pass) []rules.Fix {
	short := p.Record.Names.Short
	if n, ok := normalize.GBKLen(short); short == "" || !ok || n > p.Params.ReceiptMaxBytes || p.Blocked(merchant.At(merchant.FieldNamesShort)) {
		return nil
	}
	return p.Propose(merchant.At(merchant.FieldNamesReceipt), short)
}

// IDN018 签购单名称超过40字节: Slip name longer than field 43.
var IDN018 = rules.Rule{
	ID: "IDN018", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "签购单名称超过40字节", EN: "Slip name longer than field 43"},
	Message: rules.Text{ZH: "签购单名称“{value}”为{n}字节，不得超过{max}字节", EN: "slip name \"{value}\" takes {n} bytes; at most {max} fit"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "names.receipt 按GBK计超过 receipt_name_max_bytes（默认40）字节；GBK没有的字按2字节计，并另由IDN013指出。原因：43域只容40字节，过长会被截断，甚至截在半个汉字上。", EN: "names.receipt takes more than receipt_name_max_bytes (40) bytes of GBK; characters outside GBK count as two and are named by IDN013. Reason: field 43 holds 40 bytes; a longer name is cut, possibly in the middle of a character."},
	Good:    "上海示例商贸有限公司", Bad: "21个汉字的名称（42字节）",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "ISO 8583 field 43 ANS 40"}, {Level: rules.Scheme, Cite: "96.7 % of 224,199 registered names fit 40 bytes, 41.9 % fit 25", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesReceipt},
	Uses:   []merchant.Field{merchant.FieldNamesReceipt},
	Check:  checkIDN018,
}

func checkIDN018(p *rules.Pass) {
	if n, _ := normalize.GBKLen(p.Record.Names.Receipt); n > p.Params.ReceiptMaxBytes {
		p.Find(merchant.At(merchant.FieldNamesReceipt), rules.P("n", strconv.Itoa(n)), rules.P("max", strconv.Itoa(p.Params.ReceiptMaxBytes)))
	}
}

// IDN008 签购单名称与商户名称无关: Slip name unlike the merchant name.
var IDN008 = rules.Rule{
	ID: "IDN008", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "签购单名称与商户名称无关", EN: "Slip name unlike the merchant name"},
	Message: rules.Text{ZH: "签购单名称“{value}”与商户名称没有相同字号", EN: "slip name \"{value}\" shares no words with the merchant name"},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "names.receipt 有值，且与 names.legal、names.short 都没有两个以上连续相同的汉字，也不与其中之一相同。简称放得下时建议采用。原因：签购单上的陌生名称像借用的商户，也破坏交易信息的一致性。", EN: "names.receipt is given and shares no run of two or more Han characters with names.legal or names.short, nor equals one of them. Proposed: the short name when it fits. Reason: a foreign name on the slip reads as a borrowed merchant and breaks the consistency of transaction data."},
	Good:    "示例便利店", Bad: "幸福百货（注册名称：上海示例商贸有限公司）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反电信网络诈骗法 第19条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesReceipt, merchant.FieldNamesLegal, merchant.FieldNamesShort},
	Uses:   []merchant.Field{merchant.FieldNamesReceipt, merchant.FieldNamesLegal},
	Check:  checkIDN008,
}

func checkIDN008(p *rules.Pass) {
	names := &p.Record.Names
	receipt, legal, short := normalize.Key(names.Receipt), normalize.Key(names.Legal), normalize.Key(names.Short)
	if receipt == legal || receipt == short {
		return
	}
	last := -1 // where the Han before began
	for i, r := range receipt {
		if !unicode.Is(unicode.Han, r) {
			last = -1
			continue
		}
		if last >= 0 {
			run := receipt[last : i+utf8.RuneLen(r)]
			if strings.Contains(legal, run) || strings.Contains(short, run) {
				return
			}
		}
		last = i
	}
	p.FindFix(merchant.At(merchant.FieldNamesReceipt), proposeReceipt(p))
}

// IDN009 名称含受限字词: Restricted word in a name.
var IDN009 = rules.Rule{
	ID: "IDN009", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名称含受限字词", EN: "Restricted word in a name"},
	Message: rules.Text{ZH: "{field}“{value}”含受限字词“{word}”", EN: "{field} \"{value}\" contains the restricted word \"{word}\""},
	Remedy:  rules.Text{ZH: "按证照原文填写。", EN: "Copy the value from the licence or certificate."},
	Doc:     rules.Text{ZH: "简称或签购单名称含 name_block 清单中的字词（清单可由配置替换；默认有测试、样例、银联、支付、收款、POS、微信、支付宝、套现、代还、养卡、免费、官方），或含中国、中华、全国、国家而注册名称不含。原因：业务员常把品牌词、广告词填进名称，其中一些为法规所保留。", EN: "The short or slip name contains a word of the list name_block (of the profile; by default 测试 样例 银联 支付 收款 POS 微信 支付宝 套现 代还 养卡 免费 官方), or 中国, 中华, 全国 or 国家 while names.legal does not. Reason: brand and advertising words are often entered by salespeople, and some are reserved by law."},
	Good:    "示例便利店", Bad: "银联免费POS收款",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "企业名称登记管理规定 第11、12条", Verified: true}, {Level: rules.Law, Cite: "the list itself is policy"}},
	Fields: []merchant.Field{merchant.FieldNamesShort, merchant.FieldNamesReceipt},
	Check:  checkIDN009,
}

func checkIDN009(p *rules.Pass) {
	names := &p.Record.Names
	for _, f := range [...]merchant.Field{merchant.FieldNamesShort, merchant.FieldNamesReceipt} {
		name := names.Short
		if f == merchant.FieldNamesReceipt {
			name = names.Receipt
		}
		if word := restricted(p.Params, name, names.Legal); word != "" && !p.Blocked(merchant.At(f)) {
			p.Find(merchant.At(f), rules.P("word", word))
		}
	}
}

func restricted(p *rules.Params, name, legal string) string {
	name = normalize.Key(name)
	if p.MayBlock(name) {
		for _, word := range p.NameBlock {
			if strings.Contains(name, normalize.Key(word)) {
				return word
			}
		}
	}
	for _, word := range [...]string{"中国", "中华", "全国", "国家"} {
		if strings.Contains(name, word) && !strings.Contains(legal, word) {
			return word
		}
	}
	return ""
}
