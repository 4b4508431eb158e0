package profile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

func TestBase(t *testing.T) {
	p, err := Base()
	if err != nil {
		t.Fatal(err)
	}
	if p.Params.ExpiryWarnDays != 60 || p.Params.MaxRatePct.String() != "1.50" || p.Params.Need(merchant.FieldMCC, merchant.SubjectMicro) != 'R' {
		t.Errorf("%+v", p.Params)
	}
	// Every field outside lists stands in the matrix, save those that no dossier asks for.
	for _, f := range merchant.Fields() {
		if _, ok := p.Params.Required[f.Path()]; !ok && f.List() == merchant.FieldNone && !strings.HasPrefix(f.Path(), "registry.") && f != merchant.FieldBusinessHours {
			t.Errorf("the matrix lacks %s", f.Path())
		}
	}
	if n := len(p.Requirements(merchant.SubjectEnterprise)); n < 90 {
		t.Errorf("%d requirements", n)
	}
}

func TestReadChangesOnlyWhatItNames(t *testing.T) {
	p, err := Read("house", strings.NewReader(`{"params":{"expiry_warn_days":30,"area_scheme":"gb2260"},"severity":{"LIC012":"info"},"disabled":["CON005"],"levels":{"policy":false}}`))
	if err != nil {
		t.Fatal(err)
	}
	if p.Params.ExpiryWarnDays != 30 || p.Params.AgeMin != 18 || p.Regraded("LIC012") != rules.Info || p.Regraded("LIC011") != 0 || p.Name != "house" {
		t.Errorf("%+v", p)
	}
	policy := &rules.Rule{ID: "XXX001", Basis: []rules.Basis{{Level: rules.PolicyLevel}}}
	mixed := &rules.Rule{ID: "XXX002", Basis: []rules.Basis{{Level: rules.PolicyLevel}, {Level: rules.Law}}}
	named := &rules.Rule{ID: "CON005", Basis: []rules.Basis{{Level: rules.Law}}}
	if !p.Off(policy) || p.Off(mixed) || !p.Off(named) {
		t.Errorf("policy %v, with law %v, by ID %v", p.Off(policy), p.Off(mixed), p.Off(named))
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
	}{
		{"{\n\"params\": {\n\"no_such\": 1}}", 3},
		{"{\n\"params\": {\"age_min\": \"x\"}}", 2},
		{"{\n\n\"severity\": {\"LIC011\": \"fatal\"}}", 3},
		{"{\"params\": {\n\"required\": {\n\"mcc\": \"RRR\"}}}", 3},
		{"{\"params\": {\n\"area_scheme\": \"x\"}}", 2},
		{"{\n\"levels\": {\"law\": false}}", 2},
		{"{\"params\": ", 1},
		{"{} {}", 0},
	} {
		_, err := Read("p", strings.NewReader(c.text))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.text, err)
		} else if e.Line != c.line || strings.Contains(e.Error(), "\n") {
			t.Errorf("%q: line %d, want %d: %v", c.text, e.Line, c.line, e)
		}
	}
}

func TestOpen(t *testing.T) {
	if p, err := Open("base"); err != nil || p.Name != "base" {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.json")); err == nil {
		t.Error("a missing profile is accepted")
	}
	file := filepath.Join(t.TempDir(), "house.json")
	if err := os.WriteFile(file, []byte(`{"params":{"age_max":70}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if p, err := Open(file); err != nil || p.Params.AgeMax != 70 {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"params":{"age_min":18}}`)
	f.Add(string(base))
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := Read("p", strings.NewReader(s)); err == nil {
			p.Params.Need(merchant.FieldMCC, merchant.SubjectMicro)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("the error has more than one line: %q", err)
		}
	})
}
