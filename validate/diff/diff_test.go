package diff_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

var snapshot = merchant.Day(2026, 11, 21)

// clean returns the n-th synthetic enterprise as row n+2 of a file.
func clean(file string, n int) *merchant.Record {
	return &merchant.Record{Merchant: *rulestest.Clean(merchant.SubjectEnterprise, n), Source: merchant.Source{File: file, Row: n + 2}}
}

// lists returns n merchants on both sides, all of them equal.
func lists(n int) (local, registry []*merchant.Record) {
	for i := range n {
		local = append(local, clean("ours.xlsx", i))
		r := clean("bank.csv", i)
		r.Registry.AsOf = snapshot
		registry = append(registry, r)
	}
	return local, registry
}

func validator(t testing.TB, opts ...validate.Option) *validate.Validator {
	t.Helper()
	v, err := validate.New(append([]validate.Option{validate.AsOf(rulestest.AsOf)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func compare(t testing.TB, v *validate.Validator, local, registry []*merchant.Record, o diff.Options) ([]rules.Finding, diff.Counts) {
	t.Helper()
	c := diff.New(v, o)
	for _, r := range local {
		c.AddLocal(r)
	}
	for _, r := range registry {
		c.AddRegistry(r)
	}
	var found []rules.Finding
	counts, err := c.Compare(context.Background(), func(f rules.Finding) error {
		found = append(found, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, counts
}

// place writes a finding as RULE file:row path > rows of the related records.
func place(f *rules.Finding) string {
	file, _, _ := strings.Cut(f.Source.File, ".")
	s := fmt.Sprintf("%s %s:%d %s", f.Rule.ID, file, f.Source.Row, f.Path)
	for i, r := range f.Related {
		s += [2]string{" > ", ","}[min(i, 1)] + fmt.Sprint(r.Source.Row)
	}
	return s
}

func places(found []rules.Finding) []string {
	var out []string
	for i := range found {
		out = append(out, place(&found[i]))
	}
	return out
}

// renumber gives the record another merchant number.
func renumber(r *merchant.Record, no string) { r.MerchantNo = no }

type pairCase struct {
	name string
	edit func(l, r []*merchant.Record) // three merchants on either side
	want []string
}

var cases = []pairCase{
	{"equal", func(l, r []*merchant.Record) {}, nil},

	{"DIF001", func(l, r []*merchant.Record) {
		*r[1] = *clean("bank.csv", 9)
		r[1].Source.Row = 3
		r[1].Status.State = "closed"
	},
		[]string{"DIF001 ours:3 merchant_no"}},
	{"DIF001 near: closed with us", func(l, r []*merchant.Record) {
		*r[1] = *clean("bank.csv", 9)
		r[1].Status.State, l[1].Status.State = "closed", "closed"
	}, nil},
	{"DIF002", func(l, r []*merchant.Record) { *l[1] = *clean("ours.xlsx", 9); l[1].Status.State = "not_opened" },
		[]string{"DIF002 bank:3 merchant_no"}},
	{"DIF002 without a status", func(l, r []*merchant.Record) {
		*l[1] = *clean("ours.xlsx", 9)
		l[1].Status.State, r[1].Status.State = "rejected", ""
	}, []string{"DIF002 bank:3 merchant_no"}},
	{"DIF002 near: suspended", func(l, r []*merchant.Record) {
		*l[1] = *clean("ours.xlsx", 9)
		l[1].Status.State, r[1].Status.State = "closed", "suspended"
	}, nil},

	{"DIF003", func(l, r []*merchant.Record) { r[1].Names.Legal = "北京瑞丰贸易有限公司" }, []string{"DIF003 ours:3 names.legal > 3"}},
	{"DIF003 near: brackets", func(l, r []*merchant.Record) {
		l[1].Names.Legal, r[1].Names.Legal = "瑞丰（北京）商贸有限公司", "瑞丰(北京)商贸有限公司"
	}, []string{"DIF016 ours:3 names.legal > 3"}},
	{"DIF003 near: trailing asterisk", func(l, r []*merchant.Record) { r[1].Names.Legal += "*" }, []string{"DIF016 ours:3 names.legal > 3"}},
	{"DIF004", func(l, r []*merchant.Record) { r[1].Licence.Number = "91310104MA1FW2WL4J" }, []string{"DIF004 ours:3 licence.number > 3"}},
	{"DIF004 near: masked", func(l, r []*merchant.Record) {
		r[1].Licence.Number = merchant.MaskAccount.Apply(r[1].Licence.Number)
	}, nil},
	{"DIF004 other masked", func(l, r []*merchant.Record) { r[1].Licence.Number = "9231**********0000" }, []string{"DIF004 ours:3 licence.number > 3"}},
	{"DIF005 name", func(l, r []*merchant.Record) { r[1].LegalRep.Name = "李四" }, []string{"DIF005 ours:3 legal_rep.name > 3"}},
	{"DIF005 number", func(l, r []*merchant.Record) { r[1].LegalRep.IDNo = "310104197801011239" }, []string{"DIF005 ours:3 legal_rep.id_no > 3"}},
	{"DIF005 near: masked", func(l, r []*merchant.Record) {
		r[1].LegalRep.Name = merchant.MaskName.Apply(r[1].LegalRep.Name)
		r[1].LegalRep.IDNo = merchant.MaskIdentity.Apply(r[1].LegalRep.IDNo)
	}, nil},
	{"DIF005 masked other person", func(l, r []*merchant.Record) { r[1].LegalRep.Name = "欧**" }, []string{"DIF005 ours:3 legal_rep.name > 3"}},
	{"DIF006 account", func(l, r []*merchant.Record) { r[1].Settlement.AccountNo = "034410002041234" }, []string{"DIF006 ours:3 settlement.account_no > 3"}},
	{"DIF006 holder", func(l, r []*merchant.Record) { r[1].Settlement.AccountName = "别的公司" }, []string{"DIF006 ours:3 settlement.account_name > 3"}},
	{"DIF006 near: mask of another length", func(l, r []*merchant.Record) {
		s := r[1].Settlement.AccountNo
		r[1].Settlement.AccountNo = s[:4] + "****" + s[len(s)-4:]
	}, nil},
	{"DIF007", func(l, r []*merchant.Record) { r[1].MCC = "5999" }, []string{"DIF007 ours:3 mcc > 3"}},
	{"DIF007 near: full width", func(l, r []*merchant.Record) { l[1].MCC, r[1].MCC = "5411", "５４１１" }, nil},
	{"DIF008 district", func(l, r []*merchant.Record) { r[1].Addresses.Business.DistrictCode = "110106" },
		[]string{"DIF008 ours:3 addresses.business.district_code > 3"}},
	{"DIF008 numerals", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "漕溪北路12号五楼", "漕溪北路21号5楼"
	}, []string{"DIF008 ours:3 addresses.business.detail > 3"}},
	{"DIF008 letters", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "建国路88号现代城广场A座1001室", "建国路88号现代城广场B座1001室"
	}, []string{"DIF008 ours:3 addresses.business.detail > 3"}},
	{"DIF008 mobile", func(l, r []*merchant.Record) { r[1].Contact.Mobile = "13900000000" }, []string{"DIF008 ours:3 contact.mobile > 3"}},
	{"DIF008 near: phone as written", func(l, r []*merchant.Record) {
		l[1].Contact.ServicePhone, r[1].Contact.ServicePhone = "01064000000", "010-64000000"
	}, []string{"DIF016 ours:3 contact.service_phone > 3"}},
	{"DIF008 near: masked mobile", func(l, r []*merchant.Record) { r[1].Contact.Mobile = merchant.MaskPhone.Apply(r[1].Contact.Mobile) }, nil},
	{"DIF008 near: division names in the detail", func(l, r []*merchant.Record) {
		r[1].Addresses.Business.Detail = "北京市朝阳区" + r[1].Addresses.Business.Detail
	}, []string{"DIF016 ours:3 addresses.business.detail > 3"}},
	{"DIF009 limit", func(l, r []*merchant.Record) { r[1].Limits.SingleCNY = merchant.Yuan(1000) }, []string{"DIF009 ours:3 limits.single_cny > 3"}},
	{"DIF009 rate in another order", func(l, r []*merchant.Record) {
		slices.Reverse(r[1].Fees)
		r[1].Fees[0].RatePct = merchant.BasisPoints(38)
	}, []string{"DIF009 ours:3 fees[1].rate_pct > 3"}},
	{"DIF009 cap", func(l, r []*merchant.Record) { r[1].Fees[0].CapCNY = merchant.Yuan(18) }, []string{"DIF009 ours:3 fees[0].cap_cny > 3"}},
	{"DIF009 product missing", func(l, r []*merchant.Record) { r[1].Fees = r[1].Fees[:1] }, []string{"DIF009 ours:3 fees[1].rate_pct > 3"}},
	{"DIF009 product only there", func(l, r []*merchant.Record) { l[1].Fees = l[1].Fees[:1] }, []string{"DIF009 ours:3 fees[].rate_pct > 3"}},
	{"DIF009 near: other order", func(l, r []*merchant.Record) { slices.Reverse(r[1].Fees) }, nil},
	{"DIF009 near: no fees in the export", func(l, r []*merchant.Record) { r[0].Fees, r[1].Fees, r[2].Fees = nil, nil, nil }, nil},
	{"DIF009 near: no rates with us", func(l, r []*merchant.Record) {
		for _, r := range l {
			r.Fees[0].RatePct, r.Fees[1].RatePct = merchant.Percent{}, merchant.Percent{}
		}
		l[1].Fees = l[1].Fees[:1]
	}, nil},
	{"DIF010", func(l, r []*merchant.Record) { r[1].Status.State = "suspended" }, []string{"DIF010 ours:3 status.state > 3"}},
	{"DIF010 near: both stopped", func(l, r []*merchant.Record) { l[1].Status.State, r[1].Status.State = "closed", "suspended" }, nil},
	{"DIF020", func(l, r []*merchant.Record) { l[1].Status.State = "closed" }, []string{"DIF020 ours:3 status.state > 3"}},
	{"DIF020 near: both closed", func(l, r []*merchant.Record) { l[1].Status.State, r[1].Status.State = "closed", "closed" }, nil},

	{"DIF011", func(l, r []*merchant.Record) {
		t := l[1].Terminals[0]
		t.TerminalNo, t.SerialNo = "30000099", "N99999999999"
		l[1].Terminals = append(l[1].Terminals, t)
	}, []string{"DIF011 ours:3 terminals[1].serial_no > 3"}},
	{"DIF011 near: not in use", func(l, r []*merchant.Record) {
		t := l[1].Terminals[0]
		t.TerminalNo, t.SerialNo, t.Status = "30000099", "N99999999999", "retired"
		l[1].Terminals = append(l[1].Terminals, t)
	}, nil},
	{"DIF011 near: terminal number only", func(l, r []*merchant.Record) { r[1].Terminals[0].SerialNo = "" }, nil},
	{"DIF012", func(l, r []*merchant.Record) {
		r[2].Terminals = append(r[2].Terminals, r[1].Terminals[0])
		l[2].Terminals = append(l[2].Terminals, l[1].Terminals[0])
		l[2].Terminals[1].Status, r[1].Terminals = "retired", nil
	}, []string{"DIF012 ours:3 terminals[0].serial_no > 4"}},
	{"DIF011 without a serial number", func(l, r []*merchant.Record) {
		l[1].Terminals[0].SerialNo, l[1].Terminals[0].TerminalNo = "", "30000099"
		r[1].Terminals = nil
	}, []string{"DIF011 ours:3 terminals[0].terminal_no > 3"}},
	{"DIF012 near: retired there", func(l, r []*merchant.Record) {
		t := r[1].Terminals[0]
		t.Status = "retired"
		r[2].Terminals = append(r[2].Terminals, t)
	}, nil},
	{"DIF021", func(l, r []*merchant.Record) {
		t := r[1].Terminals[0]
		t.TerminalNo, t.SerialNo = "30000099", "N99999999999"
		r[1].Terminals = append(r[1].Terminals, t)
	}, []string{"DIF021 bank:3 terminals[1].serial_no > 3"}},
	{"DIF021 near: retired", func(l, r []*merchant.Record) {
		t := r[1].Terminals[0]
		t.TerminalNo, t.SerialNo, t.Status = "30000099", "N99999999999", "retired"
		r[1].Terminals = append(r[1].Terminals, t)
	}, nil},

	{"DIF013", func(l, r []*merchant.Record) {
		l[1].UpdatedOn, r[1].UpdatedOn = merchant.Day(2026, 11, 10), merchant.Date{}
		r[1].MCC, r[1].Names.Short = "5999", "旧名"
	}, []string{"DIF007 ours:3 mcc > 3", "DIF013 ours:3 updated_on > 3", "DIF017 ours:3 names.short > 3"}},
	{"DIF013 near: the bank changed it on the same day", func(l, r []*merchant.Record) {
		l[1].UpdatedOn, r[1].Registry.UpdatedOn = merchant.Day(2026, 11, 10), merchant.Day(2026, 11, 10)
		r[1].MCC = "5999"
	}, []string{"DIF007 ours:3 mcc > 3"}},
	{"DIF022 near: on the last day of the delay", func(l, r []*merchant.Record) {
		l[1].UpdatedOn = merchant.Day(2026, 11, 16)
		r[1].MCC = "5999"
	}, []string{"DIF007 ours:3 mcc > 3", "DIF013 ours:3 updated_on > 3"}},
	{"DIF022", func(l, r []*merchant.Record) {
		l[1].UpdatedOn = merchant.Day(2026, 11, 17)
		r[1].MCC, r[1].LegalRep.Name = "5999", "李四"
	}, []string{"DIF022 ours:3 updated_on > 3"}},
	{"DIF025", func(l, r []*merchant.Record) {
		l[1].FieldDates = map[string]merchant.Date{"mcc": merchant.Day(2026, 11, 22)}
		r[1].MCC = "5999"
	}, []string{"DIF025 ours:3 field_dates > 3"}},
	{"DIF025 near: the field changed long before the export", func(l, r []*merchant.Record) {
		l[1].FieldDates = map[string]merchant.Date{"mcc": merchant.Day(2026, 8, 1)}
		r[1].MCC = "5999"
	}, []string{"DIF007 ours:3 mcc > 3", "DIF013 ours:3 field_dates > 3"}},
	{"DIF025 one field, another differs", func(l, r []*merchant.Record) {
		l[1].FieldDates = map[string]merchant.Date{"mcc": merchant.Day(2026, 11, 22)}
		r[1].MCC, r[1].LegalRep.Name = "5999", "李四"
	}, []string{"DIF005 ours:3 legal_rep.name > 3", "DIF025 ours:3 field_dates > 3"}},
	{"DIF014", func(l, r []*merchant.Record) {
		r[1].Registry.UpdatedOn = merchant.Day(2026, 8, 1)
		r[1].MCC = "5999"
	}, []string{"DIF007 ours:3 mcc > 3", "DIF014 ours:3 updated_on > 3"}},
	{"DIF014 near: no dates of ours", func(l, r []*merchant.Record) {
		l[1].UpdatedOn, r[1].Registry.UpdatedOn = merchant.Date{}, merchant.Day(2026, 8, 1)
		r[1].MCC = "5999"
	}, []string{"DIF007 ours:3 mcc > 3"}},

	{"DIF015 one of ours, two rows", func(l, r []*merchant.Record) {
		renumber(l[1], "")
		r[2].Licence.Number, r[2].Addresses = r[1].Licence.Number, r[1].Addresses
		r[1].Terminals[0].TerminalNo, r[2].Terminals[0].TerminalNo = "77777771", "77777772"
		l[1].ExternalID = ""
		l[2] = clean("ours.xlsx", 8)
		l[2].Status.State = "closed"
	}, []string{"DIF015 ours:3 licence.number > 3,4"}},
	{"DIF015 the reverse", func(l, r []*merchant.Record) {
		renumber(r[1], "")
		l[2].Licence.Number, l[2].Addresses = l[1].Licence.Number, l[1].Addresses
		l[1].MerchantNo, l[2].MerchantNo = "898100054110099", "898100054110098"
		l[1].Terminals[0].TerminalNo, l[2].Terminals[0].TerminalNo = "77777771", "77777772"
		r[1].ExternalID = ""
		r[2].Status.State = "closed"
	}, []string{"DIF015 ours:3 licence.number > 3", "DIF015 ours:4 licence.number > 3"}},
	{"DIF015 near: the terminal decides", func(l, r []*merchant.Record) {
		renumber(l[1], "")
		renumber(l[2], "")
		for _, side := range [][]*merchant.Record{l, r} {
			side[2].Licence.Number, side[2].Addresses = side[1].Licence.Number, side[1].Addresses
		}
	}, nil},
	{"DIF015 near: the external ID decides", func(l, r []*merchant.Record) {
		renumber(l[1], "")
		r[2].Licence.Number, r[2].Addresses = r[1].Licence.Number, r[1].Addresses
		l[2].Licence.Number, l[2].Addresses = l[1].Licence.Number, l[1].Addresses
		renumber(l[2], "")
		for _, side := range [][]*merchant.Record{l, r} {
			side[1].Terminals[0].TerminalNo, side[2].Terminals[0].TerminalNo = "", ""
		}
	}, nil},
	{"DIF016", func(l, r []*merchant.Record) { r[1].LegalRep.Name = " " + r[1].LegalRep.Name }, []string{"DIF016 ours:3 legal_rep.name > 3"}},
	{"DIF016 near: another person", func(l, r []*merchant.Record) { r[1].LegalRep.Name += "华" }, []string{"DIF005 ours:3 legal_rep.name > 3"}},
	{"DIF017 near: in other brackets", func(l, r []*merchant.Record) {
		l[1].Names.Receipt, r[1].Names.Receipt = "示例超市（南店）", "示例超市(南店)"
	}, []string{"DIF016 ours:3 names.receipt > 3"}},
	{"DIF017", func(l, r []*merchant.Record) { r[1].Names.Receipt = "示例超市" }, []string{"DIF017 ours:3 names.receipt > 3"}},
	{"DIF018 organisation code", func(l, r []*merchant.Record) { l[1].Licence.Number = l[1].Licence.Number[8:17] },
		[]string{"DIF018 ours:3 licence.number > 3"}},
	{"DIF018 registration number", func(l, r []*merchant.Record) { r[1].Licence.Number = "110105012345678" }, []string{"DIF018 ours:3 licence.number > 3"}},
	{"DIF018 near: other organisation", func(l, r []*merchant.Record) { l[1].Licence.Number = l[2].Licence.Number[8:17] },
		[]string{"DIF004 ours:3 licence.number > 3"}},
	{"DIF018 near: other name", func(l, r []*merchant.Record) {
		r[1].Licence.Number, r[1].Names.Legal = "110105012345678", "北京别家商贸有限公司"
	}, []string{"DIF003 ours:3 names.legal > 3", "DIF004 ours:3 licence.number > 3"}},
	{"DIF018 cooperative", func(l, r []*merchant.Record) { r[1].Licence.Number = "110105NA000123X" }, []string{"DIF018 ours:3 licence.number > 3"}},
	{"DIF018 near: no old shape", func(l, r []*merchant.Record) { r[1].Licence.Number = "1101050001" }, []string{"DIF004 ours:3 licence.number > 3"}},
	{"DIF019", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "漕溪北路88号一楼", "漕溪北路８８号1层"
	}, []string{"DIF019 ours:3 addresses.business.detail > 3"}},
	{"DIF019 near: other road", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "漕溪北路88号1层", "中山南路88号1层"
	}, []string{"DIF008 ours:3 addresses.business.detail > 3"}},
	{"DIF019 near: in another district", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "漕溪北路88号一楼", "漕溪北路88号1层东"
		r[1].Addresses.Business.DistrictCode = "110106"
	}, []string{"DIF008 ours:3 addresses.business.detail > 3", "DIF008 ours:3 addresses.business.district_code > 3"}},
	{"DIF019 one district under two codes", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "漕溪北路88号一楼示例广场东区", "漕溪北路88号1层示例广场东"
		l[1].Addresses.Business.DistrictCode, r[1].Addresses.Business.DistrictCode = "310151", "310230"
	}, []string{"DIF019 ours:3 addresses.business.detail > 3", "DIF026 ours:3 addresses.business.district_code > 3"}},
	{"DIF008 districts named in the details", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "上海市徐汇区漕溪北路88号", "上海市静安区漕溪北路88号"
		l[1].Addresses.Business.DistrictCode, r[1].Addresses.Business.DistrictCode = "", ""
	}, []string{"DIF008 ours:3 addresses.business.detail > 3"}},
	{"DIF008 near: districts named as before they were joined", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.Detail, r[1].Addresses.Business.Detail = "上海市闸北区漕溪北路88号", "静安区漕溪北路88号"
		l[1].Addresses.Business.DistrictCode, r[1].Addresses.Business.DistrictCode = "", ""
	}, []string{"DIF016 ours:3 addresses.business.detail > 3"}},
	{"DIF023", func(l, r []*merchant.Record) {
		renumber(r[2], r[1].MerchantNo)
		renumber(l[2], "")
		l[2].Status.State = "closed"
	},
		[]string{"DIF023 bank:3 merchant_no > 4"}},
	{"DIF023 near: repeated with us", func(l, r []*merchant.Record) { renumber(l[2], l[1].MerchantNo); r[2].Status.State = "closed" }, nil},
	{"DIF024", func(l, r []*merchant.Record) { renumber(l[1], "898100054110009"); l[1].Terminals[0].SerialNo = "X1" },
		[]string{"DIF001 ours:3 merchant_no > 3", "DIF024 ours:3 merchant_no > 3", "DIF002 bank:3 merchant_no > 3"}},
	{"DIF024 USCC mistyped too", func(l, r []*merchant.Record) {
		renumber(l[1], "898100054110009")
		l[1].Licence.Number = r[1].Licence.Number[:17] + string('0'+(r[1].Licence.Number[17]+1)%10)
		l[1].Terminals, l[1].Settlement.AccountNo, l[1].Addresses.Business.Detail = nil, "", "别处的路5号"
		l[1].Names.Legal = strings.Replace(r[1].Names.Legal, "有限公司", "有限责任公司", 1)
	}, []string{"DIF001 ours:3 merchant_no > 3", "DIF024 ours:3 merchant_no > 3", "DIF002 bank:3 merchant_no > 3"}},
	{"DIF024 swapped name and masked account", func(l, r []*merchant.Record) {
		renumber(l[1], "898100054110009")
		l[1].Licence.Number, l[1].Terminals, l[1].Addresses.Business.Detail = "", nil, "别处的路5号"
		r[1].Settlement.AccountNo = merchant.MaskAccount.Apply(r[1].Settlement.AccountNo)
		l[1].Names.Legal, r[1].Names.Legal = "北京瑞丰商贸有限公司", "北京丰瑞商贸有限公司"
	}, []string{"DIF001 ours:3 merchant_no > 3", "DIF024 ours:3 merchant_no > 3", "DIF002 bank:3 merchant_no > 3"}},
	{"DIF024 near: a name alone", func(l, r []*merchant.Record) {
		*l[1] = *clean("ours.xlsx", 9)
		l[1].Source.Row, l[1].Names.Legal, l[1].Licence.Number = 3, r[1].Names.Legal, ""
	}, []string{"DIF001 ours:3 merchant_no", "DIF002 bank:3 merchant_no"}},
	{"DIF024 near: two valid codes", func(l, r []*merchant.Record) {
		renumber(l[1], "898100054110009")
		l[1].Licence.Number = rulestest.Clean(merchant.SubjectEnterprise, 77).Licence.Number
	}, []string{"DIF001 ours:3 merchant_no", "DIF002 bank:3 merchant_no"}},
	{"DIF024 near: one field", func(l, r []*merchant.Record) {
		*l[1] = *clean("ours.xlsx", 9)
		l[1].Source.Row, l[1].Licence.Number = 3, r[1].Licence.Number
	}, []string{"DIF001 ours:3 merchant_no", "DIF002 bank:3 merchant_no"}},
	{"DIF024 near: chain shops", func(l, r []*merchant.Record) {
		renumber(l[1], "898100054110009")
		l[1].Terminals, l[1].Addresses.Business.Detail = nil, "别处的路5号"
		l[2].Licence.Number, r[2].Licence.Number = l[1].Licence.Number, r[1].Licence.Number
	}, []string{"DIF001 ours:3 merchant_no", "DIF002 bank:3 merchant_no"}},
	{"DIF024 chain shop by its terminal", func(l, r []*merchant.Record) {
		renumber(l[1], "898100054110009")
		l[1].Addresses.Business.Detail = "别处的路5号"
		l[2].Licence.Number, r[2].Licence.Number = l[1].Licence.Number, r[1].Licence.Number
	}, []string{"DIF001 ours:3 merchant_no > 3", "DIF024 ours:3 merchant_no > 3", "DIF002 bank:3 merchant_no > 3"}},
	{"DIF026", func(l, r []*merchant.Record) {
		l[1].Addresses.Business.DistrictCode, r[1].Addresses.Business.DistrictCode = "310151", "310230"
	}, []string{"DIF026 ours:3 addresses.business.district_code > 3"}},
	{"DIF026 near: other district of the registered address", func(l, r []*merchant.Record) {
		r[1].Addresses.Registered.DistrictCode = "310230"
	}, nil},

	{"unreadable is not empty", func(l, r []*merchant.Record) {
		r[1].Settlement.AccountNo = ""
		r[1].Note(merchant.Note{Kind: merchant.NoteLostDigits, Path: merchant.At(merchant.FieldSettlementAccountNo)})
	}, nil},
	{"empty where others have values", func(l, r []*merchant.Record) { r[1].Settlement.AccountNo = "" },
		[]string{"DIF006 ours:3 settlement.account_no > 3"}},
	{"empty with us", func(l, r []*merchant.Record) { l[1].Settlement.AccountNo = "" }, []string{"DIF006 ours:3 settlement.account_no > 3"}},
	{"a field that the export lacks", func(l, r []*merchant.Record) {
		for _, r := range r {
			r.Settlement, r.Limits, r.Contact, r.Terminals = merchant.Settlement{}, merchant.Limits{}, merchant.Contact{}, nil
		}
	}, nil},
}

func TestPairs(t *testing.T) {
	v := validator(t)
	seen := map[rules.ID]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			local, registry := lists(3)
			c.edit(local, registry)
			found, counts := compare(t, v, local, registry, diff.Options{RegistryAsOf: snapshot})
			if id, _, near := strings.Cut(c.name, " near"); near && slices.ContainsFunc(c.want, func(w string) bool { return strings.HasPrefix(w, id) }) {
				t.Error("the near miss is a hit")
			}
			if got := places(found); !slices.Equal(got, c.want) {
				t.Errorf("found %q\nwant %q", got, c.want)
			}
			if sum := counts.Equal + counts.EqualAfterNormalising + counts.Changed + counts.NotComparable; sum != counts.Matched {
				t.Errorf("%+v: %d matched, %d accounted for", counts, counts.Matched, sum)
			}
			for i := range found {
				f := &found[i]
				seen[f.Rule.ID] = true
				for _, lang := range [...]string{"zh", "en"} {
					if s := f.Message(lang, false) + f.Remedy(lang, false); strings.ContainsAny(s, "{}") {
						t.Errorf("%s: a placeholder is left: %s", f.Rule.ID, s)
					}
				}
			}
		})
	}
	for i := 1; i <= 26; i++ {
		id := rules.ID(fmt.Sprintf("DIF%03d", i))
		if !seen[id] {
			t.Errorf("no case raises %s", id)
		}
		if !slices.ContainsFunc(cases, func(c pairCase) bool { return strings.HasPrefix(c.name, string(id)+" near") }) {
			t.Errorf("no case nearly raises %s", id)
		}
	}
}

func TestAge(t *testing.T) {
	v := validator(t)
	for _, c := range []struct {
		asOf merchant.Date
		want []string
	}{
		{merchant.Day(2026, 11, 15), nil},
		{merchant.Day(2026, 11, 14), []string{"STL003 bank:0 registry.as_of"}},
		{merchant.Day(2026, 10, 23), []string{"STL003 bank:0 registry.as_of"}},
		{merchant.Day(2026, 10, 22), []string{"STL008 bank:0 registry.as_of"}},
		{merchant.Date{}, []string{"STL009 bank:0 registry.as_of"}},
	} {
		local, registry := lists(4)
		for i, r := range registry {
			r.Registry.AsOf = c.asOf.AddDays(-i)
		}
		found, _ := compare(t, v, local, registry, diff.Options{})
		if got := places(found); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %q, want %q", c.asOf, got, c.want)
		}
	}
}

func TestCounts(t *testing.T) {
	local, registry := lists(12)
	registry[0].Names.Legal += "*"                               // respelt
	registry[1].MCC = "5999"                                     // changed
	local[2].UpdatedOn = rulestest.AsOf                          // newer than the export
	registry[2].MCC = "5999"                                     //
	renumber(registry[3], registry[4].MerchantNo)                // a repeated row and a merchant that is missing
	renumber(local[5], "898100054110009")                        // a suspect, one missing on either side
	renumber(local[6], local[7].MerchantNo)                      // repeated with us, and a row only in the registry
	registry[8].Status.State, local[8].Status.State = "", ""     // equal
	registry[9].Terminals, local[9].Terminals[0].Model = nil, "" // changed
	registry[3].Licence.Number, registry[3].Terminals = "", nil
	_, got := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot})
	want := diff.Counts{Matched: 7, Equal: 3, EqualAfterNormalising: 1, Changed: 2, NotComparable: 1,
		MissingInRegistry: 2, MissingInLocal: 2, DuplicateKeys: 2, KeySuspects: 1}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	// Switching rules off takes findings away and no counts.
	found, off := compare(t, validator(t, validate.Without("DIF")), local, registry, diff.Options{RegistryAsOf: snapshot})
	if len(found) != 0 || off != want {
		t.Errorf("without the rules: %q, %+v", places(found), off)
	}
}

func TestEqual(t *testing.T) {
	local, registry := lists(2000)
	found, counts := compare(t, validator(t), local, registry, diff.Options{})
	if len(found) != 0 || counts != (diff.Counts{Matched: 2000, Equal: 2000}) {
		t.Errorf("%q %+v", places(found), counts)
	}
	found, counts = compare(t, validator(t), local, local, diff.Options{RegistryAsOf: snapshot})
	if len(found) != 0 || counts.Equal != 2000 {
		t.Errorf("one list on both sides: %q %+v", places(found), counts)
	}
}

// column maps fields of a hand-made sheet; the columns stand in the order of the fields.
func columns(fields ...merchant.Field) *merchant.Columns {
	c := &merchant.Columns{}
	for i, f := range fields {
		c.List = append(c.List, merchant.Column{Letter: load.Letter(i), Header: f.Label("zh"), Path: merchant.At(f)})
	}
	return c
}

func TestMapped(t *testing.T) {
	local, registry := lists(2)
	mapped := columns(merchant.FieldMerchantNo, merchant.FieldMCC, merchant.FieldNamesLegal)
	for _, r := range registry {
		r.Source.Columns = mapped
		r.Cells = []merchant.Cell{{Text: r.MerchantNo}, {Text: r.MCC}, {Text: r.Names.Legal}}
		r.Merchant = merchant.Merchant{MerchantNo: r.MerchantNo, MCC: r.MCC, Names: merchant.Names{Legal: r.Names.Legal}}
	}
	local[0].Source.Columns = columns(merchant.FieldNamesLegal, merchant.FieldMCC, merchant.FieldMerchantNo)
	local[0].Cells = []merchant.Cell{{Text: "　" + local[0].Names.Legal}, {Text: " 5411 "}, {Text: local[0].MerchantNo}}
	registry[1].MCC, registry[1].Cells[1].Text = "", ""
	found, counts := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot})
	want := []string{"DIF016 ours:2 names.legal > 2", "DIF007 ours:3 mcc > 3", "DIF013 ours:3 updated_on > 3"}
	if got := places(found); !slices.Equal(got, want) {
		t.Fatalf("found %q, want %q", got, want)
	}
	if f := &found[0]; f.Cell() != "A2" || f.Value != "　"+local[0].Names.Legal {
		t.Errorf("cell %s, value %q", f.Cell(), f.Value)
	}
	if counts.EqualAfterNormalising != 1 || counts.Changed != 1 {
		t.Errorf("%+v", counts)
	}
}

func TestParams(t *testing.T) {
	local, registry := lists(2)
	local[0].UpdatedOn = merchant.Day(2026, 11, 1)
	registry[0].UpdatedOn = merchant.Date{}
	registry[0].Settlement.AccountNo = "034429002049999"
	registry[0].Names.Legal = strings.Replace(local[0].Names.Legal, "商贸", "贸易", 1)
	registry[1].Status = merchant.Status{State: merchant.StateFrozen, ChangedOn: merchant.Day(2026, 11, 2)}
	registry[1].Registry.UpdatedOn = merchant.Day(2026, 11, 2)
	found, _ := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot})
	byRule := map[rules.ID]*rules.Finding{}
	for i := range found {
		byRule[found[i].Rule.ID] = &found[i]
	}
	for _, c := range []struct {
		id         rules.ID
		name, want string
	}{
		{"DIF003", "b", "上海瑞丰【贸易】有限公司"}, {"DIF006", "b", "034429002049999"}, {"DIF013", "fields", "商户名称、结算账号"},
		{"DIF013", "date", "2026-11-01"}, {"DIF013", "days", "20"}, {"DIF010", "b", "冻结"}, {"DIF010", "date", "2026-11-02"}, {"DIF014", "date", "2026-11-02"},
	} {
		if f := byRule[c.id]; f == nil || f.Param(c.name) != c.want {
			t.Errorf("%s %s: want %q in %q", c.id, c.name, c.want, places(found))
			if f != nil {
				t.Logf("got %q", f.Param(c.name))
			}
		}
	}
	for _, c := range []struct{ old, en string }{
		{local[1].Licence.Number[8:17], " (the old number is the organisation code inside the USCC)"}, {"110105012345678", ""},
	} {
		l, r := lists(2)
		l[1].Licence.Number = c.old
		found, _ := compare(t, validator(t), l, r, diff.Options{RegistryAsOf: snapshot})
		if len(found) != 1 || found[0].Rule.ID != "DIF018" || found[0].Params[2].In("en", true) != c.en || !strings.HasSuffix(found[0].Message("en", true), r[1].Licence.Number+c.en) {
			t.Errorf("%s: %q", c.old, places(found))
		}
	}
	if f := byRule["DIF006"]; f != nil && (strings.Contains(f.Message("zh", false), "034429002049999") || strings.Contains(f.Message("en", false), local[0].Settlement.AccountNo)) {
		t.Error("an account stands in a masked message")
	}
	if f := byRule["DIF014"]; f != nil && (len(f.Fixes) != 1 || f.Fixes[0].Safe || f.Fixes[0].Edits[0] != rules.Edit{Path: merchant.At(merchant.FieldStatusState), Old: "active", New: "frozen"}) {
		t.Errorf("%+v", f.Fixes)
	}
}

// TestProposals: where the registry is newer its values are proposed, save for masked ones; nothing else offers anything.
func TestProposals(t *testing.T) {
	local, registry := lists(2)
	r := registry[0]
	r.Registry.UpdatedOn = merchant.Day(2026, 11, 20)
	r.MCC, r.Names.Short, r.LegalRep.Name, r.Contact.Mobile = "5999", "（新）简称", "欧**", ""
	slices.Reverse(r.Fees)
	r.Fees[0].RatePct = merchant.BasisPoints(38)
	found, _ := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot})
	fees := local[0].Fees[1].RatePct.String()
	for i := range found {
		f := &found[i]
		if f.Rule.ID != "DIF014" {
			if f.Fixes != nil {
				t.Errorf("%s offers %+v", place(f), f.Fixes)
			}
			continue
		}
		want := []rules.Edit{{Path: merchant.At(merchant.FieldMCC), Old: local[0].MCC, New: "5999"},
			{Path: merchant.At(merchant.FieldNamesShort), Old: local[0].Names.Short, New: "（新）简称"},
			{Path: merchant.Item(merchant.FieldFeesRatePct, 1), Old: fees, New: "0.38"}}
		if len(f.Fixes) != 1 || f.Fixes[0].Safe || !slices.Equal(f.Fixes[0].Edits, want) {
			t.Errorf("%+v", f.Fixes)
		}
		for _, e := range f.Fixes[0].Edits { // what is proposed can be set
			normalize.Set(local[0], e.Path, merchant.Cell{Text: e.New, Type: merchant.CellText}, normalize.Options{})
		}
	}
	if len(found) != 6 {
		t.Errorf("%q", places(found))
	}
	if found, _ = compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot}); len(found) != 3 { // the masked name, the phone that the registry lacks, and their date
		t.Errorf("%q", places(found))
	}
}

// TestOrder shuffles both sides of every case at once: the findings must stay the same apart from their order.
func TestOrder(t *testing.T) {
	v := validator(t)
	var local, registry []*merchant.Record
	for i, c := range cases {
		l, r := lists(3 * (i + 1))
		l, r = l[3*i:], r[3*i:]
		c.edit(l, r)
		local, registry = append(local, l...), append(registry, r...)
	}
	sorted := func(local, registry []*merchant.Record) ([]string, diff.Counts) {
		found, counts := compare(t, v, local, registry, diff.Options{RegistryAsOf: snapshot})
		var out []string
		for i := range found {
			out = append(out, place(&found[i])+" "+found[i].Message("zh", true)+found[i].Value)
		}
		slices.Sort(out)
		return out, counts
	}
	want, counts := sorted(local, registry)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		rnd.Shuffle(len(local), func(i, k int) { local[i], local[k] = local[k], local[i] })
		rnd.Shuffle(len(registry), func(i, k int) { registry[i], registry[k] = registry[k], registry[i] })
		got, n := sorted(local, registry)
		if n != counts {
			t.Fatalf("%+v, then %+v", counts, n)
		}
		if !slices.Equal(got, want) {
			for _, s := range got {
				if !slices.Contains(want, s) {
					t.Log("new:", s)
				}
			}
			for _, s := range want {
				if !slices.Contains(got, s) {
					t.Log("gone:", s)
				}
			}
			t.Fatal("the findings depend on the order of the rows")
		}
	}
}

func TestBadInput(t *testing.T) {
	v := validator(t)
	local, registry := lists(2)
	bare := []*merchant.Record{{Merchant: merchant.Merchant{Names: merchant.Names{Legal: "示例"}}}}
	other := []*merchant.Record{{Merchant: merchant.Merchant{ExternalID: "X"}}}
	numbered := []*merchant.Record{{Merchant: merchant.Merchant{MerchantNo: "898290054110001"}}}
	for name, sides := range map[string][2][]*merchant.Record{
		"nothing of ours": {nil, registry}, "empty registry": {local, nil}, "no key with us": {bare, registry},
		"no key in the registry": {local, bare}, "no common key": {numbered, other},
	} {
		c := diff.New(v, diff.Options{})
		for _, r := range sides[0] {
			c.AddLocal(r)
		}
		for _, r := range sides[1] {
			c.AddRegistry(r)
		}
		_, err := c.Compare(context.Background(), func(rules.Finding) error { t.Errorf("%s: a finding", name); return nil })
		var e *diff.Error
		if !errors.As(err, &e) || e.ZH == "" || e.EN == "" || e.In("zh") != e.ZH || e.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := diff.Compare(ctx, v, stream(local), stream(registry), diff.Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	stop := errors.New("stop")
	registry[0].MCC = "5999"
	if _, err := diff.Compare(context.Background(), v, stream(local), stream(registry), diff.Options{}, func(rules.Finding) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("report failed: %v", err)
	}
}

func stream(records []*merchant.Record, errs ...error) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, err := range errs {
			if !yield(nil, err) {
				return
			}
		}
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestStreams(t *testing.T) {
	v := validator(t)
	local, registry := lists(3)
	registry[1].MCC = "5999"
	sheet := &merchant.Record{Source: merchant.Source{File: "bank.csv"}, Notes: []merchant.Note{{Kind: merchant.NoteColumnUnknown, Old: "备注"}}}
	row := &load.RowError{Source: merchant.Source{File: "bank.csv", Row: 9}, Err: errors.New("cannot be read")}
	var ids []rules.ID
	counts, err := diff.Compare(context.Background(), v, stream(local), stream(registry, &load.SheetIssue{Record: sheet}, row), diff.Options{},
		func(f rules.Finding) error { ids = append(ids, f.Rule.ID); return nil })
	var got *load.RowError
	if !errors.As(err, &got) || got != row {
		t.Errorf("the row error is lost: %v", err)
	}
	if counts.Changed != 1 || !slices.Contains(ids, "DIF007") {
		t.Errorf("%v %+v", ids, counts)
	}
	end := errors.New("disk")
	if _, err := diff.Compare(context.Background(), v, stream(local, end), stream(registry), diff.Options{}, nil); !errors.Is(err, end) {
		t.Errorf("the error of the stream is lost: %v", err)
	}
}

func BenchmarkCompare(b *testing.B) {
	const n = 20000
	v := validator(b)
	local, registry := lists(n)
	for i := 0; i < n; i += 100 {
		registry[i].MCC = "5999"
		registry[i+1].Names.Legal += "*"
		renumber(local[i+2], "X"+local[i+2].MerchantNo[1:])
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, counts := compare(b, v, local, registry, diff.Options{}); counts.KeySuspects < n/100 {
			b.Fatalf("%+v", counts)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
}

func TestResults(t *testing.T) {
	local, registry := lists(8)
	registry[0].Names.Legal += "*"
	registry[1].MCC, local[1].UpdatedOn = "5999", merchant.Day(2026, 11, 10)
	registry[1].UpdatedOn = merchant.Date{}
	local[2].UpdatedOn, registry[2].MCC = rulestest.AsOf, "5999"
	renumber(local[3], "898100054110009") // a suspect
	registry[4].MerchantNo = registry[5].MerchantNo
	registry[6].Terminals[0].SerialNo, registry[6].Terminals[0].TerminalNo = "N99999999999", "30000099"
	c := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot, Equal: true})
	for i := range local {
		c.AddLocal(local[i])
		c.AddRegistry(registry[i])
	}
	var got []string
	counts, err := c.Results(context.Background(), func(r *diff.Result) error {
		s := r.Class.String()
		for _, side := range [...]*merchant.Record{r.Local, r.Registry} {
			row := 0
			if side != nil {
				row = side.Source.Row
			}
			s += fmt.Sprint(" ", row)
		}
		for _, d := range r.Differences {
			s += fmt.Sprintf(" %s %s=%s/%s=%s", d.Rule.ID, d.Path, d.Local, d.RegistryPath, d.Registry)
			if d.Stale != nil {
				s += " " + string(d.Stale.ID)
			}
		}
		for _, d := range r.Suspects {
			s += fmt.Sprintf(" ~%d %d", d.Record.Source.Row, len(d.Evidence))
		}
		for _, d := range r.Rows {
			s += fmt.Sprint(" +", d.Source.Row)
		}
		got = append(got, s)
		return nil
	})
	name := local[0].Names.Legal
	want := []string{
		"equal_after_normalising 2 2 DIF016 names.legal=" + name + "/names.legal=" + name + "*",
		"changed 3 3 DIF007 mcc=5411/mcc=5999 DIF013",
		"not_comparable 4 4 DIF007 mcc=5411/mcc=5999 DIF025",
		"missing_in_registry 5 0 ~5 5",
		"missing_in_registry 6 0",
		"duplicate_key 7 0",
		"changed 8 8 DIF011 terminals[0].serial_no=" + local[6].Terminals[0].SerialNo + "/terminals[].serial_no= DIF021 terminals[].serial_no=/terminals[0].serial_no=N99999999999",
		"equal 9 9",
		"missing_in_local 0 5 ~5 5",
		"duplicate_key 0 6 +7",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\ngot  %q\nwant %q", err, got, want)
	}
	if counts.Matched != 5 || counts.Equal != 1 || counts.MissingInRegistry != 2 || counts.KeySuspects != 1 {
		t.Errorf("%+v", counts)
	}
}
