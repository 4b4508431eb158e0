package diff_test

import (
	"cmp"
	"context"
	stdcsv "encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// columnPool are headings of a random file with values to choose from, some of them the same but for their writing.
var columnPool = []struct {
	heads  []string
	values []string
}{
	{[]string{"商户编号", "商户号"}, []string{"898310154110001", "898310154110002", "898310154110003", "898310154110004", "８９8310154110001", " 898310154110002", "89831015411000a", "89831015411000A", "", "N/A", "8983****0001"}},
	{[]string{"商户名称"}, []string{"上海瑞丰（恒泰）商贸有限公司", "上海瑞丰(恒泰)商贸有限公司 ", "上海丰瑞商贸有限公司", "无", "", "上海瑞丰　商贸有限公司", "上海瑞丰商贸有限公司*", "#N/A"}},
	{[]string{"统一社会信用代码"}, []string{"91310104MA1FW2WL4J", "91310104ma1fw2wl4j", "9131 0104 MA1F W2WL 4J", "91310104MA1FW2WL4K", "310104123456789", "", "9131**********WL4J", "MA1FW2WL-4"}},
	{[]string{"法人姓名"}, []string{"张三", "张 三", "张*", "李四", "", "暂无"}},
	{[]string{"结算账号"}, []string{"6222020000000000001", "6222 0200 0000 0000 001", "6222***********0001", "6222020000000000002", ""}},
	{[]string{"MCC"}, []string{"5411", "５４１１", "5812", ""}},
	{[]string{"省份"}, []string{"上海市", "310000", "", "浙江省"}},
	{[]string{"区县代码", "区县"}, []string{"310104", "310105", "徐汇区", "310151", "310230", "", "310104000000"}},
	{[]string{"经营地址"}, []string{"漕溪北路88号一楼", "漕溪北路８８号1层", "上海市徐汇区漕溪北路88号一楼", "漕溪北路88号 一楼", "中山南路21号", ""}},
	{[]string{"联系人手机"}, []string{"13800001234", "138-0000-1234", "+86 13800001234", "138****1234", "13900001234", ""}},
	{[]string{"单笔限额", "单笔限额(元)", "单笔限额(分)", "单笔限额（万元）"}, []string{"50000.00", "50000", "50,000.00", "5万元", "500", "x", ""}},
	{[]string{"借记卡费率", "借记卡费率(‰)"}, []string{"0.5", "0.50", "5‰", "0.6", ""}},
	{[]string{"借记卡封顶"}, []string{"20", "20.00", "18", ""}},
	{[]string{"贷记卡费率"}, []string{"0.6", "0.60%", ""}},
	{[]string{"贷记卡封顶"}, []string{"", "25"}},
	{[]string{"商户状态"}, []string{"正常", "有效", "注销", "暂停", "未知", ""}},
	{[]string{"终端号"}, []string{"30000001", "30000002", "30000003", ""}},
	{[]string{"终端序列号"}, []string{"N90000000001", "n90000000001", "N90000000002", "N90000000003", ""}},
	{[]string{"终端状态"}, []string{"启用", "撤机", ""}},
	{[]string{"外部编号"}, []string{"E1", "E2", "E3", ""}},
	{[]string{"更新日期"}, []string{"2026-11-01", "2026-11-19", "2026-11-22", ""}},
	{[]string{"备注"}, []string{"", "x", "合计"}},
}

// sheetOf draws a file. Rows may repeat each other but for a few cells.
func drawFile(t *rapid.T, name string) string {
	var cols []int
	for i := range columnPool {
		if i == 0 && rapid.IntRange(0, 9).Draw(t, "no number") > 0 || i > 0 && rapid.IntRange(0, 2).Draw(t, "column") > 0 {
			cols = append(cols, i)
		}
	}
	if len(cols) < 2 {
		cols = []int{0, 1}
	}
	if rapid.Bool().Draw(t, "shuffled") {
		cols = rapid.Permutation(cols).Draw(t, "columns")
	}
	delimiter := rapid.SampledFrom([]string{",", ";", "\t"}).Draw(t, "delimiter")
	var heads []string
	for _, c := range cols {
		heads = append(heads, rapid.SampledFrom(columnPool[c].heads).Draw(t, "head"))
	}
	lines := []string{strings.Join(heads, delimiter)}
	for range rapid.IntRange(1, 6).Draw(t, "rows") {
		var cells []string
		for _, c := range cols {
			v := columnPool[c].values
			cell := v[0]
			if rapid.IntRange(0, 2).Draw(t, "other") == 0 || c == 0 {
				cell = rapid.SampledFrom(v).Draw(t, "cell")
			}
			if strings.Contains(cell, delimiter) || rapid.IntRange(0, 30).Draw(t, "quoted") == 0 {
				cell = `"` + cell + `"`
			}
			cells = append(cells, cell)
		}
		lines = append(lines, strings.Join(cells, delimiter))
	}
	return strings.Join(lines, "\n") + "\n"
}

// way is how a comparison gets and keeps its rows.
type way struct {
	tables  [2]bool
	storage func(dir string) diff.Storage
	sorted  bool
	results bool
}

func spillAll(dir string) diff.Storage { return diff.Spill(dir, 0) }
func inMemory(string) diff.Storage     { return diff.Memory }

var ways = []way{
	{tables: [2]bool{true, true}, storage: inMemory},
	{tables: [2]bool{true, true}, storage: inMemory, results: true},
	{tables: [2]bool{true, true}, storage: spillAll},
	{tables: [2]bool{true, false}, storage: inMemory},
	{tables: [2]bool{false, true}, storage: spillAll},
	{tables: [2]bool{false, false}, storage: inMemory},
	{tables: [2]bool{false, false}, storage: spillAll},
	{tables: [2]bool{true, true}, storage: inMemory, sorted: true},
	{tables: [2]bool{false, false}, storage: inMemory, sorted: true},
}

func openBook(t interface{ Fatal(...any) }, text string) *csv.Book {
	b, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// outcomes runs a comparison of two texts. The words that name rows are left out where rows were moved.
func outcomes(t *rapid.T, v *validate.Validator, texts [2]string, w way, dir string) (found []string, counts diff.Counts, err error) {
	c := diff.New(v, diff.Options{RegistryAsOf: snapshot, Storage: w.storage(dir), Sorted: w.sorted, Repeated: true, Equal: w.results})
	defer c.Close()
	for i, text := range texts {
		o := load.Options{File: []string{"ours.csv", "bank.csv"}[i]}
		if w.tables[i] {
			table := load.NewTable(context.Background(), openBook(t, text), o)
			if table == nil {
				t.Skip("no table")
			}
			[]func(*load.Table){c.LocalTable, c.RegistryTable}[i](table)
			continue
		}
		for r, err := range load.Read(context.Background(), openBook(t, text), o) {
			if err == nil {
				[]func(*merchant.Record){c.AddLocal, c.AddRegistry}[i](r)
			}
		}
	}
	add := func(f rules.Finding) error {
		found = append(found, place(&f)+" "+f.Message("zh", true)+" "+f.Value+fmt.Sprint(f.Column != nil, f.Key, len(f.Fixes)))
		return nil
	}
	if w.results {
		counts, err = c.Results(context.Background(), func(r *diff.Result) error {
			for _, f := range r.Findings {
				add(f)
			}
			return nil
		})
	} else {
		counts, err = c.Compare(context.Background(), add)
	}
	return found, counts, err
}

// TestWays: however a comparison gets and keeps its rows, it finds the same, in the same order.
func TestWays(t *testing.T) {
	dir := t.TempDir()
	v, compared := validator(t), 0
	rapid.Check(t, func(t *rapid.T) {
		texts := [2]string{drawFile(t, "ours"), drawFile(t, "bank")}
		if rapid.Bool().Draw(t, "one layout") { // the registry is the book with other cells
			lines := strings.Split(texts[0], "\n")
			for i := 1; i < len(lines)-1; i++ {
				if rapid.Bool().Draw(t, "other row") {
					lines[i] = strings.Replace(lines[i], "漕溪", "漕溪 ", 1)
				}
				if rapid.IntRange(0, 5).Draw(t, "gone") == 0 {
					lines[i] = ""
				}
			}
			texts[1] = strings.Join(lines, "\n")
		}
		sorted := [2]string{inKeyOrder(texts[0]), inKeyOrder(texts[1])}
		if rapid.Bool().Draw(t, "sorted") {
			texts = sorted
		}
		want, wantCounts, wantErr := outcomes(t, v, texts, ways[0], dir)
		if wantErr == nil {
			compared++
		}
		for _, w := range ways[1:] {
			in := texts
			if w.sorted {
				in = sorted
			}
			found, counts, err := outcomes(t, v, in, w, dir)
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Fatalf("%+v: %v, want %v", w, err, wantErr)
			}
			if counts != wantCounts {
				t.Fatalf("%+v: %+v, want %+v\n%s\n%s", w, counts, wantCounts, texts[0], texts[1])
			}
			if in == texts && !slices.Equal(found, want) {
				t.Fatalf("%+v:\n%q\nwant\n%q\n%s\n%s", w, found, want, texts[0], texts[1])
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Fatalf("files are left: %v %v", left, err)
		}
	})
	if compared < 20 {
		t.Errorf("only %d pairs of files could be compared", compared)
	}
}

// inKeyOrder sorts the rows of a text by their merchant number.
func inKeyOrder(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	heads := strings.FieldsFunc(lines[0], func(r rune) bool { return strings.ContainsRune(",;\t", r) })
	at := slices.IndexFunc(heads, func(h string) bool { return h == "商户编号" || h == "商户号" })
	if at < 0 {
		return text
	}
	delimiter := ","
	for _, d := range []string{";", "\t"} {
		if strings.Contains(lines[0], d) {
			delimiter = d
		}
	}
	key := func(line string) string {
		r := stdcsv.NewReader(strings.NewReader(line))
		r.Comma = rune(delimiter[0])
		cells, _ := r.Read()
		if at >= len(cells) {
			return ""
		}
		return normalize.Code(cells[at])
	}
	slices.SortStableFunc(lines[1:], func(a, b string) int { return cmp.Compare(key(a), key(b)) })
	return strings.Join(lines, "\n") + "\n"
}
