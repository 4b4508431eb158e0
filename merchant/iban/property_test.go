package iban_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/iban"
	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: iban.Check, Valid: iban.Valid, Compact: iban.Compact, Format: iban.Format,
	Candidates: numbertest.Candidates(iban.Candidates),
	Parts: map[string]func(string){
		"BBAN":   func(s string) { _ = iban.BBAN(s) },
		"Length": func(s string) { _, _ = iban.Length(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(number))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api, "DE89") }
