package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/merchantkyc/merchantkyc/merchant/strictjson"
	"github.com/merchantkyc/merchantkyc/validate/suppress"
)

// openKnown reads what --suppress and --baseline name. A baseline that does not exist will be written.
func (r *run) openKnown(inputs []string) error {
	var o suppress.Options
	if name := r.s.suppress; name != "" {
		f, err := os.Open(name)
		if err != nil {
			return usage("豁免清单 %[1]s 打不开；请检查 --suppress", "the list of suppressions %[1]s cannot be opened; check --suppress", name)
		}
		defer f.Close()
		if o.Suppressions, err = suppress.Read(name, f); err != nil {
			return handwritten(err)
		}
	}
	switch name := r.s.baseline; {
	case name == "":
	case name == "-" || name == r.s.out || name == r.s.suppress || name == r.s.mapFile || slices.Contains(inputs, name):
		return usage("--baseline 需要一个单独的文件，不能是 %s", "--baseline needs a file of its own, not %s", name)
	default:
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			o.Record = suppress.NewBaseline(name)
			break
		}
		if err != nil {
			return err
		}
		defer f.Close()
		if o.Baseline, err = suppress.ReadBaseline(name, f); err != nil {
			return handwritten(err)
		}
	}
	var err error
	r.baseline = o.Record
	r.marker, err = suppress.New(r.v, o)
	return handwritten(err)
}

// saveBaseline writes the baseline where there was none, whole or not at all. A run that did not read everything makes no
// baseline: what it missed would be new the next time.
func (r *run) saveBaseline() error {
	if r.baseline == nil || len(r.rowErrors) > 0 {
		return nil
	}
	return r.p.replace(r.s.baseline, 0o666, func(w io.Writer, _ bool) error {
		_, err := r.baseline.WriteTo(w)
		return err
	})
}

// failing counts the errors and warnings that decide the exit status: with a baseline those that are new, and those about
// the suppressions and the baseline themselves.
func (r *run) failing() (errorsFound, warningsFound int) {
	errorsFound, warningsFound = r.sum.Errors, r.sum.Warning
	if b := r.sum.Baseline; b != nil {
		errorsFound, warningsFound = errorsFound-b.Open.Errors, warningsFound-b.Open.Warning
	}
	return errorsFound, warningsFound
}

// handwritten makes a mistake in a file that people write one in the usage.
func handwritten(err error) error {
	var e *strictjson.Error
	if errors.As(err, &e) {
		return &failure{statusUsage, e.In("zh"), e.In("en")}
	}
	return err
}
