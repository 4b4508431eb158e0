package batch

import (
	"slices"
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
	Doc:     rules.Text{ZH: "同一证件号码在本批的任何位置对应不同姓名（法定代表人、联系人、持卡人、受益所有人；姓名按规范化形式比较）；或同一统一社会信用代码下同一姓名对应不同证件号码，而法定代表人之间的这种差异由 BAT002 报告。其中必有一处录错。", EN: "The same identity number stands with different names anywhere in the batch (representative, contact, account holder, beneficial owner; names are compared in their normalised form), or the same name with different identity numbers under one USCC, save for two representatives, whom BAT002 reports. One of them is mistyped."},
	Good:    "一致", Bad: "张三/张山",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "居民身份证法 第3条 唯一", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldLegalRepName},
	Batch:  newIdentities,
}

// identities groups the persons of all records by identity number, and by USCC and name.
type identities struct {
	numbers groups[person]
	names   groups[person]
}

// person is one mention of a person: name for the groups by number, number for the groups by name.
type person struct {
	ordinal int32
	path    merchant.Path
	other   string
}

func newIdentities(*rules.Shared) rules.Batch {
	return &identities{newGroups[person](), newGroups[person]()}
}

func (s *identities) Observe(p *rules.Pass, ordinal int) {
	r := p.Record
	s.see(p, ordinal, merchant.At(merchant.FieldLegalRepIDNo), merchant.At(merchant.FieldLegalRepName), r.LegalRep.IDNo, r.LegalRep.Name)
	s.see(p, ordinal, merchant.At(merchant.FieldContactIDNo), merchant.At(merchant.FieldContactName), r.Contact.IDNo, r.Contact.Name)
	if t := r.Settlement.AccountType; t == merchant.AccountPersonalOperator || t == merchant.AccountPersonalOther {
		s.see(p, ordinal, merchant.At(merchant.FieldSettlementHolderIDNo), merchant.At(merchant.FieldSettlementAccountName), r.Settlement.HolderIDNo, r.Settlement.AccountName)
	}
	for i := range r.BeneficialOwners {
		o := &r.BeneficialOwners[i]
		s.see(p, ordinal, merchant.Item(merchant.FieldBeneficialOwnersIDNo, i), merchant.Item(merchant.FieldBeneficialOwnersName, i), o.IDNo, o.Name)
	}
}

func (s *identities) see(p *rules.Pass, ordinal int, at, nameAt merchant.Path, no, name string) {
	if no == "" || name == "" || p.Blocked(at) || p.Blocked(nameAt) {
		return
	}
	key := normalize.Key(name)
	join(&s.numbers, s.numbers.key(no), no, name, person{int32(ordinal), at, key})
	if uscc := sound(p, merchant.FieldLicenceNumber); uscc != "" {
		join(&s.names, s.names.key(uscc, key), "", name, person{int32(ordinal), at, no})
	}
}

// join adds a mention unless the record has made it already. A name that agrees with the first is not copied again.
func join(g *groups[person], key uint64, value, name string, m person) {
	e, seen := g.first[key]
	switch {
	case !seen:
		m.other = strings.Clone(m.other)
	case e.group == 0 && e.member.other == m.other:
		if e.member.ordinal == m.ordinal {
			return
		}
		m.other = e.member.other
	case e.group > 0:
		known := g.list[e.group-1].members
		if last := known[len(known)-1]; last.ordinal == m.ordinal && last.other == m.other {
			return
		}
		if known[0].other == m.other {
			m.other = known[0].other
			break
		}
		m.other = strings.Clone(m.other)
	default:
		m.other = strings.Clone(m.other)
	}
	g.add(key, value, name, m)
}

func (s *identities) Finish(p *rules.BatchPass) {
	for _, g := range s.numbers.list {
		if names, records, _ := others(g.members); len(names) > 1 {
			find(p, records, g.members[0].path, g.value, rules.V("names", merchant.FieldLegalRepName, few(names)))
		}
	}
	for _, g := range s.names.list {
		numbers, records, representatives := others(g.members)
		if len(numbers) < 2 || representatives {
			continue
		}
		find(p, records, g.members[0].path, numbers[0], rules.V("value", merchant.FieldLegalRepIDNo, few(numbers)),
			rules.V("names", merchant.FieldLegalRepName, g.name))
	}
}

// others lists what the members differ in and the records they stand in, and tells whether all are representatives.
func others(members []person) (values []string, records []int, representatives bool) {
	representatives = true
	seen := map[string]bool{}
	for _, m := range members {
		if !seen[m.other] {
			seen[m.other] = true
			values = append(values, m.other)
		}
		records = append(records, int(m.ordinal))
		representatives = representatives && m.path.Field == merchant.FieldLegalRepIDNo
	}
	return values, slices.Compact(records), representatives
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

// represented groups records by the identity number of the representative; a is the USCC.
type represented struct {
	groups groups[member]
	many   bool // report from rep_many_error on, not below it
}

func newRepresented(*rules.Shared) rules.Batch { return &represented{groups: newGroups[member]()} }

func (s *represented) Observe(p *rules.Pass, ordinal int) {
	no, uscc := sound(p, merchant.FieldLegalRepIDNo), sound(p, merchant.FieldLicenceNumber)
	if no != "" && uscc != "" {
		s.groups.add(s.groups.key(no), no, p.Record.LegalRep.Name, member{ordinal: int32(ordinal), a: s.groups.tag(uscc)})
	}
}

func (s *represented) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		n := distinct(g.members, tagA)
		if n < p.Params.RepManyWarn || s.many != (n >= p.Params.RepManyError) {
			continue
		}
		records := ordinals(g.members)
		params := []rules.Param{rules.V("name", merchant.FieldLegalRepName, g.name), rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records))}
		if s.many {
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

func newOverRepresented(*rules.Shared) rules.Batch {
	return &represented{groups: newGroups[member](), many: true}
}

// BAT015 一人多个小微商户: Several micro merchants of one person.
var BAT015 = rules.Rule{
	ID: "BAT015", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一人多个小微商户", EN: "Several micro merchants of one person"},
	Message: rules.Text{ZH: "{name}名下有{n}个小微商户（第{rows}行）", EN: "{name} has {n} micro merchants (rows {rows})"},
	Remedy:  rules.Text{ZH: "按制度调整限额，必要时申请提额。", EN: "Set the limit by policy; apply for a raise where needed."},
	Doc:     rules.Text{ZH: "同一法定代表人证件号码名下有两个或更多小微商户。小微商户的限额按自然人合并计算。", EN: "One identity number stands behind two or more micro merchants. The caps of micro merchants hold per natural person."},
	Good:    "1个", Bad: "3个",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2017〕296号 以同一自然人名义"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldSubjectType},
	Batch:  newMicros,
}

// micros groups micro merchants by the identity number of the person; a is the merchant.
type micros struct{ groups groups[member] }

func newMicros(*rules.Shared) rules.Batch { return &micros{newGroups[member]()} }

func (s *micros) Observe(p *rules.Pass, ordinal int) {
	if no := sound(p, merchant.FieldLegalRepIDNo); no != "" && p.Record.SubjectType == merchant.SubjectMicro {
		s.groups.add(s.groups.key(no), no, p.Record.LegalRep.Name, member{ordinal: int32(ordinal), a: s.groups.merchantTag(p, ordinal)})
	}
}

func (s *micros) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		n := distinct(g.members, tagA)
		if n < 2 {
			continue
		}
		records := ordinals(g.members)
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
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2017〕296号 以同一自然人名义"}},
	Fields: []merchant.Field{merchant.FieldLegalRepIDNo, merchant.FieldLimitsCreditDailyCNY, merchant.FieldLimitsCreditMonthlyCNY},
	Batch:  newCapped,
}

// capped groups micro merchants under the caps by the identity number of the person.
type capped struct{ groups groups[allowance] }

type allowance struct {
	member
	daily, monthly int64 // fen
}

func newCapped(*rules.Shared) rules.Batch { return &capped{newGroups[allowance]()} }

func (s *capped) Observe(p *rules.Pass, ordinal int) {
	no := sound(p, merchant.FieldLegalRepIDNo)
	if no == "" || !rules.MicroCapped(&p.Record.Merchant) {
		return
	}
	s.groups.add(s.groups.key(no), no, p.Record.LegalRep.Name, allowance{member{ordinal: int32(ordinal), a: s.groups.merchantTag(p, ordinal)},
		fenAt(p, merchant.FieldLimitsCreditDailyCNY), fenAt(p, merchant.FieldLimitsCreditMonthlyCNY)})
}

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

func (s *capped) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		var counted []member
		var daily, monthly int64
		seen := map[uint32]bool{}
		for _, m := range g.members {
			if !seen[m.a] {
				seen[m.a] = true
				counted = append(counted, m.member)
				daily, monthly = daily+m.daily, monthly+m.monthly
			}
		}
		if len(counted) < 2 || merchant.Fen(daily).Cmp(p.Params.MicroCreditDailyCNY) <= 0 && merchant.Fen(monthly).Cmp(p.Params.MicroCreditMonthlyCNY) <= 0 {
			continue
		}
		find(p, ordinals(counted), merchant.At(merchant.FieldLegalRepIDNo), g.value, rules.V("name", merchant.FieldLegalRepName, g.name),
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

// phones groups records by mobile; a is the identity number, b tells the mobile of the contact (1) from that of the
// representative (2).
type phones struct {
	groups groups[member]
	bounds func(*rules.Params) (least, below int)
}

func newPhones(bounds func(*rules.Params) (least, below int)) *phones {
	return &phones{newGroups[member](), bounds}
}

func newSharedPhones(*rules.Shared) rules.Batch {
	return newPhones(func(p *rules.Params) (int, int) { return p.SharedPhoneWarn, p.SharedPhoneError })
}

func (s *phones) Observe(p *rules.Pass, ordinal int) {
	representative := sound(p, merchant.FieldLegalRepIDNo)
	contact := sound(p, merchant.FieldContactIDNo)
	if contact == "" {
		contact = representative
	}
	mobile := sound(p, merchant.FieldContactMobile)
	if mobile != "" && contact != "" {
		s.groups.add(s.groups.key(mobile), mobile, "", member{int32(ordinal), s.groups.tag(contact), 1})
	}
	own := sound(p, merchant.FieldLegalRepMobile)
	if own != "" && representative != "" && (own != mobile || contact != representative) {
		s.groups.add(s.groups.key(own), own, "", member{int32(ordinal), s.groups.tag(representative), 2})
	}
}

func (s *phones) Finish(p *rules.BatchPass) {
	least, below := s.bounds(p.Params)
	for _, g := range s.groups.list {
		n := distinct(g.members, tagA)
		if n < least || below > 0 && n >= below {
			continue
		}
		path := merchant.At(merchant.FieldContactMobile)
		if g.members[0].b == 2 {
			path = merchant.At(merchant.FieldLegalRepMobile)
		}
		params := []rules.Param{rules.P("n", strconv.Itoa(n))}
		if below == 0 {
			params = append(params, rules.P("max", strconv.Itoa(least-1)))
		}
		find(p, ordinals(g.members), path, g.value, params...)
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

func newMassPhones(*rules.Shared) rules.Batch {
	return newPhones(func(p *rules.Params) (int, int) { return p.SharedPhoneError, 0 })
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

func newPairPhones(*rules.Shared) rules.Batch {
	return newPhones(func(*rules.Params) (int, int) { return 2, 3 })
}
