package report

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/diagnose"
)

// Verdicts keeps the verdicts for Summary, which counts them and writes each beside its merchant.
func (t *Text) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	t.declines, t.verdicts = map[place]diagnose.Decline{}, map[diagnose.Decline]int{}
	for v := range list {
		t.verdicts[v.WouldDecline]++
		if v.WouldDecline == diagnose.Unknown {
			t.lacking |= v.Missing
		}
		t.declines[place{sheet: t.sheet(merchant.Source{File: v.Source.File, Sheet: v.Source.Sheet}), row: v.Source.Row}] = v.WouldDecline
		if v.Key != "" {
			t.declines[place{key: v.Key}] = v.WouldDecline // for findings in a sheet that was joined
		}
	}
	return nil
}

// decline names the verdict in the heading of a merchant, "" where there is none worth a word.
func (t *Text) decline(g *group) string {
	d, ok := t.declines[place{sheet: g.sheet, row: g.row}]
	if (!ok || g.row == 0) && g.key != "" {
		d = t.declines[place{key: g.key}]
	}
	switch d {
	case diagnose.Yes, diagnose.Likely:
		return " · 03: " + d.Text().In(t.o.Lang)
	}
	return ""
}

func (t *Text) writeVerdicts() {
	if t.verdicts == nil {
		return
	}
	t.line(0, plain, fmt.Sprintf(t.o.say("应答码 03：会被拒绝 %d 户，可能被拒绝 %d 户，资料没有问题 %d 户，无法判断 %d 户",
		"Response code 03: would be declined %d, likely %d, no fault in the data %d, cannot be told %d"),
		t.verdicts[diagnose.Yes], t.verdicts[diagnose.Likely], t.verdicts[diagnose.NoDataFault], t.verdicts[diagnose.Unknown])+t.lack())
}

// lack names the evidence that kept verdicts open.
func (t *Text) lack() string {
	if t.lacking == 0 {
		return ""
	}
	return t.o.say("（缺："+t.lacking.Text("zh")+"）", " (for want of "+t.lacking.Text("en")+")")
}

type (
	jsonVerdict struct {
		Type         string           `json:"type"`
		Key          string           `json:"key"`
		Source       jsonSource       `json:"source,omitzero"`
		Code         string           `json:"code"`
		WouldDecline diagnose.Decline `json:"would_decline"`
		Causes       []jsonCause      `json:"causes"`
		Suppressed   []jsonCause      `json:"suppressed_causes,omitempty"`
		Missing      []string         `json:"missing_evidence"`
		Steps        []jsonStep       `json:"steps,omitempty"`
		OutOfReach   []jsonCheck      `json:"out_of_reach,omitempty"`
	}
	jsonCause struct {
		Rule rules.ID `json:"rule"`
		Path string   `json:"path"`
	}
	jsonStep struct {
		Text    string     `json:"text"`
		Contact string     `json:"contact"`
		Rules   []rules.ID `json:"rules"`
	}
	jsonCheck struct {
		Cause rules.Cause `json:"cause"`
		Title string      `json:"title"`
		Text  string      `json:"text"`
	}
)

// Verdicts writes a line for each verdict, without the steps.
func (j *JSON) Verdicts(list iter.Seq[diagnose.Verdict]) error {
	for v := range list {
		if err := j.enc.Encode(j.verdictLine(&v)); err != nil {
			return err
		}
	}
	return nil
}

// Verdict writes one verdict whole, with the findings that are its causes before it, suppressed ones last.
func (j *JSON) Verdict(v *diagnose.Verdict) error {
	if err := j.Findings(nil, slices.Concat(v.Causes, v.Suppressed)); err != nil {
		return err
	}
	line := j.verdictLine(v)
	for _, s := range v.Steps {
		line.Steps = append(line.Steps, jsonStep{s.Text.In(j.o.Lang), s.Contact.In(j.o.Lang), s.Rules})
	}
	for _, c := range v.OutOfReach {
		line.OutOfReach = append(line.OutOfReach, jsonCheck{c.Cause, c.Title.In(j.o.Lang), c.Text.In(j.o.Lang)})
	}
	return j.enc.Encode(line)
}

// verdictLine names the missing evidence in English whatever the language, as the reasons of skipped rules are.
func (j *JSON) verdictLine(v *diagnose.Verdict) *jsonVerdict {
	line := &jsonVerdict{Type: "verdict", Key: j.o.Key(v.Key), Source: source(v.Source), Code: v.Code, WouldDecline: v.WouldDecline,
		Causes: []jsonCause{}, Missing: append([]string{}, v.MissingEvidence("en")...)}
	for i := range v.Causes {
		line.Causes = append(line.Causes, jsonCause{v.Causes[i].Rule.ID, v.Causes[i].Path.String()})
	}
	for i := range v.Suppressed {
		line.Suppressed = append(line.Suppressed, jsonCause{v.Suppressed[i].Rule.ID, v.Suppressed[i].Path.String()})
	}
	return line
}

// Verdict writes one page about a merchant that a clerk can act on: the answer, the causes in the order to look with
// their cells, the steps and whom to call, what evidence is missing, and where to look when the data are not to blame.
func Verdict(w io.Writer, v *diagnose.Verdict, o Options) error {
	t := NewText(w, o)
	head := t.o.say("商户 ", "Merchant ") + t.o.Key(v.Key)
	if v.Key == "" {
		head = t.o.say("没有商户号的商户", "A merchant without a number")
	}
	for _, s := range []string{t.o.sentence(v.Name), fileName(v.Source.File)} {
		if s != "" {
			head += " · " + s
		}
	}
	if v.Source.File != "" || v.Source.Sheet != "" || v.Source.Row > 0 {
		head += " · " + o.at(v.Source, "")
	}
	t.line(0, bold, printable(head))
	color := map[diagnose.Decline]color{diagnose.Yes: red, diagnose.Likely: yellow, diagnose.NoDataFault: green}[v.WouldDecline]
	t.line(0, color, t.o.say("03（无效商户）：", "03 (invalid merchant): ")+v.WouldDecline.Text().In(o.Lang))
	if v.Code != "03" {
		t.line(0, plain, t.o.say("问的是应答码 "+v.Code+"；资料只能说明 03，", "The code asked about is "+v.Code+"; data can only speak of 03: ")+
			t.o.say("请先看下面资料以外的原因。", "look first at the causes outside the data below."))
	}
	section := func(zh, en string) {
		t.line(0, plain, "")
		t.line(0, bold, o.say(zh, en))
	}
	if len(v.Causes) > 0 {
		section("原因，按查找的顺序", "Causes, in the order to look")
	}
	for i := range v.Causes {
		f := &v.Causes[i]
		word, color := t.severity(f.Severity)
		t.line(2, plain, strconv.Itoa(i+1)+". "+o.cell(f)+"  "+color.wrap(t.o, word)+" "+mark(f.Rule)+"  "+printable(o.message(f)))
		for _, l := range append([]string{"→ " + printable(o.remedy(f))}, append(o.proposals(f), o.related(f)...)...) {
			t.line(5, dim, l)
		}
	}
	if len(v.Suppressed) > 0 {
		section("已豁免的同类问题（仍可能返回 03）", "Suppressed findings of that kind (03 may still be their effect)")
	}
	for i := range v.Suppressed {
		f := &v.Suppressed[i]
		t.line(2, plain, o.cell(f)+"  "+mark(f.Rule)+"  "+printable(o.message(f)))
		t.line(5, dim, o.granted(f.Suppressed))
	}
	if len(v.Steps) > 0 {
		section("处理步骤", "Steps")
	}
	for i, s := range v.Steps {
		t.line(2, plain, strconv.Itoa(i+1)+". "+s.Text.In(o.Lang))
		t.line(5, dim, o.say("联系：", "ask: ")+s.Contact.In(o.Lang))
	}
	if missing := v.MissingEvidence(o.Lang); len(missing) > 0 {
		section("尚缺的证据（有了才能下结论）", "Missing evidence (needed before more can be said)")
		for _, m := range missing {
			t.line(2, plain, m)
		}
	}
	if len(v.OutOfReach) > 0 {
		section("资料以外的原因（本工具看不到，请逐项排查）", "Causes outside the data (out of reach here; check each)")
		for _, c := range v.OutOfReach {
			t.line(2, plain, c.Title.In(o.Lang)+o.say("：", ": ")+c.Text.In(o.Lang))
		}
	}
	if v.Others > 0 {
		t.line(0, plain, "")
		t.line(0, plain, fmt.Sprintf(o.say("该商户另有 %d 个错误不在 03 的原因之列，用 merchantcheck check 查看。",
			"The merchant has %d more errors that are not among the causes of 03; merchantcheck check lists them."), v.Others))
	}
	return t.w.Flush()
}
