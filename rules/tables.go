package rules

import (
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
)

// Tables are the reference tables that rules look codes up in, such as the full list of branches that a bank has or the
// BINs issued since the package was made. A nil one stands for the table of its package; what Load returns takes its
// place, and Load(…).Or(Builtin()) extends it.
type Tables struct {
	CNAPS *cnaps.Table
	Cards *bankcard.Table
	MCC   *mcc.Table
}

// CNAPS returns the table of bank branches.
func (p *Pass) CNAPS() *cnaps.Table {
	if p.Tables.CNAPS != nil {
		return p.Tables.CNAPS
	}
	return cnaps.Builtin()
}

// Cards returns the table of BINs.
func (p *Pass) Cards() *bankcard.Table {
	if p.Tables.Cards != nil {
		return p.Tables.Cards
	}
	return bankcard.Builtin()
}

// MCC returns the table of merchant category codes.
func (p *Pass) MCC() *mcc.Table {
	if p.Tables.MCC != nil {
		return p.Tables.MCC
	}
	return mcc.Builtin()
}
