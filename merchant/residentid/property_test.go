package residentid_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
)

var api = numbertest.API{
	Check: residentid.Check, Valid: residentid.Valid, Compact: residentid.Compact, Format: residentid.Format,
	Candidates: numbertest.Candidates(residentid.Candidates),
	Parts: map[string]func(string){
		"CheckForeignPermanent": func(s string) { _ = residentid.CheckForeignPermanent(s) },
		"Upgrade15":             func(s string) { residentid.Upgrade15(s) },
		"Birth":                 func(s string) { _, _, _, _ = residentid.Birth(s) },
		"AgeOn":                 func(s string) { residentid.AgeOn(s, 2026, 1, 1) },
		"Male":                  func(s string) { residentid.Male(s) },
		"ResidencePermit":       func(s string) { _ = residentid.ResidencePermit(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(number))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
