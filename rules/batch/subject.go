package batch

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// BAT002 同一信用代码资料矛盾: One USCC with contradicting data.
var BAT002 = rules.Rule{
	ID: "BAT002", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "同一信用代码资料矛盾", EN: "One USCC with contradicting data"},
	Message: rules.Text{ZH: "信用代码{value}在第{rows}行对应不同的{field}", EN: "USCC {value} has different {field} in rows {rows}"},
	Remedy:  rules.Text{ZH: "核对两处资料是否为同一人、同一主体。", EN: "Check that both entries concern the same person or subject."},
	Doc:     rules.Text{ZH: "同一统一社会信用代码在两行或更多行中对应不同的商户名称（规范化后）或不同的法定代表人证件号码。一个主体只有一个名称和一个法定代表人。", EN: "The same USCC stands in two or more records with different registered names, normalised, or different identity numbers of the representative. One legal subject has one name and one representative."},
	Good:    "连锁店同名", Bad: "同码两个名称",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "市场主体登记管理条例 第10条", Verified: true}, {Level: rules.Law, Cite: "13 of 2,994,512 published codes carry two names", Verified: true}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldNamesLegal, merchant.FieldLegalRepIDNo},
	Batch:  newContradictions,
}

func newContradictions(s *rules.Shared) rules.Batch {
	return contradictions{open(s, usccKey, representativeKey, nameTag)}
}

type contradictions struct{ *book }

func (b contradictions) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(usccKey) {
		var differ []merchant.Field
		if distinct(g.members, b.tagAt(nameTag)) > 1 {
			differ = append(differ, merchant.FieldNamesLegal)
		}
		if distinct(g.members, b.keyAt(representativeKey)) > 1 {
			differ = append(differ, merchant.FieldLegalRepIDNo)
		}
		if len(differ) == 0 {
			continue
		}
		records := ordinals(g.members, itself)
		find(p, records, merchant.At(merchant.FieldLicenceNumber), g.value, rules.P("rows", p.Rows(records)), rules.T("field", joined(differ)))
	}
}

// BAT013 同一主体多家门店: Several shops of one subject.
var BAT013 = rules.Rule{
	ID: "BAT013", Severity: rules.Info, Kind: rules.Duplicate, Cause: "SC-03", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "同一主体多家门店", EN: "Several shops of one subject"},
	Message: rules.Text{ZH: "信用代码{value}下有{n}家门店（第{rows}行）", EN: "USCC {value} has {n} shops (rows {rows})"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "同一统一社会信用代码有两个或更多商户，名称和法定代表人一致，而 MCC 或经营地址不同。连锁门店属正常，列出供知悉。", EN: "The same USCC has two or more merchants with one name and one representative but different MCC or business address. It is normal for chains and listed so that it is seen."},
	Good:    "一家", Bad: "三家门店",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldLicenceNumber, merchant.FieldMCC, merchant.FieldAddressesBusinessDetail},
	Batch:  newChains,
}

func newChains(s *rules.Shared) rules.Batch {
	return chains{open(s, usccKey, representativeKey, nameTag, merchantTag, mccTag, addressTag)}
}

type chains struct{ *book }

func (b chains) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(usccKey) {
		n := distinct(g.members, b.tagAt(merchantTag))
		if n < 2 || distinct(g.members, b.tagAt(nameTag)) > 1 || distinct(g.members, b.keyAt(representativeKey)) > 1 ||
			distinct(g.members, b.tagAt(mccTag)) < 2 && distinct(g.members, b.tagAt(addressTag)) < 2 {
			continue
		}
		records := ordinals(g.members, itself)
		find(p, records, merchant.At(merchant.FieldLicenceNumber), g.value, rules.P("n", strconv.Itoa(n)), rules.P("rows", p.Rows(records)))
	}
}

// BAT010 疑似同一商户: Probably the same merchant twice.
var BAT010 = rules.Rule{
	ID: "BAT010", Severity: rules.Warning, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "疑似同一商户", EN: "Probably the same merchant twice"},
	Message: rules.Text{ZH: "第{rows}行疑似同一商户，依据：{evidence}", EN: "rows {rows} look like the same merchant; evidence: {evidence}"},
	Remedy:  rules.Text{ZH: "人工确认后更正键值。", EN: "Confirm by hand, then correct the key."},
	Doc:     rules.Text{ZH: "商户号不同，而以下至少两项相同：统一社会信用代码、结算账号、联系人手机号、经营地址（详细地址加区县）、名称（规范化后相同，或除地区和组织形式写法外相同）。两个有效而不同的统一社会信用代码一票否决；仅名称相同不算；代码相同而地址不同的连锁门店由 BAT013 列出。真实企业中相差一字的同城名称很常见，所以名称不作模糊比较。", EN: "Two records have different merchant numbers and agree in at least two of: USCC, settlement account, mobile of the contact, business address (detail and district), and name (equal when normalised, or but for the way region and legal form are written). Two valid different USCC are a veto, the name alone never suffices, and shops of one USCC at different addresses are left to BAT013. Names are not compared fuzzily: many real companies have a neighbour of the same city that differs in one character."},
	Good:    "不同商户", Bad: "同账户、同电话、同址，两个商户号",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "measured on 3.0 M registrations", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldLicenceNumber, merchant.FieldNamesLegal, merchant.FieldAddressesBusinessDetail, merchant.FieldContactMobile, merchant.FieldSettlementAccountNo},
	Batch:  newTraces,
}

// evidence are the fields that speak for one merchant.
var evidence = [...]merchant.Field{byUSCC: merchant.FieldLicenceNumber, byAccount: merchant.FieldSettlementAccountNo,
	byPhone: merchant.FieldContactMobile, byAddress: merchant.FieldAddressesBusinessDetail, byName: merchant.FieldNamesLegal}

const (
	byUSCC = iota
	byAccount
	byPhone
	byAddress
	byName
)

func newTraces(s *rules.Shared) rules.Batch {
	return traces{open(s, usccKey, accountKey, mobiles, placeKey, addressTag, coreTag, merchantTag)}
}

type traces struct{ *book }

// trace returns what a record has for a kind of evidence, 0 for nothing.
func (b traces) trace(kind int) func(int32) uint64 {
	switch kind {
	case byUSCC:
		return b.keyAt(usccKey)
	case byAccount:
		return b.keyAt(accountKey)
	case byPhone:
		return func(m int32) uint64 { return b.mobiles.at(2 * m) }
	case byAddress:
		return func(m int32) uint64 { return uint64(b.tagAt(addressTag)(m)) }
	}
	return func(m int32) uint64 { return uint64(b.tagAt(coreTag)(m)) }
}

// same returns the records that agree in a kind of evidence, and perhaps some more: places stand for addresses.
func (b traces) same(kind int) [][]int32 {
	var list [][]int32
	switch kind {
	case byUSCC, byAccount, byAddress:
		c := map[int]part{byUSCC: usccKey, byAccount: accountKey, byAddress: placeKey}[kind]
		for _, g := range b.groups(c) {
			list = append(list, g.members)
		}
	case byPhone:
		for _, g := range b.book.mobiles.groups() {
			var members []int32
			for _, m := range g.members {
				if m%2 == 0 {
					members = append(members, m/2)
				}
			}
			list = append(list, members)
		}
	}
	return list
}

// Finish looks for records that agree in two kinds of evidence.
func (b traces) Finish(p *rules.BatchPass) {
	var found [][]int
	pair := func(one, two int) {
		for _, members := range b.same(one) {
			for _, alike := range parts(members, b.trace(one)) {
				for _, run := range parts(alike, b.trace(two)) {
					if list := b.alike(run, one == byUSCC); len(run) > 1 && list != nil {
						found = append(found, list)
					}
				}
			}
		}
	}
	pair(byUSCC, byAddress) // shops of one USCC are one merchant only at one address
	for one := byAccount; one < byName; one++ {
		for two := one + 1; two <= byName; two++ {
			pair(one, two)
		}
	}
	b.report(p, found)
}

// alike returns the records of a run that can be one merchant. Where no USCC is shared, two that are known are a veto or
// a chain, so there must be a record without one; it is matched with those of the first USCC.
func (b traces) alike(run []int32, sameUSCC bool) []int {
	first, unknown := uint64(0), sameUSCC
	var list []int
	for _, i := range run {
		switch uscc := b.trace(byUSCC)(i); {
		case uscc == 0:
			unknown = true
		case first == 0:
			first = uscc
		case uscc != first:
			continue
		}
		list = append(list, int(i))
	}
	who := b.tagAt(merchantTag)
	if !unknown || !slices.ContainsFunc(list, func(i int) bool { return who(int32(i)) != who(int32(list[0])) }) {
		return nil
	}
	return list
}

// report reports each group once: one that is part of a larger one says nothing new.
func (b traces) report(p *rules.BatchPass, found [][]int) {
	for _, list := range Widest(found) {
		var agree []merchant.Field
		for n, f := range evidence {
			trace := b.trace(n)
			tag := trace(int32(list[0]))
			if tag != 0 && !slices.ContainsFunc(list, func(i int) bool { return trace(int32(i)) != tag }) {
				agree = append(agree, f)
			}
		}
		find(p, list, merchant.At(merchant.FieldMerchantNo), "", rules.P("rows", p.Rows(list)), rules.T("evidence", joined(agree)))
	}
}

// Widest returns the groups of records that are no part of another, each once, longer ones first. The records of a group
// ascend. BAT010 reports only those; who has it judge the groups of some keys only (see [rules.Shared]) leaves out what is
// part of a group that was found by another key.
func Widest(groups [][]int) (widest [][]int) {
	groups = slices.SortedFunc(slices.Values(groups), func(a, b []int) int { return cmp.Or(len(b)-len(a), slices.Compare(a, b)) })
	kept := map[int][][]int{} // by each record
	for _, list := range groups {
		if slices.ContainsFunc(kept[list[0]], func(larger []int) bool { return contains(larger, list) }) {
			continue
		}
		widest = append(widest, list)
		for _, i := range list {
			kept[i] = append(kept[i], list)
		}
	}
	return widest
}

// contains reports whether the ascending list has every element of the ascending part.
func contains(list, part []int) bool {
	for _, i := range part {
		if _, ok := slices.BinarySearch(list, i); !ok {
			return false
		}
	}
	return true
}
