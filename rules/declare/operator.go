package declare

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
)

// op is one of the operators.
type op uint8

const (
	present op = iota
	absent
	equals
	notEquals
	in
	notIn
	prefix
	notPrefix
	contains
	notContains
	matches
	notMatches
	length
	gbkBytes
	within
	entries
	before
	after
	notBefore
	notAfter
	atLeast
	atMost
	sameAs
	notSameAs
)

// kindSet is a set of kinds of fields.
type kindSet uint16

const (
	texts    kindSet = 1<<merchant.KindText | 1<<merchant.KindCode
	strs     kindSet = texts | 1<<merchant.KindEnum
	dates    kindSet = 1 << merchant.KindDate
	numbers  kindSet = 1<<merchant.KindMoney | 1<<merchant.KindPercent | 1<<merchant.KindNumber | 1<<merchant.KindCount
	flags    kindSet = 1 << merchant.KindBool
	lists    kindSet = 1 << merchant.KindList
	compared kindSet = strs | dates | numbers
)

func (s kindSet) has(k merchant.Kind) bool { return s&(1<<k) != 0 }

// operands are the members of a condition beside field and op.
type operands uint8

const (
	oneValue operands = 1 << iota
	manyValues
	onePattern
	bounds // min and max, one at least
	otherField
	moreDays
)

var operandNames = [...]struct {
	bit      operands
	names    []string
	required bool
}{{oneValue, []string{"value"}, true}, {manyValues, []string{"values"}, true}, {onePattern, []string{"pattern"}, true},
	{bounds, []string{"min", "max"}, false}, {otherField, []string{"other"}, true}, {moreDays, []string{"days"}, false}}

// operator describes an operator: what it is called, what it takes, and how a condition reads in a sentence.
type operator struct {
	name   string
	kinds  kindSet
	takes  operands
	zh, en string
}

var operators = [...]operator{
	present:     {"present", compared | flags | lists, 0, "已填写", "is given"},
	absent:      {"absent", compared | flags | lists, 0, "未填写", "is not given"},
	equals:      {"equals", compared | flags, oneValue, "等于{expected}", "equals {expected}"},
	notEquals:   {"not_equals", compared | flags, oneValue, "不等于{expected}", "does not equal {expected}"},
	in:          {"in", strs, manyValues, "是{expected}之一", "is one of {expected}"},
	notIn:       {"not_in", strs, manyValues, "不是{expected}", "is none of {expected}"},
	prefix:      {"prefix", texts, manyValues, "以{expected}开头", "begins with {expected}"},
	notPrefix:   {"not_prefix", texts, manyValues, "不以{expected}开头", "does not begin with {expected}"},
	contains:    {"contains", texts, manyValues, "含有{expected}", "contains {expected}"},
	notContains: {"not_contains", texts, manyValues, "不含{expected}", "does not contain {expected}"},
	matches:     {"matches", texts, onePattern, "符合{pattern}", "matches {pattern}"},
	notMatches:  {"not_matches", texts, onePattern, "不符合{pattern}", "does not match {pattern}"},
	length:      {"length", texts, bounds, "的字数{bounds}", "has {bounds} characters"},
	gbkBytes:    {"gbk_bytes", texts, bounds, "的GBK字节数{bounds}", "takes {bounds} bytes in GBK"},
	within:      {"range", dates | numbers, bounds, "{bounds}", "is {bounds}"},
	entries:     {"entries", lists, bounds, "的条数{bounds}", "has {bounds} entries"},
	before:      {"before", dates, otherField | moreDays, "早于{other}", "is before {other}"},
	after:       {"after", dates, otherField | moreDays, "晚于{other}", "is after {other}"},
	notBefore:   {"not_before", dates, otherField | moreDays, "不早于{other}", "is not before {other}"},
	notAfter:    {"not_after", dates, otherField | moreDays, "不晚于{other}", "is not after {other}"},
	atLeast:     {"at_least", numbers, otherField, "不小于{other}", "is at least {other}"},
	atMost:      {"at_most", numbers, otherField, "不大于{other}", "is at most {other}"},
	sameAs:      {"same_as", compared, otherField, "与{other}一致", "is the same as {other}"},
	notSameAs:   {"not_same_as", compared, otherField, "与{other}不同", "is not the same as {other}"},
}

// kindNames words the kinds of fields, by their numbers.
var kindNames = [...]rules.Text{
	merchant.KindText: {ZH: "文字", EN: "text"}, merchant.KindCode: {ZH: "代码", EN: "code"}, merchant.KindEnum: {ZH: "选项", EN: "option"},
	merchant.KindDate: {ZH: "日期", EN: "date"}, merchant.KindMoney: {ZH: "金额", EN: "amount"}, merchant.KindPercent: {ZH: "费率", EN: "rate"},
	merchant.KindNumber: {ZH: "数值", EN: "number"}, merchant.KindCount: {ZH: "计数", EN: "count"}, merchant.KindBool: {ZH: "是否", EN: "flag"},
	merchant.KindList: {ZH: "列表", EN: "list"}, merchant.KindMap: {ZH: "对照表", EN: "map"},
}

// readField reads the path of a field, without an index.
func readField(v *strictjson.Value) (merchant.Field, error) {
	s, err := v.String()
	if err != nil {
		return 0, err
	}
	p, err := merchant.ParsePath(s)
	switch {
	case err != nil:
		return 0, v.Errorf("没有字段 %q；请检查拼写", "there is no field %q; check its spelling", s)
	case p.Index >= 0 || p.Field.Path() != s:
		return 0, v.Errorf("请写成 %s，不带序号", "write %s, without an index", p.Field.Path())
	case p.Field.Kind() == merchant.KindMap:
		return 0, v.Errorf("%q 不能用于规则", "%q cannot be used in a rule", s)
	case p.Field.List() == merchant.FieldScreeningHits:
		return 0, v.Errorf("名单筛查结果不能用于规则，它不得出现在报告中", "screening hits cannot be used in a rule; no report may show them")
	}
	return p.Field, nil
}

// readWhen reads a condition of when; list is the list of the rule's own field, FieldNone outside lists.
func readWhen(v *strictjson.Value, list merchant.Field) (condition, error) {
	fieldValue := v.Member("field")
	if fieldValue == nil {
		return condition{}, v.Errorf("缺少成员 %q", "the member %q is missing", "field")
	}
	field, err := readField(fieldValue)
	if err != nil {
		return condition{}, err
	}
	c, err := readCondition(v, field, "field")
	if err == nil && c.list() != merchant.FieldNone && c.list() != list {
		err = fieldValue.Errorf("是另一个列表的成员；条件只能用列表外的字段或同一列表的成员", "this belongs to another list; a condition takes fields outside lists or of the same list")
	}
	return c, err
}

// readCondition reads op and operands of a condition on field; beside stands for members that the caller has read.
func readCondition(v *strictjson.Value, field merchant.Field, beside ...string) (condition, error) {
	c := condition{field: field}
	name := v.Member("op")
	if name == nil {
		return c, v.Errorf("缺少成员 %q", "the member %q is missing", "op")
	}
	s, err := name.String()
	if err != nil {
		return c, err
	}
	n := slices.IndexFunc(operators[:], func(o operator) bool { return o.name == s })
	if n < 0 {
		var names []string
		for _, o := range operators {
			names = append(names, o.name)
		}
		list := strings.Join(names, ", ")
		return c, name.Errorf("没有操作符 %q；可用的有 %s", "there is no operator %q; there are %s", s, list)
	}
	c.op = op(n)
	o := &operators[n]
	if !o.kinds.has(field.Kind()) {
		zh, en := o.takesKinds()
		return c, name.Errorf("%[1]s 不适用于 %[2]s；它用于%[3]s", "%[1]s does not go with %[2]s; it takes %[4]s", s, field.Path(), zh, en)
	}
	members, required := strictjson.Members{"op": nil}, []string{}
	for _, name := range beside {
		members[name] = nil
	}
	for _, operand := range operandNames {
		if o.takes&operand.bit != 0 {
			for _, name := range operand.names {
				members[name] = nil
				if operand.required {
					required = append(required, name)
				}
			}
		}
	}
	if err := v.Object(members, required...); err != nil {
		return c, err
	}
	return c, c.operands(v, o.takes)
}

func (o *operator) takesKinds() (zh, en string) {
	var z, e []string
	for k := merchant.KindText; k <= merchant.KindMap; k++ {
		if o.kinds.has(k) {
			z, e = append(z, kindNames[k].ZH), append(e, kindNames[k].EN)
		}
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

// operands reads what the operator takes.
func (c *condition) operands(v *strictjson.Value, takes operands) error {
	if takes&oneValue != 0 {
		return c.value(v.Member("value"))
	}
	if takes&manyValues != 0 {
		list := v.Member("values")
		err := list.Array(maxValues, c.word)
		if err == nil && len(c.shown) == 0 {
			err = list.Errorf("至少写一个值", "give one value at least")
		}
		return err
	}
	if takes&onePattern != 0 {
		return c.regexp(v.Member("pattern"))
	}
	if takes&bounds != 0 {
		return c.bounds(v)
	}
	if takes&moreDays != 0 {
		if days := v.Member("days"); days != nil {
			n, err := days.Int()
			if err != nil {
				return err
			}
			if n < -maxDays || n > maxDays {
				return days.Errorf("应在 -%[1]d 与 %[1]d 之间", "this must be between -%[1]d and %[1]d", maxDays)
			}
			c.days = n
		}
	}
	if takes&otherField != 0 {
		return c.otherField(v.Member("other"))
	}
	return nil
}

const maxDays = 36600 // a hundred years

// value reads the operand of equals: a word, a flag, or an amount, which becomes both ends of a range.
func (c *condition) value(v *strictjson.Value) error {
	switch {
	case strs.has(c.field.Kind()):
		return c.word(v)
	case c.field.Kind() == merchant.KindBool:
		on, err := v.Bool()
		c.flag = on
		c.shown = []string{map[bool]string{true: "true", false: "false"}[on]}
		return err
	}
	q, s, err := readQuantity(v, c.field.Kind())
	c.min, c.max, c.hasMin, c.hasMax, c.shown = q, q, true, true, []string{s}
	return err
}

// word adds a text, code or option in the form in which it is compared.
func (c *condition) word(v *strictjson.Value) error {
	s, err := v.String()
	if err != nil {
		return err
	}
	form := s
	switch c.field.Kind() {
	case merchant.KindText:
		form = normalize.Key(s)
	case merchant.KindCode:
		form = normalize.FoldCode(c.field, strings.TrimSpace(s))
	case merchant.KindEnum:
		var ok bool
		if form, ok = c.field.Enum().Parse(normalize.FoldWidth(strings.TrimSpace(s))); !ok {
			var codes []string
			for _, o := range c.field.Enum().Values {
				codes = append(codes, o.Code)
			}
			list := strings.Join(codes, ", ")
			return v.Errorf("没有选项 %q；可用的有 %s", "there is no option %q; there are %s", s, list)
		}
	}
	if form == "" {
		return v.Errorf("%q 规范后什么也不剩", "nothing is left of %q in its comparison form", s)
	}
	if c.set == nil {
		c.set = map[string]bool{}
	}
	if c.set[form] {
		return v.Errorf("%q 写了两次；请删去一个", "%q stands twice; remove one", s)
	}
	c.set[form] = true
	c.parts = append(c.parts, []byte(form))
	c.shown = append(c.shown, s)
	return nil
}

// The bounds of a pattern: matching takes time by the product of its instructions and the characters of the value.
const (
	maxPattern      = 300
	maxInstructions = 1000
)

func (c *condition) regexp(v *strictjson.Value) error {
	s, err := v.String()
	if err != nil {
		return err
	}
	bad := func() error {
		return v.Errorf("不是 RE2 正则表达式", "this is no regular expression of RE2")
	}
	if len(s) > maxPattern {
		return v.Errorf("最多 %d 个字节", "%d bytes at most", maxPattern)
	}
	tree, err := syntax.Parse(s, syntax.Perl) // alone, before it goes into brackets
	if err != nil {
		return bad()
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return bad()
	}
	if len(program.Inst) > maxInstructions {
		return v.Errorf("太复杂；请减少重复次数", "this is too complex; lower the counts of its repetitions")
	}
	c.shown = []string{s}
	if c.pattern, err = regexp.Compile(`^(?:` + s + `)$`); err != nil {
		return bad()
	}
	return nil
}

func (c *condition) bounds(v *strictjson.Value) error {
	kind := c.field.Kind()
	if c.op != within {
		kind = merchant.KindCount
	}
	for i, name := range [...]string{"min", "max"} {
		bound := v.Member(name)
		if bound == nil {
			continue
		}
		q, s, err := readQuantity(bound, kind)
		if err != nil {
			return err
		}
		if c.op != within && q.n < 0 {
			return bound.Errorf("不能小于 0", "this must not be less than 0")
		}
		if i == 0 {
			c.min, c.hasMin, c.shownMin = q, true, s
		} else {
			c.max, c.hasMax, c.shownMax = q, true, s
		}
	}
	switch {
	case !c.hasMin && !c.hasMax:
		return v.Errorf("缺少 min 或 max", "min or max is missing")
	case c.hasMin && c.hasMax && c.min.cmp(c.max) > 0:
		return v.Errorf("min 大于 max", "min is above max")
	}
	return nil
}

func (c *condition) otherField(v *strictjson.Value) error {
	if s, err := v.String(); err == nil && s == "as_of" && operators[c.op].takes&moreDays != 0 {
		c.asOf = true
		return nil
	}
	field, err := readField(v)
	if err != nil {
		return err
	}
	a, b := c.field.Kind(), field.Kind()
	same := a == b && c.field.Enum() == field.Enum() || texts.has(a) && texts.has(b)
	switch list := field.List(); {
	case field == c.field:
		return v.Errorf("是同一个字段", "this is the same field")
	case !same:
		return v.Errorf("%[1]s 是%[3]s，%[2]s 是%[4]s，不能相比", "%[1]s is of kind %[5]s and %[2]s of kind %[6]s; they cannot be compared",
			field.Path(), c.field.Path(), kindNames[b].ZH, kindNames[a].ZH, kindNames[b].EN, kindNames[a].EN)
	case list != merchant.FieldNone && list != c.list():
		return v.Errorf("是另一个列表的成员", "this belongs to another list")
	}
	c.other = field
	c.text = a == merchant.KindText || b == merchant.KindText
	return nil
}

// placeholders checks those of a text (an object with zh and en) against what the condition gives.
func (c *condition) placeholders(v *strictjson.Value) error {
	names := []string{"field", "key"}
	if c.field.Kind() != merchant.KindList && c.op != present {
		names = append(names, "value")
	}
	takes := operators[c.op].takes
	for _, p := range [...]struct {
		name string
		ok   bool
	}{
		{"expected", takes&(oneValue|manyValues) != 0}, {"pattern", takes&onePattern != 0}, {"length", c.op == length || c.op == gbkBytes},
		{"count", c.op == entries}, {"min", takes&bounds != 0 && c.hasMin}, {"max", takes&bounds != 0 && c.hasMax},
		{"other", takes&otherField != 0}, {"other_field", c.other != 0}, {"bound", takes&moreDays != 0},
	} {
		if p.ok {
			names = append(names, p.name)
		}
	}
	for _, lang := range [...]string{"zh", "en"} {
		text := v.Member(lang)
		s, err := text.String()
		if err != nil {
			return err
		}
		for {
			open := strings.IndexAny(s, "{}")
			if open < 0 {
				break
			}
			end := strings.IndexByte(s[open:], '}')
			if s[open] == '}' || end < 0 {
				return text.Errorf("花括号不成对", "the braces do not pair")
			}
			if name := s[open+1 : open+end]; !slices.Contains(names, name) {
				list := strings.Join(names, ", ")
				return text.Errorf("没有占位符 %q；可用的有 %s", "there is no placeholder %q; there are %s", name, list)
			}
			s = s[open+end+1:]
		}
	}
	return nil
}
