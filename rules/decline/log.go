package decline

import (
	"strings"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// approved is the response code of a transaction that went through.
const approved = "00"

// ReadLog reads a log of transactions: a table whose heading names the merchant number, the response code and the time
// (交易时间, or 交易日期 and 交易时间 in UTC+8), and perhaps the terminal number. Rows of approved transactions (code 00) are
// passed over. Its errors are of type [*load.InputError] and name the row.
func ReadLog(b load.Book, name string) (log []rules.Decline, err error) {
	err = readTable(b, name, []column{
		{"商户号", "merchant_no", []string{"商户号", "商户编号", "商户代码", "merchant_no", "merchant no", "merchant number"}, true},
		{"应答码", "code", []string{"应答码", "应答代码", "响应码", "返回码", "code", "response_code", "response code"}, true},
		{"交易时间", "at", []string{"交易时间", "交易日期时间", "时间", "at", "time"}, true},
		{"终端号", "terminal_no", []string{"终端号", "终端编号", "terminal_no", "terminal no"}, false},
		{"交易日期", "date", []string{"交易日期", "日期", "date"}, false},
	}, func(cells []string) (what string) {
		d := rules.Decline{MerchantNo: cells[0], Code: cells[1], TerminalNo: cells[3]}
		if len(d.Code) == 1 && d.Code[0] >= '0' && d.Code[0] <= '9' {
			d.Code = "0" + d.Code // spreadsheets take the zero off
		}
		var ok bool
		if d.At, ok = parseTime(strings.TrimSpace(cells[4] + " " + cells[2])); !ok {
			return "交易时间"
		}
		switch {
		case d.MerchantNo == "":
			return "商户号"
		case d.Code == "":
			return "应答码"
		case d.Code != approved:
			log = append(log, d)
		}
		return ""
	})
	return log, err
}

// ReadWindows reads maintenance windows: a table whose heading names the institution, the begin and the end.
func ReadWindows(b load.Book, name string) (windows []rules.Window, err error) {
	err = readTable(b, name, []column{
		{"机构", "institution", []string{"机构", "机构名称", "维护机构", "银行", "institution"}, true},
		{"开始时间", "from", []string{"开始时间", "开始", "维护开始", "from", "begin", "start"}, true},
		{"结束时间", "to", []string{"结束时间", "结束", "维护结束", "to", "end"}, true},
	}, func(cells []string) (what string) {
		w := rules.Window{Institution: cells[0]}
		var ok bool
		if w.Institution == "" {
			return "机构"
		}
		if w.From, ok = parseTime(cells[1]); !ok {
			return "开始时间"
		}
		if w.To, ok = parseTime(cells[2]); !ok || w.To.Before(w.From) {
			return "结束时间"
		}
		windows = append(windows, w)
		return ""
	})
	return windows, err
}

// column is a column of such a table.
type column struct {
	zh, en string
	names  []string
	needed bool
}

// readTable finds the columns in the first row that has cells and shows each later row to take, which names the column
// that it cannot use.
func readTable(b load.Book, name string, columns []column, take func(cells []string) (what string)) error {
	sheets := b.Sheets()
	if len(sheets) == 0 {
		return nil
	}
	var at []int
	cells := make([]string, len(columns))
	for row, err := range b.Rows(sheets[0].Name) {
		if err != nil {
			return err
		}
		if blank(row.Cells) {
			continue
		}
		if at == nil {
			var missing []string
			if at, missing = find(columns, row.Cells); missing != nil {
				list := strings.Join(missing, "、")
				return &load.InputError{File: name, Row: row.Number, ProblemZH: "表头缺少" + list, ProblemEN: "the heading lacks " + list,
					MendZH: "补上这些列", MendEN: "add the columns"}
			}
			continue
		}
		for i, c := range at {
			cells[i] = ""
			if c >= 0 && c < len(row.Cells) {
				cells[i] = strings.TrimSpace(normalize.FoldWidth(row.Cells[c].Text))
				if row.Cells[c].Type == merchant.CellDate {
					cells[i] = serial(row.Cells[c], sheets[0].Date1904)
				}
			}
		}
		if what := take(cells); what != "" {
			return &load.InputError{File: name, Row: row.Number, ProblemZH: what + "为空或无法读取", ProblemEN: what + " is empty or cannot be read",
				MendZH: "改正这一行；时间写成 2026-11-20 02:10", MendEN: "correct the row; write times like 2026-11-20 02:10"}
		}
	}
	return nil
}

func blank(cells []merchant.Cell) bool {
	for i := range cells {
		if strings.TrimSpace(cells[i].Text) != "" {
			return false
		}
	}
	return true
}

// find returns the place of each column in the heading, -1 for one that is not there.
func find(columns []column, heading []merchant.Cell) (at []int, missing []string) {
	at = make([]int, len(columns))
	for i, c := range columns {
		at[i] = -1
		for k := range heading {
			text := strings.TrimSpace(normalize.FoldWidth(heading[k].Text))
			for _, n := range c.names {
				if at[i] < 0 && strings.EqualFold(text, n) {
					at[i] = k
				}
			}
		}
		if c.needed && at[i] < 0 {
			missing = append(missing, c.zh)
		}
	}
	return at, missing
}

// serial writes the day number of a date cell, with its time, as text.
func serial(c merchant.Cell, date1904 bool) string {
	d, _, ok := normalize.ReadDate(c, date1904)
	if !ok {
		return c.Text
	}
	text := d.String()
	if _, fraction, timed := strings.Cut(c.Text, "."); timed {
		day := 0.0
		for i, scale := 0, 0.1; i < len(fraction) && fraction[i] >= '0' && fraction[i] <= '9'; i, scale = i+1, scale/10 {
			day += float64(fraction[i]-'0') * scale
		}
		text += " " + time.Time{}.Add(time.Duration(day*float64(24*time.Hour)).Round(time.Second)).Format("15:04:05")
	}
	return text
}

var layouts = [...]string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-1-2 15:04:05", "2006-1-2 15:04", "20060102 150405", "20060102150405",
	"20060102 15:04:05", "20060102 15:04"}

// parseTime reads a day and a time in UTC+8, or a time with its zone.
func parseTime(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	s = strings.NewReplacer("/", "-", ".", "-", "T", " ", "年", "-", "月", "-", "日", " ", "  ", " ").Replace(s)
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, china); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
