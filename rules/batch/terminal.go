package batch

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// devices keeps the terminals of merchants that have a number, one entry each.
type devices struct {
	serials keys // the serial number
	pairs   keys // merchant and terminal number, of those in use that have a serial number
	alone   keys // institution and terminal number, of those in use; kept only where the profile makes them unique
	records column[uint32]
	indexes column[uint16] // place in the list of the record
	active  column[bool]
}

func (d *devices) add(b *book, p *rules.Pass) {
	no, org := sound(p, merchant.FieldMerchantNo), sound(p, merchant.FieldAcquirerOrgCode)
	if no == "" {
		return
	}
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		sn := soundItem(p, merchant.FieldTerminalsSerialNo, i, t.SerialNo)
		terminal := soundItem(p, merchant.FieldTerminalsTerminalNo, i, t.TerminalNo)
		if t.Status == merchant.TerminalRetired || t.Status == merchant.TerminalLost {
			terminal = ""
		}
		var serial, pair, alone uint64
		if sn != "" {
			serial = key(sn)
		}
		if terminal != "" && sn != "" {
			pair = key(no, terminal)
		}
		d.serials.add(serial, text{value: sn})
		d.pairs.add(pair, text{value: terminal})
		if p.Params.TerminalsUnique {
			if terminal != "" {
				alone = key(org, terminal)
			}
			d.alone.add(alone, text{value: terminal})
		}
		d.records.add(uint32(b.n))
		d.indexes.add(uint16(i))
		d.active.add(t.Status == merchant.TerminalActive)
	}
}

func (d *devices) record(m int32) int { return int(d.records.at(m)) }

func (d *devices) path(f merchant.Field, m int32) merchant.Path {
	return merchant.Item(f, int(d.indexes.at(m)))
}

// BAT008 一机多户: One machine under several merchants.
var BAT008 = rules.Rule{
	ID: "BAT008", Star: 21, Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-08", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "一机多户", EN: "One machine under several merchants"},
	Message: rules.Text{ZH: "终端序列号{sn}同时属于{merchants}", EN: "serial {sn} belongs to several merchants: {merchants}"},
	Remedy:  rules.Text{ZH: "向银行补报、变更或解绑终端。", EN: "Report, change or unbind the terminal at the bank."},
	Doc:     rules.Text{ZH: "同一序列号的启用终端出现在两个或更多商户号下。一机一户，禁止一机多户。", EN: "Active terminals with the same serial number stand under two or more merchant numbers. One machine, one merchant (一机一户): more are forbidden."},
	Good:    "唯一", Bad: "两商户同序列号",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 一机一户", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldTerminalsSerialNo, merchant.FieldMerchantNo},
	Batch:     newMachines,
}

func newMachines(s *rules.Shared) rules.Batch { return machines{open(s, merchantKey, terminals)} }

type machines struct{ *book }

func (b machines) Finish(p *rules.BatchPass) {
	d := &b.devices
	for _, g := range d.serials.groups() {
		members := with(g.members, d.active.at)
		if distinct(members, b.owner) < 2 {
			continue
		}
		records := ordinals(members, d.record)
		var merchants []string
		seen := map[uint64]bool{}
		for _, m := range members {
			if no := b.owner(m); !seen[no] {
				seen[no] = true
				merchants = append(merchants, p.Key(d.record(m)))
			}
		}
		find(p, records, d.path(merchant.FieldTerminalsSerialNo, members[0]), g.value,
			rules.P("sn", g.value), rules.P("merchants", few(merchants)))
	}
}

// owner returns the key of the merchant number that a terminal stands under.
func (b *book) owner(m int32) uint64 { return b.keyAt(merchantKey)(int32(b.devices.records.at(m))) }

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

func newTerminalNumbers(s *rules.Shared) rules.Batch {
	return terminalNumbers{open(s, merchantKey, terminals)}
}

type terminalNumbers struct{ *book }

func (b terminalNumbers) Finish(p *rules.BatchPass) {
	b.report(p, b.devices.pairs.groups(), b.devices.serials.at)
	b.report(p, b.devices.alone.groups(), b.owner)
}

func (b terminalNumbers) report(p *rules.BatchPass, list []group, tag func(int32) uint64) {
	d := &b.devices
	for _, g := range list {
		if distinct(g.members, tag) < 2 {
			continue
		}
		records := ordinals(g.members, d.record)
		find(p, records, d.path(merchant.FieldTerminalsTerminalNo, g.members[0]), g.value, rules.P("rows", p.Rows(records)))
	}
}
