package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"github.com/merchantkyc/merchantkyc/merchant/load"
	"github.com/merchantkyc/merchantkyc/rules/profile"
)

// failure is an error that the command words itself: what, where and the mend.
type failure struct {
	status int
	zh, en string
}

func (f *failure) Error() string { return f.en }

func (f *failure) In(lang string) string {
	if lang == "en" {
		return f.en
	}
	return f.zh
}

func usage(zh, en string, args ...any) error {
	return &failure{statusUsage, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// describe words an error in the language of the run. It never shows the text of an unknown error of the input, which
// might hold values; the loaders' own errors do not.
func (p *program) describe(err error) string {
	var worded interface{ In(string) string }
	var in *load.InputError
	if errors.As(err, &in) { // what ended a run goes before the rows it could not read
		return in.In(p.lang)
	}
	var row *load.RowError
	if !errors.As(err, &row) && errors.As(err, &worded) {
		return worded.In(p.lang)
	}
	if row != nil {
		n := 1
		if list, ok := err.(interface{ Unwrap() []error }); ok {
			n = len(list.Unwrap())
		}
		if p.lang == "en" {
			return fmt.Sprintf("%v (rows not read: %d; all others were checked)", row, n)
		}
		return fmt.Sprintf("%s（共 %d 行未读取，其余已检查）", row.In("zh"), n)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		if errors.Is(path, syscall.ENOSPC) || errors.Is(path, syscall.EDQUOT) || errors.Is(path, syscall.EFBIG) {
			return p.full(path.Path)
		}
		return fmt.Sprintf(p.say("%s：%v；请检查路径、权限和磁盘空间", "%s: %v; check the path, its permissions and the disk"), path.Path, path.Err)
	}
	return err.Error()
}

// full words an error of a write that found no room.
func (p *program) full(name string) string {
	temp := os.TempDir()
	for _, own := range [...]string{"merchantcheck-", "merchantkyc-"} {
		if strings.HasPrefix(name, filepath.Join(temp, own)) {
			return fmt.Sprintf(p.say("%s：临时文件写不下，磁盘已满或超出配额；请腾出空间，或用环境变量 TMPDIR（Windows 为 TMP）指定另一个文件夹",
				"%s: no room for a temporary file, the disk is full or a quota used up; make room, or name another folder in the environment variable TMPDIR (Windows: TMP)"), temp)
		}
	}
	return fmt.Sprintf(p.say("%s：写不下，磁盘已满或超出配额；请腾出空间，或写到别处", "%s: no room to write, the disk is full or a quota used up; make room, or write elsewhere"), name)
}

// flagFailure words what pflag says about the flags.
func flagFailure(err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return usage("没有 %s 这个选项；用 --help 查看可用的选项", "there is no flag %s; --help lists the flags", name)
	case errors.As(err, &value):
		return usage("选项 --%s 缺少值；用 --help 查看用法", "the flag --%s needs a value; see --help", value.GetFlag().Name)
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return usage("--%s 的值 %q 无效；应为 %s", "--%s: %q is no valid value; it must be of type %s", f.Name, invalid.GetValue(), f.Value.Type())
	}
	return usage("参数有误（%v）；用 --help 查看用法", "%v; see --help", err)
}

// profileFailure words an error of package profile.
func profileFailure(err error) error {
	var e *profile.Error
	if !errors.As(err, &e) {
		return err
	}
	return &failure{statusUsage, "方案 " + e.In("zh"), "profile " + e.In("en")}
}

// nearest returns the names closest to s, at most three, or nothing when none is close.
func nearest(s string, names []string) []string {
	best, out := 2, []string(nil)
	for _, n := range names {
		switch d := distance(s, n); {
		case d < best:
			best, out = d, []string{n}
		case d == best && len(out) < 3:
			out = append(out, n)
		}
	}
	return out
}

// distance is the number of characters to insert, drop, replace or swap with a neighbour.
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	var older []int
	for i := range len(a) {
		older, before, row = before, row, make([]int, len(b)+1)
		row[0] = i + 1
		for k := range len(b) {
			cost := 1
			if a[i] == b[k] {
				cost = 0
			}
			row[k+1] = min(row[k]+1, before[k+1]+1, before[k]+cost)
			if i > 0 && k > 0 && a[i] == b[k-1] && a[i-1] == b[k] {
				row[k+1] = min(row[k+1], older[k-1]+1)
			}
		}
	}
	return row[len(b)]
}

// suggestion goes into the sentence about an unknown name.
func suggestion(s string, names []string) (zh, en string) {
	if list := nearest(s, names); len(list) > 0 {
		return "，最接近的是 " + strings.Join(list, "、"), ", the nearest is " + strings.Join(list, ", ")
	}
	return "", ""
}
