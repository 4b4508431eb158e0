package load

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Read streams the records of a book. What is wrong with the sheets and their headings comes before the first record.
// The book stays open.
func Read(ctx context.Context, b Book, o Options) Records {
	return func(yield func(*merchant.Record, error) bool) {
		c, err := choose(ctx, b, o)
		if err != nil {
			yield(nil, err)
			return
		}
		r := &reader{ctx: ctx, book: b, o: o, chosen: c, yield: yield}
		if err := r.run(); err != nil && !r.stopped {
			yield(nil, err)
		}
	}
}

type reader struct {
	*chosen
	ctx     context.Context
	book    Book
	o       Options
	yield   func(*merchant.Record, error) bool
	stopped bool // the caller wants no more

	plain  []fill  // columns outside lists
	lists  []entry // columns of list entries
	joined map[string][]*terminalRow
	order  []*terminalRow
}

// fill sets one field from one column.
type fill struct {
	column int
	path   merchant.Path
	how    normalize.Options
}

// entry is one entry of a list that columns of the merchant sheet fill; for fees the entry of a product.
type entry struct {
	list    merchant.Field
	index   int
	product merchant.FeeProduct
	fills   []fill
}

// terminalRow is a row of the terminals sheet.
type terminalRow struct {
	merchantNo string
	row        Row
	used       bool
}

func (r *reader) source(s *sheet, row int) merchant.Source {
	return merchant.Source{File: r.o.File, Sheet: s.info.Name, Row: row, Columns: s.columns}
}

// emit hands a record or an error over; false when the caller wants no more.
func (r *reader) emit(rec *merchant.Record, err error) bool {
	if !r.stopped && !r.yield(rec, err) {
		r.stopped = true
	}
	return !r.stopped
}

func (r *reader) issue(s *sheet, row int, notes ...merchant.Note) bool {
	if len(notes) == 0 {
		return !r.stopped
	}
	return r.emit(nil, &SheetIssue{&merchant.Record{Source: r.source(s, row), Notes: notes}})
}

func (r *reader) run() error {
	if r.terminals != nil {
		r.main.columns.Joined = []*merchant.Columns{r.terminals.columns}
	}
	if !r.issue(r.main, 0, r.sheetNotes()...) || !r.issue(r.main, r.main.row, r.main.match.notes...) {
		return nil
	}
	if t := r.terminals; t != nil && !r.issue(t, t.row, t.match.notes...) {
		return nil
	}
	if err := r.readTerminals(); err != nil {
		return err
	}
	r.plan()
	records := 0
	for row, err := range r.book.Rows(r.main.info.Name) {
		if err == nil {
			err = r.ctx.Err()
		}
		if err != nil {
			return err
		}
		if row.Number <= r.main.row || blank(row.Cells) {
			continue
		}
		if what := r.main.notData(row); what != "" {
			if !r.issue(r.main, row.Number, skipped(row, what)) {
				return nil
			}
			continue
		}
		records++
		if !r.emit(r.record(row), nil) {
			return nil
		}
	}
	if records == 0 && !r.issue(r.main, 0, merchant.Note{Kind: merchant.NoteNoRows, Old: r.main.info.Name}) {
		return nil
	}
	for _, t := range r.order {
		if !t.used && !r.issue(r.terminals, t.row.Number, merchant.Note{Kind: merchant.NoteOrphanTerminal,
			Path: merchant.At(merchant.FieldMerchantNo), Old: t.merchantNo, Info: strconv.Itoa(t.row.Number)}) {
			return nil
		}
	}
	return nil
}

func skipped(row Row, what string) merchant.Note {
	return merchant.Note{Kind: merchant.NoteSkippedRow, New: what, Info: strconv.Itoa(row.Number)}
}

// sheetNotes are about the file and the merchant sheet as a whole.
func (r *reader) sheetNotes() []merchant.Note {
	var notes []merchant.Note
	if e := r.main.info.Encoding; e != "" {
		notes = append(notes, merchant.Note{Kind: merchant.NoteEncoding, Info: e})
	}
	for _, name := range r.others {
		notes = append(notes, merchant.Note{Kind: merchant.NoteOtherSheet, Old: name})
	}
	if !r.main.key() {
		notes = append(notes, merchant.Note{Kind: merchant.NoteKeyColumnMissing, Path: merchant.At(merchant.FieldMerchantNo)})
	}
	if !r.main.match.fills(merchant.FieldNamesLegal) {
		notes = append(notes, merchant.Note{Kind: merchant.NoteKeyColumnMissing, Path: merchant.At(merchant.FieldNamesLegal)})
	}
	return notes
}

// plan sorts the columns once, so that a row costs nothing but setting its cells.
func (r *reader) plan() {
	for i, c := range r.main.columns.List {
		f := c.Path.Field
		if f == merchant.FieldNone {
			continue
		}
		how := normalize.Options{Date1904: r.main.info.Date1904, Unit: r.main.match.units[i]}
		if f.List() == merchant.FieldNone {
			r.plain = append(r.plain, fill{i, c.Path, how})
			continue
		}
		e := entry{list: f.List(), index: int(c.Path.Index), product: c.Product}
		at := slices.IndexFunc(r.lists, func(x entry) bool {
			return x.list == e.list && x.index == e.index && x.product == e.product
		})
		if at < 0 {
			at = len(r.lists)
			r.lists = append(r.lists, e)
		}
		r.lists[at].fills = append(r.lists[at].fills, fill{i, c.Path, how})
	}
	slices.SortStableFunc(r.lists, func(a, b entry) int { return a.index - b.index })
}

// set reads a cell; a stored empty text is a value that is not there.
func set(rec *merchant.Record, p merchant.Path, c merchant.Cell, o normalize.Options) {
	if c.Text == "" && (c.Type != merchant.CellEmpty || !c.Formula) {
		return
	}
	normalize.Set(rec, p, c, o)
}

// record makes the record of a row.
func (r *reader) record(row Row) *merchant.Record {
	rec := &merchant.Record{Source: r.source(r.main, row.Number)}
	rec.Cells = fit(row.Cells, len(r.main.columns.List))
	for _, f := range r.plain {
		set(rec, f.path, rec.Cells[f.column], f.how)
	}
	for _, e := range r.lists {
		if !slices.ContainsFunc(e.fills, func(f fill) bool { return filled(rec.Cells[f.column]) }) {
			continue
		}
		index := e.index
		if e.product != "" {
			index = len(rec.Fees)
			rec.Fees = append(rec.Fees, merchant.Fee{Product: e.product})
		}
		for _, f := range e.fills {
			set(rec, merchant.Item(f.path.Field, index), rec.Cells[f.column], f.how)
		}
	}
	if n, m := r.main.width(row); n != m {
		rec.Note(merchant.Note{Kind: merchant.NoteRagged, Info: fmt.Sprintf("%d/%d", n, m)})
	}
	r.join(rec)
	normalize.Finish(rec)
	if rec.Registry.AsOf.IsZero() {
		rec.Registry.AsOf = r.o.RegistryAsOf
	}
	return rec
}

// fit copies the cells of a row, brought to the number of columns.
func fit(cells []merchant.Cell, n int) []merchant.Cell {
	out := make([]merchant.Cell, n)
	copy(out, cells)
	return out
}

// width returns how many cells the row has and the heading has; equal when nothing is wrong. Empty cells beyond the
// heading shift nothing and do not count.
func (s *sheet) width(row Row) (cells, heading int) {
	cells = len(row.Cells)
	for cells > s.fields && !filled(row.Cells[cells-1]) {
		cells--
	}
	if cells < s.fields && !s.info.Fields {
		cells = s.fields
	}
	return cells, s.fields
}

// readTerminals reads the terminals sheet into memory, by merchant number.
func (r *reader) readTerminals() error {
	t := r.terminals
	if t == nil {
		return nil
	}
	r.joined = map[string][]*terminalRow{}
	key := t.match.column(merchant.FieldMerchantNo)
	for row, err := range r.book.Rows(t.info.Name) {
		if err == nil {
			err = r.ctx.Err()
		}
		if err != nil {
			return err
		}
		if row.Number <= t.row || blank(row.Cells) {
			continue
		}
		if what := t.notData(row); what != "" {
			if !r.issue(t, row.Number, skipped(row, what)) {
				return nil
			}
			continue
		}
		row.Cells = fit(row.Cells, len(t.columns.List))
		var m merchant.Record
		set(&m, merchant.At(merchant.FieldMerchantNo), row.Cells[key], normalize.Options{Date1904: t.info.Date1904})
		tr := &terminalRow{merchantNo: m.MerchantNo, row: row}
		r.order = append(r.order, tr)
		if m.MerchantNo != "" {
			r.joined[m.MerchantNo] = append(r.joined[m.MerchantNo], tr)
		}
	}
	return nil
}

// join appends the terminals of the merchant. A second row with the same number gets none: each machine stands once.
func (r *reader) join(rec *merchant.Record) {
	if rec.MerchantNo == "" {
		return
	}
	for _, tr := range r.joined[rec.MerchantNo] {
		if tr.used {
			return
		}
		tr.used = true
		i := len(rec.Terminals)
		rec.Terminals = append(rec.Terminals, merchant.Terminal{})
		rec.Parts = append(rec.Parts, merchant.Part{List: merchant.FieldTerminals, Index: i, Source: r.source(r.terminals, tr.row.Number), Cells: tr.row.Cells})
		for c, col := range r.terminals.columns.List {
			if col.Path.Field.List() == merchant.FieldTerminals {
				set(rec, merchant.Item(col.Path.Field, i), tr.row.Cells[c], normalize.Options{Date1904: r.terminals.info.Date1904, Unit: r.terminals.match.units[c]})
			}
		}
	}
}

// totals and remarks are the first words of rows that are no data; totals stand alone or before a sign or a number.
var (
	totals  = [...]string{"合计", "小计", "总计", "共计", "本页合计", "TOTAL", "SUBTOTAL", "GRANDTOTAL", "必填", "选填", "必输"}
	remarks = [...]string{"备注", "说明", "填表说明", "填写说明", "填表", "填表人", "填报人", "填报单位", "填报日期", "制表", "制表人",
		"审核人", "复核", "复核人", "经办", "打印日期", "打印时间", "导出日期", "导出时间", "注", "注意", "示例", "样例", "REMARK", "REMARKS", "NOTE", "EXAMPLE", "SAMPLE"}
)

// notData tells what a row is that holds no merchant, "" for data.
func (s *sheet) notData(row Row) string {
	first, count, same, mapped := -1, 0, 0, 0
	for i, c := range row.Cells {
		if !filled(c) {
			continue
		}
		count++
		if first < 0 {
			first = i
		}
		if s.fieldAt(i) != merchant.FieldNone {
			mapped++
		}
		if i < len(s.texts) && s.texts[i] != "" && strings.TrimSpace(c.Text) == s.texts[i] {
			same++
		}
	}
	if first < 0 {
		return ""
	}
	if same >= 2 && 2*same >= count {
		return "重复表头"
	}
	if mapped == 0 {
		return "已识别的列都没有值" // a row that was numbered in advance, or a remark beside the table
	}
	text := row.Cells[first].Text
	if len(text) > 3*maxHeading {
		text = text[:3*maxHeading]
	}
	if count > 1 && text != "" && text[0] >= '0' && text[0] <= '9' { // the usual row begins with a number; no folding for it
		return ""
	}
	key := normalize.Key(text)
	rest := func(w string) (string, bool) { return strings.CutPrefix(strings.ReplaceAll(key, " ", ""), w) }
	for _, w := range totals {
		if after, ok := rest(w); ok && strings.Trim(after, "0123456789.,:()户家笔条元行个") == "" {
			return w
		}
	}
	for _, w := range remarks {
		if after, ok := rest(w); ok && (after == "" || strings.ContainsAny(after[:1], ":(1234567890.") || strings.HasPrefix(after, "、")) {
			return w
		}
	}
	if strings.HasPrefix(key, "第") && strings.HasSuffix(key, "页") {
		return "页码"
	}
	// A lone sentence where the key should stand is a remark below the table.
	if f := s.fieldAt(first); count == 1 && s.match.mapped > 2 && (f == merchant.FieldNone || f == merchant.FieldMerchantNo) && strings.ContainsFunc(key, isHan) {
		return "说明"
	}
	return ""
}

func (s *sheet) fieldAt(column int) merchant.Field {
	if column < len(s.columns.List) {
		return s.columns.List[column].Path.Field
	}
	return merchant.FieldNone
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
