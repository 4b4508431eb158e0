package bic_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/bic"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: bic.Check, Valid: bic.Valid, Compact: bic.Compact, Format: bic.Format,
	Parts: map[string]func(string){
		"Branch": func(s string) { _ = bic.Branch(s) },
		"IsTest": func(s string) { _ = bic.IsTest(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[0-9A-Z]{4}(CN|DE|US|XK)[0-9A-Z]{2}([0-9A-Z]{3})?`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
