package normalize_test

import (
	"fmt"

	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Clean what is stored, compare by key, measure what a receipt prints.
func Example() {
	name, edits := normalize.Clean("上海示例（集团）有限公司\u200b")
	for _, e := range edits {
		fmt.Println("removed", e.Name)
	}
	fmt.Println(normalize.Key(name))
	n, ok := normalize.GBKLen(name)
	fmt.Println(n, ok) // a receipt has 40 bytes
	// Output:
	// removed U+200B ZERO WIDTH SPACE
	// 上海示例(集团)有限公司
	// 24 true
}
