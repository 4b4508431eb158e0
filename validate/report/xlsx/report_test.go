package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	scan "github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

const samples = "../../../testdata/"

// check runs the rules over a file, and the comparison where a registry is named, into a workbook.
func check(t *testing.T, w io.Writer, name, registry string, o xlsx.ReportOptions) (found []rules.Finding) {
	t.Helper()
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		t.Fatal(err)
	}
	open := func(name string) (load.Records, io.Closer) {
		records, closer, err := file.Open(t.Context(), name, file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return records, closer
	}
	if o.Reopen == nil {
		o.Reopen = func() (load.Records, io.Closer, error) { return file.Open(t.Context(), name, file.Options{}) }
	}
	r := xlsx.NewReport(w, o)
	c := diff.New(v, diff.Options{})
	verdicts := diagnose.NewCollector(diagnose.Options{Registry: registry != ""})
	sink := func(rec *merchant.Record, list []rules.Finding) error {
		found = append(found, list...)
		verdicts.Findings(list)
		return r.Findings(rec, list)
	}
	records, closer := open(name)
	defer closer.Close()
	sum, err := v.Run(context.Background(), func(yield func(*merchant.Record, error) bool) {
		for rec, err := range records {
			if err == nil {
				c.AddLocal(rec)
				verdicts.Record(rec)
			}
			if !yield(rec, err) {
				return
			}
		}
	}, sink)
	if err != nil {
		t.Fatal(err)
	}
	var counts *diff.Counts
	if registry != "" {
		records, closer := open(registry)
		defer closer.Close()
		for rec, err := range records {
			if err == nil {
				c.AddRegistry(rec)
			}
		}
		n, err := c.Compare(t.Context(), func(f rules.Finding) error {
			sum.Add([]rules.Finding{f})
			return sink(nil, []rules.Finding{f})
		})
		if err != nil {
			t.Fatal(err)
		}
		counts = &n
	}
	if err := errors.Join(r.Verdicts(verdicts.Verdicts()), r.Summary(sum, counts)); err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	fonts(t, f)
	return f
}

// fonts fails when a font has no name or no size, for which every program takes its own.
func fonts(t *testing.T, f *excelize.File) {
	t.Helper()
	if _, err := f.GetStyle(0); err != nil { // reads the styles
		t.Fatal(err)
	}
	for i, font := range f.Styles.Fonts.Font {
		if font.Name == nil || font.Name.Val == nil || *font.Name.Val == "" || font.Sz == nil {
			t.Errorf("font %d has no name or no size", i)
		}
	}
}

func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func fill(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.GetStyle(id)
	if err != nil || len(s.Fill.Color) == 0 {
		return ""
	}
	return s.Fill.Color[0]
}

// TestAnnotated checks the sample book into a copy of it: bad cells are coloured and noted, all others are as they were.
func TestAnnotated(t *testing.T) {
	var b bytes.Buffer
	dir := t.TempDir()
	found := check(t, &b, samples+"merchants.xlsx", samples+"registry.csv", xlsx.ReportOptions{Book: samples + "merchants.xlsx", TempDir: dir})
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v", left)
	}
	f := read(t, b.Bytes())
	original, err := excelize.OpenFile(samples+"merchants.xlsx", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer original.Close()
	if got, want := f.GetSheetList(), append(original.GetSheetList(), "问题清单", "汇总", "核对"); !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}

	worst := map[string]rules.Severity{} // by sheet and cell
	registry := 0
	for _, e := range found {
		if e.Rule.Scope == rules.RegistryScope {
			registry++
		}
		if e.Cell() != "" && e.Source.Sheet != "" && e.Severity > rules.Info && e.Rule.Scope != rules.SheetScope {
			at := e.Source.Sheet + "!" + e.Cell()
			worst[at] = max(worst[at], e.Severity)
		}
	}
	if len(worst) < 60 {
		t.Fatalf("only %d bad cells", len(worst))
	}
	noted := map[string]bool{}
	for _, sheet := range original.GetSheetList() {
		list, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			noted[sheet+"!"+c.Cell] = true
		}
		was, is := rows(t, original, sheet), rows(t, f, sheet)
		if len(was) != len(is) {
			t.Fatalf("%s: %d rows, were %d", sheet, len(is), len(was))
		}
		widest := 0
		for _, row := range was {
			widest = max(widest, len(row))
		}
		for n := range was {
			for i := range max(len(was[n]), min(len(is[n]), widest)) {
				if old, now := at(was[n], i), at(is[n], i); old != now {
					t.Errorf("%s row %d column %d changed from %q to %q", sheet, n+1, i+1, old, now)
				}
				name, err := excelize.CoordinatesToCellName(i+1, n+1)
				if err != nil {
					t.Fatal(err)
				}
				want := map[rules.Severity]string{rules.Error: "FFC7CE", rules.Warning: "FFEB9C", 0: fill(t, original, sheet, name)}[worst[sheet+"!"+name]]
				if got := fill(t, f, sheet, name); got != want {
					t.Errorf("%s!%s is coloured %q, want %q", sheet, name, got, want)
				}
			}
		}
		for _, row := range is {
			if text := at(row, widest); text != "" && text != "错误信息" && !strings.Contains(text, "0") {
				t.Errorf("what is wrong: %q", text)
			}
		}
	}
	for cell := range worst {
		if !noted[cell] {
			t.Errorf("%s has no note", cell)
		}
	}

	list := rows(t, f, "问题清单")
	if len(list) != len(found)+1 {
		t.Errorf("%d findings are listed of %d", len(list)-1, len(found))
	}
	links := 0
	for n := range list {
		formula, err := f.GetCellFormula("问题清单", "E"+strconv.Itoa(n+1))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(formula, `HYPERLINK("#'`) {
			links++
		}
	}
	if links < len(worst) {
		t.Errorf("%d links for %d cells", links, len(worst))
	}
	if got := rows(t, f, "核对"); len(got) != registry+1 || registry < 25 {
		t.Errorf("%d rows of %d differences", len(got)-1, registry)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	charts, filters := 0, 0
	for _, part := range z.File {
		if strings.HasPrefix(part.Name, "xl/charts/chart") {
			charts++
		}
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			filters += bytes.Count(raw, []byte("<autoFilter"))
		}
	}
	if charts != 1 || filters < 2 {
		t.Errorf("%d charts, %d filters", charts, filters)
	}
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// TestAgain: the annotated book is read like the first one and raises the same errors and warnings at the same cells.
func TestAgain(t *testing.T) {
	var b bytes.Buffer
	serious := func(found []rules.Finding) (list []string) {
		for _, f := range found {
			if f.Severity > rules.Info {
				list = append(list, fmt.Sprintf("%s %s!%s %d", f.Rule.ID, f.Source.Sheet, f.Cell(), f.Source.Row))
			}
		}
		return list
	}
	first := serious(check(t, &b, samples+"merchants.xlsx", "", xlsx.ReportOptions{Book: samples + "merchants.xlsx"}))
	name := filepath.Join(t.TempDir(), "annotated.xlsx")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := serious(check(t, io.Discard, name, "", xlsx.ReportOptions{Book: name})); !slices.Equal(first, again) || len(first) < 40 {
		t.Errorf("%d and %d findings", len(first), len(again))
		for _, f := range again {
			if !slices.Contains(first, f) {
				t.Error("new:", f)
			}
		}
	}
}

// TestFresh: from a text file a fresh sheet of the merchants is made; what begins like a formula stays text, and mistakes
// are counted by who entered them.
func TestFresh(t *testing.T) {
	name := filepath.Join(t.TempDir(), "ours.csv")
	evil := []string{`=HYPERLINK(""http://x"")`, "+1", "-1", "@SUM(A1)", "\tx"}
	text := "商户号,商户名称,统一社会信用代码,录入员\n"
	for i, e := range evil {
		text += fmt.Sprintf("89829005411000%d,\"%s\",9131010,\"%s\"\n", i, e, e)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	found := check(t, &b, name, "", xlsx.ReportOptions{Options: report.Options{Lang: "en"}})
	f := read(t, b.Bytes())
	if got := f.GetSheetList(); !slices.Equal(got, []string{"ours", "Findings", "Summary"}) {
		t.Fatal(got)
	}
	list := rows(t, f, "ours")
	if len(list) != len(evil)+1 || list[0][0] != "from row" || list[1][0] != "2" || at(list[1], 5) == "" || fill(t, f, "ours", "D2") != "FFC7CE" {
		t.Errorf("%q", list)
	}
	for _, sheet := range f.GetSheetList() {
		for n, row := range rows(t, f, sheet) {
			for i := range row {
				cell, err := excelize.CoordinatesToCellName(i+1, n+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s!%s is the formula %s", sheet, cell, formula)
				}
			}
		}
	}
	counted := false
	for _, row := range rows(t, f, "Summary") {
		counted = counted || at(row, 0) == "+1" && at(row, 1) == "录入员" && at(row, 2) != "0"
	}
	if !counted || len(found) < len(evil) {
		t.Error("not counted by operator")
	}
}

// TestMany: a workbook with 100,000 findings opens and holds all of them.
func TestMany(t *testing.T) {
	total := 100_000
	if raceDetector {
		total = 5_000 // the same path, at a twentieth of the time
	}
	var b bytes.Buffer
	r := xlsx.NewReport(&b, xlsx.ReportOptions{TempDir: t.TempDir()})
	rule, _ := builtin.Lookup("LIC003")
	for n := range total {
		found := []rules.Finding{{Rule: rule, Severity: rule.Severity, Key: strconv.Itoa(n), Value: "9131", Path: merchant.At(rule.Fields[0]),
			Source: merchant.Source{File: "many.csv", Row: n + 2}}}
		if err := r.Findings(nil, found); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Summary(validate.Summary{Records: total, Errors: total}, nil); err != nil {
		t.Fatal(err)
	}
	f, err := scan.Open(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), scan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for _, err := range f.Rows("问题清单") {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != total+1 {
		t.Errorf("%d rows", n)
	}
}

type broken struct{}

var errFull = errors.New("no space")

func (broken) Write([]byte) (int, error) { return 0, errFull }

func TestWriteError(t *testing.T) {
	r := xlsx.NewReport(broken{}, xlsx.ReportOptions{})
	if err := r.Summary(validate.Summary{}, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
	none := filepath.Join(t.TempDir(), "none")
	var path *os.PathError
	if err := xlsx.NewReport(io.Discard, xlsx.ReportOptions{TempDir: none}).Summary(validate.Summary{}, nil); !errors.As(err, &path) || !strings.HasPrefix(path.Path, none) {
		t.Error(err)
	}
}
