package merchant

// Merchant is one merchant record. Registry exports use the same type with fewer fields filled.
//
// The struct tags are the single source of the field table (fields_gen.go): label is the Chinese and English name,
// kind narrows the Go type (code: ASCII capitals and digits), mask says how reports hide the value, group names the
// field groups that rules address as a whole.
type Merchant struct {
	MerchantNo string   `json:"merchant_no,omitzero" label:"商户号|Merchant number" kind:"code" group:"identifier"`
	ExternalID string   `json:"external_id,omitzero" label:"外部编号|External ID" group:"identifier"`
	Acquirer   Acquirer `json:"acquirer,omitzero" label:"收单机构|Acquirer"`

	SubjectType SubjectType `json:"subject_type,omitzero" label:"主体类型|Subject type"`
	EntityForm  EntityForm  `json:"entity_form,omitzero" label:"组织形式|Entity form"`
	HeadOffice  HeadOffice  `json:"head_office,omitzero" label:"所属企业|Head office"`
	Names       Names       `json:"names,omitzero" label:"名称|Names"`
	Licence     Licence     `json:"licence,omitzero" label:"证照|Licence"`
	LegalRep    LegalRep    `json:"legal_rep,omitzero" label:"法定代表人|Legal representative"`

	BeneficialOwners []BeneficialOwner `json:"beneficial_owners,omitzero" label:"受益所有人|Beneficial owners"`
	BOExemption      bool              `json:"bo_exemption,omitzero" label:"受益所有人承诺免报|Beneficial owner exemption declared"`
	Shareholders     []Shareholder     `json:"shareholders,omitzero" label:"股东|Shareholders"`

	Contact       Contact         `json:"contact,omitzero" label:"联系人|Contact"`
	Addresses     Addresses       `json:"addresses,omitzero" label:"地址|Addresses"`
	SalesScene    SalesScene      `json:"sales_scene,omitzero" label:"经营场景|Sales scene"`
	BusinessHours string          `json:"business_hours,omitzero" label:"营业时间|Business hours"`
	MCC           string          `json:"mcc,omitzero" label:"MCC|MCC" kind:"code" group:"identifier"`
	Quals         []Qualification `json:"qualifications,omitzero" label:"行业许可|Qualifications"`
	Settlement    Settlement      `json:"settlement,omitzero" label:"结算账户|Settlement account"`
	Limits        Limits          `json:"limits,omitzero" label:"限额|Limits"`

	MicroEnhancedProof bool `json:"micro_enhanced_proof,omitzero" label:"小微辅助证明|Micro merchant's enhanced proof"`

	Fees       []Fee      `json:"fees,omitzero" label:"费率|Fees"`
	Terminals  []Terminal `json:"terminals,omitzero" label:"终端|Terminals"`
	Status     Status     `json:"status,omitzero" label:"商户状态|Merchant status"`
	GoLiveOn   Date       `json:"go_live_on,omitzero" label:"启用日期|Go-live date"`
	Onboarding Onboarding `json:"onboarding,omitzero" label:"入网|Onboarding"`
	RiskLevel  RiskLevel  `json:"risk_level,omitzero" label:"风险等级|Risk level"`
	Review     Review     `json:"review,omitzero" label:"复核|Review"`
	Inspection Inspection `json:"inspection,omitzero" label:"巡检|Inspection"`
	SignedOn   Date       `json:"signed_on,omitzero" label:"签约日期|Signed on"`
	UpdatedOn  Date       `json:"updated_on,omitzero" label:"更新日期|Updated on"`

	// FieldDates holds the last change of single fields by path; it makes staleness exact where UpdatedOn covers the
	// record as a whole.
	FieldDates map[string]Date `json:"field_dates,omitzero" label:"字段变更日期|Dates of field changes"`

	Screening Screening `json:"screening,omitzero" label:"名单筛查|Screening"`
	Stats     Stats     `json:"stats,omitzero" label:"交易统计|Transaction statistics"`
	Registry  Registry  `json:"registry,omitzero" label:"银行登记|Registry"`
}

// Acquirer names the institution that acquires for the merchant.
type Acquirer struct {
	OrgCode string `json:"org_code,omitzero" label:"受理机构代码|Acquiring institution code" kind:"code" group:"identifier"` // field 32 of ISO 8583, 8–11 digits
}

// HeadOffice is the enterprise a branch belongs to.
type HeadOffice struct {
	Name string `json:"name,omitzero" label:"所属企业名称|Head office name" group:"name"`
	USCC string `json:"uscc,omitzero" label:"所属企业统一社会信用代码|Head office USCC" kind:"code" mask:"account" group:"identifier"`
}

// Names are the names of the merchant itself; the name printed on the licence is Licence.Name.
type Names struct {
	Legal   string `json:"legal,omitzero" label:"商户名称|Registered name" group:"name"`
	Short   string `json:"short,omitzero" label:"商户简称|Short name" group:"name"`
	Receipt string `json:"receipt,omitzero" label:"签购单名称|Receipt name" group:"name"` // 40 bytes of GBK (field 43)
	English string `json:"english,omitzero" label:"英文名称|English name"`
}

// Licence is the business licence or the registration certificate.
type Licence struct {
	Kind                 LicenceKind        `json:"kind,omitzero" label:"证照类型|Licence kind"`
	Number               string             `json:"number,omitzero" label:"统一社会信用代码|Unified social credit code" kind:"code" mask:"account" group:"identifier"`
	Name                 string             `json:"name,omitzero" label:"营业执照名称|Name on the licence" group:"name"`
	LegalPerson          string             `json:"legal_person,omitzero" label:"执照法定代表人|Representative on the licence" mask:"name"`
	Address              string             `json:"address,omitzero" label:"执照住所|Address on the licence"`
	Scope                string             `json:"scope,omitzero" label:"经营范围|Business scope"`
	RegisteredCapitalCNY Money              `json:"registered_capital_cny,omitzero" label:"注册资本|Registered capital"`
	EstablishedOn        Date               `json:"established_on,omitzero" label:"成立日期|Established on"`
	ValidFrom            Date               `json:"valid_from,omitzero" label:"证照有效期起|Licence valid from"`
	ValidTo              Date               `json:"valid_to,omitzero" label:"证照有效期止|Licence valid to" group:"valid_to"`
	LongTerm             bool               `json:"long_term,omitzero" label:"证照长期有效|Licence valid for ever"`
	RegistrationStatus   RegistrationStatus `json:"registration_status,omitzero" label:"登记状态|Registration status"`
	StatusAsOf           Date               `json:"status_as_of,omitzero" label:"登记状态日期|Registration status as of"`
	Relocated            bool               `json:"relocated,omitzero" label:"已迁址|Relocated"`
	ImageRef             string             `json:"image_ref,omitzero" label:"证照影像|Licence image"`
}

// LegalRep is the legal representative, the operator of a sole trader or micro merchant, or the 负责人 of a branch.
type LegalRep struct {
	Name        string `json:"name,omitzero" label:"法定代表人姓名|Representative's name" mask:"name"`
	IDType      IDType `json:"id_type,omitzero" label:"法定代表人证件类型|Representative's ID type"`
	IDNo        string `json:"id_no,omitzero" label:"法定代表人证件号码|Representative's ID number" kind:"code" mask:"identity" group:"identifier"`
	IDValidFrom Date   `json:"id_valid_from,omitzero" label:"法定代表人证件有效期起|Representative's ID valid from"`
	IDValidTo   Date   `json:"id_valid_to,omitzero" label:"法定代表人证件有效期止|Representative's ID valid to" group:"valid_to"`
	IDLongTerm  bool   `json:"id_long_term,omitzero" label:"法定代表人证件长期有效|Representative's ID valid for ever"`
	Address     string `json:"address,omitzero" label:"法定代表人住址|Representative's address" mask:"address"`
	Mobile      string `json:"mobile,omitzero" label:"法定代表人手机号|Representative's mobile" kind:"code" mask:"phone" group:"phone"`
	Gender      Gender `json:"gender,omitzero" label:"法定代表人性别|Representative's gender"`
	BirthDate   Date   `json:"birth_date,omitzero" label:"法定代表人出生日期|Representative's birth date" mask:"date"`
	Nationality string `json:"nationality,omitzero" label:"法定代表人国籍|Representative's nationality"`
	Occupation  string `json:"occupation,omitzero" label:"法定代表人职业|Representative's occupation"`
}

// BeneficialOwner is one 受益所有人.
type BeneficialOwner struct {
	Name        string         `json:"name,omitzero" label:"受益所有人姓名|Beneficial owner's name" mask:"name"`
	IDType      IDType         `json:"id_type,omitzero" label:"受益所有人证件类型|Beneficial owner's ID type"`
	IDNo        string         `json:"id_no,omitzero" label:"受益所有人证件号码|Beneficial owner's ID number" kind:"code" mask:"identity" group:"identifier"`
	IDValidFrom Date           `json:"id_valid_from,omitzero" label:"受益所有人证件有效期起|Beneficial owner's ID valid from"`
	IDValidTo   Date           `json:"id_valid_to,omitzero" label:"受益所有人证件有效期止|Beneficial owner's ID valid to" group:"valid_to"`
	IDLongTerm  bool           `json:"id_long_term,omitzero" label:"受益所有人证件长期有效|Beneficial owner's ID valid for ever"`
	Address     string         `json:"address,omitzero" label:"受益所有人地址|Beneficial owner's address" mask:"address"`
	Basis       OwnershipBasis `json:"basis,omitzero" label:"受益所有人判定依据|Basis of ownership"`
	SharePct    Percent        `json:"share_pct,omitzero" label:"受益所有人持股比例|Beneficial owner's share"`
	FiledOn     Date           `json:"filed_on,omitzero" label:"受益所有人备案日期|Beneficial owner filed on"`
}

// Shareholder is one 股东; needed when an exemption from naming beneficial owners is claimed.
type Shareholder struct {
	Name          string  `json:"name,omitzero" label:"股东名称|Shareholder's name" mask:"name"`
	NaturalPerson bool    `json:"natural_person,omitzero" label:"股东为自然人|Shareholder is a natural person"`
	SharePct      Percent `json:"share_pct,omitzero" label:"股东持股比例|Shareholder's share"`
}

// Contact is the person the acquirer speaks to: the representative (legal) or a handler with an authorisation.
type Contact struct {
	Type             ContactType `json:"type,omitzero" label:"联系人类型|Contact type"`
	Name             string      `json:"name,omitzero" label:"联系人姓名|Contact's name" mask:"name"`
	Mobile           string      `json:"mobile,omitzero" label:"联系人手机号|Contact's mobile" kind:"code" mask:"phone" group:"phone"`
	IDType           IDType      `json:"id_type,omitzero" label:"联系人证件类型|Contact's ID type"`
	IDNo             string      `json:"id_no,omitzero" label:"联系人证件号码|Contact's ID number" kind:"code" mask:"identity" group:"identifier"`
	IDValidFrom      Date        `json:"id_valid_from,omitzero" label:"联系人证件有效期起|Contact's ID valid from"`
	IDValidTo        Date        `json:"id_valid_to,omitzero" label:"联系人证件有效期止|Contact's ID valid to" group:"valid_to"`
	IDLongTerm       bool        `json:"id_long_term,omitzero" label:"联系人证件长期有效|Contact's ID valid for ever"`
	AuthorisationRef string      `json:"authorisation_ref,omitzero" label:"业务授权书|Letter of authorisation"`
	Email            string      `json:"email,omitzero" label:"联系邮箱|Contact's email" mask:"email"`
	ServicePhone     string      `json:"service_phone,omitzero" label:"客服电话|Service phone" kind:"code" group:"phone"`
}

// Addresses holds the registered address (licence) and the business address (where trade is done).
type Addresses struct {
	Registered Address      `json:"registered,omitzero" label:"注册地|Registered address"`
	Business   PlaceAddress `json:"business,omitzero" label:"经营地|Business address"`
}

// Address is a place by division codes (GB/T 2260, six digits) and the text below the district.
type Address struct {
	ProvinceCode string `json:"province_code,omitzero" label:"省代码|province code" kind:"code" group:"division"`
	CityCode     string `json:"city_code,omitzero" label:"市代码|city code" kind:"code" group:"division"`
	DistrictCode string `json:"district_code,omitzero" label:"区县代码|district code" kind:"code" group:"division"`
	Detail       string `json:"detail,omitzero" label:"详细地址|detail"`
}

// PlaceAddress is an Address with coordinates in degrees.
type PlaceAddress struct {
	Address
	Lng Number `json:"lng,omitzero" label:"经度|longitude"`
	Lat Number `json:"lat,omitzero" label:"纬度|latitude"`
}

// Qualification is a permit that some trades need besides the licence.
type Qualification struct {
	Kind     string `json:"kind,omitzero" label:"许可证类型|Permit kind"`
	Number   string `json:"number,omitzero" label:"许可证编号|Permit number"`
	ValidTo  Date   `json:"valid_to,omitzero" label:"许可证有效期止|Permit valid to" group:"valid_to"`
	LongTerm bool   `json:"long_term,omitzero" label:"许可证长期有效|Permit valid for ever"`
}

// Settlement is the account the merchant is paid to.
type Settlement struct {
	AccountType      AccountType   `json:"account_type,omitzero" label:"结算账户类型|Settlement account type"`
	AccountNo        string        `json:"account_no,omitzero" label:"结算账号|Settlement account number" kind:"code" mask:"account" group:"identifier"`
	AccountName      string        `json:"account_name,omitzero" label:"结算户名|Settlement account name" mask:"holder" group:"name"`
	BankName         string        `json:"bank_name,omitzero" label:"开户银行|Bank"`
	BranchName       string        `json:"branch_name,omitzero" label:"开户支行|Branch"`
	CNAPS            string        `json:"cnaps,omitzero" label:"联行号|CNAPS code" kind:"code" group:"identifier"`
	HolderIDType     IDType        `json:"holder_id_type,omitzero" label:"持卡人证件类型|Account holder's ID type"`
	HolderIDNo       string        `json:"holder_id_no,omitzero" label:"持卡人证件号码|Account holder's ID number" kind:"code" mask:"identity" group:"identifier"`
	HolderIDValidTo  Date          `json:"holder_id_valid_to,omitzero" label:"持卡人证件有效期止|Account holder's ID valid to" group:"valid_to"`
	HolderIDLongTerm bool          `json:"holder_id_long_term,omitzero" label:"持卡人证件长期有效|Account holder's ID valid for ever"`
	AuthorisationRef string        `json:"authorisation_ref,omitzero" label:"结算授权书|Settlement authorisation"`
	NonSameNameRef   string        `json:"non_same_name_ref,omitzero" label:"非同名结算说明|Statement on a different account name"`
	Cycle            Cycle         `json:"cycle,omitzero" label:"结算周期|Settlement cycle"`
	AccountStatus    AccountStatus `json:"account_status,omitzero" label:"结算账户状态|Account status"`
	StatusAsOf       Date          `json:"status_as_of,omitzero" label:"账户状态日期|Account status as of"`
	VerifyResult     VerifyResult  `json:"verify_result,omitzero" label:"账户验证结果|Account verification result"`
	VerifiedOn       Date          `json:"verified_on,omitzero" label:"账户验证日期|Account verified on"`
	BalanceCNY       Money         `json:"balance_cny,omitzero" label:"账户余额|Account balance" mask:"full"`
}

// Limits are the bounds on transactions, in yuan.
type Limits struct {
	SingleCNY           Money `json:"single_cny,omitzero" label:"单笔限额|Limit per transaction"`
	DailyCNY            Money `json:"daily_cny,omitzero" label:"单日限额|Limit per day"`
	MonthlyCNY          Money `json:"monthly_cny,omitzero" label:"单月限额|Limit per month"`
	CreditDailyCNY      Money `json:"credit_daily_cny,omitzero" label:"信用卡单日限额|Credit card limit per day"`
	CreditMonthlyCNY    Money `json:"credit_monthly_cny,omitzero" label:"信用卡单月限额|Credit card limit per month"`
	ContactlessNoPINCNY Money `json:"contactless_no_pin_cny,omitzero" label:"小额免密免签限额|Contactless limit without PIN"`
}

// Fee is the price of one product: rate in percent, cap in yuan.
type Fee struct {
	Product FeeProduct `json:"product,omitzero" label:"费率产品|Fee product"`
	Class   FeeClass   `json:"class,omitzero" label:"费率类别|Fee class"`
	RatePct Percent    `json:"rate_pct,omitzero" label:"费率|Rate"`
	CapCNY  Money      `json:"cap_cny,omitzero" label:"封顶|Cap"`
}

// Terminal is one POS or its like.
type Terminal struct {
	TerminalNo          string         `json:"terminal_no,omitzero" label:"终端号|Terminal number" kind:"code" group:"identifier"`
	SerialNo            string         `json:"serial_no,omitzero" label:"终端序列号|Serial number" kind:"code" group:"identifier"`
	DeviceType          DeviceType     `json:"device_type,omitzero" label:"设备类型|Device type"`
	Model               string         `json:"model,omitzero" label:"终端型号|Model"`
	NetworkLicence      string         `json:"network_licence,omitzero" label:"入网许可编号|Network licence" kind:"code"`
	InstallAddress      string         `json:"install_address,omitzero" label:"装机地址|Install address"`
	InstallDistrictCode string         `json:"install_district_code,omitzero" label:"装机区县代码|Install district code" kind:"code" group:"division"`
	Lng                 Number         `json:"lng,omitzero" label:"装机经度|Install longitude"`
	Lat                 Number         `json:"lat,omitzero" label:"装机纬度|Install latitude"`
	Status              TerminalStatus `json:"status,omitzero" label:"终端状态|Terminal status"`
	IsSpare             bool           `json:"is_spare,omitzero" label:"备用终端|Spare terminal"`
	InstalledOn         Date           `json:"installed_on,omitzero" label:"装机日期|Installed on"`
	LastTxnOn           Date           `json:"last_txn_on,omitzero" label:"最近交易日期|Last transaction on"`
	LastSignInOn        Date           `json:"last_sign_in_on,omitzero" label:"最近签到日期|Last sign-in on"`
	ICCID               string         `json:"iccid,omitzero" label:"流量卡号|SIM card number" kind:"code" group:"identifier"`
	ICCIDBound          string         `json:"iccid_bound,omitzero" label:"绑定流量卡号|Bound SIM card number" kind:"code" group:"identifier"`
	KeyStatus           KeyStatus      `json:"key_status,omitzero" label:"密钥状态|Key status"`
	Bound               Bound          `json:"bound,omitzero" label:"终端绑定|Bound"`
	Params              TermParams     `json:"params,omitzero" label:"终端参数|Parameters"`
}

// Bound is what was reported to the network for a serial number (the five elements).
type Bound struct {
	OrgCode      string `json:"org_code,omitzero" label:"绑定机构代码|Bound institution" kind:"code" group:"identifier"`
	MerchantNo   string `json:"merchant_no,omitzero" label:"绑定商户号|Bound merchant number" kind:"code" group:"identifier"`
	USCCOrID     string `json:"uscc_or_id,omitzero" label:"绑定证照号|Bound USCC or ID number" kind:"code" mask:"identity" group:"identifier"`
	AccountNo    string `json:"account_no,omitzero" label:"绑定结算账号|Bound settlement account" kind:"code" mask:"account" group:"identifier"`
	DistrictCode string `json:"district_code,omitzero" label:"绑定区县代码|Bound district code" kind:"code" group:"division"`
}

// TermParams is what was read out of the machine.
type TermParams struct {
	MerchantNo   string `json:"merchant_no,omitzero" label:"终端内商户号|Merchant number in the terminal" kind:"code" group:"identifier"`
	TerminalNo   string `json:"terminal_no,omitzero" label:"终端内终端号|Terminal number in the terminal" kind:"code" group:"identifier"`
	MCC          string `json:"mcc,omitzero" label:"终端内MCC|MCC in the terminal" kind:"code" group:"identifier"`
	OrgCode      string `json:"org_code,omitzero" label:"终端内机构代码|Institution in the terminal" kind:"code" group:"identifier"`
	Version      string `json:"version,omitzero" label:"参数版本|Parameter version"`
	DownloadedOn Date   `json:"downloaded_on,omitzero" label:"参数下载日期|Parameters downloaded on"`
	TxnHours     string `json:"txn_hours,omitzero" label:"允许交易时段|Permitted transaction hours"`
}

// Status is whether the merchant may trade, since when and why.
type Status struct {
	State     State       `json:"state,omitzero" label:"商户状态|Merchant status"`
	ChangedOn Date        `json:"changed_on,omitzero" label:"状态变更日期|Status changed on"`
	Reason    string      `json:"reason,omitzero" label:"状态原因|Status reason"`
	Scope     StatusScope `json:"scope,omitzero" label:"状态范围|Status scope"`
}

// Onboarding keeps the steps of going live apart: audited is not signed, signed is not opened.
type Onboarding struct {
	Audit            Audit     `json:"audit,omitzero" label:"审核状态|Audit"`
	Agreement        Agreement `json:"agreement,omitzero" label:"签约状态|Agreement"`
	AgreementValidTo Date      `json:"agreement_valid_to,omitzero" label:"协议有效期止|Agreement valid to" group:"valid_to"`
	Channels         []Channel `json:"channels,omitzero" label:"渠道|Channels"`
}

// Channel is one payment channel of the merchant.
type Channel struct {
	Name  string       `json:"name,omitzero" label:"渠道名称|Channel name"`
	State ChannelState `json:"state,omitzero" label:"渠道状态|Channel state"`
}

// Review is the periodic check of the file.
type Review struct {
	LastOn  Date `json:"last_on,omitzero" label:"上次复核日期|Last review"`
	NextDue Date `json:"next_due,omitzero" label:"下次复核日期|Next review due"`
}

// Inspection is the visit on site.
type Inspection struct {
	LastOn Date `json:"last_on,omitzero" label:"最近巡检日期|Last inspection"`
}

// Screening is the result of checking the parties against lists. Hits are never printed by a report.
type Screening struct {
	AsOf Date           `json:"as_of,omitzero" label:"名单筛查日期|Screened on"`
	Hits []ScreeningHit `json:"hits,omitzero" label:"名单筛查结果|Screening hits"`
}

// ScreeningHit is one match; Score is between 0 and 1.
type ScreeningHit struct {
	List  string `json:"list,omitzero" label:"名单|Screening list" mask:"full"`
	Who   string `json:"who,omitzero" label:"筛查对象|Screened party" mask:"full"`
	Score Number `json:"score,omitzero" label:"筛查分值|Screening score" mask:"full"`
}

// Stats are figures of past transactions.
type Stats struct {
	AvgTicketCNY   Money `json:"avg_ticket_cny,omitzero" label:"平均单笔金额|Average ticket"`
	P95TicketCNY   Money `json:"p95_ticket_cny,omitzero" label:"常见单笔金额(95分位)|95th percentile ticket"`
	MaxDailyCNY    Money `json:"max_daily_cny,omitzero" label:"最高单日交易额|Highest daily volume"`
	MonthToDateCNY Money `json:"month_to_date_cny,omitzero" label:"当月累计交易额|Month-to-date volume"`
	WindowDays     Count `json:"window_days,omitzero" label:"统计天数|Window in days"`
	ContinuousDays Count `json:"continuous_days,omitzero" label:"连续交易天数|Days of continuous trade"`
}

// Registry is filled in records of a bank's registry export only.
type Registry struct {
	AsOf      Date `json:"as_of,omitzero" label:"登记数据日期|Registry as of"`
	UpdatedOn Date `json:"updated_on,omitzero" label:"登记更新日期|Registry updated on"`
}

// Period is a span of validity. To is zero when LongTerm is set.
type Period struct {
	From, To Date
	LongTerm bool
}

// Period returns the validity of the licence.
func (l *Licence) Period() Period { return Period{l.ValidFrom, l.ValidTo, l.LongTerm} }

// IDPeriod returns the validity of the representative's document.
func (l *LegalRep) IDPeriod() Period { return Period{l.IDValidFrom, l.IDValidTo, l.IDLongTerm} }

// ExpiredOn reports whether the period has an end and that end lies before day.
func (p Period) ExpiredOn(day Date) bool { return !p.LongTerm && !p.To.IsZero() && p.To.Before(day) }

// Key returns the key that reports name the merchant by: the merchant number, else the external ID, else "".
func (m *Merchant) Key() string {
	if m.MerchantNo != "" {
		return m.MerchantNo
	}
	return m.ExternalID
}

// Branch reports whether the record is that of a branch (entity_form branch or foreign_branch, or a head office given).
func (m *Merchant) Branch() bool {
	return m.EntityForm == FormBranch || m.EntityForm == FormForeignBranch || m.HeadOffice.Name != ""
}

// TakesCredit reports whether a fee is agreed for credit cards, at the terminal or by QR code.
func (m *Merchant) TakesCredit() bool {
	for i := range m.Fees {
		if p := m.Fees[i].Product; p == ProductCardCredit || p == ProductQRCredit {
			return true
		}
	}
	return false
}

// FilesOwners reports whether the law asks the merchant to name its beneficial owners: enterprises in the form of a
// company, a partnership or a branch of a foreign company. An unknown form counts as company, with a head office as branch.
func (m *Merchant) FilesOwners() bool {
	if m.SubjectType != SubjectEnterprise {
		return false
	}
	switch m.EntityForm {
	case FormCompany, FormPartnership, FormForeignBranch:
		return true
	}
	return !m.EntityForm.Valid() && !m.Branch()
}
