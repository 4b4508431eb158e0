package strictjson_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
)

// A configuration file of one's own, read so strictly: a mistake is named by line and path.
func ExampleParse() {
	read := func(text string) (days int, err error) {
		v, err := strictjson.Parse("house.json", strings.NewReader(text))
		if err != nil {
			return 0, err
		}
		err = v.Object(strictjson.Members{
			"expiry_warn_days": func(v *strictjson.Value) (err error) { days, err = v.Int(); return },
		}, "expiry_warn_days")
		return days, err
	}
	fmt.Println(read("{\n\t// from the handbook\n\t\"expiry_warn_days\": 90,\n}"))

	_, err := read("{\n\t\"expiry_warn_days\": 90,\n\t\"expiry_wran_days\": 30\n}")
	var bad *strictjson.Error
	if errors.As(err, &bad) {
		fmt.Println(bad.File, bad.Line, bad.Path)
	}
	// Output:
	// 90 <nil>
	// house.json 3 expiry_wran_days
}
