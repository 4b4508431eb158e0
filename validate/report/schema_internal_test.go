package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// TestSchemaOfTypes: the $defs name the members of the Go types, no more and no fewer, and require those that are always
// written.
func TestSchemaOfTypes(t *testing.T) {
	var doc struct {
		Defs map[string]struct {
			Properties           map[string]json.RawMessage
			Required             []string
			AdditionalProperties json.RawMessage
		} `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(Schema()), &doc); err != nil {
		t.Fatal(err)
	}
	objects := map[string][]reflect.Type{
		"finding": {reflect.TypeFor[jsonFinding]()}, "verdict": {reflect.TypeFor[jsonVerdict]()}, "change": {reflect.TypeFor[jsonChange]()},
		"left": {reflect.TypeFor[jsonLeft]()}, "rule": {reflect.TypeFor[jsonRule]()}, "requirement": {reflect.TypeFor[jsonRequirement]()},
		"requirements": {reflect.TypeFor[jsonRequirements]()}, "source": {reflect.TypeFor[jsonSource]()}, "fix": {reflect.TypeFor[jsonFix]()},
		"edit": {reflect.TypeFor[jsonEdit]()}, "related": {reflect.TypeFor[jsonRelated]()}, "suppressed": {reflect.TypeFor[jsonSuppressed]()},
		"cause_found": {reflect.TypeFor[jsonCause]()}, "step": {reflect.TypeFor[jsonStep]()}, "check": {reflect.TypeFor[jsonCheck]()},
		"rule_count": {reflect.TypeFor[jsonCount]()}, "diff": {reflect.TypeFor[diff.Counts]()}, "baseline": {reflect.TypeFor[jsonBaseline]()},
		"severities": {reflect.TypeFor[jsonSeverities]()},
		"summary":    {reflect.TypeFor[jsonSummary](), reflect.TypeFor[jsonCorrected]()}, // the second adds to the first
	}
	for name, def := range doc.Defs {
		types := objects[name]
		if (len(def.Properties) > 0) != (len(types) > 0) {
			t.Errorf("%s: %d members and %d Go types", name, len(def.Properties), len(types))
			continue
		}
		if len(types) == 0 {
			continue
		}
		if string(def.AdditionalProperties) != "false" {
			t.Errorf("%s is open", name)
		}
		always, all := members(types[0])
		for _, more := range types[1:] {
			_, list := members(more)
			all = append(all, list...)
		}
		slices.Sort(all)
		slices.Sort(always)
		slices.Sort(def.Required)
		if got := slices.Sorted(maps.Keys(def.Properties)); !slices.Equal(got, slices.Compact(all)) {
			t.Errorf("%s has the members %v, its type %v", name, got, all)
		}
		if !slices.Equal(def.Required, always) {
			t.Errorf("%s requires %v, its type always writes %v", name, def.Required, always)
		}
		delete(objects, name)
	}
	for name := range objects {
		t.Errorf("the schema has no %s", name)
	}
}

// members returns the JSON names of a struct, and those that are written whatever they hold.
func members(t reflect.Type) (always, all []string) {
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name, omit, _ := strings.Cut(f.Tag.Get("json"), ",")
		if all = append(all, name); omit == "" {
			always = append(always, name)
		}
	}
	return always, all
}

// TestSchemaOfLines: the golden lines, the catalogue and the requirements of every profile hold to the schema, the words
// of closed sets and the paths are those of the packages, and what is not in the contract is refused.
func TestSchemaOfLines(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]int{}
	var lines []map[string]any
	check := func(name string, data []byte) {
		for line := range bytes.Lines(data) {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
			if err == nil {
				err = s.Validate(v)
			}
			if err != nil {
				t.Errorf("%s: %s%v", name, line, err)
				continue
			}
			m := v.(map[string]any)
			kind := m["type"].(string)
			if types[kind]++; types[kind] <= 20 {
				lines = append(lines, m)
			}
		}
	}
	files, err := filepath.Glob("testdata/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		check(name, data)
	}
	for _, lang := range []string{"zh", "en"} {
		var b bytes.Buffer
		if err := CatalogueJSON(&b, builtin.Rules(), Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for _, name := range profile.Names() {
			p, err := profile.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range merchant.FieldSubjectType.Enum().Values {
				if err := RequirementsJSON(&b, p, merchant.SubjectType(v.Code), Options{Lang: lang}); err != nil {
					t.Fatal(err)
				}
			}
		}
		check(lang, b.Bytes())
	}
	if types["rule"] != 2*len(builtin.Rules()) || types["finding"] < 15 || types["requirement"] < 1000 || types["summary"] < 30 {
		t.Errorf("lines by type: %v", types)
	}
	valid := func(def string, v any) bool {
		sub, err := c.Compile("schema.json#/$defs/" + def)
		if err != nil {
			t.Fatal(err)
		}
		return sub.Validate(v) == nil
	}
	for _, f := range merchant.Fields() {
		for _, p := range []merchant.Path{merchant.At(f), merchant.Item(f, 12)} {
			if !valid("path", p.String()) {
				t.Errorf("%s is no path", p)
			}
		}
	}
	for _, code := range rules.Causes() {
		if !valid("cause", string(code)) {
			t.Errorf("%s is no cause", code)
		}
	}
	for id, want := range map[string]bool{"LIC003": true, "ACME-001": true, "LIC03": false, "lic003": false, "ACME001": false} {
		if valid("id", id) != want {
			t.Errorf("%s: an ID is not %v", id, want)
		}
	}
	for _, line := range lines {
		for name, change := range map[string]func(map[string]any){
			"a new member": func(m map[string]any) { m["colour"] = "red" },
			"another type": func(m map[string]any) { m["type"] = "result" },
			"no type":      func(m map[string]any) { delete(m, "type") },
			"a severity":   func(m map[string]any) { m["severity"] = "fatal" },
			"a number for text": func(m map[string]any) {
				m["rule"], m["profile"], m["path"] = json.Number("3"), json.Number("3"), json.Number("3")
			},
		} {
			bad := maps.Clone(line)
			if change(bad); s.Validate(bad) == nil {
				t.Errorf("%s is valid: %v", name, bad)
			}
		}
	}
}
