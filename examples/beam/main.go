// Command beam checks books of merchants that are too large for one machine, and compares them with the bank's registry:
// a pipeline of Apache Beam over the rules and the comparison of this repository. It finds what the command
// "merchantcheck check BOOK… --registry REGISTRY --format json" finds, and writes the same lines.
//
//	go run . --book ../../testdata/merchants.xlsx --registry ../../testdata/registry.csv --as-of 2026-11-22 --output /tmp/merchantkyc-beam
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/exec/optimized"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/flink"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/spark"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// settings are the flags of this program; those of the runners are beside them.
type settings struct {
	book, registry, output string
	asOf, profile, lang    string
	files                  int
}

func main() {
	os.Exit(command(context.Background(), os.Args[1:], os.Stderr))
}

// The exit statuses are those of merchantcheck, but for findings: they are in the report.
const (
	statusRun   = 1 // the runner gave up
	statusUsage = 2
	statusInput = 3
)

func command(ctx context.Context, args []string, stderr io.Writer) int {
	registerAll()
	var s settings
	f := flag.CommandLine // the flags of the runners are there
	f.Init("beam", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.StringVar(&s.book, "book", "", "")
	f.StringVar(&s.registry, "registry", "", "")
	f.StringVar(&s.output, "output", "", "")
	f.StringVar(&s.asOf, "as-of", "", "")
	f.StringVar(&s.profile, "profile", "", "")
	f.StringVar(&s.lang, "lang", "zh", "")
	f.IntVar(&s.files, "files", 1, "")
	f.StringVar(&log.LogLevel, "log", "error", "")
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "beam:", oneLine(err))
		return status
	}
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stderr, help)
		return 0
	case err != nil:
		return fail(statusUsage, fmt.Errorf("%w; see --help", err))
	}
	if !slices.Contains(logLevels, log.LogLevel) { // Beam would end the program
		return fail(statusUsage, fmt.Errorf("--log must be one of %s, not %q", strings.Join(logLevels, ", "), log.LogLevel))
	}
	beam.Init() // on a worker it does the work and does not return
	j, err := s.job(f.Args())
	if err != nil {
		return fail(statusUsage, err)
	}
	shards, err := s.shards(ctx)
	if err != nil {
		return fail(statusInput, err)
	}
	if err := run(ctx, j, shards, strings.TrimSuffix(s.output, "/"), s.files); err != nil {
		return fail(statusRun, err)
	}
	return 0
}

const help = `usage: beam --book FILES [--registry FILES] --output FOLDER [flags] [flags of the runner]

  --book FILES       the merchants: csv, txt, json, jsonl or xlsx; patterns, by commas, in quotes
  --registry FILES   the bank's export; without it nothing is compared
  --output FOLDER    for findings-*.jsonl and summary.jsonl; must not hold a report yet
  --as-of DATE       judge against this date, YYYY-MM-DD; by default today
  --profile NAME     built-in profile or file; by default base
  --lang zh|en       language of messages; by default zh
  --files N          number of files for the findings; by default 1
  --log LEVEL        of Beam, to standard error: debug, info, warn, error; by default error
  --runner NAME      prism (by default, on this machine), flink, spark, universal; README.md has their flags
`

// job checks the flags.
func (s *settings) job(rest []string) (j job, err error) {
	switch {
	case len(rest) > 0:
		return j, fmt.Errorf("%q belongs to no flag; put a pattern in quotes, as in --book 'book-*.csv'", rest[0])
	case s.book == "":
		return j, errors.New("--book is missing: the files of the merchants; see --help")
	case s.output == "":
		return j, errors.New("--output is missing: a folder for the report; see --help")
	case s.lang != "zh" && s.lang != "en":
		return j, fmt.Errorf("--lang must be zh or en, not %q", s.lang)
	case s.files < 1 || s.files > 99999:
		return j, fmt.Errorf("--files must be 1 to 99999, not %d", s.files)
	case *runners.Runner != "" && !slices.Contains(runnerNames, *runners.Runner):
		return j, fmt.Errorf("--runner must be one of %s, not %q", strings.Join(runnerNames, ", "), *runners.Runner)
	}
	if s.asOf != "" {
		if d, err := merchant.ParseDate(s.asOf); err != nil || d.String() != s.asOf {
			return j, fmt.Errorf("--as-of: %q is no date; write it like 2026-11-22", s.asOf)
		}
	}
	j = job{AsOf: s.asOf, Profile: s.profile, Lang: s.lang, Registry: s.registry != ""}
	if s.profile != "" && !slices.Contains(profile.Names(), s.profile) {
		text, err := os.ReadFile(s.profile)
		if err != nil {
			return j, fmt.Errorf("--profile: %w; the built-in ones are %s", err, strings.Join(profile.Names(), ", "))
		}
		j.ProfileText = string(text)
	}
	v, err := j.validator()
	if err != nil {
		return j, fmt.Errorf("--profile: %w", err)
	}
	j.AsOf = v.AsOf().String()
	return j, nil
}

var logLevels = []string{"debug", "info", "warn", "error"}

// shards lists the files and refuses what cannot be meant.
func (s *settings) shards(ctx context.Context) (list []shard, err error) {
	side := map[string]string{}
	for _, of := range [...]struct{ flag, patterns string }{{"--book", s.book}, {"--registry", s.registry}} {
		if of.patterns == "" {
			continue
		}
		files, err := expand(ctx, of.patterns)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of.flag, err)
		}
		for _, path := range files {
			if before, ok := side[path]; ok {
				return nil, fmt.Errorf("%s is given twice, by %s and %s; each file may be given once", path, before, of.flag)
			}
			side[path] = of.flag
			list = append(list, shard{int64(len(list)), path, of.flag == "--registry"})
		}
	}
	old, err := expand(ctx, strings.TrimSuffix(s.output, "/")+"/*.jsonl")
	if err == nil && len(old) > 0 {
		return nil, fmt.Errorf("--output: %s is there already; give another folder", old[0])
	}
	return list, nil
}

// run builds the pipeline and waits for its end.
func run(ctx context.Context, j job, shards []shard, output string, files int) error {
	p := beam.NewPipeline()
	build(p, j, shards, output, files)
	name := *runners.Runner
	if name == "" {
		name = "prism"
	}
	_, err := beam.Run(ctx, name, p)
	return err
}
