package diff_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"hash/maphash"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// The speed table is made by
//
//	go test ./validate/diff -run 'TestSpeed$' -v -diff.rows 1000000 -diff.runs 6
//
// It writes a book and a registry of so many rows and twelve columns, the registry shuffled, with 0.8 % of the rows changed
// and 0.1 % missing on either side; a registry of another layout; and one of another layout whose values are all written
// differently. Each way of comparing runs in a process of its own, in turns. CPU is the user and system time of that
// process less that of one that does nothing. The floor reads both files, splits the lines into cells and hashes the first.
var (
	speedRows  = flag.Int("diff.rows", 2000, "rows of the files of TestSpeed")
	speedRuns  = flag.Int("diff.runs", 1, "times that each way runs")
	speedDir   = flag.String("diff.dir", "", "directory for the files of TestSpeed, which are kept there; by default they are not")
	speedWays  = flag.String("diff.ways", "", "ways to measure, by commas; by default all")
	speedChild = flag.String("diff.child", "", "set by TestSpeed for its processes")
)

// speedLayout is how a file of the generator looks.
type speedLayout struct {
	heads     []string
	order     []int // of the columns
	delimiter string
	spaced    bool // values are written with other widths, blanks and separators
}

var speedLayouts = map[string]speedLayout{
	"book.csv":      {heads: []string{"商户编号", "商户名称", "统一社会信用代码", "法人姓名", "法人证件号码", "结算账号", "结算户名", "MCC", "区县代码", "经营地址", "联系人手机", "单笔限额"}, delimiter: ","},
	"registry.csv":  {heads: []string{"商户编号", "商户名称", "统一社会信用代码", "法人姓名", "法人证件号码", "结算账号", "结算户名", "MCC", "区县代码", "经营地址", "联系人手机", "单笔限额"}, delimiter: ","},
	"reordered.csv": {heads: []string{"统一社会信用代码", "商户号", "商户全称", "法定代表人", "法人身份证号", "MCC码", "银行账号", "账户名称", "单笔限额(元)", "区县编码", "商户地址", "联系人手机号"}, order: []int{2, 0, 1, 3, 4, 7, 5, 6, 11, 8, 9, 10}, delimiter: ";"},
	"respelt.csv":   {heads: []string{"统一社会信用代码", "商户号", "商户全称", "法定代表人", "法人身份证号", "MCC码", "银行账号", "账户名称", "单笔限额(元)", "区县编码", "商户地址", "联系人手机号"}, order: []int{2, 0, 1, 3, 4, 7, 5, 6, 11, 8, 9, 10}, delimiter: ";", spaced: true},
}

var speedHan = []rune("瑞丰恒泰鼎盛华美佳和顺达安康宏远福盈通利源兴隆昌茂永信诚德润嘉禾金玉明辉")

// speedCells makes the cells of merchant n; the version tells a changed one from the other.
func speedCells(cells []string, n, version int) []string {
	x := uint64(n+1) * 0x9E3779B97F4A7C15
	x ^= x >> 29
	han := func(k uint) string { return string(speedHan[(x>>k)%uint64(len(speedHan))]) }
	name := "上海" + han(3) + han(9) + han(15) + "(" + han(33) + han(39) + ")商贸有限公司"
	mobile := n
	if version > 0 {
		mobile += 50_000_000
	}
	return append(cells[:0], fmt.Sprintf("8983101%08d", n), name, fmt.Sprintf("91310000MA1F%06d", n%1_000_000), "张"+han(21)+han(27),
		fmt.Sprintf("3101011990%08d", n), fmt.Sprintf("6222020000%09d", n), name, []string{"5411", "5812", "5999"}[x%3], "310104",
		fmt.Sprintf("漕溪北路%d号%d层%d室", 1+(x>>7)%900, 1+(x>>17)%30, 1+(x>>27)%2000), fmt.Sprintf("139%08d", mobile), fmt.Sprintf("%d000.00", 1+x%50))
}

// respell writes the same values in another way.
func respell(cells []string) {
	cells[1] = strings.NewReplacer("(", "（", ")", "）").Replace(cells[1]) + " "
	cells[2] = strings.ToLower(cells[2])
	cells[3] = cells[3][:3] + " " + cells[3][3:]
	cells[5] = cells[5][:4] + " " + cells[5][4:8] + " " + cells[5][8:]
	cells[6] = cells[1]
	cells[9] = strings.NewReplacer("1", "１", "2", "２", "3", "３").Replace(cells[9])
	cells[10] = cells[10][:3] + "-" + cells[10][3:7] + "-" + cells[10][7:]
	cells[11] = strings.TrimSuffix(cells[11], ".00")
}

// writeSpeed writes one of the files with n merchants. The book lacks those with a remainder of 1 by 1000, the others
// those with a remainder of 2, and eight more of a thousand differ.
func writeSpeed(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	l := speedLayouts[filepath.Base(path)]
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, strings.Join(l.heads, l.delimiter))
	book := filepath.Base(path) == "book.csv"
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	if !book {
		rand.New(rand.NewPCG(1, 2)).Shuffle(n, func(i, k int) { order[i], order[k] = order[k], order[i] })
	}
	var cells []string
	for _, i := range order {
		r := i % 1000
		if r == 1 && book || r == 2 && !book {
			continue
		}
		version := 0
		if !book && r >= 3 && r < 11 {
			version = 1
		}
		cells = speedCells(cells, int(i), version)
		if l.spaced {
			respell(cells)
		}
		for k := range cells {
			if k > 0 {
				w.WriteString(l.delimiter)
			}
			c := k
			if l.order != nil {
				c = l.order[k]
			}
			w.WriteString(cells[c])
		}
		w.WriteByte('\n')
	}
	return w.Flush()
}

// ways of comparing: the registry file, and how.
var speedOrder = []string{"nothing", "floor", "memory", "spill", "reordered", "respelt", "respelt spill"}

// TestSpeed checks that all ways count alike, and prints the table.
func TestSpeed(t *testing.T) {
	if *speedChild != "" {
		child(t)
		return
	}
	dir := *speedDir
	if dir == "" {
		dir = t.TempDir()
	}
	for name := range speedLayouts {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err == nil && *speedDir != "" {
			continue
		}
		if err := writeSpeed(path, *speedRows); err != nil {
			t.Fatal(err)
		}
	}
	ways := speedOrder
	if *speedWays != "" {
		ways = strings.Split("nothing,floor,"+*speedWays, ",")
	}
	cpu, rss, counts := map[string][]float64{}, map[string]float64{}, map[string]string{}
	wall := map[string][]float64{}
	for range *speedRuns {
		for _, way := range ways {
			cmd := exec.Command(os.Args[0], "-test.run", "TestSpeed$", "-test.v", "-diff.child", way, "-diff.dir", dir)
			begin := time.Now()
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", way, err, out)
			}
			wall[way] = append(wall[way], time.Since(begin).Seconds())
			cpu[way] = append(cpu[way], (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
			rss[way] = max(rss[way], maxRSS(cmd.ProcessState))
			_, line, _ := strings.Cut(string(out), "counts ")
			counts[way], _, _ = strings.Cut(line, "\n")
		}
	}
	for i := range cpu["floor"] {
		for _, way := range ways[1:] {
			cpu[way][i] -= cpu["nothing"][i]
		}
	}
	for _, way := range ways[1:] {
		ratios := make([]float64, *speedRuns)
		for i := range ratios {
			ratios[i] = cpu[way][i] / cpu["floor"][i]
		}
		slices.Sort(ratios)
		slices.Sort(cpu[way])
		slices.Sort(wall[way])
		m := len(ratios) / 2
		t.Logf("%-14s wall %6.2f s  CPU %6.2f s  %5.0f ns/row  RSS %4.0f MB  %5.1f × floor (%.1f–%.1f)  %s", way, wall[way][m], cpu[way][m],
			cpu[way][m]*1e9/float64(2**speedRows), rss[way], ratios[m], ratios[0], ratios[len(ratios)-1], counts[way])
	}
	n := *speedRows
	each := func(least, most int) (k int) {
		for i := range n {
			if r := i % 1000; r >= least && r <= most {
				k++
			}
		}
		return k
	}
	want := diff.Counts{Matched: n - each(1, 2), Changed: each(3, 10), MissingInRegistry: each(2, 2), MissingInLocal: each(1, 1)}
	for _, way := range ways[2:] {
		if want.Equal = want.Matched - want.Changed; strings.HasPrefix(way, "respelt") {
			want.Equal, want.EqualAfterNormalising = 0, want.Equal
		}
		if got := counts[way]; got != fmt.Sprintf("%+v", want) {
			t.Errorf("%s: %s, want %+v", way, got, want)
		}
	}
}

// child is a process that compares in one way.
func child(t *testing.T) {
	way, spill := strings.CutSuffix(*speedChild, " spill")
	book, registry := filepath.Join(*speedDir, "book.csv"), filepath.Join(*speedDir, "registry.csv")
	o := diff.Options{RegistryAsOf: snapshot}
	switch way {
	case "nothing":
		return
	case "floor":
		if floor(t, book)+floor(t, registry) == 0 {
			t.Fatal("nothing was read")
		}
		return
	case "spill":
		spill = true
	case "reordered", "respelt":
		registry = filepath.Join(*speedDir, way+".csv")
	}
	if spill {
		o.Storage = diff.Spill(*speedDir, 16<<20)
	}
	c := diff.New(validator(t), o)
	for i, path := range [...]string{book, registry} {
		in, err := file.OpenInput(context.Background(), path, file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		table := in.Table()
		if table == nil {
			t.Fatalf("%s is no table", path)
		}
		if i == 0 {
			c.LocalTable(table)
		} else {
			c.RegistryTable(table)
		}
	}
	counts, err := c.Compare(context.Background(), func(rules.Finding) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("counts %+v\n", counts)
}

// floor reads a file, splits its lines into cells and hashes the first of each.
func floor(t *testing.T, path string) (sum uint64) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seed := maphash.MakeSeed()
	buf := make([]byte, 256<<10)
	kept := 0
	var cells [][]byte
	for {
		n, err := f.Read(buf[kept:])
		b := buf[:kept+n]
		for {
			i := bytes.IndexByte(b, '\n')
			if i < 0 {
				break
			}
			cells = cells[:0]
			for line := b[:i]; ; {
				k := bytes.IndexByte(line, ',')
				if k < 0 {
					cells = append(cells, line)
					break
				}
				cells, line = append(cells, line[:k]), line[k+1:]
			}
			sum += maphash.Bytes(seed, cells[0])
			b = b[i+1:]
		}
		kept = copy(buf, b)
		if errors.Is(err, io.EOF) {
			return sum
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
