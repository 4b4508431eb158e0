package terms

import (
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// topLimit is the first amount that is no limit any more.
var topLimit = merchant.Yuan(100_000_000_000)

// The amounts that limits are judged by, limits before volumes.
const (
	single = iota
	daily
	monthly
	creditDaily
	creditMonthly
	noPIN
	avgTicket
	p95Ticket
	maxDaily
	monthToDate

	totals = creditDaily // how many limits, the first, every merchant has
	limits = avgTicket   // how many limits there are
)

var amountFields = [...]merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY,
	merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY, merchant.FieldLimitsContactlessNoPinCNY,
	merchant.FieldStatsAvgTicketCNY, merchant.FieldStatsP95TicketCNY, merchant.FieldStatsMaxDailyCNY, merchant.FieldStatsMonthToDateCNY}

// amountList are all of them as a record has them.
type amountList struct {
	of      [len(amountFields)]amount
	missing bool // one of the totals is not given
	odd     bool // one of them is given and no limit
	fine    bool // a limit has parts of a fen
}

type amount struct {
	merchant.Money
	field merchant.Field
	limit bool  // positive and plausible as a limit; LIM001 speaks of the others
	fen   int64 // see fen
	whole bool  // fen is all of it
}

var amounts = rules.Fact[amountList]{Work: func(p *rules.Pass, t *amountList) {
	l, s := &p.Record.Limits, &p.Record.Stats
	t.missing, t.odd, t.fine = false, false, false
	for i, m := range [...]*merchant.Money{&l.SingleCNY, &l.DailyCNY, &l.MonthlyCNY, &l.CreditDailyCNY, &l.CreditMonthlyCNY, &l.ContactlessNoPINCNY,
		&s.AvgTicketCNY, &s.P95TicketCNY, &s.MaxDailyCNY, &s.MonthToDateCNY} {
		a := &t.of[i]
		*a = amount{Money: *m, field: amountFields[i]}
		if m.IsZero() {
			t.missing = t.missing || i < totals
			continue
		}
		a.limit = m.Sign() > 0 && m.Cmp(topLimit) < 0
		fine := tooFine(*m)
		a.whole = a.limit && !fine
		a.fen = fen(a)
		t.odd = t.odd || i < totals && !a.limit
		t.fine = t.fine || i < limits && fine
	}
}}

// given returns an amount; false when none is given or an earlier rule found it unusable.
func (t *amountList) given(p *rules.Pass, i int) (*amount, bool) {
	a := &t.of[i]
	return a, !a.IsZero() && !p.Blocked(merchant.At(a.field))
}

// limit is given for a limit.
func (t *amountList) limit(p *rules.Pass, i int) (*amount, bool) {
	a, ok := t.given(p, i)
	return a, ok && a.limit
}

// above reports whether a is more than b; whole fen are compared at once.
func (a *amount) above(b *amount) bool {
	if a.whole && b.whole {
		return a.fen > b.fen
	}
	return a.Cmp(b.Money) > 0
}

// tooFine reports whether an amount has more than two decimals. Amounts keep the scale of two unless they need more.
func tooFine(m merchant.Money) bool { return m.Decimal().Exponent() < -2 }

// fen returns an amount in whole fen, bounded so that products of it fit.
func fen(a *amount) int64 {
	m := a.Money
	switch {
	case a.whole:
	case m.Sign() <= 0:
		return 0
	case !a.limit:
		m = topLimit
	default:
		return m.Decimal().Shift(2).IntPart()
	}
	return m.Decimal().CoefficientInt64()
}

// LIM006 限额未填写: Limit missing.
var LIM006 = rules.Rule{
	ID: "LIM006", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额未填写", EN: "Limit missing"},
	Message: rules.Text{ZH: "{field}未填写", EN: "{field} is missing"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "单笔、单日或单月限额为空，而且 profile 没有声明限额由机构统一继承。profile 有限额档次（limit_tiers）时建议首档。空限额可能被系统当作零，交易全部被拒。", EN: "The limit per transaction, per day or per month is empty and the profile does not say that limits are inherited. Proposed is the first of limit_tiers of the profile. An empty limit may be read as zero."},
	Good:    "50000.00", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 交易限额设置", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY},
	Reports: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY},
	Applies: limitsOwn,
	Check:   checkLIM006,
}

func checkLIM006(p *rules.Pass) {
	if p.Clear(amounts.Of(p).missing) {
		return
	}
	for _, f := range amountFields[:totals] {
		if path := merchant.At(f); !p.Record.Has(path) && p.Mapped(f) && !p.Blocked(path) {
			p.FindFix(path, proposeLimit(p, f, merchant.Money{}))
		}
	}
}

// proposeLimit offers the limit at f of the lowest tier of the profile that reaches least.
func proposeLimit(p *rules.Pass, f merchant.Field, least merchant.Money) []rules.Fix {
	tiers := p.Params.LimitTiers[string(p.Record.SubjectType)]
	for i := range tiers {
		if limit := tiers[i].Limit(f); least.IsZero() || limit.Cmp(least) >= 0 {
			return p.Propose(merchant.At(f), limit.String())
		}
	}
	return nil
}

func limitsOwn(p *rules.Pass) bool { return !p.Params.InheritLimits }

// LIM007 限额小数位: Limit with too many decimals.
var LIM007 = rules.Rule{
	ID: "LIM007", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额小数位", EN: "Limit with too many decimals"},
	Message: rules.Text{ZH: "{field}“{value}”最多两位小数", EN: "{field} \"{value}\" may have at most two decimals"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "限额超过两位小数。金额以元计，最多两位小数。", EN: "A limit has more than two decimals and so is no amount of money."},
	Good:    "50000.00", Bad: "50000.005",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "amounts are yuan with 2 decimals"}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY, merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY, merchant.FieldLimitsContactlessNoPinCNY},
	Check:  checkLIM007,
}

func checkLIM007(p *rules.Pass) {
	t := amounts.Of(p)
	if p.Clear(t.fine) {
		return
	}
	for i := range limits {
		if a, ok := t.given(p, i); ok && tooFine(a.Money) {
			p.Find(merchant.At(a.field))
		}
	}
}

// LIM001 限额为零或超出范围: Limit zero or out of range.
var LIM001 = rules.Rule{
	ID: "LIM001", Severity: rules.Error, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额为零或超出范围", EN: "Limit zero or out of range"},
	Message: rules.Text{ZH: "{field}“{value}”应大于0且不超过合理范围", EN: "{field} \"{value}\" must be positive and within range"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "单笔、单日或单月限额不大于零，或达到一千亿元。限额为零时每笔交易都会被拒绝。", EN: "The limit per transaction, per day or per month is zero or negative, or 100,000,000,000 yuan or more. A limit of zero declines every sale."},
	Good:    "50000.00", Bad: "0",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 交易限额设置", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY},
	Check:  checkLIM001,
}

func checkLIM001(p *rules.Pass) {
	t := amounts.Of(p)
	if p.Clear(t.odd) {
		return
	}
	for i := range totals {
		if a, ok := t.given(p, i); ok && !a.limit {
			p.Find(merchant.At(a.field))
		}
	}
}

// LIM002 限额大小关系: Limits contradict each other.
var LIM002 = rules.Rule{
	ID: "LIM002", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额大小关系", EN: "Limits contradict each other"},
	Message: rules.Text{ZH: "限额应满足 单笔≤单日≤单月：{single}/{daily}/{monthly}", EN: "limits must satisfy single <= daily <= monthly: {single}/{daily}/{monthly}"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "不满足 单笔≤单日≤单月，或信用卡限额高于同期总限额。这种组合不可能成立，多半是列填反了；把三个值排序后即可成立时，给出该建议。", EN: "The limits are not in the order transaction, day, month, or a credit-card limit is above the total limit of the same period. The combination is impossible and mostly comes from swapped columns; the values in order are proposed when that resolves it."},
	Good:    "5万/20万/200万", Bad: "20万/5万/200万",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "arithmetic"}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY, merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY},
	Check:  checkLIM002,
}

func checkLIM002(p *rules.Pass) {
	t := amounts.Of(p)
	var buf [totals]*amount
	given := buf[:0]
	wrong := -1
	for i := range totals {
		a, ok := t.limit(p, i)
		if !ok {
			continue
		}
		if n := len(given); n > 0 && wrong < 0 && given[n-1].above(a) {
			wrong = n - 1
		}
		given = append(given, a)
	}
	if wrong >= 0 {
		p.FindFix(merchant.At(given[wrong].field), inOrder(p, t, given), limitParams(p, merchant.FieldNone)...)
	}
	for _, pair := range [...][2]int{{creditDaily, daily}, {creditMonthly, monthly}} {
		credit, ok := t.given(p, pair[0])
		total, known := t.limit(p, pair[1])
		if ok && known && credit.above(total) {
			p.Find(merchant.At(credit.field), limitParams(p, credit.field)...)
		}
	}
}

// inOrder proposes the given limits in ascending order, unless a credit-card limit would then be above its total.
func inOrder(p *rules.Pass, t *amountList, given []*amount) []rules.Fix {
	sorted := slices.Clone(given)
	slices.SortFunc(sorted, func(a, b *amount) int { return a.Cmp(b.Money) })
	fix := rules.Fix{Message: rules.Text{ZH: "限额按大小改为", EN: "put the limits in order:"}}
	for i, a := range given {
		credit := -1
		switch a {
		case &t.of[daily]:
			credit = creditDaily
		case &t.of[monthly]:
			credit = creditMonthly
		}
		if credit >= 0 {
			if c, ok := t.given(p, credit); ok && c.above(sorted[i]) {
				return nil
			}
		}
		if i > 0 {
			fix.Message.ZH += "/"
			fix.Message.EN += " /"
		}
		fix.Message.ZH += sorted[i].String()
		fix.Message.EN += " " + sorted[i].String()
		if !sorted[i].Equal(a.Money) {
			fix.Edits = append(fix.Edits, rules.Edit{Path: merchant.At(a.field), Old: a.String(), New: sorted[i].String()})
		}
	}
	fix.Message.ZH += "？"
	fix.Message.EN += "?"
	return []rules.Fix{fix}
}

// limitParams gives the three limits, with the credit-card limit that is too high beside the total of its period.
func limitParams(p *rules.Pass, credit merchant.Field) []rules.Param {
	l := &p.Record.Limits
	beside := func(name string, total merchant.Money, f merchant.Field) rules.Param {
		s := total.String()
		if s == "" {
			s = "-"
		}
		if f != credit || f == merchant.FieldNone {
			return rules.P(name, s)
		}
		c := p.Record.Text(merchant.At(f))
		return rules.T(name, rules.Text{ZH: s + "（信用卡" + c + "）", EN: s + " (credit cards " + c + ")"})
	}
	return []rules.Param{beside("single", l.SingleCNY, merchant.FieldNone), beside("daily", l.DailyCNY, merchant.FieldLimitsCreditDailyCNY),
		beside("monthly", l.MonthlyCNY, merchant.FieldLimitsCreditMonthlyCNY)}
}

// LIM003 小微信用卡收款限额: Micro credit-card cap exceeded.
var LIM003 = rules.Rule{
	ID: "LIM003", Severity: rules.Error, Kind: rules.Limit, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "小微信用卡收款限额", EN: "Micro credit-card cap exceeded"},
	Message: rules.Text{ZH: "小微商户信用卡收款限额不得超过单日{day}元、单月{month}元", EN: "credit-card receipts of a micro merchant are capped at {day} a day and {month} a month"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "小微商户开通了贷记卡或扫码贷记产品，没有辅助证明，而信用卡限额高于单日 1000 元或单月 10000 元。同一自然人名下的小微商户信用卡收款有上限；建议改为上限值。", EN: "A micro merchant without enhanced proof has a credit product (credit card or credit by QR code) and a credit-card limit above 1,000 yuan a day or 10,000 a month. The caps of the regulation hold per natural person; the caps are proposed."},
	Good:    "1000/10000", Bad: "5000/50000",
	Effective: merchant.Day(2018, 4, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "银发〔2017〕296号"}},
	Fields:    []merchant.Field{merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY, merchant.FieldSubjectType, merchant.FieldMicroEnhancedProof},
	Uses:      []merchant.Field{merchant.FieldSubjectType},
	Applies:   func(p *rules.Pass) bool { return rules.MicroCapped(&p.Record.Merchant) },
	Check:     checkLIM003,
}

func checkLIM003(p *rules.Pass) {
	for _, c := range [...]struct {
		amount int
		most   merchant.Money
	}{{creditDaily, p.Params.MicroCreditDailyCNY}, {creditMonthly, p.Params.MicroCreditMonthlyCNY}} {
		if a, ok := amounts.Of(p).given(p, c.amount); ok && a.Cmp(c.most) > 0 {
			path := merchant.At(a.field)
			p.FindFix(path, p.Propose(path, c.most.String()),
				rules.P("day", p.Params.MicroCreditDailyCNY.String()), rules.P("month", p.Params.MicroCreditMonthlyCNY.String()))
		}
	}
}

// FEE004 免密免签限额过高: No-PIN limit too high.
var FEE004 = rules.Rule{
	ID: "FEE004", Severity: rules.Error, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "免密免签限额过高", EN: "No-PIN limit too high"},
	Message: rules.Text{ZH: "小额免密免签单笔限额不得超过{max}元", EN: "the no-PIN contactless limit may not exceed {max}"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "小额免密免签单笔限额高于 1000 元。这是银行卡清算机构的上限；建议改为 1000.00。", EN: "The limit of contactless payments without PIN is above 1,000 yuan, the maximum of the scheme. 1000.00 is proposed."},
	Good:    "1000.00", Bad: "3000.00",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "Huifu small_free_amt ≤ 1000", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLimitsContactlessNoPinCNY},
	Uses:   []merchant.Field{merchant.FieldLimitsContactlessNoPinCNY},
	Check:  checkFEE004,
}

var noPINMax = merchant.Yuan(1000)

func checkFEE004(p *rules.Pass) {
	if p.Record.Limits.ContactlessNoPINCNY.Cmp(noPINMax) > 0 {
		path := merchant.At(merchant.FieldLimitsContactlessNoPinCNY)
		p.FindFix(path, p.Propose(path, noPINMax.String()), rules.P("max", "1000"))
	}
}

// LIM004 限额低于常见交易: Limit below the usual ticket.
var LIM004 = rules.Rule{
	ID: "LIM004", Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额低于常见交易", EN: "Limit below the usual ticket"},
	Message: rules.Text{ZH: "单笔限额{single}元低于常见交易{p95}元，正常消费会被拒绝", EN: "single limit {single} is below the usual ticket {p95}; normal sales will be declined"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "单笔限额低于常见单笔金额（95 分位），或单日限额低于平均单笔金额的三倍。profile 有限额档次（limit_tiers）时建议够用的最低一档。限额过低会拒绝正常消费。", EN: "The limit per transaction is below the 95th percentile of tickets, or the limit per day below three average tickets. Proposed is the lowest of limit_tiers of the profile that suffices. A low limit declines normal sales."},
	Good:    "5000（p95=800）", Bad: "500（p95=800）",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 三、6", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldStatsP95TicketCNY, merchant.FieldStatsAvgTicketCNY},
	Needs:  rules.NeedStats,
	Check:  checkLIM004,
}

func checkLIM004(p *rules.Pass) {
	t := amounts.Of(p)
	sale, hasSingle := t.limit(p, single)
	if p95, ok := t.given(p, p95Ticket); ok && hasSingle && p95.above(sale) {
		path := merchant.At(merchant.FieldLimitsSingleCNY)
		p.FindFix(path, proposeLimit(p, path.Field, p95.Money), rules.P("single", sale.String()), rules.P("p95", p95.String()))
	}
	day, ok := t.limit(p, daily)
	if avg, known := t.given(p, avgTicket); ok && known && day.fen < 3*avg.fen {
		of := p.Record.Limits.SingleCNY.String()
		if of == "" {
			of = "-"
		}
		path := merchant.At(merchant.FieldLimitsDailyCNY)
		p.FindFix(path, proposeLimit(p, path.Field, merchant.Fen(3*avg.fen)),
			rules.T("single", rules.Text{ZH: of + "元、单日限额" + day.String(), EN: of + " or the daily limit " + day.String()}),
			rules.T("p95", rules.Text{ZH: "的三笔合计" + merchant.Fen(3*avg.fen).String(), EN: "of three sales, " + merchant.Fen(3*avg.fen).String()}))
	}
}

// LIM008 限额设置过低: Limit very low.
var LIM008 = rules.Rule{
	ID: "LIM008", Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "限额设置过低", EN: "Limit very low"},
	Message: rules.Text{ZH: "单笔限额{single}元过低", EN: "the single limit {single} is very low"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "单笔限额大于零而低于 min_single_cny（100 元）。限额过低会拒绝正常消费；建议至少改为该值。", EN: "The limit per transaction is above zero and below min_single_cny (100 yuan). A low limit declines normal sales; that minimum is proposed."},
	Good:    "5000", Bad: "50",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 三、6", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY},
	Uses:   []merchant.Field{merchant.FieldLimitsSingleCNY},
	Check:  checkLIM008,
}

func checkLIM008(p *rules.Pass) {
	if a, ok := amounts.Of(p).limit(p, single); ok && a.Cmp(p.Params.MinSingleCNY) < 0 {
		path := merchant.At(merchant.FieldLimitsSingleCNY)
		p.FindFix(path, p.Propose(path, p.Params.MinSingleCNY.String()), rules.P("single", a.String()))
	}
}

// LIM009 交易量达到或超过限额: Volume at or over the limit.
var LIM009 = rules.Rule{
	ID: "LIM009", Star: 41, Severity: rules.Error, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "交易量达到或超过限额", EN: "Volume at or over the limit"},
	Message: rules.Text{ZH: "{what}{v}元，已达到限额{limit}元", EN: "{what}: {v}, which reaches the limit {limit}"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "最高单日交易额达到或超过单日限额，或当月累计交易额达到或超过单月限额。该周期内后续交易会被拒绝。", EN: "The highest daily volume reaches the limit per day, or the month-to-date volume the limit per month. Further sales of the period are declined."},
	Good:    "60%", Bad: "105%",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 问题原因4、解决方案4", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatsMaxDailyCNY, merchant.FieldStatsMonthToDateCNY, merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY},
	Needs:   rules.NeedStats,
	Applies: usageKnown,
	Check:   checkLIM009,
}

func checkLIM009(p *rules.Pass) {
	t := amounts.Of(p)
	for _, u := range usages {
		v, limit, ok := t.usage(p, u)
		if ok && v.fen >= limit.fen {
			p.Find(merchant.At(v.field), rules.L("what", v.field), rules.P("v", v.String()), rules.P("limit", limit.String()))
		}
	}
}

// usages pair a volume with the limit it uses up.
var usages = [...][2]int{{maxDaily, daily}, {monthToDate, monthly}}

func (t *amountList) usage(p *rules.Pass, u [2]int) (v, limit *amount, ok bool) {
	v, known := t.given(p, u[0])
	limit, ok = t.limit(p, u[1])
	return v, limit, ok && known
}

func usageKnown(p *rules.Pass) bool {
	t := amounts.Of(p)
	for _, u := range usages {
		if _, _, ok := t.usage(p, u); ok {
			return true
		}
	}
	return false
}

// LIM005 交易量接近限额: Volume close to the limit.
var LIM005 = rules.Rule{
	ID: "LIM005", Star: 42, Severity: rules.Warning, Kind: rules.Limit, Cause: "SC-09", Since: "v0.1.0",
	Title:   rules.Text{ZH: "交易量接近限额", EN: "Volume close to the limit"},
	Message: rules.Text{ZH: "{what}{v}元，已达限额{limit}元的{pct}%", EN: "{what}: {v}, which is {pct}% of the limit {limit}"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "最高单日交易额达到单日限额的 limit_usage_warn_pct（80%），或当月累计交易额达到单月限额的同一比例，但未超过限额。额度即将用完，之后的交易会被拒绝。", EN: "The highest daily volume reaches limit_usage_warn_pct (80 %) of the limit per day, or the month-to-date volume that part of the limit per month, without reaching the limit. When the limit runs out, sales are declined."},
	Good:    "60%", Bad: "85%",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 问题原因4", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldStatsMaxDailyCNY, merchant.FieldStatsMonthToDateCNY, merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY},
	Needs:   rules.NeedStats,
	Applies: usageKnown,
	Check:   checkLIM005,
}

func checkLIM005(p *rules.Pass) {
	t := amounts.Of(p)
	for _, u := range usages {
		v, limit, ok := t.usage(p, u)
		if !ok {
			continue
		}
		used, all := v.fen, limit.fen
		if used < all && used*100 >= all*int64(p.Params.LimitUsagePct) {
			p.Find(merchant.At(v.field), rules.L("what", v.field), rules.P("v", v.String()), rules.P("limit", limit.String()),
				rules.P("pct", strconv.FormatInt(used*100/all, 10)))
		}
	}
}
