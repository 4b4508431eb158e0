// Package identity judges who the merchant says it is: the subject type, the key, the names, and whether the fields that
// a profile requires of the subject type are filled. Names follow the rules on enterprise names, the conventions of
// acquirers for merchants without a trade name, and field 43 of ISO 8583, which carries the slip name in GBK.
package identity

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
)

// IDN001 主体类型未填写: Subject type missing.
var IDN001 = rules.Rule{
	ID: "IDN001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "主体类型未填写", EN: "Subject type missing"},
	Message: rules.Text{ZH: "主体类型未填写，可选：{options}", EN: "subject type is missing; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "subject_type 为空。统一社会信用代码前两位只对应一种主体类型时，给出该类型作为建议。原因：所有必填规则都以主体类型为前提。", EN: "subject_type is empty. Proposed from the first two characters of the unified social credit code when they name exactly one type. Reason: every rule about required fields depends on it."},
	Good:    "企业", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 实名制"}, {Level: rules.Law, Cite: "enumerations of WeChat Pay, Huifu, Alipay", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSubjectType},
	Check:  checkIDN001,
}

func checkIDN001(p *rules.Pass) {
	if p.Record.SubjectType == "" {
		p.FindFix(merchant.At(merchant.FieldSubjectType), proposeSubject(p), subjectOptions())
	}
}

func subjectOptions() rules.Param {
	e := merchant.FieldSubjectType.Enum()
	return rules.T("options", rules.Text{ZH: e.Options("zh"), EN: e.Options("en")})
}

// proposeSubject offers the one subject type that the credit code allows, nothing when it allows several.
func proposeSubject(p *rules.Pass) []rules.Fix {
	t := merchant.SubjectType(uscc.SubjectTypes(p.Record.Licence.Number).Only())
	if t == "" {
		return nil
	}
	fixes := p.Propose(merchant.At(merchant.FieldSubjectType), string(t))
	fixes[0].Message = rules.Text{ZH: "主体类型改为“" + t.Label("zh") + "”？", EN: "change the subject type to " + strconv.Quote(t.Label("en")) + "?"}
	return fixes
}

// IDN012 主体类型不认识: Subject type unknown.
var IDN012 = rules.Rule{
	ID: "IDN012", Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "主体类型不认识", EN: "Subject type unknown"},
	Message: rules.Text{ZH: "主体类型“{value}”不认识，可选：{options}", EN: "subject type \"{value}\" is not known; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "subject_type 有值，但既不是选项代码也不是已知别名（企业、个体户、小微、事业单位、党政机关、社会组织等）。信用代码前两位只对应一种类型时给出建议。原因：所有必填规则都以主体类型为前提。", EN: "subject_type holds a value that is neither a code nor a known alias (企业, 个体户, 小微, 事业单位, 党政机关, 社会组织 …). Proposed from the credit code as for a missing type. Reason: every rule about required fields depends on it."},
	Good:    "企业", Bad: "公司制",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 实名制"}, {Level: rules.Law, Cite: "enumerations of WeChat Pay, Huifu, Alipay", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSubjectType},
	Uses:   []merchant.Field{merchant.FieldSubjectType},
	Check:  checkIDN012,
}

func checkIDN012(p *rules.Pass) {
	if !p.Record.SubjectType.Valid() {
		p.FindFix(merchant.At(merchant.FieldSubjectType), proposeSubject(p), subjectOptions())
	}
}

// IDN011 没有可核对的键: No key at all.
var IDN011 = rules.Rule{
	ID: "IDN011", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "没有可核对的键", EN: "No key at all"},
	Message: rules.Text{ZH: "商户号和外部编号都没有，无法与银行登记核对", EN: "neither merchant number nor external id is present; the registry cannot be matched"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "merchant_no 与 external_id 同时为空。原因：没有任何键可与银行登记核对。", EN: "merchant_no and external_id are both empty. Reason: nothing to match against the registry."},
	Good:    "merchant_no=898310154110001", Bad: "两者皆空",
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Fields:  []merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID},
	Reports: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID},
	Check:   checkIDN011,
}

func checkIDN011(p *rules.Pass) {
	m := &p.Record.Merchant
	if m.MerchantNo == "" && m.ExternalID == "" && !p.Blocked(merchant.At(merchant.FieldExternalID)) {
		p.Find(merchant.At(merchant.FieldMerchantNo))
	}
}
