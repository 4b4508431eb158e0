package validate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// TestWithTables: a table of the caller decides what is known, alone or before that of the package.
func TestWithTables(t *testing.T) {
	branches, err := cnaps.Load(strings.NewReader("联行号,银行,行名\n" +
		"313290050010,某某银行股份有限公司,某某银行上海示例支行\n102290026507,中国工商银行股份有限公司,中国工商银行上海示例支行\n"))
	if err != nil {
		t.Fatal(err)
	}
	cards, err := bankcard.Load(strings.NewReader("bin,card_len,bank,card_type,bank_name\n690000,16,NEW,CC,新银行\n"))
	if err != nil {
		t.Fatal(err)
	}
	codes, err := mcc.Load(strings.NewReader("mcc,name_en,name_zh,unionpay,fee_class,risk,licence_required\n5410,,新设类别,1,标准,normal,0\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		tables rules.Tables
		set    func(*merchant.Merchant)
		rule   rules.ID
		found  bool
	}{
		{"branch of no list", rules.Tables{}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "102290002916" }, "SET025", false},
		{"branch that a list lacks", rules.Tables{CNAPS: branches}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "102290002916" }, "SET025", true},
		{"branch that a list has", rules.Tables{CNAPS: branches}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "102290026507" }, "SET025", false},
		{"list before the package", rules.Tables{CNAPS: branches.Or(cnaps.Builtin())}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "102290002916" }, "SET025", false},
		{"bank of a shared code", rules.Tables{}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "313290050010" }, "SET009", false},
		{"bank of a shared code in a list", rules.Tables{CNAPS: branches}, func(m *merchant.Merchant) { m.Settlement.CNAPS = "313290050010" }, "SET009", true},
		{"unknown BIN", rules.Tables{}, card("6900001234567895"), "SET017", true},
		{"BIN of a list", rules.Tables{Cards: cards.Or(bankcard.Builtin())}, card("6900001234567895"), "SET017", false},
		{"credit card of a list", rules.Tables{Cards: cards}, card("6900001234567895"), "SET004", true},
		{"unknown MCC", rules.Tables{}, func(m *merchant.Merchant) { m.MCC = "5410" }, "MCC007", true},
		{"MCC of a list", rules.Tables{MCC: codes.Or(mcc.Builtin())}, func(m *merchant.Merchant) { m.MCC = "5410" }, "MCC007", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := rulestest.Clean(merchant.SubjectEnterprise, 1)
			c.set(m)
			found := newValidator(t, validate.WithTables(c.tables)).Append(nil, merchant.NewRecord(m))
			if got := slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Rule.ID == c.rule }); got != c.found {
				t.Errorf("%s raised: %t", c.rule, got)
			}
		})
	}
}

// TestBranchNameGivesCode: a missing CNAPS code is proposed where a list has one branch of the name.
func TestBranchNameGivesCode(t *testing.T) {
	branches, err := cnaps.Load(strings.NewReader("联行号,银行,行名\n102290026507,中国工商银行,中国工商银行上海示例支行\n"))
	if err != nil {
		t.Fatal(err)
	}
	v := newValidator(t, validate.WithTables(rules.Tables{CNAPS: branches}), validate.Only("SET023"))
	for branch, want := range map[string]string{"中国工商银行上海示例支行": "102290026507", "上海示例支行": ""} {
		m := rulestest.Clean(merchant.SubjectEnterprise, 1)
		m.Settlement.CNAPS, m.Settlement.BranchName = "", branch
		found := v.Append(nil, merchant.NewRecord(m))
		if len(found) != 1 || (want == "") != (found[0].Fixes == nil) || want != "" && found[0].Fixes[0].Edits[0].New != want {
			t.Errorf("%s: %+v", branch, found)
		}
	}
}

func card(number string) func(*merchant.Merchant) {
	return func(m *merchant.Merchant) {
		*m = *rulestest.Clean(merchant.SubjectIndividualBusiness, 1)
		m.Settlement.AccountType, m.Settlement.AccountNo = merchant.AccountPersonalOperator, number
	}
}

// A bank's list of branches, before the table of the package.
func ExampleWithTables() {
	branches, err := cnaps.Load(strings.NewReader("联行号,银行,行名\n102290026507,中国工商银行,中国工商银行上海示例支行\n")) // a file, as a rule
	if err != nil {
		fmt.Println(err) // names the row
		return
	}
	v, err := validate.New(validate.WithTables(rules.Tables{CNAPS: branches}), validate.Only("SET025"))
	if err != nil {
		fmt.Println(err)
		return
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 1)
	m.Settlement.CNAPS = "102290002916" // no branch of the list
	for _, f := range v.Append(nil, merchant.NewRecord(m)) {
		fmt.Println(f.Rule.ID, f.Message("en", false))
	}
	// Output: SET025 the branch of CNAPS code "102290002916" is not in the table
}
