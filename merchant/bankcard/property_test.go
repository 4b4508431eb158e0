package bankcard

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: Check, Valid: Valid, Compact: Compact, Format: Format,
	Candidates: numbertest.Candidates(Candidates),
	Parts: map[string]func(string){
		"Luhn":            func(s string) { _ = Luhn(s) },
		"Lookup":          func(s string) { Lookup(s) },
		"LookupAnyLength": func(s string) { LookupAnyLength(s) },
		"Lengths":         func(s string) { Lengths(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.SampledFrom(cards()))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api, "6228480402564890018") }
