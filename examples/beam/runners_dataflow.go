//go:build dataflow

package main

// Google's client for Dataflow takes as long to build as all the rest.
import _ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/dataflow"

// runnerNames are the runners that are linked in.
var runnerNames = []string{"prism", "flink", "spark", "universal", "dataflow"}
