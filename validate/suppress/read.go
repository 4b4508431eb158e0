package suppress

import (
	"io"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
)

// The bounds of a list.
const (
	maxEntries = 20_000
	maxRules   = 400 // of one entry
)

// Read reads a list of suppressions from JSON; name stands for the file in messages. The error is a [*strictjson.Error]
// with the line and the path of the mistake, or that of r. Whether the rules exist is seen by [New].
func Read(name string, r io.Reader) ([]Suppression, error) {
	root, err := strictjson.Parse(name, r)
	if err != nil {
		return nil, err
	}
	var list []Suppression
	err = root.Object(strictjson.Members{"suppressions": func(v *strictjson.Value) error {
		return v.Array(maxEntries, func(v *strictjson.Value) error {
			s := Suppression{ListFile: name, Line: v.Line}
			if err := s.read(v); err != nil {
				return err
			}
			list = append(list, s)
			return s.check()
		})
	}}, "suppressions")
	return list, err
}

func (s *Suppression) read(v *strictjson.Value) error {
	text := func(to *string) func(*strictjson.Value) error {
		return func(v *strictjson.Value) (err error) {
			*to, err = v.String()
			return err
		}
	}
	rule := func(v *strictjson.Value) error {
		id, err := v.String()
		s.Rules = append(s.Rules, rules.ID(id))
		return err
	}
	members := strictjson.Members{
		"rule":  rule,
		"rules": func(v *strictjson.Value) error { return v.Array(maxRules, rule) },
		"key":   text(&s.Key), "file": text(&s.File), "sheet": text(&s.Sheet), "header": text(&s.Header), "reason": text(&s.Reason),
		"path": func(v *strictjson.Value) error {
			path, err := v.String()
			if err != nil {
				return err
			}
			if s.Path, err = merchant.ParsePath(path); err != nil {
				return v.Errorf("没有字段 %q；请检查拼写", "there is no field %q; check its spelling", path)
			}
			return nil
		},
		"until": func(v *strictjson.Value) error {
			day, err := v.String()
			if err != nil {
				return err
			}
			if s.Until, err = merchant.ParseDate(day); err != nil {
				return v.Errorf("%q 不是日期；请写成 2027-01-31 的形式", "%q is no date; write it like 2027-01-31", day)
			}
			return nil
		},
	}
	if err := v.Object(members); err != nil {
		return err
	}
	if v.Member("rule") != nil && v.Member("rules") != nil {
		return v.Errorf("rule 和 rules 只能写一个", "give rule or rules, not both")
	}
	return nil
}
