package uscc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
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
	"uscc": uscc.Check,
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
		// Capitals make one published mask, xx for the last two, a code that passes.
		if strings.HasSuffix(v.Value, "xx") {
			continue
		}
		if err := check(uscc.Compact(v.Value)); (err == nil) != (v.Valid || v.AfterNormalise) {
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
		{"Check", uscc.Check, "91110000600037341L", nil},
		{"Check", uscc.Check, "91350100M000100Y43", nil},
		{"Check", uscc.Check, "91320621MA1MRHG205", nil},
		{"Check", uscc.Check, "121200004013590816", nil},
		{"Check", uscc.Check, "92340602MA2PBQAH7E", nil},
		{"Check", uscc.Check, "9144030071526726XG", nil},
		{"Check", uscc.Check, "91110000600037341", uscc.ErrLength},
		{"Check", uscc.Check, "91110000600037341L0", uscc.ErrLength},
		{"Check", uscc.Check, "", uscc.ErrLength},
		{"Check", uscc.Check, "91110000600037341I", uscc.ErrFormat},
		{"Check", uscc.Check, "91110000O00037341L", uscc.ErrFormat},
		{"Check", uscc.Check, "91110000600037341l", uscc.ErrFormat},
		{"Check", uscc.Check, "9111000A600037341L", uscc.ErrFormat},
		{"Check", uscc.Check, "91510823MA6CJ9UAxx", uscc.ErrFormat},
		{"Check", uscc.Check, "91110000600037341N", uscc.ErrChecksum},
		{"Check", uscc.Check, "91110000600037314L", uscc.ErrChecksum},
		{"Check", uscc.Check, "91350100M0001TGQXM", uscc.ErrPilot},
		{"Check", uscc.Check, "91350211M0000XUF46", uscc.ErrPilot},
		{"Check", uscc.Check, "91350203M0001FUE2P", uscc.ErrPilot},
		{"Check", uscc.Check, "91350211M00013FA1N", uscc.ErrPilot},
		{"CheckShape", uscc.CheckShape, "91350100M0001TGQXM", nil},
	} {
		if err := tt.check(tt.value); !errors.Is(err, tt.want) {
			t.Errorf("%s(%q) = %v, want %v", tt.name, tt.value, err, tt.want)
		}
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"91110000600037341L":                        "91110000600037341L",
		"９１３５0100m000100y43":                        "91350100M000100Y43",
		"\u00a09111 0000\u200b6000\u206037341L\r\n": "91110000600037341L",
		"91110000-600037341-L":                      "91110000-600037341-L",
		"统一\u3000代码\ufeff":                          "统一代码",
		"a\xff ":                                    "a\xff ",
	} {
		if got := uscc.Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"91110000600037341L", "91350100M0001TGQXM", "9111000060003734IL", "统一社会信用代码"} {
		n := testing.AllocsPerRun(100, func() {
			sink = uscc.Check(s)
			_, _, _ = uscc.DepartmentCategory(s)
			_, _ = uscc.CategoryOf(s)
			_, _, _, _, _ = uscc.Division(s), uscc.Organisation(s), uscc.SubjectTypes(s), uscc.IsPilot(s), uscc.Format(s)
			_ = uscc.Compact(s)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "－０ｘ\u200b \xff", "91110000600037341L", "91350100M0001TGQXM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { numbertest.Fuzz(t, api, s) })
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = uscc.Check("91320621MA1MRHG205")
	}
}

func ExampleCheck() {
	fmt.Println(uscc.Check("91110000600037341L"))
	fmt.Println(uscc.Check("91110000600037314L"))
	fmt.Println(errors.Is(uscc.Check("91350100M0001TGQXM"), uscc.ErrPilot))
	// Output:
	// <nil>
	// uscc: overall check fails
	// true
}

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// code draws a code that passes every check, its check characters computed
// here by the defining sums and not by the tables of the package.
func code(t *rapid.T) string {
	s := rapid.SampledFrom(uscc.Categories()).Draw(t, "category").Code +
		rapid.StringMatching(`[0-9]{6}`).Draw(t, "division") +
		rapid.StringMatching(`[0-9A-HJ-NPQRTUWXY]{8}`).Draw(t, "organisation")
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", s[8+i]) * w
	}
	s += string("0123456789X0"[11-sum%11])
	sum, w := 0, 1
	for i := range s {
		sum += strings.IndexByte(alphabet, s[i]) * w
		w = w * 3 % 31
	}
	return s + string(alphabet[(31-sum%31)%31])
}

func TestGeneratedPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := code(t)
		if err := uscc.Check(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if c, ok := uscc.CheckChar(s[:17]); !ok || c != s[17] {
			t.Fatalf("CheckChar of %s is %c", s, c)
		}
		if got := s[:2] + uscc.Division(s) + uscc.Organisation(s) + s[17:]; got != s {
			t.Fatalf("parts of %s give %s", s, got)
		}
		if uscc.Candidates(s) != nil {
			t.Fatalf("candidates for the valid %s", s)
		}
	})
}

func TestSingleSlipsFail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := code(t)
		for i := range s {
			for j := range alphabet {
				if alphabet[j] != s[i] && uscc.Valid(s[:i]+alphabet[j:j+1]+s[i+1:]) {
					t.Fatalf("%s passes with %c at %d", s, alphabet[j], i+1)
				}
			}
			if i > 0 && s[i-1] != s[i] && uscc.Valid(s[:i-1]+s[i:i+1]+s[i-1:i]+s[i+1:]) {
				t.Fatalf("%s passes with a swap at %d", s, i)
			}
		}
	})
}

// seal appends the overall check character.
func seal(t *testing.T, s17 string) string {
	t.Helper()
	c, ok := uscc.CheckChar(s17)
	if !ok {
		t.Fatalf("%s has no check character", s17)
	}
	return s17 + string(c)
}

func TestLaterErrors(t *testing.T) {
	if s := seal(t, "91110000600037342"); uscc.Check(s) != uscc.ErrOrganisation || !uscc.CheckOverall(s) || uscc.CheckOrganisation(s) {
		t.Errorf("%s: %v", s, uscc.Check(s))
	}
	for _, category := range []string{"B7", "L8", "42", "9A", "Y9", "10"} {
		s := seal(t, category+"110000600037341")
		code, name, ok := uscc.DepartmentCategory(s)
		if uscc.Check(s) != uscc.ErrComponent || code != category || name != "" || ok || uscc.SubjectTypes(s) != 0 {
			t.Errorf("%s: %v, %q %q %t", s, uscc.Check(s), code, name, ok)
		}
	}
	if _, ok := uscc.CheckChar("91110000I00037341"); ok {
		t.Error("CheckChar takes I")
	}
	if !uscc.IsPilot("91350100M0001TGQXM") || uscc.IsPilot("91350100M000100Y43") {
		t.Error("pilot and example of the standard confused")
	}
}

func TestCategories(t *testing.T) {
	const only = uscc.SubjectEnterprise
	list := uscc.Categories()
	if !slices.IsSortedFunc(list, func(a, b uscc.Category) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("table not sorted")
	}
	for _, c := range list {
		s := seal(t, c.Code+"110000600037341")
		code, name, ok := uscc.DepartmentCategory(s)
		if !uscc.Valid(s) || code != c.Code || name != c.ZH || !ok || name == "" || c.EN == "" || uscc.SubjectTypes(s) == 0 {
			t.Errorf("%+v: %v, %q %q %t", c, uscc.Check(s), code, name, ok)
		}
	}
	// Every pair of the alphabet: what has no row is unknown, and the reverse.
	known := 0
	for i := range alphabet {
		for j := range alphabet {
			if uscc.Valid(seal(t, alphabet[i:i+1]+alphabet[j:j+1]+"110000600037341")) {
				known++
			}
		}
	}
	if known != len(list) {
		t.Errorf("%d pairs pass, %d have a row", known, len(list))
	}
	for category, want := range map[string]uscc.Subjects{
		"91": only, "93": only, "99": only,
		"92": uscc.SubjectIndividualBusiness,
		"12": uscc.SubjectInstitution,
		"11": uscc.SubjectGovernment, "A1": uscc.SubjectGovernment, "A9": uscc.SubjectGovernment,
		"13": uscc.SubjectGovernment | uscc.SubjectInstitution | uscc.SubjectSocialOrg,
		"31": uscc.SubjectSocialOrg, "52": uscc.SubjectSocialOrg, "N2": uscc.SubjectSocialOrg,
	} {
		s := seal(t, category+"110000600037341")
		if got := uscc.SubjectTypes(s); got != want {
			t.Errorf("%s: %05b, want %05b", category, got, want)
		}
	}
	if any := uscc.SubjectTypes(seal(t, "Y1110000600037341")); !any.Has(uscc.SubjectEnterprise|uscc.SubjectSocialOrg) || any.Only() != "" {
		t.Errorf("Y1: %05b", any)
	}
	if uscc.Subjects(0).Has(0) || only.Has(uscc.SubjectGovernment) ||
		only.Only()+uscc.SubjectIndividualBusiness.Only()+uscc.SubjectInstitution.Only()+uscc.SubjectGovernment.Only()+uscc.SubjectSocialOrg.Only() !=
			"enterpriseindividual_businessinstitutiongovernmentsocial_org" {
		t.Error("Has or Only")
	}
	if uscc.SubjectTypes("91") != 0 || uscc.Division("91") != "" {
		t.Error("parts of a short text")
	}
}

func TestMisread(t *testing.T) {
	for value, want := range map[string]string{
		"91110000O00037341L": "", "9111000060003734IL": "91110000600037341L", "91320621MA1MRHGZ05": "91320621MA1MRHG205",
		"91110000600037341L": "", "9111": "", "": "",
	} {
		if got, ok := uscc.Misread(value); got != want || ok != (want != "") {
			t.Errorf("Misread(%q) = %q, %t", value, got, ok)
		}
	}
}

func TestCandidates(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  uscc.Candidate
	}{
		{"91110000O00037341L", uscc.Candidate{Value: "91110000600037341L", Position: 9}},
		{"9111000060003734IL", uscc.Candidate{Value: "91110000600037341L", Position: 17}},
		{"91320621MA1MRHGZ05", uscc.Candidate{Value: "91320621MA1MRHG205", Position: 16}},
		{"91110000600037314L", uscc.Candidate{Value: "91110000600037341L", Position: 16}},
		{"91110000600037341N", uscc.Candidate{Value: "91110000600037341L", Position: 18}},
	} {
		if got := uscc.Candidates(tt.value); !slices.Contains(got, tt.want) {
			t.Errorf("Candidates(%q) = %v, want %v among them", tt.value, got, tt.want)
		}
	}
	// Look-alikes stand first.
	if got := uscc.Candidates("91320621MA1MRHGZ05"); got[0].Value != "91320621MA1MRHG205" {
		t.Errorf("first candidate %v", got)
	}
	if got := uscc.Candidates("9111000060003734"); got != nil {
		t.Errorf("candidates for 16 characters: %v", got)
	}
}
