package person_test

import (
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// TestSheetWithoutTypes: where the sheet has no column for document types, numbers of 18 characters are resident numbers.
func TestSheetWithoutTypes(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.Only("REP"))
	if err != nil {
		t.Fatal(err)
	}
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectInstitution, 0))
	r.Source.Row = 2
	r.Source.Columns = &merchant.Columns{List: []merchant.Column{{Letter: "A", Header: "法人身份证号", Path: merchant.At(merchant.FieldLegalRepIDNo)}}}
	r.LegalRep.IDType, r.LegalRep.IDNo = "", "110105194912310021"
	found := v.Append(nil, r)
	if len(found) != 1 || found[0].Rule.ID != "REP003" || found[0].Cell() != "A2" {
		t.Errorf("found %v", (&validate.Error{Findings: found}).Error())
	}
}
