package diff_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// TestActions: what has to be done follows from what became of a merchant, and from which side is newer.
func TestActions(t *testing.T) {
	local, theirs := lists(9)
	change := func(n int, ours, bank merchant.Date) {
		local[n].UpdatedOn, theirs[n].Registry.UpdatedOn = ours, bank
		theirs[n].Names.Legal = "上海另外商贸有限公司"
	}
	change(0, merchant.Date{}, merchant.Date{})
	change(1, merchant.Day(2026, 10, 1), merchant.Day(2026, 9, 1))  // ours is newer and overdue
	change(2, merchant.Day(2026, 9, 1), merchant.Day(2026, 10, 1))  // theirs is newer
	change(3, merchant.Day(2026, 11, 22), merchant.Day(2026, 9, 1)) // changed after the snapshot
	theirs[4].Status.State = merchant.StateClosed
	theirs[5].Terminals = nil
	theirs[6].MerchantNo = "898290059999999" // mistyped
	local[7].Terminals = local[7].Terminals[:0]
	theirs = slices.Delete(theirs, 8, 9)

	c := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot})
	for _, r := range local {
		c.AddLocal(r)
	}
	for _, r := range theirs {
		c.AddRegistry(r)
	}
	var got []string
	if _, err := c.Results(context.Background(), func(r *diff.Result) error {
		for _, a := range r.Actions() {
			n := slices.IndexFunc(local, func(l *merchant.Record) bool { return l.Key() == r.Key() })
			got = append(got, fmt.Sprintf("%d %s %s %s %t", n, a.Do.Text().EN, a.Rule.ID, a.Path, a.Suspect != nil))
			if a.Do.Text().ZH == "" || a.Do.Bank() != (a.Do != diff.UpdateOurs && a.Do != diff.Wait) {
				t.Error(a.Do)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"0 change DIF003 names.legal false", "1 change DIF003 names.legal false", "2 update ours DIF003 names.legal false", "3 wait DIF003 names.legal false",
		"4 verify DIF010 status.state false", "5 register DIF011 terminals[0].serial_no false", "6 verify DIF024 merchant_no true", "6 register DIF001 merchant_no false",
		"7 close once verified DIF021 terminals[0].serial_no false", "8 register DIF001 merchant_no false",
		"-1 verify DIF024 merchant_no true", "-1 close once verified DIF002 merchant_no false"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
