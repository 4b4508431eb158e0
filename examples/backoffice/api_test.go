package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

// document is openapi.json, as far as the tests look at it.
type document struct {
	Paths map[string]map[string]struct {
		Responses map[string]response
	}
	Components struct {
		Responses map[string]response
		Schemas   map[string]any
	}
}

type response struct {
	Ref     string                          `json:"$ref"`
	Content map[string]struct{ Schema any } `json:"content"`
}

func openAPI(t *testing.T) *document {
	t.Helper()
	raw, err := assets.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return &d
}

// fits tells where a value does not fit a schema: type, enum, required, properties, items.
func (d *document) fits(at string, schema, value any) (wrong []string) {
	s, _ := schema.(map[string]any)
	if ref, ok := s["$ref"].(string); ok {
		target, ok := d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
		if !ok {
			return []string{at + ": no schema " + ref}
		}
		return d.fits(at, target, value)
	}
	var is string
	switch v := value.(type) {
	case map[string]any:
		is = "object"
		properties, _ := s["properties"].(map[string]any)
		required, _ := s["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s: lacks %s", at, name))
			}
		}
		for name, member := range v {
			if p, ok := properties[name]; ok {
				wrong = append(wrong, d.fits(at+"."+name, p, member)...)
			} else if s["additionalProperties"] == false {
				wrong = append(wrong, at+": has "+name)
			}
		}
	case []any:
		is = "array"
		for i, member := range v {
			wrong = append(wrong, d.fits(fmt.Sprintf("%s[%d]", at, i), s["items"], member)...)
		}
	case string:
		is = "string"
	case bool:
		is = "boolean"
	case float64:
		is = map[bool]string{true: "integer", false: "number"}[v == float64(int64(v))]
	}
	if want, ok := s["type"].(string); ok && want != is {
		wrong = append(wrong, fmt.Sprintf("%s: is %s, want %s", at, is, want))
	}
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, value) {
		wrong = append(wrong, fmt.Sprintf("%s: %v is none of %v", at, value, enum))
	}
	return wrong
}

// TestOpenAPI holds the file against the handlers: the same addresses, and every answer, good or bad, as described.
func TestOpenAPI(t *testing.T) {
	d := openAPI(t)
	var described, served []string
	for path, methods := range d.Paths {
		for method := range methods {
			described = append(described, strings.ToUpper(method)+" "+path)
		}
	}
	for _, r := range (&server{}).apiRoutes() {
		served = append(served, r.pattern)
	}
	slices.Sort(described)
	slices.Sort(served)
	if !slices.Equal(described, served) {
		t.Errorf("described %q, served %q", described, served)
	}
	if wrong := d.fits("x", d.Components.Schemas["Problem"], map[string]any{"type": 1.0, "more": true}); len(wrong) != 5 {
		t.Fatalf("the check of schemas is blind: %q", wrong)
	}

	s := open(t, t.TempDir()+"/office.db", nil)
	s.work(t)
	x := put(t, s.url, sample())
	if x = await(t, s.url, x.ID); x.State != complete {
		t.Fatalf("%+v", x)
	}
	kind, good := form(t, sample())
	large := filepath.Join(t.TempDir(), "large.csv")
	if err := os.WriteFile(large, bytes.Repeat([]byte("x"), 9<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	largeKind, largeBody := form(t, map[string]string{"book": "@" + large})
	noKind, noBody := form(t, map[string]string{"as_of": "yesterday"})
	const key = "898100054110002"
	for _, c := range []struct {
		method, path, route, kind, body string
		status                          int
		want                            string // a part of the answer
	}{
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchants":{"merchant_no":"898290054110001","licence":{"number":"91310104MA10000091"}},"as_of":"2026-11-22"}`, 200, `"LIC003"`},
		{"POST", "/v1/merchants:check?lang=en", "/v1/merchants:check", "application/json", `{"merchants":[{"merchant_no":"898290054110001"},{"merchant_no":"898290054110001"}]}`, 200, `"records":2`},
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchants":[{"merchant_no":"1"},7]}`, 200, `"unreadable"`},
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchants":[{"merchant_no":`, 400, "JSON"},
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchant":{}}`, 400, "JSON"},
		{"POST", "/v1/merchants:check", "", "application/json", `{}`, 422, `"field":"merchants"`},
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchants":[],"as_of":"2026-02-30"}`, 422, `"field":"as_of"`},
		{"POST", "/v1/merchants:check", "", "application/json", `{"merchants":"` + strings.Repeat("x", maxCheck) + `"}`, 413, "拆分"},
		{"POST", "/v1/runs", "", kind, string(good), 202, `"queued"`},
		{"POST", "/v1/runs", "", noKind, string(noBody), 422, `"field":"book"`},
		{"POST", "/v1/runs", "", kind, string(good[:len(good)/2]), 400, "中断"},
		{"POST", "/v1/runs", "", "application/json", `{}`, 415, "multipart"},
		{"POST", "/v1/runs", "", largeKind, string(largeBody), 413, "太大"},
		{"GET", "/v1/runs/" + x.ID, "/v1/runs/{id}", "", "", 200, `"complete"`},
		{"GET", "/v1/runs/nothing", "/v1/runs/{id}", "", "", 404, "没有"},
		{"GET", "/v1/merchants/" + key + "/verdict?lang=en", "/v1/merchants/{key}/verdict", "", "", 200, `"DIF001"`},
		{"GET", "/v1/merchants/" + key + "/verdict?code=xyz", "/v1/merchants/{key}/verdict", "", "", 422, `"field":"code"`},
		{"GET", "/v1/merchants/nobody/verdict", "/v1/merchants/{key}/verdict", "", "", 404, "没有"},
		{"GET", "/v1/schemas/merchant.json", "", "", "", 200, "/merchant/schema.json"},
		{"GET", "/v1/openapi.json", "", "", "", 200, "openapi"},
	} {
		if c.route == "" {
			c.route = c.path
		}
		name := fmt.Sprintf("%s %s %d", c.method, c.path, c.status)
		var raw json.RawMessage
		status, header, err := send(c.method, s.url+c.path, c.kind, []byte(c.body), &raw)
		if err != nil || status != c.status || !bytes.Contains(raw, []byte(c.want)) {
			t.Errorf("%s: %d, %v, %.300s", name, status, err, raw)
			continue
		}
		answer, ok := d.Paths[c.route][strings.ToLower(c.method)].Responses[fmt.Sprint(status)]
		if !ok {
			t.Errorf("%s: the answer is not described", name)
			continue
		}
		if answer.Ref != "" {
			answer = d.Components.Responses[strings.TrimPrefix(answer.Ref, "#/components/responses/")]
		}
		content, ok := answer.Content[header.Get("Content-Type")]
		if !ok {
			t.Errorf("%s: answers %s", name, header.Get("Content-Type"))
		}
		var value any
		if err := json.Unmarshal(raw, &value); err != nil {
			t.Error(err)
		}
		for _, wrong := range d.fits("answer", content.Schema, value) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

// TestGuard: who may ask, from where, and what the headers say.
func TestGuard(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	free, locked := open(t, t.TempDir()+"/a.db", nil), open(t, t.TempDir()+"/b.db", map[string][]byte{"wang": hash})
	for _, c := range []struct {
		name, method, url string
		change            func(*http.Request)
		status            int
	}{
		{"plain", "GET", free.url, nil, 200},
		{"another site posts", "POST", free.url + "/runs", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"another origin posts", "POST", free.url + "/merchants/1/unmask", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"our page posts", "POST", free.url + "/merchants/1/unmask", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }, 404},
		{"a name that was bent to us", "GET", free.url, func(r *http.Request) { r.Host = "evil.example:80" }, 421},
		{"nobody", "GET", locked.url, nil, 401},
		{"a wrong password", "GET", locked.url, func(r *http.Request) { r.SetBasicAuth("wang", "wrong") }, 401},
		{"an unknown name", "GET", locked.url, func(r *http.Request) { r.SetBasicAuth("li", "right") }, 401},
		{"the right password", "GET", locked.url, func(r *http.Request) { r.SetBasicAuth("wang", "right") }, 200},
		{"and again", "GET", locked.url + "/v1/runs/x", func(r *http.Request) { r.SetBasicAuth("wang", "right") }, 404},
		{"wrong after right", "GET", locked.url, func(r *http.Request) { r.SetBasicAuth("wang", "wrong") }, 401},
		{"a path outside", "GET", free.url + "/runs/..%2f..%2fmain.go/report.html", nil, 404},
	} {
		r, err := http.NewRequest(c.method, c.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.change != nil {
			c.change(r)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, answer.StatusCode, c.status)
		}
		if csp := answer.Header.Get("Content-Security-Policy"); csp != policy || answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: headers %v", c.name, answer.Header)
		}
	}
}
