package normalize

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/internal/numbertest"
)

// cleanNames are 512 names of 24 Han characters, as they mostly come.
func cleanNames() []string {
	r := rand.New(rand.NewPCG(1, 2))
	const common = "上海北京市徐汇区示例商贸有限责任公司分店餐饮管理科技发展集团中心合作社农业服务建设工程物流贸易"
	var list []string
	for range 512 {
		var s []rune
		for range 24 {
			s = append(s, []rune(common)[r.IntN(utf8.RuneCountInString(common))])
		}
		list = append(list, string(s))
	}
	return list
}

// BenchmarkRatioKey compares Key of a clean name with a plain scan of its runes.
func BenchmarkRatioKey(b *testing.B) {
	list := cleanNames()
	n := 0
	numbertest.Ratio(b, len(list), func() {
		for _, s := range list {
			n += len(Key(s))
		}
	}, func() {
		for _, s := range list {
			for _, r := range s {
				if r < 0x20 {
					n++
				}
			}
		}
	})
	if allocs := testing.AllocsPerRun(10, func() { n += len(Key(list[0])) }); allocs != 0 {
		b.Errorf("%v allocations", allocs)
	}
}

// BenchmarkRatioGBKLen compares the exact length with a count of bytes by their
// first bits alone, which takes every character for one of GBK.
func BenchmarkRatioGBKLen(b *testing.B) {
	list := cleanNames()
	n := 0
	runes := func(s string) (n int) {
		for _, r := range s {
			if n++; r >= utf8.RuneSelf {
				n++
			}
		}
		return n
	}
	bytes := func(s string) (n int) {
		for i := range len(s) {
			if c := s[i]; c < utf8.RuneSelf {
				n++
			} else if c >= 0xC0 {
				n += 2
			}
		}
		return n
	}
	for _, s := range list {
		if m, ok := GBKLen(s); !ok || m != bytes(s) || m != runes(s) {
			b.Fatalf("the references disagree about %s", s)
		}
	}
	for name, reference := range map[string]func(string) int{"bytes": bytes, "runes": runes} {
		b.Run(name, func(b *testing.B) {
			numbertest.Ratio(b, len(list), func() {
				for _, s := range list {
					m, _ := GBKLen(s)
					n += m
				}
			}, func() {
				for _, s := range list {
					n += reference(s)
				}
			})
		})
	}
}
