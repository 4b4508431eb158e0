package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

func (p *program) rulesCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: p.say("列出全部规则", "list all rules"),
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.checkFormat(pageFormats...); err != nil {
				return err
			}
			list, err := s.catalogue()
			if err != nil {
				return err
			}
			return p.write(s.out, s.rules, func(w io.Writer, terminal bool) error {
				if s.format == "json" {
					return report.CatalogueJSON(w, list, report.Options{Lang: p.lang})
				}
				return report.Catalogue(w, list, report.Options{Lang: p.lang})
			})
		},
	}
	p.houseFlag(cmd.Flags(), s)
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
		Use:   "explain RULE | explain --merchant KEY LOCAL",
		Short: p.say("说明一条规则，或说明一个商户为什么返回 03", "explain one rule, or why one merchant is answered with 03"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if s.merchant != "" || cmd.Flags().Changed("merchant") {
				return p.explainMerchant(cmd.Context(), s, args)
			}
			for _, name := range []string{"code", "registry", "key", "ignore", "tolerance"} {
				if cmd.Flags().Changed(name) {
					return usage("--%s 要和 --merchant 一起用", "--%s goes with --merchant", name)
				}
			}
			if len(args) != 1 {
				return usage("需要一个规则编号；用法：merchantcheck explain LIC003", "one rule ID is needed; usage: merchantcheck explain LIC003")
			}
			if err := s.checkFormat("text"); err != nil {
				return err
			}
			id := rules.ID(strings.ToUpper(args[0]))
			list, err := s.catalogue()
			if err != nil {
				return err
			}
			rule, err := lookup(list, id)
			if err != nil {
				return err
			}
			return p.write(s.out, s.rules, func(w io.Writer, terminal bool) error {
				return report.Page(w, rule, report.Options{Lang: p.lang, Color: terminal})
			})
		},
	}
	p.runFlags(cmd.Flags(), s)
	p.houseFlag(cmd.Flags(), s)
	cmd.Flags().StringVar(&s.merchant, "merchant", "", p.say("说明这个商户 `KEY`（商户号、外部编号或统一社会信用代码）", "explain the merchant `KEY` (merchant number, external ID or USCC)"))
	cmd.Flags().StringVar(&s.code, "code", "03", p.say("POS 返回的应答码 `NN`", "response code `NN` that the POS showed"))
	cmd.Flags().StringVar(&s.registry, "registry", "", p.say("银行登记文件 `FILE`", "the bank's export `FILE`"))
	p.compareFlags(cmd.Flags(), s)
	return cmd
}
