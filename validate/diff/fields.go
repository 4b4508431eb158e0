package diff

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/orgcode"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// form says how the values of a field are compared.
type form uint8

const (
	text     form = iota // names: normalize.Key
	code                 // numbers: no blanks, half width, capitals
	number               // numbers that may be printed with hyphens
	dial                 // phones
	district             // division codes of any edition
	detail               // addresses below the district
	amount               // by value
)

// field is one field outside lists that is compared. Without a rule a difference has no finding of its own: merchant
// numbers and registered districts are compared for the way they are written.
type field struct {
	field merchant.Field
	form  form
	rule  *rules.Rule
}

var fields = [...]field{
	{merchant.FieldMerchantNo, code, nil},
	{merchant.FieldNamesLegal, text, &registry.DIF003},
	{merchant.FieldLicenceNumber, number, &registry.DIF004},
	{merchant.FieldLegalRepName, text, &registry.DIF005},
	{merchant.FieldLegalRepIDNo, code, &registry.DIF005},
	{merchant.FieldSettlementAccountNo, number, &registry.DIF006},
	{merchant.FieldSettlementAccountName, text, &registry.DIF006},
	{merchant.FieldMCC, code, &registry.DIF007},
	{merchant.FieldAddressesRegisteredDistrictCode, district, nil},
	{merchant.FieldAddressesBusinessDistrictCode, district, &registry.DIF008},
	{merchant.FieldAddressesBusinessDetail, detail, &registry.DIF008},
	{merchant.FieldContactMobile, dial, &registry.DIF008},
	{merchant.FieldContactServicePhone, dial, &registry.DIF008},
	{merchant.FieldLimitsSingleCNY, amount, &registry.DIF009},
	{merchant.FieldLimitsDailyCNY, amount, &registry.DIF009},
	{merchant.FieldLimitsMonthlyCNY, amount, &registry.DIF009},
	{merchant.FieldNamesShort, text, &registry.DIF017},
	{merchant.FieldNamesReceipt, text, &registry.DIF017},
}

// outcome is what comparing two values gives.
type outcome uint8

const (
	same     outcome = iota
	respelt          // equal but for the way of writing
	edition          // one district under two codes
	reworded         // an address in other words
	differs
)

// couple is one pair of matched records while it is compared.
type couple struct {
	draft
	l, r    entry
	changed bool
	written bool // something is equal after normalising only
	changes [staleKinds]change
}

// The four things that dates say about differing fields, once per record each.
const (
	afterSnapshot = iota // DIF025
	onItsWay             // DIF022
	overdue              // DIF013
	theirsNewer          // DIF014
	staleKinds
)

// change collects the fields of one kind with the date that stands for them.
type change struct {
	paths []merchant.Path
	fixes []rules.Edit
	date  merchant.Date
	ours  merchant.Date // our date of the field that date belongs to, and where it stands
	from  merchant.Path
}

// compare compares two matched records field by field and reports what it finds.
func (j *join) compare(l, r entry) error {
	c := couple{draft: draft{join: j, Result: &Result{Local: l.Record, Registry: r.Record}}, l: l, r: r}
	for i := range fields {
		if !j.ignored(fields[i].field) {
			c.field(i)
		}
	}
	c.fees()
	if !j.ignored(merchant.FieldStatusState) {
		c.status()
	}
	if j.plan.listing {
		if err := c.terminals(); err != nil {
			return err
		}
	}
	c.stale()
	switch {
	case c.changed:
		c.Class = Changed
	case c.changes[afterSnapshot].paths != nil || c.changes[onItsWay].paths != nil:
		c.Class = NotComparable
	case c.written:
		c.Class = EqualAfterNormalising
	default:
		c.Class = Equal
	}
	return c.pair()
}

// raw is the text as it stands in the source.
func raw(r *merchant.Record, p merchant.Path) string {
	if c, ok := r.Cell(p); ok && c.Text != "" {
		return c.Text
	}
	return r.Text(p)
}

// readable reports whether an empty value is empty, and not one that could not be read.
func readable(r *merchant.Record, p merchant.Path) bool {
	for i := range r.Notes {
		if r.Notes[i].Path != p {
			continue
		}
		switch r.Notes[i].Kind {
		case merchant.NoteErrorCell, merchant.NoteNoResult, merchant.NoteLostDigits, merchant.NoteScientific, merchant.NoteBadDate,
			merchant.NoteBadAmount, merchant.NoteUnitConflict, merchant.NoteReadFault:
			return false
		}
	}
	return true
}

// field compares the i-th field and reports what it finds.
func (c *couple) field(i int) {
	f := &fields[i]
	p := merchant.At(f.field)
	has, theirs := c.l.Has(p), c.r.Has(p)
	if !has && !theirs {
		return
	}
	if !has || !theirs {
		if f.rule != nil && c.local.held(i, c.l.Record) && c.registry.held(i, c.r.Record) && readable(c.l.Record, p) && readable(c.r.Record, p) {
			c.differ(f.rule, p, p)
		}
		return
	}
	switch c.outcome(f, p) {
	case respelt:
		c.written = true
		c.note(&registry.DIF016, p, p, raw(c.l.Record, p), raw(c.r.Record, p))
		c.ours(&registry.DIF016, p, c.row(p))
	case edition:
		c.written = true
		c.note(&registry.DIF026, p, p, c.l.Text(p), c.r.Text(p))
		c.ours(&registry.DIF026, p, c.row(p), value("a", f.field, c.l.Text(p)), value("b", f.field, c.r.Text(p)))
	case reworded:
		c.changed = true
		a, b := c.shown(p, p)
		c.note(&registry.DIF019, p, p, c.l.Text(p), c.r.Text(p))
		c.ours(&registry.DIF019, p, c.row(p), a, b)
	case differs:
		switch {
		case f.rule == nil:
		case f.form == number && c.oldNumber(p):
		default:
			c.differ(f.rule, p, p)
		}
	}
}

// outcome compares two given values.
func (c *couple) outcome(f *field, p merchant.Path) outcome {
	if f.form == amount {
		if sameAmount(c, f.field, money(c.l.Record, p), money(c.r.Record, p)) {
			return same
		}
		return differs
	}
	a, b := c.l.Text(p), c.r.Text(p)
	if a == b || f.form.key(a) == f.form.key(b) {
		if f.form == district || f.field == merchant.FieldMCC || raw(c.l.Record, p) == raw(c.r.Record, p) {
			return same
		}
		return respelt
	}
	if masked(f.field, a) || masked(f.field, b) {
		if seesSame(f, a, b) {
			return same
		}
		return differs
	}
	switch f.form {
	case district:
		if sameEdition(a, b) {
			return edition
		}
	case detail:
		o := compareDetail(a, b)
		x, y := c.l.Addresses.Business.DistrictCode, c.r.Addresses.Business.DistrictCode
		switch coded := x != "" && y != ""; {
		case o == reworded && coded && !sameEdition(x, y), o != differs && !coded && twoPlaces(a, b):
			return differs // it takes one place to be worded differently
		}
		return o
	}
	return differs
}

func money(r *merchant.Record, p merchant.Path) merchant.Money {
	if m, ok := r.Ref(p).(*merchant.Money); ok {
		return *m
	}
	return merchant.Money{}
}

// key returns the comparison form of a value.
func (f form) key(s string) string {
	switch f {
	case code, district:
		return normalize.Code(s)
	case number:
		return normalize.Digits(s)
	case dial:
		return phone.Compact(s)
	}
	return normalize.Key(s)
}

// masked reports whether characters of a value are hidden. Registered names may carry one asterisk at the end that means
// nothing; names of persons do so only when masked.
func masked(f merchant.Field, s string) bool {
	s = normalize.FoldWidth(s)
	i := strings.IndexByte(s, '*')
	return i >= 0 && (f.Mask() != merchant.MaskNone || i < len(s)-1)
}

// seesSame compares the characters that both values show.
func seesSame(f *field, a, b string) bool {
	x, y := visible(f.form, a), visible(f.form, b)
	if utf8.RuneCountInString(x) == utf8.RuneCountInString(y) {
		yr := []rune(y)
		i, ok := 0, true
		for _, c := range x {
			ok = ok && (c == yr[i] || c == '*' || yr[i] == '*')
			i++
		}
		return ok
	}
	switch {
	case !strings.Contains(x, "*"):
		return glob(y, x)
	case !strings.Contains(y, "*"):
		return glob(x, y)
	}
	return true // two masks of different lengths say nothing
}

// visible is the comparison form of a masked value; trailing asterisks, which a key drops, stay.
func visible(f form, s string) string {
	s = strings.TrimSpace(normalize.FoldWidth(s))
	if f == code || f == number || f == dial {
		return normalize.Digits(s)
	}
	return strings.TrimSuffix(normalize.Key(s+"|"), "|")
}

// glob reports whether s fits the pattern, in which a run of asterisks stands for any characters, at least one.
func glob(pattern, s string) bool {
	parts := strings.FieldsFunc(pattern, func(r rune) bool { return r == '*' })
	if len(parts) == 0 {
		return true
	}
	if pattern[0] != '*' {
		rest, ok := strings.CutPrefix(s, parts[0])
		if !ok {
			return false
		}
		s, parts = rest, parts[1:]
	}
	tail := ""
	if pattern[len(pattern)-1] != '*' && len(parts) > 0 {
		tail, parts = parts[len(parts)-1], parts[:len(parts)-1]
	}
	for _, part := range parts {
		_, first := utf8.DecodeRuneInString(s)
		i := strings.Index(s[first:], part)
		if i < 0 {
			return false
		}
		s = s[first+i+len(part):]
	}
	return len(s) > len(tail) && strings.HasSuffix(s, tail)
}

// oldNumber reports DIF018 where the two licence numbers are of two generations and nothing contradicts.
func (c *couple) oldNumber(p merchant.Path) bool {
	if p.Field != merchant.FieldLicenceNumber {
		return false
	}
	a, b := normalize.Digits(c.l.Text(p)), normalize.Digits(c.r.Text(p))
	old, current := a, b
	if len(a) == 18 {
		old, current = b, a
	}
	if uscc.CheckShape(current) != nil {
		return false
	}
	said := rules.Text{}
	switch organisation := orgcode.Valid(old); {
	case organisation && uscc.Organisation(current) != old:
		return false
	case organisation:
		said = rules.Text{ZH: "（旧号正是信用代码中的组织机构代码）", EN: " (the old number is the organisation code inside the USCC)"}
	case !oldShape(old):
		return false
	}
	if x, y := c.l.Names.Legal, c.r.Names.Legal; x != "" && y != "" && !companyname.SameCore(x, y) {
		return false
	}
	x, y := c.shown(p, p)
	c.differ(&registry.DIF018, p, p, x, y, rules.T("evidence", said))
	return true
}

// oldShape reports the shapes of registration numbers before the USCC: 15 or 13 digits, or a cooperative's.
func oldShape(s string) bool {
	switch {
	case len(s) == 15 && (s[6:8] == "NA" || s[6:8] == "NB") && s[14] == 'X':
		s = s[:6] + s[8:14]
	case len(s) != 15 && len(s) != 13:
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}

// differ handles a differing field, at p in our record and at rp in the registry row: what the dates explain waits for
// the end of the record, the rest is reported now. Without params the two values are shown.
func (c *couple) differ(rule *rules.Rule, p, rp merchant.Path, params ...rules.Param) {
	d := c.note(rule, p, rp, c.l.Text(p), c.r.Text(rp))
	ours := c.l.ChangedOn(p.Field)
	at := merchant.At(merchant.FieldUpdatedOn)
	if _, ok := c.l.FieldDates[p.Field.Path()]; ok {
		at.Field = merchant.FieldFieldDates
	}
	known := !ours.IsZero() && !c.asOf.IsZero()
	switch {
	case known && ours.After(c.asOf):
		d.Stale = &registry.DIF025
		c.changes[afterSnapshot].add(p, ours, ours, at, true)
		return
	case known && c.asOf.Before(ours.AddDays(c.params.SyncLagDays)):
		d.Stale = &registry.DIF022
		c.changes[onItsWay].add(p, ours, ours, at, true)
		return
	}
	c.changed = true
	if params == nil {
		a, b := c.shown(p, rp)
		params = []rules.Param{a, b}
	}
	c.ours(rule, p, c.row(rp), params...)
	theirs, dated := c.r.FieldDates[p.Field.Path()]
	if !dated {
		if theirs = c.r.Registry.UpdatedOn; theirs.IsZero() {
			theirs = c.r.UpdatedOn
		}
	}
	switch {
	case ours.IsZero():
	case theirs.After(ours):
		d.Stale = &registry.DIF014
		ch := &c.changes[theirsNewer]
		ch.add(p, theirs, ours, at, true)
		if v := c.r.Text(rp); v != "" && !masked(p.Field, v) && c.l.Ref(p) != nil {
			ch.fixes = append(ch.fixes, rules.Edit{Path: p, Old: c.l.Text(p), New: v})
		}
	case known && (theirs.IsZero() || theirs.Before(ours)):
		d.Stale = &registry.DIF013
		c.changes[overdue].add(p, ours, ours, at, false)
	}
}

// note adds a difference to the result.
func (c *couple) note(rule *rules.Rule, p, rp merchant.Path, ours, theirs string) *Difference {
	c.Differences = append(c.Differences, Difference{Rule: rule, Path: p, RegistryPath: rp, Local: ours, Registry: theirs})
	return &c.Differences[len(c.Differences)-1]
}

// add takes a field; the latest or the earliest of the dates stands for all.
func (ch *change) add(p merchant.Path, d, ours merchant.Date, from merchant.Path, latest bool) {
	if ch.paths == nil || latest && d.After(ch.date) || !latest && d.Before(ch.date) {
		ch.date, ch.ours, ch.from = d, ours, from
	}
	ch.paths = append(ch.paths, p)
}

// stale reports what the dates say, once per record.
func (c *couple) stale() {
	for kind := range c.changes {
		ch := &c.changes[kind]
		if ch.paths == nil {
			continue
		}
		params := []rules.Param{labels(ch.paths), rules.P("date", ch.date.String())}
		var rule *rules.Rule
		theirs := merchant.FieldRegistryAsOf
		switch kind {
		case afterSnapshot:
			rule = &registry.DIF025
			params = append(params, rules.P("asof", c.asOf.String()))
		case onItsWay:
			rule = &registry.DIF022
		case overdue:
			rule, theirs = &registry.DIF013, merchant.FieldRegistryUpdatedOn
			params = append(params, rules.P("days", strconv.Itoa(c.asOf.DaysSince(ch.date))))
		case theirsNewer:
			rule, theirs = &registry.DIF014, merchant.FieldRegistryUpdatedOn
		}
		f := findingOf(c.l.Record, ch.from, c.row(merchant.At(theirs)), params)
		if ch.from.Field == merchant.FieldFieldDates {
			f.Value = ch.ours.String() // the map has no text of its own
		}
		if len(ch.fixes) > 0 {
			f.Fixes = []rules.Fix{{Message: rules.Text{ZH: "采用银行登记的值？", EN: "take over the registry's values?"}, Edits: ch.fixes}}
		}
		c.add(rule, f)
	}
}

// labels names the fields of the paths, each once.
func labels(paths []merchant.Path) rules.Param {
	var zh, en []string
	for _, p := range paths {
		if l := p.Label("zh"); !slices.Contains(zh, l) {
			zh, en = append(zh, l), append(en, p.Label("en"))
		}
	}
	return rules.T("fields", rules.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")})
}

func (c *couple) row(p merchant.Path) []rules.Related { return []rules.Related{relate(c.r.Record, p)} }

// shown returns the two values for a message, the differing characters marked where nothing is masked.
func (c *couple) shown(p, rp merchant.Path) (a, b rules.Param) {
	x, y := c.l.Text(p), c.r.Text(rp)
	if f := p.Field; x != "" && y != "" && f.Kind() == merchant.KindText && f.Mask() == merchant.MaskNone {
		x, y = normalize.MarkDifference(x, y)
	}
	return value("a", p.Field, x), value("b", p.Field, y)
}

// value is a parameter with a value of f, or the word for an empty one.
func value(name string, f merchant.Field, s string) rules.Param {
	if s == "" {
		return rules.T(name, rules.Text{ZH: "（空）", EN: "(empty)"})
	}
	return rules.V(name, f, s)
}

// status compares the states. States that are no options of the list are another rule's business.
func (c *couple) status() {
	a, b := c.l.Status.State, c.r.Status.State
	p := merchant.At(merchant.FieldStatusState)
	if a == b || !a.Valid() || !b.Valid() {
		return
	}
	label := func(name string, s merchant.State) rules.Param {
		return rules.T(name, rules.Text{ZH: s.Label("zh"), EN: s.Label("en")})
	}
	rule := &registry.DIF010
	switch merchant.StateActive {
	case a:
	case b:
		rule = &registry.DIF020
	default:
		return // two reasons not to trade
	}
	date := rules.T("date", rules.Text{ZH: "日期不详", EN: "date unknown"})
	for _, d := range [...]merchant.Date{c.r.Status.ChangedOn, c.r.Registry.UpdatedOn, c.r.UpdatedOn, c.asOf} {
		if !d.IsZero() {
			date = rules.P("date", d.String())
			break
		}
	}
	c.differ(rule, p, p, label("a", a), label("b", b), date)
}

// fees compares rates and caps product by product.
func (c *couple) fees() {
	rates, caps := c.priced(merchant.FieldFeesRatePct), c.priced(merchant.FieldFeesCapCNY)
	if !rates && !caps {
		return
	}
	for i := range c.l.Fees {
		f := &c.l.Fees[i]
		if f.Product == "" || !slices.Contains(c.registry.products, f.Product) {
			continue
		}
		k := fee(c.r.Record, f)
		var theirs merchant.Fee
		if k >= 0 {
			theirs = c.r.Fees[k]
		}
		if rates && !sameAmount(c, merchant.FieldFeesRatePct, f.RatePct, theirs.RatePct) {
			c.charge(merchant.FieldFeesRatePct, i, k, f.Product)
		}
		if caps && !sameAmount(c, merchant.FieldFeesCapCNY, f.CapCNY, theirs.CapCNY) && (k >= 0 || !rates || f.RatePct.IsZero()) {
			c.charge(merchant.FieldFeesCapCNY, i, k, f.Product)
		}
	}
	for k := range c.r.Fees {
		f := &c.r.Fees[k]
		switch {
		case f.Product == "" || fee(c.l.Record, f) >= 0 || !slices.Contains(c.local.products, f.Product):
		case rates && !f.RatePct.IsZero():
			c.charge(merchant.FieldFeesRatePct, -1, k, f.Product)
		case caps && !f.CapCNY.IsZero():
			c.charge(merchant.FieldFeesCapCNY, -1, k, f.Product)
		}
	}
}

// priced reports whether f, the rate or the cap of fees, is compared.
func (j *join) priced(f merchant.Field) bool {
	if j.ignored(merchant.FieldFees) || j.ignored(f) {
		return false
	}
	if f == merchant.FieldFeesRatePct {
		return j.local.rates && j.registry.rates
	}
	return j.local.caps && j.registry.caps
}

// within reports whether amounts of f that are so far apart count as equal.
func (j *join) within(f merchant.Field, difference decimal.Decimal) bool {
	return difference.Abs().LessThanOrEqual(j.tolerance[f])
}

// figure is an amount of any kind.
type figure interface {
	IsZero() bool
	Decimal() decimal.Decimal
}

// sameAmount compares two amounts of f.
func sameAmount[T interface {
	figure
	Equal(T) bool
}](c *couple, f merchant.Field, a, b T) bool {
	return a.Equal(b) || !a.IsZero() && !b.IsZero() && c.within(f, a.Decimal().Sub(b.Decimal()))
}

// charge reports a differing rate or cap; -1 stands for a product that a side lacks.
func (c *couple) charge(f merchant.Field, i, k int, product merchant.FeeProduct) {
	p, rp := merchant.Item(f, i), merchant.Item(f, k)
	if !readable(c.l.Record, p) || !readable(c.r.Record, rp) {
		return
	}
	a, b := c.shown(p, rp)
	c.differ(&registry.DIF009, p, rp, a, b, rules.T("field", rules.Text{
		ZH: f.Label("zh") + "（" + product.Label("zh") + "）", EN: f.Label("en") + " (" + product.Label("en") + ")"}))
}

// fee finds the fee for the product of f, of the same class if there are several; -1 for none.
func fee(r *merchant.Record, f *merchant.Fee) int {
	at := -1
	for i := range r.Fees {
		if r.Fees[i].Product == f.Product {
			if r.Fees[i].Class == f.Class {
				return i
			}
			if at < 0 {
				at = i
			}
		}
	}
	return at
}

// terminals compares what both sides list under the merchant.
func (c *couple) terminals() error {
	for i := range c.l.Terminals {
		t := &c.l.Terminals[i]
		if t.Status != "" && t.Status != merchant.TerminalActive {
			continue
		}
		sn := keyCode(t.SerialNo)
		if sn == "" && keyCode(t.TerminalNo) == "" {
			continue // nothing to look for; its own rules say so
		}
		p := merchant.Item(merchant.FieldTerminalsSerialNo, i)
		elsewhere, err := c.under(sn)
		if err != nil {
			return err
		}
		if len(elsewhere) > 0 {
			var others []rules.Related
			var numbers []string
			for _, e := range elsewhere {
				for k := range e.Terminals {
					if bound(&e.Terminals[k], sn) {
						others = append(others, relate(e.Record, merchant.Item(merchant.FieldTerminalsSerialNo, k)))
					}
				}
				if !slices.Contains(numbers, e.MerchantNo) {
					numbers = append(numbers, e.MerchantNo)
				}
			}
			c.changed = true
			c.note(&registry.DIF012, p, others[0].Path, t.SerialNo, strings.Join(numbers, "、"))
			c.ours(&registry.DIF012, p, others, rules.V("sn", merchant.FieldTerminalsSerialNo, t.SerialNo),
				rules.V("b", merchant.FieldMerchantNo, strings.Join(numbers, "、")))
			continue
		}
		if !listed(c.r.Record, t) {
			c.changed = true
			p = terminalPath(p, t)
			c.note(&registry.DIF011, p, merchant.At(p.Field), c.l.Text(p), "")
			c.ours(&registry.DIF011, p, c.row(merchant.At(merchant.FieldTerminals)), terminalName(t))
		}
	}
	for k := range c.r.Terminals {
		t := &c.r.Terminals[k]
		if t.Status == merchant.TerminalRetired || keyCode(t.SerialNo) == "" && keyCode(t.TerminalNo) == "" || listed(c.l.Record, t) {
			continue
		}
		c.changed = true
		rp := terminalPath(merchant.Item(merchant.FieldTerminalsSerialNo, k), t)
		c.note(&registry.DIF021, merchant.At(rp.Field), rp, "", c.r.Text(rp))
		c.add(&registry.DIF021, findingOf(c.r.Record, rp, []rules.Related{relate(c.l.Record, merchant.At(merchant.FieldTerminals))},
			[]rules.Param{terminalName(t)}))
	}
	return nil
}

// bound reports whether a terminal of the registry is in use under the serial number.
func bound(t *merchant.Terminal, sn string) bool {
	return t.Status != merchant.TerminalRetired && keyCode(t.SerialNo) == sn
}

// under lists the registry rows that bind the serial number to other merchant numbers.
func (c *couple) under(sn string) (list []entry, err error) {
	if sn == "" {
		return nil, nil
	}
	seen := map[pos]bool{}
	for _, p := range c.elsewhere[c.l.pos] {
		if p == c.r.pos || seen[p] {
			continue
		}
		seen[p] = true
		e, err := c.registry.get(p)
		if err != nil {
			return nil, err
		}
		if no := keyCode(e.MerchantNo); no != "" && no != keyCode(c.r.MerchantNo) && slices.ContainsFunc(e.Terminals, func(t merchant.Terminal) bool { return bound(&t, sn) }) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, byPosition)
	return list, nil
}

// listed reports whether r has the terminal under either of its numbers.
func listed(r *merchant.Record, t *merchant.Terminal) bool {
	no, sn := keyCode(t.TerminalNo), keyCode(t.SerialNo)
	for i := range r.Terminals {
		o := &r.Terminals[i]
		if no != "" && keyCode(o.TerminalNo) == no || sn != "" && keyCode(o.SerialNo) == sn {
			return true
		}
	}
	return false
}

// terminalPath is the path that names a terminal: its serial number, else its terminal number.
func terminalPath(p merchant.Path, t *merchant.Terminal) merchant.Path {
	if t.SerialNo == "" {
		p.Field = merchant.FieldTerminalsTerminalNo
	}
	return p
}

func terminalName(t *merchant.Terminal) rules.Param {
	if t.SerialNo == "" {
		return rules.V("sn", merchant.FieldTerminalsTerminalNo, t.TerminalNo)
	}
	return rules.V("sn", merchant.FieldTerminalsSerialNo, t.SerialNo)
}
