package cnaps

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/internal/table"
)

// LoadError says where a table that [Load] reads is wrong.
type LoadError struct {
	Row    int    // counted from 1 as a spreadsheet counts, the header and blank rows included
	Reason string // never holds a value of the table
}

func (e *LoadError) Error() string { return "cnaps: row " + strconv.Itoa(e.Row) + ": " + e.Reason }

func loadError(row int, reason string) error { return &LoadError{row, reason} }

// Branch is what a table says about a code.
type Branch struct {
	Code string
	Bank string // name of the bank
	Name string // name of the branch; empty in the table of the package
}

// Table is a list of codes. It never changes, so that goroutines may share it.
// The zero value is an empty table.
type Table struct {
	branches []branch // in the order of their codes
	text     []string // chunks in which the names of the branches lie
	banks    []string
	byName   []uint32 // places in branches in the order of their names
	builtin  bool
	base     *Table // asked for what this table does not have
}

// branch is kept small, since full tables have 150,000 rows.
type branch struct {
	code uint64
	at   uint32 // of the name: number of the chunk, and below it in 16 bits the place
	bank uint32
	row  uint32 // of the file, to name duplicates
	size uint16 // of the name
}

// chunkSize is what sixteen bits address; a name is never divided.
const chunkSize = 1 << 16

var builtin = Table{builtin: true}

// Builtin returns the table of the package, which knows banks and areas and no
// branches: its Lookup takes every code that [Check] passes.
func Builtin() *Table { return &builtin }

// columns of the file that [Load] reads.
func columns() []table.Column {
	return []table.Column{
		{Names: []string{"code", "cnaps", "联行号", "支付系统行号", "行号"}},
		{Names: []string{"bank", "bank_name", "银行", "银行名称", "行别"}},
		{Names: []string{"branch", "branch_name", "name", "支行", "支行名称", "网点名称", "行名"}},
	}
}

// Load reads a table of branches, such as the full list of the payment system
// that a bank or an acquirer has: CSV in UTF-8, with or without byte order
// mark, whose header names the columns code (or cnaps, 联行号, 支付系统行号, 行号),
// bank (bank_name, 银行, 银行名称, 行别) and branch (branch_name, name, 支行,
// 支行名称, 网点名称, 行名). Other columns are passed over.
//
// Each code must have 12 digits with a right check digit and stand there once;
// its bank and area need not be known to the package, whose tables may be the
// older ones. The first row that is wrong ends Load with a [*LoadError]; an
// error of r is returned as it is. The table takes at most 34 bytes for each row
// besides the names.
func Load(r io.Reader) (*Table, error) {
	s, err := table.NewReader(r, columns(), loadError)
	if err != nil {
		return nil, err
	}
	t := new(Table)
	numbers := map[string]uint32{} // of the banks
	var chunk *strings.Builder
	for {
		err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		code, bank, name := s.Cells[0], s.Cells[1], s.Cells[2]
		switch {
		case checkShape(code) != nil:
			return nil, s.Bad("code is not 12 digits")
		case !CheckDigit(code):
			return nil, s.Bad("wrong check digit of the code")
		case bank == "":
			return nil, s.Bad("no name of the bank")
		case name == "":
			return nil, s.Bad("no name of the branch")
		case len(t.text) == 1<<16-1: // the number of a chunk has sixteen bits
			return nil, s.Bad("table too large")
		}
		number, ok := numbers[bank]
		if !ok {
			number = uint32(len(t.banks))
			bank = strings.Clone(bank)
			t.banks = append(t.banks, bank)
			numbers[bank] = number
		}
		if chunk == nil || chunk.Len()+len(name) > chunkSize {
			if chunk != nil {
				t.text = append(t.text, chunk.String())
			}
			chunk = new(strings.Builder)
			chunk.Grow(chunkSize)
		}
		t.branches = append(t.branches, branch{
			code: value(code),
			at:   uint32(len(t.text)<<16 | chunk.Len()),
			bank: number,
			row:  uint32(s.Row),
			size: uint16(len(name)),
		})
		chunk.WriteString(name)
	}
	if chunk == nil {
		return nil, s.Ended()
	}
	t.text = append(t.text, strings.Clone(chunk.String())) // without what is left of its chunk
	slices.SortFunc(t.branches, func(a, b branch) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.row, b.row)) })
	var twice *branch
	first := 0
	for i := 1; i < len(t.branches); i++ {
		if b := &t.branches[i]; b.code == t.branches[i-1].code && (twice == nil || b.row < twice.row) {
			twice, first = b, int(t.branches[i-1].row)
		}
	}
	if twice != nil {
		return nil, &LoadError{int(twice.row), "the same code as in row " + strconv.Itoa(first)}
	}
	t.byName = make([]uint32, len(t.branches))
	for i := range t.byName {
		t.byName[i] = uint32(i)
	}
	slices.SortFunc(t.byName, func(a, b uint32) int { return strings.Compare(t.name(a), t.name(b)) })
	return t, nil
}

// name returns the name of the i-th branch.
func (t *Table) name(i uint32) string {
	b := &t.branches[i]
	at := int(b.at & (chunkSize - 1))
	return t.text[b.at>>16][at : at+int(b.size)]
}

// Named returns the code of the one branch that has the name; false when none or
// several have it.
func (t *Table) Named(name string) (code string, ok bool) {
	for ; t != nil; t = t.base {
		i, found := slices.BinarySearchFunc(t.byName, name, func(i uint32, name string) int { return strings.Compare(t.name(i), name) })
		if !found {
			continue
		}
		if ok || i+1 < len(t.byName) && t.name(t.byName[i+1]) == name {
			return "", false
		}
		n := strconv.FormatUint(t.branches[t.byName[i]].code, 10)
		code, ok = strings.Repeat("0", Length-len(n))+n, true
	}
	return code, ok
}

// value reads 12 digits that have been checked to be digits.
func value(code string) (n uint64) {
	for i := range len(code) {
		n = n*10 + uint64(code[i]-'0')
	}
	return n
}

// Or returns a table that answers from t and, where t does not have a code, from
// base: Load(…).Or(Builtin()) names at least the bank of a branch opened since.
func (t *Table) Or(base *Table) *Table {
	both := *t
	if t.base != nil {
		base = t.base.Or(base)
	}
	both.base = base
	return &both
}

// Len returns the number of branches, without those of a base.
func (t *Table) Len() int { return len(t.branches) }

// Lookup returns what the table says about a code.
func (t *Table) Lookup(code string) (Branch, bool) {
	if !CheckDigit(code) {
		return Branch{}, false
	}
	n := value(code)
	for ; t != nil; t = t.base {
		if i, ok := slices.BinarySearchFunc(t.branches, n, func(b branch, n uint64) int { return cmp.Compare(b.code, n) }); ok {
			return Branch{code, t.banks[t.branches[i].bank], t.name(uint32(i))}, true
		}
		if t.builtin && areaNumber(code[3:7]) >= 0 {
			if name, _, ok := BankName(code[:3]); ok {
				return Branch{Code: code, Bank: name}, true
			}
		}
	}
	return Branch{}, false
}

// Lookup returns what the table of the package says about a code: its bank.
func Lookup(code string) (Branch, bool) { return builtin.Lookup(code) }

// Check is like the function [Check], with [ErrComponent] for a code that the
// table does not have.
func (t *Table) Check(s string) error {
	if err := checkDigits(s); err != nil {
		return err
	}
	if _, ok := t.Lookup(s); !ok {
		return ErrComponent
	}
	return nil
}
