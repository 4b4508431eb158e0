package validate_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	accounts "github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// program is the reference that the speed of the engine is measured against: the record rules under the base profile,
// written by hand as one program over the structs, as a back office that has no rule engine would. It knows the
// packages of identifiers and nothing of package rules but the IDs; it has no paths, texts, fixes or counts, works out
// what several checks need once, and leaves out what follows from a value that it has found unusable.
// TestStraight holds it equal with the engine.
type program struct {
	r     *merchant.Record
	asOf  merchant.Date
	legal string // keys of names
	rep   string
	found []rules.ID
}

func (s *program) hit(id rules.ID) { s.found = append(s.found, id) }

func (s *program) run(r *merchant.Record) {
	s.r, s.found = r, s.found[:0]
	s.legal, s.rep = normalize.Key(r.Names.Legal), normalize.Key(r.LegalRep.Name)
	s.notes()
	s.texts()
	s.identifiers()
	s.misplaced()
	s.options()
	s.required()
	s.names()
	s.licence()
	s.representative()
	s.people()
	s.owners()
	s.contact()
	s.addresses()
	s.category()
	s.account()
	s.fees()
	s.limits()
	s.status()
	s.terminals()
	s.dates()
	s.screening()
}

// notes are what the loader saw; a clean record has none.
func (s *program) notes() {
	for i := range s.r.Notes {
		switch n := &s.r.Notes[i]; n.Kind {
		case merchant.NoteNoResult:
			s.hit("SRC012")
		case merchant.NoteErrorCell:
			s.hit("SRC014")
		case merchant.NoteLostDigits:
			s.hit("IMP001")
		case merchant.NoteScientific:
			s.hit("IMP009")
		case merchant.NoteUnitConflict:
			s.hit("SRC007")
		case merchant.NoteBadDate:
			s.hit("IMP003")
		case merchant.NoteSerialDate:
			s.hit("SRC022")
		case merchant.NoteBadAmount:
			s.hit("IMP015")
		case merchant.NotePlaceholder:
			if slices.Contains(asked[:], n.Path.Field.Path()) {
				s.hit("IMP004")
			} else {
				s.hit("IMP012")
			}
		case merchant.NoteInvisible:
			if !normalize.HasPrivateUse(n.Old) || strings.TrimSpace(n.Old) != n.Old {
				s.hit("IMP005")
			}
		case merchant.NoteCode:
			s.hit("IMP006")
		case merchant.NoteDateForm:
			s.hit("IMP011")
		case merchant.NoteLongTerm:
			if n.Old != n.New {
				s.hit("LIC010")
			}
		case merchant.NoteMixedWidth:
			s.hit("IMP013")
		case merchant.NoteRagged:
			s.hit("SRC017")
		case merchant.NoteReadFault:
			if n.Info != "" {
				s.hit("SRC017")
			}
		case merchant.NoteBadFlag:
			s.hit("IMP016")
		case merchant.NoteAmountForm:
			s.hit("IMP019")
		case merchant.NoteShown:
			s.hit("SRC018")
		}
	}
}

// asked are the required fields of an enterprise in which the cases put placeholders.
var asked = [...]string{"merchant_no", "mcc", "names.legal", "names.short", "contact.name", "contact.mobile", "legal_rep.name",
	"licence.number", "licence.address", "settlement.account_no", "settlement.cnaps", "licence.registered_capital_cny", "names.receipt"}

// texts looks for characters that were lost in decoding.
func (s *program) texts() {
	m := &s.r.Merchant
	a, b, l, c, t := &m.Addresses.Business, &m.Addresses.Registered, &m.Licence, &m.Contact, &m.Settlement
	if lost(m.MerchantNo) || lost(m.ExternalID) || lost(m.Acquirer.OrgCode) || lost(string(m.SubjectType)) || lost(string(m.EntityForm)) ||
		lost(m.HeadOffice.Name) || lost(m.HeadOffice.USCC) || lost(m.Names.Legal) || lost(m.Names.Short) || lost(m.Names.Receipt) ||
		lost(m.Names.English) || lost(string(l.Kind)) || lost(l.Number) || lost(l.Name) || lost(l.LegalPerson) || lost(l.Address) || lost(l.Scope) ||
		lost(string(l.RegistrationStatus)) || lost(l.ImageRef) || lost(m.LegalRep.Name) || lost(string(m.LegalRep.IDType)) ||
		lost(m.LegalRep.IDNo) || lost(m.LegalRep.Address) || lost(m.LegalRep.Mobile) || lost(string(m.LegalRep.Gender)) ||
		lost(m.LegalRep.Nationality) || lost(m.LegalRep.Occupation) || lost(string(c.Type)) || lost(c.Name) || lost(c.Mobile) ||
		lost(string(c.IDType)) || lost(c.IDNo) || lost(c.AuthorisationRef) || lost(c.Email) || lost(c.ServicePhone) ||
		lost(a.ProvinceCode) || lost(a.CityCode) || lost(a.DistrictCode) || lost(a.Detail) || lost(b.ProvinceCode) || lost(b.CityCode) ||
		lost(b.DistrictCode) || lost(b.Detail) || lost(string(m.SalesScene)) || lost(m.BusinessHours) || lost(m.MCC) ||
		lost(string(t.AccountType)) || lost(t.AccountNo) || lost(t.AccountName) || lost(t.BankName) || lost(t.BranchName) || lost(t.CNAPS) ||
		lost(string(t.HolderIDType)) || lost(t.HolderIDNo) || lost(t.AuthorisationRef) || lost(t.NonSameNameRef) || lost(string(t.Cycle)) ||
		lost(string(t.AccountStatus)) || lost(string(t.VerifyResult)) || lost(string(m.Status.State)) || lost(m.Status.Reason) ||
		lost(string(m.Status.Scope)) || lost(string(m.Onboarding.Audit)) || lost(string(m.Onboarding.Agreement)) || lost(string(m.RiskLevel)) {
		s.hit("SRC020")
	}
	for i := range m.BeneficialOwners {
		if o := &m.BeneficialOwners[i]; lost(o.Name) || lost(string(o.IDType)) || lost(o.IDNo) || lost(o.Address) || lost(string(o.Basis)) {
			s.hit("SRC020")
		}
	}
	for i := range m.Shareholders {
		if lost(m.Shareholders[i].Name) {
			s.hit("SRC020")
		}
	}
	for i := range m.Quals {
		if q := &m.Quals[i]; lost(q.Kind) || lost(q.Number) {
			s.hit("SRC020")
		}
	}
	for i := range m.Fees {
		if f := &m.Fees[i]; lost(string(f.Product)) || lost(string(f.Class)) {
			s.hit("SRC020")
		}
	}
	for i := range m.Terminals {
		if t := &m.Terminals[i]; lost(t.TerminalNo) || lost(t.SerialNo) || lost(string(t.DeviceType)) || lost(t.Model) || lost(t.NetworkLicence) ||
			lost(t.InstallAddress) || lost(t.InstallDistrictCode) || lost(string(t.Status)) || lost(t.ICCID) || lost(t.ICCIDBound) ||
			lost(string(t.KeyStatus)) || lost(t.Bound.OrgCode) || lost(t.Bound.MerchantNo) || lost(t.Bound.USCCOrID) || lost(t.Bound.AccountNo) ||
			lost(t.Bound.DistrictCode) || lost(t.Params.MerchantNo) || lost(t.Params.TerminalNo) || lost(t.Params.MCC) || lost(t.Params.OrgCode) ||
			lost(t.Params.Version) || lost(t.Params.TxnHours) {
			s.hit("SRC020")
		}
	}
	for i := range m.Onboarding.Channels {
		if c := &m.Onboarding.Channels[i]; lost(c.Name) || lost(string(c.State)) {
			s.hit("SRC020")
		}
	}
	for i := range m.Screening.Hits {
		if h := &m.Screening.Hits[i]; lost(h.List) || lost(h.Who) {
			s.hit("SRC020")
		}
	}
}

func lost(text string) bool { return strings.Contains(text, "\uFFFD") }

func (s *program) identifiers() {
	m := &s.r.Merchant
	s.identifier(m.MerchantNo, merchant.FieldMerchantNo)
	s.identifier(m.ExternalID, merchant.FieldExternalID)
	s.identifier(m.Acquirer.OrgCode, merchant.FieldAcquirerOrgCode)
	s.identifier(m.HeadOffice.USCC, merchant.FieldHeadOfficeUSCC)
	s.identifier(m.Licence.Number, merchant.FieldLicenceNumber)
	s.identifier(m.LegalRep.IDNo, merchant.FieldLegalRepIDNo)
	for i := range m.BeneficialOwners {
		s.identifier(m.BeneficialOwners[i].IDNo, merchant.FieldBeneficialOwnersIDNo)
	}
	s.identifier(m.Contact.IDNo, merchant.FieldContactIDNo)
	s.identifier(m.MCC, merchant.FieldMCC)
	s.identifier(m.Settlement.AccountNo, merchant.FieldSettlementAccountNo)
	s.identifier(m.Settlement.CNAPS, merchant.FieldSettlementCNAPS)
	s.identifier(m.Settlement.HolderIDNo, merchant.FieldSettlementHolderIDNo)
	s.padded(m.MCC, 4, 1, mcc.Valid)
	s.padded(m.MerchantNo, 15, 1, mid.Valid)
	s.padded(m.Settlement.CNAPS, 12, 2, cnaps.CheckDigit)
	s.padded(m.Acquirer.OrgCode, 8, 2, allDigits)
	for i := range m.Terminals {
		t := &m.Terminals[i]
		s.identifier(t.TerminalNo, merchant.FieldTerminalsTerminalNo)
		s.identifier(t.SerialNo, merchant.FieldTerminalsSerialNo)
		s.identifier(t.ICCID, merchant.FieldTerminalsICCID)
		s.identifier(t.ICCIDBound, merchant.FieldTerminalsICCIDBound)
		s.identifier(t.Bound.OrgCode, merchant.FieldTerminalsBoundOrgCode)
		s.identifier(t.Bound.MerchantNo, merchant.FieldTerminalsBoundMerchantNo)
		s.identifier(t.Bound.USCCOrID, merchant.FieldTerminalsBoundUSCCOrID)
		s.identifier(t.Bound.AccountNo, merchant.FieldTerminalsBoundAccountNo)
		s.identifier(t.Params.MerchantNo, merchant.FieldTerminalsParamsMerchantNo)
		s.identifier(t.Params.TerminalNo, merchant.FieldTerminalsParamsTerminalNo)
		s.identifier(t.Params.MCC, merchant.FieldTerminalsParamsMCC)
		s.identifier(t.Params.OrgCode, merchant.FieldTerminalsParamsOrgCode)
		s.padded(t.TerminalNo, 8, 1, allDigits)
	}
	for _, number := range [...]string{m.LegalRep.Mobile, m.Contact.Mobile, m.Contact.ServicePhone} {
		if hidden, _, _ := marks(number); hidden {
			s.hit("IMP017")
		}
	}
	if len(s.r.Notes) > 0 {
		s.noted()
	}
}

// identifier looks for the damage that spreadsheets and people do to numbers.
func (s *program) identifier(no string, f merchant.Field) {
	hidden, separated, digits := marks(no)
	if hidden {
		s.hit("IMP017")
	}
	if separated && s.several(no, f) {
		s.hit("IMP014")
	}
	if digits {
		if n := len(no); n >= 17 && n <= 19 && no[n-1] == '0' && strings.Trim(no[15:], "0") == "" {
			s.hit("IMP010")
		}
	} else if no != "" && normalize.Scientific(no) {
		s.hit("IMP009")
	}
}

// marks reads a number once: whether part of it is hidden, whether a separator stands in it, whether it is all digits.
func marks(no string) (hidden, separated, digits bool) {
	digits = no != ""
	run := 0
	for i := range len(no) {
		c := no[i]
		if c >= '0' && c <= '9' {
			run = 0
			continue
		}
		digits = false
		switch {
		case c >= 0x80:
			return hidden || strings.ContainsAny(no[i:], "*●＊"), separated || strings.ContainsAny(no[i:], "、，,;；/\n"), false
		case c == '*':
			return true, separated || strings.ContainsAny(no[i:], ",;/\n"), false
		case c == ',' || c == ';' || c == '/' || c == '\n':
			separated, run = true, 0
		case c != 'x' && c != 'X':
			run = 0
		case i > 0 && no[i-1] == c:
			if run++; c == 'x' || run == 3 {
				hidden = true
			}
		default:
			run = 0
		}
	}
	return hidden, separated, digits
}

func (s *program) several(no string, f merchant.Field) bool {
	n := 0
	for _, part := range strings.FieldsFunc(no, func(c rune) bool { return strings.ContainsRune("、，,;；/\r\n", c) }) {
		if n++; !likeNumber(f, strings.TrimSpace(part)) {
			return false
		}
	}
	return n > 1
}

func likeNumber(f merchant.Field, no string) bool {
	switch f {
	case merchant.FieldMerchantNo, merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsParamsMerchantNo:
		return mid.Valid(no)
	case merchant.FieldLicenceNumber, merchant.FieldHeadOfficeUSCC:
		return uscc.CheckShape(no) == nil || len(no) == 15 && allDigits(no)
	case merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo:
		return len(no) == 18 && allDigits(no[:17]) || len(no) >= 8 && len(no) <= 11 && allDigits(no[1:])
	case merchant.FieldSettlementAccountNo, merchant.FieldTerminalsBoundAccountNo:
		return len(no) >= 8 && len(no) <= 32 && allDigits(no)
	case merchant.FieldSettlementCNAPS:
		return len(no) == 12 && allDigits(no)
	case merchant.FieldMCC:
		return len(no) == 4 && allDigits(no)
	case merchant.FieldTerminalsTerminalNo:
		return len(no) == 8
	}
	return len(no) >= 6
}

// noted asks what normalising changed: a line break between two numbers, small letters that hid digits.
func (s *program) noted() {
	for i := range s.r.Notes {
		n := &s.r.Notes[i]
		switch group := n.Path.Field.Group(); {
		case n.Kind == merchant.NoteInvisible && group == "identifier" && strings.ContainsAny(n.Old, "、，,;；/\n") && s.several(n.Old, n.Path.Field):
			s.hit("IMP014")
		case n.Kind == merchant.NoteCode && group == "identifier" && strings.Contains(n.Old, "xx"):
			s.hit("IMP017")
		}
	}
}

// padded looks for numbers that are sound once their leading zeros are back.
func (s *program) padded(no string, length, short int, sound func(string) bool) {
	if n := length - len(no); n >= 1 && n <= short && allDigits(no) && sound("00"[:n]+no) {
		s.hit("IMP002")
	}
}

func allDigits(no string) bool {
	for i := range len(no) {
		if no[i]-'0' > 9 {
			return false
		}
	}
	return no != ""
}

// misplaced looks for values of another field.
func (s *program) misplaced() {
	m := &s.r.Merchant
	if s.stranger(m.MerchantNo, merchant.FieldMerchantNo) || s.stranger(m.Acquirer.OrgCode, merchant.FieldAcquirerOrgCode) ||
		s.stranger(m.Names.Legal, merchant.FieldNamesLegal) || s.stranger(m.Names.Short, merchant.FieldNamesShort) ||
		s.stranger(m.Licence.Name, merchant.FieldLicenceName) || s.stranger(m.Licence.Number, merchant.FieldLicenceNumber) ||
		s.stranger(m.LegalRep.Name, merchant.FieldLegalRepName) || s.stranger(m.LegalRep.Mobile, merchant.FieldLegalRepMobile) ||
		s.stranger(m.Contact.Name, merchant.FieldContactName) || s.stranger(m.Contact.Mobile, merchant.FieldContactMobile) ||
		s.stranger(m.Addresses.Registered.Detail, merchant.FieldAddressesRegisteredDetail) ||
		s.stranger(m.Addresses.Business.Detail, merchant.FieldAddressesBusinessDetail) ||
		s.stranger(m.Settlement.AccountNo, merchant.FieldSettlementAccountNo) || s.stranger(m.Settlement.CNAPS, merchant.FieldSettlementCNAPS) ||
		s.stranger(m.MCC, merchant.FieldMCC) {
		s.hit("IMP018")
	}
}

func (s *program) stranger(value string, f merchant.Field) bool {
	if f == merchant.FieldMerchantNo && (mid.IsAlipay(value) || mid.IsWeChat(value)) {
		return true
	}
	switch len(value) {
	case 18:
		if value[0] >= 0x80 {
			return false
		}
		person := residentid.Valid(value)
		if f == merchant.FieldLicenceNumber {
			return person && !uscc.CheckOverall(value)
		}
		if f == merchant.FieldSettlementAccountNo {
			return !person && uscc.CheckOverall(value) && !allDigits(value)
		}
		return person || uscc.CheckOverall(value)
	case 11:
		return f != merchant.FieldContactMobile && f != merchant.FieldLegalRepMobile && f != merchant.FieldAcquirerOrgCode && phone.CheckMobile(value) == nil &&
			!(f == merchant.FieldSettlementAccountNo && s.r.Settlement.AccountType == merchant.AccountCorporate)
	case 12:
		return f != merchant.FieldSettlementCNAPS && f != merchant.FieldSettlementAccountNo && cnaps.Valid(value)
	}
	return false
}

func (s *program) options() {
	m := &s.r.Merchant
	if m.EntityForm != "" && !m.EntityForm.Valid() || m.Licence.Kind != "" && !m.Licence.Kind.Valid() ||
		m.LegalRep.Gender != "" && !m.LegalRep.Gender.Valid() || m.Contact.Type != "" && !m.Contact.Type.Valid() ||
		m.SalesScene != "" && !m.SalesScene.Valid() || m.Settlement.AccountType != "" && !m.Settlement.AccountType.Valid() ||
		m.Settlement.Cycle != "" && !m.Settlement.Cycle.Valid() || m.Settlement.VerifyResult != "" && !m.Settlement.VerifyResult.Valid() ||
		m.Status.Scope != "" && !m.Status.Scope.Valid() || m.Onboarding.Audit != "" && !m.Onboarding.Audit.Valid() ||
		m.Onboarding.Agreement != "" && !m.Onboarding.Agreement.Valid() || m.RiskLevel != "" && !m.RiskLevel.Valid() {
		s.hit("IMP016")
	}
	for i := range m.BeneficialOwners {
		if b := m.BeneficialOwners[i].Basis; b != "" && !b.Valid() {
			s.hit("IMP016")
		}
	}
	for i := range m.Fees {
		if f := &m.Fees[i]; f.Product != "" && !f.Product.Valid() || f.Class != "" && !f.Class.Valid() {
			s.hit("IMP016")
		}
	}
	for i := range m.Terminals {
		if t := &m.Terminals[i]; t.Status != "" && !t.Status.Valid() || t.KeyStatus != "" && !t.KeyStatus.Valid() {
			s.hit("IMP016")
		}
	}
	for i := range m.Onboarding.Channels {
		if c := m.Onboarding.Channels[i].State; c != "" && !c.Valid() {
			s.hit("IMP016")
		}
	}
}

// required asks for the fields of the subject type, and that those of other types stay empty.
func (s *program) required() {
	m := &s.r.Merchant
	l, a, t := &m.Licence, &m.Addresses, &m.Settlement
	enterprise, trader, micro := m.SubjectType == merchant.SubjectEnterprise, m.SubjectType == merchant.SubjectIndividualBusiness, m.SubjectType == merchant.SubjectMicro
	institution, government, social := m.SubjectType == merchant.SubjectInstitution, m.SubjectType == merchant.SubjectGovernment, m.SubjectType == merchant.SubjectSocialOrg
	licensed := enterprise || trader || institution || government || social

	s.need(merchant.FieldAcquirerOrgCode, m.Acquirer.OrgCode == "")
	s.need(merchant.FieldContactType, m.Contact.Type == "")
	s.need(merchant.FieldSalesScene, m.SalesScene == "")
	s.need(merchant.FieldSettlementBankName, t.BankName == "")
	s.need(merchant.FieldSettlementBranchName, t.BranchName == "" && t.CNAPS == "")
	s.need(merchant.FieldSettlementCycle, t.Cycle == "")
	s.need(merchant.FieldRiskLevel, m.RiskLevel == "")
	s.need(merchant.FieldReviewLastOn, m.Review.LastOn.IsZero())
	s.need(merchant.FieldReviewNextDue, m.Review.NextDue.IsZero())
	s.need(merchant.FieldSignedOn, m.SignedOn.IsZero())
	s.need(merchant.FieldUpdatedOn, m.UpdatedOn.IsZero())
	s.need(merchant.FieldFees, len(m.Fees) == 0)
	s.need(merchant.FieldAddressesBusinessProvinceCode, a.Business.ProvinceCode == "" && a.Business.DistrictCode == "")
	s.need(merchant.FieldAddressesBusinessCityCode, a.Business.CityCode == "" && a.Business.DistrictCode == "")
	if !enterprise && !trader && !micro && !institution && !government && !social {
		return
	}
	if m.SalesScene == merchant.SceneOffline || m.SalesScene == merchant.SceneBoth {
		s.need(merchant.FieldInspectionLastOn, m.Inspection.LastOn.IsZero())
	}
	if licensed {
		s.need(merchant.FieldLicenceKind, l.Kind == "")
		s.need(merchant.FieldLicenceName, l.Name == "" && !trader)
		s.need(merchant.FieldLicenceLegalPerson, l.LegalPerson == "")
		s.need(merchant.FieldLicenceAddress, l.Address == "")
		s.need(merchant.FieldLicenceEstablishedOn, l.EstablishedOn.IsZero() && (enterprise || trader))
		s.need(merchant.FieldAddressesRegisteredProvinceCode, a.Registered.ProvinceCode == "" && a.Registered.DistrictCode == "")
		s.need(merchant.FieldAddressesRegisteredCityCode, a.Registered.CityCode == "" && a.Registered.DistrictCode == "")
		if m.Contact.Type == merchant.ContactHandler {
			s.need(merchant.FieldContactIDValidFrom, m.Contact.IDValidFrom.IsZero() && m.Contact.IDNo != "")
		}
	}
	if enterprise {
		s.need(merchant.FieldEntityForm, m.EntityForm == "")
		s.need(merchant.FieldShareholders, m.BOExemption && len(m.Shareholders) == 0)
	}
	if (enterprise || institution || social) && m.Branch() {
		s.need(merchant.FieldHeadOfficeName, m.HeadOffice.Name == "")
		s.need(merchant.FieldHeadOfficeUSCC, m.HeadOffice.USCC == "")
	}
	if enterprise || trader || micro {
		s.need(merchant.FieldLegalRepAddress, m.LegalRep.Address == "")
		s.need(merchant.FieldLegalRepMobile, m.LegalRep.Mobile == "" && !enterprise)
	}
	if micro || trader && (t.AccountType == merchant.AccountPersonalOperator || t.AccountType == merchant.AccountPersonalOther) {
		s.need(merchant.FieldSettlementHolderIDType, t.HolderIDType == "")
		s.need(merchant.FieldSettlementHolderIDNo, t.HolderIDNo == "")
		s.need(merchant.FieldSettlementHolderIDValidTo, t.HolderIDValidTo.IsZero() && !t.HolderIDLongTerm)
	}
	if micro {
		s.need(merchant.FieldLimitsCreditDailyCNY, m.Limits.CreditDailyCNY.IsZero())
		s.need(merchant.FieldLimitsCreditMonthlyCNY, m.Limits.CreditMonthlyCNY.IsZero())
	}

	if (trader || micro || government) && m.EntityForm != "" || micro && (m.HeadOffice.Name != "" || m.HeadOffice.USCC != "") ||
		micro && (l.Kind != "" || l.Name != "" || l.LegalPerson != "" || l.Address != "" || !l.EstablishedOn.IsZero() || !l.ValidFrom.IsZero() ||
			!l.ValidTo.IsZero() || l.LongTerm || l.ImageRef != "") ||
		(micro || government) && (l.Scope != "" || !l.RegisteredCapitalCNY.IsZero() || l.RegistrationStatus != "" || !l.StatusAsOf.IsZero() || l.Relocated) ||
		government && (m.LegalRep.Address != "" || m.LegalRep.Mobile != "" || len(m.Quals) > 0) ||
		!enterprise && (m.BOExemption || len(m.Shareholders) > 0) ||
		micro && m.Contact.Type != merchant.ContactHandler && (m.Contact.IDType != "" || m.Contact.IDNo != "" || !m.Contact.IDValidFrom.IsZero() ||
			!m.Contact.IDValidTo.IsZero() || m.Contact.IDLongTerm || m.Contact.AuthorisationRef != "") ||
		(enterprise || institution || government || social) && (t.HolderIDType != "" || t.HolderIDNo != "" || !t.HolderIDValidTo.IsZero() || t.HolderIDLongTerm) ||
		micro && (t.AuthorisationRef != "" || t.NonSameNameRef != "") || !micro && m.MicroEnhancedProof {
		s.hit("IDN015")
	}
}

// need reports an empty field, unless the loader said that it could not read it.
func (s *program) need(f merchant.Field, empty bool) {
	if !empty {
		return
	}
	for i := range s.r.Notes {
		if n := &s.r.Notes[i]; n.Path == merchant.At(f) && n.Kind != merchant.NoteInvisible {
			return
		}
	}
	s.hit("IDN014")
}

func (s *program) names() {
	m := &s.r.Merchant
	if m.SubjectType == "" {
		s.hit("IDN001")
	} else if !m.SubjectType.Valid() {
		s.hit("IDN012")
	}
	if m.MerchantNo == "" && m.ExternalID == "" {
		s.hit("IDN011")
	}
	names := &m.Names
	if names.Legal == "" {
		s.hit("IDN002")
	} else {
		if _, broken := normalize.Mojibake(names.Legal); broken {
			s.hit("IDN003")
		} else if n := normalize.GB18030Len(names.Legal); n < 4 || n > 100 || companyname.Garbled(names.Legal) {
			s.hit("IDN003")
		}
		if remarked(s.legal) || twoNames(s.legal) {
			s.hit("IDN019")
		}
		switch m.SubjectType {
		case merchant.SubjectEnterprise:
			if _, _, ok := companyname.Form(names.Legal); !ok {
				s.hit("IDN004")
			}
		case merchant.SubjectIndividualBusiness:
			if nameless(m.Licence.Name) && m.LegalRep.Name != "" && s.legal != "个体户"+s.rep {
				s.hit("IDN005")
			}
		case merchant.SubjectMicro:
			if m.LegalRep.Name != "" && s.legal != s.rep {
				if name, ok := strings.CutPrefix(s.legal, "商户_"); !ok || name != s.rep {
					s.hit("IDN006")
				}
			}
		}
		if m.HeadOffice.Name != "" {
			for _, ending := range [...]string{"分公司", "分店", "分厂", "分所", "分院"} {
				if strings.HasSuffix(s.legal, ending) && !strings.HasPrefix(s.legal, normalize.Key(m.HeadOffice.Name)) {
					s.hit("IDN010")
				}
			}
		}
	}
	if outsideGBK(names.Legal) || outsideGBK(names.Short) || outsideGBK(names.Receipt) || outsideGBK(m.Licence.Name) ||
		outsideGBK(m.Settlement.AccountName) || outsideGBK(m.HeadOffice.Name) || len(s.r.Notes) > 0 && s.privateUse() {
		s.hit("IDN013")
	}
	short, receipt := normalize.Key(names.Short), normalize.Key(names.Receipt)
	if names.Short == "" {
		s.hit("IDN007")
	} else if !goodShort(names.Short) {
		s.hit("IDN016")
	}
	if names.Receipt == "" {
		if len(m.Terminals) > 0 {
			s.hit("IDN017")
		}
	} else {
		if n, _ := normalize.GBKLen(names.Receipt); n > 40 {
			s.hit("IDN018")
		}
		if names.Legal != "" && receipt != s.legal && receipt != short && !related(receipt, s.legal, short) {
			s.hit("IDN008")
		}
	}
	if barred(short, names.Legal) || barred(receipt, names.Legal) {
		s.hit("IDN009")
	}
}

func outsideGBK(name string) bool {
	_, ok := normalize.GBKLen(name)
	return !ok
}

func (s *program) privateUse() bool {
	for i := range s.r.Notes {
		if n := &s.r.Notes[i]; n.Kind == merchant.NoteInvisible && n.Path.Field.Group() == "name" && normalize.HasPrivateUse(n.Old) {
			return true
		}
	}
	return false
}

func nameless(name string) bool {
	switch name {
	case "", "*", "**", "***", "无", "/", "无字号名称":
		return true
	}
	return false
}

func remarked(key string) bool {
	if strings.Contains(key, "第一名称:") || strings.Contains(key, "第二名称:") || strings.Contains(key, "简称") {
		return true
	}
	if before, after, ok := strings.Cut(key, "原名"); ok {
		if r, _ := utf8.DecodeLastRuneInString(before); !unicode.Is(unicode.Han, r) || strings.HasPrefix(after, ":") || strings.HasPrefix(after, "为") {
			return true
		}
	}
	for open := strings.IndexByte(key, '('); open >= 0; open = strings.IndexByte(key, '(') {
		inside, rest, _ := strings.Cut(key[open+1:], ")")
		if strings.Contains(inside, "冻结") || strings.Contains(inside, "注销") || strings.Contains(inside, "吊销") || strings.Contains(inside, "已改制") {
			return true
		}
		key = rest
	}
	return false
}

func twoNames(key string) bool {
	i := strings.IndexAny(key, "、;")
	if i < 0 {
		return false
	}
	_, _, left := companyname.Form(key[:i])
	_, _, right := companyname.Form(strings.TrimLeft(key[i:], "、;"))
	return left && right
}

func goodShort(name string) bool {
	n := normalize.GB18030Len(name)
	if n < 4 || n > 40 || strings.ContainsAny(name, "<>&'\"\\|`^{}") || slices.Contains(tradeWords[:], name) {
		return false
	}
	d, size, ok := division.Leading(name, "")
	return !ok || size != len(name) || d.Level == 3 && size < len(d.Name)
}

var tradeWords = [...]string{"超市", "便利店", "小卖部", "商店", "小店", "门店", "分店", "总店", "百货", "日用百货", "商行", "商贸", "贸易", "零售", "批发",
	"餐饮", "餐厅", "餐馆", "饭店", "酒楼", "小吃", "小吃店", "快餐", "快餐店", "早餐", "早餐店", "面馆", "火锅", "火锅店", "烧烤", "烧烤店", "奶茶", "奶茶店",
	"咖啡", "咖啡店", "茶叶", "茶叶店", "茶楼", "酒店", "宾馆", "旅馆", "水果", "水果店", "蔬菜", "食品", "食品店", "副食", "副食店", "烟酒", "烟酒店", "粮油",
	"服装", "服装店", "服饰", "鞋店", "箱包", "母婴", "母婴店", "化妆品", "化妆品店", "珠宝", "眼镜", "眼镜店", "钟表", "家具", "家电", "电器", "五金", "五金店",
	"建材", "建材店", "装修", "数码", "手机", "手机店", "通讯", "电脑", "药店", "药房", "诊所", "医院", "美容", "美容院", "美发", "理发", "理发店", "美容美发", "足浴",
	"洗浴", "健身", "健身房", "网吧", "棋牌室", "书店", "文具", "文具店", "花店", "宠物", "宠物店", "幼儿园", "学校", "培训", "汽修", "汽车维修", "洗车", "加油站",
	"停车场", "物流", "快递", "干洗店", "科技", "电子商务", "公司", "有限公司", "个体户", "商户"}

// related reports two neighbouring Han of the receipt name in one of the others.
func related(receipt, legal, short string) bool {
	last := -1
	for i, r := range receipt {
		if !unicode.Is(unicode.Han, r) {
			last = -1
			continue
		}
		if last >= 0 {
			if run := receipt[last : i+utf8.RuneLen(r)]; strings.Contains(legal, run) || strings.Contains(short, run) {
				return true
			}
		}
		last = i
	}
	return false
}

func barred(key, legal string) bool {
	for _, word := range [...]string{"测试", "样例", "银联", "支付", "收款", "POS", "微信", "支付宝", "套现", "代还", "养卡", "免费", "官方",
		"工商银行", "农业银行", "中国银行", "建设银行", "交通银行", "邮储银行", "邮政储蓄", "招商银行", "浦发银行", "中信银行", "光大银行", "民生银行", "平安银行", "兴业银行", "华夏银行", "广发银行", "浙商银行"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	for _, word := range [...]string{"中国", "中华", "全国", "国家"} {
		if strings.Contains(key, word) && !strings.Contains(legal, word) {
			return true
		}
	}
	return false
}

func (s *program) licence() {
	m := &s.r.Merchant
	l := &m.Licence
	t := m.SubjectType
	if l.Number == "" {
		if t.Valid() && t != merchant.SubjectMicro {
			s.hit("LIC001")
		}
	} else {
		s.creditCode(l.Number)
	}
	if t == merchant.SubjectEnterprise || t == merchant.SubjectIndividualBusiness || t == merchant.SubjectInstitution || t == merchant.SubjectSocialOrg {
		if l.ValidFrom.IsZero() || l.ValidTo.IsZero() && !l.LongTerm {
			s.hit("LIC009")
		}
	}
	if !(l.LongTerm && !l.ValidTo.IsZero()) && (l.ValidFrom.IsZero() || !l.ValidFrom.After(s.asOf) && !l.ValidFrom.Before(republic) &&
		(l.ValidTo.IsZero() || l.ValidFrom.Before(l.ValidTo))) {
		if !l.ValidTo.IsZero() && !l.LongTerm {
			switch days := l.ValidTo.DaysSince(s.asOf); {
			case days < 0:
				s.hit("LIC011")
			case days <= 60:
				s.hit("LIC012")
			}
		}
	} else {
		s.hit("LIC024")
	}
	if l.Name != "" && m.Names.Legal != "" && t != merchant.SubjectMicro && !(t == merchant.SubjectIndividualBusiness && nameless(l.Name)) &&
		normalize.Key(l.Name) != s.legal {
		s.hit("LIC007")
	}
	if l.LegalPerson != "" && m.LegalRep.Name != "" && normalize.Key(l.LegalPerson) != s.rep {
		s.hit("LIC008")
	}
	if l.RegistrationStatus != "" {
		if !l.RegistrationStatus.Valid() {
			s.hit("LIC026")
		}
		switch l.RegistrationStatus.Class() {
		case "ended":
			s.hit("LIC013")
		case "watch":
			s.hit("LIC025")
		}
	}
	if c := l.RegisteredCapitalCNY; c.IsZero() {
		if t == merchant.SubjectEnterprise && !m.Branch() && m.EntityForm != merchant.FormSoleProprietorship {
			s.hit("LIC027")
		}
	} else if c.Sign() <= 0 || c.Decimal().Exponent() < -2 {
		s.hit("LIC028")
	} else if t == merchant.SubjectEnterprise && (c.Cmp(tinyCapital) < 0 || c.Cmp(hugeCapital) > 0) {
		s.hit("LIC014")
	}
	if l.Scope == "" {
		if t == merchant.SubjectEnterprise || t == merchant.SubjectIndividualBusiness {
			s.hit("LIC015")
		}
	} else if utf8.RuneCountInString(l.Scope) > 1000 {
		s.hit("LIC029")
	}
}

var (
	republic                 = merchant.Day(1949, 10, 1)
	tinyCapital, hugeCapital = merchant.Yuan(1000), merchant.Yuan(100_000_000_000)
)

func (s *program) creditCode(number string) {
	m := &s.r.Merchant
	switch regno.LegacyKind(number) {
	case regno.Kind15:
		s.hit("LIC004")
	case regno.Kind15Bad:
		s.hit("LIC021")
		return
	case regno.Kind13, regno.KindCooperative, regno.KindForeign, regno.KindOrganisation:
		s.hit("LIC022")
	case regno.KindNone:
		switch uscc.Check(number) {
		case uscc.ErrLength, uscc.ErrFormat:
			s.hit("LIC002")
			return
		case uscc.ErrChecksum:
			s.hit("LIC003")
			return
		case uscc.ErrPilot:
			s.hit("LIC017")
		case uscc.ErrOrganisation:
			s.hit("LIC018")
		}
	}
	if pair, _, ok := uscc.DepartmentCategory(number); !ok && pair != "" {
		s.hit("LIC020")
	}
	issued := uscc.Division(number)
	if issued != "" && issued != "100000" {
		if !division.Known(issued) {
			s.hit("LIC019")
		}
		code := m.Addresses.Registered.ProvinceCode
		if code == "" {
			code = m.Addresses.Registered.DistrictCode
		}
		if province := division.Province(code); !m.Licence.Relocated && division.Known(province) && issued[:2] != province[:2] {
			s.hit("LIC006")
		}
	}
	switch m.SubjectType {
	case merchant.SubjectMicro:
		s.hit("LIC016")
	default:
		allowed, own := uscc.SubjectTypes(number), uscc.Subjects(0)
		switch m.SubjectType {
		case merchant.SubjectEnterprise:
			own = uscc.SubjectEnterprise
		case merchant.SubjectIndividualBusiness:
			own = uscc.SubjectIndividualBusiness
		case merchant.SubjectInstitution:
			own = uscc.SubjectInstitution
		case merchant.SubjectGovernment:
			own = uscc.SubjectGovernment
		case merchant.SubjectSocialOrg:
			own = uscc.SubjectSocialOrg
		default:
			return
		}
		if allowed == 0 || allowed.Has(own) {
			return
		}
		company := strings.HasSuffix(s.legal, "有限公司") || strings.HasSuffix(s.legal, "有限责任公司")
		if own == uscc.SubjectEnterprise && number[:2] == "92" && !company {
			s.hit("LIC023")
		} else {
			s.hit("LIC005")
		}
	}
}

func (s *program) representative() {
	m := &s.r.Merchant
	v := &m.LegalRep
	asked := m.SubjectType.Valid() && m.SubjectType != merchant.SubjectGovernment
	if v.Name == "" {
		s.hit("REP001")
	}
	if v.IDNo == "" && asked {
		s.hit("REP018")
	}
	if v.IDType == "" && asked {
		s.hit("REP002")
	}
	if asked && (v.IDValidFrom.IsZero() || v.IDValidTo.IsZero() && !v.IDLongTerm) {
		s.hit("REP021")
	}
	c := &m.Contact
	switch c.Type {
	case merchant.ContactHandler:
		if c.Name == "" || c.IDType == "" || c.IDNo == "" || c.IDValidTo.IsZero() && !c.IDLongTerm || c.AuthorisationRef == "" {
			s.hit("REP012")
		}
	case merchant.ContactLegal:
		if c.Name != "" && v.Name != "" && (normalize.Key(c.Name) != s.rep || c.IDNo != "" && v.IDNo != "" && c.IDNo != v.IDNo) {
			s.hit("REP013")
		}
	}
}

func (s *program) people() {
	m := &s.r.Merchant
	rep := &m.LegalRep
	no, birth := s.person(rep.Name, rep.IDType, rep.IDNo, merchant.Period{From: rep.IDValidFrom, To: rep.IDValidTo, LongTerm: rep.IDLongTerm},
		merchant.FieldLegalRepIDType, rep.BirthDate)
	if no == sound {
		if rep.IDType != "" && !birth.IsZero() {
			male, _ := residentid.Male(rep.IDNo)
			if rep.Gender == merchant.GenderMale && !male || rep.Gender == merchant.GenderFemale && male || !rep.BirthDate.IsZero() && rep.BirthDate != birth {
				s.hit("REP008")
			}
		}
		if birth.IsZero() {
			birth = rep.BirthDate
		}
	}
	if no == sound || no == unjudged {
		if birth.IsZero() {
			birth = rep.BirthDate
		}
		if !birth.IsZero() {
			switch n := fullYears(birth, s.asOf); {
			case n < 18:
				s.hit("REP007")
			case n > 80:
				s.hit("REP020")
			}
		}
	}
	c := &m.Contact
	s.person(c.Name, c.IDType, c.IDNo, merchant.Period{From: c.IDValidFrom, To: c.IDValidTo, LongTerm: c.IDLongTerm}, merchant.FieldContactIDType, merchant.Date{})
	h := &m.Settlement
	holder := ""
	if h.AccountType == merchant.AccountPersonalOperator || h.AccountType == merchant.AccountPersonalOther {
		holder = h.AccountName
	}
	s.person(holder, h.HolderIDType, h.HolderIDNo, merchant.Period{To: h.HolderIDValidTo, LongTerm: h.HolderIDLongTerm},
		merchant.FieldSettlementHolderIDType, merchant.Date{})
	for i := range m.BeneficialOwners {
		o := &m.BeneficialOwners[i]
		s.person(o.Name, o.IDType, o.IDNo, merchant.Period{From: o.IDValidFrom, To: o.IDValidTo, LongTerm: o.IDLongTerm},
			merchant.FieldBeneficialOwnersIDType, merchant.Date{})
	}
}

// idVerdict is what the number of a document says of itself.
type idVerdict uint8

const (
	unjudged idVerdict = iota
	sound
	bad
)

// person judges one document. It returns whether the number is sound and the birth date inside it.
func (s *program) person(name string, t merchant.IDType, no string, v merchant.Period, f merchant.Field, stated merchant.Date) (verdict idVerdict, birth merchant.Date) {
	if t == "" && (len(no) == 15 || len(no) == 18) && !s.r.Mapped(f) {
		t = merchant.IDResident
	}
	if t != "" && !t.Valid() {
		if _, paper := merchant.FieldLicenceKind.Enum().Parse(string(t)); !paper || f != merchant.FieldBeneficialOwnersIDType {
			s.hit("REP015")
		}
	}
	if name != "" && !personal(name, t) {
		s.hit("REP014")
	}
	if no != "" && t.Valid() {
		verdict = s.document(t, no)
	}
	if verdict == sound && (t == merchant.IDResident || t == merchant.IDHKMacaoTaiwanResidence || t == merchant.IDForeignPermanentResidence) {
		y, mo, d, _ := residentid.Birth(no)
		birth = merchant.Day(y, mo, d)
	}
	if !v.From.IsZero() {
		born := birth
		if born.IsZero() {
			born = stated
		}
		if v.From.After(s.asOf) || v.From.Before(born) || !v.To.IsZero() && !v.From.Before(v.To) {
			s.hit("REP022")
			return verdict, birth
		}
		if t == merchant.IDResident && !birth.IsZero() && (!v.To.IsZero() || v.LongTerm) {
			if years, forEver := residentid.TermYears(fullYears(birth, v.From)); forEver {
				if !v.LongTerm {
					s.hit("REP009")
				}
			} else if days := v.To.DaysSince(v.From.AddYears(years)); v.LongTerm || days < -1 || days > 1 {
				s.hit("REP009")
			}
		}
	}
	if !v.To.IsZero() && !v.LongTerm {
		switch days := v.To.DaysSince(s.asOf); {
		case days < 0:
			s.hit("REP010")
		case days <= 60:
			s.hit("REP011")
		}
	}
	return verdict, birth
}

func (s *program) document(t merchant.IDType, no string) idVerdict {
	y, mo, d := s.asOf.Year(), s.asOf.Month(), s.asOf.Day()
	err := error(nil)
	switch t {
	case merchant.IDResident:
		if err = residentid.CheckAsOf(no, y, mo, d); err != nil {
			if residentid.Is15(no) {
				s.hit("REP005")
				return bad
			}
			if residentid.Check(no) != nil && residentid.CheckForeignPermanent(no) == nil {
				s.hit("REP016")
				return bad
			}
		}
	case merchant.IDHKMacaoTaiwanResidence:
		if residentid.Check(no) == nil && !residentid.ResidencePermit(no) || residentid.Check(no) != nil && residentid.CheckForeignPermanent(no) == nil {
			s.hit("REP016")
			return bad
		}
		err = residentid.CheckAsOf(no, y, mo, d)
	default:
		if t != merchant.IDMilitary && t != merchant.IDOther && (residentid.Check(no) == nil ||
			t != merchant.IDForeignPermanentResidence && residentid.CheckForeignPermanent(no) == nil) {
			s.hit("REP016")
			return bad
		}
		shape := error(nil)
		switch t {
		case merchant.IDForeignPermanentResidence:
			if no[0] >= '0' && no[0] <= '9' {
				if err = residentid.CheckForeignPermanent(no); err == nil || err == residentid.ErrOrigin {
					if by, bm, bd, _ := residentid.Birth(no); merchant.Day(by, bm, bd).After(s.asOf) {
						s.hit("REP017")
						return bad
					}
				}
			} else {
				shape = permit.CheckForeignPermanent(no)
			}
		case merchant.IDPassport:
			shape = passport.Check(no)
		case merchant.IDHKMacaoPermit:
			shape = permit.CheckHKMacao(no)
		case merchant.IDTaiwanPermit:
			shape = permit.CheckTaiwan(no)
		default:
			return unjudged
		}
		if shape != nil {
			s.hit("REP006")
			return bad
		}
	}
	switch err {
	case nil:
	case residentid.ErrChecksum:
		s.hit("REP003")
		return bad
	case residentid.ErrOrigin:
		s.hit("REP019")
	default:
		s.hit("REP017")
		return bad
	}
	if t != merchant.IDForeignPermanentResidence {
		if code := residentid.Division(no); code != "" && !residentid.ResidencePermit(no) && !division.Known(code) {
			s.hit("REP004")
		}
	}
	return sound
}

func fullYears(birth, day merchant.Date) int {
	n := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		n--
	}
	return n
}

func personal(name string, t merchant.IDType) bool {
	if t == merchant.IDResident || t == merchant.IDHKMacaoTaiwanResidence {
		part, least := 0, 2
		for _, r := range name {
			switch {
			case unicode.Is(unicode.Han, r):
				part++
			case r == '·' && part >= least && part <= 25:
				part, least = 0, 1
			default:
				return false
			}
		}
		return part >= least && part <= 25
	}
	n, letters := 0, false
	for _, r := range name {
		n++
		switch {
		case unicode.IsLetter(r):
			letters = true
		case unicode.Is(unicode.Mn, r), strings.ContainsRune(" .·-'’", r):
		default:
			return false
		}
	}
	return letters && n >= 2 && n <= 100
}

func (s *program) owners() {
	m := &s.r.Merchant
	owners := m.BeneficialOwners
	files := m.FilesOwners()
	if files && len(owners) == 0 && !m.BOExemption {
		s.hit("BEN001")
	}
	filed, others, sum := false, false, int64(0)
	sole := m.SubjectType == merchant.SubjectIndividualBusiness || m.SubjectType == merchant.SubjectMicro
	for i := range owners {
		o := &owners[i]
		if o.Name == "" || o.IDType == "" || o.IDNo == "" || o.IDValidTo.IsZero() && !o.IDLongTerm || o.Address == "" || o.Basis == "" {
			s.hit("BEN003")
		}
		paper := false
		if o.IDType != "" && !o.IDType.Valid() {
			_, paper = merchant.FieldLicenceKind.Enum().Parse(string(o.IDType))
		}
		if form, _, ok := companyname.Form(o.Name); paper || ok && (utf8.RuneCountInString(o.Name) > 4 && !strings.Contains(o.Name, "·") || utf8.RuneCountInString(form) > 2) {
			s.hit("BEN005")
		}
		if share := o.SharePct; !share.IsZero() {
			if share.Sign() <= 0 || share.Cmp(allShares) > 0 {
				s.hit("BEN008")
			} else if o.Basis == merchant.BasisEquity {
				if share.Cmp(quarter) < 0 {
					s.hit("BEN004")
				}
				d := share.Decimal()
				units := d.CoefficientInt64()
				for e := d.Exponent(); e < -4; e++ {
					units /= 10
				}
				if sum += units; sum > 100_0100 {
					s.hit("BEN008")
				}
			}
		}
		others = others || o.Basis == merchant.BasisControl || o.Basis == merchant.BasisIncome
		filed = filed || !o.FiledOn.IsZero()
		if sole && o.Name != "" && normalize.Key(o.Name) != s.rep {
			s.hit("BEN006")
		}
	}
	if m.BOExemption {
		for i := range m.Shareholders {
			others = others || !m.Shareholders[i].NaturalPerson
		}
		if c := m.Licence.RegisteredCapitalCNY; others || !c.IsZero() && c.Cmp(exemptCapital) > 0 {
			s.hit("BEN002")
		}
	}
	if since := m.Licence.EstablishedOn; files && !since.IsZero() && len(owners) > 0 && !m.BOExemption && !filed {
		due := since.AddDays(30)
		if since.Before(filingBegan) {
			due = oldEntitiesDue
		}
		if s.asOf.After(due) {
			s.hit("BEN007")
		}
	}
}

var (
	allShares, quarter          = merchant.BasisPoints(10_000), merchant.BasisPoints(2500)
	exemptCapital               = merchant.Yuan(10_000_000)
	filingBegan, oldEntitiesDue = merchant.Day(2024, 11, 1), merchant.Day(2025, 11, 1)
)

func (s *program) contact() {
	m := &s.r.Merchant
	c := &m.Contact
	if c.Name == "" && c.Type != merchant.ContactHandler || c.Mobile == "" {
		s.hit("CON002")
	}
	s.mobile(c.Mobile, merchant.FieldContactMobile)
	s.mobile(m.LegalRep.Mobile, merchant.FieldLegalRepMobile)
	if c.ServicePhone != "" && phone.CheckService(c.ServicePhone) != nil {
		s.badPhone("CON003", merchant.FieldContactServicePhone)
	}
	if c.Email != "" && (utf8.RuneCountInString(c.Email) > 64 || !email(c.Email)) {
		s.hit("CON004")
	}
}

func (s *program) mobile(no string, f merchant.Field) {
	if no == "" {
		return
	}
	if phone.CheckMobile(no) != nil {
		s.badPhone("CON001", f)
		return
	}
	if segment, ok := phone.SegmentOf(no); !ok {
		s.hit("CON007")
	} else if segment.Virtual {
		s.hit("CON005")
	}
	if phone.Unreachable(no) {
		s.hit("CON009")
	}
}

// badPhone tells several numbers in one cell from a malformed one.
func (s *program) badPhone(id rules.ID, f merchant.Field) {
	path := merchant.At(f)
	if c, ok := s.r.Cell(path); ok && phone.Split(c.Text) != nil || phone.Split(s.r.Text(path)) != nil {
		id = "CON008"
	}
	for i := range s.r.Notes {
		if n := &s.r.Notes[i]; n.Path == path && (n.Kind == merchant.NoteCode || n.Kind == merchant.NoteInvisible) && phone.Split(n.Old) != nil {
			id = "CON008"
		}
	}
	s.hit(id)
}

func email(address string) bool {
	local, domain, ok := strings.Cut(address, "@")
	dot := strings.IndexByte(domain, '.')
	n := utf8.RuneCountInString(local)
	return ok && n >= 1 && n <= 64 && dot > 0 && !strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") &&
		!strings.Contains(domain, "@") && strings.IndexFunc(address, unicode.IsSpace) < 0
}

func (s *program) addresses() {
	m := &s.r.Merchant
	b, reg := &m.Addresses.Business, &m.Addresses.Registered
	inBusiness := s.address(&b.Address, true)
	registered := s.address(reg, false)
	if inBusiness != "" && registered != "" && inBusiness != registered {
		s.hit("ADR005")
	}
	s.point(b.Lng, b.Lat)
	if !b.Lng.IsZero() && b.Lng.Decimals() < 4 || !b.Lat.IsZero() && b.Lat.Decimals() < 4 {
		s.hit("ADR015")
	}
	for i := range m.Terminals {
		s.point(m.Terminals[i].Lng, m.Terminals[i].Lat)
	}
}

func (s *program) point(lng, lat merchant.Number) {
	if !lng.IsZero() && !within(lng, 73, 136) || !lat.IsZero() && !within(lat, 3, 54) {
		s.hit("ADR006")
	}
}

func within(n merchant.Number, low, high int64) bool {
	d := n.Decimal()
	return d.GreaterThanOrEqual(decimal.New(low, 0)) && d.LessThanOrEqual(decimal.New(high, 0))
}

// address judges one address and returns its province.
func (s *program) address(a *merchant.Address, business bool) (province string) {
	m := &s.r.Merchant
	if business || m.SubjectType.Valid() && m.SubjectType != merchant.SubjectMicro {
		if a.DistrictCode == "" {
			s.hit("ADR007")
		}
		if a.Detail == "" {
			s.hit("ADR012")
		}
	}
	codes := [3]string{a.ProvinceCode, a.CityCode, a.DistrictCode}
	var known, listed [3]bool
	smallest := ""
	for i, c := range codes {
		if c == "" {
			continue
		}
		if err := division.Check(c); err != nil && err != division.ErrComponent {
			s.hit("ADR010")
			codes[i] = ""
			continue
		}
		if province == "" {
			province = division.Province(c)
		}
		if known[i] = division.Known(c); known[i] {
			listed[i], smallest = true, c
			if !division.Current(c) {
				s.hit("ADR002")
			}
		} else if _, kind, ok := division.Pseudo(c); ok {
			listed[i] = true
			if kind == "placeholder" {
				smallest = division.Province(c)
			}
			if i != 1 || kind != "placeholder" {
				s.hit("ADR009")
			}
		} else {
			s.hit("ADR008")
		}
	}
	if p, c, d := codes[0], codes[1], codes[2]; listed[0] && (listed[1] && p[:2] != c[:2] || listed[2] && p[:2] != d[:2]) ||
		listed[1] && listed[2] && (c[:2] != d[:2] || c[:4] != d[:4] && !directly(d)) {
		s.hit("ADR001")
	}
	if (a.ProvinceCode == "" || a.CityCode == "") && listed[2] {
		given := codes[0] + codes[1]
		if (given == "" || strings.HasPrefix(codes[2], given[:min(2, len(given))])) && (a.ProvinceCode == "" || cityAbove(codes[2]) != "") {
			s.hit("ADR011")
		}
	}
	if a.Detail == "" {
		return province
	}
	first, city, district, rest := division.SplitAddress(a.Detail)
	if utf8.RuneCountInString(a.Detail) < 5 || utf8.RuneCountInString(rest) < 4 || !housed(a.Detail) {
		switch scene := m.SalesScene; {
		case !business || scene == merchant.SceneOnline || scene == merchant.SceneMobile:
			s.hit("ADR013")
		case scene == merchant.SceneOffline || scene == merchant.SceneBoth:
			s.hit("ADR003")
		}
	}
	if utf8.RuneCountInString(a.Detail) > 100 {
		s.hit("ADR016")
	}
	if smallest != "" && contradicts(a.Detail, smallest, first, city, district, rest) {
		s.hit("ADR004")
	}
	return province
}

func directly(district string) bool {
	d, ok := division.Lookup(district)
	return ok && d.Level == 3 && d.Parent[2:] == "0000"
}

func cityAbove(district string) string {
	c := district[:4] + "00"
	if division.Known(c) {
		return c
	}
	if _, kind, ok := division.Pseudo(c); ok && kind == "placeholder" {
		return c
	}
	return division.City(district)
}

func housed(detail string) bool {
	for _, r := range detail {
		switch r {
		case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两',
			'号', '弄', '栋', '幢', '座', '室', '楼', '层', '村', '组', '队', '铺', '段',
			'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８', '９':
			return true
		}
	}
	return strings.Contains(detail, "路口") || strings.Contains(detail, "市场") || strings.Contains(detail, "摊位")
}

// contradicts reports an address that names another division than its code.
func contradicts(text, given, province, city, district, rest string) bool {
	named := province
	if district != "" {
		named = district
	} else if city != "" {
		named = city
	} else if province != "" {
		if d, _ := division.Lookup(province); !strings.HasPrefix(strings.TrimLeft(text, " ,，"), d.Name) {
			named = ""
		}
	}
	if named != "" && !anotherWord(text[:len(text)-len(rest)], rest) && !samePlace(named, given) {
		return true
	}
	if !strings.ContainsAny(rest, "省市区县州盟旗") {
		return false
	}
	within := division.Province(given)
	for i := 0; i < len(rest); {
		d, n, ok := division.Leading(rest[i:], within)
		if !ok || n < len(d.Name) {
			d, n, ok = division.Leading(rest[i:], "")
		}
		if !ok || n < len(d.Name) || n < len("徐汇区") || plainWord(d.Name) || anotherWord(rest[i:i+n], rest[i+n:]) {
			_, n = utf8.DecodeRuneInString(rest[i:])
		} else if !samePlace(d.Code, given) {
			return true
		}
		i += n
	}
	return false
}

func plainWord(name string) bool {
	switch name {
	case "港口区", "海港区", "新市区", "新城区", "老城区", "城关区", "城中区", "市中区", "城东区", "城西区", "城北区", "城厢区", "开发区":
		return true
	}
	return false
}

func anotherWord(name, rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	if strings.HasSuffix(name, "市") && strings.ContainsRune("场民政委级郊容集", r) || strings.HasSuffix(name, "区") && strings.ContainsRune("域间块", r) {
		return true
	}
	for _, road := range [...]string{"路", "街", "大街", "大道", "巷", "弄"} {
		if strings.HasPrefix(rest, road) {
			return true
		}
	}
	return false
}

func samePlace(a, b string) bool {
	if inside(a, b) {
		return true
	}
	for _, x := range division.Successors(a) {
		if inside(x, b) {
			return true
		}
	}
	for _, x := range division.Successors(b) {
		if inside(a, x) {
			return true
		}
	}
	return false
}

func inside(a, b string) bool {
	if a[:2] != b[:2] {
		return false
	}
	if a == b || a[2:] == "0000" || b[2:] == "0000" {
		return true
	}
	city := division.City(a)
	return city == division.City(b) && (a == city || b == city)
}

func (s *program) category() {
	m := &s.r.Merchant
	code, micro := m.MCC, m.SubjectType == merchant.SubjectMicro
	if code == "" {
		s.hit("MCC006")
		return
	}
	entry, known := mcc.Lookup(code)
	if !known {
		if mcc.Check(code) == mcc.ErrFormat {
			s.hit("MCC001")
			return
		}
		s.hit("MCC007")
	} else if !entry.UnionPay {
		s.hit("MCC008")
	}
	switch code {
	case "7995", "6051", "9754", "4829", "7801", "7802":
		s.hit("MCC002")
	case "5933", "5944", "5967", "5993", "6012", "6211", "6540", "7273":
		if micro {
			s.hit("MCC010")
		} else if m.SubjectType != "" {
			s.hit("MCC009")
		}
	}
	if wanted := permitFor(code); wanted != "" {
		held, open, last := false, false, merchant.Date{}
		for i := range m.Quals {
			q := &m.Quals[i]
			if !strings.Contains(normalize.Key(q.Kind), wanted) {
				continue
			}
			held = true
			open = open || q.LongTerm
			if q.ValidTo.After(last) {
				last = q.ValidTo
			}
		}
		if !held {
			s.hit("MCC004")
		} else if !open && !last.IsZero() {
			switch days := last.DaysSince(s.asOf); {
			case days < 0:
				s.hit("MCC011")
			case days <= 60:
				s.hit("MCC012")
			}
		}
	}
	public := m.SubjectType == merchant.SubjectInstitution || m.SubjectType == merchant.SubjectSocialOrg || m.SubjectType == merchant.SubjectGovernment
	for i := range m.Fees {
		if m.Fees[i].Class == merchant.FeeClassWaiver && !public && m.SubjectType != "" {
			s.hit("MCC005")
		}
	}
	if inside := mid.MCC(m.MerchantNo); allDigits(inside) && inside != code {
		s.hit("MID003")
	}
}

func permitFor(code string) string {
	switch code {
	case "5811", "5812", "5813", "5814":
		return "食品经营许可证"
	case "5912":
		return "药品经营许可证"
	case "5993":
		return "烟草专卖零售许可证"
	case "5541", "5542":
		return "成品油零售经营批准证书"
	case "7011":
		return "特种行业许可证"
	case "8062":
		return "医疗机构执业许可证"
	case "8211", "8220", "8299":
		return "办学许可证"
	}
	return ""
}

func (s *program) account() {
	m := &s.r.Merchant
	a := &m.Settlement
	corporate, operator, other := a.AccountType == merchant.AccountCorporate, a.AccountType == merchant.AccountPersonalOperator, a.AccountType == merchant.AccountPersonalOther
	if a.AccountType == "" {
		s.hit("SET020")
	}
	switch {
	case a.AccountNo == "":
		s.hit("SET001")
	case !allDigits(a.AccountNo):
		s.hit("SET015")
	case corporate:
		if accounts.CheckCorporate(a.AccountNo) != nil {
			s.hit("SET002")
		} else if bankcard.Luhn(a.AccountNo) {
			if _, card := bankcard.Lookup(a.AccountNo); card {
				s.hit("SET018")
			}
		}
	case operator, other:
		if accounts.CheckPersonal(a.AccountNo, false) != nil {
			s.hit("SET002")
		} else {
			s.card(a.AccountNo)
		}
	}
	if a.CNAPS == "" {
		if corporate && (m.SubjectType.Valid() && m.SubjectType != merchant.SubjectMicro) {
			s.hit("SET023")
		}
	} else {
		s.routing(a.CNAPS)
	}
	micro := m.SubjectType == merchant.SubjectMicro
	if m.SubjectType != "" && (corporate && micro || operator && !micro && m.SubjectType != merchant.SubjectIndividualBusiness || other) {
		s.hit("SET005")
	}
	if a.AccountName == "" {
		s.hit("SET022")
	} else if corporate {
		if m.Names.Legal != "" && a.NonSameNameRef == "" && a.AccountName != m.Names.Legal && normalize.Key(a.AccountName) != s.legal {
			s.hit("SET006")
		}
	}
	if operator {
		if a.AccountName != "" && m.LegalRep.Name != "" && a.AccountName != m.LegalRep.Name && normalize.Key(a.AccountName) != s.rep ||
			a.HolderIDNo != "" && m.LegalRep.IDNo != "" && a.HolderIDNo != m.LegalRep.IDNo {
			s.hit("SET007")
		}
	}
	switch a.Cycle {
	case merchant.CycleD0, merchant.CycleT0, merchant.CycleTS:
		if !m.SignedOn.IsZero() && s.asOf.DaysSince(m.SignedOn) < 90 || !m.Stats.ContinuousDays.IsZero() && m.Stats.ContinuousDays.Int() < 30 ||
			m.RiskLevel == merchant.RiskHigh {
			s.hit("SET013")
		}
	}

	if a.AccountStatus == "" && a.VerifyResult == "" && a.StatusAsOf.IsZero() && a.VerifiedOn.IsZero() && a.BalanceCNY.IsZero() {
		return // no feed of the bank
	}
	if a.AccountStatus != "" {
		if !a.AccountStatus.Valid() {
			s.hit("SET030")
		}
		switch a.AccountStatus.Class() {
		case "stopped":
			if a.AccountStatus != merchant.AccountStatusReceiveOnly {
				s.hit("SET010")
			}
		case "limited":
			s.hit("SET028")
		}
	}
	if s.asOf.DaysSince(a.StatusAsOf) > 30 {
		s.hit("SET029")
	}
	switch a.VerifyResult {
	case "":
		s.hit("SET031")
	case merchant.VerifyFail:
		s.hit("SET011")
	}
	if !a.VerifiedOn.IsZero() && (s.asOf.DaysSince(a.VerifiedOn) > 365 || a.VerifiedOn.Before(m.FieldDates["settlement.account_no"])) {
		s.hit("SET032")
	}
	if a.BalanceCNY.Sign() < 0 {
		s.hit("SET012")
	}
}

func (s *program) card(no string) {
	if len(no) < 16 || len(no) > bankcard.MaxLength {
		return
	}
	a := &s.r.Settlement
	luhn := bankcard.Luhn(no)
	bin, ok := bankcard.Lookup(no)
	if !ok {
		if _, ok := bankcard.LookupAnyLength(no); ok {
			s.hit("SET019")
		} else if luhn {
			s.hit("SET017")
		} else if !strings.HasPrefix(no, "62") {
			s.hit("SET016")
		}
	}
	if !luhn && (ok || strings.HasPrefix(no, "62")) {
		s.hit("SET003")
		return
	}
	if ok {
		if !bin.TypeDisputed && bin.Type != bankcard.Debit {
			s.hit("SET004")
		}
		if (a.BankName != "" || a.BranchName != "") && !bankEntered(a, bin.BankName) {
			s.hit("SET026")
		}
	}
}

func (s *program) routing(code string) {
	a := &s.r.Settlement
	switch cnaps.Check(code) {
	case cnaps.ErrLength, cnaps.ErrFormat:
		s.hit("SET008")
		return
	case cnaps.ErrChecksum:
		s.hit("SET024")
		return
	case cnaps.ErrComponent:
		s.hit("SET025")
	}
	if a.BankName != "" || a.BranchName != "" {
		bank := cnaps.Bank(code)
		if name, _, ok := cnaps.BankName(bank); ok && !cnaps.IsGroup(bank) && !bankEntered(a, name) {
			s.hit("SET009")
		}
	}
	if cnaps.Sequence(code) >= "0100" {
		if city := branchCity(a.BranchName); city != "" {
			if name, province, ok := cnaps.AreaName(cnaps.Area(code)); ok && division.Outside(name, province, city) {
				s.hit("SET027")
			}
		}
	}
}

// bankEntered reports whether the bank or the branch may be the bank of a table.
func bankEntered(a *merchant.Settlement, bank string) bool {
	if i := strings.IndexAny(bank, "(（"); i > 0 {
		bank = bank[:i]
	}
	if strings.Contains(bank, "清算中心") {
		return true
	}
	credit := strings.Contains(bank, "农村信用") || strings.Contains(bank, "农信") || strings.Contains(bank, "信合")
	if !credit && !strings.Contains(bank, "银行") {
		return true
	}
	for _, text := range [...]string{a.BankName, a.BranchName} {
		if text != "" && (bankNamed(text, bank) || credit && (strings.Contains(text, "农村信用") || strings.Contains(text, "农信") || strings.Contains(text, "信合") ||
			strings.Contains(text, "农商") || strings.Contains(text, "农村商业") || strings.Contains(text, "农村合作") || strings.Contains(text, "农合"))) {
			return true
		}
	}
	return false
}

func bankNamed(text, bank string) bool {
	if short := strings.TrimPrefix(bank, "中国"); len(short) >= len("工商银行") {
		bank = short
	}
	if strings.Contains(text, bank) {
		return true
	}
	for i := range sameBanks {
		if anyOf(bank, sameBanks[i]) && anyOf(text, sameBanks[i]) {
			return true
		}
	}
	var a, b [256]byte
	x, y := bankCore(a[:0], text), bankCore(b[:0], bank)
	return bytes.Contains(x, y) || len(x) >= len("北京银行") && bytes.Contains(y, x)
}

var sameBanks = [...][]string{
	{"工商银行", "工行", "ICBC"}, {"农业银行", "农行"}, {"中国银行", "中行"}, {"建设银行", "建行"}, {"交通银行", "交行"},
	{"招商银行", "招行"}, {"邮政储蓄", "邮储"}, {"浦东发展", "浦发"}, {"广发银行", "广东发展", "广发"},
	{"平安银行", "深圳发展", "深发展"}, {"国家开发银行", "国开行"}, {"农业发展银行", "农发行"}, {"进出口银行", "进出口行"},
	{"包商银行", "蒙商银行"}, {"华融湘江银行", "湖南银行"}, {"三菱东京日联", "三菱日联"},
}

func anyOf(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func bankCore(dst []byte, name string) []byte {
next:
	for len(name) > 0 {
		for _, w := range [...]string{"股份", "有限", "责任", "公司", "商业", "市", " ", "(", ")", "（", "）"} {
			if rest, ok := strings.CutPrefix(name, w); ok {
				name = rest
				continue next
			}
		}
		if rest, ok := strings.CutPrefix(name, "农商"); ok {
			dst, name = append(dst, "农村"...), rest
			continue
		}
		_, n := utf8.DecodeRuneInString(name)
		dst, name = append(dst, name[:n]...), name[n:]
	}
	return dst
}

// branchCity returns the city in the name of a branch.
func branchCity(branch string) string {
	at := 0
	for _, end := range [...]string{"银行", "公司", "信用社", "联社"} {
		if i := strings.LastIndex(branch, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	rest := strings.TrimLeft(branch[at:], " ()（）")
	d, n, ok := division.Leading(rest, "")
	if ok && d.Level == 1 && division.City(d.Code) == "" {
		rest = rest[n:]
		d, n, ok = division.Leading(rest, d.Code)
	}
	if !ok || d.Level == 3 || n < len(d.Name) && onStreet(rest[n:]) {
		return ""
	}
	return d.Code
}

func onStreet(rest string) bool {
	if rest == "支行" {
		return true
	}
	for _, side := range [...]string{"", "东", "西", "南", "北", "中"} {
		if after, ok := strings.CutPrefix(rest, side); ok {
			for _, w := range [...]string{"路", "街", "大街", "大道", "道", "巷", "里", "村", "桥", "门", "广场"} {
				if strings.HasPrefix(after, w) {
					return true
				}
			}
		}
	}
	return false
}

func (s *program) fees() {
	m := &s.r.Merchant
	for i := range m.Fees {
		f := &m.Fees[i]
		standard := f.Class == merchant.FeeClassStandard
		if f.RatePct.IsZero() {
			if f.Product != "" {
				s.hit("FEE005")
			}
		} else {
			sign := f.RatePct.Sign()
			floor := debitFloor
			if f.Product == merchant.ProductCardCredit {
				floor = creditFloor
			}
			switch {
			case sign < 0 || f.RatePct.Decimal().Exponent() < -4:
				s.hit("FEE006")
			case f.RatePct.Cmp(mostRate) > 0 || sign > 0 && f.RatePct.Cmp(leastRate) < 0:
				s.hit("FEE001")
			case standard && (f.Product == merchant.ProductCardDebit || f.Product == merchant.ProductCardCredit) && f.RatePct.Cmp(floor) < 0:
				s.hit("FEE002")
			}
			if sign == 0 && f.Class != merchant.FeeClassWaiver {
				s.hit("FEE007")
			}
		}
		if f.CapCNY.IsZero() {
			continue
		}
		if f.CapCNY.Sign() <= 0 || f.CapCNY.Decimal().Exponent() < -2 {
			s.hit("FEE006")
			continue
		}
		if standard && f.Product == merchant.ProductCardDebit && f.CapCNY.Cmp(debitCapFloor) < 0 {
			s.hit("FEE002")
		}
		if standard && f.Product == merchant.ProductCardCredit {
			s.hit("FEE003")
		}
		if f.CapCNY.Cmp(leastCap) < 0 || f.CapCNY.Cmp(mostCap) > 0 {
			s.hit("FEE008")
		}
	}
}

var (
	debitFloor, creditFloor = merchant.PercentOf(decimal.New(3825, -4)), merchant.PercentOf(decimal.New(4825, -4))
	leastRate, mostRate     = merchant.BasisPoints(2), merchant.BasisPoints(150)
	debitCapFloor           = merchant.Fen(1625)
	leastCap, mostCap       = merchant.Yuan(1), merchant.Yuan(100)
)

func (s *program) limits() {
	m := &s.r.Merchant
	l, t := &m.Limits, &m.Stats
	if l.SingleCNY.IsZero() || l.DailyCNY.IsZero() || l.MonthlyCNY.IsZero() {
		s.hit("LIM006")
	}
	if fine(l.SingleCNY) || fine(l.DailyCNY) || fine(l.MonthlyCNY) || fine(l.CreditDailyCNY) || fine(l.CreditMonthlyCNY) || fine(l.ContactlessNoPINCNY) {
		s.hit("LIM007")
	}
	single, daily, monthly := s.limit(l.SingleCNY), s.limit(l.DailyCNY), s.limit(l.MonthlyCNY)
	if single && daily && l.SingleCNY.Cmp(l.DailyCNY) > 0 || daily && monthly && l.DailyCNY.Cmp(l.MonthlyCNY) > 0 ||
		single && monthly && !daily && l.SingleCNY.Cmp(l.MonthlyCNY) > 0 ||
		daily && !l.CreditDailyCNY.IsZero() && l.CreditDailyCNY.Cmp(l.DailyCNY) > 0 ||
		monthly && !l.CreditMonthlyCNY.IsZero() && l.CreditMonthlyCNY.Cmp(l.MonthlyCNY) > 0 {
		s.hit("LIM002")
	}
	if m.SubjectType == merchant.SubjectMicro && !m.MicroEnhancedProof && m.TakesCredit() &&
		(!l.CreditDailyCNY.IsZero() && l.CreditDailyCNY.Cmp(microDaily) > 0 || !l.CreditMonthlyCNY.IsZero() && l.CreditMonthlyCNY.Cmp(microMonthly) > 0) {
		s.hit("LIM003")
	}
	if !l.ContactlessNoPINCNY.IsZero() && l.ContactlessNoPINCNY.Cmp(mostNoPIN) > 0 {
		s.hit("FEE004")
	}
	if single && l.SingleCNY.Cmp(leastSingle) < 0 {
		s.hit("LIM008")
	}
	if single && !t.P95TicketCNY.IsZero() && l.SingleCNY.Cmp(t.P95TicketCNY) < 0 ||
		daily && !t.AvgTicketCNY.IsZero() && inFen(l.DailyCNY) < 3*inFen(t.AvgTicketCNY) {
		s.hit("LIM004")
	}
	if daily && !t.MaxDailyCNY.IsZero() {
		s.usage(inFen(t.MaxDailyCNY), inFen(l.DailyCNY))
	}
	if monthly && !t.MonthToDateCNY.IsZero() {
		s.usage(inFen(t.MonthToDateCNY), inFen(l.MonthlyCNY))
	}
}

func (s *program) usage(used, limit int64) {
	if used >= limit {
		s.hit("LIM009")
	} else if used*100 >= limit*80 {
		s.hit("LIM005")
	}
}

var (
	topAmount                = merchant.Yuan(100_000_000_000)
	microDaily, microMonthly = merchant.Yuan(1000), merchant.Yuan(10_000)
	mostNoPIN, leastSingle   = merchant.Yuan(1000), merchant.Yuan(100)
)

func fine(m merchant.Money) bool { return !m.IsZero() && m.Decimal().Exponent() < -2 }

// limit reports a limit that is given and in range.
func (s *program) limit(m merchant.Money) bool {
	if m.IsZero() {
		return false
	}
	if m.Sign() <= 0 || m.Cmp(topAmount) >= 0 {
		s.hit("LIM001")
		return false
	}
	return true
}

func inFen(m merchant.Money) int64 {
	if m.Sign() <= 0 {
		return 0
	}
	if m.Cmp(topAmount) >= 0 {
		m = topAmount
	} else if m.Decimal().Exponent() < -2 {
		return m.Decimal().Shift(2).IntPart()
	}
	return m.Decimal().CoefficientInt64()
}

func (s *program) status() {
	m := &s.r.Merchant
	v := &m.Status
	if m.MerchantNo == "" {
		if v.State == merchant.StateActive {
			s.hit("MID006")
		}
	} else if !mid.Valid(m.MerchantNo) {
		s.hit("MID001")
	} else if pos, ok := mid.Structured(m.MerchantNo); !ok && pos > 0 {
		s.hit("MID005")
	}
	switch v.State {
	case "":
		s.hit("STA007")
	case merchant.StateActive:
		o := &m.Onboarding
		if o.Audit != "" && o.Audit != merchant.AuditPassed || o.Agreement != "" && o.Agreement != merchant.AgreementSigned {
			s.hit("STA006")
		}
		if to := o.AgreementValidTo; !to.IsZero() && to.Before(s.asOf) {
			s.hit("STA010")
		}
	default:
		if !v.State.Valid() {
			s.hit("STA001")
			break
		}
		if v.ChangedOn.IsZero() || v.Reason == "" {
			s.hit("STA008")
		}
		active := false
		for i := range m.Terminals {
			active = active || m.Terminals[i].Status == merchant.TerminalActive
		}
		if active {
			s.hit("TRM012")
		}
		switch v.State {
		case merchant.StateNotOpened:
			if active || !m.GoLiveOn.IsZero() && !m.GoLiveOn.After(s.asOf) {
				s.hit("STA002")
			}
		case merchant.StateClosed:
			if !m.GoLiveOn.IsZero() {
				s.hit("STA003")
			}
		case merchant.StateFrozen:
			s.hit("STA004")
		case merchant.StateSuspended:
			s.hit("STA005")
			if !v.ChangedOn.IsZero() && s.asOf.DaysSince(v.ChangedOn) > 90 {
				s.hit("STA009")
			}
		}
	}
}

func (s *program) terminals() {
	m := &s.r.Merchant
	home, district := s.home()
	changed := s.parametersChanged()
	working := false
	for i := range m.Terminals {
		t := &m.Terminals[i]
		gone := t.Status == merchant.TerminalRetired || t.Status == merchant.TerminalLost
		working = working || !gone && t.Status != merchant.TerminalStopped
		s.device(t)
		if !gone {
			s.bound(t)
			s.loaded(t, changed)
			if home != "" {
				s.stands(t, home, district)
			}
		}
		s.lastUsed(t, gone)
	}
	if m.Status.State == merchant.StateActive && !working {
		switch m.SalesScene {
		case merchant.SceneOffline:
			s.hit("TRM022")
		case merchant.SceneBoth, merchant.SceneMobile:
			s.hit("TRM021")
		}
	}
}

func (s *program) device(t *merchant.Terminal) {
	if t.TerminalNo == "" {
		if t.Status == merchant.TerminalActive {
			s.hit("TRM013")
		}
	} else if terminal.Check(t.TerminalNo) != nil {
		s.hit("TRM001")
	}
	cards := t.DeviceType.TakesCards()
	if t.SerialNo == "" {
		if cards || t.DeviceType == merchant.DeviceFace || t.DeviceType == merchant.DeviceQR {
			s.hit("TRM002")
		}
	} else if terminal.CheckSerial(t.SerialNo) != nil {
		s.hit("TRM014")
	}
	if t.DeviceType == "" {
		s.hit("TRM016")
	} else if !t.DeviceType.Valid() {
		s.hit("TRM005")
	}
	if t.DeviceType == merchant.DeviceATM && s.r.SubjectType == merchant.SubjectMicro {
		s.hit("TRM015")
	}
	if t.NetworkLicence == "" {
		if cards {
			s.hit("TRM023")
		}
	} else if terminal.CheckNetworkLicence(t.NetworkLicence) != nil {
		s.hit("TRM024")
	}
	if t.ICCID != "" && terminal.CheckICCID(t.ICCID) != nil || t.ICCIDBound != "" && terminal.CheckICCID(t.ICCIDBound) != nil {
		s.hit("TRM019")
	}
}

// bound compares the five elements with the merchant.
func (s *program) bound(t *merchant.Terminal) {
	m, b := &s.r.Merchant, &t.Bound
	id := m.Licence.Number
	if m.SubjectType == merchant.SubjectMicro {
		id = m.LegalRep.IDNo
	}
	if (t.Status == merchant.TerminalActive || t.Status == merchant.TerminalPending) && (t.SerialNo == "" || b.OrgCode == "" && m.Acquirer.OrgCode != "" ||
		b.MerchantNo == "" && m.MerchantNo != "" || b.USCCOrID == "" && id != "" || b.AccountNo == "" && m.Settlement.AccountNo != "" || t.InstallAddress == "") {
		s.hit("TRM003")
	}
	place := t.InstallDistrictCode
	if place == "" {
		place = m.Addresses.Business.DistrictCode
	}
	if differ(b.OrgCode, m.Acquirer.OrgCode) || differ(b.MerchantNo, m.MerchantNo) || differ(b.USCCOrID, id) ||
		differ(b.AccountNo, m.Settlement.AccountNo) || differ(b.DistrictCode, place) {
		s.hit("TRM004")
	}
}

func differ(a, b string) bool { return a != b && a != "" && b != "" }

// loaded compares what was read out of the terminal.
func (s *program) loaded(t *merchant.Terminal, changed merchant.Date) {
	m, p := &s.r.Merchant, &t.Params
	if differ(p.MerchantNo, m.MerchantNo) || differ(p.TerminalNo, t.TerminalNo) || differ(p.MCC, m.MCC) || differ(p.OrgCode, m.Acquirer.OrgCode) {
		s.hit("TRM007")
	}
	if !changed.IsZero() && !p.DownloadedOn.IsZero() && changed.DaysSince(p.DownloadedOn) > 1 {
		s.hit("TRM008")
	}
	switch t.KeyStatus {
	case merchant.KeyNone, merchant.KeyExpired, merchant.KeyLost:
		s.hit("TRM009")
	}
	if t.Status == merchant.TerminalActive && s.asOf.DaysSince(t.LastSignInOn) > 30 {
		s.hit("TRM018")
	}
	if differ(t.ICCID, t.ICCIDBound) {
		s.hit("TRM010")
	}
}

func (s *program) parametersChanged() merchant.Date {
	m := &s.r.Merchant
	if len(m.FieldDates) == 0 {
		if m.UpdatedOn.After(s.asOf) {
			return merchant.Date{}
		}
		return m.UpdatedOn
	}
	last := merchant.Date{}
	for _, f := range [...]string{"merchant_no", "names.receipt", "mcc", "settlement.account_no"} {
		if d := m.FieldDates[f]; d.After(last) && !d.After(s.asOf) {
			last = d
		}
	}
	return last
}

// today returns the code that stands for a division now.
func today(code string) string {
	if code == "" || division.Current(code) {
		return code
	}
	if to := division.Successors(code); len(to) == 1 {
		return to[0]
	}
	return code
}

// home returns the city and the district of the business address.
func (s *program) home() (city, district string) {
	a := &s.r.Addresses.Business
	if district = today(a.DistrictCode); district != "" {
		if city = division.City(district); city != "" {
			return city, district
		}
	}
	return division.City(today(a.CityCode)), district
}

// stands compares where a terminal stands with the business address.
func (s *program) stands(t *merchant.Terminal, home, ours string) {
	district := today(t.InstallDistrictCode)
	city := division.City(district)
	if t.InstallAddress != "" && (city == "" || city == home && !begins(t.InstallAddress, home)) {
		_, c, d, _ := division.SplitAddress(t.InstallAddress)
		if d = today(d); division.City(d) != "" {
			c = division.City(d)
		}
		if c != "" && c != city {
			city, district = c, d
		}
	}
	mobile := s.r.SalesScene == merchant.SceneMobile
	switch {
	case city == "":
	case city != home:
		if mobile {
			s.hit("TRM017")
		} else if s.r.SalesScene != "" {
			s.hit("TRM006")
		}
	case district != ours && district != "" && ours != "" && district != city && ours != city && division.Current(district) && division.Current(ours):
		s.hit("TRM017")
	}
}

func begins(address, city string) bool {
	d, ok := division.Lookup(city)
	if !ok {
		return false
	}
	n := strings.Index(address, strings.TrimSuffix(d.Name, "市"))
	return n == 0 || n > 0 && (strings.HasSuffix(address[:n], "省") || strings.HasSuffix(address[:n], "自治区"))
}

func (s *program) lastUsed(t *merchant.Terminal, gone bool) {
	if t.IsSpare || gone || t.Status == merchant.TerminalStopped {
		return
	}
	last := t.LastTxnOn
	if last.IsZero() {
		last = t.InstalledOn
	}
	if last.IsZero() {
		return
	}
	if !last.AddMonths(12).After(s.asOf) {
		s.hit("TRM020")
	} else if !last.AddMonths(3).After(s.asOf) {
		s.hit("TRM011")
	}
}

func (s *program) dates() {
	m := &s.r.Merchant
	latest := s.asOf.AddDays(1)
	late := m.UpdatedOn.After(latest) || m.SignedOn.After(latest) || m.Registry.AsOf.After(latest) || m.Review.LastOn.After(latest)
	for i := range m.Terminals {
		late = late || m.Terminals[i].LastTxnOn.After(latest)
	}
	if late {
		s.hit("STL005")
	}
	last := m.UpdatedOn
	if m.Review.LastOn.After(last) {
		last = m.Review.LastOn
	}
	if !last.IsZero() {
		cycle := 365
		switch m.RiskLevel {
		case merchant.RiskHigh:
			cycle = 180
		case merchant.RiskLow:
			cycle = 730
		}
		if s.asOf.DaysSince(last) > cycle {
			s.hit("STL001")
		}
	}
	if due := m.Review.NextDue; !due.IsZero() {
		switch days := due.DaysSince(s.asOf); {
		case days < 0:
			s.hit("STL006")
		case days <= 30:
			s.hit("STL002")
		}
	}
	if s.asOf.DaysSince(m.Inspection.LastOn) > 365 {
		s.hit("STL007")
	}
	if m.Licence.RegistrationStatus != "" && m.Licence.StatusAsOf.IsZero() || m.Settlement.AccountStatus != "" && m.Settlement.StatusAsOf.IsZero() {
		s.hit("STL010")
	}
	most := 30
	if m.Status.State == merchant.StateNotOpened || m.Onboarding.Audit == merchant.AuditPending {
		most = 1
	}
	if s.asOf.DaysSince(m.Screening.AsOf) > most || s.asOf.DaysSince(m.Licence.StatusAsOf) > 90 {
		s.hit("STL004")
	}
}

func (s *program) screening() {
	for i := range s.r.Screening.Hits {
		h := &s.r.Screening.Hits[i]
		industry := strings.HasPrefix(h.List, "industry") || strings.HasPrefix(h.List, "行业")
		switch score := h.Score.Decimal().InexactFloat64(); {
		case h.Score.IsZero():
			s.hit("SCR002")
		case score < 0.80:
		case industry && score >= 1:
			s.hit("SCR004")
		case !industry && score >= 0.95:
			s.hit("SCR001")
		default:
			s.hit("SCR002")
		}
	}
}

// unwritten are the record rules that the program leaves out, with the reason. The engine runs them all the same.
var unwritten = map[rules.ID]string{
	"CON006": "the base profile has no dealers",
	"SET014": "the base profile has no dealers",
	"ADR014": "the base profile has no licensed regions",
	"ADR017": "the base profile has no district boxes",
	"MCC003": "the base profile has no words of trades",
	"MID002": "the base profile has no institution codes",
	"MID004": "the base profile has no area scheme",
	"MID007": "the base profile has no area scheme",
	"SET021": "the base profile allows no account of another person",
	"SCR003": "the base profile demands no screening",
}

// TestStraight holds the straight-line program equal with the engine on the records of all cases of record rules and on
// clean ones: where a rule of the engine looks, the program finds the same; where an error keeps the rule from looking,
// or from looking at one of its fields, the program may find or not.
func TestStraight(t *testing.T) {
	v := newValidator(t)
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	type subject struct {
		name   string
		record *merchant.Record
	}
	var records []subject
	for _, c := range cases {
		if rule, ok := builtin.Lookup(c.Rule); ok && rule.Scope == rules.RecordScope && c.Param == nil {
			for _, r := range c.Records {
				records = append(records, subject{string(c.Rule) + "/" + c.Name, r})
			}
		}
	}
	long := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 5))
	long.Licence.Scope, long.Addresses.Business.Detail = strings.Repeat("日用百货、", 201), strings.Repeat("长安路1号", 25)
	records = append(records, subject{"long texts", long}) // the cases shorten the bounds instead
	clean := len(records)
	for _, r := range cleanRecords() {
		records = append(records, subject{"clean " + string(r.SubjectType), r})
	}

	hits, looked := map[rules.ID]int{}, map[rules.ID]bool{}
	s := program{asOf: rulestest.AsOf}
	for i, c := range records {
		s.run(c.record)
		found, coverage := v.Append(nil, c.record), v.Coverage(c.record)
		for _, rule := range builtin.Rules() {
			count, ok := coverage[rule.ID]
			if _, out := unwritten[rule.ID]; !ok || out {
				continue
			}
			ours, theirs := count.Found > 0, slices.Contains(s.found, rule.ID)
			blocked := count.Applied == 0 && slices.ContainsFunc(slices.Collect(maps.Keys(count.Skipped)), func(reason string) bool { return reason != "not applicable" }) ||
				slices.ContainsFunc(found, func(f rules.Finding) bool {
					return f.Severity == rules.Error && f.Rule.Blocks() && f.Rule != rule && touches(rule, f.Path.Field)
				})
			if ours != theirs && !(theirs && blocked) {
				t.Errorf("%s: %s is raised by the engine: %v, by the program: %v", c.name, rule.ID, ours, theirs)
			}
			if ours && theirs {
				hits[rule.ID]++
			}
			looked[rule.ID] = looked[rule.ID] || count.Applied > 0
		}
		if i >= clean && len(s.found) > 0 {
			t.Errorf("%s: the program raises %v", c.name, s.found)
		}
	}
	covered := 0
	for _, rule := range builtin.Rules() {
		if _, out := unwritten[rule.ID]; rule.Scope != rules.RecordScope || out {
			continue
		}
		if covered++; hits[rule.ID] == 0 {
			t.Errorf("%s is raised by both on no record", rule.ID)
		}
	}
	if covered < 230 {
		t.Errorf("only %d rules are compared", covered)
	}
}

// touches reports whether a rule reads the field; rules that name no fields read all of them, and those that compare
// the elements of a terminal the merchant's own values too.
func touches(rule *rules.Rule, f merchant.Field) bool {
	if rule.ID == "TRM004" || rule.ID == "TRM007" {
		return f.Group() == "identifier" || f.Group() == "division"
	}
	return len(rule.Fields) == 0 || slices.Contains(rule.Fields, f)
}
