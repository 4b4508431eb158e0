package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Finding is one thing that is wrong, or worth knowing, with its place.
//
// Value, Params, Fixes and Related hold the data as it is; a report masks them (see ShownValue). The sentences are made
// by Message and Remedy from the rule's texts and Params.
type Finding struct {
	Rule     *Rule
	Severity Severity // the rule's, unless a profile or an option regraded it
	Source   merchant.Source
	Column   *merchant.Column // the column of Path; nil where there is none
	Key      string           // merchant_no, else external_id, else ""
	Path     merchant.Path    // zero for findings about a sheet
	Value    string           // the text as it stands in the source
	Params   []Param
	Fixes    []Fix
	Related  []Related

	Suppressed *Suppressed // set when a suppression keeps the finding from counting
	Baseline   Baseline    // what a baseline says about it; "" without one
}

// Suppressed says why a finding does not count, and until when.
type Suppressed struct {
	Reason string
	Until  merchant.Date
}

// Baseline tells a finding that an earlier run had from one that is new.
type Baseline string

// The answers of a baseline.
const (
	BaselineNew  Baseline = "new"
	BaselineOpen Baseline = "open"
)

// Param is one value of the message. Field says whose mask hides it; FieldNone means that it may be shown.
type Param struct {
	Name, Value string
	Field       merchant.Field
	Text        Text // set instead of Value where the wording depends on the language
}

// P is a parameter that may be shown, V one that holds a value of the field f and is masked like it, T one that is
// worded in both languages, and L the label of a field.
func P(name, value string) Param { return Param{Name: name, Value: value} }

// V returns a parameter that holds a value of field f.
func V(name string, f merchant.Field, value string) Param {
	return Param{Name: name, Value: value, Field: f}
}

// T returns a parameter that is worded in both languages.
func T(name string, t Text) Param { return Param{Name: name, Text: t} }

// L returns a parameter that is the label of f.
func L(name string, f merchant.Field) Param {
	return T(name, Text{f.Label("zh"), f.Label("en")})
}

// In returns the value for lang, masked unless unmask.
func (p Param) In(lang string, unmask bool) string {
	switch {
	case p.Text != Text{}:
		return p.Text.In(lang)
	case unmask:
		return p.Value
	}
	return p.Field.Shown(p.Value)
}

// Fix is one way to mend a finding: Safe ones lose nothing and may be applied by a program, the others are proposals.
// Alternatives differ in their message; at most one is applied. One without edits is no change of values: rows to drop.
type Fix struct {
	Message Text
	Safe    bool
	Edits   []Edit
}

// Edit replaces one value; it applies only while the value still reads Old. The zero Path stands for the heading of the
// column that the finding speaks of.
type Edit struct {
	Path     merchant.Path
	Old, New string
}

// Related is another place that belongs to the finding: the earlier duplicate, the row of the registry.
type Related struct {
	Source merchant.Source
	Key    string
	Path   merchant.Path
}

// Param returns the value of a parameter, unmasked, in Chinese where worded; "" when there is none.
func (f *Finding) Param(name string) string {
	for i := range f.Params {
		if f.Params[i].Name == name {
			return f.Params[i].In("zh", true)
		}
	}
	return ""
}

// Message returns the sentence in lang (zh or en), with personal data masked unless unmask.
func (f *Finding) Message(lang string, unmask bool) string {
	return f.fill(f.Rule.Message.In(lang), lang, unmask)
}

// Remedy returns what to do, in lang.
func (f *Finding) Remedy(lang string, unmask bool) string {
	return f.fill(f.Rule.Remedy.In(lang), lang, unmask)
}

func (f *Finding) fill(s, lang string, unmask bool) string {
	if strings.IndexByte(s, '{') < 0 {
		return s
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			b.WriteString(s)
			return b.String()
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:open])
		b.WriteString(f.placeholder(s[open+1:open+end], lang, unmask))
		s = s[open+end+1:]
	}
}

// placeholder gives the parameter of that name; value, key and field need not be given as parameters.
func (f *Finding) placeholder(name, lang string, unmask bool) string {
	for i := range f.Params {
		if f.Params[i].Name == name {
			return f.Params[i].In(lang, unmask)
		}
	}
	switch name {
	case "value":
		return f.ShownValue(unmask)
	case "field":
		return f.Path.Label(lang)
	case "key":
		if unmask {
			return f.Key
		}
		return merchant.ShownKey(f.Key)
	}
	return "{" + name + "}"
}

// ShownValue returns Value, masked as its field demands (see [merchant.Field.Shown]) unless unmask. That of a
// finding about a sheet is a heading.
func (f *Finding) ShownValue(unmask bool) string {
	if unmask || f.Rule.Scope == SheetScope {
		return f.Value
	}
	return f.Path.Field.Shown(f.Value)
}

// Cell returns the A1 reference of the value, "" where the source has no columns or the row is unknown.
func (f *Finding) Cell() string {
	if f.Column == nil || f.Column.Letter == "" || f.Source.Row == 0 {
		return ""
	}
	return f.Column.Letter + strconv.Itoa(f.Source.Row)
}

// Fingerprint identifies the finding between runs: rule, record and path, no values. Findings about a sheet use its
// name, those about another rule its ID, and records without a key their row.
func (f *Finding) Fingerprint() string {
	key := f.Key
	if key == "" {
		key = f.Source.Sheet + "!" + strconv.Itoa(f.Source.Row)
	}
	column := ""
	if !f.Path.Field.Valid() {
		if f.Column != nil {
			column = f.Column.Header
		}
		column += f.Param("rule") // of findings about the batch, the rule they speak of
	}
	sum := sha256.Sum256([]byte(string(f.Rule.ID) + "\x00" + key + "\x00" + f.Path.String() + "\x00" + column))
	return hex.EncodeToString(sum[:8])
}
