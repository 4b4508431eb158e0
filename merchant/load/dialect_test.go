package load

import (
	"errors"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

func dialect(t *testing.T) *Dialect {
	t.Helper()
	d := &Dialect{DateForm: normalize.FormCompact, OrgCode: "48980000"}
	for _, a := range [][2]string{{"reg_name", "names.legal"}, {"证件号", "legal_rep.id_no"}, {"debit_fee_limit（分）", "fees[card_debit].cap_cny"},
		{"机具SN2", "terminals[1].serial_no"}} {
		if err := d.Add(a[0], a[1]); err != nil {
			t.Fatal(err)
		}
	}
	d.Translate(merchant.FieldSubjectType, "1", "government")
	d.Translate(merchant.FieldSubjectType, "a5", "individual_business")
	return d
}

func TestDialect(t *testing.T) {
	b := book("商户", "商户号|Reg Name|证件号|debit_fee_limit|主体类型|成立时间|机具SN2\n"+
		"898290054110001|上海瑞丰商贸有限公司|11010519491231002X|2000|1|20190606|N9001\n"+
		"898290054110002|上海瑞丰商贸有限公司|11010519491231002X|2000|Ａ5|2019/6/6|\n"+
		"898290054110003|上海瑞丰商贸有限公司|11010519491231002X|2000|企业|2019-06-06|\n")
	out := read(b, Options{Dialect: dialect(t)})
	records := out.records
	if len(records) != 3 || out.err != nil {
		t.Fatalf("%d records, %v", len(records), out.err)
	}
	for _, i := range out.issues {
		for _, n := range i.Notes {
			if n.Kind != merchant.NoteColumnUnit {
				t.Errorf("note %d about %q", n.Kind, n.Old)
			}
		}
	}
	r := records[0]
	if r.Names.Legal == "" || r.LegalRep.IDNo != "11010519491231002X" || r.Fees[0].CapCNY.String() != "20.00" || r.SubjectType != merchant.SubjectGovernment ||
		r.Licence.EstablishedOn != merchant.Day(2019, 6, 6) || r.Acquirer.OrgCode != "48980000" || len(r.Terminals) != 2 || r.Terminals[1].SerialNo != "N9001" {
		t.Errorf("%+v", r.Merchant)
	}
	if len(r.Notes) != 0 {
		t.Errorf("the house's own form of dates is remarked on: %+v", r.Notes)
	}
	if records[1].SubjectType != merchant.SubjectIndividualBusiness || len(records[1].Notes) == 0 || records[2].SubjectType != merchant.SubjectEnterprise {
		t.Errorf("%s %v, %s", records[1].SubjectType, records[1].Notes, records[2].SubjectType)
	}
	// The same sheet without the dialect: nothing of it leaks into the tables that all share.
	records = read(b, Options{}).records
	if r := records[0]; r.Names.Legal != "" || r.LegalRep.IDNo != "" || r.SubjectType != "1" || r.Acquirer.OrgCode != "" {
		t.Errorf("%+v", r.Merchant)
	}
}

func TestDialectUnitOfTheSheetWins(t *testing.T) {
	b := book("商户", "商户号|商户名称|debit_fee_limit(元)\n898290054110001|上海瑞丰商贸有限公司|20\n")
	records := read(b, Options{Dialect: dialect(t)}).records
	if got := records[0].Fees[0].CapCNY.String(); got != "20.00" {
		t.Errorf("cap %s", got)
	}
}

func TestDialectMistakes(t *testing.T) {
	d := dialect(t)
	for _, c := range [][2]string{{"x", "nmaes.legal"}, {"x", "fees[].rate_pct"}, {"x", "fees[cash].rate_pct"}, {"x", "fees[card_debit].product"}, {"x", "terminals"},
		{"x", "terminals[99].serial_no"}, {"--", "mcc"}, {"", "mcc"}, {"REG NAME", "names.short"}} {
		var e *MappingError
		if err := d.Add(c[0], c[1]); !errors.As(error(err), &e) || e.ZH == "" || e.EN == "" {
			t.Errorf("%v: %v", c, err)
		}
	}
	if err := d.Add("REG-NAME", "names.legal"); err != nil {
		t.Errorf("the same heading for the same field: %v", err)
	}
}
