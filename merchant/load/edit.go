package load

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Edit replaces one stored text in a copy of a file. It applies only while the file holds Old at that place: packages
// xlsx, csv and json refuse to write a copy otherwise.
type Edit struct {
	Sheet    string        // of a workbook
	Row      int           // of the sheet, or the line of a text file on which the record begins
	Column   int           // from 0
	Record   int           // of JSON, which has neither rows nor columns: the record, counted from 0 as they are read
	Path     merchant.Path // of JSON
	Old, New string
}

// PlainNumber reports whether a cell that holds a number can hold s as one and give back the same text.
func PlainNumber(s string) bool {
	n, err := strconv.ParseFloat(s, 64)
	return err == nil && len(s) <= 16 && strconv.FormatFloat(n, 'f', -1, 64) == s
}

// Changed is the error for a file that does not hold what an edit replaces: it was changed since it was read.
func Changed(file, sheet string, row int) *InputError {
	return &InputError{File: file, Sheet: sheet, Row: row, ProblemZH: "文件在读取之后又被改动", ProblemEN: "the file was changed after it had been read",
		MendZH: "请在没有程序写入该文件时重试", MendEN: "try again while no program writes to it"}
}
