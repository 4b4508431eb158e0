package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
)

var update = flag.Bool("update", false, "rewrite the golden file")

func TestRun(t *testing.T) {
	var w bytes.Buffer
	if err := run(t.Context(), merchant.Day(2026, 11, 22), "../../testdata/merchants.xlsx", "../../testdata/registry.csv", &w); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/golden.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, w.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(w.Bytes(), want) {
		t.Errorf("got\n%s\nwant\n%s", w.Bytes(), want)
	}
}
