package json

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// inner is what an object around the merchants holds: a list of objects, or one merchant.
type inner struct {
	path string
	list bool
	n    int // objects of a list
}

// maxEnvelope is how deep merchants are looked for in what stands around them.
const maxEnvelope = 8

// envelope returns what an object that is no merchant, such as the answer of a service, holds in the place of merchants.
// It is empty for a merchant, and where there is nothing like one.
func envelope(raw json.RawMessage) []inner {
	if len(raw) == 0 || raw[0] != '{' || merchantLike(raw) {
		return nil
	}
	return within(raw, "$", maxEnvelope)
}

func within(raw json.RawMessage, path string, depth int) (found []inner) {
	members(raw, func(name string, value json.RawMessage) bool {
		at := path + "." + shown(name)
		switch {
		case value[0] == '[':
			if n := objects(value); n > 0 {
				found = append(found, inner{at, true, n})
			}
		case value[0] != '{':
		case merchantLike(value):
			found = append(found, inner{at, false, 1})
		case depth > 1:
			found = append(found, within(value, at, depth-1)...)
		}
		return true
	})
	return found
}

// merchantLike reports an object with a member of the model in the shape that it has there. A status that is a word, as
// services answer it, is none.
func merchantLike(raw json.RawMessage) (like bool) {
	members(raw, func(name string, value json.RawMessage) bool {
		m := model().members[name]
		if m == nil || value[0] == 'n' {
			return true
		}
		switch {
		case m.list:
			like = value[0] == '['
		case m.members != nil, m.field.Kind() == merchant.KindMap:
			like = value[0] == '{'
		default:
			like = value[0] != '[' && value[0] != '{'
		}
		return !like
	})
	return like
}

// members calls do with each member of an object in valid JSON, until it returns false.
func members(raw json.RawMessage, do func(name string, value json.RawMessage) bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return
	}
	for d.More() {
		t, err := d.Token()
		name, _ := t.(string)
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil || len(value) == 0 || !do(name, value) {
			return
		}
	}
}

// objects counts the objects of a list.
func objects(raw json.RawMessage) (n int) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return 0
	}
	for d.More() {
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return n
		}
		if value[0] == '{' {
			n++
		}
	}
	return n
}

// shown returns a name as a path may show it: the name of a member, and not a value that was made one.
func shown(name string) string {
	digits := 0
	for _, r := range name {
		if unicode.IsDigit(r) {
			digits++
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' {
			return "…"
		}
	}
	if name == "" || len(name) > maxName || digits > 5 {
		return "…"
	}
	return name
}

// maxShown is how many places are named.
const maxShown = 3

// wrapped says where the merchants stand that the text holds within another object.
func (r *reader) wrapped(found []inner, line int) error {
	var zh, en []string
	for i, f := range found {
		if i == maxShown {
			zh, en = append(zh, "……"), append(en, "…")
			break
		}
		n := strconv.Itoa(f.n)
		switch {
		case !f.list:
			zh, en = append(zh, f.path+"（1个商户）"), append(en, f.path+" (a merchant)")
		case f.n == 1:
			zh, en = append(zh, f.path+"（1个对象）"), append(en, f.path+" (1 object)")
		default:
			zh, en = append(zh, f.path+"（"+n+"个对象）"), append(en, f.path+" ("+n+" objects)")
		}
	}
	return &load.InputError{File: r.o.File, Row: line,
		ProblemZH: "最外层的对象不是商户，商户可能在：" + strings.Join(zh, "、"), ProblemEN: "the outermost object is no merchant; they may stand in " + strings.Join(en, ", "),
		MendZH: "请把商户单独存为一个数组，或每行一个对象", MendEN: "save the merchants by themselves, as an array or one object a line"}
}
