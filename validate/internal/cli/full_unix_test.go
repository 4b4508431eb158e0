//go:build unix

package cli

import (
	"os/signal"
	"syscall"
)

// limitFiles limits the size of the files that the process writes; nil where the system has no such limit.
var limitFiles = func(bytes uint64) error {
	signal.Ignore(syscall.SIGXFSZ) // a write beyond the limit is then an error, as on a full disk
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
