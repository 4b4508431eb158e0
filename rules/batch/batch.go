// Package batch judges all records of a run together: numbers that stand twice, one person or account behind many
// merchants, one machine under two.
//
// A value counts only where it is given and no earlier rule found it unusable; an account that fails its check digit
// joins nobody. A finding stands at the first record of its group and names the others as related. The state of a rule
// holds hashes in place of values: keys by 64 bits, what tells the members of one group apart by 32. That identity
// numbers and phones belong to one person is 居民身份证法 第3条 and 银发〔2016〕261号; one machine, one merchant is
// 银发〔2021〕259号; shell merchants are the matter of 反诈法 第17条; the numbers from which a group is reported come from
// the profile.
package batch

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// hash is the seed of one rule's hashes.
type hash struct{ seed maphash.Seed }

func newHash() hash { return hash{maphash.MakeSeed()} }

// key hashes the parts of a key; equal parts give equal keys.
func (h hash) key(parts ...string) uint64 {
	var k uint64
	for _, s := range parts {
		k = mix(k, maphash.String(h.seed, s))
	}
	return k
}

// tag hashes a value that tells the members of a group apart; 0 stands for no value.
func (h hash) tag(parts ...string) uint32 {
	given := false
	for _, s := range parts {
		given = given || s != ""
	}
	if !given {
		return 0
	}
	return max(1, uint32(h.key(parts...)>>32))
}

func mix(k, v uint64) uint64 { return bits.RotateLeft64(k, 23)*0x9E3779B97F4A7C15 ^ v }

// groups collects the records that share a key. A key that stands in one record only, as nearly all do, costs one entry
// of the map; the value itself is kept from the second record on.
type groups[M any] struct {
	hash
	first map[uint64]entry[M]
	list  []group[M]
}

type entry[M any] struct {
	member M
	group  int32 // place in the list of groups, counted from 1; 0 while there is one member
}

// group is a key with two members or more, in input order.
type group[M any] struct {
	value, name string
	members     []M
}

func newGroups[M any]() groups[M] { return groups[M]{hash: newHash(), first: map[uint64]entry[M]{}} }

// add puts a record into the group of a key. The group keeps a copy of value and of the name that goes with it.
func (g *groups[M]) add(key uint64, value, name string, m M) {
	e, seen := g.first[key]
	if !seen {
		g.first[key] = entry[M]{member: m}
		return
	}
	if e.group == 0 {
		g.list = append(g.list, group[M]{strings.Clone(value), strings.Clone(name), []M{e.member}})
		e.group = int32(len(g.list))
		g.first[key] = e
	}
	at := &g.list[e.group-1]
	at.members = append(at.members, m)
}

// member is a record of a group with two tags, whose meaning each rule gives.
type member struct {
	ordinal int32
	a, b    uint32
}

func tagA(m member) uint32 { return m.a }
func tagB(m member) uint32 { return m.b }

// distinct counts the tags of the members that have one.
func distinct(members []member, tag func(member) uint32) int {
	tags := make([]uint32, 0, len(members))
	for _, m := range members {
		if t := tag(m); t != 0 {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	return len(slices.Compact(tags))
}

// ordinals lists the records of the members; a record that is a member twice is listed once.
func ordinals(members []member) []int {
	list := make([]int, len(members))
	for i, m := range members {
		list[i] = int(m.ordinal)
	}
	return slices.Compact(list)
}

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

// merchantTag tells merchants apart by merchant number, else by external id, else takes each record for its own.
func (h hash) merchantTag(p *rules.Pass, ordinal int) uint32 {
	no := sound(p, merchant.FieldMerchantNo)
	if no == "" {
		no = sound(p, merchant.FieldExternalID)
	}
	if no == "" {
		return max(1, uint32(mix(uint64(ordinal), 1)>>32))
	}
	return h.tag(no)
}

// subjectTag tells subjects apart by USCC, micro merchants by the identity number of the person; 0 when neither is known.
func (h hash) subjectTag(p *rules.Pass) uint32 {
	if no := sound(p, merchant.FieldLicenceNumber); no != "" {
		return h.tag(no)
	}
	if p.Record.SubjectType == merchant.SubjectMicro {
		return h.tag(sound(p, merchant.FieldLegalRepIDNo))
	}
	return 0
}

// addressKey returns the normalised business address with its district; "" when there is no detail.
func addressKey(p *rules.Pass) (district, detail string) {
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
