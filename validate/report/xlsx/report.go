// Package xlsx writes workbooks: the report of a run, with the cells of the merchants coloured where they are wrong, and
// templates to be filled in.
package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// Bounds of the copy of the user's own workbook: opening it takes memory by its cells, and every note a while.
const (
	copyRows    = 10_000
	copyNotes   = 2_000
	noteRunes   = 2_000
	sheetRows   = 1_000_000 // of a list; a further sheet takes the rest
	cellRunes   = 32_000    // a cell of a workbook holds 32,767
	columnWidth = 255
)

// ReportOptions say how the workbook of a run is written.
type ReportOptions struct {
	report.Options
	// Book is the path of the workbook that was checked. Up to 10,000 merchants, the report is a copy of it with red and
	// yellow cells, notes and a column of what is wrong. "" for none, or for more than one file.
	Book, Password string
	// Reopen reads the merchants once more, for a fresh sheet of them where no copy is made; nil for no such sheet.
	Reopen  func() (load.Records, io.Closer, error)
	TempDir string // for what does not fit into memory; "" is the folder of the system
}

// Report writes the findings of a run as a workbook; it implements [report.Writer]. The sheets 问题清单 (a row a finding,
// with a link to its cell), 汇总 (counts by rule, cause and operator, with a chart) and, where a registry was given, 核对
// stand beside the merchants. It keeps the worded findings, about 600 bytes each, until Summary writes them all.
//
// The findings are masked; the copy holds the user's own data as they are.
type Report struct {
	w         io.Writer
	o         ReportOptions
	entries   []entry
	records   int
	first     map[sheet]int // the first row with a merchant, which the heading stands above
	operators map[operator]*[4]int
	verdicts  map[string]diagnose.Verdict
	changes   *ChangeList // nil but for a list of changes
}

type sheet struct{ file, name string }

// operator is a value of a column that says who entered or brought a merchant.
type operator struct{ header, name string }

// entry is a finding as it will be written.
type entry struct {
	rule     *rules.Rule
	severity rules.Severity
	source   merchant.Source // without its columns
	letter   string
	header   string
	key      string
	path     string
	label    string
	row      report.Row
	registry bool
	known    bool // suppressed, or in the baseline: listed, and neither counted nor coloured
}

// NewReport returns a writer of a workbook to w.
func NewReport(w io.Writer, o ReportOptions) *Report {
	return &Report{w: w, o: o, first: map[sheet]int{}, operators: map[operator]*[4]int{}, verdicts: map[string]diagnose.Verdict{}}
}

// operatorHeadings are headings of columns that the model has no field for and that tell whose mistakes they are.
var operatorHeadings = []string{"操作员", "录入员", "录入人", "经办人员", "代理商", "服务商", "渠道", "渠道商", "业务员", "客户经理", "拓展人", "operator", "agent", "dealer"}

// Findings takes the findings of a record, or of the batch when rec is nil.
func (r *Report) Findings(rec *merchant.Record, found []rules.Finding) error {
	if rec != nil && len(rec.Cells) > 0 { // not what the loader says about a sheet
		r.records++
		at := sheet{rec.Source.File, rec.Source.Sheet}
		if n, ok := r.first[at]; !ok || rec.Source.Row < n {
			r.first[at] = rec.Source.Row
		}
	}
	for i := range found {
		f := &found[i]
		e := entry{rule: f.Rule, severity: f.Severity, source: f.Source, key: f.Key, path: f.Path.String(), label: f.Path.Label(r.o.Lang), row: r.o.Row(f),
			registry: f.Rule.Scope == rules.RegistryScope, known: f.Suppressed != nil || f.Baseline == rules.BaselineOpen}
		e.source.Columns = nil
		if f.Column != nil {
			e.letter, e.header = f.Column.Letter, f.Column.Header
		}
		r.entries = append(r.entries, e)
		if rec != nil && f.Severity > rules.Info && !e.known {
			r.countOperators(rec, f.Severity)
		}
	}
	return nil
}

func (r *Report) countOperators(rec *merchant.Record, s rules.Severity) {
	if rec.Source.Columns == nil {
		return
	}
	for i, c := range rec.Source.Columns.List {
		if c.Path.Field != merchant.FieldNone || i >= len(rec.Cells) || !slices.Contains(operatorHeadings, strings.ToLower(strings.TrimSpace(c.Header))) {
			continue
		}
		o := operator{c.Header, rec.Cells[i].Text}
		if r.operators[o] == nil {
			r.operators[o] = new([4]int)
		}
		r.operators[o][s]++
	}
}

// Verdicts takes the verdicts, for the sheet of the merchants.
func (r *Report) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	for v := range list {
		if v.Key != "" && (v.WouldDecline == diagnose.Yes || v.WouldDecline == diagnose.Likely) {
			v.Steps, v.OutOfReach = nil, nil
			r.verdicts[v.Key] = v
		}
	}
	return nil
}

func (r *Report) say(zh, en string) string { return rules.Text{ZH: zh, EN: en}.In(r.o.Lang) }

// Summary writes the workbook. The counts of a comparison are d; nil where none was made.
func (r *Report) Summary(s validate.Summary, d *diff.Counts) (err error) {
	dir, err := os.MkdirTemp(r.o.TempDir, "merchantcheck-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b, err := r.open(dir)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, b.file.Close()) }()
	if err := b.write(s, d); err != nil {
		return fmt.Errorf("xlsx: the report: %w", err)
	}
	return b.file.Write(r.w)
}

// book is the workbook in the making.
type book struct {
	*Report
	file   *excelize.File
	copied bool            // the user's own sheets are in it
	taken  map[string]bool // names of sheets, in lower case
	names  map[sheet]string
	styles map[string]int
}

// open makes the workbook: a copy of the user's own where that can be, else an empty one.
func (r *Report) open(dir string) (*book, error) {
	b := &book{Report: r, taken: map[string]bool{}, names: map[sheet]string{}, styles: map[string]int{}}
	o := excelize.Options{TmpDir: dir, RawCellValue: true}
	if r.o.Book != "" && r.records <= copyRows && strings.EqualFold(filepath.Ext(r.o.Book), ".xlsx") {
		// The scanner has read the file whole by now, so that it is sound; one that excelize still fails on gets a fresh
		// sheet instead.
		if f, err := openCopy(r.o.Book, o); err == nil {
			b.file, b.copied = f, true
			for _, name := range f.GetSheetList() {
				b.taken[strings.ToLower(name)] = true
			}
			return b, nil
		}
	}
	b.file = excelize.NewFile(o)
	return b, nil
}

// openCopy opens the user's workbook. Locked ones are not copied: the copy would stand open.
func openCopy(path string, o excelize.Options) (f *excelize.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("excelize cannot open it")
		}
	}()
	return excelize.OpenFile(path, o)
}

// write fills the workbook.
func (b *book) write(s validate.Summary, d *diff.Counts) error {
	if b.copied {
		if err := b.annotate(); err != nil {
			return err
		}
	} else if err := b.fresh(); err != nil {
		return err
	}
	slices.SortStableFunc(b.entries, func(x, y entry) int {
		star := func(e *entry) int { return cmp.Or(e.rule.Star, 1<<20) }
		return cmp.Or(cmp.Compare(y.severity, x.severity), cmp.Compare(star(&x), star(&y)))
	})
	if b.changes != nil {
		if err := b.changes.write(b); err != nil {
			return err
		}
	}
	if err := b.list(); err != nil {
		return err
	}
	if err := b.summary(s, d); err != nil {
		return err
	}
	if d != nil {
		if err := b.registry(); err != nil {
			return err
		}
	}
	if !b.copied && !b.taken["sheet1"] {
		return b.file.DeleteSheet("Sheet1")
	}
	return nil
}

// add makes a sheet of a name that is not taken yet.
func (b *book) add(name string) (string, error) {
	unique := name
	for n := 2; b.taken[strings.ToLower(unique)]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	b.taken[strings.ToLower(unique)] = true
	_, err := b.file.NewSheet(unique)
	return unique, err
}

// The colours: fill and text.
var (
	red    = [2]string{"FFC7CE", "9C0006"}
	yellow = [2]string{"FFEB9C", "7F6000"}
)

func colors(s rules.Severity) [2]string {
	if s == rules.Error {
		return red
	}
	return yellow
}

// tint returns the style of a cell with the colours of a severity.
func (b *book) tint(style int, s rules.Severity) (int, error) {
	key := fmt.Sprint("tint", style, s)
	if id, ok := b.styles[key]; ok {
		return id, nil
	}
	own, err := b.file.GetStyle(style)
	if err != nil || own == nil {
		own = &excelize.Style{}
	}
	c := colors(s)
	own.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c[0]}}
	if own.Font == nil {
		own.Font = &excelize.Font{}
	}
	own.Font.Color, own.Font.ColorTheme, own.Font.ColorIndexed = c[1], nil, 0
	asText(b.file, own.Font)
	id, err := b.file.NewStyle(own)
	b.styles[key] = id
	return id, err
}

func (b *book) style(name string, s excelize.Style) (int, error) {
	if id, ok := b.styles[name]; ok {
		return id, nil
	}
	asText(b.file, s.Font)
	id, err := b.file.NewStyle(&s)
	b.styles[name] = id
	return id, err
}

// asText gives a font the name and the size of the workbook's text where it has none: a program that finds neither takes
// a font of its own.
func asText(f *excelize.File, font *excelize.Font) {
	if font == nil {
		return
	}
	text := excelize.Font{Family: "Calibri", Size: 11}
	if s, err := f.GetStyle(0); err == nil && s.Font != nil {
		text.Family, text.Size = cmp.Or(s.Font.Family, text.Family), cmp.Or(s.Font.Size, text.Size)
	}
	font.Family, font.Size = cmp.Or(font.Family, text.Family), cmp.Or(font.Size, text.Size)
}

func (b *book) heading() (int, error) {
	return b.style("heading", excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E1F2"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
}

func (b *book) wrapped() (int, error) {
	return b.style("wrapped", excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
}

func (b *book) link() (int, error) {
	return b.style("link", excelize.Style{Font: &excelize.Font{Color: "0563C1", Underline: "single"}, Alignment: &excelize.Alignment{Vertical: "top"}})
}

// faults are what is said about one row or one cell.
type faults struct {
	severity rules.Severity
	lines    []string
}

func (f *faults) add(e *entry, line string) {
	f.severity = max(f.severity, e.severity)
	if !slices.Contains(f.lines, line) {
		f.lines = append(f.lines, line)
	}
}

type cellAt struct {
	sheet sheet
	row   int
	cell  string // letter; "" for the row
}

// gather collects errors and warnings by their rows and cells.
func (b *book) gather() map[cellAt]*faults {
	at := map[cellAt]*faults{}
	put := func(key cellAt, e *entry, line string) {
		if at[key] == nil {
			at[key] = &faults{}
		}
		at[key].add(e, line)
	}
	for i := range b.entries {
		e := &b.entries[i]
		if e.known || e.severity == rules.Info || e.source.Row == 0 || e.rule.Scope == rules.SheetScope {
			continue
		}
		on := sheet{e.source.File, e.source.Sheet}
		put(cellAt{on, e.source.Row, ""}, e, string(e.rule.ID)+" "+e.row.Message)
		if e.letter != "" {
			put(cellAt{on, e.source.Row, e.letter}, e, string(e.rule.ID)+" "+e.row.Message+"\n→ "+e.row.Remedy)
		}
	}
	return at
}

// annotate colours the cells of the user's own sheets, puts notes on them, and adds the column of what is wrong.
func (b *book) annotate() error {
	at := b.gather()
	keys := make([]cellAt, 0, len(at))
	for k := range at {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y cellAt) int {
		return cmp.Or(strings.Compare(x.sheet.name, y.sheet.name), cmp.Compare(x.row, y.row), cmp.Compare(len(x.cell), len(y.cell)), strings.Compare(x.cell, y.cell))
	})
	own := b.file.GetSheetList()
	last := map[string]int{} // the column of what is wrong, by sheet
	noted := map[string]map[string]bool{}
	notes := 0
	for _, k := range keys {
		name := k.sheet.name
		if filepath.Clean(k.sheet.file) != filepath.Clean(b.o.Book) || !slices.Contains(own, name) {
			continue
		}
		b.names[k.sheet] = name
		f := at[k]
		if k.cell == "" {
			if last[name] == 0 {
				n, err := b.faultColumn(name, b.first[k.sheet])
				if err != nil {
					return err
				}
				last[name] = n
			}
			cell, err := excelize.CoordinatesToCellName(last[name], k.row)
			if err != nil {
				return err
			}
			if err := b.set(name, cell, strings.Join(f.lines, "\n"), f.severity); err != nil {
				return err
			}
			continue
		}
		cell := k.cell + strconv.Itoa(k.row)
		id, err := b.file.GetCellStyle(name, cell)
		if err != nil {
			return err
		}
		if id, err = b.tint(id, f.severity); err != nil {
			return err
		}
		if err := b.file.SetCellStyle(name, cell, cell, id); err != nil {
			return err
		}
		if noted[name] == nil {
			noted[name] = map[string]bool{}
			comments, err := b.file.GetComments(name)
			if err != nil {
				return err
			}
			for _, c := range comments {
				noted[name][c.Cell] = true // the user's own notes stay
			}
		}
		if notes++; notes > copyNotes || noted[name][cell] {
			continue
		}
		if err := b.file.AddComment(name, excelize.Comment{Cell: cell, Author: "merchantcheck", Width: 360, Height: 120,
			Paragraph: []excelize.RichTextRun{{Text: cut(strings.Join(f.lines, "\n"), noteRunes)}}}); err != nil {
			return err
		}
	}
	return nil
}

// faultColumn adds the column 错误信息 behind the last one of a sheet and returns its number.
func (b *book) faultColumn(name string, firstRow int) (int, error) {
	rows, err := b.file.Rows(name)
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		n = max(n, len(cells))
	}
	if err := cmp.Or(rows.Error(), rows.Close()); err != nil {
		return 0, err
	}
	n++
	letter, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return 0, err
	}
	if err := b.file.SetColWidth(name, letter, letter, 60); err != nil {
		return 0, err
	}
	head, err := b.heading()
	if err != nil {
		return 0, err
	}
	cell := letter + strconv.Itoa(max(firstRow-1, 1))
	if err := b.file.SetCellStr(name, cell, b.faultHeading()); err != nil {
		return 0, err
	}
	return n, b.file.SetCellStyle(name, cell, cell, head)
}

func (r *Report) faultHeading() string { return r.say("错误信息", "What is wrong") }

func (b *book) set(name, cell, text string, s rules.Severity) error {
	id, err := b.style(fmt.Sprint("fault", s), excelize.Style{Font: &excelize.Font{Color: colors(s)[1]}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	if err := b.file.SetCellStr(name, cell, cut(text, cellRunes)); err != nil {
		return err
	}
	return b.file.SetCellStyle(name, cell, cell, id)
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// fresh writes the merchants once more, as text, with coloured cells and the column of what is wrong.
func (b *book) fresh() error {
	if b.o.Reopen == nil {
		return nil
	}
	records, closer, err := b.o.Reopen()
	if err != nil {
		return err
	}
	defer closer.Close()
	at := b.gather()
	var to *stream
	var on sheet
	for rec, err := range records {
		if err != nil {
			if rowOrIssue(err) {
				continue // told already
			}
			return err
		}
		if rec.Source.Columns == nil {
			continue // JSON has no columns
		}
		if here := (sheet{rec.Source.File, rec.Source.Sheet}); to == nil || here != on {
			if err := to.close(); err != nil {
				return err
			}
			name := here.name
			if name == "" {
				name = strings.TrimSuffix(filepath.Base(here.file), filepath.Ext(here.file))
			}
			if to, err = b.freshSheet(name, rec.Source.Columns); err != nil {
				return err
			}
			on = here
			b.names[here] = to.name
		}
		cells := make([]any, 0, len(rec.Cells)+2)
		cells = append(cells, excelize.Cell{Value: rec.Source.Row})
		for i, c := range rec.Source.Columns.List {
			cell := excelize.Cell{StyleID: to.text}
			if i < len(rec.Cells) {
				cell.Value = cut(rec.Cells[i].Text, cellRunes)
			}
			if f := at[cellAt{on, rec.Source.Row, c.Letter}]; f != nil && c.Letter != "" {
				if cell.StyleID, err = b.tint(to.text, f.severity); err != nil {
					return err
				}
			}
			cells = append(cells, cell)
		}
		if f := at[cellAt{on, rec.Source.Row, ""}]; f != nil {
			id, err := b.tint(to.text, f.severity)
			if err != nil {
				return err
			}
			cells = append(cells, excelize.Cell{StyleID: id, Value: cut(strings.Join(f.lines, "\n"), cellRunes)})
		}
		if err := to.row(cells); err != nil {
			return err
		}
	}
	return to.close()
}

func rowOrIssue(err error) bool {
	switch err.(type) {
	case *load.RowError, *load.SheetIssue:
		return true
	}
	return false
}

func (b *book) freshSheet(name string, columns *merchant.Columns) (*stream, error) {
	heads := []string{b.say("来自第几行", "from row")}
	widths := []float64{8}
	for _, c := range columns.List {
		heads = append(heads, cmp.Or(c.Header, c.Letter))
		widths = append(widths, 18)
	}
	return b.stream(sheetName(name), append(heads, b.faultHeading()), append(widths, 60), b.records)
}

// sheetName makes a name that a workbook allows.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '_'
		}
		return r
	}, strings.Trim(s, "'"))
	if r := []rune(s); len(r) > 25 { // of 31, with room for a number
		s = string(r[:25])
	}
	return cmp.Or(s, "sheet")
}

// stream writes one sheet row by row; a full one goes on in another.
type stream struct {
	b      *book
	base   string
	name   string
	heads  []string
	widths []float64
	w      *excelize.StreamWriter
	lines  int // at most
	n      int // rows written
	text   int // the style of text cells
}

// stream begins a sheet of at most so many lines.
func (b *book) stream(name string, heads []string, widths []float64, lines int) (*stream, error) {
	s := &stream{b: b, base: name, heads: heads, widths: widths, lines: lines}
	var err error
	if s.text, err = b.style("text", excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top"}}); err != nil {
		return nil, err
	}
	return s, s.begin()
}

func (s *stream) begin() (err error) {
	if s.name, err = s.b.add(s.base); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.heads), min(s.lines, sheetRows)+1)
	if err != nil {
		return err
	}
	// A stream writes what the sheet has by then.
	if err := s.b.file.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return err
	}
	if s.w, err = s.b.file.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, w := range s.widths {
		if err := s.w.SetColWidth(i+1, i+1, min(w, columnWidth)); err != nil {
			return err
		}
	}
	if err := s.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head, err := s.b.heading()
	if err != nil {
		return err
	}
	cells := make([]any, len(s.heads))
	for i, h := range s.heads {
		cells[i] = excelize.Cell{StyleID: head, Value: cut(h, cellRunes)}
	}
	s.n = 1
	return s.w.SetRow("A1", cells)
}

func (s *stream) row(cells []any) error {
	if s.n > sheetRows {
		if err := s.close(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.n++
	return s.w.SetRow("A"+strconv.Itoa(s.n), cells)
}

// close ends the sheet. It does nothing on no stream.
func (s *stream) close() error {
	if s == nil || s.w == nil {
		return nil
	}
	w := s.w
	s.w = nil
	return w.Flush()
}

// list writes 问题清单: a row a finding, the gravest first, with a link to the cell.
func (b *book) list() error {
	s, err := b.stream(b.say("问题清单", "Findings"), []string{b.say("级别", "Severity"), b.say("规则", "Rule"), b.say("规则名称", "Title"), b.say("商户键", "Key"),
		b.say("单元格", "Cell"), b.say("列名", "Heading"), b.say("字段", "Field"), b.say("问题", "Problem"), b.say("处理", "What to do"), b.say("值", "Value"),
		b.say("候选与相关", "Proposals, related"), b.say("原因", "Cause"), b.say("03判断", "03 verdict"), b.say("文件", "File")}, []float64{7, 10, 24, 18, 16, 18, 18, 60, 40, 24, 36, 22, 14, 20}, len(b.entries))
	if err != nil {
		return err
	}
	plain, err := b.wrapped()
	if err != nil {
		return err
	}
	link, err := b.link()
	if err != nil {
		return err
	}
	for i := range b.entries {
		e := &b.entries[i]
		grade := plain
		if e.severity > rules.Info && !e.known {
			if grade, err = b.tint(plain, e.severity); err != nil {
				return err
			}
		}
		id := string(e.rule.ID)
		if e.rule.Star > 0 {
			id = "★" + id
		}
		place := excelize.Cell{StyleID: plain, Value: e.row.Place}
		if name, ok := b.names[sheet{e.source.File, e.source.Sheet}]; ok && b.copied && e.source.Row > 0 {
			place = excelize.Cell{StyleID: link, Value: e.row.Place, Formula: hyperlink(name, cmp.Or(e.letter, "A")+strconv.Itoa(e.source.Row), e.row.Place)}
		}
		verdict := ""
		if v, ok := b.verdicts[e.key]; ok && e.rule.Star > 0 {
			verdict = v.WouldDecline.Text().In(b.o.Lang)
		}
		texts := []string{id, e.rule.Title.In(b.o.Lang), b.o.Key(e.key), "", e.header, e.label, e.row.Message, e.row.Remedy, e.row.Value, strings.Join(e.row.Notes, "\n"),
			string(e.rule.Cause) + " " + e.rule.Cause.Title().In(b.o.Lang), verdict, base(e.source.File)}
		cells := []any{excelize.Cell{StyleID: grade, Value: e.row.Severity}}
		for k, text := range texts {
			if k == 3 {
				cells = append(cells, place)
				continue
			}
			cells = append(cells, excelize.Cell{StyleID: plain, Value: cut(text, cellRunes)})
		}
		if err := s.row(cells); err != nil {
			return err
		}
	}
	return s.close()
}

func base(file string) string {
	if file == "" {
		return ""
	}
	return filepath.Base(file)
}

// hyperlink is a formula of our own that goes to a cell; what it takes from the input are texts between quotes.
func hyperlink(name, cell, shown string) string {
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return "HYPERLINK(" + quote("#'"+strings.ReplaceAll(name, "'", "''")+"'!"+cell) + "," + quote(cut(shown, 200)) + ")"
}

// registry writes 核对: what differs from the bank's registry, side by side.
func (b *book) registry() error {
	s, err := b.stream(b.say("核对", "Registry"), []string{b.say("级别", "Severity"), b.say("规则", "Rule"), b.say("结果", "Outcome"), b.say("商户键", "Key"), b.say("字段", "Field"),
		b.say("本方", "Ours"), b.say("银行登记", "Registry"), b.say("单元格", "Cell"), b.say("问题", "Problem"), b.say("处理", "What to do"), b.say("相关", "Related")},
		[]float64{7, 10, 24, 18, 18, 30, 30, 16, 60, 40, 30}, len(b.entries))
	if err != nil {
		return err
	}
	plain, err := b.wrapped()
	if err != nil {
		return err
	}
	for i := range b.entries {
		e := &b.entries[i]
		if !e.registry {
			continue
		}
		grade := plain
		if e.severity > rules.Info && !e.known {
			if grade, err = b.tint(plain, e.severity); err != nil {
				return err
			}
		}
		cells := []any{excelize.Cell{StyleID: grade, Value: e.row.Severity}}
		for _, text := range []string{string(e.rule.ID), e.rule.Title.In(b.o.Lang), b.o.Key(e.key), e.label, e.row.Ours, e.row.Theirs, e.row.Place, e.row.Message, e.row.Remedy,
			strings.Join(e.row.Notes, "\n")} {
			cells = append(cells, excelize.Cell{StyleID: plain, Value: cut(text, cellRunes)})
		}
		if err := s.row(cells); err != nil {
			return err
		}
	}
	return s.close()
}
