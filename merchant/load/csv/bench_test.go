package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// merchants writes a table of twelve columns as UTF-8.
func merchants(rows int) string {
	var b strings.Builder
	b.WriteString("商户编号,商户名称,统一社会信用代码,法人姓名,法人证件号码,成立日期,结算账号,借记卡费率(%),借记卡封顶(元),终端号,MCC,经营地址\n")
	for i := range rows {
		fmt.Fprintf(&b, "3103100581%05d,上海示例%d商贸有限公司,91310000MA1FL%05d,张三,110101199003%06d,2020-01-02,6222020000%09d,0.50,20,%08d,5411,上海市示例区示例路%d号\n",
			i%100000, i, i%100000, i%1000000, i, i, i)
	}
	return b.String()
}

// BenchmarkRatio reads the same rows as GB18030 with this package, opening included, and as UTF-8 with encoding/csv that
// reuses its record, in turns, and reports the median of the ratios.
func BenchmarkRatio(b *testing.B) {
	const rows = 20000
	plain := merchants(rows)
	stored := gbk(plain)
	theirs := func() {
		r := csv.NewReader(strings.NewReader(plain))
		r.ReuseRecord = true
		n := 0
		for {
			_, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows+1 {
			b.Fatal(n)
		}
	}
	ours := func(raw string) func() {
		return func() {
			book, err := Open(strings.NewReader(raw), int64(len(raw)), Options{})
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for _, err := range book.Rows("") {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != rows+1 {
				b.Fatal(n)
			}
		}
	}
	quoted := strings.ReplaceAll(plain, "上海市", `"上海市"`)
	quoted = strings.ReplaceAll(quoted, `"上海市"示例区`, `"上海市示例区"`)
	quoted = strings.ReplaceAll(quoted, `"示例路`, `示例路`)
	quoted = strings.ReplaceAll(quoted, "号\n", "号\"\n")
	for _, side := range []struct {
		name, raw string
	}{{"GB18030", stored}, {"UTF-8", plain}, {"quoted GB18030", gbk(quoted)}} {
		b.Run(side.name, func(b *testing.B) {
			var ratios []float64
			run := ours(side.raw)
			b.SetBytes(int64(len(side.raw)))
			b.ReportAllocs()
			for b.Loop() {
				t0 := time.Now()
				run()
				t1 := time.Now()
				theirs()
				ratios = append(ratios, float64(t1.Sub(t0))/float64(time.Since(t1)))
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "x-encoding/csv")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	plain := merchants(20000)
	for name, raw := range map[string][]byte{"UTF-8": []byte(plain), "GB18030": []byte(gbk(plain))} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := Open(bytes.NewReader(raw), int64(len(raw)), Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
