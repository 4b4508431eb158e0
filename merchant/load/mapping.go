package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Mapping says what the columns of a book mean. It is written from what was recognised, corrected by hand, and replayed
// with the next file of the same kind. As JSON:
//
//	{"sheets": [{"sheet": "商户", "header_row": 3, "columns": [
//	  {"header": "商户编号", "path": "merchant_no"},
//	  {"header": "借记卡/费率", "path": "fees[].rate_pct", "product": "card_debit", "unit": "‰"},
//	  {"header": "pub_acct_info", "split": {"separator": "#",
//	    "paths": ["settlement.account_no", "settlement.cnaps", "settlement.account_name"]}},
//	  {"header": "开户信息", "split": {"pattern": "(?P<bank>.+银行)(?P<branch>.*)",
//	    "groups": {"bank": "settlement.bank_name", "branch": "settlement.branch_name"}}},
//	  {"header": "业务员"},
//	  {"letter": "K", "path": "mcc"}]}]}
type Mapping struct {
	Sheets []SheetMapping `json:"sheets"`
}

// SheetMapping is the part of a [Mapping] for one sheet. Without a name it is for the only sheet of a file, whatever it
// is called; text files have no names. HeaderRow 0 finds the heading by the names of the columns.
//
// Only what it names is read: a heading it lacks is reported as unknown (or as doubtful, where recognition would find it
// so), a heading that the sheet lacks as missing.
type SheetMapping struct {
	Sheet     string          `json:"sheet,omitempty"`
	HeaderRow int             `json:"header_row,omitempty"`
	Terminals bool            `json:"terminals,omitempty"` // rows are terminals, to be joined by merchant number
	Columns   []ColumnMapping `json:"columns"`
}

// ColumnMapping says what one column means. Header is the text of the heading, with its group headings as in
// [merchant.Column]; Letter tells columns with the same heading or with none apart. Without Path and Split the column is
// known and left out. Fee columns carry a product; list members an index (terminals[0].serial_no). Unit takes the place
// of one in the heading: 分, 万元, ‰.
type ColumnMapping struct {
	Header  string              `json:"header,omitempty"`
	Letter  string              `json:"letter,omitempty"`
	Path    string              `json:"path,omitempty"`
	Product merchant.FeeProduct `json:"product,omitempty"`
	Unit    string              `json:"unit,omitempty"`
	Split   *Split              `json:"split,omitempty"`
}

// Split takes one column apart into several fields: at a Separator into Paths ("" drops a part; a value with more or
// fewer parts is not read), or by the named groups of a regular Pattern that matches the whole value.
type Split struct {
	Separator string            `json:"separator,omitempty"`
	Paths     []string          `json:"paths,omitempty"`
	Pattern   string            `json:"pattern,omitempty"`
	Groups    map[string]string `json:"groups,omitempty"`
}

// MappingError is a mistake in a mapping. It says where and how to mend it, in zh and en.
type MappingError struct {
	Line   int // of the JSON text, 0 when the mapping was made otherwise
	ZH, EN string
}

// Error returns the English text.
func (e *MappingError) Error() string { return e.In("en") }

// In returns the text in zh or en.
func (e *MappingError) In(lang string) string {
	text := e.EN
	if lang == "zh" {
		text = e.ZH
	}
	switch {
	case e.Line == 0:
		return text
	case lang == "zh":
		return fmt.Sprintf("第%d行：%s", e.Line, text)
	}
	return fmt.Sprintf("line %d: %s", e.Line, text)
}

func mapError(zh, en string, args ...any) *MappingError {
	return &MappingError{ZH: oneLine(fmt.Sprintf(zh, args...)), EN: oneLine(fmt.Sprintf(en, args...))}
}

// ReadMapping reads a mapping from JSON. Unknown members, unknown paths, paths that two columns of a sheet claim and
// patterns that do not compile are errors of type [*MappingError] with the line of the column.
func ReadMapping(r io.Reader) (*Mapping, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxMapping {
		return nil, mapError("映射文件过大；请确认选对了文件", "the map is too large; check that this is the right file")
	}
	d := &mapDecoder{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	m, err := d.mapping()
	if err != nil {
		return nil, err
	}
	return m, m.check(d.lines)
}

const maxMapping = 4 << 20

// mapDecoder walks over the JSON text by tokens down to the columns, so that a mistake can be told with its line.
type mapDecoder struct {
	data  []byte
	dec   *json.Decoder
	lines [][]int // of each column of each sheet
}

func (d *mapDecoder) line() int {
	at := min(int(d.dec.InputOffset()), len(d.data))
	for at < len(d.data) && strings.IndexByte(" \t\r\n,:", d.data[at]) >= 0 {
		at++
	}
	return bytes.Count(d.data[:at], []byte("\n")) + 1
}

// fail words what encoding/json says; its own text may show values.
func (d *mapDecoder) fail(line int, err error) error {
	e := mapError("不是完整的 JSON；请检查括号、引号和逗号", "not well-formed JSON; check brackets, quotes and commas")
	var kind *json.UnmarshalTypeError
	switch name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); {
	case ok:
		e = mapError("不认识成员 %s；请检查拼写", "there is no member %s; check its spelling", name)
	case errors.As(err, &kind):
		e = mapError("成员 %s 的类型不对；请参照说明修改", "the member %s is of the wrong type; see the documentation", kind.Field)
	}
	e.Line = line
	return e
}

// object reads the members of an object; each reads the value of one.
func (d *mapDecoder) object(each func(name string) error) error {
	if err := d.delim('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.dec.More() {
		t, err := d.dec.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return d.fail(d.line(), io.ErrUnexpectedEOF)
		}
		if seen[name] {
			e := mapError("成员 %q 出现两次；请删去一个", "the member %q stands twice; remove one", name)
			e.Line = d.line()
			return e
		}
		seen[name] = true
		if err := each(name); err != nil {
			return err
		}
	}
	return d.delim('}')
}

func (d *mapDecoder) array(each func() error) error {
	if err := d.delim('['); err != nil {
		return err
	}
	for d.dec.More() {
		if err := each(); err != nil {
			return err
		}
	}
	return d.delim(']')
}

func (d *mapDecoder) delim(want json.Delim) error {
	line := d.line()
	if t, err := d.dec.Token(); err != nil || t != want {
		return d.fail(line, io.ErrUnexpectedEOF)
	}
	return nil
}

// value reads a value without unknown members.
func (d *mapDecoder) value(to any) error {
	line := d.line()
	var raw json.RawMessage
	if err := d.dec.Decode(&raw); err != nil {
		return d.fail(line, err)
	}
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(to); err != nil {
		return d.fail(line, err)
	}
	return nil
}

func (d *mapDecoder) unknown(name string) error {
	return d.fail(d.line(), fmt.Errorf("json: unknown field %q", name))
}

func (d *mapDecoder) mapping() (*Mapping, error) {
	m := &Mapping{}
	err := d.object(func(name string) error {
		if name != "sheets" {
			return d.unknown(name)
		}
		return d.array(func() error {
			m.Sheets, d.lines = append(m.Sheets, SheetMapping{}), append(d.lines, nil)
			at := len(m.Sheets) - 1
			s := &m.Sheets[at]
			return d.object(func(name string) error {
				switch name {
				case "sheet":
					return d.value(&s.Sheet)
				case "header_row":
					return d.value(&s.HeaderRow)
				case "terminals":
					return d.value(&s.Terminals)
				case "columns":
					return d.array(func() error {
						d.lines[at] = append(d.lines[at], d.line())
						s.Columns = append(s.Columns, ColumnMapping{})
						return d.value(&s.Columns[len(s.Columns)-1])
					})
				}
				return d.unknown(name)
			})
		})
	})
	if err != nil {
		return nil, err
	}
	if _, err := d.dec.Token(); err != io.EOF {
		return nil, d.fail(d.line(), io.ErrUnexpectedEOF)
	}
	return m, nil
}

// Check reports the first mistake in a mapping as a [*MappingError].
func (m *Mapping) Check() error { return m.check(nil) }

func (m *Mapping) check(lines [][]int) error {
	if len(m.Sheets) == 0 {
		return mapError("没有任何工作表；请写成 {\"sheets\": [...]}", "there is no sheet; write {\"sheets\": [...]}")
	}
	names := map[string]bool{}
	for i := range m.Sheets {
		s := &m.Sheets[i]
		at := func(column int, e *MappingError) error {
			if i < len(lines) && column < len(lines[i]) {
				e.Line = lines[i][column]
			}
			return e
		}
		if names[s.Sheet] {
			return at(0, mapError("工作表 %q 出现两次；请合并", "the sheet %q stands twice; merge them", s.Sheet))
		}
		names[s.Sheet] = true
		if s.HeaderRow < 0 || len(s.Columns) == 0 {
			return at(0, mapError("工作表 %q 没有列，或表头行小于0；请补全", "the sheet %q has no columns or a header row below 0; complete it", s.Sheet))
		}
		taken := map[target]bool{}
		keys := map[[2]string]bool{}
		for k := range s.Columns {
			c := &s.Columns[k]
			if c.Letter != "" && columnNumber(c.Letter) < 0 {
				return at(k, mapError("列号 %q 不对；请写成 A、B、AA", "%q is no column letter; write A, B, AA", c.Letter))
			}
			if c.Header == "" && c.Letter == "" {
				return at(k, mapError("该列既没有 header 也没有 letter；请补上一个", "the column has neither header nor letter; give one"))
			}
			key := [2]string{fold(c.Header), c.Letter}
			if key[0] == "" {
				key[0] = c.Header
			}
			if keys[key] {
				return at(k, mapError("同一列写了两次；请删去一个", "the same column stands twice; remove one"))
			}
			keys[key] = true
			_, targets, e := c.resolve()
			if e != nil {
				return at(k, e)
			}
			for _, t := range targets {
				if taken[t] {
					return at(k, mapError("字段 %s 有两列；请只留一列", "two columns fill %s; keep one", t.path))
				}
				taken[t] = true
			}
		}
	}
	return nil
}

// splitter is a compiled [Split].
type splitter struct {
	separator string
	pattern   *regexp.Regexp
	parts     []int // by target: the part or the group that fills it
	count     int   // parts at the separator
	first     int   // column of the first part
}

// cut returns the parts of a value by target; false when it has another form.
func (s *splitter) cut(text string, into []string) bool {
	if s.pattern == nil {
		parts := strings.Split(text, s.separator)
		if len(parts) != s.count {
			return false
		}
		for i, p := range s.parts {
			into[i] = strings.TrimSpace(parts[p])
		}
		return true
	}
	at := s.pattern.FindStringSubmatchIndex(text)
	if at == nil {
		return false
	}
	for i, p := range s.parts {
		into[i] = ""
		if at[2*p] >= 0 {
			into[i] = strings.TrimSpace(text[at[2*p]:at[2*p+1]])
		}
	}
	return true
}

// fault tells the parts that a value has and should have.
func (s *splitter) fault(text string) string {
	if s.pattern != nil {
		return "0/" + strconv.Itoa(len(s.parts))
	}
	return strconv.Itoa(strings.Count(text, s.separator)+1) + "/" + strconv.Itoa(s.count)
}

// resolve reads paths, product, unit and split of a column.
func (c *ColumnMapping) resolve() (*splitter, []target, *MappingError) {
	if c.Split == nil {
		if c.Path == "" {
			if c.Product != "" || c.Unit != "" {
				return nil, nil, mapError("没有 path 的列不能有 product 或 unit", "a column without path takes no product and no unit")
			}
			return nil, nil, nil
		}
		t, e := c.target(c.Path)
		if e != nil {
			return nil, nil, e
		}
		if c.Unit != "" {
			if _, ok := c.unit(t); !ok {
				return nil, nil, mapError("单位 %q 不适用于 %s；金额用 元、分、角、万元，费率用 %%、‰、bp", "%q is no unit of %s; amounts take 元, 分, 角, 万元, rates %%, ‰, bp", c.Unit, t.path)
			}
		}
		return nil, []target{t}, nil
	}
	if c.Path != "" || c.Unit != "" || c.Product != "" {
		return nil, nil, mapError("拆分的列不能再有 path、product 或 unit", "a column that is split takes no path, product or unit")
	}
	sp, s := c.Split, &splitter{separator: c.Split.Separator, count: len(c.Split.Paths)}
	var targets []target
	add := func(path string, part int) *MappingError {
		t, e := c.target(path)
		if e == nil && t.path.Field.List() == merchant.FieldFees {
			e = mapError("费率不能由拆分得到；请分成两列", "a fee cannot be a part of a column; use a column of its own")
		}
		if e == nil && slices.Contains(targets, t) {
			e = mapError("字段 %s 有两个部分；请只留一个", "two parts fill %s; keep one", t.path)
		}
		targets, s.parts = append(targets, t), append(s.parts, part)
		return e
	}
	switch {
	case sp.Separator != "" && sp.Pattern == "" && len(sp.Groups) == 0 && len(sp.Paths) > 1:
		for i, p := range sp.Paths {
			if p == "" {
				continue
			}
			if e := add(p, i); e != nil {
				return nil, nil, e
			}
		}
	case sp.Pattern != "" && sp.Separator == "" && len(sp.Paths) == 0 && len(sp.Groups) > 0:
		re, err := regexp.Compile(`^(?:` + sp.Pattern + `)$`)
		if err != nil {
			return nil, nil, mapError("正则表达式有误；请检查 pattern", "the pattern is no regular expression; check it")
		}
		s.pattern = re
		names := make([]string, 0, len(sp.Groups))
		for name := range sp.Groups {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			part := re.SubexpIndex(name)
			if part < 0 {
				return nil, nil, mapError("pattern 中没有名为 %q 的组", "the pattern has no group named %q", name)
			}
			if e := add(sp.Groups[name], part); e != nil {
				return nil, nil, e
			}
		}
	default:
		return nil, nil, mapError("split 要么写 separator 和 paths，要么写 pattern 和 groups", "split takes separator and paths, or pattern and groups")
	}
	if len(targets) == 0 {
		return nil, nil, mapError("split 没有任何字段", "split has no field")
	}
	return s, targets, nil
}

// target reads a path; members of lists without an index are those of the first entry.
func (c *ColumnMapping) target(path string) (target, *MappingError) {
	p, err := merchant.ParsePath(path)
	if err != nil || p.Field.Kind() == merchant.KindList || p.Field.Kind() == merchant.KindMap {
		return target{}, mapError("没有字段 %q；请检查拼写", "there is no field %q; check its spelling", path)
	}
	if p.Field.List() == merchant.FieldFees {
		if !c.Product.Valid() || p.Field == merchant.FieldFeesProduct {
			return target{}, mapError("费率列需要 product，如 card_debit", "a fee column needs a product such as card_debit")
		}
		return target{merchant.At(p.Field), c.Product}, nil
	}
	if c.Product != "" {
		return target{}, mapError("只有费率列有 product", "only fee columns take a product")
	}
	if p.Field.List() != merchant.FieldNone {
		if p.Index > maxIndex {
			return target{}, mapError("%s 的序号过大", "the index of %s is too large", p.Field.Path())
		}
		p.Index = max(p.Index, 0)
	} else if p.Index >= 0 {
		return target{}, mapError("没有字段 %q；请检查拼写", "there is no field %q; check its spelling", path)
	}
	return target{path: p}, nil
}

// maxIndex bounds the entry of a list that a heading may name.
const maxIndex = 49

func (c *ColumnMapping) unit(t target) (normalize.Unit, bool) {
	k := t.path.Field.Kind()
	if k != merchant.KindMoney && k != merchant.KindPercent {
		return normalize.Unit{}, false
	}
	return normalize.ParseUnit("("+c.Unit+")", k == merchant.KindMoney)
}

// columnNumber is the reverse of Letter, -1 for text that is none.
func columnNumber(letter string) int {
	n := 0
	for _, c := range []byte(letter) {
		if c < 'A' || c > 'Z' || n > 1<<16 {
			return -1
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// choose finds the sheets that the map speaks of, by the names the book gives them: the merchant sheet, and that of the
// terminals where there is one.
func (m *Mapping) choose(infos []SheetInfo, o Options) (map[string]*SheetMapping, error) {
	var main, terminals []*SheetMapping
	for i := range m.Sheets {
		if s := &m.Sheets[i]; s.Terminals {
			terminals = append(terminals, s)
		} else {
			main = append(main, s)
		}
	}
	if len(main) == 0 {
		return nil, mapError("没有商户工作表；请补上一个没有 terminals 的工作表", "there is no sheet of merchants; add one without terminals")
	}
	named := func(list []*SheetMapping, name string) *SheetMapping {
		if i := slices.IndexFunc(list, func(s *SheetMapping) bool { return s.Sheet == name }); i >= 0 {
			return list[i]
		}
		return nil
	}
	out := map[string]*SheetMapping{}
	for _, info := range infos {
		if s := named(main, info.Name); s != nil && (o.Sheet == "" || o.Sheet == info.Name) && len(out) == 0 {
			out[info.Name] = s
		}
	}
	switch {
	case len(out) > 0:
	case o.Sheet != "" && len(main) == 1:
		out[o.Sheet] = main[0]
	case o.Sheet == "" && len(infos) == 1 && len(main) == 1: // the only sheet of a file may be called anything
		out[infos[0].Name] = main[0]
	default:
		return nil, noSheet(infos, o.File, main[0].Sheet)
	}
	for _, info := range infos {
		if s := named(terminals, info.Name); s != nil && out[info.Name] == nil {
			out[info.Name] = s
			break
		}
	}
	return out, nil
}

// nameless reports whether the map names no heading at all.
func (m *SheetMapping) nameless() bool {
	return !slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return c.Header != "" })
}

// finds returns the column that an entry names, -1 when the sheet has none; unique says whether it is the only one.
func (c *ColumnMapping) finds(hs []heading) (column int, more []int) {
	if at := columnNumber(c.Letter); at >= 0 {
		if at < len(hs) && (c.Header == hs[at].title() || c.Header != "" && fold(c.Header) != "" && fold(c.Header) == fold(hs[at].title())) {
			return at, nil
		}
		return -1, nil
	}
	column = -1
	for _, same := range [...]func(string) bool{
		func(title string) bool { return title == c.Header },
		func(title string) bool { key := fold(title); return key != "" && key == fold(c.Header) },
	} {
		for i := range hs {
			if !same(hs[i].title()) {
				continue
			}
			if column < 0 {
				column = i
			} else {
				more = append(more, i)
			}
		}
		if column >= 0 {
			break
		}
	}
	return column, more
}

// hits counts the columns of the map that the headings have.
func (m *SheetMapping) hits(hs []heading) (n int) {
	for i := range m.Columns {
		if at, _ := m.Columns[i].finds(hs); at >= 0 && m.Columns[i].Header != "" {
			n++
		}
	}
	return n
}

// replay maps headings as a map says and nothing else. What it names twice or not at all, and what the sheet lacks, is
// noted as it is for headings that were recognised.
func (v *vocabulary) replay(hs []heading, sm *SheetMapping) *mapping {
	for i := range sm.Columns { // a column without a heading may stand beyond the last one
		if c := &sm.Columns[i]; c.Header == "" {
			for at := columnNumber(c.Letter); at >= len(hs) && at < maxColumns; {
				hs = append(hs, heading{})
			}
		}
	}
	m := newMapping(hs)
	named := make([]bool, len(hs))
	type missing struct {
		header string
		fields []merchant.Field
	}
	var absent []missing
	var parts []merchant.Column
	for i := range sm.Columns {
		c := &sm.Columns[i]
		s, targets, e := c.resolve()
		if e != nil { // the map was checked before
			continue
		}
		at, more := c.finds(hs)
		if at < 0 {
			gone := missing{header: c.Header}
			for _, t := range targets {
				gone.fields = append(gone.fields, t.path.Field)
			}
			absent = append(absent, gone)
			continue
		}
		named[at] = true
		if len(more) > 0 && len(targets) > 0 {
			note := merchant.Note{Kind: merchant.NoteColumnDuplicate, Path: targets[0].path, Old: m.columns[at].Header, Info: Letter(at)}
			for _, k := range more {
				named[k] = true
				note.More = append(note.More, Letter(k))
			}
			m.notes = append(m.notes, note)
			continue
		}
		for _, k := range more {
			named[k] = true
		}
		switch {
		case s != nil:
			m.splits[at] = s
			s.first = len(parts) // moved behind the columns below
			for _, t := range targets {
				parts = append(parts, merchant.Column{Letter: Letter(at), Header: m.columns[at].Header, Path: t.path, Part: true})
				m.mapped++
			}
		case len(targets) == 1:
			t := targets[0]
			m.columns[at].Path, m.columns[at].Product = t.path, t.product
			m.mapped++
			u, ok := c.unit(t)
			if k := t.path.Field.Kind(); !ok && (k == merchant.KindMoney || k == merchant.KindPercent) {
				u, ok = hs[at].unit(k == merchant.KindMoney)
			}
			if ok {
				m.unit(at, u)
			}
		}
	}
	recognised := v.match(hs, "").notes
	for i := range hs {
		if named[i] || hs[i].text == "" {
			continue
		}
		note := merchant.Note{Kind: merchant.NoteColumnUnknown, Old: m.columns[i].Header, Info: Letter(i)}
		told := false
		for _, n := range recognised { // what is wrong with the heading itself is said as it is without a map
			switch {
			case n.Kind == merchant.NoteColumnDuplicate && slices.Contains(n.More, note.Info):
				told = true
			case n.Info == note.Info && n.Kind != merchant.NoteColumnUnit:
				note = n
			}
		}
		for _, gone := range absent {
			if len(gone.fields) > 0 && slip([]rune(fold(hs[i].title())), []rune(fold(gone.header))) {
				note.Kind, note.New, note.Path, note.More = merchant.NoteColumnNear, gone.header, merchant.At(gone.fields[0]), nil
			}
		}
		if !told {
			m.notes = append(m.notes, note)
		}
	}
	for _, gone := range absent {
		m.absent = append(m.absent, gone.fields...)
	}
	for _, s := range m.splits {
		if s != nil {
			s.first += m.headings
		}
	}
	m.columns = append(m.columns, parts...)
	m.units = append(m.units, make([]normalize.Unit, len(parts))...)
	m.splits = append(m.splits, make([]*splitter, len(parts))...)
	return m
}

// maxColumns bounds the letter of a column without a heading.
const maxColumns = 16384

// mappingOf writes down what the columns of the sheets that are read were found to mean. Headings without a meaning are
// left out, so that they are reported the next time as well.
func mappingOf(c *chosen) *Mapping {
	m := &Mapping{}
	for i, s := range []*sheet{c.main, c.terminals} {
		if s == nil {
			continue
		}
		sm := SheetMapping{Sheet: s.info.Name, HeaderRow: s.row, Terminals: i == 1}
		count := map[string]int{}
		for _, col := range s.columns.List {
			count[fold(col.Header)]++
		}
		for k, col := range s.columns.List[:s.match.headings] {
			cm := ColumnMapping{Header: col.Header, Product: col.Product}
			if col.Path.Field == merchant.FieldNone {
				continue
			}
			if key := fold(col.Header); key == "" || count[key] > 1 {
				cm.Letter = col.Letter
			}
			if cm.Path = col.Path.String(); col.Product != "" || i == 1 {
				cm.Path = col.Path.Field.Path()
			}
			cm.Unit = s.match.units[k].Text
			sm.Columns = append(sm.Columns, cm)
		}
		m.Sheets = append(m.Sheets, sm)
	}
	return m
}

// WriteTo writes the mapping as JSON with a line for each column.
func (m *Mapping) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	value := func(v any) {
		if err := enc.Encode(v); err == nil {
			b.Truncate(b.Len() - 1) // the line break
		}
	}
	b.WriteString("{\n  \"sheets\": [")
	for i := range m.Sheets {
		s := &m.Sheets[i]
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    {\n")
		if s.Sheet != "" {
			b.WriteString("      \"sheet\": ")
			value(s.Sheet)
			b.WriteString(",\n")
		}
		if s.HeaderRow != 0 {
			b.WriteString("      \"header_row\": ")
			value(s.HeaderRow)
			b.WriteString(",\n")
		}
		if s.Terminals {
			b.WriteString("      \"terminals\": true,\n")
		}
		b.WriteString("      \"columns\": [")
		for k := range s.Columns {
			if k > 0 {
				b.WriteByte(',')
			}
			b.WriteString("\n        ")
			value(&s.Columns[k])
		}
		b.WriteString("\n      ]\n    }")
	}
	b.WriteString("\n  ]\n}\n")
	return b.WriteTo(w)
}
