// Command backoffice is a small service that an acquirer's back office could start from: a page to upload workbooks, an
// API for other services, and a database that keeps records, findings and who did what. See README.md.
//
//	go run .
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(serve(ctx, os.Args[1:], os.Stderr))
}

// The exit codes, as those of merchantcheck.
const (
	exitUsage = 2
	exitInput = 3
)

// serve runs the service until ctx ends and returns the exit code.
func serve(ctx context.Context, args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("backoffice", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:8087", "`address` to listen on; other than loopback needs -users")
	data := flags.String("data", "backoffice-data", "`folder` for uploads, reports and the database")
	db := flags.String("db", "", "database: a `file` of SQLite, or postgres://… (default backoffice.db in the data folder)")
	users := flags.String("users", "", "`file` of users, a line each: name:bcrypt hash (htpasswd -B makes them)")
	upload := flags.Int64("max-upload", 64, "largest upload in `MiB`")
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	refuse := func(code int, format string, args ...any) int {
		fmt.Fprintf(stderr, "backoffice: "+format+"\n", args...)
		return code
	}
	if flags.NArg() > 0 || *upload < 1 {
		return refuse(exitUsage, "only flags, and -max-upload of 1 or more; see -h")
	}
	host, _, err := net.SplitHostPort(*listen)
	if err != nil {
		return refuse(exitUsage, "-listen: give host:port, such as 127.0.0.1:8087")
	}
	loopback := host == "localhost" || net.ParseIP(host) != nil && net.ParseIP(host).IsLoopback()
	if !loopback && *users == "" {
		return refuse(exitUsage, "-listen %s can be reached from elsewhere: give -users as well, and put TLS before it", *listen)
	}
	var names map[string][]byte
	if *users != "" {
		if names, err = readUsers(*users); err != nil {
			return refuse(exitUsage, "-users: %v", err)
		}
	}
	for _, folder := range []string{*data, filepath.Join(*data, "runs"), filepath.Join(*data, "tmp")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return refuse(exitInput, "the data folder cannot be made: %v", err)
		}
	}
	if *db == "" {
		*db = filepath.Join(*data, "backoffice.db")
	}
	opening, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	s, err := openStore(opening, *db)
	if err != nil {
		return refuse(exitInput, "数据库连不上，请检查 -db 和数据库服务 · the database cannot be reached, check -db and the server: %s", strings.Join(strings.Fields(err.Error()), " "))
	}
	defer s.db.Close()
	if err := errors.Join(s.recover(opening), tidy(*data)); err != nil {
		return refuse(exitInput, "what the last start left cannot be taken up: %v", err)
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return refuse(exitInput, "%v", err)
	}

	w := &worker{store: s, data: *data, wake: make(chan struct{}, 1)}
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		w.work(ctx)
	}()
	app, err := newServer(s, w, *data, *upload<<20, names, loopback)
	if err != nil {
		return refuse(exitUsage, "%v", err)
	}
	server := &http.Server{Handler: app, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Minute, WriteTimeout: 10 * time.Minute, MaxHeaderBytes: 1 << 16}
	fmt.Fprintf(stderr, "backoffice: http://%s\n", listener.Addr())
	go func() {
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if server.Shutdown(ending) != nil {
			server.Close()
		}
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("listening ended", "error", err)
		return exitInput
	}
	<-worked
	return 0
}

// tidy removes what an interrupted upload or report left behind.
func tidy(data string) error {
	halves, err := filepath.Glob(filepath.Join(data, "runs", "*", "*.part"))
	if err != nil {
		return err
	}
	rest, err := filepath.Glob(filepath.Join(data, "tmp", "*"))
	if err != nil {
		return err
	}
	for _, name := range append(halves, rest...) {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}
