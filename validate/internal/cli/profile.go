package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

func (p *program) requirementsCommand() *cobra.Command {
	s := &settings{}
	subject := ""
	cmd := &cobra.Command{
		Use:   "requirements",
		Short: p.say("列出某类主体须填写的字段、条件和可替代项", "list the fields a subject type needs, the conditions and what may stand in their place"),
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.checkFormat("text", "json"); err != nil {
				return err
			}
			t, err := subjectType(subject)
			if err != nil {
				return err
			}
			prof, err := openProfile(s.profile)
			if err != nil {
				return err
			}
			return p.write(s.out, []string{s.profile}, func(w io.Writer, terminal bool) error {
				if s.format == "json" {
					return report.RequirementsJSON(w, prof, t, report.Options{Lang: p.lang})
				}
				return report.Requirements(w, prof, t, report.Options{Lang: p.lang, Color: terminal})
			})
		},
	}
	cmd.Flags().StringVar(&subject, "subject", "", p.say("主体类型 `TYPE`：enterprise 企业、individual_business 个体工商户、micro 小微商户、institution 事业单位、government 政府机关、social_org 社会组织",
		"subject `TYPE`: enterprise, individual_business, micro, institution, government, social_org"))
	cmd.Flags().StringVar(&s.profile, "profile", "base", p.say("方案名或文件 `NAME|FILE`", "profile, `NAME|FILE`"))
	cmd.Flags().StringVar(&s.format, "format", "", p.say("格式 `text|json`，默认按 -o 的扩展名，否则 text", "format, `text|json`; by default that of the ending of -o, else text"))
	cmd.Flags().StringVarP(&s.out, "output", "o", "", p.say("写入 `FILE`，而不是标准输出", "write to `FILE` instead of standard output"))
	return cmd
}

func (p *program) profileCommand() *cobra.Command {
	s := &settings{}
	template := false
	cmd := &cobra.Command{
		Use:   "profile [NAME|FILE]",
		Short: p.say("列出内置方案；检查并完整显示一个方案；--template 显示带注释的空白方案", "list the built-in profiles; check one and show it in full; --template shows a commented one to fill in"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || template && len(args) > 0 {
				return usage("最多一个方案；用法：merchantcheck profile [NAME|FILE]，或 merchantcheck profile --template", "one profile at most; usage: merchantcheck profile [NAME|FILE], or merchantcheck profile --template")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var text []byte
			switch {
			case template:
				text = profile.Template(p.lang)
			case len(args) == 0:
				for _, name := range profile.Names() {
					prof, err := openProfile(name)
					if err != nil {
						return err
					}
					text = fmt.Appendf(text, "%-10s %s\n", name, prof.Title.In(p.lang))
				}
			default:
				prof, err := openProfile(args[0])
				if err != nil {
					return err
				}
				if text, err = prof.JSON(); err != nil {
					return err
				}
			}
			return p.write(s.out, args, func(w io.Writer, _ bool) error {
				_, err := w.Write(text)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&template, "template", false, p.say("带注释的空白方案，供按收单机构手册填写", "a commented profile, to be filled in from an acquirer's handbook"))
	cmd.Flags().StringVarP(&s.out, "output", "o", "", p.say("写入 `FILE`，而不是标准输出", "write to `FILE` instead of standard output"))
	return cmd
}

// openProfile opens a profile and refuses rules that do not exist.
func openProfile(name string) (*profile.Profile, error) {
	prof, err := profile.Open(name)
	if err != nil {
		return nil, profileFailure(err)
	}
	if _, err := validate.New(validate.WithProfile(prof)); err != nil {
		return nil, usage("方案 %[1]s 无法使用：%[2]v", "profile %[1]s cannot be used: %[2]v", name, err)
	}
	return prof, nil
}

// subjectType reads a subject type by its code or one of its names.
func subjectType(s string) (merchant.SubjectType, error) {
	list := "enterprise 企业, individual_business 个体工商户, micro 小微商户, institution 事业单位, government 政府机关, social_org 社会组织"
	if s == "" {
		return "", usage("缺少 --subject；可用的有 %s", "--subject is missing; there are %s", list)
	}
	code, ok := merchant.FieldSubjectType.Enum().Parse(normalize.FoldWidth(s))
	if !ok {
		return "", usage("--subject 不认识 %q；可用的有 %s", "--subject does not know %q; there are %s", s, list)
	}
	return merchant.SubjectType(code), nil
}
