package merchant

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for s, want := range map[string]Date{
		"2024-02-29": Day(2024, 2, 29), "0001-01-01": Day(1, 1, 1), "9999-12-31": Day(9999, 12, 31), "2000-02-29": Day(2000, 2, 29),
	} {
		if got, err := ParseDate(s); err != nil || got != want {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "20240101", "2024/01/01", "２０24-01-01", "2024-01-01 ", "+024-01-01"} {
		if _, err := ParseDate(s); err != ErrDate {
			t.Errorf("%q: %v, want ErrDate", s, err)
		}
	}
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, ok := NewDate(rapid.IntRange(1, 9999).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		if !ok {
			t.Fatal("no such day")
		}
		n := rapid.IntRange(-3000, 3000).Draw(t, "n")
		if e := d.AddDays(n); !e.IsZero() && e.DaysSince(d) != n {
			t.Fatalf("%v + %d days = %v, which is %d days later", d, n, e, e.DaysSince(d))
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%v does not read back: %v %v", d, back, err)
		}
		if d.Year() >= 1900 {
			if back, ok := FromSerial(d.Serial(), false); !ok || back != d {
				t.Fatalf("serial %d of %v reads as %v", d.Serial(), d, back)
			}
		}
	})
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		n     int
		d1904 bool
		want  Date
		ok    bool
	}{
		{1, false, Day(1900, 1, 1), true}, {59, false, Day(1900, 2, 28), true}, {60, false, Date{}, false}, {61, false, Day(1900, 3, 1), true},
		{45292, false, Day(2024, 1, 1), true}, {2958465, false, Day(9999, 12, 31), true}, {2958466, false, Date{}, false}, {0, false, Date{}, false},
		{0, true, Day(1904, 1, 1), true}, {43830, true, Day(2024, 1, 1), true}, {-1, true, Date{}, false},
	} {
		if got, ok := FromSerial(c.n, c.d1904); got != c.want || ok != c.ok {
			t.Errorf("%d (1904 %v): %v %v", c.n, c.d1904, got, ok)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		d    Date
		n    int
		want Date
	}{
		{Day(2024, 1, 31), 1, Day(2024, 2, 29)}, {Day(2024, 2, 29), 12, Day(2025, 2, 28)}, {Day(2024, 1, 15), -1, Day(2023, 12, 15)}, {Day(2024, 11, 30), 3, Day(2025, 2, 28)},
	} {
		if got := c.d.AddMonths(c.n); got != c.want {
			t.Errorf("%v + %d months = %v, want %v", c.d, c.n, got, c.want)
		}
	}
}

func TestParseAmounts(t *testing.T) {
	for s, want := range map[string]string{"0": "0.00", "50000": "50000.00", "50000.1": "50000.10", "-1": "-1.00", "50000.005": "50000.005", "50000.500": "50000.50", "0.00": "0.00"} {
		m, err := ParseMoney(s)
		if err != nil || m.String() != want || m.IsZero() {
			t.Errorf("%s: %q %v", s, m, err)
		}
	}
	for _, s := range []string{"", "1e9", "1E4", "+1", "5.", ".5", "−5", "00012", "1,000", "1 000", "５", "1.2.3", "--1", "-", "0x10", "NaN", "Inf", strings.Repeat("9", 40)} {
		if _, err := ParseMoney(s); err != ErrAmount {
			t.Errorf("%q: %v, want ErrAmount", s, err)
		}
		if _, err := ParsePercent(s); err != ErrAmount {
			t.Errorf("%q as percent: %v", s, err)
		}
	}
	if p, _ := ParsePercent("0.6"); p.String() != "0.60" || !p.Equal(BasisPoints(60)) || p.Decimals() != 2 {
		t.Errorf("0.6 %% is %s", p)
	}
	if m, _ := ParseMoney("50000.005"); m.Decimals() != 3 {
		t.Errorf("50000.005 has %d decimals", m.Decimals())
	}
	if (Money{}).String() != "" || !(Money{}).IsZero() || Yuan(0).IsZero() {
		t.Error("zero yuan must be a value and the zero Money none")
	}
}

// Comparing amounts of one type must not allocate: bounds and values hold the same scale.
func TestCompareAllocatesNothing(t *testing.T) {
	a, _ := ParseMoney("5000000")
	b := Yuan(10000000)
	p, _ := ParsePercent("0.38")
	q := BasisPoints(150)
	if n := testing.AllocsPerRun(100, func() { _ = a.Cmp(b) + p.Cmp(q) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestLabels(t *testing.T) {
	seen := map[string]Field{}
	for _, f := range Fields() {
		for _, lang := range []string{"zh", "en"} {
			label := f.Label(lang)
			if label == "" || !utf8.ValidString(label) {
				t.Errorf("%s lacks the label in %s", f.Path(), lang)
			}
			if o, ok := seen[lang+label]; ok && f.Kind() != KindList && o.Kind() != KindList && f != FieldStatusState && o != FieldStatusState {
				t.Errorf("%s and %s share the label %s", f.Path(), o.Path(), label)
			}
			seen[lang+label] = f
		}
		if e := f.Enum(); e != nil {
			for _, v := range e.Values {
				if v.ZH == "" || v.EN == "" || v.Code == "" {
					t.Errorf("%s: option %q lacks a label", f.Path(), v.Code)
				}
			}
		}
	}
	if f := FieldNone; f.Valid() || f.Path() != "" {
		t.Error("FieldNone must be no field")
	}
}

// Aliases must not collide within a list, or the first would silently win.
func TestEnumAliases(t *testing.T) {
	for _, f := range Fields() {
		e := f.Enum()
		if e == nil {
			continue
		}
		owner := map[string]string{}
		for _, v := range e.Values {
			for _, word := range append([]string{v.Code, v.ZH, v.EN}, v.Aliases...) {
				w := strings.ToLower(word)
				if o, ok := owner[w]; ok && o != v.Code {
					t.Errorf("%s: %q means both %s and %s", e.Name, word, o, v.Code)
				}
				owner[w] = v.Code
				if got, ok := e.Parse(word); !ok || got != v.Code {
					t.Errorf("%s: %q reads as %q", e.Name, word, got)
				}
				if len(word) == 1 && word[0] >= '0' && word[0] <= '9' {
					t.Errorf("%s: a bare digit is an alias", e.Name)
				}
			}
		}
	}
}

func TestEnumSuggest(t *testing.T) {
	for text, want := range map[string]string{"对公账户类": "corporate", "对私或对公": "", "账户": "", "": "", "公": "", "我的非法人卡": "personal_other"} {
		if got, ok := FieldSettlementAccountType.Enum().Suggest(text); got != want || ok != (want != "") {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestPaths(t *testing.T) {
	for _, f := range Fields() {
		p := At(f)
		if f.List() != FieldNone && f.Kind() != KindList {
			p = Item(f, 7)
		}
		back, err := ParsePath(p.String())
		if err != nil || back != p {
			t.Errorf("%s reads back as %v, %v", p, back, err)
		}
	}
	for s, want := range map[string]Path{"terminals[0].serial_no": Item(FieldTerminalsSerialNo, 0), "terminals[].serial_no": At(FieldTerminalsSerialNo),
		"fees": At(FieldFees), "fees[]": At(FieldFees), "fees[1]": Item(FieldFees, 1), "licence.number": At(FieldLicenceNumber)} {
		if got, err := ParsePath(s); err != nil || got != want {
			t.Errorf("%s: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "licence", "licence.numbers", "terminals[-1].serial_no", "terminals[x].serial_no", "terminals[", "terminals[99999].serial_no", "licence.number[0]"} {
		if p, err := ParsePath(s); err == nil {
			t.Errorf("%q reads as %v", s, p)
		}
	}
}

// filled returns a merchant with a value in every field, for tests that must see all of them.
func filled(t testing.TB) *Merchant {
	m := &Merchant{FieldDates: map[string]Date{"mcc": Day(2026, 5, 1)}}
	for _, f := range Fields() {
		m.Grow(f, 2)
	}
	n := 0
	for _, f := range Fields() {
		for _, p := range m.Paths(f) {
			n++
			switch v := m.Ref(p).(type) {
			case *string:
				*v = f.Path()
				if e := f.Enum(); e != nil {
					*v = e.Values[n%len(e.Values)].Code
				}
			case *Date:
				*v = Day(2000, 1, 1).AddDays(n)
			case *Money:
				*v = Fen(int64(n))
			case *Percent:
				*v = BasisPoints(int64(n))
			case *Number:
				*v, _ = ParseNumber("121.4435")
			case *Count:
				*v = NewCount(n)
			case *bool:
				*v = true
			default:
				if f.Kind() != KindList && f.Kind() != KindMap {
					t.Fatalf("%s has no reference", p)
				}
			}
			if !m.Has(p) {
				t.Errorf("%s is set and Has says no", p)
			}
		}
	}
	return m
}

func TestJSONRoundTrip(t *testing.T) {
	m := filled(t)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Merchant
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	for _, f := range Fields() {
		for _, p := range m.Paths(f) {
			if m.Text(p) != back.Text(p) {
				t.Errorf("%s: %q became %q", p, m.Text(p), back.Text(p))
			}
		}
	}
	again, err := json.Marshal(&back)
	if err != nil || string(again) != string(data) {
		t.Errorf("the second JSON differs: %v", err)
	}
	if !reflect.DeepEqual(m.FieldDates, back.FieldDates) {
		t.Error("field_dates differ")
	}
	empty, err := json.Marshal(&Merchant{})
	if err != nil || string(empty) != "{}" {
		t.Errorf("an empty merchant is %s, %v", empty, err)
	}
}

// Every path of the field table must be where JSON has it.
func TestPathsAreJSONPaths(t *testing.T) {
	data, err := json.Marshal(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	for _, f := range Fields() {
		node := tree
		for _, part := range strings.Split(f.Path(), ".") {
			name, list := strings.CutSuffix(part, "[]")
			obj, ok := node.(map[string]any)
			if !ok {
				t.Fatalf("%s: no object at %s", f.Path(), part)
			}
			if node, ok = obj[name]; !ok {
				t.Fatalf("%s: JSON has no %s", f.Path(), name)
			}
			if list {
				node = node.([]any)[0]
			}
		}
	}
}

func TestJSONNumbersAndNull(t *testing.T) {
	var m Merchant
	if err := json.Unmarshal([]byte(`{"limits":{"single_cny":50000.10,"daily_cny":null},"fees":[{"rate_pct":0.38}],"stats":{"window_days":0},"licence":{"valid_to":""}}`), &m); err != nil {
		t.Fatal(err)
	}
	if m.Limits.SingleCNY.String() != "50000.10" || !m.Limits.DailyCNY.IsZero() || m.Fees[0].RatePct.String() != "0.38" || m.Stats.WindowDays.IsZero() {
		t.Errorf("%+v", m.Limits)
	}
	for _, bad := range []string{`{"limits":{"single_cny":1e9}}`, `{"limits":{"single_cny":"1,000"}}`, `{"signed_on":"2024/1/2"}`, `{"stats":{"window_days":1.5}}`} {
		if err := json.Unmarshal([]byte(bad), &m); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	m := filled(t)
	c := m.Clone()
	for _, f := range Fields() {
		for _, p := range c.Paths(f) {
			switch v := c.Ref(p).(type) {
			case *string:
				*v += "x"
			case *Date:
				*v = Day(1999, 9, 9)
			}
		}
	}
	c.FieldDates["mcc"] = Day(1999, 9, 9)
	want := filled(t)
	if !reflect.DeepEqual(m, want) {
		t.Error("changing the clone changed the original")
	}
}

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		mask Mask
		in   string
		want string
	}{
		{MaskIdentity, "11010519491231002X", "110***********002X"}, {MaskAccount, "6228480402564890018", "6228***********0018"},
		{MaskPhone, "13912345678", "139****5678"}, {MaskName, "张三", "张*"}, {MaskName, "张", "*"}, {MaskHolder, "欧阳明日", "欧***"},
		{MaskHolder, "上海示例商贸有限公司", "上海示例商贸有限公司"}, {MaskEmail, "abc@example.com", "a**@example.com"}, {MaskNone, "5411", "5411"},
		{MaskFull, "x1", "**"}, {MaskAccount, "12345678", "12****78"}, {MaskIdentity, "", ""}, {MaskIdentity, "1", "*"},
	} {
		if got := c.mask.Apply(c.in); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.mask, c.in, got, c.want)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	f.Add("terminals[0].serial_no")
	f.Add("fees[")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePath(s); err == nil {
			if q, err := ParsePath(p.String()); err != nil || q != p {
				t.Fatalf("%q → %v → %v %v", s, p, q, err)
			}
		}
	})
}

func FuzzAmounts(f *testing.F) {
	for _, s := range []string{"50000.00", "-0.5", "1e9", "00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMoney(s)
		if err != nil {
			return
		}
		if back, err := ParseMoney(m.String()); err != nil || !back.Equal(m) {
			t.Fatalf("%q → %s → %s %v", s, m, back, err)
		}
	})
}

// TestFilled: the set says of every field outside lists, and of every list, what Has says.
func TestFilled(t *testing.T) {
	var all FieldSet
	for _, f := range append(Fields(), FieldNone) {
		m := &Merchant{}
		switch v := m.Ref(At(f)).(type) {
		case *string:
			*v = "x"
		case *Date:
			*v = Day(2026, 11, 22)
		case *Money:
			*v = Yuan(0)
		case *Percent:
			*v = BasisPoints(0)
		case *Number:
			*v, _ = ParseNumber("0")
		case *Count:
			*v = NewCount(0)
		case *bool:
			*v = true
		default:
			switch f.Kind() {
			case KindList:
				m.Grow(f, 1)
			case KindMap:
				m.FieldDates = map[string]Date{"mcc": Day(2026, 11, 22)}
			}
		}
		var want []Field
		for _, g := range Fields() {
			if m.Has(At(g)) {
				want = append(want, g)
			}
		}
		filled := m.Filled()
		if got := slices.Collect(filled.All()); !slices.Equal(got, want) {
			t.Errorf("%s: filled are %v, want %v", f.Path(), got, want)
		}
		if filled.Has(f) != m.Has(At(f)) || filled.Empty() != (len(want) == 0) {
			t.Errorf("%s: in the set %v, empty %v", f.Path(), filled.Has(f), filled.Empty())
		}
		all.Add(f)
	}
	if n := len(slices.Collect(all.All())); n != len(Fields()) {
		t.Errorf("the set of all holds %d of %d fields", n, len(Fields()))
	}
	var mcc FieldSet
	mcc.Add(FieldMCC)
	if both, rest := all.And(&mcc), all.Without(&mcc); both != mcc || rest.Has(FieldMCC) || !rest.Has(FieldMerchantNo) || rest.Has(fieldCount) {
		t.Errorf("and %v, without %v", both, rest)
	}
	if none := (FieldSet{}); !mcc.Within(&all) || all.Within(&mcc) || !none.Within(&mcc) || mcc.Within(&none) {
		t.Error("what lies within what")
	}
}
