package diff

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// plan says how rows are hashed, so that rows with the same hash on both sides need no second look: nothing would be
// found about them. The opposite need not hold; rows with other hashes are compared.
//
// Tables of one layout hash the bytes of the columns that matter. Otherwise the hash is made of tokens, one for each
// aspect that both sides can hold: the text as it stands, or the value where it is compared by value. A row whose values
// do not follow from single cells (districts by name, a serial number on one side only) gets a hash of its own.
type plan struct {
	seed    maphash.Seed
	bits    uint64 // of the hash; fewer in tests
	layout  bool
	ranges  [][2]int // columns that matter, in one layout
	aspects []aspect
	listing bool // terminals are compared,
	termNo  bool // by their numbers,
	serial  bool // and their serial numbers
	serials bool // serial numbers of the registry are looked up
}

// token says what an aspect is compared by.
type token uint8

const (
	asWritten token = iota
	byAmount
	byState
	byDistrict // six digits
	byRecord   // no cell tells
)

// aspect is something that both sides can hold. Columns are those of tables, -1 for none.
type aspect struct {
	token   token
	field   *field // nil for states and fees
	path    merchant.Path
	product merchant.FeeProduct
	columns [2]int

	plain    bool   // amounts are equal only as plain digits, since the units of the columns are not the same
	district [2]int // columns of the district whose code the aspect can be part of
}

const ours, theirs = 0, 1

func (j *join) makePlan() {
	p := &plan{seed: maphash.MakeSeed(), bits: j.hashBits}
	l, r := &j.local, &j.registry
	if w := j.options.Whole; w != nil {
		l.merge(&w.Local.learned)
		r.merge(&w.Registry.learned)
	}
	both := l.table != nil && r.table != nil
	for i := range fields {
		f := &fields[i]
		if !l.can[i] || !r.can[i] || j.ignored(f.field) {
			continue
		}
		a := aspect{field: f, path: merchant.At(f.field), columns: j.columnsOf(merchant.At(f.field), "")}
		switch f.form {
		case amount:
			a.token = byAmount
			j.unit(&a)
		case district:
			if both && j.sameAddress(f.field) {
				for _, part := range addressOf(f.field) { // what the code can be made of
					if at := merchant.At(part); part != f.field {
						p.aspects = append(p.aspects, aspect{path: at, columns: j.columnsOf(at, ""), district: a.columns})
					}
				}
				break
			}
			a.token = byDistrict
		}
		p.aspects = append(p.aspects, a)
	}
	if l.state && r.state && !j.ignored(merchant.FieldStatusState) {
		at := merchant.At(merchant.FieldStatusState)
		p.aspects = append(p.aspects, aspect{token: byState, path: at, columns: j.columnsOf(at, "")})
	}
	for _, product := range l.products {
		if !slices.Contains(r.products, product) {
			continue
		}
		for _, f := range [...]merchant.Field{merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY} {
			if !j.priced(f) {
				continue
			}
			a := aspect{token: byAmount, path: merchant.At(f), product: product, columns: j.columnsOf(merchant.At(f), product)}
			j.unit(&a)
			p.aspects = append(p.aspects, a)
		}
	}
	p.listing = l.terminals && r.terminals && !j.ignored(merchant.FieldTerminals)
	p.termNo, p.serial = l.termNo && r.termNo, l.serial && r.serial
	p.serials = p.listing && p.serial
	if p.layout = both && sameLayout(l.table, r.table); p.layout {
		p.ranges = j.ranges(l.table.Columns())
	}
	j.plan = p
}

// columnsOf returns the columns of the tables for a path.
func (j *join) columnsOf(p merchant.Path, product merchant.FeeProduct) (columns [2]int) {
	for i, s := range j.sides() {
		columns[i] = -1
		if s.table != nil {
			columns[i] = slices.IndexFunc(s.table.Columns().List, func(c merchant.Column) bool {
				return c.Path.Field == p.Field && c.Path.Index == p.Index && c.Product == product
			})
		}
	}
	return columns
}

// unit looks whether equal numbers in two columns are equal amounts.
func (j *join) unit(a *aspect) {
	var given, factor [2]normalize.Unit
	for i, s := range j.sides() {
		if a.columns[i] >= 0 {
			given[i] = s.table.Unit(a.columns[i])
		}
		if factor[i] = given[i]; factor[i].Num == factor[i].Den {
			factor[i] = normalize.Unit{}
		}
	}
	if factor[ours] != factor[theirs] {
		a.token = byRecord
	}
	a.plain = given[ours] != given[theirs]
}

// sameAddress reports whether both tables make the district out of the same columns.
func (j *join) sameAddress(district merchant.Field) bool {
	for _, f := range addressOf(district) {
		if c := j.columnsOf(merchant.At(f), ""); (c[ours] < 0) != (c[theirs] < 0) {
			return false
		}
	}
	return true
}

// sameLayout reports whether the bytes of two lines mean the same.
func sameLayout(a, b *load.Table) bool {
	x, y := a.Columns().List, b.Columns().List
	if len(x) != len(y) || a.Delimiter() != b.Delimiter() || a.Dialect() != b.Dialect() {
		return false
	}
	for i := range x {
		if x[i].Path != y[i].Path || x[i].Product != y[i].Product || a.Unit(i) != b.Unit(i) {
			return false
		}
	}
	return true
}

// ranges returns the columns that matter, in runs.
func (j *join) ranges(c *merchant.Columns) (out [][2]int) {
	matters := func(f merchant.Field) bool {
		switch {
		case f == merchant.FieldNone || j.ignored(f):
			return false
		case f.List() != merchant.FieldNone:
			return f.List() == merchant.FieldFees && !j.ignored(merchant.FieldFees) || f.List() == merchant.FieldTerminals && !j.ignored(merchant.FieldTerminals)
		case f == merchant.FieldStatusState || slices.Contains(j.keys[0], f):
			return true
		}
		return slices.ContainsFunc(fields[:], func(e field) bool {
			if e.form != district {
				return e.field == f
			}
			of := addressOf(e.field)
			return slices.Contains(of[:], f)
		})
	}
	for i := range c.List {
		if !matters(c.List[i].Path.Field) {
			continue
		}
		if n := len(out); n > 0 && out[n-1][1] == i {
			out[n-1][1]++
		} else {
			out = append(out, [2]int{i, i + 1})
		}
	}
	return out
}

// hash hashes a key or a token. Zero stands for none.
func (p *plan) hash(b []byte) uint64 { return maphash.Bytes(p.seed, b)&p.bits | 1 }

func (p *plan) hashText(s string) uint64 { return maphash.String(p.seed, s)&p.bits | 1 }

// rowHash hashes the rows of one side.
type rowHash struct {
	*plan
	j      *join
	which  int
	forced []int             // columns of fees that the other side has no column for
	no, sn []int             // columns of terminals, by their index; -1 for none
	states map[string]string // of texts
	buf    []byte
}

func (j *join) rowHash(which int) *rowHash {
	h := &rowHash{plan: j.plan, j: j, which: which, states: map[string]string{}}
	s := j.sides()[which]
	if s.table == nil {
		return h
	}
	for i := range s.table.Columns().List {
		c := &s.table.Columns().List[i]
		switch c.Path.Field {
		case merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY:
			at := slices.IndexFunc(h.aspects, func(a aspect) bool { return a.product == c.Product && a.path == c.Path })
			if at >= 0 && j.sides()[1-which].table != nil && h.aspects[at].columns[1-which] < 0 {
				h.forced = append(h.forced, i)
			}
		case merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo:
			for len(h.no) <= int(c.Path.Index) {
				h.no, h.sn = append(h.no, -1), append(h.sn, -1)
			}
			if c.Path.Field == merchant.FieldTerminalsTerminalNo {
				h.no[c.Path.Index] = i
			} else {
				h.sn[c.Path.Index] = i
			}
		}
	}
	return h
}

// own is a hash that no other row is given here: mix loses nothing of its first operand.
func (h *rowHash) own(p pos) uint64 {
	return mix(uint64(p)|uint64(h.which)<<63, 0x9E3779B97F4A7C15)
}

func mix(a, b uint64) uint64 {
	a = (a ^ b) * 0xBF58476D1CE4E5B9
	return a ^ a>>29
}

// line hashes a row of a table.
func (h *rowHash) line(l *load.Line, p pos) uint64 {
	if h.layout {
		return h.bytesOf(l)
	}
	sum := uint64(len(h.aspects))
	for i := range h.aspects {
		t, ok := h.token(&h.aspects[i], l)
		if !ok {
			return h.own(p)
		}
		sum = mix(sum, maphash.Bytes(h.seed, t))
	}
	t, ok := h.more(l)
	if !ok {
		return h.own(p)
	}
	return mix(sum, t)
}

// bytesOf hashes the columns that matter. Lines with quotes hash the cells, so that they cannot be taken for others.
func (h *rowHash) bytesOf(l *load.Line) uint64 {
	size := len(l.Cells) - 1
	for _, c := range l.Cells {
		size += len(c)
	}
	if size != len(l.Text) {
		sum := uint64(1)
		for _, r := range h.ranges {
			for i := r[0]; i < min(r[1], len(l.Cells)); i++ {
				sum = mix(sum, maphash.Bytes(h.seed, l.Cells[i]))
			}
		}
		return sum
	}
	if len(h.ranges) == 1 && h.ranges[0] == [2]int{0, len(l.Cells)} {
		return maphash.Bytes(h.seed, l.Text)
	}
	sum, at, k := uint64(2), 0, 0
	for _, r := range h.ranges {
		for ; k < min(r[0], len(l.Cells)); k++ {
			at += len(l.Cells[k]) + 1
		}
		from := at
		for ; k < min(r[1], len(l.Cells)); k++ {
			at += len(l.Cells[k]) + 1
		}
		sum = mix(sum, maphash.Bytes(h.seed, l.Text[min(from, len(l.Text)):max(at-1, min(from, len(l.Text)))]))
	}
	return sum
}

// token returns what a row of a table has of an aspect; false where that does not follow from the cell.
func (h *rowHash) token(a *aspect, l *load.Line) ([]byte, bool) {
	c := cell(l, a.columns[h.which])
	switch a.token {
	case byAmount:
		t, plain := plainAmount(c)
		return t, plain || !a.plain
	case byState:
		return h.state(c), true
	case byDistrict:
		return c, isDistrict(c)
	case byRecord:
		return nil, false
	}
	return c, true
}

// plainAmount returns digits without needless zeros behind the point; other text as it is, and false.
func plainAmount(c []byte) ([]byte, bool) {
	point := -1
	for i, b := range c {
		switch {
		case b == '.' && point < 0 && i > 0:
			point = i
		case b < '0' || b > '9':
			return c, false
		}
	}
	if len(c) > 15 || len(c) > 1 && c[0] == '0' && c[1] != '.' || point == len(c)-1 && point > 0 {
		return c, false
	}
	if point < 0 {
		return c, true
	}
	return bytes.TrimSuffix(bytes.TrimRight(c, "0"), []byte(".")), true
}

// isDistrict reports a code that stands for itself.
func isDistrict(c []byte) bool {
	for _, b := range c {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(c) == 6
}

// state returns the option that a text stands for, nothing for text that is none.
func (h *rowHash) state(c []byte) []byte {
	v, ok := h.states[string(c)]
	if !ok {
		var r merchant.Record
		d := h.j.sides()[h.which].table.Dialect()
		normalize.Set(&r, merchant.At(merchant.FieldStatusState), merchant.Cell{Text: string(c), Type: merchant.CellUntyped}, d.Options(merchant.FieldStatusState, normalize.Options{}))
		if r.Status.State.Valid() {
			v = string(r.Status.State)
		}
		if len(h.states) < 1000 {
			h.states[string(c)] = v
		}
	}
	h.buf = append(h.buf[:0], v...)
	return h.buf
}

// more hashes the terminals of a row; false where the row has something that the other side has no place for.
func (h *rowHash) more(l *load.Line) (uint64, bool) {
	for _, i := range h.forced {
		if len(cell(l, i)) > 0 {
			return 0, false
		}
	}
	sum := uint64(0)
	if !h.listing {
		return sum, true
	}
	for i := range h.no {
		t, ok := h.terminal(cell(l, h.no[i]), cell(l, h.sn[i]))
		if !ok {
			return 0, false
		}
		if t != 0 {
			sum = mix(sum, t)
		}
	}
	return sum, true
}

// terminal hashes what both sides can hold of a terminal, 0 for one without numbers; false where that is nothing.
func (h *rowHash) terminal(no, sn []byte) (uint64, bool) {
	if len(no) == 0 && len(sn) == 0 {
		return 0, true
	}
	if !h.termNo {
		no = nil
	}
	if !h.serial {
		sn = nil
	}
	if len(no) == 0 && len(sn) == 0 {
		return 0, false
	}
	return mix(maphash.Bytes(h.seed, no), maphash.Bytes(h.seed, sn)) | 1, true
}

// record hashes a record.
func (h *rowHash) record(r *merchant.Record, p pos) uint64 {
	sum := uint64(len(h.aspects))
	for i := range h.aspects {
		a := &h.aspects[i]
		var t string
		switch {
		case a.token == byRecord:
			return h.own(p)
		case a.product != "":
			n := -1
			for k := range r.Fees {
				if r.Fees[k].Product != a.product {
					continue
				}
				if n >= 0 {
					return h.own(p) // two classes
				}
				n = k
			}
			if n >= 0 {
				t = shortAmount(r.Text(merchant.Item(a.path.Field, n)))
			}
		case a.token == byAmount:
			t = shortAmount(r.Text(a.path))
		case a.token == byState:
			if r.Status.State.Valid() {
				t = string(r.Status.State)
			}
		case a.token == byDistrict:
			if t = r.Text(a.path); !isDistrict([]byte(t)) {
				return h.own(p)
			}
		default:
			t = raw(r, a.path)
		}
		sum = mix(sum, maphash.String(h.seed, t))
	}
	if !h.listing {
		return mix(sum, 0)
	}
	terms := uint64(0)
	for i := range r.Terminals {
		t, ok := h.terminal([]byte(r.Terminals[i].TerminalNo), []byte(r.Terminals[i].SerialNo))
		if !ok {
			return h.own(p)
		}
		if t != 0 {
			terms = mix(terms, t)
		}
	}
	return mix(sum, terms)
}

// shortAmount is plainAmount for the text of a value.
func shortAmount(s string) string {
	if strings.IndexByte(s, '.') < 0 {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
