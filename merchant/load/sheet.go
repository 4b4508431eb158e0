package load

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

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
	return c.Formula || c.Text != "" && strings.TrimSpace(c.Text) != ""
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

// header makes the headings of row i: its own cells, those of the row above where two rows were merged downwards, and
// the group heading that stretches over the column. used counts cells taken from above, hits those that read as headings.
func (v *vocabulary) header(rows []Row, i int) (hs []heading, hits, used int) {
	cells := rows[i].Cells
	var above []merchant.Cell
	if i > 0 && rows[i].Number-rows[i-1].Number == 1 {
		above = rows[i-1].Cells
	}
	groups := 0
	for _, c := range above {
		if cellText(c) != "" {
			groups++
		}
	}
	if groups < 2 { // one cell alone is a title
		above = nil
	}
	n := max(len(cells), len(above))
	hs = make([]heading, n)
	var group string
	var in scope
	for c := range hs {
		h := &hs[c]
		if c < len(cells) {
			h.text = cellText(cells[c])
		}
		if c < len(above) {
			if t := cellText(above[c]); t != "" {
				if group, in = t, v.groupScope(t); in == "" {
					group = ""
				}
				if h.text == "" && v.knows(t) {
					h.text = t
					group, in = "", ""
					used++
				}
			}
		}
		h.group, h.scope = group, in
		if h.text != "" && v.knows(h.text) {
			hits++
		}
	}
	for n > 0 && hs[n-1].text == "" {
		n--
	}
	return hs[:n], hits, used
}

// find looks for the heading among the rows; nil when no row reads like one.
func (v *vocabulary) find(info SheetInfo, rows []Row, row int, within scope) *sheet {
	best, bestHits, bestUsed := -1, 0, 0
	for i := range rows {
		if row > 0 && rows[i].Number != row || row == 0 && i >= headRows {
			continue
		}
		_, hits, used := v.header(rows, i)
		if hits > bestHits || hits == bestHits && hits > 0 && used < bestUsed {
			best, bestHits, bestUsed = i, hits, used
		}
	}
	if best < 0 {
		return nil
	}
	hs, _, _ := v.header(rows, best)
	s := &sheet{info: info, row: rows[best].Number, fields: len(hs), match: v.match(hs, within)}
	if info.Fields { // empty headings at the end of a line count as fields
		s.fields = max(s.fields, len(rows[best].Cells))
	}
	for _, h := range hs {
		s.texts = append(s.texts, h.text)
	}
	for _, r := range rows[best+1:] { // a column with values and no heading is not lost unseen
		for c := range min(len(r.Cells), len(hs)) {
			if hs[c].text == "" && filled(r.Cells[c]) {
				hs[c].text = " "
				s.match.notes = append(s.match.notes, merchant.Note{Kind: merchant.NoteColumnUnknown, Info: Letter(c)})
			}
		}
	}
	if row == 0 && s.match.mapped == 0 && bestHits < 2 {
		return nil
	}
	s.columns = &merchant.Columns{List: s.match.columns}
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
}

// choose finds the merchant sheet, the terminals sheet and the sheets that look like another merchant list.
func choose(ctx context.Context, b Book, o Options) (*chosen, error) {
	v := vocabularyOnce()
	infos := b.Sheets()
	if len(infos) == 1 && infos[0].Fields {
		o.Sheet = ""
	}
	if o.Sheet != "" && !slices.ContainsFunc(infos, func(s SheetInfo) bool { return s.Name == o.Sheet }) {
		names := make([]string, len(infos))
		for i, s := range infos {
			names[i] = oneLine(s.Name)
		}
		list := strings.Join(names, ", ")
		return nil, &InputError{File: o.File, Sheet: o.Sheet, ProblemZH: "没有这个工作表", ProblemEN: "there is no such sheet",
			MendZH: "可选的工作表：" + list, MendEN: "the sheets are: " + list}
	}
	out := &chosen{}
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
		rows, err := head(ctx, b, info.Name, last)
		if err != nil {
			// A sheet that is not read in the end may be damaged; the one that is fails again when it is read.
			var in *InputError
			if errors.As(err, &in) && len(infos) > 1 && o.Sheet != "" && o.Sheet != info.Name {
				continue
			}
			return nil, err
		}
		content = content || len(rows) > 0 && (o.Sheet == "" || o.Sheet == info.Name)
		if s := v.find(info, rows, last, ""); s != nil {
			c := candidate{sheet: s}
			if m := v.find(info, rows, 0, terminal); m.terminals() {
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
	if out.main.match.mapped == 0 && len(out.main.match.notes) == 0 {
		return nil, noHeader(o, true)
	}
	for _, c := range found {
		switch {
		case c.info.Name == out.main.info.Name:
		case c.machines != nil && out.terminals == nil && !c.info.Hidden:
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
