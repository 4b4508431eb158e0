package xlsx

import (
	"bytes"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Kind is what the first bytes of a file say it is.
type Kind uint8

// The kinds. Zip covers xlsx and xlsm as well as other formats in a zip file; OLE covers .xls and encrypted workbooks.
const (
	Empty Kind = iota
	Zip
	OLE
	HTML
	XML2003
	XML
	Text
	Binary
)

// Sniff tells the kind of a file from its first bytes (512 are enough for most).
func Sniff(head []byte) Kind {
	switch {
	case len(head) == 0:
		return Empty
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return Zip
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return OLE
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return Text
	case bytes.HasPrefix(head, []byte("%PDF-")), bytes.HasPrefix(head, []byte("Rar!")), bytes.HasPrefix(head, []byte("7z\xBC\xAF")), bytes.HasPrefix(head, []byte("\x1F\x8B")):
		return Binary
	}
	s := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\uFEFF"), " \t\r\n"))
	if strings.HasPrefix(s, "<") {
		switch {
		case strings.Contains(s, "urn:schemas-microsoft-com:office:spreadsheet"), strings.Contains(s, "<workbook"):
			return XML2003
		case strings.Contains(s, "<html"), strings.Contains(s, "<table"), strings.Contains(s, "<!doctype html"), strings.Contains(s, "<meta"), strings.Contains(s, "<body"):
			return HTML
		}
		return XML
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return Binary
	}
	return Text
}

// Refuse returns the error for a file of a kind that holds no workbook.
func Refuse(file string, k Kind) *load.InputError {
	e := &load.InputError{File: file, MendZH: "请用电子表格软件打开后另存为 xlsx", MendEN: "open it in a spreadsheet program and save it as xlsx"}
	switch k {
	case Empty:
		e.ProblemZH, e.ProblemEN = "文件是空的", "the file is empty"
		e.MendZH, e.MendEN = "请重新导出或重新下载", "export or download it again"
	case OLE:
		e.ProblemZH, e.ProblemEN = "这是旧版 .xls 工作簿", "this is an old .xls workbook"
	case HTML:
		e.ProblemZH, e.ProblemEN = "这是网页（HTML），不是工作簿", "this is a web page (HTML), not a workbook"
	case XML2003:
		e.ProblemZH, e.ProblemEN = "这是 XML 2003 表格，不是 xlsx", "this is an XML 2003 spreadsheet, not xlsx"
	case XML:
		e.ProblemZH, e.ProblemEN = "这是 XML 文件，不是工作簿", "this is an XML file, not a workbook"
	case Text:
		e.ProblemZH, e.ProblemEN = "这是文本文件，不是工作簿", "this is a text file, not a workbook"
		e.MendZH, e.MendEN = "如果是 CSV，请把扩展名改为 .csv", "if it is CSV, name it .csv"
	default:
		e.ProblemZH, e.ProblemEN = "这不是工作簿", "this is not a workbook"
		e.MendZH, e.MendEN = "请提供 xlsx、csv 或 json 文件", "give an xlsx, csv or json file"
	}
	return e
}
