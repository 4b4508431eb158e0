package cell

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// TestOptionFields: a field with an option list is one of IMP016, or has a rule of its own.
func TestOptionFields(t *testing.T) {
	own := []merchant.Field{merchant.FieldSubjectType, merchant.FieldStatusState, merchant.FieldLicenceRegistrationStatus,
		merchant.FieldSettlementAccountStatus, merchant.FieldTerminalsDeviceType, merchant.FieldLegalRepIDType,
		merchant.FieldContactIDType, merchant.FieldSettlementHolderIDType, merchant.FieldBeneficialOwnersIDType}
	for _, f := range merchant.Fields() {
		if (f.Enum() != nil) != (slices.Contains(optionFields[:], f) != slices.Contains(own, f)) {
			t.Errorf("%s: option list %v, in the list of IMP016 %v", f.Path(), f.Enum() != nil, slices.Contains(optionFields[:], f))
		}
	}
}

// TestShortcuts: the loops that spare most identifiers a search agree with the search.
func TestShortcuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("12xxXXXX*●＊、，；,;/\n某")), 0, 12, -1).Draw(t, "s")
		if got, want := separated(s), strings.ContainsAny(s, "、，,;；/\n"); got != want {
			t.Errorf("separated(%q) = %v", s, got)
		}
		want := strings.Contains(s, "xx") || strings.Contains(s, "XXXX")
		if strings.IndexByte(s, '*') >= 0 || strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) >= 0 {
			want = strings.ContainsAny(s, "*●＊")
		}
		if got := masked(s); got != want {
			t.Errorf("masked(%q) = %v", s, got)
		}
	})
}
