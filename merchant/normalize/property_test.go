package normalize

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// functions take any text, in linear time.
var functions = map[string]func(string){
	"Key":           func(s string) { Key(s) },
	"Clean":         func(s string) { Clean(s) },
	"CleanText":     func(s string) { CleanText(s) },
	"FoldWidth":     func(s string) { FoldWidth(s) },
	"Code":          func(s string) { Code(s) },
	"Digits":        func(s string) { Digits(s) },
	"GBKLen":        func(s string) { GBKLen(s) },
	"GB18030Len":    func(s string) { GB18030Len(s) },
	"Mojibake":      func(s string) { Mojibake(s) },
	"HasPrivateUse": func(s string) { _ = HasPrivateUse(s) },
	"MarkDifference": func(s string) {
		MarkDifference(s, s[:len(s)/2]+"x"+s[len(s)/2:])
	},
	"PossibleVariant": func(s string) { PossibleVariant(s, s+"陳") },
}

func TestLinear(t *testing.T) {
	numbertest.LinearIn(t, functions, "0", "a", "A ", " ", "\u200b", "\u3000１", "\xff", "示例", "a.", "例. \u200b", "e\u0301\u0307", "\u0301", "か\u3099", "\ue81f⻓", "鍏\ue100", "*", "\r\n")
}
