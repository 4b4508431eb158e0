package xlsx

import (
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// unasked is the password that spreadsheet programs set and try without asking (for read-only recommendations).
const unasked = "VelvetSweatshop"

const (
	maxOLE  = 256 << 20 // decrypting needs the file in memory twice
	maxSpin = 10_000_000
)

var spinCount = regexp.MustCompile(`spinCount="(\d+)"`)

// ErrEncrypted is the cause of the [*load.InputError] for a workbook that has a password and cannot be opened without it.
var ErrEncrypted = errors.New("xlsx: the workbook is encrypted")

// RefuseCopy is the error for an encrypted workbook that is to be copied with corrections.
func RefuseCopy(file string) *load.InputError {
	return &load.InputError{File: file, ProblemZH: "工作簿有打开密码，改正后的副本将没有密码", ProblemEN: "the workbook is encrypted, and a corrected copy would not be",
		MendZH: "请先用电子表格软件去掉密码后另存", MendEN: "save it without a password in a spreadsheet program first", Err: ErrEncrypted}
}

// decrypt opens an OLE file that holds an encrypted workbook.
func decrypt(ctx context.Context, r io.ReaderAt, size int64, o Options) (plain []byte, err error) {
	if size > maxOLE {
		return nil, damaged(o.File, "", errTooLarge)
	}
	raw := make([]byte, size)
	if _, err := r.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(o.File, err)
	}
	if !bytes.Contains(raw, utf16le("EncryptionInfo")) {
		return nil, Refuse(o.File, OLE)
	}
	locked := &load.InputError{File: o.File, ProblemZH: "工作簿有打开密码", ProblemEN: "the workbook is encrypted",
		MendZH: "请提供密码，或去掉密码后另存", MendEN: "give the password, or save it without one", Err: ErrEncrypted}
	if m := spinCount.FindSubmatch(raw); m != nil {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n > maxSpin {
			return nil, damaged(o.File, "", fault("加密迭代次数超过%d", "spinCount beyond %d", maxSpin))
		}
	}
	for _, password := range []string{unasked, o.Password} {
		if password == "" {
			continue
		}
		plain, err := tryPassword(ctx, raw, password)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && Sniff(plain) == Zip {
			return plain, nil
		}
		locked.Err = errors.Join(ErrEncrypted, err)
	}
	if o.Password != "" {
		locked.ProblemZH, locked.ProblemEN = "密码不对", "the password is wrong"
		locked.MendZH, locked.MendEN = "请提供正确的密码", "give the right password"
	}
	return nil, locked
}

// tryPassword shields against damaged headers, on which the decrypting library may panic, and does not wait for it when
// the context ends.
func tryPassword(ctx context.Context, raw []byte, password string) ([]byte, error) {
	type result struct {
		plain []byte
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if recover() != nil {
				done <- result{err: fault("加密头已损坏", "the encryption header is damaged")}
			}
		}()
		plain, err := excelize.Decrypt(raw, &excelize.Options{Password: password})
		done <- result{plain, err}
	}()
	select {
	case r := <-done:
		return r.plain, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func utf16le(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}
