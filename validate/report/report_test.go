package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

var update = flag.Bool("update", false, "write the golden files")

func rule(id rules.ID, star int, s rules.Severity, k rules.Kind, zh, en string) *rules.Rule {
	return &rules.Rule{ID: id, Star: star, Severity: s, Kind: k, Cause: "SC-01",
		Title: rules.Text{ZH: zh, EN: en}, Message: rules.Text{ZH: zh + "：{value}", EN: en + ": {value}"},
		Remedy: rules.Text{ZH: "核对后改正。", EN: "Check and correct."}, Doc: rules.Text{ZH: "条件。", EN: "Condition."},
		Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB 32100-2015", Verified: true}, {Level: rules.PolicyLevel, Cite: "unread"}}}
}

// batch is a report made by hand: the calls of Findings, and the summary.
type batch struct {
	rules   []*rules.Rule
	calls   []call
	summary validate.Summary
	diff    *diff.Counts
	private []string // values that must not be shown
}

type call struct {
	rec   *merchant.Record
	found []rules.Finding
}

const sheet = "商户"

// record returns a clean merchant with columns as a loader fills them. What golden files show is fixed here.
func record(n, row int) *merchant.Record {
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectIndividualBusiness, n))
	r.MerchantNo = fmt.Sprintf("89829005411%04d", n+1)
	r.Licence.Number = fmt.Sprintf("92310104MA1%05d1A", n)
	r.LegalRep.IDNo = fmt.Sprintf("31010419780101%04d", 12+n)
	r.Settlement.AccountNo = fmt.Sprintf("62284840256%08d", 379+n)
	r.Contact.Mobile = fmt.Sprintf("139%08d", 10000000+n)
	r.Source = merchant.Source{File: "incoming/book.xlsx", Sheet: sheet, Row: row, Columns: &merchant.Columns{List: []merchant.Column{
		{Letter: "A", Header: "商户号", Path: merchant.At(merchant.FieldMerchantNo)},
		{Letter: "K", Header: "统一社会信用代码", Path: merchant.At(merchant.FieldLicenceNumber)},
		{Letter: "L", Header: "法人身份证", Path: merchant.At(merchant.FieldLegalRepIDNo)},
		{Letter: "M", Header: "结算账号", Path: merchant.At(merchant.FieldSettlementAccountNo)},
		{Letter: "AA", Header: "手机", Path: merchant.At(merchant.FieldContactMobile)},
	}}}
	return r
}

func at(r *merchant.Record, rule *rules.Rule, f merchant.Field, fixes ...rules.Fix) rules.Finding {
	p := merchant.At(f)
	return rules.Finding{Rule: rule, Severity: rule.Severity, Source: r.SourceOf(p), Column: r.ColumnOf(p), Key: r.Key(), Path: p, Value: r.Text(p), Fixes: fixes}
}

func propose(r *merchant.Record, f merchant.Field, text string, safe bool) rules.Fix {
	return rules.Fix{Message: rules.Text{ZH: "改为“" + text + "”？", EN: "change to \"" + text + "\"?"}, Safe: safe,
		Edits: []rules.Edit{{Path: merchant.At(f), Old: r.Text(merchant.At(f)), New: text}}}
}

func mixed() *batch {
	var (
		uscc     = rule("LIC003", 39, rules.Error, rules.Checksum, "信用代码校验位不符", "USCC check character wrong")
		idno     = rule("REP004", 0, rules.Error, rules.Checksum, "身份证校验位不符", "ID check character wrong")
		account  = rule("SET026", 0, rules.Warning, rules.Mismatch, "账号与登记不同 <a&b>", "account differs <a&b>")
		same     = rule("BAT001", 22, rules.Error, rules.Duplicate, "商户号重复", "merchant number repeated")
		spaces   = rule("IMP010", 0, rules.Info, rules.Normalised, "去掉了空格", "blanks removed")
		heading  = rule("SRC005", 0, rules.Warning, rules.Format, "表头疑似写错", "heading probably misspelt")
		registry = rule("DIF001", 1, rules.Error, rules.Missing, "银行登记中不存在", "not in the registry")
		params   = rule("TRM007", 14, rules.Error, rules.Mismatch, "终端参数不一致", "terminal parameters differ")
	)
	heading.Scope = rules.SheetScope
	heading.Message = rules.Text{ZH: "“{header}”疑似“{near}”", EN: "{header} looks like {near}"}
	account.Message = rules.Text{ZH: "账号 {a} 与登记 {b} 不同 <a&b>", EN: "account {a} and registry {b} differ <a&b>"}
	registry.Needs, params.Needs = rules.NeedRegistry, rules.NeedTermParams
	a, b := record(0, 17), record(1, 4)
	swap := func(s string) string { return s[:6] + s[7:8] + s[6:7] + s[8:] }
	number, id, other := a.Licence.Number, a.LegalRep.IDNo, swap(b.Settlement.AccountNo)
	header := rules.Finding{Rule: heading, Severity: heading.Severity, Source: merchant.Source{File: a.Source.File, Sheet: sheet},
		Column: &merchant.Column{Letter: "C", Header: "联系\x1b[31m人"}, Params: []rules.Param{rules.P("header", "联系\x1b[31m人"), rules.P("near", "联系人")}}
	mismatch := at(b, account, merchant.FieldSettlementAccountNo)
	mismatch.Params = []rules.Param{rules.V("a", merchant.FieldSettlementAccountNo, b.Settlement.AccountNo), rules.V("b", merchant.FieldSettlementAccountNo, other)}
	twice := at(a, same, merchant.FieldMerchantNo)
	twice.Related = []rules.Related{{Source: b.SourceOf(merchant.At(merchant.FieldMerchantNo)), Path: twice.Path},
		{Source: merchant.Source{File: "bank/registry.csv", Row: 9}, Path: twice.Path}}
	return &batch{
		rules: []*rules.Rule{uscc, idno, account, same, spaces, heading, registry, params},
		calls: []call{
			{nil, []rules.Finding{header}},
			{a, []rules.Finding{
				at(a, spaces, merchant.FieldContactMobile),
				at(a, idno, merchant.FieldLegalRepIDNo, propose(a, merchant.FieldLegalRepIDNo, swap(id), false)),
				at(a, uscc, merchant.FieldLicenceNumber, propose(a, merchant.FieldLicenceNumber, swap(number), false),
					propose(a, merchant.FieldLicenceNumber, number[:17]+"Z", false)),
			}},
			{b, []rules.Finding{mismatch, at(b, spaces, merchant.FieldContactMobile, propose(b, merchant.FieldContactMobile, b.Contact.Mobile, true))}},
			{nil, []rules.Finding{twice}},
		},
		summary: validate.Summary{AsOf: rulestest.AsOf, Profile: "base", Records: 2, Errors: 3, Warning: 2, Info: 2,
			Rules: map[rules.ID]validate.RuleCount{
				"LIC003": {Applied: 2, Found: 1}, "REP004": {Applied: 1, Found: 1, Skipped: map[string]int{"blocked by REP002": 1}},
				"SET026": {Applied: 2, Found: 1}, "BAT001": {Applied: 2, Found: 1}, "IMP010": {Applied: 2, Found: 2}, "SRC005": {Applied: 1, Found: 1},
				"DIF001": {Skipped: map[string]int{"needs registry": 2}},
				"TRM007": {Skipped: map[string]int{"needs terminal parameters": 2}},
			}},
		private: []string{number, swap(number), number[:17] + "Z", id, swap(id), a.Settlement.AccountNo, b.Settlement.AccountNo, other, a.Contact.Mobile, b.Contact.Mobile, b.LegalRep.IDNo},
	}
}

func folding() *batch {
	rep := rule("REP004", 0, rules.Error, rules.Checksum, "身份证校验位不符", "ID check character wrong")
	lic := rule("LIC003", 39, rules.Error, rules.Checksum, "信用代码校验位不符", "USCC check character wrong")
	b := &batch{rules: []*rules.Rule{rep, lic}, diff: &diff.Counts{Matched: 40, Equal: 30, Changed: 10},
		summary: validate.Summary{AsOf: rulestest.AsOf, Profile: "base", Records: 40, Errors: 21, Partial: true,
			Rules: map[rules.ID]validate.RuleCount{"REP004": {Applied: 40, Found: 20}, "LIC003": {Applied: 40, Found: 1}}}}
	for n := range 20 {
		r := record(n, n+2)
		found := []rules.Finding{at(r, rep, merchant.FieldLegalRepIDNo)}
		if n == 7 {
			found = append(found, at(r, lic, merchant.FieldLicenceNumber))
		}
		b.calls = append(b.calls, call{r, found})
		b.private = append(b.private, r.LegalRep.IDNo, r.Licence.Number)
	}
	return b
}

// accepted is mixed with a suppression whose reason names a person, and a baseline that knows a warning.
func accepted() *batch {
	b := mixed()
	id := b.calls[1].rec.LegalRep.IDNo
	valid := id[:17]
	for c := range strings.SplitSeq("0123456789X", "") {
		if residentid.Valid(valid + c) {
			valid += c
			break
		}
	}
	found := b.calls[1].found
	for i := range found[:2] {
		found[i].Suppressed = &rules.Suppressed{Reason: "证件换发中\x1b，" + valid, Until: merchant.Day(2027, 1, 31)}
	}
	found[2].Baseline, b.calls[2].found[0].Baseline = rules.BaselineNew, rules.BaselineOpen
	b.private = append(b.private, valid)
	b.summary.Suppressed, b.summary.Errors, b.summary.Info = 2, 2, 1
	b.summary.Baseline = &validate.BaselineCount{New: validate.Severities{Errors: 2, Warning: 1, Info: 1}, Open: validate.Severities{Warning: 1}, Fixed: 4}
	return b
}

func clean() *batch {
	dif := rule("DIF001", 1, rules.Error, rules.Missing, "银行登记中不存在", "not in the registry")
	dif.Needs = rules.NeedRegistry
	return &batch{rules: []*rules.Rule{dif}, summary: validate.Summary{AsOf: rulestest.AsOf, Profile: "base", Records: 3,
		Rules: map[rules.ID]validate.RuleCount{"DIF001": {Skipped: map[string]int{"needs registry": 3}}}}}
}

func (b *batch) write(t *testing.T, w report.Writer) {
	t.Helper()
	for _, c := range b.calls {
		if err := w.Findings(c.rec, c.found); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Summary(b.summary, b.diff); err != nil {
		t.Fatal(err)
	}
}

func text(w io.Writer, o report.Options) report.Writer  { return report.NewText(w, o) }
func jsonl(w io.Writer, o report.Options) report.Writer { return report.NewJSON(w, o) }

func TestGolden(t *testing.T) {
	for _, c := range []struct {
		name  string
		batch *batch
		form  func(io.Writer, report.Options) report.Writer
		o     report.Options
	}{
		{"mixed.zh.txt", mixed(), text, report.Options{Lang: "zh"}},
		{"mixed.en.txt", mixed(), text, report.Options{Lang: "en"}},
		{"mixed.narrow.txt", mixed(), text, report.Options{Lang: "zh", Width: 60, Color: true}},
		{"mixed.rule.zh.txt", mixed(), text, report.Options{Lang: "zh", ByRule: true}},
		{"mixed.jsonl", mixed(), jsonl, report.Options{Lang: "zh"}},
		{"mixed.unmask.jsonl", mixed(), jsonl, report.Options{Lang: "en", Unmask: true}},
		{"folding.zh.txt", folding(), text, report.Options{}},
		{"folding.rule.en.txt", folding(), text, report.Options{Lang: "en", ByRule: true}},
		{"accepted.zh.txt", accepted(), text, report.Options{}},
		{"accepted.en.txt", accepted(), text, report.Options{Lang: "en"}},
		{"accepted.jsonl", accepted(), jsonl, report.Options{}},
		{"clean.zh.txt", clean(), text, report.Options{}},
		{"clean.en.txt", clean(), text, report.Options{Lang: "en"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Rules = c.batch.rules
			var out, again bytes.Buffer
			c.batch.write(t, c.form(&out, c.o))
			c.batch.write(t, c.form(&again, c.o))
			if !bytes.Equal(out.Bytes(), again.Bytes()) {
				t.Error("two reports of the same findings differ")
			}
			golden(t, c.name, out.Bytes())
			for _, s := range c.batch.private {
				if !c.o.Unmask && strings.Contains(out.String(), s) {
					t.Errorf("the masked report shows %s", s)
				}
			}
			if strings.HasSuffix(c.name, "l") {
				for line := range strings.Lines(out.String()) {
					if !json.Valid([]byte(line)) {
						t.Errorf("not JSON: %s", line)
					}
				}
			} else if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 && !c.o.Color {
				t.Errorf("a control character at byte %d", i)
			}
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", name, got)
	}
}

// TestNoSilentGreen: nothing found is never the only thing said while rules were skipped or nothing was read.
func TestNoSilentGreen(t *testing.T) {
	b := clean()
	for name, change := range map[string]func(){
		"skipped":    func() {},
		"no records": func() { b.summary.Records, b.summary.Rules = 0, map[rules.ID]validate.RuleCount{} },
		"partial":    func() { b.summary.Partial = true },
	} {
		change()
		var out bytes.Buffer
		b.write(t, report.NewText(&out, report.Options{Lang: "en", Rules: b.rules}))
		if strings.Contains(out.String(), "Nothing was found.") {
			t.Errorf("%s: %s", name, out.String())
		}
	}
	b = clean()
	b.summary.Rules["DIF001"] = validate.RuleCount{Applied: 3}
	var out bytes.Buffer
	b.write(t, report.NewText(&out, report.Options{Lang: "en", Rules: b.rules}))
	if !strings.HasSuffix(out.String(), "Nothing was found.\n") {
		t.Errorf("got %s", out.String())
	}
	b.summary.Suppressed = 1
	out.Reset()
	b.write(t, report.NewText(&out, report.Options{Lang: "en", Rules: b.rules}))
	if !strings.HasSuffix(out.String(), "Nothing was found beside what is suppressed.\n") {
		t.Errorf("got %s", out.String())
	}
}

// TestJoinedRow: a finding in a row of another sheet stands with its merchant, be it found in the record or the batch.
func TestJoinedRow(t *testing.T) {
	r, terminal := record(0, 2), rule("TRM001", 16, rules.Error, rules.Format, "终端号格式", "terminal number malformed")
	f := at(r, terminal, merchant.FieldMerchantNo)
	f.Source = merchant.Source{File: r.Source.File, Sheet: "终端", Row: 8}
	var out bytes.Buffer
	w := report.NewText(&out, report.Options{Lang: "en", Rules: []*rules.Rule{terminal}})
	b := &batch{calls: []call{{r, []rules.Finding{f}}, {nil, []rules.Finding{f}}}, summary: validate.Summary{Records: 1}}
	b.write(t, w)
	if n := strings.Count(out.String(), "Merchant "+r.Key()); n != 1 {
		t.Errorf("%d headings:\n%s", n, out.String())
	}
}

func TestPageAndCatalogue(t *testing.T) {
	r := rule("LIC003", 39, rules.Error, rules.Checksum, "信用代码校验位不符", "USCC check character wrong")
	r.Fields = []merchant.Field{merchant.FieldLicenceNumber}
	r.Good, r.Bad = "91310104MA1000000X", "x"
	var out bytes.Buffer
	if err := report.Page(&out, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	out.WriteString("---\n")
	if err := report.Catalogue(&out, []*rules.Rule{r}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	out.WriteString("---\n")
	if err := report.CatalogueJSON(&out, []*rules.Rule{r}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "page.zh.txt", out.Bytes())
}

// TestFoldedByFinding: a rule that BAT011 names is folded however few rows it looked at.
func TestFoldedByFinding(t *testing.T) {
	permit := rule("MCC004", 0, rules.Error, rules.Missing, "必备许可证缺失", "permit missing")
	broad := rule("BAT011", 0, rules.Error, rules.Format, "大面积同一错误", "one rule fails on most rows")
	broad.Scope = rules.BatchScope
	var out bytes.Buffer
	w := report.NewText(&out, report.Options{Lang: "en", Rules: []*rules.Rule{permit, broad}})
	for n := range 12 {
		r := record(n, n+2)
		if err := w.Findings(r, []rules.Finding{at(r, permit, merchant.FieldMCC)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Findings(nil, []rules.Finding{{Rule: broad, Severity: rules.Error, Params: []rules.Param{rules.P("rule", "MCC004"), rules.P("pct", "60")}}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Summary(validate.Summary{Records: 100, Errors: 13}, nil); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Count(text, "MCC004") != 1 || !strings.Contains(text, "12 findings in 12 rows") || !strings.Contains(text, "The batch") {
		t.Error(text)
	}
}

// TestWithoutSource: records of a database stand in no file; their findings are placed by key and path.
func TestWithoutSource(t *testing.T) {
	expired := rule("LIC011", 35, rules.Error, rules.Expired, "执照过期", "licence expired")
	twice := rule("BAT001", 5, rules.Error, rules.Duplicate, "商户号重复", "merchant number repeated")
	twice.Scope = rules.BatchScope
	var out bytes.Buffer
	w := report.NewText(&out, report.Options{Lang: "en", Rules: []*rules.Rule{expired, twice}})
	for _, key := range []string{"898290054110001", "898290054110002"} {
		f := rules.Finding{Rule: expired, Severity: rules.Error, Key: key, Path: merchant.At(merchant.FieldLicenceValidTo)}
		if err := w.Findings(merchant.NewRecord(&merchant.Merchant{MerchantNo: key}), []rules.Finding{f}); err != nil {
			t.Fatal(err)
		}
	}
	f := rules.Finding{Rule: twice, Severity: rules.Error, Key: "898290054110001", Path: merchant.At(merchant.FieldMerchantNo), Related: []rules.Related{{Key: "898290054110009"}}}
	if err := w.Findings(nil, []rules.Finding{f}); err != nil {
		t.Fatal(err)
	}
	if err := w.Verdicts(slices.Values([]diagnose.Verdict{{Key: "898290054110002", WouldDecline: diagnose.Yes}, {Key: "898290054110001", WouldDecline: diagnose.Unknown}})); err != nil {
		t.Fatal(err)
	}
	if err := w.Summary(validate.Summary{Records: 2, Errors: 3}, nil); err != nil {
		t.Fatal(err)
	}
	var places []string
	for line := range strings.Lines(out.String()) {
		if rest, ok := strings.CutPrefix(line, "Merchant "); ok {
			places = append(places, strings.TrimSpace(rest))
		} else if strings.Contains(line, "BAT001") || strings.Contains(line, "LIC011") {
			places = append(places, strings.Fields(line)[0])
		} else if strings.Contains(line, "related: ") {
			places = append(places, strings.TrimSpace(line))
		}
	}
	want := []string{"898290054110001", "merchant_no", "related: 898290054110009", "licence.valid_to", "898290054110002 · 03: " + diagnose.Yes.Text().EN, "licence.valid_to"}
	if !slices.Equal(places, want) {
		t.Errorf("%q\nwant %q\n%s", places, want, out.String())
	}
}

// TestChangeOptions: the list of changes names options as people do, in the language of the list.
func TestChangeOptions(t *testing.T) {
	state, _ := merchant.FieldByPath("status.state")
	m := merchant.NewRecord(&merchant.Merchant{MerchantNo: "898290054110001"})
	a := diff.Action{Rule: rule("DIF010", 2, rules.Error, rules.Status, "登记状态不可交易", "not tradable"), Path: merchant.At(state), Registry: "frozen", Ours: "active"}
	for lang, want := range map[string][2]string{"zh": {state.Enum().Label("frozen", "zh"), state.Enum().Label("active", "zh")}, "en": {state.Enum().Label("frozen", "en"), state.Enum().Label("active", "en")}} {
		o := report.Options{Lang: lang}
		row := o.Change(&diff.Result{Local: m, Registry: m}, a)
		if row.Registry != want[0] || row.Ours != want[1] || lang == "zh" && row.Registry == "frozen" {
			t.Errorf("%s: %q and %q, want %q", lang, row.Registry, row.Ours, want)
		}
	}
	a.Registry = "停业整顿"
	if row := (&report.Options{Lang: "en"}).Change(&diff.Result{Local: m, Registry: m}, a); row.Registry != state.Shown("停业整顿") {
		t.Errorf("%q", row.Registry)
	}
}
