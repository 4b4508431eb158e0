package numbertest_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/merchantkyc/merchantkyc/"

// more are the functions that reach what Check, Valid, Compact and Format do not.
var more = map[string]string{
	"bankcard":    "bankcard.Lookup, bankcard.Candidates, bankcard.Load",
	"cnaps":       "cnaps.AreaName, cnaps.BankName, cnaps.Lookup, cnaps.Candidates, cnaps.Load",
	"companyname": "companyname.Split, companyname.SameCore, companyname.Registrars",
	"division":    "division.Lookup, division.SplitAddress, division.Successors, division.Pseudo, division.Find, division.Filler",
	"iban":        "iban.Candidates",
	"lei":         "lei.Candidates",
	"mcc":         "mcc.Lookup, mcc.Load",
	"orgcode":     "orgcode.Candidates",
	"phone":       "phone.SegmentOf, phone.AreaOf, phone.Split",
	"regno":       "regno.LegacyKind, regno.Candidates",
	"residentid":  "residentid.Candidates, residentid.CheckForeignPermanent",
	"uscc":        "uscc.CategoryOf, uscc.Candidates",
}

// TestWeight: a program that uses every package of numbers grows by 1.5 MB at most, and none of the packages does any
// work when it starts.
func TestWeight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	dirs, err := filepath.Glob("../../*")
	if err != nil {
		t.Fatal(err)
	}
	var imports, uses strings.Builder
	n := 0
	for _, dir := range dirs {
		name := filepath.Base(dir)
		src, err := os.ReadFile(filepath.Join(dir, name+".go"))
		if err != nil || !bytes.Contains(src, []byte("\nfunc Check(s string) error")) {
			continue
		}
		n++
		fmt.Fprintf(&imports, "import %q\n", module+"merchant/"+name)
		fmt.Fprintf(&uses, "%[1]s.Check, %[1]s.Valid, %[1]s.Compact, %[1]s.Format, ", name)
		if more[name] != "" {
			uses.WriteString(more[name] + ", ")
		}
	}
	if n != 19 {
		t.Errorf("%d packages of numbers, want 19", n)
	}
	empty, _ := build(t, "", "")
	all, started := build(t, imports.String(), uses.String())
	t.Logf("%d KB for %d packages", (all-empty)>>10, n)
	if all-empty > 1500<<10 {
		t.Errorf("a stripped program grows by %d bytes", all-empty)
	}
	for _, line := range strings.Split(started, "\n") {
		if strings.Contains(line, module) || regexp.MustCompile(`init \S+\.\S+/`).MatchString(line) && !strings.HasSuffix(line, " 0 bytes, 0 allocs") {
			t.Error(line)
		}
	}
}

// build returns the size of a stripped program and what its packages do at its start.
func build(t *testing.T, imports, uses string) (size int64, started string) {
	t.Helper()
	dir := t.TempDir()
	src, out := filepath.Join(dir, "main.go"), filepath.Join(dir, "main")
	text := "package main\n\nimport \"fmt\"\n" + imports + "\nfunc main() { fmt.Println([]any{" + uses + "}...) }\n"
	if err := os.WriteFile(src, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, src)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	info, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(out)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stderr.String(), "init runtime ") {
		t.Fatalf("no trace: %s", stderr.String())
	}
	return info.Size(), stderr.String()
}
