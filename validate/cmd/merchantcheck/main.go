// Command merchantcheck says which merchant records are wrong, in which cell, why, and what to do.
package main

import (
	"os"

	"github.com/merchantkyc/merchantkyc/validate/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
