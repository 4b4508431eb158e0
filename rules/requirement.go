package rules

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// Condition is a circumstance under which a field marked C must be filled. Profiles name it; the set is closed.
type Condition struct {
	Name string
	Text Text
	// Met tells whether a record is in the circumstance; nil where no record says so and only a person can tell.
	Met func(*merchant.Merchant, *Params) bool
}

var conditions = [...]Condition{
	{"active", Text{"商户启用（状态正常）后", "once the merchant is active"},
		func(m *merchant.Merchant, _ *Params) bool { return m.Status.State == merchant.StateActive }},
	{"not_active", Text{"商户状态不是正常时", "when the merchant's status is not active"},
		func(m *merchant.Merchant, _ *Params) bool {
			return m.Status.State != "" && m.Status.State != merchant.StateActive
		}},
	{"no_merchant_no", Text{"没有商户号时", "when there is no merchant number"},
		func(m *merchant.Merchant, _ *Params) bool { return m.MerchantNo == "" }},
	{"branch", Text{"分支机构", "for branches"},
		func(m *merchant.Merchant, _ *Params) bool { return m.Branch() }},
	{"owners", Text{"公司、合伙企业和外国公司分支机构", "for companies, partnerships and branches of foreign companies"},
		func(m *merchant.Merchant, _ *Params) bool { return m.FilesOwners() }},
	{"exemption", Text{"声明受益所有人免报时", "when the exemption from naming beneficial owners is claimed"},
		func(m *merchant.Merchant, _ *Params) bool { return m.BOExemption }},
	{"handler", Text{"联系人是经办人时", "when the contact is a handler"},
		func(m *merchant.Merchant, _ *Params) bool { return m.Contact.Type == merchant.ContactHandler }},
	{"corporate_account", Text{"结算到对公账户时", "when settlement goes to a corporate account"},
		func(m *merchant.Merchant, _ *Params) bool {
			return m.Settlement.AccountType == merchant.AccountCorporate
		}},
	{"personal_account", Text{"结算到对私账户时", "when settlement goes to a personal account"},
		func(m *merchant.Merchant, _ *Params) bool {
			t := m.Settlement.AccountType
			return t == merchant.AccountPersonalOperator || t == merchant.AccountPersonalOther
		}},
	{"other_account", Text{"结算到他人账户时", "when settlement goes to another person's account"},
		func(m *merchant.Merchant, _ *Params) bool {
			return m.Settlement.AccountType == merchant.AccountPersonalOther
		}},
	{"offline", Text{"线下经营时", "when the merchant trades offline"},
		func(m *merchant.Merchant, _ *Params) bool {
			return m.SalesScene == merchant.SceneOffline || m.SalesScene == merchant.SceneBoth
		}},
	{"terminals", Text{"有终端时", "when there are terminals"},
		func(m *merchant.Merchant, _ *Params) bool { return len(m.Terminals) > 0 }},
	{"card_terminals", Text{"有受理银行卡的终端时", "when there are terminals that take cards"},
		func(m *merchant.Merchant, _ *Params) bool {
			for i := range m.Terminals {
				if m.Terminals[i].DeviceType.TakesCards() {
					return true
				}
			}
			return false
		}},
	{"permit", Text{"MCC 需要行业许可时", "when the MCC needs a permit"},
		func(m *merchant.Merchant, p *Params) bool { return len(p.LicenceMap[m.MCC]) > 0 }},

	{"on_certificate", Text{"证照上载明时", "when the certificate states it"}, nil},
	{"different_name", Text{"结算户名与商户名称不同时", "when the account is under another name than the merchant's"}, nil},
	{"long_term", Text{"长期有效时", "when it is valid for ever"}, nil},
	{"new_entry", Text{"新入网或当事人变更时", "for new merchants and changed parties"}, nil},
	{"entry_active", Text{"终端启用时", "when the terminal is active"}, nil},
	{"entry_machine", Text{"终端是机具时（不含码牌）", "when the terminal is a machine, not a printed code"}, nil},
	{"entry_card", Text{"终端受理银行卡时", "when the terminal takes cards"}, nil},
	{"requested", Text{"收单机构要求时", "when the acquirer asks for it"}, nil},
}

// Conditions returns all conditions.
func Conditions() []*Condition {
	list := make([]*Condition, len(conditions))
	for i := range conditions {
		list[i] = &conditions[i]
	}
	return list
}

// ConditionNamed returns the condition with the name, nil when there is none.
func ConditionNamed(name string) *Condition {
	for i := range conditions {
		if conditions[i].Name == name {
			return &conditions[i]
		}
	}
	return nil
}

// Alternative lets other fields stand in the place of one: all of By together, for the subject types of For (for all
// when empty).
type Alternative struct {
	By  []string               `json:"by"`
	For []merchant.SubjectType `json:"for,omitempty"`
}

// alternative is an Alternative as it is looked up.
type alternative struct {
	field merchant.Field
	by    []merchant.Field
	types [len(subjectOrder)]bool
}

// Compile builds the lookup forms of Required, Conditions and Alternatives; a profile calls it once after reading. It
// returns the paths that name no field or whose entry is malformed, the codes of districts whose box is none, and
// MerchantNoPattern if it is no regular expression.
func (p *Params) Compile() (bad []string) {
	p.merchantNo = nil
	if p.MerchantNoPattern != "" {
		var err error
		if p.merchantNo, err = regexp.Compile(`^(?:` + p.MerchantNoPattern + `)$`); err != nil {
			bad = append(bad, p.MerchantNoPattern)
		}
	}
	n := len(merchant.Fields()) + 1
	p.matrix, p.entries, p.when, p.instead = make([]needs, n), make([]needs, n), make([]*Condition, n), nil
	fill := func(matrix []needs, rows map[string]string, members bool) {
		for path, row := range rows {
			f, ok := merchant.FieldByPath(path)
			if member := f.List() != merchant.FieldNone && f.Kind() != merchant.KindList; !ok || len(row) != len(needs{}) || member != members || strings.Trim(row, "RCo-") != "" {
				bad = append(bad, path)
				continue
			}
			copy(matrix[f][:], row)
		}
	}
	fill(p.matrix, p.Required, false)
	fill(p.entries, p.EntryRequired, true)
	for path, name := range p.Conditions {
		f, ok := merchant.FieldByPath(path)
		c := ConditionNamed(name)
		if !ok || c == nil {
			bad = append(bad, path)
			continue
		}
		p.when[f] = c
	}
	for path, list := range p.Alternatives {
		f, ok := merchant.FieldByPath(path)
		for _, a := range list {
			alt := alternative{field: f}
			for _, by := range a.By {
				g, known := merchant.FieldByPath(by)
				ok = ok && known && g != f
				alt.by = append(alt.by, g)
			}
			for i := range alt.types {
				alt.types[i] = len(a.For) == 0 || slices.Contains(a.For, subjectOrder[i])
			}
			ok = ok && len(alt.by) > 0 && !slices.ContainsFunc(a.For, func(t merchant.SubjectType) bool { return SubjectIndex(t) < 0 })
			p.instead = append(p.instead, alt)
		}
		if !ok {
			bad = append(bad, path)
		}
	}
	for code, b := range p.DistrictBoxes {
		if !b.Valid() {
			bad = append(bad, code)
		}
	}
	for i := range p.asked {
		p.asked[i], p.barred[i] = merchant.FieldSet{}, merchant.FieldSet{}
		t := merchant.SubjectType("")
		if i < len(subjectOrder) {
			t = subjectOrder[i]
		}
		for _, f := range merchant.Fields() {
			switch p.Need(f, t) {
			case 'R':
				p.asked[i].Add(f)
			case 'C':
				if p.when[f] != nil && p.when[f].Met != nil {
					p.asked[i].Add(f)
				}
			case '-':
				p.barred[i].Add(f)
			}
		}
	}
	p.blocked = runeSet{}
	for _, word := range p.NameBlock {
		r, _ := utf8.DecodeRuneInString(normalize.Key(word))
		p.blocked.add(r)
	}
	slices.SortFunc(p.instead, func(a, b alternative) int { // maps have no order
		return cmp.Or(cmp.Compare(a.field, b.field), slices.Compare(a.by, b.by))
	})
	return bad
}

// Need returns R, C, o or - for a field and a subject type; o for fields the matrix does not name. With an unknown
// subject type it returns R only where all types agree.
func (p *Params) Need(f merchant.Field, t merchant.SubjectType) byte { return need(p.matrix, f, t) }

// EntryNeed returns R, C, o or - for the member of a list within each entry that is given.
func (p *Params) EntryNeed(f merchant.Field, t merchant.SubjectType) byte {
	return need(p.entries, f, t)
}

func need(matrix []needs, f merchant.Field, t merchant.SubjectType) byte {
	if int(f) >= len(matrix) {
		return 'o'
	}
	row := &matrix[f]
	if i := SubjectIndex(t); i >= 0 {
		if row[i] == 0 {
			return 'o'
		}
		return row[i]
	}
	for _, c := range row {
		if c != 'R' {
			return 'o'
		}
	}
	return 'R'
}

// When returns the condition of a field marked C, nil when the profile names none.
func (p *Params) When(f merchant.Field) *Condition {
	if int(f) >= len(p.when) {
		return nil
	}
	return p.when[f]
}

// AskedOf returns the fields that [Params.Asks] may ask of a subject type. The set is not to be changed.
func (p *Params) AskedOf(t merchant.SubjectType) *merchant.FieldSet { return &p.asked[column(t)] }

// BarredFor returns the fields that must stay empty for a subject type. The set is not to be changed.
func (p *Params) BarredFor(t merchant.SubjectType) *merchant.FieldSet { return &p.barred[column(t)] }

func column(t merchant.SubjectType) int {
	if i := SubjectIndex(t); i >= 0 {
		return i
	}
	return len(subjectOrder)
}

// Asks reports whether the field must be filled in the record: it is marked R for the subject type, or C and the record
// meets the condition. Conditions that no record tells are left to a person.
func (p *Params) Asks(f merchant.Field, m *merchant.Merchant) bool {
	switch p.Need(f, m.SubjectType) {
	case 'R':
		return f != merchant.FieldAcquirerOrgCode || p.AcquirerOrgCode == ""
	case 'C':
		c := p.When(f)
		return c != nil && c.Met != nil && c.Met(m, p)
	}
	return false
}

// Replaced reports whether fields that are given, as has tells, stand in the place of f for the subject type.
func (p *Params) Replaced(f merchant.Field, t merchant.SubjectType, has func(merchant.Field) bool) bool {
	at := SubjectIndex(t)
	for i := range p.instead {
		a := &p.instead[i]
		if a.field != f || at >= 0 && !a.types[at] || at < 0 && a.types != [len(subjectOrder)]bool{true, true, true, true, true, true} {
			continue
		}
		all := true
		for _, by := range a.by {
			all = all && has(by)
		}
		if all {
			return true
		}
	}
	return false
}

// StoodFor reports whether the record has what the profile accepts in the place of f.
func (p *Pass) StoodFor(f merchant.Field) bool {
	return p.Params.Replaced(f, p.Record.SubjectType, func(by merchant.Field) bool { return p.Record.Has(merchant.At(by)) })
}

// Instead returns the groups of fields that may stand in the place of f for the subject type.
func (p *Params) Instead(f merchant.Field, t merchant.SubjectType) [][]merchant.Field {
	var groups [][]merchant.Field
	for i := range p.instead {
		if a := &p.instead[i]; a.field == f && (SubjectIndex(t) < 0 || a.types[SubjectIndex(t)]) {
			groups = append(groups, slices.Clone(a.by))
		}
	}
	return groups
}
