package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

func (p *program) rulesCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: p.say("列出全部规则", "list all rules"),
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.checkFormat(); err != nil {
				return err
			}
			return p.write(s.out, nil, func(w io.Writer, terminal bool) error {
				if s.format == "json" {
					return report.CatalogueJSON(w, builtin.Rules(), report.Options{Lang: p.lang})
				}
				return report.Catalogue(w, builtin.Rules(), report.Options{Lang: p.lang})
			})
		},
	}
	p.outputFlags(cmd.Flags(), s)
	return cmd
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s 不需要参数 %q", "%s takes no argument %q", cmd.Name(), args[0])
	}
	return nil
}

func (p *program) explainCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "explain RULE",
		Short: p.say("说明一条规则", "explain one rule"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if s.merchant != "" || s.code != "" || s.registry != "" {
				return usage("这个版本还不能用 explain --merchant 说明单个商户；请用 check --registry 查看该商户的问题",
					"this version cannot explain a merchant yet; see its findings with check --registry")
			}
			if len(args) != 1 {
				return usage("需要一个规则编号；用法：merchantcheck explain LIC003", "one rule ID is needed; usage: merchantcheck explain LIC003")
			}
			id := rules.ID(strings.ToUpper(args[0]))
			rule, ok := builtin.Lookup(id)
			if !ok {
				return unknownRule(id)
			}
			return p.write("", nil, func(w io.Writer, terminal bool) error {
				return report.Page(w, rule, report.Options{Lang: p.lang, Color: terminal})
			})
		},
	}
	// Named in the contract for a later version: told apart from a mistyped flag.
	for name, value := range map[string]*string{"merchant": &s.merchant, "code": &s.code, "registry": &s.registry} {
		cmd.Flags().StringVar(value, name, "", "")
		cmd.Flags().Lookup(name).Hidden = true
	}
	return cmd
}

func unknownRule(id rules.ID) error {
	var names []string
	for _, r := range builtin.Rules() {
		names = append(names, string(r.ID))
	}
	zh, en := suggestion(string(id), names)
	return &failure{statusUsage, "没有 " + string(id) + " 这条规则" + zh + "；用 merchantcheck rules 查看全部规则",
		"there is no rule " + string(id) + en + "; merchantcheck rules lists all"}
}
