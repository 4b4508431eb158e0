package fix_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
)

// fataler is a test of this package or one of rapid.
type fataler interface {
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// outcome is what correcting a file came to.
type outcome struct {
	copy          fix.Copy
	original      []byte
	corrected     []byte
	before, after []string // findings: record, rule and path
	mended        []string // those of before whose fixes were planned
	turns         int
}

// correct does with a file what the command does; nil when it cannot be read.
func correct(t fataler, v *validate.Validator, raw []byte, ending string) *outcome {
	out := &outcome{original: raw}
	open := func(raw []byte) (*file.Input, error) {
		return file.OpenInput(context.Background(), "-", file.Options{Stdin: bytes.NewReader(raw), As: "m" + ending})
	}
	record := 0 // rows of a text move up when a line break goes
	note := func(to *[]string, r *merchant.Record, found []rules.Finding) {
		for i := range found {
			if found[i].Rule.ID == "SRC013" { // counts the formulas of a column, of which one that gave a blank may be emptied
				continue
			}
			at := found[i].Key
			if r != nil {
				at = strconv.Itoa(record)
			}
			*to = append(*to, at+" "+string(found[i].Rule.ID)+" "+found[i].Path.String())
		}
	}
	in, err := open(raw)
	if err != nil {
		return nil
	}
	_, err = v.Run(context.Background(), in.Records, func(r *merchant.Record, found []rules.Finding) error {
		record++
		note(&out.before, r, found)
		if r != nil {
			_, left := fix.Plan(r, found)
			note(&out.mended, r, slices.DeleteFunc(slices.Clone(found), func(f rules.Finding) bool {
				return !safe(&f) || slices.ContainsFunc(left, func(l fix.Left) bool { return l.Rule == f.Rule && l.Path == f.Path })
			}))
		}
		return out.copy.Take(r, found)
	})
	var unreadable *load.InputError
	if errors.As(err, &unreadable) {
		return nil
	}
	for again := true; again; out.turns++ {
		var b bytes.Buffer
		if err := in.Copy(&b, out.copy.Edits()); err != nil && strings.Contains(err.Error(), "another encoding than UTF-8") {
			return nil // refused
		} else if err != nil {
			t.Fatalf("%v\n%q", err, raw)
		}
		out.corrected = b.Bytes()
		copied, err := open(out.corrected)
		if err != nil {
			t.Fatalf("%v\n%q\n%q", err, raw, out.corrected)
		}
		out.after, record = nil, 0
		_, err = v.Run(context.Background(), copied.Records, func(r *merchant.Record, found []rules.Finding) error {
			record++
			note(&out.after, r, found)
			return out.copy.Check(r, found)
		})
		if errors.As(err, &unreadable) {
			t.Fatalf("%v\n%q\n%q", err, raw, out.corrected)
		}
		if again, err = out.copy.Settle(); err != nil {
			t.Fatalf("%v\n%q\n%q", err, first(raw), first(out.corrected))
		}
	}
	return out
}

func first(b []byte) string { return string(b[:min(len(b), 2000)]) }

// texts returns every text that a file stores, by its place; rows counts the rows, which move up in a text when a line
// break goes.
func texts(t fataler, raw []byte, ending string) (out map[string]string, rows map[int]int) {
	out, rows = map[string]string{}, map[int]int{}
	var book load.Book
	var err error
	switch ending {
	case ".json":
		d := json.NewDecoder(bytes.NewReader(raw))
		for n := 0; d.More(); n++ {
			var v any
			if err := d.Decode(&v); err != nil {
				t.Fatal(err)
			}
			flatten(out, strconv.Itoa(n), v)
		}
		return out, rows
	case ".xlsx":
		book, err = xlsx.Open(context.Background(), bytes.NewReader(raw), int64(len(raw)), xlsx.Options{})
	default:
		book, err = csv.Open(bytes.NewReader(raw), int64(len(raw)), csv.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range book.Sheets() {
		for r, err := range book.Rows(s.Name) {
			if err != nil {
				t.Fatal(err)
			}
			rows[r.Number] = r.Number
			if s.Fields {
				rows[r.Number] = len(rows)
			}
			for i, c := range r.Cells {
				if c.Text != "" {
					out[s.Name+"!"+load.Letter(i)+strconv.Itoa(rows[r.Number])] = c.Text
				}
			}
		}
	}
	return out, rows
}

func flatten(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			flatten(out, strings.TrimPrefix(path+"."+name, "."), member)
		}
	default:
		if s := fmt.Sprint(v); s != "" {
			out[path] = s
		}
	}
}

// hold checks all that is promised about a copy.
func hold(t fataler, v *validate.Validator, raw []byte, ending string) *outcome {
	out := correct(t, v, raw, ending)
	if out == nil {
		t.Fatalf("%q cannot be read", first(raw))
	}
	before, rows := texts(t, out.original, ending)
	after, _ := texts(t, out.corrected, ending)
	for ch := range out.copy.Changes() { // the differences are the list of changes
		at := ch.Source.Sheet + "!"
		if ch.Column != nil {
			at += ch.Column.Letter + strconv.Itoa(rows[ch.Source.Row])
		}
		if ending == ".json" {
			at = strconv.Itoa(ch.Source.Row-1) + "." + ch.Path.String()
		}
		if before[at] != ch.Old || after[at] != ch.New {
			t.Errorf("%s: %q became %q, not %q → %q", at, before[at], after[at], ch.Old, ch.New)
		}
		if before[at] = ch.New; ch.New == "" {
			delete(before, at)
		}
		for _, r := range ch.Rules {
			if !slices.Contains([]rules.ID{"ADR011", "IMP005", "IMP006", "IMP011", "IMP012", "IMP013", "IMP019", "LIC010"}, r.ID) {
				t.Errorf("%s: changed by %s", at, r.ID)
			}
		}
	}
	for at, s := range before {
		if after[at] != s {
			t.Errorf("%s: %q became %q, which no change says", at, s, after[at])
		}
		delete(after, at)
	}
	for at, s := range after {
		t.Errorf("%s: %q appeared", at, s)
	}
	if out.turns == 1 { // what was found is found again, save what was mended
		want := slices.Clone(out.before)
		for _, m := range out.mended {
			if i := slices.Index(want, m); i >= 0 {
				want = slices.Delete(want, i, i+1)
			}
		}
		slices.Sort(want)
		slices.Sort(out.after)
		if !slices.Equal(want, out.after) {
			t.Errorf("found in the copy:\n%s\nwant\n%s\nof %s", strings.Join(out.after, "\n"), strings.Join(want, "\n"), first(out.original))
		}
	}
	return out
}

// columnFields are the columns of the tables below.
var columnFields = []string{"merchant_no", "external_id", "subject_type", "names.legal", "names.english", "licence.number", "licence.valid_to",
	"legal_rep.name", "legal_rep.id_no", "contact.mobile", "addresses.business.province_code", "addresses.business.city_code",
	"addresses.business.district_code", "signed_on", "limits.single_cny", "settlement.account_no", "mcc"}

func paths(t fataler) (list []merchant.Path) {
	for _, f := range columnFields {
		p, err := merchant.ParsePath(f)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// wide makes text full width.
func wide(s string) string {
	return strings.Map(func(c rune) rune {
		if c > ' ' && c < 0x7F {
			return c + 0xFEE0
		}
		return c
	}, s)
}

// mess spoils a value as people and programs do.
func mess(t *rapid.T, p merchant.Path, s string) string {
	for range rapid.IntRange(0, 2).Draw(t, "times") {
		switch rapid.IntRange(0, 13).Draw(t, "mess") {
		case 0:
			s += rapid.SampledFrom([]string{"\u00a0", " ", "\u3000", "\n", "\ufeff", "\u200b "}).Draw(t, "end")
		case 1:
			s = "\u3000" + s
		case 2:
			s = strings.Replace(s, "0", "0\u200b", 1)
		case 3:
			s = wide(s)
		case 4:
			s = strings.ToLower(s)
		case 5:
			if len(s) > 8 && !strings.ContainsFunc(s, func(c rune) bool { return c >= 0x80 }) {
				s = s[:4] + " " + s[4:]
			}
		case 6:
			s += " " + s
		case 7:
			s = rapid.SampledFrom([]string{"无", "/", "N/A", "123456", "待补", "-", "=1+1 ", " +1", "张三•李四", "示例(上海）店", "a\nb", "\ue836 ", "_x0041_ ", `"引号" `, "a,b;c|d\te "}).Draw(t, "word")
		case 8, 9:
			s = ""
		case 10:
			if p.Field.Kind() == merchant.KindDate {
				s = rapid.SampledFrom([]string{"2026年6月6日", "20260606", "2026/6/6", "2026-06-06 00:00:00", "2026-06-06 10:22", "永久", "2099-12-31", "长期", "00000000", "去年"}).Draw(t, "date")
			}
		case 11:
			if p.Field.Kind() == merchant.KindMoney {
				s = rapid.SampledFrom([]string{"￥50,000", "5万元", "50,000.00", "0.30000000000000004", "5万左右", "１２３"}).Draw(t, "amount")
			}
		case 12:
			if p.Field.Group() == "phone" {
				s = "+86 " + s
			}
		}
	}
	return s
}

func table(t *rapid.T) [][]string {
	fields := paths(t)
	head := make([]string, len(fields))
	for i, p := range fields {
		head[i] = p.Label("zh")
	}
	rows := [][]string{head}
	for n := range rapid.IntRange(1, 4).Draw(t, "rows") {
		m := rulestest.Clean(rapid.SampledFrom([]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectMicro}).Draw(t, "subject"), n)
		row := make([]string, len(fields))
		for i, p := range fields {
			row[i] = mess(t, p, m.Text(p))
		}
		rows = append(rows, row)
	}
	return rows
}

func validator(t fataler) *validate.Validator {
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.Workers(1))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// property runs a check over files that make writes into a folder.
func property(t *testing.T, ending string, make func(t *rapid.T, rows [][]string) []byte) {
	v := validator(t)
	changes, givenUp := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		out := hold(t, v, make(t, table(t)), ending)
		for range out.copy.Changes() {
			changes++
		}
		for _, l := range out.copy.Left() {
			if l.Reason == fix.ReadsOtherwise {
				givenUp += l.Times
			}
		}
	})
	if changes < 100 || givenUp > changes/50 {
		t.Errorf("%d changes were made and %d given up", changes, givenUp)
	}
}

func TestText(t *testing.T) {
	property(t, ".csv", func(t *rapid.T, rows [][]string) []byte {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		var b strings.Builder
		for _, row := range rows {
			for i, s := range row {
				if i > 0 {
					b.WriteString(delimiter)
				}
				if strings.ContainsAny(s, "\"\n\r"+delimiter) || rapid.IntRange(0, 4).Draw(t, "quoted") == 0 {
					s = `"` + strings.ReplaceAll(strings.ReplaceAll(s, `"`, `""`), "\n", end) + `"`
				} else if s != "" && rapid.IntRange(0, 9).Draw(t, "formula") == 0 {
					s = `="` + s + `"`
				}
				b.WriteString(s)
			}
			b.WriteString(end)
		}
		text := b.String()
		switch rapid.IntRange(0, 3).Draw(t, "encoding") {
		case 0:
			text = "\ufeff" + text
		case 1:
			text, _ = simplifiedchinese.GB18030.NewEncoder().String(text)
		case 2:
			text, _ = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		}
		return []byte(text)
	})
}

func TestWorkbook(t *testing.T) {
	property(t, ".xlsx", func(t *rapid.T, rows [][]string) []byte {
		f := excelize.NewFile()
		defer f.Close()
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		for r, row := range rows {
			for c, s := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				n, notNumber := strconv.ParseFloat(s, 64)
				switch kind := rapid.IntRange(0, 9).Draw(t, "type"); {
				case s == "":
				case kind == 0 && r > 0:
					err = errors.Join(err, f.SetCellStr("Sheet1", cell, s), f.SetCellFormula("Sheet1", cell, `"x"`))
				case kind < 4 && notNumber == nil && r > 0:
					err = errors.Join(err, f.SetCellFloat("Sheet1", cell, n, -1, 64))
				case kind < 4 && s == "2099-12-31":
					err = errors.Join(err, f.SetCellInt("Sheet1", cell, 73050), f.SetCellStyle("Sheet1", cell, cell, day))
				default:
					err = errors.Join(err, f.SetCellStr("Sheet1", cell, s))
				}
			}
		}
		var b bytes.Buffer
		if err := errors.Join(err, f.Write(&b)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	})
}

func TestJSON(t *testing.T) {
	property(t, ".json", func(t *rapid.T, rows [][]string) []byte {
		var b bytes.Buffer
		for _, row := range rows[1:] { // one a line, so that the row counts them
			object := map[string]any{}
			for i, s := range row {
				if s == "" {
					continue
				}
				at := object
				names := strings.Split(columnFields[i], ".")
				for _, name := range names[:len(names)-1] {
					next, ok := at[name].(map[string]any)
					if !ok {
						next = map[string]any{}
						at[name] = next
					}
					at = next
				}
				at[names[len(names)-1]] = s
				if _, err := strconv.ParseFloat(s, 64); err == nil && !strings.HasPrefix(s, "+") && rapid.Bool().Draw(t, "number") && (s[0] != '0' || strings.HasPrefix(s, "0.")) {
					at[names[len(names)-1]] = json.Number(s)
				}
			}
			if err := json.NewEncoder(&b).Encode(object); err != nil {
				t.Fatal(err)
			}
		}
		return b.Bytes()
	})
}

// TestSample corrects the sample: a book of three sheets with headings of two rows and a title.
func TestSample(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/merchants.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	out := hold(t, validator(t), raw, ".xlsx")
	n := 0
	for range out.copy.Changes() {
		n++
	}
	if n < 100 || out.turns != 1 || len(out.copy.Left()) > 0 {
		t.Errorf("%d changes in %d turns, left %+v", n, out.turns, out.copy.Left())
	}
}

// A row that would be none without the value keeps it; everything else is corrected.
func TestRowThatWouldVanish(t *testing.T) {
	text := "商户号,商户名称,英文名称,外部编号\n以下商户待核实 ,,N/A,\n898290054110001,上海示例商贸有限公司\u3000,N/A,\n"
	out := hold(t, validator(t), []byte(text), ".csv")
	want := "商户号,商户名称,英文名称,外部编号\n以下商户待核实 ,,N/A,\n898290054110001,上海示例商贸有限公司,,\n"
	if string(out.corrected) != want || out.turns != 2 {
		t.Errorf("%q after %d turns", out.corrected, out.turns)
	}
	reasons := map[fix.Reason]int{}
	for _, l := range out.copy.Left() {
		reasons[l.Reason] += l.Times
	}
	if reasons[fix.ReadsOtherwise] != 2 || len(reasons) != 1 {
		t.Error(reasons)
	}
}

// A copy that does not read as it must is never good.
func TestCheck(t *testing.T) {
	row := func(n int, name string) *merchant.Record {
		r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, n))
		r.Source.Row, r.Names.Short = n+2, name
		return r
	}
	for name, again := range map[string][]*merchant.Record{
		"another value": {row(0, "甲"), row(1, "丙")},
		"a row less":    {row(0, "甲")},
		"a row more":    {row(0, "甲"), row(1, "乙"), row(2, "丙")},
		"another row":   {row(0, "甲"), row(2, "乙")},
	} {
		var c fix.Copy
		for _, r := range []*merchant.Record{row(0, "甲"), row(1, "乙")} {
			if err := c.Take(r, nil); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range again {
			if err := c.Check(r, nil); err != nil {
				t.Fatal(err)
			}
		}
		if more, err := c.Settle(); more || !errors.Is(err, fix.ErrDiffers) {
			t.Errorf("%s: %v %v", name, more, err)
		}
	}
}

// FuzzCopy: whatever the text, its copy can be read and reads as it must.
func FuzzCopy(f *testing.F) {
	const head = "商户号,商户名称,英文名称,统一社会信用代码,成立日期,证照有效期止,单笔限额,联系人手机号\n"
	for _, s := range []string{head + "1 ,甲（a)\u00a0,N/A,９1310104ma10000090,2020/1/2,永久,￥5,+86 13910000000\n", head + "\"1\r\n \",\"\"\"甲\"\"\",=\"无\"\n\n合计\n",
		"sep=;\r商户号;商户名称\r1;\"甲\r乙 \"\r"} {
		f.Add([]byte(s), false)
	}
	f.Add([]byte(`[{"merchant_no":" 1","licence":{"valid_to":"2099-12-31"}} , {"names":{"legal":"甲\u3000"},"addresses":{"business":{"district_code":310104}}}]`), true)
	v := validator(f)
	f.Fuzz(func(t *testing.T, raw []byte, asJSON bool) {
		ending := ".csv"
		if asJSON {
			ending = ".json"
		}
		correct(t, v, raw, ending)
	})
}

// Terminals stand in rows of their own sheet; their values are corrected there.
func TestJoinedSheet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	_, err := f.NewSheet("终端")
	for sheet, rows := range map[string][][]any{
		"Sheet1": {{"商户号", "商户名称", "成立日期"}, {"898290054110001 ", "上海示例商贸有限公司", "2020.1.2"}, {"898290054110002", "北京示例商贸有限公司", "2020-01-02"}},
		"终端": {{"商户号", "终端号", "终端序列号", "SIM卡号", "布放日期"}, {"898290054110002", "30000001", "N90001000001", "", "2021-01-01"},
			{"898290054110001", "30000002", "N90001000002\u00a0", "", "2021年1月1日"}},
	} {
		for i := range rows {
			err = errors.Join(err, f.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &rows[i]))
		}
	}
	var b bytes.Buffer
	if err := errors.Join(err, f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	out := hold(t, validator(t), b.Bytes(), ".xlsx")
	var got []string
	for ch := range out.copy.Changes() {
		got = append(got, ch.Source.Sheet+" "+ch.Column.Letter+strconv.Itoa(ch.Source.Row)+" "+ch.Path.String()+" "+ch.New)
	}
	want := []string{"Sheet1 A2 merchant_no 898290054110001", "Sheet1 C2 licence.established_on 2020-01-02",
		"终端 C3 terminals[0].serial_no N90001000002", "终端 E3 terminals[0].installed_on 2021-01-01"}
	if !slices.Equal(got, want) || out.turns != 1 {
		t.Errorf("%q in %d turns", got, out.turns)
	}
}
