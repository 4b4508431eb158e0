package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/validate"
)

func TestRun(t *testing.T) {
	v, err := validate.New(validate.AsOf(merchant.Day(2026, 11, 22)))
	if err != nil {
		t.Fatal(err)
	}
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "checked")
	book, err := os.ReadFile("../../testdata/merchants.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a.xlsx": book, "b.xlsx": book[:len(book)/2], "c.txt.bak": []byte("x"), "d.csv": []byte("商户号,商户名称\n898290054110001,甲\n")} {
		if err := os.WriteFile(filepath.Join(in, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var w bytes.Buffer
	if err := run(t.Context(), v, in, out, &w); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(left) != 2 || filepath.Base(left[0]) != "a.xlsx.checked.xlsx" || filepath.Base(left[1]) != "d.csv.checked.xlsx" {
		t.Error(left)
	}
	for _, text := range []string{"a.xlsx: 200 merchants, ", "b.xlsx: ", "d.csv: 1 merchants, "} {
		if !bytes.Contains(w.Bytes(), []byte(text)) {
			t.Errorf("no %q in %s", text, w.String())
		}
	}
}
