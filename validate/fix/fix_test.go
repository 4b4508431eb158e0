package fix_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/fix"
)

var (
	legal = merchant.At(merchant.FieldNamesLegal)
	short = merchant.At(merchant.FieldNamesShort)
)

// offer makes a finding with fixes, each given as edits.
func offer(id rules.ID, safe bool, fixes ...[]rules.Edit) rules.Finding {
	f := rules.Finding{Rule: &rules.Rule{ID: id}, Path: fixes[0][0].Path}
	for _, edits := range fixes {
		f.Fixes = append(f.Fixes, rules.Fix{Safe: safe, Edits: edits})
	}
	return f
}

func one(p merchant.Path, old, new string) []rules.Edit {
	return []rules.Edit{{Path: p, Old: old, New: new}}
}

// sheetRow is a record of a workbook with the two names in columns A and B, and C that holds two fields.
func sheetRow(cells ...merchant.Cell) *merchant.Record {
	r := &merchant.Record{Cells: cells}
	r.Source = merchant.Source{Sheet: "s", Row: 2, Columns: &merchant.Columns{List: []merchant.Column{
		{Letter: "A", Path: legal}, {Letter: "B", Path: short}, {Letter: "C", Path: merchant.At(merchant.FieldMCC), Part: true}}}}
	r.Names.Legal, r.Names.Short = cells[0].Text, cells[1].Text
	return r
}

func TestPlan(t *testing.T) {
	text := func(s string) merchant.Cell { return merchant.Cell{Text: s, Type: merchant.CellText} }
	csv := func(s string) merchant.Cell { return merchant.Cell{Text: s, Type: merchant.CellUntyped} }
	row := func() *merchant.Record { return sheetRow(text("a"), text("b"), text("1")) }
	tests := []struct {
		name    string
		record  *merchant.Record
		found   []rules.Finding
		changes string // path old→new by rules
		left    string // rule reason
	}{
		{"one", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x"))}, "names.legal a→x R1", ""},
		{"proposed alone", row(), []rules.Finding{offer("R1", false, one(legal, "a", "x"))}, "", ""},
		{"one after the other", row(), []rules.Finding{offer("R2", true, one(legal, "x", "y")), offer("R1", true, one(legal, "a", "x"))}, "names.legal a→y R1,R2", ""},
		{"the same twice", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x")), offer("R2", true, one(legal, "a", "x"))}, "names.legal a→x R1,R2", ""},
		{"conflict", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x")), offer("R2", true, one(legal, "a", "y")), offer("R3", true, one(short, "b", "z"))},
			"names.short b→z R3", "R1 conflict, R2 conflict"},
		{"conflict further on", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x")), offer("R2", true, one(legal, "x", "y")), offer("R3", true, one(legal, "x", "z"))},
			"names.legal a→x R1", "R2 conflict, R3 conflict"},
		{"in a circle", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x")), offer("R2", true, one(legal, "x", "a"))}, "", "R1 conflict, R2 conflict"},
		{"alternatives", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x"), one(legal, "a", "y"))}, "", "R1 alternatives"},
		{"beside a proposal", row(), []rules.Finding{{Rule: &rules.Rule{ID: "R1"}, Fixes: []rules.Fix{{Edits: one(legal, "a", "y")}, {Safe: true, Edits: one(legal, "a", "x")}}}}, "names.legal a→x R1", ""},
		{"stale", row(), []rules.Finding{offer("R1", true, one(legal, "q", "x"))}, "", "R1 stale"},
		{"stale after a conflict", row(), []rules.Finding{offer("R1", true, one(legal, "a", "x")), offer("R2", true, one(legal, "a", "y")), offer("R3", true, one(legal, "x", "z"))},
			"", "R1 conflict, R2 conflict, R3 stale"},
		{"whole or not at all", row(), []rules.Finding{offer("R1", true, slices.Concat(one(legal, "a", "x"), one(short, "q", "y"))), offer("R2", true, one(legal, "x", "z"))}, "", "R1 stale, R2 stale"},
		{"nothing changes", row(), []rules.Finding{offer("R1", true, one(legal, "a", "a"))}, "", ""},
		{"no column", row(), []rules.Finding{offer("R1", true, one(merchant.At(merchant.FieldNamesReceipt), "", "x"))}, "", "R1 no_column"},
		{"composite", row(), []rules.Finding{offer("R1", true, one(merchant.At(merchant.FieldMCC), "1", "x"))}, "", "R1 composite"},
		{"formula", sheetRow(merchant.Cell{Text: "a", Type: merchant.CellText, Formula: true}, text("b"), text("")), []rules.Finding{offer("R1", true, one(legal, "a", "x"))}, "", "R1 formula"},
		{"text formula of CSV", sheetRow(merchant.Cell{Text: "a", Type: merchant.CellUntyped, Formula: true}, csv("b"), csv("")), []rules.Finding{offer("R1", true, one(legal, "a", "x"))}, "names.legal a→x R1", ""},
		{"becomes a formula", sheetRow(csv(" =1+1"), csv(" -5"), csv("")), []rules.Finding{offer("R1", true, one(legal, " =1+1", "=1+1")), offer("R2", true, one(short, " -5", "-5"))}, "names.short  -5→-5 R2", "R1 becomes_formula"},
		{"formula on the way", sheetRow(csv("- "), csv("b"), csv("")), []rules.Finding{offer("R1", true, one(legal, "- ", "-")), offer("R2", true, one(legal, "-", ""))}, "names.legal - → R1,R2", ""},
		{"text of a workbook", sheetRow(text(" =1+1"), text("b"), text("")), []rules.Finding{offer("R1", true, one(legal, " =1+1", "=1+1"))}, "names.legal  =1+1→=1+1 R1", ""},
	}
	shifted := row()
	shifted.Note(merchant.Note{Kind: merchant.NoteRagged, Info: "4/3"})
	tests = append(tests, tests[0])
	tests[len(tests)-1].record, tests[len(tests)-1].changes, tests[len(tests)-1].left = shifted, "", "R1 shifted_row"
	for _, tt := range tests {
		changes, left := fix.Plan(tt.record, tt.found)
		var got, kept []string
		for _, c := range changes {
			var ids []string
			for _, r := range c.Rules {
				ids = append(ids, string(r.ID))
			}
			got = append(got, c.Path.String()+" "+c.Old+"→"+c.New+" "+strings.Join(ids, ","))
		}
		for _, l := range left {
			kept = append(kept, string(l.Rule.ID)+" "+string(l.Reason))
			if text := l.Reason.Text(); text.ZH == "" || text.EN == "" {
				t.Errorf("%s has no words", l.Reason)
			}
		}
		if strings.Join(got, "; ") != tt.changes || strings.Join(kept, ", ") != tt.left {
			t.Errorf("%s: %v, left %v; want %q, left %q", tt.name, got, kept, tt.changes, tt.left)
		}
	}
}

// TestCasesAreMended applies the fixes of every case: what was mended is raised no more, nothing else is raised, and a
// second time there is nothing to do.
func TestCasesAreMended(t *testing.T) {
	cases, err := rulestest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	mended := map[rules.ID]bool{}
	for _, c := range cases {
		p, err := profile.Base()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Params(&p.Params); err != nil {
			t.Fatal(err)
		}
		p.Params.Compile()
		v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.WithProfile(p))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range c.Records {
			before := v.Append(nil, r)
			changes, left := fix.Plan(r, before)
			for _, l := range left {
				t.Errorf("%s %s leaves %s at %s: %s", c.Rule, c.Name, l.Rule.ID, l.Path, l.Reason)
			}
			fix.Apply(r, changes)
			after := v.Append(nil, r)
			again, _ := fix.Plan(r, after)
			if len(again) > 0 {
				t.Errorf("%s %s: a second time %+v", c.Rule, c.Name, again)
			}
			want := places(slices.DeleteFunc(before, func(f rules.Finding) bool { return safe(&f) }))
			if got := places(after); !slices.Equal(got, want) {
				t.Errorf("%s %s: after it %v, want %v", c.Rule, c.Name, got, want)
			}
			for _, ch := range changes {
				for _, rule := range ch.Rules {
					mended[rule.ID] = true
				}
			}
		}
	}
	if len(mended) != 8 {
		t.Errorf("%d rules were mended", len(mended))
	}
}

func safe(f *rules.Finding) bool {
	return slices.ContainsFunc(f.Fixes, func(x rules.Fix) bool { return x.Safe })
}

func places(found []rules.Finding) []string {
	list := []string{}
	for i := range found {
		list = append(list, string(found[i].Rule.ID)+" "+found[i].Path.String())
	}
	slices.Sort(list)
	return list
}

// A service that holds one merchant mends it before it looks at what is left.
func TestRecordWithoutSource(t *testing.T) {
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	want := m.Clone()
	m.Names.Legal += "\u00a0"
	m.Contact.Mobile = "＋86 " + m.Contact.Mobile
	m.Addresses.Business.CityCode = ""
	m.Licence.LongTerm, m.Licence.ValidTo = false, merchant.Day(2099, 12, 31)
	m.Names.English = "N/A"
	want.Licence.LongTerm, want.Licence.ValidTo, want.Names.English = true, merchant.Date{}, ""
	v, err := validate.New(validate.AsOf(rulestest.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	r := merchant.NewRecord(m)
	normalize.Record(r)
	changes, left := fix.Plan(r, v.Append(nil, r))
	if len(changes) != 6 || len(left) != 0 {
		t.Errorf("%+v, left %+v", changes, left)
	}
	fix.Apply(r, changes)
	if !reflect.DeepEqual(&r.Merchant, want) || len(r.Notes) > 0 {
		t.Errorf("%+v %+v", r.Merchant, r.Notes)
	}
	if found := v.Append(nil, r); len(found) > 0 {
		t.Errorf("still raises %v", places(found))
	}
}
