// Package account judges the settlement account: its number, the routing code of its bank, whose it is, how fast it is
// paid to, and what the bank's feed says about it.
//
// A personal account is a bank card and carries the check digit of ISO/IEC 7812; the account of a company carries none
// and is never tested for it. Cards are matched by BIN and length together. The tables of BINs, of CNAPS banks and of
// CNAPS areas are public lists that age: what they do not know is a warning at most. The check digit of CNAPS codes is
// in no document; it was found by test.
package account

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	accounts "github.com/merchantkyc/merchantkyc/merchant/account"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/rules"
)

// SET001 结算账号未填写: Settlement account missing.
var SET001 = rules.Rule{
	ID: "SET001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算账号未填写", EN: "Settlement account missing"},
	Message: rules.Text{ZH: "结算账号未填写", EN: "the settlement account is missing"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "结算账号为空。款项无处可付，受理终端入网报送的五要素也不完整。", EN: "The settlement account number is empty. Nothing can be paid out, and the five elements reported for a terminal are incomplete."},
	Good:    "6228480402564890018", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.Law, Cite: "公告〔2013〕第9号 收单银行结算账户"}, {Level: rules.Law, Cite: "银发〔2021〕259号 五要素", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo},
	Check:  checkSET001,
}

func checkSET001(p *rules.Pass) {
	if p.Record.Settlement.AccountNo == "" {
		p.Find(merchant.At(merchant.FieldSettlementAccountNo))
	}
}

// SET020 账户类型未填写: Account type missing.
var SET020 = rules.Rule{
	ID: "SET020", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "账户类型未填写", EN: "Account type missing"},
	Message: rules.Text{ZH: "账户类型未填写，可选：{options}", EN: "the account type is missing; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "结算账户类型为空。企业、事业单位、政府机关、社会组织建议“对公”，小微商户建议“对私”。账号适用哪些检查由账户类型决定。", EN: "The account type is empty. Proposed is corporate for enterprises, public institutions, government bodies and social organisations, and the operator's personal account for micro merchants. The type selects which checks run on the account."},
	Good:    "对公", Bad: "（空）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "every acquirer API read", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountType, merchant.FieldSubjectType},
	Check:  checkSET020,
}

func checkSET020(p *rules.Pass) {
	if p.Record.Settlement.AccountType != "" {
		return
	}
	path := merchant.At(merchant.FieldSettlementAccountType)
	var fixes []rules.Fix
	switch p.Record.SubjectType {
	case merchant.SubjectEnterprise, merchant.SubjectInstitution, merchant.SubjectGovernment, merchant.SubjectSocialOrg:
		fixes = p.Propose(path, string(merchant.AccountCorporate))
	case merchant.SubjectMicro:
		fixes = p.Propose(path, string(merchant.AccountPersonalOperator))
	}
	options := path.Field.Enum()
	p.FindFix(path, fixes, rules.T("options", rules.Text{ZH: options.Options("zh"), EN: options.Options("en")}))
}

// SET015 结算账号含非数字: Settlement account with other characters.
var SET015 = rules.Rule{
	ID: "SET015", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算账号含非数字", EN: "Settlement account with other characters"},
	Message: rules.Text{ZH: "结算账号{value}含非数字字符", EN: "settlement account {value} contains characters other than digits"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "结算账号去掉空格和连字符后还有数字以外的字符（配置 allow_account_letters 允许时，对公账号可含字母）；打码的账号由IMP017报告。这样的内容不是账号。", EN: "After spaces and hyphens are dropped the account number still holds something other than digits (capital letters are let pass in the account of a company where the profile allows them, allow_account_letters); a masked number is reported by IMP017. It is no account number."},
	Good:    "6228480402564890018", Bad: "62284804O2564890018",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo},
	Check:  checkSET015,
}

func checkSET015(p *rules.Pass) {
	no := p.Record.Settlement.AccountNo
	if !digits(no) && !(lettersAllowed(p) && strings.Trim(no, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "") {
		p.Find(merchant.At(merchant.FieldSettlementAccountNo))
	}
}

func lettersAllowed(p *rules.Pass) bool {
	return p.Params.AllowLetters && p.Record.Settlement.AccountType == merchant.AccountCorporate
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}

// SET002 结算账号长度: Settlement account length.
var SET002 = rules.Rule{
	ID: "SET002", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算账号长度", EN: "Settlement account length"},
	Message: rules.Text{ZH: "结算账号为{n}位，不正常", EN: "the settlement account has {n} characters, which is not plausible"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "对私账号不是16至19位（配置允许存折allow_passbook时为12至32位），或对公账号不是8至32位；或者各位数字全部相同，或逐位递增、递减（含9后接0的连续数字）。这样的内容不是账号。", EN: "A personal account has not 16 to 19 digits (12 to 32 where the profile allows passbooks, allow_passbook) or a corporate one not 8 to 32; or all its digits are equal, or they rise or fall throughout, counting on from 9 to 0 included. It is no account number."},
	Good:    "6228480402564890018", Bad: "1234567890（对私）",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "UMF 30, Huifu 32, 收钱吧 45", Verified: true}, {Level: rules.ProfileLevel, Cite: "usual corporate length 9–22"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET002,
}

func checkSET002(p *rules.Pass) {
	s := &p.Record.Settlement
	var err error
	switch {
	case personal(s.AccountType):
		err = accounts.CheckPersonal(s.AccountNo, p.Params.AllowPassbook)
	case s.AccountType == merchant.AccountCorporate:
		err = accounts.CheckCorporate(s.AccountNo)
	}
	if err != nil && !(err == accounts.ErrFormat && lettersAllowed(p)) {
		p.Find(merchant.At(merchant.FieldSettlementAccountNo), rules.P("n", strconv.Itoa(len(s.AccountNo))))
	}
}

func personal(t merchant.AccountType) bool {
	return t == merchant.AccountPersonalOperator || t == merchant.AccountPersonalOther
}

// SET003 银行卡号校验位不符: Card number fails Luhn.
var SET003 = rules.Rule{
	ID: "SET003", Severity: rules.Error, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "银行卡号校验位不符", EN: "Card number fails Luhn"},
	Message: rules.Text{ZH: "银行卡号{value}校验位不符", EN: "card number {value} fails the Luhn check"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "账户类型为对私，账号为16至19位，卡BIN连同卡长在卡BIN表中，或账号以62开头，而Luhn校验不通过。仅改一位或交换相邻两位即可通过的号码作为建议，绝不自动采用。对公账号一律不做Luhn校验。卡号录入有误。", EN: "A personal account of 16 to 19 digits whose BIN and length are in the reference table of card BINs, or which begins with 62, fails the Luhn check. Proposed are the numbers one digit or one swap away that pass; they are never applied. Corporate accounts are never Luhn-checked. The card number was mistyped."},
	Good:    "6228480402564890018", Bad: "6228480402564890019",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "ISO/IEC 7812-1"}, {Level: rules.Standard, Cite: "algorithm checked on public test numbers", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET003,
}

func checkSET003(p *rules.Pass) {
	card := cards.Of(p)
	if card.no == "" || card.luhn || !card.fits && !strings.HasPrefix(card.no, "62") {
		return
	}
	path := merchant.At(merchant.FieldSettlementAccountNo)
	var fixes []rules.Fix
	for _, c := range bankcard.Candidates(card.no) {
		fixes = append(fixes, p.Propose(path, c.Value)...)
	}
	p.FindFix(path, fixes)
}

// card is what the account number says where it has the shape of a card: a personal account of 16 to 19 digits. Numbers
// of other lengths are passbooks where the profile allows them, and a corporate account is no card whatever its digits.
type card struct {
	no    string // empty when it is no card
	luhn  bool
	bin   bankcard.Bin
	fits  bool // bin is that of cards of this length
	known bool // the table has a BIN for it, perhaps of another length
}

var cards = rules.Fact[card]{Work: func(p *rules.Pass, c *card) {
	s := &p.Record.Settlement
	*c = card{}
	if n := len(s.AccountNo); !personal(s.AccountType) || n < 16 || n > bankcard.MaxLength || !digits(s.AccountNo) {
		return
	}
	c.no, c.luhn = s.AccountNo, bankcard.Luhn(s.AccountNo)
	if c.bin, c.fits = p.Cards().Lookup(c.no); c.fits {
		c.known = true
	} else {
		_, c.known = p.Cards().LookupAnyLength(c.no)
	}
}}

// SET016 未知卡BIN且校验不符: Unknown BIN and Luhn fails.
var SET016 = rules.Rule{
	ID: "SET016", Severity: rules.Warning, Kind: rules.Checksum, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "未知卡BIN且校验不符", EN: "Unknown BIN and Luhn fails"},
	Message: rules.Text{ZH: "账号{value}不像银行卡号（BIN未知且校验不符），如为存折账号请确认", EN: "account {value} does not look like a card (unknown BIN, Luhn fails); confirm if it is a passbook account"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "账户类型为对私，账号为16至19位，任何卡长下都没有对应的卡BIN，也不以62开头，且Luhn校验不通过。不是录入有误，就是存折账号。", EN: "A personal account of 16 to 19 digits has no BIN of the reference table at any length, does not begin with 62, and fails the Luhn check. It is either a typing error or a passbook number."},
	Good:    "6228480402564890018", Bad: "6900001234567890",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "ISO/IEC 7812-1"}, {Level: rules.Standard, Cite: "legacy debit BINs outside 62 exist (9558x, 9400xx, 103 …)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET016,
}

func checkSET016(p *rules.Pass) {
	if card := cards.Of(p); card.no != "" && !card.luhn && !card.known && !strings.HasPrefix(card.no, "62") {
		p.Find(merchant.At(merchant.FieldSettlementAccountNo))
	}
}

// SET018 对公账户填的像是个人卡: Corporate account looks like a card.
var SET018 = rules.Rule{
	ID: "SET018", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "对公账户填的像是个人卡", EN: "Corporate account looks like a card"},
	Message: rules.Text{ZH: "对公账户{value}像是{bank}的银行卡", EN: "corporate account {value} looks like a card of {bank}"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "账户类型为对公，而账号通过Luhn校验，且卡BIN连同卡长在卡BIN表中。主体类型允许对私账户时，建议将账户类型改为对私。多半是把个人卡填成了对公账户。", EN: "A corporate account passes the Luhn check and its BIN and length are in the reference table of card BINs. Where the subject type may settle to a personal account, that type is proposed. A personal card was entered as a corporate account."},
	Good:    "31001234567890123456", Bad: "6228480402564890018（对公）",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "plausibility"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET018,
}

func checkSET018(p *rules.Pass) {
	s := &p.Record.Settlement
	if s.AccountType != merchant.AccountCorporate || !bankcard.Luhn(s.AccountNo) {
		return
	}
	bin, ok := p.Cards().Lookup(s.AccountNo)
	if !ok {
		return
	}
	var fixes []rules.Fix
	switch p.Record.SubjectType {
	case merchant.SubjectIndividualBusiness, merchant.SubjectMicro:
		fixes = p.Propose(merchant.At(merchant.FieldSettlementAccountType), string(merchant.AccountPersonalOperator))
	}
	p.FindFix(merchant.At(merchant.FieldSettlementAccountNo), fixes, rules.P("bank", bin.BankName))
}

// SET019 卡号长度与BIN不符: Card length does not fit its BIN.
var SET019 = rules.Rule{
	ID: "SET019", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "卡号长度与BIN不符", EN: "Card length does not fit its BIN"},
	Message: rules.Text{ZH: "卡号为{n}位，BIN {bin} 的卡应为{expected}位", EN: "the card has {n} digits; cards of BIN {bin} have {expected}"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "账户类型为对私，账号为16至19位，其卡BIN在卡BIN表中，但该BIN的卡都是别的长度；有12个BIN确有两种卡长。多半是漏录或多录了一位。", EN: "A personal account of 16 to 19 digits has a BIN of the reference table, and cards of that BIN have other lengths only; 12 BINs do have two lengths. A digit was lost or doubled."},
	Good:    "6228480402564890018", Bad: "622848040256489009（18位）",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "pairs of BIN and length"}, {Level: rules.Standard, Cite: "table of 2020-12", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET019,
}

func checkSET019(p *rules.Pass) {
	card := cards.Of(p)
	if card.fits || !card.known {
		return
	}
	bin, _ := p.Cards().LookupAnyLength(card.no)
	lengths, n := p.Cards().Lengths(card.no)
	expected := strconv.Itoa(lengths[0])
	if n > 1 {
		expected += "/" + strconv.Itoa(lengths[1])
	}
	p.Find(merchant.At(merchant.FieldSettlementAccountNo), rules.P("n", strconv.Itoa(len(card.no))), rules.P("bin", bin.Prefix),
		rules.P("expected", expected))
}

// SET017 卡BIN未收录: BIN not in the table.
var SET017 = rules.Rule{
	ID: "SET017", Severity: rules.Info, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "卡BIN未收录", EN: "BIN not in the table"},
	Message: rules.Text{ZH: "卡号{value}的BIN未收录", EN: "the BIN of card {value} is not in the table"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "账户类型为对私，账号为16至19位，Luhn校验通过，而任何卡长下都没有对应的卡BIN。卡BIN表截至2020年12月，出现新BIN属正常。", EN: "A personal account of 16 to 19 digits passes the Luhn check, and no BIN of the reference table matches at any length. The table dates from December 2020; new BINs are normal."},
	Good:    "6217001234567890122", Bad: "6900001234567895",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "1,709 BIN rows, last changed 2020-12-11", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET017,
}

func checkSET017(p *rules.Pass) {
	if card := cards.Of(p); card.luhn && !card.known {
		p.Find(merchant.At(merchant.FieldSettlementAccountNo))
	}
}

// SET004 结算卡不是借记卡: Settlement card is not a debit card.
var SET004 = rules.Rule{
	ID: "SET004", Severity: rules.Error, Kind: rules.Policy, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "结算卡不是借记卡", EN: "Settlement card is not a debit card"},
	Message: rules.Text{ZH: "结算卡为{type}，只支持借记卡", EN: "the settlement card is {type}; only debit cards are accepted"},
	Remedy:  rules.Text{ZH: "换用符合要求的账户或结算方式。", EN: "Use an account or cycle that meets the rule."},
	Doc:     rules.Text{ZH: "账户类型为对私，与账号长度相符的最长卡BIN为贷记卡、准贷记卡或预付卡。各来源对卡种说法不一的BIN不作判断。贷记卡和预付卡不能用于结算。", EN: "The longest BIN of the reference table that fits a personal account and its length is that of a credit, semi-credit or prepaid card. BINs whose type is disputed between sources are not judged. Such a card cannot receive settlement."},
	Good:    "借记卡 621700…", Bad: "信用卡 403361…",
	Basis:  []rules.Basis{{Level: rules.ProfileLevel, Cite: "Huifu: 不支持贷记卡", Verified: true}, {Level: rules.ProfileLevel, Cite: "公告〔2013〕第9号"}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Uses:   []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Check:  checkSET004,
}

func checkSET004(p *rules.Pass) {
	card := cards.Of(p)
	bin := &card.bin
	if !card.fits || bin.TypeDisputed || bin.Type == bankcard.Debit {
		return
	}
	kind := rules.Text{ZH: bin.Type.String(), EN: "a prepaid card"}
	switch bin.Type {
	case bankcard.Credit:
		kind.EN = "a credit card"
	case bankcard.SemiCredit:
		kind.EN = "a semi-credit card"
	}
	p.Find(merchant.At(merchant.FieldSettlementAccountNo), rules.T("type", kind))
}

// SET026 卡BIN与开户行不符: Card of another bank.
var SET026 = rules.Rule{
	ID: "SET026", Severity: rules.Warning, Kind: rules.Mismatch, Cause: "SC-03", Since: "v0.1.0",
	Title:   rules.Text{ZH: "卡BIN与开户行不符", EN: "Card of another bank"},
	Message: rules.Text{ZH: "卡号属于{a}，开户行填的是{b}", EN: "the card belongs to {a}, the bank entered is {b}"},
	Remedy:  rules.Text{ZH: "按开户银行证明核对银行、支行和联行号。", EN: "Check bank, branch and CNAPS code against the certificate of the bank."},
	Doc:     rules.Text{ZH: "账户类型为对私，与账号长度相符的最长卡BIN属于某家银行，而开户银行和开户支行中都没有该行的名称。简称（工行、农商行）、旧名和“股份有限公司”不算差异；各省农信的卡与当地农商行、农合行不作区分。银行或卡号有一处填错。", EN: "The longest BIN that fits a personal account and its length belongs to a bank of which neither the bank nor the branch entered has a name. Short forms (工行), former names and 股份有限公司 make no difference, and cards of a provincial credit union are not told from those of its local banks. The wrong bank or the wrong card was entered."},
	Good:    "建行卡 + 建设银行", Bad: "建行卡 + 工商银行",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "reference tables of card BINs and issuers", Verified: true}},
	Fields: []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType, merchant.FieldSettlementBankName,
		merchant.FieldSettlementBranchName},
	Uses:    []merchant.Field{merchant.FieldSettlementAccountNo, merchant.FieldSettlementAccountType},
	Applies: bankGiven,
	Check:   checkSET026,
}

func checkSET026(p *rules.Pass) {
	card, s := cards.Of(p), &p.Record.Settlement
	bin := &card.bin
	if !card.fits || entered(s, bin.BankName) {
		return
	}
	bank := merchant.At(merchant.FieldSettlementBankName)
	p.FindFix(merchant.At(merchant.FieldSettlementAccountNo), p.Propose(bank, bin.BankName), rules.P("a", bin.BankName), rules.P("b", bankText(s)))
}
