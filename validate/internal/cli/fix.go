package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

func (p *program) fixCommand() *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "fix FILE -o OUT",
		Short: p.say("写出改正后的副本，只做不丢失任何信息的改正，并逐处列出；原文件不变", "write a corrected copy: only what loses nothing is changed, and listed; the file stays as it is"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("需要一个文件；用法：merchantcheck fix FILE -o OUT", "one file is needed; usage: merchantcheck fix FILE -o OUT")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.fix(cmd.Context(), s, args[0], s.out) },
	}
	f := cmd.Flags()
	p.readFlags(f, s)
	f.StringVar(&s.format, "format", "text", p.say("改正清单的格式 `text|json`", "format of the list of changes, `text|json`"))
	f.StringVarP(&s.out, "output", "o", "", p.say("副本写入 `OUT`（与原文件同一种格式）", "write the copy to `OUT` (of the same kind as the file)"))
	return cmd
}

// fix writes a copy of a file with its safe corrections. The copy takes its name only when a run over it has shown that it
// reads as it must; the exit status is that of checking it.
func (p *program) fix(ctx context.Context, s *settings, name, out string) error {
	switch ending := strings.ToLower(filepath.Ext(name)); {
	case name == "-":
		return usage("fix 需要文件，不能用标准输入", "fix needs a file, not standard input")
	case out == "" || out == "-":
		return usage("缺少副本的文件名；用法：merchantcheck fix FILE -o OUT", "the name of the copy is missing; usage: merchantcheck fix FILE -o OUT")
	case !strings.EqualFold(filepath.Ext(out), ending):
		return usage("副本 %s 应与原文件同一种格式，扩展名为 %s", "the copy %s must be of the same kind as the file and end in %s", out, ending)
	}
	if info, err := os.Stat(out); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return usage("%s 不是普通文件；请换一个文件名", "%s is no regular file; give another name", out)
	}
	if err := s.checkFormat(pageFormats...); err != nil {
		return err
	}
	v, err := s.validator()
	if err != nil {
		return err
	}
	r := &run{p: p, s: s, v: v}
	p.progress.begin(p, s.noProgress, true)
	if err := r.prepare(ctx, []string{name}); err != nil {
		return err
	}
	done := &report.Corrected{Input: name, Output: out, Copy: &fix.Copy{}}
	err = p.write(out, []string{name, s.suppress, s.mapFile, s.profile}, func(w io.Writer, _ bool) error {
		f, ok := w.(*os.File)
		if !ok {
			return fs.ErrInvalid
		}
		return errors.Join(asPrivate(f, name), r.correct(ctx, name, f, done))
	})
	if err == nil {
		err = r.columns.save(p)
	}
	if err != nil {
		if errors.Is(err, xlsx.ErrEncrypted) {
			return xlsx.RefuseCopy(name)
		}
		return err
	}
	done.Summary = r.sum
	w := bufio.NewWriterSize(p.progress.over(p.stdout), 1<<16)
	o := report.Options{Lang: p.lang, Unmask: s.unmask, Color: p.coloured(), Rules: v.Rules()}
	list := report.Corrections
	if s.format == "json" {
		list = report.CorrectionsJSON
	}
	if err := errors.Join(list(w, done, o), w.Flush()); err != nil {
		return err
	}
	r.decide()
	return errors.Join(r.rowErrors...)
}

// asPrivate lets nobody read the copy who may not read the file.
func asPrivate(f *os.File, name string) error {
	was, err := os.Stat(name)
	if err != nil {
		return err
	}
	is, err := f.Stat()
	if err != nil {
		return err
	}
	return f.Chmod(is.Mode().Perm() & (was.Mode().Perm() | 0o200))
}

// correct writes the copy to f. Rows that would read otherwise are left as they are, so it may take more than one turn.
func (r *run) correct(ctx context.Context, name string, f *os.File, done *report.Corrected) error {
	o := file.Options{Options: r.columns.options(load.Options{Sheet: r.s.sheet, HeaderRow: r.s.headerRow})}
	in, err := r.overFile(ctx, name, o, done.Copy.Take)
	if err != nil {
		return err
	}
	defer in.Close()
	o.Mapped, o.File, o.As = nil, name, name
	for {
		r.p.progress.say("正在写出 %s", "writing %s", done.Output)
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := f.Truncate(0); err != nil {
			return err
		}
		if err := in.Copy(f, done.Copy.Edits()); err != nil {
			return err
		}
		again, err := r.overFile(ctx, f.Name(), o, done.Copy.Check)
		if err != nil {
			return err
		}
		again.Close()
		if more, err := done.Copy.Settle(); err != nil || !more {
			return err
		}
	}
}

// overFile opens a file and runs over it; the counts are those of the last run.
func (r *run) overFile(ctx context.Context, name string, o file.Options, sink validate.Sink) (*file.Input, error) {
	if err := r.openKnown(nil); err != nil {
		return nil, err
	}
	r.p.progress.say("正在打开 %s", "opening %s", o.File)
	o.Progress = func(l load.Progress) { r.p.progress.read(o.File, l) }
	o.Dialect = r.v.Profile().Dialect()
	in, err := file.OpenInput(ctx, name, o)
	if err != nil {
		return nil, err
	}
	r.sum, err = r.v.Run(ctx, in.Records, r.marker.Sink(sink))
	if r.rowErrors, err = splitRows(err); err != nil {
		in.Close()
		return nil, err
	}
	r.sum.Partial = len(r.rowErrors) > 0
	r.marker.Finish(&r.sum)
	return in, nil
}
