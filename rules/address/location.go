package address

import (
	"math"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// ADR006 经纬度超出范围或颠倒: Coordinates outside China or swapped.
var ADR006 = rules.Rule{
	ID: "ADR006", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经纬度超出范围或颠倒", EN: "Coordinates outside China or swapped"},
	Message: rules.Text{ZH: "经纬度{lng},{lat}不在境内或疑似颠倒", EN: "coordinates {lng},{lat} lie outside China or are swapped"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "经营地或终端的经度不在73至136度之间，或纬度不在3至54度之间；互换后在范围内的，建议互换。经纬度填反会把门店放到境外。", EN: "The longitude of the business address or of a terminal is not within 73 to 136 degrees, or its latitude not within 3 to 54. Proposed is the pair swapped, where that lies inside. Swapped values put the shop abroad."},
	Good:    "121.44,31.19", Bad: "31.19,121.44",
	Basis: []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 定位", Verified: true}, {Level: rules.Scheme, Cite: "通联 +121.48352/+31.221345", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessLng, merchant.FieldAddressesBusinessLat, merchant.FieldTerminalsLng,
		merchant.FieldTerminalsLat},
	Check: checkADR006,
}

func checkADR006(p *rules.Pass) {
	b := &p.Record.Addresses.Business
	checkPoint(p, merchant.At(merchant.FieldAddressesBusinessLng), merchant.At(merchant.FieldAddressesBusinessLat), b.Lng, b.Lat)
	for i := range p.Record.Terminals {
		t := &p.Record.Terminals[i]
		checkPoint(p, merchant.Item(merchant.FieldTerminalsLng, i), merchant.Item(merchant.FieldTerminalsLat, i), t.Lng, t.Lat)
	}
}

func checkPoint(p *rules.Pass, lngPath, latPath merchant.Path, lng, lat merchant.Number) {
	badLng := !lng.IsZero() && !isLongitude(lng) && !p.Blocked(lngPath)
	badLat := !lat.IsZero() && !isLatitude(lat) && !p.Blocked(latPath)
	if !badLng && !badLat {
		return
	}
	path := lngPath
	if !badLng {
		path = latPath
	}
	var fixes []rules.Fix
	if !lng.IsZero() && !lat.IsZero() && isLongitude(lat) && isLatitude(lng) {
		fixes = []rules.Fix{{Message: rules.Text{ZH: "经纬度互换？", EN: "swap longitude and latitude?"},
			Edits: []rules.Edit{{Path: lngPath, Old: lng.String(), New: lat.String()}, {Path: latPath, Old: lat.String(), New: lng.String()}}}}
	}
	p.FindFix(path, fixes, rules.P("lng", lng.String()), rules.P("lat", lat.String()))
}

func isLongitude(n merchant.Number) bool { return between(n, 73, 136) }
func isLatitude(n merchant.Number) bool  { return between(n, 3, 54) }

// between compares by digits: decimals of different scale allocate when they are compared.
func between(n merchant.Number, low, high int64) bool {
	d := n.Decimal()
	if d.NumDigits() > 18 {
		d = d.Truncate(9)
		if d.NumDigits() > 18 {
			return false
		}
	}
	scale := int64(1)
	for e := d.Exponent(); e < 0; e++ {
		if scale > 1e15 {
			return false // a number below 1000 with more decimals than that is 0.000…
		}
		scale *= 10
	}
	v := d.CoefficientInt64()
	return v >= low*scale && v <= high*scale
}

// ADR015 经纬度精度不足: Coordinates too coarse.
var ADR015 = rules.Rule{
	ID: "ADR015", Severity: rules.Info, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经纬度精度不足", EN: "Coordinates too coarse"},
	Message: rules.Text{ZH: "经纬度{lng},{lat}不足4位小数", EN: "coordinates {lng},{lat} have fewer than 4 decimals"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "经营地的经度或纬度已填，但不足4位小数。0.001度约合100米。", EN: "The longitude or latitude of the business address is given with fewer than 4 decimals. 0.001° is about 100 m."},
	Good:    "121.4435,31.1921", Bad: "121.44,31.19",
	Basis:  []rules.Basis{{Level: rules.Scheme, Cite: "通联 5–6 decimals", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessLng, merchant.FieldAddressesBusinessLat},
	Check:  checkADR015,
}

func checkADR015(p *rules.Pass) {
	b := &p.Record.Addresses.Business
	path := merchant.At(merchant.FieldAddressesBusinessLng)
	switch {
	case coarse(b.Lng) && !p.Blocked(path):
	case coarse(b.Lat) && !p.Blocked(merchant.At(merchant.FieldAddressesBusinessLat)):
		path = merchant.At(merchant.FieldAddressesBusinessLat)
	default:
		return
	}
	p.Find(path, rules.P("lng", b.Lng.String()), rules.P("lat", b.Lat.String()))
}

func coarse(n merchant.Number) bool { return !n.IsZero() && n.Decimals() < 4 }

// farKM is how far a point may lie outside of its district's box: boxes and positions are rough.
const farKM = 20

// ADR017 经纬度与区县不符: Coordinates far from the district.
var ADR017 = rules.Rule{
	ID: "ADR017", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经纬度与区县不符", EN: "Coordinates far from the district"},
	Message: rules.Text{ZH: "经纬度{lng},{lat}距{name}约{km}公里", EN: "coordinates {lng},{lat} are about {km} km away from {name}"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "经营地的经纬度在其区县的外接矩形以外20公里以上。矩形由 profile 的 district_boxes 给出，没有的区县不检查；不在境内的坐标由ADR006报告。终端的位置要与之比对。", EN: "The point of the business address lies more than 20 km outside the bounding box of its district. Boxes come from district_boxes of the profile; districts without one are not looked at, and points outside China are left to ADR006. The location of terminals is compared with it."},
	Good:    "徐汇区内", Bad: "徐汇区 + 广州坐标",
	Effective: merchant.Day(2022, 3, 1),
	Basis:     []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 定位", Verified: true}},
	Fields:    []merchant.Field{merchant.FieldAddressesBusinessLng, merchant.FieldAddressesBusinessLat, merchant.FieldAddressesBusinessDistrictCode},
	Uses:      []merchant.Field{merchant.FieldAddressesBusinessLng, merchant.FieldAddressesBusinessLat, merchant.FieldAddressesBusinessDistrictCode},
	Needs:     rules.NeedDistrictBoxes,
	Applies:   hasBox,
	Check:     checkADR017,
}

func hasBox(p *rules.Pass) bool {
	b := &p.Record.Addresses.Business
	_, ok := p.Params.DistrictBoxes[b.DistrictCode]
	return ok && isLongitude(b.Lng) && isLatitude(b.Lat)
}

func checkADR017(p *rules.Pass) {
	b := &p.Record.Addresses.Business
	lng, lat := b.Lng.Decimal().InexactFloat64(), b.Lat.Decimal().InexactFloat64()
	km := distance(p.Params.DistrictBoxes[b.DistrictCode], lng, lat)
	if km <= farKM {
		return
	}
	name := b.DistrictCode
	if d, ok := division.Lookup(b.DistrictCode); ok {
		name = d.Name
	}
	p.Find(merchant.At(merchant.FieldAddressesBusinessLng), rules.P("lng", b.Lng.String()), rules.P("lat", b.Lat.String()),
		rules.P("name", name), rules.P("km", strconv.Itoa(int(math.Round(km)))))
}

// distance returns how many kilometres a point lies outside of a box, along the great circle to its nearest edge.
func distance(b rules.Box, lng, lat float64) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	nearLng, nearLat := min(max(lng, b[0]), b[2]), min(max(lat, b[1]), b[3])
	dLng, dLat := (lng-nearLng)*degree/2, (lat-nearLat)*degree/2
	h := math.Sin(dLat)*math.Sin(dLat) + math.Cos(lat*degree)*math.Cos(nearLat*degree)*math.Sin(dLng)*math.Sin(dLng)
	return 2 * radius * math.Asin(math.Sqrt(h))
}
