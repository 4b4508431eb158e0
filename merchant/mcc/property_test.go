package mcc

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: Check, Valid: Valid, Compact: Compact, Format: Format,
	Parts: map[string]func(string){
		"Lookup": func(s string) { Lookup(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%04d", rapid.IntRange(0, 9999).Filter(func(n int) bool { return Valid(fmt.Sprintf("%04d", n)) }).Draw(t, "code"))
	}))
}

func TestLinear(t *testing.T) { numbertest.Linear(t, api) }
