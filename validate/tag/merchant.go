package tag

import (
	"errors"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
)

// RegisterMerchant makes v judge every merchant.Merchant it meets, alone or inside another struct, by the rules of engine.
// Each finding of severity error becomes an error whose tag is the rule (LIC003) and whose field is the path
// (licence.number). Warnings and notes are left to [validate.Validator.Append].
func RegisterMerchant(v *validator.Validate, engine *validate.Validator) {
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		m, ok := sl.Current().Interface().(merchant.Merchant)
		if !ok {
			return
		}
		var bad *validate.Error
		if !errors.As(engine.Check(&m), &bad) {
			return
		}
		for _, f := range bad.Findings {
			path := f.Path.String()
			sl.ReportError(carried{f}, path, path, string(f.Rule.ID), f.Severity.String())
		}
	}, merchant.Merchant{})
}

// carried is the value of an error about a merchant: it holds the finding and shows nothing of it.
type carried struct{ finding rules.Finding }

// String returns the masked value.
func (c carried) String() string { return c.finding.ShownValue(false) }
