package merchant

// Record is a merchant with its origin. Records made by hand have a zero Source and no cells.
type Record struct {
	Merchant
	Source Source
	Cells  []Cell // one for each of Source.Columns, in their order; nil where the source has no cells
	Parts  []Part // rows of other sheets that were joined in
	Notes  []Note // what reading and normalising did to the values
}

// Source is where a record stands: a row of a sheet, or a line of a file. Row is 1-based; 0 means the sheet as a whole.
type Source struct {
	File, Sheet string
	Row         int
	Columns     *Columns // shared by all rows of a sheet; nil where the source has no columns
}

// Part is a row of another sheet that became the i-th entry of a list.
type Part struct {
	List   Field
	Index  int
	Source Source
	Cells  []Cell
}

// Columns are the columns of one sheet. Joined are those of the sheets whose rows become list members of its records,
// whether or not a record has any. Absent are the fields whose headings a column map names and the sheet lacks.
//
// A column that a map splits into several fields stands in List without a Path; its parts follow the columns of the
// sheet, with the letter and the heading of the whole.
type Columns struct {
	List   []Column
	Joined []*Columns
	Absent []Field
}

// Column is one column: Letter as spreadsheets name it ("" for a member of JSON), Header the text of its heading with the
// group headings above it (法人信息/姓名), Path the field it fills (a zero Path when unmapped). Fee columns carry the
// product they belong to.
type Column struct {
	Letter  string
	Header  string
	Path    Path
	Product FeeProduct
	Part    bool // the cell of the sheet holds more than this field, so that a value cannot be written back into it
	Shifted bool // the values look like those of another field; rules do not judge them
}

// Cell is what a file holds for one value.
type Cell struct {
	Text    string // stored text, as in the file
	Format  string // number format of a number cell; "" for General and for text
	Type    CellType
	Formula bool
}

// CellType is the type a file gives to a cell.
type CellType uint8

// The cell types. CellUntyped is for formats that have none (CSV).
const (
	CellEmpty CellType = iota
	CellUntyped
	CellText
	CellNumber
	CellDate // a number shown as a date
	CellBool
	CellError
)

// NewRecord returns a record of m without a source. It copies the struct and shares its lists.
func NewRecord(m *Merchant) *Record { return &Record{Merchant: *m} }

// part returns the row that holds p.
func (r *Record) part(p Path) (*Source, []Cell) {
	if p.Index >= 0 {
		list := p.Field.List()
		for i := range r.Parts {
			if r.Parts[i].List == list && r.Parts[i].Index == int(p.Index) {
				return &r.Parts[i].Source, r.Parts[i].Cells
			}
		}
	}
	return &r.Source, r.Cells
}

// SourceOf returns the row that holds the value at p; joined rows have their own sheet and row.
func (r *Record) SourceOf(p Path) Source {
	s, _ := r.part(p)
	return *s
}

// ColumnOf returns the column that fills p, nil when none does.
func (r *Record) ColumnOf(p Path) *Column {
	s, _ := r.part(p)
	if i := r.column(s.Columns, p, s != &r.Source); i >= 0 {
		return &s.Columns.List[i]
	}
	return nil
}

// Cell returns the cell that p was read from; false where there is none.
func (r *Record) Cell(p Path) (Cell, bool) {
	s, cells := r.part(p)
	if i := r.column(s.Columns, p, s != &r.Source); i >= 0 && i < len(cells) {
		return cells[i], true
	}
	return Cell{}, false
}

// SetCell replaces the cell that p was read from; false where there is none. The value itself stays as it is.
func (r *Record) SetCell(p Path, c Cell) bool {
	s, cells := r.part(p)
	i := r.column(s.Columns, p, s != &r.Source)
	if i < 0 || i >= len(cells) {
		return false
	}
	cells[i] = c
	return true
}

func (r *Record) column(c *Columns, p Path, joined bool) int {
	if c == nil {
		return -1
	}
	for i := range c.List {
		col := &c.List[i]
		if col.Path.Field != p.Field {
			continue
		}
		switch {
		case col.Product != "":
			if p.Index < 0 || int(p.Index) < len(r.Fees) && r.Fees[p.Index].Product == col.Product {
				return i
			}
		case joined || col.Path.Index == p.Index || p.Index < 0:
			return i
		}
	}
	return -1
}

// Mapped reports whether the source can fill f at all: true without columns, and where a column of the sheet or of a
// joined sheet is mapped to f or, for a list, to one of its members.
func (r *Record) Mapped(f Field) bool {
	if r.Source.Columns == nil {
		return true
	}
	return r.Source.Columns.Fills(f)
}

// Fills reports whether a column of the sheet or of a joined one is mapped to f or, when f is a list, to a member of it.
func (c *Columns) Fills(f Field) bool {
	if c == nil {
		return false
	}
	for i := range c.List {
		if g := c.List[i].Path.Field; g == f || g.Valid() && f.Kind() == KindList && g.List() == f {
			return true
		}
	}
	for _, joined := range c.Joined {
		if joined.Fills(f) {
			return true
		}
	}
	return false
}

// Note is something that reading or normalising did to one value, or found while doing so. Rules of the import family
// turn notes into findings; a clean record has none.
type Note struct {
	Kind NoteKind
	Path Path
	Old  string // the text as it was
	New  string // the text used instead, "" when none is
	Info string // what the kind says: a unit, an encoding, a form
	More []string
}

// NoteKind says what happened.
type NoteKind uint8

// The notes about one value.
const (
	NoteNone           NoteKind = iota
	NoteErrorCell               // #N/A and its like; the value is empty
	NoteNoResult                // formula without a cached result; the value is empty
	NoteLostDigits              // a long number stored as a number; the value is empty
	NoteBadDate                 // unreadable date; the value is empty
	NoteBadAmount               // unreadable amount or rate; the value is empty
	NoteUnitConflict            // unit in the heading and unit in the cell differ; the value is empty
	NotePlaceholder             // 待补, N/A …; the value is empty
	NoteInvisible               // blanks or invisible characters removed
	NoteCode                    // identifier folded to half width and capitals
	NoteDateForm                // date read from another form than yyyy-MM-dd
	NoteSerialDate              // plain number in a date column read as a date
	NoteLongTerm                // a word or sentinel read as "for ever"
	NoteMixedWidth              // name with mixed full and half width, unified
	NoteDivisionName            // division code found from a name
	NoteSkippedRow              // not a merchant: repeated heading, total, remark, template sample
	NoteRagged                  // the row has more or fewer cells than the heading
	NoteReadFault               // part of the row could not be read
	NoteBadFlag                 // yes-or-no field with neither; the flag is not set
	NoteAmountForm              // amount read after removing separators or units, or rounded
	NoteOrphanTerminal          // row of the terminals sheet whose merchant is not in the book
	NoteScientific              // identifier written as 6.22848E+18; the value is empty
	NoteShown                   // the number format shows New (or nothing) where Old is stored
)

// The notes about a sheet or a file.
const (
	NoteKeyColumnMissing NoteKind = iota + 64 // no column gives a key, or none the registered name
	NoteColumnDuplicate                       // two columns for one field
	NoteColumnAmbiguous                       // heading with several meanings
	NoteColumnUnknown                         // heading that is no alias
	NoteColumnNear                            // heading one slip away from an alias
	NoteColumnUnit                            // unit in the heading, values converted
	NoteNoRows                                // heading without rows
	NoteEncoding                              // text file that is not UTF-8
	NoteOtherSheet                            // another sheet looks like a merchant list
	NoteColumnShifted                         // the values of a column look like those of another field
	NoteHiddenRows                            // hidden rows were read: New their number, More the rows
	NoteColumnHidden                          // a column in use is hidden
	NoteColumnFormulas                        // New values of the column come from formulas
	NoteMerged                                // Info is a merged range over several data cells
)

// Note appends a note.
func (r *Record) Note(n Note) { r.Notes = append(r.Notes, n) }

// Noted reports whether a note of the kind stands at p.
func (r *Record) Noted(k NoteKind, p Path) bool {
	for i := range r.Notes {
		if r.Notes[i].Kind == k && r.Notes[i].Path == p {
			return true
		}
	}
	return false
}
