package bankcard

import (
	"cmp"
	"io"
	"iter"
	"math/bits"
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

func (e *LoadError) Error() string { return "bankcard: row " + strconv.Itoa(e.Row) + ": " + e.Reason }

func loadError(row int, reason string) error { return &LoadError{row, reason} }

// Table is a list of BINs. It never changes, so that goroutines may share it.
// The zero value is an empty table.
type Table struct {
	// trie has a node for each digit of each prefix: ten bits of children, from
	// bit 10 the number of the first child, from bit 37 the first entry, counted
	// from 1. The children of a node lie side by side.
	trie []uint64
	// root spares the first four steps: for four digits twice the number of their
	// node, plus 1 where a shorter or equal prefix is met on the way. Nodes are
	// numbered by depth, so that none of these has a number beyond 11,110.
	root []uint16
	// entries: bank, from bit 16 type, from bit 18 card length, bit 23 type
	// disputed, bit 24 another entry of the prefix follows.
	entries []uint32
	banks   []bank
	base    *Table // asked for what this table does not have
}

type bank struct{ code, name string }

const (
	childShift = 10
	childBits  = 1<<childShift - 1
	entryShift = 37
	childMask  = 1<<(entryShift-childShift) - 1

	typeShift   = 16
	lengthShift = 18
	disputedBit = 1 << 23
	moreBit     = 1 << 24

	rootDigits = 4
	minPrefix  = 2
	maxPrefix  = 10
)

// Builtin returns the table of the package.
func Builtin() *Table { return &builtin }

func columns() []table.Column {
	return []table.Column{
		{Names: []string{"bin"}},
		{Names: []string{"card_len"}},
		{Names: []string{"bank"}},
		{Names: []string{"card_type"}},
		{Names: []string{"bank_name"}, Optional: true},
		{Names: []string{"disagree"}, Optional: true},
	}
}

// loaded is a row while a table is read. Its key has the prefix, filled up with
// zeros to ten digits and then its length, the length of the card, and the bits
// of an entry below, so that prefixes sort before what they begin.
type loaded struct {
	key uint64
	row uint32
}

const (
	entryBits   = 19 // bank, type, disputed
	prefixShift = entryBits + 5 + 4
)

// Load reads a table of BINs: CSV in UTF-8, with or without byte order mark,
// whose header names the columns bin (2–10 digits), card_len (12–19), bank (a
// short code) and card_type: DC or 借记卡, CC or 贷记卡, SCC or 准贷记卡, PC or
// 预付卡. bank_name may follow, else the name is that of the package's table for
// the same code; so may disagree, in which a t or T marks a type that other
// lists dispute. Further columns are passed over.
//
// A prefix may stand there once for each length of card. The first row that is
// wrong ends Load with a [*LoadError]; an error of r is returned as it is. The
// table takes 20 to 50 bytes for each row besides the names of the banks.
func Load(r io.Reader) (*Table, error) {
	s, err := table.NewReader(r, columns(), loadError)
	if err != nil {
		return nil, err
	}
	t := new(Table)
	numbers := map[bank]uint64{}
	var rows []loaded
	for {
		err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		prefix, code, name := s.Cells[0], s.Cells[2], s.Cells[4]
		length, err := strconv.Atoi(s.Cells[1])
		typ, known := typeOf(s.Cells[3])
		switch {
		case len(prefix) < minPrefix || len(prefix) > maxPrefix || !digits(prefix):
			return nil, s.Bad("bin is not 2 to 10 digits")
		case err != nil || length < MinLength || length > MaxLength:
			return nil, s.Bad("card_len is not 12 to 19")
		case code == "":
			return nil, s.Bad("no bank")
		case !known:
			return nil, s.Bad("card_type is none of DC, CC, SCC, PC")
		}
		if name == "" {
			name = nameOf(code)
		}
		number, ok := numbers[bank{code, name}]
		if !ok {
			number = uint64(len(t.banks))
			if number == 1<<16 {
				return nil, s.Bad("more than 65,536 banks")
			}
			b := bank{strings.Clone(code), strings.Clone(name)}
			t.banks = append(t.banks, b)
			numbers[b] = number
		}
		key := uint64(0)
		for i := range maxPrefix {
			key *= 10
			if i < len(prefix) {
				key += uint64(prefix[i] - '0')
			}
		}
		key = key<<4 | uint64(len(prefix))
		key = key<<5 | uint64(length)
		key = key<<entryBits | number<<3 | uint64(typ)<<1
		if strings.ContainsAny(s.Cells[5], "tT") {
			key |= 1
		}
		rows = append(rows, loaded{key, uint32(s.Row)})
	}
	if rows == nil {
		return nil, s.Ended()
	}
	if err := t.build(rows); err != nil {
		return nil, err
	}
	return t, nil
}

// build makes the trie breadth first, level by level, out of sorted rows.
func (t *Table) build(rows []loaded) error {
	slices.SortFunc(rows, func(a, b loaded) int {
		return cmp.Or(cmp.Compare(a.key>>entryBits, b.key>>entryBits), cmp.Compare(a.row, b.row))
	})
	var twice *loaded
	first := 0
	for i := 1; i < len(rows); i++ {
		if r := &rows[i]; r.key>>entryBits == rows[i-1].key>>entryBits && (twice == nil || r.row < twice.row) {
			twice, first = r, int(rows[i-1].row)
		}
	}
	if twice != nil {
		return &LoadError{int(twice.row), "the same bin and card_len as in row " + strconv.Itoa(first)}
	}
	nodes := 1
	t.entries = make([]uint32, 0, len(rows))
	place := uint64(1e9) // of the digit that tells the children of a level
	level := []uint32{0, uint32(len(rows))}
	for depth := 0; len(level) > 0; depth++ {
		var below []uint32 // rows of the children: first, end
		for i := 0; i < len(level); i += 2 {
			from, to := level[i], level[i+1]
			node := uint64(nodes) << childShift
			for first := true; from < to && rows[from].prefixLength() == depth; from++ {
				if first {
					node |= uint64(len(t.entries)+1) << entryShift
				} else {
					t.entries[len(t.entries)-1] |= moreBit
				}
				first = false
				t.entries = append(t.entries, rows[from].entry())
			}
			for from < to {
				d := rows[from].digit(place)
				end := from + 1
				for end < to && rows[end].digit(place) == d {
					end++
				}
				node |= 1 << d
				nodes++
				below = append(below, from, end)
				from = end
			}
			t.trie = append(t.trie, node)
		}
		level = below
		place /= 10
	}
	t.root = make([]uint16, 1e4)
	for n := range t.root {
		node, short := uint64(0), uint16(0)
		for _, d := range [rootDigits]int{n / 1000, n / 100 % 10, n / 10 % 10, n % 10} {
			if t.trie[node]>>d&1 == 0 {
				node = 0
				break
			}
			node = t.trie[node]>>childShift&childMask + uint64(bits.OnesCount64(t.trie[node]&(1<<d-1)))
			if t.trie[node]>>entryShift != 0 {
				short = 1
			}
		}
		t.root[n] = uint16(node)<<1 | short
	}
	return nil
}

func (r loaded) prefixLength() int         { return int(r.key >> (entryBits + 5) & 15) }
func (r loaded) digit(place uint64) uint64 { return r.key >> prefixShift / place % 10 }

func (r loaded) entry() uint32 {
	e := uint32(r.key >> 3 & 0xFFFF)
	e |= uint32(r.key>>1&3) << typeShift
	e |= uint32(r.key>>entryBits&31) << lengthShift
	if r.key&1 == 1 {
		e |= disputedBit
	}
	return e
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

func typeOf(s string) (Type, bool) {
	for t, short := range [...]string{Debit: "DC", Credit: "CC", SemiCredit: "SCC", Prepaid: "PC"} {
		if s == short || s == Type(t).String() {
			return Type(t), true
		}
	}
	return 0, false
}

// nameOf returns the name of a bank in the table of the package, or "".
func nameOf(code string) string {
	for _, b := range builtin.banks {
		if b.code == code {
			return b.name
		}
	}
	return ""
}

// Or returns a table that answers from t and, where t has no BIN for a number,
// from base: Load(…).Or(Builtin()) adds BINs to those of the package.
func (t *Table) Or(base *Table) *Table {
	both := *t
	if t.base != nil {
		base = t.base.Or(base)
	}
	both.base = base
	return &both
}

// Len returns the number of rows, without those of a base.
func (t *Table) Len() int { return len(t.entries) }

// All returns the rows in the order of their prefixes and then of the lengths of
// the cards, without those of a base.
func (t *Table) All() iter.Seq[Bin] {
	return func(yield func(Bin) bool) {
		if len(t.trie) > 0 {
			t.walk(0, nil, yield)
		}
	}
}

func (t *Table) walk(node int, prefix []byte, yield func(Bin) bool) bool {
	n := t.trie[node]
	for e := int(n>>entryShift) - 1; e >= 0; e++ {
		var bin Bin
		t.fill(&bin, string(prefix), e)
		if !yield(bin) {
			return false
		}
		if t.entries[e]&moreBit == 0 {
			break
		}
	}
	child := int(n >> childShift & childMask)
	for d := range byte(10) {
		if n>>d&1 == 0 {
			continue
		}
		if !t.walk(child, append(prefix, '0'+d), yield) {
			return false
		}
		child++
	}
	return true
}
