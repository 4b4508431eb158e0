package diff_test

import (
	"os"
	"syscall"
)

// maxRSS returns the most memory the process had, in MB.
func maxRSS(p *os.ProcessState) float64 {
	return float64(p.SysUsage().(*syscall.Rusage).Maxrss) / 1000
}
