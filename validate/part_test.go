package validate_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/batch"
	"github.com/merchantkyc/merchantkyc/validate"
)

// tangled returns records that have many things in common, as rows of a file with some columns shifted.
func tangled(n int, seed uint64) []*merchant.Record {
	random := rand.New(rand.NewPCG(seed, 1))
	shared := []merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID, merchant.FieldLicenceNumber, merchant.FieldLegalRepIDNo,
		merchant.FieldLegalRepName, merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountName, merchant.FieldContactMobile,
		merchant.FieldContactIDNo, merchant.FieldAddressesBusinessDetail, merchant.FieldNamesLegal, merchant.FieldMCC}
	subjects := []merchant.SubjectType{merchant.SubjectEnterprise, merchant.SubjectIndividualBusiness, merchant.SubjectMicro, merchant.SubjectMicro}
	sheets := []*merchant.Columns{{}, {}, {List: []merchant.Column{{Path: merchant.At(merchant.FieldSettlementAccountNo), Shifted: true}}}}
	for _, f := range merchant.Fields() {
		if f.List() == merchant.FieldNone {
			for _, c := range sheets {
				c.List = append(c.List, merchant.Column{Path: merchant.At(f)})
			}
		}
	}
	var list []*merchant.Record
	for i := range n {
		r := merchant.NewRecord(sample.Merchant(subjects[random.IntN(len(subjects))], i))
		r.Source = merchant.Source{File: fmt.Sprintf("%d.csv", i*3/n), Row: i*3%n/3 + 2, Columns: sheets[i*3/n]}
		if i > 0 && random.IntN(2) == 0 {
			for range 1 + random.IntN(3) {
				other, f := list[random.IntN(min(i, 1+i/4))], shared[random.IntN(len(shared))]
				*r.Ref(merchant.At(f)).(*string) = other.Text(merchant.At(f))
			}
		}
		if i > 0 && random.IntN(5) == 0 { // a second file of a merchant, or another of the same owner
			other := list[random.IntN(min(i, 8))]
			r.Settlement, r.LegalRep, r.Contact = other.Settlement, other.LegalRep, other.Contact
			if random.IntN(2) == 0 {
				r.Licence, r.Names, r.Addresses = other.Licence, other.Names, other.Addresses
			}
			if random.IntN(3) == 0 {
				r.Licence.Number = ""
			}
		}
		if i%2 == 0 {
			r.Contact.Email = "none"
		}
		if random.IntN(12) == 0 {
			r.LegalRep.IDNo = "11010119900307123X" // of a wrong check digit
		}
		if len(r.Terminals) > 0 && i > 0 && random.IntN(6) == 0 {
			if other := list[random.IntN(i)]; len(other.Terminals) > 0 {
				r.Terminals[0] = other.Terminals[0]
			}
		}
		list = append(list, r)
	}
	return list
}

// TestParts: a job in parts finds and counts what one run does, however the keys are put together.
func TestParts(t *testing.T) {
	for seed := range uint64(2) {
		list := tangled(600, seed)
		v, err := validate.New(validate.AsOf(sample.AsOf))
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		wantSum, err := v.Run(context.Background(), stream(list), func(_ *merchant.Record, found []rules.Finding) error {
			for i := range found {
				want = append(want, fmt.Sprint(found[i]))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		take := func(_ *merchant.Record, found []rules.Finding) error {
			for i := range found {
				got = append(got, fmt.Sprint(found[i]))
			}
			return nil
		}

		var sum validate.Summary
		byKey := map[uint64][]int{}
		failing := map[int]bool{}
		for p := range 3 {
			at := p * len(list) / 3
			part, err := v.RunPart(context.Background(), stream(list[at:(p+1)*len(list)/3]), func(r *merchant.Record, found []rules.Finding, keys []uint64) error {
				for _, k := range keys {
					byKey[k] = append(byKey[k], at)
				}
				failing[at] = slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Severity == rules.Error })
				at++
				return take(r, found)
			})
			if err != nil {
				t.Fatal(err)
			}
			sum.Merge(part)
		}
		random := rand.New(rand.NewPCG(seed, 2))
		keys := slices.Sorted(maps.Keys(byKey))
		random.Shuffle(len(keys), func(i, k int) { keys[i], keys[k] = keys[k], keys[i] })
		type same struct {
			rules.Finding
			members []int
		}
		var alike []same
		var groups [][]int
		for len(keys) > 0 {
			some := keys[:min(len(keys), 1+random.IntN(400))]
			keys = keys[len(some):]
			var rows []int
			for _, k := range some {
				if len(byKey[k]) > 1 {
					rows = append(rows, byKey[k]...)
				}
			}
			slices.Sort(rows)
			rows = slices.Compact(rows)
			var records []*merchant.Record
			for _, i := range rows {
				records = append(records, list[i])
			}
			whole := map[uint64]bool{}
			for _, k := range some {
				whole[k] = true
			}
			part, err := v.RunGroups(context.Background(), stream(records), func(k uint64) bool { return whole[k] }, func(f rules.Finding, members []int) error {
				for i := range members {
					members[i] = rows[members[i]]
					if f.Severity == rules.Error && v.Order(f.Rule) < v.Order(&batch.BAT021) {
						failing[members[i]] = true
					}
				}
				if f.Rule == &batch.BAT010 {
					alike, groups = append(alike, same{f, members}), append(groups, members)
					return nil
				}
				sum.Add([]rules.Finding{f})
				return take(nil, []rules.Finding{f})
			})
			if err != nil {
				t.Fatal(err)
			}
			sum.Merge(part)
		}
		for _, g := range batch.Widest(groups) {
			i := slices.IndexFunc(alike, func(s same) bool { return slices.Equal(s.members, g) })
			sum.Add([]rules.Finding{alike[i].Finding})
			take(nil, []rules.Finding{alike[i].Finding})
		}
		sum.Failing = 0
		for _, f := range failing {
			if f {
				sum.Failing++
			}
		}
		if err := v.EndParts(context.Background(), &sum, take); err != nil {
			t.Fatal(err)
		}

		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			for _, f := range want {
				if !slices.Contains(got, f) {
					t.Errorf("not found: %.300s", f)
				}
			}
			for _, f := range got {
				if !slices.Contains(want, f) {
					t.Errorf("found: %.300s", f)
				}
			}
			t.Fatalf("%d findings, want %d", len(got), len(want))
		}
		wantSum.Failing, sum.Failing = 0, 0 // BAT022 counts in the end, not for BAT021
		for id, c := range wantSum.Rules {
			if !reflect.DeepEqual(sum.Rules[id], c) {
				t.Errorf("%s: %+v, want %+v", id, sum.Rules[id], c)
			}
		}
		if !reflect.DeepEqual(sum, wantSum) {
			t.Errorf("summary differs")
		}
		for _, id := range []rules.ID{"BAT001", "BAT003", "BAT004", "BAT005", "BAT006", "BAT008", "BAT010", "BAT011", "BAT013", "BAT015", "BAT017", "BAT021", "BAT022"} {
			if seed == 0 && sum.Rules[id].Found == 0 {
				t.Errorf("%s found nothing; the records are not tangled enough", id)
			}
		}
	}
}
