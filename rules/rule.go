// Package rules is the vocabulary of checking: what a rule is, what it sees, and what it finds.
//
// A rule is a [Rule] value in a package variable of a family package (rules/licence, rules/account …). It has one
// severity, one kind and one cause, its texts in Chinese and English, and exactly one of Check and Batch. The engine
// (package validate) compiles rules into a plan; nothing registers itself.
//
// A [Finding] says that the data is wrong; it is never an error value.
package rules

import (
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// ID is the identity of a rule: three letters and three digits (LIC003) for ours, a house's own prefix with a hyphen
// (ACME-001) otherwise. An ID is never reused and never renumbered.
type ID string

// Severity says what a finding means for the record.
type Severity uint8

// The severities. Info: normalised or noted. Warning: a person must look, the record may go on. Error: refused by the
// registry or the clearing, barred by law, or makes the terminal fail.
const (
	Info Severity = iota + 1
	Warning
	Error
)

var severityNames = [...]string{"", "info", "warning", "error"}

// String returns info, warning or error.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return ""
}

// ParseSeverity reads what String writes.
func ParseSeverity(s string) (Severity, bool) {
	for i, n := range severityNames {
		if n == s && n != "" {
			return Severity(i), true
		}
	}
	return 0, false
}

// Kind is what sort of trouble a finding is. The set is closed, so that clients may switch on it.
type Kind string

// The kinds of findings.
const (
	Missing    Kind = "missing"    // nothing there
	Format     Kind = "format"     // cannot be read or has the wrong shape
	Checksum   Kind = "checksum"   // right shape, wrong check digit
	Unknown    Kind = "unknown"    // not in a table or an option list
	Precision  Kind = "precision"  // digits lost in the file
	Mismatch   Kind = "mismatch"   // two values contradict each other
	Duplicate  Kind = "duplicate"  //
	Expired    Kind = "expired"    //
	Expiring   Kind = "expiring"   //
	Stale      Kind = "stale"      // older than it may be
	Status     Kind = "status"     // a state forbids trading
	Limit      Kind = "limit"      // a bound is broken
	Policy     Kind = "policy"     // allowed by form, barred by rule
	Screening  Kind = "screening"  //
	Normalised Kind = "normalised" // read, with another form kept aside
)

// unusable reports whether a finding of the kind means that the value itself cannot be used by other rules; an expired
// date or a forbidden state is a sound value.
func (k Kind) unusable() bool {
	return k == Missing || k == Format || k == Checksum || k == Unknown || k == Precision
}

// Cause is a code of the causes of 无效商户 (SC-01 … SC-21, X-01 … X-05).
type Cause string

// Scope says what a rule looks at.
type Scope uint8

// The scopes. Sheet rules see the notes of a sheet, record rules a record, batch rules all records of a run, registry
// rules a pair of records (ours and the bank's), context rules a merchant whose transactions
// were declined, config rules the suppressions and the baseline.
const (
	RecordScope Scope = iota
	SheetScope
	BatchScope
	RegistryScope
	ContextScope
	ConfigScope
)

// Text is a text in Chinese and English. Placeholders in braces ({value}) are the same in both.
type Text struct{ ZH, EN string }

// In returns the text in lang: English for en, Chinese otherwise.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

// Level is the kind of authority behind a rule.
type Level string

// The levels of authority. A profile may switch off scheme, profile and policy as a whole, never law.
const (
	Law          Level = "law"
	Standard     Level = "standard"
	Scheme       Level = "scheme"
	ProfileLevel Level = "profile"
	PolicyLevel  Level = "policy"
)

// Basis is one source of a rule. Verified tells that the text or the data was read; other citations are kept for
// maintainers and never quoted to users.
type Basis struct {
	Level    Level
	Cite     string
	Verified bool
}

// Needs is data that must be given for a rule to run; without it the rule is counted as skipped, never as passed.
type Needs uint32

// The needs.
const (
	NeedCells         Needs = 1 << iota // cell types (xlsx)
	NeedSheet                           // a heading row (xlsx, CSV)
	NeedRegistry                        // the bank's registry export
	NeedChangeDates                     // updated_on or field_dates
	NeedRegistration                    // registration status of the enterprise register
	NeedAccountStatus                   // account status from a bank feed
	NeedStats                           // transaction statistics
	NeedTxnDates                        // last transaction or installation dates of terminals
	NeedTermParams                      // parameters read out of terminals
	NeedScreening                       // a screening result
	NeedAcquirerCodes                   // the profile's institution codes
	NeedAreaScheme                      // the profile's area-code scheme
	NeedDealers                         // the profile's list of dealers
	NeedRegions                         // the profile's licensed regions
	NeedDistrictBoxes                   // where districts lie, from the profile
	NeedMCCKeywords                     // the words of trades, from the profile
	NeedDeclines                        // a log of declined transactions
	NeedMaintenance                     // the maintenance windows of bank and network
	NeedSuppressions                    // a list of suppressions
	NeedBaseline                        // a baseline of an earlier run
	needEnd
)

var needNames = [...]Text{
	{"单元格类型（xlsx）", "cell types"}, {"表头", "sheet"}, {"银行登记文件", "registry"}, {"变更日期", "change dates"},
	{"工商登记状态", "enterprise info"}, {"账户状态", "account status"}, {"交易统计", "transaction statistics"},
	{"交易日期", "transaction dates"}, {"终端参数", "terminal parameters"}, {"名单筛查结果", "screening"},
	{"本机构代码", "acquirer codes"}, {"地区码方案", "area scheme"}, {"代理商清单", "dealer list"}, {"展业地域", "licensed regions"},
	{"区县范围", "district boxes"}, {"行业关键词", "MCC keywords"}, {"拒绝流水", "decline log"}, {"维护窗口", "maintenance windows"},
	{"豁免清单", "suppressions"}, {"基线", "baseline"},
}

// Text names the needs, for the reason of a skipped rule.
func (n Needs) Text(lang string) string {
	var names []string
	for i := range needNames {
		if n&(1<<i) != 0 {
			names = append(names, needNames[i].In(lang))
		}
	}
	if lang == "en" {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}

// Rule is one check. It is immutable once a validator was made from it.
type Rule struct {
	ID       ID
	Star     int // place in the list of rules that matter most for response code 03, from 1; 0 for the others
	Severity Severity
	Kind     Kind
	Cause    Cause
	Scope    Scope
	Since    string // version of the module that brought it
	Retired  string // version that took it out of use; the ID stays

	Title   Text // short noun phrase
	Message Text // one finding, with placeholders
	Remedy  Text // what to do
	Doc     Text // the exact condition and the reason
	Good    string
	Bad     string // an example that passes and one that does not

	Basis            []Basis
	Effective, Until merchant.Date // judged against AsOf; zero means always

	// Fields are the fields the rule reads, the one it reports first.
	Fields []merchant.Field
	// Uses are the fields outside lists that must hold a sound value: the rule is not applicable when one is empty and
	// blocked when one failed an earlier rule. Rules of kind Missing leave it empty and are blocked by Fields[0].
	Uses []merchant.Field
	// Reports are the fields that a rule of kind Missing may report when they are more than Fields[0]: the rule is blocked
	// only when the source has a column for none of them, and its Check asks Pass.Mapped and Pass.Blocked for each.
	Reports []merchant.Field
	Needs   Needs

	// Applies, if set, says whether the rule concerns the record at all (a subject type, a state).
	Applies func(*Pass) bool
	// Check looks at one record (or at one sheet's notes) and reports through the Pass. Exactly one of Check and Batch
	// is set, save for registry rules, which package validate/diff carries out, and config rules, which validate/suppress
	// does.
	Check func(*Pass)
	// Batch makes the state of one run; rules of one run may share what they keep.
	Batch func(*Shared) Batch
}

// Blocks reports whether an error of the rule makes the value at its path unusable for later rules.
func (r *Rule) Blocks() bool {
	return r.Kind.unusable() || strings.HasPrefix(string(r.ID), "IMP") || strings.HasPrefix(string(r.ID), "SRC")
}

// Placeholders returns the names in braces in the Chinese message, in order and without repetition.
func (r *Rule) Placeholders() []string { return placeholders(r.Message.ZH) }

func placeholders(s string) []string {
	var names []string
	for {
		open := strings.IndexByte(s, '{')
		end := strings.IndexByte(s, '}')
		if open < 0 || end < open {
			return names
		}
		name := s[open+1 : end]
		seen := false
		for _, n := range names {
			seen = seen || n == name
		}
		if !seen {
			names = append(names, name)
		}
		s = s[end+1:]
	}
}

// Validate reports what is wrong with a list of rules: a bad or repeated ID, a missing text or language, placeholders
// that differ between the languages, none or both of Check and Batch, a field that does not exist.
func Validate(list []*Rule) error {
	seen := map[ID]bool{}
	for _, r := range list {
		if err := r.validate(); err != nil {
			return fmt.Errorf("rules: %s: %w", r.ID, err)
		}
		if seen[r.ID] {
			return fmt.Errorf("rules: %s: the ID is used twice", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

func (r *Rule) validate() error {
	if !validID(string(r.ID)) {
		return fmt.Errorf("the ID must be three capitals and three digits, or a prefix, a hyphen and three digits")
	}
	for _, t := range [...]struct {
		name string
		text Text
	}{{"title", r.Title}, {"message", r.Message}, {"remedy", r.Remedy}, {"doc", r.Doc}} {
		if t.text.ZH == "" || t.text.EN == "" {
			return fmt.Errorf("the %s lacks a language", t.name)
		}
	}
	zh, en := placeholders(r.Message.ZH), placeholders(r.Message.EN)
	for _, p := range [2][2][]string{{zh, en}, {en, zh}} {
		for _, name := range p[0] {
			if !contains(p[1], name) {
				return fmt.Errorf("placeholder {%s} stands in one language only", name)
			}
		}
	}
	if r.Severity < Info || r.Severity > Error {
		return fmt.Errorf("no severity")
	}
	if r.Kind == "" || r.Cause == "" || len(r.Basis) == 0 {
		return fmt.Errorf("kind, cause and basis must be given")
	}
	n := 0
	if r.Check != nil {
		n++
	}
	if r.Batch != nil {
		n++
	}
	if elsewhere := r.Scope == RegistryScope || r.Scope == ConfigScope; elsewhere && n != 0 || !elsewhere && n != 1 {
		return fmt.Errorf("exactly one of Check and Batch must be set, and neither on a registry or config rule")
	}
	if r.Scope == BatchScope && r.Batch == nil || r.Scope == RecordScope && r.Check == nil {
		return fmt.Errorf("a rule of batch scope has Batch, one of record scope Check")
	}
	for _, f := range r.Uses {
		if !f.Valid() || f.List() != merchant.FieldNone {
			return fmt.Errorf("the member Uses must name fields outside lists")
		}
	}
	for _, f := range r.Fields {
		if !f.Valid() {
			return fmt.Errorf("the member Fields names a field that does not exist")
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func validID(s string) bool {
	prefix, digits, house := strings.Cut(s, "-")
	if !house {
		if len(s) != 6 {
			return false
		}
		prefix, digits = s[:3], s[3:]
	}
	if prefix == "" || len(digits) != 3 {
		return false
	}
	for _, c := range prefix {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
