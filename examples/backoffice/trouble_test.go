package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// list writes a CSV of n merchants, numbered from first, whose credit codes are wrong, so that each has findings.
func list(t *testing.T, first, n int, wrong bool) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("商户编号,商户全称,统一社会信用代码,MCC码,商户状态,法人身份证有效期止\n")
	for i := first; i < first+n; i++ {
		code := rulestest.Clean(merchant.SubjectEnterprise, i).Licence.Number
		if wrong {
			code = code[:17] + string('0'+(code[17]+1)%10)
		}
		fmt.Fprintf(&b, "8982900%08d,上海试验%d贸易有限公司,%s,5411,正常,%s\n", i, i, code, time.Now().AddDate(0, 0, 20+i%100).Format("2006-01-02"))
	}
	name := filepath.Join(t.TempDir(), fmt.Sprintf("list%d.csv", first))
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// TestStates: what is new, open, fixed, and not looked for; versions are kept, and the page tells what changed.
func TestStates(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		s := open(t, db, nil)
		s.work(t)
		bad, good := list(t, 1, 3, true), list(t, 1, 3, false)
		first := await(t, s.url, put(t, s.url, map[string]string{"book": "@" + bad, "registry": "@" + sampleRegistry}).ID)
		if first.State != complete || first.Records != 3 || first.New == 0 || first.Open+first.Fixed+first.Unchecked != 0 {
			t.Fatalf("%+v", first)
		}
		again := await(t, s.url, put(t, s.url, map[string]string{"book": "@" + bad, "registry": "@" + sampleRegistry}).ID)
		if again.New != 0 || again.Open != first.New || again.Fixed+again.Unchecked != 0 {
			t.Errorf("the same: %+v", again)
		}
		mended := await(t, s.url, put(t, s.url, map[string]string{"book": "@" + good}).ID)
		if mended.Fixed != 3 || mended.Unchecked == 0 || mended.New != 0 { // one LIC003 each; the registry was not asked
			t.Errorf("mended: %+v", mended)
		}
		back := await(t, s.url, put(t, s.url, map[string]string{"book": "@" + bad, "registry": "@" + sampleRegistry}).ID)
		if back.New != 3 || back.Open != first.New-3 || back.Fixed != 0 {
			t.Errorf("back: %+v", back)
		}
		var versions int
		if err := s.store.db.QueryRow(`SELECT COUNT(*) FROM versions WHERE merchant = '898290000000001'`).Scan(&versions); err != nil || versions != 2 {
			t.Errorf("%d versions, %v", versions, err)
		}
		if _, page := get(t, s.url+"/merchants/898290000000001"); strings.Count(page, "<td>统一社会信用代码</td>") != 2 || strings.Contains(page, rulestest.Clean(merchant.SubjectEnterprise, 1).Licence.Number) {
			t.Error("the history lacks the two changes, or shows the whole number")
		}
		if _, page := get(t, s.url+"/due?days=30"); !strings.Contains(page, "898290000000001") {
			t.Error("what is due is not listed")
		}
	})
}

// TestCrash kills the service in the middle of a run.
func TestCrash(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		args := []string{"-db", db, "-data", t.TempDir()}
		p := launch(t, nil, args...)
		sound := await(t, p.url, put(t, p.url, map[string]string{"book": "@" + list(t, 1, 20, true)}).ID)
		hurt := put(t, p.url, map[string]string{"book": "@" + list(t, 1, 6_000, false)})
		waits := put(t, p.url, map[string]string{"book": "@" + list(t, 1, 10, true)})
		during(t, p.url, hurt.ID)
		if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		p.cmd.Wait()

		p = launch(t, nil, args...)
		if x := await(t, p.url, hurt.ID); x.State != broken || x.ProblemEN == "" {
			t.Errorf("killed in the middle: %+v", x)
		}
		if x := await(t, p.url, sound.ID); x.State != complete || x.New != sound.New {
			t.Errorf("the last complete run: %+v", x)
		}
		if status, _ := get(t, p.url+"/runs/"+sound.ID+"/report.html"); status != http.StatusOK {
			t.Errorf("its report: %d", status)
		}
		if x := await(t, p.url, waits.ID); x.State != complete || x.Records != 10 {
			t.Errorf("the run that waited: %+v", x)
		}
		retried(t, db, p.url, hurt.ID, 6_000)
	})
}

// during waits until a run is well under way.
func during(t *testing.T, url, id string) {
	t.Helper()
	for range 2000 {
		x := &run{}
		if _, _, err := send("GET", url+"/v1/runs/"+id, "", nil, x); err == nil && x.State == running && x.Progress > 10 {
			return
		} else if x.State == complete {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the run was not seen under way")
}

// retried expects that a broken run was done over, once, and left nothing itself.
func retried(t *testing.T, db, url, id string, records int) {
	t.Helper()
	s, err := openStore(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.db.Close()
	var again string
	if err := s.db.QueryRow(`SELECT id FROM runs WHERE retry_of = $1`, id).Scan(&again); err != nil {
		t.Fatal(err)
	}
	if x := await(t, url, again); x.State != complete || x.Records != records {
		t.Errorf("done over: %+v", x)
	}
	var rows int
	if err := s.db.QueryRow(`SELECT (SELECT COUNT(*) FROM findings WHERE run_id = $1) + (SELECT COUNT(*) FROM run_records WHERE run_id = $1)`, id).Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d rows are left of the broken run, %v", rows, err)
	}
}

// TestDatabaseAway takes the database away in the middle of a run, and brings it back.
func TestDatabaseAway(t *testing.T) {
	db := debian.database(t)
	p := launch(t, nil, "-db", db, "-data", t.TempDir())
	await(t, p.url, put(t, p.url, map[string]string{"book": "@" + list(t, 1, 20, true)}).ID)
	hurt := put(t, p.url, map[string]string{"book": "@" + list(t, 1, 6_000, true)})
	during(t, p.url, hurt.ID)
	if err := debian.stop("immediate"); err != nil {
		t.Fatal(err)
	}
	if status, page := get(t, p.url); status != http.StatusServiceUnavailable || !strings.Contains(page, "数据库") {
		t.Errorf("the page while it is away: %d", status)
	}
	var answer problem
	if status, _, err := send("GET", p.url+"/v1/runs/"+hurt.ID, "", nil, &answer); status != http.StatusServiceUnavailable || err != nil || answer.Status != status {
		t.Errorf("the API while it is away: %d, %v", status, err)
	}
	kind, body := form(t, map[string]string{"book": "@" + list(t, 1, 5, true)})
	if status, _, err := send("POST", p.url+"/v1/runs", kind, body, &answer); status != http.StatusServiceUnavailable || err != nil {
		t.Errorf("an upload while it is away: %d, %v", status, err)
	}
	if err := debian.start(); err != nil {
		t.Fatal(err)
	}
	if x := await(t, p.url, hurt.ID); x.State != broken {
		t.Errorf("the run: %+v", x)
	}
	retried(t, db, p.url, hurt.ID, 6_000)
}

// TestNoDatabase: one line and exit 3.
func TestNoDatabase(t *testing.T) {
	var line strings.Builder
	if code := serve(t.Context(), []string{"-listen", "127.0.0.1:0", "-data", t.TempDir(), "-db", "postgres://clerk:secret@127.0.0.1:1/none"}, &line); code != exitInput {
		t.Errorf("exit %d", code)
	}
	if s := line.String(); strings.Count(s, "\n") != 1 || strings.Contains(s, "secret") {
		t.Errorf("says %q", s)
	}
	line.Reset()
	if code := serve(t.Context(), []string{"-listen", "0.0.0.0:0", "-data", t.TempDir()}, &line); code != exitUsage || !strings.Contains(line.String(), "-users") {
		t.Errorf("open to all: exit %d, %q", code, line.String())
	}
}

// TestDiskFull limits the size of files, which fails writes as a full disk does.
func TestDiskFull(t *testing.T) {
	data := t.TempDir()
	p := launch(t, []string{"BACKOFFICE_FSIZE=6000000"}, "-data", data)
	sound := await(t, p.url, put(t, p.url, sample()).ID)
	if sound.State != complete {
		t.Fatalf("%+v", sound)
	}
	huge := filepath.Join(t.TempDir(), "huge.csv")
	if err := os.WriteFile(huge, []byte("商户编号\n"+strings.Repeat("898290000000001\n", 400_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	kind, body := form(t, map[string]string{"book": "@" + huge})
	var answer problem
	if status, _, err := send("POST", p.url+"/v1/runs", kind, body, &answer); status != http.StatusInsufficientStorage || err != nil {
		t.Errorf("an upload that does not fit: %d, %v", status, err)
	}
	if x := await(t, p.url, put(t, p.url, map[string]string{"book": "@" + list(t, 1, 20_000, true)}).ID); x.State != broken {
		t.Errorf("a run that does not fit: %+v", x)
	}
	if status, page := get(t, p.url+"/runs/"+sound.ID); status != http.StatusOK || !strings.Contains(page, "report.xlsx") {
		t.Errorf("the run before: %d", status)
	}
	if left, _ := filepath.Glob(filepath.Join(data, "tmp", "*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestBadUploads: each gets a page that says what is wrong, and no file stays.
func TestBadUploads(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "office.db"), nil)
	write := func(name, text string) string {
		name = filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	book, err := os.ReadFile(sampleBook)
	if err != nil {
		t.Fatal(err)
	}
	for name, fields := range map[string]map[string]string{
		"a picture":          {"book": "@" + write("a.xlsx", "\x89PNG\r\n\x1a\n\x00\x00")},
		"half a workbook":    {"book": "@" + write("b.xlsx", string(book[:len(book)/2]))},
		"empty":              {"book": "@" + write("c.csv", "")},
		"a bad registry":     {"book": "@" + sampleBook, "registry": "@" + write("d.xlsx", "\x89PNG\r\n\x1a\n\x00\x00")},
		"no book":            {"registry": "@" + sampleRegistry},
		"a day that is none": {"book": "@" + sampleBook, "as_of": "2026-02-30"},
	} {
		kind, body := form(t, fields)
		r, err := http.NewRequest("POST", s.url+"/runs", strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		page, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(page), `role="alert"`) {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	for _, folder := range []string{"tmp", "runs"} {
		if left, _ := filepath.Glob(filepath.Join(s.data, folder, "*")); len(left) != 0 {
			t.Errorf("left behind: %q", left)
		}
	}
	if runs, err := s.store.runs(t.Context(), 10); err != nil || len(runs) != 0 {
		t.Errorf("%d runs, %v", len(runs), err)
	}
}

// TestParallel: 50 uploads and 50 checks at once; nothing is lost and memory stays bounded.
func TestParallel(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		const clients, each = 50, 20
		p := launch(t, nil, "-db", db, "-data", t.TempDir())
		ids := make([]string, clients)
		var all sync.WaitGroup
		for i := range clients {
			kind, body := form(t, map[string]string{"book": "@" + list(t, 1000*i, each, true)})
			all.Add(2)
			go func() {
				defer all.Done()
				x := &run{}
				if status, _, err := send("POST", p.url+"/v1/runs", kind, body, x); err != nil || status != http.StatusAccepted {
					t.Errorf("upload %d: %d, %v", i, status, err)
				}
				ids[i] = x.ID
			}()
			go func() {
				defer all.Done()
				var answer checkAnswer
				request := fmt.Sprintf(`{"merchants":[{"merchant_no":"8982900%08d"}]}`, i)
				if status, _, err := send("POST", p.url+"/v1/merchants:check", "application/json", []byte(request), &answer); err != nil || status != http.StatusOK || len(answer.Findings) == 0 {
					t.Errorf("check %d: %d, %v", i, status, err)
				}
			}()
		}
		all.Wait()
		for i, id := range ids {
			if x := await(t, p.url, id); x.State != complete || x.Records != each || x.Book != fmt.Sprintf("list%d.csv", 1000*i) {
				t.Errorf("run %d: %+v", i, x)
			}
		}
		s, err := openStore(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		defer s.db.Close()
		var merchants int
		if err := s.db.QueryRow(`SELECT COUNT(*) FROM merchants WHERE merchant <> ''`).Scan(&merchants); err != nil || merchants != clients*each {
			t.Errorf("%d merchants, %v", merchants, err)
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
		if err != nil {
			t.Skip("no /proc here: memory was not looked at")
		}
		var peak int
		for line := range strings.Lines(string(status)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				fmt.Sscan(rest, &peak)
			}
		}
		if peak == 0 || peak > 500<<10 {
			t.Errorf("the service took %d KiB", peak)
		}
		t.Logf("peak memory %d MiB", peak>>10)
	})
}
