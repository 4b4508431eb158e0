// Package text finds the encoding of a text file by its bytes and decodes it: UTF-8, UTF-16 in both byte orders, with a
// byte order mark or without, and GB18030, which covers GBK and GB 2312. Bytes that an encoding does not define are an
// error with their place, never U+FFFD.
package text

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Encoding is how the characters of a file are stored.
type Encoding uint8

const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	GB18030
)

var names = [...]string{"", "UTF-16LE", "UTF-16BE", "GB18030"}

// Name returns the name of the encoding, "" for UTF-8.
func (e Encoding) Name() string { return names[e] }

// File is a text file whose encoding is known and whose bytes are all defined in it.
type File struct {
	Encoding Encoding
	LF, CR   bool // there are line feeds, and carriage returns that no line feed follows

	name       string
	r          io.ReaderAt
	begin, end int64 // the text, without a byte order mark and the end-of-file mark of DOS
}

// Stored returns the reader and the bounds of the text in it.
func (f *File) Stored() (r io.ReaderAt, begin, end int64) { return f.r, f.begin, f.end }

// Decode writes stored bytes of whole characters as UTF-8; ok is false for what the encoding does not define. It is for
// UTF-8, which it passes on, and GB18030; dst must have room for three bytes for every two.
func (f *File) Decode(dst, stored []byte) (text []byte, ok bool) {
	if f.Encoding == UTF8 {
		return stored, true
	}
	to, from, ok := gb18030(dst[:cap(dst)], stored)
	return dst[:to], ok && from == len(stored)
}

// Fault is the first place that cannot be read.
type Fault struct {
	load.InputError
	File   *File // decoded as far as Offset
	Offset int64 // in the stored bytes, from the byte order mark on
	column int
}

func (f *Fault) Unwrap() error { return &f.InputError }

// At adds where in the line the fault stands: its character, and field, which may be "".
func (f *Fault) At(field string) *load.InputError {
	e := f.InputError
	n := strconv.Itoa(f.column)
	zh, en := "第"+n+"个字符", "character "+n
	if field != "" {
		zh, en = zh+"（"+field+"列）", en+" (column "+field+")"
	}
	e.ProblemZH, e.ProblemEN = zh+e.ProblemZH, en+" "+e.ProblemEN
	return &e
}

// block is how many bytes are read at a time.
const block = 64 << 10

// Open finds the encoding, which takes one pass over the bytes, two for GB18030. The error is a [*Fault], or a
// [*load.InputError] that concerns the file as a whole.
func Open(r io.ReaderAt, size int64, name string) (*File, error) {
	f := &File{name: name, r: r, end: size}
	if size == 0 {
		return nil, &load.InputError{File: name, ProblemZH: "文件是空的", ProblemEN: "the file is empty", MendZH: "请重新导出或重新下载", MendEN: "export or download it again"}
	}
	head := make([]byte, min(size, block))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, f.unreadable(err)
	}
	head = head[:n]
	marked := true
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		f.begin = 3
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		f.begin, f.Encoding = 2, UTF16LE
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		f.begin, f.Encoding = 2, UTF16BE
	default:
		f.Encoding, marked = wide(head), false
	}
	if err := f.trim(); err != nil {
		return nil, err
	}
	at, err := f.check()
	if err != nil {
		return nil, err
	}
	if at < 0 {
		return f, nil
	}
	if f.Encoding == UTF8 && f.cut(at) {
		return nil, f.fault(at, "不完整，文件在此中断", "is incomplete: the file ends within it")
	}
	if f.Encoding == UTF8 && !marked && !f.zero(at) {
		mixed, err := f.mixed()
		if err != nil {
			return nil, err
		}
		if mixed {
			return nil, f.fault(at, "不是 UTF-8：文件混用了两种编码", "is not UTF-8: the file mixes two encodings")
		}
		// GB18030 assigns almost every sequence, so this comes second.
		f.Encoding = GB18030
		if at, err = f.check(); err != nil {
			return nil, err
		}
		if at < 0 {
			return f, nil
		}
	}
	switch {
	case f.zero(at):
		return nil, f.fault(at, "是零字节，文件不是纯文本", "is a zero byte: the file is no plain text")
	case f.Encoding == GB18030:
		return nil, f.fault(at, "既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030")
	case f.Encoding == UTF8:
		return nil, f.fault(at, "不是 UTF-8：文件混用了两种编码", "is not UTF-8: the file mixes two encodings")
	}
	return nil, f.fault(at, "不是有效的 UTF-16", "is no valid UTF-16")
}

// wide tells UTF-16 without a mark by the zero bytes beside its ASCII characters: a table has separators, digits and
// line ends. The few zeros in the other half are characters such as U+4E00.
func wide(head []byte) Encoding {
	little, big := 0, 0
	for i := 0; i+1 < len(head); i += 2 {
		switch a, b := head[i], head[i+1]; {
		case b == 0 && plain(a):
			little++
		case a == 0 && plain(b):
			big++
		}
	}
	least := max(2, len(head)/40)
	switch {
	case little >= least && little >= 4*big:
		return UTF16LE
	case big >= least && big >= 4*little:
		return UTF16BE
	}
	return UTF8
}

func plain(c byte) bool { return c >= ' ' && c < 0x7F || c == '\t' || c == '\n' || c == '\r' }

// trim leaves out Ctrl-Z at the end, which DOS programs wrote there.
func (f *File) trim() error {
	mark := []byte{0x1A}
	switch f.Encoding {
	case UTF16LE:
		mark = []byte{0x1A, 0}
	case UTF16BE:
		mark = []byte{0, 0x1A}
	}
	n := int64(len(mark))
	tail := make([]byte, n)
	if f.end-f.begin < n || (f.end-f.begin)%n != 0 {
		return nil
	}
	if _, err := f.r.ReadAt(tail, f.end-n); err != nil && !errors.Is(err, io.EOF) {
		return f.unreadable(err)
	}
	if bytes.Equal(tail, mark) {
		f.end -= n
	}
	return nil
}

// cut reports whether the bytes from at to the end begin a character of UTF-8 that is not complete.
func (f *File) cut(at int64) bool {
	rest := f.end - f.begin - at
	if rest >= utf8.UTFMax {
		return false
	}
	b := make([]byte, rest)
	n, _ := f.r.ReadAt(b, f.begin+at)
	return n > 0 && !utf8.FullRune(b[:n])
}

// check reads the file to its end and returns the place of the first bytes that the encoding does not define, -1 when
// there are none, and which line ends there are.
func (f *File) check() (at int64, err error) {
	f.LF, f.CR = false, false
	r := f.Reader()
	last := byte(0)
	for {
		b, err := r.Next()
		if f.Encoding == UTF8 {
			if at := r.checkUTF8(b); at >= 0 {
				return at, nil
			}
		}
		last = f.ends(b, last)
		var bad *undefined
		switch {
		case errors.As(err, &bad):
			return bad.at, nil
		case errors.Is(err, io.EOF):
			f.CR = f.CR || last == '\r'
			return -1, nil
		case err != nil:
			return 0, err
		}
	}
}

// checkUTF8 returns the offset of the first byte of the last block that is zero or not UTF-8, or -1. A character that
// goes on in the next block is put back.
func (r *Reader) checkUTF8(b []byte) int64 {
	if r.left > 0 {
		for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
			if utf8.RuneStart(b[i]) {
				if !utf8.FullRune(b[i:]) {
					n := int64(len(b) - i)
					r.at, r.left, b = r.at-n, r.left+n, b[:i]
				}
				break
			}
		}
	}
	begin := r.at - int64(len(b))
	zero := bytes.IndexByte(b, 0)
	if zero >= 0 {
		b = b[:zero]
	}
	if !utf8.Valid(b) {
		return begin + int64(invalid(b))
	}
	if zero >= 0 {
		return begin + int64(zero)
	}
	return -1
}

// invalid returns where b stops being UTF-8.
func invalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// ends notes which line ends a piece of text has; last is the byte before it. A carriage return at its end counts once
// the next byte is known.
func (f *File) ends(b []byte, last byte) byte {
	if len(b) == 0 {
		return last
	}
	f.LF = f.LF || bytes.IndexByte(b, '\n') >= 0
	f.CR = f.CR || last == '\r' && b[0] != '\n'
	for rest := b; !f.CR; {
		i := bytes.IndexByte(rest, '\r')
		if i < 0 || i == len(rest)-1 {
			break
		}
		f.CR = rest[i+1] != '\n'
		rest = rest[i+1:]
	}
	return b[len(b)-1]
}

// mixed reports whether a text with bytes that are not UTF-8 is UTF-8 in other lines: at least half of the lines beyond
// ASCII, or one with four characters of three bytes, which do not come about by chance.
func (f *File) mixed() (bool, error) {
	in := io.NewSectionReader(f.r, f.begin, f.end-f.begin)
	buf := make([]byte, block)
	kept, clean, wrong := 0, 0, 0
	for {
		n, err := io.ReadFull(in, buf[kept:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return false, f.unreadable(err)
		}
		b := buf[:kept+n]
		for {
			i := bytes.IndexByte(b, '\n')
			if i < 0 && (err != nil || len(b) == len(buf)) {
				i = len(b) - 1 // the last line, or a piece of one without an end
			}
			if i < 0 {
				break
			}
			switch line := b[:i+1]; {
			case !utf8.Valid(line):
				wrong++
			default:
				three := 0
				for _, c := range line {
					if c >= 0xE0 && c < 0xF0 {
						three++
					}
				}
				if three >= 4 {
					return true, nil
				}
				if three > 0 {
					clean++
				}
			}
			b = b[i+1:]
		}
		if err != nil {
			return clean > 0 && clean >= wrong, nil
		}
		kept = copy(buf, b)
	}
}

func (f *File) unreadable(err error) *load.InputError {
	return &load.InputError{File: f.name, ProblemZH: "读取失败", ProblemEN: "reading failed", MendZH: "请检查文件和磁盘后重试", MendEN: "check the file and the disk and try again", Err: err}
}

// zero reports whether a zero character stands at an offset.
func (f *File) zero(at int64) bool {
	b := make([]byte, 2)
	n, _ := f.r.ReadAt(b, f.begin+at)
	if f.Encoding == UTF16LE || f.Encoding == UTF16BE {
		return n == 2 && b[0] == 0 && b[1] == 0
	}
	return n > 0 && b[0] == 0
}

// fault makes the error about the bytes at an offset of the text.
func (f *File) fault(at int64, zh, en string) error {
	e := &Fault{File: f, Offset: at, InputError: load.InputError{File: f.name, ProblemZH: zh, ProblemEN: en,
		MendZH: "请另存为 UTF-8 编码后重试", MendEN: "save the file in UTF-8 and try again"}}
	e.Row, e.column = f.Place(at)
	return e
}

// Until returns the decoded text up to an offset of the stored bytes.
func (f *File) Until(at int64) *Reader {
	r := f.Reader()
	r.left = at
	return r
}

// Place returns the line and the character of an offset, both from 1.
func (f *File) Place(at int64) (line, column int) {
	r := f.Until(at)
	line, column = 1, 1
	last := byte(0)
	for {
		b, err := r.Next()
		for _, c := range b {
			switch {
			case c == '\n' && last == '\r':
			case c == '\n', c == '\r':
				line, column = line+1, 1
			case utf8.RuneStart(c):
				column++
			}
			last = c
		}
		if err != nil {
			return line, column
		}
	}
}
