package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// maxSource bounds the text of a profile, maxDepth its nesting.
const (
	maxSource = 4 << 20
	maxDepth  = 8
)

// source is the text of a profile with the place of every member.
type source struct {
	text  []byte
	lines map[string]int // path → line
}

// member is one member of an object as it stands in the text.
type member struct {
	path, name string
	raw        json.RawMessage
}

func (s *source) line(offset int64) int {
	return 1 + bytes.Count(s.text[:min(int(offset), len(s.text))], []byte("\n"))
}

// scan notes the line of every member and refuses what would be lost unseen: members that stand twice, null, and text
// after the object.
func scan(text []byte) (*source, *Error) {
	s := &source{text: text, lines: map[string]int{}}
	d := json.NewDecoder(bytes.NewReader(text))
	if err := s.walk(d, "", 0); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, s.at(d.InputOffset(), fault("", "对象之后还有内容；请删去", "there is text after the object; remove it"))
	}
	return s, nil
}

// at puts the line of an offset, behind blanks, to a mistake.
func (s *source) at(offset int64, e *Error) *Error {
	for int(offset) < len(s.text) && strings.IndexByte(" \t\r\n,:", s.text[offset]) >= 0 {
		offset++
	}
	e.Line = s.line(offset)
	return e
}

func (s *source) broken(d *json.Decoder, err error) *Error {
	offset := d.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(offset, syntax.Offset-1)
	}
	return s.at(offset, fault("", "此处不是有效的 JSON；请检查括号、引号和逗号", "it is no valid JSON here; check brackets, quotes and commas"))
}

func (s *source) walk(d *json.Decoder, path string, depth int) *Error {
	start := d.InputOffset()
	t, err := d.Token()
	if err != nil {
		return s.broken(d, err)
	}
	if t == nil {
		return s.at(start, fault(path, "不能是 null；不需要时请整行删去", "must not be null; leave the member out"))
	}
	bracket, ok := t.(json.Delim)
	if path == "" && (!ok || bracket != '{') {
		return s.at(start, fault("", "方案应是一个 JSON 对象 {…}", "a profile is a JSON object {…}"))
	}
	if !ok {
		return nil
	}
	if depth == maxDepth {
		return s.at(start, fault(path, "嵌套过深", "is nested too deeply"))
	}
	for i := 0; d.More(); i++ {
		inner := path + "[" + strconv.Itoa(i) + "]"
		if bracket == '{' {
			before := d.InputOffset()
			t, err := d.Token()
			name, isName := t.(string)
			if err != nil || !isName {
				return s.broken(d, err)
			}
			if inner = name; path != "" {
				inner = path + "." + name
			}
			if _, twice := s.lines[inner]; twice {
				return s.at(before, fault(inner, "出现两次；请删去一个", "stands twice; remove one"))
			}
			s.lines[inner] = s.at(before, &Error{}).Line
		} else {
			s.lines[inner] = s.at(d.InputOffset(), &Error{}).Line
		}
		if err := s.walk(d, inner, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return s.broken(d, err)
	}
	return nil
}

// members splits an object that scan has looked through.
func members(text []byte, path string) []member {
	var list []member
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() {
		t, err := d.Token()
		m := member{}
		m.name, _ = t.(string)
		if m.path = m.name; path != "" {
			m.path = path + "." + m.name
		}
		if err != nil || d.Decode(&m.raw) != nil {
			return nil
		}
		list = append(list, m)
	}
	return list
}

// decode reads the value of a member; a value of the wrong type and an unknown member are told with their paths.
func (m *member) decode(to any) *Error {
	d := json.NewDecoder(bytes.NewReader(m.raw))
	d.DisallowUnknownFields()
	err := d.Decode(to)
	if err == nil {
		return nil
	}
	path := m.path
	var kind *json.UnmarshalTypeError
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		e := fault(path, "没有 %[1]s 这个成员；请检查拼写", "there is no member %[1]s; check its spelling", name)
		e.member, _ = strconv.Unquote(name)
		return e
	}
	if errors.As(err, &kind) {
		if kind.Field != "" {
			path += "." + kind.Field
		}
		want := kind.Type.Kind().String()
		zh, en := typeNames[want][0], typeNames[want][1]
		if zh == "" {
			zh, en = "另一种类型", "another type"
		}
		return fault(path, "类型不对，应为%[1]s", "is of the wrong type; it must be %[2]s", zh, en)
	}
	return fault(path, "写法不对；金额和费率请写成 \"100.00\" 这样的文本", "is not well written; amounts and rates are text such as \"100.00\"")
}

// typeNames words the kinds of package reflect.
var typeNames = map[string][2]string{
	"int": {"整数", "a whole number"}, "bool": {" true 或 false", "true or false"}, "string": {"文本", "text"},
	"slice": {"清单 […]", "a list […]"}, "map": {"对象 {…}", "an object {…}"}, "struct": {"对象 {…}", "an object {…}"},
}

// place puts the line of its path to a mistake; a path without a line of its own takes that of what it stands in.
func (s *source) place(e *Error) *Error {
	for path, line := range s.lines { // a member somewhere below the path: the first of that name
		if e.member != "" && strings.HasPrefix(path, e.Path) && strings.HasSuffix(path, "."+e.member) && (e.Line == 0 || line < e.Line) {
			e.Line = line
		}
	}
	for path := e.Path; e.Line == 0 && path != ""; {
		e.Line = s.lines[path]
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return e
}

// Error is a mistake in a profile: which file, where (1-based line, 0 when unknown; path of the member, "" for the file
// as a whole), what, and how to mend it in zh and en.
type Error struct {
	Name   string
	Line   int
	Path   string
	ZH, EN string
	Err    error // cause, nil when there is none

	member string // unknown member below Path
}

// fault words a mistake; arguments are named by index, since the languages differ in what they name.
func fault(path, zh, en string, args ...any) *Error {
	line := func(format string) string { return strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ") }
	return &Error{Path: path, ZH: line(zh), EN: line(en)}
}

// Error returns the English text in one line.
func (e *Error) Error() string { return "profile " + e.In("en") }

// In returns the text in zh or en: file, line, member, problem and mend.
func (e *Error) In(lang string) string {
	var b strings.Builder
	b.WriteString(strings.Join(strings.Fields(e.Name), " "))
	problem, colon := e.EN, ": "
	if lang == "zh" {
		problem, colon = e.ZH, "："
		if e.Line > 0 {
			fmt.Fprintf(&b, " 第%d行", e.Line)
		}
	} else if e.Line > 0 {
		fmt.Fprintf(&b, ", line %d", e.Line)
	}
	b.WriteString(colon)
	if e.Path != "" {
		path := e.Path
		if len(path) > 120 {
			path = path[:120]
		}
		b.WriteString(strings.Join(strings.Fields(strings.ToValidUTF8(path, "?")), " ") + colon)
	}
	b.WriteString(problem)
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func sorted[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
