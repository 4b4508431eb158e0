package xlsx

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// maxSmall bounds the parts that say how the others belong together.
const maxSmall = 64 << 20

// each calls f for every element of a part that inflates to at most limit; f may consume the element with skip.
func (b *Book) each(name string, limit int64, f func(s *scanner) error) error {
	p, err := b.part(name)
	if err != nil {
		return err
	}
	defer p.r.Close()
	p.limit = min(p.limit, limit)
	s := newScanner(p)
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case eof:
			return p.finish()
		case startTag:
			if err := f(s); err != nil {
				return err
			}
		}
	}
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

// relation is a link from one part to another.
type relation struct{ kind, target string }

// relations reads the links of a part, by ID.
func (b *Book) relations(of string) (map[string]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	out := map[string]relation{}
	if b.parts[partName(name)] == nil {
		return out, nil
	}
	err := b.each(name, maxSmall, func(s *scanner) error {
		if string(s.name) != "Relationship" || s.attr("TargetMode") == "External" {
			return nil
		}
		if len(out) == maxEntries {
			return fault("关系过多", "too many relationships")
		}
		id, target := s.attr("Id"), strings.ReplaceAll(s.attr("Target"), `\`, "/")
		if _, twice := out[id]; twice {
			return fault("两个关系同号", "two relationships of one ID")
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		out[id] = relation{path.Base(s.attr("Type")), strings.TrimPrefix(path.Clean(target), "/")}
		return nil
	})
	return out, err
}

func (b *Book) open() error {
	top, err := b.relations("")
	if err != nil {
		return err
	}
	workbook := ""
	for _, r := range top {
		if r.kind == "officeDocument" {
			workbook = r.target
		}
	}
	if workbook == "" {
		return fault("没有工作簿部件", "no workbook part")
	}
	links, err := b.relations(workbook)
	if err != nil {
		return err
	}
	date1904 := false
	err = b.each(workbook, maxSmall, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			date1904 = truth(s.attr("date1904"))
		case "sheet":
			id := ""
			for _, a := range s.attrs { // r:id, whatever the prefix, and not sheetId
				if prefix, ok := strings.CutSuffix(string(a.name), ":id"); ok && prefix != "" {
					id = s.value(a)
				}
			}
			link, ok := links[id]
			if !ok {
				return fault("工作表缺少部件", "a sheet without its part")
			}
			if link.kind != "worksheet" { // charts, dialogues and macro sheets hold no rows
				return nil
			}
			name, state := s.attr("name"), s.attr("state")
			switch {
			case len(b.sheets) == maxSheets:
				return fault("工作表超过%d个", "more than %d sheets", maxSheets)
			case len(name) > maxText:
				return fault("工作表名称过长", "a sheet with an endless name")
			case b.sheet(name) >= 0:
				return fault("两个工作表同名", "two sheets of one name")
			case slices.Contains(b.paths, link.target):
				return fault("两个工作表共用一个部件", "two sheets of one part")
			}
			b.sheets = append(b.sheets, load.SheetInfo{Name: name, Hidden: state == "hidden" || state == "veryHidden"})
			b.paths = append(b.paths, link.target)
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.layouts = make([]load.Layout, len(b.sheets))
	for i := range b.sheets {
		b.sheets[i].Date1904 = date1904
	}
	for _, link := range links {
		switch link.kind {
		case "styles":
			err = b.readStyles(link.target)
		case "sharedStrings":
			err = b.readStrings(link.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) readStyles(name string) error {
	custom := map[string]string{}
	inXfs := false
	return b.each(name, maxSmall, func(s *scanner) error {
		switch string(s.name) {
		case "numFmt":
			if len(custom) == maxStyles {
				return fault("数字格式过多", "too many number formats")
			}
			code := s.attr("formatCode")
			if len(code) > maxCode {
				return fault("数字格式过长", "a number format that is too long")
			}
			custom[s.attr("numFmtId")] = code
		case "cellXfs":
			inXfs = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inXfs = false
			return s.skip()
		case "xf":
			if len(b.formats) == maxStyles {
				return fault("单元格样式过多", "too many cell styles")
			}
			if inXfs {
				b.formats = append(b.formats, formatOf(s.attr("numFmtId"), custom))
			}
		}
		return nil
	})
}

func formatOf(id string, custom map[string]string) format {
	code, own := custom[id]
	if own {
		return format{code: code, text: textCode(code), date: isDate(code)}
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return format{}
	}
	return format{code: builtin(n), date: builtinDate(n)}
}
