package load

import (
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// spans are ascending row numbers in runs.
type spans struct {
	runs  [][2]int
	count int
}

func (s *spans) add(row int) {
	s.count++
	if n := len(s.runs); n > 0 && s.runs[n-1][1] == row-1 {
		s.runs[n-1][1] = row
		return
	}
	s.runs = append(s.runs, [2]int{row, row})
}

// within counts the rows from first to last, both included.
func (s *spans) within(first, last int) (n int) {
	i, _ := slices.BinarySearchFunc(s.runs, first, func(run [2]int, row int) int { return run[1] - row })
	for ; i < len(s.runs) && s.runs[i][0] <= last; i++ {
		n += min(s.runs[i][1], last) - max(s.runs[i][0], first) + 1
	}
	return n
}

// maxRuns bounds how many runs of rows a finding lists; the count beside them is complete.
const maxRuns = 20

// list writes the runs: 5–12, 20.
func (s *spans) list() []string {
	var out []string
	for i, run := range s.runs {
		if i == maxRuns {
			return append(out, "…")
		}
		text := strconv.Itoa(run[0])
		if run[1] > run[0] {
			text += "–" + strconv.Itoa(run[1])
		}
		out = append(out, text)
	}
	return out
}

// seen is what reading the rows of a sheet gathers about their looks.
type seen struct {
	data, hidden spans
	formulas     []int       // cells with a formula and its result, by column
	ranges       []fillRange // merged downwards, by their first row
	open         []fillRange // those that the current row may be in
}

// fillRange is the part of a merged range in one column and the value at its top.
type fillRange struct {
	column, first, last int
	value               merchant.Cell
}

// see takes note of a row of data.
func (s *sheet) see(row Row) {
	s.data.add(row.Number)
	if row.Hidden {
		s.hidden.add(row.Number)
	}
	for i := range row.Cells {
		if c := &row.Cells[i]; c.Formula && c.Text != "" && c.Type != merchant.CellError {
			if s.formulas == nil {
				s.formulas = make([]int, s.match.headings)
			}
			if i < len(s.formulas) {
				s.formulas[i]++
			}
		}
	}
}

// end tells what only the whole sheet shows.
func (s *sheet) end(l Layout, filledDown bool) []merchant.Note {
	var notes []merchant.Note
	if n := s.hidden.count; n > 0 {
		notes = append(notes, merchant.Note{Kind: merchant.NoteHiddenRows, New: strconv.Itoa(n), More: s.hidden.list()})
	}
	for i, n := range s.formulas {
		if n > 0 && s.inUse(i) {
			c := &s.columns.List[i]
			notes = append(notes, merchant.Note{Kind: merchant.NoteColumnFormulas, Path: c.Path, Old: c.Header, New: strconv.Itoa(n), Info: c.Letter})
		}
	}
	for _, g := range l.Merged {
		rows, columns := s.data.within(g.FirstRow, g.LastRow), 0
		for i := max(g.FirstColumn, 0); i <= min(g.LastColumn, s.match.headings-1); i++ {
			if s.inUse(i) {
				columns++
			}
		}
		if rows*columns < 2 || filledDown && columns == 1 {
			continue
		}
		name := Letter(g.FirstColumn) + strconv.Itoa(g.FirstRow) + ":" + Letter(g.LastColumn) + strconv.Itoa(g.LastRow)
		notes = append(notes, merchant.Note{Kind: merchant.NoteMerged, Info: name})
	}
	return notes
}

// hiddenColumns tells which columns in use are hidden.
func (s *sheet) hiddenColumns(l Layout) {
	for _, i := range l.HiddenColumns {
		if s.inUse(i) {
			c := &s.columns.List[i]
			s.match.notes = append(s.match.notes, merchant.Note{Kind: merchant.NoteColumnHidden, Path: c.Path, Old: c.Header, Info: c.Letter})
		}
	}
}

// fillRanges keeps the merged ranges below the heading that go down over several rows.
func (s *sheet) fillRanges(merged []Range) {
	for _, g := range merged {
		if g.LastRow <= s.row || g.FirstRow <= s.row || g.FirstRow == g.LastRow {
			continue
		}
		if i := g.FirstColumn; s.inUse(i) {
			s.ranges = append(s.ranges, fillRange{column: i, first: g.FirstRow, last: g.LastRow})
		}
	}
	slices.SortStableFunc(s.ranges, func(a, b fillRange) int { return a.first - b.first })
}

// fillDown repeats in a row the values that are merged down into it.
func (s *sheet) fillDown(row *Row) {
	for len(s.ranges) > 0 && s.ranges[0].first <= row.Number {
		g := s.ranges[0]
		if s.ranges = s.ranges[1:]; g.first == row.Number && g.column < len(row.Cells) {
			g.value = row.Cells[g.column]
			s.open = slices.DeleteFunc(s.open, func(o fillRange) bool { return o.column == g.column }) // ranges do not overlap
			s.open = append(s.open, g)
		}
	}
	if len(s.open) == 0 {
		return
	}
	s.open = slices.DeleteFunc(s.open, func(g fillRange) bool { return g.last < row.Number })
	for _, g := range s.open {
		if n := g.column + 1 - len(row.Cells); n > 0 {
			row.Cells = append(slices.Clip(row.Cells), make([]merchant.Cell, n)...)
		}
		if !filled(row.Cells[g.column]) {
			row.Cells[g.column] = g.value
		}
	}
}
