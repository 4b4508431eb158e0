package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	loadjson "github.com/merchantkyc/merchantkyc/merchant/load/json"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

type route struct {
	pattern string
	handle  http.HandlerFunc
}

// apiRoutes is the API, as openapi.json describes it.
func (s *server) apiRoutes() []route {
	return []route{
		{"POST /v1/merchants:check", s.apiCheck},
		{"POST /v1/runs", s.apiUpload},
		{"GET /v1/runs/{id}", s.apiRun},
		{"GET /v1/merchants/{key}/verdict", s.apiVerdict},
		{"GET /v1/schemas/merchant.json", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if _, err := io.WriteString(w, merchant.Schema()); err != nil {
				slog.Info("an answer broke off", "error", err)
			}
		}},
		{"GET /v1/openapi.json", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, assets, "openapi.json") }},
	}
}

// answer writes a value as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Info("an answer broke off", "error", err)
	}
}

// checkRequest asks what is wrong with one merchant, an object of the model, or with a list of them.
type checkRequest struct {
	Merchants json.RawMessage `json:"merchants" validate:"required"`
	AsOf      string          `json:"as_of" validate:"omitempty,datetime=2006-01-02"`
}

// checkAnswer holds the lines of the command's JSON report.
type checkAnswer struct {
	Findings   []json.RawMessage `json:"findings"`
	Unreadable []string          `json:"unreadable,omitempty"`
	Summary    json.RawMessage   `json:"summary"`
}

const maxCheck = 4 << 20 // bytes of a request

func (s *server) apiCheck(w http.ResponseWriter, r *http.Request) {
	select {
	case s.checks <- struct{}{}:
		defer func() { <-s.checks }()
	case <-r.Context().Done():
		return
	}
	var request checkRequest
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxCheck))
	in.DisallowUnknownFields()
	if err := in.Decode(&request); err != nil {
		var large *http.MaxBytesError
		if !errors.As(err, &large) { // the error may hold values
			err = &formError{status: http.StatusBadRequest, zh: `请求体不是 {"merchants": …} 形式的 JSON`, en: `the body is no JSON of the form {"merchants": …}`}
		}
		s.fail(w, r, err)
		return
	}
	if err := s.bind(r, request); err != nil {
		s.fail(w, r, err)
		return
	}
	v, err := validator(request.AsOf)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	records, err := loadjson.Read(r.Context(), bytes.NewReader(request.Merchants), int64(len(request.Merchants)), load.Options{File: "merchants"})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var lines bytes.Buffer
	out := report.NewJSON(&lines, report.Options{Lang: lang(r)})
	result := checkAnswer{Findings: []json.RawMessage{}}
	sum, err := v.Run(r.Context(), func(yield func(*merchant.Record, error) bool) {
		for rec, err := range records {
			var row *load.RowError
			if errors.As(err, &row) {
				result.Unreadable = append(result.Unreadable, row.Error())
			}
			if !yield(rec, err) {
				return
			}
		}
	}, func(rec *merchant.Record, found []rules.Finding) error { return out.Findings(rec, found) })
	if len(result.Unreadable) > 0 {
		sum.Partial = true
	} else if err != nil {
		s.fail(w, r, err)
		return
	}
	if err := out.Summary(sum, nil); err != nil {
		s.fail(w, r, err)
		return
	}
	for line := range bytes.Lines(lines.Bytes()) {
		result.Findings = append(result.Findings, json.RawMessage(bytes.TrimSpace(line)))
	}
	last := len(result.Findings) - 1
	result.Summary, result.Findings = result.Findings[last], result.Findings[:last]
	answer(w, http.StatusOK, result)
}

func (s *server) apiUpload(w http.ResponseWriter, r *http.Request) {
	x, err := s.accept(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Location", "/v1/runs/"+x.ID)
	answer(w, http.StatusAccepted, x)
}

func (s *server) apiRun(w http.ResponseWriter, r *http.Request) {
	x, err := s.find(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, x)
}

// verdictRequest asks why a merchant is declined.
type verdictRequest struct {
	Code string `json:"code" validate:"omitempty,len=2,alphanum"` // the response code that was seen
}

func (s *server) code(r *http.Request) (string, error) {
	q := verdictRequest{r.URL.Query().Get("code")}
	if err := s.bind(r, q); err != nil {
		return "", err
	}
	if q.Code != "" && !slices.Contains(diagnose.Codes(), q.Code) {
		return "", &formError{status: http.StatusUnprocessableEntity, zh: "资料对这个应答码说明不了什么", en: "the data say nothing about that response code"}
	}
	return q.Code, nil
}

func (s *server) apiVerdict(w http.ResponseWriter, r *http.Request) {
	code, err := s.code(r)
	var m *standing
	if err == nil {
		m, err = s.standing(r.Context(), r.PathValue("key"))
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var line bytes.Buffer
	out := report.NewJSON(&line, report.Options{Lang: lang(r)})
	if err := out.Verdicts(slices.Values([]diagnose.Verdict{m.verdict(code)})); err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, json.RawMessage(bytes.TrimSpace(line.Bytes())))
}
