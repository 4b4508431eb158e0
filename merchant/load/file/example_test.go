package file_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
)

// A list is read row by row. What was converted stays with the record, with the text as it stood in the file.
func ExampleOpen() {
	list := "商户资料登记表\n商户号,商户名称,成立日期,单笔限额（万元）,业务员\n" +
		"898290054110001,上海示例商贸有限公司,2019年5月20日,5,张三\n898290054110002,上海范例食品店,去年春天,\"1,000元\",\n合计,2,,,\n"
	records, closer, err := file.Open(context.Background(), "-", file.Options{Stdin: strings.NewReader(list)})
	if err != nil {
		fmt.Println(err) // one line: what, where and how to mend
		return
	}
	defer closer.Close()
	for r, err := range records {
		var sheet *load.SheetIssue // about a heading, a column or a row that is no merchant; the rules word it
		if errors.As(err, &sheet) {
			fmt.Println("row", sheet.Record.Source.Row, "remarks:", len(sheet.Record.Notes))
			continue
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("row %d %s %q %q\n", r.Source.Row, r.MerchantNo, r.Licence.EstablishedOn.String(), r.Limits.SingleCNY.String())
		for _, n := range r.Notes {
			fmt.Printf("  %s: %q is read as %q\n", r.ColumnOf(n.Path).Letter, n.Old, n.New)
		}
	}
	// Output:
	// row 2 remarks: 2
	// row 3 898290054110001 "2019-05-20" "50000.00"
	//   C: "2019年5月20日" is read as "2019-05-20"
	// row 4 898290054110002 "" ""
	//   C: "去年春天" is read as ""
	//   D: "1,000元" is read as ""
	// row 5 remarks: 1
}
