//go:build unix

package cli

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hostile writes a workbook whose sheet and shared strings are made by functions.
func hostile(name string, sheet, table func(w io.Writer)) error {
	const open = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>商户号</t></is></c><c t="inlineStr"><is><t>商户名称</t></is></c></row>`
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for part, write := range map[string]func(io.Writer){
		"[Content_Types].xml": func(w io.Writer) { io.WriteString(w, "<Types/>") },
		"_rels/.rels": func(w io.Writer) {
			io.WriteString(w, `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
		},
		"xl/workbook.xml": func(w io.Writer) {
			io.WriteString(w, `<workbook xmlns:r="r"><sheets><sheet name="商户" r:id="a"/></sheets></workbook>`)
		},
		"xl/_rels/workbook.xml.rels": func(w io.Writer) {
			io.WriteString(w, `<Relationships><Relationship Id="a" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/></Relationships>`)
		},
		"xl/sheet.xml": func(w io.Writer) {
			io.WriteString(w, open)
			sheet(w)
			io.WriteString(w, `</sheetData></worksheet>`)
		},
		"xl/strings.xml": func(w io.Writer) {
			io.WriteString(w, `<sst>`)
			table(w)
			io.WriteString(w, `</sst>`)
		},
	} {
		w, partErr := z.Create(part)
		if partErr == nil {
			b := bufio.NewWriterSize(w, 1<<16)
			write(b)
			partErr = b.Flush()
		}
		err = errors.Join(err, partErr)
	}
	return errors.Join(err, z.Close(), f.Close())
}

func repeat(text string, times int) func(io.Writer) {
	return func(w io.Writer) {
		for range times {
			io.WriteString(w, text)
		}
	}
}

// TestGuards runs the command on files that want much more than they are long. Each ends with one line on standard error
// within 10 seconds of CPU time and 512 MB, and leaves nothing in the folder for temporary files.
func TestGuards(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector needs several times the memory and the time")
	}
	dir, temp := t.TempDir(), t.TempDir()
	nothing := repeat("", 0)
	blanks := strings.Repeat(" ", 1<<20)
	for _, tt := range []struct {
		name string
		make func(name string) error
		want string
	}{
		{"blanks.xlsx", func(name string) error { return hostile(name, repeat(blanks, 300), nothing) }, "inflates to more"},
		{"strings.xlsx", func(name string) error {
			return hostile(name, nothing, repeat("<si><t>"+strings.Repeat("长", 10000)+"</t></si>", 4000))
		}, "inflates to more"},
		{"empty-strings.xlsx", func(name string) error {
			return hostile(name, repeat(`<row><c t="s"><v>99999999</v></c></row>`, 1), func(w io.Writer) {
				for i := range 200_000 { // some noise keeps the ratio low
					fmt.Fprintf(w, "%s<!--%x-->", strings.Repeat("<si/>", 20), i*2654435761)
				}
			})
		}, "a shared string does not exist"},
		{"far.xlsx", func(name string) error {
			return hostile(name, func(w io.Writer) {
				for r := range 20000 {
					fmt.Fprintf(w, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, r+2, r+2)
				}
			}, nothing)
		}, "beyond column SR"},
		{"nested.xlsx", func(name string) error { return hostile(name, repeat("<a>", 20<<20), nothing) }, "XML error|inflates to more"},
		{"quote.csv", func(name string) error {
			return os.WriteFile(name, append([]byte("商户号,商户名称\n\""), bytes.Repeat([]byte("a"), 64<<20)...), 0o600)
		}, "more than 1 MiB"},
		{"object.json", func(name string) error {
			return os.WriteFile(name, append([]byte(`{"mcc":"`), bytes.Repeat([]byte("a"), 64<<20)...), 0o600)
		}, "more than 32 MiB"},
		{"brackets.json", func(name string) error { return os.WriteFile(name, bytes.Repeat([]byte("["), 64<<20), 0o600) }, "no valid JSON"},
	} {
		name := filepath.Join(dir, tt.name)
		if err := tt.make(name); err != nil {
			t.Fatal(tt.name, err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		cmd := exec.CommandContext(ctx, "merchantcheck", "check", name, "--lang", "en")
		cmd.Env = append(os.Environ(), "TMPDIR="+temp)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		err := cmd.Run()
		cancel()
		var exit *exec.ExitError
		line := stderr.String()
		if !errors.As(err, &exit) || exit.ExitCode() != statusInput || strings.Count(line, "\n") != 1 ||
			!slices.ContainsFunc(strings.Split(tt.want, "|"), func(want string) bool { return strings.Contains(line, want) }) {
			t.Errorf("%s: %v, %q", tt.name, err, line)
			continue
		}
		usage := exit.SysUsage().(*syscall.Rusage)
		mb := usage.Maxrss >> 10
		if runtime.GOOS == "darwin" {
			mb >>= 10
		}
		cpu := exit.UserTime() + exit.SystemTime()
		t.Logf("%s: %v, %d MB", tt.name, cpu.Round(time.Millisecond), mb)
		if cpu > 10*time.Second || mb > 512 {
			t.Errorf("%s: %v, %d MB", tt.name, cpu, mb)
		}
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
