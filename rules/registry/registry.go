// Package registry holds the rules about our records and the bank's registry export: what is missing, changed, stale,
// repeated or matched under a mistyped key, and how old the export is.
//
// The rules look at pairs of records and carry no check of their own; package validate/diff carries them out.
package registry

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// STL003 登记文件较旧: Registry export is old.
var STL003 = rules.Rule{
	ID: "STL003", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记文件较旧", EN: "Registry export is old"},
	Message: rules.Text{ZH: "银行登记文件日期为{date}，已{days}天，核对结果可能过时", EN: "the bank export is dated {date}, {days} days old; the comparison may be out of date"},
	Remedy:  rules.Text{ZH: "向银行取新的登记导出后再核对。", EN: "Get a fresh registry export and compare again."},
	Doc: rules.Text{ZH: "运行日期减登记数据日期大于registry_warn_days（默认7）天、不超过registry_max_days（默认30）天；整份登记报一次。原因：过旧的登记会造成虚假差异。",
		EN: "The registry data are more than registry_warn_days (7) and at most registry_max_days (30) days old on the date of the run; reported once for the registry. Reason: a stale export creates false differences."},
	Good: "昨天", Bad: "12天前",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 二 系统更新滞后", Verified: true}},
	Fields: []merchant.Field{merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry,
}

// STL008 登记文件过旧: Registry export too old to compare.
var STL008 = rules.Rule{
	ID: "STL008", Severity: rules.Error, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记文件过旧", EN: "Registry export too old to compare"},
	Message: rules.Text{ZH: "银行登记文件日期为{date}，已{days}天，核对结果不可靠", EN: "the bank export is dated {date}, {days} days old; the comparison is unreliable"},
	Remedy:  rules.Text{ZH: "向银行取新的登记导出后再核对。", EN: "Get a fresh registry export and compare again."},
	Doc: rules.Text{ZH: "运行日期减登记数据日期大于registry_max_days（默认30）天；差异照列，但不可靠；整份登记报一次。原因：每一处差异都可能只是过时造成的。",
		EN: "The registry data are more than registry_max_days (30) days old on the date of the run; differences are still listed but unreliable. Reported once for the registry. Reason: every difference may be an artefact."},
	Good: "昨天", Bad: "45天前",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 二 系统更新滞后", Verified: true}},
	Fields: []merchant.Field{merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry,
}

// STL009 登记文件没有日期: Registry export without a date.
var STL009 = rules.Rule{
	ID: "STL009", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记文件没有日期", EN: "Registry export without a date"},
	Message: rules.Text{ZH: "银行登记文件没有数据日期", EN: "the bank export carries no date"},
	Remedy:  rules.Text{ZH: "向银行取新的登记导出后再核对。", EN: "Get a fresh registry export and compare again."},
	Doc: rules.Text{ZH: "没有给出登记数据日期，登记记录中也没有；整份登记报一次。原因：无法区分过时与变更。",
		EN: "No date was given for the registry and none of its records carries one; reported once. Reason: stale and changed cannot be told apart."},
	Good: "2026-11-20", Bad: "（无）",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "both sides need an as-of date"}},
	Fields: []merchant.Field{merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry,
}

// DIF001 银行登记中不存在: Not in the registry.
var DIF001 = rules.Rule{
	ID: "DIF001", Star: 1, Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "银行登记中不存在", EN: "Not in the registry"},
	Message: rules.Text{ZH: "银行登记中查不到商户{key}", EN: "merchant {key} is not in the bank registry"},
	Remedy:  rules.Text{ZH: "向银行报送或重新报送该商户的变更。", EN: "Submit or resubmit the merchant or its change to the bank."},
	Doc: rules.Text{ZH: "本方应可交易的记录（状态不是注销、拒绝或未开通）在银行登记中按任何键都找不到：先按商户号；双方不都有商户号时，依次按信用代码加终端号、信用代码加经营地区县、外部编号。疑似录错的登记行（DIF024）列为相关行，不代替本条。原因：交换系统背后没有该商户，正是响应码03。",
		EN: "A record of ours that is expected to trade (its status is not closed, rejected or not opened) has no registry row under any key: the merchant number; where not both sides have one, the USCC with a terminal number, then the USCC with the business district, then the external ID. A key suspect (DIF024) is given as related; it never replaces this finding. Reason: no such merchant behind the switch is exactly response code 03."},
	Good: "登记中有此商户号", Bad: "登记中没有此商户号",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "POS service pages on code 03: 后台未建立商户参数", Verified: true}, {Level: rules.Scheme, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 系统更新滞后", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedRegistry,
}

// DIF002 仅银行登记中存在: Only in the registry.
var DIF002 = rules.Rule{
	ID: "DIF002", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "仅银行登记中存在", EN: "Only in the registry"},
	Message: rules.Text{ZH: "银行登记有商户{key}，本方资料没有", EN: "the registry has merchant {key}, our data do not"},
	Remedy:  rules.Text{ZH: "核实后更新本方资料。", EN: "Verify, then update our own record."},
	Doc: rules.Text{ZH: "银行登记中状态可交易（正常，或没有状态列）的一行，按任何键都找不到本方记录。原因：要么是本方漏录的商户，要么是早该注销的商户。",
		EN: "A registry row that may trade (active, or without a status) has no record of ours under any key. Reason: it is a merchant that was forgotten, or one that should have been closed."},
	Good: "两边都有", Bad: "仅登记有",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 第48条一项 档案", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedRegistry,
}

// DIF003 注册名称与登记不一致: Registered name differs.
var DIF003 = rules.Rule{
	ID: "DIF003", Star: 25, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "注册名称与登记不一致", EN: "Registered name differs"},
	Message: rules.Text{ZH: "注册名称不一致：本方“{a}”，登记“{b}”", EN: "the registered name differs: ours \"{a}\", registry \"{b}\""},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "注册名称的比较形式（统一全半角、括号、间隔号、空格和大小写之后）两边不同；不同的字用【】标出。原因：名称与系统所存不符，是无效商户的已知原因。",
		EN: "The comparison forms of the registered names differ, that is the names after width, brackets, dots, spaces and case were unified. The differing characters are set in 【】. Reason: a name other than the one the system holds is a named cause of code 03."},
	Good: "一致", Bad: "贸易/商贸",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 四(一)1"}, {Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 原因1", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesLegal},
	Needs:  rules.NeedRegistry,
}

// DIF004 证照号与登记不一致: Licence number differs.
var DIF004 = rules.Rule{
	ID: "DIF004", Star: 24, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "证照号与登记不一致", EN: "Licence number differs"},
	Message: rules.Text{ZH: "证照号不一致：本方{a}，登记{b}", EN: "the licence number differs: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "去除空格和连字符后的证照号两边不同，且不属于一边为旧号的情形（DIF018）；登记值带*的只比可见字符。原因：号码不同即主体不同。",
		EN: "The licence numbers without blanks and hyphens differ, unless one side holds an old number (DIF018). Of a masked registry value the visible characters are compared. Reason: another number is another subject."},
	Good: "一致", Bad: "差一位",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 五要素", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Needs:  rules.NeedRegistry,
}

// DIF005 法定代表人与登记不一致: Representative differs.
var DIF005 = rules.Rule{
	ID: "DIF005", Star: 26, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-05", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "法定代表人与登记不一致", EN: "Representative differs"},
	Message: rules.Text{ZH: "法定代表人不一致：本方{a}，登记{b}", EN: "the representative differs: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "法定代表人姓名的比较形式或证件号码两边不同；登记值带*的只比可见字符。原因：更换经营者后一边没有跟着变更，是已知原因。",
		EN: "The representative's name, in its comparison form, or the ID number differs. Of a masked registry value the visible characters are compared. Reason: the operator changed and one side did not follow, which is a named cause."},
	Good: "一致", Bad: "张三/李四",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 二 更换经营者", Verified: true}, {Level: rules.PolicyLevel, Cite: "市场主体登记管理条例 第24条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepName, merchant.FieldLegalRepIDNo},
	Needs:  rules.NeedRegistry,
}

// DIF006 结算账户与登记不一致: Settlement account differs.
var DIF006 = rules.Rule{
	ID: "DIF006", Star: 27, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "结算账户与登记不一致", EN: "Settlement account differs"},
	Message: rules.Text{ZH: "结算账户不一致：本方{a}，登记{b}", EN: "the settlement account differs: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "结算账号或户名的比较形式两边不同；登记值带*的只比可见字符。原因：与绑定账户不符是已知原因，账户也是五要素之一。",
		EN: "The settlement account number, or the comparison form of its holder, differs. Of a masked registry value the visible characters are compared. Reason: not matching the bound account is a named cause, and the account is one of the five elements."},
	Good: "一致", Bad: "尾号0018/1234",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "个人正规POS机无效商户问题解析（来源文章） 原因1", Verified: true}, {Level: rules.Scheme, Cite: "银发〔2021〕259号", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName},
	Needs:  rules.NeedRegistry,
}

// DIF007 MCC与登记不一致: MCC differs.
var DIF007 = rules.Rule{
	ID: "DIF007", Star: 28, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "MCC与登记不一致", EN: "MCC differs"},
	Message: rules.Text{ZH: "MCC不一致：本方{a}，登记{b}", EN: "the MCC differs: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "两边的MCC不同。原因：交易信息必须一致；套用MCC会被拒绝。",
		EN: "The two merchant category codes differ. Reason: transaction data must be consistent, and a borrowed MCC is refused."},
	Good: "5411/5411", Bad: "5411/5812",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反电信网络诈骗法 第19条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMCC},
	Needs:  rules.NeedRegistry,
}

// DIF008 地址电话与登记不一致: Address or phone differs.
var DIF008 = rules.Rule{
	ID: "DIF008", Star: 29, Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "地址电话与登记不一致", EN: "Address or phone differs"},
	Message: rules.Text{ZH: "{field}不一致：本方“{a}”，登记“{b}”", EN: "{field} differs: ours \"{a}\", registry \"{b}\""},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "经营地区县换算到同一版区划后仍不同；或没有区县代码而详细地址开头的地名是两个地方，或去掉地名后数字（阿拉伯、全角、中文读法相同）和字母的次序不同，或相差超过措辞（DIF019）；或电话去除写法差异后不同。登记值带*的只比可见字符。原因：地址电话不符是已知原因。",
		EN: "The business district differs after both codes were resolved to one edition; or, without codes, the details begin with the names of two places, or beyond those names they differ in their sequence of numerals (Arabic, full-width and Chinese read alike) and letters, or by more than wording (DIF019); or a phone differs after normalising. Of a masked registry value the visible characters are compared. Reason: an address or phone that does not match is a named cause."},
	Good: "一致", Bad: "12号/21号",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 原因1"}, {Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 四(一)1-2", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesBusinessDetail, merchant.FieldContactMobile, merchant.FieldContactServicePhone},
	Needs:  rules.NeedRegistry,
}

// DIF009 限额费率与登记不一致: Limit or fee differs.
var DIF009 = rules.Rule{
	ID: "DIF009", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-09", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "限额费率与登记不一致", EN: "Limit or fee differs"},
	Message: rules.Text{ZH: "{field}不一致：本方{a}，登记{b}", EN: "{field} differs: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "单笔、单日、单月限额按数值比较，费率和封顶按同一费率产品逐项比较；相差不超过 tolerance（默认没有，即 0）算一致。原因：会造成拒付和计费争议。",
		EN: "The limits per transaction, day and month are compared as decimals, rates and caps product by product; a difference up to tolerance (none by default, that is 0) counts as equal. Reason: differences lead to declines and billing disputes."},
	Good: "5万/5万", Bad: "5万/1千",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机无法刷卡消费排查与解决方案（来源文章） 三、6", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY, merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY},
	Needs:  rules.NeedRegistry,
}

// DIF010 登记状态不可交易: Not tradable in the registry.
var DIF010 = rules.Rule{
	ID: "DIF010", Star: 2, Severity: rules.Error, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记状态不可交易", EN: "Not tradable in the registry"},
	Message: rules.Text{ZH: "本方状态正常，银行登记为“{b}”（{date}）", EN: "we show active, the registry says \"{b}\" ({date})"},
	Remedy:  rules.Text{ZH: "向银行报送或重新报送该商户的变更。", EN: "Submit or resubmit the merchant or its change to the bank."},
	Doc: rules.Text{ZH: "本方状态为正常，银行登记状态为未开通、暂停、冻结、注销或拒绝。原因：这是响应码03的直接原因。",
		EN: "Ours is active and the registry says not opened, suspended, frozen, closed or rejected. Reason: a direct cause of code 03."},
	Good: "正常/正常", Bad: "正常/注销",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 一、1-2", Verified: true}},
	Fields: []merchant.Field{merchant.FieldStatusState},
	Needs:  rules.NeedRegistry,
}

// DIF011 终端未在银行登记: Terminal not registered.
var DIF011 = rules.Rule{
	ID: "DIF011", Star: 4, Severity: rules.Error, Kind: rules.Missing, Cause: "X-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "终端未在银行登记", EN: "Terminal not registered"},
	Message: rules.Text{ZH: "终端{sn}未在银行登记", EN: "terminal {sn} is not registered at the bank"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc: rules.Text{ZH: "本方启用的终端（状态为启用或未填），终端号和序列号在登记的本商户名下都没有，也没有登记在别的商户名下（DIF012）。原因：终端未准入。",
		EN: "An active terminal of ours (or one without a status) has neither its terminal number nor its serial number under this merchant in the registry, nor its serial number under another (DIF012). Reason: the terminal was not admitted."},
	Good: "已登记", Bad: "未登记",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 入网一并报送", Verified: true}, {Level: rules.Scheme, Cite: "POS service pages on code 03", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo},
	Needs:  rules.NeedRegistry,
}

// DIF012 终端登记在别的商户下: Terminal registered under another merchant.
var DIF012 = rules.Rule{
	ID: "DIF012", Star: 5, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-08", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "终端登记在别的商户下", EN: "Terminal registered under another merchant"},
	Message: rules.Text{ZH: "终端{sn}登记在商户{b}名下", EN: "terminal {sn} is registered under merchant {b}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc: rules.Text{ZH: "本方启用终端的序列号，在银行登记中绑定在另一个商户号名下（登记中已撤机的终端不算）。原因：一机一户。",
		EN: "The registry binds the serial number of an active terminal of ours to another merchant number; terminals retired in the registry do not count. Reason: one machine, one merchant."},
	Good: "本商户", Bad: "他商户",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 一机一户", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsSerialNo, merchant.FieldMerchantNo},
	Needs:  rules.NeedRegistry,
}

// DIF013 变更未同步到登记: Change not carried into the registry.
var DIF013 = rules.Rule{
	ID: "DIF013", Star: 23, Severity: rules.Error, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "变更未同步到登记", EN: "Change not carried into the registry"},
	Message: rules.Text{ZH: "{fields}于{date}变更，银行登记{days}天仍未更新", EN: "{fields} changed on {date}; the registry was not updated after {days} days"},
	Remedy:  rules.Text{ZH: "向银行报送或重新报送该商户的变更。", EN: "Submit or resubmit the merchant or its change to the bank."},
	Doc: rules.Text{ZH: "有字段不一致，本方变更日期加同步天数（sync_lag_days，默认5）不晚于登记数据日期，且登记的变更日期未知或早于本方。每条记录只报一次并列出字段，日期取其中最早的；各字段的规则照报。原因：超过正常时限仍未同步，是已知原因。",
		EN: "A field differs, our change date plus sync_lag_days (5) is not after the date of the registry data, and the registry's change date is unknown or before ours. Reported once per record with the list of fields and the earliest of their dates; the findings on the fields stay. Reason: the system lags beyond the normal delay, which is a named cause."},
	Good: "2天前变更", Bad: "10天未同步",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 二 系统更新滞后"}, {Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 原因2", Verified: true}},
	Fields: []merchant.Field{merchant.FieldUpdatedOn, merchant.FieldFieldDates, merchant.FieldRegistryUpdatedOn, merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry | rules.NeedChangeDates,
}

// DIF014 本方资料旧于登记: Our record is older than the registry.
var DIF014 = rules.Rule{
	ID: "DIF014", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "本方资料旧于登记", EN: "Our record is older than the registry"},
	Message: rules.Text{ZH: "{fields}在银行登记已于{date}更新，本方未更新", EN: "{fields} were updated in the registry on {date}; our record was not"},
	Remedy:  rules.Text{ZH: "核实后更新本方资料。", EN: "Verify, then update our own record."},
	Doc: rules.Text{ZH: "有字段不一致，且登记的变更日期晚于本方变更日期。每条记录只报一次并列出字段，建议采用登记的值（带*的除外）。原因：本方资料已过时。",
		EN: "A field differs and its registry change date is later than ours. Reported once per record with the list of fields; the registry's values are proposed, masked ones excepted. Reason: our copy is out of date."},
	Good: "一致", Bad: "登记更晚更新",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "个人正规POS机无效商户问题解析（来源文章） 原因2", Verified: true}},
	Fields: []merchant.Field{merchant.FieldUpdatedOn, merchant.FieldFieldDates, merchant.FieldRegistryUpdatedOn},
	Needs:  rules.NeedRegistry | rules.NeedChangeDates,
}

// DIF015 匹配不唯一: Match is not unique.
var DIF015 = rules.Rule{
	ID: "DIF015", Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "匹配不唯一", EN: "Match is not unique"},
	Message: rules.Text{ZH: "商户{key}在登记中匹配到{n}条", EN: "{key} matches {n} registry rows"},
	Remedy:  rules.Text{ZH: "人工确认后更正键值。", EN: "Confirm by hand, then correct the key."},
	Doc: rules.Text{ZH: "没有共同的商户号时，按后备键（信用代码加终端号、信用代码加区县、外部编号）本方一条对应登记两条以上，或登记一条对应本方两条以上，并且其他键也不能分清。这些记录不再逐项比较。原因：任选其一比较都没有依据。",
		EN: "Without a common merchant number one record of ours fits two or more registry rows, or one registry row two or more of ours, under a fallback key (USCC with terminal number, USCC with district, external ID), and no other key tells them apart. Their fields are not compared. Reason: any comparison would be arbitrary."},
	Good: "1对1", Bad: "1对2",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "peers keep the last or pair by order", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldLicenceNumber, merchant.FieldExternalID},
	Needs:  rules.NeedRegistry,
}

// DIF016 仅写法差异: Differs only in form.
var DIF016 = rules.Rule{
	ID: "DIF016", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "仅写法差异", EN: "Differs only in form"},
	Message: rules.Text{ZH: "{field}仅全半角、空格等写法不同", EN: "{field} differs only in width, spaces or the like"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc: rules.Text{ZH: "文本或号码的原文两边不同，而比较形式相同；计入equal_after_normalising。日期、金额和选项按值比较，不报本条。原因：无需处理，单列以免淹没真正的差异。",
		EN: "The raw texts of a text or number differ and their comparison forms are equal; counted as equal_after_normalising. Dates, amounts and options are compared by value and never reported here. Reason: no action is needed; they are kept apart so that real differences stand out."},
	Good: "完全一致", Bad: "（上海）/(上海)",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "comparison form of text"}},
	Needs: rules.NeedRegistry,
}

// DIF017 简称或签购单名称与登记不一致: Short or slip name differs.
var DIF017 = rules.Rule{
	ID: "DIF017", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "简称或签购单名称与登记不一致", EN: "Short or slip name differs"},
	Message: rules.Text{ZH: "{field}不一致：本方“{a}”，登记“{b}”", EN: "{field} differs: ours \"{a}\", registry \"{b}\""},
	Remedy:  rules.Text{ZH: "以凭证为准，更正错误的一方。", EN: "Settle by the documents and correct the wrong side."},
	Doc: rules.Text{ZH: "商户简称或签购单名称的比较形式两边不同；不同的字用【】标出。原因：账单和签购单会显示意料之外的名称。",
		EN: "The comparison forms of the short name or of the receipt name differ; the differing characters are set in 【】. Reason: bills and slips show another name than expected."},
	Good: "一致", Bad: "示例便利店/示例超市",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "浦发POS机刷KA卡显示无效商户（来源文章） 四(一)1", Verified: true}},
	Fields: []merchant.Field{merchant.FieldNamesShort, merchant.FieldNamesReceipt},
	Needs:  rules.NeedRegistry,
}

// DIF018 一边仍是旧证照号: One side still has an old number.
var DIF018 = rules.Rule{
	ID: "DIF018", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "一边仍是旧证照号", EN: "One side still has an old number"},
	Message: rules.Text{ZH: "证照号一边是旧号：本方{a}，登记{b}{evidence}", EN: "one side holds an old licence number: ours {a}, registry {b}{evidence}"},
	Remedy:  rules.Text{ZH: "向银行报送或重新报送该商户的变更。", EN: "Submit or resubmit the merchant or its change to the bank."},
	Doc: rules.Text{ZH: "一边是18位统一社会信用代码，另一边是15位注册号或9位组织机构代码，而名称不相矛盾，组织机构代码（如是）也正是信用代码中的那一段。原因：同一主体，只是证号新旧不同。",
		EN: "One side holds a USCC, the other a 15-digit registration number or a 9-character organisation code; the names do not contradict, and an organisation code is the one inside the USCC, which is then said in the evidence. Reason: one subject under numbers of two generations."},
	Good: "两边18位", Bad: "18位/15位",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "transition to the USCC ended 2017-12-31"}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber},
	Needs:  rules.NeedRegistry,
}

// DIF019 地址仅措辞不同: Address worded differently.
var DIF019 = rules.Rule{
	ID: "DIF019", Severity: rules.Info, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "地址仅措辞不同", EN: "Address worded differently"},
	Message: rules.Text{ZH: "地址仅措辞不同：本方“{a}”，登记“{b}”", EN: "the address is only worded differently: ours \"{a}\", registry \"{b}\""},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc: rules.Text{ZH: "区县没有不同（两边的区县代码，没有代码时看地址开头的地名），数字（阿拉伯、全角、中文读法相同）和字母的次序相同，其余文字相似度不低于0.9；数字后的楼与层、栋与幢、房与室视为同义。原因：地址由门牌和房号决定，措辞不同不算不同。",
		EN: "The same district (by the codes of both sides, without them by the names that the addresses begin with), the same sequence of numerals (Arabic, full-width and Chinese read alike) and letters, and a similarity of at least 0.9 of the rest; the words for floor, building and room that follow a numeral are read alike. Reason: house and room numbers carry the identity, wording does not."},
	Good: "一致", Bad: "漕溪北路88号一楼/漕溪北路88号1层",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "measured on real addresses", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDetail},
	Needs:  rules.NeedRegistry,
}

// DIF020 登记可交易而本方不可: Tradable in the registry, not with us.
var DIF020 = rules.Rule{
	ID: "DIF020", Severity: rules.Warning, Kind: rules.Status, Cause: "SC-06", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记可交易而本方不可", EN: "Tradable in the registry, not with us"},
	Message: rules.Text{ZH: "本方状态为{a}，银行登记仍正常", EN: "ours is {a}, the registry is still active"},
	Remedy:  rules.Text{ZH: "向银行报送或重新报送该商户的变更。", EN: "Submit or resubmit the merchant or its change to the bank."},
	Doc: rules.Text{ZH: "本方状态不是正常，而银行登记为正常。原因：已注销或停用的商户仍能刷卡。",
		EN: "Ours is not active and the registry is active. Reason: a merchant that was closed or stopped can still take cards."},
	Good: "注销/注销", Bad: "注销/正常",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "POS机上显示无效商户是怎么回事？（来源文章） 一、1-2", Verified: true}},
	Fields: []merchant.Field{merchant.FieldStatusState},
	Needs:  rules.NeedRegistry,
}

// DIF021 登记中多出终端: Terminal only in the registry.
var DIF021 = rules.Rule{
	ID: "DIF021", Severity: rules.Warning, Kind: rules.Missing, Cause: "X-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记中多出终端", EN: "Terminal only in the registry"},
	Message: rules.Text{ZH: "银行登记的终端{sn}本方没有", EN: "terminal {sn} is registered at the bank but not in our record"},
	Remedy:  rules.Text{ZH: "核实后更新本方资料。", EN: "Verify, then update our own record."},
	Doc: rules.Text{ZH: "银行登记在本商户名下列有一台终端（未撤机），终端号和序列号本方记录都没有。原因：这台机具无人看管。",
		EN: "The registry lists a terminal under this merchant, not retired, whose terminal number and serial number our record lacks. Reason: a machine that nobody watches."},
	Good: "两边都有", Bad: "仅登记有",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo},
	Needs:  rules.NeedRegistry,
}

// DIF022 变更同步中: Change still on its way.
var DIF022 = rules.Rule{
	ID: "DIF022", Severity: rules.Info, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "变更同步中", EN: "Change still on its way"},
	Message: rules.Text{ZH: "{fields}于{date}变更，银行登记尚在同步期内", EN: "{fields} changed on {date}; the registry is still within the usual delay"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc: rules.Text{ZH: "有字段不一致，本方变更日期不晚于登记数据日期，而登记数据日期早于变更日期加同步天数（sync_lag_days，默认5）。代替该字段的规则，每条记录报一次，日期取其中最晚的。原因：在正常时限之内。",
		EN: "A field differs, our change date is not after the date of the registry data, and that date is before our change date plus sync_lag_days (5). It takes the place of the field's rule, once per record with the latest of the dates. Reason: the delay is normal."},
	Good: "无差异", Bad: "昨天变更",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldFieldDates, merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry | rules.NeedChangeDates,
}

// DIF023 登记中商户号重复: Registry repeats a merchant number.
var DIF023 = rules.Rule{
	ID: "DIF023", Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记中商户号重复", EN: "Registry repeats a merchant number"},
	Message: rules.Text{ZH: "银行登记中商户号{key}出现{n}次（第{rows}行）", EN: "merchant number {key} appears {n} times in the registry (rows {rows})"},
	Remedy:  rules.Text{ZH: "人工确认后更正键值。", EN: "Confirm by hand, then correct the key."},
	Doc: rules.Text{ZH: "银行登记文件中，同一个规范化后的商户号出现在两行以上；列出全部行号，该商户不再逐项比较。原因：取最后一行会掩盖其余各行，结果也会随顺序变化。",
		EN: "The registry export carries the same normalised merchant number in two or more rows. All rows are given, and the merchant is not compared. Reason: letting the last row win hides the others and depends on their order."},
	Good: "唯一", Bad: "登记中两行同号",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "silent duplicates are a repeated complaint about diff tools", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Needs:  rules.NeedRegistry,
}

// DIF024 商户号疑似录错: Key probably mistyped.
var DIF024 = rules.Rule{
	ID: "DIF024", Star: 3, Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "商户号疑似录错", EN: "Key probably mistyped"},
	Message: rules.Text{ZH: "本方{key}与登记{b}疑似同一商户，依据：{evidence}", EN: "our {key} and registry {b} are probably one merchant; evidence: {evidence}"},
	Remedy:  rules.Text{ZH: "人工确认后更正键值。", EN: "Confirm by hand, then correct the key."},
	Doc: rules.Text{ZH: "一条仅本方有、一条仅登记有的记录，下列各项至少两项相符：信用代码相同，或只差一个字符且恰有一方校验不过；结算账号相同；终端序列号或终端号相同；名称可信（比较形式相同，或只差地区、组织形式的写法，或相邻两字颠倒，或只有同音字不同）；地址主体相同。信用代码名下有多个商户号（连锁）的，其中须有终端或地址。两个都有效而不同的信用代码一票否决；已注销、被拒绝（本方还有未开通）的记录不作候选。只列依据，不合并。原因：商户号录错时表现为一缺一多，而仅凭名称什么也说明不了（13.26%的企业在同城有只差一字的另一家）。",
		EN: "One record only ours and one only in the registry agree in at least two of: USCC equal, or one edit apart with one side failing its check; settlement account equal; terminal serial number or number equal; name confident (equal after folding, differing in the writing of region or form only, by a swap of neighbours, or in homophones); address core equal. Where the USCC has several merchant numbers (chain shops), the terminal or the address must be among them. Two valid different USCCs are a veto, and records that are closed or rejected, or not opened with us, are no candidates. The evidence is listed; nothing is merged. Reason: a mistyped merchant number shows as one missing and one extra, and the name alone proves nothing (13.26 % of company names have a neighbour one character away in the same city)."},
	Good: "两边同号", Bad: "商户号差一位，账户与信用代码相同",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "measured on 3.0 M registrations", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldLicenceNumber, merchant.FieldSettlementAccountNo, merchant.FieldTerminalsSerialNo, merchant.FieldNamesLegal, merchant.FieldAddressesBusinessDetail},
	Needs:  rules.NeedRegistry,
}

// DIF025 登记快照早于本方变更: Registry snapshot older than our change.
var DIF025 = rules.Rule{
	ID: "DIF025", Severity: rules.Info, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "登记快照早于本方变更", EN: "Registry snapshot older than our change"},
	Message: rules.Text{ZH: "{fields}于{date}变更，登记数据截至{asof}，暂不可比", EN: "{fields} changed on {date}, the registry data end on {asof}; not comparable yet"},
	Remedy:  rules.Text{ZH: "向银行取新的登记导出后再核对。", EN: "Get a fresh registry export and compare again."},
	Doc: rules.Text{ZH: "有字段不一致，且本方变更日期晚于登记数据日期。代替该字段的规则，每条记录报一次，日期取其中最晚的，计为不可比。原因：这份登记不可能知道该变更。",
		EN: "A field differs and our change date is later than the date of the registry data. It takes the place of the field's rule, once per record with the latest of the dates, and is counted as not comparable. Reason: the export cannot know the change."},
	Good: "登记晚于变更", Bad: "登记3天前，变更昨天",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "both sides carry their own date"}},
	Fields: []merchant.Field{merchant.FieldFieldDates, merchant.FieldRegistryAsOf},
	Needs:  rules.NeedRegistry | rules.NeedChangeDates,
}

// DIF026 同一地区的新旧代码: Same place under another edition of the code.
var DIF026 = rules.Rule{
	ID: "DIF026", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-04", Since: "v0.1.0", Scope: rules.RegistryScope,
	Title:   rules.Text{ZH: "同一地区的新旧代码", EN: "Same place under another edition of the code"},
	Message: rules.Text{ZH: "{field}是同一地区的新旧代码：本方{a}，登记{b}", EN: "{field} is one place under two editions: ours {a}, registry {b}"},
	Remedy:  rules.Text{ZH: "改用现行区划代码。", EN: "Use the current division code."},
	Doc: rules.Text{ZH: "两边区县代码不同，其中一个是另一个已废止的前身且后继唯一，或两个废止代码的唯一后继相同。原因：同一张表的两个版本，不是两个地方。",
		EN: "The district codes differ, and one is the abolished predecessor of the other with a unique successor, or both are abolished with the same unique successor. Reason: two editions of one table, not two places."},
	Good: "310151/310151", Bad: "310151/310230",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "successors of abolished codes, GB/T 2260 editions 1981–2025", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredDistrictCode},
	Needs:  rules.NeedRegistry,
}
