package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Template returns a profile to be filled in from the handbook of an acquirer whose rules are not public (浦发银行,
// 拉卡拉, 通联, 盛付通, 银联商务 and others), with comments in zh or en. It reads as it stands and changes nothing: every value
// is a comment that shows the base profile's.
func Template(lang string) []byte {
	base, err := Base()
	if err != nil {
		return nil // base is embedded, and a test reads it
	}
	given, err := values(&base.Params)
	if err != nil {
		return nil
	}
	t := &template{lang: lang}
	t.note("收单机构方案：把手册里的值填在这里，然后 merchantcheck check --profile 本文件。删去行首的 // 即生效；没有写的沿用所扩展的方案。",
		"Profile of an acquirer: put the values of its handbook here, then run merchantcheck check --profile THIS_FILE. Remove // in front of a line to use it; what is not written stays as in the profile below.")
	t.note("适用于规则不公开的机构，如浦发银行（SPDB）、拉卡拉、通联、盛付通、银联商务；本文件不含任何机构的规则。允许 // 和 /* */ 注释，允许行尾多余的逗号。",
		"For acquirers whose rules are not public, such as SPDB, Lakala, Allinpay (通联), Shengpay (盛付通) and China UMS (银联商务); it holds the rules of none of them. Comments (//, /* */) and a comma too many are allowed.")
	t.line(0, "{")
	t.note("名称和标题，见于报告", "name and title, shown in reports")
	t.off(1, `"name": "spdb",`)
	t.off(1, `"title": {"zh": "浦发银行", "en": "SPDB"},`)
	t.note("扩展哪个内置方案："+strings.Join(names[:], "、"), "the built-in profile below it: "+strings.Join(names[:], ", "))
	t.off(1, `"extends": "base",`)
	t.note("值的出处：手册名称、版本、章节", "where the values come from: handbook, edition, chapter")
	t.off(1, `"sources": ["特约商户管理手册 2026版 第3章"],`)

	t.note("规则的参数，单位见各行；括号内是使用它的规则（merchantcheck explain 编号）", "parameters of the rules with their units; the rules that use one stand in brackets (merchantcheck explain ID)")
	t.line(1, `"params": {`)
	for i := range parameters {
		d := &parameters[i]
		about := " // " + d.Unit.In(lang) + " · " + d.Doc.In(lang)
		if len(d.Rules) > 0 {
			about += fmt.Sprintf(" (%s)", ids(d.Rules))
		}
		switch d.Name {
		case "required", "entry_required", "conditions", "alternatives":
			t.table(d.Name, about, base)
		default:
			t.off(2, fmt.Sprintf("%q: %s,", d.Name, compact(given[d.Name]))+about)
		}
	}
	t.line(1, "},")

	t.note("规则的级别：error、warning、info", "severities: error, warning, info")
	t.off(1, `"severity": {"LIC012": "info"},`)
	t.note("停用的规则", "rules that are switched off")
	t.off(1, `"disabled": ["CON005"],`)
	t.note("整级停用：scheme、profile、policy（law 不能停用）", "levels that are switched off: scheme, profile, policy (never law)")
	t.off(1, `"levels": {"policy": false},`)
	t.note("允许豁免的法律法规类错误", "errors of level law that may be suppressed")
	t.off(1, `"suppressible": ["LIC011"],`)

	t.note("机构表格用的列名：路径 → 列名。费率写明产品；列名带单位（分、‰）时，对没有写单位的列也按它换算",
		"headings of the acquirer's sheets: path → headings. Fees name the product; a unit in brackets (分, ‰) holds for columns without one")
	t.off(1, `"aliases": {"names.legal": ["商户注册全称"], "fees[card_debit].cap_cny": ["借记封顶额(分)"]},`)
	t.note("机构自己的代码：路径（或 id_type 这样的末段，代表同类字段）→ 代码 → 模型的选项。单独的数字只在这里翻译",
		"codes of the acquirer: path (or a last member such as id_type, for all fields of its kind) → code → option of the model. A bare digit is translated here and nowhere else")
	t.off(1, `"codes": {"settlement.account_type": {"0": "corporate", "1": "personal_operator"}},`)
	for _, f := range optionLists() {
		t.line(2, "// "+f.Path()+": "+optionWords(f, lang))
	}
	t.note("分别定价的费率产品（模板工作簿的费率列）："+optionCodes(merchant.FieldFeesProduct), "products that are priced one by one (fee columns of the template workbook): "+optionCodes(merchant.FieldFeesProduct))
	t.off(1, `"products": ["card_debit", "card_credit"],`)
	t.note("字段的填写说明（requirements 和模板工作簿显示）", "notes on fields (shown by requirements and in the template workbook)")
	t.off(1, `"notes": {"contact.email": {"zh": "32字符以内", "en": "at most 32 characters"}},`)
	t.note("日期写法："+dateFormNames()+"；long_term 为长期有效的写法，空表示日期留空、另有标志", "form of dates: "+dateFormNames()+"; long_term is what stands for \"for ever\", empty where the date stays empty and a flag says so")
	t.off(1, `"export": {"date": "yyyy-MM-dd", "long_term": "长期", "long_term_fields": {"beneficial_owners[].id_valid_to": "29991231"}},`)
	t.line(0, "}")
	return t.b.Bytes()
}

type template struct {
	b    bytes.Buffer
	lang string
}

func (t *template) line(depth int, s string) {
	t.b.WriteString(strings.Repeat("  ", depth) + s + "\n")
}

// note writes a comment, with an empty line before it.
func (t *template) note(zh, en string) {
	depth := 1
	if t.b.Len() == 0 || !bytes.Contains(t.b.Bytes(), []byte("{\n")) {
		depth = 0
	} else {
		t.b.WriteByte('\n')
	}
	t.line(depth, "// "+rules.Text{ZH: zh, EN: en}.In(t.lang))
}

// off writes a line that is not in use until its slashes are removed.
func (t *template) off(depth int, s string) { t.line(depth, "//"+s) }

// table writes one of the maps by path, a line for each.
func (t *template) table(name, doc string, base *Profile) {
	t.line(2, fmt.Sprintf("%q: {", name)+doc)
	about := func(path string) string {
		f, _ := merchant.FieldByPath(path)
		return " // " + f.Label(t.lang)
	}
	p := &base.Params
	switch name {
	case "required", "entry_required":
		rows := p.Required
		if name == "entry_required" {
			rows = p.EntryRequired
		}
		for _, f := range merchant.Fields() {
			if row, ok := rows[f.Path()]; ok {
				t.off(3, fmt.Sprintf("%q: %q,", f.Path(), row)+about(f.Path()))
			}
		}
	case "conditions":
		for _, c := range rules.Conditions() {
			t.line(3, "// "+c.Name+": "+c.Text.In(t.lang))
		}
		for _, f := range merchant.Fields() {
			if c, ok := p.Conditions[f.Path()]; ok {
				t.off(3, fmt.Sprintf("%q: %q,", f.Path(), c)+about(f.Path()))
			}
		}
	case "alternatives":
		for _, f := range merchant.Fields() {
			if a, ok := p.Alternatives[f.Path()]; ok {
				data, err := json.Marshal(a)
				if err == nil {
					t.off(3, fmt.Sprintf("%q: %s,", f.Path(), data)+about(f.Path()))
				}
			}
		}
	}
	t.line(2, "},")
}

func compact(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return "null"
	}
	return b.String()
}

func ids(list []rules.ID) string {
	words := make([]string, len(list))
	for i, id := range list {
		words[i] = string(id)
	}
	return strings.Join(words, ", ")
}

func dateFormNames() string {
	var words []string
	for _, f := range dateForms {
		words = append(words, f.String())
	}
	return strings.Join(words, ", ")
}

// optionLists returns one field for each list of options.
func optionLists() []merchant.Field {
	var fields []merchant.Field
	seen := map[*merchant.Enum]bool{}
	for _, f := range merchant.Fields() {
		if e := f.Enum(); e != nil && !seen[e] {
			seen[e] = true
			fields = append(fields, f)
		}
	}
	return fields
}

func optionWords(f merchant.Field, lang string) string {
	var words []string
	for _, v := range f.Enum().Values {
		words = append(words, v.Code+" "+f.Enum().Label(v.Code, lang))
	}
	return strings.Join(words, ", ")
}
