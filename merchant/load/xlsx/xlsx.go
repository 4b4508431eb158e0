// Package xlsx reads Office Open XML workbooks (.xlsx, .xlsm): the stored text, type, number format and formula mark of
// every cell, row by row.
//
// The parts are walked with encoding/xml; excelize only decrypts. Damage is an error that names the last good row, and
// never makes rows disappear: entries are read to their end so that their checksums count, positions must ascend, and
// shared strings must exist. What a part may inflate to is counted and bounded.
package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Options say how to open a workbook.
type Options struct {
	File         string // name for errors
	Password     string // for encrypted workbooks; the one that spreadsheet programs use unasked is tried first
	MaxPartBytes int64  // what one part may inflate to; 0 means 1 GiB
}

const (
	maxPart    = 1 << 30
	ratioFrom  = 64 << 20 // inflated bytes from which the ratio is watched
	maxRatio   = 200
	maxEntries = 10000
	maxColumns = 512
	maxRows    = 1 << 20
	maxText    = 32767
	maxOLE     = 512 << 20
	maxSpin    = 10_000_000
)

// unasked is the password that spreadsheet programs set and try without asking (for read-only recommendations).
const unasked = "VelvetSweatshop"

// Book is an open workbook. It implements [load.Book].
type Book struct {
	o       Options
	parts   map[string]*zip.File
	sheets  []load.SheetInfo
	paths   []string // part of each sheet
	strings []string
	formats []format // by cell style
}

type format struct {
	code string
	date bool
}

// Open reads the directory, the styles and the shared strings of a workbook. The reader must stay open while the Book
// is in use; Close does not close it.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Book, error) {
	if o.MaxPartBytes <= 0 {
		o.MaxPartBytes = maxPart
	}
	head := make([]byte, min(size, 4096))
	if n, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(o.File, err)
	} else {
		head = head[:n]
	}
	switch k := Sniff(head); k {
	case Zip:
	case OLE:
		raw, err := decrypt(r, size, o)
		if err != nil {
			return nil, err
		}
		r, size = bytes.NewReader(raw), int64(len(raw))
	default:
		return nil, Refuse(o.File, k)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(o.File, "", err)
	}
	b := &Book{o: o, parts: make(map[string]*zip.File, len(z.File))}
	if len(z.File) > maxEntries {
		return nil, damaged(o.File, "", fault("条目过多", "too many entries"))
	}
	for _, f := range z.File {
		name := partName(f.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if b.parts[name] != nil {
			return nil, damaged(o.File, "", fault("有两个同名条目", "two entries of one name"))
		}
		b.parts[name] = f
	}
	if b.parts["xl/workbook.bin"] != nil || b.parts["[content_types].xml"] == nil {
		e := Refuse(o.File, Binary)
		e.ProblemZH, e.ProblemEN = "压缩包里不是 xlsx 工作簿", "the zip file holds no xlsx workbook"
		switch {
		case b.parts["xl/workbook.bin"] != nil:
			e.ProblemZH, e.ProblemEN = "这是二进制工作簿（.xlsb）", "this is a binary workbook (.xlsb)"
		case b.parts["mimetype"] != nil:
			e.ProblemZH, e.ProblemEN = "这是 OpenDocument 表格（.ods）", "this is an OpenDocument spreadsheet (.ods)"
		}
		e.MendZH, e.MendEN = "请用电子表格软件打开后另存为 xlsx", "open it in a spreadsheet program and save it as xlsx"
		return nil, e
	}
	if err := b.open(ctx); err != nil {
		var in *load.InputError
		if errors.As(err, &in) || ctx.Err() != nil {
			return nil, err
		}
		return nil, damaged(o.File, "", err)
	}
	return b, nil
}

func unreadable(file string, err error) error {
	return &load.InputError{File: file, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

func damaged(file, sheet string, err error) error {
	return &load.InputError{File: file, Sheet: sheet, ProblemZH: "工作簿已损坏或不完整（" + cause(err, "zh") + "）", ProblemEN: "the workbook is damaged or incomplete (" + cause(err, "en") + ")",
		MendZH: "请重新导出，或用电子表格软件打开后另存为 xlsx", MendEN: "export it again, or open it in a spreadsheet program and save it as xlsx", Err: err}
}

// cause names what went wrong without showing what the file holds: texts of the XML decoder may quote it.
func cause(err error, lang string) string {
	var syntax *xml.SyntaxError
	zh, en := "内容不符合格式", "its content is not as it must be"
	switch {
	case errors.Is(err, zip.ErrChecksum):
		zh, en = "校验和不符", "checksum mismatch"
	case errors.Is(err, errTooLarge):
		zh, en = "展开后过大", "it inflates to more than is allowed"
	case errors.As(err, &syntax):
		zh, en = "XML 错误，第"+strconv.Itoa(syntax.Line)+"行", "XML error in line "+strconv.Itoa(syntax.Line)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrFormat):
		zh, en = "压缩包被截断", "the zip file is cut short"
	default:
		var p *partError
		if errors.As(err, &p) {
			zh, en = p.zh, p.en
		}
	}
	if lang == "zh" {
		return zh
	}
	return en
}

// partError is damage that this package found itself.
type partError struct{ zh, en string }

func (e *partError) Error() string { return "xlsx: " + e.en }

func fault(zh, en string, args ...any) error {
	return &partError{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

var errTooLarge = errors.New("xlsx: part inflates to more than is allowed")

var spinCount = regexp.MustCompile(`spinCount="(\d+)"`)

// decrypt opens an OLE file that holds an encrypted workbook.
func decrypt(r io.ReaderAt, size int64, o Options) (plain []byte, err error) {
	if size > maxOLE {
		return nil, damaged(o.File, "", errTooLarge)
	}
	raw := make([]byte, size)
	if _, err := r.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(o.File, err)
	}
	if !bytes.Contains(raw, utf16le("EncryptionInfo")) {
		return nil, Refuse(o.File, OLE)
	}
	locked := &load.InputError{File: o.File, ProblemZH: "工作簿有打开密码", ProblemEN: "the workbook is encrypted",
		MendZH: "请提供密码，或去掉密码后另存", MendEN: "give the password, or save it without one"}
	if m := spinCount.FindSubmatch(raw); m != nil {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n > maxSpin {
			return nil, damaged(o.File, "", fault("加密迭代次数超过%d", "spinCount beyond %d", maxSpin))
		}
	}
	for _, password := range []string{unasked, o.Password} {
		if password == "" {
			continue
		}
		if plain, err := tryPassword(raw, password); err == nil && Sniff(plain) == Zip {
			return plain, nil
		} else {
			locked.Err = err
		}
	}
	if o.Password != "" {
		locked.ProblemZH, locked.ProblemEN = "密码不对", "the password is wrong"
		locked.MendZH, locked.MendEN = "请提供正确的密码", "give the right password"
	}
	return nil, locked
}

// tryPassword shields against damaged headers, on which the decrypting library may panic.
func tryPassword(raw []byte, password string) (plain []byte, err error) {
	defer func() {
		if recover() != nil {
			plain, err = nil, fault("加密头已损坏", "the encryption header is damaged")
		}
	}()
	return excelize.Decrypt(raw, &excelize.Options{Password: password})
}

func utf16le(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// partName folds the name of a part: names are compared without regard to case, and some writers use backslashes.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// part is an open part: bounded, and cancellable.
type part struct {
	ctx  context.Context
	r    io.ReadCloser
	file *zip.File
	n    int64
	max  int64
}

func (b *Book) part(ctx context.Context, name string) (*part, error) {
	f := b.parts[partName(name)]
	if f == nil {
		return nil, fault("缺少部件", "a part is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &part{ctx, r, f, 0, b.o.MaxPartBytes}, nil
}

func (p *part) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	p.n += int64(n)
	if p.n > p.max || p.n > ratioFrom && p.n/maxRatio > int64(p.file.CompressedSize64) {
		return 0, errTooLarge
	}
	return n, err
}

// finish reads to the end, so that the checksum is compared.
func (p *part) finish() error {
	_, err := io.Copy(io.Discard, p)
	return err
}

// decoder reads XML, in UTF-8 or the Chinese encodings that some writers declare. A document type is refused.
func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "utf8", "us-ascii":
			return in, nil
		case "gbk", "gb2312", "gb18030":
			return simplifiedchinese.GB18030.NewDecoder().Reader(in), nil
		}
		return nil, fault("XML 不是 UTF-8 编码", "XML in another encoding than UTF-8")
	}
	return d
}

// each calls f for every element of a part; f may consume the element.
func (b *Book) each(ctx context.Context, name string, f func(d *xml.Decoder, e xml.StartElement) error) error {
	p, err := b.part(ctx, name)
	if err != nil {
		return err
	}
	defer p.r.Close()
	d := decoder(p)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p.finish()
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return fault("不允许文档类型声明", "a document type is not allowed")
		case xml.StartElement:
			if err := f(d, t); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

// relation is a link from one part to another.
type relation struct{ kind, target string }

// relations reads the links of a part, by ID.
func (b *Book) relations(ctx context.Context, of string) (map[string]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	out := map[string]relation{}
	if b.parts[partName(name)] == nil {
		return out, nil
	}
	err := b.each(ctx, name, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), strings.TrimPrefix(path.Clean(target), "/")}
		}
		return nil
	})
	return out, err
}

func (b *Book) open(ctx context.Context) error {
	top, err := b.relations(ctx, "")
	if err != nil {
		return err
	}
	workbook := ""
	for _, r := range top {
		if r.kind == "officeDocument" {
			workbook = r.target
		}
	}
	if workbook == "" {
		return fault("没有工作簿部件", "no workbook part")
	}
	links, err := b.relations(ctx, workbook)
	if err != nil {
		return err
	}
	date1904 := false
	err = b.each(ctx, workbook, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			date1904 = truth(attr(e, "date1904"))
		case "sheet":
			id := ""
			for _, a := range e.Attr { // r:id, not sheetId
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			if link, ok := links[id]; ok && link.kind == "worksheet" { // charts and macro sheets hold no rows
				state := attr(e, "state")
				b.sheets = append(b.sheets, load.SheetInfo{Name: attr(e, "name"), Hidden: state == "hidden" || state == "veryHidden"})
				b.paths = append(b.paths, link.target)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range b.sheets {
		b.sheets[i].Date1904 = date1904
	}
	for _, link := range links {
		switch link.kind {
		case "styles":
			err = b.readStyles(ctx, link.target)
		case "sharedStrings":
			err = b.readStrings(ctx, link.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) readStyles(ctx context.Context, name string) error {
	custom := map[string]string{}
	inXfs := false
	return b.each(ctx, name, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inXfs = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inXfs = false
			return d.Skip()
		case "xf":
			if inXfs {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				code, own := custom[attr(e, "numFmtId")]
				if !own {
					code = builtin(id)
				}
				b.formats = append(b.formats, format{code, !own && builtinDate(id) || own && isDate(code)})
			}
		}
		return nil
	})
}

func (b *Book) readStrings(ctx context.Context, name string) error {
	return b.each(ctx, name, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := richText(d)
		b.strings = append(b.strings, s)
		return err
	})
}

// richText joins the runs of a string; phonetic hints are no part of it.
func richText(d *xml.Decoder) (string, error) {
	var joined []byte
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				if joined, err = text(d, joined); err != nil {
					return "", err
				}
			case "rPh", "phoneticPr", "rPr":
				if err := d.Skip(); err != nil {
					return "", err
				}
			default:
				depth++
			}
		case xml.EndElement:
			depth--
		}
	}
	return unescape(string(joined)), nil
}

// text appends the character data up to the end of the element.
func text(d *xml.Decoder, dst []byte) ([]byte, error) {
	for {
		t, err := d.Token()
		if err != nil {
			return dst, err
		}
		switch t := t.(type) {
		case xml.CharData:
			dst = append(dst, t...)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return dst, err
			}
		case xml.EndElement:
			return dst, nil
		}
	}
}

// unescape resolves _x000D_ and its like, the form for characters that XML cannot hold.
func unescape(s string) string {
	i := strings.Index(s, "_x")
	if i < 0 {
		return s
	}
	var out strings.Builder
	for ; i >= 0; i = strings.Index(s, "_x") {
		out.WriteString(s[:i])
		s = s[i:]
		if len(s) >= 7 && s[6] == '_' {
			if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil && (n < 0xD800 || n > 0xDFFF) {
				out.WriteRune(rune(n))
				s = s[7:]
				continue
			}
		}
		out.WriteString(s[:2])
		s = s[2:]
	}
	return out.String() + s
}

// Sheets returns the worksheets in the order of the workbook.
func (b *Book) Sheets() []load.SheetInfo { return b.sheets }

// Layout returns the hidden columns and merged ranges of a sheet.
func (b *Book) Layout(string) load.Layout { return load.Layout{} }

// Progress returns the bytes read of the current pass, and how many there are.
func (b *Book) Progress() (done, total int64) { return 0, 0 }

// Close releases what the Book holds.
func (b *Book) Close() error { return nil }

// Rows returns the rows of a sheet. An error ends them and names the last good row.
func (b *Book) Rows(sheet string) iter.Seq2[load.Row, error] {
	return func(yield func(load.Row, error) bool) {
		s := &scan{book: b}
		if err := s.run(sheet, yield); err != nil {
			yield(load.Row{}, s.wrap(sheet, err))
		}
	}
}

// scan is one pass over a sheet.
type scan struct {
	book *Book
	d    *xml.Decoder
	last int // number of the last good row
}

func (s *scan) wrap(sheet string, err error) error {
	e := damaged(s.book.o.File, sheet, err).(*load.InputError)
	e.Row = s.last
	at := strconv.Itoa(s.last)
	e.ProblemZH, e.ProblemEN = "该行之后的内容已损坏（"+cause(err, "zh")+"）", "damaged after this row, the last good one ("+cause(err, "en")+")"
	if s.last == 0 {
		e.ProblemZH, e.ProblemEN = "没有一行可读（"+cause(err, "zh")+"）", "no row could be read ("+cause(err, "en")+")"
	} else if errors.Is(err, zip.ErrChecksum) { // found at the end: any row may be the wrong one
		e.ProblemZH, e.ProblemEN = "校验和不符，第"+at+"行及以前的内容都不可信", "checksum mismatch: no row up to "+at+" can be trusted"
	}
	return e
}

func (s *scan) run(sheet string, yield func(load.Row, error) bool) error {
	at := -1
	for i, info := range s.book.sheets {
		if info.Name == sheet {
			at = i
			break
		}
	}
	if at < 0 {
		return fault("没有这个工作表", "no such sheet")
	}
	p, err := s.book.part(context.Background(), s.book.paths[at])
	if err != nil {
		return err
	}
	defer p.r.Close()
	s.d = decoder(p)
	depth, seen := 0, false
	for {
		t, err := s.d.Token()
		if errors.Is(err, io.EOF) {
			if !seen {
				return fault("工作表没有数据", "the sheet has no data part")
			}
			return p.finish()
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return fault("不允许文档类型声明", "a document type is not allowed")
		case xml.StartElement:
			switch {
			case depth == 0 && t.Name.Local == "worksheet":
				depth++
			case depth == 1 && t.Name.Local == "sheetData" && !seen:
				seen = true
				if more, err := s.rows(yield); err != nil || !more {
					return err
				}
			case depth == 0:
				return fault("部件不是工作表", "the part is no worksheet")
			default:
				if err := s.d.Skip(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// rows reads the data part; false when the caller wants no more.
func (s *scan) rows(yield func(load.Row, error) bool) (bool, error) {
	width := 0
	for {
		t, err := s.d.Token()
		if err != nil {
			return false, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return true, nil
		case xml.StartElement:
			if t.Name.Local != "row" {
				if err := s.d.Skip(); err != nil {
					return false, err
				}
				continue
			}
			row := load.Row{Number: s.last + 1, Hidden: truth(attr(t, "hidden"))}
			if r := attr(t, "r"); r != "" {
				if row.Number, err = strconv.Atoi(r); err != nil {
					return false, fault("行号不是数字", "a row number is no number")
				}
			}
			if row.Number <= s.last || row.Number > maxRows {
				return false, fault("行号没有在1到%d之间递增", "row numbers do not ascend within 1 to %d", maxRows)
			}
			row.Cells = make([]merchant.Cell, 0, width)
			if row.Cells, err = s.cells(row.Number, row.Cells); err != nil {
				return false, err
			}
			width = max(width, len(row.Cells))
			s.last = row.Number
			if !yield(row, nil) {
				return false, nil
			}
		}
	}
}

func (s *scan) cells(row int, cells []merchant.Cell) ([]merchant.Cell, error) {
	next := 0
	for {
		t, err := s.d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return cells, nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := s.d.Skip(); err != nil {
					return nil, err
				}
				continue
			}
			column := next
			if ref := attr(t, "r"); ref != "" {
				c, r, ok := reference(ref)
				if !ok || r != row || c < next {
					return nil, fault("单元格没有递增，或不在所标的行", "cells do not ascend, or lie in another row than they say")
				}
				column = c
			}
			next = column + 1
			c, err := s.cell(t)
			if err != nil {
				return nil, err
			}
			if c.Type == merchant.CellEmpty && !c.Formula {
				continue // formatted and empty
			}
			if column >= maxColumns {
				return nil, fault("%s列之后还有值", "a value beyond column %s", load.Letter(maxColumns-1))
			}
			for len(cells) < column {
				cells = append(cells, merchant.Cell{})
			}
			cells = append(cells, c)
		}
	}
}

// reference reads A1 as column 0 and row 1.
func reference(s string) (column, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return column - 1, row, err == nil && i > 0 && column <= 16384 && s[i] >= '1' && s[i] <= '9'
}

func (s *scan) cell(e xml.StartElement) (merchant.Cell, error) {
	var c merchant.Cell
	kind := attr(e, "t")
	var value []byte
	stored := false
	for {
		t, err := s.d.Token()
		if err != nil {
			return c, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if err := s.value(&c, kind, attr(e, "s"), string(value), stored); err != nil {
				return c, err
			}
			return c, nil
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				stored = true
				if value, err = text(s.d, value[:0]); err != nil {
					return c, err
				}
			case "is":
				v, err := richText(s.d)
				if err != nil {
					return c, err
				}
				stored, value = true, append(value[:0], v...)
			case "f":
				c.Formula = true
				fallthrough
			default:
				if err := s.d.Skip(); err != nil {
					return c, err
				}
			}
		}
	}
}

// value fills in what the cell holds: a number without a stored value, also that of a formula, stays empty.
func (s *scan) value(c *merchant.Cell, kind, style, v string, stored bool) error {
	switch kind {
	case "s":
		if !stored || v == "" {
			return nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(s.book.strings) {
			return fault("引用了不存在的共享字符串", "a shared string does not exist")
		}
		c.Type, c.Text = merchant.CellText, s.book.strings[i]
	case "inlineStr":
		if stored {
			c.Type, c.Text = merchant.CellText, v
		}
	case "str":
		if stored {
			c.Type, c.Text = merchant.CellText, unescape(v)
		}
	case "b", "e", "d":
		if v = strings.TrimSpace(v); v == "" {
			return nil
		}
		c.Text = v
		switch kind {
		case "b":
			c.Type = merchant.CellBool
		case "e":
			c.Type = merchant.CellError
		default: // an ISO date is text for a reader of dates; midnight says nothing
			c.Type, c.Text = merchant.CellText, strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(v, "Z"), ".000"), "T00:00:00")
		}
	case "", "n":
		if v = strings.TrimSpace(v); v == "" {
			return nil
		}
		c.Type, c.Text = merchant.CellNumber, v
		if style != "" {
			if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(s.book.formats) {
				f := s.book.formats[i]
				c.Format = f.code
				if f.date {
					c.Type = merchant.CellDate
				}
			}
		}
	default:
		return fault("单元格类型未知", "a cell of unknown type")
	}
	if len(c.Text) > maxText && utf16Len(c.Text) > maxText {
		return fault("单元格超过%d个字符", "a cell holds more than %d characters", maxText)
	}
	return nil
}

func utf16Len(s string) (n int) {
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
