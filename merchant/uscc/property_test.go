package uscc_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

var api = numbertest.API{
	Check: uscc.Check, Valid: uscc.Valid, Compact: uscc.Compact, Format: uscc.Format,
	Candidates: numbertest.Candidates(uscc.Candidates),
	Parts: map[string]func(string){
		"CategoryOf":   func(s string) { uscc.CategoryOf(s) },
		"Division":     func(s string) { _ = uscc.Division(s) },
		"SubjectTypes": func(s string) { _ = uscc.SubjectTypes(s) },
		"IsPilot":      func(s string) { _ = uscc.IsPilot(s) },
		"CheckChar":    func(s string) { uscc.CheckChar(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(code))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
