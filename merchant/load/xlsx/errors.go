package xlsx

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

func unreadable(file string, err error) error {
	return &load.InputError{File: file, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

func damaged(file, sheet string, err error) *load.InputError {
	e := &load.InputError{File: file, Sheet: sheet, ProblemZH: "工作簿已损坏或不完整（" + cause(err, "zh") + "）", ProblemEN: "the workbook is damaged or incomplete (" + cause(err, "en") + ")",
		MendZH: "请重新导出，或用电子表格软件打开后另存为 xlsx", MendEN: "export it again, or open it in a spreadsheet program and save it as xlsx", Err: err}
	if errors.Is(err, errTooLarge) {
		e.MendZH, e.MendEN = "请拆成几个文件，或用电子表格软件打开后另存为 xlsx；可信的文件可由调用方放宽限制", "split the file, or open it in a spreadsheet program and save it as xlsx; for a trusted file the caller can raise the limits"
	}
	return e
}

// cause names what went wrong without showing what the file holds.
func cause(err error, lang string) string {
	var (
		syntax  *syntaxError
		corrupt flate.CorruptInputError
	)
	zh, en := "内容不符合格式", "its content is not as it must be"
	switch {
	case errors.Is(err, zip.ErrChecksum):
		zh, en = "校验和不符", "checksum mismatch"
	case errors.Is(err, errTooLarge):
		zh, en = "展开后过大", "it inflates to more than is allowed"
	case errors.As(err, &syntax):
		zh, en = "XML 错误，第"+strconv.Itoa(syntax.line)+"行", "XML error in line "+strconv.Itoa(syntax.line)
	case errors.As(err, &corrupt), errors.Is(err, zip.ErrAlgorithm):
		zh, en = "压缩数据无法展开", "its compressed data cannot be inflated"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrFormat):
		zh, en = "压缩包被截断", "the zip file is cut short"
	default:
		var p *partError
		if errors.As(err, &p) {
			zh, en = p.zh, p.en
		}
	}
	if lang == "zh" {
		return zh
	}
	return en
}

// partError is damage that this package found itself.
type partError struct{ zh, en string }

func (e *partError) Error() string { return "xlsx: " + e.en }

func fault(zh, en string, args ...any) error {
	return &partError{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

var errTooLarge = errors.New("xlsx: part inflates to more than is allowed")
