package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
	"github.com/merchantkyc/merchantkyc/validate/report"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

func (s *server) pageRoutes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /{$}":                            s.home,
		"POST /runs":                          s.upload,
		"GET /runs/{id}":                      s.runPage,
		"GET /runs/{id}/report.html":          s.download("report.html"),
		"GET /runs/{id}/report.xlsx":          s.download("report.xlsx"),
		"GET /runs/{id}/changes.xlsx":         s.download("changes.xlsx"),
		"GET /merchants":                      s.merchantList,
		"GET /merchants/{key}":                s.merchantPage,
		"POST /merchants/{key}/unmask":        s.merchantPage,
		"POST /merchants/{key}/suppressions":  s.grant,
		"POST /merchants/{key}/end/{granted}": s.revoke,
		"GET /due":                            s.duePage,
		"GET /audit":                          s.auditPage,
	}
}

// functions are what templates call.
func functions(lang string) template.FuncMap {
	say := func(zh, en string) string { return rules.Text{ZH: zh, EN: en}.In(lang) }
	states := map[string]rules.Text{queued: {ZH: "排队中", EN: "queued"}, running: {ZH: "检查中", EN: "running"}, complete: {ZH: "完成", EN: "complete"},
		failed: {ZH: "无法检查", EN: "cannot be checked"}, broken: {ZH: "中断", EN: "broken off"},
		"new": {ZH: "新增", EN: "new"}, "open": {ZH: "未解决", EN: "still open"}, "fixed": {ZH: "已解决", EN: "fixed"}, "unchecked": {ZH: "本次未检查", EN: "not looked for"}}
	actions := map[string]rules.Text{"upload": {ZH: "上传", EN: "upload"}, "download": {ZH: "下载工作簿", EN: "download of a workbook"}, "unmask": {ZH: "查看完整信息", EN: "unmasking"},
		"suppress": {ZH: "豁免", EN: "suppression"}, "end suppression": {ZH: "结束豁免", EN: "end of a suppression"}}
	words := report.Options{Lang: lang}
	return template.FuncMap{
		"say":    say,
		"state":  func(s string) string { return states[s].In(lang) },
		"text":   func(t rules.Text) string { return t.In(lang) },
		"cause":  func(c string) string { return c + " " + rules.Cause(c).Title().In(lang) },
		"row":    func(f finding) report.Row { return words.Row(&f.Finding) },
		"time":   beijing,
		"label":  func(path string) string { return labelOf(path, lang) },
		"action": func(a string) string { return actions[a].In(lang) },
		"dict": func(pairs ...any) map[string]any {
			m := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				m[pairs[i].(string)] = pairs[i+1]
			}
			return m
		},
		"legal":  func(name string) string { return merchant.FieldNamesLegal.Mask().Apply(name) },
		"unmask": func(f finding) report.Row { o := words; o.Unmask = true; return o.Row(&f.Finding) },
	}
}

// beijing writes a time of the database as clerks read it.
func beijing(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.In(time.FixedZone("UTC+8", 8*3600)).Format("2006-01-02 15:04")
}

func labelOf(path, lang string) string {
	p, err := merchant.ParsePath(path)
	if err != nil {
		return path
	}
	return p.Label(lang)
}

// pageRequest is what a page of a list is asked with.
type pageRequest struct {
	Query string `json:"q" validate:"max=100"`
	After string `json:"after" validate:"max=100"`
	State string `json:"state" validate:"omitempty,oneof=new open fixed unchecked"`
	Days  string `json:"days" validate:"omitempty,oneof=30 60 90"`
}

func (s *server) ask(r *http.Request) (pageRequest, error) {
	q := r.URL.Query()
	p := pageRequest{q.Get("q"), q.Get("after"), q.Get("state"), q.Get("days")}
	return p, s.bind(r, p)
}

// home is the form for an upload, the runs, and the chart of causes over them.
func (s *server) home(w http.ResponseWriter, r *http.Request) {
	list, err := s.store.runs(r.Context(), 30)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	bars, err := s.store.chart(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, "home", map[string]any{"Runs": list, "Chart": bars, "Limit": s.limit >> 20})
}

// column is a run of the chart, stack a cause in it.
type column struct {
	Run          string
	At, Label    string // when it ended
	X, Total     int
	Stacks       []stack
	countByCause map[string]int
}

type stack struct{ Cause, Y, Height, Count int }

// chart is the findings of the last complete runs by cause: the causes that count most each by themselves, the others together.
type chart struct {
	Causes  []string // "" stands for the others
	Columns []*column
}

// Width is that of the drawing: not so wide that few columns look lost.
func (c *chart) Width() int { return 60*max(len(c.Columns), 6) + 10 }

const chartHeight = 200

func (s *store) chart(ctx context.Context) (*chart, error) {
	c, totals := &chart{}, map[string]int{}
	err := s.query(ctx, func(scan func(...any) error) error {
		var run, at, cause string
		var n int
		if err := scan(&run, &at, &cause, &n); err != nil {
			return err
		}
		if len(c.Columns) == 0 || c.Columns[len(c.Columns)-1].Run != run {
			c.Columns = append(c.Columns, &column{Run: run, At: at, Label: beijing(at)[5:], X: len(c.Columns) * 60, countByCause: map[string]int{}})
		}
		col := c.Columns[len(c.Columns)-1]
		col.countByCause[cause] = n
		col.Total += n
		totals[cause] += n
		return nil
	}, `SELECT r.id, r.finished_at, COALESCE(c.cause, ''), COALESCE(c.errors + c.warnings, 0)
		FROM (SELECT id, finished_at FROM runs WHERE state = 'complete' ORDER BY finished_at DESC LIMIT 12) r
		LEFT JOIN run_causes c ON c.run_id = r.id ORDER BY r.finished_at, c.cause`)
	delete(totals, "")
	for cause := range totals {
		c.Causes = append(c.Causes, cause)
	}
	slices.SortFunc(c.Causes, func(a, b string) int {
		if totals[a] != totals[b] {
			return totals[b] - totals[a]
		}
		return strings.Compare(a, b)
	})
	most := 1
	for _, col := range c.Columns {
		most = max(most, col.Total)
	}
	const shown = 7
	if len(c.Causes) > shown {
		c.Causes = append(c.Causes[:shown], "")
	}
	for _, col := range c.Columns {
		rest, y := col.Total, chartHeight
		for i, cause := range c.Causes {
			n := col.countByCause[cause]
			if cause == "" {
				n = rest
			}
			rest -= n
			h := n * chartHeight / most
			y -= h
			col.Stacks = append(col.Stacks, stack{i, y, h, n})
		}
	}
	return c, err
}

func (s *server) upload(w http.ResponseWriter, r *http.Request) {
	x, err := s.accept(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/runs/"+x.ID, http.StatusSeeOther)
}

// runPage is a run: its progress, or what came of it.
func (s *server) runPage(w http.ResponseWriter, r *http.Request) {
	x, err := s.find(r)
	ask, e := s.ask(r)
	if err = errors.Join(err, e); err != nil {
		s.fail(w, r, err)
		return
	}
	if ask.State == "" {
		ask.State = "new"
	}
	const page = 100
	var list []finding
	if x.State == complete {
		list, err = s.store.findings(r.Context(), `run_id = $1 AND state = $2 AND severity > 1 AND seq > $3 ORDER BY seq LIMIT 101`, x.ID, ask.State, number(ask.After))
		if err != nil {
			s.fail(w, r, err)
			return
		}
	}
	after := 0
	if len(list) > page {
		list, after = list[:page], list[page-1].Seq
	}
	s.render(w, r, http.StatusOK, "run", map[string]any{"Run": x, "State": ask.State, "Findings": list, "After": after})
}

// number reads digits; 0 for anything else.
func number(s string) (n int) {
	fmt.Sscanf(s, "%d", &n)
	return n
}

// find returns the run that the address names.
func (s *server) find(r *http.Request) (*run, error) {
	x, err := s.store.run(r.Context(), r.PathValue("id"))
	if err == nil && x == nil {
		err = &formError{status: http.StatusNotFound, zh: "没有这次检查", en: "there is no such run"}
	}
	if x != nil {
		switch x.State {
		case complete:
			x.Progress = 100
		case running:
			x.Progress = s.worker.progress(x.ID)
		}
	}
	return x, err
}

// download serves a report of a run. The workbooks hold the user's data as they are: who takes one is noted.
func (s *server) download(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		x, err := s.find(r)
		if err == nil && x.State != complete {
			err = &formError{status: http.StatusConflict, zh: "这次检查没有完成，没有报告", en: "the run is not complete; there is no report"}
		}
		if err == nil && filepath.Ext(name) == ".xlsx" {
			err = s.store.audit(r.Context(), actor(r), "download", x.ID, x.Book)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if name == "report.html" {
			// the page brings its own style and script, and a policy of its own that allows just these
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		} else {
			base := strings.TrimSuffix(x.Book, filepath.Ext(x.Book)) + "-" + x.AsOf
			if name == "changes.xlsx" {
				base += "-changes"
			}
			base += ".xlsx"
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": base}))
			w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		}
		file := filepath.Join(s.data, "runs", x.Folder, name)
		if _, err := os.Stat(file); err != nil {
			s.refuse(w, r, http.StatusGone, "报告文件已不在数据文件夹中", "the report is no longer in the data folder")
			return
		}
		http.ServeFile(w, r, file)
	}
}

// merchantList finds merchants by the beginning of their number or a part of their name.
func (s *server) merchantList(w http.ResponseWriter, r *http.Request) {
	ask, err := s.ask(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	type line struct{ Key, Name string }
	var list []line
	plain := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(clean(strings.TrimSpace(ask.Query)))
	err = s.store.query(r.Context(), func(scan func(...any) error) error {
		var l line
		err := scan(&l.Key, &l.Name)
		list = append(list, l)
		return err
	}, `SELECT merchant, name FROM merchants WHERE merchant > $1 AND (merchant LIKE $2 ESCAPE '\' OR name LIKE $3 ESCAPE '\') ORDER BY merchant LIMIT 101`,
		ask.After, plain+"%", "%"+plain+"%")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	after := ""
	if len(list) > 100 {
		list, after = list[:100], list[99].Key
	}
	s.render(w, r, http.StatusOK, "merchants", map[string]any{"List": list, "Query": ask.Query, "After": after})
}

// standing is a merchant as the last complete run that held it left it.
type standing struct {
	Key, Name string
	RunID     string
	AsOf      string
	Registry  bool
	Record    *merchant.Record
	Findings  []finding // open ones first
	Grants    []suppression
}

// standing returns a merchant; nil where no run held it. Suppressions are those of now.
func (s *server) standing(ctx context.Context, key string) (*standing, error) {
	m := &standing{Key: key, Record: &merchant.Record{}}
	var registry, body string
	err := s.store.db.QueryRowContext(ctx, `SELECT m.name, m.run_id, r.as_of, r.registry, v.body FROM merchants m JOIN runs r ON r.id = m.run_id
		JOIN versions v ON v.merchant = m.merchant AND v.sum = m.sum WHERE m.merchant = $1`, key).Scan(&m.Name, &m.RunID, &m.AsOf, &registry, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &formError{status: http.StatusNotFound, zh: "没有这个商户", en: "there is no such merchant"}
	}
	if err != nil {
		return nil, err
	}
	m.Registry = registry != ""
	if err := json.Unmarshal([]byte(body), &m.Record.Merchant); err != nil {
		return nil, err
	}
	if m.Findings, err = s.store.findings(ctx, `run_id = $1 AND merchant = $2 ORDER BY severity DESC, seq`, m.RunID, key); err != nil {
		return nil, err
	}
	all, err := s.store.suppressions(ctx)
	if err != nil {
		return nil, err
	}
	var list []suppress.Suppression
	for _, g := range all {
		if g.Key == key {
			m.Grants = append(m.Grants, g)
			list = append(list, g.Suppression)
		}
	}
	v, err := validator(m.AsOf)
	if err != nil {
		return nil, err
	}
	marker, err := suppress.New(v, suppress.Options{Suppressions: list})
	if err != nil {
		return nil, err
	}
	for i := range m.Findings {
		one := []rules.Finding{m.Findings[i].Finding}
		marker.Mark(nil, one)
		m.Findings[i].Finding = one[0]
	}
	return m, nil
}

// verdict judges the merchant by what is open.
func (m *standing) verdict(code string) diagnose.Verdict {
	var list []rules.Finding
	for _, f := range m.Findings {
		if f.State == "new" || f.State == "open" {
			list = append(list, f.Finding)
		}
	}
	return diagnose.Of(m.Record, list, diagnose.Options{Code: code, Registry: m.Registry})
}

// field is a value of a record, with the one before it where a version changed it.
type field struct{ Label, Old, New string }

// fields lists the values of a record, or what changed between two.
func fields(before, m *merchant.Merchant, lang string, unmask bool) (list []field) {
	for _, f := range merchant.Fields() {
		paths := m.Paths(f)
		if before != nil {
			for _, p := range before.Paths(f) {
				if !slices.Contains(paths, p) {
					paths = append(paths, p)
				}
			}
		}
		for _, p := range paths {
			show := func(m *merchant.Merchant) string {
				if m == nil {
					return ""
				}
				text := m.Text(p)
				if e := f.Enum(); e != nil {
					return cmp.Or(e.Label(text, lang), text)
				}
				if unmask {
					return text
				}
				return f.Shown(text)
			}
			if before == nil && m.Text(p) == "" || before != nil && before.Text(p) == m.Text(p) {
				continue
			}
			list = append(list, field{p.Label(lang), show(before), show(m)})
		}
	}
	return list
}

// past is a run of a merchant's history.
type past struct {
	Run, At, sum string
	Counts       map[string]int
	Changes      []field
	First        bool
}

func (s *server) history(ctx context.Context, key, lang string, unmask bool) (list []*past, err error) {
	at, bodies := map[string]*past{}, map[string]*merchant.Merchant{}
	err = s.store.query(ctx, func(scan func(...any) error) error {
		p := &past{Counts: map[string]int{}}
		var body string
		if err := scan(&p.Run, &p.At, &p.sum, &body); err != nil {
			return err
		}
		at[p.Run], list = p, append(list, p)
		if bodies[p.sum] != nil {
			return nil
		}
		bodies[p.sum] = &merchant.Merchant{}
		return json.Unmarshal([]byte(body), bodies[p.sum])
	}, `SELECT r.id, r.finished_at, c.sum, v.body FROM run_records c JOIN runs r ON r.id = c.run_id
		JOIN versions v ON v.merchant = c.merchant AND v.sum = c.sum
		WHERE c.merchant = $1 AND r.state = 'complete' ORDER BY r.finished_at DESC LIMIT 30`, key)
	if err != nil {
		return nil, err
	}
	for i, p := range list {
		if i+1 < len(list) && list[i+1].sum != p.sum {
			p.Changes = fields(bodies[list[i+1].sum], bodies[p.sum], lang, unmask)
		}
		p.First = i+1 == len(list)
	}
	err = s.store.query(ctx, func(scan func(...any) error) error {
		var run, state string
		var n int
		err := scan(&run, &state, &n)
		if p := at[run]; p != nil {
			p.Counts[state] = n
		}
		return err
	}, `SELECT f.run_id, f.state, COUNT(*) FROM run_records c JOIN findings f ON f.run_id = c.run_id AND f.merchant = c.merchant
		WHERE c.merchant = $1 AND f.severity > 1 GROUP BY f.run_id, f.state`, key)
	return list, err
}

// merchantPage is a merchant: verdict, findings, what is due, record, history. A POST shows the data unmasked, which is
// noted before anything is shown.
func (s *server) merchantPage(w http.ResponseWriter, r *http.Request) {
	ctx, key, unmask := r.Context(), r.PathValue("key"), r.Method == http.MethodPost
	m, err := s.standing(ctx, key)
	if err == nil && unmask {
		err = s.store.audit(ctx, actor(r), "unmask", key, "")
	}
	var code string
	if err == nil {
		code, err = s.code(r)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	l := lang(r)
	history, err := s.history(ctx, key, l, unmask)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := m.verdict(code)
	today, err := validate.New()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	type dueLine struct {
		Label, On string
		Days      int
	}
	var due []dueLine
	for _, d := range dueDates(&m.Record.Merchant) {
		if n := d.on.DaysSince(today.AsOf()); n <= 90 {
			due = append(due, dueLine{d.path.Label(l), d.on.String(), n})
		}
	}
	s.render(w, r, http.StatusOK, "merchant", map[string]any{"M": m, "V": v, "Missing": v.MissingEvidence(l), "Codes": diagnose.Codes(), "Due": due,
		"Fields": fields(nil, &m.Record.Merchant, l, unmask), "History": history, "Unmask": unmask, "Until": today.AsOf().AddDays(90).String()})
}

// grantRequest is a suppression as the page asks for it.
type grantRequest struct {
	Rule   string `json:"rule" validate:"required,max=20"`
	Path   string `json:"path" validate:"max=100"`
	Reason string `json:"reason" validate:"required,gb18030_max=400"`
	Until  string `json:"until" validate:"required,datetime=2006-01-02"`
}

func (s *server) grant(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
	key := r.PathValue("key")
	_, err := s.standing(r.Context(), key)
	if e := r.ParseForm(); err == nil && e != nil {
		err = broke(e)
	}
	g := grantRequest{r.PostForm.Get("rule"), r.PostForm.Get("path"), strings.TrimSpace(r.PostForm.Get("reason")), r.PostForm.Get("until")}
	if err == nil {
		err = s.bind(r, g)
	}
	if err == nil {
		err = s.addGrant(r.Context(), actor(r), key, g)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/merchants/"+url.PathEscape(key), http.StatusSeeOther)
}

func (s *server) addGrant(ctx context.Context, who, key string, g grantRequest) error {
	x := suppress.Suppression{Rules: []rules.ID{rules.ID(g.Rule)}, Key: key, Reason: g.Reason, ListFile: "form"}
	wrong := &formError{status: http.StatusUnprocessableEntity, zh: "规则、位置或截止日不对", en: "the rule, the place or the day is wrong"}
	var err error
	if x.Until, err = merchant.ParseDate(g.Until); err != nil {
		return wrong
	}
	if x.Path, err = merchant.ParsePath(g.Path); err != nil && g.Path != "" {
		return wrong
	}
	rule, ok := builtin.Lookup(x.Rules[0])
	v, err := validate.New()
	if err != nil {
		return err
	}
	if !ok || x.Until.Before(v.AsOf()) {
		return wrong
	}
	if rule.Severity == rules.Error && slices.ContainsFunc(rule.Basis, func(b rules.Basis) bool { return b.Level == rules.Law }) {
		return &formError{status: http.StatusUnprocessableEntity, zh: "法规要求的规则不能豁免", en: "a rule that the law demands cannot be suppressed"}
	}
	all, err := s.store.suppressions(ctx)
	if err != nil {
		return err
	}
	list := []suppress.Suppression{x}
	for _, have := range all {
		list = append(list, have.Suppression)
	}
	if _, err := suppress.New(v, suppress.Options{Suppressions: list}); err != nil { // twice the same, for one
		return err
	}
	return s.store.tx(ctx, func(tx *sql.Tx) error {
		id := newID()
		if _, err := tx.ExecContext(ctx, `INSERT INTO suppressions (id, rule, merchant, path, reason, until_on, actor, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
			id, g.Rule, key, g.Path, clean(g.Reason), x.Until.String(), who, now()); err != nil {
			return err
		}
		return auditIn(ctx, tx, who, "suppress", key, g.Rule+" "+g.Path+": "+clean(g.Reason))
	})
}

func (s *server) revoke(w http.ResponseWriter, r *http.Request) {
	ctx, key := r.Context(), r.PathValue("key")
	err := s.store.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE suppressions SET ended_at = $1 WHERE id = $2 AND merchant = $3 AND ended_at = ''`, now(), r.PathValue("granted"), key); err != nil {
			return err
		}
		return auditIn(ctx, tx, actor(r), "end suppression", key, r.PathValue("granted"))
	})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/merchants/"+url.PathEscape(key), http.StatusSeeOther)
}

// duePage lists what ends or falls due in the next days.
func (s *server) duePage(w http.ResponseWriter, r *http.Request) {
	ask, err := s.ask(r)
	if ask.Days == "" {
		ask.Days = "30"
	}
	today, e := validate.New()
	if err = errors.Join(err, e); err != nil {
		s.fail(w, r, err)
		return
	}
	type line struct {
		Key, Name, Path, On string
		Days                int
	}
	var list []line
	counts := map[string]int{}
	from := today.AsOf()
	for _, days := range []string{"30", "60", "90"} {
		var n int
		if err = s.store.db.QueryRowContext(r.Context(), `SELECT COUNT(*) FROM due d JOIN merchants m ON m.merchant = d.merchant AND m.run_id = d.run_id
			WHERE d.due_on BETWEEN $1 AND $2`, from.String(), from.AddDays(number(days)).String()).Scan(&n); err != nil {
			s.fail(w, r, err)
			return
		}
		counts[days] = n
	}
	err = s.store.query(r.Context(), func(scan func(...any) error) error {
		var l line
		err := scan(&l.Key, &l.Name, &l.Path, &l.On)
		if d, e := merchant.ParseDate(l.On); e == nil {
			l.Days = d.DaysSince(from)
		}
		list = append(list, l)
		return err
	}, `SELECT d.merchant, m.name, d.path, d.due_on FROM due d JOIN merchants m ON m.merchant = d.merchant AND m.run_id = d.run_id
		WHERE d.due_on BETWEEN $1 AND $2 ORDER BY d.due_on, d.merchant, d.path LIMIT 1000`, from.String(), from.AddDays(number(ask.Days)).String())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, "due", map[string]any{"List": list, "Days": ask.Days, "Counts": counts})
}

// auditPage lists who did what, newest first.
func (s *server) auditPage(w http.ResponseWriter, r *http.Request) {
	type line struct{ At, Actor, Action, Target, Detail string }
	var list []line
	err := s.store.query(r.Context(), func(scan func(...any) error) error {
		var l line
		err := scan(&l.At, &l.Actor, &l.Action, &l.Target, &l.Detail)
		list = append(list, l)
		return err
	}, `SELECT at, actor, action, target, detail FROM audit ORDER BY id DESC LIMIT 200`)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.render(w, r, http.StatusOK, "audit", list)
}
