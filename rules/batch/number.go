package batch

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// named are the fields that BAT001 can name when they differ; a difference anywhere else is named as other fields. A list
// stands for all its members.
var named = [...]merchant.Field{merchant.FieldNamesLegal, merchant.FieldSubjectType, merchant.FieldLicenceNumber,
	merchant.FieldLegalRepName, merchant.FieldLegalRepIDNo, merchant.FieldContactMobile, merchant.FieldAddressesBusinessDistrictCode,
	merchant.FieldAddressesBusinessDetail, merchant.FieldMCC, merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName,
	merchant.FieldFees, merchant.FieldTerminals, merchant.FieldStatusState}

// content hashes whole records, field by field over the values they hold.
type content struct {
	fields []contentField
}

type contentField struct {
	field merchant.Field
	list  bool
	named int8 // place in named, -1 for other fields
}

func newContent() content {
	var c content
	for _, f := range merchant.Fields() {
		if k := f.Kind(); k == merchant.KindList || k == merchant.KindMap {
			continue // the members of lists are fields of their own, and sum reads the map
		}
		cf := contentField{f, f.List() != merchant.FieldNone, -1}
		for i, n := range named {
			if f == n || cf.list && f.List() == n {
				cf.named = int8(i)
			}
		}
		c.fields = append(c.fields, cf)
	}
	return c
}

// sum returns the hash of the record and in each, unless nil, 16 bits for each named field. Two records differ when
// their sums do; a named field is said to differ when its bits do, which misses one difference in 65,536.
func (c *content) sum(r *merchant.Record, each *[len(named)]uint16) uint64 {
	var all uint64
	for path, d := range r.FieldDates {
		all += key(path) ^ uint64(d.DaysSince(merchant.Day(1, 1, 1))) // in any order
	}
	for i := range c.fields {
		f := &c.fields[i]
		path, n := merchant.At(f.field), 1
		if f.list {
			path.Index, n = 0, r.Len(f.field)
		}
		for range n {
			if v := c.value(r, path); v != 0 {
				v = mix(mix(v, uint64(f.field)), uint64(path.Index))
				all = mix(all, v)
				if each != nil && f.named >= 0 {
					each[f.named] = uint16(mix(uint64(each[f.named]), v) >> 48)
				}
			}
			path.Index++
		}
	}
	return max(all, 1)
}

// value hashes the value at path, 0 when there is none. Amounts of one field keep one scale, so that equal ones have
// equal digits.
func (c *content) value(r *merchant.Record, path merchant.Path) uint64 {
	var buf [40]byte
	text := buf[:0]
	switch v := r.Ref(path).(type) {
	case *string:
		if *v == "" {
			return 0
		}
		return hash(*v) | 1
	case *merchant.Date:
		if v.IsZero() {
			return 0
		}
		text = v.AppendText(text)
	case *merchant.Money:
		if v.IsZero() {
			return 0
		}
		return c.number(v.Decimal())
	case *merchant.Percent:
		if v.IsZero() {
			return 0
		}
		return c.number(v.Decimal())
	case *merchant.Number:
		if v.IsZero() {
			return 0
		}
		return c.number(v.Decimal())
	case *merchant.Count:
		if v.IsZero() {
			return 0
		}
		text = strconv.AppendInt(text, int64(v.Int()), 10)
	case *bool:
		if !*v {
			return 0
		}
		return 3
	default:
		return 0
	}
	return hash(text) | 1
}

// number hashes the digits and the scale of an amount, the lower 64 bits of an absurd one.
func (c *content) number(d decimal.Decimal) uint64 {
	return mix(uint64(d.CoefficientInt64()), uint64(d.Exponent())) | 1
}

// BAT001 商户号重复且内容不同: Merchant number repeated with other data.
var BAT001 = rules.Rule{
	ID: "BAT001", Star: 22, Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "商户号重复且内容不同", EN: "Merchant number repeated with other data"},
	Message: rules.Text{ZH: "商户号{value}出现{n}次（第{rows}行），{fields}不同", EN: "merchant number {value} appears {n} times (rows {rows}) with different {fields}"},
	Remedy:  rules.Text{ZH: "核对后合并或删除重复记录；一户有多台终端的，不要删除，把终端列在以商户号为键的终端表中。", EN: "Check, then merge or remove the duplicate; where a merchant has several terminals, remove none: they belong in a sheet of terminals keyed by merchant number."},
	Doc:     rules.Text{ZH: "两行或更多行的商户号（规范化后）相同，而记录的内容不同。列出行号和不同的项；未单独命名的项统称其他项。一个商户号只对应一个商户。", EN: "Two or more records carry the same normalised merchant number and differ in some value. The rows and the differing fields are given; fields that are not named singly are called other fields. One number is one merchant."},
	Good:    "唯一", Bad: "两行不同名称",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 唯一对应", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Batch:  newVersions,
}

func newVersions(s *rules.Shared) rules.Batch {
	return versions{open(s, merchantKey, contents, changes)}
}

type versions struct{ *book }

func (b versions) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(merchantKey) {
		var differ [len(named)]bool
		first := g.members[0]
		same, told := true, false
		for _, m := range g.members[1:] {
			same = same && b.sums.at(m) == b.sums.at(first)
			for i := range named {
				differ[i] = differ[i] || b.named.at(m)[i] != b.named.at(first)[i]
				told = told || differ[i]
			}
		}
		if same {
			continue
		}
		fields := rules.Text{ZH: "其他项", EN: "other fields"}
		if told {
			var list []merchant.Field
			for i, f := range named {
				if differ[i] {
					list = append(list, f)
				}
			}
			fields = joined(list)
		}
		records := ordinals(g.members, itself)
		find(p, records, merchant.At(merchant.FieldMerchantNo), g.value, rules.P("n", strconv.Itoa(len(records))),
			rules.P("rows", p.Rows(records)), rules.T("fields", fields))
	}
}

// BAT012 整行重复: Identical row repeated.
var BAT012 = rules.Rule{
	ID: "BAT012", Severity: rules.Warning, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "整行重复", EN: "Identical row repeated"},
	Message: rules.Text{ZH: "第{rows}行完全相同（商户号{value}）", EN: "rows {rows} are identical (merchant number {value})"},
	Remedy:  rules.Text{ZH: "核对后合并或删除重复记录。", EN: "Check, then merge or remove the duplicate."},
	Doc:     rules.Text{ZH: "两行或更多行的商户号相同，而且每一项内容都相同。建议只留第一行。无害，但会重复计数。", EN: "Two or more records carry the same merchant number and are equal in every value. Proposed: drop the later ones. It does no harm but counts twice."},
	Good:    "唯一", Bad: "第4、5行相同",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo},
	Batch:  newCopies,
}

func newCopies(s *rules.Shared) rules.Batch { return copies{open(s, merchantKey, contents)} }

type copies struct{ *book }

func (b copies) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(merchantKey) {
		for _, members := range parts(g.members, b.sums.at) {
			if len(members) > 1 {
				records := ordinals(members, itself)
				p.FindFix(records[0], merchant.At(merchant.FieldMerchantNo), g.value, records[1:], []rules.Fix{{Message: rules.Text{
					ZH: "只留最前面的一条，删去其余？", EN: "keep the first, drop the others?"}}}, rules.P("rows", p.Rows(records)))
			}
		}
	}
}

// BAT022 外部编号重复: External id repeated.
var BAT022 = rules.Rule{
	ID: "BAT022", Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "外部编号重复", EN: "External id repeated"},
	Message: rules.Text{ZH: "外部编号{value}出现{n}次（第{rows}行）", EN: "external id {value} appears {n} times (rows {rows})"},
	Remedy:  rules.Text{ZH: "核对后合并或删除重复记录。", EN: "Check, then merge or remove the duplicate."},
	Doc:     rules.Text{ZH: "两行或更多行的外部编号相同，而商户号或内容不同。没有商户号时以外部编号核对，所以它也必须唯一。商户号也相同的行由 BAT001 报告。", EN: "Two or more records carry the same external id and differ in merchant number or in any other value. It is the key of records without a merchant number and so must be unique too. Records that share their merchant number as well are left to BAT001."},
	Good:    "唯一", Bad: "两行同号",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldExternalID},
	Batch:  newExternals,
}

func newExternals(s *rules.Shared) rules.Batch {
	return externals{open(s, externalKey, merchantKey, contents)}
}

type externals struct{ *book }

func (b externals) Finish(p *rules.BatchPass) {
	for _, g := range b.groups(externalKey) {
		numbered := !slices.ContainsFunc(g.members, func(m int32) bool { return b.keyAt(merchantKey)(m) == 0 })
		if distinct(g.members, b.sums.at) == 1 || numbered && distinct(g.members, b.keyAt(merchantKey)) == 1 {
			continue
		}
		records := ordinals(g.members, itself)
		find(p, records, merchant.At(merchant.FieldExternalID), g.value, rules.P("n", strconv.Itoa(len(records))), rules.P("rows", p.Rows(records)))
	}
}
