package decline_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/merchant/load/csv"
	"github.com/merchantkyc/merchantkyc/rules/decline"
)

func book(t *testing.T, text string) load.Book {
	t.Helper()
	b, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadLog(t *testing.T) {
	log, err := decline.ReadLog(book(t, "终端编号,商户编号,交易日期,交易时间,返回码,金额\n"+
		"30000001,898290054110001,2026/11/20,2:10:05,3,12.00\n,898290054110002,20261120,021005,51,1\n,898290054110002,2026-11-20,02:10,00,1\n\n"+
		",８９８290054110003,2026年11月20日,23:59,03,\n"), "log.csv")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range log {
		got = append(got, d.MerchantNo+" "+d.TerminalNo+" "+d.Code+" "+d.At.Format("2006-01-02T15:04:05-07:00"))
	}
	want := []string{"898290054110001 30000001 03 2026-11-20T02:10:05+08:00", "898290054110002  51 2026-11-20T02:10:05+08:00",
		"898290054110003  03 2026-11-20T23:59:00+08:00"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	log, err = decline.ReadLog(book(t, "merchant_no,response_code,at\n898290054110001,03,2026-11-19T18:10:00Z\n"), "log.csv")
	if err != nil || len(log) != 1 || log[0].At.UTC().Hour() != 18 {
		t.Errorf("%v, %v", log, err)
	}
}

func TestReadWindows(t *testing.T) {
	list, err := decline.ReadWindows(book(t, "机构,开始时间,结束时间\n网联清算,2026-11-20 02:00,2026-11-20 04:00\n"), "w.csv")
	if err != nil || len(list) != 1 || list[0].Institution != "网联清算" || list[0].To.Sub(list[0].From).Hours() != 2 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestBadLogs(t *testing.T) {
	for text, row := range map[string]int{
		"商户号,时间\n898290054110001,2026-11-20 02:10\n":             1,
		"商户号,应答码,时间\n898290054110001,03,2026-11-20\n":            2,
		"商户号,应答码,时间\n\n,03,2026-11-20 02:10\n":                   3,
		"商户号,应答码,时间\n898290054110001,,2026-11-20 02:10\n":        2,
		"商户号,应答码,时间\n898290054110001,03,20 November 2026 2:10\n": 2,
	} {
		_, err := decline.ReadLog(book(t, text), "log.csv")
		var e *load.InputError
		if !errors.As(err, &e) || e.Row != row || e.File != "log.csv" || e.MendZH == "" || strings.Contains(err.Error(), "898290054110001") {
			t.Errorf("%q: %v", text, err)
		}
	}
	_, err := decline.ReadWindows(book(t, "机构,开始,结束\n网联,2026-11-20 04:00,2026-11-20 02:00\n"), "w.csv")
	var e *load.InputError
	if !errors.As(err, &e) || e.Row != 2 {
		t.Errorf("a window that ends before it begins: %v", err)
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add("商户号,应答码,时间\n898290054110001,03,2026-11-20 02:10\n")
	f.Add("at,code,merchant_no\n2026/1/2 3:04,3,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := csv.Open(strings.NewReader(text), int64(len(text)), csv.Options{})
		if err != nil {
			return
		}
		log, err := decline.ReadLog(b, "log")
		for _, d := range log {
			if err == nil && (d.MerchantNo == "" || d.Code == "" || d.At.IsZero()) {
				t.Errorf("%+v", d)
			}
		}
	})
}
