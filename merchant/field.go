package merchant

import (
	"errors"
	"iter"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Field names one leaf of the model (or one list). The numbers are stable: a field keeps its number in every later
// version, and new fields are added at the end.
type Field uint16

// Kind is the type of a field's value.
type Kind uint8

// The kinds of values. KindText and KindCode are strings (a code is ASCII capitals and digits), KindEnum is an option
// of an [Enum], KindList a whole list and KindMap field_dates.
const (
	KindText Kind = iota
	KindCode
	KindEnum
	KindDate
	KindMoney
	KindPercent
	KindNumber
	KindCount
	KindBool
	KindList
	KindMap
)

type fieldInfo struct {
	path, zh, en string
	kind         Kind
	mask         Mask
	group        string
	enum         *Enum
	list         Field
}

// Valid reports whether f is a field of the model.
func (f Field) Valid() bool { return f > FieldNone && f < fieldCount }

func (f Field) info() *fieldInfo {
	if !f.Valid() {
		f = FieldNone
	}
	return &fieldTable[f]
}

// Path returns the JSON path; members of lists have [] in it: terminals[].serial_no.
func (f Field) Path() string { return f.info().path }

// Kind returns the type of the value.
func (f Field) Kind() Kind { return f.info().kind }

// Mask returns how reports hide the value; MaskNone for what may be shown.
func (f Field) Mask() Mask { return f.info().mask }

// Enum returns the option list, nil for a field without one.
func (f Field) Enum() *Enum { return f.info().enum }

// Group returns identifier, name, phone, division, valid_to or "": the field groups that rules address as a whole.
func (f Field) Group() string { return f.info().group }

// List returns the list that f belongs to (the field itself when it is a list), FieldNone outside lists.
func (f Field) List() Field {
	if i := f.info(); i.kind == KindList {
		return f
	} else {
		return i.list
	}
}

// Label returns the name of the field for people, in zh or en (any other language gives Chinese).
func (f Field) Label(lang string) string {
	if lang == "en" {
		return f.info().en
	}
	return f.info().zh
}

// Fields returns all fields in the order of their numbers.
func Fields() []Field {
	all := make([]Field, 0, fieldCount-1)
	for f := FieldNone + 1; f < fieldCount; f++ {
		all = append(all, f)
	}
	return all
}

// FieldByPath returns the field with the given path; an index in brackets is ignored.
func FieldByPath(path string) (Field, bool) {
	p, err := ParsePath(path)
	return p.Field, err == nil
}

// FieldSet is a set of fields, one bit for each.
type FieldSet [(fieldCount + 63) / 64]uint64

// Has reports whether f is in the set.
func (s *FieldSet) Has(f Field) bool { return f.Valid() && s[f/64]>>(f%64)&1 != 0 }

// Add puts f into the set; what is no field is left out.
func (s *FieldSet) Add(f Field) {
	if f.Valid() {
		s[f/64] |= 1 << (f % 64)
	}
}

// Empty reports whether no field is in the set.
func (s *FieldSet) Empty() bool { return *s == FieldSet{} }

// And returns the fields that are in both sets.
func (s *FieldSet) And(o *FieldSet) (both FieldSet) {
	for i := range s {
		both[i] = s[i] & o[i]
	}
	return both
}

// Without returns the fields of s that are not in o.
func (s *FieldSet) Without(o *FieldSet) (rest FieldSet) {
	for i := range s {
		rest[i] = s[i] &^ o[i]
	}
	return rest
}

// Within reports whether all fields of s are in o.
func (s *FieldSet) Within(o *FieldSet) bool {
	var rest uint64
	for i := range s {
		rest |= s[i] &^ o[i]
	}
	return rest == 0
}

// All returns the fields of the set in the order of their numbers.
func (s FieldSet) All() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(Field(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// Path is a field of one record; Index counts from 0 in lists and is -1 elsewhere (and for a list as a whole).
type Path struct {
	Field Field
	Index int16
}

// At returns the path of a field outside lists; Item that of the i-th member of a list.
func At(f Field) Path { return Path{f, -1} }

// Item returns the path of f in the i-th entry of its list.
func Item(f Field, i int) Path { return Path{f, int16(i)} }

// ErrPath is returned for text that names no field.
var ErrPath = errors.New("merchant: no such field path")

// String returns the JSON path with the index: terminals[0].serial_no.
func (p Path) String() string {
	s := p.Field.Path()
	if p.Index < 0 {
		return s
	}
	if p.Field.Kind() == KindList {
		return s + "[" + strconv.Itoa(int(p.Index)) + "]"
	}
	return strings.Replace(s, "[]", "["+strconv.Itoa(int(p.Index))+"]", 1)
}

// Label returns the name of the field for people, in zh or en.
func (p Path) Label(lang string) string { return p.Field.Label(lang) }

// MarshalText and UnmarshalText write and read the form of String.
func (p Path) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes; the error is [ErrPath].
func (p *Path) UnmarshalText(b []byte) error {
	v, err := ParsePath(string(b))
	if err == nil {
		*p = v
	}
	return err
}

// ParsePath reads a path such as licence.number, terminals[0].serial_no or fees[]; the error is [ErrPath].
// A list member without an index has Index -1.
func ParsePath(s string) (Path, error) {
	index := int16(-1)
	brackets := false
	if open := strings.IndexByte(s, '['); open >= 0 {
		end := strings.IndexByte(s[open:], ']')
		if end < 0 {
			return Path{}, ErrPath
		}
		if inner := s[open+1 : open+end]; inner != "" {
			n, err := strconv.ParseUint(inner, 10, 15)
			if err != nil {
				return Path{}, ErrPath
			}
			index = int16(n)
		}
		brackets = true
		s = s[:open] + "[]" + s[open+end+1:]
		s = strings.TrimSuffix(s, "[]")
	}
	for f := FieldNone + 1; f < fieldCount; f++ {
		if fieldTable[f].path == s {
			if brackets && f.List() == FieldNone {
				break
			}
			return Path{f, index}, nil
		}
	}
	return Path{}, ErrPath
}

// Has reports whether the record holds a value at p: text that is not empty, a date, an amount that is given (zero
// included), true, or a list with entries.
func (m *Merchant) Has(p Path) bool {
	switch v := m.Ref(p).(type) {
	case *string:
		return *v != ""
	case *Date:
		return !v.IsZero()
	case *Money:
		return !v.IsZero()
	case *Percent:
		return !v.IsZero()
	case *Number:
		return !v.IsZero()
	case *Count:
		return !v.IsZero()
	case *bool:
		return *v
	}
	switch p.Field.Kind() {
	case KindList:
		return m.Len(p.Field) > 0
	case KindMap:
		return len(m.FieldDates) > 0
	}
	return false
}

// Text returns the value at p as text: codes and text as they are, dates as yyyy-MM-dd, amounts with their decimals,
// true for a set flag; "" when there is none or p is a list.
func (m *Merchant) Text(p Path) string {
	switch v := m.Ref(p).(type) {
	case *string:
		return *v
	case *Date:
		return v.String()
	case *Money:
		return v.String()
	case *Percent:
		return v.String()
	case *Number:
		return v.String()
	case *Count:
		return v.String()
	case *bool:
		if *v {
			return "true"
		}
	}
	return ""
}

// holds is strings.Contains, with s not empty, where the first byte of s stands in few texts.
func holds(text, s string) bool {
	i := strings.IndexByte(text, s[0])
	return i >= 0 && strings.Contains(text[i:], s)
}

// Paths returns the paths of f in m: one outside lists, one an entry for a member of a list.
func (m *Merchant) Paths(f Field) []Path {
	if f.List() == FieldNone || f.Kind() == KindList {
		return []Path{At(f)}
	}
	paths := make([]Path, m.Len(f))
	for i := range paths {
		paths[i] = Item(f, i)
	}
	return paths
}

// Clone returns a copy that shares nothing with m.
func (m *Merchant) Clone() *Merchant {
	c := *m
	c.BeneficialOwners = slices.Clone(m.BeneficialOwners)
	c.Shareholders = slices.Clone(m.Shareholders)
	c.Quals = slices.Clone(m.Quals)
	c.Fees = slices.Clone(m.Fees)
	c.Terminals = slices.Clone(m.Terminals)
	c.Onboarding.Channels = slices.Clone(m.Onboarding.Channels)
	c.Screening.Hits = slices.Clone(m.Screening.Hits)
	if m.FieldDates != nil {
		c.FieldDates = make(map[string]Date, len(m.FieldDates))
		for k, v := range m.FieldDates {
			c.FieldDates[k] = v
		}
	}
	return &c
}

// ChangedOn returns when the field was last changed: its own date in FieldDates, else UpdatedOn.
func (m *Merchant) ChangedOn(f Field) Date {
	if d, ok := m.FieldDates[f.Path()]; ok {
		return d
	}
	return m.UpdatedOn
}
