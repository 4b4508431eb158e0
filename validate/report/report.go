// Package report writes findings: as text for people and as JSON lines for programs.
//
// A report shows what is in the findings and in the summary and computes nothing of its own, so that all forms agree.
// Values are masked as their fields demand, in sentences, parameters and proposals alike, unless Options.Unmask is set.
// The same findings give the same bytes.
package report

import (
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// Options say how a report is written.
type Options struct {
	Lang   string        // zh or en; anything else is Chinese
	Unmask bool          // show personal data in full
	Color  bool          // ANSI colours; text only
	Width  int           // columns of a line of text; 0 breaks no lines
	ByRule bool          // findings of one rule together, instead of those of one merchant; text only
	Rules  []*rules.Rule // catalogue for the coverage; nil stands for the built-in rules
}

// Writer is one form of report. Findings is a [validate.Sink]; Verdicts follows where a registry or a response code was
// given; Summary ends the report.
type Writer interface {
	Findings(rec *merchant.Record, found []rules.Finding) error
	Verdicts(list iter.Seq[diagnose.Verdict]) error
	Summary(s validate.Summary, d *diff.Counts) error
}

func (o *Options) say(zh, en string) string {
	if o.Lang == "en" {
		return en
	}
	return zh
}

func (o *Options) catalogue() []*rules.Rule {
	if o.Rules != nil {
		return o.Rules
	}
	return builtin.Rules()
}

// fixMessage returns the sentence of a fix. Rules write the new value into it, so what an edit masks is masked there too.
func (o *Options) fixMessage(fix *rules.Fix) string {
	s := fix.Message.In(o.Lang)
	var values []rules.Param
	for _, e := range fix.Edits {
		values = append(values, rules.V("", e.Path.Field, e.Old), rules.V("", e.Path.Field, e.New))
	}
	// The longest first: a short value may be a part of a long one.
	slices.SortStableFunc(values, func(a, b rules.Param) int { return len(b.Value) - len(a.Value) })
	for _, v := range values {
		if v.Value == "" {
			continue
		}
		shown := v.In(o.Lang, o.Unmask)
		s = strings.ReplaceAll(s, v.Value, shown)
		if q := strconv.Quote(v.Value); q != `"`+v.Value+`"` { // English sentences quote what cannot be seen
			s = strings.ReplaceAll(s, q, strconv.Quote(shown))
		}
	}
	return o.sentence(s)
}

// fileName is the name a report gives to a file: without the folder, which says nothing to the reader and much about
// the machine.
func fileName(s string) string {
	if s == "" {
		return ""
	}
	return filepath.Base(s)
}
