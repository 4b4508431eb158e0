package normalize

import "testing"

func TestShown(t *testing.T) {
	tests := []struct {
		format, value string
		text          bool
		shown         string
		differs       bool
	}{
		{"", "5812", false, "", false},
		{"General", "5812", false, "", false},
		{"0", "5812", false, "", false},
		{"#,##0.00", "5812", false, "", false},
		{`#,##0.00"元"`, "5812", false, "", false},
		{`"NO."0`, "5812", false, "", false},
		{`"仅"`, "5812", false, "仅", true},
		{`\-`, "5812", false, "-", true},
		{"-", "5812", false, "-", true},
		{";;;", "5812", false, "", true},
		{";;;", "-1", false, "", true},
		{";;;", "0", false, "", true},
		{";;;", "甲", true, "", true},
		{";;;@", "甲", true, "", false},
		{";;;@", "1", false, "", true},
		{`;;;"保密"`, "甲", true, "保密", true},
		{";;;**", "1", false, "", true},
		{"0;-0;;@", "0", false, "", true},
		{"0;-0;;@", "5", false, "", false},
		{"0;-0;;@", "-5", false, "", false},
		{"0;;", "-5", false, "", true},
		{"0;", "-5", false, "", true},
		{"0;", "5", false, "", false},
		{`[>100]"超限";0`, "101", false, "超限", true},
		{`[>100]"超限";0`, "100", false, "", false},
		{`[=0]"无";[<0]"负";0`, "0", false, "无", true},
		{`[=0]"无";[<0]"负";0`, "-1", false, "负", true},
		{`[=0]"无";[<0]"负";0`, "3", false, "", false},
		{`[=1]"男";[=2]"女"`, "1", false, "男", true},
		{`[=1]"男";[=2]"女"`, "2", false, "女", true},
		{`[=1]"男";[=2]"女"`, "3", false, "", false}, // #####
		{`[<>5]"x";0`, "5", false, "", false},
		{`[>=5]"x";0`, "5", false, "x", true},
		{`[<=5]"x";0`, "5", false, "x", true},
		{"yyyy/m/d;@", "45292", false, "", false},
		{`yyyy"年"m"月"d"日";@`, "45292", false, "", false},
		{`yyyy"年"`, "45292", false, "", false},
		{"[$-804]aaaa", "45292", false, "", false},
		{"[h]:mm", "1.5", false, "", false},
		{"[Red]0;[Blue]-0", "-3", false, "", false},
		{"[Red]", "3", false, "", true},
		{`[$¥-804]#,##0`, "3", false, "", false},
		{`[$¥-804]`, "3", false, "¥", true},
		{"@", "甲", true, "", false},
		{"@", "1", false, "", false},
		{`@"(旧)"`, "甲", true, "", false},
		{`"*"`, "甲", true, "", false}, // a section for numbers
		{"0_);(0)", "-3", false, "", false},
		{`0.00;"负数`, "-3", false, "负数", true},
		{"[", "3", false, "", true},
		{"[=", "3", false, "", true},
		{`\`, "3", false, "", true},
		{"0;0;0;0;0", "甲", true, "", false},
		{";;;", "1e999", false, "", false}, // no number
	}
	for _, tt := range tests {
		shown, differs := Shown(tt.format, tt.value, !tt.text)
		if shown != tt.shown || differs != tt.differs {
			t.Errorf("Shown(%q, %q, text %v) = %q, %v; want %q, %v", tt.format, tt.value, tt.text, shown, differs, tt.shown, tt.differs)
		}
	}
}

func FuzzShown(f *testing.F) {
	for _, s := range []string{"0.00;[Red]-0.00", `;;;"x`, "[>=1]", `[$¥-804]!a*`, "[=1]\"男\";[=2]\"女\";0;@"} {
		f.Add(s, "1")
	}
	f.Fuzz(func(t *testing.T, format, value string) {
		for _, number := range []bool{true, false} {
			if shown, differs := Shown(format, value, number); shown != "" && !differs {
				t.Errorf("%q: text without a difference", format)
			}
		}
	})
}
