package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
)

// source is where the members of a profile stand.
type source struct {
	lines map[string]int // path → line
}

// member is one member of an object as it stands in the text.
type member struct {
	path, name string
	raw        json.RawMessage
}

// scan notes the line of every member. It refuses null, which would empty what a profile inherits.
func scan(data []byte) (*source, *Error) {
	root, err := strictjson.Parse("", bytes.NewReader(data))
	var bad *strictjson.Error
	switch {
	case errors.As(err, &bad):
		return nil, &Error{Line: bad.Line, Path: bad.Path, ZH: bad.ZH, EN: bad.EN}
	case err != nil:
		return nil, &Error{ZH: err.Error(), EN: err.Error(), Err: err}
	}
	if err := root.Object(nil); errors.As(err, &bad) && bad.Path == "" {
		return nil, &Error{Line: bad.Line, ZH: bad.ZH, EN: bad.EN}
	}
	s := &source{lines: map[string]int{}}
	var null *Error
	_ = root.Walk(func(names []string, v *strictjson.Value) error {
		path := strings.ReplaceAll(strings.Join(names, "."), ".[", "[")
		if s.lines[path] == 0 {
			s.lines[path] = v.Line
		}
		if v.Null() && null == nil {
			null = fault(path, "不能是 null；不需要时请整行删去", "must not be null; leave the member out")
			null.Line = v.Line
		}
		return nil
	})
	return s, null
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
