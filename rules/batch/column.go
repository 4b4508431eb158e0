package batch

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/merchantkyc/merchantkyc/rules"
)

// key hashes the parts of a key; equal parts give equal keys, and no key is 0. The hash is the same in every run, so
// that what is found is, too.
func key(parts ...string) uint64 {
	var k uint64
	for _, s := range parts {
		k = mix(k, hash(s))
	}
	return max(k, 1)
}

// hash folds eight bytes at a time into a product of 128 bits, as wyhash does.
func hash[T string | []byte](s T) uint64 {
	h := uint64(len(s)) * 0x9E3779B97F4A7C15
	for ; len(s) >= 8; s = s[8:] {
		h = fold(h ^ (uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56))
	}
	var last uint64
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	return fold(h ^ last)
}

func fold(v uint64) uint64 {
	hi, lo := bits.Mul64(v^0xA0761D6478BD642F, 0xE7037ED1A0B428DB)
	return hi ^ lo
}

// tag hashes a value that tells the members of a group apart; 0 stands for no value.
func tag(parts ...string) uint32 {
	given := false
	for _, s := range parts {
		given = given || s != ""
	}
	if !given {
		return 0
	}
	return tagOfKey(key(parts...))
}

// tagOfKey returns the tag of the value that has the key.
func tagOfKey(key uint64) uint32 {
	if key == 0 {
		return 0
	}
	return max(1, uint32(key>>32))
}

func mix(k, v uint64) uint64 { return bits.RotateLeft64(k, 23)*0x9E3779B97F4A7C15 ^ v }

// piece is the number of values after which a column begins a new piece, so that growing copies little and wastes little.
const piece = 1 << 13

// column holds one value for each entry, in the order of their numbers.
type column[T any] struct {
	pieces [][]T
	n      int
}

func (c *column[T]) add(v T) {
	if c.n%piece == 0 {
		c.pieces = append(c.pieces, nil)
	}
	last := &c.pieces[len(c.pieces)-1]
	if n := len(*last); n == cap(*last) {
		*last = append(make([]T, 0, min(max(2*n, 16), piece)), *last...)
	}
	*last = append(*last, v)
	c.n++
}

func (c *column[T]) at(i int32) T { return c.pieces[i/piece][i%piece] }

// keys is a column of keys that knows which of them stand twice. Two places in a set of bits stand for a key: where both
// are taken it may have come before, and its text is kept from then on. One key in a hundred is kept for nothing.
type keys struct {
	column[uint64]
	given int      // keys other than 0
	seen  []uint64 // a set of 12 to 24 places for each key
	texts map[uint64]string
	names map[uint64]string // of keys with a name, that of the last entry
	list  []group           // made when the records have been seen

	shared *rules.Shared // who asks for the keys; nil for nobody
}

// text is the value of a key, with the name that goes with it.
type text struct{ value, name string }

// group is a key that stands in two entries or more, which members numbers in ascending order.
type group struct {
	text
	members []int32
}

// add appends the key of the next entry; 0 stands for none. It keeps a copy of the text where it must.
func (k *keys) add(key uint64, t text) {
	if key != 0 {
		if k.shared != nil && k.shared.Key != nil {
			k.shared.Key(key)
		}
		k.given++
		if k.given*12 > len(k.seen)*64 {
			k.grow()
		}
		if k.mark(key) {
			if _, kept := k.texts[key]; !kept {
				if k.texts == nil {
					k.texts = map[uint64]string{}
				}
				k.texts[key] = strings.Clone(t.value)
			}
			if t.name != "" && k.names[key] != t.name {
				if k.names == nil {
					k.names = map[uint64]string{}
				}
				k.names[key] = strings.Clone(t.name)
			}
		}
	}
	k.column.add(key)
}

// mark takes the places of a key and reports whether both were taken.
func (k *keys) mark(key uint64) bool {
	h := key * 0x9E3779B97F4A7C15
	all := uint64(len(k.seen)*64 - 1)
	i, j := h>>32&all, (h>>32^h*0x8EBC6AF09C88C6E3>>32)&all
	was := k.seen[i/64]>>(i%64)&(k.seen[j/64]>>(j%64))&1 == 1
	k.seen[i/64] |= 1 << (i % 64)
	k.seen[j/64] |= 1 << (j % 64)
	return was
}

func (k *keys) grow() {
	k.seen = make([]uint64, max(4, 2*len(k.seen)))
	for _, p := range k.pieces {
		for _, key := range p {
			if key != 0 {
				k.mark(key)
			}
		}
	}
}

// groups returns the keys that stand twice, in the order of their first entries. No key can be added after that.
func (k *keys) groups() []group {
	if k.seen == nil {
		return k.list
	}
	if k.shared != nil && k.shared.Whole != nil {
		for key := range k.texts {
			if !k.shared.Whole(key) {
				delete(k.texts, key)
			}
		}
	}
	place := make(map[uint64]int, len(k.texts))
	var all []group
	for i := range int32(k.n) {
		key := k.at(i)
		t, ok := k.texts[key]
		if !ok {
			continue
		}
		n, ok := place[key]
		if !ok {
			n = len(all)
			place[key] = n
			all = append(all, group{text: text{t, k.names[key]}})
		}
		all[n].members = append(all[n].members, i)
	}
	for _, g := range all {
		if len(g.members) > 1 {
			k.list = append(k.list, g)
		}
	}
	k.seen, k.texts, k.names = nil, nil, nil
	return k.list
}

// store keeps short texts one after the other. It grows by pieces.
type store struct{ pieces [][]byte }

const storePiece = 1 << 16

// add keeps a text of at most storePiece bytes, the beginning of a longer one, and returns its place.
func (s *store) add(v string) uint32 {
	v = v[:min(len(v), storePiece-3)]
	last := len(s.pieces) - 1
	if last < 0 || len(s.pieces[last])+len(v)+3 > storePiece {
		s.pieces = append(s.pieces, nil)
		last++
	}
	p := &s.pieces[last]
	if need := len(*p) + len(v) + 3; need > cap(*p) {
		*p = append(make([]byte, 0, min(max(2*need, 256), storePiece)), *p...)
	}
	at := uint32(last)*storePiece + uint32(len(*p))
	*p = append(binary.AppendUvarint(*p, uint64(len(v))), v...)
	return at
}

func (s *store) bytes(at uint32) []byte {
	b := s.pieces[at/storePiece][at%storePiece:]
	n, skip := binary.Uvarint(b)
	return b[skip : skip+int(n)]
}

func (s *store) text(at uint32) string       { return string(s.bytes(at)) }
func (s *store) is(at uint32, v string) bool { return string(s.bytes(at)) == v }
