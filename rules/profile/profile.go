// Package profile holds the bounds, severities, lists and required fields that rules work with, as data.
//
// A profile is a JSON object; it names what it changes from the base profile, which is embedded. Base itself is the
// table of the merchant model with the defaults of the rule catalogue. Nothing in it is a bank's own rule.
package profile

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/rules"
)

//go:embed base.json
var base []byte

// Profile is one set of parameters, regraded severities and disabled rules.
type Profile struct {
	Name     string               `json:"name"`
	Title    string               `json:"title"`
	Params   rules.Params         `json:"params"`
	Severity map[rules.ID]string  `json:"severity"` // rule → error, warning or info
	Disabled []rules.ID           `json:"disabled"`
	Levels   map[rules.Level]bool `json:"levels"` // false switches off all rules of a level; law stays on
	// Suppressible are the rules of level law and severity error that a suppression may keep from counting.
	Suppressible []rules.ID `json:"suppressible"`
	severity     map[rules.ID]rules.Severity
}

// Error is what is wrong with a profile; Line is 1-based, 0 when unknown.
type Error struct {
	Name string
	Line int
	Err  error
}

// Error gives one line: the profile, the line, the problem.
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("profile %s:%d: %v", e.Name, e.Line, e.Err)
	}
	return fmt.Sprintf("profile %s: %v", e.Name, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Base returns the built-in profile.
func Base() (*Profile, error) { return read("base", base, &Profile{}) }

// Names lists the built-in profiles.
func Names() []string { return []string{"base"} }

// Open returns a built-in profile by name, or reads the file of that name; the file changes what it names and keeps
// the rest of the base profile.
func Open(name string) (*Profile, error) {
	if name == "" || name == "base" {
		return Base()
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, &Error{Name: name, Err: errors.New("no built-in profile and no readable file of that name; built in: " + strings.Join(Names(), ", "))}
	}
	defer f.Close()
	return Read(name, f)
}

// Read reads a profile from r on top of the base profile. The error is an [*Error] with the line.
func Read(name string, r io.Reader) (*Profile, error) {
	data, err := io.ReadAll(io.LimitReader(r, 4<<20))
	if err != nil {
		return nil, &Error{Name: name, Err: err}
	}
	p, err := Base()
	if err != nil {
		return nil, err
	}
	p.Name = name
	return read(name, data, p)
}

func read(name string, data []byte, p *Profile) (*Profile, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		offset := d.InputOffset()
		var syntax *json.SyntaxError
		var typ *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			offset = syntax.Offset
		case errors.As(err, &typ):
			offset = typ.Offset
		}
		return nil, &Error{Name: name, Line: 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n")), Err: err}
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, &Error{Name: name, Err: errors.New("text after the object")}
	}
	line := func(word string) int {
		if i := bytes.Index(data, []byte(`"`+word+`"`)); i >= 0 {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
		return 0
	}
	if bad := p.Params.Compile(); len(bad) > 0 {
		slices.Sort(bad)
		return nil, &Error{Name: name, Line: line(bad[0]), Err: fmt.Errorf("%s: required takes six of R, C, o and - for a field, district_boxes least and greatest degrees", bad[0])}
	}
	if _, ok := mid.ParseScheme(p.Params.AreaScheme); !ok {
		return nil, &Error{Name: name, Line: line("area_scheme"), Err: errors.New("area_scheme must be unionpay, gb2260 or empty")}
	}
	p.severity = make(map[rules.ID]rules.Severity, len(p.Severity))
	for id, s := range p.Severity {
		v, ok := rules.ParseSeverity(s)
		if !ok {
			return nil, &Error{Name: name, Line: line(string(id)), Err: fmt.Errorf("severity of %s must be error, warning or info", id)}
		}
		p.severity[id] = v
	}
	if on, ok := p.Levels[rules.Law]; ok && !on {
		return nil, &Error{Name: name, Line: line("levels"), Err: errors.New("rules of level law cannot be switched off")}
	}
	return p, nil
}

// Regraded returns the severity the profile gives to a rule, zero when it leaves the rule's own.
func (p *Profile) Regraded(id rules.ID) rules.Severity { return p.severity[id] }

// IDs returns every rule ID the profile names, so that a validator can refuse unknown ones.
func (p *Profile) IDs() []rules.ID {
	ids := slices.Concat(p.Disabled, p.Suppressible)
	for id := range p.Severity {
		ids = append(ids, id)
	}
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

// Requirement is what a profile asks of one field: R, C, o or -.
type Requirement struct {
	Field merchant.Field
	Need  byte
}

// Requirements lists the fields of the model with what the profile asks for the subject type, in model order.
func (p *Profile) Requirements(t merchant.SubjectType) []Requirement {
	var list []Requirement
	for _, f := range merchant.Fields() {
		if _, ok := p.Params.Required[f.Path()]; ok {
			list = append(list, Requirement{f, p.Params.Need(f, t)})
		}
	}
	return list
}
