package xlsx_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

// TestChangeList: each difference stands in the sheets it belongs to, both values side by side with what differs marked.
func TestChangeList(t *testing.T) {
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	c := diff.New(v, diff.Options{RegistryAsOf: rulestest.AsOf})
	for n := range 5 {
		ours := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, n))
		ours.Source = merchant.Source{File: "ours.csv", Row: n + 2}
		theirs := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, n))
		theirs.Source = merchant.Source{File: "bank.csv", Row: n + 2}
		switch n {
		case 0:
			theirs.Settlement.AccountNo = "=1+1" + theirs.Settlement.AccountNo[4:]
		case 1:
			ours.UpdatedOn, theirs.Registry.UpdatedOn = merchant.Day(2026, 1, 1), merchant.Day(2026, 10, 1)
			theirs.MCC = "5999"
		}
		c.AddLocal(ours)
		if n != 2 {
			c.AddRegistry(theirs)
		}
	}
	var b, text bytes.Buffer
	o := report.Options{Unmask: true}
	list := xlsx.NewChangeList(xlsx.NewReport(&b, xlsx.ReportOptions{Options: o}))
	lines := report.NewChanges(&text, o)
	var sum validate.Summary
	counts, err := c.Results(t.Context(), func(r *diff.Result) error {
		sum.Records++
		for _, w := range []report.ResultWriter{list, lines} {
			if err := w.Result(r); err != nil {
				return err
			}
			if err := w.Findings(nil, r.Findings); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []report.ResultWriter{list, lines} {
		if err := w.Summary(sum, &counts); err != nil {
			t.Fatal(err)
		}
	}
	f := read(t, b.Bytes())
	if got, want := f.GetSheetList(), []string{"差异", "报送银行", "更新本方", "问题清单", "汇总", "核对"}; !slices.Equal(got, want) {
		t.Fatal(got)
	}
	rules := func(sheet string) (ids []string) {
		for _, row := range rows(t, f, sheet)[1:] {
			ids = append(ids, row[6])
		}
		return ids
	}
	all, bank, ours := rules("差异"), rules("报送银行"), rules("更新本方")
	if !slices.Contains(all, "DIF006") || !slices.Contains(all, "DIF007") || !slices.Contains(all, "DIF001") || len(bank)+len(ours) != len(all) ||
		!slices.Equal(ours, []string{"DIF007"}) || slices.Contains(bank, "DIF007") {
		t.Errorf("all %v, bank %v, ours %v", all, bank, ours)
	}
	for n, row := range rows(t, f, "差异") {
		if row[6] != "DIF007" {
			continue
		}
		runs, err := f.GetCellRichText("差异", "F"+string(rune('1'+n)))
		if err != nil {
			t.Fatal(err)
		}
		marked := ""
		for _, run := range runs {
			if run.Font != nil && run.Font.Color != "" {
				marked += run.Text
			}
		}
		if whole := row[5]; marked == "" || len(marked) >= len(whole) && whole[0] == '5' || !strings.Contains(whole, marked) {
			t.Errorf("%q is marked of %q", marked, whole)
		}
	}
	for _, sheet := range f.GetSheetList() {
		for n := range rows(t, f, sheet) {
			for _, column := range "EF" {
				if formula, err := f.GetCellFormula(sheet, string(column)+string(rune('1'+n%9))); err != nil || strings.HasPrefix(formula, "1+1") {
					t.Errorf("%s: formula %s", sheet, formula)
				}
			}
		}
	}
	out := text.String()
	if !strings.HasPrefix(out, "\uFEFF办理,") || !strings.Contains(out, ",'=1+1") || strings.Count(out, "\n") != len(all)+1 {
		t.Error(out)
	}
}
