//go:build race

package numbertest

const raceEnabled = true
