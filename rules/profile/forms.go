package profile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
)

// dateForms are the forms that an acquirer may write dates in.
var dateForms = [...]normalize.DateForm{normalize.FormISO, normalize.FormSlash, normalize.FormDot, normalize.FormCompact}

// checkForms looks at headings, codes and date forms, and makes the dialect that loaders read with.
func (p *Profile) checkForms() *Error {
	p.dialect = load.Dialect{OrgCode: p.Params.AcquirerOrgCode}
	p.codes = map[merchant.Field]map[string]string{}
	for _, path := range sorted(p.Aliases) {
		for _, text := range p.Aliases[path] {
			if err := p.dialect.Add(text, path); err != nil {
				return fault("aliases."+path, "%[1]s", "%[2]s", err.ZH, err.EN)
			}
		}
	}
	for _, key := range sorted(p.Codes) {
		fields, fail := optionFields(key)
		if fail != nil {
			return fail
		}
		for _, text := range sorted(p.Codes[key]) {
			code := p.Codes[key][text]
			if _, ok := fields[0].Enum().Lookup(code); !ok {
				return fault("codes."+key+"."+text, "没有 %[1]q 这个选项；可用 %[2]s", "there is no option %[1]q; there are %[2]s", code, optionCodes(fields[0]))
			}
			if strings.TrimSpace(text) == "" {
				return fault("codes."+key, "有一个空的代码；请删去", "there is an empty code; remove it")
			}
			for _, f := range fields {
				p.dialect.Translate(f, text, code)
				if p.codes[f] == nil {
					p.codes[f] = map[string]string{}
				}
				p.codes[f][text] = code
			}
		}
	}
	for _, f := range p.Products {
		if !f.Valid() {
			return fault("products", "没有 %[1]q 这个费率产品；可用 %[2]s", "there is no fee product %[1]q; there are %[2]s", string(f), optionCodes(merchant.FieldFeesProduct))
		}
	}
	for _, path := range sorted(p.Notes) {
		if _, ok := merchant.FieldByPath(path); !ok {
			return unknownPath("notes", path)
		}
		if p.Notes[path] == (Text{}) {
			return fault("notes."+path, "说明是空的；请写上 zh 或 en", "the note is empty; give zh or en")
		}
	}
	return p.checkExport()
}

func (p *Profile) checkExport() *Error {
	p.dates = normalize.FormNone
	var known []string
	for _, form := range dateForms {
		if known = append(known, form.String()); form.String() == p.Export.Date {
			p.dates = form
		}
	}
	if p.dates == normalize.FormNone {
		return fault("export.date", "没有 %[1]q 这种日期写法；可用 %[2]s", "there is no date form %[1]q; there are %[2]s", p.Export.Date, strings.Join(known, ", "))
	}
	p.dialect.DateForm = p.dates
	word := func(path, s string) *Error {
		if s == "" {
			return nil
		}
		d, _, ok := normalize.ReadDate(merchant.Cell{Text: s, Type: merchant.CellText}, false)
		if !normalize.LongTermWord(s) && !(ok && normalize.IsSentinel(d)) {
			return fault(path, "%[1]q 不会被读作长期有效；可写 长期、永久、29991231、9999-12-31 等", "%[1]q is not read as valid for ever; write 长期, 永久, 29991231, 9999-12-31 or the like", s)
		}
		return nil
	}
	if fail := word("export.long_term", p.Export.LongTerm); fail != nil {
		return fail
	}
	for _, path := range sorted(p.Export.LongTermFields) {
		f, ok := merchant.FieldByPath(path)
		if !ok || f.Group() != "valid_to" {
			return fault("export.long_term_fields."+path, "不是证照或证件的有效期止", "is no end of a validity")
		}
		if fail := word("export.long_term_fields."+path, p.Export.LongTermFields[path]); fail != nil {
			return fail
		}
	}
	return nil
}

func unknownPath(in, path string) *Error {
	return fault(in+"."+path, "没有这个字段；请对照模板检查拼写", "there is no such field; check its spelling against the template")
}

func optionCodes(f merchant.Field) string {
	var codes []string
	for _, v := range f.Enum().Values {
		codes = append(codes, v.Code)
	}
	return strings.Join(codes, ", ")
}

// optionFields returns the fields that a key of codes stands for.
func optionFields(key string) ([]merchant.Field, *Error) {
	if f, ok := merchant.FieldByPath(key); ok {
		if f.Enum() == nil {
			return nil, fault("codes."+key, "不是选项字段", "is not a field with options")
		}
		return []merchant.Field{f}, nil
	}
	var fields []merchant.Field
	var enum *merchant.Enum
	for _, f := range merchant.Fields() {
		if e := f.Enum(); e != nil && f.Path()[strings.LastIndexByte(f.Path(), '.')+1:] == key {
			if enum != nil && enum != e {
				return nil, fault("codes."+key, "有几种含义；请写完整路径", "has several meanings; write the whole path")
			}
			enum = e
		}
	}
	for _, f := range merchant.Fields() {
		if enum != nil && f.Enum() == enum {
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 {
		return nil, unknownPath("codes", key)
	}
	return fields, nil
}

// Dialect returns how files of the acquirer are written, for the loaders.
func (p *Profile) Dialect() *load.Dialect { return &p.dialect }

// Code returns what the acquirer writes for an option of the field, several joined by a slash; "" when it has no code of
// its own.
func (p *Profile) Code(f merchant.Field, code string) string {
	var list []string
	for text, c := range p.codes[f] {
		if c == code {
			list = append(list, text)
		}
	}
	slices.Sort(list)
	return strings.Join(list, "/")
}

// FormatDate writes a date as the acquirer does, for the field: in its form, or for "for ever" with the word or day it
// uses, which is "" where a flag says so.
func (p *Profile) FormatDate(f merchant.Field, d merchant.Date, longTerm bool) string {
	switch {
	case longTerm:
		if word, ok := p.Export.LongTermFields[f.Path()]; ok {
			return word
		}
		return p.Export.LongTerm
	case d.IsZero():
		return ""
	}
	switch p.dates {
	case normalize.FormSlash:
		return fmt.Sprintf("%d/%d/%d", d.Year(), d.Month(), d.Day())
	case normalize.FormDot:
		return fmt.Sprintf("%d.%d.%d", d.Year(), d.Month(), d.Day())
	case normalize.FormCompact:
		return strings.ReplaceAll(d.String(), "-", "")
	}
	return d.String()
}
