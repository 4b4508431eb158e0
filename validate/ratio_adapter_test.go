package validate_test

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
	"github.com/merchantkyc/merchantkyc/validate/tag"
)

type adapterTags struct {
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

// BenchmarkRatioTagAdapter: our tags against the same checks registered by hand, and against one regular expression as such tags
// are mostly written.
func BenchmarkRatioTagAdapter(b *testing.B) {
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	o := adapterTags{m.Licence.Number, m.LegalRep.IDNo, "6222020000000000000", m.Settlement.CNAPS, m.MCC, m.MerchantNo, m.Contact.Mobile, m.Names.Legal}
	h, p := byHand(o), patterns(o)
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := tag.Register(v); err != nil {
		b.Fatal(err)
	}
	register := func(name string, fn validator.Func) {
		if err := v.RegisterValidation(name, fn); err != nil {
			b.Fatal(err)
		}
	}
	register("uscc", func(fl validator.FieldLevel) bool {
		s := fl.Field().String()
		return uscc.CheckShape(s) == nil && (uscc.CheckOverall(s) || uscc.IsPilot(s))
	})
	register("id", func(fl validator.FieldLevel) bool { return residentid.Valid(fl.Field().String()) })
	register("card", func(fl validator.FieldLevel) bool {
		err := bankcard.Check(fl.Field().String())
		return err == nil || err == bankcard.ErrComponent
	})
	register("code", func(fl validator.FieldLevel) bool {
		err := cnaps.Check(fl.Field().String())
		return err == nil || err == cnaps.ErrComponent
	})
	register("category", func(fl validator.FieldLevel) bool {
		err := mcc.Check(fl.Field().String())
		return err == nil || err == mcc.ErrComponent
	})
	register("no", func(fl validator.FieldLevel) bool { return mid.Valid(fl.Field().String()) })
	register("cell", func(fl validator.FieldLevel) bool { return phone.CheckMobile(fl.Field().String()) == nil })
	register("bytes", func(fl validator.FieldLevel) bool {
		limit, err := strconv.Atoi(fl.Param())
		n, ok := normalize.GBKLen(fl.Field().String())
		return err == nil && ok && n <= limit
	})
	pattern := regexp.MustCompile(`^[0-9A-Z]{4,30}$`)
	register("pattern", func(fl validator.FieldLevel) bool { return pattern.MatchString(fl.Field().String()) })
	sound := func(value any) func() {
		return func() {
			if err := v.Struct(value); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("by hand", func(b *testing.B) { ratio(b, 1.10, 1, sound(&o), sound(&h)) })
	b.Run("regexp", func(b *testing.B) { ratio(b, 1, 1, sound(&o), sound(&p)) })
}
