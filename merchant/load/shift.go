package load

import (
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/bankcard"
	"github.com/merchantkyc/merchantkyc/merchant/cnaps"
	"github.com/merchantkyc/merchantkyc/merchant/mcc"
	"github.com/merchantkyc/merchantkyc/merchant/mid"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/merchant/phone"
	"github.com/merchantkyc/merchantkyc/merchant/residentid"
	"github.com/merchantkyc/merchantkyc/merchant/uscc"
)

// shape tells values of one kind from all others. fits is the form that a value of the field must have; looks is
// narrower and nil where nothing can be told for certain: it says of any value that it is one of this kind.
type shape struct {
	fits, looks func(c *merchant.Cell, code string) bool
}

// The bounds of SRC008: a column must have this many values, and this share of them must fail and pass.
const (
	shiftValues = 5
	shiftShare  = 60 // in a hundred
)

// shapeOf returns the shape of a field; false for those whose values can be anything.
func shapeOf(f merchant.Field) (shape, bool) {
	of := func(test func(string) bool) func(*merchant.Cell, string) bool {
		return func(_ *merchant.Cell, code string) bool { return test(code) }
	}
	switch f {
	case merchant.FieldLicenceNumber, merchant.FieldHeadOfficeUSCC:
		return shape{of(isLicence), of(isUSCC)}, true
	case merchant.FieldLegalRepIDNo, merchant.FieldContactIDNo, merchant.FieldBeneficialOwnersIDNo, merchant.FieldSettlementHolderIDNo:
		return shape{of(isDocument), of(residentid.Valid)}, true
	case merchant.FieldLegalRepMobile, merchant.FieldContactMobile:
		return shape{of(isMobile), of(isMobile)}, true
	case merchant.FieldSettlementAccountNo:
		return shape{of(isAccount), of(isCard)}, true
	case merchant.FieldSettlementCNAPS:
		return shape{of(isBankCode), of(cnaps.CheckDigit)}, true
	case merchant.FieldMerchantNo:
		return shape{of(mid.Valid), nil}, true // any fifteen characters
	case merchant.FieldMCC:
		return shape{of(isMCC), of(isMCC)}, true
	case merchant.FieldNamesLegal, merchant.FieldLicenceName:
		return shape{of(hasLetter), of(isFirm)}, true
	case merchant.FieldLegalRepName, merchant.FieldContactName, merchant.FieldBeneficialOwnersName, merchant.FieldSettlementAccountName,
		merchant.FieldNamesShort, merchant.FieldSettlementBankName, merchant.FieldSettlementBranchName:
		return shape{of(hasLetter), nil}, true
	case merchant.FieldAddressesBusinessDetail, merchant.FieldAddressesRegisteredDetail, merchant.FieldLicenceAddress:
		return shape{of(hasLetter), of(isAddress)}, true
	}
	switch f.Kind() {
	case merchant.KindDate:
		return shape{isDate, isDateText}, true
	case merchant.KindMoney, merchant.KindPercent:
		return shape{isAmount, nil}, true
	}
	return shape{}, false
}

func isUSCC(s string) bool { return uscc.CheckOverall(s) && !residentid.Valid(s) }

func isLicence(s string) bool {
	return uscc.CheckShape(s) == nil && !residentid.Valid(s) || len(s) == 15 && asciiDigits(s)
}

// isDocument is wide, since passports and permits have forms of their own; a credit code is none of them.
func isDocument(s string) bool {
	return residentid.Valid(s) || len(s) >= 8 && len(s) <= 18 && !isUSCC(s) && !isMobile(s) && strings.ContainsAny(s, "0123456789") && ascii(s)
}

func isMobile(s string) bool { return phone.CheckMobile(s) == nil }

func isAccount(s string) bool {
	return len(s) >= 8 && len(s) <= 32 && asciiDigits(s) && !residentid.Valid(s) && !isMobile(s)
}

func isCard(s string) bool {
	_, known := bankcard.Lookup(s)
	return known && bankcard.Check(s) == nil
}

func isBankCode(s string) bool { return len(s) == 12 && asciiDigits(s) }

func isMCC(s string) bool { _, ok := mcc.Lookup(s); return ok }

func isDate(c *merchant.Cell, _ string) bool {
	_, _, ok := normalize.ReadDate(*c, false)
	return ok || normalize.LongTermWord(strings.TrimSpace(c.Text))
}

// isDateText wants a date that is written as one: a number could be anything.
func isDateText(c *merchant.Cell, _ string) bool {
	_, form, ok := normalize.ReadDate(*c, false)
	return ok && (c.Type == merchant.CellDate || form != normalize.FormSerial && form != normalize.FormCompact)
}

func isAmount(c *merchant.Cell, _ string) bool {
	_, _, err := normalize.ReadAmount(*c, true)
	if err != nil {
		_, _, err = normalize.ReadAmount(*c, false)
	}
	return err == nil
}

func hasLetter(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf || r|0x20 >= 'a' && r|0x20 <= 'z' {
			return !isUSCC(s) && !residentid.Valid(s)
		}
	}
	return false
}

// isFirm is the name of a firm with its form at the end, which no person, place or trade has.
func isFirm(s string) bool {
	if utf8.RuneCountInString(s) < 6 {
		return false
	}
	for _, end := range [...]string{"公司", "经营部", "商行", "合作社", "工作室", "合伙)", "事务所", "个体工商户)"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func isAddress(s string) bool {
	n := 0
	for _, part := range [...]string{"省", "市", "区", "县", "路", "街", "道", "号"} {
		if strings.Contains(s, part) {
			n++
		}
	}
	return n >= 3 && !isFirm(s)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func asciiDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// shifted looks for columns whose values fail the form of their field and have that of another mapped one. Such columns
// are marked, so that rules leave them alone, and named once.
func shifted(s *sheet, rows []pending) []merchant.Note {
	type column struct {
		at          int
		field       merchant.Field
		fits, looks func(*merchant.Cell, string) bool
	}
	var columns []column
	for i := range s.match.headings {
		f := s.fieldAt(i)
		if sh, ok := shapeOf(f); ok {
			columns = append(columns, column{i, f, sh.fits, sh.looks})
		}
	}
	var notes []merchant.Note
	for _, c := range columns {
		values, fail := 0, 0
		passes := make([]int, len(columns))
		for i := range rows {
			if rows[i].what != "" || c.at >= len(rows[i].row.Cells) {
				continue
			}
			cell := &rows[i].row.Cells[c.at]
			if cell.Text == "" || cell.Type == merchant.CellError || normalize.IsPlaceholder(strings.TrimSpace(cell.Text)) {
				continue
			}
			values++
			code := normalize.Code(cell.Text)
			if c.fits(cell, code) {
				continue
			}
			fail++
			for k := range columns {
				if columns[k].field != c.field && columns[k].looks != nil && columns[k].looks(cell, code) {
					passes[k]++
				}
			}
		}
		if values < shiftValues || fail*100 < values*shiftShare {
			continue
		}
		best := -1
		for k, n := range passes {
			if n*100 < values*shiftShare {
				continue
			}
			if best < 0 || n > passes[best] || n == passes[best] && distance(columns[k].at, c.at) < distance(columns[best].at, c.at) {
				best = k
			}
		}
		if best < 0 {
			continue
		}
		col := &s.columns.List[c.at]
		col.Shifted = true
		notes = append(notes, merchant.Note{Kind: merchant.NoteColumnShifted, Path: col.Path, Old: col.Header, Info: col.Letter,
			New: columns[best].field.Path()})
	}
	return notes
}

func distance(a, b int) int { return max(a-b, b-a) }
