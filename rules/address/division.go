package address

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/rules"
)

// ADR007 区县代码未填写: District code missing.
var ADR007 = rules.Rule{
	ID: "ADR007", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "区县代码未填写", EN: "District code missing"},
	Message: rules.Text{ZH: "{which}未填写区县", EN: "the {which} district is missing"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "经营地区县为空；或注册地区县为空，而主体类型不是小微商户。由区县名称读出的代码视为已填。区域是银行登记键值的一部分。", EN: "The business district is empty, or the registered district is and the merchant is not a micro merchant. Codes that were read from names count as present. The region is part of the registry key."},
	Good:    "310104", Bad: "（空）",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay, Huifu, 收钱吧 6-digit codes", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredDistrictCode,
		merchant.FieldSubjectType},
	Reports: []merchant.Field{merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check:   checkADR007,
}

func checkADR007(p *rules.Pass) {
	for _, a := range places(p) {
		path := merchant.At(a.province + 2)
		if a.DistrictCode == "" && a.required(p) && p.Mapped(path.Field) && !p.Blocked(path) {
			p.Find(path, a.param())
		}
	}
}

// ADR010 区划码格式: Division code malformed.
var ADR010 = rules.Rule{
	ID: "ADR010", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "区划码格式", EN: "Division code malformed"},
	Message: rules.Text{ZH: "{which}区划码“{value}”应为6位数字", EN: "{which} division code \"{value}\" must have six digits"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "省、市或区县的代码不是六位数字，也不是能在该地址中唯一对应一个代码的区划名称（能对应的名称已读成代码）；12位的街道代码取前六位，由IMP006报告。这样的内容不是代码。", EN: "A code of province, city or district is neither six digits nor a name that stands for exactly one division in its address, for such names have been read as codes. Street codes of 12 digits are cut to six, which IMP006 notes. The value is no code."},
	Good:    "310104", Bad: "31010",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260"}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR010,
}

func checkADR010(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		for i := range codes {
			if c := &codes[i]; c.value != "" && !c.sixDigits {
				p.Find(c.path, a.param())
			}
		}
	}
}

// ADR008 区划码未收录: Division code unknown.
var ADR008 = rules.Rule{
	ID: "ADR008", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "区划码未收录", EN: "Division code unknown"},
	Message: rules.Text{ZH: "{which}区划码{code}未收录", EN: "{which} division code {code} is not in the table"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "六位代码不在任何年份的国标区划表中，也不是已知的统计或选择器代码（ADR009）。区划表会过时，最新设立的区划可能未收录。", EN: "A code of six digits is a division of no year and not a known code of pickers or statistics either (ADR009). Tables go stale: the newest divisions may be absent."},
	Good:    "310104", Bad: "319999",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR008,
}

func checkADR008(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		for i := range codes {
			if c := &codes[i]; c.sixDigits && !c.listed() {
				p.Find(c.path, a.param(), rules.P("code", c.value))
			}
		}
	}
}

// ADR009 统计或选择器用的代码: Statistical or picker code.
var ADR009 = rules.Rule{
	ID: "ADR009", Severity: rules.Info, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "统计或选择器用的代码", EN: "Statistical or picker code"},
	Message: rules.Text{ZH: "{which}代码{code}是{what}（{name}），不是国标区划", EN: "{which} code {code} is {what} ({name}), not a GB/T 2260 division"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "代码不属于国标区划，但为统计或地址选择器所用：市一级的“市辖区”“县”代码（110100、310100等）予以接受，不报告；区县一级的“市辖区”（130101）、不设区的市的镇街（441901）、统计用开发区（130171）等，报告其名称和种类。此类代码各系统互不相同。", EN: "The code is not one of GB/T 2260 but known: fillers at city level for 市辖区 or 县 (110100, 310100) are accepted without a finding; at district level 市辖区 itself (130101), towns of cities without districts (441901) and zones of the statistics (130171) are reported with name and kind. Such codes differ between systems."},
	Good:    "310000/310100/310104", Bad: "441901",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "584 such codes of pickers and statistics", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR009,
}

func checkADR009(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		for i := range codes {
			if c := &codes[i]; c.kind != "" && !(i == 1 && c.filler()) {
				p.Find(c.path, a.param(), rules.P("code", c.value), rules.P("name", c.pseudo), rules.T("what", kindName(c.kind)))
			}
		}
	}
}

func kindName(kind string) rules.Text {
	switch kind {
	case placeholder:
		return rules.Text{ZH: "市辖区等的占位代码", EN: "a filler"}
	case "zone":
		return rules.Text{ZH: "统计用的开发区代码", EN: "a zone of the statistics"}
	case "town_as_county":
		return rules.Text{ZH: "不设区的市的镇街代码", EN: "a town of a city without districts"}
	case "abolished":
		return rules.Text{ZH: "已不用的代码", EN: "a code no longer in use"}
	}
	return rules.Text{ZH: "选择器自用的代码", EN: "a code of pickers"}
}

// ADR002 区划已撤销: Division abolished.
var ADR002 = rules.Rule{
	ID: "ADR002", Severity: rules.Warning, Kind: rules.Stale, Cause: "SC-04", Since: "v0.1.0",
	Title:   rules.Text{ZH: "区划已撤销", EN: "Division abolished"},
	Message: rules.Text{ZH: "区划{code}（{name}）已于{year}年撤销，现为{new}", EN: "division {code} ({name}) was abolished in {year}, now {new}"},
	Remedy:  rules.Text{ZH: "改用现行区划代码。", EN: "Use the current division code."},
	Doc:     rules.Text{ZH: "代码只见于旧版区划表。现行区划唯一时（崇文区110103改为110101）给出建议，否则列出全部现行区划。一方的区划表过旧，会造成与银行登记的差异。", EN: "The code is in an older edition of the table only. The present division is proposed when it is the only one (崇文区 110103 became 110101), and all of them are listed otherwise. A stale table on one side makes a difference with the registry."},
	Good:    "110101", Bad: "110103",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260 changes 1981–2025", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR002,
}

func checkADR002(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		for i := range codes {
			c := &codes[i]
			if !c.known || division.Current(c.value) {
				continue
			}
			d, _ := division.Lookup(c.value)
			became := division.Successors(c.value)
			var fixes []rules.Fix
			if len(became) == 1 {
				fixes = p.Propose(c.path, became[0])
			}
			p.FindFix(c.path, fixes, rules.P("code", c.value), rules.P("name", d.Name), rules.P("year", strconv.Itoa(d.To)),
				rules.T("new", divisionNames(became)))
		}
	}
}

func divisionNames(codes []string) rules.Text {
	if len(codes) == 0 {
		return rules.Text{ZH: "（不详）", EN: "(unknown)"}
	}
	list := make([]string, len(codes))
	for i, c := range codes {
		d, _ := division.Lookup(c)
		list[i] = c + " " + d.Name
	}
	return rules.Text{ZH: strings.Join(list, "、"), EN: strings.Join(list, ", ")}
}

// ADR001 行政区划上下级不符: Division codes do not nest.
var ADR001 = rules.Rule{
	ID: "ADR001", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "行政区划上下级不符", EN: "Division codes do not nest"},
	Message: rules.Text{ZH: "{which}行政区划{p}/{c}/{d}上下级不符", EN: "{which} division codes {p}/{c}/{d} do not nest"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "各级代码均为已知代码，而市代码前两位与省代码不同，或区县代码前四位与市代码不同。直接隶属于省的区划（直辖市的区、省直辖县级市）以区划表为准，不比较第三、四位；“市辖区”代码（310100）视为其所在市。区域是银行登记键值和商户号的一部分。", EN: "The codes are known and the first two digits of the city are not those of the province, or the first four of the district not those of the city. Divisions directly under their province (districts of municipalities, county-level cities without a prefecture) are exempt by the table, and a filler such as 310100 counts as its city. The region is part of the registry key and of the merchant number."},
	Good:    "310000/310100/310104", Bad: "310000/320100/310104",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260", Verified: true}, {Level: rules.Standard, Cite: "WeChat Pay biz_address_code 取值有误", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR001,
}

func checkADR001(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		if i := firstOutside(codes); i > 0 {
			p.Find(codes[i].path, a.param(), rules.P("p", a.ProvinceCode), rules.P("c", a.CityCode), rules.P("d", a.DistrictCode))
		}
	}
}

// firstOutside returns the index of the first code that does not lie in one above it, 0 where all do.
func firstOutside(codes *[3]code) int {
	for i := 1; i < len(codes); i++ {
		low := codes[i].value
		if !codes[i].listed() {
			continue
		}
		for j := range i {
			high := codes[j].value
			if !codes[j].listed() {
				continue
			}
			if low[:2] != high[:2] || j == 1 && low[:4] != high[:4] && !underProvince(low) {
				return i
			}
		}
	}
	return 0
}

// underProvince reports a district that has no city above it in the table.
func underProvince(district string) bool {
	d, ok := division.Lookup(district)
	return ok && d.Level == 3 && d.Parent[2:] == "0000"
}

// ADR011 省市由区县推出: Province and city derived from the district.
var ADR011 = rules.Rule{
	ID: "ADR011", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "省市由区县推出", EN: "Province and city derived from the district"},
	Message: rules.Text{ZH: "{which}的省市已由{code}推出：{suggest}", EN: "{which} province and city were derived from {code}: {suggest}"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "区县代码有效而省代码或市代码为空，省市由区县推出；补上不增加任何信息，fix可以写回。", EN: "Province or city is empty and the district is valid, so that both follow from it. Filling them in adds no information."},
	Good:    "310000/310100/310104", Bad: "（空）/（空）/310104",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "GB/T 2260", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR011,
}

func checkADR011(p *rules.Pass) {
	for _, a := range places(p) {
		codes := a.codes(p)
		district := codes[2].value
		if a.ProvinceCode != "" && a.CityCode != "" || !codes[2].listed() {
			continue
		}
		above := [2]string{codes[2].provinceOfCode, cityOf(district)}
		if given := codes[0].value + codes[1].value; given != "" && given[:min(2, len(given))] != district[:2] {
			continue // the code that is there contradicts the district, and either may be the wrong one
		}
		var edits []rules.Edit
		var path merchant.Path
		for i := len(above) - 1; i >= 0; i-- {
			if p.Record.Has(codes[i].path) || p.Blocked(codes[i].path) || above[i] == "" {
				continue
			}
			path = codes[i].path
			edits = append(edits, rules.Edit{Path: path, New: above[i]})
		}
		if len(edits) == 0 {
			continue
		}
		slices.Reverse(edits)
		suggest := above[0] + "/" + above[1]
		fix := rules.Fix{Safe: true, Edits: edits, Message: rules.Text{ZH: "省市补为" + suggest, EN: "fill in province and city: " + suggest}}
		p.FindFix(path, []rules.Fix{fix}, a.param(), rules.P("code", district), rules.P("suggest", suggest))
	}
}

// cityOf returns the city as address pickers write it: 310100 in a municipality, where the standard has no city.
func cityOf(district string) string {
	c := code{value: district[:4] + "00"}
	if c.look(); c.known || c.filler() {
		return c.value
	}
	return division.City(district)
}

// ADR004 地址文字与区划码矛盾: Address text contradicts the codes.
var ADR004 = rules.Rule{
	ID: "ADR004", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "地址文字与区划码矛盾", EN: "Address text contradicts the codes"},
	Message: rules.Text{ZH: "{which}地址文字是{a}，区划码是{b}", EN: "{which} address text says {a}, the codes say {b}"},
	Remedy:  rules.Text{ZH: "重新选择省、市、区县。", EN: "Choose province, city and district again."},
	Doc:     rules.Text{ZH: "详细地址的开头或中间写有省、市或区县的名称（含历史名称），而与区划代码所指不同，也不互相包含。名称后接路、街、大道等字的视为路名，“沙河市场”之类的也不算。多半是照抄了另一家店的地址。", EN: "The detail begins with or contains the name of a province, city or district, of today or of the past, that is not the division of the codes and neither contains it nor lies in it. A name before a road word is that of a street, and 沙河市 in 沙河市场 is none. The address was copied from another shop."},
	Good:    "上海市徐汇区… + 310104", Bad: "江苏省南京市… + 310104",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "plausibility"}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail,
		merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesBusinessCityCode,
		merchant.FieldAddressesBusinessDistrictCode, merchant.FieldAddressesRegisteredProvinceCode,
		merchant.FieldAddressesRegisteredCityCode, merchant.FieldAddressesRegisteredDistrictCode},
	Check: checkADR004,
}

func checkADR004(p *rules.Pass) {
	for _, a := range places(p) {
		text := a.text(p)
		given := a.smallest(p)
		if text == "" || given == "" {
			continue
		}
		named := contradiction(text, a.parts, given)
		if named == "" {
			continue
		}
		p.FindFix(a.detail(), a.proposeRegion(p, named), a.paramShort(), rules.P("a", fullName(named)), rules.P("b", fullName(given)))
	}
}

// proposeRegion offers the codes of the district that the text names.
func (a *place) proposeRegion(p *rules.Pass, named string) []rules.Fix {
	if d, ok := division.Lookup(named); !ok || d.Level != 3 || d.To != 0 {
		return nil
	}
	fix := rules.Fix{Message: rules.Text{ZH: "区划改为" + named + " " + fullName(named) + "？", EN: "change the division to " + named + " " + fullName(named) + "?"}}
	for i, code := range [...]string{division.Province(named), cityOf(named), named} {
		path := merchant.At(a.province + merchant.Field(i))
		if old := p.Record.Text(path); old != code {
			fix.Edits = append(fix.Edits, rules.Edit{Path: path, Old: old, New: code})
		}
	}
	return []rules.Fix{fix}
}

// parts are the divisions that an address begins with, and what follows them.
type parts struct{ province, city, district, rest string }

func split(text string) (s parts) {
	s.province, s.city, s.district, s.rest = division.SplitAddress(text)
	return s
}

// contradiction returns the first division that the text names and that does not agree with the given one.
func contradiction(text string, s parts, given string) string {
	named, rest := s.province, s.rest
	switch {
	case s.district != "":
		named = s.district
	case s.city != "":
		named = s.city
	case s.province != "" && !written(text, s.province):
		named = "" // 江苏大厦 names a house
	}
	if named != "" && !otherWord(text[:len(text)-len(rest)], rest) && !agree(named, given) {
		return named
	}
	if !speaksOfPlaces(rest) {
		return ""
	}
	within := division.Province(given)
	for i := 0; i < len(rest); {
		d, n, ok := division.Leading(rest[i:], within)
		if !ok || n < len(d.Name) {
			d, n, ok = division.Leading(rest[i:], "")
		}
		// Two characters such as 城区 or 矿区 tell nothing.
		if !ok || n < len(d.Name) || n < len("徐汇区") || generic(d.Name) || otherWord(rest[i:i+n], rest[i+n:]) {
			_, n = utf8.DecodeRuneInString(rest[i:])
		} else if !agree(d.Code, given) {
			return d.Code
		}
		i += n
	}
	return ""
}

// speaksOfPlaces reports a character that the names of divisions end with.
func speaksOfPlaces(text string) bool {
	for _, r := range text {
		switch r {
		case '省', '市', '区', '县', '州', '盟', '旗':
			return true
		}
	}
	return false
}

// written reports whether the text begins with the name of the province in full.
func written(text, province string) bool {
	d, _ := division.Lookup(province)
	return strings.HasPrefix(strings.TrimLeft(text, " ,，"), d.Name)
}

// generic reports names of districts that are plain words.
func generic(name string) bool {
	switch name {
	case "港口区", "海港区", "新市区", "新城区", "老城区", "城关区", "城中区", "市中区", "城东区", "城西区", "城北区", "城厢区", "开发区":
		return true
	}
	return false
}

// otherWord reports that a name before rest is part of another word: 沙河市场, or the name of a street.
func otherWord(name, rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case strings.HasSuffix(name, "市") && strings.ContainsRune("场民政委级郊容集", r),
		strings.HasSuffix(name, "区") && strings.ContainsRune("域间块", r):
		return true
	}
	for _, road := range [...]string{"路", "街", "大街", "大道", "巷", "弄"} {
		if strings.HasPrefix(rest, road) {
			return true
		}
	}
	return false
}

// agree reports whether two divisions are one or one lies in the other, as they are or as what they became.
func agree(a, b string) bool {
	if nested(a, b) {
		return true
	}
	for _, s := range division.Successors(a) {
		if nested(s, b) {
			return true
		}
	}
	for _, s := range division.Successors(b) {
		if nested(a, s) {
			return true
		}
	}
	return false
}

func nested(a, b string) bool {
	switch {
	case a[:2] != b[:2]:
		return false
	case a == b, a[2:] == "0000", b[2:] == "0000":
		return true
	}
	city := division.City(a)
	return city == division.City(b) && (a == city || b == city)
}

// ADR005 经营地与注册地不同省: Business and registration in different provinces.
var ADR005 = rules.Rule{
	ID: "ADR005", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经营地与注册地不同省", EN: "Business and registration in different provinces"},
	Message: rules.Text{ZH: "经营地{a}与注册地{b}不在同一省", EN: "the business place {a} and the registered place {b} are in different provinces"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "经营地与注册地的省代码不同（省代码为空时由市、区县推出）。收单机构负有本地化管理责任，异地商户须巡检。", EN: "The provinces of the business and of the registered address differ; where a province is empty it follows from city or district. Acquirers must manage merchants locally, and merchants elsewhere are inspected."},
	Good:    "同省", Bad: "注册上海，经营新疆",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第12条", Verified: true}, {Level: rules.Law, Cite: "公告〔2013〕第9号 第48条六项 本地化", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode, merchant.FieldAddressesRegisteredProvinceCode},
	Check:  checkADR005,
}

func checkADR005(p *rules.Pass) {
	a, b := business(p).provinceCode(p), registered(p).provinceCode(p)
	if a != "" && b != "" && a != b {
		p.Find(merchant.At(merchant.FieldAddressesBusinessProvinceCode), rules.P("a", fullName(a)), rules.P("b", fullName(b)))
	}
}

// ADR014 超出收单展业地域: Outside the licensed region.
var ADR014 = rules.Rule{
	ID: "ADR014", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-17", Since: "v0.1.0",
	Title:   rules.Text{ZH: "超出收单展业地域", EN: "Outside the licensed region"},
	Message: rules.Text{ZH: "经营地{a}不在本机构展业地域内", EN: "the business place {a} is outside the region this institution may serve"},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "经营地的省代码（为空时由市、区县推出）不在配置的展业地域（licensed_regions）之内；未配置时不检查。许可证限定了机构可以收单的地域。", EN: "The province of the business address, which follows from city or district where it is empty, is not among licensed_regions of the profile; without such regions the rule is skipped. The licence limits where an institution may acquire."},
	Good:    "上海（展业地域含上海）", Bad: "新疆",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "非银行支付机构监督管理条例 第12条", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessProvinceCode},
	Needs:  rules.NeedRegions,
	Check:  checkADR014,
}

func checkADR014(p *rules.Pass) {
	province := business(p).provinceCode(p)
	if province != "" && !slices.Contains(p.Params.LicensedRegions, province) {
		p.Find(merchant.At(merchant.FieldAddressesBusinessProvinceCode), rules.P("a", fullName(province)))
	}
}
