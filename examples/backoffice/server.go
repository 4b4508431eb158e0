package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"unicode"

	playground "github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/validate/tag"
)

//go:embed templates/*.tmpl static/* openapi.json
var assets embed.FS

// server answers requests. Pages are in page.go, the API in api.go.
type server struct {
	store    *store
	worker   *worker
	data     string
	limit    int64 // bytes of an upload
	gate     *gate // nil where nobody needs to sign in
	loopback bool
	uploads  chan struct{} // uploads at once; others wait
	checks   chan struct{} // API checks at once
	pages    map[string]*template.Template
	tags     *playground.Validate
}

func newServer(st *store, w *worker, data string, limit int64, users map[string][]byte, loopback bool) (http.Handler, error) {
	s := &server{store: st, worker: w, data: data, limit: limit, loopback: loopback, uploads: make(chan struct{}, 8), checks: make(chan struct{}, 4),
		pages: map[string]*template.Template{}, tags: playground.New(playground.WithRequiredStructEnabled())}
	if users != nil {
		s.gate = newGate(users)
	}
	s.tags.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("json") })
	if err := tag.Register(s.tags); err != nil {
		return nil, err
	}
	for _, dto := range []any{checkRequest{}, runRequest{}, verdictRequest{}, grantRequest{}, pageRequest{}} {
		if err := tag.Verify(s.tags, dto); err != nil {
			return nil, err
		}
	}
	for _, lang := range []string{"zh", "en"} {
		t, err := template.New("").Funcs(functions(lang)).ParseFS(assets, "templates/*.tmpl")
		if err != nil {
			return nil, err
		}
		s.pages[lang] = t
	}
	mux := http.NewServeMux()
	for _, route := range s.apiRoutes() {
		mux.HandleFunc(route.pattern, route.handle)
	}
	for pattern, handle := range s.pageRoutes() {
		mux.HandleFunc(pattern, handle)
	}
	mux.Handle("GET /static/", http.FileServerFS(assets))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, http.StatusNotFound, "没有这个页面", "there is no such page")
	})
	return s.guard(mux), nil
}

// lang is the language of an answer: asked for, kept in a cookie, or Chinese.
func lang(r *http.Request) string {
	if l := r.URL.Query().Get("lang"); l == "en" || l == "zh" {
		return l
	}
	if c, err := r.Cookie("lang"); err == nil && c.Value == "en" {
		return "en"
	}
	return "zh"
}

// problem is an answer of RFC 9457.
type problem struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail"`
	Errors []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Field  string `json:"field"`
	Rule   string `json:"rule"`
	Detail string `json:"detail"`
}

// refuse answers that something is wrong: with a problem document below /v1/, else with a page.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, status int, zh, en string, fields ...problemField) {
	text := zh
	if lang(r) == "en" {
		text = en
	}
	if !strings.HasPrefix(r.URL.Path, "/v1/") {
		s.render(w, r, status, "error", text)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(problem{"about:blank", http.StatusText(status), status, text, fields}); err != nil {
		slog.Info("an answer broke off", "error", err)
	}
}

// fail answers for an error: of the request, the disk or the database.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var large *http.MaxBytesError
	var bad interface{ In(lang string) string }
	var form *formError
	switch {
	case errors.As(err, &large):
		s.refuse(w, r, http.StatusRequestEntityTooLarge, "内容太大，请拆分后再传", "that is too large; split it and try again")
	case errors.As(err, &form):
		s.refuse(w, r, form.status, form.zh, form.en, form.fields...)
	case errors.As(err, &bad):
		s.refuse(w, r, http.StatusUnprocessableEntity, bad.In("zh"), bad.In("en"))
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG):
		s.refuse(w, r, http.StatusInsufficientStorage, "磁盘已满，文件没有保存", "the disk is full; the file was not kept")
	case r.Context().Err() != nil:
		s.refuse(w, r, http.StatusBadRequest, "请求中断", "the request broke off")
	default:
		slog.Error("request failed", "pattern", r.Pattern, "error", err)
		w.Header().Set("Retry-After", "5")
		s.refuse(w, r, http.StatusServiceUnavailable, "数据库或磁盘暂时不可用，请稍后再试", "the database or the disk is not available just now; try again later")
	}
}

// formError is a request that cannot be understood.
type formError struct {
	status int
	zh, en string
	fields []problemField
}

func (e *formError) Error() string { return e.en }

// bind checks a request by its tags.
func (s *server) bind(r *http.Request, dto any) error {
	found := tag.Findings(s.tags.Struct(dto))
	if len(found) == 0 {
		return nil
	}
	e := &formError{status: http.StatusUnprocessableEntity, zh: "请求的内容不对", en: "the request does not say what is needed"}
	for _, f := range found {
		_, name, _ := strings.Cut(f.Param("namespace"), ".")
		e.fields = append(e.fields, problemField{name, string(f.Rule.ID), f.Message(lang(r), false)})
	}
	return e
}

// runRequest is what comes with the files of a run.
type runRequest struct {
	AsOf     string `json:"as_of" validate:"omitempty,datetime=2006-01-02"`
	Book     string `json:"book" validate:"required,gb18030_max=255"` // name of the file
	Registry string `json:"registry" validate:"omitempty,gb18030_max=255"`
}

// accept takes the files of a run from a multipart body straight into a folder of the run, looks whether they can be
// read, and puts the run into the queue. When anything goes wrong no file is left.
func (s *server) accept(w http.ResponseWriter, r *http.Request) (*run, error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "multipart/form-data" {
		return nil, &formError{status: http.StatusUnsupportedMediaType, zh: "请用表单（multipart/form-data）上传文件", en: "send the files as multipart/form-data"}
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	r.Body = http.MaxBytesReader(w, r.Body, s.limit)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, broke(err)
	}
	id := newID()
	x := &run{ID: id, Folder: id, State: queued, Actor: actor(r), Lang: lang(r), CreatedAt: now()}
	folder, err := os.MkdirTemp(filepath.Join(s.data, "tmp"), "upload-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	var request runRequest
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broke(err)
		}
		switch name := part.FormName(); {
		case name == "as_of":
			text, err := io.ReadAll(io.LimitReader(part, 64))
			if err != nil {
				return nil, broke(err)
			}
			request.AsOf = string(text)
		case part.FileName() == "":
		case name == "book":
			if request.Book, err = keepPart(part, folder, name); err != nil {
				return nil, err
			}
		case name == "registry":
			if request.Registry, err = keepPart(part, folder, name); err != nil {
				return nil, err
			}
		}
	}
	if err := s.bind(r, request); err != nil {
		return nil, err
	}
	x.Book, x.Registry, x.AsOf = request.Book, request.Registry, request.AsOf
	v, err := validator(x.AsOf)
	if err != nil {
		return nil, err
	}
	x.AsOf = v.AsOf().String()
	for name, shown := range map[string]string{"book": x.Book, "registry": x.Registry} {
		if shown == "" {
			continue
		}
		in, err := openBook(r.Context(), folder, name, shown, nil)
		if err != nil {
			return nil, err
		}
		for _, err = range in.Records { // the first row tells whether there is a table in it at all
			break
		}
		in.Close()
		var bad interface{ In(lang string) string }
		if errors.As(err, &bad) {
			return nil, err
		}
	}
	final := filepath.Join(s.data, "runs", x.Folder)
	if err := os.Rename(folder, final); err != nil {
		return nil, err
	}
	if err := insertRun(r.Context(), s.store.db, x); err != nil {
		return nil, errors.Join(err, os.RemoveAll(final))
	}
	s.worker.poke()
	return x, s.store.audit(r.Context(), x.Actor, "upload", x.ID, x.Book)
}

// broke says that a body ended before its time; a body that is too large stays what it is.
func broke(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return &formError{status: http.StatusBadRequest, zh: "上传中断或内容残缺，请重新上传", en: "the upload broke off or is damaged; send it again"}
}

// keepPart writes a file of a form into the folder and returns the name that it had, without folders.
func keepPart(part *multipart.Part, folder, as string) (string, error) {
	shown := strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, clean(path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))))
	f, err := os.OpenFile(filepath.Join(folder, kept(as, shown)), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, &source{part})
	return shown, errors.Join(err, f.Close())
}

// source tells errors of the sender from those of the disk.
type source struct{ r io.Reader }

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = broke(err)
	}
	return n, err
}

// render writes a page. It is made in memory, so that a page is whole or not there.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	l := lang(r)
	if r.URL.Query().Get("lang") == l {
		http.SetCookie(w, &http.Cookie{Name: "lang", Value: l, Path: "/", MaxAge: 365 * 86400, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	other := r.URL.Query()
	other.Set("lang", map[string]string{"zh": "en", "en": "zh"}[l])
	back := r.URL.Path
	if r.Method != http.MethodGet {
		back = "/"
	}
	var b bytes.Buffer
	err := s.pages[l].ExecuteTemplate(&b, name, map[string]any{"Lang": l, "Data": data, "Other": back + "?" + other.Encode(), "User": actor(r), "Signed": s.gate != nil})
	if err != nil {
		slog.Error("page", "name", name, "error", err)
		http.Error(w, "the page cannot be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil && !errors.Is(err, context.Canceled) {
		slog.Info("an answer broke off", "error", err)
	}
}
