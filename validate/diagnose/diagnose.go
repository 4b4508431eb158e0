// Package diagnose answers why a merchant is declined with response code 03 (无效商户, ISO 8583 field 39): from what the
// rules found about it, from the comparison with the bank's registry, and from the evidence that was given. It names the
// causes in the order to look, the steps to take and whom to call, and what evidence is missing.
//
// It claims nothing beyond the data. What no list of merchants shows (hardware, software, network, maintenance, the
// cardholder's card, amounts, surroundings) is named as out of reach, with what to check there.
//
// [Of] judges one merchant whose findings the caller holds; a [Collector] judges all merchants of a run.
package diagnose

import (
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Decline says whether the merchant's sales would be declined with 03 as the data stand.
type Decline string

// The answers. Yes: an open finding has that direct effect. Likely: another finding of the list for 03 is open.
// NoDataFault: all evidence was there and no error is open. Unknown: evidence is missing, only errors are open that are
// not known to lead to 03, or a finding of the list is suppressed.
const (
	Yes         Decline = "yes"
	Likely      Decline = "likely"
	NoDataFault Decline = "no_data_fault"
	Unknown     Decline = "unknown"
)

// Text words the answer.
func (d Decline) Text() rules.Text {
	switch d {
	case Yes:
		return rules.Text{ZH: "会被拒绝", EN: "would be declined"}
	case Likely:
		return rules.Text{ZH: "可能被拒绝", EN: "likely to be declined"}
	case NoDataFault:
		return rules.Text{ZH: "资料没有问题", EN: "no fault in the data"}
	}
	return rules.Text{ZH: "无法判断", EN: "cannot be told"}
}

// direct are the rules whose findings, as errors, mean a decline for certain.
var direct = []rules.ID{"DIF001", "DIF010", "DIF011", "DIF012", "TRM007", "TRM012", "STA002", "STA003", "STA004", "STA005", "MID001", "MID006"}

const (
	inMaintenance rules.ID = "OPS001" // the decline fell in a maintenance window and the data are fine
	exportTooOld  rules.ID = "STL008" // the registry export settles nothing
)

// evidence is what settles the question: the bank's registry, what the terminals hold, whether the account is open.
const evidence = rules.NeedRegistry | rules.NeedTermParams | rules.NeedAccountStatus

// Options say what was asked.
type Options struct {
	Code     string // the response code that was seen; "" stands for 03
	Registry bool   // the merchant was looked up in an export of the bank's registry
}

// Verdict is the answer for one merchant.
type Verdict struct {
	Key          string // merchant_no, else external_id; "" for a record without either
	Name         string // registered name
	Source       merchant.Source
	Code         string          // the response code asked about
	WouldDecline Decline         // always about 03
	Causes       []rules.Finding // open findings of the list for 03, in the order to look
	Suppressed   []rules.Finding // suppressed ones of that list, likewise
	Others       int             // open errors that are not of that list
	Missing      rules.Needs     // evidence that would settle the question
	Steps        []Step          // what to do, in order
	OutOfReach   []Check         // where to look when the data are not to blame; empty for Yes
}

// MissingEvidence names what is missing, each item in lang.
func (v *Verdict) MissingEvidence(lang string) []string {
	var list []string
	for bit := rules.Needs(1); bit <= evidence; bit <<= 1 {
		if v.Missing&bit != 0 {
			list = append(list, bit.Text(lang))
		}
	}
	return list
}

// Of judges one merchant by the findings about it: those of [validate.Validator.Append] and, where the registry was
// asked, those of a comparison. Suppressed findings are no causes; those of the list for 03 leave the question open.
func Of(r *merchant.Record, found []rules.Finding, o Options) Verdict {
	e := entry{key: r.Key(), name: r.Names.Legal, source: r.Source, missing: missing(r, o.Registry)}
	for i := range found {
		e.add(&found[i])
	}
	return e.verdict(o.Code)
}

// missing tells what evidence the record lacks. What a merchant without terminals would have in them is not missed.
func missing(r *merchant.Record, registry bool) rules.Needs {
	var m rules.Needs
	if !registry {
		m |= rules.NeedRegistry
	}
	if r.Settlement.AccountStatus == "" {
		m |= rules.NeedAccountStatus
	}
	for i := range r.Terminals {
		t := &r.Terminals[i]
		if inUse := !t.IsSpare && (t.Status == merchant.TerminalActive || t.Status == ""); inUse && t.Params == (merchant.TermParams{}) {
			m |= rules.NeedTermParams
		}
	}
	return m
}

// entry is what is kept of a merchant.
type entry struct {
	key, name   string
	source      merchant.Source
	missing     rules.Needs
	causes      []rules.Finding
	others      int
	maintenance bool
	suppressed  []rules.Finding // of the list for 03
}

func (e *entry) add(f *rules.Finding) {
	switch {
	case f.Rule.ID == exportTooOld:
		e.missing |= rules.NeedRegistry
	case f.Rule.ID == inMaintenance:
		e.maintenance = true
	case f.Suppressed != nil:
		if f.Rule.Star > 0 && f.Severity > rules.Info {
			e.suppressed = append(e.suppressed, *f)
		}
	case f.Rule.Star > 0 && f.Severity > rules.Info:
		e.causes = append(e.causes, *f)
	case f.Severity == rules.Error:
		e.others++
	}
}

func (e *entry) verdict(code string) Verdict {
	if code == "" {
		code = "03"
	}
	v := Verdict{Key: e.key, Name: e.name, Source: e.source, Code: code, Causes: slices.Clone(e.causes), Suppressed: slices.Clone(e.suppressed), Others: e.others, Missing: e.missing}
	for _, list := range [...][]rules.Finding{v.Causes, v.Suppressed} {
		slices.SortStableFunc(list, func(a, b rules.Finding) int { return a.Rule.Star - b.Rule.Star })
	}
	switch certain := func(f rules.Finding) bool { return f.Severity == rules.Error && slices.Contains(direct, f.Rule.ID) }; {
	case slices.ContainsFunc(v.Causes, certain):
		v.WouldDecline = Yes
	case len(v.Causes) > 0:
		v.WouldDecline = Likely
	case e.others > 0, len(v.Suppressed) > 0:
		v.WouldDecline = Unknown
	case e.maintenance || v.Missing == 0:
		v.WouldDecline = NoDataFault
	default:
		v.WouldDecline = Unknown
	}
	v.Steps = steps(&v)
	if v.WouldDecline != Yes || code != "03" {
		v.OutOfReach = checklist(code)
	}
	return v
}
