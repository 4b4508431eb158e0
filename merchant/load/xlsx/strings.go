package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

const (
	chunkBits = 20
	chunkMask = 1<<chunkBits - 1
	maxChunks = 1 << (32 - chunkBits)
	maxStored = 8 * maxText // bytes of a text in the file, where _x4E00_ stands for one character
)

// table holds the shared strings in chunks, with four bytes of place for each: millions of strings are few objects, and
// nothing is copied as the table grows.
type table struct {
	chunks []string
	open   []byte // the chunk that fills
	starts []*[startMask + 1]uint32
	count  int
	bytes  int64
}

const (
	startBits = 12
	startMask = 1<<startBits - 1
)

// add enters the next string; false when the table can hold no more.
func (t *table) add(s []byte) bool {
	if len(t.open)+len(s) >= 1<<chunkBits {
		t.close()
	}
	if len(t.chunks) == maxChunks {
		return false
	}
	if t.count&startMask == 0 {
		t.starts = append(t.starts, new([startMask + 1]uint32))
	}
	t.starts[t.count>>startBits][t.count&startMask] = uint32(len(t.chunks)<<chunkBits | len(t.open))
	t.count++
	t.open = append(t.open, s...)
	t.bytes += int64(len(s)) + 4
	return true
}

// close ends a chunk; after the last one the strings can be read.
func (t *table) close() {
	t.chunks = append(t.chunks, string(t.open))
	t.open = t.open[:0]
}

func (t *table) len() int { return t.count }

// start returns the chunk and the place of string i.
func (t *table) start(i int) uint32 { return t.starts[i>>startBits][i&startMask] }

// at returns string i.
func (t *table) at(i int) string {
	start := t.start(i)
	chunk := t.chunks[start>>chunkBits]
	end := uint32(len(chunk))
	if i+1 < t.count {
		if next := t.start(i + 1); next>>chunkBits == start>>chunkBits {
			end = next & chunkMask
		}
	}
	return chunk[start&chunkMask : end]
}

func (b *Book) readStrings(name string) error {
	if b.strings.len() > 0 {
		return fault("有两个共享字符串部件", "two parts of shared strings")
	}
	var text []byte
	err := b.each(name, b.o.MaxPartBytes, func(s *scanner) (err error) {
		if string(s.name) != "si" {
			return nil
		}
		if text, err = s.richText(text[:0]); err != nil {
			return err
		}
		if !b.strings.add(unescape(text)) || b.strings.bytes > b.o.MaxStringBytes {
			return errTooLarge
		}
		return nil
	})
	b.strings.close()
	b.strings.open = nil
	return err
}

// richText adds the text of the element whose start tag was just read: all its runs, without phonetic hints.
func (s *scanner) richText(dst []byte) ([]byte, error) {
	for depth := len(s.starts); ; {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case startTag:
			switch string(s.name) {
			case "t":
				dst, err = s.content(dst)
			case "rPh", "phoneticPr", "rPr":
				err = s.skip()
			}
			if err != nil {
				return dst, err
			}
		case endTag:
			if len(s.starts) < depth {
				return dst, nil
			}
		}
	}
}

// content adds the text up to the end of the element; elements inside are passed over.
func (s *scanner) content(dst []byte) ([]byte, error) {
	for {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case character:
			if dst, err = s.appendText(dst); err != nil {
				return dst, err
			}
			if len(dst) > maxStored {
				return dst, errLongText
			}
		case startTag:
			if err := s.skip(); err != nil {
				return dst, err
			}
		case endTag:
			return dst, nil
		}
	}
}

var errLongText = fault("单元格超过%d个字符", "a cell holds more than %d characters", maxText)

// unescape resolves _x000D_ and its like, the form for characters that XML cannot hold, in place.
func unescape(b []byte) []byte {
	i := bytes.Index(b, []byte("_x"))
	if i < 0 {
		return b
	}
	out := b[:i]
	for rest := b[i:]; len(rest) > 0; {
		if len(rest) >= 7 && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_' {
			if n, err := strconv.ParseUint(string(rest[2:6]), 16, 16); err == nil && (n < 0xD800 || n > 0xDFFF) {
				out = utf8.AppendRune(out, rune(n)) // three bytes at most where seven stood
				rest = rest[7:]
				continue
			}
		}
		out = append(out, rest[0])
		rest = rest[1:]
	}
	return out
}

// long reports a text beyond what a cell holds.
func long(s string) bool {
	if len(s) <= maxText {
		return false
	}
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n > maxText
}
