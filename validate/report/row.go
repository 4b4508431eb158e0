package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Row is a finding as every form of report shows it: worded in the language of the report, masked, and with invisible
// characters named.
type Row struct {
	Severity string // the word for it
	Place    string // sheet and cell, as a person looks for it in a spreadsheet
	Value    string // as it stands in the source
	Message  string
	Remedy   string
	Notes    []string // what keeps it from counting, proposals, related places, a line each

	Ours, Theirs string // the two values that a comparison with the registry found to differ
}

// Row words a finding.
func (o *Options) Row(f *rules.Finding) Row {
	row := Row{Severity: o.severity(f.Severity), Place: o.cell(f), Value: printable(o.value(f)), Message: printable(o.message(f)),
		Remedy: printable(o.remedy(f)), Notes: slices.Concat(o.standing(f), o.proposals(f), o.related(f))}
	for i := range f.Params {
		if f.Rule.Scope != rules.RegistryScope {
			break
		}
		switch p := &f.Params[i]; p.Name {
		case "a":
			row.Ours = printable(o.param(*p))
		case "b":
			row.Theirs = printable(o.param(*p))
		}
	}
	return row
}

// standing tells that a finding is suppressed, or what the baseline says.
func (o *Options) standing(f *rules.Finding) []string {
	switch {
	case f.Suppressed != nil:
		return []string{o.say("已豁免：", "suppressed: ") + o.granted(f.Suppressed)}
	case f.Baseline == rules.BaselineOpen:
		return []string{o.say("基线中已有", "in the baseline")}
	case f.Baseline == rules.BaselineNew:
		return []string{o.say("新增", "new")}
	}
	return nil
}

// granted words reason and end of a suppression.
func (o *Options) granted(s *rules.Suppressed) string {
	return printable(o.sentence(s.Reason)) + fmt.Sprintf(o.say("（至 %s）", " (until %s)"), s.Until)
}

func (o *Options) severity(s rules.Severity) string {
	switch s {
	case rules.Error:
		return o.say("错误", "error")
	case rules.Warning:
		return o.say("警告", "warning")
	}
	return o.say("提示", "note")
}

// related names the other places of a finding.
func (o *Options) related(f *rules.Finding) []string {
	if len(f.Related) == 0 {
		return nil
	}
	var places []string
	for i, r := range f.Related {
		if i == maxRelated {
			places = append(places, fmt.Sprintf("+%d", len(f.Related)-i))
			break
		}
		name := ""
		if r.Source.File != f.Source.File {
			name = printable(fileName(r.Source.File)) + " "
		}
		at := o.at(r.Source, "")
		if r.Source == (merchant.Source{}) && r.Key != "" {
			at = printable(o.Key(r.Key))
		}
		places = append(places, name+at)
	}
	return []string{o.say("相关：", "related: ") + strings.Join(places, o.say("、", ", "))}
}

// proposals lists the alternatives: the new value, or the sentence where that says more. Where a mask hides what would
// change, the places in the value are named instead.
func (o *Options) proposals(f *rules.Finding) (lines []string) {
	var safe, maybe, places []string
	for i := range f.Fixes {
		fix := &f.Fixes[i]
		s := o.fixMessage(fix)
		if len(fix.Edits) == 1 {
			e := &fix.Edits[0]
			switch v := o.shown(e.Path.Field, e.New); {
			case v == e.New && v != "":
				s = v
			case v != e.New && len(e.Old) == len(e.New):
				if place := o.place(e.Old, e.New); !slices.Contains(places, place) {
					places = append(places, place)
				}
				continue
			}
		}
		s = printable(s)
		list := &maybe
		if fix.Safe {
			list = &safe
		}
		if len(*list) < maxProposals && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	if len(safe) > 0 {
		lines = append(lines, o.say("可改为：", "may be set to: ")+strings.Join(safe, o.say("、", ", ")))
	}
	if len(maybe) > 0 {
		lines = append(lines, o.say("可能是：", "perhaps: ")+strings.Join(maybe, o.say("、", ", ")))
	}
	if len(places) > 0 {
		lines = append(lines, o.say("可能录错：", "perhaps wrong: ")+strings.Join(places, o.say("、", ", "))+
			o.say("（候选值见 --unmask）", " (--unmask shows the candidates)"))
	}
	return lines
}

// place names the characters in which two values of one length differ.
func (o *Options) place(a, b string) string {
	var at []string
	for i := range len(a) {
		if a[i] != b[i] {
			at = append(at, strconv.Itoa(i+1))
		}
	}
	return o.say("第"+strings.Join(at, "、")+"位", "position "+strings.Join(at, " and "))
}

// cell names the place of a finding as a person looks for it in a spreadsheet; in a record that comes from nowhere, a
// database perhaps, it is the path.
func (o *Options) cell(f *rules.Finding) string {
	if f.Source.File == "" && f.Source.Sheet == "" && f.Source.Row == 0 && f.Column == nil && f.Path != (merchant.Path{}) {
		return f.Path.String()
	}
	letter := ""
	if f.Column != nil {
		letter = f.Column.Letter
	}
	return o.at(f.Source, letter)
}

func (o *Options) at(s merchant.Source, letter string) string {
	place := letter
	switch {
	case letter != "" && s.Row > 0:
		place += strconv.Itoa(s.Row)
	case letter != "":
		place = fmt.Sprintf(o.say("%s列", "column %s"), letter)
	case s.Row > 0:
		place = fmt.Sprintf(o.say("第%d行", "row %d"), s.Row)
	}
	switch {
	case s.File == "" && s.Sheet == "" && place == "":
		return o.say("整批", "batch")
	case s.Sheet == "" && place == "":
		return o.say("文件", "file")
	case s.Sheet == "":
		return place
	case place == "":
		return printable(s.Sheet)
	}
	return printable(s.Sheet) + "!" + place
}
