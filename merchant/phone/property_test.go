package phone_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
)

var api = numbertest.API{
	Check: phone.Check, Valid: phone.Valid, Compact: phone.Compact, Format: phone.Format,
	Parts: map[string]func(string){
		"CheckMobile": func(s string) { _ = phone.CheckMobile(s) },
		"Split":       func(s string) { phone.Split(s) },
		"Landline":    func(s string) { _, _, _, _ = phone.Landline(s) },
		"AreaOf":      func(s string) { phone.AreaOf(s) },
		"SegmentOf":   func(s string) { phone.SegmentOf(s) },
		"Unreachable": func(s string) { _ = phone.Unreachable(s) },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.StringMatching(`1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}((-|#|转)[0-9]{1,6})?|[48]00[0-9]{7}|9[56][0-9]{3,4}|1[02][0-9]{3}`))
}

func TestLinear(t *testing.T) {
	numbertest.Linear(t, api, "+86", "(0", "13800138000/", "13800138000 ", "95516、x", "转1")
}
