package wire

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/rulestest"
)

// drawRecord fills a record at random: every kind of value, lists with empty entries, cells, parts and notes.
func drawRecord(t *rapid.T) *merchant.Record {
	r := &merchant.Record{Source: merchant.Source{File: rapid.SampledFrom([]string{"a.csv", "b.xlsx"}).Draw(t, "file"), Row: rapid.IntRange(0, 1<<20).Draw(t, "row")}}
	word := rapid.SampledFrom([]string{"", "", "甲", "00123", " 示例 ", "\xff", "2026-01-02"})
	columns := &merchant.Columns{}
	for _, f := range leafFields() {
		if rapid.IntRange(0, 9).Draw(t, "column") == 0 && f.List() == merchant.FieldNone {
			columns.List = append(columns.List, merchant.Column{Path: merchant.At(f)})
			r.Cells = append(r.Cells, merchant.Cell{Text: word.Draw(t, "cell"), Type: merchant.CellType(rapid.IntRange(0, 6).Draw(t, "type")),
				Formula: rapid.Bool().Draw(t, "formula"), Format: word.Draw(t, "format")})
		}
	}
	if len(columns.List) > 0 {
		r.Source.Columns = columns
	}
	for _, f := range listFields() {
		if n := rapid.IntRange(0, 2).Draw(t, "n"); n > 0 {
			r.Grow(f, n)
		}
	}
	number := func() string {
		return fmt.Sprintf("%d.%02d", rapid.IntRange(-9999, 99999999).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "frac"))
	}
	for _, f := range leafFields() {
		for _, p := range r.Paths(f) {
			if rapid.IntRange(0, 3).Draw(t, "given") == 0 {
				continue
			}
			switch v := r.Ref(p).(type) {
			case *string:
				*v = word.Draw(t, "text")
				if c, ok := r.Cell(p); ok && rapid.Bool().Draw(t, "as the cell") {
					*v = c.Text
				}
			case *merchant.Date:
				*v = merchant.Day(rapid.IntRange(1, 9999).Draw(t, "year"), 12, 31)
			case *merchant.Money:
				*v, _ = merchant.ParseMoney(number() + "5")
			case *merchant.Percent:
				*v, _ = merchant.ParsePercent(number())
			case *merchant.Number:
				*v, _ = merchant.ParseNumber(number())
			case *merchant.Count:
				*v = merchant.NewCount(rapid.IntRange(-1000, 1<<20).Draw(t, "count"))
			case *bool:
				*v = true
			}
		}
	}
	if rapid.Bool().Draw(t, "dates") {
		r.FieldDates = map[string]merchant.Date{"mcc": merchant.Day(2026, 1, 2), "names.legal": merchant.Day(2025, 3, 4)}
	}
	if len(r.Terminals) > 0 && rapid.Bool().Draw(t, "parts") {
		r.Parts = []merchant.Part{{List: merchant.FieldTerminals, Index: 0, Source: merchant.Source{File: "b.xlsx", Sheet: "终端", Row: 7, Columns: columns}, Cells: []merchant.Cell{{}, {Text: "x", Type: merchant.CellText}}}}
	}
	if rapid.Bool().Draw(t, "notes") {
		r.Notes = []merchant.Note{{Kind: merchant.NoteLostDigits, Path: merchant.Item(merchant.FieldTerminalsSerialNo, 1), Old: "1E+5"}, {Kind: merchant.NoteMerged, Info: "A1:B2", More: []string{"x", ""}}}
	}
	return r
}

func TestCodec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Codec
		var rows [][]byte
		var want []*merchant.Record
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			r := drawRecord(t)
			want = append(want, r)
			rows = append(rows, c.Append(nil, r))
		}
		var other Codec
		sheets, err := c.AppendSheets(nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := other.ReadSheets(sheets); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if got, err := c.Decode(row); err != nil || !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("got  %+v, %v\nwant %+v", got, err, want[i])
			}
			if got, err := other.Decode(row); err != nil || !reflect.DeepEqual(got, want[i]) {
				t.Fatalf("elsewhere: got  %+v, %v\nwant %+v", got, err, want[i])
			}
		}
	})
}

func BenchmarkCodec(b *testing.B) {
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 0))
	var c Codec
	row := c.Append(nil, r)
	b.Run("encode", func(b *testing.B) {
		b.ReportMetric(float64(len(row)), "B/record")
		for b.Loop() {
			row = c.Append(row[:0], r)
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			c.Decode(row)
		}
	})
}

// FuzzDecode: bytes that no codec wrote are an error, never a panic or a gigabyte.
func FuzzDecode(f *testing.F) {
	r := merchant.NewRecord(rulestest.Clean(merchant.SubjectEnterprise, 0))
	r.Source = merchant.Source{File: "a.csv", Row: 2, Columns: &merchant.Columns{List: []merchant.Column{{Header: "商户号", Path: merchant.At(merchant.FieldMerchantNo)}}}}
	r.Cells = []merchant.Cell{{Text: "898290054110001", Type: merchant.CellUntyped}}
	var c Codec
	f.Add(c.Append(nil, r))
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := c.Decode(b)
		if (got == nil) != (err != nil) {
			t.Fatalf("got %v, %v", got, err)
		}
	})
}
