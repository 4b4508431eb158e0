//go:build !dataflow

package main

// runnerNames are the runners that are linked in.
var runnerNames = []string{"prism", "flink", "spark", "universal"}
