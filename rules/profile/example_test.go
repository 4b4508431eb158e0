package profile_test

import (
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// A house writes down what differs from a built-in profile, and asks what a merchant still lacks.
func ExampleProfile_Due() {
	p, err := profile.Read("house.json", strings.NewReader(`{
		"extends": "wechat",
		"params": {"required": {"contact.service_phone": "oooooo"}}, // our handbook, chapter 3
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	m := sample.Merchant(merchant.SubjectMicro, 0) // your own record here
	m.Contact.Email, m.Settlement.BranchName = "", ""
	m.Contact.Type = merchant.ContactHandler
	for _, path := range p.Due(m) {
		fmt.Println(path, path.Label("zh"))
	}
	// The branch is not due: the CNAPS code stands in its place.
	// Output:
	// contact.email 联系邮箱
}

func ExampleProfile_Requirements() {
	p, err := profile.Open("base")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range p.Requirements(merchant.SubjectIndividualBusiness) {
		if r.Field == merchant.FieldSettlementCNAPS || r.Field == merchant.FieldSettlementBranchName {
			when := ""
			if r.When != nil {
				when = r.When.Text.EN
			}
			fmt.Printf("%s %c [%s] or %q\n", r.Field.Path(), r.Need, when, r.InsteadText("en"))
		}
	}
	// Output:
	// settlement.branch_name R [] or "CNAPS code"
	// settlement.cnaps C [when settlement goes to a corporate account] or ""
}
