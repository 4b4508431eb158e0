// Package declare reads rules that a house writes as data, in JSON, and compiles them into rules like any other: they run
// in the same plan, can be regraded, left out and suppressed, and allocate nothing on a record that keeps them.
//
// A whole file:
//
//	{"rules": [
//	  {"id": "ACME-001", "severity": "error", "kind": "missing",
//	   "title":   {"zh": "缺少外部编号", "en": "No external ID"},
//	   "message": {"zh": "没有填写{field}", "en": "{field} is not filled in"},
//	   "remedy":  {"zh": "向客户经理索取编号。", "en": "Ask the account manager for it."},
//	   "basis":   [{"level": "policy", "cite": "ACME进件手册 第2.1条"}],
//	   "field": "external_id",
//	   "check": {"op": "present"}},
//
//	  {"id": "ACME-002", "severity": "warning", "kind": "limit", "cause": "SC-09",
//	   "title":   {"zh": "餐饮小微单笔限额过高", "en": "Limit too high for a micro restaurant"},
//	   "message": {"zh": "{field}{value}元超过{max}元", "en": "{field} of {value} yuan is above {max} yuan"},
//	   "remedy":  {"zh": "降低限额，或补充审批单。", "en": "Lower the limit or add the approval."},
//	   "reason":  {"zh": "餐饮小微商户的交易很少超过此数", "en": "sales of such merchants rarely exceed it"},
//	   "basis":   [{"level": "policy", "cite": "ACME风控通知2026-08"}],
//	   "field": "limits.single_cny",
//	   "when":  [{"field": "subject_type", "op": "equals", "value": "micro"},
//	             {"field": "mcc", "op": "in", "values": ["5812", "5814"]}],
//	   "check": {"op": "range", "max": "2000.00"}},
//
//	  {"id": "ACME-003", "severity": "error", "kind": "expiring",
//	   "title":   {"zh": "协议剩余期限不足", "en": "Agreement ends too soon"},
//	   "message": {"zh": "{field}{value}早于{bound}", "en": "{field} {value} is before {bound}"},
//	   "remedy":  {"zh": "先续签协议。", "en": "Renew the agreement first."},
//	   "basis":   [{"level": "policy", "cite": "ACME进件手册 第5.3条"}],
//	   "effective": "2026-07-01",
//	   "field": "onboarding.agreement_valid_to",
//	   "check": {"op": "not_before", "other": "as_of", "days": 90},
//	   "good": "2027-06-30", "bad": "2026-12-01"},
//
//	  {"id": "ACME-004", "severity": "warning", "kind": "format",
//	   "title":   {"zh": "终端序列号不是本机构采购的", "en": "Terminal not bought by us"},
//	   "message": {"zh": "序列号{value}不以{expected}开头", "en": "serial number {value} does not begin with {expected}"},
//	   "remedy":  {"zh": "核对机身铭牌。", "en": "Check the plate on the machine."},
//	   "basis":   [{"level": "policy", "cite": "ACME设备台账"}],
//	   "field": "terminals[].serial_no",
//	   "when":  [{"field": "terminals[].status", "op": "equals", "value": "active"}],
//	   "check": {"op": "prefix", "values": ["AC", "AD"]}}]}
//
// A rule says what must hold: check, for the value at field. It looks only where every condition of when holds. Members
// of lists are written with [] and judged one by one, a condition on the same list by the same entry; the finding
// names the entry (terminals[1].serial_no). Where a value that check or when needs is missing, was found unusable by an
// earlier rule, or has no column in the sheet, the rule is not applicable; a value that must be there is the business of a
// rule of kind missing, whose check is present and which is blocked where the sheet has no such column.
//
// Operators, with the kinds of fields they take:
//
//	present  absent                              any; a list is present when it has entries, a flag when it is set
//	equals  not_equals      value                any but lists
//	in  not_in              values               text, code, option
//	prefix  not_prefix      values               text, code: begins with one of them
//	contains  not_contains  values               text, code: has one of them in it
//	matches  not_matches    pattern              text, code: RE2 syntax, the whole value
//	length                  min, max             text, code: characters
//	gbk_bytes               min, max             text, code: bytes in GBK
//	range                   min, max             amount, rate, number, count, date: both ends included
//	entries                 min, max             list
//	before  after  not_before  not_after         date
//	                        other, days          another date field, or as_of (the date of the run), plus days
//	at_least  at_most       other                amount, rate, number, count: another field of that kind
//	same_as  not_same_as    other                any but lists and flags: another field of that kind
//
// Of min and max one may be left out. Amounts are in yuan and rates in percent, in quotes or without ("0.60"); dates are
// written 2026-11-22; options by code or label. Text is compared in its comparison form (normalize.Key: width,
// brackets, blanks and case do not matter), codes as a loader folds them; patterns, length and gbk_bytes see the value
// itself.
//
// Messages and remedies may use {field}, {value} and {key}, and what the operator has: {expected} for value and values,
// {pattern}, {min}, {max}, {length} (of length and gbk_bytes) and {count} (of entries) for what was found, {other} for the
// value of the other field, {other_field} for its name, {bound} for the day after adding days. Values are masked as their
// fields demand. Cause is a code of the causes (SC-01 …); without it, it follows from the kind. Reason, effective, until
// (days between which the rule holds), good and bad are optional.
//
// IDs are two to twelve capitals, a hyphen and three digits. Comments (//, /* */) and a comma after the last entry are
// allowed, and nothing else than what is described here.
package declare

import (
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
)

// The bounds of a file.
const (
	maxRules  = 1000
	maxWhen   = 20
	maxValues = 1000
	maxBasis  = 10
)

// kinds are those a house may give. Screening results are kept out of house rules, and normalised is the loader's word.
var kinds = []rules.Kind{rules.Missing, rules.Format, rules.Checksum, rules.Unknown, rules.Precision, rules.Mismatch, rules.Duplicate,
	rules.Expired, rules.Expiring, rules.Stale, rules.Status, rules.Limit, rules.Policy}

// Read reads a file of rules; name stands for it in messages. The error is a [*strictjson.Error] with the line and the
// path of the mistake, or that of r. The rules go to validate.WithRules.
func Read(name string, r io.Reader) ([]*rules.Rule, error) {
	root, err := strictjson.Parse(name, r)
	if err != nil {
		return nil, err
	}
	var list []*rules.Rule
	lines := map[rules.ID]int{}
	err = root.Object(strictjson.Members{"rules": func(v *strictjson.Value) error {
		return v.Array(maxRules, func(v *strictjson.Value) error {
			r, err := readRule(v)
			if err != nil {
				return err
			}
			if line, twice := lines[r.ID]; twice {
				return v.Errorf("编号 %[1]s 已用于第%[2]d行的规则；请换一个", "the ID %[1]s is that of the rule on line %[2]d; take another", string(r.ID), line)
			}
			lines[r.ID] = v.Line
			list = append(list, r)
			return nil
		})
	}}, "rules")
	if err != nil {
		return nil, err
	}
	return list, nil
}

func readRule(v *strictjson.Value) (*rules.Rule, error) {
	r := &rules.Rule{}
	var reason rules.Text
	err := v.Object(strictjson.Members{
		"id": func(v *strictjson.Value) error {
			s, err := v.String()
			r.ID = rules.ID(s)
			if err == nil && !houseID(s) {
				err = v.Errorf("编号 %q 不对；请写成 ACME-001 的形式（2至12个大写字母、连字符、3位数字）", "%q is no ID; write it like ACME-001 (2 to 12 capitals, a hyphen, 3 digits)", s)
			}
			return err
		},
		"severity": func(v *strictjson.Value) error {
			s, err := v.String()
			if err != nil {
				return err
			}
			var ok bool
			if r.Severity, ok = rules.ParseSeverity(s); !ok {
				return v.Errorf("没有级别 %q；可用的有 error, warning, info", "there is no severity %q; there are error, warning, info", s)
			}
			return nil
		},
		"kind": func(v *strictjson.Value) (err error) {
			r.Kind, err = oneOf(v, kinds)
			return err
		},
		"cause": func(v *strictjson.Value) (err error) {
			r.Cause, err = oneOf(v, rules.Causes())
			return err
		},
		"title": words(&r.Title), "message": words(&r.Message), "remedy": words(&r.Remedy), "reason": words(&reason),
		"basis": func(v *strictjson.Value) error {
			return v.Array(maxBasis, func(v *strictjson.Value) error {
				b, err := readBasis(v)
				r.Basis = append(r.Basis, b)
				return err
			})
		},
		"effective": day(&r.Effective), "until": day(&r.Until), "good": text(&r.Good), "bad": text(&r.Bad),
		"field": nil, "when": nil, "check": nil,
	}, "id", "severity", "kind", "title", "message", "remedy", "basis", "field", "check")
	if err != nil {
		return nil, err
	}
	if len(r.Basis) == 0 {
		return nil, v.Member("basis").Errorf("至少写一条依据", "give one basis at least")
	}
	if r.Cause == "" {
		r.Cause = causeOf(r.Kind)
	}
	if !r.Until.IsZero() && r.Until.Before(r.Effective) {
		return nil, v.Member("until").Errorf("早于 effective", "this is before effective")
	}

	h := &house{}
	field, err := readField(v.Member("field"))
	if err != nil {
		return nil, err
	}
	check := v.Member("check")
	if h.check, err = readCondition(check, field); err != nil {
		return nil, err
	}
	h.list = h.check.list()
	if (h.check.op == present) != (r.Kind == rules.Missing) {
		return nil, check.Errorf("kind 为 missing 的规则用 present，其余的不用", "a rule of kind missing has the check present, and no other rule has")
	}
	if when := v.Member("when"); when != nil {
		err := when.Array(maxWhen, func(v *strictjson.Value) error {
			c, err := readWhen(v, h.list)
			h.when = append(h.when, c)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, t := range [...]string{r.Title.ZH, r.Title.EN} {
		if strings.ContainsAny(t, "{}") {
			return nil, v.Member("title").Errorf("标题里不能有占位符", "a title has no placeholders")
		}
	}
	for _, name := range [...]string{"message", "remedy"} {
		if err := h.check.placeholders(v.Member(name)); err != nil {
			return nil, err
		}
	}
	h.complete(r, reason)
	if err := rules.Validate([]*rules.Rule{r}); err != nil {
		return nil, v.Errorf("规则不完整：%[1]v", "the rule is not complete: %[1]v", err)
	}
	return r, nil
}

func houseID(s string) bool {
	prefix, digits, ok := strings.Cut(s, "-")
	return ok && len(prefix) >= 2 && len(prefix) <= 12 && strings.Trim(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		len(digits) == 3 && strings.Trim(digits, "0123456789") == ""
}

// oneOf reads a word of a closed set.
func oneOf[T ~string](v *strictjson.Value, set []T) (T, error) {
	s, err := v.String()
	if err != nil || slices.Contains(set, T(s)) {
		return T(s), err
	}
	names := make([]string, len(set))
	for i := range set {
		names[i] = string(set[i])
	}
	list := strings.Join(names, ", ")
	return "", v.Errorf("没有 %q；可用的有 %s", "there is no %q; there are %s", s, list)
}

func text(to *string) func(*strictjson.Value) error {
	return func(v *strictjson.Value) (err error) {
		*to, err = v.String()
		return err
	}
}

func words(to *rules.Text) func(*strictjson.Value) error {
	return func(v *strictjson.Value) error {
		return v.Object(strictjson.Members{"zh": text(&to.ZH), "en": text(&to.EN)}, "zh", "en")
	}
}

func day(to *merchant.Date) func(*strictjson.Value) error {
	return func(v *strictjson.Value) (err error) {
		*to, err = readDay(v)
		return err
	}
}

func readDay(v *strictjson.Value) (merchant.Date, error) {
	s, err := v.String()
	if err != nil {
		return merchant.Date{}, err
	}
	d, err := merchant.ParseDate(s)
	if err != nil {
		return d, v.Errorf("%q 不是日期；请写成 2026-11-22 的形式", "%q is no date; write it like 2026-11-22", s)
	}
	return d, nil
}

func readBasis(v *strictjson.Value) (rules.Basis, error) {
	b := rules.Basis{Verified: true} // the house vouches for it
	err := v.Object(strictjson.Members{
		"level": func(v *strictjson.Value) (err error) {
			b.Level, err = oneOf(v, []rules.Level{rules.Law, rules.Standard, rules.Scheme, rules.ProfileLevel, rules.PolicyLevel})
			return err
		},
		"cite": text(&b.Cite),
	}, "level", "cite")
	return b, err
}

// causeOf is the cause of a rule that gives none.
func causeOf(k rules.Kind) rules.Cause {
	switch k {
	case rules.Missing:
		return "SC-02"
	case rules.Mismatch:
		return "SC-03"
	case rules.Expired, rules.Expiring, rules.Stale:
		return "SC-04"
	case rules.Limit:
		return "SC-09"
	case rules.Policy:
		return "SC-17"
	}
	return "SC-01"
}
