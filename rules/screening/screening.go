// Package screening turns the results of a list check into findings: who must go to compliance, who must be looked at by
// a person, and who has not been checked.
//
// The results stand in the record (screening.as_of, screening.hits) or come from a function of the run. What was hit must
// not reach the merchant (反洗钱法 第35条): the findings stand at the data of the party and name the party alone, never
// list, score or the text of the result. Two hits on one party are one finding.
//
// Scores lie between 0 and 1. From exact on they stand for an equal number or for an equal name with birth date or USCC,
// between possible and exact for a likeness. A hit without a score is looked at by a person. Lists whose name begins with
// one of industry_lists of the profile are those that acquirers share.
package screening

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// grade is what a hit means.
type grade uint8

const (
	none     grade = iota
	possible       // a person must decide
	exact          // compliance must act
	barred         // an exact match with a list of the industry
)

var (
	exactScore    = decimal.New(95, -2)
	possibleScore = decimal.New(80, -2)
	certain       = decimal.New(1, 0)
)

func gradeOf(p *rules.Pass, h *merchant.ScreeningHit) grade {
	industry := false
	for _, prefix := range p.Params.IndustryLists {
		industry = industry || strings.HasPrefix(h.List, prefix)
	}
	switch score := h.Score.Decimal(); {
	case h.Score.IsZero():
		return possible
	case score.LessThan(possibleScore):
		return none
	case industry && score.GreaterThanOrEqual(certain):
		return barred
	case !industry && score.GreaterThanOrEqual(exactScore):
		return exact
	}
	return possible
}

// party is one of those who are checked, with the place where a finding about it stands.
type party struct {
	path merchant.Path
	name rules.Text
}

var (
	theMerchant = rules.Text{ZH: "商户", EN: "the merchant"}
	theTerminal = rules.Text{ZH: "终端", EN: "the terminal"}
	theAccount  = rules.Text{ZH: "结算账户", EN: "the settlement account"}
	theHolder   = rules.Text{ZH: "结算账户户名", EN: "the account holder"}
	theRep      = rules.Text{ZH: "法定代表人（经营者）", EN: "the representative"}
	theContact  = rules.Text{ZH: "联系人", EN: "the contact"}
	theOwner    = rules.Text{ZH: "受益所有人", EN: "the beneficial owner"}
)

// partyOf finds the one that a result speaks of, by the words of the result: a number or a name of the record, or the
// name of a member of the model (legal_rep). Whatever it does not recognise is put down to the merchant.
func partyOf(r *merchant.Record, who string) party {
	key := normalize.Key(who)
	is := func(values ...string) bool {
		for _, v := range values {
			if v != "" && normalize.Key(v) == key {
				return true
			}
		}
		return false
	}
	switch {
	case is(r.LegalRep.IDNo, r.LegalRep.Name, "legal_rep"):
		return party{merchant.At(merchant.FieldLegalRepIDNo), theRep}
	case is(r.Contact.IDNo, r.Contact.Name, "contact"):
		return party{merchant.At(merchant.FieldContactIDNo), theContact}
	case is(r.Licence.Number):
		return party{merchant.At(merchant.FieldLicenceNumber), theMerchant}
	case is(r.MerchantNo):
		return party{merchant.At(merchant.FieldMerchantNo), theMerchant}
	case is(r.Names.Legal, r.Names.Short, r.Licence.Name, "merchant"):
		return party{merchant.At(merchant.FieldNamesLegal), theMerchant}
	case is(r.Settlement.AccountNo):
		return party{merchant.At(merchant.FieldSettlementAccountNo), theAccount}
	case is(r.Settlement.HolderIDNo, r.Settlement.AccountName, "settlement"):
		return party{merchant.At(merchant.FieldSettlementHolderIDNo), theHolder}
	}
	for i := range r.BeneficialOwners {
		if o := &r.BeneficialOwners[i]; is(o.IDNo, o.Name) {
			return party{merchant.Item(merchant.FieldBeneficialOwnersIDNo, i), theOwner}
		}
	}
	for i := range r.Terminals {
		if t := &r.Terminals[i]; is(t.SerialNo, t.TerminalNo) {
			return party{merchant.Item(merchant.FieldTerminalsSerialNo, i), theTerminal}
		}
	}
	if is("beneficial_owners") && len(r.BeneficialOwners) > 0 {
		return party{merchant.Item(merchant.FieldBeneficialOwnersIDNo, 0), theOwner}
	}
	return party{merchant.At(merchant.FieldNamesLegal), theMerchant}
}

// report finds each party with a hit of the grade once.
func report(p *rules.Pass, g grade) {
	var seen []merchant.Path
next:
	for i := range p.Record.Screening.Hits {
		h := &p.Record.Screening.Hits[i]
		if gradeOf(p, h) != g {
			continue
		}
		at := partyOf(p.Record, h.Who)
		for _, s := range seen {
			if s == at.path {
				continue next
			}
		}
		seen = append(seen, at.path)
		p.Find(at.path, rules.T("who", at.name))
	}
}

// SCR001 名单筛查命中: Screening hit.
var SCR001 = rules.Rule{
	ID: "SCR001", Severity: rules.Error, Kind: rules.Screening, Cause: "SC-16", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名单筛查命中", EN: "Screening hit"},
	Message: rules.Text{ZH: "{who}的资料需转合规人员处理", EN: "the data of {who} must go to compliance"},
	Remedy:  rules.Text{ZH: "转合规人员处理，不得告知商户原因。", EN: "Hand over to compliance; do not tell the merchant why."},
	Doc:     rules.Text{ZH: "筛查结果中有证件号码或统一社会信用代码相同的命中，或姓名加出生日期（名称加代码）的分值不低于0.95；行业名单的命中由SCR004报告。提示与参数不出现名单和分值，它们只留在筛查记录中，报告不打印。必须拦截并上报，商户不得得知原因。", EN: "A screening result has an exact match of an identity number or USCC, or a score of 0.95 or more on a name with birth date or USCC; matches with a list of the industry are left to SCR004. Message and parameters name neither list nor score; they stay in the screening record, which reports do not print. It must be blocked and reported, and the merchant must not learn the reason."},
	Good:    "无命中", Bad: "证件号命中",
	Basis: []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第40、41条", Verified: true}, {Level: rules.Law, Cite: "confidentiality 第35条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal, merchant.FieldLegalRepIDNo, merchant.FieldBeneficialOwnersIDNo,
		merchant.FieldSettlementHolderIDNo, merchant.FieldScreeningHitsScore},
	Needs: rules.NeedScreening,
	Check: checkSCR001,
}

func checkSCR001(p *rules.Pass) { report(p, exact) }

// SCR002 名单筛查疑似命中: Possible screening hit.
var SCR002 = rules.Rule{
	ID: "SCR002", Severity: rules.Warning, Kind: rules.Screening, Cause: "SC-16", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名单筛查疑似命中", EN: "Possible screening hit"},
	Message: rules.Text{ZH: "{who}的资料需人工复核", EN: "the data of {who} need a manual review"},
	Remedy:  rules.Text{ZH: "转合规人员处理，不得告知商户原因。", EN: "Hand over to compliance; do not tell the merchant why."},
	Doc:     rules.Text{ZH: "筛查结果的分值为0.80至0.95，或与行业名单模糊匹配（0.80以上而不相同），或命中没有分值。须由人工判断。", EN: "A screening result has a score of 0.80 to 0.95, or is a fuzzy match with a list of the industry (0.80 or more and not exact), or has no score. A person must decide."},
	Good:    "无命中", Bad: "名称相似0.88",
	Basis: []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第40、41条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal, merchant.FieldLegalRepName, merchant.FieldBeneficialOwnersName,
		merchant.FieldScreeningHitsScore},
	Needs: rules.NeedScreening,
	Check: checkSCR002,
}

func checkSCR002(p *rules.Pass) { report(p, possible) }

// SCR004 行业黑名单命中: Hit on an industry list.
var SCR004 = rules.Rule{
	ID: "SCR004", Severity: rules.Error, Kind: rules.Screening, Cause: "SC-16", Since: "v0.1.0",
	Title: rules.Text{ZH: "行业黑名单命中", EN: "Hit on an industry list"},
	// Worded as SCR001: the reason stays out of what a merchant may see.
	Message: rules.Text{ZH: "{who}的资料需转合规人员处理", EN: "the data of {who} must go to compliance"},
	Remedy:  rules.Text{ZH: "转合规人员处理，不得告知商户原因。", EN: "Hand over to compliance; do not tell the merchant why."},
	Doc:     rules.Text{ZH: "与共享的商户或账户名单（支付清算协会、清算机构、涉案账户）相同的命中，分值为1；哪些名单属于此类由 profile 的 industry_lists 按名称开头指定。提示的写法同SCR001。名单上的商户和账户五年内不得入网。", EN: "An exact match (score 1) with a shared list of merchants or accounts: of the payment association, of the network, of accounts involved in cases. Which lists these are, industry_lists of the profile says by how their names begin. Worded as SCR001. The industry bars entry of listed merchants and accounts for five years."},
	Good:    "无命中", Bad: "账户命中",
	Basis: []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 5年限制"}, {Level: rules.Law, Cite: "shared list", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldTerminalsSerialNo, merchant.FieldSettlementAccountNo,
		merchant.FieldLicenceNumber, merchant.FieldScreeningHitsList},
	Needs: rules.NeedScreening,
	Check: checkSCR004,
}

func checkSCR004(p *rules.Pass) { report(p, barred) }

// SCR003 未做名单筛查: Not screened.
var SCR003 = rules.Rule{
	ID: "SCR003", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "未做名单筛查", EN: "Not screened"},
	Message: rules.Text{ZH: "{who}尚未进行名单筛查", EN: "{who} has not been screened"},
	Remedy:  rules.Text{ZH: "完成名单筛查。", EN: "Run the screening."},
	Doc:     rules.Text{ZH: "profile 要求名单筛查（require_screening），而新入网商户（未开通或审核中）没有筛查结果，或名称、法定代表人、受益所有人、结算账户的变更日期（field_dates）晚于筛查日期。未经名单检查不得准入。", EN: "The profile requires screening (require_screening), and a new entry (not opened, or its audit pending) has no result, or a date of change (field_dates) of name, representative, beneficial owners or settlement account is later than the result. Nobody may be admitted without a list check."},
	Good:    "今日", Bad: "（无）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反洗钱法 第41条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldScreeningAsOf},
	// A list without the column holds the merchants back one by one: screening is not a matter of the sheet.
	Reports: []merchant.Field{merchant.FieldScreeningAsOf, merchant.FieldNamesLegal},
	Applies: screeningRequired,
	Check:   checkSCR003,
}

func screeningRequired(p *rules.Pass) bool { return p.Params.RequireScreening }

func checkSCR003(p *rules.Pass) {
	r := p.Record
	path := merchant.At(merchant.FieldScreeningAsOf)
	if p.Blocked(path) {
		return
	}
	if r.Screening.AsOf.IsZero() && len(r.Screening.Hits) == 0 &&
		(r.Status.State == merchant.StateNotOpened || r.Onboarding.Audit == merchant.AuditPending) {
		p.Find(path, rules.T("who", theMerchant))
		return
	}
	for _, c := range changes {
		if on := changed(r, c.path); on.After(r.Screening.AsOf) && !on.After(p.AsOf) {
			p.Find(path, rules.T("who", c.who))
			return
		}
	}
}

// changes are the parties that must be checked anew when they change.
var changes = [...]struct {
	path string
	who  rules.Text
}{
	{"names.legal", theMerchant}, {"licence.number", theMerchant}, {"legal_rep.name", theRep}, {"legal_rep.id_no", theRep},
	{"beneficial_owners", theOwner}, {"settlement.account_no", theHolder}, {"settlement.account_name", theHolder},
}

// changed returns the latest date of change of a path or of a member of the list that it names.
func changed(r *merchant.Record, path string) merchant.Date {
	latest := r.FieldDates[path]
	for p, on := range r.FieldDates {
		if strings.HasPrefix(p, path+"[") && on.After(latest) {
			latest = on
		}
	}
	return latest
}
