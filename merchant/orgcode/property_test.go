package orgcode_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
)

var api = numbertest.API{
	Check: orgcode.Check, Valid: orgcode.Valid, Compact: orgcode.Compact, Format: orgcode.Format,
	Candidates: numbertest.Candidates(orgcode.Candidates),
	Parts: map[string]func(string){
		"Body":      func(s string) { _ = orgcode.Body(s) },
		"CheckChar": func(s string) { orgcode.CheckChar(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(func(t *rapid.T) string {
		body := rapid.StringMatching(`[0-9A-Z]{8}`).Draw(t, "body")
		c, _ := orgcode.CheckChar(body)
		return body + string(c)
	}))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
