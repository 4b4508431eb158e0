package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
)

// Corrected is what became of a file of which a corrected copy was written.
type Corrected struct {
	Input, Output string
	Copy          *fix.Copy
	Summary       validate.Summary // of the copy
}

// values returns the texts of a change as the report may show them.
func (o *Options) values(ch *fix.Change) (before, after string) {
	return o.shown(ch.Path.Field, ch.Old), o.shown(ch.Path.Field, ch.New)
}

// Corrections writes the list of changes for people: by sheet, with the cell, the rules, and the text before and after.
func Corrections(w io.Writer, c *Corrected, o Options) error {
	t := &Text{w: bufio.NewWriter(w), o: o}
	t.line(0, bold, printable(fileName(c.Input))+" → "+printable(fileName(c.Output)))
	changes, sheet := 0, "\x00"
	count := map[*rules.Rule]int{}
	for ch := range c.Copy.Changes() {
		if changes++; ch.Source.Sheet != sheet {
			sheet = ch.Source.Sheet
			t.line(0, plain, "")
			if sheet != "" {
				t.line(0, bold, printable(sheet))
			}
		}
		ids := make([]string, len(ch.Rules))
		for i, r := range ch.Rules {
			ids[i] = string(r.ID)
			count[r]++
		}
		at := o.cell(&rules.Finding{Source: merchant.Source{Row: ch.Source.Row}, Column: ch.Column})
		t.line(2, plain, pad(at, 8)+pad(strings.Join(ids, "+"), 16)+ch.Path.Label(o.Lang)+o.say("：", ": ")+o.difference(ch))
	}
	t.line(0, plain, "")
	if changes == 0 {
		t.line(0, bold, o.say("没有可以安全改正的内容，副本与原文件相同", "nothing can be corrected safely; the copy is the file as it is"))
	} else {
		t.line(0, bold, fmt.Sprintf(o.say("改正 %d 处，涉及 %d 条记录", "%d values corrected, in %d records"), changes, c.Copy.Records()))
		for _, r := range sorted(count) {
			t.line(2, plain, string(r.ID)+"  "+r.Title.In(o.Lang)+fmt.Sprintf(" ×%d", count[r]))
		}
	}
	for i, l := range c.Copy.Left() {
		if i == 0 {
			t.line(0, bold, o.say("未执行的安全改正", "Safe corrections that were not made"))
		}
		first := o.at(merchant.Source{Sheet: l.Source.Sheet, Row: l.Source.Row}, letterOf(l.Column))
		t.line(2, plain, string(l.Rule.ID)+"  "+l.Path.Label(o.Lang)+o.say("：", ": ")+l.Reason.Text().In(o.Lang)+
			fmt.Sprintf(o.say(" ×%d（首处 %s）", " ×%d (first %s)"), l.Times, printable(first)))
	}
	t.line(0, plain, fmt.Sprintf(o.say("副本中仍有：错误 %d · 警告 %d · 提示 %d（用 check 查看）", "left in the copy: errors %d · warnings %d · infos %d (see check)"),
		c.Summary.Errors, c.Summary.Warning, c.Summary.Info))
	return t.w.Flush()
}

func letterOf(c *merchant.Column) string {
	if c == nil {
		return ""
	}
	return c.Letter
}

func sorted(count map[*rules.Rule]int) []*rules.Rule {
	list := make([]*rules.Rule, 0, len(count))
	for r := range count {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *rules.Rule) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return list
}

// difference shows a value before and after. Blanks and characters that cannot be seen are named where they are what
// differs.
func (o *Options) difference(ch *fix.Change) string {
	before, after := o.values(ch)
	if before == after {
		return printable(after) + o.say("（差别已遮盖，见 --unmask）", " (what differs is masked, see --unmask)")
	}
	if strings.ContainsFunc(before, hidden) || strings.TrimSpace(before) != before || strings.ReplaceAll(before, " ", "") == after {
		before, after = normalize.MarkDifference(before, after)
		after = strings.ReplaceAll(after, "【】", "")
	}
	empty := o.say("（空）", "(empty)")
	return printable(cmp.Or(before, empty)) + " → " + printable(cmp.Or(after, empty))
}

type (
	jsonChange struct {
		Type   string     `json:"type"`
		Rules  []rules.ID `json:"rules"`
		Path   string     `json:"path"`
		Key    string     `json:"key,omitempty"`
		Source jsonSource `json:"source,omitzero"`
		Before string     `json:"before"`
		After  string     `json:"after"`
	}
	jsonLeft struct {
		Type    string     `json:"type"`
		Rule    rules.ID   `json:"rule"`
		Path    string     `json:"path"`
		Source  jsonSource `json:"source,omitzero"` // of the first
		Reason  fix.Reason `json:"reason"`
		Message string     `json:"message"`
		Count   int        `json:"count"`
	}
	jsonCorrected struct {
		*jsonSummary
		Output         string `json:"output"`
		Changes        int    `json:"changes"`
		ChangedRecords int    `json:"changed_records"`
		Left           int    `json:"left"`
	}
)

// CorrectionsJSON writes the same as JSON lines: change, left (safe corrections that were not made, counted by rule, column
// and reason), and at the end the summary of the copy.
func CorrectionsJSON(w io.Writer, c *Corrected, o Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	end := jsonCorrected{jsonSummary: summary(c.Summary, nil), Output: fileName(c.Output), ChangedRecords: c.Copy.Records()}
	for ch := range c.Copy.Changes() {
		line := jsonChange{Type: "change", Path: ch.Path.String(), Key: o.Key(ch.Key), Source: cellSource(ch.Source, ch.Column)}
		line.Before, line.After = o.values(ch)
		for _, r := range ch.Rules {
			line.Rules = append(line.Rules, r.ID)
		}
		if err := enc.Encode(&line); err != nil {
			return err
		}
		end.Changes++
	}
	for _, l := range c.Copy.Left() {
		end.Left += l.Times
		if err := enc.Encode(&jsonLeft{"left", l.Rule.ID, l.Path.String(), cellSource(l.Source, l.Column), l.Reason, l.Reason.Text().In(o.Lang), l.Times}); err != nil {
			return err
		}
	}
	return enc.Encode(&end)
}

// cellSource is the place of a value.
func cellSource(s merchant.Source, c *merchant.Column) jsonSource {
	f := rules.Finding{Source: s, Column: c}
	out := source(s)
	if c != nil {
		out.Column, out.Cell, out.Header = c.Letter, f.Cell(), c.Header
	}
	return out
}
