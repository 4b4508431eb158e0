package wire_test

import (
	"fmt"
	"log"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/merchant/wire"
)

// Records go to another machine: first the records, then what their sheets share, which the other side reads first.
func ExampleCodec() {
	var here wire.Codec
	record := here.Append(nil, merchant.NewRecord(sample.Merchant(merchant.SubjectMicro, 0)))
	sheets, err := here.AppendSheets(nil)
	if err != nil {
		log.Fatal(err)
	}

	var there wire.Codec
	if err := there.ReadSheets(sheets); err != nil {
		log.Fatal(err)
	}
	r, err := there.Decode(record)
	fmt.Println(r.MerchantNo == sample.Merchant(merchant.SubjectMicro, 0).MerchantNo, err)

	_, err = there.Decode(record[:len(record)/2])
	fmt.Println(err == wire.ErrDamaged)
	// Output:
	// true <nil>
	// true
}
