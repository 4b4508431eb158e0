package validate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/acquirer"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/bic"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/iban"
	"github.com/merchantkyc/merchantkyc/merchant/lei"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
	"github.com/merchantkyc/merchantkyc/merchant/passport"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/regno"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// vector is one line of testdata/vectors.json: Valid judges the value as given, AfterNormalise the normalised one,
// Rules are findings to expect when it stands in a record, Person whose name a name is to carry.
type vector struct {
	Kind, Value, Why, Person string
	Valid                    bool
	AfterNormalise           *bool `json:"after_normalise"`
	Rules                    []rules.ID
}

// vectorKind says how vectors of one kind are tried: by the check of a package, and at a field of a record.
type vectorKind struct {
	count   int
	check   func(string) error  // nil where only rules judge the kind
	compact func(string) string // of the same package
	field   merchant.Field      // where a record holds it; FieldNone where no field does
	prepare func(*merchant.Record, vector)
	own     []rules.ID // rules that judge the value without being of a kind in judges
}

// judges are the kinds of findings that speak of a value by itself. Of the others, such as an old number or a province
// that contradicts the address, a valid value may have any.
var judges = []rules.Kind{rules.Format, rules.Checksum, rules.Precision, rules.Unknown}

var vectorKinds = map[string]vectorKind{
	"uscc":     {17, uscc.Check, uscc.Compact, merchant.FieldLicenceNumber, nil, nil},
	"org_code": {13, orgcode.Check, orgcode.Compact, merchant.FieldNone, nil, nil},
	"bizreg15": {12, regno.Check, regno.Compact, merchant.FieldLicenceNumber, nil, nil},
	"resident_id": {15, residentid.Check, residentid.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDResident), []rules.ID{"REP016"}},
	"frp_id18": {9, residentid.CheckForeignPermanent, residentid.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDForeignPermanentResidence), []rules.ID{"REP016"}},
	"frp_id15": {1, permit.CheckForeignPermanent, permit.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDForeignPermanentResidence), []rules.ID{"REP016"}},
	"hk_macao_permit": {10, permit.CheckHKMacao, permit.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDHKMacaoPermit), []rules.ID{"REP016"}},
	"taiwan_permit": {10, permit.CheckTaiwan, permit.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDTaiwanPermit), []rules.ID{"REP016"}},
	"passport_cn": {10, passport.CheckChina, passport.Compact, merchant.FieldLegalRepIDNo,
		document(merchant.IDPassport), []rules.ID{"REP016"}},
	"cnaps": {16, cnaps.Check, cnaps.Compact, merchant.FieldSettlementCNAPS, nil, []rules.ID{"IMP018"}},
	"card": {14, bankcard.Check, bankcard.Compact, merchant.FieldSettlementAccountNo, func(r *merchant.Record, _ vector) {
		r.Settlement.AccountType = merchant.AccountPersonalOperator
	}, []rules.ID{"IMP018"}},
	"terminal_no":    {10, terminal.Check, terminal.Compact, merchant.FieldTerminalsTerminalNo, nil, nil},
	"merchant_no":    {11, mid.Check, mid.Compact, merchant.FieldMerchantNo, nil, []rules.ID{"IMP018"}},
	"institution_no": {9, acquirer.Check, acquirer.Compact, merchant.FieldAcquirerOrgCode, nil, []rules.ID{"IMP018"}},
	"mobile":         {12, phone.CheckMobile, phone.Compact, merchant.FieldContactMobile, nil, nil},
	"service_phone":  {12, phone.CheckService, phone.Compact, merchant.FieldContactServicePhone, nil, nil},
	"iban":           {10, iban.Check, iban.Compact, merchant.FieldNone, nil, nil},
	"bic":            {9, bic.Check, bic.Compact, merchant.FieldNone, nil, nil},
	"lei":            {10, lei.Check, lei.Compact, merchant.FieldNone, nil, nil},
	"receipt_name":   {4, checkReceiptName, nil, merchant.FieldNamesReceipt, nil, nil},
	"micro_name": {3, nil, nil, merchant.FieldNamesLegal, func(r *merchant.Record, v vector) {
		r.Merchant = *rulestest.Clean(merchant.SubjectMicro, 1)
		r.LegalRep.Name = v.Person
	}, []rules.ID{"IDN006"}},
	"sole_trader_name": {3, nil, nil, merchant.FieldNamesLegal, func(r *merchant.Record, v vector) {
		r.Merchant = *rulestest.Clean(merchant.SubjectIndividualBusiness, 1)
		r.LegalRep.Name, r.Licence.Name = v.Person, "***"
	}, []rules.ID{"IDN005"}},
}

func document(t merchant.IDType) func(*merchant.Record, vector) {
	return func(r *merchant.Record, _ vector) { r.LegalRep.IDType = t }
}

// checkReceiptName asks what field 43 of ISO 8583 does: a name that GBK can encode, in 40 bytes.
func checkReceiptName(s string) error {
	if n, ok := normalize.GBKLen(s); !ok || n > 40 {
		return errors.New("does not fit field 43")
	}
	return nil
}

// disagreements are vectors that code and rules judge otherwise, on purpose, each with the reason. They are asserted too:
// a disagreement that ends is to leave the table.
var disagreements = []struct {
	kind, value string
	what        string // check, normalised or rules
	got         string // the error, or the rules that find the value bad
	why         string
}{
	{"card", "6217850000012346000", "rules", "[SET003]",
		"the digits after the 15th are 6000: IMP010 wants zeros alone there, as a spreadsheet leaves them"},
	{"passport_cn", "E1234567", "rules", "[]", foreignPassport},
	{"passport_cn", "EI1234567", "rules", "[]", foreignPassport},
	{"passport_cn", "EO1234567", "rules", "[]", foreignPassport},
	{"passport_cn", "A12345678", "rules", "[]", foreignPassport},
	{"receipt_name", "上海示例商贸•店", "rules", "[]",
		"reading the cell turns the dot into U+00B7, which GBK has (IMP013); IDN013 never sees U+2022"},
}

const foreignPassport = "a record does not say whose passport it is, and as a foreign one the number has the shape; only the package can tell"

// TestVectors holds every vector against the package of its kind and, where a record has a field for it, against the
// rules, the value set as a loader sets it.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) != 220 {
		t.Errorf("%d vectors, want 220", len(vectors))
	}
	seen := map[string]int{}
	met := map[string]bool{}
	for _, v := range vectors {
		k, ok := vectorKinds[v.Kind]
		if !ok {
			t.Errorf("no test for the kind %s", v.Kind)
			continue
		}
		seen[v.Kind]++
		t.Run(v.Kind+"/"+v.Value, func(t *testing.T) {
			disagree := func(what, got string) {
				for _, d := range disagreements {
					if d.kind == v.Kind && d.value == v.Value && d.what == what && d.got == got {
						met[what+" "+v.Kind+" "+v.Value] = true
						return
					}
				}
				t.Errorf("%s, valid %t, rules %v (%s): disagrees: %s", what, v.Valid, v.Rules, v.Why, got)
			}
			if k.check != nil && (k.check(v.Value) == nil) != v.Valid {
				disagree("check", errorText(k.check(v.Value)))
			}
			if k.compact != nil && (v.Valid || v.AfterNormalise != nil) {
				want := v.Valid || *v.AfterNormalise
				if err := k.check(k.compact(v.Value)); (err == nil) != want {
					disagree("normalised", errorText(err))
				}
			}
			if k.field == merchant.FieldNone {
				if len(v.Rules) > 0 {
					t.Errorf("rules %v and no field to hold the value", v.Rules)
				}
				return
			}
			all, bad := vectorFindings(t, k, v)
			missing := slices.ContainsFunc(v.Rules, func(id rules.ID) bool { return !slices.Contains(all, id) })
			extra := slices.ContainsFunc(bad, func(id rules.ID) bool { return !slices.Contains(v.Rules, id) })
			if missing || v.Valid && extra {
				disagree("rules", fmt.Sprint(bad))
			}
		})
	}
	for name, k := range vectorKinds {
		if seen[name] != k.count {
			t.Errorf("%d vectors of the kind %s, want %d", seen[name], name, k.count)
		}
	}
	for _, d := range disagreements {
		if !met[d.what+" "+d.kind+" "+d.value] {
			t.Errorf("%s %s %s: no longer disagrees; remove it from the table", d.what, d.kind, d.value)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return "valid"
	}
	return err.Error()
}

// vectorFindings puts the value of a vector into an otherwise clean record and returns the rules that report the field,
// and of them those that find the value itself bad, as errors or warnings.
func vectorFindings(t *testing.T, k vectorKind, v vector) (all, bad []rules.ID) {
	t.Helper()
	r := merchant.NewRecord(rulestest.Clean(vectorSubject(v), 1))
	r.Source.Row = 2
	if k.prepare != nil {
		k.prepare(r, v)
	}
	path := merchant.At(k.field)
	if k.field.List() != merchant.FieldNone {
		path = merchant.Item(k.field, 0)
	}
	text, ok := r.Ref(path).(*string)
	if !ok {
		t.Fatalf("%s holds no text", path)
	}
	*text = ""
	normalize.Set(r, path, merchant.Cell{Text: v.Value, Type: merchant.CellUntyped}, normalize.Options{})
	normalize.Finish(r)
	c := rulestest.Case{Records: []*merchant.Record{r}}
	if slices.Contains(v.Rules, "MID007") {
		c.Param = []byte(`{"area_scheme": "unionpay"}`) // what an area is, the profile must say
	}
	found, _ := runCase(t, c)
	for _, f := range found {
		if f.Path != path {
			continue
		}
		all = append(all, f.Rule.ID)
		if f.Severity > rules.Info && (slices.Contains(judges, f.Rule.Kind) || slices.Contains(k.own, f.Rule.ID)) {
			bad = append(bad, f.Rule.ID)
		}
	}
	slices.Sort(bad)
	return all, bad
}

// vectorSubject returns the type of merchant that a code belongs to, where the code tells.
func vectorSubject(v vector) merchant.SubjectType {
	if v.Kind == "uscc" {
		if s := merchant.SubjectType(uscc.SubjectTypes(v.Value).Only()); s.Valid() {
			return s
		}
	}
	if v.Kind == "card" {
		return merchant.SubjectIndividualBusiness // whose clean record settles to a card
	}
	return merchant.SubjectEnterprise
}
