package declare

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
)

// condition is one compiled operator on one field.
type condition struct {
	op    op
	field merchant.Field

	flag           bool
	set            map[string]bool // equals and in, in comparison form
	parts          [][]byte        // prefix and contains, likewise
	pattern        *regexp.Regexp
	min, max       quantity
	hasMin, hasMax bool
	other          merchant.Field
	text           bool // other is compared in comparison form
	asOf           bool // other is the date of the run
	days           int

	shown              []string // operands as written
	shownMin, shownMax string
}

// quantity is a value that has an order: a day, a count or a decimal.
type quantity struct {
	kind merchant.Kind
	day  merchant.Date
	n    int
	dec  decimal.Decimal
}

// quantityOf takes what [merchant.Merchant.Ref] returns for a value that has an order.
func quantityOf(ref any) quantity {
	switch v := ref.(type) {
	case *merchant.Date:
		return quantity{kind: merchant.KindDate, day: *v}
	case *merchant.Count:
		return quantity{kind: merchant.KindCount, n: v.Int()}
	case *merchant.Money:
		return quantity{kind: merchant.KindMoney, dec: v.Decimal()}
	case *merchant.Percent:
		return quantity{kind: merchant.KindPercent, dec: v.Decimal()}
	case *merchant.Number:
		return quantity{kind: merchant.KindNumber, dec: v.Decimal()}
	}
	return quantity{}
}

func (a quantity) cmp(b quantity) int {
	switch a.kind {
	case merchant.KindDate:
		switch {
		case a.day.Before(b.day):
			return -1
		case a.day.After(b.day):
			return 1
		}
		return 0
	case merchant.KindCount:
		return cmp.Compare(a.n, b.n)
	}
	return compareDecimals(a.dec, b.dec)
}

// compareDecimals is Decimal.Cmp without an allocation for numbers of different scales that fit 18 digits.
func compareDecimals(a, b decimal.Decimal) int {
	zeros := int(a.Exponent()) - int(b.Exponent())
	switch {
	case zeros < 0:
		return -compareDecimals(b, a)
	case zeros > 0 && a.NumDigits()+zeros <= 18 && b.NumDigits() <= 18:
		n := a.CoefficientInt64()
		for range zeros {
			n *= 10
		}
		return cmp.Compare(n, b.CoefficientInt64())
	}
	return a.Cmp(b)
}

// readQuantity reads an operand of a kind, and returns it as it is shown.
func readQuantity(v *strictjson.Value, kind merchant.Kind) (q quantity, shown string, err error) {
	q.kind = kind
	switch kind {
	case merchant.KindDate:
		q.day, err = readDay(v)
		return q, q.day.String(), err
	case merchant.KindCount:
		q.n, err = v.Int()
		return q, strconv.Itoa(q.n), err
	}
	s, err := v.Digits()
	if err != nil {
		return q, "", err
	}
	switch kind {
	case merchant.KindMoney:
		var m merchant.Money
		m, err = merchant.ParseMoney(s)
		q.dec, shown = m.Decimal(), m.String()
	case merchant.KindPercent:
		var p merchant.Percent
		p, err = merchant.ParsePercent(s)
		q.dec, shown = p.Decimal(), p.String()
	default:
		var n merchant.Number
		n, err = merchant.ParseNumber(s)
		q.dec, shown = n.Decimal(), n.String()
	}
	if err != nil {
		return q, "", v.Errorf("%q 不是数字；请写成 2000.00 的形式", "%q is no number; write it like 2000.00", s)
	}
	return q, shown, nil
}

// list is the list whose entries the condition looks at, FieldNone for one that looks at the record.
func (c *condition) list() merchant.Field {
	if c.field.Kind() == merchant.KindList {
		return merchant.FieldNone
	}
	return c.field.List()
}

// at is the path of field f for the i-th entry of its list, if it has one.
func at(f merchant.Field, i int) merchant.Path {
	if f.List() == merchant.FieldNone || f.Kind() == merchant.KindList {
		return merchant.At(f)
	}
	return merchant.Item(f, i)
}

// needsValue reports whether the condition cannot be judged without a value; a flag that is not set is a value.
func (c *condition) needsValue() bool {
	return c.op != present && c.op != absent && c.op != entries && c.field.Kind() != merchant.KindBool
}

// known reports whether what the condition looks at is there: the values, or a column that could hold them.
func (c *condition) known(p *rules.Pass, i int) bool {
	if !c.needsValue() {
		return p.Mapped(c.field)
	}
	return p.Record.Has(at(c.field, i)) && (c.other == merchant.FieldNone || p.Record.Has(at(c.other, i)))
}

type verdict uint8

const (
	unknown verdict = iota // a value is missing
	holds
	fails
)

func verdictOf(ok bool) verdict {
	if ok {
		return holds
	}
	return fails
}

// test judges the condition for the i-th entry of its list.
func (c *condition) test(p *rules.Pass, i int) verdict {
	m, path := &p.Record.Merchant, at(c.field, i)
	if !c.known(p, i) {
		return unknown
	}
	switch c.op {
	case present, absent:
		return verdictOf(m.Has(path) == (c.op == present))
	case entries:
		return verdictOf(c.inBounds(quantity{kind: merchant.KindCount, n: m.Len(c.field)}))
	}
	ref := m.Ref(path)
	switch v := ref.(type) {
	case *string:
		return c.testText(p, i, *v)
	case *bool:
		return verdictOf((*v == c.flag) == (c.op == equals))
	}
	q := quantityOf(ref)
	switch c.op {
	case equals, within:
		return verdictOf(c.inBounds(q))
	case notEquals:
		return verdictOf(!c.inBounds(q))
	}
	o, ok := c.bound(p, i)
	if !ok {
		return unknown
	}
	n := q.cmp(o)
	switch c.op {
	case before:
		return verdictOf(n < 0)
	case after:
		return verdictOf(n > 0)
	case notBefore, atLeast:
		return verdictOf(n >= 0)
	case notAfter, atMost:
		return verdictOf(n <= 0)
	}
	return verdictOf((n == 0) == (c.op == sameAs))
}

func (c *condition) inBounds(q quantity) bool {
	return (!c.hasMin || q.cmp(c.min) >= 0) && (!c.hasMax || q.cmp(c.max) <= 0)
}

// bound is the value the other field gives, with the days added; false when no calendar has that day.
func (c *condition) bound(p *rules.Pass, i int) (quantity, bool) {
	q := quantity{kind: merchant.KindDate, day: p.AsOf}
	if !c.asOf {
		q = quantityOf(p.Record.Ref(at(c.other, i)))
	}
	if q.kind == merchant.KindDate && c.days != 0 {
		q.day = q.day.AddDays(c.days)
	}
	return q, q.kind != merchant.KindDate || !q.day.IsZero()
}

// stackSize covers the values of nearly all records; longer ones cost an allocation.
const stackSize = 512

func (c *condition) testText(p *rules.Pass, i int, s string) verdict {
	switch c.op {
	case matches, notMatches:
		return verdictOf(c.pattern.MatchString(s) == (c.op == matches))
	case length, gbkBytes:
		return verdictOf(c.inBounds(quantity{kind: merchant.KindCount, n: c.size(s)}))
	}
	var buf, otherBuf [stackSize]byte
	if c.op == sameAs || c.op == notSameAs {
		other := p.Record.Text(at(c.other, i))
		equal := s == other || c.text && bytes.Equal(normalize.AppendKey(buf[:0], s), normalize.AppendKey(otherBuf[:0], other))
		return verdictOf(equal == (c.op == sameAs))
	}
	form := buf[:0]
	if c.field.Kind() == merchant.KindText {
		form = normalize.AppendKey(form, s)
	} else {
		form = append(form, s...)
	}
	switch c.op {
	case equals, in:
		return verdictOf(c.set[string(form)])
	case notEquals, notIn:
		return verdictOf(!c.set[string(form)])
	}
	found := false
	for _, part := range c.parts {
		if c.op == prefix || c.op == notPrefix {
			found = found || bytes.HasPrefix(form, part)
		} else {
			found = found || bytes.Contains(form, part)
		}
	}
	return verdictOf(found == (c.op == prefix || c.op == contains))
}

func (c *condition) size(s string) int {
	if c.op == length {
		return utf8.RuneCountInString(s)
	}
	n, _ := normalize.GBKLen(s)
	return n
}

// params are those of a message about the i-th entry.
func (c *condition) params(p *rules.Pass, i int) []rules.Param {
	var list []rules.Param
	takes := operators[c.op].takes
	switch {
	case takes&(oneValue|manyValues) != 0:
		list = append(list, rules.T("expected", rules.Text{ZH: strings.Join(c.shown, "、"), EN: strings.Join(c.shown, ", ")}))
	case takes&onePattern != 0:
		list = append(list, rules.P("pattern", c.shown[0]))
	case c.op == entries:
		list = append(list, rules.P("count", strconv.Itoa(p.Record.Len(c.field))))
	case c.op == length || c.op == gbkBytes:
		list = append(list, rules.P("length", strconv.Itoa(c.size(p.Record.Text(at(c.field, i))))))
	case c.asOf:
		list = append(list, rules.P("other", p.AsOf.String()))
	case takes&otherField != 0:
		list = append(list, rules.V("other", c.other, p.Record.Text(at(c.other, i))), rules.L("other_field", c.other))
	}
	if takes&bounds != 0 && c.hasMin {
		list = append(list, rules.P("min", c.shownMin))
	}
	if takes&bounds != 0 && c.hasMax {
		list = append(list, rules.P("max", c.shownMax))
	}
	if takes&moreDays != 0 {
		if q, ok := c.bound(p, i); ok {
			list = append(list, rules.V("bound", c.other, q.day.String()))
		}
	}
	return list
}

// words is the condition as a part of a sentence.
func (c *condition) words() rules.Text {
	word := func(lang string) string {
		zh := lang == "zh"
		pick := func(a, b string) string {
			if zh {
				return a
			}
			return b
		}
		o := &operators[c.op]
		s := strings.ReplaceAll(pick(o.zh, o.en), "{expected}", strings.Join(c.shown, pick("、", " or ")))
		if len(c.shown) > 0 {
			s = strings.ReplaceAll(s, "{pattern}", c.shown[0])
		}
		between := ""
		switch {
		case c.hasMin && c.hasMax:
			between = fmt.Sprintf(pick("在%s与%s之间", "%s to %s"), c.shownMin, c.shownMax)
		case c.hasMin:
			between = fmt.Sprintf(pick("不小于%s", "at least %s"), c.shownMin)
		case c.hasMax:
			between = fmt.Sprintf(pick("不大于%s", "at most %s"), c.shownMax)
		}
		s = strings.ReplaceAll(s, "{bounds}", between)
		other := pick("检查日期", "the date of the run")
		if !c.asOf {
			other = label(c.other, lang)
		}
		if c.days != 0 {
			other += fmt.Sprintf(pick("%+d天", " %+d days"), c.days)
		}
		return label(c.field, lang) + pick("", " ") + strings.ReplaceAll(s, "{other}", other)
	}
	return rules.Text{ZH: word("zh"), EN: word("en")}
}

func label(f merchant.Field, lang string) string {
	if lang == "zh" {
		return "“" + f.Label("zh") + "”(" + f.Path() + ")"
	}
	return f.Label("en") + " (" + f.Path() + ")"
}

// house is a compiled rule.
type house struct {
	list  merchant.Field // the list whose entries are judged, FieldNone for the record
	check condition
	when  []condition
}

// complete fills in what follows from the conditions.
func (h *house) complete(r *rules.Rule, reason rules.Text) {
	add := func(list *[]merchant.Field, f merchant.Field) {
		if f != merchant.FieldNone && !slices.Contains(*list, f) {
			*list = append(*list, f)
		}
	}
	h.each(func(c *condition) {
		add(&r.Fields, c.field)
		add(&r.Fields, c.other)
		for _, f := range [...]merchant.Field{c.field, c.other} {
			if c.needsValue() && f.List() == merchant.FieldNone {
				add(&r.Uses, f)
			}
		}
	})
	must := h.check.words()
	r.Doc = rules.Text{ZH: "应满足：" + must.ZH + "。", EN: "What must hold: " + must.EN + "."}
	for i := range h.when {
		w := h.when[i].words()
		if i == 0 {
			r.Doc.ZH, r.Doc.EN = r.Doc.ZH+"适用于："+w.ZH, r.Doc.EN+" It applies where "+w.EN
		} else {
			r.Doc.ZH, r.Doc.EN = r.Doc.ZH+"，且"+w.ZH, r.Doc.EN+" and "+w.EN
		}
		if i == len(h.when)-1 {
			r.Doc.ZH, r.Doc.EN = r.Doc.ZH+"。", r.Doc.EN+"."
		}
	}
	if reason.ZH != "" {
		r.Doc.ZH += "原因：" + strings.TrimRight(reason.ZH, "。") + "。"
		r.Doc.EN += " Reason: " + strings.TrimRight(reason.EN, ".") + "."
	}
	r.Applies, r.Check = h.applies, h.run
}

// each calls fn for check and the conditions.
func (h *house) each(fn func(*condition)) {
	fn(&h.check)
	for i := range h.when {
		fn(&h.when[i])
	}
}

// applies judges the conditions on the record, and for a rule over a list whether there is an entry to judge.
func (h *house) applies(p *rules.Pass) bool {
	for i := range h.when {
		if c := &h.when[i]; c.list() == merchant.FieldNone && (p.Blocked(merchant.At(c.field)) || c.test(p, 0) != holds) {
			return false
		}
	}
	if h.list == merchant.FieldNone {
		return h.check.known(p, 0)
	}
	for i := range p.Record.Len(h.list) {
		if h.concerns(p, i) {
			return true
		}
	}
	return false
}

// concerns reports whether the i-th entry of the list is to be judged.
func (h *house) concerns(p *rules.Pass, i int) bool {
	for k := range h.when {
		if c := &h.when[k]; c.list() != merchant.FieldNone && (p.Blocked(at(c.field, i)) || c.test(p, i) != holds) {
			return false
		}
	}
	return !p.Blocked(at(h.check.field, i)) && (h.check.other == merchant.FieldNone || !p.Blocked(at(h.check.other, i))) &&
		h.check.known(p, i)
}

func (h *house) run(p *rules.Pass) {
	n := 1
	if h.list != merchant.FieldNone {
		n = p.Record.Len(h.list)
	}
	for i := range n {
		if (h.list == merchant.FieldNone || h.concerns(p, i)) && h.check.test(p, i) == fails {
			p.Find(at(h.check.field, i), h.check.params(p, i)...)
		}
	}
}
