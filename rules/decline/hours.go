package decline

import (
	"strings"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

const day = 24 * 60

// hours are spans of a day in minutes; one whose end is not after its begin goes past midnight.
type hours [][2]int

// parseHours reads "09:00-12:00;13:30-22:00" with the usual other dashes and separators; false for anything else.
func parseHours(s string) (hours, bool) {
	s = separators.Replace(normalize.FoldWidth(s))
	if s == "全天" || s == "24小时" {
		return hours{{0, day}}, true
	}
	var list hours
	for part := range strings.SplitSeq(s, ";") {
		from, to, ok := strings.Cut(part, "-")
		begin, okBegin := parseMinute(from)
		end, okEnd := parseMinute(to)
		if !ok || !okBegin || !okEnd || begin == day {
			return nil, false
		}
		list = append(list, [2]int{begin, end})
	}
	return list, true
}

var separators = strings.NewReplacer("~", "-", "–", "-", "—", "-", "至", "-", "、", ";", ",", ";", " ", "", "：", ":")

// parseMinute reads H:MM or HH:MM from 0:00 to 24:00.
func parseMinute(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, okHour := small(h)
	minute, okMinute := small(m)
	n := hour*60 + minute
	return n, ok && okHour && okMinute && len(m) == 2 && minute < 60 && n <= day
}

func small(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) == 1 || len(s) == 2
}

func (h hours) hold(minute int) bool {
	for _, span := range h {
		switch from, to := span[0], span[1]; {
		case from < to && minute >= from && minute < to, from >= to && (minute >= from || minute < to):
			return true
		}
	}
	return false
}

func minuteOf(t time.Time) int {
	t = t.In(china)
	return t.Hour()*60 + t.Minute()
}
