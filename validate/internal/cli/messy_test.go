package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// messy writes a list as they come: a sheet of instructions, titles, three rows of merged headings with units, remarks
// and typing mistakes, values of every wrong kind, a hidden row, merged cells, totals, and an older list behind it.
func messy(name string) error {
	f := excelize.NewFile()
	defer f.Close()
	const s = "商户信息(2026)"
	err := errors.Join(f.SetSheetName("Sheet1", "填写说明"), f.SetCellStr("填写说明", "A1", "1. 日期写成 2024-01-01"))
	for _, sheet := range []string{s, "商户信息(旧)"} {
		_, sheetErr := f.NewSheet(sheet)
		err = errors.Join(err, sheetErr)
	}
	row := func(sheet string, number int, values ...any) {
		err = errors.Join(err, f.SetSheetRow(sheet, fmt.Sprintf("A%d", number), &values))
	}
	merge := func(from, to string) { err = errors.Join(err, f.MergeCell(s, from, to)) }
	style := func(cell, format string) {
		id, styleErr := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		err = errors.Join(err, styleErr, f.SetCellStyle(s, cell, cell, id))
	}
	row(s, 1, "XX支付特约商户信息登记表")
	merge("A1", "V1")
	row(s, 2, "填报单位：华东分公司", nil, nil, nil, "填报日期：2026年11月1日")
	row(s, 4, "序号", "商户\n编号", "商户名称（全称）", "MCC码", "证照信息", nil, nil, "法人信息", nil, nil, nil, "结算账户", nil, nil, "费率（‰）", nil, "限额", nil, "注册资本(万元)", "成立日期", "客服电活", "业务员生日")
	row(s, 5, nil, nil, nil, nil, "证件号", "有效期起", "有效期止", "姓名", "身份证", nil, nil, "开户名", "帐号", "联行号", "借记卡", "贷记卡", "单笔（万元）", "单日/元")
	row(s, 6, nil, nil, nil, nil, nil, nil, nil, nil, "号码", "起始日期", "截止日期")
	for _, c := range []string{"A4:A6", "B4:B6", "C4:C6", "D4:D6", "E4:G4", "H4:K4", "I5:K5", "L4:N4", "O4:P4", "Q4:R4"} {
		from, to, _ := strings.Cut(c, ":")
		merge(from, to)
	}
	row(s, 7, 1, "898290054110001", "上海瑞丰商贸有限公司", "5411", "91310104MA10000090", 43605, "长期", "张明桂", "310104197801010011", 43101, "2038-01-01",
		"上海瑞丰商贸有限公司", "03442900204000101", "102290000013", 5.5, 0.006, "5", "200,000.00", 100, "2019年5月20日")
	style("F7", `yyyy"年"m"月"d"日"`)
	style("O7", `0.0"‰"`)
	style("P7", "0.00%") // contradicts the heading
	row(s, 8, 2, 898290054110002, "上海鼎禾餐饮管理有限公司　", 742, "９１３１0104ma10000090", "2020.1.2", "20991231", "李明桂", 310104197801010011, "2018/1/1 0:00:00", "2024-01-01T16:00:00Z",
		"上海鼎禾餐饮管理有限公司", 6228480402564890018, "—", "5.5‰", "0.38-0.6", "5万", "五万", "￥1,000.50", "24/1/2", nil, "x")
	row(s, 9, 3, "898290054110003", "北京(朝阳）食品店", "5499", "待补", "#N/A", "不约定期限", "王五", "6.22848E+18", 20180101, "暂无", "王五", "6228 4804 0256 4890 018")
	err = errors.Join(err, f.SetCellFormula(s, "O9", "1+4.5"), f.SetRowVisible(s, 8, false), f.SetColVisible(s, "L", false))
	merge("N9", "N10")
	row(s, 10, 4, "898290054110004", "上海范例食品店", "5411")
	row(s, 11, "商户编号", "商户编号", "商户名称（全称）")
	row(s, 12, "合计", 4)
	row(s, 14, nil, "制表人：张三", nil, "审核人：李四")
	row("商户信息(旧)", 1, "商户编号", "商户名称", "MCC")
	row("商户信息(旧)", 2, "898290054110009", "旧", "5411")
	return errors.Join(err, f.SaveAs(name))
}

// TestMessyWorkbook: what a messy list says, by rule and cell, and what of it is read.
func TestMessyWorkbook(t *testing.T) {
	name := filepath.Join(t.TempDir(), "messy.xlsx")
	if err := messy(name); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if status := Main([]string{"check", name, "--format", "json", "--as-of", "2026-11-22", "--only", "SRC,IMP,LIC010"}, strings.NewReader(""), &stdout, &stderr, noEnv); status != statusFound || stderr.Len() > 0 {
		t.Fatalf("status %d, %s", status, stderr.String())
	}
	var got []string
	for line := range strings.Lines(stdout.String()) {
		var f struct {
			Type, Rule string
			Records    int
			Source     struct {
				Sheet, Cell string
				Row         int
			}
			Params map[string]string
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Type == "summary" && f.Records != 4 {
			t.Errorf("%d records", f.Records)
		}
		if f.Type != "finding" {
			continue
		}
		place := f.Source.Cell
		if place == "" && f.Source.Row > 0 {
			place = fmt.Sprint(f.Source.Row)
		}
		switch f.Rule {
		case "SRC005":
			place += " " + f.Params["suggest"]
		case "SRC015":
			place = f.Params["range"]
		case "SRC006":
			place += " " + f.Params["unit"]
		}
		got = append(got, strings.TrimSpace(f.Rule+" "+place))
	}
	want := strings.Split(strings.TrimSpace(`
SRC004 A6, SRC004 V6, SRC005 U6 客服电话, SRC006 O6 ‰, SRC006 P6 ‰, SRC006 Q6 万元, SRC006 S6 万元,
SRC009, SRC010 L6, SRC011, SRC015 N9:N10, SRC016 11, SRC016 12, SRC016 14, SRC023,
SRC022 J7, SRC007 P7, IMP019 O7, IMP019 R7, IMP011 T7,
IMP005 C8, IMP002 D8, IMP006 E8, IMP011 F8, LIC010 G8, IMP001 I8, IMP011 J8, IMP011 K8, IMP001 M8, IMP019 O8, IMP015 P8, IMP019 Q8, IMP015 R8, IMP019 S8, IMP003 T8,
IMP013 C9, IMP012 E9, SRC014 F9, LIC010 G9, IMP009 I9, SRC022 J9, IMP012 K9, IMP006 M9, SRC012 O9`), ",")
	for i := range want {
		want[i] = strings.TrimSpace(want[i])
	}
	want = slices.DeleteFunc(want, func(s string) bool { return s == "" })
	compare(t, "messy.xlsx", want, got)
}
