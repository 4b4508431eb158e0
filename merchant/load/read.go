package load

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Read streams the records of a book. What is wrong with the sheets and their headings comes before the first record;
// what only the end of a sheet shows (merged and hidden rows, formulas) after the last. The book stays open.
//
// Up to 200 rows are held back until they tell whether a column holds the values of another one.
func Read(ctx context.Context, b Book, o Options) Records {
	return func(yield func(*merchant.Record, error) bool) {
		r := &reader{ctx: ctx, book: b, o: o, yield: yield}
		defer func() {
			if r.lent { // a panic of the caller is the caller's
				return
			}
			if recover() != nil && !r.stopped {
				yield(nil, Defect(o.File))
			}
		}()
		c, err := choose(ctx, b, o)
		if err != nil {
			r.emit(nil, err)
			return
		}
		r.chosen = c
		if err := r.run(); err != nil && !r.stopped {
			r.emit(nil, err)
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
	lent    bool // the caller is at work

	plain  []fill  // columns outside lists
	lists  []entry // columns of list entries
	fees   int     // how many of them are fees
	parts  []*splitter
	joined map[string][]*terminalRow
	order  []*terminalRow

	pending []pending // rows held back
	records int
	texts   []string // scratch for the parts of a cell
}

// prefixRows is how many rows are held back at most to look at their columns.
const prefixRows = 200

// pending is a row held back: a merchant, or one that is none.
type pending struct {
	row  Row
	what string
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
	if r.stopped {
		return false
	}
	r.lent = true
	r.stopped = !r.yield(rec, err)
	r.lent = false
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
	if r.o.Mapped != nil {
		r.o.Mapped(mappingOf(r.chosen))
	}
	if !r.issue(r.main, 0, r.sheetNotes()...) || !r.issue(r.main, r.main.row, r.main.match.notes...) {
		return nil
	}
	if t := r.terminals; t != nil && !r.issue(t, t.row, t.match.notes...) {
		return nil
	}
	if err := r.readTerminals(); err != nil || r.stopped {
		return err
	}
	r.plan()
	held := true
	err := r.each(r.main, func(row Row, what string) bool {
		if !held {
			return r.deliver(row, what)
		}
		row.Cells = slices.Clone(row.Cells) // a row is good until the next
		r.pending = append(r.pending, pending{row, what})
		if len(r.pending) < prefixRows {
			return true
		}
		held = false
		return r.release()
	})
	if held && !r.stopped {
		r.release() // the rows before a fault count
	}
	if err != nil || r.stopped {
		return err
	}
	if r.records == 0 && !r.issue(r.main, 0, merchant.Note{Kind: merchant.NoteNoRows, Old: r.main.info.Name}) {
		return nil
	}
	for _, t := range r.order {
		if !t.used && !r.issue(r.terminals, t.row.Number, merchant.Note{Kind: merchant.NoteOrphanTerminal,
			Path: merchant.At(merchant.FieldMerchantNo), Old: t.merchantNo, Info: strconv.Itoa(t.row.Number)}) {
			return nil
		}
	}
	for _, s := range []*sheet{r.main, r.terminals} {
		if s != nil && !r.issue(s, 0, s.end(r.book.Layout(s.info.Name), r.o.FillDown)...) {
			return nil
		}
	}
	return nil
}

// each goes over the rows below the heading of a sheet that hold something. What is no data comes with the reason.
func (r *reader) each(s *sheet, do func(row Row, what string) bool) error {
	if r.o.FillDown {
		if err := r.learnRanges(s); err != nil {
			return err
		}
	}
	rows := 0
	progress := func() {
		if r.o.Progress != nil {
			done, total := r.book.Progress()
			r.o.Progress(Progress{s.info.Name, rows, done, total})
		}
	}
	for row, err := range r.book.Rows(s.info.Name) {
		if err == nil {
			err = r.ctx.Err()
		}
		if err != nil {
			return err
		}
		if rows++; rows%progressRows == 0 {
			progress()
		}
		if row.Number <= s.row || blank(row.Cells) {
			continue
		}
		s.fillDown(&row)
		what := s.notData(row)
		if what == "" && row.Hidden && r.o.SkipHidden {
			what = "隐藏行"
		}
		if what == "" {
			s.see(row)
		}
		if !do(row, what) {
			return nil
		}
	}
	progress()
	return nil
}

// progressRows is how often progress is told.
const progressRows = 256

// learnRanges reads the sheet to its end, where its merged ranges stand.
func (r *reader) learnRanges(s *sheet) error {
	for _, err := range r.book.Rows(s.info.Name) {
		if err == nil {
			err = r.ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	s.fillRanges(r.book.Layout(s.info.Name).Merged)
	return nil
}

// release looks at the columns of the rows held back and hands the rows over.
func (r *reader) release() bool {
	if notes := shifted(r.main, r.pending); !r.issue(r.main, r.main.row, notes...) {
		return false
	}
	for _, p := range r.pending {
		if !r.deliver(p.row, p.what) {
			return false
		}
	}
	r.pending = nil
	return true
}

func (r *reader) deliver(row Row, what string) bool {
	if what != "" {
		return r.issue(r.main, row.Number, skipped(row, what))
	}
	r.records++
	return r.emit(r.record(row), nil)
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
		if sp := r.main.match.splits[i]; sp != nil {
			r.parts = append(r.parts, sp)
		}
		if f == merchant.FieldNone {
			continue
		}
		how := r.o.Dialect.Options(f, normalize.Options{Date1904: r.main.info.Date1904, Unit: r.main.match.units[i]})
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
	for i := range r.lists {
		if r.lists[i].product != "" {
			r.fees++
		}
	}
}

// set reads a cell; a stored empty text is a value that is not there.
func set(rec *merchant.Record, p merchant.Path, c *merchant.Cell, o *normalize.Options) {
	if c.Text == "" && (c.Type != merchant.CellEmpty || !c.Formula) {
		return
	}
	normalize.Set(rec, p, *c, *o)
}

// record makes the record of a row.
func (r *reader) record(row Row) *merchant.Record {
	rec := &merchant.Record{Source: r.source(r.main, row.Number)}
	rec.Cells = r.main.cells(row.Cells)
	if len(r.parts) > 0 {
		r.split(r.main, rec, rec.Cells, -1)
	}
	for i := range r.plain {
		f := &r.plain[i]
		set(rec, f.path, &rec.Cells[f.column], &f.how)
	}
	for i := range r.lists {
		e := &r.lists[i]
		if !e.given(rec.Cells) {
			continue
		}
		index := e.index
		if e.product != "" {
			if rec.Fees == nil {
				rec.Fees = make([]merchant.Fee, 0, r.fees)
			}
			index = len(rec.Fees)
			rec.Fees = append(rec.Fees, merchant.Fee{Product: e.product})
		}
		for k := range e.fills {
			f := &e.fills[k]
			set(rec, merchant.Item(f.path.Field, index), &rec.Cells[f.column], &f.how)
		}
	}
	if n, m := r.main.width(row); n != m {
		rec.Note(merchant.Note{Kind: merchant.NoteRagged, Info: strconv.Itoa(n) + "/" + strconv.Itoa(m)})
	}
	r.join(rec)
	r.o.Dialect.Finish(rec)
	normalize.Finish(rec)
	if rec.Registry.AsOf.IsZero() {
		rec.Registry.AsOf = r.o.RegistryAsOf
	}
	return rec
}

// given reports whether the row has something for the entry.
func (e *entry) given(cells []merchant.Cell) bool {
	for i := range e.fills {
		if filled(cells[e.fills[i].column]) {
			return true
		}
	}
	return false
}

// split takes the composite cells of a row apart into the columns of their parts; item is the entry of a list that the
// row is, -1 for a merchant.
func (r *reader) split(s *sheet, rec *merchant.Record, cells []merchant.Cell, item int) {
	for i, sp := range s.match.splits {
		if sp == nil || !filled(cells[i]) {
			continue
		}
		whole := cells[i]
		r.texts = slices.Grow(r.texts[:0], len(sp.parts))[:len(sp.parts)]
		if whole.Text != "" && whole.Type != merchant.CellError && !sp.cut(whole.Text, r.texts) {
			for k := range sp.parts {
				n := merchant.Note{Kind: merchant.NoteReadFault, Path: s.columns.List[sp.first+k].Path, Old: whole.Text}
				if item >= 0 {
					n.Path.Index = int16(item)
				}
				if k == 0 { // one finding for the cell
					n.Info = sp.fault(whole.Text)
				}
				rec.Note(n)
			}
			continue
		}
		for k := range sp.parts {
			c := &cells[sp.first+k]
			*c = whole
			if whole.Text != "" && whole.Type != merchant.CellError {
				if c.Text = r.texts[k]; c.Text == "" {
					*c = merchant.Cell{}
				}
			}
		}
	}
}

// cells copies the cells of a row, brought to the columns of the sheet.
func (s *sheet) cells(row []merchant.Cell) []merchant.Cell {
	out := make([]merchant.Cell, len(s.columns.List))
	copy(out[:s.match.headings], row)
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
	how := normalize.Options{Date1904: t.info.Date1904}
	return r.each(t, func(row Row, what string) bool {
		if what != "" {
			return r.issue(t, row.Number, skipped(row, what))
		}
		row.Cells = t.cells(row.Cells)
		var m merchant.Record
		if key >= 0 {
			set(&m, merchant.At(merchant.FieldMerchantNo), &row.Cells[key], &how)
		}
		tr := &terminalRow{merchantNo: m.MerchantNo, row: row}
		r.order = append(r.order, tr)
		if m.MerchantNo != "" {
			r.joined[m.MerchantNo] = append(r.joined[m.MerchantNo], tr)
		}
		return true
	})
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
		r.split(r.terminals, rec, tr.row.Cells, i)
		for c := range r.terminals.columns.List {
			if f := r.terminals.columns.List[c].Path.Field; f.List() == merchant.FieldTerminals {
				how := r.o.Dialect.Options(f, normalize.Options{Date1904: r.terminals.info.Date1904, Unit: r.terminals.match.units[c]})
				set(rec, merchant.Item(f, i), &tr.row.Cells[c], &how)
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
	for i := range row.Cells {
		c := &row.Cells[i]
		if !filled(*c) {
			continue
		}
		count++
		if first < 0 {
			first = i
		}
		if s.inUse(i) {
			mapped++
		}
		if i < len(s.texts) && s.texts[i] != "" && strings.Contains(c.Text, s.texts[i]) && strings.TrimSpace(c.Text) == s.texts[i] {
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
	if column < s.match.headings {
		return s.columns.List[column].Path.Field
	}
	return merchant.FieldNone
}

// inUse reports whether a column of the sheet fills a field or several.
func (s *sheet) inUse(column int) bool {
	return s.fieldAt(column) != merchant.FieldNone || column < s.match.headings && s.match.splits[column] != nil
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
