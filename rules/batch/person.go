package batch

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// BAT003 同证件号不同姓名: One ID number with several names.
var BAT003 = rules.Rule{
	ID: "BAT003", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "同证件号不同姓名", EN: "One ID number with several names"},
	Message: rules.Text{ZH: "证件号{value}对应多个姓名：{names}", EN: "ID {value} carries several names: {names}"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "同一证件号码在本批的任何位置对应不同姓名（法定代表人、联系人、持卡人、受益所有人；姓名按规范化形式比较）；或同一统一社会信用代码下同一姓名对应不同证件号码，而法定代表人之间的这种差异由 BAT002 报告，同一行内本应是法定代表人的联系人、持卡人与其不同由 REP013、SET007 报告。其中必有一处录错。", EN: "The same identity number stands with different names anywhere in the batch (representative, contact, account holder, beneficial owner; names are compared in their normalised form), or the same name with different identity numbers under one USCC, save for two representatives, whom BAT002 reports, and for a contact or account holder of the same record who should be the representative, whom REP013 and SET007 report. One of them is mistyped."},
	Good:    "一致", Bad: "张三/张山",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "居民身份证法 第3条 唯一", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldLegalRepName},
	Batch:  newIdentities,
}

func newIdentities(s *rules.Shared) rules.Batch { return identities{open(s, persons)} }

type identities struct{ *book }

// mentions keeps each person that a record names with number and name, once for each record.
type mentions struct {
	numbers keys // the identity number
	names   keys // USCC and name; 0 without a USCC
	records column[uint32]
	paths   column[merchant.Path]
	called  column[uint32] // the name, in the store
	store   store
	others  map[uint64]string // numbers that do not stand in their keys
}

func (s *mentions) add(b *book, p *rules.Pass) {
	r := p.Record
	s.see(b, p, merchant.At(merchant.FieldLegalRepIDNo), merchant.At(merchant.FieldLegalRepName), r.LegalRep.IDNo, r.LegalRep.Name)
	// Where contact or holder should be the representative and are not, a rule about the record has said so (REP013, SET007).
	if r.Contact.Type != merchant.ContactLegal || !halfSame(r, r.Contact.IDNo, r.Contact.Name) {
		s.see(b, p, merchant.At(merchant.FieldContactIDNo), merchant.At(merchant.FieldContactName), r.Contact.IDNo, r.Contact.Name)
	}
	if t := r.Settlement.AccountType; t == merchant.AccountPersonalOther ||
		t == merchant.AccountPersonalOperator && !halfSame(r, r.Settlement.HolderIDNo, r.Settlement.AccountName) {
		s.see(b, p, merchant.At(merchant.FieldSettlementHolderIDNo), merchant.At(merchant.FieldSettlementAccountName), r.Settlement.HolderIDNo, r.Settlement.AccountName)
	}
	for i := range r.BeneficialOwners {
		o := &r.BeneficialOwners[i]
		s.see(b, p, merchant.Item(merchant.FieldBeneficialOwnersIDNo, i), merchant.Item(merchant.FieldBeneficialOwnersName, i), o.IDNo, o.Name)
	}
}

// halfSame reports that one of number and name is that of the representative and the other is not.
func halfSame(r *merchant.Record, no, name string) bool {
	rep := &r.LegalRep
	return rep.IDNo != "" && rep.Name != "" && (no == rep.IDNo) != (normalize.Key(name) == normalize.Key(rep.Name))
}

func (s *mentions) see(b *book, p *rules.Pass, at, nameAt merchant.Path, no, name string) {
	if no == "" || name == "" || p.Blocked(at) || p.Blocked(nameAt) {
		return
	}
	name = normalize.Key(name)
	number, kept := residentKey(no)
	if !kept {
		number = key(no) | 1<<63
		if s.others[number] == "" {
			if s.others == nil {
				s.others = map[uint64]string{}
			}
			s.others[number] = strings.Clone(no)
		}
	}
	called, known := uint32(0), false
	for i := int32(s.records.n) - 1; i >= 0 && s.records.at(i) == uint32(b.n); i-- {
		if at := s.called.at(i); s.store.is(at, name) {
			if called, known = at, true; s.numbers.at(i) == number {
				return
			}
		}
	}
	if !known {
		called = s.store.add(name)
	}
	var named uint64
	if uscc := sound(p, merchant.FieldLicenceNumber); uscc != "" {
		named = key(uscc, name)
	}
	s.numbers.add(number, text{})
	s.names.add(named, text{})
	s.records.add(uint32(b.n))
	s.paths.add(at)
	s.called.add(called)
}

func (s *mentions) record(m int32) int  { return int(s.records.at(m)) }
func (s *mentions) name(m int32) string { return s.store.text(s.called.at(m)) }
func (s *mentions) number(m int32) string {
	key := s.numbers.at(m)
	if no, ok := s.others[key]; ok {
		return no
	}
	return residentNumber(key)
}

// residentKey writes an 18-character resident identity number as a number: 17 digits and the check character. No other
// gets a key with the highest bit clear.
func residentKey(no string) (uint64, bool) {
	if len(no) != 18 {
		return 0, false
	}
	var n uint64
	for _, c := range []byte(no[:17]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	check := strings.IndexByte(residentChecks, no[17])
	return (n*11 + uint64(check)) + 1, check >= 0
}

const residentChecks = "0123456789X"

// residentNumber reads what residentKey writes.
func residentNumber(key uint64) string {
	key--
	no := []byte(strconv.FormatUint(key/11, 10))
	return strings.Repeat("0", max(17-len(no), 0)) + string(no) + residentChecks[key%11:key%11+1]
}

func (b identities) Finish(p *rules.BatchPass) {
	s := &b.persons
	for _, g := range s.numbers.groups() {
		if names := values(g.members, s.name); len(names) > 1 {
			find(p, ordinals(g.members, s.record), s.paths.at(g.members[0]), s.number(g.members[0]), rules.V("names", merchant.FieldLegalRepName, few(names)))
		}
	}
	representative := func(m int32) bool { return s.paths.at(m).Field == merchant.FieldLegalRepIDNo }
	for _, g := range s.names.groups() {
		numbers := values(g.members, s.number)
		if len(numbers) < 2 || len(with(g.members, representative)) == len(g.members) {
			continue
		}
		find(p, ordinals(g.members, s.record), s.paths.at(g.members[0]), numbers[0], rules.V("value", merchant.FieldLegalRepIDNo, few(numbers)),
			rules.V("names", merchant.FieldLegalRepName, s.name(g.members[0])))
	}
}

// values lists what members have, each once, in the order of their first.
func values(members []int32, of func(int32) string) (list []string) {
	seen := map[string]bool{}
	for _, m := range members {
		if v := of(m); !seen[v] {
			seen[v] = true
			list = append(list, v)
		}
	}
	return list
}

// BAT004 一人名下商户较多: Many merchants of one person.
var BAT004 = rules.Rule{
	ID: "BAT004", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一人名下商户较多", EN: "Many merchants of one person"},
	Message: rules.Text{ZH: "{name}名下有{n}个商户（第{rows}行）", EN: "{name} represents {n} merchants (rows {rows})"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "同一法定代表人证件号码名下有不同统一社会信用代码的商户，数量不少于 rep_many_warn（5）而少于 rep_many_error（20）。这是空壳商户的迹象。", EN: "One identity number represents merchants of rep_many_warn (5) or more but fewer than rep_many_error (20) different USCC: a sign of shell merchants."},
	Good:    "2个", Bad: "8个",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反诈法 第17条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldMerchantNo},
	Batch:  newRepresented,
}

// represented reports how many USCC one person represents, from rep_many_error on or below it.
type represented struct {
	*book
	many bool
}

func newRepresented(s *rules.Shared) rules.Batch {
	return represented{open(s, representativeKey, usccKey), false}
}

func (b represented) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(representativeKey) {
		members := with(g.members, func(m int32) bool { return b.keyAt(usccKey)(m) != 0 })
		n := distinct(members, b.keyAt(usccKey))
		if n < max(p.Params.RepManyWarn, 2) || b.many != (n >= p.Params.RepManyError) {
			continue
		}
		records := ordinals(members, itself)
		params := []rules.Param{rules.V("name", merchant.FieldLegalRepName, g.name), rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records))}
		if b.many {
			params = append(params, rules.P("max", strconv.Itoa(p.Params.RepManyError-1)))
		}
		find(p, records, merchant.At(merchant.FieldLegalRepIDNo), g.value, params...)
	}
}

// BAT014 一人名下商户过多: Too many merchants of one person.
var BAT014 = rules.Rule{
	ID: "BAT014", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一人名下商户过多", EN: "Too many merchants of one person"},
	Message: rules.Text{ZH: "{name}名下有{n}个商户（第{rows}行），超过{max}个", EN: "{name} represents {n} merchants (rows {rows}); more than {max}"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "同一法定代表人证件号码名下不同统一社会信用代码的商户达到 rep_many_error（20）个。这是空壳商户的迹象。", EN: "One identity number represents merchants of rep_many_error (20) or more different USCC: a sign of shell merchants."},
	Good:    "2个", Bad: "23个",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反诈法 第17条", Verified: true}, {Level: rules.Law, Cite: "the number is policy"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldMerchantNo},
	Batch:  newOverRepresented,
}

func newOverRepresented(s *rules.Shared) rules.Batch {
	return represented{open(s, representativeKey, usccKey), true}
}

// BAT015 一人多个小微商户: Several micro merchants of one person.
var BAT015 = rules.Rule{
	ID: "BAT015", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一人多个小微商户", EN: "Several micro merchants of one person"},
	Message: rules.Text{ZH: "{name}名下有{n}个小微商户（第{rows}行）", EN: "{name} has {n} micro merchants (rows {rows})"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "同一法定代表人证件号码名下有两个或更多小微商户。小微商户的限额按自然人合并计算。", EN: "One identity number stands behind two or more micro merchants. The caps of micro merchants hold per natural person."},
	Good:    "1个", Bad: "3个",
	Effective: merchant.Day(2018, 4, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "银发〔2017〕296号 以同一自然人名义"}},
	Fields:    []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldSubjectType},
	Batch:     newMicros,
}

// microList keeps which records are micro merchants, and the limits of those under the caps.
type microList struct {
	is     column[bool]
	capped map[int32]allowance
}

type allowance struct{ daily, monthly int64 } // fen

func (l *microList) add(p *rules.Pass, ordinal int) {
	l.is.add(p.Record.SubjectType == merchant.SubjectMicro)
	if rules.MicroCapped(&p.Record.Merchant) {
		if l.capped == nil {
			l.capped = map[int32]allowance{}
		}
		l.capped[int32(ordinal)] = allowance{fenAt(p, merchant.FieldLimitsCreditDailyCNY), fenAt(p, merchant.FieldLimitsCreditMonthlyCNY)}
	}
}

func newMicros(s *rules.Shared) rules.Batch {
	return severalMicros{open(s, representativeKey, merchantTag, micros)}
}

type severalMicros struct{ *book }

func (b severalMicros) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(representativeKey) {
		members := with(g.members, b.micros.is.at)
		n := distinct(members, b.tagAt(merchantTag))
		if n < 2 {
			continue
		}
		records := ordinals(members, itself)
		find(p, records, merchant.At(merchant.FieldLegalRepIDNo), g.value, rules.V("name", merchant.FieldLegalRepName, g.name),
			rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records)))
	}
}

// BAT016 一人小微额度合计超限: Micro caps exceeded in sum.
var BAT016 = rules.Rule{
	ID: "BAT016", Severity: rules.Error, Kind: rules.Limit, Cause: "SC-17", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一人小微额度合计超限", EN: "Micro caps exceeded in sum"},
	Message: rules.Text{ZH: "{name}名下小微商户信用卡限额合计为单日{day}元、单月{month}元", EN: "the credit limits of the micro merchants of {name} sum to {day} a day and {month} a month"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "同一法定代表人证件号码名下两个或更多小微商户的信用卡限额合计超过 LIM003 的上限（单日 1000 元、单月 10000 元）。有辅助证明或没有信用卡产品的商户不计；同一商户的重复行只计一次。", EN: "The credit-card limits of two or more micro merchants of one identity number sum to more than the caps of LIM003 (1,000 yuan a day, 10,000 a month). Merchants with enhanced proof or without a credit product do not count, and rows of one merchant count once."},
	Good:    "1000/10000", Bad: "3000/30000",
	Effective: merchant.Day(2018, 4, 1),
	Basis:     []rules.Basis{{Level: rules.Law, Cite: "银发〔2017〕296号 以同一自然人名义"}},
	Fields:    []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY},
	Batch:     newCapped,
}

func newCapped(s *rules.Shared) rules.Batch {
	return cappedMicros{open(s, representativeKey, merchantTag, micros)}
}

type cappedMicros struct{ *book }

// fenAt returns a limit in fen; 0 when none is given or it is unusable, and at most a number whose sums fit.
func fenAt(p *rules.Pass, f merchant.Field) int64 {
	const most = 1e13
	m, ok := p.Record.Ref(merchant.At(f)).(*merchant.Money)
	switch {
	case !ok || m.IsZero() || m.Sign() < 0 || p.Blocked(merchant.At(f)):
		return 0
	case m.Cmp(merchant.Fen(most)) > 0:
		return most
	}
	return m.Decimal().Shift(2).IntPart()
}

func (b cappedMicros) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(representativeKey) {
		var counted []int32
		var daily, monthly int64
		seen := map[uint32]bool{}
		for _, m := range g.members {
			limit, ok := b.micros.capped[m]
			if who := b.tagAt(merchantTag)(m); ok && !seen[who] {
				seen[who] = true
				counted = append(counted, m)
				daily, monthly = daily+limit.daily, monthly+limit.monthly
			}
		}
		if len(counted) < 2 || merchant.Fen(daily).Cmp(p.Params.MicroCreditDailyCNY) <= 0 && merchant.Fen(monthly).Cmp(p.Params.MicroCreditMonthlyCNY) <= 0 {
			continue
		}
		find(p, ordinals(counted, itself), merchant.At(merchant.FieldLegalRepIDNo), g.value, rules.V("name", merchant.FieldLegalRepName, g.name),
			rules.P("day", merchant.Fen(daily).String()), rules.P("month", merchant.Fen(monthly).String()))
	}
}

// BAT006 手机号多人共用: Phone used by several people.
var BAT006 = rules.Rule{
	ID: "BAT006", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "手机号多人共用", EN: "Phone used by several people"},
	Message: rules.Text{ZH: "手机号{value}被{n}个不同证件使用", EN: "mobile {value} is used by {n} different IDs"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "同一手机号对应的不同证件号码不少于 shared_phone_warn（3）个而少于 shared_phone_error（10）个。联系人手机号按联系人证件号码计，没有时按法定代表人证件号码计。手机号与证件应一一对应。", EN: "The same mobile stands with shared_phone_warn (3) or more but fewer than shared_phone_error (10) different identity numbers: that of the contact for the contact's mobile, else that of the representative. Phone and identity should be one to one."},
	Good:    "1人", Bad: "4人",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (七)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile, merchant.FieldLegalRepIDNo},
	Batch:  newSharedPhones,
}

// addMobiles adds two entries: the mobile of the contact, and that of the representative unless it says the same.
func (b *book) addMobiles(p *rules.Pass) {
	mobile, own := sound(p, merchant.FieldContactMobile), sound(p, merchant.FieldLegalRepMobile)
	var first, second uint64
	if mobile != "" {
		first = key(mobile)
	}
	if representative := sound(p, merchant.FieldLegalRepIDNo); own != "" && representative != "" &&
		(own != mobile || b.contactTag(p) != tag(representative)) {
		second = key(own)
	}
	b.mobiles.add(first, text{value: mobile})
	b.mobiles.add(second, text{value: own})
}

// phones reports mobiles by the number of identity numbers they stand with.
type phones struct {
	*book
	bounds func(*rules.Params) (least, below int)
}

func newPhones(s *rules.Shared, bounds func(*rules.Params) (least, below int)) phones {
	return phones{open(s, mobiles, contactTag, representativeKey), bounds}
}

func newSharedPhones(s *rules.Shared) rules.Batch {
	return newPhones(s, func(p *rules.Params) (int, int) { return p.SharedPhoneWarn, p.SharedPhoneError })
}

// user returns the identity number that an entry of the mobiles stands with; 0 when it is not known.
func (b phones) user(m int32) uint32 {
	if m%2 == 0 {
		return b.tagAt(contactTag)(m / 2)
	}
	return tagOfKey(b.keyAt(representativeKey)(m / 2))
}

func (b phones) Finish(p *rules.BatchPass) {
	least, below := b.bounds(p.Params)
	for _, g := range b.mobiles.groups() {
		members := with(g.members, func(m int32) bool { return b.user(m) != 0 })
		n := distinct(members, b.user)
		if n < max(least, 2) || below > 0 && n >= below {
			continue
		}
		path := merchant.At(merchant.FieldContactMobile)
		if members[0]%2 == 1 {
			path = merchant.At(merchant.FieldLegalRepMobile)
		}
		params := []rules.Param{rules.P("n", strconv.Itoa(n))}
		if below == 0 {
			params = append(params, rules.P("max", strconv.Itoa(least-1)))
		}
		find(p, ordinals(members, func(m int32) int { return int(m / 2) }), path, g.value, params...)
	}
}

// BAT018 手机号大量共用: Phone used by many people.
var BAT018 = rules.Rule{
	ID: "BAT018", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "手机号大量共用", EN: "Phone used by many people"},
	Message: rules.Text{ZH: "手机号{value}被{n}个不同证件使用，超过{max}个", EN: "mobile {value} is used by {n} different IDs; more than {max}"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "同一手机号对应的不同证件号码达到 shared_phone_error（10）个，取法同 BAT006。多半是业务员的手机号，或是欺诈。", EN: "The same mobile stands with shared_phone_error (10) or more different identity numbers, taken as BAT006 does: the phone of a salesperson or a fraud."},
	Good:    "1人", Bad: "12人",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (七)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile, merchant.FieldLegalRepIDNo},
	Batch:  newMassPhones,
}

func newMassPhones(s *rules.Shared) rules.Batch {
	return newPhones(s, func(p *rules.Params) (int, int) { return p.SharedPhoneError, 0 })
}

// BAT019 手机号两人共用: Phone used by two people.
var BAT019 = rules.Rule{
	ID: "BAT019", Severity: rules.Info, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "手机号两人共用", EN: "Phone used by two people"},
	Message: rules.Text{ZH: "手机号{value}被{n}个证件使用", EN: "mobile {value} is used by {n} IDs"},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc:     rules.Text{ZH: "同一手机号恰好对应两个不同证件号码，取法同 BAT006。夫妻各开一店属常见，列出供确认。", EN: "The same mobile stands with exactly two different identity numbers, taken as BAT006 does. A couple may run two shops."},
	Good:    "1人", Bad: "2人",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (七)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile, merchant.FieldLegalRepIDNo},
	Batch:  newPairPhones,
}

func newPairPhones(s *rules.Shared) rules.Batch {
	return newPhones(s, func(*rules.Params) (int, int) { return 2, 3 })
}
