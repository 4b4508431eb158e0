package account_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: account.Check, Valid: account.Valid, Compact: account.Compact, Format: account.Format,
	Parts: map[string]func(string){
		"CheckPersonal": func(s string) { _ = account.CheckPersonal(s, true) },
		"ShapeOf":       func(s string) { _ = account.ShapeOf(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[0-9]{8,32}`).Filter(account.Valid))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api, "1029") }
