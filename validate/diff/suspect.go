package diff

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/pinyin"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
)

// suspect is a pair that is probably one merchant under two keys.
type suspect struct {
	pos      [2]pos
	evidence []rules.Text
}

// Crowd is the number of rows beyond which a shared value proposes no candidates. A value that so many leftover rows share
// (a dealer's account, a chain's USCC) tells nobody apart; the pairs that matter share another one too.
const Crowd = 200

// identity is what a leftover record can be recognised by.
type identity struct {
	pos       pos
	uscc      string
	account   string
	name      string // comparison form
	word      string // sounds of the trade name in order, so that swapped neighbours and homophones meet
	address   string
	terminals []string // numbers and serial numbers
	numbered  bool     // it has the first key
}

func identify(e entry) identity {
	r := e.Record
	id := identity{pos: e.pos, uscc: keyPart(merchant.FieldLicenceNumber, r.Licence.Number), account: normalize.Digits(r.Settlement.AccountNo),
		name: normalize.Key(r.Names.Legal), address: addressCore(r.Addresses.Business.DistrictCode, r.Addresses.Business.Detail)}
	if masked(merchant.FieldAddressesBusinessDetail, r.Addresses.Business.Detail) {
		id.address = ""
	}
	if masked(merchant.FieldNamesLegal, r.Names.Legal) || utf8.RuneCountInString(id.name) < 4 {
		id.name = ""
	}
	word := companyname.Split(id.name).Trade
	if word == "" {
		word = id.name
	}
	runes := []rune(string(pinyin.Append(nil, word)))
	slices.Sort(runes)
	id.word = string(runes)
	for i := range r.Terminals {
		if no := keyCode(r.Terminals[i].TerminalNo); no != "" {
			id.terminals = append(id.terminals, "t"+no)
		}
		if sn := keyCode(r.Terminals[i].SerialNo); sn != "" {
			id.terminals = append(id.terminals, "s"+sn)
		}
	}
	return id
}

// handles lists the values under which a record is found.
func (id *identity) handles(dst []string) []string {
	put := func(kind, s string) {
		if s != "" && !strings.Contains(s, "*") {
			dst = append(dst, kind+s)
		}
	}
	put("u", id.uscc)
	put("a", id.account)
	put("n", id.word)
	put("d", id.address)
	dst = append(dst, id.terminals...)
	slices.Sort(dst)
	return slices.Compact(dst)
}

// candidate reports whether a record that stands on one side only may be another's under a mistyped key.
func candidate(which int, r *merchant.Record) bool {
	return expected(r) || which == theirs && r.Status.State == merchant.StateNotOpened
}

// suspects looks among what each side has alone for pairs that agree in two things. The side with fewer of them is kept,
// the other is gone through.
func (j *join) suspects() ([]suspect, error) {
	kept, other := theirs, ours
	if j.alone(ours) < j.alone(theirs) {
		kept, other = ours, theirs
	}
	switch n := j.alone(kept); {
	case n == 0:
		return nil, nil
	case n > looseMost/4:
		return nil, j.tooMany()
	}
	var ids []identity
	var refs []ref
	var scratch []string
	err := j.eachOpen(kept, func(e entry) error {
		if !candidate(kept, e.Record) {
			return nil
		}
		id := identify(e)
		id.numbered = keyOf(e.Record, j.keys[0]) != ""
		scratch = id.handles(scratch[:0])
		for _, h := range scratch {
			refs = append(refs, ref{j.plan.hashText(h), int32(len(ids))})
		}
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	sortRefs(refs)
	// chain reports a USCC that has several first keys among the kept. The pairs of such a one are not kept to be looked at
	// with all records, since each of a crowd of rows would have as many as the chain has shops.
	chain := func(code string) bool {
		n := 0
		g := group(refs, j.plan.hashText("u"+code))
		for _, c := range g[:min(len(g), Crowd)] {
			if ids[c.n].uscc == code && ids[c.n].numbered {
				if n++; n > 1 {
					return true
				}
			}
		}
		return false
	}
	var sure, chains []suspect // those of chains need a look at all records
	var codes [][2]string
	stamp := make([]int32, len(ids))
	turn := int32(0)
	err = j.eachOpen(other, func(e entry) error {
		if !candidate(other, e.Record) {
			return nil
		}
		id := identify(e)
		turn++
		scratch = id.handles(scratch[:0])
		for _, h := range scratch {
			g := group(refs, j.plan.hashText(h))
			if len(g) > Crowd {
				continue
			}
			for _, c := range g {
				if stamp[c.n] == turn {
					continue
				}
				stamp[c.n] = turn
				s := suspect{}
				s.pos[kept], s.pos[other] = ids[c.n].pos, id.pos
				var shop bool
				if s.evidence, shop = evidence(&id, &ids[c.n]); len(s.evidence) < 2 {
					continue
				}
				if shop || id.uscc == "" && ids[c.n].uscc == "" {
					sure = append(sure, s)
				} else if !chain(id.uscc) && !chain(ids[c.n].uscc) {
					chains = append(chains, s)
					codes = append(codes, [2]string{id.uscc, ids[c.n].uscc})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(chains) > 0 {
		shops, err := j.shops(codes)
		if err != nil {
			return nil, err
		}
		for i, s := range chains {
			if shops[codes[i][0]] <= 1 && shops[codes[i][1]] <= 1 {
				sure = append(sure, s)
			}
		}
	}
	slices.SortFunc(sure, func(a, b suspect) int {
		return cmp.Or(cmp.Compare(a.pos[ours], b.pos[ours]), cmp.Compare(a.pos[theirs], b.pos[theirs]))
	})
	j.counts.KeySuspects = len(sure)
	return sure, nil
}

// alone counts the loose records that found no partner.
func (j *join) alone(which int) (n int) {
	for i := range j.loose[which] {
		if j.loose[which][i].fate == open {
			n++
		}
	}
	return n
}

// eachOpen reads the loose records that found no partner.
func (j *join) eachOpen(which int, do func(entry) error) error {
	for i, s := range j.loose[which] {
		if i%256 == 0 && j.ctx.Err() != nil {
			return j.ctx.Err()
		}
		if s.fate != open {
			continue
		}
		e, err := j.sides()[which].get(s.pos)
		if err != nil {
			return err
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}

// shops counts under each of the USCCs the merchant numbers of the side that has more of them.
func (j *join) shops(codes [][2]string) (map[string]int, error) {
	most := map[string]int{}
	if w := j.options.Whole; w != nil {
		for _, pair := range codes {
			for _, u := range pair {
				if u != "" && w.Chain != nil && w.Chain(u) {
					most[u] = 2
				}
			}
		}
		return most, nil
	}
	for _, s := range j.sides() {
		numbers := map[string]map[uint64]bool{}
		for _, pair := range codes {
			for _, u := range pair {
				if u != "" {
					numbers[u] = map[uint64]bool{}
				}
			}
		}
		err := s.eachKey([2][]merchant.Field{{merchant.FieldLicenceNumber}, j.keys[0]}, func(code, no []byte) error {
			if seen := numbers[string(code)]; seen != nil {
				seen[j.plan.hash(no)] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for u, seen := range numbers {
			most[u] = max(most[u], len(seen))
		}
	}
	return most, nil
}

// eachKey reads two keys of all records that have both.
func (s *side) eachKey(keys [2][]merchant.Field, do func(a, b []byte) error) error {
	if s.table == nil {
		return s.each(func(e entry) error {
			a, b := keyOf(e.Record, keys[0]), keyOf(e.Record, keys[1])
			if a == "" || b == "" {
				return nil
			}
			return do([]byte(a), []byte(b))
		})
	}
	rows := s.table.Rows(func(*load.SheetIssue) {})
	first, second := newLineKey(s.table, keys[0]), newLineKey(s.table, keys[1])
	for {
		l, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		a, _ := first.of(l)
		b, _ := second.of(l)
		if a != nil && b != nil {
			if err := do(a, b); err != nil {
				return err
			}
		}
	}
}

func joined(list []rules.Text) rules.Text {
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return rules.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// evidence lists what two records agree in, nothing where two valid codes contradict; shop reports whether a terminal or
// the address is among it.
func evidence(x, y *identity) (list []rules.Text, shop bool) {
	agree := func(z, e string) { list = append(list, rules.Text{ZH: z, EN: e}) }
	switch {
	case x.uscc == "" || y.uscc == "":
	case x.uscc == y.uscc:
		agree("信用代码相同", "same USCC")
	case uscc.Valid(x.uscc) && uscc.Valid(y.uscc):
		return nil, false
	case (uscc.Valid(x.uscc) || uscc.Valid(y.uscc)) && distance([]rune(x.uscc), []rune(y.uscc)) == 1:
		agree("信用代码差一个字符且一方校验不过", "USCC one edit apart, one side failing its check")
	}
	if sameAccount(x.account, y.account) {
		agree("结算账号相同", "same settlement account")
	}
	if slices.ContainsFunc(x.terminals, func(t string) bool { return slices.Contains(y.terminals, t) }) {
		agree("终端相同", "same terminal")
		shop = true
	}
	if x.name != "" && y.name != "" {
		if how, ok := sameName(x.name, y.name); ok {
			list = append(list, how)
		}
	}
	if x.address != "" && x.address == y.address {
		agree("地址相同", "same address")
		shop = true
	}
	return list, shop
}

// sameAccount compares account numbers; of a masked one eight characters must be seen.
func sameAccount(a, b string) bool {
	if a == "" || b == "" || !strings.ContainsRune(a+b, '*') {
		return a != "" && a == b
	}
	if min(len(a)-strings.Count(a, "*"), len(b)-strings.Count(b, "*")) < 8 {
		return false
	}
	f := field{field: merchant.FieldSettlementAccountNo, form: number}
	return seesSame(&f, a, b)
}
