package identity

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// IDN014 必填项未填写: Required field missing.
var IDN014 = rules.Rule{
	ID: "IDN014", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "必填项未填写", EN: "Required field missing"},
	Message: rules.Text{ZH: "{subject}必须填写{field}", EN: "{field} is required for {subject}"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "配置的必填表对该主体类型标为必填（R），或标为条件必填（C）且资料符合条件的字段为空，没有可替代它的字段，也没有专门的规则管它；每个字段报一条。省、市代码可由已知的区县代码得出时不要求。数据源没有该列、内容已被判为占位或不可读的不再重复报。主体类型未知时只要求各类主体都必填的字段。原因：必填表就是收单机构的要求。", EN: "A field that the profile requires of the subject type (R), or under a condition that the record meets (C), is empty, no other field stands in its place, and no rule of its own covers it; one finding for each field. Province and city codes are asked for only where no known district code implies them. Fields that the source has no column for, and values already found to be placeholders or unreadable, are not reported again. While the subject type is unknown, only what all types need is asked. Reason: the required fields of the profile are the acquirer asking."},
	Good:    "结算周期 T1", Bad: "结算周期（空）",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "required fields of the merchant model"}, {Level: rules.ProfileLevel, Cite: "profile data"}},
	Check: checkIDN014,
}

func checkIDN014(p *rules.Pass) {
	missing := p.Params.AskedOf(p.Record.SubjectType).Without(p.Filled())
	for f := range missing.All() {
		required(p, f)
	}
}

// required reports a field that is asked for and empty, unless another rule does or something else stands in for it.
func required(p *rules.Pass, f merchant.Field) {
	m, path := &p.Record.Merchant, merchant.At(f)
	if missingRule(f) == "" && p.Params.Asks(f, m) && !p.StoodFor(f) && !implied(m, f) &&
		p.Mapped(f) && !p.Blocked(path) && !unread(p.Record, path) {
		p.Find(path, subject(m.SubjectType))
	}
}

// implied reports a province or city that the district code beside it says already, and a part of what another rule asks for.
func implied(m *merchant.Merchant, f merchant.Field) bool {
	switch f {
	case merchant.FieldAddressesRegisteredProvinceCode, merchant.FieldAddressesRegisteredCityCode:
		return division.Known(m.Addresses.Registered.DistrictCode)
	case merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode:
		return division.Known(m.Addresses.Business.DistrictCode)
	case merchant.FieldContactIDValidFrom: // of a document that is not given; REP012 asks for it
		return m.Contact.IDNo == ""
	}
	return false
}

// unread reports a value that reading had to leave out; a rule about damaged cells speaks of it.
func unread(r *merchant.Record, path merchant.Path) bool {
	for i := range r.Notes {
		if r.Notes[i].Path != path {
			continue
		}
		switch r.Notes[i].Kind {
		case merchant.NoteErrorCell, merchant.NoteNoResult, merchant.NoteLostDigits, merchant.NoteScientific, merchant.NoteBadDate, merchant.NoteBadAmount,
			merchant.NoteUnitConflict, merchant.NotePlaceholder, merchant.NoteBadFlag, merchant.NoteReadFault:
			return true
		}
	}
	return false
}

func subject(t merchant.SubjectType) rules.Param {
	if !t.Valid() {
		return rules.T("subject", rules.Text{ZH: "各类主体", EN: "every subject type"})
	}
	return rules.T("subject", rules.Text{ZH: t.Label("zh"), EN: t.Label("en")})
}

// missingRule returns the rule that reports the absence of a required field in the place of IDN014, "" when there is none.
func missingRule(f merchant.Field) rules.ID {
	switch f {
	case merchant.FieldMerchantNo, merchant.FieldExternalID: // and MID006 once the merchant is active
		return "IDN011"
	case merchant.FieldSubjectType:
		return "IDN001"
	case merchant.FieldNamesLegal:
		return "IDN002"
	case merchant.FieldNamesShort:
		return "IDN007"
	case merchant.FieldNamesReceipt:
		return "IDN017"
	case merchant.FieldLicenceNumber:
		return "LIC001"
	case merchant.FieldLicenceValidFrom, merchant.FieldLicenceValidTo:
		return "LIC009"
	case merchant.FieldLicenceScope:
		return "LIC015"
	case merchant.FieldLicenceRegisteredCapitalCNY:
		return "LIC027"
	case merchant.FieldLicenceStatusAsOf, merchant.FieldSettlementStatusAsOf:
		return "STL010"
	case merchant.FieldScreeningAsOf:
		return "SCR003"
	case merchant.FieldLegalRepName:
		return "REP001"
	case merchant.FieldLegalRepIDType:
		return "REP002"
	case merchant.FieldLegalRepIDNo:
		return "REP018"
	case merchant.FieldLegalRepIDValidFrom, merchant.FieldLegalRepIDValidTo:
		return "REP021"
	case merchant.FieldBeneficialOwners:
		return "BEN001"
	case merchant.FieldContactName, merchant.FieldContactMobile:
		return "CON002"
	case merchant.FieldContactIDType, merchant.FieldContactIDNo, merchant.FieldContactIDValidTo, merchant.FieldContactAuthorisationRef:
		return "REP012"
	case merchant.FieldAddressesRegisteredDistrictCode, merchant.FieldAddressesBusinessDistrictCode:
		return "ADR007"
	case merchant.FieldAddressesRegisteredDetail, merchant.FieldAddressesBusinessDetail:
		return "ADR012"
	case merchant.FieldMCC:
		return "MCC006"
	case merchant.FieldQualifications:
		return "MCC004"
	case merchant.FieldSettlementAccountNo:
		return "SET001"
	case merchant.FieldSettlementAccountType:
		return "SET020"
	case merchant.FieldSettlementAuthorisationRef:
		return "SET021"
	case merchant.FieldSettlementAccountName:
		return "SET022"
	case merchant.FieldSettlementCNAPS:
		return "SET023"
	case merchant.FieldSettlementVerifyResult:
		return "SET031"
	case merchant.FieldLimitsSingleCNY, merchant.FieldLimitsDailyCNY, merchant.FieldLimitsMonthlyCNY:
		return "LIM006"
	case merchant.FieldTerminals:
		return "TRM022"
	case merchant.FieldStatusState:
		return "STA007"
	case merchant.FieldStatusChangedOn, merchant.FieldStatusReason:
		return "STA008"
	}
	return ""
}

// IDN015 不应填写的项有内容: Field that must stay empty.
var IDN015 = rules.Rule{
	ID: "IDN015", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "不应填写的项有内容", EN: "Field that must stay empty"},
	Message: rules.Text{ZH: "{subject}不应填写{field}", EN: "{field} must be empty for {subject}"},
	Remedy:  rules.Text{ZH: "核对并更正主体类型。", EN: "Check and correct the subject type."},
	Doc:     rules.Text{ZH: "配置的必填表对该主体类型标为不应填写（-）的字段有值，且没有专门的规则管它。小微商户的注册地址不判；由经办人办理时其证件和授权书不算。原因：多半是主体类型选错了。", EN: "A field that must stay empty for the subject type (-) in the profile holds a value, and no rule of its own covers it. The registered address of a micro merchant is not judged, nor are identity and authorisation of a handler. Reason: the subject type is usually wrong."},
	Good:    "政府机关不填经营范围", Bad: "政府机关填了经营范围",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "required fields of the merchant model"}, {Level: rules.ProfileLevel, Cite: "profile data"}},
	Uses:  []merchant.Field{merchant.FieldSubjectType},
	Check: checkIDN015,
}

func checkIDN015(p *rules.Pass) {
	m := &p.Record.Merchant
	if !m.SubjectType.Valid() {
		return
	}
	present := p.Params.BarredFor(m.SubjectType).And(p.Filled())
	for f := range present.All() {
		if _, own := presentRule(f); !own && !handlers(m, f) {
			p.Find(merchant.At(f), subject(m.SubjectType))
		}
	}
}

// handlers reports the papers of a handler, which REP012 demands of every subject type.
func handlers(m *merchant.Merchant, f merchant.Field) bool {
	switch f {
	case merchant.FieldContactIDType, merchant.FieldContactIDNo, merchant.FieldContactIDValidFrom, merchant.FieldContactIDValidTo,
		merchant.FieldContactIDLongTerm, merchant.FieldContactAuthorisationRef:
		return m.Contact.Type == merchant.ContactHandler
	}
	return false
}

// presentRule returns the rule that reports the presence of a field in the place of IDN015; "" for fields of which nobody
// complains: micro merchants often give their home as registered address.
func presentRule(f merchant.Field) (id rules.ID, ok bool) {
	switch f {
	case merchant.FieldLicenceNumber:
		return "LIC016", true
	case merchant.FieldBeneficialOwners:
		return "BEN006", true
	case merchant.FieldAddressesRegisteredProvinceCode, merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode,
		merchant.FieldAddressesRegisteredDetail:
		return "", true
	}
	return "", false
}
