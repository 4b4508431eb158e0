package cli

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/pflag"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// compareFlags defines the flags of the commands that compare with the registry.
func (p *program) compareFlags(f *pflag.FlagSet, s *settings) {
	f.StringArrayVar(&s.keys, "key", nil, p.say("与登记匹配的键 `LIST`，在前的优先：字段的路径或表头，用 + 合成一个键，逗号分隔，可重复；默认 merchant_no,uscc+terminal_no,uscc+addresses.business.district_code,external_id",
		"match records by `LIST`, in this order: fields by path or heading, joined to one key by +, keys apart by commas, may be repeated; by default merchant_no,uscc+terminal_no,uscc+addresses.business.district_code,external_id"))
	f.StringArrayVar(&s.ignore, "ignore", nil, p.say("核对时不比较的字段 `FIELDS`（路径或表头，逗号分隔，可重复）", "do not compare `FIELDS` (paths or headings, by commas, may be repeated)"))
	f.StringArrayVar(&s.tolerance, "tolerance", nil, p.say("限额或费率相差不超过此数仍算一致 `FIELD=VALUE`，如 limits.daily_cny=0.01，元或百分点；默认按方案", "limits or rates that differ by no more count as equal, `FIELD=VALUE`, such as limits.daily_cny=0.01, in yuan or percentage points; by default those of the profile"))
}

// compare reads those flags. Fields are named as in files of the house.
func (s *settings) compare(house *load.Dialect) error {
	for _, f := range [...]struct {
		name   string
		values []string
		take   func(value string) error
	}{
		{"key", s.keys, func(value string) error {
			var key []merchant.Field
			for _, name := range strings.Split(value, "+") {
				f, err := fieldOf("key", name, house)
				if err != nil {
					return err
				}
				key = append(key, f)
			}
			s.comparison.Keys = append(s.comparison.Keys, key)
			return nil
		}},
		{"ignore", s.ignore, func(value string) error {
			f, err := fieldOf("ignore", value, house)
			s.comparison.Ignore = append(s.comparison.Ignore, f)
			return err
		}},
		{"tolerance", s.tolerance, func(value string) error {
			name, number, ok := strings.Cut(value, "=")
			n, err := merchant.ParseNumber(strings.TrimSpace(number))
			if !ok || err != nil {
				return usage("--tolerance 不认识 %q；请写成 字段=数值，如 limits.daily_cny=0.01", "--tolerance: %q is not FIELD=VALUE; write it like limits.daily_cny=0.01", value)
			}
			f, err := fieldOf("tolerance", name, house)
			if err != nil {
				return err
			}
			if _, twice := s.comparison.Tolerance[f]; twice {
				return usage("--tolerance 对 %s 给了两个值；请只留一个", "--tolerance gives %s two values; keep one", f.Path())
			}
			if s.comparison.Tolerance == nil {
				s.comparison.Tolerance = map[merchant.Field]decimal.Decimal{}
			}
			s.comparison.Tolerance[f] = n.Decimal()
			return nil
		}},
	} {
		if len(f.values) > 0 && s.registry == "" && !s.changes {
			return usage("--%s 要和 --registry 一起用", "--%s goes with --registry", f.name)
		}
		for _, value := range strings.Split(normalize.FoldWidth(strings.Join(f.values, ",")), ",") {
			if len(f.values) == 0 {
				break
			}
			if err := f.take(value); err != nil {
				return err
			}
			var bad *diff.Error
			if errors.As(s.comparison.Check(), &bad) {
				return usage("--%[1]s %[2]q：%[3]s", "--%[1]s %[2]q: %[4]s", f.name, value, bad.ZH, bad.EN)
			}
		}
	}
	return nil
}

// fieldOf returns the field that a flag names.
func fieldOf(flag, name string, house *load.Dialect) (merchant.Field, error) {
	f, ok := load.FieldOf(name, house)
	if ok {
		return f, nil
	}
	zh, en := "", ""
	if near, ok := load.Suggest(name); ok {
		zh, en = "，最接近的是 "+near.Path(), ", the nearest is "+near.Path()
	}
	return f, usage("--%[1]s 不认识字段 %[2]q%[3]s；请写路径（如 merchant_no）或表头（如 商户号）", "--%[1]s: there is no field %[2]q%[4]s; give a path (such as merchant_no) or a heading (such as Merchant number)", flag, name, zh, en)
}
