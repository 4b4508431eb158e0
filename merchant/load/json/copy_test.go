package json

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func copyOf(raw string, edits ...load.Edit) (string, error) {
	var out bytes.Buffer
	err := Copy(context.Background(), &out, strings.NewReader(raw), int64(len(raw)), load.Options{File: "m.json"}, edits)
	return out.String(), err
}

func edit(t *testing.T, record int, path, old, new string) load.Edit {
	p, err := merchant.ParsePath(path)
	if err != nil {
		t.Fatal(err)
	}
	return load.Edit{Record: record, Path: p, Old: old, New: new}
}

// Only the bytes of the value change, or those of the member that is put in.
func TestCopy(t *testing.T) {
	tests := []struct {
		name, raw  string
		record     int
		path       string
		old, value string
		want       string
	}{
		{"text", `{"mcc":"5411","merchant_no":" 1"}`, 0, "merchant_no", " 1", "1", `{"mcc":"5411","merchant_no":"1"}`},
		{"second object", "\uFEFF{\"merchant_no\":\" 1\"}\r\n {\"merchant_no\" : \" 1\"}\r\n", 1, "merchant_no", " 1", "1", "\uFEFF{\"merchant_no\":\" 1\"}\r\n {\"merchant_no\" : \"1\"}\r\n"},
		{"on one line, in an array", `[{"mcc":" 1"},{"mcc":" 1"}]`, 1, "mcc", " 1", "1", `[{"mcc":" 1"},{"mcc":"1"}]`},
		{"behind objects that are none", `[1,{"names":"x"},{"mcc":" 1"}]`, 0, "mcc", " 1", "1", `[1,{"names":"x"},{"mcc":"1"}]`},
		{"inside, with escapes", `{"other":{"mcc":" 1"},"names":{"legal":"\u4e0a\"海\u00a0 "}}`, 0, "names.legal", "上\"海\u00a0 ", "上\"海<&", `{"other":{"mcc":" 1"},"names":{"legal":"上\"海<&"}}`},
		{"entry of a list", `{"terminals":[{"serial_no":" 1"},{"bound":{"account_no":"1 2"}}]}`, 0, "terminals[1].bound.account_no", "1 2", "12", `{"terminals":[{"serial_no":" 1"},{"bound":{"account_no":"12"}}]}`},
		{"number", `{"limits":{"single_cny":50000.000000000001}}`, 0, "limits.single_cny", "50000.000000000001", "50000", `{"limits":{"single_cny":50000}}`},
		{"number that becomes a text", `{"mcc":763}`, 0, "mcc", "763", "0763", `{"mcc":"0763"}`},
		{"emptied", `{"names":{"english":"N/A"}}`, 0, "names.english", "N/A", "", `{"names":{"english":""}}`},
		{"member put in", `{"addresses":{"business":{"district_code":"310104"}}}`, 0, "addresses.business.city_code", "", "310100", `{"addresses":{"business":{"city_code":"310100","district_code":"310104"}}}`},
		{"member put in, indented", "{\n  \"licence\": {\n    \"valid_from\": \"2020-01-01\"\n  }\n}\n", 0, "licence.long_term", "", "true", "{\n  \"licence\": {\n    \"long_term\": true,\n    \"valid_from\": \"2020-01-01\"\n  }\n}\n"},
		{"member put into an empty object", `{"licence":{ }}`, 0, "licence.long_term", "", "true", `{"licence":{"long_term":true }}`},
		{"null", `{"licence":{"long_term":null}}`, 0, "licence.long_term", "", "true", `{"licence":{"long_term":true}}`},
		{"flag that is not set", `{"licence":{"long_term":false}}`, 0, "licence.long_term", "", "true", `{"licence":{"long_term":true}}`},
		{"flag that is set", `{"licence":{"long_term":true}}`, 0, "licence.long_term", "", "true", `{"licence":{"long_term":true}}`},
	}
	for _, tt := range tests {
		if got, err := copyOf(tt.raw); got != tt.raw || err != nil {
			t.Errorf("%s: without edits %q, %v", tt.name, got, err)
		}
		if got, err := copyOf(tt.raw, edit(t, tt.record, tt.path, tt.old, tt.value)); got != tt.want || err != nil {
			t.Errorf("%s: %s, %v, want %s", tt.name, got, err, tt.want)
		}
		for _, wrong := range []load.Edit{edit(t, tt.record, tt.path, tt.old+"x", "y"), edit(t, 9, tt.path, tt.old, "y"), edit(t, tt.record, "stats.max_daily_cny", "1", ""), edit(t, tt.record, "onboarding.audit", "", "y")} {
			var in *load.InputError
			if got, err := copyOf(tt.raw, wrong); !errors.As(err, &in) {
				t.Errorf("%s: %s in record %d is made: %s %v", tt.name, wrong.Path, wrong.Record, got, err)
			}
		}
	}
	if _, err := copyOf("\xFF\xFE{\x00}\x00"); err == nil || !strings.Contains(err.Error(), "another encoding than UTF-8") {
		t.Error(err)
	}
	if _, err := copyOf(`{"mcc":"1"`, edit(t, 0, "mcc", "1", "2")); err == nil {
		t.Error("a text that is cut is copied")
	}
}
