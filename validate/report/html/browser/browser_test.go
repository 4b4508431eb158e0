package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/diff"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/report/html"
)

const samples = "../../../../testdata/"

// open starts a browser on the file; what the page complains about fails the test.
func open(t *testing.T, path string, width, height int) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("no browser on this machine: install chromium to run this test")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(width, height))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 40*time.Second)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page failed: %s", e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			t.Errorf("the page complained: %s", e.Entry.Text)
		}
	})
	run(t, ctx, log.Enable(), chromedp.Navigate("file://"+path), chromedp.WaitReady("#list tbody", chromedp.ByQuery))
	return ctx
}

func run(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// rows returns how many findings the list shows, and its first.
func rows(t *testing.T, ctx context.Context) (n int, first string) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(`document.querySelectorAll("#list tbody tr").length`, &n),
		chromedp.Evaluate(`document.querySelector("#list tbody tr")?.innerText ?? ""`, &first))
	return n, first
}

// wait gives the list the time of its delay after a key was pressed, until it shows want rows.
func wait(t *testing.T, ctx context.Context, what string, want int) {
	t.Helper()
	var n int
	for range 100 {
		if n, _ = rows(t, ctx); n == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s: %d rows, want %d", what, n, want)
}

// sample writes the page of the sample files and returns how often each rule, merchant and cause stands in it.
func sample(t *testing.T) (path string, count map[string]int) {
	t.Helper()
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		t.Fatal(err)
	}
	path, count = filepath.Join(t.TempDir(), "report.html"), map[string]int{}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := html.New(f, report.Options{Lang: "zh"})
	comparison := diff.New(v, diff.Options{})
	verdicts := diagnose.NewCollector(diagnose.Options{Registry: true})
	sink := func(r *merchant.Record, found []rules.Finding) error {
		for i := range found {
			f := &found[i]
			count[f.Severity.String()]++
			if f.Severity > rules.Info {
				count[string(f.Rule.ID)]++
				count[f.Key]++
			}
			count[string(f.Rule.Cause)]++
		}
		verdicts.Findings(found)
		return w.Findings(r, found)
	}
	read := func(name string, add func(*merchant.Record)) (list []*merchant.Record) {
		records, closer, err := file.Open(t.Context(), samples+name, file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer closer.Close()
		for r, err := range records {
			if err == nil {
				add(r)
				list = append(list, r)
			}
		}
		return list
	}
	ours := read("merchants.xlsx", comparison.AddLocal)
	read("registry.csv", comparison.AddRegistry)
	sum, err := v.Run(t.Context(), func(yield func(*merchant.Record, error) bool) {
		for _, r := range ours {
			verdicts.Record(r)
			if !yield(r, nil) {
				return
			}
		}
	}, sink)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := comparison.Compare(t.Context(), func(f rules.Finding) error {
		sum.Add([]rules.Finding{f})
		return sink(nil, []rules.Finding{f})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Verdicts(verdicts.Verdicts()); err != nil {
		t.Fatal(err)
	}
	if err := w.Summary(sum, &counts); err != nil {
		t.Fatal(err)
	}
	return path, count
}

// TestClerk does what a clerk does: looks at the errors, picks a cause, a rule, a merchant, types a word, opens a rule,
// and clears all of it again.
func TestClerk(t *testing.T) {
	path, count := sample(t)
	ctx := open(t, path, 1300, 1000)
	both := count["error"] + count["warning"]
	wait(t, ctx, "errors and warnings", both)

	run(t, ctx, chromedp.Click(`input[name=warning]`, chromedp.ByQuery))
	wait(t, ctx, "errors", count["error"])
	run(t, ctx, chromedp.Click(`input[name=warning]`, chromedp.ByQuery))
	wait(t, ctx, "both again", both)

	run(t, ctx, chromedp.Click(`[data-cause="SC-04"]`, chromedp.ByQuery))
	wait(t, ctx, "a cause", count["SC-04"])
	run(t, ctx, chromedp.Click(`[data-cause="SC-04"]`, chromedp.ByQuery))

	run(t, ctx, chromedp.Click(`button[type=reset]`, chromedp.ByQuery), chromedp.SetValue(`select[name=rule]`, "LIC003", chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelector("select[name=rule]").dispatchEvent(new Event("input", {bubbles: true}))`, nil))
	wait(t, ctx, "a rule", count["LIC003"])
	var expanded, hash string
	run(t, ctx, chromedp.Click(`button.explain`, chromedp.ByQuery), chromedp.AttributeValue(`button.explain`, "aria-expanded", &expanded, nil, chromedp.ByQuery), chromedp.Evaluate(`location.hash`, &hash))
	if _, first := rows(t, ctx); expanded != "true" || !strings.Contains(first, "GB 32100") || hash != "#rule=LIC003" {
		t.Errorf("the rule is not explained: %q, %s", first, hash)
	}
	run(t, ctx, chromedp.Click(`button[type=reset]`, chromedp.ByQuery))
	wait(t, ctx, "cleared", both)

	var key string
	run(t, ctx, chromedp.Evaluate(`document.querySelector("#list [data-key]").dataset.key`, &key), chromedp.Click(`#list [data-key]`, chromedp.ByQuery))
	wait(t, ctx, "a merchant", count[key])
	run(t, ctx, chromedp.Click(`button[type=reset]`, chromedp.ByQuery))
	wait(t, ctx, "cleared", both)

	run(t, ctx, chromedp.SendKeys(`input[name=text]`, "lic003", chromedp.ByQuery))
	wait(t, ctx, "a word", count["LIC003"])
	run(t, ctx, chromedp.SendKeys(`input[name=text]`, " nothing such", chromedp.ByQuery))
	wait(t, ctx, "no match", 0)

	var verdicts string
	run(t, ctx, chromedp.Click(`.verdicts summary`, chromedp.ByQuery), chromedp.Text(`.verdicts tbody`, &verdicts, chromedp.ByQuery))
	if !strings.Contains(verdicts, "会被拒绝") || !strings.Contains(verdicts, "DIF001") {
		t.Error("the verdicts are not told")
	}
	var pdf []byte
	run(t, ctx, chromedp.Click(`button[type=reset]`, chromedp.ByQuery), chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = cdpage.PrintToPDF().WithPrintBackground(true).Do(ctx)
		return err
	}))
	if len(pdf) < 10_000 {
		t.Errorf("printing gave %d bytes", len(pdf))
	}
	keep(t, ctx, "desktop")
}

// TestPhone: nothing is wider than the screen of a phone.
func TestPhone(t *testing.T) {
	path, _ := sample(t)
	ctx := open(t, path, 500, 900) // chromium makes no narrower window
	run(t, ctx, chromedp.EmulateViewport(360, 740))
	var wide float64
	run(t, ctx, chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &wide))
	if wide > 0 {
		t.Errorf("%v pixels too wide", wide)
	}
	keep(t, ctx, "phone")
}

// TestMany: a page of 50,000 findings filters, and shows more of them when asked.
func TestMany(t *testing.T) {
	path := filepath.Join(t.TempDir(), "many.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := html.New(f, report.Options{Lang: "en"})
	const total = 50_000
	for n := range total {
		rule, _ := builtin.Lookup([]rules.ID{"LIC003", "REP003", "SET003", "CON001"}[n%4])
		found := []rules.Finding{{Rule: rule, Severity: rule.Severity, Key: fmt.Sprintf("8982900%08d", n), Value: "<b>&amp;",
			Path: merchant.At(rule.Fields[0]), Source: merchant.Source{File: "many.csv", Row: n + 2}}}
		if err := w.Findings(nil, found); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Summary(validate.Summary{Records: total, Errors: total}, nil); err != nil {
		t.Fatal(err)
	}
	ctx := open(t, path, 1300, 1000)
	wait(t, ctx, "the first page", 200)
	run(t, ctx, chromedp.Click(`#more`, chromedp.ByQuery))
	wait(t, ctx, "the second page", 400)
	run(t, ctx, chromedp.SendKeys(`input[name=key]`, "898290000049999", chromedp.ByQuery))
	wait(t, ctx, "one merchant", 1)
	if _, first := rows(t, ctx); !strings.Contains(first, "898290000049999") {
		t.Error(first)
	}
}

// keep stores a picture in the folder of SCREENSHOTS, for a person to look at.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	var picture []byte
	run(t, ctx, chromedp.FullScreenshot(&picture, 100))
	if len(picture) < 10_000 {
		t.Errorf("the picture %s has %d bytes", name, len(picture))
	}
	if dir := os.Getenv("SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
