package terminal

import (
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// inForce returns the code that a division code stands for today; an abolished code with several successors or none
// stays as it is.
func inForce(code string) string {
	if code == "" || division.Current(code) {
		return code
	}
	if to := division.Successors(code); len(to) == 1 {
		return to[0]
	}
	return code
}

// business returns the city of the business address and, where it is given, the district; "" when unknown.
func business(p *rules.Pass) (city, district string) {
	a := &p.Record.Addresses.Business
	if sound(p, merchant.At(merchant.FieldAddressesBusinessDistrictCode), a.DistrictCode) {
		district = inForce(a.DistrictCode)
		if city = division.City(district); city != "" {
			return city, district
		}
	}
	if sound(p, merchant.At(merchant.FieldAddressesBusinessCityCode), a.CityCode) {
		city = division.City(inForce(a.CityCode))
	}
	return city, district
}

// installed returns where the i-th terminal stands as told by its code, else by its text. Where the text names another
// city than the code it is believed: the code is what gets copied from the merchant.
func installed(p *rules.Pass, i int, home string) (city, district string, at merchant.Path) {
	t := &p.Record.Terminals[i]
	at = merchant.Item(merchant.FieldTerminalsInstallDistrictCode, i)
	if sound(p, at, t.InstallDistrictCode) {
		district = inForce(t.InstallDistrictCode)
		city = division.City(district)
	}
	text := merchant.Item(merchant.FieldTerminalsInstallAddress, i)
	if city != "" && city != home || !sound(p, text, t.InstallAddress) || city != "" && beginsWith(t.InstallAddress, home) {
		return city, district, at
	}
	_, c, d, _ := division.SplitAddress(t.InstallAddress)
	if d = inForce(d); division.City(d) != "" {
		c = division.City(d)
	}
	if c == "" || c == city {
		return city, district, at
	}
	return c, d, text
}

// beginsWith reports whether an address begins with the name of the city, with or without a province before it. It
// spares the common address the full reading.
func beginsWith(address, city string) bool {
	d, ok := division.Lookup(city)
	if !ok {
		return false
	}
	name := strings.TrimSuffix(d.Name, "市")
	n := strings.Index(address, name)
	return n == 0 || n > 0 && (strings.HasSuffix(address[:n], "省") || strings.HasSuffix(address[:n], "自治区"))
}

// place is the name of a division, or its code where the table has none.
func place(param, code string) rules.Param {
	if d, ok := division.Lookup(code); ok {
		return rules.P(param, d.Name)
	}
	return rules.P(param, code)
}

// apart tells that a terminal stands in another city or, as far as is known, in another district than the business address. It is
// asked only as long as no value is unusable: without one of them, addresses are read in another way.
var apart = rules.Fact[bool]{Work: func(p *rules.Pass, far *bool) {
	home, ours := business(p)
	*far = false
	for i := range p.Record.Terminals {
		if home != "" && !gone(&p.Record.Terminals[i]) {
			city, district, _ := installed(p, i, home)
			*far = *far || city != "" && (city != home || district != ours && narrow(district, city) && narrow(ours, city))
		}
	}
}}

func hasTerminals(p *rules.Pass) bool { return len(p.Record.Terminals) > 0 }

// TRM006 布放地与经营地不同城: Terminal installed in another city.
var TRM006 = rules.Rule{
	ID: "TRM006", Star: 45, Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "布放地与经营地不同城", EN: "Terminal installed in another city"},
	Message: rules.Text{ZH: "终端{sn}布放在{a}，经营地址在{b}", EN: "terminal {sn} is installed in {a}, the business address is {b}"},
	Remedy:  rules.Text{ZH: "核实终端实际布放地。", EN: "Verify where the terminal really stands."},
	Doc:     rules.Text{ZH: "布放地址所在城市与经营地址不同，而经营场景不是流动经营。布放城市取自装机区县代码和装机地址文字；已撤销的代码按其继任代码比较。这是移机的迹象，布放位置受监测。已撤机或遗失的终端不判断。", EN: "The city of the install address differs from the city of the business address and the sales scene is not mobile. The city is read from the install district and from the text of the address; abolished codes count as their successors. It is a sign of a moved machine (移机), and the location is monitored. Terminals that are retired or lost are passed over."},
	Good:    "同区", Bad: "上海商户终端布放广州",
	Basis:   []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 布放地址", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldTerminalsInstallAddress, merchant.FieldTerminalsInstallDistrictCode, merchant.FieldAddressesBusinessCityCode, merchant.FieldSalesScene},
	Uses:    []merchant.Field{merchant.FieldSalesScene},
	Applies: hasTerminals,
	Check:   checkTRM006,
}

func checkTRM006(p *rules.Pass) {
	if p.Record.SalesScene == merchant.SceneMobile || p.Unusable == nil && p.Clear(*apart.Of(p)) {
		return
	}
	home, _ := business(p)
	if home == "" {
		return
	}
	for i := range p.Record.Terminals {
		if gone(&p.Record.Terminals[i]) {
			continue
		}
		if city, _, at := installed(p, i, home); city != "" && city != home {
			p.Find(at, name(p, "sn", i), place("a", city), place("b", home))
		}
	}
}

// TRM017 布放地与经营地不同区: Terminal in another district.
var TRM017 = rules.Rule{
	ID: "TRM017", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "布放地与经营地不同区", EN: "Terminal in another district"},
	Message: rules.Text{ZH: "终端{sn}布放在{a}，经营地址在{b}，请核实", EN: "terminal {sn} is installed in {a}, the business address is {b}; please verify"},
	Remedy:  rules.Text{ZH: "核实终端实际布放地。", EN: "Verify where the terminal really stands."},
	Doc:     rules.Text{ZH: "布放地与经营地同城而不同区县；或城市不同而经营场景为流动经营。可能是邻近摊位，也可能是移机，须核实。已撤机或遗失的终端不判断。", EN: "The terminal stands in the city of the business address but in another district, or in another city while the sales scene is mobile: a neighbouring stall or a moved machine. Terminals that are retired or lost are passed over."},
	Good:    "同区", Bad: "同城不同区",
	Basis:   []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 布放地址", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldTerminalsInstallDistrictCode, merchant.FieldAddressesBusinessDistrictCode, merchant.FieldSalesScene},
	Applies: hasTerminals,
	Check:   checkTRM017,
}

func checkTRM017(p *rules.Pass) {
	if p.Unusable == nil && p.Clear(*apart.Of(p)) {
		return
	}
	home, ours := business(p)
	if home == "" {
		return
	}
	for i := range p.Record.Terminals {
		if gone(&p.Record.Terminals[i]) {
			continue
		}
		city, district, at := installed(p, i, home)
		switch {
		case city == "":
		case city != home:
			if p.Record.SalesScene == merchant.SceneMobile {
				p.Find(at, name(p, "sn", i), place("a", city), place("b", home))
			}
		case district != ours && narrow(district, city) && narrow(ours, city):
			p.Find(at, name(p, "sn", i), place("a", district), place("b", ours))
		}
	}
}

// narrow reports whether a code names a district in force, not a city as a whole and not one that was split up since.
func narrow(district, city string) bool {
	return district != "" && district != city && division.Current(district)
}
