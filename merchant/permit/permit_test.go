package permit_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/permit"
)

var sink error

type vector struct {
	Kind, Value, Why string
	Valid            bool
	AfterNormalise   bool `json:"after_normalise"`
}

func vectors(t *testing.T) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no vectors")
	}
	return list
}

// checks names the function that judges each kind of vector.
var checks = map[string]func(string) error{
	"hk_macao_permit": permit.CheckHKMacao,
	"taiwan_permit":   permit.CheckTaiwan,
	"frp_id15":        permit.CheckForeignPermanent,
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		check := checks[v.Kind]
		if check == nil {
			t.Fatalf("kind %s has no check", v.Kind)
		}
		if err := check(v.Value); (err == nil) != v.Valid {
			t.Errorf("%s %q (%s): %v", v.Kind, v.Value, v.Why, err)
		}
		if err := check(permit.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
			t.Errorf("%s %q compacted (%s): %v", v.Kind, v.Value, v.Why, err)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		check func(string) error
		value string
		want  error
	}{
		{"CheckHKMacao", permit.CheckHKMacao, "H12345678", nil},
		{"CheckHKMacao", permit.CheckHKMacao, "M1234567801", nil},
		{"CheckHKMacao", permit.CheckHKMacao, "H1234567", permit.ErrLength},
		{"CheckHKMacao", permit.CheckHKMacao, "C12345678", permit.ErrFormat},
		{"CheckHKMacao", permit.CheckHKMacao, "HK1234567", permit.ErrFormat},
		{"CheckTaiwan", permit.CheckTaiwan, "07257456", nil},
		{"CheckTaiwan", permit.CheckTaiwan, "F290299977", nil},
		{"CheckTaiwan", permit.CheckTaiwan, "A1234567", permit.ErrFormat},
		{"CheckTaiwan", permit.CheckTaiwan, "F29029997-", permit.ErrFormat},
		{"CheckTaiwan", permit.CheckTaiwan, "123456789", permit.ErrLength},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "CAN310098765432", nil},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "CA1310098765432", permit.ErrFormat},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "CAN31009876543X", permit.ErrFormat},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "932840199001150015", nil},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "932682198501010018", permit.ErrChecksum},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "832682198501010017", permit.ErrFormat},
		{"CheckForeignPermanent", permit.CheckForeignPermanent, "93268219850101001", permit.ErrLength},
		{"Check", permit.Check, "H12345678", nil},
		{"Check", permit.Check, "07257456", nil},
		{"Check", permit.Check, "932840199001150015", nil},
		{"Check", permit.Check, "932682198501010018", permit.ErrChecksum},
		{"Check", permit.Check, "123456789", permit.ErrFormat},
		{"Check", permit.Check, "1234567", permit.ErrLength},
		{"Check", permit.Check, "", permit.ErrLength},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"H12345678":        "H12345678",
		"ｈ1234 5678\u200e": "H12345678",
		"H-12345678":       "H-12345678",
		"h\xff":            "h\xff",
	} {
		if got := permit.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"H12345678", "07257456", "932840199001150015", "CAN310098765432"} {
		n := testing.AllocsPerRun(100, func() {
			sink = permit.Check(s)
			_, _, _, _ = permit.Holder(s), permit.Renewals(s), permit.Nationality(s), permit.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "H12345678", "CAN310098765432"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = permit.Check("H1234567801")
	}
}

func ExampleCheck() {
	fmt.Println(permit.Check("H12345678"))
	fmt.Println(permit.CheckTaiwan("H12345678"))
	// Output:
	// <nil>
	// permit: wrong length
}

func TestGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if s := rapid.StringMatching(`[HM][0-9]{8}([0-9]{2})?`).Draw(t, "hk"); permit.CheckHKMacao(s) != nil || !permit.Valid(s) || permit.Holder(s)+permit.Renewals(s) != s {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[0-9]{8}|[0-9A-Z]{10,12}`).Draw(t, "taiwan"); permit.CheckTaiwan(s) != nil || !permit.Valid(s) {
			t.Fatal(s)
		}
		if s := rapid.StringMatching(`[A-Z]{3}[0-9]{12}`).Draw(t, "foreign"); permit.CheckForeignPermanent(s) != nil || permit.Nationality(s) != s[:3] {
			t.Fatal(s)
		}
	})
}

func TestParts(t *testing.T) {
	if permit.Nationality("932840199001150015") != "840" || permit.Nationality("H12345678") != "" || permit.Holder("1")+permit.Renewals("1")+permit.Renewals("H12345678") != "" {
		t.Error("parts")
	}
}
