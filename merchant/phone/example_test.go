package phone_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/phone"
)

// Normalise, check, and look up carrier or place.
func Example() {
	for _, cell := range []string{"+86 138-0013-8000", "（0571）88157818转801", "13800138000、13900139000"} {
		if numbers := phone.Split(cell); numbers != nil {
			fmt.Println("several numbers:", len(numbers))
			continue
		}
		number := phone.Compact(cell)
		if err := phone.Check(number); err != nil {
			fmt.Println(err)
			continue
		}
		segment, mobile := phone.SegmentOf(number)
		_, place, _ := phone.AreaOf(number)
		fmt.Println(phone.Format(number), mobile, segment.Carrier.ZH()+place)
	}
	// Output:
	// 138 0013 8000 true 中国移动
	// 0571-88157818转801 false 浙江省杭州市
	// several numbers: 2
}
