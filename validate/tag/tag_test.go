package tag_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/zh"
	ut "github.com/go-playground/universal-translator"
	"github.com/go-playground/validator/v10"
	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/tag"
)

func validatorWithTags(t testing.TB) *validator.Validate {
	t.Helper()
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := tag.Register(v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestText(t *testing.T) {
	v := validatorWithTags(t)
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	for _, tt := range []struct{ tag, good, bad string }{
		{"cn_uscc", m.Licence.Number, "91310104MA10000091"},
		{"cn_uscc", "91350100M000100Y43", "9131010"},
		{"cn_resident_id", m.LegalRep.IDNo, "310104197801010013"},
		{"cn_bankcard", "6222020000000000000", "6222020000000000005"},
		{"cn_cnaps", m.Settlement.CNAPS, "102290000005"},
		{"cn_mcc", "5812", "58l2"},
		{"cn_division", "310104", "310199"},
		{"cn_merchant_no", "898290054110001", "89829005411000"},
		{"cn_mobile", "13910000000", "1391000000"},
		{"cn_phone", "021-60000000", "021"},
		{"cn_phone", "4008001234", "12"},
		{"cn_company_name", "上海瑞丰商贸有限公司", "瑞丰"},
		{"gbk_max=4", "商户", "商户a"},
		{"gbk_max=8", "商户", "𠮷"},
		{"gbk_min=4", "商户", "商"},
		{"gb18030_max=4", "𠮷", "𠮷a"},
		{"gb18030_min=5", "商户a", "商户"},
		{"gbk_max=x", "", "商户"},
	} {
		if err := v.Var(tt.good, tt.tag); err != nil && tt.good != "" {
			t.Errorf("%s refuses %q", tt.tag, tt.good)
		}
		if err := v.Var(tt.bad, tt.tag); err == nil {
			t.Errorf("%s takes %q", tt.tag, tt.bad)
		}
		if strings.HasPrefix(tt.tag, "cn_") {
			if err := v.Var(7, tt.tag); err == nil {
				t.Errorf("%s takes a number", tt.tag)
			}
		}
	}
}

func TestAmounts(t *testing.T) {
	v := validatorWithTags(t)
	d := decimal.RequireFromString
	for _, tt := range []struct {
		value any
		tag   string
		ok    bool
	}{
		{d("0"), "required", true}, {d("0"), "decimal_gt=0", false}, {d("0.01"), "decimal_gt=0", true}, {d("-1"), "decimal_gte=0", false},
		{d("0.6000000000000000001"), "decimal_lte=0.6", false}, {d("0.60"), "decimal_eq=0.6", true}, {d("0.6"), "decimal_lt=0.6", false},
		{d("1.10"), "decimal_scale=1", true}, {d("1.15"), "decimal_scale=1", false}, {d("1"), "decimal_gt=x", false},
		{merchant.Money{}, "required", false}, {merchant.Fen(0), "required", true}, {merchant.Fen(100), "decimal_lte=1", true},
		{merchant.Fen(101), "decimal_lte=1", false}, {merchant.Money{}, "omitempty,decimal_gt=0", true}, {merchant.BasisPoints(60), "decimal_eq=0.6", true},
		{merchant.Money{}, "decimal_gte=0", false}, {"5", "decimal_gt=0", false},
	} {
		if err := v.Var(tt.value, tt.tag); (err == nil) != tt.ok {
			t.Errorf("%v %s: %v", tt.value, tt.tag, err)
		}
	}
	type limits struct {
		Single  merchant.Money   `validate:"required,decimal_ltefield=Daily"`
		Daily   merchant.Money   `validate:"required"`
		Rate    *decimal.Decimal `validate:"omitempty,decimal_gtefield=Floor"`
		Floor   decimal.Decimal
		Nowhere merchant.Money `validate:"omitempty,decimal_eqfield=Missing"`
	}
	low, high := d("0.1"), d("0.9")
	for i, tt := range []struct {
		limits limits
		bad    []string
	}{
		{limits{Single: merchant.Fen(100), Daily: merchant.Fen(100)}, nil},
		{limits{Single: merchant.Fen(101), Daily: merchant.Fen(100)}, []string{"Single"}},
		{limits{Single: merchant.Fen(1)}, []string{"Single", "Daily"}},
		{limits{Single: merchant.Fen(0), Daily: merchant.Fen(0), Rate: &high, Floor: d("0.5")}, nil},
		{limits{Single: merchant.Fen(0), Daily: merchant.Fen(0), Rate: &low, Floor: d("0.5")}, []string{"Rate"}},
		{limits{Single: merchant.Fen(0), Daily: merchant.Fen(0), Nowhere: merchant.Fen(0)}, []string{"Nowhere"}},
	} {
		var list validator.ValidationErrors
		errors.As(v.Struct(tt.limits), &list)
		var bad []string
		for _, e := range list {
			bad = append(bad, e.Field())
		}
		if !slices.Equal(bad, tt.bad) {
			t.Errorf("%d: %v, want %v", i, bad, tt.bad)
		}
	}
}

// TestLoud: the validator's own tags for lengths and numbers do not pass an amount unseen.
func TestLoud(t *testing.T) {
	for _, name := range []string{"gt=0", "gte=0", "lt=5", "lte=5", "min=1", "max=5", "len=2", "eq=1"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s judges an amount", name)
				}
			}()
			_ = validatorWithTags(t).Var(decimal.NewFromInt(3), name)
		}()
	}
	type pair struct { // compares the texts of the types, whatever the amounts
		A decimal.Decimal `validate:"gtefield=B"`
		B decimal.Decimal
	}
	if err := tag.Verify(validatorWithTags(t), pair{}); err == nil {
		t.Error("gtefield on amounts is not told")
	}
}

type address struct {
	District string `validate:"required,cn_division"`
}

type request struct {
	USCC    string         `validate:"required,cn_uscc"`
	ID      string         `validate:"omitempty,cn_resident_id"`
	Card    string         `validate:"omitempty,cn_bankcard"`
	CNAPS   string         `validate:"omitempty,cn_cnaps"`
	MCC     string         `validate:"omitempty,cn_mcc"`
	No      string         `validate:"omitempty,cn_merchant_no"`
	Mobile  string         `validate:"omitempty,cn_mobile"`
	Phone   string         `validate:"omitempty,cn_phone"`
	Name    string         `validate:"omitempty,cn_company_name,gbk_max=100"`
	Limit   merchant.Money `validate:"omitempty,decimal_gt=0"`
	Address *address       `validate:"omitempty"`
}

func TestFindings(t *testing.T) {
	v := validatorWithTags(t)
	bad := request{USCC: "91310104MA10000091", ID: "310104197801010013", Card: "6222020000000000005", CNAPS: "102290000005", MCC: "58l2", No: "1",
		Mobile: "1391000000", Phone: "021", Name: "瑞丰", Limit: merchant.Fen(-1), Address: &address{"310199"}}
	var got []string
	for _, f := range tag.Findings(v.Struct(bad)) {
		got = append(got, fmt.Sprintf("%s %s %s", f.Rule.ID, f.Path, f.Param("namespace")))
		for _, lang := range []string{"zh", "en"} {
			if s := f.Message(lang, false); strings.ContainsAny(s, "{}") || strings.Contains(s, "310104197801010013") {
				t.Error(s)
			}
		}
		if f.Severity != f.Rule.Severity {
			t.Error(f.Rule.ID)
		}
	}
	want := []string{"LIC003 licence.number request.USCC", "REP003 legal_rep.id_no request.ID", "SET003 settlement.account_no request.Card",
		"SET024 settlement.cnaps request.CNAPS", "MCC001 mcc request.MCC", "MID001 merchant_no request.No", "CON001 contact.mobile request.Mobile",
		"CON003 contact.service_phone request.Phone", "TAG-001  request.Name", "TAG-001  request.Limit", "TAG-001  request.Address.District"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if err := rules.Validate([]*rules.Rule{&tag.TAG001}); err != nil {
		t.Error(err)
	}
	short := tag.Findings(v.Struct(request{USCC: "9131"}))
	if len(short) != 1 || short[0].Rule.ID != "LIC002" {
		t.Errorf("%v", short)
	}
	if tag.Findings(errors.New("other")) != nil || tag.Findings(nil) != nil {
		t.Error("findings out of nothing")
	}
}

func TestTranslate(t *testing.T) {
	bad := request{USCC: "1", ID: "310104197801010013", Name: "瑞丰", Limit: merchant.Fen(-1)}
	for lang, words := range map[string][]string{"zh": {"USCC应为有效的统一社会信用代码", "Limit应大于0"}, "en": {"USCC must be a valid unified social credit code", "Limit must be greater than 0"}} {
		v := validatorWithTags(t)
		uni := ut.New(en.New(), en.New(), zh.New())
		translator, _ := uni.GetTranslator(lang)
		if err := tag.Translate(v, translator); err != nil {
			t.Fatal(err)
		}
		var list validator.ValidationErrors
		errors.As(v.Struct(bad), &list)
		var all string
		for _, e := range list {
			s := e.Translate(translator)
			all += s + "\n"
			if s == e.Error() || strings.Contains(s, "310104197801010013") {
				t.Errorf("%s: %s", lang, s)
			}
		}
		for _, w := range words {
			if !strings.Contains(all, w) {
				t.Errorf("%s: %s", lang, all)
			}
		}
	}
}

// TestMerchant: a validator with the rules finds what the rules find, inside another struct and in a list as well.
func TestMerchant(t *testing.T) {
	engine, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	v := validatorWithTags(t)
	tag.RegisterMerchant(v, engine)
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	if err := v.Struct(m); err != nil {
		t.Error(err)
	}
	m.Licence.Number = "91310104MA10000091"
	m.Status.State = merchant.StateSuspended
	var want []string
	var bad *validate.Error
	if !errors.As(engine.Check(m), &bad) {
		t.Fatal("nothing found")
	}
	for _, f := range bad.Findings {
		want = append(want, string(f.Rule.ID)+" "+f.Path.String())
	}
	type batch struct {
		List []merchant.Merchant `validate:"dive"`
	}
	err = v.Struct(batch{[]merchant.Merchant{*rulestest.Clean(merchant.SubjectEnterprise, 1), *m}})
	var list validator.ValidationErrors
	if !errors.As(err, &list) {
		t.Fatal(err)
	}
	if strings.Contains(err.Error(), m.Licence.Number) || strings.Contains(fmt.Sprint(list[0].Value()), m.Licence.Number) {
		t.Error("a value stands in the error")
	}
	var got []string
	for i, f := range tag.Findings(err) {
		got = append(got, string(f.Rule.ID)+" "+f.Path.String())
		if e := list[i]; e.Tag() != string(f.Rule.ID) || e.Field() != f.Path.String() || !strings.HasPrefix(e.Namespace(), "batch.List[1].") {
			t.Errorf("%s %s", e.Namespace(), e.Tag())
		}
	}
	if !slices.Equal(got, want) || len(want) < 2 {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestVerify: each mistake that a validator passes over in silence or meets at its first request is told.
func TestVerify(t *testing.T) {
	v := validatorWithTags(t)
	if err := tag.Verify(v, &request{}); err != nil {
		t.Error(err)
	}
	type line struct {
		Code string `validate:"required"`
	}
	type wrong struct {
		Undefined  string          `validate:"required,cn_usc"`
		Misspelt   string          `validate:"required_if=Status active"`
		Other      string          `validate:"required_without=Nope"`
		Amount     decimal.Decimal `validate:"gt=0"`
		Money      *merchant.Money `validate:"omitempty,min=1"`
		Field      merchant.Money  `validate:"decimal_ltefield=Dayly"`
		Kind       merchant.Money  `validate:"decimal_ltefield=Undefined"`
		Bound      merchant.Money  `validate:"decimal_lte=5,000"`
		Bytes      string          `validate:"gbk_max=forty"`
		NoString   int             `validate:"cn_mcc"`
		NoAmount   string          `validate:"decimal_gt=0"`
		Undived    []line
		Fine       []line `validate:"dive"`
		Ignored    []line `validate:"-"`
		Stat       string
		unexported string
	}
	_ = wrong{}.unexported
	err := tag.Verify(v, wrong{})
	var got []string
	for _, line := range strings.Split(fmt.Sprint(err), "\n") {
		parts := strings.SplitN(line, ": ", 4)
		got = append(got, parts[1]+" "+parts[2])
	}
	want := []string{"wrong.Undefined cn_usc", "wrong.Misspelt required_if", "wrong.Other required_without", "wrong.Amount gt", "wrong.Money min",
		"wrong.Field decimal_ltefield", "wrong.Kind decimal_ltefield", "wrong.Bound 000", "wrong.Bytes gbk_max", "wrong.NoString cn_mcc",
		"wrong.NoAmount decimal_gt", "wrong.Undived dive"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if tag.Verify(v, 3) == nil || tag.Verify(v, nil) == nil {
		t.Error("no struct was verified")
	}
}
