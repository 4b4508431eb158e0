// Package strictjson reads JSON that people write by hand: suppressions, house rules. Unlike encoding/json it tells the
// line and the path of every mistake, also of those that the caller finds in a value, and it refuses unknown and repeated
// members and text that is not UTF-8. Comments and a comma after the last entry are allowed.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of a file; both are far above what a person writes.
const (
	MaxBytes   = 4 << 20
	maxDepth   = 16
	maxMembers = 1000 // of one object
)

// Error is a mistake in a file: where it is and how to mend it, in Chinese and English, in one line.
type Error struct {
	File   string // as given to Parse
	Line   int    // 1-based; 0 when the file as a whole is meant
	Path   string // the value, such as rules[2].check.op; "" for the outermost
	ZH, EN string
}

// Error returns the English text.
func (e *Error) Error() string { return e.In("en") }

// In returns the text in zh or en, with the place before it.
func (e *Error) In(lang string) string {
	var b strings.Builder
	b.WriteString(e.File)
	switch {
	case lang == "zh" && e.Line > 0:
		fmt.Fprintf(&b, " 第%d行", e.Line)
	case e.Line > 0:
		fmt.Fprintf(&b, ", line %d", e.Line)
	}
	if e.Path != "" {
		b.WriteString(" (" + e.Path + ")")
	}
	if lang == "zh" {
		return b.String() + "：" + e.ZH
	}
	return b.String() + ": " + e.EN
}

// Value is a value of the file with its place.
type Value struct {
	File string
	Line int
	Path string

	scalar  any // string, json.Number, bool or nil
	delim   json.Delim
	names   []string // of the members of an object
	entries []Value  // of an object or an array
}

// Parse reads a whole file of at most MaxBytes. The error is an [*Error], or that of r.
func Parse(file string, r io.Reader) (*Value, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	root := &Value{File: file}
	if len(data) > MaxBytes {
		return nil, root.Errorf("文件过大；请确认选对了文件", "the file is too large; check that this is the right one")
	}
	at := func(offset int) *Value {
		return &Value{File: file, Line: 1 + bytes.Count(data[:min(max(offset, 0), len(data))], []byte("\n"))}
	}
	if !utf8.Valid(data) {
		n := 0
		for r, size := utf8.DecodeRune(data); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRune(data[n:]) {
			n += size
		}
		return nil, at(n).Errorf("不是 UTF-8 编码；请另存为 UTF-8", "not UTF-8; save it as UTF-8")
	}
	data = Plain(data)
	var raw json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		var syntax *json.SyntaxError
		n := len(data)
		if errors.As(err, &syntax) {
			n = int(syntax.Offset) - 1
		}
		return nil, at(n).Errorf("不是完整的 JSON；请检查括号、引号和逗号", "not well-formed JSON; check brackets, quotes and commas")
	}
	p := parser{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1}
	p.dec.UseNumber()
	return root, p.value(root, 0)
}

// Plain blanks comments (// to the end of the line, /* */) and commas before a closing bracket, which JSON lacks and
// people write, and drops the byte order mark of Windows editors. Lines stay as they are.
func Plain(data []byte) []byte {
	out := bytes.Clone(bytes.TrimPrefix(data, []byte("\uFEFF")))
	comma := -1 // a comma after which nothing has come yet
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case c == '"':
			comma = -1
			for i++; i < len(out) && out[i] != '"' && out[i] != '\n'; i++ {
				if out[i] == '\\' {
					i++
				}
			}
		case c == '/' && i+1 < len(out) && out[i+1] == '/':
			for ; i < len(out) && out[i] != '\n'; i++ {
				out[i] = ' '
			}
		case c == '/' && i+1 < len(out) && out[i+1] == '*':
			end := bytes.Index(out[i+2:], []byte("*/"))
			if end < 0 {
				return out // the slash is told as the mistake
			}
			for end += i + 4; i < end; i++ {
				if out[i] != '\n' {
					out[i] = ' '
				}
			}
			i--
		case c == ',':
			comma = i
		case c == ']' || c == '}':
			if comma >= 0 {
				out[comma] = ' '
			}
			comma = -1
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			comma = -1
		}
	}
	return out
}

// parser walks over text that is known to be JSON.
type parser struct {
	data []byte
	dec  *json.Decoder
	done int // bytes that were looked at for line ends
	line int
}

func (p *parser) token() (json.Token, error) {
	t, err := p.dec.Token()
	at := int(p.dec.InputOffset()) // no token runs over a line end
	p.line += bytes.Count(p.data[p.done:at], []byte("\n"))
	p.done = at
	return t, err
}

func (p *parser) value(v *Value, depth int) error {
	t, err := p.token()
	if err != nil {
		return err
	}
	v.Line = p.line
	d, nested := t.(json.Delim)
	if !nested {
		v.scalar = t
		return nil
	}
	if depth == maxDepth {
		return v.Errorf("嵌套太深", "nested too deeply")
	}
	v.delim = d
	for p.dec.More() {
		e := Value{File: v.File, Path: v.Path + "[" + strconv.Itoa(len(v.entries)) + "]"}
		if d == '{' {
			t, err := p.token()
			if err != nil {
				return err
			}
			name := t.(string) // what else stands before a colon
			e.Line, e.Path = p.line, member(v.Path, name)
			if slices.Contains(v.names, name) {
				return e.Errorf("成员重复；请删去一个", "the member stands twice; remove one")
			}
			if len(v.names) == maxMembers {
				return e.Errorf("成员太多", "too many members")
			}
			v.names = append(v.names, name)
		}
		if err := p.value(&e, depth+1); err != nil {
			return err
		}
		v.entries = append(v.entries, e)
	}
	_, err = p.token()
	return err
}

// member is the path of a member; names that would make the path hard to read are quoted.
func member(path, name string) string {
	if name == "" || strings.ContainsFunc(name, func(c rune) bool { return c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') }) {
		name = strconv.QuoteToASCII(name)
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// Errorf returns an [*Error] at the value. What stands in the file goes in as %q, which keeps it in one line.
func (v *Value) Errorf(zh, en string, args ...any) error {
	return &Error{v.File, v.Line, v.Path, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// Members are the members an object may have, each with what reads it; nil for one that the caller takes by Member.
type Members map[string]func(*Value) error

// Object reads an object whose members are among those given, in their order in the file. Those named in required must
// be there.
func (v *Value) Object(m Members, required ...string) error {
	if v.delim != '{' {
		return v.Errorf("这里要写对象 {…}", "this must be an object {…}")
	}
	for i, name := range v.names {
		read, ok := m[name]
		if !ok {
			var known []string
			for k := range m {
				known = append(known, k)
			}
			slices.Sort(known)
			list := strings.Join(known, ", ")
			return v.entries[i].Errorf("不认识成员 %q；可用的有 %s", "there is no member %q; there are %s", name, list)
		}
		if read == nil {
			continue
		}
		if err := read(&v.entries[i]); err != nil {
			return err
		}
	}
	for _, name := range required {
		if !slices.Contains(v.names, name) {
			return v.Errorf("缺少成员 %q", "the member %q is missing", name)
		}
	}
	return nil
}

// Member returns a member of an object, nil when it has none of the name.
func (v *Value) Member(name string) *Value {
	if i := slices.Index(v.names, name); i >= 0 {
		return &v.entries[i]
	}
	return nil
}

// Walk visits all values below v in the order of the file, each with the names, and [i] in arrays, that lead to it. An
// error ends it.
func (v *Value) Walk(visit func(path []string, v *Value) error) error { return v.walk(nil, visit) }

func (v *Value) walk(path []string, visit func([]string, *Value) error) error {
	for i := range v.entries {
		name := "[" + strconv.Itoa(i) + "]"
		if v.delim == '{' {
			name = v.names[i]
		}
		below := append(path[:len(path):len(path)], name)
		if err := visit(below, &v.entries[i]); err != nil {
			return err
		}
		if err := v.entries[i].walk(below, visit); err != nil {
			return err
		}
	}
	return nil
}

// Null reports whether the value is null.
func (v *Value) Null() bool { return v.scalar == nil && v.delim == 0 }

// Array reads an array of at most limit entries.
func (v *Value) Array(limit int, each func(*Value) error) error {
	if v.delim != '[' {
		return v.Errorf("这里要写数组 […]", "this must be an array […]")
	}
	if len(v.entries) > limit {
		return v.Errorf("最多 %d 项", "%d entries at most", limit)
	}
	for i := range v.entries {
		if err := each(&v.entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// String returns a text that is not blank.
func (v *Value) String() (string, error) {
	s, ok := v.scalar.(string)
	if !ok {
		return "", v.Errorf("这里要写带引号的文字", "this must be a text in quotes")
	}
	if strings.TrimSpace(s) == "" {
		return "", v.Errorf("不能为空", "this must not be empty")
	}
	return s, nil
}

// Digits returns the text of a number, in quotes or without.
func (v *Value) Digits() (string, error) {
	if n, ok := v.scalar.(json.Number); ok {
		return n.String(), nil
	}
	if s, ok := v.scalar.(string); ok && s != "" {
		return s, nil
	}
	return "", v.Errorf("这里要写数字", "this must be a number")
}

// Int returns a whole number.
func (v *Value) Int() (int, error) {
	if n, ok := v.scalar.(json.Number); ok {
		if i, err := strconv.ParseInt(n.String(), 10, 32); err == nil {
			return int(i), nil
		}
	}
	return 0, v.Errorf("这里要写整数", "this must be a whole number")
}

// Bool returns true or false.
func (v *Value) Bool() (bool, error) {
	b, ok := v.scalar.(bool)
	if !ok {
		return false, v.Errorf("这里要写 true 或 false", "this must be true or false")
	}
	return b, nil
}
