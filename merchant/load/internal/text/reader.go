package text

import (
	"encoding/binary"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// Reader decodes the text of a file from its beginning.
type Reader struct {
	Done *atomic.Int64 // counts the stored bytes read, from the beginning of the file; may be nil

	f        *File
	at, left int64 // stored bytes taken and to come
	raw      []byte
	kept     int // bytes at the head of raw that begin a character
	out      []byte
	rest     []byte // decoded and not yet read
	err      error
}

// undefined stands for bytes that the encoding does not define, or a zero character. Open looks for them, so that a
// later reader meets them only when the file was changed meanwhile.
type undefined struct {
	load.InputError
	at int64
}

func (e *undefined) Unwrap() error { return &e.InputError }

// Reader returns the decoded text.
func (f *File) Reader() *Reader {
	return &Reader{f: f, left: f.end - f.begin}
}

// Next returns the next piece of text, which is good until the next call. The last piece comes with an error, [io.EOF]
// at the end; it may be empty.
func (r *Reader) Next() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	if r.raw == nil {
		r.raw = make([]byte, block)
	}
	want := min(int64(len(r.raw)-r.kept), r.left)
	n, err := r.f.r.ReadAt(r.raw[r.kept:r.kept+int(want)], r.f.begin+r.at)
	r.at, r.left = r.at+int64(n), r.left-int64(n)
	if r.Done != nil {
		r.Done.Store(r.f.begin + r.at)
	}
	end := r.left == 0
	if int64(n) < want {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // the file became shorter
		}
		r.err = r.f.unreadable(err)
		return nil, r.err
	}
	b := r.raw[:r.kept+n]
	if end {
		r.err = io.EOF
	}
	if r.f.Encoding == UTF8 {
		return b, r.err
	}
	if r.out == nil {
		r.out = make([]byte, 3*block) // two bytes become three, 0x80 as well
	}
	begin := r.at - int64(len(b))
	var to, from int
	var ok bool
	switch r.f.Encoding {
	case UTF16LE:
		to, from, ok = utf16(r.out, b, binary.LittleEndian)
	case UTF16BE:
		to, from, ok = utf16(r.out, b, binary.BigEndian)
	default:
		to, from, ok = gb18030(r.out, b)
	}
	if !ok || end && from < len(b) {
		r.err = &undefined{*r.f.unreadable(nil), begin + int64(from)}
		return r.out[:to], r.err
	}
	r.kept = copy(r.raw, b[from:])
	return r.out[:to], r.err
}

// Read implements [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.rest, _ = r.Next()
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// utf16 decodes whole characters, and returns how many bytes it wrote and read; false where the next are undefined.
func utf16(dst, src []byte, order binary.ByteOrder) (to, from int, ok bool) {
	for ; from+2 <= len(src); from += 2 {
		c := rune(order.Uint16(src[from:]))
		switch {
		case c == 0:
			return to, from, false
		case c < utf8.RuneSelf:
			dst[to] = byte(c)
			to++
			continue
		case c >= 0xDC00 && c < 0xE000:
			return to, from, false
		case c >= 0xD800 && c < 0xDC00:
			if from+4 > len(src) {
				return to, from, true
			}
			low := rune(order.Uint16(src[from+2:]))
			if low < 0xDC00 || low >= 0xE000 {
				return to, from, false
			}
			c = (c-0xD800)<<10 | (low - 0xDC00) + 0x10000
			from += 2
		}
		to += utf8.EncodeRune(dst[to:], c)
	}
	return to, from, true
}

// pairs holds the characters of the codes of two bytes by lead and trail, 0 for those that are not defined. The table is
// made from the decoder of x/text when a file first needs it.
var pairs = sync.OnceValue(func() *[0x80 << 8]uint16 {
	var t [0x80 << 8]uint16
	d := simplifiedchinese.GB18030.NewDecoder()
	var out [8]byte
	for lead := 0x81; lead < 0xFF; lead++ {
		for trail := 0x40; trail < 0xFF; trail++ {
			n, _, err := d.Transform(out[:], []byte{byte(lead), byte(trail)}, true)
			c, size := utf8.DecodeRune(out[:n])
			if trail != 0x7F && err == nil && size == n && c != utf8.RuneError {
				t[(lead-0x80)<<8|trail] = uint16(c)
			}
		}
	}
	return &t
})

// gb18030 is like utf16. The decoder of x/text writes U+FFFD for what is not defined, so that the two cannot be told
// apart, and takes twice as long.
func gb18030(dst, src []byte) (to, from int, ok bool) {
	t := pairs()
	var d *encoding.Decoder
	for from < len(src) {
		c := src[from]
		if c < utf8.RuneSelf {
			if c == 0 {
				return to, from, false
			}
			dst[to] = c
			to, from = to+1, from+1
			for from+8 <= len(src) { // eight characters of ASCII, none of them zero
				v := binary.LittleEndian.Uint64(src[from:])
				if (v|(v-0x0101010101010101))&0x8080808080808080 != 0 {
					break
				}
				binary.LittleEndian.PutUint64(dst[to:], v)
				to, from = to+8, from+8
			}
			continue
		}
		if c == 0x80 { // the euro sign of code page 936
			to += copy(dst[to:], "€")
			from++
			continue
		}
		if from+1 >= len(src) {
			return to, from, c != 0xFF
		}
		trail := src[from+1]
		if trail >= '0' && trail <= '9' {
			if from+4 > len(src) {
				return to, from, c != 0xFF
			}
			if d == nil {
				d = simplifiedchinese.GB18030.NewDecoder()
			}
			n := four(d, dst[to:], src[from:from+4])
			if n == 0 {
				return to, from, false
			}
			to, from = to+n, from+4
			continue
		}
		r := t[int(c&0x7F)<<8|int(trail)]
		if r == 0 {
			return to, from, false
		}
		if r < 0x800 {
			dst[to], dst[to+1] = 0xC0|byte(r>>6), 0x80|byte(r&0x3F)
			to += 2
		} else {
			d := dst[to : to+3]
			d[0], d[1], d[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r&0x3F)
			to += 3
		}
		from += 2
	}
	return to, from, true
}

// four decodes a code of four bytes and returns how many it wrote, 0 when the code is not defined.
func four(d *encoding.Decoder, dst, src []byte) int {
	n, _, err := d.Transform(dst, src, true)
	c, size := utf8.DecodeRune(dst[:n])
	if err != nil || size != n || c == utf8.RuneError && string(src) != "\x84\x31\xA4\x37" {
		return 0
	}
	return n
}
