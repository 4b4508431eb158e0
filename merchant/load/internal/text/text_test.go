package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// theirs decodes with x/text; false where it writes U+FFFD for something else than its code.
func theirs(src []byte) (string, bool) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(src)
	if err != nil {
		panic(err)
	}
	return string(out), bytes.Count(out, []byte("\uFFFD")) == replacements(src) && !bytes.Contains(src, []byte{0})
}

// replacement is U+FFFD itself, which is a character like any other where it is written.
var replacement = []byte("\x84\x31\xA4\x37")

// replacements counts it where a character begins: the same bytes can also be the end of one and the beginning of another.
func replacements(src []byte) (n int) {
	for i := 0; i < len(src); {
		switch {
		case bytes.HasPrefix(src[i:], replacement):
			n++
			i += 4
		case src[i] <= 0x80 || i+1 == len(src): // 80 is the euro sign of code page 936
			i++
		case src[i+1] >= '0' && src[i+1] <= '9':
			i += 4
		default:
			i += 2
		}
	}
	return n
}

func ours(src []byte) (string, bool) {
	dst := make([]byte, 3*len(src)+8)
	to, from, ok := gb18030(dst, src)
	return string(dst[:to]), ok && from == len(src)
}

func TestGB18030EqualsXText(t *testing.T) {
	for first := range 0x100 {
		for second := range 0x100 {
			src := []byte{byte(first), byte(second)}
			want, defined := theirs(src)
			got, ok := ours(src)
			if ok != defined || ok && got != want {
				t.Fatalf("% x: %q %t, %q %t expected", src, got, ok, want, defined)
			}
		}
	}
	for c := rune(0x80); c <= utf8.MaxRune; c += 7 {
		src, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(string(c)))
		if err != nil || c >= 0xD800 && c < 0xE000 {
			continue
		}
		want, defined := theirs(src)
		if got, ok := ours(src); ok != defined || ok && got != want {
			t.Fatalf("%U as % x: %q %t, %q %t expected", c, src, got, ok, want, defined)
		}
	}
}

func FuzzGB18030(f *testing.F) {
	for _, s := range []string{"abcdefghij", "\xc9\xcf\xba\xa3,1", "\x81\x30\x81\x30", "\x84\x31\xa4\x37", "\x84\x84\x31\xa4\x37", "\x84\x84\x31\xa4\x37\x81\x30", "\x800\x84\x31\xa4\x37", "\x80", "\xff", "\x81\x7f", "\x81\x3a\x81\x30", "\xaa\xa1", "\xfe\x39\xfe\x39", "abc\x00defgh", "\x81"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		want, defined := theirs(src)
		got, ok := ours(src)
		if ok && (!defined || got != want) {
			t.Fatalf("% x: %q, %q expected", src, got, want)
		}
		// x/text takes 3A to 3F for the second of four bytes, which the standard does not know. In broken text it is not
		// certain where a character begins, and so what a U+FFFD stands for.
		if !ok && defined && !bytes.ContainsAny(src, ":;<=>?") && !bytes.Contains(src, replacement) {
			t.Fatalf("% x is refused, not %q", src, want)
		}
	})
}

// tiny returns few bytes at a time never: the whole of what is asked for, and an error of its own after that.
type broken struct{ *strings.Reader }

func (b broken) ReadAt(p []byte, at int64) (int, error) {
	if at >= block {
		return 0, errors.New("disk")
	}
	return b.Reader.ReadAt(p, at)
}

// Characters and line ends that two blocks share are read as within one.
func TestBlocks(t *testing.T) {
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for shift := range 9 {
		for _, c := range []string{"上", "𠮷", "é", "\r\n", "\ra"} {
			plain := strings.Repeat("x", block-shift) + c + "海,\n" + strings.Repeat("y,上海\n", block/8)
			for name, raw := range map[string]string{"": plain, "GB18030": gb(plain)} {
				f, err := Open(strings.NewReader(raw), int64(len(raw)), "m.csv")
				if err != nil || f.Encoding.Name() != name || !f.LF || f.CR != (c == "\ra") {
					t.Fatalf("%q, %d before the end of a block: %+v %v", c, shift, f, err)
				}
				if got, err := io.ReadAll(f.Reader()); err != nil || string(got) != plain {
					t.Fatalf("%q, %d before the end of a block: %v", c, shift, err)
				}
				bad := raw + "\n1,\xFF\n"
				_, err = Open(strings.NewReader(bad), int64(len(bad)), "m.csv")
				var fault *Fault
				if !errors.As(err, &fault) || fault.Row != strings.Count(plain, "\n")+2+strings.Count(c, "\ra") || fault.Offset != int64(len(raw)+3) {
					t.Fatalf("%q, %d before the end of a block: %v", c, shift, err)
				}
			}
		}
	}
}

func TestUnreadable(t *testing.T) {
	raw := strings.Repeat("a,b\n", block)
	_, err := Open(broken{strings.NewReader(raw)}, int64(len(raw)), "m.csv")
	var in *load.InputError
	if !errors.As(err, &in) || !strings.Contains(err.Error(), "reading failed") {
		t.Error(err)
	}
}
