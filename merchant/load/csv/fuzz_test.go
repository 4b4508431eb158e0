package csv

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// decode is the text of a file as x/text decodes it.
func decode(b *Book, raw []byte) string {
	e := encoding.Nop
	switch b.text.Encoding.Name() {
	case "UTF-16LE":
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "UTF-16BE":
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "GB18030":
		e = simplifiedchinese.GB18030
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		panic(err)
	}
	return strings.TrimSuffix(strings.TrimPrefix(string(out), "\uFEFF"), "\x1A")
}

func FuzzRead(f *testing.F) {
	le := func(s string) string { return utf16(unicode.LittleEndian, s) }
	for _, s := range []string{
		"商户号,商户名称\n1,甲\n", "\uFEFFa;b\n", "\xFF\xFEa\x00,\x00b\x00", gbk("商户号,商户名称\n1,甲"), "sep=|\na|b", "\"a\nb\",c", "a\x80",
		"a,b\nc\xff\xff,d\n", "商户名称,一\n" + gbk("上海示例") + ",二\n", "\uFEFF" + gbk("上海"), le("a,b\r\n1,2\r\n\x1A"), "\xFF\xFE" + le("a,b") + "3",
		"\xFF\xFE\x3D\xD8a\x00", "a,\"\n2", "a,x\"y", "商户号，商户名称\n1，甲", "\"sep=;\"\na,b;c", "=\"07\",=\"\"\n", "a,=\"07\n", "a,b\r\"1\n2\",\"3\r\n4\"\r",
		"a\rb\r\nc", "\x84\x31\xA4\x37,2\n\x81\x30\x81\x30", "\x80,\x81\x3A", "a\x00b\x00c", strings.Repeat(",", 600),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Open(bytes.NewReader(raw), int64(len(raw)), Options{})
		var in *load.InputError
		if err != nil {
			if !errors.As(err, &in) || strings.ContainsAny(err.Error(), "\n\uFFFD") {
				t.Fatal(err)
			}
			return
		}
		var rows [][]string
		last, failed, formula := 0, false, false
		for r, err := range b.Rows("") {
			if err != nil {
				if !errors.As(err, &in) {
					t.Fatal(err)
				}
				failed = true
				break
			}
			if r.Number <= last {
				t.Fatalf("line %d after %d", r.Number, last)
			}
			last = r.Number
			var row []string
			for _, c := range r.Cells {
				formula = formula || c.Formula
				row = append(row, c.Text)
			}
			rows = append(rows, row)
		}
		for _, err := range load.Read(context.Background(), b, load.Options{}) {
			_ = err
		}
		plain := decode(b, raw)
		if lost := strings.Count(strings.Join(slices.Concat(rows...), ""), "\uFFFD"); lost > 0 {
			if b.text.Encoding.Name() == "GB18030" && !bytes.Contains(raw, []byte("\x84\x31\xA4\x37")) || lost > strings.Count(plain, "\uFFFD") {
				t.Fatalf("%d characters replaced", lost)
			}
		}
		if b.bareCR || failed || formula || strings.Contains(plain, `="`) {
			return
		}
		if b.layout.sepLine {
			_, plain, _ = strings.Cut(plain, "\n")
		}
		want := csv.NewReader(strings.NewReader(plain))
		want.Comma, want.FieldsPerRecord = b.layout.delimiter, -1
		for i := 0; ; i++ {
			record, err := want.Read()
			if errors.Is(err, io.EOF) {
				if i != len(rows) {
					t.Fatalf("%d records, %d expected", len(rows), i)
				}
				return
			}
			if err != nil {
				t.Fatalf("no error where encoding/csv has %v", err)
			}
			if i >= len(rows) || !slices.Equal(record, rows[i]) {
				t.Fatalf("record %d differs: %q", i, record)
			}
		}
	})
}
