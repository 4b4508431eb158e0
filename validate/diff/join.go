package diff

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// side is one of the two lists. Records are named by their ordinal.
type side struct {
	records   []*merchant.Record
	state     []state
	holds     [len(fields)]bool // fields that records without columns have values in
	terminals bool              // any record can hold terminals
	products  []merchant.FeeProduct
	rates     bool             // any record can hold a rate
	caps      bool             // any record can hold a fee's cap
	numbers   map[string]int32 // merchant number → first record
	repeated  map[string][]int32
}

// state is what is known about one record.
type state struct {
	number string // merchant number in comparison form
	fate   fate
	mate   int32 // the record of the other side, of a matched one; for a registry row, the first of ours
}

type fate uint8

const (
	open      fate = iota
	matched        // has one partner
	repeats        // its merchant number stands on more than one row of either side, and the other side has it
	ambiguous      // fits several under a fallback key
	missing        // not on the other side
)

// prepare fills what the join needs to know about the side as a whole.
func (s *side) prepare() {
	s.state = make([]state, len(s.records))
	s.numbers = make(map[string]int32, len(s.records))
	s.repeated = map[string][]int32{}
	var columns *merchant.Columns
	for i, r := range s.records {
		no := keyCode(r.MerchantNo)
		s.state[i].number = no
		if no != "" {
			if first, ok := s.numbers[no]; !ok {
				s.numbers[no] = int32(i)
			} else if s.repeated[no] == nil {
				s.repeated[no] = []int32{first, int32(i)}
			} else {
				s.repeated[no] = append(s.repeated[no], int32(i))
			}
		}
		if r.Source.Columns == nil {
			for f := range fields {
				s.holds[f] = s.holds[f] || r.Has(merchant.At(fields[f].field))
			}
		} else if r.Source.Columns != columns {
			columns = r.Source.Columns
			s.terminals = s.terminals || columns.Fills(merchant.FieldTerminals)
			for k := range columns.List {
				if col := &columns.List[k]; col.Path.Field == merchant.FieldFeesRatePct || col.Path.Field == merchant.FieldFeesCapCNY {
					s.product(col.Product)
					s.rates = s.rates || col.Path.Field == merchant.FieldFeesRatePct
					s.caps = s.caps || col.Path.Field == merchant.FieldFeesCapCNY
				}
			}
		}
		s.terminals = s.terminals || len(r.Terminals) > 0
		for k := range r.Fees {
			s.product(r.Fees[k].Product)
			s.rates = s.rates || !r.Fees[k].RatePct.IsZero()
			s.caps = s.caps || !r.Fees[k].CapCNY.IsZero()
		}
	}
	for _, list := range s.repeated {
		slices.SortFunc(list, s.position)
	}
}

func (s *side) product(p merchant.FeeProduct) {
	if p != "" && !slices.Contains(s.products, p) {
		s.products = append(s.products, p)
	}
}

// position orders records by where they stand, so that what is called first does not depend on the order of arrival.
func (s *side) position(a, b int32) int {
	x, y := &s.records[a].Source, &s.records[b].Source
	if c := strings.Compare(x.File, y.File); c != 0 {
		return c
	}
	if c := strings.Compare(x.Sheet, y.Sheet); c != 0 {
		return c
	}
	if x.Row != y.Row {
		return x.Row - y.Row
	}
	return int(a - b)
}

// row is the row number for people; records that have none are counted.
func (s *side) row(i int32) int {
	if n := s.records[i].Source.Row; n > 0 {
		return n
	}
	return int(i) + 1
}

// name is what a message calls the record: its key, else its row.
func (s *side) name(i int32) rules.Param {
	if k := s.records[i].Key(); k != "" {
		return rules.P("key", k)
	}
	n := strconv.Itoa(s.row(i))
	return rules.T("key", rules.Text{ZH: "（第" + n + "行）", EN: "(row " + n + ")"})
}

func (s *side) related(list []int32, p merchant.Path) []rules.Related {
	slices.SortFunc(list, s.position)
	out := make([]rules.Related, len(list))
	for i, n := range list {
		out[i] = relate(s.records[n], p)
	}
	return out
}

func relate(r *merchant.Record, p merchant.Path) rules.Related {
	return rules.Related{Source: r.SourceOf(p), Key: r.Key(), Path: p}
}

// join is one comparison.
type join struct {
	*Comparer
	asOf    merchant.Date // of the registry
	counts  Counts
	serials map[string][]place // serial number → terminals of the registry, retired ones left out
	found   []placed
	made    map[turn]*Result
}

// place is the i-th terminal of a record.
type place struct {
	record int32
	item   int16
}

// turn is when a result is reported: group 0 the export, 1 our records, 2 registry rows.
type turn struct {
	group   uint8
	ordinal int32
}

// placed is a finding with its sorting key.
type placed struct {
	turn
	order   int
	finding rules.Finding
}

func newJoin(c *Comparer) *join {
	j := &join{Comparer: c, asOf: c.options.RegistryAsOf, serials: map[string][]place{}, made: map[turn]*Result{}}
	c.local = side{records: c.local.records}
	c.registry = side{records: c.registry.records}
	c.local.prepare()
	c.registry.prepare()
	for i, r := range c.registry.records {
		if d := r.Registry.AsOf; c.options.RegistryAsOf.IsZero() && d.After(j.asOf) {
			j.asOf = d
		}
		for k := range r.Terminals {
			t := &r.Terminals[k]
			if sn := keyCode(t.SerialNo); sn != "" && t.Status != merchant.TerminalRetired {
				j.serials[sn] = append(j.serials[sn], place{int32(i), int16(k)})
			}
		}
	}
	return j
}

// keyCode is the comparison form of a key; a masked key is none.
func keyCode(s string) string {
	if strings.ContainsAny(s, "*＊") {
		return ""
	}
	return normalize.Code(s)
}

// keys appends the keys of a record at a level: 0 merchant number, 1 USCC and terminal number, 2 USCC and district,
// 3 external ID.
func keys(dst []string, r *merchant.Record, level int) []string {
	join := func(a, b string) {
		if a != "" && b != "" {
			dst = append(dst, a+"\x00"+b)
		}
	}
	switch level {
	case 0:
		if no := keyCode(r.MerchantNo); no != "" {
			dst = append(dst, no)
		}
	case 1:
		for i := range r.Terminals {
			join(licenceKey(r), keyCode(r.Terminals[i].TerminalNo))
		}
	case 2:
		join(licenceKey(r), inForce(r.Addresses.Business.DistrictCode))
	case 3:
		if id := keyCode(r.ExternalID); id != "" {
			dst = append(dst, id)
		}
	}
	return dst
}

func licenceKey(r *merchant.Record) string {
	if keyCode(r.Licence.Number) == "" {
		return ""
	}
	return normalize.Digits(r.Licence.Number)
}

// usable refuses input whose comparison would mean nothing.
func (j *join) usable() error {
	var has [2][4]bool
	for s, records := range [2][]*merchant.Record{j.local.records, j.registry.records} {
		if len(records) == 0 {
			return &Error{[2]string{"本方没有记录，无法核对", "银行登记没有记录，无法核对"}[s],
				[2]string{"there are no records of ours to compare", "the registry has no records to compare with"}[s]}
		}
		any := false
		for level := range has[s] {
			for _, r := range records {
				if len(keys(nil, r, level)) > 0 {
					has[s][level], any = true, true
					break
				}
			}
		}
		if !any {
			return &Error{[2]string{"本方", "银行登记"}[s] + "没有一条记录带有键（商户号、信用代码加终端号或区县、外部编号），无法核对；请检查列的对应",
				[2]string{"none of our records", "no record of the registry"}[s] + " has a key (merchant number, USCC with terminal number or district, external ID); check the column mapping"}
		}
	}
	for level := range has[0] {
		if has[0][level] && has[1][level] {
			return nil
		}
	}
	return &Error{"两边没有共同的键（商户号、信用代码加终端号或区县、外部编号），无法核对；请检查列的对应",
		"the two sides have no key in common (merchant number, USCC with terminal number or district, external ID); check the column mapping"}
}

// run matches the records and compares the pairs.
func (j *join) run(ctx context.Context) error {
	j.age()
	j.byNumber()
	if err := j.fallback(ctx); err != nil {
		return err
	}
	for i := range j.local.state {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch s := &j.local.state[i]; s.fate {
		case matched:
			j.compare(int32(i), s.mate)
		case repeats:
			j.result(1, int32(i)).Class = DuplicateKey
		}
	}
	j.duplicates()
	suspects, err := j.suspects(ctx)
	if err != nil {
		return err
	}
	j.only(suspects)
	return nil
}

// age reports how old the export is, once.
func (j *join) age() {
	first := int32(0)
	for i := range j.registry.records {
		if j.registry.position(int32(i), first) < 0 {
			first = int32(i)
		}
	}
	src := j.registry.records[first].Source
	src.Row = 0
	days := j.today.DaysSince(j.asOf)
	params := []rules.Param{rules.P("date", j.asOf.String()), rules.P("days", strconv.Itoa(days))}
	f := rules.Finding{Source: src, Path: merchant.At(merchant.FieldRegistryAsOf), Value: j.asOf.String(), Params: params}
	switch {
	case j.asOf.IsZero():
		f.Params = nil
		j.add(0, 0, &registry.STL009, f)
	case days > j.params.RegistryMaxDays:
		j.add(0, 0, &registry.STL008, f)
	case days > j.params.RegistryWarnDays:
		j.add(0, 0, &registry.STL003, f)
	}
}

// byNumber decides about every record whose merchant number stands on the other side.
func (j *join) byNumber() {
	l, r := &j.local, &j.registry
	for i := range l.state {
		s := &l.state[i]
		if s.number == "" {
			continue
		}
		mate, ok := r.numbers[s.number]
		switch {
		case !ok:
		case l.repeated[s.number] != nil || r.repeated[s.number] != nil:
			s.fate = repeats
		default:
			s.fate, s.mate = matched, mate
			r.state[mate].fate, r.state[mate].mate = matched, int32(i)
		}
	}
	for i := range r.state {
		s := &r.state[i]
		if _, ok := l.numbers[s.number]; ok && s.number != "" && s.fate == open {
			s.fate = repeats
		}
	}
}

// bucket holds the open records that share a key, those without a merchant number apart from those with one.
type bucket struct{ local, registry [2][]int32 }

// relatedMost bounds how many rows are listed for one ambiguous match; the number is always exact.
const relatedMost = 100

// tie is what stands in the way of a match.
type tie struct {
	level      int
	candidates []int32
	n          int
}

// fallback matches records of which not both have a merchant number. At each level a record is matched if it fits
// exactly one and that one fits no other; what remains may be told apart by a later key and else is reported.
func (j *join) fallback(ctx context.Context) error {
	l, r := &j.local, &j.registry
	bare := func(s *state) bool { return s.fate == open && s.number == "" }
	if !slices.ContainsFunc(l.state, func(s state) bool { return bare(&s) }) && !slices.ContainsFunc(r.state, func(s state) bool { return bare(&s) }) {
		return nil
	}
	ties := map[int32]tie{}
	touched := make([]bool, len(r.records))
	stamp := make([]int32, len(r.records)) // the last record of ours that fitted, plus one
	degree := make([]int32, len(r.records))
	var scratch []string
	for level := 1; level <= 3; level++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		buckets := map[string]*bucket{}
		fill := func(s *side, list func(*bucket) *[2][]int32) {
			for i := range s.state {
				// A repeated number that the other side lacks stays open for no key: which row is meant is unknown.
				if s.state[i].fate != open || s.repeated[s.state[i].number] != nil {
					continue
				}
				numbered := 0
				if s.state[i].number != "" {
					numbered = 1
				}
				scratch = keys(scratch[:0], s.records[i], level)
				slices.Sort(scratch)
				for _, k := range slices.Compact(scratch) {
					b := buckets[k]
					if b == nil {
						b = &bucket{}
						buckets[k] = b
					}
					own := list(b)
					own[numbered] = append(own[numbered], int32(i))
				}
			}
		}
		fill(l, func(b *bucket) *[2][]int32 { return &b.local })
		fill(r, func(b *bucket) *[2][]int32 { return &b.registry })
		clear(stamp)
		clear(degree)
		fits := map[int32]tie{}
		for i := range l.state {
			if l.state[i].fate != open || l.repeated[l.state[i].number] != nil {
				continue
			}
			t := tie{level: level}
			scratch = keys(scratch[:0], l.records[i], level)
			for _, k := range scratch {
				b := buckets[k]
				for numbered, list := range b.registry {
					if numbered == 1 && l.state[i].number != "" {
						continue
					}
					for _, n := range list {
						if stamp[n] == int32(i)+1 {
							continue
						}
						stamp[n] = int32(i) + 1
						degree[n]++
						touched[n] = true
						if t.n++; t.n <= relatedMost {
							t.candidates = append(t.candidates, n)
						}
					}
				}
			}
			if t.n > 0 {
				fits[int32(i)] = t
			}
		}
		for i, t := range fits {
			if n := t.candidates[0]; t.n == 1 && degree[n] == 1 {
				l.state[i].fate, l.state[i].mate = matched, n
				r.state[n].fate, r.state[n].mate = matched, i
				delete(ties, i)
			} else if _, ok := ties[i]; !ok {
				ties[i] = t
			}
		}
	}
	crowded := false
	for i, t := range ties {
		if t.n <= relatedMost && !slices.ContainsFunc(t.candidates, func(n int32) bool { return r.state[n].fate != matched }) {
			continue // a later key gave all of them to other records
		}
		l.state[i].fate = ambiguous
		j.result(1, i).Class = Ambiguous
		crowded = crowded || t.n > relatedMost
		for _, n := range t.candidates {
			if r.state[n].fate == open {
				r.state[n].fate = ambiguous
			}
		}
		j.counts.DuplicateKeys++
		path := merchant.At(merchant.FieldLicenceNumber)
		if t.level == 3 {
			path.Field = merchant.FieldExternalID
		}
		n := rules.P("n", strconv.Itoa(t.n))
		if t.n == 1 {
			n = rules.T("n", rules.Text{ZH: "与本方其他记录共用的1", EN: "1 (shared with other records of ours)"})
		}
		var related []rules.Related
		if t.n <= relatedMost {
			related = r.related(t.candidates, path)
		}
		j.ours(i, &registry.DIF015, path, related, l.name(i), n)
	}
	for n := range r.state { // rows beyond the list of candidates
		if crowded && touched[n] && r.state[n].fate == open {
			r.state[n].fate = ambiguous
		}
	}
	return nil
}

// duplicates reports the merchant numbers that the registry repeats; those of ours are BAT001's.
func (j *join) duplicates() {
	j.counts.DuplicateKeys += len(j.local.repeated) + len(j.registry.repeated)
	path := merchant.At(merchant.FieldMerchantNo)
	for no, list := range j.registry.repeated {
		var rows []string
		result := j.result(2, list[0])
		result.Class = DuplicateKey
		for n, i := range list {
			if n > 0 {
				result.Rows = append(result.Rows, j.registry.records[i])
			}
			rows = append(rows, strconv.Itoa(j.registry.row(i)))
		}
		j.theirs(list[0], &registry.DIF023, path, j.registry.related(list[1:], path), rules.V("key", merchant.FieldMerchantNo, no),
			rules.P("n", strconv.Itoa(len(list))), rules.P("rows", strings.Join(rows, "、")))
	}
}

// expected reports whether a record of ours should be able to trade.
func expected(r *merchant.Record) bool {
	switch r.Status.State {
	case merchant.StateClosed, merchant.StateRejected, merchant.StateNotOpened:
		return false
	}
	return true
}

// tradable reports whether a registry row may trade.
func tradable(r *merchant.Record) bool {
	return r.Status.State == "" || r.Status.State == merchant.StateActive
}

// only reports the records that stand on one side only, with their suspects.
func (j *join) only(suspects []suspect) {
	path := merchant.At(merchant.FieldMerchantNo)
	ours, theirs := map[int32][]int32{}, map[int32][]int32{} // suspects of the record on the other side
	for _, s := range suspects {
		theirs[s.local] = append(theirs[s.local], s.registry)
		ours[s.registry] = append(ours[s.registry], s.local)
	}
	for i := range j.local.state {
		if n := int32(i); j.local.state[i].fate == open && expected(j.local.records[i]) {
			j.counts.MissingInRegistry++
			j.result(1, n).Class = MissingInRegistry
			j.ours(n, &registry.DIF001, path, j.registry.related(theirs[n], path), j.local.name(n))
		}
	}
	for i := range j.registry.state {
		if n := int32(i); j.registry.state[i].fate == open && tradable(j.registry.records[i]) {
			j.counts.MissingInLocal++
			if r := j.result(2, n); r.Class != DuplicateKey {
				r.Class = MissingInLocal
			}
			j.theirs(n, &registry.DIF002, path, j.local.related(ours[n], path), j.registry.name(n))
		}
	}
	for _, s := range suspects {
		l, r := j.result(1, s.local), j.result(2, s.registry)
		l.Suspects = append(l.Suspects, Suspect{j.registry.records[s.registry], s.evidence})
		r.Suspects = append(r.Suspects, Suspect{j.local.records[s.local], s.evidence})
	}
}

// result returns the result of a record of ours (group 1) or of a registry row (2), to be filled.
func (j *join) result(group uint8, i int32) *Result {
	at := turn{group, i}
	r := j.made[at]
	if r == nil {
		r = &Result{}
		switch group {
		case 1:
			r.Local = j.local.records[i]
		case 2:
			r.Registry = j.registry.records[i]
		}
		j.made[at] = r
	}
	return r
}

// ours reports a finding about a record of ours, theirs one about a registry row.
func (j *join) ours(i int32, rule *rules.Rule, p merchant.Path, related []rules.Related, params ...rules.Param) {
	j.add(1, i, rule, j.local.finding(i, p, related, params))
}

func (j *join) theirs(i int32, rule *rules.Rule, p merchant.Path, related []rules.Related, params ...rules.Param) {
	j.add(2, i, rule, j.registry.finding(i, p, related, params))
}

func (s *side) finding(i int32, p merchant.Path, related []rules.Related, params []rules.Param) rules.Finding {
	r := s.records[i]
	return rules.Finding{Source: r.SourceOf(p), Column: r.ColumnOf(p), Key: r.Key(), Path: p, Value: raw(r, p), Params: params, Related: related}
}

func (j *join) add(group uint8, ordinal int32, rule *rules.Rule, f rules.Finding) {
	g := j.grades[rule]
	if g.severity == 0 {
		return
	}
	f.Rule, f.Severity = rule, g.severity
	j.found = append(j.found, placed{turn{group, ordinal}, g.order, f})
}

// results puts the findings into the results, which it returns in their order.
func (j *join) results() []*Result {
	slices.SortStableFunc(j.found, func(a, b placed) int { return byRule(a.order, b.order, a.finding.Path, b.finding.Path) })
	for i := range j.found {
		r := j.result(j.found[i].group, j.found[i].ordinal)
		r.Findings = append(r.Findings, j.found[i].finding)
	}
	turns := slices.Collect(maps.Keys(j.made))
	slices.SortFunc(turns, func(a, b turn) int {
		if a.group != b.group {
			return int(a.group) - int(b.group)
		}
		return int(a.ordinal - b.ordinal)
	})
	out := make([]*Result, len(turns))
	for i, at := range turns {
		out[i] = j.made[at]
		slices.SortStableFunc(out[i].Differences, func(a, b Difference) int {
			return byRule(j.grades[a.Rule].order, j.grades[b.Rule].order, a.Path, b.Path)
		})
	}
	return out
}

// byRule orders by rule, then by path.
func byRule(ruleA, ruleB int, a, b merchant.Path) int {
	switch {
	case ruleA != ruleB:
		return ruleA - ruleB
	case a.Field != b.Field:
		return strings.Compare(a.Field.Path(), b.Field.Path())
	}
	return int(a.Index) - int(b.Index)
}
