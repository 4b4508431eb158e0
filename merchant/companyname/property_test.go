package companyname

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: Check, Valid: Valid, Compact: Compact, Format: Format,
	Parts: map[string]func(string){
		"Split":      func(s string) { Split(s) },
		"Form":       func(s string) { Form(s) },
		"Registrars": func(s string) { Registrars(s) },
		"SameCore":   func(s string) { SameCore(s+"甲", s+"乙") },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`(上海|义乌市)?[示例甲乙丙]{2,4}(\((中国|集团)\))?(商贸|餐饮)(有限公司|店|商行)(徐汇分公司)?`))
}

func TestLinear(t *testing.T) {
	numbertest.Linear(t, api, "()", "(", ")", "(a)", "有限公司", "分公司", "银行", "上海", "北京市(", "市辖区", "(有限合伙)", "?x")
}
