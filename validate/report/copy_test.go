package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// TestCorrections: the list of changes hides what a report hides, and shows all when asked.
func TestCorrections(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	m := rulestest.Clean(merchant.SubjectMicro, 4)
	secrets := []string{m.LegalRep.IDNo, m.Contact.Mobile, m.Settlement.AccountNo, m.LegalRep.Name}
	m.LegalRep.IDNo = m.LegalRep.IDNo[:6] + " " + m.LegalRep.IDNo[6:]
	m.Contact.Mobile = m.Contact.Mobile + "\u00a0"
	m.Settlement.AccountNo = m.Settlement.AccountNo[:4] + " " + m.Settlement.AccountNo[4:]
	m.LegalRep.Name += "\u200b"
	m.LegalRep.Address = "\u3000" + m.LegalRep.Address + secrets[0] // in a field that hides only its end
	m.Names.English = "\x1b[31mN\u202e/A "
	secrets = append(secrets, m.LegalRep.IDNo, m.Settlement.AccountNo)
	c := &report.Corrected{Input: "/home/a/m.jsonl", Output: "/home/a/out.jsonl", Copy: &fix.Copy{}}
	r := merchant.NewRecord(m)
	r.Source.Row = 3
	normalize.Record(r)
	if err := c.Copy.Take(r, v.Append(nil, r)); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zh", "en"} {
		var text, lines, open bytes.Buffer
		o := report.Options{Lang: lang}
		if err := report.Corrections(&text, c, o); err != nil {
			t.Fatal(err)
		}
		if err := report.CorrectionsJSON(&lines, c, o); err != nil {
			t.Fatal(err)
		}
		for _, s := range append(secrets, "/home") {
			if strings.Contains(text.String(), s) {
				t.Errorf("the list shows %q:\n%s", s, text.String())
			}
			if strings.Contains(lines.String(), s) {
				t.Errorf("the JSON lines show %q:\n%s", s, lines.String())
			}
		}
		if strings.ContainsAny(text.String(), "\x1b\u202e\u200b") {
			t.Errorf("the list has characters that turn a terminal about: %q", text.String())
		}
		if n := strings.Count(lines.String(), `{"type":"change"`); n != 6 || strings.Count(text.String(), "\n  ") < n {
			t.Errorf("%d changes:\n%s%s", n, lines.String(), text.String())
		}
		if err := report.CorrectionsJSON(&open, c, report.Options{Lang: lang, Unmask: true}); err != nil || !strings.Contains(open.String(), `"after":"`+secrets[0]+`"`) {
			t.Errorf("%v:\n%s", err, open.String())
		}
	}
}
