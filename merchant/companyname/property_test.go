package companyname

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// functions take any text, in linear time.
var functions = map[string]func(string){
	"Split":      func(s string) { Split(s) },
	"Form":       func(s string) { Form(s) },
	"Registrars": func(s string) { Registrars(s) },
	"SameCore":   func(s string) { SameCore(s+"甲", s+"乙") },
}

func TestLinear(t *testing.T) {
	numbertest.LinearIn(t, functions, "a", "示例", "()", "(", ")", "(a)", "有限公司", "分公司", "银行", "上海", "北京市(", "市辖区", "(有限合伙)", " ", "\xff")
}
