//go:build ignore

// gen_testdata writes the sample files beside it: merchants.xlsx (a merchant list as a clerk might keep it, with about
// forty defects and a sheet of terminals), registry.csv (a bank's export of the same merchants in GB18030 with other
// headings and about twenty-five differences), and truth.json (what a check must find, and where).
//
// Run it in this folder: go run gen_testdata.go. All merchants are synthetic.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// column of the merchant sheet. Dates are written as date cells where cell is set, as text otherwise.
type column struct {
	header string
	path   string
	cell   bool
}

var columns = []column{
	{"序号", "", false}, {"*商户编号", "merchant_no", false}, {"商户全称（必填）", "names.legal", false}, {"商户简称", "names.short", false},
	{"签购单名称", "names.receipt", false}, {"商户类型", "subject_type", false}, {"企业类型", "entity_form", false}, {"证照类型", "licence.kind", false},
	{"社会统一信用代码", "licence.number", false}, {"营业执照名称", "licence.name", false}, {"执照法人", "licence.legal_person", false},
	{"营业执照住所", "licence.address", false}, {"经营范围", "licence.scope", false}, {"注册资本（万元）", "licence.registered_capital_cny", false},
	{"成立日期", "licence.established_on", true}, {"营业期限自", "licence.valid_from", true}, {"营业期限至", "licence.valid_to", false},
	{"法人姓名", "legal_rep.name", false}, {"法人证件类型", "legal_rep.id_type", false}, {"法人证件号码", "legal_rep.id_no", false},
	{"法人证件有效期开始日期", "legal_rep.id_valid_from", true}, {"法人证件有效期截止日期", "legal_rep.id_valid_to", false},
	{"法人住址", "legal_rep.address", false}, {"法人手机号", "legal_rep.mobile", false},
	{"受益所有人姓名", "beneficial_owners[0].name", false}, {"受益所有人证件类型", "beneficial_owners[0].id_type", false},
	{"受益所有人证件号码", "beneficial_owners[0].id_no", false}, {"受益所有人证件有效期止", "beneficial_owners[0].id_valid_to", false},
	{"受益所有人地址", "beneficial_owners[0].address", false}, {"受益所有人判定标准", "beneficial_owners[0].basis", false},
	{"受益所有人持股比例(%)", "beneficial_owners[0].share_pct", false}, {"受益所有人备案日期", "beneficial_owners[0].filed_on", true},
	{"联系人身份", "contact.type", false}, {"联系人", "contact.name", false}, {"联系人手机号", "contact.mobile", false}, {"邮箱", "contact.email", false},
	{"注册地址(省)", "addresses.registered.province_code", false}, {"注册地址(市)", "addresses.registered.city_code", false},
	{"注册地址(区)", "addresses.registered.district_code", false}, {"注册详细地址", "addresses.registered.detail", false},
	{"商户所在省", "addresses.business.province_code", false}, {"商户所在市", "addresses.business.city_code", false},
	{"商户所在区", "addresses.business.district_code", false}, {"经营详细地址", "addresses.business.detail", false},
	{"经营场景", "sales_scene", false}, {"MCC码", "mcc", false}, {"许可证名称", "qualifications[0].kind", false}, {"许可证到期日", "qualifications[0].valid_to", true},
	{"结算账户性质", "settlement.account_type", false}, {"结算账号", "settlement.account_no", false}, {"结算户名", "settlement.account_name", false},
	{"开户银行", "settlement.bank_name", false}, {"开户支行", "settlement.branch_name", false}, {"联行号", "settlement.cnaps", false},
	{"持卡人证件类型", "settlement.holder_id_type", false}, {"持卡人证件号码", "settlement.holder_id_no", false}, {"持卡人证件有效期止", "settlement.holder_id_valid_to", false},
	{"结算周期", "settlement.cycle", false}, {"单笔限额（元）", "limits.single_cny", false}, {"日限额", "limits.daily_cny", false}, {"月限额", "limits.monthly_cny", false},
	{"信用卡日限额", "limits.credit_daily_cny", false}, {"信用卡月限额", "limits.credit_monthly_cny", false},
	{"借记卡费率（‰）", "fees[0].rate_pct", false}, {"借记卡封顶(元)", "fees[0].cap_cny", false}, {"借记卡费率类别", "fees[0].class", false},
	{"贷记卡费率(%)", "fees[1].rate_pct", false}, {"贷记卡费率类别", "fees[1].class", false},
	{"商户状态", "status.state", false}, {"状态变更日期", "status.changed_on", true}, {"状态变更原因", "status.reason", false},
	{"开通日期", "go_live_on", true}, {"审核结果", "onboarding.audit", false}, {"签约结果", "onboarding.agreement", false}, {"协议到期日", "onboarding.agreement_valid_to", true},
	{"风险级别", "risk_level", false}, {"上次复核日期", "review.last_on", true}, {"下次复核日期", "review.next_due", true}, {"巡检日期", "inspection.last_on", true},
	{"签约日期", "signed_on", true}, {"更新时间", "updated_on", true}, {"筛查日期", "screening.as_of", true},
	{"业务员", "", false}, {"备注", "", false},
}

var terminalColumns = []column{
	{"商户编号", "merchant_no", false}, {"终端号", "terminals[0].terminal_no", false}, {"终端SN", "terminals[0].serial_no", false}, {"设备类型", "terminals[0].device_type", false},
	{"终端型号", "terminals[0].model", false}, {"入网许可证编号", "terminals[0].network_licence", false}, {"装机地址", "terminals[0].install_address", false},
	{"装机区县代码", "terminals[0].install_district_code", false}, {"终端状态", "terminals[0].status", false}, {"装机日期", "terminals[0].installed_on", true},
	{"最近交易日期", "terminals[0].last_txn_on", true}, {"绑定机构代码", "terminals[0].bound.org_code", false}, {"绑定商户号", "terminals[0].bound.merchant_no", false},
	{"绑定证照号", "terminals[0].bound.uscc_or_id", false}, {"绑定结算账号", "terminals[0].bound.account_no", false},
	{"终端内商户号", "terminals[0].params.merchant_no", false}, {"终端内终端号", "terminals[0].params.terminal_no", false}, {"终端内MCC", "terminals[0].params.mcc", false},
	{"参数下载日期", "terminals[0].params.downloaded_on", true},
}

const (
	firstRow  = 4 // of merchants; a title, a remark and the heading stand above
	firstTerm = 2
	merchants = 200
)

// cell is what is written: text, or a number or date cell, or a formula.
type cell struct {
	text    string
	number  bool
	date    bool
	formula string
	raw     any
}

// row is one merchant with its terminal, as headings and cells.
type row struct {
	m        *merchant.Merchant
	cells    map[string]cell
	terminal map[string]cell
}

// expected is one finding that a check must report. Cell is empty for findings about a sheet.
type expected struct {
	Rule  string `json:"rule"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
	Row   int    `json:"row,omitempty"`
	Key   string `json:"key,omitempty"`
}

var truth struct {
	Check []expected `json:"check"` // errors and warnings of check
	Diff  []expected `json:"diff"`  // DIF findings of all severities
}

func main() {
	log.SetFlags(0)
	rows := make([]*row, merchants)
	for i := range rows {
		rows[i] = newRow(i)
	}
	clean := make([]*merchant.Merchant, merchants)
	for i, r := range rows {
		clean[i] = r.m
	}
	seed(rows)
	writeBook(rows)
	writeRegistry(clean)
	slices.SortFunc(truth.Check, order)
	slices.SortFunc(truth.Diff, order)
	data, err := json.MarshalIndent(truth, "", " ")
	check(err)
	check(os.WriteFile("truth.json", append(data, '\n'), 0o644))
	fmt.Printf("%d defects, %d differences\n", len(truth.Check), len(truth.Diff))
}

func order(a, b expected) int {
	if a.Row != b.Row {
		return a.Row - b.Row
	}
	return strings.Compare(a.Rule+a.Cell+a.Key, b.Rule+b.Cell+b.Key)
}

func subject(i int) merchant.SubjectType {
	switch {
	case i < 100:
		return merchant.SubjectEnterprise
	case i < 170:
		return merchant.SubjectIndividualBusiness
	}
	return merchant.SubjectMicro
}

func newRow(i int) *row {
	r := &row{m: rulestest.Clean(subject(i), i), cells: map[string]cell{}, terminal: map[string]cell{}}
	for _, c := range columns {
		r.cells[c.header] = value(r.m, c)
	}
	r.cells["序号"] = cell{text: fmt.Sprint(i + 1), number: true, raw: i + 1}
	r.cells["业务员"] = cell{text: []string{"甲组", "乙组", "丙组"}[i%3]}
	if r.m.Licence.LongTerm {
		r.cells["营业期限至"] = cell{text: []string{"长期", "长期有效", "2099-12-31"}[i%3]}
	}
	for _, c := range terminalColumns {
		r.terminal[c.header] = value(r.m, c)
	}
	return r
}

// value writes a field the way this list writes it.
func value(m *merchant.Merchant, c column) cell {
	if c.path == "" {
		return cell{}
	}
	p, err := merchant.ParsePath(c.path)
	check(err)
	text := m.Text(p)
	switch {
	case text == "":
		return cell{}
	case p.Field.Enum() != nil:
		return cell{text: p.Field.Enum().Label(text, "zh")}
	case c.header == "注册资本（万元）":
		return cell{number: true, raw: m.Licence.RegisteredCapitalCNY.Decimal().Shift(-4).InexactFloat64()}
	case c.header == "借记卡费率（‰）":
		return cell{number: true, raw: m.Fees[0].RatePct.Decimal().Shift(1).InexactFloat64()}
	case p.Field.Kind() == merchant.KindPercent:
		return cell{text: text}
	case p.Field.Kind() == merchant.KindMoney:
		return cell{number: true, raw: mustMoney(text)}
	case p.Field.Kind() == merchant.KindDate && c.cell:
		d, err := merchant.ParseDate(text)
		check(err)
		return cell{date: true, raw: d.Serial()}
	}
	return cell{text: text}
}

func mustMoney(s string) float64 {
	m, err := merchant.ParseMoney(s)
	check(err)
	return m.Decimal().InexactFloat64()
}

// seed puts the defects in, each with what must be found. Names in want are headings of the merchant sheet, after "T:"
// of the terminal sheet.
func seed(rows []*row) {
	at := func(i int, want ...string) {
		for _, w := range want {
			rule, header, _ := strings.Cut(w, "@")
			e := expected{Rule: rule, Sheet: "商户资料", Row: firstRow + i}
			list := columns
			if h, ok := strings.CutPrefix(header, "T:"); ok {
				e.Sheet, e.Row, header, list = "终端", firstTerm+i, h, terminalColumns
			}
			if header != "" {
				n := slices.IndexFunc(list, func(c column) bool { return c.header == header })
				if n < 0 {
					log.Fatalf("no heading %s", header)
				}
				letter, err := excelize.ColumnNumberToName(n + 1)
				check(err)
				e.Cell = fmt.Sprintf("%s%d", letter, e.Row)
			}
			truth.Check = append(truth.Check, e)
		}
	}
	set := func(i int, header, text string, want ...string) {
		if _, ok := rows[i].cells[header]; !ok {
			log.Fatalf("no heading %s", header)
		}
		rows[i].cells[header] = cell{text: text}
		at(i, want...)
	}
	term := func(i int, header, text string, want ...string) {
		if _, ok := rows[i].terminal[header]; !ok {
			log.Fatalf("no terminal heading %s", header)
		}
		rows[i].terminal[header] = cell{text: text}
		at(i, want...)
	}
	text := func(i int, header string) string { return rows[i].cells[header].text }
	// diffs are the differences from the registry that a defect of our own makes: the registry holds the right value.
	diffs := func(i int, rules ...string) {
		for _, rule := range rules {
			truth.Diff = append(truth.Diff, expected{Rule: rule, Key: rows[i].cells["*商户编号"].text, Row: firstRow + i})
		}
	}
	registryOnly := func(key string) { truth.Diff = append(truth.Diff, expected{Rule: "DIF002", Key: key}) }

	// wrong digits
	code := text(2, "社会统一信用代码")
	set(2, "社会统一信用代码", code[:17]+other(code[17]), "LIC003@社会统一信用代码")
	term(2, "绑定证照号", code[:17]+other(code[17]))
	set(4, "社会统一信用代码", strings.Replace(text(4, "社会统一信用代码"), "MA1", "MAI", 1), "LIC002@社会统一信用代码")
	id := text(6, "法人证件号码")
	set(6, "法人证件号码", id[:16]+other(id[16])+id[17:], "REP003@法人证件号码")
	set(8, "联行号", text(8, "联行号")[:11]+other(text(8, "联行号")[11]), "SET024@联行号")
	card := text(104, "结算账号")
	set(104, "结算账号", card[:18]+other(card[18]), "SET003@结算账号")
	term(104, "绑定结算账号", card[:18]+other(card[18]))
	set(10, "联系人手机号", "1391000007", "CON001@联系人手机号")
	set(12, "MCC码", "541", "MCC001@MCC码")
	set(14, "*商户编号", "8982900541100", "MID001@*商户编号")
	rows[14].terminal["商户编号"] = cell{text: "8982900541100"}
	rows[14].terminal["绑定商户号"] = cell{text: "8982900541100"}
	rows[14].terminal["终端内商户号"] = cell{text: "8982900541100"}

	// damage of the sheet
	rows[16].cells["结算账号"] = cell{number: true, raw: 6.22848040256489e18}
	at(16, "IMP001@结算账号")
	set(18, "MCC码", "763", "IMP002@MCC码")
	set(20, "营业期限自", "19/5/20", "IMP003@营业期限自")
	set(22, "商户简称", "待补", "IMP004@商户简称")
	set(24, "贷记卡费率(%)", "0.5-0.6", "IMP015@贷记卡费率(%)")
	set(26, "开户支行", "#N/A", "SRC014@开户支行")
	set(28, "结算周期", "隔周", "IMP016@结算周期")
	set(30, "结算账号", "034433102041001、034433102041002", "IMP014@结算账号")

	// things left out
	set(32, "法人姓名", "", "REP001@法人姓名")
	set(34, "MCC码", "", "MCC006@MCC码")
	set(36, "商户所在区", "", "ADR007@商户所在区")
	set(38, "风险级别", "", "IDN014@风险级别")

	// out of date
	set(40, "营业期限至", "2026-10-31", "LIC011@营业期限至")
	set(42, "营业期限至", "2026-12-15", "LIC012@营业期限至")
	set(44, "法人证件有效期截止日期", "2026-11-21", "REP010@法人证件有效期截止日期", "REP009@法人证件有效期截止日期")
	rows[46].cells["下次复核日期"] = cell{text: "2026-10-01"}
	at(46, "STL006@下次复核日期")

	// contradictions
	set(48, "营业执照名称", strings.Replace(text(48, "营业执照名称"), "有限公司", "股份有限公司", 1), "LIC007@营业执照名称")
	set(50, "执照法人", "赵一二", "LIC008@执照法人")
	set(52, "结算户名", strings.Replace(text(52, "结算户名"), "有限公司", "公司", 1), "SET006@结算户名")
	set(110, "结算户名", "钱三四", "SET007@结算户名")
	set(54, "商户类型", "事业单位", "LIC005@社会统一信用代码")
	set(112, "结算账户性质", "非法人", "SET005@结算账户性质")
	rows[56].cells["日限额"] = cell{number: true, raw: 20000}
	at(56, "LIM002@单笔限额（元）")
	set(58, "贷记卡费率(%)", "60", "FEE001@贷记卡费率(%)")

	// status and terminals
	set(60, "商户状态", "已冻", "STA001@商户状态")
	set(62, "商户状态", "暂停", "STA005@商户状态", "TRM012@T:终端状态")
	set(62, "状态变更原因", "证照过期")
	rows[62].cells["状态变更日期"] = cell{text: "2026-11-01"}
	set(64, "审核结果", "审核中", "STA006@审核结果", "STL004@筛查日期") // an entry not yet audited must be screened anew
	term(66, "终端号", "301004", "TRM001@T:终端号")
	rows[66].terminal["终端内终端号"] = cell{text: "301004"}
	term(68, "终端SN", "", "TRM002@T:终端SN")
	term(70, "绑定结算账号", "034410002040937", "TRM004@T:绑定结算账号")
	term(72, "终端内商户号", rows[71].m.MerchantNo, "TRM007@T:终端内商户号")
	rows[74].terminal["最近交易日期"] = cell{text: "2025-10-01"}
	at(74, "TRM020@T:最近交易日期")
	rows[76].terminal["参数下载日期"] = cell{text: "2026-05-01"}
	at(76, "TRM008@T:参数下载日期")

	// among rows
	set(79, "*商户编号", rows[78].m.MerchantNo)
	rows[79].terminal["商户编号"] = cell{text: rows[78].m.MerchantNo}
	rows[79].terminal["绑定商户号"] = cell{text: rows[78].m.MerchantNo}
	rows[79].terminal["终端内商户号"] = cell{text: rows[78].m.MerchantNo}
	at(78, "BAT001@*商户编号")
	// both terminals now stand under the first of the two rows, the second row has none
	at(79, "TRM004@T:绑定证照号", "TRM004@T:绑定结算账号", "TRM006@T:装机区县代码", "TRM022@")
	term(81, "终端SN", rows[80].m.Terminals[0].SerialNo)
	at(80, "BAT008@T:终端SN")
	truth.Check = append(truth.Check, expected{Rule: "BAT021"}) // so many defects are more than a fifth of the rows
	seedDiffs(rows, diffs, registryOnly)
}

func seedDiffs(rows []*row, diffs func(i int, rules ...string), registryOnly func(key string)) {
	for _, i := range []int{2, 4} {
		diffs(i, "DIF004", "DIF014") // mistyped credit codes
	}
	diffs(6, "DIF005", "DIF014")   // mistyped ID number
	diffs(32, "DIF005", "DIF014")  // no representative
	diffs(104, "DIF006", "DIF014") // mistyped account
	diffs(30, "DIF006", "DIF014")  // two accounts in a cell
	diffs(52, "DIF006", "DIF014")  // account names
	diffs(110, "DIF006", "DIF014")
	diffs(10, "DIF008", "DIF014") // phone
	diffs(36, "DIF008", "DIF014") // no district
	for _, i := range []int{12, 18, 34} {
		diffs(i, "DIF007", "DIF014") // MCC mistyped, short, missing
	}
	diffs(62, "DIF020", "DIF014") // suspended here, active there
	diffs(14, "DIF001", "DIF024") // our merchant number is short
	registryOnly(rows[14].m.MerchantNo)
	registryOnly(rows[79].m.MerchantNo) // ours carries the number of the row above
	diffs(81, "DIF012")                 // the serial number belongs to the row above
}

func other(c byte) string {
	if c == '3' {
		return "5"
	}
	return "3"
}

func writeBook(rows []*row) {
	f := excelize.NewFile()
	check(f.SetSheetName("Sheet1", "填写说明"))
	for i, line := range []string{"填写说明", "一、带*的列必填；", "二、日期写成 2026-06-06，长期有效的写“长期”；", "三、账号、证件号一律按文本填写。"} {
		check(f.SetCellStr("填写说明", fmt.Sprintf("A%d", i+1), line))
	}
	_, err := f.NewSheet("商户资料")
	check(err)
	last, err := excelize.ColumnNumberToName(len(columns))
	check(err)
	check(f.SetCellStr("商户资料", "A1", "示例支付 特约商户资料清单（2026年11月）"))
	check(f.MergeCell("商户资料", "A1", last+"1"))
	check(f.SetCellStr("商户资料", "A2", "填报单位：示例运营中心　填报日期：2026-11-20"))
	dateStyle, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	chinese := `yyyy"年"m"月"d"日"`
	hanStyle, err := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
	check(err)
	put := func(sheet string, columns []column, row int, cells map[string]cell) {
		for i, col := range columns {
			letter, err := excelize.ColumnNumberToName(i + 1)
			check(err)
			ref := fmt.Sprintf("%s%d", letter, row)
			c := cells[col.header]
			switch {
			case c.date:
				check(f.SetCellValue(sheet, ref, c.raw))
				style := dateStyle
				if i%2 == 1 {
					style = hanStyle
				}
				check(f.SetCellStyle(sheet, ref, ref, style))
			case c.number:
				check(f.SetCellValue(sheet, ref, c.raw))
			case c.text != "":
				check(f.SetCellStr(sheet, ref, c.text))
			}
		}
	}
	head := func(sheet string, columns []column, row int) {
		for i, col := range columns {
			letter, _ := excelize.ColumnNumberToName(i + 1)
			check(f.SetCellStr(sheet, fmt.Sprintf("%s%d", letter, row), col.header))
		}
	}
	head("商户资料", columns, firstRow-1)
	for i, r := range rows {
		put("商户资料", columns, firstRow+i, r.cells)
	}
	check(f.SetCellStr("商户资料", fmt.Sprintf("A%d", firstRow+len(rows)), "合计"))
	check(f.SetCellStr("商户资料", fmt.Sprintf("B%d", firstRow+len(rows)), fmt.Sprintf("%d户", len(rows))))
	_, err = f.NewSheet("终端")
	check(err)
	head("终端", terminalColumns, firstTerm-1)
	for i, r := range rows {
		put("终端", terminalColumns, firstTerm+i, r.terminal)
	}
	check(f.SetDocProps(&excelize.DocProperties{Creator: "merchantkyc", Created: "2026-11-22T00:00:00Z", Modified: "2026-11-22T00:00:00Z"}))
	check(f.SaveAs("merchants.xlsx"))
	check(os.Chmod("merchants.xlsx", 0o644))
}

// registryColumns are the bank's headings.
var registryColumns = []string{"商户代码", "商户全称", "证照编号", "法人姓名", "法人证件号", "结算账号", "结算户名", "MCC码", "地区码", "经营地址",
	"联系电话", "商户状态", "终端号", "终端序列号", "单笔限额", "银行登记更新日期", "数据日期"}

func writeRegistry(clean []*merchant.Merchant) {
	var lines [][]string
	differ := func(i int, want ...string) {
		for _, rule := range want {
			truth.Diff = append(truth.Diff, expected{Rule: rule, Key: clean[i].MerchantNo, Row: firstRow + i})
		}
	}
	for i, m := range clean {
		t := m.Terminals[0]
		line := []string{m.MerchantNo, m.Names.Legal, m.Licence.Number, m.LegalRep.Name, merchant.MaskIdentity.Apply(m.LegalRep.IDNo),
			merchant.MaskAccount.Apply(m.Settlement.AccountNo), m.Settlement.AccountName, m.MCC, m.Addresses.Business.DistrictCode, m.Addresses.Business.Detail,
			m.Contact.Mobile, m.Status.State.Label("zh"), t.TerminalNo, t.SerialNo, m.Limits.SingleCNY.String(), "2026-06-03", "2026-11-20"}
		const updated = 15
		put := func(col int, text string) { line[col] = text }
		switch i {
		case 1, 100:
			differ(i, "DIF001")
			continue // not in the registry
		case 3:
			put(1, strings.Replace(m.Names.Legal, "有限公司", "有限责任公司", 1))
			differ(i, "DIF003", "DIF014")
		case 5:
			put(1, strings.ReplaceAll(m.Names.Legal, "有限公司", " 有限公司"))
			differ(i, "DIF016")
		case 7:
			put(2, clean[9].Licence.Number)
			differ(i, "DIF004", "DIF014")
		case 11:
			put(3, "孙五六")
			put(updated, "2026-05-01")
			differ(i, "DIF005", "DIF013")
		case 13:
			put(5, "0344*******9999")
			differ(i, "DIF006", "DIF014")
		case 15:
			put(7, "5999")
			differ(i, "DIF007", "DIF014")
		case 17:
			put(9, strings.Replace(m.Addresses.Business.Detail, "层", "号楼", 1))
			differ(i, "DIF008", "DIF014")
		case 19:
			put(10, "13900000000")
			differ(i, "DIF008", "DIF014")
		case 21:
			put(11, "注销")
			differ(i, "DIF010", "DIF014")
		case 23:
			put(11, "暂停")
			differ(i, "DIF010", "DIF014")
		case 25:
			put(13, "N91999999999")
			put(12, "39999999")
			differ(i, "DIF011", "DIF021")
		case 27:
			put(14, "1000.00")
			differ(i, "DIF009", "DIF014")
		case 29:
			// mistyped key: two digits of the sequence swapped in the registry
			put(0, m.MerchantNo[:13]+"9"+m.MerchantNo[14:])
			differ(i, "DIF001", "DIF024")
			truth.Diff = append(truth.Diff, expected{Rule: "DIF002", Key: line[0]})
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	check(w.Write(registryColumns))
	check(w.WriteAll(lines))
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	check(err)
	check(os.WriteFile("registry.csv", out, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
