// Package suppress keeps known findings from counting: suppressions, which a house grants for one place, with a reason and
// an end, and baselines, which tell what an earlier run had from what is new.
//
// A suppression is exact. It names one rule or several by ID, and the place: the key of a merchant (merchant_no, else
// external_id), a path (licence.valid_to, terminals[0].serial_no), or both; for findings about a sheet its file, its name or
// the text of a heading. There are no wildcards. Reason and last day are mandatory. As JSON, in which comments (//, /* */)
// and a comma after the last entry are allowed:
//
//	{"suppressions": [
//	  {"rule": "SET006", "key": "898290054110001", "path": "settlement.account_name",
//	   "reason": "更名手续办理中，银行已书面确认", "until": "2027-01-31"},
//	  {"rules": ["CON005", "CON006"], "key": "898290054110002", "reason": "总部统一联系人", "until": "2026-12-31"},
//	  {"rule": "SRC004", "header": "业务员备注", "reason": "内部列，不用于进件", "until": "2027-06-30"}]}
//
// A suppressed finding stays in the reports, marked, and counts for nothing. It reaches findings about sheets, records,
// batches and the registry alike. A rule of level law and severity error is not suppressed unless the member suppressible of
// the profile names it. Expired, unmatched and forbidden suppressions are findings themselves (SUP001 to SUP004).
//
// A baseline is a list of fingerprints, which hold no values. A finding it knows is still open, another is new, and what of
// it does not occur again although its rule ran is fixed (SUP005). See [Baseline].
//
// A suppression goes before everything else: it hides what a per-run option, the profile or the rule itself graded, in
// that order.
package suppress

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/suppression"
	"github.com/merchantkyc/merchantkyc/validate"
)

// Suppression is one entry. Without Key and Path it is for findings about a sheet only.
type Suppression struct {
	Rules  []rules.ID
	Key    string        // merchant_no, else external_id; "" for any
	Path   merchant.Path // zero for any; a list member without an index is no wildcard
	File   string        // name without folders; "" for any
	Sheet  string        // "" for any
	Header string        // heading of the column, with the group headings above it; "" for any
	Reason string
	Until  merchant.Date // the last day

	ListFile string // where the entry stands, for messages
	Line     int
}

// Options are what a [Marker] works with; all of them may be left out.
type Options struct {
	Suppressions []Suppression
	Baseline     *Baseline // what an earlier run found
	Record       *Baseline // takes what this run finds, to be written with WriteTo
}

// Marker marks the findings of one run. It is not safe for concurrent use; a sink is not called so.
type Marker struct {
	v      *validate.Validator
	items  []*item
	byKey  map[string][]*item // those with a key
	byRule map[place][]*item
	o      Options
	seen   map[fingerprint]bool
	source merchant.Source // file and sheet of the record seen last
}

// place is where a finding looks for suppressions: its rule and key, and its rule alone.
type place struct {
	rule rules.ID
	key  string
}

// item is one rule of one suppression.
type item struct {
	*Suppression
	rule            *rules.Rule
	barred, expired bool
	matched         bool
	present, ran    bool // the merchant or the sheet was in the run; the rule looked at that merchant
}

// New checks the suppressions against the rules of v, those that do not run included. A mistake is a
// [*strictjson.Error] with the line of the entry. A validator with MaxFindings is refused, since a marker must see all.
func New(v *validate.Validator, o Options) (*Marker, error) {
	m := &Marker{v: v, o: o, byKey: map[string][]*item{}, byRule: map[place][]*item{}, seen: map[fingerprint]bool{},
		source: merchant.Source{Row: -1}} // no record stands there
	if v.Limit() > 0 {
		return nil, errors.New("suppress: what validate.MaxFindings holds back cannot be marked; limit what the sink writes instead")
	}
	known := map[rules.ID]*rules.Rule{}
	for _, r := range v.Rules() {
		known[r.ID] = r
	}
	for i := range o.Suppressions {
		s := &o.Suppressions[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		for _, id := range s.Rules {
			r := known[id]
			if r == nil {
				return nil, s.errorf("没有规则 %q；用 merchantcheck rules 查看全部规则", "there is no rule %q; merchantcheck rules lists all", string(id))
			}
			it := &item{Suppression: s, rule: r, expired: s.Until.Before(v.AsOf()), barred: v.Severity(id) == rules.Error && law(r) &&
				!slices.Contains(v.Profile().Suppressible, id)}
			at := place{id, s.Key}
			for _, other := range m.byRule[at] {
				if other.samePlace(s) {
					return nil, s.errorf("与第%[2]d行的豁免重复（%[1]s）；请删去一条", "the suppression of %[1]s on line %[2]d is for the same place; remove one", string(id), other.Line)
				}
			}
			m.items, m.byRule[at] = append(m.items, it), append(m.byRule[at], it)
			if s.Key != "" {
				m.byKey[s.Key] = append(m.byKey[s.Key], it)
			}
		}
	}
	return m, nil
}

func law(r *rules.Rule) bool {
	return slices.ContainsFunc(r.Basis, func(b rules.Basis) bool { return b.Level == rules.Law })
}

func (s *Suppression) samePlace(o *Suppression) bool {
	return s.Key == o.Key && s.Path == o.Path && s.File == o.File && s.Sheet == o.Sheet && s.Header == o.Header
}

// about reports whether the entry is for findings about a sheet.
func (s *Suppression) about() bool { return s.Key == "" && !s.Path.Field.Valid() }

func (s *Suppression) errorf(zh, en string, args ...any) error {
	return (&strictjson.Value{File: s.ListFile, Line: s.Line}).Errorf(zh, en, args...)
}

func (s *Suppression) check() error {
	switch {
	case len(s.Rules) == 0:
		return s.errorf("缺少规则编号；请写 rule 或 rules", "the rule is missing; give rule or rules")
	case s.about() && s.File == "" && s.Sheet == "" && s.Header == "":
		return s.errorf("没有写豁免的对象；请写 key 或 path，工作表的问题写 file、sheet 或 header", "the place is missing; give key or path, for findings about a sheet file, sheet or header")
	case strings.TrimSpace(s.Reason) == "":
		return s.errorf("缺少理由；请写 reason", "the reason is missing; give reason")
	case s.Until.IsZero():
		return s.errorf("缺少截止日；请写 until，如 2027-01-31", "the last day is missing; give until, such as 2027-01-31")
	}
	for i, id := range s.Rules {
		if strings.HasPrefix(string(id), "SUP") {
			return s.errorf("%s 说的是豁免和基线本身，不能豁免；请改正豁免清单", "%s speaks of suppressions and baselines and cannot be suppressed; mend those", string(id))
		}
		if slices.Contains(s.Rules[:i], id) {
			return s.errorf("规则 %q 写了两次；请删去一个", "the rule %q stands twice; remove one", string(id))
		}
	}
	return nil
}

// matches reports whether the entry names the place of f; rule and key are known to fit.
func (s *Suppression) matches(f *rules.Finding) bool {
	return (!s.Path.Field.Valid() || s.Path == f.Path) &&
		(s.File == "" || s.File == filepath.Base(f.Source.File)) && (s.Sheet == "" || s.Sheet == f.Source.Sheet) &&
		(s.Header == "" || f.Column != nil && s.Header == f.Column.Header) &&
		(!s.about() || f.Rule.Scope == rules.SheetScope || f.Key == "" && f.Source.Row == 0)
}

// See tells the marker of a record that only a comparison reads, so that suppressions of registry rules for it can be
// unmatched. Mark does it for the records of a run.
func (m *Marker) See(r *merchant.Record) {
	for _, it := range m.byKey[r.Key()] {
		it.present = it.present || it.rule.Scope == rules.RegistryScope
	}
	m.seeSheet(r)
}

func (m *Marker) seeRecord(r *merchant.Record) {
	var counts map[rules.ID]validate.RuleCount
	for _, it := range m.byKey[r.Key()] {
		it.present = true
		if it.rule.Scope == rules.RecordScope && !it.matched && !it.ran && m.v.Severity(it.rule.ID) != 0 {
			if counts == nil {
				counts = m.v.Coverage(r)
			}
			it.ran = counts[it.rule.ID].Applied > 0
		}
	}
	m.seeSheet(r)
}

func (m *Marker) seeSheet(r *merchant.Record) {
	at := merchant.Source{File: r.Source.File, Sheet: r.Source.Sheet}
	if at == m.source {
		return
	}
	m.source = at
	for _, it := range m.items {
		it.present = it.present || it.Key == "" && (it.File == "" || it.File == filepath.Base(at.File)) && (it.Sheet == "" || it.Sheet == at.Sheet)
	}
}

// Mark marks findings in place. It takes what a [validate.Sink] takes.
func (m *Marker) Mark(rec *merchant.Record, found []rules.Finding) {
	for i := range found {
		f := &found[i]
		m.suppress(f, place{f.Rule.ID, f.Key})
		if f.Key != "" {
			m.suppress(f, place{rule: f.Rule.ID})
		}
		m.compare(f)
	}
	if rec != nil {
		m.seeRecord(rec)
	}
}

func (m *Marker) suppress(f *rules.Finding, at place) {
	for _, it := range m.byRule[at] {
		if !it.expired && !it.barred && it.matches(f) {
			it.matched = true
			if f.Suppressed == nil {
				f.Suppressed = &rules.Suppressed{Reason: it.Reason, Until: it.Until}
			}
		}
	}
}

// Sink returns a sink that marks what it passes on to next.
func (m *Marker) Sink(next validate.Sink) validate.Sink {
	return func(rec *merchant.Record, found []rules.Finding) error {
		m.Mark(rec, found)
		return next(rec, found)
	}
}

// Finish returns what is to be said about the suppressions and the baseline after a run, graded as the validator says, and
// enters it into the summary. What did not occur is told only where the summary is not partial.
func (m *Marker) Finish(sum *validate.Summary) []rules.Finding {
	if sum.Rules == nil {
		sum.Rules = map[rules.ID]validate.RuleCount{}
	}
	var found []rules.Finding
	report := func(rule *rules.Rule, f rules.Finding) {
		if f.Severity = m.v.Severity(rule.ID); f.Severity != 0 {
			f.Rule = rule
			found = append(found, f)
		}
	}
	for _, it := range m.items {
		f := rules.Finding{Source: merchant.Source{File: it.ListFile, Row: it.Line}, Key: it.Key, Path: it.Path,
			Params: []rules.Param{rules.P("rule", string(it.rule.ID)), rules.P("key", it.where()), rules.P("until", it.Until.String())}}
		switch left := it.Until.DaysSince(m.v.AsOf()); {
		case it.barred:
			report(&suppression.SUP004, f)
		case it.expired:
			report(&suppression.SUP002, f)
		case !it.matched && !sum.Partial && it.present && m.ran(it.rule, sum) && (it.ran || it.Key == "" || it.rule.Scope != rules.RecordScope):
			report(&suppression.SUP001, f)
		case left <= m.v.Profile().Params.SuppressWarnDays:
			report(&suppression.SUP003, f)
		}
	}
	if m.o.Baseline != nil {
		if sum.Baseline == nil {
			sum.Baseline = &validate.BaselineCount{}
		}
		if !sum.Partial {
			sum.Baseline.Fixed = m.fixed(sum)
		}
		if n := sum.Baseline.Fixed; n > 0 {
			report(&suppression.SUP005, rules.Finding{Source: merchant.Source{File: m.o.Baseline.file},
				Params: []rules.Param{rules.P("n", strconv.Itoa(n))}})
		}
	}
	for _, r := range m.v.Rules() {
		if r.Scope != rules.ConfigScope || m.v.Severity(r.ID) == 0 {
			continue
		}
		switch n := len(m.items); {
		case r.Needs&rules.NeedSuppressions != 0 && n > 0:
			sum.Rules[r.ID] = validate.RuleCount{Applied: n}
		case r.Needs&rules.NeedBaseline != 0 && m.o.Baseline != nil:
			sum.Rules[r.ID] = validate.RuleCount{Applied: 1}
		default:
			sum.Rules[r.ID] = validate.RuleCount{Skipped: map[string]int{"needs " + r.Needs.Text("en"): sum.Records}}
		}
	}
	sum.Add(found)
	return found
}

// ran reports whether the rule looked at anything in the run. Sheet rules look at what a loader says, and a sound sheet
// says nothing.
func (m *Marker) ran(r *rules.Rule, sum *validate.Summary) bool {
	if r.Scope == rules.SheetScope && r.Check != nil {
		return m.v.Severity(r.ID) != 0 && sum.Records > 0
	}
	return sum.Rules[r.ID].Applied > 0
}

// where names the place of an entry in a message.
func (s *Suppression) where() string {
	var parts []string
	for _, p := range [...]string{s.Key, s.Path.String(), s.File, s.Sheet, s.Header} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}
