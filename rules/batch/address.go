package batch

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// marketMin is how many merchants make a market worth listing.
const marketMin = 30

// market returns an address up to the first word that names a market, mall, plaza or park.
func market(detail string) (string, bool) {
	end := -1
	for _, word := range [...]string{"市场", "商场", "广场", "园区"} {
		if i := strings.Index(detail, word); i >= 0 && (end < 0 || i+len(word) < end) {
			end = i + len(word)
		}
	}
	if end < 0 {
		return detail, false
	}
	return detail[:end], true
}

// clusters reports places with many subjects, in markets or outside of them.
type clusters struct {
	*book
	markets bool
}

func (b clusters) Finish(p *rules.BatchPass) {
	least := p.Params.AddressCluster
	if b.markets {
		least = marketMin
	}
	for _, g := range b.groups(placeKey) {
		if _, in := market(g.value); in != b.markets {
			continue
		}
		members := with(g.members, func(m int32) bool { return b.tagAt(subjectTag)(m) != 0 })
		if n := distinct(members, b.tagAt(subjectTag)); n >= max(least, 2) {
			find(p, ordinals(members, itself), merchant.At(merchant.FieldAddressesBusinessDetail), g.value, rules.P("n", strconv.Itoa(n)), rules.P("value", g.value))
		}
	}
}

// BAT007 地址聚集: Many merchants at one address.
var BAT007 = rules.Rule{
	ID: "BAT007", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "地址聚集", EN: "Many merchants at one address"},
	Message: rules.Text{ZH: "地址“{value}”下有{n}个商户", EN: "{n} merchants share the address \"{value}\""},
	Remedy:  rules.Text{ZH: "安排人工复核。", EN: "Queue a review by a person."},
	Doc:     rules.Text{ZH: "同一经营地址（规范化后的详细地址加区县）有 address_cluster（5）个或更多不同主体（按统一社会信用代码，小微商户按身份证件号码）。地址含市场、商场、广场、园区的由 BAT020 列出。这是虚构商户的迹象。", EN: "The same business address, normalised and with its district, has address_cluster (5) or more different subjects, by USCC or by the identity number of micro merchants. Addresses in a market, mall, plaza or park (市场, 商场, 广场, 园区) are left to BAT020. It is a sign of made-up merchants."},
	Good:    "1", Bad: "8个同一房间号",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "反诈法 第17条", Verified: true}, {Level: rules.Law, Cite: "0.46 % of published addresses are cluster or hosted registrations", Verified: true}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesBusinessDistrictCode, merchant.FieldLicenceNumber},
	Batch:  newAddresses,
}

func newAddresses(s *rules.Shared) rules.Batch { return clusters{open(s, placeKey, subjectTag), false} }

// BAT020 市场内地址聚集: Many merchants in one market.
var BAT020 = rules.Rule{
	ID: "BAT020", Severity: rules.Info, Kind: rules.Policy, Cause: "SC-16", Since: "v0.1.0", Scope: rules.BatchScope,
	Title:   rules.Text{ZH: "市场内地址聚集", EN: "Many merchants in one market"},
	Message: rules.Text{ZH: "“{value}”内有{n}个商户", EN: "{n} merchants share the market \"{value}\""},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "经营地址含市场、商场、广场或园区，且到该词为止的地址有 30 个或更多不同主体（按统一社会信用代码，小微商户按身份证件号码）。市场内属正常，列出供知悉。", EN: "The business address names a market, mall, plaza or park (市场, 商场, 广场, 园区), and 30 or more different subjects, by USCC or by the identity number of micro merchants, share the address up to that word. It is normal for markets and listed so that it is seen."},
	Good:    "10", Bad: "45个摊位",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "default"}},
	Fields: []merchant.Field{merchant.FieldAddressesBusinessDetail, merchant.FieldLicenceNumber},
	Batch:  newMarkets,
}

func newMarkets(s *rules.Shared) rules.Batch { return clusters{open(s, placeKey, subjectTag), true} }
