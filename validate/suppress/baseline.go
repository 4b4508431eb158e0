package suppress

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate"
)

// fingerprint is what [rules.Finding.Fingerprint] writes in hexadecimal digits.
type fingerprint uint64

func parseFingerprint(s string) (fingerprint, bool) {
	var b [8]byte
	if len(s) != 16 || strings.ToLower(s) != s {
		return 0, false
	}
	_, err := hex.Decode(b[:], []byte(s))
	return fingerprint(binary.BigEndian.Uint64(b[:])), err == nil
}

// Baseline is a set of fingerprints, each with the rule that made it. It holds no values and no keys. The text form has one
// finding a line, sorted, so that a version control system shows what changed:
//
//	3f2a9c01d5e8b7a4 LIC003
//
// Lines beginning with # are remarks. A line may also be a line of a JSON report, so that the report of an earlier run
// serves as a baseline; and a fingerprint may stand alone: it is recognised, but without its rule nobody can tell
// whether it was looked for again, so it never counts as fixed. Suppressed findings are not part of a baseline: when the
// suppression ends, they are new. Nor are those about suppressions and baselines.
type Baseline struct {
	file  string
	rules map[fingerprint]rules.ID // "" where the rule is not known
}

// NewBaseline returns an empty baseline; name stands for its file in messages.
func NewBaseline(name string) *Baseline {
	return &Baseline{name, map[fingerprint]rules.ID{}}
}

// Len returns the number of fingerprints.
func (b *Baseline) Len() int { return len(b.rules) }

// maxLine bounds a line of a report; one finding may name thousands of related records.
const maxLine = 16 << 20

// ReadBaseline reads what WriteTo writes, or a JSON report. The error is a [*strictjson.Error] with the line, or that
// of r.
func ReadBaseline(name string, r io.Reader) (*Baseline, error) {
	b := NewBaseline(name)
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	n := 0
	fail := func(zh, en string) error {
		return &strictjson.Error{File: name, Line: n, ZH: zh + "；请用基线文件或 --format json 的报告", EN: en + "; give a baseline or a report of --format json"}
	}
	for s.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(s.Bytes(), []byte("\xEF\xBB\xBF")))
		switch {
		case len(line) == 0 || line[0] == '#':
		case line[0] == '{':
			var f struct {
				Type        string
				Rule        rules.ID
				Fingerprint string
				Suppressed  json.RawMessage
			}
			err := json.Unmarshal(line, &f)
			if err != nil || f.Type == "" {
				return nil, fail("不是 JSON 报告的一行", "not a line of a JSON report")
			}
			if f.Type == "finding" && f.Suppressed == nil && !b.add(f.Fingerprint, f.Rule) {
				return nil, fail("该行没有指纹", "the line has no fingerprint")
			}
		default:
			print, rule, _ := strings.Cut(string(line), " ")
			if !b.add(print, rules.ID(strings.TrimSpace(rule))) {
				return nil, fail("不是指纹（16位十六进制数，后面可有规则编号）", "no fingerprint (16 hexadecimal digits, after which the rule may stand)")
			}
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		n++
		return nil, fail("该行太长", "the line is too long")
	}
	return b, s.Err()
}

func (b *Baseline) add(text string, rule rules.ID) bool {
	print, ok := parseFingerprint(text)
	for _, c := range rule {
		ok = ok && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')
	}
	if ok && !strings.HasPrefix(string(rule), "SUP") {
		b.rules[print] = rule
	}
	return ok
}

// WriteTo writes the text form.
func (b *Baseline) WriteTo(w io.Writer) (int64, error) {
	lines := make([]string, 0, len(b.rules))
	for print, rule := range b.rules {
		lines = append(lines, fmt.Sprintf("%s %016x", rule, uint64(print)))
	}
	slices.Sort(lines) // by rule
	var out bytes.Buffer
	out.WriteString("# merchantcheck --baseline: fingerprint and rule of each finding, no values\n")
	for _, l := range lines {
		rule, print, _ := strings.Cut(l, " ")
		out.WriteString(strings.TrimSpace(print+" "+rule) + "\n")
	}
	return out.WriteTo(w)
}

// compare marks a finding as new or still open, and keeps its fingerprint for the baseline of this run.
func (m *Marker) compare(f *rules.Finding) {
	if m.o.Baseline == nil && m.o.Record == nil || strings.HasPrefix(string(f.Rule.ID), "SUP") {
		return
	}
	print, _ := parseFingerprint(f.Fingerprint())
	if m.o.Record != nil && f.Suppressed == nil {
		m.o.Record.rules[print] = f.Rule.ID
	}
	if m.o.Baseline == nil {
		return
	}
	_, known := m.o.Baseline.rules[print]
	if known {
		m.seen[print] = true
	}
	switch {
	case f.Suppressed != nil:
	case known:
		f.Baseline = rules.BaselineOpen
	default:
		f.Baseline = rules.BaselineNew
	}
}

// fixed counts the fingerprints of the baseline whose rules ran and that did not occur again.
func (m *Marker) fixed(sum *validate.Summary) int {
	ran := map[rules.ID]bool{}
	for _, r := range m.v.Rules() {
		ran[r.ID] = m.ran(r, sum)
	}
	n := 0
	for print, rule := range m.o.Baseline.rules {
		if ran[rule] && !m.seen[print] {
			n++
		}
	}
	return n
}
