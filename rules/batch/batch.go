// Package batch judges all records of a run together: numbers that stand twice, one person or account behind many
// merchants, one machine under two.
//
// A value counts only where it is given and no earlier rule found it unusable; an account that fails its check digit
// joins nobody. A finding stands at the first record of its group and names the others as related. That identity numbers
// and phones belong to one person is 居民身份证法 第3条 and 银发〔2016〕261号; one machine, one merchant is
// 银发〔2021〕259号; shell merchants are the matter of 反诈法 第17条; the numbers from which a group is reported come from
// the profile.
//
// # Memory
//
// One pass over the records fills columns of hashes, which the rules of a run share. A key takes 64 bits and two bytes
// more to tell whether it came before; its text is kept from the second time on. What tells the members of one group
// apart takes 32 bits. In bytes for each record with one terminal, where no other rule runs:
//
//	BAT001        51  merchant number, content, what differs
//	BAT002        27  USCC, representative, name
//	BAT003        46  each person that a record names
//	BAT004/14     23  representative, USCC
//	BAT005/17     21  account, holder, subject
//	BAT006/18/19  36  two mobiles, contact, representative
//	BAT007/20     16  place, subject
//	BAT008/9      43  each terminal, merchant number; 54 where the profile makes terminal numbers unique
//	BAT010        66  USCC, account, two mobiles, place, address, name, merchant
//	BAT011/21      0  counts of the run
//	BAT012        20  merchant number, content
//	BAT013        40  USCC, representative, name, merchant, MCC, address
//	BAT015/16     16  representative, merchant, micro; some 45 more for a micro merchant under the caps
//	BAT022        32  external id, merchant number, content
//
// All of them together take about 270 bytes.
package batch

import (
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// distinct counts the different tags of the members; a tag of zero counts nothing.
func distinct[T ~uint32 | ~uint64](members []int32, tag func(int32) T) int {
	tags := make([]T, 0, len(members))
	for _, m := range members {
		if t := tag(m); t != 0 {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	return len(slices.Compact(tags))
}

// with returns the members that keep accepts.
func with(members []int32, keep func(int32) bool) []int32 {
	var list []int32
	for _, m := range members {
		if keep(m) {
			list = append(list, m)
		}
	}
	return list
}

// parts divides members by what tag says of them, in the order of their first; those without a tag are left out.
func parts[T ~uint32 | ~uint64](members []int32, tag func(int32) T) [][]int32 {
	list := with(members, func(m int32) bool { return tag(m) != 0 })
	slices.SortStableFunc(list, func(a, b int32) int {
		switch x, y := tag(a), tag(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var out [][]int32
	for len(list) > 0 {
		n := 1
		for n < len(list) && tag(list[n]) == tag(list[0]) {
			n++
		}
		out, list = append(out, list[:n:n]), list[n:]
	}
	slices.SortFunc(out, func(a, b []int32) int { return int(a[0] - b[0]) })
	return out
}

// ordinals lists the records of members that stand for n entries each; a record that is a member twice is listed once.
func ordinals(members []int32, record func(int32) int) []int {
	list := make([]int, len(members))
	for i, m := range members {
		list[i] = record(m)
	}
	return slices.Compact(list)
}

func itself(m int32) int { return int(m) }

// find reports a group at its first record.
func find(p *rules.BatchPass, records []int, path merchant.Path, value string, params ...rules.Param) {
	p.Find(records[0], path, value, records[1:], params...)
}

// sound returns the text at f, "" when none is given or an earlier rule found it unusable.
func sound(p *rules.Pass, f merchant.Field) string {
	path := merchant.At(f)
	s, ok := p.Record.Ref(path).(*string)
	if !ok || *s == "" || p.Blocked(path) {
		return ""
	}
	return *s
}

// soundItem is sound for the i-th member of a list.
func soundItem(p *rules.Pass, f merchant.Field, i int, value string) string {
	if value == "" || p.Blocked(merchant.Item(f, i)) {
		return ""
	}
	return value
}

// address returns the normalised business address with its district; "" when there is no detail.
func address(p *rules.Pass) (district, detail string) {
	detail = sound(p, merchant.FieldAddressesBusinessDetail)
	if detail == "" {
		return "", ""
	}
	return sound(p, merchant.FieldAddressesBusinessDistrictCode), normalize.Key(detail)
}

// few joins values for a message and counts those beyond the tenth.
func few(values []string) string {
	if rest := len(values) - 10; rest > 0 {
		return strings.Join(values[:10], "、") + "+" + strconv.Itoa(rest)
	}
	return strings.Join(values, "、")
}

// joined words the labels of fields as one list.
func joined(fields []merchant.Field) rules.Text {
	var t rules.Text
	for i, f := range fields {
		if i > 0 {
			t.ZH += "、"
			t.EN += ", "
		}
		t.ZH += f.Label("zh")
		t.EN += f.Label("en")
	}
	return t
}
