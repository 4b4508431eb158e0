package diff_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// many returns n merchants for either side, every tenth of them different.
func many(n int) (local, registry []*merchant.Record) {
	local, registry = lists(n)
	for i := 0; i < n; i += 10 {
		registry[i].MCC = "7995"
	}
	return local, registry
}

// spilling returns a comparison that keeps nothing in memory, with its records.
func spilling(t *testing.T, dir string, o diff.Options) *diff.Comparer {
	o.Storage = diff.Spill(dir, 0)
	c := diff.New(validator(t), o)
	local, registry := many(600)
	for i := range local {
		c.AddLocal(local[i])
		c.AddRegistry(registry[i])
	}
	return c
}

func empty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v %v", left, err)
	}
}

// TestFilesGo: no outcome leaves a file.
func TestFilesGo(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	stop := errors.New("stop")
	found := 0
	for name, run := range map[string]func(c *diff.Comparer) error{
		"done": func(c *diff.Comparer) error {
			counts, err := c.Compare(context.Background(), func(rules.Finding) error { return nil })
			if counts.Changed != 60 || counts.Equal != 540 {
				t.Errorf("%+v", counts)
			}
			return err
		},
		"stopped by the caller": func(c *diff.Comparer) error {
			if _, err := c.Compare(context.Background(), func(rules.Finding) error { return stop }); !errors.Is(err, stop) {
				t.Errorf("%v", err)
			}
			return nil
		},
		"interrupted": func(c *diff.Comparer) error {
			_, err := c.Compare(ctx, func(rules.Finding) error {
				if found++; found == 20 {
					cancel()
				}
				return nil
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
			return nil
		},
		"a panic of the caller": func(c *diff.Comparer) error {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			_, err := c.Compare(context.Background(), func(rules.Finding) error { panic("ours") })
			return err
		},
		"never compared": func(c *diff.Comparer) error { return c.Close() },
	} {
		if err := run(spilling(t, dir, diff.Options{RegistryAsOf: snapshot})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		empty(t, dir)
	}
}

// TestFolder: a folder that cannot be written is named.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	_, err := spilling(t, dir, diff.Options{}).Compare(context.Background(), func(rules.Finding) error { return nil })
	var path *fs.PathError
	if !errors.As(err, &path) || !strings.HasPrefix(path.Path, dir) {
		t.Errorf("%v", err)
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		name       string
		lost, keys int
		refused    bool
	}{{"a fifth lost", 2, 0, false}, {"more lost", 3, 0, true}, {"a fifth without a key", 0, 2, false}, {"more without a key", 0, 3, true}, {"both", 1, 2, true}} {
		local, registry := lists(10)
		local = local[:10-c.lost]
		for i := range c.keys {
			local[i].MerchantNo = ""
			local[i].Note(merchant.Note{Kind: merchant.NoteLostDigits, Path: merchant.At(merchant.FieldMerchantNo)})
		}
		d := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot})
		for _, r := range local {
			d.AddLocal(r)
		}
		for _, r := range registry {
			d.AddRegistry(r)
		}
		d.Lost(c.lost, 0)
		_, err := d.Compare(context.Background(), func(rules.Finding) error { return nil })
		var e *diff.Error
		if errors.As(err, &e) != c.refused || err != nil && !c.refused {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestTables: text with faults is an error or is read as records; what it says about its sheet is passed on.
func TestTables(t *testing.T) {
	head, row := "商户编号,商户名称,MCC\n", "898310154110001,上海示例商贸有限公司,5411\n"
	for _, c := range []struct{ name, ours, want string }{
		{"sound", head + row, "1 equal"},
		{"no rows", head, "error"},
		{"no key", "商户名称,MCC\n上海示例商贸有限公司,5411\n", "error"},
		{"all keys empty", head + ",上海示例商贸有限公司,5411\n", "error"},
		{"two columns of keys", "商户编号,商户编号,商户名称\n898310154110001,898310154110002,上海示例商贸有限公司\n", "error"},
		{"a formula", head + "=\"898310154110001\",上海示例商贸有限公司,5411\n", "1 equal"},
		{"a total", head + row + "合计,1户,\n", "1 equal"},
	} {
		open := func(text, name string) *load.Table {
			table := load.NewTable(context.Background(), openBook(t, text), load.Options{File: name})
			if table == nil {
				t.Fatalf("%s is no table", c.name)
			}
			return table
		}
		issues := 0
		d := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot, Issue: func(error) error { issues++; return nil }})
		d.LocalTable(open(c.ours, "ours.csv"))
		d.RegistryTable(open(head+row, "bank.csv"))
		counts, err := d.Compare(context.Background(), func(rules.Finding) error { return nil })
		got := fmt.Sprint(counts.Equal, " equal")
		if err != nil {
			got = "error"
		}
		if got != c.want || (c.name == "a total" || c.name == "two columns of keys" || c.name == "no key") && issues == 0 {
			t.Errorf("%s: %s (%v), %d issues", c.name, got, err, issues)
		}
	}
}

// TestDialects: codes of a state count as its table's dialect reads them, and so does the institution that it fills in.
func TestDialects(t *testing.T) {
	dialect := func(open string) *load.Dialect {
		d := &load.Dialect{OrgCode: "48212900"}
		for _, code := range []string{"0", "1"} {
			state := merchant.StateClosed
			if code == open {
				state = merchant.StateActive
			}
			d.Translate(merchant.FieldStatusState, code, string(state))
		}
		return d
	}
	one, zero := dialect("1"), dialect("0")
	keys := [][]merchant.Field{{merchant.FieldAcquirerOrgCode, merchant.FieldMerchantNo}}
	ours := "商户编号,商户名称,商户状态\n898310154110001,上海示例商贸有限公司,1\n"
	turned := "商户状态,商户编号,商户名称\n%s,898310154110001,上海示例商贸有限公司\n"
	for _, c := range []struct {
		name      string
		local     *load.Dialect
		theirs    string
		registry  *load.Dialect
		different bool
	}{
		{"one layout, two dialects", one, ours, zero, true},
		{"one layout, one dialect", one, ours, one, false},
		{"two layouts, another code", one, fmt.Sprintf(turned, "0"), one, true},
		{"two layouts, one code", one, fmt.Sprintf(turned, "1"), one, false},
		{"two layouts, one code of two dialects", one, fmt.Sprintf(turned, "1"), zero, true},
		{"two layouts, two codes for one state", one, fmt.Sprintf(turned, "0"), zero, false},
	} {
		open := func(text string, d *load.Dialect) *load.Table {
			table := load.NewTable(context.Background(), openBook(t, text), load.Options{Dialect: d})
			if table == nil {
				t.Fatalf("%s is no table", c.name)
			}
			return table
		}
		d := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot, Keys: keys})
		d.LocalTable(open(ours, c.local))
		d.RegistryTable(open(c.theirs, c.registry))
		counts, err := d.Compare(context.Background(), func(rules.Finding) error { return nil })
		if err != nil || counts.Matched != 1 || (counts.Changed == 1) != c.different || (counts.Equal == 1) == c.different {
			t.Errorf("%s: %+v %v", c.name, counts, err)
		}
	}
}

// TestDamaged: a quote that is never closed is an error that names its line, however far down it stands.
func TestDamaged(t *testing.T) {
	text := "商户编号,商户名称,MCC\n" + strings.Repeat("898310154110001,上海示例商贸有限公司,5411\n", 50) + "\"898310154110002,x\n"
	table := load.NewTable(context.Background(), openBook(t, text), load.Options{File: "ours.csv"})
	if table == nil {
		t.Fatal("no table")
	}
	d := diff.New(validator(t), diff.Options{})
	d.LocalTable(table)
	d.AddRegistry(clean("bank.csv", 1))
	var in *load.InputError
	if _, err := d.Compare(context.Background(), func(rules.Finding) error { return nil }); !errors.As(err, &in) || in.Row != 52 {
		t.Errorf("%v", err)
	}
}

func TestKeys(t *testing.T) {
	local, registry := lists(4)
	for i := range local {
		local[i].MerchantNo, registry[i].MerchantNo = "", ""
		registry[i].Licence.Number = local[0].Licence.Number
	}
	local[3].Acquirer.OrgCode = "other"
	both := [][]merchant.Field{{merchant.FieldAcquirerOrgCode, merchant.FieldExternalID}}
	_, counts := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot, Keys: both, Ignore: []merchant.Field{merchant.FieldLicenceNumber}})
	if counts.Equal != 3 || counts.MissingInRegistry != 1 || counts.MissingInLocal != 1 {
		t.Errorf("%+v", counts)
	}
	for _, keys := range [][][]merchant.Field{{{}}, {{merchant.FieldTerminalsSerialNo}}, {{merchant.FieldLimitsSingleCNY}},
		{{merchant.FieldMerchantNo}, {merchant.FieldTerminalsSerialNo, merchant.FieldTerminalsTerminalNo}}} {
		c := diff.New(validator(t), diff.Options{Keys: keys})
		c.AddLocal(local[0])
		c.AddRegistry(registry[0])
		var e *diff.Error
		if _, err := c.Compare(context.Background(), nil); !errors.As(err, &e) {
			t.Errorf("%v: %v", keys, err)
		}
	}
}

// TestTolerance: amounts within it are equal, those just beyond are not, one that a side lacks never is. An option counts
// before the profile.
func TestTolerance(t *testing.T) {
	prof, err := profile.Read("house", strings.NewReader(`{"params": {"tolerance": {"limits.daily_cny": "0.50", "fees[].rate_pct": "0.01"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	changes := map[string]func(r *merchant.Record){
		"daily at":      func(r *merchant.Record) { r.Limits.DailyCNY = more(r.Limits.DailyCNY, "0.50") },
		"daily under":   func(r *merchant.Record) { r.Limits.DailyCNY = more(r.Limits.DailyCNY, "-0.50") },
		"daily over":    func(r *merchant.Record) { r.Limits.DailyCNY = more(r.Limits.DailyCNY, "0.51") },
		"daily missing": func(r *merchant.Record) { r.Limits.DailyCNY = merchant.Money{} },
		"monthly":       func(r *merchant.Record) { r.Limits.MonthlyCNY = more(r.Limits.MonthlyCNY, "0.01") },
		"rate at": func(r *merchant.Record) {
			r.Fees[0].RatePct = merchant.PercentOf(r.Fees[0].RatePct.Decimal().Add(decimal.New(1, -2)))
		},
		"rate over": func(r *merchant.Record) {
			r.Fees[0].RatePct = merchant.PercentOf(r.Fees[0].RatePct.Decimal().Add(decimal.New(11, -3)))
		},
		"cap": func(r *merchant.Record) { r.Fees[0].CapCNY = more(r.Fees[0].CapCNY, "0.01") },
	}
	for _, c := range []struct {
		name      string
		v         *validate.Validator
		tolerance map[merchant.Field]decimal.Decimal
		found     []string
	}{
		{"none", validator(t), nil, []string{"cap", "daily at", "daily missing", "daily over", "daily under", "monthly", "rate at", "rate over"}},
		{"profile", validator(t, validate.WithProfile(prof)), nil, []string{"cap", "daily missing", "daily over", "monthly", "rate over"}},
		{"option", validator(t, validate.WithProfile(prof)), map[merchant.Field]decimal.Decimal{merchant.FieldLimitsDailyCNY: {}, merchant.FieldFeesCapCNY: decimal.New(1, -2)},
			[]string{"daily at", "daily missing", "daily over", "daily under", "monthly", "rate over"}},
	} {
		var found []string
		for _, name := range slices.Sorted(maps.Keys(changes)) {
			local, registry := lists(2)
			changes[name](registry[0])
			list, counts := compare(t, c.v, local, registry, diff.Options{RegistryAsOf: snapshot, Tolerance: c.tolerance})
			if slices.ContainsFunc(list, func(f rules.Finding) bool { return f.Rule.ID == "DIF009" }) {
				found = append(found, name)
			} else if counts.Equal != 2 {
				t.Errorf("%s, %s: %+v", c.name, name, counts)
			}
		}
		if !slices.Equal(found, c.found) {
			t.Errorf("%s: %q, want %q", c.name, found, c.found)
		}
	}
}

func more(m merchant.Money, by string) merchant.Money {
	return merchant.MoneyOf(m.Decimal().Add(decimal.RequireFromString(by)))
}

// TestIgnore: what is left out is not compared, be it a member of a list; its neighbours are.
func TestIgnore(t *testing.T) {
	for _, c := range []struct {
		ignore []merchant.Field
		want   string
	}{
		{nil, "DIF009 fees[0].cap_cny, DIF009 fees[1].rate_pct, DIF011 terminals[0].serial_no, DIF017 names.short, DIF020 status.state, DIF021 terminals[0].serial_no"},
		{[]merchant.Field{merchant.FieldFeesCapCNY, merchant.FieldNamesShort}, "DIF009 fees[1].rate_pct, DIF011 terminals[0].serial_no, DIF020 status.state, DIF021 terminals[0].serial_no"},
		{[]merchant.Field{merchant.FieldFeesRatePct, merchant.FieldTerminals}, "DIF009 fees[0].cap_cny, DIF017 names.short, DIF020 status.state"},
		{[]merchant.Field{merchant.FieldFees, merchant.FieldStatusState, merchant.FieldNamesShort, merchant.FieldTerminals}, ""},
	} {
		local, registry := lists(2)
		local[0].Status.State = merchant.StateClosed
		local[0].Terminals[0].SerialNo, local[0].Terminals[0].TerminalNo = "N99999999999", "30000099"
		registry[0].Names.Short = "另一家"
		registry[0].Fees[0].CapCNY = more(registry[0].Fees[0].CapCNY, "1")
		registry[0].Fees[1].RatePct = merchant.BasisPoints(99)
		found, _ := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot, Ignore: c.ignore})
		var got []string
		for i := range found {
			if f := &found[i]; f.Rule.ID != "DIF013" && f.Rule.ID != "DIF014" {
				got = append(got, string(f.Rule.ID)+" "+f.Path.String())
			}
		}
		if slices.Sort(got); strings.Join(got, ", ") != c.want {
			t.Errorf("%v: %q, want %s", c.ignore, got, c.want)
		}
	}
}

// TestRefused: options without effect are refused, not passed over.
func TestRefused(t *testing.T) {
	minus := decimal.New(-1, 0)
	for name, o := range map[string]diff.Options{
		"a field that is not compared": {Ignore: []merchant.Field{merchant.FieldNamesEnglish}},
		"part of a terminal":           {Ignore: []merchant.Field{merchant.FieldTerminalsSerialNo}},
		"a text with a tolerance":      {Tolerance: map[merchant.Field]decimal.Decimal{merchant.FieldNamesLegal: {}}},
		"less than nothing":            {Tolerance: map[merchant.Field]decimal.Decimal{merchant.FieldLimitsDailyCNY: minus}},
		"terminals first":              {Keys: [][]merchant.Field{{merchant.FieldTerminalsTerminalNo}}},
	} {
		var e *diff.Error
		if err := o.Check(); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
		local, registry := lists(1)
		c := diff.New(validator(t), o)
		c.AddLocal(local[0])
		c.AddRegistry(registry[0])
		if _, err := c.Compare(context.Background(), nil); !errors.As(err, &e) {
			t.Errorf("%s: compared, %v", name, err)
		}
	}
	if err := (&diff.Options{}).Check(); err != nil {
		t.Error(err)
	}
}

// TestNormalisers: each side has its own.
func TestNormalisers(t *testing.T) {
	local, registry := lists(2)
	local[0].Names.Short, registry[0].Names.Short = "总店-示例", "示例"
	cut := map[merchant.Field]func(string) string{merchant.FieldNamesShort: func(s string) string { return strings.TrimPrefix(s, "总店-") }}
	if _, counts := compare(t, validator(t), local, registry, diff.Options{RegistryAsOf: snapshot, Local: cut}); counts.Equal != 2 {
		t.Errorf("%+v", counts)
	}
	if local[0].Names.Short != "总店-示例" {
		t.Error("the caller's record was changed")
	}
}

func TestProgress(t *testing.T) {
	var told [][2]int
	c := spilling(t, t.TempDir(), diff.Options{RegistryAsOf: snapshot, Equal: true, Progress: func(done, total int) { told = append(told, [2]int{done, total}) }})
	if _, err := c.Results(context.Background(), func(*diff.Result) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0] != [2]int{600, 600} {
		t.Errorf("%v", told)
	}
}

func TestUnsorted(t *testing.T) {
	local, registry := lists(3)
	local[0].MerchantNo, local[2].MerchantNo = "3", "1"
	c := diff.New(validator(t), diff.Options{Sorted: true})
	for i := range local {
		c.AddLocal(local[i])
		c.AddRegistry(registry[i])
	}
	var e *diff.Error
	if _, err := c.Compare(context.Background(), func(rules.Finding) error { return nil }); !errors.As(err, &e) {
		t.Errorf("%v", err)
	}
}
