package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/wire"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

// job is what all workers must agree in. It travels inside the functions of the pipeline.
type job struct {
	AsOf        string // YYYY-MM-DD: workers must not ask their clocks
	Profile     string
	ProfileText string // of a profile that is no built-in one: workers cannot see the file
	Lang        string
	Registry    bool
}

func (j *job) validator() (*validate.Validator, error) {
	p, err := j.open()
	if err != nil {
		return nil, err
	}
	o := []validate.Option{validate.WithProfile(p), validate.Workers(1)} // the runner has its own
	if j.AsOf != "" {                                                    // not yet, where the program starts
		asOf, err := merchant.ParseDate(j.AsOf)
		if err != nil {
			return nil, err
		}
		o = append(o, validate.AsOf(asOf))
	}
	return validate.New(o...)
}

func (j *job) open() (*profile.Profile, error) {
	if j.ProfileText == "" {
		return profile.Open(j.Profile)
	}
	return profile.Read(j.Profile, strings.NewReader(j.ProfileText))
}

// desk is what a worker has at hand: made once for each function instance.
type desk struct {
	v      *validate.Validator
	rules  map[rules.ID]*rules.Rule
	buf    bytes.Buffer
	json   *report.JSON
	sheets map[int64]*wire.Codec
	whole  whole
}

func (j *job) desk() (*desk, error) {
	v, err := j.validator()
	if err != nil {
		return nil, err
	}
	d := &desk{v: v, rules: map[rules.ID]*rules.Rule{}}
	for _, r := range v.Rules() {
		d.rules[r.ID] = r
	}
	d.json = report.NewJSON(&d.buf, report.Options{Lang: j.Lang})
	return d, nil
}

// lines returns what write has written.
func (d *desk) lines(write func(*report.JSON) error) (string, error) {
	d.buf.Reset()
	err := write(d.json)
	return strings.TrimSuffix(d.buf.String(), "\n"), err
}

// tell words a finding, with what a verdict needs to know of it.
func (d *desk) tell(f *rules.Finding, s stage, at, n int64) (told, error) {
	line, err := d.lines(func(j *report.JSON) error { return j.Finding(f) })
	t := told{Line: line, Proof: proof{Rule: f.Rule.ID}}
	if f.Rule.Scope != rules.SheetScope && f.Severity > rules.Info { // the others say nothing about a merchant
		t.Who = identity(f.Key, f.Source)
		t.Proof = proof{s, at, n, f.Rule.ID, f.Severity, f.Key, f.Source.File, f.Source.Sheet, f.Source.Row, f.Path.Field, f.Path.Index}
	}
	return t, err
}

// identity is what brings a merchant together with the findings about it: its key, or else its row.
func identity(key string, s merchant.Source) string {
	if key != "" {
		return "k" + key
	}
	return fmt.Sprintf("r%q %q %d", s.File, s.Sheet, s.Row)
}

// learn takes over what all workers know, once.
func (d *desk) learn(list func(*known) bool) error {
	if d.sheets != nil {
		return nil
	}
	sheets := map[int64]*wire.Codec{}
	for k := (known{}); list(&k); k = (known{}) {
		if k.Whole != nil {
			d.whole = *k.Whole
			continue
		}
		c := &wire.Codec{}
		if err := c.ReadSheets(k.Sheets); err != nil {
			return err
		}
		sheets[k.Shard] = c
	}
	d.sheets = sheets
	return nil
}

func (d *desk) record(r *row) (*merchant.Record, error) {
	c := d.sheets[r.shard()]
	if c == nil {
		return nil, fmt.Errorf("beam: nothing is known of shard %d", r.shard())
	}
	return c.Decode(r.Data)
}

// about makes a finding of this program about a shard.
func about(r *rules.Rule, s merchant.Source, problem, mend rules.Text) rules.Finding {
	s.Columns = nil
	f := rules.Finding{Rule: r, Severity: r.Severity, Source: s, Params: []rules.Param{rules.T("problem", problem), rules.T("mend", mend)}}
	if s.Row > 0 {
		f.Value = strconv.Itoa(s.Row)
	}
	return f
}

// The rules of this program speak of the shards. They are no part of the catalogue, and stand in the summary only where
// they found something, so that the report of sound shards is that of the command.
var (
	rowUnread = rules.Rule{
		ID: "BEAM-001", Severity: rules.Error, Kind: rules.Format, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
		Title:   rules.Text{ZH: "分片中有一行读不出", EN: "A row of a shard cannot be read"},
		Message: rules.Text{ZH: "这一行读不出：{problem}", EN: "this row cannot be read: {problem}"},
		Remedy:  rules.Text{ZH: "{mend}", EN: "{mend}"},
	}
	shardUnread = rules.Rule{
		ID: "BEAM-002", Severity: rules.Error, Kind: rules.Format, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
		Title:   rules.Text{ZH: "分片读不出，或只读出一部分", EN: "A shard cannot be read, or not to its end"},
		Message: rules.Text{ZH: "分片读不出，或只读出一部分：{problem}", EN: "the shard cannot be read, or not to its end: {problem}"},
		Remedy:  rules.Text{ZH: "{mend}", EN: "{mend}"},
	}
	notCompared = rules.Rule{
		ID: "BEAM-003", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
		Title:   rules.Text{ZH: "未与银行登记核对", EN: "Not compared with the registry"},
		Message: rules.Text{ZH: "未与银行登记核对，也没有判断 03：{problem}", EN: "not compared with the registry, and no verdicts about 03: {problem}"},
		Remedy:  rules.Text{ZH: "{mend}", EN: "{mend}"},
	}
)
