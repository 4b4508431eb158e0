package xlsx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// token is what the scanner came to.
type token uint8

const (
	eof       token = iota
	startTag        // name and attrs are set
	endTag          // also after a start tag that closes itself
	character       // a piece of text: data, to be added with appendText
)

const (
	bufferBytes = 64 << 10
	maxTag      = 1 << 20 // bytes of one tag
	maxDepth    = 1 << 20
	maxOpen     = 16 << 20 // bytes of the names of open elements
	maxEntity   = 32
)

// attribute is a name, with its prefix, and a value as it stands in the file.
type attribute struct{ name, value []byte }

// scanner reads XML from a buffer. It checks what XML demands (UTF-8, no control characters, tags that nest, known
// references) and knows comments, CDATA and processing instructions; a document type is refused, since nothing in a
// workbook has one. Slices are good until the next call of next.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // what ended the input; told when the buffer has been used up
	unread   []byte
	pending  uint8             // bytes behind end, of a character whose rest is still to come
	tail     [utf8.UTFMax]byte // holds them while the buffer moves
	line     int               // line breaks before the buffer
	base     int64             // bytes before the buffer
	recoded  bool              // the text was in another encoding, so that its offsets are not those of the part
	from     int64             // offset of the last tag

	open   []byte // names of the open elements, one after the other
	starts []int
	root   bool // the root element has begun
	self   bool // the start tag closed itself
	inData bool // inside CDATA

	name  []byte // of the last tag, without prefix
	space []byte // its prefix
	attrs []attribute
	data  []byte
	plain bool // data has no references
}

// syntaxError is XML that is not well-formed.
type syntaxError struct{ line int }

func (e *syntaxError) Error() string {
	return "xlsx: XML not well-formed in line " + strconv.Itoa(e.line)
}

var (
	errDocumentType = fault("不允许文档类型声明", "a document type is not allowed")
	errEncoding     = fault("XML 不是 UTF-8 编码", "XML in another encoding than UTF-8")
	errUndecodable  = fault("有无法解码的文字", "text that cannot be decoded")
)

// newScanner looks at the first bytes of r for another encoding than UTF-8.
func newScanner(r io.Reader) *scanner {
	s := &scanner{r: r, buf: make([]byte, bufferBytes)}
	head := make([]byte, 256)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		s.err = err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		s.err = io.EOF
		if _, more := r.Read(make([]byte, 1)); more != nil && !errors.Is(more, io.EOF) {
			s.err = more // the checksum is compared at the end, which ReadFull turned into one of its own errors
		}
	}
	rest := r
	if s.err != nil {
		rest = &failing{s.err}
		s.err = nil
	}
	in := io.MultiReader(bytes.NewReader(head), rest)
	switch e, ok := encodingOf(head); {
	case !ok:
		s.err = errEncoding
	case e != nil:
		s.r, s.recoded = &strict{r: e.NewDecoder().Reader(in)}, true
	default:
		if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
			head, s.base = head[3:], 3
		}
		s.r, s.unread = rest, head
	}
	return s
}

// failing is a reader at its end.
type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

// strict makes an error of characters that a decoder could not read, which it replaces.
type strict struct {
	r   io.Reader
	err error
}

func (s *strict) Read(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if len(b) < 64 {
		return 0, io.ErrShortBuffer
	}
	n, err := s.r.Read(b)
	if i := bytes.Index(b[:n], []byte("\uFFFD")); i >= 0 { // decoders never cut a character in two
		s.err = errUndecodable
		return i, s.err
	}
	return n, err
}

// encodingOf reads the mark or the declaration at the top of a part: nil for UTF-8, false for what is not supported.
func encodingOf(head []byte) (encoding.Encoding, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case !bytes.HasPrefix(head, []byte("<?xml")):
		return nil, true
	}
	declaration, _, _ := bytes.Cut(head, []byte("?>"))
	_, value, ok := bytes.Cut(declaration, []byte("encoding"))
	value = bytes.TrimLeft(value, " \t\r\n=")
	if !ok || len(value) == 0 {
		return nil, true
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	switch string(bytes.ToLower(name)) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return nil, true
	case "gbk", "gb2312", "gb18030":
		return simplifiedchinese.GB18030, true
	case "iso-8859-1", "latin1":
		return charmap.ISO8859_1, true
	case "windows-1252":
		return charmap.Windows1252, true
	}
	return nil, false
}

// fill moves what is still needed, from keep on, to the front of the buffer and reads on. It reports false at the end
// of the input, whose error is then in s.err.
func (s *scanner) fill(keep int) bool {
	if s.err != nil {
		return false
	}
	s.line += bytes.Count(s.buf[:keep], []byte{'\n'})
	s.base += int64(keep)
	held := copy(s.tail[:], s.buf[s.end:s.end+int(s.pending)])
	s.end = copy(s.buf, s.buf[keep:s.end])
	s.pos -= keep
	if s.end+held+bufferBytes/2 > len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n := s.end + copy(s.buf[s.end:], s.tail[:held])
	if len(s.unread) > 0 {
		n += copy(s.buf[n:], s.unread)
		s.unread = nil
	} else {
		k, err := 0, error(nil)
		for tries := 0; k == 0 && err == nil; tries++ {
			if tries == 100 {
				err = io.ErrNoProgress
				break
			}
			k, err = s.r.Read(s.buf[n:])
		}
		n += k
		s.err = err
	}
	s.validate(n)
	return s.end > s.pos || s.err == nil
}

// validate accepts the bytes up to n: characters of UTF-8 that XML allows. The first other one ends the input there, so
// that what stands before it is still delivered.
func (s *scanner) validate(n int) {
	fresh := s.buf[s.end:n]
	s.pending = 0
	if !errors.Is(s.err, io.EOF) { // the last character may be cut
		for k := 1; k < utf8.UTFMax && k <= len(fresh); k++ {
			if c := fresh[len(fresh)-k]; utf8.RuneStart(c) {
				if !utf8.FullRune(fresh[len(fresh)-k:]) {
					fresh = fresh[:len(fresh)-k]
					s.pending = uint8(k)
				}
				break
			}
		}
	}
	if good := allowed(fresh); good < len(fresh) {
		fresh, s.pending = fresh[:good], 0
		s.err = s.syntaxAt(s.end + good)
	}
	s.end += len(fresh)
}

// allowed returns how many of the bytes are characters that XML allows.
func allowed(b []byte) int {
	const low, high = 0x2020202020202020, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if w := binary.LittleEndian.Uint64(b[i:]); (w-low)&^w&high != 0 && controlled(b[i:i+8]) >= 0 {
			break
		}
	}
	control := len(b)
	if k := controlled(b[i:]); k >= 0 {
		control = i + k
	}
	if utf8.Valid(b[:control]) {
		return control
	}
	for i = 0; i < control; {
		r, n := utf8.DecodeRune(b[i:control])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return control
}

// controlled returns the first control character that XML does not allow, -1 for none.
func controlled(b []byte) int {
	for i, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return i
		}
	}
	return -1
}

func (s *scanner) syntax() error { return s.syntaxAt(s.pos) }

func (s *scanner) syntaxAt(pos int) error {
	return &syntaxError{s.line + bytes.Count(s.buf[:min(pos, len(s.buf))], []byte{'\n'}) + 1}
}

// offset returns how many bytes of the part were scanned.
func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// cut is the error for input that ends inside the document.
func (s *scanner) cut() error {
	if errors.Is(s.err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return s.err
}

// next goes to the next token. Text comes in pieces, never cut inside a reference.
func (s *scanner) next() (token, error) {
	if s.self {
		s.self = false
		s.pop()
		return endTag, nil
	}
	for {
		if s.inData {
			if t, err := s.section(); t != eof || err != nil {
				return t, err
			}
			continue
		}
		if s.pos == s.end {
			if !s.fill(s.pos) {
				if len(s.starts) > 0 || !s.root || !errors.Is(s.err, io.EOF) {
					return eof, s.cut()
				}
				return eof, nil
			}
			continue
		}
		if s.buf[s.pos] != '<' {
			if t, err := s.text(); t != eof || err != nil {
				return t, err
			}
			continue
		}
		if s.pos+1 == s.end {
			if !s.fill(s.pos) {
				return eof, s.cut()
			}
			if s.pos+1 == s.end {
				return eof, s.cut()
			}
			continue
		}
		switch s.buf[s.pos+1] {
		case '/':
			return s.closing()
		case '!':
			if err := s.declaration(); err != nil {
				return eof, err
			}
		case '?':
			if err := s.drop("?>"); err != nil {
				return eof, err
			}
		default:
			return s.opening()
		}
	}
}

// text delivers what stands before the next tag, as far as it is in the buffer.
func (s *scanner) text() (token, error) {
	n := bytes.IndexByte(s.buf[s.pos:s.end], '<')
	if n < 0 {
		n = s.end - s.pos
		if s.err == nil { // a reference or a line end may go on beyond the buffer
			if amp := bytes.LastIndexByte(s.buf[max(s.pos, s.end-maxEntity):s.end], '&'); amp >= 0 {
				if at := max(s.pos, s.end-maxEntity) + amp; bytes.IndexByte(s.buf[at:s.end], ';') < 0 {
					n = at - s.pos
				}
			} else if s.buf[s.end-1] == '\r' {
				n--
			}
			if n == 0 {
				s.fill(s.pos)
				return eof, nil
			}
		}
	}
	s.data = s.buf[s.pos : s.pos+n]
	s.plain = false
	if len(s.starts) == 0 { // outside the root element
		if len(bytes.TrimLeft(s.data, " \t\r\n")) > 0 {
			return eof, s.syntax()
		}
		s.pos += n
		return eof, nil
	}
	s.pos += n
	return character, nil
}

// section delivers a piece of CDATA.
func (s *scanner) section() (token, error) {
	n := bytes.Index(s.buf[s.pos:s.end], []byte("]]>"))
	if n < 0 {
		n = max(0, s.end-s.pos-2)
		if n == 0 {
			if !s.fill(s.pos) || s.err != nil && s.end-s.pos < 3 {
				return eof, s.cut()
			}
			return eof, nil
		}
		if n > 1 && s.buf[s.pos+n-1] == '\r' { // its \n may follow
			n--
		}
		s.data, s.plain = s.buf[s.pos:s.pos+n], true
		s.pos += n
		return character, nil
	}
	s.data, s.plain = s.buf[s.pos:s.pos+n], true
	s.pos += n + 3
	s.inData = false
	if n == 0 {
		return eof, nil
	}
	return character, nil
}

// declaration passes over a comment or enters CDATA.
func (s *scanner) declaration() error {
	for s.end-s.pos < 9 {
		if before := s.end - s.pos; !s.fill(s.pos) || s.end-s.pos == before {
			break
		}
	}
	rest := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		s.pos += 4
		return s.drop("-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(s.starts) > 0:
		s.pos += 9
		s.inData = true
		return nil
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return errDocumentType
	case s.err != nil && len(rest) < 9:
		return s.cut()
	}
	return s.syntax()
}

// drop passes over everything up to and with the mark.
func (s *scanner) drop(mark string) error {
	for {
		if n := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); n >= 0 {
			s.pos += n + len(mark)
			return nil
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if before := s.end - s.pos; !s.fill(s.pos) || s.err != nil && s.end-s.pos == before {
			return s.cut()
		}
	}
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// closing reads an end tag.
func (s *scanner) closing() (token, error) {
	for {
		n := bytes.IndexByte(s.buf[s.pos:s.end], '>')
		if n < 0 {
			if err := s.more(); err != nil {
				return eof, err
			}
			continue
		}
		name := s.buf[s.pos+2 : s.pos+n]
		for len(name) > 0 && blank(name[len(name)-1]) {
			name = name[:len(name)-1]
		}
		if len(s.starts) == 0 || string(name) != string(s.open[s.starts[len(s.starts)-1]:]) {
			return eof, s.syntax()
		}
		s.from = s.offset()
		s.pos += n + 1
		s.pop()
		return endTag, nil
	}
}

// more reads on behind a tag that the buffer cuts.
func (s *scanner) more() error {
	if s.end-s.pos > maxTag {
		return s.syntax()
	}
	before := s.end - s.pos
	if !s.fill(s.pos) || s.err != nil && s.end-s.pos == before {
		return s.cut()
	}
	return nil
}

func (s *scanner) pop() {
	at := s.starts[len(s.starts)-1]
	s.starts = s.starts[:len(s.starts)-1]
	s.open = s.open[:at]
}

// opening reads a start tag with its attributes.
func (s *scanner) opening() (token, error) {
	for {
		n, ok := s.tag(s.buf[s.pos:s.end])
		if ok {
			s.from = s.offset()
			s.pos += n
			return startTag, nil
		}
		if n >= 0 {
			s.pos += n
			return eof, s.syntax()
		}
		if err := s.more(); err != nil {
			return eof, err
		}
	}
}

// tag parses a start tag at the beginning of b: its length, or the place of a mistake, or -1 when b ends too early.
func (s *scanner) tag(b []byte) (int, bool) {
	i, colon := 1, 0
	for ; i < len(b); i++ {
		c := b[i]
		if c == '>' || c == '/' || blank(c) {
			break
		}
		if c == ':' {
			colon = i
		} else if c == '<' || c == '=' || c == '"' || c == '\'' || c == '&' {
			return i, false
		}
	}
	if i == len(b) {
		return -1, false
	}
	if i == 1 || b[1] >= '0' && b[1] <= '9' || b[1] == '-' || b[1] == '.' {
		return i, false
	}
	full := b[1:i]
	s.name, s.space = full, nil
	if colon > 1 && colon+1 < i { // ":a" and "a:" have no prefix to leave out
		s.name, s.space = b[colon+1:i], b[1:colon]
	}
	s.attrs = s.attrs[:0]
	self := false
	for {
		from := i
		for i < len(b) && blank(b[i]) {
			i++
		}
		if i == len(b) {
			return -1, false
		}
		if b[i] == '>' {
			i++
			break
		}
		if b[i] == '/' {
			if i+1 == len(b) {
				return -1, false
			}
			if b[i+1] != '>' {
				return i, false
			}
			self = true
			i += 2
			break
		}
		if from == i { // attributes stand apart
			return i, false
		}
		name := i
		for i < len(b) && b[i] != '=' && !blank(b[i]) && b[i] != '>' && b[i] != '<' && b[i] != '"' {
			i++
		}
		nameEnd := i
		for i < len(b) && blank(b[i]) {
			i++
		}
		if i == len(b) {
			return -1, false
		}
		if b[i] != '=' || nameEnd == name {
			return i, false
		}
		i++
		for i < len(b) && blank(b[i]) {
			i++
		}
		if i == len(b) {
			return -1, false
		}
		quote := b[i]
		if quote != '"' && quote != '\'' {
			return i, false
		}
		i++
		value := i
		for i < len(b) && b[i] != quote {
			if b[i] == '<' {
				return i, false
			}
			i++
		}
		if i == len(b) {
			return -1, false
		}
		s.attrs = append(s.attrs, attribute{b[name:nameEnd], b[value:i]})
		i++
	}
	if len(s.starts) == 0 && s.root || len(s.starts) >= maxDepth || len(s.open) > maxOpen { // a second root element
		return 0, false
	}
	s.root, s.self = true, self
	s.starts = append(s.starts, len(s.open))
	s.open = append(s.open, full...)
	return i, true
}

// skip passes over the rest of the element whose start tag was just read.
func (s *scanner) skip() error {
	for depth := len(s.starts); ; {
		t, err := s.next()
		if err != nil {
			return err
		}
		if t == endTag && len(s.starts) < depth {
			return nil
		}
	}
}

// attr returns the value of an attribute, by its name with the prefix; "" where it is missing.
func (s *scanner) attr(name string) string {
	for _, a := range s.attrs {
		if string(a.name) == name {
			return s.value(a)
		}
	}
	return ""
}

// value resolves the references and line ends of an attribute; a reference that is unknown stays as it stands.
func (s *scanner) value(a attribute) string {
	if !bytes.ContainsAny(a.value, "&\r") {
		return string(a.value)
	}
	v, err := appendResolved(nil, a.value)
	if err != nil {
		return string(a.value)
	}
	return string(v)
}

// appendText adds the piece of text that next came to, with its references resolved.
func (s *scanner) appendText(dst []byte) ([]byte, error) {
	if s.plain || bytes.IndexByte(s.data, '&') < 0 {
		return appendLines(dst, s.data), nil
	}
	dst, err := appendResolved(dst, s.data)
	if err != nil {
		return dst, s.syntax()
	}
	return dst, nil
}

// appendLines adds text with line ends made \n, as XML demands.
func appendLines(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '\r')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(append(dst, b[:i]...), '\n')
		if b = b[i+1:]; len(b) > 0 && b[0] == '\n' {
			b = b[1:]
		}
	}
}

var errReference = errors.New("xlsx: unknown reference")

func appendResolved(dst, b []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return appendLines(dst, b), nil
		}
		dst = appendLines(dst, b[:i])
		b = b[i+1:]
		end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
		if end < 1 {
			return dst, errReference
		}
		r, ok := referred(b[:end])
		if !ok {
			return dst, errReference
		}
		dst = utf8.AppendRune(dst, r)
		b = b[end+1:]
	}
}

// referred resolves what stands between & and ;.
func referred(b []byte) (rune, bool) {
	switch string(b) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if b[0] != '#' || len(b) < 2 {
		return 0, false
	}
	digits, base := b[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n < ' ' && n != '\t' && n != '\n' && n != '\r' || n > utf8.MaxRune || n >= 0xD800 && n <= 0xDFFF || n == 0xFFFE || n == 0xFFFF {
		return 0, false
	}
	return rune(n), true
}
