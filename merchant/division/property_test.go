package division

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

var api = numbertest.API{
	Check: Check, Valid: Valid, Compact: Compact, Format: Format,
	Parts: map[string]func(string){
		"Lookup":       func(s string) { Lookup(s) },
		"SplitAddress": func(s string) { SplitAddress(s) },
		"Successors":   func(s string) { Successors(s) },
		"City":         func(s string) { City(s) },
		"Province":     func(s string) { Province(s) },
		"Pseudo":       func(s string) { Pseudo(s) },
		"Find":         func(s string) { Find(s, "") },
		"Leading":      func(s string) { Leading(s, "") },
	},
}

func TestAPI(t *testing.T) {
	numbertest.Properties(t, api, rapid.Custom(func(t *rapid.T) string {
		return rowCode(rapid.IntRange(0, len(rowTails)-1).Draw(t, "row"))
	}))
}

func TestLinear(t *testing.T) {
	numbertest.Linear(t, api, "上海市", "北京市北京市朝阳区", "市辖区", ",", "内蒙古自治区")
}
