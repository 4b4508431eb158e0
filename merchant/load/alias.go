package load

import "github.com/merchantkyc/merchantkyc/merchant"

// Headings as they occur in acquirers' documents and in exports of merchant back offices, and our own proposals for the
// fields that none of these has. Labels and paths of the fields are aliases besides; all is compared in folded form
// (fold), so case, width, brackets and spaces do not matter here. 帐 is folded to 账 and license to licence.

type alias struct {
	field merchant.Field
	texts string // separated by |
}

var aliases = []alias{
	{merchant.FieldMerchantNo, "商户号|商户编号|商户ID|商户代码|商户编码|报备编号|银联报备商户编号|客户号|发起方商户号|收单商户号|银联商户号|受卡方标识码|银联商户编号|merchant no|merchant id|merchant code|MID|mch id"},
	{merchant.FieldExternalID, "外部编号|外部商户号|外部商户编号|商户外部编号|内部商户号|内部商户编号|进件编号|申请编号|业务申请编号|external id|external no|external merchant id|business code"},
	{merchant.FieldAcquirerOrgCode, "受理机构代码|受理机构号|受理机构标识码|收单机构代码|收单机构号|acquirer code|acquirer id|acquiring institution"},
	{merchant.FieldSubjectType, "主体类型|商户主体类型|商户类型|公司类型|商户组别|营业类型|平台商户性质|经营类型|merchant type|entity type"},
	{merchant.FieldEntityForm, "组织形式|企业组织形式|企业类型|legal form"},
	{merchant.FieldHeadOfficeName, "总公司名称|总店名称|隶属企业名称|parent company"},
	{merchant.FieldHeadOfficeUSCC, "总公司统一社会信用代码|隶属企业统一社会信用代码|parent uscc"},
	{merchant.FieldNamesLegal, "商户名称|商户全称|商户名|商户名字|公司名称|企业名称|平台商户名称|全称|发起方/运营商名称|商户注册名称|单位名称|legal name|merchant name|company name|full name"},
	{merchant.FieldNamesShort, "商户简称|简称|店铺简称|门店简称|merchant short name"},
	{merchant.FieldNamesReceipt, "小票名称|签购单名称|签购单商户名称|收据名称|受卡方名称|受卡方名称地址|name on receipt"},
	{merchant.FieldNamesEnglish, "英文名|商户英文名|商户英文名称|merchant english name"},
	{merchant.FieldLicenceKind, "证照种类|营业执照类型|执照类型|主体证件类型|licence type|certificate type"},
	{merchant.FieldLicenceNumber, "统一社会信用代码|社会统一信用代码|统一信用代码|社会信用代码|信用代码|营业执照号|营业执照号码|营业执照编号|营业执照注册号|证照编号|证照号码|证照号|执照号|执照号码|执照编号|注册号|工商注册号|单位证件号码|组织机构代码|uscc|licence no|business licence number|business licence no|credit code"},
	{merchant.FieldLicenceName, "营业执照名称|执照名称|证照名称|营业执照注册名称|商户经营名称|licence name"},
	{merchant.FieldLicenceLegalPerson, "执照法人|营业执照法人|营业执照法定代表人|执照负责人|legal person on licence"},
	{merchant.FieldLicenceAddress, "营业执照住所|营业执照地址|执照地址|住所|licence address"},
	{merchant.FieldLicenceScope, "经营范围|营业范围|scope of business"},
	{merchant.FieldLicenceRegisteredCapitalCNY, "注册资金|注册资本金|registered capital cny"},
	{merchant.FieldLicenceEstablishedOn, "成立时间|设立日期|注册日期|date of establishment|established"},
	{merchant.FieldLicenceValidFrom, "营业执照生效日期|营业执照有效期开始日期|证照有效期开始日期|证照有效期起始日期|营业期限起|营业期限自|licence start date"},
	{merchant.FieldLicenceValidTo, "营业执照失效日期|营业执照有效期截止日期|证照有效期截止日期|证照有效期结束日期|营业执照到期日|营业执照到期|执照到期|证照到期|营业期限止|营业期限至|licence expiry date|licence end date"},
	{merchant.FieldLicenceLongTerm, "证照有效期类型 1:长期 0:非长期|证照有效期类型|营业执照是否长期|证照是否长期|licence long term"},
	{merchant.FieldLicenceRegistrationStatus, "经营状态|工商状态|企业登记状态|工商登记状态|licence status"},
	{merchant.FieldLicenceStatusAsOf, "工商状态日期|登记状态查询日期|licence status date"},
	{merchant.FieldLicenceRelocated, "是否迁址|是否已迁址"},
	{merchant.FieldLicenceImageRef, "营业执照照片|营业执照影像|营业执照图片|营业执照扫描件|证照照片|licence picture|licence photo"},
	{merchant.FieldLegalRepName, "法人姓名|法人|法人名称|法定代表人|公司法人|企业法人|企业法人姓名|负责人|法人代表|经营者|legal representative|legal person|representative"},
	{merchant.FieldLegalRepIDType, "法人证件名称"},
	{merchant.FieldLegalRepIDNo, "法人身份证号|法人身份|legal representative id"},
	{merchant.FieldLegalRepMobile, "法人联系电话|法人代表电话"},
	{merchant.FieldLegalRepBirthDate, "法人出生日期|法人生日"},
	{merchant.FieldLegalRepNationality, "法人国籍"},
	{merchant.FieldLegalRepOccupation, "法人职业"},
	{merchant.FieldLegalRepGender, "法人性别"},
	{merchant.FieldLegalRepAddress, "法人住址|法人家庭地址|法人居住地址"},
	{merchant.FieldBeneficialOwnersName, "受益所有人|受益人|beneficial owner|ubo"},
	{merchant.FieldBeneficialOwnersBasis, "受益所有人类型|受益人判定依据|受益所有人判定标准|受益方式"},
	{merchant.FieldBeneficialOwnersSharePct, "受益人持股比例|受益所有人股权比例|受益股权比例|ubo share"},
	{merchant.FieldBeneficialOwnersFiledOn, "受益人备案日期|受益所有人备案时间"},
	{merchant.FieldBOExemption, "受益所有人免报|承诺免报|是否承诺免报"},
	{merchant.FieldShareholdersName, "股东|股东姓名|shareholder"},
	{merchant.FieldShareholdersNaturalPerson, "股东是否自然人|自然人股东"},
	{merchant.FieldShareholdersSharePct, "股东出资比例|股东股权比例"},
	{merchant.FieldContactType, "联系人身份"},
	{merchant.FieldContactName, "联系人|联系人姓名|商户联系人|商户联系人姓名|运营联系人|经办人|经办人姓名|contact|contact person"},
	{merchant.FieldContactMobile, "联系人电话|联系人手机号|商户联系人手机号|商户手机号|电话号|contact phone|contact telephone"},
	{merchant.FieldContactAuthorisationRef, "授权书|业务办理授权书|经办人授权书"},
	{merchant.FieldContactEmail, "邮箱|邮箱地址|联系人邮箱|联系人电子邮箱|常用邮箱|电子邮箱|e-mail|email"},
	{merchant.FieldContactServicePhone, "客服电话|客服热线|装机电话|服务电话|客户服务电话|customer service phone"},
	{merchant.FieldAddressesRegisteredDetail, "注册地址|注册详细地址|注册地址(详细信息)|单位注册地址|工商注册地址|registered address"},
	{merchant.FieldAddressesRegisteredProvinceCode, "注册地址(省)|工商注册所在省"},
	{merchant.FieldAddressesRegisteredCityCode, "注册地址(市)|工商注册所在市"},
	{merchant.FieldAddressesRegisteredDistrictCode, "注册地址(区)|工商注册所在区"},
	{merchant.FieldAddressesBusinessDetail, "经营地址|经营详细地址|商户经营地址|营业详细地址|营业地址|所属地址详细地址|商户所在详细地址|门店地址|商户地址|实际经营地址|经营场所|经营场所地址|营业场所|店铺地址|business address|store address"},
	{merchant.FieldAddressesBusinessProvinceCode, "所属地址省|商户所在省|营业归属省代码"},
	{merchant.FieldAddressesBusinessCityCode, "所属地址市|商户所在市|营业归属市代码"},
	{merchant.FieldAddressesBusinessDistrictCode, "所属地址区|商户所在区|营业归属区(县)代码|地区码|地区ID|商户经营地址所在区|area code"},
	{merchant.FieldSalesScene, "经营模式|场景类型|线上线下|scene type|scene"},
	{merchant.FieldBusinessHours, "营业时段|经营时间|opening hours"},
	{merchant.FieldMCC, "MCC|MCC码|行业MCC|商户MCC|MCC代码|MCC编码|商户类别码|商户类别|行业类别(mcc码)|所属行业|行业|行业类别|经营类目|所属行业类目|公司行业|mcc code|merchant category code|category"},
	{merchant.FieldQualificationsKind, "资质类型|许可证名称|资质名称|permit type"},
	{merchant.FieldQualificationsNumber, "许可证号|许可证号码|资质编号|permit no"},
	{merchant.FieldQualificationsValidTo, "许可证到期日|资质有效期止|资质到期日|permit expiry date"},
	{merchant.FieldQualificationsLongTerm, "资质长期有效|许可证是否长期"},
	{merchant.FieldSettlementAccountType, "账户类型|账户性质|对公/对私账户|账号类型|结算卡性质|结算账户性质|account type"},
	{merchant.FieldSettlementAccountNo, "结算账号|结算卡号|银行卡号|银行账号|账户号|账号|收款账号|收款方账号|收款人账号|收款卡号|入账账号|入账卡号|对公账号|开户账号|结算银行账户|结算银行账号|对公账户号|account number|account no|bank account|bank account number|settlement account"},
	{merchant.FieldSettlementAccountName, "结算户名|户名|账户姓名|账户户名|账户名称|开户名称|开户姓名|开户人|开户名|收款商户名|收款人|收款人姓名|收款人名称|收款户名|入账户名|收款账户名称|结算账户名称|结算卡名称|入帐人|account name|account holder"},
	{merchant.FieldSettlementBankName, "开户行|开户银行|开户银行名称|银行名称|开户机构|结算银行|结算银行名称|收款银行|入账银行|银行卡开户行|银行|bank name"},
	{merchant.FieldSettlementBranchName, "开户支行|开户支行名称|银行支行|支行|支行名称|所在支行|开户网点|开户行地址|bank branch|branch name"},
	{merchant.FieldSettlementCNAPS, "联行号|开户支行联行号|支付行号|开户支行编码|开户行号|开户行联行号|银行联行号|大额行号|支付系统行号|银行行号|开户行行号|cnaps|bank code"},
	{merchant.FieldSettlementAuthorisationRef, "非法人结算授权书|委托结算授权书|结算账户授权书"},
	{merchant.FieldSettlementNonSameNameRef, "非同名说明|非同名结算证明"},
	{merchant.FieldSettlementCycle, "结算周期|到账类型|到账日期|到账周期|cycle"},
	{merchant.FieldSettlementAccountStatus, "账户状态|结算卡状态"},
	{merchant.FieldSettlementStatusAsOf, "账户状态查询日期"},
	{merchant.FieldSettlementVerifyResult, "账户验证|验卡结果|打款验证结果|verification result"},
	{merchant.FieldSettlementVerifiedOn, "验卡日期|打款验证日期|account verification date"},
	{merchant.FieldSettlementBalanceCNY, "余额|结算账户余额"},
	{merchant.FieldLimitsSingleCNY, "单笔限额|单笔交易限额|单笔|单笔限|单笔上限|单笔最高限额|单笔最高|单笔交易上限|limit per transaction|single limit"},
	{merchant.FieldLimitsDailyCNY, "每日限额|日限|单日限|单日最高限额|日最高限额|单日累计限额|单日限额|商户限额|日限额|日累计限额|daily limit|日交易限额|单日交易限额|日累计交易限额"},
	{merchant.FieldLimitsMonthlyCNY, "月限额|月限|单月限|单月最高限额|月最高限额|单月累计限额|每月限额|月累计限额|monthly limit|月交易限额|单月交易限额|月累计交易限额"},
	{merchant.FieldLimitsCreditDailyCNY, "信用卡日限额|贷记卡单日限额|贷记卡日限额|credit daily limit"},
	{merchant.FieldLimitsCreditMonthlyCNY, "信用卡月限额|贷记卡单月限额|贷记卡月限额|credit monthly limit"},
	{merchant.FieldLimitsContactlessNoPinCNY, "免密免签限额|小额免密限额|小额双免限额|双免限额|contactless limit"},
	{merchant.FieldMicroEnhancedProof, "辅助证明|小微商户辅助证明材料"},
	{merchant.FieldTerminalsTerminalNo, "终端号|所属终端号|收单终端号|受卡机终端标识码|POS终端号|POS终端编号|POS号|POS机号|终端编号|机具编号|terminal id|terminal no|TID"},
	{merchant.FieldTerminalsSerialNo, "终端序列号|终端SN|机身号|机身序列号|设备SN|机器SN|POS序列号|POS机序列号|机器序列号|机具序列号|SN|SN号|SN码|terminal serial number|terminal sn"},
	{merchant.FieldTerminalsDeviceType, "机子类型|机具类型|终端类型|终端设备类型|terminal type"},
	{merchant.FieldTerminalsModel, "终端品牌|终端型号|机具型号|机具来源|terminal model"},
	{merchant.FieldTerminalsNetworkLicence, "入网许可证编号|入网许可证号|网络许可编号|入网证编号"},
	{merchant.FieldTerminalsInstallAddress, "装机地址|装机详细地址|安装地址|装机地点|安装地点|布放地址|installation address"},
	{merchant.FieldTerminalsInstallDistrictCode, "装机地区|装机地址区(县)编码|装机区县|装机地区码|布放地区"},
	{merchant.FieldTerminalsInstalledOn, "安装日期|装机时间|布放日期|installation date|安装时间|布放时间"},
	{merchant.FieldTerminalsIsSpare, "是否备用|是否备机|备机"},
	{merchant.FieldTerminalsLastTxnOn, "终端最近交易日期|最后交易日期|last transaction date"},
	{merchant.FieldTerminalsLastSignInOn, "终端最近签到日期|最后签到日期|last sign-in date"},
	{merchant.FieldTerminalsICCID, "ICCID|SIM卡号|物联网卡号|sim card"},
	{merchant.FieldTerminalsICCIDBound, "绑定ICCID|绑定SIM卡号|bound iccid"},
	{merchant.FieldTerminalsKeyStatus, "终端密钥状态|主密钥状态"},
	{merchant.FieldStatusState, "商户状态|清算标志|商户冻结状态|merchant state"},
	{merchant.FieldStatusChangedOn, "状态日期|商户状态变更日期|状态变更时间|status date"},
	{merchant.FieldStatusReason, "状态变更原因|冻结原因|停用原因|reason"},
	{merchant.FieldStatusScope, "冻结范围|商户状态范围"},
	{merchant.FieldGoLiveOn, "开通日期|上线日期|投产日期|go-live"},
	{merchant.FieldOnboardingAudit, "进件审核状态|审核结果|audit status"},
	{merchant.FieldOnboardingAgreement, "协议状态|签约结果|agreement status"},
	{merchant.FieldOnboardingAgreementValidTo, "协议到期日|协议到期日期|合同到期日|agreement expiry date"},
	{merchant.FieldOnboardingChannelsName, "渠道|支付渠道|channel|channel name"},
	{merchant.FieldOnboardingChannelsState, "渠道开通状态|channel state|channel status"},
	{merchant.FieldRiskLevel, "商户风险等级|风险级别|risk rating"},
	{merchant.FieldReviewLastOn, "最近复核日期|上次回访日期|last review date"},
	{merchant.FieldReviewNextDue, "复核到期日|下次回访日期|next review date"},
	{merchant.FieldInspectionLastOn, "上次巡检日期|巡检日期|last inspection date"},
	{merchant.FieldSignedOn, "进件日期|审核通过日期|签约时间|协议签订日期|signing date|date signed"},
	{merchant.FieldUpdatedOn, "更新时间|最后更新时间|最近更新日期|修改时间|建档时间|创建时间|updated|last updated"},
	{merchant.FieldScreeningAsOf, "筛查日期|screening date"},
	{merchant.FieldRegistryAsOf, "数据日期|登记数据截止日期|导出日期|export date"},
	{merchant.FieldRegistryUpdatedOn, "银行登记更新日期|行内更新日期"},
}

// feeAliases are rates and caps whose headings do not follow the pattern of products and feeWords.
var feeAliases = []struct {
	product merchant.FeeProduct
	field   merchant.Field
	texts   string
}{
	{merchant.ProductCardDebit, merchant.FieldFeesRatePct, "银联手续费率(借记)|刷卡费率|成本费率"},
	{merchant.ProductCardDebit, merchant.FieldFeesCapCNY, "银联手续费率(借记封顶)"},
	{merchant.ProductCardCredit, merchant.FieldFeesRatePct, "银联手续费率(贷记)"},
}

var products = []struct {
	product merchant.FeeProduct
	names   string
}{
	{merchant.ProductCardDebit, "借记卡|储蓄卡|借记|银联借记卡|刷卡借记|card_debit|debit card|debit"},
	{merchant.ProductCardCredit, "贷记卡|贷记|信用卡|银联贷记卡|刷卡贷记|card_credit|credit card|credit"},
	{merchant.ProductCardForeign, "外卡|外币卡|境外卡|card_foreign|foreign card"},
	{merchant.ProductQRDebit, "扫码借记|扫码借记卡|云闪付借记|银联扫码借记|qr_debit|qr code debit"},
	{merchant.ProductQRCredit, "扫码贷记|扫码贷记卡|云闪付贷记|银联扫码贷记|qr_credit|qr code credit"},
	{merchant.ProductWeChat, "微信|微信支付|wechat|wechat pay"},
	{merchant.ProductAlipay, "支付宝|alipay"},
}

var feeWords = []alias{
	{merchant.FieldFeesRatePct, "费率|手续费率|扣率|签约费率|rate|fee rate|rate_pct"},
	{merchant.FieldFeesCapCNY, "封顶|封顶值|封顶金额|费率封顶|手续费封顶|封顶手续费|cap|fee cap|cap_cny"},
	{merchant.FieldFeesClass, "费率类别|费率类型|计费类别|fee class|class"},
}

// yielding are aliases that are headings of something else as well. They are the field only where no other column is: beside
// MCC, 行业类别 says in words what the shop sells.
const yielding = "行业|行业类别|所属行业|所属行业类目|公司行业|经营类目|商户类别|category|" +
	"注册号|工商注册号|营业执照注册号|组织机构代码|执照号|执照号码|执照编号|" +
	"受卡方名称|受卡方名称地址|" +
	"收款人|收款人姓名|收款人名称|收款户名|收款商户名|入账户名|入帐人|收款账号|收款方账号|收款人账号|收款卡号|入账账号|入账卡号|收款银行|入账银行|经营场所|营业场所"

// unmodelled are headings known to be something that the model leaves out, so that nothing is suggested for them.
const unmodelled = "服务商编号|代理商编号|业务员|客户经理|备注|详情|序号|提现手续费|附加手续费|商户性质|序|编号|no|remark|remarks"

// scope is what a heading is about: a person, a document, a place, a product.
type scope string

const (
	rep         scope = "legal_rep"
	licence     scope = "licence"
	holder      scope = "holder"
	settlement  scope = "settlement"
	contact     scope = "contact"
	owner       scope = "beneficial_owners"
	shareholder scope = "shareholders"
	registered  scope = "addresses.registered"
	business    scope = "addresses.business"
	terminal    scope = "terminals"
	permit      scope = "qualifications"
	channel     scope = "onboarding.channels"
	headOffice  scope = "head_office"
	image       scope = "image"
)

// groupWords tell the scope of a group heading above the columns; the first that it contains counts.
var groupWords = []struct {
	scope scope
	texts string
}{
	{owner, "受益|beneficial|ubo"}, {holder, "持卡人|account holder"}, {shareholder, "股东|shareholder"},
	{image, "影像|图片|照片|附件|image|picture"},
	{scope(merchant.ProductQRDebit), "扫码借记|云闪付借记|qr debit"}, {scope(merchant.ProductQRCredit), "扫码贷记|云闪付贷记|qr credit"},
	{scope(merchant.ProductCardDebit), "借记|debit"}, {scope(merchant.ProductCardCredit), "贷记|信用卡|credit card"},
	{scope(merchant.ProductCardForeign), "外卡|外币卡|境外卡|foreign card"},
	{scope(merchant.ProductWeChat), "微信|wechat"}, {scope(merchant.ProductAlipay), "支付宝|alipay"},
	{registered, "注册地|registered address"}, {business, "经营地|营业地|经营场所|门店|business address"},
	{terminal, "终端|机具|装机|terminal"}, {permit, "许可证|资质|permit"}, {channel, "渠道|channel"},
	{headOffice, "所属企业|总公司|上级|head office"}, {contact, "联系人|经办人|contact"},
	{rep, "法人|法定代表|负责人|经营者|representative|legal rep"},
	{licence, "证照|执照|工商|登记证|licence"}, {settlement, "结算|账户|收款|开户|银行|settlement|bank"},
}

// generalGroups are endings of group headings that say nothing about the scope.
const generalGroups = "信息|资料|情况|要素|内容|概况|限额|费率|额度|info|information|data|details"

// prefixes stand before the words below in headings of one piece: 法人 + 证件号.
var prefixes = []struct {
	scope scope
	texts string
}{
	{rep, "法人|法定代表人|法人代表|负责人|经营者|legal representative|legal rep|representative"},
	{contact, "联系人|商户联系人|经办人|contact"},
	{owner, "受益所有人|受益人|beneficial owner|ubo"},
	{holder, "持卡人|开户人|结算人|account holder|cardholder"},
	{licence, "营业执照|证照|执照|licence|business licence"},
	{registered, "注册|注册地|注册地址|工商注册|registered"},
	{business, "经营|经营地|经营地址|营业|营业地|商户经营|门店|business"},
	{terminal, "终端|装机|机具|装机地址|terminal|install"},
	{permit, "许可证|资质|permit"},
	{channel, "渠道|channel"},
	{headOffice, "所属企业|总公司|head office"},
}

// word is a heading that means different fields in different scopes.
type word struct {
	texts  string
	first  merchant.Field   // meaning without any context, FieldNone when only context decides
	fields []merchant.Field // the possible meanings; the scope of each follows from its path
	// Neighbours decide a word without a first meaning. A document word needs a neighbour that belongs to a document; an
	// area word looks to the right first, since the detail follows the codes; rest takes what the others left over.
	document, area, rest bool
	products             []merchant.FeeProduct // for fee fields
	// aside marks a heading that is something else where nothing decides, as 行号 beside no account counts rows.
	aside bool
}

var allProducts = []merchant.FeeProduct{merchant.ProductCardDebit, merchant.ProductCardCredit, merchant.ProductCardForeign,
	merchant.ProductQRDebit, merchant.ProductQRCredit, merchant.ProductWeChat, merchant.ProductAlipay}

var words = []word{
	{texts: "姓名|名字", fields: []merchant.Field{merchant.FieldLegalRepName, merchant.FieldContactName, merchant.FieldBeneficialOwnersName, merchant.FieldSettlementAccountName}},
	{texts: "名称|name", fields: []merchant.Field{merchant.FieldNamesLegal, merchant.FieldLicenceName, merchant.FieldLegalRepName, merchant.FieldContactName, merchant.FieldBeneficialOwnersName, merchant.FieldSettlementAccountName, merchant.FieldShareholdersName, merchant.FieldHeadOfficeName, merchant.FieldOnboardingChannelsName}},
	{texts: "证件类型|证件种类|id type", fields: []merchant.Field{merchant.FieldLicenceKind, merchant.FieldLegalRepIDType, merchant.FieldContactIDType, merchant.FieldBeneficialOwnersIDType, merchant.FieldSettlementHolderIDType}},
	{texts: "证件号|证件号码|证件编号|id no|id number", fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldSettlementHolderIDNo}},
	{texts: "身份证号|身份证号码|身份证|id card number|id card", fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldSettlementHolderIDNo}},
	{texts: "有效期起|有效期始|有效期开始日期|有效开始日期|有效期起始日期|生效日期|开始日期|起始日期|证件生效日期|证件开始日期|证件有效期起|证件有效期始|证件有效期开始日期|证件有效开始日期|证件号码有效期始|身份证有效期起|身份证有效期开始日期|valid from|id valid from|start date", document: true,
		fields: []merchant.Field{merchant.FieldLicenceValidFrom, merchant.FieldLegalRepIDValidFrom, merchant.FieldContactIDValidFrom, merchant.FieldBeneficialOwnersIDValidFrom}},
	{texts: "有效期|有效期止|有效期至|有效期截止日期|有效期结束日期|有效结束日期|失效日期|截止日期|结束日期|到期日|到期日期|证件失效日期|证件有效期|证件有效期止|证件有效期至|证件有效期截止日期|证件有效期结束日期|证件有效结束日期|证件截止日期|证件到期日|证件号码有效期止|身份证有效期|身份证有效期止|身份证有效期截止日期|身份证到期日|证件到期|身份证到期|valid to|id valid to|expiry date|end date|expiry", document: true,
		fields: []merchant.Field{merchant.FieldLicenceValidTo, merchant.FieldLegalRepIDValidTo, merchant.FieldContactIDValidTo, merchant.FieldBeneficialOwnersIDValidTo, merchant.FieldSettlementHolderIDValidTo, merchant.FieldQualificationsValidTo}},
	{texts: "身份证生效日期", first: merchant.FieldLegalRepIDValidFrom,
		fields: []merchant.Field{merchant.FieldLegalRepIDValidFrom, merchant.FieldContactIDValidFrom, merchant.FieldBeneficialOwnersIDValidFrom}},
	{texts: "身份证失效日期", first: merchant.FieldLegalRepIDValidTo,
		fields: []merchant.Field{merchant.FieldLegalRepIDValidTo, merchant.FieldContactIDValidTo, merchant.FieldBeneficialOwnersIDValidTo, merchant.FieldSettlementHolderIDValidTo}},
	{texts: "长期|长期有效|是否长期|是否长期有效|证件长期有效|证件是否长期|long term|id long term", document: true,
		fields: []merchant.Field{merchant.FieldLicenceLongTerm, merchant.FieldLegalRepIDLongTerm, merchant.FieldContactIDLongTerm, merchant.FieldBeneficialOwnersIDLongTerm, merchant.FieldSettlementHolderIDLongTerm, merchant.FieldQualificationsLongTerm}},
	{texts: "手机号|手机|手机号码|mobile|mobile number|mobile phone", fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile}},
	{texts: "联系电话|电话|电话号码|联系方式|phone|telephone", first: merchant.FieldContactMobile, fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile}},
	{texts: "性别|gender", first: merchant.FieldLegalRepGender, fields: []merchant.Field{merchant.FieldLegalRepGender}},
	{texts: "国籍|nationality", first: merchant.FieldLegalRepNationality, fields: []merchant.Field{merchant.FieldLegalRepNationality}},
	{texts: "营业执照|business licence|licence", fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldLicenceImageRef}},
	{texts: "开户行名称|开户行全称|开户银行全称", rest: true, fields: []merchant.Field{merchant.FieldSettlementBankName, merchant.FieldSettlementBranchName}},
	{texts: "行号", aside: true, fields: []merchant.Field{merchant.FieldSettlementCNAPS}},
	{texts: "地址|详细地址|address|address detail|detail", first: merchant.FieldAddressesBusinessDetail,
		fields: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail, merchant.FieldLegalRepAddress, merchant.FieldBeneficialOwnersAddress, merchant.FieldLicenceAddress, merchant.FieldTerminalsInstallAddress}},
	{texts: "省|省份|省代码|省编码|所在省|province|province code", area: true, fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesRegisteredProvinceCode}},
	{texts: "市|城市|市代码|市编码|所在市|所在城市|city|city code", area: true, fields: []merchant.Field{merchant.FieldAddressesBusinessCityCode, merchant.FieldAddressesRegisteredCityCode}},
	{texts: "区|县|区县|地区|区域|区代码|区县代码|区县编码|地区代码|所在区|所在区县|district|district code|region", area: true, fields: []merchant.Field{merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredDistrictCode, merchant.FieldTerminalsInstallDistrictCode}},
	{texts: "持股比例|股权比例|出资比例|share", fields: []merchant.Field{merchant.FieldBeneficialOwnersSharePct, merchant.FieldShareholdersSharePct}},
	{texts: "住址|家庭住址|居住地址", first: merchant.FieldLegalRepAddress, fields: []merchant.Field{merchant.FieldLegalRepAddress, merchant.FieldBeneficialOwnersAddress}},
	{texts: "经度|lng|longitude", first: merchant.FieldAddressesBusinessLng, fields: []merchant.Field{merchant.FieldAddressesBusinessLng, merchant.FieldTerminalsLng}},
	{texts: "纬度|lat|latitude", first: merchant.FieldAddressesBusinessLat, fields: []merchant.Field{merchant.FieldAddressesBusinessLat, merchant.FieldTerminalsLat}},
	{texts: "状态|status|state", first: merchant.FieldStatusState, fields: []merchant.Field{merchant.FieldStatusState, merchant.FieldTerminalsStatus, merchant.FieldOnboardingChannelsState, merchant.FieldLicenceRegistrationStatus, merchant.FieldSettlementAccountStatus}},
	{texts: "品牌|型号|设备型号|model", first: merchant.FieldTerminalsModel, fields: []merchant.Field{merchant.FieldTerminalsModel}},
	{texts: "序列号|设备序列号|serial no", first: merchant.FieldTerminalsSerialNo, fields: []merchant.Field{merchant.FieldTerminalsSerialNo}},
	{texts: "最近交易日期|最近交易时间", first: merchant.FieldTerminalsLastTxnOn, fields: []merchant.Field{merchant.FieldTerminalsLastTxnOn}},
	{texts: "费率|手续费率|扣率|rate|fee rate", fields: []merchant.Field{merchant.FieldFeesRatePct}, products: allProducts},
	{texts: "封顶|封顶值|封顶金额|cap|fee cap", first: merchant.FieldFeesCapCNY, fields: []merchant.Field{merchant.FieldFeesCapCNY}, products: allProducts},
	{texts: "费率类别|费率类型|计费类别|fee class|class", fields: []merchant.Field{merchant.FieldFeesClass}, products: allProducts},
	// A product named in each row would make one merchant out of several rows; such columns are left to a map or a person.
	{texts: "费率产品|支付产品|支付方式|产品类型|计费产品|fee product|payment product", fields: []merchant.Field{merchant.FieldFeesProduct}},
	{texts: "扫码支付费率|扫码费率|qr rate", fields: []merchant.Field{merchant.FieldFeesRatePct}, products: allProducts[3:]},
	{texts: "微信支付宝费率|支付宝微信费率", fields: []merchant.Field{merchant.FieldFeesRatePct}, products: allProducts[5:]},
	{texts: "云闪付费率|银联二维码费率", fields: []merchant.Field{merchant.FieldFeesRatePct}, products: allProducts[3:5]},
}
