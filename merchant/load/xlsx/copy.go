package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Copy writes the workbook to w with the edits made. Only the elements of the cells that they name are written anew;
// everything else of their sheets, and every other part (styles, formulas, notes, macros …), is copied byte for byte. A
// text is stored in its cell, so that the shared strings stay as they are; a cell keeps its style, and a number that
// becomes another number stays one.
//
// Each edit is made or Copy fails: with an error of type [*load.InputError] when a cell does not hold what is to be
// replaced, or holds a formula, and for encrypted workbooks, whose copy would not be.
func (b *Book) Copy(w io.Writer, edits []load.Edit) error {
	if b.locked {
		return RefuseCopy(b.o.File)
	}
	splices := map[*zip.File][]splice{}
	for sheet := range sheetsOf(edits) {
		e := &editor{book: b, sheet: sheet, edits: slices.DeleteFunc(slices.Clone(edits), func(e load.Edit) bool { return e.Sheet != sheet })}
		if err := e.find(); err != nil {
			return err
		}
		splices[b.parts[partName(b.paths[b.sheet(sheet)])]] = e.splices
	}
	z := zip.NewWriter(w)
	for _, f := range b.zip.File {
		err := b.ctx.Err()
		switch list := splices[f]; {
		case err != nil:
		case list == nil:
			err = z.Copy(f)
		default:
			err = b.rewrite(z, f, list)
		}
		if err != nil {
			return err
		}
	}
	if err := z.SetComment(b.zip.Comment); err != nil {
		return err
	}
	return z.Close()
}

func sheetsOf(edits []load.Edit) map[string]bool {
	names := map[string]bool{}
	for i := range edits {
		names[edits[i].Sheet] = true
	}
	return names
}

// splice puts text where the bytes from and before to stood.
type splice struct {
	from, to int64
	text     string
}

// rewrite writes a part with the splices.
func (b *Book) rewrite(z *zip.Writer, f *zip.File, list []splice) error {
	p, err := b.part(f.Name)
	if err != nil {
		return damaged(b.o.File, "", err)
	}
	defer p.r.Close()
	w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Comment: f.Comment, Method: zip.Deflate, NonUTF8: f.NonUTF8,
		CreatorVersion: f.CreatorVersion, ExternalAttrs: f.ExternalAttrs,
		//lint:ignore SA1019 the stored form, which has no zone and may be no date at all
		ModifiedDate: f.ModifiedDate, ModifiedTime: f.ModifiedTime})
	if err != nil {
		return err
	}
	at := int64(0)
	for _, s := range list {
		if _, err := io.CopyN(w, p, s.from-at); err != nil {
			return err
		}
		if _, err := io.CopyN(io.Discard, p, s.to-s.from); err != nil {
			return err
		}
		if _, err := io.WriteString(w, s.text); err != nil {
			return err
		}
		at = s.to
	}
	_, err = io.Copy(w, p)
	return err
}

// editor goes over a sheet once and notes where its cells stand.
type editor struct {
	book    *Book
	sheet   string
	edits   []load.Edit // still to be placed, by row and column
	splices []splice
	styles  []columnStyle

	row    string // start tag without spans, "" for a row that needs none
	rowAt  splice // the start tag
	number int
	style  string // of new cells, where the row has one
	cell   string // start tag of the cell at hand, without type and end; "" when it is not to be replaced
	cellAt int64
}

type columnStyle struct {
	first, last int
	style       string
}

// find fills splices.
func (e *editor) find() error {
	slices.SortFunc(e.edits, func(x, y load.Edit) int {
		if x.Row != y.Row {
			return x.Row - y.Row
		}
		return x.Column - y.Column
	})
	s := &scan{book: e.book, at: e.book.sheet(e.sheet), edit: e}
	err := s.run(func(load.Row, error) bool { return true })
	var in *load.InputError
	switch {
	case errors.As(err, &in):
		return err
	case err != nil:
		return s.wrap(e.sheet, err)
	case s.recoded:
		return &load.InputError{File: e.book.o.File, Sheet: e.sheet, ProblemZH: "工作表的 XML 不是 UTF-8 编码，不能改写", ProblemEN: "the XML of the sheet is not in UTF-8 and cannot be rewritten",
			MendZH: "请用电子表格软件打开后另存", MendEN: "open it in a spreadsheet program and save it"}
	case len(e.edits) > 0:
		return e.changed()
	}
	return nil
}

func (e *editor) changed() error { return load.Changed(e.book.o.File, e.sheet, e.edits[0].Row) }

// wanted returns the column of the next edit in the row at hand, -1 for none.
func (e *editor) wanted() int {
	if len(e.edits) > 0 && e.edits[0].Row == e.number {
		return e.edits[0].Column
	}
	return -1
}

// column keeps the style of a col element.
func (e *editor) column(s *scan) {
	first, _ := strconv.Atoi(s.attr("min"))
	last, _ := strconv.Atoi(s.attr("max"))
	e.styles = append(e.styles, columnStyle{first - 1, last - 1, s.attr("style")})
}

// begin looks at the start tag of a row.
func (e *editor) begin(s *scan, number int) {
	e.number, e.row, e.style = number, "", ""
	if e.wanted() < 0 {
		return
	}
	if truth(s.attr("customFormat")) {
		e.style = s.attr("s")
	}
	if s.attr("spans") != "" && !s.self {
		e.row = tag(s, "spans") + ">"
	}
	e.rowAt = splice{from: s.from, to: s.offset()}
}

// tag writes the start tag at hand again without one attribute and without its end.
func tag(s *scan, without string) string {
	var b strings.Builder
	b.WriteString("<" + qualified(s, string(s.name)))
	for _, a := range s.attrs {
		if string(a.name) != without {
			b.WriteString(" " + string(a.name) + `="` + string(bytes.ReplaceAll(a.value, []byte(`"`), []byte("&quot;"))) + `"`)
		}
	}
	return b.String()
}

// qualified puts the prefix of the sheet before a name.
func qualified(s *scan, name string) string {
	if s.space == "" {
		return name
	}
	return s.space + ":" + name
}

// insert adds the cells that the row lacks before a column, or before its end.
func (e *editor) insert(s *scan, column int) error {
	for c := e.wanted(); c >= 0 && c < column; c = e.wanted() {
		edit := e.edits[0]
		if edit.Old != "" || s.from < e.rowAt.to {
			return e.changed()
		}
		if e.row != "" { // spans may not cover the new cell; it is a hint that nobody needs
			e.splices = append(e.splices, splice{e.rowAt.from, e.rowAt.to, e.row})
			for i := len(e.splices) - 1; i > 0 && e.splices[i-1].from > e.splices[i].from; i-- {
				e.splices[i-1], e.splices[i] = e.splices[i], e.splices[i-1]
			}
			e.row = ""
		}
		style := e.style
		for _, x := range e.styles {
			if style == "" && c >= x.first && c <= x.last {
				style = x.style
			}
		}
		start := "<" + qualified(s, "c") + ` r="` + load.Letter(c) + strconv.Itoa(e.number) + `"`
		if style != "" {
			start += ` s="` + style + `"`
		}
		e.splices = append(e.splices, splice{s.from, s.from, start + contents(s, edit.New, false)})
		e.edits = e.edits[1:]
	}
	return nil
}

// keep remembers the start tag of a cell that is to be replaced.
func (e *editor) keep(s *scan, column int) {
	if e.cell = ""; e.wanted() == column {
		e.cell, e.cellAt = tag(s, "t"), s.from
	}
}

// replace writes the cell that was just read anew.
func (e *editor) replace(s *scan, column int) error {
	if e.cell == "" {
		return nil
	}
	edit, was, number := e.edits[0], "", false
	if column < len(s.cells) { // else it is empty
		c := &s.cells[column]
		if was = c.Text; len(s.own) > 0 && s.own[len(s.own)-1].cell == column {
			last := s.own[len(s.own)-1]
			was = string(s.buf[last.from:last.to])
		}
		if c.Formula {
			return e.changed()
		}
		number = len(s.kind) == 0 || string(s.kind) == "n"
	}
	if was != edit.Old {
		return e.changed()
	}
	e.splices = append(e.splices, splice{e.cellAt, s.offset(), e.cell + contents(s, edit.New, number)})
	e.edits, e.cell = e.edits[1:], ""
	return nil
}

// contents returns what follows the attributes of a cell that keeps its type as a number or holds a text.
func contents(s *scan, text string, number bool) string {
	q := func(name string) string { return qualified(s, name) }
	switch {
	case text == "":
		return "/>"
	case number && load.PlainNumber(text):
		return "><" + q("v") + ">" + text + "</" + q("v") + "></" + q("c") + ">"
	}
	space := ""
	if strings.ContainsAny(text, " \t\r\n") {
		space = ` xml:space="preserve"`
	}
	return ` t="inlineStr"><` + q("is") + "><" + q("t") + space + ">" + escape(text) + "</" + q("t") + "></" + q("is") + "></" + q("c") + ">"
}

// escape writes text as XML. What reads like _x000D_ would be taken for a character that XML cannot hold.
func escape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if rest := text[i:]; len(rest) >= 7 && string(unescape([]byte(rest[:7]))) != rest[:7] {
			b.WriteString("_x005F_")
			continue
		}
		b.WriteByte(text[i])
	}
	var out bytes.Buffer
	if xml.EscapeText(&out, []byte(b.String())) != nil {
		return ""
	}
	return out.String()
}
