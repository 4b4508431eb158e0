package validate_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/terminal"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// ratio measures ours against a reference on the same records and reports the median of the paired ratios as x, with
// the range of them. The two alternate in passes of some fifty milliseconds of processor time, so that a busy machine
// slows both. It fails only when every single ratio is past the goal.
func ratio(b *testing.B, goal float64, records int, ours, reference func()) {
	n := 1
	for spent(ours, n) < 50*time.Millisecond {
		n *= 2
	}
	var ratios, own, other []float64
	pass := func() {
		var x, y time.Duration
		if len(ratios)%2 == 0 {
			x, y = spent(ours, n), spent(reference, n)
		} else {
			y, x = spent(reference, n), spent(ours, n)
		}
		ratios = append(ratios, float64(x)/float64(y))
		own = append(own, float64(x)/float64(n*records))
		other = append(other, float64(y)/float64(n*records))
	}
	for b.Loop() {
		pass()
	}
	for len(ratios) < 7 {
		pass()
	}
	slices.Sort(ratios)
	b.ReportMetric(median(ratios), "x")
	b.ReportMetric(ratios[0], "x-min")
	b.ReportMetric(ratios[len(ratios)-1], "x-max")
	b.ReportMetric(goal, "x-goal")
	b.ReportMetric(median(own), "ns/record")
	b.ReportMetric(median(other), "reference-ns/record")
	b.ReportMetric(0, "ns/op") // a pass is no operation of interest
	if ratios[0] > goal {
		b.Errorf("the ratio is %.2f to %.2f, past %.2f in every pass", ratios[0], ratios[len(ratios)-1], goal)
	}
}

func spent(f func(), n int) time.Duration {
	start := cpuTime()
	for range n {
		f()
	}
	return cpuTime() - start
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// cleanRecords are full records without a fault, of all subject types.
func cleanRecords() []*merchant.Record {
	var list []*merchant.Record
	for n := range 60 {
		r := merchant.NewRecord(rulestest.Clean(subjects[n%6], n))
		normalize.Record(r)
		list = append(list, r)
	}
	return list
}

// BenchmarkRatioStraight: the engine with the whole catalogue against the same rules as one program written by hand; see
// [program].
func BenchmarkRatioStraight(b *testing.B) {
	v := newValidator(b)
	list := cleanRecords()
	var found []rules.Finding
	s := program{asOf: v.AsOf()}
	raised := 0
	ratio(b, 1.5, len(list), func() {
		for _, r := range list {
			found = v.Append(found[:0], r)
		}
	}, func() {
		for _, r := range list {
			s.run(r)
			raised += len(s.found)
		}
	})
	if len(found)+raised > 0 {
		b.Errorf("clean records raise %d findings of the engine and %d of the program", len(found), raised)
	}
}

// BenchmarkRatioChecks: what the engine adds to the rules' own checks: a plan of the whole catalogue against the checks
// that apply to each record, called one after the other.
func BenchmarkRatioChecks(b *testing.B) {
	v := newValidator(b)
	list := cleanRecords()
	checks := make([][]*rules.Rule, len(list))
	for i, r := range list {
		for _, id := range applied(b, r) {
			rule, _ := builtin.Lookup(id)
			checks[i] = append(checks[i], rule)
		}
		if len(checks[i]) < 100 {
			b.Fatalf("only %d rules apply to record %d", len(checks[i]), i)
		}
	}
	var found []rules.Finding
	p := rules.Pass{AsOf: v.AsOf(), Params: &v.Profile().Params, Report: func(f rules.Finding) { found = append(found, f) }}
	ratio(b, 1.5, len(list), func() {
		for _, r := range list {
			found = v.Append(found[:0], r)
		}
	}, func() {
		for i, r := range list {
			p.Begin(r)
			for _, rule := range checks[i] {
				p.Rule = rule
				rule.Check(&p)
			}
		}
	})
	if len(found) > 0 {
		b.Errorf("a clean record raises %s", found[0].Rule.ID)
	}
}

// applied returns the record rules that look at r.
func applied(b *testing.B, r *merchant.Record) (ids []rules.ID) {
	sum, err := newValidator(b).Run(b.Context(), stream([]*merchant.Record{r}), func(*merchant.Record, []rules.Finding) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	for _, rule := range builtin.Rules() {
		if rule.Scope == rules.RecordScope && sum.Rules[rule.ID].Applied > 0 {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// BenchmarkRatioFiveErrors: a record with five errors, without words, against the same record without.
func BenchmarkRatioFiveErrors(b *testing.B) {
	v := newValidator(b)
	clean, faulty := cleanRecords(), cleanRecords()
	for i, r := range faulty {
		r.MCC, r.Contact.Mobile, r.LegalRep.Name = "54", "1391", ""
		r.Limits.SingleCNY, r.Settlement.CNAPS = merchant.Yuan(0), "102100099997"
		errors := 0
		for _, f := range v.Append(nil, r) {
			if f.Severity == rules.Error {
				errors++
			}
		}
		if errors != 5 {
			b.Fatalf("record %d has %d errors", i, errors)
		}
	}
	var found []rules.Finding
	ratio(b, 1.5, len(clean), func() {
		for _, r := range faulty {
			found = v.Append(found[:0], r)
		}
	}, func() {
		for _, r := range clean {
			found = v.Append(found[:0], r)
		}
	})
}

// BenchmarkRatioTags: the rules about single fields, alone in a plan, against the same checks as tags of
// go-playground/validator.
func BenchmarkRatioTags(b *testing.B) {
	v := newValidator(b, validate.Only(fieldRules...))
	plain := tagged(b)
	list := enterprises()
	var found []rules.Finding
	ratio(b, 0.2, len(list), func() {
		for _, r := range list {
			found = v.Append(found[:0], r)
		}
	}, func() {
		for _, r := range list {
			if err := plain.Struct(&r.Merchant); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func enterprises() []*merchant.Record {
	var list []*merchant.Record
	for n := range 64 {
		r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, n))
		normalize.Record(r)
		list = append(list, r)
	}
	return list
}

// fieldRules are the rules that judge a field by itself, as tags do.
var fieldRules = []rules.ID{"IDN001", "IDN002", "IDN003", "IDN007", "IDN012", "IDN014", "IDN018", "IMP016", "LIC001", "LIC002", "LIC003",
	"LIC009", "LIC015", "LIC026", "LIC027", "LIC029", "REP001", "REP002", "REP003", "REP014", "REP015", "REP017", "REP018", "REP021", "CON001", "CON002",
	"CON003", "CON004", "ADR007", "ADR010", "ADR012", "ADR016", "MCC001", "MCC006", "SET001", "SET002", "SET008", "SET015", "SET020", "SET022",
	"SET023", "SET024", "SET030", "LIM001", "LIM006", "FEE001", "FEE005", "FEE006", "STA001", "STA007", "MID001", "TRM001", "TRM002", "TRM005", "TRM013",
	"TRM014", "TRM016", "TRM019", "TRM024"}

// tags are the same checks of an enterprise as tags of go-playground/validator. What has a function of ours goes to that
// function; enum stands for oneof with the codes of the field, which is what its users write.
var tags = []struct {
	of     any
	fields map[string]string
}{
	{merchant.Merchant{}, map[string]string{"MerchantNo": "omitempty,mid", "SubjectType": "required,enum=subject_type", "EntityForm": "required,enum=entity_form",
		"SalesScene": "required,enum=sales_scene", "MCC": "required,mcc", "RiskLevel": "required,enum=risk_level", "SignedOn": "required",
		"UpdatedOn": "required", "BeneficialOwners": "dive", "Fees": "required,dive", "Terminals": "dive"}},
	{merchant.Acquirer{}, map[string]string{"OrgCode": "required"}},
	{merchant.Names{}, map[string]string{"Legal": "required,legal_name", "Short": "required", "Receipt": "slip"}},
	{merchant.Licence{}, map[string]string{"Kind": "required,enum=licence.kind", "Number": "required,uscc", "Name": "required", "LegalPerson": "required",
		"Address": "required", "Scope": "required,max=1000", "RegisteredCapitalCNY": "required", "EstablishedOn": "required",
		"ValidFrom": "required", "ValidTo": "required_unless=LongTerm true", "RegistrationStatus": "omitempty,enum=licence.registration_status"}},
	{merchant.LegalRep{}, map[string]string{"Name": "required,person", "IDType": "required,enum=legal_rep.id_type", "IDNo": "required,resident", "IDValidFrom": "required",
		"IDValidTo": "required_unless=IDLongTerm true", "Address": "required", "Mobile": "omitempty,mobile", "Gender": "omitempty,enum=legal_rep.gender"}},
	{merchant.BeneficialOwner{}, map[string]string{"Name": "omitempty,person", "IDType": "omitempty,enum=beneficial_owners[].id_type", "IDNo": "omitempty,resident",
		"Basis": "omitempty,enum=beneficial_owners[].basis"}},
	{merchant.Contact{}, map[string]string{"Type": "required,enum=contact.type", "Name": "required,person", "Mobile": "required,mobile",
		"Email": "omitempty,max=64,email", "ServicePhone": "omitempty,service"}},
	{merchant.Address{}, map[string]string{"ProvinceCode": "omitempty,len=6,number", "CityCode": "omitempty,len=6,number", "DistrictCode": "required,len=6,number",
		"Detail": "required,max=100"}},
	{merchant.Settlement{}, map[string]string{"AccountType": "required,enum=settlement.account_type", "AccountNo": "required,number,account", "AccountName": "required",
		"BankName": "required", "BranchName": "required_without=CNAPS", "CNAPS": "required,cnaps", "Cycle": "required,enum=settlement.cycle",
		"AccountStatus": "omitempty,enum=settlement.account_status", "VerifyResult": "omitempty,enum=settlement.verify_result"}},
	{merchant.Limits{}, map[string]string{"SingleCNY": "required,gt=0,lt=10000000000000", "DailyCNY": "required,gt=0,lt=10000000000000", "MonthlyCNY": "required,gt=0,lt=10000000000000"}},
	{merchant.Fee{}, map[string]string{"Product": "omitempty,enum=fees[].product", "Class": "omitempty,enum=fees[].class", "RatePct": "required,gte=200,lte=15000",
		"CapCNY": "omitempty,gt=0"}},
	{merchant.Terminal{}, map[string]string{"TerminalNo": "required,terminal", "SerialNo": "required,serial", "DeviceType": "required,enum=terminals[].device_type",
		"NetworkLicence": "omitempty,network", "Status": "omitempty,enum=terminals[].status", "ICCID": "omitempty,iccid", "ICCIDBound": "omitempty,iccid",
		"KeyStatus": "omitempty,enum=terminals[].key_status"}},
	{merchant.Status{}, map[string]string{"State": "required,enum=status.state"}},
	{merchant.Onboarding{}, map[string]string{"Audit": "omitempty,enum=onboarding.audit", "Agreement": "omitempty,enum=onboarding.agreement", "Channels": "dive"}},
	{merchant.Channel{}, map[string]string{"State": "omitempty,enum=onboarding.channels[].state"}},
	{merchant.Review{}, map[string]string{"LastOn": "required", "NextDue": "required"}},
	{merchant.Inspection{}, map[string]string{"LastOn": "required"}},
}

func tagged(t testing.TB) *validator.Validate {
	v := validator.New()
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	v.RegisterCustomTypeFunc(func(f reflect.Value) any {
		switch x := f.Interface().(type) {
		case merchant.Date:
			return !x.IsZero()
		case merchant.Money:
			if !x.IsZero() {
				return x.Decimal().CoefficientInt64() // fen
			}
		case merchant.Percent:
			if !x.IsZero() {
				return x.Decimal().CoefficientInt64() // of four decimals
			}
		}
		return nil
	}, merchant.Date{}, merchant.Money{}, merchant.Percent{})
	for tag, check := range map[string]func(string) bool{
		"mid": mid.Valid, "mcc": soundMCC, "legal_name": soundName, "person": soundPerson, "resident": soundResident, "uscc": uscc.Valid,
		"slip":   func(s string) bool { n, _ := normalize.GBKLen(s); return n <= 40 },
		"mobile": func(s string) bool { return phone.CheckMobile(s) == nil }, "service": func(s string) bool { return phone.CheckService(s) == nil },
		"account": func(s string) bool { return account.CheckCorporate(s) == nil }, "cnaps": cnaps.Valid,
		"terminal": terminal.Valid, "serial": func(s string) bool { return terminal.CheckSerial(s) == nil },
		"network": func(s string) bool { return terminal.CheckNetworkLicence(s) == nil }, "iccid": func(s string) bool { return terminal.CheckICCID(s) == nil },
	} {
		if err := v.RegisterValidation(tag, func(l validator.FieldLevel) bool { return check(l.Field().String()) }); err != nil {
			t.Fatal(err)
		}
	}
	for _, entry := range tags {
		written := map[string]string{}
		for field, tag := range entry.fields {
			if before, path, ok := strings.Cut(tag, "enum="); ok {
				f, known := merchant.FieldByPath(path)
				if !known {
					t.Fatalf("no field %s", path)
				}
				var codes []string
				for _, value := range f.Enum().Values {
					codes = append(codes, value.Code)
				}
				tag = before + "oneof=" + strings.Join(codes, " ")
			}
			written[field] = tag
		}
		v.RegisterStructValidationMapRules(written, entry.of)
	}
	return v
}

func soundMCC(s string) bool { return mcc.Check(s) != mcc.ErrFormat }
func soundName(s string) bool {
	n := normalize.GB18030Len(s)
	return n >= 4 && n <= 100 && !strings.Contains(s, "\uFFFD")
}
func soundPerson(s string) bool {
	return utf8.RuneCountInString(s) > 1 && !strings.ContainsAny(s, "0123456789")
}
func soundResident(s string) bool {
	return residentid.CheckAsOf(s, rulestest.AsOf.Year(), rulestest.AsOf.Month(), rulestest.AsOf.Day()) == nil
}

// TestSameFieldChecks: the rules and the tags, whose speed is compared, find the same fields at fault when a field of a
// clean enterprise is emptied or spoiled.
func TestSameFieldChecks(t *testing.T) {
	v := newValidator(t, validate.Only(fieldRules...))
	plain := tagged(t)
	paths := func(m *merchant.Merchant) (ours, tagged []string) {
		r := merchant.NewRecord(m)
		for _, f := range v.Append(nil, r) {
			ours = append(ours, f.Path.String())
		}
		if err := plain.Struct(m); err != nil {
			for _, f := range err.(validator.ValidationErrors) {
				_, path, _ := strings.Cut(f.Namespace(), ".")
				tagged = append(tagged, strings.ReplaceAll(path, ".Address.", "."))
			}
		}
		slices.Sort(ours)
		slices.Sort(tagged)
		return slices.Compact(ours), slices.Compact(tagged)
	}
	if ours, tagged := paths(rulestest.Clean(merchant.SubjectEnterprise, 3)); len(ours)+len(tagged) > 0 {
		t.Fatalf("clean: rules %v, tags %v", ours, tagged)
	}
	spoilt := 0
	for _, f := range merchant.Fields() {
		if f.Kind() == merchant.KindList {
			continue
		}
		for _, empty := range []bool{true, false} {
			m := rulestest.Clean(merchant.SubjectEnterprise, 3)
			path := merchant.At(f)
			if f.List() != merchant.FieldNone {
				path.Index = 0
			}
			if !spoil(m, path, empty) {
				continue
			}
			ours, tagged := paths(m)
			if len(ours) == 0 && len(tagged) == 0 {
				continue // none of the checks is about the field
			}
			if spoilt++; len(ours) != 1 || !slices.Equal(ours, tagged) {
				t.Errorf("%s, emptied %v: rules %v, tags %v", path, empty, ours, tagged)
			}
		}
	}
	if spoilt < 80 {
		t.Errorf("only %d faults tried", spoilt)
	}
}

// spoil empties the value at path, or makes it one that cannot be; false when it can do neither.
func spoil(m *merchant.Merchant, path merchant.Path, empty bool) bool {
	if !m.Has(path) {
		return false
	}
	switch x := m.Ref(path).(type) {
	case *string:
		switch {
		case empty:
			*x = ""
		case utf8.RuneCountInString(*x) > 40:
			*x = strings.Repeat(*x, 40)
		case path.Field.Kind() == merchant.KindText && path.Field.Group() == "":
			*x += "#1" + strings.Repeat("长", 99)
		default:
			*x = (*x)[:len(*x)/2] + "#1"
		}
	case *merchant.Date:
		*x = merchant.Date{}
		return empty
	case *merchant.Money:
		if *x = merchant.Yuan(-1); empty {
			*x = merchant.Money{}
		}
	case *merchant.Percent:
		if *x = merchant.BasisPoints(1000); empty {
			*x = merchant.Percent{}
		}
	default:
		return false
	}
	return true
}
