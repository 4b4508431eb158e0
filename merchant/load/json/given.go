package json

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// given looks through a text once for the fields that some merchant has, and counts the merchants. It looks at names and
// at whether a value is there and leaves everything else to the reader, which comes after it.
func given(in io.Reader) (fields map[merchant.Field]bool, merchants int) {
	type level struct {
		m    *member // nil for what the model lacks
		list bool
	}
	fields = map[merchant.Field]bool{}
	r := bufio.NewReaderSize(in, 1<<16)
	var stack []level
	var name []byte
	var next *member // whose value follows
	value := false   // a value follows, not a name
	mark := func() {
		if next != nil && next.members == nil && next.field != merchant.FieldNone {
			fields[next.field] = true
		}
	}
	for {
		c, err := r.ReadByte()
		if err != nil {
			return fields, merchants
		}
		switch c {
		case '"':
			var ok bool
			if name, ok = quoted(r, name[:0]); !ok {
				return fields, merchants
			}
			switch {
			case len(stack) == 0 || stack[len(stack)-1].list:
			case value:
				if len(name) > 0 {
					mark()
				}
			case stack[len(stack)-1].m == nil:
				next = nil
			default:
				next = stack[len(stack)-1].m.members[string(name)]
			}
		case ':':
			value = true
		case ',':
			value = false
		case '{', '[':
			m := model()
			if len(stack) > 0 {
				if m = next; stack[len(stack)-1].list {
					m = stack[len(stack)-1].m
				}
			}
			if c == '{' && m == model() && len(stack) <= 1 {
				merchants++
			}
			if m != nil && m.field != merchant.FieldNone { // an empty list is given, and so are the days of changes
				fields[m.field] = true
			}
			if stack = append(stack, level{m, c == '['}); len(stack) > maxDepth {
				return fields, merchants
			}
			value, next = false, nil
		case '}', ']':
			if len(stack) == 0 {
				return fields, merchants
			}
			stack = stack[:len(stack)-1]
		case 't', 'f', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9': // and not null
			if value {
				mark()
			}
		}
	}
}

// maxDepth is how deep encoding/json reads.
const maxDepth = 10000

// quoted reads the rest of a text, and keeps as much of it as a name can be long.
func quoted(r *bufio.Reader, b []byte) ([]byte, bool) {
	escaped := false
	for {
		c, err := r.ReadByte()
		if err != nil {
			return b, false
		}
		if c == '"' {
			break
		}
		if len(b) < 2*maxName {
			b = append(b, c)
		}
		if c == '\\' {
			escaped = true
			if c, err = r.ReadByte(); err != nil {
				return b, false
			}
			b = append(b, c)
		}
	}
	if escaped {
		var s string
		if json.Unmarshal([]byte(`"`+string(b)+`"`), &s) == nil {
			b = append(b[:0], s...)
		}
	}
	return b, true
}
