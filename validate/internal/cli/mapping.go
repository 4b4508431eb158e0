package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// columnMap is the file of --map: one that exists is replayed, another is written with the columns that were recognised.
type columnMap struct {
	name   string
	replay *load.Mapping
	found  load.Mapping
}

// openColumnMap reads the map when there is one.
func openColumnMap(name string, inputs []string, out string) (columnMap, error) {
	m := columnMap{name: name}
	switch {
	case name == "":
		return m, nil
	case name == "-" || name == out || slices.Contains(inputs, name):
		return m, usage("--map 需要一个单独的文件，不能是 %s", "--map needs a file of its own, not %s", name)
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	defer f.Close()
	if m.replay, err = load.ReadMapping(f); err != nil {
		var bad *load.MappingError
		if errors.As(err, &bad) {
			return m, usage("列映射 %[1]s %[2]s", "column map %[1]s, %[3]s", name, bad.In("zh"), bad.In("en"))
		}
		return m, err
	}
	return m, nil
}

// options adds the map to the options of a file, or asks for what will be written.
func (m *columnMap) options(o load.Options) load.Options {
	switch {
	case m.name == "":
	case m.replay != nil:
		o.Map = m.replay
	default:
		o.Mapped = m.add
	}
	return o
}

// add keeps the columns of a file; of sheets with one name the first counts.
func (m *columnMap) add(found *load.Mapping) {
	for _, s := range found.Sheets {
		if !slices.ContainsFunc(m.found.Sheets, func(have load.SheetMapping) bool { return have.Sheet == s.Sheet }) {
			m.found.Sheets = append(m.found.Sheets, s)
		}
	}
}

// save writes the map when there was none, whole or not at all.
func (m *columnMap) save(p *program) error {
	if m.name == "" || m.replay != nil {
		return nil
	}
	if len(m.found.Sheets) == 0 {
		return &failure{statusInput, m.name + "：输入中没有列，无法写入列映射；请去掉 --map", m.name + ": the input has no columns to write to the map; leave out --map"}
	}
	return p.replace(m.name, 0o666, func(w io.Writer, _ bool) error {
		_, err := m.found.WriteTo(w)
		return err
	})
}
