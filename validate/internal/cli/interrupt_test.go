//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bigFile writes a list that takes many seconds to check.
func bigFile(t *testing.T, dir string) string {
	t.Helper()
	name := filepath.Join(dir, "big.csv")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	w.WriteString("商户号,商户名称,统一社会信用代码,法人姓名,法人身份证号,结算账号,联系人手机号\n")
	for i := range 400_000 {
		fmt.Fprintf(w, "8982900541%05d,上海示例商贸有限公司%d,9131010%dMA1,张明桂,31010419780101%d,0344,1391\n", i, i, i%10, i)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestInterruptPhases interrupts the command while it reads, while it checks, and while it waits for somebody to take
// its report, with a map and a report in the making. It must end with 130 and leave nothing behind.
func TestInterruptPhases(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 36 MB")
	}
	dir := t.TempDir()
	big := bigFile(t, dir)
	out := filepath.Join(dir, "report.json")
	appears := func(size int64) func(io.Reader) error {
		return func(io.Reader) error {
			for range 2000 {
				list, err := filepath.Glob(out + ".*.part")
				if err != nil {
					return err
				}
				if len(list) > 0 {
					if info, err := os.Stat(list[0]); err == nil && info.Size() >= size {
						return nil
					}
				}
				time.Sleep(5 * time.Millisecond)
			}
			return errors.New("no file in the making")
		}
	}
	flows := func(r io.Reader) error {
		_, err := io.ReadFull(r, make([]byte, 1))
		return err
	}
	for _, tt := range []struct {
		name    string
		args    []string
		ready   func(io.Reader) error
		drain   bool // somebody reads on
		signals int
	}{
		{"reading", []string{"-o", out}, appears(0), true, 1},
		{"checking", []string{"-o", out}, appears(1 << 16), true, 1},
		{"checking, report to a pipe", nil, flows, true, 1},
		{"writing to a pipe that nobody reads", []string{"--map", filepath.Join(dir, "map.json")}, flows, false, 1},
		{"the same, twice", nil, flows, false, 2},
	} {
		cmd := exec.Command("merchantcheck", append([]string{"check", big, "--format", "json", "--lang", "en"}, tt.args...)...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdout, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err == nil {
			err = tt.ready(stdout)
		}
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if !tt.drain {
			time.Sleep(200 * time.Millisecond) // the pipe fills
		}
		begin := time.Now()
		for range tt.signals {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		ended := make(chan struct{})
		if tt.drain {
			go func() { io.Copy(io.Discard, stdout); close(ended) }()
		}
		state, err := cmd.Process.Wait()
		took := time.Since(begin)
		if tt.drain {
			<-ended
		}
		cmd.Wait() // closes the pipes
		if err != nil || state.ExitCode() != statusInterrupted || stderr.String() != "merchantcheck: interrupted\n" {
			t.Errorf("%s: %v, %v, %q", tt.name, state, err, stderr.String())
		}
		t.Logf("%s: ended after %v", tt.name, took.Round(time.Millisecond))
		if took > 5*time.Second { // a second, and room for a machine that is busy with other tests
			t.Errorf("%s: ended after %v", tt.name, took)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
			t.Errorf("%s: left behind %v", tt.name, left)
		}
	}
}

// TestProgress: a terminal sees how far the run is, in one line that is wiped before the report and at the end.
func TestProgress(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "list.csv")
	var text strings.Builder
	text.WriteString("商户号,商户名称\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "8982900541%05d,上海示例商贸有限公司%d\n", i, i)
	}
	if err := os.WriteFile(name, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(width int, env string, args ...string) (both string) {
		var out bytes.Buffer
		p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(name string) string {
			if name == "TERM" {
				return env
			}
			return ""
		}, terminal: func(any) int { return width }}
		if status := p.main(append([]string{"check", name, "--only", "MID", "--lang", "en"}, args...)); status > statusFound {
			t.Errorf("status %d", status)
		}
		return out.String()
	}
	plain := run(0, "xterm")
	got := run(4*len(name), "xterm")
	if !strings.Contains(got, "checking "+name+": 256 rows read ") || !strings.Contains(got, "2001 rows read 100%") {
		t.Errorf("%.600q", got)
	}
	if last := got[strings.LastIndex(got, wipe)+len(wipe):]; last != plain || strings.Contains(plain, wipe) {
		t.Errorf("the report of a terminal differs: %.300q", last)
	}
	for _, line := range strings.Split(run(20, "xterm"), wipe) {
		if strings.HasPrefix(line, "checking") && len(line) > 19 {
			t.Errorf("%q is too long", line)
		}
	}
	if got := run(80, "dumb") + run(80, "xterm", "--no-progress"); got != plain+plain {
		t.Errorf("progress that nobody wants: %.300q", got)
	}
}
