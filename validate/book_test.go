package validate_test

import (
	"bytes"
	"context"
	stdcsv "encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// cycle is the number of synthetic merchants after which everything but names and numbers is the same again: places,
// trades, birthdays. A case written for the first merchants can be told of those that many later.
const cycle = 1260

// columns are the headings of a book: every field, and of lists two entries.
func columns() (paths []merchant.Path, header []string) {
	for _, f := range merchant.Fields() {
		switch {
		case f == merchant.FieldFeesProduct: // the headings say it
		case f.List() == merchant.FieldFees:
			for i, product := range []string{"借记卡", "贷记卡"} {
				p := merchant.Item(f, i)
				paths, header = append(paths, p), append(header, product+map[merchant.Field]string{merchant.FieldFeesRatePct: "费率",
					merchant.FieldFeesCapCNY: "封顶", merchant.FieldFeesClass: "费率类别"}[f])
			}
		case f.Kind() == merchant.KindList || f.Kind() == merchant.KindMap || f.List() == merchant.FieldScreeningHits:
		case f.List() != merchant.FieldNone:
			for i := range 2 {
				p := merchant.Item(f, i)
				paths, header = append(paths, p), append(header, p.String())
			}
		default:
			paths, header = append(paths, merchant.At(f)), append(header, f.Label("zh"))
		}
	}
	return paths, header
}

// after returns the next place after n where merchants are like the first ones in sex as well.
func after(n int, subjects []merchant.SubjectType) int {
	for n += cycle; slices.ContainsFunc(subjects, func(s merchant.SubjectType) bool {
		return rulestest.Clean(s, n).LegalRep.Gender != rulestest.Clean(s, 0).LegalRep.Gender
	}); n += cycle {
	}
	return n
}

// told writes the records of a case as rows of merchants that stand n later in the sequence; false where rows cannot say
// what makes the case: types of cells, units of headings, dates of changes, declines.
func told(c *rulestest.Case, n int, paths []merchant.Path) ([][]string, bool) {
	if c.Param != nil || c.Declines != nil {
		return nil, false
	}
	later := map[string]string{} // what identifies the first merchants → what identifies the later ones
	for i, subject := range c.Subjects {
		was, is := rulestest.Clean(subject, i), rulestest.Clean(subject, n+i)
		for _, p := range paths {
			if p.Index < 1 && len(was.Text(p)) > 5 {
				later[was.Text(p)] = is.Text(p)
			}
		}
	}
	var rows [][]string
	for i, r := range c.Records {
		if r.Source.Columns != nil || r.FieldDates != nil || len(r.Screening.Hits) > 0 {
			return nil, false
		}
		raw := map[merchant.Path]string{}
		for _, note := range r.Notes {
			if note.Kind == merchant.NoteRagged || note.Kind == merchant.NoteUnitConflict {
				return nil, false
			}
			if raw[note.Path] == "" {
				raw[note.Path] = note.Old
			}
		}
		was, is := rulestest.Clean(c.Subjects[i], i), rulestest.Clean(c.Subjects[i], n+i)
		row := make([]string, len(paths))
		for k, p := range paths {
			row[k] = r.Text(p)
			if text, ok := raw[p]; ok {
				row[k] = text
			} else if row[k] == was.Text(p) {
				row[k] = is.Text(p)
			} else if text, ok := later[row[k]]; ok {
				row[k] = text
			}
		}
		rows = append(rows, row)
	}
	return rows, true
}

// check reads rows as a CSV file and validates them. It returns what is found by row.
func check(t *testing.T, v *validate.Validator, header []string, rows [][]string) map[int][]rules.Finding {
	t.Helper()
	var file bytes.Buffer
	w := stdcsv.NewWriter(&file)
	if err := w.WriteAll(append([][]string{header}, rows...)); err != nil {
		t.Fatal(err)
	}
	book, err := csv.Open(bytes.NewReader(file.Bytes()), int64(file.Len()), csv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[int][]rules.Finding{}
	sum, err := v.Run(context.Background(), load.Read(context.Background(), book, load.Options{}), func(_ *merchant.Record, list []rules.Finding) error {
		for _, f := range list {
			found[f.Source.Row] = append(found[f.Source.Row], f)
		}
		return nil
	})
	if err != nil || sum.Records != len(rows) {
		t.Fatal(sum.Records, err)
	}
	return found
}

// wanted are the places where the case says that its rule reports, by row; the first record stands in the given row.
func wanted(c *rulestest.Case, row int) map[int][]string {
	want := map[int][]string{}
	for _, w := range c.Want {
		at := row
		if number, rest, ok := strings.Cut(w, ":"); ok && number != "" {
			fmt.Sscan(number, &at)
			at, w = at+row-1, rest
		}
		if w == ":row" {
			w = ""
		}
		want[at] = append(want[at], string(c.Rule)+" "+w)
	}
	return want
}

// TestSeededBatches: the same for the rules that look at several rows, in files of their own.
func TestSeededBatches(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	paths, header := columns()
	v := newValidator(t)
	done := map[rules.ID]bool{}
	for i := range cases {
		c := &cases[i]
		if !c.Hit || !strings.HasPrefix(string(c.Rule), "BAT") {
			continue
		}
		rows, ok := told(c, 0, paths)
		if !ok {
			continue
		}
		done[c.Rule] = true
		found, want := check(t, v, header, rows), wanted(c, 2)
		if list, ok := want[2]; ok && list[0] == string(c.Rule)+" sheet" {
			delete(want, 2)
			want[0] = []string{string(c.Rule) + " "}
		}
		for row, list := range found {
			compare(t, c, row, list, want[row])
			delete(want, row)
		}
		for row, list := range want {
			t.Errorf("%s (%s), row %d: nothing, want %v", c.Rule, c.Name, row, list)
		}
	}
	if len(done) < 18 {
		t.Errorf("only %d rules: %v", len(done), done)
	}
}

// compare holds what is found on a row against where the rule of a case is to report, and reports any other error.
func compare(t *testing.T, c *rulestest.Case, row int, found []rules.Finding, want []string) {
	t.Helper()
	var own []string
	for _, f := range found {
		switch {
		case f.Rule.ID == c.Rule:
			own = append(own, string(f.Rule.ID)+" "+f.Path.String())
		case f.Severity == rules.Error && !slices.Contains(c.Also, f.Rule.ID):
			t.Errorf("%s (%s), row %d: also %s at %s", c.Rule, c.Name, row, f.Rule.ID, f.Path)
		}
	}
	slices.Sort(own)
	slices.Sort(want)
	if !slices.Equal(own, want) {
		t.Errorf("%s (%s), row %d: %v, want %v", c.Rule, c.Name, row, own, want)
	}
}

// TestSeededBook: a file of merchants, among them one for every rule whose defect a row can have. The rules report
// exactly those, where their cases say, with no other error; the sound merchants between them raise nothing.
func TestSeededBook(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	paths, header := columns()
	v := newValidator(t, validate.Without("BAT"))
	var rows [][]string
	var seeded []struct {
		c   *rulestest.Case
		row int
	}
	n := 0
	done := map[rules.ID]bool{}
	kinds := map[rules.Kind]int{}
	for i := range cases {
		c := &cases[i]
		if !c.Hit || done[c.Rule] || len(c.Records) > 1 || strings.HasPrefix(string(c.Rule), "BAT") {
			continue
		}
		n = after(n, c.Subjects)
		list, ok := told(c, n, paths)
		if !ok {
			continue
		}
		done[c.Rule] = true
		r, _ := builtin.Lookup(c.Rule)
		kinds[r.Kind]++
		seeded = append(seeded, struct {
			c   *rulestest.Case
			row int
		}{c, len(rows) + 2})
		rows = append(rows, list...)
		for k := range 4 { // sound merchants of all subject types
			m := rulestest.Clean([]merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro,
				merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg}[(len(seeded)+k)%6], n+100+k)
			row := make([]string, len(paths))
			for i, p := range paths {
				row[i] = m.Text(p)
			}
			rows = append(rows, row)
		}
	}
	found := check(t, v, header, rows)
	for _, s := range seeded {
		compare(t, s.c, s.row, found[s.row], wanted(s.c, s.row)[s.row])
		delete(found, s.row)
	}
	for row, list := range found {
		for _, f := range list {
			if f.Severity > rules.Info {
				t.Errorf("row %d is sound and raises %s at %s", row, f.Rule.ID, f.Path)
			}
		}
	}
	t.Logf("%d rules in a book of %d rows: %v", len(seeded), len(rows), kinds)
	if len(seeded) < 200 {
		t.Errorf("only %d rules can be seeded", len(seeded))
	}
}
