package json

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

type result struct {
	records []*merchant.Record
	issues  []*merchant.Record
	rows    []*load.RowError
	err     error
}

func read(text string, o load.Options) (out result) {
	if o.File == "" {
		o.File = "m.jsonl"
	}
	records, err := Read(context.Background(), strings.NewReader(text), int64(len(text)), o)
	if err != nil {
		return result{err: err}
	}
	for r, err := range records {
		var issue *load.SheetIssue
		var row *load.RowError
		switch {
		case errors.As(err, &issue):
			out.issues = append(out.issues, issue.Record)
		case errors.As(err, &row):
			out.rows = append(out.rows, row)
		case err != nil:
			out.err = err
		default:
			out.records = append(out.records, r)
		}
	}
	return out
}

// notes tells the notes of a record as kind and path.
func notes(r *merchant.Record) (list []string) {
	for _, n := range r.Notes {
		list = append(list, fmt.Sprintf("%d %v", n.Kind, n.Path))
	}
	return list
}

// TestValues: a bad value is noted at its path, and the rest of the merchant is there.
func TestValues(t *testing.T) {
	for _, tt := range []struct {
		json string
		path string
		want string
		note merchant.NoteKind
	}{
		{`{"licence":{"valid_from":"2024-13-45","number":"91310000MA1FL0000X"}}`, "licence.valid_from", "", merchant.NoteBadDate},
		{`{"licence":{"valid_from":"2024年1月2日"}}`, "licence.valid_from", "2024-01-02", merchant.NoteDateForm},
		{`{"licence":{"valid_from":20240102}}`, "licence.valid_from", "2024-01-02", merchant.NoteSerialDate},
		{`{"licence":{"valid_to":"9999-12-31"}}`, "licence.long_term", "true", merchant.NoteNone},
		{`{"licence":{"long_term":true}}`, "licence.long_term", "true", merchant.NoteNone},
		{`{"licence":{"long_term":"maybe"}}`, "licence.long_term", "", merchant.NoteBadFlag},
		{`{"merchant_no":310310058140001}`, "merchant_no", "310310058140001", merchant.NoteNone},
		{`{"settlement":{"account_no":6228480402564890018}}`, "settlement.account_no", "6228480402564890018", merchant.NoteNone},
		{`{"settlement":{"account_no":6228480402564890000}}`, "settlement.account_no", "6228480402564890000", merchant.NoteNone}, // IMP010
		{`{"settlement":{"account_no":6228480402564890018.5}}`, "settlement.account_no", "", merchant.NoteLostDigits},
		{`{"settlement":{"account_no":-6228480402564890018}}`, "settlement.account_no", "", merchant.NoteLostDigits},
		{`{"terminals":[{"terminal_no":1234567}]}`, "terminals[0].terminal_no", "1234567", merchant.NoteNone}, // IMP002
		{`{"settlement":{"account_no":6.22848e+18}}`, "settlement.account_no", "", merchant.NoteLostDigits},
		{`{"settlement":{"account_no":"6.22848E+18"}}`, "settlement.account_no", "", merchant.NoteScientific},
		{`{"mcc":"#N/A"}`, "mcc", "", merchant.NoteErrorCell},
		{`{"mcc":"待补"}`, "mcc", "", merchant.NotePlaceholder},
		{`{"mcc":"５４１１"}`, "mcc", "5411", merchant.NoteCode},
		{`{"names":{"legal":" 甲 "}}`, "names.legal", "甲", merchant.NoteInvisible},
		{`{"names":{"legal":null}}`, "names.legal", "", merchant.NoteNone},
		{`{"names":null,"mcc":"5411"}`, "mcc", "5411", merchant.NoteNone},
		{`{"fees":[{"product":"wechat","rate_pct":0.6}]}`, "fees[0].rate_pct", "0.60", merchant.NoteNone},
		{`{"fees":[{},{"rate_pct":"0.38-0.6"}]}`, "fees[1].rate_pct", "", merchant.NoteBadAmount},
		{`{"fees":[{"cap_cny":"2,000.5元"}]}`, "fees[0].cap_cny", "2000.50", merchant.NoteAmountForm},
		{`{"fees":[{"rate_pct":0.30000000000000004}]}`, "fees[0].rate_pct", "0.30", merchant.NoteAmountForm},
		{`{"terminals":[null,{"bound":{"account_no":"6228480402564890018"}}]}`, "terminals[1].bound.account_no", "6228480402564890018", merchant.NoteNone},
		{`{"stats":{"window_days":1.5}}`, "stats.window_days", "", merchant.NoteBadAmount},
		{`{"addresses":{"business":{"province_code":"上海市","lat":31.5}}}`, "addresses.business.lat", "31.5", merchant.NoteNone},
		{`{"field_dates":{"mcc":"2024/1/2","terminals[].serial_no":"x"}}`, "field_dates", "", merchant.NoteBadDate},
	} {
		out := read(`{"external_id":"k","subject_type":"micro",`+tt.json[1:], load.Options{})
		if out.err != nil || len(out.records) != 1 || len(out.rows)+len(out.issues) > 0 {
			t.Errorf("%s: %+v", tt.json, out)
			continue
		}
		r := out.records[0]
		p, err := merchant.ParsePath(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if r.ExternalID != "k" || r.SubjectType != merchant.SubjectMicro || r.Text(p) != tt.want {
			t.Errorf("%s: %q, %v", tt.json, r.Text(p), notes(r))
		}
		if tt.note != merchant.NoteNone && !r.Noted(tt.note, p) || tt.note == merchant.NoteNone && slices.ContainsFunc(r.Notes, func(n merchant.Note) bool { return n.Path == p }) {
			t.Errorf("%s: noted %v", tt.json, notes(r))
		}
	}
	out := read(`{"field_dates":{"mcc":"2024/1/2"}}`, load.Options{})
	if len(out.records) != 1 || out.records[0].ChangedOn(merchant.FieldMCC) != merchant.Day(2024, 1, 2) {
		t.Error(out)
	}
}

// TestEnvelope: merchants within the answer of a service are not read as one that is empty; the error says where they are.
func TestEnvelope(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`{"code":0,"data":{"total":2,"list":[{"merchantNo":"1"},{"merchantNo":"2"}]}}`, "$.data.list (2 objects)"},
		{`{"status":"ok","data":[{"merchant_no":"1"}]}`, "$.data (1 object)"},
		{`{"code":0,"data":{"merchant_no":"1","mcc":"5411"}}`, "$.data (a merchant)"},
		{`{"a":[{}],"b":[1],"c":[{}],"d":{"e":[{}]},"f":[{}]}`, "$.a (1 object), $.c (1 object), $.d.e (1 object), …"},
		{`{"330106197102021016":{"merchant_no":"1"}}`, "$.… (a merchant)"},
		{`{"data":{"list":[]}}`, ""},
		{`{"data":{"total":0},"msg":"ok"}`, ""},
		{`{"merchant_no":"1","extra":[{"x":1}]}`, ""},
		{`{"names":{"legal":"甲"},"data":[{"merchant_no":"1"}]}`, ""},
		{`[{"data":[{"merchant_no":"1"}]}]`, ""},
		{`{"data":[{}]}` + "\n" + `{"merchant_no":"2"}`, "$.data (1 object)"},
	} {
		out := read(tt.json, load.Options{})
		var in *load.InputError
		switch errors.As(out.err, &in) {
		case true:
			if tt.want == "" || !strings.HasSuffix(in.ProblemEN, " in "+tt.want) || in.Row != 1 || len(out.records) > 0 {
				t.Errorf("%s: %v, %d records", tt.json, out.err, len(out.records))
			}
		case false:
			if tt.want != "" || out.err != nil || len(out.records) != 1 {
				t.Errorf("%s: %v, %d records", tt.json, out.err, len(out.records))
			}
		}
	}
}

// TestDialect: codes and the institution of a house hold for JSON as for sheets.
func TestDialect(t *testing.T) {
	d := &load.Dialect{OrgCode: "48980000"}
	d.Translate(merchant.FieldSubjectType, "1", "government")
	out := read(`{"merchant_no":"1","subject_type":"1"}`, load.Options{Dialect: d})
	if len(out.records) != 1 || out.records[0].SubjectType != merchant.SubjectGovernment || out.records[0].Acquirer.OrgCode != "48980000" {
		t.Errorf("%+v", out)
	}
}

// TestShapes: an object of another shape is an error of its row that shows no value.
func TestShapes(t *testing.T) {
	out := read(`{"merchant_no":"1"}
{"licence":"secret"}
{"mcc":["secret"]}
{"terminals":{"terminal_no":"secret"}}
"secret"
{"names":{"legal":"secret","legal":"secret"}}

{"field_dates":{"mcc":{}}}
{"merchant_no":"2"}`, load.Options{RegistryAsOf: merchant.Day(2026, 1, 1)})
	if out.err != nil || len(out.records) != 2 || out.records[0].Source.Row != 1 || out.records[1].Source.Row != 9 || out.records[0].Registry.AsOf.IsZero() {
		t.Fatalf("%+v", out)
	}
	for i, want := range []string{"row 2: licence must be an object", "row 3: mcc must be a single value", "row 4: terminals must be a list", "row 5: not a merchant object",
		"row 6: names.legal stands twice", "row 8: field_dates must hold single dates"} {
		if i >= len(out.rows) || !strings.Contains(out.rows[i].Error(), want) || strings.Contains(out.rows[i].Error()+out.rows[i].In("zh"), "secret") {
			t.Errorf("%s: %v", want, out.rows)
		}
	}
}

// TestUnknownMembers: each is named once for the file, at the line where it came first.
func TestUnknownMembers(t *testing.T) {
	out := read(`{"merchant_no":"1","X":1}
{"merchant_no":"2","X":[{}],"licence":{"nummer":"9","数字":2},"商户简称":"甲","field_dates":{"nothing":"2024-01-01"}}
{"merchant_no":"3","licence":{"nummer":"9"},"terminals":[{"serialno":"1"}],"`+strings.Repeat("long", 20)+`":1}`, load.Options{})
	if out.err != nil || len(out.records) != 3 || len(out.rows) > 0 {
		t.Fatalf("%+v", out)
	}
	var got []string
	for _, r := range out.issues {
		for _, n := range r.Notes {
			got = append(got, fmt.Sprintf("%d %d %s %s %s", r.Source.Row, n.Kind-merchant.NoteColumnUnknown, n.Info, n.Old, n.New))
		}
	}
	want := []string{"1 0 $.X X ", "2 1 $.licence.nummer nummer licence.number", "2 0 $.licence.数字 数字 ", "2 1 $.商户简称 商户简称 names.short", "2 0 $.field_dates.nothing nothing ",
		"3 1 $.terminals[].serialno serialno terminals[].serial_no", "3 0 $.… … "}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var many strings.Builder
	for i := range 3 * maxStrange {
		fmt.Fprintf(&many, "{\"merchant_no\":\"1\",\"names\":{\"legal\":\"甲\"},\"m%d\":1}\n", i)
	}
	out = read(many.String(), load.Options{})
	if n := len(out.issues); n != maxStrange+1 || !strings.Contains(out.issues[n-1].Notes[0].Old, "> 1000") || len(out.records) != 3*maxStrange {
		t.Error(len(out.issues), len(out.records))
	}
}

// TestNotJSON: what is no JSON ends the stream with the line.
func TestNotJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "the file is empty",
		"{}\n{\"mcc\":\n":              "row 2: near this line it is no valid JSON",
		"[{},\n{}":                     "row 2: near this line it is no valid JSON",
		"]":                            "row 1: near this line it is no valid JSON",
		"{}\n\x00":                     "row 2: character 1 is a zero byte",
		"{\"mcc\":\"\xff\"}":           "neither UTF-8 nor GB18030",
		strings.Repeat("[", 20000):     "row 1: near this line it is no valid JSON",
		strings.Repeat(`{"a":`, 20000): "row 1: near this line it is no valid JSON",
	} {
		out := read(text, load.Options{})
		var in *load.InputError
		if !errors.As(out.err, &in) || !strings.Contains(out.err.Error(), want) {
			t.Errorf("%.20q: %v", text, out.err)
		}
	}
	if out := read(" [ ] ", load.Options{}); out.err != nil || len(out.issues) != 1 || out.issues[0].Notes[0].Kind != merchant.NoteNoRows {
		t.Errorf("%+v", out)
	}
}

func TestEncodings(t *testing.T) {
	const text = "{\"names\":{\"legal\":\"上海示例商贸有限公司\"}}\n{\"names\":{\"legal\":\"𠮷\"}}\n"
	for name, encode := range map[string]func(string) (string, error){
		"":         func(s string) (string, error) { return "\uFEFF" + s, nil },
		"GB18030":  simplifiedchinese.GB18030.NewEncoder().String,
		"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String,
		"UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String,
	} {
		raw, err := encode(text)
		if err != nil {
			t.Fatal(err)
		}
		out := read(raw, load.Options{})
		if out.err != nil || len(out.records) != 2 || out.records[0].Names.Legal != "上海示例商贸有限公司" || out.records[1].Names.Legal != "𠮷" || out.records[1].Source.Row != 2 {
			t.Errorf("%s: %+v", name, out)
		}
		if (name != "") != (len(out.issues) == 1 && out.issues[0].Notes[0].Info == name) {
			t.Errorf("%s: told %+v", name, out.issues)
		}
	}
}

// TestList: in a list a member that nobody has is said once; in a few merchants each is missing it.
func TestList(t *testing.T) {
	line := func(i int) string {
		return fmt.Sprintf(`{"merchant_no":"%d","na\u006des":{"legal":"甲","short":""},"mcc":null,"terminals":[],"fees":[{"class":"standard"}],"x":{"mcc":"1"},"field_dates":{}}`, i)
	}
	for _, array := range []bool{false, true} {
		for _, n := range []int{manyMerchants - 1, manyMerchants} {
			var lines []string
			for i := range n {
				lines = append(lines, line(i))
			}
			text := strings.Join(lines, "\n")
			if array {
				text = "[" + strings.Join(lines, ",\n") + "]"
			}
			out := read(text, load.Options{})
			if out.err != nil || len(out.records) != n {
				t.Fatal(out.err, len(out.records))
			}
			r := out.records[n-1]
			if n < manyMerchants {
				if r.Source.Columns != nil || !r.Mapped(merchant.FieldMCC) {
					t.Error("few merchants have columns")
				}
				continue
			}
			for f, want := range map[merchant.Field]bool{merchant.FieldMerchantNo: true, merchant.FieldNamesLegal: true, merchant.FieldNamesShort: false, merchant.FieldMCC: false,
				merchant.FieldTerminals: true, merchant.FieldFeesClass: true, merchant.FieldFees: true, merchant.FieldFeesCapCNY: false, merchant.FieldFieldDates: true} {
				if r.Mapped(f) != want {
					t.Errorf("%s: given %v", f.Path(), !want)
				}
			}
			if _, ok := r.Cell(merchant.At(merchant.FieldMerchantNo)); ok {
				t.Error("there is a cell")
			}
		}
	}
	out := read(strings.Repeat(`{"mcc":"5411"}`, manyMerchants), load.Options{})
	if len(out.issues) != 1 || len(out.issues[0].Notes) != 2 || out.issues[0].Notes[0].Kind != merchant.NoteKeyColumnMissing {
		t.Errorf("%+v", out.issues)
	}
}

// endless gives one object without an end.
type endless struct{ head string }

func (e endless) ReadAt(b []byte, off int64) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	if off < int64(len(e.head)) {
		copy(b, e.head[off:])
	}
	return len(b), nil
}

// TestBounds: one merchant must fit into memory, and progress is told.
func TestBounds(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	records, err := Read(context.Background(), endless{"{}\n{\"mcc\":\""}, 40<<20, load.Options{File: "m.json"})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, e := range records {
		if err = e; r != nil {
			n++
		}
	}
	runtime.ReadMemStats(&after)
	var in *load.InputError
	if !errors.As(err, &in) || in.Row != 2 || n != 1 || !strings.Contains(err.Error(), "more than 32 MiB") {
		t.Error(n, err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 300<<20 {
		t.Errorf("%d MB allocated", got>>20)
	}

	var told []load.Progress
	read(strings.Repeat("{\"merchant_no\":\"1\"}\n", 600), load.Options{Progress: func(p load.Progress) { told = append(told, p) }})
	if len(told) != 3 || told[2] != (load.Progress{Rows: 600, Done: 12000, Total: 12000}) {
		t.Errorf("%+v", told)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	text := strings.Repeat("{\"merchant_no\":\"1\",\"names\":{\"legal\":\"甲\"}}\n", 1000)
	records, err := Read(ctx, strings.NewReader(text), int64(len(text)), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, e := range records {
		if err = e; r != nil {
			n++
		}
		cancel()
	}
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Error(n, err)
	}
}

// FuzzRead reads any text. A code, a name and a day that reading has not noted must be those that encoding/json reads.
func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"merchant_no":"1"}`, `[{"fees":[{"product":"wechat","rate_pct":"0.60"}]},{}]`, `{"licence":{"valid_to":"2024-13-45","established_on":"2024-01-02"}}`, `{"merchant_no":440106198001011234}`,
		"[", "]", "{}}", "\uFEFF{}", `{"x":{"y":[1,2,{"z":null}]}}`, "{\"mcc\":\"1\\", `{"terminals":[null,{}],"names":{"english":"A"}}`, `{"code":0,"data":{"total":1,"list":[{"merchantNo":1}]}}`, `{"a":{"b":{"c":[{},1]}}}`, "{\"a\\u0062\":\"\\", "\xFF\xFE{\x00}\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<14 {
			return
		}
		out := read(string(raw), load.Options{})
		var in *load.InputError
		if out.err != nil && !errors.As(out.err, &in) {
			t.Fatal(out.err)
		}
		if out.err != nil || len(out.records) != 1 || len(out.rows)+len(out.issues)+len(out.records[0].Notes) > 0 || !utf8.Valid(raw) {
			return
		}
		var m merchant.Merchant
		d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
		if d.Decode(&m) != nil {
			return
		}
		got := out.records[0]
		if got.MerchantNo != m.MerchantNo || got.Names.English != m.Names.English || got.Licence.EstablishedOn != m.Licence.EstablishedOn {
			t.Fatalf("%s: %+v, want %+v", raw, got.Merchant, m)
		}
	})
}
