package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant/load/file"
)

// surf starts a browser; what a page complains about fails the test.
func surf(t *testing.T, downloads string) context.Context {
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
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1300, 1000))
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
			t.Errorf("the page complained: %s %s", e.Entry.Text, e.Entry.URL)
		}
	})
	act(t, ctx, log.Enable(), browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(downloads))
	return ctx
}

func act(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// read returns the text of an element.
func read(t *testing.T, ctx context.Context, selector string) (s string) {
	t.Helper()
	act(t, ctx, chromedp.Text(selector, &s, chromedp.ByQuery))
	return s
}

// keep looks at a page at the width of a desktop and of a phone, where nothing may be wider than the screen, and stores
// pictures in the folder of SCREENSHOTS for a person to look at.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	for _, width := range []int64{360, 1300} {
		var picture []byte
		var wide float64
		act(t, ctx, chromedp.EmulateViewport(width, 800), chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &wide))
		if wide > 0 {
			t.Errorf("%s is %v pixels too wide at %d", name, wide, width)
		}
		if dir := os.Getenv("SCREENSHOTS"); dir != "" {
			act(t, ctx, chromedp.FullScreenshot(&picture, 100))
			kind := map[int64]string{360: "phone", 1300: "desktop"}[width]
			if err := os.WriteFile(filepath.Join(dir, name+"-"+kind+".png"), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// fetch waits for a download and opens it.
func fetch(t *testing.T, folder, name string) *excelize.File {
	t.Helper()
	path := filepath.Join(folder, name)
	for range 200 {
		if _, err := os.Stat(path); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestKeyboard uploads and opens the report without a mouse: every control of the page is reached with the Tab key, in the
// order in which they stand, and shows that it has the focus.
func TestKeyboard(t *testing.T) {
	ctx := surf(t, t.TempDir())
	s := open(t, "", nil)
	var want []string
	act(t, ctx, chromedp.Navigate(s.url), chromedp.WaitReady("#upload", chromedp.ByQuery),
		chromedp.Evaluate(`[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(e => !e.disabled && e.offsetParent).map((e, i) => e.dataset.stop = String(i))`, &want))
	if len(want) < 6 {
		t.Fatalf("only %d controls", len(want))
	}
	last, seen := -1, map[string]bool{}
	for range 4 * len(want) { // a date has a stop for each of its parts
		var stop, control string
		var shown bool
		act(t, ctx, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`document.activeElement.dataset.stop || ""`, &stop),
			chromedp.Evaluate(`document.activeElement.outerHTML.slice(0, 80)`, &control),
			chromedp.Evaluate(`(s => s.outlineStyle !== "none" && s.outlineWidth !== "0px" || s.boxShadow !== "none")(getComputedStyle(document.activeElement))`, &shown))
		n, err := strconv.Atoi(stop)
		if err != nil || n < last { // out of the page at its end
			break
		}
		if last = n; !shown {
			t.Errorf("%s does not show that it has the focus", control)
		}
		seen[stop] = true
	}
	if len(seen) != len(want) {
		t.Errorf("%d of %d controls are reached", len(seen), len(want))
	}
	path, _ := filepath.Abs(sampleBook)
	act(t, ctx, chromedp.SetUploadFiles(`input[name=book]`, []string{path}, chromedp.ByQuery), chromedp.Focus(`#upload button`, chromedp.ByQuery),
		chromedp.KeyEvent(kb.Enter), chromedp.WaitReady("#progress, #workbook", chromedp.ByQuery))
	s.work(t)
	act(t, ctx, chromedp.WaitVisible("#workbook", chromedp.ByQuery), chromedp.Focus("#report", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible("#list tbody tr", chromedp.ByQuery))
}

// TestClerk does what a clerk does: uploads the sample, sees how far it is, filters the report, looks at a merchant that
// would be declined, unmasks it, downloads the annotated workbook, grants a suppression, and uploads the same again.
func TestClerk(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		downloads := t.TempDir()
		ctx := surf(t, downloads)
		s := open(t, db, nil)
		paths := make([]string, 2)
		for i, name := range []string{sampleBook, sampleRegistry} {
			paths[i], _ = filepath.Abs(name)
		}
		upload := func() (id string) {
			act(t, ctx, chromedp.Navigate(s.url), chromedp.SetUploadFiles(`input[name=book]`, paths[:1], chromedp.ByQuery),
				chromedp.SetUploadFiles(`input[name=registry]`, paths[1:], chromedp.ByQuery), chromedp.SetValue(`input[name=as_of]`, sampleDay, chromedp.ByQuery),
				chromedp.Click(`#upload button`, chromedp.ByQuery), chromedp.WaitReady(`#progress, #workbook`, chromedp.ByQuery), chromedp.Evaluate(`location.pathname.split("/")[2]`, &id))
			return id
		}
		id := upload()
		if text := read(t, ctx, "#progress .word"); text != "排队中" {
			t.Errorf("before the worker works the page says %q", text)
		}
		keep(t, ctx, "progress")
		s.work(t)
		act(t, ctx, chromedp.WaitVisible("#workbook", chromedp.ByQuery)) // the page finds out by itself
		keep(t, ctx, "run")
		first := await(t, s.url, id)
		if first.State != complete || first.Records != 200 || first.Errors == 0 || first.New != first.Errors+first.Warnings+first.Notes {
			t.Fatalf("%+v", first)
		}

		var rows int
		count := chromedp.Evaluate(`document.querySelectorAll("#list tbody tr").length`, &rows)
		act(t, ctx, chromedp.Click("#report", chromedp.ByQuery), chromedp.WaitVisible("#list tbody tr", chromedp.ByQuery), count)
		if rows != first.Errors+first.Warnings {
			t.Errorf("the report lists %d rows, want %d", rows, first.Errors+first.Warnings)
		}
		act(t, ctx, chromedp.Click(`input[name=warning]`, chromedp.ByQuery))
		for range 100 {
			if act(t, ctx, count); rows == first.Errors {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if rows != first.Errors {
			t.Errorf("the filter leaves %d rows, want %d", rows, first.Errors)
		}

		var key string // the first whose registry entry is missing
		act(t, ctx, chromedp.Navigate(s.url+"/runs/"+id), chromedp.WaitReady(".findings", chromedp.ByQuery),
			chromedp.Evaluate(`[...document.querySelectorAll(".findings tbody tr")].find(r => r.cells[1].querySelector("a") && r.cells[2].innerText.startsWith("DIF001")).cells[1].innerText`, &key))
		act(t, ctx, chromedp.Navigate(s.url+"/merchants/"+key), chromedp.WaitVisible("#verdict.yes", chromedp.ByQuery))
		if text := read(t, ctx, "#verdict"); !strings.Contains(text, "会被拒绝") || !strings.Contains(text, "DIF001") {
			t.Errorf("the verdict says %q", text)
		}
		if masked := read(t, ctx, "dl"); !strings.Contains(masked, "***") {
			t.Error("nothing is masked")
		}
		keep(t, ctx, "merchant")
		act(t, ctx, chromedp.Click("#unmask", chromedp.ByQuery), chromedp.WaitReady(".alert", chromedp.ByQuery))
		if text := read(t, ctx, "dl"); strings.Contains(text, "***") {
			t.Error("still masked")
		}

		act(t, ctx, chromedp.Navigate(s.url+"/runs/"+id), chromedp.Click("#workbook", chromedp.ByQuery))
		annotated := fetch(t, downloads, "merchants-2026-11-22.xlsx")
		records, closer, err := file.Open(t.Context(), filepath.Join(downloads, "merchants-2026-11-22.xlsx"), file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer closer.Close()
		n := 0
		for _, err := range records {
			if err == nil {
				n++
			}
		}
		if n != 200 {
			t.Errorf("the workbook holds %d merchants", n)
		}
		if sheets := annotated.GetSheetList(); !slices.Contains(sheets, "填写说明") || !slices.Contains(sheets, "问题清单") || !slices.Contains(sheets, "核对") {
			t.Errorf("the workbook is no copy of the user's, or lacks the lists: %q", sheets)
		}
		if notes, err := annotated.GetComments("商户资料"); err != nil || len(notes) == 0 {
			t.Errorf("%d cells have a note, %v", len(notes), err)
		}

		act(t, ctx, chromedp.Click("#changes", chromedp.ByQuery))
		list := fetch(t, downloads, "merchants-2026-11-22-changes.xlsx")
		if rows, err := list.GetRows("报送银行"); err != nil || !slices.ContainsFunc(rows, func(row []string) bool { return len(row) > 1 && row[0] == "登记" && row[1] == key }) {
			t.Errorf("the bank is not asked to register %s: %d rows, %v", key, len(rows), err)
		}

		// DIF001 is a policy of the house and may be suppressed.
		act(t, ctx, chromedp.Navigate(s.url+"/merchants/"+key), chromedp.Evaluate(`(() => { const d = [...document.querySelectorAll("tr")].find(r => r.innerText.includes("DIF001") && r.querySelector("details")).querySelector("details"); d.open = true; d.id = "pick" })()`, nil),
			chromedp.SendKeys(`#pick input[name=reason]`, "银行已书面确认<script>", chromedp.ByQuery), chromedp.Click(`#pick button`, chromedp.ByQuery), chromedp.WaitReady("#grants", chromedp.ByQuery))
		if text := read(t, ctx, "section[aria-labelledby=grants]"); !strings.Contains(text, "银行已书面确认<script>") {
			t.Errorf("the suppression reads %q", text)
		}
		id = upload()
		second := await(t, s.url, id)
		if second.State != complete || second.Suppressed != 1 || second.New != 0 || second.Fixed != 0 || second.Open != first.New {
			t.Errorf("the same again: %+v", second)
		}
		act(t, ctx, chromedp.Navigate(s.url), chromedp.WaitReady(".chart rect", chromedp.ByQuery))
		keep(t, ctx, "home")
		for _, page := range []string{"due", "audit", "merchants"} {
			act(t, ctx, chromedp.Navigate(s.url+"/"+page+"?lang=en"), chromedp.WaitReady("h1", chromedp.ByQuery))
			keep(t, ctx, page)
		}
		act(t, ctx, chromedp.Navigate(s.url+"/audit"), chromedp.WaitReady("h1", chromedp.ByQuery))
		for _, word := range []string{"unmasking", "download", "suppression", "upload"} { // the language was remembered
			if text := read(t, ctx, "table"); !strings.Contains(text, word) {
				t.Errorf("the audit trail lacks %s", word)
			}
		}
	})
}
