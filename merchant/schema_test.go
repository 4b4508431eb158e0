package merchant_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	loadjson "github.com/merchantkyc/merchantkyc/merchant/load/json"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// schema compiles the schema and returns what it says about a text.
func schema(t *testing.T) func(data []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(merchant.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(data []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			return err
		}
		return s.Validate(v)
	}
}

// strict reads a merchant as a service does that takes no unknown members, refuses values that are no option, and asks
// package load/json for a reading without a note.
func strict(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var m merchant.Merchant
	if err := d.Decode(&m); err != nil {
		return err
	}
	for _, f := range merchant.Fields() {
		if f.Kind() != merchant.KindEnum {
			continue
		}
		for _, p := range m.Paths(f) {
			if code := m.Text(p); code != "" {
				if _, ok := f.Enum().Lookup(code); !ok {
					return errors.New(p.String() + " is no option")
				}
			}
		}
	}
	records, err := loadjson.Read(context.Background(), bytes.NewReader(data), int64(len(data)), load.Options{})
	if err != nil {
		return err
	}
	for r, err := range records {
		var issue *load.SheetIssue
		if errors.As(err, &issue) {
			r, err = issue.Record, nil
		}
		if err != nil {
			return err
		}
		for _, n := range r.Notes {
			switch n.Kind {
			case merchant.NoteBadDate, merchant.NoteBadAmount, merchant.NoteBadFlag, merchant.NoteColumnUnknown, merchant.NoteColumnNear:
				return errors.New("a note about " + n.Path.String() + n.Old)
			}
		}
	}
	return nil
}

// TestSchema: the schema says of each merchant of the rules' cases, and of each spoilt one, what strict reading says.
func TestSchema(t *testing.T) {
	check := schema(t)
	said := map[bool]int{}
	agree := func(name string, data []byte) (ok bool) {
		t.Helper()
		bySchema, byReading := check(data), strict(data)
		if (bySchema == nil) != (byReading == nil) {
			t.Errorf("%s: the schema says %v, reading says %v\n%s", name, bySchema, byReading, data)
		}
		said[bySchema == nil]++
		return bySchema == nil
	}
	marshal := func(v any) []byte {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, v := range merchant.FieldSubjectType.Enum().Values {
		for n := range 5 {
			if !agree(v.Code, marshal(rulestest.Clean(merchant.SubjectType(v.Code), n))) {
				t.Errorf("the sound merchant %s %d is refused", v.Code, n)
			}
		}
	}
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		for _, r := range c.Records[:min(2, len(c.Records))] {
			agree(string(c.Rule)+" "+c.Name, marshal(&r.Merchant))
		}
	}
	if said[true] < 500 || said[false] < 5 { // those with a value that is no option
		t.Errorf("%d merchants are valid and %d are not", said[true], said[false])
	}
	for _, tt := range []struct {
		name, path, value string
		ok                bool
	}{
		{"as it is", "mcc", `"5411"`, true},
		{"unknown member", "mcc_code", `"5411"`, false},
		{"unknown member below", "licence.nummer", `"91310104MA1000009X"`, false},
		{"unknown member in a list", "terminals.0.sn", `"1"`, false},
		{"member of another object", "number", `"1"`, false},
		{"no option", "subject_type", `"company"`, false},
		{"option in other letters", "subject_type", `"Enterprise"`, false},
		{"no option in a list", "terminals.0.status", `"broken"`, false},
		{"no such day", "licence.valid_from", `"2023-02-29"`, false},
		{"a day with slashes", "licence.valid_from", `"2023/02/28"`, false},
		{"a day with a time", "licence.valid_from", `"2023-02-28T00:00:00Z"`, false},
		{"a day", "licence.valid_from", `"2024-02-29"`, true},
		{"amount as a text", "limits.single_cny", `"50000.00"`, true},
		{"amount as a number", "limits.single_cny", `50000.5`, true},
		{"zero", "limits.single_cny", `"0.00"`, true},
		{"amount with separators", "limits.single_cny", `"50,000.00"`, false},
		{"amount in words", "limits.single_cny", `"五万"`, false},
		{"amount with a leading zero", "limits.single_cny", `"050000"`, false},
		{"amount as a truth value", "limits.single_cny", `true`, false},
		{"rate with a sign", "fees.0.rate_pct", `"0.60%"`, false},
		{"coordinate", "addresses.business.lng", `"121.436525"`, true},
		{"count", "stats.window_days", `90`, true},
		{"count as a text", "stats.window_days", `"ninety"`, false},
		{"half a day", "stats.window_days", `90.5`, false},
		{"flag", "licence.long_term", `true`, true},
		{"flag as a text", "licence.long_term", `"yes"`, false},
		{"code as a number", "mcc", `5411`, false},
		{"object for a text", "names.legal", `{"zh":"上海瑞丰"}`, false},
		{"text for an object", "names", `"上海瑞丰"`, false},
		{"object for a list", "terminals", `{"terminal_no":"1"}`, false},
		{"change of a field", "field_dates", `{"mcc":"2026-11-15","terminals[].serial_no":"2026-01-01"}`, true},
		{"change of no field", "field_dates", `{"mccc":"2026-11-15"}`, false},
		{"change on no day", "field_dates", `{"mcc":"15.11.2026"}`, false},
	} {
		var m map[string]any
		if err := json.Unmarshal(marshal(rulestest.Clean(merchant.SubjectEnterprise, 0)), &m); err != nil {
			t.Fatal(err)
		}
		put(t, m, strings.Split(tt.path, "."), json.RawMessage(tt.value))
		if got := agree(tt.name, marshal(m)); got != tt.ok {
			t.Errorf("%s: valid is %v", tt.name, got)
		}
	}
	if t.Failed() {
		return
	}
	// What package load/json reads besides: the schema is for those who write.
	for _, text := range []string{`{"mcc":null}`, `{"subject_type":"企业"}`, `{"licence":{"valid_from":""}}`, `{"licence":{"valid_from":"2024/2/9"}}`, `{"limits":{"single_cny":"5万元"}}`} {
		if check([]byte(text)) == nil {
			t.Errorf("%s is valid", text)
		}
		records, err := loadjson.Read(context.Background(), strings.NewReader(text), int64(len(text)), load.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for r, err := range records {
			if err != nil || r.MerchantNo != "" {
				t.Errorf("%s: %v %v", text, r, err)
			}
		}
	}
}

// put sets a member, or an entry of a list, below m.
func put(t *testing.T, m map[string]any, path []string, value any) {
	t.Helper()
	for ; len(path) > 1; path = path[1:] {
		next, ok := m[path[0]].(map[string]any)
		if list, is := m[path[0]].([]any); is {
			next, ok = list[0].(map[string]any)
			path = path[1:]
		}
		if !ok {
			t.Fatalf("the merchant has no %s", path[0])
		}
		m = next
	}
	m[path[0]] = value
}
