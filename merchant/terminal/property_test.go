package terminal_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
)

var api = numbertest.API{
	Check: terminal.Check, Valid: terminal.Valid, Compact: terminal.Compact, Format: terminal.Format,
	Ends: true,
	Parts: map[string]func(string){
		"CheckSerial":         func(s string) { _ = terminal.CheckSerial(s) },
		"CheckICCID":          func(s string) { _ = terminal.CheckICCID(s) },
		"CheckNetworkLicence": func(s string) { _ = terminal.CheckNetworkLicence(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`[0-9A-Za-z]{8}`))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
