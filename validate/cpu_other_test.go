//go:build !unix

package validate_test

import "time"

var started = time.Now()

// cpuTime stands in for the processor time where the system does not tell it.
func cpuTime() time.Duration { return time.Since(started) }
