package mid

// Scheme says by which codes an acquirer names the area inside its merchant
// numbers. There is no default: the same four digits mean different places.
type Scheme uint8

// The schemes.
const (
	SchemeNone     Scheme = iota // not declared
	SchemeUnionPay               // 银联地区代码, the area of CNAPS codes (5810 广州)
	SchemeGB2260                 // first four digits of a GB/T 2260 division (2101 沈阳)
)

// ParseScheme reads unionpay, gb2260 or "" (not declared).
func ParseScheme(s string) (Scheme, bool) {
	switch s {
	case "":
		return SchemeNone, true
	case "unionpay":
		return SchemeUnionPay, true
	case "gb2260":
		return SchemeGB2260, true
	}
	return SchemeNone, false
}

// String writes what [ParseScheme] reads.
func (s Scheme) String() string {
	switch s {
	case SchemeUnionPay:
		return "unionpay"
	case SchemeGB2260:
		return "gb2260"
	}
	return ""
}

// AreaCode returns the area of a merchant number as the code to look up under
// the scheme: the four digits of a CNAPS area (package cnaps, AreaName) under
// UnionPay, the six digits of a city (package division, Lookup) under GB/T 2260.
// It returns "" without a declared scheme, for a number that fails [Check], and
// for an area that is not four digits.
func (s Scheme) AreaCode(number string) string {
	area := Area(number)
	switch {
	case len(area) != 4 || !digits(area):
		return ""
	case s == SchemeUnionPay:
		return area
	case s == SchemeGB2260:
		return area + "00"
	}
	return ""
}
