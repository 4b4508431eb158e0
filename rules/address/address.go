// Package address judges the registered and the business address: the division codes of GB/T 2260, the text below the
// district, and the coordinates.
//
// A quarter of all registered addresses contain no number at all, so their wording raises warnings only; the business
// address of a shop must be findable and raises errors. Divisions change every year: a code that the table does not know
// is a warning, and a code of the past is told from an unknown one.
package address

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// place is one of the two addresses of a record. Its city, district and detail follow the province in the field table.
type place struct {
	*merchant.Address
	which    rules.Text
	province merchant.Field
}

// code is one of the division codes of a place.
type code struct {
	path  merchant.Path
	value string
}

func business(r *merchant.Record) place {
	return place{&r.Addresses.Business.Address, rules.Text{ZH: "经营地址", EN: "business"}, merchant.FieldAddressesBusinessProvinceCode}
}

func registered(r *merchant.Record) place {
	return place{&r.Addresses.Registered, rules.Text{ZH: "注册地址", EN: "registered"}, merchant.FieldAddressesRegisteredProvinceCode}
}

// places returns both addresses, the business address first.
func places(p *rules.Pass) [2]place { return [2]place{business(p.Record), registered(p.Record)} }

// codes returns province, city and district. A code that is not given or that an earlier rule found unusable is "".
func (a place) codes(p *rules.Pass) [3]code {
	list := [3]code{{value: a.ProvinceCode}, {value: a.CityCode}, {value: a.DistrictCode}}
	for i := range list {
		list[i].path = merchant.At(a.province + merchant.Field(i))
		if p.Blocked(list[i].path) {
			list[i].value = ""
		}
	}
	return list
}

// text returns the detail, "" when it is not given or unusable.
func (a place) text(p *rules.Pass) string {
	if p.Blocked(a.detail()) {
		return ""
	}
	return a.Detail
}

func (a place) detail() merchant.Path { return merchant.At(a.province + 3) }

// param names the address in a message. Where 地址 follows in the message it is left out here.
func (a place) param() rules.Param { return rules.T("which", a.which) }

func (a place) paramShort() rules.Param {
	return rules.T("which", rules.Text{ZH: a.which.ZH[:len("经营")], EN: a.which.EN})
}

// required reports whether the address must be filled in: a micro merchant has no registered one, and as long as the
// subject type is unknown nobody can say.
func (a place) required(p *rules.Pass) bool {
	if a.province == merchant.FieldAddressesBusinessProvinceCode {
		return true
	}
	t := p.Record.SubjectType
	return t.Valid() && t != merchant.SubjectMicro && !p.Blocked(merchant.At(merchant.FieldSubjectType))
}

// smallest returns the smallest division that the codes name and the table knows, "" where there is none.
func (a place) smallest(p *rules.Pass) string {
	codes := a.codes(p)
	for i := len(codes) - 1; i >= 0; i-- {
		switch c := codes[i].value; {
		case division.Known(c):
			return c
		case filler(c):
			return division.Province(c)
		}
	}
	return ""
}

// provinceCode returns the province, read from a smaller division where the province itself is not given.
func (a place) provinceCode(p *rules.Pass) string {
	for _, c := range a.codes(p) {
		if province := division.Province(c.value); province != "" {
			return province
		}
	}
	return ""
}

// filler reports the codes that pickers set in the place of a city which the standard does not have: 310100, 429000.
func filler(code string) bool {
	_, kind, ok := division.Pseudo(code)
	return ok && kind == "placeholder"
}

// listed reports whether a code is a division of any time or known to pickers and statistics.
func listed(code string) bool {
	if division.Known(code) {
		return true
	}
	_, _, ok := division.Pseudo(code)
	return ok
}

// fullName returns the name of a division with those it lies in: 江苏省南京市玄武区.
func fullName(code string) string {
	province, city := division.Province(code), division.City(code)
	name := ""
	for i, c := range [...]string{province, city, code} {
		if c == "" || i > 0 && c == province || i > 1 && c == city {
			continue
		}
		d, _ := division.Lookup(c)
		name += d.Name
	}
	return name
}
