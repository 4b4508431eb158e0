package batch

import (
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// device is one terminal of a group; a and b of the member are the merchant and the serial number.
type device struct {
	member
	index    int16
	merchant string
}

// devices collects the members of a group for a finding.
func devices(list []device) (members []member) {
	for _, d := range list {
		members = append(members, d.member)
	}
	return members
}

// soundItem is sound for the i-th member of a list.
func soundItem(p *rules.Pass, f merchant.Field, i int, value string) string {
	if value == "" || p.Blocked(merchant.Item(f, i)) {
		return ""
	}
	return value
}

// BAT008 一机多户: One machine under several merchants.
var BAT008 = rules.Rule{
	ID: "BAT008", Star: 21, Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-08", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一机多户", EN: "One machine under several merchants"},
	Message: rules.Text{ZH: "终端序列号{sn}同时属于{merchants}", EN: "serial {sn} belongs to several merchants: {merchants}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "同一序列号的启用终端出现在两个或更多商户号下。一机一户，禁止一机多户。", EN: "Active terminals with the same serial number stand under two or more merchant numbers. One machine, one merchant (一机一户): more are forbidden."},
	Good:    "唯一", Bad: "两商户同序列号",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 一机一户", Verified: true}},
	Fields: []merchant.Field{merchant.FieldTerminalsSerialNo, merchant.FieldMerchantNo},
	Batch:  newMachines,
}

// machines groups active terminals by serial number.
type machines struct{ groups groups[device] }

func newMachines(*rules.Shared) rules.Batch { return &machines{newGroups[device]()} }

func (s *machines) Observe(p *rules.Pass, ordinal int) {
	no := sound(p, merchant.FieldMerchantNo)
	if no == "" {
		return
	}
	kept := "" // one copy of the number for all terminals of the record
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		sn := soundItem(p, merchant.FieldTerminalsSerialNo, i, t.SerialNo)
		if sn == "" || t.Status != merchant.TerminalActive {
			continue
		}
		if kept == "" {
			kept = strings.Clone(no)
		}
		s.groups.add(s.groups.key(sn), sn, "", device{member{ordinal: int32(ordinal), a: s.groups.tag(no)}, int16(i), kept})
	}
}

func (s *machines) Finish(p *rules.BatchPass) {
	for _, g := range s.groups.list {
		members := devices(g.members)
		if distinct(members, tagA) < 2 {
			continue
		}
		var merchants []string
		seen := map[string]bool{}
		for _, d := range g.members {
			if !seen[d.merchant] {
				seen[d.merchant] = true
				merchants = append(merchants, d.merchant)
			}
		}
		find(p, ordinals(members), merchant.Item(merchant.FieldTerminalsSerialNo, int(g.members[0].index)), g.value,
			rules.P("sn", g.value), rules.P("merchants", few(merchants)))
	}
}

// BAT009 终端号重复: Terminal number repeated.
var BAT009 = rules.Rule{
	ID: "BAT009", Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-08", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "终端号重复", EN: "Terminal number repeated"},
	Message: rules.Text{ZH: "终端号{value}重复（第{rows}行）", EN: "terminal number {value} is repeated (rows {rows})"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "同一商户号下同一终端号出现两次而序列号不同；或在 profile 声明终端号按机构唯一时，同一机构的同一终端号出现在两个商户号下。交易按商户号加终端号路由。已撤机或遗失的终端不计，换机后终端号可以沿用。", EN: "The same merchant number and terminal number stand twice with different serial numbers; or, where the profile makes terminal numbers unique per acquirer, one terminal number stands under two merchant numbers of one institution. The switch routes by the pair. Terminals that are retired or lost do not count: a new machine may take over the number."},
	Good:    "唯一", Bad: "同号两序列号",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号", Verified: true}, {Level: rules.Scheme, Cite: "ISO 8583 fields 41, 42"}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo},
	Batch:  newTerminalNumbers,
}

// terminalNumbers groups terminals by merchant and terminal number, and by institution and terminal number.
type terminalNumbers struct {
	pairs groups[device]
	alone groups[device]
}

func newTerminalNumbers(*rules.Shared) rules.Batch {
	return &terminalNumbers{newGroups[device](), newGroups[device]()}
}

func (s *terminalNumbers) Observe(p *rules.Pass, ordinal int) {
	no, org := sound(p, merchant.FieldMerchantNo), sound(p, merchant.FieldAcquirerOrgCode)
	if no == "" {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		terminal := soundItem(p, merchant.FieldTerminalsTerminalNo, i, t.TerminalNo)
		if terminal == "" || t.Status == merchant.TerminalRetired || t.Status == merchant.TerminalLost {
			continue
		}
		sn := soundItem(p, merchant.FieldTerminalsSerialNo, i, t.SerialNo)
		d := device{member: member{int32(ordinal), s.pairs.tag(no), s.pairs.tag(sn)}, index: int16(i)}
		if sn != "" {
			s.pairs.add(s.pairs.key(no, terminal), terminal, "", d)
		}
		if p.Params.TerminalsUnique {
			s.alone.add(s.alone.key(org, terminal), terminal, "", d)
		}
	}
}

func (s *terminalNumbers) Finish(p *rules.BatchPass) {
	s.report(p, s.pairs.list, tagB)
	s.report(p, s.alone.list, tagA)
}

func (s *terminalNumbers) report(p *rules.BatchPass, list []group[device], tag func(member) uint32) {
	for _, g := range list {
		members := devices(g.members)
		if distinct(members, tag) < 2 {
			continue
		}
		records := ordinals(members)
		find(p, records, merchant.Item(merchant.FieldTerminalsTerminalNo, int(g.members[0].index)), g.value, rules.P("rows", p.Rows(records)))
	}
}
