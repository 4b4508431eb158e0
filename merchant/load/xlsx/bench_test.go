package xlsx_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
)

var benchRows = flag.Int("rows", 20000, "rows of the workbooks that the benchmarks read; the goals are for 100000")

// headings of the 30 columns, 21 of text and 9 of numbers and dates.
var headings = strings.Fields(`商户号 商户名称 商户简称 统一社会信用代码 法人姓名 法人证件号码 法人手机号 联系人姓名 联系人手机号 注册地址 经营地址
	MCC 结算账号 结算户名 开户银行 开户支行 联行号 商户状态 客服电话 电子邮箱 经营范围
	营业执照生效日期 营业执照失效日期 单笔限额 日限额 月限额 借记卡费率 贷记卡费率 注册资本 签约日期`)

const benchText = 21

// writeBook writes a workbook of rows × 30 cells, with its text shared or inline.
func writeBook(w io.Writer, rows int, inline bool) error {
	z := zip.NewWriter(w)
	part := func(name string, write func(b *bufio.Writer)) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		b := bufio.NewWriterSize(f, 1<<16)
		write(b)
		return b.Flush()
	}
	const ns = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	fixed := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook` + ns + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="商户" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet` + ns + `><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="14"/></cellXfs></styleSheet>`},
	}
	for _, p := range fixed {
		if err := part(p[0], func(b *bufio.Writer) { b.WriteString(p[1]) }); err != nil {
			return err
		}
	}
	text := func(b *bufio.Writer, r *rand.Rand, row, column int) {
		n := r.IntN(1 << 30)
		switch headings[column] {
		case "商户号":
			fmt.Fprintf(b, "3103100%08d", row)
		case "统一社会信用代码":
			fmt.Fprintf(b, "9131010%011d", n)
		case "法人证件号码":
			fmt.Fprintf(b, "31010119%02d0%d%05d", r.IntN(99), 1+r.IntN(9), n%100000)
		case "法人手机号", "联系人手机号", "客服电话":
			fmt.Fprintf(b, "138%08d", n%100000000)
		case "MCC":
			b.WriteString("5411")
		case "结算账号":
			fmt.Fprintf(b, "622202%013d", n)
		case "联行号":
			fmt.Fprintf(b, "10229%07d", n%10000000)
		case "电子邮箱":
			fmt.Fprintf(b, "m%d@example.com", n)
		case "商户状态":
			b.WriteString("正常")
		case "注册地址", "经营地址":
			fmt.Fprintf(b, "上海市黄浦区示例路%d号%d室", n%10000, n%97)
		default:
			fmt.Fprintf(b, "上海示例%d商贸有限公司", n%1000000)
		}
	}
	head := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	r := rand.New(rand.NewPCG(1, 2))
	err := part("xl/worksheets/sheet1.xml", func(b *bufio.Writer) {
		b.WriteString(head + `<worksheet` + ns + `><dimension ref="A1:AD` + fmt.Sprint(rows+1) + `"/><sheetData>`)
		shared := 0
		for row := range rows + 1 {
			fmt.Fprintf(b, `<row r="%d" spans="1:30">`, row+1)
			for c, h := range headings {
				ref := load.Letter(c)
				switch {
				case row > 0 && c >= benchText && strings.HasSuffix(h, "日期"):
					fmt.Fprintf(b, `<c r="%s%d" s="2"><v>%d</v></c>`, ref, row+1, 43000+r.IntN(3000))
				case row > 0 && c >= benchText:
					fmt.Fprintf(b, `<c r="%s%d"><v>%d.%d</v></c>`, ref, row+1, r.IntN(9), 1+r.IntN(9))
				case inline:
					fmt.Fprintf(b, `<c r="%s%d" s="1" t="inlineStr"><is><t>`, ref, row+1)
					if row == 0 {
						b.WriteString(h)
					} else {
						text(b, r, row, c)
					}
					b.WriteString(`</t></is></c>`)
				default:
					fmt.Fprintf(b, `<c r="%s%d" s="1" t="s"><v>%d</v></c>`, ref, row+1, shared)
					shared++
				}
			}
			b.WriteString("</row>")
		}
		b.WriteString(`</sheetData></worksheet>`)
	})
	if err != nil {
		return err
	}
	err = part("xl/sharedStrings.xml", func(b *bufio.Writer) {
		b.WriteString(head + `<sst` + ns + `>`)
		for row := range rows + 1 {
			for c, h := range headings {
				if inline || row > 0 && c >= benchText {
					continue
				}
				b.WriteString("<si><t>")
				if row == 0 {
					b.WriteString(h)
				} else {
					text(b, r, row, c)
				}
				b.WriteString("</t></si>")
			}
		}
		b.WriteString(`</sst>`)
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// readers are the ways to read a workbook that are compared; each returns the cells or rows it saw.
var readers = map[string]func(name string) (int, error){
	"floor": func(name string) (n int, err error) { // unzip and count the tags
		z, err := zip.OpenReader(name)
		if err != nil {
			return 0, err
		}
		defer z.Close()
		buf := make([]byte, 1<<16)
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				return 0, err
			}
			for err == nil {
				var k int
				k, err = r.Read(buf)
				n += bytes.Count(buf[:k], []byte("<c ")) + bytes.Count(buf[:k], []byte("<row ")) + bytes.Count(buf[:k], []byte("<si>"))
			}
			if err != io.EOF {
				return 0, err
			}
		}
		return n, nil
	},
	"cells": func(name string) (n int, err error) {
		b, closeFile, err := openBook(name)
		if err != nil {
			return 0, err
		}
		defer closeFile()
		for row, err := range b.Rows("商户") {
			if err != nil {
				return 0, err
			}
			n += len(row.Cells)
		}
		return n, nil
	},
	"records": func(name string) (n int, err error) {
		b, closeFile, err := openBook(name)
		if err != nil {
			return 0, err
		}
		defer closeFile()
		for _, err := range load.Read(context.Background(), b, load.Options{File: name}) {
			if err == nil {
				n++
			}
		}
		return n, nil
	},
	"excelize": func(name string) (n int, err error) {
		f, err := excelize.OpenFile(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		rows, err := f.Rows("商户")
		if err != nil {
			return 0, err
		}
		for rows.Next() {
			columns, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return 0, err
			}
			n += len(columns)
		}
		return n, rows.Close()
	},
}

func openBook(name string) (*xlsx.Book, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	b, err := xlsx.Open(context.Background(), f, info.Size(), xlsx.Options{File: name})
	return b, func() { f.Close() }, err
}

const readerVariable = "MERCHANTKYC_BENCH_READER"

// TestMain lets the benchmark run each reader in a process of its own.
func TestMain(m *testing.M) {
	flag.Parse()
	if name := os.Getenv(readerVariable); name != "" {
		n, err := readers[name](flag.Arg(0))
		if err != nil || n == 0 {
			fmt.Fprintln(os.Stderr, n, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// measured is what processes of one reader took: CPU seconds (user and system, of all threads) of each, and the most
// memory in MB.
type measured struct {
	cpu []float64
	rss float64
}

// run lets a reader read a file in a process of its own.
func (m *measured) run(b *testing.B, reader, file string) {
	b.Helper()
	cmd := exec.Command(os.Args[0], file)
	cmd.Env = append(os.Environ(), readerVariable+"="+reader)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		b.Fatal(reader, err)
	}
	m.cpu = append(m.cpu, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	m.rss = max(m.rss, maxRSS(cmd.ProcessState))
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// over is the median of the ratios of pairs that ran beside each other.
func (m *measured) over(o *measured) float64 {
	var list []float64
	for i := range m.cpu {
		list = append(list, m.cpu[i]/o.cpu[i])
	}
	return median(list)
}

func benchFile(b *testing.B, rows int, inline bool) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "book.xlsx")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(writeBook(f, rows, inline), f.Close()); err != nil {
		b.Fatal(err)
	}
	return name
}

// passes is how often each reader runs.
const passes = 3

// BenchmarkProcess compares whole processes that read one workbook, the readers taking turns. The ratios are medians of
// pairs. The goals, for -rows 100000: cells/floor 2.2, cells/excelize 0.15, cells-MB 150 (inline 40), records/excelize
// 0.25.
func BenchmarkProcess(b *testing.B) {
	for _, kind := range []string{"shared", "inline"} {
		b.Run(kind, func(b *testing.B) {
			file := benchFile(b, *benchRows, kind == "inline")
			of := map[string]*measured{"floor": {}, "cells": {}, "records": {}, "excelize": {}}
			for range passes {
				for _, name := range []string{"floor", "cells", "records", "excelize"} {
					of[name].run(b, name, file)
				}
			}
			for range b.N { // the work is done above, once
			}
			for name, m := range of {
				b.ReportMetric(median(m.cpu), name+"-cpu-s")
				b.ReportMetric(m.rss, name+"-MB")
			}
			b.ReportMetric(of["cells"].over(of["floor"]), "cells/floor")
			b.ReportMetric(of["cells"].over(of["excelize"]), "cells/excelize")
			b.ReportMetric(of["records"].over(of["excelize"]), "records/excelize")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkGrowth compares a workbook with one of three times the rows: neither time nor memory may grow more than
// threefold.
func BenchmarkGrowth(b *testing.B) {
	small, large := benchFile(b, *benchRows, false), benchFile(b, 3**benchRows, false)
	for _, name := range []string{"cells", "records"} {
		b.Run(name, func(b *testing.B) {
			var one, three measured
			for range passes {
				one.run(b, name, small)
				three.run(b, name, large)
			}
			for range b.N { // the work is done above, once
			}
			b.ReportMetric(median(one.cpu), "cpu-s")
			b.ReportMetric(median(three.cpu), "cpu-s-of-3")
			b.ReportMetric(one.rss, "MB")
			b.ReportMetric(three.rss, "MB-of-3")
			b.ReportMetric(three.over(&one), "cpu/cpu")
			b.ReportMetric(three.rss/one.rss, "MB/MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}
