package report

import (
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
)

// veil masks the identity numbers (with a wrong check digit too), credit codes, mobile and card numbers in s. The mask of a
// field does not reach a value that was put into the wrong column, say an identity number into an address, and a report
// about it must not publish it.
func veil(s string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && alphanumeric(s[end]) {
			end++
		}
		if m := maskOf(s[i:end]); m != merchant.MaskNone {
			b.WriteString(s[done:i])
			b.WriteString(m.Apply(s[i:end]))
			done = end
		}
		i = end + 1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func maskOf(word string) merchant.Mask {
	switch len(word) {
	case 18:
		word = strings.ToUpper(word)
		if uscc.Valid(word) && !residentid.Valid(word) {
			return merchant.MaskAccount
		}
		// A number with a slip in it still tells who it is; a value that was typed wrong is what most messages are about.
		if err := residentid.Check(word); err == nil || err == residentid.ErrChecksum {
			return merchant.MaskIdentity
		}
	case 11:
		if phone.CheckMobile(word) == nil {
			return merchant.MaskPhone
		}
	}
	if len(word) >= 16 && len(word) <= 19 && word[:2] == "62" && bankcard.Luhn(word) {
		return merchant.MaskAccount
	}
	return merchant.MaskNone
}

// shown returns a value of the field as the report may print it, value that of a finding, param that of a parameter, and
// message the sentence.
func (o *Options) shown(f merchant.Field, value string) string {
	if o.Unmask {
		return value
	}
	return veil(f.Shown(value))
}

func (o *Options) value(f *rules.Finding) string { return o.sentence(f.ShownValue(o.Unmask)) }

// Key returns the key of a record as the report prints it.
func (o *Options) Key(key string) string {
	if o.Unmask {
		return key
	}
	return veil(merchant.ShownKey(key))
}

func (o *Options) param(p rules.Param) string { return o.sentence(p.In(o.Lang, o.Unmask)) }

func (o *Options) message(f *rules.Finding) string { return o.sentence(f.Message(o.Lang, o.Unmask)) }

func (o *Options) remedy(f *rules.Finding) string { return o.sentence(f.Remedy(o.Lang, o.Unmask)) }

func (o *Options) sentence(s string) string {
	if o.Unmask {
		return s
	}
	return veil(s)
}
