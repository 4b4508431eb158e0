package diff

import (
	"encoding/json"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// Whole is what the comparison of a part must know of two lists that are too large for one machine. Each part is compared
// by a [Comparer] of its own; what all of them report, and the sum of their counts, is what one comparison reports of the
// lists. See [PartOf] for which record belongs to which part.
//
// The functions that change texts (Options.Local, Options.Registry) are the caller's to apply before.
type Whole struct {
	Local, Registry Survey
	// Rest marks the one part that has the records without a partner: it alone says what concerns the lists as a whole,
	// matches by later keys and looks for mistyped ones. It must be compared even where it has no records.
	Rest bool
	// Chain reports whether several merchant numbers of a side have the USCC, in the form that [KeyOf] gives. The rest asks
	// it. Nil for none.
	Chain func(uscc string) bool
	// Crowded reports whether more than [Crowd] terminals of a side have the serial number. The rest asks it. Nil for none.
	Crowded func(serial string) bool
}

// PartOf tells to which kind of part all records of a merchant number (of the first key) belong: to the rest, or to any
// other, where they must be together. Local and registry are how many records of the two sides have the number; linked says
// that a serial number of [SerialsOf] stands under this number and another of the two sides, on both sides, and is not
// crowded. Records without the number belong to the rest.
func PartOf(local, registry int, linked bool) (rest bool) {
	return linked || local+registry == 1
}

// KeyOf returns what r has of a key in the form in which records are matched, the first of several; "" for none.
func KeyOf(r *merchant.Record, key []merchant.Field) string { return keyOf(r, key) }

// SerialsOf returns the serial numbers of the terminals of r that are in use, in the form in which they are compared.
func SerialsOf(r *merchant.Record) (list []string) {
	for i := range r.Terminals {
		if t := &r.Terminals[i]; t.Status != merchant.TerminalRetired {
			if sn := keyCode(t.SerialNo); sn != "" {
				list = append(list, sn)
			}
		}
	}
	return list
}

// Survey is what is to be known of all records of a side. The zero value has seen none; surveys of parts are merged, and
// travel as JSON between machines that run the same program.
type Survey struct {
	learned
	rows, lost    int
	unread, keyed int
	first         *merchant.Source
	asOf          merchant.Date
	has           []bool // any record, each of the keys
}

// Add takes a record; keys are those of the options of the comparison, nil for [Keys].
func (s *Survey) Add(r *merchant.Record, keys [][]merchant.Field) {
	if keys == nil {
		keys = Keys[:]
	}
	s.rows++
	if s.first == nil || position(&r.Source, s.first) < 0 {
		s.first = &merchant.Source{File: r.Source.File, Sheet: r.Source.Sheet, Row: r.Source.Row}
	}
	s.see(r)
	if r.Registry.AsOf.After(s.asOf) {
		s.asOf = r.Registry.AsOf
	}
	s.has = s.levels(len(keys))
	if slices.Contains(s.has, false) {
		levels(s.has, r, keys)
	}
	if keyOf(r, keys[0]) != "" {
		s.keyed++
	} else if given(r, keys[0]) {
		s.unread++
	}
}

// Lost says that n rows could not be read.
func (s *Survey) Lost(n int) { s.lost += n }

// Rows returns how many records were taken.
func (s *Survey) Rows() int { return s.rows }

// Merge adds the survey of another part of the side.
func (s *Survey) Merge(o Survey) {
	s.rows += o.rows
	s.lost += o.lost
	s.unread += o.unread
	s.keyed += o.keyed
	if o.first != nil && (s.first == nil || position(o.first, s.first) < 0) {
		s.first = o.first
	}
	if o.asOf.After(s.asOf) {
		s.asOf = o.asOf
	}
	s.has = s.levels(len(o.has))
	for i, ok := range o.has {
		s.has[i] = s.has[i] || ok
	}
	s.merge(&o.learned)
}

// levels returns which of n keys any record has.
func (s *Survey) levels(n int) []bool {
	return append(slices.Clone(s.has), make([]bool, max(0, n-len(s.has)))...)
}

// levels notes which keys a record has, and returns how many of them are new.
func levels(has []bool, r *merchant.Record, keys [][]merchant.Field) (fresh int) {
	for i := range has {
		if !has[i] && len(keysOf(nil, r, keys[i])) > 0 {
			has[i] = true
			fresh++
		}
	}
	return fresh
}

// merge takes over what another part of the side can hold.
func (s *learned) merge(o *learned) {
	for i := range o.can {
		s.can[i] = s.can[i] || o.can[i]
		s.holds[i] = s.holds[i] || o.holds[i]
	}
	for _, p := range o.products {
		s.product(p)
	}
	from := o.flags()
	for i, to := range s.flags() {
		*to = *to || *from[i]
	}
}

// stand has a side count as the whole that it is part of.
func (s *side) stand(w *Survey) {
	s.rows, s.lost, s.unread, s.keyed, s.asOf = w.rows, w.lost, w.unread, w.keyed, w.asOf
	if w.first != nil {
		s.first = entry{Record: &merchant.Record{Source: *w.first}}
	}
}

// surveyJSON is a survey on its way. Flags are in the order of learned.
type surveyJSON struct {
	Rows, Lost, Unread, Keyed int
	First                     *merchant.Source
	AsOf                      merchant.Date
	Has, Can, Holds, Flags    []bool
	Products                  []merchant.FeeProduct
}

func (s *learned) flags() [6]*bool {
	return [...]*bool{&s.terminals, &s.termNo, &s.serial, &s.state, &s.rates, &s.caps}
}

// MarshalJSON writes what UnmarshalJSON reads.
func (s Survey) MarshalJSON() ([]byte, error) {
	out := surveyJSON{s.rows, s.lost, s.unread, s.keyed, s.first, s.asOf, s.has, s.can[:], s.holds[:], nil, slices.Sorted(slices.Values(s.products))}
	for _, f := range s.flags() {
		out.Flags = append(out.Flags, *f)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Survey) UnmarshalJSON(b []byte) error {
	var in surveyJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = Survey{rows: in.Rows, lost: in.Lost, unread: in.Unread, keyed: in.Keyed, first: in.First, asOf: in.AsOf, has: in.Has}
	s.products = in.Products
	copy(s.can[:], in.Can)
	copy(s.holds[:], in.Holds)
	for i, f := range s.flags() {
		*f = i < len(in.Flags) && in.Flags[i]
	}
	return nil
}
