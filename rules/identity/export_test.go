package identity

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// OwnRules gives the fields that IDN014 and IDN015 leave to other rules, with those rules.
func OwnRules(missing bool) (fields []merchant.Field, ids []rules.ID) {
	for _, f := range merchant.Fields() {
		id, ok := presentRule(f)
		if missing {
			id = missingRule(f)
			ok = id != ""
		}
		if ok {
			fields, ids = append(fields, f), append(ids, id)
		}
	}
	return fields, ids
}
