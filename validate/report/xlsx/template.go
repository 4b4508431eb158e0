package xlsx

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/sample"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/rules/builtin"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// TemplateOptions say what a template is for.
type TemplateOptions struct {
	Profile  *profile.Profile
	Subject  merchant.SubjectType
	Lang     string // zh or en; anything else is Chinese
	Optional bool   // columns for optional fields as well
}

// Errors of Template, for options that describe no template.
var (
	ErrProfile = errors.New("xlsx: a template needs a profile")
	ErrSubject = errors.New("xlsx: a template needs one of the subject types")
)

// Template writes a workbook to be filled in with merchants of one subject type: a column for each field that the
// profile requires, always or under a condition, with a heading that the loaders know; required ones begin with a star
// and stand out by colour. A note on each heading says what the field is, when it is due, what may stand in its place,
// how to write it, and which rules look at it. Options are chosen from lists on a hidden sheet. The first row is a
// sample, marked so that the loaders skip it.
//
// Lists have the columns of one entry; further ones take headings such as terminals[1].serial_no.
func Template(w io.Writer, o TemplateOptions) error {
	switch {
	case o.Profile == nil:
		return ErrProfile
	case !o.Subject.Valid():
		return ErrSubject
	}
	t := &template{TemplateOptions: o, file: excelize.NewFile(), merchant: sample.Merchant(o.Subject, 0)}
	defer t.file.Close()
	t.complete()
	for _, step := range []func() error{t.sheets, t.headings, t.sampleRow, t.lists} {
		if err := step(); err != nil {
			return err
		}
	}
	_, err := t.file.WriteTo(w)
	return err
}

type template struct {
	TemplateOptions
	file     *excelize.File
	merchant *merchant.Merchant // of the sample row
	columns  []templateColumn
}

// templateColumn is one column: a field, or a member of the first entry of a list.
type templateColumn struct {
	requirement profile.Requirement
	path        merchant.Path
	product     merchant.FeeProduct
}

func (t *template) say(zh, en string) string {
	if t.Lang == "en" {
		return en
	}
	return zh
}

// lastRow is the last row of a sheet, down to which columns are text and lists can be chosen from.
const lastRow = 1048576

// complete chooses the columns and gives the sample what the profile asks for and no other merchant needs.
func (t *template) complete() {
	of := map[merchant.Field]byte{} // need of each list
	list := t.Profile.Requirements(t.Subject)
	for i := range list {
		of[list[i].Field] = list[i].Need
	}
	for i := range list {
		r := list[i]
		if !t.wanted(&r, of) {
			continue
		}
		if r.Field == merchant.FieldFees {
			t.fees(r)
			continue
		}
		path := merchant.At(r.Field)
		if r.Member() {
			path.Index = 0
			if of[r.Field.List()] != 'R' && r.Need == 'R' { // an entry needs it, and there may be none
				r.Need = 'C'
			}
		}
		t.columns = append(t.columns, templateColumn{requirement: r, path: path})
	}
	m := t.merchant
	for _, path := range t.Profile.Due(m) {
		switch path.Field {
		case merchant.FieldContactServicePhone:
			m.Contact.ServicePhone = "021-55550100"
		case merchant.FieldLegalRepAddress:
			m.LegalRep.Address = "上海市徐汇区漕溪北路10弄1号"
		case merchant.FieldLicenceImageRef:
			m.Licence.ImageRef = "IMG-0001"
		case merchant.FieldAddressesBusinessLng:
			m.Addresses.Business.Lng = degrees("121.4370")
		case merchant.FieldAddressesBusinessLat:
			m.Addresses.Business.Lat = degrees("31.1880")
		}
	}
	for _, p := range t.Profile.Products {
		if !slices.ContainsFunc(m.Fees, func(f merchant.Fee) bool { return f.Product == p }) {
			m.Fees = append(m.Fees, merchant.Fee{Product: p, Class: merchant.FeeClassStandard, RatePct: merchant.BasisPoints(60)})
		}
	}
}

// degrees is the place of the sample, which stands in 上海市徐汇区.
func degrees(s string) merchant.Number {
	n, _ := merchant.ParseNumber(s)
	return n
}

// wanted reports whether the template has columns for the requirement.
func (t *template) wanted(r *profile.Requirement, of map[merchant.Field]byte) bool {
	f := r.Field
	switch {
	case f == merchant.FieldFees:
		return of[f] == 'R' || of[f] == 'C' || t.Optional && of[f] == 'o'
	case f.Kind() == merchant.KindList, f.Kind() == merchant.KindMap, f.List() == merchant.FieldFees:
		return false
	case f == merchant.FieldAcquirerOrgCode && t.Profile.Params.AcquirerOrgCode != "":
		return false // the profile knows it
	case f.Group() == "division": // of province, city and district the last says all
		for _, group := range r.Instead {
			if !slices.ContainsFunc(group, func(g merchant.Field) bool { return of[g] != 'R' }) {
				return t.Optional
			}
		}
	case r.Member():
		if n := of[f.List()]; n == '-' || n == 'o' && !t.Optional {
			return false
		}
	}
	return r.Need == 'R' || r.Need == 'C' || t.Optional && r.Need == 'o'
}

// fees adds a rate for each product that is priced by itself, and a cap for debit cards.
func (t *template) fees(of profile.Requirement) {
	column := func(f merchant.Field, p merchant.FeeProduct, need byte) {
		r := profile.Requirement{Field: f, Need: need, When: of.When, Note: of.Note}
		t.columns = append(t.columns, templateColumn{requirement: r, path: merchant.Item(f, 0), product: p})
	}
	for _, p := range t.Profile.Products {
		if t.Optional {
			column(merchant.FieldFeesClass, p, 'o')
		}
		column(merchant.FieldFeesRatePct, p, of.Need)
		if p == merchant.ProductCardDebit || p == merchant.ProductQRDebit {
			column(merchant.FieldFeesCapCNY, p, 'o')
		}
	}
}

func (t *template) sheet() string   { return t.say("商户", "Merchants") }
func (t *template) options() string { return t.say("字典", "Options") }

func (t *template) sheets() error {
	f := t.file
	err := f.SetSheetName(f.GetSheetName(0), t.sheet())
	if err == nil {
		_, err = f.NewSheet(t.options())
	}
	if err == nil {
		err = f.SetSheetVisible(t.options(), false)
	}
	if err == nil {
		err = f.SetDocProps(&excelize.DocProperties{Title: t.say("商户资料模板", "Merchant template") + " · " + t.Subject.Label(t.Lang) + " · " + t.Profile.Name})
	}
	if err == nil {
		err = f.SetPanes(t.sheet(), &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}})
	}
	return err
}

// The colours of headings by need, and of the sample row.
var fills = map[byte]string{'R': "F8CBAD", 'C': "FFF2CC", 'o': "EDEDED"}

const (
	sampleFill = "F2F2F2"
	sampleInk  = "808080"
	textFormat = 49 // @
)

func (t *template) style(fill, ink string, bold bool) (int, error) {
	s := &excelize.Style{NumFmt: textFormat}
	if fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		s.Font = &excelize.Font{Bold: bold, Color: ink, Italic: ink != ""}
		asText(t.file, s.Font)
		s.Alignment = &excelize.Alignment{Vertical: "center", WrapText: bold}
	}
	return t.file.NewStyle(s)
}

func (t *template) headings() error {
	f, last := t.file, load.Letter(len(t.columns)-1)
	plain, err := t.style("", "", false)
	if err != nil {
		return err
	}
	if err := f.SetColStyle(t.sheet(), "A:"+last, plain); err != nil {
		return err
	}
	styles := map[byte]int{}
	for _, need := range []byte("RCo") {
		if styles[need], err = t.style(fills[need], "", true); err != nil {
			return err
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		cell, heading, wide := load.Letter(i)+"1", t.heading(c), width(t.sample(c))
		if i == 0 {
			wide += width(t.mark())
		}
		if err := f.SetCellStr(t.sheet(), cell, heading); err != nil {
			return err
		}
		if err := f.SetCellStyle(t.sheet(), cell, cell, styles[c.requirement.Need]); err != nil {
			return err
		}
		if err := f.SetColWidth(t.sheet(), load.Letter(i), load.Letter(i), float64(min(max(width(heading), wide, 8), 40)+2)); err != nil {
			return err
		}
		note := t.note(c)
		lines := 1
		for _, line := range strings.Split(note, "\n") {
			lines += 1 + width(line)/noteColumns
		}
		err := f.AddComment(t.sheet(), excelize.Comment{Cell: cell, Author: "merchantcheck", Width: noteWidth, Height: uint(lines * lineHeight),
			Paragraph: []excelize.RichTextRun{{Text: note}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// The size of notes, in pixels and in half-width characters.
const (
	noteWidth   = 340
	noteColumns = 44
	lineHeight  = 18
)

// width is the columns that a text takes: two for what is not Latin.
func width(s string) int { return utf8.RuneCountInString(s) + (len(s)-utf8.RuneCountInString(s))/2 }

// heading names the column as the loaders read it: the label, the unit of amounts and rates, a star where it is required.
func (t *template) heading(c *templateColumn) string {
	label := c.path.Label(t.Lang)
	if c.product != "" {
		label = c.product.Label(t.Lang) + t.say("", " ") + map[merchant.Field]string{merchant.FieldFeesRatePct: t.say("费率", "rate"),
			merchant.FieldFeesCapCNY: t.say("封顶", "cap"), merchant.FieldFeesClass: t.say("费率类别", "fee class")}[c.path.Field]
	}
	switch c.path.Field.Kind() {
	case merchant.KindMoney:
		label += t.say("(元)", " (CNY)")
	case merchant.KindPercent:
		label += t.say("(%)", " (%)")
	}
	if c.requirement.Need == 'R' {
		label = "*" + label
	}
	return label
}

// note says in words what is to be known about a column.
func (t *template) note(c *templateColumn) string {
	r, f := &c.requirement, c.path.Field
	lines := []string{strings.TrimPrefix(t.heading(c), "*") + "  " + f.Path()}
	switch r.Need {
	case 'R':
		lines = append(lines, t.say("必填", "Required"))
	case 'C':
		when := ""
		if of := f.List(); r.Member() && of != merchant.FieldNone {
			when = t.say("填写"+of.Label("zh")+"时", "where "+of.Label("en")+" are given")
		}
		if r.When != nil {
			when = r.When.Text.In(t.Lang)
		}
		lines = append(lines, t.say("条件必填：", "Required under a condition: ")+when)
	default:
		lines = append(lines, t.say("选填", "Optional"))
	}
	if s := r.InsteadText(t.Lang); s != "" {
		lines = append(lines, t.say("可由"+s+"代替", "Or: "+s))
	}
	if s := t.form(c); s != "" {
		lines = append(lines, s)
	}
	if s := r.Note.In(t.Lang); s != "" {
		lines = append(lines, s)
	}
	if s := t.codes(f); s != "" {
		lines = append(lines, t.say("也可填机构代码：", "Codes of the acquirer: ")+s)
	}
	if s := t.sample(c); s != "" {
		lines = append(lines, t.say("例：", "Example: ")+s)
	}
	checks := rulesOf(f)
	if len(checks) > 0 {
		lines = append(lines, t.say("检查：", "Checked for:"))
	}
	for _, rule := range checks[:min(len(checks), maxRules)] {
		lines = append(lines, "  "+string(rule.ID)+" "+rule.Title.In(t.Lang))
	}
	return strings.Join(lines, "\n")
}

// maxRules is how many rules a note names.
const maxRules = 5

// rulesOf returns the record rules about what is written in the field, errors before warnings: those that need nothing
// but the record, without the absence of a value, which the note says already, and without what is no merchant's matter.
func rulesOf(f merchant.Field) []*rules.Rule {
	var list []*rules.Rule
	for _, r := range builtin.Rules() {
		if r.Scope == rules.RecordScope && r.Retired == "" && r.Severity > rules.Info && r.Needs == 0 &&
			r.Kind != rules.Missing && r.Kind != rules.Screening && len(r.Fields) > 0 && r.Fields[0] == f {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b *rules.Rule) int { return cmp.Compare(b.Severity, a.Severity) })
	return list
}

// codes lists what the acquirer writes for the options of the field.
func (t *template) codes(f merchant.Field) string {
	if f.Enum() == nil {
		return ""
	}
	var words []string
	for _, code := range t.choices(f) {
		if s := t.Profile.Code(f, code); s != "" {
			words = append(words, s+" "+f.Enum().Label(code, t.Lang))
		}
	}
	return strings.Join(words, t.say("、", ", "))
}

// form says how a value is written.
func (t *template) form(c *templateColumn) string {
	f, p := c.path.Field, &t.Profile.Params
	switch f {
	case merchant.FieldMerchantNo:
		return t.say("15位数字或字母", "15 letters or digits")
	case merchant.FieldAcquirerOrgCode:
		return t.say("8至11位数字", "8 to 11 digits")
	case merchant.FieldLicenceNumber, merchant.FieldHeadOfficeUSCC:
		return t.say("18位统一社会信用代码，末位为校验位", "18 characters, the last one a check character")
	case merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo:
		return t.say("居民身份证为18位，末位为校验位，可为 X", "18 characters for a resident ID card, the last one a check character that may be X")
	case merchant.FieldMCC:
		return t.say("4位数字，前导零保留", "four digits, leading zeros included")
	case merchant.FieldSettlementCNAPS:
		return t.say("12位数字", "12 digits")
	case merchant.FieldLegalRepMobile, merchant.FieldContactMobile:
		return t.say("11位手机号", "mobile number of 11 digits")
	case merchant.FieldTerminalsTerminalNo:
		return t.say("8位数字或字母", "eight letters or digits")
	case merchant.FieldNamesLegal:
		return fmt.Sprintf(t.say("最多%d字节（汉字2字节），与证照一致", "at most %d bytes, two a Han character; as on the certificate"), p.NameMaxBytes)
	case merchant.FieldNamesReceipt:
		return fmt.Sprintf(t.say("最多%d字节（汉字2字节）", "at most %d bytes, two a Han character"), p.ReceiptMaxBytes)
	case merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail:
		return fmt.Sprintf(t.say("区县以下的地址，最多%d字符", "the address below the district, at most %d characters"), p.AddressMax)
	case merchant.FieldLicenceScope:
		return fmt.Sprintf(t.say("最多%d字符", "at most %d characters"), p.ScopeMax)
	case merchant.FieldContactEmail:
		return fmt.Sprintf(t.say("最多%d字符", "at most %d characters"), p.EmailMax)
	}
	switch f.Kind() {
	case merchant.KindDate:
		s := t.say("日期，写作 ", "date, written ") + t.Profile.FormatDate(f, merchant.Day(2026, 6, 30), false)
		if f.Group() == "valid_to" {
			if word := t.Profile.FormatDate(f, merchant.Date{}, true); word != "" {
				s += t.say("；长期有效填 ", "; for ever: ") + word
			}
		}
		return s
	case merchant.KindMoney:
		return t.say("金额，单位元，最多两位小数", "amount in yuan, two decimals at most")
	case merchant.KindPercent:
		return t.say("百分数，如 0.6 表示 0.6%", "percent: 0.6 is 0.6 %")
	case merchant.KindEnum, merchant.KindBool:
		return t.say("从下拉列表选择", "choose from the list")
	case merchant.KindNumber:
		return t.say("数字", "number")
	case merchant.KindCount:
		return t.say("整数", "whole number")
	}
	return ""
}

// sample is what the sample row shows in a column.
func (t *template) sample(c *templateColumn) string {
	m, p := t.merchant, c.path
	if c.product != "" {
		i := slices.IndexFunc(m.Fees, func(f merchant.Fee) bool { return f.Product == c.product })
		p = merchant.Item(p.Field, i)
		if i < 0 {
			return ""
		}
	} else if p.Index >= 0 && m.Len(p.Field) == 0 {
		return ""
	}
	f := p.Field
	switch v := m.Ref(p).(type) {
	case *bool:
		if !*v {
			return ""
		}
		return t.say("是", "yes")
	case *merchant.Date:
		return t.Profile.FormatDate(f, *v, v.IsZero() && t.longTerm(p))
	}
	if f.Kind() == merchant.KindEnum {
		return f.Enum().Label(m.Text(p), t.Lang)
	}
	return m.Text(p)
}

// longTerm reports whether the flag beside an end of validity is set.
func (t *template) longTerm(p merchant.Path) bool {
	name, ok := strings.CutSuffix(p.Field.Path(), "valid_to")
	flag, known := merchant.FieldByPath(name + "long_term")
	return ok && known && t.merchant.Has(merchant.Path{Field: flag, Index: p.Index})
}

func (t *template) mark() string { return t.say("示例：", "SAMPLE: ") }

// sampleRow writes the sample. The loaders skip a row whose first cell begins with 示例 or SAMPLE.
func (t *template) sampleRow() error {
	style, err := t.style(sampleFill, sampleInk, false)
	if err != nil {
		return err
	}
	for i := range t.columns {
		text := t.sample(&t.columns[i])
		if i == 0 {
			text = t.mark() + text
		}
		if err := t.file.SetCellStr(t.sheet(), load.Letter(i)+"2", text); err != nil {
			return err
		}
	}
	return t.file.SetCellStyle(t.sheet(), "A2", load.Letter(len(t.columns)-1)+"2", style)
}

// choices are the codes of a field's list that make sense for the subject type.
func (t *template) choices(f merchant.Field) []string {
	var codes []string
	for _, v := range f.Enum().Values {
		switch {
		case f == merchant.FieldSubjectType && v.Code != string(t.Subject):
		case f == merchant.FieldSettlementAccountType && !t.account(merchant.AccountType(v.Code)):
		default:
			codes = append(codes, v.Code)
		}
	}
	return codes
}

// account reports whether the subject type may settle to an account of the type.
func (t *template) account(a merchant.AccountType) bool {
	switch a {
	case merchant.AccountCorporate:
		return t.Subject != merchant.SubjectMicro
	case merchant.AccountPersonalOperator:
		return t.Subject == merchant.SubjectMicro || t.Subject == merchant.SubjectIndividualBusiness
	}
	return t.Profile.Params.AllowOtherAccount
}

// lists writes the options to the hidden sheet, each list once, and lets the columns choose from them. A list in the
// cell itself could hold 255 characters.
func (t *template) lists() error {
	at := map[string]string{} // options, joined → range
	for i := range t.columns {
		f := t.columns[i].path.Field
		var words []string
		switch f.Kind() {
		case merchant.KindBool:
			words = []string{t.say("是", "yes"), t.say("否", "no")}
		case merchant.KindEnum:
			for _, code := range t.choices(f) {
				words = append(words, f.Enum().Label(code, t.Lang))
			}
		default:
			continue
		}
		key := strings.Join(words, "\n")
		if at[key] == "" {
			column := load.Letter(len(at))
			for k, word := range words {
				if err := t.file.SetCellStr(t.options(), fmt.Sprintf("%s%d", column, k+1), word); err != nil {
					return err
				}
			}
			at[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", t.options(), column, column, len(words))
		}
		column := load.Letter(i)
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, lastRow))
		dv.SetSqrefDropList(at[key])
		// A warning and no stop: the loaders also read codes and other names of the options.
		dv.SetError(excelize.DataValidationErrorStyleWarning, t.say("不在列表中", "Not in the list"), t.say("请从下拉列表选择；填写机构代码或别名时可忽略。", "Choose from the list; codes of the acquirer and other names may stay."))
		if err := t.file.AddDataValidation(t.sheet(), dv); err != nil {
			return err
		}
	}
	return nil
}
