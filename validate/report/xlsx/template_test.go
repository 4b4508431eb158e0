package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	reader "github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

func open(t testing.TB, name string) *profile.Profile {
	t.Helper()
	p, err := profile.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t testing.TB, o xlsx.TemplateOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Template(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edit changes a workbook as a person would.
func edit(t testing.TB, book []byte, do func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	do(f, f.GetSheetName(0))
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkBook reads a workbook with a profile and validates it.
func checkBook(t testing.TB, p *profile.Profile, book []byte) (records []*merchant.Record, found []rules.Finding) {
	t.Helper()
	b, err := reader.Open(context.Background(), bytes.NewReader(book), int64(len(book)), reader.Options{File: "book.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	v, err := validate.New(validate.AsOf(sample.AsOf), validate.WithProfile(p))
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.Run(context.Background(), load.Read(context.Background(), b, load.Options{File: "book.xlsx", Dialect: p.Dialect()}), func(r *merchant.Record, list []rules.Finding) error {
		found = append(found, list...)
		if r != nil && r.Source.Row > 1 && len(r.Cells) > 0 {
			records = append(records, r)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records, found
}

func ids(found []rules.Finding, least rules.Severity) string {
	var list []string
	for _, f := range found {
		if f.Severity >= least {
			list = append(list, fmt.Sprintf("%s@%d:%s", f.Rule.ID, f.Source.Row, f.Path))
		}
	}
	return strings.Join(list, " ")
}

func everyTemplate(t *testing.T, do func(t *testing.T, o xlsx.TemplateOptions)) {
	for _, name := range profile.Names() {
		for i, v := range merchant.FieldSubjectType.Enum().Values {
			for _, lang := range []string{"zh", "en"} {
				for _, all := range []bool{false, true} {
					if name != "base" && (all != (lang == "en") || all != (i%2 == 0)) {
						continue // the labels do not depend on the profile
					}
					t.Run(fmt.Sprintf("%s/%s/%s/%v", name, v.Code, lang, all), func(t *testing.T) {
						do(t, xlsx.TemplateOptions{Profile: open(t, name), Subject: merchant.SubjectType(v.Code), Lang: lang, Optional: all})
					})
				}
			}
		}
	}
}

// TestTemplates: every template reads without a remark on its headings; its sample row is skipped as a template leaves
// it, and is a sound merchant of the profile once the mark is gone.
func TestTemplates(t *testing.T) {
	everyTemplate(t, func(t *testing.T, o xlsx.TemplateOptions) {
		book := write(t, o)
		records, found := checkBook(t, o.Profile, book)
		if got := ids(found, rules.Info); len(records) != 0 || got != "SRC016@2: SRC021@0:" {
			t.Errorf("as written: %d records, %s", len(records), got)
		}
		filled := edit(t, book, func(f *excelize.File, sheet string) {
			text, _ := f.GetCellValue(sheet, "A2")
			_, rest, _ := strings.Cut(strings.ReplaceAll(text, "：", ": "), ": ")
			if err := f.SetCellStr(sheet, "A2", strings.TrimSpace(rest)); err != nil {
				t.Fatal(err)
			}
		})
		records, found = checkBook(t, o.Profile, filled)
		if got := ids(found, rules.Warning); len(records) != 1 || got != "" {
			t.Errorf("the sample as a merchant: %d records, %s", len(records), got)
		}
	})
}

// TestTemplateLooks looks at the workbook as a spreadsheet program would.
func TestTemplateLooks(t *testing.T) {
	everyTemplate(t, func(t *testing.T, o xlsx.TemplateOptions) {
		if o.Subject != merchant.SubjectEnterprise && o.Subject != merchant.SubjectMicro {
			return // the two that differ most
		}
		f, err := excelize.OpenReader(bytes.NewReader(write(t, o)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		fonts(t, f)
		sheet, options := f.GetSheetList()[0], f.GetSheetList()[1]
		if visible, _ := f.GetSheetVisible(options); visible || len(f.GetSheetList()) != 2 {
			t.Errorf("sheets %v, options visible %v", f.GetSheetList(), visible)
		}
		comments, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		notes := map[string]string{}
		for _, c := range comments {
			for _, run := range c.Paragraph {
				notes[c.Cell] += run.Text
			}
		}
		lists := map[string]string{}
		validations, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, dv := range validations {
			column, _, _ := strings.Cut(dv.Sqref, "2:")
			lists[column] = dv.Formula1
			if len(dv.Formula1) > 255 || !strings.HasPrefix(dv.Formula1, options+"!$") {
				t.Errorf("%s: %s", dv.Sqref, dv.Formula1)
			}
		}
		rows, err := f.GetRows(sheet)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		headings := map[string]string{} // by path
		for i, heading := range rows[0] {
			column := load.Letter(i)
			for _, row := range []string{"1", "2", "3"} {
				id, _ := f.GetCellStyle(sheet, column+row)
				style, err := f.GetStyle(id)
				if row == "3" {
					id, _ = f.GetColStyle(sheet, column)
					style, err = f.GetStyle(id)
				}
				if err != nil || style.NumFmt != 49 {
					t.Errorf("%s%s is no text: %+v", column, row, style)
				}
			}
			first, _, _ := strings.Cut(notes[column+"1"], "\n")
			_, path, _ := strings.Cut(first, "  ")
			field, known := merchant.FieldByPath(path)
			if !known {
				t.Fatalf("the note on %s%q begins %q", column, heading, first)
			}
			if headings[path] == "" {
				headings[path] = heading
			}
			if chosen := field.Enum() != nil || field.Kind() == merchant.KindBool; chosen != (lists[column] != "") {
				t.Errorf("%s: a list %v", path, lists[column])
			}
			if field.Enum() != nil && i < len(rows[1]) && rows[1][i] != "" && !strings.Contains(listed(t, f, lists[column]), "\n"+rows[1][i]+"\n") {
				t.Errorf("%s: the sample %q is none of %q", path, rows[1][i], listed(t, f, lists[column]))
			}
		}
		for _, r := range o.Profile.Requirements(o.Subject) {
			heading := headings[r.Field.Path()]
			switch {
			case r.Member(), r.Field.Kind() == merchant.KindList, r.Field.Kind() == merchant.KindMap, r.Field.Group() == "division":
			case r.Need == 'R' && !strings.HasPrefix(heading, "*"):
				t.Errorf("%s is required and has the heading %q", r.Field.Path(), heading)
			case r.Need == 'C' && (heading == "" || heading[0] == '*'), r.Need == '-' && heading != "", r.Need == 'o' && (heading != "") != o.Optional:
				t.Errorf("%s (%c) has the heading %q", r.Field.Path(), r.Need, heading)
			}
		}
	})
}

// listed returns the words of a range of the hidden sheet, each between line ends.
func listed(t *testing.T, f *excelize.File, of string) string {
	t.Helper()
	sheet, cells, _ := strings.Cut(strings.ReplaceAll(of, "$", ""), "!")
	from, to, _ := strings.Cut(cells, ":")
	column, first, err := excelize.CellNameToCoordinates(from)
	_, last, err2 := excelize.CellNameToCoordinates(to)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	words := "\n"
	for row := first; row <= last; row++ {
		cell, _ := excelize.CoordinatesToCellName(column, row)
		word, err := f.GetCellValue(sheet, cell)
		if err != nil || word == "" {
			t.Errorf("an empty option at %s %s", sheet, cell)
		}
		words += word + "\n"
	}
	return words
}

// TestRoundTrip: a template is filled in, checked, its wrong rows are corrected in a template of their own, and only
// those are checked again.
func TestRoundTrip(t *testing.T) {
	for _, c := range []struct {
		profile string
		subject merchant.SubjectType
	}{{"base", merchant.SubjectEnterprise}, {"huifu", merchant.SubjectIndividualBusiness}, {"wechat", merchant.SubjectMicro}} {
		p := open(t, c.profile)
		blank := write(t, xlsx.TemplateOptions{Profile: p, Subject: c.subject})
		const n, wrong, empty = 40, 7, 23
		var broken, cleared string // headings of the cells that are spoilt
		book := edit(t, blank, func(f *excelize.File, sheet string) {
			for i := range n {
				fillIn(t, f, sheet, i+3, p, sample.Merchant(c.subject, i+1))
			}
			broken = set(t, f, sheet, wrong, merchant.FieldMCC, "54A1")
			cleared = set(t, f, sheet, empty, merchant.FieldSettlementCycle, "")
		})
		records, found := checkBook(t, p, book)
		if len(records) != n {
			t.Fatalf("%s: %d records", c.profile, len(records))
		}
		bad := map[int]string{}
		for _, f := range found {
			if f.Rule.ID[:3] == "SRC" && f.Rule.ID != "SRC016" {
				t.Errorf("%s: %s %s", c.profile, f.Rule.ID, f.Message("en", false))
			}
			if f.Severity == rules.Error {
				bad[f.Source.Row] = f.Column.Header
			}
		}
		if len(bad) != 2 || bad[wrong] != broken || bad[empty] != cleared {
			t.Errorf("%s: wrong rows %v, want %d and %d: %s", c.profile, bad, wrong, empty, ids(found, rules.Error))
		}
		again := edit(t, blank, func(f *excelize.File, sheet string) {
			for k, row := range []int{wrong, empty} {
				fillIn(t, f, sheet, k+3, p, sample.Merchant(c.subject, row-2))
			}
		})
		records, found = checkBook(t, p, again)
		if got := ids(found, rules.Warning); len(records) != 2 || got != "" {
			t.Errorf("%s: corrected rows: %d records, %s", c.profile, len(records), got)
		}
	}
}

// fillIn types a merchant into a row as a person would who knows nothing but the notes: it looks for the path in the note
// on each heading.
func fillIn(t *testing.T, f *excelize.File, sheet string, row int, p *profile.Profile, m *merchant.Merchant) {
	t.Helper()
	m.Contact.ServicePhone, m.Licence.ImageRef = "021-55550100", "IMG-1"
	if m.SubjectType == merchant.SubjectMicro {
		m.Licence.ImageRef = ""
	}
	for i, path := range columns(t, f, sheet) {
		var text string
		switch v := m.Ref(path).(type) {
		case nil:
			continue // an entry that the merchant does not have
		case *bool:
			if *v {
				text = "是"
			}
		case *merchant.Date:
			flag, _ := merchant.FieldByPath(strings.Replace(path.Field.Path(), "valid_to", "long_term", 1))
			text = p.FormatDate(path.Field, *v, flag != path.Field && flag.Valid() && m.Has(merchant.Path{Field: flag, Index: path.Index}))
		default:
			if text = m.Text(path); path.Field.Enum() != nil {
				text = path.Field.Enum().Label(text, "zh")
			}
		}
		if err := f.SetCellStr(sheet, fmt.Sprintf("%s%d", load.Letter(i), row), text); err != nil {
			t.Fatal(err)
		}
	}
}

// columns returns the paths of the columns, those of fees by the entry of the sample merchants.
func columns(t *testing.T, f *excelize.File, sheet string) []merchant.Path {
	t.Helper()
	comments, err := f.GetComments(sheet)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]merchant.Path, len(comments))
	for _, c := range comments {
		first, _, _ := strings.Cut(c.Paragraph[0].Text, "\n")
		title, text, _ := strings.Cut(first, "  ")
		path, err := merchant.ParsePath(text)
		column, _, err2 := excelize.CellNameToCoordinates(c.Cell)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		if path.Field.List() != merchant.FieldNone {
			path.Index = 0
			if strings.HasPrefix(title, merchant.ProductCardCredit.Label("zh")) {
				path.Index = 1
			}
		}
		list[column-1] = path
	}
	return list
}

// set overwrites the cell of a field and returns its heading.
func set(t *testing.T, f *excelize.File, sheet string, row int, field merchant.Field, text string) string {
	t.Helper()
	for i, path := range columns(t, f, sheet) {
		if path.Field == field {
			if err := f.SetCellStr(sheet, fmt.Sprintf("%s%d", load.Letter(i), row), text); err != nil {
				t.Fatal(err)
			}
			heading, _ := f.GetCellValue(sheet, load.Letter(i)+"1")
			return heading
		}
	}
	t.Fatalf("no column of %s", field.Path())
	return ""
}

func TestTemplateOptions(t *testing.T) {
	for want, o := range map[error]xlsx.TemplateOptions{
		xlsx.ErrProfile: {Subject: merchant.SubjectMicro}, xlsx.ErrSubject: {Profile: open(t, "base"), Subject: "company"},
	} {
		if err := xlsx.Template(&bytes.Buffer{}, o); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}
