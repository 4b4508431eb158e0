package account

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// bankGiven reports whether the record says at all which bank it is.
func bankGiven(p *rules.Pass) bool {
	s := &p.Record.Settlement
	return s.BankName != "" || s.BranchName != ""
}

func bankText(s *merchant.Settlement) string {
	if s.BankName != "" {
		return s.BankName
	}
	return s.BranchName
}

// entered reports whether the bank or the branch that was entered may be the bank of a table. It holds as well where
// the table names a clearing centre or a company that issues for many banks: then it cannot tell.
func entered(s *merchant.Settlement, bank string) bool {
	if i := strings.IndexAny(bank, "(（"); i > 0 {
		bank = bank[:i]
	}
	if strings.Contains(bank, "清算中心") {
		return true
	}
	credit := hasAny(bank, "农村信用", "农信", "信合")
	if !credit && !strings.Contains(bank, "银行") {
		return true
	}
	for _, text := range [...]string{s.BankName, s.BranchName} {
		if text == "" {
			continue
		}
		// One BIN of a province serves its credit unions and all the banks that they became.
		if names(text, bank) || credit && hasAny(text, "农村信用", "农信", "信合", "农商", "农村商业", "农村合作", "农合") {
			return true
		}
	}
	return false
}

func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if w != "" && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// sameBank lists the short and the former names of banks that no shortening gives.
var sameBank = [...][3]string{
	{"工商银行", "工行", "ICBC"}, {"农业银行", "农行"}, {"中国银行", "中行"}, {"建设银行", "建行"}, {"交通银行", "交行"},
	{"招商银行", "招行"}, {"邮政储蓄", "邮储"}, {"浦东发展", "浦发"}, {"广发银行", "广东发展", "广发"},
	{"平安银行", "深圳发展", "深发展"}, {"国家开发银行", "国开行"}, {"农业发展银行", "农发行"}, {"进出口银行", "进出口行"},
	{"包商银行", "蒙商银行"}, {"华融湘江银行", "湖南银行"}, {"三菱东京日联", "三菱日联"},
}

// names reports whether text names the bank, in full or short.
func names(text, bank string) bool {
	if short := strings.TrimPrefix(bank, "中国"); len(short) >= len("工商银行") {
		bank = short // but not 银行 of 中国银行
	}
	if strings.Contains(text, bank) {
		return true
	}
	for i := range sameBank {
		if hasAny(bank, sameBank[i][:]...) && hasAny(text, sameBank[i][:]...) {
			return true
		}
	}
	var a, b [256]byte
	x, y := appendCore(a[:0], text), appendCore(b[:0], bank)
	return bytes.Contains(x, y) || len(x) >= len("北京银行") && bytes.Contains(y, x)
}

// appendCore appends a bank's name without what writers add or leave out, 农商 as 农村: 贵阳市商业银行 and
// 贵阳银行股份有限公司 become one.
func appendCore(dst []byte, s string) []byte {
next:
	for len(s) > 0 {
		for _, w := range [...]string{"股份", "有限", "责任", "公司", "商业", "市", " ", "(", ")", "（", "）"} {
			if rest, ok := strings.CutPrefix(s, w); ok {
				s = rest
				continue next
			}
		}
		if rest, ok := strings.CutPrefix(s, "农商"); ok {
			dst = append(dst, "农村"...)
			s = rest
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		dst = append(dst, s[:n]...)
		s = s[n:]
	}
	return dst
}
