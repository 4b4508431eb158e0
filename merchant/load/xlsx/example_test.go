package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load/xlsx"
)

// The stored text of each cell and its type: a number that a spreadsheet shows as 4.4E+17 is known to be a number.
func ExampleOpen() {
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "证件号码", "A3": "440106198001011013", "B3": 5812, "C3": 0.38} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			log.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		log.Fatal(err)
	}

	book, err := xlsx.Open(context.Background(), bytes.NewReader(file.Bytes()), int64(file.Len()), xlsx.Options{File: "list.xlsx"})
	if err != nil {
		log.Fatal(err) // names the file, what is wrong with it, and how to mend that
	}
	defer book.Close()
	for _, sheet := range book.Sheets() {
		for row, err := range book.Rows(sheet.Name) {
			if err != nil {
				log.Fatal(err) // names the last row that is good
			}
			for i, c := range row.Cells {
				fmt.Println(sheet.Name, row.Number, i, c.Text, c.Type == merchant.CellNumber)
			}
		}
	}
	// Output:
	// Sheet1 1 0 证件号码 false
	// Sheet1 3 0 440106198001011013 false
	// Sheet1 3 1 5812 true
	// Sheet1 3 2 0.38 true
}
