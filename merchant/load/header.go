package load

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// maxHeading bounds what is looked at as a heading; longer text is a remark.
const maxHeading = 200

// fold brings a heading to the form in which aliases are compared: the folding of names, without bracketed units, date
// forms and required marks, then letters and digits only.
func fold(s string) string { return foldHeading(s, false) }

// foldHeading drops every bracketed part when bare is set.
func foldHeading(s string, bare bool) string {
	if len(s) > maxHeading {
		return ""
	}
	k := normalize.Key(s)
	if i := strings.IndexAny(k, ".、)"); i > 0 && i <= 2 && strings.Trim(k[:i], "0123456789") == "" {
		k = k[i:] // numbered headings: 1. 商户名称
	}
	if i := strings.LastIndexAny(k, "/:"); i > 0 && isMark(k[i+1:]) { // 单笔限额/元, 封顶:元
		k = k[:i]
	}
	var b strings.Builder
	for len(k) > 0 {
		if k[0] == '(' {
			if end := strings.IndexByte(k, ')'); end > 0 && (bare || isMark(letters(k[1:end])) || isMark(k[1:end])) {
				k = k[end+1:]
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(k)
		k = k[n:]
		if r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			if r == '帐' {
				r = '账'
			}
			b.WriteRune(r)
		}
	}
	f := b.String()
	if i := strings.LastIndex(f, "单位"); i > 0 && isMark(f[i:]) {
		f = f[:i]
	} else if before, ok := strings.CutSuffix(f, "万元"); ok && before != "" { // 注册资本万元
		f = before
	}
	return strings.ReplaceAll(f, "LICENSE", "LICENCE")
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// isMark reports text that says how to fill a column in and not what it is about.
func isMark(s string) bool {
	switch s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "单位"), "人民币"), "人民币"); s {
	case "", "必填", "选填", "可选", "必输", "必填项", "选填项", "非必填", "必须", "REQUIRED", "OPTIONAL", "MANDATORY",
		"元", "万元", "万", "亿元", "千元", "分", "角", "CNY", "RMB", "YUAN", "FEN", "‰", "%", "BP", "BPS", "小数", "千分比", "百分比", "元/笔", "元笔":
		return true
	}
	return strings.Trim(s, "YMD年月日") == "" && len(s) >= 4
}

// target is what a column fills: a field, and for fees the product.
type target struct {
	path    merchant.Path
	product merchant.FeeProduct
}

func targetOf(f merchant.Field, product merchant.FeeProduct) target {
	p := merchant.At(f)
	if l := f.List(); l != merchant.FieldNone && l != merchant.FieldFees {
		p.Index = 0
	}
	return target{p, product}
}

// scope returns what the field is about.
func (t target) scope() scope {
	if t.product != "" {
		return scope(t.product)
	}
	switch t.path.Field {
	case merchant.FieldLicenceImageRef:
		return image
	case merchant.FieldSettlementHolderIDType, merchant.FieldSettlementHolderIDNo, merchant.FieldSettlementHolderIDValidTo, merchant.FieldSettlementHolderIDLongTerm:
		return holder
	}
	path := t.path.Field.Path()
	if head, _, ok := strings.Cut(path, "[]"); ok {
		return scope(head)
	}
	if i := strings.LastIndexByte(path, '.'); i > 0 {
		return scope(path[:i])
	}
	return ""
}

// document reports whether the field belongs to a document with a validity.
func (t target) document() bool {
	path := t.path.Field.Path()
	member := path[strings.LastIndexByte(path, '.')+1:]
	if s := t.scope(); s == licence || s == permit {
		return member == "kind" || member == "number" || strings.HasPrefix(member, "valid_") || member == "long_term"
	}
	return strings.HasPrefix(member, "id_") || strings.HasPrefix(member, "holder_id_")
}

func (t target) label() string {
	if t.product != "" {
		return t.product.Label("zh") + t.path.Label("zh")
	}
	return t.path.Label("zh")
}

// choice is a word with its possible meanings resolved.
type choice struct {
	*word
	targets []target
	plain   target // meaning without context
	hasOne  bool
}

// in returns the meaning of the word in a scope.
func (c *choice) in(s scope) (target, bool) {
	for _, t := range c.targets {
		if t.scope() == s {
			return t, true
		}
	}
	if s == settlement { // an identity beside an account is that of its holder
		return c.in(holder)
	}
	return target{}, false
}

type meaning struct {
	target target
	text   string         // alias as written
	unit   normalize.Unit // of columns whose heading has none
}

// vocabulary is the alias table by folded form.
type vocabulary struct {
	exact   map[string]meaning
	words   map[string]*choice
	others  map[string]bool
	yields  map[string]bool // aliases that give way to another column of their field
	groups  []groupWord
	general []string // endings of group headings that name no scope
	near    []nearAlias
}

type nearAlias struct {
	runes []rune
	meaning
}

type groupWord struct {
	scope scope
	key   string
}

var vocabularyOnce = sync.OnceValue(newVocabulary)

func split(texts string) []string { return strings.Split(texts, "|") }

func newVocabulary() *vocabulary {
	v := &vocabulary{exact: map[string]meaning{}, words: map[string]*choice{}, others: map[string]bool{}, yields: map[string]bool{}}
	for _, t := range split(unmodelled) {
		v.others[fold(t)] = true
	}
	for _, t := range split(yielding) {
		v.yields[fold(t)] = true
	}
	for i := range words {
		w := &words[i]
		c := &choice{word: w}
		for _, f := range w.fields {
			if w.products == nil {
				c.targets = append(c.targets, targetOf(f, ""))
			}
			for _, p := range w.products {
				c.targets = append(c.targets, targetOf(f, p))
			}
		}
		if w.first != merchant.FieldNone {
			c.plain, c.hasOne = c.targets[0], true
		}
		for _, t := range split(w.texts) {
			v.words[fold(t)] = c
		}
	}
	for _, a := range aliases {
		for _, t := range split(a.texts) {
			v.add(t, targetOf(a.field, ""))
		}
	}
	for _, a := range feeAliases {
		for _, t := range split(a.texts) {
			v.add(t, targetOf(a.field, a.product))
		}
	}
	for _, p := range products {
		for _, w := range feeWords {
			v.add("fees "+string(p.product)+" "+lastMember(w.field), targetOf(w.field, p.product))
		}
		for _, name := range split(p.names) {
			for _, w := range feeWords {
				for _, t := range split(w.texts) {
					v.add(name+" "+t, targetOf(w.field, p.product))
				}
			}
		}
	}
	members := map[string]int{}
	for _, f := range merchant.Fields() {
		members[fold(lastMember(f))]++
	}
	for _, f := range merchant.Fields() {
		if !fillable(f) {
			continue
		}
		t := targetOf(f, "")
		v.add(f.Label("zh"), t)
		v.add(f.Label("en"), t)
		v.add(f.Path(), t)
		if m := lastMember(f); members[fold(m)] == 1 {
			v.add(m, t)
		}
	}
	for _, p := range prefixes {
		for _, prefix := range split(p.texts) {
			for i := range words {
				c := v.words[fold(split(words[i].texts)[0])]
				for _, t := range split(words[i].texts) {
					if to, ok := c.in(p.scope); ok && to.scope() == p.scope {
						v.add(prefix+" "+t, to)
					}
				}
			}
		}
	}
	for _, g := range groupWords {
		for _, t := range split(g.texts) {
			v.groups = append(v.groups, groupWord{g.scope, fold(t)})
		}
	}
	for _, t := range split(generalGroups) {
		v.general = append(v.general, fold(t))
	}
	return v
}

// add enters an alias unless the text has a meaning already.
func (v *vocabulary) add(text string, t target) {
	key := fold(text)
	if _, taken := v.exact[key]; taken || key == "" || v.words[key] != nil {
		return
	}
	if key[0] >= utf8.RuneSelf {
		text = strings.ReplaceAll(text, " ", "") // between a prefix and a word
	}
	m := meaning{target: t, text: text}
	v.exact[key] = m
	v.near = append(v.near, nearAlias{[]rune(key), m})
}

// fillable reports whether a column can fill the field: lists as a whole and the change dates have no column, and fees
// are filled by product.
func fillable(f merchant.Field) bool {
	return f.Kind() != merchant.KindList && f.Kind() != merchant.KindMap && f.List() != merchant.FieldFees
}

func lastMember(f merchant.Field) string {
	path := f.Path()
	return path[strings.LastIndexByte(path, '.')+1:]
}

// knowsKey reports whether a text, folded to key, reads like a heading.
func (v *vocabulary) knowsKey(key, text string) bool {
	if _, ok := v.exact[key]; ok && key != "" || v.words[key] != nil {
		return true
	}
	_, ok := byPath(text)
	return ok && key != ""
}

// groupScope returns the scope that a folded group heading names, "" for none.
func (v *vocabulary) groupScope(key string) scope {
	for _, g := range v.groups {
		if strings.Contains(key, g.key) {
			return g.scope
		}
	}
	return ""
}

// byPath reads headings such as beneficial_owners[1].name.
func byPath(text string) (target, bool) {
	if !strings.ContainsRune(text, '[') {
		return target{}, false
	}
	p, err := merchant.ParsePath(strings.TrimSpace(text))
	if err != nil || !fillable(p.Field) || p.Field.List() == merchant.FieldNone || p.Index > 49 {
		return target{}, false
	}
	p.Index = max(p.Index, 0)
	return target{path: p}, true
}

// heading is one cell of a header row with what stands above it.
type heading struct {
	text   string
	groups []string // group headings above, the upper one first
	scope  scope    // what they say the column is about
}

// title returns the heading with its groups: 法人信息/姓名.
func (h *heading) title() string {
	if h.text == "" || len(h.groups) == 0 {
		return h.text
	}
	return strings.Join(h.groups, "/") + "/" + h.text
}

// unit finds the unit in the heading, else in the group headings above it.
func (h *heading) unit(money bool) (normalize.Unit, bool) {
	u, ok := normalize.ParseUnit(h.text, money)
	for i := len(h.groups) - 1; i >= 0 && !ok; i-- {
		u, ok = normalize.ParseUnit(h.groups[i], money)
	}
	return u, ok
}

// composed reads a heading that says its field only together with the group above: 费率 over 微信, 限额 over 单笔.
func (v *vocabulary) composed(h heading) (target, bool) {
	text := fold(h.text)
	for i := len(h.groups) - 1; i >= 0 && text != ""; i-- {
		group := fold(h.groups[i])
		for _, key := range [...]string{text + group, group + text} {
			if m, ok := v.exact[key]; ok {
				return m.target, true
			}
			if c := v.words[key]; c != nil && h.scope != "" { // 号码 under 身份证 under 法人信息
				if t, ok := c.in(h.scope); ok {
					return t, true
				}
			}
		}
	}
	return target{}, false
}

// twoNames reads a heading that names one field twice: 法人姓名/负责人, 终端号（TID）.
func (v *vocabulary) twoNames(text string) (target, bool) {
	var t target
	n := 0
	for _, part := range strings.FieldsFunc(normalize.Key(text), func(r rune) bool { return strings.ContainsRune("/()|、", r) }) {
		m, ok := v.exact[fold(part)]
		if !ok || n > 0 && m.target != t {
			return target{}, false
		}
		t = m.target
		n++
	}
	return t, n > 1
}

// mapping is what the headings of a sheet were found to mean.
type mapping struct {
	columns  []merchant.Column // those of the sheet, then the parts of split ones
	headings int               // how many are columns of the sheet
	units    []normalize.Unit
	splits   []*splitter      // nil where the column is one field
	absent   []merchant.Field // named by a map, without a heading
	notes    []merchant.Note
	mapped   int
}

func (m *mapping) column(f merchant.Field) int {
	return slices.IndexFunc(m.columns, func(c merchant.Column) bool { return c.Path.Field == f })
}

func (m *mapping) fills(f merchant.Field) bool { return m.column(f) >= 0 }

// match maps headings to fields: exact alias, then the group heading above, then the scope of the sheet, then the plain
// meaning of a word, then the neighbouring columns. Near misses are suggested and not used.
func (v *vocabulary) match(headings []heading, sheet scope) *mapping {
	n := len(headings)
	got := make([]target, n)
	open := make([]*choice, n) // words that wait for their neighbours
	known := make([]bool, n)
	taken := map[target]int{}
	take := func(i int, t target) {
		got[i], open[i] = t, nil
		taken[t]++
	}
	for i, h := range headings {
		key := fold(h.text)
		t, ok := byPath(h.text)
		if !ok {
			var m meaning
			m, ok = v.exact[key]
			t = m.target
		}
		if ok {
			take(i, t)
			known[i] = true
			continue
		}
		c := v.words[key]
		if c == nil {
			t, ok := v.composed(h)
			if !ok {
				t, ok = v.twoNames(h.text)
			}
			if ok && key != "" {
				take(i, t)
				known[i] = true
			}
			continue
		}
		known[i] = true
		if t, ok := c.in(h.scope); ok && h.scope != "" {
			take(i, t)
		} else if t, ok := c.in(sheet); ok && sheet != "" {
			take(i, t)
		} else if c.hasOne && (h.scope == "" || h.scope == business) {
			take(i, c.plain) // under a heading about something else the plain meaning would be a guess
		} else {
			open[i] = c
		}
	}
	// A neighbour decides when the meaning it gives has no column yet. Left to right first: a number follows the name it
	// belongs to; areas the other way round.
	decide := func(i, by int) {
		c := open[i]
		if c == nil || by < 0 || by >= n || got[by].path.Field == merchant.FieldNone || headings[i].scope != headings[by].scope {
			return
		}
		if c.document && !got[by].document() {
			return
		}
		if t, ok := c.in(got[by].scope()); ok && taken[t] == 0 {
			take(i, t)
		}
	}
	for _, area := range []bool{false, true} {
		for i := range n {
			if j := n - 1 - i; area && open[j] != nil && open[j].area {
				decide(j, j+1)
			}
			if !area && open[i] != nil && !open[i].area {
				decide(i, i-1)
			}
		}
	}
	for i := range n { // what is still open takes the other side
		if j := n - 1 - i; open[j] != nil && !open[j].area {
			decide(j, j+1)
		}
		if open[i] != nil && open[i].area {
			decide(i, i-1)
		}
	}
	for i := range n {
		if c := open[i]; c != nil && c.rest {
			free := slices.DeleteFunc(slices.Clone(c.targets), func(t target) bool { return taken[t] > 0 })
			if len(free) == 1 {
				take(i, free[0])
			}
		}
	}
	v.giveWay(headings, got, open, known, taken)
	return v.describe(headings, got, open, known, taken)
}

// giveWay leaves aside what is a heading of something else as well, where another column is the field, and words that
// nothing decided.
func (v *vocabulary) giveWay(headings []heading, got []target, open []*choice, known []bool, taken map[target]int) {
	firm := map[target]bool{}
	for i, t := range got {
		if taken[t] > 1 && !v.yields[fold(headings[i].text)] {
			firm[t] = true
		}
	}
	for i, t := range got {
		switch {
		case open[i] != nil && open[i].aside:
			open[i], known[i] = nil, false
		case firm[t] && v.yields[fold(headings[i].text)]:
			taken[t]--
			got[i], known[i] = target{}, false
		}
	}
}

// describe makes the columns and the notes.
func (v *vocabulary) describe(headings []heading, got []target, open []*choice, known []bool, taken map[target]int) *mapping {
	m := newMapping(headings)
	first := map[target]int{}
	for i, h := range headings {
		col := &m.columns[i]
		t := got[i]
		switch {
		case t.path.Field != merchant.FieldNone && taken[t] > 1:
			if at, seen := first[t]; seen {
				m.notes[at].More = append(m.notes[at].More, col.Letter)
				continue
			}
			first[t] = len(m.notes)
			m.notes = append(m.notes, merchant.Note{Kind: merchant.NoteColumnDuplicate, Path: t.path, Old: col.Header, Info: col.Letter})
		case t.path.Field != merchant.FieldNone:
			col.Path, col.Product = t.path, t.product
			m.mapped++
			if k := t.path.Field.Kind(); k == merchant.KindMoney || k == merchant.KindPercent {
				u, ok := h.unit(k == merchant.KindMoney)
				if own := v.exact[fold(h.text)]; !ok && own.target == t && own.unit.Num != 0 {
					u, ok = own.unit, true
				}
				if ok {
					m.unit(i, u)
				}
			}
		case open[i] != nil:
			note := merchant.Note{Kind: merchant.NoteColumnAmbiguous, Old: col.Header, Info: col.Letter}
			for _, t := range open[i].targets {
				note.More = append(note.More, t.label())
			}
			m.notes = append(m.notes, note)
		case v.yields[fold(h.text)]:
			m.notes = append(m.notes, merchant.Note{Kind: merchant.NoteColumnUnknown, Old: col.Header, Info: col.Letter})
		case h.text != "" && !known[i]:
			s, ok := v.suggest(h.text, taken)
			if c := v.words[foldHeading(h.text, true)]; !ok && c != nil { // a word with a remark in brackets
				if t, clear := c.in(h.scope); clear && taken[t] == 0 {
					s, ok = meaning{target: t, text: t.label()}, true
				} else if c.hasOne && taken[c.plain] == 0 {
					s, ok = meaning{target: c.plain, text: c.plain.label()}, true
				}
			}
			if ok {
				m.notes = append(m.notes, merchant.Note{Kind: merchant.NoteColumnNear, Path: s.target.path, Old: col.Header, New: s.text, Info: col.Letter})
			} else {
				m.notes = append(m.notes, merchant.Note{Kind: merchant.NoteColumnUnknown, Old: col.Header, Info: col.Letter})
			}
		}
	}
	return m
}

// newMapping makes the columns of the headings, none of them mapped.
func newMapping(headings []heading) *mapping {
	n := len(headings)
	m := &mapping{headings: n, columns: make([]merchant.Column, n), units: make([]normalize.Unit, n), splits: make([]*splitter, n)}
	for i := range headings {
		m.columns[i].Letter, m.columns[i].Header = Letter(i), headings[i].title()
	}
	return m
}

func (m *mapping) unit(i int, u normalize.Unit) {
	m.units[i] = u
	if u.Num != u.Den {
		c := &m.columns[i]
		m.notes = append(m.notes, merchant.Note{Kind: merchant.NoteColumnUnit, Path: c.Path, Old: c.Header, New: u.Text + "→" + u.Target, Info: c.Letter})
	}
}

// FieldOf returns the field that a name stands for: a path, a label, or a heading that fills one field by itself, that of
// a dialect as well (nil for none). It is false for names that say too little, and for the headings of one fee product.
func FieldOf(name string, d *Dialect) (merchant.Field, bool) {
	key := fold(name)
	for _, f := range slices.Backward(merchant.Fields()) { // 费率 is the rate before it is the list of them
		if !fillable(f) && key != "" && (key == fold(f.Path()) || key == fold(f.Label("zh")) || key == fold(f.Label("en"))) {
			return f, true
		}
	}
	c := vocabularyOnce().with(d).match([]heading{{text: name}}, "").columns[0]
	return c.Path.Field, c.Path.Field != merchant.FieldNone && c.Product == "" && c.Path.Index <= 0
}

// Suggest returns the field that a name is an alias of, or one slip away from an alias; false when there is none or there
// are several. It is for naming what may be meant, and never for using it.
func Suggest(name string) (merchant.Field, bool) {
	v := vocabularyOnce()
	if m, ok := v.exact[fold(name)]; ok {
		return m.target.path.Field, true
	}
	m, ok := v.suggest(name, nil)
	return m.target.path.Field, ok
}

// suggest finds the one alias that a heading is a slip away from, among the fields without a column.
func (v *vocabulary) suggest(text string, taken map[target]int) (meaning, bool) {
	key := fold(text)
	if v.others[key] {
		return meaning{}, false
	}
	if m, ok := v.exact[foldHeading(text, true)]; ok && taken[m.target] == 0 {
		return m, true
	}
	runes := []rune(key)
	var found meaning
	for _, a := range v.near {
		if taken[a.target] > 0 || !slip(runes, a.runes) {
			continue
		}
		if found.text != "" && found.target != a.target {
			return meaning{}, false
		}
		if found.text == "" {
			found = a.meaning
		}
	}
	return found, found.text != ""
}

// slip reports whether a differs from b by one character inserted, dropped, replaced or exchanged with its neighbour, or
// by two parts that changed places. Short words are too alike to tell.
func slip(a, b []rune) bool {
	least := 3
	if len(b) > 0 && b[0] < utf8.RuneSelf {
		least = 5
	}
	if d := len(a) - len(b); d < -1 || d > 1 || min(len(a), len(b)) < least {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) != len(b) {
		return len(a)+len(b) == 1
	}
	if len(a) <= 1 {
		return len(a) == 1
	}
	for i := 1; i < len(a); i++ {
		if slices.Equal(a[i:], b[:len(a)-i]) && slices.Equal(a[:i], b[len(a)-i:]) {
			return true
		}
	}
	return false
}
