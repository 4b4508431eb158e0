package html_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/html"
)

// page is the data in a page.
type page struct {
	Head struct {
		Rules []struct {
			ID, Title, Doc string
			Basis          []string
		}
		Remedies, Files []string
		Words           map[string]string
	}
	Rows [][]any
}

func data(t *testing.T, out string) (p page) {
	t.Helper()
	_, rest, ok := strings.Cut(out, `<script type="application/json" id="data">`)
	raw, _, closed := strings.Cut(rest, "</script>")
	if !ok || !closed {
		t.Fatal("no data in the page")
	}
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func finding(id rules.ID, n int, value string) rules.Finding {
	r, _ := builtin.Lookup(id)
	return rules.Finding{Rule: r, Severity: r.Severity, Key: fmt.Sprint("m", n), Path: merchant.At(r.Fields[0]), Value: value,
		Source: merchant.Source{File: "/home/someone/book.xlsx", Sheet: "商户", Row: n}, Column: &merchant.Column{Letter: "C"}}
}

func write(t *testing.T, o report.Options, s validate.Summary, found ...rules.Finding) string {
	t.Helper()
	var b bytes.Buffer
	w := html.New(&b, o)
	if err := errors.Join(w.Findings(nil, found), w.Summary(s, nil)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPage runs the rules over records of which some are bad and reads the page back.
func TestPage(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	records := func(yield func(*merchant.Record, error) bool) {
		for n := range 6 {
			m := rulestest.Clean(merchant.SubjectEnterprise, n)
			if n%2 == 0 {
				m.LegalRep.IDNo = "31010419780101001" + "2"
				m.Status.State = merchant.StateSuspended
			}
			r := merchant.NewRecord(m)
			r.Source = merchant.Source{File: "book.csv", Row: n + 2}
			if !yield(r, nil) {
				return
			}
		}
	}
	for _, lang := range []string{"zh", "en"} {
		var b bytes.Buffer
		w := html.New(&b, report.Options{Lang: lang})
		c := diagnose.NewCollector(diagnose.Options{Registry: true})
		for r := range records {
			c.Record(r)
		}
		var want []string
		sum, err := v.Run(context.Background(), records, func(r *merchant.Record, found []rules.Finding) error {
			for _, f := range found {
				want = append(want, string(f.Rule.ID)+" "+f.Key)
			}
			c.Findings(found)
			return w.Findings(r, found)
		})
		if err := errors.Join(err, w.Verdicts(c.Verdicts()), w.Summary(sum, nil)); err != nil {
			t.Fatal(err)
		}
		p := data(t, b.String())
		var got []string
		for _, row := range p.Rows {
			got = append(got, p.Head.Rules[int(row[0].(float64))].ID+" "+row[2].(string))
		}
		if !slices.Equal(got, want) || len(want) < 6 {
			t.Errorf("%v, want %v", got, want)
		}
		if strings.Contains(b.String(), "310104197801010012") {
			t.Error("an identity number is not masked")
		}
		for _, text := range map[string][]string{"zh": {"<html lang=\"zh-CN\">", "会被拒绝", "STA005", "缺少"}, "en": {"<html lang=\"en\">", "would be declined", "needs "}}[lang] {
			if !strings.Contains(b.String(), text) {
				t.Errorf("%s: no %q", lang, text)
			}
		}
		if strings.Contains(b.String(), "http://") || strings.Contains(b.String(), "https://") {
			t.Error("the page names something on the network")
		}
	}
}

// TestAccepted: a suppressed finding is listed with its reason and counts neither on a card nor in the chart.
func TestAccepted(t *testing.T) {
	f, g := finding("LIC003", 2, "x"), finding("MCC001", 3, "y")
	f.Suppressed = &rules.Suppressed{Reason: "换照中", Until: merchant.Day(2027, 1, 31)}
	g.Baseline = rules.BaselineOpen
	sum := validate.Summary{Records: 2, Errors: 1, Suppressed: 17, Baseline: &validate.BaselineCount{Open: validate.Severities{Errors: 1}, Fixed: 23}}
	out := write(t, report.Options{}, sum, f, g)
	p := data(t, out)
	for i, want := range []string{"已豁免：换照中（至 2027-01-31）", "基线中已有"} {
		if notes := p.Rows[i][8].([]any); len(notes) != 1 || notes[0] != want {
			t.Errorf("notes %v, want %s", notes, want)
		}
	}
	for _, card := range []string{"<b>17</b>", "<b>23</b>"} {
		if !strings.Contains(out, card) {
			t.Errorf("no card %s", card)
		}
	}
	if n := strings.Count(out, "data-cause="); n != 1 {
		t.Errorf("%d causes in the chart", n)
	}
}

// TestMarkup: text of the input stays text, wherever it turns up.
func TestMarkup(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)><!--` + "\u2028"
	f := finding("IDN006", 3, evil)
	f.Key = evil
	f.Source.Sheet = evil
	f.Params = []rules.Param{rules.P("name", evil), rules.P("char", evil)}
	out := write(t, report.Options{Unmask: true}, validate.Summary{Records: 1, Profile: evil}, f)
	if strings.Contains(out, "<img") || strings.Contains(out, "<!--") || strings.Count(out, "</script>") != 2 {
		t.Error("text of the input became markup")
	}
	if p := data(t, out); len(p.Rows) != 1 || p.Rows[0][2] != evil {
		t.Errorf("%q", p.Rows)
	}
	if strings.Contains(out, "someone") {
		t.Error("the folder of the input is told")
	}
}

// TestPolicy: the policy in the page lets the one script run and nothing else.
func TestPolicy(t *testing.T) {
	out := write(t, report.Options{}, validate.Summary{Records: 1}, finding("LIC003", 2, "9131"))
	i := strings.LastIndex(out, "<script>")
	script := out[i+len("<script>") : strings.LastIndex(out, "</script>")]
	sum := sha256.Sum256([]byte(script))
	if want := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(out, want) || !strings.Contains(out, "default-src 'none'") {
		t.Error("the policy does not fit the script")
	}
}

// TestUnsaid: a page says what is not known before anybody takes it for good news.
func TestUnsaid(t *testing.T) {
	for name, tt := range map[string]struct {
		s    validate.Summary
		o    report.Options
		want string
	}{
		"partial":    {validate.Summary{Records: 1, Partial: true}, report.Options{}, "结果不完整"},
		"no records": {validate.Summary{}, report.Options{}, "没有读到商户记录"},
		"unmasked":   {validate.Summary{Records: 1}, report.Options{Unmask: true}, "含未打码的个人信息"},
		"skipped": {validate.Summary{Records: 1, Rules: map[rules.ID]validate.RuleCount{"DIF001": {Skipped: map[string]int{"needs registry": 1}}}},
			report.Options{}, "DIF001"},
	} {
		if out := write(t, tt.o, tt.s); !strings.Contains(out, tt.want) {
			t.Errorf("%s: no %q", name, tt.want)
		}
	}
}

// TestLarge: 50,000 findings make a page of a size that a browser opens.
func TestLarge(t *testing.T) {
	var found []rules.Finding
	for n := range 50_000 {
		found = append(found, finding([]rules.ID{"LIC003", "REP003", "SET003", "CON001"}[n%4], n+2, "9131010400"))
	}
	out := write(t, report.Options{}, validate.Summary{Records: len(found), Errors: len(found)}, found...)
	if len(out) > 20<<20 {
		t.Errorf("%d bytes", len(out))
	}
	if p := data(t, out); len(p.Rows) != len(found) || len(p.Head.Rules) != 4 {
		t.Errorf("%d rows, %d rules", len(p.Rows), len(p.Head.Rules))
	}
}

type broken struct{}

var errFull = errors.New("no space")

func (broken) Write([]byte) (int, error) { return 0, errFull }

func TestWriteError(t *testing.T) {
	var w io.Writer = broken{}
	p := html.New(w, report.Options{})
	if err := p.Findings(nil, []rules.Finding{finding("LIC003", 2, "x")}); err != nil {
		t.Fatal(err)
	}
	if err := p.Summary(validate.Summary{}, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
