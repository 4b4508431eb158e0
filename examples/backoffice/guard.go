package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/bcrypt"
)

// readUsers reads lines of name:hash.
func readUsers(name string) (map[string][]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	users := map[string][]byte{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		user, hash, _ := strings.Cut(line, ":")
		if _, err := bcrypt.Cost([]byte(hash)); err != nil || user == "" {
			return nil, fmt.Errorf("line %d is no name:bcrypt hash; htpasswd -B makes one", n)
		}
		users[user] = []byte(hash)
	}
	if lines.Err() == nil && len(users) == 0 {
		return nil, errors.New("the file names nobody")
	}
	return users, lines.Err()
}

// gate asks for a name and a password.
type gate struct {
	users map[string][]byte
	key   []byte // of the tags in known, which are of no use outside this process
	dummy []byte // compared with where the name is unknown, so that both answers take the same time
	slots chan struct{}
	mu    sync.Mutex
	known map[string][]byte // the password that was right last, so that not every picture costs a bcrypt
}

func newGate(users map[string][]byte) *gate {
	g := &gate{users: users, key: make([]byte, 32), known: map[string][]byte{}, slots: make(chan struct{}, 2)}
	rand.Read(g.key)
	g.dummy, _ = bcrypt.GenerateFromPassword(g.key[:16], bcrypt.DefaultCost)
	return g
}

func (g *gate) allows(user, password string) bool {
	mac := hmac.New(sha256.New, g.key)
	mac.Write([]byte(user + "\x00" + password))
	tag := mac.Sum(nil)
	g.mu.Lock()
	known := g.known[user]
	g.mu.Unlock()
	if known != nil && hmac.Equal(known, tag) {
		return true
	}
	g.slots <- struct{}{} // guessing cannot take all processors
	defer func() { <-g.slots }()
	hash, ok := g.users[user]
	if !ok {
		hash = g.dummy
	}
	if bcrypt.CompareHashAndPassword(hash, []byte(password)) != nil || !ok {
		return false
	}
	g.mu.Lock()
	g.known[user] = tag
	g.mu.Unlock()
	return true
}

// actor returns who asks, for the audit trail.
func actor(r *http.Request) string {
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	return "local"
}

// policy lets a page load our own style and script and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// recorder remembers the status of an answer for the log.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// guard puts around a handler what every request passes: headers, whose pages may send it, who may, and the log, which
// holds the pattern of the address and no value.
func (s *server) guard(next http.Handler) http.Handler {
	same := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w, began := &recorder{out, http.StatusOK}, time.Now()
		defer func() {
			slog.Info("request", "method", r.Method, "pattern", r.Pattern, "status", w.status, "took", time.Since(began).Round(time.Millisecond))
		}()
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if s.loopback && !local(r.Host) {
			// a page elsewhere whose name was bent to our address
			s.refuse(w, r, http.StatusMisdirectedRequest, "请用 127.0.0.1 或 localhost 打开", "open it as 127.0.0.1 or localhost")
			return
		}
		if same.Check(r) != nil {
			s.refuse(w, r, http.StatusForbidden, "请求来自别的网站，已拒绝", "the request comes from another site and is refused")
			return
		}
		if s.gate != nil {
			if user, password, ok := r.BasicAuth(); !ok || !s.gate.allows(user, password) {
				h.Set("WWW-Authenticate", `Basic realm="backoffice", charset="UTF-8"`)
				s.refuse(w, r, http.StatusUnauthorized, "请登录", "sign in")
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// local tells whether the name in a request is one of this machine's own.
func local(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
