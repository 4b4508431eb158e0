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

// place is one of the two addresses of a record, with what its codes and its text say. Its city, district and detail
// follow the province in the field table.
type place struct {
	*merchant.Address
	which    rules.Text
	province merchant.Field
	given    [3]code // province, city and district
	usable   [3]code // the same without those that an earlier rule found unusable
	parts    parts   // of the detail
	vague    bool    // the detail
}

// code is one of the division codes of a place; without a value the rest is empty.
type code struct {
	path           merchant.Path
	value          string
	sixDigits      bool
	known          bool   // a division of any time
	pseudo, kind   string // name and kind of a code of pickers and statistics that is no division
	provinceOfCode string
}

// listed reports whether a code is a division of any time or known to pickers and statistics.
func (c *code) listed() bool { return c.known || c.kind != "" }

// filler reports the codes that pickers set in the place of a city which the standard does not have: 310100, 429000.
func (c *code) filler() bool { return c.kind == placeholder }

const placeholder = "placeholder"

// bothPlaces are the business address and the registered one.
var bothPlaces = rules.Fact[[2]place]{Work: func(p *rules.Pass, list *[2]place) {
	list[0].read(&p.Record.Addresses.Business.Address, rules.Text{ZH: "经营地址", EN: "business"}, merchant.FieldAddressesBusinessProvinceCode)
	list[1].read(&p.Record.Addresses.Registered, rules.Text{ZH: "注册地址", EN: "registered"}, merchant.FieldAddressesRegisteredProvinceCode)
}}

func (a *place) read(of *merchant.Address, which rules.Text, province merchant.Field) {
	a.Address, a.which, a.province = of, which, province
	for i, value := range [...]string{of.ProvinceCode, of.CityCode, of.DistrictCode} {
		a.given[i] = code{path: merchant.At(province + merchant.Field(i)), value: value}
		if value != "" {
			a.given[i].look()
		}
	}
	a.parts, a.vague = parts{}, false
	if of.Detail != "" {
		a.parts = split(of.Detail)
		a.vague = vague(of.Detail, a.parts.rest)
	}
}

func (c *code) look() {
	err := division.Check(c.value)
	c.known = err == nil
	c.sixDigits = c.known || err == division.ErrComponent
	c.provinceOfCode = division.Province(c.value)
	if !c.known {
		c.pseudo, c.kind, _ = division.Pseudo(c.value)
	}
}

// places returns both addresses, the business address first.
func places(p *rules.Pass) [2]*place {
	list := bothPlaces.Of(p)
	return [2]*place{&list[0], &list[1]}
}

func business(p *rules.Pass) *place   { return &bothPlaces.Of(p)[0] }
func registered(p *rules.Pass) *place { return &bothPlaces.Of(p)[1] }

// codes returns province, city and district. A code that is not given or that an earlier rule found unusable is "".
func (a *place) codes(p *rules.Pass) *[3]code {
	if p.Unusable == nil {
		return &a.given
	}
	for i := range a.given {
		a.usable[i] = a.given[i]
		if p.Blocked(a.given[i].path) {
			a.usable[i] = code{path: a.given[i].path}
		}
	}
	return &a.usable
}

// text returns the detail, "" when it is not given or unusable.
func (a *place) text(p *rules.Pass) string {
	if p.Blocked(a.detail()) {
		return ""
	}
	return a.Detail
}

func (a *place) detail() merchant.Path { return merchant.At(a.province + 3) }

// param names the address in a message. Where 地址 follows in the message it is left out here.
func (a *place) param() rules.Param { return rules.T("which", a.which) }

func (a *place) paramShort() rules.Param {
	return rules.T("which", rules.Text{ZH: a.which.ZH[:len("经营")], EN: a.which.EN})
}

// required reports whether the address must be filled in: a micro merchant has no registered one, and as long as the
// subject type is unknown nobody can say.
func (a *place) required(p *rules.Pass) bool {
	if a.province == merchant.FieldAddressesBusinessProvinceCode {
		return true
	}
	t := p.Record.SubjectType
	return t.Valid() && t != merchant.SubjectMicro && !p.Blocked(merchant.At(merchant.FieldSubjectType))
}

// smallest returns the smallest division that the codes name and the table knows, "" where there is none.
func (a *place) smallest(p *rules.Pass) string {
	codes := a.codes(p)
	for i := len(codes) - 1; i >= 0; i-- {
		switch c := &codes[i]; {
		case c.known:
			return c.value
		case c.filler():
			return c.provinceOfCode
		}
	}
	return ""
}

// provinceCode returns the province, read from a smaller division where the province itself is not given.
func (a *place) provinceCode(p *rules.Pass) string {
	codes := a.codes(p)
	for i := range codes {
		if province := codes[i].provinceOfCode; province != "" {
			return province
		}
	}
	return ""
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
