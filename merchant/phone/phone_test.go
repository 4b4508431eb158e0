package phone_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
)

var sink error

type vector struct {
	Kind, Value, Why string
	Valid            bool
	AfterNormalise   bool `json:"after_normalise"`
}

func vectors(t *testing.T) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no vectors")
	}
	return list
}

// checks names the function that judges each kind of vector.
var checks = map[string]func(string) error{
	"mobile":        phone.CheckMobile,
	"service_phone": phone.CheckService,
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		check := checks[v.Kind]
		if check == nil {
			t.Fatalf("kind %s has no check", v.Kind)
		}
		if err := check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%s %q (%s): %v", v.Kind, v.Value, v.Why, err)
		}
		if err := check(phone.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%s %q compacted (%s): %v", v.Kind, v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		check func(string) error
		value string
		want  error
	}{
		{"CheckMobile", phone.CheckMobile, "13800138000", nil},
		{"CheckMobile", phone.CheckMobile, "15412345678", nil},
		{"CheckMobile", phone.CheckMobile, "1380013800", phone.ErrLength},
		{"CheckMobile", phone.CheckMobile, "12345678901", phone.ErrFormat},
		{"CheckMobile", phone.CheckMobile, "1380013800O", phone.ErrFormat},
		{"CheckService", phone.CheckService, "13800138000", nil},
		{"CheckService", phone.CheckService, "010-88993108", nil},
		{"CheckService", phone.CheckService, "01088993108", nil},
		{"CheckService", phone.CheckService, "0571-88157818-801", nil},
		{"CheckService", phone.CheckService, "0571-88157818转8001", nil},
		{"CheckService", phone.CheckService, "057188157818#8001", nil},
		{"CheckService", phone.CheckService, "400-860-8608", nil},
		{"CheckService", phone.CheckService, "4008-608-608", nil},
		{"CheckService", phone.CheckService, "8008108888", nil},
		{"CheckService", phone.CheckService, "95516", nil},
		{"CheckService", phone.CheckService, "955160", nil},
		{"CheckService", phone.CheckService, "96110", nil},
		{"CheckService", phone.CheckService, "12315", nil},
		{"CheckService", phone.CheckService, "10086", nil},
		{"CheckService", phone.CheckService, "123156", phone.ErrFormat},
		{"CheckService", phone.CheckService, "110", phone.ErrLength},
		{"CheckService", phone.CheckService, "010-12345", phone.ErrFormat},
		{"CheckService", phone.CheckService, "10-88993108", phone.ErrFormat},
		{"CheckService", phone.CheckService, "40086086", phone.ErrFormat},
		{"CheckService", phone.CheckService, "400--860-8608", phone.ErrFormat},
		{"CheckService", phone.CheckService, "400-860-8608-", phone.ErrFormat},
		{"CheckService", phone.CheckService, "4108608608", phone.ErrFormat},
		{"CheckService", phone.CheckService, "0571-88157818转", phone.ErrFormat},
		{"CheckService", phone.CheckService, "0571-88157818-1234567", phone.ErrFormat},
		{"CheckService", phone.CheckService, "010-18993108", phone.ErrFormat},
		{"CheckService", phone.CheckService, "0110-88993108", phone.ErrFormat},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"13800138000":       "13800138000",
		"+86 138-0013-8000": "13800138000",
		"＋８６　１３８－００１３－８０００": "13800138000",
		"0086 13800138000":        "13800138000",
		"86-138 0013 8000":        "13800138000",
		"(86)13800138000":         "13800138000",
		"+86+8613800138000":       "13800138000",
		"8-613800138000":          "13800138000",
		"\u202d13800138000\u202c": "13800138000", // as telephones copy it
		"138\u200f00138000\u2060": "13800138000",
		"（0571）88157818":          "057188157818",
		"(010)8899-3108":          "01088993108",
		"0571-8815-7818":          "057188157818",
		"0571\u201488157818-801":  "057188157818-801",
		"0571-88157818转8001":      "057188157818转8001",
		"+86-571-88157818-801":    "057188157818-801",
		"+86 10 88993108":         "01088993108",
		"+86 (0)10 88993108":      "01088993108",
		"86 010 88993108":         "01088993108",
		"+86 400-860-8608":        "4008608608",
		"+86 95516":               "95516",
		"86123456":                "86123456",
		"-":                       "",
		"1 \xff":                  "1 \xff",
	} {
		if got := phone.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"13800138000", "057188157818-801", "4008608608", "95516", "057188157818转8001", "电话"} {
		n := testing.AllocsPerRun(100, func() {
			sink = phone.Check(s)
			sink = phone.CheckMobile(s)
			_, _ = phone.SegmentOf(s)
			_, _, _ = phone.AreaOf(s)
			_ = phone.Unreachable(s)
			_ = phone.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "+86 138-0013-8000", "0571-88157818-801", "(010)88993108", "13812345678/13912345678", "3\xc6--\xaf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		for _, part := range phone.Split(s) {
			if !phone.Valid(phone.Compact(part)) {
				t.Errorf("%q is no part of %q", part, s)
			}
		}
		if c := phone.Compact(s); phone.Valid(c) && !phone.Valid(phone.Format(c)) && phone.CheckMobile(c) != nil {
			t.Errorf("Format(%q) is not valid", c)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = phone.Check("0571-88157818-801")
	}
}

func ExampleCheck() {
	fmt.Println(phone.Check("0571-88157818-801"))
	fmt.Println(phone.Check("010-12345"))
	fmt.Println(phone.CheckMobile(phone.Compact("+86 138-0013-8000")))
	// Output:
	// <nil>
	// phone: not the form of a number
	// <nil>
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mobile := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "mobile")
		if phone.CheckMobile(mobile) != nil || !phone.Valid(mobile) {
			t.Fatal(mobile)
		}
		prefix := rapid.SampledFrom([]string{"", "+86", "+86 ", "0086", "86 ", "+86-"}).Draw(t, "prefix")
		if got := phone.Compact(prefix + phone.Format(mobile)); got != mobile {
			t.Fatalf("%s%s compacts to %s", prefix, mobile, got)
		}
		// +86 400… and +86 800… are the toll-free numbers: no area is called so.
		line := rapid.StringMatching(`0(10|2[0-9]|[3-9][0-9]{2})-?[2-9][0-9]{6,7}((-|#|转)[0-9]{1,6})?`).
			Filter(func(s string) bool { return !strings.HasPrefix(s, "0400") && !strings.HasPrefix(s, "0800") }).Draw(t, "landline")
		compact := phone.Compact(line)
		if !phone.Valid(line) || !phone.Valid(compact) {
			t.Fatalf("%s, %s", line, compact)
		}
		area, local, extension, _ := phone.Landline(line)
		area2, local2, extension2, _ := phone.Landline(phone.Compact("+86 " + compact[1:]))
		if area != area2 || local != local2 || extension != extension2 {
			t.Fatalf("%s is %s %s %s, in international form %s %s %s", line, area, local, extension, area2, local2, extension2)
		}
		if s := rapid.StringMatching(`(400|800)-?[0-9]{3}-?[0-9]{4}|9[56][0-9]{3,4}|1[02][0-9]{3}`).Draw(t, "service"); !phone.Valid(s) || !phone.Valid(phone.Compact(s)) {
			t.Fatal(s)
		}
	})
}

func TestFormat(t *testing.T) {
	for in, want := range map[string]string{
		"13800138000": "138 0013 8000", "057188157818": "0571-88157818", "01088993108#12": "010-88993108#12",
		"010-88993108": "010-88993108", "4008608608": "400-860-8608", "95516": "95516", "1": "1",
	} {
		if got := phone.Format(in); got != want {
			t.Errorf("Format(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSegments(t *testing.T) {
	for number, want := range map[string]phone.Segment{
		"13812345678": {Prefix: "138", Carrier: phone.ChinaMobile},
		"13401234567": {Prefix: "1340", Carrier: phone.ChinaMobile},
		"17012345678": {Prefix: "1701", Carrier: phone.ChinaTelecom, Virtual: true},
		"16212345678": {Prefix: "162", Carrier: phone.ChinaTelecom, Virtual: true},
		"14912345678": {Prefix: "149", Carrier: phone.ChinaTelecom, Data: true},
		"16112345678": {Prefix: "161", Carrier: phone.ChinaBroadnet},
		"19912345678": {Prefix: "199", Carrier: phone.ChinaTelecom},
	} {
		if got, ok := phone.SegmentOf(number); !ok || got != want || got.Carrier.ZH() == "" || got.Carrier.EN() == "" {
			t.Errorf("%s: %+v", number, got)
		}
	}
	for _, number := range []string{"14212345678", "14312345678", "15412345678", "16412345678", "19412345678", "13491234567", "1381234567", ""} {
		if got, ok := phone.SegmentOf(number); ok || got != (phone.Segment{}) || got.Carrier.ZH()+got.Carrier.EN() != "" {
			t.Errorf("%s: %+v", number, got)
		}
	}
	for number, want := range map[string]bool{
		"14912345678": true, "13491234567": true, "1064812345678": true, "1440012345678": true,
		"13812345678": false, "1064712345678": false, "1349123456x": false, "": false,
	} {
		if phone.Unreachable(number) != want {
			t.Errorf("Unreachable(%s) is not %t", number, want)
		}
	}
}

func TestAreas(t *testing.T) {
	if code, place, ok := phone.AreaOf("010-88993108"); code != "010" || place != "北京市" || !ok {
		t.Error(code, place, ok)
	}
	if code, place, ok := phone.AreaOf("0999-8815781"); code != "0999" || place == "" || !ok {
		t.Error(code, place, ok)
	}
	if code, place, ok := phone.AreaOf("0300-8815781"); code != "0300" || place != "" || ok {
		t.Error(code, place, ok)
	}
	if code, place, ok := phone.AreaOf("13800138000"); code+place != "" || ok {
		t.Error(code, place, ok)
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string][]string{
		"13812345678/13912345678":       {"13812345678", "13912345678"},
		"13812345678 13912345678":       {"13812345678", "13912345678"},
		"138 1234 5678、010-88993108":    {"138 1234 5678", "010-88993108"},
		"95516；10086\n12315":            {"95516", "10086", "12315"},
		"010 88993108 / 13812345678,":   {"010 88993108", "13812345678"},
		"13812345678 95516/13912345678": {"13812345678", "95516", "13912345678"},
		"13812345678":                   nil,
		"138 1234 5678":                 nil,
		"13812345678,":                  nil,
		"13812345678/801":               nil,
		"":                              nil,
	} {
		if got := phone.Split(in); !slices.Equal(got, want) {
			t.Errorf("Split(%q) = %q, want %q", in, got, want)
		}
	}
}
