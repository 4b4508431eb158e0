package validate_test

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestWeight: a program that checks a merchant links decimal and x/text and nothing else of third parties. What it adds to
// a program that prints a line, stripped, is logged; the README says what it was.
func TestWeight(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(empty, []byte("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	build := func(what, name string) (bytes int64) {
		name = filepath.Join(dir, name)
		if out, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", name, what).CombinedOutput(); err != nil {
			t.Fatalf("go build: %v\n%s", err, out)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	least, whole := build(empty, "empty.exe"), build("./testdata/weight", "weight.exe")
	info, err := buildinfo.ReadFile(filepath.Join(dir, "weight.exe"))
	if err != nil {
		t.Fatal(err)
	}
	var linked []string
	for _, m := range info.Deps {
		linked = append(linked, m.Path)
	}
	slices.Sort(linked)
	if want := []string{"github.com/shopspring/decimal", "golang.org/x/text"}; !slices.Equal(linked, want) {
		t.Errorf("it links %v, want %v", linked, want)
	}
	t.Logf("stripped: %.2f MB, %.2f MB of them for the checks", float64(whole)/1e6, float64(whole-least)/1e6)
	if limit := int64(6e6); whole-least > limit {
		t.Errorf("the checks add %d bytes, more than %d", whole-least, limit)
	}
}
