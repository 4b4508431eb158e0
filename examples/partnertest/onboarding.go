// Package partnertest is an integration in small, for its test: a partner's service that sends merchants on to the bank
// unless the rules find an error, and that must show the right words for each of them.
package partnertest

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
)

// Answer is what the partner's form shows.
type Answer struct {
	Accepted bool
	Fields   map[string]string // path → what the form says
}

// Submit checks a merchant.
func Submit(v *validate.Validator, m *merchant.Merchant) Answer {
	var bad *validate.Error
	if !errors.As(v.Check(m), &bad) {
		return Answer{Accepted: true}
	}
	a := Answer{Fields: map[string]string{}}
	for _, f := range bad.Findings {
		a.Fields[f.Path.String()] = words(f.Rule.Kind)
	}
	return a
}

// words depend on the kind of a finding, which is a closed set; rules may be added at any time.
func words(k rules.Kind) string {
	switch k {
	case rules.Missing:
		return "请填写"
	case rules.Checksum, rules.Format, rules.Precision:
		return "请核对号码"
	case rules.Expired:
		return "证件已过期，请更新"
	}
	return "请联系客户经理"
}
