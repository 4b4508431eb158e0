package validate

import (
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// today is the one place that reads a clock: the civil date in UTC+8, where the merchants are.
func today() merchant.Date {
	t := time.Now().In(time.FixedZone("UTC+8", 8*3600))
	return merchant.Day(t.Year(), int(t.Month()), t.Day())
}
