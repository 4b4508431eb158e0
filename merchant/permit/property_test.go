package permit_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
)

var api = numbertest.API{
	Check: permit.Check, Valid: permit.Valid, Compact: permit.Compact, Format: permit.Format,
	Parts: map[string]func(string){
		"Holder":      func(s string) { _ = permit.Holder(s) },
		"Renewals":    func(s string) { _ = permit.Renewals(s) },
		"Nationality": func(s string) { _ = permit.Nationality(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[HM][0-9]{8}([0-9]{2})?|[0-9]{8}|[0-9A-Z]{10,12}|[A-Z]{3}[0-9]{12}`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
