package load

import (
	"maps"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Dialect is how the files of one house are written beyond what all have in common: further headings, codes in the place
// of options, a form of dates, and the institution where records name none. Profiles make it; it is not changed once
// files are read with it. The zero value adds nothing.
type Dialect struct {
	DateForm normalize.DateForm // dates in this form are read without a remark
	OrgCode  string             // acquirer.org_code of records that carry none

	headings []dialectHeading
	codes    map[merchant.Field]map[string]string
}

type dialectHeading struct {
	key, text string
	target    target
	unit      normalize.Unit
}

// Add enters a heading that means the field with the path and nothing else. The path of a fee names its product,
// fees[card_debit].rate_pct, and that of another list member may name the entry; a unit in the heading (分, ‰) holds for
// columns whose own heading has none.
func (d *Dialect) Add(heading, path string) *MappingError {
	c := ColumnMapping{Path: path}
	if open := strings.Index(path, "fees["); open == 0 {
		if end := strings.IndexByte(path, ']'); end > 0 {
			c.Product, c.Path = merchant.FeeProduct(path[len("fees["):end]), "fees[]"+path[end+1:]
		}
	}
	t, e := c.target(c.Path)
	if e != nil {
		return e
	}
	h := dialectHeading{key: fold(heading), text: oneLine(heading), target: t}
	if h.key == "" {
		return mapError("表头 %q 没有文字，或过长", "the heading %q has no letters, or is too long", heading)
	}
	for _, other := range d.headings {
		if other.key == h.key && other.target != t {
			return mapError("表头 %q 已用于 %s；一个表头只能有一个含义", "the heading %q is that of %s already; it can have one meaning", heading, other.target.path)
		}
	}
	if k := t.path.Field.Kind(); k == merchant.KindMoney || k == merchant.KindPercent {
		h.unit, _ = normalize.ParseUnit(heading, k == merchant.KindMoney)
	}
	d.headings = append(d.headings, h)
	return nil
}

// Translate enters a text that stands for an option of the field, whatever its width and case.
func (d *Dialect) Translate(f merchant.Field, text, code string) {
	if d.codes == nil {
		d.codes = map[merchant.Field]map[string]string{}
	}
	if d.codes[f] == nil {
		d.codes[f] = map[string]string{}
	}
	d.codes[f][normalize.CodeKey(text)] = code
}

// Options returns how a value of the field is read.
func (d *Dialect) Options(f merchant.Field, o normalize.Options) normalize.Options {
	if d != nil {
		o.Codes, o.DateForm = d.codes[f], d.DateForm
	}
	return o
}

// Finish fills in what the house leaves out, once a record is complete.
func (d *Dialect) Finish(r *merchant.Record) {
	if d != nil && r.Acquirer.OrgCode == "" {
		r.Acquirer.OrgCode = d.OrgCode
	}
}

// with returns the vocabulary with the headings of a house, which come before those of everybody.
func (v *vocabulary) with(d *Dialect) *vocabulary {
	if d == nil || len(d.headings) == 0 {
		return v
	}
	own := *v
	own.exact, own.words, own.near, own.yields = maps.Clone(v.exact), maps.Clone(v.words), slices.Clone(v.near), maps.Clone(v.yields)
	for _, h := range d.headings {
		m := meaning{target: h.target, text: h.text, unit: h.unit}
		if _, known := own.exact[h.key]; !known {
			own.near = append(own.near, nearAlias{[]rune(h.key), m})
		}
		own.exact[h.key] = m
		delete(own.words, h.key)
		delete(own.yields, h.key)
	}
	return &own
}
