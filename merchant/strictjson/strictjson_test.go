package strictjson_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
)

// read takes files of the form {"list": [{"name": "x", "n": 1, "on": true}]}.
func read(text string) (sum string, err error) {
	v, err := strictjson.Parse("x.json", strings.NewReader(text))
	if err != nil {
		return "", err
	}
	err = v.Object(strictjson.Members{"list": func(v *strictjson.Value) error {
		return v.Array(3, func(v *strictjson.Value) error {
			return v.Object(strictjson.Members{
				"name": func(v *strictjson.Value) error { s, err := v.String(); sum += s; return err },
				"n":    func(v *strictjson.Value) error { n, err := v.Int(); sum += fmt.Sprint(n); return err },
				"rate": func(v *strictjson.Value) error { s, err := v.Digits(); sum += s; return err },
				"on":   func(v *strictjson.Value) error { b, err := v.Bool(); sum += fmt.Sprint(b); return err },
			}, "name")
		})
	}})
	return sum, err
}

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		`{"list":[{"name":"甲","n":-2,"rate":0.60,"on":true},{"rate":"1.5","name":"a\nb"}]}`: "甲-20.60true1.5a\nb",
		"\xEF\xBB\xBF{}": "",
		"{ // why\n\"list\": [/* one\n*/{\"name\": \"a // b, ]\", \"n\": 1,}, /* , */ ],}": "a // b, ]1",
	} {
		if got, err := read(text); err != nil || got != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
		path string
	}{
		{"", 1, ""},
		{"{\n\"list\": [\n{]}", 3, ""},
		{"{\n\"list\": [}\n", 2, ""},
		{"{} {}", 1, ""},
		{"{\"list\":\n[,,]}", 2, ""},
		{"{\"list\":\n[1,]}", 2, "list[0]"},
		{"{/*\n\n*/\"list\": /* [", 3, ""},
		{"{// x\n\"lists\": [],}", 2, "lists"},
		{"{\n\n\"list\": \"\xC9\xCF\"}", 3, ""},
		{"[]", 1, ""},
		{"{\n\"lists\": []}", 2, "lists"},
		{"{\n\"a\\nb\": []}", 2, `"a\nb"`},
		{"{\"list\":\n[],\n\"list\": []}", 3, "list"},
		{"{\"list\":\n{}}", 2, "list"},
		{"{\"list\": [\n{\"name\":\"x\"},\n{\"n\":1}]}", 3, "list[1]"},
		{"{\"list\": [\n{\"name\":\"x\"},\n{\"name\":\n7}]}", 4, "list[1].name"},
		{"{\"list\": [{\"name\":\" \"}]}", 1, "list[0].name"},
		{"{\"list\": [{\"n\":1.5}]}", 1, "list[0].n"},
		{"{\"list\": [{\"n\":\"1\"}]}", 1, "list[0].n"},
		{"{\"list\": [{\"n\":99999999999}]}", 1, "list[0].n"},
		{"{\"list\": [{\"rate\":true}]}", 1, "list[0].rate"},
		{"{\"list\": [{\"on\":null}]}", 1, "list[0].on"},
		{"{\"list\": [{},{},{},{}]}", 1, "list"},
		{strings.Repeat("[", 40) + strings.Repeat("]", 40), 1, strings.Repeat("[0]", 16)},
		{strings.Repeat(" ", strictjson.MaxBytes+1), 0, ""},
	} {
		_, err := read(c.text)
		var e *strictjson.Error
		if !errors.As(err, &e) {
			t.Errorf("%.60q: %v", c.text, err)
			continue
		}
		if e.Line != c.line || e.Path != c.path || strings.Contains(e.In("zh")+e.In("en"), "\n") || !strings.HasPrefix(e.Error(), "x.json") {
			t.Errorf("%.60q: %s", c.text, e)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := read("{\"list\":\n[{\"nmae\":1}]}")
	var e *strictjson.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if got, want := e.In("en"), `x.json, line 2 (list[0].nmae): there is no member "nmae"; there are n, name, on, rate`; got != want {
		t.Error(got)
	}
	if got, want := e.In("zh"), `x.json 第2行 (list[0].nmae)：不认识成员 "nmae"；可用的有 n, name, on, rate`; got != want {
		t.Error(got)
	}
}

func TestWalk(t *testing.T) {
	v, err := strictjson.Parse("x.json", strings.NewReader("{\"a\": [1,\n{\"B.c\": null}],\n\"d\": \"\"}"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = v.Walk(func(path []string, v *strictjson.Value) error {
		got = append(got, fmt.Sprintf("%s:%d:%v", strings.Join(path, " "), v.Line, v.Null()))
		return nil
	})
	want := "a:1:false, a [0]:1:false, a [1]:2:false, a [1] B.c:2:true, d:3:false"
	if s := strings.Join(got, ", "); err != nil || s != want {
		t.Errorf("%s, %v", s, err)
	}
	stop := v.Errorf("停", "stop")
	if err := v.Walk(func([]string, *strictjson.Value) error { return stop }); err != stop {
		t.Errorf("%v", err)
	}
}
