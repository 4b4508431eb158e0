package csv_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
)

// Rows as they stand in the file: encoding and delimiter are found, leading zeros and blank rows keep their place.
func ExampleOpen() {
	text := "\ufeff商户编号;终端号\r\n\r\n=\"00123\";00000017\r\n"
	book, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{File: "list.csv"})
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()
	fmt.Printf("%c\n", book.Delimiter())
	for row, err := range book.Rows("") {
		if err != nil {
			log.Fatal(err) // names the line
		}
		fmt.Print(row.Number)
		for _, c := range row.Cells {
			fmt.Printf(" %q", c.Text)
		}
		fmt.Println()
	}
	// Output:
	// ;
	// 1 "商户编号" "终端号"
	// 3 "00123" "00000017"
}
