// Package tag adds the checks of this module to go-playground/validator, for callers who validate structs of their own
// by tags: a request of a service, a form. [Register] adds the tags, [Translate] their sentences in Chinese or English,
// [RegisterMerchant] makes a validator judge every merchant.Merchant by the rules, [Findings] turns the errors back into
// findings, and [Verify] tells mistakes in tags before the first request meets them.
//
//	type Request struct {
//		USCC   string           `json:"uscc" validate:"required,cn_uscc"`
//		Mobile string           `json:"mobile" validate:"required,cn_mobile"`
//		Single merchant.Money   `json:"single_cny" validate:"required,decimal_gt=0,decimal_ltefield=Daily"`
//		Daily  merchant.Money   `json:"daily_cny" validate:"required,decimal_lte=5000000,decimal_scale=2"`
//		Rate   *decimal.Decimal `json:"rate_pct" validate:"required,decimal_gte=0,decimal_lte=3"`
//	}
//
// # Text
//
// The checks are those of the packages below merchant, of the value as it stands: callers fold width and blanks before. They
// fail what the rules call an error; that a bank, a department or a card length is not in a table is none, since tables
// go stale.
//
//	cn_uscc          统一社会信用代码 with its check character, or a pilot code of 2015 (GB 32100-2015)
//	cn_resident_id   居民身份证 and 港澳台居民居住证 of 18 characters (GB 11643-1999)
//	cn_bankcard      12 to 19 digits with a Luhn check digit (ISO/IEC 7812)
//	cn_cnaps         联行号 of 12 digits with its check digit (ISO 7064 MOD 11,10)
//	cn_mcc           four digits (ISO 18245)
//	cn_division      a six-digit code of GB/T 2260 that is or was in force
//	cn_merchant_no   商户号, field 42: 15 digits or letters
//	cn_mobile        a mobile number of the mainland
//	cn_phone         a mobile number, a landline with its area code, 400, 800 or 95xxx
//	cn_company_name  4 to 100 bytes of GB18030 that end in a form of organisation
//	gbk_min, gbk_max          length in bytes of GBK; a character outside GBK fails
//	gb18030_min, gb18030_max  length in bytes of GB18030
//
// # Amounts
//
// The tags decimal_eq, decimal_gt, decimal_gte, decimal_lt and decimal_lte compare with a number, decimal_eqfield,
// decimal_gtfield, decimal_gtefield, decimal_ltfield and decimal_ltefield with another field, exactly; decimal_scale bounds
// the decimals. They work on decimal.Decimal, merchant.Money, merchant.Percent and merchant.Number. Of these, an amount
// that is not given fails required and an amount of zero does not; a plain decimal.Decimal is always given, so that
// optional ones are pointers. The validator's own gt, min and their kin panic on amounts; its gtfield and its kin pass or
// fail them unseen, which Verify tells.
//
// A tag whose parameter cannot be read, or that names a field that does not exist, fails every value; Verify says so.
package tag

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"sync"

	"github.com/go-playground/validator/v10"
	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// text are the tags on strings without a parameter.
var text = []struct {
	tag   string
	check func(string) bool
}{
	{"cn_uscc", func(s string) bool { return uscc.CheckShape(s) == nil && (uscc.CheckOverall(s) || uscc.IsPilot(s)) }},
	{"cn_resident_id", residentid.Valid},
	{"cn_bankcard", func(s string) bool { err := bankcard.Check(s); return err == nil || err == bankcard.ErrComponent }},
	{"cn_cnaps", func(s string) bool { err := cnaps.Check(s); return err == nil || err == cnaps.ErrComponent }},
	{"cn_mcc", func(s string) bool { err := mcc.Check(s); return err == nil || err == mcc.ErrComponent }},
	{"cn_division", division.Known},
	{"cn_merchant_no", mid.Valid},
	{"cn_mobile", func(s string) bool { return phone.CheckMobile(s) == nil }},
	{"cn_phone", phone.Valid},
	{"cn_company_name", companyName},
}

// companyName bounds the length as the registry of merchants does and asks for a form, as 企业名称登记管理规定 does.
func companyName(s string) bool {
	n := normalize.GB18030Len(s)
	_, _, ok := companyname.Form(s)
	return n >= 4 && n <= 100 && ok
}

// length are the tags that bound bytes.
var length = []struct {
	tag   string
	check func(s string, bound int) bool
}{
	{"gbk_min", func(s string, bound int) bool { n, ok := normalize.GBKLen(s); return ok && n >= bound }},
	{"gbk_max", func(s string, bound int) bool { n, ok := normalize.GBKLen(s); return ok && n <= bound }},
	{"gb18030_min", func(s string, bound int) bool { return normalize.GB18030Len(s) >= bound }},
	{"gb18030_max", func(s string, bound int) bool { return normalize.GB18030Len(s) <= bound }},
}

// compared are the tags that compare amounts; each also exists with field behind it.
var compared = []struct {
	tag  string
	good func(cmp int) bool
}{
	{"decimal_eq", func(c int) bool { return c == 0 }},
	{"decimal_gt", func(c int) bool { return c > 0 }},
	{"decimal_gte", func(c int) bool { return c >= 0 }},
	{"decimal_lt", func(c int) bool { return c < 0 }},
	{"decimal_lte", func(c int) bool { return c <= 0 }},
}

const scale = "decimal_scale"

// quantity stands for an amount inside the validator. It is a function, since that is the one kind that the tags for
// lengths and numbers refuse loudly instead of judging something else; nil is an amount that is not given.
type quantity func() decimal.Decimal

// String returns the amount.
func (n quantity) String() string {
	if n == nil {
		return ""
	}
	return n().String()
}

// amounts are the types that become a quantity.
var amounts = []any{decimal.Decimal{}, merchant.Money{}, merchant.Percent{}, merchant.Number{}}

func toQuantity(v reflect.Value) any {
	switch a := v.Interface().(type) {
	case decimal.Decimal:
		return quantity(func() decimal.Decimal { return a })
	case interface {
		IsZero() bool
		Decimal() decimal.Decimal
	}:
		if a.IsZero() {
			return quantity(nil)
		}
		return quantity(a.Decimal)
	}
	return quantity(nil)
}

// Register adds the tags to v. Like every registration it must come before the first use of v.
func Register(v *validator.Validate) error {
	v.RegisterCustomTypeFunc(toQuantity, amounts...)
	var errs []error
	add := func(tag string, fn validator.Func) { errs = append(errs, v.RegisterValidation(tag, fn)) }
	for _, t := range text {
		add(t.tag, func(fl validator.FieldLevel) bool {
			f := fl.Field()
			return f.Kind() == reflect.String && t.check(f.String())
		})
	}
	for _, t := range length {
		add(t.tag, func(fl validator.FieldLevel) bool {
			f := fl.Field()
			bound, err := strconv.Atoi(fl.Param())
			return err == nil && f.Kind() == reflect.String && t.check(f.String(), bound)
		})
	}
	var bounds sync.Map // parameter → decimal
	for _, t := range compared {
		add(t.tag, func(fl validator.FieldLevel) bool {
			a, ok := given(fl.Field())
			if !ok {
				return false
			}
			b, ok := bounds.Load(fl.Param())
			if !ok {
				d, err := decimal.NewFromString(fl.Param())
				if err != nil {
					return false
				}
				b, _ = bounds.LoadOrStore(fl.Param(), d)
			}
			return t.good(a.Cmp(b.(decimal.Decimal)))
		})
		add(t.tag+"field", func(fl validator.FieldLevel) bool {
			a, ok := given(fl.Field())
			other, _, _, found := fl.GetStructFieldOK2()
			if !ok || !found {
				return false
			}
			b, ok := given(other)
			return ok && t.good(a.Cmp(b))
		})
	}
	add(scale, func(fl validator.FieldLevel) bool {
		a, ok := given(fl.Field())
		n, err := strconv.ParseInt(fl.Param(), 10, 32)
		return ok && err == nil && a.Equal(a.Truncate(int32(n)))
	})
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("tag: %w", err)
	}
	return nil
}

func given(v reflect.Value) (decimal.Decimal, bool) {
	if !v.IsValid() || !v.CanInterface() {
		return decimal.Decimal{}, false
	}
	n, ok := v.Interface().(quantity)
	if !ok || n == nil {
		return decimal.Decimal{}, false
	}
	return n(), true
}
