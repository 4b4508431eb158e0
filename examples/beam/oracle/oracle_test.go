// Package oracle counts the differences of a book and a registry with DuckDB, which shares nothing with package diff.
package oracle

import (
	"bufio"
	"database/sql"
	_ "embed"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

//go:embed compare.sql
var recipe string

const rows = 100_000

var heads = []string{"商户编号", "商户名称", "统一社会信用代码", "法人姓名", "法人证件号码", "结算账号", "结算户名", "MCC", "区县代码", "经营地址", "联系人手机", "单笔限额", "商户状态"}

// The columns by their place in heads.
const (
	number = iota
	name
	uscc
	person
	idNo
	account
	holder
	mcc
	district
	address
	mobile
	limit
	state
)

var han = []rune("瑞丰恒泰鼎盛华美佳和顺达安康宏远福盈通利源兴隆昌茂永信诚德润嘉禾金玉明辉")

// cells makes merchant n.
func cells(n int) []string {
	x := uint64(n+1) * 0x9E3779B97F4A7C15
	x ^= x >> 29
	at := func(k uint) string { return string(han[(x>>k)%uint64(len(han))]) }
	full := "上海" + at(3) + at(9) + at(15) + "(" + at(33) + at(39) + ")商贸有限公司"
	return []string{fmt.Sprintf("8983101%08d", n), full, fmt.Sprintf("91310000MA1F%06d", n), "张" + at(21) + at(27), fmt.Sprintf("3101011990%08d", n),
		fmt.Sprintf("6222020000%09d", n), full, []string{"5411", "5812", "5999"}[x%3], "310104",
		fmt.Sprintf("漕溪北路%d号%d层%d室", 1+(x>>7)%900, 1+(x>>17)%30, 1+(x>>27)%2000), fmt.Sprintf("139%08d", n), fmt.Sprintf("%d000.00", 1+x%50), "正常"}
}

// changes are what can differ, one after the other.
var changes = [...]func([]string){
	func(c []string) { c[name] = "上海另一家商贸有限公司" },
	func(c []string) { c[uscc] = c[uscc][:17] + "X" },
	func(c []string) { c[person] = "李四" },
	func(c []string) { c[idNo] = c[idNo][:17] + "X" },
	func(c []string) { c[account] += "1" },
	func(c []string) { c[holder] = "上海另一家商贸有限公司" },
	func(c []string) { c[mcc] = "7011" },
	func(c []string) { c[district] = "310105" },
	func(c []string) { c[address] = "建国路1号" },
	func(c []string) { c[mobile] = "138" + c[mobile][3:] },
	func(c []string) { c[limit] = "777.00" },
	func(c []string) { c[state] = "冻结" },
	func(c []string) { c[person], c[mcc], c[limit] = "", "7011", "1.00" },
}

// respell writes the same values in another way.
func respell(c []string) {
	c[name] = strings.NewReplacer("(", "（", ")", "）").Replace(c[name])
	c[uscc] = strings.ToLower(c[uscc])
	c[account] = c[account][:4] + " " + c[account][4:8] + " " + c[account][8:]
	c[address] = strings.NewReplacer("1", "１", "2", "２", "3", "３").Replace(c[address])
	c[mobile] = c[mobile][:3] + "-" + c[mobile][3:7] + "-" + c[mobile][7:]
	c[limit] = strings.TrimSuffix(c[limit], ".00")
}

// write makes the two files, the registry in another order, and says what there is to find.
func write(t *testing.T, book, registry string) (want map[string]int) {
	want = map[string]int{}
	order := rand.New(rand.NewPCG(1, 2)).Perm(rows)
	for side, path := range [...]string{book, registry} {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriterSize(f, 1<<20)
		put := func(c []string) { w.WriteString(strings.Join(c, ",") + "\n") }
		put(heads)
		for i := range rows {
			n := i
			if side == 1 {
				n = order[i]
			}
			c := cells(n)
			switch kind := n % 500; {
			case kind == 1 && side == 0, kind == 2 && side == 1: // stands on the other side only
				continue
			case kind == 1:
				want["missing_in_local"]++
			case kind == 2:
				want["missing_in_registry"]++
			case kind == 3 || kind == 4: // closed, and nobody's business
				if c[state] = "注销"; side != kind-3 {
					continue
				}
			case kind == 5: // repeated by one side
				if put(c); side == n/500%2 {
					put(c)
					want["duplicate_keys"]++
				}
				continue
			case kind == 6: // repeated by us, unknown to the bank
				if side == 0 {
					put(c)
					put(c)
					want["missing_in_registry"] += 2
					want["duplicate_keys"]++
				}
				continue
			case side == 0:
				want["matched"]++
			case kind >= 10 && kind < 14:
				changes[n/500%len(changes)](c)
				want["changed"]++
			case kind >= 20 && kind < 120:
				respell(c)
				want["equal_after_normalising"]++
			default:
				want["equal"]++
			}
			put(c)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return want
}

// TestOracle: DuckDB, package diff and the generator count alike.
func TestOracle(t *testing.T) {
	dir := t.TempDir()
	book, registry := filepath.Join(dir, "book.csv"), filepath.Join(dir, "registry.csv")
	want := write(t, book, registry)
	if got := byDuckDB(t, book, registry); !maps.Equal(got, want) {
		t.Errorf("DuckDB counts    %v\nthere should be   %v", got, want)
	}
	if got := byDiff(t, book, registry); !maps.Equal(got, want) {
		t.Errorf("diff counts      %v\nthere should be  %v", got, want)
	}
}

func byDuckDB(t *testing.T, book, registry string) map[string]int {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c, err := db.Conn(t.Context()) // variables and temporary tables are of a connection
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	quoted := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	if _, err := c.ExecContext(t.Context(), "SET VARIABLE book = "+quoted(book)+"; SET VARIABLE registry = "+quoted(registry)); err != nil {
		t.Fatal(err)
	}
	counts, err := c.QueryContext(t.Context(), recipe)
	if err != nil {
		t.Fatal(err)
	}
	defer counts.Close()
	names, err := counts.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values := make([]int, len(names))
	var into []any
	for i := range values {
		into = append(into, &values[i])
	}
	if !counts.Next() {
		t.Fatal("no answer: ", counts.Err())
	}
	if err := counts.Scan(into...); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for i, n := range names {
		got[n] = values[i]
	}
	counts.Close()
	var changed, missing int // the lists hold what the counts say
	if err := c.QueryRowContext(t.Context(), "SELECT (SELECT count(DISTINCT number) FROM changes), (SELECT count(*) FROM missing)").Scan(&changed, &missing); err != nil {
		t.Fatal(err)
	}
	if changed != got["changed"] || missing != got["missing_in_registry"]+got["missing_in_local"] {
		t.Errorf("the lists have %d changed and %d missing merchants", changed, missing)
	}
	return got
}

func byDiff(t *testing.T, book, registry string) map[string]int {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		t.Fatal(err)
	}
	c := diff.New(v, diff.Options{})
	for i, path := range [...]string{book, registry} {
		in, err := file.OpenInput(t.Context(), path, file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		table := in.Table()
		if table == nil {
			t.Fatalf("%s is no table", path)
		}
		[...]func(){func() { c.LocalTable(table) }, func() { c.RegistryTable(table) }}[i]()
	}
	n, err := c.Compare(t.Context(), func(rules.Finding) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return map[string]int{"matched": n.Matched, "equal": n.Equal, "equal_after_normalising": n.EqualAfterNormalising, "changed": n.Changed,
		"missing_in_registry": n.MissingInRegistry, "missing_in_local": n.MissingInLocal, "duplicate_keys": n.DuplicateKeys}
}
