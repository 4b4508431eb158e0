package person

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/rules"
)

// person is one of the people whose identity document a record carries, with the places of what it says.
type person struct {
	name, idNo                                   string
	idType                                       merchant.IDType
	period                                       merchant.Period // From stays empty for the account holder
	namePath, typePath, noPath, fromPath, toPath merchant.Path

	judged verdict       // of a number that no earlier rule found unusable
	born   merchant.Date // inside a sound number
}

// firstOwner is the place of the first beneficial owner; before it stand the representative, the contact and the holder
// of the settlement account.
const firstOwner = 3

// papers are the documents of a record: of the representative, the contact, the holder of the settlement account and the
// beneficial owners.
var papers = rules.Fact[documents]{Work: func(p *rules.Pass, d *documents) {
	*d = documents{list: d.list[:0]}
	for i := range firstOwner + len(p.Record.BeneficialOwners) {
		d.list = append(d.list, personAt(p.Record, i))
		v := &d.list[i]
		v.judged = v.judge(p)
		if v.judged == sound {
			switch v.idType {
			case merchant.IDResident, merchant.IDHKMacaoTaiwanResidence, merchant.IDForeignPermanentResidence:
				v.born = birthOf(v.idNo)
			}
		}
		v.sign(p, &d.signs)
	}
}}

type documents struct {
	list []person
	signs
}

// signs tell which rules may have something to say about one of the people, so that people without fault are looked at once
// and not by each rule; see Pass.Clear.
type signs struct {
	verdicts                              uint // one bit for each that was given
	unknownType, badName, unlisted        bool
	badPeriod, expired, expiring, offTerm bool
}

func (d *person) sign(p *rules.Pass, s *signs) {
	s.verdicts |= 1 << d.judged
	s.unknownType = s.unknownType || d.idType != "" && !d.idType.Valid()
	s.badName = s.badName || d.name != "" && !d.goodName(d.name)
	s.unlisted = s.unlisted || d.judged == sound && d.unlisted()
	s.badPeriod = s.badPeriod || !d.periodSound(p, d.born)
	s.expired = s.expired || d.period.ExpiredOn(p.AsOf)
	s.expiring = s.expiring || d.expiring(p)
	s.offTerm = s.offTerm || d.termKnown(d.born) && d.offTerm(d.born)
}

func personAt(r *merchant.Record, i int) person {
	switch i {
	case 0:
		v := &r.LegalRep
		return person{v.Name, v.IDNo, typed(r, v.IDType, v.IDNo, merchant.FieldLegalRepIDType), v.IDPeriod(),
			merchant.At(merchant.FieldLegalRepName), merchant.At(merchant.FieldLegalRepIDType), merchant.At(merchant.FieldLegalRepIDNo),
			merchant.At(merchant.FieldLegalRepIDValidFrom), merchant.At(merchant.FieldLegalRepIDValidTo), unjudged, merchant.Date{}}
	case 1:
		v := &r.Contact
		return person{v.Name, v.IDNo, typed(r, v.IDType, v.IDNo, merchant.FieldContactIDType),
			merchant.Period{From: v.IDValidFrom, To: v.IDValidTo, LongTerm: v.IDLongTerm},
			merchant.At(merchant.FieldContactName), merchant.At(merchant.FieldContactIDType), merchant.At(merchant.FieldContactIDNo),
			merchant.At(merchant.FieldContactIDValidFrom), merchant.At(merchant.FieldContactIDValidTo), unjudged, merchant.Date{}}
	case 2:
		v := &r.Settlement
		name := v.AccountName
		if v.AccountType != merchant.AccountPersonalOperator && v.AccountType != merchant.AccountPersonalOther {
			name = "" // of a company, or of nobody knows whom
		}
		return person{name, v.HolderIDNo, typed(r, v.HolderIDType, v.HolderIDNo, merchant.FieldSettlementHolderIDType),
			merchant.Period{To: v.HolderIDValidTo, LongTerm: v.HolderIDLongTerm},
			merchant.At(merchant.FieldSettlementAccountName), merchant.At(merchant.FieldSettlementHolderIDType),
			merchant.At(merchant.FieldSettlementHolderIDNo), merchant.Path{}, merchant.At(merchant.FieldSettlementHolderIDValidTo), unjudged, merchant.Date{}}
	}
	n := i - firstOwner
	v := &r.BeneficialOwners[n]
	return person{v.Name, v.IDNo, typed(r, v.IDType, v.IDNo, merchant.FieldBeneficialOwnersIDType),
		merchant.Period{From: v.IDValidFrom, To: v.IDValidTo, LongTerm: v.IDLongTerm},
		merchant.Item(merchant.FieldBeneficialOwnersName, n), merchant.Item(merchant.FieldBeneficialOwnersIDType, n),
		merchant.Item(merchant.FieldBeneficialOwnersIDNo, n), merchant.Item(merchant.FieldBeneficialOwnersIDValidFrom, n),
		merchant.Item(merchant.FieldBeneficialOwnersIDValidTo, n), unjudged, merchant.Date{}}
}

// typed returns the document type. A sheet without a column for it that has numbers of the length of resident cards
// means resident cards, as its heading 身份证号 says.
func typed(r *merchant.Record, t merchant.IDType, no string, f merchant.Field) merchant.IDType {
	if t == "" && (len(no) == 15 || len(no) == 18) && !r.Mapped(f) {
		return merchant.IDResident
	}
	return t
}

// who names the i-th person in a message.
func who(i int) rules.Param {
	roles := [firstOwner]rules.Text{{ZH: "法定代表人", EN: "the representative"}, {ZH: "联系人", EN: "the contact"},
		{ZH: "结算账户持有人", EN: "the account holder"}}
	if i < firstOwner {
		return rules.T("who", roles[i])
	}
	n := strconv.Itoa(i - firstOwner + 1)
	return rules.T("who", rules.Text{ZH: "第" + n + "名受益所有人", EN: "beneficial owner " + n})
}

// verdict is what one look at a document number says. It is one of many, so that one number raises one rule.
type verdict uint8

const (
	unjudged        verdict = iota // no number, no known type, or a value that is unusable
	sound                          // and the part of the number that is looked up is left to REP004
	wrongType                      // REP016
	firstGeneration                // REP005
	malformed                      // REP017
	wrongShape                     // REP006
	wrongCheck                     // REP003
	unknownOrigin                  // REP019
)

func (d *person) verdict(p *rules.Pass) verdict {
	if p.Blocked(d.noPath) || p.Blocked(d.typePath) {
		return unjudged
	}
	return d.judged
}

// judged returns the people if one of them may have the verdict.
func judged(p *rules.Pass, v verdict) []person {
	d := papers.Of(p)
	if p.Clear(d.verdicts&(1<<v) != 0) {
		return nil
	}
	return d.list
}

func (d *person) judge(p *rules.Pass) verdict {
	if d.idNo == "" || !d.idType.Valid() {
		return unjudged
	}
	if d.idType == merchant.IDResident { // nearly all are, and nearly all pass
		err := residentid.CheckAsOf(d.idNo, p.AsOf.Year(), p.AsOf.Month(), p.AsOf.Day())
		switch {
		case err == nil:
			return sound
		case residentid.Is15(d.idNo):
			return firstGeneration
		case otherType(d.idType, d.idNo) != "":
			return wrongType
		}
		return numberVerdict(err)
	}
	if otherType(d.idType, d.idNo) != "" {
		return wrongType
	}
	switch d.idType {
	case merchant.IDHKMacaoTaiwanResidence:
		return numberVerdict(residentid.CheckAsOf(d.idNo, p.AsOf.Year(), p.AsOf.Month(), p.AsOf.Day()))
	case merchant.IDForeignPermanentResidence:
		if d.idNo[0] < '0' || d.idNo[0] > '9' {
			return shapeVerdict(permit.CheckForeignPermanent(d.idNo))
		}
		v := numberVerdict(residentid.CheckForeignPermanent(d.idNo))
		if (v == sound || v == unknownOrigin) && birthOf(d.idNo).After(p.AsOf) {
			return malformed
		}
		return v
	case merchant.IDPassport:
		return shapeVerdict(passport.Check(d.idNo))
	case merchant.IDHKMacaoPermit:
		return shapeVerdict(permit.CheckHKMacao(d.idNo))
	case merchant.IDTaiwanPermit:
		return shapeVerdict(permit.CheckTaiwan(d.idNo))
	}
	return unjudged // military and other documents have no known shape
}

func numberVerdict(err error) verdict {
	switch err {
	case nil:
		return sound
	case residentid.ErrChecksum:
		return wrongCheck
	case residentid.ErrOrigin:
		return unknownOrigin
	}
	return malformed
}

func shapeVerdict(err error) verdict {
	if err != nil {
		return wrongShape
	}
	return sound
}

// otherType returns the type that a number has which is certainly not of type t: only numbers with a check character
// are certain. It returns "" for all others.
func otherType(t merchant.IDType, no string) merchant.IDType {
	if t == merchant.IDMilitary || t == merchant.IDOther || len(no) != 18 {
		return ""
	}
	if residentid.Check(no) == nil {
		hmt := residentid.ResidencePermit(no)
		switch {
		case t == merchant.IDResident, t == merchant.IDHKMacaoTaiwanResidence && hmt:
			return ""
		case hmt:
			return merchant.IDHKMacaoTaiwanResidence
		}
		return merchant.IDResident
	}
	if t != merchant.IDForeignPermanentResidence && residentid.CheckForeignPermanent(no) == nil {
		return merchant.IDForeignPermanentResidence
	}
	return ""
}

// typeOf returns the one type that a number fits, "" when it fits none or several.
func typeOf(no string) merchant.IDType {
	switch {
	case residentid.Check(no) == nil:
		if residentid.ResidencePermit(no) {
			return merchant.IDHKMacaoTaiwanResidence
		}
		return merchant.IDResident
	case residentid.CheckForeignPermanent(no) == nil:
		return merchant.IDForeignPermanentResidence
	}
	fits := [...]struct {
		t  merchant.IDType
		ok bool
	}{
		{merchant.IDHKMacaoPermit, permit.CheckHKMacao(no) == nil},
		{merchant.IDTaiwanPermit, permit.CheckTaiwan(no) == nil},
		{merchant.IDForeignPermanentResidence, permit.CheckForeignPermanent(no) == nil},
		{merchant.IDPassport, passport.CheckChina(no) == nil || passport.CheckHKMacaoSAR(no) == nil},
	}
	var only merchant.IDType
	for _, f := range fits {
		if f.ok && only != "" {
			return ""
		}
		if f.ok {
			only = f.t
		}
	}
	return only
}

// birth returns the birth date inside a number that passes its check; the zero Date for documents whose number has none.
func (d *person) birth(p *rules.Pass) merchant.Date {
	switch d.verdict(p) {
	case sound:
		return d.born
	case unknownOrigin: // which is no fault of the date
		return birthOf(d.idNo)
	}
	return merchant.Date{}
}

func birthOf(no string) merchant.Date {
	y, m, d, _ := residentid.Birth(no)
	return merchant.Day(y, m, d)
}
