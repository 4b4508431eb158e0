package rules

import (
	"regexp"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
)

// Params are the bounds and lists that rules work with. A profile sets them; the zero value is unusable, the values of
// the base profile are in rules/profile.
type Params struct {
	ExpiryWarnDays    int `json:"expiry_warn_days"` // days
	IDGraceDays       int `json:"id_grace_days"`    // days
	ReviewDaysHigh    int `json:"review_days_high"` // days
	ReviewDaysMedium  int `json:"review_days_medium"`
	ReviewDaysLow     int `json:"review_days_low"`
	ReviewWarnDays    int `json:"review_warn_days"`
	InspectionDays    int `json:"inspection_days"`
	SuspendedDays     int `json:"suspended_days"`
	AccountStatusDays int `json:"account_status_days"`
	RegistryWarnDays  int `json:"registry_warn_days"`
	RegistryMaxDays   int `json:"registry_max_days"`
	SyncLagDays       int `json:"sync_lag_days"`
	ParamLagDays      int `json:"param_lag_days"`
	DormantMonths     int `json:"dormant_months"` // months
	StopMonths        int `json:"stop_months"`
	AgeMin            int `json:"age_min"` // full years
	AgeMax            int `json:"age_max"`
	NameMaxBytes      int `json:"name_max_bytes"`         // bytes of GB18030
	ReceiptMaxBytes   int `json:"receipt_name_max_bytes"` // bytes of GBK
	AddressMax        int `json:"address_max"`            // characters
	ScopeMax          int `json:"scope_max"`
	EmailMax          int `json:"email_max"`

	MinSingleCNY  merchant.Money   `json:"min_single_cny"`
	MaxRatePct    merchant.Percent `json:"max_rate_pct"`
	MinRatePct    merchant.Percent `json:"min_rate_pct"`
	LimitUsagePct int              `json:"limit_usage_warn_pct"` // percent of a limit
	MinBalanceCNY merchant.Money   `json:"min_balance_cny"`

	// The caps on credit-card receipts of a micro merchant, per natural person (银发〔2017〕296号).
	MicroCreditDailyCNY   merchant.Money `json:"micro_credit_daily_cny"`
	MicroCreditMonthlyCNY merchant.Money `json:"micro_credit_monthly_cny"`

	RepManyWarn      int `json:"rep_many_warn"` // merchants
	RepManyError     int `json:"rep_many_error"`
	SharedAccount    int `json:"shared_account"`
	SharedPhoneWarn  int `json:"shared_phone_warn"`
	SharedPhoneError int `json:"shared_phone_error"`
	AddressCluster   int `json:"address_cluster"`
	BatchGatePct     int `json:"batch_gate_pct"`     // percent of records
	SuppressWarnDays int `json:"suppress_warn_days"` // days

	MicroNamePattern  string `json:"micro_name_pattern"`  // {name} stands for the representative's name
	MerchantNoPattern string `json:"merchant_no_pattern"` // regular expression (RE2) of a whole merchant number; "" stands for 15 letters or digits
	MIDMCCCheck       bool   `json:"mid_mcc_check"`
	AreaScheme        string `json:"area_scheme"` // unionpay, gb2260 or "" (not declared)
	AllowPassbook     bool   `json:"allow_passbook"`
	AllowOtherAccount bool   `json:"allow_personal_other"`
	AllowLetters      bool   `json:"allow_account_letters"` // in the accounts of companies
	RequireScreening  bool   `json:"require_screening"`
	InheritLimits     bool   `json:"inherit_limits"`
	TerminalsUnique   bool   `json:"terminal_no_unique_per_acquirer"`
	ExpectActive      bool   `json:"expect_active"` // the list is of merchants that should trade

	AcquirerOrgCode  string              `json:"acquirer_org_code"` // field 32, for records that carry none
	AcquirerCodes    []string            `json:"acquirer_codes3"`   // first three characters of field 42
	LicensedRegions  []string            `json:"licensed_regions"`  // province codes
	DealerPhones     map[string]string   `json:"dealer_phones"`     // number → name
	DealerAccounts   map[string]string   `json:"dealer_accounts"`
	NameBlock        []string            `json:"name_block"`
	MCCProhibited    []string            `json:"mcc_prohibited"`
	MCCRestricted    []string            `json:"mcc_restricted"`
	MCCWaiver        []string            `json:"mcc_waiver"`
	MCCDiscount      []string            `json:"mcc_discount"`
	LicenceMap       map[string][]string `json:"licence_map"` // MCC → kinds of permit, any of which will do
	RequiredChannels []string            `json:"required_channels"`
	IndustryLists    []string            `json:"industry_lists"` // how the names of screening lists shared by acquirers begin
	MCCGroups        []MCCGroup          `json:"mcc_groups"`
	LimitTiers       map[string][]Tier   `json:"limit_tiers"`    // subject type → limits that it may have, in ascending order
	DistrictBoxes    map[string]Box      `json:"district_boxes"` // division code → where the district lies
	// Tolerance is how far an amount may be from the registry's and still count as equal, in yuan or percent, by the path
	// of a field of ToleranceFields. Fields that it does not name have none.
	Tolerance map[string]merchant.Number `json:"tolerance"`

	// Required is the matrix of required fields: for each path six characters, one for each subject type in the order
	// enterprise, individual_business, micro, institution, government, social_org. R required, C required under a
	// condition, o optional, - must stay empty. EntryRequired says the same of the members of lists, within each entry
	// that is given. Conditions name the condition of fields marked C, Alternatives what may stand in the place of a field.
	Required      map[string]string        `json:"required"`
	EntryRequired map[string]string        `json:"entry_required"`
	Conditions    map[string]string        `json:"conditions"`
	Alternatives  map[string][]Alternative `json:"alternatives"`

	merchantNo      *regexp.Regexp // MerchantNoPattern, nil for none
	matrix, entries []needs        // by Field, from Required and EntryRequired
	when            []*Condition
	instead         []alternative
	asked           [len(subjectOrder) + 1]merchant.FieldSet // R, or C that a record can tell, by subject type; the last for unknown types
	blocked         runeSet                                  // the first characters of the keys of NameBlock
	barred          [len(subjectOrder) + 1]merchant.FieldSet // -, by subject type
}

// MerchantNo reports whether s has the form of a merchant number.
func (p *Params) MerchantNo(s string) bool {
	if p.merchantNo != nil {
		return p.merchantNo.MatchString(s)
	}
	return mid.Valid(s)
}

// ToleranceFields are the fields that [Params.Tolerance] can name.
func ToleranceFields() []merchant.Field {
	return []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY, merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY}
}

// MCCGroup is a trade: its codes, of which the first stands for all, and the words by which a business scope or a name
// tells it.
type MCCGroup struct {
	ZH       string   `json:"zh"`
	EN       string   `json:"en"`
	MCC      []string `json:"mcc"`
	Keywords []string `json:"keywords"`
}

// Tier is a set of limits that a house grants together. The first of a subject type is what a new merchant gets.
type Tier struct {
	SingleCNY  merchant.Money `json:"single_cny"`
	DailyCNY   merchant.Money `json:"daily_cny"`
	MonthlyCNY merchant.Money `json:"monthly_cny"`
}

// Limit returns the limit of the tier for one of the three fields.
func (t *Tier) Limit(f merchant.Field) merchant.Money {
	switch f {
	case merchant.FieldLimitsSingleCNY:
		return t.SingleCNY
	case merchant.FieldLimitsDailyCNY:
		return t.DailyCNY
	case merchant.FieldLimitsMonthlyCNY:
		return t.MonthlyCNY
	}
	return merchant.Money{}
}

// Box holds the least longitude, the least latitude, the greatest longitude and the greatest latitude of a district, in
// degrees.
type Box [4]float64

// runeSet holds characters by their last eight bits; it may hold one that was not added.
type runeSet [4]uint64

func (s *runeSet) add(r rune)      { s[r>>6&3] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return s[r>>6&3]>>(r&63)&1 != 0 }

// MayBlock reports whether a character of the key of a name begins a word of NameBlock. It spares nearly all names the
// search for each word.
func (p *Params) MayBlock(key string) bool {
	for _, r := range key {
		if p.blocked.has(r) {
			return true
		}
	}
	return p.matrix == nil // not compiled
}

// Valid reports whether the least values lie below the greatest, all within the globe.
func (b Box) Valid() bool {
	return b[0] < b[2] && b[1] < b[3] && b[0] >= -180 && b[2] <= 180 && b[1] >= -90 && b[3] <= 90
}

// needs is a row of the matrix, in the order of subjectOrder.
type needs [len(subjectOrder)]byte

// MicroCapped reports whether the caps on credit-card receipts bind the merchant: a micro merchant that takes credit
// cards and has not given the enhanced proof that lifts them.
func MicroCapped(m *merchant.Merchant) bool {
	return m.SubjectType == merchant.SubjectMicro && !m.MicroEnhancedProof && m.TakesCredit()
}

var subjectOrder = [6]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness,
	merchant.SubjectMicro, merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg}

// SubjectIndex returns the column of the matrix for a subject type, -1 for an unknown one.
func SubjectIndex(t merchant.SubjectType) int {
	for i, s := range subjectOrder {
		if s == t {
			return i
		}
	}
	return -1
}
