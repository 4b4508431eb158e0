package batch

import (
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// wholeMin is the number of records from which a share of them says something about the batch.
const wholeMin = 20

// whole is the state of the rules that judge by the counts of the run alone.
type whole struct{}

func (whole) Observe(*rules.Pass, int) {}

// BAT011 大面积同一错误: One rule fails on most rows.
var BAT011 = rules.Rule{
	ID: "BAT011", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "大面积同一错误", EN: "One rule fails on most rows"},
	Message: rules.Text{ZH: "规则{rule}在{pct}%的行不通过，疑似模板或映射问题", EN: "rule {rule} fails on {pct}% of the rows; a template or mapping problem is likely"},
	Remedy:  rules.Text{ZH: "检查模板和列映射后重新导入。", EN: "Check the template and the column map, then import again."},
	Doc:     rules.Text{ZH: "某条错误或警告级的记录规则检查了至少20条记录，并在其中一半或更多的记录上发现问题；百分比按它检查的记录计。原因通常是模板或列映射，不是逐行录错。文本报告把这些行合并为一行，JSON 中保留每一条。", EN: "A record rule of severity error or warning looked at 20 records or more and found something on half of them or more; the percentage is of the records it looked at. The cause is usually the template or the column map and not each row. The text report folds those findings into one line, JSON keeps each."},
	Good:    "2%", Bad: "80%的行MCC缺失",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Batch: newSystematic,
}

type systematic struct{ whole }

func newSystematic(*rules.Shared) rules.Batch { return systematic{} }

func (systematic) Finish(p *rules.BatchPass) {
	for _, c := range p.Counts {
		if c.Severity >= rules.Warning && c.Applied >= wholeMin && 2*c.Found >= c.Applied {
			p.Sheet(merchant.Source{}, rules.P("rule", string(c.Rule.ID)), rules.P("pct", strconv.Itoa(c.Found*100/c.Applied)))
		}
	}
}

// BAT021 批次错误率超限: Too many rows with errors.
var BAT021 = rules.Rule{
	ID: "BAT021", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "批次错误率超限", EN: "Too many rows with errors"},
	Message: rules.Text{ZH: "{pct}%的商户有错误，超过{max}%", EN: "{pct}% of the records have errors; more than {max}%"},
	Remedy:  rules.Text{ZH: "检查模板和列映射后重新导入。", EN: "Check the template and the column map, then import again."},
	Doc:     rules.Text{ZH: "本批至少有20条记录，其中超过 batch_gate_pct（20）% 有错误级的问题（含批内重复等；不含与银行登记的差异）。这样的批次应退回，而不是逐行修改。", EN: "The batch has 20 records or more, and more than batch_gate_pct (20) percent of them have an error, from the record itself or from a comparison within the batch; differences from the registry do not count. Such a batch is sent back, not repaired row by row."},
	Good:    "2%", Bad: "35%",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Batch: newGate,
}

type gate struct{ whole }

func newGate(*rules.Shared) rules.Batch { return gate{} }

func (gate) Finish(p *rules.BatchPass) {
	if p.Records >= wholeMin && p.Failing*100 > p.Records*p.Params.BatchGatePct {
		p.Sheet(merchant.Source{}, rules.P("pct", strconv.Itoa(p.Failing*100/p.Records)), rules.P("max", strconv.Itoa(p.Params.BatchGatePct)))
	}
}
