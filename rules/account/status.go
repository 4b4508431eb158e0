package account

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// SET030 账户状态不认识: Account status unknown.
var SET030 = rules.Rule{
	ID: "SET030", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户状态不认识", EN: "Account status unknown"},
	Message: rules.Text{ZH: "账户状态“{value}”不认识", EN: "account status \"{value}\" is not known"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "结算账户状态不在模型的任何一组状态词之内。看不懂的状态不能当作正常。", EN: "The status of the account is none of the words of the model. A status that cannot be read must not pass as good."},
	Good:    "正常", Bad: "待处理",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "status words of the merchant model"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountStatus},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountStatus},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET030,
}

func checkSET030(p *rules.Pass) {
	if !p.Record.Settlement.AccountStatus.Valid() {
		p.Find(merchant.At(merchant.FieldSettlementAccountStatus))
	}
}

// SET010 账户冻结、止付或销户: Account frozen, stopped or closed.
var SET010 = rules.Rule{
	ID: "SET010", Star: 33, Severity: rules.Error, Kind: rules.Status, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户冻结、止付或销户", EN: "Account frozen, stopped or closed"},
	Message: rules.Text{ZH: "结算账户状态为{value}（{asof}）", EN: "the settlement account is {value} (as of {asof})"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户状态为冻结、止付、销户、挂失或司法冻结；或为只收不付，而手续费、押金须从该账户扣收（配置的min_balance_cny大于0）。账户冻结会显示无效商户。", EN: "The account is frozen, stopped, closed, reported lost or frozen by a court; or it only receives while fees or deposits are taken from it, which a min_balance_cny above zero tells. A frozen account is a named cause of an invalid merchant."},
	Good:    "正常", Bad: "冻结",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章）", Verified: true}, {Level: rules.PolicyLevel, Cite: "反诈法 第18条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountStatus, merchant.FieldSettlementStatusAsOf},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountStatus},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET010,
}

func checkSET010(p *rules.Pass) {
	switch status := p.Record.Settlement.AccountStatus; status {
	case merchant.AccountStatusReceiveOnly:
		if p.Params.MinBalanceCNY.Sign() > 0 {
			findStatus(p)
		}
	default:
		if status.Class() == "stopped" {
			findStatus(p)
		}
	}
}

func findStatus(p *rules.Pass) {
	s := &p.Record.Settlement
	asOf := rules.Text{ZH: "日期不详", EN: "an unknown date"}
	if day := s.StatusAsOf.String(); day != "" {
		asOf = rules.Text{ZH: day, EN: day}
	}
	p.Find(merchant.At(merchant.FieldSettlementAccountStatus), rules.T("asof", asOf),
		rules.T("value", rules.Text{ZH: s.AccountStatus.Label("zh"), EN: s.AccountStatus.Label("en")}))
}

// SET028 账户久悬、睡眠或暂停非柜面: Account dormant or limited.
var SET028 = rules.Rule{
	ID: "SET028", Severity: rules.Warning, Kind: rules.Status, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户久悬、睡眠或暂停非柜面", EN: "Account dormant or limited"},
	Message: rules.Text{ZH: "结算账户状态为{value}（{asof}），需激活", EN: "the settlement account is {value} (as of {asof}) and must be reactivated"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户状态为久悬、睡眠或暂停非柜面业务。六个月未发生业务的账户会被暂停非柜面业务。", EN: "The account is long dormant, sleeping or limited to the counter. Accounts without business for six months are suspended outside the counter."},
	Good:    "正常", Bad: "久悬",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (六)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountStatus, merchant.FieldSettlementStatusAsOf},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountStatus},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET028,
}

func checkSET028(p *rules.Pass) {
	if p.Record.Settlement.AccountStatus.Class() == "limited" {
		findStatus(p)
	}
}

// SET029 账户状态较旧: Account status is old.
var SET029 = rules.Rule{
	ID: "SET029", Severity: rules.Info, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户状态较旧", EN: "Account status is old"},
	Message: rules.Text{ZH: "账户状态取自{date}，已{days}天", EN: "the account status dates from {date}, {days} days ago"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户状态日期距检查日期超过account_status_days（默认30）天。状态可能已经变化。", EN: "The status of the account was taken more than account_status_days (30) before the day of the check. It may have changed."},
	Good:    "昨天", Bad: "60天前",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldSettlementStatusAsOf},
	Uses:   []merchant.Field{merchant.FieldSettlementStatusAsOf},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET029,
}

func checkSET029(p *rules.Pass) {
	on := p.Record.Settlement.StatusAsOf
	if days := p.AsOf.DaysSince(on); days > p.Params.AccountStatusDays {
		p.Find(merchant.At(merchant.FieldSettlementStatusAsOf), rules.P("date", on.String()), rules.P("days", strconv.Itoa(days)))
	}
}

// SET011 打款验证未通过: Account verification failed.
var SET011 = rules.Rule{
	ID: "SET011", Severity: rules.Error, Kind: rules.Status, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "打款验证未通过", EN: "Account verification failed"},
	Message: rules.Text{ZH: "结算账户验证未通过：{reason}", EN: "the account verification failed: {reason}"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户验证结果为失败。打款验证是证明账户可用的最低成本办法。", EN: "The verification of the account failed. A micro-deposit is the cheapest proof that an account works."},
	Good:    "success", Bad: "fail",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay verify_result, verify_fail_reason", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementVerifyResult, merchant.FieldSettlementVerifiedOn},
	Uses:   []merchant.Field{merchant.FieldSettlementVerifyResult},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET011,
}

func checkSET011(p *rules.Pass) {
	s := &p.Record.Settlement
	if s.VerifyResult != merchant.VerifyFail {
		return
	}
	// The feed gives no reason, so the sentence says when.
	reason := rules.Text{ZH: "验证日期不详", EN: "date unknown"}
	if day := s.VerifiedOn.String(); day != "" {
		reason = rules.Text{ZH: "验证日期" + day, EN: "on " + day}
	}
	p.Find(merchant.At(merchant.FieldSettlementVerifyResult), rules.T("reason", reason))
}

// SET031 账户未做验证: Account not verified.
var SET031 = rules.Rule{
	ID: "SET031", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户未做验证", EN: "Account not verified"},
	Message: rules.Text{ZH: "结算账户尚未验证", EN: "the settlement account has not been verified"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户资料来源覆盖该商户（账户状态、状态日期、验证日期或余额至少有一项），而账户验证结果为空。账户从未证明可用。", EN: "The bank's feed covers the merchant (a status, its date, a verification date or a balance is given) and the result of the verification is empty. The account was never proved to work."},
	Good:    "success", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay verify_result", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementVerifyResult},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET031,
}

func checkSET031(p *rules.Pass) {
	if p.Record.Settlement.VerifyResult == "" {
		p.Find(merchant.At(merchant.FieldSettlementVerifyResult))
	}
}

// SET032 账户验证过旧: Account verification is old.
var SET032 = rules.Rule{
	ID: "SET032", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户验证过旧", EN: "Account verification is old"},
	Message: rules.Text{ZH: "结算账户验证于{date}，已失去意义", EN: "the account was verified on {date}; that no longer proves anything"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户验证日期距检查日期超过365天，或早于结算账号的最近变更日期（字段变更日期）。该验证属于另一时期或另一账户。", EN: "The account was verified more than 365 days before the day of the check, or before the last change of the account number in the dates of field changes. The proof belongs to another time or another account."},
	Good:    "2026-10-01", Bad: "2024-01-01",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldSettlementVerifiedOn, merchant.FieldFieldDates},
	Uses:   []merchant.Field{merchant.FieldSettlementVerifiedOn},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET032,
}

func checkSET032(p *rules.Pass) {
	on := p.Record.Settlement.VerifiedOn
	changed := p.Record.FieldDates[merchant.FieldSettlementAccountNo.Path()]
	if p.AsOf.DaysSince(on) > daysVerified || on.Before(changed) {
		p.Find(merchant.At(merchant.FieldSettlementVerifiedOn), rules.P("date", on.String()))
	}
}

const daysVerified = 365

// SET012 账户余额不足: Account balance too low.
var SET012 = rules.Rule{
	ID: "SET012", Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-07", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户余额不足", EN: "Account balance too low"},
	Message: rules.Text{ZH: "账户余额{value}元低于要求的{min}元", EN: "the account balance {value} is below the required {min}"},
	Remedy:  rules.Text{ZH: "向开户行核实账户，并重新验证。", EN: "Ask the bank about the account and verify it again."},
	Doc:     rules.Text{ZH: "账户余额已填，且低于配置的最低余额（min_balance_cny，默认0元）。用于须从账户扣收押金、手续费的情形。余额不足是无效商户的原因之一。", EN: "The balance of the account is given and below the least the profile asks for (min_balance_cny, 0 by default). It matters for accounts from which deposits or fees are taken. Lack of funds is a named cause of an invalid merchant."},
	Good:    "1000.00", Bad: "-50.00",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章）", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementBalanceCNY},
	Uses:   []merchant.Field{merchant.FieldSettlementBalanceCNY},
	Needs:  rules.NeedAccountStatus,
	Check:  checkSET012,
}

func checkSET012(p *rules.Pass) {
	least := p.Params.MinBalanceCNY
	if p.Record.Settlement.BalanceCNY.Cmp(least) < 0 {
		p.Find(merchant.At(merchant.FieldSettlementBalanceCNY), rules.P("min", least.String()))
	}
}
