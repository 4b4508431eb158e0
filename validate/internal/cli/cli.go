// Package cli is the command merchantcheck.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// The exit statuses.
const (
	statusClean       = 0
	statusFound       = 1 // a finding at or above --fail-on
	statusUsage       = 2
	statusInput       = 3 // input unreadable, output failed
	statusInterrupted = 130
)

// program is one run of the command.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    func(string) string
	lang   string
	found  bool         // a finding at or above --fail-on was reported
	panics func(string) // told where a panic came from; for tests, which must see none

	memory int64 // what a comparison may keep before it takes a temporary file; 0 for the usual

	terminal func(any) int // columns of a terminal, 0 for what is none
	progress progress
	making   making
}

// Main runs the command with the arguments after its name and returns the exit status. An error is one line on stderr.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, env: env}
	return p.main(args)
}

func (p *program) main(args []string) int {
	if p.terminal == nil {
		p.terminal = terminalWidth
	}
	if p.memory == 0 {
		p.memory = 512 << 20
	}
	p.lang = language(args, p.env)

	// With a receiver for SIGPIPE a write to a closed pipe is an error like any other; without one the runtime ends
	// the process by the signal, which leaves temporary files behind.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	defer signal.Stop(pipe)
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	err := p.await(cancel, interrupts, func() error {
		root := p.root()
		root.SetArgs(args)
		return root.ExecuteContext(ctx)
	})
	p.progress.wipe()
	var bug *bug
	switch {
	case errors.As(err, &bug):
		if p.panics != nil {
			p.panics(bug.at)
		}
		p.complain(bug.Error() + p.say("；请报告此问题", "; please report it"))
		return statusInput
	case err == nil && p.found:
		return statusFound
	case err == nil:
		return statusClean
	case errors.Is(err, errInterrupted), ctx.Err() != nil:
		p.complain(p.say("已中断", "interrupted"))
		return statusInterrupted
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return statusInput // whoever read the report has left; there is nobody to tell
	}
	p.complain(p.describe(err))
	var f *failure
	if errors.As(err, &f) {
		return f.status
	}
	return statusInput
}

// complain writes the one line about an error.
func (p *program) complain(s string) {
	fmt.Fprintln(p.stderr, "merchantcheck: "+strings.Join(strings.Fields(s), " "))
}

func (p *program) say(zh, en string) string {
	if p.lang == "en" {
		return en
	}
	return zh
}

// language finds the language before the flags are read, since mistakes in the flags are told in it as well.
func language(args []string, env func(string) string) string {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en"
			}
			break
		}
	}
	return "zh"
}

// panicPlace names the function and line that panicked.
func panicPlace() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
		if !more {
			return "?"
		}
	}
}
