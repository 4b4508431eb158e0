// Package sample makes synthetic merchants without a fault, for templates, examples and tests. All names, numbers and
// addresses are made up; the numbers carry right check digits.
package sample

import (
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// AsOf is the date for which the records of this package are sound: 2026-11-22.
var AsOf = merchant.Day(2026, 11, 22)

type place struct {
	city, district                       string
	provinceCode, cityCode, districtCode string
	area/* CNAPS and UnionPay area code */ string
	road string
}

var places = [...]place{
	{"上海", "徐汇区", "310000", "310100", "310104", "2900", "漕溪北路"},
	{"北京", "朝阳区", "110000", "110100", "110105", "1000", "建国路"},
	{"广州", "天河区", "440000", "440100", "440106", "5810", "体育东路"},
	{"杭州", "西湖区", "330000", "330100", "330106", "3310", "文三路"},
	{"南京", "玄武区", "320000", "320100", "320102", "3010", "珠江路"},
	{"成都", "武侯区", "510000", "510100", "510107", "6510", "人民南路"},
}

var (
	surnames = [...]rune{'张', '王', '李', '赵', '陈', '刘', '杨', '黄', '周', '吴', '徐', '孙', '马', '朱', '胡', '林', '郭', '何', '高', '罗'}
	givens   = [...]rune{'明', '华', '芳', '伟', '静', '丽', '强', '磊', '洋', '勇', '艳', '杰', '娟', '涛', '超', '霞', '平', '刚', '桂', '文'}
	firsts   = [...]rune{'瑞', '鼎', '恒', '嘉', '益', '盛', '泰', '和', '源', '顺', '隆', '昌', '康', '福', '祥', '安', '宏', '达', '兴', '旺'}
	seconds  = [...]rune{'丰', '禾', '诚', '信', '通', '悦', '佳', '美', '德', '正', '元', '海', '江', '山', '林', '川', '云', '星', '辰', '阳'}
)

// Most is how many merchants of one subject type are told apart; n starts over after that.
const Most = 36 * 36 * 36 * 36

// Merchant returns the n-th synthetic merchant of a subject type (n from 0 to Most-1): complete, in good standing on AsOf, and
// different from every other n in each identifier. Take n from one sequence for all subject types of a batch: merchants of
// two types with one n are the same person. An unknown subject type gives an enterprise.
func Merchant(subject merchant.SubjectType, n int) *merchant.Merchant {
	if !subject.Valid() {
		subject = merchant.SubjectEnterprise
	}
	n = (n%Most + Most) % Most
	at := &places[n%len(places)]
	person := string([]rune{surnames[n%20], givens[n/20%20], givens[(n/400+7)%20]})
	word := string([]rune{firsts[n/6%20], seconds[n/120%20]}) + serialWord(n/2400)
	m := &merchant.Merchant{
		ExternalID:    fmt.Sprintf("E%06d", n+1),
		Acquirer:      merchant.Acquirer{OrgCode: "48980000"},
		SubjectType:   subject,
		SalesScene:    merchant.SceneOffline,
		BusinessHours: "09:00-21:30",
		RiskLevel:     merchant.RiskMedium,
		SignedOn:      merchant.Day(2021, 3, 15),
		UpdatedOn:     merchant.Day(2026, 6, 1),
		GoLiveOn:      merchant.Day(2021, 4, 1),
		Review:        merchant.Review{LastOn: merchant.Day(2026, 6, 1), NextDue: merchant.Day(2027, 6, 1)},
		Inspection:    merchant.Inspection{LastOn: merchant.Day(2026, 6, 15)},
		Screening:     merchant.Screening{AsOf: merchant.Day(2026, 11, 10)},
		Status:        merchant.Status{State: merchant.StateActive, ChangedOn: merchant.Day(2021, 4, 1)},
		Onboarding: merchant.Onboarding{Audit: merchant.AuditPassed, Agreement: merchant.AgreementSigned,
			AgreementValidTo: merchant.Day(2028, 3, 14), Channels: []merchant.Channel{{Name: "银联", State: merchant.ChannelOpened}}},
		Stats: merchant.Stats{AvgTicketCNY: merchant.Yuan(180), P95TicketCNY: merchant.Yuan(800), MaxDailyCNY: merchant.Yuan(30000),
			MonthToDateCNY: merchant.Yuan(400000), WindowDays: merchant.NewCount(90), ContinuousDays: merchant.NewCount(90)},
		Limits: merchant.Limits{SingleCNY: merchant.Yuan(50000), DailyCNY: merchant.Yuan(200000), MonthlyCNY: merchant.Yuan(2000000),
			ContactlessNoPINCNY: merchant.Yuan(1000)},
		Fees: []merchant.Fee{
			{Product: merchant.ProductCardDebit, Class: merchant.FeeClassStandard, RatePct: merchant.BasisPoints(50), CapCNY: merchant.Yuan(20)},
			{Product: merchant.ProductCardCredit, Class: merchant.FeeClassStandard, RatePct: merchant.BasisPoints(60)},
		},
	}
	age := &generations[n/perGeneration]
	id := residentNumber(at.districtCode, age.born+n%10, n)
	birth, _ := merchant.NewDate(age.born+n%10, 1+n%12, 1+n%28)
	m.LegalRep = merchant.LegalRep{Name: person, IDType: merchant.IDResident, IDNo: id, IDValidFrom: merchant.Day(age.issued, 11, 30),
		Address: at.city + "市" + at.district + at.road + fmt.Sprintf("%d弄%d号", 10+n%90, 1+n%30),
		Mobile:  fmt.Sprintf("139%08d", 10000000+n*7), BirthDate: birth}
	if age.issued-age.born > 45 {
		m.LegalRep.IDLongTerm = true
	} else {
		m.LegalRep.IDValidTo = merchant.Day(age.issued+20, 11, 30)
	}
	if male, ok := residentid.Male(id); ok && male {
		m.LegalRep.Gender = merchant.GenderMale
	} else {
		m.LegalRep.Gender = merchant.GenderFemale
	}
	m.Contact = merchant.Contact{Type: merchant.ContactLegal, Name: person, Mobile: m.LegalRep.Mobile, Email: fmt.Sprintf("m%06d@example.com", n)}
	detail := fmt.Sprintf("%s%d号%d层%d室", at.road, 1+n/6, 1+n%5, 101+n%12)
	m.Addresses.Business = merchant.PlaceAddress{Address: merchant.Address{ProvinceCode: at.provinceCode, CityCode: at.cityCode,
		DistrictCode: at.districtCode, Detail: detail}}
	m.Licence = merchant.Licence{Kind: merchant.LicenceBusiness, LegalPerson: person, Address: at.city + "市" + at.district + detail,
		EstablishedOn: merchant.Day(2019, 5, 20), ValidFrom: merchant.Day(2019, 5, 20), LongTerm: true,
		RegistrationStatus: merchant.RegistrationExisting, StatusAsOf: merchant.Day(2026, 10, 15)}
	m.Addresses.Registered = m.Addresses.Business.Address

	trade := trades[n/3%len(trades)]
	m.MCC = trade.mcc
	for _, kind := range trade.permits {
		m.Quals = append(m.Quals, merchant.Qualification{Kind: kind, Number: fmt.Sprintf("JY1%s%08d", at.districtCode, n), ValidTo: merchant.Day(2028, 6, 30)})
	}
	m.Licence.Scope = trade.scope
	prefix := "91"
	switch subject {
	case merchant.SubjectEnterprise:
		m.EntityForm = merchant.FormCompany
		m.Names.Legal = at.city + word + trade.word + "有限公司"
		m.Licence.RegisteredCapitalCNY = merchant.Yuan(1000000)
		m.BeneficialOwners = []merchant.BeneficialOwner{{Name: person, IDType: merchant.IDResident, IDNo: id, IDValidFrom: m.LegalRep.IDValidFrom,
			IDValidTo: m.LegalRep.IDValidTo, IDLongTerm: m.LegalRep.IDLongTerm, Address: m.LegalRep.Address, Basis: merchant.BasisEquity, SharePct: merchant.BasisPoints(6000), FiledOn: merchant.Day(2025, 5, 20)}}
	case merchant.SubjectIndividualBusiness:
		prefix = "92"
		m.Names.Legal = at.city + "市" + at.district + word + trade.shop
	case merchant.SubjectMicro:
		m.Names.Legal = "商户_" + person
		m.Licence, m.Addresses.Registered, m.Quals = merchant.Licence{}, merchant.Address{}, nil
		m.MCC = "5411"
		m.Limits.CreditDailyCNY, m.Limits.CreditMonthlyCNY = merchant.Yuan(1000), merchant.Yuan(10000)
		m.Screening = merchant.Screening{AsOf: merchant.Day(2026, 11, 10)}
	case merchant.SubjectInstitution:
		prefix = "12"
		m.Licence.Kind, m.MCC, m.Quals = merchant.LicenceInstitution, "7941", nil
		m.Names.Legal = at.city + "市" + at.district + word + "体育中心"
	case merchant.SubjectGovernment:
		prefix = "11"
		m.Licence.Kind, m.Licence.Scope, m.MCC, m.Quals = merchant.LicenceUSCC, "", "9399", nil
		m.Licence.RegisteredCapitalCNY, m.Licence.RegistrationStatus, m.Licence.StatusAsOf = merchant.Money{}, "", merchant.Date{}
		m.LegalRep.Address, m.LegalRep.Mobile = "", ""
		m.Names.Legal = at.city + "市" + at.district + word + "管理局"
	case merchant.SubjectSocialOrg:
		prefix = "51"
		m.Licence.Kind, m.MCC, m.Quals = merchant.LicenceSocial, "8699", nil
		m.Names.Legal = at.city + "市" + at.district + word + "行业协会"
	}
	m.Names.Short = word + trade.short
	m.Names.Receipt = m.Names.Short
	if subject != merchant.SubjectMicro {
		m.Licence.Number = creditCode(prefix, at.districtCode, n)
		m.Licence.Name = m.Names.Legal
	}
	m.MerchantNo = "898" + at.area + m.MCC + sequence(n)
	m.Settlement = merchant.Settlement{BankName: "中国农业银行", BranchName: "中国农业银行" + at.city + "分行营业部", CNAPS: cnapsCode("103", at.area, n),
		Cycle: merchant.CycleT1, AccountStatus: merchant.AccountStatusNormal, StatusAsOf: merchant.Day(2026, 11, 10),
		VerifyResult: merchant.VerifySuccess, VerifiedOn: merchant.Day(2026, 6, 10)}
	s := &m.Settlement
	switch subject {
	case merchant.SubjectIndividualBusiness, merchant.SubjectMicro:
		s.AccountType, s.AccountNo, s.AccountName = merchant.AccountPersonalOperator, cardNumber("622848", n), person
		s.HolderIDType, s.HolderIDNo, s.HolderIDValidTo = merchant.IDResident, id, m.LegalRep.IDValidTo
		s.HolderIDLongTerm = m.LegalRep.IDLongTerm
	default:
		s.AccountType, s.AccountNo, s.AccountName = merchant.AccountCorporate, fmt.Sprintf("%04d%s%07d", 344+n/600000, at.area, 2040001+n%600000*13), m.Names.Legal
	}
	bound := m.Licence.Number
	if subject == merchant.SubjectMicro {
		bound = id
	}
	t := merchant.Terminal{
		TerminalNo: fmt.Sprintf("3%07d", n+1), SerialNo: fmt.Sprintf("N9%010d", 1000003+n), DeviceType: merchant.DeviceSmartPOS, Model: "N910",
		NetworkLicence: "P3100", InstallAddress: at.city + "市" + at.district + detail, InstallDistrictCode: at.districtCode,
		Status: merchant.TerminalActive, InstalledOn: merchant.Day(2021, 4, 1), LastTxnOn: merchant.Day(2026, 11, 20), LastSignInOn: merchant.Day(2026, 11, 21),
		ICCID: fmt.Sprintf("8986002%013d", n), KeyStatus: merchant.KeyLoaded,
		Bound: merchant.Bound{OrgCode: m.Acquirer.OrgCode, MerchantNo: m.MerchantNo, USCCOrID: bound, AccountNo: s.AccountNo, DistrictCode: at.districtCode},
	}
	t.ICCIDBound = t.ICCID
	t.Params = merchant.TermParams{MerchantNo: m.MerchantNo, TerminalNo: t.TerminalNo, MCC: m.MCC, OrgCode: m.Acquirer.OrgCode, Version: "20260602",
		DownloadedOn: merchant.Day(2026, 6, 2), TxnHours: "00:00-24:00"}
	m.Terminals = []merchant.Terminal{t}
	return m
}

var trades = [...]struct {
	mcc, word, shop, short, scope string
	permits                       []string
}{
	{"5411", "商贸", "便利店", "便利店", "日用百货、预包装食品销售", nil},
	{"5812", "餐饮管理", "餐馆", "餐厅", "餐饮服务", []string{"食品经营许可证"}},
	{"5651", "服饰", "服装店", "服饰店", "服装鞋帽零售", nil},
	{"5732", "电子科技", "电器行", "电器行", "家用电器销售", nil},
	{"7230", "美容美发", "理发店", "美发店", "美容美发服务", nil},
	{"5942", "图书", "书店", "书店", "图书报刊零售", nil},
}

// serialWord tells trade names apart once the two-character words are used up.
func serialWord(n int) string {
	if n == 0 {
		return ""
	}
	return serialWord(n/20) + string(seconds[n%20])
}

// generations are the births and the issues of documents of ten years each, for as many persons as one district and one
// decade can tell apart. A document issued at 26 to 45 years of age holds for 20 years, a later one for ever.
var generations = [...]struct{ born, issued int }{{1978, 2016}, {1968, 2007}, {1988, 2024}, {1958, 2016}, {1948, 2016}}

const perGeneration = 420 * 989

// base30 are the characters of organisation codes but X, four of which would look like a mask.
const base30 = "0123456789ABCDEFGHJKLMNPQRTUWY"

const base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func sequence(n int) string {
	n++
	return string([]byte{base36[n/46656%36], base36[n/1296%36], base36[n/36%36], base36[n%36]})
}

func creditCode(prefix, district string, n int) string {
	body := fmt.Sprintf("MA1%05d", n)
	if n >= 100000 {
		body = "MA" + string([]byte{base30[20+n/810000], base30[n/27000%30], base30[n/900%30], base30[n/30%30], base30[n%30], '5'})
	}
	for _, c := range "0123456789X" {
		if orgcode.Valid(body + string(c)) {
			code := prefix + district + body + string(c)
			check, _ := uscc.CheckChar(code)
			return code + string(check)
		}
	}
	return ""
}

func residentNumber(district string, born, n int) string {
	body := fmt.Sprintf("%s%04d%02d%02d%03d", district, born, 1+n%12, 1+n%28, serial(n/420%989))
	check, _ := residentid.CheckChar(body)
	return body + string(check)
}

// serial leaves out multiples of 100: with a check digit of 0 they look like numbers whose last digits a spreadsheet lost.
func serial(k int) int { return 1 + k + k/99 }

func cardNumber(bin string, n int) string {
	no := luhn(fmt.Sprintf("%s%012d", bin, 402560000000+n*37))
	if strings.HasSuffix(no, "0000") {
		no = luhn(fmt.Sprintf("%s%012d", bin, 802560000001+n*37)) // the same again
	}
	return no
}

func luhn(body string) string {
	for c := '0'; c <= '9'; c++ {
		if bankcard.Luhn(body + string(c)) {
			return body + string(c)
		}
	}
	return ""
}

func cnapsCode(bank, area string, n int) string {
	body := fmt.Sprintf("%s%s%04d", bank, area, 100+n%900)
	for c := '0'; c <= '9'; c++ {
		if cnaps.CheckDigit(body + string(c)) {
			return body + string(c)
		}
	}
	return ""
}
