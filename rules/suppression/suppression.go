// Package suppression holds the rules about the suppressions and the baseline of a run: which of them no longer match
// anything, have expired or soon will, or may not be made.
//
// The rules speak of those files and carry no check of their own; package validate/suppress carries them out.
package suppression

import "github.com/merchantkyc/merchantkyc/rules"

// SUP001 豁免没有匹配到问题: Suppression matched nothing.
var SUP001 = rules.Rule{
	ID: "SUP001", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-19", Since: "v0.1.0", Scope: rules.ConfigScope,
	Title:   rules.Text{ZH: "豁免没有匹配到问题", EN: "Suppression matched nothing"},
	Message: rules.Text{ZH: "豁免 {rule}/{key} 没有匹配到任何问题，应删除", EN: "suppression {rule}/{key} matched nothing; remove it"},
	Remedy:  rules.Text{ZH: "更新或删除该条。", EN: "Renew or delete the entry."},
	Doc: rules.Text{ZH: "一条豁免的规则在本次运行中执行过，所指的商户、文件或工作表也在其中，却没有匹配到任何问题。不完整的运行不报。原因：被遗忘的豁免会掩盖下一个真正的问题。",
		EN: "A suppression whose rule ran in this run and whose merchant, file or sheet was present matched no finding. A partial run says nothing. Reason: a forgotten exemption hides the next real fault."},
	Good: "匹配1条", Bad: "商户已改正，豁免仍在",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "staticcheck reports unmatched directives", Verified: true}},
	Needs: rules.NeedSuppressions,
}

// SUP002 豁免已过期: Suppression expired.
var SUP002 = rules.Rule{
	ID: "SUP002", Severity: rules.Warning, Kind: rules.Expired, Cause: "SC-19", Since: "v0.1.0", Scope: rules.ConfigScope,
	Title:   rules.Text{ZH: "豁免已过期", EN: "Suppression expired"},
	Message: rules.Text{ZH: "豁免 {rule}/{key} 已于{until}过期，不再生效", EN: "suppression {rule}/{key} expired on {until} and no longer applies"},
	Remedy:  rules.Text{ZH: "更新或删除该条。", EN: "Renew or delete the entry."},
	Doc: rules.Text{ZH: "豁免的截止日早于检查日期。该条不再生效，所涉问题照常报告。原因：豁免只在一段时间内有效。",
		EN: "The until-date of a suppression lies before the date of the run. It no longer applies; its findings are reported normally. Reason: an exemption is granted for a time."},
	Good: "until 2027-01-31", Bad: "until 2026-10-31",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "every suppression carries its last day"}},
	Needs: rules.NeedSuppressions,
}

// SUP003 豁免即将到期: Suppression expires soon.
var SUP003 = rules.Rule{
	ID: "SUP003", Severity: rules.Info, Kind: rules.Expiring, Cause: "SC-19", Since: "v0.1.0", Scope: rules.ConfigScope,
	Title:   rules.Text{ZH: "豁免即将到期", EN: "Suppression expires soon"},
	Message: rules.Text{ZH: "豁免 {rule}/{key} 将于{until}到期", EN: "suppression {rule}/{key} expires on {until}"},
	Remedy:  rules.Text{ZH: "更新或删除该条。", EN: "Renew or delete the entry."},
	Doc: rules.Text{ZH: "豁免的截止日距检查日期0至suppress_warn_days（默认14）天。原因：应在到期前作出决定。",
		EN: "The until-date of a suppression lies 0 to suppress_warn_days (14) days after the date of the run. Reason: decide before it ends."},
	Good: "60天后", Bad: "7天后",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Needs: rules.NeedSuppressions,
}

// SUP004 不可豁免的规则: Rule may not be suppressed.
var SUP004 = rules.Rule{
	ID: "SUP004", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0", Scope: rules.ConfigScope,
	Title:   rules.Text{ZH: "不可豁免的规则", EN: "Rule may not be suppressed"},
	Message: rules.Text{ZH: "规则{rule}依据法规，豁免 {key} 未生效", EN: "rule {rule} rests on law; the suppression of {key} was ignored"},
	Remedy:  rules.Text{ZH: "更新或删除该条。", EN: "Renew or delete the entry."},
	Doc: rules.Text{ZH: "规则的依据含法律法规且本次级别为错误，方案的suppressible也没有允许豁免它。该豁免不生效，问题照常报告。原因：机构不能用一个文件豁免法律。",
		EN: "The rule has a basis of level law and severity error in this run, and the profile's member suppressible does not name it. The suppression is ignored and the finding stays. Reason: a house may not waive the law by a file."},
	Good: "豁免 policy 级规则", Bad: "豁免 LIC011",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "rules of level law stay on"}},
	Needs: rules.NeedSuppressions,
}

// SUP005 基线中的问题已消失: Baseline entry is gone.
var SUP005 = rules.Rule{
	ID: "SUP005", Severity: rules.Info, Kind: rules.Stale, Cause: "SC-19", Since: "v0.1.0", Scope: rules.ConfigScope,
	Title:   rules.Text{ZH: "基线中的问题已消失", EN: "Baseline entry is gone"},
	Message: rules.Text{ZH: "基线中有{n}条问题已不再出现", EN: "{n} findings of the baseline no longer occur"},
	Remedy:  rules.Text{ZH: "更新或删除该条。", EN: "Renew or delete the entry."},
	Doc: rules.Text{ZH: "基线中的指纹，其规则在本次运行中执行过，却没有再次出现；整份基线报一次。不完整的运行不报。原因：已解决的问题使清单变短；新的基线使它们再次出现时不被放过。",
		EN: "Fingerprints of the baseline whose rules ran in this run did not occur again; reported once for the baseline. A partial run says nothing. Reason: fixed findings shorten the list; a new baseline keeps them from coming back unseen."},
	Good: "全部仍在", Bad: "12条已修复",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "a second run says what is new, still open and fixed"}},
	Needs: rules.NeedBaseline,
}
