package batch

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// BAT005 结算账户被不同户名共用: Account shared under different holders.
var BAT005 = rules.Rule{
	ID: "BAT005", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "结算账户被不同户名共用", EN: "Account shared under different holders"},
	Message: rules.Text{ZH: "结算账户{value}对应{n}个户名（第{rows}行）", EN: "settlement account {value} has {n} holders (rows {rows})"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "同一结算账号出现在不同统一社会信用代码（小微商户为不同身份证件号码）的行中，且户名不同。同一主体的多家门店不算。一个账户只有一个户名。", EN: "The same settlement account stands in records of different USCC (different identity number of micro merchants) under different account names. Shops of one subject are fine. One account has one holder."},
	Good:    "同一主体两家门店", Bad: "三家不同公司同一账户",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 同名账户"}, {Level: rules.Law, Cite: "银发〔2021〕259号", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName, merchant.FieldLicenceNumber},
	Batch:  newSharedAccounts,
}

func newSharedAccounts(s *rules.Shared) rules.Batch {
	return sharedAccounts{open(s, accountKey, subjectTag, holderTag)}
}

type sharedAccounts struct{ *book }

// owned returns the records of a group whose subject and holder are known.
func (b *book) owned(g group) []int32 {
	return with(g.members, func(m int32) bool { return b.tagAt(subjectTag)(m) != 0 && b.tagAt(holderTag)(m) != 0 })
}

func (b sharedAccounts) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(accountKey) {
		// With two subjects and two names there are two records that differ in both.
		members := b.owned(g)
		n := distinct(members, b.tagAt(holderTag))
		if n < 2 || distinct(members, b.tagAt(subjectTag)) < 2 {
			continue
		}
		records := ordinals(members, itself)
		find(p, records, merchant.At(merchant.FieldSettlementAccountNo), g.value, rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records)))
	}
}

// BAT017 结算账户被多个主体共用: Account shared by several subjects.
var BAT017 = rules.Rule{
	ID: "BAT017", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "结算账户被多个主体共用", EN: "Account shared by several subjects"},
	Message: rules.Text{ZH: "结算账户{value}被{n}个主体共用（第{rows}行）", EN: "settlement account {value} is shared by {n} subjects (rows {rows})"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "同一结算账号和户名出现在 shared_account（3）个或更多不同主体的行中（按统一社会信用代码，小微商户按身份证件号码）。可能是集团，也可能是二次清算。", EN: "The same settlement account and holder stand in records of shared_account (3) or more different subjects, by USCC or by the identity number of micro merchants. It may be a group, it may be two-step clearing."},
	Good:    "同一主体两家门店", Bad: "同一人4个个体户",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第22、30条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName, merchant.FieldLicenceNumber},
	Batch:  newCommonAccounts,
}

func newCommonAccounts(s *rules.Shared) rules.Batch {
	return commonAccounts{open(s, accountKey, subjectTag, holderTag)}
}

type commonAccounts struct{ *book }

func (b commonAccounts) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(accountKey) {
		for _, members := range parts(b.owned(g), b.tagAt(holderTag)) {
			n := distinct(members, b.tagAt(subjectTag))
			if len(members) < 2 || n < p.Params.SharedAccount {
				continue
			}
			records := ordinals(members, itself)
			find(p, records, merchant.At(merchant.FieldSettlementAccountNo), g.value, rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records)))
		}
	}
}
