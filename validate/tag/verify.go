package tag

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/shopspring/decimal"
)

// Verify looks at the tags "validate" of the type of dto and of the structs inside it, and returns what a validator would
// tell late or never: a tag that does not exist, a parameter that cannot be read, a field that is not there, a tag for
// lengths or numbers on an amount, one for amounts on something else, and structs in a list that dive does not enter. A
// test of the caller is the place to ask. v must have the tags of [Register].
func Verify(v *validator.Validate, dto any) error {
	t := reflect.TypeOf(dto)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return errors.New("tag: Verify needs a struct")
	}
	c := checker{v: v, seen: map[reflect.Type]bool{}}
	c.visit(t, t.Name())
	return errors.Join(c.errs...)
}

type checker struct {
	v    *validator.Validate
	seen map[reflect.Type]bool
	errs []error
}

func (c *checker) fail(path, tag, problem string) {
	c.errs = append(c.errs, fmt.Errorf("tag: %s: %s: %s", path, tag, problem))
}

func (c *checker) visit(t reflect.Type, path string) {
	if c.seen[t] {
		return
	}
	c.seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		tags, at := f.Tag.Get("validate"), path+"."+f.Name
		if !f.IsExported() && !f.Anonymous || tags == "-" {
			continue
		}
		dives, isAmount := c.tags(t, f.Type, tags, at)
		inner := f.Type
		list := false
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice || inner.Kind() == reflect.Array || inner.Kind() == reflect.Map {
			list = list || inner.Kind() != reflect.Pointer
			inner = inner.Elem()
		}
		if inner.Kind() != reflect.Struct || isAmount || !tagged(inner, map[reflect.Type]bool{}) {
			continue
		}
		if list && !dives {
			c.fail(at, "dive", "the structs in this list are not looked at without it")
		}
		c.visit(inner, at)
	}
}

// tagged reports whether a struct or one inside it has tags.
func tagged(t reflect.Type, seen map[reflect.Type]bool) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return false
	}
	seen[t] = true
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("validate") != "" || tagged(f.Type, seen) {
			return true
		}
	}
	return false
}

// onField are the tags of the validator whose parameters name fields, the first or all of them.
var onField = map[string]bool{ // true: pairs of a field and a value
	"eqfield": false, "nefield": false, "gtfield": false, "gtefield": false, "ltfield": false, "ltefield": false,
	"required_if": true, "required_unless": true, "excluded_if": true, "excluded_unless": true, "skip_unless": true,
	"required_with": false, "required_with_all": false, "required_without": false, "required_without_all": false,
	"excluded_with": false, "excluded_with_all": false, "excluded_without": false, "excluded_without_all": false,
}

// onLength are the tags of the validator that judge lengths and numbers.
var onLength = []string{"gt", "gte", "lt", "lte", "min", "max", "len", "eq", "ne", "gtfield", "gtefield", "ltfield", "ltefield", "eqfield", "nefield", "oneof", "numeric", "number"}

// tags checks the tags of one field and reports whether they dive, and whether the field is an amount.
func (c *checker) tags(parent, t reflect.Type, tags, path string) (dives, isAmount bool) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	isAmount = amount(t)
	if tags == "" {
		return false, isAmount
	}
	for _, or := range strings.Split(tags, ",") {
		for _, one := range strings.Split(or, "|") {
			name, param, _ := strings.Cut(one, "=")
			if name == "dive" {
				dives = true
				if t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
					t = t.Elem()
				}
				isAmount = amount(t)
				continue
			}
			c.tag(parent, t, name, param, path)
		}
	}
	return dives, isAmount
}

func amount(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return slices.ContainsFunc(amounts, func(a any) bool { return reflect.TypeOf(a) == t })
}

func (c *checker) tag(parent, t reflect.Type, name, param, path string) {
	field := func(name string) (reflect.StructField, bool) { // names of nested fields go by dots
		at := parent
		var f reflect.StructField
		for _, part := range strings.Split(name, ".") {
			for at.Kind() == reflect.Pointer {
				at = at.Elem()
			}
			if at.Kind() != reflect.Struct {
				return f, false
			}
			var ok bool
			if f, ok = at.FieldByName(part); !ok {
				return f, false
			}
			at = f.Type
		}
		return f, true
	}
	switch pairs, named := onField[name]; {
	case named:
		words := strings.Fields(param)
		for i, w := range words {
			if _, ok := field(w); !ok && (!pairs || i%2 == 0) {
				c.fail(path, name, "there is no field "+w)
			}
		}
	case strings.HasPrefix(name, "gbk_") || strings.HasPrefix(name, "gb18030_") || name == scale:
		if n, err := strconv.Atoi(param); err != nil || n < 0 {
			c.fail(path, name, "the parameter must be a whole number")
		}
	case strings.HasPrefix(name, "decimal_") && strings.HasSuffix(name, "field"):
		if f, ok := field(param); !ok {
			c.fail(path, name, "there is no field "+param)
		} else if !amount(f.Type) {
			c.fail(path, name, param+" is no amount")
		}
	case strings.HasPrefix(name, "decimal_"):
		if _, err := decimal.NewFromString(param); err != nil {
			c.fail(path, name, "the parameter must be a number")
		}
	}
	kind := t.Kind()
	switch isText := strings.HasPrefix(name, "cn_") || strings.HasPrefix(name, "gbk_") || strings.HasPrefix(name, "gb18030_"); {
	case amount(t) && slices.Contains(onLength, name):
		c.fail(path, name, "this tag cannot judge an amount; use decimal_"+strings.TrimSuffix(name, "field")+" or its like")
	case strings.HasPrefix(name, "decimal_") && !amount(t):
		c.fail(path, name, "this tag is for amounts")
	case isText && kind != reflect.String:
		c.fail(path, name, "this tag is for strings")
	}
	c.exists(name, param, path)
}

// exists asks the validator for the tag, which panics on one it does not know.
func (c *checker) exists(name, param, path string) {
	defer func() {
		if r := recover(); r != nil && strings.Contains(fmt.Sprint(r), "Undefined validation function") {
			c.fail(path, name, "there is no such tag")
		}
	}()
	if param != "" {
		name += "=" + param
	}
	_ = c.v.Var("", "omitempty,"+name)
}
