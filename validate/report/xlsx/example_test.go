package xlsx_test

import (
	"bytes"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate/report/xlsx"
)

func ExampleTemplate() {
	p, err := profile.Open("huifu")
	if err != nil {
		fmt.Println(err)
		return
	}
	var book bytes.Buffer // or a file
	err = xlsx.Template(&book, xlsx.TemplateOptions{Profile: p, Subject: merchant.SubjectMicro})
	fmt.Println(book.Len() > 0, err)
	// Output: true <nil>
}
