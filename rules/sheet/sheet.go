// Package sheet judges what a loader says about a sheet as a whole: its headings, the rows it skipped, the encoding.
// A missing or doubtful column is one finding about the sheet and not one about each row.
package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// report turns every note of one kind into a finding. The loader puts the heading into Old, the suggestion into New,
// the column letter (of JSON the path as $.licence.no, or what the kind says) into Info and further columns or candidates into More.
func report(p *rules.Pass, kind merchant.NoteKind, params func(n *merchant.Note) []rules.Param) {
	reportFix(p, kind, params, nil)
}

// reportFix is report with ways to mend.
func reportFix(p *rules.Pass, kind merchant.NoteKind, params func(n *merchant.Note) []rules.Param, fix func(n *merchant.Note) []rules.Fix) {
	r := p.Record
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.Kind != kind {
			continue
		}
		f := rules.Finding{Rule: p.Rule, Source: r.Source, Value: n.Old, Params: params(n)}
		if fix != nil {
			f.Fixes = fix(n)
		}
		if isLetter(n.Info) {
			f.Column = &merchant.Column{Letter: n.Info, Header: n.Old, Path: n.Path}
		} else if strings.HasPrefix(n.Info, "$.") {
			f.Column = &merchant.Column{Header: n.Info}
		}
		if n.Path.Field.Valid() {
			f.Path = n.Path
		}
		p.Report(f)
	}
}

// retitle proposes another heading for the column of a note.
func retitle(n *merchant.Note, heading string) []rules.Fix {
	what := rules.Text{ZH: "表头", EN: "the heading"}
	if strings.HasPrefix(n.Info, "$.") {
		what = rules.Text{ZH: "成员名", EN: "the name"}
	}
	return []rules.Fix{{Message: rules.Text{ZH: what.ZH + "改为“" + heading + "”？", EN: "change " + what.EN + " to " + strconv.Quote(heading) + "?"},
		Edits: []rules.Edit{{Old: n.Old, New: heading}}}}
}

// isLetter reports the letters of a column, which no row, range or encoding is.
func isLetter(s string) bool {
	return s != "" && len(s) <= 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func labels(fields []merchant.Field) rules.Text {
	var zh, en []string
	for _, f := range fields {
		zh, en = append(zh, f.Label("zh")), append(en, f.Label("en"))
	}
	return rules.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// SRC001 缺少关键列: Key column missing.
var SRC001 = rules.Rule{
	ID: "SRC001", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "缺少关键列", EN: "Key column missing"},
	Message: rules.Text{ZH: "表头缺少关键列：{columns}", EN: "key columns are missing from the header: {columns}"},
	Remedy:  rules.Text{ZH: "修改表头，或用列映射文件指定。", EN: "Correct the header, or give a column map."},
	Doc:     rules.Text{ZH: "没有任何一列能给出键（商户号和外部编号都没有），或没有一列给出商户名称（names.legal）。整张表只报一次；缺失字段的规则按“blocked by SRC001”跳过。原因：没有键和名称，发现的问题无法对应到商户。", EN: "no mapped column gives a key (neither merchant_no nor external_id), or none gives the registered name (names.legal). Reported once for the file; the rules of the missing fields are skipped (blocked by SRC001). Reason: without a key and a name no finding can be tied to a merchant."},
	Good:    "有“商户编号”和“商户名称”列", Bad: "表头没有可识别为商户名称的列",
	Basis:  []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract", Verified: true}, {Level: rules.PolicyLevel, Cite: "users of other importers ask for it (alibaba/easyexcel #1192)", Verified: true}},
	Fields: []merchant.Field{merchant.FieldMerchantNo, merchant.FieldExternalID, merchant.FieldNamesLegal},
	Needs:  rules.NeedSheet,
	Check:  checkSRC001,
}

func checkSRC001(p *rules.Pass) {
	var missing []merchant.Field
	for i := range p.Record.Notes {
		if n := &p.Record.Notes[i]; n.Kind == merchant.NoteKeyColumnMissing {
			missing = append(missing, n.Path.Field)
		}
	}
	if len(missing) > 0 {
		p.Report(rules.Finding{Rule: p.Rule, Source: p.Record.Source, Params: []rules.Param{rules.T("columns", labels(missing))}})
	}
}

// SRC002 两列对应同一字段: Two columns for one field.
var SRC002 = rules.Rule{
	ID: "SRC002", Severity: rules.Error, Kind: rules.Duplicate, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "两列对应同一字段", EN: "Two columns for one field"},
	Message: rules.Text{ZH: "第{col}列和第{other}列都对应“{field}”", EN: "columns {col} and {other} both map to {field}"},
	Remedy:  rules.Text{ZH: "修改表头，或用列映射文件指定。", EN: "Correct the header, or give a column map."},
	Doc:     rules.Text{ZH: "两列或多列表头对应同一个字段（同样的文字出现两次，或同一字段的两个别名）。在映射文件指定之前，这些列都不采用。也作他用的表头（行业类别、收款人、注册号……）只在没有别的列对应该字段时才算，否则由 SRC004 报告。原因：悄悄采用最后一列会丢掉另一列。", EN: "two or more header cells map to the same field (same text twice, or two aliases of one field). None of them is used until a map says which. A heading that is used for something else as well (行业类别, 收款人, 注册号 …) counts only where no other column is that field, and is reported by SRC004 otherwise. Reason: taking the last one silently loses the other."},
	Good:    "每个字段一列", Bad: "两列都叫“进件日期”",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "a published POS entity titles two different columns 进件日期", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC002,
}

func checkSRC002(p *rules.Pass) {
	report(p, merchant.NoteColumnDuplicate, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("other", strings.Join(n.More, "、")), rules.L("field", n.Path.Field)}
	})
}

// SRC003 表头含义不唯一: Ambiguous header.
var SRC003 = rules.Rule{
	ID: "SRC003", Severity: rules.Error, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "表头含义不唯一", EN: "Ambiguous header"},
	Message: rules.Text{ZH: "第{col}列表头“{header}”可能是：{candidates}；未自动采用", EN: "header \"{header}\" in column {col} may mean: {candidates}; it was not used"},
	Remedy:  rules.Text{ZH: "修改表头，或用列映射文件指定。", EN: "Correct the header, or give a column map."},
	Doc:     rules.Text{ZH: "表头文字是多个字段的别名，上级表头和相邻列都无法判定（证件号、费率、营业执照、开户行名称……）。该列不映射。原因：猜测会把证照号填进个人证件，或把银行填进支行。", EN: "a header text is an alias of several fields and neither the group header above it nor the neighbouring columns decide (证件号, 费率, 营业执照, 开户行名称 …). The column stays unmapped. Reason: a guess would put a licence number into a person, or a bank into a branch."},
	Good:    "营业执照号", Bad: "证件号（没有上级表头）",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "alias conflicts listed in the specification", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC003,
}

func checkSRC003(p *rules.Pass) {
	report(p, merchant.NoteColumnAmbiguous, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("header", n.Old), rules.P("candidates", strings.Join(n.More, "、"))}
	})
}

// SRC005 表头疑似写错: Header looks like a known one.
var SRC005 = rules.Rule{
	ID: "SRC005", Severity: rules.Warning, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "表头疑似写错", EN: "Header looks like a known one"},
	Message: rules.Text{ZH: "第{col}列“{header}”未识别，是否为“{suggest}”？", EN: "column {col} \"{header}\" is not recognised; did you mean \"{suggest}\"?"},
	Remedy:  rules.Text{ZH: "修改表头，或用列映射文件指定。", EN: "Correct the header, or give a column map."},
	Doc:     rules.Text{ZH: "表头文字不是别名，但与某个尚无对应列的字段的唯一一个别名只差一个字、词序、括号、冒号或星号。确认之前不采用该列；建议改成那个别名，但不替金额和费率去掉括号里可能的单位。原因：表头写错一个字会丢掉整列。", EN: "a header text is no alias but one edit, a word swap, or a bracket, colon or star away from exactly one alias of a field that has no column. The column is not used until accepted; proposed is that alias, though not where the brackets of an amount or a rate may hold a unit. Reason: a mistyped header loses a whole column."},
	Good:    "统一社会信用代码", Bad: "统一社会信用号码",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract", Verified: true}, {Level: rules.PolicyLevel, Cite: "社会统一信用代码 with swapped words occurs in public code", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC005,
}

func checkSRC005(p *rules.Pass) {
	reportFix(p, merchant.NoteColumnNear, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("header", n.Old), rules.P("suggest", n.New)}
	}, func(n *merchant.Note) []rules.Fix {
		if k := n.Path.Field.Kind(); (k == merchant.KindMoney || k == merchant.KindPercent) && strings.ContainsAny(n.Old, "(（") {
			return nil // the remark may be a unit, and is not to be lost
		}
		return retitle(n, n.New)
	})
}

// SRC004 未使用的列: Unmapped column.
var SRC004 = rules.Rule{
	ID: "SRC004", Severity: rules.Info, Kind: rules.Unknown, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "未使用的列", EN: "Unmapped column"},
	Message: rules.Text{ZH: "第{col}列“{header}”未被使用", EN: "column {col} \"{header}\" is not used"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "表头文字不是任何字段的别名，也不接近任何别名（见 SRC005）。每列一条。原因：任何内容都不应悄悄消失，但多出的列很常见。", EN: "a header text is no alias of any field and not close to one (see SRC005). One finding per column. Reason: nothing may disappear unseen, but extra columns are normal."},
	Good:    "全部列已识别", Bad: "多出一列“业务员生日”",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC004,
}

func checkSRC004(p *rules.Pass) {
	report(p, merchant.NoteColumnUnknown, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("header", n.Old)}
	})
}

// SRC006 按表头单位换算: Unit in the header applied.
var SRC006 = rules.Rule{
	ID: "SRC006", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-10", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "按表头单位换算", EN: "Unit in the header applied"},
	Message: rules.Text{ZH: "“{header}”的单位是{unit}，已换算为{target}", EN: "the unit in \"{header}\" is {unit}; values were converted to {target}"},
	Remedy:  rules.Text{ZH: "已按统一写法读取；fix 可写回。", EN: "Already read in the normal form; fix writes it back."},
	Doc:     rules.Text{ZH: "表头带有与模型不同的单位（金额为元，费率为百分数）：分÷100，万元×10000，‰÷10，bp÷100，小数×100。整列已换算，原文保留。原因：‰与%、分与元混用会差10倍或100倍。", EN: "the header carries a unit other than the unit of the model (money in yuan, rates in percent): 分 ÷100, 万元 ×10000, ‰ ÷10, bp ÷100, 小数 ×100. All values of the column were converted; the raw text is kept. Reason: a silent ‰/% or 分/元 mix is a tenfold or hundredfold error."},
	Good:    "借记卡费率(%)", Bad: "费率（‰）",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "费率（‰）, 封顶 单位分, 出款金额（元） occur in public headers", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC006,
}

func checkSRC006(p *rules.Pass) {
	report(p, merchant.NoteColumnUnit, func(n *merchant.Note) []rules.Param {
		unit, target, _ := strings.Cut(n.New, "→")
		return []rules.Param{rules.P("header", n.Old), rules.P("unit", unit), rules.P("target", target)}
	})
}

// SRC008 疑似列错位: Columns probably shifted.
var SRC008 = rules.Rule{
	ID: "SRC008", Severity: rules.Error, Kind: rules.Mismatch, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "疑似列错位", EN: "Columns probably shifted"},
	Message: rules.Text{ZH: "第{col}列的内容看起来像“{guess}”，疑似列错位", EN: "column {col} looks like {guess}; columns are probably shifted"},
	Remedy:  rules.Text{ZH: "检查模板和列映射后重新导入。", EN: "Check the template and the column map, then import again."},
	Doc:     rules.Text{ZH: "至少5行有值，一列中至少60%的非空值不符合本字段的格式，且至少60%符合另一个已映射字段的格式（看前200行）。建议把表头改为那个字段。该列只报一次；与它有关的逐行规则按“blocked by SRC008”跳过并计数。原因：列错位会造成成百上千条假问题，应只报一个原因。", EN: "at least 5 rows with a value, and in one column at least 60 % of the non-empty values fail the format rule of its field while at least 60 % pass the format rule of another mapped field, judged by the first 200 rows. Proposed: the heading of that field. Row findings of that column are held back and counted (blocked by SRC008). Reason: shifted columns make hundreds of false findings; report one cause."},
	Good:    "手机号列全是11位手机号", Bad: "手机号列里80%是18位身份证号",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC008,
}

func checkSRC008(p *rules.Pass) {
	reportFix(p, merchant.NoteColumnShifted, func(n *merchant.Note) []rules.Param {
		guess, _ := merchant.FieldByPath(n.New)
		return []rules.Param{rules.P("col", n.Info), rules.L("guess", guess)}
	}, func(n *merchant.Note) []rules.Fix {
		guess, _ := merchant.FieldByPath(n.New)
		lang := "en"
		if strings.ContainsFunc(n.Old, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			lang = "zh"
		}
		return retitle(n, guess.Label(lang))
	})
}

// SRC009 数据区有隐藏行: Hidden rows among the data.
var SRC009 = rules.Rule{
	ID: "SRC009", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "数据区有隐藏行", EN: "Hidden rows among the data"},
	Message: rules.Text{ZH: "有{n}行被隐藏，仍已读取（第{rows}行）", EN: "{n} hidden rows were read as well (rows {rows})"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "数据区有隐藏行（手工隐藏或筛选）。除非选项要求跳过，照常读取；给出行数和行号。原因：填表人可能不知道隐藏行也会报送。", EN: "rows inside the data area are hidden (by hand or by a filter). They are read like the others unless the option says skip; the count and the row numbers are given. Reason: whoever filled the sheet may not know that hidden rows are sent."},
	Good:    "无隐藏行", Bad: "筛选后保存，200行中180行隐藏",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC009,
}

func checkSRC009(p *rules.Pass) {
	report(p, merchant.NoteHiddenRows, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("n", n.New), rules.P("rows", strings.Join(n.More, ", "))}
	})
}

// SRC010 使用了隐藏列: A hidden column is in use.
var SRC010 = rules.Rule{
	ID: "SRC010", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "使用了隐藏列", EN: "A hidden column is in use"},
	Message: rules.Text{ZH: "第{col}列“{header}”是隐藏列，仍已读取", EN: "column {col} \"{header}\" is hidden and was read"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "映射到字段的列是隐藏列。原因：没人看见的列里可能是旧值。", EN: "a column mapped to a field is hidden. Reason: an old value may sit in a column nobody sees."},
	Good:    "无隐藏列", Bad: "隐藏的“结算账号(旧)”列",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC010,
}

func checkSRC010(p *rules.Pass) {
	report(p, merchant.NoteColumnHidden, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("header", n.Old)}
	})
}

// SRC011 还有别的工作表像商户清单: Another sheet looks like a merchant list.
var SRC011 = rules.Rule{
	ID: "SRC011", Severity: rules.Warning, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "还有别的工作表像商户清单", EN: "Another sheet looks like a merchant list"},
	Message: rules.Text{ZH: "工作表“{sheet}”也像商户清单，未读取", EN: "sheet \"{sheet}\" also looks like a merchant list and was not read"},
	Remedy:  rules.Text{ZH: "要检查它，用 --sheet 指定后再运行一次，或另存为单独的文件。", EN: "To check it too, run again with --sheet, or save it as a file of its own."},
	Doc:     rules.Text{ZH: "未读取的工作表（无论是否隐藏）有像商户清单的表头。原因：读错工作表会得到空表或旧表。", EN: "a sheet that was not read has a header row which scores as a merchant list, hidden or not. Reason: reading the wrong sheet gives an empty or an old list."},
	Good:    "只有一张商户表", Bad: "“商户”与“商户(旧)”两张表",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "wrong sheet read silently: alibaba/easyexcel #2396", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC011,
}

func checkSRC011(p *rules.Pass) {
	report(p, merchant.NoteOtherSheet, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("sheet", n.Old)}
	})
}

// SRC013 取自公式的计算结果: Value taken from a formula.
var SRC013 = rules.Rule{
	ID: "SRC013", Severity: rules.Info, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "取自公式的计算结果", EN: "Value taken from a formula"},
	Message: rules.Text{ZH: "第{col}列有{n}个公式，使用的是文件里保存的结果", EN: "column {col} has {n} formulas; their stored results were used"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "单元格是公式并有保存的结果；采用该结果。每列一条，附个数。原因：保存的结果可能比其来源旧。", EN: "the cell holds a formula with a cached result; the result is used. One finding per column with the row count. Reason: the cached result can be older than its inputs."},
	Good:    "常量", Bad: "=VLOOKUP(…) 缓存值 5411",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC013,
}

func checkSRC013(p *rules.Pass) {
	report(p, merchant.NoteColumnFormulas, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("col", n.Info), rules.P("n", n.New)}
	})
}

// SRC015 数据区有合并单元格: Merged cells among the data.
var SRC015 = rules.Rule{
	ID: "SRC015", Severity: rules.Error, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "数据区有合并单元格", EN: "Merged cells among the data"},
	Message: rules.Text{ZH: "{range} 是合并单元格，只有左上角有值", EN: "{range} is merged; only its top-left cell holds a value"},
	Remedy:  rules.Text{ZH: "取消隐藏、合并或公式，改成值后另存。", EN: "Unhide, unmerge or replace the formula by its value, then save."},
	Doc:     rules.Text{ZH: "合并区域覆盖了已映射列的多个数据单元格，只有左上角有值。使用向下填充选项时，向下合并的值会重复到各行，不再报告。原因：区域内其他行会读成空。", EN: "a merged range covers more than one data cell of mapped columns. Only the top-left cell has a value. With the option fill-down the value of a range in one column is repeated and this is not reported. Reason: the other rows of the range would read as empty."},
	Good:    "无合并", Bad: "A5:A8 合并的“商户名称”",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "alibaba/easyexcel #2460 #2789", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC015,
}

func checkSRC015(p *rules.Pass) {
	report(p, merchant.NoteMerged, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("range", n.Info)}
	})
}

// SRC016 跳过的非数据行: Row skipped as not data.
var SRC016 = rules.Rule{
	ID: "SRC016", Severity: rules.Info, Kind: rules.Format, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "跳过的非数据行", EN: "Row skipped as not data"},
	Message: rules.Text{ZH: "第{row}行（{what}）不是商户数据，已跳过", EN: "row {row} ({what}) is not merchant data and was skipped"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "数据行之间或之后有重复的表头、合计/小计/备注/填表说明行，或模板的示例行；不作为商户检查。终端表中商户号不在商户表里的行也在此列出。原因：合计行不是商户，说明白才能保证行数可核对。", EN: "a row between or after data rows is a repeated header, a 合计/小计/备注/填表说明 line, or the marked sample row of the template. It is not validated. A row of the terminals sheet whose merchant is not in the merchant sheet is listed here too. Reason: a total line is not a merchant; saying so keeps row counts honest."},
	Good:    "全是商户行", Bad: "最后一行“合计”",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC016,
}

func checkSRC016(p *rules.Pass) {
	report(p, merchant.NoteSkippedRow, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("row", n.Info), rules.P("what", n.New)}
	})
	report(p, merchant.NoteOrphanTerminal, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("row", n.Info), rules.T("what", rules.Text{
			ZH: "终端所属商户号“" + n.Old + "”不在商户表中", EN: "terminal of merchant " + n.Old + ", which the merchant sheet lacks"})}
	})
}

// SRC019 文本编码不是UTF-8: Text read in another encoding.
var SRC019 = rules.Rule{
	ID: "SRC019", Severity: rules.Info, Kind: rules.Normalised, Cause: "SC-01", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "文本编码不是UTF-8", EN: "Text read in another encoding"},
	Message: rules.Text{ZH: "文件按{encoding}读取", EN: "the file was read as {encoding}"},
	Remedy:  rules.Text{ZH: "无需处理。", EN: "Nothing to do."},
	Doc:     rules.Text{ZH: "CSV或文本文件不是UTF-8，按所列编码读取（依据BOM，或其字节是合法的GB18030而不是合法的UTF-8）。原因：必须说明是怎样读取字节的。", EN: "a CSV or text file was not UTF-8 and was decoded as the named encoding (by its BOM, or because the bytes are valid GB18030 and not valid UTF-8). Reason: the reader must say how it read the bytes."},
	Good:    "UTF-8", Bad: "GBK 编码的 CSV",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract"}},
	Needs: rules.NeedSheet,
	Check: checkSRC019,
}

func checkSRC019(p *rules.Pass) {
	report(p, merchant.NoteEncoding, func(n *merchant.Note) []rules.Param {
		return []rules.Param{rules.P("encoding", n.Info)}
	})
}

// SRC021 没有数据行: No data rows.
var SRC021 = rules.Rule{
	ID: "SRC021", Severity: rules.Error, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "没有数据行", EN: "No data rows"},
	Message: rules.Text{ZH: "工作表“{sheet}”没有商户数据", EN: "sheet \"{sheet}\" holds no merchant data"},
	Remedy:  rules.Text{ZH: "检查模板和列映射后重新导入。", EN: "Check the template and the column map, then import again."},
	Doc:     rules.Text{ZH: "有表头但其后没有数据行。找不到表头的文件按无法读取拒绝。原因：空的导入不能看起来像没有问题。", EN: "a header was found and no data row follows. A file in which no row reads like a header is refused as unreadable. Reason: an empty import must not look like a clean one."},
	Good:    "表头下有1200行", Bad: "只有表头",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "alibaba/easyexcel #2203", Verified: true}},
	Needs: rules.NeedSheet,
	Check: checkSRC021,
}

func checkSRC021(p *rules.Pass) {
	report(p, merchant.NoteNoRows, func(*merchant.Note) []rules.Param {
		sheet := p.Record.Source.Sheet
		if sheet == "" {
			sheet = p.Record.Source.File
		}
		return []rules.Param{rules.P("sheet", sheet)}
	})
}

// SRC023 缺少必填列: Required column missing.
var SRC023 = rules.Rule{
	ID: "SRC023", Severity: rules.Warning, Kind: rules.Missing, Cause: "SC-02", Since: "v0.1.0", Scope: rules.SheetScope,
	Title:   rules.Text{ZH: "缺少必填列", EN: "Required column missing"},
	Message: rules.Text{ZH: "表头没有这些必填列，相应规则未运行：{columns}", EN: "the header lacks these required columns, their rules did not run: {columns}"},
	Remedy:  rules.Text{ZH: "修改表头，或用列映射文件指定。", EN: "Correct the header, or give a column map."},
	Doc:     rules.Text{ZH: "对表中出现的某个主体类型为必填的字段，没有任何对应的列，也没有可替代它的列（SRC001的字段除外）；或列映射文件指定的表头在表中没有。整张表只报一次并列出所有这样的列；这些字段逐行的缺失规则按“blocked by SRC023”跳过，其余照常检查。需要完整档案的机构可在配置中升为错误。原因：许多工作表只含部分资料，已有的仍可检查，而逐行报告会每行重复。", EN: "a field that the required matrix marks R for a subject type in use, other than those of SRC001, has no mapped column, and no column stands in its place. Reported once for the sheet, with all such columns; the per-row missing rules of those fields are skipped (blocked by SRC023), the rest of the record is checked as usual. A heading that the column map names and the sheet lacks counts as well. A profile that wants full dossiers regrades it to error. Reason: many working books hold only part of the dossier; what is there can still be checked, and every row would fail the same way."},
	Good:    "有“统一社会信用代码”列", Bad: "表头没有可识别为结算账号的列",
	Basis: []rules.Basis{{Level: rules.PolicyLevel, Cite: "import contract", Verified: true}, {Level: rules.PolicyLevel, Cite: "users of other importers ask for it (alibaba/easyexcel #1192)", Verified: true}},
	Needs: rules.NeedSheet,
	Batch: newMissingColumns,
}

// missingColumns remembers for each sheet which subject types it holds.
type missingColumns struct {
	sheets []sheetTypes
}

type sheetTypes struct {
	source merchant.Source
	types  []merchant.SubjectType
}

func newMissingColumns(*rules.Shared) rules.Batch { return &missingColumns{} }

// Observe keeps the sheet and the subject type of the record.
func (m *missingColumns) Observe(p *rules.Pass, _ int) {
	src := &p.Record.Source
	if src.Columns == nil {
		return
	}
	var s *sheetTypes
	for i := range m.sheets {
		if m.sheets[i].source.Columns == src.Columns {
			s = &m.sheets[i]
		}
	}
	if s == nil {
		m.sheets = append(m.sheets, sheetTypes{source: merchant.Source{File: src.File, Sheet: src.Sheet, Columns: src.Columns}})
		s = &m.sheets[len(m.sheets)-1]
	}
	if t := p.Record.SubjectType; t.Valid() && !slices.Contains(s.types, t) {
		s.types = append(s.types, t)
	}
}

// Finish reports one finding a sheet.
func (m *missingColumns) Finish(p *rules.BatchPass) {
	for i := range m.sheets {
		s := &m.sheets[i]
		if len(s.types) == 0 {
			s.types = []merchant.SubjectType{""}
		}
		var missing []merchant.Field
		for _, f := range merchant.Fields() {
			if slices.Contains(s.source.Columns.Absent, f) {
				missing = append(missing, f)
				continue
			}
			if f == merchant.FieldNamesLegal || f == merchant.FieldAcquirerOrgCode || s.source.Columns.Fills(f) {
				continue // SRC001 speaks of the name; the institution usually comes from the profile
			}
			if slices.ContainsFunc(s.types, func(t merchant.SubjectType) bool {
				return p.Params.Need(f, t) == 'R' && !p.Params.Replaced(f, t, s.source.Columns.Fills)
			}) {
				missing = append(missing, f)
			}
		}
		if len(missing) > 0 {
			p.Sheet(s.source, rules.T("columns", labels(missing)))
		}
	}
}
