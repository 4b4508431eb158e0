package load

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// headRows is how many rows are looked at to find the heading.
const headRows = 20

// sheet is a sheet whose heading was found.
type sheet struct {
	info    SheetInfo
	row     int // row of the heading
	fields  int // columns up to the last heading
	texts   []string
	match   *mapping
	columns *merchant.Columns
	seen
}

// cellText returns what a cell of a header row says.
func cellText(c merchant.Cell) string {
	if c.Type == merchant.CellError {
		return ""
	}
	t, _ := normalize.Clean(c.Text)
	return t
}

func blank(cells []merchant.Cell) bool {
	return !slices.ContainsFunc(cells, filled)
}

func filled(c merchant.Cell) bool {
	if c.Formula || c.Text == "" {
		return c.Formula
	}
	b := c.Text[0] // blanks beyond ASCII begin with one of four bytes
	if b > ' ' && b != 0xC2 && b != 0xE1 && b != 0xE2 && b != 0xE3 {
		return true
	}
	return strings.TrimSpace(c.Text) != ""
}

// head returns the first rows of a sheet that hold something, and further ones up to row number last.
func head(ctx context.Context, b Book, name string, last int) ([]Row, error) {
	var rows []Row
	for r, err := range b.Rows(name) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if !blank(r.Cells) {
			r.Cells = slices.Clone(r.Cells)
			rows = append(rows, r)
		}
		if len(rows) >= headRows && r.Number >= last {
			break
		}
		if last > 0 && len(rows) > headRows && r.Number < last { // a far header row: keep only what can matter
			rows = rows[1:]
		}
	}
	return rows, nil
}

// groupRows is how many rows above the lowest row of a heading belong to it at most.
const groupRows = 2

// maxGroup bounds a group heading that stands alone in its row; longer text is a title.
const maxGroup = 12

// header makes the headings of the rows that end with row i: the cells of the row itself, headings that were merged
// downwards into it, and the group headings that stretch over a column. used counts cells taken from above, hits those
// that read as headings.
func (v *vocabulary) header(rows []headRow, i int) (hs []heading, hits, used int) {
	cells := rows[i].cells
	n := len(cells)
	first := i // of the rows above
	for first > 0 && first > i-groupRows && rows[first].number-rows[first-1].number == 1 && heads(rows[first-1].cells, cells) {
		first--
		n = max(n, len(rows[first].cells))
	}
	above := rows[first:i]
	in := make([]groupCell, len(above)) // the group of each row that the column stands in
	hs = make([]heading, n)
	for c := range hs {
		h := &hs[c]
		if c < len(cells) {
			h.text = cells[c].text
		}
		known := c < len(cells) && cells[c].known
		top := len(above) // row of a heading that was merged downwards
		for k := range above {
			if c >= len(above[k].cells) || above[k].cells[c].text == "" {
				continue
			}
			g := &above[k].cells[c]
			clear(in[k:]) // a group ends where another begins beside it or above it
			if h.text == "" && (g.known || !g.group || alone(above[k:], cells, c)) && below(above[k+1:], c) {
				if h.text, top = g.text, k; g.known { // another is only named
					known = true
					used++
				}
				break
			}
			if g.group {
				in[k] = *g
			}
		}
		for _, g := range in[:top] {
			if g.text == "" {
				continue
			}
			h.groups = append(h.groups, g.text)
			if g.scope != "" {
				h.scope = g.scope
			}
		}
		if h.text == "" {
			h.groups, h.scope = nil, ""
		} else if known {
			hits++
		} else if _, ok := v.composed(*h); ok {
			hits++
		}
	}
	for n > 0 && hs[n-1].text == "" {
		n--
	}
	return hs[:n], hits, used
}

// headRow is a row among the first of a sheet, its texts looked up.
type headRow struct {
	number int
	cells  []groupCell
	raw    []merchant.Cell
}

// groupCell is a text that may be a heading, or a group of headings when it stands above some.
type groupCell struct {
	text         string
	scope        scope
	known, group bool
}

// study looks up the texts of rows. A text that is neither heading nor group only ends the group to its left.
func (v *vocabulary) study(rows []Row) []headRow {
	out := make([]headRow, len(rows))
	for i, r := range rows {
		out[i] = headRow{r.Number, make([]groupCell, len(r.Cells)), r.Cells}
		for c := range r.Cells {
			g := &out[i].cells[c]
			if g.text = cellText(r.Cells[c]); g.text == "" || len(g.text) > maxHeading {
				continue
			}
			key := fold(g.text)
			if g.known = v.knowsKey(key, g.text); g.known {
				g.scope, g.group = v.groupScope(key), true
			} else if i := strings.IndexAny(g.text, ":："); key != "" && !isTitle(g.text) && !(i >= 0 && i < len(g.text)-len("：")) {
				// 制表人：张三 fills something in and heads nothing
				g.scope = v.groupScope(key)
				g.group = g.scope != "" || slices.ContainsFunc(v.general, func(w string) bool { return strings.HasSuffix(key, w) })
			}
		}
	}
	return out
}

// below reports whether nothing stands in column c of the rows.
func below(rows []headRow, c int) bool {
	return !slices.ContainsFunc(rows, func(row headRow) bool { return c < len(row.cells) && row.cells[c].text != "" })
}

// alone reports whether no column that the text in column c of the first row stretches over has a heading below it.
func alone(above []headRow, cells []groupCell, c int) bool {
	row := above[0].cells
	for c++; c < len(row) || c < len(cells); c++ {
		if c < len(row) && row[c].text != "" {
			break
		}
		if c < len(cells) && cells[c].text != "" || !below(above[1:], c) {
			return false
		}
	}
	return true
}

// heads reports whether a row holds group headings of the row lower, and is not a title or a line about who filled the
// sheet in. One text alone must be a short word about a group and not stand where titles do.
func heads(row, lower []groupCell) bool {
	count, groups, first := 0, 0, -1
	for c := range row {
		if row[c].text == "" {
			continue
		}
		if count++; first < 0 {
			first = c
		}
		if row[c].group {
			groups++
		}
	}
	if groups == 0 || count > 1 {
		return groups > 0
	}
	merged := row[first].known && (first >= len(lower) || lower[first].text == "")
	return merged || first > 0 && utf8.RuneCountInString(row[first].text) <= maxGroup
}

// isTitle reports text that names a whole table.
func isTitle(t string) bool {
	for _, end := range [...]string{"表", "清单", "名单", "台账", "明细", "汇总", "登记簿", "档案"} {
		if strings.HasSuffix(t, end) {
			return true
		}
	}
	return false
}

// find looks for the heading among the rows; nil when no row reads like one.
func (v *vocabulary) find(info SheetInfo, rows []headRow, row int, within scope, m *SheetMapping) *sheet {
	best, bestHits, bestUsed := -1, 0, 0
	for i := range rows {
		if m != nil && row > 0 && rows[i].number == row && best < 0 && m.nameless() {
			best = i // columns by their letters alone: the row is as the map says
		}
		if row > 0 && rows[i].number != row || row == 0 && i >= headRows {
			continue
		}
		hs, hits, used := v.header(rows, i)
		if m != nil {
			hits = m.hits(hs)
		}
		if hits > bestHits || hits == bestHits && hits > 0 && used < bestUsed {
			best, bestHits, bestUsed = i, hits, used
		}
	}
	if best < 0 {
		return nil
	}
	hs, _, _ := v.header(rows, best)
	s := &sheet{info: info, row: rows[best].number}
	if m != nil {
		s.match = v.replay(hs, m)
	} else {
		s.match = v.match(hs, within)
	}
	for _, h := range hs {
		s.texts = append(s.texts, h.text)
	}
	if s.fields = s.match.headings; info.Fields { // empty headings at the end of a line count as fields
		s.fields = max(s.fields, len(rows[best].cells))
	}
	behind := make([]bool, max(0, s.fields-len(hs))) // fields of the line behind the last heading, told of
	for _, r := range rows[best+1:] {                // a column with values and no heading is not lost unseen
		for c := len(hs); c < min(len(r.raw), s.fields); c++ {
			if !behind[c-len(hs)] && filled(r.raw[c]) {
				behind[c-len(hs)] = true
				s.match.notes = append(s.match.notes, merchant.Note{Kind: merchant.NoteColumnUnknown, Info: Letter(c)})
			}
		}
		for c := range min(len(r.raw), len(hs)) {
			if hs[c].text == "" && s.match.columns[c].Path.Field == merchant.FieldNone && s.match.splits[c] == nil && filled(r.raw[c]) {
				hs[c].text = " "
				s.match.notes = append(s.match.notes, merchant.Note{Kind: merchant.NoteColumnUnknown, Info: Letter(c)})
			}
		}
	}
	if row == 0 && s.match.mapped == 0 && bestHits < 2 && m == nil {
		return nil
	}
	s.columns = &merchant.Columns{List: s.match.columns, Absent: s.match.absent}
	return s
}

func (s *sheet) key() bool {
	return s.match.fills(merchant.FieldMerchantNo) || s.match.fills(merchant.FieldExternalID)
}

// lists reports whether the sheet reads like a list of merchants.
func (s *sheet) lists() bool { return s.key() && s.match.fills(merchant.FieldNamesLegal) }

// terminals reports whether a sheet, matched as one, reads like a list of terminals: a merchant number, and more about
// terminals than about merchants.
func (s *sheet) terminals() bool {
	if s == nil || !s.match.fills(merchant.FieldMerchantNo) || !s.match.fills(merchant.FieldTerminalsTerminalNo) && !s.match.fills(merchant.FieldTerminalsSerialNo) {
		return false
	}
	of, other := 0, 0
	for _, c := range s.match.columns {
		switch {
		case c.Path.Field.List() == merchant.FieldTerminals:
			of++
		case c.Path.Field != merchant.FieldNone && c.Path.Field != merchant.FieldMerchantNo && c.Path.Field != merchant.FieldNamesLegal:
			other++
		}
	}
	return of > other && of > 1
}

// chosen is what of a book is read.
type chosen struct {
	main, terminals *sheet
	others          []string // further sheets that look like merchant lists
	layouts         map[string]Layout
}

// choose finds the merchant sheet, the terminals sheet and the sheets that look like another merchant list.
func choose(ctx context.Context, b Book, o Options) (*chosen, error) {
	infos := b.Sheets()
	if len(infos) == 1 && infos[0].Fields {
		o.Sheet = ""
	}
	if o.Sheet != "" && !slices.ContainsFunc(infos, func(s SheetInfo) bool { return s.Name == o.Sheet }) {
		return nil, noSheet(infos, o.File, o.Sheet)
	}
	var mapped map[string]*SheetMapping
	if o.Map != nil {
		if err := o.Map.Check(); err != nil {
			return nil, err
		}
		var err error
		if mapped, err = o.Map.choose(infos, o); err != nil {
			return nil, err
		}
	}
	c, err := candidates(ctx, b, infos, o, mapped)
	if err != nil {
		return nil, err
	}
	for _, s := range []*sheet{c.main, c.terminals} {
		if s != nil {
			s.hiddenColumns(c.layouts[s.info.Name])
		}
	}
	return c, nil
}

func noSheet(infos []SheetInfo, file, sheet string) error {
	names := make([]string, len(infos))
	for i, s := range infos {
		names[i] = oneLine(s.Name)
	}
	list := strings.Join(names, ", ")
	return &InputError{File: file, Sheet: sheet, ProblemZH: "没有这个工作表", ProblemEN: "there is no such sheet",
		MendZH: "可选的工作表：" + list, MendEN: "the sheets are: " + list}
}

// candidates reads the heads of the sheets and decides; sheets named by a map are read as it says.
func candidates(ctx context.Context, b Book, infos []SheetInfo, o Options, mapped map[string]*SheetMapping) (*chosen, error) {
	v := vocabularyOnce().with(o.Dialect)
	out := &chosen{layouts: map[string]Layout{}}
	type candidate struct {
		*sheet
		machines *sheet // the same read as a list of terminals, nil when it is none
	}
	var found []candidate
	content := false
	for _, info := range infos {
		last := 0
		if o.Sheet == "" || o.Sheet == info.Name {
			last = o.HeaderRow
		}
		m := mapped[info.Name]
		if m != nil && last == 0 {
			last = m.HeaderRow
		}
		first, err := head(ctx, b, info.Name, last)
		if err != nil {
			// A sheet that is not read in the end may be damaged; the one that is fails again when it is read.
			var in *InputError
			if errors.As(err, &in) && len(infos) > 1 && o.Sheet != "" && o.Sheet != info.Name {
				continue
			}
			return nil, err
		}
		rows := v.study(first)
		out.layouts[info.Name] = Layout{HiddenColumns: slices.Clone(b.Layout(info.Name).HiddenColumns)}
		content = content || len(rows) > 0 && (o.Sheet == "" || o.Sheet == info.Name)
		if m != nil {
			s := v.find(info, rows, last, "", m)
			if s == nil && o.HeaderRow == 0 {
				s = v.find(info, rows, 0, "", m) // the heading has moved
			}
			if s == nil {
				return nil, noHeader(o, len(rows) > 0)
			}
			if m.Terminals {
				out.terminals = s
			} else {
				out.main = s
			}
			continue
		}
		if s := v.find(info, rows, last, "", nil); s != nil {
			c := candidate{sheet: s}
			if m := v.find(info, rows, 0, terminal, nil); m.terminals() {
				c.machines = m
			}
			found = append(found, c)
		}
	}
	better := func(a, b candidate) bool { // a is a better merchant sheet than b
		rank := func(s candidate) (n int) {
			if s.key() {
				n += 2
			}
			if !s.info.Hidden {
				n++
			}
			if s.machines == nil {
				n += 4
			}
			return n
		}
		if ra, rb := rank(a), rank(b); ra != rb {
			return ra > rb
		}
		return a.match.mapped > b.match.mapped
	}
	if mapped == nil {
		var best candidate
		for _, c := range found {
			if o.Sheet != "" && c.info.Name != o.Sheet {
				continue
			}
			if best.sheet == nil || better(c, best) {
				best = c
			}
		}
		if best.sheet == nil {
			return nil, noHeader(o, content)
		}
		out.main = best.sheet
	}
	if out.main.match.mapped == 0 && len(out.main.match.notes) == 0 {
		return nil, noHeader(o, true)
	}
	for _, c := range found {
		switch {
		case c.info.Name == out.main.info.Name:
		case c.machines != nil && mapped == nil && out.terminals == nil && !c.info.Hidden:
			out.terminals = c.machines
			for i := range out.terminals.match.columns { // what else the sheet tells about merchants is not read from it
				if p := &out.terminals.match.columns[i].Path; p.Field.List() == merchant.FieldTerminals {
					p.Index = -1
				} else if p.Field != merchant.FieldMerchantNo {
					*p = merchant.Path{}
					out.terminals.match.columns[i].Product = ""
				}
			}
		case c.lists() && o.Sheet == "":
			out.others = append(out.others, c.info.Name)
		}
	}
	return out, nil
}

func noHeader(o Options, content bool) error {
	e := &InputError{File: o.File, Sheet: o.Sheet, MendZH: "请使用模板的表头，或指定工作表和表头行", MendEN: "use the headings of the template, or name the sheet and the header row"}
	switch {
	case !content:
		e.ProblemZH, e.ProblemEN = "没有任何内容", "there is nothing in it"
		e.MendZH, e.MendEN = "请选择有数据的文件或工作表", "choose a file or a sheet with data"
	case o.HeaderRow > 0:
		n := strconv.Itoa(o.HeaderRow)
		e.ProblemZH, e.ProblemEN = "第"+n+"行没有可识别的表头", "row "+n+" has no heading that is known"
	default:
		n := strconv.Itoa(headRows)
		e.ProblemZH, e.ProblemEN = "前"+n+"行中没有找到表头，没有可识别的列", "no header was found in the first "+n+" rows: no column is known"
	}
	return e
}
