package phone

import "sort"

// Carrier is the operator of a mobile segment.
type Carrier uint8

// The operators of mainland China.
const (
	CarrierNone Carrier = iota
	ChinaMobile
	ChinaUnicom
	ChinaTelecom
	ChinaBroadnet
)

// ZH returns the Chinese name, "" for [CarrierNone].
func (c Carrier) ZH() string {
	switch c {
	case ChinaMobile:
		return "中国移动"
	case ChinaUnicom:
		return "中国联通"
	case ChinaTelecom:
		return "中国电信"
	case ChinaBroadnet:
		return "中国广电"
	}
	return ""
}

// EN returns the English name, "" for [CarrierNone].
func (c Carrier) EN() string {
	switch c {
	case ChinaMobile:
		return "China Mobile"
	case ChinaUnicom:
		return "China Unicom"
	case ChinaTelecom:
		return "China Telecom"
	case ChinaBroadnet:
		return "China Broadnet"
	}
	return ""
}

// Segment is one allocated range of mobile numbers.
type Segment struct {
	Prefix  string  // first three or four digits
	Carrier Carrier // who runs the network; for a virtual operator, whose it uses
	Virtual bool    // resold by virtual operators (MVNO)
	Data    bool    // data and IoT cards, which take no call and get no code
}

// SegmentOf returns the segment of a mobile number, and false when
// [CheckMobile] refuses s or the table has no row for it. The carrier is that
// of the segment; a number that was ported keeps its digits.
func SegmentOf(s string) (Segment, bool) {
	if CheckMobile(s) == nil {
		for n := 3; n <= 4; n++ {
			i := sort.Search(len(segments), func(i int) bool { return segments[i].Prefix >= s[:n] })
			if i < len(segments) && segments[i].Prefix == s[:n] {
				return segments[i], true
			}
		}
	}
	return Segment{}, false
}

// Unreachable reports whether no person can be reached at s: a segment of data
// cards, the satellite segment 1349, or a 13-digit number of the internet of
// things, 10648… or 14….
func Unreachable(s string) bool {
	switch len(s) {
	case 13:
		return digits(s) && (s[:5] == "10648" || s[:2] == "14")
	case 11:
		segment, _ := SegmentOf(s)
		return segment.Data || s[:4] == "1349" && digits(s)
	}
	return false
}

// AreaOf returns the area code of a landline and the place it belongs to. It
// returns "", "" and false when s is no landline, and the code, "" and false
// when the table does not have it.
func AreaOf(s string) (code, place string, ok bool) {
	code, _, _, ok = Landline(s)
	if !ok {
		return "", "", false
	}
	i := sort.Search(len(areas), func(i int) bool { return areas[i].code >= code })
	if i < len(areas) && areas[i].code == code {
		return code, areas[i].place, true
	}
	return code, "", false
}
