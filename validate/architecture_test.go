package validate_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

const module = "github.com/merchantkyc/merchantkyc/"

// layers in order: a package imports only packages of layers above it (and of its own, where within says so). The
// longest prefix decides.
var layers = []struct {
	prefix string
	layer  int
	within bool
}{
	{"merchant/", 1, false},         // numbers and tables
	{"merchant/internal/", 1, true}, // what they share
	{"merchant", 2, false},
	{"merchant/normalize", 3, true},
	{"merchant/companyname", 3, true},
	{"merchant/sample", 3, true},
	{"merchant/wire", 3, true},
	{"merchant/load", 4, true},
	{"rules", 5, false},
	{"rules/", 6, false}, // families
	{"rules/builtin", 7, false},
	{"rules/profile", 7, false},
	{"rules/declare", 7, false},
	{"rules/rulestest", 7, false},
	{"validate", 8, false},
	{"validate/", 9, true}, // services
	{"validate/internal/cli", 10, false},
	{"validate/cmd/", 11, false},
}

func layerOf(pkg string) (layer int, within bool) {
	best := -1
	for _, l := range layers {
		if pkg == l.prefix || strings.HasSuffix(l.prefix, "/") && strings.HasPrefix(pkg, l.prefix) || strings.HasPrefix(pkg, l.prefix+"/") && l.prefix == "merchant/load" {
			if len(l.prefix) > best {
				best, layer, within = len(l.prefix), l.layer, l.within
			}
		}
	}
	return layer, within
}

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Module     *struct{ Path string }
}

func packages(t *testing.T) map[string]pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps,Module", module+"...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]pkg{}
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

func TestLayers(t *testing.T) {
	all := packages(t)
	ours := 0
	for path, p := range all {
		name, ok := strings.CutPrefix(path, module)
		if !ok || strings.HasPrefix(name, "examples") {
			continue
		}
		ours++
		layer, _ := layerOf(name)
		if layer == 0 {
			t.Errorf("%s stands in no layer", name)
		}
		for _, imported := range p.Imports {
			other, ok := strings.CutPrefix(imported, module)
			if !ok {
				continue
			}
			l, within := layerOf(other)
			if l > layer || l == layer && !within {
				t.Errorf("%s (layer %d) imports %s (layer %d)", name, layer, other, l)
			}
		}
	}
	if ours < 30 {
		t.Fatalf("only %d packages seen", ours)
	}
}

// thirdParties says which packages may reach which modules; everything else gets decimal and x/text only.
var thirdParties = []struct{ module, from string }{
	{"github.com/xuri/excelize/v2", "merchant/load/xlsx"},
	{"github.com/xuri/excelize/v2", "validate/report/xlsx"},
	{"github.com/go-playground/validator/v10", "validate/tag"},
	{"github.com/go-playground/universal-translator", "validate/tag"},
	{"github.com/spf13/cobra", "validate/internal/cli"},
	{"github.com/spf13/pflag", "validate/internal/cli"},
	{"golang.org/x/term", "validate/internal/cli"},
	{"golang.org/x/tools", "rules/rulestest"},
	{"pgregory.net/rapid", "merchant/internal/numbertest"},
}

func TestThirdParties(t *testing.T) {
	all := packages(t)
	mayReach := func(from, to string) bool {
		// a package may reach a module when it is, or imports, the package that is allowed to
		for _, tp := range thirdParties {
			if tp.module == to && (from == tp.from || slices.Contains(all[module+from].Deps, module+tp.from)) {
				return true
			}
		}
		return false
	}
	free := []string{"github.com/shopspring/decimal", "golang.org/x/text"}
	clean := []string{
		"merchant",
		"merchant/normalize",
		"merchant/load",
		"merchant/wire",
		"merchant/load/csv",
		"merchant/load/json",
		"rules",
		"rules/builtin",
		"rules/profile",
		"rules/declare",
		"validate",
		"validate/diagnose",
		"validate/diff",
		"validate/report",
		"validate/report/html",
		"validate/fix",
		"validate/suppress",
	}
	for path, p := range all {
		from, ok := strings.CutPrefix(path, module)
		if !ok || strings.HasPrefix(from, "examples") {
			continue
		}
		for _, dep := range p.Deps {
			d := all[dep]
			if d.Module == nil || d.Module.Path+"/" == module || slices.Contains(free, d.Module.Path) {
				continue
			}
			direct := slices.Contains(p.Imports, dep)
			if slices.Contains(clean, from) {
				t.Errorf("%s reaches %s", from, d.Module.Path)
			} else if direct && !mayReach(from, d.Module.Path) {
				t.Errorf("%s imports %s of %s", from, dep, d.Module.Path)
			}
		}
	}
	for _, name := range clean {
		if _, ok := all[module+name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
}

// TestLedger: an ID that was once published stays, in its place.
func TestLedger(t *testing.T) {
	data, err := os.ReadFile("../testdata/rule-ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	ledger := strings.Fields(string(data))
	if len(ledger) < 50 {
		t.Fatalf("the ledger has %d IDs", len(ledger))
	}
	for i, id := range ledger {
		if _, ok := builtin.Lookup(rules.ID(id)); !ok {
			t.Errorf("%s stands in the ledger and is no rule; a rule out of use keeps its variable and gets Retired", id)
		}
		if slices.Contains(ledger[:i], id) {
			t.Errorf("%s stands twice in the ledger", id)
		}
	}
	for _, r := range builtin.Rules() {
		if !slices.Contains(ledger, string(r.ID)) {
			t.Errorf("%s is not in the ledger; run go generate ./rules/builtin", r.ID)
		}
	}
	// Committed lines never move: every ledger that git knows begins this one, so that a commit hides nothing either.
	commits, err := exec.Command("git", "log", "--format=%H", "--", "../testdata/rule-ids.txt").Output()
	if err != nil {
		t.Logf("not a git checkout, the former ledgers are not compared: %v", err)
	}
	for _, commit := range strings.Fields(string(commits)) {
		old, err := exec.Command("git", "show", commit+":testdata/rule-ids.txt").Output()
		if err != nil {
			t.Fatalf("git show %s: %v", commit, err)
		}
		if was := strings.Fields(string(old)); len(was) > len(ledger) || !slices.Equal(was, ledger[:len(was)]) {
			t.Errorf("the ledger is append-only; lines of commit %s have changed", commit)
		}
	}
}

// TestListIsComplete reads the family packages and asks that every rule variable is in the generated list under its
// own ID: a rule that no list knows never runs.
func TestListIsComplete(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../rules", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				for i, value := range v.Values {
					lit, ok := value.(*ast.CompositeLit)
					if !ok {
						continue
					}
					sel, ok := lit.Type.(*ast.SelectorExpr)
					if !ok || sel.Sel.Name != "Rule" {
						continue
					}
					found++
					name := v.Names[i].Name
					if r, ok := builtin.Lookup(rules.ID(name)); !ok {
						t.Errorf("%s: %s is not in the list; run go generate ./rules/builtin", path, name)
					} else if string(r.ID) != name {
						t.Errorf("%s: the variable %s holds the rule %s", path, name, r.ID)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(builtin.Rules()); n != found {
		t.Errorf("%d rules in the packages, %d in the list", found, n)
	}
}

func TestCatalogueIsSound(t *testing.T) {
	list := builtin.Rules()
	if err := rules.Validate(list); err != nil {
		t.Fatal(err)
	}
	stars := map[int]rules.ID{}
	for _, r := range list {
		if r.Since == "" || r.Good == "" || r.Bad == "" {
			t.Errorf("%s lacks Since or an example", r.ID)
		}
		if r.Star > 0 {
			if other, ok := stars[r.Star]; ok {
				t.Errorf("%s and %s share place %d", r.ID, other, r.Star)
			}
			stars[r.Star] = r.ID
		}
		for _, text := range []rules.Text{r.Title, r.Message, r.Remedy, r.Doc} {
			if strings.Contains(text.ZH+text.EN, "DOCZH") || strings.Contains(text.ZH+text.EN, ".csv") || strings.Contains(text.ZH+text.EN, ".md") {
				t.Errorf("%s: unfinished text: %s / %s", r.ID, text.ZH, text.EN)
			}
		}
		for _, b := range r.Basis {
			if b.Cite == "" || b.Level == "" {
				t.Errorf("%s: empty basis", r.ID)
			}
		}
	}
	// The order in which a back office looks for the cause of 03 has 45 places.
	for place := 1; place <= 45; place++ {
		if stars[place] == "" {
			t.Errorf("no rule has place %d of the list for 03", place)
		}
	}
}

// TestHabits: no clock but one, no init, no panic, no printing in the library.
func TestHabits(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "examples") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, c := range f.Comments {
			if strings.HasPrefix(c.List[0].Text, "//go:build ignore") {
				return nil // generators print and stop
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s has an init function", path)
				}
			case *ast.CallExpr:
				switch fun := n.Fun.(type) {
				case *ast.Ident:
					if fun.Name == "panic" {
						t.Errorf("%s panics", path)
					}
				case *ast.SelectorExpr:
					if x, ok := fun.X.(*ast.Ident); ok {
						switch call := x.Name + "." + fun.Sel.Name; call {
						case "time.Now":
							if !strings.HasSuffix(path, "validate/clock.go") && !strings.Contains(path, "/numbertest/") { // which only tests import
								t.Errorf("%s reads the clock", path)
							}
						case "fmt.Print", "fmt.Println", "fmt.Printf", "os.Getenv", "log.Print", "log.Printf", "log.Println", "log.Fatal":
							if !strings.Contains(path, "validate/cmd/") {
								t.Errorf("%s calls %s", path, call)
							}
						}
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range mustReadDir(t, "..") {
		if !slices.Contains([]string{"merchant", "validate", "rules", "examples", "testdata", "go.mod", "go.sum", "README.md"}, d.Name()) && d.Name()[0] != '.' {
			t.Errorf("top level holds %s", d.Name())
		}
	}
}

func mustReadDir(t *testing.T, name string) []os.DirEntry {
	t.Helper()
	list, err := os.ReadDir(name)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
