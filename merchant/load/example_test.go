package load_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
)

// The heading is found below a title; each value knows its column, its header and the text it was read from.
func ExampleRead() {
	text := "某某支行商户清单,,\n商户编号,MCC,单笔限额(万元)\n898301058120005,５８１２,5\n"
	book, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{File: "list.csv"})
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()

	limit, _ := merchant.ParsePath("limits.single_cny")
	for r, err := range load.Read(context.Background(), book, load.Options{File: "list.csv"}) {
		var row *load.RowError
		var sheet *load.SheetIssue
		switch {
		case errors.As(err, &sheet): // about the file, its heading, or a row that is no merchant; the stream goes on
			fmt.Println("row", sheet.Record.Source.Row, "remarks:", len(sheet.Record.Notes))
		case errors.As(err, &row): // about a row that cannot be read; the stream goes on
			fmt.Println(err)
		case err != nil:
			log.Fatal(err) // the file cannot be read any further
		default:
			cell, _ := r.Cell(limit)
			fmt.Printf("row %d: %s, %s yuan from %q below %q\n", r.Source.Row, r.MerchantNo, r.Limits.SingleCNY, cell.Text, r.ColumnOf(limit).Header)
		}
	}
	// Output:
	// row 0 remarks: 1
	// row 2 remarks: 1
	// row 3: 898301058120005, 50000.00 yuan from "5" below "单笔限额(万元)"
}

// A mapping is kept beside files of one kind, so that the next one is read like this one.
func ExampleReadMapping() {
	m, err := load.ReadMapping(strings.NewReader(`{"sheets": [{"header_row": 1, "columns": [
		{"header": "商户", "path": "merchant_no"},
		{"header": "类别", "path": "mcc"}]}]}`))
	if err != nil {
		log.Fatal(err)
	}
	text := "类别,商户\n5812,898301058120005\n"
	book, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for r, err := range load.Read(context.Background(), book, load.Options{Map: m}) {
		if err == nil { // see ExampleRead
			fmt.Println(r.MerchantNo, r.MCC)
		}
	}
	_, err = load.ReadMapping(strings.NewReader(`{"sheets": [{"columns": [{"header": "商户", "path": "merchant_number"}]}]}`))
	fmt.Println(err != nil)
	// Output:
	// 898301058120005 5812
	// true
}

// Which field a heading is probably meant for, to ask the user.
func ExampleSuggest() {
	f, ok := load.Suggest("统一社会信用代玛")
	fmt.Println(f.Path(), ok)
	// Output: licence.number true
}
