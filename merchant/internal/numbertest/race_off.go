//go:build !race

package numbertest

const raceEnabled = false
