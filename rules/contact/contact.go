// Package contact judges how the merchant can be reached: the contact person's name, mobiles, the service phone and the
// email address. Shapes and segments follow the numbering plan of mainland China; that a number is the merchant's own is
// asked by the rules against fraud of 2016.
package contact

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/rules"
)

// CON002 联系人未填写: Contact missing.
var CON002 = rules.Rule{
	ID: "CON002", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "联系人未填写", EN: "Contact missing"},
	Message: rules.Text{ZH: "联系人缺少：{missing}", EN: "the contact lacks: {missing}"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "联系人姓名或手机号为空；报在第一个空项上。经办人的姓名由REP012管。联系人类型为法定代表人时建议采用其姓名和手机号。原因：联系人资料缺失是已列明的原因。", EN: "contact.name or contact.mobile is empty; reported at the first that is. The name of a handler is left to REP012. Proposed: the representative's when contact.type is legal. Reason: a contact that is not described is a named cause."},
	Good:    "张三 13812345678", Bad: "（空）",
	Basis:   []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields:  []merchant.Field{merchant.FieldContactName, merchant.FieldContactMobile, merchant.FieldContactType},
	Reports: []merchant.Field{merchant.FieldContactName, merchant.FieldContactMobile},
	Check:   checkCON002,
}

func checkCON002(p *rules.Pass) {
	c, rep := &p.Record.Contact, &p.Record.LegalRep
	if c.Name != "" && c.Mobile != "" {
		return
	}
	var missing merchant.Path
	var zh, en string
	var edits []rules.Edit
	for _, f := range [...]merchant.Field{merchant.FieldContactName, merchant.FieldContactMobile} {
		path, own := merchant.At(f), rep.Name
		if f == merchant.FieldContactMobile {
			own = rep.Mobile
		} else if c.Type == merchant.ContactHandler {
			continue
		}
		if p.Record.Has(path) || !p.Mapped(f) || p.Blocked(path) {
			continue
		}
		if zh == "" {
			missing = path
		} else {
			zh, en = zh+"、", en+", "
		}
		zh, en = zh+f.Label("zh"), en+f.Label("en")
		if own != "" && c.Type == merchant.ContactLegal {
			edits = append(edits, rules.Edit{Path: path, New: own})
		}
	}
	if zh == "" {
		return
	}
	var fixes []rules.Fix
	if edits != nil {
		fixes = []rules.Fix{{Message: rules.Text{ZH: "采用法定代表人的资料？", EN: "take over the representative's?"}, Edits: edits}}
	}
	p.FindFix(missing, fixes, rules.T("missing", rules.Text{ZH: zh, EN: en}))
}

// CON008 一格填了多个电话: Several phones in one cell.
var CON008 = rules.Rule{
	ID: "CON008", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "一格填了多个电话", EN: "Several phones in one cell"},
	Message: rules.Text{ZH: "{field}里有{n}个电话，请只填一个", EN: "{field} holds {n} phone numbers; give one"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "一格按 、，,;；/、空格或换行可分成两个以上各自成立的电话；各部分都列出，不作选择。原因：取第一个等于悄悄丢掉其余。", EN: "The cell splits at 、，,;；/, blanks or line breaks into two or more parts that are each a phone. None is chosen. Reason: taking the first silently drops the others."},
	Good:    "13812345678", Bad: "13812345678/13912345678",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile, merchant.FieldContactServicePhone},
	Check:  checkCON008,
}

func checkCON008(p *rules.Pass) {
	list := phones.Of(p)
	for i := range list {
		l := &list[i]
		if l.valid || !l.usable(p) {
			continue
		}
		if parts := several(p, l.path); parts != nil {
			p.Find(l.path, rules.P("n", strconv.Itoa(len(parts))), rules.V("numbers", l.path.Field, strings.Join(parts, "、")))
		}
	}
}

// line is a phone of the record and what its number says.
type line struct {
	path        merchant.Path
	no          string
	valid       bool
	segment     phone.Segment // of a valid mobile
	listed      bool          // the segment
	unreachable bool
}

// phones are the contact's mobile, the representative's and the service phone.
var phones = rules.Fact[[3]line]{Work: func(p *rules.Pass, list *[3]line) {
	c := &p.Record.Contact
	*list = [3]line{{path: merchant.At(merchant.FieldContactMobile), no: c.Mobile}, {path: merchant.At(merchant.FieldLegalRepMobile), no: p.Record.LegalRep.Mobile},
		{path: merchant.At(merchant.FieldContactServicePhone), no: c.ServicePhone}}
	for i := range list {
		switch l := &list[i]; {
		case l.no == "":
		case i == len(list)-1:
			l.valid = phone.CheckService(l.no) == nil
		case phone.CheckMobile(l.no) == nil:
			l.valid = true
			l.segment, l.listed = phone.SegmentOf(l.no)
			l.unreachable = phone.Unreachable(l.no)
		}
	}
}}

// mobiles returns the first two of the phones.
func mobiles(p *rules.Pass) []line { return phones.Of(p)[:2] }

// usable reports whether the number is given and no earlier rule found it unusable.
func (l *line) usable(p *rules.Pass) bool { return l.no != "" && !p.Blocked(l.path) }

// several returns the numbers of a cell that holds more than one. It looks at the text as it was: normalising drops
// blanks, and then two numbers are one long one.
func several(p *rules.Pass, path merchant.Path) []string {
	if c, ok := p.Record.Cell(path); ok {
		if parts := phone.Split(c.Text); parts != nil {
			return parts
		}
	}
	for i := range p.Record.Notes { // what cannot be seen is gone there
		if n := &p.Record.Notes[i]; n.Path == path && (n.Kind == merchant.NoteCode || n.Kind == merchant.NoteInvisible) {
			if parts := phone.Split(n.Old); parts != nil {
				return parts
			}
		}
	}
	return phone.Split(p.Record.Text(path))
}

// CON001 手机号格式: Mobile number malformed.
var CON001 = rules.Rule{
	ID: "CON001", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "手机号格式", EN: "Mobile number malformed"},
	Message: rules.Text{ZH: "手机号{value}格式不正确", EN: "mobile number {value} is not valid"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "统一全半角并去掉空格、连字符和 +86、86、0086 后，不是1、3至9之一、再加9位数字的手机号。一格多个号码归CON008。原因：验证码和更新通知送不到。", EN: "After folding width and dropping blanks, hyphens, +86, 86 and 0086, the value is not 1, a digit from 3 to 9 and nine digits. Several numbers in the cell are CON008. Reason: codes and renewal notices cannot be delivered."},
	Good:    "13812345678", Bad: "1381234567",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay, Huifu 11 digits", Verified: true}, {Level: rules.ProfileLevel, Cite: "numbering plan"}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Check:  checkCON001,
}

func checkCON001(p *rules.Pass) {
	list := mobiles(p)
	for i := range list {
		if l := &list[i]; !l.valid && l.usable(p) && several(p, l.path) == nil {
			p.Find(l.path)
		}
	}
}

// CON007 号段未收录: Mobile segment not in the table.
var CON007 = rules.Rule{
	ID: "CON007", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "号段未收录", EN: "Mobile segment not in the table"},
	Message: rules.Text{ZH: "手机号{value}的号段{segment}未收录", EN: "segment {segment} of mobile {value} is not in the table"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "号码通过CON001，但前三位或前四位不在手机号段表中。原因：新号段不断启用，表可能有缺。", EN: "The number passes CON001 and its first three or four digits are in no row of the table of mobile segments. Reason: new segments are opened; a table may lack them."},
	Good:    "19912345678", Bad: "15412345678",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "75 segments, from two sources; 154 and 164 unallocated", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Check:  checkCON007,
}

func checkCON007(p *rules.Pass) {
	list := mobiles(p)
	for i := range list {
		if l := &list[i]; l.valid && !l.listed && l.usable(p) {
			p.Find(l.path, rules.P("segment", l.no[:3]))
		}
	}
}

// CON005 虚拟运营商号段: Virtual-operator number.
var CON005 = rules.Rule{
	ID: "CON005", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0",
	Title:   rules.Text{ZH: "虚拟运营商号段", EN: "Virtual-operator number"},
	Message: rules.Text{ZH: "手机号{value}属虚拟运营商号段，请确认是商户本人号码", EN: "mobile {value} is a virtual-operator number; confirm that it belongs to the merchant"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "号码属手机号段表中标为虚拟运营商的号段（162、165、167、170、171）。原因：往往是业务员而非商户的号码。", EN: "The number is in a segment that the table of mobile segments marks as resold by virtual operators (162, 165, 167, 170, 171). Reason: it is often the number of a salesperson, not of the merchant."},
	Good:    "13912345678", Bad: "17012345678",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (七) 电话与证件一一对应", Verified: true}, {Level: rules.Law, Cite: "marks of virtual operators in the table of segments"}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Check:  checkCON005,
}

func checkCON005(p *rules.Pass) {
	list := mobiles(p)
	for i := range list {
		if l := &list[i]; l.segment.Virtual && l.usable(p) {
			p.Find(l.path)
		}
	}
}

// CON009 物联网或卫星号段: Data-card or satellite segment.
var CON009 = rules.Rule{
	ID: "CON009", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "物联网或卫星号段", EN: "Data-card or satellite segment"},
	Message: rules.Text{ZH: "手机号{value}属物联网或卫星号段，无法接听", EN: "mobile {value} is in a data or satellite segment and cannot be reached"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "号码属手机号段表中标为数据卡、物联网卡的号段（144至149），或1349卫星号段。原因：这类号码接不了电话，也收不到验证码。", EN: "The number is in a segment that the table of mobile segments marks as data or IoT cards (144–149), or in the satellite segment 1349. Reason: such numbers can receive neither call nor code."},
	Good:    "13812345678", Bad: "14912345678",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "marks of data cards in the table of segments"}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile},
	Check:  checkCON009,
}

func checkCON009(p *rules.Pass) {
	list := mobiles(p)
	for i := range list {
		if l := &list[i]; l.unreachable && l.usable(p) {
			p.Find(l.path)
		}
	}
}

// CON003 客服电话格式: Service phone malformed.
var CON003 = rules.Rule{
	ID: "CON003", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "客服电话格式", EN: "Service phone malformed"},
	Message: rules.Text{ZH: "客服电话“{value}”格式不正确", EN: "service phone \"{value}\" is not valid"},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "客服电话有值，且不是下列任何一种：手机；带区号的固定电话，可有连字符和分机（-801、转8001、#8001）；400、800号码，可有连字符；95、96开头的5至6位和12、10开头的5位短号。一格多个号码归CON008。原因：会印在账单上。", EN: "The service phone is given and is none of: a mobile; a landline with area code, perhaps with hyphen and extension (-801, 转8001, #8001); a 400 or 800 number, perhaps with hyphens; a short number 95xxx(x), 96xxx(x), 12xxx or 10xxx. Several numbers in the cell are CON008. Reason: it is printed on the bill."},
	Good:    "0571-88157818转801", Bad: "021-1234",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "forms from acquirer documents", Verified: true}, {Level: rules.PolicyLevel, Cite: "a general phone library accepts 010-12345 and rejects 95516", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactServicePhone},
	Uses:   []merchant.Field{merchant.FieldContactServicePhone},
	Check:  checkCON003,
}

func checkCON003(p *rules.Pass) {
	if l := &phones.Of(p)[2]; !l.valid && several(p, l.path) == nil {
		p.Find(l.path)
	}
}

// CON006 使用了代理商电话: Dealer phone instead of the merchant phone.
var CON006 = rules.Rule{
	ID: "CON006", Severity: rules.Warning, Kind: rules.Policy, Cause: "SC-19", Since: "v0.1.0",
	Title:   rules.Text{ZH: "使用了代理商电话", EN: "Dealer phone instead of the merchant phone"},
	Message: rules.Text{ZH: "电话{value}是代理商“{name}”的号码", EN: "phone {value} belongs to the dealer \"{name}\""},
	Remedy:  rules.Text{ZH: "换成商户本人可接通的一个号码。", EN: "Give one number at which the merchant can be reached."},
	Doc:     rules.Text{ZH: "号码与配置的代理商电话清单中的一个相同。原因：通知和验证码会送到代理商手里。", EN: "The number equals one in the list of dealers' phones of the profile. Reason: notices and codes would reach the dealer."},
	Good:    "商户本人号码", Bad: "代理商业务电话",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "银发〔2016〕261号 (七)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactMobile, merchant.FieldLegalRepMobile, merchant.FieldContactServicePhone},
	Needs:  rules.NeedDealers,
	Check:  checkCON006,
}

func checkCON006(p *rules.Pass) {
	list := phones.Of(p)
	for i := range list {
		l := &list[i]
		if !l.usable(p) {
			continue
		}
		name, ok := p.Params.DealerPhones[l.no]
		if !ok {
			name, ok = p.Params.DealerPhones[phone.Compact(l.no)]
		}
		if ok {
			p.Find(l.path, rules.P("name", name))
		}
	}
}

// CON004 邮箱格式: Email malformed.
var CON004 = rules.Rule{
	ID: "CON004", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "邮箱格式", EN: "Email malformed"},
	Message: rules.Text{ZH: "邮箱“{value}”格式不正确", EN: "email \"{value}\" is not valid"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "邮箱有值，且不满足：恰有一个@，前段1至64字符，域名带点且点不在两端，没有空白，全长不超过 email_max（默认64）字符。原因：只用于通知。", EN: "The address is given and breaks one of: exactly one @, a local part of 1 to 64 characters, a domain with a dot inside, no blanks, at most email_max (64) characters. Reason: it serves notices only."},
	Good:    "a@example.com", Bad: "a@example",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay, Huifu: must contain @", Verified: true}},
	Fields: []merchant.Field{merchant.FieldContactEmail},
	Uses:   []merchant.Field{merchant.FieldContactEmail},
	Check:  checkCON004,
}

func checkCON004(p *rules.Pass) {
	if s := p.Record.Contact.Email; utf8.RuneCountInString(s) > p.Params.EmailMax || !isEmail(s) {
		p.Find(merchant.At(merchant.FieldContactEmail))
	}
}

func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	dot := strings.IndexByte(domain, '.')
	n := utf8.RuneCountInString(local)
	return ok && n >= 1 && n <= 64 && dot > 0 && !strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..") &&
		!strings.Contains(domain, "@") && strings.IndexFunc(s, unicode.IsSpace) < 0
}
