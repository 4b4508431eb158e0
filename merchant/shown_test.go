package merchant_test

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
)

func TestShown(t *testing.T) {
	for _, c := range []struct {
		field      merchant.Field
		value, out string
	}{
		{merchant.FieldLegalRepIDType, "resident_id", "resident_id"},
		{merchant.FieldLegalRepIDType, "居民身份证", "居民身份证"},
		{merchant.FieldLegalRepIDType, "身份证件", "身份证件"},
		{merchant.FieldLegalRepIDType, "1", "1"},
		{merchant.FieldLegalRepIDType, "ID_CARD", "ID_CARD"},
		{merchant.FieldLegalRepIDType, "对公", "对公"}, // an option of another list
		{merchant.FieldLegalRepIDType, "董海轩", "董**"},
		{merchant.FieldLegalRepIDType, "ZHANG SAN", "Z********"},
		{merchant.FieldLegalRepIDType, "E12345678", "E12**5678"},
		{merchant.FieldLegalRepIDType, "13800138000", "138****8000"},
		{merchant.FieldLegalRepIDType, "320106197501011043", "320***********1043"}, // no check digit is needed to hide it
		{merchant.FieldLegalRepIDType, "1975-01-01", "1975******"},
		{merchant.FieldLegalRepIDType, "1975年1月1日", "1975*****"},
		{merchant.FieldContactType, "法人代表董海轩", "法人代表***"},
		{merchant.FieldStatusState, "冻结中", "冻结*"},
		{merchant.FieldStatusState, "a@example.com", "*@example.com"},
		{merchant.FieldUpdatedOn, "05/03/26", "05/03/26"},
		{merchant.FieldUpdatedOn, "2026年2月30日", "2026年2月30日"},
		{merchant.FieldUpdatedOn, "2016.11.30-2036.11.30", "2016.11.30-2036.11.30"},
		{merchant.FieldUpdatedOn, "2026-02-30 12:30:00", "2026-02-30 12:30:00"},
		{merchant.FieldUpdatedOn, "正常", "正常"},
		{merchant.FieldUpdatedOn, "董海轩", "董**"},
		{merchant.FieldUpdatedOn, "13800138000", "138****8000"},
		{merchant.FieldUpdatedOn, "138-0013-8000", "138******8000"},
		{merchant.FieldUpdatedOn, "320106197501011043", "320***********1043"},
		{merchant.FieldLimitsDailyCNY, "1,23,456.00元", "1,23,456.00元"},
		{merchant.FieldLimitsDailyCNY, "0.38-0.6%", "0.38-0.6%"},
		{merchant.FieldLimitsDailyCNY, "董海轩", "董**"},
		{merchant.FieldLimitsDailyCNY, "13800138000", "138****8000"},
		{merchant.FieldLicenceLongTerm, "董海轩", "董**"},
		{merchant.FieldMCC, "541", "541"},
		{merchant.FieldMCC, "董海轩", "董**"},
		{merchant.FieldMCC, "6228480402564890018", "622************0018"},
		{merchant.FieldMerchantNo, "898301054111004", "898301054111004"},
		{merchant.FieldMerchantNo, "8.9829E+14", "8.9829E+14"},
		{merchant.FieldLegalRepIDNo, "#N/A", "#N/A"},
		{merchant.FieldMerchantNo, "董海轩", "董**"},
		{merchant.FieldTerminalsTerminalNo, "1975-01-01", "1975******"},
		{merchant.FieldNamesLegal, "南京恒通商贸有限公司", "南京恒通商贸有限公司"},
		{merchant.FieldLegalRepName, "董海轩", "董**"},
	} {
		if got := c.field.Shown(c.value); got != c.out {
			t.Errorf("%s.Shown(%q) = %q, want %q", c.field.Path(), c.value, got, c.out)
		}
	}
	// Every option is shown in full under its own heading, in either language.
	for _, f := range merchant.Fields() {
		if e := f.Enum(); e != nil {
			for _, v := range e.Values {
				for _, s := range append(v.Aliases, v.Code, v.ZH, v.EN) {
					if f.Mask() == merchant.MaskNone && f.Shown(s) != s {
						t.Errorf("%s.Shown(%q) = %q", f.Path(), s, f.Shown(s))
					}
				}
			}
		}
	}
}
