package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// summary writes 汇总: the counts of the run, what did not run, and the findings by cause, rule and operator, with a chart.
func (b *book) summary(s validate.Summary, d *diff.Counts) error {
	name, err := b.add(b.say("汇总", "Summary"))
	if err != nil {
		return err
	}
	t := &table{b: b, name: name}
	if s.Partial {
		t.bold(b.say("结果不完整：并非所有问题都在清单里。", "The result is partial: not every finding is listed."))
	}
	t.bold(b.say("商户资料检查汇总", "Summary of the check"))
	t.row(b.say("检查日期", "as of"), s.AsOf.String())
	t.row(b.say("方案", "profile"), s.Profile)
	t.row(b.say("商户记录", "merchant records"), s.Records)
	t.row(b.say("错误", "errors"), s.Errors)
	t.row(b.say("警告", "warnings"), s.Warning)
	t.row(b.say("提示", "notes"), s.Info)
	if d != nil {
		for _, c := range []struct {
			zh, en string
			n      int
		}{{"登记：匹配", "registry: matched", d.Matched}, {"登记：一致", "registry: equal", d.Equal}, {"登记：规范后一致", "registry: equal after normalising", d.EqualAfterNormalising},
			{"登记：不一致", "registry: changed", d.Changed}, {"银行无记录", "missing in the registry", d.MissingInRegistry}, {"本地无记录", "missing here", d.MissingInLocal},
			{"重复的键", "duplicate keys", d.DuplicateKeys}, {"疑似录错的键", "suspected keys", d.KeySuspects}} {
			t.row(b.say(c.zh, c.en), c.n)
		}
	}
	if b.changes != nil {
		b.changes.counts(t)
	}
	if c := b.o.Coverage(s); !c.Complete() {
		t.row()
		t.bold(b.say("没有执行的规则（跳过不等于通过）", "Rules that did not run (skipped is not passed)"))
		for _, line := range slices.Concat(c.Stars, c.Left, c.Skips, c.Nobody) {
			t.row(line)
		}
	}

	causes, byRule := map[rules.Cause]*[4]int{}, map[*rules.Rule]*[4]int{}
	for i := range b.entries {
		e := &b.entries[i]
		if e.known {
			continue
		}
		if causes[e.rule.Cause] == nil {
			causes[e.rule.Cause] = new([4]int)
		}
		if byRule[e.rule] == nil {
			byRule[e.rule] = new([4]int)
		}
		causes[e.rule.Cause][e.severity]++
		byRule[e.rule][e.severity]++
	}
	counts := []string{b.say("错误", "errors"), b.say("警告", "warnings"), b.say("提示", "notes")}
	t.row()
	first, last := t.counts(b.say("按原因", "By cause"), append([]string{b.say("原因", "Cause"), ""}, counts...), ranked(causes, func(c rules.Cause) []string {
		return []string{string(c) + " " + c.Title().In(b.o.Lang), ""}
	}))
	t.row()
	t.counts(b.say("按规则", "By rule"), append([]string{b.say("规则", "Rule"), b.say("名称", "Title")}, counts...), ranked(byRule, func(r *rules.Rule) []string {
		return []string{string(r.ID), r.Title.In(b.o.Lang)}
	}))
	if len(b.operators) > 0 {
		t.row()
		t.counts(b.say("按录入人、代理商", "By operator or agent"), append([]string{b.say("姓名", "Name"), b.say("列", "Column")}, counts...), ranked(b.operators, func(o operator) []string {
			return []string{o.name, o.header}
		}))
	}
	if t.err != nil {
		return t.err
	}
	for column, width := range map[string]float64{"A": 34, "B": 34, "C": 9, "D": 9, "E": 9} {
		if err := b.file.SetColWidth(name, column, column, width); err != nil {
			return err
		}
	}
	if last < first {
		return nil
	}
	ref := func(column string) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", strings.ReplaceAll(name, "'", "''"), column, first, column, last)
	}
	series := func(column, head, color string) excelize.ChartSeries {
		return excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$%d", strings.ReplaceAll(name, "'", "''"), column, first-1), Categories: ref("A"), Values: ref(column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}}
	}
	dark := excelize.Font{Color: "404040"} // the grey of a chart is too light to read
	return b.file.AddChart(name, "G2", &excelize.Chart{Type: excelize.BarStacked, Series: []excelize.ChartSeries{series("C", counts[0], "B3261E"), series("D", counts[1], "E0A100")},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.say("问题按原因", "Findings by cause")}}}, Legend: excelize.ChartLegend{Position: "bottom"},
		YAxis: excelize.ChartAxis{Font: dark}, XAxis: excelize.ChartAxis{ReverseOrder: true, Font: dark}, Dimension: excelize.ChartDimension{Width: 760, Height: uint(140 + 26*(last-first+1))}})
}

// table writes a sheet from the top down and keeps the first error.
type table struct {
	b    *book
	name string
	n    int
	err  error
}

func (t *table) row(values ...any) {
	t.n++
	for i, v := range values {
		cell, err := excelize.CoordinatesToCellName(i+1, t.n)
		if err == nil {
			switch v := v.(type) {
			case string:
				err = t.b.file.SetCellStr(t.name, cell, cut(v, cellRunes))
			default:
				err = t.b.file.SetCellValue(t.name, cell, v)
			}
		}
		t.err = cmp.Or(t.err, err)
	}
}

func (t *table) bold(values ...any) {
	t.row(values...)
	head, err := t.b.heading()
	last, err2 := excelize.CoordinatesToCellName(max(len(values), 1), t.n)
	t.err = cmp.Or(t.err, err, err2)
	if t.err == nil {
		t.err = t.b.file.SetCellStyle(t.name, "A"+strconv.Itoa(t.n), last, head)
	}
}

// counted is a line of counts.
type counted struct {
	names []string
	n     [4]int
}

// ranked orders counts by errors, then warnings, then names.
func ranked[K comparable](counts map[K]*[4]int, names func(K) []string) []counted {
	var list []counted
	for k, n := range counts {
		list = append(list, counted{names(k), *n})
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(b.n[rules.Error]-a.n[rules.Error], b.n[rules.Warning]-a.n[rules.Warning], b.n[rules.Info]-a.n[rules.Info], slices.Compare(a.names, b.names))
	})
	return list
}

// counts writes a table of counts and returns the rows of its lines.
func (t *table) counts(title string, heads []string, list []counted) (first, last int) {
	t.bold(title)
	cells := make([]any, len(heads))
	for i, h := range heads {
		cells[i] = h
	}
	t.bold(cells...)
	first = t.n + 1
	for _, c := range list {
		t.row(c.names[0], c.names[1], c.n[rules.Error], c.n[rules.Warning], c.n[rules.Info])
	}
	return first, t.n
}
