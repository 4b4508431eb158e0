package catalogue

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

// TestPages: every rule has a page that says its two titles and messages, an entry in rules.json and one in the index, and
// there are no others.
func TestPages(t *testing.T) {
	raw, err := os.ReadFile("rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		ID     rules.ID
		Source string
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	places := map[rules.ID]string{}
	for _, r := range list {
		places[r.ID] = r.Source
	}
	index, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	all := builtin.Rules()
	for _, r := range all {
		page, err := os.ReadFile(string(r.ID) + ".md")
		if err != nil {
			t.Errorf("%v (go generate ./rules/catalogue)", err)
			continue
		}
		for _, text := range []string{r.Title.ZH, r.Title.EN, r.Message.ZH, r.Message.EN, r.Doc.ZH, r.Doc.EN} {
			if !strings.Contains(string(page), text) {
				t.Errorf("%s.md lacks %q (go generate ./rules/catalogue)", r.ID, text)
			}
		}
		if _, err := os.Stat(filepath.Join("..", "..", places[r.ID])); err != nil || places[r.ID] == "" {
			t.Errorf("%s: source %q", r.ID, places[r.ID])
		}
		if !strings.Contains(string(index), "["+string(r.ID)+"]("+string(r.ID)+".md)") {
			t.Errorf("%s is not in the index", r.ID)
		}
		for _, line := range strings.Split(string(page), "\n") {
			for _, b := range r.Basis {
				if !b.Verified && (strings.HasPrefix(line, "- **依据**") || strings.HasPrefix(line, "- **Basis**")) && strings.Contains(line, b.Cite+" (") {
					t.Errorf("%s.md quotes what was not verified", r.ID)
				}
			}
		}
	}
	pages, err := filepath.Glob("[A-Z][A-Z][A-Z][0-9][0-9][0-9].md")
	if err != nil || len(pages) != len(all) || len(list) != len(all) {
		t.Errorf("%d pages, %d entries, %d rules", len(pages), len(list), len(all))
	}
}
