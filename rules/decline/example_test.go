package decline_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/rules/decline"
)

// A log as an acquirer's system exports it; approved transactions are passed over.
func ExampleReadLog() {
	read := func(text string) {
		book, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{File: "declines.csv"})
		if err != nil {
			log.Fatal(err)
		}
		list, err := decline.ReadLog(book, "declines.csv")
		for _, d := range list {
			fmt.Println(d.MerchantNo, d.Code, d.At.UTC().Format("2006-01-02 15:04"))
		}
		var bad *load.InputError
		if errors.As(err, &bad) {
			fmt.Println(bad.File, "row", bad.Row)
		}
	}
	read("商户号,交易日期,交易时间,应答码\n898301058120005,2026-11-21,09:30:00,03\n898301058120005,2026-11-21,09:31:00,00\n")
	read("商户号,交易时间,应答码\n898301058120005,half past nine,03\n")
	// Output:
	// 898301058120005 03 2026-11-21 01:30
	// declines.csv row 2
}
