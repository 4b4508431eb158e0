// Package rulestest serves tests: synthetic merchants without a fault, and for every built-in rule merchants that raise
// it and near misses that do not.
//
// A partner's unit test takes Failing("LIC003") to see how its own code deals with that finding, or Clean to start from
// a sound record. All names, numbers and addresses are made up; the numbers carry right check digits.
package rulestest

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/rules"
)

//go:embed cases/*.txtar
var files embed.FS

// AsOf is the date for which the records of this package are sound: 2026-11-22.
var AsOf = sample.AsOf

// Most is how many merchants of one subject type Clean tells apart; n starts over after that.
const Most = sample.Most

// Clean returns the n-th synthetic merchant of a subject type (n from 0 to Most-1): complete, in good standing on AsOf, and
// different from every other n in each identifier; see [sample.Merchant].
func Clean(subject merchant.SubjectType, n int) *merchant.Merchant {
	return sample.Merchant(subject, n)
}

// Case is one test of one rule: records, the parameters to change, and where the rule is to report.
//
// Cases are read from cases/RULE.txtar; each section is one case, named "hit: what" or "miss: what". Its lines:
//
//	subject micro              the subject type of the clean record that follows (default enterprise)
//	param {"age_min": 21}      parameters changed from the base profile
//	record                     begin another record (records differ in every identifier)
//	records 20                 begin twenty, to all of which the lines up to the next record apply
//	licence.number = 9111…     set a field as a loader sets it from text; empty text clears the field
//	cell mcc number = 763      the same from a typed cell: text number date bool error formula; a format may follow the type
//	unit 费率（‰） fees[0].rate_pct = 6   the same under a heading with a unit
//	ragged 13/12               the row has 13 cells and the heading 12
//	changed mcc = 2026-11-15   the day on which a value changed (field_dates)
//	decline 03 2026-11-22 02:10 30000001
//	                           a transaction was declined: code, time in UTC+8, terminal number if known
//	window 网联 2026-11-22 02:00 2026-11-22 04:00
//	                           maintenance of an institution
//	clear terminals            empty a field or a list
//	want licence.number        where the rule is to report; 2:licence.number for the second record; "want sheet"
//	fix licence.number = 9111… a change that the rule offers as safe; each edit has a line, and there are no others
//	propose mcc = 0763         one that it offers and that nobody applies without being asked; the sentence of one that
//	                           changes no value
//	also MCC004                other errors that cannot be avoided
type Case struct {
	Rule     rules.ID
	Name     string
	Hit      bool
	Records  []*merchant.Record
	Subjects []merchant.SubjectType // the i-th record is Clean(Subjects[i], i) but for what the lines of the case say
	Declines []rules.Decline
	Windows  []rules.Window
	Param    []byte // JSON to merge into the parameters, nil for none
	Want     []string
	Fixes    []string // "fix PATH = TEXT" and "propose PATH = TEXT"; TEXT is quoted where it begins or ends with a blank
	Also     []rules.ID
}

// Cases returns the cases of all rules in the order of their IDs.
func Cases() ([]Case, error) {
	names, err := fs.Glob(files, "cases/*.txtar")
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		id := rules.ID(strings.TrimSuffix(path.Base(name), ".txtar"))
		for _, section := range txtar.Parse(data).Files {
			c, err := parseCase(id, section.Name, string(section.Data))
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, section.Name, err)
			}
			cases = append(cases, c)
		}
	}
	return cases, nil
}

// Failing returns records that raise the rule when they are validated on AsOf with the base profile (for some rules
// with the parameters of the case, see Cases). Batch rules need more than one record. It fails for an ID without cases.
func Failing(id rules.ID) ([]*merchant.Record, error) {
	cases, err := Cases()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(cases, func(c Case) bool { return c.Rule == id && c.Hit })
	if i < 0 {
		return nil, fmt.Errorf("rulestest: no case for rule %s", id)
	}
	return cases[i].Records, nil
}

// Params returns the parameters of the base profile with those of the case merged in.
func (c *Case) Params(base *rules.Params) error {
	if c.Param == nil {
		return nil
	}
	return json.Unmarshal(c.Param, base)
}

func parseCase(id rules.ID, name, text string) (Case, error) {
	c := Case{Rule: id, Name: name, Hit: strings.HasPrefix(name, "hit")}
	if !c.Hit && !strings.HasPrefix(name, "miss") {
		return c, fmt.Errorf("a section begins with hit or miss")
	}
	subject := merchant.SubjectEnterprise
	var open []*merchant.Record // those that a line speaks of
	begin := func(n int) {
		open = nil
		for range n {
			r := &merchant.Record{Merchant: *Clean(subject, len(c.Records))}
			r.Source = merchant.Source{Row: len(c.Records) + 2}
			c.Records, c.Subjects = append(c.Records, r), append(c.Subjects, subject)
			open = append(open, r)
		}
	}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		fail := func(format string, args ...any) (Case, error) {
			return c, fmt.Errorf("line %d: "+format, append([]any{n + 1}, args...)...)
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "subject":
			subject = merchant.SubjectType(strings.TrimSpace(rest))
			if !subject.Valid() {
				return fail("no such subject type")
			}
			continue
		case "param":
			c.Param = []byte(rest)
			if !json.Valid(c.Param) {
				return fail("param is not JSON")
			}
			continue
		case "want":
			c.Want = append(c.Want, strings.Fields(rest)...)
			continue
		case "fix", "propose":
			c.Fixes = append(c.Fixes, strings.TrimSpace(line))
			continue
		case "also":
			for _, id := range strings.Fields(rest) {
				c.Also = append(c.Also, rules.ID(id))
			}
			continue
		case "record":
			begin(1)
			continue
		case "window":
			w, err := parseWindow(strings.Fields(rest))
			if err != nil {
				return fail("%v", err)
			}
			c.Windows = append(c.Windows, w)
			continue
		case "records":
			n, err := strconv.Atoi(strings.TrimSpace(rest))
			if err != nil || n < 1 {
				return fail("records NUMBER")
			}
			begin(n)
			continue
		}
		if open == nil {
			begin(1)
		}
		if word == "decline" {
			d, err := parseDecline(strings.Fields(rest))
			if err != nil {
				return fail("%v", err)
			}
			for _, r := range open {
				d.MerchantNo = r.MerchantNo
				c.Declines = append(c.Declines, d)
			}
			continue
		}
		for _, r := range open {
			if err := apply(r, word, rest, line); err != nil {
				return fail("%v", err)
			}
		}
	}
	if open == nil {
		begin(1)
	}
	for _, r := range c.Records {
		normalize.Finish(r)
	}
	if c.Hit && len(c.Want) == 0 {
		return c, fmt.Errorf("a hit needs a line want")
	}
	return c, nil
}

func parseWindow(words []string) (w rules.Window, err error) {
	if len(words) != 5 {
		return w, fmt.Errorf("window INSTITUTION DAY TIME DAY TIME")
	}
	w.Institution = words[0]
	if w.From, err = parseTime(words[1], words[2]); err == nil {
		w.To, err = parseTime(words[3], words[4])
	}
	return w, err
}

func parseDecline(words []string) (d rules.Decline, err error) {
	if len(words) < 3 {
		return d, fmt.Errorf("decline CODE DAY TIME [TERMINAL]")
	}
	d.Code = words[0]
	if len(words) > 3 {
		d.TerminalNo = words[3]
	}
	d.At, err = parseTime(words[1], words[2])
	return d, err
}

func parseTime(day, minute string) (time.Time, error) {
	return time.ParseInLocation("2006-01-02 15:04", day+" "+minute, time.FixedZone("UTC+8", 8*3600))
}

// apply carries out one line on a record.
func apply(r *merchant.Record, word, rest, line string) error {
	switch word {
	case "clear":
		p, err := merchant.ParsePath(strings.TrimSpace(rest))
		if err != nil {
			return err
		}
		clearPath(r, p)
	case "changed":
		name, value, _ := strings.Cut(rest, "=")
		on, err := merchant.ParseDate(strings.TrimSpace(value))
		if err != nil {
			return err
		}
		if r.FieldDates == nil {
			r.FieldDates = map[string]merchant.Date{}
		}
		r.FieldDates[strings.TrimSpace(name)] = on
	case "ragged":
		r.Note(merchant.Note{Kind: merchant.NoteRagged, Info: strings.TrimSpace(rest)})
	case "unit":
		heading, rest, _ := strings.Cut(rest, " ")
		name, value, ok := strings.Cut(rest, "=")
		p, err := merchant.ParsePath(strings.TrimSpace(name))
		unit, known := normalize.ParseUnit(heading, p.Field.Kind() == merchant.KindMoney)
		if !ok || err != nil || !known {
			return fmt.Errorf("unit HEADING PATH = TEXT")
		}
		if err := set(r, p.String(), merchant.Cell{Text: strings.TrimSpace(value), Type: merchant.CellUntyped}, normalize.Options{Unit: unit}); err != nil {
			return err
		}
	case "cell":
		spec, value, ok := strings.Cut(rest, "=")
		parts := strings.Fields(spec)
		if !ok || len(parts) < 2 {
			return fmt.Errorf("cell PATH TYPE [FORMAT] = TEXT")
		}
		cell := merchant.Cell{Text: strings.TrimPrefix(value, " ")}
		switch parts[1] {
		case "text":
			cell.Type = merchant.CellText
		case "number":
			cell.Type = merchant.CellNumber
		case "date":
			cell.Type = merchant.CellDate
		case "bool":
			cell.Type = merchant.CellBool
		case "error":
			cell.Type = merchant.CellError
		case "formula":
			cell.Type, cell.Formula = merchant.CellText, true
		default:
			return fmt.Errorf("no cell type %s", parts[1])
		}
		if len(parts) > 2 {
			cell.Format = strings.Join(parts[2:], " ")
		}
		if err := set(r, parts[0], cell, normalize.Options{}); err != nil {
			return err
		}
	default:
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("PATH = TEXT")
		}
		if v, err := strconv.Unquote(strings.TrimSpace(value)); err == nil {
			value = v
		} else {
			value = strings.TrimPrefix(value, " ")
		}
		if err := set(r, strings.TrimSpace(name), merchant.Cell{Text: value, Type: merchant.CellUntyped}, normalize.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// set puts one cell into the record; typed cells also get a column, so that cell types reach the rules.
func set(r *merchant.Record, path string, cell merchant.Cell, o normalize.Options) error {
	p, err := merchant.ParsePath(path)
	if err != nil {
		return fmt.Errorf("%w: %s", err, path)
	}
	clearPath(r, p)
	if cell.Type != merchant.CellUntyped {
		addCell(r, p, cell)
	}
	normalize.Set(r, p, cell, o)
	return nil
}

// addCell gives the record columns for all fields, as a sheet that holds everything has, and the cell its place.
func addCell(r *merchant.Record, p merchant.Path, cell merchant.Cell) {
	if r.Source.Columns == nil {
		r.Source.Columns = &merchant.Columns{}
		for _, f := range merchant.Fields() {
			path := merchant.At(f)
			if f.List() != merchant.FieldNone {
				path = merchant.Item(f, 0)
			}
			r.Source.Columns.List = append(r.Source.Columns.List, merchant.Column{Letter: "A", Header: f.Label("zh"), Path: path})
		}
		r.Cells = make([]merchant.Cell, len(r.Source.Columns.List))
	}
	for i, c := range r.Source.Columns.List {
		if c.Path == p {
			r.Cells[i] = cell
		}
	}
}

func clearPath(r *merchant.Record, p merchant.Path) {
	switch v := r.Ref(p).(type) {
	case *string:
		*v = ""
	case *merchant.Date:
		*v = merchant.Date{}
	case *merchant.Money:
		*v = merchant.Money{}
	case *merchant.Percent:
		*v = merchant.Percent{}
	case *merchant.Number:
		*v = merchant.Number{}
	case *merchant.Count:
		*v = merchant.Count{}
	case *bool:
		*v = false
	}
	switch p.Field {
	case merchant.FieldTerminals:
		r.Terminals = nil
	case merchant.FieldFees:
		r.Fees = nil
	case merchant.FieldBeneficialOwners:
		r.BeneficialOwners = nil
	case merchant.FieldShareholders:
		r.Shareholders = nil
	case merchant.FieldQualifications:
		r.Quals = nil
	case merchant.FieldOnboardingChannels:
		r.Onboarding.Channels = nil
	case merchant.FieldScreeningHits:
		r.Screening.Hits = nil
	}
}
