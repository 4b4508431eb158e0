// Package load turns tables into merchant records: it finds the sheet and its heading, maps the columns to fields by
// their names, and fills one [merchant.Record] a row, with the stored text, type and place of every value.
//
// Tables are read by load/xlsx and load/csv, which implement [Book]; load/json reads records by itself, and load/file
// opens a path of any kind.
package load

import (
	"iter"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Records is a stream of records. After a *[RowError] or a *[SheetIssue] the stream goes on; any other error ends it.
// A record is the receiver's from then on, who may keep it: the stream neither changes it nor yields it again.
type Records = iter.Seq2[*merchant.Record, error]

// Options say how to read a table. The zero value finds everything by itself.
//
// With FillDown a book is read once more beforehand, since the merged ranges of a sheet stand behind its rows.
type Options struct {
	File         string        // name for positions and errors
	Sheet        string        // the merchant sheet; "" chooses the best one. Text files have no sheets and ignore it
	HeaderRow    int           // row of the heading, 1-based; 0 finds it among the first rows
	RegistryAsOf merchant.Date // date of a bank's export, for records that carry none themselves
	SkipHidden   bool          // leave hidden rows out; each is named as a row that was skipped
	FillDown     bool          // repeat the value of cells merged downwards in every row of their range
	Map          *Mapping      // columns to read, instead of recognising the headings
	Dialect      *Dialect      // headings, codes and forms of one house; nil for none

	Mapped   func(*Mapping) // called with the columns that are read, before the first record; nil for nobody
	Progress func(Progress) // called now and then, and at the end of a sheet; nil for nobody
}

// Progress tells how far reading a sheet has come.
type Progress struct {
	Sheet       string
	Rows        int   // rows read
	Done, Total int64 // bytes of the sheet; Total is 0 when unknown
}

// Book is a table file as its reader sees it. Rows may be called several times, one after the other; each call starts
// from the top. A row number rises strictly; rows without cells may be left out.
type Book interface {
	Sheets() []SheetInfo
	Rows(sheet string) iter.Seq2[Row, error]
	Layout(sheet string) Layout
	Progress() (done, total int64) // bytes of the current pass over a sheet; total 0 when unknown
	Close() error
}

// Layout is what a file says about the looks of a sheet; text files have none. The hidden columns are known once the
// first row was read, the merged ranges after the last.
type Layout struct {
	HiddenColumns []int // from 0, ascending
	Merged        []Range
}

// Range is a block of cells: rows from 1, columns from 0, both ends included.
type Range struct{ FirstRow, LastRow, FirstColumn, LastColumn int }

// SheetInfo describes one sheet. A text file is one sheet without a name.
type SheetInfo struct {
	Name     string
	Hidden   bool
	Date1904 bool   // day numbers count from 1904
	Encoding string // how text was decoded, "" for UTF-8
	Fields   bool   // rows have a number of fields of their own (text files): too few are a fault
}

// Row is one row. Cells are by column from A; missing ones are [merchant.CellEmpty]. The slice is good until the next
// row is asked for; the texts in it may be kept.
type Row struct {
	Number int
	Cells  []merchant.Cell
	Hidden bool
}

// InputError says that a file cannot be read (further), and what to do. It never carries values of the file.
type InputError struct {
	File, Sheet          string
	Row                  int // last good row, or the line concerned, as the problem says; 0 for the file as a whole
	ProblemZH, ProblemEN string
	MendZH, MendEN       string
	Err                  error // cause, nil when there is none
}

// Error returns the English text: place, problem and mend in one line.
func (e *InputError) Error() string { return e.In("en") }

// In returns the text in zh or en.
func (e *InputError) In(lang string) string {
	at := place(e.File, e.Sheet, e.Row, lang)
	if lang == "zh" {
		return at + "：" + strings.TrimSuffix(e.ProblemZH+"；"+e.MendZH, "；")
	}
	return at + ": " + strings.TrimSuffix(e.ProblemEN+"; "+e.MendEN, "; ")
}

func (e *InputError) Unwrap() error { return e.Err }

// Defect is the error that takes the place of a panic while an input is read. It names the place in the code, and nothing
// of the input. A reader calls it in the deferred function that has recovered.
func Defect(file string) *InputError {
	at := "?"
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for panicked := false; ; {
		f, more := frames.Next()
		if inside := strings.HasPrefix(f.Function, "runtime."); panicked && !inside {
			at = filepath.Base(f.File) + ":" + strconv.Itoa(f.Line)
			break
		} else {
			panicked = panicked || inside
		}
		if !more {
			break
		}
	}
	return &InputError{File: file, ProblemZH: "程序内部错误（" + at + "）", ProblemEN: "internal error at " + at,
		MendZH: "请报告此问题", MendEN: "please report it"}
}

// RowError is a row that could not be read; the stream goes on after it. It never carries values of the file.
type RowError struct {
	Source               merchant.Source
	ProblemZH, ProblemEN string // "" leaves the words to Err
	MendZH, MendEN       string
	Err                  error // cause, nil when there is none
}

// Error returns the English text: place, problem and mend in one line.
func (e *RowError) Error() string { return e.In("en") }

// In returns the text in zh or en.
func (e *RowError) In(lang string) string {
	in := InputError{File: e.Source.File, Sheet: e.Source.Sheet, Row: e.Source.Row,
		ProblemZH: e.ProblemZH, ProblemEN: e.ProblemEN, MendZH: e.MendZH, MendEN: e.MendEN}
	if e.ProblemEN == "" && e.Err != nil {
		in.ProblemZH, in.ProblemEN = oneLine(e.Err.Error()), oneLine(e.Err.Error())
	}
	return in.In(lang)
}

func (e *RowError) Unwrap() error { return e.Err }

// SheetIssue carries what was found about a file, a sheet, its heading or a row that is no merchant. Its Record has a
// Source and Notes and no merchant data; the stream goes on after it.
type SheetIssue struct{ Record *merchant.Record }

func (e *SheetIssue) Error() string {
	s := e.Record.Source
	return place(s.File, s.Sheet, s.Row, "en") + ": " + strconv.Itoa(len(e.Record.Notes)) + " remarks on the sheet; see the findings"
}

func place(file, sheet string, row int, lang string) string {
	if file == "" {
		file = map[bool]string{true: "输入", false: "input"}[lang == "zh"]
	}
	parts := []string{oneLine(file)}
	if sheet != "" {
		parts = append(parts, map[bool]string{true: "工作表 ", false: "sheet "}[lang == "zh"]+oneLine(sheet))
	}
	if row > 0 {
		parts = append(parts, map[bool]string{true: "第" + strconv.Itoa(row) + "行", false: "row " + strconv.Itoa(row)}[lang == "zh"])
	}
	return strings.Join(parts, map[bool]string{true: "，", false: ", "}[lang == "zh"])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Letter names column i, counted from 0, as spreadsheets do: A, Z, AA.
func Letter(i int) string {
	if i < 0 {
		return ""
	}
	var b [8]byte
	n := len(b)
	for i++; i > 0 && n > 0; i = (i - 1) / 26 {
		n--
		b[n] = byte('A' + (i-1)%26)
	}
	return string(b[n:])
}
