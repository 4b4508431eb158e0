package report_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// TestNoLeak runs every case of every rule: no identity number, account or phone of a record stands in a masked report,
// whichever rule worded the sentence.
func TestNoLeak(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		p, err := profile.Base()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Params(&p.Params); err != nil {
			t.Fatal(err)
		}
		p.Params.Compile()
		v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.WithProfile(p))
		if err != nil {
			t.Fatal(err)
		}
		var records load.Records = func(yield func(*merchant.Record, error) bool) {
			for _, r := range c.Records {
				if !yield(r, nil) {
					return
				}
			}
		}
		for _, lang := range []string{"zh", "en"} {
			var out bytes.Buffer
			text, lines := report.NewText(&out, report.Options{Lang: lang}), report.NewJSON(&out, report.Options{Lang: lang})
			sum, err := v.Run(context.Background(), records, func(r *merchant.Record, found []rules.Finding) error {
				if err := text.Findings(r, found); err != nil {
					return err
				}
				return lines.Findings(r, found)
			})
			if err == nil {
				err = text.Summary(sum, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range c.Records {
				for _, value := range private(r) {
					if at := strings.Index(out.String(), value); at >= 0 {
						t.Errorf("%s %s: the report shows %s: %.200s", c.Rule, c.Name, value, out.String()[max(at-150, 0):])
					}
				}
			}
		}
	}
}

// private returns the numbers of a record that a masked report must not show.
func private(r *merchant.Record) []string {
	var list []string
	for _, f := range merchant.Fields() {
		switch f.Mask() {
		case merchant.MaskIdentity, merchant.MaskAccount, merchant.MaskPhone, merchant.MaskEmail:
			for _, p := range r.Paths(f) {
				value := r.Text(p)
				// Not too short to be anybody's number, not masked by the source, not given in a field that may be shown.
				if len(value) >= 8 && !strings.Contains(value, "*") && value != r.Contact.ServicePhone && value != r.MerchantNo {
					list = append(list, value)
				}
			}
		}
	}
	return list
}

// TestNoLeakOfStrays puts a name, a mistyped identity number and a mobile number into every field in turn, as a shifted row
// does: no form of the report prints them, whichever rule quotes the value. Fields of free text may hold a name.
func TestNoLeakOfStrays(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range merchant.Fields() {
		for _, value := range []string{"董海轩", "320106197501011043", "13800138000"} {
			path, name := merchant.At(f), value == "董海轩"
			if f.List() != merchant.FieldNone {
				path = merchant.Item(f, 0)
			}
			if k := f.Kind(); k == merchant.KindList || k == merchant.KindMap || name && k == merchant.KindText && f.Mask() == merchant.MaskNone || f == merchant.FieldContactServicePhone {
				continue
			}
			r := &merchant.Record{Merchant: *rulestest.Clean(merchant.SubjectEnterprise, 0)}
			if r.Ref(path) == nil {
				continue
			}
			normalize.Set(r, path, merchant.Cell{Text: value, Type: merchant.CellText}, normalize.Options{})
			normalize.Finish(r)
			for _, lang := range []string{"zh", "en"} {
				var out bytes.Buffer
				o := report.Options{Lang: lang}
				writers := []report.Writer{report.NewText(&out, o), report.NewJSON(&out, o)}
				sum, err := v.Run(context.Background(), func(yield func(*merchant.Record, error) bool) { yield(r, nil) }, func(r *merchant.Record, found []rules.Finding) error {
					for _, w := range writers {
						if err := w.Findings(r, found); err != nil {
							return err
						}
					}
					return nil
				})
				for _, w := range writers {
					if err == nil {
						err = w.Summary(sum, nil)
					}
				}
				if err != nil {
					t.Fatal(err)
				}
				if at := strings.Index(out.String(), value); at >= 0 {
					t.Errorf("%s: the report shows %s: %.200s", path, value, out.String()[max(at-150, 0):])
				}
			}
		}
	}
}
