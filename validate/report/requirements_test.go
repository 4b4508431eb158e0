package report_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules/profile"
	"github.com/merchantkyc/merchantkyc/validate/report"
)

func TestRequirements(t *testing.T) {
	for _, c := range []struct {
		name, profile, lang string
		subject             merchant.SubjectType
		write               func(*bytes.Buffer, *profile.Profile, merchant.SubjectType, report.Options) error
	}{
		{"requirements.zh.txt", "base", "zh", merchant.SubjectEnterprise, asText},
		{"requirements.en.txt", "huifu", "en", merchant.SubjectMicro, asText},
		{"requirements.jsonl", "wechat", "zh", merchant.SubjectGovernment, asLines},
	} {
		p, err := profile.Open(c.profile)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := c.write(&out, p, c.subject, report.Options{Lang: c.lang}); err != nil {
			t.Fatal(err)
		}
		golden(t, c.name, out.Bytes())
	}
}

func asText(b *bytes.Buffer, p *profile.Profile, s merchant.SubjectType, o report.Options) error {
	return report.Requirements(b, p, s, o)
}

func asLines(b *bytes.Buffer, p *profile.Profile, s merchant.SubjectType, o report.Options) error {
	return report.RequirementsJSON(b, p, s, o)
}

// TestRequirementsAgree: both forms say the same of every field, for every profile and subject type.
func TestRequirementsAgree(t *testing.T) {
	for _, name := range profile.Names() {
		p, err := profile.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range merchant.FieldSubjectType.Enum().Values {
			subject := merchant.SubjectType(v.Code)
			var a, b bytes.Buffer
			if err := report.Requirements(&a, p, subject, report.Options{Lang: "en"}); err != nil {
				t.Fatal(err)
			}
			if err := report.RequirementsJSON(&b, p, subject, report.Options{Lang: "en"}); err != nil {
				t.Fatal(err)
			}
			words := strings.Fields(a.String())
			counts := map[string]int{}
			d := json.NewDecoder(&b)
			for d.More() {
				var l struct {
					Type, Path, Need                       string
					Entry                                  bool `json:"each_entry"`
					Required, Conditional, Optional, Empty int
				}
				if err := d.Decode(&l); err != nil {
					t.Fatal(err)
				}
				if l.Type == "summary" {
					if l.Required != counts["required"] || l.Conditional != counts["conditional"] || l.Optional != counts["optional"] || l.Empty != counts["empty"] {
						t.Errorf("%s %s: %+v, counted %v", name, subject, l, counts)
					}
					continue
				}
				if !l.Entry {
					counts[l.Need]++
				}
				if (!l.Entry || l.Need != "empty") && !slices.Contains(words, l.Path) {
					t.Errorf("%s %s: the text lacks %s", name, subject, l.Path)
				}
			}
			if counts["required"] < 20 {
				t.Errorf("%s %s: %v", name, subject, counts)
			}
		}
	}
}
