package diff_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// together compares two lists at once.
func together(v *validate.Validator, lists [2][]*merchant.Record) (found []string, counts diff.Counts, err error) {
	c := diff.New(v, diff.Options{})
	for _, r := range lists[0] {
		c.AddLocal(r)
	}
	for _, r := range lists[1] {
		c.AddRegistry(r)
	}
	counts, err = c.Compare(context.Background(), collect(&found))
	slices.Sort(found)
	return found, counts, err
}

func collect(found *[]string) func(rules.Finding) error {
	return func(f rules.Finding) error {
		if f.Source.Row == 0 {
			f.Source.Columns = nil // the age of the export has no cell
		}
		*found = append(*found, fmt.Sprint(f))
		return nil
	}
}

// inParts compares two lists in n parts and the rest.
func inParts(v *validate.Validator, lists [2][]*merchant.Record, n int) (found []string, counts diff.Counts, err error) {
	whole := &diff.Whole{}
	groups := map[string]*[2][]*merchant.Record{}
	under := map[string][2]map[string]int{} // serial number: keys
	numbers := [2]map[string]map[string]bool{{}, {}}
	for side, list := range lists {
		survey := []*diff.Survey{&whole.Local, &whole.Registry}[side]
		for half := range 2 { // surveys of two machines
			var s, arrived diff.Survey
			for _, r := range list[half*len(list)/2 : (half+1)*len(list)/2] {
				s.Add(r, nil)
			}
			sent, err := json.Marshal(s)
			if err != nil {
				return nil, counts, err
			}
			if err := json.Unmarshal(sent, &arrived); err != nil {
				return nil, counts, err
			}
			survey.Merge(arrived)
		}
		for _, r := range list {
			key := diff.KeyOf(r, diff.Keys[0])
			if groups[key] == nil {
				groups[key] = &[2][]*merchant.Record{}
			}
			groups[key][side] = append(groups[key][side], r)
			for _, sn := range diff.SerialsOf(r) {
				if _, ok := under[sn]; !ok {
					under[sn] = [2]map[string]int{{}, {}}
				}
				under[sn][side][key]++
			}
			if code := diff.KeyOf(r, []merchant.Field{merchant.FieldLicenceNumber}); code != "" && key != "" {
				if numbers[side][code] == nil {
					numbers[side][code] = map[string]bool{}
				}
				numbers[side][code][key] = true
			}
		}
	}
	whole.Chain = func(code string) bool { return max(len(numbers[0][code]), len(numbers[1][code])) > 1 }
	total := func(m map[string]int) (n int) {
		for _, k := range m {
			n += k
		}
		return n
	}
	whole.Crowded = func(sn string) bool {
		return max(total(under[sn][0]), total(under[sn][1])) > diff.Crowd
	}
	linked := map[string]bool{}
	for sn, keys := range under {
		if len(keys[0]) == 0 || len(keys[1]) == 0 || whole.Crowded(sn) {
			continue
		}
		for a := range keys[0] {
			for b := range keys[1] {
				if a != b || a == "" {
					linked[a], linked[b] = true, true
				}
			}
		}
	}
	parts := make([]*diff.Comparer, n+1)
	for i := range parts {
		w := *whole
		w.Rest = i == n
		parts[i] = diff.New(v, diff.Options{Whole: &w})
	}
	at := 0
	for key, g := range groups {
		c := parts[at%n]
		if at++; key == "" || diff.PartOf(len(g[0]), len(g[1]), linked[key]) {
			c = parts[n]
		}
		for _, r := range g[0] {
			c.AddLocal(r)
		}
		for _, r := range g[1] {
			c.AddRegistry(r)
		}
	}
	for _, c := range slices.Backward(parts) {
		some, err := c.Compare(context.Background(), collect(&found))
		if err != nil {
			return found, counts, err
		}
		counts.Merge(some)
	}
	slices.Sort(found)
	return found, counts, nil
}

// TestPartsOfTruth: every class of difference, and crowds, are found in parts as they are at once.
func TestPartsOfTruth(t *testing.T) {
	book, registry, _ := truth(t)
	lists := [2][]*merchant.Record{book, registry}
	for side := range lists {
		for i, r := range lists[side] {
			c := *r
			c.Merchant = *r.Clone()
			c.Source = merchant.Source{File: []string{"ours.csv", "bank.csv"}[side], Row: i + 2}
			if i%11 == 0 && len(c.Terminals) > 0 {
				c.Terminals[0].SerialNo = fmt.Sprint("NX000000", i%55)
			}
			if i%7 == 0 && len(c.Terminals) > 0 {
				c.Terminals[0].SerialNo = "N000000CROWD"
			}
			lists[side][i] = &c
		}
	}
	v := validator(t)
	want, wantCounts, err := together(v, lists)
	if err != nil || len(want) < 60 {
		t.Fatalf("%d findings, %v", len(want), err)
	}
	for _, n := range []int{1, 3, 40} {
		got, counts, err := inParts(v, lists, n)
		if err != nil || counts != wantCounts || !slices.Equal(got, want) {
			t.Errorf("%d parts: %+v, %d findings, %v; want %+v, %d", n, counts, len(got), err, wantCounts, len(want))
		}
	}
}

// TestPartsOfAnything: random files, with keys missing, unreadable and repeated.
func TestPartsOfAnything(t *testing.T) {
	v := validator(t)
	rapid.Check(t, func(t *rapid.T) {
		var lists [2][]*merchant.Record
		for side, name := range [...]string{"ours.csv", "bank.csv"} {
			for range rapid.IntRange(1, 2).Draw(t, "files") {
				text := drawFile(t, name)
				for r, err := range load.Read(context.Background(), openBook(t, text), load.Options{File: fmt.Sprint(len(lists[side]), name)}) {
					if err == nil {
						lists[side] = append(lists[side], r)
					}
				}
			}
		}
		want, wantCounts, wantErr := together(v, lists)
		got, counts, err := inParts(v, lists, rapid.IntRange(1, 3).Draw(t, "parts"))
		if wantErr != nil {
			if err == nil || err.Error() != wantErr.Error() {
				t.Fatalf("%v, want %v", err, wantErr)
			}
			return
		}
		if err != nil || counts != wantCounts || !slices.Equal(got, want) {
			t.Fatalf("%v\ngot  %+v %q\nwant %+v %q", err, counts, got, wantCounts, want)
		}
	})
}
