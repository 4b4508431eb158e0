package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// failsBroadly is the finding that a rule fails on most rows.
const failsBroadly rules.ID = "BAT011"

// unusedColumn is the note about a column that fills no field. Its columns are named, since one may be missed.
const unusedColumn rules.ID = "SRC004"

const (
	foldRows      = 20 // a rule is folded when it finds something in as many rows, and in half of all
	foldCells     = 5  // cells named in a folded line
	maxProposals  = 5
	maxUnused     = 10 // unused columns named
	maxHeading    = 30 // characters of a heading in such a list
	maxRelated    = 10
	unpaddedWidth = 24 // a cell wider than this does not push the others to the right
)

// Text writes a report for people, grouped by merchant or by rule. It keeps errors and warnings until the end, since what is
// found over the batch belongs beside what was found in the record; infos are only counted.
type Text struct {
	w      *bufio.Writer
	o      Options
	sheets []merchant.Source // file and sheet, in order of appearance
	rows   map[place]*group
	keys   map[place]*group // by file and key, for rows that were joined to a merchant
	groups []*group
	rules  map[*rules.Rule]*tally
	broad  map[string]bool // rules that fail on most rows, as BAT011 says
	infos  []*rules.Rule   // in order of appearance
	unused []string        // the first columns that fill no field
	known  []known         // findings that are only counted: suppressed ones, and those of the baseline

	declines map[place]diagnose.Decline // by the row of the merchant
	verdicts map[diagnose.Decline]int   // nil where none were given
	lacking  rules.Needs                // evidence that verdicts lack
}

// known counts the findings of a rule that a suppression, or without one the baseline, keeps out of the list.
type known struct {
	rule       *rules.Rule
	suppressed rules.Suppressed
	found      int
}

// place is a row of a sheet, or a key of a file.
type place struct {
	sheet, row int
	key        string
}

// group is one merchant, or what concerns a sheet or a file (row 0). Merchants that stand in no row are told apart by
// their keys.
type group struct {
	sheet, row int
	key        string
	found      []entry
}

// entry is a finding as it will be written; the finding itself, with its columns and edits, is five times as big.
type entry struct {
	rule                  *rules.Rule
	severity              rules.Severity
	cell, message, remedy string
	more                  []string // proposals and related places
}

// tally counts one rule over the report.
type tally struct {
	rule     *rules.Rule
	severity rules.Severity
	found    int
	rows     int
	last     *group // the row counted last; findings of one row follow each other
	cells    []string
	remedy   string
}

// NewText returns a writer of text.
func NewText(w io.Writer, o Options) *Text {
	return &Text{w: bufio.NewWriter(w), o: o, rows: map[place]*group{}, keys: map[place]*group{}, rules: map[*rules.Rule]*tally{}, broad: map[string]bool{}}
}

// Finding takes one finding; see Findings.
func (t *Text) Finding(f *rules.Finding) error {
	return t.Findings(nil, []rules.Finding{*f})
}

// Findings takes the findings of a record, or of the batch when rec is nil. Nothing is written before Summary.
func (t *Text) Findings(rec *merchant.Record, found []rules.Finding) error {
	for i := range found {
		f := &found[i]
		if f.Suppressed != nil || f.Baseline == rules.BaselineOpen {
			t.count(f)
			continue
		}
		at := f.Source
		if rec != nil {
			at = rec.Source // a finding may stand in a row of another sheet that was joined in
		}
		g := t.group(f, at)
		n := t.rules[f.Rule]
		if n == nil {
			n = &tally{rule: f.Rule, severity: f.Severity}
			t.rules[f.Rule] = n
			if counted(f) {
				t.infos = append(t.infos, f.Rule)
			}
		}
		n.found++
		if f.Rule.ID == failsBroadly {
			t.broad[f.Param("rule")] = true
		}
		if (g.row > 0 || g.key != "") && n.last != g {
			n.rows++
			n.last = g
		}
		if counted(f) {
			if f.Rule.ID == unusedColumn && n.found <= maxUnused {
				t.unused = append(t.unused, t.o.unused(f))
			}
			continue
		}
		if len(n.cells) < foldCells {
			n.cells = append(n.cells, t.o.cell(f))
			if n.remedy == "" && !strings.Contains(f.Rule.Remedy.In(t.o.Lang), "{") {
				n.remedy = t.o.remedy(f)
			}
		}
		g.found = append(g.found, entry{f.Rule, f.Severity, t.o.cell(f), printable(t.o.message(f)), printable(t.o.remedy(f)),
			append(t.o.proposals(f), t.o.related(f)...)})
	}
	return nil
}

// unused names a column by its letter and its heading.
func (o *Options) unused(f *rules.Finding) string {
	heading := []rune(printable(o.sentence(f.Param("header"))))
	if len(heading) > maxHeading {
		heading = append(heading[:maxHeading-1], '…')
	}
	col := f.Param("col")
	if len(heading) == 0 || strings.HasPrefix(col, "$.") { // the path of a member ends with its name
		return col
	}
	return col + o.say("“", " \"") + string(heading) + o.say("”", "\"")
}

func (t *Text) count(f *rules.Finding) {
	k := known{rule: f.Rule}
	if f.Suppressed != nil {
		k.suppressed = *f.Suppressed
	}
	i := slices.IndexFunc(t.known, func(o known) bool { return o.rule == k.rule && o.suppressed == k.suppressed })
	if i < 0 {
		i = len(t.known)
		t.known = append(t.known, k)
	}
	t.known[i].found++
}

// counted reports a finding that the text only counts: notes, save those about declines, which were asked for.
func counted(f *rules.Finding) bool {
	return f.Severity == rules.Info && f.Rule.Scope != rules.ContextScope
}

func (t *Text) group(f *rules.Finding, at merchant.Source) *group {
	file, sheet := t.sheet(merchant.Source{File: at.File}), t.sheet(merchant.Source{File: at.File, Sheet: at.Sheet})
	row, key := at.Row, f.Key
	if row == 0 && key != "" && f.Rule.Scope != rules.SheetScope {
		g := t.keys[place{sheet: file, key: key}]
		if g == nil {
			g = &group{sheet: sheet, key: key}
			t.keys[place{sheet: file, key: key}] = g
			t.groups = append(t.groups, g)
		}
		return g
	}
	if row == 0 || f.Rule.Scope == rules.SheetScope {
		row, key = 0, ""
	}
	if g := t.rows[place{sheet: sheet, row: row}]; g != nil {
		return g
	}
	if g := t.keys[place{sheet: file, key: key}]; g != nil && key != "" && g.sheet != sheet {
		return g
	}
	g := &group{sheet: sheet, row: row, key: key}
	t.rows[place{sheet: sheet, row: row}] = g
	if key != "" {
		t.keys[place{sheet: file, key: key}] = g
	}
	t.groups = append(t.groups, g)
	return g
}

func (t *Text) sheet(s merchant.Source) int {
	i := slices.Index(t.sheets, s)
	if i < 0 {
		i = len(t.sheets)
		t.sheets = append(t.sheets, s)
	}
	return i
}

// Summary writes the report. The counts of a comparison are d; nil where none was made.
func (t *Text) Summary(s validate.Summary, d *diff.Counts) error {
	if s.Partial {
		t.line(0, red, t.o.say("结果不完整：并非所有问题都在下面。", "The result is partial: not every finding is listed below."))
		t.line(0, plain, "")
	}
	folded := t.folded(s.Records)
	t.writeFolded(folded)
	slices.SortStableFunc(t.groups, func(a, b *group) int {
		switch wa, wb := t.whole(a), t.whole(b); {
		case wa != wb && wa:
			return -1
		case wa != wb:
			return 1
		case a.sheet != b.sheet:
			return a.sheet - b.sheet
		}
		return a.row - b.row
	})
	for _, g := range t.groups {
		g.found = slices.DeleteFunc(g.found, func(e entry) bool { return folded[e.rule] })
	}
	if t.o.ByRule {
		t.writeByRule()
	} else {
		t.writeByMerchant()
	}
	t.writeInfos()
	t.writeKnown()
	coverage := t.o.Coverage(s)
	t.writeCoverage(coverage)
	t.writeCounts(s, d, coverage.Complete())
	return t.w.Flush()
}

func (t *Text) writeByMerchant() {
	file := ""
	for _, g := range t.groups {
		if len(g.found) == 0 {
			continue
		}
		if name := t.sheets[g.sheet].File; name != file {
			file = name
			t.line(0, bold, printable(fileName(file)))
			t.line(0, plain, "")
		}
		t.writeGroup(g)
	}
}

// writeByRule lists the findings of each rule together, those that matter most for a decline first. The remedy stands
// once, under the heading, where it is the same for all.
func (t *Text) writeByRule() {
	type found struct {
		g *group
		e *entry
	}
	type section struct {
		list   []found
		remedy string // "" where the findings differ in it
		pad    int
	}
	sections := map[*rules.Rule]*section{}
	var order []*rules.Rule
	file, several := "", false
	for _, g := range t.groups {
		for i := range g.found {
			e := &g.found[i]
			s := sections[e.rule]
			if s == nil {
				s = &section{remedy: e.remedy}
				sections[e.rule] = s
				order = append(order, e.rule)
			}
			if s.remedy != e.remedy {
				s.remedy = ""
			}
			s.list = append(s.list, found{g, e})
			if name := t.sheets[g.sheet].File; name != "" {
				several = several || file != "" && name != file
				file = name
			}
		}
	}
	slices.SortFunc(order, t.first)
	for _, r := range order {
		s := sections[r]
		word, color := t.severity(s.list[0].e.severity)
		t.line(0, plain, color.wrap(t.o, word)+" "+bold.wrap(t.o, mark(r)+"  "+r.Title.In(t.o.Lang))+" ×"+strconv.Itoa(len(s.list)))
		if s.remedy != "" {
			t.line(2, dim, "→ "+s.remedy)
		}
		places := make([]string, len(s.list))
		for i, f := range s.list {
			if places[i] = f.e.cell; several && t.sheets[f.g.sheet].File != "" {
				places[i] = printable(fileName(t.sheets[f.g.sheet].File)) + " " + f.e.cell
			}
			if n := columns(places[i]); n <= unpaddedWidth {
				s.pad = max(s.pad, n)
			}
		}
		for i, f := range s.list {
			line := pad(places[i], s.pad+2)
			if f.g.key != "" {
				line += printable(t.o.Key(f.g.key)) + "  "
			}
			t.line(2, plain, line+f.e.message)
			if s.remedy == "" {
				t.line(s.pad+4, dim, "→ "+f.e.remedy)
			}
			for _, l := range f.e.more {
				t.line(s.pad+4, plain, l)
			}
		}
		t.line(0, plain, "")
	}
}

// whole reports whether the group is about the batch as a whole.
func (t *Text) whole(g *group) bool {
	return g.row == 0 && g.key == "" && t.sheets[g.sheet] == merchant.Source{}
}

// folded returns the rules that are shown with one line for all rows.
func (t *Text) folded(records int) map[*rules.Rule]bool {
	folded := map[*rules.Rule]bool{}
	for r, n := range t.rules {
		if n.severity > rules.Info && (t.broad[string(r.ID)] || n.rows >= foldRows && 2*n.rows >= records) {
			folded[r] = true
		}
	}
	return folded
}

// order sorts findings of one merchant: those that matter most for a decline, then errors, then warnings.
func order(a, b *rules.Rule, sa, sb rules.Severity) int {
	star := func(r *rules.Rule) int {
		if r.Star > 0 {
			return r.Star
		}
		return 1 << 30
	}
	if d := star(a) - star(b); d != 0 {
		return d
	}
	return int(sb) - int(sa)
}

// first sorts rules that have findings in the same way, and by ID.
func (t *Text) first(a, b *rules.Rule) int {
	return cmp.Or(order(a, b, t.rules[a].severity, t.rules[b].severity), strings.Compare(string(a.ID), string(b.ID)))
}

func (t *Text) writeFolded(folded map[*rules.Rule]bool) {
	var list []*tally
	for r := range folded {
		list = append(list, t.rules[r])
	}
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, func(a, b *tally) int { return t.first(a.rule, b.rule) })
	t.line(0, bold, t.o.say("半数以上的行都有的问题", "Found in half of the rows or more"))
	for _, n := range list {
		word, color := t.severity(n.severity)
		t.line(2, plain, color.wrap(t.o, word)+" "+mark(n.rule)+"  "+n.rule.Title.In(t.o.Lang)+
			fmt.Sprintf(t.o.say("：%d 处，%d 行。例如 ", ": %d findings in %d rows, such as "), n.found, n.rows)+
			strings.Join(n.cells, t.o.say("、", ", ")))
		if n.remedy != "" {
			t.line(4, dim, "→ "+n.remedy)
		}
	}
	t.line(0, plain, "")
}

func (t *Text) writeGroup(g *group) {
	at := t.sheets[g.sheet]
	head := ""
	switch {
	case g.row == 0 && g.key != "":
		head = t.o.say("商户 ", "Merchant ") + t.o.Key(g.key) + t.decline(g)
	case t.whole(g):
		head = t.o.say("整批", "The batch")
	case g.row == 0 && at.Sheet != "":
		head = t.o.say("工作表 ", "Sheet ") + at.Sheet
	case g.row == 0:
		head = t.o.say("整个文件", "The file")
	default:
		row := fmt.Sprintf(t.o.say("第 %d 行", "row %d"), g.row)
		if at.Sheet != "" {
			row = at.Sheet + " " + row
		}
		if head = row; g.key != "" {
			head = t.o.say("商户 ", "Merchant ") + t.o.Key(g.key) + " · " + row
		}
		head += t.decline(g)
	}
	t.line(0, bold, printable(head))
	slices.SortStableFunc(g.found, func(a, b entry) int { return order(a.rule, b.rule, a.severity, b.severity) })
	pad := 0
	for i := range g.found {
		if n := columns(g.found[i].cell); n <= unpaddedWidth {
			pad = max(pad, n)
		}
	}
	for i := range g.found {
		t.writeEntry(&g.found[i], pad)
	}
	t.line(0, plain, "")
}

func (t *Text) writeEntry(e *entry, pad int) {
	word, color := t.severity(e.severity)
	cell := "  " + e.cell + strings.Repeat(" ", max(pad-columns(e.cell), 0)) + "  "
	head := columns(cell + word + " " + mark(e.rule) + "  ")
	lines := []string{e.message}
	if t.o.Width > 0 {
		lines = wrap(e.message, max(t.o.Width-head, 20))
	}
	t.w.WriteString(cell + color.wrap(t.o, word) + " " + bold.wrap(t.o, mark(e.rule)) + "  " + lines[0] + "\n")
	for _, l := range lines[1:] {
		t.w.WriteString(strings.Repeat(" ", head) + l + "\n")
	}
	t.line(pad+4, dim, "→ "+e.remedy)
	for _, l := range e.more {
		t.line(pad+4, plain, l)
	}
}

func (t *Text) writeInfos() {
	if len(t.infos) == 0 {
		return
	}
	t.line(0, bold, t.o.say("提示", "Notes"))
	slices.SortFunc(t.infos, func(a, b *rules.Rule) int { return strings.Compare(string(a.ID), string(b.ID)) })
	for _, r := range t.infos {
		line := string(r.ID) + "  " + r.Title.In(t.o.Lang) + " ×" + strconv.Itoa(t.rules[r].found)
		if r.ID == unusedColumn {
			line += t.o.say("：", ": ") + strings.Join(t.unused, t.o.say("、", ", "))
			if t.rules[r].found > len(t.unused) {
				line += t.o.say("……", ", …")
			}
		}
		t.line(2, plain, line)
	}
	t.line(0, plain, "")
}

// writeKnown lists what stands in the baseline by rule, and what is suppressed with reason and end.
func (t *Text) writeKnown() {
	slices.SortStableFunc(t.known, func(a, b known) int { return strings.Compare(string(a.rule.ID), string(b.rule.ID)) })
	section := func(zh, en string, suppressed bool) {
		head := t.o.say(zh, en)
		for _, k := range t.known {
			if (k.suppressed != rules.Suppressed{}) != suppressed {
				continue
			}
			if head != "" {
				t.line(0, bold, head)
				head = ""
			}
			line := mark(k.rule) + "  " + k.rule.Title.In(t.o.Lang) + " ×" + strconv.Itoa(k.found)
			if suppressed {
				line += t.o.say("：", ": ") + t.o.granted(&k.suppressed)
			}
			t.line(2, plain, line)
		}
		if head == "" {
			t.line(0, plain, "")
		}
	}
	section("基线中已有、仍未解决", "In the baseline and still open", false)
	section("已豁免，不计入结果", "Suppressed, not counted", true)
}

func (t *Text) writeCounts(s validate.Summary, d *diff.Counts, complete bool) {
	if d != nil {
		t.line(0, plain, fmt.Sprintf(t.o.say(
			"银行登记核对：匹配 %d，一致 %d，规范后一致 %d，不一致 %d，银行无记录 %d，本地无记录 %d，重复的键 %d，疑似录错的键 %d",
			"Registry: matched %d, equal %d, equal after normalising %d, changed %d, missing in the registry %d, missing here %d, duplicate keys %d, suspected keys %d"),
			d.Matched, d.Equal, d.EqualAfterNormalising, d.Changed, d.MissingInRegistry, d.MissingInLocal, d.DuplicateKeys, d.KeySuspects))
	}
	t.writeVerdicts()
	t.line(0, plain, fmt.Sprintf(t.o.say("检查日期 %s · 方案 %s · 商户记录 %d 条", "As of %s · profile %s · merchant records %d"),
		s.AsOf, printable(s.Profile), s.Records))
	color := plain
	switch {
	case s.Errors > 0:
		color = red
	case s.Warning > 0:
		color = yellow
	}
	counts := fmt.Sprintf(t.o.say("错误 %d · 警告 %d · 提示 %d", "errors %d · warnings %d · notes %d"), s.Errors, s.Warning, s.Info)
	if s.Suppressed > 0 {
		counts += fmt.Sprintf(t.o.say(" · 另有已豁免 %d", " · suppressed besides %d"), s.Suppressed)
	}
	t.line(0, color, counts)
	if b := s.Baseline; b != nil {
		t.line(0, plain, fmt.Sprintf(t.o.say("与基线相比：新增 %d（错误 %d，警告 %d）· 仍未解决 %d · 已解决 %d", "Against the baseline: new %d (errors %d, warnings %d) · still open %d · fixed %d"),
			total(b.New), b.New.Errors, b.New.Warning, total(b.Open), b.Fixed))
	}
	switch {
	case s.Partial:
	case s.Records == 0:
		t.line(0, yellow, t.o.say("没有读到商户记录，什么也没有检查。", "No merchant records were read; nothing was checked."))
	case s.Errors+s.Warning+s.Info > 0:
	case !complete:
		t.line(0, yellow, t.o.say("已执行的规则没有发现问题；上面列出的规则没有执行。", "The rules that ran found nothing; those listed above did not run."))
	case s.Suppressed > 0:
		t.line(0, green, t.o.say("除已豁免的以外没有发现问题。", "Nothing was found beside what is suppressed."))
	default:
		t.line(0, green, t.o.say("没有发现问题。", "Nothing was found."))
	}
}

func total(s validate.Severities) int { return s.Errors + s.Warning + s.Info }

func (t *Text) severity(s rules.Severity) (string, color) {
	return t.o.severity(s), map[rules.Severity]color{rules.Error: red, rules.Warning: yellow}[s]
}

// mark names a rule, with a star where it matters most for a decline.
func mark(r *rules.Rule) string {
	if r.Star > 0 {
		return "★" + string(r.ID)
	}
	return string(r.ID)
}

// line writes s with an indent, broken at the width of the report.
func (t *Text) line(indent int, c color, s string) {
	for i, l := range wrap(s, t.o.Width-indent) {
		if l != "" {
			more := 0
			if i > 0 {
				more = 2
			}
			t.w.WriteString(strings.Repeat(" ", indent+more))
		}
		t.w.WriteString(c.wrap(t.o, l) + "\n")
	}
}

// color is an ANSI sequence.
type color string

const (
	plain  color = ""
	bold   color = "\x1b[1m"
	dim    color = "\x1b[2m"
	red    color = "\x1b[31m"
	green  color = "\x1b[32m"
	yellow color = "\x1b[33m"
)

func (c color) wrap(o Options, s string) string {
	if !o.Color || c == plain || s == "" {
		return s
	}
	return string(c) + s + "\x1b[0m"
}
