package profile

import (
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Requirement is what a profile asks of one field for a subject type.
type Requirement struct {
	Field merchant.Field
	// Need is R (required), C (required under a condition), o (optional) or - (must stay empty). Of a member of a list it
	// speaks for each entry that is given.
	Need byte
	// When is the condition of a C; nil when the profile names none.
	When *rules.Condition
	// Instead are groups of fields; all fields of one group together stand in the place of the field.
	Instead [][]merchant.Field
	// Note is what the profile says about filling it in.
	Note Text
}

// Requirements lists the fields that the profile speaks of for the subject type, in model order. An unknown subject type
// gives nothing.
func (p *Profile) Requirements(t merchant.SubjectType) []Requirement {
	if !t.Valid() {
		return nil
	}
	var list []Requirement
	for _, f := range merchant.Fields() {
		need := p.Params.Need(f, t)
		if _, ok := p.Params.EntryRequired[f.Path()]; ok {
			need = p.Params.EntryNeed(f, t)
		} else if _, ok := p.Params.Required[f.Path()]; !ok {
			continue
		}
		r := Requirement{Field: f, Need: need, Instead: p.Params.Instead(f, t), Note: p.Notes[f.Path()]}
		switch need {
		case 'C':
			r.When = p.Params.When(f)
		case '-': // only what does not stay empty itself is worth naming
			r.Note = Text{}
			r.Instead = slices.DeleteFunc(r.Instead, func(group []merchant.Field) bool {
				return slices.ContainsFunc(group, func(g merchant.Field) bool { return p.Params.Need(g, t) == '-' })
			})
		}
		list = append(list, r)
	}
	return list
}

// Due lists what the merchant still lacks: fields that are required of it, or required under a condition that it meets,
// that are empty and in the place of which nothing else stands; members of lists once for each entry that lacks them.
// Conditions that a record cannot tell are left out.
func (p *Profile) Due(m *merchant.Merchant) []merchant.Path {
	var due []merchant.Path
	for _, r := range p.Requirements(m.SubjectType) {
		if r.Member() && r.Need != 'R' || !r.Member() && !p.Params.Asks(r.Field, m) {
			continue
		}
		for _, path := range m.Paths(r.Field) {
			at := func(f merchant.Field) merchant.Path {
				if inEntry(f) {
					return merchant.Path{Field: f, Index: path.Index}
				}
				return merchant.At(f)
			}
			if !m.Has(path) && !p.Params.Replaced(r.Field, m.SubjectType, func(f merchant.Field) bool { return m.Has(at(f)) }) {
				due = append(due, path)
			}
		}
	}
	return due
}

// checkRequired looks at the matrix, the conditions and the alternatives.
func (p *Profile) checkRequired() *Error {
	for _, m := range []struct {
		name    string
		rows    map[string]string
		members bool
	}{{"required", p.Params.Required, false}, {"entry_required", p.Params.EntryRequired, true}} {
		at := "params." + m.name
		for _, path := range sorted(m.rows) {
			f, ok := merchant.FieldByPath(path)
			switch {
			case !ok:
				return unknownPath(at, path)
			case inEntry(f) && !m.members:
				return fault(at+"."+path, "是清单内的项，应写在 entry_required 里", "is a member of a list and goes into entry_required")
			case !inEntry(f) && m.members:
				return fault(at+"."+path, "不是清单内的项，应写在 required 里", "is no member of a list and goes into required")
			}
			row := m.rows[path]
			if len(row) != 6 || strings.Trim(row, "RCo-") != "" {
				return fault(at+"."+path, "应为六个字符，每个是 R、C、o 或 -", "must be six characters, each R, C, o or -")
			}
			if f.Kind() == merchant.KindBool && strings.Contains(row, "R") {
				return fault(at+"."+path, "是/否字段不能为必填（R）：空与“否”分不开；请用 C 或 o", "a yes-or-no field cannot be required (R), since empty and no are the same; use C or o")
			}
		}
	}
	for _, path := range sorted(p.Params.Conditions) {
		if _, ok := merchant.FieldByPath(path); !ok {
			return unknownPath("params.conditions", path)
		}
		if name := p.Params.Conditions[path]; rules.ConditionNamed(name) == nil {
			var known []string
			for _, c := range rules.Conditions() {
				known = append(known, c.Name)
			}
			return fault("params.conditions."+path, "没有 %[1]q 这个条件；可用 %[2]s", "there is no condition %[1]q; there are %[2]s", name, strings.Join(known, ", "))
		}
	}
	for _, path := range sorted(p.Params.Alternatives) {
		f, ok := merchant.FieldByPath(path)
		if !ok {
			return unknownPath("params.alternatives", path)
		}
		for _, a := range p.Params.Alternatives[path] {
			if len(a.By) == 0 {
				return fault("params.alternatives."+path, "by 是空的；请写上可替代它的字段", "by is empty; name the fields that stand in its place")
			}
			for _, by := range a.By {
				if g, ok := merchant.FieldByPath(by); !ok || g == f {
					return fault("params.alternatives."+path, "%[1]q 不是可替代它的字段", "%[1]q is no field that can stand in its place", by)
				}
			}
			if i := slices.IndexFunc(a.For, func(t merchant.SubjectType) bool { return !t.Valid() }); i >= 0 {
				return fault("params.alternatives."+path, "没有 %[1]q 这个主体类型；可用 %[2]s", "there is no subject type %[1]q; there are %[2]s", string(a.For[i]), optionCodes(merchant.FieldSubjectType))
			}
		}
	}
	return nil
}

// compile builds the lookup forms; what checkRequired let pass is sound.
func (p *Profile) compile() *Error {
	if bad := p.Params.Compile(); len(bad) > 0 {
		slices.Sort(bad)
		return fault("params.required", "%[1]s 写法不对", "%[1]s is not well written", strings.Join(bad, ", "))
	}
	return nil
}

// InsteadText names what may stand in the place of the field, in zh or en; "" when nothing may.
func (r *Requirement) InsteadText(lang string) string {
	and, or := "加", "，或"
	if lang == "en" {
		and, or = " and ", ", or "
	}
	groups := make([]string, len(r.Instead))
	for i, group := range r.Instead {
		names := make([]string, len(group))
		for k, f := range group {
			names[k] = f.Label(lang)
		}
		groups[i] = strings.Join(names, and)
	}
	return strings.Join(groups, or)
}

// Member reports whether the requirement is about each entry of a list.
func (r *Requirement) Member() bool { return inEntry(r.Field) }

func inEntry(f merchant.Field) bool {
	return f.List() != merchant.FieldNone && f.Kind() != merchant.KindList
}
