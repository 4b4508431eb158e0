package diff

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// quick compares lines of two tables cell by cell, for files that write the same values differently throughout. It knows
// two answers, equal and equal after normalising, and leaves everything else to the comparison of records.
type quick struct {
	*join
	ahead   *ahead
	hash    [2]*rowHash
	key     [2]*lineKey
	name    [2][2]int // columns of merchant number and external ID
	alien   bool      // the two sides have two dialects, so that one text may be two states
	order   []int     // of the aspects, by path
	spelt   []int     // aspects of the pair that are written differently, in that order
	x, y    []byte
	texts   []string // of our row
	found   []rules.Finding
	related []rules.Related // made for many findings at a time
}

// newQuick returns nil unless both sides are tables.
func (j *join) newQuick() *quick {
	if j.local.table == nil || j.registry.table == nil {
		return nil
	}
	q := &quick{join: j, ahead: newAhead(&j.registry, &j.store)}
	for which, s := range j.sides() {
		q.hash[which] = j.rowHash(which)
		q.key[which] = newLineKey(s.table, j.keys[0])
		q.name[which] = [2]int{columnOf(s.table.Columns(), merchant.At(merchant.FieldMerchantNo)), columnOf(s.table.Columns(), merchant.At(merchant.FieldExternalID))}
	}
	q.alien = j.local.table.Dialect() != j.registry.table.Dialect()
	for i := range j.plan.aspects {
		q.order = append(q.order, i)
	}
	path := func(i int) string { return j.plan.aspects[i].path.Field.Path() }
	slices.SortStableFunc(q.order, func(x, y int) int { return strings.Compare(path(x), path(y)) })
	return q
}

// compare compares two rows, the n-th pair of those that were fetched; done when nothing is left to the records.
func (q *quick) compare(n int, l, r pos) (done bool, err error) {
	a, err := q.local.line(l)
	if err != nil {
		return false, err
	}
	b, err := q.ahead.row(n, r)
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
	q.texts = a.Strings(q.texts[:0])
	ours := q.called(0, a, q.texts)
	theirs := ours
	if !bytes.Equal(cell(a, q.name[0][0]), cell(b, q.name[1][0])) || !bytes.Equal(cell(a, q.name[0][1]), cell(b, q.name[1][1])) {
		theirs = q.called(1, b, nil)
	}
	source, other := q.local.table.Source(a.Number), q.registry.table.Source(b.Number)
	columns := q.local.table.Columns()
	if cap(q.related)-len(q.related) < len(q.spelt) {
		q.related = make([]rules.Related, 0, 128*len(q.spelt))
	}
	d.Findings = q.found[:0] // they are passed on one by one
	for _, n := range q.spelt {
		asp := &q.plan.aspects[n]
		i := len(q.related)
		q.related = append(q.related, rules.Related{Source: other, Key: theirs, Path: asp.path})
		d.Findings = append(d.Findings, rules.Finding{Rule: &registry.DIF016, Severity: severity, Source: source, Column: &columns.List[asp.columns[0]], Key: ours, Path: asp.path,
			Value: q.texts[asp.columns[0]], Related: q.related[i : i+1 : i+1]})
	}
	q.found = d.Findings
	return true, d.pair()
}

// alike reports whether two rows differ in writing only, and where.
func (q *quick) alike(a, b *load.Line) bool {
	q.spelt = q.spelt[:0]
	x, _ := q.key[ours].of(a)
	y, _ := q.key[theirs].of(b)
	if !bytes.Equal(x, y) {
		return false
	}
	for _, i := range q.order {
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
		case same && !(asp.token == byState && q.alien):
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
		case !q.respelt(asp.field.form, x, y):
			return false
		case asp.field.field != merchant.FieldMCC:
			q.spelt = append(q.spelt, i)
		}
	}
	t, ok := q.hash[ours].more(a)
	u, okay := q.hash[theirs].more(b)
	return ok && okay && t == u
}

// respelt reports whether two texts are certainly equal in their comparison form, and something in it.
func (q *quick) respelt(f form, x, y []byte) bool {
	var same, sure bool
	switch f {
	case code:
		same, sure = sameCode(x, y, false)
	case number:
		same, sure = sameCode(x, y, true)
	case dial:
		same, sure = sameMobile(x, y)
	default:
		same, sure = sameFold(x, y)
	}
	if sure {
		return same
	}
	if f == code || f == number || f == dial {
		v := f.key(string(x))
		return v == f.key(string(y)) && v != "" && !normalize.IsPlaceholder(v)
	}
	q.x, q.y = normalize.AppendKey(q.x[:0], string(x)), normalize.AppendKey(q.y[:0], string(y))
	return bytes.Equal(q.x, q.y) && len(q.x) > 0 && (len(q.x) > len("暂无") || !normalize.IsPlaceholder(string(q.x)))
}

// sameCode compares two codes of ASCII without case and blanks, and without hyphens where they do not count. sure is
// false for other texts, and for short ones, which may be words for nothing.
func sameCode(x, y []byte, hyphens bool) (same, sure bool) {
	var b [2]byte
	n := 0
	for i, k := 0, 0; ; n++ {
		if b[0], i = nextOf(x, i, hyphens); b[0] >= utf8.RuneSelf {
			return false, false
		}
		if b[1], k = nextOf(y, k, hyphens); b[1] != b[0] {
			return false, b[1] < utf8.RuneSelf && n > len("暂无")
		}
		if b[0] == 0 {
			return true, n > len("暂无")
		}
	}
}

// nextOf returns the next character of a code, and what comes after it; 0 at the end, 0xFF for one that it does not know.
func nextOf(s []byte, i int, hyphens bool) (byte, int) {
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' || c == '-' && hyphens:
		case c >= 'a' && c <= 'z':
			return c - 'a' + 'A', i + 1
		case c > ' ' && c < 0x7F:
			return c, i + 1
		default:
			return 0xFF, i + 1
		}
	}
	return 0, i
}

// sameMobile compares two mobile numbers of eleven digits, with blanks and hyphens among them. sure is false for others.
func sameMobile(x, y []byte) (same, sure bool) {
	var a, b [11]byte
	if !mobile(&a, x) || !mobile(&b, y) {
		return false, false
	}
	return a == b, true
}

func mobile(dst *[11]byte, s []byte) bool {
	n := 0
	for _, c := range s {
		switch {
		case c == ' ' || c == '-' && n > 0:
		case c < '0' || c > '9' || n == len(dst):
			return false
		default:
			dst[n] = c
			n++
		}
	}
	return n == len(dst) && dst[0] == '1' && dst[1] > '2'
}

// sameFold compares the keys of two texts whose characters are folded one by one: usual Han, letters, digits and a few
// marks, of either width, with blanks at the ends at most. sure is false for other texts, and for short ones, which may be
// words for nothing.
func sameFold(x, y []byte) (same, sure bool) {
	x, y = bytes.Trim(x, " "), bytes.Trim(y, " ")
	if len(x) <= len("暂无") || len(y) <= len("暂无") {
		return false, false
	}
	for len(x) > 0 && len(y) > 0 {
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
	for _, rest := range [...][]byte{x, y} {
		if len(rest) > 0 {
			_, n := folded(rest)
			return false, n > 0
		}
	}
	return true, true
}

// folded returns the first character of s in its comparison form, and its size; 0 for those that depend on others.
func folded(s []byte) (uint32, int) {
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
			a, n := folded(half[:])
			return a, 3 * n
		}
	}
	return 0, 0
}

// called returns the key that reports name the row by. The texts are those of the row, where there are some already.
func (q *quick) called(which int, l *load.Line, texts []string) string {
	for i, f := range [...]merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID} {
		c := cell(l, q.name[which][i])
		if isPlainCode(c) {
			if texts != nil {
				return texts[q.name[which][i]]
			}
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
