package profile

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Parameter describes one member of params: its unit, what it bounds, and the rules that read it.
type Parameter struct {
	Name  string
	Unit  rules.Text
	Doc   rules.Text
	Rules []rules.ID
}

var (
	days       = rules.Text{ZH: "天", EN: "days"}
	months     = rules.Text{ZH: "个月", EN: "months"}
	years      = rules.Text{ZH: "周岁", EN: "years"}
	bytesUnit  = rules.Text{ZH: "字节", EN: "bytes"}
	characters = rules.Text{ZH: "字符", EN: "characters"}
	yuan       = rules.Text{ZH: "元", EN: "yuan"}
	percent    = rules.Text{ZH: "%", EN: "%"}
	merchants  = rules.Text{ZH: "户", EN: "merchants"}
	persons    = rules.Text{ZH: "人", EN: "persons"}
	yesNo      = rules.Text{ZH: "true 或 false", EN: "true or false"}
	text       = rules.Text{ZH: "文本", EN: "text"}
	list       = rules.Text{ZH: "清单", EN: "list"}
	mapping    = rules.Text{ZH: "对照表", EN: "map"}
)

// parameters stand in the order of the struct.
var parameters = []Parameter{
	{"expiry_warn_days", days, rules.Text{ZH: "证照、证件、许可证到期前多久提醒", EN: "how long before a document ends it is named"}, []rules.ID{"LIC012", "REP011", "MCC012"}},
	{"id_grace_days", days, rules.Text{ZH: "证件过期后的宽限", EN: "grace after a document has expired"}, []rules.ID{"REP010"}},
	{"review_days_high", days, rules.Text{ZH: "高风险商户的复核周期", EN: "review cycle of merchants of high risk"}, []rules.ID{"STL001"}},
	{"review_days_medium", days, rules.Text{ZH: "中风险商户的复核周期", EN: "review cycle of merchants of medium risk"}, []rules.ID{"STL001"}},
	{"review_days_low", days, rules.Text{ZH: "低风险商户的复核周期", EN: "review cycle of merchants of low risk"}, []rules.ID{"STL001"}},
	{"review_warn_days", days, rules.Text{ZH: "复核到期前多久提醒", EN: "how long before a review is due it is named"}, []rules.ID{"STL002"}},
	{"inspection_days", days, rules.Text{ZH: "现场巡检的间隔", EN: "interval of inspections on site"}, []rules.ID{"STL007"}},
	{"suspended_days", days, rules.Text{ZH: "暂停状态最长多久", EN: "longest time in suspension"}, []rules.ID{"STA009"}},
	{"account_status_days", days, rules.Text{ZH: "账户状态数据多久算旧", EN: "age from which an account status is old"}, []rules.ID{"SET029"}},
	{"registry_warn_days", days, rules.Text{ZH: "银行登记文件多久算旧", EN: "age from which a registry export is old"}, []rules.ID{"STL003"}},
	{"registry_max_days", days, rules.Text{ZH: "银行登记文件多久不可再用", EN: "age from which a registry export is of no use"}, []rules.ID{"STL003", "STL008"}},
	{"sync_lag_days", days, rules.Text{ZH: "变更报送银行所需的时间", EN: "time a change takes to reach the registry"}, []rules.ID{"DIF013", "DIF022"}},
	{"param_lag_days", days, rules.Text{ZH: "终端参数晚于变更多久算过期", EN: "how much later than a change parameters may be downloaded"}, []rules.ID{"TRM008"}},
	{"dormant_months", months, rules.Text{ZH: "终端多久无交易需核实", EN: "time without transactions after which a terminal is looked at"}, []rules.ID{"TRM011"}},
	{"stop_months", months, rules.Text{ZH: "终端多久无交易应停用", EN: "time without transactions after which a terminal is stopped"}, []rules.ID{"TRM011", "TRM020"}},
	{"age_min", years, rules.Text{ZH: "法定代表人、持卡人的最低年龄", EN: "least age of representatives and account holders"}, []rules.ID{"REP007"}},
	{"age_max", years, rules.Text{ZH: "法定代表人、持卡人的最高年龄", EN: "highest age of representatives and account holders"}, []rules.ID{"REP020"}},
	{"name_max_bytes", bytesUnit, rules.Text{ZH: "商户名称的长度上限（GB18030，汉字2字节）", EN: "longest registered name (GB18030, two bytes a Han character)"}, []rules.ID{"IDN003"}},
	{"receipt_name_max_bytes", bytesUnit, rules.Text{ZH: "签购单名称的长度上限（GBK）", EN: "longest receipt name (GBK)"}, []rules.ID{"IDN018"}},
	{"address_max", characters, rules.Text{ZH: "详细地址的长度上限", EN: "longest address below the district"}, []rules.ID{"ADR016"}},
	{"scope_max", characters, rules.Text{ZH: "经营范围的长度上限", EN: "longest business scope"}, []rules.ID{"LIC029"}},
	{"email_max", characters, rules.Text{ZH: "邮箱的长度上限", EN: "longest e-mail address"}, []rules.ID{"CON004"}},
	{"min_single_cny", yuan, rules.Text{ZH: "单笔限额的下限", EN: "least limit per transaction"}, []rules.ID{"LIM008"}},
	{"max_rate_pct", percent, rules.Text{ZH: "费率的上限", EN: "highest rate"}, []rules.ID{"FEE001", "FEE002"}},
	{"min_rate_pct", percent, rules.Text{ZH: "非零费率的下限", EN: "least rate above zero"}, []rules.ID{"FEE002"}},
	{"limit_usage_warn_pct", percent, rules.Text{ZH: "限额用到多少时提醒", EN: "share of a limit from which its use is named"}, []rules.ID{"LIM005"}},
	{"min_balance_cny", yuan, rules.Text{ZH: "结算账户的最低余额", EN: "least balance of the settlement account"}, []rules.ID{"SET010", "SET012"}},
	{"micro_credit_daily_cny", yuan, rules.Text{ZH: "小微商户信用卡日累计上限", EN: "cap on credit cards of a micro merchant per day"}, []rules.ID{"LIM003", "BAT016"}},
	{"micro_credit_monthly_cny", yuan, rules.Text{ZH: "小微商户信用卡月累计上限", EN: "cap on credit cards of a micro merchant per month"}, []rules.ID{"LIM003", "BAT016"}},
	{"rep_many_warn", merchants, rules.Text{ZH: "同一人名下多少商户起提醒", EN: "merchants of one person from which they are named"}, []rules.ID{"BAT004"}},
	{"rep_many_error", merchants, rules.Text{ZH: "同一人名下多少商户起为错误", EN: "merchants of one person from which it is an error"}, []rules.ID{"BAT004", "BAT014"}},
	{"shared_account", merchants, rules.Text{ZH: "多少商户共用结算账户起提醒", EN: "merchants with one account from which they are named"}, []rules.ID{"BAT017"}},
	{"shared_phone_warn", persons, rules.Text{ZH: "多少人共用手机号起提醒", EN: "persons with one mobile from which they are named"}, []rules.ID{"BAT006"}},
	{"shared_phone_error", persons, rules.Text{ZH: "多少人共用手机号起为错误", EN: "persons with one mobile from which it is an error"}, []rules.ID{"BAT006", "BAT018"}},
	{"address_cluster", merchants, rules.Text{ZH: "同一地址多少商户起提醒", EN: "merchants at one address from which they are named"}, []rules.ID{"BAT007", "BAT020"}},
	{"batch_gate_pct", percent, rules.Text{ZH: "一批中多少户有错误时整批退回", EN: "share of merchants with errors from which a batch is refused"}, []rules.ID{"BAT021"}},
	{"suppress_warn_days", days, rules.Text{ZH: "豁免到期前多久提醒", EN: "how long before a suppression ends it is named"}, []rules.ID{"SUP003"}},
	{"micro_name_pattern", text, rules.Text{ZH: "小微商户的名称格式，{name} 代表经营者姓名", EN: "form of the name of a micro merchant; {name} is its operator"}, []rules.ID{"IDN006"}},
	{"merchant_no_pattern", text, rules.Text{ZH: "整个商户号的正则表达式（RE2），用于内部编号；空表示15位数字或字母", EN: "regular expression (RE2) of a whole merchant number, for internal numbers; empty stands for 15 letters or digits"}, []rules.ID{"IMP002", "IMP014", "IMP018", "MID001"}},
	{"mid_mcc_check", yesNo, rules.Text{ZH: "商户号第8至11位是否须与MCC一致", EN: "whether characters 8 to 11 of the merchant number must be its MCC"}, []rules.ID{"MID003"}},
	{"area_scheme", text, rules.Text{ZH: "商户号第4至7位的地区码：unionpay（银联地区码）、gb2260（行政区划代码前四位）或空（未声明）", EN: "area code in characters 4 to 7 of the merchant number: unionpay, gb2260 (first four digits of a division code) or empty for not declared"}, []rules.ID{"MID004", "MID007"}},
	{"allow_passbook", yesNo, rules.Text{ZH: "是否允许结算到存折", EN: "whether settlement to a passbook is allowed"}, []rules.ID{"SET002"}},
	{"allow_personal_other", yesNo, rules.Text{ZH: "是否允许结算到他人（非法人）账户", EN: "whether settlement to another person is allowed"}, []rules.ID{"SET005", "SET021"}},
	{"allow_account_letters", yesNo, rules.Text{ZH: "对公账号是否可含字母", EN: "whether the account of a company may have letters"}, []rules.ID{"SET015"}},
	{"require_screening", yesNo, rules.Text{ZH: "新入网是否须有名单筛查结果", EN: "whether new merchants need a screening result"}, []rules.ID{"SCR003"}},
	{"inherit_limits", yesNo, rules.Text{ZH: "限额是否由收单机构统一设定（商户可不填）", EN: "whether limits are the acquirer's, so that a merchant may leave them empty"}, []rules.ID{"LIM006"}},
	{"terminal_no_unique_per_acquirer", yesNo, rules.Text{ZH: "终端号是否在全机构内唯一（否则在商户内唯一）", EN: "whether terminal numbers are unique at the acquirer and not only at the merchant"}, []rules.ID{"BAT009"}},
	{"expect_active", yesNo, rules.Text{ZH: "清单中的商户是否都应可交易", EN: "whether all merchants of the list should trade"}, []rules.ID{"STA003"}},
	{"acquirer_org_code", text, rules.Text{ZH: "受理机构代码（第32域，8至11位数字），用于没有该项的资料", EN: "code of the acquiring institution (field 32, 8 to 11 digits) for records without one"}, []rules.ID{"IDN014"}},
	{"acquirer_codes3", list, rules.Text{ZH: "本机构代码（商户号第1至3位）", EN: "institution codes (characters 1 to 3 of the merchant number)"}, []rules.ID{"MID002"}},
	{"licensed_regions", list, rules.Text{ZH: "展业地域的省代码（六位）", EN: "province codes (six digits) of the licensed regions"}, []rules.ID{"ADR014"}},
	{"dealer_phones", mapping, rules.Text{ZH: "代理商电话 → 名称", EN: "phone of a dealer → name"}, []rules.ID{"CON006"}},
	{"dealer_accounts", mapping, rules.Text{ZH: "代理商账号 → 户名", EN: "account of a dealer → name"}, []rules.ID{"SET014"}},
	{"name_block", list, rules.Text{ZH: "简称、签购单名称中不得出现的字词", EN: "words that short and receipt names must not hold"}, []rules.ID{"IDN009"}},
	{"mcc_prohibited", list, rules.Text{ZH: "禁止的MCC", EN: "prohibited MCCs"}, []rules.ID{"MCC002"}},
	{"mcc_restricted", list, rules.Text{ZH: "须审批的MCC", EN: "MCCs that need an approval"}, []rules.ID{"MCC009", "MCC010"}},
	{"mcc_waiver", list, rules.Text{ZH: "可享减免费率的MCC（空为未声明）", EN: "MCCs entitled to the waiver (empty: not declared)"}, []rules.ID{"MCC005"}},
	{"mcc_discount", list, rules.Text{ZH: "可享优惠费率的MCC（空为未声明）", EN: "MCCs entitled to the discount (empty: not declared)"}, []rules.ID{"MCC005"}},
	{"licence_map", mapping, rules.Text{ZH: "MCC → 行业许可证（有其一即可）", EN: "MCC → permits, any of which will do"}, []rules.ID{"MCC004", "MCC011", "MCC012"}},
	{"required_channels", list, rules.Text{ZH: "必须已开通的渠道", EN: "channels that must be open"}, []rules.ID{"STA006"}},
	{"industry_lists", list, rules.Text{ZH: "机构间共享的名单，名称以何开头", EN: "how the names of screening lists shared by acquirers begin"}, []rules.ID{"SCR004"}},
	{"mcc_groups", list, rules.Text{ZH: "行业：MCC 和经营范围、名称中的关键词", EN: "trades: MCCs and the words that tell them in scopes and names"}, []rules.ID{"MCC003"}},
	{"limit_tiers", mapping, rules.Text{ZH: "主体类型 → 可用的限额档次（单笔、单日、单月），由低到高，首档为默认", EN: "subject type → limits that it may have (single, daily, monthly), in ascending order; the first is the default"}, []rules.ID{"LIM004", "LIM006"}},
	{"district_boxes", mapping, rules.Text{ZH: "区县代码 → 最小经度、最小纬度、最大经度、最大纬度（度）", EN: "division code → least longitude and latitude, greatest longitude and latitude (degrees)"}, []rules.ID{"ADR017"}},
	{"tolerance", mapping, rules.Text{ZH: "路径（限额、fees[].rate_pct、fees[].cap_cny）→ 与银行登记相差多少仍算一致，元或百分点", EN: "path (of a limit, fees[].rate_pct, fees[].cap_cny) → difference from the registry that still counts as equal, in yuan or percentage points"}, []rules.ID{"DIF009"}},
	{"required", mapping, rules.Text{ZH: "必填表：路径 → 六个字符，依次为企业、个体工商户、小微商户、事业单位、政府机关、社会组织；R 必填，C 条件必填，o 选填，- 不应填写", EN: "path → six characters for enterprise, individual_business, micro, institution, government, social_org; R required, C under a condition, o optional, - must stay empty"}, []rules.ID{"IDN014", "IDN015", "SRC023"}},
	{"entry_required", mapping, rules.Text{ZH: "清单内各项（如 terminals[].serial_no）的必填表，针对已填的每一条", EN: "the same for members of lists (terminals[].serial_no), within each entry that is given"}, nil},
	{"conditions", mapping, rules.Text{ZH: "标为 C 的路径 → 条件名", EN: "path marked C → name of the condition"}, []rules.ID{"IDN014"}},
	{"alternatives", mapping, rules.Text{ZH: "路径 → 可替代它的字段", EN: "path → fields that may stand in its place"}, []rules.ID{"IDN014", "SRC023"}},
}

// Parameters returns the description of every parameter, in the order of [rules.Params].
func Parameters() []Parameter { return append([]Parameter(nil), parameters...) }

// pairs are bounds of which the first must not exceed the second.
var pairs = [...][2]string{{"age_min", "age_max"}, {"min_rate_pct", "max_rate_pct"}, {"rep_many_warn", "rep_many_error"},
	{"shared_phone_warn", "shared_phone_error"}, {"registry_warn_days", "registry_max_days"}, {"dormant_months", "stop_months"},
	{"micro_credit_daily_cny", "micro_credit_monthly_cny"}}

// maxCount bounds numbers of days, merchants and the like; what is larger is a slip.
const maxCount = 100_000

func mccShape(s string) bool { return mcc.Check(s) != mcc.ErrFormat }

func divisionShape(s string) bool {
	err := division.Check(s)
	return err == nil || err == division.ErrComponent
}

// acquirerShape takes what a merchant number may begin with.
func acquirerShape(s string) bool { return len(s) == 3 && mid.Valid(s+"000000000000") }

// values returns the parameters by name, numbers and amounts as they are written.
func values(p *rules.Params) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var m map[string]json.RawMessage
	return m, json.Unmarshal(data, &m)
}

// checkParams looks at the parameters that a profile ends up with. A mistake is told with the path of its member.
func checkParams(p *rules.Params) *Error {
	given, err := values(p)
	if err != nil {
		return fault("params", "参数无法读取；请对照模板", "the parameters cannot be read; compare with the template")
	}
	number := func(name string) (merchant.Number, bool) {
		s := string(given[name])
		if q, err := strconv.Unquote(s); err == nil {
			s = q
		}
		n, err := merchant.ParseNumber(s)
		return n, err == nil
	}
	for i := range parameters {
		d := &parameters[i]
		switch d.Unit {
		case text, yesNo, list, mapping:
			continue
		}
		n, ok := number(d.Name)
		switch v := n.Decimal(); {
		case !ok:
			return fault("params."+d.Name, "应为数字（%[1]s）", "must be a number (%[2]s)", d.Unit.ZH, d.Unit.EN)
		case v.Sign() < 0:
			return fault("params."+d.Name, "不能小于 0", "must not be less than 0")
		case d.Unit == percent && v.IntPart() > 100 || d.Unit != yuan && v.IntPart() > maxCount:
			return fault("params."+d.Name, "数值过大（单位：%[1]s）", "is too large (unit: %[2]s)", d.Unit.ZH, d.Unit.EN)
		}
	}
	for _, pair := range pairs {
		low, _ := number(pair[0])
		high, _ := number(pair[1])
		if low.Decimal().GreaterThan(high.Decimal()) {
			return fault("params."+pair[0], "不能大于 %[1]s", "must not exceed %[1]s", pair[1])
		}
	}
	if _, ok := mid.ParseScheme(p.AreaScheme); !ok {
		return fault("params.area_scheme", "只能是 unionpay、gb2260 或空", "must be unionpay, gb2260 or empty")
	}
	if _, err := regexp.Compile(p.MerchantNoPattern); err != nil {
		return fault("params.merchant_no_pattern", "不是正则表达式（RE2 语法）", "is no regular expression (syntax of RE2)")
	}
	if p.AcquirerOrgCode != "" && !acquirer.Valid(p.AcquirerOrgCode) {
		return fault("params.acquirer_org_code", "应为 8 至 11 位数字", "must have 8 to 11 digits")
	}
	for _, code := range sorted(p.DistrictBoxes) {
		if !p.DistrictBoxes[code].Valid() || !divisionShape(code) {
			return fault("params.district_boxes."+code, "应为六位区县代码和 [最小经度, 最小纬度, 最大经度, 最大纬度]", "must be a district code of six digits with [least longitude, least latitude, greatest longitude, greatest latitude]")
		}
	}
	for _, path := range sorted(p.Tolerance) {
		f, _ := merchant.FieldByPath(path)
		if v := p.Tolerance[path]; !slices.Contains(rules.ToleranceFields(), f) || v.IsZero() || v.Sign() < 0 {
			return fault("params.tolerance."+path, "应为限额、fees[].rate_pct 或 fees[].cap_cny 的路径，和不小于 0 的数", "must be the path of a limit, fees[].rate_pct or fees[].cap_cny, with a number that is not less than 0")
		}
	}
	for subject, tiers := range p.LimitTiers {
		for i := range tiers {
			t := &tiers[i]
			ok := merchant.SubjectType(subject).Valid() && t.SingleCNY.Sign() > 0 && t.SingleCNY.Cmp(t.DailyCNY) <= 0 && t.DailyCNY.Cmp(t.MonthlyCNY) <= 0
			if i > 0 {
				ok = ok && tiers[i-1].SingleCNY.Cmp(t.SingleCNY) <= 0 && tiers[i-1].DailyCNY.Cmp(t.DailyCNY) <= 0 && tiers[i-1].MonthlyCNY.Cmp(t.MonthlyCNY) <= 0
			}
			if !ok {
				return fault("params.limit_tiers."+subject, "主体类型下须为由低到高的档次，每档 single_cny ≤ daily_cny ≤ monthly_cny", "must be a subject type with tiers in ascending order, each with single_cny ≤ daily_cny ≤ monthly_cny")
			}
		}
	}
	for i, g := range p.MCCGroups {
		if g.ZH == "" || len(g.MCC) == 0 || len(g.Keywords) == 0 {
			return fault("params.mcc_groups["+strconv.Itoa(i)+"]", "须有 zh、mcc 和 keywords", "needs zh, mcc and keywords")
		}
	}
	for _, l := range []struct {
		name   string
		list   []string
		form   func(string) bool
		zh, en string
	}{
		{"acquirer_codes3", p.AcquirerCodes, acquirerShape, "3 位数字或字母", "three letters or digits"},
		{"licensed_regions", p.LicensedRegions, divisionShape, "6 位省代码", "province codes of six digits"},
		{"mcc_prohibited", p.MCCProhibited, mccShape, "4 位数字", "four digits"},
		{"mcc_restricted", p.MCCRestricted, mccShape, "4 位数字", "four digits"},
		{"mcc_waiver", p.MCCWaiver, mccShape, "4 位数字", "four digits"},
		{"mcc_discount", p.MCCDiscount, mccShape, "4 位数字", "four digits"},
		{"licence_map", sorted(p.LicenceMap), mccShape, "4 位 MCC", "MCCs of four digits"},
	} {
		for _, v := range l.list {
			if !l.form(v) {
				return fault("params."+l.name, "%[1]q 不对；各项应为%[2]s", "%[1]q is wrong; the entries must be %[3]s", v, l.zh, l.en)
			}
		}
	}
	return nil
}
