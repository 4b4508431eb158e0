package companyname_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/companyname"
)

// Names that differ in more than the writing of region and form are two companies.
func Example() {
	const licence, account = "上海市示例商贸有限责任公司", "上海示例商贸有限公司"
	p := companyname.Split(licence)
	fmt.Println(p.Region, p.RegionCode, p.Trade, p.Form)
	fmt.Println(companyname.SameCore(licence, account), companyname.SameCore(licence, "上海实例商贸有限公司"))
	registrars, _ := companyname.Registrars("示例百货店")
	fmt.Println(registrars)
	// Output:
	// 上海市 310000 示例商贸 有限责任公司
	// true false
	// 91/92
}
