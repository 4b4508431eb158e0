package cli

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/term"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// progress is a line on the terminal that tells how far a run has come. It shows nothing where there is no terminal or
// no progress is wanted; the line is wiped before anything else is written there.
type progress struct {
	p      *program
	width  int // columns; 0 shows nothing
	shared bool
	mu     sync.Mutex // two files may be read at the same time
	shown  atomic.Bool
}

// wipe is what erases a line.
const wipe = "\r\x1b[K"

// begin finds out whether the run shows progress, and whether the report goes to the same terminal.
func (g *progress) begin(p *program, off bool, report bool) {
	g.p, g.width, g.shared = p, 0, report
	if !off && p.env("TERM") != "dumb" {
		g.width = p.terminal(p.stderr)
	}
}

// terminalWidth returns the columns of a terminal, 0 for what is none.
func terminalWidth(w any) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return width
}

// say shows a line in place of the last.
func (g *progress) say(zh, en string, args ...any) {
	if g.width == 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shown.Store(true)
	fmt.Fprint(g.p.stderr, wipe+cutTo(fmt.Sprintf(g.p.say(zh, en), args...), g.width-1))
}

// read tells how far a file was read.
func (g *progress) read(file string, l load.Progress) {
	place, share := file, ""
	if l.Sheet != "" {
		place += " " + l.Sheet
	}
	if l.Total > 0 {
		share = strconv.FormatInt(l.Done*100/l.Total, 10) + "%"
	}
	g.say("正在检查 %s：已读 %d 行 %s", "checking %s: %d rows read %s", place, l.Rows, share)
}

// wipe erases the line.
func (g *progress) wipe() {
	if g.shown.Swap(false) {
		fmt.Fprint(g.p.stderr, wipe)
	}
}

// over returns w, wiping the line before each write where the report goes to the same terminal.
func (g *progress) over(w io.Writer) io.Writer {
	if g.width == 0 || !g.shared {
		return w
	}
	return &overProgress{g, w}
}

type overProgress struct {
	g *progress
	w io.Writer
}

func (o *overProgress) Write(b []byte) (int, error) {
	o.g.wipe()
	return o.w.Write(b)
}

// cutTo shortens a line to a width; characters beyond ASCII count as two columns. Control characters of file names do
// not reach the terminal.
func cutTo(s string, width int) string {
	used := 0
	b := make([]rune, 0, len(s))
	for _, r := range s {
		n := 1
		switch {
		case r < ' ' || r == 0x7F:
			r = '?'
		case r > 0x7F:
			n = 2
		}
		if used += n; used > width {
			break
		}
		b = append(b, r)
	}
	return string(b)
}
