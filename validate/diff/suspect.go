package diff

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// suspect is a pair that is probably one merchant under two keys.
type suspect struct {
	local, registry int32
	evidence        []rules.Text
}

// crowd is the number of registry rows beyond which a shared value proposes no candidates. A value that so many leftover
// rows share (a dealer's account, a chain's USCC) tells nobody apart; the pairs that matter share another one too.
const crowd = 200

// identity is what a leftover record can be recognised by.
type identity struct {
	uscc    string
	account string
	name    string // comparison form
	word    string // trade name with its characters sorted, so that swapped neighbours meet
	address string
}

func identify(r *merchant.Record) identity {
	id := identity{uscc: licenceKey(r), account: normalize.Digits(r.Settlement.AccountNo), name: normalize.Key(r.Names.Legal),
		address: addressCore(r.Addresses.Business.DistrictCode, r.Addresses.Business.Detail)}
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
	runes := []rune(word)
	slices.Sort(runes)
	id.word = string(runes)
	return id
}

// handles lists the values under which a record is found.
func (id *identity) handles(dst []string, r *merchant.Record) []string {
	put := func(kind, s string) {
		if s != "" && !strings.Contains(s, "*") {
			dst = append(dst, kind+s)
		}
	}
	put("u", id.uscc)
	put("a", id.account)
	put("n", id.word)
	put("d", id.address)
	for i := range r.Terminals {
		put("s", keyCode(r.Terminals[i].SerialNo))
		put("t", keyCode(r.Terminals[i].TerminalNo))
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// suspects looks among what each side has alone for pairs that agree in two things, and reports them (DIF024).
func (j *join) suspects(ctx context.Context) ([]suspect, error) {
	l, r := &j.local, &j.registry
	known := map[int32]identity{}
	index := map[string][]int32{}
	var scratch []string
	for i := range r.state {
		rec := r.records[i]
		if r.state[i].fate != open || r.repeated[r.state[i].number] != nil || !expected(rec) && rec.Status.State != merchant.StateNotOpened {
			continue
		}
		id := identify(rec)
		known[int32(i)] = id
		scratch = id.handles(scratch[:0], rec)
		for _, h := range scratch {
			index[h] = append(index[h], int32(i))
		}
	}
	if len(known) == 0 {
		return nil, nil
	}
	var list []suspect
	var shops map[string]int
	stamp := make([]int32, len(r.records))
	for i := range l.state {
		if l.state[i].fate != open || l.repeated[l.state[i].number] != nil || !expected(l.records[i]) {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if shops == nil {
			shops = j.shops()
		}
		id := identify(l.records[i])
		var near []int32
		scratch = id.handles(scratch[:0], l.records[i])
		for _, h := range scratch {
			if len(index[h]) > crowd {
				continue
			}
			for _, n := range index[h] {
				if stamp[n] != int32(i)+1 {
					stamp[n] = int32(i) + 1
					near = append(near, n)
				}
			}
		}
		slices.SortFunc(near, r.position)
		for _, n := range near {
			theirs := known[n]
			agree, ok := evidence(l.records[i], r.records[n], &id, &theirs, shops)
			if !ok {
				continue
			}
			list = append(list, suspect{int32(i), n, agree})
			j.counts.KeySuspects++
			path := merchant.At(merchant.FieldMerchantNo)
			their := r.name(n)
			their.Name = "b"
			j.ours(int32(i), &registry.DIF024, path, []rules.Related{relate(r.records[n], path)}, l.name(int32(i)), their,
				rules.T("evidence", joined(agree)))
		}
	}
	return list, nil
}

// shops counts under each USCC the merchant numbers of the side that has more of them.
func (j *join) shops() map[string]int {
	most := map[string]int{}
	for _, s := range [...]*side{&j.local, &j.registry} {
		count := map[string]int{}
		for no, i := range s.numbers {
			if u := licenceKey(s.records[i]); u != "" && no != "" {
				count[u]++
			}
		}
		for u, n := range count {
			most[u] = max(most[u], n)
		}
	}
	return most
}

func joined(list []rules.Text) rules.Text {
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return rules.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// evidence lists what two records agree in; ok when that is enough.
func evidence(a, b *merchant.Record, x, y *identity, shops map[string]int) (list []rules.Text, ok bool) {
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
	shop := false
	for i := range a.Terminals {
		if lists(b, &a.Terminals[i]) {
			agree("终端相同", "same terminal")
			shop = true
			break
		}
	}
	switch {
	case x.name == "" || y.name == "":
	case x.name == y.name:
		agree("名称相同", "same name")
	case companyname.SameCore(x.name, y.name):
		agree("名称仅地区或组织形式写法不同", "name with region or form written differently")
	case swapped(x.name, y.name):
		agree("名称相邻两字颠倒", "name with two neighbouring characters swapped")
	}
	if x.address != "" && x.address == y.address {
		agree("地址相同", "same address")
		shop = true
	}
	chain := shops[x.uscc] > 1 || shops[y.uscc] > 1
	return list, len(list) >= 2 && (shop || !chain)
}

// sameAccount compares account numbers; of a masked one eight characters must be seen.
func sameAccount(a, b string) bool {
	if a == "" || b == "" || a == b {
		return a != "" && a == b
	}
	if !strings.ContainsRune(a+b, '*') || min(len(a)-strings.Count(a, "*"), len(b)-strings.Count(b, "*")) < 8 {
		return false
	}
	f := field{field: merchant.FieldSettlementAccountNo, form: number}
	return seesSame(&f, a, b)
}

// swapped reports whether two names differ by one swap of neighbours.
func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}
