package regno_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
)

var api = numbertest.API{
	Check: regno.Check, Valid: regno.Valid, Compact: regno.Compact, Format: regno.Format,
	Candidates: numbertest.Candidates(regno.Candidates),
	Parts: map[string]func(string){
		"LegacyKind": func(s string) { _ = regno.LegacyKind(s).ZH() },
		"OwnerOf":    func(s string) { _ = regno.OwnerOf(s).ZH() },
		"CheckDigit": func(s string) { _, _ = regno.CheckDigit(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(func(t *rapid.T) string {
		body := rapid.StringMatching(`[0-9]{14}`).Draw(t, "body")
		c, _ := regno.CheckDigit(body)
		return body + string(c)
	}))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api, "企合", "号", "字第1") }
