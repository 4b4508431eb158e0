// Command customrule adds two rules of a house to the built-in ones: one in Go, one in JSON.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/declare"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
	"github.com/merchantkyc/merchantkyc/validate"
)

// inGo wants a mobile number of the contact that is not the representative's, for enterprises.
var inGo = rules.Rule{
	ID: "ACME-001", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-19", Since: "v1",
	Title:   rules.Text{ZH: "联系人与法定代表人同号", EN: "Contact and representative share a mobile"},
	Message: rules.Text{ZH: "{field}与法定代表人手机号相同", EN: "{field} is the representative's mobile"},
	Remedy:  rules.Text{ZH: "补充财务或运营人员的手机号。", EN: "Give the mobile of somebody in finance or operations."},
	Doc:     rules.Text{ZH: "企业商户须有两个可联系的人。", EN: "An enterprise must have two people who can be reached."},
	Basis:   []rules.Basis{{Level: rules.PolicyLevel, Cite: "ACME handbook 4.2", Verified: true}},
	Fields:  []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Uses:    []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Applies: func(p *rules.Pass) bool { return p.Record.SubjectType == merchant.SubjectEnterprise },
	Check: func(p *rules.Pass) {
		if p.Record.Contact.Mobile == p.Record.LegalRep.Mobile {
			p.Find(merchant.At(merchant.FieldContactMobile))
		}
	},
}

const inJSON = `{"rules": [{
  "id": "ACME-002", "severity": "error", "kind": "limit",
  "title":   {"zh": "单日限额过高", "en": "Daily limit too high"},
  "message": {"zh": "{field}{value}元超过{max}元", "en": "{field} of {value} yuan is above {max} yuan"},
  "remedy":  {"zh": "降低限额，或补充审批单。", "en": "Lower the limit or add the approval."},
  "basis":   [{"level": "policy", "cite": "ACME handbook 7.1"}],
  "field": "limits.daily_cny",
  "check": {"op": "range", "max": "10000.00"}}]}`

func main() {
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	declared, err := declare.Read("acme.json", strings.NewReader(inJSON))
	if err != nil {
		return err // with the line
	}
	v, err := validate.New(validate.AsOf(rulestest.AsOf), validate.WithRules(append(declared, &inGo)...))
	if err != nil {
		return err
	}
	m := rulestest.Clean(merchant.SubjectEnterprise, 0)
	m.LegalRep.Mobile = m.Contact.Mobile
	m.Limits.DailyCNY = merchant.Fen(5_000_000)
	for _, f := range v.Append(nil, merchant.NewRecord(m)) {
		if _, ours := builtin.Lookup(f.Rule.ID); !ours {
			fmt.Fprintln(w, f.Rule.ID, f.Severity, f.Message("en", false))
		}
	}
	return nil
}
