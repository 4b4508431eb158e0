package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	h, err := handler()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"uscc":"91310104MA10000090","mobile":"13910000000","daily_cny":"5000.00"}`, 204, ""},
		{`{"uscc":"91310104MA10000091","mobile":"139","daily_cny":"0"}`, 422, `[{"field":"application.USCC","rule":"LIC003","message":"统一社会信用代码“9131**********0091”第18位校验不符，请对照执照逐位核对"},` +
			`{"field":"application.Mobile","rule":"CON001","message":"手机号***格式不正确"},{"field":"application.Daily","rule":"TAG-001","message":"application.Daily 不符合 decimal_gt"}]`},
		{`{"daily_cny":"1e9"}`, 400, "the body is no application"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", "/applications", strings.NewReader(tt.body)))
		if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.want {
			t.Errorf("%d %s", w.Code, got)
		}
	}
}
