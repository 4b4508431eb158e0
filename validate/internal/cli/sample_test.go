package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
)

var updateSample = flag.Bool("update-sample", false, "rewrite the golden reports of the sample files")

// samples is the folder of the sample files at the top of the module.
const samples = "../../../testdata/"

type place struct {
	Rule, Sheet, Cell, Key string
	Row                    int
}

// sample runs the README's first command over the sample files and returns its findings and its text.
func sample(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	verb := "check"
	if len(args) > 0 && args[0] == "explain" {
		verb, args = args[0], args[1:]
	}
	base := []string{verb, samples + "merchants.xlsx", "--registry", samples + "registry.csv", "--as-of", "2026-11-22"}
	status = Main(append(base, args...), strings.NewReader(""), &stdout, &stderr, noEnv)
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", stderr.String())
	}
	if slices.Contains(args, "json") {
		if err := linesValid(stdout.Bytes()); err != nil {
			t.Error(err)
		}
	}
	return status, stdout.String()
}

// TestSampleTruth: the sample book and the sample registry raise exactly what their generator put in: every seeded
// defect at its cell, every difference at its record, and no other error or warning on any row.
func TestSampleTruth(t *testing.T) {
	status, out := sample(t, "--format", "json", "--unmask")
	if status != statusFound {
		t.Errorf("exit status %d", status)
	}
	data, err := os.ReadFile(samples + "truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct{ Check, Diff []place }
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	if len(truth.Check) < 40 || len(truth.Diff) < 25 {
		t.Fatalf("the truth list has %d defects and %d differences", len(truth.Check), len(truth.Diff))
	}
	var check, diff []string
	for _, e := range truth.Check {
		check = append(check, fmt.Sprintf("%s %s!%s row %d", e.Rule, e.Sheet, e.Cell, e.Row))
	}
	for _, e := range truth.Diff {
		diff = append(diff, fmt.Sprintf("%s %s", e.Rule, e.Key))
	}

	var gotCheck, gotDiff []string
	var records int
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var f struct {
			Type, Rule, Severity, Key, Message string
			Records                            int
			Source                             struct {
				Sheet, Cell string
				Row         int
			}
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		switch {
		case f.Type == "summary":
			records = f.Records
		case strings.HasPrefix(f.Rule, "DIF"):
			gotDiff = append(gotDiff, f.Rule+" "+f.Key)
		case f.Severity != "info" && f.Type == "finding":
			gotCheck = append(gotCheck, fmt.Sprintf("%s %s!%s row %d", f.Rule, f.Source.Sheet, f.Source.Cell, f.Source.Row))
		}
	}
	if records != 200 {
		t.Errorf("%d records", records)
	}
	compare(t, "check", check, gotCheck)
	compare(t, "diff", diff, gotDiff)
}

// TestSampleVerdicts: what the generator seeded decides each verdict: a direct effect is a yes, anything else of the list for
// 03 a likely, any other error or the missing account status leaves it open.
func TestSampleVerdicts(t *testing.T) {
	data, err := os.ReadFile(samples + "truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct{ Check, Diff []place }
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	direct := []string{"DIF001", "DIF010", "DIF011", "DIF012", "TRM007", "TRM012", "STA002", "STA003", "STA004", "STA005", "MID001", "MID006"}
	_, out := sample(t, "--format", "json")
	rowKeys := map[string]string{} // a defect is listed by its row
	for line := range strings.Lines(out) {
		var f struct {
			Key    string
			Source struct {
				Sheet string
				Row   int
			}
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Key != "" {
			rowKeys[fmt.Sprint(f.Source.Sheet, f.Source.Row)] = f.Key
		}
	}
	want := map[string]string{}
	for _, e := range slices.Concat(truth.Check, truth.Diff) {
		if e.Key == "" {
			e.Key = rowKeys[fmt.Sprint(e.Sheet, e.Row)]
		}
		rule, ok := builtin.Lookup(rules.ID(e.Rule))
		if !ok || rule.Star == 0 || e.Key == "" || rule.Severity == rules.Info {
			continue
		}
		switch {
		case slices.Contains(direct, e.Rule):
			want[e.Key] = "yes"
		case want[e.Key] == "":
			want[e.Key] = "likely"
		}
	}
	verdicts, keys := 0, map[string]bool{}
	for line := range strings.Lines(out) {
		var v struct {
			Type, Key       string
			WouldDecline    string   `json:"would_decline"`
			MissingEvidence []string `json:"missing_evidence"`
		}
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		if v.Type != "verdict" {
			continue
		}
		verdicts++
		keys[v.Key] = true
		expected := want[v.Key]
		if expected == "" {
			expected = "unknown"
		}
		if v.WouldDecline != expected || !slices.Contains(v.MissingEvidence, "account status") {
			t.Errorf("%s: %s, want %s", v.Key, v.WouldDecline, expected)
		}
	}
	for key := range want {
		if !keys[key] && !slices.ContainsFunc(truth.Diff, func(e place) bool { return e.Key == key && (e.Rule == "DIF002" || e.Rule == "DIF024") }) {
			t.Errorf("no verdict for %s", key)
		}
	}
	if verdicts < 199 || len(want) < 30 {
		t.Errorf("%d verdicts, %d seeded", verdicts, len(want))
	}
}

func compare(t *testing.T, what string, want, got []string) {
	t.Helper()
	slices.Sort(want)
	slices.Sort(got)
	for _, w := range want {
		if i := slices.Index(got, w); i >= 0 {
			got = slices.Delete(got, i, i+1)
		} else {
			t.Errorf("%s missed: %s", what, w)
		}
	}
	for _, g := range got {
		t.Errorf("%s extra: %s", what, g)
	}
}

// TestSampleReports pins the reports of the sample files, byte for byte.
func TestSampleReports(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
	}{{"sample.zh.txt", nil}, {"sample.en.txt", []string{"--lang", "en"}}, {"sample.jsonl", []string{"--format", "json"}},
		{"verdict.zh.txt", []string{"explain", "--merchant", "8982900541100"}}, {"verdict.en.txt", []string{"explain", "--merchant", "89810005411000K", "--lang", "en"}},
		{"verdict.jsonl", []string{"explain", "--merchant", "8982900541100", "--format", "json", "--code", "96"}}} {
		t.Run(c.name, func(t *testing.T) {
			_, out := sample(t, c.args...)
			golden := samples + filepath.Join("golden", c.name)
			if *updateSample {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if out != string(want) {
				g, w := strings.Split(out, "\n"), strings.Split(string(want), "\n")
				for i := range min(len(g), len(w)) {
					if g[i] != w[i] {
						t.Fatalf("line %d differs:\n got %s\nwant %s\n(-update-sample rewrites)", i+1, g[i], w[i])
					}
				}
				t.Fatalf("%d lines, want %d", len(g), len(w))
			}
			_, again := sample(t, append(c.args, "--workers", "1")...)
			if again != out {
				t.Error("two runs differ")
			}
		})
	}
}
