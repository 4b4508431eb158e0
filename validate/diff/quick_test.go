package diff

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// TestSameFold: where sameFold is sure, it agrees with the comparison forms.
func TestSameFold(t *testing.T) {
	piece := rapid.SampledFrom([]string{"甲", "乙", "一", "龥", "A", "a", "Ａ", "ａ", "z", "ｚ", "0", "０", "9", "９", "(", "（", ")", "）", "-", "－", "/", "／", ":", "：", "，", ",",
		"&", "＆", " ", "　", ".", "．", "·", "*", "＊", "[", "［", "~", "～", "\u200b", "é", "⼀", "\xef\xbc", "！", "!", "㈠", "\xef\xbd\xa1"})
	sure := 0
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(piece, 0, 12).Draw(t, "parts")
		x := strings.Join(parts, "")
		for i := range parts {
			if rapid.IntRange(0, 3).Draw(t, "change") == 0 {
				parts[i] = piece.Draw(t, "other")
			} else if rapid.Bool().Draw(t, "width") {
				parts[i] = strings.NewReplacer("A", "Ａ", "Ａ", "a", "0", "０", "（", "(", "-", "－", "：", ":").Replace(parts[i])
			}
		}
		y := strings.Join(parts, "")
		same, ok := sameFold([]byte(x), []byte(y))
		if !ok {
			return
		}
		sure++
		if want := normalize.Key(x) == normalize.Key(y); same != want {
			t.Fatalf("%q %q: %v, keys %q %q", x, y, same, normalize.Key(x), normalize.Key(y))
		}
	})
	if sure < 10 {
		t.Errorf("sure of %d pairs only", sure)
	}
}

// TestSameCode: where sameCode and sameMobile are sure, they agree with the comparison forms.
func TestSameCode(t *testing.T) {
	for name, c := range map[string]struct {
		form   form
		same   func(x, y []byte) (bool, bool)
		pieces []string
	}{
		"code":   {code, func(x, y []byte) (bool, bool) { return sameCode(x, y, false) }, []string{"9131", "0000", "ma", "MA", "1", "F", "-", " ", "\t", "８", "\x7f", "\xff", "/"}},
		"number": {number, func(x, y []byte) (bool, bool) { return sameCode(x, y, true) }, []string{"6222", "0200", "0", "1x", "-", "--", " ", "－", "\x00", "é"}},
		"dial":   {dial, sameMobile, []string{"139", "138", "0013", "8000", "1", "9", "010", "86", "+86", "-", " ", "转", "(", ")"}},
	} {
		t.Run(name, func(t *testing.T) {
			sure := 0
			rapid.Check(t, func(t *rapid.T) {
				parts := rapid.SliceOfN(rapid.SampledFrom(c.pieces), 0, 8).Draw(t, "parts")
				if rapid.Bool().Draw(t, "plain") {
					parts = []string{"139", "0013", "800a"}
					if name == "dial" {
						parts[2] = "8000"
					}
				}
				x := strings.Join(parts, "")
				for i := range parts {
					switch rapid.IntRange(0, 5).Draw(t, "change") {
					case 0:
						parts[i] = rapid.SampledFrom(c.pieces).Draw(t, "other")
					case 1:
						parts[i] += rapid.SampledFrom([]string{" ", "-"}).Draw(t, "mark")
					case 2:
						parts[i] = strings.ToLower(parts[i])
					}
				}
				y := strings.Join(parts, "")
				same, ok := c.same([]byte(x), []byte(y))
				if !ok {
					return
				}
				sure++
				if want := c.form.key(x) == c.form.key(y); same != want {
					t.Fatalf("%q %q: %v, forms %q %q", x, y, same, c.form.key(x), c.form.key(y))
				}
			})
			if sure < 10 {
				t.Errorf("sure of %d pairs only", sure)
			}
		})
	}
}
