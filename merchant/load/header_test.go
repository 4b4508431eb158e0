package load

import (
	"reflect"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
)

// headingsOf splits "a | b"; "组/a" gives a the group heading 组.
func headingsOf(v *vocabulary, row string) []heading {
	var hs []heading
	for _, t := range strings.Split(row, " | ") {
		h := heading{text: strings.TrimSpace(t)}
		if group, text, ok := strings.Cut(h.text, "//"); ok {
			h = heading{text: text, groups: []string{group}, scope: v.groupScope(fold(group))}
		}
		hs = append(hs, h)
	}
	return hs
}

func TestEveryFieldHasItsLabelsAsHeadings(t *testing.T) {
	v := vocabularyOnce()
	check := func(text string, want target) {
		t.Helper()
		m := v.match([]heading{{text: text}}, "")
		if c := m.columns[0]; c.Path != want.path || c.Product != want.product {
			// A label such as 费率 or 地址 may be a word that context decides; then its group heading has to do.
			t.Errorf("%q: got %v %v, want %v %v", text, c.Path, c.Product, want.path, want.product)
		}
	}
	for _, f := range merchant.Fields() {
		if !fillable(f) {
			continue
		}
		check(f.Label("zh"), targetOf(f, ""))
		check(f.Label("en"), targetOf(f, ""))
		check(f.Path(), targetOf(f, ""))
		check("*"+f.Label("zh")+"（必填）：", targetOf(f, ""))
	}
	for _, p := range products {
		code := string(p.product)
		for _, f := range []merchant.Field{merchant.FieldFeesRatePct, merchant.FieldFeesCapCNY, merchant.FieldFeesClass} {
			check(p.product.Label("zh")+f.Label("zh"), targetOf(f, p.product))
			check(p.product.Label("en")+" "+f.Label("en"), targetOf(f, p.product))
			check("fees["+code+"]."+lastMember(f), targetOf(f, p.product))
		}
	}
	check("beneficial_owners[1].name", target{path: merchant.Item(merchant.FieldBeneficialOwnersName, 1)})
	check("terminals[2].serial_no", target{path: merchant.Item(merchant.FieldTerminalsSerialNo, 2)})
}

// TestAliasesAreUnique: an alias under two fields would be decided by the order of the table.
func TestAliasesAreUnique(t *testing.T) {
	seen := map[string]target{}
	add := func(text string, to target) {
		key := fold(text)
		if key == "" {
			t.Errorf("alias %q folds to nothing", text)
		}
		if was, ok := seen[key]; ok && was != to {
			t.Errorf("%q is an alias of %v and of %v", text, was, to)
		}
		seen[key] = to
		if w := vocabularyOnce().words[key]; w != nil {
			t.Errorf("%q is an alias of %v and a word that context decides", text, to)
		}
	}
	for _, a := range aliases {
		for _, s := range split(a.texts) {
			add(s, targetOf(a.field, ""))
		}
	}
	for _, a := range feeAliases {
		for _, s := range split(a.texts) {
			add(s, targetOf(a.field, a.product))
		}
	}
	inWords := map[string]bool{}
	for _, w := range words {
		for _, s := range split(w.texts) {
			if key := fold(s); inWords[key] {
				t.Errorf("word %q twice", s)
			} else {
				inWords[key] = true
			}
		}
	}
}

func TestHeadings(t *testing.T) {
	tests := []struct {
		name, row string
		paths     string // per column, - for unmapped
		notes     string // kind letters by column: D A U N %
	}{
		{"plain", "商户编号 | 商户名称 | 统一社会信用代码", "merchant_no names.legal licence.number", ""},
		{"english", "MID | Legal Name | Licence No. | License number", "merchant_no names.legal - -", "D:C"},
		{"case", "Mcc码", "mcc", ""},
		{"case and width", "ｍｃｃ 码", "mcc", ""},
		{"brackets", "营业归属区（县）代码 | 所属地址省", "addresses.business.district_code addresses.business.province_code", ""},
		{"marks", "*商户名称 | 商户号(必填) | 商户简称：", "names.legal merchant_no names.short", ""},
		{"line break", "结算\n账号", "settlement.account_no", ""},
		{"numbered", "1. 商户名称 | 2、商户号", "names.legal merchant_no", ""},
		{"old character", "结算帐号 | 入帐人", "settlement.account_no settlement.account_name", ""},
		{"date hint", "成立日期(yyyy-MM-dd)", "licence.established_on", ""},
		{"code list", "证照有效期类型 1:长期 0:非长期", "licence.long_term", ""},
		{"swapped words known", "社会统一信用代码", "licence.number", ""},
		{"duplicate", "进件日期 | 商户号 | 进件日期", "- merchant_no -", "D:A"},
		{"two aliases", "商户号 | 商户编号", "- -", "D:A"},
		{"ambiguous id", "商户号 | 商户名称 | 证件号", "merchant_no names.legal -", "A:C"},
		{"ambiguous rate", "商户号 | 费率", "merchant_no -", "A:B"},
		{"ambiguous licence", "商户号 | 营业执照", "merchant_no -", "A:B"},
		{"ambiguous branch", "商户号 | 开户行名称", "merchant_no -", "A:B"},
		{"branch by the other", "开户银行 | 开户行名称", "settlement.bank_name settlement.branch_name", ""},
		{"bank by the other", "开户行名称 | 开户支行", "settlement.bank_name settlement.branch_name", ""},
		{"group decides", "法人信息//姓名 | 法人信息//证件号码 | 联系人信息//姓名 | 联系人信息//证件号码", "legal_rep.name legal_rep.id_no contact.name contact.id_no", ""},
		{"validity of whom", "联系人信息//身份证失效日期 | 证照信息//证件有效期止 | 身份证生效日期", "contact.id_valid_to licence.valid_to legal_rep.id_valid_from", ""},
		{"group licence", "证照信息//营业执照 | 证照信息//有效期", "licence.number licence.valid_to", ""},
		{"group picture", "影像资料//营业执照", "licence.image_ref", ""},
		{"group product", "借记卡//费率 | 借记卡//封顶 | 贷记卡//费率 | 微信//费率", "card_debit:fees[].rate_pct card_debit:fees[].cap_cny card_credit:fees[].rate_pct wechat:fees[].rate_pct", ""},
		{"neighbour left", "法人姓名 | 身份证号 | 有效期", "legal_rep.name legal_rep.id_no legal_rep.id_valid_to", ""},
		{"neighbour is not enough", "法人姓名 | 法人手机号 | 有效期", "legal_rep.name legal_rep.mobile -", "A:C"},
		{"no guess across groups", "法人信息//姓名 | 商户号 | 证件号", "legal_rep.name merchant_no -", "A:C"},
		{"two persons", "商户名称 | 证件号 | 法人姓名 | 身份证号", "names.legal - legal_rep.name legal_rep.id_no", "A:B"},
		{"rate by its cap", "费率 | 封顶 | 贷记卡费率", "card_debit:fees[].rate_pct card_debit:fees[].cap_cny card_credit:fees[].rate_pct", ""},
		{"rate beside a taken one", "贷记卡费率 | 费率", "card_credit:fees[].rate_pct -", "A:B"},
		{"areas by the detail", "法人姓名 | 省 | 市 | 区(县) | 详细地址", "legal_rep.name addresses.business.province_code addresses.business.city_code addresses.business.district_code addresses.business.detail", ""},
		{"areas of the registration", "省 | 市 | 区 | 注册地址", "addresses.registered.province_code addresses.registered.city_code addresses.registered.district_code addresses.registered.detail", ""},
		{"area alone", "商户号 | 地区", "merchant_no -", "A:B"},
		{"state with prefix", "经营省 | 经营市 | 经营区", "addresses.business.province_code addresses.business.city_code addresses.business.district_code", ""},
		{"permille", "借记卡费率（‰）", "card_debit:fees[].rate_pct", "%:A"},
		{"cost rate", "成本费率‰", "card_debit:fees[].rate_pct", "%:A"},
		{"fen", "封顶 单位分 | 贷记卡费率(%)", "card_debit:fees[].cap_cny card_credit:fees[].rate_pct", "%:A"},
		{"unit without a mark", "注册资本万元 | 单笔限额(元人民币) | 日限额（人民币万元）", "licence.registered_capital_cny limits.single_cny limits.daily_cny", "%:A %:C"},
		{"unit with its currency", "注册资本（万元人民币）", "licence.registered_capital_cny", "%:A"},
		{"yuan is the model's", "单笔限额（元） | 注册资本(万元)", "limits.single_cny licence.registered_capital_cny", "%:B"},
		{"unit behind a stroke", "单笔限额/元 | 日限额:万元 | 封顶/分 | 注册资本（千元）", "limits.single_cny limits.daily_cny card_debit:fees[].cap_cny licence.registered_capital_cny", "%:B %:C %:D"},
		{"two names of one field", "法人姓名/负责人 | 机身号／SN | 终端号(TID) | 商户类别码（MCC）", "legal_rep.name terminals[].serial_no terminals[].terminal_no mcc", ""},
		{"two names of two fields", "法人姓名/联系人姓名 | 商户号/终端号", "- -", "U:A U:B"},
		{"two products", "微信/支付宝费率", "-", "A:A"},
		{"word with a remark", "证照信息//有效期止（长期填长期） | 有效期（起）", "- -", "N:A A:B"},
		{"near", "统一社会信用号码", "-", "N:A"},
		{"near by a bracket", "统一社会信用代码（照面）", "-", "N:A"},
		{"near by order", "名称商户 | 法人姓名", "- legal_rep.name", "N:A"},
		{"not near what has a column", "统一社会信用代码 | 统一社会信用号码", "licence.number -", "U:B"},
		{"everyday words", "受卡方标识码 | 受卡机终端标识码 | 受卡方名称 | 信用代码/注册号 | 营业执照注册名称 | 执照到期 | 企业法人姓名",
			"merchant_no terminals[].terminal_no names.receipt licence.number licence.name licence.valid_to legal_rep.name", ""},
		{"everyday words of accounts", "入账账号 | 入账户名 | 账户性质 | 收款银行 | 银行支行 | 银行行号 | 行业MCC",
			"settlement.account_no settlement.account_name settlement.account_type settlement.bank_name settlement.branch_name settlement.cnaps mcc", ""},
		{"one number by another name", "统一信用代码 | 社会信用代码", "- -", "D:A"},
		{"short limits", "单笔(万元) | 日限(万) | 月限", "limits.single_cny limits.daily_cny limits.monthly_cny", "%:A %:B"},
		{"highest limits", "单笔最高限额 | 单日最高限额 | 单月累计限额 | POS终端号 | 设备SN", "limits.single_cny limits.daily_cny limits.monthly_cny terminals[].terminal_no terminals[].serial_no", ""},
		{"row numbers", "行号 | 商户号", "- merchant_no", "U:A"},
		{"number of a bank", "开户行 | 行号 | 商户号", "settlement.bank_name settlement.cnaps merchant_no", ""},
		{"validity in short", "法人姓名 | 法人身份证号 | 身份证到期 | 商户号", "legal_rep.name legal_rep.id_no legal_rep.id_valid_to merchant_no", ""},
		{"validity of nobody", "商户号 | 身份证到期", "merchant_no -", "A:B"},
		{"gives way", "MCC | 行业类别 | 结算户名 | 收款人 | 统一社会信用代码 | 组织机构代码", "mcc - settlement.account_name - licence.number -", "U:B U:D U:F"},
		{"gives way to an alias", "行业 | MCC码 | 商户类别码", "- - -", "U:A D:B"},
		{"alone", "行业类别 | 收款人 | 注册号", "mcc settlement.account_name licence.number", ""},
		{"two of the same weight", "行业 | 所属行业", "- -", "D:A"},
		{"unknown", "业务员 | 服务商编号 | 备注 | 提现手续费", "- - - -", "U:A U:B U:C U:D"},
		{"composite", "结算卡开户行及支行信息 | pub_acct_info", "- -", "U:A U:B"},
		{"rate of several", "扫码支付_费率 | 云闪付费率", "- -", "A:A A:B"},
	}
	kinds := map[merchant.NoteKind]string{merchant.NoteColumnDuplicate: "D", merchant.NoteColumnAmbiguous: "A",
		merchant.NoteColumnUnknown: "U", merchant.NoteColumnNear: "N", merchant.NoteColumnUnit: "%"}
	v := vocabularyOnce()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := v.match(headingsOf(v, tt.row), "")
			var paths, notes []string
			for _, c := range m.columns {
				switch {
				case c.Path.Field == merchant.FieldNone:
					paths = append(paths, "-")
				case c.Product != "":
					paths = append(paths, string(c.Product)+":"+c.Path.Field.Path())
				default:
					paths = append(paths, c.Path.Field.Path())
				}
			}
			for _, n := range m.notes {
				notes = append(notes, kinds[n.Kind]+":"+n.Info)
			}
			if got := strings.Join(paths, " "); got != tt.paths {
				t.Errorf("paths %s\nwant  %s", got, tt.paths)
			}
			if got := strings.Join(notes, " "); got != tt.notes {
				t.Errorf("notes %q, want %q: %+v", got, tt.notes, m.notes)
			}
		})
	}
}

func TestFieldOf(t *testing.T) {
	house := &Dialect{}
	for heading, path := range map[string]string{"牌号": "names.legal", "刷卡手续费": "fees[card_debit].rate_pct"} {
		if err := house.Add(heading, path); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"merchant_no": "merchant_no", "商户号": "merchant_no", " 商户编号 ": "merchant_no", "uscc": "licence.number", "终端号": "terminals[].terminal_no",
		"terminals[].terminal_no": "terminals[].terminal_no", "fees": "fees", "费率": "fees[].rate_pct", "Rate": "fees[].rate_pct", "fees.cap_cny": "fees[].cap_cny",
		"fees[].rate_pct": "fees[].rate_pct", "terminals": "terminals", "牌号": "names.legal", "field_dates": "field_dates",
		"借记卡费率": "", "刷卡手续费": "", "证件号码": "", "terminals[1].serial_no": "", "mechant_no": "", "": "", "+": "",
	} {
		f, ok := FieldOf(name, house)
		if ok != (want != "") || ok && f.Path() != want {
			t.Errorf("%q: %s %v, want %q", name, f.Path(), ok, want)
		}
	}
	if f, ok := FieldOf("牌号", nil); ok {
		t.Errorf("without the dialect: %s", f.Path())
	}
}

func TestNotesOfHeadings(t *testing.T) {
	v := vocabularyOnce()
	m := v.match(headingsOf(v, "统一社会信用号码 | 证件号 | 进件日期 | 进件日期 | 封顶(分)"), "")
	want := []merchant.Note{
		{Kind: merchant.NoteColumnNear, Path: merchant.At(merchant.FieldLicenceNumber), Old: "统一社会信用号码", New: "统一社会信用代码", Info: "A"},
		{Kind: merchant.NoteColumnAmbiguous, Old: "证件号", Info: "B", More: []string{"统一社会信用代码", "法定代表人证件号码", "联系人证件号码", "受益所有人证件号码", "持卡人证件号码"}},
		{Kind: merchant.NoteColumnDuplicate, Path: merchant.At(merchant.FieldSignedOn), Old: "进件日期", Info: "C", More: []string{"D"}},
		{Kind: merchant.NoteColumnUnit, Path: merchant.At(merchant.FieldFeesCapCNY), Old: "封顶(分)", New: "分→元", Info: "E"},
	}
	if !reflect.DeepEqual(m.notes, want) {
		t.Errorf("got  %+v\nwant %+v", m.notes, want)
	}
}

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{-1: "", 0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letter(i); got != want {
			t.Errorf("Letter(%d) = %q, want %q", i, got, want)
		}
	}
}

func FuzzHeadings(f *testing.F) {
	for _, s := range []string{"商户号|商户名称", "费率（‰）|封顶 单位分", "terminals[3].serial_no|1.", "(((|)))", "区(县)|省|市", "\xff\xfe|\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := vocabularyOnce()
		var hs []heading
		for _, text := range strings.Split(s, "|") {
			key := fold(text)
			if again := fold(key); len(again) > len(key) { // a unit may stand before another, so it need not rest at once
				t.Errorf("fold(%q) grows: %q, %q", text, key, again)
			}
			hs = append(hs, heading{text: text})
		}
		m := v.match(hs, "")
		if len(m.columns) != len(hs) || len(m.units) != len(hs) {
			t.Fatal("columns do not match headings")
		}
		seen := map[target]bool{}
		for _, c := range m.columns {
			if c.Path.Field == merchant.FieldNone {
				continue
			}
			if to := (target{c.Path, c.Product}); seen[to] {
				t.Errorf("two columns for %v", to)
			} else {
				seen[to] = true
			}
		}
	})
}
