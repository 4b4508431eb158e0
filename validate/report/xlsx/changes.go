package xlsx

import (
	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// ChangeList writes a comparison as a workbook: 差异, every difference with both values and the differing characters
// marked; 报送银行, what the bank has to register, change, close or verify; 更新本方, what we have to update; and the findings
// and counts of a Report. It implements [report.ResultWriter]. Values are masked unless Unmask is set, which a list that the
// bank can work from needs.
type ChangeList struct {
	*Report
	changes []change
	classes map[diff.Class]int
}

type change struct {
	report.ChangeRow
	do diff.Do
}

// NewChangeList returns a writer of a workbook to w.
func NewChangeList(r *Report) *ChangeList {
	c := &ChangeList{Report: r, classes: map[diff.Class]int{}}
	r.changes = c
	return c
}

// Result takes what became of a merchant.
func (c *ChangeList) Result(r *diff.Result) error {
	c.classes[r.Class]++
	for _, a := range r.Actions() {
		c.changes = append(c.changes, change{c.o.Change(r, a), a.Do})
	}
	return nil
}

// write makes the sheets.
func (c *ChangeList) write(b *book) error {
	all := func(diff.Do) bool { return true }
	for _, s := range []struct {
		zh, en string
		keep   func(diff.Do) bool
	}{{"差异", "Differences", all}, {"报送银行", "To the bank", diff.Do.Bank}, {"更新本方", "Ours to update", func(d diff.Do) bool { return d == diff.UpdateOurs }}} {
		if err := c.sheet(b, b.say(s.zh, s.en), s.keep); err != nil {
			return err
		}
	}
	return nil
}

func (c *ChangeList) sheet(b *book, name string, keep func(diff.Do) bool) error {
	s, err := b.stream(name, c.o.ChangeHeads(), []float64{12, 18, 28, 18, 30, 30, 9, 22, 18, 18, 40}, len(c.changes))
	if err != nil {
		return err
	}
	plain, err := b.wrapped()
	if err != nil {
		return err
	}
	for i := range c.changes {
		row := &c.changes[i]
		if !keep(row.do) {
			continue
		}
		var cells []any
		for k, text := range row.Cells(c.o.Lang) {
			cell := excelize.Cell{StyleID: plain, Value: cut(text, cellRunes)}
			switch {
			case k == 4 && row.Registry != "" && row.Ours != "":
				cell.Value = marked(row.Registry, row.Ours)
			case k == 5 && row.Registry != "" && row.Ours != "":
				cell.Value = marked(row.Ours, row.Registry)
			}
			cells = append(cells, cell)
		}
		if err := s.row(cells); err != nil {
			return err
		}
	}
	return s.close()
}

// marked sets the characters of s in which it differs from other in red: what lies between the common beginning and the
// common end.
func marked(s, other string) any {
	a, b := []rune(s), []rune(other)
	if len(a) > 2000 || s == other { // masked values may read alike
		return cut(s, cellRunes)
	}
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var runs []excelize.RichTextRun
	add := func(text []rune, font *excelize.Font) {
		if len(text) > 0 {
			runs = append(runs, excelize.RichTextRun{Text: string(text), Font: font})
		}
	}
	add(a[:head], nil)
	add(a[head:len(a)-tail], &excelize.Font{Bold: true, Color: red[1], Family: "Calibri", Size: 11})
	add(a[len(a)-tail:], nil)
	return runs
}

// classTexts word the classes for the summary.
var classTexts = map[diff.Class]rules.Text{
	diff.Changed: {ZH: "不一致", EN: "changed"}, diff.NotComparable: {ZH: "变更在途", EN: "change on its way"},
	diff.MissingInRegistry: {ZH: "银行无记录", EN: "missing in the registry"}, diff.MissingInLocal: {ZH: "本地无记录", EN: "missing here"},
	diff.DuplicateKey: {ZH: "键重复", EN: "repeated key"}, diff.Ambiguous: {ZH: "对应多条", EN: "fits several"},
	diff.EqualAfterNormalising: {ZH: "规范后一致", EN: "equal after normalising"},
}

// counts adds the classes and what is to be done to the summary.
func (c *ChangeList) counts(t *table) {
	t.row()
	t.bold(t.b.say("商户按结果", "Merchants by outcome"))
	for class := diff.EqualAfterNormalising; class <= diff.Ambiguous; class++ {
		if n := c.classes[class]; n > 0 {
			t.row(classTexts[class].In(c.o.Lang), n)
		}
	}
	t.row()
	t.bold(t.b.say("待办", "To do"))
	var dos [diff.Wait + 1]int
	for _, row := range c.changes {
		dos[row.do]++
	}
	for do, n := range dos {
		if n > 0 {
			t.row(diff.Do(do).Text().In(c.o.Lang), n)
		}
	}
}
