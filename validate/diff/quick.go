package diff

import (
	"bytes"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// quick compares lines of two tables cell by cell, for files that write the same values differently throughout. It knows
// two answers, equal and equal after normalising, and leaves everything else to the comparison of records.
type quick struct {
	*join
	hash  [2]*rowHash
	key   [2]*lineKey
	name  [2][2]int // columns of merchant number and external ID
	rank  []int     // of the aspects, by path
	spelt []int     // aspects of the pair that are written differently
	x, y  []byte
	texts [2][]string
	found []rules.Finding
}

// newQuick returns nil unless both sides are tables.
func (j *join) newQuick() *quick {
	if j.local.table == nil || j.registry.table == nil {
		return nil
	}
	q := &quick{join: j, rank: make([]int, len(j.plan.aspects))}
	for which, s := range j.sides() {
		q.hash[which] = j.rowHash(which)
		q.key[which] = newLineKey(s.table, j.keys[0])
		q.name[which] = [2]int{columnOf(s.table.Columns(), merchant.At(merchant.FieldMerchantNo)), columnOf(s.table.Columns(), merchant.At(merchant.FieldExternalID))}
	}
	for i := range q.rank {
		for k := range q.rank {
			if strings.Compare(j.plan.aspects[k].path.Field.Path(), j.plan.aspects[i].path.Field.Path()) < 0 {
				q.rank[i]++
			}
		}
	}
	return q
}

// compare compares two rows; done when nothing is left to the records.
func (q *quick) compare(l, r pos) (done bool, err error) {
	a, err := q.local.line(l)
	if err != nil {
		return false, err
	}
	b, err := q.registry.line(r)
	if err != nil {
		return false, err
	}
	if !q.alike(a, b) {
		return false, nil
	}
	if len(q.spelt) == 0 {
		q.counts.Matched++
		q.counts.Equal++
		return true, nil
	}
	if !q.findingsOnly { // the caller wants the records
		return false, nil
	}
	d := draft{join: q.join, Result: &Result{Class: EqualAfterNormalising}}
	severity := q.grades[&registry.DIF016].severity
	if severity == 0 {
		return true, d.pair()
	}
	slices.SortFunc(q.spelt, func(x, y int) int { return q.rank[x] - q.rank[y] })
	ours, theirs := q.called(0, a), q.called(1, b)
	source, other := q.local.table.Source(a.Number), q.registry.table.Source(b.Number)
	columns := q.local.table.Columns()
	related := make([]rules.Related, len(q.spelt))
	d.Findings = q.found[:0] // they are passed on one by one
	for i, n := range q.spelt {
		asp := &q.plan.aspects[n]
		related[i] = rules.Related{Source: other, Key: theirs, Path: asp.path}
		d.Findings = append(d.Findings, rules.Finding{Rule: &registry.DIF016, Severity: severity, Source: source, Column: &columns.List[asp.columns[0]], Key: ours, Path: asp.path,
			Value: q.texts[0][asp.columns[0]], Related: related[i : i+1 : i+1]})
	}
	q.found = d.Findings
	return true, d.pair()
}

// alike reports whether two rows differ in writing only, and where.
func (q *quick) alike(a, b *load.Line) bool {
	q.spelt = q.spelt[:0]
	q.texts[0], q.texts[1] = q.texts[0][:0], q.texts[1][:0]
	x, _ := q.key[ours].of(a)
	y, _ := q.key[theirs].of(b)
	if !bytes.Equal(x, y) {
		return false
	}
	for i := range q.plan.aspects {
		asp := &q.plan.aspects[i]
		x, y := cell(a, asp.columns[ours]), cell(b, asp.columns[theirs])
		same := bytes.Equal(x, y)
		switch {
		case asp.token == byRecord:
			return false
		case asp.token == byDistrict:
			if !same || !isDistrict(x) {
				return false
			}
		case asp.token == byAmount:
			t, plain := plainAmount(x)
			u, _ := plainAmount(y)
			if !bytes.Equal(t, u) || asp.plain && !plain {
				return false
			}
		case same:
		case asp.token == byState:
			if s := q.hash[ours].state(x); len(s) == 0 || !bytes.Equal(s, q.hash[theirs].state(y)) {
				return false
			}
		case asp.field == nil: // part of an address, of no account where the code is given
			if d := asp.district; !isDistrict(cell(a, d[ours])) || !isDistrict(cell(b, d[theirs])) {
				return false
			}
		case len(x) == 0 || len(y) == 0 || x[0] == '#' || y[0] == '#' || asp.field.form == district: // # begins error words
			return false
		case !q.respelt(asp.field.form, q.text(0, a, asp.columns[0]), q.text(1, b, asp.columns[1])):
			return false
		case asp.field.field != merchant.FieldMCC:
			q.spelt = append(q.spelt, i)
		}
	}
	t, ok := q.hash[ours].more(a)
	u, okay := q.hash[theirs].more(b)
	return ok && okay && t == u
}

// text returns a cell as a string.
func (q *quick) text(which int, l *load.Line, i int) string {
	if len(q.texts[which]) == 0 {
		q.texts[which] = l.Strings(q.texts[which])
	}
	return q.texts[which][i]
}

// respelt reports whether two texts are certainly equal in their comparison form, and something in it.
func (q *quick) respelt(f form, x, y string) bool {
	switch f {
	case code:
		x, y = normalize.Code(x), normalize.Code(y)
	case number:
		x, y = normalize.Digits(x), normalize.Digits(y)
	case dial:
		x, y = phone.Compact(x), phone.Compact(y)
	default:
		if same, sure := sameFold(x, y); sure {
			return same
		}
		q.x, q.y = normalize.AppendKey(q.x[:0], x), normalize.AppendKey(q.y[:0], y)
		return bytes.Equal(q.x, q.y) && len(q.x) > 0 && (len(q.x) > len("暂无") || !normalize.IsPlaceholder(string(q.x)))
	}
	return x == y && x != "" && !normalize.IsPlaceholder(x)
}

// sameFold compares the keys of two texts whose characters are folded one by one: usual Han, letters, digits and a few
// marks, of either width, with blanks at the ends at most. sure is false for other texts, and for short ones, which may be
// words for nothing.
func sameFold(x, y string) (same, sure bool) {
	x, y = strings.Trim(x, " "), strings.Trim(y, " ")
	if len(x) <= len("暂无") || len(y) <= len("暂无") {
		return false, false
	}
	for x != "" && y != "" {
		a, n := folded(x)
		b, m := folded(y)
		if n == 0 || m == 0 {
			return false, false
		}
		if a != b {
			return false, true
		}
		x, y = x[n:], y[m:]
	}
	return x == y, true
}

// folded returns the first character of s in its comparison form, and its size; 0 for those that depend on others.
func folded(s string) (uint32, int) {
	c := s[0]
	switch {
	case c >= '0' && c <= '9' || c >= 'A' && c <= 'Z':
		return uint32(c), 1
	case c >= 'a' && c <= 'z':
		return uint32(c - 'a' + 'A'), 1
	case c == '(' || c == ')' || c == '-' || c == '/' || c == '#' || c == ',' || c == ':' || c == '&' || c == '+':
		return uint32(c), 1
	case len(s) < 3 || s[1]&0xC0 != 0x80 || s[2]&0xC0 != 0x80:
	case c >= 0xE5 && c <= 0xE9 || c == 0xE4 && s[1] >= 0xB8:
		return uint32(c)<<16 | uint32(s[1])<<8 | uint32(s[2]), 3
	case c == 0xEF && (s[1] == 0xBC || s[1] == 0xBD): // full width
		half := [1]byte{s[2] - 0x60}
		if s[1] == 0xBD {
			half[0] = s[2] - 0x20
		}
		if half[0] > ' ' && half[0] < 0x7F && !(s[1] == 0xBC && s[2] < 0x81) && !(s[1] == 0xBD && s[2] > 0x9E) {
			a, n := folded(string(half[:]))
			return a, 3 * n
		}
	}
	return 0, 0
}

// called returns the key that reports name the row by.
func (q *quick) called(which int, l *load.Line) string {
	for i, f := range [...]merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID} {
		c := cell(l, q.name[which][i])
		if isPlainCode(c) {
			return string(c)
		}
		if len(c) > 0 {
			var r merchant.Record
			normalize.Set(&r, merchant.At(f), merchant.Cell{Text: string(c), Type: merchant.CellUntyped}, normalize.Options{})
			if v := r.Text(merchant.At(f)); v != "" {
				return v
			}
		}
	}
	return ""
}
