package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// write runs fn with the place the report goes to: standard output, or the file name. A file is written beside its name
// and renamed when fn has succeeded, so that a reader never sees half a report.
func (p *program) write(name string, inputs []string, fn func(w io.Writer, terminal bool) error) error {
	if name == "" || name == "-" {
		return fn(p.stdout, p.coloured())
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // the link stays a link
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p.replace(name, 0o666, fn)
	case err != nil:
		return err
	case info.IsDir():
		return &failure{statusInput, fmt.Sprintf("%s：-o 指向的是文件夹；请给出文件名", name), fmt.Sprintf("%s: -o names a directory; give the name of a file", name)}
	}
	for _, input := range inputs {
		if in, err := os.Stat(input); err == nil && os.SameFile(in, info) {
			return usage("-o 不能覆盖输入文件 %s；请换一个文件名", "-o must not overwrite the input %s; give another name", input)
		}
	}
	if info.Mode().IsRegular() {
		return p.replace(name, info.Mode().Perm(), fn)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0) // a pipe or a device cannot be replaced
	if err != nil {
		return err
	}
	return errors.Join(fn(f, false), f.Close())
}

// coloured reports whether standard output is a terminal that shows colours.
func (p *program) coloured() bool {
	return isTerminal(p.stdout) && p.env("NO_COLOR") == "" && p.env("TERM") != "dumb"
}

func (p *program) replace(name string, perm fs.FileMode, fn func(w io.Writer, terminal bool) error) (err error) {
	f, err := p.create(name, perm)
	if err != nil {
		return err
	}
	defer func() { // after a panic as well
		f.Close()
		p.making.drop(f.Name())
		called(err, f.Name(), name)
	}()
	if err := fn(f, false); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return p.making.finish(f.Name(), name)
}

// called puts the name that the user gave into an error about a file in the making.
func called(err error, part, name string) {
	var path *fs.PathError
	if errors.As(err, &path) && path.Path == part {
		path.Path = name
	}
}

// create makes a new file beside name. Unlike os.CreateTemp it leaves the permissions to the umask.
func (p *program) create(name string, perm fs.FileMode) (*os.File, error) {
	for n := 0; ; n++ {
		part := fmt.Sprintf("%s.%d-%d.part", name, os.Getpid(), n)
		f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
		if err == nil {
			if err = p.making.begin(part); err != nil {
				f.Close()
				os.Remove(part)
			}
			return f, err
		}
		if !errors.Is(err, fs.ErrExist) || n == 100 {
			called(err, part, name)
			return nil, err
		}
	}
}

// isTerminal reports whether w is a character device, which is near enough for colours and progress.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
