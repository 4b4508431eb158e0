package report

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"github.com/merchantkyc/merchantkyc/rules"
)

// Catalogue lists rules in columns: ID, severity, star, cause, title, level of the basis.
func Catalogue(w io.Writer, list []*rules.Rule, o Options) error {
	b := bufio.NewWriter(w)
	id, title := 7, 0
	for _, r := range list {
		id, title = max(id, len(r.ID)), max(title, columns(r.Title.In(o.Lang)))
	}
	for _, r := range list {
		star := "  "
		if r.Star > 0 {
			star = "★ "
		}
		b.WriteString(pad(string(r.ID), id+1) + pad(r.Severity.String(), 8) + star + pad(string(r.Cause), 7) +
			pad(r.Title.In(o.Lang), title+2) + string(level(r)) + "\n")
	}
	return b.Flush()
}

type jsonRule struct {
	Type     string      `json:"type"`
	Rule     rules.ID    `json:"rule"`
	Severity string      `json:"severity"`
	Kind     rules.Kind  `json:"kind"`
	Cause    rules.Cause `json:"cause"`
	Star     int         `json:"star,omitempty"`
	Title    string      `json:"title"`
	Level    rules.Level `json:"basis_level"`
	Basis    []string    `json:"basis,omitempty"`
}

// CatalogueJSON writes one object a line for each rule.
func CatalogueJSON(w io.Writer, list []*rules.Rule, o Options) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, r := range list {
		err := enc.Encode(jsonRule{"rule", r.ID, r.Severity.String(), r.Kind, r.Cause, r.Star, r.Title.In(o.Lang), level(r), citations(r)})
		if err != nil {
			return err
		}
	}
	return b.Flush()
}

// Page writes all that is to be said about one rule.
func Page(w io.Writer, r *rules.Rule, o Options) error {
	t := NewText(w, o)
	t.line(0, bold, mark(r)+"  "+r.Title.In(o.Lang))
	word, _ := t.severity(r.Severity)
	t.line(0, plain, o.say("级别 ", "Severity ")+word+o.say(" · 类别 ", " · kind ")+string(r.Kind)+o.say(" · 原因 ", " · cause ")+string(r.Cause))
	section := func(zh, en string, lines ...string) {
		if len(lines) == 0 || len(lines) == 1 && lines[0] == "" {
			return
		}
		t.line(0, plain, "")
		t.line(0, bold, o.say(zh, en))
		for _, l := range lines {
			t.line(2, plain, l)
		}
	}
	var fields, basis []string
	for _, f := range r.Fields {
		fields = append(fields, f.Path()+"  "+f.Label(o.Lang))
	}
	for _, b := range r.Basis {
		if b.Verified {
			basis = append(basis, levelName(b.Level, &o)+o.say("：", ": ")+b.Cite)
		}
	}
	section("信息", "Message", r.Message.In(o.Lang))
	section("条件", "Condition", r.Doc.In(o.Lang))
	section("处理", "What to do", r.Remedy.In(o.Lang))
	section("字段", "Fields", fields...)
	section("需要的数据", "Needs", r.Needs.Text(o.Lang))
	section("通过的例子", "Passes", r.Good)
	section("不通过的例子", "Fails", r.Bad)
	section("依据", "Basis", basis...)
	section("生效", "In force from", r.Effective.String())
	return t.w.Flush()
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(n-columns(s), 1)) }

func level(r *rules.Rule) rules.Level {
	if len(r.Basis) == 0 {
		return ""
	}
	return r.Basis[0].Level
}

func levelName(l rules.Level, o *Options) string {
	switch l {
	case rules.Law:
		return o.say("法律法规", "law")
	case rules.Standard:
		return o.say("标准", "standard")
	case rules.Scheme:
		return o.say("行业规则", "scheme")
	case rules.ProfileLevel:
		return o.say("方案", "profile")
	case rules.PolicyLevel:
		return o.say("内部规定", "policy")
	}
	return string(l)
}

func citations(r *rules.Rule) []string {
	var list []string
	for _, b := range r.Basis {
		if b.Verified {
			list = append(list, b.Cite)
		}
	}
	return list
}
