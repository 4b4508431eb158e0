package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// need is a letter of the matrix with its JSON name and words.
type need struct {
	letter       byte
	name, zh, en string
}

// needs stand in the order of the report.
var needs = [...]need{
	{'R', "required", "必填", "Required"}, {'C', "conditional", "条件必填", "Required under a condition"},
	{'o', "optional", "选填", "Optional"}, {'-', "empty", "不应填写", "Must stay empty"},
}

// Requirements lists what a profile asks of a subject type: field, path, the condition, what may stand in its place, and
// what the profile says about it; what each entry of a list needs comes after the fields.
func Requirements(w io.Writer, p *profile.Profile, subject merchant.SubjectType, o Options) error {
	list := p.Requirements(subject)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, o.say("%s · 方案 %s（%s）\n", "%s · profile %s (%s)\n"), subject.Label(o.Lang), printable(p.Name), printable(p.Title.In(o.Lang)))
	for i, n := range needs {
		if i > 0 {
			b.WriteString(" · ")
		}
		fmt.Fprintf(b, "%s %d", o.say(n.zh, n.en), count(list, n.letter))
	}
	b.WriteByte('\n')
	label, path := 0, 0
	for i := range list {
		label = max(label, columns(list[i].Field.Label(o.Lang)))
		path = max(path, len(list[i].Field.Path()))
	}
	line := func(r *profile.Requirement, about string) {
		s := "  " + pad(r.Field.Label(o.Lang), label+2)
		if about == "" {
			b.WriteString(s + r.Field.Path() + "\n")
		} else {
			b.WriteString(s + pad(r.Field.Path(), path+2) + about + "\n")
		}
	}
	for _, n := range needs {
		if count(list, n.letter) > 0 {
			fmt.Fprintf(b, "\n%s\n", o.say(n.zh, n.en))
		}
		for i := range list {
			if r := &list[i]; r.Need == n.letter && !r.Member() {
				line(r, joined(requirementWords(r, &o), &o))
			}
		}
	}
	last := merchant.FieldNone
	for i := range list {
		r := &list[i]
		if !r.Member() || r.Need == '-' {
			continue
		}
		if of := r.Field.List(); of != last {
			fmt.Fprintf(b, "\n%s\n", o.say("每条"+of.Label("zh"), "Each entry of: "+of.Label("en")))
			last = of
		}
		n := needs[slices.IndexFunc(needs[:], func(n need) bool { return n.letter == r.Need })]
		line(r, joined(append([]string{o.say(n.zh, strings.ToLower(n.en))}, requirementWords(r, &o)...), &o))
	}
	if len(p.Sources) > 0 {
		fmt.Fprintf(b, "\n%s\n", o.say("来源", "Sources"))
		for _, s := range p.Sources {
			b.WriteString("  " + printable(s) + "\n")
		}
	}
	return b.Flush()
}

// count leaves out members of lists, which are asked for only where there is an entry.
func count(list []profile.Requirement, letter byte) (n int) {
	for i := range list {
		if list[i].Need == letter && !list[i].Member() {
			n++
		}
	}
	return n
}

// requirementWords says what there is to say about a field besides its name and need.
func requirementWords(r *profile.Requirement, o *Options) (words []string) {
	if r.When != nil {
		words = append(words, r.When.Text.In(o.Lang))
	}
	if s := r.InsteadText(o.Lang); s != "" {
		words = append(words, o.say("可由"+s+"代替", "or "+s))
	}
	if s := r.Note.In(o.Lang); s != "" {
		words = append(words, printable(s))
	}
	return words
}

func joined(words []string, o *Options) string { return strings.Join(words, o.say("；", "; ")) }

type (
	jsonRequirement struct {
		Type     string     `json:"type"`
		Path     string     `json:"path"`
		Label    string     `json:"label"`
		Need     string     `json:"need"`
		Entry    bool       `json:"each_entry,omitempty"`
		When     string     `json:"when,omitempty"`
		WhenText string     `json:"when_text,omitempty"`
		Instead  [][]string `json:"instead,omitempty"`
		Note     string     `json:"note,omitempty"`
		Headings []string   `json:"headings,omitempty"`
	}
	jsonRequirements struct {
		Type        string               `json:"type"`
		Subject     merchant.SubjectType `json:"subject"`
		Profile     string               `json:"profile"`
		Title       string               `json:"title"`
		Sources     []string             `json:"sources,omitempty"`
		Required    int                  `json:"required"`
		Conditional int                  `json:"conditional"`
		Optional    int                  `json:"optional"`
		Empty       int                  `json:"empty"`
	}
)

// RequirementsJSON writes one object a line for each field, and the counts at the end.
func RequirementsJSON(w io.Writer, p *profile.Profile, subject merchant.SubjectType, o Options) error {
	list := p.Requirements(subject)
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for i := range list {
		r := &list[i]
		at := slices.IndexFunc(needs[:], func(n need) bool { return n.letter == r.Need })
		l := jsonRequirement{Type: "requirement", Path: r.Field.Path(), Label: r.Field.Label(o.Lang), Need: needs[at].name, Entry: r.Member(),
			Note: r.Note.In(o.Lang), Headings: p.Aliases[r.Field.Path()]}
		if r.When != nil {
			l.When, l.WhenText = r.When.Name, r.When.Text.In(o.Lang)
		}
		for _, group := range r.Instead {
			var paths []string
			for _, f := range group {
				paths = append(paths, f.Path())
			}
			l.Instead = append(l.Instead, paths)
		}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	err := enc.Encode(jsonRequirements{"summary", subject, p.Name, p.Title.In(o.Lang), p.Sources, count(list, 'R'), count(list, 'C'), count(list, 'o'), count(list, '-')})
	if err != nil {
		return err
	}
	return b.Flush()
}
