package json_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/json"
)

// One bad value does not cost the record: it is noted with its path, and the rules report it.
func ExampleRead() {
	text := `{"merchant_no": "898301058120005", "mcc": "5812"}
{"merchant_no": "898301058120013", "licence": {"valid_to": "next year"}}`
	records, err := json.Read(context.Background(), strings.NewReader(text), int64(len(text)), load.Options{File: "list.jsonl"})
	if err != nil {
		log.Fatal(err)
	}
	for r, err := range records {
		if err != nil {
			fmt.Println(err) // *load.RowError: an object that is no merchant; the stream goes on
			continue
		}
		fmt.Println(r.Source.Row, r.MerchantNo)
		for _, n := range r.Notes {
			fmt.Println(" ", n.Path, n.Kind == merchant.NoteBadDate)
		}
	}
	// Output:
	// 1 898301058120005
	// 2 898301058120013
	//   licence.valid_to true
}
