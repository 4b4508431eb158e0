package batch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// shop is a record of one USCC.
type shop struct {
	member                 // a: registered name, b: identity number of the representative
	merchant, mcc, address uint32
}

// shops groups records by USCC.
type shops struct{ groups groups[shop] }

func (s *shops) Observe(p *rules.Pass, ordinal int) {
	uscc := sound(p, merchant.FieldLicenceNumber)
	if uscc == "" {
		return
	}
	h := &s.groups
	district, detail := addressKey(p)
	h.add(h.key(uscc), uscc, "", shop{member{int32(ordinal), h.tag(normalize.Key(sound(p, merchant.FieldNamesLegal))), h.tag(sound(p, merchant.FieldLegalRepIDNo))},
		h.merchantTag(p, ordinal), h.tag(sound(p, merchant.FieldMCC)), h.tag(district, detail)})
}

// count counts the tags that a function picks; tags of 0 do not count.
func count(list []shop, pick func(shop) uint32) int {
	members := make([]member, len(list))
	for i, s := range list {
		members[i] = member{s.ordinal, pick(s), 0}
	}
	return distinct(members, tagA)
}

func shopName(s shop) uint32           { return s.a }
func shopRepresentative(s shop) uint32 { return s.b }
func shopMerchant(s shop) uint32       { return s.merchant }
func shopMCC(s shop) uint32            { return s.mcc }
func shopAddress(s shop) uint32        { return s.address }

func shopRecords(list []shop) (records []int) {
	for _, s := range list {
		records = append(records, int(s.ordinal))
	}
	return records
}

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

func newContradictions(*rules.Shared) rules.Batch { return &contradictions{shops{newGroups[shop]()}} }

type contradictions struct{ shops }

func (s *contradictions) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		var differ []merchant.Field
		if count(g.members, shopName) > 1 {
			differ = append(differ, merchant.FieldNamesLegal)
		}
		if count(g.members, shopRepresentative) > 1 {
			differ = append(differ, merchant.FieldLegalRepIDNo)
		}
		if len(differ) == 0 {
			continue
		}
		records := shopRecords(g.members)
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

func newChains(*rules.Shared) rules.Batch { return &chains{shops{newGroups[shop]()}} }

type chains struct{ shops }

func (s *chains) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		n := count(g.members, shopMerchant)
		if n < 2 || count(g.members, shopName) > 1 || count(g.members, shopRepresentative) > 1 ||
			count(g.members, shopMCC) < 2 && count(g.members, shopAddress) < 2 {
			continue
		}
		records := shopRecords(g.members)
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

// evidence are the fields that speak for one merchant, in the order of traces.tags.
var evidence = [...]merchant.Field{merchant.FieldLicenceNumber, merchant.FieldSettlementAccountNo, merchant.FieldContactMobile,
	merchant.FieldAddressesBusinessDetail, merchant.FieldNamesLegal}

const (
	byUSCC = iota
	byAccount
	byPhone
	byAddress
	byName
)

// trace is what is kept of one record.
type trace struct {
	tags     [len(evidence)]uint32
	merchant uint32
}

// traces keeps one trace a record; the ordinal is its place.
type traces struct {
	hash
	list []trace
}

func newTraces(*rules.Shared) rules.Batch { return &traces{hash: newHash()} }

func (s *traces) Observe(p *rules.Pass, ordinal int) {
	for len(s.list) < ordinal {
		s.list = append(s.list, trace{})
	}
	district, detail := addressKey(p)
	s.list = append(s.list, trace{[...]uint32{s.tag(sound(p, merchant.FieldLicenceNumber)), s.tag(sound(p, merchant.FieldSettlementAccountNo)),
		s.tag(sound(p, merchant.FieldContactMobile)), s.tag(district, detail), s.nameTag(sound(p, merchant.FieldNamesLegal))}, s.merchantTag(p, ordinal)})
}

// nameTag is equal for names of which companyname.SameCore says that they are the same.
func (s *traces) nameTag(name string) uint32 {
	if name == "" {
		return 0
	}
	n := companyname.Split(name)
	if n.Trade == "" {
		return s.tag(normalize.Key(name))
	}
	return s.tag(n.RegionCode, strconv.FormatBool(n.RegionInside), n.Trade, plainForm(n.Form), n.Branch)
}

// plainForm writes legal forms as SameCore compares them.
func plainForm(form string) string {
	form = strings.TrimSuffix(form, "(个体工商户)")
	if s, ok := strings.CutSuffix(form, "有限责任公司"); ok {
		return s + "有限公司"
	}
	return form
}

// Finish looks for records that agree in two kinds of evidence. For each two kinds the records are sorted by both, so
// that those that agree stand together, however many share one of the two.
func (s *traces) Finish(p *rules.BatchPass) {
	var found [][]int
	var order []int32
	pair := func(a, b int) {
		order = order[:0]
		for i := range s.list {
			if s.list[i].tags[a] != 0 && s.list[i].tags[b] != 0 {
				order = append(order, int32(i))
			}
		}
		compare := func(i, j int32) int {
			x, y := &s.list[i].tags, &s.list[j].tags
			return cmp.Or(cmp.Compare(x[a], y[a]), cmp.Compare(x[b], y[b]))
		}
		slices.SortFunc(order, func(i, j int32) int { return cmp.Or(compare(i, j), cmp.Compare(i, j)) })
		for start := 0; start < len(order); {
			end := start + 1
			for end < len(order) && compare(order[start], order[end]) == 0 {
				end++
			}
			if end-start > 1 {
				if list := s.alike(order[start:end], a == byUSCC); list != nil {
					found = append(found, list)
				}
			}
			start = end
		}
	}
	pair(byUSCC, byAddress) // shops of one USCC are one merchant only at one address
	for a := byAccount; a < byName; a++ {
		for b := a + 1; b <= byName; b++ {
			pair(a, b)
		}
	}
	s.report(p, found)
}

// alike returns the records of a run that can be one merchant. Where no USCC is shared, two that are known are a veto or
// a chain, so there must be a record without one; it is matched with those of the first USCC.
func (s *traces) alike(run []int32, sameUSCC bool) []int {
	first, unknown := uint32(0), sameUSCC
	var list []int
	for _, i := range run {
		switch uscc := s.list[i].tags[byUSCC]; {
		case uscc == 0:
			unknown = true
		case first == 0:
			first = uscc
		case uscc != first:
			continue
		}
		list = append(list, int(i))
	}
	if !unknown || !slices.ContainsFunc(list, func(i int) bool { return s.list[i].merchant != s.list[list[0]].merchant }) {
		return nil
	}
	return list
}

// report reports each group once: one that is part of a larger one says nothing new.
func (s *traces) report(p *rules.BatchPass, found [][]int) {
	slices.SortFunc(found, func(a, b []int) int { return cmp.Or(len(b)-len(a), slices.Compare(a, b)) })
	kept := map[int][][]int{} // by each record
	for _, list := range found {
		part := slices.ContainsFunc(kept[list[0]], func(larger []int) bool { return contains(larger, list) })
		if part {
			continue
		}
		for _, i := range list {
			kept[i] = append(kept[i], list)
		}
		var agree []merchant.Field
		for n, f := range evidence {
			tag := s.list[list[0]].tags[n]
			if tag != 0 && !slices.ContainsFunc(list, func(i int) bool { return s.list[i].tags[n] != tag }) {
				agree = append(agree, f)
			}
		}
		find(p, list, merchant.At(merchant.FieldMerchantNo), "", rules.P("rows", p.Rows(list)), rules.T("evidence", joined(agree)))
	}
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
