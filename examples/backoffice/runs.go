package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// The states of a run.
const (
	queued   = "queued"
	running  = "running"
	complete = "complete"
	failed   = "failed" // the input is to blame
	broken   = "broken" // we are: a crash, the disk, the database
)

// run is one check of a workbook.
type run struct {
	ID         string `json:"id"`
	State      string `json:"state"`
	RetryOf    string `json:"retry_of,omitempty"`
	Folder     string `json:"-"`
	Actor      string `json:"-"`
	Lang       string `json:"-"`
	Book       string `json:"book"`
	Registry   string `json:"registry,omitempty"`
	AsOf       string `json:"as_of"`
	CreatedAt  string `json:"created_at"`
	FinishedAt string `json:"finished_at,omitempty"`
	Records    int    `json:"records"`
	Errors     int    `json:"errors"`
	Warnings   int    `json:"warnings"`
	Notes      int    `json:"notes"`
	Suppressed int    `json:"suppressed"`
	Partial    bool   `json:"partial"`
	New        int    `json:"new"`
	Open       int    `json:"open"`
	Fixed      int    `json:"fixed"`
	Unchecked  int    `json:"unchecked"`
	ProblemZH  string `json:"problem_zh,omitempty"`
	ProblemEN  string `json:"problem_en,omitempty"`
	Progress   int    `json:"progress"` // per cent
}

// Problem words what kept the run from its end.
func (r *run) Problem(lang string) string {
	if lang == "en" {
		return r.ProblemEN
	}
	return r.ProblemZH
}

const runColumns = `id, state, retry_of, folder, actor, lang, book, registry, as_of, created_at, finished_at,
	records, errors, warnings, notes, suppressed, partial, problem_zh, problem_en`

func scanRun(scan func(...any) error) (*run, error) {
	r := &run{}
	var partial int
	err := scan(&r.ID, &r.State, &r.RetryOf, &r.Folder, &r.Actor, &r.Lang, &r.Book, &r.Registry, &r.AsOf, &r.CreatedAt, &r.FinishedAt,
		&r.Records, &r.Errors, &r.Warnings, &r.Notes, &r.Suppressed, &partial, &r.ProblemZH, &r.ProblemEN)
	r.Partial = partial != 0
	return r, err
}

func insertRun(ctx context.Context, tx execer, r *run) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO runs (`+runColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0, 0, 0, 0, 0, 0, '', '')`,
		r.ID, r.State, r.RetryOf, r.Folder, r.Actor, r.Lang, r.Book, r.Registry, r.AsOf, r.CreatedAt)
	return err
}

// run returns the run with its counts; nil where there is none.
func (s *store) run(ctx context.Context, id string) (*run, error) {
	r, err := scanRun(s.db.QueryRowContext(ctx, `SELECT `+runColumns+` FROM runs WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil || r.State != complete {
		return r, err
	}
	counts := map[string]*int{"new": &r.New, "open": &r.Open, "fixed": &r.Fixed, "unchecked": &r.Unchecked}
	return r, s.query(ctx, func(scan func(...any) error) error {
		var state string
		var n int
		err := scan(&state, &n)
		if at := counts[state]; at != nil {
			*at = n
		}
		return err
	}, `SELECT state, COUNT(*) FROM findings WHERE run_id = $1 GROUP BY state`, id)
}

// runs returns the newest runs, newest first.
func (s *store) runs(ctx context.Context, limit int) (list []*run, err error) {
	err = s.query(ctx, func(scan func(...any) error) error {
		r, err := scanRun(scan)
		list = append(list, r)
		return err
	}, `SELECT `+runColumns+` FROM runs ORDER BY id DESC LIMIT $1`, limit)
	return list, err
}

// next takes the oldest run that waits, nil where none does.
func (s *store) next(ctx context.Context) (r *run, err error) {
	err = s.tx(ctx, func(tx *sql.Tx) error {
		if r, err = scanRun(tx.QueryRowContext(ctx, `SELECT `+runColumns+` FROM runs WHERE state = 'queued' ORDER BY id LIMIT 1`).Scan); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE runs SET state = 'running' WHERE id = $1`, r.ID)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// finish makes the rows of a run the current state, in one transaction: until it ends, readers see the run before.
func (s *store) finish(ctx context.Context, r *run, ruleCounts *batch) error {
	if err := s.write(ctx, ruleCounts); err != nil {
		return err
	}
	partial := 0
	if r.Partial {
		partial = 1
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		for _, step := range []struct {
			text string
			args []any
		}{
			{`INSERT INTO run_records (run_id, merchant, sum, name) VALUES ($1, '', '', '')`, []any{r.ID}},
			// What the merchant's last run had as well is still open.
			{`UPDATE findings SET state = 'open' WHERE run_id = $1 AND EXISTS (
				SELECT 1 FROM merchants m JOIN findings g ON g.run_id = m.run_id AND g.merchant = m.merchant
				WHERE m.merchant = findings.merchant AND g.fingerprint = findings.fingerprint AND g.state <> 'fixed')`, []any{r.ID}},
			// What it had and this run has not is fixed if its rule looked for it, and else carried on.
			{`INSERT INTO findings (run_id, seq, fingerprint, rule, severity, cause, merchant, path, state, suppressed, detail)
				SELECT CAST($1 AS TEXT), (SELECT COALESCE(MAX(seq), 0) FROM findings WHERE run_id = $1) + ROW_NUMBER() OVER (ORDER BY g.run_id, g.seq),
					g.fingerprint, g.rule, g.severity, g.cause, g.merchant, g.path,
					CASE WHEN CAST($2 AS BIGINT) = 0 AND EXISTS (SELECT 1 FROM run_rules q WHERE q.run_id = $1 AND q.rule = g.rule AND q.applied > 0)
						THEN 'fixed' ELSE 'unchecked' END, g.suppressed, g.detail
				FROM run_records c JOIN merchants m ON m.merchant = c.merchant JOIN findings g ON g.run_id = m.run_id AND g.merchant = m.merchant
				WHERE c.run_id = $1 AND g.state <> 'fixed'
					AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.run_id = $1 AND f.fingerprint = g.fingerprint)`, []any{r.ID, partial}},
			{`INSERT INTO run_causes (run_id, cause, errors, warnings)
				SELECT run_id, cause, SUM(CASE WHEN severity = 3 THEN 1 ELSE 0 END), SUM(CASE WHEN severity = 2 THEN 1 ELSE 0 END)
				FROM findings WHERE run_id = $1 AND state IN ('new', 'open') AND suppressed = 0 AND severity > 1 GROUP BY run_id, cause`, []any{r.ID}},
			{`INSERT INTO merchants (merchant, run_id, sum, name) SELECT merchant, run_id, sum, name FROM run_records WHERE run_id = $1
				ON CONFLICT (merchant) DO UPDATE SET run_id = excluded.run_id, sum = excluded.sum, name = excluded.name`, []any{r.ID}},
			{`UPDATE runs SET state = 'complete', finished_at = $2, records = $3, errors = $4, warnings = $5, notes = $6, suppressed = $7, partial = $8 WHERE id = $1`,
				[]any{r.ID, now(), r.Records, r.Errors, r.Warnings, r.Notes, r.Suppressed, partial}},
		} {
			if _, err := tx.ExecContext(ctx, step.text, step.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// end marks a run that did not come to its end; a broken one is queued again, once. What it wrote, which nobody reads, is
// removed afterwards, since that needs room on the disk, or else at the next start.
func (s *store) end(ctx context.Context, r *run, state, zh, en string) error {
	err := s.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE runs SET state = $2, finished_at = $3, problem_zh = $4, problem_en = $5 WHERE id = $1`, r.ID, state, now(), zh, en); err != nil {
			return err
		}
		if state != broken || r.RetryOf != "" {
			return nil
		}
		again := *r
		again.ID, again.State, again.RetryOf, again.CreatedAt = newID(), queued, r.ID, now()
		return insertRun(ctx, tx, &again)
	})
	if err != nil {
		return err
	}
	if err := s.sweep(ctx); err != nil {
		slog.Warn("rows of a run that ended early stay for now", "run", r.ID, "error", err)
	}
	return nil
}

// sweep removes the rows of runs that did not come to their end.
func (s *store) sweep(ctx context.Context) error {
	for _, table := range []string{"findings", "run_records", "run_rules", "due"} {
		if _, err := s.db.ExecContext(ctx, `DELETE FROM `+table+` WHERE run_id IN (SELECT id FROM runs WHERE state IN ('failed', 'broken'))`); err != nil {
			return err
		}
	}
	return nil
}

// recover marks the runs that a crash left running.
func (s *store) recover(ctx context.Context) error {
	var list []*run
	err := s.query(ctx, func(scan func(...any) error) error {
		r, err := scanRun(scan)
		list = append(list, r)
		return err
	}, `SELECT `+runColumns+` FROM runs WHERE state = 'running'`)
	for _, r := range list {
		if err == nil {
			err = s.end(ctx, r, broken, "程序在运行中停止", "the program stopped during the run")
		}
	}
	if err != nil {
		return err
	}
	return s.sweep(ctx)
}

// detail is what is kept of a finding besides its columns; all of it as it is, for pages mask when they show it.
type detail struct {
	Key     string        `json:",omitzero"` // where it is no merchant of ours
	Value   string        `json:",omitzero"`
	Params  []rules.Param `json:",omitzero"`
	File    string        `json:",omitzero"`
	Sheet   string        `json:",omitzero"`
	Row     int           `json:",omitzero"`
	Letter  string        `json:",omitzero"`
	Header  string        `json:",omitzero"`
	Fixes   []rules.Fix   `json:",omitzero"`
	Related []related     `json:",omitzero"`
}

type related struct {
	File, Sheet string
	Row         int
	Key         string
	Path        merchant.Path
}

// finding is a finding with what became of it.
type finding struct {
	rules.Finding
	Seq      int
	Merchant string // "" where it concerns none of ours
	State    string
}

// addFinding adds the row of a finding about a merchant of ours; about none, where that is "".
func addFinding(b *batch, runID string, seq int, merchant string, f *rules.Finding) error {
	d := detail{Value: f.Value, Params: f.Params, File: f.Source.File, Sheet: f.Source.Sheet, Row: f.Source.Row, Fixes: f.Fixes}
	if merchant == "" {
		d.Key = f.Key
	}
	if f.Column != nil {
		d.Letter, d.Header = f.Column.Letter, f.Column.Header
	}
	for _, r := range f.Related {
		d.Related = append(d.Related, related{r.Source.File, r.Source.Sheet, r.Source.Row, r.Key, r.Path})
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return err
	}
	suppressed := 0
	if f.Suppressed != nil {
		suppressed = 1
	}
	b.add(runID, seq, f.Fingerprint(), string(f.Rule.ID), int(f.Severity), string(f.Rule.Cause), merchant, f.Path.String(), "new", suppressed, clean(string(raw)))
	return nil
}

// clean drops what PostgreSQL does not take in a text.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// findings returns findings by a condition on the table.
func (s *store) findings(ctx context.Context, where string, args ...any) (list []finding, err error) {
	err = s.query(ctx, func(scan func(...any) error) error {
		var id, path, raw string
		var f finding
		var d detail
		if err := scan(&f.Seq, &id, &f.Severity, &f.Merchant, &path, &f.State, &raw); err != nil {
			return err
		}
		rule, ok := builtin.Lookup(rules.ID(id))
		if !ok {
			return nil // a rule of another version of the library
		}
		if err := json.Unmarshal([]byte(raw), &d); err != nil {
			return err
		}
		f.Rule, f.Key, f.Value, f.Params, f.Fixes = rule, cmp.Or(f.Merchant, d.Key), d.Value, d.Params, d.Fixes
		f.Path, _ = merchant.ParsePath(path) // "" where there is none
		f.Source = merchant.Source{File: d.File, Sheet: d.Sheet, Row: d.Row}
		if d.Letter+d.Header != "" {
			f.Column = &merchant.Column{Letter: d.Letter, Header: d.Header, Path: f.Path}
		}
		for _, r := range d.Related {
			f.Related = append(f.Related, rules.Related{Source: merchant.Source{File: r.File, Sheet: r.Sheet, Row: r.Row}, Key: r.Key, Path: r.Path})
		}
		list = append(list, f)
		return nil
	}, `SELECT seq, rule, severity, merchant, path, state, detail FROM findings WHERE `+where, args...)
	return list, err
}

// suppression is one of the table.
type suppression struct {
	ID, Actor, CreatedAt string
	suppress.Suppression
}

// suppressions returns those that nobody has ended.
func (s *store) suppressions(ctx context.Context) (list []suppression, err error) {
	err = s.query(ctx, func(scan func(...any) error) error {
		var x suppression
		var rule, path, until string
		if err := scan(&x.ID, &rule, &x.Key, &path, &x.Reason, &until, &x.Actor, &x.CreatedAt); err != nil {
			return err
		}
		x.Rules = []rules.ID{rules.ID(rule)}
		x.Path, _ = merchant.ParsePath(path)
		x.ListFile = "suppressions"
		x.Until, err = merchant.ParseDate(until)
		list = append(list, x)
		return err
	}, `SELECT id, rule, merchant, path, reason, until_on, actor, created_at FROM suppressions WHERE ended_at = '' ORDER BY id`)
	return list, err
}
