package diff

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"sort"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/wire"
	"github.com/merchantkyc/merchantkyc/rules"
)

// side is one of the two lists: a table that is read again by place, or records in an arena.
type side struct {
	name      rules.Text
	table     *load.Table
	normalise map[merchant.Field]func(string) string
	arena     arena
	codec     wire.Codec
	buf       []byte
	err       error // of an arena that could not be written

	learned

	// What reading it tells.
	rows    int
	lost    int           // rows that could not be read
	unread  int           // rows whose key could not
	keyed   int           // rows with the first key
	first   entry         // the row that stands first
	asOf    merchant.Date // the latest
	index   *bins         // hash of the key, of the row, position
	serials *bins         // hash of a serial number, of the key, position
	bare    []pos         // rows without the first key
	marks   marks
	issues  []error

	irregular bool // the table must be read as records
}

// learned is what a side can hold.
type learned struct {
	last      *merchant.Columns
	can       [len(fields)]bool // a field, by a column or by a value of any record
	holds     [len(fields)]bool // fields that records without columns have values in
	terminals bool              // any record can hold terminals,
	termNo    bool              // their numbers
	serial    bool              // and serial numbers
	state     bool
	products  []merchant.FeeProduct
	rates     bool // any record can hold a rate
	caps      bool // any record can hold a fee's cap
}

// entry is a record with its position. The row is for people: records that have none are counted.
type entry struct {
	*merchant.Record
	pos pos
	row int
}

// marks are the places of every markStep-th row of a table, from which the line numbers of the others are counted.
type marks struct {
	at     []int64
	number []int32
	last   int
}

const markStep = 8

func (m *marks) before(at int64) load.Place {
	i := m.last // rows are often asked for in their order
	if at < m.at[i] || i+1 < len(m.at) && at >= m.at[i+1] {
		i = sort.Search(len(m.at), func(i int) bool { return m.at[i] > at }) - 1
		m.last = i
	}
	return load.Place{At: m.at[i], Number: int(m.number[i])}
}

// add takes a record.
func (s *side) add(r *merchant.Record) {
	if s.err != nil {
		return
	}
	if s.normalise != nil {
		r = s.normalised(r)
	}
	s.rows++
	if s.rows == 1 || position(&r.Source, &s.first.Source) < 0 {
		s.first = entry{Record: &merchant.Record{Source: r.Source}}
	}
	s.see(r)
	if r.Registry.AsOf.After(s.asOf) {
		s.asOf = r.Registry.AsOf
	}
	s.buf = s.codec.Append(binary.AppendUvarint(s.buf[:0], uint64(s.rows)), r)
	_, s.err = s.arena.add(s.buf)
}

// see takes note of what a record holds, and its columns can.
func (s *learned) see(r *merchant.Record) {
	if c := r.Source.Columns; c != nil && c != s.last {
		s.learn(c)
	}
	for i := range fields {
		if s.can[i] && (s.holds[i] || r.Source.Columns != nil) {
			continue
		}
		if r.Has(merchant.At(fields[i].field)) {
			s.can[i] = true
			s.holds[i] = s.holds[i] || r.Source.Columns == nil
		}
	}
	s.state = s.state || r.Status.State != ""
	s.terminals = s.terminals || len(r.Terminals) > 0
	for k := range r.Terminals {
		s.termNo = s.termNo || r.Terminals[k].TerminalNo != ""
		s.serial = s.serial || r.Terminals[k].SerialNo != ""
	}
	for k := range r.Fees {
		s.product(r.Fees[k].Product)
		s.rates = s.rates || !r.Fees[k].RatePct.IsZero()
		s.caps = s.caps || !r.Fees[k].CapCNY.IsZero()
	}
}

// normalised applies the normalisers of the caller to a copy.
func (s *side) normalised(r *merchant.Record) *merchant.Record {
	out := *r
	out.Merchant = *r.Clone()
	for f, change := range s.normalise {
		for _, p := range out.Paths(f) {
			if v, ok := out.Ref(p).(*string); ok && *v != "" {
				*v = change(*v)
			}
		}
	}
	return &out
}

// learn takes note of what columns can hold. A division code can come from the names beside it or from the address.
func (s *learned) learn(c *merchant.Columns) {
	s.last = c
	for i := range fields {
		s.can[i] = s.can[i] || c.Fills(fields[i].field)
		if fields[i].form == district {
			for _, f := range addressOf(fields[i].field) {
				s.can[i] = s.can[i] || c.Fills(f)
			}
		}
	}
	s.state = s.state || c.Fills(merchant.FieldStatusState)
	s.terminals = s.terminals || c.Fills(merchant.FieldTerminals)
	s.termNo = s.termNo || c.Fills(merchant.FieldTerminalsTerminalNo)
	s.serial = s.serial || c.Fills(merchant.FieldTerminalsSerialNo)
	for k := range c.List {
		if col := &c.List[k]; col.Path.Field == merchant.FieldFeesRatePct || col.Path.Field == merchant.FieldFeesCapCNY {
			s.product(col.Product)
			s.rates = s.rates || col.Path.Field == merchant.FieldFeesRatePct
			s.caps = s.caps || col.Path.Field == merchant.FieldFeesCapCNY
		}
	}
}

// addressOf returns the fields that the district of an address can be made of: province, city, district, detail.
func addressOf(district merchant.Field) [4]merchant.Field {
	return [4]merchant.Field{district - 2, district - 1, district, district + 1} // they follow each other in the model
}

func (s *learned) product(p merchant.FeeProduct) {
	if p != "" && !slices.Contains(s.products, p) {
		s.products = append(s.products, p)
	}
}

// position orders records by where they stand, so that what is called first does not depend on the order of arrival.
func position(x, y *merchant.Source) int {
	return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Sheet, y.Sheet), cmp.Compare(x.Row, y.Row))
}

func byPosition(a, b entry) int {
	return cmp.Or(position(&a.Source, &b.Source), cmp.Compare(a.pos, b.pos))
}

// line reads a row of the table again.
func (s *side) line(p pos) (*load.Line, error) {
	l, err := s.table.Read(load.Place{At: p.at(), Size: p.size()}, s.marks.before(p.at()))
	if errors.Is(err, load.ErrIrregular) {
		err = &load.InputError{File: s.first.Source.File, ProblemZH: "读取期间文件被改动", ProblemEN: "the file changed while it was read", MendZH: "请等文件写完后重试", MendEN: "try again when it is complete", Err: err}
	}
	return l, err
}

// get reads a record again.
func (s *side) get(p pos) (entry, error) {
	if s.table != nil {
		l, err := s.line(p)
		if err != nil {
			return entry{}, err
		}
		return entry{s.table.Record(l), p, l.Number}, nil
	}
	row, err := s.arena.read(p, nil)
	if err != nil {
		return entry{}, err
	}
	return s.decode(p, row)
}

func (s *side) decode(p pos, row []byte) (entry, error) {
	ordinal, n := binary.Uvarint(row)
	r, err := s.codec.Decode(row[max(n, 0):])
	if err != nil {
		return entry{}, err
	}
	e := entry{r, p, int(ordinal)}
	if e.Source.Row > 0 {
		e.row = e.Source.Row
	}
	return e, nil
}

// each reads all records in their order.
func (s *side) each(do func(entry) error) error {
	if s.table == nil {
		rows := arenaRows{arena: &s.arena}
		for {
			p, row, err := rows.Next()
			if err != nil || row == nil {
				return err
			}
			e, err := s.decode(p, row)
			if err != nil {
				return err
			}
			if err := do(e); err != nil {
				return err
			}
		}
	}
	rows := s.table.Rows(func(*load.SheetIssue) {})
	for {
		l, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(entry{s.table.Record(l), posAt(l.At, l.Size), l.Number}); err != nil {
			return err
		}
	}
}

// held reports whether the source of r has a place for the i-th field.
func (s *side) held(i int, r *merchant.Record) bool {
	if r.Source.Columns == nil {
		return s.holds[i]
	}
	return r.Mapped(fields[i].field)
}

// call is what a message calls the record: its key, else its row.
func (e entry) call(name string) rules.Param {
	if k := e.Key(); k != "" {
		return rules.P(name, k)
	}
	n := strconv.Itoa(e.row)
	return rules.T(name, rules.Text{ZH: "（第" + n + "行）", EN: "(row " + n + ")"})
}

// related lists records, by where they stand.
func related(list []entry, p merchant.Path) []rules.Related {
	slices.SortFunc(list, byPosition)
	out := make([]rules.Related, len(list))
	for i, e := range list {
		out[i] = relate(e.Record, p)
	}
	return out
}

func relate(r *merchant.Record, p merchant.Path) rules.Related {
	return rules.Related{Source: r.SourceOf(p), Key: r.Key(), Path: p}
}
