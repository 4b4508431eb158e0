package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
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
	p.subjectFlags(cmd, &subject, s)
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

func (p *program) templateCommand() *cobra.Command {
	s := &settings{}
	subject, all, force := "", false, false
	cmd := &cobra.Command{
		Use:   "template OUT.xlsx",
		Short: p.say("生成某类主体的填写模板：文本格式的列、下拉选项、批注和示例行", "write a workbook to fill in for a subject type: text columns, lists to choose from, notes and a sample row"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("需要一个输出文件；用法：merchantcheck template OUT.xlsx --subject TYPE", "one file to write is needed; usage: merchantcheck template OUT.xlsx --subject TYPE")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			out := args[0]
			t, err := subjectType(subject)
			if err != nil {
				return err
			}
			prof, err := openProfile(s.profile)
			if err != nil {
				return err
			}
			switch _, err := os.Lstat(out); {
			case out == "-" && isTerminal(p.stdout):
				return usage("工作簿不能写到终端；请给出文件名", "a workbook cannot be written to a terminal; give the name of a file")
			case out == "-":
			case !strings.EqualFold(filepath.Ext(out), ".xlsx"):
				return usage("输出文件 %s 应以 .xlsx 结尾", "the file to write, %s, must end in .xlsx", out)
			case err == nil && !force:
				return usage("%s 已存在；请换一个文件名，或用 --force 覆盖", "%s exists already; give another name, or overwrite it with --force", out)
			}
			var book bytes.Buffer
			if err := xlsx.Template(&book, xlsx.TemplateOptions{Profile: prof, Subject: t, Lang: p.lang, Optional: all}); err != nil {
				return err
			}
			return p.write(out, []string{s.profile}, func(w io.Writer, _ bool) error {
				_, err := book.WriteTo(w)
				return err
			})
		},
	}
	p.subjectFlags(cmd, &subject, s)
	cmd.Flags().BoolVar(&all, "all", false, p.say("也列出选填字段", "columns for optional fields as well"))
	cmd.Flags().BoolVar(&force, "force", false, p.say("覆盖已有的文件", "overwrite a file that exists"))
	return cmd
}

// subjectFlags are those of the commands about one subject type under one profile.
func (p *program) subjectFlags(cmd *cobra.Command, subject *string, s *settings) {
	cmd.Flags().StringVar(subject, "subject", "", p.say("主体类型 `TYPE`：enterprise 企业、individual_business 个体工商户、micro 小微商户、institution 事业单位、government 政府机关、social_org 社会组织",
		"subject `TYPE`: enterprise, individual_business, micro, institution, government, social_org"))
	cmd.Flags().StringVar(&s.profile, "profile", "base", p.say("方案名或文件 `NAME|FILE`", "profile, `NAME|FILE`"))
}
