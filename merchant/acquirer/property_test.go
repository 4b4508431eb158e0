package acquirer_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: acquirer.Check, Valid: acquirer.Valid, Compact: acquirer.Compact, Format: acquirer.Format,
	Parts: map[string]func(string){
		"Institution":          func(s string) { _ = acquirer.Institution(s) },
		"Bank":                 func(s string) { _ = acquirer.Bank(s) },
		"IsPaymentInstitution": func(s string) { _ = acquirer.IsPaymentInstitution(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[0-9]{8,11}`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
