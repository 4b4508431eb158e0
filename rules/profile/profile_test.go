package profile

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

func open(t *testing.T, name string) *Profile {
	t.Helper()
	p, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBase(t *testing.T) {
	p := open(t, "")
	if p.Name != "base" || p.Params.ExpiryWarnDays != 60 || p.Params.MaxRatePct.String() != "1.50" || p.Params.Need(merchant.FieldMCC, merchant.SubjectMicro) != 'R' {
		t.Errorf("%s %+v", p.Name, p.Params)
	}
	// Every field outside lists stands in the matrix, save those that no dossier asks for.
	for _, f := range merchant.Fields() {
		if _, ok := p.Params.Required[f.Path()]; !ok && f.List() == merchant.FieldNone && !strings.HasPrefix(f.Path(), "registry.") && f != merchant.FieldBusinessHours {
			t.Errorf("the matrix lacks %s", f.Path())
		}
	}
}

// TestBuiltIn: every profile reads, names its sources, and says under which condition each C is due.
func TestBuiltIn(t *testing.T) {
	for _, name := range Names() {
		p := open(t, name)
		if p.Name != name || p.Title.ZH == "" || p.Title.EN == "" {
			t.Errorf("%s: name %q, title %+v", name, p.Name, p.Title)
		}
		if name != "base" && (len(p.Sources) == 0 || p.Extends == "") {
			t.Errorf("%s names no source or extends nothing", name)
		}
		for _, f := range merchant.Fields() {
			row := p.Params.Required[f.Path()] + p.Params.EntryRequired[f.Path()]
			if strings.Contains(row, "C") && p.Params.When(f) == nil {
				t.Errorf("%s: %s is required under a condition that is not named", name, f.Path())
			}
			if !strings.Contains(row, "C") && p.Params.When(f) != nil && name == "base" {
				t.Errorf("%s: %s has a condition and no C", name, f.Path())
			}
		}
		for _, id := range p.IDs() {
			if _, ok := builtin.Lookup(id); !ok {
				t.Errorf("%s names the rule %s, which does not exist", name, id)
			}
		}
		full, err := p.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(name+" again", strings.NewReader(string(full)))
		if err != nil {
			t.Fatalf("%s: what JSON writes does not read: %v", name, err)
		}
		again.Extends, again.Name = p.Extends, p.Name
		if !reflect.DeepEqual(again, p) {
			t.Errorf("%s: JSON loses something", name)
		}
	}
}

func TestReadChangesOnlyWhatItNames(t *testing.T) {
	p, err := Read("house", strings.NewReader(`{"params":{"expiry_warn_days":30,"area_scheme":"gb2260","required":{"contact.email":"RRRRRR"},"licence_map":{"5811":[]}},
		"severity":{"LIC012":"info"},"disabled":["CON005"],"levels":{"policy":false}}`))
	if err != nil {
		t.Fatal(err)
	}
	if p.Params.ExpiryWarnDays != 30 || p.Params.AgeMin != 18 || p.Regraded("LIC012") != rules.Info || p.Regraded("LIC011") != 0 || p.Name != "house" || p.Extends != "base" {
		t.Errorf("%+v", p)
	}
	if p.Params.Need(merchant.FieldContactEmail, merchant.SubjectMicro) != 'R' || p.Params.Need(merchant.FieldMCC, merchant.SubjectMicro) != 'R' ||
		len(p.Params.LicenceMap["5811"]) != 0 || len(p.Params.LicenceMap["5812"]) != 1 {
		t.Error("objects are not merged")
	}
	policy := &rules.Rule{ID: "XXX001", Basis: []rules.Basis{{Level: rules.PolicyLevel}}}
	mixed := &rules.Rule{ID: "XXX002", Basis: []rules.Basis{{Level: rules.PolicyLevel}, {Level: rules.Law}}}
	named := &rules.Rule{ID: "CON005", Basis: []rules.Basis{{Level: rules.Law}}}
	if !p.Off(policy) || p.Off(mixed) || !p.Off(named) {
		t.Errorf("policy %v, with law %v, by ID %v", p.Off(policy), p.Off(mixed), p.Off(named))
	}
	if base := open(t, "base"); base.Params.ExpiryWarnDays != 60 || len(base.Params.LicenceMap["5811"]) != 1 {
		t.Error("reading a profile changed the base profile")
	}
}

func TestExtends(t *testing.T) {
	p, err := Read("mine", strings.NewReader(`{"extends": "huifu", "disabled": ["CON005"], "aliases": {"mcc": ["行业码"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, "huifu")
	if p.Extends != "huifu" || p.Params.EmailMax != h.Params.EmailMax || !slices.Contains(p.Disabled, "CON005") || len(p.Disabled) != len(h.Disabled)+1 ||
		!slices.Contains(p.Aliases["mcc"], "行业码") || len(p.Aliases["mcc"]) != len(h.Aliases["mcc"])+1 {
		t.Errorf("%+v", p)
	}
}

// TestComments: people write comments and leave commas; neither moves a line.
func TestComments(t *testing.T) {
	p, err := Read("p", strings.NewReader("\uFEFF{ // house\n/* two\nlines */ \"params\": {\"age_min\": 21, /* , */},\n\"disabled\": [\"CON005\", // last\n],\n}\n"))
	if err != nil || p.Params.AgeMin != 21 || len(p.Disabled) != 1 {
		t.Fatal(err)
	}
	p, err = Read("p", strings.NewReader(`{"title": {"zh": "a // b /* c */ , ]"}}`))
	if err != nil || p.Title.ZH != "a // b /* c */ , ]" {
		t.Errorf("a comment inside a text: %+v %v", p, err)
	}
	var e *Error
	if _, err = Read("p", strings.NewReader("{\n/* open\n\"params\": {}}")); !errors.As(err, &e) || e.Line != 2 {
		t.Errorf("a comment without an end: %v", err)
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
		path string
	}{
		{"{\n\"params\": {\n\"no_such\": 1}}", 3, "params.no_such"},
		{"{\n\"params\": {\n\"AGE_MIN\": 1}}", 3, "params.AGE_MIN"},
		{"{\n\"params\": {\"age_min\": \"x\"}}", 2, "params.age_min"},
		{"{\"params\": {\n\"age_min\": -1}}", 2, "params.age_min"},
		{"{\"params\": {\n\"age_min\": 90}}", 2, "params.age_min"},
		{"{\"params\": {\n\"expiry_warn_days\": 1000000}}", 2, "params.expiry_warn_days"},
		{"{\"params\": {\n\"max_rate_pct\": \"1,5\"}}", 2, "params.max_rate_pct"},
		{"{\"params\": {\n\"min_single_cny\": \"-1\"}}", 2, "params.min_single_cny"},
		{"{\"params\": {\n\"max_rate_pct\": \"150\"}}", 2, "params.max_rate_pct"},
		{"{\"params\": {\n\"acquirer_org_code\": \"48\"}}", 2, "params.acquirer_org_code"},
		{"{\"params\": {\n\"mcc_waiver\": [\"801\"]}}", 2, "params.mcc_waiver"},
		{"{\"params\": {\n\"licence_map\": {\"58110\": []}}}", 2, "params.licence_map"},
		{"{\"params\": {\"name_block\": [\n1]}}", 1, "params.name_block"},
		{"{\"params\": {\"district_boxes\": {\n\"310104\": [121.5, 31, 121.4, 32]}}}", 2, "params.district_boxes.310104"},
		{"{\"params\": {\"tolerance\": {\n\"limits.daily_cny\": \"-1\"}}}", 2, "params.tolerance.limits.daily_cny"},
		{"{\"params\": {\"tolerance\": {\n\"limits.daily_cny\": \"\"}}}", 2, "params.tolerance.limits.daily_cny"},
		{"{\"params\": {\"tolerance\": {\n\"names.legal\": \"1\"}}}", 2, "params.tolerance.names.legal"},
		{"{\"params\": {\"limit_tiers\": {\n\"micro\": [{\"single_cny\": \"5\", \"daily_cny\": \"4\", \"monthly_cny\": \"6\"}]}}}", 2, "params.limit_tiers.micro"},
		{"{\"params\": {\"limit_tiers\": {\n\"company\": [{\"single_cny\": \"1\", \"daily_cny\": \"1\", \"monthly_cny\": \"1\"}]}}}", 2, "params.limit_tiers.company"},
		{"{\"params\": {\"mcc_groups\": [\n{\"zh\": \"x\", \"mcc\": []}]}}", 2, "params.mcc_groups[0]"},
		{"{\n\n\"severity\": {\"LIC011\": \"fatal\"}}", 3, "severity.LIC011"},
		{"{\"params\": {\n\"required\": {\n\"mcc\": \"RRR\"}}}", 3, "params.required.mcc"},
		{"{\"params\": {\n\"required\": {\n\"mmc\": \"RRRRRR\"}}}", 3, "params.required.mmc"},
		{"{\"params\": {\n\"required\": {\n\"terminals[].serial_no\": \"RRRRRR\"}}}", 3, "params.required.terminals[].serial_no"},
		{"{\"params\": {\n\"entry_required\": {\n\"mcc\": \"RRRRRR\"}}}", 3, "params.entry_required.mcc"},
		{"{\"params\": {\n\"required\": {\n\"licence.long_term\": \"RRRRRR\"}}}", 3, "params.required.licence.long_term"},
		{"{\"params\": {\"conditions\": {\n\"mcc\": \"sometimes\"}}}", 2, "params.conditions.mcc"},
		{"{\"params\": {\"alternatives\": {\n\"mcc\": [{\"by\": []}]}}}", 2, "params.alternatives.mcc"},
		{"{\"params\": {\"alternatives\": {\n\"mcc\": [{\"by\": [\"mcc\"]}]}}}", 2, "params.alternatives.mcc"},
		{"{\"params\": {\"alternatives\": {\n\"mcc\": [{\"bye\": [\"names.legal\"]}]}}}", 2, "params.alternatives"},
		{"{\"params\": {\"alternatives\": {\n\"mcc\": [{\"by\": [\"names.legal\"], \"for\": [\"company\"]}]}}}", 2, "params.alternatives.mcc"},
		{"{\"params\": {\n\"area_scheme\": \"x\"}}", 2, "params.area_scheme"},
		{"{\"params\": {\n\"merchant_no_pattern\": \"M[0-9\"}}", 2, "params.merchant_no_pattern"},
		{"{\n\"levels\": {\"law\": false}}", 2, "levels.law"},
		{"{\n\"levels\": {\"custom\": false}}", 2, "levels.custom"},
		{"{\n\"extends\": \"spdb\"}", 2, "extends"},
		{"{\n\"aliases\": {\n\"nmaes.legal\": [\"x\"]}}", 3, "aliases.nmaes.legal"},
		{"{\n\"aliases\": {\n\"mcc\": [\"--\"]}}", 3, "aliases.mcc"},
		{"{\n\"aliases\": {\"mcc\": [\"x\"],\n\"names.legal\": [\"X\"]}}", 3, "aliases.names.legal"},
		{"{\n\"aliases\": {\n\"fees[].rate_pct\": [\"x\"]}}", 3, "aliases.fees[].rate_pct"},
		{"{\n\"codes\": {\n\"subject_type\": {\"1\": \"company\"}}}", 3, "codes.subject_type.1"},
		{"{\n\"codes\": {\n\"mcc\": {\"1\": \"5411\"}}}", 3, "codes.mcc"},
		{"{\n\"codes\": {\n\"state\": {\"1\": \"active\"}}}", 3, "codes.state"},
		{"{\n\"products\": [\"debit\"]}", 2, "products"},
		{"{\n\"notes\": {\n\"mcc\": {}}}", 3, "notes.mcc"},
		{"{\n\"export\": {\n\"date\": \"dd.MM.yyyy\"}}", 3, "export.date"},
		{"{\n\"export\": {\n\"long_term\": \"sometime\"}}", 3, "export.long_term"},
		{"{\n\"export\": {\"long_term_fields\": {\n\"mcc\": \"长期\"}}}", 3, "export.long_term_fields.mcc"},
		{"{\n\"title\": \"x\"}", 2, "title"},
		{"{\n\"titel\": {}}", 2, "titel"},
		{"{\"params\": {},\n\"params\": {}}", 2, "params"},
		{"{\"params\": {\n\"required\": null}}", 2, "params.required"},
		{"{\n\"params\": []}", 2, "params"},
		{"{\"params\": ", 1, ""},
		{"{\"params\": {\n\"age_min\" 1}}", 2, ""},
		{"{}\n{}", 2, ""},
		{"[]", 1, ""},
		{"", 1, ""},
		{strings.Repeat("{\"a\":", 20) + "1" + strings.Repeat("}", 20), 1, ""},
	} {
		_, err := Read("p", strings.NewReader(c.text))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if e.Line != c.line || c.path != "" && e.Path != c.path {
			t.Errorf("%q: line %d, path %q: %v", c.text, e.Line, e.Path, e)
		}
		if strings.Contains(e.Error()+e.In("zh"), "\n") || e.ZH == "" || e.EN == "" || strings.Contains(e.ZH+e.EN, "%!") {
			t.Errorf("%q: %q %q", c.text, e.Error(), e.In("zh"))
		}
	}
}

func TestOpen(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none.json")); err == nil {
		t.Error("a missing profile is accepted")
	}
	file := filepath.Join(t.TempDir(), "house.json")
	if err := os.WriteFile(file, []byte(`{"params":{"age_max":70}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if p := open(t, file); p.Params.AgeMax != 70 {
		t.Errorf("%d", p.Params.AgeMax)
	}
}

// TestParameters: each parameter is described once, in the order of the struct, and the rules that read it exist.
func TestParameters(t *testing.T) {
	typ := reflect.TypeFor[rules.Params]()
	var fields []string
	for i := range typ.NumField() {
		if f := typ.Field(i); f.IsExported() {
			fields = append(fields, f.Tag.Get("json"))
		}
	}
	var described []string
	for _, d := range Parameters() {
		described = append(described, d.Name)
		if d.Unit.ZH == "" || d.Unit.EN == "" || d.Doc.ZH == "" || d.Doc.EN == "" {
			t.Errorf("%s lacks a unit or a description", d.Name)
		}
		for _, id := range d.Rules {
			if _, ok := builtin.Lookup(id); !ok {
				t.Errorf("%s: there is no rule %s", d.Name, id)
			}
		}
	}
	if !slices.Equal(fields, described) {
		t.Errorf("the parameters of the struct and those described differ:\n%v\n%v", fields, described)
	}
}

// TestTemplate: the commented profile changes nothing, names every member, parameter and condition there is, and reads
// as well once every line of it is in use.
func TestTemplate(t *testing.T) {
	base := open(t, "base")
	for _, lang := range []string{"zh", "en"} {
		text := string(Template(lang))
		p, err := Read("template", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p.Params, base.Params) || len(p.IDs())+len(p.Aliases)+len(p.Codes) != 0 {
			t.Errorf("%s: the template changes something", lang)
		}
		used := strings.ReplaceAll(text, `//"`, `"`)
		if p, err = Read("template", strings.NewReader(used)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p.Params, base.Params) {
			t.Errorf("%s: the parameters in it are not those of base", lang)
		}
		typ := reflect.TypeFor[Profile]()
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if name != "" && !strings.Contains(used, "\n  \""+name+"\": ") {
				t.Errorf("%s: no member %s", lang, name)
			}
		}
		for _, d := range Parameters() {
			if !strings.Contains(used, "\n    \""+d.Name+"\": ") || !strings.Contains(used, d.Doc.In(lang)) {
				t.Errorf("%s: no parameter %s", lang, d.Name)
			}
		}
		for _, c := range rules.Conditions() {
			if !strings.Contains(text, "// "+c.Name+": "+c.Text.In(lang)) {
				t.Errorf("%s: no condition %s", lang, c.Name)
			}
		}
	}
}

func TestRequirements(t *testing.T) {
	p := open(t, "base")
	find := func(s merchant.SubjectType, f merchant.Field) Requirement {
		for _, r := range p.Requirements(s) {
			if r.Field == f {
				return r
			}
		}
		t.Fatalf("nothing about %s for %s", f.Path(), s)
		return Requirement{}
	}
	for _, c := range []struct {
		subject merchant.SubjectType
		field   merchant.Field
		need    byte
		when    string
		instead string
	}{
		{merchant.SubjectEnterprise, merchant.FieldLicenceNumber, 'R', "", ""},
		{merchant.SubjectMicro, merchant.FieldLicenceNumber, '-', "", "法定代表人证件号码"},
		{merchant.SubjectEnterprise, merchant.FieldSettlementBranchName, 'R', "", "联行号"},
		{merchant.SubjectIndividualBusiness, merchant.FieldSettlementCNAPS, 'C', "corporate_account", ""},
		{merchant.SubjectGovernment, merchant.FieldLegalRepIDNo, 'C', "requested", "联系人证件号码"},
		{merchant.SubjectEnterprise, merchant.FieldLegalRepIDNo, 'R', "", ""},
		{merchant.SubjectEnterprise, merchant.FieldBeneficialOwners, 'C', "owners", "受益所有人承诺免报加股东"},
		{merchant.SubjectEnterprise, merchant.FieldTerminalsSerialNo, 'C', "entry_machine", ""},
		{merchant.SubjectGovernment, merchant.FieldLegalRepIDValidTo, 'C', "requested", "法定代表人证件长期有效，或联系人证件有效期止"},
		{merchant.SubjectMicro, merchant.FieldMCC, 'R', "", ""},
	} {
		r := find(c.subject, c.field)
		when := ""
		if r.When != nil {
			when = r.When.Name
		}
		if r.Need != c.need || when != c.when || r.InsteadText("zh") != c.instead || r.Member() != (c.field == merchant.FieldTerminalsSerialNo) {
			t.Errorf("%s %s: %c %q %q", c.subject, c.field.Path(), r.Need, when, r.InsteadText("zh"))
		}
	}
	if p.Requirements("company") != nil {
		t.Error("an unknown subject type has requirements")
	}
}

// TestDue: nothing is due of a complete merchant; what is taken away is due unless something stands in its place.
func TestDue(t *testing.T) {
	p := open(t, "base")
	due := func(m *merchant.Merchant) string {
		var paths []string
		for _, path := range p.Due(m) {
			paths = append(paths, path.String())
		}
		return strings.Join(paths, " ")
	}
	for _, s := range []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro, merchant.SubjectInstitution,
		merchant.SubjectGovernment, merchant.SubjectSocialOrg} {
		if got := due(rulestest.Clean(s, 0)); got != "" {
			t.Errorf("%s: %s", s, got)
		}
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.Settlement.BranchName, m.Licence.ValidTo, m.Licence.LongTerm = "", merchant.Date{}, false
	m.BeneficialOwners[0].IDNo, m.BeneficialOwners[0].IDValidTo, m.BeneficialOwners[0].IDLongTerm = "", merchant.Date{}, true
	m.Contact.Type, m.Inspection.LastOn, m.Status.State = merchant.ContactHandler, merchant.Date{}, merchant.StateSuspended
	want := "licence.valid_to beneficial_owners[0].id_no contact.id_type contact.id_no contact.id_valid_from contact.id_valid_to contact.authorisation_ref status.reason inspection.last_on"
	if got := due(m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	m = rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.BeneficialOwners = nil
	if got := due(m); got != "beneficial_owners" {
		t.Errorf("owners: %s", got)
	}
	m.BOExemption = true
	if got := due(m); got != "beneficial_owners shareholders" {
		t.Errorf("exempt without shareholders: %s", got)
	}
	m.Shareholders = []merchant.Shareholder{{Name: "张三", NaturalPerson: true}}
	if got := due(m); got != "" {
		t.Errorf("exempt: %s", got)
	}
	if u := rulestest.Clean(merchant.SubjectMicro, 0); len(open(t, "wechat").Due(u)) != 1 { // the service phone
		t.Errorf("wechat: %v", open(t, "wechat").Due(u))
	}
}

func TestFormatDate(t *testing.T) {
	day := merchant.Day(2019, 6, 6)
	for form, want := range map[string]string{"yyyy-MM-dd": "2019-06-06", "yyyyMMdd": "20190606", "yyyy/M/d": "2019/6/6", "yyyy.M.d": "2019.6.6"} {
		p, err := Read("p", strings.NewReader(`{"export": {"date": "`+form+`", "long_term": "永久", "long_term_fields": {"beneficial_owners[].id_valid_to": "29991231"}}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.FormatDate(merchant.FieldLicenceValidTo, day, false); got != want {
			t.Errorf("%s: %s", form, got)
		}
		if p.FormatDate(merchant.FieldLicenceValidTo, merchant.Date{}, true) != "永久" || p.FormatDate(merchant.FieldBeneficialOwnersIDValidTo, day, true) != "29991231" || p.FormatDate(merchant.FieldLicenceValidTo, merchant.Date{}, false) != "" {
			t.Error("long-term words")
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"params":{"age_min":18}}`)
	f.Add(`{"extends":"huifu", // c
 "codes":{"id_type":{"00":"resident_id"}},"aliases":{"fees[card_debit].cap_cny":["封顶(分)"]},}`)
	f.Add(`{"params":{"alternatives":{"mcc":[{"by":["names.legal"],"for":["micro"]}]},"conditions":{"mcc":"offline"}},"export":{"date":"yyyyMMdd"}}`)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Read("p", strings.NewReader(s))
		if err != nil {
			var e *Error
			if text := err.Error(); strings.ContainsAny(text, "\r\n") || !errors.As(err, &e) || e.ZH == "" {
				t.Errorf("%q", text)
			}
			return
		}
		// What reads once reads again, and says the same.
		full, err := p.JSON()
		if err != nil || !json.Valid(full) {
			t.Fatal(err)
		}
		again, err := Read("p", strings.NewReader(string(full)))
		if err != nil {
			t.Fatalf("%v\n%s", err, full)
		}
		for _, subject := range []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectMicro} {
			if a, b := p.Requirements(subject), again.Requirements(subject); !reflect.DeepEqual(a, b) {
				t.Errorf("%v\n%v", a, b)
			}
		}
	})
}
