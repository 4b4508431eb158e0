package mid_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
)

var api = numbertest.API{
	Check: mid.Check, Valid: mid.Valid, Compact: mid.Compact, Format: mid.Format,
	Ends: true,
	Parts: map[string]func(string){
		"Structured": func(s string) { mid.Structured(s) },
		"IsWeChat":   func(s string) { _ = mid.IsWeChat(s) },
		"IsAlipay":   func(s string) { _ = mid.IsAlipay(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[0-9A-Za-z]{15}`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
