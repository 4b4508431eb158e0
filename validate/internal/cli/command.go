package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// settings are the flags.
type settings struct {
	asOf, profile, format, out, failOn string
	sheet, passwordFile, registry      string
	mapFile, suppress, baseline        string
	declines, maintenance              string
	headerRow, maxFindings, workers    int
	only, without, rules               []string
	unmask, noProgress                 bool
	local                              []string // the files that are not the registry
	changes                            bool     // a comparison alone, whose workbook is a list of changes
	merchant, code, by                 string
	keys, ignore, tolerance            []string
	comparison                         diff.Options // what those three mean
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "merchantcheck",
		Short: p.say("商户进件资料检查：在 POS 返回“无效商户”之前找出问题", "checks merchant records before a POS answers \"invalid merchant\""),
		Args:  cobra.ArbitraryArgs, // unknown commands come here, to be told in one line
		RunE: func(cmd *cobra.Command, args []string) error {
			var names []string
			for _, c := range cmd.Commands() {
				if !c.Hidden {
					names = append(names, c.Name())
				}
			}
			list := strings.Join(names, ", ")
			switch {
			case len(args) == 0:
				return usage("缺少子命令；可用的有 %s，用 --help 查看说明", "a command is missing; there are %s, see --help", list)
			case args[0] == "help":
				return cmd.Help()
			}
			zh, en := suggestion(args[0], names)
			return &failure{statusUsage, "没有 " + args[0] + " 这个子命令" + zh + "；可用的有 " + list, "there is no command " + args[0] + en + "; there are " + list}
		},
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { p.help(cmd) })
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagFailure(err) })
	root.PersistentFlags().StringVar(&p.lang, "lang", p.lang, p.say("输出语言 `zh|en`，默认取自环境变量 LANG", "language, `zh|en`; by default that of LANG, else zh"))
	root.PersistentFlags().BoolP("help", "h", false, p.say("显示用法", "show this"))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if p.lang != "zh" && p.lang != "en" {
			bad := p.lang
			p.lang = language(nil, p.env)
			return usage("--lang 只能是 zh 或 en，不是 %q", "--lang must be zh or en, not %q", bad)
		}
		return nil
	}
	root.AddCommand(p.checkCommand(), p.diffCommand(), p.fixCommand(), p.rulesCommand(), p.explainCommand(),
		p.requirementsCommand(), p.templateCommand(), p.profileCommand())
	return root
}

func (p *program) checkCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: p.say("检查商户文件（xlsx、xlsm、csv、txt、json、jsonl；- 为标准输入），多个文件为一批", "check files of merchants (xlsx, xlsm, csv, txt, json, jsonl; - is standard input) as one batch"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("缺少要检查的文件；用法：merchantcheck check FILE…", "the file to check is missing; usage: merchantcheck check FILE…")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.check(cmd.Context(), s, args) },
	}
	p.runFlags(cmd.Flags(), s)
	p.houseFlag(cmd.Flags(), s)
	cmd.Flags().StringVar(&s.declines, "declines", "", p.say("拒绝流水 `FILE`（xlsx 或 csv：商户号、应答码、交易时间，可有终端号），判断拒绝的原因", "log of declined transactions `FILE` (xlsx or csv: merchant number, response code, time, perhaps terminal number), to say what they may be put down to"))
	cmd.Flags().StringVar(&s.maintenance, "maintenance", "", p.say("维护窗口 `FILE`（xlsx 或 csv：机构、开始时间、结束时间），与 --declines 同用", "maintenance windows `FILE` (xlsx or csv: institution, from, to), with --declines"))
	p.byFlag(cmd.Flags(), s)
	cmd.Flags().StringVar(&s.registry, "registry", "", p.say("同时与银行登记文件 `FILE` 核对", "compare with the bank's export `FILE` as well"))
	p.compareFlags(cmd.Flags(), s)
	return cmd
}

func (p *program) diffCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "diff LOCAL REGISTRY",
		Short: p.say("只核对本地文件与银行登记文件", "compare a local file with the bank's export, nothing else"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("需要两个文件；用法：merchantcheck diff LOCAL REGISTRY", "two files are needed; usage: merchantcheck diff LOCAL REGISTRY")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.diff(cmd.Context(), s, args[0], args[1]) },
	}
	p.runFlags(cmd.Flags(), s)
	p.byFlag(cmd.Flags(), s)
	p.compareFlags(cmd.Flags(), s)
	return cmd
}

// byFlag orders what is told as text.
func (p *program) byFlag(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.by, "by", "", p.say("文字报告按商户还是按规则排列 `merchant|rule`，默认按商户", "order of a report in text, `merchant|rule`; by default merchant"))
}

// runFlags defines the flags of the commands that report findings.
func (p *program) runFlags(f *pflag.FlagSet, s *settings) {
	p.readFlags(f, s)
	p.outputFlags(f, s)
	f.StringVar(&s.passwordFile, "password-file", "", p.say("加密工作簿的密码，取自 `FILE` 的第一行", "password of encrypted workbooks, the first line of `FILE`"))
	f.StringVar(&s.baseline, "baseline", "", p.say("基线 `FILE`：没有则写入本次的问题；已有（也可以是以前的 JSON 报告）则区分新增、仍未解决、已解决，只有新增的影响退出码",
		"baseline `FILE`: written with what is found when it does not exist; else (a JSON report of an earlier run will do) findings are new, still open or fixed, and only new ones have an effect on the exit status"))
	f.IntVar(&s.maxFindings, "max-findings", 0, p.say("最多输出 `N` 条，默认不限；计数不受影响", "write `N` findings at most, all by default; counts stay complete"))
}

// readFlags defines the flags of the commands that read and validate files.
func (p *program) readFlags(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.asOf, "as-of", "", p.say("检查日期 `YYYY-MM-DD`，默认今天", "judge against the date `YYYY-MM-DD`; by default today"))
	f.StringVar(&s.profile, "profile", "base", p.say("方案名或文件 `NAME|FILE`", "profile, `NAME|FILE`"))
	f.StringVar(&s.sheet, "sheet", "", p.say("商户工作表 `NAME`，默认自动选择（不用于登记文件）", "sheet `NAME` of the merchants; found by itself by default (not for the registry)"))
	f.IntVar(&s.headerRow, "header-row", 0, p.say("表头所在行 `N`，默认自动查找（不用于登记文件）", "row `N` of the heading; found by itself by default (not for the registry)"))
	f.StringVar(&s.mapFile, "map", "", p.say("列映射 `FILE`：已有则按它读取，没有则写入本次识别的列（不用于登记文件）", "column map `FILE`: replayed when it exists, else written with what was recognised (not for the registry)"))
	f.StringSliceVar(&s.only, "only", nil, p.say("只执行这些规则 `IDs`（LIC003 或 LIC，逗号分隔，可重复）", "run these rules only, `IDs` (LIC003 or LIC, by commas, may be repeated)"))
	f.StringSliceVar(&s.without, "without", nil, p.say("不执行这些规则 `IDs`", "leave these rules out, `IDs`"))
	f.StringVar(&s.suppress, "suppress", "", p.say("豁免清单 `FILE`（JSON）：其中的问题标为已豁免，不影响退出码", "list of suppressions `FILE` (JSON): what it names is marked and has no effect on the exit status"))
	f.StringVar(&s.failOn, "fail-on", "error", p.say("退出码为 1 的级别 `error|warning|never`", "exit status 1 from this severity on, `error|warning|never`"))
	f.IntVar(&s.workers, "workers", 0, p.say("并行检查的线程数 `N`，1 至 64，默认按处理器核数；结果与线程数无关", "check on `N` threads, 1 to 64, by default as many as there are processors; the result is the same"))
	f.BoolVar(&s.unmask, "unmask", false, p.say("显示完整的证件号、账号、电话等", "show identity numbers, accounts, phones in full"))
	f.BoolVar(&s.noProgress, "no-progress", false, p.say("不显示进度", "show no progress"))
}

func (p *program) outputFlags(f *pflag.FlagSet, s *settings) {
	f.StringVar(&s.format, "format", "", p.say("报告格式 `text|json|html|xlsx`，默认按 -o 的扩展名，否则 text", "format of the report, `text|json|html|xlsx`; by default that of the ending of -o, else text"))
	f.StringVarP(&s.out, "output", "o", "", p.say("写入 `FILE`，而不是标准输出", "write to `FILE` instead of standard output"))
}

// help writes the usage of a command.
func (p *program) help(cmd *cobra.Command) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%s\n\n%s%s\n", cmd.Short, p.say("用法：", "Usage: "), cmd.UseLine())
	if list := cmd.Commands(); len(list) > 0 {
		fmt.Fprintln(w)
		for _, c := range list {
			if !c.Hidden {
				fmt.Fprintf(w, "  %-21s %s\n", c.Use, c.Short)
			}
		}
	}
	fmt.Fprintf(w, "\n%s", cmd.Flags().FlagUsages())
}

// checkFormat refuses formats other than those of the command. Without --format, the ending of the file of -o says it.
func (s *settings) checkFormat(formats ...string) error {
	if s.format == "" {
		s.format = "text"
		switch ending := strings.ToLower(filepath.Ext(s.out)); {
		case ending == ".jsonl", ending == ".json":
			s.format = "json"
		case ending == ".html", ending == ".htm":
			s.format = "html"
		case ending == ".xlsx":
			s.format = "xlsx"
		case ending == ".csv" && s.changes:
			s.format = "csv"
		}
	}
	if slices.Contains(formats, s.format) {
		return nil
	}
	list := strings.Join(formats, ", ")
	return usage("这里不能输出 %q；--format 可用 %s", "%q cannot be written here; --format takes %s", s.format, list)
}

// reportFormats are those of a run, pageFormats those of what is not about findings.
var (
	reportFormats = []string{"text", "json", "html", "xlsx"}
	pageFormats   = []string{"text", "json"}
)

// validator makes the validator that the flags describe.
func (s *settings) validator() (*validate.Validator, error) {
	formats := reportFormats
	switch {
	case s.merchant != "":
		formats = pageFormats
	case s.changes:
		formats = append(slices.Clone(reportFormats), "csv")
	}
	if err := s.checkFormat(formats...); err != nil {
		return nil, err
	}
	switch {
	case s.by != "" && s.by != "merchant" && s.by != "rule":
		return nil, usage("--by 只能是 merchant 或 rule，不是 %q", "--by must be merchant or rule, not %q", s.by)
	case s.by != "" && s.format != "text":
		return nil, usage("--by 只用于文字报告，不用于 %s", "--by is for a report in text, not for %s", s.format)
	}
	switch s.failOn {
	case "error", "warning", "never":
	default:
		return nil, usage("--fail-on 只能是 error、warning 或 never，不是 %q", "--fail-on must be error, warning or never, not %q", s.failOn)
	}
	if s.maxFindings < 0 {
		return nil, usage("--max-findings 不能小于 0", "--max-findings must not be less than 0")
	}
	if s.workers < 0 || s.workers > 64 {
		return nil, usage("--workers 只能是 1 至 64，不是 %d", "--workers must be 1 to 64, not %d", s.workers)
	}
	if s.headerRow < 0 {
		return nil, usage("--header-row 不能小于 0", "--header-row must not be less than 0")
	}
	var opts []validate.Option
	if s.asOf != "" {
		d, err := merchant.ParseDate(s.asOf)
		if err != nil || d.String() != s.asOf {
			return nil, usage("--as-of 不认识日期 %q；请写成 2026-11-22 的形式", "--as-of: %q is no date; write it like 2026-11-22", s.asOf)
		}
		opts = append(opts, validate.AsOf(d))
	}
	prof, err := profile.Open(s.profile)
	if err != nil {
		return nil, profileFailure(err)
	}
	opts = append(opts, validate.WithProfile(prof))
	house, err := s.houseRules()
	if err != nil {
		return nil, err
	}
	only, err := ruleIDs(s.only, house)
	if err != nil {
		return nil, err
	}
	without, err := ruleIDs(s.without, house)
	if err != nil {
		return nil, err
	}
	opts = append(opts, validate.WithRules(house...), validate.Only(only...), validate.Without(without...))
	if s.workers > 0 {
		opts = append(opts, validate.Workers(s.workers))
	}
	v, err := validate.New(opts...)
	if errors.Is(err, validate.ErrNoRules) {
		return nil, usage("按 --only、--without 和方案 %s，没有规则可以执行；请改动其中之一", "--only, --without and profile %s leave no rule to run; change one of them", s.profile)
	}
	if err != nil {
		return nil, usage("方案 %[1]s 无法使用：%[2]v", "profile %[1]s cannot be used: %[2]v", s.profile, err)
	}
	return v, nil
}

// ruleIDs reads the entries of --only and --without: IDs, of the house as well, and areas.
func ruleIDs(list []string, house []*rules.Rule) ([]rules.ID, error) {
	areas := map[rules.ID]bool{}
	for _, r := range builtin.Rules() {
		areas[r.ID[:3]] = true
	}
	all := append(builtin.Rules(), house...)
	var ids []rules.ID
	for _, s := range list {
		id := rules.ID(strings.ToUpper(strings.TrimSpace(s)))
		if !areas[id] {
			if _, err := lookup(all, id); err != nil {
				return nil, err
			}
		}
		ids = append(ids, id)
	}
	return ids, nil
}
