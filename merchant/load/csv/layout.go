package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// layout is how lines are split.
type layout struct {
	delimiter rune
	sepLine   bool // the first line is sep= and no data
}

const (
	sniffBytes = 64 << 10
	sniffLines = 20
	delimiters = ",;\t|"
)

// wideDelimiters are what an input method writes instead of delimiters.
const wideDelimiters = "，；｜"

// errWide stands for a text that only wide delimiters split, errSep for a sep= line with another delimiter.
var (
	errWide = errors.New("wide delimiters")
	errSep  = errors.New("unknown delimiter")
)

// findLayout looks at the first lines.
func (b *Book) findLayout() error {
	head, err := io.ReadAll(io.LimitReader(b.records(nil), sniffBytes))
	var in *load.InputError
	if err != nil && (!errors.As(err, &in) || len(head) == 0) {
		return err
	}
	b.layout, err = layoutOf(head)
	switch {
	case errors.Is(err, errWide):
		return &load.InputError{File: b.o.File, Row: 1, ProblemZH: "各格之间用的是全角标点，不是分隔符", ProblemEN: "the fields are separated by full-width punctuation, which is no delimiter",
			MendZH: "请把分隔用的全角标点改成半角逗号", MendEN: "write half-width commas between the fields"}
	case err != nil:
		return &load.InputError{File: b.o.File, Row: 1, ProblemZH: "sep= 给出的分隔符不支持", ProblemEN: "the delimiter that sep= names is not supported",
			MendZH: "请使用逗号、分号、制表符或竖线", MendEN: "use a comma, semicolon, tab or vertical bar"}
	}
	return nil
}

// layoutOf honours a line sep=; and else takes the delimiter that most of the first lines agree on.
func layoutOf(head []byte) (layout, error) {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	line := strings.TrimSuffix(string(first), "\r")
	if n := len(line); n > 2 && line[0] == '"' && line[n-1] == '"' {
		line = line[1 : n-1]
	}
	if len(line) > 4 && strings.EqualFold(line[:4], "sep=") && utf8.RuneCountInString(line[4:]) == 1 {
		if !strings.Contains(delimiters, line[4:]) {
			return layout{}, errSep
		}
		return layout{rune(line[4]), true}, nil
	}
	l, best := layout{delimiter: ','}, 0
	for _, d := range delimiters {
		if n := agreement(head, string(d)); n > best {
			best, l.delimiter = n, d
		}
	}
	if best == 0 {
		for _, d := range wideDelimiters {
			if bytes.ContainsRune(first, d) && agreement(head, string(d)) > 0 {
				return layout{}, errWide
			}
		}
	}
	return l, nil
}

// agreement weighs how many lines have the delimiter equally often, outside quotes, and how often.
func agreement(text []byte, d string) int {
	counts := map[int]int{}
	lines, n, quoted := 0, 0, false
	for i := 0; i < len(text) && lines < sniffLines; i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			counts[n]++
			lines, n = lines+1, 0
		case c == d[0] && strings.HasPrefix(string(text[i:min(len(text), i+len(d))]), d):
			n++
		}
	}
	counts[n]++
	best := 0
	for n, times := range counts {
		if n > 0 {
			best = max(best, times*1000+min(n, 999))
		}
	}
	return best
}
