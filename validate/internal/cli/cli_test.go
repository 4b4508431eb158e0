package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/validate/report"
)

// panicked is the status of the command in tests when it had to recover from a panic, so that no script can expect it.
const panicked = 99

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"merchantcheck": func() {
		p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv}
		if n, err := strconv.ParseInt(os.Getenv("TEST_MEMORY"), 10, 64); err == nil {
			p.memory = n
		}
		if n, err := strconv.ParseUint(os.Getenv("TEST_FILE_SIZE"), 10, 64); err == nil {
			if err := limitFiles(n); err != nil {
				panic(err)
			}
		}
		bug := false
		p.panics = func(string) { bug = true }
		status := p.main(os.Args[1:])
		if bug {
			status = panicked
		}
		os.Exit(status)
	}})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup:               func(e *testscript.Env) error { return badWorkbooks(e.WorkDir) },
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "gb18030": gb18030},
	})
}

// gb18030 stores a text in that encoding under another name.
func gb18030(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: gb18030 FROM TO")
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

// badWorkbooks writes the files of the scripts that are no text.
func badWorkbooks(dir string) error {
	write := func(name string, data []byte) error { return os.WriteFile(filepath.Join(dir, name), data, 0o666) }
	good := [][]any{{"商户号", "商户名称"}, {"898290054110001", "上海瑞丰商贸有限公司"}}
	plain, err := book("", good)
	if err != nil {
		return err
	}
	locked, err := book("secret-1", good)
	if err != nil {
		return err
	}
	// A compound file whose directory names a Workbook stream and nothing encrypted.
	old := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1016)...)
	old = append(old, "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"...)
	err = errors.Join(os.Mkdir(filepath.Join(dir, "folder"), 0o777), write("truncated.xlsx", plain[:len(plain)/2]), write("locked.xlsx", locked), withMacros(filepath.Join(dir, "macros.xlsm")),
		write("old.xls", old), write("old.xlsx", old))
	for name, rows := range map[string][][]any{
		"noheader.xlsx":   good[1:],
		"unknown.xlsx":    {{"天气", "温度"}, {"晴", 21}},
		"headeronly.xlsx": {{"商户号", "商户名称", "统一社会信用代码"}},
		"badcells.xlsx": {{"商户号", "商户名称", "统一社会信用代码", "成立日期", "单笔限额"},
			{"898290054110001", "上海瑞丰商贸有限公司", "91310104MA10000097", "去年春天", "五万左右"},
			{"898290054110002", "上海鼎禾餐饮管理有限公司", "9131010MA1000010", true, -2.5e300}},
	} {
		b, bookErr := book("", rows)
		err = errors.Join(err, bookErr, write(name, b))
	}
	return err
}

// withMacros writes a workbook with something to correct and a project of macros.
func withMacros(name string) error {
	f := excelize.NewFile()
	defer f.Close()
	project := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1016)...)
	return errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"商户号", "商户名称"}), f.SetSheetRow("Sheet1", "A2", &[]any{"898290054110001", "上海瑞丰商贸有限公司\u3000"}),
		f.AddVBAProject(project), f.SaveAs(name))
}

// book returns a workbook with one sheet, encrypted when there is a password.
func book(password string, rows [][]any) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	err := f.SetSheetName("Sheet1", "商户")
	for i := range rows {
		err = errors.Join(err, f.SetSheetRow("商户", "A"+strconv.Itoa(i+1), &rows[i]))
	}
	var b bytes.Buffer
	err = errors.Join(err, f.Write(&b, excelize.Options{Password: password}))
	return b.Bytes(), err
}

// status runs the command: status 2 check FILE expects exit status 2. Errors are one line on standard error and nothing
// else anywhere when the usage is wrong; reports leave standard error empty.
func status(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if err != nil || neg {
		ts.Fatalf("usage: status N arguments…")
	}
	got := 0
	if err := ts.Exec("merchantcheck", args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	stderr, stdout := ts.ReadFile("stderr"), ts.ReadFile("stdout")
	if got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
	if strings.HasPrefix(stdout, `{"type":`) {
		ts.Check(linesValid([]byte(stdout)))
	}
	lines := strings.Count(stderr, "\n")
	switch {
	case want < 2 && stderr != "":
		ts.Fatalf("a report with something on standard error")
	case want >= 2 && (lines != 1 || !strings.HasPrefix(stderr, "merchantcheck: ") || !strings.HasSuffix(stderr, "\n")):
		ts.Fatalf("an error of %d lines", lines)
	case want == 2 && stdout != "":
		ts.Fatalf("a usage error with something on standard output")
	}
}

// linesValid checks JSON lines against the schema that clients are given. It is closed, so that a new key, a new type of
// line or another word fails here until it stands in the contract.
func linesValid(out []byte) error {
	s, err := lineSchema()
	if err != nil {
		return err
	}
	for line := range bytes.Lines(out) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			return fmt.Errorf("%s%w", line, err)
		}
	}
	return nil
}

var lineSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(report.Schema()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("schema.json")
})

func noEnv(string) string { return "" }

// TestClosedPipe: whoever reads the report may leave; that is no crash and nothing to complain about.
func TestClosedPipe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no EPIPE")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	for _, args := range [][]string{{"rules"}, {"check", "testdata/two.csv"}, {"check", "--format", "json", "testdata/two.csv"}} {
		cmd := exec.Command("merchantcheck", args...)
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &stderr
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != statusInput || stderr.Len() > 0 {
			t.Errorf("%v: %v, %q", args, err, stderr.String())
		}
	}
}

// blocked is standard input that says when it is asked and then never answers.
type blocked chan struct{}

func (b blocked) Read([]byte) (int, error) {
	close(b)
	select {}
}

func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself")
	}
	in, done := make(blocked), make(chan int)
	out := filepath.Join(t.TempDir(), "report")
	var stdout, stderr bytes.Buffer
	go func() { done <- Main([]string{"check", "-", "-o", out}, in, &stdout, &stderr, noEnv) }()
	<-in
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(os.Interrupt)
	}
	if err != nil {
		t.Fatal(err)
	}
	if status := <-done; status != statusInterrupted || stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("status %d, %q, %q", status, stdout.String(), stderr.String())
	}
	if left, _ := filepath.Glob(out + "*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestTemporaryFolder: a comparison that must write and cannot names the folder, and one that can leaves nothing there.
func TestTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	row := func(i int) string { return fmt.Sprintf("89831015411%04d,上海示例%d商贸有限公司\n", i, i) }
	var text strings.Builder
	text.WriteString("商户编号,商户名称\n")
	for i := range 5000 {
		text.WriteString(row(i))
	}
	for _, name := range []string{"book.csv", "bank.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	temp := filepath.Join(dir, "temp")
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	run := func() (int, string, string) {
		var stdout, stderr bytes.Buffer
		p := &program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, env: noEnv, memory: 1}
		status := p.main([]string{"diff", "--lang", "en", filepath.Join(dir, "book.csv"), filepath.Join(dir, "bank.csv")})
		return status, stdout.String(), stderr.String()
	}
	if status, out, told := run(); status != statusInput || !strings.Contains(told, temp) || strings.Count(told, "\n") != 1 || strings.Contains(out, "equal 5000") {
		t.Errorf("status %d, %q, %q", status, out, told)
	}
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	if status, out, told := run(); status != 0 || told != "" || !strings.Contains(out, "5000") {
		t.Errorf("status %d, %q, %q", status, out, told)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestPanic: the last resort tells no data.
func TestPanic(t *testing.T) {
	var stderr bytes.Buffer
	place := ""
	p := &program{stdin: strings.NewReader(""), stdout: bomb{}, stderr: &stderr, env: noEnv, panics: func(s string) { place = s }}
	if status := p.main([]string{"rules"}); status != statusInput {
		t.Errorf("status %d", status)
	}
	if s := stderr.String(); strings.Contains(s, "secret") || strings.Count(s, "\n") != 1 || !strings.HasPrefix(place, "cli_test.go:") {
		t.Errorf("%q from %q", s, place)
	}
}

type bomb struct{}

func (bomb) Write([]byte) (int, error) { panic("secret") }

// failing is a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteFails(t *testing.T) {
	var stderr bytes.Buffer
	if status := Main([]string{"check", "testdata/two.csv", "--lang", "en"}, nil, failing{}, &stderr, noEnv); status != statusInput {
		t.Errorf("status %d", status)
	}
	if strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("%q", stderr.String())
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ lcAll, lang, args, want string }{
		{"", "", "", "zh"}, {"", "en_US.UTF-8", "", "en"}, {"zh_CN.UTF-8", "en_US.UTF-8", "", "zh"}, {"C", "", "", "zh"},
		{"", "en_US.UTF-8", "--lang=zh", "zh"}, {"", "", "check --lang en x", "en"}, {"", "", "check -- --lang en", "zh"},
	} {
		env := func(name string) string { return map[string]string{"LC_ALL": c.lcAll, "LANG": c.lang}[name] }
		if got := language(strings.Fields(c.args), env); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"LIC001", "LIC003", "REP004", "check"}
	for s, want := range map[string]string{"LIC0O3": "LIC003", "ILC003": "LIC003", "XYZ999": "", "chek": "check", "LIC03": "LIC003"} {
		if got := strings.Join(nearest(s, names), " "); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}
