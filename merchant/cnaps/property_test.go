package cnaps

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: Check, Valid: Valid, Compact: Compact, Format: Format,
	Candidates: numbertest.Candidates(Candidates),
	Parts: map[string]func(string){
		"CheckDigit": func(s string) { _ = CheckDigit(s) },
		"AreaName":   func(s string) { AreaName(s) },
		"BankName":   func(s string) { BankName(s) },
		"Lookup":     func(s string) { Lookup(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(valid))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
