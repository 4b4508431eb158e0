// Package diff compares our records with the bank's registry export: which merchants only one side knows, which fields
// differ, whether a difference is news, on its way or overdue, which keys are repeated, and which pairs are probably
// one merchant under a mistyped key. The rules are those of package rules/registry.
//
// Records are matched by the merchant number. Only where not both sides have one do the fallback keys count, in this
// order: USCC with a terminal number, USCC with the business district, external ID; two records with different merchant
// numbers are never taken for one, since that difference is what the terminal stumbles over. They are key suspects
// (DIF024) at most. Options.Keys has other keys count.
//
// A field is compared where both sides can hold it. A side can hold a field if a column is mapped to it; in a source
// without columns, if any of its records has a value there. Where both can, an empty value against a given one is a
// difference in either direction. A value that could not be read (an error cell, lost digits) is not compared. Text and
// numbers are compared in their comparison form, dates and amounts by value, masked values (138****8000) by the
// characters that can be seen.
//
// Each side is read once into an index of 24 bytes a row; rows that read alike on both sides are never looked at again.
// Delimited text is read again from its file where rows differ; rows of other sources are kept, in memory or in a
// temporary file (see [Storage]).
package diff

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/batch"
	"github.com/merchantkyc/merchantkyc/rules/registry"
	"github.com/merchantkyc/merchantkyc/validate"
)

// Options tell what the records do not say themselves. The zero value compares everything by the usual keys, in memory.
type Options struct {
	// RegistryAsOf is the date of the registry data. Without it, the latest registry.as_of among the registry records.
	RegistryAsOf merchant.Date
	// Keys are what records are matched by, in the order in which they count; nil for [Keys]. Each is one field or
	// several that must all be given. Fields of terminals can be part of any but the first.
	Keys [][]merchant.Field
	// Ignore lists fields that are not compared; a list stands for its members. Terminals can be left out as a whole only.
	Ignore []merchant.Field
	// Tolerance says how far apart two amounts of a field may be and still count as equal, in yuan or percent. For fields
	// that are not in it the tolerance of the profile counts.
	Tolerance map[merchant.Field]decimal.Decimal
	// Local and Registry change the text of fields before anything is compared, each on its side.
	Local, Registry map[merchant.Field]func(string) string
	// Equal passes equal pairs to the caller of Results as well.
	Equal bool
	// Repeated also reports our own repeated merchant numbers (BAT001, BAT012), for callers that do not check our records.
	Repeated bool
	// Sorted says that both sides are in the order of their first key, byte by byte in its comparison form. They are
	// merged then, without an index; a row out of order is an error.
	Sorted bool
	// Whole says that the records are a part of two lists, and what to know of the lists; nil where they are the lists.
	Whole *Whole
	// Storage is where the comparison keeps what it needs; the zero value is [Memory].
	Storage Storage
	// Issue is called with what reading a table finds: a *load.SheetIssue or a *load.RowError. Nil for nobody. An error
	// that it returns ends the comparison.
	Issue func(error) error
	// Progress is called now and then, and at the end, with the pairs compared and their number; those that read alike on
	// both sides are not among them.
	Progress func(done, total int)
}

// Check returns an [*Error] where records cannot be compared as the options say, as Compare and Results will.
func (o *Options) Check() error {
	if err := checkKeys(o.Keys); err != nil {
		return err
	}
	for _, f := range o.Ignore {
		if !slices.Contains(compared(), f) {
			return &Error{"核对时不比较" + f.Path() + "；可忽略的有 " + paths(compared()), "the comparison does not look at " + f.Path() + "; it can leave out " + paths(compared())}
		}
	}
	for _, f := range slices.Sorted(maps.Keys(o.Tolerance)) {
		switch {
		case !slices.Contains(rules.ToleranceFields(), f):
			return &Error{f.Path() + "不能有容差；可以有的是 " + paths(rules.ToleranceFields()), f.Path() + " cannot have a tolerance; these can: " + paths(rules.ToleranceFields())}
		case o.Tolerance[f].IsNegative():
			return &Error{f.Path() + "的容差不能小于 0", "the tolerance of " + f.Path() + " must not be less than 0"}
		}
	}
	return nil
}

// compared returns the fields that the comparison looks at.
func compared() []merchant.Field {
	list := []merchant.Field{merchant.FieldStatusState, merchant.FieldFees, merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY, merchant.FieldTerminals}
	for i := range fields {
		list = append(list, fields[i].field)
	}
	slices.Sort(list)
	return list
}

func paths(list []merchant.Field) string {
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = f.Path()
	}
	return strings.Join(words, ", ")
}

// Counts say what became of the records. Matched is the sum of Equal, EqualAfterNormalising, Changed and NotComparable;
// a pair with a terminal on one side only counts as changed. DuplicateKeys counts merchant numbers that a side repeats,
// each once for each side, and our records without a unique match (DIF015).
type Counts struct {
	Matched               int `json:"matched"`
	Equal                 int `json:"equal"`
	EqualAfterNormalising int `json:"equal_after_normalising"`
	Changed               int `json:"changed"`
	NotComparable         int `json:"not_comparable,omitempty"`
	MissingInRegistry     int `json:"missing_in_registry"`
	MissingInLocal        int `json:"missing_in_local"`
	DuplicateKeys         int `json:"duplicate_keys"`
	KeySuspects           int `json:"key_suspects"`
}

// Merge adds the counts of another part of the same comparison.
func (c *Counts) Merge(o Counts) {
	c.Matched += o.Matched
	c.Equal += o.Equal
	c.EqualAfterNormalising += o.EqualAfterNormalising
	c.Changed += o.Changed
	c.NotComparable += o.NotComparable
	c.MissingInRegistry += o.MissingInRegistry
	c.MissingInLocal += o.MissingInLocal
	c.DuplicateKeys += o.DuplicateKeys
	c.KeySuspects += o.KeySuspects
}

// Error says why two lists cannot be compared. It never carries values.
type Error struct{ ZH, EN string }

// Error returns the English text.
func (e *Error) Error() string { return "diff: " + e.EN }

// In returns the text in zh or en.
func (e *Error) In(lang string) string { return rules.Text(*e).In(lang) }

// grade is what the validator says about a rule.
type grade struct {
	severity rules.Severity // zero: the rule does not run
	order    int
}

// Comparer takes the records of both sides. It is not safe for concurrent use.
type Comparer struct {
	options         Options
	keys            [][]merchant.Field
	tolerance       map[merchant.Field]decimal.Decimal
	params          *rules.Params
	today           merchant.Date
	grades          map[*rules.Rule]grade
	store           store
	hashBits        uint64
	local, registry side
}

// New returns a Comparer that judges with the severities, parameters and date of v.
func New(v *validate.Validator, o Options) *Comparer {
	c := &Comparer{options: o, keys: o.Keys, params: &v.Profile().Params, today: v.AsOf(), grades: map[*rules.Rule]grade{}, hashBits: ^uint64(0)}
	if c.keys == nil {
		c.keys = Keys[:]
	}
	c.tolerance = map[merchant.Field]decimal.Decimal{}
	for _, f := range rules.ToleranceFields() {
		c.tolerance[f] = c.params.Tolerance[f.Path()].Decimal()
	}
	maps.Copy(c.tolerance, o.Tolerance)
	c.store.Storage = o.Storage
	c.local = side{name: rules.Text{ZH: "本方", EN: "our side"}, normalise: o.Local, arena: arena{store: &c.store}}
	c.registry = side{name: rules.Text{ZH: "银行登记", EN: "the registry"}, normalise: o.Registry, arena: arena{store: &c.store}}
	for _, r := range [...]*rules.Rule{&registry.STL003, &registry.STL008, &registry.STL009, &batch.BAT001, &batch.BAT012,
		&registry.DIF001, &registry.DIF002, &registry.DIF003, &registry.DIF004, &registry.DIF005, &registry.DIF006, &registry.DIF007,
		&registry.DIF008, &registry.DIF009, &registry.DIF010, &registry.DIF011, &registry.DIF012, &registry.DIF013, &registry.DIF014,
		&registry.DIF015, &registry.DIF016, &registry.DIF017, &registry.DIF018, &registry.DIF019, &registry.DIF020, &registry.DIF021,
		&registry.DIF022, &registry.DIF023, &registry.DIF024, &registry.DIF025, &registry.DIF026} {
		c.grades[r] = grade{v.Severity(r.ID), v.Order(r)}
	}
	return c
}

// AddLocal takes a record of ours, AddRegistry one of the bank's. The records must be normalised, as a loader's are;
// they may be used otherwise afterwards. What goes wrong with keeping them is said by Results.
func (c *Comparer) AddLocal(r *merchant.Record) { c.local.add(r) }

// AddRegistry takes a record of the bank's registry; see [Comparer.AddLocal].
func (c *Comparer) AddRegistry(r *merchant.Record) { c.registry.add(r) }

// LocalTable takes delimited text as our side, in place of records, and RegistryTable as the bank's. The files are read
// by Compare and Results, in parts again, and must not change until those return.
func (c *Comparer) LocalTable(t *load.Table) { c.local.table = t }

// RegistryTable takes delimited text as the bank's registry; see [Comparer.LocalTable].
func (c *Comparer) RegistryTable(t *load.Table) { c.registry.table = t }

// Lost says that n rows of a side could not be read; a side that lost more than a fifth is not compared.
func (c *Comparer) Lost(local, registry int) {
	c.local.lost += local
	c.registry.lost += registry
}

// Records returns how many records each side has, once Compare or Results has returned.
func (c *Comparer) Records() (local, registry int) { return c.local.rows, c.registry.rows }

// Close removes the temporary file of a comparison that was not carried out. It may be called at any time and does
// nothing after Compare or Results.
func (c *Comparer) Close() error { return c.store.close() }

func (c *Comparer) ignored(f merchant.Field) bool { return slices.Contains(c.options.Ignore, f) }

// Compare joins the two sides and reports what it finds: first what concerns the registry export as a whole, then the
// findings about our records in the order in which they were added (for one record in catalogue order, then by path),
// then those about rows that only the registry has or repeats, in their order. What is found does not depend on the
// order of the rows.
//
// The error is an [*Error] when a comparison would be meaningless (a side without records, no key on both sides),
// that of the context, or that of report; a report that looks clean is never the result of bad input.
func (c *Comparer) Compare(ctx context.Context, report func(rules.Finding) error) (Counts, error) {
	return c.results(ctx, true, func(r *Result) error {
		for i := range r.Findings {
			if err := report(r.Findings[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Results is like Compare and tells what became of each merchant, in the same order. Equal pairs are left out unless
// Options.Equal asks for them, and so are records that need not stand on the other side. It can be called once.
func (c *Comparer) Results(ctx context.Context, each func(*Result) error) (Counts, error) {
	return c.results(ctx, false, each)
}

func (c *Comparer) results(ctx context.Context, findingsOnly bool, each func(*Result) error) (counts Counts, err error) {
	j := &join{Comparer: c, ctx: ctx, each: each, findingsOnly: findingsOnly}
	defer func() {
		if e := c.store.close(); err == nil {
			err = e
		}
	}()
	if err := j.run(); err != nil && !j.walking {
		return Counts{}, err // counts of half a comparison
	} else {
		return j.counts, err
	}
}

// Compare reads two streams to their ends and compares them. What the loader says about sheets goes through the sheet
// rules of v and is reported first. Unreadable rows do not stop the comparison: their *load.RowError are joined and
// returned at its end. Any other error of a stream ends it.
func Compare(ctx context.Context, v *validate.Validator, local, registry load.Records, o Options, report func(rules.Finding) error) (Counts, error) {
	c := New(v, o)
	var rowErrors []error
	for i, stream := range [...]load.Records{local, registry} {
		add := [...]func(*merchant.Record){c.AddLocal, c.AddRegistry}[i]
		for r, err := range stream {
			if ctx.Err() != nil {
				return Counts{}, ctx.Err()
			}
			if err == nil {
				add(r)
				continue
			}
			var issue *load.SheetIssue
			var row *load.RowError
			switch {
			case errors.As(err, &issue):
				for _, f := range v.AppendSheet(nil, issue.Record) {
					if err := report(f); err != nil {
						return Counts{}, err
					}
				}
			case errors.As(err, &row):
				rowErrors = append(rowErrors, err)
			default:
				return Counts{}, err
			}
		}
	}
	counts, err := c.Compare(ctx, report)
	return counts, errors.Join(append(rowErrors, err)...)
}
