package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

// checked returns the findings of a check as rule, key and path. as names the rule of a finding, "" to leave it out.
func checked(t *testing.T, name string, as func(r *rules.Rule, severity string) string) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := Main([]string{"check", name, "--format", "json", "--as-of", "2026-11-22"}, strings.NewReader(""), &stdout, &stderr, noEnv); status != statusFound || stderr.Len() > 0 {
		t.Fatalf("%s: status %d, %s", name, status, stderr.String())
	}
	if err := linesValid(stdout.Bytes()); err != nil {
		t.Error(err)
	}
	var list []string
	for line := range strings.Lines(stdout.String()) {
		var f struct {
			Type, Severity, Key, Path, Fingerprint string
			Rule                                   rules.ID
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Type != "finding" {
			continue
		}
		r, _ := builtin.Lookup(f.Rule)
		if id := as(r, f.Severity); id != "" {
			list = append(list, fmt.Sprintf("%s %s %s", id, f.Key, f.Path))
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s: no findings", name)
	}
	return list
}

// TestSampleVariants: the sample book says the same whatever it is saved as. Text files and JSON have no cell types and
// one list, so the rules that need types and those about sheets are left out there, and so are remarks on conversions,
// which depend on how a value was written. A number that lost its digits is another rule in a cell than in text, so those
// stand under their kind.
func TestSampleVariants(t *testing.T) {
	dir := t.TempDir()
	inline := filepath.Join(dir, "inline.xlsx")
	saveInline(t, samples+"merchants.xlsx", inline)
	all := func(r *rules.Rule, _ string) string { return string(r.ID) }
	compare(t, "inline strings", checked(t, samples+"merchants.xlsx", all), checked(t, inline, all))

	records := sampleRecords(t)
	portable := func(r *rules.Rule, severity string) string {
		switch {
		case r.Kind == rules.Precision:
			return string(r.Kind)
		case severity == "info" || r.Scope == rules.SheetScope || r.Needs&rules.NeedCells != 0:
			return ""
		}
		return string(r.ID)
	}
	want := checked(t, samples+"merchants.xlsx", portable)
	if len(want) < 45 {
		t.Fatalf("only %d findings", len(want))
	}
	table := flatten(records)
	for _, v := range []struct {
		name     string
		encoding encoding.Encoding
		comma    rune
	}{
		{"utf8.csv", unicode.UTF8BOM, ','}, {"gb18030.csv", simplifiedchinese.GB18030, ','},
		{"utf16.csv", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), '\t'}, {"utf16be.txt", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), ';'},
	} {
		name := filepath.Join(dir, v.name)
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = v.comma
		if err := w.WriteAll(table); err != nil {
			t.Fatal(err)
		}
		raw, err := v.encoding.NewEncoder().Bytes(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		compare(t, v.name, slices.Clone(want), checked(t, name, portable))
	}

	name := filepath.Join(dir, "book.jsonl")
	var b bytes.Buffer
	for _, r := range records {
		line, err := json.Marshal(tree(r))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	compare(t, "JSON lines", slices.Clone(want), checked(t, name, portable))
}

func sampleRecords(t *testing.T) (list []*merchant.Record) {
	t.Helper()
	records, closer, err := file.Open(context.Background(), samples+"merchants.xlsx", file.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	for r, err := range records {
		if err == nil {
			list = append(list, r)
		}
	}
	if len(list) != 200 {
		t.Fatal(len(list), "records")
	}
	return list
}

// saveInline rewrites the shared strings of a workbook as inline ones.
func saveInline(t *testing.T, from, to string) {
	t.Helper()
	in, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	part := func(f *zip.File) string {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	var table []string
	for _, f := range in.File {
		if strings.HasSuffix(f.Name, "sharedStrings.xml") {
			for _, m := range regexp.MustCompile(`(?s)<si>(.*?)</si>`).FindAllStringSubmatch(part(f), -1) {
				table = append(table, m[1])
			}
		}
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	replaced := 0
	for _, f := range in.File {
		text := part(f)
		if strings.Contains(f.Name, "worksheets/") {
			text = regexp.MustCompile(`t="s"><v>(\d+)</v>`).ReplaceAllStringFunc(text, func(s string) string {
				i, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(s, `t="s"><v>`), "</v>"))
				if err != nil {
					t.Fatal(err)
				}
				replaced++
				return `t="inlineStr"><is>` + table[i] + `</is>`
			})
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || replaced < 1000 {
		t.Fatal(replaced, err)
	}
}

// shown is what a cell of a workbook says once it is saved as text: dates as days, percentages with their sign, long
// numbers with an exponent.
func shown(r *merchant.Record, p merchant.Path, c merchant.Cell) string {
	switch {
	case c.Type == merchant.CellDate && r.Has(p):
		return r.Text(p)
	case c.Type == merchant.CellNumber && strings.HasSuffix(c.Format, "%") && r.Has(p):
		return r.Text(p) + "%"
	case c.Type == merchant.CellNumber && c.Format == "" && len(c.Text) > 11:
		n, err := strconv.ParseFloat(c.Text, 64)
		if err != nil {
			return c.Text
		}
		return strings.ToUpper(strconv.FormatFloat(n, 'e', 5, 64))
	case c.Type == merchant.CellEmpty && c.Formula:
		return "#VALUE!" // nothing was stored for it
	}
	return c.Text
}

// flatten makes one table of the merchants and their terminals.
func flatten(records []*merchant.Record) [][]string {
	most := 0
	for _, r := range records {
		most = max(most, len(r.Parts))
	}
	columns := records[0].Source.Columns
	var head []string
	for _, c := range columns.List {
		head = append(head, c.Header)
	}
	joined := columns.Joined[0].List
	for k := range most {
		for _, c := range joined {
			if c.Path.Field.List() == merchant.FieldTerminals {
				head = append(head, merchant.Item(c.Path.Field, k).String())
			}
		}
	}
	table := [][]string{head}
	for _, r := range records {
		var row []string
		for i, c := range columns.List {
			row = append(row, shown(r, c.Path, r.Cells[i]))
		}
		for k := range most {
			for i, c := range joined {
				if c.Path.Field.List() != merchant.FieldTerminals {
					continue
				}
				text := ""
				if k < len(r.Parts) {
					text = shown(r, merchant.Item(c.Path.Field, k), r.Parts[k].Cells[i])
				}
				row = append(row, text)
			}
		}
		table = append(table, row)
	}
	return table
}

// tree makes a JSON object of a merchant: texts as they stand in the file, amounts and rates in the units of the model.
func tree(r *merchant.Record) map[string]any {
	root := map[string]any{}
	put := func(p merchant.Path, c merchant.Cell) {
		text := shown(r, p, c)
		if k := p.Field.Kind(); (k == merchant.KindMoney || k == merchant.KindPercent) && r.Has(p) {
			text = r.Text(p)
		}
		if text == "" || p.Field == merchant.FieldNone {
			return
		}
		at := root
		names := strings.Split(p.Field.Path(), ".")
		for i, name := range names {
			name, list := strings.CutSuffix(name, "[]")
			if i == len(names)-1 {
				at[name] = text
				return
			}
			if !list {
				child, ok := at[name].(map[string]any)
				if !ok {
					child = map[string]any{}
					at[name] = child
				}
				at = child
				continue
			}
			entries, _ := at[name].([]any)
			for len(entries) <= int(p.Index) {
				entries = append(entries, map[string]any{})
			}
			at[name] = entries
			at = entries[p.Index].(map[string]any)
		}
	}
	for i, c := range r.Source.Columns.List {
		p := c.Path
		if c.Product != "" {
			p.Index = int16(slices.IndexFunc(r.Fees, func(f merchant.Fee) bool { return f.Product == c.Product }))
			if p.Index < 0 {
				continue
			}
			put(merchant.Item(merchant.FieldFeesProduct, int(p.Index)), merchant.Cell{Text: string(c.Product), Type: merchant.CellText})
		}
		put(p, r.Cells[i])
	}
	for k, part := range r.Parts {
		for i, c := range part.Source.Columns.List {
			if c.Path.Field.List() == merchant.FieldTerminals {
				put(merchant.Item(c.Path.Field, k), part.Cells[i])
			}
		}
	}
	return root
}
