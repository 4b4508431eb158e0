package normalize

import (
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/division"
)

// Options say how the cells of a source are to be read.
type Options struct {
	Date1904 bool // the workbook counts days from 1904
	Unit     Unit // unit that the heading of the column gives

	Codes    map[string]string // by CodeKey: texts that stand for options of the field, before its labels and aliases
	DateForm DateForm          // a form of dates that needs no remark, besides yyyy-MM-dd
}

// errorWords are what a spreadsheet shows for a failed formula.
var errorWords = [...]string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}

// placeholders are words that people put where nothing is known.
var placeholders = [...]string{"无", "暂无", "没有", "不详", "未知", "同上", "待补", "待定", "/", "-", "--", ".", "N/A", "NA",
	"NULL", "NONE", "TEST", "测试", "XXX", "123456", "111111"}

// IsPlaceholder reports whether the trimmed text stands for "nothing".
func IsPlaceholder(s string) bool {
	if len(s) > len("暂无") { // the longest of them
		return false
	}
	letter := s != "" && s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z'
	for _, w := range placeholders {
		if len(w) == len(s) && (w == s || letter && strings.EqualFold(w, s)) {
			return true
		}
	}
	return false
}

// says reports whether a placeholder is a value in a field: a licence may have no name, and NA is Namibia.
func says(f merchant.Field, v string) bool {
	switch f {
	case merchant.FieldLicenceName:
		return v == "无" || v == "/"
	case merchant.FieldLegalRepNationality:
		return v == "NA"
	}
	return false
}

// Set reads a cell into the field at p: it trims, folds and converts as the type of the field asks, and notes on the
// record whatever it changed or could not read. A value that cannot be read leaves the field empty; the stored text
// stays with the record's cells and in the note. List members are made as needed.
func Set(r *merchant.Record, p merchant.Path, c merchant.Cell, o Options) {
	text := c.Text
	switch {
	case c.Type == merchant.CellError || isErrorWord(text):
		r.Note(merchant.Note{Kind: merchant.NoteErrorCell, Path: p, Old: text})
		return
	case text == "":
		if c.Formula {
			r.Note(merchant.Note{Kind: merchant.NoteNoResult, Path: p})
		}
		return
	}
	if c.Format != "" {
		noteShown(r, p, c)
	}
	if p.Index >= 0 {
		r.Grow(p.Field, int(p.Index)+1)
	}
	number := c.Type == merchant.CellNumber || c.Type == merchant.CellDate
	if number && p.Field.Group() == "identifier" && LostDigits(text) {
		r.Note(merchant.Note{Kind: merchant.NoteLostDigits, Path: p, Old: text})
		return
	}
	switch ref := r.Ref(p).(type) {
	case *string:
		if v, ok := setText(r, p, text, o.Codes); ok {
			*ref = v
		}
	case *merchant.Date:
		setDate(r, p, ref, c, o)
	case *merchant.Money:
		if d, ok := setAmount(r, p, c, o); ok {
			*ref = merchant.MoneyOf(d)
		}
	case *merchant.Percent:
		if d, ok := setAmount(r, p, c, o); ok {
			*ref = merchant.PercentOf(d)
		}
	case *merchant.Number:
		if d, ok := setAmount(r, p, c, Options{}); ok {
			*ref, _ = merchant.ParseNumber(d.StringFixed(max(0, -d.Exponent())))
		}
	case *merchant.Count:
		if d, ok := setAmount(r, p, c, Options{}); ok {
			if d.IsInteger() && d.Abs().LessThan(decimal.New(1, 9)) {
				*ref = merchant.NewCount(int(d.IntPart()))
			} else {
				r.Note(merchant.Note{Kind: merchant.NoteBadAmount, Path: p, Old: text})
			}
		}
	case *bool:
		setFlag(r, p, ref, text)
	}
}

func isErrorWord(s string) bool {
	return s != "" && s[0] == '#' && slices.Contains(errorWords[:], s)
}

// LostDigits reports whether a number cell's stored text can no longer hold an identifier: it has an exponent, more
// than 15 significant digits, or 16 to 19 digits of which those after the 15th are all zeros. Spreadsheets keep 15.
func LostDigits(s string) bool {
	if strings.ContainsAny(s, "eE") {
		return true
	}
	s, _, _ = strings.Cut(s, ".")
	return len(strings.TrimLeft(s, "-0")) > 15
}

// Scientific reports digits, an optional fraction, E, a sign and digits, as a spreadsheet shows a long number:
// 6.22848E+18. Without a sign 12E5 may be a serial number, so a fraction or a sign is asked for.
func Scientific(s string) bool {
	e := strings.IndexAny(s, "Ee")
	if e < 1 || e+2 > len(s) {
		return false
	}
	whole, frac, point := strings.Cut(s[:e], ".")
	exp := strings.TrimLeft(s[e+1:], "+-")
	signed := len(exp)+1 == len(s)-e-1
	return asciiDigits(whole) && (!point || asciiDigits(frac)) && asciiDigits(exp) && len(exp) <= 3 && (signed || point && len(exp) == len(s)-e-1)
}

// separators tells which identifiers are printed with blanks and hyphens that carry no meaning.
func separators(f merchant.Field) (blanks, hyphens bool) {
	switch f {
	case merchant.FieldLicenceNumber, merchant.FieldHeadOfficeUSCC, merchant.FieldSettlementAccountNo,
		merchant.FieldTerminalsBoundUSCCOrID, merchant.FieldTerminalsBoundAccountNo,
		merchant.FieldContactMobile, merchant.FieldLegalRepMobile:
		return true, true
	case merchant.FieldContactServicePhone, merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo,
		merchant.FieldSettlementHolderIDNo, merchant.FieldBeneficialOwnersIDNo:
		return true, false
	}
	return false, false
}

// keepsCase tells which codes may hold small letters: their alphabet is [0-9A-Za-z] or the house's own.
func keepsCase(f merchant.Field) bool {
	switch f {
	case merchant.FieldMerchantNo, merchant.FieldExternalID, merchant.FieldTerminalsTerminalNo, merchant.FieldTerminalsSerialNo,
		merchant.FieldTerminalsBoundMerchantNo, merchant.FieldTerminalsParamsMerchantNo, merchant.FieldTerminalsParamsTerminalNo:
		return true
	}
	return false
}

// setText cleans text and codes; false leaves the field empty.
func setText(r *merchant.Record, p merchant.Path, text string, codes map[string]string) (string, bool) {
	f := p.Field
	var v string
	var edits []Edit
	if f == merchant.FieldLicenceScope {
		v, edits = CleanText(text)
	} else {
		v, edits = Clean(text)
	}
	if v == "" {
		if text != "" {
			r.Note(merchant.Note{Kind: merchant.NoteInvisible, Path: p, Old: text, Info: editNames(edits)})
		}
		return "", false
	}
	if len(edits) > 0 {
		r.Note(merchant.Note{Kind: merchant.NoteInvisible, Path: p, Old: text, New: v, Info: editNames(edits)})
	}
	folded, kind := v, merchant.NoteNone
	switch {
	case f.Kind() == merchant.KindEnum:
		if len(codes) > 0 {
			if code, ok := codes[CodeKey(v)]; ok {
				return code, true
			}
		}
		if code, ok := option(r, f, v); ok { // before the placeholders: none is a code
			return code, true
		}
	case f.Kind() == merchant.KindCode || f.Group() == "identifier":
		folded, kind = FoldCode(f, v), merchant.NoteCode
		folded, _ = Clean(folded) // dropping a separator may bring a blank to the end
	case f.Group() == "name":
		folded, kind = unifyWidth(v), merchant.NoteMixedWidth
	}
	if folded == "" || IsPlaceholder(folded) && !says(f, v) {
		r.Note(merchant.Note{Kind: merchant.NotePlaceholder, Path: p, Old: v})
		return "", false
	}
	if f.Group() == "identifier" && Scientific(folded) {
		r.Note(merchant.Note{Kind: merchant.NoteScientific, Path: p, Old: text})
		return "", false
	}
	if folded != v {
		r.Note(merchant.Note{Kind: kind, Path: p, Old: v, New: folded})
	}
	return folded, true
}

// FoldCode brings an identifier of field f to half width and capitals and drops the separators its type allows.
func FoldCode(f merchant.Field, s string) string {
	if f.Group() == "division" && !asciiDigits(s) && !strings.ContainsAny(s, "0123456789０１２３４５６７８９") {
		return s // a name, resolved by Finish
	}
	v := FoldWidth(s)
	if !keepsCase(f) {
		v = strings.ToUpper(v)
	}
	blanks, hyphens := separators(f)
	if blanks && strings.ContainsRune(v, ' ') {
		v = strings.ReplaceAll(v, " ", "")
	}
	if hyphens && strings.ContainsRune(v, '-') {
		v = strings.ReplaceAll(v, "-", "")
	}
	if f.Group() == "phone" { // after the separators, which may stand inside the country code
		v = foldPhone(v)
	}
	if f.Group() == "division" && len(v) == 12 && asciiDigits(v) {
		v = v[:6] // statistics codes name the street in the last six digits
	}
	return v
}

// foldPhone drops the country code in front of a mobile number.
func foldPhone(v string) string {
	for _, prefix := range [...]string{"+86", "0086", "86"} {
		rest := strings.TrimLeft(strings.TrimPrefix(v, prefix), " -")
		if len(rest) < len(v) && len(rest) >= 11 && rest[0] == '1' && strings.HasPrefix(v, prefix) {
			return rest
		}
	}
	return v
}

func asciiDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// CodeKey returns the form in which the texts of [Options].Codes are compared.
func CodeKey(s string) string { return strings.ToUpper(strings.TrimSpace(FoldWidth(s))) }

// editNames names the characters of edits, the first few where there are many.
func editNames(edits []Edit) string {
	var names []string
	for _, e := range edits {
		if len(names) == 20 {
			names = append(names, "…")
			break
		}
		if !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	return strings.Join(names, ", ")
}

// option returns the code that v stands for.
func option(r *merchant.Record, f merchant.Field, v string) (string, bool) {
	folded := FoldWidth(v)
	code, ok := f.Enum().Parse(folded)
	if ok && f == merchant.FieldStatusState && r.Status.Scope == "" {
		switch folded {
		case "冻结出金":
			r.Status.Scope = merchant.ScopePayouts
		case "冻结入金":
			r.Status.Scope = merchant.ScopeReceipts
		}
	}
	return code, ok
}

// unifyWidth unifies a name that mixes widths: full-width letters and digits become half width, separator dots the
// middle dot, and brackets of two widths half width. A name that uses one width throughout stays as it is.
func unifyWidth(s string) string {
	at := 0 // all that is looked for begins with one of three bytes
	for at < len(s) && s[at] != 0xE2 && s[at] != 0xE3 && s[at] != 0xEF {
		at++
	}
	if at == len(s) {
		return s
	}
	ascii := func(i int) bool { return i < len(s) && s[i] < 0x80 }
	half := strings.ContainsAny(s, "()")
	full := strings.ContainsAny(s, "（）")
	clean := !(half && full)
	if clean {
		for i, c := range s {
			if ascii(i) {
				continue
			}
			if c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ' || c >= '０' && c <= '９' || isOtherDot(c) {
				clean = false
				break
			}
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(c rune) rune {
		switch {
		case half && full && c == '（':
			return '('
		case half && full && c == '）':
			return ')'
		case c >= 'Ａ' && c <= 'Ｚ' || c >= 'ａ' && c <= 'ｚ' || c >= '０' && c <= '９':
			return c - 0xFEE0
		case isOtherDot(c):
			return '·'
		}
		return c
	}, s)
}

func isOtherDot(c rune) bool {
	switch c {
	case '•', '‧', '・', '･', '⋅', '∙', '．':
		return true
	}
	return false
}

// longTermFlag returns the flag beside an end of validity.
func longTermFlag(r *merchant.Record, p merchant.Path) *bool {
	flags := [...][2]merchant.Field{
		{merchant.FieldLicenceValidTo, merchant.FieldLicenceLongTerm},
		{merchant.FieldLegalRepIDValidTo, merchant.FieldLegalRepIDLongTerm},
		{merchant.FieldContactIDValidTo, merchant.FieldContactIDLongTerm},
		{merchant.FieldSettlementHolderIDValidTo, merchant.FieldSettlementHolderIDLongTerm},
		{merchant.FieldBeneficialOwnersIDValidTo, merchant.FieldBeneficialOwnersIDLongTerm},
		{merchant.FieldQualificationsValidTo, merchant.FieldQualificationsLongTerm},
	}
	for _, f := range flags {
		if f[0] == p.Field {
			flag, _ := r.Ref(merchant.Path{Field: f[1], Index: p.Index}).(*bool)
			return flag
		}
	}
	return nil
}

func setDate(r *merchant.Record, p merchant.Path, ref *merchant.Date, c merchant.Cell, o Options) {
	if len(c.Text) == 10 && c.Type != merchant.CellNumber && c.Type != merchant.CellDate { // the usual form at once
		if d, err := merchant.ParseDate(c.Text); err == nil && plausible(d) && !IsSentinel(d) {
			*ref = d
			return
		}
	}
	date, form, ok := ReadDate(c, o.Date1904)
	text := FoldWidth(strings.TrimSpace(c.Text))
	if p.Field.Group() == "valid_to" && (LongTermWord(text) || ok && IsSentinel(date)) {
		if flag := longTermFlag(r, p); flag != nil {
			*flag = true
		}
		*ref = merchant.Date{}
		r.Note(merchant.Note{Kind: merchant.NoteLongTerm, Path: p, Old: c.Text, New: "长期"})
		return
	}
	switch {
	case IsPlaceholder(text) && form != FormCompact:
		r.Note(merchant.Note{Kind: merchant.NotePlaceholder, Path: p, Old: c.Text})
	case !ok:
		r.Note(merchant.Note{Kind: merchant.NoteBadDate, Path: p, Old: c.Text})
	default:
		*ref = date
		switch {
		case text == c.Text && (form == FormISO || form == o.DateForm) || form == FormSerial && c.Type == merchant.CellDate:
		case c.Type == merchant.CellNumber:
			r.Note(merchant.Note{Kind: merchant.NoteSerialDate, Path: p, Old: c.Text, New: date.String(), Info: form.String()})
		default:
			r.Note(merchant.Note{Kind: merchant.NoteDateForm, Path: p, Old: c.Text, New: date.String(), Info: form.String()})
		}
	}
}

// plainAmount reads digits with at most scale decimals, the usual form at once, as a decimal of that scale.
func plainAmount(c merchant.Cell, scale int) (decimal.Decimal, bool) {
	s := c.Text
	if len(s) == 0 || len(s) > 15 || speaks(c.Format) || len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return decimal.Decimal{}, false
	}
	n, point := int64(0), -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			n = n*10 + int64(s[i]-'0')
		case s[i] == '.' && point < 0 && i > 0 && i < len(s)-1:
			point = i
		default:
			return decimal.Decimal{}, false
		}
	}
	decimals := 0
	if point >= 0 {
		decimals = len(s) - point - 1
	}
	if decimals > scale || len(s)-decimals+scale > 18 {
		return decimal.Decimal{}, false
	}
	for range scale - decimals {
		n *= 10
	}
	return decimal.New(n, -int32(scale)), true
}

// scales are the decimals that amounts and rates are kept with.
const (
	moneyScale = 2
	rateScale  = 4
)

// setAmount reads a number; false leaves the field empty.
func setAmount(r *merchant.Record, p merchant.Path, c merchant.Cell, o Options) (decimal.Decimal, bool) {
	switch p.Field.Kind() {
	case merchant.KindMoney:
		if d, ok := plainAmount(c, moneyScale); ok {
			return o.Unit.convert(d), true
		}
	case merchant.KindPercent:
		if d, ok := plainAmount(c, rateScale); ok {
			return o.Unit.convert(d), true
		}
	}
	text := strings.TrimSpace(FoldWidth(c.Text))
	if c.Type != merchant.CellNumber && IsPlaceholder(text) && !asciiDigits(text) {
		r.Note(merchant.Note{Kind: merchant.NotePlaceholder, Path: p, Old: c.Text})
		return decimal.Decimal{}, false
	}
	d, unit, err := ReadAmount(c, p.Field.Kind() == merchant.KindMoney)
	kind := merchant.NoteBadAmount
	if c.Type == merchant.CellNumber && unit.Text == "%" && o.Unit.Text == "小数" {
		o.Unit = Unit{} // the format has turned the fraction into percent
	}
	if err == nil && unit.Num != 0 && o.Unit.Num != 0 && unit.Num*o.Unit.Den != o.Unit.Num*unit.Den {
		err, kind = merchant.ErrAmount, merchant.NoteUnitConflict
	}
	if err != nil {
		r.Note(merchant.Note{Kind: kind, Path: p, Old: c.Text, Info: o.Unit.Text})
		return decimal.Decimal{}, false
	}
	if amountRewritten(c) || unit.Num != 0 && (unit.Num != unit.Den || c.Type != merchant.CellNumber) {
		form := d // in the unit of the heading, which the cell need not repeat
		if o.Unit.Num == 0 {
			form = unit.convert(d)
		}
		r.Note(merchant.Note{Kind: merchant.NoteAmountForm, Path: p, Old: c.Text, New: form.String()})
	}
	if unit.Num == 0 {
		unit = o.Unit
	}
	return unit.convert(d), true
}

// amountRewritten reports whether a number had to be folded, rounded or rescaled to be read.
func amountRewritten(c merchant.Cell) bool {
	if c.Type == merchant.CellNumber {
		mantissa, _, _ := strings.Cut(strings.ToUpper(c.Text), "E")
		digits := strings.TrimLeft(strings.Replace(strings.TrimLeft(mantissa, "-"), ".", "", 1), "0")
		return strings.Contains(c.Format, "%") || len(strings.TrimRight(digits, "0")) > 15
	}
	_, err := merchant.ParseNumber(c.Text)
	return err != nil
}

func setFlag(r *merchant.Record, p merchant.Path, ref *bool, text string) {
	t := strings.ToLower(strings.TrimSpace(FoldWidth(text)))
	switch t {
	case "是", "有", "y", "yes", "true", "1", "长期", "长期有效", "√":
		*ref = true
	case "否", "无", "没有", "n", "no", "false", "0", "非长期", "×":
		*ref = false
	default:
		if IsPlaceholder(t) {
			r.Note(merchant.Note{Kind: merchant.NotePlaceholder, Path: p, Old: text})
			return
		}
		r.Note(merchant.Note{Kind: merchant.NoteBadFlag, Path: p, Old: text})
	}
}

// Finish resolves what needs the whole row: division names become codes, and an address without codes gives its
// leading region. Loaders call it once a record is complete.
func Finish(r *merchant.Record) {
	finishAddress(r, &r.Addresses.Business.Address, merchant.FieldAddressesBusinessProvinceCode)
	finishAddress(r, &r.Addresses.Registered, merchant.FieldAddressesRegisteredProvinceCode)
}

// finishAddress relies on province, city, district and detail following each other in the field table.
func finishAddress(r *merchant.Record, a *merchant.Address, province merchant.Field) {
	parent := ""
	codes := [...]*string{&a.ProvinceCode, &a.CityCode, &a.DistrictCode}
	for i, code := range codes {
		name := *code
		if name != "" && !strings.ContainsAny(name, "0123456789") {
			found := division.Find(name, parent)
			if len(found) == 0 && i > 0 {
				found = division.Find(name, a.ProvinceCode)
			}
			if len(found) == 0 && i == 1 {
				if code, ok := division.Filler(name, a.ProvinceCode); ok {
					found = append(found, code)
				}
			}
			if len(found) == 0 && i == 2 && parent != "" {
				if d, n, ok := division.Leading(name, parent); ok && n == len(name) && d.To != 0 {
					found = append(found, d.Code) // of the past: ADR002 tells what it became
				}
			}
			if len(found) == 1 {
				*code = found[0]
				r.Note(merchant.Note{Kind: merchant.NoteDivisionName, Path: merchant.At(province + merchant.Field(i)), Old: name, New: found[0]})
			}
		}
		if *code != "" && division.Known(*code) {
			parent = *code
		}
	}
	if a.ProvinceCode == "" && a.CityCode == "" && a.DistrictCode == "" && a.Detail != "" {
		p, c, d, _ := division.SplitAddress(a.Detail)
		if d != "" {
			a.ProvinceCode, a.CityCode, a.DistrictCode = p, c, d
			r.Note(merchant.Note{Kind: merchant.NoteDivisionName, Path: merchant.At(province + 2), Old: a.Detail, New: d})
		}
	}
}

// Record normalises a record that was not read by a loader, in place: text is cleaned and codes are folded as Set does,
// sentinel dates become long-term flags, and what was changed is noted. Normalising twice changes nothing more.
func Record(r *merchant.Record) {
	for f := merchant.Field(1); f.Valid(); f++ {
		n := 1
		if f.List() != merchant.FieldNone {
			if f.Kind() == merchant.KindList {
				continue
			}
			n = r.Len(f)
		}
		for i := range n {
			p := merchant.At(f)
			if f.List() != merchant.FieldNone {
				p.Index = int16(i)
			}
			switch ref := r.Ref(p).(type) {
			case *string:
				if *ref != "" {
					if v, _ := setText(r, p, *ref, nil); v != *ref {
						*ref = v
					}
				}
			case *merchant.Date:
				if f.Group() == "valid_to" && IsSentinel(*ref) {
					setDate(r, p, ref, merchant.Cell{Text: ref.String(), Type: merchant.CellUntyped}, Options{})
				}
			}
		}
	}
	Finish(r)
}

// Unit is the unit a heading or a cell gives to amounts: value × Num ÷ Den is yuan or percent. The zero Unit is none.
type Unit struct {
	Text     string // as written: 分, 万元, ‰
	Target   string // what it is converted to: 元 or %
	Num, Den int64
}

var (
	moneyUnits = [...]Unit{{"万元", "元", 10000, 1}, {"万", "元", 10000, 1}, {"亿元", "元", 100000000, 1}, {"千元", "元", 1000, 1},
		{"分", "元", 1, 100}, {"角", "元", 1, 10}, {"元", "元", 1, 1}}
	rateUnits = [...]Unit{{"‰", "%", 1, 10}, {"千分比", "%", 1, 10}, {"bp", "%", 1, 100}, {"bps", "%", 1, 100}, {"小数", "%", 100, 1},
		{"%", "%", 1, 1}, {"百分比", "%", 1, 1}}
)

// ParseUnit finds the unit in a heading such as 费率(‰), 封顶 单位分, 单笔限额/元 or 注册资本（万元）: in brackets at the end,
// after 单位, a stroke or a colon, or as 万元 or a bare sign at the end. False when there is none.
func ParseUnit(heading string, money bool) (Unit, bool) {
	h := strings.TrimRight(strings.TrimSpace(strings.ReplaceAll(FoldWidth(heading), "％", "%")), ":： ")
	if i := strings.LastIndexByte(h, '('); i >= 0 && strings.HasSuffix(h, ")") {
		h = h[i+1 : len(h)-1]
	} else if i := strings.LastIndex(h, "单位"); i >= 0 {
		h = h[i:]
	} else if strings.HasSuffix(h, "万元") {
		h = "万元"
	} else if strings.HasSuffix(h, "‰") {
		h = "‰"
	} else if strings.HasSuffix(h, "%") {
		h = "%"
	} else if i := strings.LastIndexAny(h, "/:"); i > 0 {
		h = h[i+1:]
	} else {
		return Unit{}, false
	}
	h = strings.Trim(strings.TrimPrefix(h, "单位"), " :：")
	return findUnit(h, money)
}

func findUnit(s string, money bool) (Unit, bool) {
	units := rateUnits[:]
	if money {
		units = moneyUnits[:]
	}
	for _, u := range units {
		if strings.EqualFold(u.Text, s) || money && (s == "人民币"+u.Text || s == u.Text+"人民币") {
			return u, true
		}
	}
	return Unit{}, false
}

// speaks reports whether a number format may write something beside the value.
func speaks(format string) bool {
	for i := 0; i < len(format); i++ {
		if c := format[i]; c == '%' || c == '"' || c == '\\' || c >= 0x80 {
			return true
		}
	}
	return false
}

// formatUnit finds the unit that a number format writes behind the value: 0.00%, 0.0"‰", G/通用格式"万元". A format that
// shows another number than is stored, scaled by a comma behind the digits or with a point of its own, gives none.
func formatUnit(format string, money bool) Unit {
	var tail []byte // what stands behind the last digit
	percent, other := false, false
	if !speaks(format) {
		return Unit{}
	}
	for i := 0; i < len(format) && format[i] != ';'; i++ {
		switch c := format[i]; c {
		case '"':
			inner, _, _ := strings.Cut(format[i+1:], `"`)
			tail = append(tail, inner...)
			i += len(inner) + 1
		case '\\', '!':
			if i++; i < len(format) {
				other = other || format[i] == '.'
				tail = append(tail, format[i])
			}
		case '_', '*':
			i++
		case '[':
			inner, _, _ := strings.Cut(format[i:], "]")
			i += len(inner)
		case '0', '#', '?':
			tail = tail[:0]
		case '%':
			percent = true
		case ',':
			other = other || len(tail) == 0 && !strings.ContainsAny(format[i:], "0#?")
		default:
			tail = append(tail, c)
		}
	}
	text := strings.TrimSpace(string(tail))
	switch {
	case percent && !money:
		text = "%"
	case other:
		return Unit{}
	}
	for _, general := range [...]string{"General", "G/通用格式"} {
		text = strings.TrimPrefix(text, general)
	}
	u, _ := findUnit(text, money)
	return u
}

func (u Unit) convert(d decimal.Decimal) decimal.Decimal {
	if u.Num == u.Den { // the zero Unit too
		return d
	}
	return d.Mul(decimal.NewFromInt(u.Num)).Div(decimal.NewFromInt(u.Den))
}

// ReadAmount reads the number in a cell, after folding width and removing well-formed thousands separators, currency
// signs and the unit, which it returns. Number cells may carry an exponent and are rounded to the 15 significant digits
// a spreadsheet keeps; their unit is the one that the number format shows, and a percent format means that the stored
// value is a fraction. The error is merchant.ErrAmount.
func ReadAmount(c merchant.Cell, money bool) (decimal.Decimal, Unit, error) {
	bad := func() (decimal.Decimal, Unit, error) { return decimal.Decimal{}, Unit{}, merchant.ErrAmount }
	if c.Type == merchant.CellNumber {
		if len(c.Text) > 40 {
			return bad()
		}
		f, ok := new(big.Float).SetPrec(200).SetString(c.Text)
		if !ok || f.IsInf() {
			return bad()
		}
		if f.Sign() != 0 && (f.MantExp(nil) > 100 || f.MantExp(nil) < -100) {
			return bad() // 1e30 and beyond is no amount, and expanding it would cost memory
		}
		d, err := decimal.NewFromString(f.Text('g', 15))
		if err != nil {
			return bad()
		}
		unit := formatUnit(c.Format, money)
		if unit.Text == "%" {
			d = d.Shift(2)
		}
		return d, unit, nil
	}
	s := strings.TrimSpace(FoldWidth(c.Text))
	for _, word := range [...]string{"费率", "人民币", "RMB", "CNY"} {
		s = strings.TrimPrefix(s, word)
	}
	s = strings.TrimLeft(s, "¥￥ :")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "/笔"), "整")
	cut := len(s)
	for cut > 0 && (s[cut-1] < '0' || s[cut-1] > '9') && s[cut-1] != '.' {
		cut--
	}
	var unit Unit
	if tail := strings.TrimSpace(s[cut:]); tail != "" {
		var ok bool
		if unit, ok = findUnit(tail, money); !ok {
			return bad()
		}
	}
	s = strings.TrimSpace(s[:cut])
	if strings.ContainsRune(s, ',') {
		whole, frac, point := strings.Cut(s, ".")
		groups := strings.Split(strings.TrimPrefix(whole, "-"), ",")
		if len(groups[0]) == 0 || len(groups[0]) > 3 {
			return bad()
		}
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return bad()
			}
		}
		s = strings.ReplaceAll(whole, ",", "")
		if point {
			s += "." + frac
		}
	}
	n, err := merchant.ParseNumber(s)
	if err != nil {
		return bad()
	}
	return n.Decimal(), unit, nil
}
