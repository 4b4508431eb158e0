package merchant

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Enum is the option list of a field: its codes with their labels and the Chinese words accepted for them on input.
//
// A bare digit is never an alias, save for device_type whose codes are digits: acquirers give the same digit different
// meanings, so only the profile that owns a digit translates it.
type Enum struct {
	Name   string
	ZH, EN string
	Values []EnumValue
}

// EnumValue is one option. Class groups the options of the status lists (good, ended, watch, stopped, limited).
type EnumValue struct {
	Code    string
	ZH, EN  string
	Aliases []string
	Class   string
}

// Parse returns the code that s stands for: the code itself (case folded), a label or an alias. The caller has folded
// width and trimmed; false when s is none of them.
func (e *Enum) Parse(s string) (string, bool) {
	for i := range e.Values { // as it is usually written, before the forms in other letters
		if v := &e.Values[i]; s == v.Code || s == v.ZH {
			return v.Code, true
		}
	}
	for i := range e.Values {
		v := &e.Values[i]
		if strings.EqualFold(s, v.Code) || strings.EqualFold(s, v.ZH) || strings.EqualFold(s, v.EN) {
			return v.Code, true
		}
		for _, a := range v.Aliases {
			if strings.EqualFold(s, a) {
				return v.Code, true
			}
		}
	}
	return "", false
}

// Lookup returns the option with the given code.
func (e *Enum) Lookup(code string) (*EnumValue, bool) {
	for i := range e.Values {
		if e.Values[i].Code == code {
			return &e.Values[i], true
		}
	}
	return nil, false
}

// Suggest returns the one option of which s holds a label or an alias of two characters or more; false when it holds none
// or those of several.
func (e *Enum) Suggest(s string) (code string, ok bool) {
	for i := range e.Values {
		v := &e.Values[i]
		if !slices.ContainsFunc(append(v.Aliases[:len(v.Aliases):len(v.Aliases)], v.ZH), func(a string) bool {
			return utf8.RuneCountInString(a) > 1 && strings.Contains(s, a)
		}) {
			continue
		}
		if ok {
			return "", false
		}
		code, ok = v.Code, true
	}
	return code, ok
}

// Label returns the label of a code in lang (zh or en), or the text itself when it is no code.
func (e *Enum) Label(code, lang string) string {
	v, ok := e.Lookup(code)
	switch {
	case !ok:
		return code
	case lang == "en":
		return v.EN
	}
	return v.ZH
}

// Options lists the labels in lang, joined for a message.
func (e *Enum) Options(lang string) string {
	labels := make([]string, len(e.Values))
	for i := range e.Values {
		labels[i] = e.Label(e.Values[i].Code, lang)
	}
	if lang == "en" {
		return strings.Join(labels, ", ")
	}
	return strings.Join(labels, "、")
}

func (e *Enum) class(code string) string {
	if v, ok := e.Lookup(code); ok {
		return v.Class
	}
	return ""
}

// SubjectType is an option of the list 主体类型.
type SubjectType string

const (
	SubjectEnterprise         SubjectType = "enterprise"
	SubjectIndividualBusiness SubjectType = "individual_business"
	SubjectMicro              SubjectType = "micro"
	SubjectInstitution        SubjectType = "institution"
	SubjectGovernment         SubjectType = "government"
	SubjectSocialOrg          SubjectType = "social_org"
)

var enumSubjectType = Enum{Name: "SubjectType", ZH: "主体类型", EN: "Subject type", Values: []EnumValue{
	{Code: "enterprise", ZH: "企业", EN: "Enterprise", Aliases: []string{"公司", "企业法人", "企业单位", "有限公司"}},
	{Code: "individual_business", ZH: "个体工商户", EN: "Sole trader", Aliases: []string{"个体户", "个体"}},
	{Code: "micro", ZH: "小微商户", EN: "Micro merchant", Aliases: []string{"小微", "个人", "自然人"}},
	{Code: "institution", ZH: "事业单位", EN: "Public institution", Aliases: []string{"事业法人"}},
	{Code: "government", ZH: "政府机关", EN: "Government body", Aliases: []string{"党政机关", "机关", "政府"}},
	{Code: "social_org", ZH: "社会组织", EN: "Social organisation", Aliases: []string{"社会团体", "社团", "民办非企业", "民办非企业单位", "民非", "基金会", "律师事务所", "其他组织"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v SubjectType) Valid() bool              { _, ok := enumSubjectType.Lookup(string(v)); return ok }
func (v SubjectType) Label(lang string) string { return enumSubjectType.Label(string(v), lang) }

// EntityForm is an option of the list 组织形式.
type EntityForm string

const (
	FormCompany            EntityForm = "company"
	FormPartnership        EntityForm = "partnership"
	FormSoleProprietorship EntityForm = "sole_proprietorship"
	FormCooperative        EntityForm = "cooperative"
	FormForeignBranch      EntityForm = "foreign_branch"
	FormBranch             EntityForm = "branch"
	FormOther              EntityForm = "other"
)

var enumEntityForm = Enum{Name: "EntityForm", ZH: "组织形式", EN: "Entity form", Values: []EnumValue{
	{Code: "company", ZH: "公司", EN: "Company", Aliases: []string{"有限责任公司", "股份公司", "有限公司", "股份有限公司"}},
	{Code: "partnership", ZH: "合伙企业", EN: "Partnership", Aliases: []string{"合伙", "有限合伙", "普通合伙"}},
	{Code: "sole_proprietorship", ZH: "个人独资企业", EN: "Sole proprietorship", Aliases: []string{"个人独资", "独资"}},
	{Code: "cooperative", ZH: "农民专业合作社", EN: "Cooperative", Aliases: []string{"合作社"}},
	{Code: "foreign_branch", ZH: "外国公司分支机构", EN: "Branch of a foreign company"},
	{Code: "branch", ZH: "分公司", EN: "Branch", Aliases: []string{"分支机构"}},
	{Code: "other", ZH: "其他", EN: "Other", Aliases: []string{"其它"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v EntityForm) Valid() bool              { _, ok := enumEntityForm.Lookup(string(v)); return ok }
func (v EntityForm) Label(lang string) string { return enumEntityForm.Label(string(v), lang) }

// LicenceKind is an option of the list 证照类型.
type LicenceKind string

const (
	LicenceBusiness             LicenceKind = "business_licence"
	LicenceInstitution          LicenceKind = "institution_certificate"
	LicenceUSCC                 LicenceKind = "uscc_certificate"
	LicenceSocial               LicenceKind = "social_certificate"
	LicencePrivateNonenterprise LicenceKind = "private_nonenterprise_certificate"
	LicenceFoundation           LicenceKind = "foundation_certificate"
	LicenceReligious            LicenceKind = "religious_certificate"
	LicenceOther                LicenceKind = "other"
)

var enumLicenceKind = Enum{Name: "LicenceKind", ZH: "证照类型", EN: "Licence kind", Values: []EnumValue{
	{Code: "business_licence", ZH: "营业执照", EN: "Business licence"},
	{Code: "institution_certificate", ZH: "事业单位法人证书", EN: "Public institution certificate"},
	{Code: "uscc_certificate", ZH: "统一社会信用代码证书", EN: "USCC certificate"},
	{Code: "social_certificate", ZH: "社会团体法人登记证书", EN: "Social organisation certificate", Aliases: []string{"社会团体登记证书"}},
	{Code: "private_nonenterprise_certificate", ZH: "民办非企业单位登记证书", EN: "Private non-enterprise certificate"},
	{Code: "foundation_certificate", ZH: "基金会登记证书", EN: "Foundation certificate", Aliases: []string{"基金会法人登记证书"}},
	{Code: "religious_certificate", ZH: "宗教活动场所登记证", EN: "Religious site certificate"},
	{Code: "other", ZH: "其他", EN: "Other", Aliases: []string{"其它"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v LicenceKind) Valid() bool              { _, ok := enumLicenceKind.Lookup(string(v)); return ok }
func (v LicenceKind) Label(lang string) string { return enumLicenceKind.Label(string(v), lang) }

// RegistrationStatus is an option of the list 登记状态.
type RegistrationStatus string

const (
	RegistrationExisting               RegistrationStatus = "existing"
	RegistrationDeregistered           RegistrationStatus = "deregistered"
	RegistrationRevoked                RegistrationStatus = "revoked"
	RegistrationRevokedNotDeregistered RegistrationStatus = "revoked_not_deregistered"
	RegistrationCancelled              RegistrationStatus = "cancelled"
	RegistrationOrderedClosed          RegistrationStatus = "ordered_closed"
	RegistrationMovedOut               RegistrationStatus = "moved_out"
	RegistrationLiquidation            RegistrationStatus = "liquidation"
	RegistrationDishonest              RegistrationStatus = "seriously_dishonest"
	RegistrationDormant                RegistrationStatus = "dormant"
	RegistrationSuspended              RegistrationStatus = "suspended"
	RegistrationAbnormal               RegistrationStatus = "abnormal"
	RegistrationSimpleDeregistration   RegistrationStatus = "simple_deregistration"
)

var enumRegistrationStatus = Enum{Name: "RegistrationStatus", ZH: "登记状态", EN: "Registration status", Values: []EnumValue{
	{Code: "existing", ZH: "存续", EN: "In existence", Aliases: []string{"在业", "在营", "开业", "正常", "在营(开业)", "存续(在营、开业、在册)", "在册"}, Class: "good"},
	{Code: "deregistered", ZH: "注销", EN: "Deregistered", Aliases: []string{"已注销"}, Class: "ended"},
	{Code: "revoked", ZH: "吊销", EN: "Licence revoked", Aliases: []string{"已吊销"}, Class: "ended"},
	{Code: "revoked_not_deregistered", ZH: "吊销未注销", EN: "Revoked, not deregistered", Aliases: []string{"吊销,未注销"}, Class: "ended"},
	{Code: "cancelled", ZH: "撤销", EN: "Registration cancelled", Class: "ended"},
	{Code: "ordered_closed", ZH: "责令关闭", EN: "Ordered to close", Class: "ended"},
	{Code: "moved_out", ZH: "迁出", EN: "Moved out", Aliases: []string{"已迁出"}, Class: "ended"},
	{Code: "liquidation", ZH: "清算", EN: "In liquidation", Aliases: []string{"清算中"}, Class: "ended"},
	{Code: "seriously_dishonest", ZH: "严重违法失信", EN: "Serious offender", Aliases: []string{"严重违法失信名单"}, Class: "ended"},
	{Code: "dormant", ZH: "歇业", EN: "Dormant", Class: "watch"},
	{Code: "suspended", ZH: "停业", EN: "Trading suspended", Class: "watch"},
	{Code: "abnormal", ZH: "经营异常名录", EN: "Listed as abnormal", Aliases: []string{"经营异常", "列入经营异常名录"}, Class: "watch"},
	{Code: "simple_deregistration", ZH: "简易注销公告中", EN: "Simple deregistration announced", Aliases: []string{"简易注销"}, Class: "watch"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v RegistrationStatus) Valid() bool {
	_, ok := enumRegistrationStatus.Lookup(string(v))
	return ok
}
func (v RegistrationStatus) Label(lang string) string {
	return enumRegistrationStatus.Label(string(v), lang)
}

// Class returns good, ended or watch; "" when v is no code.
func (v RegistrationStatus) Class() string { return enumRegistrationStatus.class(string(v)) }

// IDType is an option of the list 证件类型.
type IDType string

const (
	IDResident                  IDType = "resident_id"
	IDPassport                  IDType = "passport"
	IDHKMacaoPermit             IDType = "hk_macao_permit"
	IDTaiwanPermit              IDType = "taiwan_permit"
	IDHKMacaoTaiwanResidence    IDType = "hk_macao_taiwan_residence_permit"
	IDForeignPermanentResidence IDType = "foreign_permanent_residence"
	IDMilitary                  IDType = "military"
	IDOther                     IDType = "other"
)

var enumIDType = Enum{Name: "IDType", ZH: "证件类型", EN: "ID type", Values: []EnumValue{
	{Code: "resident_id", ZH: "居民身份证", EN: "Resident ID card", Aliases: []string{"身份证", "二代身份证", "中国居民身份证"}},
	{Code: "passport", ZH: "护照", EN: "Passport"},
	{Code: "hk_macao_permit", ZH: "港澳居民来往内地通行证", EN: "Hong Kong and Macao travel permit", Aliases: []string{"回乡证", "港澳通行证"}},
	{Code: "taiwan_permit", ZH: "台湾居民来往大陆通行证", EN: "Taiwan travel permit", Aliases: []string{"台胞证", "台湾通行证"}},
	{Code: "hk_macao_taiwan_residence_permit", ZH: "港澳台居民居住证", EN: "Residence permit of Hong Kong, Macao and Taiwan residents"},
	{Code: "foreign_permanent_residence", ZH: "外国人永久居留身份证", EN: "Foreigner's permanent residence card", Aliases: []string{"永居证", "外国人永久居留证"}},
	{Code: "military", ZH: "军官证", EN: "Military ID", Aliases: []string{"士兵证"}},
	{Code: "other", ZH: "其他", EN: "Other", Aliases: []string{"其它", "其他证件"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v IDType) Valid() bool              { _, ok := enumIDType.Lookup(string(v)); return ok }
func (v IDType) Label(lang string) string { return enumIDType.Label(string(v), lang) }

// Gender is an option of the list 性别.
type Gender string

const (
	GenderMale   Gender = "male"
	GenderFemale Gender = "female"
)

var enumGender = Enum{Name: "Gender", ZH: "性别", EN: "Gender", Values: []EnumValue{
	{Code: "male", ZH: "男", EN: "Male"},
	{Code: "female", ZH: "女", EN: "Female"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v Gender) Valid() bool              { _, ok := enumGender.Lookup(string(v)); return ok }
func (v Gender) Label(lang string) string { return enumGender.Label(string(v), lang) }

// OwnershipBasis is an option of the list 受益所有人判定依据.
type OwnershipBasis string

const (
	BasisEquity  OwnershipBasis = "equity"
	BasisControl OwnershipBasis = "control"
	BasisIncome  OwnershipBasis = "income"
	BasisManager OwnershipBasis = "manager"
)

var enumOwnershipBasis = Enum{Name: "OwnershipBasis", ZH: "受益所有人判定依据", EN: "Basis of ownership", Values: []EnumValue{
	{Code: "equity", ZH: "持股", EN: "Equity", Aliases: []string{"股权"}},
	{Code: "control", ZH: "实际控制", EN: "Control", Aliases: []string{"实际控制人"}},
	{Code: "income", ZH: "收益权", EN: "Income or voting rights", Aliases: []string{"表决权"}},
	{Code: "manager", ZH: "高级管理人员", EN: "Senior manager", Aliases: []string{"高管"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v OwnershipBasis) Valid() bool              { _, ok := enumOwnershipBasis.Lookup(string(v)); return ok }
func (v OwnershipBasis) Label(lang string) string { return enumOwnershipBasis.Label(string(v), lang) }

// ContactType is an option of the list 联系人类型.
type ContactType string

const (
	ContactLegal   ContactType = "legal"
	ContactHandler ContactType = "handler"
)

var enumContactType = Enum{Name: "ContactType", ZH: "联系人类型", EN: "Contact type", Values: []EnumValue{
	{Code: "legal", ZH: "法定代表人", EN: "Legal representative", Aliases: []string{"法人", "经营者", "负责人"}},
	{Code: "handler", ZH: "经办人", EN: "Handler", Aliases: []string{"超级管理员", "被授权人", "SUPER"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v ContactType) Valid() bool              { _, ok := enumContactType.Lookup(string(v)); return ok }
func (v ContactType) Label(lang string) string { return enumContactType.Label(string(v), lang) }

// SalesScene is an option of the list 经营场景.
type SalesScene string

const (
	SceneOffline SalesScene = "offline"
	SceneOnline  SalesScene = "online"
	SceneBoth    SalesScene = "both"
	SceneMobile  SalesScene = "mobile"
)

var enumSalesScene = Enum{Name: "SalesScene", ZH: "经营场景", EN: "Sales scene", Values: []EnumValue{
	{Code: "offline", ZH: "线下", EN: "Offline", Aliases: []string{"门店", "实体"}},
	{Code: "online", ZH: "线上", EN: "Online", Aliases: []string{"网络", "虚拟"}},
	{Code: "both", ZH: "线上线下", EN: "Both", Aliases: []string{"全部"}},
	{Code: "mobile", ZH: "流动经营", EN: "Mobile", Aliases: []string{"流动", "便民服务"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v SalesScene) Valid() bool              { _, ok := enumSalesScene.Lookup(string(v)); return ok }
func (v SalesScene) Label(lang string) string { return enumSalesScene.Label(string(v), lang) }

// AccountType is an option of the list 结算账户类型.
type AccountType string

const (
	AccountCorporate        AccountType = "corporate"
	AccountPersonalOperator AccountType = "personal_operator"
	AccountPersonalOther    AccountType = "personal_other"
)

var enumAccountType = Enum{Name: "AccountType", ZH: "结算账户类型", EN: "Settlement account type", Values: []EnumValue{
	{Code: "corporate", ZH: "对公", EN: "Corporate", Aliases: []string{"公户", "企业账户", "对公账户"}},
	{Code: "personal_operator", ZH: "对私", EN: "Operator's personal account", Aliases: []string{"个人", "法人账户", "对私法人", "经营者个人", "对私账户", "个人账户", "PERSONAL"}},
	{Code: "personal_other", ZH: "非法人", EN: "Another person's account", Aliases: []string{"对私非法人", "被授权人"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v AccountType) Valid() bool              { _, ok := enumAccountType.Lookup(string(v)); return ok }
func (v AccountType) Label(lang string) string { return enumAccountType.Label(string(v), lang) }

// Cycle is an option of the list 结算周期.
type Cycle string

const (
	CycleT1 Cycle = "T1"
	CycleD1 Cycle = "D1"
	CycleD0 Cycle = "D0"
	CycleT0 Cycle = "T0"
	CycleTS Cycle = "TS"
)

var enumCycle = Enum{Name: "Cycle", ZH: "结算周期", EN: "Settlement cycle", Values: []EnumValue{
	{Code: "T1", ZH: "T1", EN: "T1 next working day", Aliases: []string{"次日(工作日)", "T+1", "次日工作日"}},
	{Code: "D1", ZH: "D1", EN: "D1 next day", Aliases: []string{"次日", "D+1"}},
	{Code: "D0", ZH: "D0", EN: "D0 same day", Aliases: []string{"当日", "D+0"}},
	{Code: "T0", ZH: "T0", EN: "T0 real time on working days", Aliases: []string{"实时(工作日)", "T+0"}},
	{Code: "TS", ZH: "TS", EN: "TS in seconds", Aliases: []string{"秒到"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v Cycle) Valid() bool              { _, ok := enumCycle.Lookup(string(v)); return ok }
func (v Cycle) Label(lang string) string { return enumCycle.Label(string(v), lang) }

// AccountStatus is an option of the list 结算账户状态.
type AccountStatus string

const (
	AccountStatusNormal         AccountStatus = "normal"
	AccountStatusFrozen         AccountStatus = "frozen"
	AccountStatusStopPayment    AccountStatus = "stop_payment"
	AccountStatusClosed         AccountStatus = "closed"
	AccountStatusLost           AccountStatus = "lost"
	AccountStatusJudicialFreeze AccountStatus = "judicial_freeze"
	AccountStatusReceiveOnly    AccountStatus = "receive_only"
	AccountStatusLongDormant    AccountStatus = "long_dormant"
	AccountStatusSleeping       AccountStatus = "sleeping"
	AccountStatusCounterOnly    AccountStatus = "counter_only"
)

var enumAccountStatus = Enum{Name: "AccountStatus", ZH: "结算账户状态", EN: "Account status", Values: []EnumValue{
	{Code: "normal", ZH: "正常", EN: "Normal", Class: "good"},
	{Code: "frozen", ZH: "冻结", EN: "Frozen", Class: "stopped"},
	{Code: "stop_payment", ZH: "止付", EN: "Payments stopped", Class: "stopped"},
	{Code: "closed", ZH: "销户", EN: "Closed", Aliases: []string{"已销户"}, Class: "stopped"},
	{Code: "lost", ZH: "挂失", EN: "Reported lost", Class: "stopped"},
	{Code: "judicial_freeze", ZH: "司法冻结", EN: "Frozen by a court", Class: "stopped"},
	{Code: "receive_only", ZH: "只收不付", EN: "Receives only", Class: "stopped"},
	{Code: "long_dormant", ZH: "久悬", EN: "Long dormant", Class: "limited"},
	{Code: "sleeping", ZH: "睡眠", EN: "Sleeping", Aliases: []string{"睡眠户"}, Class: "limited"},
	{Code: "counter_only", ZH: "暂停非柜面", EN: "Counter only", Aliases: []string{"暂停非柜面业务"}, Class: "limited"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v AccountStatus) Valid() bool              { _, ok := enumAccountStatus.Lookup(string(v)); return ok }
func (v AccountStatus) Label(lang string) string { return enumAccountStatus.Label(string(v), lang) }

// Class returns good, stopped or limited; "" when v is no code.
func (v AccountStatus) Class() string { return enumAccountStatus.class(string(v)) }

// VerifyResult is an option of the list 账户验证结果.
type VerifyResult string

const (
	VerifySuccess VerifyResult = "success"
	VerifyFail    VerifyResult = "fail"
)

var enumVerifyResult = Enum{Name: "VerifyResult", ZH: "账户验证结果", EN: "Verification result", Values: []EnumValue{
	{Code: "success", ZH: "成功", EN: "Success", Aliases: []string{"通过", "一致"}},
	{Code: "fail", ZH: "失败", EN: "Failed", Aliases: []string{"不通过", "不一致"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v VerifyResult) Valid() bool              { _, ok := enumVerifyResult.Lookup(string(v)); return ok }
func (v VerifyResult) Label(lang string) string { return enumVerifyResult.Label(string(v), lang) }

// FeeProduct is an option of the list 费率产品.
type FeeProduct string

const (
	ProductCardDebit   FeeProduct = "card_debit"
	ProductCardCredit  FeeProduct = "card_credit"
	ProductCardForeign FeeProduct = "card_foreign"
	ProductQRDebit     FeeProduct = "qr_debit"
	ProductQRCredit    FeeProduct = "qr_credit"
	ProductWeChat      FeeProduct = "wechat"
	ProductAlipay      FeeProduct = "alipay"
)

var enumFeeProduct = Enum{Name: "FeeProduct", ZH: "费率产品", EN: "Fee product", Values: []EnumValue{
	{Code: "card_debit", ZH: "借记卡", EN: "Debit card"},
	{Code: "card_credit", ZH: "贷记卡", EN: "Credit card", Aliases: []string{"信用卡"}},
	{Code: "card_foreign", ZH: "外卡", EN: "Foreign card", Aliases: []string{"外币卡"}},
	{Code: "qr_debit", ZH: "扫码借记", EN: "QR code, debit", Aliases: []string{"云闪付借记"}},
	{Code: "qr_credit", ZH: "扫码贷记", EN: "QR code, credit", Aliases: []string{"云闪付贷记"}},
	{Code: "wechat", ZH: "微信", EN: "WeChat Pay", Aliases: []string{"微信支付"}},
	{Code: "alipay", ZH: "支付宝", EN: "Alipay"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v FeeProduct) Valid() bool              { _, ok := enumFeeProduct.Lookup(string(v)); return ok }
func (v FeeProduct) Label(lang string) string { return enumFeeProduct.Label(string(v), lang) }

// FeeClass is an option of the list 费率类别.
type FeeClass string

const (
	FeeClassStandard FeeClass = "standard"
	FeeClassDiscount FeeClass = "discount"
	FeeClassWaiver   FeeClass = "waiver"
	FeeClassSpecial  FeeClass = "special"
)

var enumFeeClass = Enum{Name: "FeeClass", ZH: "费率类别", EN: "Fee class", Values: []EnumValue{
	{Code: "standard", ZH: "标准", EN: "Standard", Aliases: []string{"标准类"}},
	{Code: "discount", ZH: "优惠", EN: "Discount", Aliases: []string{"优惠类"}},
	{Code: "waiver", ZH: "减免", EN: "Waiver", Aliases: []string{"减免类"}},
	{Code: "special", ZH: "特殊", EN: "Special", Aliases: []string{"特殊计费", "特殊类"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v FeeClass) Valid() bool              { _, ok := enumFeeClass.Lookup(string(v)); return ok }
func (v FeeClass) Label(lang string) string { return enumFeeClass.Label(string(v), lang) }

// DeviceType is an option of the list 设备类型.
type DeviceType string

const (
	DeviceATM        DeviceType = "01"
	DevicePOS        DeviceType = "02"
	DeviceMPOS       DeviceType = "03"
	DeviceSmartPOS   DeviceType = "04"
	DeviceFixedPhone DeviceType = "05"
	DeviceQuickPass  DeviceType = "06"
	DevicePhonePOS   DeviceType = "08"
	DeviceFace       DeviceType = "09"
	DeviceQR         DeviceType = "10"
	DeviceQRAid      DeviceType = "11"
)

var enumDeviceType = Enum{Name: "DeviceType", ZH: "设备类型", EN: "Device type", Values: []EnumValue{
	{Code: "01", ZH: "自助终端", EN: "Self-service terminal", Aliases: []string{"ATM"}},
	{Code: "02", ZH: "传统POS", EN: "Classic POS", Aliases: []string{"POS"}},
	{Code: "03", ZH: "mPOS", EN: "mPOS"},
	{Code: "04", ZH: "智能POS", EN: "Smart POS"},
	{Code: "05", ZH: "II型固定电话", EN: "Type II fixed phone"},
	{Code: "06", ZH: "云闪付终端", EN: "QuickPass terminal"},
	{Code: "08", ZH: "手机POS", EN: "Phone POS"},
	{Code: "09", ZH: "刷脸付终端", EN: "Face payment terminal", Aliases: []string{"刷脸"}},
	{Code: "10", ZH: "条码支付受理终端", EN: "QR code terminal", Aliases: []string{"条码受理"}},
	{Code: "11", ZH: "条码支付辅助受理终端", EN: "QR code auxiliary terminal", Aliases: []string{"条码辅助"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v DeviceType) Valid() bool              { _, ok := enumDeviceType.Lookup(string(v)); return ok }
func (v DeviceType) Label(lang string) string { return enumDeviceType.Label(string(v), lang) }

// TakesCards reports whether the device reads cards (01–06, 08).
func (v DeviceType) TakesCards() bool {
	switch v {
	case DeviceATM, DevicePOS, DeviceMPOS, DeviceSmartPOS, DeviceFixedPhone, DeviceQuickPass, DevicePhonePOS:
		return true
	}
	return false
}

// TerminalStatus is an option of the list 终端状态.
type TerminalStatus string

const (
	TerminalPending TerminalStatus = "pending"
	TerminalActive  TerminalStatus = "active"
	TerminalStopped TerminalStatus = "stopped"
	TerminalRetired TerminalStatus = "retired"
	TerminalLost    TerminalStatus = "lost"
)

var enumTerminalStatus = Enum{Name: "TerminalStatus", ZH: "终端状态", EN: "Terminal status", Values: []EnumValue{
	{Code: "pending", ZH: "待启用", EN: "Pending"},
	{Code: "active", ZH: "启用", EN: "Active", Aliases: []string{"正常", "使用中"}},
	{Code: "stopped", ZH: "停用", EN: "Stopped", Aliases: []string{"暂停"}},
	{Code: "retired", ZH: "撤机", EN: "Retired", Aliases: []string{"报废", "已撤机", "拆机", "已拆机"}},
	{Code: "lost", ZH: "遗失", EN: "Lost"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v TerminalStatus) Valid() bool              { _, ok := enumTerminalStatus.Lookup(string(v)); return ok }
func (v TerminalStatus) Label(lang string) string { return enumTerminalStatus.Label(string(v), lang) }

// KeyStatus is an option of the list 密钥状态.
type KeyStatus string

const (
	KeyLoaded  KeyStatus = "loaded"
	KeyNone    KeyStatus = "none"
	KeyExpired KeyStatus = "expired"
	KeyLost    KeyStatus = "lost"
)

var enumKeyStatus = Enum{Name: "KeyStatus", ZH: "密钥状态", EN: "Key status", Values: []EnumValue{
	{Code: "loaded", ZH: "已装载", EN: "Loaded", Aliases: []string{"正常"}},
	{Code: "none", ZH: "未装载", EN: "Not loaded"},
	{Code: "expired", ZH: "失效", EN: "Expired"},
	{Code: "lost", ZH: "丢失", EN: "Lost"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v KeyStatus) Valid() bool              { _, ok := enumKeyStatus.Lookup(string(v)); return ok }
func (v KeyStatus) Label(lang string) string { return enumKeyStatus.Label(string(v), lang) }

// State is an option of the list 商户状态.
type State string

const (
	StateNotOpened State = "not_opened"
	StateActive    State = "active"
	StateSuspended State = "suspended"
	StateFrozen    State = "frozen"
	StateClosed    State = "closed"
	StateRejected  State = "rejected"
)

var enumState = Enum{Name: "State", ZH: "商户状态", EN: "Merchant status", Values: []EnumValue{
	{Code: "not_opened", ZH: "未开通", EN: "Not opened", Aliases: []string{"待开通"}},
	{Code: "active", ZH: "正常", EN: "Active", Aliases: []string{"有效", "已开通", "启用"}},
	{Code: "suspended", ZH: "暂停", EN: "Suspended", Aliases: []string{"停用"}},
	{Code: "frozen", ZH: "冻结", EN: "Frozen", Aliases: []string{"冻结出金", "冻结入金"}},
	{Code: "closed", ZH: "注销", EN: "Closed", Aliases: []string{"销户", "清退", "关闭"}},
	{Code: "rejected", ZH: "驳回", EN: "Rejected", Aliases: []string{"拒绝"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v State) Valid() bool              { _, ok := enumState.Lookup(string(v)); return ok }
func (v State) Label(lang string) string { return enumState.Label(string(v), lang) }

// StatusScope is an option of the list 状态范围.
type StatusScope string

const (
	ScopeAll      StatusScope = "all"
	ScopeReceipts StatusScope = "receipts"
	ScopePayouts  StatusScope = "payouts"
)

var enumStatusScope = Enum{Name: "StatusScope", ZH: "状态范围", EN: "Status scope", Values: []EnumValue{
	{Code: "all", ZH: "全部", EN: "All"},
	{Code: "receipts", ZH: "入金", EN: "Receipts", Aliases: []string{"收款"}},
	{Code: "payouts", ZH: "出金", EN: "Payouts", Aliases: []string{"结算"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v StatusScope) Valid() bool              { _, ok := enumStatusScope.Lookup(string(v)); return ok }
func (v StatusScope) Label(lang string) string { return enumStatusScope.Label(string(v), lang) }

// Audit is an option of the list 审核状态.
type Audit string

const (
	AuditPending Audit = "pending"
	AuditPassed  Audit = "passed"
	AuditFailed  Audit = "failed"
)

var enumAudit = Enum{Name: "Audit", ZH: "审核状态", EN: "Audit", Values: []EnumValue{
	{Code: "pending", ZH: "审核中", EN: "Pending"},
	{Code: "passed", ZH: "通过", EN: "Passed", Aliases: []string{"审核通过"}},
	{Code: "failed", ZH: "驳回", EN: "Failed", Aliases: []string{"审核驳回"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v Audit) Valid() bool              { _, ok := enumAudit.Lookup(string(v)); return ok }
func (v Audit) Label(lang string) string { return enumAudit.Label(string(v), lang) }

// Agreement is an option of the list 签约状态.
type Agreement string

const (
	AgreementNone    Agreement = "none"
	AgreementPending Agreement = "pending"
	AgreementSigned  Agreement = "signed"
)

var enumAgreement = Enum{Name: "Agreement", ZH: "签约状态", EN: "Agreement", Values: []EnumValue{
	{Code: "none", ZH: "未签", EN: "None", Aliases: []string{"未签约"}},
	{Code: "pending", ZH: "待签约", EN: "Pending"},
	{Code: "signed", ZH: "已签约", EN: "Signed"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v Agreement) Valid() bool              { _, ok := enumAgreement.Lookup(string(v)); return ok }
func (v Agreement) Label(lang string) string { return enumAgreement.Label(string(v), lang) }

// ChannelState is an option of the list 渠道状态.
type ChannelState string

const (
	ChannelPending ChannelState = "pending"
	ChannelOpened  ChannelState = "opened"
	ChannelFailed  ChannelState = "failed"
	ChannelClosed  ChannelState = "closed"
)

var enumChannelState = Enum{Name: "ChannelState", ZH: "渠道状态", EN: "Channel state", Values: []EnumValue{
	{Code: "pending", ZH: "开通中", EN: "Pending"},
	{Code: "opened", ZH: "已开通", EN: "Opened"},
	{Code: "failed", ZH: "失败", EN: "Failed"},
	{Code: "closed", ZH: "已关闭", EN: "Closed"},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v ChannelState) Valid() bool              { _, ok := enumChannelState.Lookup(string(v)); return ok }
func (v ChannelState) Label(lang string) string { return enumChannelState.Label(string(v), lang) }

// RiskLevel is an option of the list 风险等级.
type RiskLevel string

const (
	RiskHigh   RiskLevel = "high"
	RiskMedium RiskLevel = "medium"
	RiskLow    RiskLevel = "low"
)

var enumRiskLevel = Enum{Name: "RiskLevel", ZH: "风险等级", EN: "Risk level", Values: []EnumValue{
	{Code: "high", ZH: "高", EN: "High", Aliases: []string{"高风险"}},
	{Code: "medium", ZH: "中", EN: "Medium", Aliases: []string{"中风险"}},
	{Code: "low", ZH: "低", EN: "Low", Aliases: []string{"低风险"}},
}}

// Valid reports whether v is a code of the list; Label returns its label in zh or en, or v itself.
func (v RiskLevel) Valid() bool              { _, ok := enumRiskLevel.Lookup(string(v)); return ok }
func (v RiskLevel) Label(lang string) string { return enumRiskLevel.Label(string(v), lang) }
