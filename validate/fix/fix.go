// Package fix applies the safe fixes of findings: changes that lose nothing, which their rules mark as such. What a rule
// only proposes (a candidate for a number that fails its check, leading zeros) is never applied.
//
// [Plan] works out what the fixes of one record change, and [Apply] does it to the record. [Copy] gathers the changes of a
// run over a file as edits that package load/file writes into a copy, and proves that the copy reads as it should.
package fix

import (
	"cmp"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Change is one value of a source that becomes another. Where several rules change a value one after the other (blanks
// removed, then capitals), it goes from what is stored to what is left in the end.
type Change struct {
	Source   merchant.Source  // the row of the value
	Column   *merchant.Column // its column; nil where the source has none
	Key      string           // of the record
	Path     merchant.Path
	Old, New string
	Rules    []*rules.Rule // those whose fixes it is made of, in the order of the steps

	steps []rules.Edit
}

// Left is a safe fix that was not applied, and why.
type Left struct {
	Rule   *rules.Rule
	Source merchant.Source
	Column *merchant.Column
	Path   merchant.Path // of the finding
	Reason Reason
}

// Reason says why a safe fix was not applied.
type Reason string

// The reasons.
const (
	Alternatives   Reason = "alternatives"    // its finding offers several
	Conflict       Reason = "conflict"        // another fix makes something else of the same value
	Stale          Reason = "stale"           // the value is no longer the one that the rule saw
	NoColumn       Reason = "no_column"       // the source has no place for the value
	Composite      Reason = "composite"       // the cell holds more than this value
	Formula        Reason = "formula"         // the cell is a formula, which would be lost
	BecomesFormula Reason = "becomes_formula" // the text would be taken for a formula
	ShiftedRow     Reason = "shifted_row"     // the row has more or fewer cells than the heading
	ReadsOtherwise Reason = "reads_otherwise" // the row would not read as the same record with this value
)

var reasonTexts = map[Reason]rules.Text{
	Alternatives:   {ZH: "有多种改法", EN: "there are several ways to fix it"},
	Conflict:       {ZH: "几条规则的改法互相冲突", EN: "rules would change the value in different ways"},
	Stale:          {ZH: "值已不是规则看到的值", EN: "the value is no longer the one that the rule saw"},
	NoColumn:       {ZH: "文件里没有该字段的列", EN: "the file has no column for the field"},
	Composite:      {ZH: "该单元格含多个字段", EN: "the cell holds several fields"},
	Formula:        {ZH: "单元格是公式", EN: "the cell is a formula"},
	BecomesFormula: {ZH: "改后会被表格软件当作公式", EN: "a spreadsheet program would take the text for a formula"},
	ShiftedRow:     {ZH: "该行格数与表头不符，可能错位", EN: "the row has more or fewer cells than the heading and may be shifted"},
	ReadsOtherwise: {ZH: "改后该行读出的资料会不同", EN: "the row would read otherwise afterwards"},
}

// Text words the reason.
func (r Reason) Text() rules.Text { return reasonTexts[r] }

// candidate is a safe fix of one finding.
type candidate struct {
	finding *rules.Finding
	edits   []rules.Edit
	reason  Reason // "" while it may be applied
}

// Plan works out what the safe fixes among the findings of a record change. All edits are against the values as they are
// stored, or against what an earlier edit of the same value makes of them. A fix is carried out whole or not at all: two
// that make different things of one value are both left, and so is one whose value reads otherwise by now. Suppressed
// findings are passed over.
func Plan(r *merchant.Record, found []rules.Finding) ([]Change, []Left) {
	var list []candidate
	for i := range found {
		if found[i].Suppressed != nil {
			continue // somebody wants the value as it is
		}
		if c := choose(&found[i]); c != nil {
			if c.reason == "" {
				c.reason = hindrance(r, c.edits)
			}
			list = append(list, *c)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	var changes []Change
	for settled := false; !settled; {
		changes, settled = chain(r, list)
	}
	slices.SortStableFunc(changes, func(a, b Change) int { // as they stand in the row
		return cmp.Or(strings.Compare(a.Source.Sheet, b.Source.Sheet), a.Source.Row-b.Source.Row, len(letter(&a))-len(letter(&b)), strings.Compare(letter(&a), letter(&b)))
	})
	var left []Left
	for i := range list {
		if f := list[i].finding; list[i].reason != "" {
			left = append(left, Left{f.Rule, f.Source, f.Column, f.Path, list[i].reason})
		}
	}
	return changes, left
}

func letter(c *Change) string {
	if c.Column == nil {
		return ""
	}
	return c.Column.Letter
}

// choose returns the safe fix of a finding, nil when it has none or none that changes anything.
func choose(f *rules.Finding) *candidate {
	var c *candidate
	for i := range f.Fixes {
		fix := &f.Fixes[i]
		if !fix.Safe {
			continue
		}
		if c != nil {
			c.reason = Alternatives
			break
		}
		c = &candidate{finding: f, edits: slices.DeleteFunc(slices.Clone(fix.Edits), func(e rules.Edit) bool { return e.Old == e.New })}
	}
	if c == nil || len(c.edits) == 0 {
		return nil
	}
	return c
}

// hindrance says why an edit cannot be written back, "" when all can.
func hindrance(r *merchant.Record, edits []rules.Edit) Reason {
	for _, e := range edits {
		if r.Cells == nil {
			continue // a record of the model, or of JSON
		}
		source := r.SourceOf(e.Path)
		column := r.ColumnOf(e.Path)
		c, ok := r.Cell(e.Path)
		switch {
		case source.Row == r.Source.Row && source.Sheet == r.Source.Sheet && slices.ContainsFunc(r.Notes, ragged):
			return ShiftedRow
		case column == nil || !ok:
			return NoColumn
		case column.Part:
			return Composite
		case c.Formula && c.Type != merchant.CellUntyped: // text files have ="00123", which stays one
			return Formula
		}
	}
	return ""
}

func ragged(n merchant.Note) bool { return n.Kind == merchant.NoteRagged }

// formulaLike reports text that a spreadsheet program calculates when it opens a text file; a plain number is none.
func formulaLike(s string) bool {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return false
	}
	_, err := merchant.ParseNumber(s)
	return err != nil
}

// chain follows the edits of each value from what is stored. When it has to give a fix up, what was found so far does not
// hold, and settled is false.
func chain(r *merchant.Record, list []candidate) (changes []Change, settled bool) {
	giveUp := func(path merchant.Path, reason Reason, concerns func(e rules.Edit) bool) (hit bool) {
		for i := range list {
			c := &list[i]
			if c.reason == "" && slices.ContainsFunc(c.edits, func(e rules.Edit) bool { return e.Path == path && concerns(e) }) {
				c.reason, hit = reason, true
			}
		}
		return hit
	}
	var done []merchant.Path
	for i := range list {
		if list[i].reason != "" {
			continue
		}
		for _, first := range list[i].edits {
			path := first.Path
			if slices.Contains(done, path) {
				continue
			}
			done = append(done, path)
			ch := Change{Source: r.SourceOf(path), Column: r.ColumnOf(path), Key: r.Key(), Path: path, Old: stored(r, first)}
			ch.New = ch.Old
			reached := []string{ch.Old}
			for {
				at, next, found := ch.New, "", false
				for k := range list {
					if list[k].reason != "" {
						continue
					}
					for _, e := range list[k].edits {
						if e.Path != path || e.Old != at {
							continue
						}
						if circle := slices.Contains(reached, e.New); circle || found && e.New != next {
							giveUp(path, Conflict, func(o rules.Edit) bool { return o.Old == at || circle && o.New == at })
							return nil, false
						}
						next, found = e.New, true
						ch.steps = append(ch.steps, e)
						if rule := list[k].finding.Rule; !slices.Contains(ch.Rules, rule) {
							ch.Rules = append(ch.Rules, rule)
						}
					}
				}
				if !found {
					break
				}
				ch.New = next
				reached = append(reached, next)
			}
			if giveUp(path, Stale, func(e rules.Edit) bool { return !slices.Contains(reached, e.Old) }) {
				return nil, false
			}
			if c, _ := r.Cell(path); c.Type == merchant.CellUntyped && formulaLike(ch.New) {
				giveUp(path, BecomesFormula, func(rules.Edit) bool { return true })
				return nil, false
			}
			changes = append(changes, ch)
		}
	}
	return changes, true
}

// stored returns the text that stands in the source of an edit.
func stored(r *merchant.Record, e rules.Edit) string {
	if c, ok := r.Cell(e.Path); ok {
		return c.Text
	}
	for i := range r.Notes { // the first says what reading began with
		if n := &r.Notes[i]; n.Path == e.Path {
			return n.Old
		}
	}
	text := r.Text(e.Path)
	if e.Old == "" && text == e.New {
		return "" // set by the value beside it, as the flag of a long term is
	}
	return text
}

// Apply makes the changes of a record: it becomes what reading the corrected source gives. Values that reading had
// normalised already stay as they are; those that are filled in are set. The notes about what was mended go.
func Apply(r *merchant.Record, changes []Change) {
	for i := range changes {
		ch := &changes[i]
		if filled := ch.steps[len(ch.steps)-1].Old == ""; filled && !r.Has(ch.Path) {
			normalize.Set(r, ch.Path, merchant.Cell{Text: ch.New, Type: merchant.CellUntyped}, normalize.Options{})
		}
		if c, ok := r.Cell(ch.Path); ok {
			r.SetCell(ch.Path, corrected(c, ch.New, textFile(r.Cells)))
		}
		for _, e := range ch.steps {
			r.Notes = slices.DeleteFunc(r.Notes, func(n merchant.Note) bool { return n.Path == e.Path && n.Old == e.Old && mended(n, e.New) })
			for k := range r.Notes {
				if n := &r.Notes[k]; n.Path == e.Path && n.Old == e.Old {
					n.Old = e.New
				}
			}
		}
	}
}

// mended reports whether a note has nothing to say when the text that it is about becomes s. The word for a long term
// still says so.
func mended(n merchant.Note, s string) bool {
	return s == "" || s == n.New && n.Kind != merchant.NoteLongTerm
}

// corrected returns what a file holds for a cell once its text is s.
func corrected(c merchant.Cell, s string, untyped bool) merchant.Cell {
	switch {
	case s == "":
		return merchant.Cell{}
	case untyped:
		return merchant.Cell{Text: s, Type: merchant.CellUntyped, Formula: c.Formula}
	case c.Type == merchant.CellNumber && load.PlainNumber(s):
		c.Text = s
		return c
	}
	return merchant.Cell{Text: s, Type: merchant.CellText}
}

// textFile reports whether the cells are of a file that gives them no types.
func textFile(cells []merchant.Cell) bool {
	return !slices.ContainsFunc(cells, func(c merchant.Cell) bool { return c.Type != merchant.CellEmpty && c.Type != merchant.CellUntyped })
}
