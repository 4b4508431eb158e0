package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/html"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// run is one report in the making.
type run struct {
	p         *program
	s         *settings
	v         *validate.Validator
	out       report.Writer
	password  string
	columns   columnMap
	written   int
	cut       bool // --max-findings held something back
	sum       validate.Summary
	diff      *diff.Counts
	rowErrors []error
	verdicts  *diagnose.Collector // nil where neither a registry nor a response code was given
	marker    *suppress.Marker
	baseline  *suppress.Baseline  // to be written; nil otherwise
	incidents *validate.Incidents // nil without a log of declines
}

// check validates files as one batch and, with --registry, compares them with the bank's export.
func (p *program) check(ctx context.Context, s *settings, files []string) error {
	s.local = files
	inputs := slices.Clone(files)
	if s.registry != "" {
		if err := distinct(files, s.registry); err != nil {
			return err
		}
		inputs = append(inputs, s.registry)
	}
	return p.report(ctx, s, inputs, func(r *run) error {
		records := r.records(ctx, files, r.columns.options(load.Options{Sheet: s.sheet, HeaderRow: s.headerRow}))
		var c *diff.Comparer
		if s.registry != "" {
			c = r.comparer(false)
			defer c.Close()
			records = tee(records, c.AddLocal)
		}
		var err error
		if r.incidents, err = r.openIncidents(ctx); err != nil {
			return err
		}
		if r.incidents != nil {
			records = tee(records, r.incidents.Record)
		}
		if s.registry != "" || s.code != "" {
			r.verdicts = diagnose.NewCollector(diagnose.Options{Code: s.code, Registry: s.registry != ""})
			records = tee(records, r.verdicts.Record)
		}
		r.sum, err = r.v.Run(ctx, records, r.marker.Sink(r.sink))
		if r.rowErrors, err = splitRows(err); err != nil {
			return err
		}
		if c == nil {
			for _, rule := range r.registryRules() {
				r.sum.Rules[rule.ID] = validate.RuleCount{Skipped: map[string]int{"needs " + rules.NeedRegistry.Text("en"): r.sum.Records}}
			}
			return r.judge()
		}
		c.Lost(len(r.rowErrors), 0)
		closer, err := r.side(ctx, s.registry, load.Options{}, c, theirSide)
		if err != nil {
			return err
		}
		defer closer()
		if err := r.compare(ctx, c); err != nil {
			return err
		}
		return r.judge()
	})
}

// diff compares a file with the bank's export.
func (p *program) diff(ctx context.Context, s *settings, local, registry string) error {
	if err := distinct([]string{local}, registry); err != nil {
		return err
	}
	s.changes = true
	s.local = []string{local}
	return p.report(ctx, s, []string{local, registry}, func(r *run) error {
		r.sum = validate.Summary{AsOf: r.v.AsOf(), Profile: r.v.Profile().Name, Rules: map[rules.ID]validate.RuleCount{}}
		c := r.comparer(true)
		defer c.Close()
		for i, name := range [...]string{local, registry} {
			o := load.Options{}
			if i == ourSide {
				o = r.columns.options(load.Options{Sheet: s.sheet, HeaderRow: s.headerRow})
			}
			closer, err := r.side(ctx, name, o, c, i)
			if err != nil {
				return err
			}
			defer closer()
		}
		return r.compare(ctx, c)
	})
}

// The sides of a comparison.
const (
	ourSide = iota
	theirSide
)

// distinct refuses one file for both sides, which would compare clean.
func distinct(locals []string, registry string) error {
	theirs, err := os.Stat(registry)
	if err != nil || registry == "-" {
		return nil // opening it will tell
	}
	for _, name := range locals {
		if ours, err := os.Stat(name); err == nil && name != "-" && os.SameFile(ours, theirs) {
			return usage("本地文件和银行登记文件是同一个文件 %s；请给出银行的登记导出", "%s is given as the local file and as the registry; give the bank's export", registry)
		}
	}
	return nil
}

// comparer returns a comparison that keeps what exceeds its memory in a temporary file. Repeated numbers of ours are its
// business where our records are not checked.
func (r *run) comparer(repeated bool) *diff.Comparer {
	o := r.s.comparison
	o.Storage, o.Repeated, o.Issue = diff.Spill("", r.p.memory), repeated, r.issue
	return diff.New(r.v, o)
}

// issue takes what a loader says besides records; other errors come back.
func (r *run) issue(err error) error {
	var issue *load.SheetIssue
	var row *load.RowError
	switch {
	case errors.As(err, &issue):
		return r.add(issue.Record, r.v.AppendSheet(nil, issue.Record))
	case errors.As(err, &row):
		r.rowErrors = append(r.rowErrors, err)
		return nil
	}
	return err
}

// side gives a file to one side of a comparison: its table, which the comparison reads, or else its records. The file is
// to be closed after the comparison.
func (r *run) side(ctx context.Context, name string, o load.Options, c *diff.Comparer, side int) (closer func(), err error) {
	r.p.progress.say("正在打开 %s", "opening %s", name)
	o.Progress = func(l load.Progress) { r.p.progress.read(name, l) }
	o.Dialect = r.v.Profile().Dialect()
	in, err := file.OpenInput(ctx, name, file.Options{Options: o, Password: r.password, Stdin: &interruptible{ctx, r.p.stdin}})
	if err != nil {
		return nil, err
	}
	closer = func() { in.Close() }
	if t := in.Table(); t != nil && r.s.suppress == "" && r.s.baseline == "" { // lists of known findings want to see each record
		[...]func(*load.Table){c.LocalTable, c.RegistryTable}[side](t)
		return closer, nil
	}
	add := [...]func(*merchant.Record){c.AddLocal, c.AddRegistry}[side]
	lost := [2]int{-len(r.rowErrors), -len(r.rowErrors)}
	for rec, err := range in.Records {
		if err == nil {
			r.marker.See(rec)
			add(rec)
		} else if err := r.issue(err); err != nil {
			closer()
			return nil, err
		}
	}
	lost[side] += len(r.rowErrors)
	lost[1-side] = 0
	c.Lost(lost[ourSide], lost[theirSide])
	r.p.progress.say("正在汇总", "summing up")
	return closer, nil
}

// report makes one report: body reads and checks, report writes. What was found before an unreadable spot of the input
// is still reported, marked as partial, on standard output; a file is written whole or not at all.
func (p *program) report(ctx context.Context, s *settings, inputs []string, body func(*run) error) error {
	v, err := s.validator()
	if err != nil {
		return err
	}
	if err := s.compare(v.Profile().Dialect()); err != nil {
		return err
	}
	r := &run{p: p, s: s, v: v}
	p.progress.begin(p, s.noProgress, s.out == "" || s.out == "-")
	if err := r.prepare(ctx, inputs); err != nil {
		return err
	}
	if err := r.openKnown(inputs); err != nil {
		return err
	}
	err = p.write(s.out, slices.Concat(inputs, s.rules, []string{s.suppress, s.baseline}), func(w io.Writer, terminal bool) error {
		if terminal && s.format == "xlsx" {
			return usage("工作簿不能写到终端；请用 -o FILE", "a workbook cannot go to a terminal; give -o FILE")
		}
		buffered := bufio.NewWriterSize(p.progress.over(w), 1<<16)
		o := report.Options{Lang: p.lang, Unmask: s.unmask, Color: terminal, Rules: v.Rules(), ByRule: s.by == "rule"}
		if terminal {
			o.Width, _ = strconv.Atoi(p.env("COLUMNS")) // without it the terminal breaks the lines
		}
		switch {
		case s.merchant != "":
			r.out = &page{p: p, s: s, w: buffered, o: o}
		case s.format == "json":
			r.out = report.NewJSON(buffered, o)
		case s.format == "html":
			r.out = html.New(buffered, o)
		case s.format == "xlsx":
			r.out = r.workbook(ctx, buffered, o)
		case s.format == "csv":
			r.out = report.NewChanges(buffered, o)
		default:
			r.out = report.NewText(buffered, o)
		}
		err := body(r)
		p.progress.wipe()
		if err != nil && (ctx.Err() != nil || r.sum.Records+r.written == 0) {
			return err
		}
		r.sum.Partial = err != nil || len(r.rowErrors) > 0
		told := r.sink(nil, r.marker.Finish(&r.sum))
		r.sum.Partial = r.sum.Partial || r.cut
		if r.verdicts != nil && err == nil { // half of the evidence makes no verdict
			told = errors.Join(told, r.out.Verdicts(r.verdicts.Verdicts()))
		}
		return errors.Join(err, told, r.out.Summary(r.sum, r.diff), buffered.Flush())
	})
	if err == nil {
		err = errors.Join(r.columns.save(p), r.saveBaseline())
	}
	if err != nil {
		return err
	}
	r.decide()
	return errors.Join(r.rowErrors...)
}

// decide settles the exit status.
func (r *run) decide() {
	errorsFound, warningsFound := r.failing()
	if page, ok := r.out.(*page); ok { // of the one merchant
		errorsFound, warningsFound = page.errors, page.warnings
	}
	switch r.s.failOn {
	case "error":
		r.p.found = errorsFound > 0
	case "warning":
		r.p.found = errorsFound+warningsFound > 0
	}
}

// prepare looks at the inputs before anything is written.
func (r *run) prepare(ctx context.Context, inputs []string) error {
	stdin := 0
	for _, name := range inputs {
		if name == "-" {
			stdin++
			continue
		}
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			_, closer, err := file.Open(ctx, name, file.Options{})
			if err != nil {
				return err
			}
			closer.Close()
		}
	}
	if stdin > 1 {
		return usage("标准输入 - 只能用一次；请改为给出文件路径", "- can be given once only; give the path of a file instead")
	}
	var err error
	if r.columns, err = openColumnMap(r.s.mapFile, inputs, r.s.out); err != nil {
		return err
	}
	if r.s.passwordFile != "" {
		text, err := os.ReadFile(r.s.passwordFile)
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(string(text), "\n")
		r.password = strings.TrimSuffix(line, "\r")
	}
	return nil
}

// records chains the records of files. Each is opened when its turn comes.
func (r *run) records(ctx context.Context, files []string, o load.Options) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for _, name := range files {
			if !r.recordsOf(ctx, name, o, yield) {
				return
			}
		}
	}
}

func (r *run) recordsOf(ctx context.Context, name string, o load.Options, yield func(*merchant.Record, error) bool) bool {
	r.p.progress.say("正在打开 %s", "opening %s", name)
	o.Progress = func(l load.Progress) { r.p.progress.read(name, l) }
	stdin := &interruptible{ctx, r.p.stdin}
	o.Dialect = r.v.Profile().Dialect()
	records, closer, err := file.Open(ctx, name, file.Options{Options: o, Password: r.password, Stdin: stdin})
	if err != nil {
		return yield(nil, err)
	}
	defer closer.Close()
	for rec, err := range records {
		if !yield(rec, err) {
			return false
		}
	}
	r.p.progress.say("正在汇总", "summing up")
	return true
}

// tee passes on a stream and shows each record to see.
func tee(records load.Records, see func(*merchant.Record)) load.Records {
	return func(yield func(*merchant.Record, error) bool) {
		for rec, err := range records {
			if err == nil {
				see(rec)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// compare reports what the comparison finds.
func (r *run) compare(ctx context.Context, c *diff.Comparer) error {
	var counts diff.Counts
	var err error
	if to, ok := r.out.(report.ResultWriter); ok {
		counts, err = c.Results(ctx, func(result *diff.Result) error {
			return errors.Join(to.Result(result), r.add(nil, result.Findings))
		})
	} else {
		counts, err = c.Compare(ctx, func(f rules.Finding) error {
			return r.add(nil, []rules.Finding{f})
		})
	}
	r.diff = &counts
	if r.sum.Records == 0 {
		r.sum.Records, _ = c.Records()
	}
	for _, rule := range r.registryRules() {
		n := r.sum.Rules[rule.ID]
		n.Applied = r.sum.Records
		r.sum.Rules[rule.ID] = n
	}
	for _, id := range [...]rules.ID{"BAT001", "BAT012"} { // of repeated numbers of ours, where nothing else ran
		if n := r.sum.Rules[id]; n.Found > 0 && n.Applied == 0 {
			n.Applied = r.sum.Records
			r.sum.Rules[id] = n
		}
	}
	return err
}

// add takes findings that are no part of Validator.Run.
func (r *run) add(rec *merchant.Record, found []rules.Finding) error {
	r.marker.Mark(rec, found)
	r.sum.Add(found)
	return r.sink(rec, found)
}

// registryRules returns the rules of the run that a comparison carries out.
func (r *run) registryRules() []*rules.Rule {
	return slices.DeleteFunc(builtin.Rules(), func(rule *rules.Rule) bool {
		return rule.Scope != rules.RegistryScope || r.v.Severity(rule.ID) == 0
	})
}

// sink passes findings to the report as far as --max-findings allows; the summary counts all of them.
func (r *run) sink(rec *merchant.Record, found []rules.Finding) error {
	if r.verdicts != nil {
		r.verdicts.Findings(found)
	}
	if r.incidents != nil {
		r.incidents.Findings(found)
	}
	if limit := r.s.maxFindings; limit > 0 && r.written+len(found) > limit {
		found, r.cut = found[:limit-r.written], true
	}
	r.written += len(found)
	return r.out.Findings(rec, found)
}

// splitRows tells errors of single rows, which do not end a run, from one that did.
func splitRows(err error) (rowErrors []error, fatal error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap(), nil
	}
	return nil, err
}

// interruptible ends a blocked read of standard input when the run is interrupted.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(b []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	own := make([]byte, len(b)) // the caller takes b back when the context ends
	done := make(chan result, 1)
	go func() {
		n, err := i.r.Read(own)
		done <- result{n, err}
	}()
	select {
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	case res := <-done:
		copy(b, own[:res.n])
		return res.n, res.err
	}
}
