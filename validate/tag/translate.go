package tag

import (
	"errors"
	"fmt"
	"strings"

	ut "github.com/go-playground/universal-translator"
	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/rules"
)

// sentences are the translations of the tags: {0} is the field, {1} the parameter.
var sentences = map[string]rules.Text{
	"cn_uscc":         {ZH: "{0}应为有效的统一社会信用代码", EN: "{0} must be a valid unified social credit code"},
	"cn_resident_id":  {ZH: "{0}应为有效的居民身份证号", EN: "{0} must be a valid resident identity number"},
	"cn_bankcard":     {ZH: "{0}应为有效的银行卡号", EN: "{0} must be a valid bank card number"},
	"cn_cnaps":        {ZH: "{0}应为有效的12位联行号", EN: "{0} must be a valid CNAPS code of 12 digits"},
	"cn_mcc":          {ZH: "{0}应为4位商户类别码", EN: "{0} must be a merchant category code of 4 digits"},
	"cn_division":     {ZH: "{0}应为6位行政区划代码", EN: "{0} must be a division code of 6 digits"},
	"cn_merchant_no":  {ZH: "{0}应为15位商户号", EN: "{0} must be a merchant number of 15 digits or letters"},
	"cn_mobile":       {ZH: "{0}应为有效的手机号", EN: "{0} must be a valid mobile number"},
	"cn_phone":        {ZH: "{0}应为有效的电话号码", EN: "{0} must be a valid phone number"},
	"cn_company_name": {ZH: "{0}应为带组织形式的完整名称", EN: "{0} must be a full name with its form of organisation"},

	"gbk_min":     {ZH: "{0}按GBK不能少于{1}字节", EN: "{0} must have at least {1} bytes of GBK"},
	"gbk_max":     {ZH: "{0}按GBK不能超过{1}字节", EN: "{0} must have at most {1} bytes of GBK"},
	"gb18030_min": {ZH: "{0}按GB18030不能少于{1}字节", EN: "{0} must have at least {1} bytes of GB18030"},
	"gb18030_max": {ZH: "{0}按GB18030不能超过{1}字节", EN: "{0} must have at most {1} bytes of GB18030"},

	"decimal_eq":       {ZH: "{0}应等于{1}", EN: "{0} must equal {1}"},
	"decimal_gt":       {ZH: "{0}应大于{1}", EN: "{0} must be greater than {1}"},
	"decimal_gte":      {ZH: "{0}不能小于{1}", EN: "{0} must be {1} or greater"},
	"decimal_lt":       {ZH: "{0}应小于{1}", EN: "{0} must be less than {1}"},
	"decimal_lte":      {ZH: "{0}不能大于{1}", EN: "{0} must be {1} or less"},
	"decimal_eqfield":  {ZH: "{0}应等于{1}", EN: "{0} must equal {1}"},
	"decimal_gtfield":  {ZH: "{0}应大于{1}", EN: "{0} must be greater than {1}"},
	"decimal_gtefield": {ZH: "{0}不能小于{1}", EN: "{0} must not be less than {1}"},
	"decimal_ltfield":  {ZH: "{0}应小于{1}", EN: "{0} must be less than {1}"},
	"decimal_ltefield": {ZH: "{0}不能大于{1}", EN: "{0} must not be greater than {1}"},
	scale:              {ZH: "{0}最多{1}位小数", EN: "{0} must have at most {1} decimals"},
}

// Translate adds the sentences of the tags to v, in Chinese for a translator of a zh locale and in English otherwise. Those
// of the validator's own tags are in its packages translations/zh and translations/en. Sentences hold no values.
func Translate(v *validator.Validate, t ut.Translator) error {
	lang := "en"
	if strings.HasPrefix(strings.ToLower(t.Locale()), "zh") {
		lang = "zh"
	}
	var errs []error
	for tag, s := range sentences {
		errs = append(errs, v.RegisterTranslation(tag, t,
			func(t ut.Translator) error { return t.Add(tag, s.In(lang), true) },
			func(t ut.Translator, e validator.FieldError) string {
				text, err := t.T(tag, e.Field(), e.Param())
				if err != nil {
					return e.Error()
				}
				return text
			}))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("tag: %w", err)
	}
	return nil
}
