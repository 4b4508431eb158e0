package mid_test

import (
	"fmt"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/mid"
)

func TestAreaCode(t *testing.T) {
	for _, c := range []struct {
		scheme mid.Scheme
		number string
		want   string
	}{
		{mid.SchemeUnionPay, "102581083986056", "5810"}, {mid.SchemeGB2260, "898210154110002", "210100"}, {mid.SchemeNone, "898210154110002", ""},
		{mid.SchemeUnionPay, "10258108398605", ""}, {mid.SchemeGB2260, "898A10154110002", ""}, {mid.SchemeGB2260, "", ""},
	} {
		if got := c.scheme.AreaCode(c.number); got != c.want {
			t.Errorf("%v %s: %q, want %q", c.scheme, c.number, got, c.want)
		}
	}
	for _, s := range []string{"", "unionpay", "gb2260"} {
		if v, ok := mid.ParseScheme(s); !ok || v.String() != s {
			t.Errorf("%q reads as %v", s, v)
		}
	}
	if _, ok := mid.ParseScheme("cnaps"); ok {
		t.Error("an unknown scheme is accepted")
	}
}

// The same digits name different places under the two schemes, so the acquirer's scheme must be declared.
func ExampleScheme_AreaCode() {
	const number = "898110054110001"
	fmt.Println(mid.SchemeUnionPay.AreaCode(number)) // 天津 in package cnaps
	fmt.Println(mid.SchemeGB2260.AreaCode(number))   // 北京 in package division
	// Output:
	// 1100
	// 110000
}
