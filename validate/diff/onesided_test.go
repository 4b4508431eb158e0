package diff_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/merchantkyc/merchantkyc/merchant/load/file"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diff"
)

// go test ./validate/diff -run TestOneSided -v -diff.lone 200000 tells the figures for so many rows.
var (
	loneRows  = flag.Int("diff.lone", 40_000, "rows of the long list of TestOneSided")
	loneChild = flag.String("diff.lonechild", "", "set by TestOneSided for its processes")
)

// loneKinds change the cells of the i-th row of the long list.
var loneKinds = map[string]func(cells []string, i int){
	"numbered": func([]string, int) {},
	"keyless": func(cells []string, i int) { // all but one, so that there is something to compare by
		if i > 0 {
			cells[0], cells[2] = "", ""
		}
	},
	"one key":     func(cells []string, _ int) { cells[0] = "898310154110001" },
	"one account": func(cells []string, i int) { cells[2], cells[5] = "91310104MA10000097", "6222020000000000001" },
}

// TestOneSided: a long list against ten rows, in memory for hardly anything. Processor time grows with the rows, four
// times as many may take seven times as long. A row that stands alone takes no more than its place in the index and among
// what is reported, whatever it shares with others; of rows with one key the finding keeps the places, not the records.
func TestOneSided(t *testing.T) {
	if *loneChild != "" {
		lone(t, *loneChild)
		return
	}
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	for kind, change := range loneKinds {
		sides := []string{"ours", "bank"}
		if kind == "keyless" || kind == "one account" { // which are as slow on either
			sides = sides[:1]
		}
		for _, side := range sides {
			var cpu [2]time.Duration
			var live, most [2]int64
			for i, n := range [2]int{*loneRows / 4, *loneRows} {
				dir := t.TempDir()
				other := "ours"
				if side == "ours" {
					other = "bank"
				}
				short := change
				if kind == "keyless" {
					short = loneKinds["numbered"]
				}
				writeLone(t, filepath.Join(dir, side+".csv"), 0, n, change)
				writeLone(t, filepath.Join(dir, other+".csv"), n-5, 10, short)
				run := func(child string) (*os.ProcessState, string) {
					cmd := exec.Command(os.Args[0], "-test.run=^TestOneSided$", "-diff.lonechild="+child)
					out, err := cmd.CombinedOutput()
					if err != nil {
						t.Fatalf("%v\n%s", err, out)
					}
					return cmd.ProcessState, string(out)
				}
				nothing, _ := run("nothing")
				state, out := run(dir)
				cpu[i] = state.UserTime() + state.SystemTime() - nothing.UserTime() - nothing.SystemTime()
				var found int
				if _, err := fmt.Sscanf(out, "%d found, %d bytes alive, %d at most", &found, &live[i], &most[i]); err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				least := n - 10
				if kind == "one key" { // on all rows
					least = 1
				}
				if found < least {
					t.Errorf("%s, %s: %d of %d rows are reported", kind, side, found, n)
				}
			}
			rows := int64(*loneRows - *loneRows/4)
			perRow := (live[1] - live[0]) / rows
			t.Logf("%s, long list %s: %v and %v of CPU, %d and %d MB, %d bytes a row alive", kind, side, cpu[0].Round(time.Millisecond), cpu[1].Round(time.Millisecond), most[0]/1e6, most[1]/1e6, perRow)
			if cpu[1] > 7*cpu[0] {
				t.Errorf("%s, long list %s: four times the rows take %v in place of %v", kind, side, cpu[1], cpu[0])
			}
			alive, peak := int64(40), int64(100)
			if kind == "one key" { // a finding that names them all
				alive, peak = 200, 600
			}
			if perRow > alive {
				t.Errorf("%s, long list %s: %d bytes a row", kind, side, perRow)
			}
			if more := most[1] - most[0]; more > 24e6+peak*rows {
				t.Errorf("%s, long list %s: %d MB more", kind, side, more/1e6)
			}
		}
	}
}

// lone compares the lists of a folder, with 4 MB before it takes a file.
func lone(t *testing.T, dir string) {
	if dir == "nothing" {
		return
	}
	debug.SetGCPercent(20) // what is garbage shall not count
	c := diff.New(validator(t), diff.Options{RegistryAsOf: snapshot, Repeated: true, Storage: diff.Spill(dir, 4<<20)})
	for i, name := range [...]string{"ours.csv", "bank.csv"} {
		in, err := file.OpenInput(context.Background(), filepath.Join(dir, name), file.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		[...]func(){func() { c.LocalTable(in.Table()) }, func() { c.RegistryTable(in.Table()) }}[i]()
	}
	n, live := 0, uint64(0)
	if _, err := c.Compare(context.Background(), func(f rules.Finding) error {
		switch f.Rule.ID {
		case "DIF001", "DIF002", "DIF023", "BAT001":
		default:
			return nil
		}
		if n++; n == 1 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			live = m.HeapAlloc
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%d found, %d bytes alive, %d at most\n", n, live, m.HeapSys)
}

func writeLone(t *testing.T, path string, from, n int, change func(cells []string, i int)) {
	var b bytes.Buffer
	b.WriteString(strings.Join(speedLayouts["book.csv"].heads, ",") + "\n")
	var cells []string
	for i := range n {
		cells = speedCells(cells, from+i, 0)
		change(cells, i)
		b.WriteString(strings.Join(cells, ",") + "\n")
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}
