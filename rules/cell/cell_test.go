package cell

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
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

// set puts text into a field outside lists, or into the first entry of its list.
func set(m *merchant.Merchant, f merchant.Field, text string) {
	path := merchant.At(f)
	if f.List() != merchant.FieldNone {
		m.Grow(f, 1)
		path = merchant.Item(f, 0)
	}
	*m.Ref(path).(*string) = text
}

// TestFirstLook: the one look that spares nearly all records the walk misses no field that the walk reads, and no text.
func TestFirstLook(t *testing.T) {
	for i, f := range identifierFields {
		for text, want := range map[string]signs{
			"123456789": {}, "6.22848E+18": {exponent: true}, "6228*0018": {mask: true}, "62●18": {mask: true, separator: true}, "6228XXXX18": {mask: true},
			"6228xx18": {mask: true}, "62281；62282": {separator: true}, "62281/62282": {separator: true}, "62284804025648000": {zeros: true},
		} {
			r := &merchant.Record{}
			set(&r.Merchant, f, text)
			got := *suspects.Of(&rules.Pass{Record: r})
			if got != want {
				t.Errorf("%s (%d) is %q: %+v, want %+v", f.Path(), i, text, got, want)
			}
		}
	}
	for _, f := range optionFields {
		m := &merchant.Merchant{}
		set(m, f, f.Enum().Values[0].Code)
		if !optionsKnown(m) {
			t.Errorf("%s: %s is not known", f.Path(), f.Enum().Values[0].Code)
		}
		set(m, f, "?")
		if optionsKnown(m) {
			t.Errorf("%s: ? is known", f.Path())
		}
	}
	for _, f := range merchant.Fields() {
		if k := f.Kind(); k == merchant.KindText || k == merchant.KindCode || k == merchant.KindEnum {
			m := &merchant.Merchant{}
			set(m, f, "甲\uFFFD乙")
			if !m.ContainsText("\uFFFD") || m.ContainsText("丙") {
				t.Errorf("%s: the text is not found, or another", f.Path())
			}
		}
	}
}
