package cli

import (
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/declare"
)

func (p *program) houseFlag(f *pflag.FlagSet, s *settings) {
	f.StringArrayVar(&s.rules, "rules", nil, p.say("本机构自己的规则 `FILE`（JSON，可重复）", "the house's own rules, `FILE` (JSON, may be repeated)"))
}

// houseRules reads the files of --rules.
func (s *settings) houseRules() ([]*rules.Rule, error) {
	var house []*rules.Rule
	from := map[rules.ID]string{}
	for _, name := range s.rules {
		list, err := readRules(name)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if other, twice := from[r.ID]; twice {
				return nil, usage("编号 %[1]s 在 %[2]s 和 %[3]s 中都有；请换一个", "the ID %[1]s is both in %[2]s and in %[3]s; take another", r.ID, other, name)
			}
			from[r.ID] = name
		}
		house = append(house, list...)
	}
	return house, nil
}

func readRules(name string) ([]*rules.Rule, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usage("规则文件 %[1]s 打不开；请检查 --rules", "the file of rules %[1]s cannot be opened; check --rules", name)
	}
	defer f.Close()
	list, err := declare.Read(name, f)
	return list, handwritten(err)
}

// catalogue returns the built-in rules and those of --rules.
func (s *settings) catalogue() ([]*rules.Rule, error) {
	house, err := s.houseRules()
	return append(builtin.Rules(), house...), err
}

func lookup(list []*rules.Rule, id rules.ID) (*rules.Rule, error) {
	var names []string
	for _, r := range list {
		if r.ID == id {
			return r, nil
		}
		names = append(names, string(r.ID))
	}
	zh, en := suggestion(string(id), names)
	return nil, &failure{statusUsage, fmt.Sprintf("没有 %s 这条规则%s；用 merchantcheck rules 查看全部规则，本机构的规则要用 --rules 给出", id, zh),
		fmt.Sprintf("there is no rule %s%s; merchantcheck rules lists all, those of the house need --rules", id, en)}
}
