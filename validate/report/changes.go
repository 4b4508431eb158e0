package report

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// ResultWriter is a form of report that takes what became of each merchant in a comparison, beside the findings.
type ResultWriter interface {
	Writer
	Result(r *diff.Result) error
}

// ChangeRow is a line of a list of changes, worded and masked.
type ChangeRow struct {
	Do       string
	Key      string
	Name     string
	Rule     *rules.Rule
	Field    string
	Registry string // what the registry holds
	Ours     string // what we hold
	Place    string // of our record
	Row      string // of the registry
	Remedy   string
}

// Change words an action about a merchant.
func (o *Options) Change(r *diff.Result, a diff.Action) ChangeRow {
	row := ChangeRow{Do: a.Do.Text().In(o.Lang), Key: o.Key(r.Key()), Rule: a.Rule, Field: a.Path.Label(o.Lang), Registry: printable(o.option(a.Path.Field, a.Registry)),
		Ours: printable(o.option(a.Path.Field, a.Ours)), Remedy: a.Rule.Remedy.In(o.Lang)}
	for _, rec := range []*merchant.Record{r.Registry, r.Local} {
		if rec != nil && rec.Names.Legal != "" {
			row.Name = printable(o.sentence(rec.Names.Legal))
		}
	}
	if r.Local != nil {
		letter := ""
		if c := r.Local.ColumnOf(a.Path); c != nil && a.Do != diff.Close {
			letter = c.Letter
		}
		row.Place = o.at(r.Local.SourceOf(a.Path), letter)
	}
	theirs := r.Registry
	if theirs == nil {
		theirs = a.Suspect
	}
	if theirs != nil {
		row.Row = o.at(theirs.Source, "")
	}
	return row
}

// option is a value as a person reads it: the code of an option list by its label.
func (o *Options) option(f merchant.Field, value string) string {
	if e := f.Enum(); e != nil {
		lang := "zh"
		if o.Lang == "en" {
			lang = "en"
		}
		if _, ok := e.Lookup(value); ok {
			return e.Label(value, lang)
		}
	}
	return o.shown(f, value)
}

// ChangeHeads are the headings of a list of changes, in the order of Cells.
func (o *Options) ChangeHeads() []string {
	if o.Lang == "en" {
		return []string{"To do", "Key", "Name", "Field", "Registry", "Ours", "Rule", "Outcome", "Our cell", "Registry row", "What to do"}
	}
	return []string{"办理", "商户键", "商户名称", "项目", "银行登记", "本方", "规则", "结果", "本方单元格", "登记行", "处理"}
}

// Cells returns the texts of the row.
func (c *ChangeRow) Cells(lang string) []string {
	return []string{c.Do, c.Key, c.Name, c.Field, c.Registry, c.Ours, string(c.Rule.ID), c.Rule.Title.In(lang), c.Place, c.Row, c.Remedy}
}

// Changes writes the list of changes as CSV in UTF-8 with a byte order mark, which spreadsheets ask for. A text that a
// spreadsheet would take for a formula gets an apostrophe before it. It implements [ResultWriter].
type Changes struct {
	w     *csv.Writer
	o     Options
	begun bool
	raw   io.Writer
}

// NewChanges returns a writer of CSV.
func NewChanges(w io.Writer, o Options) *Changes {
	return &Changes{w: csv.NewWriter(w), o: o, raw: w}
}

func (c *Changes) begin() error {
	if c.begun {
		return nil
	}
	c.begun = true
	if _, err := io.WriteString(c.raw, "\uFEFF"); err != nil {
		return err
	}
	return c.w.Write(c.o.ChangeHeads())
}

// Result writes what is to be done about a merchant.
func (c *Changes) Result(r *diff.Result) error {
	if err := c.begin(); err != nil {
		return err
	}
	for _, a := range r.Actions() {
		row := c.o.Change(r, a)
		cells := row.Cells(c.o.Lang)
		for i, s := range cells {
			cells[i] = NoFormula(s)
		}
		if err := c.w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

// NoFormula puts an apostrophe before a text that a spreadsheet program would calculate when it opens a text file.
func NoFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") {
		return "'" + s
	}
	return s
}

// Findings takes no notice: what they say is in the results.
func (c *Changes) Findings(*merchant.Record, []rules.Finding) error { return nil }

// Verdicts takes no notice.
func (c *Changes) Verdicts(iter.Seq[diagnose.Verdict]) error { return nil }

// Summary ends the list.
func (c *Changes) Summary(validate.Summary, *diff.Counts) error {
	if err := c.begin(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}
