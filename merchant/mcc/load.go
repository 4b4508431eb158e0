package mcc

import (
	"io"
	"iter"
	"math/bits"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/internal/table"
)

// LoadError says where a table that [Load] reads is wrong.
type LoadError struct {
	Row    int    // counted from 1 as a spreadsheet counts, the header and blank rows included
	Reason string // never holds a value of the table
}

func (e *LoadError) Error() string { return "mcc: row " + strconv.Itoa(e.Row) + ": " + e.Reason }

func loadError(row int, reason string) error { return &LoadError{row, reason} }

// Table is a list of codes. It never changes, so that goroutines may share it.
// The zero value is an empty table.
type Table struct {
	bits    [157]uint64 // a bit for each code
	rank    [157]uint16 // counts the bits before each word
	records []record    // in the order of their codes
	base    *Table      // asked for what this table does not have
}

// record: flags has three bits of fee class, then UnionPay, licence, high risk,
// prohibited.
type record struct {
	zh, en string
	flags  uint8
}

const (
	unionPayBit = 1 << iota << 3
	licenceBit
	highRiskBit
	prohibitedBit
)

var feeClasses = [8]string{"", "标准", "优惠", "减免", "特殊"}

// Builtin returns the table of the package.
func Builtin() *Table { return &builtin }

func columns() []table.Column {
	return []table.Column{
		{Names: []string{"mcc"}},
		{Names: []string{"name_en"}},
		{Names: []string{"name_zh"}},
		{Names: []string{"unionpay"}},
		{Names: []string{"fee_class"}},
		{Names: []string{"risk"}},
		{Names: []string{"licence_required"}},
	}
}

// Load reads a table of codes, such as the list of an acquirer: CSV in UTF-8,
// with or without byte order mark, whose header names the columns mcc, name_en
// and name_zh (one of the two names may be empty), unionpay and licence_required
// (1 or 0), fee_class (标准, 优惠, 减免, 特殊 or empty) and risk (normal, high,
// prohibited or empty). Other columns are passed over.
//
// A code may stand there once. The first row that is wrong ends Load with a
// [*LoadError]; an error of r is returned as it is.
func Load(r io.Reader) (*Table, error) {
	s, err := table.NewReader(r, columns(), loadError)
	if err != nil {
		return nil, err
	}
	var rows [10000]struct { // of the file: number, and place in records
		row   uint32
		place uint16
	}
	var records []record
	for {
		err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		n, ok := number(s.Cells[0])
		en, zh := s.Cells[1], s.Cells[2]
		unionPay, ok1 := mark(s.Cells[3], unionPayBit)
		class, ok2 := feeClass(s.Cells[4])
		risk, ok3 := riskBits(s.Cells[5])
		licence, ok4 := mark(s.Cells[6], licenceBit)
		switch {
		case !ok:
			return nil, s.Bad("mcc is not 4 digits")
		case rows[n].row != 0:
			return nil, s.Bad("the same mcc as in row " + strconv.Itoa(int(rows[n].row)))
		case en == "" && zh == "":
			return nil, s.Bad("no name")
		case !ok1:
			return nil, s.Bad("unionpay is not 1 or 0")
		case !ok2:
			return nil, s.Bad("fee_class is none of 标准, 优惠, 减免, 特殊")
		case !ok3:
			return nil, s.Bad("risk is none of normal, high, prohibited")
		case !ok4:
			return nil, s.Bad("licence_required is not 1 or 0")
		}
		rows[n].row = uint32(s.Row)
		rows[n].place = uint16(len(records))
		records = append(records, record{strings.Clone(zh), strings.Clone(en), unionPay | class | risk | licence})
	}
	if records == nil {
		return nil, s.Ended()
	}
	t := &Table{records: make([]record, 0, len(records))}
	for n, r := range rows {
		if n%64 == 0 {
			t.rank[n/64] = uint16(len(t.records))
		}
		if r.row != 0 {
			t.bits[n/64] |= 1 << (n % 64)
			t.records = append(t.records, records[r.place])
		}
	}
	return t, nil
}

func mark(s string, bit uint8) (uint8, bool) {
	if s == "1" {
		return bit, true
	}
	return 0, s == "0"
}

func feeClass(s string) (uint8, bool) {
	for i, class := range feeClasses[:5] {
		if s == class {
			return uint8(i), true
		}
	}
	return 0, false
}

func riskBits(s string) (uint8, bool) {
	switch s {
	case "", "normal":
		return 0, true
	case "high":
		return highRiskBit, true
	case "prohibited":
		return prohibitedBit, true
	}
	return 0, false
}

// Or returns a table that answers from t and, where t does not have a code, from
// base: Load(…).Or(Builtin()) adds codes to those of the package.
func (t *Table) Or(base *Table) *Table {
	both := *t
	if t.base != nil {
		base = t.base.Or(base)
	}
	both.base = base
	return &both
}

// Len returns the number of codes, without those of a base.
func (t *Table) Len() int { return len(t.records) }

// All returns the entries in the order of their codes, without those of a base.
func (t *Table) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i, word := range t.bits {
			for ; word != 0; word &= word - 1 {
				n := i*64 + bits.TrailingZeros64(word)
				if e, _ := t.Lookup("0000"[:4-len(strconv.Itoa(n))] + strconv.Itoa(n)); !yield(e) {
					return
				}
			}
		}
	}
}
