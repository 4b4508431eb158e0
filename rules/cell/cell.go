// Package cell judges the damage that files do to single values: numbers that lost their digits, unreadable dates and
// amounts, placeholders, invisible characters. Most of it is noted while reading (merchant.Note); the rules give it a
// severity and words. An error here keeps every later rule away from the value.
package cell

import (
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
	"github.com/merchantkyc/merchantkyc/rules"
)

// noted reports every note of a kind at its place with the text as it was.
func noted(p *rules.Pass, kind merchant.NoteKind, params func(n *merchant.Note) []rules.Param) {
	notedFix(p, kind, params, nil)
}

// notedFix is noted with the fix of each note.
func notedFix(p *rules.Pass, kind merchant.NoteKind, params func(n *merchant.Note) []rules.Param, fixes func(n *merchant.Note) []rules.Fix) {
	r := p.Record
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.Kind != kind {
			continue
		}
		f := rules.Finding{Rule: p.Rule, Key: r.Key(), Path: n.Path, Source: r.SourceOf(n.Path), Column: r.ColumnOf(n.Path), Value: n.Old}
		if params != nil {
			f.Params = params(n)
		}
		if fixes != nil {
			f.Fixes = fixes(n)
		}
		p.Report(f)
	}
}

// unified is the fix that writes a value in the form it was read in; safe where nothing is lost by it.
func unified(n *merchant.Note, safe bool) []rules.Fix {
	return []rules.Fix{{Message: rules.Text{ZH: "写成统一的形式", EN: "write the unified form"}, Safe: safe,
		Edits: []rules.Edit{{Path: n.Path, Old: n.Old, New: n.New}}}}
}

func alwaysSafe(n *merchant.Note) []rules.Fix { return unified(n, true) }

func suggestion(n *merchant.Note) []rules.Param {
	return []rules.Param{rules.V("suggest", n.Path.Field, n.New)}
}

// identifiers are the fields of the group @identifiers, and the phones after them, resolved once: an array needs no
// work when the program starts.
var identifierFields = [...]merchant.Field{
	merchant.FieldMerchantNo, merchant.FieldExternalID, merchant.FieldAcquirerOrgCode, merchant.FieldHeadOfficeUSCC,
	merchant.FieldLicenceNumber, merchant.FieldLegalRepIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldContactIDNo,
	merchant.FieldMCC, merchant.FieldSettlementAccountNo, merchant.FieldSettlementCNAPS, merchant.FieldSettlementHolderIDNo,
	merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo, merchant.FieldTerminalsICCID, merchant.FieldTerminalsICCIDBound,
	merchant.FieldTerminalsBoundOrgCode, merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsBoundUSCCOrID, merchant.FieldTerminalsBoundAccountNo,
	merchant.FieldTerminalsParamsMerchantNo, merchant.FieldTerminalsParamsTerminalNo, merchant.FieldTerminalsParamsMCC, merchant.FieldTerminalsParamsOrgCode,
	merchant.FieldLegalRepMobile, merchant.FieldContactMobile, merchant.FieldContactServicePhone,
}

const phones = 3 // at the end of identifierFields

// each calls check for every identifier of the record that holds text and is not known to be unusable.
func each(p *rules.Pass, fields []merchant.Field, check func(p *rules.Pass, path merchant.Path, s string)) {
	for _, f := range fields {
		n := 1
		list := f.List() != merchant.FieldNone
		if list {
			n = p.Record.Len(f)
		}
		for i := range n {
			path := merchant.At(f)
			if list {
				path = merchant.Item(f, i)
			}
			if s, ok := p.Record.Ref(path).(*string); ok && *s != "" && !p.Blocked(path) {
				check(p, path, *s)
			}
		}
	}
}

// suspects tells of what damage an identifier of the record has signs, so that a record without any is read once and not by
// each rule. What stands in notes is left to the rules.
var suspects = rules.Fact[signs]{Work: func(p *rules.Pass, s *signs) {
	r := p.Record
	*s = signs{}
	for _, no := range [...]string{r.MerchantNo, r.ExternalID, r.Acquirer.OrgCode, r.HeadOffice.USCC, r.Licence.Number, r.LegalRep.IDNo, r.Contact.IDNo,
		r.MCC, r.Settlement.AccountNo, r.Settlement.CNAPS, r.Settlement.HolderIDNo, r.LegalRep.Mobile, r.Contact.Mobile, r.Contact.ServicePhone} {
		s.read(no)
	}
	for i := range r.BeneficialOwners {
		s.read(r.BeneficialOwners[i].IDNo)
	}
	for i := range r.Terminals {
		t := &r.Terminals[i]
		for _, no := range [...]string{t.TerminalNo, t.SerialNo, t.ICCID, t.ICCIDBound, t.Bound.OrgCode, t.Bound.MerchantNo, t.Bound.USCCOrID, t.Bound.AccountNo,
			t.Params.MerchantNo, t.Params.TerminalNo, t.Params.MCC, t.Params.OrgCode} {
			s.read(no)
		}
	}
}}

type signs struct{ exponent, mask, separator, zeros bool }

func (s *signs) read(no string) {
	var seen byte
	for i := range len(no) {
		seen |= signOf[no[i]] | no[i]&notASCII
	}
	s.exponent = s.exponent || seen&signExponent != 0 && normalize.Scientific(no)
	s.mask = s.mask || seen&(signMask|notASCII) != 0 && (masked(no) || strings.Contains(no, "XX"))
	s.separator = s.separator || seen&(signSeparator|notASCII) != 0
	s.zeros = s.zeros || trailingZeros(no)
}

const (
	signExponent = 1 << iota
	signMask
	signSeparator
	notASCII = 0x80
)

// signOf says what a character of an identifier may be a sign of.
var signOf = [256]byte{'E': signExponent, 'e': signExponent, '*': signMask, 'X': signMask, 'x': signMask,
	',': signSeparator, ';': signSeparator, '/': signSeparator, '\n': signSeparator}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// SRC012 公式没有计算结果: Formula without a cached value.
var SRC012 = rules.Rule{
	ID: "SRC012", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "公式没有计算结果", EN: "Formula without a cached value"},
	Message: rules.Text{ZH: "{field}是公式且没有计算结果，请重算后保存", EN: "{field} is a formula without a stored result; recalculate and save"},
	Remedy:  rules.Text{ZH: "用表格软件打开、重算并保存。", EN: "Open in a spreadsheet program, recalculate and save."},
	Doc:     rules.Text{ZH: "单元格是公式，但文件没有保存计算结果（由程序写出、从未计算）。原因：导入程序不做计算，值未知。", EN: "the cell holds a formula and the file carries no cached result for it (written by a program, never calculated). Reason: the importer does not calculate; the value is unknown."},
	Good:    "=B2&C2 有缓存值", Bad: "程序写出的 =B2&C2，无缓存值",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedCells,
	Check: checkSRC012,
}

func checkSRC012(p *rules.Pass) { noted(p, merchant.NoteNoResult, nil) }

// SRC014 单元格是错误值: Error value in a cell.
var SRC014 = rules.Rule{
	ID: "SRC014", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "单元格是错误值", EN: "Error value in a cell"},
	Message: rules.Text{ZH: "{field}是错误值{value}", EN: "{field} holds the error value {value}"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "单元格为错误类型，或文字正好是 #REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM! 之一。按空处理，该字段的缺失规则跳过（blocked by SRC014）。原因：看似填了却没有信息，会骗过简单的必填检查。", EN: "the cell is error-typed, or its text is exactly one of #REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM!. Counts as empty; the missing rule of the field is skipped (blocked by SRC014). Reason: a filled cell without information passes a naive required check."},
	Good:    "5411", Bad: "#N/A",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkSRC014,
}

func checkSRC014(p *rules.Pass) { noted(p, merchant.NoteErrorCell, nil) }

// SRC020 文字无法解码: Text could not be decoded.
var SRC020 = rules.Rule{
	ID: "SRC020", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "文字无法解码", EN: "Text could not be decoded"},
	Message: rules.Text{ZH: "{field}有无法解码的字符，请改存为UTF-8后重新导入", EN: "{field} has characters that could not be decoded; save the file as UTF-8 and import again"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "解码后的单元格含 U+FFFD，或含该编码未定义的字节。原因：部分文字已丢失。", EN: "the decoded cell contains U+FFFD, or bytes that the encoding does not define. Reason: part of the text is lost."},
	Good:    "上海示例商贸有限公司", Bad: "上海示〈U+FFFD〉商贸有限公司",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "golang.org/x/text decoders return U+FFFD without an error", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC020,
}

func checkSRC020(p *rules.Pass) {
	r := p.Record
	if !r.ContainsText("\uFFFD") {
		return
	}
	for f := merchant.Field(1); f.Valid(); f++ {
		if k := f.Kind(); k != merchant.KindText && k != merchant.KindCode && k != merchant.KindEnum {
			continue
		}
		for i := range r.Len(f) {
			path := merchant.At(f)
			if f.List() != merchant.FieldNone {
				path = merchant.Item(f, i)
			}
			if s, ok := r.Ref(path).(*string); ok && strings.Contains(*s, "\uFFFD") {
				p.Find(path)
			}
		}
	}
}

// IMP001 长号码被存成数字: Long number stored as a number.
var IMP001 = rules.Rule{
	ID: "IMP001", Severity: rules.Error, Kind: rules.Precision, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "长号码被存成数字", EN: "Long number stored as a number"},
	Message: rules.Text{ZH: "{field}在表格中是数字格式，第15位以后的数字已丢失，不能使用", EN: "{field} is stored as a number in the sheet; the digits after the 15th are lost and the value cannot be used"},
	Remedy:  rules.Text{ZH: "把该列设为文本格式，再对照原件录入。", EN: "Format the column as text, then retype from the source document."},
	Doc:     rules.Text{ZH: "号码字段的单元格为数字类型，且存储值超过15位有效数字，或为指数形式（6.22848E+18），或有16–19位而第15位以后全为0。该值不再交给本字段的其他规则，也绝不修复。原因：表格数字只保留15位有效数字，尾数已丢失；Luhn不能发现：损坏的卡号约十分之一仍能通过。", EN: "the field holds an identifier, the cell is number-typed, and one of: the stored value has more than 15 significant digits; it is written with an exponent (6.22848E+18); it has 16–19 digits and every digit after the 15th is 0. The value goes to no other rule of the field and is never repaired. Reason: a sheet number keeps 15 significant digits: the tail is gone. Luhn is no safeguard: about 1 damaged card in 10 still passes."},
	Good:    "文本单元格 6228480402564890018", Bad: "数字单元格 6.22848040256489E+18",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "15 significant decimal digits of an IEEE 754 double", Verified: true}, {Level: rules.Standard, Cite: "stored forms measured", Verified: true}},
	Needs: rules.NeedCells,
	Check: checkIMP001,
}

func checkIMP001(p *rules.Pass) { noted(p, merchant.NoteLostDigits, nil) }

// IMP009 号码是科学计数法文字: Identifier in scientific notation.
var IMP009 = rules.Rule{
	ID: "IMP009", Severity: rules.Error, Kind: rules.Precision, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "号码是科学计数法文字", EN: "Identifier in scientific notation"},
	Message: rules.Text{ZH: "{field}“{value}”是科学计数法，原号码已丢失", EN: "{field} \"{value}\" is in scientific notation; the number itself is lost"},
	Remedy:  rules.Text{ZH: "把该列设为文本格式，再对照原件录入。", EN: "Format the column as text, then retype from the source document."},
	Doc:     rules.Text{ZH: "号码是“数字、可带小数、E、符号、数字”形式的文字（或来自CSV、JSON）。该值不再交给本字段的其他规则。原因：由表格另存的文件已永久丢失这些数字。", EN: "an identifier is text (or comes from CSV or JSON) of the form digits, optional fraction, E, sign, digits. The value goes to no other rule of the field. Reason: a file saved from a sheet has lost the digits for good."},
	Good:    "6228480402564890018", Bad: "6.22848E+18",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "as IMP001", Verified: true}},
	Check: checkIMP009,
}

func checkIMP009(p *rules.Pass) {
	noted(p, merchant.NoteScientific, nil)
	if !suspects.Of(p).exponent {
		return
	}
	each(p, identifierFields[:len(identifierFields)-phones], func(p *rules.Pass, path merchant.Path, s string) {
		if normalize.Scientific(s) { // of a record that was not normalised
			p.Find(path)
		}
	})
}

// SRC007 单位互相矛盾: Units contradict each other.
var SRC007 = rules.Rule{
	ID: "SRC007", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-10", Since: "v0.1.0",
	Title:   rules.Text{ZH: "单位互相矛盾", EN: "Units contradict each other"},
	Message: rules.Text{ZH: "第{col}列表头单位是{unit}，单元格写的是“{value}”", EN: "the header of column {col} says {unit}, the cell says \"{value}\""},
	Remedy:  rules.Text{ZH: "与商户或合同核对单位。", EN: "Check the unit against the contract."},
	Doc:     rules.Text{ZH: "表头的单位与单元格里写的单位不同（表头‰，单元格0.6%）。该值不采用；同一费率有两列的见SRC002。原因：怎样读都不安全。", EN: "the unit in the header and the unit written in a cell differ (header ‰, cell 0.6%). The value is not used; two columns for one fee are SRC002. Reason: no reading of the value is safe."},
	Good:    "表头 %，单元格 0.6", Bad: "表头（‰），单元格 0.6%",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC007,
}

func checkSRC007(p *rules.Pass) {
	noted(p, merchant.NoteUnitConflict, func(n *merchant.Note) []rules.Param {
		letter := ""
		if c := p.Record.ColumnOf(n.Path); c != nil {
			letter = c.Letter
		}
		return []rules.Param{rules.P("col", letter), rules.P("unit", n.Info)}
	})
}

// IMP003 日期无法识别: Date cannot be read.
var IMP003 = rules.Rule{
	ID: "IMP003", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "日期无法识别", EN: "Date cannot be read"},
	Message: rules.Text{ZH: "{field}的日期“{value}”无法识别，请按 YYYY-MM-DD 填写（例如 2026-06-06）", EN: "cannot read the date \"{value}\" in {field}; write it as YYYY-MM-DD (for example 2026-06-06)"},
	Remedy:  rules.Text{ZH: "日期请写成 YYYY-MM-DD。", EN: "Write the date as YYYY-MM-DD."},
	Doc:     rules.Text{ZH: "日期不是以下写法之一：yyyy-MM-dd、yyyy/M/d、yyyy.M.d、yyyyMMdd、yyyy年M月d日、日期单元格（1900或1904系统）、长期字样（LIC010）。两位年份和日/月/年不予猜测；不存在的日期（2025-02-30）和1900–2999以外的年份（长期专用值除外）也不接受。原因：读不出日期，就无法判断是否过期。", EN: "the value is not one of: yyyy-MM-dd, yyyy/M/d, yyyy.M.d, yyyyMMdd, yyyy年M月d日, a date cell (1900 or 1904 system), a long-term word (LIC010). Two-digit years and d/M/y are refused, not guessed; impossible days (2025-02-30) and years outside 1900–2999 too, except the long-term sentinels. Reason: expiry rules cannot run on an unread date."},
	Good:    "2026-06-06", Bad: "26/6/6",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay yyyy-MM-dd, Huifu yyyyMMdd", Verified: true}},
	Check: checkIMP003,
}

func checkIMP003(p *rules.Pass) { noted(p, merchant.NoteBadDate, nil) }

// SRC022 日期列里的普通数字: Plain number in a date column.
var SRC022 = rules.Rule{
	ID: "SRC022", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "日期列里的普通数字", EN: "Plain number in a date column"},
	Message: rules.Text{ZH: "{field}是普通数字{value}，按{as}读成{date}", EN: "{field} is a plain number {value}; read as {as}: {date}"},
	Remedy:  rules.Text{ZH: "日期请写成 YYYY-MM-DD。", EN: "Write the date as YYYY-MM-DD."},
	Doc:     rules.Text{ZH: "日期字段的单元格是普通数字格式。20240102按yyyyMMdd读取，20000–80000按工作簿的日期序号（1900或1904系统）读取，其余为IMP003。原因：读法很可能对，但文件里没有写明。", EN: "the cell of a date field is number-typed with a format that is not a date. 20240102 is read as yyyyMMdd, 20000–80000 as a date serial of the workbook (1900 or 1904 system), anything else is IMP003. Reason: the reading is likely but not written in the file."},
	Good:    "日期格式单元格 2024-01-02", Bad: "常规格式单元格 45292",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "serial and style behaviour measured", Verified: true}},
	Needs: rules.NeedCells,
	Check: checkSRC022,
}

func checkSRC022(p *rules.Pass) {
	noted(p, merchant.NoteSerialDate, func(n *merchant.Note) []rules.Param {
		as := rules.Text{ZH: n.Info, EN: n.Info}
		if n.Info == "serial" {
			as = rules.Text{ZH: "日期序号", EN: "a date serial"}
		}
		return []rules.Param{rules.T("as", as), rules.V("date", n.Path.Field, n.New)}
	})
}

// IMP015 金额或费率无法识别: Amount or rate cannot be read.
var IMP015 = rules.Rule{
	ID: "IMP015", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "金额或费率无法识别", EN: "Amount or rate cannot be read"},
	Message: rules.Text{ZH: "{field}“{value}”不是可识别的数字", EN: "{field} \"{value}\" is not a readable number"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "折叠全角并去掉规范的千分位、￥/¥、元/万元、%、‰或“费率”字样后，不是十进制数。指数、两个小数点、逗号作小数点、区间（0.38-0.6）都不接受。原因：读错金额比没有金额更糟。", EN: "the value is not a decimal number after folding width and removing well-formed thousands separators, ￥/¥, 元/万元, %, ‰ or 费率 words. Exponents, two points, a comma as decimal point and ranges (0.38-0.6) are refused. Reason: a misread amount is worse than none."},
	Good:    "50,000.00", Bad: "0.38-0.6",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkIMP015,
}

func checkIMP015(p *rules.Pass) { noted(p, merchant.NoteBadAmount, nil) }

// IMP004 占位文字不算填写: Placeholder instead of a value.
var IMP004 = rules.Rule{
	ID: "IMP004", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0",
	Title:   rules.Text{ZH: "占位文字不算填写", EN: "Placeholder instead of a value"},
	Message: rules.Text{ZH: "{field}填的是“{value}”，等于没有填写", EN: "{field} holds the placeholder \"{value}\", which counts as empty"},
	Remedy:  rules.Text{ZH: "补填该项。", EN: "Fill in the field."},
	Doc:     rules.Text{ZH: "必填字段去掉空白后正好是：无 暂无 没有 不详 未知 同上 待补 待定 / - -- . N/A NA NULL none test 测试 xxx 123456 111111 之一。按空处理，该字段的缺失规则跳过（blocked by IMP004）。个体户执照名称的“无”“*”“/”见IDN005。原因：看似填了却没有信息，会骗过简单的必填检查。", EN: "a required field, trimmed, is exactly one of: 无 暂无 没有 不详 未知 同上 待补 待定 / - -- . N/A NA NULL null none test 测试 xxx 123456 111111. Counts as empty; the missing rule of the field is skipped (blocked by IMP004). 无, * and / in licence.name of a sole trader are IDN005, not this. Reason: a filled cell without information passes a naive required check."},
	Good:    "上海示例商贸有限公司", Bad: "待补",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkIMP004,
}

func checkIMP004(p *rules.Pass) { placeholder(p, true) }

// placeholder reports the placeholders that stand in required fields, or those that stand in others.
func placeholder(p *rules.Pass, required bool) {
	r := p.Record
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.Kind != merchant.NotePlaceholder || p.Params.Asks(n.Path.Field, &r.Merchant) != required {
			continue
		}
		f := rules.Finding{Rule: p.Rule, Key: r.Key(), Path: n.Path, Source: r.SourceOf(n.Path), Column: r.ColumnOf(n.Path), Value: n.Old,
			Params: []rules.Param{rules.P("value", n.Old)}} // the word itself is nobody's data
		if !required {
			// 123456 and 111111 stand for nothing as a rule, yet may be somebody's number
			f.Fixes = []rules.Fix{{Message: rules.Text{ZH: "清空", EN: "empty the cell"}, Safe: !digits(strings.TrimSpace(n.Old)), Edits: []rules.Edit{{Path: n.Path, Old: n.Old}}}}
		}
		p.Report(f)
	}
}

// IMP012 选填项的占位文字按空处理: Placeholder in an optional field read as empty.
var IMP012 = rules.Rule{
	ID: "IMP012", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "选填项的占位文字按空处理", EN: "Placeholder in an optional field read as empty"},
	Message: rules.Text{ZH: "{field}填的“{value}”按未填处理", EN: "{field} holds \"{value}\" and is read as empty"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "选填字段填的是IMP004所列的字样，按空处理。原因：这些字样不能作为值参加比对。", EN: "an optional field holds one of the words of IMP004. Reason: the word must not reach a comparison as a value."},
	Good:    "（空）", Bad: "无",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkIMP012,
}

func checkIMP012(p *rules.Pass) { placeholder(p, false) }

// IMP017 号码被打码: Masked value where the full one is needed.
var IMP017 = rules.Rule{
	ID: "IMP017", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "号码被打码", EN: "Masked value where the full one is needed"},
	Message: rules.Text{ZH: "{field}“{value}”被打码，需要完整号码", EN: "{field} \"{value}\" is masked; the full value is needed"},
	Remedy:  rules.Text{ZH: "提供完整号码，不要打码。", EN: "Supply the full value, not a masked one."},
	Doc:     rules.Text{ZH: "本方资料的号码以*（或连续的x、●）代替数字。银行登记文件允许打码，按可见字符比对。原因：打码的号码不能校验、付款或报送。", EN: "the value of our own record contains * (or a run of x or ●) in place of digits. In a registry export this is allowed and compared by the visible characters. Reason: a masked number cannot be checked, paid to or reported."},
	Good:    "6228480402564890018", Bad: "622848********0018",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkIMP017,
}

func checkIMP017(p *rules.Pass) {
	if !suspects.Of(p).mask {
		return
	}
	each(p, identifierFields[:], func(p *rules.Pass, path merchant.Path, s string) {
		if masked(s) || strings.Contains(s, "XX") && maskedBefore(p.Record, path) {
			p.Find(path)
		}
	})
}

// masked reports a * or ● or a run of x. Capitals count from four on: a credit code may hold XX.
func masked(s string) bool {
	small, capital, run := false, false, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '*' || c >= 0x80:
			return strings.ContainsAny(s[i:], "*●＊")
		case c != 'x' && c != 'X':
			run = 0
		case i > 0 && s[i-1] == c:
			run++
			small, capital = small || c == 'x', capital || c == 'X' && run == 3
		default:
			run = 0
		}
	}
	return small || capital
}

// maskedBefore asks the text before it was capitalised.
func maskedBefore(r *merchant.Record, path merchant.Path) bool {
	for i := range r.Notes {
		if n := &r.Notes[i]; n.Kind == merchant.NoteCode && n.Path == path && strings.Contains(n.Old, "xx") {
			return true
		}
	}
	return false
}

// IMP014 一格填了多个号码: Several identifiers in one cell.
var IMP014 = rules.Rule{
	ID: "IMP014", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "一格填了多个号码", EN: "Several identifiers in one cell"},
	Message: rules.Text{ZH: "{field}里有{n}个号码，请每格只填一个", EN: "{field} holds {n} identifiers; give one per cell"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "号码单元格按 、，,;；/ 或换行可拆成两个以上都符合本字段格式的号码。电话见CON008。原因：只取第一个会悄悄丢掉其余。", EN: "an identifier cell splits at 、，,;；/ or a line break into two or more parts that each pass the format rule of the field. Phones: CON008. Reason: taking the first silently drops the others."},
	Good:    "6228480402564890018", Bad: "6228480402564890018、6217001234567890122",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Check: checkIMP014,
}

func checkIMP014(p *rules.Pass) {
	if len(p.Record.Notes) == 0 && !suspects.Of(p).separator {
		return
	}
	each(p, identifierFields[:len(identifierFields)-phones], func(p *rules.Pass, path merchant.Path, s string) {
		for i := range p.Record.Notes { // a line break between two numbers was cleaned away
			if n := &p.Record.Notes[i]; n.Kind == merchant.NoteInvisible && n.Path == path {
				s = n.Old
			}
		}
		if !separated(s) {
			return
		}
		n := 0
		for _, part := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("、，,;；/\r\n", c) }) {
			if !shaped(p, path.Field, strings.TrimSpace(part)) {
				return
			}
			n++
		}
		if n > 1 {
			p.Find(path, rules.P("n", strconv.Itoa(n)))
		}
	})
}

// separated reports a mark that may stand between two identifiers.
func separated(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == ',' || c == ';' || c == '/' || c == '\n':
			return true
		case c >= 0x80:
			return strings.ContainsAny(s[i:], "、，,;；/\n")
		}
	}
	return false
}

// shaped reports whether s has the shape of the field, check digits apart.
func shaped(p *rules.Pass, f merchant.Field, s string) bool {
	switch f {
	case merchant.FieldMerchantNo, merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsParamsMerchantNo:
		return p.Params.MerchantNo(s)
	case merchant.FieldLicenceNumber, merchant.FieldHeadOfficeUSCC:
		return uscc.CheckShape(s) == nil || len(s) == 15 && digits(s)
	case merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo:
		return len(s) == 18 && digits(s[:17]) || len(s) >= 8 && len(s) <= 11 && (digits(s) || digits(s[1:]))
	case merchant.FieldSettlementAccountNo, merchant.FieldTerminalsBoundAccountNo:
		return len(s) >= 8 && len(s) <= 32 && digits(s)
	case merchant.FieldSettlementCNAPS:
		return len(s) == 12 && digits(s)
	case merchant.FieldMCC:
		return len(s) == 4 && digits(s)
	case merchant.FieldTerminalsTerminalNo:
		return len(s) == 8
	}
	return len(s) >= 6
}

// IMP002 前导零丢失: Leading zeros lost.
var IMP002 = rules.Rule{
	ID: "IMP002", Severity: rules.Error, Kind: rules.Precision, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "前导零丢失", EN: "Leading zeros lost"},
	Message: rules.Text{ZH: "{field}少了{n}位，疑似前导零丢失，是否应为{suggest}？", EN: "{field} is {n} digit(s) short; leading zeros were probably lost; did you mean {suggest}?"},
	Remedy:  rules.Text{ZH: "确认后补回前导零。", EN: "Put the leading zeros back once confirmed."},
	Doc:     rules.Text{ZH: "值全为数字，比字段的固定长度少一位（MCC 4位，终端号8位，商户号15位）或一两位（机构代码8位，联行号12位），左侧补零后通过格式以及校验位或码表。代替格式问题报告。原因：变短的代码会指向另一个商户或不存在。", EN: "the value is digits only, one digit short of the fixed length of the field (mcc 4, terminal_no 8, merchant_no 15) or one or two (org_code 8, cnaps 12), and with zeros put back on the left it passes the format rule and, where there is one, the check digit or the table. Takes the place of the format finding. Reason: a shortened code names another merchant, or none."},
	Good:    "0763", Bad: "763",
	Basis:  []rules.Basis{{Level: rules.Standard, Cite: "0742, 0763, 0780, 001…, 011… exist in the tables", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMCC, merchant.FieldMerchantNo, merchant.FieldTerminalsTerminalNo, merchant.FieldSettlementCNAPS, merchant.FieldAcquirerOrgCode},
	Check:  checkIMP002,
}

func checkIMP002(p *rules.Pass) {
	r := p.Record
	padded(p, merchant.At(merchant.FieldMCC), r.MCC, 4, 1, func(s string) bool { return p.MCC().Check(s) == nil })
	if n := len(r.MerchantNo); n == 14 && !p.Params.MerchantNo(r.MerchantNo) {
		padded(p, merchant.At(merchant.FieldMerchantNo), r.MerchantNo, 15, 1, p.Params.MerchantNo)
	}
	padded(p, merchant.At(merchant.FieldSettlementCNAPS), r.Settlement.CNAPS, 12, 2, cnaps.CheckDigit)
	padded(p, merchant.At(merchant.FieldAcquirerOrgCode), r.Acquirer.OrgCode, 8, 2, digits)
	for i := range r.Terminals {
		padded(p, merchant.Item(merchant.FieldTerminalsTerminalNo, i), r.Terminals[i].TerminalNo, 8, 1, digits)
	}
}

// padded proposes s with its zeros back when it is at most short digits too short and the padded form passes.
func padded(p *rules.Pass, path merchant.Path, s string, length, short int, passes func(string) bool) {
	n := length - len(s)
	if n < 1 || n > short || !digits(s) || p.Blocked(path) {
		return
	}
	if full := "00"[:n] + s; passes(full) {
		p.FindFix(path, p.Propose(path, full), rules.P("n", strconv.Itoa(n)), rules.V("suggest", path.Field, full))
	}
}

// IMP018 填错了位置: Value of another kind.
var IMP018 = rules.Rule{
	ID: "IMP018", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "填错了位置", EN: "Value of another kind"},
	Message: rules.Text{ZH: "{field}里填的像是{guess}", EN: "{field} looks like {guess}"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "值不符合本字段格式，却（连同校验位）符合另一字段的格式：名称或地址里是统一社会信用代码或身份证号，结算账号里是手机号，机构代码里是联行号，商户号里是微信商户号（8–10位）或支付宝PID（2088加12位）等。代替格式问题报告。原因：说出原因，而不只是症状。", EN: "the value fails the format of its field and passes, with check digit, the format of another: a USCC or resident ID in an address or a name, a mobile number in an account, a CNAPS code as institution number, a WeChat mch_id (8–10 digits) or an Alipay PID (2088 + 12 digits) as merchant number. Takes the place of the format finding. Reason: names the cause instead of the symptom."},
	Good:    "地址：漕溪北路88号", Bad: "地址：91350100M000100Y43",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "2 of 3.0 M published addresses are a USCC", Verified: true}, {Level: rules.PolicyLevel, Cite: "shapes of mch_id and PID"}},
	Check: checkIMP018,
}

func checkIMP018(p *rules.Pass) {
	r := p.Record
	misplaced(p, merchant.At(merchant.FieldMerchantNo), r.MerchantNo)
	misplaced(p, merchant.At(merchant.FieldAcquirerOrgCode), r.Acquirer.OrgCode)
	misplaced(p, merchant.At(merchant.FieldNamesLegal), r.Names.Legal)
	misplaced(p, merchant.At(merchant.FieldNamesShort), r.Names.Short)
	misplaced(p, merchant.At(merchant.FieldLicenceName), r.Licence.Name)
	misplaced(p, merchant.At(merchant.FieldLicenceNumber), r.Licence.Number)
	misplaced(p, merchant.At(merchant.FieldLegalRepName), r.LegalRep.Name)
	misplaced(p, merchant.At(merchant.FieldLegalRepMobile), r.LegalRep.Mobile)
	misplaced(p, merchant.At(merchant.FieldContactName), r.Contact.Name)
	misplaced(p, merchant.At(merchant.FieldContactMobile), r.Contact.Mobile)
	misplaced(p, merchant.At(merchant.FieldAddressesRegisteredDetail), r.Addresses.Registered.Detail)
	misplaced(p, merchant.At(merchant.FieldAddressesBusinessDetail), r.Addresses.Business.Detail)
	misplaced(p, merchant.At(merchant.FieldSettlementAccountNo), r.Settlement.AccountNo)
	misplaced(p, merchant.At(merchant.FieldSettlementCNAPS), r.Settlement.CNAPS)
	misplaced(p, merchant.At(merchant.FieldMCC), r.MCC)
}

var (
	guessUSCC   = rules.Text{ZH: "统一社会信用代码", EN: "a unified social credit code"}
	guessID     = rules.Text{ZH: "居民身份证号", EN: "a resident ID number"}
	guessMobile = rules.Text{ZH: "手机号", EN: "a mobile number"}
	guessCNAPS  = rules.Text{ZH: "联行号", EN: "a CNAPS code"}
	guessWeChat = rules.Text{ZH: "微信商户号", EN: "a WeChat Pay merchant number"}
	guessAlipay = rules.Text{ZH: "支付宝PID", EN: "an Alipay PID"}
)

// misplaced reports a value that is no value of its field and passes as one of another field.
func misplaced(p *rules.Pass, path merchant.Path, s string) {
	if s == "" || len(s) > 18 || s[0] >= 0x80 || p.Blocked(path) {
		return
	}
	f := path.Field
	if f == merchant.FieldMerchantNo && p.Params.MerchantNoPattern != "" && p.Params.MerchantNo(s) {
		return
	}
	var guess rules.Text
	switch {
	case f != merchant.FieldLicenceNumber && len(s) == 18 && uscc.CheckShape(s) == nil && uscc.CheckOverall(s) && !residentid.Valid(s):
		if f == merchant.FieldSettlementAccountNo && digits(s) {
			return // an account of 18 digits passes the check of a credit code once in 31
		}
		guess = guessUSCC
	case len(s) == 18 && residentid.Valid(s) && f != merchant.FieldSettlementAccountNo && !(f == merchant.FieldLicenceNumber && uscc.CheckOverall(s)):
		guess = guessID
	case f == merchant.FieldMerchantNo && mid.IsAlipay(s):
		guess = guessAlipay
	case f == merchant.FieldMerchantNo && mid.IsWeChat(s):
		guess = guessWeChat
	case len(s) == 11 && phone.CheckMobile(s) == nil && f != merchant.FieldContactMobile && f != merchant.FieldLegalRepMobile &&
		!(f == merchant.FieldSettlementAccountNo && p.Record.Settlement.AccountType == merchant.AccountCorporate) &&
		f != merchant.FieldAcquirerOrgCode:
		guess = guessMobile
	case len(s) == 12 && f != merchant.FieldSettlementCNAPS && f != merchant.FieldSettlementAccountNo && cnaps.Valid(s):
		guess = guessCNAPS
	default:
		return
	}
	p.Find(path, rules.T("guess", guess))
}

// IMP016 选项值不认识: Value is not one of the options.
var IMP016 = rules.Rule{
	ID: "IMP016", Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "选项值不认识", EN: "Value is not one of the options"},
	Message: rules.Text{ZH: "{field}“{value}”不认识，可选：{options}", EN: "{field} \"{value}\" is not known; options: {options}"},
	Remedy:  rules.Text{ZH: "从给出的选项中选择。", EN: "Choose one of the options given."},
	Doc:     rules.Text{ZH: "选项字段（没有专门规则的）或是/否字段的值既不是代码，也不是已知的别名。文字中恰含一个选项的名称或别名时，建议该选项。各机构自己的代码只由相应配置翻译：单独的1有四种含义。原因：依赖该选项的规则无法运行。", EN: "an enumerated field without a rule of its own holds a value that is neither a code nor a known alias of the model. Proposed is the one option whose name or alias the text holds. Codes of acquirers are translated only by the profile that owns them: a bare 1 has four meanings. Reason: rules that depend on the option cannot run."},
	Good:    "对公", Bad: "对公账户类",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "alias tables in the specification", Verified: true}},
	Check: checkIMP016,
}

func checkIMP016(p *rules.Pass) {
	if !optionsKnown(&p.Record.Merchant) {
		unknownOptions(p)
	}
	noted(p, merchant.NoteBadFlag, func(*merchant.Note) []rules.Param {
		return []rules.Param{rules.T("options", rules.Text{ZH: "是、否", EN: "yes, no"})}
	})
}

// optionsKnown reports whether every option is empty or on its list; it spares nearly all records the walk.
func optionsKnown(m *merchant.Merchant) bool {
	for i := range m.BeneficialOwners {
		if m.BeneficialOwners[i].Basis != "" && !m.BeneficialOwners[i].Basis.Valid() {
			return false
		}
	}
	for i := range m.Fees {
		if f := &m.Fees[i]; f.Product != "" && !f.Product.Valid() || f.Class != "" && !f.Class.Valid() {
			return false
		}
	}
	for i := range m.Terminals {
		if t := &m.Terminals[i]; t.Status != "" && !t.Status.Valid() || t.KeyStatus != "" && !t.KeyStatus.Valid() {
			return false
		}
	}
	for i := range m.Onboarding.Channels {
		if m.Onboarding.Channels[i].State != "" && !m.Onboarding.Channels[i].State.Valid() {
			return false
		}
	}
	return !(m.EntityForm != "" && !m.EntityForm.Valid() || m.Licence.Kind != "" && !m.Licence.Kind.Valid() ||
		m.LegalRep.Gender != "" && !m.LegalRep.Gender.Valid() || m.Contact.Type != "" && !m.Contact.Type.Valid() ||
		m.SalesScene != "" && !m.SalesScene.Valid() || m.Settlement.AccountType != "" && !m.Settlement.AccountType.Valid() ||
		m.Settlement.Cycle != "" && !m.Settlement.Cycle.Valid() || m.Settlement.VerifyResult != "" && !m.Settlement.VerifyResult.Valid() ||
		m.Status.Scope != "" && !m.Status.Scope.Valid() || m.Onboarding.Audit != "" && !m.Onboarding.Audit.Valid() ||
		m.Onboarding.Agreement != "" && !m.Onboarding.Agreement.Valid() || m.RiskLevel != "" && !m.RiskLevel.Valid())
}

func unknownOptions(p *rules.Pass) {
	each(p, optionFields[:], func(p *rules.Pass, path merchant.Path, s string) {
		e := path.Field.Enum()
		if _, ok := e.Lookup(s); !ok {
			var fixes []rules.Fix
			if code, ok := e.Suggest(s); ok {
				fixes = p.Propose(path, code)
			}
			p.FindFix(path, fixes, rules.T("options", rules.Text{ZH: e.Options("zh"), EN: e.Options("en")}))
		}
	})
}

// optionFields are the fields with an option list, save for those whose unknown values another rule reports: IDN012,
// STA001, REP015, LIC026, SET030, TRM005.
var optionFields = [...]merchant.Field{
	merchant.FieldEntityForm, merchant.FieldLicenceKind, merchant.FieldLegalRepGender, merchant.FieldBeneficialOwnersBasis,
	merchant.FieldContactType, merchant.FieldSalesScene, merchant.FieldSettlementAccountType, merchant.FieldSettlementCycle,
	merchant.FieldSettlementVerifyResult, merchant.FieldFeesProduct, merchant.FieldFeesClass, merchant.FieldTerminalsStatus,
	merchant.FieldTerminalsKeyStatus, merchant.FieldStatusScope, merchant.FieldOnboardingAudit, merchant.FieldOnboardingAgreement,
	merchant.FieldOnboardingChannelsState, merchant.FieldRiskLevel,
}

// IMP010 号码末尾全是零: Suspicious run of zeros at the end.
var IMP010 = rules.Rule{
	ID: "IMP010", Severity: rules.Warning, Kind: rules.Precision, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "号码末尾全是零", EN: "Suspicious run of zeros at the end"},
	Message: rules.Text{ZH: "{field}第15位以后全是0，可能是从表格导出时丢失了尾数", EN: "every digit of {field} after the 15th is 0; the tail may have been lost in a sheet"},
	Remedy:  rules.Text{ZH: "对照原件重新录入。", EN: "Retype the value from the source document."},
	Doc:     rules.Text{ZH: "文本单元格、CSV或JSON中17–19位的号码第15位以后全为0。16位不判断：十张卡就有一张以0结尾。本字段的其他规则照常运行。原因：典型的由表格另存造成的丢失；偶然出现的概率为百分之一（17位）到万分之一（19位）。", EN: "an identifier of 17–19 digits in a text cell, CSV or JSON has only zeros after its 15th digit. A 16-digit value is not judged: one card in ten ends in 0. The other rules of the field still run. Reason: typical of a number saved from a sheet; by chance 1 in 100 (17 digits), 1,000 (18) or 10,000 (19)."},
	Good:    "6228480402564890018", Bad: "6228480402564890000",
	Basis: []rules.Basis{{Level: rules.Standard, Cite: "as IMP001", Verified: true}},
	Check: checkIMP010,
}

func checkIMP010(p *rules.Pass) {
	if !suspects.Of(p).zeros {
		return
	}
	each(p, identifierFields[:len(identifierFields)-phones], func(p *rules.Pass, path merchant.Path, s string) {
		if trailingZeros(s) {
			p.Find(path)
		}
	})
}

// trailingZeros reports a long number whose digits from the sixteenth on are zeros.
func trailingZeros(s string) bool {
	return len(s) >= 17 && len(s) <= 19 && s[len(s)-1] == '0' && digits(s) && strings.Trim(s[15:], "0") == ""
}

// SRC017 该行多出或缺少单元格: Row longer or shorter than the header.
var SRC017 = rules.Rule{
	ID: "SRC017", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "该行多出或缺少单元格", EN: "Row longer or shorter than the header"},
	Message: rules.Text{ZH: "第{row}行有{n}格，表头有{m}格", EN: "row {row} has {n} cells, the header has {m}"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "CSV行的字段数多于或少于表头，或工作表行在最后一个表头单元格右侧还有值，或按列映射拆分的单元格段数不符。原因：通常是地址里有未加引号的分隔符，其后各列都错位。", EN: "a CSV row has more or fewer fields than the header, or a sheet row has a value to the right of the last header cell, or a cell that the column map takes apart has more or fewer parts. Reason: usually a separator inside an unquoted address: every later column is shifted."},
	Good:    "12格/12格", Bad: "地址里有未加引号的逗号，13格",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "cells beyond the header were dropped elsewhere: nao1215/filesql #356", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC017,
}

func checkSRC017(p *rules.Pass) {
	r := p.Record
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.Kind != merchant.NoteRagged && (n.Kind != merchant.NoteReadFault || n.Info == "") {
			continue
		}
		have, want, _ := strings.Cut(n.Info, "/")
		f := rules.Finding{Rule: p.Rule, Key: r.Key(), Source: r.Source,
			Params: []rules.Param{rules.P("row", strconv.Itoa(r.Source.Row)), rules.P("n", have), rules.P("m", want)}}
		if n.Kind == merchant.NoteReadFault {
			f.Path, f.Source, f.Column, f.Value = n.Path, r.SourceOf(n.Path), r.ColumnOf(n.Path), n.Old
		}
		p.Report(f)
	}
}

// SRC018 显示内容与存储内容不同: Shown text differs from the stored value.
var SRC018 = rules.Rule{
	ID: "SRC018", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "显示内容与存储内容不同", EN: "Shown text differs from the stored value"},
	Message: rules.Text{ZH: "{field}显示为“{shown}”，实际存储“{value}”", EN: "{field} shows \"{shown}\" but stores \"{value}\""},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "单元格的数字格式把值隐藏或换成别的文字（;;;、条件分节、固定文字），人看到的不是读取到的。采用存储的值。原因：校对过的内容并不是要报送的内容。", EN: "the number format of the cell hides or replaces the value (;;;, a conditional section, a fixed text), so a person does not see what is read. The stored value is used. Reason: what was proof-read is not what is sent."},
	Good:    "显示 5411，存储 5411", Bad: "格式“;;;”，存储 5812",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "formats that drop values measured on public files", Verified: true}},
	Needs: rules.NeedCells,
	Check: checkSRC018,
}

func checkSRC018(p *rules.Pass) {
	noted(p, merchant.NoteShown, func(n *merchant.Note) []rules.Param { return []rules.Param{rules.P("shown", n.New)} })
}

// IMP005 首尾空白和不可见字符: Blank or invisible characters removed.
var IMP005 = rules.Rule{
	ID: "IMP005", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "首尾空白和不可见字符", EN: "Blank or invisible characters removed"},
	Message: rules.Text{ZH: "{field}的首尾或中间有看不见的字符，已清除", EN: "{field} had blank or invisible characters; they were removed"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "值的首尾有空白、全角空格、零宽字符等，或任何位置含控制字符、零宽或双向标记（经营范围允许换行）。原因：看不见的差异会使与登记的比对失败。", EN: "the value begins or ends with one of U+0009 000A 000D 0020 00A0 3000 200B–200F 2060 FEFF, or holds a control character U+0000–001F (line breaks are allowed in licence.scope) or a zero-width or bidirectional mark anywhere. Reason: an invisible difference makes a comparison with the registry fail."},
	Good:    "上海示例商贸有限公司", Bad: "上海示例商贸有限公司〈U+00A0〉",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "WeChat Pay: no leading or trailing blank, tab or line break", Verified: true}},
	Check: checkIMP005,
}

func checkIMP005(p *rules.Pass) {
	r := p.Record
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.Kind != merchant.NoteInvisible {
			continue
		}
		// The note also tells of private-use characters that were replaced: IDN013 proposes that, it is no removal.
		if bare, safe := withoutInvisible(n.Path.Field, n.Old); bare != n.Old {
			p.FindFix(n.Path, unified(&merchant.Note{Path: n.Path, Old: n.Old, New: bare}, safe))
		}
	}
}

// withoutInvisible drops what cannot be seen and leaves every other character as it is. It is not safe to drop a line
// break or a tab between other characters: there may be two names or numbers.
func withoutInvisible(f merchant.Field, s string) (bare string, safe bool) {
	clean := normalize.Clean
	if f == merchant.FieldLicenceScope {
		clean = normalize.CleanText
	}
	_, edits := clean(s)
	safe = true
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Put != "" && e.Put != "\n" {
			continue
		}
		b.WriteString(s[at:e.Offset])
		at = e.Offset + len(e.Removed)
		if strings.ContainsAny(e.Removed, "\t\n\v\f\r\u0085\u2028\u2029") && e.Put == "" && !(e.Removed == "\r" && strings.HasPrefix(s[at:], "\n")) {
			left, _ := clean(s[:e.Offset])
			right, _ := clean(s[at:])
			safe = safe && (left == "" || right == "")
		}
		b.WriteString(e.Put)
	}
	return b.String() + s[at:], safe
}

// IMP006 代码字段已转半角大写: Code folded to half width and capitals.
var IMP006 = rules.Rule{
	ID: "IMP006", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "代码字段已转半角大写", EN: "Code folded to half width and capitals"},
	Message: rules.Text{ZH: "{field}已由“{value}”统一为“{suggest}”", EN: "{field} was read as \"{suggest}\" instead of \"{value}\""},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "号码或电话含全角字符、应为大写的小写字母，或该类型可省略的分隔符（卡号、电话、组织机构代码中的空格和连字符）。原因：看起来相同，对登记系统却是不同的字节。", EN: "an identifier or phone contains full-width ASCII (U+FF01–FF5E), lower-case letters where the alphabet is capitals, or the separators its type allows to be dropped (space and hyphen in cards, phones, organisation codes). Reason: same text to the eye, different bytes to the registry."},
	Good:    "91350100M000100Y43", Bad: "９１３５0100m000100y43",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "274 of 2,994,522 published USCCs are in lower case", Verified: true}},
	Check: checkIMP006,
}

func checkIMP006(p *rules.Pass) {
	notedFix(p, merchant.NoteCode, suggestion, func(n *merchant.Note) []rules.Fix { return unified(n, sameCode(n)) })
}

// sameCode reports whether the code that was read differs in width, case and separators alone, or lacks the country code
// of a mobile number. It does not where something may be lost: small letters that mask digits, a separator between what
// may be two numbers, the street that a division code of twelve digits names.
func sameCode(n *merchant.Note) bool {
	if masked(n.Old) {
		return false
	}
	separator := func(c rune) bool { return c == ' ' || c == '-' }
	text := normalize.FoldWidth(n.Old)
	long := 0
	for part := range strings.FieldsFuncSeq(text, separator) {
		if len(part) >= 8 { // printed groups are shorter, but for one
			long++
		}
	}
	bare := func(s string) string {
		return strings.Map(func(c rune) rune {
			switch {
			case separator(c):
				return -1
			case c >= 'a' && c <= 'z':
				return c - 'a' + 'A'
			}
			return c
		}, s)
	}
	was, is := bare(text), bare(n.New)
	if n.Path.Field.Group() == "phone" && was != is {
		switch strings.TrimSuffix(was, is) {
		case "86", "+86", "0086":
			was = is
		}
	}
	return was == is && long < 2
}

// IMP011 日期写法已统一: Date form normalised.
var IMP011 = rules.Rule{
	ID: "IMP011", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "日期写法已统一", EN: "Date form normalised"},
	Message: rules.Text{ZH: "{field}“{value}”已读成{suggest}", EN: "{field} \"{value}\" was read as {suggest}"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "日期由yyyy-MM-dd以外的写法读出（写法见IMP003）。原因：各机构写法不同，内部只用一种。", EN: "a date was read from another form than yyyy-MM-dd (list in IMP003). Reason: each acquirer has its own form; one form inside."},
	Good:    "2026-06-06", Bad: "2026年6月6日",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "date forms of five acquirers in the specification", Verified: true}},
	Check: checkIMP011,
}

func checkIMP011(p *rules.Pass) {
	notedFix(p, merchant.NoteDateForm, suggestion, func(n *merchant.Note) []rules.Fix { return unified(n, !dropsTime(n.Old)) })
}

// dropsTime reports a time of day other than midnight, which a date cannot keep.
func dropsTime(text string) bool {
	text = strings.TrimSpace(normalize.FoldWidth(text))
	colon := strings.IndexByte(text, ':')
	if colon < 0 {
		return false
	}
	clock := text[strings.LastIndexAny(text[:colon], " T")+1:]
	return strings.Trim(clock, "0:.") != ""
}

// IMP013 名称中全半角混用: Mixed widths inside a name.
var IMP013 = rules.Rule{
	ID: "IMP013", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "名称中全半角混用", EN: "Mixed widths inside a name"},
	Message: rules.Text{ZH: "{field}全半角混用，已统一为“{suggest}”", EN: "{field} mixes character widths; read as \"{suggest}\""},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "名称的一对括号宽度不同，或含全角字母数字，或分隔点不是U+00B7。通篇使用一种宽度的名称保持原样：登记中两种宽度都正常。原因：比对本来就会折叠宽度，只有混用才写回。", EN: "a name has a bracket pair of two widths, full-width letters or digits, or a separator dot other than U+00B7. A name that uses one width throughout is left as it is: both widths are normal in registrations. Reason: comparison folds widths anyway; only sloppy mixtures are written back."},
	Good:    "示例(上海)商贸有限公司", Bad: "示例(上海）商贸有限公司",
	Basis: []rules.Basis{{Level: rules.ProfileLevel, Cite: "brackets in 3.0 M registered names: 1.61 % half width, 0.44 % full width, 6 mixed pairs", Verified: true}, {Level: rules.ProfileLevel, Cite: "WeChat Pay lets the bracket width of an account name be changed", Verified: true}},
	Check: checkIMP013,
}

func checkIMP013(p *rules.Pass) { notedFix(p, merchant.NoteMixedWidth, suggestion, alwaysSafe) }

// IMP019 金额写法已统一: Amount form normalised.
var IMP019 = rules.Rule{
	ID: "IMP019", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0",
	Title:   rules.Text{ZH: "金额写法已统一", EN: "Amount form normalised"},
	Message: rules.Text{ZH: "{field}“{value}”已读成{suggest}", EN: "{field} \"{value}\" was read as {suggest}"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "金额或费率是去掉千分位、货币符号或单位文字后读出的，或是把数字单元格舍入到15位有效数字（0.30000000000000004）、按百分比格式读出的。原因：原文保持可见。", EN: "an amount or rate was read after removing separators, currency or unit text, or after rounding a number cell to 15 significant digits (0.30000000000000004). Reason: the raw text stays visible."},
	Good:    "50000.00", Bad: "￥50,000",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "stored forms measured", Verified: true}},
	Check: checkIMP019,
}

func checkIMP019(p *rules.Pass) {
	notedFix(p, merchant.NoteAmountForm, suggestion, func(n *merchant.Note) []rules.Fix {
		if c, ok := p.Record.Cell(n.Path); ok && c.Type == merchant.CellNumber && strings.Contains(c.Format, "%") {
			return nil // the format says percent; another number in the cell would mean another rate
		}
		return unified(n, true)
	})
}
