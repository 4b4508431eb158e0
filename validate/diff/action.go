package diff

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/registry"
)

// Do is what has to be done about a difference, and by whom.
type Do uint8

// Register, Change and Close are for the bank: the registry lacks something, holds another value, or holds what we have not.
// Verify comes first where the data do not say which side is right. UpdateOurs is for us: the registry is newer. Wait is for
// nobody: the change is on its way, or younger than the export.
const (
	Register Do = iota
	Change
	Close
	Verify
	UpdateOurs
	Wait
)

var doTexts = [...]rules.Text{{ZH: "登记", EN: "register"}, {ZH: "变更", EN: "change"}, {ZH: "核实后注销", EN: "close once verified"}, {ZH: "核实", EN: "verify"},
	{ZH: "更新本方", EN: "update ours"}, {ZH: "等待生效", EN: "wait"}}

// Text words what to do.
func (d Do) Text() rules.Text { return doTexts[min(int(d), len(doTexts)-1)] }

// Bank reports whether it is for the bank.
func (d Do) Bank() bool { return d <= Verify }

// Action is one line of a list of changes. Values are not masked.
type Action struct {
	Do             Do
	Rule           *rules.Rule // that found it
	Path           merchant.Path
	Registry, Ours string           // what the registry holds, and what it should hold as far as we know
	Suspect        *merchant.Record // of the other side, for a key that is probably mistyped; else nil
}

// Actions says what to do about a merchant, in the order of its differences. Equal merchants, and values that are only
// written differently, need nothing.
func (r *Result) Actions() (list []Action) {
	key := merchant.At(merchant.FieldMerchantNo)
	for _, s := range r.Suspects {
		a := Action{Verify, &registry.DIF024, key, s.Record.Key(), "", s.Record}
		if r.Local != nil {
			a.Ours = r.Local.Key()
		} else {
			a.Registry, a.Ours = r.Registry.Key(), s.Record.Key()
		}
		list = append(list, a)
	}
	switch r.Class {
	case MissingInRegistry:
		return append(list, Action{Register, &registry.DIF001, key, "", r.Local.Key(), nil})
	case MissingInLocal:
		return append(list, Action{Close, &registry.DIF002, key, r.Registry.Key(), "", nil})
	case DuplicateKey, Ambiguous:
		rule := &registry.DIF015
		if r.Class == DuplicateKey {
			rule = &registry.DIF023
		}
		return append(list, Action{Verify, rule, key, r.Key(), r.Key(), nil})
	}
	for _, d := range r.Differences {
		do := Change
		switch {
		case d.Rule == &registry.DIF016 || d.Rule == &registry.DIF026:
			continue
		case d.Stale == &registry.DIF022 || d.Stale == &registry.DIF025:
			do = Wait
		case d.Stale == &registry.DIF014:
			do = UpdateOurs
		case d.Rule == &registry.DIF010:
			do = Verify
		case d.Rule == &registry.DIF011:
			do = Register
		case d.Rule == &registry.DIF021:
			do = Close
		}
		path := d.Path
		if d.Rule == &registry.DIF021 {
			path = d.RegistryPath
		}
		list = append(list, Action{do, d.Rule, path, d.Registry, d.Local, nil})
	}
	return list
}
