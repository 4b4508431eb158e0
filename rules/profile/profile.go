// Package profile holds what differs from one acquirer to the next, as data: the bounds, severities and lists that rules
// work with, the fields that each type of merchant must give, the headings and codes that files use, and the forms that
// dates take.
//
// A profile is a JSON object; comments (//, /* */) and a comma before a closing bracket are allowed. It names what it
// changes from the profile it extends, by default base: members of objects are merged, lists take the place of lists.
// Base is the table of the merchant model with the defaults of the rule catalogue; wechat, alipay, huifu and unionpay
// follow the documents named in their sources. No bank's unpublished rules are in any of them: [Template] shows where
// the values of a handbook go.
package profile

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
)

//go:embed base.json unionpay.json wechat.json alipay.json huifu.json
var files embed.FS

// names are the built-in profiles.
var names = [...]string{"base", "unionpay", "wechat", "alipay", "huifu"}

// Profile is what one acquirer asks for and how it writes.
type Profile struct {
	Name     string               `json:"name"`
	Title    Text                 `json:"title"`
	Extends  string               `json:"extends,omitempty"` // built-in profile below it
	Sources  []string             `json:"sources,omitempty"` // documents that the values come from
	Params   rules.Params         `json:"params"`
	Severity map[rules.ID]string  `json:"severity,omitempty"` // rule → error, warning or info
	Disabled []rules.ID           `json:"disabled,omitempty"` // those of the profile below stay off
	Levels   map[rules.Level]bool `json:"levels,omitempty"`   // false switches off all rules of a level; law stays on
	// Suppressible are the rules of level law and severity error that a suppression may keep from counting.
	Suppressible []rules.ID            `json:"suppressible,omitempty"`
	Products     []merchant.FeeProduct `json:"products"`        // products that are priced one by one
	Notes        map[string]Text       `json:"notes,omitempty"` // path → what to know when filling it in
	Export       Export                `json:"export"`

	// Aliases are further headings of columns: path → headings. The path of a fee names the product:
	// fees[card_debit].rate_pct. A unit in brackets holds for columns whose heading has none. A heading given here has no
	// other meaning, whatever it means elsewhere.
	Aliases map[string][]string `json:"aliases,omitempty"`
	// Codes translate what the acquirer writes into the options of the model: path → text → code. The last member of a path
	// (id_type) stands for all fields with the same options.
	Codes map[string]map[string]string `json:"codes,omitempty"`

	severity map[rules.ID]rules.Severity
	dialect  load.Dialect
	codes    map[merchant.Field]map[string]string // Codes by field
	dates    normalize.DateForm
}

// Text is a text in Chinese and English; one that is missing is taken from the other.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en,omitempty"`
}

// In returns the text in zh or en.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Export says how the acquirer writes dates: one of yyyy-MM-dd, yyyy/M/d, yyyy.M.d, yyyyMMdd; and what stands for "for
// ever" in an end of validity, "" where the date stays empty and a flag says so.
type Export struct {
	Date           string            `json:"date"`
	LongTerm       string            `json:"long_term"`
	LongTermFields map[string]string `json:"long_term_fields,omitempty"` // path → word, where it differs
}

// Base returns the built-in profile that all others extend.
func Base() (*Profile, error) { return embedded("base") }

// Names lists the built-in profiles.
func Names() []string { return slices.Clone(names[:]) }

// Open returns a built-in profile by name, "" being base, or reads the file of that name. The error is an [*Error].
func Open(name string) (*Profile, error) {
	if name == "" {
		name = names[0]
	}
	if slices.Contains(names[:], name) {
		return embedded(name)
	}
	f, err := os.Open(name)
	if err != nil {
		list := strings.Join(names[:], ", ")
		e := fault("", "没有这个名字的内置方案，也没有可读的同名文件；内置方案有 %[1]s", "there is no built-in profile and no readable file of that name; built in: %[1]s", list)
		e.Name, e.Err = name, err
		return nil, e
	}
	defer f.Close()
	return Read(name, f)
}

// Read reads a profile from r on top of the one it extends. The error is an [*Error] with path and line.
func Read(name string, r io.Reader) (*Profile, error) {
	data, err := io.ReadAll(io.LimitReader(r, strictjson.MaxBytes+1))
	if err == nil && len(data) > strictjson.MaxBytes {
		err = io.ErrShortBuffer
	}
	if err != nil {
		e := fault("", "读取失败或文件过大；请确认选对了文件", "reading failed or the file is too large; check that it is the right one")
		e.Name, e.Err = name, err
		return nil, e
	}
	p, fail := read(name, data)
	if fail != nil {
		fail.Name = name
		return nil, fail
	}
	return p, nil
}

func embedded(name string) (*Profile, error) {
	data, err := files.ReadFile(name + ".json")
	if err != nil {
		return nil, &Error{Name: name, ZH: err.Error(), EN: err.Error(), Err: err}
	}
	return Read(name, bytes.NewReader(data))
}

func read(name string, data []byte) (*Profile, *Error) {
	src, fail := scan(data)
	if fail != nil {
		return nil, fail
	}
	top := members(strictjson.Plain(data), "")
	p := &Profile{}
	if name != names[0] { // base stands on nothing
		below := names[0]
		for i := range top {
			if top[i].name == "extends" {
				if fail := top[i].decode(&below); fail != nil {
					return nil, src.place(fail)
				}
			}
		}
		if !slices.Contains(names[:], below) || below == name {
			return nil, src.place(fault("extends", "只能扩展内置方案：%[1]s", "a profile extends a built-in one: %[1]s", strings.Join(names[:], ", ")))
		}
		var err error
		if p, err = embedded(below); err != nil {
			return nil, &Error{ZH: err.Error(), EN: err.Error(), Err: err}
		}
		p.Extends = below
	}
	p.Name, p.Title = name, Text{}
	for i := range top {
		if fail := p.set(&top[i]); fail != nil {
			return nil, src.place(fail)
		}
	}
	if p.Title == (Text{}) {
		p.Title.ZH = p.Name
	}
	for _, check := range []func() *Error{p.checkRules, p.checkRequired, func() *Error { return checkParams(&p.Params) }, p.checkForms, p.compile} {
		if fail := check(); fail != nil {
			return nil, src.place(fail)
		}
	}
	return p, nil
}

// set takes one member over.
func (p *Profile) set(m *member) *Error {
	switch m.name {
	case "name":
		return m.decode(&p.Name)
	case "extends":
		return nil // was read before
	case "title":
		return m.decode(&p.Title)
	case "sources":
		return add(m, &p.Sources)
	case "params":
		return p.setParams(m)
	case "severity":
		return m.decode(&p.Severity)
	case "disabled":
		return add(m, &p.Disabled)
	case "suppressible":
		return add(m, &p.Suppressible)
	case "levels":
		return m.decode(&p.Levels)
	case "products":
		return m.decode(&p.Products)
	case "notes":
		return m.decode(&p.Notes)
	case "export":
		return m.decode(&p.Export)
	case "aliases":
		var more map[string][]string
		fail := m.decode(&more)
		if p.Aliases == nil {
			p.Aliases = map[string][]string{}
		}
		for path, headings := range more {
			p.Aliases[path] = append(p.Aliases[path], headings...)
		}
		return fail
	case "codes":
		return m.decode(&p.Codes)
	}
	return fault(m.path, "没有这个成员；请检查拼写", "there is no such member; check its spelling")
}

// add appends a list to that of the profile below.
func add[T any](m *member, to *[]T) *Error {
	var more []T
	fail := m.decode(&more)
	*to = append(*to, more...)
	return fail
}

// setParams takes the parameters over one by one, so that a mistake is told at its member.
func (p *Profile) setParams(m *member) *Error {
	list := members(m.raw, m.path)
	if list == nil && !bytes.Equal(bytes.TrimSpace(m.raw), []byte("{}")) && m.raw[0] != '{' {
		return fault(m.path, "类型不对，应为对象 {…}", "is of the wrong type; it must be an object {…}")
	}
	for i := range list {
		known := slices.ContainsFunc(parameters, func(d Parameter) bool { return d.Name == list[i].name })
		if !known {
			return fault(list[i].path, "没有这个参数；请检查拼写", "there is no such parameter; check its spelling")
		}
		one := member{path: m.path, raw: fmt.Appendf(nil, "{%q:%s}", list[i].name, list[i].raw)}
		if fail := one.decode(&p.Params); fail != nil {
			if fail.Path == m.path {
				fail.Path = list[i].path
			}
			return fail
		}
	}
	return nil
}

func (p *Profile) checkRules() *Error {
	p.severity = make(map[rules.ID]rules.Severity, len(p.Severity))
	for _, id := range sorted(p.Severity) {
		v, ok := rules.ParseSeverity(p.Severity[id])
		if !ok {
			return fault("severity."+string(id), "级别只能是 error、warning 或 info", "the severity must be error, warning or info")
		}
		p.severity[id] = v
	}
	for _, level := range sorted(p.Levels) {
		switch level {
		case rules.Law:
			if !p.Levels[level] {
				return fault("levels.law", "法律法规（law）一级的规则不能整体停用", "rules of level law cannot be switched off")
			}
		case rules.Standard, rules.Scheme, rules.ProfileLevel, rules.PolicyLevel:
		default:
			return fault("levels."+string(level), "没有这一级；可用 law、standard、scheme、profile、policy", "there is no such level; there are law, standard, scheme, profile, policy")
		}
	}
	return nil
}

// Regraded returns the severity the profile gives to a rule, zero when it leaves the rule's own.
func (p *Profile) Regraded(id rules.ID) rules.Severity { return p.severity[id] }

// IDs returns every rule ID the profile names, so that a validator can refuse unknown ones.
func (p *Profile) IDs() []rules.ID {
	ids := slices.Concat(p.Disabled, p.Suppressible, sorted(p.Severity))
	slices.Sort(ids)
	return ids
}

// Off reports whether the profile switches the rule off, by ID or by the level of all its bases.
func (p *Profile) Off(r *rules.Rule) bool {
	if slices.Contains(p.Disabled, r.ID) {
		return true
	}
	for _, b := range r.Basis {
		if on, ok := p.Levels[b.Level]; !ok || on || b.Level == rules.Law {
			return false
		}
	}
	return true
}

// JSON returns the profile with everything it inherits, as a file of its own that extends nothing but base.
func (p *Profile) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	full := *p
	full.Extends, full.Products = "", append([]merchant.FeeProduct{}, p.Products...) // [] where base has some
	err := e.Encode(&full)
	return b.Bytes(), err
}
