package tag_test

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

type ours struct {
	USCC   string `validate:"required,cn_uscc"`
	ID     string `validate:"required,cn_resident_id"`
	Card   string `validate:"required,cn_bankcard"`
	CNAPS  string `validate:"required,cn_cnaps"`
	MCC    string `validate:"required,cn_mcc"`
	No     string `validate:"required,cn_merchant_no"`
	Mobile string `validate:"required,cn_mobile"`
	Name   string `validate:"required,gbk_max=100"`
}

// byHand has the same checks, each registered by hand.
type byHand struct {
	USCC   string `validate:"required,uscc"`
	ID     string `validate:"required,id"`
	Card   string `validate:"required,card"`
	CNAPS  string `validate:"required,code"`
	MCC    string `validate:"required,category"`
	No     string `validate:"required,no"`
	Mobile string `validate:"required,cell"`
	Name   string `validate:"required,bytes=100"`
}

// patterns are how such tags are mostly written.
type patterns struct {
	USCC   string `validate:"required,pattern"`
	ID     string `validate:"required,pattern"`
	Card   string `validate:"required,pattern"`
	CNAPS  string `validate:"required,pattern"`
	MCC    string `validate:"required,pattern"`
	No     string `validate:"required,pattern"`
	Mobile string `validate:"required,pattern"`
	Name   string `validate:"required,max=100"`
}

// BenchmarkTags sets our tags beside the same checks registered by hand, which the adapter may exceed by a tenth, and beside
// one regular expression.
func BenchmarkTags(b *testing.B) {
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	o := ours{m.Licence.Number, m.LegalRep.IDNo, "6222020000000000000", m.Settlement.CNAPS, m.MCC, m.MerchantNo, m.Contact.Mobile, m.Names.Legal}
	h, p := byHand(o), patterns(o)
	v := validatorWithTags(b)
	hand := func(name string, check func(string) bool) {
		if err := v.RegisterValidation(name, func(fl validator.FieldLevel) bool { return check(fl.Field().String()) }); err != nil {
			b.Fatal(err)
		}
	}
	hand("uscc", func(s string) bool { return uscc.CheckShape(s) == nil && uscc.CheckOverall(s) })
	hand("id", residentid.Valid)
	hand("card", bankcard.Valid)
	hand("code", cnaps.Valid)
	hand("category", mcc.Valid)
	hand("no", mid.Valid)
	hand("cell", func(s string) bool { return phone.CheckMobile(s) == nil })
	hand("pattern", regexp.MustCompile(`^[0-9A-Z]{4,30}$`).MatchString)
	if err := v.RegisterValidation("bytes", func(fl validator.FieldLevel) bool {
		limit, err := strconv.Atoi(fl.Param())
		n, ok := normalize.GBKLen(fl.Field().String())
		return err == nil && ok && n <= limit
	}); err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name  string
		value any
	}{{"ours", &o}, {"by hand", &h}, {"regexp", &p}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := v.Struct(bb.value); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
