package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiskFull: an output that finds no room is told in one line with its name. Nothing of it stays, what had the name
// before does, and no temporary file is left.
func TestDiskFull(t *testing.T) {
	if limitFiles == nil {
		t.Skip("this system cannot limit the size of files")
	}
	dir, temp := t.TempDir(), t.TempDir()
	for side, name := range []string{"book.csv", "bank.csv"} {
		text := "商户编号,商户名称,MCC码,统一社会信用代码\n"
		for i := range 1000 {
			text += fmt.Sprintf("8983101541%05d,上海示例%d商贸有限公司,%d, 91310104ma1fw2wl4j\n", i, i, 5411+401*(side*i%2))
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range []struct{ args, out string }{
		{"diff book.csv bank.csv -o", "out.xlsx"}, {"diff book.csv bank.csv -o", "out.csv"}, {"diff book.csv bank.csv -o", "out.html"},
		{"diff book.csv bank.csv -o", "out.jsonl"}, {"check book.csv -o", "out.xlsx"}, {"check book.csv -o", "out.html"},
		{"check book.csv --registry bank.csv -o", "out.xlsx"}, {"fix book.csv -o", "out.csv"}, {"check book.csv --baseline", "base.json"},
		{"rules -o", "rules.txt"}, {"diff book.csv bank.csv -o", ""}, {"check book.csv --registry bank.csv -o", ""}, // these find no room for temporary files
	} {
		lang := [...]string{"zh", "en"}[i%2]
		args := append(strings.Fields(c.args), c.out, "--lang", lang)
		want := map[string]string{"zh": c.out + "：写不下", "en": c.out + ": no room to write"}[lang]
		memory := "0"
		if c.out == "" {
			args[len(args)-3], want, memory = "small.txt", temp, "1"
		}
		old := i%3 == 0 && c.out != "" && c.out != "base.json"
		if old {
			if err := os.WriteFile(filepath.Join(dir, c.out), []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("merchantcheck", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TEST_FILE_SIZE=6000", "TEST_MEMORY="+memory)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		err := cmd.Run()
		var exit *exec.ExitError
		if line := stderr.String(); !errors.As(err, &exit) || exit.ExitCode() != statusInput || strings.Count(line, "\n") != 1 || !strings.Contains(line, want) {
			t.Errorf("%v: %v, %q", args, err, line)
		}
		if old {
			if text, err := os.ReadFile(filepath.Join(dir, c.out)); err != nil || string(text) != "old" {
				t.Errorf("%v: the file of that name is gone: %q %v", args, text, err)
			}
			os.Remove(filepath.Join(dir, c.out))
		}
		for folder, most := range map[string]int{dir: 2, temp: 0} {
			if left, err := os.ReadDir(folder); err != nil || len(left) != most {
				t.Errorf("%v: left behind: %v %v", args, left, err)
			}
		}
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Log("no /dev/full: standard output was not tried")
		return
	}
	defer full.Close()
	cmd := exec.Command("merchantcheck", "check", "book.csv", "--lang", "en")
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, full, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != statusInput || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), "no room to write") {
		t.Errorf("standard output: %v, %q", err, stderr.String())
	}
}
