// Package file opens a file of merchant records by what it is: a workbook, delimited text, or JSON.
package file

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/merchant/load/json"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
)

// Options say how to open and read a file. File of the embedded options defaults to the path.
type Options struct {
	load.Options
	Password string    // for encrypted workbooks
	Stdin    io.Reader // what the path "-" reads; nil is the standard input of the process
	MaxStdin int64     // bytes that "-" may hold; 0 means 256 MiB
	As       string    // file name whose ending tells the kind; "" is the path
}

const maxStdin = 256 << 20

// Open opens the file at path; "-" is standard input, which is read whole. The kind follows from the content: a zip file
// is a workbook, text that begins with a brace or is named .json or .jsonl is JSON, other text is CSV unless it is named
// like a workbook. Errors about the input are of type [*load.InputError]; those about headings and rows come in the
// stream. The caller closes the file after the last record.
func Open(ctx context.Context, path string, o Options) (load.Records, io.Closer, error) {
	in, err := OpenInput(ctx, path, o)
	if err != nil {
		return nil, nil, err
	}
	return in.Records, in, nil
}

// Input is an open file: its records, and the file itself, to be copied with corrections.
type Input struct {
	Records load.Records
	Book    load.Book // the table row by row, for files that hold other things than merchants; nil for JSON
	source
	copy  func(w io.Writer, edits []load.Edit) error
	table func() *load.Table
}

// Table returns the table of delimited text that can be read line by line, nil for other files and where the records say
// what is wrong. Use it or the records.
func (in *Input) Table() *load.Table {
	if in.table == nil {
		return nil
	}
	return in.table()
}

// Copy writes the file to w with the edits made, and everything else as it is. Each edit is made or Copy fails; what it
// has written by then is no file. See the packages xlsx, csv and json.
func (in *Input) Copy(w io.Writer, edits []load.Edit) error { return in.copy(w, edits) }

// OpenInput is Open for a file that is to be copied as well.
func OpenInput(ctx context.Context, path string, o Options) (*Input, error) {
	if o.File == "" {
		o.File = path
	}
	if o.As == "" {
		o.As = path
	}
	var src source
	if path == "-" {
		raw, err := readStdin(o)
		if err != nil {
			return nil, err
		}
		src = source{ctx, bytes.NewReader(raw), int64(len(raw)), io.NopCloser(nil)}
	} else {
		f, size, err := openFile(path, o.File)
		if err != nil {
			return nil, err
		}
		src = source{ctx, f, size, f}
	}
	in := &Input{source: src}
	if err := in.open(strings.ToLower(filepath.Ext(o.As)), o); err != nil {
		src.Close()
		return nil, err
	}
	return in, nil
}

// source is what is read, as long as the context allows: some passes over a file ask nothing else.
type source struct {
	ctx  context.Context
	in   io.ReaderAt
	size int64
	io.Closer
}

func (s source) ReadAt(b []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.ReadAt(b, at)
}

// open sets the members by the kind of the file.
func (in *Input) open(ext string, o Options) (err error) {
	defer func() {
		if recover() != nil {
			err = load.Defect(o.File)
		}
	}()
	head := make([]byte, min(in.size, 4096))
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return unreadable(o.File, err)
	}
	head = head[:n]
	k := xlsx.Sniff(head)
	if k == xlsx.Binary && (ext == ".csv" || ext == ".txt" || isJSON(nil, ext)) {
		k = xlsx.Text // UTF-16 without a mark, for one: the reader of text names the line and the mend
	}
	switch k {
	case xlsx.Zip, xlsx.OLE:
		b, err := xlsx.Open(in.ctx, in, in.size, xlsx.Options{File: o.File, Password: o.Password})
		if err != nil {
			return err
		}
		in.Records, in.Book, in.copy = load.Read(in.ctx, b, o.Options), b, b.Copy
		return nil
	case xlsx.Text:
		if isJSON(head, ext) {
			in.copy = func(w io.Writer, edits []load.Edit) error { return json.Copy(in.ctx, w, in, in.size, o.Options, edits) }
			in.Records, err = json.Read(in.ctx, in, in.size, o.Options)
			return err
		}
		if ext == ".xlsx" || ext == ".xlsm" || ext == ".xls" {
			return xlsx.Refuse(o.File, k)
		}
		b, err := csv.Open(in, in.size, csv.Options{File: o.File})
		if err != nil {
			return err
		}
		in.table = func() *load.Table { return load.NewTable(in.ctx, b, o.Options) }
		in.Records, in.Book, in.copy = load.Read(in.ctx, b, o.Options), b, b.Copy
		return nil
	}
	return xlsx.Refuse(o.File, k)
}

// isJSON tells by the name, and for names that say nothing by the first character.
func isJSON(head []byte, ext string) bool {
	switch ext {
	case ".json", ".jsonl", ".ndjson":
		return true
	case ".csv", ".txt", ".tsv":
		return false
	}
	for _, mark := range [...]string{"\uFEFF", "\xFF\xFE", "\xFE\xFF"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	s := strings.TrimLeft(string(head), "\x00 \t\r\n") // UTF-16 has zeros beside its ASCII
	return strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[")
}

func openFile(path, name string) (*os.File, int64, error) {
	e := &load.InputError{File: name, ProblemZH: "文件打不开", ProblemEN: "the file cannot be opened", MendZH: "请检查文件和权限", MendEN: "check the file and its permissions"}
	info, err := os.Stat(path) // before opening, which would wait on a pipe
	if err == nil && !info.Mode().IsRegular() {
		e.ProblemZH, e.ProblemEN = "这不是普通文件", "this is not a regular file"
		if info.IsDir() {
			e.ProblemZH, e.ProblemEN = "这是文件夹", "this is a directory"
		}
		e.MendZH, e.MendEN = "请给出文件的路径", "give the path of a file"
		return nil, 0, e
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if err != nil {
		e.Err = err
		if errors.Is(err, fs.ErrNotExist) {
			e.ProblemZH, e.ProblemEN = "文件不存在", "there is no such file"
			e.MendZH, e.MendEN = "请检查路径", "check the path"
		}
		return nil, 0, e
	}
	return f, info.Size(), nil
}

func unreadable(file string, err error) error {
	return &load.InputError{File: file, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

func readStdin(o Options) ([]byte, error) {
	in, limit := o.Stdin, o.MaxStdin
	if in == nil {
		in = os.Stdin
	}
	if limit <= 0 {
		limit = maxStdin
	}
	raw, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, unreadable(o.File, err)
	}
	if int64(len(raw)) > limit {
		n := strconv.FormatInt(limit, 10)
		return nil, &load.InputError{File: o.File, ProblemZH: "标准输入超过" + n + "字节", ProblemEN: "standard input holds more than " + n + " bytes",
			MendZH: "请改为给出文件路径", MendEN: "give the path of a file instead"}
	}
	return raw, nil
}
