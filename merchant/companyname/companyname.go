// Package companyname takes the names of Chinese companies and shops apart: region,
// trade name with industry, legal form, branch.
//
// The parts are a reading, not a fact: 安康 is a city and a popular trade name. Two
// names that SameCore holds equal differ only in how region and form are written; a name
// that differs in one character of its trade name is more often another company of the
// same city than an error, so nothing here is fuzzy.
//
// Legal forms are an own list, to be verified; its common endings agree with those of
// 3.0 million registered names. Regions are those of package division (GB/T 2260 of 1981
// to 2025 by yescallop/areacodes eed219a, CC0). Compiled 2026-11-22.
package companyname

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/division"
	"github.com/merchantkyc/merchantkyc/merchant/internal/fold"
)

// The errors of [Check], in the order in which it looks for them. None of them carries
// the name.
var (
	ErrLength    = errors.New("companyname: not 2 to 100 characters")
	ErrFormat    = errors.New("companyname: no letter, or the traces of lost characters")
	ErrComponent = errors.New("companyname: no legal form at the end")
)

// The lengths that Check admits, in characters. The 3.0 million registered names have 4
// to 47.
const (
	minLength = 2
	maxLength = 100
)

// Check returns nil when s, taken as it stands, can be the registered name of a company
// or shop, and otherwise [ErrLength], [ErrFormat] when it is [Garbled], or
// [ErrComponent] when it ends in no legal form of the list. The last deserves a warning
// at most: shops may be called anything, and the list is no standard.
func Check(s string) error {
	if n := utf8.RuneCountInString(s); n < minLength || n > maxLength {
		return ErrLength
	}
	if Garbled(s) {
		return ErrFormat
	}
	if formNumber(fold.Key(s)) < 0 {
		return ErrComponent
	}
	return nil
}

// Valid reports whether [Check] finds nothing.
func Valid(s string) bool { return Check(s) == nil }

// Garbled reports text that no name can be: without a letter or Han, with an emoji, or
// with the traces of lost characters, U+FFFD or three question marks in a row.
func Garbled(s string) bool {
	letters, marks := false, 0
	for _, r := range s {
		if r == '?' || r == '？' {
			marks++
		} else {
			marks = 0
		}
		if marks == 3 || r == utf8.RuneError || emoji(r) {
			return true
		}
		letters = letters || unicode.IsLetter(r)
	}
	return !letters
}

func emoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2B05 && r <= 0x2B55 || r == 0xFE0F
}

// Compact returns the form in which names are compared, that of normalize.Key: half
// width, brackets of one kind, no blanks between Han and no invisible characters. It is
// not for storing: the licence decides how a name is written.
func Compact(s string) string { return fold.Key(s) }

// Format returns the comparison form as licences print it, with full-width brackets.
func Format(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(fold.Key(s), "(", "（"), ")", "）")
}

// Parts are the parts of a name in the form of [Compact].
type Parts struct {
	Region       string // such as 上海市徐汇区 or 上海; empty where none is read
	RegionCode   string // of the smallest region named
	RegionInside bool   // the region stood in brackets inside: 示例(上海)商贸有限公司
	Trade        string // trade name and industry: 示例商贸
	Form         string // legal form: 有限公司
	Branch       string // what follows the form: 徐汇分公司
}

// Split takes a name apart.
func Split(name string) Parts {
	head, branch := cutBranch(fold.Key(name))
	p := Parts{Branch: branch}
	body, form := cutForm(head)
	p.Form = form
	n := 0
	p.RegionCode, n = region(body)
	p.Region, p.Trade = body[:n], body[n:]
	if n == 0 {
		if open, end, code := bracketed(body); code != "" {
			p.Region, p.RegionCode, p.RegionInside = body[open+1:end], code, true
			p.Trade = body[:open] + body[end+1:]
		}
	}
	return p
}

// Form returns the legal form that a name ends in, the longest of the list, and its
// class, such as company, branch, individual or partnership; alternatives are separated
// by a slash. A bracket at the end that is no form of the list is passed over.
func Form(name string) (suffix, class string, ok bool) {
	i := formNumber(fold.Key(name))
	if i < 0 {
		return "", "", false
	}
	return entry(formText, formOffset[:], i), entry(classText, classOffset[:], i), true
}

// Registrars returns the first two characters of a USCC that the form of a name leads to
// expect, alternatives separated by a slash, such as 92/91.
func Registrars(name string) (string, bool) {
	i := formNumber(fold.Key(name))
	if i < 0 {
		return "", false
	}
	return entry(registrarText, registrarOffset[:], i), true
}

// SameCore reports whether two names are equal but for 有限公司 and 有限责任公司, for the
// 个体工商户 that newer names of sole traders must append, and for the way the region is
// written: 上海市 or 上海, 浙江省杭州市 or 杭州.
func SameCore(a, b string) bool {
	a, b = fold.Key(a), fold.Key(b)
	if a == b {
		return true
	}
	p, q := Split(a), Split(b)
	return sameFrame(p, q) && core(p) == core(q)
}

// Trades returns the trade names of two names that are equal in everything else, in the
// sense of SameCore; ok is false for other names.
func Trades(a, b string) (x, y string, ok bool) {
	p, q := Split(a), Split(b)
	x, y = p.Trade, q.Trade
	return x, y, sameFrame(p, q) && y != "" && core(p)[len(x):] == core(q)[len(y):]
}

func sameFrame(p, q Parts) bool {
	return p.Trade != "" && p.RegionCode == q.RegionCode && p.RegionInside == q.RegionInside && sameBranch(p.Branch, q.Branch)
}

// core joins trade name and form, for the list cuts 集团有限公司 as one form and
// 集团有限责任公司 behind 集团.
func core(p Parts) string {
	form := strings.TrimSuffix(p.Form, "(个体工商户)")
	if s, ok := strings.CutSuffix(form, "有限责任公司"); ok {
		form = s + "有限公司"
	}
	return p.Trade + form
}

func sameBranch(a, b string) bool {
	if a == b {
		return true
	}
	codeA, n := region(a)
	codeB, m := region(b)
	return codeA == codeB && a[n:] == b[m:]
}

func entry(text string, offsets []uint16, i int) string { return text[offsets[i]:offsets[i+1]] }

// formNumber returns the row of the longest form that a key ends in, or -1.
func formNumber(key string) int {
	for {
		for i := range len(formOffset) - 1 {
			if strings.HasSuffix(key, entry(formText, formOffset[:], i)) {
				return i
			}
		}
		open := strings.LastIndexByte(key, '(')
		if open <= 0 || key[len(key)-1] != ')' {
			return -1
		}
		key = key[:open]
	}
}

// cutForm takes the form off, with the body that a bracketed form follows:
// 合伙企业(有限合伙), 店(个体工商户).
func cutForm(head string) (body, form string) {
	body = head
	for range 2 {
		i := formNumber(body)
		if i < 0 || strings.HasSuffix(body, "银行") { // 行 is a form, 银行 a trade
			break
		}
		suffix := entry(formText, formOffset[:], i)
		at := strings.LastIndex(body, suffix)
		if at == 0 && len(body) == len(head) {
			break // 超市 or 商行 alone is what the shop is called
		}
		body = head[:at]
		if suffix[0] != '(' || strings.HasPrefix(suffix, "(集团)") {
			break
		}
	}
	return body, head[len(body):]
}

// cutBranch separates what follows the legal form of the company.
func cutBranch(key string) (head, branch string) {
	if i := formNumber(key); i >= 0 && entry(classText, classOffset[:], i) == "company" && !strings.HasSuffix(key, "分公司") {
		return key, ""
	}
	at := 0
	for _, form := range [...]string{"有限公司", "有限责任公司", "总公司"} {
		if i := strings.LastIndex(key, form); i > 0 {
			at = max(at, i+len(form))
		}
	}
	if at == 0 && isBranch(key) {
		for _, form := range [...]string{"集团公司", "合作社", "事务所", "(有限合伙)", "(普通合伙)", "(特殊普通合伙)", "银行"} {
			if i := strings.LastIndex(key, form); i > 0 {
				at = max(at, i+len(form))
			}
		}
	}
	if at == 0 || at == len(key) {
		return key, ""
	}
	if rest := key[at:]; rest[0] == '(' && formNumber(rest) >= 0 {
		return key, "" // a form in brackets belongs to the company
	}
	return key[:at], key[at:]
}

func isBranch(key string) bool {
	for _, end := range [...]string{"分公司", "分店", "分社", "分所", "分行", "支行", "分部", "分厂", "分院", "办事处", "营业部", "门市部", "分理处", "储蓄所"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// region reads the regions that body begins with, as far as a trade name of two
// characters is left.
func region(body string) (code string, n int) {
	for range 3 {
		d, size, ok := division.Leading(body[n:], code)
		if !ok || utf8.RuneCountInString(body[n+size:]) < 2 || d.To != 0 {
			break
		}
		// 和平, 新华 and many other districts are trade names first: on its own a county
		// must show its ending or be a city.
		if code == "" && d.Level == 3 && size < len(d.Name) && !strings.HasSuffix(d.Name, "市") {
			break
		}
		code = d.Code
		n += size
	}
	return code, n
}

// bracketed finds a region that stands alone in brackets.
func bracketed(body string) (open, end int, code string) {
	open = strings.IndexByte(body, '(')
	if open < 0 {
		return 0, 0, ""
	}
	size := strings.IndexByte(body[open:], ')')
	if size < 0 {
		return 0, 0, ""
	}
	end = open + size
	for n := open + 1; n < end; {
		d, size, ok := division.Leading(body[n:end], code)
		if !ok {
			return 0, 0, ""
		}
		n += size
		code = d.Code
	}
	return open, end, code
}
