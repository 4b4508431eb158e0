// Package html writes the findings of a run as one web page that needs nothing else: no network, no other file. A
// person filters it by severity, rule, cause, merchant and text, sees which causes prevail, and prints it.
//
// Values are masked as in every report. The page forbids itself, by its content security policy, to load or send
// anything. Text of the input is data in it and never markup.
package html

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

//go:embed page.tmpl
var pageText string

//go:embed page.css
var styleText string

//go:embed page.js
var scriptText string

// Writer writes the page; it implements [report.Writer]. It keeps the worded findings, about 400 bytes each, until
// Summary writes them all.
type Writer struct {
	w        io.Writer
	o        report.Options
	rows     bytes.Buffer // JSON arrays, by commas
	count    int
	rules    []*rules.Rule
	ruleAt   map[*rules.Rule]int
	remedies []string
	remedyAt map[string]int
	files    []string
	causes   map[rules.Cause]*[4]int // by severity
	verdicts []verdict
	answers  map[diagnose.Decline]int
	err      error
}

// New returns a writer of a page to w. Of o it heeds Lang, Unmask and Rules.
func New(w io.Writer, o report.Options) *Writer {
	return &Writer{w: w, o: o, ruleAt: map[*rules.Rule]int{}, remedyAt: map[string]int{}, causes: map[rules.Cause]*[4]int{}}
}

// Findings takes the findings of a record, or of the batch when rec is nil.
func (p *Writer) Findings(_ *merchant.Record, found []rules.Finding) error {
	for i := range found {
		f := &found[i]
		row := p.o.Row(f)
		file := filepath.Base(f.Source.File)
		if f.Source.File == "" {
			file = ""
		}
		if p.count++; p.count > 1 {
			p.rows.WriteString(",\n")
		}
		if row.Notes == nil {
			row.Notes = []string{}
		}
		p.add([]any{p.rule(f.Rule), f.Severity, p.o.Key(f.Key), p.file(file), row.Place, row.Value, row.Message, p.remedy(row.Remedy), row.Notes})
		if f.Suppressed != nil {
			continue // it counts for nothing
		}
		if p.causes[f.Rule.Cause] == nil {
			p.causes[f.Rule.Cause] = new([4]int)
		}
		p.causes[f.Rule.Cause][f.Severity]++
	}
	return p.err
}

// add writes a value as JSON in which no character can end the script element.
func (p *Writer) add(v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		p.err = err
	}
	p.rows.Write(raw)
}

func (p *Writer) rule(r *rules.Rule) int {
	n, ok := p.ruleAt[r]
	if !ok {
		n = len(p.rules)
		p.ruleAt[r] = n
		p.rules = append(p.rules, r)
	}
	return n
}

func (p *Writer) remedy(s string) int {
	n, ok := p.remedyAt[s]
	if !ok {
		n = len(p.remedies)
		p.remedyAt[s] = n
		p.remedies = append(p.remedies, s)
	}
	return n
}

func (p *Writer) file(name string) int {
	if n := slices.Index(p.files, name); n >= 0 {
		return n
	}
	p.files = append(p.files, name)
	return len(p.files) - 1
}

// verdict is a merchant that would or might be declined.
type verdict struct {
	Key, Name, Answer string
	Yes               bool
	Causes            []string
}

// Verdicts counts the answers and keeps the merchants that a decline concerns.
func (p *Writer) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	p.answers = map[diagnose.Decline]int{}
	for v := range list {
		p.answers[v.WouldDecline]++
		if v.WouldDecline != diagnose.Yes && v.WouldDecline != diagnose.Likely {
			continue
		}
		one := verdict{Key: p.o.Key(v.Key), Name: v.Name, Answer: v.WouldDecline.Text().In(p.o.Lang), Yes: v.WouldDecline == diagnose.Yes}
		for i := range v.Causes {
			one.Causes = append(one.Causes, string(v.Causes[i].Rule.ID)+" "+v.Causes[i].Rule.Title.In(p.o.Lang))
		}
		one.Causes = slices.Compact(one.Causes)
		p.verdicts = append(p.verdicts, one)
	}
	slices.SortStableFunc(p.verdicts, func(a, b verdict) int {
		switch {
		case a.Yes == b.Yes:
			return 0
		case a.Yes:
			return -1
		}
		return 1
	})
	return nil
}

// bar is one cause of the chart, which leaves out the notes.
type bar struct {
	Cause                    rules.Cause
	Title                    string
	Total, Error, Warn, Info int
	ErrorPart, WarnPart      int // per mille of the longest bar
}

func (p *Writer) bars() []bar {
	var list []bar
	longest := 1
	for c, n := range p.causes {
		b := bar{Cause: c, Title: c.Title().In(p.o.Lang), Error: n[rules.Error], Warn: n[rules.Warning], Info: n[rules.Info]}
		b.Total = b.Error + b.Warn
		longest = max(longest, b.Total)
		list = append(list, b)
	}
	for i := range list {
		list[i].ErrorPart, list[i].WarnPart = list[i].Error*1000/longest, list[i].Warn*1000/longest
	}
	slices.SortFunc(list, func(a, b bar) int {
		if a.Total != b.Total {
			return b.Total - a.Total
		}
		return strings.Compare(string(a.Cause), string(b.Cause))
	})
	return list
}

// Summary writes the page. The counts of a comparison are d; nil where none was made.
func (p *Writer) Summary(s validate.Summary, d *diff.Counts) error {
	if p.err != nil {
		return p.err
	}
	en := p.o.Lang == "en"
	say := func(zh, english string) string {
		if en {
			return english
		}
		return zh
	}
	page, err := template.New("page").Funcs(template.FuncMap{"say": say}).Parse(pageText)
	if err != nil {
		return err
	}
	type ruleLine struct {
		ID    rules.ID    `json:"id"`
		Star  int         `json:"star"`
		Title string      `json:"title"`
		Cause rules.Cause `json:"cause"`
		Doc   string      `json:"doc"`
		Basis []string    `json:"basis"`
	}
	var list []ruleLine
	for _, r := range p.rules {
		line := ruleLine{r.ID, r.Star, r.Title.In(p.o.Lang), r.Cause, r.Doc.In(p.o.Lang), []string{}}
		for _, b := range r.Basis {
			if b.Verified {
				line.Basis = append(line.Basis, b.Cite)
			}
		}
		list = append(list, line)
	}
	head, err := json.Marshal(map[string]any{"rules": list, "remedies": p.remedies, "files": p.files, "words": map[string]string{
		"shown": say("显示 {n} 条，共 {m} 条", "{n} of {m} shown"), "none": say("没有符合条件的问题", "Nothing matches"), "more": say("再显示 {n} 条", "Show {n} more"),
		"error": say("错误", "error"), "warning": say("警告", "warning"), "info": say("提示", "note"), "all": say("全部", "all"),
		"basis": say("依据：", "Basis: "), "condition": say("规则：", "Rule: "), "value": say("值：", "Value: "),
		"cut": say("打印只包含前 {n} 条；请先筛选。", "Only the first {n} are printed; filter first.")}})
	if err != nil {
		return err
	}
	data := "{\"head\":" + string(head) + ",\"rows\":[\n" + p.rows.String() + "\n]}"
	sum := sha256.Sum256([]byte(scriptText))
	out := bufio.NewWriter(p.w)
	err = page.Execute(out, map[string]any{
		"Lang": map[bool]string{true: "en", false: "zh-CN"}[en], "Files": slices.DeleteFunc(slices.Clone(p.files), func(f string) bool { return f == "" }),
		"Summary": s, "AsOf": s.AsOf.String(), "Diff": d, "Bars": p.bars(), "Verdicts": p.verdicts,
		"Yes": p.answers[diagnose.Yes], "Likely": p.answers[diagnose.Likely], "Clear": p.answers[diagnose.NoDataFault], "Unknown": p.answers[diagnose.Unknown],
		"Judged": p.answers != nil, "Coverage": p.o.Coverage(s), "Count": p.count, "Masked": !p.o.Unmask,
		// Style, script and data are the package's own text and JSON whose angle brackets are escaped.
		"Style": template.CSS(styleText), "Script": template.JS(scriptText), "Data": template.JS(data),
		"Hash":  template.HTMLAttr(`content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'"`),
		"Total": strconv.Itoa(s.Errors + s.Warning + s.Info),
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
