package cli

import (
	"context"
	"io"
	"iter"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// explainMerchant checks a file, with the registry where given, and writes one page about one merchant.
func (p *program) explainMerchant(ctx context.Context, s *settings, args []string) error {
	s.merchant = strings.TrimSpace(s.merchant)
	switch {
	case s.merchant == "":
		return usage("--merchant 需要商户号、外部编号或统一社会信用代码", "--merchant needs a merchant number, an external ID or a USCC")
	case len(args) != 1:
		return usage("需要一个本地文件；用法：merchantcheck explain --merchant KEY --code 03 LOCAL [--registry FILE]",
			"one local file is needed; usage: merchantcheck explain --merchant KEY --code 03 LOCAL [--registry FILE]")
	case !responseCode(s.code):
		return usage("--code 应为两位应答码（如 03），不是 %q", "--code must be a response code of two characters (such as 03), not %q", s.code)
	}
	return p.check(ctx, s, args)
}

// responseCode reports whether s has the form of field 39: two digits or capitals.
func responseCode(s string) bool {
	return len(s) == 2 && strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// page is a report about one merchant.
type page struct {
	p                *program
	s                *settings
	w                io.Writer
	o                report.Options
	keys             map[string]bool // Key of the records that --merchant names
	rows             map[merchant.Source]bool
	verdicts         []diagnose.Verdict
	elsewhere        bool // the registry has it
	near             []string
	errors, warnings int
}

// Findings counts what concerns the merchant.
func (g *page) Findings(rec *merchant.Record, found []rules.Finding) error {
	if rec != nil && g.names(rec) {
		if g.keys == nil {
			g.keys, g.rows = map[string]bool{}, map[merchant.Source]bool{}
		}
		g.keys[rec.Key()] = true
		g.rows[rec.Source] = true
	}
	for i := range found {
		f := &found[i]
		if f.Rule.Scope == rules.SheetScope || !g.keys[f.Key] || f.Key == "" && !g.rows[f.Source] {
			g.elsewhere = g.elsewhere || f.Key == g.s.merchant && f.Rule.ID == "DIF002"
			continue
		}
		if f.Suppressed != nil || f.Baseline == rules.BaselineOpen {
			continue
		}
		switch f.Severity {
		case rules.Error:
			g.errors++
		case rules.Warning:
			g.warnings++
		}
	}
	return nil
}

func (g *page) names(r *merchant.Record) bool {
	key := g.s.merchant
	return r.MerchantNo == key || r.ExternalID == key || r.Licence.Number != "" && strings.EqualFold(r.Licence.Number, key)
}

// Verdicts picks those of the merchant.
func (g *page) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	for v := range list {
		switch {
		case g.keys[v.Key] && (v.Key != "" || g.rows[v.Source]):
			g.verdicts = append(g.verdicts, v)
		case len(g.near) < 3 && v.Key != "" && len(v.Key) == len(g.s.merchant) && distance(v.Key, g.s.merchant) < 2:
			g.near = append(g.near, v.Key)
		}
	}
	return nil
}

// Summary writes the page.
func (g *page) Summary(validate.Summary, *diff.Counts) error {
	if len(g.verdicts) == 0 {
		zh, en := "", ""
		if g.elsewhere {
			zh, en = "，银行登记中有它", ", the registry has it"
		}
		if len(g.near) > 0 {
			list := strings.Join(g.near, ", ")
			zh, en = zh+"；相近的有 "+list, en+"; near it are "+list
		}
		return &failure{statusUsage, "文件中没有商户 " + g.s.merchant + zh + "；请核对 --merchant", "the file has no merchant " + g.s.merchant + en + "; check --merchant"}
	}
	for i := range g.verdicts {
		var err error
		if g.s.format == "json" {
			err = report.NewJSON(g.w, g.o).Verdict(&g.verdicts[i])
		} else {
			if i > 0 {
				_, err = io.WriteString(g.w, "\n")
			}
			if err == nil {
				err = report.Verdict(g.w, &g.verdicts[i], g.o)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
