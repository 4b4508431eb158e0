package csv

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// byLine reads text with Lines, and again backwards by place.
func byLine(t interface{ Fatalf(string, ...any) }, b *Book) (numbers []int, cells [][]string, err error) {
	l, ok := b.Lines()
	if !ok {
		return nil, nil, load.ErrIrregular
	}
	var places []load.Place
	for {
		line, err := l.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		places = append(places, line.Place)
		numbers, cells = append(numbers, line.Number), append(cells, texts(line.Cells))
	}
	for i := len(places) - 1; i >= 0; i-- {
		p := places[i]
		p.Number = 0
		line, err := l.Read(p, places[max(0, i-3)])
		if err != nil || line.Number != numbers[i] || !slices.Equal(texts(line.Cells), cells[i]) {
			t.Fatalf("line %d read again: %v, %d %q, not %q", numbers[i], err, line.Number, texts(line.Cells), cells[i])
		}
	}
	return numbers, cells, nil
}

func texts(cells [][]byte) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = string(c)
	}
	return out
}

// TestLines holds Lines against Rows: the same rows, or text that is left to Rows.
func TestLines(t *testing.T) {
	regular, left := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", "00123", "漕溪北路", ",", ",", ",", "\n", "\n", "\r\n", `"`, `"a,b"`, `"x` + "\n" + `y"`, `"p` + "\r\n" + `q"`, `""`, `="01"`, "\r", " ", "€", "|"})
		text := "甲,乙,丙\n" + strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "sep") {
			text = "sep=,\n" + text
		}
		raw := text
		if rapid.Bool().Draw(t, "gb18030") {
			raw = gbk(text)
		}
		b, err := Open(strings.NewReader(raw), int64(len(raw)), Options{})
		if err != nil {
			return
		}
		numbers, cells, err := byLine(t, b)
		if err != nil {
			left++
			if !errors.Is(err, load.ErrIrregular) {
				t.Fatalf("%v", err)
			}
			return
		}
		regular++
		i := 0
		for row, err := range b.Rows("") {
			if err != nil {
				t.Fatalf("Rows: %v, but Lines read %d", err, len(cells))
			}
			var want []string
			for _, c := range row.Cells {
				want = append(want, c.Text)
			}
			if i >= len(cells) || row.Number != numbers[i] || !slices.Equal(want, cells[i]) {
				t.Fatalf("row %d of Rows: %d %q; Lines: %d %q", i, row.Number, want, numbers, cells)
			}
			i++
		}
		if i != len(cells) {
			t.Fatalf("%d rows, %d lines", i, len(cells))
		}
	})
	if regular < 10 || left < 10 {
		t.Errorf("%d texts were read by lines, %d left to Rows", regular, left)
	}
}

func TestLinesLeftToRows(t *testing.T) {
	for name, raw := range map[string]string{
		"carriage returns": "a,b\r1,2\r", "a long cell": "a,b\n1," + strings.Repeat("x", maxText+1) + "\n",
		"a bare quote": "a,b\n1,2\"3\n", "an open quote": "a,b\n1,\"2\n", "a formula": "a,b\n=\"01\",2\n",
		"a bar in GB18030": gbk("甲|乙\n1|2\n"), "many fields": "a,b\n" + strings.Repeat(",", maxFields) + "\n",
	} {
		b, err := Open(strings.NewReader(raw), int64(len(raw)), Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		if _, _, err := byLine(t, b); !errors.Is(err, load.ErrIrregular) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := "a,b\n" + strings.Repeat("x,y\n", lineBlock) + strings.Repeat("长", 9000) + ",z" // over many blocks
	b, err := Open(strings.NewReader(long), int64(len(long)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, _, err := byLine(t, b); err != nil || len(n) != lineBlock+2 {
		t.Errorf("%d lines, %v", len(n), err)
	}
}
