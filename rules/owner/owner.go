// Package owner judges the beneficial owners of a merchant: whether they are given where the law asks for them, complete,
// natural persons, and consistent with the criteria of the filing rules of 2024. Their documents are judged with those of
// all other people by package person.
package owner

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// BEN001 受益所有人未填写: Beneficial owners missing.
var BEN001 = rules.Rule{
	ID: "BEN001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "受益所有人未填写", EN: "Beneficial owners missing"},
	Message: rules.Text{ZH: "公司、合伙企业须填写受益所有人，或声明承诺免报", EN: "a company or partnership must list its beneficial owners or claim the exemption"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "主体类型为企业，组织形式为公司、合伙企业或外国公司分支机构（不详时按公司计；有所属企业的按分支机构计），受益所有人为空且未承诺免报。原因：入网时须识别受益所有人。", EN: "The subject is an enterprise in the form of a company, a partnership or a branch of a foreign company (an unknown form counts as company, with a head office as branch), the list is empty and bo_exemption is not true. Reason: beneficial owners must be identified on entry."},
	Good:    "1名，持股60%", Bad: "（空），未声明免报",
	Effective: merchant.Day(2024, 11, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "受益所有人信息管理办法 第2条", Verified: true}, {Level: rules.Law, Cite: "反洗钱法 第29条", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldBeneficialOwners, merchant.FieldBOExemption, merchant.FieldEntityForm, merchant.FieldSubjectType, merchant.FieldHeadOfficeName},
	Applies:   mustFile,
	Check:     checkBEN001,
}

func checkBEN001(p *rules.Pass) {
	m := &p.Record.Merchant
	if len(m.BeneficialOwners) == 0 && !m.BOExemption && !p.Blocked(merchant.At(merchant.FieldBOExemption)) {
		p.Find(merchant.At(merchant.FieldBeneficialOwners))
	}
}

// mustFile reports the forms of enterprise that file beneficial owners.
func mustFile(p *rules.Pass) bool { return p.Record.FilesOwners() }

// BEN003 受益所有人资料不全: Beneficial owner incomplete.
var BEN003 = rules.Rule{
	ID: "BEN003", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "受益所有人资料不全", EN: "Beneficial owner incomplete"},
	Message: rules.Text{ZH: "第{n}名受益所有人缺少：{missing}", EN: "beneficial owner {n} lacks: {missing}"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "任一受益所有人的姓名、证件类型、证件号码、证件有效期止（或长期）、地址、判定依据中有一项为空；报在第一个空项上。证件格式和到期由REP各规则逐名检查。原因：与法定代表人适用同样的身份标准。", EN: "Any of name, id_type, id_no, id_valid_to (or long-term), address and basis of an entry is empty; reported at the first that is. Format and expiry of the documents are judged by the rules of package person. Reason: the same identity standard as for the representative."},
	Good:    "齐全", Bad: "缺地址",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "客户尽职调查办法 令〔2025〕第11号"}, {Level: rules.Law, Cite: "WeChat Pay ubo_info_list, Huifu beneficiary_info", Verified: true}},
	Fields: []merchant.Field{merchant.FieldBeneficialOwnersName, merchant.FieldBeneficialOwnersIDType, merchant.FieldBeneficialOwnersIDNo, merchant.FieldBeneficialOwnersIDValidTo, merchant.FieldBeneficialOwnersIDLongTerm, merchant.FieldBeneficialOwnersAddress, merchant.FieldBeneficialOwnersBasis},
	Check:  checkBEN003,
}

func checkBEN003(p *rules.Pass) {
	for i := range p.Record.BeneficialOwners {
		var missing merchant.Path
		var zh, en string
		for _, f := range [...]merchant.Field{merchant.FieldBeneficialOwnersName, merchant.FieldBeneficialOwnersIDType, merchant.FieldBeneficialOwnersIDNo,
			merchant.FieldBeneficialOwnersIDValidTo, merchant.FieldBeneficialOwnersAddress, merchant.FieldBeneficialOwnersBasis} {
			path := merchant.Item(f, i)
			if p.Record.Has(path) || f == merchant.FieldBeneficialOwnersIDValidTo && p.Record.BeneficialOwners[i].IDLongTerm ||
				!p.Mapped(f) || p.Blocked(path) {
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
			p.Find(missing, number(i), rules.T("missing", rules.Text{ZH: zh, EN: en}))
		}
	}
}

// number counts beneficial owners from 1, as people do.
func number(i int) rules.Param { return rules.P("n", strconv.Itoa(i+1)) }

// BEN005 受益所有人不是自然人: Beneficial owner is not a natural person.
var BEN005 = rules.Rule{
	ID: "BEN005", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "受益所有人不是自然人", EN: "Beneficial owner is not a natural person"},
	Message: rules.Text{ZH: "受益所有人必须是自然人，“{value}”像是单位", EN: "a beneficial owner must be a natural person; \"{value}\" looks like an organisation"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "证件类型填的是单位证照，或姓名以组织形式（有限公司、合伙企业、合作社、厂等）结尾；四个字以内的姓名须以三个字以上的组织形式结尾才算。原因：受益所有人按定义是自然人。", EN: "The document type is a certificate of an organisation, or the name ends in an organisation form (有限公司, 合伙企业, 合作社, 厂 …); a name of up to four characters must end in a form of three or more, for 行, 社 and 大学 end personal names too. Reason: a beneficial owner is by definition a natural person."},
	Good:    "张三", Bad: "示例控股有限公司",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第19条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldBeneficialOwnersName, merchant.FieldBeneficialOwnersIDType},
	Check:  checkBEN005,
}

func checkBEN005(p *rules.Pass) {
	for i := range p.Record.BeneficialOwners {
		o := &p.Record.BeneficialOwners[i]
		if !o.IDType.Valid() && o.IDType != "" {
			if _, paper := merchant.FieldLicenceKind.Enum().Parse(string(o.IDType)); paper {
				p.Find(merchant.Item(merchant.FieldBeneficialOwnersIDType, i))
				continue
			}
		}
		if path := merchant.Item(merchant.FieldBeneficialOwnersName, i); organisation(o.Name) && !p.Blocked(path) {
			p.Find(path)
		}
	}
}

func organisation(name string) bool {
	form, _, ok := companyname.Form(name)
	return ok && (utf8.RuneCountInString(name) > 4 && !strings.Contains(name, "·") || utf8.RuneCountInString(form) > 2)
}

// BEN002 承诺免报条件不成立: Exemption not available.
var BEN002 = rules.Rule{
	ID: "BEN002", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "承诺免报条件不成立", EN: "Exemption not available"},
	Message: rules.Text{ZH: "注册资本{cap}元或股东非自然人，不能承诺免报受益所有人", EN: "capital {cap} or a shareholder that is no natural person: the exemption is not available"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "已承诺免报，而注册资本超过10,000,000元，或有股东不是自然人，或登记了以实际控制、收益权为依据的受益所有人。原因：法规限定了免报的条件。", EN: "bo_exemption is true, and the registered capital exceeds 10,000,000 yuan, or a shareholder is not a natural person, or control or income by other means is declared for an owner. Reason: the law limits the exemption."},
	Good:    "500万元，股东均为自然人", Bad: "5000万元",
	Effective: merchant.Day(2024, 11, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "受益所有人信息管理办法 第3条", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldBOExemption, merchant.FieldLicenceRegisteredCapitalCNY, merchant.FieldShareholdersNaturalPerson, merchant.FieldBeneficialOwnersBasis},
	Uses:      []merchant.Field{merchant.FieldBOExemption},
	Check:     checkBEN002,
}

func checkBEN002(p *rules.Pass) {
	m := &p.Record.Merchant
	capital := m.Licence.RegisteredCapitalCNY
	if p.Blocked(merchant.At(merchant.FieldLicenceRegisteredCapitalCNY)) {
		capital = merchant.Money{}
	}
	if (capital.IsZero() || capital.Cmp(exemptCapital) <= 0) && plainOwners(p) {
		return
	}
	param := rules.P("cap", capital.String())
	if capital.IsZero() {
		param = rules.T("cap", rules.Text{ZH: "（空）", EN: "(empty)"})
	}
	p.Find(merchant.At(merchant.FieldBOExemption), param)
}

// exemptCapital is the most that a company may have and leave its owners unfiled.
var exemptCapital = merchant.Yuan(10_000_000)

// plainOwners reports that all shareholders are natural persons and nobody controls or earns by other means.
func plainOwners(p *rules.Pass) bool {
	m := &p.Record.Merchant
	for i := range m.Shareholders {
		path := merchant.Item(merchant.FieldShareholdersNaturalPerson, i)
		if !m.Shareholders[i].NaturalPerson && p.Mapped(path.Field) && !p.Blocked(path) {
			return false
		}
	}
	for i := range m.BeneficialOwners {
		if b := m.BeneficialOwners[i].Basis; b == merchant.BasisControl || b == merchant.BasisIncome {
			return false
		}
	}
	return true
}

// BEN004 持股不足25%: Equity below 25 %.
var BEN004 = rules.Rule{
	ID: "BEN004", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "持股不足25%", EN: "Equity below 25 %"},
	Message: rules.Text{ZH: "第{n}名受益所有人持股{pct}%，不满足25%标准", EN: "beneficial owner {n} holds {pct}%, below the 25% criterion"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "判定依据为持股，而持股比例低于25%。建议判定依据改为实际控制。原因：第一条标准是25%以上。", EN: "The basis is equity and share_pct is below 25. Proposed: the basis control. Reason: the first criterion is 25 % or more."},
	Good:    "60 + 40", Bad: "15（basis=equity）",
	Effective: merchant.Day(2024, 11, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "受益所有人信息管理办法: 25%以上", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldBeneficialOwnersSharePct, merchant.FieldBeneficialOwnersBasis},
	Check:     checkBEN004,
}

func checkBEN004(p *rules.Pass) {
	for i := range p.Record.BeneficialOwners {
		o := &p.Record.BeneficialOwners[i]
		path := merchant.Item(merchant.FieldBeneficialOwnersSharePct, i)
		if o.Basis != merchant.BasisEquity || o.SharePct.IsZero() || o.SharePct.Sign() <= 0 || o.SharePct.Cmp(quarter) >= 0 || p.Blocked(path) {
			continue
		}
		basis := merchant.Item(merchant.FieldBeneficialOwnersBasis, i)
		fixes := p.Propose(basis, string(merchant.BasisControl))
		fixes[0].Message = rules.Text{ZH: "判定依据改为“" + merchant.BasisControl.Label("zh") + "”？",
			EN: "change the basis to " + strconv.Quote(merchant.BasisControl.Label("en")) + "?"}
		p.FindFix(path, fixes, number(i), rules.P("pct", o.SharePct.String()))
	}
}

var quarter = merchant.BasisPoints(2500)

// BEN008 持股比例合计不成立: Shares do not add up.
var BEN008 = rules.Rule{
	ID: "BEN008", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "持股比例合计不成立", EN: "Shares do not add up"},
	Message: rules.Text{ZH: "受益所有人持股比例合计{sum}%，或单项不在0–100之间", EN: "shares of the beneficial owners sum to {sum}%, or one is outside 0–100"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "任一持股比例不在0（不含）到100（含）之间，或以持股为依据的比例合计超过100（容差0.01）；合计超出时报在越过100的那一名上。原因：算术。", EN: "A share_pct is not above 0 and at most 100, or the equity shares sum to more than 100 (tolerance 0.01); the sum is reported at the entry that passes 100. Reason: arithmetic."},
	Good:    "60 + 40", Bad: "60 + 50",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "arithmetic"}},
	Fields: []merchant.Field{merchant.FieldBeneficialOwnersSharePct},
	Check:  checkBEN008,
}

func checkBEN008(p *rules.Pass) {
	owners := p.Record.BeneficialOwners
	sum, over := int64(0), false // in ten-thousandths of a percent
	for i := range owners {
		share := owners[i].SharePct
		path := merchant.Item(merchant.FieldBeneficialOwnersSharePct, i)
		if share.IsZero() || p.Blocked(path) {
			continue
		}
		if share.Sign() <= 0 || share.Cmp(whole) > 0 {
			p.Find(path, total(owners))
			continue
		}
		if owners[i].Basis == merchant.BasisEquity {
			if sum += units(share); sum > 100_0100 && !over {
				over = true
				p.Find(path, total(owners))
			}
		}
	}
}

var whole = merchant.BasisPoints(10_000)

// units returns a share in ten-thousandths of a percent, further decimals cut off; it spares decimal arithmetic, which
// allocates.
func units(share merchant.Percent) int64 {
	d := share.Decimal()
	n := d.CoefficientInt64()
	for e := d.Exponent(); e < -4; e++ {
		n /= 10
	}
	return n
}

// total is the sum of the equity shares for the message.
func total(owners []merchant.BeneficialOwner) rules.Param {
	var sum merchant.Percent
	for i := range owners {
		if owners[i].Basis == merchant.BasisEquity {
			sum = merchant.PercentOf(sum.Decimal().Add(owners[i].SharePct.Decimal()))
		}
	}
	return rules.P("sum", sum.String())
}

// BEN006 个体户无需填写受益所有人: Sole trader with beneficial owners.
var BEN006 = rules.Rule{
	ID: "BEN006", Severity: rules.Info, Kind: rules.Policy, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "个体户无需填写受益所有人", EN: "Sole trader with beneficial owners"},
	Message: rules.Text{ZH: "个体工商户无需备案受益所有人", EN: "sole traders need no beneficial-owner filing"},
	Remedy:  rules.Text{ZH: "核对并更正主体类型。", EN: "Check and correct the subject type."},
	Doc:     rules.Text{ZH: "主体类型为个体工商户或小微，而受益所有人中有经营者以外的人。原因：个体工商户不备案；也可能是主体类型选错。", EN: "The subject is a sole trader or a micro merchant, and the list names a person other than the operator. Reason: sole traders do not file; it may hide a wrong subject type."},
	Good:    "（空）", Bad: "两名受益所有人",
	Effective: merchant.Day(2024, 11, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "受益所有人信息管理办法 第2条", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldBeneficialOwnersName, merchant.FieldSubjectType, merchant.FieldLegalRepName},
	Applies:   soleOperator,
	Check:     checkBEN006,
}

func checkBEN006(p *rules.Pass) {
	operator := normalize.Key(p.Record.LegalRep.Name)
	for i := range p.Record.BeneficialOwners {
		if name := p.Record.BeneficialOwners[i].Name; name != "" && normalize.Key(name) != operator {
			p.Find(merchant.Item(merchant.FieldBeneficialOwnersName, i))
			return
		}
	}
}

func soleOperator(p *rules.Pass) bool {
	t := p.Record.SubjectType
	return t == merchant.SubjectIndividualBusiness || t == merchant.SubjectMicro
}

// BEN007 受益所有人备案超期: Beneficial-owner filing overdue.
var BEN007 = rules.Rule{
	ID: "BEN007", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "受益所有人备案超期", EN: "Beneficial-owner filing overdue"},
	Message: rules.Text{ZH: "受益所有人备案已超期", EN: "the beneficial-owner filing is overdue"},
	Remedy:  rules.Text{ZH: "按受益所有人办法识别并补录。", EN: "Identify and enter the beneficial owners as the rules require."},
	Doc:     rules.Text{ZH: "须备案的主体列有受益所有人而无一填写备案日期，且：2024-11-01以前成立的，判断日已过2025-11-01；其后成立的，成立已超过30天。承诺免报的、数据源没有备案日期列的不判。原因：备案已超期，差异须反馈。", EN: "The entity must file and lists beneficial owners, none with filed_on, and either it was established before 2024-11-01 and the day of the run is after 2025-11-01, or it was established later and more than 30 days ago. Not judged with an exemption or where the source has no column for the date. Reason: the filing is overdue, and differences must be fed back."},
	Good:    "已备案", Bad: "2019年成立，未备案",
	Basis:   []rules.Basis{{Level: rules.Law, Cite: "受益所有人信息管理办法自2024-11-01施行", Verified: true}, {Level: rules.Law, Cite: "存量截止2025-11-01，一地通知为2025-11-30"}},
	Fields:  []merchant.Field{merchant.FieldBeneficialOwnersFiledOn, merchant.FieldLicenceEstablishedOn, merchant.FieldBOExemption},
	Uses:    []merchant.Field{merchant.FieldLicenceEstablishedOn},
	Applies: mustFile,
	Check:   checkBEN007,
}

func checkBEN007(p *rules.Pass) {
	m := &p.Record.Merchant
	if len(m.BeneficialOwners) == 0 || m.BOExemption || !p.Mapped(merchant.FieldBeneficialOwnersFiledOn) {
		return
	}
	for i := range m.BeneficialOwners {
		if !m.BeneficialOwners[i].FiledOn.IsZero() || p.Blocked(merchant.Item(merchant.FieldBeneficialOwnersFiledOn, i)) {
			return
		}
	}
	due := m.Licence.EstablishedOn.AddDays(30)
	if m.Licence.EstablishedOn.Before(filingBegan) {
		due = oldEntitiesDue
	}
	if p.AsOf.After(due) {
		p.Find(merchant.Item(merchant.FieldBeneficialOwnersFiledOn, 0))
	}
}

var filingBegan, oldEntitiesDue = merchant.Day(2024, 11, 1), merchant.Day(2025, 11, 1)
