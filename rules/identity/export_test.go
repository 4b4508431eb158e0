package identity

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// OwnRules gives the fields that IDN014 and IDN015 leave to other rules, with those rules.
func OwnRules(missing bool) (fields []merchant.Field, ids []rules.ID) {
	list := presentRules[:]
	if missing {
		list = missingRules[:]
	}
	for _, r := range list {
		fields, ids = append(fields, r.field), append(ids, r.rule)
	}
	return fields, ids
}
