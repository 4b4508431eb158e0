package tag

import (
	"errors"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/account"
	"github.com/merchantkyc/merchantkyc/rules/category"
	"github.com/merchantkyc/merchantkyc/rules/contact"
	"github.com/merchantkyc/merchantkyc/rules/licence"
	"github.com/merchantkyc/merchantkyc/rules/number"
	"github.com/merchantkyc/merchantkyc/rules/person"
)

// TAG001 标签校验不通过: A tag failed. It stands for tags that no rule of the catalogue answers to.
var TAG001 = rules.Rule{
	ID: "TAG-001", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "标签校验不通过", EN: "A tag failed"},
	Message: rules.Text{ZH: "{namespace} 不符合 {tag}", EN: "{namespace} fails {tag}"},
	Remedy:  rules.Text{ZH: "按接口要求更正该项。", EN: "Correct the value as the interface asks."},
	Doc: rules.Text{ZH: "调用方结构体上的标签没有通过，而目录中没有与该标签相应的规则。",
		EN: "A tag on a struct of the caller failed, and no rule of the catalogue answers to it."},
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "the caller's own struct tag", Verified: true}},
	Check: func(*rules.Pass) {}, // found by the validator
}

// answer is the rule that says what a text tag says, and the field of the model that holds such a value.
type answer struct {
	rule  *rules.Rule
	field merchant.Field
	param rules.Param // of its sentence, beside the value; without a name for none
}

// answerTo returns the rule for a value that failed a tag; false where no rule of the catalogue says the same.
func answerTo(tag, value string) (answer, bool) {
	switch tag {
	case "cn_uscc":
		if uscc.CheckShape(value) != nil {
			return answer{&licence.LIC002, merchant.FieldLicenceNumber, rules.Param{}}, true
		}
		return answer{&licence.LIC003, merchant.FieldLicenceNumber, rules.P("position", "18")}, true
	case "cn_resident_id":
		return answer{&person.REP003, merchant.FieldLegalRepIDNo, rules.P("position", "18")}, residentid.Check(value) == residentid.ErrChecksum
	case "cn_bankcard":
		return answer{&account.SET003, merchant.FieldSettlementAccountNo, rules.Param{}}, bankcard.Check(value) == bankcard.ErrChecksum
	case "cn_cnaps":
		return answer{&account.SET024, merchant.FieldSettlementCNAPS, rules.Param{}}, cnaps.Check(value) == cnaps.ErrChecksum
	case "cn_mcc":
		return answer{&category.MCC001, merchant.FieldMCC, rules.Param{}}, true
	case "cn_merchant_no":
		return answer{&number.MID001, merchant.FieldMerchantNo, rules.T("form", number.MerchantNoForm)}, true
	case "cn_mobile":
		return answer{&contact.CON001, merchant.FieldContactMobile, rules.Param{}}, true
	case "cn_phone":
		return answer{&contact.CON003, merchant.FieldContactServicePhone, rules.Param{}}, true
	}
	return answer{}, false
}

// Findings turns what a validator returned into findings, in its order; nil for an error of another kind. What
// RegisterMerchant reported comes back whole. The tags on text become findings of the rule that says the same, at the
// field of the model that holds such a value; all others become TAG-001. The parameter namespace names the caller's
// field. Values are those of the request: reports mask them, and TAG-001 carries none.
func Findings(err error) []rules.Finding {
	var list validator.ValidationErrors
	if !errors.As(err, &list) {
		return nil
	}
	found := make([]rules.Finding, 0, len(list))
	for _, e := range list {
		if c, ok := e.Value().(carried); ok {
			found = append(found, c.finding)
			continue
		}
		found = append(found, finding(e))
	}
	return found
}

func finding(e validator.FieldError) rules.Finding {
	f := rules.Finding{Rule: &TAG001, Params: []rules.Param{rules.P("namespace", e.Namespace()), rules.P("tag", e.Tag())}}
	if e.Param() != "" {
		f.Params = append(f.Params, rules.P("param", e.Param()))
	}
	value, isText := e.Value().(string)
	if a, ok := answerTo(e.Tag(), value); ok && isText {
		f.Rule, f.Path, f.Value = a.rule, merchant.At(a.field), value
		if a.param.Name != "" {
			f.Params = append(f.Params, a.param)
		}
	}
	f.Severity = f.Rule.Severity
	return f
}
