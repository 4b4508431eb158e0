package passport_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
)

var api = numbertest.API{
	Check: passport.Check, Valid: passport.Valid, Compact: passport.Compact, Format: passport.Format,
	Parts: map[string]func(string){
		"CheckChina":      func(s string) { _ = passport.CheckChina(s) },
		"CheckHKMacaoSAR": func(s string) { _ = passport.CheckHKMacaoSAR(s) },
		"Series":          func(s string) { _ = passport.Series(s) },
		"UsualLength":     func(s string) { _ = passport.UsualLength(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(china+`|[A-Z0-9]{5,20}`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
