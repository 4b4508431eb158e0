package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	sampleBook     = "../../testdata/merchants.xlsx"
	sampleRegistry = "../../testdata/registry.csv"
	sampleDay      = "2026-11-22"
)

// TestMain lets the test program be the service as well, so that tests can kill it.
func TestMain(m *testing.M) {
	if args := os.Getenv("BACKOFFICE_ARGS"); args != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		if bytes, err := strconv.ParseUint(os.Getenv("BACKOFFICE_FSIZE"), 10, 64); err == nil {
			signal.Ignore(syscall.SIGXFSZ) // a write beyond the limit is then an error, as on a full disk
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
				panic(err)
			}
		}
		os.Exit(serve(ctx, strings.Split(args, "\x1f"), os.Stderr))
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	debian.stop("immediate")
	if debian.folder != "" {
		os.RemoveAll(debian.folder)
	}
	os.Exit(code)
}

// postgres is the server that tests share: Debian's program in a folder of its own.
type postgres struct {
	once      sync.Once
	bin       string
	folder    string
	port      int
	reason    string // why there is none
	who       *syscall.SysProcAttr
	databases int
}

var debian postgres

func (p *postgres) run(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.SysProcAttr, cmd.Dir = p.who, p.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

func (p *postgres) start() error {
	return p.run("pg_ctl", "-D", p.folder+"/data", "-l", p.folder+"/log", "-w", "-o",
		fmt.Sprintf("-h 127.0.0.1 -p %d -k %s -c fsync=off", p.port, p.folder), "start")
}

func (p *postgres) stop(mode string) error {
	if p.port == 0 {
		return nil
	}
	return p.run("pg_ctl", "-D", p.folder+"/data", "-w", "-m", mode, "stop")
}

// open starts the server, once.
func (p *postgres) open(t *testing.T) {
	p.once.Do(func() {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
		if len(found) == 0 {
			p.reason = "no PostgreSQL below /usr/lib/postgresql: install postgresql to run this test"
			return
		}
		p.bin = filepath.Dir(found[len(found)-1])
		folder, err := os.MkdirTemp("", "backoffice-pg-")
		if err != nil {
			t.Fatal(err)
		}
		p.folder = folder
		if os.Getuid() == 0 { // initdb refuses to run as root
			u, err := user.Lookup("postgres")
			if err != nil {
				p.reason = "the tests run as root and there is no user postgres"
				return
			}
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			p.who = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
			if err := os.Chown(folder, uid, gid); err != nil {
				t.Fatal(err)
			}
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		l.Close()
		if err := p.run("initdb", "-D", folder+"/data", "-U", "clerk", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
			t.Fatal(err)
		}
		p.port = port
		if err := p.start(); err != nil {
			t.Fatal(err)
		}
	})
	if p.reason != "" {
		t.Skip(p.reason)
	}
}

func (p *postgres) address(database string) string {
	return fmt.Sprintf("postgres://clerk@127.0.0.1:%d/%s", p.port, database)
}

// database returns the address of a new database.
func (p *postgres) database(t *testing.T) string {
	p.open(t)
	db, err := sql.Open("pgx", p.address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p.databases++
	name := fmt.Sprintf("test%d", p.databases)
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return p.address(name)
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(t *testing.T, db string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "office # 1%.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, debian.database(t)) })
}

// site is the service in this process.
type site struct {
	url    string
	store  *store
	worker *worker
	data   string
}

// open starts a site whose worker does not work yet.
func open(t *testing.T, db string, users map[string][]byte) *site {
	t.Helper()
	s, err := openStore(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	for _, name := range []string{"runs", "tmp"} {
		if err := os.Mkdir(filepath.Join(data, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w := &worker{store: s, data: data, wake: make(chan struct{}, 1)}
	h, err := newServer(s, w, data, 8<<20, users, true)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(h)
	t.Cleanup(func() { web.Close(); s.db.Close() })
	return &site{web.URL, s, w, data}
}

// work starts the worker and stops it before the database is closed.
func (s *site) work(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); s.worker.work(ctx) }()
	t.Cleanup(func() { stop(); <-done })
}

// process is the service as a process of its own.
type process struct {
	url string
	cmd *exec.Cmd
	log *bytes.Buffer
}

func launch(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	p := &process{log: &bytes.Buffer{}}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(append(os.Environ(), "BACKOFFICE_ARGS="+strings.Join(append([]string{"-listen", "127.0.0.1:0"}, args...), "\x1f")), env...)
	pipe, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill(); p.cmd.Wait() })
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		p.log.WriteString(lines.Text() + "\n")
		if _, url, ok := strings.Cut(lines.Text(), "backoffice: http://"); ok {
			p.url = "http://" + url
			go io.Copy(io.Discard, pipe)
			return p
		}
	}
	t.Fatalf("the service did not start: %s", p.log)
	return nil
}

// form makes the body of an upload; a value that begins with @ is a file.
func form(t *testing.T, fields map[string]string) (kind string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range fields {
		if !strings.HasPrefix(value, "@") {
			w.WriteField(name, value)
			continue
		}
		content, err := os.ReadFile(value[1:])
		if err != nil {
			t.Fatal(err)
		}
		part, _ := w.CreateFormFile(name, filepath.Base(value))
		part.Write(content)
	}
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

// send makes a request and reads a JSON answer into out, where there is one.
func send(method, url, kind string, body []byte, out any) (int, http.Header, error) {
	r, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", kind)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && out != nil {
		if err = json.Unmarshal(raw, out); err != nil {
			err = fmt.Errorf("%w: %s", err, raw)
		}
	}
	return answer.StatusCode, answer.Header, err
}

// put uploads the sample through the API.
func put(t *testing.T, url string, fields map[string]string) *run {
	t.Helper()
	kind, body := form(t, fields)
	x := &run{}
	if status, _, err := send("POST", url+"/v1/runs", kind, body, x); err != nil || status != http.StatusAccepted {
		t.Fatalf("upload: %d, %v", status, err)
	}
	return x
}

// await waits for the end of a run.
func await(t *testing.T, url, id string) *run {
	t.Helper()
	for until := time.Now().Add(40 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		x := &run{}
		if status, _, err := send("GET", url+"/v1/runs/"+id, "", nil, x); err == nil && status == http.StatusOK && x.State != queued && x.State != running {
			return x
		}
	}
	t.Fatalf("run %s does not end", id)
	return nil
}

func sample() map[string]string {
	return map[string]string{"book": "@" + sampleBook, "registry": "@" + sampleRegistry, "as_of": sampleDay}
}
