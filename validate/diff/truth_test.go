package diff_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// A generated book and registry with every class of difference seeded: the book is UTF-8 with commas, the registry GB18030
// with semicolons, other headings in another order, accounts and identity numbers masked, its rows shuffled.

type truthColumn struct{ path, book, registry string } // a heading each; "" where the file has no such column

var truthColumns = []truthColumn{
	{"merchant_no", "商户编号", "商户号"},
	{"external_id", "外部编号", "外部商户号"},
	{"names.legal", "商户名称", "商户全称"},
	{"names.short", "商户简称", "简称"},
	{"names.receipt", "签购单名称", "小票名称"},
	{"licence.number", "统一社会信用代码", "证照编号"},
	{"legal_rep.name", "法人姓名", "法定代表人"},
	{"legal_rep.id_no", "法人证件号码", "法人身份证号"},
	{"settlement.account_no", "结算账号", "银行账号"},
	{"settlement.account_name", "结算户名", "账户名称"},
	{"mcc", "MCC", "MCC码"},
	{"addresses.business.district_code", "经营区县代码", "经营地区县代码"},
	{"addresses.business.detail", "经营地址", "商户地址"},
	{"contact.mobile", "联系人手机", "联系人手机号"},
	{"contact.service_phone", "客服电话", "服务电话"},
	{"limits.single_cny", "单笔限额(元)", "单笔限额(分)"},
	{"limits.daily_cny", "单日限额", "日累计限额"},
	{"fees.debit.rate", "借记卡费率", "借记卡费率(‰)"},
	{"fees.debit.cap", "借记卡封顶", "借记卡封顶(元)"},
	{"fees.credit.rate", "贷记卡费率", "贷记卡费率"},
	{"status.state", "商户状态", "状态"},
	{"terminals[0].terminal_no", "终端号", "终端编号"},
	{"terminals[0].serial_no", "终端序列号", "机器序列号"},
	{"updated_on", "更新日期", ""},
	{"registry.updated_on", "", "登记更新日期"},
	{"registry.as_of", "", "数据日期"},
	{"remark", "备注", "柜员"},
}

// truthCell writes a value as a file has it.
func truthCell(r *merchant.Record, path string, registry bool) string {
	switch path {
	case "remark":
		return "x"
	case "fees.debit.rate":
		if s := r.Fees[0].RatePct; registry {
			return s.Decimal().Shift(1).String()
		}
		return r.Fees[0].RatePct.String()
	case "fees.debit.cap":
		return r.Fees[0].CapCNY.String()
	case "fees.credit.rate":
		return r.Fees[1].RatePct.String()
	case "limits.single_cny":
		if registry {
			return r.Limits.SingleCNY.Decimal().Shift(2).String()
		}
	case "status.state":
		if s := r.Status.State; registry && s == merchant.StateActive {
			return "有效"
		} else {
			return s.Label("zh")
		}
	}
	p, err := merchant.ParsePath(path)
	if err != nil {
		panic(path)
	}
	v := r.Text(p)
	if registry && p.Field == merchant.FieldSettlementAccountNo || registry && p.Field == merchant.FieldLegalRepIDNo {
		v = p.Field.Mask().Apply(v)
	}
	return v
}

func writeTruth(t *testing.T, path string, records []*merchant.Record, registry bool) {
	t.Helper()
	columns := slices.DeleteFunc(slices.Clone(truthColumns), func(c truthColumn) bool { return registry && c.registry == "" || !registry && c.book == "" })
	if registry {
		rand.New(rand.NewPCG(5, 6)).Shuffle(len(columns), func(i, k int) { columns[i], columns[k] = columns[k], columns[i] })
	}
	var text strings.Builder
	w := csv.NewWriter(&text)
	if registry {
		w.Comma = ';'
	}
	var heads []string
	for _, c := range columns {
		heads = append(heads, [2]string{c.book, c.registry}[map[bool]int{false: 0, true: 1}[registry]])
	}
	w.Write(heads)
	for _, r := range records {
		var cells []string
		for _, c := range columns {
			cells = append(cells, truthCell(r, c.path, registry))
		}
		w.Write(cells)
	}
	w.Flush()
	out := text.String()
	if registry {
		var err error
		if out, err = simplifiedchinese.GB18030.NewEncoder().String(out); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
}

// seed changes a pair of equal records, either of which may be dropped by clearing its merchant; other is a further
// merchant of both sides. It returns what is to be found: rule, key and path.
type seed struct {
	name string
	make func(l, r, other *merchant.Record) []string
}

func lines(no string, list ...string) []string {
	for i, s := range list {
		rule, path, _ := strings.Cut(s, " ")
		list[i] = rule + " " + no + " " + path
	}
	return list
}

func gone(r *merchant.Record) { r.Merchant = merchant.Merchant{} }

var seeds = []seed{
	{"equal", func(l, r, o *merchant.Record) []string { return nil }},
	{"name respelt", func(l, r, o *merchant.Record) []string {
		l.Names.Legal = strings.Replace(l.Names.Legal, "有限公司", "（中国）有限公司", 1)
		r.Names.Legal = strings.NewReplacer("（", "(", "）", ") ").Replace(l.Names.Legal)
		l.Settlement.AccountName, r.Settlement.AccountName = l.Names.Legal, l.Names.Legal
		return lines(l.MerchantNo, "DIF016 names.legal")
	}},
	{"missing in the registry", func(l, r, o *merchant.Record) []string { gone(r); return lines(l.MerchantNo, "DIF001 merchant_no") }},
	{"closed, and not in the registry", func(l, r, o *merchant.Record) []string { gone(r); l.Status.State = "closed"; return nil }},
	{"missing with us", func(l, r, o *merchant.Record) []string { gone(l); return lines(r.MerchantNo, "DIF002 merchant_no") }},
	{"only there, closed", func(l, r, o *merchant.Record) []string { gone(l); r.Status.State = "closed"; return nil }},
	{"name", func(l, r, o *merchant.Record) []string {
		r.Names.Legal = strings.Replace(r.Names.Legal, "有限公司", "股份有限公司", 1)
		return lines(l.MerchantNo, "DIF003 names.legal", "DIF013 updated_on")
	}},
	{"licence", func(l, r, o *merchant.Record) []string {
		r.Licence.Number = "91310104MA1FW2WL4J"
		return lines(l.MerchantNo, "DIF004 licence.number", "DIF013 updated_on")
	}},
	{"representative", func(l, r, o *merchant.Record) []string {
		r.LegalRep.Name = "欧阳示例"
		return lines(l.MerchantNo, "DIF005 legal_rep.name", "DIF013 updated_on")
	}},
	{"identity number", func(l, r, o *merchant.Record) []string {
		r.LegalRep.IDNo = "990" + r.LegalRep.IDNo[3:]
		return lines(l.MerchantNo, "DIF005 legal_rep.id_no", "DIF013 updated_on")
	}},
	{"hidden digits", func(l, r, o *merchant.Record) []string {
		r.LegalRep.IDNo = r.LegalRep.IDNo[:8] + "9" + r.LegalRep.IDNo[9:]
		return nil
	}},
	{"account", func(l, r, o *merchant.Record) []string {
		r.Settlement.AccountNo = "9999" + r.Settlement.AccountNo[4:]
		return lines(l.MerchantNo, "DIF006 settlement.account_no", "DIF013 updated_on")
	}},
	{"holder", func(l, r, o *merchant.Record) []string {
		r.Settlement.AccountName = "别家商贸有限公司"
		return lines(l.MerchantNo, "DIF006 settlement.account_name", "DIF013 updated_on")
	}},
	{"MCC", func(l, r, o *merchant.Record) []string {
		r.MCC = "7995"
		return lines(l.MerchantNo, "DIF007 mcc", "DIF013 updated_on")
	}},
	{"district", func(l, r, o *merchant.Record) []string {
		r.Addresses.Business.DistrictCode = "610102"
		return lines(l.MerchantNo, "DIF008 addresses.business.district_code", "DIF013 updated_on")
	}},
	{"house number", func(l, r, o *merchant.Record) []string {
		l.Addresses.Business.Detail, r.Addresses.Business.Detail = "漕溪北路12号", "漕溪北路21号"
		return lines(l.MerchantNo, "DIF008 addresses.business.detail", "DIF013 updated_on")
	}},
	{"house number in other digits", func(l, r, o *merchant.Record) []string {
		l.Addresses.Business.Detail, r.Addresses.Business.Detail = "漕溪北路12号三楼", "漕溪北路１２号3层"
		return lines(l.MerchantNo, "DIF019 addresses.business.detail")
	}},
	{"mobile", func(l, r, o *merchant.Record) []string {
		r.Contact.Mobile = "13000000000"
		return lines(l.MerchantNo, "DIF008 contact.mobile", "DIF013 updated_on")
	}},
	{"phone as written", func(l, r, o *merchant.Record) []string {
		l.Contact.ServicePhone, r.Contact.ServicePhone = "021-64000000", "02164000000"
		return lines(l.MerchantNo, "DIF016 contact.service_phone")
	}},
	{"limit", func(l, r, o *merchant.Record) []string {
		r.Limits.SingleCNY = merchant.Yuan(1000)
		return lines(l.MerchantNo, "DIF009 limits.single_cny", "DIF013 updated_on")
	}},
	{"rate", func(l, r, o *merchant.Record) []string {
		r.Fees = slices.Clone(r.Fees)
		r.Fees[0].RatePct = merchant.BasisPoints(55)
		return lines(l.MerchantNo, "DIF009 fees[0].rate_pct", "DIF013 updated_on")
	}},
	{"cap", func(l, r, o *merchant.Record) []string {
		r.Fees = slices.Clone(r.Fees)
		r.Fees[0].CapCNY = merchant.Yuan(18)
		return lines(l.MerchantNo, "DIF009 fees[0].cap_cny", "DIF013 updated_on")
	}},
	{"suspended there", func(l, r, o *merchant.Record) []string {
		r.Status.State = "suspended"
		return lines(l.MerchantNo, "DIF010 status.state", "DIF013 updated_on")
	}},
	{"closed here", func(l, r, o *merchant.Record) []string {
		l.Status.State = "closed"
		return lines(l.MerchantNo, "DIF020 status.state", "DIF013 updated_on")
	}},
	{"terminal", func(l, r, o *merchant.Record) []string {
		r.Terminals[0].TerminalNo, r.Terminals[0].SerialNo = "79999999", "N7"+r.Terminals[0].SerialNo[2:]
		return append(lines(l.MerchantNo, "DIF011 terminals[0].serial_no"), lines(r.MerchantNo, "DIF021 terminals[0].serial_no")...)
	}},
	{"terminal of another merchant", func(l, r, o *merchant.Record) []string {
		l.Terminals[0], r.Terminals[0].TerminalNo, r.Terminals[0].SerialNo = o.Terminals[0], "", ""
		return lines(l.MerchantNo, "DIF012 terminals[0].serial_no")
	}},
	{"late", func(l, r, o *merchant.Record) []string {
		r.MCC, l.UpdatedOn, r.Registry.UpdatedOn = "7995", merchant.Day(2026, 11, 1), merchant.Day(2026, 10, 1)
		return lines(l.MerchantNo, "DIF007 mcc", "DIF013 updated_on")
	}},
	{"on its way", func(l, r, o *merchant.Record) []string {
		r.MCC, l.UpdatedOn = "7995", merchant.Day(2026, 11, 18)
		return lines(l.MerchantNo, "DIF022 updated_on")
	}},
	{"after the snapshot", func(l, r, o *merchant.Record) []string {
		r.MCC, l.UpdatedOn = "7995", merchant.Day(2026, 11, 22)
		return lines(l.MerchantNo, "DIF025 updated_on")
	}},
	{"newer there", func(l, r, o *merchant.Record) []string {
		r.MCC, r.Registry.UpdatedOn = "7995", merchant.Day(2026, 11, 1)
		return lines(l.MerchantNo, "DIF007 mcc", "DIF014 updated_on")
	}},
	{"short name", func(l, r, o *merchant.Record) []string {
		r.Names.Short = "别名"
		return lines(l.MerchantNo, "DIF017 names.short", "DIF013 updated_on")
	}},
	{"old number", func(l, r, o *merchant.Record) []string {
		r.Licence.Number = "310104012345678"
		return lines(l.MerchantNo, "DIF018 licence.number", "DIF013 updated_on")
	}},
	{"district of an older edition", func(l, r, o *merchant.Record) []string {
		l.Addresses.Business.DistrictCode, r.Addresses.Business.DistrictCode = "310151", "310230"
		return lines(l.MerchantNo, "DIF026 addresses.business.district_code")
	}},
	{"no number, found by its terminal", func(l, r, o *merchant.Record) []string {
		r.MerchantNo = ""
		l.MCC = "7995"
		return lines(l.MerchantNo, "DIF007 mcc", "DIF013 updated_on")
	}},
	{"number mistyped", func(l, r, o *merchant.Record) []string {
		r.MerchantNo = "00" + r.MerchantNo[2:]
		r.ExternalID = ""
		return append(lines(l.MerchantNo, "DIF001 merchant_no", "DIF024 merchant_no"), lines(r.MerchantNo, "DIF002 merchant_no")...)
	}},
	{"number, code and name mistyped", func(l, r, o *merchant.Record) []string {
		r.MerchantNo, r.ExternalID = "00"+r.MerchantNo[2:], ""
		r.Licence.Number = r.Licence.Number[:17] + string('0'+(r.Licence.Number[17]+1)%10)
		r.Names.Legal = homophones.Replace(r.Names.Legal)
		r.Settlement.AccountNo, r.Terminals[0], r.Addresses.Business.Detail = "1111222233334444", merchant.Terminal{}, "别处的路5号"
		return append(lines(l.MerchantNo, "DIF001 merchant_no", "DIF024 merchant_no"), lines(r.MerchantNo, "DIF002 merchant_no")...)
	}},
	{"two valid codes", func(l, r, o *merchant.Record) []string {
		r.MerchantNo, r.ExternalID = "00"+r.MerchantNo[2:], ""
		r.Licence.Number = rulestest.Clean(merchant.SubjectEnterprise, 90000).Licence.Number
		return append(lines(l.MerchantNo, "DIF001 merchant_no"), lines(r.MerchantNo, "DIF002 merchant_no")...)
	}},
}

// homophones writes trade names as an input method would get them wrong.
var homophones = strings.NewReplacer("瑞丰", "瑞峰", "瑞", "锐", "鼎", "顶", "恒", "横", "嘉", "佳", "益", "义", "盛", "胜", "泰", "太", "和", "合", "源", "元", "顺", "舜", "隆", "龙",
	"昌", "常", "康", "慷", "福", "富", "祥", "翔", "安", "桉", "宏", "鸿", "达", "答", "兴", "星", "旺", "望")

// truth makes the records of both sides and what is to be found.
func truth(t *testing.T) (book, registry []*merchant.Record, want []string) {
	n := 0
	add := func() (l, r *merchant.Record) {
		l, r = clean("", n), clean("", n)
		l.UpdatedOn, r.Registry.AsOf = merchant.Day(2026, 6, 1), snapshot
		n++
		return l, r
	}
	for range 3 {
		for _, s := range seeds {
			l, r := add()
			other, theirs := add()
			want = append(want, s.make(l, r, other)...)
			book, registry = append(book, other), append(registry, theirs)
			if l.Names.Legal != "" {
				book = append(book, l)
			}
			if r.Names.Legal != "" {
				registry = append(registry, r)
			}
		}
		// repeated numbers on either side, and a record that fits two rows
		l, r := add()
		l2, r2 := add()
		l2.MerchantNo, r2.ExternalID, l2.ExternalID = l.MerchantNo, "", ""
		book, registry = append(book, l, l2), append(registry, r)
		r2.Status.State = "closed"
		registry = append(registry, r2)
		want = append(want, lines(l.MerchantNo, "BAT001 merchant_no")...)
		l, r = add()
		l2, r2 = add()
		r2.MerchantNo, l2.ExternalID, r2.ExternalID, l2.Status.State = r.MerchantNo, "", "", "closed"
		book, registry = append(book, l, l2), append(registry, r, r2)
		want = append(want, lines(r.MerchantNo, "DIF023 merchant_no")...)
		l, r = add()
		_, r2 = add()
		r2.Licence.Number, r2.Addresses = r.Licence.Number, r.Addresses
		r.Terminals[0].TerminalNo, r2.Terminals[0].TerminalNo = "77777771", "77777772"
		l.MerchantNo, l.ExternalID = "", fmt.Sprintf("ohne-%d", n)
		book, registry = append(book, l), append(registry, r, r2)
		want = append(want, lines(l.ExternalID, "DIF015 licence.number")...)
	}
	slices.Sort(want)
	return book, registry, want
}

func TestTruth(t *testing.T) {
	book, registry, want := truth(t)
	v := validator(t)
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, s := range want {
		rule, _, _ := strings.Cut(s, " ")
		seen[rule] = true
	}
	for i := 1; i <= 26; i++ {
		if id := fmt.Sprintf("DIF%03d", i); !seen[id] {
			t.Errorf("no seed raises %s", id)
		}
	}
	rnd := rand.New(rand.NewPCG(7, 8))
	for round := range 3 {
		rnd.Shuffle(len(book), func(i, k int) { book[i], book[k] = book[k], book[i] })
		rnd.Shuffle(len(registry), func(i, k int) { registry[i], registry[k] = registry[k], registry[i] })
		paths := [2]string{filepath.Join(dir, "book.csv"), filepath.Join(dir, "registry.csv")}
		writeTruth(t, paths[0], book, false)
		writeTruth(t, paths[1], registry, true)
		for _, storage := range []diff.Storage{diff.Memory, diff.Spill(dir, 0)} {
			for _, tables := range [][2]bool{{true, true}, {false, true}, {false, false}} {
				got, unknown := truthFindings(t, v, paths, tables, storage)
				if unknown != 2 { // 备注 and 柜员
					t.Fatalf("%d headings are not known", unknown)
				}
				slices.Sort(got)
				if slices.Equal(got, want) {
					continue
				}
				for _, s := range got {
					if !slices.Contains(want, s) {
						t.Errorf("round %d, tables %v: found %s", round, tables, s)
					}
				}
				for _, s := range want {
					if !slices.Contains(got, s) {
						t.Errorf("round %d, tables %v: missed %s", round, tables, s)
					}
				}
				t.Fatalf("round %d, tables %v: %d findings, want %d", round, tables, len(got), len(want))
			}
		}
	}
}

// unknownHeadings counts the headings that an issue says are not known.
func unknownHeadings(err error) (n int) {
	var issue *load.SheetIssue
	if errors.As(err, &issue) {
		for _, note := range issue.Record.Notes {
			switch note.Kind {
			case merchant.NoteColumnUnknown, merchant.NoteColumnNear, merchant.NoteColumnAmbiguous, merchant.NoteColumnDuplicate:
				n++
			}
		}
	}
	return n
}

// truthFindings compares the files and returns what is found as rule, key and path, and how many headings are not known.
func truthFindings(t *testing.T, v *validate.Validator, paths [2]string, tables [2]bool, storage diff.Storage) (found []string, unknown int) {
	c := diff.New(v, diff.Options{Storage: storage, Repeated: true, Issue: func(err error) error { unknown += unknownHeadings(err); return nil }})
	defer c.Close()
	for i, path := range paths {
		in, err := file.OpenInput(context.Background(), path, file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if tables[i] {
			table := in.Table()
			if table == nil {
				t.Fatalf("%s is no table", path)
			}
			if i == 0 {
				c.LocalTable(table)
			} else {
				c.RegistryTable(table)
			}
			continue
		}
		for r, err := range in.Records {
			switch {
			case err != nil:
				unknown += unknownHeadings(err)
			case i == 0:
				c.AddLocal(r)
			default:
				c.AddRegistry(r)
			}
		}
	}
	_, err := c.Compare(context.Background(), func(f rules.Finding) error {
		found = append(found, fmt.Sprintf("%s %s %s", f.Rule.ID, f.Key, f.Path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, unknown
}
