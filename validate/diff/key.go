package diff

import (
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Keys are what records are matched by, in the order in which they count; see [Options]. A key is one field or several
// that must all be given; a record has one value of a key for each terminal where terminal fields are part of it.
var Keys = [...][]merchant.Field{
	{merchant.FieldMerchantNo},
	{merchant.FieldLicenceNumber, merchant.FieldTerminalsTerminalNo},
	{merchant.FieldLicenceNumber, merchant.FieldAddressesBusinessDistrictCode},
	{merchant.FieldExternalID},
}

// keyCode is the comparison form of a key; a masked key is none.
func keyCode(s string) string {
	if strings.ContainsAny(s, "*＊") {
		return ""
	}
	return normalize.Code(s)
}

// keyPart is the comparison form of a value of f in a key.
func keyPart(f merchant.Field, s string) string {
	v := keyCode(s)
	switch {
	case v == "":
	case f == merchant.FieldLicenceNumber:
		v = normalize.Digits(v)
	case f.Group() == "division":
		v = inForce(v)
	}
	return v
}

// keysOf appends the values that r has of a key.
func keysOf(dst []string, r *merchant.Record, key []merchant.Field) []string {
	n := 1
	for _, f := range key {
		if f.List() != merchant.FieldNone {
			n = r.Len(f)
		}
	}
next:
	for i := range n {
		value := ""
		for k, f := range key {
			p := merchant.At(f)
			if f.List() != merchant.FieldNone {
				p.Index = int16(i)
			}
			part := keyPart(f, r.Text(p))
			if part == "" {
				continue next
			}
			if k > 0 {
				value += "\x00"
			}
			value += part
		}
		dst = append(dst, value)
	}
	return dst
}

// keyOf returns the first value that r has of a key, "" for none.
func keyOf(r *merchant.Record, key []merchant.Field) string {
	if list := keysOf(nil, r, key); len(list) > 0 {
		return list[0]
	}
	return ""
}

// checkKeys refuses keys that cannot be used.
func checkKeys(keys [][]merchant.Field) error {
	for i, key := range keys {
		lists := 0
		for _, f := range key {
			switch k := f.Kind(); {
			case f.List() == merchant.FieldTerminals && k == merchant.KindCode:
				lists++
			case f.List() != merchant.FieldNone, k != merchant.KindCode && k != merchant.KindText && k != merchant.KindEnum:
				return &Error{f.Path() + "不能用作键；键由号码、名称、选项和终端的号码组成", f.Path() + " cannot be part of a key; numbers, names, options and the numbers of terminals can"}
			}
		}
		switch {
		case len(key) == 0 || lists > 1:
			return &Error{"键不能为空，也不能含两个终端字段", "a key must not be empty or have two fields of terminals"}
		case lists > 0 && i == 0:
			return &Error{"第一个键不能含终端字段；请把别的键放在它前面", "the first key must not have a field of terminals; put another key before it"}
		}
	}
	return nil
}

// lineKey makes the first key of lines of a table.
type lineKey struct {
	fields  []merchant.Field
	columns []int // -1 where the table has none
	plain   []bool
	absent  []string // what an empty cell stands for in the dialect of the table
	buf     []byte
	scratch merchant.Record
	table   *load.Table
}

func newLineKey(t *load.Table, key []merchant.Field) *lineKey {
	k := &lineKey{fields: key, table: t}
	empty := t.Record(&load.Line{})
	for _, f := range key {
		k.absent = append(k.absent, keyPart(f, empty.Text(merchant.At(f))))
		k.columns = append(k.columns, columnOf(t.Columns(), merchant.At(f)))
		k.plain = append(k.plain, f.Kind() != merchant.KindEnum && f.Group() != "division" && f.Group() != "phone")
	}
	return k
}

func columnOf(c *merchant.Columns, p merchant.Path) int {
	return slices.IndexFunc(c.List, func(col merchant.Column) bool { return col.Path == p && col.Product == "" })
}

// of returns the key of a line, good until the next call; nil where it has none. given reports whether all its fields hold
// something, be it unreadable or masked.
func (k *lineKey) of(l *load.Line) (key []byte, given bool) {
	if len(k.columns) == 1 && k.plain[0] { // the usual key needs no change
		c := cell(l, k.columns[0])
		if isPlainCode(c) {
			return c, true
		}
	}
	k.buf = k.buf[:0]
	given = true
	ok := true
	for i, f := range k.fields {
		c := cell(l, k.columns[i])
		if len(c) == 0 && k.absent[i] == "" {
			return nil, false
		}
		if i > 0 {
			k.buf = append(k.buf, 0)
		}
		if len(c) == 0 {
			k.buf = append(k.buf, k.absent[i]...)
			continue
		}
		if k.plain[i] && isPlainCode(c) {
			k.buf = append(k.buf, c...)
			continue
		}
		k.scratch = merchant.Record{}
		p := merchant.At(f)
		normalize.Set(&k.scratch, p, merchant.Cell{Text: string(c), Type: merchant.CellUntyped}, k.table.Dialect().Options(f, normalize.Options{}))
		if f.Group() == "division" { // by its name, perhaps with those beside it
			k.scratch = *k.table.Record(l)
		}
		part := keyPart(f, k.scratch.Text(p))
		given = given && (k.scratch.Has(p) || !readable(&k.scratch, p))
		k.buf = append(k.buf, part...)
		ok = ok && part != ""
	}
	if !ok {
		return nil, given
	}
	return k.buf, given
}

// cell returns the i-th cell; empty where there is none.
func cell(l *load.Line, i int) []byte {
	if i < 0 || i >= len(l.Cells) {
		return nil
	}
	return l.Cells[i]
}

// isPlainCode reports text that is the same in every form of a code, and no word for nothing.
func isPlainCode(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return len(b) > len("123456")
}
