package pinyin_test

import (
	"bytes"
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/pinyin"
)

// What an input method offers for one another: the usual slip in a name that was typed.
func ExampleSame() {
	fmt.Println(pinyin.Same('锋', '峰'), pinyin.Same('锋', '烽'), pinyin.Same('锋', '刚'))
	// Output: true true false
}

// Names that sound alike have equal bytes, to group by.
func ExampleAppend() {
	a, b := pinyin.Append(nil, "张晓锋"), pinyin.Append(nil, "张小峰")
	fmt.Println(bytes.Equal(a, b), bytes.Equal(a, pinyin.Append(nil, "张晓刚")))
	// Output: true false
}
