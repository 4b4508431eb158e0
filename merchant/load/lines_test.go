package load_test

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
)

// TestTable holds a Table against Read: the same records from the same rows, and the same issues in the same order.
func TestTable(t *testing.T) {
	cell := rapid.SampledFrom([]string{"", "", "898310154110001", "898310154110002", "1", "12", "示例商贸有限公司", "第一商贸有限公司", "合计", "合计：2", "说明", "商户编号", "商户名称",
		"法人姓名", " 商户名称", "导出日期：2026-11-22", "第1页", "示例", "张三", "　", "N/A", "note", "\"引,号\"", "50,000.00元", "０1"})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("登记清单\n序号,商户编号,商户名称,法人姓名,MCC,单笔限额(分),备注\n")
		for range rapid.IntRange(0, 8).Draw(t, "rows") {
			b.WriteString(strings.Join(rapid.SliceOfN(cell, 0, 8).Draw(t, "cells"), ","))
			b.WriteByte('\n')
		}
		if rapid.Bool().Draw(t, "more than are held back") {
			b.WriteString(strings.Repeat("7,898310154110007,其他商贸有限公司,李四,5411,100,\n", 220))
			b.WriteString(strings.Join(rapid.SliceOfN(cell, 0, 8).Draw(t, "last"), ",") + "\n合计,,,,,,\n商户编号,商户名称\n")
		}
		same(t, b.String())
	})
}

func same(t *rapid.T, text string) {
	open := func() *csv.Book {
		book, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{})
		if err != nil {
			t.Skip("no table")
		}
		return book
	}
	var wantIssues, issues [][]merchant.Note
	var want []*merchant.Record
	for r, err := range load.Read(context.Background(), open(), load.Options{File: "a.csv"}) {
		var issue *load.SheetIssue
		switch {
		case err == nil:
			want = append(want, r)
		case errors.As(err, &issue):
			wantIssues = append(wantIssues, issue.Record.Notes)
		default:
			t.Skip("no table")
		}
	}
	table := load.NewTable(context.Background(), open(), load.Options{File: "a.csv"})
	if table == nil {
		t.Skip("left to Read")
	}
	rows := table.Rows(func(i *load.SheetIssue) { issues = append(issues, i.Record.Notes) })
	again := table.Clone()
	var places []load.Place
	for n := 0; ; n++ {
		l, err := rows.Next()
		if errors.Is(err, io.EOF) {
			if n != len(want) {
				t.Fatalf("%d rows, want %d", n, len(want))
			}
			break
		}
		if err != nil || n == len(want) {
			t.Fatalf("row %d: %v", n, err)
		}
		places = append(places, l.Place)
		for _, got := range []*merchant.Record{table.Record(l), read(t, again, places, n)} {
			if got.Source.Row != want[n].Source.Row || got.Source.File != want[n].Source.File || !reflect.DeepEqual(got.Merchant, want[n].Merchant) ||
				!reflect.DeepEqual(got.Cells, want[n].Cells) || !reflect.DeepEqual(got.Notes, want[n].Notes) {
				t.Fatalf("row %d:\ngot  %+v\nwant %+v", n, got, want[n])
			}
		}
	}
	if !reflect.DeepEqual(issues, wantIssues) {
		t.Fatalf("issues\ngot  %+v\nwant %+v", issues, wantIssues)
	}
}

func read(t *rapid.T, table *load.Table, places []load.Place, n int) *merchant.Record {
	p := places[n]
	p.Number = 0
	l, err := table.Read(p, places[n/2])
	if err != nil {
		t.Fatal(err)
	}
	return table.Record(l)
}
