package terms

import (
	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// usable returns the i-th fee's rate and cap where they are given and no earlier rule found them unusable.
func usable(p *rules.Pass, i int) (rate merchant.Percent, hasRate bool, limit merchant.Money, hasCap bool) {
	f := &p.Record.Fees[i]
	hasRate = !f.RatePct.IsZero() && !p.Blocked(merchant.Item(merchant.FieldFeesRatePct, i))
	hasCap = !f.CapCNY.IsZero() && !p.Blocked(merchant.Item(merchant.FieldFeesCapCNY, i))
	return f.RatePct, hasRate, f.CapCNY, hasCap
}

// standard reports whether the i-th fee is known to be of the standard class.
func standard(p *rules.Pass, i int) bool {
	return p.Record.Fees[i].Class == merchant.FeeClassStandard && !p.Blocked(merchant.Item(merchant.FieldFeesClass, i))
}

// feeSigns tell which rules may have something to say about a fee of the record, so that fees without fault are looked at
// once and not by each rule; see Pass.Clear.
type feeSigns struct{ unrated, malformed, odd, belowCost, cappedCredit, free, oddCap bool }

var signs = rules.Fact[feeSigns]{Work: func(p *rules.Pass, s *feeSigns) {
	*s = feeSigns{}
	for i := range p.Record.Fees {
		f := &p.Record.Fees[i]
		floor, ok := costOf(f)
		costed := ok && f.Class == merchant.FeeClassStandard
		if rate := f.RatePct; rate.IsZero() {
			s.unrated = s.unrated || f.Product != ""
		} else {
			s.malformed = s.malformed || badRate(rate)
			s.odd = s.odd || oddRate(p, rate)
			s.belowCost = s.belowCost || costed && rate.Cmp(floor) < 0
			s.free = s.free || rate.Sign() == 0 && f.Class != merchant.FeeClassWaiver
		}
		if limit := f.CapCNY; !limit.IsZero() {
			s.malformed = s.malformed || badCap(limit)
			s.belowCost = s.belowCost || costed && f.Product == merchant.ProductCardDebit && limit.Cmp(debitCapFloor) < 0
			s.cappedCredit = s.cappedCredit || costed && f.Product == merchant.ProductCardCredit
			s.oddCap = s.oddCap || !plausibleCap(limit)
		}
	}
}}

func product(f *merchant.Fee) rules.Param {
	return rules.T("product", rules.Text{ZH: f.Product.Label("zh"), EN: f.Product.Label("en")})
}

// FEE005 费率未填写: Rate missing.
var FEE005 = rules.Rule{
	ID: "FEE005", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "费率未填写", EN: "Rate missing"},
	Message: rules.Text{ZH: "{product}费率未填写", EN: "the {product} rate is missing"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "已列出的产品没有费率。空白不等于零费率，无法计费。零是有效的值，不算未填。", EN: "A product that is listed has no rate. An empty rate is not a rate of zero; zero is a value."},
	Good:    "0.60", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesRatePct},
	Check:  checkFEE005,
}

func checkFEE005(p *rules.Pass) {
	if p.Clear(signs.Of(p).unrated) {
		return
	}
	for i := range p.Record.Fees {
		f, path := &p.Record.Fees[i], merchant.Item(merchant.FieldFeesRatePct, i)
		if f.Product != "" && f.RatePct.IsZero() && p.Mapped(merchant.FieldFeesRatePct) && !p.Blocked(path) {
			p.Find(path, product(f))
		}
	}
}

// FEE006 费率或封顶格式: Rate or cap malformed.
var FEE006 = rules.Rule{
	ID: "FEE006", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "费率或封顶格式", EN: "Rate or cap malformed"},
	Message: rules.Text{ZH: "{product}的{field}“{value}”格式不正确", EN: "{field} \"{value}\" of {product} is malformed"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "费率为负数或超过四位小数，或封顶金额不大于零或超过两位小数。这样的值不是费率。", EN: "A rate is negative or has more than 4 decimals, or a cap is zero, negative or has more than 2 decimals. Such a value is no price."},
	Good:    "0.60", Bad: "-0.6",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu 2 decimals", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY},
	Check:  checkFEE006,
}

func badRate(rate merchant.Percent) bool { return rate.Sign() < 0 || rate.Decimal().Exponent() < -4 }
func badCap(limit merchant.Money) bool   { return limit.Sign() <= 0 || tooFine(limit) }

func checkFEE006(p *rules.Pass) {
	if p.Clear(signs.Of(p).malformed) {
		return
	}
	for i := range p.Record.Fees {
		f := &p.Record.Fees[i]
		rate, hasRate, limit, hasCap := usable(p, i)
		if hasRate && badRate(rate) {
			p.Find(merchant.Item(merchant.FieldFeesRatePct, i), product(f))
		}
		if hasCap && badCap(limit) {
			p.Find(merchant.Item(merchant.FieldFeesCapCNY, i), product(f))
		}
	}
}

// FEE001 费率量级异常: Rate of an odd magnitude.
var FEE001 = rules.Rule{
	ID: "FEE001", Severity: rules.Error, Kind: rules.Limit, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "费率量级异常", EN: "Rate of an odd magnitude"},
	Message: rules.Text{ZH: "{product}费率“{value}”量级异常，应按百分数填写（0.6 表示0.6%）", EN: "{product} rate \"{value}\" has an odd magnitude; enter percent (0.6 means 0.6%)"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "费率高于 max_rate_pct（1.5），或大于零而低于 min_rate_pct（0.02）。0.6、0.6%、0.006 和 60 个基点常被混用；乘以或除以 100 后落在 0.1 与上限之间的，给出该建议值。", EN: "A rate is above max_rate_pct (1.5), or above zero and below min_rate_pct (0.02). 0.6, 0.6 %, 0.006 and 60 basis points are easily mixed up; the rate times or divided by 100 is proposed where it then lies between 0.1 and the maximum."},
	Good:    "0.60", Bad: "0.006",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 费率设置过高", Verified: true}, {Level: rules.PolicyLevel, Cite: "UMF: 0.25% is sent as 0.25", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesRatePct},
	Check:  checkFEE001,
}

func checkFEE001(p *rules.Pass) {
	if p.Clear(signs.Of(p).odd) {
		return
	}
	for i := range p.Record.Fees {
		rate, ok, _, _ := usable(p, i)
		if !ok || !oddRate(p, rate) {
			continue
		}
		shift := int32(2)
		if rate.Cmp(p.Params.MaxRatePct) > 0 {
			shift = -2
		}
		path := merchant.Item(merchant.FieldFeesRatePct, i)
		var fixes []rules.Fix
		if to := merchant.PercentOf(rate.Decimal().Shift(shift)); to.Cmp(merchant.BasisPoints(10)) >= 0 && to.Cmp(p.Params.MaxRatePct) <= 0 {
			fixes = p.Propose(path, to.String())
		}
		p.FindFix(path, fixes, product(&p.Record.Fees[i]))
	}
}

func oddRate(p *rules.Pass, rate merchant.Percent) bool {
	return rate.Cmp(p.Params.MaxRatePct) > 0 || rate.Sign() > 0 && rate.Cmp(p.Params.MinRatePct) < 0
}

// FEE002 费率低于成本: Rate below cost.
var FEE002 = rules.Rule{
	ID: "FEE002", Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "费率低于成本", EN: "Rate below cost"},
	Message: rules.Text{ZH: "{product}费率{rate}%低于发卡与网络服务费之和{floor}%", EN: "{product} rate {rate}% is below issuer plus network fee {floor}%"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "标准类：借记卡费率低于 0.3825% 或封顶低于 16.25 元；贷记卡费率低于 0.4825%。这是发卡行服务费上限加收单侧网络服务费；公布的价格是上限，实际成本可能更低，所以只提示。一律填 0.38 是常见的误填。量级异常的费率由 FEE001 报告。", EN: "In the standard class a debit-card rate is below 0.3825 % or its cap below 16.25 yuan, or a credit-card rate is below 0.4825 %: the ceiling of the issuer fee plus the network fee of the acquiring side. The published prices are ceilings, so the real cost may be lower; a flat 0.38 is a common slip. Rates of an odd magnitude are left to FEE001."},
	Good:    "0.60", Bad: "0.38（贷记卡标准类）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "发改价格〔2016〕557号: 0.35 % cap 13, 0.45 %"}, {Level: rules.Law, Cite: "网络服务费 0.0325 % cap 3.25 each side", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY, merchant.FieldFeesClass},
	Check:  checkFEE002,
}

var (
	debitFloor    = merchant.PercentOf(decimal.New(3825, -4))
	creditFloor   = merchant.PercentOf(decimal.New(4825, -4))
	debitCapFloor = merchant.Fen(1625)
)

// costOf returns the least rate of a standard card fee that covers its cost.
func costOf(f *merchant.Fee) (floor merchant.Percent, ok bool) {
	switch f.Product {
	case merchant.ProductCardDebit:
		return debitFloor, true
	case merchant.ProductCardCredit:
		return creditFloor, true
	}
	return merchant.Percent{}, false
}

func checkFEE002(p *rules.Pass) {
	if p.Clear(signs.Of(p).belowCost) {
		return
	}
	for i := range p.Record.Fees {
		f := &p.Record.Fees[i]
		floor, ok := costOf(f)
		if !ok || !standard(p, i) {
			continue
		}
		rate, hasRate, limit, hasCap := usable(p, i)
		if hasRate && rate.Cmp(floor) < 0 && !oddRate(p, rate) {
			p.Find(merchant.Item(merchant.FieldFeesRatePct, i), product(f), rules.P("rate", rate.String()), rules.P("floor", floor.String()))
		}
		if hasCap && f.Product == merchant.ProductCardDebit && limit.Cmp(debitCapFloor) < 0 {
			p.Find(merchant.Item(merchant.FieldFeesCapCNY, i), product(f),
				capped("rate", rate.String(), limit), capped("floor", floor.String(), debitCapFloor))
		}
	}
}

// capped words a rate together with its cap.
func capped(name, rate string, limit merchant.Money) rules.Param {
	return rules.T(name, rules.Text{ZH: rate + "（封顶" + limit.String() + "元）", EN: rate + " (capped at " + limit.String() + ")"})
}

// FEE003 贷记卡封顶: Cap on credit cards.
var FEE003 = rules.Rule{
	ID: "FEE003", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "贷记卡封顶", EN: "Cap on credit cards"},
	Message: rules.Text{ZH: "标准类贷记卡不应设置封顶", EN: "a standard credit-card fee should have no cap"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "标准类贷记卡填写了封顶金额。贷记卡的发卡行服务费不实行单笔封顶，封顶后大额交易会亏损。建议删除封顶。", EN: "A credit-card fee of the standard class has a cap. The issuer fee of credit cards has none, so large sales would be settled at a loss. Removing the cap is proposed."},
	Good:    "无封顶", Bad: "封顶20",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "发改价格〔2016〕557号: 贷记卡不实行单笔封顶", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesCapCNY, merchant.FieldFeesClass, merchant.FieldFeesProduct},
	Check:  checkFEE003,
}

func checkFEE003(p *rules.Pass) {
	if p.Clear(signs.Of(p).cappedCredit) {
		return
	}
	for i := range p.Record.Fees {
		_, _, limit, hasCap := usable(p, i)
		if hasCap && p.Record.Fees[i].Product == merchant.ProductCardCredit && standard(p, i) {
			path := merchant.Item(merchant.FieldFeesCapCNY, i)
			p.FindFix(path, []rules.Fix{{Message: rules.Text{ZH: "删除封顶？", EN: "remove the cap?"},
				Edits: []rules.Edit{{Path: path, Old: limit.String()}}}})
		}
	}
}

// FEE007 零费率但不是减免类: Zero rate without a waiver.
var FEE007 = rules.Rule{
	ID: "FEE007", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "零费率但不是减免类", EN: "Zero rate without a waiver"},
	Message: rules.Text{ZH: "{product}费率为0，但费率类别是{class}", EN: "the {product} rate is 0 but its class is {class}"},
	Remedy:  rules.Text{ZH: "核对费率、封顶和类别。", EN: "Check rate, cap and class."},
	Doc:     rules.Text{ZH: "费率为零，而费率类别不是减免。零是有效的值，但要么是优惠活动，要么是漏填，须核对。", EN: "A rate is zero and its class is not the waiver class. Zero is a value, never a missing one: it is a promotion or an omission."},
	Good:    "0 + 减免", Bad: "0 + 标准",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "发改价格〔2016〕557号", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesRatePct, merchant.FieldFeesClass},
	Check:  checkFEE007,
}

func checkFEE007(p *rules.Pass) {
	if p.Clear(signs.Of(p).free) {
		return
	}
	for i := range p.Record.Fees {
		f := &p.Record.Fees[i]
		rate, ok, _, _ := usable(p, i)
		if !ok || rate.Sign() != 0 || f.Class == merchant.FeeClassWaiver || p.Blocked(merchant.Item(merchant.FieldFeesClass, i)) {
			continue
		}
		class := rules.Text{ZH: f.Class.Label("zh"), EN: f.Class.Label("en")}
		if f.Class == "" {
			class = rules.Text{ZH: "（未填写）", EN: "not given"}
		}
		p.Find(merchant.Item(merchant.FieldFeesRatePct, i), product(f), rules.T("class", class))
	}
}

// FEE008 封顶金额单位疑似错误: Cap probably in the wrong unit.
var FEE008 = rules.Rule{
	ID: "FEE008", Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "封顶金额单位疑似错误", EN: "Cap probably in the wrong unit"},
	Message: rules.Text{ZH: "{product}封顶{value}元，疑似单位错误（元/分）", EN: "{product} cap {value} is probably in the wrong unit (yuan or fen)"},
	Remedy:  rules.Text{ZH: "与商户或合同核对单位。", EN: "Check the unit against the contract."},
	Doc:     rules.Text{ZH: "封顶金额高于 100 元或低于 1 元。各收单机构的封顶单位有元有分；除以 100 后落在 1 至 100 元之间的（把分当成元），给出该建议值。", EN: "A cap is above 100 yuan or below 1 yuan. Some acquirers take caps in fen and the others in yuan; a hundredth of the cap is proposed where it lies between 1 and 100 yuan."},
	Good:    "20.00", Bad: "2000",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "UMF caps in fen, 通联 in yuan", Verified: true}},
	Fields: []merchant.Field{merchant.FieldFeesCapCNY},
	Check:  checkFEE008,
}

var (
	leastCap = merchant.Yuan(1)
	mostCap  = merchant.Yuan(100)
)

// plausibleCap also judges what is proposed.
func plausibleCap(limit merchant.Money) bool {
	return limit.Cmp(leastCap) >= 0 && limit.Cmp(mostCap) <= 0
}

func checkFEE008(p *rules.Pass) {
	if p.Clear(signs.Of(p).oddCap) {
		return
	}
	for i := range p.Record.Fees {
		_, _, limit, ok := usable(p, i)
		if !ok || plausibleCap(limit) {
			continue
		}
		path := merchant.Item(merchant.FieldFeesCapCNY, i)
		var fixes []rules.Fix
		if to := merchant.MoneyOf(limit.Decimal().Shift(-2)); plausibleCap(to) {
			fixes = p.Propose(path, to.String())
		}
		p.FindFix(path, fixes, product(&p.Record.Fees[i]))
	}
}
