package bankcard

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"6228480402564890018", nil}, {"6226050967750613", nil}, {"8171999900000000021", nil}, {"6217000000000000004", nil},
		{"6228480402564890019", ErrChecksum}, {"6226050967750631", ErrChecksum}, {"6222021234567890123", ErrChecksum},
		{"622848040256489", ErrComponent}, {"4000020109027340", ErrChecksum},
		{"", ErrLength}, {"62284804025", ErrLength}, {"62284804025648900180", ErrLength},
		{"6228 4804 0256 4890", ErrFormat}, {"62284804O256489001", ErrFormat}, {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", ErrFormat},
		{"6900001234567895", nil}, // unknown BIN
	} {
		if got := Check(c.in); !errors.Is(got, c.want) {
			t.Errorf("Check(%q) = %v, want %v", c.in, got, c.want)
		}
		if Valid(c.in) != (c.want == nil) {
			t.Errorf("Valid(%q) disagrees", c.in)
		}
	}
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Value          string
		Valid          bool
		AfterNormalise *bool `json:"after_normalise"`
		Why            string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		if got := Valid(v.Value); got != v.Valid {
			t.Errorf("Valid(%q) = %v (%s): %v", v.Value, got, v.Why, Check(v.Value))
		}
		after := v.Valid
		if v.AfterNormalise != nil {
			after = *v.AfterNormalise
		}
		if got := Valid(Compact(v.Value)); got != after {
			t.Errorf("Valid(Compact(%q)) = %v (%s)", v.Value, got, v.Why)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, c := range []struct {
		in, want string
	}{
		{"6228480402564890018", "{622848 19 ABC 中国农业银行 借记卡 false} true"},
		{"6212600000000000", "{621260 16 SPABANK 平安银行 贷记卡 false} true"},
		{"6212600000000000000", "{621260 19 CSRCB 常熟农商银行 借记卡 false} true"},
		{"1030000000000000000", "{103 19 ABC 中国农业银行 借记卡 false} true"},
		{"622848040256489", "{ 0   借记卡 false} false"},
		{"6900001234567895", "{ 0   借记卡 false} false"},
		{"", "{ 0   借记卡 false} false"},
		{"62284O0402564890", "{ 0   借记卡 false} false"},
	} {
		bin, ok := Lookup(c.in)
		if got := fmt.Sprint(bin, ok); got != c.want {
			t.Errorf("Lookup(%s) = %s, want %s", c.in, got, c.want)
		}
	}
	if bin, ok := LookupAnyLength("622848040256489"); !ok || bin.Length != 19 {
		t.Errorf("LookupAnyLength = %v, %v", bin, ok)
	}
	if lengths, n := Lengths("690755"); n != 2 || lengths != [2]int{15, 18} {
		t.Errorf("Lengths = %v, %d", lengths, n)
	}
	if _, n := Lengths("6900"); n != 0 {
		t.Error("lengths of no BIN")
	}
	// Longest prefix of that length, not longest prefix.
	if bin, ok := Lookup("6210568010000000000"); !ok || bin.Prefix != "621056801" {
		t.Errorf("Lookup = %v, %v", bin, ok)
	}
	if n := Builtin().Len(); n != 1709 {
		t.Errorf("%d rows", n)
	}
}

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"6228480402564890018": "6228480402564890018", "6228 4804-0256\u00a04890\u200b018\t": "6228480402564890018",
		"６２２８－": "6228", "": "", "\xff\x31": "\xff1", "\u2060\u3000": "",
	} {
		if got := Compact(in); got != want {
			t.Errorf("Compact(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Format("6228480402564890018"); got != "6228 4804 0256 4890 018" {
		t.Errorf("Format = %q", got)
	}
	if got := Format("6228x"); got != "6228x" {
		t.Errorf("Format = %q", got)
	}
}

func TestCandidates(t *testing.T) {
	if list := Candidates("6226050967750631"); !slices.Contains(list, Candidate{"6226050967750613", 15}) {
		t.Errorf("Candidates = %v", list)
	}
	if list := Candidates("622848O402564890018"); len(list) != 1 || list[0] != (Candidate{"6228480402564890018", 7}) {
		t.Errorf("Candidates of a letter = %v", list)
	}
	if Candidates("6226050967750613") != nil || Candidates("1") != nil {
		t.Error("candidates of a valid number or of another length")
	}
}

func TestNoAllocations(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		Check("6228480402564890018")
		_ = Luhn("6228480402564890018")
		Lookup("6228480402564890018")
		Lengths("690755")
		Compact("6228480402564890018")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestSubstitutionsAreCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.SampledFrom([]string{"622848", "621700", "955880", "940051"}).Draw(t, "prefix")
		s := prefix + fmt.Sprintf("%012d", rapid.Int64Range(0, 999999999999).Draw(t, "account"))
		for d := '0'; d <= '9'; d++ {
			if Luhn(s + string(d)) {
				s += string(d)
				break
			}
		}
		if !Luhn(s) || len(s) != 19 || errors.Is(Check(s), ErrChecksum) {
			t.Fatalf("Check(%s) = %v", s, Check(s))
		}
		for i := range s {
			for d := byte('0'); d <= '9'; d++ {
				if wrong := s[:i] + string(d) + s[i+1:]; d != s[i] && (Luhn(wrong) || Valid(wrong)) {
					t.Fatalf("%s passes for %s", wrong, s)
				}
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"6228480402564890018", "6226050967750631", " ６22-", "\xff\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		numbertest.Fuzz(t, api, s)
		c := Compact(s)
		if bin, ok := Lookup(c); ok && (bin.Length != len(c) || c[:len(bin.Prefix)] != bin.Prefix) {
			t.Fatalf("Lookup(%q) = %v", c, bin)
		}
	})
}

func ExampleLookup() {
	bin, _ := Lookup("6228480402564890018")
	fmt.Println(bin.Prefix, bin.Length, bin.BankName, bin.Type)
	// Output: 622848 19 中国农业银行 借记卡
}

func BenchmarkLuhn(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Luhn("6228480402564890018")
	}
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("6228480402564890018")
	}
}
