// Package csv reads delimited text: UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030 (GBK, GB 2312),
// separated by comma, semicolon, tab or vertical bar.
package csv

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Options say how to open a text file.
type Options struct {
	File string // name for errors
}

// Book is an open text file: one sheet without a name. It implements [load.Book].
type Book struct {
	o         Options
	r         io.ReaderAt
	size      int64
	skip      int64 // byte order mark
	encoding  encoding.Encoding
	name      string // of the encoding, "" for UTF-8
	delimiter rune
	sepLine   bool // the first line is sep= and no data
}

const (
	sniffBytes = 64 << 10
	sniffLines = 20
	maxFields  = 512
)

// Open finds the encoding, which takes one pass over the bytes, and the delimiter. Text that is valid in no encoding is
// an error that names the first such line. The reader must stay open while the Book is in use.
func Open(r io.ReaderAt, size int64, o Options) (*Book, error) {
	b := &Book{o: o, r: r, size: size}
	if size == 0 {
		return nil, &load.InputError{File: o.File, ProblemZH: "文件是空的", ProblemEN: "the file is empty", MendZH: "请重新导出或重新下载", MendEN: "export or download it again"}
	}
	if err := b.findEncoding(); err != nil {
		return nil, err
	}
	if err := b.findDelimiter(); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *Book) raw() io.Reader { return io.NewSectionReader(b.r, b.skip, b.size-b.skip) }

// text returns the decoded bytes from the top.
func (b *Book) text() *bufio.Reader {
	if b.encoding == nil {
		return bufio.NewReaderSize(b.raw(), sniffBytes)
	}
	return bufio.NewReaderSize(b.encoding.NewDecoder().Reader(b.raw()), sniffBytes)
}

func (b *Book) unreadable(err error) error {
	return &load.InputError{File: b.o.File, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

func (b *Book) undecodable(line int, mixed bool) error {
	e := &load.InputError{File: b.o.File, Row: line, ProblemZH: "该行的文字既不是 UTF-8 也不是 GB18030", ProblemEN: "the text of this line is neither UTF-8 nor GB18030",
		MendZH: "请另存为 UTF-8 编码的 CSV", MendEN: "save the file as CSV in UTF-8"}
	if mixed {
		e.ProblemZH, e.ProblemEN = "文件混用了两种编码，该行不是 UTF-8", "the file mixes two encodings, and this line is not UTF-8"
	}
	return e
}

func (b *Book) findEncoding() error {
	head := make([]byte, 4)
	n, err := b.r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return b.unreadable(err)
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		b.skip = 3
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		b.skip, b.name, b.encoding = 2, "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		return nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		b.skip, b.name, b.encoding = 2, "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		return nil
	}
	bad, han, err := b.scan(b.raw(), false)
	if err != nil || bad == 0 {
		return err
	}
	if b.skip > 0 || han { // a mark, or lines that can only be UTF-8, beside a line that is not
		return b.undecodable(bad, true)
	}
	// GB18030 assigns almost every sequence, so this comes second; what it does not assign decodes to U+FFFD.
	bad, _, err = b.scan(simplifiedchinese.GB18030.NewDecoder().Reader(b.raw()), true)
	if err != nil {
		return err
	}
	if bad > 0 {
		return b.undecodable(bad, false)
	}
	b.name, b.encoding = "GB18030", simplifiedchinese.GB18030
	return nil
}

// scan returns the first line that is not UTF-8 (with replaced: that has U+FFFD), 0 when there is none, and whether some
// line is Chinese that can only be UTF-8: four characters of three bytes do not come about by chance. Lines are taken
// in pieces, so that one without an end costs no memory.
func (b *Book) scan(r io.Reader, replaced bool) (bad int, han bool, err error) {
	buf := make([]byte, sniffBytes)
	line, runes, clean, kept := 1, 0, true, 0
	flush := func() {
		han = han || clean && runes >= 4
		runes, clean = 0, true
	}
	for {
		n, err := r.Read(buf[kept:])
		n += kept
		kept = 0
		for i := 0; i < n; {
			c := buf[i]
			if c < utf8.RuneSelf {
				if c == 0 {
					return 0, false, &load.InputError{File: b.o.File, Row: line, ProblemZH: "该行有零字节，不是文本", ProblemEN: "this line has zero bytes and is no text",
						MendZH: "请另存为 UTF-8 编码的 CSV", MendEN: "save the file as CSV in UTF-8"}
				}
				if c == '\n' {
					flush()
					line++
				}
				i++
				continue
			}
			if !utf8.FullRune(buf[i:n]) && err == nil {
				kept = copy(buf, buf[i:n])
				break
			}
			c3, size := utf8.DecodeRune(buf[i:n])
			if c3 == utf8.RuneError && (size == 1 || replaced) {
				clean = false
				if bad == 0 {
					bad = line
				}
			}
			if size == 3 {
				runes++
			}
			i += size
		}
		if errors.Is(err, io.EOF) {
			flush()
			return bad, han, nil
		}
		if err != nil {
			return 0, false, b.unreadable(err)
		}
	}
}

// findDelimiter honours a line sep=; and else takes the delimiter that most of the first lines agree on.
func (b *Book) findDelimiter() error {
	head, err := b.text().Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return b.unreadable(err)
	}
	b.delimiter = ','
	first, _, _ := bytes.Cut(head, []byte("\n"))
	if s := strings.TrimRight(string(first), "\r"); len(s) == 5 && strings.EqualFold(s[:4], "sep=") && strings.ContainsRune(delimiters, rune(s[4])) {
		b.sepLine, b.delimiter = true, rune(s[4])
		return nil
	}
	best := 0
	for _, d := range delimiters {
		if n := agreement(head, byte(d)); n > best {
			best, b.delimiter = n, d
		}
	}
	return nil
}

const delimiters = ",;\t|"

// agreement weighs how many lines have the delimiter equally often, outside quotes, and how often.
func agreement(text []byte, d byte) int {
	counts := map[int]int{}
	lines, n, quoted := 0, 0, false
	for _, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == d:
			n++
		case c == '\n':
			counts[n]++
			n = 0
			if lines++; lines == sniffLines {
				text = nil
			}
		}
		if text == nil {
			break
		}
	}
	counts[n]++
	best := 0
	for n, times := range counts {
		if n > 0 {
			best = max(best, times*1000+min(n, 999))
		}
	}
	return best
}

// Sheets returns the one sheet, which has no name.
func (b *Book) Sheets() []load.SheetInfo {
	return []load.SheetInfo{{Encoding: b.name, Fields: true}}
}

// Layout returns the hidden columns and merged ranges of a sheet.
func (b *Book) Layout(string) load.Layout { return load.Layout{} }

// Progress returns the bytes read of the current pass, and how many there are.
func (b *Book) Progress() (done, total int64) { return 0, 0 }

// Close releases what the Book holds.
func (b *Book) Close() error { return nil }

// Rows returns the records; the number of each is the line it begins on.
func (b *Book) Rows(string) iter.Seq2[load.Row, error] {
	return func(yield func(load.Row, error) bool) {
		in := b.text()
		skipped := 0
		if b.sepLine {
			if _, err := in.ReadString('\n'); err != nil {
				return // nothing after the sep= line
			}
			skipped = 1
		}
		r := csv.NewReader(in)
		r.Comma, r.FieldsPerRecord = b.delimiter, -1
		for {
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(load.Row{}, b.broken(err, skipped))
				return
			}
			line, _ := r.FieldPos(0)
			if len(fields) > maxFields {
				yield(load.Row{}, &load.InputError{File: b.o.File, Row: line + skipped, ProblemZH: "该行超过" + strconv.Itoa(maxFields) + "格", ProblemEN: "this line has more than " + strconv.Itoa(maxFields) + " fields",
					MendZH: "请检查分隔符和引号", MendEN: "check its separators and quotes"})
				return
			}
			cells := make([]merchant.Cell, len(fields))
			for i, f := range fields {
				if f != "" {
					cells[i] = merchant.Cell{Text: f, Type: merchant.CellUntyped}
				}
			}
			if !yield(load.Row{Number: line + skipped, Cells: cells}, nil) {
				return
			}
		}
	}
}

// broken turns an error of the CSV reader into one that names the line and the mend.
func (b *Book) broken(err error, skipped int) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return b.unreadable(err)
	}
	e := &load.InputError{File: b.o.File, Row: p.StartLine + skipped, ProblemZH: "引号不成对，无法分格", ProblemEN: "its quotes do not pair, so that it cannot be split into fields",
		MendZH: "含引号的值须整个加引号，其中的引号写两次", MendEN: "quote the whole value and double the quotes in it", Err: p.Err}
	return e
}
