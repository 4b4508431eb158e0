package account

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

func TestEntered(t *testing.T) {
	for _, c := range []struct {
		table, bank, branch string
		want                bool
	}{
		{"中国工商银行", "中国工商银行股份有限公司", "", true},
		{"中国工商银行", "工行", "徐家汇支行", true},
		{"中国工商银行", "", "工商银行上海市徐家汇支行", true},
		{"中国工商银行", "中国建设银行", "中国建设银行上海分行", false},
		{"中国工商银行", "中国银行", "", false},
		{"中国银行", "中国工商银行", "", false},
		{"中国银行", "中行", "", true},
		{"中国农业银行", "中国农业发展银行", "", false},
		{"上海银行", "上海浦东发展银行", "", false},
		{"上海浦东发展银行", "浦发银行", "", true},
		{"平安银行(原深圳发展银行)", "平安银行", "", true},
		{"平安银行", "深圳发展银行", "", true},
		{"广东发展银行", "广发银行股份有限公司", "", true},
		{"花旗银行（中国）", "花旗银行(中国)有限公司", "", true},
		{"贵阳市商业银行", "贵阳银行股份有限公司", "", true},
		{"广州农商银行", "广州农村商业银行", "", true},
		{"江苏江阴农村商业银行", "江阴农商银行", "", true},
		{"江苏省农村信用联合社", "江苏江南农村商业银行", "", true},
		{"江苏省农村信用联合社", "江苏银行", "", false},
		{"城市商业银行资金清算中心", "苏州银行", "", true},
		{"CSC借记卡", "招商银行", "", true},
	} {
		if got := entered(&merchant.Settlement{BankName: c.bank, BranchName: c.branch}, c.table); got != c.want {
			t.Errorf("%s, entered %s %s: %v", c.table, c.bank, c.branch, got)
		}
	}
}

func TestBranchCity(t *testing.T) {
	for branch, want := range map[string]string{
		"中国农业银行上海分行营业部":         "310000",
		"中国工商银行股份有限公司南京城北支行":    "320100",
		"中国工商银行江苏省南京市分行":        "320100",
		"招商银行上海南京西路支行":          "310000",
		"中国工商银行南京西路支行":          "",
		"中国工商银行中山支行":            "",
		"南京银行上海分行":              "310000",
		"南京银行":                  "",
		"徐家汇支行":                 "",
		"中国农业银行股份有限公司昆山市支行":     "",
		"上海浦东发展银行股份有限公司苏州分行营业部": "320500",
	} {
		if got, _ := branchCity(branch); got != want {
			t.Errorf("%s: %q, want %q", branch, got, want)
		}
	}
}

// The date of the last change of one field has no column, so no case file can set it.
func TestVerifiedBeforeTheAccountChanged(t *testing.T) {
	r := merchant.NewRecord(&merchant.Merchant{})
	r.Settlement.VerifiedOn = merchant.Day(2026, 6, 10)
	found := 0
	p := &rules.Pass{Record: r, Rule: &SET032, AsOf: merchant.Day(2026, 11, 22), Report: func(rules.Finding) { found++ }}
	for _, c := range []struct {
		changed merchant.Date
		want    int
	}{{merchant.Day(2026, 6, 11), 1}, {merchant.Day(2026, 6, 10), 0}} {
		found = 0
		r.FieldDates = map[string]merchant.Date{"settlement.account_no": c.changed}
		if checkSET032(p); found != c.want {
			t.Errorf("account changed on %s: %d findings, want %d", c.changed, found, c.want)
		}
	}
}
