package address

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// ADR012 详细地址未填写: Address detail missing.
var ADR012 = rules.Rule{
	ID: "ADR012", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "详细地址未填写", EN: "Address detail missing"},
	Message: rules.Text{ZH: "{which}详细地址未填写", EN: "the {which} address detail is missing"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "经营地详细地址为空；或注册地详细地址为空，而主体类型不是小微商户。地址未能准确描述是无效商户的原因之一。", EN: "The detail of the business address is empty, or that of the registered address is and the merchant is not a micro merchant. An address that is not described is one of the named causes of an invalid merchant."},
	Good:    "漕溪北路88号", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail, merchant.FieldSubjectType},
	Reports: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail},
	Check:   checkADR012,
}

func checkADR012(p *rules.Pass) {
	for _, a := range places(p) {
		path := a.detail()
		if a.Detail == "" && a.required(p) && p.Mapped(path.Field) && !p.Blocked(path) {
			p.Find(path, a.param())
		}
	}
}

// ADR003 经营地址不够具体: Business address too vague.
var ADR003 = rules.Rule{
	ID: "ADR003", Severity: rules.Error, Kind: rules.Format, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "经营地址不够具体", EN: "Business address too vague"},
	Message: rules.Text{ZH: "经营地址“{value}”不够具体，需到门牌号", EN: "business address \"{value}\" is not specific enough; give the door number"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "经营场景为线下或线上线下，而经营地详细地址不足5个字，或去掉开头的省、市、区县后不足4个字，或既没有数字（含中文数字），也没有号、弄、栋、幢、座、室、楼、层、村、组、队、路口、市场、摊位、铺、段中的任何一个。线下门店必须能找得到，才能巡检和核对终端布放地。", EN: "The sales scene is offline or both, and the detail of the business address has fewer than 5 characters, or fewer than 4 behind the names of divisions, or contains neither a digit or Chinese numeral nor one of 号 弄 栋 幢 座 室 楼 层 村 组 队 路口 市场 摊位 铺 段. An offline shop must be findable for inspection and for the location of its terminals."},
	Good:    "漕溪北路88号1楼102室", Bad: "徐家汇",
	Basis:   []rules.Basis{{Level: rules.Scheme, Cite: "银发〔2021〕259号 布放地址", Verified: true}, {Level: rules.Scheme, Cite: "易生 100, 乐刷 5–40, Huifu 256", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldSalesScene},
	Uses:    []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldSalesScene},
	Applies: hasShop,
	Check:   checkADR003,
}

func checkADR003(p *rules.Pass) {
	if business(p).vague {
		p.Find(merchant.At(merchant.FieldAddressesBusinessDetail))
	}
}

func hasShop(p *rules.Pass) bool {
	s := p.Record.SalesScene
	return s == merchant.SceneOffline || s == merchant.SceneBoth
}

// vague reports whether a detail is too short or too general to find the place; rest is what follows the divisions in it.
func vague(detail, rest string) bool {
	return utf8.RuneCountInString(detail) < 5 || utf8.RuneCountInString(rest) < 4 || !numbered(detail)
}

// numbered reports whether a detail has a number or a word that stands for one house, shop or hamlet.
func numbered(detail string) bool {
	for _, r := range detail {
		switch r {
		case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两',
			'号', '弄', '栋', '幢', '座', '室', '楼', '层', '村', '组', '队', '铺', '段':
			return true
		}
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			return true
		}
	}
	return strings.Contains(detail, "路口") || strings.Contains(detail, "市场") || strings.Contains(detail, "摊位")
}

// ADR013 地址较简略: Address rather vague.
var ADR013 = rules.Rule{
	ID: "ADR013", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "地址较简略", EN: "Address rather vague"},
	Message: rules.Text{ZH: "{which}地址“{value}”较简略，请核对", EN: "{which} address \"{value}\" is rather vague; please check"},
	Remedy:  rules.Text{ZH: "人工确认后可保留。", EN: "It may stay once a person has confirmed it."},
	Doc:     rules.Text{ZH: "注册地详细地址，以及经营场景为线上或流动经营的商户的经营地详细地址，不满足ADR003的具体程度。实测300万个注册地址中有28.9%不含任何数字，因此不作为错误。", EN: "The registered address, or the business address of a merchant that sells online or on the move, is as vague as ADR003 describes. Of 3.0 million real registered addresses 28.9 % contain no digit at all, so this can never be an error."},
	Good:    "漕溪北路88号", Bad: "漕溪北路徐家汇广场",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "length of real registered addresses: 1 % ≤ 6, median 17, 99 % ≤ 39, longest 152 characters", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesRegisteredDetail, merchant.FieldAddressesBusinessDetail, merchant.FieldSalesScene},
	Check:  checkADR013,
}

func checkADR013(p *rules.Pass) {
	for _, a := range places(p) {
		if a.province == merchant.FieldAddressesBusinessProvinceCode {
			if s := p.Record.SalesScene; s != merchant.SceneOnline && s != merchant.SceneMobile {
				continue
			}
		}
		if a.vague && a.text(p) != "" {
			p.Find(a.detail(), a.paramShort())
		}
	}
}

// ADR016 地址过长: Address too long.
var ADR016 = rules.Rule{
	ID: "ADR016", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "地址过长", EN: "Address too long"},
	Message: rules.Text{ZH: "{which}地址为{n}字，超过{max}字", EN: "the {which} address has {n} characters; at most {max} fit"},
	Remedy:  rules.Text{ZH: "写到街道、门牌号、楼层房号，并核对定位。", EN: "Give street, door number, floor and room, and check the location."},
	Doc:     rules.Text{ZH: "详细地址超过address_max（默认100）个字，该上限由配置决定。各机构的地址字段只容40至256个字，超出部分会被截断。", EN: "The detail has more than address_max (100) characters, which a profile may set to what the acquirer takes. Acquirer fields hold 40 to 256 characters and cut the rest."},
	Good:    "漕溪北路88号", Bad: "152字",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "乐刷 40, 易生 100, 收钱吧 128, Huifu 256", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail},
	Check:  checkADR016,
}

func checkADR016(p *rules.Pass) {
	for _, a := range places(p) {
		if len(a.Detail) <= p.Params.AddressMax {
			continue // characters are not more than bytes
		}
		if n := utf8.RuneCountInString(a.text(p)); n > p.Params.AddressMax {
			p.Find(a.detail(), a.paramShort(), rules.P("n", strconv.Itoa(n)), rules.P("max", strconv.Itoa(p.Params.AddressMax)))
		}
	}
}
