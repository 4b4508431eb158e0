package bankcard

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// prefixMaps has a map for each length of prefix, made of the same table.
type prefixMaps [maxPrefix + 1]map[string][]Bin

func newPrefixMaps() *prefixMaps {
	m := new(prefixMaps)
	for bin := range Builtin().All() {
		table := &m[len(bin.Prefix)]
		if *table == nil {
			*table = map[string][]Bin{}
		}
		(*table)[bin.Prefix] = append((*table)[bin.Prefix], bin)
	}
	return m
}

func (m *prefixMaps) lookup(number string) (Bin, bool) {
	for n := min(maxPrefix, len(number)); n >= 3; n-- {
		for _, bin := range m[n][number[:n]] {
			if bin.Length == len(number) {
				return bin, true
			}
		}
	}
	return Bin{}, false
}

// binMaps has a map for each length of prefix and of card, many of them empty.
type binMaps [MaxLength + 1][maxPrefix + 1]map[string]Bin

func newBinMaps() *binMaps {
	m := new(binMaps)
	for bin := range Builtin().All() {
		table := &m[bin.Length][len(bin.Prefix)]
		if *table == nil {
			*table = map[string]Bin{}
		}
		(*table)[bin.Prefix] = bin
	}
	return m
}

func (m *binMaps) lookup(number string) (Bin, bool) {
	if len(number) >= len(m) {
		return Bin{}, false
	}
	for n := min(maxPrefix, len(number)); n >= 3; n-- {
		if bin, ok := m[len(number)][n][number[:n]]; ok {
			return bin, true
		}
	}
	return Bin{}, false
}

// check does the work of Check with a plain loop over the digits and the maps.
func (m *binMaps) check(s string) bool {
	if !luhnByHand(s) {
		return false
	}
	if _, ok := m.lookup(s); ok {
		return true
	}
	for length := MinLength; length <= MaxLength; length++ {
		for n := maxPrefix; n >= 3; n-- {
			if _, ok := m[length][n][s[:n]]; ok {
				return false
			}
		}
	}
	return true
}

// luhnByHand is what one writes without a package: one loop over the bytes.
func luhnByHand(s string) bool {
	if len(s) < MinLength || len(s) > MaxLength {
		return false
	}
	sum := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		d := int(s[i] - '0')
		if (len(s)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// cards are valid numbers of every BIN of the table in random order.
func cards() []string {
	r := rand.New(rand.NewPCG(1, 2))
	var list []string
	for bin := range Builtin().All() {
		s := bin.Prefix
		for len(s) < bin.Length-1 {
			s += fmt.Sprint(r.IntN(10))
		}
		for d := range 10 {
			if c := s + fmt.Sprint(d); Valid(c) {
				list = append(list, c)
			}
		}
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// BenchmarkRatioCheck compares Luhn with a loop over the same digits, and Check,
// which also looks for the BIN, with the same loop and the maps. The loop alone
// against Check is information: it does not look for the BIN.
func BenchmarkRatioCheck(b *testing.B) {
	m := newBinMaps()
	luhn := func(s string) error {
		if !Luhn(s) {
			return ErrChecksum
		}
		return nil
	}
	b.Run("Luhn", func(b *testing.B) { numbertest.RatioOfChecks(b, cards(), luhn, luhnByHand) })
	b.Run("with BIN", func(b *testing.B) { numbertest.RatioOfChecks(b, cards(), Check, m.check) })
	b.Run("loop without BIN", func(b *testing.B) { numbertest.RatioOfChecks(b, cards(), Check, luhnByHand) })
}

// BenchmarkRatioLookup compares Lookup with maps, three of four cards being of a
// BIN of the table.
func BenchmarkRatioLookup(b *testing.B) {
	b.Run("map per length of prefix", func(b *testing.B) { ratioOfLookups(b, newPrefixMaps().lookup) })
	b.Run("map per length of prefix and card", func(b *testing.B) { ratioOfLookups(b, newBinMaps().lookup) })
}

func ratioOfLookups(b *testing.B, reference func(string) (Bin, bool)) {
	r := rand.New(rand.NewPCG(3, 4))
	list := cards()
	for i, s := range list {
		if i%4 == 0 {
			for {
				s = fmt.Sprintf("6%d", r.Int64N(1e15)+1e15)
				if _, ok := reference(s); !ok {
					break
				}
			}
			list[i] = s
		}
		x, _ := Lookup(s)
		if y, _ := reference(s); x != y {
			b.Fatalf("the maps disagree about %s", s)
		}
	}
	hits := 0
	numbertest.Ratio(b, len(list), func() {
		for _, s := range list {
			if bin, ok := Lookup(s); ok {
				hits += bin.Length
			}
		}
	}, func() {
		for _, s := range list {
			if bin, ok := reference(s); ok {
				hits += bin.Length
			}
		}
	})
}
