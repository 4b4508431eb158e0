package lei_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/lei"
)

var api = numbertest.API{
	Check: lei.Check, Valid: lei.Valid, Compact: lei.Compact, Format: lei.Format,
	Candidates: numbertest.Candidates(lei.Candidates),
	Parts: map[string]func(string){
		"Entity": func(s string) { _ = lei.Entity(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(number))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api, "213800KUD8LAJWSQ9D15") }
