package cli

import (
	"archive/zip"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestLibreOffice: the annotated workbook of the sample, opened and saved by LibreOffice, still has its colours, notes,
// filters, links and chart.
func TestLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice (LibreOffice) is not installed; what it makes of the annotated workbook is not looked at")
	}
	dir := t.TempDir()
	book := filepath.Join(dir, "checked.xlsx")
	if status, _ := sample(t, "-o", book); status != statusFound {
		t.Fatalf("status %d", status)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "user"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
		"--outdir", filepath.Join(dir, "saved"), book)
	cmd.WaitDelay = 5 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	want, got := seen(t, book), seen(t, filepath.Join(dir, "saved", "checked.xlsx"))
	for _, what := range []struct {
		name  string
		least int
	}{{"colour", 50}, {"note", 50}, {"link", 200}, {"filter", 2}, {"chart", 1}} {
		w, g := want[what.name], got[what.name]
		if len(w) < what.least {
			t.Errorf("the workbook has %d of %s", len(w), what.name)
		}
		if !maps.Equal(w, g) {
			for at, v := range w {
				if g[at] != v {
					t.Errorf("%s at %s: %q, after LibreOffice %q", what.name, at, v, g[at])
				}
			}
			t.Errorf("%d of %s before and %d after", len(w), what.name, len(g))
		}
	}
}

var (
	autoFilter = regexp.MustCompile(`<autoFilter ref="([^"]*)"`)
	chartPart  = regexp.MustCompile(`^xl/charts/chart[0-9]+\.xml$`)
)

// seen returns what a person sees in a workbook beside the values, by the place.
func seen(t *testing.T, name string) map[string]map[string]string {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := map[string]map[string]string{"colour": {}, "note": {}, "link": {}, "filter": {}, "chart": {}}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range max(len(row), 100) {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				at := sheet + "!" + cell
				id, err := f.GetCellStyle(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				// GetStyle wants a mark that LibreOffice does not write
				if xf := f.Styles.CellXfs.Xf[id]; xf.FillID != nil {
					if p := f.Styles.Fills.Fill[*xf.FillID].PatternFill; p != nil && p.PatternType == "solid" && p.FgColor != nil {
						all["colour"][at] = p.FgColor.RGB[len(p.FgColor.RGB)-6:]
					}
				}
				if formula, err := f.GetCellFormula(sheet, cell); err == nil && strings.HasPrefix(formula, "HYPERLINK(") {
					all["link"][at] = formula
				}
			}
		}
		comments, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range comments {
			text := c.Text
			for _, p := range c.Paragraph {
				text += p.Text
			}
			all["note"][sheet+"!"+c.Cell] = strings.TrimSpace(text)
		}
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if chartPart.MatchString(part.Name) {
			all["chart"][part.Name] = ""
		}
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range autoFilter.FindAllSubmatch(data, -1) {
			all["filter"][strings.ReplaceAll(string(m[1]), "$", "")] = ""
		}
	}
	return all
}
