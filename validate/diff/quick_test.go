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
		same, ok := sameFold(x, y)
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
