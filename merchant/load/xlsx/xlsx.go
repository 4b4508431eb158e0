// Package xlsx reads Office Open XML workbooks (.xlsx, .xlsm), and copies them with single cells corrected. Read are the
// stored text, type, number format and formula mark of every cell, row by row.
//
// A scanner of its own walks the parts; excelize only decrypts. Damage is an error that names the last good row, and
// never makes rows disappear: entries are read to their end so that their checksums count, positions must ascend, and
// shared strings must exist. What parts may inflate to is counted, each and together, and no size that a file declares
// is trusted. Nothing is written to the disk.
//
// It follows ECMA-376 (transitional and strict).
package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Options say how to open a workbook, and how much it may be. A limit of 0 is the one named.
type Options struct {
	File     string // name for errors
	Password string // for encrypted workbooks; the one that spreadsheet programs use unasked is tried first

	MaxPartBytes   int64 // what one part may inflate to: 1 GiB
	MaxTotalBytes  int64 // what all parts together may inflate to: 2 GiB
	MaxStringBytes int64 // shared strings, which are held in memory: 384 MiB
	MaxRatio       int64 // inflated over compressed bytes of a part, from 16 MiB on: 200
	MaxColumns     int   // columns with values: 512
}

const (
	ratioFrom  = 16 << 20 // inflated bytes from which the ratio is watched
	maxEntries = 10000
	maxSheets  = 1000
	maxRows    = 1 << 20
	maxText    = 32767 // UTF-16 units of a cell, the limit of spreadsheet programs
	maxLetters = 16384 // columns of a sheet
	maxStyles  = 1 << 17
	maxCode    = 4096    // bytes of a number format; spreadsheet programs write 255 characters
	maxMerged  = 1 << 18 // merged ranges of a sheet
)

func (o Options) withDefaults() Options {
	set := func(n *int64, value int64) {
		if *n <= 0 {
			*n = value
		}
	}
	set(&o.MaxPartBytes, 1<<30)
	set(&o.MaxTotalBytes, 2<<30)
	set(&o.MaxStringBytes, 384<<20)
	set(&o.MaxRatio, 200)
	if o.MaxColumns <= 0 {
		o.MaxColumns = 512
	}
	return o
}

// Book is an open workbook. It implements [load.Book]. One goroutine may use it at a time.
type Book struct {
	ctx     context.Context // governs the reading of the parts, which iterators cannot be handed one for
	o       Options
	zip     *zip.Reader
	locked  bool // it was decrypted
	parts   map[string]*zip.File
	total   int64            // inflated so far, each byte counted once
	most    map[string]int64 // by part, as far as a pass has come
	sheets  []load.SheetInfo
	paths   []string // part of each sheet
	layouts []load.Layout
	strings table
	formats []format // by cell style
	current *part    // of the pass that runs
}

// Open reads the directory, the styles and the shared strings of a workbook. The context ends that and every later pass
// over its rows. The reader must stay open while the Book is in use; Close does not close it.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Book, error) {
	o = o.withDefaults()
	head := make([]byte, min(size, 4096))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(o.File, err)
	}
	k := Sniff(head[:n])
	switch k {
	case Zip:
	case OLE:
		raw, err := decrypt(ctx, r, size, o)
		if err != nil {
			return nil, err
		}
		r, size = bytes.NewReader(raw), int64(len(raw))
	default:
		return nil, Refuse(o.File, k)
	}
	z, err := zip.NewReader(r, size)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, damaged(o.File, "", err)
	}
	b := &Book{ctx: ctx, o: o, zip: z, locked: k == OLE, parts: make(map[string]*zip.File, min(len(z.File), maxEntries)), most: map[string]int64{}}
	if err := b.directory(z); err != nil {
		return nil, err
	}
	if err := b.open(); err != nil {
		var in *load.InputError
		if errors.As(err, &in) || ctx.Err() != nil {
			return nil, err
		}
		return nil, damaged(o.File, "", err)
	}
	return b, nil
}

// directory enters the parts by name and refuses zip files of other formats.
func (b *Book) directory(z *zip.Reader) error {
	if len(z.File) > maxEntries {
		return damaged(b.o.File, "", fault("条目过多", "too many entries"))
	}
	for _, f := range z.File {
		name := partName(f.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if b.parts[name] != nil {
			return damaged(b.o.File, "", fault("有两个同名条目", "two entries of one name"))
		}
		b.parts[name] = f
	}
	if b.parts["xl/workbook.bin"] == nil && b.parts["[content_types].xml"] != nil {
		return nil
	}
	e := Refuse(b.o.File, OLE)
	switch {
	case b.parts["xl/workbook.bin"] != nil:
		e.ProblemZH, e.ProblemEN = "这是二进制工作簿（.xlsb）", "this is a binary workbook (.xlsb)"
	case b.parts["mimetype"] != nil:
		e.ProblemZH, e.ProblemEN = "这是 OpenDocument 表格（.ods）", "this is an OpenDocument spreadsheet (.ods)"
	default:
		e.ProblemZH, e.ProblemEN = "压缩包里不是 xlsx 工作簿", "the zip file holds no xlsx workbook"
	}
	return e
}

// partName folds the name of a part: names are compared without regard to case, and some writers use backslashes.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// part is an open part: bounded, and cancellable.
type part struct {
	book *Book
	name string
	r    io.ReadCloser
	file *zip.File
	n    int64

	limit int64 // bytes
}

func (b *Book) part(name string) (*part, error) {
	name = partName(name)
	f := b.parts[name]
	if f == nil {
		return nil, fault("缺少部件", "a part is missing")
	}
	if f.Flags&1 != 0 {
		return nil, fault("压缩包有密码", "the zip file is encrypted")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &part{b, name, r, f, 0, b.o.MaxPartBytes}, nil
}

func (p *part) Read(buf []byte) (int, error) {
	b := p.book
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(buf)
	p.n += int64(n)
	if more := p.n - b.most[p.name]; more > 0 { // a second pass costs nothing new
		b.most[p.name] += more
		b.total += more
	}
	if p.n > p.limit || b.total > b.o.MaxTotalBytes || p.n > ratioFrom && p.n/b.o.MaxRatio > int64(p.file.CompressedSize64) {
		return 0, errTooLarge
	}
	return n, err
}

// finish reads to the end, so that the checksum is compared.
func (p *part) finish() error {
	_, err := io.Copy(io.Discard, p)
	return err
}

// Sheets returns the worksheets in the order of the workbook.
func (b *Book) Sheets() []load.SheetInfo { return b.sheets }

// Layout returns the hidden columns of a sheet, known once its first row was read, and its merged ranges, known after
// its last row.
func (b *Book) Layout(sheet string) load.Layout {
	if i := b.sheet(sheet); i >= 0 {
		return b.layouts[i]
	}
	return load.Layout{}
}

// Progress returns how many bytes of the sheet were read, inflated, and how many there are as the file declares it.
func (b *Book) Progress() (done, total int64) {
	if b.current == nil {
		return 0, 0
	}
	return b.current.n, max(b.current.n, int64(min(b.current.file.UncompressedSize64, 1<<62)))
}

// Close releases what the Book holds.
func (b *Book) Close() error { return nil }

func (b *Book) sheet(name string) int {
	return slices.IndexFunc(b.sheets, func(s load.SheetInfo) bool { return s.Name == name })
}
