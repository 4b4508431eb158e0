package text

import (
	"encoding/binary"
	units "unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// First looks at the first character of stored text: its value when it is ASCII, else 0x80, and the bytes that it takes.
// A character of UTF-8 may come in several pieces. n is 0 when b ends too early.
func (f *File) First(b []byte) (c byte, n int) {
	switch f.Encoding {
	case UTF16LE, UTF16BE:
		if len(b) < 2 {
			return 0, 0
		}
		low, high := b[0], b[1]
		if f.Encoding == UTF16BE {
			low, high = high, low
		}
		if high != 0 || low >= 0x80 {
			return 0x80, 2
		}
		return low, 2
	case GB18030:
		switch {
		case len(b) == 0:
			return 0, 0
		case b[0] <= 0x80:
			return b[0], 1
		case len(b) < 2:
			return 0, 0
		case b[1] >= '0' && b[1] <= '9':
			if len(b) < 4 {
				return 0, 0
			}
			return 0x80, 4
		}
		return 0x80, 2
	}
	if len(b) == 0 {
		return 0, 0
	}
	return min(b[0], 0x80), 1
}

// Text decodes stored text; false where the encoding does not define it.
func (f *File) Text(stored []byte) (string, bool) {
	if f.Encoding == UTF8 {
		return string(stored), true
	}
	dst := make([]byte, 3*len(stored)+8)
	var to, from int
	var ok bool
	switch f.Encoding {
	case UTF16LE:
		to, from, ok = utf16(dst, stored, binary.LittleEndian)
	case UTF16BE:
		to, from, ok = utf16(dst, stored, binary.BigEndian)
	default:
		to, from, ok = gb18030(dst, stored)
	}
	return string(dst[:to]), ok && from == len(stored)
}

// AppendStored appends s in the encoding of the file.
func (f *File) AppendStored(dst []byte, s string) []byte {
	switch f.Encoding {
	case UTF16LE:
		for _, c := range units.Encode([]rune(s)) {
			dst = binary.LittleEndian.AppendUint16(dst, c)
		}
		return dst
	case UTF16BE:
		for _, c := range units.Encode([]rune(s)) {
			dst = binary.BigEndian.AppendUint16(dst, c)
		}
		return dst
	case GB18030:
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err == nil {
			return append(dst, out...)
		}
	}
	return append(dst, s...)
}
